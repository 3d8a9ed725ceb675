/** The published figures in plain words. */
import type { OutputOf } from '@/contract'
import { DAY, HOUR, MINUTE } from '@/domain/civil-time'

export type Report = OutputOf<'points.report'>
export type Figure = Report['figures'][number]['figure']

/** How much could be had, as a person would say it. */
export const coverageWords = (percent: number | null): string =>
  percent === null ? '现在没有人攒着积分。' : percent >= 100 ? '大家手里的积分，今天全都换得到。' : `大家手里的积分，今天换得到 ${percent}%，别的等补货。`

/** 3 天, 5 小时: the average time from redeeming to collecting. */
export const waitWords = (ms: number | null): string => (ms === null ? '还没有人取过' : ms >= DAY ? `${Math.round(ms / DAY)} 天` : ms >= HOUR ? `${Math.round(ms / HOUR)} 小时` : `${Math.max(1, Math.round(ms / MINUTE))} 分钟`)

/** 2026年11月. */
export const wholeMonthWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`

const figureNames: Record<Figure, string> = {
  earned: '挣到的', waiting: '补记的，等批', redeemed: '换了的', collected: '取走的', returned: '退回的', toPots: '进爱心池的', fromPots: '爱心池给出去的', gifts: '转给家人、邻居的', expired: '到期的', reversed: '冲正的',
}
export const figureWords = (figure: Figure): string => figureNames[figure]
/** The figure that an address names. */
export const figureOf = (name: string): Figure | undefined => Object.keys(figureNames).find((one): one is Figure => one === name)

/** A year, not a month. */
export const isYear = (period: string): boolean => period.length === 4
/** 2026年, 2026年11月. */
export const periodWords = (period: string): string => (isYear(period) ? `${period}年` : wholeMonthWords(period))
