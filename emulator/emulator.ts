// One emulated WeChat cloud: all its parts, put together. The gateway lets others reach it.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DemoClock, wallClock } from './clock'
import { replaceData } from './data-folder'
import { openDatabase, type Database, type DatabaseConfig } from './database'
import { Faults, type FaultKind } from './faults'
import { LogBook, Meter } from './meter'
import type { EmulatorOptions } from './options'
import { FunctionRunner, type RunningInstance } from './runner'
import { Storage } from './storage'
import { Timers } from './timers'
import { WeChat } from './wechat'

type Json = Record<string, unknown>

/** What the SDK is told when a fault strikes instead of an answer. */
const faultAnswers: Record<Exclude<FaultKind, 'killBefore' | 'killAfter'>, { code: string; message: string }> = {
  errorBefore: { code: 'SYS_ERR', message: '[InternalError] the request failed before it took effect (fault on demand)' },
  errorAfter: { code: 'SYS_ERR', message: '[InternalError] the answer was lost after the request took effect (fault on demand)' },
  conflict: { code: 'DATABASE_TRANSACTION_CONFLICT', message: '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. (fault on demand)' },
  qps: { code: 'EXCEED_REQUEST_LIMIT', message: '[LimitExceeded.RequestLimitExceeded] too many requests in this second (fault on demand)' },
}

/** The parts that keep something in the data folder. */
interface Kept {
  readonly clock: DemoClock
  readonly database: Database
  readonly wechat: WeChat
  readonly storage: Storage
  readonly timers: Timers
}

/** The parts of a running emulator. */
export class Emulator {
  readonly appid = 'wx_demo_app'
  readonly meter = new Meter()
  readonly logs = new LogBook()
  readonly faults: Faults
  readonly runner: FunctionRunner
  private kept: Kept

  /** `baseUrl` is asked only once the gateway listens. */
  constructor(readonly options: EmulatorOptions, private readonly baseUrl: () => string) {
    this.faults = new Faults(wallClock, options.seed)
    this.runner = new FunctionRunner({
      functions: options.functions, env: options.env, appid: this.appid, maxInstances: options.maxInstances,
      adminUrl: instanceId => `${baseUrl()}/admin/i/${instanceId}`, now: () => this.clock.now(), wallClock, clockOffsetMs: () => this.clock.offsetMs,
      meter: this.meter, logs: this.logs, faults: this.faults,
    })
    this.kept = this.open(options.now, options.isFollowing)
  }

  get clock(): DemoClock {
    return this.kept.clock
  }

  get database(): Database {
    return this.kept.database
  }

  get wechat(): WeChat {
    return this.kept.wechat
  }

  get storage(): Storage {
    return this.kept.storage
  }

  get timers(): Timers {
    return this.kept.timers
  }

  get openApiParts(): { wechat: WeChat; appid: string; now: () => number; baseUrl: () => string } {
    return { wechat: this.wechat, appid: this.appid, now: () => this.clock.now(), baseUrl: this.baseUrl }
  }

  /**
   * Runs one request of the SDK, attributed to the invocation of the instance that sent it, with whatever fault is on.
   * `elsewhere` answers what is not for the database. @returns undefined when the caller died and nobody listens
   */
  async operate(body: Json, caller: RunningInstance | undefined, elsewhere: () => Promise<Json | Buffer>): Promise<Json | Buffer | undefined> {
    const operation = String(body.action)
    const isDatabase = operation.startsWith('database.')
    const invocation = caller?.invocation
    if (invocation) {
      invocation.operations += 1
      if (isDatabase) invocation.dbCalls += 1
    }
    const transactionId = body.transactionId
    const { delayMs, fault } = this.faults.decide({
      operation, collection: typeof body.collectionName === 'string' ? body.collectionName : undefined,
      isTransactional: transactionId !== undefined && operation !== 'database.abortTransaction',
      invocation: invocation && { ...invocation, index: invocation.operations },
    })
    if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs))
    if (fault === 'killBefore') {
      caller?.kill('the function was killed before an operation took effect (fault on demand)')
      return undefined
    }
    if (fault === 'conflict') await this.database.handle({ action: 'database.abortTransaction', transactionId })
    if (fault === 'conflict' || fault === 'errorBefore' || fault === 'qps') return faultAnswers[fault]
    const answer = isDatabase ? await this.query(body, invocation) : await elsewhere()
    if (fault === 'killAfter') {
      caller?.kill('the function was killed after an operation took effect (fault on demand)')
      return undefined
    }
    return fault === 'errorAfter' ? faultAnswers.errorAfter : answer
  }

  /** Forgets documents, files, what WeChat knew and what programs noted under marks/; the clock stays. */
  reset(): void {
    this.database.reset()
    this.wechat.reset()
    this.storage.reset()
    rmSync(join(this.options.data, 'marks'), { recursive: true, force: true })
  }

  /**
   * Puts a copy of the data in the folder `from` in the place of its own, with the clock at `now` (ms): a new beginning for
   * the price of a copy, because the functions' instances stay.
   */
  async restore(from: string, now: number): Promise<void> {
    await this.timers.close()
    this.closeKept()
    replaceData(this.options.data, from)
    this.kept = this.open(now, false)
  }

  async close(): Promise<void> {
    await this.timers.close()
    await this.runner.close()
    this.closeKept()
  }

  private open(startAt: number | undefined, isFollowing: boolean): Kept {
    const { options } = this
    const { data } = options
    const clock = new DemoClock(join(data, 'clock.json'), startAt, isFollowing)
    const now = (): number => clock.now()
    const indexes = JSON.parse(readFileSync(options.database, 'utf8')) as DatabaseConfig
    const wechat = new WeChat(data, options.templates, now)
    return {
      clock, wechat,
      database: openDatabase({ dir: data, indexes, now, wallClock, strict: options.isStrict }),
      storage: new Storage({
        folder: join(data, 'files'), env: options.env, baseUrl: this.baseUrl, wallClock,
        sign: text => wechat.sign(text), isSigned: (text, signature) => wechat.isSigned(text, signature),
      }),
      timers: new Timers(clock, this.runner, join(data, 'timers.json')),
    }
  }

  private closeKept(): void {
    this.database.close()
    this.wechat.close()
    this.clock.close()
  }

  private async query(body: Json, invocation: { scanned: number; returned: number } | undefined): Promise<Json> {
    const { reply, scanned, returned } = await this.database.handle(body)
    if (invocation) {
      invocation.scanned += scanned
      invocation.returned += returned
    }
    return reply
  }
}
