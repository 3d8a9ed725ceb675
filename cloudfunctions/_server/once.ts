/** What somebody may do once, votes and answers alike: kept under an id made of whoever may do it once; the same request finds it there. */
import { DomainError } from '../../src/domain/error'
import type { Request } from './aggregate'
import { insert, read } from './cloud'

/** @throws REQUEST_CONFLICT, or what `refusal` says of the one that was there first */
export async function keepOnce<T extends { readonly _id: string; readonly madeBy: Request }>(collection: string, document: T, request: Request, refusal: (standing: T | null) => DomainError): Promise<void> {
  if (await insert(collection, document)) return
  const standing = await read<T>(collection, document._id)
  if (standing?.madeBy.key !== request.key) throw refusal(standing)
  if (standing.madeBy.hash !== request.hash) throw new DomainError('REQUEST_CONFLICT')
}
