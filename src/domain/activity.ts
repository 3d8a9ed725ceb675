/**
 * An activity 活动, or a class 课程 (several sessions: course.ts): a slot to which people come. Seats are those of any slot (law 1), a name
 * on the list is a booking. Who comes is proved by the organiser's rotating code, or by a roll call 点名, which is weaker
 * and says so. Whoever organised it, and family, do not verify it (law 3).
 */
import { ensureAtHome } from './away'
import { after, ensureStatus, line } from './booking-step'
import type { Attendance, Booking, By } from './booking-record'
import type { ActivityOffer, Verdict } from './activity-offer'
import { clash, type BusyTime } from './busy'
import { civilDate, instantOf, MINUTE } from './civil-time'
import { attendedBy, courseOf, minutesAttended, sessionAt, sessionsOf, wasAt, type CourseWish } from './course'
import { CODE_WINDOW, EARLY, LATE } from './door-code'
import { DomainError, ensure } from './error'
import type { Moment } from './evidence'
import { ensureNotOwnCase, isOwnCase, type Server } from './own-case'
import type { Person, RequestLog } from './person'
import { ensureSeat, type Slot } from './slot'
import { isOnOffer } from './waitlist'

export interface ActivitySlot extends Slot {
  readonly kind: 'activity'
  readonly activity: ActivityOffer
  readonly version: number
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** What a social worker writes. */
export interface ActivityWish extends Pick<ActivityOffer, 'sort' | 'what' | 'place'> {
  readonly title: string
  readonly communityId: string
  readonly onDate: string
  readonly startMinute: number
  readonly endMinute: number
  readonly seats: number
  /** absent: it meets once */
  readonly course?: CourseWish
}

/** An activity takes no longer, minutes. 示例 policy. */
const LONGEST = 12 * 60

export const isActivity = (slot: Slot): slot is ActivitySlot => slot.kind === 'activity' && slot.activity !== undefined

/** An activity as it is published. @throws BAD_INPUT {field} for a time that is over or runs backwards, SLOT_CLOSED on a closed day, for a class on any of its days */
export function publishActivity(
  wish: ActivityWish, made: { readonly activityId: string; readonly subdistrictId: string; readonly communityName: string; readonly doorKey: string; readonly key: string; readonly hash: string },
  by: By, closedDays: Readonly<Record<string, string>>, now: number,
): ActivitySlot {
  const [startsAt, endsAt] = [instantOf(wish.onDate, wish.startMinute), instantOf(wish.onDate, wish.endMinute)]
  ensure(startsAt > now, 'BAD_INPUT', { field: 'onDate' })
  ensure(wish.endMinute > wish.startMinute && wish.endMinute - wish.startMinute <= LONGEST, 'BAD_INPUT', { field: 'endMinute' })
  ensure(Number.isSafeInteger(wish.seats) && wish.seats >= 1, 'BAD_INPUT', { field: 'seats' })
  const course = wish.course === undefined ? undefined : courseOf(wish.course, wish)
  ensure([wish.onDate, ...(wish.course?.moreDates ?? [])].every((onDate) => closedDays[onDate] === undefined), 'SLOT_CLOSED')
  const host = `activity_${wish.communityId}`
  return {
    _id: made.activityId, version: 1, subdistrictId: made.subdistrictId, kind: 'activity', meal: null, orderUntil: startsAt, frozenAt: null, serviceItemId: host, serviceName: wish.title, providerId: host, providerName: made.communityName,
    communityIds: [wish.communityId], priceFen: 0, cancelHours: 0, onDate: wish.onDate, startsAt, endsAt: course?.sessions.at(-1)?.endsAt ?? endsAt, capacity: wish.seats, remaining: wish.seats, holders: {}, isOpen: true, unsettledAt: null,
    activity: { ...(course === undefined ? {} : { course }), sort: course === undefined ? wish.sort : 'class', what: wish.what, place: wish.place, organiser: { personId: by.personId, name: by.name }, doorKey: made.doorKey, reviewIn: wish.communityId, cancelled: null, verdicts: [] },
    madeBy: { key: made.key, hash: made.hash }, requests: {},
  }
}

type Joining = Pick<Person, '_id' | 'communityId' | 'away' | 'busy'>

/** The times that it takes of somebody's days: one, or each session of a class. */
export const timesOfActivity = (slot: ActivitySlot, bookingId: string, at: number): readonly Omit<BusyTime, 'freedAt'>[] =>
  sessionsOf(slot).map(({ startsAt, endsAt }) => ({ bookingId, from: startsAt, to: endsAt, at, kind: 'activity', where: 'out', ...(slot.activity.course === undefined ? {} : { title: slot.serviceName, slotId: slot._id }) }))

/** What else somebody has at one of its times. */
export const clashWith = (slot: ActivitySlot, busy: readonly BusyTime[], bookingId: string): BusyTime | undefined =>
  sessionsOf(slot).map(({ startsAt, endsAt }) => clash(busy, startsAt, endsAt, bookingId, { kind: 'activity', where: 'out' })).find((other) => other !== undefined)

/**
 * Whether somebody can put their name down, as far as was loaded; the writes repeat each guard.
 * @throws OWN_CASE for who organises it, ELDER_AWAY {why}, SLOT_FULL {remaining}, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, ELDER_BUSY {from, to}
 */
export function ensureMayJoin(slot: ActivitySlot, elder: Joining, closedDays: Readonly<Record<string, string>>, bookingId: string, now: number, isDesk = false): void {
  ensure(slot.activity.organiser.personId !== elder._id, 'OWN_CASE')
  ensure(sessionsOf(slot).every(({ startsAt }) => closedDays[civilDate(startsAt)] === undefined), 'SLOT_CLOSED')
  ensureAtHome(elder, slot.onDate)
  ensureSeat(slot, { personId: elder._id, communityId: elder.communityId, isDesk }, bookingId, now)
  const other = clashWith(slot, elder.busy, bookingId)
  if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
}

export const activityStates = ['free', 'full', 'mine', 'past', 'closed', 'clash', 'away', 'ownCase'] as const
const stateByRefusal: Readonly<Partial<Record<string, (typeof activityStates)[number]>>> = { SLOT_FULL: 'full', SEAT_OFFERED: 'full', SLOT_PAST: 'past', SLOT_CLOSED: 'closed', ELDER_BUSY: 'clash', ELDER_AWAY: 'away', OWN_CASE: 'ownCase' }

/** How it stands for somebody who might come: exactly what joining would answer. */
export function activityState(slot: ActivitySlot, elder: Joining, closedDays: Readonly<Record<string, string>>, now: number): (typeof activityStates)[number] {
  if (slot.holders[elder._id] !== undefined && !isOnOffer(slot.holders[elder._id])) return 'mine'
  try {
    ensureMayJoin(slot, elder, closedDays, '', now)
    return 'free'
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return stateByRefusal[error.code] ?? 'closed'
  }
}

/** From when somebody's arrival is heard, ms: of a class at the session that is on or comes next. */
export const arriveFrom = (slot: ActivitySlot, now: number): number => sessionAt(slot, now).startsAt - EARLY

/** Arrivals are heard now. */
export const isUnderWay = (slot: ActivitySlot, now: number): boolean => slot.activity.reviewIn !== null && now >= arriveFrom(slot, now) && now <= sessionAt(slot, now).endsAt + LATE

/** It takes place now, or did a moment ago: codes and the roll count. @throws WRONG_STATE, TOO_EARLY {from} */
export function ensureUnderWay(slot: ActivitySlot, now: number): void {
  ensure(slot.activity.reviewIn !== null, 'WRONG_STATE', { status: slot.activity.cancelled === null ? 'verified' : 'cancelled' })
  ensure(now >= arriveFrom(slot, now) - CODE_WINDOW, 'TOO_EARLY', { from: arriveFrom(slot, now) })
  ensure(now <= sessionAt(slot, now).endsAt + LATE, 'WRONG_STATE', { status: 'over' })
}

/** Somebody is there, by the code that they typed; at a class once a session. @throws WRONG_STATE, TOO_EARLY {from} */
export function arrive(booking: Booking, slot: ActivitySlot, moment: Moment, by: By): Booking {
  if (slot.activity.course !== undefined) return attend(booking, slot, moment, by)
  ensureStatus(booking, 'booked')
  ensureUnderWay(slot, moment.at)
  return after(booking, { status: 'checkedIn', evidence: { ...booking.evidence, checkIn: moment } }, line('checkedIn', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt }))
}

function attend(booking: Booking, slot: ActivitySlot, moment: Moment, by: By): Booking {
  ensureStatus(booking, 'booked', 'checkedIn')
  ensureUnderWay(slot, moment.at)
  const { n } = sessionAt(slot, moment.at)
  ensure(!wasAt(booking, n), 'WRONG_STATE', { status: 'checkedIn' })
  const attended: readonly Attendance[] = [...attendedBy(booking), { ...moment, n }]
  const name = { sort: slot.activity.sort, place: slot.activity.place, ...booking.activity, attended }
  return after(booking, { status: 'checkedIn', activity: name, evidence: { ...booking.evidence, checkIn: booking.evidence.checkIn ?? moment } }, line('checkedIn', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt, words: `第 ${n} 课` }))
}

/** The organiser's roll call; family of the organiser types the code like everybody else. @throws OWN_CASE, WRONG_STATE, TOO_EARLY {from} */
export function callOut(booking: Booking, slot: ActivitySlot, organiser: Server, by: By, now: number): Booking {
  ensureNotOwnCase(booking.elderId, organiser)
  return arrive(booking, slot, { at: now, provedAt: now, proof: 'rollCall', codeWindow: null, capturedAt: null }, by)
}

/** Names that a verdict is still to be given on. */
export const isUndecided = (booking: Pick<Booking, 'status'>): boolean => booking.status === 'booked' || booking.status === 'checkedIn'

/** Why this person does not verify a list at all: they organised it, or family did; null: they may. */
export const blockedForList = (slot: ActivitySlot, verifier: Server): 'OWN_CASE' | 'SECOND_PERSON' | null =>
  slot.activity.organiser.personId === verifier.personId ? 'SECOND_PERSON' : isOwnCase(slot.activity.organiser.personId, verifier) ? 'OWN_CASE' : null

/**
 * The word of somebody else about the whole list: who came is verified, who did not is absent, whom the verifier does not
 * accept is rejected with a reason. Their own and their family's names are left for another person.
 * @throws WRONG_STATE, TOO_EARLY {from}, SECOND_PERSON, OWN_CASE, NOT_FOUND for a name that is not on the list, REASON_REQUIRED
 */
export function verifyList(slot: ActivitySlot, bookings: readonly Booking[], verifier: Server, unfit: readonly string[], by: By, reason: string | null, now: number): { readonly next: ActivitySlot; readonly answer: { readonly verified: number; readonly absent: number; readonly rejected: number; readonly left: number } } {
  const blocked = blockedForList(slot, verifier)
  if (blocked !== null) throw new DomainError(blocked)
  ensure(slot.activity.reviewIn !== null, 'WRONG_STATE', { status: slot.activity.cancelled === null ? 'verified' : 'cancelled' })
  ensure(now >= slot.endsAt, 'TOO_EARLY', { from: slot.endsAt })
  const open = bookings.filter((booking) => isUndecided(booking) && verdictOn(slot, booking._id) === null)
  const mine = open.filter((booking) => !isOwnCase(booking.elderId, verifier))
  ensure(mine.length > 0 || open.length === 0, 'OWN_CASE')
  const came = mine.filter((booking) => booking.status === 'checkedIn')
  ensure(unfit.every((bookingId) => came.some((booking) => booking._id === bookingId)), 'NOT_FOUND')
  ensure(unfit.length === 0 || reason !== null, 'REASON_REQUIRED')
  const ids = (some: readonly Booking[]): string[] => some.map((booking) => booking._id)
  const verdict: Verdict = {
    at: now, by, reason, verified: ids(came.filter((booking) => !unfit.includes(booking._id))), absent: ids(mine.filter((booking) => booking.status === 'booked')), rejected: ids(came.filter((booking) => unfit.includes(booking._id))),
  }
  const left = open.length - mine.length
  return {
    next: { ...slot, unsettledAt: now, activity: { ...slot.activity, reviewIn: left === 0 ? null : slot.activity.reviewIn, verdicts: [...slot.activity.verdicts, verdict] } },
    answer: { verified: verdict.verified.length, absent: verdict.absent.length, rejected: verdict.rejected.length, left },
  }
}

/** The verdict on one name, and what it says; null: none yet. */
export function verdictOn({ activity }: Pick<ActivitySlot, 'activity'>, bookingId: string): { readonly verdict: Verdict; readonly outcome: 'verified' | 'noShow' | 'rejected' } | null {
  for (const verdict of activity.verdicts) {
    if (verdict.verified.includes(bookingId)) return { verdict, outcome: 'verified' }
    if (verdict.absent.includes(bookingId)) return { verdict, outcome: 'noShow' }
    if (verdict.rejected.includes(bookingId)) return { verdict, outcome: 'rejected' }
  }
  return null
}

/** A name as its activity states it: cancelled with it, or as the list was verified. Again changes nothing. */
export function asStated(booking: Booking, slot: ActivitySlot, now: number): Booking {
  if (!isUndecided(booking)) return booking
  const { cancelled } = slot.activity
  if (cancelled !== null) return after(booking, { status: 'cancelled', unsettledAt: now }, line('cancelled', now, cancelled.by, { words: cancelled.reason }))
  const found = verdictOn(slot, booking._id)
  if (found === null) return booking
  const { course } = slot.activity
  const minutes = course === undefined ? Math.round((slot.endsAt - slot.startsAt) / MINUTE) : minutesAttended(booking, course)
  return after(booking, { status: found.outcome, unsettledAt: now, verifiedMinutes: found.outcome === 'verified' ? minutes : null }, line(found.outcome, found.verdict.at, found.verdict.by, { words: found.outcome === 'rejected' ? found.verdict.reason : null }))
}

/** No longer on; everybody on the list is told. @throws WRONG_STATE {status} once somebody arrived, or it is over or cancelled */
export function cancelActivity(slot: ActivitySlot, hasBegun: boolean, by: By, reason: string, now: number): ActivitySlot {
  ensure(slot.activity.cancelled === null, 'WRONG_STATE', { status: 'cancelled' })
  ensure(slot.activity.reviewIn !== null && slot.activity.verdicts.length === 0, 'WRONG_STATE', { status: 'verified' })
  ensure(!hasBegun, 'WRONG_STATE', { status: 'checkedIn' })
  return { ...slot, isOpen: false, unsettledAt: now, waitLookAt: now, activity: { ...slot.activity, reviewIn: null, cancelled: { at: now, by, reason } } }
}

/** Law 3 over one activity: neither its organiser nor somebody on the list verified it for themselves. */
export const activityCaseHolds = (slot: ActivitySlot, bookings: readonly Pick<Booking, '_id' | 'elderId'>[]): boolean =>
  slot.activity.verdicts.every(({ by, verified }) => by.personId !== slot.activity.organiser.personId && bookings.every((booking) => booking.elderId !== by.personId || !verified.includes(booking._id)))
