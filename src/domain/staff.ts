/** Roles that an account was given, with their places: given again changes nothing, taken away once. */
import { ensure } from './error'
import type { RoleGrant } from './role'

/** Roles whose places are communities, or grids in them: they are added and taken one by one. */
const hasCommunities = (grant: RoleGrant): boolean => grant.role === 'socialWorker' || grant.role === 'careConsultant'
const placesOf = (grant: RoleGrant) => ({ communityIds: grant.communityIds ?? [], grids: grant.grids ?? [] })
const isEmpty = (grant: RoleGrant): boolean => grant.communityIds === undefined && grant.grids === undefined

const isSamePlace = (a: RoleGrant, b: RoleGrant): boolean => a.role === b.role && (hasCommunities(a) || a.providerId === b.providerId)

/** With a role; further communities and grids are added to those that were given, and what a care worker is trained for is said anew. */
export function withGrant(grants: readonly RoleGrant[], given: RoleGrant): readonly RoleGrant[] {
  const had = grants.find((grant) => isSamePlace(grant, given))
  if (had === undefined) return [...grants, given]
  if (given.role === 'careWorker') return given.skills === undefined ? grants : grants.map((grant) => (grant === had ? { ...had, skills: given.skills ?? [] } : grant))
  const [before, more] = [placesOf(had), placesOf(given)]
  const added = { communityIds: more.communityIds.filter((id) => !before.communityIds.includes(id)), grids: more.grids.filter((key) => !before.grids.includes(key)) }
  if (added.communityIds.length + added.grids.length === 0) return grants
  return grants.map((grant) => (grant === had ? withPlaces(had, { communityIds: [...before.communityIds, ...added.communityIds], grids: [...before.grids, ...added.grids] }) : grant))
}

/** Without a role; of a social worker or care consultant without these communities and grids, or without all when none is named. @throws WRONG_STATE when it is not held */
export function withoutGrant(grants: readonly RoleGrant[], taken: RoleGrant): readonly RoleGrant[] {
  const had = grants.find((grant) => isSamePlace(grant, taken))
  ensure(had !== undefined, 'WRONG_STATE', { status: 'notGiven' })
  if (isEmpty(taken)) return grants.filter((grant) => grant !== had)
  const [before, less] = [placesOf(had), placesOf(taken)]
  const left = { communityIds: before.communityIds.filter((id) => !less.communityIds.includes(id)), grids: before.grids.filter((key) => !less.grids.includes(key)) }
  ensure(left.communityIds.length + left.grids.length < before.communityIds.length + before.grids.length, 'WRONG_STATE', { status: 'notGiven' })
  return left.communityIds.length + left.grids.length > 0 ? grants.map((grant) => (grant === had ? withPlaces(had, left) : grant)) : grants.filter((grant) => grant !== had)
}

const withPlaces = ({ grids: _grids, ...grant }: RoleGrant, { communityIds, grids }: { readonly communityIds: readonly string[]; readonly grids: readonly string[] }): RoleGrant => ({ ...grant, communityIds, ...(grids.length === 0 ? {} : { grids }) })
