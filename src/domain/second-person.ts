/** What two people give together (law 3): one proposes it, another decides, and neither for themselves or their family. */
import type { By } from './booking-record'
import { ensure } from './error'
import { ensureNotOwnCase, type Server } from './own-case'
import type { RequestLog } from './person'

/** Points that one proposed and a second person decides on. */
export interface ForTwo {
  /** who gets it and close family, or who belongs to the group: none of them proposes or decides it */
  readonly nearIds: readonly string[]
  readonly amount: number
  /** why, for who looks into it */
  readonly reason: string
  readonly status: 'waiting' | 'approved' | 'refused'
  readonly by: By
  readonly at: number
  readonly decided: { readonly by: By; readonly at: number; readonly reason: string | null } | null
  /** since when its line may not stand in the passbook yet; null: it does, or there is none */
  readonly unsettledAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** The second person's word. @param whose whom it is for, with close family @throws WRONG_STATE {status}, SECOND_PERSON, OWN_CASE, REASON_REQUIRED */
export function decidedBySecond<T extends ForTwo>(proposed: T, whose: Server, isApproved: boolean, by: By, reason: string | null, now: number): T {
  ensure(proposed.status === 'waiting', 'WRONG_STATE', { status: proposed.status })
  ensure(by.personId !== proposed.by.personId, 'SECOND_PERSON')
  ensureNotOwnCase(by.personId, whose)
  ensure(isApproved || reason !== null, 'REASON_REQUIRED')
  return { ...proposed, status: isApproved ? 'approved' : 'refused', decided: { by, at: now, reason }, unsettledAt: isApproved ? now : null }
}
