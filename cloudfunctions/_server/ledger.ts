/**
 * Passbooks and entries in the database. An entry takes effect in one conditional update of its owner's passbook, which
 * carries it until it stands among the entries: a crash in between loses nothing, and whoever reads the passbook sees
 * it. The other half of a gift is written by the same settling, under its own natural key.
 */
import type { Booking, BookingPoints, By } from '../../src/domain/booking-record'
import { isOnBehalf } from '../../src/domain/booking-step'
import { MINUTE } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { gone, handedOver } from '../../src/domain/gift'
import { newAccount, post, purseOf, reversalOf, systemBy, TRANSIT, type Draft, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import type { Person } from '../../src/domain/person'
import type { PotGift } from '../../src/domain/pot'
import { giveBack } from '../../src/domain/redemption'
import { answeredBefore, get, remembered, save, type Request } from './aggregate'
import { appendAudit, entryAbout } from './audits'
import { command, find, insert, read, updateIf } from './cloud'
import { keepForReversal } from './pots'
import { collectStock, freeStock } from './rewards'

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
    if (first === undefined && changed === current) return { account: current, entries: [], answer, isNew: false }
    // The passbook was read before the entry is: whatever is written in between changes the version.
    const earlier = request === null && first !== undefined ? (current.unsent[first.id] ?? (await findEntry(first.id))) : null
    if (earlier !== null) return { account: current, entries: [earlier], answer, isNew: false }
    const posted = post(changed, drafts, now)
    const next = request === null ? posted.account : { ...posted.account, requests: remembered(posted.account.requests, request, answer, now) }
    // `unsettledAt` is written even if it is the one that was read: somebody may have sent what waited, and cleared it, since.
    if (await save('pointsAccounts', posted.entries.length === 0 ? current : { ...current, unsettledAt: null }, next)) {
      const after = { ...next, version: current.version + 1 }
      if (isSent) await sendEntries(after, now)
      return { account: after, entries: posted.entries, answer, isNew: true }
    }
    current = await get<PointsAccount>('pointsAccounts', current._id)
  }
  throw new DomainError('TRY_AGAIN')
}

/**
 * Takes a line back with another one in the same passbook, once, whoever asks.
 * @throws WRONG_STATE for a reversal, or half of a pair; POINTS_SHORT {balance} when it was spent
 */
export async function reverseEntry(entry: PointsEntry, words: string, by: By, now: number): Promise<Posted<null> & { readonly reversal: PointsEntry }> {
  const draft = reversalOf(entry, words, by)
  await keepForReversal(entry, draft, false, now)
  const done = await postOnce(await get<PointsAccount>('pointsAccounts', entry.ownerId), null, () => ({ drafts: [draft], answer: null }), now)
  const reversal = done.entries[0]
  if (reversal === undefined) throw new Error(`${entry._id} was taken back without a line`)
  return { ...done, reversal }
}

/** Writes an entry under its natural key; again finds it there. */
export const insertEntry = (entry: PointsEntry): Promise<boolean> => insert('pointsEntries', entry)

/**
 * Brings what waits in a passbook among the entries, and what follows from each to its end: the other half of a gift, the
 * place in a reward's stock, what a booking says of its payment, the sum of a need. Every step may be repeated.
 */
export async function sendEntries(account: PointsAccount, now: number): Promise<void> {
  const waiting = Object.values(account.unsent)
  for (const entry of waiting) {
    await insertEntry(entry)
    await follow(entry, now)
  }
  if (waiting.length === 0) return
  const gone = Object.fromEntries(waiting.map((entry) => [`unsent.${entry._id}`, command.remove()]))
  // Only while nothing was added. No new version: whoever decided on the passbook meanwhile may write; an entry that comes back this way is only sent again.
  await updateIf('pointsAccounts', account._id, { version: account.version }, { ...gone, unsettledAt: command.set(null) })
}

async function follow(entry: PointsEntry, now: number): Promise<void> {
  if (isOnBehalf(entry.by) && (entry.kind === 'hold' || entry.kind === 'cancelled')) await tellOwner(entry)
  switch (entry.kind) {
    case 'giftOut':
    case 'mergeOut':
      await receive(entry, now)
      if (entry.evidence.what === 'need') await tallyNeed(entry, entry.evidence.id)
      return
    case 'fromPot':
      return tallyGift(entry)
    case 'hold':
      return payBooking(entry, now)
    case 'settled':
      if (entry.hold !== null) await collectStock(entry.hold.rewardId, entry.hold.holdId)
      return tellBooking(entry, 'posted')
    case 'cancelled':
    case 'lapsed':
      if (entry.hold !== null) await freeStock(entry.hold.rewardId, entry.hold.holdId)
      return tellBooking(entry, 'returned')
    default:
  }
}

/** The other half of what one owner gave to another: to `about`, in the passbook that they had then. What a merged record gets that way is moved on at once. */
async function receive(given: PointsEntry, now: number): Promise<void> {
  const toId = given.about?.personId
  if (toId === undefined) throw new Error(`${given._id} names nobody who gets it`)
  // Erased before it came: it comes to the passbook that is left, and expires there.
  const to = (await read<Person>('people', toId)) ?? { _id: toId, subdistrictId: given.subdistrictId, communityId: given.communityId, name: '', standing: 'erased' as const, mergedInto: toId }
  const isGift = given.kind === 'giftOut'
  const draft: Draft = {
    id: given._id.replace(/^(gift|merge)Out_/, '$1In_'), from: TRANSIT, to: purseOf(given.from === purseOf('pending', given.ownerId) ? 'pending' : 'spendable', toId), amount: given.amount, kind: isGift ? 'giftIn' : 'mergeIn', words: given.words,
    // Whoever gives to a neighbour in need is not named, and does not hear whose need it is.
    about: isGift ? { personId: given.ownerId, name: given.evidence.what === 'need' ? '' : given.by.name } : null, evidence: given.evidence, by: given.by,
  }
  const { account } = await postOnce(await openAccount(ownerOf(to)), null, () => ({ drafts: [draft], answer: null }), Math.max(now, given.at))
  if (to.mergedInto !== null) await moveOn(to, account, now)
}

/** What somebody did with the owner's points stands in the owner's log, too (law 5); again finds it there. */
async function tellOwner({ _id, ownerId, kind, words, amount, by, at, hold }: PointsEntry): Promise<void> {
  const owner = await read<Person>('people', ownerId)
  if (owner === null) return
  const more = { purpose: `${words}，${amount} 分`, ...(hold === null || hold.bookingId === null ? {} : { bookingId: hold.bookingId }) }
  await appendAudit(entryAbout(owner, kind === 'hold' ? 'pointsSpent' : 'pointsReturned', by, at, more), { key: _id, hash: ownerId }, null)
}

/** Statuses in which a visit may still be paid with points. */
export const PAYABLE = ['booked', 'assigned'] as const

/** A visit says who pays it; one that was given up meanwhile, or is paid already, gives the points back. */
async function payBooking(entry: PointsEntry, now: number): Promise<void> {
  const { hold } = entry
  if (hold === null || hold.bookingId === null) return
  const paid: NonNullable<BookingPoints['paid']> = { ownerId: entry.ownerId, holdId: hold.holdId, rewardId: hold.rewardId, points: entry.amount, at: entry.at, state: 'held' }
  const isMarked = await updateIf('bookings', hold.bookingId, { status: command.in(PAYABLE), 'points.paid.state': command.in([null, 'returned']), 'points.paid.holdId': command.neq(hold.holdId) }, { 'points.paid': command.set(paid), version: command.inc(1) })
  if (isMarked) return
  const booking = await read<Booking>('bookings', hold.bookingId)
  if (booking?.points?.paid?.holdId !== hold.holdId) await endHold(await get<PointsAccount>('pointsAccounts', entry.ownerId), hold.holdId, 'cancelled', null, systemBy, now)
}

/** Gives the points of a hold back, and with the entry its place in the stock. Of a hold that is not open nothing is left to do. */
export const endHold = async (account: PointsAccount, holdId: string, kind: 'cancelled' | 'lapsed', request: Request | null, by: By, now: number): Promise<PointsAccount> =>
  (await postOnce(account, request, (current) => ({ ...(current.holds[holdId] === undefined ? { drafts: [] } : giveBack(current, holdId, kind, by)), answer: null }), now)).account

/** What a booking says of the points that pay it, unless it was paid anew. */
async function tellBooking({ hold }: PointsEntry, state: 'posted' | 'returned'): Promise<void> {
  if (hold === null || hold.bookingId === null) return
  await updateIf('bookings', hold.bookingId, { 'points.paid.holdId': hold.holdId }, { 'points.paid.state': command.set(state), version: command.inc(1) })
}

/** What a pot gave for a need counts there as a neighbour's gift does. */
async function tallyGift(entry: PointsEntry): Promise<void> {
  const needId = (await read<PotGift>('potGifts', entry.evidence.id))?.needId ?? null
  if (needId !== null) await tallyNeed(entry, needId)
}

/** The sum that came in for a need; each gift counts once. */
const tallyNeed = ({ _id, amount, at }: PointsEntry, needId: string): Promise<boolean> =>
  updateIf('needs', needId, { [`gifts.${_id}`]: command.exists(false) }, { [`gifts.${_id}`]: command.set({ amount, at }), given: command.inc(amount), version: command.inc(1) })

/**
 * The points of a record that another one stands for go there, its open redemptions are given back first; those of an
 * erased record expire. The lines stay where they are. Again finds nothing left to move.
 */
export async function moveOn(from: Pick<Person, '_id' | 'name' | 'standing' | 'mergedInto'>, loaded: PointsAccount, now: number): Promise<void> {
  const toId = from.mergedInto
  if (toId === null) return
  await sendEntries(loaded, now)
  let account = loaded
  for (const holdId of Object.keys(account.holds)) account = await endHold(account, holdId, 'cancelled', null, systemBy, now)
  await postOnce(account, null, (current) => ({ drafts: from.standing === 'erased' ? gone(current, systemBy) : handedOver(current, { personId: toId, name: from.name }, systemBy), answer: null }), now)
}

/** A function lives 20 s at most; after this nobody is still sending, ms. */
const OLD_ENOUGH = MINUTE
const BATCH = 200

/** Passbooks with entries that a crash, or a short path, left waiting. @param upTo null: whatever nobody is working on any more */
export const waitingAccounts = (upTo: number | null, now: number): Promise<PointsAccount[]> =>
  find<PointsAccount>('pointsAccounts', { unsettledAt: command.gt(0).and(command.lte(upTo ?? now - OLD_ENOUGH)) }, { by: 'unsettledAt', direction: 'asc' }, BATCH)
