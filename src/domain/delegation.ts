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

/** Somebody asks to act for an elder. The elder is named in words; `elderId` stands when exactly one resident matches. */
export interface DelegationRequest {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly fromPersonId: string
  readonly fromName: string
  readonly kinship: string
  readonly scopes: readonly DelegationScope[]
  readonly endOn: string
  readonly elderName: string
  readonly elderId: string | null
  readonly status: 'waiting' | 'approved' | 'refused'
  readonly at: number
  readonly decidedBy: { readonly personId: string; readonly name: string } | null
  readonly decidedAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
}

/** Within what may be given at all, before anybody is asked. @throws BAD_INPUT {field} */
export function ensureMayAsk(wish: Pick<DelegationRequest, 'scopes' | 'endOn'>, today: string): void {
  ensure(new Set(wish.scopes).size === wish.scopes.length, 'BAD_INPUT', { field: 'scopes' })
  ensure(wish.endOn >= today && wish.endOn <= addDays(today, LONGEST_DELEGATION_DAYS), 'BAD_INPUT', { field: 'endOn' })
}

/** Which resident is meant: same name and community, and the phone's last digits if they were given. Only one match counts. */
export function matchElder<P extends { readonly _id: string; readonly phone: string | null; readonly standing: string }>(
  namesakes: readonly P[], fromPersonId: string, phoneLast4: string | undefined,
): P | null {
  const matches = namesakes.filter((person) => person._id !== fromPersonId && person.standing === 'verified' && (phoneLast4 === undefined || person.phone?.endsWith(phoneLast4) === true))
  return matches.length === 1 ? (matches[0] ?? null) : null
}

/** A request is answered once. @throws WRONG_STATE {status} */
export function decide(request: DelegationRequest, status: 'approved' | 'refused', by: { readonly personId: string; readonly name: string }, now: number): DelegationRequest {
  ensure(request.status === 'waiting', 'WRONG_STATE', { status: request.status })
  return { ...request, status, decidedBy: { personId: by.personId, name: by.name }, decidedAt: now }
}

/** What is given: what was asked for, or less of it. @throws BAD_INPUT {field} for more than was asked */
export function grantedOf(request: DelegationRequest, less: { readonly scopes?: readonly DelegationScope[] | undefined; readonly endOn?: string | undefined }): Pick<Delegation, 'personId' | 'name' | 'kinship' | 'scopes' | 'endOn'> {
  const scopes = less.scopes ?? request.scopes
  const endOn = less.endOn ?? request.endOn
  ensure(scopes.every((scope) => request.scopes.includes(scope)), 'BAD_INPUT', { field: 'scopes' })
  ensure(endOn <= request.endOn, 'BAD_INPUT', { field: 'endOn' })
  return { personId: request.fromPersonId, name: request.fromName, kinship: request.kinship, scopes, endOn }
}

/** What an elder's document keeps of delegations: the map, and its keys as an index needs them. */
export interface Delegating {
  readonly delegates: Readonly<Record<string, Delegation>>
  readonly delegateIds: readonly string[]
  /** family by who is called first; absent: as they came */
  readonly callOrder?: readonly string[]
}

/** The family to be alerted, who is called first before the others. */
export function alertedInOrder({ delegates, callOrder = [] }: Pick<Delegating, 'delegates' | 'callOrder'>, today: string): readonly Delegation[] {
  const rankOf = ({ personId }: Delegation): number => (callOrder.includes(personId) ? callOrder.indexOf(personId) : callOrder.length)
  return Object.values(delegates).filter((given) => delegationState(given, today) === 'active' && given.scopes.includes('alerts')).sort((a, b) => rankOf(a) - rankOf(b))
}

/** The elder with another order of who is called. @throws BAD_INPUT for somebody twice, NO_MATCH for who is not to be alerted */
export function withCallOrder<E extends Delegating>(elder: E, personIds: readonly string[], today: string): E {
  ensure(new Set(personIds).size === personIds.length, 'BAD_INPUT', { field: 'personIds' })
  const alerted = alertedInOrder(elder, today)
  ensure(personIds.every((personId) => alerted.some((given) => given.personId === personId)), 'NO_MATCH')
  return { ...elder, callOrder: personIds }
}

/** The elder with this delegation in place of an earlier one of the same family member. */
export function withDelegation<E extends Delegating>(elder: E, given: Delegation): E {
  const delegates = { ...elder.delegates, [given.personId]: given }
  return { ...elder, delegates, delegateIds: Object.keys(delegates) }
}

/** The elder without whatever this family member was given. @throws NOT_FOUND, WRONG_STATE when it has ended already */
export function withoutDelegation<E extends Delegating>(elder: E, personId: string, byPersonId: string, now: number): E {
  const given = elder.delegates[personId]
  if (given === undefined) throw new DomainError('NOT_FOUND')
  return withDelegation(elder, end(given, byPersonId, now))
}

/** The elder without any trace of this family member: theirs was erased. */
export function withoutEntry<E extends Delegating>(elder: E, personId: string): E {
  if (elder.delegates[personId] === undefined) return elder
  const delegates = Object.fromEntries(Object.entries(elder.delegates).filter(([id]) => id !== personId))
  const callOrder = elder.callOrder === undefined ? {} : { callOrder: elder.callOrder.filter((id) => id !== personId) }
  return { ...elder, delegates, delegateIds: Object.keys(delegates), ...callOrder }
}
