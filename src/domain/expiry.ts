/**
 * Expiry 过期 is policy (default: none): what came in during a month and was not spent some whole months later leaves the
 * passbook through an entry on the first day of a month. What was spent is always the oldest. It is announced ahead
 * whatever the policy: nothing expires sooner than its `announceDays` after the day on which the policy was decided.
 */
import { addDays, civilDate, DAY, instantOf, spokenDay } from './civil-time'
import { EXPIRED, purseOf, systemBy, type Draft, type PointsAccount } from './ledger'
import { monthOf } from './meal-policy'
import { thing, time, type Message } from './message'
import { templateIds } from './message-templates'
import { announcedAhead, MOST_ANNOUNCE_DAYS, policyOn, type PointsPolicy } from './points-policy'

type Book = Pick<PointsAccount, '_id' | 'months'>
/** The policies of a subdistrict, decided ones that have not begun among them. */
type Policies = readonly PointsPolicy[] | undefined

/** A month some months later, or earlier, `YYYY-MM`. */
export function addMonths(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** What came in up to the end of a month and is still there. */
export function leftFrom({ months }: Pick<PointsAccount, 'months'>, upTo: string): number {
  const sums = Object.entries(months).reduce((sum, [month, { in: came, out }]) => sum + (month <= upTo ? came : 0) - out, 0)
  return Math.max(0, sums)
}

/** What ends when a month begins. */
export interface Ending {
  /** the last month whose points no longer count */
  readonly upTo: string
  /** the last day on which they do */
  readonly onDate: string
  readonly policy: PointsPolicy
}

/**
 * What ends when a month begins, by the policy that holds on its first day; null: nothing. A policy that was decided too
 * short a time before lets nothing expire yet: that waits for the next month's end.
 */
export function endingAt(policies: Policies, month: string): Ending | null {
  const policy = policyOn(policies, `${month}-01`)
  if (policy === null || policy.expireAfterMonths === null) return null
  const onDate = addDays(`${month}-01`, -1)
  return onDate < addDays(civilDate(policy.decidedBy.at), announcedAhead(policy)) ? null : { upTo: addMonths(month, -policy.expireAfterMonths - 1), onDate, policy }
}

/** What has expired by today; null: nothing. Each month expires once. */
export function expired(account: Book, policies: Policies, today: string): Draft | null {
  const ending = endingAt(policies, monthOf(today))
  const amount = ending === null ? 0 : leftFrom(account, ending.upTo)
  if (ending === null || amount === 0) return null
  const { upTo, policy } = ending
  return {
    id: `expired_${account._id}_${upTo}`, from: purseOf('spendable', account._id), to: EXPIRED, amount, kind: 'expired', words: `${Number(upTo.slice(0, 4))} 年 ${Number(upTo.slice(5))} 月及以前的积分到期`,
    evidence: { what: 'policy', id: String(policy.version) }, by: systemBy, policyVersion: policy.version,
  }
}

/** The month's ends that are to be announced today, the next one first. */
export function announced(policies: Policies, today: string): readonly Ending[] {
  const endings: Ending[] = []
  for (let ahead = 1; ; ahead++) {
    const month = addMonths(monthOf(today), ahead)
    const days = (instantOf(addDays(`${month}-01`, -1)) - instantOf(today)) / DAY
    if (days > MOST_ANNOUNCE_DAYS) return endings
    const ending = endingAt(policies, month)
    if (ending !== null && days <= announcedAhead(ending.policy)) endings.push(ending)
  }
}

/** What expires next, and the last day on which it counts, once it is to be announced; null: nothing to announce. */
export function expiring(account: Pick<PointsAccount, 'months'>, policies: Policies, today: string): { readonly amount: number; readonly onDate: string } | null {
  for (const { upTo, onDate } of announced(policies, today)) {
    const amount = leftFrom(account, upTo)
    if (amount > 0) return { amount, onDate }
  }
  return null
}

/** Minute of the day at which people are told: the night finds out, nobody's telephone rings at night. */
const TOLD_AT = 9 * 60

/** What the owner of a passbook is told when it enters the time of announcement; a call makes sense until the points are gone. */
export const expiryMessage = (owner: { readonly _id: string; readonly name: string }, { amount, onDate }: { readonly amount: number; readonly onDate: string }, today: string): Pick<Message, 'templateId' | 'page' | 'data' | 'gist' | 'callUntil' | 'dueAt'> => ({
  templateId: templateIds.expiry, page: `pages/points/passbook/index?personId=${owner._id}`, dueAt: instantOf(today, TOLD_AT), callUntil: instantOf(addDays(onDate, 1)),
  data: { thing1: thing(`${owner.name}的积分`), time2: time(instantOf(onDate, 24 * 60 - 1)), thing3: thing(`${amount} 分快到期了`) },
  gist: `积分快到期：${owner.name}，${amount} 分用到${onDate.slice(0, 4)}年${spokenDay(onDate)}`,
})
