/**
 * Capacity 名额 (law 1): 0 ≤ remaining and remaining + seats held = capacity; at most one live seat per elder and slot.
 * A seat is an entry in `holders` together with one less `remaining`, changed in one conditional update.
 */
import { needsTrained } from './bed-terms'
import { addDays, instantOf, MINUTE, weekday } from './civil-time'
import { DomainError, ensure } from './error'
import { bedOn, isOfferedOn, priceOn, weekOn, type ServiceItem } from './service-item'
import type { Seat, Slot } from './slot-record'
import { isOnOffer, seatsFor } from './waitlist'

export type { Seat, Slot }

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
 * @throws CUTOFF_PAST {until}, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, SEAT_OFFERED {until}, SLOT_FULL {remaining}, NO_TRAINED_STAFF {onDate} for a bed that needs somebody trained on shift
 */
export function ensureSeat(slot: Slot, elder: Seated, bookingId: string, now: number, count = 1): void {
  if (slot.kind === 'meal') ensure(slot.orderUntil > now && slot.frozenAt === null, 'CUTOFF_PAST', { until: slot.orderUntil })
  if (slot.kind === 'menu') ensure(slot.orderUntil > now, 'CUTOFF_PAST', { until: slot.orderUntil, of: 'menu' })
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
  ensure(isStaffed(slot), 'NO_TRAINED_STAFF', { onDate: slot.onDate })
}

/** Whether whoever lies there is looked after as their bed demands. */
export const isStaffed = (slot: Pick<Slot, 'bed' | 'shift'>): boolean => !needsTrained(slot.bed) || slot.shift?.isStaffed === true

/** Seats that are held: portions of a meal, else one for each elder. */
export const heldIn = (slot: Pick<Slot, 'holders'>): number => Object.values(slot.holders).reduce((sum, seat) => sum + (seat.count ?? 1), 0)

/** What a change of capacity does to a slot. @throws BELOW_HELD: seats that are held are never taken away. */
export function withCapacity(slot: Slot, capacity: number): Pick<Slot, 'capacity' | 'remaining'> {
  const held = heldIn(slot)
  if (capacity < held) throw new DomainError('BELOW_HELD', { held })
  return { capacity, remaining: capacity - held }
}

/** How many days ahead slots stand open; nights of a house further, so that a stay can be planned and extended. 示例 policy. */
export const DAYS_AHEAD = 14
export const NIGHTS_AHEAD = 28

/** The id of a service's slot says which it is. */
export const slotIdOf = (serviceItemId: string, place: { readonly onDate: string; readonly startMinute: number }): string => `${serviceItemId}_${place.onDate.replaceAll('-', '')}_${String(place.startMinute).padStart(4, '0')}`

/** The slots of one service on one civil day; their ids say which they are, so that generating again changes nothing. */
export function slotsOn(item: ServiceItem, onDate: string, closedDays: Readonly<Record<string, string>>): readonly Slot[] {
  if (!isOfferedOn(item, onDate) || closedDays[onDate] !== undefined) return []
  const [week, price, bed] = [weekOn(item, onDate), priceOn(item, onDate), bedOn(item, onDate)]
  return week.weekly.filter((opening) => opening.weekday === weekday(onDate)).map((opening) => {
    const startsAt = instantOf(onDate, opening.startMinute)
    return {
      _id: slotIdOf(item._id, { onDate, startMinute: opening.startMinute }),
      subdistrictId: item.subdistrictId, kind: item.kind, meal: null, orderUntil: startsAt, frozenAt: null, serviceItemId: item._id, serviceName: item.name, providerId: item.providerId, providerName: item.providerName,
      communityIds: item.communityIds, priceFen: price.priceFen, cancelHours: item.cancelHours, onDate, startsAt, endsAt: startsAt + item.durationMinutes * MINUTE,
      capacity: opening.capacity, remaining: opening.capacity, holders: {}, isOpen: true, unsettledAt: null,
      ...(bed === undefined ? {} : { bed }), ...(week.version === 0 ? {} : { planVersion: week.version }), ...(price.version === 0 ? {} : { priceVersion: price.version }),
      ...(item.fair === undefined ? {} : { fair: item.fair, kept: Math.min(item.fair.share?.seats ?? 0, opening.capacity) }),
    }
  })
}

/** The civil days that must stand open on a given day. */
export const openDays = (today: string, kind: Slot['kind'] = 'homeCare'): readonly string[] => Array.from({ length: kind === 'stay' ? NIGHTS_AHEAD : DAYS_AHEAD }, (_, index) => addDays(today, index))

/** What breaks law 1 in one slot, in words for an administrator; empty when it holds. */
export function slotFaults(slot: Slot): readonly string[] {
  const held = heldIn(slot)
  return [
    ...(slot.remaining < 0 ? ['remaining below zero'] : []),
    ...(slot.remaining + held !== slot.capacity ? [`remaining ${slot.remaining} + held ${held} ≠ capacity ${slot.capacity}`] : []),
    ...(held > 0 && !isStaffed(slot) ? ['somebody lies there without trained staff on shift'] : []),
  ]
}
