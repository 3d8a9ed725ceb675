/**
 * A booking 预约 from the first tap to a verified service:
 * booked → assigned → checkedIn → checkedOut → confirmed → verified, with disputed, partly, rejected, noContact,
 * cancelled and noShow beside it. Every rule takes a booking and gives the booking as it will stand, or refuses;
 * each adds one line to the timeline that all sides read (law 5).
 */
import type { Confirmation, Evidence, Moment } from './evidence'
import { missingOf, noEvidence } from './evidence'
import { HOUR } from './civil-time'
import { DomainError, ensure } from './error'
import { CODE_WINDOW, EARLY, LATE } from './door-code'
import { ensureNotOwnCase, type Server } from './own-case'
import type { RequestLog } from './person'
import type { DelegationScope } from './delegation'
import { clash, type BusyTime } from './busy'
import { ensureSeat, type Slot } from './slot'

export type BookingStatus =
  | 'booked' | 'assigned' | 'checkedIn' | 'checkedOut' | 'confirmed' | 'disputed'
  | 'verified' | 'partly' | 'rejected' | 'noContact' | 'cancelled' | 'noShow'

export type TimelineWhat =
  | 'booked' | 'assigned' | 'handedBack' | 'reminded' | 'checkedIn' | 'checkedOut' | 'confirmed' | 'disputed' | 'calledBack' | 'noAnswer'
  | 'verified' | 'partly' | 'rejected' | 'noContact' | 'cancelled' | 'noShow'

/** Who did something, and by which right. */
export interface By {
  readonly personId: string
  readonly name: string
  readonly as: 'elder' | 'family' | 'careWorker' | 'socialWorker' | 'admin' | 'system'
  readonly kinship: string | null
  /** the scope used, for an act on behalf (law 5) */
  readonly scope: DelegationScope | null
}

export interface TimelineEntry {
  readonly what: TimelineWhat
  readonly at: number
  readonly by: By
  readonly proof: string | null
  readonly provedAt: number | null
  readonly words: string | null
}

export interface Booking {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly number: string
  readonly elderId: string
  readonly elderName: string
  readonly serviceItemId: string
  readonly serviceName: string
  readonly providerId: string
  readonly providerName: string
  readonly slotId: string
  readonly onDate: string
  readonly startsAt: number
  readonly endsAt: number
  readonly priceFen: number
  readonly cancelHours: number
  readonly note: string | null
  readonly status: BookingStatus
  readonly bookedBy: By
  readonly worker: Server | null
  /** `worker.personId`, as an index needs it */
  readonly workerId: string | null
  /** the provider whose workers may take it; null once taken or over */
  readonly openFor: string | null
  readonly evidence: Evidence
  readonly timeline: readonly TimelineEntry[]
  /** when somebody last acted in the elder's name here; null: never */
  readonly lastActOnBehalfAt: number | null
  /** which list of the social worker it stands on */
  readonly review: 'exception' | 'complete' | null
  /** timeline lines that were put into messages already, by `toldKey` */
  readonly told: readonly string[]
  /** when the clock must look at it again: something to tell, a reminder, an overdue step */
  readonly dueAt: number | null
  /** since when its seat or time may wait to be freed, or its verification to be told; null: settled */
  readonly unsettledAt: number | null
  /** secret of the rotating door code */
  readonly doorKey: string
  readonly verifiedMinutes: number | null
  /** the request that made it, so that a replay finds it (law 8) */
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** Hours before the start at which people are reminded. 示例 policy. */
export const REMIND_BEFORE = 24 * HOUR
/** After the end of the slot a missing check-in or check-out becomes an exception, ms. 示例 policy. */
export const OVERDUE_AFTER = 1 * HOUR
/** Days that an elder has to confirm before a social worker telephones, as ms. 示例 policy. */
export const CONFIRM_WITHIN = 24 * HOUR

const line = (what: TimelineWhat, at: number, by: By, more: Partial<Pick<TimelineEntry, 'proof' | 'provedAt' | 'words'>> = {}): TimelineEntry => ({
  what, at, by, proof: more.proof ?? null, provedAt: more.provedAt ?? null, words: more.words ?? null,
})

const isOnBehalf = (by: By): boolean => by.as === 'family' || by.as === 'socialWorker'

function after(booking: Booking, changes: Partial<Booking>, entry: TimelineEntry): Booking {
  const next = { ...booking, ...changes, timeline: [...booking.timeline, entry] }
  const judged = {
    ...next,
    lastActOnBehalfAt: isOnBehalf(entry.by) && ON_BEHALF.includes(entry.what) ? entry.at : booking.lastActOnBehalfAt,
    review: changes.status === undefined ? booking.review : reviewOf(next),
  }
  return { ...judged, dueAt: nextDue(judged) }
}

/** Acts that the elder could have done; done by somebody else they are acts on behalf (law 5). */
export const ON_BEHALF: readonly TimelineWhat[] = ['booked', 'cancelled', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'calledBack', 'noShow']

/** The social worker's list: exceptions each say what is missing, complete ones only need a yes. */
function reviewOf(booking: Booking): Booking['review'] {
  switch (booking.status) {
    case 'confirmed':
      return missingOf(booking.evidence, booking.status).length === 0 ? 'complete' : 'exception'
    case 'disputed':
    case 'noContact':
      return 'exception'
    default: // under way, or settled; what is late is found by the clock
      return null
  }
}

const ensureStatus = (booking: Booking, ...statuses: readonly BookingStatus[]): void =>
  ensure(statuses.includes(booking.status), 'WRONG_STATE', { status: booking.status })

/** Lines that somebody else should hear of, with who: the elder, or family with the scope `alerts`. */
const TELL: Partial<Record<TimelineWhat, readonly ('elder' | 'family')[]>> = {
  booked: ['elder'], cancelled: ['elder', 'family'], noShow: ['elder', 'family'], reminded: ['elder', 'family'],
  checkedIn: ['family'], checkedOut: ['elder', 'family'], noContact: ['family'],
}

export interface Telling {
  readonly key: string
  readonly what: TimelineWhat
  readonly to: readonly ('elder' | 'family')[]
  readonly by: By
  readonly at: number
}

/** What is still to be told, oldest first; nobody is told what they did themselves. */
export function owedTellings(booking: Booking): readonly Telling[] {
  return booking.timeline.flatMap((entry, index) => {
    const key = `${entry.what}_${index}`
    const to = (TELL[entry.what] ?? []).filter((side) => side !== 'elder' || entry.by.as !== 'elder')
    return to.length === 0 || booking.told.includes(key) ? [] : [{ key, what: entry.what, to, by: entry.by, at: entry.at }]
  })
}

const wasReminded = (booking: Booking): boolean => booking.timeline.some((entry) => entry.what === 'reminded')
const mayBeReminded = (booking: Booking): boolean => booking.status === 'booked' || booking.status === 'assigned'

/** When the step that is due now counts as late; null when nothing is awaited. */
function overdueAt(booking: Booking): number | null {
  switch (booking.status) {
    case 'booked':
    case 'assigned':
      return booking.endsAt + OVERDUE_AFTER
    case 'checkedIn':
      return Math.max(booking.endsAt, booking.evidence.checkIn?.at ?? 0) + OVERDUE_AFTER
    case 'checkedOut':
      return (booking.evidence.checkOut?.at ?? booking.endsAt) + CONFIRM_WITHIN
    default:
      return null
  }
}

/** When the clock must look at a booking next, or null. */
export function nextDue(booking: Booking): number | null {
  const remindAt = mayBeReminded(booking) && !wasReminded(booking) ? booking.startsAt - REMIND_BEFORE : null
  const lateAt = booking.review === null ? overdueAt(booking) : null
  const times = [owedTellings(booking)[0]?.at ?? null, remindAt, lateAt].filter((time): time is number => time !== null)
  return times.length === 0 ? null : Math.min(...times)
}

const lastDigits = (id: string): string => String([...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9000, 7) + 1000)

/**
 * Whether this elder can be booked here, as far as was loaded; the writes repeat each guard.
 * @throws SLOT_FULL, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, ELDER_BUSY
 */
export function ensureBookable(slot: Slot, elder: { readonly _id: string; readonly communityId: string; readonly busy: readonly BusyTime[] }, bookingId: string, now: number): void {
  ensureSeat(slot, { personId: elder._id, communityId: elder.communityId }, bookingId, now)
  const other = clash(elder.busy, slot.startsAt, slot.endsAt, bookingId)
  if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
}

/** A new booking on a seat that is held. */
export function book(
  slot: Slot,
  elder: { readonly _id: string; readonly name: string; readonly communityId: string },
  made: { readonly bookingId: string; readonly key: string; readonly hash: string; readonly doorKey: string; readonly note: string | null },
  by: By,
  now: number,
): Booking {
  const booking: Booking = {
    _id: made.bookingId, version: 1, subdistrictId: slot.subdistrictId, communityId: elder.communityId,
    number: `LE-${slot.onDate.slice(5, 7)}${slot.onDate.slice(8, 10)}-${lastDigits(made.bookingId)}`,
    elderId: elder._id, elderName: elder.name, serviceItemId: slot.serviceItemId, serviceName: slot.serviceName,
    providerId: slot.providerId, providerName: slot.providerName, slotId: slot._id, onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt,
    priceFen: slot.priceFen, cancelHours: slot.cancelHours, note: made.note, status: 'booked', bookedBy: by, worker: null, workerId: null, openFor: slot.providerId,
    evidence: noEvidence, timeline: [line('booked', now, by)], lastActOnBehalfAt: isOnBehalf(by) ? now : null, review: null,
    told: [], dueAt: null, unsettledAt: null, doorKey: made.doorKey, verifiedMinutes: null,
    madeBy: { key: made.key, hash: made.hash }, requests: {},
  }
  return { ...booking, dueAt: nextDue(booking) }
}

/** Until when it can be cancelled without asking anybody. */
export const cancelUntil = (booking: Booking): number => booking.startsAt - booking.cancelHours * HOUR

/** Cancels inside the window. @throws WRONG_STATE, CANCEL_TOO_LATE {until} */
export function cancel(booking: Booking, by: By, reason: string | null, now: number): Booking {
  ensureStatus(booking, 'booked', 'assigned')
  ensure(now <= cancelUntil(booking), 'CANCEL_TOO_LATE', { until: cancelUntil(booking) })
  return givenUp(booking, 'cancelled', by, reason, now)
}

/** After the window, by a social worker, with a reason. A no-show can only be said once the slot has begun. */
export function cancelLate(booking: Booking, as: 'cancelled' | 'noShow', by: By, reason: string, now: number): Booking {
  ensureStatus(booking, 'booked', 'assigned', 'noContact')
  ensure(as === 'cancelled' || now >= booking.startsAt, 'TOO_EARLY', { from: booking.startsAt })
  return givenUp(booking, as, by, reason, now)
}

const givenUp = (booking: Booking, as: 'cancelled' | 'noShow', by: By, reason: string | null, now: number): Booking =>
  after(booking, { status: as, openFor: null, unsettledAt: now }, line(as, now, by, { words: reason }))

/** Given to a care worker. @throws ALREADY_TAKEN, WRONG_STATE, OWN_CASE */
export function take(booking: Booking, server: Server, by: By, now: number): Booking {
  ensure(booking.workerId === null || booking.workerId === server.personId, 'ALREADY_TAKEN')
  ensureStatus(booking, 'booked')
  ensure(booking.endsAt > now, 'SLOT_PAST')
  ensureNotOwnCase(booking.elderId, server)
  return after(booking, { status: 'assigned', worker: server, workerId: server.personId, openFor: null }, line('assigned', now, by))
}

/** The worker cannot come; the visit is open to colleagues again. */
export function handBack(booking: Booking, by: By, reason: string, now: number): Booking {
  ensureStatus(booking, 'assigned')
  return after(booking, { status: 'booked', worker: null, workerId: null, openFor: booking.providerId }, line('handedBack', now, by, { words: reason }))
}

/** From when a check-in is accepted, ms. */
export const checkInFrom = (booking: Booking): number => booking.startsAt - EARLY

/** At the door, beginning. @throws WRONG_STATE, TOO_EARLY {from} */
export function checkIn(booking: Booking, moment: Moment, by: By): Booking {
  ensureStatus(booking, 'assigned')
  ensure(moment.provedAt >= checkInFrom(booking) - CODE_WINDOW, 'TOO_EARLY', { from: checkInFrom(booking) })
  ensure(moment.provedAt <= booking.endsAt + LATE, 'WRONG_STATE', { status: 'over' })
  return after(
    booking,
    { status: 'checkedIn', evidence: { ...booking.evidence, checkIn: moment } },
    line('checkedIn', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt }),
  )
}

/** At the door, end. @throws WRONG_STATE, TOO_EARLY when it is proved before the check-in */
export function checkOut(booking: Booking, moment: Moment, by: By): Booking {
  ensureStatus(booking, 'checkedIn')
  const began = booking.evidence.checkIn?.provedAt ?? 0
  ensure(moment.provedAt >= began, 'TOO_EARLY', { from: began })
  return after(
    booking,
    { status: 'checkedOut', evidence: { ...booking.evidence, checkOut: moment } },
    line('checkedOut', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt }),
  )
}

/** Nobody opened the door: an exception at once, and a safety case (law 4). @throws WRONG_STATE, TOO_EARLY */
export function noContact(booking: Booking, by: By, tried: string, now: number): Booking {
  ensureStatus(booking, 'assigned')
  ensure(now >= booking.startsAt, 'TOO_EARLY', { from: booking.startsAt })
  return after(booking, { status: 'noContact', unsettledAt: now }, line('noContact', now, by, { words: tried }))
}

/** The elder's side of the proof. @throws WRONG_STATE, OWN_CASE */
export function confirm(booking: Booking, confirmation: Confirmation, by: By, words: string | null): Booking {
  ensureStatus(booking, 'checkedOut')
  if (booking.worker) ensureNotOwnCase(by.personId, booking.worker)
  return after(
    booking,
    { status: 'confirmed', evidence: { ...booking.evidence, confirm: confirmation } },
    line(confirmation.proof === 'callBack' ? 'calledBack' : 'confirmed', confirmation.at, by, { proof: confirmation.proof, words: words ?? confirmation.satisfaction }),
  )
}

/** Says that something is wrong. Also after a confirmation, until it is verified. @throws WRONG_STATE, OWN_CASE */
export function dispute(booking: Booking, by: By, words: string, now: number): Booking {
  ensureStatus(booking, 'checkedIn', 'checkedOut', 'confirmed')
  if (booking.worker) ensureNotOwnCase(by.personId, booking.worker)
  return after(booking, { status: 'disputed' }, line('disputed', now, by, { words }))
}

/** A call-back that reached nobody: nothing is proved, the line stays. */
export function calledWithoutAnswer(booking: Booking, by: By, words: string, now: number): Booking {
  ensureStatus(booking, 'checkedIn', 'checkedOut', 'disputed', 'noContact')
  return after(booking, {}, line('noAnswer', now, by, { words }))
}

/**
 * The elder said on the telephone that the service took place. A dispute can be settled this way, too.
 * @throws WRONG_STATE, OWN_CASE
 */
export function confirmByCall(booking: Booking, by: By, words: string, now: number): Booking {
  const open = booking.status === 'disputed' ? { ...booking, status: 'checkedOut' as const } : booking
  ensureStatus(open, 'checkedIn', 'checkedOut')
  if (booking.worker) ensureNotOwnCase(by.personId, booking.worker)
  const confirmation: Confirmation = { at: now, proof: 'callBack', byPersonId: by.personId, satisfaction: null }
  return after(booking, { status: 'confirmed', evidence: { ...booking.evidence, confirm: confirmation } }, line('calledBack', now, by, { proof: 'callBack', words }))
}

export type Outcome = 'verified' | 'partly' | 'rejected'

/** The elder's kin and delegates, for whom a verification would be their own case. */
export interface ElderSide {
  readonly personId: string
  readonly kinIds: readonly string[]
  readonly delegateIds: readonly string[]
}

/**
 * The social worker's word, once. Full verification needs every proof except a strong one: what a card proved, a person
 * must look at, and may then accept. @throws WRONG_STATE, EVIDENCE_INCOMPLETE {missing}, REASON_REQUIRED, OWN_CASE
 */
export function verify(booking: Booking, elder: ElderSide, outcome: Outcome, by: By, reason: string | null, minutes: number | null, now: number): Booking {
  ensureStatus(booking, 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'noContact')
  if (booking.worker) ensureNotOwnCase(by.personId, booking.worker)
  ensure(by.personId !== elder.personId && !elder.kinIds.includes(by.personId) && !elder.delegateIds.includes(by.personId), 'OWN_CASE')
  const missing = missingOf(booking.evidence, booking.status)
  if (outcome === 'verified') {
    const blocking = missing.filter((what) => what !== 'strongProof')
    ensure(blocking.length === 0, 'EVIDENCE_INCOMPLETE', { missing: blocking })
    ensure(!missing.includes('strongProof') || (reason !== null && reason !== ''), 'REASON_REQUIRED')
  } else {
    ensure(reason !== null && reason !== '', 'REASON_REQUIRED')
  }
  return after(booking, { status: outcome, openFor: null, unsettledAt: now, verifiedMinutes: minutes }, line(outcome, now, by, { words: reason }))
}

const system: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }

/** What the clock makes of a booking whose time to look has come: what is owed is told, a late step becomes an exception. */
export interface Look {
  readonly tellings: readonly Telling[]
  readonly booking: Booking
}

/** @returns null when it is not due; looking twice at the same time finds nothing the second time */
export function look(booking: Booking, now: number): Look | null {
  if (booking.dueAt === null || booking.dueAt > now) return null
  const isTimeToRemind = mayBeReminded(booking) && !wasReminded(booking) && now >= booking.startsAt - REMIND_BEFORE
  const reminded = isTimeToRemind && now < booking.startsAt ? after(booking, {}, line('reminded', now, system)) : booking
  const lateAt = overdueAt(reminded)
  const judged: Booking = lateAt !== null && reminded.review === null && now >= lateAt ? { ...reminded, review: 'exception' } : reminded
  const tellings = owedTellings(judged)
  const told = { ...judged, told: [...judged.told, ...tellings.map((telling) => telling.key)] }
  const next = nextDue(told)
  // A reminder whose time has gone by is not made up for: what is next is the end of the slot.
  return { tellings, booking: { ...told, dueAt: next !== null && next <= now ? (told.review === null ? overdueAt(told) : null) : next } }
}

/** Statuses in which a booking holds its seat and its elder's time. */
export const holdsSeat = (status: BookingStatus): boolean => status !== 'cancelled' && status !== 'noShow'

/** True if this booking must be free of its seat: it was given up. */
export const isGivenUp = (booking: Booking): boolean => !holdsSeat(booking.status)

/** @throws DOOR_CODE_WRONG unless the booking is in a state in which a code proves something */
export function momentAwaited(booking: Booking): 'checkIn' | 'checkOut' {
  if (booking.status === 'assigned' || booking.status === 'booked') return 'checkIn'
  if (booking.status === 'checkedIn') return 'checkOut'
  throw new DomainError('WRONG_STATE', { status: booking.status })
}
