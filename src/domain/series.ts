/**
 * A series 每周的安排: home care of one service, weekly or fortnightly, on a weekday at a time. Its document says what is
 * wanted on each date; whoever settles it brings the bookings there, one after the other, and says what became of each.
 * A date keeps its number for life: whatever is edited, a date that was skipped stays skipped, and one booking at most
 * stands for a number. Here: what people decide; what the preview shows stands in series-preview.ts.
 */
import { isWithin, type Span } from './away'
import type { By, OfSeries } from './booking-record'
import { addDays, instantOf, MINUTE, weekday } from './civil-time'
import { ensure } from './error'
import { DAYS_AHEAD } from './slot'

/** The longest series: half a year of weeks. 示例 policy. */
export const MOST_DATES = 26
/** A date can be moved this many days from where the rhythm puts it. */
export const MOST_DAYS_OFF = 6

/** Where something is wanted: a civil day and a minute of it. */
export interface Place {
  readonly onDate: string
  readonly startMinute: number
}

/** Why a date could not be had. */
export const missedWhys = ['full', 'limit', 'holiday', 'none', 'clash', 'other'] as const
export type MissedWhy = (typeof missedWhys)[number]

/**
 * `planned`: to be booked as soon as its day opens; `booking`: being booked under `bookingId`; `booked`; `missed`: could not be
 * had; `skipped`: left out, for good; `over`: the series ended before it.
 */
export type SeriesState = 'planned' | 'booking' | 'booked' | 'missed' | 'skipped' | 'over'

export interface SeriesDate extends Place {
  /** 1, 2, 3…: the date's own number, whatever day it is moved to */
  readonly n: number
  readonly state: SeriesState
  /** the booking that stands for it, or is being made; null: none */
  readonly bookingId: string | null
  /** how many bookings were given up for it: the next one has another id */
  readonly turn: number
  /** its booking is to be given up */
  readonly isLeaving: boolean
  /** where its booking is to move */
  readonly moveTo: Place | null
  readonly why: MissedWhy | null
  /** when booking it began */
  readonly claimedAt: number | null
}

export interface Series {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly elderId: string
  readonly elderName: string
  readonly serviceItemId: string
  readonly serviceName: string
  readonly providerName: string
  readonly durationMinutes: number
  /** weeks from one date to the next */
  readonly every: 1 | 2
  readonly firstOn: string
  readonly weekday: number
  readonly startMinute: number
  readonly note: string | null
  readonly dates: readonly SeriesDate[]
  /** the day of its last date: a calendar finds it by this */
  readonly lastOn: string
  /** who arranged it, or changed it last: hears of what could not be had */
  readonly askedBy: By
  readonly askedAt: number
  readonly paused: { readonly at: number; readonly by: By; readonly reason: string | null } | null
  readonly ended: { readonly at: number; readonly by: By; readonly fromOn: string } | null
  /** days on which the elder is not at home: nothing is booked on them, whatever else is decided; absent or null: none */
  readonly away?: Held | null
  /** when the clock must bring something to where it is wanted; null: nothing is owed */
  readonly dueAt: number | null
}

/** Days that an absence of the elder leaves out, and the life event that says so. */
export interface Held extends Span {
  readonly eventId: string
  readonly at: number
  readonly by: By
}

export interface SeriesWish {
  readonly firstOn: string
  readonly startMinute: number
  readonly every: 1 | 2
  readonly count: number
}

/** What somebody decided about one date before they confirmed. */
export type Choice = { readonly n: number; readonly skip: true } | ({ readonly n: number; readonly skip?: undefined } & Place)

export const startOf = (place: Place): number => instantOf(place.onDate, place.startMinute)
/** A few minutes after the slots of a day were opened. */
export const opensAt = (place: Pick<Place, 'onDate'>): number => instantOf(addDays(place.onDate, 1 - DAYS_AHEAD), 12)

/** The dates of a rhythm. @throws SERIES_TOO_LONG {most}, BAD_INPUT {field} for fewer than two, or a first day that is over */
export function rhythmOf({ firstOn, startMinute, every, count }: SeriesWish, today: string): readonly (Place & { readonly n: number })[] {
  ensure(count <= MOST_DATES, 'SERIES_TOO_LONG', { most: MOST_DATES })
  ensure(count >= 2, 'BAD_INPUT', { field: 'count' })
  ensure(firstOn >= today, 'BAD_INPUT', { field: 'firstOn' })
  return Array.from({ length: count }, (_, index) => ({ n: index + 1, onDate: addDays(firstOn, index * 7 * every), startMinute }))
}

const daysApart = (one: string, other: string): number => Math.abs(instantOf(one) - instantOf(other)) / (24 * 60 * MINUTE)

/** The Monday of a day's week. */
const mondayOf = (onDate: string): string => addDays(onDate, -((weekday(onDate) + 6) % 7))

const plain = (place: Place, n: number): SeriesDate =>
  ({ n, onDate: place.onDate, startMinute: place.startMinute, state: 'planned', bookingId: null, turn: 0, isLeaving: false, moveTo: null, why: null, claimedAt: null })

export interface SeriesOf {
  readonly seriesId: string
  readonly elder: { readonly _id: string; readonly name: string; readonly subdistrictId: string }
  readonly item: { readonly _id: string; readonly name: string; readonly providerName: string; readonly durationMinutes: number }
  readonly note: string | null
}

/** A new series, with what was decided for single dates. @throws as `rhythmOf`, BAD_INPUT {field: 'choices'} for a number that is not there, or a place too far off or taken by another date */
export function startSeries(of: SeriesOf, wish: SeriesWish, choices: readonly Choice[], by: By, today: string, now: number): Series {
  const rhythm = rhythmOf(wish, today)
  const chosen = new Map(choices.map((choice) => [choice.n, choice]))
  ensure(chosen.size === choices.length && choices.every((choice) => choice.n <= rhythm.length), 'BAD_INPUT', { field: 'choices' })
  const dates = rhythm.map((place): SeriesDate => {
    const choice = chosen.get(place.n)
    if (choice === undefined) return plain(place, place.n)
    if (choice.skip) return { ...plain(place, place.n), state: 'skipped' }
    ensure(daysApart(choice.onDate, place.onDate) <= MOST_DAYS_OFF && choice.onDate >= today, 'BAD_INPUT', { field: 'choices' })
    return plain(choice, place.n)
  })
  ensure(dates.some((date) => date.state !== 'skipped'), 'BAD_INPUT', { field: 'choices' })
  ensureApart(dates)
  return due({
    _id: of.seriesId, version: 1, subdistrictId: of.elder.subdistrictId, elderId: of.elder._id, elderName: of.elder.name, serviceItemId: of.item._id, serviceName: of.item.name, providerName: of.item.providerName,
    durationMinutes: of.item.durationMinutes, every: wish.every, firstOn: wish.firstOn, weekday: weekday(wish.firstOn), startMinute: wish.startMinute, note: of.note, dates, lastOn: '', askedBy: by, askedAt: now, paused: null, ended: null, dueAt: null,
  }, now)
}

/** Two dates of one series are never at one place. */
const ensureApart = (dates: readonly SeriesDate[]): void => {
  const wanted = dates.filter(isWanted).map((date) => startOf(date.moveTo ?? date))
  ensure(new Set(wanted).size === wanted.length, 'BAD_INPUT', { field: 'choices' })
}

/** Still wanted: neither skipped nor ended. */
export const isWanted = (date: Pick<SeriesDate, 'state'>): boolean => date.state !== 'skipped' && date.state !== 'over'
const isAhead = (date: Place, now: number): boolean => startOf(date) > now

/** Whether anything is still to come. */
export const isRunning = (series: Series, now: number): boolean => series.dates.some((date) => isWanted(date) && isAhead(date, now))

type Holding = Pick<Series, 'paused' | 'away'>

/** Since when nothing is to be booked for this date: the series is paused, or the elder is not at home that day; null: it is not held. */
export function heldSince({ paused, away }: Holding, onDate: string): number | null {
  const since = [...(paused === null ? [] : [paused.at]), ...(away && isWithin(away, onDate) ? [away.at] : [])]
  return since.length === 0 ? null : Math.min(...since)
}

/** What the clock owes this date now; null: nothing, or not yet. */
export function owedTo(date: SeriesDate, series: Holding, now: number): 'leave' | 'move' | 'book' | null {
  if (date.isLeaving) return 'leave'
  if (date.state === 'booking') return 'book'
  if (date.state === 'booked') return date.moveTo !== null && (opensAt(date.moveTo) <= now || !isAhead(date, now)) ? 'move' : null
  return date.state === 'planned' && heldSince(series, date.onDate) === null && isAhead(date, now) && opensAt(date) <= now ? 'book' : null
}

/** When something is owed to this date next. */
function dueOf(date: SeriesDate, series: Holding, now: number): number | null {
  if (owedTo(date, series, now) !== null) return now
  if (date.state === 'booked' && date.moveTo !== null) return Math.min(opensAt(date.moveTo), startOf(date))
  return date.state === 'planned' && heldSince(series, date.onDate) === null && isAhead(date, now) ? opensAt(date) : null
}

/** The series with the time at which the clock must look. */
export function due(series: Series, now: number, notBefore = 0): Series {
  const times = series.dates.flatMap((date) => dueOf(date, series, now) ?? [])
  const lastOn = series.dates.reduce((latest, date) => [latest, date.onDate, date.moveTo?.onDate ?? ''].reduce((a, b) => (a > b ? a : b)), '')
  return { ...series, lastOn, dueAt: times.length === 0 ? null : Math.max(notBefore, Math.min(...times)) }
}

const edited = (series: Series, by: By, now: number, edit: (date: SeriesDate) => SeriesDate, more: Partial<Series> = {}): Series =>
  due({ ...series, ...more, askedBy: by, askedAt: now, dates: series.dates.map(edit) }, now)

/** @throws NOT_FOUND for a number that the series does not have */
export function dateOf(series: Series, n: number): SeriesDate {
  const date = series.dates.find((one) => one.n === n)
  ensure(date !== undefined, 'NOT_FOUND')
  return date
}

/** A date without a booking any more; one that may exist is given up by who settles. */
const without = (date: SeriesDate, state: 'skipped' | 'over'): SeriesDate => ({ ...date, state, isLeaving: date.bookingId !== null, moveTo: null, why: null })

/** Leaves one date out, for good. Its booking is cancelled before, inside the window. @throws WRONG_STATE once it was to begin, or for one that is not wanted */
export function skipDate(series: Series, n: number, by: By, now: number): Series {
  const date = dateOf(series, n)
  ensure(isWanted(date) && isAhead(date, now), 'WRONG_STATE', { status: date.state })
  return edited(series, by, now, (one) => (one.n === n ? without(one, 'skipped') : one))
}

/** Another place for a date that is not booked: the nearest alternative, for one that could not be had. @throws WRONG_STATE, BAD_INPUT {field} too far off, or where another date is */
export function moveDate(series: Series, n: number, to: Place, by: By, today: string, now: number): Series {
  const date = dateOf(series, n)
  ensure((date.state === 'planned' || date.state === 'missed') && date.bookingId === null, 'WRONG_STATE', { status: date.state })
  const home = addDays(series.firstOn, (n - 1) * 7 * series.every)
  ensure(to.onDate >= today && startOf(to) > now && daysApart(to.onDate, home) <= 2 * MOST_DAYS_OFF, 'BAD_INPUT', { field: 'onDate' })
  const moved = edited(series, by, now, (one) => (one.n === n ? { ...one, onDate: to.onDate, startMinute: to.startMinute, state: 'planned', why: null } : one))
  ensureApart(moved.dates)
  return moved
}

/** Where a change puts a date: the same week, another weekday or time. */
export const shifted = (series: Pick<Series, 'firstOn' | 'every'>, n: number, to: { readonly weekday: number; readonly startMinute: number }): Place =>
  ({ onDate: addDays(mondayOf(addDays(series.firstOn, (n - 1) * 7 * series.every)), (to.weekday + 6) % 7), startMinute: to.startMinute })

/** Which dates a change from a number on reaches: wanted, to come, and not where it would put them before now. */
export const reached = (series: Series, fromN: number, to: { readonly weekday: number; readonly startMinute: number }, now: number): readonly SeriesDate[] =>
  series.dates.filter((date) => date.n >= fromN && isWanted(date) && isAhead(date, now) && startOf(shifted(series, date.n, to)) > now)

/**
 * Another weekday or time from a date on. A date that was skipped stays skipped; one that is being served, or lies behind, stays as
 * it was; a booked one keeps its seat until the new one is had. @throws WRONG_STATE when there is nothing left to change
 */
export function changeFrom(series: Series, fromN: number, to: { readonly weekday: number; readonly startMinute: number }, by: By, now: number): Series {
  const numbers = new Set(reached(series, fromN, to, now).map((date) => date.n))
  ensure(numbers.size > 0, 'WRONG_STATE', { status: 'over' })
  return edited(series, by, now, (date) => {
    if (!numbers.has(date.n)) return date
    const place = shifted(series, date.n, to)
    if (date.state === 'booked' || date.state === 'booking') return { ...date, moveTo: date.onDate === place.onDate && date.startMinute === place.startMinute ? null : place, why: null }
    return { ...date, ...place, state: 'planned', why: null }
  }, { weekday: to.weekday, startMinute: to.startMinute })
}

/** Ends it from a date on. What is too near to be cancelled without asking stays. @throws WRONG_STATE when nothing is left to end */
export function endFrom(series: Series, fromN: number, by: By, now: number): Series {
  const isReached = (date: SeriesDate): boolean => date.n >= fromN && isWanted(date) && isAhead(date, now)
  const first = series.dates.find(isReached)
  ensure(first !== undefined, 'WRONG_STATE', { status: 'over' })
  return edited(series, by, now, (date) => (isReached(date) ? without(date, 'over') : date), { ended: { at: now, by, fromOn: first.onDate } })
}

/** Nothing more is booked and what can be cancelled is given back, until it is resumed: by people, or by what happens in life. Paused already changes nothing. @throws WRONG_STATE when nothing is left of it */
export function pauseSeries(series: Series, by: By, reason: string | null, now: number): Series {
  ensure(isRunning(series, now), 'WRONG_STATE', { status: 'over' })
  if (series.paused !== null) return series
  const isReached = (date: SeriesDate): boolean => (date.state === 'booked' || date.state === 'booking') && isAhead(date, now)
  return edited(series, by, now, (date) => (isReached(date) ? { ...date, isLeaving: true } : date), { paused: { at: now, by, reason } })
}

/** It goes on: dates to come are booked as they open; what was skipped stays skipped, what went by is gone. @throws WRONG_STATE when it was not paused */
export function resumeSeries(series: Series, by: By, now: number): Series {
  ensure(series.paused !== null, 'WRONG_STATE', { status: 'running' })
  // What is just being given back is booked anew once it is.
  return edited(series, by, now, (date) => date, { paused: null })
}

/**
 * The elder is not at home on these days: what is booked on them is given back, what is planned waits. Another absence takes the
 * place of an earlier one; the same again changes nothing. Who is asked about the series stays who arranged it.
 */
export function holdSeries(series: Series, away: Held, now: number): Series {
  if (series.away?.eventId === away.eventId) return series
  const isReached = (date: SeriesDate): boolean => (date.state === 'booked' || date.state === 'booking') && isAhead(date, now) && isWithin(away, date.onDate)
  return due({ ...series, away, dates: series.dates.map((date) => (isReached(date) ? { ...date, isLeaving: true } : date)) }, now)
}

/** Home again: dates to come are booked as they open. Of another absence than this one nothing is touched. */
export const homeAgain = (series: Series, eventId: string, now: number): Series => (series.away?.eventId === eventId ? due({ ...series, away: null }, now) : series)

/** Dates to come that an absence keeps from being booked: what coming home would book. */
export const heldDates = (series: Series, now: number): readonly SeriesDate[] =>
  series.paused !== null ? [] : series.dates.filter((date) => date.state === 'planned' && isAhead(date, now) && heldSince(series, date.onDate) !== null)

// What became of a date, told by who settles it: nothing but the very booking that is named is touched.

const settled = (series: Series, n: number, step: (date: SeriesDate) => SeriesDate, now: number): Series => due({ ...series, dates: series.dates.map((date) => (date.n === n ? step(date) : date)) }, now)
const ofBooking = (bookingId: string, step: (date: SeriesDate) => SeriesDate) => (date: SeriesDate): SeriesDate => (date.bookingId === bookingId ? step(date) : date)

/** Booking it begins: from now on its booking is named here, whatever happens. Again, or when it is no longer to be booked, changes nothing. */
export const claimed = (series: Series, n: number, bookingId: string, now: number): Series => {
  const date = dateOf(series, n)
  return date.state === 'planned' && !date.isLeaving && heldSince(series, date.onDate) === null ? settled(series, n, (one) => ({ ...one, state: 'booking', bookingId, claimedAt: now }), now) : series
}
export const booked = (series: Series, n: number, bookingId: string, now: number): Series =>
  settled(series, n, ofBooking(bookingId, (date) => (date.state === 'booking' ? { ...date, state: 'booked', why: null } : date)), now)
export const missed = (series: Series, n: number, bookingId: string, why: MissedWhy, now: number): Series =>
  settled(series, n, ofBooking(bookingId, (date) => (date.state === 'booking' ? { ...date, state: 'missed', bookingId: null, turn: date.turn + 1, isLeaving: false, moveTo: null, why } : { ...date, bookingId: null, turn: date.turn + 1, isLeaving: false })), now)
/** A planned date that cannot be had, before anything was taken for it. */
export const notOffered = (series: Series, n: number, why: MissedWhy, now: number): Series =>
  settled(series, n, (date) => (date.state === 'planned' ? { ...date, state: 'missed', why } : date), now)
/** Its booking was given up. One that was only paused is planned again, where it was to be moved to if it was. */
export const left = (series: Series, n: number, bookingId: string, now: number): Series =>
  settled(series, n, ofBooking(bookingId, (date) => ({ ...date, ...date.moveTo, state: date.state === 'booked' || date.state === 'booking' ? 'planned' : date.state, bookingId: null, turn: date.turn + 1, isLeaving: false, moveTo: null })), now)
/** Its booking had been cancelled by itself, before: that is as good as left out. */
export const leftOut = (series: Series, n: number, bookingId: string, now: number): Series =>
  settled(series, n, ofBooking(bookingId, (date) => ({ ...date, state: date.state === 'over' ? 'over' : 'skipped', bookingId: null, turn: date.turn + 1, isLeaving: false, moveTo: null })), now)
/** Its booking cannot be given up any more: too near, or under way. It stays as it is. */
export const stays = (series: Series, n: number, bookingId: string, now: number): Series =>
  settled(series, n, ofBooking(bookingId, (date) => ({ ...date, state: 'booked', isLeaving: false, moveTo: null })), now)
export const moved = (series: Series, n: number, bookingId: string, to: Place, now: number): Series =>
  settled(series, n, ofBooking(bookingId, (date) => ({ ...date, onDate: to.onDate, startMinute: to.startMinute, moveTo: date.moveTo?.onDate === to.onDate && date.moveTo.startMinute === to.startMinute ? null : date.moveTo, why: null })), now)
/** It could not be moved: it stays where it was, and says why. */
export const notMoved = (series: Series, n: number, bookingId: string, why: MissedWhy | null, now: number): Series =>
  settled(series, n, ofBooking(bookingId, (date) => ({ ...date, moveTo: null, why })), now)

/**
 * What must hold of a series and the live bookings that name it: none but the one that its date names, none for a date that was
 * left out or ended unless it is just being given up, and no two dates at one place.
 */
export function seriesHolds(series: Series, live: readonly { readonly _id: string; readonly series?: OfSeries; readonly startsAt: number }[], isYoung: (bookingId: string) => boolean, now: number): boolean {
  const numbers = new Set(series.dates.map((date) => date.n))
  const isNamed = live.every((booking) => isYoung(booking._id) || series.dates.some((date) => date.n === booking.series?.n && date.bookingId === booking._id && (isWanted(date) || date.isLeaving)))
  const isOwed = series.dates.every((date) => owedTo(date, series, now) === null || series.dueAt !== null)
  return numbers.size === series.dates.length && isNamed && isOwed && series.dates.every((date) => (date.state === 'booked' || date.state === 'booking' ? date.bookingId !== null : date.bookingId === null || (!isWanted(date) && date.isLeaving)))
}
