/**
 * A volunteer task 志愿任务: work that a social worker offers to volunteers of a community, with seats. Law 1 holds as it
 * does for slots: remaining + holders = seats, a volunteer has at most one seat. Whoever the task is for, and their
 * family, do not serve in it for points (law 3).
 */
import type { By } from './booking-record'
import { instantOf, MINUTE } from './civil-time'
import { DomainError, ensure } from './error'
import { isOwnCase, type Server } from './own-case'
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

/** Somebody whom a task names. */
export interface Named {
  readonly personId: string
  readonly name: string
}

export interface Task {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  /** where it takes place: its social workers look after it */
  readonly communityId: string
  /** the community whose volunteers see it among what they can claim; null: cancelled, or for one volunteer alone */
  readonly offeredIn: string | null
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

/** What a social worker writes. */
export interface TaskWish extends Pick<Task, 'title' | 'what' | 'place' | 'communityId' | 'onDate' | 'skills' | 'seats' | 'elder' | 'organiser' | 'pairId' | 'onlyFor' | 'walkingMinutes'> {
  readonly startMinute: number
  readonly endMinute: number
}

/** A shift takes no longer, minutes. 示例 policy. */
const LONGEST_TASK = 12 * 60

/**
 * A task as it is published.
 * @throws BAD_INPUT {field} for a time that is over or runs backwards, for a skill named twice, or when the organiser would serve themself
 */
export function publish(wish: TaskWish, made: { readonly taskId: string; readonly subdistrictId: string; readonly doorKey: string; readonly key: string; readonly hash: string }, by: By, now: number): Task {
  const { startMinute, endMinute, ...stated } = wish
  const [startsAt, endsAt] = [instantOf(wish.onDate, startMinute), instantOf(wish.onDate, endMinute)]
  ensure(startsAt > now, 'BAD_INPUT', { field: 'onDate' })
  ensure(endMinute > startMinute && endMinute - startMinute <= LONGEST_TASK, 'BAD_INPUT', { field: 'endMinute' })
  ensure(new Set(wish.skills).size === wish.skills.length, 'BAD_INPUT', { field: 'skills' })
  ensure(Number.isSafeInteger(wish.seats) && wish.seats >= 1, 'BAD_INPUT', { field: 'seats' })
  return {
    _id: made.taskId, version: 1, subdistrictId: made.subdistrictId, ...stated, offeredIn: wish.onlyFor === null ? wish.communityId : null, startsAt, endsAt, remaining: wish.seats, holders: {},
    elderId: wish.elder?.personId ?? null, organiserId: wish.organiser.personId, status: 'open', cancelled: null, publishedBy: by, publishedAt: now, doorKey: made.doorKey, unsettledAt: null,
    madeBy: { key: made.key, hash: made.hash }, requests: {},
  }
}

/** Who wants a seat: with close family (law 3) and stated skills. */
export interface Candidate extends Server {
  readonly skills: readonly Skill[]
}

/** True when it would be their own case: the elder is theirs, or they run it themself; where no elder confirms, family of the organiser, too. */
export const isOwnTask = (task: Pick<Task, 'elder' | 'organiserId'>, volunteer: Server): boolean =>
  (task.elder !== null && isOwnCase(task.elder.personId, volunteer)) || task.organiserId === volunteer.personId || (task.elder === null && isOwnCase(task.organiserId, volunteer))

/** Skills that it asks for and somebody did not state. */
export const skillsMissing = (task: Pick<Task, 'skills'>, stated: readonly Skill[]): readonly Skill[] => task.skills.filter((skill) => !stated.includes(skill))

/**
 * Whether this volunteer may take a seat now, and if not, why. Who has one already may.
 * @throws WRONG_STATE {status}, SLOT_PAST, NOT_FOUND for a task of another pair, OWN_CASE, SKILL_MISSING {skills}, TASK_FULL
 */
export function ensureMayClaim(task: Task, volunteer: Candidate, now: number): void {
  ensure(task.status === 'open', 'WRONG_STATE', { status: task.status })
  ensure(task.startsAt > now, 'SLOT_PAST')
  ensure(task.onlyFor === null || task.onlyFor === volunteer.personId, 'NOT_FOUND')
  ensure(!isOwnTask(task, volunteer), 'OWN_CASE')
  const missing = skillsMissing(task, volunteer.skills)
  ensure(missing.length === 0, 'SKILL_MISSING', { skills: missing })
  ensure(task.holders[volunteer.personId] !== undefined || task.remaining > 0, 'TASK_FULL')
}

/** No longer offered; seats and times are given back afterwards. @throws WRONG_STATE {status} when it is cancelled already, or somebody has checked in */
export function cancelTask(task: Task, hasBegun: boolean, by: By, reason: string, now: number): Task {
  ensure(task.status === 'open', 'WRONG_STATE', { status: task.status })
  ensure(!hasBegun, 'WRONG_STATE', { status: 'checkedIn' })
  return { ...task, status: 'cancelled', offeredIn: null, cancelled: { at: now, by, reason }, unsettledAt: now }
}

/** How it stands for somebody who reads about it. */
export const stateOf = (task: Pick<Task, 'status' | 'endsAt' | 'remaining'>, now: number): 'open' | 'full' | 'over' | 'cancelled' =>
  task.status === 'cancelled' ? 'cancelled' : task.endsAt <= now ? 'over' : task.remaining <= 0 ? 'full' : 'open'

/** Minutes from its beginning to its end. */
export const plannedMinutes = ({ startsAt, endsAt }: Pick<Task, 'startsAt' | 'endsAt'>): number => Math.round((endsAt - startsAt) / MINUTE)

/** Law 1 in one task: seats that are free and seats that are held are all there are. */
export const taskHolds = (task: Pick<Task, 'seats' | 'remaining' | 'holders'>): boolean => task.remaining >= 0 && task.remaining + Object.keys(task.holders).length === task.seats

/** @throws NOT_FOUND for who has no seat in it */
export function seatOf(task: Pick<Task, 'holders'>, personId: string): TaskSeat {
  const seat = task.holders[personId]
  if (seat === undefined) throw new DomainError('NOT_FOUND')
  return seat
}
