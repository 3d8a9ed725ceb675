/** Absence in words: which days, what becomes of a booking, why somebody was not there. */
import type { InputOf, OutputOf } from '@/contract'
import { dateWords } from '@/services/timeline-words'

type Outcome = OutputOf<'person.previewAway'>['bookings'][number]['outcome']
export type AbsenceWhy = InputOf<'booking.sayWhy'>['why']

/** 11月23日 周一起; 11月23日 周一到 12月3日 周四 */
export const spanWords = (fromOn: string | null, untilOn: string | null): string => `${fromOn === null ? '' : untilOn === null ? `${dateWords(fromOn)}起` : dateWords(fromOn)}${untilOn === null || untilOn === fromOn ? '' : `到${dateWords(untilOn)}`}`

export const outcomeWords = (outcome: Outcome): { words: string; tone: 'willow' | 'gold' | 'warm' | 'plain' } => {
  switch (outcome) {
    case 'cancelled': return { words: '取消', tone: 'plain' }
    case 'asked': return { words: '太近了，问社工', tone: 'gold' }
    case 'askedKitchen': return { words: '截止了，问厨房', tone: 'gold' }
    case 'kept': return { words: '先不动', tone: 'warm' }
  }
}

export const absenceChoices: readonly { key: AbsenceWhy; title: string }[] = [
  { key: 'forgot', title: '忘了' }, { key: 'hospital', title: '去医院' }, { key: 'unwell', title: '身体不舒服' }, { key: 'sudden', title: '临时有事' }, { key: 'notHeard', title: '没听到敲门' }, { key: 'other', title: '别的' },
]
