/**
 * A whole screen: its own title bar that grows with the text and leaves the upper right to WeChat's capsule, the content,
 * and at the bottom the sentence with the main action, or the tab bar. The sentence is always in sight
 * when its button is.
 */
import Taro from '@tarojs/taro'
import type { ReactNode } from 'react'
import { Box, Heading, Words } from './box'
import { Icon } from './icon'
import { Pressable } from './pressable'
import { classes, isH5 } from './platform'
import { useTextSize } from './text-size'
import styles from './screen.module.scss'

/** Where "back" leads when a screen was opened directly, from a message for instance. */
const FIRST_SCREEN = '/pages/home/index'

interface Insets {
  top: number
  right: number
}

let measured: Insets | undefined

/** The room that WeChat's status bar and capsule take; on H5 the capsule's width is left free as well. */
function insets(): Insets {
  if (isH5) return { top: 10, right: 108 }
  if (measured) return measured
  try {
    const capsule = Taro.getMenuButtonBoundingClientRect()
    measured = { top: capsule.top, right: Math.max(88, Taro.getWindowInfo().windowWidth - capsule.left + 10) }
  } catch {
    measured = { top: 48, right: 108 }
  }
  return measured
}

/** One screen back, or to the first screen if this one was opened directly. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else void Taro.reLaunch({ url: FIRST_SCREEN })
}

interface ScreenProps {
  title: string
  /** small words beside the title: a place, a number, 给 王秀珍 */
  subtitle?: string | undefined
  /** false on the screens of the tab bar */
  hasBack?: boolean
  onBack?: () => void
  foot?: ReactNode
  tabBar?: ReactNode
  children: ReactNode
}

export function Screen({ title, subtitle, hasBack = true, onBack = goBack, foot, tabBar, children }: ScreenProps) {
  const { size } = useTextSize()
  const { top, right } = insets()
  return (
    <Box className={classes(`text-${size}`, styles.screen)}>
      <Box className={styles.bar} style={{ paddingTop: `${top}px`, paddingRight: `${right}px` }} spoken={{ role: 'banner' }}>
        {hasBack ? <Pressable className={styles.back} label="返回" onPress={onBack}><Icon name="chevron-left" /></Pressable> : null}
        <Box className={styles.titles}>
          <Heading level={1} className={classes(styles.title, Boolean(subtitle) && styles.beside)}>{title}</Heading>
          {subtitle ? <Words className={styles.subtitle}>{subtitle}</Words> : null}
        </Box>
      </Box>
      <Box className={styles.body} spoken={{ role: 'main' }}>{children}</Box>
      {foot || tabBar ? <Box className={classes(styles.bottom, Boolean(tabBar) && styles.withTabs)} {...(foot ? { spoken: { role: 'region' as const, label: '这一步' } } : {})}>{foot}{tabBar}</Box> : null}
    </Box>
  )
}

interface FootProps {
  /** the sentence a person would say: who, what, when, where, what it costs */
  say?: ReactNode
  /** what went wrong with the last try; it stands above the sentence */
  problem?: ReactNode
  /** the other choice, or 读一遍 */
  other?: ReactNode
  main: ReactNode
}

/** The bottom of a screen with an act: the sentence, then the one filled button. */
export function Foot({ say, problem, other, main }: FootProps) {
  return (
    <>
      {say || problem ? <Box className={styles.say}>{problem}{say ? <Box className={styles.sentence}>{say}</Box> : null}</Box> : null}
      <Box className={styles.actions}>
        {other ? <Box className={styles.other}>{other}</Box> : null}
        <Box className={styles.main}>{main}</Box>
      </Box>
    </>
  )
}
