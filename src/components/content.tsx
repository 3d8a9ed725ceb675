/** The states of what a screen shows: its shape while it loads, what could be here, what went wrong and what to do, how old it is. */
import type { ReactNode } from 'react'
import { Box } from './box'
import { Button } from './button'
import { Icon, type IconName } from './icon'
import { Notice } from './notice'
import { Pressable } from './pressable'
import { classes } from './platform'
import styles from './content.module.scss'

/** What went wrong, and what to do now, in words for people. */
export interface ProblemWords {
  title: string
  next: string
}

/** Something that is fetched: as much of it as a screen needs to draw every state. */
export interface Loadable<T> {
  output: T | undefined
  problem: ProblemWords | undefined
  isOffline: boolean
  /** 3 分钟前: set when what is shown did not just come from the server */
  ageWords: string | undefined
  reload: () => void
}

/** The shape of what comes: lines in a list of cards, one card with a timeline, or tiles. */
export function Skeleton({ shape = 'list' }: { shape?: 'list' | 'detail' | 'tiles' }) {
  const blocks = shape === 'tiles' ? [styles.wide, styles.half, styles.half, styles.half, styles.half] : shape === 'detail' ? [styles.low, styles.high] : [styles.middle, styles.middle, styles.middle]
  return (
    <Box className={styles.skeleton} spoken={{ role: 'status', label: '正在取内容', isBusy: true }}>
      {blocks.map((block, index) => (
        <Box key={index} className={classes(styles.block, block)}>
          <Box className={classes(styles.stroke, styles.long)} />
          <Box className={classes(styles.stroke, styles.short)} />
        </Box>
      ))}
    </Box>
  )
}

/** Nothing here yet: what could be here, and how. */
export function Empty({ title, next, icon = 'calendar-days', action }: { title: string; next: string; icon?: IconName; action?: { words: string; onPress: () => void } }) {
  return (
    <Box className={styles.empty}>
      <Icon name={icon} size="large" className={styles.emptyIcon} />
      <Box className={styles.emptyTitle}>{title}</Box>
      <Box className={styles.emptyNext}>{next}</Box>
      {action ? <Box className={styles.emptyAction}><Button kind="outline" onPress={action.onPress}>{action.words}</Button></Box> : null}
    </Box>
  )
}

/** What went wrong and what to do; `onRetry` adds 再试一次. */
export function Problem({ problem, onRetry }: { problem: ProblemWords; onRetry?: (() => void) | undefined }) {
  return (
    <Notice tone="warm" title={problem.title} isAnnounced actions={onRetry ? <Button kind="outline" icon="refresh-cw" onPress={onRetry}>再试一次</Button> : undefined}>
      {problem.next}
    </Notice>
  )
}

/** One line above old content: how old it is, and whether the phone is offline. */
export function AgeLine({ ageWords, isOffline, onRetry }: { ageWords: string; isOffline: boolean; onRetry: () => void }) {
  return (
    <Pressable className={styles.age} onPress={onRetry} label={`${isOffline ? '没有网络，' : ''}${ageWords}的内容，点这里更新`}>
      <Icon name={isOffline ? 'wifi-off' : 'refresh-cw'} />
      <Box className={styles.ageWords}>{isOffline ? `没有网络 · ${ageWords}的内容` : `${ageWords}的内容，正在更新`}</Box>
    </Pressable>
  )
}

/** Draws whichever state it is in; the children get the content once there is some, old content included. */
export function Content<T>({ of, shape = 'list', children }: { of: Loadable<T>; shape?: 'list' | 'detail' | 'tiles'; children: (output: T) => ReactNode }) {
  if (of.output === undefined) return of.problem ? <Problem problem={of.problem} onRetry={of.reload} /> : <Skeleton shape={shape} />
  return (
    <Box className={styles.stack}>
      {of.ageWords ? <AgeLine ageWords={of.ageWords} isOffline={of.isOffline} onRetry={of.reload} /> : null}
      {of.problem && !of.isOffline ? <Problem problem={of.problem} onRetry={of.reload} /> : null}
      {children(of.output)}
    </Box>
  )
}
