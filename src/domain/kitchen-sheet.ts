/**
 * The kitchen sheet 备餐单: what has to be cooked for one sitting, by dish, by diet and by site. It holds counts and no
 * names: whoever cooks needs to know how many bowls without peanut, not whose.
 */
import { holdsSeat, type Booking } from './booking-record'
import { allergens, dietTags, type Diet } from './diet'
import type { KitchenSheet } from './kitchen'
import { mealWays, type MealOrder } from './meal'

/** A live order, with what its elder consented to be known. */
export interface Ordered {
  readonly booking: Booking
  readonly diet: Diet | null
}

export type SheetCounts = Pick<KitchenSheet, 'portions' | 'orders' | 'dishes' | 'diets' | 'sites'>

/** True for an order that has to be cooked. */
export const isCooked = (booking: Booking): boolean => booking.meal !== null && holdsSeat(booking.status)

/** Sums portions of what has the same key, in the order of first appearance. */
function summed<T extends object>(rows: readonly (T & { readonly portions: number })[], key: (row: T) => string): (T & { readonly portions: number })[] {
  const sums = new Map<string, T & { readonly portions: number }>()
  for (const row of rows) {
    const before = sums.get(key(row))
    sums.set(key(row), before === undefined ? row : { ...before, portions: before.portions + row.portions })
  }
  return [...sums.values()]
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Counts of the live orders; the same orders in any sequence give the same sheet. */
export function compose(ordered: readonly Ordered[], communityNameOf: (communityId: string) => string): SheetCounts {
  const live = ordered.filter(({ booking }) => isCooked(booking)).map((order) => ({ ...order, meal: order.booking.meal as MealOrder }))
  const dishes = summed(live.map(({ meal }) => ({ dishId: meal.dishId, dishName: meal.dishName, portions: meal.portions })), (row) => row.dishId)
  const diets = summed(
    live.filter(({ diet }) => diet !== null && diet.allergens.length + diet.advice.length > 0).map(({ meal, diet }) => ({
      dishName: meal.dishName, avoid: allergens.filter((allergen) => diet?.allergens.includes(allergen)), advice: dietTags.filter((tag) => diet?.advice.includes(tag)), portions: meal.portions,
    })),
    (row) => [row.dishName, ...row.avoid, '', ...row.advice].join(' '),
  )
  const sites = summed(
    live.map(({ booking, meal }) => (meal.way === 'delivery'
      ? { siteId: booking.communityId, siteName: communityNameOf(booking.communityId), way: meal.way, dishName: meal.dishName, portions: meal.portions }
      : { siteId: meal.siteId ?? '', siteName: meal.siteName ?? '', way: meal.way, dishName: meal.dishName, portions: meal.portions })),
    (row) => [row.way, row.siteId, row.dishName].join(' '),
  )
  return {
    portions: live.reduce((sum, { meal }) => sum + meal.portions, 0), orders: live.length,
    dishes: dishes.sort((a, b) => b.portions - a.portions || byText(a.dishId, b.dishId)),
    diets: diets.sort((a, b) => byText(a.dishName, b.dishName) || b.avoid.length - a.avoid.length || byText(a.avoid.join(), b.avoid.join()) || byText(a.advice.join(), b.advice.join())),
    sites: sites.sort((a, b) => mealWays.indexOf(a.way) - mealWays.indexOf(b.way) || byText(a.siteName, b.siteName) || byText(a.dishName, b.dishName)),
  }
}

/** The sheet's dishes with what came or went since it froze; before that nothing did. */
export function dishesSince(sheet: Pick<KitchenSheet, 'state' | 'dishes'>, current: SheetCounts): readonly { readonly dishName: string; readonly portions: number; readonly changed: number }[] {
  if (sheet.state !== 'frozen') return current.dishes.map(({ dishName, portions }) => ({ dishName, portions, changed: 0 }))
  const now = new Map(current.dishes.map((dish) => [dish.dishId, dish.portions]))
  const known = new Set(sheet.dishes.map((dish) => dish.dishId))
  return [
    ...sheet.dishes.map(({ dishId, dishName, portions }) => ({ dishName, portions, changed: (now.get(dishId) ?? 0) - portions })),
    ...current.dishes.filter((dish) => !known.has(dish.dishId)).map(({ dishName, portions }) => ({ dishName, portions: 0, changed: portions })),
  ]
}
