/** Social organisations 社会组织 and volunteer teams: they claim projects, own a passbook, and can only donate from it. Their leader acts for them. */
import type { By } from './booking-record'
import type { RequestLog } from './person'

export interface Group {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly name: string
  readonly leader: { readonly personId: string; readonly name: string }
  readonly leaderId: string
  /** the leader among them */
  readonly members: readonly { readonly personId: string; readonly name: string }[]
  /** the ids of `members`, as an index needs them */
  readonly memberIds: readonly string[]
  readonly isOpen: boolean
  readonly savedBy: By
  readonly savedAt: number
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}
