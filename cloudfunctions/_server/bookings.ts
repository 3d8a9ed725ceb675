/** Bookings, slots and seats in the database: the writes that guard capacity, and the way back from a half-done one. */
import { isGivenUp, type Booking, type BookingPoints } from '../../src/domain/booking-record'
import { occupy, type BusyTime } from '../../src/domain/busy'
import { DomainError, ensure } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import { ensureSeat, type Slot } from '../../src/domain/slot'
import { minutesServed } from '../../src/domain/evidence'
import { change, get } from './aggregate'
import { command, insert, updateIf } from './cloud'
import { creditAttendance, creditVisit } from './earning'
import { releaseMeal, settleMeal } from './meals'
import { settlePaid } from './redemptions'
import { markStop } from './runs'
import { openMissedContact } from './safety'
import { promiseTime, releaseServer } from './serving'

export const getBooking = (bookingId: string): Promise<Booking> => get<Booking>('bookings', bookingId)
export const getSlot = (slotId: string): Promise<Slot> => get<Slot>('slots', slotId)

const SEAT_ATTEMPTS = 6

/**
 * Takes the seat: the rule decides on what was loaded, one conditional update repeats its guard. No match means that
 * somebody was faster: load again and decide again, so that the caller hears the true reason.
 * @throws SLOT_FULL, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, TRY_AGAIN
 */
export async function takeSeat(loaded: Slot, elder: { readonly personId: string; readonly communityId: string }, bookingId: string, now: number): Promise<void> {
  let slot = loaded
  for (let attempt = 0; attempt < SEAT_ATTEMPTS; attempt++) {
    ensureSeat(slot, elder, bookingId, now)
    if (slot.holders[elder.personId]?.bookingId === bookingId) return
    const seat = `holders.${elder.personId}`
    const isTaken = await updateIf(
      'slots', slot._id,
      { isOpen: true, remaining: command.gt(0), [seat]: command.exists(false) },
      { remaining: command.inc(-1), [seat]: command.set({ bookingId, at: now }), unsettledAt: command.set(now) },
    )
    if (isTaken) return
    slot = await getSlot(slot._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/** Gives the seat of exactly this booking back; again changes nothing, and a newer seat of the same elder stays. Portions of a meal are given back by `freePortions`. */
export const freeSeat = (slotId: string, elderId: string, bookingId: string): Promise<boolean> =>
  updateIf('slots', slotId, { [`holders.${elderId}.bookingId`]: bookingId, [`holders.${elderId}.count`]: command.exists(false) }, { remaining: command.inc(1), [`holders.${elderId}`]: command.remove() })

/** Marks the elder's time as taken, if it still is free. @throws ELDER_BUSY; NOT_FOUND when the record was merged or erased meanwhile */
export const takeTime = (elder: Person, time: Omit<BusyTime, 'freedAt'>, now: number): Promise<Person> =>
  change('people', elder, (current) => {
    ensure(current.mergedInto === null, 'NOT_FOUND')
    return { ...current, busy: occupy(current.busy, time, now) }
  })

/** Frees the elder's time of exactly this booking, and takes the subsidy of a meal back; again changes nothing. */
export const freeTime = releaseMeal

/** Marks the worker's time as promised, if it still is free. @throws WORKER_BUSY {from, to} */
export const promiseToServe = (worker: Person, booking: Booking, now: number): Promise<void> =>
  promiseTime(worker, { bookingId: booking._id, from: booking.startsAt, to: booking.endsAt, at: now }, now)

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
  else if (isGivenUp(booking)) {
    await freeSeat(booking.slotId, booking.elderId, booking._id)
    await freeTime(booking.elderId, booking._id, now)
    if (booking.workerId !== null) await releaseServer(booking.workerId, booking._id, now)
  }
  if (booking.status === 'noContact' || booking.timeline.some((entry) => entry.what === 'noContact')) await openMissedContact(booking, now)
  const earned = await settleVerified(booking, now)
  await settlePaid(booking, now)
  await markStop(booking)
  const isMoved = (booking.meal?.leaves ?? []).length > 0
  await updateIf('bookings', booking._id, { unsettledAt: booking.unsettledAt }, {
    unsettledAt: command.set(null), ...(isMoved ? { 'meal.leaves': command.set([]) } : {}), ...(earned === null ? {} : { 'points.earned': command.set(earned) }), ...(isMoved || earned !== null ? { version: command.inc(1) } : {}),
  })
}
