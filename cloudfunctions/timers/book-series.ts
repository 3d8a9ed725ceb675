/** Books the dates of series as their days open, and finishes what a call left half-way. */
import type { Series } from '../../src/domain/series'
import { command, find } from '../_server/cloud'
import { settleSeries } from '../_server/series'
import { each } from './each'

const BATCH = 100

export async function bookSeries(now: number): Promise<{ readonly looked: number; readonly failed: number }> {
  const due = await find<Series>('series', { dueAt: command.gt(0).and(command.lte(now)) }, { by: 'dueAt', direction: 'asc' }, BATCH)
  const failed = await each(due, async (series) => void (await settleSeries(series, now)))
  return { looked: due.length, failed }
}
