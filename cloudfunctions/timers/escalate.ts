/**
 * The ladder's clock (law 4): daily words that did not come open their case, and every live case goes as far up its ladder
 * as the policy says by now; who stands on a rung that was reached is told. Run late, twice or killed half-way, it comes
 * to the same end: rungs are dated by the policy, ids say what was opened and who was told of what.
 */
import { withDailyCheck } from '../../src/domain/daily-check'
import type { Person } from '../../src/domain/person'
import { lookAtCase, type SafetyCase } from '../../src/domain/safety-case'
import { save } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { quietenCase, queueRungs } from '../_server/messages'
import { openMissedCheck } from '../_server/safety'
import { each } from './each'

const BATCH = 200

export async function escalate(now: number): Promise<{ readonly missed: number; readonly looked: number; readonly failed: number }> {
  const due = command.gt(0).and(command.lte(now))
  const silent = await find<Person>('people', { checkDueAt: due }, { by: 'checkDueAt', direction: 'asc' }, BATCH)
  // The case first: while the time stands, the next run still finds who did not say a word.
  const failedChecks = await each(silent, async (person) => {
    await openMissedCheck(person, now)
    await save('people', person, withDailyCheck(person, now))
  })
  const cases = await find<SafetyCase>('safetyCases', { dueAt: due }, { by: 'dueAt', direction: 'asc' }, BATCH)
  const failedCases = await each(cases, async (safety) => {
    const found = lookAtCase(safety, now)
    if (!found) return
    // Messages first: their ids say which they are, so that a crash before the save writes none of them twice.
    if (found.owed.length > 0) await queueRungs(found.safety, found.owed, now)
    if (found.isOver) await quietenCase(safety._id)
    await save('safetyCases', safety, found.safety)
  })
  return { missed: silent.length, looked: cases.length, failed: failedChecks + failedCases }
}
