// Rules of absence, of life events and of not being there: src/domain/away.ts, life.ts, absence.ts.
import * as absence from '../../src/domain/absence'
import { awayFrom, ensureAtHome, ensureSpan, isAwayOn } from '../../src/domain/away'
import { book, take } from '../../src/domain/booking'
import { owedTellings } from '../../src/domain/booking-due'
import type { Booking, By } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { awaitedAt, missedCheck } from '../../src/domain/daily-check'
import * as life from '../../src/domain/life'
import { lifeMessage, stopMessage } from '../../src/domain/life-message'
import * as series from '../../src/domain/series'
import { noContact } from '../../src/domain/visit'
import { slotOf } from '../actions/world'
import { mulberry32 } from '../support/random'
import { given, giving, NOW, person, refusalOf, TODAY } from './support'

const by = (personId: string, as: By['as']): By => ({ personId, name: personId, as, kinship: null, scope: null })
const social = by('social', 'socialWorker')
const daughter = by('daughter', 'family')
const slot = slotOf('s1', { onDate: addDays(TODAY, 1), startsAt: instantOf(addDays(TODAY, 1), 540), endsAt: instantOf(addDays(TODAY, 1), 600) })
const booked: Booking = book(slot, { _id: 'mother', name: '王秀珍', communityId: 'huaguang' }, { bookingId: 'b1', key: 'k', hash: 'h', doorKey: 'd', note: null }, by('mother', 'elder'), NOW)
const assigned = take(booked, { personId: 'worker', name: '陈霞', kinIds: [] }, by('worker', 'careWorker'), NOW)
const late = slot.startsAt - HOUR

describe('days of absence', () => {
  const away = { why: 'away', since: 1, byName: '王敏', fromOn: '2026-11-25', untilOn: '2026-11-27', eventId: 'l1' } as const
  test('the first and the last day count, the days around them do not', () => {
    expect(['2026-11-24', '2026-11-25', '2026-11-27', '2026-11-28'].map((day) => isAwayOn(away, day))).toEqual([false, true, true, false])
    expect(refusalOf(() => ensureAtHome({ away }, '2026-11-26'))).toBe('ELDER_AWAY')
    expect(awayFrom(away, '2026-11-27')).toBe(away)
    expect(awayFrom(away, '2026-11-28')).toBeNull()
  })
  test('a record from before knows no days: it holds until somebody says that they are home', () => {
    expect(isAwayOn({ why: 'hospital', since: 1, byName: '王敏' }, '2030-01-01')).toBe(true)
  })
  test.each([['until before from', '2026-11-26', '2026-11-25'], ['ten years', TODAY, '2036-11-23'], ['over already', '2026-11-20', '2026-11-22'], ['begun last year', '2025-11-23', null], ['next summer', '2027-06-01', null]] as const)('%s is refused', (_what, fromOn, untilOn) => {
    expect(refusalOf(() => ensureSpan({ fromOn, untilOn }, TODAY))).toBe('BAD_INPUT')
  })
  test('the daily word is awaited until the day before, and again on the day after', () => {
    const elder = person('elder', { dailyCheck: { byMinute: 540, since: 1 }, away })
    expect(awaitedAt(elder, instantOf('2026-11-24', 600))).toBe(instantOf('2026-11-28', 540))
    expect(awaitedAt(elder, instantOf('2026-11-23', 600))).toBe(instantOf('2026-11-24', 540))
    expect(awaitedAt({ ...elder, away: { ...away, untilOn: null } }, instantOf('2026-11-24', 600))).toBeNull()
    expect(missedCheck({ ...elder, checkDueAt: instantOf('2026-11-25', 540) }, instantOf('2026-11-25', 600))).toBeNull()
  })
})

describe('what becomes of a booking', () => {
  const event = { what: 'hospital', by: daughter, fromOn: TODAY, untilOn: null } as const
  test.each([
    ['inside the window it is cancelled', booked, event, NOW, 'cancelled'],
    ['after it a social worker is asked', booked, event, late, 'asked'],
    ['a social worker who enters it has decided', booked, { ...event, by: social }, late, 'cancelled'],
    ['who died is waited for nowhere', booked, { ...event, what: 'died' as const }, late, 'cancelled'],
    ['whoever is at the door stays there', { ...assigned, status: 'checkedIn' as const }, event, slot.startsAt + MINUTE, 'kept'],
    ['on another day it is not concerned', booked, { ...event, untilOn: TODAY }, NOW, null],
    ['what is over is not concerned', booked, event, slot.endsAt, null],
  ] as const)('%s', (_what, booking, its, at, outcome) => {
    expect(life.outcomeOf(booking, its, at)).toBe(outcome)
    if (outcome !== null && outcome !== 'kept') expect(life.applied(booking, its, outcome, at)).toMatchObject(outcome === 'cancelled' ? { status: 'cancelled' } : { status: 'booked', offAsk: { why: 'hospital' }, review: 'exception' })
  })
  test('a stay that is still to come is off when one of its days is concerned, the day of leaving too; who stays already stays', () => {
    const night = (n: number) => ({ slotId: `n${n}`, priceFen: 1, subsidyFen: 0 })
    const stay = { ...booked, kind: 'stay', onDate: addDays(TODAY, 3), endsAt: instantOf(addDays(TODAY, 5), 660), bed: { nights: [night(1), night(2)] } } as unknown as Booking
    const on = (fromOn: string, untilOn: string) => life.outcomeOf(stay, { ...event, fromOn, untilOn }, NOW)
    expect([on(addDays(TODAY, 5), addDays(TODAY, 9)), on(TODAY, addDays(TODAY, 3))]).toEqual(['cancelled', 'cancelled'])
    expect([on(addDays(TODAY, 6), addDays(TODAY, 9)), on(TODAY, addDays(TODAY, 2))]).toEqual([null, null])
    expect(life.outcomeOf({ ...stay, status: 'checkedIn' }, { ...event, fromOn: addDays(TODAY, 4) }, instantOf(addDays(TODAY, 4), 540))).toBe('kept')
  })
  test('a class is kept while one of its sessions is left', () => {
    const session = (day: number) => ({ startsAt: instantOf(addDays(TODAY, day), 540), endsAt: instantOf(addDays(TODAY, day), 600) })
    const course = { ...booked, kind: 'activity', activity: { sort: 'class', place: '示例', sessions: [session(1), session(8)] } } as unknown as Booking
    expect(life.outcomeOf(course, { ...event, untilOn: addDays(TODAY, 3) }, NOW)).toBe('kept')
    expect(life.outcomeOf(course, { ...event, untilOn: addDays(TODAY, 9) }, NOW)).toBe('cancelled')
    expect(life.outcomeOf(course, { ...event, what: 'died', untilOn: null }, NOW)).toBe('cancelled')
    expect(life.outcomeOf(course, { ...event, fromOn: addDays(TODAY, 3), untilOn: addDays(TODAY, 5) }, NOW)).toBeNull()
  })
  test('the worker is told that it is off, why is not, and the family hears of the event instead', () => {
    const off = life.applied(assigned, event, 'cancelled', NOW)
    expect(owedTellings(off).filter((telling) => telling.what === 'cancelled')).toMatchObject([{ to: ['worker'], workerId: 'worker' }])
    expect(off.timeline.at(-1)?.words).toBe(life.NOT_AT_HOME)
  })
  test('a kitchen does not hear why', () => {
    const elder = person('elder', giving(given('daughter')))
    const made = life.newEvent({ eventId: 'l1', person: elder, what: 'hospital', span: { fromOn: TODAY, untilOn: null }, words: null, replaces: null }, daughter, NOW)
    const words = JSON.stringify(stopMessage(made, { count: 2, isLate: true }))
    expect(words).toContain('停 2 餐')
    expect(words).not.toContain('住院')
    expect(lifeMessage(made, { visits: 1, meals: 2, series: 1 }).gist).toContain('取消 1 次预约，停 2 餐，1 串每周的安排停下')
  })
})

describe('a series while nobody is at home', () => {
  const rhythm = { firstOn: addDays(TODAY, 1), startMinute: 540, every: 1, count: 4 } as const
  const elder = { _id: 'mother', name: '王秀珍', subdistrictId: 'dongliu' }
  const made = series.startSeries({ seriesId: 'w1', elder, item: { _id: 'bathing', name: '助浴', providerName: '示例', durationMinutes: 60 }, note: null }, rhythm, [], daughter, TODAY, NOW)
  const first = series.booked(series.claimed(made, 1, 'b1', NOW), 1, 'b1', NOW)
  const held = series.holdSeries(first, { eventId: 'l1', fromOn: TODAY, untilOn: addDays(TODAY, 10), at: NOW, by: daughter }, NOW)
  test('dates on these days are given back or wait, the others stand', () => {
    expect(held.dates.map((date) => series.owedTo(date, held, NOW))).toEqual(['leave', null, null, null])
    const left = series.left(held, 1, 'b1', NOW)
    expect(left.dates.map((date) => date.state)).toEqual(['planned', 'planned', 'planned', 'planned'])
    expect(series.heldDates(left, NOW).map((date) => date.n)).toEqual([1, 2])
    expect(left.dueAt).toBe(series.opensAt({ onDate: addDays(rhythm.firstOn, 14) }))
  })
  test('home again they are booked anew; of another absence nothing is touched', () => {
    const left = series.left(held, 1, 'b1', NOW)
    expect(series.homeAgain(left, 'other', NOW)).toBe(left)
    expect(series.owedTo(series.dateOf(series.homeAgain(left, 'l1', NOW), 1), { paused: null, away: null }, NOW)).toBe('book')
  })
  test('paused by the family it stays paused when the elder comes home, and a skipped date stays skipped', () => {
    const both = series.holdSeries(series.pauseSeries(series.skipDate(first, 2, daughter, NOW), daughter, null, NOW), { eventId: 'l1', fromOn: TODAY, untilOn: null, at: NOW, by: daughter }, NOW)
    const home = series.homeAgain(both, 'l1', NOW)
    expect([home.paused === null, series.dateOf(home, 2).state, series.heldDates(home, NOW).length]).toEqual([false, 'skipped', 0])
  })
  test('whatever is edited in whatever order, no date of these days is booked while it is held', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = mulberry32(seed)
      let current = first
      for (let step = 0; step < 8; step++) {
        const n = 1 + Math.floor(random() * 4)
        const edits: readonly (() => series.Series)[] = [
          () => series.holdSeries(current, { eventId: `l${step}`, fromOn: addDays(TODAY, Math.floor(random() * 9)), untilOn: random() < 0.5 ? null : addDays(TODAY, 9 + Math.floor(random() * 9)), at: NOW, by: daughter }, NOW),
          () => series.skipDate(current, n, daughter, NOW), () => series.pauseSeries(current, daughter, null, NOW), () => series.resumeSeries(current, daughter, NOW),
          () => series.changeFrom(current, n, { weekday: Math.floor(random() * 7), startMinute: 840 }, daughter, NOW), () => series.left(current, n, 'b1', NOW), () => series.claimed(current, n, `c${step}`, NOW), () => series.booked(current, n, `c${step}`, NOW),
        ]
        const edit = edits[Math.floor(random() * edits.length)]
        if (edit && refusalOf(() => { current = edit() }) === 'UNEXPECTED') throw new Error('never')
        for (const date of current.dates) if (series.heldSince(current, date.onDate) !== null && date.state === 'planned') expect(series.owedTo(date, current, NOW)).toBeNull()
        expect(series.due(current, NOW).dueAt).toBe(current.dueAt)
      }
    }
  })
})

describe('a death is entered by two', () => {
  const elder = person('elder', { kinIds: ['nephew'], ...giving(given('daughter'), given('former', { endedAt: 1 })) })
  const event = life.newEvent({ eventId: 'l1', person: elder, what: 'died', span: { fromOn: TODAY, untilOn: null }, words: null, replaces: null }, social, NOW)
  const second = by('admin', 'admin')
  test('until a second person confirms it nothing follows; then the record is left, and nobody acts for it', () => {
    expect(event).toMatchObject({ state: 'waiting', dueAt: null })
    const confirmed = life.confirmDeath(event, elder, second, TODAY, NOW)
    const left = life.leftBy({ ...elder, dailyCheck: { byMinute: 540, since: 1 } }, confirmed, NOW)
    expect(left).toMatchObject({ standing: 'left', away: { why: 'died', eventId: 'l1' }, dailyCheck: null, delegates: { daughter: { endedAt: NOW, endedBy: 'admin' }, former: { endedAt: 1 } } })
    expect(confirmed.family.map((one) => one.personId)).toEqual(['daughter'])
  })
  test.each([
    ['the same person', social, 'SECOND_PERSON'], ['a relative by record', by('nephew', 'socialWorker'), 'OWN_CASE'], ['family by delegation', by('daughter', 'socialWorker'), 'OWN_CASE'], ['family whose delegation has ended', by('former', 'admin'), 'OWN_CASE'],
  ] as const)('%s does not confirm it', (_who, who, code) => {
    expect(refusalOf(() => life.confirmDeath(event, elder, who, TODAY, NOW))).toBe(code)
  })
  test('family does not enter it, and no day ahead is entered', () => {
    expect(refusalOf(() => life.ensureMayEnter(elder, by('daughter', 'socialWorker'), TODAY, TODAY))).toBe('OWN_CASE')
    expect(refusalOf(() => life.ensureMayEnter(elder, social, TODAY, addDays(TODAY, 1)))).toBe('BAD_INPUT')
  })
  test('either takes it back before it is confirmed, nobody after', () => {
    expect(life.withdrawDeath(event, elder, second, '弄错了', NOW).state).toBe('withdrawn')
    expect(life.withdrawDeath(event, elder, social, '弄错了', NOW).state).toBe('withdrawn')
    expect(refusalOf(() => life.withdrawDeath(life.confirmDeath(event, elder, second, TODAY, NOW), elder, social, '弄错了', NOW))).toBe('WRONG_STATE')
  })
  test('from it nobody comes home', () => {
    expect(refusalOf(() => life.endEvent(life.confirmDeath(event, elder, second, TODAY, NOW), daughter, NOW))).toBe('WRONG_STATE')
  })
  test('points go once, to who acted for the elder or to all, never to who decides', () => {
    const held = life.confirmDeath(event, elder, second, TODAY, NOW)
    const to = (id: string) => person(id)
    expect(life.decidePoints(held, elder, to('daughter'), '王敏', 30, social, NOW).points).toMatchObject({ amount: 30, to: { how: 'given', personId: 'daughter' } })
    expect(refusalOf(() => life.decidePoints(held, elder, to('stranger'), '王敏', 30, social, NOW))).toBe('NO_MATCH')
    expect(refusalOf(() => life.decidePoints(held, elder, { ...to('nephew'), kinIds: ['social'] }, '王敏', 30, social, NOW))).toBe('OWN_CASE')
    expect(refusalOf(() => life.decidePoints(life.decidePoints(held, elder, null, '王敏', 30, social, NOW), elder, null, '王敏', 30, social, NOW))).toBe('WRONG_STATE')
  })
  test('the family is told plainly: no counts, no cheer', () => {
    const words = JSON.stringify(lifeMessage(life.confirmDeath(event, elder, second, TODAY, NOW), { visits: 3, meals: 2, series: 1 }))
    expect(words).not.toMatch(/积分|取消 3|停 2|[!！]/)
  })
})

describe('not there', () => {
  test('inside the window one cancels; after it one asks, once, and a social worker frees the seat or keeps it', () => {
    expect(refusalOf(() => absence.askOff(booked, 'sudden', null, daughter, NOW))).toBe('WRONG_STATE')
    const asked = absence.askOff(assigned, 'sudden', null, daughter, late)
    expect(asked).toMatchObject({ status: 'assigned', review: 'exception', offAsk: { why: 'sudden' } })
    expect(refusalOf(() => absence.askOff(asked, 'forgot', null, daughter, late))).toBe('WRONG_STATE')
    expect(absence.answerOff(asked, true, '好的', social, late)).toMatchObject({ status: 'cancelled', offAsk: null, review: null })
    const kept = absence.answerOff(asked, false, '护理员已经出发', social, late)
    expect(kept).toMatchObject({ status: 'assigned', offAsk: null, review: null })
    expect(owedTellings(kept).map((telling) => telling.what)).toContain('keptOn')
    expect(refusalOf(() => absence.answerOff(kept, true, '好的', social, late))).toBe('WRONG_STATE')
    expect(refusalOf(() => absence.askOff(assigned, 'sudden', null, daughter, slot.endsAt))).toBe('SLOT_PAST')
  })
  test('nobody opened is a safety case first (law 4); only closed, with nobody in need, it is a no-show', () => {
    const shut = noContact(assigned, by('worker', 'careWorker'), '敲门三次', slot.startsAt + MINUTE)
    const closed = (finding: 'fine' | 'neededHelp') => ({ status: 'closed' as const, closed: { personId: 's', name: '李静', at: 1, how: 'familyConfirmed' as const, familyPersonId: 'daughter', words: '', finding, seenAt: null } })
    const worker = by('worker', 'careWorker')
    expect(refusalOf(() => absence.notThere(shut, worker, '没人', { status: 'open', closed: null }, slot.endsAt))).toBe('WRONG_STATE')
    expect(refusalOf(() => absence.notThere(shut, worker, '没人', null, slot.endsAt))).toBe('WRONG_STATE')
    expect(refusalOf(() => absence.notThere(shut, worker, '没人', closed('neededHelp'), slot.endsAt))).toBe('WRONG_STATE')
    expect(refusalOf(() => absence.noShow(shut, social, '没人', { status: 'taken', closed: null }, slot.endsAt))).toBe('WRONG_STATE')
    expect(absence.notThere(shut, worker, '没人', closed('fine'), slot.endsAt)).toMatchObject({ status: 'noShow', absence: { said: null } })
    expect(refusalOf(() => absence.notThere(assigned, worker, '没人', null, slot.endsAt))).toBe('WRONG_STATE')
  })
  test('why is said once, within a month, and counted by service', () => {
    const missed = absence.noShow(assigned, social, '没到', null, slot.startsAt)
    const said = absence.sayWhy(missed, 'forgot', null, daughter, slot.endsAt)
    expect(said.absence?.said).toMatchObject({ why: 'forgot' })
    expect(refusalOf(() => absence.sayWhy(said, 'sudden', null, daughter, slot.endsAt))).toBe('WRONG_STATE')
    expect(refusalOf(() => absence.sayWhy(missed, 'sudden', null, daughter, slot.startsAt + 31 * DAY))).toBe('WRONG_STATE')
    expect(refusalOf(() => absence.sayWhy(assigned, 'sudden', null, daughter, slot.endsAt))).toBe('WRONG_STATE')
    expect(absence.countAbsences([said, { ...missed, _id: 'b2', startsAt: slot.startsAt + DAY }, booked])).toMatchObject([{ serviceName: '助浴', count: 2, lastAt: slot.startsAt + DAY, whys: [{ why: 'forgot', count: 1 }] }])
    expect(civilDate(slot.startsAt)).toBe(slot.onDate)
  })
})
