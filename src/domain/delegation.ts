/**
 * Delegation 授权: a family member acts for an elder only with what the elder gave: scopes, an end date, ended at any
 * time by the elder. Given by the elder's own tap, or by a social worker who checked identity (domain.md, "Who").
 */
import { DomainError, ensure } from './error'
import { addDays } from './civil-time'

export const delegationScopes = ['book', 'readCare', 'alerts', 'spendPoints'] as const
export type DelegationScope = (typeof delegationScopes)[number]

/** One person's right to act for an elder; lives in the elder's own document, so it ends in one write. */
export interface Delegation {
  readonly personId: string
  readonly name: string
  /** how the family member calls it: 女儿, 儿子, … */
  readonly kinship: string
  readonly scopes: readonly DelegationScope[]
  /** last civil day on which it holds */
  readonly endOn: string
  readonly givenAt: number
  /** the elder's own tap, or a social worker at the counter with the identity check named */
  readonly givenBy: { readonly personId: string; readonly name: string; readonly how: 'elderTap' | 'counter'; readonly identityCheck?: string }
  readonly endedAt: number | null
  readonly endedBy: string | null
}

/** Longest time a delegation may be given for, in days. 示例 policy. */
export const LONGEST_DELEGATION_DAYS = 366

export type DelegationState = 'active' | 'ended' | 'expired'

/** Whether a delegation holds on a civil day. */
export function delegationState(delegation: Delegation, today: string): DelegationState {
  if (delegation.endedAt !== null) return 'ended'
  return delegation.endOn < today ? 'expired' : 'active'
}

/**
 * A delegation as it will stand. @throws BAD_INPUT for an end date in the past or too far away, SAME_PERSON for oneself,
 * UNVERIFIED when a social worker has not seen both people yet.
 */
export function give(
  wish: Pick<Delegation, 'personId' | 'name' | 'kinship' | 'scopes' | 'endOn' | 'givenBy'>,
  elder: { readonly personId: string; readonly standing: string },
  familyStanding: string,
  now: number,
  today: string,
): Delegation {
  ensure(wish.personId !== elder.personId, 'SAME_PERSON')
  ensure(elder.standing === 'verified' && familyStanding === 'verified', 'UNVERIFIED')
  ensure(wish.scopes.length > 0, 'BAD_INPUT', { field: 'scopes' })
  ensure(wish.endOn >= today && wish.endOn <= addDays(today, LONGEST_DELEGATION_DAYS), 'BAD_INPUT', { field: 'endOn' })
  return { ...wish, givenAt: now, endedAt: null, endedBy: null }
}

/** Ends it; ending what is ended is refused. @throws WRONG_STATE */
export function end(delegation: Delegation, byPersonId: string, now: number): Delegation {
  if (delegation.endedAt !== null) throw new DomainError('WRONG_STATE', { status: 'ended' })
  return { ...delegation, endedAt: now, endedBy: byPersonId }
}
