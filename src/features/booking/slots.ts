/** Days and times of a service in words: how much is left, why something cannot be taken, and what is free nearest to it. */
import type { OutputOf } from '@/contract'
import type { DayOption, SlotOption } from '@/components/choice'
import { civilDate, clockTime, weekday } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'

type Day = OutputOf<'catalogue.service'>['days'][number]
type Slot = Day['slots'][number]

const reasons: Record<Exclude<Slot['state'], 'free'>, string> = {
  full: '约满了', past: '时间过了', closed: '停约', mine: '已经约了这个', clash: '这时已有别的安排',
}

const hasRoom = (day: Day): boolean => day.slots.some((slot) => slot.state === 'free')

/** The first day on which something can be taken, otherwise the first with any time, otherwise the first. */
export const firstDayWithRoom = (days: readonly Day[]): Day | undefined => days.find(hasRoom) ?? days.find((day) => day.slots.length > 0) ?? days[0]

/** A day in the strip, with 休 or 满 where nothing can be taken. */
export function dayOption(day: Day): DayOption {
  const weekdayWords = `周${'日一二三四五六'[weekday(day.onDate)] ?? ''}`
  const note = hasRoom(day) ? undefined : day.holidayName ? '休' : day.slots.length === 0 ? '无' : day.slots.every((slot) => slot.state === 'past') ? '过了' : '满'
  return {
    key: day.onDate, top: day.onDate === civilDate(serverNow()) ? '今天' : weekdayWords, number: String(Number(day.onDate.slice(8, 10))),
    label: `${Number(day.onDate.slice(5, 7))}月${Number(day.onDate.slice(8, 10))}日 ${weekdayWords}`, ...(note ? { note } : {}),
  }
}

/** A time with what is left of it, or why it cannot be taken. */
export function slotOption(slot: Slot): SlotOption {
  return {
    key: slot.slotId, title: `${clockTime(slot.startsAt)}–${clockTime(slot.endsAt)}`, words: slot.forResidents === null || slot.forResidents === slot.remaining ? `剩 ${slot.remaining} 位` : `剩 ${slot.remaining} 位，其中留给电话 ${slot.remaining - slot.forResidents} 位`,
    left: slot.capacity === 0 ? 0 : slot.remaining / slot.capacity, isFew: slot.remaining * 4 <= slot.capacity,
    ...(slot.state === 'free' ? {} : { reason: reasons[slot.state] }),
  }
}

/** At most two free times nearest to an instant (ms), without the one that was just refused. */
export const nearestFree = (days: readonly Day[], to: number, except: string | null): readonly Slot[] =>
  days.flatMap((day) => day.slots).filter((slot) => slot.state === 'free' && slot.slotId !== except)
    .sort((a, b) => Math.abs(a.startsAt - to) - Math.abs(b.startsAt - to)).slice(0, 2)
