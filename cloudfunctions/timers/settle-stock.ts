/**
 * Frees places in the stock of rewards whose redemption was never made: a crash between the stock and the passbook left
 * them. Young places are left alone, they may still be under way; twice, late or killed half-way it comes to the same.
 */
import { MINUTE } from '../../src/domain/civil-time'
import type { PointsAccount } from '../../src/domain/ledger'
import type { Reward } from '../../src/domain/reward'
import { command, find, updateIf } from '../_server/cloud'
import { findEntry } from '../_server/ledger'
import { collectStock, freeStock } from '../_server/rewards'
import { each } from './each'

/** A function call lives 20 s at most; after this nobody is still working on it, ms. */
const OLD_ENOUGH = 2 * MINUTE
const BATCH = 100
/** Passbooks read at once. */
const OWNERS_AT_ONCE = 100

export async function settleStock(now: number): Promise<{ readonly rewards: number; readonly mended: number; readonly failed: number }> {
  // Also those that somebody takes every minute: only what is old enough is looked at, and only once.
  const rewards = await find<Reward>('rewards', { unsettledAt: command.gt(0) }, { by: 'unsettledAt', direction: 'asc' }, BATCH)
  let mended = 0
  const failed = await each(rewards, async (reward) => {
    mended += await settleReward(reward, now)
  })
  return { rewards: rewards.length, mended, failed }
}

async function settleReward(reward: Reward, now: number): Promise<number> {
  const sweptAt = reward.sweptAt ?? 0
  const places = Object.entries(reward.holders).filter(([, place]) => place.at >= sweptAt && place.at <= now - OLD_ENOUGH)
  let mended = 0
  for (let index = 0; index < places.length; index += OWNERS_AT_ONCE) {
    const some = places.slice(index, index + OWNERS_AT_ONCE)
    const accounts = await find<PointsAccount>('pointsAccounts', { _id: command.in([...new Set(some.map(([, place]) => place.ownerId))]) }, null, OWNERS_AT_ONCE, ['holds', 'unsent'])
    for (const [holdId, { ownerId }] of some) {
      const account = accounts.find((one) => one._id === ownerId)
      if (account?.holds[holdId] !== undefined) continue
      // Not open: it was collected, or it went back, or it was never made.
      const settled = `settled_${holdId}`
      const isCollected = account?.unsent[settled] !== undefined || (await findEntry(settled)) !== null
      if (await (isCollected ? collectStock(reward._id, holdId) : freeStock(reward._id, holdId))) mended += 1
    }
  }
  await updateIf('rewards', reward._id, {}, { sweptAt: command.set(Math.max(sweptAt, now - OLD_ENOUGH)) })
  // Whoever takes one meanwhile sets another moment: then the next run looks.
  if ((reward.unsettledAt ?? now) <= now - OLD_ENOUGH) await updateIf('rewards', reward._id, { unsettledAt: reward.unsettledAt }, { unsettledAt: command.set(null) })
  return mended
}
