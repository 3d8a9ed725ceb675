/**
 * A class that meets several times 课程班: one name on one list, one seat, the time of every session on the person's day. Who
 * was at which session is counted from the records of arriving and from nothing else; who came often enough, and whose
 * list somebody else has verified (law 3), has a certificate 结业证书, once.
 */
import type { Course } from './activity-offer'
import { after, ensureStatus, line } from './booking-step'
import type { Attendance, Booking, By } from './booking-record'
import { civilDate, instantOf, MINUTE } from './civil-time'
import { EARLY, LATE } from './door-code'
import { ensure } from './error'
import type { Session } from './kind'
import type { Slot } from './slot-record'

/** Sessions that a class has at most. 示例 policy. */
export const MOST_SESSIONS = 20

/** What a social worker writes: the days after the first one, and how many of all are needed. */
export interface CourseWish {
  readonly moreDates: readonly string[]
  readonly needed: number
}

/** @throws BAD_INPUT {field} for days out of order or twice, too many, or more sessions needed than there are */
export function courseOf(wish: CourseWish, first: { readonly onDate: string; readonly startMinute: number; readonly endMinute: number }): Course {
  const dates = [first.onDate, ...wish.moreDates]
  ensure(dates.length >= 2 && dates.length <= MOST_SESSIONS && dates.every((onDate, index) => index === 0 || onDate > (dates[index - 1] ?? '')), 'BAD_INPUT', { field: 'moreDates' })
  ensure(Number.isSafeInteger(wish.needed) && wish.needed >= 1 && wish.needed <= dates.length, 'BAD_INPUT', { field: 'needed' })
  return { needed: wish.needed, sessions: dates.map((onDate) => ({ startsAt: instantOf(onDate, first.startMinute), endsAt: instantOf(onDate, first.endMinute) })) }
}

type Meeting = Pick<Slot, 'startsAt' | 'endsAt' | 'activity'>

/** When it meets: once, or at each session of a class. */
export const sessionsOf = (slot: Meeting): readonly Session[] => slot.activity?.course?.sessions ?? [{ startsAt: slot.startsAt, endsAt: slot.endsAt }]

/** The session whose arrivals are heard now, else the next one, else the last; from 1. */
export function sessionAt(slot: Meeting, now: number): Session & { readonly n: number } {
  const all = sessionsOf(slot)
  const begun = all.filter((session) => session.startsAt - EARLY <= now).length
  const latest = all[begun - 1]
  const n = latest !== undefined && now <= latest.endsAt + LATE ? begun : Math.min(begun + 1, all.length)
  return { ...(all[n - 1] ?? { startsAt: slot.startsAt, endsAt: slot.endsAt }), n }
}

/** A name on the list of a class, at the time of the session that is on or comes next; anything else as it is. */
export function atNextSession(booking: Booking, now: number): Booking {
  const next = booking.activity?.sessions?.find((session) => session.endsAt > now)
  return next === undefined ? booking : { ...booking, startsAt: next.startsAt, endsAt: next.endsAt, onDate: civilDate(next.startsAt) }
}

/** The sessions that somebody was at, in their order. */
export const attendedBy = (booking: Pick<Booking, 'activity'>): readonly Attendance[] => booking.activity?.attended ?? []
export const wasAt = (booking: Pick<Booking, 'activity'>, n: number): boolean => attendedBy(booking).some((one) => one.n === n)

/** Minutes of the sessions that somebody was at. */
export const minutesAttended = (booking: Pick<Booking, 'activity'>, course: Course): number =>
  course.sessions.reduce((sum, session, index) => sum + (wasAt(booking, index + 1) ? Math.round((session.endsAt - session.startsAt) / MINUTE) : 0), 0)

const fingers = (bookingId: string): string => String([...bookingId].reduce((sum, letter) => (sum * 33 + letter.charCodeAt(0)) % 9_000_000, 11) + 1_000_000)

/**
 * The certificate, once: asked again it is the one that there is.
 * @throws NOT_FOUND where it is no class of several sessions, SESSIONS_SHORT {attended, needed}, WRONG_STATE until somebody else verified the list
 */
export function certify(booking: Booking, course: Course | undefined, by: By, now: number): Booking {
  ensure(course !== undefined && booking.activity !== undefined, 'NOT_FOUND')
  if (booking.activity.certificate !== undefined) return booking
  const attended = attendedBy(booking).length
  ensure(attended >= course.needed, 'SESSIONS_SHORT', { attended, needed: course.needed })
  ensureStatus(booking, 'verified')
  const number = `KC-${civilDate(now).slice(0, 4)}-${fingers(booking._id)}`
  return after(booking, { activity: { ...booking.activity, certificate: { number, at: now, needed: course.needed } } }, line('certified', now, by))
}

/** True for who can have a certificate now and has none. */
export const mayCertify = (booking: Booking, course: Course | undefined): boolean =>
  course !== undefined && booking.status === 'verified' && booking.activity?.certificate === undefined && attendedBy(booking).length >= course.needed

/** Every certificate stands on as many sessions as it says, each counted once, of a name that was verified. */
export function certificateHolds(booking: Pick<Booking, 'activity' | 'status'>): boolean {
  const certificate = booking.activity?.certificate
  return certificate === undefined || (booking.status === 'verified' && new Set(attendedBy(booking).map((one) => one.n)).size >= certificate.needed)
}
