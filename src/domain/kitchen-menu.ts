/**
 * Menus 菜单: a kitchen publishes dishes for dated sittings. A dish's allergens only grow, whatever it is called; a menu
 * never takes a portion from somebody who ordered it, and nothing changes once the cut-off has passed.
 */
import type { Booking, By, TimelineEntry } from './booking-record'
import { after, line } from './booking-step'
import { addDays, HOUR } from './civil-time'
import { allergens as everyAllergen, ensureDeclared, type Allergen } from './diet'
import { DomainError, ensure } from './error'
import { sittingId, mealSlotId, timesOf, type Dish, type Kitchen, type KitchenSheet } from './kitchen'
import { sittings, type MealOffer, type Sitting } from './meal'
import { heldIn, withCapacity, type Slot } from './slot'

/** How many days ahead a menu may be published. 示例 policy. */
export const MENU_DAYS_AHEAD = 28
/** Dishes that a kitchen keeps at most. */
const MOST_DISHES = 200

const together = (one: readonly Allergen[], other: readonly Allergen[]): readonly Allergen[] => everyAllergen.filter((allergen) => one.includes(allergen) || other.includes(allergen))

/**
 * A new dish, or one changed. What was declared once stays declared, also under another name, and a dish of the same name
 * declares at least as much; another recipe is another dish with another name.
 * @throws ALLERGEN_HIDDEN {allergens}; NOT_FOUND for a dish to change that is not there; BAD_INPUT {field}
 */
export function saveDish(kitchen: Kitchen, dish: Dish, isNew: boolean): Kitchen {
  const before = kitchen.dishes[dish.dishId]
  ensure(isNew || before !== undefined, 'NOT_FOUND')
  ensure(before !== undefined || Object.keys(kitchen.dishes).length < MOST_DISHES, 'BAD_INPUT', { field: 'dishes' })
  const known = Object.values(kitchen.dishes).filter((other) => other.dishId === dish.dishId || other.name === dish.name).flatMap((other) => other.allergens)
  const hidden = together(known, []).filter((allergen) => !dish.allergens.includes(allergen))
  if (hidden.length > 0) throw new DomainError('ALLERGEN_HIDDEN', { allergens: hidden })
  ensureDeclared(`${dish.name} ${dish.sides}`, dish.allergens)
  return { ...kitchen, dishes: { ...kitchen.dishes, [dish.dishId]: { ...dish, allergens: together(dish.allergens, []) } } }
}

/** One dish as a menu wishes it. */
export interface MenuWish {
  readonly dishId: string
  readonly portions: number
  readonly priceFen: number
}

/** One sitting as it stands: its dishes, and its sheet once there is one. */
export interface SittingMenu {
  readonly onDate: string
  readonly sitting: Sitting
  readonly slots: readonly Slot[]
  readonly sheet: KitchenSheet | null
}

/** What has to be written so that a menu stands as it was wished. */
export interface MenuPlan {
  /** a new sheet; null: it is there */
  readonly sheet: KitchenSheet | null
  readonly added: readonly Slot[]
  readonly changed: readonly { readonly slot: Slot; readonly changes: Partial<Slot> }[]
}

const SERVICE_NAMES: Readonly<Record<Sitting, string>> = { lunch: '午餐', dinner: '晚餐' }

function offerOf(kitchen: Kitchen, sitting: Sitting, dish: Dish, order: number, before: MealOffer | null): MealOffer {
  return {
    sitting, dishId: dish.dishId, dishName: dish.name, sides: dish.sides, picture: dish.picture, tags: dish.tags, allergens: together(dish.allergens, before?.allergens ?? []),
    ways: kitchen.ways, sites: kitchen.sites, order,
  }
}

/** When a sitting on a day is served: as its sheet says once there is one, so that new hours do not move what is ordered. */
export function timesOn(kitchen: Kitchen, menu: Pick<SittingMenu, 'onDate' | 'sitting' | 'sheet'>): { readonly startsAt: number; readonly endsAt: number; readonly orderUntil: number } | null {
  const hours = kitchen.hours[menu.sitting]
  if (hours === null) return null
  const times = timesOf(hours, menu.onDate)
  return menu.sheet === null ? times : { startsAt: menu.sheet.startsAt, endsAt: menu.sheet.startsAt + (times.endsAt - times.startsAt), orderUntil: menu.sheet.orderUntil }
}

const sheetOf = (kitchen: Kitchen, { onDate, sitting }: SittingMenu, times: { readonly startsAt: number; readonly orderUntil: number }): KitchenSheet => ({
  _id: sittingId(kitchen._id, onDate, sitting), version: 1, subdistrictId: kitchen.subdistrictId, kitchenId: kitchen._id, kitchenName: kitchen.name, onDate, sitting,
  orderUntil: times.orderUntil, startsAt: times.startsAt, state: 'open', closedAt: null, frozenAt: null, dueAt: times.orderUntil, portions: 0, orders: 0, dishes: [], diets: [], sites: [],
})

/**
 * The menu of one sitting as it shall stand: dishes not named are taken off, unless they are ordered.
 * @param closedDays civil date → why nothing takes place
 * @throws BAD_INPUT {field}, CUTOFF_PAST {until}, SLOT_CLOSED, BELOW_HELD {held}
 */
export function publish(kitchen: Kitchen, menu: SittingMenu, wishes: readonly MenuWish[], closedDays: Readonly<Record<string, string>>, today: string, now: number): MenuPlan {
  const { onDate, sitting, slots, sheet } = menu
  const times = timesOn(kitchen, menu)
  if (times === null) throw new DomainError('BAD_INPUT', { field: 'sitting' })
  ensure(onDate <= addDays(today, MENU_DAYS_AHEAD), 'BAD_INPUT', { field: 'onDate' })
  ensure(times.orderUntil > now && (sheet === null || sheet.state === 'open'), 'CUTOFF_PAST', { until: times.orderUntil })
  ensure(closedDays[onDate] === undefined && kitchen.isOpen, 'SLOT_CLOSED')
  ensure(new Set(wishes.map((wish) => wish.dishId)).size === wishes.length, 'BAD_INPUT', { field: 'dishes' })
  const added: Slot[] = []
  const changed: { slot: Slot; changes: Partial<Slot> }[] = []
  for (const [order, wish] of wishes.entries()) {
    const dish = kitchen.dishes[wish.dishId]
    const slot = slots.find((candidate) => candidate.meal?.dishId === wish.dishId)
    if (dish === undefined || (dish.isRetired && slot?.isOpen !== true)) throw new DomainError('BAD_INPUT', { field: 'dishes' })
    const offer = offerOf(kitchen, sitting, dish, order, slot?.meal ?? null)
    if (slot !== undefined) {
      changed.push({ slot, changes: { ...withCapacity(slot, wish.portions), isOpen: true, priceFen: wish.priceFen, communityIds: kitchen.communityIds, meal: offer } })
      continue
    }
    added.push({
      _id: mealSlotId(kitchen._id, onDate, sitting, dish.dishId), subdistrictId: kitchen.subdistrictId, kind: 'meal', meal: offer, orderUntil: times.orderUntil, frozenAt: null,
      serviceItemId: kitchen._id, serviceName: SERVICE_NAMES[sitting], providerId: kitchen._id, providerName: kitchen.name, communityIds: kitchen.communityIds,
      priceFen: wish.priceFen, cancelHours: (times.startsAt - times.orderUntil) / HOUR, onDate, startsAt: times.startsAt, endsAt: times.endsAt,
      capacity: wish.portions, remaining: wish.portions, holders: {}, isOpen: true, unsettledAt: null,
    })
  }
  for (const slot of slots) {
    if (wishes.some((wish) => wish.dishId === slot.meal?.dishId) || !slot.isOpen) continue
    const held = heldIn(slot)
    ensure(held === 0, 'BELOW_HELD', { held })
    changed.push({ slot, changes: { isOpen: false } })
  }
  return { sheet: sheet === null ? sheetOf(kitchen, menu, times) : null, added, changed }
}

/** Why a sitting was not copied, or not all of it. */
export type CopyLeft = 'holiday' | 'past' | 'published' | 'retired'

export interface WeekCopy {
  readonly wishes: readonly { readonly onDate: string; readonly sitting: Sitting; readonly dishes: readonly MenuWish[] }[]
  readonly left: readonly { readonly onDate: string; readonly sitting: Sitting; readonly reason: CopyLeft }[]
}

/**
 * The menus of the seven days before, for the seven from `toOn`; what stands there already, holidays and past cut-offs
 * are left alone and named. @throws BAD_INPUT {field} for a week too far ahead
 */
export function copyWeek(kitchen: Kitchen, toOn: string, menuOf: (onDate: string, sitting: Sitting) => SittingMenu, closedDays: Readonly<Record<string, string>>, today: string, now: number): WeekCopy {
  ensure(addDays(toOn, 6) <= addDays(today, MENU_DAYS_AHEAD), 'BAD_INPUT', { field: 'toOn' })
  const wishes: { onDate: string; sitting: Sitting; dishes: readonly MenuWish[] }[] = []
  const left: { onDate: string; sitting: Sitting; reason: CopyLeft }[] = []
  for (let index = 0; index < 7; index++) {
    const onDate = addDays(toOn, index)
    for (const sitting of sittings) {
      const source = menuOf(addDays(onDate, -7), sitting).slots.filter((slot) => slot.isOpen)
      const menu = menuOf(onDate, sitting)
      const times = timesOn(kitchen, menu)
      if (source.length === 0 || times === null) continue
      const leave = (reason: CopyLeft): unknown => left.push({ onDate, sitting, reason })
      const cooked = source.filter((slot) => kitchen.dishes[slot.meal?.dishId ?? '']?.isRetired === false)
      if (closedDays[onDate] !== undefined) leave('holiday')
      else if (times.orderUntil <= now || (menu.sheet !== null && menu.sheet.state !== 'open')) leave('past')
      else if (menu.slots.some((slot) => slot.isOpen)) leave('published')
      else {
        if (cooked.length < source.length) leave('retired')
        const inOrder = [...cooked].sort((a, b) => (a.meal?.order ?? 0) - (b.meal?.order ?? 0))
        if (cooked.length > 0) wishes.push({ onDate, sitting, dishes: inOrder.map((slot) => ({ dishId: slot.meal?.dishId ?? '', portions: slot.capacity, priceFen: slot.priceFen })) })
      }
    }
  }
  return { wishes, left }
}

const kitchenItself = (kitchen: Pick<Kitchen, '_id' | 'name'>): By => ({ personId: kitchen._id, name: kitchen.name, as: 'kitchen', kinship: null, scope: null })

/** What the timeline says of an order that needs another dish. It names nothing: what the elder must not eat is theirs. */
const NEEDS_ANOTHER_DISH = '这道菜里有老人不能吃的东西，要换一道'

/**
 * An order whose dish turned out to hold what the elder must not eat: it needs another dish, so it stands among the
 * exceptions at once and everybody concerned is told. Null when that was said already, or the meal is over.
 */
export function mustNotBeEaten(booking: Booking, blocked: readonly Allergen[], kitchen: Pick<Kitchen, '_id' | 'name'>, now: number): Booking | null {
  if (booking.meal === null || booking.status !== 'booked' || blocked.length === 0) return null
  if (lastWordOnDish(booking)?.words === NEEDS_ANOTHER_DISH) return null
  const meal = { ...booking.meal, allergens: together(booking.meal.allergens, blocked) }
  return { ...after(booking, { meal }, line('changed', now, kitchenItself(kitchen), { words: NEEDS_ANOTHER_DISH })), review: 'exception' }
}

/** Which line last said something about the dish: chosen by the elder's side, or found to be wrong by the kitchen. */
const lastWordOnDish = (booking: Booking): TimelineEntry | undefined => [...booking.timeline].reverse().find((entry) => ['booked', 'changed', 'substituteTaken', 'kitchenAgreed'].includes(entry.what))
