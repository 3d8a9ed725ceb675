/**
 * A need 爱心求助: a social worker asks in the neighbourhood for points for an elder who agreed to it. Neighbours read what
 * it is for, never for whom, and the elder does not read who gave.
 */
import type { By } from './booking-record'
import { ensure } from './error'
import type { RequestLog } from './person'

export interface Need {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly elderId: string
  readonly elderName: string
  /** what for, without a name */
  readonly words: string
  readonly wanted: number
  /** what came in: the sum of `gifts` */
  readonly given: number
  readonly gifts: Readonly<Record<string, { readonly amount: number; readonly at: number }>>
  readonly status: 'open' | 'closed'
  readonly openedBy: By
  readonly openedAt: number
  readonly consentAt: number
  readonly closed: { readonly at: number; readonly by: By; readonly words: string } | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** What is still wanted. Two who give at once may give more: it is the elder's all the same. */
export const stillWanted = (need: Pick<Need, 'wanted' | 'given'>): number => Math.max(0, need.wanted - need.given)

/** @throws WRONG_STATE {status}, SAME_PERSON for one's own, LIMIT_REACHED {left} for more than is still wanted */
export function ensureTakes(need: Need, fromId: string, amount: number): void {
  ensure(need.status === 'open', 'WRONG_STATE', { status: need.status })
  ensure(need.elderId !== fromId, 'SAME_PERSON')
  ensure(amount <= stillWanted(need), 'LIMIT_REACHED', { left: stillWanted(need) })
}

/** @throws WRONG_STATE {status} */
export function close(need: Need, by: By, words: string, now: number): Need {
  ensure(need.status === 'open', 'WRONG_STATE', { status: need.status })
  return { ...need, status: 'closed', closed: { at: now, by, words } }
}
