/** What is said when an order was refused: as everywhere, but of portions and dishes instead of places and times. */
import type { ErrorCode, ErrorDetails } from '@/contract'
import type { Wording } from '@/services/wording'

interface Refused {
  problem: Wording | undefined
  code: ErrorCode | undefined
  details: ErrorDetails | undefined
}

const ofMeals: Partial<Record<ErrorCode, (details: ErrorDetails) => Wording>> = {
  SLOT_FULL: (details) => (typeof details['remaining'] === 'number' && details['remaining'] > 0
    ? { title: `只剩 ${details['remaining']} 份了`, next: '请少订一份，或者换一道菜。' } : { title: '没订上，最后一份刚被订走', next: '请看下面还有的菜。' }),
  SLOT_PAST: () => ({ title: '这一餐已经开始了', next: '请订后面的。' }),
  SLOT_CLOSED: () => ({ title: '这道菜停订了', next: '请换一道菜。' }),
  ALREADY_BOOKED: () => ({ title: '这一餐已经订过了', next: '想换菜、改份数，请点「改一改」。' }),
  ELDER_BUSY: () => ({ title: '这一餐已经有安排了', next: '已经订了别的，或者那时要出门。可以改成自取，或者订别的时候。' }),
  ADDRESS_MISSING: () => ({ title: '还不知道送到哪扇门', next: '先填上门牌，再订。也可以自取、堂食。' }),
  OTHER_COMMUNITY: () => ({ title: '这个厨房不送老人住的社区', next: '请换一道菜。' }),
}

/** The words for a refused order, or undefined if nothing was refused. */
export const refusalWords = ({ problem, code, details }: Refused): Wording | undefined => (problem && code ? ofMeals[code]?.(details ?? {}) ?? problem : problem)
