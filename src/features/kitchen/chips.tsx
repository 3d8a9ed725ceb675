/** Short answers side by side, several of which may be ticked: what is in a dish, what it is fit for, its picture. */
import type { ReactNode } from 'react'
import { Box } from '@/components/box'
import { classes } from '@/components/platform'
import { Pressable } from '@/components/pressable'
import styles from './kitchen.module.scss'

interface ChipsProps {
  label: string
  chips: readonly { key: string; words: string; picture?: ReactNode; isFixed?: boolean }[]
  selected: readonly string[]
  /** one of them instead of several */
  isOne?: boolean
  onChoose: (key: string) => void
}

export function Chips({ label, chips, selected, isOne = false, onChoose }: ChipsProps) {
  return (
    <Box className={styles.chips} spoken={{ role: isOne ? 'radiogroup' : 'group', label }}>
      {chips.map((chip) => {
        const isTicked = selected.includes(chip.key)
        return (
          <Pressable key={chip.key} role={isOne ? 'radio' : 'checkbox'} isDisabled={chip.isFixed === true} spoken={{ isChecked: isTicked }} label={chip.words} className={classes(styles.chip, isTicked && styles.ticked, chip.isFixed && styles.fixed)} onPress={() => onChoose(chip.key)}>
            {chip.picture}
            <Box>{isTicked ? '✓ ' : ''}{chip.words}</Box>
          </Pressable>
        )
      })}
    </Box>
  )
}
