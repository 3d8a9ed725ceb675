/**
 * A project 项目认领: work that a community offers to groups. One group claims it, brings evidence and finishes it; a
 * social worker who belongs to no side verifies it (law 3), and the group is credited once. A claim of which nothing is
 * heard is released by the clock.
 */
import type { By } from './booking-record'
import { civilDate, DAY } from './civil-time'
import { ensure } from './error'
import type { Group } from './group'
import type { RequestLog } from './person'
import { creditHolds, type Credit } from './shift'

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
  /** points that were announced for it; null: the policy's rate */
  readonly stated: number | null
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
  readonly points: Credit | null
  /** since when its credit may wait to be settled; null: settled */
  readonly unsettledAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** A claim of which nothing is heard for this long is released, ms. 示例 policy. */
export const STALE_AFTER = 14 * DAY
/** Projects that one group works on at a time. 示例 policy. */
export const MOST_CLAIMS = 3

export type ProjectWish = Pick<Project, 'title' | 'what' | 'place' | 'communityId' | 'dueOn' | 'stated'>

const line = (what: ProjectLineWhat, at: number, by: By, words: string | null = null): ProjectLine => ({ what, at, by, words })
const after = (project: Project, changes: Partial<Project>, entry: ProjectLine): Project => ({ ...project, ...changes, timeline: [...project.timeline, entry] })
/** @throws WRONG_STATE {status} */
const ensureStatus = (project: Project, ...statuses: readonly ProjectStatus[]): void => ensure(statuses.includes(project.status), 'WRONG_STATE', { status: project.status })
/** @throws NOT_FOUND for whoever does not lead the group whose it is */
const ensureTheirs = (project: Project, by: By): void => ensure(project.claim?.leaderId === by.personId, 'NOT_FOUND')
const free = { status: 'open', claim: null, groupId: null, staleAt: null } as const

/** @throws BAD_INPUT {field: 'dueOn'} for a day that is over */
export function publishProject(wish: ProjectWish, made: { readonly projectId: string; readonly subdistrictId: string; readonly key: string; readonly hash: string }, by: By, now: number): Project {
  ensure(wish.dueOn >= civilDate(now), 'BAD_INPUT', { field: 'dueOn' })
  return {
    _id: made.projectId, version: 1, subdistrictId: made.subdistrictId, ...wish, ...free, timeline: [line('published', now, by)], publishedBy: by, publishedAt: now, verifiedBy: null, points: null, unsettledAt: null,
    madeBy: { key: made.key, hash: made.hash }, requests: {},
  }
}

/** One group gets it. @param claims projects that the group works on already @throws ALREADY_TAKEN {name}, WRONG_STATE, SLOT_PAST, OWN_CASE for a group to which its publisher belongs, LIMIT_REACHED {most} */
export function claimProject(project: Project, group: Group, claims: number, by: By, now: number): Project {
  ensure(project.claim === null || project.claim.groupId === group._id, 'ALREADY_TAKEN', { name: project.claim?.groupName ?? '' })
  ensureStatus(project, 'open')
  ensure(group.isOpen, 'WRONG_STATE', { status: 'closed' })
  ensure(project.dueOn >= civilDate(now), 'SLOT_PAST')
  ensure(!group.memberIds.includes(project.publishedBy.personId), 'OWN_CASE')
  ensure(claims < MOST_CLAIMS, 'LIMIT_REACHED', { most: MOST_CLAIMS })
  const claim = { groupId: group._id, groupName: group.name, leaderId: group.leaderId, memberIds: group.memberIds, at: now }
  return after(project, { status: 'claimed', claim, groupId: group._id, staleAt: now + STALE_AFTER }, line('claimed', now, by))
}

/** What was done so far; the claim stays alive. @throws WRONG_STATE, NOT_FOUND */
export function bringEvidence(project: Project, words: string, by: By, now: number): Project {
  ensureTheirs(project, by)
  ensureStatus(project, 'claimed')
  return after(project, { staleAt: now + STALE_AFTER }, line('evidence', now, by, words))
}

/** @throws WRONG_STATE, NOT_FOUND, EVIDENCE_INCOMPLETE when nothing was brought since it was claimed */
export function finishProject(project: Project, words: string, by: By, now: number): Project {
  ensureTheirs(project, by)
  ensureStatus(project, 'claimed')
  const since = project.claim?.at ?? 0
  ensure(project.timeline.some((entry) => entry.what === 'evidence' && entry.at >= since), 'EVIDENCE_INCOMPLETE', { missing: ['evidence'] })
  return after(project, { status: 'finished', staleAt: null }, line('finished', now, by, words))
}

/** Offered to others again. @throws WRONG_STATE, NOT_FOUND */
export function giveUpProject(project: Project, by: By, reason: string, now: number): Project {
  ensureTheirs(project, by)
  ensureStatus(project, 'claimed')
  return after(project, free, line('givenUp', now, by, reason))
}

/** Why this person does not decide it: they belong to the group, or are close family of somebody who does. */
export const isOwnProject = (project: Pick<Project, 'claim'>, person: { readonly personId: string; readonly kinIds: readonly string[] }): boolean =>
  project.claim !== null && project.claim.memberIds.some((memberId) => memberId === person.personId || person.kinIds.includes(memberId))

/** A social worker's word. @throws WRONG_STATE, OWN_CASE, REASON_REQUIRED for all but a plain yes */
export function verifyProject(project: Project, outcome: 'verified' | 'sentBack' | 'withdrawn', by: By, kinIds: readonly string[], reason: string | null, now: number): Project {
  ensure(!isOwnProject(project, { personId: by.personId, kinIds }), 'OWN_CASE')
  ensureStatus(project, ...(outcome === 'withdrawn' ? (['open', 'claimed', 'finished'] as const) : (['finished'] as const)))
  ensure(outcome === 'verified' || reason !== null, 'REASON_REQUIRED')
  if (outcome === 'withdrawn') return after(project, { ...free, status: 'withdrawn' }, line('withdrawn', now, by, reason))
  if (outcome === 'sentBack') return after(project, { status: 'claimed', staleAt: now + STALE_AFTER }, line('sentBack', now, by, reason))
  return after(project, { status: 'verified', verifiedBy: by, unsettledAt: now }, line('verified', now, by, reason))
}

const system: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }

/** What the clock makes of a claim of which nothing was heard. The same project when there is nothing to do. */
export const releaseStale = (project: Project, now: number): Project =>
  project.status === 'claimed' && project.staleAt !== null && project.staleAt <= now ? after(project, free, line('released', now, system, project.claim?.groupName ?? null)) : project

export type ProjectAct = 'claim' | 'evidence' | 'finish' | 'giveUp' | 'verify' | 'withdraw'

/** What somebody can do with it now. @param isSocial a social worker of its community, or an administrator */
export function actsOfProject(project: Project, viewer: { readonly personId: string; readonly kinIds: readonly string[]; readonly leads: boolean; readonly isSocial: boolean }, now: number): readonly ProjectAct[] {
  const isTheirs = project.claim?.leaderId === viewer.personId
  const maySee = viewer.isSocial && !isOwnProject(project, viewer)
  return [
    ...(project.status === 'open' && viewer.leads && project.dueOn >= civilDate(now) ? (['claim'] as const) : []),
    ...(project.status === 'claimed' && isTheirs ? (['evidence', 'giveUp', ...(project.timeline.some((entry) => entry.what === 'evidence' && entry.at >= (project.claim?.at ?? 0)) ? (['finish'] as const) : [])] as const) : []),
    ...(project.status === 'finished' && maySee ? (['verify'] as const) : []), ...(['open', 'claimed', 'finished'].includes(project.status) && maySee ? (['withdraw'] as const) : []),
  ]
}

/** Each verified project has its credit. @param entry `project_<projectId>` */
export const projectCreditHolds = (project: Pick<Project, 'status' | 'points' | 'unsettledAt'>, entry: { readonly amount: number } | undefined, now: number): boolean => creditHolds({ ...project, isDone: project.status === 'verified' }, entry, now)
