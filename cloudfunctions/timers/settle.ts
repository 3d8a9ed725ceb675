/**
 * Settles what a crash left half-done, to the end that the bookings state: seats and times without a booking are freed,
 * a booking without its seat gets it back, verifications are told. Young work is left alone: it may still be under way.
 */
import { holdsSeat, type Booking } from '../../src/domain/booking-record'
import { MINUTE } from '../../src/domain/civil-time'
import type { Slot } from '../../src/domain/slot'
import { freeSeat, freeTime, settleBooking } from '../_server/bookings'
import { command, find, updateIf } from '../_server/cloud'
import { settleMoves } from '../_server/reach'
import { each } from './each'

/** A function call lives 20 s at most; after this nobody is still working on it, ms. */
const OLD_ENOUGH = 2 * MINUTE
const BATCH = 100
/** Merged or erased records whose places are followed in one run; each is bounded by itself. */
const MOVES = 5

export async function settle(now: number): Promise<{ readonly slots: number; readonly bookings: number; readonly mended: number; readonly failed: number }> {
  const past = command.gt(0).and(command.lte(now - OLD_ENOUGH))
  const slots = await find<Slot>('slots', { unsettledAt: past }, { by: 'unsettledAt', direction: 'asc' }, BATCH)
  let mended = 0
  const failedSlots = await each(slots, async (slot) => {
    mended += await settleSlot(slot, now)
  })
  const bookings = await find<Booking>('bookings', { unsettledAt: past }, { by: 'unsettledAt', direction: 'asc' }, BATCH)
  const failedBookings = await each(bookings, (booking) => settleBooking(booking, now))
  const moved = await settleMoves(MOVES)
  return { slots: slots.length, bookings: bookings.length, mended: mended + bookings.length + moved, failed: failedSlots + failedBookings }
}

async function settleSlot(slot: Slot, now: number): Promise<number> {
  let mended = 0
  const live = (await find<Booking>('bookings', { slotId: slot._id }, null, 1000)).filter((booking) => holdsSeat(booking.status))
  for (const [elderId, seat] of Object.entries(slot.holders)) {
    if (seat.at > now - OLD_ENOUGH || live.some((booking) => booking._id === seat.bookingId && booking.elderId === elderId)) continue
    // The time first: while the seat stands, the next run still finds what is left.
    await freeTime(elderId, seat.bookingId, now)
    if (await freeSeat(slot._id, elderId, seat.bookingId)) mended += 1
  }
  for (const booking of live) {
    if (slot.holders[booking.elderId]?.bookingId === booking._id) continue
    const seat = `holders.${booking.elderId}`
    const isRetaken = await updateIf('slots', slot._id, { remaining: command.gt(0), [seat]: command.exists(false) }, { remaining: command.inc(-1), [seat]: command.set({ bookingId: booking._id, at: now }) })
    if (isRetaken) mended += 1
  }
  await updateIf('slots', slot._id, { unsettledAt: slot.unsettledAt }, { unsettledAt: command.set(null) })
  return mended
}
