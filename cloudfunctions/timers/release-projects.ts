/** Releases project claims of which nothing was heard, and credits verified projects that a crash left. */
import { MINUTE } from '../../src/domain/civil-time'
import { releaseStale, type Project } from '../../src/domain/project'
import { save } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { settleProject } from '../_server/projects'
import { each } from './each'

const OLD_ENOUGH = 2 * MINUTE
const BATCH = 100

export async function releaseProjects(now: number): Promise<{ readonly released: number; readonly settled: number; readonly failed: number }> {
  const stale = await find<Project>('projects', { staleAt: command.gt(0).and(command.lte(now)) }, { by: 'staleAt', direction: 'asc' }, BATCH)
  let failed = await each(stale, async (project) => void (await save('projects', project, releaseStale(project, now))))
  const unsettled = await find<Project>('projects', { unsettledAt: command.gt(0).and(command.lte(now - OLD_ENOUGH)) }, { by: 'unsettledAt', direction: 'asc' }, BATCH)
  failed += await each(unsettled, async (project) => void (await settleProject(project, now)))
  return { released: stale.length, settled: unsettled.length, failed }
}
