/**
 * Doubts 疑点 about points: rules that look at records of service and say what they noticed, and why. A rule never
 * judges: each flag opens the entries behind it, and an admin who is not concerned decides. The limits are 示例 policy.
 */
import type { By } from './booking-record'
import { civilDate, clockTime, HOUR, MINUTE, spokenDay } from './civil-time'
import { ensure } from './error'
import { monthOf } from './meal-policy'
import type { RequestLog } from './person'

export const flagRules = ['overlap', 'places', 'pair', 'oneVerifier', 'deskBurst'] as const
export type FlagRule = (typeof flagRules)[number]

export const limits = {
  /** two times may touch by this much, minutes */
  overlapMinutes: 2,
  /** nobody gets from one community to another faster, minutes */
  walkMinutes: 10,
  /** each side served the other so often, and that was so much of all they did */
  pairTimes: 4, pairShare: 0.8,
  /** so many verifications of one person, and so much of all that this worker verified */
  verifierTimes: 8, verifierShare: 0.6,
  /** so many hours entered by one person within this time, ms */
  burstTimes: 5, burstWithin: HOUR,
} as const

/** One entry that somebody earned, with what is known of the service behind it. */
export interface ServedRecord {
  readonly entryId: string
  readonly kind: 'visit' | 'shift' | 'desk'
  readonly ownerId: string
  /** whom it served; null: nobody in particular */
  readonly aboutId: string | null
  /** who verified it, or entered the hours */
  readonly byId: string
  /** the second person who approved hours that were entered; null: nobody did, or it is no desk's */
  readonly approvedById: string | null
  readonly at: number
  readonly amount: number
  readonly communityId: string
  /** when it began and ended, ms; null: not known, or not looked up */
  readonly from: number | null
  readonly until: number | null
  /** the community in which it took place */
  readonly placeId: string | null
}

export const concerns = ['earner', 'elder', 'verifier', 'enterer', 'approver'] as const
export interface Concerned {
  readonly personId: string
  readonly as: (typeof concerns)[number]
}

/** What a rule noticed. */
export interface Finding {
  readonly rule: FlagRule
  /** what makes it one finding, however often the rule runs */
  readonly key: readonly string[]
  readonly words: string
  readonly people: readonly Concerned[]
  readonly entryIds: readonly string[]
  readonly points: number
  readonly communityId: string
}

export interface PointsFlag {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly rule: FlagRule
  readonly words: string
  readonly people: readonly Concerned[]
  readonly entryIds: readonly string[]
  readonly points: number
  readonly at: number
  readonly status: 'open' | 'dismissed' | 'confirmed'
  /** `status` is open, as an index needs it */
  readonly isOpen: boolean
  readonly decided: { readonly by: By; readonly at: number; readonly reason: string; readonly entryIds: readonly string[] } | null
  /** what came of a confirmed one; null: not yet */
  readonly outcome: Outcome | null
  /** since when its reversals may wait; null: nothing waits */
  readonly unsettledAt: number | null
  readonly requests: RequestLog
}

/** Entries taken back, points taken back, and points that were spent already. */
export interface Outcome {
  readonly reversed: number
  readonly taken: number
  readonly shortBy: number
}

type Timed = ServedRecord & { readonly from: number; readonly until: number }
const isTimed = (record: ServedRecord): record is Timed => record.from !== null && record.until !== null
const spanWords = ({ from, until }: Timed): string => `${spokenDay(civilDate(from))} ${clockTime(from)}–${clockTime(until)}`
const pointsOf = (records: readonly ServedRecord[]): number => records.reduce((sum, record) => sum + record.amount, 0)

function grouped<K>(records: readonly ServedRecord[], key: (record: ServedRecord) => K): Map<K, ServedRecord[]> {
  const groups = new Map<K, ServedRecord[]>()
  for (const record of records) groups.set(key(record), [...(groups.get(key(record)) ?? []), record])
  return groups
}

const finding = (rule: FlagRule, key: readonly string[], words: string, people: readonly Concerned[], records: readonly ServedRecord[]): Finding => ({
  rule, key, words, people: [...new Map(people.map((one) => [`${one.personId} ${one.as}`, one])).values()], entryIds: records.map((record) => record.entryId), points: pointsOf(records), communityId: records[0]?.communityId ?? '',
})

const approvers = (records: readonly ServedRecord[]): Concerned[] => records.flatMap(({ approvedById }) => (approvedById === null ? [] : [{ personId: approvedById, as: 'approver' as const }]))
const verifiers = (records: readonly ServedRecord[]): Concerned[] => [...records.map((record): Concerned => ({ personId: record.byId, as: record.kind === 'desk' ? 'enterer' : 'verifier' })), ...approvers(records)]
const served = (records: readonly ServedRecord[]): Concerned[] => records.flatMap((record) => (record.aboutId === null ? [] : [{ personId: record.aboutId, as: 'elder' as const }]))

/** One person at work twice at the same time, or sooner at another place than anybody can walk. */
export function timesOf(records: readonly ServedRecord[]): readonly Finding[] {
  const findings: Finding[] = []
  for (const [ownerId, all] of grouped(records.filter(isTimed), (record) => record.ownerId)) {
    const mine = (all as Timed[]).sort((a, b) => a.from - b.from || (a.entryId < b.entryId ? -1 : 1))
    for (const [index, one] of mine.entries()) {
      for (const next of mine.slice(index + 1)) {
        const overlap = Math.round((Math.min(one.until, next.until) - next.from) / MINUTE)
        const both = [one, next]
        const people: Concerned[] = [{ personId: ownerId, as: 'earner' }, ...served(both), ...verifiers(both)]
        const key = [one.entryId, next.entryId].sort()
        if (overlap > limits.overlapMinutes) findings.push(finding('overlap', key, `同一个人的两次服务，时间叠在一起：${spanWords(one)} 和 ${spanWords(next)}，重叠 ${overlap} 分钟`, people, both))
        else if (one.placeId !== null && next.placeId !== null && one.placeId !== next.placeId && -overlap < limits.walkMinutes) {
          findings.push(finding('places', key, `两个社区之间走路至少要 ${limits.walkMinutes} 分钟，这两次服务只隔了 ${Math.max(0, -overlap)} 分钟：${spanWords(one)} 和 ${spanWords(next)}`, people, both))
        }
        if (next.from > one.until + limits.walkMinutes * MINUTE) break
      }
    }
  }
  return findings
}

/** Two people who, of all they did, served almost only each other. */
export function pairsOf(records: readonly ServedRecord[], now: number): readonly Finding[] {
  const work = records.filter((record) => record.kind !== 'desk')
  const byOwner = grouped(work, (record) => record.ownerId)
  const findings: Finding[] = []
  for (const [oneId, ofOne] of byOwner) {
    for (const otherId of new Set(ofOne.map((record) => record.aboutId))) {
      const ofOther = otherId !== null && oneId < otherId ? byOwner.get(otherId) : undefined
      if (otherId === null || ofOther === undefined) continue
      const there = ofOne.filter((record) => record.aboutId === otherId)
      const back = ofOther.filter((record) => record.aboutId === oneId)
      const isPair = [[there, ofOne], [back, ofOther]].every(([some = [], all = []]) => some.length >= limits.pairTimes && some.length >= all.length * limits.pairShare)
      if (!isPair) continue
      const both = [...there, ...back]
      const words = `两个人几乎只服务对方：一个月里一位为另一位服务 ${there.length} 次（共 ${ofOne.length} 次），反过来 ${back.length} 次（共 ${ofOther.length} 次）`
      findings.push(finding('pair', [oneId, otherId, monthOf(civilDate(now))], words, [{ personId: oneId, as: 'earner' }, { personId: otherId, as: 'earner' }, ...verifiers(both)], both))
    }
  }
  return findings
}

/** A worker who mostly verified one and the same person. */
export function verifiersOf(records: readonly ServedRecord[], now: number): readonly Finding[] {
  const findings: Finding[] = []
  for (const [verifierId, all] of grouped(records.filter((record) => record.kind !== 'desk'), (record) => record.byId)) {
    for (const [ownerId, some] of grouped(all, (record) => record.ownerId)) {
      if (some.length < limits.verifierTimes || some.length < all.length * limits.verifierShare) continue
      const words = `一位工作人员一个月核实了 ${all.length} 次服务，其中 ${some.length} 次是同一个人的`
      findings.push(finding('oneVerifier', [verifierId, ownerId, monthOf(civilDate(now))], words, [{ personId: ownerId, as: 'earner' }, { personId: verifierId, as: 'verifier' }], some))
    }
  }
  return findings
}

/** Many hours entered afterwards by one person in a short time. */
export function burstsOf(records: readonly ServedRecord[]): readonly Finding[] {
  const findings: Finding[] = []
  for (const [entererId, all] of grouped(records.filter((record) => record.kind === 'desk'), (record) => record.byId)) {
    for (const [onDate, ofDay] of grouped(all, (record) => civilDate(record.at))) {
      const inOrder = [...ofDay].sort((a, b) => a.at - b.at)
      const isBurst = inOrder.some((record, index) => (inOrder[index + limits.burstTimes - 1]?.at ?? Number.POSITIVE_INFINITY) - record.at <= limits.burstWithin)
      if (!isBurst) continue
      const words = `${spokenDay(onDate)}，一个人一天补录了 ${ofDay.length} 笔工时，其中至少 ${limits.burstTimes} 笔在一小时之内`
      findings.push(finding('deskBurst', [entererId, onDate], words, [{ personId: entererId, as: 'enterer' }, ...approvers(inOrder), ...inOrder.map((record) => ({ personId: record.ownerId, as: 'earner' as const }))], inOrder))
    }
  }
  return findings
}

/** Every rule over the same records. */
export const findingsIn = (records: readonly ServedRecord[], now: number): readonly Finding[] => [...timesOf(records), ...pairsOf(records, now), ...verifiersOf(records, now), ...burstsOf(records)]

/** Entries that one flag opens, at most; what a person did beyond them is a matter of its own. */
export const FLAG_ENTRIES = 100

export const flagOf = (flagId: string, subdistrictId: string, { key: _key, ...found }: Finding, now: number): PointsFlag =>
  ({ _id: flagId, version: 1, subdistrictId, ...found, entryIds: found.entryIds.slice(0, FLAG_ENTRIES), at: now, status: 'open', isOpen: true, decided: null, outcome: null, unsettledAt: null, requests: {} })

/** An open flag with what was found since; a decided one stays as it was decided on. */
export function withFinding(flag: PointsFlag, found: Finding): PointsFlag {
  const entryIds = found.entryIds.slice(0, FLAG_ENTRIES)
  const isSame = entryIds.length === flag.entryIds.length && entryIds.every((id) => flag.entryIds.includes(id)) && found.people.every((one) => flag.people.some((known) => known.personId === one.personId && known.as === one.as))
  if (!flag.isOpen || isSame) return flag
  return { ...flag, entryIds, points: found.points, words: found.words, people: found.people }
}

/** Whoever is named by a flag, or is close family of who is, does not decide it (law 3). */
export const isConcerned = (flag: Pick<PointsFlag, 'people'>, personId: string, kinOf: (personId: string) => readonly string[]): boolean =>
  flag.people.some((one) => one.personId === personId || kinOf(one.personId).includes(personId))

/** A flag with those who approved its hours since it was found: they are concerned from that moment on. */
export const withApprovers = (flag: PointsFlag, personIds: Iterable<string>): PointsFlag => ({
  ...flag, people: [...flag.people, ...[...new Set(personIds)].filter((personId) => !flag.people.some((one) => one.personId === personId && one.as === 'approver')).map((personId) => ({ personId, as: 'approver' as const }))],
})

/** @throws WRONG_STATE {status}, BAD_INPUT {field: 'entryIds'} for entries that are not its own */
export function decideFlag(flag: PointsFlag, decision: 'dismissed' | 'confirmed', reason: string, entryIds: readonly string[] | null, by: By, now: number): PointsFlag {
  ensure(flag.status === 'open', 'WRONG_STATE', { status: flag.status })
  const chosen = decision === 'dismissed' ? [] : (entryIds ?? flag.entryIds)
  ensure(chosen.every((id) => flag.entryIds.includes(id)) && new Set(chosen).size === chosen.length, 'BAD_INPUT', { field: 'entryIds' })
  const isOver = decision === 'dismissed'
  return { ...flag, status: decision, isOpen: false, decided: { by, at: now, reason, entryIds: chosen }, outcome: isOver ? { reversed: 0, taken: 0, shortBy: 0 } : null, unsettledAt: isOver ? null : now }
}

/**
 * The entries to take back for one that was confirmed, in order: what was made of hours that were approved first, then
 * the hours; with each the part that a cap had sent to the pot.
 */
export function takenBackWith(entryId: string): readonly string[] {
  const approved = entryId.startsWith('desk_') ? entryId.replace(/^desk_/, 'deskApproved_') : null
  return [...(approved === null ? [] : [`excess_${approved}`, approved]), `excess_${entryId}`, entryId]
}
