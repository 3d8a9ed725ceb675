/**
 * A series, as sentences, and as a property: whatever people edit and in whatever order whoever settles it gets on, a date
 * that was skipped stays skipped, and no number ever has two bookings.
 */
import fc from 'fast-check'
import type { By } from '../../src/domain/booking-record'
import { addDays, DAY, HOUR, instantOf, weekday } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import * as rule from '../../src/domain/series'
import { nearestPlace, previewOf, type Facts } from '../../src/domain/series-preview'
import { missedWords } from '../../src/domain/series-message'
import { usualFair } from '../../src/domain/fair'
import { slotIdOf, slotsOn } from '../../src/domain/slot'
import { bathing, MONDAY_NINE } from '../actions/world'
import { refusalOf as codeOf } from './support'

const TODAY = '2026-11-23'
const NOW = MONDAY_NINE
const by: By = { personId: 'daughter', name: '王敏', as: 'family', kinship: '女儿', scope: 'book' }
const of = { seriesId: 'w1', elder: { _id: 'mother', name: '王秀珍', subdistrictId: 'dongliu' }, item: bathing, note: null }
const wish = { firstOn: '2026-11-25', startMinute: 9 * 60, every: 1, count: 8 } as const
const weekly = (choices: readonly rule.Choice[] = [], more: Partial<rule.SeriesWish> = {}): rule.Series => rule.startSeries(of, { ...wish, ...more }, choices, by, TODAY, NOW)
const withBooking = (series: rule.Series, n: number, id = `b${n}`): rule.Series => rule.booked(rule.claimed(series, n, id, NOW), n, id, NOW)
const states = (series: rule.Series): string => series.dates.map((date) => date.state.slice(0, 2)).join(' ')

describe('a series from its wish', () => {
  test('weekly and fortnightly dates keep their weekday', () => {
    expect(weekly().dates.map((date) => date.onDate).slice(0, 3)).toEqual(['2026-11-25', '2026-12-02', '2026-12-09'])
    expect(weekly([], { every: 2 }).dates.every((date) => weekday(date.onDate) === 3)).toBe(true)
    expect(weekly([], { every: 2 }).lastOn).toBe('2027-03-03')
  })
  test('what was decided for single dates holds from the first moment', () => {
    const series = weekly([{ n: 2, skip: true }, { n: 3, onDate: '2026-12-10', startMinute: 14 * 60 }])
    expect(states(series)).toBe('pl sk pl pl pl pl pl pl')
    expect(series.dates[2]).toMatchObject({ onDate: '2026-12-10', startMinute: 14 * 60 })
  })
  test.each<[string, () => unknown, string]>([
    ['a thousand dates', () => weekly([], { count: 1_000 }), 'SERIES_TOO_LONG'],
    ['one date', () => weekly([], { count: 1 }), 'BAD_INPUT'],
    ['a first day that is over', () => weekly([], { firstOn: '2026-11-22' }), 'BAD_INPUT'],
    ['a choice for a number that is not there', () => weekly([{ n: 9, skip: true }]), 'BAD_INPUT'],
    ['two choices for one number', () => weekly([{ n: 2, skip: true }, { n: 2, onDate: '2026-12-03', startMinute: 540 }]), 'BAD_INPUT'],
    ['another place a month off', () => weekly([{ n: 1, onDate: '2026-12-25', startMinute: 540 }]), 'BAD_INPUT'],
    ['two dates at one place', () => weekly([{ n: 1, onDate: '2026-11-28', startMinute: 540 }, { n: 2, onDate: '2026-11-28', startMinute: 540 }]), 'BAD_INPUT'],
    ['nothing but skipped dates', () => weekly(Array.from({ length: 8 }, (_, index) => ({ n: index + 1, skip: true as const }))), 'BAD_INPUT'],
    ['a skip of what was skipped', () => rule.skipDate(weekly([{ n: 2, skip: true }]), 2, by, NOW), 'WRONG_STATE'],
    ['a resume of what runs', () => rule.resumeSeries(weekly(), by, NOW), 'WRONG_STATE'],
    ['an end after the last', () => rule.endFrom(weekly(), 9, by, NOW), 'WRONG_STATE'],
    ['another day for what is booked', () => rule.moveDate(withBooking(weekly(), 1), 1, { onDate: '2026-11-26', startMinute: 540 }, by, TODAY, NOW), 'WRONG_STATE'],
    ['another day where the next date is', () => rule.moveDate(weekly(), 1, { onDate: '2026-12-02', startMinute: 540 }, by, TODAY, NOW), 'BAD_INPUT'],
  ])('refused: %s', (_name, run, expected) => expect(codeOf(run)).toBe(expected))
})

describe('another time, while it is about to be paused', () => {
  const edited = rule.changeFrom(withBooking(weekly(), 1), 1, { weekday: 5, startMinute: 14 * 60 }, by, NOW)
  const away = { eventId: 'e1', fromOn: TODAY, untilOn: null, at: NOW, by }
  test.each([
    ['paused', rule.pauseSeries(edited, by, null, NOW)],
    ['the elder is not at home', rule.holdSeries(edited, away, NOW)],
    ['the elder is not at home, and then the edit', rule.changeFrom(rule.holdSeries(withBooking(weekly(), 1), away, NOW), 1, { weekday: 5, startMinute: 14 * 60 }, by, NOW)],
  ])('%s: its booking is given up, and it waits at the new time', (_name, series) => {
    expect(rule.owedTo(rule.dateOf(series, 1), series, NOW)).toBe('leave')
    expect(rule.dateOf(rule.left(series, 1, 'b1', NOW), 1)).toMatchObject({ state: 'planned', onDate: '2026-11-27', startMinute: 14 * 60, bookingId: null, moveTo: null, isLeaving: false })
  })
})

describe('when the clock looks', () => {
  test('at once for what is open, else when the day has opened', () => {
    expect(weekly().dueAt).toBe(NOW)
    const far = weekly([], { firstOn: '2027-01-06' })
    expect(far.dueAt).toBe(instantOf('2026-12-24', 12))
    expect(rule.owedTo(rule.dateOf(far, 1), far, far.dueAt ?? 0)).toBe('book')
  })
  test('never while it is paused, but for what is still to be given back', () => {
    const paused = rule.pauseSeries(withBooking(weekly(), 1), by, '住院', NOW)
    expect(paused.dueAt).toBe(NOW)
    expect(rule.left(paused, 1, 'b1', NOW).dueAt).toBeNull()
  })
})

describe('editing', () => {
  const running = withBooking(withBooking(weekly([{ n: 3, skip: true }]), 1), 2)

  test('another weekday from a date on: the same weeks, skipped stays skipped, what is booked keeps its seat until it has moved', () => {
    const changed = rule.changeFrom(running, 2, { weekday: 5, startMinute: 840 }, by, NOW)
    expect(states(changed)).toBe('bo bo sk pl pl pl pl pl')
    expect(changed.dates[0]).toEqual(running.dates[0])
    expect(changed.dates[1]).toMatchObject({ onDate: '2026-12-02', moveTo: { onDate: '2026-12-04', startMinute: 840 } })
    expect(changed.dates[3]).toMatchObject({ onDate: '2026-12-18', startMinute: 840 })
    expect(rule.moved(changed, 2, 'b2', { onDate: '2026-12-04', startMinute: 840 }, NOW).dates[1]).toMatchObject({ onDate: '2026-12-04', moveTo: null })
  })
  test('a date that is being served is left alone', () => {
    const during = instantOf('2026-11-25', 9 * 60 + 10)
    for (const edit of [(one: rule.Series) => rule.changeFrom(one, 1, { weekday: 6, startMinute: 840 }, by, during), (one: rule.Series) => rule.endFrom(one, 1, by, during), (one: rule.Series) => rule.pauseSeries(one, by, null, during)]) expect(edit(running).dates[0]).toEqual(running.dates[0])
  })
  test('paused and resumed: what was given back is planned again under a new turn, what was skipped is not', () => {
    const paused = [1, 2].reduce((series, n) => rule.left(series, n, `b${n}`, NOW), rule.pauseSeries(running, by, '住院', NOW))
    const resumed = rule.resumeSeries(paused, by, NOW)
    expect(states(resumed)).toBe('pl pl sk pl pl pl pl pl')
    expect(resumed.dates[0]).toMatchObject({ turn: 1, bookingId: null })
  })
  test('what cannot be given up any more stays, and what had been cancelled by itself is left out', () => {
    const paused = rule.pauseSeries(running, by, null, NOW)
    expect(rule.stays(paused, 1, 'b1', NOW).dates[0]).toMatchObject({ state: 'booked', bookingId: 'b1', isLeaving: false })
    expect(states(rule.leftOut(paused, 1, 'b1', NOW)).slice(0, 5)).toBe('sk bo')
  })
  test('who asked last is who hears', () => expect(rule.skipDate(running, 4, { ...by, personId: 'social', as: 'socialWorker' }, NOW).askedBy.personId).toBe('social'))
})

describe('the preview', () => {
  const closedDays = { '2026-12-02': '社区活动日' }
  const facts = (more: Partial<Facts> = {}): Facts => ({
    item: bathing, closedDays, elder: { _id: 'mother', busy: [] }, ownIds: [], isDesk: false, now: NOW,
    slots: Array.from({ length: 14 }, (_, index) => addDays(TODAY, index)).flatMap((day) => slotsOn(bathing, day, closedDays)), ...more,
  })
  const full = (onDate: string): Facts => ({ ...facts(), slots: facts().slots.map((slot) => (slot._id === slotIdOf('bathing', { onDate, startMinute: 540 }) ? { ...slot, remaining: 0 } : slot)) })
  const rhythm = rule.rhythmOf({ ...wish, count: 4 }, TODAY)

  test('says of every date what it meets, and the nearest place instead', () => {
    expect(previewOf(rhythm, full('2026-11-25')).map(({ state, alternative }) => [state, alternative])).toEqual([
      ['full', { onDate: '2026-11-25', startMinute: 630 }], ['holiday', { onDate: '2026-12-01', startMinute: 840 }], ['later', null], ['later', null],
    ])
  })
  test('what else the elder has stands in the way, the series’ own bookings do not', () => {
    const busy = [{ bookingId: 'hair', from: instantOf('2026-11-25', 540), to: instantOf('2026-11-25', 600), at: 1, freedAt: null }]
    expect(previewOf(rhythm, facts({ elder: { _id: 'mother', busy } }))[0]?.state).toBe('clash')
    expect(previewOf(rhythm, facts({ elder: { _id: 'mother', busy }, ownIds: ['hair'] }))[0]?.state).toBe('free')
  })
  test('no two dates are sent to one place, and none to where another is', () => {
    const places = previewOf(rhythm, facts({ slots: facts().slots.map((slot) => ({ ...slot, remaining: slot.startsAt === instantOf('2026-11-28', 840) ? 1 : 0 })) })).map((date) => JSON.stringify(date.alternative ?? date.n))
    expect(new Set(places).size).toBe(places.length)
    expect(nearestPlace({ onDate: '2026-11-25', startMinute: 540 }, facts(), [{ onDate: '2026-11-25', startMinute: 630 }])).toEqual({ onDate: '2026-11-25', startMinute: 840 })
  })
  test('more than one person may have says so, at the counter, too', () => {
    const fair = { ...usualFair, limit: { most: 2, per: 'month' as const } }
    const item = { ...bathing, fair }
    const busy = [{ bookingId: 'bath', from: instantOf('2026-11-24', 540), to: instantOf('2026-11-24', 600), at: 1, freedAt: null, serviceItemId: 'bathing' }]
    const places = ['2026-11-25', '2026-11-27', '2026-12-04'].map((onDate, index) => ({ n: index + 1, onDate, startMinute: 540 }))
    expect(previewOf(places, facts({ item, elder: { _id: 'mother', busy } })).map(({ state }) => state)).toEqual(['free', 'limit', 'free'])
    expect(previewOf(places, facts({ item, elder: { _id: 'mother', busy }, isDesk: true })).map(({ state }) => state)).toEqual(['free', 'limit', 'free'])
  })
  test('a seat that is owed to who waits, or kept for the counter, is not free', () => {
    const slots = facts().slots.map((slot) => (slot.onDate === '2026-11-25' ? { ...slot, remaining: 1, kept: 1, fair: { ...usualFair, version: 1, share: { seats: 1, daysBefore: 0, untilMinute: 480 } } } : slot))
    expect(previewOf(rhythm, facts({ slots }))[0]?.state).toBe('full')
    expect(previewOf(rhythm, facts({ slots, isDesk: true }))[0]?.state).toBe('free')
  })
  test('a time that is not offered says so', () => expect(previewOf([{ n: 1, onDate: '2026-11-25', startMinute: 700 }], facts())[0]?.state).toBe('none'))
})

test('a message says which date, why, and what is free instead', () => {
  const words = missedWords(weekly(), { onDate: '2026-12-02', startMinute: 540 }, 'holiday', { onDate: '2026-12-01', startMinute: 840 }, null)
  expect(words.gist).toBe('每周的助浴，12月2日 星期三 09:00 休息不上门，这一回没约上：王秀珍。最近有空的是 12月1日 星期二 14:00。')
})

/** What people and the clock do to a series, with the bookings that come of it. */
interface Store {
  series: rule.Series
  readonly live: Map<string, number>
  readonly everSkipped: Set<number>
}
const edits: Readonly<Record<string, (series: rule.Series, n: number, day: number, now: number) => rule.Series>> = {
  skip: (series, n, _day, now) => rule.skipDate(series, n, by, now),
  change: (series, n, day, now) => rule.changeFrom(series, n, { weekday: day, startMinute: 540 + 60 * (n % 4) }, by, now),
  move: (series, n, day, now) => rule.moveDate(series, n, { onDate: addDays(rule.dateOf(series, n).onDate, day - 3), startMinute: 600 }, by, addDays(TODAY, Math.floor((now - instantOf(TODAY)) / DAY)), now),
  end: (series, n, _day, now) => rule.endFrom(series, n, by, now),
  pause: (series, _n, _day, now) => rule.pauseSeries(series, by, null, now),
  resume: (series, _n, _day, now) => rule.resumeSeries(series, by, now),
}
/** One step of whoever settles: with `chance` it is refused, or cut off after its first half. */
function settle(store: Store, n: number, chance: number, now: number): void {
  const date = rule.dateOf(store.series, n)
  const owed = rule.owedTo(date, store.series, now)
  const id = date.bookingId ?? `${n}_${date.turn}`
  if (owed === 'book') {
    store.series = rule.claimed(store.series, n, id, now)
    if (rule.dateOf(store.series, n).bookingId !== id || chance === 0) return
    if (chance === 1 && !store.live.has(id)) store.series = rule.missed(store.series, n, id, 'full', now)
    else {
      store.live.set(id, n)
      if (chance !== 2) store.series = rule.booked(store.series, n, id, now)
    }
  } else if (owed === 'leave' && date.bookingId !== null) {
    if (chance === 1 && date.state !== 'skipped' && store.live.has(id)) store.series = rule.stays(store.series, n, id, now)
    else {
      store.live.delete(id)
      if (chance !== 2) store.series = rule.left(store.series, n, id, now)
    }
  } else if (owed === 'move' && date.bookingId !== null && date.moveTo !== null) {
    store.series = chance === 1 ? rule.notMoved(store.series, n, id, 'full', now) : rule.moved(store.series, n, id, date.moveTo, now)
  }
}

test('whatever is edited and settled in whatever order: skipped stays skipped, one booking a number at most', () => {
  const step = fc.record({ act: fc.constantFrom('settle', 'settle', 'settle', 'settle', ...Object.keys(edits)), n: fc.integer({ min: 1, max: 6 }), day: fc.integer({ min: 0, max: 6 }), chance: fc.integer({ min: 0, max: 5 }), wait: fc.constantFrom(0, HOUR, DAY, 5 * DAY) })
  let skips = 0
  fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
    const store: Store = { series: weekly([{ n: 6, skip: true }], { count: 6 }), live: new Map(), everSkipped: new Set([6]) }
    let now = NOW
    for (const { act, n, day, chance, wait } of steps) {
      now += wait
      const edit = edits[act]
      if (edit === undefined) settle(store, n, chance, now)
      else {
        try {
          store.series = edit(store.series, n, day, now)
          if (act === 'skip') store.everSkipped.add(n)
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
        }
      }
      const numbers = [...store.live.values()]
      expect(new Set(numbers).size).toBe(numbers.length)
      for (const skipped of store.everSkipped) expect({ skipped, state: rule.dateOf(store.series, skipped).state }).toEqual({ skipped, state: 'skipped' })
      expect(rule.seriesHolds(store.series, [...store.live].map(([_id, of]) => ({ _id, series: { seriesId: 'w1', n: of }, startsAt: now + DAY })), () => false, now)).toBe(true)
    }
    // Once everything owed has been done, nothing that was skipped has a booking.
    for (let round = 0; round < 3; round++) for (const { n } of store.series.dates) settle(store, n, 5, now)
    for (const skipped of store.everSkipped) expect([...store.live.values()]).not.toContain(skipped)
    skips += store.everSkipped.size
  }), { numRuns: Number(process.env['LAW_RUNS'] ?? 400), seed: 20261123 })
  expect(skips).toBeGreaterThan(500)
})
