/**
 * Claiming 认领: an account says which resident it belongs to, once. By a code from the counter, or by the phone number
 * that WeChat verified, when exactly one unclaimed resident has it. A resident belongs to one account, an account to one
 * resident.
 */
import { DAY } from './civil-time'
import { DomainError, ensure } from './error'
import type { Person } from './person'

/** How long a claim code from the counter is good for, ms. */
export const CLAIM_CODE_LIFE = 7 * DAY

/** A code from the counter. The digits are kept nowhere; the document's id is their digest. */
export interface ClaimCode {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly personId: string
  readonly issuedBy: string
  readonly issuedAt: number
  readonly expiresAt: number
  readonly usedAt: number | null
  /** the request that made it, so that a replay shows the same digits */
  readonly madeBy: { readonly key: string; readonly hash: string }
}

/** What an account needs to have for a claim. */
export interface Claimant {
  readonly _id: string
  readonly personId: string | null
}

/** A code is used once, within a week. @throws CLAIM_CODE_EXPIRED */
export function useCode(code: ClaimCode, now: number): ClaimCode {
  ensure(code.usedAt === null && code.expiresAt > now, 'CLAIM_CODE_EXPIRED')
  return { ...code, usedAt: now }
}

/** An account belongs to one person. @throws ALREADY_CLAIMED */
export const ensureUnclaimed = (account: Claimant): void => ensure(account.personId === null, 'ALREADY_CLAIMED')

/** The person as this account's own. @throws ALREADY_CLAIMED when either has somebody; NO_MATCH for a record out of use */
export function claim(account: Claimant, person: Person): Person {
  ensureUnclaimed(account)
  ensure(person.accountId === null, 'ALREADY_CLAIMED')
  ensure(isResident(person), 'NO_MATCH')
  return { ...person, accountId: account._id }
}

/** True for a record that stands for somebody: not merged into another, not erased. */
export const isResident = (person: Person): boolean => person.standing === 'verified' || person.standing === 'unverified'

/** Whom a verified phone number points to: one unclaimed resident of the subdistrict, nobody, or more than one. */
export function matchPhone(people: readonly Person[], subdistrictId: string): Person | 'none' | 'several' {
  const candidates = people.filter((person) => person.subdistrictId === subdistrictId && isResident(person) && person.accountId === null)
  return candidates.length > 1 ? 'several' : (candidates[0] ?? 'none')
}

/** The refusal for digits that no code has. */
export const wrongCode = (left: number): DomainError => new DomainError('CLAIM_CODE_WRONG', { left })
