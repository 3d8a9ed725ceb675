/**
 * At which of its calls a function is killed. A kill costs a cold start, so `npm test` takes a seeded sample of them and
 * EVERY_STEP=1 (`npm run test:long`) takes them all; SAMPLE_SEED chooses another sample. The calls taken stand in the names
 * of the tests or in what a failure says.
 */
import { inAnyOrder } from './random'

export interface Kill {
  readonly nth: number
  readonly when: 'before' | 'after'
}

export const isEveryStep = process.env['EVERY_STEP'] === '1'
const seed = Number(process.env['SAMPLE_SEED'] ?? 20_261_130)

/** Some of the items in their order, always the same for one seed; all of them with EVERY_STEP=1. */
export function sampleOf<T>(items: readonly T[], count: number): readonly T[] {
  if (isEveryStep) return items
  const taken = new Set(inAnyOrder(seed, items.length).slice(0, count))
  return items.filter((_, index) => taken.has(index))
}

/** Before and after each of so many calls, or a sample of these. */
export const killsOf = (calls: number, count: number): readonly Kill[] =>
  sampleOf(Array.from({ length: calls }, (_, index) => index + 1).flatMap((nth) => (['before', 'after'] as const).map((when) => ({ nth, when }))), count)
