/**
 * The ledger's laws (law 2) as checks over what is stored: a passbook is walked line by line and must come to exactly
 * what its cover says; single lines must have come about lawfully. Each check names the first line that does not fit.
 */
import { civilDate } from './civil-time'
import { MOST_POINTS, purses, TRANSIT, type EntryKind, type PointsAccount, type PointsEntry, type Purse } from './ledger'
import { GRACE } from './laws'

/** How far a passbook was walked. */
export interface PassbookWalk {
  readonly seq: number
  readonly balances: Readonly<Record<Purse, number>>
  readonly at: number
}

export const startOfPassbook: PassbookWalk = { seq: 0, balances: { spendable: 0, held: 0, pending: 0 }, at: 0 }

/** The purse that an account name means, and whose; null for a system account. */
function purseAndOwner(account: string): { readonly purse: Purse; readonly ownerId: string } | null {
  const purse = purses.find((one) => account.startsWith(`${one}_`))
  return purse === undefined ? null : { purse, ownerId: account.slice(purse.length + 1) }
}

/** The passbook after its next line; null when the line does not belong there: a gap, another's purse, a balance below zero or printed wrongly, a time before the line above. */
export function nextLine({ seq, balances, at }: PassbookWalk, entry: PointsEntry): PassbookWalk | null {
  const { from, to, amount, ownerId } = entry
  const [out, into] = [purseAndOwner(from), purseAndOwner(to)]
  const isOwn = (side: typeof out): boolean => side === null || side.ownerId === ownerId
  if (entry.seq !== seq + 1 || from === to || !Number.isSafeInteger(amount) || amount < 1 || amount > MOST_POINTS || !isOwn(out) || !isOwn(into) || entry.at < at || entry.onDate !== civilDate(entry.at)) return null
  const next = { ...balances }
  if (out !== null) next[out.purse] -= amount
  if (into !== null) next[into.purse] += amount
  if (purses.some((purse) => next[purse] < 0) || entry.balance !== next.spendable) return null
  return { seq: entry.seq, balances: next, at: entry.at }
}

/** The cover of a passbook says what its lines come to, and what it keeps aside is what its open holds need. */
export const coverHolds = (account: Pick<PointsAccount, 'seq' | 'balances' | 'holds'>, walk: PassbookWalk): boolean =>
  account.seq === walk.seq && purses.every((purse) => account.balances[purse] === walk.balances[purse]) && account.balances.held === Object.values(account.holds).reduce((sum, hold) => sum + hold.points, 0)

/** Kinds whose id says which work they pay, with what stands behind it. */
const paying: Readonly<Partial<Record<EntryKind, PointsEntry['evidence']['what']>>> = { visit: 'visit', shift: 'shift', project: 'project', activity: 'activity', desk: 'desk', deskApproved: 'desk', fromPot: 'pot' }
/** Kinds whose id says which redemption they belong to. */
const redeeming: readonly EntryKind[] = ['hold', 'settled', 'cancelled', 'lapsed']

/** An id carries uniqueness: one that does not name its own source would let the source pay again. */
export function paidOnceHolds({ _id, kind, evidence, hold }: Pick<PointsEntry, '_id' | 'kind' | 'evidence' | 'hold'>): boolean {
  if (redeeming.includes(kind)) return hold !== null && _id === `${kind}_${hold.holdId}`
  if (kind !== 'excess') return paying[kind] === undefined || (_id === `${kind}_${evidence.id}` && paying[kind] === evidence.what)
  // What a cap sent to the pot stands beside the work's own line, or, when nothing was left, in its place.
  return Object.entries(paying).some(([source, what]) => what === evidence.what && (_id === `excess_${source}_${evidence.id}` || _id === `${source}_${evidence.id}`))
}

/** Hours entered afterwards enter `pending`, and leave it only by a second person's word, by a reversal, or with the whole record. */
const intoPending: readonly EntryKind[] = ['desk', 'mergeIn', 'reversal']
const outOfPending: readonly EntryKind[] = ['deskApproved', 'excess', 'reversal', 'mergeOut', 'expired']
export function pendingHolds({ from, to, kind, by }: Pick<PointsEntry, 'from' | 'to' | 'kind' | 'by'>, enteredBy: string | null): boolean {
  const [out, into] = [purseAndOwner(from)?.purse, purseAndOwner(to)?.purse]
  if (into === 'pending' && !intoPending.includes(kind)) return false
  if (out !== 'pending') return kind !== 'deskApproved'
  if (!outOfPending.includes(kind)) return false
  return kind !== 'deskApproved' || enteredBy === null || enteredBy !== by.personId
}

/** What another entry must stand beside this one; null: none. */
export function counterpartOf({ _id, kind, reverses }: Pick<PointsEntry, '_id' | 'kind' | 'reverses'>): string | null {
  switch (kind) {
    case 'giftOut':
      return _id.replace(/^giftOut_/, 'giftIn_')
    case 'giftIn':
      return _id.replace(/^giftIn_/, 'giftOut_')
    case 'mergeOut':
      return _id.replace(/^mergeOut_/, 'mergeIn_')
    case 'mergeIn':
      return _id.replace(/^mergeIn_/, 'mergeOut_')
    case 'deskApproved':
      return _id.replace(/^deskApproved_/, 'desk_')
    case 'reversal':
      return reverses
    default:
      return null
  }
}

/** What one owner gave away arrived with the other, whole; what is younger may still be on its way. */
export function transitHolds(entry: PointsEntry, counterpart: PointsEntry | undefined, now: number): boolean {
  if (entry.from !== TRANSIT && entry.to !== TRANSIT) return true
  if (counterpart === undefined) return (entry.kind === 'giftOut' || entry.kind === 'mergeOut') && entry.at > now - GRACE
  return counterpart.amount === entry.amount && (entry.to === TRANSIT ? counterpart.from === TRANSIT : counterpart.to === TRANSIT)
}

/** A reversal names the line that it takes back, goes the other way, and takes no more than there was. */
export const reversalHolds = (entry: PointsEntry, reversed: PointsEntry | undefined): boolean =>
  entry.kind !== 'reversal' ? entry.reverses === null : reversed !== undefined && entry._id === `reversal_${reversed._id}` && entry.from === reversed.to && entry.to === reversed.from && entry.amount <= reversed.amount && entry.ownerId === reversed.ownerId

/** The clock looks at holds every few minutes; one that it left open longer is a fault, ms. */
const HOLD_GRACE = 6 * GRACE
/** Holds of a passbook that should have come back long ago. */
export const staleHolds = (account: Pick<PointsAccount, 'holds'>, now: number): readonly string[] =>
  Object.values(account.holds).flatMap((hold) => (hold.endsAt < now - HOLD_GRACE ? hold.holdId : []))

/** Lines that wait in a passbook longer than any sending takes. */
export const forgottenLines = (account: Pick<PointsAccount, 'unsent'>, now: number): readonly string[] =>
  Object.values(account.unsent).flatMap((entry) => (entry.at < now - HOLD_GRACE ? entry._id : []))
