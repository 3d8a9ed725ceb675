/** The menu service 菜单式·你点我送 as it is kept: kinds of help, parts of a day, and what makes a booking an order from the menu. */
import { addDays, civilDate, HOUR, instantOf, minuteOfDay } from './civil-time'

export const menuSorts = ['shopping', 'medicine', 'repair', 'haircut', 'sharpening', 'checkup', 'company', 'other'] as const
/** 代买代购, 送药上门, 小修小补, 上门理发, 磨刀, 量血压, 陪聊读报, 别的 */
export type MenuSort = (typeof menuSorts)[number]

export const menuParts = ['morning', 'afternoon'] as const
/** Somebody comes in this half of the day; alike everywhere, so that an order can go from one organisation to the next without a change of time. */
export type MenuPart = (typeof menuParts)[number]
/** 示例 policy. */
export const PART_HOURS: Readonly<Record<MenuPart, { readonly fromMinute: number; readonly untilMinute: number }>> = { morning: { fromMinute: 8 * 60 + 30, untilMinute: 11 * 60 + 30 }, afternoon: { fromMinute: 13 * 60 + 30, untilMinute: 16 * 60 + 30 } }

export const timeOfPart = (onDate: string, part: MenuPart): { readonly startsAt: number; readonly endsAt: number } =>
  ({ startsAt: instantOf(onDate, PART_HOURS[part].fromMinute), endsAt: instantOf(onDate, PART_HOURS[part].untilMinute) })

/** What makes a slot a day of an offer. */
export interface MenuDay {
  readonly sort: MenuSort
  readonly unit: string
  readonly parts: readonly MenuPart[]
  /** what the elder gets ready */
  readonly bring: readonly string[]
}

/** An organisation that had the order and did not take it. */
export interface Passed {
  readonly providerId: string
  readonly providerName: string
  readonly why: 'declined' | 'noAnswer' | 'released' | 'handedOn'
  readonly at: number
}

/** What makes a booking an order from the menu. */
export interface MenuOrder {
  readonly sort: MenuSort
  readonly unit: string
  readonly part: MenuPart
  readonly bring: readonly string[]
  /** until when the organisation answers; null: it has, or nobody is asked any more */
  readonly answerBy: number | null
  readonly acceptedAt: number | null
  /** organisations that had it before, oldest first */
  readonly passed: readonly Passed[]
  /** when an administrator decided that an order stands although a licence has run out; absent: nobody did */
  readonly keptAt?: number
}

/** Hours of the day in which an answer is awaited, and how many an organisation has. 示例 policy. */
const ANSWERED_FROM = 8 * 60
const ANSWERED_UNTIL = 20 * 60
export const ANSWER_WITHIN = 4 * HOUR
/** Somebody has to be sent: an answer comes this long before the start at the latest. */
export const ANSWER_BEFORE = 2 * HOUR
/** Less than this is no time to answer. */
export const LEAST_TO_ANSWER = HOUR

/** Until when an organisation that is asked now answers: hours of the night do not count. */
export function answerUntil(at: number, startsAt: number): number {
  const day = civilDate(at)
  const from = minuteOfDay(at) < ANSWERED_FROM ? instantOf(day, ANSWERED_FROM) : minuteOfDay(at) >= ANSWERED_UNTIL ? instantOf(addDays(day, 1), ANSWERED_FROM) : at
  const evening = instantOf(civilDate(from), ANSWERED_UNTIL)
  const over = from + ANSWER_WITHIN - evening
  return Math.min(over <= 0 ? from + ANSWER_WITHIN : instantOf(addDays(civilDate(from), 1), ANSWERED_FROM) + over, startsAt - ANSWER_BEFORE)
}

/** Whether there is time to ask somebody else. */
export const mayAskNext = (startsAt: number, now: number): boolean => now + LEAST_TO_ANSWER <= startsAt - ANSWER_BEFORE
