/**
 * What the programme publishes every month 积分月报: points outstanding, given and redeemed, what could be had for them, and
 * how long people waited until they collected. Each figure is made of entries of some kinds, and opens them.
 */
import { addDays } from './civil-time'
import type { PointsFlag } from './fraud'
import { entryKinds, type EntryKind } from './ledger'
import type { Reward } from './reward'
import type { DayRollup, DaySeal } from './seal'

/** The figures, each with the kinds of entries that it counts. */
export const figureKinds = {
  earned: ['visit', 'shift', 'project', 'byHand', 'activity', 'deskApproved'],
  /** hours entered afterwards: they count as earned only when a second person approved them */
  waiting: ['desk'],
  redeemed: ['hold'],
  collected: ['settled'],
  /** given up, or not collected in time */
  returned: ['cancelled', 'lapsed'],
  /** donated, or above a cap */
  toPots: ['donatedToPot', 'excess'],
  fromPots: ['fromPot'],
  gifts: ['giftOut'],
  expired: ['expired'],
  reversed: ['reversal'],
} as const satisfies Readonly<Record<string, readonly EntryKind[]>>

export type Figure = keyof typeof figureKinds
export const figures = Object.keys(figureKinds) as readonly Figure[]

/** A month of one subdistrict, added up from the seals of its days; composed anew every night until the month is over. */
export interface PointsReport {
  /** `<subdistrictId>_<month>` */
  readonly _id: string
  readonly subdistrictId: string
  readonly month: string
  /** the last sealed day that counts */
  readonly upToOn: string
  /** the month is over, and all of it is sealed */
  readonly isFinal: boolean
  /** points in all passbooks, of them kept for what is being collected; in the communities' pots; hours that nobody approved yet */
  readonly outstanding: number
  readonly held: number
  readonly pots: number
  readonly pending: number
  readonly kinds: DayRollup['kinds']
  readonly collected: DayRollup['collected']
  /** what doubts that were confirmed in the month took back; absent in reports of before it was counted */
  readonly fraud?: FraudFigure
  /** what could be had when the report was composed */
  readonly offer: readonly OfferLine[]
}

/** Confirmed fraud: how many doubts, points taken back, and points that were missing because they had been spent. */
export interface FraudFigure {
  readonly count: number
  readonly taken: number
  readonly shortBy: number
}

/** What came of the doubts that were confirmed. */
export const fraudOf = (flags: readonly Pick<PointsFlag, 'status' | 'outcome'>[]): FraudFigure =>
  flags.reduce((sum, { status, outcome }) => (status !== 'confirmed' || outcome === null ? sum : { count: sum.count + 1, taken: sum.taken + outcome.taken, shortBy: sum.shortBy + outcome.shortBy }), { count: 0, taken: 0, shortBy: 0 })

/** A reward that could be had: worth points × remaining. */
export interface OfferLine {
  readonly rewardId: string
  readonly name: string
  readonly icon: string
  readonly points: number
  readonly remaining: number
}

export const reportIdOf = (subdistrictId: string, month: string): string => `${subdistrictId}_${month}`

/** What anybody could have on a day, the largest worth first. */
export const offerOn = (rewards: readonly Reward[], onDate: string): OfferLine[] =>
  rewards.filter((reward) => reward.isOpen && reward.remaining > 0 && reward.validFrom <= onDate && (reward.validUntil === null || onDate <= reward.validUntil))
    .map(({ _id, name, icon, points, remaining }) => ({ rewardId: _id, name, icon, points, remaining }))
    .sort((a, b) => worthOf([b]) - worthOf([a]) || (a.rewardId < b.rewardId ? -1 : 1))

export const worthOf = (offer: readonly OfferLine[]): number => offer.reduce((sum, { points, remaining }) => sum + points * remaining, 0)

/** How much of what is outstanding the rewards in stock are worth, whole percent; null: nothing is outstanding. */
export const coverageOf = (worth: number, outstanding: number): number | null => (outstanding <= 0 ? null : Math.floor((worth * 100) / outstanding))

/** The month from its sealed days, oldest first; null when none is sealed. */
export function composeReport(subdistrictId: string, month: string, days: readonly Pick<DaySeal, 'onDate' | 'rollup' | 'totals'>[], offer: readonly OfferLine[], fraud: FraudFigure = fraudOf([])): PointsReport | null {
  const last = days.at(-1)
  if (last === undefined) return null
  const kinds: Partial<Record<EntryKind, { count: number; points: number }>> = {}
  const collected = { count: 0, points: 0, waitMs: 0 }
  for (const { rollup } of days) {
    for (const kind of entryKinds) {
      const more = rollup.kinds[kind]
      if (more !== undefined) kinds[kind] = { count: (kinds[kind]?.count ?? 0) + more.count, points: (kinds[kind]?.points ?? 0) + more.points }
    }
    collected.count += rollup.collected.count
    collected.points += rollup.collected.points
    collected.waitMs += rollup.collected.waitMs
  }
  const { purses, accounts } = last.totals
  const pots = Object.entries(accounts).reduce((sum, [account, amount]) => sum + (account.startsWith('pot_') ? amount : 0), 0)
  return {
    _id: reportIdOf(subdistrictId, month), subdistrictId, month, upToOn: last.onDate, isFinal: addDays(last.onDate, 1).slice(0, 7) !== month,
    outstanding: purses.spendable + purses.held, held: purses.held, pots, pending: purses.pending, kinds, collected, fraud, offer,
  }
}

/** A figure of a report: how many entries, and what they come to. */
export const figureOf = (report: Pick<PointsReport, 'kinds'>, figure: Figure): { readonly figure: Figure; readonly count: number; readonly points: number } =>
  figureKinds[figure].reduce((sum, kind: EntryKind) => ({ figure, count: sum.count + (report.kinds[kind]?.count ?? 0), points: sum.points + (report.kinds[kind]?.points ?? 0) }), { figure, count: 0, points: 0 })
