/**
 * A project 项目认领: work that a community offers to groups. One group claims it, brings evidence and finishes it; a
 * social worker who belongs to no side verifies it (law 3), and the group is credited once. A claim of which nothing is
 * heard is released by the clock.
 */
import type { By } from './booking-record'
import type { RequestLog } from './person'

export const projectStatuses = ['open', 'claimed', 'finished', 'verified', 'withdrawn'] as const
export type ProjectStatus = (typeof projectStatuses)[number]

export const projectLines = ['published', 'claimed', 'evidence', 'finished', 'verified', 'sentBack', 'givenUp', 'released', 'withdrawn'] as const
export type ProjectLineWhat = (typeof projectLines)[number]

export interface ProjectLine {
  readonly what: ProjectLineWhat
  readonly at: number
  readonly by: By
  readonly words: string | null
}

export interface Project {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly title: string
  readonly what: string
  readonly place: string
  /** the last day on which it can be finished */
  readonly dueOn: string
  readonly status: ProjectStatus
  /** whose it is; null: nobody's */
  readonly claim: { readonly groupId: string; readonly groupName: string; readonly leaderId: string; readonly memberIds: readonly string[]; readonly at: number } | null
  /** `claim.groupId`, as an index needs it */
  readonly groupId: string | null
  readonly timeline: readonly ProjectLine[]
  /** when the clock releases the claim unless something is heard; null: not */
  readonly staleAt: number | null
  readonly publishedBy: By
  readonly publishedAt: number
  readonly verifiedBy: By | null
  readonly points: { readonly earned: number; readonly excess: number; readonly entryId: string | null } | null
  /** since when its credit may wait to be settled; null: settled */
  readonly unsettledAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}
