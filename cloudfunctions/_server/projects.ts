/** Groups and projects in the database: a finished project that was verified is credited to its group, once. */
import { civilDate } from '../../src/domain/civil-time'
import type { Group } from '../../src/domain/group'
import type { Project } from '../../src/domain/project'
import type { Credit } from '../../src/domain/shift'
import { get } from './aggregate'
import { command, updateIf } from './cloud'
import { creditWork } from './earning'
import type { Owner } from './ledger'

export const getGroup = (groupId: string): Promise<Group> => get<Group>('groups', groupId)
export const getProject = (projectId: string): Promise<Project> => get<Project>('projects', projectId)

/** A group's passbook: it earns from projects, and can only donate. */
export const ownerOfGroup = (group: Pick<Group, '_id' | 'subdistrictId' | 'communityId'>): Owner => ({ _id: group._id, subdistrictId: group.subdistrictId, communityId: group.communityId, kind: 'group' })

/** Credits a verified project; again changes nothing. @returns the project as it then stands */
export async function settleProject(project: Project, now: number): Promise<Project> {
  if (project.unsettledAt === null || project.status !== 'verified' || project.claim === null || project.verifiedBy === null) return project
  const finished = [...project.timeline].reverse().find((line) => line.what === 'finished')
  const credit = await creditWork(ownerOfGroup(await getGroup(project.claim.groupId)), {
    source: 'project', id: project._id, earner: 'volunteer', serviceItemId: null, minutes: 0, onDate: civilDate(finished?.at ?? project.unsettledAt), stated: project.stated, words: project.title, about: null, by: project.verifiedBy,
  }, now)
  const points: Credit = credit ?? { earned: 0, excess: 0, entryId: null }
  const isSettled = await updateIf('projects', project._id, { unsettledAt: project.unsettledAt }, { unsettledAt: command.set(null), points: command.set(points), version: command.inc(1) })
  return { ...project, points, unsettledAt: null, version: project.version + (isSettled ? 1 : 0) }
}
