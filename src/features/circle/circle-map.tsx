/**
 * The circle as a drawing: home in the middle, rings of 5, 10 and 15 minutes, the places by the numbers of the list below,
 * each as far from the middle as it takes to walk there. No map is needed; north is up.
 */
import { Box } from '@/components/box'
import { classes } from '@/components/platform'
import styles from './circle-map.module.scss'

interface Point {
  key: string
  n: number
  x: number
  y: number
  isOpen: boolean
}

const RINGS = [15, 10, 5]
/** Half the drawing, in minutes: the farthest ring and room for a number on it. What the rings mean is said below: words on them would lie under the numbers. */
const REACH = 17
const share = (minutes: number): string => `${(50 + (minutes / REACH) * 50).toFixed(1)}%`

/** `label` says what it shows, for those who do not see it. */
export function CircleMap({ points, label }: { points: readonly Point[]; label: string }) {
  return (
    <Box className={styles.map} spoken={{ role: 'img', label }}>
      <Box className={styles.field}>
        {RINGS.map((ring) => {
          const width = `${((ring / REACH) * 100).toFixed(1)}%`
          return <Box key={ring} className={styles.ring} style={{ width, height: width }} />
        })}
        <Box className={styles.home}>家</Box>
        {points.map((point) => <Box key={point.key} className={classes(styles.place, point.isOpen && styles.open)} style={{ left: share(point.x), top: share(-point.y) }}>{point.n}</Box>)}
      </Box>
    </Box>
  )
}
