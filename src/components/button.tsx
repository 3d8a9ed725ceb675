/** The main action (filled, one a screen), the other choice (outlined), and danger (red, for danger alone; outlined where another button is filled). */
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'
import { Pressable, type PressableProps } from './pressable'
import { classes } from './platform'
import { Words } from './box'
import styles from './button.module.scss'

interface ButtonProps extends Pick<PressableProps, 'onPress' | 'label' | 'isDisabled' | 'isBusy' | 'asksPhoneNumber' | 'id' | 'role' | 'spoken'> {
  kind?: 'primary' | 'outline' | 'danger' | 'dangerOutline' | 'quiet'
  icon?: IconName
  /** what to say while it is under way; the name stays the same for screen readers */
  busyWords?: string
  children: ReactNode
}

export function Button({ kind = 'primary', icon, busyWords = '请稍候', isBusy, isDisabled, children, ...rest }: ButtonProps) {
  return (
    <Pressable {...rest} isBusy={isBusy} isDisabled={isDisabled} className={classes(styles.button, styles[kind], isDisabled && styles.disabled)}>
      {icon && !isBusy ? <Icon name={icon} className={styles.icon} /> : null}
      <Words className={styles.words}>{isBusy ? busyWords : children}</Words>
    </Pressable>
  )
}

/** A link in running text: short words with an arrow, at least 48 px high. */
export function TextLink({ onPress, children, label }: { onPress: () => void; children: ReactNode; label?: string }) {
  return <Pressable role="link" onPress={onPress} label={label} className={styles.link}><Words>{children} ›</Words></Pressable>
}
