/** The ledger's laws over single documents: what the rules write holds, and each kind of fault is found. */
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { FUND, newAccount, post, purseOf, TRANSIT, withHold, type Draft, type Hold, type PointsEntry } from '../../src/domain/ledger'
import { counterpartOf, coverHolds, forgottenLines, nextLine, paidOnceHolds, pendingHolds, reversalHolds, staleHolds, startOfPassbook, transitHolds, type PassbookWalk } from '../../src/domain/ledger-laws'

const NOW = instantOf('2026-11-20', 600)
const by = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null } as const
const visit: Draft = { id: 'visit_b', from: FUND, to: purseOf('spendable', 'v'), amount: 20, kind: 'visit', words: '陪诊', evidence: { what: 'visit', id: 'b' }, by }
const desk: Draft = { id: 'desk_d', from: FUND, to: purseOf('pending', 'v'), amount: 10, kind: 'desk', words: '补录', evidence: { what: 'desk', id: 'd' }, by }
const gift: Draft = { id: 'giftOut_g', from: purseOf('spendable', 'v'), to: TRANSIT, amount: 5, kind: 'giftOut', words: '转赠', about: { personId: 'w', name: '' }, evidence: { what: 'gift', id: 'g' }, by }
const { account, entries } = post(newAccount('v', { subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'person' }), [visit, desk, gift], NOW)
const [visited, entered, given] = entries as [PointsEntry, PointsEntry, PointsEntry]
const walkTo = (lines: readonly PointsEntry[]): PassbookWalk | null => lines.reduce<PassbookWalk | null>((walk, line) => walk && nextLine(walk, line), startOfPassbook)

describe('a passbook', () => {
  test('comes line by line to what its cover says', () => {
    const walk = walkTo(entries)
    expect(walk).toMatchObject({ seq: 3, balances: { spendable: 15, held: 0, pending: 10 } })
    expect(walk && coverHolds(account, walk)).toBe(true)
  })
  test.each<[string, readonly PointsEntry[]]>([
    ['a gap', [visited, given]],
    ['a balance printed wrongly', [{ ...visited, balance: 21 }]],
    ['an amount that its balance does not follow', [visited, { ...entered, to: purseOf('spendable', 'v') }]],
    ['a purse of somebody else', [{ ...visited, to: purseOf('spendable', 'w'), balance: 0 }]],
    ['a balance below zero', [{ ...given, seq: 1, balance: -5 }]],
    ['a time before the line above', [visited, { ...entered, at: NOW - HOUR }]],
    ['a day that is not that of its time', [{ ...visited, onDate: '2026-11-21' }]],
    ['half a point', [{ ...visited, amount: 20.5, balance: 20.5 }]],
  ])('%s is found', (_name, lines) => expect(walkTo(lines)).toBeNull())
  test('a cover whose held points are no open redemption is found', () => {
    const walk = walkTo(entries) as PassbookWalk
    const held = { ...walk, balances: { ...walk.balances, held: 5 } }
    expect(coverHolds({ ...account, balances: held.balances }, held)).toBe(false)
  })
})

test('an id names its own source, so that none pays twice', () => {
  expect(entries.every(paidOnceHolds)).toBe(true)
  expect(paidOnceHolds({ ...visited, _id: 'excess_visit_b', kind: 'excess' })).toBe(true)
  // Nothing was left under the cap: the pot's line carries the id of the work.
  expect(paidOnceHolds({ ...visited, _id: 'visit_b', kind: 'excess' })).toBe(true)
  expect(['visit_b2', 'visit_b_again', 'again_visit_b', 'visit_c', 'shift_b', 'excess_visit_b'].map((_id) => paidOnceHolds({ ...visited, _id }))).toEqual([false, false, false, false, false, false])
  expect(paidOnceHolds({ ...visited, _id: 'shift_b', kind: 'shift' })).toBe(false)
  expect(paidOnceHolds({ ...visited, _id: 'excess_shift_b', kind: 'excess' })).toBe(false)
})

test('hours leave the pending purse by a second person alone', () => {
  const approved: PointsEntry = { ...entered, _id: 'deskApproved_d', kind: 'deskApproved', from: purseOf('pending', 'v'), to: purseOf('spendable', 'v') }
  expect(pendingHolds(entered, null)).toBe(true)
  expect(pendingHolds(approved, 'clerk')).toBe(true)
  expect(pendingHolds(approved, 'social')).toBe(false)
  expect(pendingHolds({ ...approved, kind: 'hold' }, null)).toBe(false)
  expect(pendingHolds({ ...visited, to: purseOf('pending', 'v') }, null)).toBe(false)
  expect(counterpartOf(approved)).toBe('desk_d')
})

test('what was given arrives, whole; what is young may be on its way', () => {
  const arrived: PointsEntry = { ...given, _id: 'giftIn_g', ownerId: 'w', from: TRANSIT, to: purseOf('spendable', 'w'), kind: 'giftIn' }
  expect([counterpartOf(given), counterpartOf(arrived)]).toEqual(['giftIn_g', 'giftOut_g'])
  expect(transitHolds(given, arrived, NOW + DAY)).toBe(true)
  expect(transitHolds(arrived, given, NOW + DAY)).toBe(true)
  expect(transitHolds(given, { ...arrived, amount: 4 }, NOW + DAY)).toBe(false)
  expect([transitHolds(given, undefined, NOW + MINUTE), transitHolds(given, undefined, NOW + DAY), transitHolds(arrived, undefined, NOW)]).toEqual([true, false, false])
})

test('a reversal names its line, goes the other way and takes no more; part of it is lawful', () => {
  const reversal: PointsEntry = { ...visited, _id: 'reversal_visit_b', kind: 'reversal', from: visited.to, to: visited.from, reverses: 'visit_b', amount: 12 }
  expect(reversalHolds(reversal, visited)).toBe(true)
  for (const wrong of [{ amount: 21 }, { from: FUND, to: visited.to }, { ownerId: 'w' }, { _id: 'reversal_other' }]) expect(reversalHolds({ ...reversal, ...wrong }, visited)).toBe(false)
  expect(reversalHolds(reversal, undefined)).toBe(false)
  expect(reversalHolds({ ...visited, reverses: 'visit_b' }, visited)).toBe(false)
})

test('holds long past their end, and lines that nobody sent on, are found', () => {
  const hold: Hold = { holdId: 'h', rewardId: 'soap', rewardName: '洗衣液', settleFen: 800, heldAt: NOW, forElderId: null, bookingId: null, merchantIds: ['shop'], codeId: null, endsAt: NOW, points: 5, code: null, at: NOW, nearIds: [], by, forName: null }
  expect(staleHolds(withHold(account, 'h', hold), NOW + 5 * MINUTE)).toEqual([])
  expect(staleHolds(withHold(account, 'h', hold), NOW + DAY)).toEqual(['h'])
  expect(forgottenLines(account, NOW + MINUTE)).toEqual([])
  expect(forgottenLines(account, NOW + DAY)).toEqual(['visit_b', 'desk_d', 'giftOut_g'])
})
