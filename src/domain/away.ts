/**
 * Not at home 不在家: in hospital, elsewhere for a while, moved out, or dead. From a civil day on, until another or until somebody
 * says that they are home again. On these days nothing is booked or ordered for them and no daily word is awaited.
 */
import { addDays } from './civil-time'
import { ensure } from './error'

export const awayWhys = ['hospital', 'away', 'movedOut', 'died'] as const
export type AwayWhy = (typeof awayWhys)[number]

/** Civil days, both of them counted in; no last day: open. */
export interface Span {
  readonly fromOn: string
  readonly untilOn: string | null
}

export interface Away extends Partial<Span> {
  readonly why: AwayWhy
  readonly since: number
  readonly byName: string
  /** the life event that says it; absent in records from before */
  readonly eventId?: string
}

/** From who went for good nobody comes home. */
export const isFinal = (why: AwayWhy): boolean => why === 'movedOut' || why === 'died'

export const isWithin = ({ fromOn, untilOn }: Span, onDate: string): boolean => onDate >= fromOn && (untilOn === null || onDate <= untilOn)

/** A record from before knows no days: from the first on, without end. */
export const spanOf = (away: Pick<Away, 'fromOn' | 'untilOn'>): Span => ({ fromOn: away.fromOn ?? '', untilOn: away.untilOn ?? null })

/** Whether somebody is away on a civil day. */
export const isAwayOn = (away: Away | null, onDate: string): away is Away => away !== null && isWithin(spanOf(away), onDate)

/** The absence that holds or is to come; null once it lies behind. */
export const awayFrom = (away: Away | null, today: string): Away | null => (away === null || (spanOf(away).untilOn ?? today) < today ? null : away)

/** Nothing is booked for who is not at home that day. @throws ELDER_AWAY {why} */
export const ensureAtHome = (elder: { readonly away: Away | null }, onDate: string): void => ensure(!isAwayOn(elder.away, onDate), 'ELDER_AWAY', { why: elder.away?.why ?? '' })

/** The same for every day of something that lasts, the first and the last counted in. @throws ELDER_AWAY {why} */
export function ensureAtHomeFrom(elder: { readonly away: Away | null }, firstOn: string, lastOn: string): void {
  if (elder.away === null) return
  const { fromOn, untilOn } = spanOf(elder.away)
  ensure(lastOn < fromOn || (untilOn !== null && firstOn > untilOn), 'ELDER_AWAY', { why: elder.away.why })
}

/** What is said after the fact reaches back this far, what is said before it this far ahead, and no absence is longer. 示例 policy, days. */
export const MOST_DAYS_BACK = 30
export const MOST_DAYS_AHEAD = 90
export const LONGEST_AWAY = 366

/** @throws BAD_INPUT {field} for days in the wrong order, too far off or too many */
export function ensureSpan({ fromOn, untilOn }: Span, today: string): void {
  ensure(fromOn >= addDays(today, -MOST_DAYS_BACK) && fromOn <= addDays(today, MOST_DAYS_AHEAD), 'BAD_INPUT', { field: 'fromOn' })
  ensure(untilOn === null || (untilOn >= fromOn && untilOn >= today && untilOn <= addDays(fromOn, LONGEST_AWAY)), 'BAD_INPUT', { field: 'untilOn' })
}
