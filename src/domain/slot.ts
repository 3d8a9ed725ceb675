/**
 * Capacity 名额 (law 1): 0 ≤ remaining and remaining + seats held = capacity; at most one live seat per elder and slot.
 * A seat is an entry in `holders` together with one less `remaining`, changed in one conditional update.
 */
import type { ActivityOffer } from './activity-offer'
import { addDays, instantOf, MINUTE, weekday } from './civil-time'
import { DomainError, ensure } from './error'
import type { FairPolicy } from './fair'
import type { Kind } from './kind'
import type { MealOffer } from './meal'
import type { RequestLog } from './person'
import type { ServiceItem } from './service-item'
import { isOnOffer, seatsFor, type Offer, type Queue } from './waitlist'

export interface Seat {
  readonly bookingId: string
  readonly at: number
  /** seats held: portions of a meal; absent: one */
  readonly count?: number
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

/** Who is to sit there. */
export interface Seated {
  readonly personId: string
  readonly communityId: string
  /** taken by phone or at the counter: of the seats that are kept for that, too */
  readonly isDesk?: boolean
}

/**
 * Whether this elder may take a seat now, and if not, why. A seat that is on offer to them, or owed to who waits, is no newcomer's.
 * @param count seats wanted: portions of a meal
 * @throws CUTOFF_PAST {until}, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, SEAT_OFFERED {until}, SLOT_FULL {remaining}
 */
export function ensureSeat(slot: Slot, elder: Seated, bookingId: string, now: number, count = 1): void {
  if (slot.kind === 'meal') ensure(slot.orderUntil > now && slot.frozenAt === null, 'CUTOFF_PAST', { until: slot.orderUntil })
  ensure(slot.startsAt > now, 'SLOT_PAST')
  ensure(slot.isOpen, 'SLOT_CLOSED')
  ensure(slot.communityIds.includes(elder.communityId), 'OTHER_COMMUNITY')
  const mine = slot.holders[elder.personId]
  if (mine) {
    if (mine.bookingId !== bookingId) throw isOnOffer(mine) ? new DomainError('SEAT_OFFERED', { until: mine.offer.until }) : new DomainError('ALREADY_BOOKED')
    return
  }
  const remaining = seatsFor(slot, elder.isDesk === true, now)
  ensure(remaining >= count, 'SLOT_FULL', { remaining: Math.max(0, remaining) })
}

/** Seats that are held: portions of a meal, else one for each elder. */
export const heldIn = (slot: Pick<Slot, 'holders'>): number => Object.values(slot.holders).reduce((sum, seat) => sum + (seat.count ?? 1), 0)

/** What a change of capacity does to a slot. @throws BELOW_HELD: seats that are held are never taken away. */
export function withCapacity(slot: Slot, capacity: number): Pick<Slot, 'capacity' | 'remaining'> {
  const held = heldIn(slot)
  if (capacity < held) throw new DomainError('BELOW_HELD', { held })
  return { capacity, remaining: capacity - held }
}

/** How many days ahead slots stand open. 示例 policy. */
export const DAYS_AHEAD = 14

/** The id of a service's slot says which it is. */
export const slotIdOf = (serviceItemId: string, place: { readonly onDate: string; readonly startMinute: number }): string => `${serviceItemId}_${place.onDate.replaceAll('-', '')}_${String(place.startMinute).padStart(4, '0')}`

/** The slots of one service on one civil day; their ids say which they are, so that generating again changes nothing. */
export function slotsOn(item: ServiceItem, onDate: string, closedDays: Readonly<Record<string, string>>): readonly Slot[] {
  if (!item.isOpen || closedDays[onDate] !== undefined) return []
  return item.weekly.filter((opening) => opening.weekday === weekday(onDate)).map((opening) => {
    const startsAt = instantOf(onDate, opening.startMinute)
    return {
      _id: slotIdOf(item._id, { onDate, startMinute: opening.startMinute }),
      subdistrictId: item.subdistrictId, kind: item.kind, meal: null, orderUntil: startsAt, frozenAt: null, serviceItemId: item._id, serviceName: item.name, providerId: item.providerId, providerName: item.providerName,
      communityIds: item.communityIds, priceFen: item.priceFen, cancelHours: item.cancelHours, onDate, startsAt, endsAt: startsAt + item.durationMinutes * MINUTE,
      capacity: opening.capacity, remaining: opening.capacity, holders: {}, isOpen: true, unsettledAt: null,
      ...(item.fair === undefined ? {} : { fair: item.fair, kept: Math.min(item.fair.share?.seats ?? 0, opening.capacity) }),
    }
  })
}

/** The civil days that must stand open on a given day. */
export const openDays = (today: string): readonly string[] => Array.from({ length: DAYS_AHEAD }, (_, index) => addDays(today, index))

/** What breaks law 1 in one slot, in words for an administrator; empty when it holds. */
export function slotFaults(slot: Slot): readonly string[] {
  const held = heldIn(slot)
  return [
    ...(slot.remaining < 0 ? ['remaining below zero'] : []),
    ...(slot.remaining + held !== slot.capacity ? [`remaining ${slot.remaining} + held ${held} ≠ capacity ${slot.capacity}`] : []),
  ]
}
