/**
 * An order from the menu 你点我送: the elder picks, the organisation accepts within its hours, sends somebody, and from the door on
 * it is a visit like any other (visit.ts). Declined or not answered it goes to the next organisation at no higher price; when
 * there is none, the elder's side and a social worker hear of it.
 */
import { ensureAtHome, type Away } from './away'
import type { Booking, By } from './booking-record'
import { nextDue } from './booking-due'
import { ensureMovable } from './booking'
import { after, ensureStatus, isOnBehalf, line } from './booking-step'
import { clash, whereaboutsOf, type BusyTime } from './busy'
import { DomainError, ensure } from './error'
import { noEvidence } from './evidence'
import { answerUntil, mayAskNext, timeOfPart, type MenuOrder, type MenuPart, type Passed } from './menu'
import { orderNumber } from './order-number'
import { ensureNotOwnCase, type Server } from './own-case'
import { ensureSeat, type Slot } from './slot'

type Elder = { readonly _id: string; readonly name: string; readonly communityId: string; readonly address: string | null; readonly away: Away | null; readonly busy: readonly BusyTime[] }

/** @throws NOT_FOUND for another kind */
const menuOf = (booking: Booking): MenuOrder => {
  if (booking.menu === undefined) throw new DomainError('NOT_FOUND')
  return booking.menu
}

/**
 * Whether this elder can order here, as far as was loaded; the writes repeat each guard. The licence is looked at where the organisation is loaded.
 * @param seenPriceFen the price on the screen: nobody pays another one
 * @throws NOT_FOUND, ELDER_AWAY {why}, CUTOFF_PAST {until}, SLOT_FULL, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, BAD_INPUT {field}, PRICE_CHANGED {priceFen}, ADDRESS_MISSING, ELDER_BUSY
 */
export function ensureOrderable(slot: Slot, elder: Omit<Elder, 'name'>, wish: { readonly part: MenuPart; readonly seenPriceFen: number }, bookingId: string, now: number, isDesk = false): void {
  ensure(slot.kind === 'menu' && slot.menu !== undefined, 'NOT_FOUND')
  ensureAtHome(elder, slot.onDate)
  ensureSeat(slot, { personId: elder._id, communityId: elder.communityId, isDesk }, bookingId, now)
  ensure(slot.menu.parts.includes(wish.part), 'BAD_INPUT', { field: 'part' })
  ensure(slot.priceFen === wish.seenPriceFen, 'PRICE_CHANGED', { priceFen: slot.priceFen })
  ensure(elder.address !== null && elder.address.trim() !== '', 'ADDRESS_MISSING')
  const { startsAt, endsAt } = timeOfPart(slot.onDate, wish.part)
  const other = clash(elder.busy, startsAt, endsAt, bookingId, whereaboutsOf('menu'))
  if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
}

/** A new order on a place that is held. The price is the one of this moment, whatever the offer costs later. */
export function orderFromMenu(slot: Slot, part: MenuPart, elder: Pick<Elder, '_id' | 'name' | 'communityId'>, made: { readonly bookingId: string; readonly key: string; readonly hash: string; readonly doorKey: string; readonly note: string | null }, by: By, now: number): Booking {
  if (slot.menu === undefined) throw new DomainError('NOT_FOUND')
  const { startsAt, endsAt } = timeOfPart(slot.onDate, part)
  const booking: Booking = {
    _id: made.bookingId, version: 1, subdistrictId: slot.subdistrictId, communityId: elder.communityId, kind: 'menu', meal: null,
    menu: { sort: slot.menu.sort, unit: slot.menu.unit, bring: slot.menu.bring, part, answerBy: answerUntil(now, startsAt), acceptedAt: null, passed: [] },
    number: orderNumber(slot.onDate, made.bookingId), elderId: elder._id, elderName: elder.name, serviceItemId: slot.serviceItemId, serviceName: slot.serviceName, providerId: slot.providerId, providerName: slot.providerName,
    slotId: slot._id, onDate: slot.onDate, startsAt, endsAt, priceFen: slot.priceFen, cancelHours: slot.cancelHours, note: made.note, status: 'booked', bookedBy: by, worker: null, workerId: null,
    // Workers can take it once the organisation has accepted.
    openFor: null, evidence: noEvidence, timeline: [line('booked', now, by)], lastActOnBehalfAt: isOnBehalf(by) ? now : null, review: null, told: [], dueAt: null, unsettledAt: null, doorKey: made.doorKey, verifiedMinutes: null,
    madeBy: { key: made.key, hash: made.hash }, requests: {},
  }
  return { ...booking, dueAt: nextDue(booking) }
}

/** Whether an organisation is asked and has not answered. */
export const isAsked = (booking: Booking): boolean => booking.menu !== undefined && booking.status === 'booked' && booking.menu.acceptedAt === null && booking.menu.answerBy !== null
/** Whether nobody took it: a social worker sees to it. */
export const isLost = (booking: Booking): boolean => booking.menu !== undefined && booking.status === 'booked' && booking.menu.acceptedAt === null && booking.menu.answerBy === null
/** Whether the hour of the answer is over. */
export const isUnanswered = (booking: Booking, now: number): boolean => isAsked(booking) && (booking.menu?.answerBy ?? now) <= now

/** The organisation takes it: from now on its workers can. A late answer counts while nobody else was asked. @throws NOT_FOUND, WRONG_STATE {status} */
export function acceptOrder(booking: Booking, by: By, now: number): Booking {
  const menu = menuOf(booking)
  ensureStatus(booking, 'booked')
  ensure(menu.acceptedAt === null, 'WRONG_STATE', { status: 'accepted' })
  ensure(menu.answerBy !== null, 'WRONG_STATE', { status: 'over' })
  return after(booking, { menu: { ...menu, answerBy: null, acceptedAt: now }, openFor: booking.providerId }, line('accepted', now, by))
}

/** No longer theirs: whoever was to come is not expected any more, and the next is looked for at once. */
const left = (booking: Booking, menu: MenuOrder, why: Passed['why'], now: number): Partial<Booking> => ({
  status: 'booked', worker: null, workerId: null, openFor: null, menu: { ...menu, acceptedAt: null, answerBy: now, passed: [...menu.passed, { providerId: booking.providerId, providerName: booking.providerName, why, at: now }] },
})

/** The organisation cannot, said before anybody was sent: also of what it had accepted. @throws NOT_FOUND, WRONG_STATE {status} */
export function declineOrder(booking: Booking, by: By, words: string, now: number): Booking {
  const menu = menuOf(booking)
  ensureStatus(booking, 'booked')
  ensure(menu.acceptedAt !== null || menu.answerBy !== null, 'WRONG_STATE', { status: 'over' })
  ensure(menu.passed.at(-1)?.providerId !== booking.providerId, 'WRONG_STATE', { status: 'declined' })
  return after(booking, left(booking, menu, 'declined', now), line('declined', now, by, { words }))
}

/** What was accepted by an organisation whose licence ran out: an administrator lets it stand, or it goes to another. @throws NOT_FOUND, WRONG_STATE {status} */
export function decideOrder(booking: Booking, isKept: boolean, by: By, words: string, now: number): Booking {
  const menu = menuOf(booking)
  ensureStatus(booking, 'booked', 'assigned')
  ensure(menu.acceptedAt !== null, 'WRONG_STATE', { status: 'notAccepted' })
  ensure(menu.keptAt === undefined, 'WRONG_STATE', { status: 'kept' })
  if (isKept) return after(booking, { menu: { ...menu, keptAt: now } }, line('keptOn', now, by, { words }))
  return after(booking, left(booking, menu, 'released', now), line('declined', now, by, { words }))
}

const system: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }

/** Organisations that had it, the one that has it now among them. */
export const triedBy = (booking: Booking): readonly string[] => [...(booking.menu?.passed ?? []).map((one) => one.providerId), booking.providerId]

/** Days of other organisations on which the same kind of help is offered at the same time, the cheapest first. */
export function sameHelpAmong(booking: Booking, slots: readonly Slot[]): readonly Slot[] {
  const menu = menuOf(booking)
  return slots.filter((slot) => slot.kind === 'menu' && slot.menu?.sort === menu.sort && slot.menu.parts.includes(menu.part) && slot.onDate === booking.onDate && slot.communityIds.includes(booking.communityId) && slot.providerId !== booking.providerId)
    .sort((a, b) => a.priceFen - b.priceFen || (a._id < b._id ? -1 : 1))
}

/** Why an order cannot go on to such a day; null: it can. Whether the place is free is for the write to say; one that a run which was killed has taken for it is its own. */
export function whyNotOn(booking: Booking, slot: Slot, now: number): 'closed' | 'late' | 'dearer' | 'theirs' | 'full' | null {
  if (!slot.isOpen) return 'closed'
  if (slot.orderUntil <= now || !mayAskNext(booking.startsAt, now)) return 'late'
  // Nobody pays more than what they agreed to.
  if (slot.priceFen > booking.priceFen) return 'dearer'
  const seat = slot.holders[booking.elderId]
  if (seat !== undefined) return seat.bookingId === booking._id ? null : 'theirs'
  return slot.remaining > 0 ? null : 'full'
}

/** Where the clock passes an order on to: nobody is asked twice by it. */
export function nextAmong(booking: Booking, slots: readonly Slot[], now: number): readonly Slot[] {
  const tried = triedBy(booking)
  return sameHelpAmong(booking, slots).filter((slot) => !tried.includes(slot.providerId) && whyNotOn(booking, slot, now) === null)
}

/** How an order stands that a social worker may hand to another organisation; null: it is in good hands, or no order. */
export function handableAs(booking: Booking, isLicensed: boolean): 'asked' | 'lost' | 'unlicensed' | null {
  if (isAsked(booking)) return 'asked'
  if (isLost(booking)) return 'lost'
  const { menu, status } = booking
  return menu !== undefined && menu.acceptedAt !== null && menu.keptAt === undefined && !isLicensed && (status === 'booked' || status === 'assigned') ? 'unlicensed' : null
}

/**
 * Whether it may be handed on to this day, as far as was loaded.
 * @param from who has it on the screen of whoever hands it on: of two who hand on the same order one is heard
 * @throws NOT_FOUND for other help, another time, or its own organisation; WRONG_STATE {status}, SLOT_CLOSED, CUTOFF_PAST {until}, PRICE_CHANGED {priceFen}, ALREADY_BOOKED, SLOT_FULL
 */
export function ensureHandable(booking: Booking, to: Slot, from: { readonly providerId: string; readonly isLicensed: boolean }, now: number): void {
  const menu = menuOf(booking)
  ensureStatus(booking, 'booked', 'assigned')
  ensure(booking.providerId === from.providerId, 'WRONG_STATE', { status: 'over' })
  ensure(handableAs(booking, from.isLicensed) !== null, 'WRONG_STATE', { status: menu.keptAt === undefined ? 'accepted' : 'kept' })
  ensure(to.subdistrictId === booking.subdistrictId && sameHelpAmong(booking, [to]).length > 0, 'NOT_FOUND')
  switch (whyNotOn(booking, to, now)) {
    case 'closed': throw new DomainError('SLOT_CLOSED')
    case 'late': throw new DomainError('CUTOFF_PAST', { until: to.orderUntil, of: 'menu' })
    case 'dearer': throw new DomainError('PRICE_CHANGED', { priceFen: to.priceFen })
    case 'theirs': throw new DomainError('ALREADY_BOOKED')
    case 'full': throw new DomainError('SLOT_FULL', { remaining: 0 })
    case null:
  }
}

/** What an order becomes at another organisation: its name, its price, its hours to answer. */
function at(booking: Booking, to: Slot, menu: MenuOrder, by: By, now: number): Booking {
  const leaves = [...new Set([...(booking.leaves ?? []), booking.slotId])].filter((slotId) => slotId !== to._id)
  return after(booking, {
    slotId: to._id, serviceItemId: to.serviceItemId, serviceName: to.serviceName, providerId: to.providerId, providerName: to.providerName, priceFen: to.priceFen, leaves, unsettledAt: now,
    menu: { ...menu, unit: to.menu?.unit ?? menu.unit, bring: to.menu?.bring ?? menu.bring, answerBy: answerUntil(now, booking.startsAt) },
    // Nobody took it: it was an exception, and is none any more.
    ...(by.as === 'system' ? {} : { status: 'booked' as const, worker: null, workerId: null, openFor: null }),
  }, line('passedOn', now, by, { words: to.providerName }))
}

/** The order with the organisation that a social worker chose, which has its own hours to answer; also one that was asked before. @throws as `ensureHandable` */
export function handOn(booking: Booking, to: Slot, from: { readonly providerId: string; readonly isLicensed: boolean }, by: By, now: number): Booking {
  ensureHandable(booking, to, from, now)
  const menu = menuOf(booking)
  const isKnown = menu.passed.at(-1)?.providerId === booking.providerId
  const passed: readonly Passed[] = isKnown ? menu.passed : [...menu.passed, { providerId: booking.providerId, providerName: booking.providerName, why: menu.acceptedAt === null ? 'handedOn' : 'released', at: now }]
  return at(booking, to, { ...menu, acceptedAt: null, passed }, by, now)
}

/**
 * The same order at another time of the same offer: inside the window, or later by a social worker with a reason. Whoever had accepted is
 * asked anew, and everybody may be asked again: it is another time. Price and note stay as they were agreed.
 * @throws NOT_FOUND for another offer, BAD_INPUT {field}, WRONG_STATE {status}, ALREADY_BOOKED for the time that it has, SLOT_PAST, CANCEL_TOO_LATE {until}, REASON_REQUIRED
 */
export function moveOrder(booking: Booking, to: Slot, part: MenuPart, by: By, reason: string | null, now: number): Booking {
  const { keptAt: _, ...menu } = menuOf(booking)
  ensure(to.kind === 'menu' && to.menu !== undefined && to.serviceItemId === booking.serviceItemId && to.subdistrictId === booking.subdistrictId, 'NOT_FOUND')
  ensure(to.menu.parts.includes(part), 'BAD_INPUT', { field: 'part' })
  ensure(to._id !== booking.slotId || part !== menu.part, 'ALREADY_BOOKED')
  ensureMovable(booking, by, reason, now)
  ensure(!hasSetOut(booking), 'WRONG_STATE', { status: 'setOut' })
  const { startsAt, endsAt } = timeOfPart(to.onDate, part)
  const leaves = [...new Set([...(booking.leaves ?? []), booking.slotId])].filter((slotId) => slotId !== to._id)
  return after(booking, {
    slotId: to._id, onDate: to.onDate, startsAt, endsAt, cancelHours: to.cancelHours, leaves, unsettledAt: now, status: 'booked', worker: null, workerId: null, openFor: null,
    menu: { ...menu, part, bring: to.menu.bring, acceptedAt: null, answerBy: answerUntil(now, startsAt), passed: [] },
  }, { ...line('rescheduled', now, by, { words: reason }), movedFrom: booking.startsAt })
}

/** Its organisation did not take it, and the clock or a decline says so; null: it is not to be passed on. */
function withoutAnswer(booking: Booking, now: number): MenuOrder | null {
  const { menu } = booking
  if (menu === undefined || !isUnanswered(booking, now)) return null
  if (menu.passed.at(-1)?.providerId === booking.providerId) return menu
  return { ...menu, passed: [...menu.passed, { providerId: booking.providerId, providerName: booking.providerName, why: 'noAnswer', at: now }] }
}

/** The order at the next organisation, which has its own hours to answer; null: it is not to be passed on any more. */
export function passOn(booking: Booking, to: Slot, now: number): Booking | null {
  const menu = withoutAnswer(booking, now)
  return menu === null || to.menu === undefined ? null : at(booking, to, menu, system, now)
}

/** Nobody is left to ask: the elder's side is told, and it stands on the social worker's list. Null: it is not lost. */
export function lose(booking: Booking, now: number): Booking | null {
  const menu = withoutAnswer(booking, now)
  if (menu === null) return null
  const next: Booking = { ...after(booking, { menu: { ...menu, answerBy: null } }, line('unanswered', now, system)), review: 'exception' }
  return { ...next, dueAt: nextDue(next) }
}

/** Given by a colleague of the organisation to one who will come. The line names who comes, its words who gave it, if it was somebody else. @throws ALREADY_TAKEN, WRONG_STATE {status}, SLOT_PAST, OWN_CASE */
export function assign(booking: Booking, server: Server, byName: string, now: number): Booking {
  ensure(booking.workerId === null, 'ALREADY_TAKEN')
  ensureStatus(booking, 'booked')
  ensure(booking.kind === 'homeCare' || (booking.menu?.acceptedAt ?? null) !== null, 'WRONG_STATE', { status: 'notAccepted' })
  ensure(booking.endsAt > now, 'SLOT_PAST')
  ensureNotOwnCase(booking.elderId, server)
  const comes: By = { personId: server.personId, name: server.name, as: 'careWorker', kinship: null, scope: null }
  return after(booking, { status: 'assigned', worker: server, workerId: server.personId, openFor: null }, line('assigned', now, comes, { words: byName === server.name ? null : `${byName}派的` }))
}

/** Whether the worker who comes said that they are on the way. */
export const hasSetOut = (booking: Booking): boolean => booking.timeline.filter((entry) => entry.what === 'setOut' || entry.what === 'assigned').at(-1)?.what === 'setOut'

/** On the way, said once. @throws NOT_FOUND, WRONG_STATE {status} */
export function setOut(booking: Booking, by: By, now: number): Booking {
  menuOf(booking)
  ensureStatus(booking, 'assigned')
  ensure(!hasSetOut(booking), 'WRONG_STATE', { status: 'setOut' })
  return after(booking, {}, line('setOut', now, by))
}
