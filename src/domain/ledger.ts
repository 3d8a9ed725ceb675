/**
 * The ledger 流水 (law 2): every entry moves a whole number of points from one account to another, so the sum over all
 * accounts is zero after each. Entries are never edited or deleted; a mistake is answered by a reversal that names the
 * entry. A person's or group's balance never falls below zero; system accounts are derived from entries.
 */
import type { By } from './booking-record'
import { civilDate, DAY, MINUTE } from './civil-time'
import { DomainError, ensure } from './error'
import { monthOf } from './meal-policy'
import type { RequestLog } from './person'

/** The parts of an owner's points: to spend, kept for a redemption that is under way, and hours that nobody has approved yet. */
export const purses = ['spendable', 'held', 'pending'] as const
export type Purse = (typeof purses)[number]

/** An account in an entry: `<purse>_<ownerId>`, or a system account. */
export type AccountName = string

export const purseOf = (purse: Purse, ownerId: string): AccountName => `${purse}_${ownerId}`
/** Where all points come from; its balance is what was ever issued and not taken back, below zero. */
export const FUND: AccountName = 'fund'
/** Points on the way from one owner to another: zero whenever nobody is half-way. */
export const TRANSIT: AccountName = 'transit'
/** Where expired points went. */
export const EXPIRED: AccountName = 'expired'
/** A community's donation pot 爱心池. */
export const potOf = (communityId: string): AccountName => `pot_${communityId}`
/** What was spent at a merchant or provider. */
export const merchantOf = (providerId: string): AccountName => `merchant_${providerId}`

/** Why points moved. */
export const entryKinds = [
  // earned
  'visit', 'shift', 'project', 'byHand', 'activity',
  // over the day's or month's cap: to the community's pot
  'excess',
  // hours entered afterwards: unspendable, then approved
  'desk', 'deskApproved',
  // spending
  'hold', 'settled', 'cancelled', 'lapsed',
  // between people
  'giftOut', 'giftIn', 'donatedToPot', 'fromPot', 'mergeOut', 'mergeIn',
  'expired', 'reversal',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** What stands behind an entry: opening the line shows it. */
export const evidenceKinds = ['visit', 'shift', 'project', 'activity', 'desk', 'redemption', 'gift', 'need', 'pot', 'policy', 'entry', 'merge', 'byHand'] as const
export interface EvidenceOf {
  readonly what: (typeof evidenceKinds)[number]
  readonly id: string
}

/** What is being collected with a hold: the facts of the redemption as they were when it was made. */
export interface HoldFacts {
  readonly holdId: string
  readonly rewardId: string
  readonly rewardName: string
  /** what the merchant or provider gets for it, fen: as it was when it was redeemed */
  readonly settleFen: number
  /** when it was redeemed */
  readonly heldAt: number
  /** whom it is for; null: the owner */
  readonly forElderId: string | null
  /** the visit that it pays; null: collected at a merchant */
  readonly bookingId: string | null
  readonly merchantIds: readonly string[]
  /** what the one-time code is stored under; null: no code */
  readonly codeId: string | null
  readonly endsAt: number
}

/** As what somebody earns: rates and caps differ. */
export const earners = ['volunteer', 'staff', 'group'] as const
export type Earner = (typeof earners)[number]

/** The work that was paid: what amount and caps were reckoned from. */
export interface WorkFacts {
  readonly earner: Earner
  readonly serviceItemId: string | null
  readonly minutes: number
  /** the civil day of the work, which may lie before the day of the entry */
  readonly onDate: string
}

export interface PointsEntry {
  /** `<kind>_<what makes it unique>`: one source pays at most once */
  readonly _id: string
  readonly subdistrictId: string
  readonly communityId: string
  /** whose passbook the line stands in: exactly one */
  readonly ownerId: string
  /** the line's number in that passbook, from 1 */
  readonly seq: number
  readonly from: AccountName
  readonly to: AccountName
  readonly amount: number
  readonly kind: EntryKind
  /** what for, without any name: 陪诊 2 小时 */
  readonly words: string
  /** for whom, or with whom; the name goes when they are erased, and is no part of the seal */
  readonly about: { readonly personId: string; readonly name: string } | null
  readonly at: number
  readonly onDate: string
  readonly evidence: EvidenceOf
  /** the policy that gave the amount; null: none was needed */
  readonly policyVersion: number | null
  readonly by: By
  /** the entry that this one takes back; null: none */
  readonly reverses: string | null
  /** what the owner could spend after it */
  readonly balance: number
  readonly hold: HoldFacts | null
  /** where it was spent; null: nowhere */
  readonly merchantId: string | null
  /** null: nothing was worked for it */
  readonly work: WorkFacts | null
}

/** An entry before it has its place in a passbook. */
export interface Draft extends Pick<PointsEntry, 'from' | 'to' | 'amount' | 'kind' | 'words' | 'evidence' | 'by'>, Partial<Pick<PointsEntry, 'about' | 'policyVersion' | 'reverses' | 'hold' | 'merchantId' | 'work'>> {
  readonly id: string
}

/** A redemption under way; the code is shown on the owner's phone and nowhere else. */
export interface Hold extends HoldFacts {
  readonly points: number
  readonly code: string | null
  readonly at: number
  /** owner, who redeemed, for whom, and their close family: none of them settles it (law 3) */
  readonly nearIds: readonly string[]
  /** who redeemed it, perhaps in the owner's name */
  readonly by: By
  /** the name of `forElderId` */
  readonly forName: string | null
}

export interface MonthOfPoints {
  readonly in: number
  readonly out: number
  readonly given: number
  readonly last: number
}

/** The passbook 存折 of a person or group as the cover shows it, and the guard of its balance. */
export interface PointsAccount {
  /** the owner's id */
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly kind: 'person' | 'group'
  readonly balances: Readonly<Record<Purse, number>>
  /** lines written so far */
  readonly seq: number
  /** time of the newest line: time never runs backwards in a passbook */
  readonly lastAt: number
  readonly holds: Readonly<Record<string, Hold>>
  /** `codeId` of each open hold that has a code, as an index needs them */
  readonly codeIds: readonly string[]
  /** when the clock must look at a hold; null: none is open */
  readonly holdEndsAt: number | null
  /** entries that took effect here and may not stand among the entries yet: they count from the moment they are here */
  readonly unsent: Readonly<Record<string, PointsEntry>>
  /** since when `unsent` may wait; null: nothing waits */
  readonly unsettledAt: number | null
  /** by month: points in and out of `spendable`, given to others, and the number of its last line */
  readonly months: Readonly<Record<string, MonthOfPoints>>
  /** earned by civil day of the work, for the caps; the last weeks */
  readonly earned: Readonly<Record<string, number>>
  /** when this owner took a reward, by reward, for the limits */
  readonly took: Readonly<Record<string, readonly number[]>>
  /** the life event for which nothing is spent, given or let expire; absent or null: none */
  readonly frozen?: { readonly eventId: string; readonly at: number } | null
  readonly requests: RequestLog
}

/** What is earned still comes in. @throws POINTS_FROZEN */
export const ensureNotFrozen = ({ frozen }: Pick<PointsAccount, 'frozen'>): void => ensure((frozen ?? null) === null, 'POINTS_FROZEN')

/** More than any passbook will ever hold, and far from where numbers stop being exact. */
export const MOST_POINTS = 100_000_000
/** Calls under way at the same time see clocks that differ by no more than this, ms; more is a clock that was moved back. */
const CLOCK_BLUR = 2 * MINUTE
/** Days for which the caps look back. */
export const EARNED_KEPT = 62

/** What the clock, or the law itself, writes into a passbook. */
export const systemBy: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }

/** Points that were earned: what the caps count. */
export const earningKinds: readonly EntryKind[] = ['visit', 'shift', 'project', 'byHand', 'activity', 'deskApproved']

export const newAccount = (ownerId: string, of: Pick<PointsAccount, 'subdistrictId' | 'communityId' | 'kind'>): PointsAccount => ({
  _id: ownerId, version: 1, ...of, balances: { spendable: 0, held: 0, pending: 0 }, seq: 0, lastAt: 0, holds: {}, codeIds: [], holdEndsAt: null, unsent: {}, unsettledAt: null, months: {}, earned: {}, took: {}, requests: {},
})

/** The purse of this owner that an account name means; null for any other account. */
function purseIn(account: AccountName, ownerId: string): Purse | null {
  return purses.find((purse) => account === purseOf(purse, ownerId)) ?? null
}

/** What an entry does to what an owner can spend: +, −, or nothing. */
export const changeOf = (entry: Pick<PointsEntry, 'from' | 'to' | 'amount' | 'ownerId'>): number =>
  (entry.to === purseOf('spendable', entry.ownerId) ? entry.amount : 0) - (entry.from === purseOf('spendable', entry.ownerId) ? entry.amount : 0)

/** @throws BAD_INPUT {field: 'amount'} for anything but a whole number of points from 1 on */
export const ensureAmount = (amount: number): void => ensure(Number.isSafeInteger(amount) && amount >= 1 && amount <= MOST_POINTS, 'BAD_INPUT', { field: 'amount' })

/**
 * Writes lines into a passbook, all or none.
 * @throws BAD_INPUT {field: 'amount'}, POINTS_SHORT {balance} when a purse would fall below zero, CLOCK_BACK when `now` lies before the newest line
 */
export function post(account: PointsAccount, drafts: readonly Draft[], now: number): { readonly account: PointsAccount; readonly entries: readonly PointsEntry[] } {
  ensure(now >= account.lastAt - CLOCK_BLUR, 'CLOCK_BACK')
  const at = Math.max(now, account.lastAt)
  const onDate = civilDate(at)
  let next = account
  const entries: PointsEntry[] = []
  for (const draft of drafts) {
    ensureAmount(draft.amount)
    if (draft.from === draft.to) throw new DomainError('SAME_PERSON')
    const [out, into] = [purseIn(draft.from, account._id), purseIn(draft.to, account._id)]
    const balances = { ...next.balances }
    if (out !== null) balances[out] -= draft.amount
    if (into !== null) balances[into] += draft.amount
    if (out !== null) ensure(balances[out] >= 0, 'POINTS_SHORT', { balance: next.balances[out] })
    ensure(balances.spendable <= MOST_POINTS, 'BAD_INPUT', { field: 'amount' })
    const entry: PointsEntry = {
      _id: draft.id, subdistrictId: account.subdistrictId, communityId: account.communityId, ownerId: account._id, seq: next.seq + 1, from: draft.from, to: draft.to, amount: draft.amount, kind: draft.kind,
      words: draft.words, about: draft.about ?? null, at, onDate, evidence: draft.evidence, policyVersion: draft.policyVersion ?? null, by: draft.by, reverses: draft.reverses ?? null, balance: balances.spendable,
      hold: draft.hold ?? null, merchantId: draft.merchantId ?? null, work: draft.work ?? null,
    }
    const month = next.months[monthOf(onDate)] ?? { in: 0, out: 0, given: 0, last: 0 }
    const change = changeOf(entry)
    const given = draft.kind === 'giftOut' && draft.evidence.what === 'gift' ? draft.amount : 0
    next = {
      ...next, balances, seq: entry.seq, lastAt: at, unsent: { ...next.unsent, [entry._id]: entry }, unsettledAt: next.unsettledAt ?? at,
      months: { ...next.months, [monthOf(onDate)]: { in: month.in + Math.max(0, change), out: month.out + Math.max(0, -change), given: month.given + given, last: entry.seq } },
      earned: into === 'spendable' && earningKinds.includes(draft.kind) ? withEarned(next.earned, draft.work?.onDate ?? onDate, draft.amount, at) : next.earned,
    }
    entries.push(entry)
  }
  return { account: next, entries }
}

function withEarned(earned: PointsAccount['earned'], onDate: string, amount: number, now: number): PointsAccount['earned'] {
  const since = civilDate(now - EARNED_KEPT * DAY)
  return { ...Object.fromEntries(Object.entries(earned).filter(([day]) => day > since)), [onDate]: (earned[onDate] ?? 0) + amount }
}

/** Earned for the work of a day, and of its month. */
export const earnedIn = (account: Pick<PointsAccount, 'earned'>, onDate: string): { readonly day: number; readonly month: number } => ({
  day: account.earned[onDate] ?? 0,
  month: Object.entries(account.earned).reduce((sum, [day, points]) => sum + (monthOf(day) === monthOf(onDate) ? points : 0), 0),
})

/** With a redemption under way, or without one that has ended. */
export function withHold(account: PointsAccount, holdId: string, hold: Hold | null): PointsAccount {
  const others = Object.fromEntries(Object.entries(account.holds).filter(([id]) => id !== holdId))
  const holds = hold === null ? others : { ...others, [holdId]: hold }
  const ends = Object.values(holds).map((one) => one.endsAt)
  return { ...account, holds, codeIds: Object.values(holds).flatMap((one) => one.codeId ?? []), holdEndsAt: ends.length === 0 ? null : Math.min(...ends) }
}

/** The draft that takes an entry back. @throws WRONG_STATE for a reversal, or what only its own other half can end */
export function reversalOf(entry: PointsEntry, words: string, by: By): Draft {
  ensure(entry.kind !== 'reversal' && !['hold', 'settled', 'cancelled', 'lapsed', 'giftOut', 'giftIn', 'mergeOut', 'mergeIn'].includes(entry.kind), 'WRONG_STATE', { status: entry.kind })
  return { id: `reversal_${entry._id}`, from: entry.to, to: entry.from, amount: entry.amount, kind: 'reversal', words, about: entry.about, evidence: { what: 'entry', id: entry._id }, by, reverses: entry._id }
}

/** Balances of every account that the entries name; their sum is zero. */
export function balancesOf(entries: Iterable<Pick<PointsEntry, 'from' | 'to' | 'amount'>>): Map<AccountName, number> {
  const balances = new Map<AccountName, number>()
  const add = (account: AccountName, amount: number): void => void balances.set(account, (balances.get(account) ?? 0) + amount)
  for (const { from, to, amount } of entries) {
    add(from, -amount)
    add(to, amount)
  }
  return balances
}
