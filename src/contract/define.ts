/** A contract: who may call an action, what goes in, what comes out. The one place where phone and function meet. */
import type * as v from 'valibot'
import type { Allow } from '../domain/role'

type Schema = v.GenericSchema

export interface Contract<I extends Schema = Schema, O extends Schema = Schema> {
  /** a mutation carries a requestId and takes effect once (law 8) */
  readonly kind: 'query' | 'mutation'
  /**
   * how far the caller must have come: `identity` only an openid, `terms` the privacy terms accepted,
   * `person` also known who they are
   */
  readonly needs: 'identity' | 'terms' | 'person'
  readonly allow: readonly Allow[]
  readonly input: I
  readonly output: O
}

/** Names the types of a contract; adds nothing. */
export const define = <const I extends Schema, const O extends Schema>(contract: Contract<I, O>): Contract<I, O> => contract
