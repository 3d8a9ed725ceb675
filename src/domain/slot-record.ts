/** A slot 时段 as it is kept: what is offered when and where, who holds its seats, and who waits for one. */
import type { ActivityOffer } from './activity-offer'
import type { BedShift, BedTerms } from './bed-terms'
import type { FairPolicy } from './fair-policy'
import type { Kind } from './kind'
import type { MealOffer } from './meal'
import type { MenuDay } from './menu'
import type { RequestLog } from './person'
import type { Offer, Queue } from './wait-record'

export interface Seat {
  readonly bookingId: string
  readonly at: number
  /** seats held: portions of a meal; absent: one */
  readonly count?: number
  /** of a night: the request that took it, so that of two which extend one stay at once each gives back its own alone */
  readonly claim?: string
  /** taken by phone or at the counter; absent: by the person or their family */
  readonly isDesk?: true
  /** held for somebody who waited: until they take it, it is no booking yet */
  readonly offer?: Offer
}

export interface Slot {
  readonly _id: string
  readonly subdistrictId: string
  readonly kind: Kind
  /** what is offered, for a meal: then `serviceItemId` and `providerId` are the kitchen, and a seat is a portion */
  readonly meal: MealOffer | null
  /** what makes it an activity, which is published and verified as one document: then it has a version, too */
  readonly activity?: ActivityOffer
  /** what makes it a bed: half a day, or one night from the afternoon to the next morning */
  readonly bed?: BedTerms
  /** what makes it a day of an offer from the menu, with a seat for each order */
  readonly menu?: MenuDay
  /** trained staff on shift; absent: nobody ever was */
  readonly shift?: BedShift
  readonly version?: number
  readonly madeBy?: { readonly key: string; readonly hash: string }
  readonly requests?: RequestLog
  /** server time until which seats are taken: the start, or the kitchen's cut-off */
  readonly orderUntil: number
  /** when the kitchen sheet was closed: from then on no seat is taken; null: not yet */
  readonly frozenAt: number | null
  readonly serviceItemId: string
  readonly serviceName: string
  readonly providerId: string
  readonly providerName: string
  readonly communityIds: readonly string[]
  readonly priceFen: number
  readonly cancelHours: number
  readonly onDate: string
  readonly startsAt: number
  readonly endsAt: number
  readonly capacity: number
  readonly remaining: number
  readonly holders: Readonly<Record<string, Seat>>
  readonly isOpen: boolean
  /** its service is on hold: nobody new comes until it is opened again */
  readonly isHeld?: boolean
  /** its service has no such time any more; who is there is served as booked */
  readonly isOffPlan?: boolean
  /** when the social workers were asked to telephone those who are booked there */
  readonly callsAskedAt?: number
  /** the versions of its service's week and price that it follows; absent: what the service began with */
  readonly planVersion?: number
  readonly priceVersion?: number
  /** of a meal or an activity: closed with its whole day, not taken off by somebody */
  readonly isClosedByDay?: boolean
  /** what is fair here; absent: as usual */
  readonly fair?: FairPolicy
  /** seats still kept for phone and counter; it only ever shrinks while a policy holds, so a guard on what was read is safe */
  readonly kept?: number
  /** who waits; absent: nobody ever has */
  readonly queue?: Queue
  /** when the clock must look whether somebody who waits can have a seat; null or absent: never */
  readonly waitLookAt?: number | null
  /** since when a booking here may have been left half-way; null: the sweep has looked */
  readonly unsettledAt: number | null
  /** requests that changed the capacity, so that a late duplicate never touches a newer one (law 8) */
  readonly capacityRequests?: Readonly<Record<string, { readonly hash: string; readonly at: number }>>
}
