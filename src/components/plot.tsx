/** A small plot of two rows of bars: what went up and what went down, period by period. The words beside it, or its name, say the same. */
import { Box } from './box'
import { classes } from './platform'
import styles from './plot.module.scss'

export interface PlotColumn {
  key: string
  /** under the column: 11月 */
  words: string
  up: number
  down: number
  isCurrent?: boolean
}

/** Bars share one scale; a value that is there is never too low to be seen. */
const share = (value: number, most: number): string => (value === 0 || most === 0 ? '0' : `${Math.max(4, Math.round((value / most) * 100))}%`)

/** `upWords`, `downWords` name the two colours below the plot; `label` says what it shows, for those who do not see it. */
export function Plot({ columns, label, upWords, downWords }: { columns: readonly PlotColumn[]; label: string; upWords: string; downWords: string }) {
  const most = Math.max(0, ...columns.flatMap((column) => [column.up, column.down]))
  return (
    <Box className={styles.plot} spoken={{ role: 'img', label }}>
      <Box className={styles.columns}>
        {columns.map((column) => (
          <Box key={column.key} className={styles.column}>
            <Box className={styles.bars}>
              <Box className={classes(styles.bar, styles.up)} style={{ height: share(column.up, most) }} />
              <Box className={classes(styles.bar, styles.down)} style={{ height: share(column.down, most) }} />
            </Box>
            <Box className={classes(styles.words, column.isCurrent && styles.current)}>{column.words}</Box>
          </Box>
        ))}
      </Box>
      <Box className={styles.key}>
        <Box className={styles.keyPart}><Box className={classes(styles.sample, styles.up)} /><Box>{upWords}</Box></Box>
        <Box className={styles.keyPart}><Box className={classes(styles.sample, styles.down)} /><Box>{downWords}</Box></Box>
      </Box>
    </Box>
  )
}
