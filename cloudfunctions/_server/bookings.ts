/** Bookings, slots and seats in the database: the writes that guard capacity, and the way back from a half-done one. */
import { ensureAtHomeFrom } from '../../src/domain/away'
import { isGivenUp, slotIdsOf, type Booking, type BookingPoints } from '../../src/domain/booking-record'
import { occupyAll, timedAs, whereaboutsOf, withoutTimes, type BusyTime } from '../../src/domain/busy'
import { civilDate, MINUTE } from '../../src/domain/civil-time'
import { DomainError, ensure } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import { needsTrained } from '../../src/domain/bed-terms'
import { ensureWithinLimit, keptNow } from '../../src/domain/fair'
import { ensureSeat, type Seated, type Slot } from '../../src/domain/slot'
import { positionOf } from '../../src/domain/waitlist'
import { minutesServed } from '../../src/domain/evidence'
import { change, get } from './aggregate'
import { command, insert, read, updateIf, updateWhere } from './cloud'
import { now as clockNow } from './clock'
import { creditAttendance, creditVisit } from './earning'
import { releaseMeal, settleMeal } from './meals'
import { findPerson } from './people'
import { settlePaid } from './redemptions'
import { markStop } from './runs'
import { openMissedContact } from './safety'
import { promiseTime, releaseServer } from './serving'

export const getBooking = (bookingId: string): Promise<Booking> => get<Booking>('bookings', bookingId)
/** Found by when they end, so that a stay that lasts is among them; shown by when they begin. */
export const byStart = (bookings: readonly Booking[]): Booking[] => [...bookings].sort((a, b) => a.startsAt - b.startsAt)
export const getSlot = (slotId: string): Promise<Slot> => get<Slot>('slots', slotId)

const SEAT_ATTEMPTS = 6
/** A call lives shorter than this: a seat this young may belong to one that is still at work, ms. */
const MAY_BE_UNDER_WAY = MINUTE

/**
 * Takes the seat: the rule decides on what was loaded, one conditional update repeats its guard. No match means that
 * somebody was faster: load again and decide again, so that the caller hears the true reason.
 * While people wait, a free seat is theirs; seats kept for phone and counter are taken first by those.
 * @param claim the request that takes it, where one booking may take further seats
 * @throws SLOT_FULL, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, SEAT_OFFERED, NO_TRAINED_STAFF, TRY_AGAIN
 */
export async function takeSeat(loaded: Slot, elder: Seated, bookingId: string, now: number, claim?: string): Promise<void> {
  let slot = loaded
  for (let attempt = 0; attempt < SEAT_ATTEMPTS; attempt++) {
    ensureSeat(slot, elder, bookingId, now)
    if (slot.holders[elder.personId]?.bookingId === bookingId) {
      if (claim !== undefined) await claimSeat(slot, elder.personId, bookingId, claim, now)
      return
    }
    const seat = `holders.${elder.personId}`
    const isDesk = elder.isDesk === true
    const kept = keptNow(slot, now)
    const isKept = isDesk && kept > 0
    const isTaken = await updateIf(
      'slots', slot._id,
      // What is kept only shrinks, so the number that was read is never too small.
      { isOpen: true, remaining: command.gt(isDesk ? 0 : kept), ...(needsTrained(slot.bed) ? { 'shift.isStaffed': true } : {}), [seat]: command.exists(false), ...(isKept ? { kept: command.gt(0) } : { 'queue.isOwed': command.exists(false) }) },
      { remaining: command.inc(-1), ...(isKept ? { kept: command.inc(-1) } : {}), [seat]: command.set({ bookingId, at: now, ...(isDesk ? { isDesk: true } : {}), ...(claim === undefined ? {} : { claim }) }), unsettledAt: command.set(now), ...(positionOf(slot, elder.personId) === null ? {} : { waitLookAt: command.set(now) }) },
    )
    if (isTaken) return
    const again = await read<Slot>('slots', slot._id)
    // Its service has no such time any more.
    if (again === null) throw new DomainError('SLOT_CLOSED')
    slot = again
  }
  throw new DomainError('TRY_AGAIN')
}

/** A seat that its booking has already, but from another request: left half-way by that, it is this one's. @throws TRY_AGAIN while the other may be under way */
async function claimSeat(slot: Slot, elderId: string, bookingId: string, claim: string, now: number): Promise<void> {
  const seat = slot.holders[elderId]
  if (seat === undefined || (seat.claim === claim && seat.at > now - MAY_BE_UNDER_WAY)) return
  ensure(seat.claim === claim || seat.at <= now - MAY_BE_UNDER_WAY, 'TRY_AGAIN')
  const isMine = await updateIf('slots', slot._id, { [`holders.${elderId}.bookingId`]: bookingId, [`holders.${elderId}.at`]: seat.at }, { [`holders.${elderId}.at`]: command.set(now), [`holders.${elderId}.claim`]: command.set(claim), unsettledAt: command.set(now) })
  ensure(isMine, 'TRY_AGAIN')
}

const seatOf = (elderId: string, bookingId: string, takenBefore: number | undefined) =>
  ({ [`holders.${elderId}.bookingId`]: bookingId, ...(takenBefore === undefined ? {} : { [`holders.${elderId}.at`]: command.lt(takenBefore) }), [`holders.${elderId}.count`]: command.exists(false) })
const seatFreed = (elderId: string) => ({ remaining: command.inc(1), [`holders.${elderId}`]: command.remove(), waitLookAt: command.set(clockNow()) })

/** Gives the seat of exactly this booking back, and lets the clock look who waits for it; again changes nothing, and a newer seat of the same elder stays. Portions of a meal are given back by `freePortions`. @param takenBefore only a seat taken before this: one taken since is another act's */
export const freeSeat = (slotId: string, elderId: string, bookingId: string, takenBefore?: number): Promise<boolean> =>
  updateIf('slots', slotId, seatOf(elderId, bookingId, takenBefore), seatFreed(elderId))

/** The same in several slots, as the nights of a stay are. */
export async function freeSeats(slotIds: readonly string[], elderId: string, bookingId: string, takenBefore?: number, claim?: string): Promise<void> {
  if (slotIds.length === 0) return
  const where = { ...seatOf(elderId, bookingId, takenBefore), ...(claim === undefined ? {} : { [`holders.${elderId}.claim`]: claim }) }
  await updateWhere('slots', { _id: command.in(slotIds), ...where }, seatFreed(elderId))
}

/** The time that a visit takes of its elder's day; where its service has terms of its own, it counts towards their limit. */
export const timeOfVisit = (visit: Pick<Slot, 'startsAt' | 'endsAt'> & Partial<Pick<Slot, 'fair' | 'serviceItemId' | 'kind'>>, bookingId: string, at: number): Omit<BusyTime, 'freedAt'> =>
  ({ bookingId, from: visit.startsAt, to: visit.endsAt, at, ...whereaboutsOf(visit.kind ?? 'homeCare'), ...(visit.fair === undefined || visit.serviceItemId === undefined ? {} : { serviceItemId: visit.serviceItemId }) })

/**
 * Marks the elder's times as taken, all of them, if they still are free.
 * @param within the slot whose limit counts; left out: none, or a social worker goes beyond it
 * @throws ELDER_AWAY {why}, ELDER_BUSY, LIMIT_OF_SERVICE {most, per, until}; NOT_FOUND when the record was merged or erased meanwhile
 */
export const takeTime = (elder: Person, times: readonly Omit<BusyTime, 'freedAt'>[], now: number, within?: Slot): Promise<Person> =>
  change('people', elder, (current) => {
    ensure(current.mergedInto === null, 'NOT_FOUND')
    for (const { from, to } of times) ensureAtHomeFrom(current, civilDate(from), civilDate(to))
    if (within !== undefined) ensureWithinLimit(current.busy, within, times[0]?.bookingId ?? '')
    return { ...current, busy: occupyAll(current.busy, times, now) }
  })

/** Frees the elder's time of exactly this booking, and takes the subsidy of a meal back; again changes nothing. */
export const freeTime = releaseMeal

/**
 * Gives back what a visit's booking does not name, where it or a move of it was refused or left half-way: the seat in a slot
 * and the elder's time there; a day of the menu has two halves. Meals and activities have their own.
 * @param takenBefore only a seat taken before this: one taken since is another act's
 */
export async function settleVisit(bookingId: string, slot: Pick<Slot, '_id' | 'kind' | 'startsAt' | 'endsAt'>, elderId: string, now: number, takenBefore?: number): Promise<boolean> {
  const booking = await read<Booking>('bookings', bookingId)
  if (booking === null || isGivenUp(booking)) await freeTime(elderId, bookingId, now)
  else {
    const elder = await findPerson(elderId)
    // Other times of it may belong to a move that is under way.
    const isThere = ({ from }: Pick<BusyTime, 'from'>): boolean => from !== booking.startsAt && (from === slot.startsAt || (slot.kind === 'menu' && from > slot.startsAt && from < slot.endsAt))
    if (elder !== null && (booking.startsAt !== slot.startsAt || slot.kind === 'menu')) await change('people', elder, (current) => ({ ...current, busy: withoutTimes(current.busy, bookingId, isThere) }))
  }
  const isHere = booking !== null && !isGivenUp(booking) && booking.slotId === slot._id && booking.elderId === elderId
  return isHere ? false : freeSeat(slot._id, elderId, bookingId, takenBefore)
}

/** The seats and times that a visit has left, and the promise of whoever was to come; again changes nothing. */
async function settleLeft(booking: Booking, now: number): Promise<void> {
  const before = booking.unsettledAt ?? now
  await freeSeats(booking.leaves ?? [], booking.elderId, booking._id, before)
  if (!isGivenUp(booking)) {
    const elder = await findPerson(booking.elderId)
    if (elder !== null) await change('people', elder, (current) => ({ ...current, busy: timedAs(current.busy, { bookingId: booking._id, from: booking.startsAt, to: booking.endsAt, at: 0 }, now) }))
  }
  const workerIds = new Set(booking.timeline.flatMap((entry) => (entry.what === 'assigned' ? [entry.by.personId] : [])))
  for (const workerId of workerIds) if (workerId !== booking.workerId) await releaseServer(workerId, booking._id, now, before)
}

/** Marks the worker's time as promised, if it still is free. @throws WORKER_BUSY {from, to} */
export const promiseToServe = (worker: Person, booking: Booking, now: number): Promise<void> =>
  promiseTime(worker, { bookingId: booking._id, from: booking.startsAt, to: booking.endsAt, at: now, ...(booking.kind === 'menu' ? { kind: booking.kind } : {}) }, now)

export { releaseServer }

/** A verified service, told once under a natural key. */
async function tellVerified(booking: Booking): Promise<void> {
  const entry = [...booking.timeline].reverse().find((line) => line.what === 'verified' || line.what === 'partly')
  if (!entry) return
  await insert('serviceEvents', {
    _id: `visitVerified_${booking._id}`, subdistrictId: booking.subdistrictId, communityId: booking.communityId, bookingId: booking._id,
    serviceItemId: booking.serviceItemId, elderId: booking.elderId, workerId: booking.workerId, outcome: booking.status,
    minutes: booking.verifiedMinutes ?? minutesServed(booking.evidence) ?? 0, verifiedBy: entry.by.personId, at: entry.at,
  })
}

/** A verified visit is told, and credited to whoever served; an arrival at an activity to whoever came. */
async function settleVerified(booking: Booking, now: number): Promise<NonNullable<BookingPoints['earned']> | null> {
  if (booking.status !== 'verified' && booking.status !== 'partly') return null
  await tellVerified(booking)
  return booking.kind === 'activity' ? creditAttendance(booking, now) : creditVisit(booking, now)
}

/**
 * Brings everything beside a booking to the end that the booking states: its seat and time freed, its safety case
 * opened, its stop on a run brought up to date, its verification told and credited, the points that pay it spent or given back. Every step may be repeated; a crash anywhere is settled by the next run.
 */
export async function settleBooking(booking: Booking, now: number): Promise<void> {
  if (booking.unsettledAt === null) return
  if (booking.kind === 'meal') await settleMeal(booking, now)
  else if ((booking.leaves ?? []).length > 0 || (booking.kind === 'menu' && booking.timeline.some((entry) => entry.what === 'rescheduled'))) await settleLeft(booking, now)
  if (booking.kind !== 'meal' && isGivenUp(booking)) {
    await freeSeats(slotIdsOf(booking), booking.elderId, booking._id)
    await freeTime(booking.elderId, booking._id, now)
    if (booking.workerId !== null) await releaseServer(booking.workerId, booking._id, now)
  }
  if (booking.status === 'noContact' || booking.timeline.some((entry) => entry.what === 'noContact')) await openMissedContact(booking, now)
  const earned = await settleVerified(booking, now)
  await settlePaid(booking, now)
  await markStop(booking)
  const isMoved = (booking.meal?.leaves ?? booking.leaves ?? []).length > 0
  await updateIf('bookings', booking._id, { unsettledAt: booking.unsettledAt }, {
    unsettledAt: command.set(null), ...(isMoved ? { [booking.meal === null ? 'leaves' : 'meal.leaves']: command.set([]) } : {}), ...(earned === null ? {} : { 'points.earned': command.set(earned) }), ...(isMoved || earned !== null ? { version: command.inc(1) } : {}),
  })
}
