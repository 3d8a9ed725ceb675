/**
 * A community's donation pot 爱心池: what is donated, or earned above a cap, and what a community gives from it to a
 * neighbour in need. What is in it is a sum of entries, never a counter; it cannot fall below zero, because everything
 * that leaves it is first kept aside here, and only what sealed days brought in is given.
 */
import type { By } from './booking-record'
import { ensure } from './error'
import { potOf, purseOf, type Draft } from './ledger'
import type { Hardship } from './meal-policy'
import { ensureTakes, type Need } from './needs'
import { ensureNotOwnCase, type Server } from './own-case'
import { decidedBySecond, type ForTwo } from './second-person'

/** What leaves a pot, kept aside under the id of the entry that takes it. */
export interface Kept {
  readonly amount: number
  readonly at: number
  /** the day on which the points came in that it takes back; null: it gives from what is there */
  readonly cameOn: string | null
}

/** One community's pot: what its sealed days come to, and what has left, or is about to leave, since. */
export interface Pot {
  /** the community */
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  /** the last sealed day that `sealed` counts; empty: none */
  readonly sealedOn: string
  /** what was in it at the end of that day */
  readonly sealed: number
  /** of what sealed days took out: what was given to people */
  readonly given: number
  readonly kept: Readonly<Record<string, Kept>>
  /** since when something may be kept aside for nothing; null: settled */
  readonly unsettledAt: number | null
}

export const newPot = (communityId: string, subdistrictId: string): Pot => ({ _id: communityId, version: 1, subdistrictId, sealedOn: '', sealed: 0, given: 0, kept: {}, unsettledAt: null })

const isGiven = (entryId: string): boolean => entryId.startsWith('fromPot_')
const sumOf = (kept: readonly (readonly [string, Kept])[]): number => kept.reduce((sum, [, { amount }]) => sum + amount, 0)

/** What can be given now. What takes points back that no sealed day has brought in yet takes nothing from it. */
export const leftIn = (pot: Pick<Pot, 'sealed' | 'sealedOn' | 'kept'>): number =>
  pot.sealed - sumOf(Object.entries(pot.kept).filter(([, { cameOn }]) => cameOn === null || cameOn <= pot.sealedOn))

/** What people were given altogether. */
export const givenFrom = (pot: Pick<Pot, 'given' | 'kept'>): number => pot.given + sumOf(Object.entries(pot.kept).filter(([entryId]) => isGiven(entryId)))

/** Never below zero: as the self-check asks it. */
export const potHolds = (pot: Pick<Pot, 'sealed' | 'sealedOn' | 'kept'>): boolean => pot.sealed >= 0 && leftIn(pot) >= 0

/**
 * The pot as a newer seal states it. What was kept aside for an entry of a sealed day is part of the sum now; everything
 * else stays kept, so that at no moment more can be given than there is.
 * @param paidOn the day of each entry that stands among the entries
 */
export function sealedUpTo(pot: Pot, seal: { readonly onDate: string; readonly sum: number }, paidOn: ReadonlyMap<string, string>): Pot {
  if (seal.onDate <= pot.sealedOn) return pot
  const isCounted = (entryId: string): boolean => (paidOn.get(entryId) ?? '9999') <= seal.onDate
  const counted = Object.entries(pot.kept).filter(([entryId]) => isCounted(entryId))
  return { ...pot, sealedOn: seal.onDate, sealed: seal.sum, given: pot.given + sumOf(counted.filter(([entryId]) => isGiven(entryId))), kept: Object.fromEntries(Object.entries(pot.kept).filter(([entryId]) => !isCounted(entryId))) }
}

/** Keeps points aside for an entry; again only says that somebody is at it. @throws POINTS_SHORT {balance} */
export function keepAside(pot: Pot, entryId: string, amount: number, cameOn: string | null, now: number): Pot {
  const before = pot.kept[entryId]
  if (before === undefined) ensure((cameOn !== null && cameOn > pot.sealedOn) || amount <= leftIn(pot), 'POINTS_SHORT', { balance: Math.max(0, leftIn(pot)) })
  return { ...pot, kept: { ...pot.kept, [entryId]: before === undefined ? { amount, at: now, cameOn } : { ...before, at: now } }, unsettledAt: now }
}

/** Without what was kept for entries that will not be. */
export const letGo = (pot: Pot, entryIds: readonly string[]): Pot => ({ ...pot, kept: Object.fromEntries(Object.entries(pot.kept).filter(([entryId]) => !entryIds.includes(entryId))), unsettledAt: null })

/** What somebody proposes that the pot gives, and what became of it. */
export interface PotGift extends ForTwo {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  /** the need that it is for; null: an elder whose hardship is recorded */
  readonly needId: string | null
  readonly elderId: string
  readonly elderName: string
}

export const giftEntryId = (gift: Pick<PotGift, '_id'>): string => `fromPot_${gift._id}`
const ofElder = (gift: Pick<PotGift, 'elderId' | 'elderName' | 'nearIds'>): Server => ({ personId: gift.elderId, name: gift.elderName, kinIds: gift.nearIds })

/**
 * For a need as far as it still wants, or for an elder whose hardship a social worker has recorded.
 * @throws OWN_CASE, WRONG_STATE {status} and LIMIT_REACHED {left} for the need, NO_MATCH {why: 'noHardship'}, POINTS_SHORT {balance}
 */
export function proposeGift(wish: Omit<PotGift, 'status' | 'version' | 'decided' | 'unsettledAt' | 'requests'>, need: Need | null, hardship: Hardship, left: number): PotGift {
  ensureNotOwnCase(wish.by.personId, ofElder(wish))
  if (need === null) ensure(hardship !== 'none', 'NO_MATCH', { why: 'noHardship' })
  else ensureTakes(need, '', wish.amount)
  ensure(wish.amount <= left, 'POINTS_SHORT', { balance: left })
  return { ...wish, version: 1, status: 'waiting', decided: null, unsettledAt: null, requests: {} }
}

/** The second person's word. @throws WRONG_STATE {status}, SECOND_PERSON, OWN_CASE, REASON_REQUIRED, and for a need LIMIT_REACHED {left} */
export function decideGift(gift: PotGift, need: Need | null, isApproved: boolean, by: By, reason: string | null, now: number): PotGift {
  const decided = decidedBySecond(gift, ofElder(gift), isApproved, by, reason, now)
  if (isApproved && need !== null) ensureTakes(need, '', gift.amount)
  return decided
}

/** The line of one that was approved. @param ownerId whose passbook it comes to: after a merge the record that took the elder's place */
export const givenLine = (gift: PotGift, ownerId: string): Draft => ({
  id: giftEntryId(gift), from: potOf(gift.communityId), to: purseOf('spendable', ownerId), amount: gift.amount, kind: 'fromPot', words: '社区爱心池', evidence: { what: 'pot', id: gift._id }, by: (gift.decided ?? gift).by,
})
