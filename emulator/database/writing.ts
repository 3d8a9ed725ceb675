// Inserts, updates, replacements and removals: outside a transaction at once and atomically per document, waiting while
// a transaction holds the document; inside one into its own writes.
import { randomBytes } from 'node:crypto'
import { duplicateKey } from './errors'
import type { Collection, Row, Store } from './store'
import { claimsOf, type Change, type Transaction, type Transactions } from './transactions'
import { assertStorable, decodeStored, encode, type Document, type Fields, type Id } from './values'

/** Thrown by a plain write that met a document held by a transaction: the write starts over once that has ended. */
export class Held extends Error {
  constructor(readonly transaction: Transaction) {
    super('held by a transaction')
  }
}

const duplicateId = (collection: Collection, id: Id): Error => duplicateKey(collection.name, '_id_', `{ _id: ${JSON.stringify(id)} }`)

export class Writer {
  /** How often each collection has changed. */
  readonly changes: Record<string, number> = {}

  constructor(private readonly store: Store, private readonly transactions: Transactions) {}

  /** Inserts in order; like MongoDB, what came before a failing document stays. Returns the ids. */
  insert(collection: Collection, documents: Fields[], transaction: Transaction | undefined): Id[] {
    return this.apply(documents.map((fields) => (): Change => {
      // The cloud hands out ids of 32 hexadecimal digits.
      const document = '_id' in fields ? fields : { _id: randomBytes(16).toString('hex'), ...fields }
      const text = encode(document)
      assertStorable(document, text)
      if (this.current(collection, document._id, transaction) !== null) {
        throw duplicateId(collection, document._id)
      }
      return { collection, id: document._id, before: null, after: document, text }
    }), transaction).map(({ id }) => id)
  }

  /** Changes documents one after the other; `next` gives the document as it shall be, or null to remove it. Returns how many changed. */
  change(collection: Collection, documents: readonly Document[], next: (document: Document) => Fields | null, transaction: Transaction | undefined): number {
    return this.apply(documents.map((before) => (): Change => {
      const after = next(before)
      if (!after) return { collection, id: before._id, before, after: null, text: null }
      const text = encode(after)
      assertStorable(after, text)
      return { collection, id: before._id, before, after, text }
    }), transaction).filter(({ before, text }) => text === null || encode(before) !== text).length
  }

  /** One document as the caller sees it. */
  current(collection: Collection, id: Id, transaction: Transaction | undefined): Document | null {
    const text = transaction ? this.transactions.view(transaction, collection, id) : (collection.get(id)?.text ?? null)
    return text === null ? null : decodeStored(text)
  }

  /** Commits: all of a transaction's writes take effect at once. */
  commit(transaction: Transaction): void {
    const writes = [...transaction.writes.values()]
    this.transactions.forget(transaction) // its own snapshot needs no history from here on
    // Its unique keys were checked when they were written, and nobody could take them since.
    this.store.together(() => writes.forEach((change) => this.save(change, change.collection.get(change.id), true)))
  }

  /** Puts a document there without asking transactions; for loading many at once. */
  load(collection: Collection, document: Document): void {
    const text = encode(document)
    assertStorable(document, text)
    if (collection.get(document._id)) throw duplicateId(collection, document._id)
    collection.put(document, text, undefined)
    this.changes[collection.name] = (this.changes[collection.name] ?? 0) + 1
  }

  /** Works out every change first and asks for the documents; only then writes, so that a wait never repeats half of it. */
  private apply(steps: (() => Change)[], transaction: Transaction | undefined): Change[] {
    if (transaction) {
      return steps.map((step) => {
        const change = step()
        this.transactions.write(transaction, change)
        return change
      })
    }
    const ready: Change[] = []
    let failure: unknown
    for (const step of steps) {
      try {
        ready.push(step())
      } catch (error) {
        failure = error
        break
      }
    }
    const holder = this.transactions.holder(ready.flatMap(claimsOf))
    if (holder) throw new Held(holder)
    this.store.begin()
    for (const change of ready) {
      const row = change.collection.get(change.id)
      if (row && change.before === null) throw duplicateId(change.collection, change.id) // twice in one request
      this.save(change, row)
    }
    if (failure !== undefined) throw failure
    return ready
  }

  private save({ collection, id, after, text }: Change, row: Row | undefined, uniqueChecked = false): void {
    if (after && text !== null) {
      if (row?.text === text) return
      collection.put(after, text, row, uniqueChecked)
    } else if (row) collection.remove(row)
    else return
    this.transactions.changed(collection, id, row?.text ?? null)
    this.changes[collection.name] = (this.changes[collection.name] ?? 0) + 1
  }
}
