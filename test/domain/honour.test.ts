/** Honours come from entries alone; ties are ties; a vote is one vote and tells nothing before it closes. */
import { bestOf, certificateNumber, honourCategories, noTally, ranked, together, valueOf, withEntry, type HonourTally } from '../../src/domain/honour'
import type { EntryKind, PointsEntry, WorkFacts } from '../../src/domain/ledger'
import { closePoll, ensureMayVote, ensurePoll, pollState, type Poll } from '../../src/domain/poll'

const by = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null } as const
let serial = 0
const entry = (kind: EntryKind, options: Partial<PointsEntry> = {}, work: Partial<WorkFacts> | null = {}): PointsEntry => ({
  _id: `${kind}_${++serial}`, subdistrictId: 'dongliu', communityId: 'huaguang', ownerId: 'v', seq: 1, from: 'fund', to: 'spendable_v', amount: 20, kind, words: '陪诊', about: { personId: 'elder', name: '' }, at: 1, onDate: '2026-10-03',
  evidence: { what: kind === 'shift' ? 'shift' : kind === 'deskApproved' ? 'desk' : kind === 'project' ? 'project' : 'visit', id: `${serial}` }, policyVersion: 1, by, reverses: null, balance: 0, hold: null, merchantId: null,
  work: work === null ? null : { earner: 'volunteer', serviceItemId: null, minutes: 60, onDate: '2026-10-02', ...work }, ...options,
})
const tallyOf = (entries: readonly PointsEntry[]): HonourTally => entries.reduce(withEntry, noTally)

describe('a tally', () => {
  test('counts services, their time, whom they were for and on which days', () => {
    const tally = tallyOf([entry('visit'), entry('shift', { about: null }, { minutes: 90, onDate: '2026-10-05' }), entry('deskApproved', { about: { personId: 'other', name: '' } })])
    expect([valueOf(tally, 'times'), valueOf(tally, 'minutes'), valueOf(tally, 'people'), valueOf(tally, 'days'), valueOf(tally, 'visits'), valueOf(tally, 'shifts')]).toEqual([3, 210, 2, 2, 1, 2])
  })
  test('the work of staff is their job, gifts to family are their own matter', () => {
    expect(tallyOf([entry('visit', {}, { earner: 'staff' }), entry('giftOut', { evidence: { what: 'gift', id: 'g' } }, null), entry('byHand', {}, null), entry('desk')])).toEqual(noTally)
  })
  test('donations to the pot and to neighbours in need count as given', () => {
    expect(valueOf(tallyOf([entry('donatedToPot', {}, null), entry('giftOut', { evidence: { what: 'need', id: 'n' } }, null)]), 'givenPoints')).toBe(40)
  })
  test('work that a cap sent to the pot altogether was done all the same, the rest of a capped visit counts once', () => {
    expect(valueOf(tallyOf([entry('excess', { _id: 'visit_full' }), entry('visit', { _id: 'visit_part' }), entry('excess', { _id: 'excess_visit_part' }, null)]), 'times')).toBe(2)
  })
  test('a year is its months, each person and day once', () => {
    const year = together(tallyOf([entry('visit')]), tallyOf([entry('visit'), entry('shift', {}, { onDate: '2026-11-01' })]))
    expect([valueOf(year, 'times'), valueOf(year, 'people'), valueOf(year, 'days')]).toEqual([3, 1, 2])
  })
})

describe('ranks', () => {
  const tally = (visits: number): HonourTally => ({ ...noTally, visits })
  test('equal values share a rank, and the next rank counts them', () => {
    const rows = ranked(bestOf([['a', tally(9)], ['b', tally(7)], ['c', tally(9)], ['d', tally(5)], ['e', tally(1)], ['f', tally(0)]], 'visits'))
    expect(rows.map((row) => [row.ownerId, row.rank, row.isTie])).toEqual([['a', 1, true], ['c', 1, true], ['b', 3, false]])
  })
  test('who is left out leaves no gap', () => {
    const rows = bestOf([['a', tally(9)], ['b', tally(7)]], 'visits')
    expect(ranked(rows.filter((row) => row.ownerId !== 'a'))).toMatchObject([{ ownerId: 'b', rank: 1 }])
  })
  test('五最四星 and 志愿之星 are data with names of their own', () => {
    const count = (group: string) => honourCategories.filter((category) => category.group === group).length
    expect([count('most'), count('star'), count('volunteer')]).toEqual([5, 4, 1])
    expect(new Set(honourCategories.map((category) => category.categoryId)).size).toBe(10)
  })
  test('two who stand level have certificates with two numbers, in figures alone', () => {
    const rows = bestOf([['a', tally(9)], ['b', tally(9)]], 'visits')
    expect(['a', 'b'].map((ownerId) => certificateNumber('2026-10', 'volunteer', rows, ownerId))).toEqual(['LL-202610-10-01', 'LL-202610-10-02'])
    expect(certificateNumber('2026', 'mostTimes', rows, 'a')).toBe('LL-2026-01-01')
  })
})

describe('a vote', () => {
  const poll: Poll = {
    _id: 'p', version: 1, subdistrictId: 'dongliu', title: '最美邻居', words: '选一位', closesOn: '2026-11-30', categories: [{ categoryId: 'warm', name: '最热心', candidates: [{ candidateId: 'a', name: '示例甲', words: '买菜' }, { candidateId: 'b', name: '示例乙', words: '修灯' }] }],
    openedBy: { ...by, as: 'admin' }, openedAt: 1, closed: null, countAt: 1, tally: null, requests: {},
  }
  const person = { standing: 'verified' } as const
  test('is open through its last day, then counted, then closed', () => {
    expect([pollState(poll, '2026-11-30'), pollState(poll, '2026-12-01'), pollState({ ...poll, tally: {} }, '2026-12-01')]).toEqual(['open', 'counting', 'closed'])
  })
  test.each([
    ['after its last day', poll, person, 'warm', 'a', '2026-12-01', 'WRONG_STATE'],
    ['by somebody who was not seen yet', poll, { standing: 'unverified' }, 'warm', 'a', '2026-11-20', 'UNVERIFIED'],
    ['in a category that is not there', poll, person, 'cold', 'a', '2026-11-20', 'BAD_INPUT'],
    ['for nobody', poll, person, 'warm', 'z', '2026-11-20', 'BAD_INPUT'],
  ] as const)('%s is refused', (_name, of, who, categoryId, candidateId, today, code) => expect(() => ensureMayVote(of, who, categoryId, candidateId, today)).toThrow(code))
  test('closes before its date with a reason, once', () => {
    const closed = closePoll(poll, '候选人退出', by, '2026-11-20', 5)
    expect(pollState(closed, '2026-11-20')).toBe('counting')
    expect(() => closePoll(closed, '再关', by, '2026-11-20', 6)).toThrow('WRONG_STATE')
  })
  test('names each candidate once and closes tomorrow at the earliest', () => {
    expect(() => ensurePoll({ ...poll, closesOn: '2026-11-20' }, '2026-11-20')).toThrow('BAD_INPUT')
    expect(() => ensurePoll({ closesOn: '2026-11-30', categories: [...poll.categories, ...poll.categories] }, '2026-11-20')).toThrow('BAD_INPUT')
  })
})
