/**
 * A person 居民 is not an account: many elders have no phone. Nobody becomes an elder by typing a name; whoever
 * registers stays unverified until a social worker has seen them (domain.md, "Who").
 */
import type { Delegation } from './delegation'
import type { BusyTime } from './busy'

export interface Person {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly name: string
  readonly birthOn: string
  readonly phone: string | null
  readonly address: string | null
  readonly livesAlone: boolean
  readonly standing: 'unverified' | 'verified' | 'merged'
  readonly seenBy: { readonly personId: string; readonly name: string; readonly at: number; readonly identityCheck: string } | null
  readonly registeredAt: number
  /** the WeChat account that claimed this person */
  readonly accountId: string | null
  /** health data: only with its own consent, removed when that is withdrawn (law 9) */
  readonly careNotes: string | null
  readonly careNotesConsentAt: number | null
  /** close family by record, both ways: who may not judge whose case (law 3) */
  readonly kinIds: readonly string[]
  readonly delegates: Readonly<Record<string, Delegation>>
  /** the keys of `delegates`, as an index needs them */
  readonly delegateIds: readonly string[]
  /** where this person is booked to be: guards against being in two places (law 1) */
  readonly busy: readonly BusyTime[]
  /** printed door card; a new one makes the old worthless */
  readonly doorCard: { readonly code: string; readonly issuedAt: number; readonly issuedBy: string } | null
  readonly mergedInto: string | null
  /** mutations that took effect here (law 8) */
  readonly requests: RequestLog
}

/** What a mutation answered, kept for 30 days under the caller's key, in the document that it changed. */
export type RequestLog = Readonly<Record<string, { readonly hash: string; readonly at: number; readonly answer: unknown }>>

/** An elder may have a full name on a screen, a phone number only for the work at hand: 138****5678. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** Estate and building stay, the door goes: 华光城 12 幢 ***. */
export function maskAddress(address: string): string {
  const match = /^(.*?[幢栋号楼])/u.exec(address)
  return match?.[1] === undefined ? `${address.slice(0, 3)}***` : `${match[1].trim()} ***`
}
