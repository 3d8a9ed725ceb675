/**
 * What work earns: rates by source, duration and earner, caps, limits, and how points are collected, as data with a first
 * day. Two administrators make a version, nobody edits it: its number stays on each entry. All rates are 示例.
 */
import type { By } from './booking-record'
import { addDays } from './civil-time'
import { ensure } from './error'
import { earnedIn, FUND, potOf, purseOf, type Draft, type Earner, type EvidenceOf, type PointsAccount, type PointsEntry, type WorkFacts } from './ledger'
import { monthOf } from './meal-policy'

/** What can earn. `desk`: hours that somebody entered afterwards. */
export const earningSources = ['visit', 'shift', 'activity', 'project', 'desk'] as const
export type EarningSource = (typeof earningSources)[number]

/** What one kind of work earns. What no rate names earns nothing. */
export interface Rate {
  readonly source: EarningSource
  readonly earner: Earner
  /** of a visit: this service alone; null: every service that has no rate of its own */
  readonly serviceItemId: string | null
  /** `hour`: by minutes, rounded down; `time`: each time; `stated`: what was announced, at most `points` */
  readonly per: 'hour' | 'time' | 'stated'
  readonly points: number
}

/** Whether a rate can ever pay: whoever comes to a visit, a shift or an activity is a person, a group earns by the projects it claimed. Others stand in older versions and promise nothing. */
export const canPay = ({ source, earner }: Pick<Rate, 'source' | 'earner'>): boolean => earner !== 'group' || source === 'project'

/** Most that one earner gets for the work of a civil day, and of a month; what is over goes to the community's pot. */
export interface Caps {
  readonly day: number
  readonly month: number
}

/** What administrators propose and decide. */
export interface PointsTerms {
  /** first civil day of work to which it applies */
  readonly validFrom: string
  readonly rates: readonly Rate[]
  readonly caps: Readonly<Record<Earner, Caps>>
  /** work that was shorter earns nothing */
  readonly leastMinutes: number
  /** of longer work at one time no more counts */
  readonly mostMinutes: number
  /** most that one passbook gives to others in a civil month, donations to the pot not counted */
  readonly giftMonthLimit: number
  /** most that one person credits by hand alone; above it a second decides */
  readonly byHandLimit: number
  /** days for which a redemption waits to be collected, unless its reward says otherwise */
  readonly collectDays: number
  /** whole months after which points that were not spent expire; null: never */
  readonly expireAfterMonths: number | null
  /** days ahead of which an expiry is announced */
  readonly announceDays: number
  /** most that one passbook can hold to spend; null: no limit */
  readonly balanceCap: number | null
}

interface Signed {
  readonly personId: string
  readonly name: string
  readonly at: number
}

export interface PointsPolicy extends PointsTerms {
  readonly version: number
  readonly proposedBy: Signed
  readonly decidedBy: Signed
}

/** A version that waits for a second administrator. */
export interface PointsProposal {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly terms: PointsTerms
  readonly status: 'waiting' | 'approved' | 'refused' | 'withdrawn'
  readonly proposedBy: Signed
  readonly decidedBy: Signed | null
  readonly reason: string | null
}

/** Work that may earn. */
export interface Work extends Omit<WorkFacts, 'earner'> {
  readonly source: Exclude<EarningSource, 'desk'>
  /** what makes it pay once: the booking of a visit or an activity, the shift, the project */
  readonly id: string
  /** as what a person worked; a group earns as a group */
  readonly earner: Exclude<Earner, 'group'>
  /** what was announced for it; null: the rate says */
  readonly stated: number | null
  /** what it was, without any name: 陪诊 */
  readonly words: string
  /** for whom; null: for nobody in particular */
  readonly about: PointsEntry['about']
  /** who verified it */
  readonly by: By
}

/** The policy that holds on a civil day: the latest that has begun; null before the first. */
export const policyOn = (policies: readonly PointsPolicy[] | undefined, onDate: string): PointsPolicy | null =>
  (policies ?? []).reduce<PointsPolicy | null>((best, policy) => (policy.validFrom <= onDate && (best === null || policy.validFrom > best.validFrom || (policy.validFrom === best.validFrom && policy.version > best.version)) ? policy : best), null)

/** The rate of some work: that of its service, else that of its source; null: it earns nothing. */
export function rateOf(terms: Pick<PointsTerms, 'rates'>, source: EarningSource, earner: Earner, serviceItemId: string | null): Rate | null {
  const rates = terms.rates.filter((rate) => rate.source === source && rate.earner === earner)
  return rates.find((rate) => rate.serviceItemId !== null && rate.serviceItemId === serviceItemId) ?? rates.find((rate) => rate.serviceItemId === null) ?? null
}

/** Points that work is worth before any cap: a whole number, 0 for what the policy gives nothing. */
export function worth(terms: Pick<PointsTerms, 'rates' | 'leastMinutes' | 'mostMinutes'>, source: EarningSource, work: Pick<WorkFacts, 'earner' | 'serviceItemId' | 'minutes'>, stated: number | null = null): number {
  const rate = rateOf(terms, source, work.earner, work.serviceItemId)
  if (rate === null) return 0
  if (rate.per === 'stated') return Math.min(rate.points, stated ?? rate.points)
  if (work.minutes < terms.leastMinutes) return 0
  return rate.per === 'time' ? rate.points : Math.floor((rate.points * Math.min(work.minutes, terms.mostMinutes)) / 60)
}

/**
 * The civil day on which work counts for the caps: its own, as long as the passbook remembers its whole month; what comes
 * later than the end of the next month counts on the day on which it is credited.
 */
export const countedOn = (workOn: string, today: string): string => (workOn <= today && monthOf(workOn) >= monthOf(addDays(`${monthOf(today)}-01`, -1)) ? workOn : today)

/** How much of some points the caps leave to the earner, and why not all. */
export function withinCaps(account: Pick<PointsAccount, 'earned' | 'balances'>, terms: Pick<PointsTerms, 'caps' | 'balanceCap'>, earner: Earner, points: number, onDate: string): { readonly kept: number; readonly over: 'day' | 'month' | 'balance' | null } {
  const earned = earnedIn(account, onDate)
  const room = [
    { over: 'day' as const, left: terms.caps[earner].day - earned.day }, { over: 'month' as const, left: terms.caps[earner].month - earned.month },
    ...(terms.balanceCap === null ? [] : [{ over: 'balance' as const, left: terms.balanceCap - account.balances.spendable }]),
  ].reduce((least, one) => (one.left < least.left ? one : least))
  return points <= room.left ? { kept: points, over: null } : { kept: Math.max(0, room.left), over: room.over }
}

const overWords = { day: '超过一天的上限', month: '超过一个月的上限', balance: '存折已满' } as const

/** What the line says about the part that went to the pot. */
export const excessWords = (words: string, over: 'day' | 'month' | 'balance'): string => `${words}，${overWords[over]}，进社区爱心池`

/** Duration as it is said: 2 小时, 1 小时 30 分钟, 45 分钟. */
export function durationWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [...(hours > 0 ? [`${hours} 小时`] : []), ...(rest > 0 || hours === 0 ? [`${rest} 分钟`] : [])].join(' ')
}

/** Lines of one payment out of the fund (or of hours that were approved): what the earner keeps, and what the caps send to the pot. The first carries the natural key. */
export function paid(
  account: Pick<PointsAccount, '_id' | 'communityId' | 'earned' | 'balances'>, policy: PointsPolicy, points: number, line: Omit<Draft, 'to' | 'amount' | 'work' | 'policyVersion'> & { readonly work: WorkFacts },
): readonly Draft[] {
  if (points <= 0) return []
  const { kept, over } = withinCaps(account, policy, line.work.earner, points, line.work.onDate)
  const first: Draft = { ...line, to: purseOf('spendable', account._id), amount: kept, policyVersion: policy.version }
  if (over === null) return [first]
  const excess: Draft = { ...first, id: `excess_${line.id}`, to: potOf(account.communityId), amount: points - kept, kind: 'excess', words: excessWords(line.words, over) }
  // When nothing is kept, the excess itself carries the natural key: the work pays once, wherever it goes.
  return kept === 0 ? [{ ...excess, id: line.id }] : [first, { ...excess, work: null }]
}

/**
 * The lines that some work earns: one, or two when a cap sends a part to the community's pot; none where the policy gives
 * nothing, or none held. Reckon it in `postOnce`, from the passbook as it is.
 * @param today civil day on which it is credited
 */
export function earn(account: Pick<PointsAccount, '_id' | 'kind' | 'communityId' | 'earned' | 'balances'>, policy: PointsPolicy | null, work: Work, today: string): readonly Draft[] {
  if (policy === null) return []
  const earner: Earner = account.kind === 'group' ? 'group' : work.earner
  const points = worth(policy, work.source, { ...work, earner }, work.stated)
  const isByTime = work.source !== 'project' && work.minutes > 0
  const facts: WorkFacts = { earner, serviceItemId: work.serviceItemId, minutes: work.minutes, onDate: countedOn(work.onDate, today) }
  const evidence: EvidenceOf = { what: work.source, id: work.id }
  return paid(account, policy, points, { id: `${work.source}_${work.id}`, from: FUND, kind: work.source, words: isByTime ? `${work.words} ${durationWords(work.minutes)}` : work.words, about: work.about, evidence, by: work.by, work: facts })
}

/** Nothing expires unannounced: the fewest days ahead that a policy with an expiry can state, and the most. */
export const LEAST_ANNOUNCE_DAYS = 30
export const MOST_ANNOUNCE_DAYS = 180
/** Days ahead of which an expiry is announced: what the policy says, never fewer than the least. */
export const announcedAhead = ({ announceDays }: Pick<PointsTerms, 'announceDays'>): number => Math.max(announceDays, LEAST_ANNOUNCE_DAYS)

/** More than any rate, cap or limit will ever be. */
export const MOST_POLICY_POINTS = 1_000_000
const isPoints = (value: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= MOST_POLICY_POINTS

/**
 * A new version is sound, begins in the future so that nobody's work changes its worth, and has a first day of its own.
 * @throws BAD_INPUT {field}, POLICY_OVERLAP {validFrom}
 */
export function ensureTerms(terms: PointsTerms, others: readonly Pick<PointsTerms, 'validFrom'>[], today: string): void {
  ensure(terms.validFrom > today, 'BAD_INPUT', { field: 'validFrom' })
  const keys = terms.rates.map((rate) => `${rate.source} ${rate.earner} ${rate.serviceItemId ?? ''}`)
  ensure(new Set(keys).size === keys.length && terms.rates.every((rate) => isPoints(rate.points) && (rate.serviceItemId === null || rate.source === 'visit') && (rate.per !== 'stated' || rate.source === 'project')), 'BAD_INPUT', { field: 'rates' })
  ensure(Object.values(terms.caps).every((caps) => isPoints(caps.day) && isPoints(caps.month) && caps.day <= caps.month), 'BAD_INPUT', { field: 'caps' })
  ensure(isPoints(terms.leastMinutes) && isPoints(terms.mostMinutes) && terms.leastMinutes <= terms.mostMinutes, 'BAD_INPUT', { field: 'leastMinutes' })
  ensure(isPoints(terms.giftMonthLimit), 'BAD_INPUT', { field: 'giftMonthLimit' })
  ensure(isPoints(terms.byHandLimit), 'BAD_INPUT', { field: 'byHandLimit' })
  ensure(terms.announceDays <= MOST_ANNOUNCE_DAYS && (terms.expireAfterMonths === null || terms.announceDays >= LEAST_ANNOUNCE_DAYS), 'BAD_INPUT', { field: 'announceDays' })
  ensure(!others.some((other) => other.validFrom === terms.validFrom), 'POLICY_OVERLAP', { validFrom: terms.validFrom })
}

/** The second administrator's word. @throws WRONG_STATE, SECOND_PERSON, REASON_REQUIRED */
export function decideProposal(proposal: PointsProposal, isApproved: boolean, by: Signed, reason: string | null): PointsProposal {
  ensure(proposal.status === 'waiting', 'WRONG_STATE', { status: proposal.status })
  ensure(proposal.proposedBy.personId !== by.personId, 'SECOND_PERSON')
  ensure(isApproved || reason !== null, 'REASON_REQUIRED')
  return { ...proposal, status: isApproved ? 'approved' : 'refused', decidedBy: by, reason }
}

/** Takes a proposal back before it was decided. @throws WRONG_STATE */
export function withdrawProposal(proposal: PointsProposal, by: Signed): PointsProposal {
  ensure(proposal.status === 'waiting', 'WRONG_STATE', { status: proposal.status })
  return { ...proposal, status: 'withdrawn', decidedBy: by }
}
