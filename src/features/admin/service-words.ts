/** The catalogue in words: kinds, states, weeks, prices. */
import type { OutputOf } from '@/contract'
import type { TagTone } from '@/components/tag'
import { clockTime, spokenDate } from '@/domain/civil-time'
import { minuteWords } from './policy-words'
import { yuanWords } from '@/services/yuan'

export type Service = OutputOf<'admin.service'>
export type Week = Service['weeks'][number]['weekly']
export type Price = Service['prices'][number]

export const kindWords = { homeCare: '上门', dayCare: '半天', stay: '过夜' } as const

export const stateOf = ({ state, endsOn }: Pick<Service, 'state' | 'endsOn'>): { readonly words: string; readonly tone: TagTone } =>
  state === 'held' ? { words: '暂停', tone: 'gold' } : state === 'ended' ? { words: '停办了', tone: 'plain' } : state === 'ending' ? { words: `${spokenDate(endsOn ?? '')}起停办`, tone: 'warm' } : { words: '开着', tone: 'willow' }

/** From Monday on, as people count a week. */
export const weekdays = [1, 2, 3, 4, 5, 6, 0] as const
export const weekdayWords = (weekday: number): string => `周${'日一二三四五六'[weekday] ?? ''}`

/** 09:00 2 位、10:30 2 位 */
const timesWords = (week: Week, weekday: number): string => week.filter((one) => one.weekday === weekday).sort((a, b) => a.startMinute - b.startMinute).map((one) => `${minuteWords(one.startMinute)} ${one.capacity} 位`).join('、')

/** The days of a week, those with the same times together: 周一到周日 09:00 2 位、14:00 2 位 */
export function weekLines(week: Week): readonly { readonly days: string; readonly times: string }[] {
  const lines: { first: number; last: number; times: string }[] = []
  weekdays.forEach((weekday, index) => {
    const times = timesWords(week, weekday)
    const before = lines.at(-1)
    if (before !== undefined && before.times === times && before.last === index - 1) before.last = index
    else lines.push({ first: index, last: index, times })
  })
  const day = (index: number): string => weekdayWords(weekdays[index] ?? 0)
  return lines.filter((line) => line.times !== '').map(({ first, last, times }) => ({ days: first === last ? day(first) : `${day(first)}到${day(last)}`, times }))
}

/** 70 岁补 10 元、80 岁补 15 元，自付至少 10 元 */
export function subsidyWords(subsidy: Price['subsidy']): string {
  if (subsidy === null) return '不补贴'
  const bands = [...subsidy.bands].sort((a, b) => a.fromAge - b.fromAge).map((band) => `${band.fromAge} 岁补 ${yuanWords(band.subsidyFen)}`)
  const hard = [subsidy.hardshipFen.lowIncome > 0 ? `低保低收入加 ${yuanWords(subsidy.hardshipFen.lowIncome)}` : '', subsidy.hardshipFen.extreme > 0 ? `特困加 ${yuanWords(subsidy.hardshipFen.extreme)}` : ''].filter(Boolean)
  return [...(bands.length === 0 ? ['不按年龄补'] : bands), ...hard, `自付至少 ${yuanWords(subsidy.leastPayFen)}`].join('、')
}

/** 11月25日 星期三 09:00 */
export const slotWords = (slot: { readonly onDate: string; readonly startsAt: number }): string => `${spokenDate(slot.onDate)} ${clockTime(slot.startsAt)}`
