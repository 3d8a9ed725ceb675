/**
 * The ladder 联络阶梯 of a safety case (law 4): who is asked in turn, and how long the clock waits for each. A policy as
 * data, with a ladder of its own for the night; a case climbs in rounds, and each rung is taken from the ladder that holds
 * when its time has come. All times are 示例.
 */
import { addDays, civilDate, instantOf, minuteOfDay, MINUTE } from './civil-time'
import { ensure } from './error'

export const rungKinds = ['elder', 'family', 'duty', 'next', 'emergency'] as const
/** Call the elder; call the family in order; the grid's duty worker goes; the next in line goes; 120. */
export type RungKind = (typeof rungKinds)[number]
export const askedKinds = [...rungKinds, 'taker'] as const
/** Whom a case asks: the steps of its ladder, and before them who has taken it over. */
export type AskedKind = (typeof askedKinds)[number]

export interface RungPolicy {
  readonly kind: RungKind
  /** minutes that the clock waits here before it goes on; for `family` for each of them */
  readonly waitMinutes: number
}

export interface Ladder {
  readonly version: number
  /** first civil day on which cases begin with it */
  readonly validFrom: string
  readonly day: readonly RungPolicy[]
  readonly night: readonly RungPolicy[]
  /** civil minutes between which it is night: 21:00 to 07:00 */
  readonly nightFrom: number
  readonly nightUntil: number
  /** minutes after which the clock goes on although somebody has taken the case over */
  readonly takenMinutes: number
  /** minutes after the last rung until the clock goes round once more; absent in ladders from before */
  readonly againMinutes?: number | undefined
  readonly madeBy: { readonly personId: string; readonly name: string; readonly at: number }
}

/** One rung of a case: who is asked, and when the clock comes to it. */
export interface Rung {
  readonly kind: AskedKind
  /** null: whoever is on duty for `elder` and `emergency` */
  readonly personId: string | null
  readonly name: string
  readonly kinship: string | null
  /** ms after the case was opened */
  readonly afterMs: number
  /** which ladder it was taken from, and whether from its day or its night; absent for who has taken the case over */
  readonly part?: string
  /** which time round it belongs to, counted from 0; absent: the first */
  readonly round?: number
}

/** A ladder without who decided it: what a case keeps. */
export type LadderTerms = Omit<Ladder, 'madeBy'>

/** What a live case needs to go on by itself: the ladder that holds with those already decided for later, and who goes. */
export interface CasePlan {
  readonly ladders: readonly LadderTerms[]
  readonly duty: readonly { readonly personId: string; readonly name: string }[]
}

/** Minutes until the clock goes round once more where the policy does not say. 示例. */
export const AGAIN_MINUTES = 60

export const isNight = (ladder: Pick<Ladder, 'nightFrom' | 'nightUntil'>, at: number): boolean => {
  const minute = minuteOfDay(at)
  return ladder.nightFrom > ladder.nightUntil ? minute >= ladder.nightFrom || minute < ladder.nightUntil : minute >= ladder.nightFrom && minute < ladder.nightUntil
}

/** The ladder that holds on a civil day; null when the subdistrict has none. */
export function ladderOn<T extends Pick<Ladder, 'version' | 'validFrom'>>(ladders: readonly T[], onDate: string): T | null {
  const begun = ladders.filter((ladder) => ladder.validFrom <= onDate)
  return begun.reduce<T | null>((best, ladder) => (best === null || ladder.validFrom > best.validFrom || (ladder.validFrom === best.validFrom && ladder.version > best.version) ? ladder : best), null)
}

/** What a case that is asked about on this day keeps; null where no ladder holds. */
export function planOf(ladders: readonly Ladder[], duty: CasePlan['duty'], onDate: string): CasePlan | null {
  const holds = ladderOn(ladders, onDate)
  return holds === null ? null : { ladders: ladders.filter((ladder) => ladder === holds || ladder.validFrom > onDate).map(({ madeBy: _madeBy, ...terms }) => terms), duty }
}

/** Names the half of a ladder that holds at a time. */
export const partAt = (ladder: LadderTerms, at: number): string => `${ladder.version}_${isNight(ladder, at) ? 'night' : 'day'}`
export const isNightPart = (part: string | undefined): boolean => part?.endsWith('_night') === true

interface Callable {
  readonly personId: string
  readonly name: string
}

/** The rungs of a round that begins now, with the people of this elder and community. A rung with nobody on it is left out. */
export function rungsOf(ladder: LadderTerms, at: number, elder: Callable, family: readonly (Callable & { readonly kinship: string })[], duty: readonly Callable[]): readonly Rung[] {
  const policy = isNight(ladder, at) ? ladder.night : ladder.day
  const part = partAt(ladder, at)
  const rungs: Rung[] = []
  let afterMs = 0
  const add = (step: RungPolicy, who: Callable | null, kinship: string | null): void => {
    rungs.push({ kind: step.kind, personId: who?.personId ?? null, name: who?.name ?? '', kinship, afterMs, part })
    afterMs += step.waitMinutes * MINUTE
  }
  for (const step of policy) {
    if (step.kind === 'elder') add(step, elder, null)
    else if (step.kind === 'family') for (const member of family) add(step, member, member.kinship)
    else if (step.kind === 'duty') { if (duty[0]) add(step, duty[0], null) }
    else if (step.kind === 'next') for (const other of duty.slice(1)) add(step, other, null)
    else add(step, null, null)
  }
  return rungs
}

/** A new ladder begins on a coming day, asks who is on duty, gives everybody at least a minute, and ends at 120. @throws BAD_INPUT {field} */
export function ensureLadder(ladder: Omit<Ladder, 'madeBy' | 'version'>, today: string): void {
  ensure(ladder.validFrom > today, 'BAD_INPUT', { field: 'validFrom' })
  for (const field of ['day', 'night'] as const) {
    const kinds = ladder[field].map((step) => step.kind)
    ensure(kinds.includes('duty') && kinds.indexOf('emergency') === kinds.length - 1, 'BAD_INPUT', { field })
    ensure(ladder[field].every((step) => step.kind === 'emergency' || step.waitMinutes > 0), 'BAD_INPUT', { field })
  }
}

/** When an elder who checks in daily must have done so next: today if that is still to come, else tomorrow. */
export const nextCheckAt = (byMinute: number, now: number): number => {
  const today = civilDate(now)
  const at = instantOf(today, byMinute)
  return at > now ? at : instantOf(addDays(today, 1), byMinute)
}
