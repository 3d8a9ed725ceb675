/**
 * A volunteer task 志愿任务: work that a social worker offers to volunteers of a community, with seats. Law 1 holds as it
 * does for slots: remaining + holders = seats, a volunteer has at most one seat. Whoever the task is for, and their
 * family, do not serve in it for points (law 3).
 */
import type { By } from './booking-record'
import type { RequestLog } from './person'

/** What a task may ask for and a volunteer may state. */
export const skills = ['company', 'escort', 'errands', 'housework', 'cooking', 'haircut', 'repairs', 'phoneHelp', 'teaching', 'arts', 'patrol', 'firstAid'] as const
export type Skill = (typeof skills)[number]

export interface TaskSeat {
  readonly shiftId: string
  /** which claim of this volunteer took it: who gave up and claims again has another turn */
  readonly turn: number
  readonly at: number
}

/** Somebody whom a task names, with their close family by record (law 3). */
export interface Named {
  readonly personId: string
  readonly name: string
  readonly kinIds: readonly string[]
}

export interface Task {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  /** where it takes place: its social workers look after it */
  readonly communityId: string
  readonly title: string
  readonly what: string
  readonly place: string
  readonly onDate: string
  readonly startsAt: number
  readonly endsAt: number
  readonly skills: readonly Skill[]
  readonly seats: number
  readonly remaining: number
  /** by volunteer */
  readonly holders: Readonly<Record<string, TaskSeat>>
  /** the elder whom it serves; null: nobody in particular */
  readonly elder: Named | null
  /** `elder.personId`, as an index needs it */
  readonly elderId: string | null
  /** who runs it on the spot, shows the code and says that it took place */
  readonly organiser: Named
  readonly organiserId: string
  /** the standing help that it belongs to; null: none */
  readonly pairId: string | null
  /** the only volunteer who may claim it; null: everybody of the community's volunteers */
  readonly onlyFor: string | null
  /** declared walking minutes from communities to the place */
  readonly walkingMinutes: Readonly<Record<string, number>>
  readonly status: 'open' | 'cancelled'
  readonly cancelled: { readonly at: number; readonly by: By; readonly reason: string } | null
  readonly publishedBy: By
  readonly publishedAt: number
  /** secret of the rotating code */
  readonly doorKey: string
  /** since when a seat here may have been left half-way; null: settled */
  readonly unsettledAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}
