/** A person: the round initial, and the bar that says above every act who it is for (为谁). */
import type { ReactNode } from 'react'
import { Box, Words } from './box'
import { Pieces } from './pieces'
import { Pressable } from './pressable'
import { classes } from './platform'
import styles from './person.module.scss'

/** The family name in a circle; decoration, since the name stands beside it. */
export function Avatar({ name, isLarge = false }: { name: string; isLarge?: boolean }) {
  return <Box className={classes(styles.avatar, isLarge && styles.large)} spoken={{ isHidden: true }}>{name.slice(0, 1)}</Box>
}

/** A person with a line about them, at the head of a card. */
export function PersonLine({ name, title, detail }: { name: string; title: ReactNode; detail?: ReactNode }) {
  return (
    <Box className={styles.line}>
      <Avatar name={name} />
      <Box className={styles.who}>
        <Box className={styles.title}>{title}</Box>
        {detail ? <Box className={styles.words}>{typeof detail === 'string' ? <Pieces words={detail} /> : detail}</Box> : null}
      </Box>
    </Box>
  )
}

/** 为谁. With `onChange` it is a button that says 换人; otherwise a plain line. */
export function PersonBar({ name, words, changeWords = '换人', isOpen = false, onChange }: { name: string; words?: string; changeWords?: string; isOpen?: boolean; onChange?: () => void }) {
  const inside = (
    <>
      <Avatar name={name} />
      <Box className={styles.who}>
        <Words className={styles.name}>{name}</Words>
        {words ? <Words className={styles.words}><Pieces words={words} /></Words> : null}
      </Box>
      {onChange ? <Words className={styles.change}>{changeWords} ›</Words> : null}
    </>
  )
  return onChange
    // The words inside are its name, so that whoever steers by voice can say what they see.
    ? <Box spoken={{ role: 'group', label: '为谁办' }}><Pressable className={styles.bar} spoken={{ isExpanded: isOpen }} onPress={onChange}>{inside}</Pressable></Box>
    : <Box className={styles.bar} spoken={{ role: 'group', label: `为谁办：${name}${words ? `，${words}` : ''}` }}>{inside}</Box>
}
