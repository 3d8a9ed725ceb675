/** What the way to an ordering page says: about which sitting. */
import { isCivilDate } from '@/domain/civil-time'
import type { When } from './menu'

/** The sitting that the way here was about; null: none. */
export const whenOf = (onDate: string | undefined, sitting: string | undefined): When | null =>
  (onDate !== undefined && isCivilDate(onDate) ? { onDate, sitting: sitting === 'dinner' ? 'dinner' : 'lunch' } : null)
