/** A series in words: its rhythm, its dates, what each meets, and what became of it. */
import type { OutputOf } from '@/contract'
import { civilDate, clockTime, minuteWords } from '@/domain/civil-time'
import { dateWords } from '@/services/timeline-words'

type Preview = OutputOf<'series.preview'>['dates'][number]
type Shown = OutputOf<'series.show'>['dates'][number]
type Tone = 'willow' | 'warm' | 'gold' | 'plain'

export const weekdayWords = (weekday: number): string => `周${'日一二三四五六'[weekday] ?? ''}`

/** 每周三 09:00; 每两周的周三 09:00 */
export const rhythmWords = ({ every, weekday, startMinute }: { readonly every: 1 | 2; readonly weekday: number; readonly startMinute: number }): string =>
  `${every === 1 ? '每' : '每两周的'}${weekdayWords(weekday)} ${minuteWords(startMinute)}`

/** 12月9日 周三 09:00 */
export const placeWords = (place: { readonly startsAt: number }): string => `${dateWords(civilDate(place.startsAt))} ${clockTime(place.startsAt)}`

export const previewWords = ({ state, holidayName }: Preview): { words: string; tone: Tone } => {
  switch (state) {
    case 'free': return { words: '有空', tone: 'willow' }
    case 'later': return { words: '到时自动约', tone: 'willow' }
    case 'full': return { words: '约满了', tone: 'warm' }
    case 'limit': return { words: '次数用完了', tone: 'warm' }
    case 'holiday': return { words: `休：${holidayName ?? '不上门'}`, tone: 'warm' }
    case 'clash': return { words: '已有别的安排', tone: 'warm' }
    case 'past': return { words: '过了', tone: 'plain' }
    case 'none': return { words: '没有这个时间', tone: 'warm' }
  }
}

const whys: Record<NonNullable<Shown['why']>, string> = { full: '约满了', limit: '次数用完了', holiday: '休息不上门', none: '没有这个时间', clash: '已有别的安排', other: '没约上' }
export const whyWords = (why: NonNullable<Shown['why']>): string => whys[why]

/** How a date stands; a booking that is under way or over says so by itself. */
export const stateWords = (date: Shown, isPaused: boolean): { words: string; tone: Tone } => {
  switch (date.state) {
    case 'planned': return date.isHeld ? { words: '不在家，先停', tone: 'plain' } : isPaused ? { words: '暂停', tone: 'plain' } : { words: '计划中', tone: 'gold' }
    case 'booking': return { words: '正在约', tone: 'gold' }
    case 'booked': return date.movingTo ? { words: '正在改时间', tone: 'gold' } : { words: '约好了', tone: 'willow' }
    case 'missed': return { words: whys[date.why ?? 'other'], tone: 'warm' }
    case 'skipped': return { words: '跳过', tone: 'plain' }
    case 'over': return { words: '不要了', tone: 'plain' }
    case 'lapsed': return { words: '没有约', tone: 'plain' }
    case 'cancelled': return { words: '取消了', tone: 'plain' }
  }
}
