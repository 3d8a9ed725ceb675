// Transactions as a cloud function sees them, through the unmodified SDK: snapshots, conflicts, waiting, expiry.
// Traps 1 and 2 of the SDK are held here.
import { transactionConflict, type Answer, type Database } from '../../emulator/database'
import { failure, openTestDatabase, serve, type CloudDatabase, type CloudTransaction, type Fields, type Served } from './database-support'

const INDEXES = { collections: { accounts: { rule: 'ADMINONLY', indexes: [{ name: 'code', keys: [['code', 1]], unique: true }] } } } as const
const CONFLICT = /\[ResourceUnavailable\.TransactionConflict\] Transaction is conflict, maybe resource operated by others/
const GONE = /\[ResourceUnavailable\.TransactionNotExist\].*transaction must be commit or abort in 30 seconds/

let database: Database
let wall: { ms: number }
/** Lets a test stand between the SDK and the database. */
let intercept: ((body: Record<string, unknown>) => Promise<Answer> | undefined) | undefined
let served: Served
let db: CloudDatabase
let _: CloudDatabase['command']

beforeAll(async () => {
  served = await serve(() => ({ handle: (body) => intercept?.(body) ?? database.handle(body) }))
  db = served.db
  _ = db.command
})
afterAll(() => served.stop())
beforeEach(async () => {
  ;({ database, wall } = openTestDatabase({ indexes: INDEXES }))
  intercept = undefined
  await db.collection('accounts').add({ data: [{ _id: 'a', n: 1, code: 'A' }, { _id: 'b', n: 10, code: 'B' }] })
})
afterEach(() => database.close())

const accounts = (within: CloudDatabase | CloudTransaction = db): ReturnType<CloudDatabase['collection']> => within.collection('accounts')
const read = async (id: string, within: CloudDatabase | CloudTransaction = db): Promise<Fields | null> => (await accounts(within).doc(id).get()).data
const increase = (id: string, by: number, within: CloudDatabase | CloudTransaction = db): Promise<unknown> => accounts(within).doc(id).update({ data: { n: _.inc(by) } })

/** Resolves once the database has been asked `count` more times, though it may not have answered. */
function asked(count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count
    intercept = () => {
      if (--left === 0) setImmediate(resolve)
      return undefined
    }
  })
}

describe('a transaction', () => {
  test('moves between two documents, all or nothing', async () => {
    await db.runTransaction(async (transaction) => {
      await increase('a', -1, transaction)
      await increase('b', 1, transaction)
    })
    expect([await read('a'), await read('b')]).toMatchObject([{ n: 0 }, { n: 11 }])

    const broken = db.runTransaction(async (transaction) => {
      await increase('a', -1, transaction)
      await accounts(transaction).add({ data: { _id: 'c', code: 'C' } })
      await accounts(transaction).doc('b').remove()
      await transaction.rollback('changed my mind')
    })
    expect(await failure(broken)).toBe('changed my mind')
    expect(database.dump()['accounts']).toMatchObject([{ _id: 'a', n: 0 }, { _id: 'b', n: 11 }])
  })

  test('sees its own writes, and nobody else sees them before the commit', async () => {
    const transaction = await db.startTransaction()
    await accounts(transaction).add({ data: { _id: 'c', n: 5, code: 'C' } })
    await increase('c', 1, transaction)
    await accounts(transaction).doc('a').set({ data: { n: 100, code: 'A' } })
    await accounts(transaction).doc('b').remove()
    expect([await read('c', transaction), await read('a', transaction)]).toMatchObject([{ n: 6 }, { n: 100 }])
    expect(await failure(read('b', transaction))).toMatchObject({ message: expect.stringContaining('does not exist') as string })
    expect((await accounts().get()).data).toMatchObject([{ _id: 'a', n: 1 }, { _id: 'b', n: 10 }])
    await transaction.commit()
    expect(database.dump()['accounts']).toMatchObject([{ _id: 'a', n: 100 }, { _id: 'c', n: 6 }])
  })

  test('keeps seeing the database as it was at its first operation', async () => {
    const transaction = await db.startTransaction()
    expect(await read('a', transaction)).toMatchObject({ n: 1 })
    await increase('a', 1)
    await increase('b', 1)
    await increase('b', 1)
    await accounts().doc('b').remove()
    await accounts().add({ data: { _id: 'new', code: 'N' } })
    expect([await read('a', transaction), await read('b', transaction)]).toMatchObject([{ n: 1 }, { n: 10 }])
    expect((await failure(read('new', transaction))).message).toMatch(/does not exist/)
    await transaction.commit()
    expect(await read('a')).toMatchObject({ n: 2 })
  })

  test('a set says created 0, whether or not it creates (trap 4)', async () => {
    await db.runTransaction(async (transaction) => {
      expect((await accounts(transaction).doc('fresh').set({ data: { code: 'F' } })).stats).toMatchObject({ created: 0 })
    })
    expect(await read('fresh')).toEqual({ _id: 'fresh', code: 'F' })
  })

  test('knows single documents only: a query in it is an error', async () => {
    const transaction = await db.startTransaction()
    expect((await failure(accounts(transaction).where({ n: 1 }).get())).message).toMatch(/only doc operations in transaction/)
    await transaction.rollback()
  })

  test('where().update(), remove() and count() on it run outside, and survive the rollback (trap 1)', async () => {
    const transaction = await db.startTransaction()
    await accounts(transaction).where({ _id: 'a' }).update({ data: { n: 77 } })
    expect((await accounts(transaction).where({ n: 77 }).count()).total).toBe(1)
    await accounts(transaction).where({ _id: 'b' }).remove()
    await transaction.rollback()
    expect(database.dump()['accounts']).toMatchObject([{ _id: 'a', n: 77 }])
  })

  test('is gone after its end', async () => {
    const transaction = await db.startTransaction()
    await transaction.commit()
    expect((await failure(read('a', transaction))).message).toMatch(GONE)
    expect((await failure(transaction.commit())).message).toMatch(GONE)
  })
})

describe('a conflict', () => {
  test('with another transaction that has written the document comes at once; the first goes on', async () => {
    const [first, second] = [await db.startTransaction(), await db.startTransaction()]
    await increase('a', 1, first)
    const error = await failure(increase('a', 5, second))
    expect(error.message).toMatch(CONFLICT)
    expect(error.errCode).toBe(-501001)
    await first.commit()
    await second.rollback()
    expect(await read('a')).toMatchObject({ n: 2 })
  })

  test('comes when somebody changed the document after the snapshot', async () => {
    const transaction = await db.startTransaction()
    await read('a', transaction)
    await increase('a', 1)
    expect((await failure(increase('a', 1, transaction))).message).toMatch(CONFLICT)
    expect(await read('a')).toMatchObject({ n: 2 })
  })

  test('comes when both insert the same id or the same unique key', async () => {
    const [first, second, third] = [await db.startTransaction(), await db.startTransaction(), await db.startTransaction()]
    await accounts(first).add({ data: { _id: 'c', code: 'C' } })
    expect((await failure(accounts(second).add({ data: { _id: 'c', code: 'D' } }))).message).toMatch(CONFLICT)
    expect((await failure(accounts(third).add({ data: { _id: 'e', code: 'C' } }))).message).toMatch(CONFLICT)
    await first.commit()
    expect(await read('c')).toMatchObject({ code: 'C' })
  })

  test('does not come from reading, nor from writing different documents', async () => {
    const [first, second] = [await db.startTransaction(), await db.startTransaction()]
    await read('b', first)
    await increase('a', 1, first)
    await read('a', second)
    await increase('b', 1, second)
    await first.commit()
    await second.commit()
    expect([await read('a'), await read('b')]).toMatchObject([{ n: 2 }, { n: 11 }])
  })

  test('leaves a transaction that answers nothing but its rollback', async () => {
    const [first, second] = [await db.startTransaction(), await db.startTransaction()]
    await increase('a', 1, first)
    await increase('b', 1, second)
    await failure(increase('a', 1, second))
    expect((await failure(read('b', second))).message).toMatch(GONE)
    await increase('b', 5) // its hold on b is gone too
    await second.rollback()
    await first.commit()
    expect(await read('b')).toMatchObject({ n: 15 })
  })

  test('on a document operation is not retried by runTransaction (trap 2)', async () => {
    const holder = await db.startTransaction()
    await increase('a', 1, holder)
    let runs = 0
    const error = await failure(db.runTransaction(async (transaction) => {
      runs++
      await increase('a', 1, transaction)
    }))
    expect(error.message).toMatch(CONFLICT)
    expect(runs).toBe(1)
    await holder.rollback()
  })

  test('reported by commit is retried by runTransaction, and given up after its attempts', async () => {
    let failures = 2
    intercept = (body) => {
      if (body['action'] !== 'database.commitTransaction' || failures-- <= 0) return undefined
      const { code, message } = transactionConflict()
      return Promise.resolve({ reply: { requestId: 'r', code, message }, scanned: 0, returned: 0, ok: false })
    }
    let runs = 0
    // A transaction whose commit was refused is still open: its hold must not stand in the next attempt's way.
    const run = (): Promise<unknown> => db.runTransaction(async (transaction) => {
      runs++
      await read('a', transaction)
    })
    await run()
    expect(runs).toBe(3)
    runs = 0
    failures = 100
    expect((await failure(run())).message).toMatch(CONFLICT)
    expect(runs).toBe(ATTEMPTS)
  })
})

/** One and three retries: what `runTransaction` of wx-server-sdk 4.0.2 makes of `times = 3`. */
const ATTEMPTS = 4

describe('a plain write', () => {
  test('waits while a transaction holds its document, then works on what that left', async () => {
    const transaction = await db.startTransaction()
    await increase('a', 1, transaction)
    const reached = asked(1)
    let done = false
    const waiting = increase('a', 10).then(() => { done = true })
    await reached
    await read('b') // a whole round trip later
    expect(done).toBe(false)
    await transaction.commit()
    await waiting
    expect(await read('a')).toMatchObject({ n: 12 })
  })

  test('evaluates its condition again after the wait', async () => {
    const transaction = await db.startTransaction()
    await accounts(transaction).doc('a').update({ data: { n: 0 } })
    const reached = asked(1)
    const waiting = accounts().where({ _id: 'a', n: _.gt(0) }).update({ data: { n: _.inc(-1) } })
    await reached
    await transaction.commit()
    expect((await waiting).stats.updated).toBe(0)
    expect(await read('a')).toMatchObject({ n: 0 })
  })

  test('of the same new id waits, and is a duplicate if the transaction commits', async () => {
    const transaction = await db.startTransaction()
    await accounts(transaction).add({ data: { _id: 'c', code: 'C' } })
    const reached = asked(2)
    const sameId = failure(accounts().add({ data: { _id: 'c', code: 'X' } }))
    const sameCode = failure(accounts().add({ data: { _id: 'y', code: 'C' } }))
    await reached
    await transaction.commit()
    expect((await sameId).message).toMatch(/E11000.*_id_/)
    expect((await sameCode).message).toMatch(/E11000.*code/)
  })

  test('to many documents waits for all of them and changes each once', async () => {
    const transaction = await db.startTransaction()
    await increase('b', 1, transaction)
    const reached = asked(1)
    const waiting = accounts().where({ n: _.gt(0) }).update({ data: { n: _.inc(100) } })
    await reached
    await transaction.rollback()
    expect((await waiting).stats.updated).toBe(2)
    expect([await read('a'), await read('b')]).toMatchObject([{ n: 101 }, { n: 110 }])
  })
})

describe('after thirty seconds of real time', () => {
  test('a transaction is gone, its writes with it', async () => {
    const transaction = await db.startTransaction()
    await increase('a', 1, transaction)
    wall.ms += 29_999
    await increase('b', 1, transaction)
    wall.ms += 1
    expect((await failure(increase('b', 1, transaction))).message).toMatch(GONE)
    expect((await failure(transaction.commit())).message).toMatch(GONE)
    expect([await read('a'), await read('b')]).toMatchObject([{ n: 1 }, { n: 10 }])
  })

  test('whoever waited for it goes on', async () => {
    const transaction = await db.startTransaction()
    await increase('a', 1, transaction)
    const reached = asked(1)
    const waiting = increase('a', 10)
    await reached
    wall.ms += 30_000
    await read('b') // any request notices
    await waiting
    expect(await read('a')).toMatchObject({ n: 11 })
  })

  test('a restart of the store ends every transaction', async () => {
    const transaction = await db.startTransaction()
    await increase('a', 1, transaction)
    database.reset()
    expect((await failure(transaction.commit())).message).toMatch(GONE)
    expect(database.dump()['accounts']).toEqual([])
  })
})

test('twenty transactions on one document: every success is there, every other one is told of the conflict', async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => db.runTransaction(async (transaction) => {
    const account = await read('a', transaction)
    await accounts(transaction).doc('a').update({ data: { n: Number(account?.['n']) + 1 } })
  })))
  const [won, lost] = [results.filter(({ status }) => status === 'fulfilled'), results.flatMap((result) => (result.status === 'rejected' ? [String((result.reason as Error).message)] : []))]
  expect(won.length).toBeGreaterThan(0)
  for (const message of lost) expect(message).toMatch(CONFLICT)
  expect(await read('a')).toMatchObject({ n: 1 + won.length })
})

test('a unique key given up and taken within one transaction', async () => {
  await db.runTransaction(async (transaction) => {
    await accounts(transaction).doc('a').update({ data: { code: 'free' } })
    await accounts(transaction).doc('b').update({ data: { code: 'A' } })
    await accounts(transaction).doc('a').update({ data: { code: 'B' } })
  })
  expect(database.dump()['accounts']).toMatchObject([{ _id: 'a', code: 'B' }, { _id: 'b', code: 'A' }])
  expect((await accounts().where({ code: 'A' }).get()).data).toMatchObject([{ _id: 'b' }])
  const taken = db.runTransaction((transaction) => accounts(transaction).doc('a').update({ data: { code: 'A' } }))
  expect((await failure(taken)).message).toMatch(/E11000/)
})
