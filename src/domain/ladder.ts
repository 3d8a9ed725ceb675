/**
 * The ladder 联络阶梯 of a safety case (law 4): who is asked in turn, and how long the clock waits for each. A policy as
 * data, with a ladder of its own for the night; a case keeps the rungs that it began with. All times are 示例.
 */
import { addDays, civilDate, instantOf, minuteOfDay, MINUTE } from './civil-time'
import { ensure } from './error'

export const rungKinds = ['elder', 'family', 'duty', 'next', 'emergency'] as const
/** Call the elder; call the family in order; the grid's duty worker goes; the next in line goes; 120. */
export type RungKind = (typeof rungKinds)[number]

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
  readonly madeBy: { readonly personId: string; readonly name: string; readonly at: number }
}

/** One rung of a case: who is asked, and when the clock comes to it. */
export interface Rung {
  readonly kind: RungKind
  /** null: whoever is on duty for `elder` and `emergency` */
  readonly personId: string | null
  readonly name: string
  readonly kinship: string | null
  /** ms after the case was opened */
  readonly afterMs: number
}

export const isNight = (ladder: Ladder, at: number): boolean => {
  const minute = minuteOfDay(at)
  return ladder.nightFrom > ladder.nightUntil ? minute >= ladder.nightFrom || minute < ladder.nightUntil : minute >= ladder.nightFrom && minute < ladder.nightUntil
}

/** The ladder that holds on a civil day; null when the subdistrict has none. */
export function ladderOn(ladders: readonly Ladder[], onDate: string): Ladder | null {
  const begun = ladders.filter((ladder) => ladder.validFrom <= onDate)
  return begun.reduce<Ladder | null>((best, ladder) => (best === null || ladder.validFrom > best.validFrom || (ladder.validFrom === best.validFrom && ladder.version > best.version) ? ladder : best), null)
}

interface Callable {
  readonly personId: string
  readonly name: string
}

/** The rungs of a case opened now, with the people of this elder and community. A rung with nobody on it is left out. */
export function rungsOf(ladder: Ladder, openedAt: number, elder: Callable, family: readonly (Callable & { readonly kinship: string })[], duty: readonly Callable[]): readonly Rung[] {
  const policy = isNight(ladder, openedAt) ? ladder.night : ladder.day
  const rungs: Rung[] = []
  let afterMs = 0
  const add = (step: RungPolicy, who: Callable | null, kinship: string | null): void => {
    rungs.push({ kind: step.kind, personId: who?.personId ?? null, name: who?.name ?? '', kinship, afterMs })
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
