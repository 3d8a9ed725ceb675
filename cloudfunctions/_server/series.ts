/**
 * Series in the database. What people decide is one write of the series; then each date is brought to where it is wanted:
 * booked, moved or given up, one after the other. A date names its booking before anything is taken for it, and the booking's
 * id is made of the series, the date and the turn: whoever settles it again, or at the same time, makes the very same one.
 */
import type { OutputOf } from '../../src/contract'
import { isAwayOn } from '../../src/domain/away'
import { book, cancel, cancelLate, cancelUntil, ensureBookable, reschedule } from '../../src/domain/booking'
import { isGivenUp, type Booking, type By } from '../../src/domain/booking-record'
import { addDays, civilDate, instantOf, MINUTE } from '../../src/domain/civil-time'
import { delegationState } from '../../src/domain/delegation'
import { DomainError } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import * as rule from '../../src/domain/series'
import { heldWords, missedWords } from '../../src/domain/series-message'
import { nearestPlace, stateOf, type Facts, type PreviewDate } from '../../src/domain/series-preview'
import type { ServiceItem, Subdistrict } from '../../src/domain/service-item'
import { DAYS_AHEAD, slotIdOf, type Slot } from '../../src/domain/slot'
import { change, createOnce, get } from './aggregate'
import { freeSeat, freeTime, settleBooking, takeSeat, takeTime, timeOfVisit } from './bookings'
import { command, find, read } from './cloud'
import { derivedId, newSecret } from './keys'
import { queueSeries } from './messages'
import { moveVisit } from './moving'
import { getPerson, getServiceItem, getSubdistrict } from './people'

type Series = rule.Series
type SeriesDate = rule.SeriesDate

export const getSeries = (seriesId: string): Promise<Series> => get<Series>('series', seriesId)

/** More series than any elder has. */
const SERIES_AT_MOST = 30
/** Series of an elder whose last date is not before a day. */
export const seriesOf = (elderId: string, fromOn: string): Promise<Series[]> => find<Series>('series', { elderId, lastOn: command.gte(fromOn) }, { by: 'lastOn', direction: 'asc' }, SERIES_AT_MOST)

/** The bookings that a series names, by id. */
export async function bookingsOf(series: Series): Promise<ReadonlyMap<string, Booking>> {
  const ids = series.dates.flatMap((date) => date.bookingId ?? [])
  const found = ids.length === 0 ? [] : await find<Booking>('bookings', { _id: command.in(ids) }, null, ids.length)
  return new Map(found.map((booking) => [booking._id, booking]))
}

/** What a preview looks at: the service, closed days, the open slots, the elder's times. */
export async function factsFor(elder: Person, item: ServiceItem, subdistrict: Subdistrict, ownIds: readonly string[], isDesk: boolean, now: number): Promise<Facts> {
  const today = civilDate(now)
  const slots = await find<Slot>('slots', { serviceItemId: item._id, startsAt: command.gte(instantOf(today)).and(command.lt(instantOf(addDays(today, DAYS_AHEAD)))) }, { by: 'startsAt', direction: 'asc' }, 400)
  return { item, closedDays: subdistrict.closedDays, slots, elder, ownIds, isDesk, now }
}

export const placeView = (place: rule.Place) => ({ onDate: place.onDate, startMinute: place.startMinute, startsAt: rule.startOf(place) })
export const previewView = (date: PreviewDate, { closedDays }: Facts): OutputOf<'series.preview'>['dates'][number] =>
  ({ n: date.n, ...placeView(date), state: date.state, holidayName: closedDays[date.onDate] ?? null, alternative: date.alternative && placeView(date.alternative) })

const bookingIdOf = (series: Series, date: SeriesDate): string => derivedId('b', series._id, String(date.n), String(date.turn))
const system: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }

/** Who acts when a date is booked: who asked for it, as long as they still may. */
function actingFor(series: Series, elder: Person, now: number): By {
  const { askedBy } = series
  if (askedBy.as !== 'family') return askedBy
  const given = elder.delegates[askedBy.personId]
  return given !== undefined && delegationState(given, civilDate(now)) === 'active' && given.scopes.includes('book') ? askedBy : system
}

/** Arranged by phone or at the counter: what is kept for them can be had. */
const isAtDesk = (series: Series): boolean => series.askedBy.as === 'socialWorker'

const whyOf = ({ code }: DomainError): rule.MissedWhy => (code === 'SLOT_FULL' ? 'full' : code === 'LIMIT_OF_SERVICE' ? 'limit' : code === 'SLOT_CLOSED' ? 'none' : code === 'ELDER_BUSY' || code === 'ALREADY_BOOKED' ? 'clash' : 'other')
/** Why is nobody's business but the family's. */
const NOT_AT_HOME = '这些天不在家'
const isPassing = (error: unknown): boolean => !(error instanceof DomainError) || error.code === 'TRY_AGAIN'

/** A function call lives 20 s at most; after this nobody is still working on a booking that is not there, ms. */
const OLD_ENOUGH = 2 * MINUTE
/** What could not be brought to its end is tried again after this, ms. */
const LOOK_AGAIN = 4 * MINUTE

/** @returns the series as it stands now; the very same when there was nothing to write */
async function write(series: Series, step: (current: Series) => Series): Promise<Series> {
  let before = series
  const next = await change('series', series, (current) => {
    before = current
    return step(current)
  })
  return next === before ? next : { ...next, version: before.version + 1 }
}

/** Family who asked; else, and at the counter, the elder. */
async function whomToTell(series: Series, elder: Person): Promise<Person> {
  const asker = series.askedBy.as === 'family' ? await read<Person>('people', series.askedBy.personId) : null
  return asker !== null && asker.mergedInto === null && asker.standing !== 'erased' && asker._id !== elder._id ? asker : elder
}

/** Tells who asked, and at the counter the elder, of a date that could not be had; again tells nobody. */
async function tellMissed(series: Series, date: SeriesDate, place: rule.Place, why: rule.MissedWhy, kept: rule.Place | null, elder: Person, now: number): Promise<void> {
  const [item, subdistrict] = await Promise.all([getServiceItem(series.serviceItemId), getSubdistrict(series.subdistrictId)])
  const facts = await factsFor(elder, item, subdistrict, series.dates.flatMap((one) => one.bookingId ?? []), isAtDesk(series), now)
  const instead = nearestPlace(place, facts, series.dates.filter(rule.isWanted))
  const to = await whomToTell(series, elder)
  await queueSeries(series, { key: `${date.n}_${date.turn}_${place.onDate}_${place.startMinute}_${why}`, words: missedWords(series, place, why, instead, kept) }, to, now)
}

/** What keeps a slot that is not there from being there; null: it may still come. */
async function whyMissing(series: Series, place: rule.Place, elder: Person, now: number): Promise<rule.MissedWhy | null> {
  const [item, subdistrict] = await Promise.all([getServiceItem(series.serviceItemId), getSubdistrict(series.subdistrictId)])
  const state = stateOf(place, { item, closedDays: subdistrict.closedDays, slots: [], elder: { _id: elder._id, busy: [] }, ownIds: [], isDesk: isAtDesk(series), now: Math.min(now, rule.opensAt(place) - 1) })
  return state === 'holiday' ? 'holiday' : state === 'later' ? null : 'none'
}

/** Whether the service is on hold: the date waits, and who asked is told once for each hold. A slot that stands open says by itself that it is not. */
async function isOnHoldFor(series: Series, slot: Slot | null, elder: Person, now: number): Promise<boolean> {
  if (slot !== null && slot.isHeld !== true) return false
  const { hold } = await getServiceItem(series.serviceItemId)
  if (hold === undefined || hold === null) return false
  await queueSeries(series, { key: `hold_${hold.at}`, words: heldWords(series, hold.why, now) }, await whomToTell(series, elder), now)
  return true
}

/** Books one date: named first, then seat, time and booking. */
async function bookDate(loaded: Series, date: SeriesDate, now: number): Promise<Series> {
  const bookingId = bookingIdOf(loaded, date)
  const [elder, slot] = await Promise.all([getPerson(loaded.elderId), read<Slot>('slots', slotIdOf(loaded.serviceItemId, date))])
  // Who has just said that nobody is at home is about to say so here, too.
  if (date.state === 'planned' && isAwayOn(elder.away, date.onDate)) return loaded
  if (date.state === 'planned' && (await isOnHoldFor(loaded, slot, elder, now))) return loaded
  if (slot === null && date.state === 'planned') {
    const why = await whyMissing(loaded, date, elder, now)
    if (why === null) return loaded
    await tellMissed(loaded, date, date, why, null, elder, now)
    return write(loaded, (current) => rule.notOffered(current, date.n, why, now))
  }
  const series = await write(loaded, (current) => rule.claimed(current, date.n, bookingId, now))
  if (rule.dateOf(series, date.n).bookingId !== bookingId || slot === null) return series
  let hasSeat = false
  let hasTime = false
  try {
    ensureBookable(slot, elder, bookingId, now, isAtDesk(series))
    await takeSeat(slot, { personId: elder._id, communityId: elder.communityId, isDesk: isAtDesk(series) }, bookingId, now)
    hasSeat = true
    await takeTime(elder, [timeOfVisit(slot, bookingId, now)], now, slot)
    hasTime = true
    const made: Booking = { ...book(slot, elder, { bookingId, key: bookingId, hash: series._id, doorKey: newSecret(), note: series.note }, actingFor(series, elder, now), now), series: { seriesId: series._id, n: date.n } }
    await createOnce('bookings', made)
    return await write(series, (current) => rule.booked(current, date.n, bookingId, now))
  } catch (error) {
    if (isPassing(error)) throw error
    const why = whyOf(error as DomainError)
    // It was made by whoever settled this at the same time, or before a crash.
    if ((await read<Booking>('bookings', bookingId)) !== null) return write(series, (current) => rule.booked(current, date.n, bookingId, now))
    if (hasTime) await freeTime(elder._id, bookingId, now)
    if (hasSeat) await freeSeat(slot._id, elder._id, bookingId)
    if ((error as DomainError).code === 'ELDER_AWAY') return write(series, (current) => rule.left(current, date.n, bookingId, now))
    await tellMissed(series, date, date, why, null, elder, now)
    return write(series, (current) => rule.missed(current, date.n, bookingId, why, now))
  }
}

/** Gives up the booking of a date that was left out, ended or paused. What is too near stays, unless it was left out. */
async function leaveDate(series: Series, date: SeriesDate, now: number): Promise<Series> {
  const { bookingId } = date
  if (bookingId === null) return series
  const booking = await read<Booking>('bookings', bookingId)
  if (booking === null) {
    // Somebody may still be making it: until nobody can be, it is waited for.
    return (date.claimedAt ?? 0) > now - OLD_ENOUGH ? series : write(series, (current) => rule.left(current, date.n, bookingId, now))
  }
  const cancelledAt = booking.timeline.filter((entry) => entry.what === 'cancelled' || entry.what === 'noShow').at(-1)?.at ?? now
  const heldAt = rule.heldSince(series, date.onDate)
  if (isGivenUp(booking) && heldAt !== null && cancelledAt < heldAt) return write(series, (current) => rule.leftOut(current, date.n, bookingId, now))
  if (!isGivenUp(booking)) {
    const { by, reason } = date.state === 'over' && series.ended ? { by: series.ended.by, reason: null } : series.paused ?? (series.away ? { by: series.away.by, reason: NOT_AT_HOME } : { by: series.askedBy, reason: null })
    try {
      const given = await change('bookings', booking, (current) => (isGivenUp(current) ? current : date.state === 'skipped' && now > cancelUntil(current) ? cancelLate(current, 'cancelled', by, '这一回跳过', now) : cancel(current, by, reason, now)))
      await settleBooking(given, now)
    } catch (error) {
      if (isPassing(error)) throw error
      return write(series, (current) => rule.stays(current, date.n, bookingId, now))
    }
  }
  return write(series, (current) => rule.left(current, date.n, bookingId, now))
}

/** Moves the booking of a date; what cannot be moved stays, and who asked is told why. */
async function moveDate(series: Series, date: SeriesDate, now: number): Promise<Series> {
  const { bookingId, moveTo } = date
  if (bookingId === null || moveTo === null) return series
  const [elder, booking, slot] = await Promise.all([getPerson(series.elderId), read<Booking>('bookings', bookingId), read<Slot>('slots', slotIdOf(series.serviceItemId, moveTo))])
  const kept = { onDate: date.onDate, startMinute: date.startMinute }
  if (booking === null || isGivenUp(booking) || rule.startOf(date) <= now) return write(series, (current) => rule.notMoved(current, date.n, bookingId, null, now))
  if (booking.slotId === slot?._id) return write(series, (current) => rule.moved(current, date.n, bookingId, moveTo, now))
  let why: rule.MissedWhy | null = null
  if (slot === null) {
    why = await whyMissing(series, moveTo, elder, now)
    if (why === null) return series
  } else {
    const by = actingFor(series, elder, now)
    const request = { key: derivedId('q', series._id, String(date.n), slot._id, String(series.askedAt)), hash: slot._id }
    try {
      // Decided on what was loaded first: a refusal takes nothing.
      reschedule(booking, slot, by, null, now)
      ensureBookable(slot, elder, bookingId, now, isAtDesk(series))
      await moveVisit({ booking, elder, slot }, request, (current) => ({ next: reschedule(current, slot, by, null, now), answer: { done: true } }), isAtDesk(series), now)
      return await write(series, (current) => rule.moved(current, date.n, bookingId, moveTo, now))
    } catch (error) {
      if (isPassing(error)) throw error
      // Too near, or somebody is there by now: it is left alone.
      why = ['WRONG_STATE', 'CANCEL_TOO_LATE', 'SLOT_PAST'].includes((error as DomainError).code) ? null : whyOf(error as DomainError)
    }
  }
  if (why !== null) await tellMissed(series, date, moveTo, why, kept, elder, now)
  return write(series, (current) => rule.notMoved(current, date.n, bookingId, why, now))
}

/** Brings every date to where it is wanted by now. Each step may be repeated; a crash anywhere is gone on with by the clock. */
export async function settleSeries(loaded: Series, now: number): Promise<Series> {
  let series = loaded
  for (const { n } of loaded.dates) {
    // What was owed may be followed by something else: a date that was skipped while it was being booked.
    for (let step = 0; step < 3; step++) {
      const date = rule.dateOf(series, n)
      const owed = rule.owedTo(date, series, now)
      if (owed === null) break
      const before = series
      series = owed === 'leave' ? await leaveDate(series, date, now) : owed === 'move' ? await moveDate(series, date, now) : await bookDate(series, date, now)
      if (series === before) break
    }
  }
  const notBefore = series.dates.some((date) => rule.owedTo(date, series, now) !== null) ? now + LOOK_AGAIN : 0
  return series.dueAt !== null && series.dueAt <= now ? write(series, (current) => rule.due(current, now, notBefore)) : series
}
