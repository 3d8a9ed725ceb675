/** A week's menus as the ordering screens read them: what of a sitting can be had, how it can come, and the sentence that says it. */
import type { DishView, InputOf, OutputOf } from '@/contract'
import type { DayOption } from '@/components/choice'
import { civilDate, weekday } from '@/domain/civil-time'
import { forPortions, type Quote } from '@/domain/meal-policy'
import { dishWords, payWords, placeWords, sittingWords, wayWords } from '@/services/meal-words'
import { dayWords, priceWords } from '@/services/timeline-words'

export type Menus = OutputOf<'meal.menus'>
export type Day = Menus['days'][number]
export type SittingMenu = Day['sittings'][number]
export type Sitting = SittingMenu['sitting']
export type Payment = InputOf<'meal.order'>['payment']
export type Wish = InputOf<'meal.orderSeveral'>['orders'][number]
/** One sitting of one day. */
export interface When { onDate: string; sitting: Sitting }

/** Whether a dish can be ordered now without changing anything else; `now` is the server's time, ms. */
export const isOrderable = (dish: DishView, now: number): boolean => dish.state === 'free' && dish.blockedBy.length === 0 && dish.orderUntil > now

const reasons: Record<Exclude<DishView['state'], 'free' | 'mine'>, string> = { full: '订满了', past: '截止了', closed: '停订', taken: '这一餐订了别的', clash: '这时已有别的安排' }

/** Why a dish cannot be chosen; null when it can. `isAsking`: after the cut-off, where the kitchen is asked: only what is gone cannot be. */
export const shutWords = (dish: DishView, mayChoose: (dish: DishView) => boolean, isAsking = false): string | null =>
  (mayChoose(dish) ? null : (isAsking || dish.state === 'taken') && dish.remaining === 0 && dish.state !== 'closed' ? '订满了' : dish.state === 'free' || dish.state === 'mine' ? '截止了' : reasons[dish.state])

/** What stands in the way of a whole sitting, in the order in which a person would ask. */
export type SittingState = 'ordered' | 'open' | 'none' | 'past' | 'clash' | 'notSafe' | 'closed' | 'full'

export function sittingState(menu: SittingMenu, now: number): SittingState {
  const { dishes } = menu
  if (menu.bookingId !== null) return 'ordered'
  if (dishes.length === 0) return 'none'
  if (dishes.some((dish) => isOrderable(dish, now))) return 'open'
  if (dishes.every((dish) => dish.orderUntil <= now)) return 'past'
  if (dishes.some((dish) => dish.state === 'clash')) return 'clash'
  if (dishes.some((dish) => dish.state === 'free' && dish.orderUntil > now)) return 'notSafe'
  return dishes.every((dish) => dish.state === 'closed') ? 'closed' : 'full'
}

/** The dish to take by default, if it still can be. */
export const suggestedDish = (menu: SittingMenu, now: number): DishView | undefined => menu.dishes.find((dish) => dish.slotId === menu.suggestedSlotId && isOrderable(dish, now))

/** The first sitting that can be ordered, other than one. */
export function firstOpen(days: readonly Day[], now: number, except?: When): When | undefined {
  for (const day of days) {
    const open = day.sittings.find((menu) => sittingState(menu, now) === 'open' && !(day.onDate === except?.onDate && menu.sitting === except.sitting))
    if (open) return { onDate: day.onDate, sitting: open.sitting }
  }
  return undefined
}

/** 明天午餐, 11月26日 周四晚餐. */
export const whenMealWords = (when: When, now: number): string => `${dayWords(when.onDate, now)}${sittingWords(when.sitting)}`

/** A day in the strip: ordered, or why nothing can be. */
export function mealDayOption(day: Day, now: number): DayOption {
  const weekdayWords = `周${'日一二三四五六'[weekday(day.onDate)] ?? ''}`
  const states = day.sittings.map((menu) => sittingState(menu, now))
  const note = states.includes('ordered') ? '已订' : states.includes('open') ? undefined : day.holidayName ? '休' : states.every((state) => state === 'none') ? '没菜单' : states.every((state) => state === 'past') ? '过了' : states.includes('full') ? '满' : '不能订'
  return {
    key: day.onDate, top: day.onDate === civilDate(now) ? '今天' : weekdayWords, number: String(Number(day.onDate.slice(8, 10))),
    label: `${Number(day.onDate.slice(5, 7))}月${Number(day.onDate.slice(8, 10))}日 ${weekdayWords}`, ...(note ? { note } : {}),
  }
}

/** Days that stand beside the way to the others in one row, at larger text. */
const DAYS_BESIDE: Record<24 | 30, number> = { 24: 3, 30: 2 }

/** The days to show at a text size: all of them, or as many as one row holds, from the first that is not over, with the one that is chosen. */
export function daysInSight(days: readonly Day[], chosen: string | undefined, now: number, size: 20 | 24 | 30): readonly Day[] {
  if (size === 20 || days.length <= 3) return days
  const ahead = days.filter((day) => day.sittings.length === 0 || day.sittings.some((menu) => sittingState(menu, now) !== 'past'))
  const first = (ahead.length > 0 ? ahead : days).slice(0, DAYS_BESIDE[size])
  const own = days.find((day) => day.onDate === chosen)
  return own === undefined || first.includes(own) ? first : [...first.slice(0, -1), own].sort((a, b) => (a.onDate < b.onDate ? -1 : 1))
}

/** How a dish can come: carried home, or fetched or eaten at one of its sites. */
export interface WayOption {
  key: string
  way: Wish['way']
  siteId: string | undefined
  siteName: string | null
  title: string
  detail: string
}

const sitesFirst: readonly Wish['way'][] = ['delivery', 'pickUp', 'dineIn']

export const wayOptions = (dish: DishView, address: string): readonly WayOption[] =>
  sitesFirst.filter((way) => dish.ways.includes(way)).flatMap((way): readonly WayOption[] => way === 'delivery'
    ? [{ key: 'delivery', way, siteId: undefined, siteName: null, title: '送到家', detail: address || '先填上门牌' }]
    : dish.sites.map((site) => ({ key: `${way}_${site.siteId}`, way, siteId: site.siteId, siteName: site.name, title: `${wayWords(way)} · ${site.name}`, detail: site.address })))

/** The way that was chosen, else as last time, else the first there is. */
export function wayOf(options: readonly WayOption[], chosen: string | null, last: Pick<Menus, 'lastWay' | 'lastSiteId'>): WayOption | undefined {
  const asLast = (option: WayOption) => option.way === last.lastWay && (option.siteId === undefined || option.siteId === last.lastSiteId)
  return options.find((option) => option.key === chosen) ?? options.find(asLast) ?? options[0]
}

/** A dish with how many, how it comes and how it is paid. */
export interface Draft {
  dish: DishView
  portions: number
  way: WayOption
}

export const quoteOf = (draft: Pick<Draft, 'dish' | 'portions'>): Quote => forPortions(draft.dish.quote, draft.portions)

/** What is sent for a draft; whatever the advice says was shown beside the button. */
export const wishOf = ({ dish, portions, way }: Draft): Wish => ({
  slotId: dish.slotId, portions, way: way.way, ...(way.siteId === undefined ? {} : { siteId: way.siteId }), ...(dish.against.length > 0 ? { despiteAdvice: true } : {}),
})

/** The sentence in its pieces, so that who, when and what it costs can be set off: 王秀珍，周二午餐，清蒸鲈鱼 1 份，送到家。街道补 7 元，您付 8 元。 */
export function sentencePieces(draft: Draft, when: When, name: string, isMe: boolean, now: number): { who: string; when: string; what: string; subsidy: string; pay: string } {
  const quote = quoteOf(draft)
  return {
    who: name, when: whenMealWords(when, now),
    what: `${draft.dish.dishName} ${draft.portions} 份，${placeWords(draft.way.way, draft.way.siteName)}`,
    subsidy: quote.subsidyFen > 0 ? `街道补 ${priceWords(quote.subsidyFen)}，` : '', pay: payWords(quote, isMe ? '您' : '自'),
  }
}

/** A dish with how many of it, as a line. */
export const draftWords = (draft: Pick<Draft, 'dish' | 'portions'>): string => dishWords(draft.dish.dishName, draft.portions)
