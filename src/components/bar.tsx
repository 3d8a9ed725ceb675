/** How much there is of something. The words beside it say the same; the bar itself is only seen. */
import { Box } from './box'
import { classes } from './platform'
import styles from './bar.module.scss'

/** `share` is 0 to 1, of what the words beside it name: 剩 2 位 is what is left. */
export function Bar({ share, tone = 'willow' }: { share: number; tone?: 'willow' | 'warm' }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return <Box className={styles.bar} spoken={{ isHidden: true }}><Box className={classes(styles.fill, tone === 'warm' && styles.warm)} style={{ width: `${percent}%` }} /></Box>
}
