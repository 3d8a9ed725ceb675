/** The ladder as policy: who is asked in turn, when the clock comes to each, by day and by night. */
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { ensureLadder, isNight, ladderOn, nextCheckAt, rungsOf } from '../../src/domain/ladder'
import { ladder } from '../actions/meal-world'
import { refusalOf } from './support'

const at = (minute: number): number => instantOf('2026-11-23', minute)
const elder = { personId: 'mother', name: '王秀珍' }
const family = [{ personId: 'daughter', name: '王敏', kinship: '女儿' }, { personId: 'son', name: '王刚', kinship: '儿子' }]
const duty = [{ personId: 'social', name: '李静' }, { personId: 'grid', name: '周岚' }, { personId: 'third', name: '赵军' }]
const brief = (rungs: ReturnType<typeof rungsOf>) => rungs.map((rung) => `${rung.kind} ${rung.personId ?? '–'} +${rung.afterMs / MINUTE}`)

describe('by day', () => {
  test('the elder, each of the family, who is on duty, each who is next, 120', () => {
    expect(brief(rungsOf(ladder, at(12 * 60), elder, family, duty))).toEqual(['elder mother +0', 'family daughter +5', 'family son +10', 'duty social +15', 'next grid +30', 'next third +40', 'emergency – +50'])
  })
  test('a rung with nobody on it is left out, and nobody waits for it', () => {
    expect(brief(rungsOf(ladder, at(12 * 60), elder, [], [duty[0] ?? elder]))).toEqual(['elder mother +0', 'duty social +5', 'emergency – +20'])
    expect(brief(rungsOf(ladder, at(12 * 60), elder, [], []))).toEqual(['elder mother +0', 'emergency – +5'])
  })
})

describe('by night', () => {
  test.each([[20 * 60 + 59, false], [21 * 60, true], [23 * 60 + 59, true], [0, true], [6 * 60 + 59, true], [7 * 60, false]] as const)('at minute %i: night is %s', (minute, night) => expect(isNight(ladder, at(minute))).toBe(night))
  test('a night that does not cross midnight', () => {
    const late = { ...ladder, nightFrom: 1 * 60, nightUntil: 5 * 60 }
    expect([0, 60, 299, 300].map((minute) => isNight(late, at(minute)))).toEqual([false, true, true, false])
  })
  test('family first, nobody waits for the elder alone', () => expect(brief(rungsOf(ladder, at(22 * 60), elder, family, duty))).toEqual(['family daughter +0', 'family son +5', 'duty social +10', 'emergency – +20']))
})

describe('which ladder holds', () => {
  const later = { ...ladder, version: 2, validFrom: '2026-12-01' }
  const corrected = { ...later, version: 3 }
  test('the latest that has begun, of two that begin together the newer', () => {
    expect(ladderOn([], '2026-11-23')).toBeNull()
    expect(ladderOn([ladder, later], '2026-11-30')?.version).toBe(1)
    expect(ladderOn([later, ladder], '2026-12-01')?.version).toBe(2)
    expect(ladderOn([ladder, corrected, later], '2026-12-01')?.version).toBe(3)
  })
  test('a new one begins tomorrow at the earliest, asks who is on duty, and ends at 120', () => {
    const wish = { ...later, validFrom: '2026-11-24' }
    expect(refusalOf(() => ensureLadder(wish, '2026-11-23'))).toBe('OK')
    expect(refusalOf(() => ensureLadder({ ...wish, validFrom: '2026-11-23' }, '2026-11-23'))).toBe('BAD_INPUT')
    expect(refusalOf(() => ensureLadder({ ...wish, night: wish.night.slice(0, 2) }, '2026-11-23'))).toBe('BAD_INPUT')
    expect(refusalOf(() => ensureLadder({ ...wish, day: wish.day.map((step) => ({ ...step, waitMinutes: 0 })) }, '2026-11-23'))).toBe('BAD_INPUT')
    expect(refusalOf(() => ensureLadder({ ...wish, day: wish.day.filter((step) => step.kind !== 'duty') }, '2026-11-23'))).toBe('BAD_INPUT')
  })
})

test('the next daily word is awaited today if that is still to come, else tomorrow', () => {
  expect(nextCheckAt(9 * 60, at(8 * 60))).toBe(at(9 * 60))
  expect(nextCheckAt(9 * 60, at(9 * 60))).toBe(at(9 * 60) + 24 * HOUR)
})
