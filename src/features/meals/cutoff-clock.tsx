/** The clock of the cut-off, by the server's time: until when a sitting can be ordered and changed, counting down. */
import { useEffect, useRef } from 'react'
import { Box, Words } from '@/components/box'
import { Icon } from '@/components/icon'
import { classes } from '@/components/platform'
import { DAY, HOUR } from '@/domain/civil-time'
import { cutoffWords, leftWords } from '@/services/meal-words'
import { useServerNow } from '@/services/server-clock'
import styles from './meals.module.scss'

/** A minute is never told much too late, ms. */
const TICK_MS = 5_000
/** From here on it presses. */
const SOON_MS = HOUR / 2

/** `onPassed` is told once when the cut-off goes by before one's eyes. */
export function CutoffClock({ until, onDate, onPassed }: { until: number; onDate: string; onPassed: () => void }) {
  const now = useServerNow(TICK_MS)
  const left = until - now
  const isPast = left <= 0
  const isCounting = !isPast && left < DAY
  const untilWords = cutoffWords(until, onDate, now)
  const wasAhead = useRef(!isPast)
  useEffect(() => {
    if (isPast && wasAhead.current) onPassed()
    wasAhead.current = !isPast
  }, [isPast, onPassed])
  return (
    <Box className={classes(styles.clock, left < SOON_MS && styles.soon)}>
      <Icon name="clock" className={styles.clockIcon} />
      {isCounting ? <Words className={styles.told}>离截止还有 <Words className={styles.left}>{leftWords(left)}</Words></Words> : null}
      <Words>{isPast ? `${untilWords} 截止了` : `${untilWords} 前可订、可改`}</Words>
    </Box>
  )
}
