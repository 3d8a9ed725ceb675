/**
 * Whom a notice is for 通知对象 (law 6): every addressee is written into the ledger by the same rule that the writer's
 * preview counts with, so that nobody is outside and nobody is missing.
 */
import type { BusyTime } from './busy'
import { ageOn, civilDate } from './civil-time'
import { ensure } from './error'
import { buildingOf, type Guarded } from './grid'
import type { Person } from './person'
import type { Role, RoleGrant } from './role'

/** All that is stated must be true of an addressee; an empty list, or null, asks for nothing. */
export interface Audience {
  /** communities; never empty: a notice for the whole subdistrict names each of them */
  readonly communityIds: readonly string[]
  /** true when every community of the subdistrict is meant */
  readonly isWhole: boolean
  /** numbers of buildings 幢, as they stand in addresses; only within one community */
  readonly buildings: readonly string[]
  /** names of grids 网格, and the buildings in them when the notice was written; only within one community */
  readonly grids?: readonly string[]
  readonly gridBuildings?: readonly string[]
  /** somebody with any of these roles */
  readonly roles: readonly Exclude<Role, 'resident'>[]
  /** completed years, both included */
  readonly ageFrom: number | null
  readonly ageTo: number | null
  readonly livesAlone: boolean
  /** civil day on which they are booked somewhere */
  readonly bookingOn: string | null
}

/** What the rule looks at. */
export type Addressee = Pick<Person, 'communityId' | 'standing' | 'birthOn' | 'livesAlone' | 'address' | 'busy' | 'mergedInto'>

/** The building's number in an address, as it is written there: 华光城 12 幢 302 → 12; null where there is none. */
export function buildingIn(address: string | null): string | null {
  const number = buildingOf(address)
  return number === null ? null : String(number)
}

/** Every building that is meant; empty: all are. */
export const buildingsOf = ({ buildings, gridBuildings = [] }: Pick<Audience, 'buildings' | 'gridBuildings'>): readonly string[] => [...new Set([...buildings, ...gridBuildings].map((number) => String(Number(number))))]

/** True for somebody whom the notice is for. Whoever was merged or erased is nobody's addressee. */
export function isAddressed(person: Addressee, audience: Audience, grants: readonly RoleGrant[], today: string): boolean {
  if (person.standing === 'left' || person.standing === 'merged' || person.standing === 'erased' || person.mergedInto !== null) return false
  const age = ageOn(person.birthOn, today)
  const building = buildingIn(person.address)
  const buildings = buildingsOf(audience)
  return (
    audience.communityIds.includes(person.communityId) &&
    (buildings.length === 0 || (building !== null && buildings.includes(building))) &&
    (audience.roles.length === 0 || grants.some((grant) => audience.roles.includes(grant.role))) &&
    (audience.ageFrom === null || age >= audience.ageFrom) &&
    (audience.ageTo === null || age <= audience.ageTo) &&
    (!audience.livesAlone || person.livesAlone) &&
    (audience.bookingOn === null || person.busy.some((time) => isBookedOn(time, audience.bookingOn ?? '')))
  )
}

const isBookedOn = (time: BusyTime, onDate: string): boolean => time.freedAt === null && civilDate(time.from) <= onDate && onDate <= civilDate(time.to - 1)

/** True for all communities of a subdistrict that has several. */
const isEverywhere = (named: readonly string[], communityIds: readonly string[]): boolean => communityIds.length > 1 && communityIds.every((id) => named.includes(id))

/**
 * The audience as it is kept: sound, with the buildings of its grids, and called whole when it names every community:
 * two people decide that, whatever the writer calls it.
 * @throws BAD_INPUT {field}, NOT_FOUND for a community that is not of this subdistrict
 */
export function soundAudience(audience: Audience, communities: readonly (Guarded & { readonly communityId: string })[], today: string): Audience {
  const { communityIds, grids = [] } = audience
  const all = communities.map((community) => community.communityId)
  ensure(communityIds.length > 0 && new Set(communityIds).size === communityIds.length, 'BAD_INPUT', { field: 'communityIds' })
  // What is foreign and what is missing answer alike.
  ensure(communityIds.every((id) => all.includes(id)), 'NOT_FOUND')
  const isWhole = isEverywhere(communityIds, all)
  ensure(!audience.isWhole || isWhole || all.length === 1, 'BAD_INPUT', { field: 'communityIds' })
  ensure(audience.buildings.length === 0 || communityIds.length === 1, 'BAD_INPUT', { field: 'buildings' })
  ensure(grids.length === 0 || communityIds.length === 1, 'BAD_INPUT', { field: 'grids' })
  ensure(audience.ageFrom === null || audience.ageTo === null || audience.ageFrom <= audience.ageTo, 'BAD_INPUT', { field: 'ageFrom' })
  ensure(audience.bookingOn === null || audience.bookingOn >= today, 'BAD_INPUT', { field: 'bookingOn' })
  const known = communities.find((community) => community.communityId === communityIds[0])?.grids ?? []
  ensure(grids.every((name) => known.some((grid) => grid.name === name)), 'BAD_INPUT', { field: 'grids' })
  return { ...audience, isWhole, grids, gridBuildings: known.filter((grid) => grids.includes(grid.name)).flatMap((grid) => grid.buildings.map(String)) }
}
