/** What happened and what comes next: the same for every side. A mark's shape tells its state as well as its colour. */
import { Box, Words } from './box'
import { classes } from './platform'
import styles from './timeline.module.scss'

export interface TimelineLine {
  key: string
  /** done: filled disc with a tick; todo: ring; attention: gold square with an exclamation mark */
  mark: 'done' | 'todo' | 'attention'
  title: string
  /** when it happened, as words */
  when?: string
  /** how it was proved, as words: 门码 · 准时 */
  proof?: string
  detail?: string
}

const marks = { done: { sign: '✓', words: '已完成' }, todo: { sign: '', words: '还没到' }, attention: { sign: '!', words: '要留意' } }

export function Timeline({ lines, label = '经过' }: { lines: readonly TimelineLine[]; label?: string }) {
  return (
    <Box className={styles.timeline} spoken={{ role: 'list', label }}>
      {lines.map((line) => {
        const small = [line.when, line.proof].filter((words) => words !== undefined && words !== '').join(' · ')
        return (
          <Box key={line.key} className={styles.line} spoken={{ role: 'listitem', label: [marks[line.mark].words, line.title, small, line.detail].filter(Boolean).join('，') }}>
            <Box className={classes(styles.mark, styles[line.mark])} spoken={{ isHidden: true }}>{marks[line.mark].sign}</Box>
            <Box className={styles.words}>
              <Words className={styles.title}>{line.title}</Words>
              {small ? <Box className={styles.small}>{small}</Box> : null}
              {line.detail ? <Box className={styles.detail}>{line.detail}</Box> : null}
            </Box>
          </Box>
        )
      })}
    </Box>
  )
}
