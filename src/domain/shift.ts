/**
 * A shift 班次: one volunteer's claim on one task, from claim to credit. Proved as a visit is (law 10): by the rotating
 * code of the task at the beginning and the end, confirmed by the elder or the organiser, verified by a social worker
 * for whom it is not their own case (law 3).
 */
import type { By } from './booking-record'
import type { BusyTime } from './busy'
import { DAY, HOUR, MINUTE } from './civil-time'
import { CODE_WINDOW, EARLY, LATE } from './door-code'
import { ensure } from './error'
import type { Moment } from './evidence'
import { ensureNotOwnCase, isOwnCase, type Server } from './own-case'
import type { RequestLog } from './person'
import type { RoleGrant } from './role'
import { plannedMinutes, type Task } from './task'

export const shiftStatuses = ['claimed', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'verified', 'partly', 'rejected', 'givenUp', 'noShow', 'cancelled'] as const
export type ShiftStatus = (typeof shiftStatuses)[number]

export const shiftLines = ['claimed', 'givenUp', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'late', 'verified', 'partly', 'rejected', 'noShow', 'cancelled'] as const
export type ShiftLineWhat = (typeof shiftLines)[number]

/** What a shift's evidence still lacks. */
export const shiftLacks = ['checkIn', 'checkOut', 'confirm', 'strongProof', 'disputed'] as const
export type ShiftLack = (typeof shiftLacks)[number]

export interface ShiftLine {
  readonly what: ShiftLineWhat
  readonly at: number
  readonly by: By
  readonly proof: 'doorCode' | 'doorCard' | 'elderTap' | 'familyTap' | 'organiserTap' | 'callBack' | null
  readonly provedAt: number | null
  readonly words: string | null
}

/** Who said that it took place, and from which side. */
export interface ShiftConfirmation {
  readonly at: number
  readonly byPersonId: string
  readonly proof: 'elderTap' | 'familyTap' | 'organiserTap' | 'callBack'
}

/** What some work brought: to the passbook, and over the cap to the community's pot. `entryId`: the line; null where the policy gave nothing. */
export interface Credit {
  readonly earned: number
  readonly excess: number
  readonly entryId: string | null
}

export interface Shift {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly taskId: string
  readonly title: string
  readonly place: string
  readonly onDate: string
  readonly startsAt: number
  readonly endsAt: number
  /** with their close family when it was claimed */
  readonly volunteer: Server
  readonly volunteerId: string
  readonly elderId: string | null
  readonly elderName: string | null
  readonly organiserId: string
  readonly pairId: string | null
  /** counts the claims: a seat names the turn that took it */
  readonly turn: number
  readonly status: ShiftStatus
  readonly checkIn: Moment | null
  readonly checkOut: Moment | null
  readonly confirm: ShiftConfirmation | null
  readonly timeline: readonly ShiftLine[]
  /** which list of the social worker it stands on */
  readonly review: 'exception' | 'complete' | null
  /** when the clock must look at it again; null: not */
  readonly dueAt: number | null
  readonly verifiedMinutes: number | null
  readonly verifiedBy: By | null
  /** what it brought; null: nothing yet */
  readonly points: Credit | null
  /** since when its seat, time or credit may wait to be settled; null: settled */
  readonly unsettledAt: number | null
  readonly requests: RequestLog
}

/** A check-out, or a check-in, that nobody made this long after the end is looked at, ms. 示例 policy. */
export const FORGOTTEN_AFTER = 2 * HOUR
/** Who ran it has this long to say that it took place, ms. 示例 policy. */
export const CONFIRM_WITHIN = 2 * DAY

/** Statuses in which a shift holds its seat and its volunteer's time. */
export const holdsShiftSeat = (status: ShiftStatus): boolean => status !== 'givenUp' && status !== 'noShow' && status !== 'cancelled'
/** Promised and not finished. */
export const isShiftUnderWay = (shift: Pick<Shift, 'status'>): boolean => shift.status === 'claimed' || shift.status === 'checkedIn'
/** It counts on a certificate, and was credited. */
export const isDone = (shift: Pick<Shift, 'status'>): boolean => shift.status === 'verified' || shift.status === 'partly'

/** Under which a volunteer's time is promised: one turn of one shift. */
export const promiseIdOf = (shift: Pick<Shift, '_id' | 'turn'>): string => `shift_${shift._id}_${shift.turn}`
/** The shift and turn that a promise names; null for a promise of something else. */
export function promisedShift(promiseId: string): { readonly shiftId: string; readonly turn: number } | null {
  const match = /^shift_(.+)_(\d+)$/.exec(promiseId)
  return match?.[1] === undefined ? null : { shiftId: match[1], turn: Number(match[2]) }
}

/** Shifts of this person that are still to come, or running. */
export const hasLiveShifts = (person: { readonly serving?: readonly BusyTime[] }, now: number): boolean =>
  (person.serving ?? []).some((time) => time.freedAt === null && time.to > now && promisedShift(time.bookingId) !== null)

const system: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }

const line = (what: ShiftLineWhat, at: number, by: By, more: Partial<Pick<ShiftLine, 'proof' | 'provedAt' | 'words'>> = {}): ShiftLine => ({ what, at, by, proof: more.proof ?? null, provedAt: more.provedAt ?? null, words: more.words ?? null })

/** When the clock must look at it again. */
function nextDue(shift: Pick<Shift, 'status' | 'endsAt' | 'checkOut' | 'review'>): number | null {
  if (shift.review !== null) return null
  if (shift.status === 'claimed' || shift.status === 'checkedIn') return shift.endsAt + FORGOTTEN_AFTER
  return shift.status === 'checkedOut' ? Math.max(shift.endsAt, shift.checkOut?.at ?? 0) + CONFIRM_WITHIN : null
}

/** True if something was proved by a printed card alone. */
export const isWeakShift = (shift: Pick<Shift, 'checkIn' | 'checkOut'>): boolean => [shift.checkIn, shift.checkOut].some((moment) => moment !== null && moment.proof !== 'doorCode')

/** What is missing before its evidence is complete (law 10). */
export const shiftLacking = (shift: Pick<Shift, 'checkIn' | 'checkOut' | 'confirm' | 'status'>): readonly ShiftLack[] => [
  ...(shift.checkIn ? [] : (['checkIn'] as const)), ...(shift.checkOut ? [] : (['checkOut'] as const)), ...(shift.confirm ? [] : (['confirm'] as const)),
  ...(isWeakShift(shift) ? (['strongProof'] as const) : []), ...(shift.status === 'disputed' ? (['disputed'] as const) : []),
]

/** Minutes between the two proofs; null until both are there. */
export const servedIn = (shift: Pick<Shift, 'checkIn' | 'checkOut'>): number | null =>
  shift.checkIn && shift.checkOut ? Math.max(0, Math.round((shift.checkOut.provedAt - shift.checkIn.provedAt) / MINUTE)) : null

function after(shift: Shift, changes: Partial<Shift>, entry: ShiftLine): Shift {
  const next = { ...shift, ...changes, timeline: [...shift.timeline, entry] }
  const isComplete = next.status === 'confirmed' && shiftLacking(next).length === 0
  const review = changes.status === undefined ? next.review : next.status === 'confirmed' ? (isComplete ? 'complete' : 'exception') : next.status === 'disputed' ? 'exception' : null
  const judged: Shift = { ...next, review }
  return { ...judged, dueAt: nextDue(judged) }
}

/** @throws WRONG_STATE {status} */
const ensureStatus = (shift: Shift, ...statuses: readonly ShiftStatus[]): void => ensure(statuses.includes(shift.status), 'WRONG_STATE', { status: shift.status })

/** A volunteer's first claim of a task. */
export function claimed(task: Task, volunteer: Server, shiftId: string, by: By, now: number): Shift {
  const fresh: Shift = {
    _id: shiftId, version: 1, subdistrictId: task.subdistrictId, communityId: task.communityId, taskId: task._id, title: task.title, place: task.place, onDate: task.onDate, startsAt: task.startsAt, endsAt: task.endsAt,
    volunteer, volunteerId: volunteer.personId, elderId: task.elderId, elderName: task.elder?.name ?? null, organiserId: task.organiserId, pairId: task.pairId, turn: 1, status: 'claimed',
    checkIn: null, checkOut: null, confirm: null, timeline: [line('claimed', now, by)], review: null, dueAt: null, verifiedMinutes: null, verifiedBy: null, points: null, unsettledAt: null, requests: {},
  }
  return { ...fresh, dueAt: nextDue(fresh) }
}

/** Claimed again after it was given up: the same shift, another turn. @throws WRONG_STATE */
export function claimedAgain(shift: Shift, volunteer: Server, by: By, now: number): Shift {
  ensureStatus(shift, 'givenUp')
  return after(shift, { status: 'claimed', turn: shift.turn + 1, volunteer, unsettledAt: null }, line('claimed', now, by))
}

/** Until the start. @throws WRONG_STATE, SLOT_PAST */
export function giveUpShift(shift: Shift, by: By, reason: string | null, now: number): Shift {
  ensureStatus(shift, 'claimed')
  ensure(now < shift.startsAt, 'SLOT_PAST')
  return after(shift, { status: 'givenUp', unsettledAt: now }, line('givenUp', now, by, { words: reason }))
}

/** Its task was cancelled. */
export const cancelShift = (shift: Shift, by: By, reason: string, now: number): Shift =>
  shift.status === 'claimed' ? after(shift, { status: 'cancelled', unsettledAt: now }, line('cancelled', now, by, { words: reason })) : shift

/** From when a check-in is accepted, ms. */
export const shiftFrom = ({ startsAt }: Pick<Shift, 'startsAt'>): number => startsAt - EARLY

/** @throws WRONG_STATE, TOO_EARLY {from} */
export function checkInShift(shift: Shift, moment: Moment, by: By): Shift {
  ensureStatus(shift, 'claimed')
  ensure(moment.provedAt >= shiftFrom(shift) - CODE_WINDOW, 'TOO_EARLY', { from: shiftFrom(shift) })
  ensure(moment.provedAt <= shift.endsAt + LATE, 'WRONG_STATE', { status: 'over' })
  return after(shift, { status: 'checkedIn', checkIn: moment }, line('checkedIn', moment.at, by, { proof: moment.proof === 'doorCard' ? 'doorCard' : 'doorCode', provedAt: moment.provedAt }))
}

/** @throws WRONG_STATE, TOO_EARLY when it is proved before the check-in */
export function checkOutShift(shift: Shift, moment: Moment, by: By): Shift {
  ensureStatus(shift, 'checkedIn')
  const began = shift.checkIn?.provedAt ?? 0
  ensure(moment.provedAt >= began, 'TOO_EARLY', { from: began })
  return after(shift, { status: 'checkedOut', checkOut: moment }, line('checkedOut', moment.at, by, { proof: moment.proof === 'doorCard' ? 'doorCard' : 'doorCode', provedAt: moment.provedAt }))
}

/** The elder's side, the organiser, or a call-back says that it took place; never the volunteer or their family. @throws WRONG_STATE, OWN_CASE, REASON_REQUIRED for a call-back without words */
export function confirmShift(shift: Shift, confirmation: ShiftConfirmation, by: By, words: string | null): Shift {
  ensureNotOwnCase(by.personId, shift.volunteer)
  if (confirmation.proof === 'callBack') {
    ensureStatus(shift, 'checkedIn', 'checkedOut', 'disputed')
    ensure(shift.elderId !== null, 'NOT_ALLOWED')
    ensure(words !== null, 'REASON_REQUIRED')
  } else ensureStatus(shift, 'checkedOut')
  return after(shift, { status: 'confirmed', confirm: confirmation }, line('confirmed', confirmation.at, by, { proof: confirmation.proof, words }))
}

/** It was not so: a social worker looks at it. @throws WRONG_STATE, OWN_CASE, REASON_REQUIRED */
export function disputeShift(shift: Shift, by: By, words: string | null, now: number): Shift {
  ensureNotOwnCase(by.personId, shift.volunteer)
  ensureStatus(shift, 'checkedIn', 'checkedOut', 'confirmed')
  ensure(words !== null, 'REASON_REQUIRED')
  return after(shift, { status: 'disputed' }, line('disputed', now, by, { words }))
}

export type ShiftOutcome = 'verified' | 'partly' | 'rejected'

/** Why this person does not decide a shift: it is their own case, or the only word for it is theirs; null: they may. */
export function blockedFor(shift: Pick<Shift, 'volunteer' | 'elderId' | 'organiserId' | 'confirm'>, personId: string, elderKinIds: readonly string[]): 'OWN_CASE' | 'SECOND_PERSON' | null {
  if (isOwnCase(personId, shift.volunteer) || personId === shift.elderId || elderKinIds.includes(personId)) return 'OWN_CASE'
  const isOwnWord = personId === shift.confirm?.byPersonId && shift.confirm.proof !== 'callBack'
  return isOwnWord || (personId === shift.organiserId && (shift.confirm === null || shift.confirm.proof === 'organiserTap')) ? 'SECOND_PERSON' : null
}

/** Somebody who may verify in a place: an administrator in all of the subdistrict, a social worker in their communities. */
export interface VerifyingStaff {
  readonly personId: string
  readonly name: string
  readonly grants: readonly RoleGrant[]
}

/** Who can verify a shift, for whom it is not their own case; social workers of its community first. */
export function verifiersOf(shift: Pick<Shift, 'communityId' | 'volunteer' | 'elderId' | 'organiserId' | 'confirm'>, elderKinIds: readonly string[], staff: readonly VerifyingStaff[]): readonly { readonly name: string; readonly as: 'socialWorker' | 'admin' }[] {
  const free = staff.filter((one) => blockedFor(shift, one.personId, elderKinIds) === null)
  const isSocial = ({ grants }: VerifyingStaff): boolean => grants.some((grant) => grant.role === 'socialWorker' && grant.communityIds?.includes(shift.communityId) === true)
  const isAdmin = ({ grants }: VerifyingStaff): boolean => grants.some((grant) => grant.role === 'admin')
  return [...free.filter(isSocial).map(({ name }) => ({ name, as: 'socialWorker' as const })), ...free.filter((one) => !isSocial(one) && isAdmin(one)).map(({ name }) => ({ name, as: 'admin' as const }))]
}

/**
 * The social worker's word, once. In full only with all evidence (what a printed card proved is accepted with a reason)
 * and no more minutes than were proved; in part with a reason and no more than was planned.
 * @param elderKinIds the elder's family by record and delegation, for whom it would be their own case
 * @throws WRONG_STATE, OWN_CASE, SECOND_PERSON, EVIDENCE_INCOMPLETE {missing}, REASON_REQUIRED, BAD_INPUT {field: 'minutes'}
 */
export function verifyShift(shift: Shift, elderKinIds: readonly string[], outcome: ShiftOutcome, by: By, reason: string | null, minutes: number | null, now: number): Shift {
  const blocked = blockedFor(shift, by.personId, elderKinIds)
  if (blocked !== null) ensure(false, blocked)
  ensureStatus(shift, 'checkedIn', 'checkedOut', 'confirmed', 'disputed')
  const planned = plannedMinutes(shift)
  const served = servedIn(shift)
  if (outcome === 'verified') {
    const missing = shiftLacking(shift)
    const blocking = missing.filter((what) => what !== 'strongProof')
    ensure(blocking.length === 0, 'EVIDENCE_INCOMPLETE', { missing: blocking })
    ensure(!missing.includes('strongProof') || reason !== null, 'REASON_REQUIRED')
    ensure(minutes === null || minutes <= (served ?? 0), 'BAD_INPUT', { field: 'minutes' })
  } else ensure(reason !== null, 'REASON_REQUIRED')
  if (outcome === 'partly') ensure(minutes !== null && minutes <= planned, 'BAD_INPUT', { field: 'minutes' })
  const verifiedMinutes = outcome === 'rejected' ? 0 : (minutes ?? Math.min(served ?? 0, planned))
  return after(shift, { status: outcome, verifiedMinutes, verifiedBy: by, unsettledAt: now }, line(outcome, now, by, { words: reason }))
}

/** Nobody came. @throws WRONG_STATE, TOO_EARLY {from}, OWN_CASE */
export function noShow(shift: Shift, by: By, reason: string, now: number): Shift {
  ensureNotOwnCase(by.personId, shift.volunteer)
  ensureStatus(shift, 'claimed')
  ensure(now >= shift.startsAt, 'TOO_EARLY', { from: shift.startsAt })
  return after(shift, { status: 'noShow', unsettledAt: now }, line('noShow', now, by, { words: reason }))
}

/** What the clock makes of a shift that is late: it goes to the social worker. The same shift when there is nothing to do. */
export function lookAtShift(shift: Shift, now: number): Shift {
  if (shift.dueAt === null || shift.dueAt > now) return shift
  const late = after(shift, {}, line('late', now, system, { words: shift.status }))
  return { ...late, review: 'exception', dueAt: null }
}

export type ShiftAct = 'giveUp' | 'checkIn' | 'checkOut' | 'code' | 'confirm' | 'dispute' | 'verify' | 'noShow'

/** What somebody can do with it now. Screens show exactly these; the rules decide again when one is tapped. */
export function actsOfShift(shift: Shift, as: 'volunteer' | 'organiser' | 'elder' | 'family' | 'socialWorker' | 'admin', blocked: 'OWN_CASE' | 'SECOND_PERSON' | null, now: number): readonly ShiftAct[] {
  const isTime = now >= shiftFrom(shift) && now <= shift.endsAt + LATE
  if (as === 'volunteer') return [...(shift.status === 'claimed' && now < shift.startsAt ? (['giveUp'] as const) : []), ...(shift.status === 'claimed' && isTime ? (['checkIn'] as const) : []), ...(shift.status === 'checkedIn' ? (['checkOut'] as const) : [])]
  if (as === 'socialWorker' || as === 'admin') {
    const mayVerify = blocked === null && ['checkedIn', 'checkedOut', 'confirmed', 'disputed'].includes(shift.status) && (shift.status !== 'checkedIn' || shift.review !== null)
    return [
      ...(as === 'socialWorker' && blocked !== 'OWN_CASE' && shift.elderId !== null && ['checkedOut', 'disputed'].includes(shift.status) ? (['confirm'] as const) : []),
      ...(mayVerify ? (['verify'] as const) : []), ...(as === 'socialWorker' && blocked !== 'OWN_CASE' && shift.status === 'claimed' && now >= shift.startsAt ? (['noShow'] as const) : []),
    ]
  }
  if (blocked === 'OWN_CASE') return []
  return [
    ...(isShiftUnderWay(shift) && isTime ? (['code'] as const) : []), ...(shift.status === 'checkedOut' ? (['confirm'] as const) : []),
    ...(['checkedIn', 'checkedOut', 'confirmed'].includes(shift.status) ? (['dispute'] as const) : []),
  ]
}

/** Half-done work younger than this is not a fault yet, ms: the sweep settles it. */
const GRACE = 5 * MINUTE

/** What somebody's work brought is what its line says, and what was not verified brought nothing: as the self-check asks it. @param entry the line under the work's natural key */
export function creditHolds(work: { readonly isDone: boolean; readonly points: Credit | null; readonly unsettledAt: number | null }, entry: { readonly amount: number } | undefined, now: number): boolean {
  if (!work.isDone) return work.points === null && entry === undefined
  if (work.unsettledAt !== null) return work.unsettledAt > now - GRACE
  if (work.points === null) return false
  if (work.points.entryId === null) return entry === undefined
  // With nothing kept, the line carries what went over the cap.
  return entry?.amount === (work.points.earned === 0 ? work.points.excess : work.points.earned)
}

/** Each verified shift has its credit. @param entry `shift_<shiftId>` */
export const shiftCreditHolds = (shift: Pick<Shift, 'status' | 'points' | 'unsettledAt'>, entry: { readonly amount: number } | undefined, now: number): boolean => creditHolds({ ...shift, isDone: isDone(shift) }, entry, now)

/** Who holds a seat has a live shift of that very turn, and the other way round. @param shifts those of the task */
export function seatsHold(task: Pick<Task, 'holders' | 'unsettledAt'>, shifts: readonly Pick<Shift, '_id' | 'volunteerId' | 'turn' | 'status' | 'unsettledAt'>[], now: number): boolean {
  const isYoung = (since: number | null): boolean => since !== null && since > now - GRACE
  const live = shifts.filter((shift) => holdsShiftSeat(shift.status))
  const held = Object.values(task.holders).every((seat) => live.some((shift) => shift._id === seat.shiftId && shift.turn === seat.turn) || isYoung(seat.at))
  return held && live.every((shift) => task.holders[shift.volunteerId]?.turn === shift.turn || isYoung(task.unsettledAt))
}

/** No volunteer is promised to two shifts at one time. */
export const shiftsApart = (shifts: readonly Pick<Shift, 'status' | 'startsAt' | 'endsAt'>[]): boolean => {
  const live = shifts.filter(isShiftUnderWay)
  return live.every((one, index) => live.slice(index + 1).every((other) => one.endsAt <= other.startsAt || other.endsAt <= one.startsAt))
}
