/**
 * A lucide icon in the colour of the words beside it. Always decoration: the word beside it says the same,
 * so screen readers skip it. The image is put into the style sheet at build time, only for the names listed there.
 */
import { Box } from './box'
import { classes } from './platform'
import styles from './icon.module.scss'

/** The icons that `icon.module.scss` draws. */
export type IconName =
  | 'house'
  | 'calendar-days'
  | 'user-round'
  | 'clipboard-list'
  | 'volume-2'
  | 'circle-pause'
  | 'chevron-right'
  | 'chevron-left'
  | 'check'
  | 'circle-check'
  | 'circle-alert'
  | 'circle-x'
  | 'triangle-alert'
  | 'phone-call'
  | 'map-pin'
  | 'clock'
  | 'users'
  | 'bath'
  | 'scissors'
  | 'accessibility'
  | 'brush-cleaning'
  | 'hand-heart'
  | 'shield-check'
  | 'qr-code'
  | 'key-round'
  | 'refresh-cw'
  | 'wifi-off'
  | 'plus'
  | 'minus'
  | 'x'
  | 'file-text'
  | 'bell'
  | 'house-heart'
  | 'hourglass'
  | 'smile'
  | 'building-2'
  | 'door-open'
  | 'id-card'
  | 'merge'
  | 'badge-check'
  | 'pencil'
  | 'a-large-small'
  | 'soup'
  | 'notebook'
  | 'gift'
  | 'award'
  | 'vote'

/** `size`: beside words (default, follows the text size), or `large` as the picture of a card. */
export function Icon({ name, size = 'beside', className }: { name: IconName; size?: 'beside' | 'large'; className?: string | undefined }) {
  return <Box className={classes(styles.icon, size === 'large' && styles.large, styles[name], className)} spoken={{ isHidden: true }} />
}
