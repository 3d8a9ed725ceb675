// Law 7: days and hours are those of UTC+8, wherever the machine stands.
import fc from 'fast-check'
import { addDays, ageOn, civilDate, clockTime, DAY, greeting, instantOf, isCivilDate, minuteOfDay, spokenDate, weekday } from '../../src/domain/civil-time'

const someInstant = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2090, 0, 1) })

describe('civil time', () => {
  test('a day begins at midnight in UTC+8, which is 16:00 of the day before in UTC', () => {
    expect(civilDate(Date.UTC(2026, 10, 22, 15, 59, 59, 999))).toBe('2026-11-22')
    expect(civilDate(Date.UTC(2026, 10, 22, 16, 0))).toBe('2026-11-23')
    expect(clockTime(Date.UTC(2026, 10, 22, 16, 0))).toBe('00:00')
    expect(instantOf('2026-11-23', 9 * 60)).toBe(Date.UTC(2026, 10, 23, 1, 0))
  })
  test('an instant is its civil date and minute', () => {
    fc.assert(fc.property(someInstant, (instant) => {
      const whole = instant - (instant % 60_000)
      expect(instantOf(civilDate(whole), minuteOfDay(whole))).toBe(whole)
    }))
  })
  test('some days later is later by whole days, across months and leap years', () => {
    fc.assert(fc.property(someInstant, fc.integer({ min: -800, max: 800 }), (instant, days) => {
      expect(instantOf(addDays(civilDate(instant), days)) - instantOf(civilDate(instant))).toBe(days * DAY)
    }))
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  })
  test('a date that does not exist is none', () => {
    for (const date of ['2026-02-30', '2026-13-01', '2027-02-29', '2026-1-1', '26-01-01', '2026-01-01T00:00', '', 'heute']) expect(isCivilDate(date)).toBe(false)
    for (const date of ['2026-02-28', '2028-02-29', '1942-05-01']) expect(isCivilDate(date)).toBe(true)
  })
  test('somebody is a year older on their birthday, not the day before', () => {
    expect(ageOn('1942-11-23', '2026-11-22')).toBe(83)
    expect(ageOn('1942-11-23', '2026-11-23')).toBe(84)
  })
  test('dates are said as people say them', () => {
    expect(spokenDate('2026-11-23')).toBe('11月23日 星期一')
    expect(weekday('2026-11-22')).toBe(0)
  })
  test('the greeting follows the civil hour', () => {
    expect(greeting(instantOf('2026-11-23', 9 * 60))).toBe('早上好')
    expect(greeting(instantOf('2026-11-23', 12 * 60))).toBe('中午好')
    expect(greeting(instantOf('2026-11-23', 22 * 60))).toBe('晚上好')
  })
})
