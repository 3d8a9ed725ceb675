/** The day's seal as rules: what it states of a day, what is no part of it, and which entry does not fit. */
import type { PointsEntry } from '../../src/domain/ledger'
import { firstUnfit, noRollup, noTotals, sealedOf, shortHash, sumOf, withDay, withEntries, type SealedEntry } from '../../src/domain/seal'

const entry = (options: Partial<PointsEntry>): PointsEntry => ({
  _id: 'visit_1', subdistrictId: 'dongliu', communityId: 'huaguang', ownerId: 'v', seq: 1, from: 'fund', to: 'spendable_v', amount: 20, kind: 'visit', words: '陪诊', about: { personId: 'elder', name: '王秀珍' }, at: 10_000, onDate: '2026-11-20',
  evidence: { what: 'visit', id: '1' }, policyVersion: 1, by: { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null }, reverses: null, balance: 20, hold: null, merchantId: null, work: null, ...options,
})
const hold = { holdId: 'h', rewardId: 'soap', rewardName: '洗衣液', settleFen: 800, heldAt: 4_000, forElderId: null, bookingId: null, merchantIds: ['shop'], codeId: null, endsAt: 1 }
const settled = entry({ _id: 'settled_h', kind: 'settled', from: 'held_v', to: 'merchant_shop', amount: 15, hold })

describe('what a day comes to', () => {
  const day = withEntries(noRollup, [entry({}), entry({ _id: 'hold_h', kind: 'hold', from: 'spendable_v', to: 'held_v', amount: 15, hold }), settled, entry({ _id: 'settled_c', kind: 'settled', from: 'held_w', to: 'merchant_home', amount: 30, hold: { ...hold, rewardId: 'bath', bookingId: 'b' } })])
  test('kinds, purses and the accounts of the system, in all of which nothing is lost', () => {
    expect(day).toMatchObject({ kinds: { visit: { count: 1, points: 20 }, settled: { count: 2, points: 45 } }, accounts: { fund: -20, merchant_shop: 15, merchant_home: 30 }, purses: { spendable: 5, held: -30, pending: 0 } })
    expect(sumOf(day)).toBe(0)
  })
  test('how long people waited at a counter; a visit is not waited for, but counts for its reward', () => {
    expect(day).toMatchObject({ collected: { count: 1, points: 15, waitMs: 6_000 }, rewards: { soap: { count: 1, points: 15 }, bath: { count: 1, points: 30 } } })
  })
  test('totals grow day by day', () => {
    const twice = withDay(withDay(noTotals, 4, day), 4, day)
    expect(twice).toMatchObject({ entries: 8, accounts: { fund: -40 }, purses: { spendable: 10 } })
    expect(sumOf(twice)).toBe(0)
  })
})

test('names are no part of what is sealed; everything else is', () => {
  const { about, by } = entry({})
  const named = entry({ about: about && { ...about, name: '已注销' }, by: { ...by, name: '已注销' } })
  expect(sealedOf(named)).toEqual(sealedOf(entry({})))
  for (const changed of [{ amount: 21 }, { words: '陪聊' }, { at: 10_001 }, { balance: 21 }, { to: 'spendable_w' }, { evidence: { what: 'visit' as const, id: '2' } }, { by: { ...by, personId: 'other' } }]) expect(sealedOf(entry(changed))).not.toEqual(sealedOf(entry({})))
})

describe('the first entry that does not fit', () => {
  const sealed: readonly SealedEntry[] = [['a', '1'], ['c', '2'], ['e', '3']]
  test.each<[string, readonly SealedEntry[], ReturnType<typeof firstUnfit>]>([
    ['nothing', sealed, null],
    ['changed', [['a', '1'], ['c', 'x'], ['e', 'y']], { entryId: 'c', onDate: 'd', how: 'changed' }],
    ['missing', [['a', '1'], ['e', '3']], { entryId: 'c', onDate: 'd', how: 'missing' }],
    ['missing at the end', [['a', '1'], ['c', '2']], { entryId: 'e', onDate: 'd', how: 'missing' }],
    ['added between', [['a', '1'], ['b', '9'], ['c', '2'], ['e', '3']], { entryId: 'b', onDate: 'd', how: 'added' }],
    ['added at the end', [...sealed, ['f', '9']], { entryId: 'f', onDate: 'd', how: 'added' }],
    ['one renamed: what was added comes first', [['a', '1'], ['b', '2'], ['e', '3']], { entryId: 'b', onDate: 'd', how: 'added' }],
  ])('%s', (_name, found, unfit) => expect(firstUnfit('d', sealed, found)).toEqual(unfit))
})

test('a hash is compared aloud by its first eight signs', () => expect(shortHash('0a1b2c3d4e')).toBe('0A1B 2C3D'))
