/** Organisations and their offers, put straight into the store as standing records; what is ordered and delivered goes through the product's own actions. */
import { addDays, civilDate, HOUR, MINUTE } from '../../src/domain/civil-time'
import type { Booking, By } from '../../src/domain/booking-record'
import { daysOfOffer, type MenuOffer, type OfferTerms } from '../../src/domain/menu-offer'
import { acceptOrder, orderFromMenu } from '../../src/domain/menu-order'
import type { Organisation } from '../../src/domain/organisation'
import { slotIdOf } from '../../src/domain/slot'
import { closedDays, type World } from './world'

let serial = 0
const admin2: By = { personId: 'admin2', name: '吴刚', as: 'admin', kinship: null, scope: null }
const madeBy = { key: 'stored', hash: 'stored' }

export const organisationOf = (id: string, options: Partial<Organisation> = {}): Organisation => {
  const approved = { state: 'approved' as const, by: admin2, at: 1, decided: { by: { ...admin2, personId: 'admin3' }, at: 2, reason: null } }
  return {
    _id: id, version: 1, subdistrictId: 'dongliu', name: id === 'carehome' ? '示例护理站' : `示例${id}`, sort: 'care', contactName: '店长', phone: '0574-00000001', address: '柳东路 1 号', communityIds: ['huaguang', 'taigu'], ...approved,
    licences: [{ licenceId: `${id}_1`, kind: 'business', number: '示例123', fromOn: '2020-01-01', untilOn: '2035-12-31', ...approved }], lookOn: null, madeBy, requests: {}, ...options,
  }
}

const there = new WeakMap<World, Set<string>>()
/** An organisation, added once to each world; `carehome` and `otherhome` have staff already. */
export async function theOrganisation(world: World, id = 'carehome', options: Partial<Organisation> = {}): Promise<void> {
  const known = there.get(world) ?? new Set<string>()
  there.set(world, known)
  if (known.has(id)) return
  known.add(id)
  await world.emulator.insert('organisations', [organisationOf(id, options)])
}

/** Another one, as far as this. */
export async function anOrganisation(world: World, state: 'waiting' | 'approved' = 'approved'): Promise<string> {
  const id = `place${++serial}`
  const whole = organisationOf(id)
  await world.emulator.insert('organisations', [state === 'approved' ? whole : { ...whole, state, decided: null, licences: whole.licences.map((licence) => ({ ...licence, state, decided: null })) }])
  return id
}

export const offerTerms: OfferTerms = { name: '代买代购', sort: 'shopping', unit: '一趟', priceFen: 500, details: '两公里以内', bring: ['写清楚买什么'], communityIds: ['huaguang', 'taigu'], weekdays: [0, 1, 2, 3, 4, 5, 6], parts: ['morning', 'afternoon'], perDay: 5, leadHours: 12, cancelHours: 2, daysAhead: 14 }

/** An offer that stands on the menu, with its days open. */
export async function aMenuOffer(world: World, changes: Partial<OfferTerms> = {}, providerId = 'carehome'): Promise<{ readonly offerId: string; readonly dayOf: (onDate: string) => string }> {
  await theOrganisation(world, providerId)
  const terms = { ...offerTerms, ...changes }
  const offer: MenuOffer = { _id: `offer${++serial}`, version: 1, subdistrictId: 'dongliu', providerId, providerName: organisationOf(providerId).name, terms, communityIds: terms.communityIds, waiting: null, decided: null, madeBy, requests: {} }
  await world.emulator.insert('menuOffers', [offer])
  const today = civilDate((await world.emulator.clock()).now)
  await world.emulator.insert('slots', [...daysOfOffer(offer, today, closedDays)])
  return { offerId: offer._id, dayOf: (onDate) => slotIdOf(offer._id, { onDate, startMinute: 0 }) }
}

/** An offer that its organisation has written and nobody has looked at. */
export async function aWaitingOffer(world: World, changes: Partial<OfferTerms> = {}): Promise<string> {
  await theOrganisation(world)
  const id = `offer${++serial}`
  const offer: MenuOffer = { _id: id, version: 1, subdistrictId: 'dongliu', providerId: 'carehome', providerName: '示例护理站', terms: null, communityIds: [], waiting: { terms: { ...offerTerms, ...changes }, by: { ...admin2, as: 'careWorker', personId: 'worker' }, at: 1 }, decided: null, madeBy, requests: {} }
  await world.emulator.insert('menuOffers', [offer])
  return id
}

/** The day after tomorrow: far enough for every offer. */
export const soon = async (world: World): Promise<string> => addDays(civilDate((await world.emulator.clock()).now), 2)

/** Somebody with a phone and nothing booked. */
export async function aNeighbour(world: World): Promise<string> {
  const id = `menuelder${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人' })
  return id
}

/** An order of somebody's at an offer of its own, as far as this. */
export async function anOrder(world: World, state: 'asked' | 'accepted' | 'assigned' = 'asked', changes: Partial<OfferTerms> = {}, elderId = 'mother'): Promise<string> {
  const { dayOf } = await aMenuOffer(world, changes)
  const onDate = await soon(world)
  const { bookingId } = await world.phone('o_social').do('menu.order', { elderId, slotId: dayOf(onDate), part: 'afternoon', seenPriceFen: changes.priceFen ?? 500 })
  if (state !== 'asked') await world.phone('o_worker').do('menu.accept', { bookingId })
  if (state === 'assigned') await world.phone('o_worker').do('visit.take', { bookingId })
  return bookingId
}

/** An afternoon's order at the care home: its own day, and the same help that another organisation offers then. */
export async function anOrderWithNext(world: World, elderId = 'mother', changes: Partial<OfferTerms> = {}): Promise<{ readonly bookingId: string; readonly offerId: string; readonly onDate: string; readonly slotId: string; readonly dayOf: (onDate: string) => string; readonly next: string }> {
  const first = await aMenuOffer(world, { sort: 'repair', ...changes })
  const other = await aMenuOffer(world, { sort: 'repair', priceFen: 300, name: '便宜的', ...changes }, 'otherhome')
  const onDate = await soon(world)
  const { bookingId } = await world.phone('o_social').do('menu.order', { elderId, slotId: first.dayOf(onDate), part: 'afternoon', seenPriceFen: changes.priceFen ?? 500 })
  return { bookingId, offerId: first.offerId, onDate, slotId: first.dayOf(onDate), dayOf: first.dayOf, next: other.dayOf(onDate) }
}

/** An order that was accepted by an organisation whose only licence has run out since. */
export async function anOrderLeft(world: World): Promise<{ readonly bookingId: string; readonly providerId: string }> {
  const [providerId, bookingId, { now }] = [`expired${++serial}`, `left${serial}`, await world.emulator.clock()]
  const organisation = organisationOf(providerId)
  await world.emulator.insert('organisations', [{ ...organisation, licences: organisation.licences.map((licence) => ({ ...licence, untilOn: addDays(civilDate(now), -1) })) }])
  const offer: MenuOffer = { _id: `offer${serial}`, version: 1, subdistrictId: 'dongliu', providerId, providerName: organisation.name, terms: offerTerms, communityIds: ['huaguang'], waiting: null, decided: null, madeBy, requests: {} }
  const slot = daysOfOffer(offer, civilDate(now), closedDays)[2]
  if (slot === undefined) throw new Error('no day')
  const by: By = { personId: 'mother', name: '王秀珍', as: 'elder', kinship: null, scope: null }
  const order = acceptOrder(orderFromMenu(slot, 'morning', { _id: 'mother', name: '王秀珍', communityId: 'huaguang' }, { bookingId, ...madeBy, doorKey: 'd', note: null }, by, now), { ...by, personId: 'clerk', as: 'careWorker' }, now)
  await world.emulator.insert('slots', [{ ...slot, remaining: slot.remaining - 1, holders: { mother: { bookingId, at: now } } }])
  await world.emulator.insert('bookings', [order])
  return { bookingId, providerId }
}

export async function orderIn(world: World, bookingId: string): Promise<Booking> {
  const found = ((await world.emulator.dump(['bookings']))['bookings'] as unknown as Booking[]).find((one) => one._id === bookingId)
  if (!found) throw new Error(`no order ${bookingId}`)
  return found
}

/** Delivered, confirmed and verified, by the door code of the elder's phone. */
export async function deliver(world: World, bookingId: string, elderId: string): Promise<void> {
  const booking = await orderIn(world, bookingId)
  await world.emulator.passTo(booking.startsAt + 3 * MINUTE)
  const code = async () => (await world.phone(`o_${elderId}`).do('visit.doorCode', { bookingId })).code
  await world.phone('o_worker').do('visit.checkIn', { bookingId, code: await code() })
  await world.emulator.pass(HOUR / 4)
  await world.phone('o_worker').do('visit.checkOut', { bookingId, code: await code() })
  await world.phone(`o_${elderId}`).do('visit.confirm', { bookingId, satisfaction: 'satisfied' })
  await world.phone('o_social').do('visit.verify', { bookingId, outcome: 'verified' })
}
