/** Rewards, vouchers and the month's report as rules: who may have what, where a code is good, and what is published of it. */
import fc from 'fast-check'
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import type { Hold } from '../../src/domain/ledger'
import { composeReport, coverageOf, figureKinds, figureOf, figures, offerOn, worthOf } from '../../src/domain/points-report'
import { entryKinds } from '../../src/domain/ledger'
import { collectUntil, ensureRedeemable, ensureRewardTerms, leftFor, newReward, rewardHolds, withTerms, type Reward, type RewardTerms } from '../../src/domain/reward'
import { noRollup, noTotals } from '../../src/domain/seal'
import { ensureSettles, goodAt, refusalOf } from '../../src/domain/voucher'

const NOON = instantOf('2026-11-23', 12 * 60)
const terms: RewardTerms = {
  kind: 'goods', name: '大米', words: '一袋', icon: 'gift', points: 100, stock: 10, perPerson: null, validFrom: '2026-11-01', validUntil: '2026-11-30', merchantIds: ['grocer'], collectDays: 7, communityIds: ['huaguang'], serviceItemId: null, settleFen: 2000, isOpen: true,
}
const reward = (changes: Partial<Reward> = {}): Reward => ({ ...newReward('rice', 'dongliu', terms), ...changes })
const person = { subdistrictId: 'dongliu', communityId: 'huaguang', standing: 'verified' } as const
const account = (spendable: number, took: readonly number[] = []) => ({ balances: { spendable, held: 0, pending: 0 }, took: { rice: took } })
function refusalFrom(act: () => unknown): readonly [string, DomainError['details']] | null {
  try {
    act()
    return null
  } catch (error) {
    if (error instanceof DomainError) return [error.code, error.details]
    throw error
  }
}

describe('whether somebody may redeem', () => {
  test('each reason has its own answer, the first that holds', () => {
    const refusal = (one: Reward, whose: Parameters<typeof ensureRedeemable>[1] = account(100), who: Parameters<typeof ensureRedeemable>[2] = person) => refusalFrom(() => ensureRedeemable(one, whose, who, NOON))
    expect(refusal(reward())).toBeNull()
    expect(refusal(reward({ validFrom: '2026-11-23', validUntil: '2026-11-23' }))).toBeNull()
    expect(refusal(reward(), account(99))).toEqual(['POINTS_SHORT', { balance: 99, short: 1 }])
    expect(refusal(reward({ remaining: 0 }))).toEqual(['OUT_OF_STOCK', undefined])
    expect(refusal(reward({ isOpen: false }))).toEqual(['NOT_OFFERED', { why: 'closed' }])
    expect(refusal(reward({ validFrom: '2026-11-24' }))).toEqual(['NOT_OFFERED', { why: 'notYet' }])
    expect(refusal(reward({ validUntil: '2026-11-22' }))).toEqual(['NOT_OFFERED', { why: 'over' }])
    expect(refusal(reward(), account(100), { ...person, communityId: 'taigu' })).toEqual(['NOT_OFFERED', { why: 'elsewhere' }])
    expect(refusal(reward(), account(100), { ...person, subdistrictId: 'elsewhere' })).toEqual(['NOT_OFFERED', { why: 'elsewhere' }])
    expect(refusal(reward(), account(100), { ...person, standing: 'unverified' })).toEqual(['UNVERIFIED', undefined])
    expect(refusal(reward({ perPerson: { count: 1, per: 'month' } }), account(100, [NOON - HOUR]))).toEqual(['LIMIT_REACHED', { count: 1, per: 'month' }])
  })

  test('a limit counts civil months and years: the first minute of a month is not the last of the one before', () => {
    const took = { rice: [instantOf('2025-11-23'), instantOf('2026-10-31', 1439), instantOf('2026-11-01')] }
    const left = (per: 'month' | 'year' | 'ever') => leftFor(reward({ perPerson: { count: 5, per } }), took, NOON)
    expect([left('month'), left('year'), left('ever')]).toEqual([4, 3, 2])
    expect(leftFor(reward(), took, NOON)).toBeNull()
    expect(leftFor(reward({ perPerson: { count: 1, per: 'ever' } }), took, NOON)).toBe(0)
  })

  test('it is collected up to the end of the last civil day', () => {
    expect(collectUntil({ collectDays: 7 }, NOON)).toBe(instantOf('2026-12-01'))
    expect(collectUntil({ collectDays: 1 }, instantOf('2026-11-23', 1439))).toBe(instantOf('2026-11-25'))
  })
})

describe('law 1: stock', () => {
  test('however terms are changed, what is left, held and taken come to all there ever were', () => {
    const place = fc.record({ ownerId: fc.string(), at: fc.integer({ min: 1 }) })
    fc.assert(fc.property(fc.nat(60), fc.dictionary(fc.stringMatching(/^h\d{1,3}$/), place, { maxKeys: 20 }), fc.nat(20), fc.nat(60), (spare, holders, taken, stock) => {
      const held = Object.keys(holders).length
      const before = reward({ stock: spare + held + taken, remaining: spare, holders, taken })
      expect(rewardHolds(before)).toBe(true)
      const refused = refusalFrom(() => expect(rewardHolds(withTerms(before, { ...terms, stock }))).toBe(true))
      expect(refused).toEqual(stock < held + taken ? ['BELOW_HELD', { held: held + taken }] : null)
    }), { numRuns: 300 })
    expect(rewardHolds(reward({ remaining: 9 }))).toBe(false)
    expect(rewardHolds(reward({ remaining: -1, taken: 11 }))).toBe(false)
  })

  test('what was redeemed does not become something else; terms make sense', () => {
    expect(refusalFrom(() => withTerms(reward({ remaining: 9, taken: 1 }), { ...terms, kind: 'coupon' }))).toEqual(['BAD_INPUT', { field: 'kind' }])
    expect(refusalFrom(() => withTerms(reward(), { ...terms, kind: 'coupon' }))).toBeNull()
    const wrong: readonly [Partial<RewardTerms>, string][] = [[{ validUntil: '2026-10-31' }, 'validUntil'], [{ kind: 'care' }, 'serviceItemId'], [{ serviceItemId: 'bathing' }, 'serviceItemId'], [{ merchantIds: [] }, 'merchantIds'], [{ communityIds: ['a', 'a'] }, 'communityIds']]
    for (const [changes, field] of wrong) expect(refusalFrom(() => ensureRewardTerms({ ...terms, ...changes }))).toEqual(['BAD_INPUT', { field }])
    expect(refusalFrom(() => ensureRewardTerms({ ...terms, validUntil: null }))).toBeNull()
  })
})

describe('a voucher at a counter', () => {
  const hold: Hold = {
    holdId: 'h', rewardId: 'rice', rewardName: '大米', settleFen: 2000, heldAt: NOON, forElderId: null, bookingId: null, merchantIds: ['grocer', 'market'], codeId: 'c', endsAt: NOON + DAY, points: 100, code: '12345678', at: NOON, nearIds: ['owner', 'son'],
    by: { personId: 'owner', name: '示例', as: 'elder', kinship: null, scope: null }, forName: null,
  }
  const counter = { personId: 'seller', subdistrictId: 'dongliu', merchantIds: ['barber', 'market'] }

  test('is good where it was redeemed for, until its end, and never for who stands near', () => {
    expect(ensureSettles(hold, 'dongliu', counter, NOON)).toBe('market')
    expect(refusalFrom(() => ensureSettles(hold, 'dongliu', { ...counter, merchantIds: ['barber'] }, NOON))?.[0]).toBe('VOUCHER_ELSEWHERE')
    expect(refusalFrom(() => ensureSettles(hold, 'elsewhere', counter, NOON))?.[0]).toBe('VOUCHER_ELSEWHERE')
    expect(refusalFrom(() => ensureSettles(hold, 'dongliu', { ...counter, personId: 'son' }, NOON))?.[0]).toBe('OWN_CASE')
    expect(refusalFrom(() => ensureSettles(hold, 'dongliu', counter, NOON + DAY))).toEqual(['VOUCHER_EXPIRED', { at: NOON + DAY, isReturned: false }])
    // A foreign counter hears neither whose nor until when.
    expect(refusalFrom(() => ensureSettles(hold, 'dongliu', { ...counter, personId: 'son', merchantIds: [] }, NOON + DAY))?.[0]).toBe('VOUCHER_ELSEWHERE')
    expect(goodAt(hold, 'dongliu', { ...counter, merchantIds: [] })).toBeNull()
  })

  test('that is over says what became of it, to its own counter alone', () => {
    const refusal = (kind: 'settled' | 'cancelled' | 'lapsed' | null, at = counter) => {
      const { code, details } = refusalOf(hold, 'dongliu', kind && { kind, at: NOON }, at)
      return [code, details]
    }
    expect(refusal('settled')).toEqual(['VOUCHER_USED', { at: NOON, onDate: '2026-11-23' }])
    expect(refusal('cancelled')).toEqual(['VOUCHER_EXPIRED', { at: NOON, isReturned: true }])
    expect(refusal('lapsed')).toEqual(['VOUCHER_EXPIRED', { at: NOON, isReturned: true }])
    expect(refusal(null)).toEqual(['TRY_AGAIN', undefined])
    expect(refusal('settled', { ...counter, merchantIds: ['barber'] })).toEqual(['VOUCHER_ELSEWHERE', undefined])
  })
})

describe('the month’s report', () => {
  const day = (onDate: string, kinds: (typeof noRollup)['kinds'], waitMs: number, spendable: number) => ({
    onDate, rollup: { ...noRollup, kinds, collected: { count: 1, points: 80, waitMs } }, totals: { ...noTotals, accounts: { pot_huaguang: 7, pot_taigu: 5, fund: -1000 }, purses: { spendable, held: 30, pending: 4 } },
  })

  test('adds the days up and takes what stands in passbooks from the last', () => {
    const report = composeReport('dongliu', '2026-11', [day('2026-11-29', { visit: { count: 2, points: 50 }, settled: { count: 1, points: 80 } }, 2 * HOUR, 900), day('2026-11-30', { visit: { count: 1, points: 5 }, shift: { count: 1, points: 20 }, settled: { count: 1, points: 80 } }, HOUR, 820)], [])
    expect(report).toMatchObject({ _id: 'dongliu_2026-11', upToOn: '2026-11-30', isFinal: true, outstanding: 850, held: 30, pots: 12, pending: 4, collected: { count: 2, points: 160, waitMs: 3 * HOUR } })
    expect(report && [figureOf(report, 'earned'), figureOf(report, 'collected'), figureOf(report, 'expired')]).toEqual([{ figure: 'earned', count: 4, points: 75 }, { figure: 'collected', count: 2, points: 160 }, { figure: 'expired', count: 0, points: 0 }])
    expect(composeReport('dongliu', '2026-11', [day('2026-11-29', {}, MINUTE, 1)], [])).toMatchObject({ isFinal: false })
    expect(composeReport('dongliu', '2026-11', [], [])).toBeNull()
  })

  test('no kind of entry counts in two figures, and only halves of a pair in none', () => {
    const counted = figures.flatMap((figure) => [...figureKinds[figure]])
    expect(new Set(counted).size).toBe(counted.length)
    expect(entryKinds.filter((kind) => !(counted as readonly string[]).includes(kind))).toEqual(['giftIn', 'mergeOut', 'mergeIn'])
  })

  test('what could be had is worth points times what is left, of what is offered that day', () => {
    const offer = offerOn([reward({ _id: 'a', points: 10, remaining: 3 }), reward({ _id: 'b', points: 50, remaining: 2 }), reward({ _id: 'c', remaining: 0 }), reward({ _id: 'd', isOpen: false }), reward({ _id: 'e', validFrom: '2026-12-01' }), reward({ _id: 'f', validUntil: '2026-11-22' })], '2026-11-23')
    expect(offer.map(({ rewardId }) => rewardId)).toEqual(['b', 'a'])
    expect(worthOf(offer)).toBe(130)
    expect([coverageOf(130, 260), coverageOf(130, 0), coverageOf(0, 10)]).toEqual([50, null, 0])
  })
})
