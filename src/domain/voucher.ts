/**
 * The voucher 兑换码 at the merchant's counter: a one-time code that stands for something redeemed. It is good at the
 * merchants that were named when it was redeemed, until its last day, once; and nobody settles their own (law 3).
 */
import { civilDate } from './civil-time'
import { DomainError, ensure } from './error'
import type { Hold, HoldFacts, PointsEntry } from './ledger'

/** Guesses of one merchant's account that may be under way at once; wrong ones still pause it after a few. */
export const CODES_AT_ONCE = 30

/** Who stands at the counter. */
export interface Counter {
  readonly personId: string
  readonly subdistrictId: string
  /** merchants that this person settles for */
  readonly merchantIds: readonly string[]
}

/** The merchant of this counter at which it is good; null: none is. */
export const goodAt = (facts: Pick<HoldFacts, 'merchantIds'>, subdistrictId: string, counter: Counter): string | null =>
  subdistrictId !== counter.subdistrictId ? null : (counter.merchantIds.find((merchantId) => facts.merchantIds.includes(merchantId)) ?? null)

/**
 * Whether an open voucher can be settled at this counter now. Gives the merchant.
 * @param subdistrictId of the passbook
 * @throws VOUCHER_ELSEWHERE, OWN_CASE, VOUCHER_EXPIRED {at, isReturned}; whoever stands at a foreign counter hears nothing else
 */
export function ensureSettles(hold: Hold, subdistrictId: string, counter: Counter, now: number): string {
  const merchantId = goodAt(hold, subdistrictId, counter)
  if (merchantId === null) throw new DomainError('VOUCHER_ELSEWHERE')
  ensure(!hold.nearIds.includes(counter.personId), 'OWN_CASE')
  ensure(now < hold.endsAt, 'VOUCHER_EXPIRED', { at: hold.endsAt, isReturned: false })
  return merchantId
}

/** Why a voucher that is over is not settled again; `ended`: the entry that ended it, null when it is not known yet. */
export function refusalOf(facts: HoldFacts, subdistrictId: string, ended: Pick<PointsEntry, 'kind' | 'at'> | null, counter: Counter): DomainError {
  if (goodAt(facts, subdistrictId, counter) === null) return new DomainError('VOUCHER_ELSEWHERE')
  if (ended === null) return new DomainError('TRY_AGAIN')
  return ended.kind === 'settled' ? new DomainError('VOUCHER_USED', { at: ended.at, onDate: civilDate(ended.at) }) : new DomainError('VOUCHER_EXPIRED', { at: ended.at, isReturned: true })
}
