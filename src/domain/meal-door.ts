/**
 * A meal at the door and at the counter 送到, 领取: delivered only with the elder's side of the proof, a code, a card or a
 * tap; the courier's word alone stays an exception, and a door that nobody opens is a safety case (laws 3, 4 and 10).
 */
import type { Booking, By } from './booking-record'
import { after, ensureStatus, line } from './booking-step'
import { CODE_WINDOW, EARLY, LATE } from './door-code'
import { DomainError, ensure } from './error'
import type { Moment } from './evidence'
import type { MealOrder, MealWay } from './meal'
import { ensureNotOwnCase, type Server } from './own-case'

/** From when a meal can be handed over, ms. */
export const mealFrom = (booking: Pick<Booking, 'startsAt'>): number => booking.startsAt - EARLY
/** Until when its own time lasts, ms: a queue may send late, yesterday's run may not. */
export const mealUntil = (booking: Pick<Booking, 'endsAt'>): number => booking.endsAt + LATE

/** The meal in its own time. @throws TOO_EARLY {from}, WRONG_STATE */
function ensureItsTime(booking: Booking, provedAt: number, slack: number): void {
  ensure(provedAt >= mealFrom(booking) - slack, 'TOO_EARLY', { from: mealFrom(booking) })
  ensure(provedAt <= mealUntil(booking), 'WRONG_STATE', { status: 'over' })
}

/** @throws WRONG_STATE for what is no meal, or is had another way */
function ensureWay(booking: Booking, ...ways: readonly MealWay[]): MealOrder {
  if (booking.meal === null || !ways.includes(booking.meal.way)) throw new DomainError('WRONG_STATE', { status: booking.status })
  return booking.meal
}

/** Nothing is asked any more, and what is paid on the spot is recorded as paid. */
const settledMeal = (meal: MealOrder, paidAt: number | null): MealOrder => ({
  ...meal, proposal: null, payment: paidAt !== null && meal.payment.how === 'atSite' && meal.payment.recordedAt === null ? { ...meal.payment, recordedAt: paidAt } : meal.payment,
})

const delivered = (booking: Booking, meal: MealOrder, changes: Partial<Booking>, moment: Pick<Moment, 'at' | 'proof' | 'provedAt'>, by: By): Booking =>
  after(booking, { ...changes, status: 'delivered', openFor: null, unsettledAt: moment.at, meal }, line('delivered', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt }))

/**
 * Into somebody's hands by a courier. A code, card or slip is the elder's side: delivered. The bare word is none: handed
 * over, and an exception at once; a code may still follow it.
 * @param server who carried it, with close family
 * @throws WRONG_STATE, TOO_EARLY {from}, OWN_CASE
 */
export function handOver(booking: Booking, moment: Moment, by: By, server: Server): Booking {
  const meal = ensureWay(booking, 'delivery')
  const isBareWord = moment.proof === 'courierWord'
  if (isBareWord) ensureStatus(booking, 'booked')
  else ensureStatus(booking, 'booked', 'handedOver', 'noContact')
  ensureItsTime(booking, moment.provedAt, CODE_WINDOW)
  ensureNotOwnCase(booking.elderId, server)
  const changes = { worker: server, evidence: { ...booking.evidence, handover: moment } }
  if (!isBareWord) return delivered(booking, settledMeal(meal, moment.at), changes, moment, by)
  return after(booking, { ...changes, status: 'handedOver', unsettledAt: moment.at, meal: settledMeal(meal, null) }, line('handedOver', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt }))
}

/** Eaten or fetched at the kitchen's counter, where the elder's code was shown. @throws WRONG_STATE, TOO_EARLY {from}, OWN_CASE */
export function served(booking: Booking, moment: Moment, by: By, server: Server): Booking {
  const meal = ensureWay(booking, 'dineIn', 'pickUp')
  ensureStatus(booking, 'booked')
  ensureItsTime(booking, moment.provedAt, CODE_WINDOW)
  ensureNotOwnCase(booking.elderId, server)
  return delivered(booking, settledMeal(meal, moment.at), { worker: server, evidence: { ...booking.evidence, handover: moment } }, moment, by)
}

/**
 * 收到了: the elder's side, by their own tap or the family's. After the courier's word it confirms that; without one it
 * stands for itself, in the meal's own time.
 * @param carrier who carries it now, with close family; null where nobody does. Neither they nor their kin can say it.
 * @throws WRONG_STATE, TOO_EARLY {from}, OWN_CASE
 */
export function received(booking: Booking, proof: 'elderTap' | 'familyTap', by: By, carrier: Server | null, now: number): Booking {
  const meal = ensureWay(booking, 'delivery', 'dineIn', 'pickUp')
  ensureStatus(booking, 'booked', 'handedOver', 'noContact')
  if (booking.status === 'booked') ensureItsTime(booking, now, 0)
  for (const server of [carrier, booking.worker]) if (server !== null) ensureNotOwnCase(by.personId, server)
  const moment: Moment = { at: now, provedAt: now, proof, codeWindow: null, capturedAt: null }
  const evidence = booking.status === 'handedOver'
    ? { ...booking.evidence, confirm: { at: now, proof, byPersonId: by.personId, satisfaction: null } }
    : { ...booking.evidence, handover: moment }
  return delivered(booking, settledMeal(meal, booking.status === 'handedOver' ? now : null), { evidence }, moment, by)
}

/** Nobody opened: an exception at once, and a safety case (law 4). @throws WRONG_STATE, TOO_EARLY {from} */
export function noAnswer(booking: Booking, by: By, server: Server, tried: string, now: number): Booking {
  const meal = ensureWay(booking, 'delivery')
  ensureStatus(booking, 'booked')
  ensure(now >= booking.startsAt, 'TOO_EARLY', { from: booking.startsAt })
  ensure(now <= mealUntil(booking), 'WRONG_STATE', { status: 'over' })
  return after(booking, { status: 'noContact', worker: server, unsettledAt: now, meal: settledMeal(meal, null) }, line('noContact', now, by, { words: tried }))
}
