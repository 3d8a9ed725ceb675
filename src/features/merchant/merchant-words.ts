/** What merchants read: money, a settled line, and the month's table. */
import type { OutputOf } from '@/contract'
import { clockTime } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import type { Cell } from '@/services/table-file'
import { priceWords } from '@/services/timeline-words'

export type SettledLine = OutputOf<'merchant.today'>['items'][number]
type Totals = NonNullable<OutputOf<'merchant.month'>['totals']>

/** An amount that is settled: 35 元, 0 元. */
export const moneyWords = (fen: number): string => (fen === 0 ? '0 元' : priceWords(fen))
/** 12 份，960 积分，给您结 420 元 */
export const totalsWords = (totals: Totals): string => `${totals.count} 份，${pointsWords(totals.points)} 积分，给您结 ${moneyWords(totals.settleFen)}`
/** 2026年11月 */
export const monthWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`
/** The month before or after: `YYYY-MM`. */
export function monthBeside(month: string, by: 1 | -1): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** 每月结算 幸福苑便民理发 2026-11.csv */
export const fileNameOf = (merchantName: string, month: string): string => `每月结算 ${merchantName} ${month}.csv`

/** The month as rows of a table: each settlement, then what they come to. Nobody's name but the colleague's stands in it. */
export function rowsOf(merchantName: string, month: string, lines: readonly SettledLine[], totals: Totals): Cell[][] {
  return [
    ['积分结算', merchantName, month], [],
    ['日期', '时间', '换了什么', '积分', '结算（元）', '谁核销', '流水号'],
    ...lines.map((line): Cell[] => [line.onDate, clockTime(line.at), line.rewardName, line.points, line.settleFen / 100, line.byName, line.entryId]),
    [], ['合计', '', `${totals.count} 份`, totals.points, totals.settleFen / 100],
  ]
}
