// Starts an emulator as a process of its own and speaks to it. Used by tests, demo data, benchmarks and `npm start`.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildEmulator } from './build'
import type { FaultPlan } from './faults'
import type { LogLine, MeterRow } from './meter'
import { repositoryRoot } from './options'
import type { Firing } from './timers'
import type { SentMessage, WeChatAccount } from './wechat'

export type { FaultPlan, Firing, LogLine, MeterRow, SentMessage, WeChatAccount }

/** How to start an emulator; left out means the same as for main.ts, but any free port and a folder of its own. */
export interface StartOptions {
  readonly port?: number
  /** Data folder; left out: a temporary one that is removed at the end. */
  readonly data?: string
  readonly env?: string
  readonly functions?: string
  readonly database?: string
  readonly templates?: string
  readonly app?: string
  readonly withStage?: boolean
  readonly isStrict?: boolean
  readonly isFresh?: boolean
  /** Data to begin from, where there is none yet. */
  readonly from?: string
  readonly isFollowing?: boolean
  readonly isWatching?: boolean
  readonly maxInstances?: number
  readonly seed?: string
  /** Demo time at the start, in ms. */
  readonly now?: number
  /** Where the process's own messages go; default: this process's stderr. */
  readonly onMessage?: (line: string) => void
}

/** What a phone gets from cloud.callFunction. */
export interface CallAnswer<T = unknown> {
  readonly errMsg: string
  readonly errCode?: number
  readonly requestID: string
  readonly result?: T
}

/** What a function gave back, or how it failed. */
export type Invoked<T = unknown> =
  | { readonly ok: true; readonly result: T; readonly requestId: string }
  | { readonly ok: false; readonly errCode: number; readonly errMsg: string; readonly requestId: string }

export interface ClockReading {
  /** Demo time in ms. */
  readonly now: number
  readonly offsetMs: number
  readonly isFollowing: boolean
}

/** Everything the stage shows. */
export interface EmulatorState {
  readonly env: string
  readonly clock: ClockReading
  readonly latest: number
  readonly calls: readonly MeterRow[]
  readonly outbox: readonly SentMessage[]
  readonly accounts: readonly WeChatAccount[]
  readonly changes: unknown
  readonly functions: readonly { name: string; instances: number; busy: number; queued: number; timeout: number; memorySize: number; coldStartsMs: number[] }[]
  readonly triggers: readonly { function: string; trigger: string; config: string; nextAt?: number }[]
  readonly faults: { readonly plan: FaultPlan; readonly counts: Record<string, number> }
}

/** Thrown when the emulator refuses a request: its sentence and status. */
export class EmulatorRefusal extends Error {
  constructor(readonly status: number, message: string) {
    super(message)
  }
}

/** A running emulator. */
export interface ConnectedEmulator {
  /** Its address; stays the same over a restart. */
  readonly url: string
  readonly data: string
  /** Calls a function as a phone does. Never throws for what the function did. */
  call: <T = unknown>(openid: string, data: object, name?: string) => Promise<CallAnswer<T>>
  /** Runs a function with any caller: tests of calls without identity or from another source. */
  invoke: <T = unknown>(name: string, event: unknown, context?: { openid?: string; unionid?: string; source?: string }) => Promise<Invoked<T>>
  /** Runs a declared timer trigger now. */
  fire: <T = unknown>(name: string, trigger: string) => Promise<Invoked<T>>
  login: (openid: string) => Promise<string>
  phoneCode: (openid: string) => Promise<string>
  subscribe: (openid: string, templateIds: readonly string[], accept?: boolean | Record<string, boolean>) => Promise<Record<string, 'accept' | 'reject'>>
  /** Puts bytes under a path of the cloud's storage, as a phone does. @returns the file's id */
  upload: (openid: string, path: string, bytes: Uint8Array) => Promise<string>
  saveAccount: (account: WeChatAccount) => Promise<void>
  accounts: () => Promise<WeChatAccount[]>
  clock: () => Promise<ClockReading>
  advance: (ms: number) => Promise<ClockReading & { fired: Firing[] }>
  /** Moves demo time ahead as `advance` does while no timer fires; what fell due fires at the next move. */
  pass: (ms: number) => Promise<ClockReading>
  /** The same, to a moment. */
  passTo: (at: number) => Promise<ClockReading>
  moveTo: (at: number, force?: boolean) => Promise<ClockReading & { fired: Firing[] }>
  follow: (isFollowing: boolean) => Promise<ClockReading>
  state: (since?: number) => Promise<EmulatorState>
  /** How often each collection was written since the start: whether anything was written between two moments, without reading it all. */
  changes: () => Promise<Record<string, number>>
  /** Documents of all collections, or of those named; to be read, not changed: the next dump may hold the same ones. */
  dump: (only?: readonly string[]) => Promise<Record<string, Record<string, unknown>[]>>
  insert: (collection: string, docs: readonly object[]) => Promise<void>
  outbox: (since?: number) => Promise<SentMessage[]>
  calls: (since?: number) => Promise<{ latest: number; rows: MeterRow[] }>
  logs: (requestId: string) => Promise<LogLine[]>
  faults: (plan: FaultPlan) => Promise<{ plan: FaultPlan; counts: Record<string, number> }>
  faultReport: () => Promise<{ plan: FaultPlan; counts: Record<string, number> }>
  /** Ends open transactions as their thirty seconds of real time do, so that nobody waits for what a killed function left. */
  lapse: () => Promise<void>
  /** Ends idle instances, so that the next call is a cold one. */
  recycle: (name?: string) => Promise<void>
  /** Forgets documents, files and what WeChat knew. */
  reset: () => Promise<void>
  /** Begins anew with a copy of the data in a folder, the clock at `now` (ms). */
  restore: (from: string, now: number) => Promise<void>
  /** Tells open pages to load again (with `isWatching`). */
  reloadPages: () => Promise<void>
}

/** An emulator in a process of its own, started by whoever holds this. */
export interface EmulatorClient extends ConnectedEmulator {
  /** Asks the process to end and waits for it; removes a temporary data folder. */
  stop: () => Promise<void>
  /** Kills the process as a power cut would (SIGKILL). */
  kill: () => Promise<void>
  /** Starts again on the same data and port. */
  restart: () => Promise<void>
  /** Resolves when the process has ended, with its exit code. */
  readonly ended: Promise<number | null>
}

interface Started {
  readonly child: ChildProcess
  readonly url: string
  readonly ended: Promise<number | null>
}

function flags(options: StartOptions, data: string, port: number): string[] {
  const flag = (name: string, value: string | number | undefined): string[] => (value === undefined ? [] : [`--${name}`, String(value)])
  const toggle = (name: string, isOn: boolean | undefined): string[] => (isOn === true ? [`--${name}`] : [])
  return [
    ...flag('port', port), ...flag('data', data), ...flag('env', options.env), ...flag('functions', options.functions),
    ...flag('database', options.database), ...flag('templates', options.templates), ...flag('app', options.app), ...flag('from', options.from),
    ...flag('max-instances', options.maxInstances), ...flag('seed', options.seed), ...flag('now', options.now),
    ...toggle('stage', options.withStage), ...toggle('strict', options.isStrict), ...toggle('fresh', options.isFresh),
    ...toggle('follow', options.isFollowing), ...toggle('watch', options.isWatching),
  ]
}

async function launch(entry: string, argv: string[], onMessage: (line: string) => void): Promise<Started> {
  // Many emulators share few cores: collectors of their own threads would only take them from each other. A new heap grows
  // step by step, with a collection at each; what an instance loads fills it at once. An instance lives for some hundred
  // calls: it is optimized soon, and without large functions, or never gets back what that costs (a sixth of all in tests).
  const child = spawn(process.execPath, [
    '--enable-source-maps', '--single-threaded-gc', '--min-semi-space-size=16', '--max-semi-space-size=64',
    '--interrupt-budget=22000', '--ticks-before-optimization=2', '--max-inlined-bytecode-size-cumulative=300', '--max-inlined-bytecode-size=120', entry, ...argv,
  ], {
    cwd: repositoryRoot(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, TZ: 'UTC', NODE_OPTIONS: '' },
  })
  const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
  const messages: string[] = []
  if (!child.stdout || !child.stderr) throw new Error('the emulator was started without pipes')
  createInterface(child.stderr).on('line', line => {
    messages.push(line)
    onMessage(line)
  })
  const ready = new Promise<string>(resolve => {
    createInterface(child.stdout as NodeJS.ReadableStream).on('line', line => {
      const url = readyUrl(line)
      if (url === undefined) onMessage(line)
      else resolve(url)
    })
  })
  const url = await Promise.race([ready, ended.then(() => undefined)])
  if (url === undefined) throw new Error(messages.join('\n') || 'the emulator ended before it was ready')
  return { child, url, ended }
}

/** Closing the channel asks the process to end; this works on every platform, signals do not. */
function askToEnd(child: ChildProcess): void {
  if (child.connected) child.disconnect()
}

function readyUrl(line: string): string | undefined {
  try {
    const { ready, url } = JSON.parse(line) as { ready?: boolean; url?: string }
    return ready === true ? url : undefined
  } catch {
    return undefined
  }
}

interface Dumped {
  readonly mark: string
  readonly documents?: Record<string, unknown>[]
}

/** Connections that stay open between requests; a free one keeps nobody from ending. */
const connections = new Agent({ keepAlive: true })

/** One request; Node's own, because `fetch` takes three times as long over it. @throws when there is no answer */
function exchange(address: string, method: 'GET' | 'POST', body: string | undefined, token: string | undefined): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(address, {
      method, agent: connections,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    }, answer => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Speaks to an emulator that runs already; whoever started it ends it. */
export function connectEmulator(url: string, data: string): ConnectedEmulator {
  const tokens = new Map<string, string>()
  /** What the latest dump of each collection held: only what has changed since travels. */
  const dumped = new Map<string, Required<Dumped>>()

  const send = async (method: 'GET' | 'POST', path: string, body?: unknown, token?: string): Promise<unknown> => {
    const { status, text } = await exchange(url + path, method, body === undefined ? undefined : JSON.stringify(body), token)
    if (status >= 400) throw new EmulatorRefusal(status, (JSON.parse(text) as { error?: string }).error ?? text)
    return JSON.parse(text)
  }
  const get = <T>(path: string): Promise<T> => send('GET', `/emulator/${path}`) as Promise<T>
  const post = <T>(path: string, body: unknown = {}): Promise<T> => send('POST', `/emulator/${path}`, body) as Promise<T>
  const login = async (openid: string): Promise<string> => {
    const known = tokens.get(openid)
    if (known !== undefined) return known
    const { token } = (await send('POST', '/cloud/login', { openid })) as { token: string }
    tokens.set(openid, token)
    return token
  }
  const asPhone = async <T>(openid: string, path: string, body: unknown): Promise<T> => (await send('POST', `/cloud/${path}`, body, await login(openid))) as T

  return {
    url,
    data,
    call: <T>(openid: string, event: object, name = 'api') => asPhone<CallAnswer<T>>(openid, 'call', { name, data: event }),
    invoke: <T>(name: string, event: unknown, context = {}) => post<Invoked<T>>('invoke', { function: name, event, context }),
    fire: <T>(name: string, trigger: string) => post<Invoked<T>>('fire', { function: name, trigger }),
    login,
    phoneCode: async openid => (await asPhone<{ code: string }>(openid, 'phone-code', {})).code,
    subscribe: (openid, templateIds, accept = true) => asPhone(openid, 'subscribe', { templateIds, accept }),
    upload: async (openid, path, bytes) => {
      const answer = await fetch(`${url}/cloud/upload?path=${encodeURIComponent(path)}`, { method: 'POST', headers: { authorization: `Bearer ${await login(openid)}` }, body: new Uint8Array(bytes) })
      if (!answer.ok) throw new EmulatorRefusal(answer.status, await answer.text())
      return ((await answer.json()) as { fileID: string }).fileID
    },
    saveAccount: async account => { await post('accounts', account) },
    accounts: async () => (await get<{ accounts: WeChatAccount[] }>('accounts')).accounts,
    clock: () => get('clock'),
    advance: ms => post('clock', { advanceMs: ms }),
    pass: ms => post('clock', { advanceMs: ms, quiet: true }),
    passTo: at => post('clock', { to: at, quiet: true }),
    moveTo: (at, force = false) => post('clock', { to: at, force }),
    follow: isFollowing => post('clock', { follow: isFollowing }),
    state: (since = 0) => get(`state?since=${since}`),
    changes: async () => (await get<{ changes: Record<string, number> }>('changes')).changes,
    dump: async only => {
      const { collections } = await post<{ collections: Record<string, Dumped> }>('dump', { only, known: Object.fromEntries([...dumped].map(([name, { mark }]) => [name, mark])) })
      return Object.fromEntries(Object.entries(collections).map(([name, { mark, documents = dumped.get(name)?.documents ?? [] }]) => {
        dumped.set(name, { mark, documents })
        return [name, [...documents]]
      }))
    },
    insert: async (collection, docs) => { await post('insert', { collection, docs }) },
    outbox: async (since = 0) => (await get<{ messages: SentMessage[] }>(`outbox?since=${since}`)).messages,
    calls: (since = 0) => get(`calls?since=${since}`),
    logs: async requestId => (await get<{ lines: LogLine[] }>(`logs?requestId=${encodeURIComponent(requestId)}`)).lines,
    faults: plan => post('faults', plan),
    faultReport: () => get('faults'),
    lapse: async () => { await post('lapse') },
    recycle: async name => { await post('recycle', name === undefined ? {} : { function: name }) },
    reset: async () => {
      await post('reset')
      tokens.clear()
    },
    restore: async (from, now) => {
      await post('restore', { from, now })
      tokens.clear()
    },
    reloadPages: async () => { await post('reload') },
  }
}

/** Starts an emulator and resolves once it listens. Rejects with the emulator's own sentence when it cannot start. */
export async function startEmulator(options: StartOptions = {}): Promise<EmulatorClient> {
  const entry = buildEmulator()
  const isTemporary = options.data === undefined
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'emulator-'))
  const onMessage = options.onMessage ?? ((line: string) => process.stderr.write(`${line}\n`))
  let running: Started
  try {
    running = await launch(entry, flags(options, data, options.port ?? 0), onMessage)
  } catch (error) {
    if (isTemporary) rmSync(data, { recursive: true, force: true })
    throw error
  }
  const { url } = running
  return {
    ...connectEmulator(url, data),
    get ended() {
      return running.ended
    },
    stop: async () => {
      if (running.child.exitCode === null && running.child.signalCode === null) {
        askToEnd(running.child)
        const tooLong = setTimeout(() => running.child.kill('SIGKILL'), 10_000)
        await running.ended
        clearTimeout(tooLong)
      }
      if (isTemporary) rmSync(data, { recursive: true, force: true, maxRetries: 3 })
    },
    kill: async () => {
      running.child.kill('SIGKILL')
      await running.ended
    },
    restart: async () => {
      if (running.child.exitCode === null && running.child.signalCode === null) {
        askToEnd(running.child)
        await running.ended
      }
      const { now: _now, isFresh: _isFresh, from: _from, ...lasting } = options
      running = await launch(entry, flags(lasting, data, Number(new URL(url).port)), onMessage)
    },
  }
}
