/**
 * The day's seal 日封 (law 2): after midnight the entries of a day are hashed in the order of their ids, and the hash is
 * chained to the seal of the day before. Whoever changes, removes or adds an entry afterwards is found out by name of
 * that entry. Names of people are no part of it: they can be taken out of an entry without breaking the seal.
 */
import { DAY } from './civil-time'
import { EXPIRED, FUND, purses, TRANSIT, type AccountName, type EntryKind, type PointsEntry, type Purse } from './ledger'

/** What a day's entries come to, so that months and the public page need not read them again. */
export interface DayRollup {
  /** entries and points by kind; kinds that did not occur are left out */
  readonly kinds: Readonly<Partial<Record<EntryKind, { readonly count: number; readonly points: number }>>>
  /** what the day changed in every system account: fund, transit, expired, pots and merchants */
  readonly accounts: Readonly<Record<AccountName, number>>
  /** what the day changed in all passbooks together */
  readonly purses: Readonly<Record<Purse, number>>
  /** redemptions that were collected at a merchant on this day: how many, for how many points, and how long they had waited altogether, ms */
  readonly collected: { readonly count: number; readonly points: number; readonly waitMs: number }
  /** what was collected, or cared, by reward */
  readonly rewards: Readonly<Record<string, { readonly count: number; readonly points: number }>>
}

/** Everything up to and including a day. */
export interface Totals {
  readonly entries: number
  readonly accounts: Readonly<Record<AccountName, number>>
  readonly purses: Readonly<Record<Purse, number>>
}

export interface DaySeal {
  /** `seal_<subdistrictId>_<onDate>` */
  readonly _id: string
  readonly subdistrictId: string
  readonly onDate: string
  readonly sealedAt: number
  /** entries of the day */
  readonly count: number
  /** its parts in order, each with the hash of what stands in it */
  readonly parts: readonly { readonly partId: string; readonly hash: string; readonly lastId: string }[]
  /** the seal of the day before; empty for the first */
  readonly before: string
  readonly hash: string
  readonly rollup: DayRollup
  readonly totals: Totals
  /** where the copy stands that is kept apart; null: not yet */
  readonly storedAs: string | null
  /** since when the copy is owed; null: it is there */
  readonly unstoredAt: number | null
}

/** A piece of a day's seal: which entries, and the digest of each. */
export interface SealPart {
  /** `<sealId>_<n>_<beginning of its hash>`: two sealings of one day can only write the same */
  readonly _id: string
  readonly sealId: string
  readonly entries: readonly SealedEntry[]
}

/** An entry's id, and the hash of what is sealed of it. */
export type SealedEntry = readonly [entryId: string, hash: string]

/** How an entry does not fit its seal; `copy`: the day's seal is another one than its copy that is kept apart, or the copy is gone. */
export const unfitHows = ['changed', 'missing', 'added', 'copy'] as const
/** The first entry of a day that does not fit. */
export interface Unfit {
  /** where the copy does not fit: the first entry that the copy states otherwise, or the seal */
  readonly entryId: string
  readonly onDate: string
  readonly how: (typeof unfitHows)[number]
}

/** What a copy kept apart says of its day. */
export interface SealCopy {
  readonly hash: string
  readonly entries: readonly SealedEntry[]
}

/** A copy is written minutes after its seal; one that is not there after this long was lost, or taken away, ms. */
export const COPY_WITHIN = 2 * DAY

/** Entries in one part. */
export const PART = 500

export const sealIdOf = (subdistrictId: string, onDate: string): string => `seal_${subdistrictId}_${onDate}`

/** What of an entry is sealed: all of it but the names. */
export const sealedOf = ({ by, about, ...entry }: PointsEntry): object => ({ ...entry, by: { personId: by.personId, as: by.as }, about: about === null ? null : { personId: about.personId } })

/** What of a day is chained: everything that its seal states. */
export const chainedOf = ({ subdistrictId, onDate, count, parts, before, rollup, totals }: Pick<DaySeal, 'subdistrictId' | 'onDate' | 'count' | 'parts' | 'before' | 'rollup' | 'totals'>): object => ({ subdistrictId, onDate, count, parts, before, rollup, totals })

/** As people compare it aloud: the first eight signs of a hash in hex, in two groups of four. */
export const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`.toUpperCase()

export const noRollup: DayRollup = { kinds: {}, accounts: {}, purses: { spendable: 0, held: 0, pending: 0 }, collected: { count: 0, points: 0, waitMs: 0 }, rewards: {} }
export const noTotals: Totals = { entries: 0, accounts: {}, purses: noRollup.purses }

const purseNamed = (account: AccountName): Purse | null => purses.find((purse) => account.startsWith(`${purse}_`)) ?? null
export const isSystemAccount = (account: AccountName): boolean => account === FUND || account === TRANSIT || account === EXPIRED || account.startsWith('pot_') || account.startsWith('merchant_')

const plus = <K extends string>(sums: Readonly<Record<K, number>>, key: K, amount: number): Readonly<Record<K, number>> => ({ ...sums, [key]: (sums[key] ?? 0) + amount })

/** The rollup with some entries more. */
export function withEntries(rollup: DayRollup, entries: readonly PointsEntry[]): DayRollup {
  let { kinds, accounts, purses: sums, collected, rewards } = rollup
  for (const { kind, from, to, amount, hold, at } of entries) {
    kinds = { ...kinds, [kind]: { count: (kinds[kind]?.count ?? 0) + 1, points: (kinds[kind]?.points ?? 0) + amount } }
    for (const [account, change] of [[from, -amount], [to, amount]] as const) {
      const purse = purseNamed(account)
      if (purse === null) accounts = plus(accounts, account, change)
      else sums = plus(sums, purse, change)
    }
    if (kind !== 'settled' || hold === null) continue
    rewards = { ...rewards, [hold.rewardId]: { count: (rewards[hold.rewardId]?.count ?? 0) + 1, points: (rewards[hold.rewardId]?.points ?? 0) + amount } }
    // A visit is not waited for at a counter.
    if (hold.bookingId === null) collected = { count: collected.count + 1, points: collected.points + amount, waitMs: collected.waitMs + Math.max(0, at - hold.heldAt) }
  }
  return { kinds, accounts, purses: sums, collected, rewards }
}

/** Totals up to a day from those up to the day before. */
export function withDay(totals: Totals, count: number, day: DayRollup): Totals {
  const accounts = Object.entries(day.accounts).reduce((sums, [account, amount]) => plus(sums, account, amount), totals.accounts)
  return { entries: totals.entries + count, accounts, purses: { spendable: totals.purses.spendable + day.purses.spendable, held: totals.purses.held + day.purses.held, pending: totals.purses.pending + day.purses.pending } }
}

/** Zero when nothing was lost or made up: every entry takes what it gives. */
export const sumOf = ({ accounts, purses: sums }: Pick<Totals, 'accounts' | 'purses'>): number => [...Object.values(accounts), ...Object.values(sums)].reduce((sum, amount) => sum + amount, 0)

/**
 * Whether the copy that is kept apart states the same day; null: it does. Entries, parts and seals can be rewritten to
 * fit one another by whoever holds the database; the copy is not there to be rewritten with them.
 * @param copy null: it cannot be had
 * @param sealed what the seal's parts state now
 */
export function copyUnfit(seal: Pick<DaySeal, '_id' | 'onDate' | 'hash'>, copy: SealCopy | null, sealed: readonly SealedEntry[]): Unfit | null {
  const other = copy === null ? null : firstUnfit(seal.onDate, copy.entries, sealed)
  return copy !== null && copy.hash === seal.hash && other === null ? null : { entryId: other?.entryId ?? seal._id, onDate: seal.onDate, how: 'copy' }
}

/**
 * The first entry, in the order of ids, that does not fit what was sealed.
 * @param sealed [id, digest] in the order of ids
 * @param found [id, digest] as the entries stand now, in the same order
 */
export function firstUnfit(onDate: string, sealed: readonly SealedEntry[], found: readonly SealedEntry[]): Unfit | null {
  let next = 0
  for (const [entryId, hash] of sealed) {
    const one = found[next]
    if (one === undefined || one[0] > entryId) return { entryId, onDate, how: 'missing' }
    if (one[0] < entryId) return { entryId: one[0], onDate, how: 'added' }
    if (one[1] !== hash) return { entryId, onDate, how: 'changed' }
    next += 1
  }
  const extra = found[next]
  return extra === undefined ? null : { entryId: extra[0], onDate, how: 'added' }
}
