/**
 * Every minute: what waits in passbooks is brought among the entries with all that follows from it, what ran out goes back
 * to its owner and into the stock, credits by hand and gifts of a pot that a crash left get their line. Young work is left alone.
 */
import { MINUTE } from '../../src/domain/civil-time'
import type { PointsAccount } from '../../src/domain/ledger'
import { settleByHand, waitingByHand } from '../_server/by-hand'
import { command, find } from '../_server/cloud'
import { sendEntries, waitingAccounts } from '../_server/ledger'
import { settleGift, waitingGifts } from '../_server/pot-gifts'
import { settlePot, unsettledPots } from '../_server/pots'
import { endDueHolds } from '../_server/redemptions'
import { each } from './each'

/** A function call lives 20 s at most; after this nobody is still working on it, ms. */
const OLD_ENOUGH = MINUTE
const BATCH = 100

export async function settlePoints(now: number): Promise<{ readonly sent: number; readonly ended: number; readonly credited: number; readonly failed: number }> {
  const waiting = await waitingAccounts(null, now)
  let failed = await each(waiting, (account) => sendEntries(account, now))
  const due = await find<PointsAccount>('pointsAccounts', { holdEndsAt: command.gt(0).and(command.lte(now)) }, { by: 'holdEndsAt', direction: 'asc' }, BATCH)
  let ended = 0
  failed += await each(due, async (account) => {
    ended += await endDueHolds(account, now)
  })
  const byHand = await waitingByHand(now - OLD_ENOUGH, BATCH)
  failed += await each(byHand, async (credit) => {
    await settleByHand(credit, now)
  })
  const gifts = await waitingGifts(now, BATCH)
  failed += await each(gifts, (gift) => settleGift(gift, now))
  failed += await each(await unsettledPots(now, BATCH), settlePot)
  return { sent: waiting.length, ended, credited: byHand.length, failed }
}
