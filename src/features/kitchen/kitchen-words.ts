/** A kitchen's work in words: a sitting and its cut-off, an order, what is asked after the cut-off. */
import type { OutputOf } from '@/contract'
import { clockTime, DAY } from '@/domain/civil-time'
import { adviceWords, allergenWords, dishWords, leftWords, sittingWords, wayWords } from '@/services/meal-words'
import { beginsWords, dayWords, priceWords } from '@/services/timeline-words'

export type Week = OutputOf<'kitchen.week'>
export type Day = Week['days'][number]
export type SittingDay = Day['sittings'][number]
export type Offer = SittingDay['dishes'][number]
export type Dish = Week['dishes'][number]
export type Sheet = OutputOf<'kitchen.sheet'>
export type Order = Sheet['lines'][number]
export type Run = Sheet['runs'][number]
export type Sitting = SittingDay['sitting']

/** 今天午餐, 11月26日 周四午餐 */
export const sittingTitle = (onDate: string, sitting: Sitting, now?: number): string => `${dayWords(onDate, now)}${sittingWords(sitting)}`

/** How orders stand: until when, how long that is, or that it is over. */
export function cutoffWords({ sheet, state, orderUntil }: { sheet?: SittingDay['sheet']; state?: Sheet['state']; orderUntil: number }, now: number): string {
  const at = sheet ?? state ?? 'open'
  if (at === 'frozen') return '已经截止，备餐单定了'
  if (at === 'closing' || now >= orderUntil) return '刚截止，正在汇总'
  const until = `${beginsWords(orderUntil, now)} 截止`
  return orderUntil - now > DAY ? until : `${until}，还有 ${leftWords(orderUntil - now)}`
}

/** Menus can be changed until the cut-off. */
export const isStillOpen = (sitting: SittingDay, now: number): boolean => sitting.sheet === 'open' && now < sitting.orderUntil

export const portionsOf = (dishes: readonly { readonly portions: number }[]): number => dishes.reduce((sum, dish) => sum + dish.portions, 0)

/** 不能吃花生；要软食. Nothing said: empty. */
export const dietOf = (order: Pick<Order, 'avoid' | 'advice'>): string =>
  [order.avoid.length > 0 ? `不能吃${order.avoid.map(allergenWords).join('、')}` : '', order.advice.length > 0 ? `要${order.advice.map(adviceWords).join('、')}` : ''].filter(Boolean).join('；')

/** 华光城食堂 堂食; 华光城 送到家 */
export const whereOf = (order: Pick<Order, 'siteName' | 'communityName' | 'way'>): string => `${order.siteName ?? order.communityName} ${wayWords(order.way)}`

/** 清蒸鲈鱼 2 份 */
export const portionsWords = (order: Pick<Order, 'dishName' | 'portions'>): string => `${order.dishName} ${order.portions} 份`

/** 收 8 元; 付过了; 不用收钱，月底一起算. */
export const payWords = (order: Pick<Order, 'payFen' | 'isPaid'>): string => (order.payFen === 0 ? '不用收钱，月底一起算' : order.isPaid ? `${priceWords(order.payFen)}，付过了` : `收 ${priceWords(order.payFen)}`)

/** What the elder's side asks for, as a sentence. */
export function askedWords(order: Order): string {
  const { proposal } = order
  if (proposal === null) return ''
  const from = dishWords(order.dishName, order.portions)
  if (proposal.what === 'cancel' || proposal.to === null) return `${order.elderName}想取消${from}`
  const to = dishWords(proposal.to.dishName, proposal.to.portions)
  return proposal.what === 'substitute' ? `问${order.elderName}：${from}换成${to}` : `${order.elderName}的${from}，想改成${to}，${wayWords(proposal.to.way)}`
}

const leftReasons: Record<OutputOf<'kitchen.copyWeek'>['left'][number]['reason'], string> = { holiday: '休息', past: '已经截止', published: '已经有菜单', retired: '上周的菜不做了' }

/** What copying a week left alone, with the reason, day by day. */
export const leftAloneWords = (left: OutputOf<'kitchen.copyWeek'>['left'], now: number): string[] => left.map((one) => `${sittingTitle(one.onDate, one.sitting, now)}：${leftReasons[one.reason]}`)

/** What a portion may cost, and how many may be cooked: as the form says it. */
export const PRICE_RANGE = '1–200 元'
export const PORTIONS_RANGE = '1–500 份'

/** A price as it is typed, 12.5, in fen; null: that is no price between 1 and 200 元. */
export function fenOf(typed: string): number | null {
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(typed.trim())) return null
  const fen = Math.round(Number(typed.trim()) * 100)
  return fen >= 100 && fen <= 20_000 ? fen : null
}
/** As it is typed: 12.5 */
export const yuanOf = (fen: number): string => String(fen / 100)

/** Portions as they are typed; null: that is no number from 1 to 500. */
export function portionsTyped(typed: string): number | null {
  const count = /^\d{1,3}$/.test(typed.trim()) ? Number(typed.trim()) : 0
  return count >= 1 && count <= 500 ? count : null
}

/** 11:00–12:30 */
export const hoursWords = (sitting: { readonly startsAt: number; readonly endsAt: number }): string => `${clockTime(sitting.startsAt)}–${clockTime(sitting.endsAt)}`

/** By name, number or dish. */
export const fits = (order: Order, sought: string): boolean => {
  const words = sought.trim().toUpperCase()
  return words === '' || [order.elderName, order.number, order.dishName].some((one) => one.toUpperCase().includes(words))
}
