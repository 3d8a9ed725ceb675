/**
 * Honours 五最四星、志愿之星: lists of a month and of a year, reckoned from the entries of the ledger and from nothing else.
 * Equal values share a rank; whoever asked not to be listed is left out. The categories are data, 示例.
 */
import type { PointsEntry } from './ledger'
import type { RequestLog } from './person'

/** What is counted of an owner's entries. */
export const measures = ['times', 'minutes', 'people', 'shifts', 'visits', 'givenPoints', 'projects', 'days'] as const
export type Measure = (typeof measures)[number]

export interface HonourCategory {
  readonly categoryId: string
  readonly group: 'most' | 'star' | 'volunteer'
  readonly name: string
  readonly measure: Measure
  /** as it is read: 服务次数 */
  readonly words: string
  readonly unit: string
  /** whom it honours */
  readonly of: 'person' | 'group'
}

/** 五最四星 and the stars of volunteering. 示例: names and what is counted are the subdistrict's to decide. New ones come last: certificates name a category by its place. */
export const honourCategories: readonly HonourCategory[] = [
  { categoryId: 'mostTimes', group: 'most', name: '最热心志愿者', measure: 'times', words: '服务次数', unit: '次', of: 'person' },
  { categoryId: 'mostMinutes', group: 'most', name: '最肯花时间的人', measure: 'minutes', words: '服务时间', unit: '分钟', of: 'person' },
  { categoryId: 'mostPeople', group: 'most', name: '最多人念着的人', measure: 'people', words: '服务过的人数', unit: '位', of: 'person' },
  { categoryId: 'mostDays', group: 'most', name: '最坚持的人', measure: 'days', words: '有服务的天数', unit: '天', of: 'person' },
  { categoryId: 'mostGiven', group: 'most', name: '最慷慨的邻居', measure: 'givenPoints', words: '捐出的积分', unit: '分', of: 'person' },
  { categoryId: 'starVisits', group: 'star', name: '上门服务之星', measure: 'visits', words: '上门次数', unit: '次', of: 'person' },
  { categoryId: 'starShifts', group: 'star', name: '值守之星', measure: 'shifts', words: '志愿班次', unit: '次', of: 'person' },
  { categoryId: 'starProjects', group: 'star', name: '项目之星', measure: 'projects', words: '完成的认领项目', unit: '个', of: 'group' },
  { categoryId: 'starGroup', group: 'star', name: '爱心团队之星', measure: 'givenPoints', words: '捐出的积分', unit: '分', of: 'group' },
  { categoryId: 'volunteer', group: 'volunteer', name: '志愿之星', measure: 'minutes', words: '志愿服务时间', unit: '分钟', of: 'person' },
]

/** What one owner did in a month. */
export interface HonourTally {
  readonly visits: number
  readonly shifts: number
  readonly projects: number
  readonly minutes: number
  readonly givenPoints: number
  /** whom they served, and on which days of the month */
  readonly peopleIds: readonly string[]
  readonly days: readonly string[]
}

export const noTally: HonourTally = { visits: 0, shifts: 0, projects: 0, minutes: 0, givenPoints: 0, peopleIds: [], days: [] }

/** Work of staff is their job and counts for no honour. */
const isHonoured = (entry: PointsEntry): boolean => entry.work?.earner !== 'staff'

/** A tally with one entry more; a reversal takes nothing off, it keeps its entry out (`reversed`). */
export function withEntry(tally: HonourTally, entry: PointsEntry): HonourTally {
  if (entry.kind === 'donatedToPot' || (entry.kind === 'giftOut' && entry.evidence.what === 'need')) return { ...tally, givenPoints: tally.givenPoints + entry.amount }
  const isWork = entry.kind === 'visit' || entry.kind === 'shift' || entry.kind === 'project' || entry.kind === 'deskApproved'
  // Work over the cap of a day went to the pot altogether, under the id of the work: it was done all the same.
  const isCapped = entry.kind === 'excess' && !entry._id.startsWith('excess_')
  if (!(isWork || isCapped) || !isHonoured(entry)) return tally
  const { what } = entry.evidence
  const peopleId = entry.about?.personId
  const onDate = entry.work?.onDate ?? entry.onDate
  return {
    ...tally, visits: tally.visits + (what === 'visit' ? 1 : 0), shifts: tally.shifts + (what === 'shift' || what === 'desk' ? 1 : 0), projects: tally.projects + (what === 'project' ? 1 : 0), minutes: tally.minutes + (entry.work?.minutes ?? 0),
    peopleIds: peopleId === undefined || tally.peopleIds.includes(peopleId) ? tally.peopleIds : [...tally.peopleIds, peopleId], days: tally.days.includes(onDate) ? tally.days : [...tally.days, onDate],
  }
}

/** Two months of one owner as one. */
export const together = (one: HonourTally, other: HonourTally): HonourTally => ({
  visits: one.visits + other.visits, shifts: one.shifts + other.shifts, projects: one.projects + other.projects, minutes: one.minutes + other.minutes, givenPoints: one.givenPoints + other.givenPoints,
  peopleIds: [...new Set([...one.peopleIds, ...other.peopleIds])], days: [...new Set([...one.days, ...other.days])],
})

export function valueOf(tally: HonourTally, measure: Measure): number {
  switch (measure) {
    case 'times':
      return tally.visits + tally.shifts
    case 'people':
      return tally.peopleIds.length
    case 'days':
      return tally.days.length
    default:
      return tally[measure]
  }
}

export interface HonourRow {
  readonly ownerId: string
  readonly value: number
}

/** Rows that a kept list has at most: more than are shown, for those who asked not to be. */
export const ROWS_KEPT = 30
/** Ranks that are shown, and rows at most: a tie is shown whole as far as it fits. */
const RANKS = 3
const ROWS = 20

/** The best of a category, best first; equal ones in the order of their ids, which says nothing. */
export const bestOf = (tallies: readonly (readonly [ownerId: string, tally: HonourTally])[], measure: Measure): readonly HonourRow[] =>
  tallies.map(([ownerId, tally]) => ({ ownerId, value: valueOf(tally, measure) })).filter((row) => row.value > 0).sort((a, b) => b.value - a.value || (a.ownerId < b.ownerId ? -1 : 1)).slice(0, ROWS_KEPT)

/** Rows with ranks: equal values share one, and the next rank counts them all. */
export function ranked<R extends HonourRow>(rows: readonly R[]): readonly (R & { readonly rank: number; readonly isTie: boolean })[] {
  return rows
    .map((row) => ({ ...row, rank: 1 + rows.filter((other) => other.value > row.value).length, isTie: rows.some((other) => other.ownerId !== row.ownerId && other.value === row.value) }))
    .filter((row) => row.rank <= RANKS)
    .slice(0, ROWS)
}

/** The lists of a month `YYYY-MM` or a year `YYYY`, as composed when it was over. */
export interface Honours {
  /** `honours_<subdistrictId>_<period>` */
  readonly _id: string
  readonly subdistrictId: string
  readonly period: string
  readonly composedAt: number
  readonly lists: readonly { readonly categoryId: string; readonly rows: readonly HonourRow[] }[]
  /** parts of the month's tallies, from which the year is made */
  readonly parts: number
}

/** Whether somebody wants to be listed. */
export interface HonourChoice {
  /** made of the person */
  readonly _id: string
  readonly version: number
  readonly personId: string
  readonly isOut: boolean
  readonly requests: RequestLog
}

export const choiceIdOf = (personId: string): string => `choice_${personId}`
export const honoursIdOf = (subdistrictId: string, period: string): string => `honours_${subdistrictId}_${period}`
/**
 * What a certificate is called by: the period, the number of the category, and the place in the list that was kept.
 * Places are never shared and never change, ranks may be both: two who stand level have two numbers.
 */
export function certificateNumber(period: string, categoryId: string, rows: readonly HonourRow[], ownerId: string): string {
  const digits = (index: number): string => String(index + 1).padStart(2, '0')
  return `LL-${period.replace('-', '')}-${digits(honourCategories.findIndex((category) => category.categoryId === categoryId))}-${digits(rows.findIndex((row) => row.ownerId === ownerId))}`
}
