/**
 * Waitlists in the database. Everything about a slot's waitlist changes in one conditional update of the slot: from the
 * version, the free seats and the look that were read. So no seat is offered twice, and who was faster is seen.
 */
import { isActivity, timesOfActivity } from '../../src/domain/activity'
import { book } from '../../src/domain/booking'
import type { Booking, By } from '../../src/domain/booking-record'
import { DomainError } from '../../src/domain/error'
import { underFair, type FairPolicy } from '../../src/domain/fair'
import type { Person, RequestLog } from '../../src/domain/person'
import type { Slot } from '../../src/domain/slot'
import { advance, afterTelling, isOnOffer, queueOf, reopen, withPersonMoved, type Offer } from '../../src/domain/waitlist'
import { answeredBefore, createOnce, remembered, type Request } from './aggregate'
import { getSlot, takeTime, timeOfVisit } from './bookings'
import { command, find, read, updateIf } from './cloud'
import { now as clockNow } from './clock'
import { newSecret } from './keys'
import { queueOffer, quietenOffers } from './messages'

const ATTEMPTS = 20

/** Writes what a rule made of a slot's waitlist and of its seats on offer, if what it decided on still stands. */
async function saveQueue(before: Slot, after: Slot, requests: RequestLog): Promise<boolean> {
  const where: Record<string, unknown> = { remaining: before.remaining, isOpen: before.isOpen, ...(before.queue === undefined ? { queue: command.exists(false) } : { 'queue.version': before.queue.version }) }
  if (before.waitLookAt !== undefined) where['waitLookAt'] = before.waitLookAt
  else where['waitLookAt'] = command.exists(false)
  const changes: Record<string, unknown> = { waitLookAt: command.set(after.waitLookAt ?? null) }
  if (after.queue !== undefined) changes['queue'] = command.set({ ...after.queue, version: (before.queue?.version ?? 0) + 1, requests })
  if (after.remaining !== before.remaining) changes['remaining'] = command.inc(after.remaining - before.remaining)
  if (after.unsettledAt !== before.unsettledAt) changes['unsettledAt'] = command.set(after.unsettledAt)
  for (const personId of new Set([...Object.keys(before.holders), ...Object.keys(after.holders)])) {
    const [was, is] = [before.holders[personId], after.holders[personId]]
    if (was === is) continue
    const seat = `holders.${personId}`
    if (was === undefined) where[seat] = command.exists(false)
    else where[`${seat}.bookingId`] = was.bookingId
    changes[seat] = is === undefined ? command.remove() : command.set(is)
  }
  return updateIf('slots', before._id, where, changes)
}

/**
 * Load, decide, save, until it is saved; with a request it is remembered in the same write, and repeated it answers what
 * it answered (law 8).
 * @throws what `decide` throws; TRY_AGAIN if others were faster every time
 */
export async function changeQueue<A>(loaded: Slot, decide: (slot: Slot) => { readonly next: Slot; readonly answer: A }, request?: Request, at = clockNow()): Promise<{ readonly slot: Slot; readonly answer: A }> {
  let slot = loaded
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { requests } = queueOf(slot)
    const before = request === undefined ? null : answeredBefore(requests, request)
    if (before) return { slot, answer: before.answer as A }
    const { next, answer } = decide(slot)
    if (next === slot || (await saveQueue(slot, next, request === undefined ? requests : remembered(requests, request, answer, at)))) return { slot: next, answer }
    slot = await getSlot(slot._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/** What remembers the mutations of a slot's waitlist, as `serve` asks for it. */
export const memoryOf = (slot: Slot) => ({ _id: slot._id, version: queueOf(slot).version, requests: queueOf(slot).requests })

/**
 * A seat that was held and is taken now becomes a booking: the elder's time, then the booking. Refused on the way, the
 * seat is held for them as before; cut short, the sweep holds it again.
 * @param beyondLimit why a social worker goes beyond the limit of the service; null: nobody does
 * @throws ELDER_BUSY, LIMIT_OF_SERVICE, REQUEST_CONFLICT
 */
export async function bookHeldSeat(slot: Slot, elder: Person, bookingId: string, request: Request, by: By, beyondLimit: string | null, now: number): Promise<Booking> {
  const times = isActivity(slot) ? timesOfActivity(slot, bookingId, now) : [timeOfVisit(slot, bookingId, now)]
  try {
    await takeTime(elder, times, now, beyondLimit === null ? slot : undefined)
  } catch (error) {
    // Others who changed this elder's record are no reason to give anything back: asked again, it goes on from here.
    if (error instanceof DomainError && error.code !== 'TRY_AGAIN' && (await read<Booking>('bookings', bookingId)) === null) {
      await changeQueue(slot, (current) => ({ next: reopen(current, elder._id, bookingId, now), answer: null }))
    }
    throw error
  }
  return createOnce('bookings', book(slot, elder, { bookingId, ...request, doorKey: newSecret(), note: null, beyondLimit }, by, now))
}

/** Slots for which this person waits or is on offer. */
export const slotsAwaitedBy = (personId: string): Promise<Slot[]> => find<Slot>('slots', { 'queue.personIds': personId }, null, 50)

/** Offers of a slot that are still to be told, each with its seat. */
const untold = (slot: Slot): readonly Offer[] => Object.values(slot.holders).flatMap((seat) => (isOnOffer(seat) && !seat.offer.isTold ? [seat.offer] : []))

/**
 * Brings one slot to what holds now: offers past their time are passed on, free seats are offered, and told. Killed
 * anywhere, the next run finds it due still; messages have ids that say which they are.
 */
export async function lookAtSlot(loaded: Slot, now: number): Promise<void> {
  const { slot } = await changeQueue(loaded, (current) => ({ next: advance(current, now), answer: null }))
  const offers = untold(slot)
  const loud = queueOf(slot).ended.filter((offer) => !offer.isQuiet).map((offer) => offer.placeId)
  if (offers.length === 0 && loud.length === 0) return
  for (const offer of offers) {
    const elder = await read<Person>('people', offer.place.personId)
    if (elder !== null) await queueOffer(slot, offer, elder, now)
  }
  if (loud.length > 0) await quietenOffers(loud)
  await changeQueue(slot, (current) => ({ next: afterTelling(current, offers.map((offer) => offer.place.placeId), loud, now), answer: null }))
}

/** Puts every place of somebody who moved, or whose record became another's (null: nobody's), where it belongs now; again changes nothing. */
export async function moveWaits(fromId: string, to: { readonly id: string; readonly name: string; readonly communityId: string } | null, now: number): Promise<void> {
  for (const slot of await slotsAwaitedBy(fromId)) await changeQueue(slot, (current) => ({ next: withPersonMoved(current, fromId, to, now), answer: null }))
}

/** Puts a policy onto one slot that has not begun; a newer one stays. */
export async function putFair(loaded: Slot, fair: FairPolicy, now: number): Promise<void> {
  let slot = loaded
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if ((slot.fair?.version ?? 0) >= fair.version) return
    const next = underFair(slot, fair, now)
    const where = { remaining: slot.remaining, ...(slot.fair === undefined ? { fair: command.exists(false) } : { 'fair.version': slot.fair.version }) }
    if (await updateIf('slots', slot._id, where, { fair: command.set(next.fair), kept: command.set(next.kept), waitLookAt: command.set(next.waitLookAt) })) return
    slot = await getSlot(slot._id)
  }
}

