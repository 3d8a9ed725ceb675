/**
 * How every call flows: find the action, parse its input, open the session, load what it is about, answer a repeated
 * request, authorise this actor for this elder, run, check the answer. Fails closed: an action without `allow`, or
 * without handler, does not start.
 */
import * as v from 'valibot'
import { contracts, CONTRACT_VERSION, OLDEST_CONTRACT_VERSION, type ActionName, type Answer, type OutputOf, type ParsedOf } from '../../src/contract'
import { requestKey } from '../../src/contract/fields'
import { civilDate } from '../../src/domain/civil-time'
import { DomainError, type ErrorCode } from '../../src/domain/error'
import { authorise, type Actor, type Standing, type Subject } from '../../src/domain/role'
import { answeredBefore, type Remembering, type Request } from './aggregate'
import { actorOf, findAccount, type Account } from './accounts'
import { caller, messageOf } from './cloud'
import { now as clockNow } from './clock'
import { hashOf, requestKeyOf } from './keys'
import { keepReceipt, receiptOf } from './receipts'

/** What every handler knows of the call. */
export interface Call {
  readonly openid: string
  readonly account: Account | null
  /** who acts; only actions that need a person may rely on it */
  readonly actor: Actor
  /** the server's time, ms, one for the whole call */
  readonly now: number
  /** civil date of `now` */
  readonly today: string
  /** the caller's key for this mutation; an unguessable throw-away for queries */
  readonly request: Request
  readonly requestId: string
}

/** What a handler loaded before anything is decided. */
export interface Loaded {
  /** what the action is about, for authorisation */
  readonly subject: Subject
  /** the document that remembers this mutation's key, if it exists before the call */
  readonly remembersIn?: Remembering | null
  /** what an earlier call with the same key made, if the key is kept elsewhere */
  readonly madeBefore?: { readonly hash: string; readonly answer: unknown } | null
}

export interface Handler<A extends ActionName, L extends Loaded> {
  /** true when what the action makes is found again by an id derived from the request: no receipt is needed */
  readonly isFoundByKey?: true
  load(input: ParsedOf<A>, call: Call): Promise<L>
  run(input: ParsedOf<A>, loaded: L, call: Call, standing: Standing): Promise<OutputOf<A>>
}

/** Ties a handler to its action's types. */
export const handler = <A extends ActionName, L extends Loaded>(_action: A, its: Handler<A, L>): AnyHandler => its as unknown as AnyHandler

/** A handler whose input was parsed by the contract that it is registered under. */
export interface AnyHandler {
  readonly isFoundByKey?: true
  load(input: unknown, call: Call): Promise<Loaded>
  run(input: unknown, loaded: Loaded, call: Call, standing: Standing): Promise<unknown>
}

/** For actions that concern nobody but the caller. */
export const aboutNobody = async (): Promise<Loaded> => ({ subject: {} })

const envelope = v.strictObject({
  action: v.pipe(v.string(), v.maxLength(64)),
  input: v.unknown(),
  requestId: v.optional(requestKey),
  contractVersion: v.pipe(v.number(), v.safeInteger()),
})

const nobody: Actor = { accountId: '', personId: '', name: '', subdistrictId: '', grants: [] }

function firstField(issues: readonly v.BaseIssue<unknown>[]): string {
  const path = issues[0]?.path?.map((step) => String(step.key)).join('.')
  return path === undefined || path === '' ? 'input' : path.slice(0, 60)
}

function parse<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value)
  if (!result.success) throw new DomainError('BAD_INPUT', { field: firstField(result.issues) })
  return result.output
}

/** Largest event that is looked at, characters. A platform text event should stay under 100 KB. */
const MAX_EVENT = 64_000

/** Makes the function's entry out of one handler per action. @throws at start-up when an action has no handler or no `allow` */
export function serve(handlers: Readonly<Record<ActionName, AnyHandler>>): (event: unknown) => Promise<Answer<ActionName>> {
  for (const [action, contract] of Object.entries(contracts)) {
    if (contract.allow.length === 0) throw new Error(`${action} says nobody may call it`)
    if (!(action in handlers)) throw new Error(`${action} has no handler`)
  }

  async function answer(event: unknown, now: number): Promise<unknown> {
    const { openid } = caller()
    if (openid === null) throw new DomainError('NO_IDENTITY')
    if (JSON.stringify(event ?? null).length > MAX_EVENT) throw new DomainError('BAD_INPUT', { field: 'input' })
    const { tcbContext: _a, userInfo: _b, ...sent } = (typeof event === 'object' && event !== null ? event : {}) as Record<string, unknown>
    const version = sent['contractVersion']
    if (typeof version === 'number' && version < OLDEST_CONTRACT_VERSION) throw new DomainError('UPDATE_REQUIRED', { version: CONTRACT_VERSION })
    const envelopeOf = parse(envelope, sent)
    if (!Object.hasOwn(contracts, envelopeOf.action)) throw new DomainError('UNKNOWN_ACTION')
    const action = envelopeOf.action as ActionName
    const contract = contracts[action]
    const input = parse(contract.input as v.GenericSchema, envelopeOf.input ?? {})
    if (contract.kind === 'mutation' && envelopeOf.requestId === undefined) throw new DomainError('BAD_INPUT', { field: 'requestId' })

    const account = await findAccount(openid)
    const actor = actorOf(account)
    if (contract.needs !== 'identity' && account === null) throw new DomainError('TERMS_REQUIRED')
    if (contract.needs === 'person' && actor === null) throw new DomainError('CLAIM_REQUIRED')
    const requestId = envelopeOf.requestId ?? 'query'
    const request = { key: requestKeyOf(openid, action, requestId), hash: hashOf(requestId, action, input) }
    const call: Call = { openid, account, actor: actor ?? nobody, now, today: civilDate(now), request, requestId }

    const handlerOf = handlers[action]
    const keepsReceipt = contract.kind === 'mutation' && handlerOf.isFoundByKey !== true
    // The receipt is asked first: what the request was about may be gone by now, the answer stays the same.
    if (keepsReceipt) {
      const receipt = same(await receiptOf(request), request)
      if (receipt) return receipt.answer
    }
    const loaded = await handlerOf.load(input, call)
    if (contract.kind === 'mutation') {
      const before = (loaded.remembersIn ? answeredBefore(loaded.remembersIn.requests, request) : null) ?? same(loaded.madeBefore ?? null, request)
      // What a document remembers may be half of the answer: then the handler, which finds its mutation done, goes on from there.
      const whole = before === null ? null : v.safeParse(contract.output as v.GenericSchema, before.answer)
      if (whole?.success === true) {
        // The earlier call came to its end without its receipt, or is about to write it.
        if (keepsReceipt) await keepReceipt(request, whole.output, now)
        return whole.output
      }
    }
    const standing: Standing = actor === null ? { role: 'resident', relation: 'none' } : authorise(actor, contract.allow, loaded.subject, call.today)
    const output = await handlerOf.run(input, loaded, call, standing)
    const checked = v.safeParse(contract.output as v.GenericSchema, output)
    if (!checked.success) throw new Error(`${action} would answer ${firstField(checked.issues)} against its contract`)
    if (keepsReceipt) await keepReceipt(request, checked.output, now)
    return checked.output
  }

  return async (event) => {
    const now = clockNow()
    const traceId = process.env['SCF_REQUEST_ID'] ?? process.env['REQUEST_ID'] ?? `t${now}`
    try {
      return { ok: true, output: (await answer(event, now)) as OutputOf<ActionName>, serverNow: now }
    } catch (error) {
      if (error instanceof DomainError) return refusal(error.code, now, traceId, error.details)
      // No input and no name in the log: the request id finds the call, the message names the fault.
      console.error(JSON.stringify({ traceId, fault: messageOf(error).slice(0, 300) }))
      return refusal(isPassing(error) ? 'TRY_AGAIN' : 'UNEXPECTED', now, traceId)
    }
  }
}

/** @throws REQUEST_CONFLICT when the same key was used for something else */
function same<T extends { readonly hash: string }>(earlier: T | null, request: Request): T | null {
  if (earlier !== null && earlier.hash !== request.hash) throw new DomainError('REQUEST_CONFLICT')
  return earlier
}

/** Faults of the platform that go away by themselves. */
const isPassing = (error: unknown): boolean => /TransactionConflict|ECONNRESET|ETIMEDOUT|ResourceUnavailable|LimitExceeded|timeout/i.test(messageOf(error))

function refusal(code: ErrorCode, serverNow: number, traceId: string, details?: DomainError['details']): Answer<ActionName> {
  return { ok: false, error: details === undefined ? { code } : { code, details }, serverNow, traceId }
}
