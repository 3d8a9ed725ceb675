/**
 * A shift 班次: one volunteer's claim on one task, from claim to credit. Proved as a visit is (law 10): by the rotating
 * code of the task at the beginning and the end, confirmed by the elder or the organiser, verified by a social worker
 * for whom it is not their own case (law 3).
 */
import type { By } from './booking-record'
import type { Moment } from './evidence'
import type { Server } from './own-case'
import type { RequestLog } from './person'

export const shiftStatuses = ['claimed', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'verified', 'partly', 'rejected', 'givenUp', 'noShow', 'cancelled'] as const
export type ShiftStatus = (typeof shiftStatuses)[number]

export const shiftLines = ['claimed', 'givenUp', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'late', 'verified', 'partly', 'rejected', 'noShow', 'cancelled'] as const
export type ShiftLineWhat = (typeof shiftLines)[number]

/** What a shift's evidence still lacks. */
export const shiftLacks = ['checkIn', 'checkOut', 'confirm', 'strongProof', 'disputed'] as const
export type ShiftLack = (typeof shiftLacks)[number]

export interface ShiftLine {
  readonly what: ShiftLineWhat
  readonly at: number
  readonly by: By
  readonly proof: 'doorCode' | 'doorCard' | 'elderTap' | 'familyTap' | 'organiserTap' | null
  readonly provedAt: number | null
  readonly words: string | null
}

/** Who said that it took place, and from which side. */
export interface ShiftConfirmation {
  readonly at: number
  readonly byPersonId: string
  readonly proof: 'elderTap' | 'familyTap' | 'organiserTap'
}

export interface Shift {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly taskId: string
  readonly title: string
  readonly place: string
  readonly onDate: string
  readonly startsAt: number
  readonly endsAt: number
  /** with their close family when it was claimed */
  readonly volunteer: Server
  readonly volunteerId: string
  readonly elderId: string | null
  readonly elderName: string | null
  readonly organiserId: string
  readonly pairId: string | null
  /** counts the claims: a seat names the turn that took it */
  readonly turn: number
  readonly status: ShiftStatus
  readonly checkIn: Moment | null
  readonly checkOut: Moment | null
  readonly confirm: ShiftConfirmation | null
  readonly timeline: readonly ShiftLine[]
  /** which list of the social worker it stands on */
  readonly review: 'exception' | 'complete' | null
  /** when the clock must look at it again; null: not */
  readonly dueAt: number | null
  readonly verifiedMinutes: number | null
  readonly verifiedBy: By | null
  /** what it brought; null: nothing yet */
  readonly points: { readonly earned: number; readonly excess: number; readonly entryId: string | null } | null
  /** since when its seat, time or credit may wait to be settled; null: settled */
  readonly unsettledAt: number | null
  readonly requests: RequestLog
}
