/**
 * A visit that moves to another time of its service: the new seat and the new time are taken beside the old ones, then the
 * booking says which it is. The elder's old time is free at once, the seat that was left within minutes, by the sweep. A crash
 * leaves both; whoever settles the booking frees the other.
 */
import { ensureAtHome } from '../../src/domain/away'
import type { Booking } from '../../src/domain/booking-record'
import { occupyToo, withoutTimeAt } from '../../src/domain/busy'
import { DomainError, ensure } from '../../src/domain/error'
import { ensureWithinLimit } from '../../src/domain/fair'
import type { Person } from '../../src/domain/person'
import type { Slot } from '../../src/domain/slot'
import { change, changeOnce, type Request } from './aggregate'
import { timeOfVisit, settleVisit, takeSeat } from './bookings'
import { command, updateIf } from './cloud'

/**
 * Carries out a move as `decide` makes it. A refusal gives back what it took.
 * @param isDesk a social worker moves it: what is kept for phone and counter can be had
 * @throws what `takeSeat` and `decide` throw, ELDER_AWAY, ELDER_BUSY, LIMIT_OF_SERVICE
 */
export async function moveVisit<A>(loaded: { readonly booking: Booking; readonly elder: Person; readonly slot: Slot }, request: Request, decide: (current: Booking) => { readonly next: Booking; readonly answer: A }, isDesk: boolean, now: number): Promise<A> {
  const { booking, elder, slot } = loaded
  const mine = slot.holders[elder._id]
  await takeSeat(slot, { personId: elder._id, communityId: elder.communityId, isDesk }, booking._id, now)
  // A seat that it had left here and that nobody has freed yet is taken anew: what frees seats that were left passes it by.
  if (mine?.bookingId === booking._id) await updateIf('slots', slot._id, { [`holders.${elder._id}.bookingId`]: booking._id }, { [`holders.${elder._id}.at`]: command.set(now), unsettledAt: command.set(now) })
  let timed = elder
  try {
    timed = await change('people', elder, (current) => {
      ensure(current.mergedInto === null, 'NOT_FOUND')
    ensureAtHome(current, slot.onDate)
      ensureWithinLimit(current.busy, slot, booking._id)
      return { ...current, busy: occupyToo(current.busy, timeOfVisit(slot, booking._id, now), now) }
    })
    const { document, answer } = await changeOnce('bookings', booking, request, decide)
    // Another move of it may be under way: nothing but the time that this one left is freed.
    const left = document.timeline.at(-1)?.movedFrom ?? document.startsAt
    if (left !== document.startsAt) await change('people', { ...timed, version: timed.version + 1 }, (current) => ({ ...current, busy: withoutTimeAt(current.busy, booking._id, left) }))
    return answer
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'TRY_AGAIN') await settleVisit(booking._id, slot, elder._id, now)
    throw error
  }
}
