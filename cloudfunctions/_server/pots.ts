/**
 * Pots in the database. Whatever leaves a pot is first kept aside in the pot's own document, from the version that was
 * read; only then is its entry written, under its natural key. What is kept for an entry that never comes, the clock lets
 * go; whoever is still at it has touched the document, and the clock's write does not meet it.
 */
import { civilDate, MINUTE } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { potOf, type Draft, type PointsEntry } from '../../src/domain/ledger'
import { keepAside, letGo, newPot, sealedUpTo, type Pot, type PotGift } from '../../src/domain/pot'
import type { DaySeal } from '../../src/domain/seal'
import { change } from './aggregate'
import { command, find, insert, read, updateIf } from './cloud'

/** Ids that one query names. */
const IDS_AT_ONCE = 100

async function lastSealOf(subdistrictId: string, today: string): Promise<DaySeal | null> {
  const [last] = await find<DaySeal>('pointsSeals', { subdistrictId, onDate: command.lte(today) }, { by: 'onDate', direction: 'desc' }, 1)
  return last ?? null
}

/** Pots as the last seal states them. Read only. */
async function asSealed(pots: readonly Pot[], seal: DaySeal | null): Promise<Pot[]> {
  if (seal === null) return [...pots]
  const ids = pots.filter((pot) => pot.sealedOn < seal.onDate).flatMap((pot) => Object.keys(pot.kept))
  const paidOn = new Map<string, string>()
  for (let index = 0; index < ids.length; index += IDS_AT_ONCE) {
    for (const entry of await find<PointsEntry>('pointsEntries', { _id: command.in(ids.slice(index, index + IDS_AT_ONCE)) }, null, IDS_AT_ONCE, ['onDate'])) paidOn.set(entry._id, entry.onDate)
  }
  return pots.map((pot) => sealedUpTo(pot, { onDate: seal.onDate, sum: seal.totals.accounts[potOf(pot._id)] ?? 0 }, paidOn))
}

/** The pots of some communities as they stand now, in the order of the communities. */
export async function potsNow(subdistrictId: string, communityIds: readonly string[], today: string): Promise<Pot[]> {
  if (communityIds.length === 0) return []
  const [found, seal] = await Promise.all([find<Pot>('pots', { _id: command.in(communityIds) }, null, communityIds.length), lastSealOf(subdistrictId, today)])
  return asSealed(communityIds.map((communityId) => found.find((pot) => pot._id === communityId) ?? newPot(communityId, subdistrictId)), seal)
}

async function openPot(communityId: string, subdistrictId: string): Promise<Pot> {
  const found = await read<Pot>('pots', communityId)
  if (found !== null) return found
  const fresh = newPot(communityId, subdistrictId)
  return (await insert('pots', fresh)) ? fresh : ((await read<Pot>('pots', communityId)) ?? fresh)
}

/** Keeps points of a pot aside for an entry; again finds them kept. @returns how many are kept @throws POINTS_SHORT {balance}, TRY_AGAIN */
export async function keepInPot(place: { readonly communityId: string; readonly subdistrictId: string }, entryId: string, amount: number, cameOn: string | null, now: number): Promise<number> {
  const seal = await lastSealOf(place.subdistrictId, civilDate(now))
  const pot = await change('pots', await openPot(place.communityId, place.subdistrictId), async (current) => {
    const [sealed = current] = await asSealed([current], seal)
    return keepAside(sealed, entryId, amount, cameOn, now)
  })
  return pot.kept[entryId]?.amount ?? 0
}

/**
 * How much of an entry can be taken back: all of it, unless it went into a pot that has given it away since. What is taken
 * out of a pot is kept aside for the reversal.
 * @param isPart takes what is left when it is not all there
 * @throws POINTS_SHORT {balance}
 */
export async function keepForReversal(entry: PointsEntry, { id, from }: Pick<Draft, 'id' | 'from'>, isPart: boolean, now: number): Promise<number> {
  const communityId = /^pot_(.+)$/.exec(from)?.[1]
  if (communityId === undefined || (await read<PointsEntry>('pointsEntries', id)) !== null) return entry.amount
  const place = { communityId, subdistrictId: entry.subdistrictId }
  try {
    return await keepInPot(place, id, entry.amount, entry.onDate, now)
  } catch (error) {
    const left = error instanceof DomainError && error.code === 'POINTS_SHORT' ? Number(error.details?.['balance']) : null
    if (left === null || !isPart) throw error
    return left <= 0 ? 0 : keepInPot(place, id, left, entry.onDate, now)
  }
}

/** A function lives 20 s at most; after this nobody is still working on it, ms. */
const OLD_ENOUGH = MINUTE

/** Pots in which something may be kept for nothing. */
export const unsettledPots = (now: number, atMost: number): Promise<Pot[]> => find<Pot>('pots', { unsettledAt: command.gt(0).and(command.lte(now - OLD_ENOUGH)) }, { by: 'unsettledAt', direction: 'asc' }, atMost)

/** Lets go what is kept for gifts that nobody approved, and for reversals that stand nowhere. */
export async function settlePot(pot: Pot): Promise<void> {
  const stray: string[] = []
  for (const entryId of Object.keys(pot.kept)) if (!(await isComing(entryId))) stray.push(entryId)
  const { kept, unsettledAt } = letGo(pot, stray)
  await updateIf('pots', pot._id, { version: pot.version }, { kept: command.set(kept), unsettledAt: command.set(unsettledAt), version: command.inc(1) })
}

async function isComing(entryId: string): Promise<boolean> {
  const giftId = /^fromPot_(.+)$/.exec(entryId)?.[1]
  if (giftId !== undefined) return (await read<PotGift>('potGifts', giftId))?.status === 'approved'
  if ((await read<PointsEntry>('pointsEntries', entryId)) !== null) return true
  const reversed = await read<PointsEntry>('pointsEntries', entryId.replace(/^reversal_/, ''))
  const account = reversed === null ? null : await read<{ readonly unsent: Readonly<Record<string, unknown>> }>('pointsAccounts', reversed.ownerId)
  return account?.unsent[entryId] !== undefined
}

