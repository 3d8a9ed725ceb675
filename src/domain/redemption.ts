/**
 * Redeeming 兑换: points are put aside (a hold) for as long as something waits to be collected, go to the merchant when it
 * was (核销), and come back when it is given up or runs out. Every step is an entry; the passbook knows which holds are open.
 */
import type { By } from './booking-record'
import { DAY } from './civil-time'
import { DomainError, ensure } from './error'
import { ensureNotFrozen, merchantOf, purseOf, withHold, type Draft, type Hold, type HoldFacts, type PointsAccount } from './ledger'

/** Digits of the one-time code that a merchant enters. */
export const CODE_DIGITS = 8
/** A visit paid with points is looked at this long after its end, and again as long as nobody has decided on it, ms. */
export const LOOK_AGAIN = 3 * DAY
/** When this owner took a reward: kept as long as any limit looks back, but for those that hold for ever. */
const TOOK_KEPT = 40

/** What a rule makes of a passbook. */
export interface Step {
  readonly drafts: readonly Draft[]
  readonly account: PointsAccount
}

/** What is redeemed, at which price, by whom and for whom. */
export interface Wish {
  readonly facts: HoldFacts
  readonly points: number
  readonly code: string | null
  readonly forElder: { readonly personId: string; readonly name: string } | null
  readonly nearIds: readonly string[]
  readonly by: By
}

const factsOf = ({ holdId, rewardId, rewardName, settleFen, heldAt, forElderId, bookingId, merchantIds, codeId, endsAt }: HoldFacts): HoldFacts =>
  ({ holdId, rewardId, rewardName, settleFen, heldAt, forElderId, bookingId, merchantIds, codeId, endsAt })

const evidenceOf = (facts: HoldFacts): Draft['evidence'] => (facts.bookingId === null ? { what: 'redemption', id: facts.holdId } : { what: 'visit', id: facts.bookingId })

/** Puts points aside. @throws NOT_ALLOWED for a group, POINTS_FROZEN, POINTS_SHORT {balance} */
export function hold(account: PointsAccount, { facts, points, code, forElder, nearIds, by }: Wish, now: number): Step {
  ensure(account.kind === 'person', 'NOT_ALLOWED')
  ensureNotFrozen(account)
  ensure(account.balances.spendable >= points, 'POINTS_SHORT', { balance: account.balances.spendable })
  const draft: Draft = {
    id: `hold_${facts.holdId}`, from: purseOf('spendable', account._id), to: purseOf('held', account._id), amount: points, kind: 'hold', words: facts.rewardName, about: forElder, evidence: evidenceOf(facts), by, hold: facts,
  }
  const open: Hold = { ...facts, points, code, at: now, nearIds, by, forName: forElder?.name ?? null }
  const took = [...(account.took[facts.rewardId] ?? []), now].slice(-TOOK_KEPT)
  return { drafts: [draft], account: withHold({ ...account, took: { ...account.took, [facts.rewardId]: took } }, facts.holdId, open) }
}

/** The hold, while it is open. @throws NOT_FOUND */
export function openHold(account: Pick<PointsAccount, 'holds'>, holdId: string): Hold {
  const open = account.holds[holdId]
  if (open === undefined) throw new DomainError('NOT_FOUND')
  return open
}

const aboutOf = ({ forElderId, forName }: Hold): { readonly personId: string; readonly name: string } | null => (forElderId === null || forName === null ? null : { personId: forElderId, name: forName })

/** Given up, or run out: the points come back, and no limit counts it. @throws NOT_FOUND when it is not open */
export function giveBack(account: PointsAccount, holdId: string, kind: 'cancelled' | 'lapsed', by: By): Step {
  const open = openHold(account, holdId)
  const draft: Draft = {
    id: `${kind}_${holdId}`, from: purseOf('held', account._id), to: purseOf('spendable', account._id), amount: open.points, kind, words: open.rewardName, about: aboutOf(open), evidence: evidenceOf(open), by, hold: factsOf(open),
  }
  const took = (account.took[open.rewardId] ?? []).filter((at) => at !== open.at)
  return { drafts: [draft], account: withHold({ ...account, took: { ...account.took, [open.rewardId]: took } }, holdId, null) }
}

/** Collected at a merchant, or the visit took place: the points are spent there. @throws NOT_FOUND when it is not open */
export function collect(account: PointsAccount, holdId: string, merchantId: string, by: By): Step {
  const open = openHold(account, holdId)
  const draft: Draft = {
    id: `settled_${holdId}`, from: purseOf('held', account._id), to: merchantOf(merchantId), amount: open.points, kind: 'settled', words: open.rewardName, about: aboutOf(open), evidence: evidenceOf(open), by, hold: factsOf(open), merchantId,
  }
  return { drafts: [draft], account: withHold(account, holdId, null) }
}

/** Looked at again later: the visit that it pays is not decided yet. */
export const keepWaiting = (account: PointsAccount, holdId: string, endsAt: number): PointsAccount => withHold(account, holdId, { ...openHold(account, holdId), endsAt })
