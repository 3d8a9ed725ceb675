/** Roles with the name of their place, as people say them. */
import type { Actor, Role } from '../../src/domain/role'
import type { Provider, Subdistrict } from '../../src/domain/service-item'
import { read } from './cloud'
import { placesOfGrant } from './staff'

export async function roleGrants(actor: Actor, subdistrict: Subdistrict): Promise<{ role: Role; placeName: string }[]> {
  return Promise.all(
    actor.grants.map(async (grant) => {
      if (grant.role === 'socialWorker' || grant.role === 'careConsultant' || grant.role === 'volunteer') return { role: grant.role, placeName: placesOfGrant(grant, subdistrict) }
      if (grant.role === 'admin') return { role: grant.role, placeName: subdistrict.name }
      const provider = grant.providerId === undefined ? null : await read<Provider>('providers', grant.providerId)
      return { role: grant.role, placeName: provider?.name ?? '' }
    }),
  )
}
