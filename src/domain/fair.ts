/**
 * Fair capacity 名额公平: a part of each slot is kept for phone and counter until a stated hour, one person takes only so
 * much of a service in a period, and a freed seat is held for whoever waits. What holds for a service is data.
 */
import type { By } from './booking-record'
import type { BusyTime } from './busy'
import { addDays, instantOf, minuteOfDay, civilDate, MINUTE, weekday } from './civil-time'
import { DomainError, ensure } from './error'
import { usualFair, type FairPolicy, type FairTerms, type Limit } from './fair-policy'
import type { Slot } from './slot-record'

export { usualFair, type FairPolicy, type FairTerms }

const DAY_MINUTES = 24 * 60
const MOST_SHARE_DAYS = 7
const MOST_HOLD = 240

/** @throws BAD_INPUT {field} */
export function ensureTerms({ share, limit, hold }: FairTerms): void {
  const isWhole = (value: number, from: number, to: number): boolean => Number.isSafeInteger(value) && value >= from && value <= to
  ensure(share === null || isWhole(share.seats, 1, 100), 'BAD_INPUT', { field: 'share.seats' })
  ensure(share === null || (isWhole(share.daysBefore, 0, MOST_SHARE_DAYS) && isWhole(share.untilMinute, 0, DAY_MINUTES - 1)), 'BAD_INPUT', { field: 'share.untilMinute' })
  ensure(limit === null || isWhole(limit.most, 1, 60), 'BAD_INPUT', { field: 'limit.most' })
  ensure(isWhole(hold.minutes, 5, MOST_HOLD), 'BAD_INPUT', { field: 'hold.minutes' })
  ensure(isWhole(hold.dayFrom, 0, DAY_MINUTES - 1) && isWhole(hold.dayTo, hold.dayFrom + hold.minutes, DAY_MINUTES - 1), 'BAD_INPUT', { field: 'hold.dayTo' })
  ensure(isWhole(hold.morningAt, hold.dayFrom, hold.dayTo), 'BAD_INPUT', { field: 'hold.morningAt' })
}

export const fairOf = (slot: Pick<Slot, 'fair'>): FairPolicy => slot.fair ?? usualFair

/** When the kept seats are everybody's, ms; null: none are kept here. */
export function keptUntil(slot: Pick<Slot, 'fair' | 'onDate'>): number | null {
  const { share } = fairOf(slot)
  return share === null ? null : instantOf(addDays(slot.onDate, -share.daysBefore), share.untilMinute)
}

/** Seats that only phone and counter can have now. What they have taken, or given back, is kept no longer. */
export function keptNow(slot: Pick<Slot, 'fair' | 'onDate' | 'kept' | 'remaining'>, now: number): number {
  const until = keptUntil(slot)
  return until === null || now >= until ? 0 : Math.max(0, Math.min(slot.kept ?? 0, slot.remaining))
}

/** Until when an offer made now is held, ms: never past the start. */
export function holdUntil({ hold }: FairTerms, at: number, startsAt: number): number {
  const minute = minuteOfDay(at)
  const isDay = minute >= hold.dayFrom && minute + hold.minutes <= hold.dayTo
  const morning = instantOf(minute < hold.dayFrom ? civilDate(at) : addDays(civilDate(at), 1), hold.morningAt)
  return Math.min(startsAt, isDay ? at + hold.minutes * MINUTE : morning)
}

/** The civil period in which a day lies: from, and the first day after it. */
export function periodOf(per: Limit['per'], onDate: string): { readonly fromOn: string; readonly toOn: string } {
  if (per === 'week') {
    const fromOn = addDays(onDate, -((weekday(onDate) + 6) % 7))
    return { fromOn, toOn: addDays(fromOn, 7) }
  }
  const fromOn = `${onDate.slice(0, 7)}-01`
  return { fromOn, toOn: `${addDays(fromOn, 31).slice(0, 7)}-01` }
}

/**
 * Whether one more of this service is within what one person may have.
 * @throws LIMIT_OF_SERVICE {most, per, until}: from `until` on the next period counts
 */
export function ensureWithinLimit(busy: readonly BusyTime[], slot: Pick<Slot, 'fair' | 'onDate' | 'serviceItemId'>, exceptBookingId: string): void {
  const { limit } = fairOf(slot)
  if (limit === null) return
  const { fromOn, toOn } = periodOf(limit.per, slot.onDate)
  const [from, to] = [instantOf(fromOn), instantOf(toOn)]
  const taken = busy.filter((time) => time.freedAt === null && time.serviceItemId === slot.serviceItemId && time.bookingId !== exceptBookingId && time.from >= from && time.from < to).length
  if (taken >= limit.most) throw new DomainError('LIMIT_OF_SERVICE', { most: limit.most, per: limit.per, until: to })
}

/** A social worker's reason to go beyond what one person may have of a service; null: nobody does. */
export const beyondLimitOf = (by: Pick<By, 'as'>, words: string | undefined): string | null => (by.as === 'socialWorker' && words !== undefined && words !== '' ? words : null)

/** A slot under another policy: so many of its free seats are kept from now on. */
export const underFair = (slot: Slot, fair: FairPolicy, now: number): Pick<Slot, 'fair' | 'kept' | 'waitLookAt'> =>
  ({ fair, kept: fair.share === null ? 0 : Math.min(fair.share.seats, slot.remaining), waitLookAt: slot.queue === undefined ? (slot.waitLookAt ?? null) : now })
