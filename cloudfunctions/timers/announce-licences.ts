/**
 * Every morning: an organisation's licence that runs out within a month, or ran out yesterday, is told to the administrators and to its
 * own staff, each once. What is told stands there under its own id: killed half-way, the next run goes on.
 */
import { civilDate } from '../../src/domain/civil-time'
import { endingOf, looked, type Organisation } from '../../src/domain/organisation'
import type { Person } from '../../src/domain/person'
import { save } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { colleaguesOf } from '../_server/menu'
import { queueLicence } from '../_server/messages'
import { administratorsOf } from '../_server/staff'
import { each } from './each'

const BATCH = 50
const TOLD_AT_MOST = 200

export async function announceLicences(now: number): Promise<{ readonly looked: number; readonly told: number; readonly failed: number }> {
  const today = civilDate(now)
  const due = await find<Organisation>('organisations', { lookOn: command.gt('').and(command.lte(today)) }, { by: 'lookOn', direction: 'asc' }, BATCH)
  let told = 0
  const failed = await each(due, async (organisation) => {
    const ending = endingOf(organisation, today)
    const [administrators, colleagues] = ending.length === 0 ? [[], []] : await Promise.all([administratorsOf(organisation.subdistrictId), colleaguesOf([organisation._id])])
    const ids = [...new Set([...administrators, ...colleagues].map((one) => one.personId))]
    const people = ids.length === 0 ? [] : await find<Person>('people', { _id: command.in(ids) }, null, TOLD_AT_MOST)
    for (const licence of ending) for (const person of people) if (await queueLicence(organisation, licence, person, now)) told += 1
    await save('organisations', organisation, looked(organisation, today))
  })
  return { looked: due.length, told, failed }
}
