/** What kind of service it is: kinds are data and small rules on one model of capacity, delivery and timeline. */
export type Kind = 'homeCare' | 'meal' | 'activity' | 'dayCare' | 'stay' | 'menu'

/** Half a day 日托半天 or nights 短住 in a house where staff receive the elder: nobody comes to the door, nobody takes the work for themself. */
export const isReceived = (kind: Kind): kind is 'dayCare' | 'stay' => kind === 'dayCare' || kind === 'stay'

/** What is booked at one time of its service, and can be moved to another: a visit, or half a day. */
export const hasOneTime = (kind: Kind): kind is 'homeCare' | 'dayCare' => kind === 'homeCare' || kind === 'dayCare'

export const activitySorts = ['activity', 'class'] as const
/** A single activity 活动, or a session of a class 课程. */
export type ActivitySort = (typeof activitySorts)[number]

/** One time at which a class meets. */
export interface Session {
  readonly startsAt: number
  readonly endsAt: number
}
