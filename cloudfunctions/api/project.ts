/** Handlers of src/contract/volunteer.ts: groups, and the projects that they claim 项目认领. */
import type { OutputOf, ParsedOf } from '../../src/contract'
import { DomainError, ensure } from '../../src/domain/error'
import { changedGroup, mayActFor, newGroup, type Group, type GroupWish } from '../../src/domain/group'
import type { PointsAccount } from '../../src/domain/ledger'
import type { Person } from '../../src/domain/person'
import { actsOfProject, bringEvidence, claimProject, finishProject, giveUpProject, publishProject, verifyProject, type Project } from '../../src/domain/project'
import { hasRole, type Actor, type Subject } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { changeOnce, createOnce } from '../_server/aggregate'
import { command, find, read } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { getGroup, getProject, settleProject } from '../_server/projects'
import { communitiesOf, getResident } from '../_server/residents'
import { aboutNobody, handler } from '../_server/serve'
import { serverOf } from '../_server/tasks'
import { ensureAllowedText } from '../_server/text'
import { asVolunteer } from './volunteer'

const DONE = { done: true } as const
const GROUPS_AT_MOST = 60
const PROJECTS_AT_MOST = 60
const MEMBERS_AT_ONCE = 100

const placeOf = ({ subdistrictId, communityId }: { readonly subdistrictId: string; readonly communityId: string }): Subject => ({ subdistrictId, communityId })
const said = (words: string | undefined): string | null => (words === undefined || words === '' ? null : words)

/** A project whose leader acts. */
async function theirProject({ projectId }: { readonly projectId: string }) {
  const project = await getProject(projectId)
  return { subject: { ...placeOf(project), named: project.claim === null ? [] : [project.claim.leaderId] }, project, remembersIn: project }
}

/** Who looks at projects: whom they lead, and who is their family. */
interface Viewer {
  readonly actor: Actor
  readonly kinIds: readonly string[]
  readonly leads: boolean
}

async function viewerOf(actor: Actor, leads: boolean): Promise<Viewer> {
  return { actor, leads, kinIds: (await serverOf(await getPerson(actor.personId))).kinIds }
}

function projectView(project: Project, subdistrict: Subdistrict, { actor, kinIds, leads }: Viewer, now: number): OutputOf<'project.list'>['open'][number] {
  const isSocial = communitiesOf(actor).includes(project.communityId) || actor.grants.some((grant) => grant.role === 'admin')
  return {
    projectId: project._id, title: project.title, what: project.what, place: project.place, communityId: project.communityId, communityName: communityName(subdistrict, project.communityId), dueOn: project.dueOn, stated: project.stated, status: project.status,
    groupId: project.groupId, groupName: project.claim?.groupName ?? null, claimedAt: project.claim?.at ?? null, staleAt: project.staleAt, points: project.points === null ? null : { ...project.points },
    timeline: project.timeline.map((line) => ({ what: line.what, at: line.at, byName: line.by.name, byMe: line.by.personId === actor.personId, words: line.words })),
    acts: [...actsOfProject(project, { personId: actor.personId, kinIds, leads, isSocial }, now)],
  }
}

/** Groups with what stands in their passbooks, and how many projects they finished. */
async function groupViews(groups: readonly Group[], subdistrict: Subdistrict, actor: Actor): Promise<OutputOf<'group.list'>['groups']> {
  if (groups.length === 0) return []
  const ids = groups.map((group) => group._id)
  const [accounts, done] = await Promise.all([
    find<PointsAccount>('pointsAccounts', { _id: command.in(ids) }, null, ids.length), find<Project>('projects', { groupId: command.in(ids), status: 'verified' }, { by: 'publishedAt', direction: 'desc' }, 1000, ['groupId']),
  ])
  return groups.map((group) => ({
    groupId: group._id, name: group.name, communityId: group.communityId, communityName: communityName(subdistrict, group.communityId), leaderId: group.leaderId, leaderName: group.leader.name, isOpen: group.isOpen,
    isMyLead: group.leaderId === actor.personId, members: group.members.map(({ personId, name }) => ({ personId, name })), balance: accounts.find((account) => account._id === group._id)?.balances.spendable ?? 0,
    projectsDone: done.filter((project) => project.groupId === group._id).length,
  }))
}

/** Leader and members as residents whom somebody has seen. @throws NOT_FOUND, UNVERIFIED */
async function wishOf(input: ParsedOf<'group.save'>, actor: Actor): Promise<GroupWish> {
  const ids = [...new Set([input.leaderId, ...input.memberIds])]
  const people = await find<Person>('people', { _id: command.in(ids) }, null, MEMBERS_AT_ONCE)
  const members = ids.map((personId) => {
    const person = people.find((one) => one._id === personId)
    if (person === undefined || person.subdistrictId !== actor.subdistrictId || person.mergedInto !== null) throw new DomainError('NOT_FOUND')
    ensure(person.standing === 'verified', 'UNVERIFIED')
    return { personId, name: person.name }
  })
  const leader = members[0]
  if (leader === undefined) throw new DomainError('NOT_FOUND')
  return { name: input.name, communityId: input.communityId, leader, members, isOpen: input.isOpen }
}

const communitiesIn = (subdistrict: Subdistrict, actor: Actor) => {
  const mine = communitiesOf(actor)
  return subdistrict.communities.filter(({ communityId }) => mine.includes(communityId)).map(({ communityId, name }) => ({ communityId, name }))
}

const newest = { by: 'publishedAt', direction: 'desc' } as const

export const projectHandlers = {
  'group.list': handler('group.list', {
    load: aboutNobody,
    async run(input, _loaded, { actor }) {
      const isWhole = input.all === true && hasRole(actor, 'admin')
      const communityIds = isWhole ? (await getSubdistrict(actor.subdistrictId)).communities.map(({ communityId }) => communityId) : communitiesOf(actor)
      const [subdistrict, here, mine] = await Promise.all([
        getSubdistrict(actor.subdistrictId), communityIds.length === 0 ? [] : find<Group>('groups', { communityId: command.in(communityIds) }, { by: 'savedAt', direction: 'desc' }, GROUPS_AT_MOST),
        find<Group>('groups', { memberIds: actor.personId }, { by: 'savedAt', direction: 'desc' }, GROUPS_AT_MOST),
      ])
      const groups = [...new Map([...mine, ...here].map((group) => [group._id, group])).values()]
      return { groups: await groupViews(groups, subdistrict, actor), communities: communitiesIn(subdistrict, actor) }
    },
  }),

  'group.save': handler('group.save', {
    async load(input, { actor, request }) {
      const group = input.groupId === undefined ? await read<Group>('groups', derivedId('gr', request.key)) : await getGroup(input.groupId)
      const isMade = group !== null && input.groupId === undefined
      return { subject: group === null ? { subdistrictId: actor.subdistrictId, communityId: input.communityId } : placeOf(group), group, remembersIn: isMade ? null : group, madeBefore: isMade ? { hash: group.madeBy.hash, answer: { groupId: group._id } } : null }
    },
    async run(input, { group }, call, standing) {
      const { actor, now, request } = call
      ensure(communitiesOf(actor).includes(input.communityId), 'NOT_FOUND')
      await ensureAllowedText(call.openid, input.name)
      const wish = await wishOf(input, actor)
      const by = byOf(actor, standing)
      if (group === null) return { groupId: (await createOnce<Group>('groups', newGroup(wish, { groupId: derivedId('gr', request.key), subdistrictId: actor.subdistrictId, key: request.key, hash: request.hash }, by, now)))._id }
      return (await changeOnce('groups', group, request, (current) => ({ next: changedGroup(current, wish, by, now), answer: { groupId: current._id } }))).answer
    },
  }),

  'group.show': handler('group.show', {
    async load({ groupId }) {
      const group = await getGroup(groupId)
      return { subject: { ...placeOf(group), named: group.memberIds }, group }
    },
    async run(_input, { group }, { actor, now }) {
      const [subdistrict, projects] = await Promise.all([
        getSubdistrict(group.subdistrictId), find<Project>('projects', { groupId: group._id, status: command.in(['claimed', 'finished', 'verified']) }, newest, PROJECTS_AT_MOST),
      ])
      const [view] = await groupViews([group], subdistrict, actor)
      if (view === undefined) throw new DomainError('NOT_FOUND')
      const viewer = await viewerOf(actor, group.leaderId === actor.personId)
      return { ...view, projects: projects.map((project) => projectView(project, subdistrict, viewer, now)) }
    },
  }),

  'project.list': handler('project.list', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, now }) {
      const communityIds = communitiesOf(actor)
      const [subdistrict, groups, open] = await Promise.all([
        getSubdistrict(actor.subdistrictId), find<Group>('groups', { memberIds: actor.personId }, { by: 'savedAt', direction: 'desc' }, GROUPS_AT_MOST),
        find<Project>('projects', { subdistrictId: actor.subdistrictId, status: 'open' }, newest, PROJECTS_AT_MOST),
      ])
      const led = groups.filter((group) => mayActFor(group, actor.personId))
      const groupIds = groups.map((group) => group._id)
      const [ofGroups, here, viewer] = await Promise.all([
        groupIds.length === 0 ? [] : find<Project>('projects', { groupId: command.in(groupIds), status: command.in(['claimed', 'finished', 'verified']) }, newest, PROJECTS_AT_MOST),
        communityIds.length === 0 ? [] : find<Project>('projects', { communityId: command.in(communityIds), status: command.in(['claimed', 'finished']) }, newest, PROJECTS_AT_MOST), viewerOf(actor, led.length > 0),
      ])
      const view = (project: Project) => projectView(project, subdistrict, viewer, now)
      return {
        open: open.map(view), mine: [...new Map([...ofGroups, ...here.filter((project) => project.status === 'claimed')].map((project) => [project._id, project])).values()].map(view),
        toVerify: here.filter((project) => project.status === 'finished').map(view), leads: led.map((group) => ({ groupId: group._id, name: group.name })), communities: communitiesIn(subdistrict, actor),
      }
    },
  }),

  'project.publish': handler('project.publish', {
    isFoundByKey: true,
    async load(input, { actor, request }) {
      const before = await read<Project>('projects', derivedId('pj', request.key))
      return { subject: { subdistrictId: actor.subdistrictId, communityId: input.communityId }, madeBefore: before && { hash: before.madeBy.hash, answer: { projectId: before._id } } }
    },
    async run(input, _loaded, call, standing) {
      const { points, ...stated } = input
      await ensureAllowedText(call.openid, `${input.title}\n${input.what}\n${input.place}`)
      const made = { projectId: derivedId('pj', call.request.key), subdistrictId: call.actor.subdistrictId, key: call.request.key, hash: call.request.hash }
      return { projectId: (await createOnce<Project>('projects', publishProject({ ...stated, stated: points ?? null }, made, byOf(call.actor, standing), call.now)))._id }
    },
  }),

  'project.claim': handler('project.claim', {
    async load({ projectId, groupId }) {
      const [project, group] = await Promise.all([getProject(projectId), getGroup(groupId)])
      ensure(project.subdistrictId === group.subdistrictId, 'NOT_FOUND')
      return { subject: { ...placeOf(group), named: [group.leaderId] }, project, group, remembersIn: project }
    },
    async run(_input, { project, group }, { actor, now, request }) {
      const claims = (await find<Project>('projects', { groupId: group._id, status: 'claimed' }, newest, PROJECTS_AT_MOST, ['groupId'])).length
      return (await changeOnce('projects', project, request, (current) => ({ next: claimProject(current, group, claims, asVolunteer(actor), now), answer: DONE }))).answer
    },
  }),

  'project.evidence': handler('project.evidence', {
    load: theirProject,
    async run(input, { project }, call) {
      await ensureAllowedText(call.openid, input.words)
      return (await changeOnce('projects', project, call.request, (current) => ({ next: bringEvidence(current, input.words, asVolunteer(call.actor), call.now), answer: DONE }))).answer
    },
  }),

  'project.finish': handler('project.finish', {
    load: theirProject,
    async run(input, { project }, call) {
      await ensureAllowedText(call.openid, input.words)
      return (await changeOnce('projects', project, call.request, (current) => ({ next: finishProject(current, input.words, asVolunteer(call.actor), call.now), answer: DONE }))).answer
    },
  }),

  'project.giveUp': handler('project.giveUp', {
    load: theirProject,
    async run(input, { project }, call) {
      await ensureAllowedText(call.openid, input.reason)
      return (await changeOnce('projects', project, call.request, (current) => ({ next: giveUpProject(current, asVolunteer(call.actor), input.reason, call.now), answer: DONE }))).answer
    },
  }),

  'project.verify': handler('project.verify', {
    // Not remembered before it runs: what it brought is known only after it was settled.
    async load({ projectId }) {
      const project = await getProject(projectId)
      return { subject: placeOf(project), project }
    },
    async run(input, { project }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      const { kinIds } = await serverOf(await getResident(call.actor.personId))
      const { document } = await changeOnce('projects', project, call.request, (current) => ({ next: verifyProject(current, input.outcome, byOf(call.actor, standing), kinIds, said(input.reason), call.now), answer: DONE }))
      return { points: (await settleProject(document, call.now)).points }
    },
  }),
}
