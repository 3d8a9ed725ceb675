/** The kitchen sheet as it hangs beside the stove: by dish, by diet, by site; large on the screen, the same on paper. No names stand on it. */
import { Box } from '@/components/box'
import { clockTime, spokenDate } from '@/domain/civil-time'
import { sittingWords, wayWords } from '@/services/meal-words'
import { momentWords } from '@/services/timeline-words'
import { dietOf, type Sheet } from './kitchen-words'
import styles from './sheet.module.scss'

const changedWords = (changed: number): string => (changed > 0 ? `后加 ${changed}` : `后减 ${-changed}`)

export function SheetPaper({ sheet }: { sheet: Sheet }) {
  const places = [...new Set(sheet.sites.map((row) => `${row.siteName} ${wayWords(row.way)}`))]
  return (
    <Box className={styles.paper} spoken={{ role: 'region', label: '备餐单' }}>
      <Box className={styles.head}>备餐单 · {sheet.kitchenName}</Box>
      <Box className={styles.title}>{spokenDate(sheet.onDate)} {sittingWords(sheet.sitting)}</Box>
      <Box className={styles.line}>{clockTime(sheet.startsAt)}–{clockTime(sheet.endsAt)} 供餐，{sheet.orders} 单，共 {sheet.portions} 份</Box>
      <Box className={styles.line}>{sheet.frozenAt === null ? '还没有定，数还会变' : `${momentWords(sheet.frozenAt)} 定`}</Box>
      <Part title="按菜" rows={sheet.dishes.map((row) => ({ key: row.dishName, words: row.dishName, more: row.changed === 0 ? '' : changedWords(row.changed), count: row.portions }))} none="还没有人订。" />
      <Part title="按忌口" isAlarm rows={sheet.diets.map((row, index) => ({ key: String(index), words: dietOf(row), more: row.dishName, count: row.portions }))} none="没有要避开的。" />
      <Box className={styles.places}>
        {places.map((place) => (
          <Part key={place} title={place} rows={sheet.sites.filter((row) => `${row.siteName} ${wayWords(row.way)}` === place).map((row) => ({ key: row.dishName, words: row.dishName, more: '', count: row.portions }))} none="" />
        ))}
      </Box>
    </Box>
  )
}

function Part({ title, rows, none, isAlarm = false }: { title: string; rows: readonly { key: string; words: string; more: string; count: number }[]; none: string; isAlarm?: boolean }) {
  return (
    <Box className={styles.part} spoken={{ role: 'group', label: title }}>
      <Box className={styles.partTitle}>{title}</Box>
      {rows.length === 0 ? <Box className={styles.line}>{none}</Box> : null}
      {rows.map((row) => (
        <Box key={row.key} className={styles.row}>
          <Box className={styles.words}>
            <Box className={isAlarm ? styles.alarm : styles.name}>{row.words}</Box>
            {row.more ? <Box className={styles.more}>{row.more}</Box> : null}
          </Box>
          <Box className={styles.count}>{row.count} 份</Box>
        </Box>
      ))}
    </Box>
  )
}
