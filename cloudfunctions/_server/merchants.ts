/** Merchants in the database, the vouchers that are brought to them, and what was settled there. */
import { DomainError } from '../../src/domain/error'
import type { Hold, PointsAccount, PointsEntry } from '../../src/domain/ledger'
import type { Merchant } from '../../src/domain/reward'
import type { Actor } from '../../src/domain/role'
import type { Provider } from '../../src/domain/service-item'
import { goodAt, refusalOf, type Counter } from '../../src/domain/voucher'
import type { Account } from './accounts'
import { command, find } from './cloud'
import { voucherCodeId } from './keys'
import { findAccountOf } from './ledger'
import { cursorOf, placeIn } from './pages'

/** Far more merchants than a subdistrict has, and people at one counter. */
export const MERCHANTS_AT_MOST = 300
const STAFF_AT_MOST = 500
/** Holders of one code: eight digits seldom meet. */
const SAME_CODE = 10
/** Entries that one query adds up, and all of them together. */
const ROWS = 1000
const ROWS_AT_MOST = 10_000

export const merchantsOf = (subdistrictId: string): Promise<Merchant[]> => find<Merchant>('merchants', { subdistrictId }, null, MERCHANTS_AT_MOST)
export const providersOf = (subdistrictId: string): Promise<Provider[]> => find<Provider>('providers', { subdistrictId }, null, MERCHANTS_AT_MOST)
export const providersAmong = async (ids: readonly string[]): Promise<Provider[]> => (ids.length === 0 ? [] : find<Provider>('providers', { _id: command.in(ids) }, null, ids.length))
export const merchantsAmong = async (ids: readonly string[]): Promise<Merchant[]> => (ids.length === 0 ? [] : find<Merchant>('merchants', { _id: command.in(ids) }, null, ids.length))

/** Names of those who settle, by merchant. */
export async function merchantStaff(merchantIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const accounts = merchantIds.length === 0 ? [] : await find<Account>('accounts', { 'grants.providerId': command.in(merchantIds) }, null, STAFF_AT_MOST, ['name', 'grants'])
  return new Map(merchantIds.map((merchantId) => [merchantId, accounts.filter(({ grants }) => grants.some((grant) => grant.role === 'merchant' && grant.providerId === merchantId)).map(({ name }) => name ?? '')]))
}

/** The counter at which an actor stands. */
export const counterOf = (actor: Actor): Counter => ({
  personId: actor.personId, subdistrictId: actor.subdistrictId, merchantIds: [...new Set(actor.grants.flatMap((grant) => (grant.role === 'merchant' && grant.providerId !== undefined ? [grant.providerId] : [])))],
})

/** An open voucher: the passbook that carries it, and its hold. */
export interface Voucher {
  readonly account: PointsAccount
  readonly hold: Hold
}

/** The open voucher of a code; of several the one that is good at this counter. One call. */
export async function findVoucher(code: string, counter: Counter): Promise<Voucher | null> {
  const codeId = voucherCodeId(code)
  const found = (await find<PointsAccount>('pointsAccounts', { codeIds: codeId }, null, SAME_CODE)).flatMap((account) =>
    Object.values(account.holds).flatMap((hold): Voucher[] => (hold.codeId === codeId ? [{ account, hold }] : [])))
  return found.find(({ account, hold }) => goodAt(hold, account.subdistrictId, counter) !== null) ?? found[0] ?? null
}

/** A voucher that is over. */
export interface OldVoucher {
  readonly made: PointsEntry & { readonly hold: NonNullable<PointsEntry['hold']> }
  readonly account: PointsAccount | null
  /** the entry that ended it */
  readonly ended: PointsEntry | null
}

/** What a code stood for when it was good; of several the newest, rather one of this counter. */
export async function findOldVoucher(code: string, counter: Counter): Promise<OldVoucher | null> {
  const entries = await find<PointsEntry>('pointsEntries', { 'hold.codeId': voucherCodeId(code) }, null, 4 * SAME_CODE)
  const made = entries.flatMap((entry) => (entry.hold === null ? [] : [{ ...entry, hold: entry.hold }])).sort((a, b) => b.hold.heldAt - a.hold.heldAt)
  const one = made.find(({ hold, subdistrictId }) => goodAt(hold, subdistrictId, counter) !== null) ?? made[0]
  if (one === undefined) return null
  const account = await findAccountOf(one.ownerId)
  const ended = [...entries, ...Object.values(account?.unsent ?? {})].find((entry) => entry.kind !== 'hold' && entry.hold?.holdId === one.hold.holdId)
  return { made: one, account, ended: ended ?? null }
}

/** Why a code that is not open is refused. */
export const whyOld = (old: OldVoucher | null, counter: Counter): DomainError =>
  old === null ? new DomainError('VOUCHER_WRONG') : refusalOf(old.made.hold, old.made.subdistrictId, old.ended, counter)

/** What was settled at a merchant in a span of time, a page in the order of time. */
export async function settledPage(
  merchantId: string, from: number, below: number, direction: 'asc' | 'desc', cursor: string | undefined, size: number,
): Promise<{ readonly items: PointsEntry[]; readonly nextCursor: string | null }> {
  const place = placeIn(cursor)
  const lower = direction === 'asc' && place !== null ? Math.max(from, place.at) : from
  const upper = direction === 'desc' && place !== null ? command.lte(Math.min(below - 1, place.at)) : command.lt(below)
  // Entries of the same moment as the cursor come again; 20 more than a page covers every tie that can occur.
  const found = await find<PointsEntry>('pointsEntries', { merchantId, at: command.gte(lower).and(upper) }, { by: 'at', direction }, place === null ? size + 1 : size + 21)
  const rest = found.slice(place === null ? 0 : found.findIndex((entry) => entry._id === place.id) + 1)
  const items = rest.slice(0, size)
  const last = items.at(-1)
  return { items, nextCursor: rest.length > size && last !== undefined ? cursorOf(last, last.at) : null }
}

/** What a span of time comes to. */
export interface Settled {
  readonly rewardName: string
  readonly points: number
  readonly settleFen: number
}

/** Everything that was settled at a merchant in a span of time, as far as it can be added up at once. */
export async function settledBetween(merchantId: string, from: number, below: number): Promise<{ readonly rows: readonly Settled[]; readonly isPartial: boolean }> {
  const rows = new Map<string, Settled>()
  for (let since = from; ; ) {
    const page = await find<Pick<PointsEntry, '_id' | 'at' | 'amount' | 'hold' | 'words'>>('pointsEntries', { merchantId, at: command.gte(since).and(command.lt(below)) }, { by: 'at', direction: 'asc' }, ROWS, ['at', 'amount', 'hold', 'words'])
    const known = rows.size
    for (const { _id, amount, hold, words } of page) rows.set(_id, { rewardName: hold?.rewardName ?? words, points: amount, settleFen: hold?.settleFen ?? 0 })
    const last = page.at(-1)
    if (page.length < ROWS || last === undefined) return { rows: [...rows.values()], isPartial: false }
    // More entries of one moment than a page holds cannot be walked through by time.
    if (rows.size >= ROWS_AT_MOST || rows.size === known) return { rows: [...rows.values()], isPartial: true }
    since = last.at
  }
}
