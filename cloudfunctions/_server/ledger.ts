/**
 * Passbooks and entries in the database. An entry takes effect in one conditional update of its owner's passbook, which
 * carries it until it stands among the entries: a crash in between loses nothing, and whoever reads the passbook sees
 * it. The other half of a gift is written by the same settling, under its own natural key.
 */
import { MINUTE } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { newAccount, post, purseOf, TRANSIT, type Draft, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import type { Person } from '../../src/domain/person'
import { answeredBefore, get, remembered, save, type Request } from './aggregate'
import { command, find, insert, read, updateIf } from './cloud'

/** Whose passbook. */
export type Owner = Pick<PointsAccount, '_id' | 'subdistrictId' | 'communityId' | 'kind'>

export const ownerOf = (person: Pick<Person, '_id' | 'subdistrictId' | 'communityId'>): Owner => ({ _id: person._id, subdistrictId: person.subdistrictId, communityId: person.communityId, kind: 'person' })

export const findAccountOf = (ownerId: string): Promise<PointsAccount | null> => read<PointsAccount>('pointsAccounts', ownerId)
export const findEntry = (entryId: string): Promise<PointsEntry | null> => read<PointsEntry>('pointsEntries', entryId)

/** The passbook, opened if it is not there yet. */
export async function openAccount(owner: Owner): Promise<PointsAccount> {
  const found = await findAccountOf(owner._id)
  if (found !== null) return found
  const fresh = newAccount(owner._id, owner)
  return (await insert('pointsAccounts', fresh)) ? fresh : get<PointsAccount>('pointsAccounts', owner._id)
}

/** What a rule made of a passbook. */
export interface Posting<A> {
  readonly drafts: readonly Draft[]
  /** the passbook with what else changes in the same write: holds, limits; left out: nothing */
  readonly account?: PointsAccount
  readonly answer: A
}

export interface Posted<A> {
  readonly account: PointsAccount
  readonly entries: readonly PointsEntry[]
  readonly answer: A
  /** false when it had taken effect before */
  readonly isNew: boolean
}

/** Two hundred people cannot have one passbook; whoever meets others this often is told to try again. */
const ATTEMPTS = 40

/**
 * Decides on the passbook and writes lines and passbook in one update, until it is written. With a request it takes
 * effect once for that request; without one, once for the id of its first draft, which then must be a natural key.
 * Entries are sent on at once when `isSent`, else the clock does it within two minutes.
 * @throws what `decide` throws, POINTS_SHORT, CLOCK_BACK, TRY_AGAIN
 */
export async function postOnce<A>(loaded: PointsAccount, request: Request | null, decide: (account: PointsAccount) => Posting<A>, now: number, isSent = true): Promise<Posted<A>> {
  let current = loaded
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = request === null ? null : answeredBefore(current.requests, request)
    if (before !== null) return { account: current, entries: [], answer: before.answer as A, isNew: false }
    const { drafts, account: changed = current, answer } = decide(current)
    const first = drafts[0]
    // The passbook was read before the entry is: whatever is written in between changes the version.
    const earlier = request === null && first !== undefined ? (current.unsent[first.id] ?? (await findEntry(first.id))) : null
    if (earlier !== null) return { account: current, entries: [earlier], answer, isNew: false }
    const posted = post(changed, drafts, now)
    const next = request === null ? posted.account : { ...posted.account, requests: remembered(posted.account.requests, request, answer, now) }
    if (await save('pointsAccounts', current, next)) {
      const after = { ...next, version: current.version + 1 }
      if (isSent) await sendEntries(after, now)
      return { account: after, entries: posted.entries, answer, isNew: true }
    }
    current = await get<PointsAccount>('pointsAccounts', current._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/** Writes an entry under its natural key; again finds it there. */
export const insertEntry = (entry: PointsEntry): Promise<boolean> => insert('pointsEntries', entry)

/** Brings what waits in a passbook among the entries, and the other half of a gift into the other passbook. Every step may be repeated. */
export async function sendEntries(account: PointsAccount, now: number): Promise<void> {
  const waiting = Object.values(account.unsent)
  for (const entry of waiting) {
    await insertEntry(entry)
    if (entry.kind === 'giftOut' || entry.kind === 'mergeOut') await receive(entry, now)
  }
  if (waiting.length === 0) return
  const gone = Object.fromEntries(waiting.map((entry) => [`unsent.${entry._id}`, command.remove()]))
  // Only while nothing was added. No new version: whoever decided on the passbook meanwhile may write; an entry that comes back this way is only sent again.
  await updateIf('pointsAccounts', account._id, { version: account.version }, { ...gone, unsettledAt: command.set(null) })
}

/** The other half of what one owner gave to another: to `about`. */
async function receive(given: PointsEntry, now: number): Promise<void> {
  const toId = given.about?.personId
  if (toId === undefined) throw new Error(`${given._id} names nobody who gets it`)
  const to = await get<Person>('people', toId)
  const draft: Draft = {
    id: given._id.replace(/^(gift|merge)Out_/, '$1In_'), from: TRANSIT, to: purseOf('spendable', toId), amount: given.amount, kind: given.kind === 'giftOut' ? 'giftIn' : 'mergeIn', words: given.words,
    about: { personId: given.by.personId, name: given.by.name }, evidence: given.evidence, by: given.by,
  }
  await postOnce(await openAccount(ownerOf(to)), null, () => ({ drafts: [draft], answer: null }), Math.max(now, given.at))
}

/** A function lives 20 s at most; after this nobody is still sending, ms. */
const OLD_ENOUGH = MINUTE
const BATCH = 200

/** Passbooks with entries that a crash, or a short path, left waiting. @param upTo null: all of them */
export const waitingAccounts = (upTo: number | null, now: number): Promise<PointsAccount[]> =>
  find<PointsAccount>('pointsAccounts', { unsettledAt: command.gt(0).and(command.lte(upTo ?? now - OLD_ENOUGH)) }, { by: 'unsettledAt', direction: 'asc' }, BATCH)
