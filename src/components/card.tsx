/** Surfaces: a card, a card that opens something, and the tile with a picture on the home screen. */
import type { ReactNode } from 'react'
import { Box } from './box'
import { Icon, type IconName } from './icon'
import { Pressable } from './pressable'
import { classes } from './platform'
import styles from './card.module.scss'

type Tone = 'plain' | 'willow' | 'gold' | 'sos' | 'chosen'

/** A white surface. `tone` draws its edge; the reason for the tone must also stand in words. */
export function Card({ tone = 'plain', children, label }: { tone?: Tone; children: ReactNode; label?: string }) {
  return <Box className={classes(styles.card, styles[tone])} {...(label ? { spoken: { role: 'group' as const, label } } : {})}>{children}</Box>
}

/** A card that as a whole opens something. */
export function CardLink({ tone = 'plain', children, label, onPress }: { tone?: Tone; children: ReactNode; label?: string; onPress: () => void }) {
  return <Pressable role="link" label={label} onPress={onPress} className={classes(styles.card, styles[tone])}>{children}</Pressable>
}

/** A tile: two stand side by side (one below the other at the largest text), `hero` takes the whole width in green. */
export function Tile({ title, words, icon, isHero = false, onPress }: { title: string; words?: ReactNode; icon: IconName; isHero?: boolean; onPress: () => void }) {
  return (
    <Pressable role="link" onPress={onPress} className={classes(styles.tile, isHero && styles.hero)}>
      <Box className={styles.tileWords}>
        <Box className={styles.tileTitle}>{title}</Box>
        {words ? <Box className={styles.tileText}>{words}</Box> : null}
      </Box>
      <Icon name={icon} size="large" className={styles.tileIcon} />
    </Pressable>
  )
}

/** A figure with its word below: 12 待核实. */
export function Figure({ value, words, isUrgent = false, onPress }: { value: number | string; words: string; isUrgent?: boolean; onPress?: () => void }) {
  const inside = <><Box className={classes(styles.figureValue, isUrgent && styles.urgent)}>{value}</Box><Box className={styles.figureWords}>{words}</Box></>
  return onPress
    ? <Pressable role="link" label={`${words} ${value}`} onPress={onPress} className={styles.figure}>{inside}</Pressable>
    : <Box className={styles.figure} spoken={{ role: 'group', label: `${words} ${value}` }}>{inside}</Box>
}
