/** A line in a list or card: what it is on the left, its value on the right, an arrow when it opens something. */
import type { ReactNode } from 'react'
import { Box, Words } from './box'
import { Icon, type IconName } from './icon'
import { Pressable } from './pressable'
import { classes } from './platform'
import styles from './row.module.scss'

interface RowProps {
  title: ReactNode
  /** smaller words under the title */
  detail?: ReactNode
  /** what stands at the right end (below, at the largest text): a value or a tag */
  end?: ReactNode
  icon?: IconName
  /** makes the whole row a link */
  onPress?: () => void
  label?: string
}

/** Rows in one card are divided by a line: put several in {@link Rows}. */
export function Row({ title, detail, end, icon, onPress, label }: RowProps) {
  const inside = (
    <>
      {icon ? <Icon name={icon} className={styles.icon} /> : null}
      <Box className={styles.words}>
        <Box className={styles.title}>{title}</Box>
        {detail ? <Box className={styles.detail}>{detail}</Box> : null}
      </Box>
      {end !== undefined && end !== null ? <Box className={styles.end}>{end}</Box> : null}
      {onPress ? <Words className={styles.arrow} spoken={{ isHidden: true }}>›</Words> : null}
    </>
  )
  return onPress
    ? <Pressable role="link" label={label} onPress={onPress} className={classes(styles.row, styles.touch)}>{inside}</Pressable>
    : <Box className={styles.row}>{inside}</Box>
}

/** Rows under each other with a line between. */
export function Rows({ children, label }: { children: ReactNode; label?: string }) {
  return <Box {...(label ? { spoken: { role: 'group' as const, label } } : {})}>{children}</Box>
}

/** A term and its value, small: 地址 … · 时间 …. */
export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return <Box className={styles.fact}><Words className={styles.term}>{term}</Words><Words className={styles.value}>{children}</Words></Box>
}
