/**
 * Not there, and not able to be there. After the window the elder's side asks to be let off 来不了, and a social worker frees
 * the seat or keeps it. A no-show 没到场 is neither a cancellation nor a missed contact: nobody opened is a safety case first
 * (law 4), and only when that is closed may it be said that the elder simply was not there. Why is asked, kept and counted;
 * nothing follows from it by itself.
 */
import { cancelLate, mayCancel } from './booking'
import type { AbsenceWhy } from './absence-why'
import type { Booking, By, OffAsk } from './booking-record'
import { nextDue } from './booking-due'
import { after, ensureStatus, line } from './booking-step'
import { DAY } from './civil-time'
import { ensure } from './error'
import type { SafetyCase } from './safety-case'

/** What is asked and still open; null: nothing, or it was decided, or somebody is there by now. */
export const openAsk = (booking: Pick<Booking, 'offAsk' | 'status'>): OffAsk | null => (booking.status === 'booked' || booking.status === 'assigned' ? (booking.offAsk ?? null) : null)

/** Inside the window one cancels; a meal's kitchen is asked (meal-order.ts), a name on a list is taken back until it begins. */
export const mayAskOff = (booking: Booking, now: number): boolean =>
  (booking.kind === 'homeCare' || (booking.menu !== undefined && booking.menu.acceptedAt !== null)) && (booking.status === 'booked' || booking.status === 'assigned') && !mayCancel(booking, now) && now < booking.endsAt && openAsk(booking) === null

/** @throws WRONG_STATE {status}, SLOT_PAST once it is over */
export function askOff(booking: Booking, why: AbsenceWhy, words: string | null, by: By, now: number): Booking {
  ensureStatus(booking, 'booked', 'assigned')
  ensure(now < booking.endsAt, 'SLOT_PAST')
  ensure(mayAskOff(booking, now), 'WRONG_STATE', { status: openAsk(booking) === null ? 'open' : 'asked' })
  const asked = after(booking, { offAsk: { at: now, by, why, words } }, line('askedOff', now, by, { words }))
  const judged: Booking = { ...asked, review: 'exception' }
  return { ...judged, dueAt: nextDue(judged) }
}

/** The social worker's word on it: the seat is freed, or the visit stands. @throws WRONG_STATE when nothing is asked */
export function answerOff(booking: Booking, isFreed: boolean, words: string, by: By, now: number): Booking {
  ensureStatus(booking, 'booked', 'assigned')
  ensure(openAsk(booking) !== null, 'WRONG_STATE', { status: 'notAsked' })
  if (isFreed) return { ...cancelLate(booking, 'cancelled', by, words, now), offAsk: null }
  const kept: Booking = { ...after(booking, { offAsk: null }, line('keptOn', now, by, { words })), review: null }
  return { ...kept, dueAt: nextDue(kept) }
}

type Door = Pick<SafetyCase, 'status' | 'closed'> | null

/** A door that nobody opened is looked after first (law 4): the case is closed, and nobody needed help. @throws WRONG_STATE {status} */
export function ensureLookedAfter(booking: Pick<Booking, 'status'>, door: Door): void {
  if (booking.status !== 'noContact') return
  ensure(door !== null && door.status === 'closed', 'WRONG_STATE', { status: 'caseOpen' })
  ensure(door.closed?.finding !== 'neededHelp', 'WRONG_STATE', { status: 'neededHelp' })
}

/** By a social worker, once it has begun: the elder was not there. @throws WRONG_STATE, TOO_EARLY {from} */
export function noShow(booking: Booking, by: By, words: string, door: Door, now: number): Booking {
  ensureLookedAfter(booking, door)
  return { ...cancelLate(booking, 'noShow', by, words, now), absence: { said: null } }
}

/** By the worker who stood there, after the safety case about it was closed. @throws WRONG_STATE */
export function notThere(booking: Booking, by: By, words: string, door: Door, now: number): Booking {
  ensureStatus(booking, 'noContact')
  return noShow(booking, by, words, door, now)
}

/** Days in which the elder's side can say why. */
const TO_SAY = 30 * DAY

/** Whether why is still asked. */
export const isAskedWhy = (booking: Booking, now: number): boolean => booking.status === 'noShow' && (booking.absence?.said ?? null) === null && now < booking.startsAt + TO_SAY

/** The elder's side says why, once. @throws WRONG_STATE */
export function sayWhy(booking: Booking, why: AbsenceWhy, words: string | null, by: By, now: number): Booking {
  ensureStatus(booking, 'noShow')
  ensure(isAskedWhy(booking, now), 'WRONG_STATE', { status: 'said' })
  return { ...booking, absence: { said: { at: now, by, why, words } } }
}

export interface AbsenceCount {
  readonly serviceItemId: string
  readonly serviceName: string
  readonly count: number
  readonly lastAt: number
  /** how often each reason was said; what nobody has said yet is in none */
  readonly whys: readonly { readonly why: AbsenceWhy; readonly count: number }[]
}

/** No-shows by service, the most frequent first. Meals of one kitchen are one service. */
export function countAbsences(bookings: readonly Booking[]): readonly AbsenceCount[] {
  const byService = new Map<string, Booking[]>()
  for (const booking of bookings) if (booking.status === 'noShow') byService.set(booking.serviceItemId, [...(byService.get(booking.serviceItemId) ?? []), booking])
  return [...byService.values()].map((ofOne) => {
    const whys = new Map<AbsenceWhy, number>()
    for (const { absence } of ofOne) if (absence?.said) whys.set(absence.said.why, (whys.get(absence.said.why) ?? 0) + 1)
    const last = ofOne.reduce((latest, booking) => (booking.startsAt > latest.startsAt ? booking : latest))
    return { serviceItemId: last.serviceItemId, serviceName: last.serviceName, count: ofOne.length, lastAt: last.startsAt, whys: [...whys].map(([why, count]) => ({ why, count })).sort((a, b) => b.count - a.count) }
  }).sort((a, b) => b.count - a.count || b.lastAt - a.lastAt)
}
