/** Staff of a subdistrict: accounts that were given a role, with their place in words. */
import { hasRole, type Role, type RoleGrant } from '../../src/domain/role'
import type { Provider, Subdistrict } from '../../src/domain/service-item'
import { actorOf, type Account } from './accounts'
import { command, find } from './cloud'
import { communityName } from './people'

/** Far more than a subdistrict employs. */
const STAFF_AT_MOST = 500

/** Who can go to a door when nobody answers. */
const dutyRoles: readonly Role[] = ['socialWorker', 'careWorker', 'admin']

export interface Staff {
  readonly personId: string
  readonly name: string
  readonly grants: readonly RoleGrant[]
}

const staffOf = (accounts: readonly Account[], roles: readonly Role[]): Staff[] => accounts.flatMap((account) => {
  const actor = actorOf(account)
  return actor !== null && roles.some((role) => hasRole(actor, role)) ? [{ personId: actor.personId, name: actor.name, grants: actor.grants }] : []
})

/** Who may verify what volunteers did: the social workers and administrators of a subdistrict. */
export const verifyingStaffOf = async (subdistrictId: string): Promise<Staff[]> =>
  staffOf(await find<Account>('accounts', { subdistrictId, 'grants.role': command.in(['socialWorker', 'admin']) }, null, STAFF_AT_MOST), ['socialWorker', 'admin'])

/** Everybody who can be put on duty. */
export const dutyStaffOf = async (subdistrictId: string): Promise<Staff[]> =>
  staffOf(await find<Account>('accounts', { subdistrictId, 'grants.role': command.in(dutyRoles) }, null, STAFF_AT_MOST), dutyRoles)

/** Those of these people who can be put on duty in a subdistrict. */
export const dutyStaffAmong = async (subdistrictId: string, personIds: readonly string[]): Promise<Staff[]> =>
  staffOf((await find<Account>('accounts', { personId: command.in(personIds) }, null, STAFF_AT_MOST)).filter((account) => account.subdistrictId === subdistrictId), dutyRoles)

/** The care consultants of a subdistrict. */
export const consultantsOf = async (subdistrictId: string): Promise<Staff[]> =>
  staffOf(await find<Account>('accounts', { subdistrictId, 'grants.role': 'careConsultant' }, null, STAFF_AT_MOST), ['careConsultant'])

/** Administrators of a subdistrict. */
export const administratorsOf = async (subdistrictId: string): Promise<Staff[]> => staffOf(await find<Account>('accounts', { subdistrictId, 'grants.role': 'admin' }, null, STAFF_AT_MOST), ['admin'])

/** Staff and couriers of these kitchens. */
export const kitchenStaffOf = async (kitchenIds: readonly string[]): Promise<Staff[]> =>
  staffOf(await find<Account>('accounts', { 'grants.providerId': command.in(kitchenIds) }, null, STAFF_AT_MOST), ['kitchen', 'courier'])

/** Communities and grids of a role, as people say them: 华光城、太古城 东一网格. */
export const placesOfGrant = (grant: RoleGrant, subdistrict: Subdistrict): string =>
  [...(grant.communityIds ?? []).map((id) => communityName(subdistrict, id)), ...(grant.grids ?? []).map((key) => key.split('/')).map(([id = '', name = '']) => `${communityName(subdistrict, id)} ${name}`)].join('、')

/** Where each of them works, as people say it: communities, provider, or the subdistrict itself. */
export async function placeNamesOf(staff: readonly Staff[], subdistrict: Subdistrict): Promise<ReadonlyMap<string, string>> {
  const providerIds = [...new Set(staff.flatMap((one) => one.grants.flatMap((grant) => grant.providerId ?? [])))]
  const providers = providerIds.length === 0 ? [] : await find<Provider>('providers', { _id: command.in(providerIds) }, null, providerIds.length)
  const nameOf = (grant: RoleGrant): string =>
    grant.role === 'socialWorker' || grant.role === 'careConsultant' ? placesOfGrant(grant, subdistrict)
      : grant.role === 'admin' ? subdistrict.name : (providers.find((provider) => provider._id === grant.providerId)?.name ?? '')
  return new Map(staff.map((one) => [one.personId, [...new Set(one.grants.map(nameOf).filter(Boolean))].join('、')]))
}
