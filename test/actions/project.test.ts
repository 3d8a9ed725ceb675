/** Groups and the projects that they claim, from publication to the group's passbook. */
import { DAY, MINUTE } from '../../src/domain/civil-time'
import type { PointsAccount, PointsEntry } from '../../src/domain/ledger'
import { projectCreditHolds, STALE_AFTER, type Project } from '../../src/domain/project'
import { pointsPolicy } from './points-policy'
import { addVolunteers, aGroup, aProject } from './volunteer-world'
import { startWorld, type World } from './world'
import { sampleOf } from '../support/kills'

let world: World
beforeAll(async () => {
  world = await startWorld({ pointsPolicies: [pointsPolicy] })
  await addVolunteers(world)
})
afterAll(() => world.stop())

const stored = async <T>(collection: string): Promise<T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as T[]
const projectOf = async (projectId: string): Promise<Project> => {
  const found = (await stored<Project>('projects')).find((project) => project._id === projectId)
  if (found === undefined) throw new Error(`no project ${projectId}`)
  return found
}
const entryOf = async (projectId: string): Promise<PointsEntry | undefined> => {
  const unsent = (await stored<PointsAccount>('pointsAccounts')).flatMap((account) => Object.values(account.unsent))
  return [...(await stored<PointsEntry>('pointsEntries')), ...unsent].find((entry) => entry._id === `project_${projectId}`)
}
const phone = (openid: string) => world.phone(openid)
const fire = async () => expect((await world.emulator.fire('timers', 'releaseProjects'))).toMatchObject({ ok: true, result: { ok: true, output: { failed: 0 } } })

afterEach(async () => {
  const { now } = await world.emulator.clock()
  for (const project of await stored<Project>('projects')) expect({ id: project._id, holds: projectCreditHolds(project, await entryOf(project._id), now) }).toEqual({ id: project._id, holds: true })
})

test('published, claimed by a group, evidence, finished, verified, credited to the group once', async () => {
  const { projectId } = await phone('o_social').do('project.publish', { title: '楼道美化', what: '粉刷 3 幢楼道', place: '华光城 3 幢', communityId: 'huaguang', dueOn: '2026-12-31', points: 120 })
  expect((await phone('o_leader').do('project.list', {})).open.find((project) => project.projectId === projectId)).toMatchObject({ stated: 120, acts: ['claim'] })
  expect((await phone('o_neighbour').do('project.list', {})).open.find((project) => project.projectId === projectId)?.acts).toEqual([])
  expect(await phone('o_helper').codeOf('project.claim', { projectId, groupId: 'willow' })).toBe('NOT_FOUND')
  await phone('o_leader').do('project.claim', { projectId, groupId: 'willow' })
  expect(await phone('o_leader').codeOf('project.finish', { projectId, words: '完成' })).toBe('EVIDENCE_INCOMPLETE')
  await phone('o_leader').do('project.evidence', { projectId, words: '刷了一半' })
  await phone('o_leader').do('project.finish', { projectId, words: '全部完成' })
  expect((await phone('o_social').do('project.list', {})).toVerify.find((project) => project.projectId === projectId)?.acts).toEqual(['verify', 'withdraw'])
  expect(await phone('o_social').codeOf('project.verify', { projectId, outcome: 'sentBack' })).toBe('REASON_REQUIRED')
  await phone('o_social').do('project.verify', { projectId, outcome: 'sentBack', reason: '扶手没有刷' })
  await phone('o_leader').do('project.finish', { projectId, words: '扶手也刷了' })
  expect(await phone('o_social').do('project.verify', { projectId, outcome: 'verified' })).toEqual({ points: { earned: 120, excess: 0, entryId: `project_${projectId}` } })
  expect(await entryOf(projectId)).toMatchObject({ ownerId: 'willow', amount: 120, from: 'fund', kind: 'project', by: { name: '李静' } })
  expect(await phone('o_social').codeOf('project.verify', { projectId, outcome: 'verified' })).toBe('WRONG_STATE')
  expect(await phone('o_helper').do('group.show', { groupId: 'willow' })).toMatchObject({ balance: 120, projectsDone: 1, isMyLead: false })
  expect((await phone('o_leader').do('group.list', {})).groups.find((group) => group.groupId === 'willow')).toMatchObject({ isMyLead: true, balance: 120 })
  const seen = async (openid: string) => (await phone(openid).do('group.list', { all: true })).groups.some((group) => group.groupId === 'willow')
  expect([await seen('o_admin'), await seen('o_social_taigu'), await seen('o_strange_admin')]).toEqual([true, false, false])
})

test('two groups at once: one has it, the other hears who', async () => {
  const project = await aProject(world, 'open')
  const [first, second] = [await aGroup(world), await aGroup(world)]
  await world.emulator.faults({ seed: 7, latencyMs: [0, 15] })
  const answers = await Promise.all([first, second].map((group) => phone('o_leader').ask('project.claim', { projectId: project._id, groupId: group._id })))
  await world.emulator.faults({})
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  const winner = (await projectOf(project._id)).claim?.groupName
  expect(answers.find((answer) => !answer.ok)).toMatchObject({ error: { code: 'ALREADY_TAKEN', details: { name: winner } } })
})

test('a group works on three at a time', async () => {
  const group = await aGroup(world)
  for (const _turn of [1, 2, 3]) await phone('o_leader').do('project.claim', { projectId: (await aProject(world, 'open'))._id, groupId: group._id })
  expect(await phone('o_leader').codeOf('project.claim', { projectId: (await aProject(world, 'open'))._id, groupId: group._id })).toBe('LIMIT_REACHED')
})

test('a claim of which nothing is heard is released by the clock, and a second run changes nothing', async () => {
  const silent = await aProject(world, 'claimed')
  const heard = await aProject(world, 'claimed')
  await world.emulator.advance(STALE_AFTER - DAY)
  await phone('o_leader').do('project.evidence', { projectId: heard._id, words: '还在做' })
  await world.emulator.advance(DAY + MINUTE)
  await fire()
  expect(await projectOf(silent._id)).toMatchObject({ status: 'open', claim: null, groupId: null })
  expect((await projectOf(silent._id)).timeline.at(-1)).toMatchObject({ what: 'released', words: '示例柳韵社' })
  expect(await projectOf(heard._id)).toMatchObject({ status: 'claimed' })
  const once = await stored('projects')
  await fire()
  expect(await stored('projects')).toEqual(once)
  expect(await phone('o_leader').codeOf('project.finish', { projectId: silent._id, words: '完成' })).toBe('NOT_FOUND')
})

test('no member, and nobody of their family, verifies; an administrator can', async () => {
  await world.addPerson('memberSocial', { openid: 'o_member_social', name: '社员社工', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
  await world.addPerson('sister', { openid: 'o_sister', name: '社长妹妹', kinIds: ['leader'], grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
  const { groupId } = await phone('o_social').do('group.save', { name: '示例合唱团', communityId: 'huaguang', leaderId: 'leader', memberIds: ['memberSocial', 'helper'], isOpen: true })
  const { projectId } = await phone('o_social').do('project.publish', { title: '慰问演出', what: '到日托中心演一场', place: '日托中心', communityId: 'huaguang', dueOn: '2027-03-01' })
  await phone('o_leader').do('project.claim', { projectId, groupId })
  await phone('o_leader').do('project.evidence', { projectId, words: '排练了三次' })
  await phone('o_leader').do('project.finish', { projectId, words: '演完了' })
  expect(await phone('o_member_social').codeOf('project.verify', { projectId, outcome: 'verified' })).toBe('OWN_CASE')
  expect(await phone('o_sister').codeOf('project.verify', { projectId, outcome: 'verified' })).toBe('OWN_CASE')
  expect(await phone('o_strange_admin').codeOf('project.verify', { projectId, outcome: 'verified' })).toBe('NOT_FOUND')
  // The policy's 500 for a project are the group's most for a day; what is over goes to the community.
  expect(await phone('o_admin').do('project.verify', { projectId, outcome: 'verified' })).toMatchObject({ points: { earned: 500, excess: 0 } })
})

test('a group has a leader whom somebody has seen, and nobody is in it twice', async () => {
  await world.addPerson('unseen', { name: '示例新人', standing: 'unverified' })
  const good = { name: '示例书画社', communityId: 'huaguang', leaderId: 'leader', memberIds: [], isOpen: true }
  expect(await phone('o_social').codeOf('group.save', { ...good, leaderId: 'unseen' })).toBe('UNVERIFIED')
  expect(await phone('o_social').codeOf('group.save', { ...good, memberIds: ['stranger'] })).toBe('NOT_FOUND')
  expect(await phone('o_social').codeOf('group.save', { ...good, communityId: 'taigu' })).toBe('NOT_FOUND')
  const { groupId } = await phone('o_social').do('group.save', good)
  await phone('o_social').do('group.save', { ...good, groupId, name: '示例书法社', isOpen: false })
  expect(await phone('o_social').do('group.show', { groupId })).toMatchObject({ name: '示例书法社', isOpen: false, members: [{ personId: 'leader', name: '丁兰' }] })
  expect(await phone('o_leader').codeOf('project.claim', { projectId: (await aProject(world, 'open'))._id, groupId })).toBe('WRONG_STATE')
})

test('a verification killed after its database calls, then the clock: credited once', async () => {
  const scenes = []
  for (const nth of sampleOf(Array.from({ length: 13 }, (_, index) => index + 1), 2)) {
    const group = await aGroup(world)
    const project = await aProject(world, 'finished', group)
    scenes.push(project)
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: 'after', only: { functions: ['api'], operations: ['database.'] } })
    await world.emulator.call('o_social', { action: 'project.verify', input: { projectId: project._id, outcome: 'verified' }, requestId: `project-${nth}-verify`, contractVersion: 1 })
  }
  await world.emulator.faults({})
  await world.emulator.advance(10 * MINUTE)
  await fire()
  const once = [await stored('projects'), await stored('pointsAccounts')]
  await fire()
  expect([await stored('projects'), await stored('pointsAccounts')]).toEqual(once)
  for (const scene of scenes) {
    const project = await projectOf(scene._id)
    expect(['finished', 'verified']).toContain(project.status)
    expect(project.unsettledAt).toBeNull()
    expect((await entryOf(project._id))?.amount).toBe(project.status === 'verified' ? 100 : undefined)
  }
})
