/** What the subdistrict decides, in sentences: when a kitchen serves and takes orders, who gets how much, who is asked in turn. */
import type { OutputOf } from '../../contract'
import { clockTime, instantOf, MINUTE } from '../../domain/civil-time'
import { sittingWords } from '../../services/meal-words'
import { fullDate } from '../../services/staff-words'
import { yuanWords } from '../../services/yuan'

export type KitchenTerms = OutputOf<'admin.kitchens'>['kitchens'][number]
export type Hours = NonNullable<KitchenTerms['hours']['lunch']>
export type MealPolicyTerms = OutputOf<'policy.meals'>['policies'][number]
export type LadderTerms = OutputOf<'policy.ladder'>['ladders'][number]
export type LadderStep = LadderTerms['day'][number]

export type Way = KitchenTerms['ways'][number]
/** How a kitchen's meals reach people, in the order in which they are named. */
export const ways = ['dineIn', 'pickUp', 'delivery'] as const satisfies readonly Way[]

/** 660 → 11:00 */
export const minuteWords = (minute: number): string => clockTime(instantOf('2000-01-01') + minute * MINUTE)

const daysBefore = ['当天', '前一天', '前两天', '前三天']
/** When orders end: 当天, 前一天 … */
export const daysBeforeWords = (days: number): string => daysBefore[days] ?? `前 ${days} 天`

export type Sitting = keyof KitchenTerms['hours']

/** 午餐 11:00–12:30，当天 9:00 前可订 */
export const hoursSentence = (sitting: Sitting, hours: Hours): string =>
  `${sittingWords(sitting)} ${minuteWords(hours.fromMinute)}–${minuteWords(hours.untilMinute)}，${daysBeforeWords(hours.cutoffDaysBefore)} ${minuteWords(hours.cutoffMinute)} 前可订`

type Cutoff = OutputOf<'kitchen.preview'>['sittings'][number]

/**
 * What a new cut-off would have meant, and from when it holds: 10月午餐 120 单，其中 23 单是当天 08:00 以后才订的。 and
 * 从 2026年12月1日的菜单起；已经公布的 7 天，截止时间不变。
 */
export function cutoffSentences(its: Cutoff, hours: Hours | null, { month, isPartial }: Pick<OutputOf<'kitchen.preview'>, 'month' | 'isPartial'>): { lead: string; more: string } {
  const meal = sittingWords(its.sitting)
  const until = hours === null ? '' : `${daysBeforeWords(hours.cutoffDaysBefore)} ${minuteWords(hours.cutoffMinute)}`
  const least = isPartial ? '至少' : ''
  const lead = its.orders === 0 ? `${Number(month.slice(5, 7))}月没有人订${meal}，没有可比的。`
    : its.tooLate === 0 && !isPartial ? `${Number(month.slice(5, 7))}月${meal} ${its.orders} 单，都在${until} 以前订好了。`
      : `${Number(month.slice(5, 7))}月${meal}${least} ${its.orders} 单，${least ? `其中${least}` : '其中'} ${its.tooLate} 单是${until} 以后才订的。`
  const kept = its.publishedDays > 0 ? `已经公布的 ${its.publishedDays} 天，截止时间不变。` : ''
  const from = its.holdsFrom === null ? '往后四周的菜单都公布了，要等再往后的。' : `${fullDate(its.holdsFrom)}的菜单起，按新的截止时间。`
  return { lead, more: `${from}${kept}` }
}

/** Everything that a kitchen serves, one sentence for each sitting. */
export const hoursSentences = (hours: KitchenTerms['hours']): readonly string[] => {
  const served = (['lunch', 'dinner'] as const).flatMap((sitting) => { const its = hours[sitting]; return its === null ? [] : [hoursSentence(sitting, its)] })
  return served.length === 0 ? ['没有供应的餐'] : served
}

/** More than this many bands are named by the first and the last: the sentence stays one that can be heard. */
const NAMED_BANDS = 3

/** Who gets how much of a meal: 每餐补：60 岁 3 元、80 岁 5 元；低保低收入加 2 元、特困加 4 元；每月最多 150 元；自付至少 3 元 */
export function policySentence(policy: Pick<MealPolicyTerms, 'bands' | 'hardshipFen' | 'monthlyCapFen' | 'leastPayFen'>): string {
  const sorted = [...policy.bands].sort((a, b) => a.fromAge - b.fromAge)
  const named = sorted.length > NAMED_BANDS ? [sorted[0], sorted.at(-1)].flatMap((band) => (band ? [band] : [])) : sorted
  const bands = named.map((band) => `${band.fromAge} 岁 ${yuanWords(band.subsidyFen)}`)
  const hard = [policy.hardshipFen.lowIncome > 0 ? `低保低收入加 ${yuanWords(policy.hardshipFen.lowIncome)}` : '', policy.hardshipFen.extreme > 0 ? `特困加 ${yuanWords(policy.hardshipFen.extreme)}` : ''].filter(Boolean)
  return [
    bands.length === 0 ? '不按年龄补贴' : named === sorted ? `每餐补：${bands.join('、')}` : `每餐补：${bands.join('到')}，分 ${sorted.length} 档`,
    hard.join('、'), `每月最多 ${yuanWords(policy.monthlyCapFen)}`, policy.leastPayFen > 0 ? `自付至少 ${yuanWords(policy.leastPayFen)}` : '',
  ].filter(Boolean).join('；')
}

export const stateWords = { coming: { words: '将来', tone: 'gold' }, now: { words: '现在', tone: 'willow' }, past: { words: '过去', tone: 'plain' } } as const

/** 2026年12月1日起 */
export const fromWords = (validFrom: string): string => `${fullDate(validFrom)}起`

/** Who is asked on a rung. */
export const rungNames = { elder: '打电话给老人', family: '挨个打给家人', duty: '值班的人上门', next: '下一位上门', emergency: '打 120' } as const

const ordinals = ['先', '再', '第三', '第四', '第五', '第六']
/** Who goes, in their order: 先找李静，再找周岚 */
export const dutyWords = (people: readonly { readonly name: string }[]): string => people.map((person, index) => `${ordinals[index] ?? ''}找${person.name}`).join('，')

/** One rung: 打电话给老人，等 5 分钟; the last one waits for nothing. */
export const stepWords = (step: LadderStep, isLast: boolean): string => (isLast ? rungNames[step.kind] : `${rungNames[step.kind]}，${step.kind === 'family' ? '每位' : ''}等 ${step.waitMinutes} 分钟`)

/** 夜里 21:00–07:00 */
export const nightWords = (ladder: Pick<LadderTerms, 'nightFrom' | 'nightUntil'>): string => `夜里 ${minuteWords(ladder.nightFrom)}–${minuteWords(ladder.nightUntil)}`

/** Buildings as somebody types them: 1-10、12. What is no number is left out. */
export function buildingsOf(typed: string): number[] {
  const named = typed.split(/[^0-9-]+/u).flatMap((part) => {
    const [from, to] = part.split('-').map(Number)
    if (from === undefined || from < 1) return []
    return to === undefined || to < from ? [from] : Array.from({ length: Math.min(200, to - from + 1) }, (_, index) => from + index)
  })
  return [...new Set(named)].sort((a, b) => a - b)
}

/** 1–10 幢、12 幢 */
export function buildingsWords(buildings: readonly number[]): string {
  const runs: [number, number][] = []
  for (const building of buildings) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === building - 1) last[1] = building
    else runs.push([building, building])
  }
  return runs.map(([from, to]) => (from === to ? `${from} 幢` : `${from}–${to} 幢`)).join('、')
}
