// Faults on demand: what the real cloud does to a function on a bad day, repeatable by seed.
// A call's fate hangs on the seed and on whose call it is, not on when it happened to arrive, so that
// two hundred concurrent callers meet the same faults in every run.
import { createHash } from 'node:crypto'

/** How often: a share of all operations (0…1), or exactly the n-th operations that match (from 1). */
export type Rate = number | { readonly nth: readonly number[] }

/** Faults to inject until another plan replaces this one; an empty plan switches all off. */
export interface FaultPlan {
  readonly seed?: string | number
  /** Added before every operation: a fixed number of ms, or a range. */
  readonly latencyMs?: number | readonly [number, number]
  /** The operation fails and had no effect. */
  readonly errorBefore?: Rate
  /** The operation fails though it took effect: the answer was lost. */
  readonly errorAfter?: Rate
  /** A transactional operation meets a conflict; its transaction is gone. */
  readonly conflict?: Rate
  /** The instance dies at this operation, before or after it took effect (by seed; `killWhen` decides). */
  readonly killFunction?: Rate
  readonly killWhen?: 'before' | 'after'
  /** Operations allowed per second of real time; what is above is refused. */
  readonly qps?: number
  /** Which operations are meant; left out: all of the SDK's operations. */
  readonly only?: {
    /** Beginnings of wire actions, such as `database.` or `database.modifyDocument` or `wx.openApi`. */
    readonly operations?: readonly string[]
    readonly collections?: readonly string[]
    readonly functions?: readonly string[]
    /** Values of `event.action` (or trigger names) of the invocation. */
    readonly actions?: readonly string[]
  }
}

export type FaultKind = 'errorBefore' | 'errorAfter' | 'conflict' | 'killBefore' | 'killAfter' | 'qps'

/** One operation that a function asks of the cloud. */
export interface Operation {
  readonly operation: string
  readonly collection: string | undefined
  readonly isTransactional: boolean
  /** The invocation it belongs to; undefined for a call from outside any function. */
  readonly invocation: { readonly function: string; readonly action: string; readonly openid: string; readonly occurrence: number; readonly index: number } | undefined
}

/** What is to happen to one operation. */
export interface Fate {
  readonly delayMs: number
  readonly fault: FaultKind | undefined
}

/** Thrown for a plan that makes no sense; the message says which part. */
export class FaultPlanError extends Error {}

const rateKinds = ['errorBefore', 'errorAfter', 'conflict', 'killFunction'] as const

/** Decides the fate of operations and counts what it did. */
export class Faults {
  private plan: FaultPlan = {}
  private matched = 0
  private second = { at: 0, operations: 0 }
  private counts: Record<FaultKind | 'delayed' | 'matched', number> = noCounts()
  /** How often each caller has run each action since the plan was set: part of what decides a call's fate. */
  private occurrences = new Map<string, number>()

  /** `defaultSeed` serves plans that name none. */
  constructor(private readonly wallClock: () => number, private readonly defaultSeed: string) {}

  get isOn(): boolean {
    return Object.keys(this.plan).some(key => key !== 'seed' && key !== 'only' && key !== 'killWhen')
  }

  /** Replaces the plan and begins counting anew. @throws FaultPlanError */
  set(plan: FaultPlan): void {
    check(plan)
    this.plan = plan
    this.matched = 0
    this.second = { at: 0, operations: 0 }
    this.counts = noCounts()
    this.occurrences = new Map()
  }

  report(): { plan: FaultPlan; counts: Record<string, number> } {
    return { plan: this.plan, counts: { ...this.counts } }
  }

  /** Which time this is (from 1) that the caller runs this action under the present plan. */
  occurrence(functionName: string, action: string, openid: string): number {
    if (!this.isOn) return 0
    const key = JSON.stringify([functionName, action, openid])
    const next = (this.occurrences.get(key) ?? 0) + 1
    this.occurrences.set(key, next)
    return next
  }

  decide(operation: Operation): Fate {
    if (!this.isOn || !this.isMeant(operation)) return { delayMs: 0, fault: undefined }
    this.matched += 1
    this.counts.matched += 1
    const delayMs = this.delay(operation)
    if (delayMs > 0) this.counts.delayed += 1
    const fault = this.fault(operation)
    if (fault) this.counts[fault] += 1
    return { delayMs, fault }
  }

  private isMeant({ operation, collection, invocation }: Operation): boolean {
    const only = this.plan.only
    if (!only) return true
    return (!only.operations || only.operations.some(start => operation.startsWith(start)))
      && (!only.collections || (collection !== undefined && only.collections.includes(collection)))
      && (!only.functions || (invocation !== undefined && only.functions.includes(invocation.function)))
      && (!only.actions || (invocation !== undefined && only.actions.includes(invocation.action)))
  }

  private delay(operation: Operation): number {
    const { latencyMs } = this.plan
    if (latencyMs === undefined) return 0
    if (typeof latencyMs === 'number') return latencyMs
    return latencyMs[0] + this.fraction('latency', operation) * (latencyMs[1] - latencyMs[0])
  }

  private fault(operation: Operation): FaultKind | undefined {
    const { qps } = this.plan
    if (qps !== undefined) {
      const second = Math.floor(this.wallClock() / 1000)
      if (second !== this.second.at) this.second = { at: second, operations: 0 }
      this.second.operations += 1
      if (this.second.operations > qps) return 'qps'
    }
    if (operation.isTransactional && this.strikes('conflict', operation)) return 'conflict'
    if (this.strikes('errorBefore', operation)) return 'errorBefore'
    if (this.strikes('errorAfter', operation)) return 'errorAfter'
    if (operation.invocation && this.strikes('killFunction', operation)) {
      const when = this.plan.killWhen ?? (this.fraction('killWhen', operation) < 0.5 ? 'before' : 'after')
      return when === 'before' ? 'killBefore' : 'killAfter'
    }
    return undefined
  }

  private strikes(kind: (typeof rateKinds)[number], operation: Operation): boolean {
    const rate = this.plan[kind]
    if (rate === undefined) return false
    if (typeof rate === 'number') return this.fraction(kind, operation) < rate
    return rate.nth.includes(this.matched)
  }

  /** A number in [0, 1) that depends on the seed, the kind and the operation's place in its caller's own history. */
  private fraction(kind: string, { operation, invocation }: Operation): number {
    const place = invocation
      ? [invocation.function, invocation.action, invocation.openid, invocation.occurrence, invocation.index]
      : [this.matched]
    const hash = createHash('sha256').update(JSON.stringify([String(this.plan.seed ?? this.defaultSeed), kind, operation, ...place])).digest()
    return hash.readUIntBE(0, 6) / 2 ** 48
  }
}

function noCounts(): Record<FaultKind | 'delayed' | 'matched', number> {
  return { errorBefore: 0, errorAfter: 0, conflict: 0, killBefore: 0, killAfter: 0, qps: 0, delayed: 0, matched: 0 }
}

const knownKeys = new Set(['seed', 'latencyMs', 'errorBefore', 'errorAfter', 'conflict', 'killFunction', 'killWhen', 'qps', 'only'])
const knownOnly = new Set(['operations', 'collections', 'functions', 'actions'])

function check(plan: FaultPlan): void {
  for (const key of Object.keys(plan)) if (!knownKeys.has(key)) throw new FaultPlanError(`unknown fault "${key}"`)
  for (const key of Object.keys(plan.only ?? {})) if (!knownOnly.has(key)) throw new FaultPlanError(`unknown selection "${key}"`)
  for (const kind of rateKinds) {
    const rate = plan[kind]
    const isShare = typeof rate === 'number' && rate >= 0 && rate <= 1
    const isList = typeof rate === 'object' && rate !== null && Array.isArray(rate.nth)
    if (rate !== undefined && !isShare && !isList) throw new FaultPlanError(`${kind} is a share between 0 and 1 or {nth:[…]}`)
  }
}
