// Runs the built cloud functions as the platform does: warm instances, one invocation at a time each, more
// under load up to a bound, with the declared timeout and memory. Whatever a function does to itself
// (throw, hang, exit, use up its memory) ends in an error for its caller and nothing else.
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { companion } from './companion'
import type { Faults } from './faults'
import type { LogBook, Meter } from './meter'
import type { InstanceMessage, InstanceStart, InvokeMessage } from './worker'

/** Events and replies of the platform are at most 6 MB; text events should stay under 100 KB (only warned about). */
export const largestPayload = 6 * 1024 * 1024
const advisedTextEvent = 100 * 1024
const longestQueue = 2000
const longestStart = 30_000
/** A start takes a processor for a quarter of a second: many at once would slow down those who already work. */
const startsAtOnce = 2
/** An instance beyond the first that had no work for this long is given up when another one finishes. */
const longestIdle = 300_000

/** A timer trigger as declared in config.json; `config` has seven fields and means UTC+8. */
export interface TriggerDeclaration {
  readonly name: string
  readonly type: string
  readonly config: string
}

/** A deployed function: its folder and what its config.json says. Timeout in s, memory in MB. */
export interface DeployedFunction {
  readonly name: string
  readonly entry: string
  readonly version: string
  readonly timeout: number
  readonly memorySize: number
  readonly triggers: readonly TriggerDeclaration[]
  /** What keeps it from being run at all. */
  readonly problem: string | undefined
  /** Open interfaces that it may call; the platform refuses all others. */
  readonly openapi: readonly string[]
}

/** A function's config.json. */
interface FunctionConfig {
  readonly timeout?: number
  readonly memorySize?: number
  readonly triggers?: readonly TriggerDeclaration[]
  readonly permissions?: { readonly openapi?: readonly string[] }
}

/** Who or what calls. `source` as getWXContext reports it, such as wx_client, wx_trigger, wx_client,scf. */
export interface Caller {
  readonly openid?: string
  readonly unionid?: string
  readonly source: string
}

/** How an invocation ended. `reply` is JSON. */
export type Outcome = { readonly requestId: string } & (
  | { readonly ok: true; readonly reply: string }
  | { readonly ok: false; readonly errCode: number; readonly message: string }
)

/** The invocation that an instance is running: what the SDK's calls are attributed to. */
export interface Invocation {
  readonly requestId: string
  readonly function: string
  readonly action: string
  readonly openid: string
  readonly source: string
  readonly occurrence: number
  /** Requests of the SDK so far, and those of them that went to the database. */
  operations: number
  dbCalls: number
  scanned: number
  returned: number
}

/** An instance in the middle of an invocation. */
export interface RunningInstance {
  readonly invocation: Invocation
  readonly deployed: DeployedFunction
  readonly kill: (reason: string) => void
}

interface Waiting {
  readonly invocation: Invocation
  readonly event: string
  readonly caller: Caller
  readonly startedAt: number
  readonly settle: (outcome: Outcome, cold: boolean) => void
}

interface Instance {
  readonly id: string
  readonly worker: Worker
  readonly deployed: DeployedFunction
  readonly bornAt: number
  readyAt: number
  isReady: boolean
  hasServed: boolean
  /** When it last had work (ms of real time). */
  lastAt: number
  /** A newer bundle is there: finish, then go. */
  isOutdated: boolean
  running: { waiting: Waiting; timer: NodeJS.Timeout } | undefined
  startTimer: NodeJS.Timeout | undefined
}

interface Pool {
  deployed: DeployedFunction
  instances: Instance[]
  queue: Waiting[]
  starts: number[]
}

export interface RunnerParts {
  readonly functions: string
  readonly env: string
  readonly appid: string
  readonly maxInstances: number
  /** Address of the SDK's calls for an instance. */
  readonly adminUrl: (instanceId: string) => string
  readonly now: () => number
  readonly wallClock: () => number
  readonly clockOffsetMs: () => number
  readonly meter: Meter
  readonly logs: LogBook
  readonly faults: Faults
}

/** Keeps a pool of instances per function. */
export class FunctionRunner {
  private readonly pools = new Map<string, Pool>()
  private readonly instances = new Map<string, Instance>()
  private readonly source = companion('worker', 'node')
  /** By entry and version: what V8 made of a function when its first instance loaded it. */
  private readonly compiled = new Map<string, Uint8Array>()
  private nextInstance = 1
  private isClosed = false

  constructor(private readonly parts: RunnerParts) {}

  /** All deployed functions, read from their folders now. */
  list(): DeployedFunction[] {
    if (!existsSync(this.parts.functions)) return []
    return readdirSync(this.parts.functions, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .flatMap(entry => this.deployed(entry.name) ?? [])
  }

  /** Starts an instance of each function that has none, so that the first caller does not wait. */
  warm(): void {
    for (const deployed of this.list()) {
      const pool = this.pool(deployed)
      if (pool.instances.length === 0 && deployed.problem === undefined) this.launch(pool)
    }
  }

  /** The invocation that this instance is running, if any. */
  running(instanceId: string): RunningInstance | undefined {
    const instance = this.instances.get(instanceId)
    const running = instance?.running
    if (!instance || !running) return undefined
    return {
      invocation: running.waiting.invocation,
      deployed: instance.deployed,
      kill: reason => {
        // The invocation may have ended meanwhile; the next one is not to blame.
        if (instance.running === running) this.end(instance, { errCode: -504002, message: reason })
      },
    }
  }

  /** Runs a function; `event` is JSON. Never rejects: what went wrong is in the outcome. */
  invoke(name: string, event: string, caller: Caller, action?: string): Promise<Outcome> {
    const requestId = randomUUID()
    const label = action ?? actionOf(event)
    const openid = caller.openid ?? ''
    const invocation: Invocation = {
      requestId, function: name, action: label, openid, source: caller.source,
      occurrence: this.parts.faults.occurrence(name, label, openid), operations: 0, dbCalls: 0, scanned: 0, returned: 0,
    }
    const startedAt = this.parts.wallClock()
    const at = this.parts.now()
    return new Promise(resolve => {
      const settle = (outcome: Outcome, cold: boolean): void => {
        const { ok, code } = verdict(outcome)
        this.parts.meter.add({
          at, requestId, function: name, action: label, openid, ok, code,
          dbCalls: invocation.dbCalls, scanned: invocation.scanned, returned: invocation.returned,
          bytes: outcome.ok ? Buffer.byteLength(outcome.reply) : 0, ms: this.parts.wallClock() - startedAt, cold,
        })
        resolve(outcome)
      }
      const fail = (errCode: number, message: string): void => settle({ requestId, ok: false, errCode, message }, false)
      const deployed = this.deployed(name)
      const bytes = Buffer.byteLength(event)
      if (this.isClosed) return fail(-504001, 'the emulator is stopping')
      if (!deployed) return fail(-501000, `FunctionName parameter could not be found: ${name}`)
      if (deployed.problem !== undefined) return fail(-504001, deployed.problem)
      if (bytes > largestPayload) return fail(-501007, `event of ${bytes} bytes is larger than ${largestPayload}`)
      if (bytes > advisedTextEvent) this.log(requestId, 'warn', `event of ${bytes} bytes: the platform advises less than ${advisedTextEvent} for text`)
      const pool = this.pool(deployed)
      if (pool.queue.length >= longestQueue) return fail(-501004, 'too many calls are waiting')
      pool.queue.push({ invocation, event, caller, startedAt, settle })
      this.serve(pool)
    })
  }

  /** Ends all idle instances of a function (or of all), so that the next call is a cold one. */
  recycle(name?: string): void {
    for (const pool of this.pools.values()) {
      if (name !== undefined && pool.deployed.name !== name) continue
      for (const instance of [...pool.instances]) {
        instance.isOutdated = true
        if (!instance.running) this.drop(instance)
      }
    }
  }

  report(): { name: string; instances: number; busy: number; queued: number; timeout: number; memorySize: number; coldStartsMs: number[] }[] {
    return this.list().map(({ name, timeout, memorySize }) => {
      const pool = this.pools.get(name)
      return {
        name, timeout, memorySize,
        instances: pool?.instances.length ?? 0,
        busy: pool?.instances.filter(instance => instance.running).length ?? 0,
        queued: pool?.queue.length ?? 0,
        coldStartsMs: pool?.starts.slice(-50) ?? [],
      }
    })
  }

  async close(): Promise<void> {
    this.isClosed = true
    for (const instance of [...this.instances.values()]) this.end(instance, { errCode: -504001, message: 'the emulator is stopping' })
    for (const pool of this.pools.values()) {
      for (const waiting of pool.queue.splice(0)) waiting.settle({ requestId: waiting.invocation.requestId, ok: false, errCode: -504001, message: 'the emulator is stopping' }, false)
    }
  }

  private deployed(name: string): DeployedFunction | undefined {
    if (!/^[A-Za-z][\w-]*$/.test(name)) return undefined
    const folder = join(this.parts.functions, name)
    const entry = join(folder, 'index.js')
    const configFile = join(folder, 'config.json')
    let version: string
    try {
      const built = statSync(entry)
      const config = existsSync(configFile) ? statSync(configFile).mtimeMs : 0
      version = `${built.mtimeMs}-${built.size}-${config}`
    } catch {
      return undefined
    }
    const known = this.pools.get(name)?.deployed
    if (known?.version === version) return known
    let config: FunctionConfig = {}
    let problem: string | undefined
    try {
      if (existsSync(configFile)) config = JSON.parse(readFileSync(configFile, 'utf8')) as FunctionConfig
    } catch (error) {
      problem = `config.json of ${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`
    }
    return {
      name, entry, version, problem, timeout: config.timeout ?? 3, memorySize: config.memorySize ?? 256,
      triggers: config.triggers ?? [], openapi: config.permissions?.openapi ?? [],
    }
  }

  /** The function's pool; instances of an older bundle leave it. */
  private pool(deployed: DeployedFunction): Pool {
    let pool = this.pools.get(deployed.name)
    if (!pool) {
      pool = { deployed, instances: [], queue: [], starts: [] }
      this.pools.set(deployed.name, pool)
    }
    if (pool.deployed.version !== deployed.version) {
      pool.deployed = deployed
      for (const instance of [...pool.instances]) {
        instance.isOutdated = true
        if (!instance.running) this.drop(instance)
      }
    }
    return pool
  }

  /** Hands waiting calls to free instances and starts more where none is free. */
  private serve(pool: Pool): void {
    for (const instance of pool.instances) {
      if (pool.queue.length === 0) return
      if (instance.isReady && !instance.running && !instance.isOutdated) this.hand(instance, pool.queue.shift())
    }
    const current = pool.instances.filter(instance => !instance.isOutdated)
    const starting = current.filter(instance => !instance.isReady).length
    const wanted = Math.min(pool.queue.length - starting, this.parts.maxInstances - current.length, startsAtOnce - starting)
    for (let more = wanted; more > 0; more -= 1) this.launch(pool)
  }

  private launch(pool: Pool): void {
    const id = `${pool.deployed.name}-${this.nextInstance++}`
    const { deployed } = pool
    const data: InstanceStart = { entry: deployed.entry, largestReply: largestPayload, compiled: this.compiled.get(compiledKey(deployed)) }
    const worker = new Worker(this.source, {
      eval: true,
      workerData: data,
      env: this.environment(id),
      stdout: true,
      stderr: true,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: deployed.memorySize, maxYoungGenerationSizeMb: 32 },
    })
    const instance: Instance = {
      id, worker, deployed, bornAt: this.parts.wallClock(), readyAt: 0,
      isReady: false, hasServed: false, lastAt: this.parts.wallClock(), isOutdated: false, running: undefined,
      startTimer: setTimeout(() => this.failStart(pool, instance, `did not load within ${longestStart / 1000} s`), longestStart),
    }
    pool.instances.push(instance)
    this.instances.set(id, instance)
    for (const [level, stream] of [['log', worker.stdout], ['error', worker.stderr]] as const) {
      stream.on('data', (chunk: Buffer) => this.log(instance.running?.waiting.invocation.requestId ?? id, level, chunk.toString('utf8').slice(0, 8 * 1024)))
    }
    worker.on('message', (message: InstanceMessage) => this.hear(pool, instance, message))
    worker.on('error', (error: Error & { code?: string }) => {
      const reason = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? `memory limit of ${deployed.memorySize} MB exceeded`
        : (error.stack ?? error.message)
      if (instance.isReady) this.end(instance, { errCode: -504002, message: reason })
      else this.failStart(pool, instance, reason)
    })
    worker.on('exit', code => {
      if (instance.isReady) this.end(instance, { errCode: -504002, message: `the function's process exited with code ${code}` })
      else this.failStart(pool, instance, `exited with code ${code} while loading`)
    })
  }

  private environment(instanceId: string): Record<string, string> {
    const { env, appid } = this.parts
    return {
      TENCENTCLOUD_RUNENV: 'SCF', SCF_NAMESPACE: env, TCB_ENV: env, TENCENTCLOUD_REGION: 'ap-shanghai',
      TENCENTCLOUD_SECRETID: 'emulator', TENCENTCLOUD_SECRETKEY: 'emulator',
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: this.parts.adminUrl(instanceId) }),
      WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID,WX_UNIONID', WX_APPID: appid,
      NODE_ENV: 'production', TZ: 'UTC',
    }
  }

  private hear(pool: Pool, instance: Instance, message: InstanceMessage): void {
    const running = instance.running
    switch (message.kind) {
      case 'log':
        return this.log(running?.waiting.invocation.requestId ?? instance.id, message.level, message.text)
      case 'ready':
        clearTimeout(instance.startTimer)
        instance.isReady = true
        if (message.compiled) this.compiled.set(compiledKey(instance.deployed), message.compiled)
        instance.readyAt = this.parts.wallClock()
        pool.starts.push(instance.readyAt - instance.bornAt)
        if (instance.isOutdated) this.drop(instance)
        return this.serve(pool)
      case 'unloadable':
        return this.failStart(pool, instance, message.message)
    }
    if (!running) return
    const { requestId } = running.waiting.invocation
    const outcome: Outcome = message.kind === 'answer'
      ? { requestId, ok: true, reply: message.reply }
      : { requestId, ok: false, errCode: -504002, message: message.kind === 'failure' ? message.message : `reply of ${message.bytes} bytes is larger than ${largestPayload}` }
    if (message.kind === 'failure') this.log(requestId, 'error', message.message)
    this.finish(instance, outcome)
    if (instance.isOutdated) this.drop(instance)
    this.serve(pool)
  }

  private hand(instance: Instance, waiting: Waiting | undefined): void {
    if (!waiting) return
    const { deployed } = instance
    const limit = deployed.timeout * 1000
    instance.running = {
      waiting,
      timer: setTimeout(() => this.end(instance, { errCode: -504003, message: `Invoking task timed out after ${deployed.timeout} seconds` }), limit),
    }
    const { requestId } = waiting.invocation
    const message: InvokeMessage = {
      event: waiting.event,
      environment: {
        WX_OPENID: waiting.caller.openid, WX_UNIONID: waiting.caller.unionid, TCB_SOURCE: waiting.caller.source,
        DEMO_CLOCK_OFFSET_MS: String(this.parts.clockOffsetMs()), SCF_REQUEST_ID: requestId,
      },
      context: {
        request_id: requestId, function_name: deployed.name, function_version: '$LATEST', namespace: this.parts.env,
        memory_limit_in_mb: deployed.memorySize, time_limit_in_ms: limit, callbackWaitsForEmptyEventLoop: false,
      },
    }
    instance.worker.postMessage(message)
  }

  private finish(instance: Instance, outcome: Outcome): void {
    const running = instance.running
    if (!running) return
    clearTimeout(running.timer)
    instance.running = undefined
    const waitedForStart = !instance.hasServed && running.waiting.startedAt < instance.readyAt
    instance.hasServed = true
    instance.lastAt = this.parts.wallClock()
    this.retireIdle(instance)
    running.waiting.settle(outcome, waitedForStart)
  }

  private retireIdle(active: Instance): void {
    const pool = this.pools.get(active.deployed.name)
    for (const other of pool?.instances ?? []) {
      if (other !== active && other.isReady && !other.running && active.lastAt - other.lastAt > longestIdle) this.drop(other)
    }
  }

  /** Ends an instance, and its invocation with an error; others of the pool go on. */
  private end(instance: Instance, failure: { errCode: number; message: string }): void {
    const requestId = instance.running?.waiting.invocation.requestId
    const wasKnown = this.drop(instance)
    if (requestId !== undefined) {
      this.log(requestId, 'error', failure.message)
      this.finish(instance, { requestId, ok: false, ...failure })
    }
    const pool = this.pools.get(instance.deployed.name)
    if (wasKnown && pool && !this.isClosed) this.serve(pool)
  }

  /** An instance that never became ready: its function is broken, so whoever waits is told at once. */
  private failStart(pool: Pool, instance: Instance, reason: string): void {
    if (!this.drop(instance)) return
    if (instance.isOutdated) return this.serve(pool)
    if (pool.instances.some(other => other.isReady)) return
    for (const waiting of pool.queue.splice(0)) {
      const { requestId } = waiting.invocation
      this.log(requestId, 'error', reason)
      waiting.settle({ requestId, ok: false, errCode: -504002, message: `the function could not be loaded: ${reason}` }, true)
    }
  }

  /** Takes an instance out of service. @returns false when it already was */
  private drop(instance: Instance): boolean {
    clearTimeout(instance.startTimer)
    void instance.worker.terminate()
    const pool = this.pools.get(instance.deployed.name)
    if (pool) pool.instances = pool.instances.filter(other => other !== instance)
    return this.instances.delete(instance.id)
  }

  private log(requestId: string, level: string, text: string): void {
    this.parts.logs.write(requestId, { at: this.parts.now(), level, text })
  }
}

const compiledKey = ({ entry, version }: DeployedFunction): string => `${entry} ${version}`

function actionOf(event: string): string {
  try {
    const { action } = JSON.parse(event) as { action?: unknown }
    return typeof action === 'string' ? action.slice(0, 100) : ''
  } catch {
    return ''
  }
}

function verdict(outcome: Outcome): { ok: boolean; code: string } {
  if (!outcome.ok) return { ok: false, code: String(outcome.errCode) }
  const answer = JSON.parse(outcome.reply) as { ok?: unknown; error?: { code?: unknown } } | null
  if (answer === null || typeof answer !== 'object' || answer.ok !== false) return { ok: true, code: '' }
  return { ok: false, code: String(answer.error?.code ?? '') }
}
