import fc from 'fast-check'
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { BusyTime } from '../../src/domain/busy'
import { ensureTerms, ensureWithinLimit, holdUntil, keptNow, keptUntil, periodOf, underFair, usualFair, type FairPolicy } from '../../src/domain/fair'
import { fairPreview } from '../../src/domain/fair-preview'
import { ensureSeat, type Seat } from '../../src/domain/slot'
import { join, seatsFor } from '../../src/domain/waitlist'
import { placeOf } from '../actions/waitlist-world'
import { slotOf } from '../actions/world'
import { refusalOf } from './support'

const at = (time: string): number => { const [hour = 0, minute = 0] = time.split(':').map(Number); return instantOf('2026-11-23', hour * 60 + minute) }
const late = at('23:59') + 240 * HOUR
const shared: FairPolicy = { ...usualFair, version: 1, share: { seats: 1, daysBefore: 1, untilMinute: 16 * 60 } }

describe('how long an offer is held', () => {
  test.each([
    ['by day, half an hour', '10:00', at('10:30')], ['late in the evening, until the morning', '19:45', at('09:00') + 24 * HOUR], ['at night, until the morning', '23:10', at('09:00') + 24 * HOUR],
    ['before it is day, until this morning', '05:00', at('09:00')], ['at the very beginning of the day', '08:00', at('08:30')], ['so that it ends with the day', '19:30', at('20:00')],
  ])('%s', (_words, time, until) => expect(holdUntil(usualFair, at(time), late)).toBe(until))

  test('never past the start', () => expect(holdUntil(usualFair, at('10:00'), at('10:10'))).toBe(at('10:10')))

  test('always ends after it began, and by day', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 24 * 60 * 7 }), (minutes) => {
      const from = at('00:00') + minutes * MINUTE
      const until = holdUntil(usualFair, from, late)
      expect(until).toBeGreaterThan(from)
      expect(until - from).toBeLessThanOrEqual(14 * HOUR)
    }))
  })
})

describe('a share for phone and counter', () => {
  const slot = slotOf('s', { onDate: '2026-11-24', capacity: 2, remaining: 2, fair: shared, kept: 1 })
  const release = at('16:00')

  test('is not the residents’ until the stated hour, then it is everybody’s', () => {
    expect(keptUntil(slot)).toBe(release)
    expect([seatsFor(slot, false, release - 1), seatsFor(slot, true, release - 1)]).toEqual([1, 2])
    expect([seatsFor(slot, false, release), seatsFor(slot, true, release)]).toEqual([2, 2])
    const last = { ...slot, remaining: 1, holders: { neighbour: { bookingId: 'b', at: 1 } } }
    expect(refusalOf(() => ensureSeat(last, { personId: 'mother', communityId: 'huaguang' }, 'b2', release - 1))).toBe('SLOT_FULL')
    expect(refusalOf(() => ensureSeat(last, { personId: 'mother', communityId: 'huaguang', isDesk: true }, 'b2', release - 1))).toBe('OK')
    expect(refusalOf(() => ensureSeat(last, { personId: 'mother', communityId: 'huaguang' }, 'b2', release))).toBe('OK')
  })

  test('goes to who waits first', () => {
    const last = { ...slot, remaining: 1, holders: { neighbour: { bookingId: 'b', at: 1 } } }
    const waiting = join(last, placeOf('mother', release - HOUR), false, release - HOUR)
    expect(waiting.waitLookAt).toBe(release)
    expect(refusalOf(() => ensureSeat(waiting, { personId: 'newcomer', communityId: 'huaguang' }, 'b3', release))).toBe('SLOT_FULL')
    expect(refusalOf(() => ensureSeat(waiting, { personId: 'newcomer', communityId: 'huaguang', isDesk: true }, 'b3', release - 1))).toBe('OK')
  })

  test('a new policy keeps no more than is free', () => {
    expect(underFair({ ...slot, remaining: 0, kept: 0 }, { ...shared, share: { seats: 2, daysBefore: 0, untilMinute: 0 } }, 1).kept).toBe(0)
    expect(keptNow({ ...slot, kept: 5 }, release - 1)).toBe(2)
  })
})

describe('limits', () => {
  const limited = slotOf('s', { onDate: '2026-11-25', fair: { ...usualFair, version: 1, limit: { most: 2, per: 'week' } } })
  const bath = (id: string, onDate: string, more: Partial<BusyTime> = {}): BusyTime => ({ bookingId: id, from: instantOf(onDate, 600), to: instantOf(onDate, 660), at: 1, freedAt: null, serviceItemId: 'bathing', ...more })

  test('so many in a civil week, others and given up ones not counted', () => {
    expect(refusalOf(() => ensureWithinLimit([bath('a', '2026-11-23')], limited, 'new'))).toBe('OK')
    expect(refusalOf(() => ensureWithinLimit([bath('a', '2026-11-23'), bath('b', '2026-11-29')], limited, 'new'))).toBe('LIMIT_OF_SERVICE')
    expect(refusalOf(() => ensureWithinLimit([bath('a', '2026-11-23'), bath('b', '2026-11-30')], limited, 'new'))).toBe('OK')
    expect(refusalOf(() => ensureWithinLimit([bath('a', '2026-11-23'), bath('b', '2026-11-24', { freedAt: 2 })], limited, 'new'))).toBe('OK')
    expect(refusalOf(() => ensureWithinLimit([bath('a', '2026-11-23'), bath('b', '2026-11-24', { serviceItemId: 'cleaning' })], limited, 'new'))).toBe('OK')
    expect(refusalOf(() => ensureWithinLimit([bath('a', '2026-11-23'), bath('b', '2026-11-24')], limited, 'b'))).toBe('OK')
  })

  test('a week begins on Monday, a month on its first day', () => {
    expect(periodOf('week', '2026-11-29')).toEqual({ fromOn: '2026-11-23', toOn: '2026-11-30' })
    expect(periodOf('month', '2026-12-31')).toEqual({ fromOn: '2026-12-01', toOn: '2027-01-01' })
    expect(periodOf('month', '2027-02-15')).toEqual({ fromOn: '2027-02-01', toOn: '2027-03-01' })
  })
})

test('terms that make no sense are refused', () => {
  const { hold } = usualFair
  expect(refusalOf(() => ensureTerms(usualFair))).toBe('OK')
  for (const terms of [{ ...usualFair, share: { seats: 0, daysBefore: 1, untilMinute: 960 } }, { ...usualFair, limit: { most: 0.5, per: 'week' as const } }, { ...usualFair, hold: { ...hold, dayTo: hold.dayFrom } }, { ...usualFair, hold: { ...hold, morningAt: 0 } }]) {
    expect(refusalOf(() => ensureTerms(terms))).toBe('BAD_INPUT')
  }
})

test('what other terms would have meant', () => {
  const seat = (taken: string, more: Partial<Seat> = {}): Seat => ({ bookingId: taken, at: at(taken), ...more })
  const monday = slotOf('a', { onDate: '2026-11-24', capacity: 2, remaining: 0, holders: { mother: seat('09:00'), father: seat('10:00') } })
  const tuesday = slotOf('b', { onDate: '2026-11-25', capacity: 2, remaining: 0, holders: { mother: seat('09:05'), father: seat('10:00', { isDesk: true }) } })
  const ended = { placeId: 'o', at: at('10:00'), until: at('10:30'), endedAt: at('10:20'), how: 'accepted' as const, isQuiet: true }
  const wednesday = slotOf('c', { onDate: '2026-11-26', queue: { version: 1, places: {}, personIds: [], communityIds: [], requests: {}, ended: [ended, { ...ended, placeId: 'p', how: 'ranOut' }] } })
  expect(fairPreview({ share: { seats: 1, daysBefore: 0, untilMinute: 0 }, limit: { most: 1, per: 'week' }, hold: { ...usualFair.hold, minutes: 15 } }, [monday, tuesday, wednesday])).toEqual({
    slots: 3, seats: 4, byDesk: 1, keptFromResidents: 1, slotsKept: 1, peopleOverLimit: 2, bookingsOverLimit: 2, answered: 1, tooLate: 1, ranOut: 1,
  })
})
