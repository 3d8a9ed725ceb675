/** A kitchen 助餐点: its dishes, when it serves and until when it takes orders. Its id is the provider's id. */
import { addDays, instantOf } from './civil-time'
import type { Allergen, DietTag } from './diet'
import type { MealSite, MealWay, Sitting } from './meal'
import type { RequestLog } from './person'

/** A dish as the kitchen knows it; its allergens only grow, another recipe is another dish. */
export interface Dish {
  readonly dishId: string
  readonly name: string
  readonly sides: string
  readonly picture: string
  readonly tags: readonly DietTag[]
  readonly allergens: readonly Allergen[]
  readonly priceFen: number
  /** what is usually cooked */
  readonly portions: number
  readonly isRetired: boolean
}

export interface SittingHours {
  /** civil minutes: 11:00 to 12:30 */
  readonly fromMinute: number
  readonly untilMinute: number
  /** until when orders are taken: civil minute, so many days before */
  readonly cutoffMinute: number
  readonly cutoffDaysBefore: number
}

export interface Kitchen {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly name: string
  readonly phone: string
  readonly communityIds: readonly string[]
  readonly ways: readonly MealWay[]
  readonly sites: readonly MealSite[]
  /** a sitting that is null is not served */
  readonly hours: Readonly<Record<Sitting, SittingHours | null>>
  readonly dishes: Readonly<Record<string, Dish>>
  readonly isOpen: boolean
  readonly requests: RequestLog
}

/** When a sitting is served, and until when it is ordered. */
export function timesOf(hours: SittingHours, onDate: string): { readonly startsAt: number; readonly endsAt: number; readonly orderUntil: number } {
  return {
    startsAt: instantOf(onDate, hours.fromMinute), endsAt: instantOf(onDate, hours.untilMinute),
    orderUntil: instantOf(addDays(onDate, -hours.cutoffDaysBefore), hours.cutoffMinute),
  }
}

/** One dish on one day: the id says which it is, so that publishing again changes and never doubles. */
export const mealSlotId = (kitchenId: string, onDate: string, sitting: Sitting, dishId: string): string => `meal_${kitchenId}_${onDate.replaceAll('-', '')}_${sitting}_${dishId}`

/** One sitting of one kitchen on one day: its sheet, and what its runs' ids begin with. */
export const sittingId = (kitchenId: string, onDate: string, sitting: Sitting): string => `${kitchenId}_${onDate.replaceAll('-', '')}_${sitting}`

/** The kitchen sheet 备餐单: closed at the cut-off, frozen when nothing under way can reach it any more. It holds counts, no names. */
export interface KitchenSheet {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly kitchenId: string
  readonly kitchenName: string
  readonly onDate: string
  readonly sitting: Sitting
  readonly orderUntil: number
  readonly startsAt: number
  readonly state: 'open' | 'closing' | 'frozen'
  readonly closedAt: number | null
  readonly frozenAt: number | null
  /** when the clock must look at it next; null: it is frozen */
  readonly dueAt: number | null
  readonly portions: number
  readonly orders: number
  readonly dishes: readonly { readonly dishId: string; readonly dishName: string; readonly portions: number }[]
  /** for whom something must be left out, and what was advised: portions, never names */
  readonly diets: readonly { readonly dishName: string; readonly avoid: readonly Allergen[]; readonly advice: readonly DietTag[]; readonly portions: number }[]
  /** dine-in and pick-up by site, delivery by community */
  readonly sites: readonly { readonly siteId: string; readonly siteName: string; readonly way: MealWay; readonly dishName: string; readonly portions: number }[]
}
