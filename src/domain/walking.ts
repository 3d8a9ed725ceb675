/**
 * Walking 走路: declared minutes between communities, the same both ways (示例 until somebody has walked them). No map is
 * needed, and nobody's place is asked for: the way is counted from where somebody lives.
 */
export type WalkingTable = Readonly<Record<string, Readonly<Record<string, number>>>>

/** Minutes from one community to another; 0 within one, null where nobody has said. */
export const walkBetween = (table: WalkingTable | undefined, fromId: string, toId: string): number | null =>
  fromId === toId ? 0 : (table?.[fromId]?.[toId] ?? table?.[toId]?.[fromId] ?? null)

/** Communities by the way from one of them: its own first, those of which nobody has said how far they are last, in the order given. */
export const nearestFirst = (table: WalkingTable | undefined, fromId: string, communityIds: readonly string[]): readonly string[] =>
  communityIds.map((communityId, index) => ({ communityId, index, minutes: walkBetween(table, fromId, communityId) ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => (a.minutes === b.minutes ? a.index - b.index : a.minutes - b.minutes)).map(({ communityId }) => communityId)
