/** The menu of one sitting as it is being changed on the phone: nothing is lost by looking at another day. */
import type { Dish, SittingDay } from './kitchen-words'

export interface MenuLine {
  dishId: string
  portions: number
  priceFen: number
}

/** What stands on the server. */
export const standing = (sitting: SittingDay | undefined): MenuLine[] => (sitting?.dishes ?? []).filter((dish) => dish.isOpen).map((dish) => ({ dishId: dish.dishId, portions: dish.capacity, priceFen: dish.priceFen }))

/** A dish as it is usually cooked. */
export const usual = (dish: Dish): MenuLine => ({ dishId: dish.dishId, portions: dish.portions, priceFen: dish.priceFen })

export const isSameMenu = (one: readonly MenuLine[], other: readonly MenuLine[]): boolean =>
  one.length === other.length && one.every((line) => other.some((its) => its.dishId === line.dishId && its.portions === line.portions && its.priceFen === line.priceFen))

/** Dishes of one sitting at most, as the contract has it. */
export const MOST_DISHES = 8
