/** Something that is masked until the work at hand needs it: a button, a question that says it is noted, and then the whole of it, large. */
import { useState } from 'react'
import { Box } from './box'
import { Button } from './button'
import { ConfirmSheet } from './confirm-sheet'
import { Problem, type ProblemWords } from './content'
import type { IconName } from './icon'
import styles from './reveal.module.scss'

interface RevealProps {
  /** the button: 看门牌号 */
  ask: string
  icon?: IconName
  /** says that it is noted and who can read that */
  question: string
  yes: string
  /** undefined: not seen yet; null: there is none */
  value: string | null | undefined
  noneWords: string
  isBusy: boolean
  problem: ProblemWords | undefined
  onReveal: () => Promise<void>
  /** what can be done with it: 拨打 */
  action?: { words: string; icon: IconName; onPress: (value: string) => void }
}

export function Reveal({ ask, icon, question, yes, value, noneWords, isBusy, problem, onReveal, action }: RevealProps) {
  const [isAsking, setAsking] = useState(false)
  if (value === null) return <Box className={styles.none} spoken={{ role: 'status', live: 'polite' }}>{noneWords}</Box>
  if (value !== undefined) {
    return (
      <Box className={styles.shown}>
        <Box className={styles.value} spoken={{ role: 'status', live: 'polite' }}>{value}</Box>
        {action ? <Button kind="outline" icon={action.icon} onPress={() => action.onPress(value)}>{action.words}</Button> : null}
      </Box>
    )
  }
  if (!isAsking) return <Button kind="outline" {...(icon ? { icon } : {})} onPress={() => setAsking(true)}>{ask}</Button>
  return (
    <ConfirmSheet isAside question={question} yes={yes} isBusy={isBusy} onNo={() => setAsking(false)} onYes={onReveal}>
      {problem ? <Problem problem={problem} /> : null}
    </ConfirmSheet>
  )
}
