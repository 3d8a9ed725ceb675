/**
 * A question before something that cannot be taken back. It opens in the flow of the screen, where the button was:
 * nothing is covered, nothing traps the keyboard, and the focus moves to the question.
 */
import Taro from '@tarojs/taro'
import { useEffect, useId, type ReactNode } from 'react'
import { Box } from './box'
import { Button } from './button'
import { isH5 } from './platform'
import styles from './confirm-sheet.module.scss'

interface ConfirmSheetProps {
  /** the question as a sentence: who, what, when */
  question: string
  children?: ReactNode
  yes: string
  no?: string
  isDangerous?: boolean
  /** another button of the screen is the filled one: this ends something, outlined in red */
  isBesides?: boolean
  /** likewise, but nothing ends: outlined */
  isAside?: boolean
  isBusy?: boolean
  isDisabled?: boolean
  onYes: () => void | Promise<unknown>
  onNo: () => void
}

export function ConfirmSheet({ question, children, yes, no = '先不', isDangerous = false, isBesides = false, isAside = false, isBusy = false, isDisabled = false, onYes, onNo }: ConfirmSheetProps) {
  const id = `sheet${useId().replace(/:/g, '')}`
  useEffect(() => {
    if (isH5) {
      const sheet = document.getElementById(id)
      sheet?.setAttribute('tabindex', '-1')
      sheet?.focus()
      sheet?.scrollIntoView({ block: 'nearest' })
    } else {
      void Taro.pageScrollTo({ selector: `#${id}`, offsetTop: -120, duration: 160 }).catch(() => undefined)
    }
  }, [id])
  return (
    <Box className={styles.sheet} id={id} spoken={{ role: 'group', label: question }}>
      <Box className={styles.question}>{question}</Box>
      {children}
      <Box className={styles.actions}>
        <Button kind="outline" onPress={onNo} isDisabled={isBusy}>{no}</Button>
        <Button kind={isBesides ? 'dangerOutline' : isDangerous ? 'danger' : isAside ? 'outline' : 'primary'} onPress={onYes} isBusy={isBusy} isDisabled={isDisabled}>{yes}</Button>
      </Box>
    </Box>
  )
}
