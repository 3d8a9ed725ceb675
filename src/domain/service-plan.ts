/**
 * What changes of a service over time 目录: its weekly times, its price and subsidy, each from a civil day on; a hold while
 * nothing of it is booked; its last day. What was booked stays as it was booked; what is free follows. Versions are added
 * and never edited, and each says who made it.
 */
import { subsidyOf, type BedSort, type BedSubsidy, type BedTerms, type Guest } from './bed-terms'
import { addDays, minuteOfDay, weekday } from './civil-time'
import { DomainError, ensure } from './error'
import { isOnHold, priceOn, weekOn, type PriceTerms, type ServiceItem, type WeeklyOpening, type WeeklyPlan } from './service-item'
import { heldIn, openDays, slotsOn, type Slot } from './slot'
import { queueOf } from './waitlist'

/** Places at one time, and times in one week, at most. 示例 policy. */
const MOST_PLACES = 200
const MOST_TIMES = 80
const MOST_FEN = 500_000
/** A version is made so many days ahead at most. */
const MOST_AHEAD = 366

const isWhole = (value: number, from: number, to: number): boolean => Number.isSafeInteger(value) && value >= from && value <= to

/** A version holds from tomorrow at the earliest: today's times and prices are what people read this morning. @throws BAD_INPUT {field} */
const ensureFrom = (validFrom: string, today: string): void => ensure(validFrom > today && validFrom <= addDays(today, MOST_AHEAD), 'BAD_INPUT', { field: 'validFrom' })

/** @throws BAD_INPUT {field} */
export function ensureWeekly(item: Pick<ServiceItem, 'kind' | 'durationMinutes'>, weekly: readonly WeeklyOpening[], validFrom: string, today: string): void {
  ensureFrom(validFrom, today)
  ensure(weekly.length <= MOST_TIMES, 'BAD_INPUT', { field: 'weekly' })
  ensure(weekly.every((one) => isWhole(one.weekday, 0, 6) && isWhole(one.startMinute, 0, 24 * 60 - 1) && isWhole(one.capacity, 1, MOST_PLACES)), 'BAD_INPUT', { field: 'weekly' })
  // A night begins once a day; everything else is over before midnight.
  ensure(new Set(weekly.map((one) => (item.kind === 'stay' ? `${one.weekday}` : `${one.weekday} ${one.startMinute}`))).size === weekly.length, 'BAD_INPUT', { field: 'weekly' })
  ensure(item.kind === 'stay' || weekly.every((one) => one.startMinute + item.durationMinutes <= 24 * 60), 'BAD_INPUT', { field: 'startMinute' })
}

/** Half a day or nights are had in a bed of their sort, care at home in none. @throws BAD_INPUT {field} */
export function ensureBedSort(kind: ServiceItem['kind'], sort: BedSort | undefined): void {
  const sorts: readonly (BedSort | undefined)[] = kind === 'stay' ? ['short', 'memory'] : kind === 'dayCare' ? ['dayCare', 'physio'] : [undefined]
  ensure(sorts.includes(sort), 'BAD_INPUT', { field: 'bedSort' })
}

/** @throws BAD_INPUT {field} */
export function ensurePrice(item: Pick<ServiceItem, 'bed'>, terms: Pick<PriceTerms, 'priceFen' | 'subsidy' | 'validFrom'>, today: string): void {
  ensureFrom(terms.validFrom, today)
  ensure(isWhole(terms.priceFen, 0, MOST_FEN), 'BAD_INPUT', { field: 'priceFen' })
  const { subsidy } = terms
  if (subsidy === null) return
  ensure(item.bed !== undefined, 'BAD_INPUT', { field: 'subsidy' })
  ensure(isWhole(subsidy.leastPayFen, 0, terms.priceFen), 'BAD_INPUT', { field: 'leastPayFen' })
  ensure([...subsidy.bands.map((band) => band.subsidyFen), ...Object.values(subsidy.hardshipFen)].every((fen) => isWhole(fen, 0, MOST_FEN)) && subsidy.hardshipFen.none === 0, 'BAD_INPUT', { field: 'subsidy' })
  ensure(new Set(subsidy.bands.map((band) => band.fromAge)).size === subsidy.bands.length, 'BAD_INPUT', { field: 'bands' })
}

const nextVersion = (versions: readonly { readonly version: number }[] | undefined): number => Math.max(0, ...(versions ?? []).map(({ version }) => version)) + 1

export const withPlan = (item: ServiceItem, plan: Omit<WeeklyPlan, 'version'>): ServiceItem => ({ ...item, plans: [...(item.plans ?? []), { ...plan, version: nextVersion(item.plans) }] })
export const withPrice = (item: ServiceItem, terms: Omit<PriceTerms, 'version'>): ServiceItem => ({ ...item, prices: [...(item.prices ?? []), { ...terms, version: nextVersion(item.prices) }] })

/** Nothing of it is booked until it is opened again, or from a day on for good. @throws WRONG_STATE {status} */
export function hold(item: ServiceItem, held: NonNullable<ServiceItem['hold']>): ServiceItem {
  ensure(!isOnHold(item), 'WRONG_STATE', { status: 'held' })
  return { ...item, hold: held }
}

export function reopen(item: ServiceItem): ServiceItem {
  ensure(isOnHold(item), 'WRONG_STATE', { status: 'open' })
  return { ...item, hold: null }
}

/** @throws BAD_INPUT {field} for a day that is not ahead, WRONG_STATE {status} for what has ended */
export function end(item: ServiceItem, ends: NonNullable<ServiceItem['ends']>, today: string): ServiceItem {
  ensure(item.ends === undefined || item.ends.fromOn > today, 'WRONG_STATE', { status: 'ended' })
  ensureFrom(ends.fromOn, today)
  return { ...item, ends }
}

/** Whether somebody waits there, or holds a seat, or is offered one. */
const isUntouched = (slot: Slot): boolean => heldIn(slot) === 0 && Object.keys(queueOf(slot).places).length === 0

/** What becomes of a slot that stands open, as its service now says. */
export type SlotFate =
  /** nobody is there, and the service has no such time any more */
  | { readonly what: 'remove' }
  | { readonly what: 'change'; readonly changes: Partial<Pick<Slot, 'isOpen' | 'isHeld' | 'isOffPlan' | 'isClosedByDay' | 'planVersion' | 'priceVersion' | 'priceFen' | 'bed' | 'serviceName' | 'communityIds' | 'cancelHours'>>; /** the places that it is to have: never below what is held */ readonly capacity: number | null }
  | { readonly what: 'stay' }

export function fateOf(item: ServiceItem, slot: Slot, closedDays: Readonly<Record<string, string>>): SlotFate {
  const plan = weekOn(item, slot.onDate)
  const startMinute = minuteOfDay(slot.startsAt)
  const opening = plan.weekly.find((one) => one.weekday === weekday(slot.onDate) && one.startMinute === startMinute)
  const isOver = item.ends !== undefined && slot.onDate >= item.ends.fromOn
  const isHeld = isOnHold(item)
  const isOffPlan = opening === undefined || isOver
  if (isOffPlan && isUntouched(slot)) return { what: 'remove' }
  const isClosed = closedDays[slot.onDate] !== undefined
  const isOpen = item.isOpen && !isHeld && !isOffPlan && !isClosed
  const price = priceOn(item, slot.onDate)
  const wished = opening !== undefined && !isOver && plan.version > (slot.planVersion ?? 0) ? opening.capacity : null
  const wanted: Partial<Slot> = {
    isOpen, ...(isHeld === (slot.isHeld === true) ? {} : { isHeld }), ...(isOffPlan === (slot.isOffPlan === true) ? {} : { isOffPlan }), ...(isClosed && !slot.isOpen && slot.kind !== 'homeCare' ? { isClosedByDay: true } : {}),
    ...(plan.version <= (slot.planVersion ?? 0) ? {} : { planVersion: plan.version }),
    ...(price.version <= (slot.priceVersion ?? 0) ? {} : { priceVersion: price.version, priceFen: price.priceFen, ...(slot.bed === undefined ? {} : { bed: { ...slot.bed, subsidy: price.subsidy } }) }),
    serviceName: item.name, communityIds: item.communityIds, cancelHours: item.cancelHours,
  }
  const changes = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(slot[name as keyof Slot])))
  const capacity = wished === null || wished === slot.capacity ? null : Math.max(wished, heldIn(slot))
  return Object.keys(changes).length === 0 && capacity === null ? { what: 'stay' } : { what: 'change', changes, capacity }
}

/** What a service's own slots would be on the days that stand open. */
const wantedOf = (item: ServiceItem, closedDays: Readonly<Record<string, string>>, today: string, now: number): readonly Slot[] =>
  openDays(today, item.kind).flatMap((onDate) => slotsOn(item, onDate, closedDays)).filter((slot) => slot.startsAt > now)

/** The slots that are missing. */
export const missingOf = (item: ServiceItem, there: readonly Slot[], closedDays: Readonly<Record<string, string>>, today: string, now: number): readonly Slot[] => {
  const ids = new Set(there.map((slot) => slot._id))
  return wantedOf(item, closedDays, today, now).filter((slot) => !ids.has(slot._id))
}

export interface PlanChange {
  readonly added: readonly Slot[]
  /** nobody is there: they go */
  readonly removed: readonly Slot[]
  /** people are there: they are served as booked, nobody else comes, and somebody decides */
  readonly kept: readonly Slot[]
  readonly resized: readonly { readonly slot: Slot; readonly to: number }[]
  /** more are booked than there would be places */
  readonly belowHeld: readonly { readonly slot: Slot; readonly to: number; readonly held: number }[]
}

/** What another week would change among the slots that stand open. Later days are opened by it when their time comes. */
export function planChange(item: ServiceItem, plan: Omit<WeeklyPlan, 'version'>, slots: readonly Slot[], closedDays: Readonly<Record<string, string>>, today: string, now: number): PlanChange {
  const next = withPlan(item, plan)
  const there = slots.filter((slot) => slot.startsAt > now && slot.onDate >= plan.validFrom)
  const fates = there.map((slot) => ({ slot, fate: fateOf(next, slot, closedDays) }))
  const openingOf = (slot: Slot): WeeklyOpening | undefined => plan.weekly.find((one) => one.weekday === weekday(slot.onDate) && one.startMinute === minuteOfDay(slot.startsAt))
  const sized = fates.flatMap(({ slot, fate }) => (fate.what === 'change' && fate.capacity !== null ? [{ slot, to: openingOf(slot)?.capacity ?? fate.capacity, held: heldIn(slot) }] : []))
  return {
    added: missingOf(next, slots, closedDays, today, now).filter((slot) => slot.onDate >= plan.validFrom), removed: fates.filter(({ fate }) => fate.what === 'remove').map(({ slot }) => slot),
    kept: fates.filter(({ slot, fate }) => fate.what === 'change' && fate.changes.isOffPlan === true && slot.isOffPlan !== true).map(({ slot }) => slot),
    resized: sized.filter(({ to, held }) => to >= held).map(({ slot, to }) => ({ slot, to })), belowHeld: sized.filter(({ to, held }) => to < held),
  }
}

/** @throws BELOW_HELD {held, times} unless it was said that these times keep as many places as are booked */
export function ensureRoom({ belowHeld }: PlanChange, keepsBooked: boolean): void {
  const [first] = belowHeld
  if (first !== undefined && !keepsBooked) throw new DomainError('BELOW_HELD', { held: first.held, times: belowHeld.length })
}

/** A booking as far as its price depends on it: half-days and visits count once, a stay night by night. */
export interface Priced {
  readonly elderId: string
  readonly onDate: string
  readonly units: number
  readonly priceFen: number
  readonly subsidyFen: number
}

export interface PriceTotals {
  readonly priceFen: number
  readonly subsidyFen: number
  readonly payFen: number
}

/** What another price would have changed for what was booked in a month. @param guestOf null for somebody who is gone: what they paid stays */
export function pricePreview(item: Pick<ServiceItem, 'bed'>, terms: { readonly priceFen: number; readonly subsidy: BedSubsidy | null }, bookings: readonly Priced[], guestOf: (elderId: string) => Guest | null): { readonly before: PriceTotals; readonly after: PriceTotals; readonly elders: number; readonly payMore: number; readonly payLess: number } {
  const bed: BedTerms | undefined = item.bed === undefined ? undefined : { ...item.bed, subsidy: terms.subsidy }
  const rows = bookings.map((one) => {
    const guest = guestOf(one.elderId)
    const next = guest === null ? one : { priceFen: terms.priceFen * one.units, subsidyFen: bed === undefined ? 0 : subsidyOf(bed, terms.priceFen, one.onDate, guest).subsidyFen * one.units }
    return { elderId: one.elderId, before: one.priceFen - one.subsidyFen, after: next.priceFen - next.subsidyFen, was: one, next }
  })
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of(row), 0)
  const elders = [...new Set(rows.map((row) => row.elderId))]
  const more = elders.map((elderId) => rows.filter((row) => row.elderId === elderId).reduce((total, row) => total + row.after - row.before, 0))
  return {
    before: { priceFen: sum((row) => row.was.priceFen), subsidyFen: sum((row) => row.was.subsidyFen), payFen: sum((row) => row.before) },
    after: { priceFen: sum((row) => row.next.priceFen), subsidyFen: sum((row) => row.next.subsidyFen), payFen: sum((row) => row.after) },
    elders: elders.length, payMore: more.filter((fen) => fen > 0).length, payLess: more.filter((fen) => fen < 0).length,
  }
}
