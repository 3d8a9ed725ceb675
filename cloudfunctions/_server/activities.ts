/**
 * Activities in the database: a name on the list takes seat, time and booking as a visit does; what a list's verdict or a
 * cancellation states is brought to each booking, and a verified arrival is credited once, under its natural key.
 */
import { asStated, isActivity, isUndecided, timesOfActivity, type ActivitySlot } from '../../src/domain/activity'
import { book } from '../../src/domain/booking'
import type { Booking, BookingPoints, By } from '../../src/domain/booking-record'
import { sessionAt } from '../../src/domain/course'
import { matchWindow, windowOf, windowsUpTo, windowStart } from '../../src/domain/door-code'
import { DomainError, ensure } from '../../src/domain/error'
import type { Moment } from '../../src/domain/evidence'
import type { Person } from '../../src/domain/person'
import { change, createOnce, type Request } from './aggregate'
import { freeSeat, freeTime, getSlot, settleBooking, takeSeat, takeTime } from './bookings'
import { find } from './cloud'
import { doorCodeAt, newSecret } from './keys'

/** @throws NOT_FOUND, for a slot of another kind, too */
export async function getActivity(activityId: string): Promise<ActivitySlot> {
  const slot = await getSlot(activityId)
  if (!isActivity(slot)) throw new DomainError('NOT_FOUND')
  return slot
}

/** More names than any list has, with those that were taken back. */
const NAMES_AT_MOST = 1000
export const namesOf = (activityId: string): Promise<Booking[]> => find<Booking>('bookings', { slotId: activityId }, null, NAMES_AT_MOST)

/** Seat, time, booking; whatever a refusal on the way leaves is given back. @throws what `takeSeat` and `takeTime` throw, REQUEST_CONFLICT */
export async function putDown(slot: ActivitySlot, elder: Person, bookingId: string, request: Request, by: By, now: number): Promise<Booking> {
  await takeSeat(slot, { personId: elder._id, communityId: elder.communityId, isDesk: by.as === 'socialWorker' }, bookingId, now)
  let hasTime = false
  try {
    await takeTime(elder, timesOfActivity(slot, bookingId, now), now)
    hasTime = true
    return await createOnce('bookings', book(slot, elder, { bookingId, ...request, doorKey: newSecret(), note: null }, by, now))
  } catch (error) {
    if (error instanceof DomainError) {
      if (hasTime) await freeTime(elder._id, bookingId, now)
      await freeSeat(slot._id, elder._id, bookingId)
    }
    throw error
  }
}

/** What the organiser's code proves. @throws DOOR_CODE_WRONG */
export function arrivalOf(slot: ActivitySlot, code: string, capturedAt: number | null, now: number): Moment {
  // One code serves everybody who is there: it is never used up. That of another session of a class is none.
  const window = matchWindow(code, windowsUpTo(sessionAt(slot, now), now), [], (candidate) => doorCodeAt(slot.activity.doorKey, candidate))
  return { at: now, provedAt: window === windowOf(now) ? now : windowStart(window), proof: 'doorCode', codeWindow: window, capturedAt }
}

/** Names that are settled at a time: each belongs to somebody else. */
const AT_A_TIME = 8

/** Brings names to what their activity states, at most `most`: the sweep does the rest. Again changes nothing. @returns how many were looked at */
export async function settleNames(slot: ActivitySlot, bookings: readonly Booking[], now: number, most = NAMES_AT_MOST): Promise<number> {
  const open = bookings.filter((booking) => isUndecided(booking) && asStated(booking, slot, now) !== booking).slice(0, most)
  for (let index = 0; index < open.length; index += AT_A_TIME) {
    await Promise.all(open.slice(index, index + AT_A_TIME).map(async (booking) => {
      const stated = await change('bookings', booking, (current) => asStated(current, slot, now))
      await settleBooking(stated, now)
    }))
  }
  return open.length
}

/** The line of a verified arrival; null: it brought nothing. */
export const entryOf = (booking: Pick<Booking, '_id'> & { readonly points?: BookingPoints }): string | null => (booking.points?.earned === undefined ? null : `activity_${booking._id}`)

/** @throws NOT_FOUND for a name that is not on this list */
export function onList(bookings: readonly Booking[], bookingId: string): Booking {
  const booking = bookings.find((one) => one._id === bookingId)
  ensure(booking !== undefined, 'NOT_FOUND')
  return booking
}
