/**
 * Counters of wrong guesses (claim codes, door codes), the only trace that a refusal leaves (law 8). A guess is entered
 * before it is looked at, by a conditional update: a hundred guesses at once are no more than a hundred in a row.
 */
import { MINUTE } from '../../src/domain/civil-time'
import { afterWrongGuess, CODE_PAUSE, ensureMayGuess, MAX_WRONG_CODES, type Guesses } from '../../src/domain/door-code'
import { DomainError, ensure } from '../../src/domain/error'
import { command, drop, insert, read, updateIf } from './cloud'

interface Counter extends Guesses {
  readonly _id: string
  readonly version: number
  /** when it last changed */
  readonly at: number
  /** when guesses were entered whose outcome is not known yet, or was right */
  readonly entered: readonly number[]
}

const WRITE_ATTEMPTS = 60
/** No call takes longer: a guess that was entered earlier is over, ms. */
const GUESS_LIFE = MINUTE / 3
/** Wrong guesses older than this are forgotten, ms. */
const FORGET_AFTER = 4 * CODE_PAUSE

const current = (counter: Counter, now: number): Counter => ({
  ...counter,
  ...(counter.pausedUntil === null && counter.at < now - FORGET_AFTER ? { count: 0 } : {}),
  entered: counter.entered.filter((at) => at > now - GUESS_LIFE),
})

/** Reads, decides, and writes if nobody was faster; otherwise again. @throws what `next` throws, TRY_AGAIN */
async function write(id: string, now: number, next: (counter: Counter) => Counter): Promise<Counter> {
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
    const stored = await read<Counter>('attempts', id)
    const after: Counter = { ...next(current(stored ?? { _id: id, version: 0, count: 0, pausedUntil: null, at: now, entered: [] }, now)), at: now }
    const isWritten = stored === null
      ? await insert('attempts', { ...after, version: 1 })
      : await updateIf('attempts', id, { version: stored.version }, { version: command.inc(1), at: now, count: after.count, pausedUntil: command.set(after.pausedUntil), entered: command.set(after.entered) })
    if (isWritten) return after
  }
  throw new DomainError('TRY_AGAIN')
}

/**
 * Enters a guess. Two calls.
 * @param most right and wrong ones together that may be under way, where many right ones come one after the other
 * @throws TOO_MANY_ATTEMPTS {until} while `id` is paused after too many wrong ones, or too many are under way
 */
export async function ensureMayTry(id: string, now: number, most = MAX_WRONG_CODES): Promise<void> {
  await write(id, now, (counter) => {
    ensureMayGuess(counter, now)
    const wrong = counter.pausedUntil === null ? counter.count : 0
    ensure(wrong + counter.entered.length < most, 'TOO_MANY_ATTEMPTS', { until: now + GUESS_LIFE })
    return { ...counter, entered: [...counter.entered, now] }
  })
}

/** An entered guess was wrong. Gives how many are left before the pause. */
export async function countFailure(id: string, now: number): Promise<number> {
  const counter = await write(id, now, ({ entered, ...counter }) => ({ ...counter, ...afterWrongGuess(counter, now), entered: entered.slice(1) }))
  return Math.max(0, MAX_WRONG_CODES - counter.count)
}

/** Forgets the guesses of somebody who is gone. */
export const forgetFailures = (id: string): Promise<void> => drop('attempts', id)
