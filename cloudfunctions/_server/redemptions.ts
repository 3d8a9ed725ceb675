/** Redemptions in the database: what is put aside, collected, given back, and the visits that points pay. */
import { isGivenUp, type Booking, type By } from '../../src/domain/booking-record'
import { DomainError } from '../../src/domain/error'
import { systemBy, type PointsAccount } from '../../src/domain/ledger'
import type { Person } from '../../src/domain/person'
import { CODE_DIGITS, collect, hold, keepWaiting, LOOK_AGAIN } from '../../src/domain/redemption'
import { collectUntil, ensureRedeemable, holdFactsOf, type Reward } from '../../src/domain/reward'
import { answeredBefore, type Request } from './aggregate'
import { read } from './cloud'
import { derivedId, newDigits, voucherCodeId } from './keys'
import { endHold, findAccountOf, insertEntry, postOnce, sendEntries, type Posted } from './ledger'
import { freeStock, takeStock } from './rewards'

/** What a redemption answers; kept with the request, so that a repetition shows the same code. */
export interface Redeemed {
  readonly holdId: string
  /** null: it pays a visit */
  readonly code: string | null
  readonly endsAt: number
  readonly points: number
  readonly balance: number
}

/** Who redeems, and for whom. */
export interface Redeeming {
  readonly owner: Person
  readonly account: PointsAccount
  readonly reward: Reward
  readonly forElder: Person | null
  /** the visit that it pays; null: collected at a merchant */
  readonly booking: Booking | null
  readonly by: By
}

/** Owner, who redeems, for whom, and their close family: none of them settles it (law 3). */
const nearOf = (owner: Person, forElder: Person | null, by: By): string[] =>
  [...new Set([by.personId, ...[owner, ...(forElder === null ? [] : [forElder])].flatMap((one) => [one._id, ...one.kinIds, ...one.delegateIds])])]

/** The id of a redemption follows from the request and the owner, so that a repetition finds its own place in the stock. */
export const holdIdOf = (request: Request, ownerId: string): string => derivedId('h', request.key, ownerId)

/**
 * Stock first, then the passbook, then the entry: three calls. What is refused by the passbook gives its place back; what
 * a crash left behind is freed by the sweep.
 * @throws NOT_OFFERED {why}, UNVERIFIED, OUT_OF_STOCK, LIMIT_REACHED, POINTS_SHORT {balance}
 */
export async function redeem({ owner, account, reward, forElder, booking, by }: Redeeming, request: Request, now: number): Promise<Redeemed> {
  const before = answeredBefore(account.requests, request)
  if (before !== null) {
    // The copy that wrote it may be dead, or half-way: what follows from it is done before anybody answers.
    if (booking !== null) await sendEntries(account, now)
    return before.answer as Redeemed
  }
  const holdId = holdIdOf(request, owner._id)
  // Care is offered where the elder lives, everything else where the owner does; who spends must have been seen.
  const asked = { ...owner, communityId: booking?.communityId ?? owner.communityId }
  // Whoever asks again after a crash has a place already: it may be the last.
  const offered = reward.holders[holdId] === undefined ? reward : { ...reward, remaining: 1 }
  ensureRedeemable(offered, account, asked, now)
  const code = booking === null ? newDigits(CODE_DIGITS) : null
  const endsAt = booking === null ? collectUntil(reward, now) : booking.endsAt + LOOK_AGAIN
  const facts = holdFactsOf(reward, { holdId, forElderId: forElder?._id ?? null, bookingId: booking?._id ?? null, codeId: code && voucherCodeId(code), endsAt }, now)
  const wish = { facts, points: reward.points, code, forElder: forElder && { personId: forElder._id, name: forElder.name }, nearIds: nearOf(owner, forElder, by), by }
  await takeStock(reward, holdId, owner._id, now)
  try {
    const { account: after, entries, answer, isNew } = await postOnce<Redeemed>(account, request, (current) => {
      // The place in the stock is taken already.
      ensureRedeemable({ ...reward, remaining: 1 }, current, asked, now)
      const step = hold(current, wish, now)
      return { ...step, answer: { holdId, code, endsAt, points: reward.points, balance: current.balances.spendable - reward.points } }
    }, now, booking !== null)
    if (booking === null) for (const entry of entries) await insertEntry(entry)
    else if (!isNew) await sendEntries(after, now)
    return answer
  } catch (error) {
    // A copy of this request that knew more of the passbook may have succeeded meanwhile: then the place is its own.
    if (error instanceof DomainError && (await findAccountOf(owner._id))?.holds[holdId] === undefined) await freeStock(reward._id, holdId)
    throw error
  }
}

/**
 * Collected: the points are spent at the merchant or provider, once. With a request the passbook remembers it.
 * @throws NOT_FOUND when it is not open
 */
export const settleHold = (account: PointsAccount, holdId: string, merchantId: string, request: Request | null, by: By, now: number, isSent = true): Promise<Posted<{ readonly at: number; readonly points: number; readonly rewardName: string }>> =>
  postOnce(account, request, (current) => {
    const step = collect(current, holdId, merchantId, by)
    const open = current.holds[holdId]
    return { ...step, answer: { at: now, points: open?.points ?? 0, rewardName: open?.rewardName ?? '' } }
  }, now, isSent)

/** What the booking says about the points that pay it: spent, given back, or not decided yet. */
function outcomeOf(booking: Booking | null): 'spent' | 'returned' | 'open' {
  if (booking === null || isGivenUp(booking) || booking.status === 'rejected') return 'returned'
  return booking.status === 'verified' || booking.status === 'partly' ? 'spent' : 'open'
}

/** Whoever verified it, or the clock. */
const deciderOf = (booking: Booking): By => [...booking.timeline].reverse().find((line) => line.what === 'verified' || line.what === 'partly')?.by ?? systemBy

/** Posts or gives back the points that pay a visit, as the booking says. Again finds nothing open. */
async function settlePaidHold(account: PointsAccount, holdId: string, booking: Booking | null, now: number): Promise<void> {
  const outcome = outcomeOf(booking)
  if (account.holds[holdId] === undefined || outcome === 'open') return
  if (outcome === 'returned' || booking === null) await endHold(account, holdId, 'cancelled', null, systemBy, now)
  else await postOnce(account, null, (current) => ({ ...(current.holds[holdId] === undefined ? { drafts: [] } : collect(current, holdId, booking.providerId, deciderOf(booking))), answer: null }), now)
}

/** Beside a booking that is settled: the points that pay it. */
export async function settlePaid(booking: Booking, now: number): Promise<void> {
  const paid = booking.points?.paid
  if (paid?.state !== 'held' || outcomeOf(booking) === 'open') return
  const account = await findAccountOf(paid.ownerId)
  if (account !== null) await settlePaidHold(account, paid.holdId, booking, now)
}

/** What ran out goes back by itself; of a visit the booking says what becomes of it. @returns how many ended */
export async function endDueHolds(loaded: PointsAccount, now: number): Promise<number> {
  let account = loaded
  let ended = 0
  for (const open of Object.values(loaded.holds)) {
    if (open.endsAt > now) continue
    if (open.bookingId === null) account = await endHold(account, open.holdId, 'lapsed', null, systemBy, now)
    else {
      const booking = await read<Booking>('bookings', open.bookingId)
      if (outcomeOf(booking) === 'open') account = (await postOnce(account, null, (current) => ({ drafts: [], account: current.holds[open.holdId] === undefined ? current : keepWaiting(current, open.holdId, now + LOOK_AGAIN), answer: null }), now)).account
      else await settlePaidHold(account, open.holdId, booking, now)
      account = (await findAccountOf(account._id)) ?? account
    }
    ended += account.holds[open.holdId] === undefined ? 1 : 0
  }
  return ended
}
