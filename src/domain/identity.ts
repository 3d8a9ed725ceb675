/**
 * Nothing is done in an elder's name for a voice on the telephone before it is known whose it is 核对身份: a social worker asks
 * at least two things, or has the person in front of them. The elder and their family are known by their own phones.
 */
import { ensure } from './error'
import type { Standing } from './role'

/** What a social worker asks on the telephone to know who speaks. */
export const identityQuestions = ['birthYear', 'building', 'familyName', 'lastMeal'] as const
export type IdentityQuestion = (typeof identityQuestions)[number]
/** How it was known who wants something: what was asked, or that they stood there. */
export const identityProofs = [...identityQuestions, 'inPerson'] as const
export type IdentityProof = (typeof identityProofs)[number]

/** Questions that a social worker asks on the telephone. 示例 policy. */
export const LEAST_ASKED = 2

export const isIdentified = (asked: readonly IdentityProof[]): boolean => asked.includes('inPerson') || new Set(asked).size >= LEAST_ASKED

/** What counts as asked: null when the elder's side acts by itself. */
export const askedBy = (standing: Pick<Standing, 'role'>, asked: readonly IdentityProof[] | undefined): readonly IdentityProof[] | null => (standing.role === 'socialWorker' ? (asked ?? []) : null)

/** @param asked null when the elder's side acts by itself @throws IDENTITY_REQUIRED */
export const ensureIdentified = (asked: readonly IdentityProof[] | null): void => ensure(asked === null || isIdentified(asked), 'IDENTITY_REQUIRED')
