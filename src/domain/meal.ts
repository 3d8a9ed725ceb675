/**
 * Meals 助餐 as one more kind of service: a dish on a day at a kitchen is a slot whose seats are portions, an order is a
 * booking on it. Here are the words for what is offered and ordered; the rules stand in meal-order.ts and meal-menu.ts.
 */
import type { Allergen, DietTag } from './diet'
import type { IdentityProof } from './identity'
import type { Quote } from './meal-policy'

export const sittings = ['lunch', 'dinner'] as const
/** 午餐, 晚餐. */
export type Sitting = (typeof sittings)[number]

export const mealWays = ['dineIn', 'pickUp', 'delivery'] as const
/** 堂食, 自取, 送到家. */
export type MealWay = (typeof mealWays)[number]

/** Where a kitchen's meals can be eaten or fetched. */
export interface MealSite {
  readonly siteId: string
  readonly name: string
  readonly address: string
}

/** A dish as it is offered on one day: copied from the kitchen's dishes when the menu is published. */
export interface MealOffer {
  readonly sitting: Sitting
  readonly dishId: string
  readonly dishName: string
  /** 西兰花 冬瓜汤 软米饭 */
  readonly sides: string
  /** name of a drawn picture that the phone knows */
  readonly picture: string
  readonly tags: readonly DietTag[]
  readonly allergens: readonly Allergen[]
  readonly ways: readonly MealWay[]
  readonly sites: readonly MealSite[]
  readonly order: number
}

/** How it is paid. No real money moves: it is recorded. */
export const paymentWays = ['atSite', 'monthlyBill'] as const
export type PaymentWay = (typeof paymentWays)[number]

/** Something asked of the other side after the cut-off: the kitchen consents to a change, the elder to a substitution. */
export interface Proposal {
  readonly what: 'cancel' | 'change' | 'substitute'
  /** who must answer */
  readonly asks: 'kitchen' | 'elder'
  readonly by: { readonly personId: string; readonly name: string }
  readonly at: number
  readonly words: string | null
  /** what it would become; null for a cancellation */
  readonly to: { readonly slotId: string; readonly dishName: string; readonly portions: number; readonly way: MealWay; readonly siteId: string | null } | null
}

/** What makes a booking a meal. */
export interface MealOrder {
  readonly sitting: Sitting
  readonly dishId: string
  readonly dishName: string
  readonly sides: string
  readonly picture: string
  readonly tags: readonly DietTag[]
  /** of the dish, as it was ordered */
  readonly allergens: readonly Allergen[]
  readonly portions: number
  readonly way: MealWay
  readonly siteId: string | null
  readonly siteName: string | null
  readonly quote: Quote
  readonly payment: { readonly how: PaymentWay; readonly recordedAt: number | null }
  /** server time until which it is changed without asking */
  readonly orderUntil: number
  /** for an order on the telephone */
  readonly asked: readonly IdentityProof[]
  readonly proposal: Proposal | null
  /** the delivery run it goes with; null before the cut-off, and for meals that nobody carries */
  readonly runId: string | null
  /** slots that it was moved away from, whose portion is still to be given back */
  readonly leaves?: readonly string[]
}
