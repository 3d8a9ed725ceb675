// What was acknowledged is there after `kill -9`, and what was written together is there together.
// Also: what a database finds when it is opened again, with the same indexes or with others.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openDatabase, type Database, type DatabaseOptions } from '../../emulator/database'
import { DURABLE } from './database-durable'
import { NOW } from './database-support'

let dir: string
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'leling-database-')) })
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = (indexes: DatabaseOptions['indexes'] = DURABLE): Database => openDatabase({ dir, indexes, now: () => NOW, wallClock: () => NOW, strict: true })

async function list(database: Database, query: Record<string, unknown>): Promise<unknown[]> {
  const { reply } = await database.handle({ action: 'database.getDocument', queryType: 'WHERE', limit: 1000, ...query })
  if (reply.code) throw new Error(reply.message)
  return (reply['data'] as { list: string[] }).list.map((text) => (JSON.parse(text) as { _id: unknown })._id)
}

/** Lets the writer acknowledge so many inserts, kills it without warning, and gives what it acknowledged. */
function writeAndKill(prefix: string, acknowledgements: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'database-writer.ts'), dir, prefix], { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    acknowledged.push(line)
    if (acknowledged.length === acknowledgements) child.kill('SIGKILL')
  })
  return new Promise((resolve, reject) => {
    child.on('close', (_code, signal) => (signal === 'SIGKILL' || process.platform === 'win32' ? resolve(acknowledged) : reject(new Error('the writer ended by itself'))))
  })
}

test('kill -9 during writes loses nothing acknowledged and tears nothing apart', async () => {
  let database = open()
  database.insertMany('accounts', [{ _id: 'a', n: 1000 }, { _id: 'b', n: 0 }])
  database.close()
  const acknowledged: string[] = []
  for (const [round, count] of [37, 250, 611].entries()) {
    acknowledged.push(...(await writeAndKill(`r${round}`, count)))
    database = open()
    const { entries = [], accounts = [] } = database.dump()
    const there = new Set(entries.map(({ _id: id }) => id))
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
    expect(accounts.reduce((sum, { n }) => sum + Number(n), 0)).toBe(1000)
    expect(Number(accounts[1]?.['n'])).toBeGreaterThan(0)
    // Every index agrees with the documents.
    for (const lane of [0, 1, 2, 3]) {
      const { reply } = await database.handle({ action: 'database.calculateDocument', collectionName: 'entries', query: JSON.stringify({ lane }) })
      expect(reply['data']).toEqual({ total: entries.filter((entry) => entry['lane'] === lane).length })
    }
    expect(await list(database, { collectionName: 'entries', query: JSON.stringify({ code: acknowledged[acknowledged.length - 1] }) })).toEqual([acknowledged[acknowledged.length - 1]])
    database.close()
  }
})

describe('a database opened again', () => {
  const document = { _id: 'x', lane: 1, n: 1, code: 'c', at: new Date(NOW), tags: ['p', 'q'] }
  const tagged = (unique = false): DatabaseOptions['indexes'] => ({ collections: { entries: { indexes: [{ name: 'tags', keys: [['tags', 1]], unique }] } } })

  test('has its documents, its collections and its changes', () => {
    let database = open()
    database.insertMany('entries', [document])
    database.insertMany('extra', [{ _id: 1 }])
    database.close()
    database = open()
    expect(database.dump()).toEqual({ accounts: [], entries: [document], extra: [{ _id: 1 }] })
    database.reset()
    expect(database.dump()).toEqual({ accounts: [], entries: [] })
    database.insertMany('entries', [document])
    expect(database.dump()).toEqual({ accounts: [], entries: [document] })
    database.close()
  })

  test('takes up a new index for what is there already, and drops one that is no longer declared', async () => {
    let database = open()
    database.insertMany('entries', [document, { ...document, _id: 'y', code: 'd', tags: ['q'] }])
    database.close()
    database = open(tagged())
    expect(await list(database, { collectionName: 'entries', query: '{"tags":"q"}' })).toEqual(['x', 'y'])
    await expect(list(database, { collectionName: 'entries', query: '{"lane":1}' })).rejects.toThrow(/no index of "entries"/)
    database.close()
    database = open(tagged()) // remembers that tags are arrays: two bounds may be met by two elements
    expect(await list(database, { collectionName: 'entries', query: '{"tags":{"$gt":"p","$lt":"q"}}' })).toEqual(['x'])
    database.close()
  })

  test('does not open with a unique index that its documents break', () => {
    const database = open()
    database.insertMany('entries', [document, { ...document, _id: 'y', code: 'd' }])
    database.close()
    expect(() => open(tagged(true))).toThrow(/E11000 duplicate key error collection: entries index: tags/)
    const again = open()
    expect(again.dump()['entries']).toHaveLength(2)
    again.close()
  })

  test('holds 100,000 documents and still reads one by looking at one', async () => {
    const database = open()
    for (let from = 0; from < 100_000; from += 10_000) {
      database.insertMany('entries', Array.from({ length: 10_000 }, (_element, n) => ({ _id: `e${from + n}`, lane: (from + n) % 1000, n: from + n, code: `c${from + n}` })))
    }
    const byId = await database.handle({ action: 'database.getDocument', collectionName: 'entries', queryType: 'DOC', query: '{"_id":"e77777"}' })
    const newest = await database.handle({ action: 'database.getDocument', collectionName: 'entries', queryType: 'WHERE', query: '{"lane":777}', order: '{"n":-1}', limit: 1 })
    expect([byId.scanned, newest.scanned]).toEqual([1, 1])
    expect(newest.reply['data']).toMatchObject({ list: [expect.stringContaining('"e99777"') as string] })
    database.close()
  })
})
