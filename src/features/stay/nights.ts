/** Nights of a house in words: which are free, and what a stay over some of them costs. */
import type { OutputOf } from '@/contract'
import type { DayOption } from '@/components/choice'
import { addDays, civilDate, spokenDay, weekday } from '@/domain/civil-time'
import { priceWords } from '@/services/timeline-words'

export type Stay = OutputOf<'stay.show'>
export type Night = Stay['nights'][number]

const reasons: Record<Exclude<Night['state'], 'free'>, string> = { full: '住满了', past: '过了', closed: '不能住', mine: '已经约了', clash: '有别的安排', unstaffed: '没人值班' }
/** The same in a strip, where there is room for one or two characters. */
const short: Record<Exclude<Night['state'], 'free'>, string> = { full: '满', past: '过了', closed: '休', mine: '已约', clash: '有事', unstaffed: '没人' }

const weekdayWords = (onDate: string): string => `周${'日一二三四五六'[weekday(onDate)] ?? ''}`
export const nightAt = (stay: Stay, onDate: string): Night | undefined => stay.nights.find((night) => night.onDate === onDate)

/** Why a night cannot be had, or how much is left of it. */
export const nightWords = (night: Night): string =>
  night.state !== 'free' ? (night.holidayName ?? reasons[night.state]) : night.forResidents === null || night.forResidents === night.remaining ? `剩 ${night.remaining} 床` : `剩 ${night.remaining} 床，其中留给电话 ${night.remaining - night.forResidents} 床`

/** A day on which somebody could leave; a screen reader tells it from the same day of arrival. */
export const leavingOption = (onDate: string, now: number): DayOption => { const day = dayOption(onDate, now); return { ...day, label: `${day.label ?? ''} 走` } }

/** A day in a strip. `note`: why it cannot be chosen. */
export const dayOption = (onDate: string, now: number, note?: string): DayOption => ({
  key: onDate, top: onDate === civilDate(now) ? '今天' : weekdayWords(onDate), number: String(Number(onDate.slice(8, 10))), label: `${spokenDay(onDate)} ${weekdayWords(onDate)}`, ...(note ? { note } : {}),
})

export const nightNote = (night: Night): string | undefined => (night.state === 'free' ? undefined : short[night.state])

/** Days on which a stay that begins on a day can end: as long as every night in between is free. */
export function endsAfter(stay: Stay, fromOn: string, most: number = stay.mostNights): string[] {
  const ends: string[] = []
  for (let on = fromOn; ends.length < most && nightAt(stay, on)?.state === 'free'; on = addDays(on, 1)) ends.push(addDays(on, 1))
  return ends
}

/** The nights between two days. */
export const nightsIn = (stay: Stay, fromOn: string, toOn: string): Night[] => stay.nights.filter((night) => night.onDate >= fromOn && night.onDate < toOn)

export const sumOf = (nights: readonly Pick<Night, 'priceFen' | 'subsidyFen'>[]): { priceFen: number; subsidyFen: number } =>
  ({ priceFen: nights.reduce((sum, night) => sum + night.priceFen, 0), subsidyFen: nights.reduce((sum, night) => sum + night.subsidyFen, 0) })

/** 360 元，补贴 120 元，自付 240 元. */
export const costWords = ({ priceFen, subsidyFen }: { priceFen: number; subsidyFen: number }): string =>
  subsidyFen === 0 ? priceWords(priceFen) : `${priceWords(priceFen)}，补贴 ${priceWords(subsidyFen)}，自付 ${priceWords(priceFen - subsidyFen)}`
