/**
 * Documents that remember which requests changed them (law 8) and change only from the version that was read:
 * load, decide, save; if somebody was faster, load and decide again, so that the caller gets the true reason.
 */
import { DAY } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import type { RequestLog } from '../../src/domain/person'
import { command, insert, read, updateIf } from './cloud'
import { now } from './clock'

/** Any document with a version. */
export interface Versioned {
  readonly _id: string
  readonly version: number
}

/** A document in which mutations leave their key. */
export interface Remembering extends Versioned {
  readonly requests: RequestLog
}

/** The caller's request: under `key` it is remembered, `hash` says what was asked. */
export interface Request {
  readonly key: string
  readonly hash: string
}

/** How long a repeated request is recognised, ms (law 8). */
export const REQUEST_MEMORY = 30 * DAY
const ATTEMPTS = 12

/** What an earlier call with this key answered. @throws REQUEST_CONFLICT if it asked for something else */
export function answeredBefore(log: RequestLog, request: Request): { readonly answer: unknown } | null {
  const entry = log[request.key]
  if (!entry) return null
  if (entry.hash !== request.hash) throw new DomainError('REQUEST_CONFLICT')
  return { answer: entry.answer }
}

/** The log with what this request was answered; what is too old goes. */
export function remembered(log: RequestLog, request: Request, answer: unknown, at: number): RequestLog {
  const kept = Object.entries(log).filter(([, entry]) => entry.at > at - REQUEST_MEMORY)
  return { ...Object.fromEntries(kept), [request.key]: { hash: request.hash, at, answer } }
}

/** The fields of `after` that differ, as an update writes them. The version is left to who writes. */
export function difference<T extends Versioned>(before: T, after: T): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(after)) {
    if (name !== 'version' && value !== (before as unknown as Record<string, unknown>)[name]) changes[name] = command.set(value)
  }
  return changes
}

/** Writes `after` if `before` is still what stands there. A change that changes nothing is not written. */
export async function save<T extends Versioned>(collection: string, before: T, after: T): Promise<boolean> {
  const changes = difference(before, after)
  if (Object.keys(changes).length === 0) return true
  return updateIf(collection, before._id, { version: before.version }, { ...changes, version: command.inc(1) })
}

/**
 * Load, decide, save, until it is saved. `first` is what the handler has loaded already.
 * @throws what `decide` throws; TRY_AGAIN if others were faster every time; NOT_FOUND if it vanished
 */
export async function change<T extends Versioned>(collection: string, first: T, decide: (current: T) => T | Promise<T>): Promise<T> {
  let current = first
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const next = await decide(current)
    if (await save(collection, current, next)) return next
    current = await get<T>(collection, current._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/** As `change`, and the request is remembered in the same write. Repeated, it answers what it answered. */
export async function changeOnce<T extends Remembering, A>(collection: string, first: T, request: Request, decide: (current: T) => { readonly next: T; readonly answer: A }): Promise<{ readonly document: T; readonly answer: A }> {
  let current = first
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = answeredBefore(current.requests, request)
    if (before) return { document: current, answer: before.answer as A }
    const { next, answer } = decide(current)
    if (await save(collection, current, { ...next, requests: remembered(next.requests, request, answer, now()) })) return { document: next, answer }
    current = await get<T>(collection, current._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/** A new document whose id is derived from the request. Again finds the first one. @throws REQUEST_CONFLICT */
export async function createOnce<T extends { readonly _id: string; readonly madeBy: Request }>(collection: string, document: T): Promise<T> {
  if (await insert(collection, document)) return document
  const existing = await get<T>(collection, document._id)
  if (existing.madeBy.hash !== document.madeBy.hash) throw new DomainError('REQUEST_CONFLICT')
  return existing
}

/** @throws NOT_FOUND */
export async function get<T>(collection: string, id: string): Promise<T> {
  const document = await read<T>(collection, id)
  if (document === null) throw new DomainError('NOT_FOUND')
  return document
}
