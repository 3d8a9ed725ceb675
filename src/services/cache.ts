/**
 * The last good answer to each question, with when it came, so that a screen reopened without network has something to show.
 * Kept for one account only: as soon as another account is seen, everything is forgotten.
 */
import { forget, keep, kept } from './storage'

interface Entry {
  output: unknown
  /** the server's time of the answer, ms */
  at: number
}

const ACCOUNT = 'account'
const ROLES = 'roles'
const INDEX = 'answers'
/** Where codes that must show without network are kept (kept-codes.ts): they go with the answers. */
export const KEPT_CODES = 'codes'
const MOST_ENTRIES = 40
const MOST_CHARACTERS = 60_000

const nameOf = (question: string) => `answer:${question}`

function index(): string[] {
  const value = kept(INDEX)
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** Forgets every answer. */
export function forgetAnswers(): void {
  for (const question of index()) forget(nameOf(question))
  forget(INDEX)
  forget(KEPT_CODES)
}

/**
 * Says which person is using the phone and in which roles, as soon as an answer told it. Another person than before:
 * all kept answers go, and true is returned.
 */
export function noteAccount(personId: string, roles: readonly string[] = []): boolean {
  keep(ROLES, [...roles])
  const before = kept(ACCOUNT)
  if (before === personId) return false
  if (before !== undefined) forgetAnswers()
  keep(ACCOUNT, personId)
  return before !== undefined
}

/** The roles last seen with the account, so that the tab bar does not jump while an answer is on its way. */
export function rolesSeen(): readonly string[] {
  const value = kept(ROLES)
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** Who was last seen using the phone. */
export function accountSeen(): string | undefined {
  const value = kept(ACCOUNT)
  return typeof value === 'string' ? value : undefined
}

/** The last good answer to a question, with the server's time (ms) at which it came. */
export function keptAnswer(question: string): Entry | undefined {
  const value = kept(nameOf(question))
  return typeof value === 'object' && value !== null && 'output' in value && 'at' in value && typeof value.at === 'number'
    ? { output: value.output, at: value.at } : undefined
}

/** Keeps an answer; the oldest go when there are many, and what is very large is not kept. */
export function keepAnswer(question: string, output: unknown, at: number): void {
  if (JSON.stringify(output).length > MOST_CHARACTERS) return
  const names = [...index().filter((name) => name !== question), question]
  while (names.length > MOST_ENTRIES) {
    const oldest = names.shift()
    if (oldest !== undefined) forget(nameOf(oldest))
  }
  if (keep(nameOf(question), { output, at })) keep(INDEX, names)
}

/** `action` and its input as one name, the same whatever order the fields were written in. */
export function questionOf(action: string, input: object): string {
  const sorted = Object.entries(input).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${action}:${JSON.stringify(sorted)}`
}
