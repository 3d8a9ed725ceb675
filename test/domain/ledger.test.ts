/** Law 2 as sentences: what a passbook takes, what it refuses, and what each step of a redemption, a gift, an expiry and a credit by hand writes into it. */
import fc from 'fast-check'
import { decide, enter, type ByHand } from '../../src/domain/by-hand'
import { DAY, instantOf, MINUTE } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import type { PointsPolicy } from '../../src/domain/points-policy'
import { pointsPolicy } from '../actions/points-policy'
import { addMonths, expired, expiring, leftFrom } from '../../src/domain/expiry'
import { donateToNeed, donateToPot, give, isBound, leftToGive } from '../../src/domain/gift'
import { balancesOf, earnedIn, FUND, MOST_POINTS, newAccount, post, potOf, purseOf, reversalOf, type Draft, type PointsAccount } from '../../src/domain/ledger'
import { collect, giveBack, hold, keepWaiting, type Wish } from '../../src/domain/redemption'

const NOON = instantOf('2026-11-20', 12 * 60)
const by = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null } as const
const empty = newAccount('wang', { subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'person' })
let serial = 0
const credit = (amount: number, id = `shift_s${++serial}`): Draft => ({ id, from: FUND, to: purseOf('spendable', 'wang'), amount, kind: 'shift', words: '陪诊 2 小时', evidence: { what: 'shift', id }, by })
const withPoints = (points: number, at = NOON): PointsAccount => post(empty, [credit(points)], at).account
const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'OK'
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}
const facts = { holdId: 'h1', rewardId: 'haircut', rewardName: '理发券', settleFen: 2000, heldAt: NOON, forElderId: null, bookingId: null, merchantIds: ['barber'], codeId: 'digest', endsAt: NOON + DAY }
const wish: Wish = { facts, points: 80, code: '12345678', forElder: null, nearIds: ['wang'], by }

describe('a passbook', () => {
  test('numbers its lines, prints the balance beside each, and carries them until they are sent', () => {
    const { account, entries } = post(empty, [credit(40), credit(2)], NOON)
    expect(entries.map((entry) => [entry.seq, entry.balance, entry.onDate])).toEqual([[1, 40, '2026-11-20'], [2, 42, '2026-11-20']])
    expect(account).toMatchObject({ balances: { spendable: 42 }, seq: 2, lastAt: NOON, unsettledAt: NOON, months: { '2026-11': { in: 42, out: 0, last: 2 } } })
    expect(Object.keys(account.unsent)).toEqual(entries.map((entry) => entry._id))
  })

  test.each([0, -5, 1.5, Number.NaN, 2 ** 53, MOST_POINTS + 1])('an amount of %p is none', (amount) => expect(codeOf(() => post(empty, [credit(amount)], NOON))).toBe('BAD_INPUT'))

  test('never falls below zero, and a refusal changes nothing', () => {
    const account = withPoints(10)
    expect(codeOf(() => post(account, [{ ...credit(11), from: purseOf('spendable', 'wang'), to: potOf('huaguang') }], NOON))).toBe('POINTS_SHORT')
    expect(account.balances.spendable).toBe(10)
  })

  test('time never runs backwards in it; clocks of calls at the same time may differ by two minutes', () => {
    const account = withPoints(10)
    expect(codeOf(() => post(account, [credit(1)], NOON - 3 * MINUTE))).toBe('CLOCK_BACK')
    expect(post(account, [credit(1)], NOON - MINUTE).entries[0]?.at).toBe(NOON)
  })

  test('remembers what was earned for the work of a day and its month, for the caps', () => {
    const late = post(empty, [{ ...credit(20), work: { earner: 'volunteer', serviceItemId: null, minutes: 60, onDate: '2026-11-18' } }, credit(7)], NOON).account
    expect([earnedIn(late, '2026-11-18'), earnedIn(late, '2026-11-20')]).toEqual([{ day: 20, month: 27 }, { day: 7, month: 27 }])
  })

  test('whatever is written, all accounts add up to zero', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 90 })), { maxLength: 40 }), (steps) => {
      let account = empty
      const entries = []
      for (const [what, amount] of steps) {
        const drafts: readonly Draft[] = what === 0 || account.balances.spendable < amount ? [credit(amount)] : what === 1 ? donateToPot(account, `d${++serial}`, amount, by) : give(account, `g${++serial}`, { _id: 'li', name: '李' }, amount, null, MOST_POINTS, by, NOON)
        const posted = post(account, drafts, NOON)
        account = posted.account
        entries.push(...posted.entries)
      }
      const balances = balancesOf(entries)
      expect([...balances.values()].reduce((sum, points) => sum + points, 0)).toBe(0)
      expect(balances.get(purseOf('spendable', 'wang')) ?? 0).toBe(account.balances.spendable)
    }))
  })
})

describe('a reversal', () => {
  test('moves the same amount back and names the line', () => {
    const { account, entries: [entry] } = post(empty, [credit(40)], NOON)
    if (entry === undefined) throw new Error('a line was written')
    const { account: after, entries: [reversal] } = post(account, [reversalOf(entry, '记错人了', by)], NOON)
    expect(reversal).toMatchObject({ _id: `reversal_${entry._id}`, from: entry.to, to: FUND, amount: 40, reverses: entry._id, balance: 0 })
    expect(after.balances.spendable).toBe(0)
    expect(codeOf(() => reversal && reversalOf(reversal, '又错了', by))).toBe('WRONG_STATE')
  })
})

describe('a redemption', () => {
  const held = (): PointsAccount => {
    const step = hold(withPoints(100), wish, NOON)
    return post(step.account, step.drafts, NOON).account
  }
  const after = (step: { readonly account: PointsAccount; readonly drafts: readonly Draft[] }): PointsAccount => post(step.account, step.drafts, NOON).account

  test('puts points aside until it is collected, and counts for the limits', () => {
    expect(held()).toMatchObject({ balances: { spendable: 20, held: 80 }, holdEndsAt: NOON + DAY, codeIds: ['digest'], took: { haircut: [NOON] }, holds: { h1: { code: '12345678' } } })
    expect(codeOf(() => hold(withPoints(79), wish, NOON))).toBe('POINTS_SHORT')
    expect(codeOf(() => hold({ ...withPoints(100), kind: 'group' }, wish, NOON))).toBe('NOT_ALLOWED')
  })

  test('ends once: collected, or given back', () => {
    const collected = after(collect(held(), 'h1', 'barber', by))
    expect(collected).toMatchObject({ balances: { spendable: 20, held: 0 }, holds: {}, holdEndsAt: null, codeIds: [], took: { haircut: [NOON] } })
    const returned = after(giveBack(held(), 'h1', 'lapsed', by))
    expect(returned).toMatchObject({ balances: { spendable: 100, held: 0 }, holds: {}, took: { haircut: [] } })
    for (const over of [collected, returned]) for (const again of [() => collect(over, 'h1', 'barber', by), () => giveBack(over, 'h1', 'cancelled', by)]) expect(codeOf(again)).toBe('NOT_FOUND')
  })

  test('of a visit waits longer while nobody has decided on it', () => expect(keepWaiting(held(), 'h1', NOON + 9 * DAY)).toMatchObject({ holdEndsAt: NOON + 9 * DAY, holds: { h1: { endsAt: NOON + 9 * DAY } } }))
})

describe('a gift', () => {
  test('goes to family by record or by a right that holds, either way round', () => {
    const right = { personId: 'min', name: '王敏', kinship: '女儿', scopes: ['book' as const], endOn: '2027-01-01', givenAt: 1, givenBy: { personId: 'wang', name: '王', how: 'elderTap' as const }, endedAt: null, endedBy: null }
    const [elder, family, other] = [{ _id: 'wang', kinIds: [], delegates: { min: right } }, { _id: 'min', kinIds: [], delegates: {} }, { _id: 'zhou', kinIds: ['min'], delegates: {} }]
    expect([isBound(elder, family, '2026-11-20'), isBound(family, elder, '2026-11-20'), isBound(elder, family, '2027-02-01'), isBound(family, other, '2026-11-20'), isBound(elder, other, '2026-11-20')]).toEqual([true, true, false, true, false])
  })

  test('is limited by month; donations are not', () => {
    const account = post(withPoints(300), give(withPoints(300), 'g1', { _id: 'li', name: '李' }, 150, null, 200, by, NOON), NOON).account
    expect(leftToGive(account, 200, '2026-11-20')).toBe(50)
    expect(codeOf(() => give(account, 'g2', { _id: 'li', name: '李' }, 51, null, 200, by, NOON))).toBe('LIMIT_REACHED')
    expect(leftToGive(account, 200, '2026-12-01')).toBe(200)
    const donated = post(account, donateToNeed(account, 'g3', { _id: 'n1', elderId: 'zhou' }, 100, by), NOON).account
    expect(leftToGive(donated, 200, '2026-11-20')).toBe(50)
  })
})

describe('expiry', () => {
  test('months are counted over the turn of the year', () => expect([addMonths('2026-11', 2), addMonths('2026-01', -1), addMonths('2026-06', -18)]).toEqual(['2027-01', '2025-12', '2024-12']))

  test('the oldest is spent first; what is left of a month goes once, when its time is over', () => {
    const september = withPoints(100, instantOf('2026-09-10'))
    const spent = post(post(september, [credit(50)], instantOf('2026-10-10')).account, donateToPot(september, 'd', 30, by), NOON).account
    expect([leftFrom(spent, '2026-09'), leftFrom(spent, '2026-10')]).toEqual([70, 120])
    const policy = [{ ...pointsPolicy, expireAfterMonths: 2, version: 3 }]
    expect(expired(spent, policy, '2026-11-30')).toBeNull()
    expect(expiring(spent, policy, '2026-11-20')).toEqual({ amount: 70, onDate: '2026-11-30' })
    const due = expired(spent, policy, '2026-12-01')
    expect(due).toMatchObject({ id: 'expired_wang_2026-09', amount: 70, to: 'expired', policyVersion: 3 })
    const gone = post(spent, due === null ? [] : [due], instantOf('2026-12-01')).account
    expect(expired(gone, policy, '2026-12-02')).toBeNull()
    expect(gone.balances.spendable).toBe(50)
  })

  test('without a policy nothing expires, and nothing is announced', () => {
    expect([expired(withPoints(5), [pointsPolicy], '2030-01-01'), expiring(withPoints(5), [pointsPolicy], '2030-01-01'), expiring(withPoints(5), undefined, '2030-01-01')]).toEqual([null, null, null])
  })

  const decidedOn = (onDate: string, changes: Partial<PointsPolicy> = {}): PointsPolicy => ({ ...pointsPolicy, version: 2, validFrom: '2027-01-01', expireAfterMonths: 0, announceDays: 45, decidedBy: { personId: 'he', name: '何芳', at: instantOf(onDate, 9 * 60) }, ...changes })

  test('whatever the policy, nothing goes sooner than announced: a policy of yesterday waits for a later month’s end', () => {
    const policies = [pointsPolicy, decidedOn('2026-12-31')]
    const book = withPoints(100, instantOf('2026-11-10'))
    for (const today of ['2027-01-01', '2027-01-31', '2027-02-01']) expect(expired(book, policies, today)).toBeNull()
    // 45 days from 31 December are over on 14 February: the end of February is the first on which anything goes.
    expect(expired(book, policies, '2027-03-01')).toMatchObject({ id: 'expired_wang_2027-02', amount: 100, policyVersion: 2 })
    expect([expiring(book, policies, '2027-01-13'), expiring(book, policies, '2027-01-14')]).toEqual([null, { amount: 100, onDate: '2027-02-28' }])
  })

  test('is announced by the policy that will hold on that day, also before it begins', () => {
    const policies = [pointsPolicy, decidedOn('2026-11-10')]
    const book = withPoints(100, instantOf('2026-11-10'))
    expect(expiring(book, policies, '2026-11-15')).toBeNull()
    expect(expiring(book, policies, '2026-11-16')).toEqual({ amount: 100, onDate: '2026-12-31' })
    expect(expired(book, policies, '2026-12-31')).toBeNull()
    expect(expired(book, policies, '2027-01-01')).toMatchObject({ amount: 100 })
  })

  test('a policy that begins within a month takes nothing before the month is over', () => {
    const policies = [decidedOn('2026-01-01', { validFrom: '2027-01-15' })]
    const book = withPoints(100, instantOf('2026-11-10'))
    expect([expired(book, policies, '2027-01-15'), expired(book, policies, '2027-01-31')]).toEqual([null, null])
    expect(expired(book, policies, '2027-02-01')).toMatchObject({ amount: 100 })
  })

  test('an older policy that announces fewer days announces the least all the same', () => {
    const policies = [decidedOn('2026-12-01', { announceDays: 0 })]
    const book = withPoints(100, instantOf('2026-11-10'))
    expect(expiring(book, policies, '2026-12-01')).toEqual({ amount: 100, onDate: '2026-12-31' })
    expect([expired(book, [decidedOn('2026-12-02', { announceDays: 0 })], '2027-01-01'), expired(book, policies, '2027-01-01')?.amount]).toEqual([null, 100])
  })
})

describe('a credit by hand', () => {
  const admin = (personId: string) => ({ personId, name: personId, as: 'admin' as const, kinship: null, scope: null })
  const entered = (amount: number): ByHand => enter({ _id: 'b1', subdistrictId: 'dongliu', communityId: 'huaguang', ownerId: 'wang', ownerName: '王秀珍', isGroup: false, nearIds: ['wang', 'min'], amount, words: '补记', reason: '签到表', by: admin('sun'), at: NOON, madeBy: { key: 'k', hash: 'h' } }, 50)

  test('needs a second person above the limit, never the owner or family', () => {
    expect([entered(50).status, entered(51).status]).toEqual(['approved', 'waiting'])
    expect(codeOf(() => decide(entered(51), true, admin('sun'), null, NOON))).toBe('SECOND_PERSON')
    expect(codeOf(() => decide(entered(51), true, admin('min'), null, NOON))).toBe('OWN_CASE')
    expect(codeOf(() => decide(entered(51), false, admin('he'), null, NOON))).toBe('REASON_REQUIRED')
    expect(decide(entered(51), true, admin('he'), null, NOON)).toMatchObject({ status: 'approved', unsettledAt: NOON })
    expect(codeOf(() => decide(entered(50), true, admin('he'), null, NOON))).toBe('WRONG_STATE')
  })
})
