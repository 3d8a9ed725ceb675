/**
 * A grid 网格 is a part of a community, named by the buildings in it. Who goes when a door stays shut is its own duty list
 * 值班; where a grid has none, or nobody knows in which one an elder lives, it is the community's.
 */
import { ensure } from './error'

export interface OnDuty {
  readonly personId: string
  readonly name: string
}

export interface Grid {
  readonly name: string
  /** numbers of its buildings 幢 */
  readonly buildings: readonly number[]
  readonly duty: readonly OnDuty[]
}

/** What a community's record holds of who goes there. */
export interface Guarded {
  readonly duty: readonly OnDuty[]
  /** absent in records from before */
  readonly grids?: readonly Grid[]
}

/** The number of the building in an address as people write it: 华光城 12 幢 302. */
export function buildingOf(address: string | null): number | null {
  const match = /(\d{1,4})\s*[幢栋号楼]/u.exec(address ?? '')
  return match?.[1] === undefined ? null : Number(match[1])
}

/** The grid of an address; undefined where nobody knows. */
export function gridAt(community: Pick<Guarded, 'grids'> | undefined, address: string | null): Grid | undefined {
  const building = buildingOf(address)
  return building === null ? undefined : community?.grids?.find((one) => one.buildings.includes(building))
}

/** How a grid is named among all communities. */
export const gridKeyOf = (communityId: string, name: string): string => `${communityId}/${name}`

/** Who goes to this address, in this order. */
export function dutyAt(community: Guarded | undefined, address: string | null): readonly OnDuty[] {
  const grid = gridAt(community, address)
  return grid !== undefined && grid.duty.length > 0 ? grid.duty : community?.duty ?? []
}

/**
 * The community with this grid in place of the one of the same name; one without buildings is no more.
 * @throws BAD_INPUT {buildings} where a building would belong to two
 */
export function withGrid<C extends Guarded>(community: C, grid: Grid): C & { readonly grids: readonly Grid[] } {
  const others = (community.grids ?? []).filter((one) => one.name !== grid.name)
  const buildings = [...new Set(grid.buildings)].sort((a, b) => a - b)
  ensure(!others.some((one) => one.buildings.some((building) => buildings.includes(building))), 'BAD_INPUT', { field: 'buildings' })
  return { ...community, grids: buildings.length === 0 ? others : [...others, { ...grid, buildings }].sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

/** The community without this person on any of its lists. */
export function withoutOnDuty<C extends Guarded>(community: C, personId: string): C {
  const isOther = (one: OnDuty): boolean => one.personId !== personId
  return { ...community, duty: community.duty.filter(isOther), ...(community.grids === undefined ? {} : { grids: community.grids.map((grid) => ({ ...grid, duty: grid.duty.filter(isOther) })) }) }
}

/** Whether this person is on one of its lists. */
export const isOnDuty = (community: Guarded, personId: string): boolean => [community.duty, ...(community.grids ?? []).map((grid) => grid.duty)].some((duty) => duty.some((one) => one.personId === personId))
