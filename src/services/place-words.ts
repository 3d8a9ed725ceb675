/** A place of the fifteen-minute circle in words. */
import type { OutputOf } from '../contract'
import { minuteWords } from '../domain/civil-time'

type Place = OutputOf<'circle.show'>['places'][number]

export const placeSortWords: Readonly<Record<Place['sort'], string>> = { station: '社区站', meal: '助餐点', care: '照护点', clinic: '看病配药', barber: '理发', shop: '买东西', culture: '活动、看书' }

const names = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** 每天 08:00–17:00, 周一到周五 08:00–17:00. */
export function hoursWords({ weekdays, fromMinute, untilMinute }: Place['hours']): string {
  const key = [...weekdays].sort((a, b) => a - b).join('')
  const days = key === '0123456' ? '每天' : key === '12345' ? '周一到周五' : key === '123456' ? '周一到周六' : weekdays.map((day) => names[day] ?? '').join('、')
  return `${days} ${minuteWords(fromMinute)}–${minuteWords(untilMinute)}`
}
