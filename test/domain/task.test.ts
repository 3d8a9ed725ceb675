/** A volunteer task, told as sentences about its seats and about who may take one (laws 1 and 3). */
import { instantOf } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { cancelTask, ensureMayClaim, isOwnTask, plannedMinutes, publish, skillsMissing, stateOf, taskHolds, type Candidate, type Task, type TaskWish } from '../../src/domain/task'
import { refusalOf } from './support'

/** What a rule answers when it refuses. */
function refused(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, details: error.details }
    throw error
  }
  return null
}

const NOW = instantOf('2026-11-23', 9 * 60)
const by = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null } as const
const wish: TaskWish = {
  title: '陪诊', what: '陪老人去医院', place: '华光城 12 幢楼下', communityId: 'huaguang', onDate: '2026-11-24', startMinute: 9 * 60, endMinute: 11 * 60, skills: ['escort'], seats: 2, elder: { personId: 'mother', name: '王秀珍' },
  organiser: { personId: 'social', name: '李静' }, pairId: null, onlyFor: null, walkingMinutes: { taigu: 12 },
}
const made = { taskId: 't1', subdistrictId: 'dongliu', doorKey: 'k', key: 'r', hash: 'h' }
const task = (changes: Partial<TaskWish> = {}): Task => publish({ ...wish, ...changes }, made, by, NOW)
const volunteer = (changes: Partial<Candidate> = {}): Candidate => ({ personId: 'helper', name: '何平', kinIds: [], skills: ['escort', 'company'], ...changes })
const seat = { shiftId: 's', turn: 1, at: NOW }

describe('a task as it is published', () => {
  test('has all its seats free, and counts in minutes', () => {
    expect(task()).toMatchObject({ remaining: 2, holders: {}, status: 'open', offeredIn: 'huaguang', elderId: 'mother', startsAt: instantOf('2026-11-24', 540), endsAt: instantOf('2026-11-24', 660) })
    expect(taskHolds(task())).toBe(true)
    expect(plannedMinutes(task())).toBe(120)
  })

  test('for one volunteer alone it is not offered to the community', () => expect(task({ onlyFor: 'helper' }).offeredIn).toBeNull())

  test.each([
    ['that is over', { onDate: '2026-11-22' }, 'onDate'], ['that begins now', { onDate: '2026-11-23' }, 'onDate'], ['that ends before it begins', { endMinute: 8 * 60 }, 'endMinute'], ['of no length', { endMinute: 9 * 60 }, 'endMinute'],
    ['of thirteen hours', { startMinute: 6 * 60, endMinute: 19 * 60 }, 'endMinute'], ['that asks twice for a skill', { skills: ['escort', 'escort'] }, 'skills'], ['without a seat', { seats: 0 }, 'seats'], ['of half a seat', { seats: 1.5 }, 'seats'],
  ] as const)('one %s is refused', (_what, changes, field) => expect(refused(() => task(changes))).toMatchObject({ code: 'BAD_INPUT', details: { field } }))
})

describe('who may take a seat', () => {
  const may = (over: Partial<Task>, who = volunteer(), now = NOW): string => refusalOf(() => ensureMayClaim({ ...task(), ...over }, who, now))

  test('a volunteer with the skill, while a seat is free and it has not begun', () => {
    expect(may({})).toBe('OK')
    expect(may({ remaining: 0 })).toBe('TASK_FULL')
    expect(may({ remaining: 0, holders: { helper: seat } })).toBe('OK')
    expect(may({}, volunteer(), task().startsAt)).toBe('SLOT_PAST')
    expect(may({ status: 'cancelled' })).toBe('WRONG_STATE')
    expect(may({}, volunteer({ skills: ['company'] }))).toBe('SKILL_MISSING')
    expect(skillsMissing(task({ skills: ['escort', 'firstAid'] }), ['escort'])).toEqual(['firstAid'])
  })

  test('not the elder, their family, or who runs it (law 3)', () => {
    expect(may({}, volunteer({ personId: 'mother' }))).toBe('OWN_CASE')
    expect(may({}, volunteer({ kinIds: ['mother'] }))).toBe('OWN_CASE')
    expect(may({}, volunteer({ personId: 'social' }))).toBe('OWN_CASE')
    // The elder can say that it took place, so family of the organiser may serve; without an elder nobody else could.
    expect(isOwnTask(task(), volunteer({ kinIds: ['social'] }))).toBe(false)
    expect(isOwnTask(task({ elder: null }), volunteer({ kinIds: ['social'] }))).toBe(true)
  })

  test('of a pair its own volunteer alone: for others it is not there', () => {
    expect(may({ onlyFor: 'helper' })).toBe('OK')
    expect(may({ onlyFor: 'other' })).toBe('NOT_FOUND')
  })
})

test('it is cancelled once, and not after somebody has checked in', () => {
  const cancelled = cancelTask(task(), false, by, '下雨', NOW)
  expect(cancelled).toMatchObject({ status: 'cancelled', offeredIn: null, unsettledAt: NOW, cancelled: { reason: '下雨' } })
  expect(refused(() => cancelTask(cancelled, false, by, '下雨', NOW))).toMatchObject({ code: 'WRONG_STATE' })
  expect(refused(() => cancelTask(task(), true, by, '下雨', NOW))).toMatchObject({ code: 'WRONG_STATE', details: { status: 'checkedIn' } })
})

test('its state as people read it', () => {
  expect(stateOf(task(), NOW)).toBe('open')
  expect(stateOf({ ...task(), remaining: 0 }, NOW)).toBe('full')
  expect(stateOf(task(), task().endsAt)).toBe('over')
  expect(stateOf({ ...task(), status: 'cancelled' }, NOW)).toBe('cancelled')
})

test('a seat too many, or too few, breaks law 1', () => {
  expect(taskHolds({ seats: 2, remaining: 1, holders: { helper: seat } })).toBe(true)
  expect(taskHolds({ seats: 2, remaining: 2, holders: { helper: seat } })).toBe(false)
  expect(taskHolds({ seats: 1, remaining: -1, holders: { helper: seat, other: seat } })).toBe(false)

})
