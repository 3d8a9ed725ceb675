/**
 * The daily word 报平安, for those who opted in: once on every civil day, by a minute of their own. A word given on a day
 * counts for that day. While the elder is in hospital or away nobody waits for it. Law 4: a word that did not come opens
 * a case, one for the latest day that was missed, however late the clock runs.
 */
import { isAwayOn } from './away'
import { addDays, civilDate, instantOf } from './civil-time'
import { nextCheckAt } from './ladder'
import type { Person } from './person'

/** When the next word is awaited; null: it is not. A word that was given today counts for today. */
export function awaitedAt(person: Pick<Person, 'dailyCheck' | 'away' | 'lastWellAt'>, now: number): number | null {
  if (person.dailyCheck === null) return null
  const { byMinute } = person.dailyCheck
  const at = nextCheckAt(byMinute, now)
  const isGiven = person.lastWellAt !== null && civilDate(person.lastWellAt) === civilDate(at)
  const onDate = isGiven ? addDays(civilDate(at), 1) : civilDate(at)
  if (!isAwayOn(person.away, onDate)) return instantOf(onDate, byMinute)
  const untilOn = person.away.untilOn ?? null
  return untilOn === null ? null : instantOf(addDays(untilOn, 1), byMinute)
}

/** The person with the time at which their word is awaited, as the daily check and the absence now stand. */
export const withDailyCheck = (person: Person, now: number): Person => ({ ...person, checkDueAt: awaitedAt(person, now) })

/** Opts in, by a civil minute, or out. */
export const setDaily = (person: Person, byMinute: number | null, now: number): Person =>
  withDailyCheck({ ...person, dailyCheck: byMinute === null ? null : { byMinute, since: person.dailyCheck?.since ?? now } }, now)

/** All is well: heard now. */
export const saidWell = (person: Person, now: number): Person => withDailyCheck({ ...person, lastWellAt: now }, now)

/** A word that did not come: when it was awaited last, and the civil day that it was for. */
export interface MissedCheck {
  readonly onDate: string
  readonly dueAt: number
}

/** What was missed until now, or null. Of several days only the latest counts. */
export function missedCheck(person: Person, now: number): MissedCheck | null {
  const { checkDueAt, dailyCheck } = person
  if (checkDueAt === null || checkDueAt > now || dailyCheck === null) return null
  const today = civilDate(now)
  const onDate = instantOf(today, dailyCheck.byMinute) <= now ? today : addDays(today, -1)
  const dueAt = Math.max(checkDueAt, instantOf(onDate, dailyCheck.byMinute))
  const isGiven = person.lastWellAt !== null && civilDate(person.lastWellAt) >= civilDate(dueAt)
  return isGiven || isAwayOn(person.away, civilDate(dueAt)) ? null : { onDate: civilDate(dueAt), dueAt }
}
