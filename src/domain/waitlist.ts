/**
 * The waitlist 候补 of a slot: people wait in order, who has a stated reason first; a freed seat is theirs before it is
 * anybody else's. It is offered to one person and held for them (a seat like any other, law 1), taken in one tap, or
 * passed on when it is declined or its time has run out. Nobody waits while a seat is free, and no seat is offered twice.
 */
import { MINUTE } from './civil-time'
import { DomainError, ensure } from './error'
import { fairOf, holdUntil, keptNow, keptUntil } from './fair'
import type { Person } from './person'
import type { Seat, Slot } from './slot-record'
import { waitReasons, type EndedOffer, type Offer, type Place, type Queue, type WaitReason } from './wait-record'

export { waitReasons, type EndedOffer, type Offer, type Place, type Queue, type WaitReason }

/** What each reason weighs; who has more goes first. 示例 policy. */
const WEIGHT: Readonly<Record<WaitReason, number>> = { medical: 4, hardship: 2, livesAlone: 1 }

/** People who can wait for one slot, and slots that one person can wait for. 示例 policy. */
export const MOST_WAITING = 50
export const MOST_PLACES = 5
const ENDED_KEPT = 100
/** A call that takes a seat is over by then, and the sweep has looked after those that were cut short. */
const TAKEN_FOR_GOOD = 5 * MINUTE

const noQueue: Queue = { version: 0, places: {}, personIds: [], communityIds: [], requests: {}, ended: [] }
export const queueOf = (slot: Pick<Slot, 'queue'>): Queue => slot.queue ?? noQueue

/** True for a seat that is held for somebody who has not answered yet. */
export const isOnOffer = (seat: Seat | undefined): seat is Seat & { readonly offer: Offer } => seat?.offer !== undefined && seat.offer.acceptedAt === null

/** What the record says for this person. */
export const reasonsOf = (person: Pick<Person, 'hardship' | 'livesAlone'>, isMedical: boolean): readonly WaitReason[] =>
  [...(isMedical ? (['medical'] as const) : []), ...(person.hardship !== 'none' ? (['hardship'] as const) : []), ...(person.livesAlone ? (['livesAlone'] as const) : [])]

const weightOf = (place: Place): number => place.reasons.reduce((sum, reason) => sum + WEIGHT[reason], 0)

/** Who is next: more pressing reasons first, then who came first. */
export const inOrder = (places: Queue['places']): readonly Place[] =>
  Object.values(places).sort((a, b) => weightOf(b) - weightOf(a) || a.joinedAt - b.joinedAt || (a.placeId < b.placeId ? -1 : 1))

/** 您是第几位: from 1; null for somebody who does not wait. */
export function positionOf(slot: Pick<Slot, 'queue'>, personId: string): number | null {
  const index = inOrder(queueOf(slot).places).findIndex((place) => place.personId === personId)
  return index < 0 ? null : index + 1
}

/** Seats that are nobody's yet and kept for nobody: they go to who waits. */
const freeSeats = (slot: Slot, now: number): number => slot.remaining - keptNow(slot, now)

/** Seats that somebody new can take: while people wait, none but those kept for phone and counter. */
export function seatsFor(slot: Slot, isDesk: boolean, now: number): number {
  const isOwed = queueOf(slot).isOwed === true
  if (isDesk) return isOwed ? keptNow(slot, now) : slot.remaining
  return isOwed ? 0 : Math.max(0, freeSeats(slot, now))
}

/** Counters and indexes as places and seats state them, and when the clock must look again. */
function settled(slot: Slot, now: number): Slot {
  const queue = queueOf(slot)
  const waiting = Object.values(queue.places)
  const seats = Object.values(slot.holders)
  const open = seats.filter(isOnOffer)
  const involved = [...waiting, ...open.map((seat) => seat.offer.place)]
  const { isOwed: _, ...rest } = queue
  const release = keptUntil(slot)
  const times = [
    ...open.map((seat) => (seat.offer.isTold ? seat.offer.until : now)),
    ...seats.flatMap((seat) => (typeof seat.offer?.acceptedAt === 'number' ? seat.offer.acceptedAt + TAKEN_FOR_GOOD : [])),
    ...queue.ended.map((offer) => (offer.isQuiet ? Number.POSITIVE_INFINITY : now)),
    ...(waiting.length > 0 ? [slot.startsAt, ...(release !== null && release > now && (slot.kept ?? 0) > 0 ? [release] : [])] : []),
  ]
  const next = Math.min(...times)
  return {
    ...slot, waitLookAt: Number.isFinite(next) ? next : null,
    queue: {
      ...rest, personIds: involved.map((place) => place.personId).sort(), communityIds: [...new Set(involved.map((place) => place.communityId))].sort(),
      ...(waiting.length > 0 ? { isOwed: true as const } : {}), ended: queue.ended.slice(-ENDED_KEPT),
    },
  }
}

const without = <T>(map: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> => Object.fromEntries(Object.entries(map).filter(([name]) => name !== key))
const end = (queue: Queue, offer: Offer, how: EndedOffer['how'], now: number): Queue =>
  ({ ...queue, ended: [...queue.ended, { placeId: offer.place.placeId, at: offer.at, until: offer.until, endedAt: now, how, isQuiet: false }] })

/** A seat that was on offer is free again; where it was only withdrawn, its person waits on. */
function offerEnds(slot: Slot, personId: string, how: 'declined' | 'ranOut' | 'withdrawn', now: number): Slot {
  const seat = slot.holders[personId]
  if (!isOnOffer(seat)) return slot
  const queue = end(queueOf(slot), seat.offer, how, now)
  return {
    ...slot, remaining: slot.remaining + 1, holders: without(slot.holders, personId),
    queue: how === 'withdrawn' ? { ...queue, places: { ...queue.places, [personId]: seat.offer.place } } : queue,
  }
}

const isCancelled = (slot: Slot): boolean => (slot.activity?.cancelled ?? null) !== null

/**
 * What the clock makes of a slot: offers past their time end, what is free goes to who is next. Looking again at the same
 * time changes nothing. Who is told, and that it was told, is `afterTelling`.
 */
export function advance(slot: Slot, now: number): Slot {
  let next: Slot = slot
  const isOver = slot.startsAt <= now || isCancelled(slot)
  for (const [personId, seat] of Object.entries(slot.holders)) {
    if (isOnOffer(seat)) {
      if (isOver || seat.offer.until <= now) next = offerEnds(next, personId, 'ranOut', now)
      else if (!slot.isOpen) next = offerEnds(next, personId, 'withdrawn', now)
    } else if (typeof seat.offer?.acceptedAt === 'number' && seat.offer.acceptedAt + TAKEN_FOR_GOOD <= now) {
      const { offer: _, ...plain } = seat
      next = { ...next, holders: { ...next.holders, [personId]: plain } }
    }
  }
  // Somebody at the counter took one of the kept seats for them: they wait no longer.
  const seated = Object.keys(queueOf(next).places).filter((personId) => next.holders[personId] !== undefined)
  if (seated.length > 0) next = { ...next, queue: { ...queueOf(next), places: seated.reduce(without, queueOf(next).places) } }
  if (isOver) next = { ...next, queue: { ...queueOf(next), places: {} } }
  else if (next.isOpen) {
    for (const place of inOrder(queueOf(next).places)) {
      if (freeSeats(next, now) <= 0) break
      const offer: Offer = { place, at: now, until: holdUntil(fairOf(slot), now, slot.startsAt), acceptedAt: null, isTold: false }
      next = {
        ...next, remaining: next.remaining - 1, holders: { ...next.holders, [place.personId]: { bookingId: place.placeId, at: now, offer } },
        queue: { ...queueOf(next), places: without(queueOf(next).places, place.personId) },
      }
    }
  }
  return slot.queue === undefined && next.queue === undefined ? { ...slot, waitLookAt: null } : settled(next, now)
}

/** Messages of these offers are written, and those of ended ones are taken back. */
export function afterTelling(slot: Slot, told: readonly string[], quiet: readonly string[], now: number): Slot {
  const holders = Object.fromEntries(Object.entries(slot.holders).map(([personId, seat]) => [personId, seat.offer !== undefined && told.includes(seat.offer.place.placeId) && !seat.offer.isTold ? { ...seat, offer: { ...seat.offer, isTold: true } } : seat]))
  const queue = queueOf(slot)
  return settled({ ...slot, holders, queue: { ...queue, ended: queue.ended.map((offer) => (quiet.includes(offer.placeId) ? { ...offer, isQuiet: true } : offer)) } }, now)
}

/**
 * Somebody begins to wait; if a seat is owed already, it may be theirs at once.
 * @throws NOT_FOUND for a meal and for one night of a stay, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, SEAT_OFFERED {until}, ALREADY_BOOKED, WAITING_ALREADY {position},
 * SEAT_FREE {remaining}: whoever can have a seat books it, QUEUE_FULL {most}
 */
export function join(slot: Slot, place: Place, isDesk: boolean, now: number): Slot {
  ensure(slot.kind !== 'meal' && slot.kind !== 'stay' && slot.kind !== 'menu', 'NOT_FOUND')
  ensure(slot.startsAt > now, 'SLOT_PAST')
  ensure(slot.isOpen, 'SLOT_CLOSED')
  ensure(slot.communityIds.includes(place.communityId), 'OTHER_COMMUNITY')
  const seat = slot.holders[place.personId]
  if (isOnOffer(seat)) throw new DomainError('SEAT_OFFERED', { until: seat.offer.until })
  ensure(seat === undefined, 'ALREADY_BOOKED')
  const queue = queueOf(slot)
  const position = positionOf(slot, place.personId)
  if (position !== null) throw new DomainError('WAITING_ALREADY', { position })
  const remaining = seatsFor(slot, isDesk, now)
  ensure(remaining === 0, 'SEAT_FREE', { remaining })
  ensure(Object.keys(queue.places).length < MOST_WAITING, 'QUEUE_FULL', { most: MOST_WAITING })
  return advance({ ...slot, queue: { ...queue, places: { ...queue.places, [place.personId]: place } } }, now)
}

/** Waits no longer; what was on offer goes to the next. @throws NOT_FOUND for who does not wait */
export function leave(slot: Slot, personId: string, now: number): Slot {
  const queue = queueOf(slot)
  ensure(queue.personIds.includes(personId), 'NOT_FOUND')
  return advance(offerEnds({ ...slot, queue: { ...queue, places: without(queue.places, personId) } }, personId, 'declined', now), now)
}

/** The seat that is held for this person under this offer, or was and is taken. @throws ALREADY_BOOKED, OFFER_OVER {until} when it has ended, NOT_FOUND when there never was one for them */
function ensureOffered(slot: Slot, personId: string, placeId: string): Seat & { readonly offer: Offer } {
  const seat = slot.holders[personId]
  if (seat?.offer?.place.placeId === placeId) return { ...seat, offer: seat.offer }
  const ended = queueOf(slot).ended.find((offer) => offer.placeId === placeId)
  ensure(ended?.how !== 'accepted' || seat === undefined, 'ALREADY_BOOKED')
  throw ended === undefined ? new DomainError('NOT_FOUND') : new DomainError('OFFER_OVER', { until: ended.until })
}

/**
 * One tap: the seat is theirs, and becomes this booking. Taken by this very booking already, it stays as it is: who was cut short goes on.
 * @throws NOT_FOUND, OFFER_OVER {until}, ALREADY_BOOKED when somebody of the family was faster, SLOT_CLOSED
 */
export function accept(slot: Slot, personId: string, placeId: string, bookingId: string, now: number): Slot {
  const seat = ensureOffered(slot, personId, placeId)
  if (seat.offer.acceptedAt !== null) {
    ensure(seat.bookingId === bookingId, 'ALREADY_BOOKED')
    return slot
  }
  ensure(seat.offer.until > now, 'OFFER_OVER', { until: seat.offer.until })
  ensure(slot.isOpen, 'SLOT_CLOSED')
  return settled({ ...slot, unsettledAt: now, holders: { ...slot.holders, [personId]: { ...seat, bookingId, at: now, offer: { ...seat.offer, acceptedAt: now } } }, queue: end(queueOf(slot), seat.offer, 'accepted', now) }, now)
}

/** What was taken did not become a booking: it is on offer again, for a new while if its time has passed. Nothing is lost by a call that was cut short. */
export function reopen(slot: Slot, personId: string, bookingId: string, now: number): Slot {
  const seat = slot.holders[personId]
  if (seat?.bookingId !== bookingId || seat.offer === undefined || seat.offer.acceptedAt === null) return slot
  const { placeId } = seat.offer.place
  const until = seat.offer.until > now ? seat.offer.until : holdUntil(fairOf(slot), now, slot.startsAt)
  const queue = queueOf(slot)
  return advance({
    ...slot, holders: { ...slot.holders, [personId]: { ...seat, bookingId: placeId, at: now, offer: { ...seat.offer, until, acceptedAt: null, isTold: false } } },
    queue: { ...queue, ended: queue.ended.filter((offer) => offer.placeId !== placeId) },
  }, now)
}

/** Not wanted: the next one is asked at once. @throws NOT_FOUND, OFFER_OVER {until}, ALREADY_BOOKED when it was taken */
export function decline(slot: Slot, personId: string, placeId: string, now: number): Slot {
  const seat = ensureOffered(slot, personId, placeId)
  ensure(seat.offer.acceptedAt === null, 'ALREADY_BOOKED')
  return advance(offerEnds(slot, personId, 'declined', now), now)
}

/** A social worker states a medical need, or takes that back. @throws NOT_FOUND for who does not wait */
export function withMedical(slot: Slot, personId: string, isMedical: boolean, now: number): Slot {
  const queue = queueOf(slot)
  const place = queue.places[personId]
  if (place === undefined) throw new DomainError('NOT_FOUND')
  const reasons = waitReasons.filter((reason) => (reason === 'medical' ? isMedical : place.reasons.includes(reason)))
  return advance({ ...slot, queue: { ...queue, places: { ...queue.places, [personId]: { ...place, reasons } } } }, now)
}

/** The record became another's (a merge), or nobody's (null): the older of two places stays, a seat is never doubled. */
export function withPersonMoved(slot: Slot, fromId: string, to: { readonly id: string; readonly name: string; readonly communityId: string } | null, now: number): Slot {
  const queue = queueOf(slot)
  const seat = slot.holders[fromId]
  const place = queue.places[fromId] ?? (isOnOffer(seat) ? seat.offer.place : undefined)
  if (place === undefined) return slot
  const isThere = to !== null && to.id !== fromId && slot.holders[to.id] !== undefined
  if (to === null || isThere || !slot.communityIds.includes(to.communityId)) return leave(slot, fromId, now)
  const moved: Place = { ...place, personId: to.id, name: to.name, communityId: to.communityId }
  const theirs = queue.places[to.id]
  if (isOnOffer(seat)) {
    const holders = { ...without(slot.holders, fromId), [to.id]: { ...seat, offer: { ...seat.offer, place: moved } } }
    return settled({ ...slot, holders, queue: { ...queue, places: without(queue.places, to.id) } }, now)
  }
  const [first] = [moved, ...(theirs === undefined || to.id === fromId ? [] : [theirs])].sort((a, b) => a.joinedAt - b.joinedAt)
  return settled({ ...slot, queue: { ...queue, places: { ...without(queue.places, fromId), [to.id]: first ?? moved } } }, now)
}

/** What breaks the waitlist's own law in one slot; empty when it holds. @param grace work younger than this may still be under way, ms */
export function queueFaults(slot: Slot, now: number, grace: number): readonly string[] {
  const queue = queueOf(slot)
  const places = Object.entries(queue.places)
  const open = Object.entries(slot.holders).filter(([, seat]) => isOnOffer(seat))
  const involved = [...places.map(([personId]) => personId), ...open.map(([personId]) => personId)].sort()
  const isLate = slot.waitLookAt === null || slot.waitLookAt === undefined || slot.waitLookAt <= now - grace
  const offers = open.map(([, seat]) => seat.offer?.place.placeId ?? '')
  return [
    ...(places.some(([personId]) => slot.holders[personId] !== undefined) && isLate ? ['somebody waits and has a seat'] : []),
    ...(places.some(([personId, place]) => place.personId !== personId) ? ['a place names somebody else'] : []),
    ...(involved.join() !== [...queue.personIds].join() ? ['an index names others than wait'] : []),
    ...((queue.isOwed === true) !== places.length > 0 ? ['a newcomer could go first'] : []),
    ...(offers.some((placeId) => queue.ended.some((offer) => offer.placeId === placeId && offer.how !== 'withdrawn')) ? ['an ended offer stands open'] : []),
    ...(places.length > 0 && slot.isOpen && slot.startsAt > now && freeSeats(slot, now) > 0 && isLate ? ['somebody waits while a seat is free'] : []),
    ...(open.some(([, seat]) => (seat.offer?.until ?? 0) <= now - grace) ? ['an offer stands past its time'] : []),
    ...((places.length > 0 && slot.startsAt <= now - grace) ? ['somebody waits for what is over'] : []),
  ]
}
