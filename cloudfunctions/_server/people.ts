/** People in the database, and how they stand to an action. */
import type { By } from '../../src/domain/booking-record'
import type { Person } from '../../src/domain/person'
import type { Actor, Standing, Subject } from '../../src/domain/role'
import type { ServiceItem, Subdistrict } from '../../src/domain/service-item'
import { get } from './aggregate'
import { find, read } from './cloud'

/** @throws NOT_FOUND, also for somebody who was merged into another record: that one is the person now */
export async function getPerson(personId: string): Promise<Person> {
  const person = await get<Person>('people', personId)
  return person.mergedInto === null ? person : getPerson(person.mergedInto)
}

export const findPerson = (personId: string): Promise<Person | null> => read<Person>('people', personId)

/** An elder as the object of an action. */
export const aboutElder = (elder: Person): Subject => ({
  subdistrictId: elder.subdistrictId, communityId: elder.communityId, elder: { personId: elder._id, delegates: elder.delegates },
})

export const getSubdistrict = (subdistrictId: string): Promise<Subdistrict> => get<Subdistrict>('subdistricts', subdistrictId)

export const communityName = (subdistrict: Subdistrict, communityId: string): string =>
  subdistrict.communities.find((community) => community.communityId === communityId)?.name ?? ''

/** The elders that someone acts for; at most 20, far more than any family has. */
export const eldersOf = (personId: string): Promise<Person[]> => find<Person>('people', { delegateIds: personId }, null, 20)

export const getServiceItem = (serviceItemId: string): Promise<ServiceItem> => get<ServiceItem>('serviceItems', serviceItemId)

/** Who acts, and as whom, as a timeline line keeps it (law 5). */
export function byOf(actor: Actor, standing: Standing, elder?: Person): By {
  const kinship = standing.relation === 'delegate' ? (elder?.delegates[actor.personId]?.kinship ?? null) : null
  const as = standing.role === 'resident' ? (standing.relation === 'delegate' ? 'family' : 'elder') : standing.role
  return { personId: actor.personId, name: actor.name, as, kinship, scope: standing.scope ?? null }
}
