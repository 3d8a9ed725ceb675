/** Credits by hand in the database: what was approved becomes one line, however often it is tried. */
import { credited, type ByHand } from '../../src/domain/by-hand'
import { command, find, updateIf } from './cloud'
import { openAccount, postOnce } from './ledger'
import { keeperOf } from './passbooks'

/** @returns true once its line stands in the passbook; false while it waits, or was refused */
export async function settleByHand(byHand: ByHand, now: number): Promise<boolean> {
  if (byHand.status !== 'approved') return false
  if (byHand.unsettledAt === null) return true
  const keeper = await keeperOf(byHand.ownerId)
  // Approved after a merge: the record that took its place is credited.
  const owner = keeper.person !== null && keeper.person._id !== keeper._id ? { ...keeper, _id: keeper.person._id } : keeper
  const { _id, subdistrictId, communityId, kind } = owner
  await postOnce(await openAccount({ _id, subdistrictId, communityId, kind }), null, () => ({ drafts: [credited({ ...byHand, ownerId: _id })], answer: null }), now)
  await updateIf('pointsByHand', byHand._id, { unsettledAt: byHand.unsettledAt }, { unsettledAt: command.set(null), version: command.inc(1) })
  return true
}

/** Those whose line a crash left waiting. */
export const waitingByHand = (upTo: number, atMost: number): Promise<ByHand[]> => find<ByHand>('pointsByHand', { unsettledAt: command.gt(0).and(command.lte(upTo)) }, { by: 'unsettledAt', direction: 'asc' }, atMost)
