/** Standing help in the database: the task of the coming week, claimed for its volunteer, and the end of a pair. */
import { isAwayOn } from '../../src/domain/away'
import { DomainError } from '../../src/domain/error'
import { dayToMake, madeFor, nextPairLook, type Pair } from '../../src/domain/pair'
import { cancelTask, publish, type Task } from '../../src/domain/task'
import { holdsShiftSeat } from '../../src/domain/shift'
import { change, get, save } from './aggregate'
import { command, find, insert, updateIf } from './cloud'
import { derivedId, newSecret } from './keys'
import { getPerson } from './people'
import { cancelShifts, claimTask, findShift, getTask, shiftIdOf, shiftsOf } from './tasks'

export const getPair = (pairId: string): Promise<Pair> => get<Pair>('pairs', pairId)
/** Tasks of one pair that stand ahead; a week's worth is one or two. */
const AHEAD_AT_MOST = 20

/**
 * Makes the task of the coming week, if it is time, and claims it for the pair's volunteer; somebody who is elsewhere at
 * that hour, or gave this day up, does not get it again. Every step may be repeated: the task's id is the pair and the day.
 * @returns true if a task was made or found
 */
export async function makePairTask(pair: Pair, now: number): Promise<boolean> {
  if (pair.status !== 'active' || pair.dueAt === null || pair.dueAt > now) return false
  const onDate = dayToMake(pair, now)
  if (onDate === null) {
    await save('pairs', pair, { ...pair, dueAt: nextPairLook(pair, now) })
    return false
  }
  const [volunteer, elder] = await Promise.all([getPerson(pair.volunteerId), getPerson(pair.elderId)])
  // Nobody is at home that day: none is made for it.
  if (isAwayOn(elder.away, onDate)) {
    await save('pairs', pair, madeFor(pair, onDate, now))
    return false
  }
  const taskId = derivedId('t', pair._id, onDate)
  const task = publish({
    title: pair.title, what: pair.what, place: pair.place, communityId: pair.communityId, onDate, startMinute: pair.startMinute, endMinute: pair.startMinute + pair.minutes, skills: [], seats: 1,
    elder: { personId: elder._id, name: elder.name }, organiser: pair.organiser, pairId: pair._id, onlyFor: volunteer._id, walkingMinutes: {},
  }, { taskId, subdistrictId: pair.subdistrictId, doorKey: newSecret(), key: taskId, hash: onDate }, { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }, now)
  await insert<Task>('tasks', task)
  const shift = await findShift(shiftIdOf(taskId, volunteer._id))
  if (shift === null) {
    try {
      await claimTask(await getTask(taskId), null, volunteer, [], { personId: volunteer._id, name: volunteer.name, as: 'volunteer', kinship: null, scope: null }, null, now)
    } catch (error) {
      // Promised elsewhere, or family by now: the social worker sees the free seat on the board.
      if (!(error instanceof DomainError) || error.code === 'TRY_AGAIN') throw error
    }
  }
  await save('pairs', pair, madeFor(pair, onDate, now))
  return true
}

/** Tasks to come of a pair that has ended are cancelled, those under way go on. Every step may be repeated. */
export async function settlePair(pair: Pair, now: number): Promise<void> {
  if (pair.unsettledAt === null || pair.ended === null) return
  const { by, reason } = pair.ended
  const ahead = await find<Task>('tasks', { pairId: pair._id, startsAt: command.gt(now) }, { by: 'startsAt', direction: 'asc' }, AHEAD_AT_MOST)
  for (const task of ahead) {
    const shifts = await shiftsOf(task._id)
    const hasBegun = shifts.some((shift) => holdsShiftSeat(shift.status) && shift.status !== 'claimed')
    if (hasBegun) continue
    const cancelled = task.status === 'cancelled' ? task : await change('tasks', task, (current) => (current.status === 'cancelled' ? current : cancelTask(current, false, by, reason ?? '结对结束了', now)))
    await cancelShifts(cancelled, shifts, now)
  }
  await updateIf('pairs', pair._id, { unsettledAt: pair.unsettledAt }, { unsettledAt: command.set(null), version: command.inc(1) })
}
