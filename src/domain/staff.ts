/** Roles that an account was given, with their places: given again changes nothing, taken away once. */
import { ensure } from './error'
import type { RoleGrant } from './role'

const isSamePlace = (a: RoleGrant, b: RoleGrant): boolean => a.role === b.role && (a.role === 'socialWorker' || a.providerId === b.providerId)

/** With a role; further communities are added to those of a social worker, and what a care worker is trained for is said anew. */
export function withGrant(grants: readonly RoleGrant[], given: RoleGrant): readonly RoleGrant[] {
  const had = grants.find((grant) => isSamePlace(grant, given))
  if (had === undefined) return [...grants, given]
  if (given.role === 'careWorker') return given.skills === undefined ? grants : grants.map((grant) => (grant === had ? { ...had, skills: given.skills ?? [] } : grant))
  const added = (given.communityIds ?? []).filter((id) => had.communityIds?.includes(id) !== true)
  return added.length === 0 ? grants : grants.map((grant) => (grant === had ? { ...had, communityIds: [...(had.communityIds ?? []), ...added] } : grant))
}

/** Without a role; of a social worker without these communities, or without all when none is named. @throws WRONG_STATE when it is not held */
export function withoutGrant(grants: readonly RoleGrant[], taken: RoleGrant): readonly RoleGrant[] {
  const had = grants.find((grant) => isSamePlace(grant, taken))
  ensure(had !== undefined, 'WRONG_STATE', { status: 'notGiven' })
  const left = taken.communityIds === undefined ? [] : (had.communityIds ?? []).filter((id) => taken.communityIds?.includes(id) !== true)
  ensure(taken.communityIds === undefined || left.length < (had.communityIds ?? []).length, 'WRONG_STATE', { status: 'notGiven' })
  return left.length > 0 ? grants.map((grant) => (grant === had ? { ...had, communityIds: left } : grant)) : grants.filter((grant) => grant !== had)
}
