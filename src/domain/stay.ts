/**
 * A stay 短住: nights `[from, to)`, all of them or none. Each night is a slot of its own, from the afternoon to the next
 * morning; one booking holds a seat in every night, and the elder's time from the first afternoon to the last morning.
 * Half a day 日托 is a slot like a visit's; both are received by staff of the house: arrival is the check-in, departure the
 * check-out, and what comes after is that of every service.
 */
import { ensureAtHomeFrom, type Away } from './away'
import { quoteOf, subsidyOf, type BedOrder, type Guest, type Night } from './bed-terms'
import { book } from './booking'
import type { Booking, By } from './booking-record'
import { after, ensureStatus, line } from './booking-step'
import { nextDue } from './booking-due'
import { clash, whereaboutsOf, type BusyTime } from './busy'
import { addDays, civilDate, DAY } from './civil-time'
import { CODE_WINDOW, LATE } from './door-code'
import { DomainError, ensure } from './error'
import type { Moment } from './evidence'
import { isReceived } from './kind'
import { ensureNotOwnCase, type Server } from './own-case'
import { ensureSeat, type Seated, type Slot } from './slot'
import { checkInFrom } from './visit'

/** Nights of one stay, with those by which it was extended. 示例 policy. */
export const MOST_NIGHTS = 14

/** The nights between a day of arrival and a day of leaving. @throws BAD_INPUT {field} unless one is left after one arrives, STAY_LENGTH {most} */
export function nightsOf(fromOn: string, toOn: string): readonly string[] {
  ensure(fromOn < toOn, 'BAD_INPUT', { field: 'toOn' })
  ensure(addDays(fromOn, MOST_NIGHTS) >= toOn, 'STAY_LENGTH', { most: MOST_NIGHTS })
  const nights: string[] = []
  for (let night = fromOn; night < toOn; night = addDays(night, 1)) nights.push(night)
  return nights
}

/** The day of leaving: the morning after the last night; of half a day its own. */
export const toOnOf = ({ onDate, bed }: Pick<Booking, 'onDate' | 'bed'>): string => addDays(onDate, bed?.nights.length ?? 0)

/**
 * The slots of these nights, in order. @throws SLOT_CLOSED {onDate} for the first night that is not there: the house is
 * closed, or the night has not opened yet; NOT_FOUND when this is no service with nights
 */
export function slotsOfNights(nights: readonly string[], slots: readonly Slot[]): readonly Slot[] {
  return nights.map((onDate) => {
    const slot = slots.find((one) => one.onDate === onDate)
    if (slot === undefined) throw new DomainError('SLOT_CLOSED', { onDate })
    ensure(slot.kind === 'stay' && slot.bed !== undefined, 'NOT_FOUND')
    return slot
  })
}

/** Whether this elder can have every one of these nights, as far as was loaded. @throws what `ensureSeat` throws, with {onDate}; ELDER_AWAY {why}, ELDER_BUSY */
export function ensureNights(slots: readonly Slot[], elder: Seated & { readonly away: Away | null; readonly busy: readonly BusyTime[] }, bookingId: string, now: number): void {
  ensureAtHomeFrom(elder, slots[0]?.onDate ?? '', addDays(slots.at(-1)?.onDate ?? '', 1))
  for (const slot of slots) ensureNight(slot, elder, bookingId, now)
  const [from, to] = [slots[0]?.startsAt ?? 0, slots.at(-1)?.endsAt ?? 0]
  const other = clash(elder.busy, from, to, bookingId, whereaboutsOf('stay'))
  if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
}

/** One night; a refusal says which. */
export function ensureNight(slot: Slot, elder: Seated, bookingId: string, now: number): void {
  try {
    ensureSeat(slot, elder, bookingId, now)
  } catch (error) {
    throw error instanceof DomainError ? new DomainError(error.code, { ...error.details, onDate: slot.onDate }) : error
  }
}

const nightOf = (slot: Slot, guest: Guest): Night & { readonly reasons: BedOrder['quote']['reasons'] } => {
  const paid = slot.bed === undefined ? { subsidyFen: 0, reasons: [] } : subsidyOf(slot.bed, slot.priceFen, slot.onDate, guest)
  return { slotId: slot._id, priceFen: slot.priceFen, subsidyFen: paid.subsidyFen, reasons: paid.reasons }
}

/** The order of a stay over these nights: what is paid is theirs alone. */
const withNights = (bed: BedOrder, nights: readonly Night[], reasons: BedOrder['quote']['reasons']): BedOrder => ({ ...bed, nights, quote: quoteOf(nights, reasons) })

/** What a stay over these nights costs this elder. */
export function quoteStay(slots: readonly Slot[], guest: Guest): BedOrder['quote'] {
  const nights = slots.map((slot) => nightOf(slot, guest))
  return quoteOf(nights, nights.flatMap((night) => night.reasons))
}

/** The elder's time: from the first afternoon to the last morning, as one. */
export const timeOfStay = (slots: readonly Slot[], bookingId: string, at: number): Omit<BusyTime, 'freedAt'> => ({
  bookingId, from: slots[0]?.startsAt ?? 0, to: slots.at(-1)?.endsAt ?? 0, at, ...whereaboutsOf('stay'), ...(slots[0]?.fair === undefined ? {} : { serviceItemId: slots[0].serviceItemId }),
})

/** A new stay on seats that are held. */
export function bookStay(slots: readonly Slot[], elder: Parameters<typeof book>[1] & Guest, made: Parameters<typeof book>[2], by: By, now: number): Booking {
  const [first] = slots
  if (first === undefined) throw new DomainError('BAD_INPUT', { field: 'toOn' })
  const one = book(first, elder, made, by, now)
  if (one.bed === undefined) throw new DomainError('NOT_FOUND')
  const nights = slots.map((slot) => nightOf(slot, elder))
  const bed = withNights(one.bed, nights.map(({ reasons: _, ...night }) => night), nights.flatMap((night) => night.reasons))
  const booking: Booking = { ...one, bed, priceFen: bed.quote.priceFen, endsAt: slots.at(-1)?.endsAt ?? first.endsAt }
  return { ...booking, dueAt: nextDue(booking) }
}

/** A stay that has not ended yet. @throws NOT_FOUND for another kind, WRONG_STATE {status} */
function ensureStaying(booking: Booking, now: number): BedOrder {
  ensure(booking.kind === 'stay' && booking.bed !== undefined, 'NOT_FOUND')
  ensureStatus(booking, 'booked', 'checkedIn')
  ensure(now < booking.endsAt, 'WRONG_STATE', { status: 'over' })
  return booking.bed
}

/** The nights by which a stay is to be extended. @throws BAD_INPUT {field} unless it would end later, STAY_LENGTH {most}, NOT_FOUND, WRONG_STATE */
export function nightsToAdd(booking: Booking, toOn: string, now: number): readonly string[] {
  ensureStaying(booking, now)
  ensure(toOn > toOnOf(booking), 'BAD_INPUT', { field: 'toOn' })
  return nightsOf(booking.onDate, toOn).slice(booking.bed?.nights.length ?? 0)
}

/** 延住: further nights, whose seats are held already. @throws as `nightsToAdd`; WRONG_STATE when its end has moved since these were chosen */
export function extendStay(booking: Booking, slots: readonly Slot[], guest: Guest, by: By, now: number): Booking {
  const bed = ensureStaying(booking, now)
  ensure(slots[0]?.onDate === toOnOf(booking), 'WRONG_STATE', { status: booking.status })
  ensure(bed.nights.length + slots.length <= MOST_NIGHTS, 'STAY_LENGTH', { most: MOST_NIGHTS })
  const added = slots.map((slot) => nightOf(slot, guest))
  const next = withNights(bed, [...bed.nights, ...added.map(({ reasons: _, ...night }) => night)], [...bed.quote.reasons, ...added.flatMap((night) => night.reasons)])
  const leaves = (booking.leaves ?? []).filter((slotId) => !next.nights.some((night) => night.slotId === slotId))
  const changes = { bed: next, priceFen: next.quote.priceFen, endsAt: slots.at(-1)?.endsAt ?? booking.endsAt, leaves, unsettledAt: now }
  return after(booking, changes, { ...line('extended', now, by), untilOn: addDays(booking.onDate, next.nights.length) })
}

/** The same stay with its first nights alone: the others are given back. */
function keeping(booking: Booking, bed: BedOrder, count: number, now: number): Partial<Booking> {
  const next = withNights(bed, bed.nights.slice(0, count), bed.quote.reasons)
  const dropped = bed.nights.slice(count).map((night) => night.slotId)
  return { bed: next, priceFen: next.quote.priceFen, endsAt: booking.endsAt - dropped.length * DAY, leaves: [...new Set([...(booking.leaves ?? []), ...dropped])], unsettledAt: now }
}

/**
 * 提前离开: the later nights are free for others at once and cost nothing; a night that has begun is not given back, and a
 * stay of which nothing would be left is cancelled instead.
 * @throws BAD_INPUT {field} unless it ends earlier and after the first night, SLOT_PAST for a night that has begun, NOT_FOUND, WRONG_STATE
 */
export function leaveEarly(booking: Booking, toOn: string, by: By, reason: string | null, now: number): Booking {
  const bed = ensureStaying(booking, now)
  ensure(toOn > booking.onDate && toOn < toOnOf(booking), 'BAD_INPUT', { field: 'toOn' })
  const count = nightsOf(booking.onDate, toOn).length
  ensure(booking.startsAt + count * DAY > now, 'SLOT_PAST')
  return after(booking, keeping(booking, bed, count, now), { ...line('shortened', now, by, { words: reason }), untilOn: toOn })
}

/** Days on which somebody could leave earlier than was agreed; empty: none. */
export function earlierDays(booking: Booking, now: number): readonly string[] {
  const count = booking.bed?.nights.length ?? 0
  return Array.from({ length: Math.max(0, count - 1) }, (_, index) => index + 1).filter((nights) => booking.startsAt + nights * DAY > now).map((nights) => addDays(booking.onDate, nights))
}

/** Received at the house: whoever receives serves, and no longer judges (law 3). @throws NOT_FOUND for another kind, WRONG_STATE, TOO_EARLY {from}, OWN_CASE */
export function arrive(booking: Booking, server: Server, bedNo: number, moment: Moment, by: By): Booking {
  ensure(isReceived(booking.kind) && booking.bed !== undefined, 'NOT_FOUND')
  ensureStatus(booking, 'booked')
  ensure(moment.provedAt >= checkInFrom(booking) - CODE_WINDOW, 'TOO_EARLY', { from: checkInFrom(booking) })
  ensure(moment.provedAt <= booking.endsAt + LATE, 'WRONG_STATE', { status: 'over' })
  ensureNotOwnCase(booking.elderId, server)
  return after(
    booking, { status: 'checkedIn', evidence: { ...booking.evidence, checkIn: moment }, worker: server, workerId: server.personId, bed: { ...booking.bed, bedNo } },
    line('checkedIn', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt }),
  )
}

/** Leaves the house. Nights that have not begun are given back; whoever sees them off has served, too. @throws NOT_FOUND, WRONG_STATE, TOO_EARLY, OWN_CASE */
export function depart(booking: Booking, server: Server, moment: Moment, by: By, now: number): Booking {
  ensure(isReceived(booking.kind) && booking.bed !== undefined, 'NOT_FOUND')
  ensureStatus(booking, 'checkedIn')
  const began = booking.evidence.checkIn?.provedAt ?? 0
  ensure(moment.provedAt >= began, 'TOO_EARLY', { from: began })
  ensureNotOwnCase(booking.elderId, server)
  const { worker, bed } = booking
  const both: Server = worker === null || worker.personId === server.personId ? server : { ...worker, kinIds: [...new Set([...worker.kinIds, server.personId, ...server.kinIds])] }
  const begun = bed.nights.filter((_, index) => booking.startsAt + index * DAY <= now).length
  const left = begun > 0 && begun < bed.nights.length ? keeping(booking, bed, begun, now) : {}
  return after(
    booking, { ...left, status: 'checkedOut', evidence: { ...booking.evidence, checkOut: moment }, worker: both, workerId: both.personId },
    line('checkedOut', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt }),
  )
}

/** A stay as the board places it. */
export interface Lying {
  readonly bookingId: string
  readonly fromOn: string
  readonly toOn: string
  /** given on arrival; null: still to come */
  readonly bedNo: number | null
}

/**
 * Which bed each is in: who is there keeps the bed that was given; who is to come has the first one that is free all the
 * while, the earliest first. As long as no night holds more than there are beds, all but those between two halves find one.
 * @returns bed by booking; a booking that fits into none is not in it
 */
export function placeInBeds(stays: readonly Lying[], beds: number): ReadonlyMap<string, number> {
  const placed = new Map<string, number>()
  const isFree = (bed: number, stay: Lying): boolean => !stays.some((other) => other.bookingId !== stay.bookingId && placed.get(other.bookingId) === bed && other.fromOn < stay.toOn && stay.fromOn < other.toOn)
  for (const stay of stays) if (stay.bedNo !== null) placed.set(stay.bookingId, stay.bedNo)
  for (const stay of [...stays].filter((one) => one.bedNo === null).sort((a, b) => (a.fromOn === b.fromOn ? (a.bookingId < b.bookingId ? -1 : 1) : a.fromOn < b.fromOn ? -1 : 1))) {
    const bed = Array.from({ length: beds }, (_, index) => index + 1).find((one) => isFree(one, stay))
    if (bed !== undefined) placed.set(stay.bookingId, bed)
  }
  return placed
}

/** Beds that nobody lies in now, for who arrives: the one that the board has for them first. */
export function freeBeds(stays: readonly Lying[], beds: number, bookingId: string): readonly number[] {
  const taken = new Set(stays.flatMap((stay) => (stay.bedNo === null || stay.bookingId === bookingId ? [] : [stay.bedNo])))
  const wished = placeInBeds(stays, beds).get(bookingId)
  const free = Array.from({ length: beds }, (_, index) => index + 1).filter((bed) => !taken.has(bed))
  return wished !== undefined && free.includes(wished) ? [wished, ...free.filter((bed) => bed !== wished)] : free
}

/** Trained staff come on shift for a night, or go. @throws NO_TRAINED_STAFF {held} when the last one would leave elders alone */
export function withOnShift(slot: Slot, who: { readonly personId: string; readonly name: string }, isOn: boolean, now: number): NonNullable<Slot['shift']> {
  const shift = slot.shift ?? { version: 0, staff: [], requests: {} }
  const others = shift.staff.filter((one) => one.personId !== who.personId)
  const staff = isOn ? [...others, { personId: who.personId, name: who.name, at: now }] : others
  ensure(staff.length > 0 || slot.remaining === slot.capacity, 'NO_TRAINED_STAFF', { held: slot.capacity - slot.remaining })
  return { version: shift.version, requests: shift.requests, staff, ...(staff.length > 0 ? { isStaffed: true as const } : {}) }
}

/** Whether an arrival of this booking is to be expected today. */
export const arrivesOn = (booking: Booking, today: string): boolean => booking.status === 'booked' && booking.onDate <= today && civilDate(booking.endsAt) >= today
