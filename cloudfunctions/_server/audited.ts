/**
 * Handlers of acts that leave an audit entry: the entry is the memory of the request (law 8). It is asked before anything
 * else, because what the act was about may be gone by now, and the answer stays the same.
 */
import type { ActionName, OutputOf, ParsedOf } from '../../src/contract'
import { DomainError } from '../../src/domain/error'
import { doneBefore } from './audits'
import { isConflict } from './cloud'
import { handler, type AnyHandler, type Call, type Handler, type Loaded } from './serve'

interface Audited<A extends ActionName, L extends Loaded> extends Handler<A, L> {
  /** completes the answer of which only a part is kept, such as a secret or a masked number; left out: all of it is kept */
  answerAgain?(kept: unknown, input: ParsedOf<A>, call: Call): Promise<OutputOf<A>>
}

export function audited<A extends ActionName, L extends Loaded>(action: A, its: Audited<A, L>): AnyHandler {
  const { load, run } = handler(action, its)

  async function answered(input: unknown, call: Call): Promise<{ readonly hash: string; readonly answer: unknown } | null> {
    const before = await doneBefore(call.request, call.now)
    if (before === null || !its.answerAgain) return before
    return { hash: before.hash, answer: await its.answerAgain(before.answer, input as ParsedOf<A>, call) }
  }

  return {
    isFoundByKey: true,
    async load(input, call) {
      const madeBefore = await answered(input, call)
      return madeBefore === null ? load(input, call) : { subject: {}, madeBefore }
    },
    async run(input, loaded, call, standing) {
      try {
        return await run(input, loaded, call, standing)
      } catch (error) {
        // A copy of this request that ran at the same time may be why it is refused: then both answer the same.
        const meanwhile = error instanceof DomainError || isConflict(error) ? await answered(input, call) : null
        if (meanwhile === null) throw error
        return meanwhile.answer
      }
    },
  }
}
