/**
 * Meals in words, the same on every screen: which sitting, how it comes, what a dish is fit for and what is in it, what it
 * costs, and how long it can still be ordered.
 */
import type { BookingBrief, DishView } from '../contract'
import { addDays, civilDate, clockTime, HOUR, MINUTE, weekday } from '../domain/civil-time'
import type { Quote } from '../domain/meal-policy'
import { dayWords, priceWords } from './timeline-words'

type Sitting = 'lunch' | 'dinner'
type Way = DishView['ways'][number]
type DietTag = DishView['tags'][number]
type Allergen = DishView['allergens'][number]
type Payment = 'atSite' | 'monthlyBill'

const sittingNames: Record<Sitting, string> = { lunch: '午餐', dinner: '晚餐' }
/** 午餐, 晚餐. */
export const sittingWords = (sitting: Sitting): string => sittingNames[sitting]

const wayNames: Record<Way, string> = { delivery: '送到家', pickUp: '自取', dineIn: '堂食' }
/** 送到家, 自取, 堂食. */
export const wayWords = (way: Way): string => wayNames[way]

/** How a meal comes, with the place: 送到家, 到阳光驿站自取, 在阳光驿站吃. */
export const placeWords = (way: Way, siteName: string | null): string =>
  way === 'delivery' ? '送到家' : way === 'pickUp' ? `到${siteName ?? '助餐点'}自取` : `在${siteName ?? '助餐点'}吃`

const dietTagNames: Record<DietTag, string> = { lowSalt: '低盐', diabetic: '糖尿病可吃', soft: '软食', halal: '清真' }
/** What a dish is fit for. */
export const dietTagWords = (tag: DietTag): string => dietTagNames[tag]

const adviceNames: Record<DietTag, string> = { lowSalt: '低盐', diabetic: '糖尿病', soft: '软食', halal: '清真' }
/** What a person was advised. */
export const adviceWords = (tag: DietTag): string => adviceNames[tag]

/** How a dish is, said of the dish; whom it does not suit comes after that. */
const isOtherwise: Record<Exclude<DietTag, 'diabetic'>, string> = { lowSalt: '偏咸', soft: '偏硬', halal: '不是清真的' }
/** How a dish goes against what a person was advised, as a neighbour would say it: 偏咸又偏硬，糖尿病人不宜. */
export function againstWords(tags: readonly DietTag[]): string {
  const taste = (['lowSalt', 'soft'] as const).filter((tag) => tags.includes(tag)).map((tag) => isOtherwise[tag]).join('又')
  return [taste, tags.includes('diabetic') ? '糖尿病人不宜' : '', tags.includes('halal') ? isOtherwise.halal : ''].filter(Boolean).join('，')
}

/** The same as a sentence about the dish: 这道菜偏咸，糖尿病人不宜。 */
export const dishAgainstWords = (tags: readonly DietTag[]): string => `这道菜${againstWords(tags)}。`

const allergenNames: Record<Allergen, string> = { peanut: '花生', nut: '坚果', egg: '鸡蛋', milk: '牛奶', fish: '鱼', shellfish: '虾蟹贝', soy: '黄豆', gluten: '面食', sesame: '芝麻' }
/** What must not be eaten, or is in a dish. */
export const allergenWords = (allergen: Allergen): string => allergenNames[allergen]

const paymentNames: Record<Payment, string> = { monthlyBill: '月底一起算', atSite: '到店付' }
/** How it is paid. */
export const paymentWords = (payment: Payment): string => paymentNames[payment]

/** What is left to pay: 您付 8 元, 不用付钱. `payer`: 您, or nobody named. */
export const payWords = (quote: Pick<Quote, 'payFen'>, payer: '您' | '自'): string => (quote.payFen === 0 ? `${payer === '您' ? '您' : ''}不用付钱` : `${payer}付 ${priceWords(quote.payFen)}`)

/** Subsidy, and what is left to pay, as people say it: 街道补 7 元，您付 8 元. */
export const quoteWords = (quote: Pick<Quote, 'subsidyFen' | 'payFen'>, payer: '您' | '自'): string => `${quote.subsidyFen > 0 ? `街道补 ${priceWords(quote.subsidyFen)}，` : ''}${payWords(quote, payer)}`

/** Why there is less subsidy than others get; null when there is nothing to say. */
export const lessSubsidyWords = (quote: Quote): string | null =>
  quote.reasons.includes('unverified') ? '社工见过面以后，才有街道补贴。' : quote.reasons.includes('capReached') ? '这个月的补贴快用完了，这一餐补得少些。' : null

/** How long is left: 1 小时 20 分, 12 分; less than a minute: 不到 1 分钟. */
export function leftWords(ms: number): string {
  if (ms < MINUTE) return '不到 1 分钟'
  const hours = Math.floor(ms / HOUR)
  const minutes = Math.floor((ms % HOUR) / MINUTE)
  return [hours > 0 ? `${hours}\u00a0小时` : '', minutes > 0 ? `${minutes}\u00a0分` : ''].filter(Boolean).join(' ')
}

/** 10:00, 明天 15:00, 周一 10:00, 11月30日 周一 10:00: the day is left out only when the cut-off and the meal are both of today. */
export function cutoffWords(orderUntil: number, onDate: string, now: number): string {
  const today = civilDate(now)
  const date = civilDate(orderUntil)
  if (date === today && onDate === today) return clockTime(orderUntil)
  const isThisWeek = date > addDays(today, 1) && date < addDays(today, 7)
  return `${isThisWeek ? `周${'日一二三四五六'[weekday(date)] ?? ''}` : dayWords(date, now)} ${clockTime(orderUntil)}`
}

/** What is said where something is about to be eaten that goes against the advice; '' when nothing does. */
export const cautionWords = (tags: readonly DietTag[]): string => (tags.length === 0 ? '' : dishAgainstWords(tags))

/** When a meal comes, in passing: 今天 11:30 午餐送到家, 明天 11:00 午餐到阳光驿站自取. */
export const mealComesWords = (booking: Pick<BookingBrief, 'startsAt' | 'serviceName' | 'meal'>, now?: number): string =>
  `${dayWords(civilDate(booking.startsAt), now)} ${clockTime(booking.startsAt)} ${booking.serviceName}${booking.meal ? placeWords(booking.meal.way, booking.meal.siteName) : ''}`

/** The dish, and how many of it when it is more than one: 清蒸鲈鱼, 清蒸鲈鱼 2 份. */
export const dishWords = (dishName: string, portions: number): string => (portions === 1 ? dishName : `${dishName} ${portions} 份`)
