/** A state in words on a quiet ground of its colour. The words alone carry the meaning. */
import type { ReactNode } from 'react'
import { Words } from './box'
import { classes } from './platform'
import styles from './tag.module.scss'

export type TagTone = 'willow' | 'warm' | 'gold' | 'sos' | 'plain'

export function Tag({ tone = 'willow', children }: { tone?: TagTone; children: ReactNode }) {
  return <Words className={classes(styles.tag, styles[tone])}>{children}</Words>
}
