/** What the way to an ordering page says: about which sitting, and what was asked on the telephone. */
import { isCivilDate } from '@/domain/civil-time'
import { identityQuestions, type IdentityQuestion } from '@/domain/meal'
import type { When } from './menu'

/** The sitting that the way here was about; null: none. */
export const whenOf = (onDate: string | undefined, sitting: string | undefined): When | null =>
  (onDate !== undefined && isCivilDate(onDate) ? { onDate, sitting: sitting === 'dinner' ? 'dinner' : 'lunch' } : null)

/** The identity questions that were answered: `birthYear,building`. */
export const askedOf = (asked: string | undefined): IdentityQuestion[] => identityQuestions.filter((one) => (asked ?? '').split(',').includes(one))
