/**
 * Stays in the database: a seat in each night, from the first to the last, then the elder's time, then the booking. The
 * nights are taken in order and given back where one is refused, so that of two who want the last bed one has it; cut
 * short, the sweep gives back what no booking names.
 */
import { isGivenUp, slotIdsOf, type Booking } from '../../src/domain/booking-record'
import { addDays, instantOf, MINUTE } from '../../src/domain/civil-time'
import { timedAs } from '../../src/domain/busy'
import { DomainError, ensure } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import type { ServiceItem } from '../../src/domain/service-item'
import type { Seated, Slot } from '../../src/domain/slot'
import { slotsOfNights } from '../../src/domain/stay'
import { change } from './aggregate'
import { freeSeat, freeSeats, freeTime, takeSeat } from './bookings'
import { command, find, read, updateIf } from './cloud'
import { findPerson, getServiceItem } from './people'

/** The slots of these nights of a service. @throws SLOT_CLOSED {onDate} for one that is not there, NOT_FOUND */
export async function loadNights(serviceItemId: string, nights: readonly string[]): Promise<readonly Slot[]> {
  const range = command.gte(instantOf(nights[0] ?? '')).and(command.lt(instantOf(addDays(nights.at(-1) ?? '', 1))))
  const slots = await find<Slot>('slots', { serviceItemId, startsAt: range }, { by: 'startsAt', direction: 'asc' }, 100)
  if (slots.length === 0) ensure((await getServiceItem(serviceItemId)).kind === 'stay', 'NOT_FOUND')
  return slotsOfNights(nights, slots)
}

/** A seat in each of these nights, or none of them. @param claim the request that takes them @throws what `takeSeat` throws, with {onDate} */
export async function takeNights(slots: readonly Slot[], elder: Seated, bookingId: string, claim: string, now: number): Promise<void> {
  for (const [index, slot] of slots.entries()) {
    try {
      await takeSeat(slot, elder, bookingId, now, claim)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      await giveNightsBack(slots.slice(0, index), elder.personId, bookingId, claim)
      throw new DomainError(error.code, { ...error.details, onDate: slot.onDate })
    }
  }
}

/** Gives back the seats that this very request took: those that another one has taken meanwhile are the other's. */
export const giveNightsBack = async (slots: readonly Slot[], elderId: string, bookingId: string, claim: string): Promise<void> =>
  freeSeats(slots.map((slot) => slot._id), elderId, bookingId, undefined, claim)

/** The elder's time as the booking states it; what an extension has taken since `before` is left to it. */
async function settleTime(booking: Booking, before: number, now: number): Promise<void> {
  const elder = await findPerson(booking.elderId)
  if (elder === null) return
  await change('people', elder, (current) => {
    const entry = current.busy.find((time) => time.bookingId === booking._id && time.freedAt === null)
    const isUnderWay = entry !== undefined && entry.at > before
    return isUnderWay ? current : { ...current, busy: timedAs(current.busy, { bookingId: booking._id, from: booking.startsAt, to: booking.endsAt, at: 0 }, now) }
  })
}

/** After an extension was refused: the elder's time is that of the booking again. */
export async function settleExtension(bookingId: string, now: number): Promise<void> {
  const booking = await read<Booking>('bookings', bookingId)
  if (booking !== null && !isGivenUp(booking)) await settleTime(booking, Number.POSITIVE_INFINITY, now)
}

/** Gives back a seat that its booking does not name, where a stay or its extension was left half-way. @param before only what was taken before this */
export async function settleNight(bookingId: string, slot: Slot, elderId: string, before: number, now: number): Promise<boolean> {
  const booking = await read<Booking>('bookings', bookingId)
  if (booking === null || isGivenUp(booking)) await freeTime(elderId, bookingId, now)
  else if (booking.elderId === elderId && slotIdsOf(booking).includes(slot._id)) return false
  else await settleTime(booking, before, now)
  return freeSeat(slot._id, elderId, bookingId, before)
}

const BED_ATTEMPTS = 4
/** A bed is given before its booking says so: one given this recently may belong to an arrival that is under way, ms. */
const MAY_BE_UNDER_WAY = MINUTE

/** Gives a bed to who arrives, if nobody lies in it. What the service says of a bed holds as long as its booking says the same. @throws BED_TAKEN {bedNo} */
export async function giveBed(loaded: ServiceItem, bedNo: number, bookingId: string, now: number): Promise<void> {
  let service = loaded
  for (let attempt = 0; attempt < BED_ATTEMPTS; attempt++) {
    const there = service.beds?.[bedNo]
    if (there?.bookingId === bookingId) return
    if (there !== undefined) {
      const other = await read<Booking>('bookings', there.bookingId)
      const isThere = other?.status === 'checkedIn' && other.bed?.bedNo === bedNo
      ensure(!isThere && there.at <= now - MAY_BE_UNDER_WAY, 'BED_TAKEN', { bedNo })
    }
    const place = `beds.${bedNo}`
    if (await updateIf('serviceItems', service._id, { [`${place}.bookingId`]: there === undefined ? command.exists(false) : there.bookingId }, { [place]: command.set({ bookingId, at: now }) })) return
    service = await getServiceItem(service._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/** Whom a seat is taken for. */
export const seatedAs = (elder: Pick<Person, '_id' | 'communityId'>, isDesk: boolean): Seated => ({ personId: elder._id, communityId: elder.communityId, isDesk })
