/** 报平安: once on every civil day, for those who opted in and are at home. */
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { missedCheck, saidWell, setDaily, withDailyCheck } from '../../src/domain/daily-check'
import { person } from './support'

const at = (onDate: string, hour: number): number => instantOf(onDate, hour * 60)
const NINE = 9 * 60
const monday = '2026-11-23'
const opted = setDaily(person('mother'), NINE, at(monday, 8))

test('who opts in is awaited today, or tomorrow when the hour is over', () => {
  expect(opted.checkDueAt).toBe(at(monday, 9))
  expect(setDaily(person('mother'), NINE, at(monday, 10)).checkDueAt).toBe(at('2026-11-24', 9))
  expect(setDaily(opted, null, at(monday, 8))).toMatchObject({ dailyCheck: null, checkDueAt: null })
})
test('a word given on a day counts for that day, before or after the hour', () => {
  expect(saidWell(opted, at(monday, 6)).checkDueAt).toBe(at('2026-11-24', 9))
  expect(saidWell(opted, at(monday, 22)).checkDueAt).toBe(at('2026-11-24', 9))
})
test('another hour on a day that has its word: tomorrow', () => expect(setDaily(saidWell(opted, at(monday, 7)), 11 * 60, at(monday, 8)).checkDueAt).toBe(at('2026-11-24', 11)))
test('nobody waits for who is in hospital or away; at home again, they do', () => {
  const away = withDailyCheck({ ...opted, away: { why: 'hospital', since: 1, byName: '李静' } }, at(monday, 8))
  expect(away.checkDueAt).toBeNull()
  expect(missedCheck({ ...away, checkDueAt: 1 }, at(monday, 12))).toBeNull()
  expect(withDailyCheck({ ...away, away: null }, at('2026-11-25', 20)).checkDueAt).toBe(at('2026-11-26', 9))
})
test('missed from the minute on, not a moment before', () => {
  expect(missedCheck(opted, at(monday, 9) - 1)).toBeNull()
  expect(missedCheck(opted, at(monday, 9))).toEqual({ onDate: monday, dueAt: at(monday, 9) })
  expect(missedCheck(opted, at(monday, 23))).toEqual({ onDate: monday, dueAt: at(monday, 9) })
})
test('late by days: one day, the latest that was missed', () => {
  expect(missedCheck(opted, at(monday, 9) + 3 * DAY + MINUTE)).toEqual({ onDate: '2026-11-26', dueAt: at('2026-11-26', 9) })
  expect(missedCheck(opted, at(monday, 9) + 3 * DAY - HOUR)).toEqual({ onDate: '2026-11-25', dueAt: at('2026-11-25', 9) })
})
test('looked at, the next word is awaited; looked at again, nothing was missed', () => {
  const looked = withDailyCheck(opted, at(monday, 9))
  expect(looked.checkDueAt).toBe(at('2026-11-24', 9))
  expect(missedCheck(looked, at(monday, 9) + MINUTE)).toBeNull()
})
