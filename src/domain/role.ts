/**
 * Roles and relations (domain.md, "Who"): a role has a place, and what it may do depends on how the
 * actor stands to *this* elder or *this* booking. Whoever has no relation gets the answer of a thing that is not there.
 */
import type { Delegation, DelegationScope } from './delegation'
import { delegationState } from './delegation'
import { DomainError } from './error'

export const roles = ['resident', 'volunteer', 'careWorker', 'kitchen', 'courier', 'merchant', 'socialWorker', 'careConsultant', 'admin'] as const
export type Role = (typeof roles)[number]

/** What an account was given besides being a resident, and where. */
export interface RoleGrant {
  readonly role: Exclude<Role, 'resident'>
  /** communities of a social worker or a care consultant; those in which a volunteer wants to help */
  readonly communityIds?: readonly string[]
  /** of a care consultant who has not the whole community: its grids, each by `gridKeyOf` */
  readonly grids?: readonly string[]
  /** what a volunteer stated to be able to do */
  readonly skills?: readonly string[]
  /** the provider of a care worker or merchant, the kitchen of its staff and couriers */
  readonly providerId?: string
}

/** How an actor can stand to the object of an action. */
export type Relation =
  | 'none' // the action concerns nobody else
  | 'self' // the elder is me
  | 'delegate' // I act for the elder, with a scope
  | 'assigned' // the visit was given to me
  | 'provider' // the visit belongs to my provider and nobody has taken it
  | 'ofProvider' // the object belongs to my provider, whoever serves it
  | 'community' // the object is in one of my communities
  | 'grid' // the object is in one of my grids, or in a community that is mine as a whole
  | 'communities' // everybody whom the object is for lives in my communities
  | 'subdistrict' // the object is in my subdistrict
  | 'named' // the object names me as one of those who are asked, whatever my own community

export interface Allow {
  readonly role: Role
  readonly relation: Relation
  /** for `delegate`: the scope that the elder must have given */
  readonly scope?: DelegationScope
}

/** The caller, as the session knows them. */
export interface Actor {
  readonly accountId: string
  readonly personId: string
  readonly name: string
  readonly subdistrictId: string
  readonly grants: readonly RoleGrant[]
}

/** What an action is about, as far as authorisation needs to know. */
export interface Subject {
  readonly subdistrictId?: string
  readonly communityId?: string
  /** the grid that it is in, by `gridKeyOf`; absent: nobody knows */
  readonly grid?: string
  /** every community that the object is for */
  readonly communityIds?: readonly string[]
  readonly providerId?: string
  readonly elder?: { readonly personId: string; readonly delegates: Readonly<Record<string, Delegation>> }
  /** staff whom the object asks by name: those on the ladder of a safety case */
  readonly named?: readonly string[]
  readonly visit?: { readonly providerId: string; readonly workerId: string | null }
}

/** By which right an actor acts: kept on every timeline line (law 5). */
export interface Standing {
  readonly role: Role
  readonly relation: Relation
  readonly scope?: DelegationScope
}

const grantsOf = (actor: Actor, role: Role): readonly RoleGrant[] => actor.grants.filter((grant) => grant.role === role)

/** True if the actor has the role at all, wherever. */
export const hasRole = (actor: Actor, role: Role): boolean => role === 'resident' || grantsOf(actor, role).length > 0

/** Whether a place is a care consultant's: by its grid, or with the whole community. */
export const coversGrid = (grant: Pick<RoleGrant, 'communityIds' | 'grids'>, at: Pick<Subject, 'communityId' | 'grid'>): boolean =>
  (at.communityId !== undefined && grant.communityIds?.includes(at.communityId) === true) || (at.grid !== undefined && grant.grids?.includes(at.grid) === true)

function holds(actor: Actor, allow: Allow, subject: Subject, today: string): boolean {
  const grants = grantsOf(actor, allow.role)
  const isHere = subject.subdistrictId === undefined || subject.subdistrictId === actor.subdistrictId
  switch (allow.relation) {
    case 'none':
      return isHere
    case 'self':
      return subject.elder?.personId === actor.personId
    case 'delegate': {
      const given = subject.elder?.delegates[actor.personId]
      return given !== undefined && allow.scope !== undefined && delegationState(given, today) === 'active' && given.scopes.includes(allow.scope)
    }
    case 'assigned':
      return subject.visit !== undefined && subject.visit.workerId === actor.personId && grants.some((grant) => grant.providerId === subject.visit?.providerId)
    case 'provider':
      return subject.visit !== undefined && subject.visit.workerId === null && grants.some((grant) => grant.providerId === subject.visit?.providerId)
    case 'ofProvider':
      return isHere && subject.providerId !== undefined && grants.some((grant) => grant.providerId === subject.providerId)
    case 'community':
      return isHere && subject.communityId !== undefined && grants.some((grant) => grant.communityIds?.includes(subject.communityId ?? '') === true)
    case 'grid':
      return isHere && grants.some((grant) => coversGrid(grant, subject))
    case 'communities': {
      const mine = grants.flatMap((grant) => grant.communityIds ?? [])
      return isHere && subject.communityIds !== undefined && subject.communityIds.length > 0 && subject.communityIds.every((id) => mine.includes(id))
    }
    case 'subdistrict':
      return subject.subdistrictId !== undefined && isHere
    case 'named':
      return isHere && subject.named?.includes(actor.personId) === true
  }
}

/**
 * The right by which this actor may act on this subject.
 * @throws NOT_ALLOWED when no role of the actor may ever do it; NOT_FOUND when it is not theirs (the same answer as for
 * what does not exist); DELEGATION_ENDED or SCOPE_MISSING to a family member who had, or has, another delegation.
 */
export function authorise(actor: Actor, allows: readonly Allow[], subject: Subject, today: string): Standing {
  const mine = allows.filter((allow) => hasRole(actor, allow.role))
  if (mine.length === 0) throw new DomainError('NOT_ALLOWED')
  const match = mine.find((allow) => holds(actor, allow, subject, today))
  if (match) return match.scope === undefined ? { role: match.role, relation: match.relation } : { role: match.role, relation: match.relation, scope: match.scope }
  const given = subject.elder?.delegates[actor.personId]
  if (given && mine.some((allow) => allow.relation === 'delegate')) {
    throw new DomainError(delegationState(given, today) === 'active' ? 'SCOPE_MISSING' : 'DELEGATION_ENDED')
  }
  throw new DomainError('NOT_FOUND')
}
