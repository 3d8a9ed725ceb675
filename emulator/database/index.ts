// The local cloud database: answers the `database.*` actions of the SDK's wire protocol from documents kept in SQLite.
// Here requests are read and replies written; reading.ts, writing.ts and transactions.ts do the work.
import { randomUUID } from 'node:crypto'
import { aggregate } from './aggregate'
import { DatabaseError, notSupported, requestFailed } from './errors'
import { project, readSort } from './query'
import { count, EVERYTHING, find, type Cost } from './reading'
import { Store, type Collection, type DatabaseConfig } from './store'
import { Transactions, type Transaction } from './transactions'
import { applyUpdate, assertUpdate } from './update'
import { ContentsReader, type Contents } from './contents'
import { decode, decodeStored, encode, isFields, type Document, type Fields } from './values'
import { Held, Writer } from './writing'

export { DatabaseError, transactionConflict } from './errors'
export type { DatabaseConfig } from './store'
export type { Document } from './values'

/** Documented: 100 documents unless asked otherwise, 1000 at most from a function. */
const DEFAULT_LIMIT = 100
const MOST_DOCUMENTS = 1000

export interface DatabaseOptions {
  /** Where the file lies; null keeps everything in memory, for tests. */
  dir: string | null
  /** `cloudfunctions/database.json`, parsed. */
  indexes: DatabaseConfig
  /** The demo clock in ms: what `serverDate` gives. */
  now: () => number
  /** Real time in ms: transactions expire by it. */
  wallClock: () => number
  /** A query that no index serves is an error. */
  strict: boolean
}

export interface Answer {
  /** The wire reply, request id included. */
  reply: { requestId: string; code?: string; message?: string } & Record<string, unknown>
  scanned: number
  returned: number
  ok: boolean
}

export interface Database {
  /** Answers one `database.*` request. Never rejects: an error is a reply with `code` and `message`. */
  handle(body: Record<string, unknown>): Promise<Answer>
  /** Every document of every collection, by id. */
  dump(): Record<string, Document[]>
  /** The same as JSON, of the collections named or of all. */
  contents(only?: readonly string[]): Record<string, Contents>
  /** Puts documents straight in, past transactions and limits. Creates the collection if need be. All or nothing. */
  insertMany(collection: string, documents: readonly Fields[]): void
  /** Back to the configured, empty collections; open transactions are gone. */
  reset(): void
  /** Ends open transactions as their thirty seconds do: those that a killed function left. */
  lapse(): void
  close(): void
  /** How often each collection has changed since the start. */
  changes(): Record<string, number>
}

type Body = Record<string, unknown>

/** Opens the database; creates its file, collections and indexes as the configuration says. */
export function openDatabase(options: DatabaseOptions): Database {
  const store = new Store(options.dir, options.indexes)
  let transactions = new Transactions(options.wallClock)
  let writer = new Writer(store, transactions)
  const reader = new ContentsReader(store)
  /** Another one after every opening and every reset: counts of changes begin anew there. */
  let run = randomUUID()
  const findCollection = (name: unknown): Collection => store.collection(name)
  const read = (text: unknown): unknown => decode(String(text), options.now())

  const actions: Record<string, (body: Body, cost: Cost) => Promise<Body> | Body> = {
    'database.getDocument': (body, cost) => {
      const collection = findCollection(body['collectionName'])
      const { limit, offset } = page(body)
      const transaction = transactionOf(body)
      const documents = transaction
        ? inTransaction(transaction, () => { const document = writer.current(collection, onlyId(body), transaction); return document ? [document] : [] })
        : find(collection, { filter: filterOf(body), sort: body['order'] ? readSort(read(body['order'])) : [], skip: offset, limit }, options.strict, cost).map(({ document }) => document)
      if (transaction) cost.scanned += documents.length
      cost.returned += documents.length
      const projection = body['projection'] ? read(body['projection']) : {}
      return { data: { list: project(documents, isFields(projection) ? projection : {}).map(encode), limit, offset } }
    },

    'database.calculateDocument': (body, cost) => {
      if (transactionOf(body)) throw outsideOnly()
      const total = count(findCollection(body['collectionName']), filterOf(body), options.strict, cost)
      cost.returned += total
      return { data: { total } }
    },

    'database.aggregateDocuments': (body, cost) => {
      const stages = Array.isArray(body['stages']) ? (body['stages'] as { stageKey: string; stageValue: string }[]) : []
      const pipeline = stages.map(({ stageKey, stageValue }) => ({ [stageKey]: read(stageValue) }))
      const results = aggregate(findCollection(body['collectionName']), pipeline, findCollection, options.strict, cost)
      cost.returned += results.length
      return { data: { list: results.map(encode) } }
    },

    'database.insertDocument': (body, cost) => writing(() => {
      const collection = findCollection(body['collectionName'])
      const documents = (Array.isArray(body['data']) ? body['data'] : [body['data']]).map((text) => fieldsOf(read(text), 'a document'))
      const transaction = transactionOf(body)
      const insertedIds = inTransaction(transaction, () => writer.insert(collection, documents, transaction))
      cost.returned += insertedIds.length
      return { data: { insertedIds } }
    }),

    'database.modifyDocument': (body, cost) => writing(() => {
      const collection = findCollection(body['collectionName'])
      const data = fieldsOf(read(body['data']), 'an update')
      const transaction = transactionOf(body)
      if (body['merge'] !== true) return inTransaction(transaction, () => replace(collection, body, data, transaction, cost))
      assertUpdate(data)
      if (body['upsert'] === true) throw notSupported('an update with upsert')
      const updated = inTransaction(transaction, () => {
        const documents = matched(collection, body, transaction, cost)
        cost.returned += documents.length
        return writer.change(collection, documents, (document) => applyUpdate(document, data), transaction)
      })
      return { data: { updated } }
    }),

    'database.removeDocument': (body, cost) => writing(() => {
      const collection = findCollection(body['collectionName'])
      const transaction = transactionOf(body)
      const deleted = inTransaction(transaction, () => writer.change(collection, matched(collection, body, transaction, cost), () => null, transaction))
      cost.returned += deleted
      return { data: { deleted } }
    }),

    'database.addCollection': (body) => {
      store.begin()
      store.create(String(body['collectionName']))
      return { data: {} }
    },

    'database.startTransaction': () => ({ transactionId: transactions.start().id }),
    'database.commitTransaction': (body) => {
      writer.commit(transactions.open(String(body['transactionId'])))
      return {}
    },
    'database.abortTransaction': (body) => {
      transactions.finish(String(body['transactionId']))
      return {}
    },
  }

  /** A plain write starts over, from its query, each time it met a document that a transaction holds. */
  async function writing(attempt: () => Body): Promise<Body> {
    for (;;) {
      try {
        return attempt()
      } catch (error) {
        if (!(error instanceof Held)) throw error
        await transactions.wait(error.transaction)
      }
    }
  }

  /** Any failed operation ends its transaction, as in MongoDB. */
  function inTransaction<T>(transaction: Transaction | undefined, operation: () => T): T {
    try {
      return operation()
    } catch (error) {
      if (transaction) transactions.abort(transaction)
      throw error
    }
  }

  function transactionOf(body: Body): Transaction | undefined {
    return body['transactionId'] === undefined ? undefined : transactions.open(String(body['transactionId']))
  }

  function filterOf(body: Body): Fields {
    return body['query'] ? fieldsOf(read(body['query']), 'a query') : {}
  }

  function onlyId(body: Body): Document['_id'] {
    const { _id: id, ...others } = filterOf(body)
    if (body['queryType'] !== 'DOC' || (typeof id !== 'string' && typeof id !== 'number') || Object.keys(others).length > 0) throw outsideOnly()
    return id
  }

  function matched(collection: Collection, body: Body, transaction: Transaction | undefined, cost: Cost): Document[] {
    if (transaction) {
      const document = writer.current(collection, onlyId(body), transaction)
      if (document) cost.scanned++
      return document ? [document] : []
    }
    const limit = body['multi'] === false ? 1 : EVERYTHING.limit
    return find(collection, { ...EVERYTHING, filter: filterOf(body), limit }, options.strict, cost).map(({ document }) => document)
  }

  /** `doc(id).set`: puts the whole document in place of what is there, or creates it. */
  function replace(collection: Collection, body: Body, data: Fields, transaction: Transaction | undefined, cost: Cost): Body {
    const id = onlyId(body)
    const document: Document = { _id: id, ...data }
    const existing = writer.current(collection, id, transaction)
    cost.returned++
    if (existing) {
      cost.scanned++
      writer.change(collection, [existing], () => document, transaction)
      return { data: { updated: 1 } }
    }
    if (body['upsert'] !== true) return { data: { updated: 0 } }
    writer.insert(collection, [document], transaction)
    return { data: { updated: 0, upsert_id: id } }
  }

  return {
    async handle(body) {
      const requestId = randomUUID()
      const cost: Cost = { scanned: 0, returned: 0 }
      try {
        transactions.expire()
        const action = actions[String(body['action'])]
        if (!action) throw notSupported(`the action ${String(body['action'])}`)
        const payload = await action(body, cost)
        await store.durable()
        return { reply: { requestId, ...payload }, ...cost, ok: true }
      } catch (error) {
        await store.durable() // a failed request may have written before it failed
        return { reply: { requestId, ...refusal(error) }, ...cost, ok: false }
      }
    },
    dump: () => Object.fromEntries(store.names().map((name) => [name, [...store.collection(name).scan()].map(({ text }) => decodeStored(text)).sort((a, b) => (String(a._id) < String(b._id) ? -1 : 1))])),
    contents: (only) => {
      const names = store.names()
      return Object.fromEntries((only ?? names).map((name) => [name, names.includes(name) ? reader.read(name, `${run} ${writer.changes[name] ?? 0}`) : { mark: 'none', text: '[]' }]))
    },
    insertMany(name, documents) {
      store.inOne(() => {
        store.create(name)
        for (const fields of documents) writer.load(store.collection(name), { _id: randomUUID().replaceAll('-', ''), ...fields })
      })
    },
    reset() {
      transactions.forgetAll()
      store.reset()
      transactions = new Transactions(options.wallClock)
      writer = new Writer(store, transactions)
      run = randomUUID()
    },
    lapse: () => transactions.forgetAll(),
    close: () => store.close(),
    changes: () => ({ ...writer.changes }),
  }
}

function refusal(error: unknown): { code: string; message: string } {
  if (error instanceof DatabaseError) return { code: error.code, message: error.message }
  return { code: 'SYS_ERR', message: error instanceof Error ? error.message : String(error) }
}

/** Text recorded from the SDK's side; the real cloud's is unverified. */
const outsideOnly = (): DatabaseError => requestFailed('only doc operations in transaction')

function fieldsOf(value: unknown, what: string): Fields {
  if (!isFields(value)) throw requestFailed(`${what} must be an object`)
  return value
}

function page(body: Body): { limit: number; offset: number } {
  const { limit = DEFAULT_LIMIT, offset = 0 } = body
  if (typeof limit !== 'number' || typeof offset !== 'number' || !Number.isInteger(limit) || !Number.isInteger(offset) || limit < 0 || offset < 0) throw requestFailed('limit and offset must be non-negative integers')
  return { limit: limit === 0 ? DEFAULT_LIMIT : Math.min(limit, MOST_DOCUMENTS), offset }
}
