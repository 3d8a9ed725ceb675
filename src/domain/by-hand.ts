/** A credit by hand: points without a source, by an administrator, with a reason. Above the policy's limit two people are needed (law 3). */
import type { By } from './booking-record'
import { FUND, purseOf, type Draft } from './ledger'
import { ensureNotOwnCase, type Server } from './own-case'
import { decidedBySecond, type ForTwo } from './second-person'

export interface ByHand extends ForTwo {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly ownerId: string
  readonly ownerName: string
  readonly isGroup: boolean
  /** what the passbook says */
  readonly words: string
}

const ofOwner = (byHand: Pick<ByHand, 'ownerId' | 'ownerName' | 'nearIds'>): Server => ({ personId: byHand.ownerId, name: byHand.ownerName, kinIds: byHand.nearIds })

/** As it is entered: credited at once up to the limit, otherwise it waits. @throws OWN_CASE */
export function enter(wish: Omit<ByHand, 'status' | 'version' | 'decided' | 'unsettledAt' | 'requests'>, limit: number): ByHand {
  ensureNotOwnCase(wish.by.personId, ofOwner(wish))
  const isWithin = wish.amount <= limit
  return { ...wish, version: 1, status: isWithin ? 'approved' : 'waiting', decided: null, unsettledAt: isWithin ? wish.at : null, requests: {} }
}

/** The second person's word. @throws WRONG_STATE {status}, SECOND_PERSON, OWN_CASE, REASON_REQUIRED */
export function decide(byHand: ByHand, isApproved: boolean, by: By, reason: string | null, now: number): ByHand {
  return decidedBySecond(byHand, ofOwner(byHand), isApproved, by, reason, now)
}

/** The line of one that was approved. */
export const credited = (byHand: Pick<ByHand, '_id' | 'ownerId' | 'amount' | 'words' | 'by'>): Draft =>
  ({ id: `byHand_${byHand._id}`, from: FUND, to: purseOf('spendable', byHand.ownerId), amount: byHand.amount, kind: 'byHand', words: byHand.words, evidence: { what: 'byHand', id: byHand._id }, by: byHand.by })
