/** What a provider offers, where, and in which weekly rhythm; slots are generated from it ahead of time. */
import type { BedSubsidy, BedTerms } from './bed-terms'
import type { Kind } from './kind'
import { ensure } from './error'
import type { FairPolicy } from './fair-policy'
import type { Guarded } from './grid'
import type { Ladder } from './ladder'
import type { MealPolicy } from './meal-policy'
import type { PointsPolicy } from './points-policy'
import type { WalkingTable } from './walking'

/** A community 社区, and who goes when a door there stays shut, in this order. */
export interface Community extends Guarded {
  readonly communityId: string
  readonly name: string
}

/** The subdistrict's own record: its communities, closed days and numbers. */
export interface Subdistrict {
  readonly _id: string
  readonly version: number
  readonly name: string
  readonly dutyPhone: string
  readonly communities: readonly Community[]
  /** civil date → why it is closed */
  readonly closedDays: Readonly<Record<string, string>>
  /** every policy that ever held, oldest first */
  readonly mealPolicies: readonly MealPolicy[]
  /** every ladder that ever held, oldest first */
  readonly ladders: readonly Ladder[]
  /** every points policy that ever held, oldest first; absent in records from before */
  readonly pointsPolicies?: readonly PointsPolicy[]
  /** minutes on foot between communities; absent: nobody has said */
  readonly walking?: WalkingTable
}

export interface Provider {
  readonly _id: string
  readonly subdistrictId: string
  readonly name: string
  readonly phone: string
}

export interface WeeklyOpening {
  /** 0 Sunday … 6 Saturday */
  readonly weekday: number
  /** minutes after civil midnight */
  readonly startMinute: number
  readonly capacity: number
}

interface Dated {
  readonly version: number
  /** the civil day from which it holds */
  readonly validFrom: string
  readonly madeBy: { readonly personId: string; readonly name: string; readonly at: number }
}

/** The times of a week, from a day on. */
export interface WeeklyPlan extends Dated {
  readonly weekly: readonly WeeklyOpening[]
}

/** What it costs, and of a bed what is paid of it, from a day on. */
export interface PriceTerms extends Dated {
  readonly priceFen: number
  /** null: nothing is paid */
  readonly subsidy: BedSubsidy | null
}

export interface ServiceItem {
  readonly _id: string
  readonly subdistrictId: string
  readonly providerId: string
  readonly providerName: string
  readonly name: string
  readonly kind: Kind
  /** name of a drawn icon that the phone knows */
  readonly icon: string
  readonly summary: string
  readonly details: string
  readonly priceFen: number
  readonly durationMinutes: number
  /** hours before the start until which it can be cancelled without asking */
  readonly cancelHours: number
  readonly communityIds: readonly string[]
  /** declared walking minutes from each community to the provider */
  readonly walkingMinutes: Readonly<Record<string, number>>
  readonly weekly: readonly WeeklyOpening[]
  readonly order: number
  readonly isOpen: boolean
  /** weeks and prices that were decided since it began, oldest first; `weekly` and `priceFen` are what it began with */
  readonly plans?: readonly WeeklyPlan[]
  readonly prices?: readonly PriceTerms[]
  /** nothing is booked for now; null or absent: it can be */
  readonly hold?: { readonly why: string; readonly at: number; readonly by: { readonly personId: string; readonly name: string } } | null
  /** the day from which it is no more */
  readonly ends?: { readonly fromOn: string; readonly why: string; readonly at: number; readonly by: { readonly personId: string; readonly name: string } }
  readonly version?: number
  /** since when its slots may not be as it says; null or absent: they are */
  readonly unsettledAt?: number | null
  /** what is fair here: the share kept for phone and counter, limits, how long an offer is held; absent: as usual */
  readonly fair?: FairPolicy
  /** of beds: what they are for, what to bring and what is paid of it */
  readonly bed?: BedTerms
  /** the booking that lies in each bed, by its number; one that has left gives way to the next */
  readonly beds?: Readonly<Record<string, { readonly bookingId: string; readonly at: number }>>
  /** requests that changed it, so that a late duplicate never touches a newer one (law 8) */
  readonly fairRequests?: Readonly<Record<string, { readonly hash: string; readonly at: number }>>
}

const latest = <T extends Dated>(versions: readonly T[] | undefined, onDate: string): T | undefined =>
  (versions ?? []).filter((one) => one.validFrom <= onDate).reduce<T | undefined>((best, one) => (best === undefined || one.validFrom > best.validFrom || (one.validFrom === best.validFrom && one.version > best.version) ? one : best), undefined)

/** The week that holds on a civil day, and its version; 0: what the service began with. */
export function weekOn(item: Pick<ServiceItem, 'weekly' | 'plans'>, onDate: string): { readonly weekly: readonly WeeklyOpening[]; readonly version: number } {
  const plan = latest(item.plans, onDate)
  return plan === undefined ? { weekly: item.weekly, version: 0 } : { weekly: plan.weekly, version: plan.version }
}

/** What it costs on a civil day, and of a bed what is paid of it. */
export function priceOn(item: Pick<ServiceItem, 'priceFen' | 'prices' | 'bed'>, onDate: string): { readonly priceFen: number; readonly subsidy: BedSubsidy | null; readonly version: number } {
  const terms = latest(item.prices, onDate)
  return terms === undefined ? { priceFen: item.priceFen, subsidy: item.bed?.subsidy ?? null, version: 0 } : { priceFen: terms.priceFen, subsidy: terms.subsidy, version: terms.version }
}

/** Its bed on a civil day: with the subsidy that holds then. */
export const bedOn = (item: Pick<ServiceItem, 'priceFen' | 'prices' | 'bed'>, onDate: string): BedTerms | undefined => (item.bed === undefined ? undefined : { ...item.bed, subsidy: priceOn(item, onDate).subsidy })

export const isOnHold = (item: Pick<ServiceItem, 'hold'>): boolean => (item.hold ?? null) !== null
/** How it stands today, why if it is not simply open, and the day from which it is no more. */
export function stateOf(item: Pick<ServiceItem, 'hold' | 'ends'>, today: string): { readonly state: 'open' | 'held' | 'ending' | 'ended'; readonly why: string | null; readonly endsOn: string | null } {
  const state = item.ends !== undefined && today >= item.ends.fromOn ? 'ended' : isOnHold(item) ? 'held' : item.ends !== undefined ? 'ending' : 'open'
  return { state, why: (state === 'held' ? item.hold?.why : item.ends?.why) ?? null, endsOn: item.ends?.fromOn ?? null }
}
/** Whether it is offered on a civil day, if that is no closed day. */
export const isOfferedOn = (item: Pick<ServiceItem, 'isOpen' | 'hold' | 'ends'>, onDate: string): boolean => item.isOpen && !isOnHold(item) && (item.ends === undefined || onDate < item.ends.fromOn)

/** A civil day on which nothing takes place, or one that is open again. @throws BAD_INPUT {field} for a day that is over */
export function withClosedDay(subdistrict: Subdistrict, onDate: string, why: string | null, today: string): Subdistrict {
  ensure(onDate >= today, 'BAD_INPUT', { field: 'onDate' })
  const others = Object.fromEntries(Object.entries(subdistrict.closedDays).filter(([day]) => day !== onDate))
  return { ...subdistrict, closedDays: why === null ? others : { ...others, [onDate]: why } }
}
