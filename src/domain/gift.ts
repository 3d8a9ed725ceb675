/**
 * What leaves a passbook for somebody else: a gift 转赠 to an elder or relative who is bound to the giver, a donation 捐
 * to the community's pot 爱心池 or to a neighbour in need, all of it in a merge. A gift is two entries, one in each passbook.
 */
import type { By } from './booking-record'
import { civilDate } from './civil-time'
import { delegationState } from './delegation'
import { ensure } from './error'
import { ensureNotFrozen, EXPIRED, potOf, purseOf, purses, TRANSIT, type Draft, type PointsAccount } from './ledger'
import { monthOf } from './meal-policy'
import type { Need } from './needs'
import type { Person } from './person'

type Bound = Pick<Person, '_id' | 'kinIds' | 'delegates'>

/** How one person may be bound to another: family by record, or somebody who acts for the other, either way round. */
export const isBound = (one: Bound, other: Bound, today: string): boolean =>
  one.kinIds.includes(other._id) || other.kinIds.includes(one._id) || [[one, other] as const, [other, one] as const].some(([elder, family]) => {
    const given = elder.delegates[family._id]
    return given !== undefined && delegationState(given, today) === 'active'
  })

/** What one passbook may still give to others this month; donations do not count. */
export const leftToGive = (account: Pick<PointsAccount, 'months'>, giftMonthLimit: number, today: string): number => Math.max(0, giftMonthLimit - (account.months[monthOf(today)]?.given ?? 0))

/** Only a person gives to a person. @throws UNVERIFIED, SAME_PERSON, NO_MATCH {why} for somebody who is not bound, or lives elsewhere */
export function ensureMayGive(from: Person, to: Person, today: string): void {
  ensure(from._id !== to._id, 'SAME_PERSON')
  ensure(from.standing === 'verified', 'UNVERIFIED')
  ensure(to.standing === 'verified' && to.subdistrictId === from.subdistrictId && isBound(from, to, today), 'NO_MATCH', { why: 'notBound' })
}

/** @throws POINTS_FROZEN, POINTS_SHORT {balance} */
export function ensureHas(account: Pick<PointsAccount, 'balances' | 'frozen'>, amount: number): void {
  ensureNotFrozen(account)
  ensure(account.balances.spendable >= amount, 'POINTS_SHORT', { balance: account.balances.spendable })
}

/** @throws LIMIT_REACHED {left}, POINTS_SHORT {balance} */
export function give(account: PointsAccount, key: string, to: Pick<Person, '_id' | 'name'>, amount: number, words: string | null, giftMonthLimit: number, by: By, now: number): readonly Draft[] {
  const left = leftToGive(account, giftMonthLimit, civilDate(now))
  ensure(amount <= left, 'LIMIT_REACHED', { left })
  ensureHas(account, amount)
  return [{ id: `giftOut_${key}`, from: purseOf('spendable', account._id), to: TRANSIT, amount, kind: 'giftOut', words: words ?? '转赠', about: { personId: to._id, name: to.name }, evidence: { what: 'gift', id: key }, by }]
}

/** To the pot of one's own community. @throws POINTS_SHORT {balance} */
export function donateToPot(account: PointsAccount, key: string, amount: number, by: By): readonly Draft[] {
  ensureHas(account, amount)
  return [{ id: `donatedToPot_${key}`, from: purseOf('spendable', account._id), to: potOf(account.communityId), amount, kind: 'donatedToPot', words: '捐给社区爱心池', evidence: { what: 'gift', id: key }, by }]
}

/** To a neighbour in need, who is not named. @throws POINTS_SHORT {balance} */
export function donateToNeed(account: PointsAccount, key: string, need: Pick<Need, '_id' | 'elderId'>, amount: number, by: By): readonly Draft[] {
  ensureHas(account, amount)
  return [{ id: `giftOut_${key}`, from: purseOf('spendable', account._id), to: TRANSIT, amount, kind: 'giftOut', words: '爱心互助', about: { personId: need.elderId, name: '' }, evidence: { what: 'need', id: need._id }, by }]
}

/** Everything that a merged record owns, in the order of the purses; the number of the line makes each move one of its own. */
export const handedOver = (account: PointsAccount, to: { readonly personId: string; readonly name: string }, by: By): readonly Draft[] =>
  (['spendable', 'pending'] as const).filter((purse) => account.balances[purse] > 0).map((purse): Draft => ({
    id: `mergeOut_${account._id}_${account.seq}_${purse}`, from: purseOf(purse, account._id), to: TRANSIT, amount: account.balances[purse], kind: 'mergeOut', words: '两份档案合并，积分转过去', about: to, evidence: { what: 'merge', id: account._id }, by,
  }))

/** Nobody is left to spend what an erased record owned. */
export const gone = (account: PointsAccount, by: By): readonly Draft[] =>
  purses.filter((purse) => account.balances[purse] > 0).map((purse): Draft => ({
    id: `expired_${account._id}_${account.seq}_${purse}`, from: purseOf(purse, account._id), to: EXPIRED, amount: account.balances[purse], kind: 'expired', words: '档案注销', evidence: { what: 'merge', id: account._id }, by,
  }))
