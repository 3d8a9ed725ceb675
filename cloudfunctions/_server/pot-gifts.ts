/** What pots give, in the database: what two people decided becomes one line in the passbook, however often it is tried. */
import { MINUTE } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import type { Need } from '../../src/domain/needs'
import type { Person } from '../../src/domain/person'
import { givenLine, type PotGift } from '../../src/domain/pot'
import { command, find, read, updateIf } from './cloud'
import { moveOn, openAccount, ownerOf, postOnce } from './ledger'
import { getPerson } from './people'

/** The need that a gift is for; null: none. */
export const needOf = async (gift: Pick<PotGift, 'needId'>): Promise<Need | null> => (gift.needId === null ? null : read<Need>('needs', gift.needId))

/** Brings the passbook to what a gift states. Every step may be repeated. */
export async function settleGift(gift: PotGift, now: number): Promise<void> {
  if (gift.status !== 'approved' || gift.unsettledAt === null) return
  const elder = await read<Person>('people', gift.elderId)
  if (elder === null) throw new DomainError('NOT_FOUND')
  // Approved after a merge: the record that took its place is given to. Nobody stands behind an erased one: there it expires.
  const owner = elder.mergedInto === null || elder.standing === 'erased' ? elder : await getPerson(elder.mergedInto)
  const { account } = await postOnce(await openAccount(ownerOf(owner)), null, () => ({ drafts: [givenLine(gift, owner._id)], answer: null }), now)
  if (owner.standing === 'erased') await moveOn({ ...owner, mergedInto: owner.mergedInto ?? owner._id }, account, now)
  await updateIf('potGifts', gift._id, { unsettledAt: gift.unsettledAt }, { unsettledAt: command.set(null), version: command.inc(1) })
}

/** A function lives 20 s at most; after this nobody is still working on it, ms. */
const OLD_ENOUGH = MINUTE

/** Gifts whose line a crash left waiting. */
export const waitingGifts = (now: number, atMost: number): Promise<PotGift[]> => find<PotGift>('potGifts', { unsettledAt: command.gt(0).and(command.lte(now - OLD_ENOUGH)) }, { by: 'unsettledAt', direction: 'asc' }, atMost)
