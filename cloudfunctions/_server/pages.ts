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

const LARGEST_PAGE = 1000

/**
 * Looks at everything that matches, page by page in the order of ids, until `look` says false; a condition needs an index
 * that ends with `_id`.
 * @param only the fields that are needed; left out: all @param ids from after one id, and below another
 * @returns false if `look` ended it before the last page
 */
export async function eachPage<T extends { readonly _id: string }>(
  collection: string, where: Where, only: readonly (keyof T & string)[] | undefined, look: (page: readonly T[]) => boolean | void | Promise<boolean | void>, ids: { readonly after: string; readonly below?: string } = { after: '' },
): Promise<boolean> {
  for (let { after } = ids; ; ) {
    const _id = ids.below === undefined ? command.gt(after) : command.gt(after).and(command.lt(ids.below))
    const page = await find<T>(collection, { ...where, _id }, { by: '_id', direction: 'asc' }, LARGEST_PAGE, only)
    const goesOn = await look(page)
    const last = page.at(-1)
    if (page.length < LARGEST_PAGE || last === undefined) return true
    if (goesOn === false) return false
    after = last._id
  }
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
