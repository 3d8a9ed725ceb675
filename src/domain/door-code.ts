/**
 * Door code 门码 (laws 7 and 10): a code on the elder's or family's phone that changes every two minutes. A check-in
 * that waited without signal is proved by the window in which its code was shown: any unused window of this visit up
 * to now is accepted. How a code is computed from a key is the server's business; here stands which windows count.
 */
import { DomainError, ensure } from './error'
import { HOUR, MINUTE } from './civil-time'

/** How long one code stands, ms. Long enough to read six digits aloud twice. */
export const CODE_WINDOW = 2 * MINUTE
/** A visit may begin this long before its slot, ms. 示例 policy. */
export const EARLY = 30 * MINUTE
/** Codes of a visit are worthless this long after its slot, ms. */
export const LATE = 6 * HOUR
/** Wrong codes after which a visit's door is closed for `CODE_PAUSE`. */
export const MAX_WRONG_CODES = 5
export const CODE_PAUSE = 15 * MINUTE

export const windowOf = (instant: number): number => Math.floor(instant / CODE_WINDOW)
export const windowStart = (window: number): number => window * CODE_WINDOW

/** The windows of a visit that count at `now`, newest first: from half an hour before the slot up to now, and never ahead. */
export function windowsUpTo(slot: { readonly startsAt: number; readonly endsAt: number }, now: number): readonly number[] {
  const first = windowOf(slot.startsAt - EARLY)
  const last = windowOf(Math.min(now, slot.endsAt + LATE))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => last - index)
}

/**
 * The window that a shown code belongs to. `codeAt` computes the code of a window.
 * @throws DOOR_CODE_USED for a window that already proved the other moment, DOOR_CODE_WRONG
 */
export function matchWindow(shown: string, windows: readonly number[], used: readonly (number | null)[], codeAt: (window: number) => string): number {
  const matches = windows.filter((window) => codeAt(window) === shown)
  const unused = matches.find((window) => !used.includes(window))
  if (unused !== undefined) return unused
  throw new DomainError(matches.length > 0 ? 'DOOR_CODE_USED' : 'DOOR_CODE_WRONG')
}

/** Failed guesses at one door. */
export interface Guesses {
  readonly count: number
  readonly pausedUntil: number | null
}

/** @throws TOO_MANY_ATTEMPTS {until} while the door is closed after too many wrong codes */
export const ensureMayGuess = (guesses: Guesses, now: number): void =>
  ensure(guesses.pausedUntil === null || guesses.pausedUntil <= now, 'TOO_MANY_ATTEMPTS', { until: guesses.pausedUntil ?? 0 })

/** The counter after one more wrong guess; after a pause it begins anew. */
export function afterWrongGuess(guesses: Guesses, now: number): Guesses {
  const count = (guesses.pausedUntil !== null && guesses.pausedUntil <= now ? 0 : guesses.count) + 1
  return { count, pausedUntil: count >= MAX_WRONG_CODES ? now + CODE_PAUSE : null }
}
