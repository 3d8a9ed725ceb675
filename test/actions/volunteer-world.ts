/**
 * Volunteers in the small world: `helper` and `helper2` help in 华光城 and 太古城, `farHelper` in 太古城 alone; the group
 * `willow` is led by `leader`. Tasks and shifts in a state of one's choice, made by the product's own rules.
 */
import { windowOf, windowStart } from '../../src/domain/door-code'
import { civilDate, HOUR, minuteOfDay, MINUTE } from '../../src/domain/civil-time'
import type { Group } from '../../src/domain/group'
import { answerPair, offer, type Pair } from '../../src/domain/pair'
import { bringEvidence, claimProject, finishProject, publishProject, type Project } from '../../src/domain/project'
import { checkInShift, checkOutShift, claimed, confirmShift, type Shift } from '../../src/domain/shift'
import { publish, type Skill, type Task, type TaskWish } from '../../src/domain/task'
import type { World } from './world'

const by = (personId: string, as: 'volunteer' | 'socialWorker' | 'elder', name = personId) => ({ personId, name, as, kinship: null, scope: null })
let serial = 0

export const volunteerGrantOf = (communityIds: readonly string[] = ['huaguang', 'taigu'], skills: readonly Skill[] = ['company', 'escort']) => [{ role: 'volunteer' as const, communityIds, skills }]

export const willow: Group = {
  _id: 'willow', version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', name: '示例柳韵社', leader: { personId: 'leader', name: '丁兰' }, leaderId: 'leader', members: [{ personId: 'leader', name: '丁兰' }, { personId: 'helper', name: '何平' }],
  memberIds: ['leader', 'helper'], isOpen: true, savedBy: by('social', 'socialWorker'), savedAt: 1, madeBy: { key: 'willow', hash: 'h' }, requests: {},
}

/** Puts the volunteers and the group into a world. */
export async function addVolunteers(world: World): Promise<void> {
  await world.addPerson('helper', { openid: 'o_helper', name: '何平', birthOn: '1960-01-01', grants: volunteerGrantOf() })
  await world.addPerson('helper2', { openid: 'o_helper2', name: '方琴', birthOn: '1962-01-01', communityId: 'taigu', grants: volunteerGrantOf() })
  await world.addPerson('farHelper', { openid: 'o_far_helper', name: '田野', birthOn: '1962-01-01', communityId: 'taigu', grants: volunteerGrantOf(['taigu']) })
  await world.addPerson('leader', { openid: 'o_leader', name: '丁兰', birthOn: '1965-01-01' })
  await world.emulator.insert('groups', [willow])
}

const nowOf = async (world: World): Promise<number> => (await world.emulator.clock()).now
/** The next full hour. */
const hourFrom = (instant: number): number => Math.ceil(instant / HOUR) * HOUR

export interface TaskOptions extends Partial<Pick<TaskWish, 'seats' | 'skills' | 'communityId' | 'elder' | 'organiser' | 'onlyFor' | 'pairId' | 'walkingMinutes'>> {
  /** `coming`: at an hour of its own in the weeks ahead; or when it begins */
  readonly startsAt?: number
  readonly minutes?: number
}

/** A task as it stands in the store. */
export function taskOf(now: number, { startsAt, minutes = 60, ...options }: TaskOptions = {}): Task {
  serial += 1
  const at = startsAt ?? hourFrom(now + 24 * HOUR + serial * 2 * HOUR)
  const startMinute = minuteOfDay(at)
  const wish: TaskWish = {
    title: '陪伴聊天', what: '陪老人说说话', place: '华光城 12 幢楼下', communityId: 'huaguang', onDate: civilDate(at), startMinute, endMinute: startMinute + minutes, skills: [], seats: 1,
    elder: { personId: 'mother', name: '王秀珍' }, organiser: { personId: 'social', name: '李静' }, pairId: null, onlyFor: null, walkingMinutes: { huaguang: 5 }, ...options,
  }
  return publish(wish, { taskId: `tk${serial}`, subdistrictId: 'dongliu', doorKey: `door${serial}`, key: `tk${serial}`, hash: 'h' }, by('social', 'socialWorker', '李静'), at - 1)
}

export async function aTask(world: World, options: TaskOptions = {}): Promise<Task> {
  const task = taskOf(await nowOf(world), options)
  await world.emulator.insert('tasks', [task])
  return task
}

const moment = (at: number) => ({ at, provedAt: windowStart(windowOf(at)), proof: 'doorCode' as const, codeWindow: windowOf(at), capturedAt: null })

/** A shift of a volunteer on a task for the elder, in a state, with its seat and its volunteer's time where it still matters. */
export async function aShift(world: World, state: 'claimed' | 'checkedIn' | 'checkedOut' | 'confirmed', options: TaskOptions = {}, volunteer = { personId: 'helper', name: '何平', kinIds: [] as readonly string[] }): Promise<{ readonly task: Task; readonly shift: Shift }> {
  const now = await nowOf(world)
  // What has begun, began on a day before, each at an hour of its own.
  const startsAt = options.startsAt ?? (state === 'claimed' ? undefined : hourFrom(now - (30 + serial * 2) * HOUR))
  const task = taskOf(now, { ...options, ...(startsAt === undefined ? {} : { startsAt: Math.floor(startsAt / MINUTE) * MINUTE }) })
  const shiftId = `shf${serial}`
  const me = by(volunteer.personId, 'volunteer', volunteer.name)
  const steps: ((shift: Shift) => Shift)[] = [
    (shift) => checkInShift(shift, moment(task.startsAt), me), (shift) => checkOutShift(shift, moment(task.endsAt), me),
    (shift) => confirmShift(shift, { at: task.endsAt + MINUTE, byPersonId: 'mother', proof: 'elderTap' }, by('mother', 'elder', '王秀珍'), null),
  ]
  const count = { claimed: 0, checkedIn: 1, checkedOut: 2, confirmed: 3 }[state]
  const shift = steps.slice(0, count).reduce((current, step) => step(current), claimed(task, volunteer, shiftId, me, task.startsAt - HOUR))
  const seated: Task = { ...task, remaining: task.remaining - 1, holders: { [volunteer.personId]: { shiftId, turn: 1, at: 1 } } }
  await world.emulator.insert('tasks', [seated])
  await world.emulator.insert('shifts', [shift])
  return { task: seated, shift }
}

/** Standing help between the elder and `helper`. */
export async function aPair(world: World, state: 'offered' | 'active', volunteer = { personId: 'helper', name: '何平', kinIds: [] as readonly string[] }): Promise<Pair> {
  const now = await nowOf(world)
  const pairId = `pair${++serial}`
  const offered = offer({
    volunteer, communityId: 'huaguang', elder: { personId: 'mother', name: '王秀珍' }, organiser: { personId: 'mother', name: '王秀珍' }, title: '陪聊', what: '每周陪老人说说话', place: '华光城 12 幢 ***', weekday: serial % 7, startMinute: 9 * 60, minutes: 60,
  }, { pairId, subdistrictId: 'dongliu', key: pairId, hash: 'h' }, by(volunteer.personId, 'volunteer', volunteer.name), now)
  const pair = state === 'offered' ? offered : { ...answerPair(offered, 'elder', true, by('mother', 'elder', '王秀珍'), null, now), dueAt: null }
  await world.emulator.insert('pairs', [pair])
  return pair
}

/** A project of the community; claimed, and finished, by the group `willow`. */
export async function aProject(world: World, state: 'open' | 'claimed' | 'evidenced' | 'finished', group: Group = willow): Promise<Project> {
  const now = await nowOf(world)
  const projectId = `proj${++serial}`
  const lead = by(group.leaderId, 'volunteer', group.leader.name)
  const steps: ((project: Project) => Project)[] = [(project) => claimProject(project, group, 0, lead, now), (project) => bringEvidence(project, '墙面清洗了一半', lead, now), (project) => finishProject(project, '全部完成', lead, now)]
  const count = { open: 0, claimed: 1, evidenced: 2, finished: 3 }[state]
  const fresh = publishProject({ title: '楼道美化', what: '清洗并粉刷 3 幢楼道', place: '华光城 3 幢', communityId: 'huaguang', dueOn: civilDate(now + 60 * 24 * HOUR), stated: 100 }, { projectId, subdistrictId: 'dongliu', key: projectId, hash: 'h' }, by('social', 'socialWorker', '李静'), now)
  const project = steps.slice(0, count).reduce((current, step) => step(current), fresh)
  await world.emulator.insert('projects', [project])
  return project
}

/** A group of its own, led by `leader`: so that no other scene counts against its limit. */
export async function aGroup(world: World): Promise<Group> {
  const group: Group = { ...willow, _id: `group${++serial}`, name: `示例团队 ${serial}` }
  await world.emulator.insert('groups', [group])
  return group
}

/** A task for the elder that has just begun: its code is shown now. */
export const aTaskNow = async (world: World): Promise<Task> => aTask(world, { startsAt: Math.floor(((await nowOf(world)) - 5 * MINUTE) / MINUTE) * MINUTE })

/** A claimed shift whose volunteer, somebody of their own, did not come. */
export async function aMissedShift(world: World): Promise<Shift> {
  const personId = `idle${++serial}`
  await world.addPerson(personId, { name: '示例志愿者' })
  return (await aShift(world, 'claimed', { startsAt: Math.floor(((await nowOf(world)) - 20 * MINUTE) / MINUTE) * MINUTE }, { personId, name: '示例志愿者', kinIds: [] })).shift
}

/** `helper` has served the elder before. */
export async function aServedElder(world: World): Promise<void> {
  const { shift } = await aShift(world, 'confirmed')
  await world.phone('o_social').do('shift.verify', { shiftId: shift._id, outcome: 'verified' })
}

/** A shift of `helper` on a task that begins in an hour and a half, claimed, or checked in an hour later; with the code that stands at the door. */
export async function atTheTask(world: World, state: 'claimed' | 'checkedIn'): Promise<{ readonly shiftId: string; readonly code: string }> {
  const startsAt = hourFrom((await nowOf(world)) + 90 * MINUTE)
  const task = await aTask(world, { startsAt })
  const { shiftId } = await world.phone('o_helper').do('task.claim', { taskId: task._id })
  await world.emulator.passTo(startsAt + 3 * MINUTE)
  const code = async (): Promise<string> => (await world.phone('o_mother').do('shift.code', { taskId: task._id })).code
  if (state === 'checkedIn') {
    await world.phone('o_helper').do('shift.checkIn', { shiftId, code: await code() })
    await world.emulator.pass(10 * MINUTE)
  }
  return { shiftId, code: await code() }
}

/** An hour of its own in the weeks ahead, as `task.publish` is asked for it. */
export async function hoursAhead(world: World): Promise<{ readonly onDate: string; readonly startMinute: number; readonly endMinute: number }> {
  const at = hourFrom((await nowOf(world)) + 48 * HOUR + ++serial * HOUR)
  return { onDate: civilDate(at), startMinute: minuteOfDay(at), endMinute: minuteOfDay(at) + 60 }
}
