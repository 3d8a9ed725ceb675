/**
 * Capacity 名额 (law 1): 0 ≤ remaining and remaining + seats held = capacity; at most one live seat per elder and slot.
 * A seat is an entry in `holders` together with one less `remaining`, changed in one conditional update.
 */
import { addDays, instantOf, MINUTE, weekday } from './civil-time'
import { DomainError, ensure } from './error'
import type { ServiceItem } from './service-item'

export interface Seat {
  readonly bookingId: string
  readonly at: number
}

export interface Slot {
  readonly _id: string
  readonly subdistrictId: string
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
  /** since when a booking here may have been left half-way; null: the sweep has looked */
  readonly unsettledAt: number | null
  /** requests that changed the capacity, so that a late duplicate never touches a newer one (law 8) */
  readonly capacityRequests?: Readonly<Record<string, { readonly hash: string; readonly at: number }>>
}

/**
 * Whether this elder may take a seat now, and if not, why.
 * @throws SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, SLOT_FULL
 */
export function ensureSeat(slot: Slot, elder: { readonly personId: string; readonly communityId: string }, bookingId: string, now: number): void {
  ensure(slot.startsAt > now, 'SLOT_PAST')
  ensure(slot.isOpen, 'SLOT_CLOSED')
  ensure(slot.communityIds.includes(elder.communityId), 'OTHER_COMMUNITY')
  const mine = slot.holders[elder.personId]
  if (mine) {
    ensure(mine.bookingId === bookingId, 'ALREADY_BOOKED')
    return
  }
  ensure(slot.remaining > 0, 'SLOT_FULL')
}

/** What a change of capacity does to a slot. @throws BELOW_HELD: seats that are held are never taken away. */
export function withCapacity(slot: Slot, capacity: number): Pick<Slot, 'capacity' | 'remaining'> {
  const held = Object.keys(slot.holders).length
  if (capacity < held) throw new DomainError('BELOW_HELD', { held })
  return { capacity, remaining: capacity - held }
}

/** How many days ahead slots stand open. 示例 policy. */
export const DAYS_AHEAD = 14

/** The slots of one service on one civil day; their ids say which they are, so that generating again changes nothing. */
export function slotsOn(item: ServiceItem, onDate: string, closedDays: Readonly<Record<string, string>>): readonly Slot[] {
  if (!item.isOpen || closedDays[onDate] !== undefined) return []
  return item.weekly.filter((opening) => opening.weekday === weekday(onDate)).map((opening) => {
    const startsAt = instantOf(onDate, opening.startMinute)
    return {
      _id: `${item._id}_${onDate.replaceAll('-', '')}_${String(opening.startMinute).padStart(4, '0')}`,
      subdistrictId: item.subdistrictId, serviceItemId: item._id, serviceName: item.name, providerId: item.providerId, providerName: item.providerName,
      communityIds: item.communityIds, priceFen: item.priceFen, cancelHours: item.cancelHours, onDate, startsAt, endsAt: startsAt + item.durationMinutes * MINUTE,
      capacity: opening.capacity, remaining: opening.capacity, holders: {}, isOpen: true, unsettledAt: null,
    }
  })
}

/** The civil days that must stand open on a given day. */
export const openDays = (today: string): readonly string[] => Array.from({ length: DAYS_AHEAD }, (_, index) => addDays(today, index))

/** What breaks law 1 in one slot, in words for an administrator; empty when it holds. */
export function slotFaults(slot: Slot): readonly string[] {
  const held = Object.keys(slot.holders).length
  return [
    ...(slot.remaining < 0 ? ['remaining below zero'] : []),
    ...(slot.remaining + held !== slot.capacity ? [`remaining ${slot.remaining} + held ${held} ≠ capacity ${slot.capacity}`] : []),
  ]
}
