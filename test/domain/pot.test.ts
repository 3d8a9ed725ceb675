/** A community's pot: never below zero, whatever is given, taken back and sealed in between; and who decides what it gives. */
import fc from 'fast-check'
import { givenFrom, keepAside, leftIn, letGo, newPot, potHolds, decideGift, proposeGift, sealedUpTo, type Pot, type PotGift } from '../../src/domain/pot'
import type { Need } from '../../src/domain/needs'

const NOW = 1_000
const by = (personId: string) => ({ personId, name: personId, as: 'socialWorker' as const, kinship: null, scope: null })
const full: Pot = { ...newPot('huaguang', 'dongliu'), sealedOn: '2026-11-20', sealed: 100 }
const refusal = (act: () => unknown): string => {
  try {
    act()
    return 'OK'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('what is in a pot', () => {
  test('of two who want the last points one gets them', () => {
    const first = keepAside(full, 'fromPot_a', 80, null, NOW)
    expect(leftIn(first)).toBe(20)
    expect(refusal(() => keepAside(first, 'fromPot_b', 80, null, NOW))).toBe('POINTS_SHORT')
    expect(leftIn(keepAside(first, 'fromPot_a', 80, null, NOW + 1))).toBe(20)
  })

  test('a newer seal counts what its days took; what stands nowhere yet stays kept', () => {
    const pot = keepAside(keepAside(full, 'fromPot_a', 30, null, NOW), 'fromPot_b', 30, null, NOW)
    const next = sealedUpTo(pot, { onDate: '2026-11-21', sum: 75 }, new Map([['fromPot_a', '2026-11-21']]))
    expect([leftIn(next), givenFrom(next), Object.keys(next.kept)]).toEqual([45, 60, ['fromPot_b']])
    expect(sealedUpTo(next, { onDate: '2026-11-20', sum: 999 }, new Map())).toBe(next)
  })

  test('what is taken back before it was sealed takes nothing away, and counts once the seal has brought it in', () => {
    const empty: Pot = { ...full, sealed: 0 }
    const pot = keepAside(empty, 'reversal_d', 50, '2026-11-21', NOW)
    expect(leftIn(pot)).toBe(0)
    const next = sealedUpTo(pot, { onDate: '2026-11-21', sum: 50 }, new Map())
    expect(leftIn(next)).toBe(0)
    expect(refusal(() => keepAside(next, 'fromPot_a', 1, null, NOW))).toBe('POINTS_SHORT')
  })

  test('over any days of donations, gifts, gifts that come to nothing and reversals, the sum of the entries is never below zero', () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('donate' as const), amount: fc.integer({ min: 1, max: 50 }) }), fc.record({ what: fc.constant('give' as const), amount: fc.integer({ min: 1, max: 50 }) }),
      fc.record({ what: fc.constant('fail' as const), amount: fc.integer({ min: 1, max: 50 }) }), fc.record({ what: fc.constant('reverse' as const), amount: fc.integer({ min: 0, max: 9 }) }), fc.record({ what: fc.constant('seal' as const), amount: fc.constant(0) }),
    )
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let [pot, day, serial] = [newPot('huaguang', 'dongliu'), 1, 0]
      const entries = new Map<string, { change: number; onDate: string }>()
      const today = () => `2026-11-${String(day).padStart(2, '0')}`
      const sum = () => [...entries.values()].reduce((total, entry) => total + entry.change, 0)
      for (const { what, amount } of steps) {
        serial += 1
        try {
          if (what === 'donate') entries.set(`donatedToPot_${serial}`, { change: amount, onDate: today() })
          if (what === 'give' || what === 'fail') pot = keepAside(pot, `fromPot_${serial}`, amount, null, NOW)
          if (what === 'give') entries.set(`fromPot_${serial}`, { change: -amount, onDate: today() })
          if (what === 'fail') pot = letGo(pot, [`fromPot_${serial}`])
          const donated = [...entries].filter(([id]) => id.startsWith('donated') && !entries.has(`reversal_${id}`))[amount]
          if (what === 'reverse' && donated !== undefined) {
            pot = keepAside(pot, `reversal_${donated[0]}`, donated[1].change, donated[1].onDate, NOW)
            entries.set(`reversal_${donated[0]}`, { change: -donated[1].change, onDate: today() })
          }
        } catch (error) {
          expect((error as { code: string }).code).toBe('POINTS_SHORT')
        }
        if (what === 'seal' && day < 28) {
          pot = sealedUpTo(pot, { onDate: today(), sum: sum() }, new Map([...entries].map(([id, entry]) => [id, entry.onDate])))
          day += 1
        }
        expect(sum()).toBeGreaterThanOrEqual(0)
        expect(potHolds(pot)).toBe(true)
        expect(leftIn(pot)).toBeLessThanOrEqual(sum())
      }
    }))
  })
})

describe('two people decide (law 3)', () => {
  const need = { _id: 'n', status: 'open', elderId: 'elder', wanted: 50, given: 10 } as unknown as Need
  const wish = { _id: 'g', subdistrictId: 'dongliu', communityId: 'huaguang', needId: 'n', elderId: 'elder', elderName: '示例老人', nearIds: ['elder', 'kin'], amount: 40, reason: '腿摔伤了', by: by('social'), at: NOW, madeBy: { key: 'k', hash: 'h' } }
  const gift: PotGift = proposeGift(wish, need, 'none', 100)

  test('not for oneself or one’s family, not more than is wanted or there is, and without a need only where hardship is recorded', () => {
    expect(gift.status).toBe('waiting')
    expect(refusal(() => proposeGift({ ...wish, by: by('kin') }, need, 'none', 100))).toBe('OWN_CASE')
    expect(refusal(() => proposeGift({ ...wish, amount: 41 }, need, 'none', 100))).toBe('LIMIT_REACHED')
    expect(refusal(() => proposeGift(wish, need, 'none', 39))).toBe('POINTS_SHORT')
    expect(refusal(() => proposeGift({ ...wish, needId: null }, null, 'none', 100))).toBe('NO_MATCH')
    expect(refusal(() => proposeGift({ ...wish, needId: null }, null, 'lowIncome', 100))).toBe('OK')
  })

  test('who proposed it does not decide it, nor family; a refusal has a reason; once is enough', () => {
    expect(refusal(() => decideGift(gift, need, true, by('social'), null, NOW))).toBe('SECOND_PERSON')
    expect(refusal(() => decideGift(gift, need, true, by('kin'), null, NOW))).toBe('OWN_CASE')
    expect(refusal(() => decideGift(gift, need, false, by('other'), null, NOW))).toBe('REASON_REQUIRED')
    const approved = decideGift(gift, need, true, by('other'), null, NOW)
    expect(refusal(() => decideGift(approved, need, true, by('other'), null, NOW))).toBe('WRONG_STATE')
    expect(refusal(() => decideGift(gift, { ...need, status: 'closed' }, true, by('other'), null, NOW))).toBe('WRONG_STATE')
  })
})
