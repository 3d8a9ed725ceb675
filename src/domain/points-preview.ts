/** What other terms would have changed: the work of a month once more through the same rates and caps, earner by earner, day by day. */
import type { WorkFacts } from './ledger'
import { withinCaps, worth, type EarningSource, type PointsTerms } from './points-policy'

/** Work of a month, as far as its worth depends on it. */
export interface PastWork extends WorkFacts {
  readonly ownerId: string
  readonly source: EarningSource
  /** what was announced for it; null: the rate says */
  readonly stated: number | null
}

export interface PointsTotals {
  readonly events: number
  readonly people: number
  readonly points: number
  readonly excess: number
  readonly capped: number
}

export interface PointsPreview {
  readonly before: PointsTotals
  readonly after: PointsTotals
  readonly whoGetMore: number
  readonly whoGetLess: number
}

interface Sum {
  readonly points: number
  readonly excess: number
}

type Rules = Pick<PointsTerms, 'rates' | 'caps' | 'leastMinutes' | 'mostMinutes'>

/** What one earner's work brings under the terms of each day; what a passbook may hold at most is left out of it. */
function earnedBy(works: readonly PastWork[], termsOn: (onDate: string) => Rules | null): Sum {
  let earned: Readonly<Record<string, number>> = {}
  let sum: Sum = { points: 0, excess: 0 }
  for (const work of works) {
    const terms = termsOn(work.onDate)
    const points = terms === null ? 0 : worth(terms, work.source, work, work.stated)
    if (terms === null || points === 0) continue
    const { kept } = withinCaps({ earned, balances: { spendable: 0, held: 0, pending: 0 } }, { caps: terms.caps, balanceCap: null }, work.earner, points, work.onDate)
    earned = { ...earned, [work.onDate]: (earned[work.onDate] ?? 0) + kept }
    sum = { points: sum.points + kept, excess: sum.excess + points - kept }
  }
  return sum
}

/** @param termsOn what held on each day; `terms` is what would have held instead on all of them */
export function previewPoints(works: readonly PastWork[], termsOn: (onDate: string) => Rules | null, terms: Rules): PointsPreview {
  const byOwner = new Map<string, PastWork[]>()
  for (const work of works) {
    const mine = byOwner.get(work.ownerId)
    if (mine) mine.push(work)
    else byOwner.set(work.ownerId, [work])
  }
  const people = [...byOwner.values()].map((mine) => {
    const inOrder = [...mine].sort((a, b) => (a.onDate < b.onDate ? -1 : a.onDate > b.onDate ? 1 : 0))
    return { before: earnedBy(inOrder, termsOn), after: earnedBy(inOrder, () => terms) }
  })
  const totals = (which: 'before' | 'after'): PointsTotals => ({
    events: works.length, people: people.length, points: people.reduce((sum, one) => sum + one[which].points, 0), excess: people.reduce((sum, one) => sum + one[which].excess, 0),
    capped: people.filter((one) => one[which].excess > 0).length,
  })
  return {
    before: totals('before'), after: totals('after'),
    whoGetMore: people.filter((one) => one.after.points > one.before.points).length, whoGetLess: people.filter((one) => one.after.points < one.before.points).length,
  }
}

