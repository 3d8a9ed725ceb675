/**
 * Settles what a crash left half-done, to the end that the bookings state: seats and times without a booking are freed, a
 * booking without its seat gets it back, a meal keeps the portions that it names, verifications are told. Young work is left alone: it may still be under way.
 */
import { isActivity } from '../../src/domain/activity'
import { holdsSeat, type Booking } from '../../src/domain/booking-record'
import { MINUTE } from '../../src/domain/civil-time'
import { hasOneTime } from '../../src/domain/kind'
import type { Seat, Slot } from '../../src/domain/slot'
import { isOnOffer, reopen } from '../../src/domain/waitlist'
import { settleNames } from '../_server/activities'
import { freeSeat, freeTime, settleBooking, settleVisit } from '../_server/bookings'
import { command, find, read, updateIf } from '../_server/cloud'
import { settleDesk, waitingDesks } from '../_server/earning'
import { settleWork, unsettledWorks } from '../_server/gallery'
import { fitPortions, freePortions, settleElder } from '../_server/meals'
import { dueEvents, settleLife } from '../_server/life'
import { settleMoves } from '../_server/reach'
import { settleService, unsettledServices } from '../_server/services'
import { settleNight } from '../_server/stays'
import { changeQueue } from '../_server/waitlist'
import { each } from './each'

/** A function call lives 20 s at most; after this nobody is still working on it, ms. */
const OLD_ENOUGH = 2 * MINUTE
const BATCH = 100
/** Names on the list of one activity that one run settles: its next run goes on. */
const NAMES = 250
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
  const desks = await waitingDesks(now - OLD_ENOUGH, BATCH)
  const failedDesks = await each(desks, async (hours) => void (await settleDesk(hours, now)))
  const events = await dueEvents(now)
  const failedEvents = await each(events, async (event) => void (await settleLife(event, now)))
  const works = await unsettledWorks(now - OLD_ENOUGH, BATCH)
  const failedWorks = await each(works, settleWork)
  const services = await unsettledServices(now - OLD_ENOUGH, BATCH)
  const failedServices = await each(services, async (service) => void (await settleService(service, now)))
  const moved = await settleMoves(MOVES)
  return { slots: slots.length, bookings: bookings.length, mended: mended + bookings.length + desks.length + events.length + works.length + services.length + moved, failed: failedSlots + failedBookings + failedDesks + failedEvents + failedWorks + failedServices }
}

async function settleSlot(slot: Slot, now: number): Promise<number> {
  let mended = 0
  const live = (await find<Booking>('bookings', slot.kind === 'stay' ? { 'bed.nights.slotId': slot._id } : { slotId: slot._id }, null, 1000)).filter((booking) => holdsSeat(booking.status))
  for (const [elderId, seat] of Object.entries(slot.holders)) {
    const booking = live.find((candidate) => candidate._id === seat.bookingId && candidate.elderId === elderId)
    if (isOnOffer(seat) || seat.at > now - OLD_ENOUGH || (booking !== undefined && isWhole(booking, seat))) continue
    if (booking !== undefined) mended += booking.kind === 'menu' ? Number(await settleVisit(booking._id, slot, elderId, now)) : await mendMeal(booking, now)
    else if (await freeStray(slot, elderId, seat, now)) mended += 1
  }
  for (const booking of live) {
    if (slot.holders[booking.elderId]?.bookingId === booking._id) continue
    const count = booking.meal?.portions
    const seat = `holders.${booking.elderId}`
    const isRetaken = await updateIf('slots', slot._id, { remaining: command.gte(count ?? 1), [seat]: command.exists(false) }, { remaining: command.inc(-(count ?? 1)), [seat]: command.set({ bookingId: booking._id, at: now, ...(count === undefined ? {} : { count }) }) })
    if (isRetaken) mended += 1
  }
  if (isActivity(slot)) mended += await settleNames(slot, live, now, NAMES)
  await updateIf('slots', slot._id, { unsettledAt: slot.unsettledAt }, { unsettledAt: command.set(null) })
  return mended
}

/** A meal is taken, or changed, in the same moment as its portions: other portions, or another moment, and a change was left half-way. So is an order from the menu, which moves between the halves of one day. */
const isWhole = (booking: Booking, seat: Seat): boolean =>
  (booking.meal === null && booking.menu === undefined) || ((booking.meal === null || seat.count === booking.meal.portions) && booking.timeline.some((line) => line.at === seat.at))

async function mendMeal(booking: Booking, now: number): Promise<number> {
  await settleElder(booking._id, now)
  return (await fitPortions(booking)) ? 1 : 0
}

/** A seat that no live booking here names. What moved to another slot only leaves its seat; otherwise the elder's time goes, too. */
async function freeStray(slot: Slot, elderId: string, seat: Seat, now: number): Promise<boolean> {
  // Whoever waited and took it keeps the offer: their call was cut short.
  if (seat.offer !== undefined && (await read<Booking>('bookings', seat.bookingId)) === null) {
    await freeTime(elderId, seat.bookingId, now)
    await changeQueue(slot, (current) => ({ next: reopen(current, elderId, seat.bookingId, now), answer: null }))
    return true
  }
  if (slot.kind === 'stay') return settleNight(seat.bookingId, slot, elderId, now - OLD_ENOUGH, now)
  if (hasOneTime(slot.kind) || slot.kind === 'menu') return settleVisit(seat.bookingId, slot, elderId, now)
  const booking = slot.kind === 'meal' ? await read<Booking>('bookings', seat.bookingId) : null
  // The elder first: while the seat stands, the next run still finds what is left.
  if (booking !== null && booking.elderId === elderId) await settleElder(booking._id, now)
  else await freeTime(elderId, seat.bookingId, now)
  return slot.kind === 'meal' ? freePortions(slot._id, elderId, seat.bookingId) : freeSeat(slot._id, elderId, seat.bookingId)
}
