/** Kitchens, their menus and their orders in the database. */
import { isDeepStrictEqual } from 'node:util'
import { holdsSeat, type Booking } from '../../src/domain/booking-record'
import { addDays, instantOf } from '../../src/domain/civil-time'
import { blockedBy } from '../../src/domain/diet'
import { DomainError } from '../../src/domain/error'
import { sittingId, type Kitchen, type KitchenSheet } from '../../src/domain/kitchen'
import { mustNotBeEaten, publish, type MenuWish, type SittingMenu } from '../../src/domain/kitchen-menu'
import type { Sitting } from '../../src/domain/meal'
import type { Person } from '../../src/domain/person'
import type { Subject } from '../../src/domain/role'
import type { Slot } from '../../src/domain/slot'
import type { Account } from './accounts'
import { get, save } from './aggregate'
import { command, find, insert, read, updateIf } from './cloud'

export const getKitchen = (kitchenId: string): Promise<Kitchen> => get<Kitchen>('kitchens', kitchenId)

export const aboutKitchen = (kitchen: Kitchen): Subject => ({ subdistrictId: kitchen.subdistrictId, providerId: kitchen._id })

/** Far more dishes than a kitchen puts on the menus of four weeks; the most that one query gives. */
const MOST_SLOTS = 1000
/** Ids that one look-up names at most. */
const LOOKUP = 200

/** What a kitchen offers on some civil days. */
export const slotsOfDays = (kitchenId: string, fromOn: string, days: number, only?: readonly (keyof Slot & string)[]): Promise<Slot[]> =>
  find<Slot>('slots', { serviceItemId: kitchenId, startsAt: command.gte(instantOf(fromOn)).and(command.lt(instantOf(addDays(fromOn, days)))) }, { by: 'startsAt', direction: 'asc' }, MOST_SLOTS, only)

export const sheetsOfDays = (kitchenId: string, fromOn: string, days: number): Promise<KitchenSheet[]> =>
  find<KitchenSheet>('kitchenSheets', { kitchenId, onDate: command.gte(fromOn).and(command.lt(addDays(fromOn, days))) }, { by: 'onDate', direction: 'asc' }, days * 2)

export const findSheet = (kitchenId: string, onDate: string, sitting: Sitting): Promise<KitchenSheet | null> => read<KitchenSheet>('kitchenSheets', sittingId(kitchenId, onDate, sitting))

/** The dishes of one sitting, with who holds portions. */
export const slotsOfSitting = async (kitchenId: string, onDate: string, sitting: Sitting): Promise<Slot[]> => (await slotsOfDays(kitchenId, onDate, 1)).filter((slot) => slot.meal?.sitting === sitting)

export async function sittingMenu(kitchenId: string, onDate: string, sitting: Sitting): Promise<SittingMenu> {
  const [slots, sheet] = await Promise.all([slotsOfSitting(kitchenId, onDate, sitting), findSheet(kitchenId, onDate, sitting)])
  return { onDate, sitting, slots, sheet }
}

const PUBLISH_ATTEMPTS = 12

/**
 * Brings a sitting to the menu that was wished. The rule decides on what was loaded, each update repeats its guard; an
 * order that came between is seen, and the rule decides again.
 * @throws what `publish` throws, TRY_AGAIN
 */
export async function publishSitting(kitchen: Kitchen, first: SittingMenu, wishes: readonly MenuWish[], closedDays: Readonly<Record<string, string>>, today: string, now: number): Promise<void> {
  let menu = first
  for (let attempt = 0; attempt < PUBLISH_ATTEMPTS; attempt++) {
    const { sheet, added, changed } = publish(kitchen, menu, wishes, closedDays, today, now)
    // The sheet first: what is offered is always closed by one.
    let isDone = sheet === null || (await insert('kitchenSheets', sheet))
    for (const slot of isDone ? added : []) isDone = (await insert('slots', slot)) && isDone
    for (const { slot, changes } of isDone ? changed : []) {
      // What stands there already is not written: such an update would count as none.
      const sets = Object.fromEntries(Object.entries(changes).filter(([name, value]) => !isDeepStrictEqual(value, slot[name as keyof Slot])).map(([name, value]) => [name, command.set(value)]))
      if (Object.keys(sets).length > 0) isDone = (await updateIf('slots', slot._id, { capacity: slot.capacity, remaining: slot.remaining, frozenAt: null }, sets)) && isDone
    }
    if (isDone) return
    menu = await sittingMenu(kitchen._id, menu.onDate, menu.sitting)
  }
  throw new DomainError('TRY_AGAIN')
}

/** Documents by id, however many. */
export async function findAll<T>(collection: string, ids: readonly string[], only?: readonly (keyof T & string)[]): Promise<T[]> {
  const found: T[] = []
  for (let index = 0; index < ids.length; index += LOOKUP) found.push(...(await find<T>(collection, { _id: command.in(ids.slice(index, index + LOOKUP)) }, null, LOOKUP, only)))
  return found
}

/** The live orders on some slots: who holds a portion there, and whose booking says so. */
export async function ordersOn(slots: readonly Slot[]): Promise<Booking[]> {
  const seats = new Map(slots.flatMap((slot) => Object.values(slot.holders).map((seat) => [seat.bookingId, slot._id] as const)))
  const bookings = await findAll<Booking>('bookings', [...seats.keys()])
  const slotIds = new Set(slots.map((slot) => slot._id))
  return bookings.filter((booking) => booking.meal !== null && holdsSeat(booking.status) && slotIds.has(booking.slotId))
}

export type Eater = Pick<Person, '_id' | 'name' | 'livesAlone' | 'address' | 'diet'>

/** The elders of some orders, with what the kitchen and the courier need of them. */
export const eatersOf = async (bookings: readonly Booking[]): Promise<ReadonlyMap<string, Eater>> =>
  new Map((await findAll<Person>('people', [...new Set(bookings.map((booking) => booking.elderId))], ['name', 'livesAlone', 'address', 'diet'])).map((elder) => [elder._id, elder]))

/** Marks the orders whose elder must not eat what their dish holds by now. @returns how many */
export async function markBlocked(kitchen: Pick<Kitchen, '_id' | 'name'>, slots: readonly Slot[], bookings: readonly Booking[], eaters: ReadonlyMap<string, Pick<Eater, 'diet'>>, now: number): Promise<number> {
  const offers = new Map(slots.map((slot) => [slot._id, slot.meal]))
  let marked = 0
  for (const booking of bookings) {
    const offer = offers.get(booking.slotId)
    const blocked = offer === null || offer === undefined ? [] : blockedBy(eaters.get(booking.elderId)?.diet ?? null, offer)
    for (let current: Booking | null = booking; current !== null; ) {
      const next: Booking | null = current.slotId === booking.slotId ? mustNotBeEaten(current, blocked, kitchen, now) : null
      if (next === null) break
      if (await save('bookings', current, next)) {
        marked += 1
        break
      }
      current = await read<Booking>('bookings', booking._id)
    }
  }
  return marked
}

/** What a dish holds, brought to the menus of coming days on which it stands, and to the orders that this concerns. */
export async function spreadAllergens(kitchen: Kitchen, dishId: string, now: number): Promise<void> {
  const allergens = kitchen.dishes[dishId]?.allergens ?? []
  const coming = await find<Slot>('slots', { serviceItemId: kitchen._id, startsAt: command.gt(now) }, { by: 'startsAt', direction: 'asc' }, MOST_SLOTS)
  const slots = coming.filter((slot) => slot.meal?.dishId === dishId)
  for (const slot of slots) {
    if (slot.meal !== null && allergens.some((allergen) => slot.meal?.allergens.includes(allergen) !== true)) await updateIf('slots', slot._id, {}, { 'meal.allergens': command.set(allergens) })
  }
  const current = slots.map((slot) => (slot.meal === null ? slot : { ...slot, meal: { ...slot.meal, allergens } }))
  const bookings = await ordersOn(current)
  await markBlocked(kitchen, current, bookings, await eatersOf(bookings), now)
}

/** Couriers of a kitchen, by name; at most 50. */
export async function couriersOf(kitchenId: string): Promise<{ readonly personId: string; readonly name: string }[]> {
  const accounts = await find<Account>('accounts', { 'grants.providerId': kitchenId }, null, 100)
  return accounts.filter((account) => account.personId !== null && account.grants.some((grant) => grant.role === 'courier' && grant.providerId === kitchenId))
    .map((account) => ({ personId: account.personId ?? '', name: account.name ?? '' })).sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, 50)
}
