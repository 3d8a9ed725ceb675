/**
 * A reward 兑换品: what points are spent on, how many there are (law 1: remaining + held + taken = stock, and remaining
 * never below zero), who may have it, and where it is collected. A redemption is a place in `holders` until it is
 * collected, then it counts as taken; one that is given up or runs out goes back into `remaining`.
 */
import { addDays, civilDate, instantOf } from './civil-time'
import { ensure } from './error'
import type { HoldFacts, PointsAccount } from './ledger'
import { monthOf } from './meal-policy'
import type { Person, RequestLog } from './person'

/** Goods 物品, a service 服务 such as a haircut, a coupon 优惠券, care 照护 for an elder that points pay. */
export const rewardKinds = ['goods', 'service', 'coupon', 'care'] as const
export type RewardKind = (typeof rewardKinds)[number]

export const limitSpans = ['month', 'year', 'ever'] as const
export type LimitSpan = (typeof limitSpans)[number]

/** What an administrator says about a reward. */
export interface RewardTerms {
  readonly kind: RewardKind
  readonly name: string
  readonly words: string
  /** name of a drawn icon that the phone knows */
  readonly icon: string
  /** price in points */
  readonly points: number
  /** how many there ever were: what is left, held and taken */
  readonly stock: number
  /** how many one person may have in a civil month, a civil year, or ever; null: no limit */
  readonly perPerson: { readonly count: number; readonly per: LimitSpan } | null
  /** civil days from which and up to which it can be redeemed; null: until it is closed */
  readonly validFrom: string
  readonly validUntil: string | null
  /** where it is collected; for care: the provider of the service */
  readonly merchantIds: readonly string[]
  /** civil days after the one of the redemption within which it is collected */
  readonly collectDays: number
  /** whose residents may have it */
  readonly communityIds: readonly string[]
  /** the service that it pays; only for care */
  readonly serviceItemId: string | null
  /** what the subdistrict pays the merchant or provider for one, fen */
  readonly settleFen: number
  readonly isOpen: boolean
}

export interface Reward extends RewardTerms {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly remaining: number
  /** redeemed and not collected yet, by hold */
  readonly holders: Readonly<Record<string, RewardPlace>>
  /** collected */
  readonly taken: number
  /** since when a place may stand here whose redemption was never made; null: the sweep has looked */
  readonly unsettledAt: number | null
  /** places that are older were looked at; absent: none yet */
  readonly sweptAt?: number
  readonly requests: RequestLog
}

export interface RewardPlace {
  readonly ownerId: string
  readonly at: number
}

export const heldOf = (reward: Pick<Reward, 'holders'>): number => Object.keys(reward.holders).length

/** The law of stock: nothing is lost, nothing is given twice. */
export const rewardHolds = (reward: Pick<Reward, 'stock' | 'remaining' | 'holders' | 'taken'>): boolean =>
  reward.remaining >= 0 && reward.taken >= 0 && reward.remaining + heldOf(reward) + reward.taken === reward.stock

/** How often an owner may still take it now; null: as often as they like. */
export function leftFor(reward: Pick<Reward, '_id' | 'perPerson'>, took: PointsAccount['took'], now: number): number | null {
  if (reward.perPerson === null) return null
  const { count, per } = reward.perPerson
  const span = (at: number): string => (per === 'ever' ? '' : per === 'year' ? civilDate(at).slice(0, 4) : monthOf(civilDate(at)))
  return Math.max(0, count - (took[reward._id] ?? []).filter((at) => span(at) === span(now)).length)
}

/** Why a reward is not offered to somebody on a day, whatever they own; null: it is. */
export function notOffered(reward: Reward, person: Pick<Person, 'subdistrictId' | 'communityId'>, today: string): 'closed' | 'notYet' | 'over' | 'elsewhere' | null {
  if (reward.subdistrictId !== person.subdistrictId || !reward.communityIds.includes(person.communityId)) return 'elsewhere'
  if (!reward.isOpen) return 'closed'
  if (today < reward.validFrom) return 'notYet'
  return reward.validUntil !== null && today > reward.validUntil ? 'over' : null
}

/**
 * Whether this owner may redeem this reward now, and if not, why.
 * @throws NOT_OFFERED {why}, UNVERIFIED, OUT_OF_STOCK, LIMIT_REACHED {count, per}, POINTS_SHORT {balance, short}
 */
export function ensureRedeemable(reward: Reward, account: Pick<PointsAccount, 'balances' | 'took'>, person: Pick<Person, 'subdistrictId' | 'communityId' | 'standing'>, now: number): void {
  const why = notOffered(reward, person, civilDate(now))
  if (why !== null) ensure(false, 'NOT_OFFERED', { why })
  ensure(person.standing === 'verified', 'UNVERIFIED')
  ensure(reward.remaining > 0, 'OUT_OF_STOCK')
  if (reward.perPerson !== null) ensure((leftFor(reward, account.took, now) ?? 1) > 0, 'LIMIT_REACHED', { ...reward.perPerson })
  const { spendable } = account.balances
  ensure(spendable >= reward.points, 'POINTS_SHORT', { balance: spendable, short: reward.points - spendable })
}

/** Until when something redeemed now is collected: the end of the last civil day, ms. */
export const collectUntil = (reward: Pick<Reward, 'collectDays'>, now: number): number => instantOf(addDays(civilDate(now), reward.collectDays + 1))

/** The facts of a redemption as they are when it is made. */
export const holdFactsOf = (reward: Reward, its: Pick<HoldFacts, 'holdId' | 'forElderId' | 'bookingId' | 'codeId' | 'endsAt'>, now: number): HoldFacts =>
  ({ ...its, rewardId: reward._id, rewardName: reward.name, settleFen: reward.settleFen, heldAt: now, merchantIds: reward.merchantIds })

/**
 * The terms of a reward that can be offered.
 * @throws BAD_INPUT {field}: dates that run backwards, places named twice or not at all, care without its service and anything else with one
 */
export function ensureRewardTerms(terms: RewardTerms): void {
  ensure(terms.validUntil === null || terms.validUntil >= terms.validFrom, 'BAD_INPUT', { field: 'validUntil' })
  ensure((terms.kind === 'care') === (terms.serviceItemId !== null), 'BAD_INPUT', { field: 'serviceItemId' })
  ensure(new Set(terms.merchantIds).size === terms.merchantIds.length && terms.merchantIds.length > 0, 'BAD_INPUT', { field: 'merchantIds' })
  ensure(new Set(terms.communityIds).size === terms.communityIds.length && terms.communityIds.length > 0, 'BAD_INPUT', { field: 'communityIds' })
}

export const newReward = (rewardId: string, subdistrictId: string, terms: RewardTerms): Reward =>
  ({ _id: rewardId, version: 1, subdistrictId, ...terms, remaining: terms.stock, holders: {}, taken: 0, unsettledAt: null, requests: {} })

/** A reward with other terms. @throws BELOW_HELD {held}: what was redeemed is never taken away; BAD_INPUT {field} when it would become something else */
export function withTerms(reward: Reward, terms: RewardTerms): Reward {
  const held = heldOf(reward) + reward.taken
  ensure(held === 0 || (terms.kind === reward.kind && terms.serviceItemId === reward.serviceItemId), 'BAD_INPUT', { field: 'kind' })
  ensure(terms.stock >= held, 'BELOW_HELD', { held })
  return { ...reward, ...terms, remaining: terms.stock - held }
}

/** A merchant 兑换点: a shop, a barber, a canteen. Its id is the provider's id. */
export interface Merchant {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly name: string
  readonly phone: string
  readonly address: string
  readonly isOpen: boolean
  readonly requests: RequestLog
}
