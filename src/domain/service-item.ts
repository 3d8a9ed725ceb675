/** What a provider offers, where, and in which weekly rhythm; slots are generated from it ahead of time. */
import type { BedTerms } from './bed-terms'
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
  /** what is fair here: the share kept for phone and counter, limits, how long an offer is held; absent: as usual */
  readonly fair?: FairPolicy
  /** of beds: what they are for, what to bring and what is paid of it */
  readonly bed?: BedTerms
  /** the booking that lies in each bed, by its number; one that has left gives way to the next */
  readonly beds?: Readonly<Record<string, { readonly bookingId: string; readonly at: number }>>
  /** requests that changed it, so that a late duplicate never touches a newer one (law 8) */
  readonly fairRequests?: Readonly<Record<string, { readonly hash: string; readonly at: number }>>
}

/** A civil day on which nothing takes place, or one that is open again. @throws BAD_INPUT {field} for a day that is over */
export function withClosedDay(subdistrict: Subdistrict, onDate: string, why: string | null, today: string): Subdistrict {
  ensure(onDate >= today, 'BAD_INPUT', { field: 'onDate' })
  const others = Object.fromEntries(Object.entries(subdistrict.closedDays).filter(([day]) => day !== onDate))
  return { ...subdistrict, closedDays: why === null ? others : { ...others, [onDate]: why } }
}
