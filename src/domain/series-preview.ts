/**
 * What each date of a series would meet, before anybody confirms: free, full, a holiday, something else of the elder's, not
 * offered, or too far ahead to be known; and the nearest place instead, no two dates the same.
 */
import { clash, type BusyTime } from './busy'
import { addDays, instantOf, MINUTE, weekday } from './civil-time'
import { periodOf } from './fair'
import { opensAt, startOf, type MissedWhy, type Place } from './series'
import { isOfferedOn, weekOn, type ServiceItem } from './service-item'
import { slotIdOf, type Slot } from './slot'
import { seatsFor } from './waitlist'

export type PreviewState = 'free' | 'later' | 'past' | Exclude<MissedWhy, 'other'>

export interface Facts {
  readonly item: Pick<ServiceItem, '_id' | 'weekly' | 'plans' | 'durationMinutes' | 'isOpen' | 'hold' | 'ends' | 'fair'>
  readonly closedDays: Readonly<Record<string, string>>
  /** the slots of the service on the days that are open */
  readonly slots: readonly Slot[]
  readonly elder: { readonly _id: string; readonly busy: readonly BusyTime[] }
  /** the series' own bookings: they stand in nobody's way */
  readonly ownIds: readonly string[]
  /** asked by phone or at the counter: for them seats are kept */
  readonly isDesk: boolean
  readonly now: number
}

/** Days before and after a date that are looked at for another place. */
const NEAR = 4

/** What this place would meet. */
export function stateOf(place: Place, facts: Facts): PreviewState {
  const { item, closedDays, slots, elder, ownIds, now } = facts
  const from = startOf(place)
  if (from <= now) return 'past'
  if (closedDays[place.onDate] !== undefined) return 'holiday'
  const slot = slots.find((one) => one._id === slotIdOf(item._id, place))
  const isOffered = isOfferedOn(item, place.onDate) && weekOn(item, place.onDate).weekly.some((opening) => opening.weekday === weekday(place.onDate) && opening.startMinute === place.startMinute)
  if (slot === undefined ? !isOffered : !slot.isOpen) return 'none'
  if (clash(elder.busy.filter((time) => !ownIds.includes(time.bookingId)), from, from + item.durationMinutes * MINUTE)) return 'clash'
  if (slot === undefined) return opensAt(place) > now ? 'later' : 'none'
  return seatsFor(slot, facts.isDesk, now) > 0 || ownIds.includes(slot.holders[elder._id]?.bookingId ?? '') ? 'free' : 'full'
}

/** Whether this place would be one more of the service than one person may have in its period, beside those that were counted on before. */
function isBeyondLimit(place: Place, { item, elder, ownIds }: Facts, before: readonly Place[]): boolean {
  const limit = item.fair?.limit ?? null
  if (limit === null) return false
  const { fromOn, toOn } = periodOf(limit.per, place.onDate)
  const booked = elder.busy.filter((time) => time.freedAt === null && time.serviceItemId === item._id && !ownIds.includes(time.bookingId) && time.from >= instantOf(fromOn) && time.from < instantOf(toOn))
  return booked.length + before.filter(({ onDate }) => onDate >= fromOn && onDate < toOn).length >= limit.most
}

export const isGood = (state: PreviewState): boolean => state === 'free' || state === 'later'

/** The nearest place that can be had, at none of those that are taken; null: none near by. */
export function nearestPlace(place: Place, facts: Facts, taken: readonly Place[]): Place | null {
  const days = Array.from({ length: 2 * NEAR + 1 }, (_, index) => addDays(place.onDate, index - NEAR))
  const places = days.flatMap((onDate) => weekOn(facts.item, onDate).weekly.filter((opening) => opening.weekday === weekday(onDate)).map((opening): Place => ({ onDate, startMinute: opening.startMinute })))
  const away = (other: Place): number => Math.abs(startOf(other) - startOf(place))
  const isTaken = (other: Place): boolean => taken.some((one) => one.onDate === other.onDate && one.startMinute === other.startMinute)
  // The same day first, then the nearest; of two as near the earlier.
  const order = (other: Place): number => (other.onDate === place.onDate ? 0 : instantOf(addDays(place.onDate, 30)) - instantOf(place.onDate)) + away(other)
  return places.filter((other) => away(other) > 0 && !isTaken(other) && isGood(stateOf(other, facts))).sort((a, b) => order(a) - order(b) || startOf(a) - startOf(b))[0] ?? null
}

export interface PreviewDate extends Place {
  readonly n: number
  readonly state: PreviewState
  readonly alternative: Place | null
}

/** Every date with what it would meet, and another place where it cannot be had. */
export function previewOf(places: readonly (Place & { readonly n: number })[], facts: Facts): readonly PreviewDate[] {
  const taken: Place[] = places.map(({ onDate, startMinute }) => ({ onDate, startMinute }))
  const counted: Place[] = []
  return places.map(({ n, onDate, startMinute }) => {
    const met = stateOf({ onDate, startMinute }, facts)
    const state = isGood(met) && isBeyondLimit({ onDate, startMinute }, facts, counted) ? 'limit' : met
    if (isGood(state)) counted.push({ onDate, startMinute })
    const alternative = isGood(state) || state === 'past' || state === 'limit' ? null : nearestPlace({ onDate, startMinute }, facts, taken)
    if (alternative !== null) taken.push(alternative)
    return { n, onDate, startMinute, state, alternative }
  })
}
