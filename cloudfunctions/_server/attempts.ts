/**
 * Counters of wrong guesses (claim codes, door codes), the only trace that a refusal leaves (law 8). Each changes by a
 * conditional update, so that guesses made at once are all counted.
 */
import { afterWrongGuess, CODE_PAUSE, ensureMayGuess, MAX_WRONG_CODES, type Guesses } from '../../src/domain/door-code'
import { drop, insert, read, updateIf, command } from './cloud'

interface Counter extends Guesses {
  readonly _id: string
  readonly at: number
}

const COUNT_ATTEMPTS = 50
/** Wrong guesses older than this are forgotten, ms. */
const FORGET_AFTER = 4 * CODE_PAUSE

const fresh: Guesses = { count: 0, pausedUntil: null }
const guessesOf = (counter: Counter | null, now: number): Guesses => (counter === null || (counter.pausedUntil === null && counter.at < now - FORGET_AFTER) ? fresh : counter)

/** @throws TOO_MANY_ATTEMPTS {until} while `id` is paused after too many wrong guesses */
export async function ensureMayTry(id: string, now: number): Promise<void> {
  ensureMayGuess(guessesOf(await read<Counter>('attempts', id), now), now)
}

/** Counts one wrong guess. Gives how many are left before the pause. */
export async function countFailure(id: string, now: number): Promise<number> {
  for (let attempt = 0; attempt < COUNT_ATTEMPTS; attempt++) {
    const counter = await read<Counter>('attempts', id)
    const next = afterWrongGuess(guessesOf(counter, now), now)
    const isCounted = counter === null
      ? await insert('attempts', { _id: id, ...next, at: now })
      : await updateIf('attempts', id, { count: counter.count, pausedUntil: counter.pausedUntil, at: counter.at }, { count: command.set(next.count), pausedUntil: command.set(next.pausedUntil), at: command.set(now) })
    if (isCounted) return Math.max(0, MAX_WRONG_CODES - next.count)
  }
  return 0
}

/** Forgets the guesses of somebody who is gone. */
export const forgetFailures = (id: string): Promise<void> => drop('attempts', id)
