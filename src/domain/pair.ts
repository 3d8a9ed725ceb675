/**
 * Standing help 结对: a volunteer and an elder who agreed on one hour of the week. Both must have agreed; either side ends
 * it at any time. Tasks are made from it a week ahead.
 */
import type { By } from './booking-record'
import type { RequestLog } from './person'
import type { Named } from './task'

export interface Pair {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  /** the elder's */
  readonly communityId: string
  readonly volunteer: Named
  readonly volunteerId: string
  readonly elder: Named
  readonly elderId: string
  readonly title: string
  readonly what: string
  readonly place: string
  /** 0 Sunday … 6 Saturday */
  readonly weekday: number
  /** minutes after civil midnight */
  readonly startMinute: number
  readonly minutes: number
  /** the social worker who looks after it */
  readonly organiser: Named
  readonly status: 'offered' | 'active' | 'refused' | 'ended'
  readonly offeredBy: By
  readonly offeredAt: number
  /** who agreed for each side; null: not yet */
  readonly agreed: { readonly volunteer: By | null; readonly elder: By | null }
  readonly ended: { readonly at: number; readonly by: By; readonly reason: string | null } | null
  /** the last day for which a task was made; null: none yet */
  readonly madeUntilOn: string | null
  /** when the clock must make the next task; null: not */
  readonly dueAt: number | null
  /** since when tasks of an ended pair may wait to be cancelled; null: settled */
  readonly unsettledAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}
