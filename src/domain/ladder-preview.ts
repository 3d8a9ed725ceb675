/** What another ladder would have changed: the first round of each case of a month once more, by the clock alone, under both. */
import { ladderOn, rungsOf, type CasePlan, type LadderTerms } from './ladder'
import { civilDate, DAY } from './civil-time'
import { escalate, openCase, rungAt, type SafetyCase } from './safety-case'

export interface LadderPreview {
  readonly cases: number
  /** somebody would have been asked sooner, or later; a case may count in both */
  readonly sooner: number
  readonly later: number
  /** others would have been asked, or somebody would not */
  readonly others: number
}

/** Who is asked in the first round, and how long after the case was opened, ms. */
function askedBy(safety: SafetyCase, plan: CasePlan): ReadonlyMap<string, number> {
  const ladder = ladderOn(plan.ladders, civilDate(safety.openedAt))
  if (ladder === null) return new Map()
  const rungs = rungsOf(ladder, safety.openedAt, { personId: safety.elderId, name: safety.elderName }, safety.family, plan.duty)
  const by = { personId: 'system', name: '', as: 'system', kinship: null, scope: null } as const
  const climbed = escalate(openCase(safety, { version: ladder.version, rungs, takenMinutes: ladder.takenMinutes, plan }, by, safety.openedAt), safety.openedAt + DAY)
  return new Map(climbed.rungs.flatMap((rung, index) => ((rung.round ?? 0) === 0 && index <= climbed.rung ? [[`${rung.kind}_${rung.personId ?? ''}`, rungAt(climbed, index) - safety.openedAt] as const] : [])))
}

/** Cases that keep no plan (no ladder held, or from before) cannot be compared, and are left out. */
export function ladderPreviewOf(terms: Omit<LadderTerms, 'version' | 'validFrom'>, cases: readonly SafetyCase[]): LadderPreview {
  const wish: LadderTerms = { ...terms, version: 0, validFrom: '1970-01-01' }
  const pairs = cases.flatMap((safety) => (safety.plan === undefined ? [] : [{ before: askedBy(safety, safety.plan), after: askedBy(safety, { ...safety.plan, ladders: [wish] }) }]))
  const count = (differs: (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>) => boolean): number => pairs.filter(({ before, after }) => differs(before, after)).length
  return {
    cases: pairs.length,
    sooner: count((before, after) => [...before].some(([key, ms]) => (after.get(key) ?? ms) < ms)),
    later: count((before, after) => [...before].some(([key, ms]) => (after.get(key) ?? ms) > ms)),
    others: count((before, after) => before.size !== after.size || [...before.keys()].some((key) => !after.has(key))),
  }
}
