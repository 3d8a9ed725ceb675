/** What somebody may do once, votes and answers alike: kept under an id made of whoever may do it once; the same request finds it there. */
import { DomainError } from '../../src/domain/error'
import type { Request } from './aggregate'
import { command, find, insert, read } from './cloud'

/** @throws REQUEST_CONFLICT, or what `refusal` says of the one that was there first */
export async function keepOnce<T extends { readonly _id: string; readonly madeBy: Request }>(collection: string, document: T, request: Request, refusal: (standing: T | null) => DomainError): Promise<void> {
  if (await insert(collection, document)) return
  const standing = await read<T>(collection, document._id)
  if (standing?.madeBy.key !== request.key) throw refusal(standing)
  if (standing.madeBy.hash !== request.hash) throw new DomainError('REQUEST_CONFLICT')
}

const PAGE = 1000

/** Looks at everything under one id, page by page in the order of an index that ends with `_id`. */
export async function eachPage<T extends { readonly _id: string }>(collection: string, where: Readonly<Record<string, unknown>>, only: readonly (keyof T & string)[], look: (page: readonly T[]) => void | Promise<void>): Promise<void> {
  for (let after = ''; ; ) {
    const page = await find<T>(collection, { ...where, _id: command.gt(after) }, { by: '_id', direction: 'asc' }, PAGE, only)
    await look(page)
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return
    after = last._id
  }
}
