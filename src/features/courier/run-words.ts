/** A delivery run in words: what it is, how far it has come, and what became of each stop. */
import type { RunView } from '@/contract'
import { clockTime } from '@/domain/civil-time'
import { allergenWords, dishWords, sittingWords } from '@/services/meal-words'
import { placeWords } from '@/services/staff-words'
import { priceWords } from '@/services/timeline-words'

export type Stop = RunView['stops'][number]

/** Nobody has to go there any more, or nothing more can be done about it at the door. */
export const isOver = (stop: Stop): boolean => stop.state !== 'todo'

/** In walking order. */
export const inOrder = (run: RunView): readonly Stop[] => [...run.stops].sort((one, other) => one.order - other.order)

/** 华光城午餐 */
export const runTitle = (run: RunView): string => `${run.communityName}${sittingWords(run.sitting)}`

/** 11:00–12:30 */
export const runHours = (run: RunView): string => `${clockTime(run.startsAt)}–${clockTime(run.endsAt)}`

/** 送了 2 家，还有 3 家; nothing was done yet: 5 家，7 份. */
export function progressWords(run: RunView): string {
  const going = run.stops.filter((stop) => stop.state !== 'cancelled')
  const left = going.filter((stop) => !isOver(stop)).length
  if (left === 0) return `${going.length} 家都去过了`
  return left === going.length ? `${left} 家，${going.reduce((sum, stop) => sum + stop.portions, 0)} 份` : `去过 ${going.length - left} 家，还有 ${left} 家`
}

/** 华光城 12 幢 302; masked until the run has begun. */
export const doorWords = (run: RunView, stop: Stop): string => placeWords(run.communityName, stop.address)

export const dishOf = (stop: Stop): string => dishWords(stop.dishName, stop.portions)

/** 不能吃花生、芝麻; nobody said anything: null. */
export const avoidWords = (stop: Stop): string | null => (stop.avoid.length === 0 ? null : `不能吃${stop.avoid.map(allergenWords).join('、')}`)

/** What to collect at the door. */
export const moneyWords = (stop: Stop): string => (stop.payFen === 0 ? '不用收钱，月底一起算' : `收 ${priceWords(stop.payFen)}`)

const states: Record<Stop['state'], { words: string; tone: 'willow' | 'gold' | 'sos' | 'plain' }> = {
  todo: { words: '要送', tone: 'willow' },
  handedOver: { words: '只有您的话', tone: 'gold' },
  delivered: { words: '送到了', tone: 'willow' },
  noContact: { words: '没人开门', tone: 'sos' },
  cancelled: { words: '不送了', tone: 'plain' },
}
/** What became of a stop, with the colour of its tag. */
export const stateWords = (stop: Stop): { words: string; tone: 'willow' | 'gold' | 'sos' | 'plain' } => states[stop.state]
