// A process for the durability test to kill: writes without pause and prints each write after it was acknowledged.
// Arguments: the folder of the database, and a prefix for the ids of this run.
import { openDatabase } from '../../emulator/database'
import { DURABLE } from './database-durable'

const [, , dir = '', prefix = ''] = process.argv
const database = openDatabase({ dir, indexes: DURABLE, now: () => 0, wallClock: () => 0, strict: true })

async function ask(body: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { reply, ok } = await database.handle(body)
  if (!ok && reply.code !== 'DATABASE_TRANSACTION_CONFLICT') throw new Error(reply.message)
  return reply
}

const increase = (id: string, by: number, transactionId: unknown): Record<string, unknown> => ({
  action: 'database.modifyDocument', collectionName: 'accounts', transactionId, queryType: 'DOC', multi: false, merge: true,
  query: JSON.stringify({ _id: id }), data: JSON.stringify({ $inc: { n: by } }),
})

async function write(lane: number): Promise<void> {
  for (let n = 0; ; n++) {
    const id = `${prefix}-${lane}-${n}`
    await ask({ action: 'database.insertDocument', collectionName: 'entries', data: [JSON.stringify({ _id: id, lane, n, code: id })] })
    process.stdout.write(`${id}\n`)
    // One unit from a to b, in two documents and one transaction: their sum stays what it was.
    const { transactionId } = await ask({ action: 'database.startTransaction' })
    let conflict = (await ask(increase('a', -1, transactionId)))['code'] !== undefined
    if (!conflict) conflict = (await ask(increase('b', 1, transactionId)))['code'] !== undefined
    await ask({ action: conflict ? 'database.abortTransaction' : 'database.commitTransaction', transactionId })
  }
}

void Promise.all([0, 1, 2, 3].map(write))
