/**
 * Looks at volunteers' work: settles what a crash left (seats, times, credits, pairs that ended), sends forgotten check-outs and
 * shifts that nobody confirmed to the social worker, and makes the coming week's tasks of standing help.
 */
import { MINUTE } from '../../src/domain/civil-time'
import type { Pair } from '../../src/domain/pair'
import { lookAtShift, type Shift } from '../../src/domain/shift'
import type { Task } from '../../src/domain/task'
import { save } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { makePairTask, settlePair } from '../_server/pairs'
import { settleShift, settleTask } from '../_server/tasks'
import { each } from './each'

/** A function call lives 20 s at most; after this nobody is still working on it, ms. */
const OLD_ENOUGH = 2 * MINUTE
const BATCH = 100

export async function lookAtShifts(now: number): Promise<{ readonly settled: number; readonly late: number; readonly made: number; readonly failed: number }> {
  const past = command.gt(0).and(command.lte(now - OLD_ENOUGH))
  const due = command.gt(0).and(command.lte(now))
  const oldest = { by: 'unsettledAt', direction: 'asc' } as const
  const shifts = await find<Shift>('shifts', { unsettledAt: past }, oldest, BATCH)
  let failed = await each(shifts, async (shift) => void (await settleShift(shift, now)))
  const tasks = await find<Task>('tasks', { unsettledAt: past }, oldest, BATCH)
  failed += await each(tasks, (task) => settleTask(task, now, now - OLD_ENOUGH))
  const ended = await find<Pair>('pairs', { unsettledAt: past }, oldest, BATCH)
  failed += await each(ended, (pair) => settlePair(pair, now))
  const late = await find<Shift>('shifts', { dueAt: due }, { by: 'dueAt', direction: 'asc' }, BATCH)
  failed += await each(late, async (shift) => void (await save('shifts', shift, lookAtShift(shift, now))))
  const pairs = await find<Pair>('pairs', { dueAt: due }, { by: 'dueAt', direction: 'asc' }, BATCH)
  let made = 0
  failed += await each(pairs, async (pair) => {
    if (await makePairTask(pair, now)) made += 1
  })
  return { settled: shifts.length + tasks.length + ended.length, late: late.length, made, failed }
}
