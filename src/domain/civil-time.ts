/**
 * Civil time (law 7): days, hours and cut-offs are those of UTC+8, whatever the machine's zone.
 * dayjs with a fixed offset; its timezone plugin needs Intl, which WeChat on Android lacks.
 */
import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

/** Minutes east of Greenwich that every civil date in the product is told in. */
export const CIVIL_OFFSET_MINUTES = 480
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const at = (instant: number) => dayjs(instant).utcOffset(CIVIL_OFFSET_MINUTES)

/** The civil date of an instant, `YYYY-MM-DD`. */
export const civilDate = (instant: number): string => at(instant).format('YYYY-MM-DD')

/** Minutes since civil midnight, 0–1439. */
export const minuteOfDay = (instant: number): number => at(instant).hour() * 60 + at(instant).minute()

/** The wall clock of an instant, `HH:mm`. */
export const clockTime = (instant: number): string => at(instant).format('HH:mm')

/** A civil minute as a wall clock shows it: 540 is 09:00. */
export const minuteWords = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** True for a date that exists, so not for 2026-02-30. */
export const isCivilDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && dayjs.utc(text).isValid() && dayjs.utc(text).format('YYYY-MM-DD') === text

/** The instant (ms) at which a civil date and minute begin. */
export const instantOf = (date: string, minute = 0): number => dayjs.utc(date).valueOf() - CIVIL_OFFSET_MINUTES * MINUTE + minute * MINUTE

/** The date some days later (or earlier, if negative). */
export const addDays = (date: string, days: number): string => dayjs.utc(date).add(days, 'day').format('YYYY-MM-DD')

/** The first day of the month after YYYY-MM. */
export const monthAfter = (month: string): string => `${addDays(`${month}-01`, 31).slice(0, 7)}-01`

/** 0 for Sunday … 6 for Saturday. */
export const weekday = (date: string): number => dayjs.utc(date).day()

/** Whole years of life on a civil date. */
export function ageOn(birthOn: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthOn.slice(0, 4))
  return date.slice(5) < birthOn.slice(5) ? years - 1 : years
}

/** Month and day with weekday as people say them: 11月23日 星期一. */
export const spokenDate = (date: string): string =>
  `${spokenDay(date)} 星期${'日一二三四五六'[weekday(date)] ?? ''}`

/** A day as people name it in passing: 11月23日. */
export const spokenDay = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`

/** The hour of the day as a greeting. */
export function greeting(instant: number): string {
  const hour = at(instant).hour()
  return hour < 5 ? '夜深了' : hour < 11 ? '早上好' : hour < 13 ? '中午好' : hour < 18 ? '下午好' : '晚上好'
}
