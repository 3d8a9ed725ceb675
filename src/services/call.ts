/**
 * The one way to call an action: typed by its contract, in the envelope that both sides agreed on.
 * A mutation carries the key of the person's intent, so that trying again changes nothing twice (law 8).
 */
import { CONTRACT_VERSION } from '../contract/version'
import type { ActionName, Answer, InputOf, OutputOf } from '../contract'
import { DomainError } from '../domain/error'
import { NoAnswer } from './no-answer'
import { noteServerNow } from './server-clock'
import { send } from './transport'

/** Which function serves an action. A hot domain can be split off here without touching a screen. */
const functionOf = (_action: ActionName): 'api' => 'api'

/** A key for one intent of a person, 24 characters of [a-z0-9]. Unique per account is enough: the server puts the caller beside it. */
export function newRequestId(): string {
  const random = () => Math.random().toString(36).slice(2, 10).padEnd(8, '0')
  return `${Date.now().toString(36).padStart(9, '0').slice(-9)}${random()}${random()}`.slice(0, 24)
}

function isAnswer<A extends ActionName>(value: unknown): value is Answer<A> {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean' && 'serverNow' in value && typeof value.serverNow === 'number'
}

/**
 * Calls an action.
 * @param options.requestId the intent's key; every mutation needs one, and a repetition the same one
 * @throws DomainError when a rule refused: nothing was written
 * @throws NoAnswer when no answer came: it may or may not have taken effect
 */
export async function call<A extends ActionName>(action: A, input: InputOf<A>, options: { requestId?: string } = {}): Promise<OutputOf<A>> {
  const answer = await send(functionOf(action), {
    action, input, contractVersion: CONTRACT_VERSION, ...(options.requestId ? { requestId: options.requestId } : {}),
  })
  if (!isAnswer<A>(answer)) throw new NoAnswer('not an answer', false)
  noteServerNow(answer.serverNow)
  if (answer.ok) return answer.output
  throw new DomainError(answer.error.code, answer.error.details)
}
