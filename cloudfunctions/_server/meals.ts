/**
 * Portions, times and subsidies of meals in the database: the writes that guard each, in the order in which a crash can be
 * settled from the booking. A portion first, then the elder, then the booking, and at last what is left over is given back.
 */
import { holdsSeat, type Booking } from '../../src/domain/booking-record'
import { DomainError, ensure } from '../../src/domain/error'
import type { PaymentWay } from '../../src/domain/meal'
import { ensurePortions, placed, placedAs, quoteOf, unplaced, type MealWish } from '../../src/domain/meal-order'
import { policyOn, type Quote } from '../../src/domain/meal-policy'
import type { Person } from '../../src/domain/person'
import type { Subdistrict } from '../../src/domain/service-item'
import type { Seat, Slot } from '../../src/domain/slot'
import { change, get } from './aggregate'
import { command, insert, read, updateIf } from './cloud'
import { findPerson } from './people'

const SEAT_ATTEMPTS = 6

/**
 * Takes portions under one seat: the rule decides on what was loaded, one conditional update repeats its guard. What this
 * order holds here already counts, and is never made less: what is too much is given back when the booking stands.
 * @param isConsented the kitchen agreed after its cut-off: then a frozen slot gives portions, but never more than it has
 * @throws what `ensurePortions` throws, TRY_AGAIN
 */
export async function takePortions(loaded: Slot, elder: { readonly personId: string; readonly communityId: string }, bookingId: string, portions: number, isConsented: boolean, now: number): Promise<void> {
  let slot = loaded
  const seat = `holders.${elder.personId}`
  for (let attempt = 0; attempt < SEAT_ATTEMPTS; attempt++) {
    ensurePortions(slot, elder, bookingId, portions, isConsented, now)
    const mine = slot.holders[elder.personId]
    const count = Math.max(portions, mine?.count ?? 0)
    const more = count - (mine?.count ?? 0)
    // Taken in the very same moment by a copy of this request: writing what stands there would count as nothing written.
    if (mine !== undefined && more === 0 && mine.at >= now) return
    const isTaken = await updateIf(
      'slots', slot._id,
      { isOpen: true, ...(isConsented ? {} : { frozenAt: null }), remaining: command.gte(more), ...(mine ? { [`${seat}.bookingId`]: bookingId, [`${seat}.at`]: mine.at } : { [seat]: command.exists(false) }) },
      { remaining: command.inc(-more), [seat]: command.set({ bookingId, at: now, count }), unsettledAt: command.set(now) },
    )
    if (isTaken) return
    slot = await get<Slot>('slots', slot._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/** Changes exactly this seat of an order to `count` portions, 0 for none; again changes nothing, and a newer seat stays. @returns whether it was changed */
async function resize(slotId: string, elderId: string, bookingId: string, count: (seat: Seat) => number): Promise<boolean> {
  const seat = `holders.${elderId}`
  for (let attempt = 0; attempt < SEAT_ATTEMPTS; attempt++) {
    const mine = (await read<Slot>('slots', slotId))?.holders[elderId]
    if (mine?.bookingId !== bookingId) return false
    const [held, wanted] = [mine.count ?? 1, count(mine)]
    if (held === wanted) return false
    const isDone = await updateIf(
      'slots', slotId, { [`${seat}.bookingId`]: bookingId, [`${seat}.at`]: mine.at, ...(wanted > held ? { remaining: command.gte(wanted - held) } : {}) },
      { remaining: command.inc(held - wanted), [seat]: wanted === 0 ? command.remove() : command.set({ ...mine, count: wanted }) },
    )
    if (isDone) return true
  }
  return false
}

/** Gives back every portion that this order holds in a slot. @param takenBefore only a seat taken before this: one taken since is another act's */
export const freePortions = (slotId: string, elderId: string, bookingId: string, takenBefore = Number.POSITIVE_INFINITY): Promise<boolean> =>
  resize(slotId, elderId, bookingId, (seat) => (seat.at < takenBefore ? 0 : (seat.count ?? 1)))

/** Brings the seat of an order to the portions that the booking names. */
export const fitPortions = (booking: Booking): Promise<boolean> => resize(booking.slotId, booking.elderId, booking._id, () => booking.meal?.portions ?? 1)

interface Meal {
  readonly bookingId: string
  readonly payment: PaymentWay
  readonly subdistrict: Subdistrict
  /** what a portion costs where it is less than the dish: a substitute */
  readonly portionFen?: number
}

/** Puts the meal into the elder's record, if it still fits there, and its subsidy into the month: one write. @throws what `placed` throws; NOT_FOUND when the record was merged or erased meanwhile */
export async function occupyMeal(elder: Person, slot: Slot, wish: MealWish, { bookingId, payment, subdistrict, portionFen }: Meal, now: number): Promise<Quote> {
  const priced = (current: Person): Quote => quoteOf(slot, current, wish.portions, policyOn(subdistrict.mealPolicies, slot.onDate), bookingId, portionFen)
  let quote = priced(elder)
  await change('people', elder, (current) => {
    ensure(current.mergedInto === null, 'NOT_FOUND')
    quote = priced(current)
    return placed(current, slot, wish, { bookingId, payment, subsidyFen: quote.subsidyFen }, now)
  })
  return quote
}

/** Takes the meal out of the elder's record: time and subsidy; again changes nothing. */
export async function releaseMeal(elderId: string, bookingId: string, now: number): Promise<void> {
  const elder = await findPerson(elderId)
  if (elder === null || unplaced(elder, bookingId, now) === elder) return
  await change('people', elder, (current) => unplaced(current, bookingId, now))
}

const REPAIR_ATTEMPTS = 6

/**
 * Brings the elder's record to what the booking says. The booking is read again after every write: whoever moved it
 * meanwhile has settled it already, or will.
 */
export async function settleElder(bookingId: string, now: number): Promise<void> {
  for (let attempt = 0; attempt < REPAIR_ATTEMPTS; attempt++) {
    const booking = await read<Booking>('bookings', bookingId)
    if (booking === null) return
    const elder = await findPerson(booking.elderId)
    const stated = (current: Person): Person => (holdsSeat(booking.status) ? placedAs(current, booking, now) : unplaced(current, bookingId, now))
    if (elder === null || elder.mergedInto !== null || stated(elder) === elder) return
    await change('people', elder, stated)
  }
}

/** A meal that was delivered, told once under a natural key. */
const tellDelivered = (booking: Booking): Promise<boolean> =>
  insert('serviceEvents', {
    _id: `mealDelivered_${booking._id}`, subdistrictId: booking.subdistrictId, communityId: booking.communityId, bookingId: booking._id, serviceItemId: booking.serviceItemId, elderId: booking.elderId,
    workerId: booking.worker?.personId ?? null, outcome: booking.status, portions: booking.meal?.portions ?? 0, subsidyFen: booking.meal?.quote.subsidyFen ?? 0,
    at: [...booking.timeline].reverse().find((line) => line.what === 'delivered' || line.what === 'calledBack')?.at ?? booking.startsAt,
  })

/** Everything beside a meal brought to the end that its booking states: portions in every slot, the elder's time and subsidy, and that it was delivered. */
export async function settleMeal(booking: Booking, now: number): Promise<void> {
  for (const slotId of booking.meal?.leaves ?? []) await freePortions(slotId, booking.elderId, booking._id, booking.unsettledAt ?? now)
  if (holdsSeat(booking.status)) await fitPortions(booking)
  else await freePortions(booking.slotId, booking.elderId, booking._id)
  await settleElder(booking._id, now)
  if (booking.status === 'delivered') await tellDelivered(booking)
}

/** Gives back what a refused order or change took; what its booking holds, if there is one, stays. */
export async function giveBack(bookingId: string, slotId: string, elderId: string, now: number): Promise<void> {
  const booking = await read<Booking>('bookings', bookingId)
  if (booking === null) await releaseMeal(elderId, bookingId, now)
  else await settleElder(bookingId, now)
  if (booking !== null && holdsSeat(booking.status) && booking.slotId === slotId && booking.elderId === elderId) await fitPortions(booking)
  else await freePortions(slotId, elderId, bookingId)
}
