/**
 * Whom a notice is for 通知对象 (law 6): every addressee is written into the ledger by the same rule that the writer's
 * preview counts with, so that nobody is outside and nobody is missing.
 */
import type { BusyTime } from './busy'
import { ageOn, civilDate } from './civil-time'
import { ensure } from './error'
import type { Person } from './person'
import type { Role, RoleGrant } from './role'

/** All that is stated must be true of an addressee; an empty list, or null, asks for nothing. */
export interface Audience {
  /** communities; never empty: a notice for the whole subdistrict names each of them */
  readonly communityIds: readonly string[]
  /** true when every community of the subdistrict is meant, also one that is founded later */
  readonly isWhole: boolean
  /** numbers of buildings 幢, as they stand in addresses; only within one community */
  readonly buildings: readonly string[]
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
export const buildingIn = (address: string | null): string | null => /(\d+)\s*[幢栋号楼]/u.exec(address ?? '')?.[1] ?? null

/** True for somebody whom the notice is for. Whoever was merged or erased is nobody's addressee. */
export function isAddressed(person: Addressee, audience: Audience, grants: readonly RoleGrant[], today: string): boolean {
  if (person.standing === 'merged' || person.standing === 'erased' || person.mergedInto !== null) return false
  const age = ageOn(person.birthOn, today)
  const building = buildingIn(person.address)
  return (
    audience.communityIds.includes(person.communityId) &&
    (audience.buildings.length === 0 || (building !== null && audience.buildings.includes(building))) &&
    (audience.roles.length === 0 || grants.some((grant) => audience.roles.includes(grant.role))) &&
    (audience.ageFrom === null || age >= audience.ageFrom) &&
    (audience.ageTo === null || age <= audience.ageTo) &&
    (!audience.livesAlone || person.livesAlone) &&
    (audience.bookingOn === null || person.busy.some((time) => isBookedOn(time, audience.bookingOn ?? '')))
  )
}

const isBookedOn = (time: BusyTime, onDate: string): boolean => time.freedAt === null && civilDate(time.from) <= onDate && onDate <= civilDate(time.to - 1)

/**
 * Sound, and not of nobody by its own words.
 * @throws BAD_INPUT {field}, NOT_FOUND for a community that is not of this subdistrict
 */
export function ensureAudience(audience: Audience, communityIds: readonly string[], today: string): void {
  ensure(audience.communityIds.length > 0 && new Set(audience.communityIds).size === audience.communityIds.length, 'BAD_INPUT', { field: 'communityIds' })
  // What is foreign and what is missing answer alike.
  ensure(audience.communityIds.every((id) => communityIds.includes(id)), 'NOT_FOUND')
  ensure(!audience.isWhole || audience.communityIds.length === communityIds.length, 'BAD_INPUT', { field: 'communityIds' })
  ensure(audience.buildings.length === 0 || audience.communityIds.length === 1, 'BAD_INPUT', { field: 'buildings' })
  ensure(audience.ageFrom === null || audience.ageTo === null || audience.ageFrom <= audience.ageTo, 'BAD_INPUT', { field: 'ageFrom' })
  ensure(audience.bookingOn === null || audience.bookingOn >= today, 'BAD_INPUT', { field: 'bookingOn' })
}
