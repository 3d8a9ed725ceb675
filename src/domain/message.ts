/**
 * Messages 订阅消息 (law 6): each stands in exactly one state. WeChat carries one message per consent; without one, or
 * without an account, somebody must telephone: no quota is a state, not an error.
 */
import { templateIds } from './message-templates'
import { ensure } from './error'
import type { RequestLog } from './person'
import type { Telling } from './booking-due'
import type { By } from './booking-record'
import { clockTime, MINUTE, spokenDate, civilDate } from './civil-time'
import type { Slot } from './slot-record'
import type { Offer } from './wait-record'

/** `skipped`: WeChat could not carry it and a call would come too late or say nothing that matters. */
export type MessageState = 'due' | 'sending' | 'sent' | 'toCall' | 'told' | 'notReached' | 'skipped'

export interface Message {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  /** the elder whom it is about */
  readonly elderId: string
  /** whom it is for */
  readonly personId: string
  readonly personName: string
  readonly accountId: string | null
  readonly templateId: string
  readonly page: string
  readonly data: Readonly<Record<string, { readonly value: string }>>
  /** the seat that it offers: it is answered where it is told; absent: none */
  readonly offer?: { readonly slotId: string; readonly placeId: string; readonly until: number }
  /** what to say on the telephone */
  readonly gist: string
  readonly state: MessageState
  readonly dueAt: number
  /** until when a call instead still makes sense; null: always, 0: never */
  readonly callUntil: number | null
  readonly sendingSince: number | null
  readonly sentAt: number | null
  readonly calls: readonly { readonly personId: string; readonly name: string; readonly at: number; readonly outcome: 'told' | 'noAnswer' }[]
  readonly requests: RequestLog
}

/** After this many calls without answer the message counts as not reached, and a visit is for people to decide. 示例 policy. */
export const CALLS_BEFORE_NOT_REACHED = 3
/** A send that never came back is not repeated (nobody is told twice): somebody telephones instead, after this long, ms. */
export const SENDING_LOST_AFTER = 5 * MINUTE

/** What becomes of a message that WeChat cannot carry: somebody telephones, as long as that still makes sense. */
export const unsent = (message: Message, now: number): Message => ({ ...message, state: message.callUntil !== null && message.callUntil <= now ? 'skipped' : 'toCall' })

/** The call list's outcome. @throws WRONG_STATE */
export function told(message: Message, by: { readonly personId: string; readonly name: string }, outcome: 'told' | 'noAnswer', now: number): Message {
  ensure(message.state === 'toCall', 'WRONG_STATE', { status: message.state })
  const calls = [...message.calls, { ...by, at: now, outcome }]
  const state: MessageState = outcome === 'told' ? 'told' : calls.length >= CALLS_BEFORE_NOT_REACHED ? 'notReached' : 'toCall'
  return { ...message, calls, state }
}

interface Template {
  readonly templateId: string
  readonly gist: string
  /** when a telephone call may stand in: always, until the service begins, or not at all */
  readonly call: 'always' | 'untilStart' | 'untilEnd' | 'never'
}

const TEMPLATES: Partial<Record<Telling['what'], Template>> = {
  booked: { templateId: templateIds.booked, gist: '替您约好了', call: 'untilStart' },
  reminded: { templateId: templateIds.reminder, gist: '提醒：有服务要上门', call: 'untilStart' },
  rescheduled: { templateId: templateIds.booked, gist: '改了上门时间，现在是', call: 'untilStart' },
  checkedIn: { templateId: templateIds.arrived, gist: '护理员已到家', call: 'never' },
  // Who does not confirm within a day stands among the exceptions: that is where the call is made.
  checkedOut: { templateId: templateIds.toConfirm, gist: '服务做完了，请确认', call: 'never' },
  cancelled: { templateId: templateIds.cancelled, gist: '预约取消了', call: 'untilStart' },
  noShow: { templateId: templateIds.cancelled, gist: '记为没有到场，想问问为什么', call: 'always' },
  keptOn: { templateId: templateIds.reminder, gist: '没法取消，照样上门', call: 'untilStart' },
  noContact: { templateId: templateIds.alert, gist: '上门没联系上老人', call: 'always' },
}

/** The same of a meal, and what only a meal has. */
const MEAL_TEMPLATES: typeof TEMPLATES = {
  booked: { templateId: templateIds.booked, gist: '替您订好了', call: 'untilStart' },
  changed: { templateId: templateIds.booked, gist: '替您改了订的餐', call: 'untilStart' },
  kitchenAgreed: { templateId: templateIds.booked, gist: '同意了您要改的餐', call: 'untilStart' },
  kitchenRefused: { templateId: templateIds.booked, gist: '没法改，照原来的做', call: 'untilStart' },
  substituteOffered: { templateId: templateIds.toConfirm, gist: '想给您换个菜，请您定', call: 'untilStart' },
  cancelled: { templateId: templateIds.cancelled, gist: '订的餐取消了', call: 'untilStart' },
  noShow: { templateId: templateIds.cancelled, gist: '记为没有来取', call: 'always' },
  noContact: { templateId: templateIds.alert, gist: '送餐没联系上老人', call: 'always' },
}

/** The same of a name on the list of an activity. */
const ACTIVITY_TEMPLATES: typeof TEMPLATES = {
  booked: { templateId: templateIds.booked, gist: '替您报好名了', call: 'untilStart' },
  reminded: { templateId: templateIds.reminder, gist: '提醒：报了名的活动快到了', call: 'never' },
  cancelled: { templateId: templateIds.cancelled, gist: '活动不去了', call: 'untilStart' },
}

/** The same of half a day and of a stay: what is told of its end tells the day of leaving. */
const BED_TEMPLATES: typeof TEMPLATES = {
  ...TEMPLATES,
  reminded: { templateId: templateIds.reminder, gist: '提醒：快到去的日子了', call: 'untilStart' },
  rescheduled: { templateId: templateIds.booked, gist: '改了时间，现在是', call: 'untilStart' },
  extended: { templateId: templateIds.booked, gist: '延住了，离开改到', call: 'untilEnd' },
  shortened: { templateId: templateIds.booked, gist: '提前离开，离开改到', call: 'untilEnd' },
  checkedIn: { templateId: templateIds.arrived, gist: '接到老人了', call: 'never' },
  checkedOut: { templateId: templateIds.toConfirm, gist: '送走了，请确认', call: 'never' },
}

/** The same of an order from the menu. */
const MENU_TEMPLATES: typeof TEMPLATES = {
  ...TEMPLATES,
  booked: { templateId: templateIds.booked, gist: '替您点好了', call: 'untilStart' },
  accepted: { templateId: templateIds.booked, gist: '接单了，会按时来', call: 'untilStart' },
  passedOn: { templateId: templateIds.reminder, gist: '换一家问，现在问的是', call: 'never' },
  unanswered: { templateId: templateIds.cancelled, gist: '没有机构接单，社工会联系您', call: 'untilEnd' },
  setOut: { templateId: templateIds.arrived, gist: '出门了，正在来', call: 'never' },
  checkedIn: { templateId: templateIds.arrived, gist: '到家了', call: 'never' },
  cancelled: { templateId: templateIds.cancelled, gist: '点的服务取消了', call: 'untilStart' },
  keptOn: { templateId: templateIds.reminder, gist: '照样来', call: 'untilStart' },
}

/** Somebody took a name back, or the activity is off. */
const activityTemplate = ({ what, by }: Telling): Template | undefined =>
  what === 'cancelled' && by.as === 'socialWorker' ? { templateId: templateIds.cancelled, gist: '活动取消了', call: 'untilStart' } : ACTIVITY_TEMPLATES[what]

/** The screen that a message about a booking opens; also by which the messages of a booking are found. */
export const pageOf = (bookingId: string): string => `pages/booking/index?bookingId=${bookingId}`

/** WeChat's `thing` fields hold at most 20 characters. */
export const thing = (text: string): { readonly value: string } => ({ value: text.length > 20 ? `${text.slice(0, 19)}…` : text })
/** WeChat's `time` fields: 2026年11月24日 14:00. */
export const time = (at: number): { readonly value: string } => ({ value: `${civilDate(at).replace('-', '年').replace('-', '月')}日 ${clockTime(at)}` })

/** A booking, as far as a message tells of it. */
export interface Told {
  readonly _id: string
  readonly serviceName: string
  readonly elderName: string
  readonly startsAt: number
  readonly endsAt?: number
  readonly bed?: object
  readonly meal?: { readonly dishName: string } | null
  readonly menu?: object
  readonly activity?: { readonly place: string }
}

/** 助浴; 午餐 清蒸鲈鱼. */
const whatIs = (booking: Pick<Told, 'serviceName' | 'meal'>): string => (booking.meal ? `${booking.serviceName} ${booking.meal.dishName}` : booking.serviceName)

/** What a telling says to a phone, and to somebody who telephones. */
export function wordsOf(telling: Telling, booking: Told): Pick<Message, 'templateId' | 'page' | 'data' | 'gist' | 'callUntil'> {
  const template = (booking.activity ? activityTemplate(telling) : (booking.meal ? MEAL_TEMPLATES : booking.bed ? BED_TEMPLATES : booking.menu ? MENU_TEMPLATES : TEMPLATES)[telling.what]) ?? { templateId: templateIds.reminder, gist: '有新的消息', call: 'always' as const }
  const ends = booking.endsAt ?? booking.startsAt
  const at = template.call === 'untilEnd' ? ends : booking.startsAt
  return {
    templateId: template.templateId,
    callUntil: template.call === 'always' ? null : template.call === 'never' ? 0 : at,
    page: pageOf(booking._id),
    data: { thing1: thing(`${booking.elderName} ${whatIs(booking)}`), time2: time(at), thing3: thing(nameOf(telling.by) + template.gist) },
    gist: `${nameOf(telling.by)}${template.gist}：${booking.elderName}，${whatIs(booking)}，${spokenDate(civilDate(at))} ${clockTime(at)}`,
  }
}

/** A day on which nothing takes place meets bookings that stand: somebody telephones and finds another day. */
export const closedDayGist = (why: string, booking: Omit<Told, '_id'>): string =>
  `${why}，那天${booking.meal ? '不供餐，要另想办法' : booking.activity ? '没有活动，要说一声' : booking.bed ? '休息，要改日子' : '不上门，要改日子'}：${booking.elderName}，${whatIs(booking)}，${spokenDate(civilDate(booking.startsAt))} ${clockTime(booking.startsAt)}`

/** What a social worker asks on the telephone where a service has no such time any more. */
export const offPlanGist = (why: string, booking: Omit<Told, '_id'>): string =>
  `${why}，这一次照样做，要问愿不愿意改日子：${booking.elderName}，${whatIs(booking)}，${spokenDate(civilDate(booking.startsAt))} ${clockTime(booking.startsAt)}`

const nameOf = (by: By): string => (by.as === 'system' ? '' : `${by.name} `)

/** Where somebody answers what is on offer to an elder. */
export const pageOfWaits = (elderId: string): string => `pages/waitlist/mine/index?elderId=${elderId}`

/** A seat is held for somebody who waited; after its time a call says nothing any more. */
export function wordsOfOffer(slot: Pick<Slot, '_id' | 'serviceName' | 'startsAt'>, { place, until }: Pick<Offer, 'place' | 'until'>): Pick<Message, 'templateId' | 'page' | 'data' | 'gist' | 'callUntil' | 'offer'> {
  const held = `${spokenDate(civilDate(until))} ${clockTime(until)}`
  return {
    templateId: templateIds.offer, page: pageOfWaits(place.personId), callUntil: until, offer: { slotId: slot._id, placeId: place.placeId, until },
    data: { thing1: thing(`${place.name} ${slot.serviceName}`), time2: time(slot.startsAt), thing3: thing(`有名额了，给您留到 ${clockTime(until)}`) },
    gist: `候补到名额了，留到 ${held}，问要不要：${place.name}，${slot.serviceName}，${spokenDate(civilDate(slot.startsAt))} ${clockTime(slot.startsAt)}`,
  }
}
