/**
 * A visit 上门 from check-in to verification: proved at the door, confirmed by the elder, verified by a social worker, or
 * disputed, or nobody opened. Each rule gives the booking as it will stand, or refuses.
 */
import type { Booking, By } from './booking-record'
import { after, ensureStatus, line } from './booking-step'
import { CODE_WINDOW, EARLY, LATE } from './door-code'
import { DomainError, ensure } from './error'
import type { Confirmation, Missing, Moment } from './evidence'
import { missingFor } from './evidence'
import type { MealOrder } from './meal'
import { ensureNotOwnCase } from './own-case'

/** From when a check-in is accepted, ms. */
export const checkInFrom = (booking: Booking): number => booking.startsAt - EARLY

/** At the door, beginning. @throws WRONG_STATE, TOO_EARLY {from} */
export function checkIn(booking: Booking, moment: Moment, by: By): Booking {
  ensureStatus(booking, 'assigned')
  ensure(moment.provedAt >= checkInFrom(booking) - CODE_WINDOW, 'TOO_EARLY', { from: checkInFrom(booking) })
  ensure(moment.provedAt <= booking.endsAt + LATE, 'WRONG_STATE', { status: 'over' })
  return after(
    booking,
    { status: 'checkedIn', evidence: { ...booking.evidence, checkIn: moment } },
    line('checkedIn', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt }),
  )
}

/** At the door, end. @throws WRONG_STATE, TOO_EARLY when it is proved before the check-in */
export function checkOut(booking: Booking, moment: Moment, by: By): Booking {
  ensureStatus(booking, 'checkedIn')
  const began = booking.evidence.checkIn?.provedAt ?? 0
  ensure(moment.provedAt >= began, 'TOO_EARLY', { from: began })
  return after(
    booking,
    { status: 'checkedOut', evidence: { ...booking.evidence, checkOut: moment } },
    line('checkedOut', moment.at, by, { proof: moment.proof, provedAt: moment.provedAt }),
  )
}

/** Nobody opened the door: an exception at once, and a safety case (law 4). @throws WRONG_STATE, TOO_EARLY */
export function noContact(booking: Booking, by: By, tried: string, now: number): Booking {
  ensureStatus(booking, 'assigned')
  ensure(now >= booking.startsAt, 'TOO_EARLY', { from: booking.startsAt })
  return after(booking, { status: 'noContact', unsettledAt: now }, line('noContact', now, by, { words: tried }))
}

/** The elder's side of the proof. @throws WRONG_STATE, OWN_CASE */
export function confirm(booking: Booking, confirmation: Confirmation, by: By, words: string | null): Booking {
  ensureStatus(booking, 'checkedOut')
  if (booking.worker) ensureNotOwnCase(by.personId, booking.worker)
  return after(
    booking,
    { status: 'confirmed', evidence: { ...booking.evidence, confirm: confirmation } },
    line(confirmation.proof === 'callBack' ? 'calledBack' : 'confirmed', confirmation.at, by, { proof: confirmation.proof, words: words ?? confirmation.satisfaction }),
  )
}

/** A meal that was awaited and of which nobody heard: its serving is over, or a courier's word stands alone. */
export const isMealOpen = (booking: Booking, now: number): boolean =>
  booking.kind === 'meal' && (booking.status === 'handedOver' || booking.status === 'disputed' || booking.status === 'noContact' || (booking.status === 'booked' && now >= booking.endsAt))

/** @throws WRONG_STATE */
const ensureMealOpen = (booking: Booking, now: number): void => ensure(isMealOpen(booking, now), 'WRONG_STATE', { status: booking.status })

/** Says that something is wrong. Also after a confirmation, until it is verified; of a meal until it is delivered. @throws WRONG_STATE, OWN_CASE */
export function dispute(booking: Booking, by: By, words: string, now: number): Booking {
  if (booking.kind === 'meal') ensureMealOpen(booking, now)
  else ensureStatus(booking, 'checkedIn', 'checkedOut', 'confirmed')
  if (booking.worker) ensureNotOwnCase(by.personId, booking.worker)
  return after(booking, { status: 'disputed' }, line('disputed', now, by, { words }))
}

/** A call-back that reached nobody: nothing is proved, the line stays. */
export function calledWithoutAnswer(booking: Booking, by: By, words: string, now: number): Booking {
  if (booking.kind === 'meal') ensureMealOpen(booking, now)
  else ensureStatus(booking, 'checkedIn', 'checkedOut', 'disputed', 'noContact')
  return after(booking, {}, line('noAnswer', now, by, { words }))
}

/**
 * The elder said on the telephone that the service took place. A dispute can be settled this way, too. A meal is
 * delivered by it: nobody verifies it again.
 * @throws WRONG_STATE, OWN_CASE
 */
export function confirmByCall(booking: Booking, by: By, words: string, now: number): Booking {
  if (booking.meal !== null) return deliveredByCall(booking, booking.meal, by, words, now)
  const open = booking.status === 'disputed' ? { ...booking, status: 'checkedOut' as const } : booking
  ensureStatus(open, 'checkedIn', 'checkedOut')
  if (booking.worker) ensureNotOwnCase(by.personId, booking.worker)
  const confirmation: Confirmation = { at: now, proof: 'callBack', byPersonId: by.personId, satisfaction: null }
  return after(booking, { status: 'confirmed', evidence: { ...booking.evidence, confirm: confirmation } }, line('calledBack', now, by, { proof: 'callBack', words }))
}

function deliveredByCall(booking: Booking, meal: MealOrder, by: By, words: string, now: number): Booking {
  ensureMealOpen(booking, now)
  if (booking.worker) ensureNotOwnCase(by.personId, booking.worker)
  const isPaidThere = meal.payment.how === 'atSite' && meal.payment.recordedAt === null
  return after(booking, {
    status: 'delivered', openFor: null, unsettledAt: now, evidence: { ...booking.evidence, confirm: { at: now, proof: 'callBack', byPersonId: by.personId, satisfaction: null } },
    meal: { ...meal, proposal: null, payment: isPaidThere ? { ...meal.payment, recordedAt: now } : meal.payment },
  }, line('calledBack', now, by, { proof: 'callBack', words }))
}

export type Outcome = 'verified' | 'partly' | 'rejected'

/** The elder's kin and delegates, for whom a verification would be their own case. */
export interface ElderSide {
  readonly personId: string
  readonly kinIds: readonly string[]
  readonly delegateIds: readonly string[]
}

/**
 * The social worker's word, once. Full verification needs every proof except a strong one: what a card proved, a person
 * must look at, and may then accept. A meal needs no verification; what was not delivered is rejected, and its subsidy
 * goes back. @throws WRONG_STATE, EVIDENCE_INCOMPLETE {missing}, REASON_REQUIRED, OWN_CASE
 */
export function verify(booking: Booking, elder: ElderSide, outcome: Outcome, by: By, reason: string | null, minutes: number | null, now: number): Booking {
  if (booking.kind === 'meal') {
    ensureMealOpen(booking, now)
    ensure(outcome === 'rejected', 'WRONG_STATE', { status: booking.status })
  } else ensureStatus(booking, 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'noContact')
  if (booking.worker) ensureNotOwnCase(by.personId, booking.worker)
  ensure(by.personId !== elder.personId && !elder.kinIds.includes(by.personId) && !elder.delegateIds.includes(by.personId), 'OWN_CASE')
  const missing = lacking(booking)
  if (outcome === 'verified') {
    const blocking = missing.filter((what) => what !== 'strongProof')
    ensure(blocking.length === 0, 'EVIDENCE_INCOMPLETE', { missing: blocking })
    ensure(!missing.includes('strongProof') || (reason !== null && reason !== ''), 'REASON_REQUIRED')
  } else {
    ensure(reason !== null && reason !== '', 'REASON_REQUIRED')
  }
  return after(booking, { status: outcome, openFor: null, unsettledAt: now, verifiedMinutes: minutes, meal: booking.meal && { ...booking.meal, proposal: null } }, line(outcome, now, by, { words: reason }))
}

/** What its evidence still lacks, by the rule of its kind. */
export const lacking = (booking: Pick<Booking, 'kind' | 'evidence' | 'status'>): readonly Missing[] => missingFor(booking)

/** Which moment a code at the door would prove now. @throws WRONG_STATE where it would prove nothing */
export function momentAwaited(booking: Booking): 'checkIn' | 'checkOut' | 'handover' {
  if (booking.kind === 'meal') {
    ensureStatus(booking, 'booked', 'handedOver', 'noContact')
    return 'handover'
  }
  if (booking.status === 'assigned' || booking.status === 'booked') return 'checkIn'
  if (booking.status === 'checkedIn') return 'checkOut'
  throw new DomainError('WRONG_STATE', { status: booking.status })
}
