/**
 * 15 分钟养老服务圈: what is within 5, 10 and 15 minutes on foot of where somebody lives by the register; nobody's phone is
 * asked where it is. Minutes are those that somebody walked and declared for a community, else the straight line, with
 * the detours of streets, at the pace of an old person. Only rounded minutes leave here, never metres.
 */
import { clockTime, instantOf, minuteOfDay, civilDate, weekday } from './civil-time'
import { ensure } from './error'
import { buildingOf } from './grid'

/** Metres east and north on the subdistrict's own plan. */
export interface Spot {
  readonly x: number
  readonly y: number
}

export const placeSorts = ['station', 'meal', 'care', 'clinic', 'barber', 'shop', 'culture'] as const
export type PlaceSort = (typeof placeSorts)[number]

/** Open on these weekdays (0 Sunday … 6 Saturday), civil minutes. */
export interface Hours {
  readonly weekdays: readonly number[]
  readonly fromMinute: number
  readonly untilMinute: number
}

export interface CirclePlace {
  readonly placeId: string
  readonly sort: PlaceSort
  readonly name: string
  readonly address: string
  readonly phone: string | null
  /** the community in which it lies; of a station: whose it is */
  readonly communityId: string
  /** from the middle of that community */
  readonly spot: Spot
  readonly hours: Hours
  /** minutes on foot that somebody walked, from a community */
  readonly walking: Readonly<Record<string, number>>
  /** what can be booked there */
  readonly serviceItemIds: readonly string[]
  readonly kitchenId: string | null
}

/** 示例 policy: the pace of an old person, and what streets add to a straight line. */
export interface CirclePolicy {
  readonly metresAMinute: number
  readonly detour: number
}
export const usualPace: CirclePolicy = { metresAMinute: 50, detour: 1.3 }

/** The subdistrict's places, and where its communities and buildings lie. */
export interface Circle {
  /** `circle_<subdistrictId>` */
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly policy: CirclePolicy
  /** of each community its middle, and of buildings by their number where they lie from there */
  readonly homes: Readonly<Record<string, { readonly middle: Spot; readonly buildings: Readonly<Record<string, Spot>> }>>
  readonly places: readonly CirclePlace[]
}

export const RINGS = [5, 10, 15] as const
const FARTHEST = RINGS[RINGS.length - 1] ?? 15
/** Places that one subdistrict has at most. */
export const MOST_PLACES = 300

export const circleIdOf = (subdistrictId: string): string => `circle_${subdistrictId}`
export const emptyCircle = (subdistrictId: string): Circle => ({ _id: circleIdOf(subdistrictId), version: 1, subdistrictId, policy: usualPace, homes: {}, places: [] })

const plus = (one: Spot, other: Spot): Spot => ({ x: one.x + other.x, y: one.y + other.y })

/** Where somebody lives: their building if it is known, else the middle of their community; null where nobody has said. */
export function homeOf(circle: Pick<Circle, 'homes'>, communityId: string, address: string | null): { readonly spot: Spot; readonly building: number | null } | null {
  const home = circle.homes[communityId]
  if (home === undefined) return null
  const building = buildingOf(address)
  const offset = building === null ? undefined : home.buildings[String(building)]
  return { spot: offset === undefined ? home.middle : plus(home.middle, offset), building: offset === undefined ? null : building }
}

/** A straight line as whole minutes on foot, at least one. */
export const minutesBetween = (from: Spot, to: Spot, policy: CirclePolicy): number => Math.max(1, Math.ceil((Math.hypot(to.x - from.x, to.y - from.y) * policy.detour) / policy.metresAMinute))

export const isOpenAt = (hours: Hours, now: number): boolean =>
  hours.weekdays.includes(weekday(civilDate(now))) && minuteOfDay(now) >= hours.fromMinute && minuteOfDay(now) < hours.untilMinute

/** Until when it is open today, if it is. */
export const openUntil = (hours: Hours, now: number): string | null => (isOpenAt(hours, now) ? clockTime(instantOf(civilDate(now), hours.untilMinute)) : null)

export interface Near {
  readonly place: CirclePlace
  readonly minutes: number
  /** the smallest ring that holds it */
  readonly ring: (typeof RINGS)[number]
  /** where it is drawn: minutes east and north of home, as far as its minutes say */
  readonly drawn: Spot
}

/** Places of a drawing stand this far apart, in minutes; one that would lie on another is turned about home. */
const APART = 3
const TURN = Math.PI / 12
/** Where the words of the rings stand, due north. */
const WORDS: readonly Spot[] = RINGS.flatMap((ring) => [-2, 0, 2].map((x) => ({ x, y: ring })))

/** What is within fifteen minutes, nearest first. A place of which nobody can say how far it is, is not among them. */
export function within(circle: Circle, communityId: string, address: string | null): readonly Near[] {
  const home = homeOf(circle, communityId, address)
  const found = circle.places.flatMap((place) => {
    const middle = circle.homes[place.communityId]?.middle
    const spot = middle === undefined ? null : plus(middle, place.spot)
    const minutes = place.walking[communityId] ?? (home === null || spot === null ? null : minutesBetween(home.spot, spot, circle.policy))
    if (minutes === null || minutes > FARTHEST) return []
    const angle = home === null || spot === null ? 0 : Math.atan2(spot.y - home.spot.y, spot.x - home.spot.x)
    return [{ place, minutes, angle }]
  })
  const sorted = found.sort((a, b) => a.minutes - b.minutes || (a.place.placeId < b.place.placeId ? -1 : 1))
  const drawn: Spot[] = [...WORDS]
  return sorted.map(({ place, minutes, angle }) => {
    const at = freeSpot(minutes, angle, drawn)
    drawn.push(at)
    return { place, minutes, ring: RINGS.find((ring) => minutes <= ring) ?? FARTHEST, drawn: at }
  })
}

/** On its own circle about home, as near to its direction as nothing else stands; where all of it is taken, in its direction. Rounded, as distances are. */
function freeSpot(minutes: number, angle: number, taken: readonly Spot[]): Spot {
  const turned = (by: number): Spot => ({ x: tenth(minutes * Math.cos(angle + by)), y: tenth(minutes * Math.sin(angle + by)) })
  const turns = Array.from({ length: 24 }, (_, index) => Math.ceil(index / 2) * TURN * (index % 2 === 0 ? 1 : -1))
  return turns.map(turned).find((spot) => taken.every((other) => Math.hypot(other.x - spot.x, other.y - spot.y) >= APART)) ?? turned(0)
}
const tenth = (value: number): number => Math.round(value * 10) / 10

/** Minutes of the straight line from the middle of a community; null where nobody has said where one of them lies. What a declared way takes the place of. */
export function straightFrom(circle: Circle, communityId: string, place: CirclePlace): number | null {
  const [home, middle] = [circle.homes[communityId]?.middle, circle.homes[place.communityId]?.middle]
  return home === undefined || middle === undefined ? null : minutesBetween(home, plus(middle, place.spot), circle.policy)
}

/** The station 社区站 of a community. */
export const stationOf = (circle: Pick<Circle, 'places'>, communityId: string): CirclePlace | null => circle.places.find((place) => place.sort === 'station' && place.communityId === communityId) ?? null

/** The places with this one in place of what it was; null: without it. @throws BAD_INPUT {field} for hours that run backwards, or too many places */
export function withPlace(circle: Circle, placeId: string, place: CirclePlace | null): Circle {
  const others = circle.places.filter((one) => one.placeId !== placeId)
  if (place === null) return { ...circle, places: others }
  ensure(place.hours.untilMinute > place.hours.fromMinute, 'BAD_INPUT', { field: 'untilMinute' })
  ensure(others.length < MOST_PLACES, 'BAD_INPUT', { field: 'places' })
  return { ...circle, places: [...others, place].sort((a, b) => (a.placeId < b.placeId ? -1 : 1)) }
}
