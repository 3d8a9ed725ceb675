/**
 * Life events 人生大事: hospital, away for a while, moved out, died. One record says which days, by whom, and how far it is;
 * everything that follows from it (bookings given back, series that wait, places left, points that stand still, who is told)
 * is brought there by whoever settles it, as often as it takes. A death is entered by one member of staff and confirmed by
 * another; until then either takes it back, and nothing has changed.
 */
import { askOff } from './absence'
import { addDays, civilDate, instantOf, MINUTE } from './civil-time'
import { isFinal, isWithin, type Away, type AwayWhy, type Span } from './away'
import { cancel, cancelLate, mayCancel } from './booking'
import { nextDue } from './booking-due'
import { isGivenUp, type Booking, type By } from './booking-record'
import { delegationState } from './delegation'
import { ensure } from './error'
import type { LifeOutcome } from './life-outcomes'
import { askKitchen } from './meal-order'
import type { Person, RequestLog } from './person'

/** `waiting`: a death that a second person has not confirmed */
export type LifeState = 'waiting' | 'holds' | 'ended' | 'withdrawn'

export interface Relative {
  readonly personId: string
  readonly name: string
  readonly kinship: string
}

export interface LifeEvent extends Span {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly elderId: string
  readonly elderName: string
  readonly what: AwayWhy
  readonly state: LifeState
  readonly by: By
  readonly at: number
  /** what staff know of it, for colleagues */
  readonly words: string | null
  /** of a death: the second */
  readonly confirmed: { readonly by: By; readonly at: number } | null
  readonly withdrawn: { readonly by: By; readonly at: number; readonly words: string } | null
  /** home again, or the days are over */
  readonly ended: { readonly by: By; readonly at: number } | null
  /** an earlier absence that this one took the place of */
  readonly replaces: string | null
  /** who acted for the elder when it took effect: they may read what was ended */
  readonly family: readonly Relative[]
  /** of a death: where the points went, as the family decided */
  readonly points: { readonly at: number; readonly by: By; readonly saidBy: string; readonly amount: number; readonly to: { readonly how: 'given'; readonly personId: string; readonly name: string } | { readonly how: 'donated' } } | null
  /** when the clock must look: what a call left half-way, the first day, the day after the last; null: nothing is owed */
  readonly dueAt: number | null
  readonly requests: RequestLog
}

const system: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }

/** A call lives 20 s at most; after this the clock looks once more, at what was under way when it was said, too. */
export const LOOK_AGAIN = 2 * MINUTE

/** Family who acts for somebody, as things stand. */
export const relativesOf = (person: Pick<Person, 'delegates'>, today: string): readonly Relative[] =>
  Object.values(person.delegates).filter((given) => delegationState(given, today) === 'active').map(({ personId, name, kinship }) => ({ personId, name, kinship }))

/** When it took effect. */
export const tookEffectAt = (event: Pick<LifeEvent, 'at' | 'confirmed'>): number => event.confirmed?.at ?? event.at

/** When the clock must look at it next, now that all is settled. */
function dueOf(event: LifeEvent, now: number): number | null {
  if (event.state !== 'holds') return null
  if (now < tookEffectAt(event) + LOOK_AGAIN) return tookEffectAt(event) + LOOK_AGAIN
  if (event.fromOn > civilDate(now)) return instantOf(event.fromOn)
  return event.untilOn === null ? null : instantOf(addDays(event.untilOn, 1))
}

export const lookedAt = (event: LifeEvent, now: number): LifeEvent => ({ ...event, dueAt: dueOf(event, now) })

/** Somebody says it. Of a death nothing follows until it is confirmed. */
export function newEvent(of: { readonly eventId: string; readonly person: Person; readonly what: AwayWhy; readonly span: Span; readonly words: string | null; readonly replaces: string | null }, by: By, now: number): LifeEvent {
  const { person } = of
  return {
    _id: of.eventId, version: 1, subdistrictId: person.subdistrictId, communityId: person.communityId, elderId: person._id, elderName: person.name, what: of.what, fromOn: of.span.fromOn, untilOn: of.span.untilOn,
    state: of.what === 'died' ? 'waiting' : 'holds', by, at: now, words: of.words, confirmed: null, withdrawn: null, ended: null, replaces: of.replaces, family: relativesOf(person, civilDate(now)), points: null,
    dueAt: of.what === 'died' ? null : now + LOOK_AGAIN, requests: {},
  }
}

/** What the person's own record says of it. */
export const awayBy = (event: LifeEvent): Away => ({ why: event.what, since: tookEffectAt(event), byName: (event.confirmed?.by ?? event.by).name, fromOn: event.fromOn, untilOn: event.untilOn, eventId: event._id })

/** Home again. @throws WRONG_STATE for what does not hold, or is for good */
export function endEvent(event: LifeEvent, by: By, now: number): LifeEvent {
  ensure(event.state === 'holds' && !isFinal(event.what), 'WRONG_STATE', { status: event.state === 'holds' ? event.what : event.state })
  return { ...event, state: 'ended', ended: { by, at: now }, dueAt: now }
}

/** Another one took its place. Again changes nothing. */
export const replacedBy = (event: LifeEvent, by: By, at: number, now: number): LifeEvent => (event.state === 'holds' ? { ...event, state: 'ended', ended: { by, at }, dueAt: now } : event)

/** What the clock makes of one whose days are over. */
export const overBy = (event: LifeEvent, now: number): LifeEvent => (event.state === 'holds' && event.untilOn !== null && event.untilOn < civilDate(now) ? endEvent(event, system, now) : event)

export type { LifeOutcome }

type Deciding = Pick<LifeEvent, 'what' | 'by' | keyof Span>

/** The civil days that a booking still takes: of a stay until the day of leaving, of a class those of its sessions to come. */
function daysLeft(booking: Booking, now: number): readonly string[] {
  if (booking.bed !== undefined && booking.bed.nights.length > 0) return Array.from({ length: booking.bed.nights.length + 1 }, (_, index) => addDays(booking.onDate, index)).filter((onDate) => onDate >= civilDate(now))
  const sessions = booking.activity?.sessions?.filter((session) => session.endsAt > now)
  return sessions === undefined ? (booking.endsAt > now ? [booking.onDate] : []) : sessions.map((session) => civilDate(session.startsAt))
}

/**
 * What becomes of a booking on these days; null: it is not concerned. Who is at the elder's door stays there, and who has come to
 * stay leaves the house as the house sees them off; a class is kept while one of its sessions is left for them; after the window
 * a social worker's own word is enough, and what is for good leaves nothing behind.
 */
export function outcomeOf(booking: Booking, event: Deciding, now: number): LifeOutcome | null {
  const days = daysLeft(booking, now)
  if (isGivenUp(booking) || !days.some((onDate) => isWithin(event, onDate))) return null
  if (booking.status !== 'booked' && booking.status !== 'assigned') return ['checkedIn', 'noContact', 'handedOver'].includes(booking.status) ? 'kept' : null
  if (isFinal(event.what)) return 'cancelled'
  if (days.some((onDate) => !isWithin(event, onDate)) && booking.activity?.sessions !== undefined) return 'kept'
  if (mayCancel(booking, now)) return 'cancelled'
  if (booking.meal !== null) return now < booking.startsAt && booking.meal.proposal === null ? 'askedKitchen' : 'kept'
  if (booking.kind === 'activity') return 'kept'
  return event.by.as === 'socialWorker' ? 'cancelled' : (booking.offAsk ?? null) === null ? 'asked' : 'kept'
}

/** What staff, kitchens and workers read: why is nobody's business but the family's. */
export const NOT_AT_HOME = '这些天不在家'
const STOPPED = '不再需要'

/** The booking as it will stand. Lines that follow from a life event are told to who serves; everybody else hears of the event itself. */
export function applied(booking: Booking, event: Deciding, outcome: LifeOutcome, now: number): Booking {
  const words = isFinal(event.what) ? STOPPED : NOT_AT_HOME
  const next = outcome === 'cancelled' ? (mayCancel(booking, now) ? cancel(booking, event.by, words, now) : cancelLate(booking, 'cancelled', event.by, words, now))
    : outcome === 'askedKitchen' ? askKitchen(booking, null, words, event.by, now)
      : outcome === 'asked' ? askOff(booking, event.what === 'hospital' ? 'hospital' : 'sudden', words, event.by, now) : booking
  if (next === booking) return booking
  const marked: Booking = { ...next, timeline: next.timeline.map((entry, index) => (index === next.timeline.length - 1 ? { ...entry, ofLife: true } : entry)) }
  return { ...marked, dueAt: nextDue(marked) }
}

type Near = Pick<Person, '_id' | 'kinIds' | 'delegates'>

/** Law 3: whoever is the elder's own, or family by record or by a delegation, ended ones too, does not enter it. */
export const isNear = (person: Near, actorId: string): boolean => person._id === actorId || person.kinIds.includes(actorId) || person.delegates[actorId] !== undefined

/** Staff enter for good what happened. @throws OWN_CASE for family, WRONG_STATE {status} for who left already, BAD_INPUT {field} for a day ahead or too long ago */
export function ensureMayEnter(person: Person, by: By, today: string, onDate: string): void {
  ensure(!isNear(person, by.personId), 'OWN_CASE')
  ensure(person.standing === 'verified' || person.standing === 'unverified', 'WRONG_STATE', { status: person.away?.why ?? person.standing })
  ensure(onDate <= today && onDate >= addDays(today, -MOST_DAYS_ENTERED), 'BAD_INPUT', { field: 'onDate' })
}
/** What is entered for good may reach back this far, days. 示例 policy. */
const MOST_DAYS_ENTERED = 366

const ensureWaiting = (event: LifeEvent): void => ensure(event.state === 'waiting', 'WRONG_STATE', { status: event.state })

/** The second person. @throws WRONG_STATE {status}, SECOND_PERSON, OWN_CASE */
export function confirmDeath(event: LifeEvent, person: Person, by: By, today: string, now: number): LifeEvent {
  ensureWaiting(event)
  ensure(event.by.personId !== by.personId, 'SECOND_PERSON')
  ensureMayEnter(person, by, today, event.fromOn)
  return { ...event, state: 'holds', confirmed: { by, at: now }, family: relativesOf(person, today), replaces: person.away?.eventId ?? null, dueAt: now + LOOK_AGAIN }
}

/** It was a mistake: either of the staff, before it is confirmed. @throws WRONG_STATE {status}, OWN_CASE */
export function withdrawDeath(event: LifeEvent, person: Near, by: By, words: string, now: number): LifeEvent {
  ensureWaiting(event)
  ensure(!isNear(person, by.personId), 'OWN_CASE')
  return { ...event, state: 'withdrawn', withdrawn: { by, at: now, words }, dueAt: null }
}

/** The record of somebody who left for good: it stays to be read, nobody acts for it any more, and no daily word is awaited. */
export function leftBy(person: Person, event: LifeEvent, now: number): Person {
  const today = civilDate(now)
  const by = (event.confirmed?.by ?? event.by).personId
  const delegates = Object.fromEntries(Object.entries(person.delegates).map(([id, given]) => [id, delegationState(given, today) === 'active' ? { ...given, endedAt: now, endedBy: by } : given]))
  return { ...person, standing: 'left', away: awayBy(event), delegates, dailyCheck: null, checkDueAt: null, doorCard: null }
}

/** As the family decided: to one of those who acted for the elder, or to the community; once. @throws WRONG_STATE {status}, OWN_CASE for family and for who would get them, NO_MATCH, UNVERIFIED */
export function decidePoints(event: LifeEvent, person: Near, to: Person | null, saidBy: string, amount: number, by: By, now: number): LifeEvent {
  ensure(event.what === 'died' && event.state === 'holds', 'WRONG_STATE', { status: event.state })
  ensure(event.points === null && amount > 0, 'WRONG_STATE', { status: 'decided' })
  ensure(!isNear(person, by.personId) && (to === null || !isNear(to, by.personId)), 'OWN_CASE')
  if (to !== null) {
    ensure((event.family.some((one) => one.personId === to._id) || person.kinIds.includes(to._id)) && to._id !== event.elderId, 'NO_MATCH')
    ensure(to.standing === 'verified', 'UNVERIFIED')
  }
  return { ...event, points: { at: now, by, saidBy, amount, to: to === null ? { how: 'donated' } : { how: 'given', personId: to._id, name: to.name } }, dueAt: now }
}

export type LifeAct = 'confirm' | 'withdraw' | 'decidePoints'

/** What a member of staff can do with it now; the rules decide again. */
export function actsOn(event: LifeEvent, person: Near, actorId: string, spendable: number): readonly LifeAct[] {
  if (isNear(person, actorId)) return []
  if (event.state === 'waiting') return event.by.personId === actorId ? ['withdraw'] : ['confirm', 'withdraw']
  return event.what === 'died' && event.state === 'holds' && event.points === null && spendable > 0 ? ['decidePoints'] : []
}
