// What the database tests share: the database behind a small HTTP server, and the unmodified wx-server-sdk in front.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDatabase, type Answer, type Database, type DatabaseOptions } from '../../emulator/database'

/** Where the demo clock of these tests stands: 2026-03-02 09:00 in Shanghai. */
export const NOW = Date.UTC(2026, 2, 2, 1, 0, 0)

/** A database in memory with a demo clock and a wall clock that only the test moves. */
export function openTestDatabase(options: Partial<DatabaseOptions> = {}): { database: Database; wall: { ms: number } } {
  const wall = { ms: 1_000_000 }
  const database = openDatabase({ dir: null, indexes: { collections: {} }, now: () => NOW, wallClock: () => wall.ms, strict: false, ...options })
  return { database, wall }
}

export type Fields = Record<string, unknown>

/** What these tests use of the SDK. The types it ships with know neither transactions nor promises without callbacks. */
export interface CloudDocument {
  get(): Promise<{ data: Fields | null }>
  set(options: { data: Fields }): Promise<{ _id: string; stats: { updated: number; created: number } }>
  update(options: { data: Fields }): Promise<{ stats: { updated: number } }>
  remove(): Promise<{ stats: { removed: number } }>
  field(projection: Fields): CloudDocument
}
export interface CloudQuery {
  where(query: unknown): CloudQuery
  orderBy(path: string, direction: 'asc' | 'desc'): CloudQuery
  skip(count: number): CloudQuery
  limit(count: number): CloudQuery
  field(projection: Fields): CloudQuery
  get(): Promise<{ data: Fields[] }>
  count(): Promise<{ total: number }>
  update(options: { data: Fields }): Promise<{ stats: { updated: number } }>
  remove(): Promise<{ stats: { removed: number } }>
}
export interface CloudAggregate {
  match(query: unknown): CloudAggregate
  sort(order: Fields): CloudAggregate
  limit(count: number): CloudAggregate
  skip(count: number): CloudAggregate
  group(spec: Fields): CloudAggregate
  project(spec: Fields): CloudAggregate
  lookup(spec: Fields): CloudAggregate
  unwind(path: string): CloudAggregate
  count(name: string): CloudAggregate
  geoNear(spec: Fields): CloudAggregate
  end(): Promise<{ list: Fields[] }>
}
export interface CloudCollection extends CloudQuery {
  doc(id: string | number): CloudDocument
  add(options: { data: Fields | Fields[] }): Promise<{ _id?: string; _ids?: string[] }>
  aggregate(): CloudAggregate
}
export interface CloudTransaction {
  collection(name: string): CloudCollection
  commit(): Promise<unknown>
  rollback(reason?: unknown): Promise<unknown>
}
type Command = (...operands: unknown[]) => unknown
export interface CloudDatabase {
  command: Record<'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin' | 'and' | 'or' | 'nor' | 'not' | 'exists' | 'all' | 'elemMatch' | 'size' | 'mod'
  | 'set' | 'remove' | 'inc' | 'mul' | 'min' | 'max' | 'push' | 'pop' | 'shift' | 'unshift' | 'pull' | 'pullAll' | 'addToSet' | 'rename' | 'geoNear' | 'expr', Command>
  & { aggregate: Record<'sum' | 'push' | 'first' | 'eq' | 'dateToString', Command> }
  collection(name: string): CloudCollection
  createCollection(name: string): Promise<unknown>
  serverDate(options?: { offset: number }): unknown
  RegExp(options: { regexp: string; options?: string }): unknown
  Geo: { Point: new (longitude: number, latitude: number) => unknown }
  startTransaction(): Promise<CloudTransaction>
  runTransaction<T>(run: (transaction: CloudTransaction) => Promise<T>, times?: number): Promise<T>
}

/** The error a call fails with; fails itself if the call succeeds. */
export async function failure(call: Promise<unknown>): Promise<{ errCode?: number; errMsg?: string; code?: string; message: string }> {
  try {
    await call
  } catch (error) {
    return error as { message: string }
  }
  throw new Error('the call was expected to fail')
}

export interface Served {
  /** The unmodified SDK's database. */
  db: CloudDatabase
  open: (options?: { throwOnNotFound: boolean }) => CloudDatabase
  /** The SDK's requests and the database's answers, in order. */
  traffic: { body: Record<string, unknown>; answer: Answer }[]
  /** The last answer: what it cost. */
  last: () => Answer
  stop: () => Promise<void>
}

/** Serves a database at /admin and points the SDK at it, by environment variables alone. */
export async function serve(current: () => Pick<Database, 'handle'>): Promise<Served> {
  const traffic: Served['traffic'] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (piece: Buffer) => { text += piece.toString() })
    request.on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>
      void current().handle(body).then((answer) => {
        traffic.push({ body, answer })
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(answer.reply))
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  Object.assign(process.env, {
    TENCENTCLOUD_RUNENV: 'SCF', SCF_NAMESPACE: 'demo-test', TCB_ENV: 'demo-test', TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: 'x', TENCENTCLOUD_SECRETKEY: 'y', TCB_CONTEXT_CNFG: JSON.stringify({ URL: `http://127.0.0.1:${port}/admin` }),
    WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID', WX_OPENID: 'demo_tester', WX_APPID: 'wx_demo_app', TCB_SOURCE: 'wx_client',
  })
  const cloud = await import('wx-server-sdk')
  cloud.init({ env: 'demo-test' })
  const open = cloud.database.bind(cloud) as unknown as Served['open']
  return {
    db: open(),
    open,
    traffic,
    last: () => {
      const entry = traffic[traffic.length - 1]
      if (!entry) throw new Error('no request yet')
      return entry.answer
    },
    stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }),
  }
}
