/** Residents as the counter and their own pages see them. */
import { ageOn } from '../../src/domain/civil-time'
import { isResident } from '../../src/domain/claim'
import { ensure } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import { hasRole, type Actor } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { command } from './cloud'
import { communityName, getPerson } from './people'

/** The subdistrict of whoever opens the app for the first time. Every record carries its own. */
export const homeSubdistrictId = (): string => process.env['SUBDISTRICT_ID'] ?? 'dongliu'

/** @throws NOT_FOUND, also for a record that stands for nobody any more */
export async function getResident(personId: string): Promise<Person> {
  const person = await getPerson(personId)
  ensure(isResident(person), 'NOT_FOUND')
  return person
}

export const standingOf = (person: Person): 'verified' | 'unverified' => (person.standing === 'verified' ? 'verified' : 'unverified')

/** @throws BAD_INPUT for a community that the subdistrict does not have */
export const ensureCommunity = (subdistrict: Subdistrict, communityId: string): void =>
  ensure(subdistrict.communities.some((community) => community.communityId === communityId), 'BAD_INPUT', { field: 'communityId' })

/** The communities that a social worker looks after. */
export const communitiesOf = (actor: Actor): readonly string[] => actor.grants.flatMap((grant) => (grant.role === 'socialWorker' ? (grant.communityIds ?? []) : []))

/** What staff look after: an administrator the subdistrict, a social worker their communities; as a query's condition. */
export const careOf = (actor: Actor): { readonly subdistrictId: string } | { readonly communityId: object } =>
  hasRole(actor, 'admin') ? { subdistrictId: actor.subdistrictId } : { communityId: command.in(communitiesOf(actor)) }

export const briefOf = (person: Person, subdistrict: Subdistrict) => ({ personId: person._id, name: person.name, communityName: communityName(subdistrict, person.communityId) })

/** Somebody as the counter finds them: told apart by community and age. */
export const foundOf = (person: Person, subdistrict: Subdistrict, today: string) => ({
  ...briefOf(person, subdistrict), age: ageOn(person.birthOn, today), standing: standingOf(person), hasAccount: person.accountId !== null, livesAlone: person.livesAlone,
})
