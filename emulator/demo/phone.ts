/**
 * A demo person's phone: calls the product's own actions, as its contract types them. A refusal ends the loading, so
 * that demo data that breaks a law is noticed at once.
 */
import { CONTRACT_VERSION, type ActionName, type Answer, type InputOf, type OutputOf } from '../../src/contract'
import type { EmulatorClient } from '../client'

/** Calls one action; rejects when the product refuses. */
export type CallAs = <A extends ActionName>(openid: string, action: A, input: InputOf<A>) => Promise<OutputOf<A>>

/** Calls as any demo person. Request ids are numbered, so that loading twice makes the same documents. */
export function phonesOf(client: EmulatorClient): CallAs {
  let made = 0
  return async <A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<OutputOf<A>> => {
    made += 1
    const requestId = `demo-${String(made).padStart(5, '0')}`
    const { result, errMsg } = await client.call<Answer<A>>(openid, { action, input, requestId, contractVersion: CONTRACT_VERSION })
    if (result?.ok === true) return result.output
    const why = result === undefined ? errMsg : `${result.error.code} ${JSON.stringify(result.error.details ?? {})}`
    throw new Error(`demo data: ${openid} was refused ${action} ${JSON.stringify(input)}: ${why}`)
  }
}
