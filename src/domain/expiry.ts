/**
 * Expiry 过期 is policy (default: none): what came in during a month and was not spent some whole months later leaves the
 * passbook through an entry, and is announced ahead. What was spent is always the oldest.
 */
import { addDays, DAY, instantOf } from './civil-time'
import { EXPIRED, purseOf, systemBy, type Draft, type PointsAccount } from './ledger'
import { monthOf } from './meal-policy'
import type { PointsTerms } from './points-policy'

type Book = Pick<PointsAccount, '_id' | 'months'>

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

/** What has expired by today; null: nothing. Each month expires once. */
export function expired(account: Book, policy: Pick<PointsTerms, 'expireAfterMonths'> & { readonly version: number }, today: string): Draft | null {
  if (policy.expireAfterMonths === null) return null
  const month = addMonths(monthOf(today), -policy.expireAfterMonths - 1)
  const amount = leftFrom(account, month)
  return amount === 0 ? null : {
    id: `expired_${account._id}_${month}`, from: purseOf('spendable', account._id), to: EXPIRED, amount, kind: 'expired', words: `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5))} 月及以前的积分到期`,
    evidence: { what: 'policy', id: String(policy.version) }, by: systemBy, policyVersion: policy.version,
  }
}

/** What expires next, and the last day on which it counts, once it is to be announced; null: nothing to announce. */
export function expiring(account: Book, policy: Pick<PointsTerms, 'expireAfterMonths' | 'announceDays'> | null, today: string): { readonly amount: number; readonly onDate: string } | null {
  if (policy === null || policy.expireAfterMonths === null) return null
  for (let ahead = 0; ; ahead++) {
    const month = addMonths(monthOf(today), ahead)
    const onDate = addDays(`${addMonths(month, 1)}-01`, -1)
    if (instantOf(onDate) - instantOf(today) > policy.announceDays * DAY) return null
    const amount = leftFrom(account, addMonths(month, -policy.expireAfterMonths))
    if (amount > 0) return { amount, onDate }
  }
}
