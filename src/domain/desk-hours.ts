/**
 * Hours entered afterwards 补录 (law 10): a class of their own, counted as pending and unspendable until a second person
 * approved them, who is neither the volunteer, nor their family, nor who entered them (law 3).
 */
import type { By } from './booking-record'
import { addDays, instantOf } from './civil-time'
import { ensure } from './error'
import { FUND, purseOf, reversalOf, type Draft, type PointsAccount, type PointsEntry } from './ledger'
import { ensureNotOwnCase, isOwnCase, type Server } from './own-case'
import type { RequestLog } from './person'
import { durationWords, paid, type PointsPolicy } from './points-policy'

export const deskStates = ['waiting', 'approved', 'refused'] as const
export type DeskState = (typeof deskStates)[number]

export interface DeskHours {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  /** whose hours, with their close family as it was when they were entered */
  readonly volunteer: Server
  /** `volunteer.personId`, as an index needs it */
  readonly personId: string
  readonly onDate: string
  /** instants, ms */
  readonly startsAt: number
  readonly endsAt: number
  readonly what: string
  readonly reason: string
  /** worth by the policy of that day, before any cap */
  readonly points: number
  readonly policyVersion: number
  readonly state: DeskState
  readonly enteredBy: By
  readonly at: number
  readonly decidedBy: By | null
  readonly decidedAt: number | null
  readonly decidedReason: string | null
  /** what approval credited, and what went to the pot; null until then */
  readonly paid: { readonly kept: number; readonly over: number } | null
  /** since when its lines may not stand in the passbook yet; null: they do */
  readonly unsettledAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** How far back hours can be entered, days. */
export const DESK_DAYS = 31
const LEAST_MINUTES = 15
const MOST_MINUTES = 720

export const deskMinutes = (hours: Pick<DeskHours, 'startsAt' | 'endsAt'>): number => Math.round((hours.endsAt - hours.startsAt) / 60_000)

/** When the hours were, as instants. @throws BAD_INPUT {field} for what is to come, long ago, too short or too long */
export function deskTime(wish: { readonly onDate: string; readonly fromMinute: number; readonly untilMinute: number }, today: string, now: number): { readonly startsAt: number; readonly endsAt: number } {
  ensure(wish.onDate <= today && wish.onDate >= addDays(today, -DESK_DAYS), 'BAD_INPUT', { field: 'onDate' })
  const minutes = wish.untilMinute - wish.fromMinute
  ensure(minutes >= LEAST_MINUTES && minutes <= MOST_MINUTES, 'BAD_INPUT', { field: 'untilMinute' })
  const endsAt = instantOf(wish.onDate, wish.untilMinute)
  ensure(endsAt <= now, 'BAD_INPUT', { field: 'untilMinute' })
  return { startsAt: instantOf(wish.onDate, wish.fromMinute), endsAt }
}

/** Nobody is in two places: hours that were entered already stand, unless they were refused. @throws HOURS_OVERLAP {from, until} */
export function ensureNoOverlap(time: Pick<DeskHours, 'startsAt' | 'endsAt'>, others: readonly Pick<DeskHours, '_id' | 'startsAt' | 'endsAt' | 'state'>[], exceptId: string): void {
  const other = others.find((one) => one._id !== exceptId && one.state !== 'refused' && one.startsAt < time.endsAt && one.endsAt > time.startsAt)
  ensure(other === undefined, 'HOURS_OVERLAP', other && { from: other.startsAt, until: other.endsAt })
}

/** Other work of the same person at some time: a visit or a shift that they attended. */
export interface OtherWork {
  readonly title: string
  readonly startsAt: number
  readonly endsAt: number
  /** when it was proved that they came and went; null: not proved */
  readonly cameAt: number | null
  readonly wentAt: number | null
}

/** Work that is recorded already is not entered once more. What was proved counts with its own times, else those that were planned. @throws HOURS_OVERLAP {from, until, what} */
export function ensureNotRecorded(time: Pick<DeskHours, 'startsAt' | 'endsAt'>, others: readonly OtherWork[]): void {
  const spans = others.map(({ title, startsAt, endsAt, cameAt, wentAt }) => ({ what: title, from: cameAt ?? startsAt, until: wentAt ?? Math.max(endsAt, cameAt ?? endsAt) }))
  const other = spans.find(({ from, until }) => from < time.endsAt && until > time.startsAt)
  ensure(other === undefined, 'HOURS_OVERLAP', other && { ...other })
}

/** The second person's word. @throws WRONG_STATE, SECOND_PERSON, OWN_CASE, REASON_REQUIRED */
export function decideDesk(hours: DeskHours, isApproved: boolean, by: By, reason: string | null, now: number): DeskHours {
  ensure(hours.state === 'waiting', 'WRONG_STATE', { status: hours.state })
  ensure(hours.enteredBy.personId !== by.personId, 'SECOND_PERSON')
  ensureNotOwnCase(by.personId, hours.volunteer)
  ensure(isApproved || reason !== null, 'REASON_REQUIRED')
  return { ...hours, state: isApproved ? 'approved' : 'refused', decidedBy: by, decidedAt: now, decidedReason: reason, unsettledAt: now }
}

/** Why somebody cannot decide these hours; null: they can. */
export const cannotDecide = (hours: DeskHours, personId: string): 'decided' | 'enteredByMe' | 'ownCase' | null =>
  hours.state !== 'waiting' ? 'decided' : hours.enteredBy.personId === personId ? 'enteredByMe' : isOwnCase(personId, hours.volunteer) ? 'ownCase' : null

const wordsOf = (hours: DeskHours): string => `${hours.what} ${durationWords(deskMinutes(hours))}（补录）`
/** The line of hours that wait: counted, unspendable. @param ownerId whose passbook it stands in */
export const enteredLine = (hours: DeskHours, ownerId: string): Draft => ({
  id: `desk_${hours._id}`, from: FUND, to: purseOf('pending', ownerId), amount: hours.points, kind: 'desk', words: wordsOf(hours), evidence: { what: 'desk', id: hours._id }, policyVersion: hours.policyVersion, by: hours.enteredBy,
})

/** The line that takes refused hours back, out of the passbook in which they are pending now. */
export const refusedLine = (hours: DeskHours, ownerId: string, entered: PointsEntry, by: By): Draft => ({ ...reversalOf(entered, `${hours.what}（补录没有通过）`, by), from: purseOf('pending', ownerId) })

/** The lines of hours that were approved: what the caps leave becomes spendable, the rest goes to the pot. */
export const approvedLines = (hours: DeskHours, account: Pick<PointsAccount, '_id' | 'communityId' | 'earned' | 'balances'>, policy: PointsPolicy, by: By): readonly Draft[] =>
  paid(account, policy, hours.points, {
    id: `deskApproved_${hours._id}`, from: purseOf('pending', account._id), kind: 'deskApproved', words: wordsOf(hours), evidence: { what: 'desk', id: hours._id }, by,
    work: { earner: 'volunteer', serviceItemId: null, minutes: deskMinutes(hours), onDate: hours.onDate },
  })

/** What approval credited, and what went to the pot. */
export const paidBy = (lines: readonly Pick<PointsEntry, 'kind' | 'amount'>[]): { readonly kept: number; readonly over: number } => ({
  kept: lines.reduce((sum, line) => sum + (line.kind === 'deskApproved' ? line.amount : 0), 0), over: lines.reduce((sum, line) => sum + (line.kind === 'excess' ? line.amount : 0), 0),
})
