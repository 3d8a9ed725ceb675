/**
 * How long doors stayed unanswered: safety cases counted, false alarms too, with their times. By reason each alarm counts, also
 * one that came while the case was live, with its own times and the end that the case came to. Whole minutes.
 */
import { MINUTE } from './civil-time'
import { alarmsOf, safetyReasons, type Alarm, type Finding, type SafetyCase, type SafetyReason } from './safety-case'

/** Each closed case counts in the first of these that it kept to; the rest took longer. */
const WITHIN = [15, 30, 60, 120] as const

const minutesBetween = (from: number, to: number): number => Math.max(0, Math.round((to - from) / MINUTE))

/** Until somebody first took it over; null: nobody has. */
export function minutesToTaken(safety: SafetyCase): number | null {
  const first = safety.timeline.find((entry) => entry.what === 'taken')
  return first === undefined ? null : minutesBetween(safety.openedAt, first.at)
}

/** Until it was closed; null: it is open. */
export const minutesToClosed = (safety: SafetyCase): number | null => (safety.closed === null ? null : minutesBetween(safety.openedAt, safety.closed.at))

/** How long it was open, or has been until now. */
export const minutesOpen = (safety: SafetyCase, now: number): number => minutesToClosed(safety) ?? minutesBetween(safety.openedAt, now)

/** The middle one; of an even number the mean of the two in the middle, rounded. Null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2)
}

const known = (values: readonly (number | null)[]): readonly number[] => values.filter((value): value is number => value !== null)

interface OneAlarm extends Alarm {
  readonly safety: SafetyCase
}

/** From an alarm until somebody had it: at once where somebody had it already. */
function minutesToHeld({ at, safety }: OneAlarm): number | null {
  const first = safety.timeline.find((entry) => entry.what === 'taken')
  return first === undefined ? null : minutesBetween(at, Math.max(at, first.at))
}

const minutesToEnd = ({ at, safety }: OneAlarm): number | null => (safety.closed === null ? null : minutesBetween(at, safety.closed.at))

export interface ReasonFigures {
  readonly reason: SafetyReason
  readonly count: number
  readonly falseAlarms: number
  readonly neededHelp: number
  readonly fine: number
  readonly stillOpen: number
  readonly medianMinutesToTaken: number | null
  readonly medianMinutesToClosed: number | null
  /** of those that are closed, as the counts of how long it took are */
  readonly longestMinutes: number | null
}

export interface SafetyFigures {
  readonly opened: number
  readonly stillOpen: number
  /** cases that were false alarms */
  readonly falseAlarms: number
  readonly byReason: readonly ReasonFigures[]
  readonly byCommunity: readonly { readonly communityId: string; readonly count: number; readonly medianMinutesToClosed: number | null }[]
  readonly within: readonly { readonly minutes: number | null; readonly count: number }[]
  /** longest first */
  readonly longest: readonly SafetyCase[]
}

function ofReason(reason: SafetyReason, alarms: readonly OneAlarm[]): ReasonFigures {
  const found = (finding: Finding): number => alarms.filter(({ safety }) => safety.closed?.finding === finding).length
  const closed = known(alarms.map(minutesToEnd))
  return {
    reason, count: alarms.length,
    falseAlarms: found('falseAlarm'), neededHelp: found('neededHelp'), fine: found('fine'), stillOpen: alarms.length - closed.length,
    medianMinutesToTaken: median(known(alarms.map(minutesToHeld))), medianMinutesToClosed: median(closed),
    longestMinutes: closed.length === 0 ? null : Math.max(...closed),
  }
}

/** @param communityIds the communities to be told apart, in this order */
export function figuresOf(cases: readonly SafetyCase[], communityIds: readonly string[], now: number): SafetyFigures {
  const closed = known(cases.map(minutesToClosed))
  const alarms = cases.flatMap((safety) => alarmsOf(safety).map((alarm) => ({ ...alarm, safety })))
  const bucketOf = (minutes: number): number | null => WITHIN.find((limit) => minutes <= limit) ?? null
  return {
    opened: cases.length, stillOpen: cases.length - closed.length, falseAlarms: cases.filter((safety) => safety.closed?.finding === 'falseAlarm').length,
    byReason: safetyReasons.map((reason) => ofReason(reason, alarms.filter((alarm) => alarm.reason === reason))),
    byCommunity: communityIds.map((communityId) => {
      const here = cases.filter((safety) => safety.communityId === communityId)
      return { communityId, count: here.length, medianMinutesToClosed: median(known(here.map(minutesToClosed))) }
    }),
    within: [...WITHIN, null].map((minutes) => ({ minutes, count: closed.filter((value) => bucketOf(value) === minutes).length })),
    longest: [...cases].sort((a, b) => minutesOpen(b, now) - minutesOpen(a, now) || a.openedAt - b.openedAt),
  }
}
