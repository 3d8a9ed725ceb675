/** Rules that look for fraud: each notices what it is for, says why, and leaves honest work alone. */
import type { By } from '../../src/domain/booking-record'
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { burstsOf, decideFlag, findingsIn, flagOf, isConcerned, pairsOf, takenBackWith, timesOf, verifiersOf, withApprovers, withFinding, type Finding, type ServedRecord } from '../../src/domain/fraud'

const NINE = instantOf('2026-11-20', 9 * 60)
const NOW = instantOf('2026-11-21', 90)
let serial = 0
const record = (options: Partial<ServedRecord> = {}): ServedRecord => ({ entryId: `visit_${++serial}`, kind: 'visit', ownerId: 'volunteer', aboutId: 'elder', byId: 'social', approvedById: null, at: NINE + 3 * HOUR, amount: 20, communityId: 'huaguang', from: null, until: null, placeId: null, ...options })
const at = (from: number, minutes: number, placeId = 'huaguang', options: Partial<ServedRecord> = {}): ServedRecord => record({ from, until: from + minutes * MINUTE, placeId, ...options })
const admin: By = { personId: 'admin', name: '孙洁', as: 'admin', kinship: null, scope: null }

describe('times', () => {
  test('one person at work twice at the same time is noticed, with both times and how long', () => {
    const [one, other] = [at(NINE, 60), at(NINE + 30 * MINUTE, 60)]
    expect(timesOf([one, other])).toEqual([expect.objectContaining({
      rule: 'overlap', entryIds: [one.entryId, other.entryId], points: 40, words: '同一个人的两次服务，时间叠在一起：11月20日 09:00–10:00 和 11月20日 09:30–10:30，重叠 30 分钟',
    })])
  })
  test('a short visit inside a long one is noticed, and so is the next that still lies in the long one', () => {
    expect(timesOf([at(NINE, 180), at(NINE + 20 * MINUTE, 20), at(NINE + 100 * MINUTE, 20)]).map((found) => found.rule)).toEqual(['overlap', 'overlap'])
  })
  test.each([
    ['two people at the same time', [at(NINE, 60), at(NINE, 60, 'huaguang', { ownerId: 'other' })]],
    ['one after the other in one community', [at(NINE, 60), at(NINE + 61 * MINUTE, 60)]],
    ['a blur of two minutes', [at(NINE, 60), at(NINE + 58 * MINUTE, 60)]],
    ['enough time to walk', [at(NINE, 60), at(NINE + 70 * MINUTE, 60, 'taigu')]],
    ['times that are not known', [record(), record()]],
  ])('%s is no doubt', (_name, records) => expect(timesOf(records)).toEqual([]))
  test('another community sooner than anybody walks is noticed', () => {
    expect(timesOf([at(NINE, 60), at(NINE + 63 * MINUTE, 60, 'taigu')])).toEqual([expect.objectContaining({ rule: 'places', words: expect.stringContaining('只隔了 3 分钟') as string })])
  })
})

const many = (count: number, options: Partial<ServedRecord>): ServedRecord[] => Array.from({ length: count }, () => record(options))

describe('pairs that only serve each other', () => {
  test('are noticed once, whichever of them is looked at first', () => {
    const records = [...many(5, { ownerId: 'b', aboutId: 'a' }), ...many(4, { ownerId: 'a', aboutId: 'b' }), record({ ownerId: 'b', aboutId: 'c' })]
    expect(pairsOf(records, NOW)).toEqual([expect.objectContaining({ rule: 'pair', key: ['a', 'b', '2026-11'], points: 180, words: expect.stringContaining('4 次（共 4 次），反过来 5 次（共 6 次）') as string })])
  })
  test.each([
    ['one who serves one elder and is served by nobody', many(20, { ownerId: 'a', aboutId: 'b' })],
    ['neighbours who also serve others', [...many(4, { ownerId: 'a', aboutId: 'b' }), ...many(4, { ownerId: 'b', aboutId: 'a' }), ...many(4, { ownerId: 'a', aboutId: 'c' })]],
    ['too few to say', [...many(3, { ownerId: 'a', aboutId: 'b' }), ...many(3, { ownerId: 'b', aboutId: 'a' })]],
  ])('%s: no doubt', (_name, records) => expect(pairsOf(records, NOW)).toEqual([]))
})

test('a worker who mostly verified one person is noticed; one who verified many is not', () => {
  expect(verifiersOf([...many(9, { ownerId: 'a' }), ...many(3, { ownerId: 'b' })], NOW)).toEqual([expect.objectContaining({ rule: 'oneVerifier', people: [{ personId: 'a', as: 'earner' }, { personId: 'social', as: 'verifier' }], words: expect.stringContaining('12 次服务，其中 9 次') as string })])
  expect(verifiersOf([...many(9, { ownerId: 'a' }), ...many(9, { ownerId: 'b' })], NOW)).toEqual([])
})

test('a burst of hours entered at a desk is noticed with all of that day; the same number over a week is not', () => {
  const desk = (minutes: number) => record({ kind: 'desk', byId: 'clerk', at: NINE + minutes * MINUTE, ownerId: `v${minutes}` })
  expect(burstsOf([0, 10, 20, 30, 40, 300].map(desk))).toEqual([expect.objectContaining({ rule: 'deskBurst', key: ['clerk', '2026-11-20'], points: 120 })])
  expect(burstsOf([0, 1, 2, 3, 4, 5].map((day) => desk((day * DAY) / MINUTE)))).toEqual([])
})

test('records in any order give the same findings', () => {
  const records = [at(NINE, 60), at(NINE + 30 * MINUTE, 60), at(NINE + 95 * MINUTE, 60, 'taigu'), ...many(9, { ownerId: 'a' })]
  const keys = (of: readonly ServedRecord[]) => findingsIn(of, NOW).map((found) => [found.rule, ...found.key].join(' ')).sort()
  expect(keys([...records].reverse())).toEqual(keys(records))
})

describe('a flag', () => {
  const found: Finding = { rule: 'pair', key: ['a', 'b'], words: '几乎只服务对方', people: [{ personId: 'a', as: 'earner' }, { personId: 'b', as: 'earner' }], entryIds: ['visit_1', 'visit_2'], points: 40, communityId: 'huaguang' }
  const flag = flagOf('f', 'dongliu', found, NOW)
  test('grows while it is open and stays as it is once decided', () => {
    const more: Finding = { ...found, entryIds: ['visit_1', 'visit_2', 'visit_3'], points: 60 }
    expect(withFinding(flag, more)).toMatchObject({ entryIds: more.entryIds, points: 60 })
    const decided = decideFlag(flag, 'dismissed', '邻居互助，看过记录', null, admin, NOW)
    expect(withFinding(decided, more)).toBe(decided)
    expect(decided).toMatchObject({ isOpen: false, outcome: { reversed: 0, taken: 0, shortBy: 0 }, unsettledAt: null })
  })
  test('law 3: who approved the hours is concerned as who entered them, also when that was after the flag', () => {
    const approved = many(5, { kind: 'desk', byId: 'clerk', approvedById: 'second' })
    const [burst] = burstsOf(approved)
    expect(burst?.people).toEqual(expect.arrayContaining([{ personId: 'clerk', as: 'enterer' }, { personId: 'second', as: 'approver' }]))
    const desk = timesOf([at(NINE, 60), at(NINE + 10 * MINUTE, 60, 'huaguang', { kind: 'desk', byId: 'clerk', approvedById: 'second' })])[0]
    expect(desk?.people).toContainEqual({ personId: 'second', as: 'approver' })
    const early = flagOf('f', 'dongliu', burstsOf(approved.map((one) => ({ ...one, approvedById: null })))[0]!, NOW)
    expect(isConcerned(early, 'second', () => [])).toBe(false)
    expect(isConcerned(withFinding(early, burst!), 'second', () => [])).toBe(true)
    expect(isConcerned(withApprovers(early, ['second']), 'second', () => [])).toBe(true)
  })
  test('confirmed takes what was named, or all of it; not twice, and nothing of others', () => {
    expect(decideFlag(flag, 'confirmed', '没有去过', ['visit_2'], admin, NOW).decided?.entryIds).toEqual(['visit_2'])
    expect(decideFlag(flag, 'confirmed', '没有去过', null, admin, NOW)).toMatchObject({ decided: { entryIds: found.entryIds }, outcome: null, unsettledAt: NOW })
    expect(() => decideFlag(flag, 'confirmed', '没有去过', ['visit_9'], admin, NOW)).toThrow('BAD_INPUT')
    expect(() => decideFlag(decideFlag(flag, 'dismissed', '看过', null, admin, NOW), 'confirmed', '没有去过', null, admin, NOW)).toThrow('WRONG_STATE')
  })
  test('law 3: nobody whom it names, nor their family, decides it', () => {
    const kin = (personId: string): readonly string[] => (personId === 'a' ? ['wife'] : [])
    expect(['a', 'b', 'wife', 'admin'].map((who) => isConcerned(flag, who, kin))).toEqual([true, true, true, false])
  })
  test('hours that were approved are taken back before the hours, and what a cap sent to the pot with each', () => {
    expect(takenBackWith('desk_x')).toEqual(['excess_deskApproved_x', 'deskApproved_x', 'excess_desk_x', 'desk_x'])
    expect(takenBackWith('visit_x')).toEqual(['excess_visit_x', 'visit_x'])
  })
})
