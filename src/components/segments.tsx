/** Two or three parts of one screen, of which one shows. Chosen is told by fill and to screen readers. */
import type { ReactNode } from 'react'
import { Box } from './box'
import { Pressable } from './pressable'
import { classes } from './platform'
import styles from './segments.module.scss'

export function Segments({ parts, selected, onChoose, label }: { parts: readonly { key: string; words: ReactNode }[]; selected: string; onChoose: (key: string) => void; label: string }) {
  return (
    <Box className={styles.row} spoken={{ role: 'tablist', label }}>
      {parts.map((part) => (
        <Pressable key={part.key} role="tab" spoken={{ isSelected: part.key === selected }} className={classes(styles.segment, part.key === selected && styles.chosen)} onPress={() => onChoose(part.key)}>{part.words}</Pressable>
      ))}
    </Box>
  )
}
