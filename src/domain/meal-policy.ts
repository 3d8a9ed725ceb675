/**
 * What a meal costs: price, subsidy, and what you pay, from one pure function with the policy as data. A policy holds
 * from a civil date and is never edited afterwards: its version stays on each order. All rates are 示例.
 */
import { ageOn } from './civil-time'
import { ensure } from './error'

export const hardships = ['none', 'lowIncome', 'extreme'] as const
/** 困难情况, as a social worker has recorded it: none, 低保低收入, 特困. */
export type Hardship = (typeof hardships)[number]

export interface AgeBand {
  /** whole years from which it holds */
  readonly fromAge: number
  /** per subsidised portion */
  readonly subsidyFen: number
}

export interface MealPolicy {
  readonly version: number
  /** first civil day of meals to which it applies */
  readonly validFrom: string
  readonly bands: readonly AgeBand[]
  /** on top of the age band, per subsidised portion */
  readonly hardshipFen: Readonly<Record<Hardship, number>>
  /** most subsidy that one elder gets in one civil month */
  readonly monthlyCapFen: number
  /** what everybody pays themselves at least, per subsidised portion */
  readonly leastPayFen: number
  readonly madeBy: { readonly personId: string; readonly name: string; readonly at: number }
}

/** Portions that one order may hold, and how many of them are subsidised: the elder's own. 示例 policy. */
export const MOST_PORTIONS = 3
const SUBSIDISED_PORTIONS = 1

/** Who eats, as far as the price depends on it. */
export interface Eater {
  readonly birthOn: string
  readonly standing: string
  readonly hardship: Hardship
}

/** Why the subsidy is what it is, in the order in which a person would ask. */
export type QuoteReason = 'ageBand' | 'hardship' | 'capReached' | 'unverified' | 'noPolicy'

export interface Quote {
  readonly priceFen: number
  readonly subsidyFen: number
  readonly payFen: number
  /** null: no policy held on that day */
  readonly policyVersion: number | null
  readonly reasons: readonly QuoteReason[]
}

/** The policy that holds on a civil day: the latest that has begun; of two that begin together, the newer. */
export function policyOn(policies: readonly MealPolicy[], onDate: string): MealPolicy | null {
  const begun = policies.filter((policy) => policy.validFrom <= onDate)
  return begun.reduce<MealPolicy | null>((best, policy) => (best === null || policy.validFrom > best.validFrom || (policy.validFrom === best.validFrom && policy.version > best.version) ? policy : best), null)
}

/**
 * Price, subsidy, and what you pay for an order.
 * @param usedFen subsidy that the elder has in that month already, without this order
 */
export function quote(policy: MealPolicy | null, eater: Eater, order: { readonly portionFen: number; readonly portions: number; readonly onDate: string }, usedFen: number): Quote {
  const priceFen = order.portionFen * order.portions
  const whole = (reasons: readonly QuoteReason[]): Quote => ({ priceFen, subsidyFen: 0, payFen: priceFen, policyVersion: policy?.version ?? null, reasons })
  if (policy === null) return whole(['noPolicy'])
  if (eater.standing !== 'verified') return whole(['unverified'])
  const age = ageOn(eater.birthOn, order.onDate)
  const bandFen = Math.max(0, ...policy.bands.filter((band) => band.fromAge <= age).map((band) => band.subsidyFen))
  const hardFen = policy.hardshipFen[eater.hardship]
  const wishedFen = Math.max(0, Math.min(bandFen + hardFen, order.portionFen - policy.leastPayFen)) * SUBSIDISED_PORTIONS
  const subsidyFen = Math.max(0, Math.min(wishedFen, policy.monthlyCapFen - usedFen))
  const reasons: QuoteReason[] = [
    ...(bandFen > 0 ? (['ageBand'] as const) : []), ...(hardFen > 0 ? (['hardship'] as const) : []), ...(subsidyFen < wishedFen ? (['capReached'] as const) : []),
  ]
  return { priceFen, subsidyFen, payFen: priceFen - subsidyFen, policyVersion: policy.version, reasons }
}

/** The quote of several portions of one order, from that of one: the others are paid in full. */
export function forPortions(one: Quote, portions: number): Quote {
  const priceFen = one.priceFen * portions
  const subsidyFen = one.subsidyFen * Math.min(portions, SUBSIDISED_PORTIONS)
  return { ...one, priceFen, subsidyFen, payFen: priceFen - subsidyFen }
}

/** The civil month of a date: 2026-11. */
export const monthOf = (onDate: string): string => onDate.slice(0, 7)

/** Subsidy that an elder's orders have in a month, by booking: guarded in the elder's own document. */
export type SubsidyTally = Readonly<Record<string, Readonly<Record<string, number>>>>

/** What the month holds without one order. */
export const usedIn = (tally: SubsidyTally, month: string, exceptBookingId?: string): number =>
  Object.entries(tally[month] ?? {}).reduce((sum, [bookingId, fen]) => (bookingId === exceptBookingId ? sum : sum + fen), 0)

/** Months that a tally keeps: statements are made from the orders themselves. */
const MONTHS_KEPT = 3

/** The tally with this order's subsidy; 0 takes the order out. Months long gone are dropped. */
export function withSubsidy(tally: SubsidyTally, month: string, bookingId: string, fen: number): SubsidyTally {
  const others = Object.fromEntries(Object.entries(tally[month] ?? {}).filter(([id]) => id !== bookingId))
  const next = { ...tally, [month]: fen > 0 ? { ...others, [bookingId]: fen } : others }
  const kept = Object.keys(next).sort().slice(-MONTHS_KEPT)
  return Object.fromEntries(Object.entries(next).filter(([name, orders]) => kept.includes(name) && Object.keys(orders).length > 0))
}

/** A new policy. It begins in the future, so that nobody's order changes its price. @throws BAD_INPUT {field} */
export function ensurePolicy(policy: Omit<MealPolicy, 'madeBy' | 'version'>, today: string): void {
  ensure(policy.validFrom > today, 'BAD_INPUT', { field: 'validFrom' })
  ensure(new Set(policy.bands.map((band) => band.fromAge)).size === policy.bands.length, 'BAD_INPUT', { field: 'bands' })
  ensure(policy.hardshipFen.none === 0, 'BAD_INPUT', { field: 'hardshipFen' })
}
