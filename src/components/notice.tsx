/** Something to know on this screen: news, a wait, a problem. Words and an icon, and an announcement for screen readers. */
import type { ReactNode } from 'react'
import { Box } from './box'
import { Icon, type IconName } from './icon'
import { classes } from './platform'
import styles from './notice.module.scss'

type Tone = 'willow' | 'gold' | 'warm' | 'sos'

const icons: Record<Tone, IconName> = { willow: 'circle-check', gold: 'hourglass', warm: 'circle-alert', sos: 'triangle-alert' }

/** `isAnnounced`: read out as soon as it appears (the answer to what the person just did). */
export function Notice({ tone = 'willow', title, children, icon, isAnnounced = false, actions }: { tone?: Tone; title?: string; children?: ReactNode; icon?: IconName; isAnnounced?: boolean; actions?: ReactNode }) {
  return (
    <Box className={classes(styles.notice, styles[tone])} spoken={isAnnounced ? { role: tone === 'sos' || tone === 'warm' ? 'alert' : 'status', live: 'polite' } : {}}>
      <Box className={styles.line}>
        <Icon name={icon ?? icons[tone]} className={styles.icon} />
        <Box className={styles.words}>
          {title ? <Box className={styles.title}>{title}</Box> : null}
          {children ? <Box className={styles.text}>{children}</Box> : null}
        </Box>
      </Box>
      {actions ? <Box className={styles.actions}>{actions}</Box> : null}
    </Box>
  )
}
