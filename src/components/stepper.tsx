/** A small number with a button on either side: 1 份, one less, one more. */
import { Box, Words } from './box'
import { Icon } from './icon'
import { Pressable } from './pressable'
import { classes } from './platform'
import styles from './stepper.module.scss'

interface StepperProps {
  /** what is counted, for screen readers: 份数 */
  label: string
  value: number
  /** the value in words: 1 份 */
  words: string
  least: number
  most: number
  onChange: (value: number) => void
}

export function Stepper({ label, value, words, least, most, onChange }: StepperProps) {
  const step = (by: -1 | 1, name: string, icon: 'minus' | 'plus') => {
    const next = value + by
    const isShut = next < least || next > most
    return <Pressable className={classes(styles.step, isShut && styles.shut)} isDisabled={isShut} label={name} onPress={() => onChange(next)}><Icon name={icon} /></Pressable>
  }
  return (
    <Box className={styles.stepper} spoken={{ role: 'group', label }}>
      {step(-1, `少一${words.slice(-1)}`, 'minus')}
      <Words className={styles.value} spoken={{ role: 'status', live: 'polite' }}>{words}</Words>
      {step(1, `多一${words.slice(-1)}`, 'plus')}
    </Box>
  )
}
