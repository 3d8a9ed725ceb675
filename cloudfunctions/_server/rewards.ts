/**
 * Stock of rewards in the database. Each step is one conditional update of the reward's own document, however many
 * people redeem at once, and may be repeated: a place that is taken, freed or collected already stays as it is.
 */
import { DomainError } from '../../src/domain/error'
import type { Reward } from '../../src/domain/reward'
import { get } from './aggregate'
import { command, find, read, updateIf } from './cloud'

/** Far more rewards than a subdistrict offers. */
export const REWARDS_AT_MOST = 300

export const getReward = (rewardId: string): Promise<Reward> => get<Reward>('rewards', rewardId)
export const findReward = (rewardId: string): Promise<Reward | null> => read<Reward>('rewards', rewardId)
export const rewardsOf = (subdistrictId: string): Promise<Reward[]> => find<Reward>('rewards', { subdistrictId }, { by: 'points', direction: 'asc' }, REWARDS_AT_MOST)

const placeOf = (holdId: string): string => `holders.${holdId}`

/**
 * Takes one from the stock for a redemption, at the price that was read; again keeps the place it has. One call.
 * @throws OUT_OF_STOCK, NOT_OFFERED {why}, TRY_AGAIN when its price changed meanwhile
 */
export async function takeStock(reward: Pick<Reward, '_id' | 'points'>, holdId: string, ownerId: string, now: number): Promise<void> {
  const place = placeOf(holdId)
  const isTaken = await updateIf('rewards', reward._id, { remaining: command.gt(0), isOpen: true, points: reward.points, [place]: command.exists(false) }, {
    remaining: command.inc(-1), version: command.inc(1), unsettledAt: command.set(now), [place]: command.set({ ownerId, at: now }),
  })
  if (isTaken) return
  const current = await getReward(reward._id)
  if (current.holders[holdId] !== undefined) return
  if (!current.isOpen) throw new DomainError('NOT_OFFERED', { why: 'closed' })
  throw new DomainError(current.points === reward.points ? 'OUT_OF_STOCK' : 'TRY_AGAIN')
}

/** A redemption that was given up, ran out, or was never made: its place goes back. @returns false if it has none */
export const freeStock = (rewardId: string, holdId: string): Promise<boolean> =>
  updateIf('rewards', rewardId, { [placeOf(holdId)]: command.exists(true) }, { remaining: command.inc(1), version: command.inc(1), [placeOf(holdId)]: command.remove() })

/** A redemption that was collected: its place counts as taken. @returns false if it has none */
export const collectStock = (rewardId: string, holdId: string): Promise<boolean> =>
  updateIf('rewards', rewardId, { [placeOf(holdId)]: command.exists(true) }, { taken: command.inc(1), version: command.inc(1), [placeOf(holdId)]: command.remove() })
