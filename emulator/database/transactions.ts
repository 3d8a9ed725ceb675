// Interactive transactions: snapshot reads, one writer per document, thirty seconds of real time.
// Only what open transactions need is kept in memory: their own writes, and how documents looked before others changed
// them. The snapshot is taken at the first document operation, as MongoDB does.
import { randomBytes } from 'node:crypto'
import { transactionConflict, transactionMissing } from './errors'
import { indexEntries } from './keys'
import { idKey, type Collection } from './store'
import type { Document, Id } from './values'

/** Documented: a transaction must be committed or aborted within 30 s. Always real time, never the demo clock. */
export const TRANSACTION_LIFETIME_MS = 30_000

/** One document as a write finds and leaves it; `null` means that it is not there. */
export interface Change {
  collection: Collection
  id: Id
  before: Document | null
  after: Document | null
  text: string | null
}

interface PastVersion {
  /** The last version of the database in which the document looked like this. */
  until: number
  text: string | null
}

export class Transaction {
  readonly id = randomBytes(16).toString('hex')
  readonly writes = new Map<string, Change>()
  snapshot: number | undefined
  /** `aborted`: by a conflict or a failed operation; nothing but an abort is answered any more. */
  state: 'open' | 'aborted' = 'open'
  readonly ended: Promise<void>
  private settle: () => void = () => undefined

  constructor(readonly startedAt: number) {
    this.ended = new Promise((resolve) => { this.settle = resolve })
  }

  /** Lets the plain writes go on that wait for this transaction. */
  end(): void {
    this.settle()
  }
}

export const documentKey = (collection: Collection, id: Id): string => `${collection.name}\0${idKey(id).toString('latin1')}`

/** What a change lays hands on: the document, and every unique key it takes or gives up. */
export function claimsOf({ collection, id, before, after }: Change): string[] {
  const claims = [documentKey(collection, id)]
  for (const index of collection.indexes) {
    if (!index.unique) continue
    const keys = [before, after].flatMap((document) => (document ? indexEntries(document, index).keys : []))
    for (const key of keys) claims.push(`${collection.name}\0${index.name}\0${key.toString('latin1')}`)
  }
  return claims
}

export class Transactions {
  private readonly known = new Map<string, Transaction>()
  private readonly claims = new Map<string, Transaction>()
  private readonly past = new Map<string, PastVersion[]>()
  private version = 0

  constructor(private readonly wallClock: () => number) {}

  start(): Transaction {
    const transaction = new Transaction(this.wallClock())
    this.known.set(transaction.id, transaction)
    return transaction
  }

  /** The open transaction of this id; throws if it expired, ended, failed or never was. */
  open(id: string): Transaction {
    const transaction = this.known.get(id)
    if (!transaction || transaction.state !== 'open') throw transactionMissing(id)
    return transaction
  }

  /** Ends what is older than thirty seconds. Called at every request, and by whoever waits. */
  expire(): void {
    const now = this.wallClock()
    for (const transaction of this.known.values()) if (now - transaction.startedAt >= TRANSACTION_LIFETIME_MS) this.forget(transaction)
  }

  /** Drops a transaction's writes and lets others at its documents. */
  forget(transaction: Transaction): void {
    this.known.delete(transaction.id)
    this.release(transaction)
  }

  /** Ends every transaction, as a restart would. */
  forgetAll(): void {
    for (const transaction of this.known.values()) this.forget(transaction)
  }

  /** An aborted transaction still answers an abort, and nothing else. */
  abort(transaction: Transaction): void {
    transaction.state = 'aborted'
    this.release(transaction)
  }

  /** For an abort request: fine for an open one and for one that a conflict has aborted. */
  finish(id: string): void {
    const transaction = this.known.get(id)
    if (!transaction) throw transactionMissing(id)
    this.forget(transaction)
  }

  /** The transaction that has a hand on one of these, other than `own`. */
  holder(claims: readonly string[], own?: Transaction): Transaction | undefined {
    for (const claim of claims) {
      const holder = this.claims.get(claim)
      if (holder && holder !== own) return holder
    }
    return undefined
  }

  /** Waits until a transaction ends by itself or by age. */
  async wait(transaction: Transaction): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const watch = (): void => {
      this.expire()
      timer = setTimeout(watch, Math.max(1, transaction.startedAt + TRANSACTION_LIFETIME_MS - this.wallClock()))
    }
    watch()
    await transaction.ended
    clearTimeout(timer)
  }

  /** The document's text as this transaction sees it. */
  view(transaction: Transaction, collection: Collection, id: Id): string | null {
    const key = documentKey(collection, id)
    const own = transaction.writes.get(key)
    if (own) return own.text
    const snapshot = (transaction.snapshot ??= this.version)
    const past = this.past.get(key)?.find(({ until }) => until >= snapshot)
    return past ? past.text : (collection.get(id)?.text ?? null)
  }

  /** Whether the document changed after the transaction's snapshot. */
  changedSince(transaction: Transaction, collection: Collection, id: Id): boolean {
    const { snapshot } = transaction
    return snapshot !== undefined && (this.past.get(documentKey(collection, id))?.some(({ until }) => until >= snapshot) ?? false)
  }

  /** Takes a change into the transaction, or throws a conflict: another one has written there, or somebody has since the snapshot. */
  write(transaction: Transaction, change: Change): void {
    const claims = claimsOf(change)
    if (this.holder(claims, transaction) || this.changedSince(transaction, change.collection, change.id)) throw transactionConflict()
    this.assertUnique(transaction, change)
    for (const claim of claims) this.claims.set(claim, transaction)
    transaction.writes.set(documentKey(change.collection, change.id), change)
  }

  /** Remembers how a document looked before a committed change, if any open transaction may still need to know. */
  changed(collection: Collection, id: Id, before: string | null): void {
    if ([...this.known.values()].some(({ snapshot, state }) => snapshot !== undefined && state === 'open')) {
      const key = documentKey(collection, id)
      const versions = this.past.get(key) ?? []
      versions.push({ until: this.version, text: before })
      this.past.set(key, versions)
    }
    this.version++
  }

  private assertUnique(transaction: Transaction, { collection, id, after }: Change): void {
    if (!after) return
    const own = [...transaction.writes.values()].filter((write) => write.collection === collection && write.id !== id)
    for (const index of collection.indexes) {
      if (!index.unique) continue
      for (const key of indexEntries(after, index).keys) {
        if (own.some((write) => write.after && indexEntries(write.after, index).keys.some((taken) => taken.equals(key)))) throw collection.duplicate(index, after)
        const holder = collection.holderId(index, key)
        if (holder === undefined || holder === id || own.some((write) => write.id === holder)) continue
        if (this.changedSince(transaction, collection, holder)) throw transactionConflict()
        throw collection.duplicate(index, after)
      }
    }
  }

  private release(transaction: Transaction): void {
    for (const [claim, holder] of this.claims) if (holder === transaction) this.claims.delete(claim)
    const snapshots = [...this.known.values()].flatMap(({ snapshot, state }) => (snapshot !== undefined && state === 'open' ? [snapshot] : []))
    const oldest = Math.min(...snapshots)
    if (snapshots.length === 0) this.past.clear()
    else for (const [key, versions] of this.past) {
      const needed = versions.filter(({ until }) => until >= oldest)
      if (needed.length === 0) this.past.delete(key)
      else this.past.set(key, needed)
    }
    transaction.end()
  }
}
