/** Pages by cursor, never by skip: the cursor names the last document seen. */
import { find, command, type Where } from './cloud'

const separator = '-at-'
export const cursorOf = (document: { readonly _id: string }, at: number): string => `${at}${separator}${document._id}`

/** One page ordered by an instant field that an index holds behind the equality fields of `where`. */
export async function pageBy<T extends { readonly _id: string }>(
  collection: string, where: Where, by: keyof T & string, direction: 'asc' | 'desc', cursor: string | undefined, size: number, bound?: { readonly from?: number; readonly below?: number },
): Promise<{ readonly items: T[]; readonly nextCursor: string | null }> {
  const [at, seenId] = cursor === undefined ? [null, null] : split(cursor)
  const condition =
    at === null
      ? bound?.from !== undefined ? command.gte(bound.from) : bound?.below !== undefined ? command.lt(bound.below) : direction === 'desc' ? command.gt(0) : command.gte(0)
      : direction === 'asc' ? command.gte(at) : command.lte(at).and(command.gt(0))
  // Documents of the same instant as the cursor come again; 20 more than a page covers every tie that can occur.
  const found = await find<T>(collection, { ...where, [by]: condition }, { by, direction }, seenId === null ? size + 1 : size + 21)
  const seen = seenId === null ? -1 : found.findIndex((document) => document._id === seenId)
  const rest = found.slice(seen + 1)
  const items = rest.slice(0, size)
  const last = items.at(-1)
  return { items, nextCursor: rest.length > size && last ? cursorOf(last, Number(last[by])) : null }
}

/** Where a cursor points; null for none, or one that is not of this kind. */
export function placeIn(cursor: string | undefined): { readonly at: number; readonly id: string } | null {
  const [at, id] = cursor === undefined ? [null, null] : split(cursor)
  return at === null || id === null ? null : { at, id }
}

function split(cursor: string): readonly [number | null, string | null] {
  const [at, id] = cursor.split(separator)
  const instant = Number(at)
  return id === undefined || !Number.isSafeInteger(instant) ? [null, null] : [instant, id]
}
