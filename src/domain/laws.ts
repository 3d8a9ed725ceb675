/**
 * The laws of the domain as invariants that a running system re-checks over everything it stores. Each check looks at
 * one document, or at one document with its neighbours, and names what breaks the law. Half-done work younger than
 * `GRACE` is not a fault yet: the sweep settles it.
 */
import { clash } from './busy'
import { holdsSeat, ON_BEHALF, type Booking } from './booking-record'
import { MINUTE } from './civil-time'
import { EARLY, LATE, windowOf } from './door-code'
import { missingOf } from './evidence'
import type { Message } from './message'
import type { Person } from './person'
import type { SafetyCase } from './safety-case'
import { slotFaults, type Slot } from './slot'

/** How long a half-done act may stand before it is a fault, ms. */
export const GRACE = 5 * MINUTE

export const laws = {
  capacity: '名额：剩余加已占等于总数，每个座位都有预约',
  onePlace: '一位老人不会同时约在两处',
  oneDoor: '一位护理员不会同时答应两家',
  oneSource: '一次服务只留一份可入账的凭据',
  ownCase: '没有人给自己或家人做证明、做核实',
  safety: '没联系上的每一次都有人管，看到人才算完',
  onBehalf: '代办：每一笔老人都看得到是谁、凭什么',
  reach: '每条消息都在一处：已发、待打电话或已告知',
  serverClock: '签到时间由门码说了算，不看手机的钟',
  once: '同一个请求只生效一次',
  leastData: '没同意的健康信息不留，注销了的人不留电话地址',
  evidence: '核实通过的服务都有凭证',
} as const

export type Law = keyof typeof laws

export interface LawCheck {
  readonly law: string
  readonly holds: boolean
  /** how many documents were looked at */
  readonly checked: number
  /** ids of what breaks it, at most 20 */
  readonly broken: readonly string[]
}

const isYoung = (at: number | null, now: number): boolean => at !== null && at > now - GRACE

/** Law 1 over one slot and the live bookings that name it. */
export function capacityHolds(slot: Slot, liveBookings: readonly Booking[], now: number): boolean {
  if (slotFaults(slot).length > 0) return false
  const seats = Object.entries(slot.holders)
  const settledSeats = seats.every(([elderId, seat]) => isYoung(seat.at, now) || liveBookings.some((booking) => booking._id === seat.bookingId && booking.elderId === elderId))
  return settledSeats && liveBookings.every((booking) => slot.holders[booking.elderId]?.bookingId === booking._id || isYoung(booking.timeline[0]?.at ?? null, now))
}

/** Law 1 over one person: no two live times overlap, and every live booking has its time. */
export function onePlaceHolds(person: Person, liveBookings: readonly Booking[], now: number): boolean {
  const overlaps = person.busy.some((time) => time.freedAt === null && clash(person.busy, time.from, time.to, time.bookingId) !== undefined)
  return !overlaps && liveBookings.every((booking) => booking.endsAt < now || person.busy.some((time) => time.bookingId === booking._id && time.freedAt === null))
}

/** No worker is promised to two doors at once: the visits that one worker has under way do not overlap. */
export const oneDoorHolds = (visits: readonly Booking[]): boolean =>
  visits.every((visit) => visits.every((other) => other._id === visit._id || other.startsAt >= visit.endsAt || visit.startsAt >= other.endsAt))

/** Law 3 over one booking: neither proof nor verification by who served or their close family. */
export function ownCaseHolds(booking: Booking): boolean {
  if (!booking.worker) return true
  const interested = [booking.worker.personId, ...booking.worker.kinIds]
  const judged = booking.timeline.filter((entry) => ['confirmed', 'calledBack', 'verified', 'partly', 'rejected'].includes(entry.what))
  const proofs = booking.timeline.filter((entry) => entry.proof === 'elderTap' || entry.proof === 'familyTap')
  return [...judged, ...proofs].every((entry) => !interested.includes(entry.by.personId))
}

/** Law 4 over one booking: a door that nobody opened has its case. */
export const safetyHolds = (booking: Booking, hasCase: boolean, now: number): boolean =>
  !booking.timeline.some((entry) => entry.what === 'noContact') || hasCase || isYoung(booking.unsettledAt, now)

/** Law 4 over one case: closed only with a person and a reason. */
export const closingHolds = (safety: SafetyCase): boolean =>
  (safety.status === 'closed') === (safety.closed !== null) &&
  (safety.closed === null || (safety.closed.words !== '' && (safety.closed.how === 'seenInPerson' || safety.family.some((member) => member.personId === safety.closed?.familyPersonId))))

/** Law 5 over one booking: every act on behalf says who and by which scope, and the elder's log finds it. */
export function onBehalfHolds(booking: Booking): boolean {
  const acts = booking.timeline.filter((entry) => (entry.by.as === 'family' || entry.by.as === 'socialWorker') && ON_BEHALF.includes(entry.what))
  const isNamed = acts.every((entry) => entry.by.personId !== '' && entry.by.name !== '' && (entry.by.as !== 'family' || entry.by.scope !== null))
  return isNamed && (acts.length === 0 || booking.lastActOnBehalfAt === Math.max(...acts.map((entry) => entry.at)))
}

/** Law 6 over one message: exactly one state, with what that state needs. */
export function reachHolds(message: Message): boolean {
  switch (message.state) {
    case 'sent':
      return message.sentAt !== null
    case 'told':
      return message.calls.some((call) => call.outcome === 'told')
    case 'notReached':
      return message.calls.length > 0
    default:
      return message.sentAt === null
  }
}

/** Law 7 over one booking: what a code proved lies in that code's window and in the visit's own time, never ahead. */
export function serverClockHolds(booking: Booking): boolean {
  return [booking.evidence.checkIn, booking.evidence.checkOut].every((moment) => {
    if (!moment) return true
    if (moment.provedAt > moment.at) return false
    if (moment.codeWindow === null) return true
    return windowOf(moment.provedAt) === moment.codeWindow && moment.codeWindow >= windowOf(booking.startsAt - EARLY) && moment.codeWindow <= windowOf(booking.endsAt + LATE)
  })
}

/** Law 8 over one booking: one code window proves one moment, one step is on the timeline once. */
export function onceHolds(booking: Booking): boolean {
  const { checkIn, checkOut } = booking.evidence
  const sameWindow = checkIn?.codeWindow !== null && checkIn?.codeWindow !== undefined && checkIn.codeWindow === checkOut?.codeWindow
  const final = booking.timeline.filter((entry) => ['booked', 'checkedIn', 'checkedOut', 'verified', 'partly', 'rejected', 'cancelled', 'noShow'].includes(entry.what)).map((entry) => entry.what)
  return !sameWindow && new Set(final).size === final.length
}

/** Law 9 over one person. */
export const leastDataHolds = (person: Person): boolean =>
  (person.careNotes === null || person.careNotesConsentAt !== null) && (!['merged', 'erased'].includes(person.standing) || (person.phone === null && person.address === null && person.careNotes === null))

/** Law 10 over one booking: what was fully verified had its proofs; a weak one was accepted with a reason. */
export function evidenceHolds(booking: Booking): boolean {
  if (booking.status !== 'verified') return true
  const missing = missingOf(booking.evidence, booking.status)
  const reason = booking.timeline.find((entry) => entry.what === 'verified')?.words
  return missing.every((what) => what === 'strongProof') && (missing.length === 0 || (reason !== null && reason !== undefined && reason !== ''))
}

/** Live bookings: those that must have a seat. */
export const live = (bookings: readonly Booking[]): readonly Booking[] => bookings.filter((booking) => holdsSeat(booking.status))
