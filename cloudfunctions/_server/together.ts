/**
 * Cold documents that change together or not at all: one transaction, in which the act also leaves its audit entry. The
 * entry's id is made of the request, so a repetition finds it there and changes nothing (law 8).
 */
import type { AuditEntry } from '../../src/domain/audit'
import { DomainError } from '../../src/domain/error'
import { difference, type Request, type Versioned } from './aggregate'
import { auditIdOf, auditOf, type Audit } from './audits'
import { command, transact, type Transaction } from './cloud'

/** Where a document stands, and of which type it is. */
export interface Place<T extends Versioned> {
  readonly collection: string
  readonly id: string
  /** never there at run time: ties the type to the place */
  readonly type?: T
}

export const place = <T extends Versioned>(collection: string, id: string): Place<T> => ({ collection, id })

/** What a rule made of the documents. */
export interface Decision<D, A> {
  readonly next: D
  /** kept with the audit entry for a repetition; null: the act is not finished with this */
  readonly answer: A
  readonly audit: AuditEntry
  readonly added?: readonly { readonly collection: string; readonly document: { readonly _id: string } }[]
  readonly removed?: readonly { readonly collection: string; readonly id: string }[]
}

/**
 * Reads the documents, decides, writes those that changed, and the audit entry. Decides again when somebody was faster.
 * Gives the answer, or the one that was kept when this very request was carried out before; and the documents as this
 * call changed them, or null.
 * @throws what `decide` throws, NOT_FOUND, REQUEST_CONFLICT
 */
export function changeTogether<const D extends readonly Versioned[], A>(
  places: { readonly [K in keyof D]: Place<D[K]> }, request: Request, decide: (current: D) => Decision<D, A>,
): Promise<{ readonly answer: A; readonly documents: D | null }> {
  return transact(async (transaction) => {
    const before = await readIn<Audit>(transaction, 'audits', auditIdOf(request))
    if (before !== null) {
      if (before.madeBy.hash !== request.hash) throw new DomainError('REQUEST_CONFLICT')
      return { answer: before.answer as A, documents: null }
    }
    const current: Versioned[] = []
    for (const { collection, id } of places) current.push(await getIn(transaction, collection, id))
    const decision = decide(current as unknown as D)
    for (const [index, { collection, id }] of places.entries()) {
      const changes = difference(current[index] as Versioned, decision.next[index] as Versioned)
      if (Object.keys(changes).length > 0) await transaction.collection(collection).doc(id).update({ data: { ...changes, version: command.inc(1) } })
    }
    for (const { collection, document } of decision.added ?? []) await addIn(transaction, collection, document)
    for (const { collection, id } of decision.removed ?? []) await transaction.collection(collection).doc(id).remove()
    await addIn(transaction, 'audits', auditOf(decision.audit, request, decision.answer))
    return { answer: decision.answer, documents: decision.next }
  })
}

/** A document as it stands in a transaction; null: it is not there. */
export async function readIn<T>(transaction: Transaction, collection: string, id: string): Promise<T | null> {
  const { data } = await transaction.collection(collection).doc(id).get()
  return Array.isArray(data) ? ((data[0] as T | undefined) ?? null) : ((data as T | null | undefined) ?? null)
}

async function getIn(transaction: Transaction, collection: string, id: string): Promise<Versioned> {
  const document = await readIn<Versioned>(transaction, collection, id)
  if (document === null) throw new DomainError('NOT_FOUND')
  return document
}

export async function addIn(transaction: Transaction, collection: string, { _id, ...fields }: { readonly _id: string }): Promise<void> {
  await transaction.collection(collection).doc(_id).set({ data: fields })
}
