// What the database tests share: the database behind a small HTTP server, and the unmodified wx-server-sdk in front.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type * as sdk from 'wx-server-sdk'
import { openDatabase, type Answer, type Database, type DatabaseOptions } from '../../emulator/database'

/** Where the demo clock of these tests stands: 2026-03-02 09:00 in Shanghai. */
export const NOW = Date.UTC(2026, 2, 2, 1, 0, 0)

/** A database in memory with a demo clock and a wall clock that only the test moves. */
export function openTestDatabase(options: Partial<DatabaseOptions> = {}): { database: Database; wall: { ms: number } } {
  const wall = { ms: 1_000_000 }
  const database = openDatabase({ dir: null, indexes: { collections: {} }, now: () => NOW, wallClock: () => wall.ms, strict: false, ...options })
  return { database, wall }
}

/** The SDK as a cloud function sees it. Its types come with the package; its environment is set in `serve`. */
export type Sdk = typeof sdk

export interface Served {
  cloud: Sdk
  /** The SDK's requests and the database's answers, in order. */
  traffic: { body: Record<string, unknown>; answer: Answer }[]
  /** The last answer: what it cost. */
  last: () => Answer
  stop: () => Promise<void>
}

/** Serves a database at /admin and points the SDK at it, by environment variables alone. */
export async function serve(current: () => Database): Promise<Served> {
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
  const cloud = (await import('wx-server-sdk')) as Sdk
  cloud.init({ env: 'demo-test' })
  return {
    cloud,
    traffic,
    last: () => {
      const entry = traffic[traffic.length - 1]
      if (!entry) throw new Error('no request yet')
      return entry.answer
    },
    stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }),
  }
}
