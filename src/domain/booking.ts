/**
 * A booking 预约 from the first tap to a verified service:
 * booked → assigned → checkedIn → checkedOut → confirmed → verified, with disputed, partly, rejected, noContact,
 * cancelled and noShow beside it. Every rule takes a booking and gives the booking as it will stand, or refuses;
 * each adds one line to the timeline. Here: booked, given to a worker, given up, looked at by the clock; what happens at
 * the door and after it stands in visit.ts.
 */
import { ensureAtHome, type Away } from './away'
import { mayBeReminded, nextDue, overdueAt, owedTellings, REMIND_BEFORE, wasReminded, type Telling } from './booking-due'
import { quoteOf, subsidyOf, type BedOrder, type Guest } from './bed-terms'
import type { Booking, By } from './booking-record'
import { after, ensureStatus, isOnBehalf, line } from './booking-step'
import { clash, whereaboutsOf, type BusyTime } from './busy'
import { HOUR } from './civil-time'
import { DomainError, ensure } from './error'
import { noEvidence } from './evidence'
import { hasOneTime, isReceived } from './kind'
import { orderNumber } from './order-number'
import { ensureNotOwnCase, type Server } from './own-case'
import { ensureSeat, type Slot } from './slot'

/**
 * Whether this elder can be booked here, as far as was loaded; the writes repeat each guard.
 * @param isDesk by phone or at the counter: seats kept for that count, too
 * @throws NOT_FOUND for a meal, an activity or a night, ELDER_AWAY {why}, ADDRESS_MISSING where somebody comes to the door, SEAT_OFFERED, SLOT_FULL, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, ELDER_BUSY
 */
export function ensureBookable(slot: Slot, elder: { readonly _id: string; readonly communityId: string; readonly address: string | null; readonly away: Away | null; readonly busy: readonly BusyTime[] }, bookingId: string, now: number, isDesk = false): void {
  // A meal is ordered (meal-order.ts): its price, its diet and its cut-off are looked at there. To an activity one puts one's name down (activity.ts), nights are booked together (stay.ts).
  ensure(hasOneTime(slot.kind), 'NOT_FOUND')
  ensureAtHome(elder, slot.onDate)
  ensureSeat(slot, { personId: elder._id, communityId: elder.communityId, isDesk }, bookingId, now)
  ensure(isReceived(slot.kind) || (elder.address !== null && elder.address.trim() !== ''), 'ADDRESS_MISSING')
  const other = clash(elder.busy, slot.startsAt, slot.endsAt, bookingId, whereaboutsOf(slot.kind))
  if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
}

/** What half a day costs, with nothing else that makes it one. */
const halfDay = ({ bed, priceFen, onDate }: Slot, elder: Partial<Guest>): BedOrder | undefined => {
  if (bed === undefined) return undefined
  const paid = subsidyOf(bed, priceFen, onDate, { birthOn: elder.birthOn ?? onDate, standing: elder.standing ?? 'unverified', hardship: elder.hardship ?? 'none' })
  return { sort: bed.sort, bring: bed.bring, quote: quoteOf([{ priceFen, subsidyFen: paid.subsidyFen }], paid.reasons), nights: [], bedNo: null }
}

/** A new booking on a seat that is held. */
export function book(
  slot: Slot,
  elder: { readonly _id: string; readonly name: string; readonly communityId: string } & Partial<Guest>,
  made: { readonly bookingId: string; readonly key: string; readonly hash: string; readonly doorKey: string; readonly note: string | null; /** why a social worker went beyond the limit of the service */ readonly beyondLimit?: string | null },
  by: By,
  now: number,
): Booking {
  const bed = halfDay(slot, elder)
  const booking: Booking = {
    _id: made.bookingId, version: 1, subdistrictId: slot.subdistrictId, communityId: elder.communityId,
    kind: slot.kind, meal: null, ...(slot.activity === undefined ? {} : { activity: { sort: slot.activity.sort, place: slot.activity.place, ...(slot.activity.course === undefined ? {} : { sessions: slot.activity.course.sessions }) } }), ...(bed === undefined ? {} : { bed }),
    number: orderNumber(slot.onDate, made.bookingId),
    elderId: elder._id, elderName: elder.name, serviceItemId: slot.serviceItemId, serviceName: slot.serviceName,
    providerId: slot.providerId, providerName: slot.providerName, slotId: slot._id, onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt,
    priceFen: slot.priceFen, cancelHours: slot.cancelHours, note: made.note, status: 'booked', bookedBy: by, worker: null, workerId: null, openFor: slot.kind === 'activity' || isReceived(slot.kind) ? null : slot.providerId,
    evidence: noEvidence, timeline: [line('booked', now, by, { words: made.beyondLimit ?? null })], lastActOnBehalfAt: isOnBehalf(by) ? now : null, review: null,
    told: [], dueAt: null, unsettledAt: null, doorKey: made.doorKey, verifiedMinutes: null,
    madeBy: { key: made.key, hash: made.hash }, requests: {},
  }
  return { ...booking, dueAt: nextDue(booking) }
}

/** Until when it can be cancelled without asking anybody: a meal until its cut-off, an order from the menu that nobody has accepted until somebody would come. */
export const cancelUntil = (booking: Booking): number => booking.meal?.orderUntil ?? (booking.menu?.acceptedAt === null ? booking.startsAt : booking.startsAt - booking.cancelHours * HOUR)

/** At the very moment of a cut-off the kitchen's sheet is closed already. */
export const mayCancel = (booking: Booking, now: number): boolean => (booking.meal === null ? now <= cancelUntil(booking) : now < cancelUntil(booking))

/** Cancels inside the window. @throws WRONG_STATE, CANCEL_TOO_LATE {until} */
export function cancel(booking: Booking, by: By, reason: string | null, now: number): Booking {
  ensureStatus(booking, 'booked', 'assigned')
  ensure(mayCancel(booking, now), 'CANCEL_TOO_LATE', { until: cancelUntil(booking) })
  return givenUp(booking, 'cancelled', by, reason, now)
}

/** After the window, by a social worker, with a reason. A no-show can only be said once the slot has begun. */
export function cancelLate(booking: Booking, as: 'cancelled' | 'noShow', by: By, reason: string, now: number): Booking {
  ensureStatus(booking, 'booked', 'assigned', 'noContact')
  ensure(as === 'cancelled' || now >= booking.startsAt, 'TOO_EARLY', { from: booking.startsAt })
  return givenUp(booking, as, by, reason, now)
}

const givenUp = (booking: Booking, as: 'cancelled' | 'noShow', by: By, reason: string | null, now: number): Booking =>
  after(booking, { status: as, openFor: null, unsettledAt: now, meal: booking.meal && { ...booking.meal, proposal: null } }, line(as, now, by, { words: reason }))

/** What may move: not begun, inside the window, or later by a social worker with a reason. @throws WRONG_STATE {status}, SLOT_PAST, CANCEL_TOO_LATE {until}, REASON_REQUIRED */
export function ensureMovable(booking: Booking, by: By, reason: string | null, now: number): void {
  ensureStatus(booking, 'booked', 'assigned')
  ensure(now < booking.startsAt, 'SLOT_PAST')
  ensure(mayCancel(booking, now) || by.as === 'socialWorker', 'CANCEL_TOO_LATE', { until: cancelUntil(booking) })
  ensure(mayCancel(booking, now) || (reason !== null && reason !== ''), 'REASON_REQUIRED')
}

/**
 * The same visit at another time of the same service: inside the window, or later by a social worker with a reason. Whoever had
 * promised to come is asked anew. Price and note stay as they were agreed.
 * @throws NOT_FOUND for another service, or for what has no other time, WRONG_STATE {status}, ALREADY_BOOKED for the slot it is on, SLOT_PAST once it should have begun, CANCEL_TOO_LATE {until}, REASON_REQUIRED
 */
export function reschedule(booking: Booking, slot: Slot, by: By, reason: string | null, now: number): Booking {
  ensure(hasOneTime(booking.kind) && slot.kind === booking.kind && slot.serviceItemId === booking.serviceItemId && slot.subdistrictId === booking.subdistrictId, 'NOT_FOUND')
  ensure(slot._id !== booking.slotId, 'ALREADY_BOOKED')
  ensureMovable(booking, by, reason, now)
  const leaves = [...new Set([...(booking.leaves ?? []), booking.slotId])].filter((slotId) => slotId !== slot._id)
  const moved = { slotId: slot._id, onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt, cancelHours: slot.cancelHours, leaves }
  return after(booking, { ...moved, status: 'booked', worker: null, workerId: null, openFor: isReceived(booking.kind) ? null : booking.providerId, unsettledAt: now }, { ...line('rescheduled', now, by, { words: reason }), movedFrom: booking.startsAt })
}

/** Given to a care worker. @throws ALREADY_TAKEN, WRONG_STATE, OWN_CASE */
export function take(booking: Booking, server: Server, by: By, now: number): Booking {
  ensure(booking.workerId === null || booking.workerId === server.personId, 'ALREADY_TAKEN')
  ensureStatus(booking, 'booked')
  // Of an order from the menu the organisation has to say first that it comes.
  ensure(booking.kind === 'homeCare' || (booking.menu !== undefined && booking.menu.acceptedAt !== null), 'WRONG_STATE', { status: booking.status })
  ensure(booking.endsAt > now, 'SLOT_PAST')
  ensureNotOwnCase(booking.elderId, server)
  return after(booking, { status: 'assigned', worker: server, workerId: server.personId, openFor: null }, line('assigned', now, by))
}

/** The worker cannot come; the visit is open to colleagues again. */
export function handBack(booking: Booking, by: By, reason: string, now: number): Booking {
  ensureStatus(booking, 'assigned')
  return after(booking, { status: 'booked', worker: null, workerId: null, openFor: booking.providerId }, line('handedBack', now, by, { words: reason }))
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
