/**
 * Walking 走路: declared minutes between communities, the same both ways (示例 until somebody has walked them). No map is
 * needed, and nobody's place is asked for: the way is counted from where somebody lives.
 */
import { ensure } from './error'

export type WalkingTable = Readonly<Record<string, Readonly<Record<string, number>>>>

/** Minutes from one community to another; 0 within one, null where nobody has said. */
export const walkBetween = (table: WalkingTable | undefined, fromId: string, toId: string): number | null =>
  fromId === toId ? 0 : (table?.[fromId]?.[toId] ?? table?.[toId]?.[fromId] ?? null)

/** Communities by the way from one of them: its own first, those of which nobody has said how far they are last, in the order given. */
export const nearestFirst = (table: WalkingTable | undefined, fromId: string, communityIds: readonly string[]): readonly string[] =>
  communityIds.map((communityId, index) => ({ communityId, index, minutes: walkBetween(table, fromId, communityId) ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => (a.minutes === b.minutes ? a.index - b.index : a.minutes - b.minutes)).map(({ communityId }) => communityId)

/** More than this nobody walks to a service: it was typed wrong. */
export const MOST_WALKED = 120

/** Minutes that somebody walked, from a community. */
export interface Walked {
  readonly communityId: string
  readonly minutes: number
}

/** The declared ways to one place as they are kept; a community that is left out has none, and the straight line holds again. @throws BAD_INPUT {field} for a community twice or unknown, or minutes that nobody walks */
export function declaredWays(ways: readonly Walked[], communityIds: readonly string[]): Readonly<Record<string, number>> {
  ensure(ways.every(({ communityId }) => communityIds.includes(communityId)) && new Set(ways.map(({ communityId }) => communityId)).size === ways.length, 'BAD_INPUT', { field: 'communityId' })
  ensure(ways.every(({ minutes }) => Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_WALKED), 'BAD_INPUT', { field: 'minutes' })
  return Object.fromEntries(ways.map(({ communityId, minutes }) => [communityId, minutes]))
}
