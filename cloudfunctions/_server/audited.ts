/**
 * Handlers of acts that leave an audit entry: the entry is the memory of the request (law 8). It is asked before anything
 * else, because what the act was about may be gone by now, and the answer stays the same.
 */
import type { ActionName, OutputOf, ParsedOf } from '../../src/contract'
import { doneBefore } from './audits'
import { handler, type AnyHandler, type Call, type Handler, type Loaded } from './serve'

interface Audited<A extends ActionName, L extends Loaded> extends Handler<A, L> {
  /** completes the answer of which only a part is kept, such as a secret or a masked number; left out: all of it is kept */
  answerAgain?(kept: unknown, input: ParsedOf<A>, call: Call): Promise<OutputOf<A>>
}

export function audited<A extends ActionName, L extends Loaded>(action: A, its: Audited<A, L>): AnyHandler {
  const { load, run } = handler(action, its)
  return {
    isFoundByKey: true,
    run,
    async load(input, call) {
      const before = await doneBefore(call.request, call.now)
      if (before === null) return load(input, call)
      const answer = its.answerAgain ? await its.answerAgain(before.answer, input as ParsedOf<A>, call) : before.answer
      return { subject: {}, madeBefore: { hash: before.hash, answer } }
    },
  }
}
