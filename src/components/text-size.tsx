/** The three text sizes: which one is chosen, and the one-tap switch between them. */
import { createContext, useContext, type ReactNode } from 'react'
import { Box } from './box'
import { Pressable } from './pressable'
import { classes } from './platform'
import styles from './text-size.module.scss'

/** Body size in px. */
export type TextSize = 20 | 24 | 30

interface Choice {
  size: TextSize
  choose: (size: TextSize) => void
}

const ChoiceContext = createContext<Choice>({ size: 20, choose: () => undefined })

/** Puts the chosen size above all screens; `choose` must keep it for the next start. */
export function TextSizeProvider({ size, choose, children }: Choice & { children?: ReactNode }) {
  return <ChoiceContext.Provider value={{ size, choose }}>{children}</ChoiceContext.Provider>
}

/** The chosen size and the way to change it. */
export const useTextSize = (): Choice => useContext(ChoiceContext)

const sizes: readonly { size: TextSize; words: string }[] = [
  { size: 20, words: '大' },
  { size: 24, words: '更大' },
  { size: 30, words: '最大' },
]

/** 字大小: three buttons, each written in the size it gives. */
export function TextSizeSwitch() {
  const { size, choose } = useTextSize()
  return (
    <Box className={styles.row} spoken={{ role: 'radiogroup', label: '字大小' }}>
      {sizes.map((one) => (
        <Pressable
          key={one.size}
          role="radio"
          spoken={{ isChecked: size === one.size }}
          className={classes(styles.choice, size === one.size && styles.chosen)}
          style={{ fontSize: `${one.size}px` }}
          onPress={() => choose(one.size)}
        >
          {one.words}{size === one.size ? ' ✓' : ''}
        </Pressable>
      ))}
    </Box>
  )
}
