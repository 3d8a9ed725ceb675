/** Offers, organisations and orders from the menu in the database: days are opened, and an order that is not taken goes on. */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, instantOf } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { daysOfOffer, type MenuOffer } from '../../src/domain/menu-offer'
import { isUnanswered, lose, nextAmong, passOn } from '../../src/domain/menu-order'
import { isLicensed, type Organisation } from '../../src/domain/organisation'
import type { Actor } from '../../src/domain/role'
import type { Slot } from '../../src/domain/slot'
import { actorOf, type Account } from './accounts'
import { changeOnce, get, save, type Request } from './aggregate'
import { getBooking, settleBooking, settleVisit, takeSeat } from './bookings'
import { command, find, insertAll, updateIf } from './cloud'

/** Far more than a subdistrict has of each. */
export const OFFERS_AT_MOST = 400
const ORGANISATIONS_AT_MOST = 200
const DAYS_AT_MOST = 200
const STAFF_AT_MOST = 200

export const getOrganisation = (providerId: string): Promise<Organisation> => get<Organisation>('organisations', providerId)
export const organisationsOf = (subdistrictId: string): Promise<Organisation[]> => find<Organisation>('organisations', { subdistrictId }, null, ORGANISATIONS_AT_MOST)
export const organisationsAmong = async (ids: readonly string[]): Promise<Organisation[]> => (ids.length === 0 ? [] : find<Organisation>('organisations', { _id: command.in([...new Set(ids)]) }, null, ORGANISATIONS_AT_MOST))

/** Providers whose work this actor does. */
export const providersOfWorker = (actor: Actor): readonly string[] => [...new Set(actor.grants.flatMap((grant) => (grant.role === 'careWorker' && grant.providerId !== undefined ? [grant.providerId] : [])))]

export interface Colleague {
  readonly personId: string
  readonly name: string
  readonly providerId: string
}

/** Who works for these providers. */
export async function colleaguesOf(providerIds: readonly string[]): Promise<Colleague[]> {
  if (providerIds.length === 0) return []
  const accounts = await find<Account>('accounts', { 'grants.providerId': command.in(providerIds) }, null, STAFF_AT_MOST)
  return accounts.flatMap((account) => {
    const actor = actorOf(account)
    return actor === null ? [] : providersOfWorker(actor).filter((providerId) => providerIds.includes(providerId)).map((providerId) => ({ personId: actor.personId, name: actor.name, providerId }))
  })
}

/** The days of one offer that are kept already, from today on. */
const daysKept = (offer: Pick<MenuOffer, '_id'>, today: string): Promise<Slot[]> =>
  find<Slot>('slots', { serviceItemId: offer._id, startsAt: command.gte(instantOf(today)) }, { by: 'startsAt', direction: 'asc' }, DAYS_AT_MOST)

/** Opens the days of an offer that are not there yet; again changes nothing. @returns how many */
async function openDaysOf(offer: MenuOffer, closedDays: Readonly<Record<string, string>>, now: number): Promise<number> {
  const wanted = daysOfOffer(offer, civilDate(now), closedDays).filter((slot) => slot.orderUntil > now)
  if (wanted.length === 0) return 0
  const known = new Set((await daysKept(offer, civilDate(now))).map((slot) => slot._id))
  const fresh = wanted.filter((slot) => !known.has(slot._id))
  await insertAll('slots', fresh)
  return fresh.length
}

/** What a day says of its offer; places are counted apart. */
const termsOf = ({ priceFen, serviceName, communityIds, cancelHours, orderUntil, startsAt, endsAt, isOpen, menu }: Slot) =>
  ({ priceFen, serviceName, communityIds, cancelHours, orderUntil, startsAt, endsAt, isOpen, menu: menu && { sort: menu.sort, unit: menu.unit, parts: menu.parts, bring: menu.bring } })

/**
 * Brings the days of an offer to what it says now: new orders pay the new price, a day that is offered no longer takes none; what was
 * ordered stands. Fewer places than are held are not to be had: then it stays as it was. Again changes nothing.
 * @returns how many days were opened
 */
export async function bringDaysTo(offer: MenuOffer, closedDays: Readonly<Record<string, string>>, now: number): Promise<number> {
  const today = civilDate(now)
  const wanted = new Map(daysOfOffer(offer, today, closedDays).map((slot) => [slot._id, slot]))
  for (const slot of await daysKept(offer, today)) {
    const next = wanted.get(slot._id)
    if (next === undefined) await updateIf('slots', slot._id, { isOpen: true }, { isOpen: command.set(false) })
    else {
      const said = termsOf(next)
      if (JSON.stringify(said) !== JSON.stringify(termsOf(slot))) await updateIf('slots', slot._id, { serviceItemId: offer._id }, Object.fromEntries(Object.entries(said).map(([name, value]) => [name, command.set(value)])))
      const more = next.capacity - slot.capacity
      if (more !== 0) await updateIf('slots', slot._id, { capacity: slot.capacity, remaining: command.gte(-more) }, { capacity: command.inc(more), remaining: command.inc(more) })
    }
  }
  return openDaysOf(offer, closedDays, now)
}

/** Every offer that stands on a menu of this subdistrict. */
export const offersOf = (subdistrictId: string): Promise<MenuOffer[]> => find<MenuOffer>('menuOffers', { subdistrictId }, null, OFFERS_AT_MOST)

/** What is offered where an order goes to, on its day. */
export const menuDaysAt = ({ communityId, onDate }: Pick<Booking, 'communityId' | 'onDate'>): Promise<Slot[]> =>
  find<Slot>('slots', { communityIds: communityId, kind: 'menu', startsAt: command.gte(instantOf(onDate)).and(command.lt(instantOf(addDays(onDate, 1)))) }, { by: 'startsAt', direction: 'asc' }, OFFERS_AT_MOST)

/**
 * An order that its organisation did not take goes to the next one: its place first, then the order, then the place that it left. Killed
 * anywhere the next run finds it due; of two that run at once one writes, and the other gives back what it took. Nobody left: that is said.
 */
export async function passOnOrder(booking: Booking, now: number): Promise<void> {
  if (!isUnanswered(booking, now)) return
  const days = nextAmong(booking, await menuDaysAt(booking), now)
  const organisations = await organisationsAmong(days.map((slot) => slot.providerId))
  const licensed = days.filter((slot) => organisations.some((one) => one._id === slot.providerId && isLicensed(one, civilDate(now))))
  for (const slot of licensed) {
    if (!(await hasPlace(slot, booking, now))) continue
    const next = passOn(booking, slot, now)
    if (next !== null && (await save('bookings', booking, next))) await settleBooking(await getBooking(booking._id), now)
    else await settleVisit(booking._id, slot, booking.elderId, now)
    return
  }
  const lost = lose(booking, now)
  if (lost !== null) await save('bookings', booking, lost)
}

async function hasPlace(slot: Slot, booking: Booking, now: number): Promise<boolean> {
  try {
    await takePlace(slot, booking, now)
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

/**
 * The same by a social worker, to the organisation that they chose: its place, the order with the request, the place that it left. Refused
 * on the way it gives back what it took; killed anywhere, the sweep brings place and order together.
 */
export async function handOnOrder<A>(booking: Booking, to: Slot, request: Request, decide: (current: Booking) => { readonly next: Booking; readonly answer: A }, now: number): Promise<A> {
  await takePlace(to, booking, now)
  try {
    const { answer } = await changeOnce('bookings', booking, request, decide)
    await settleBooking(await getBooking(booking._id), now)
    return answer
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'TRY_AGAIN') await settleVisit(booking._id, to, booking.elderId, now, now + 1)
    throw error
  }
}

/** Takes the place; one that was taken by a run that was killed is taken anew. */
async function takePlace(slot: Slot, booking: Booking, now: number): Promise<void> {
  await takeSeat(slot, { personId: booking.elderId, communityId: booking.communityId }, booking._id, now)
  if (slot.holders[booking.elderId]?.bookingId === booking._id) await updateIf('slots', slot._id, { [`holders.${booking.elderId}.bookingId`]: booking._id }, { [`holders.${booking.elderId}.at`]: command.set(now), unsettledAt: command.set(now) })
}
