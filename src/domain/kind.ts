/** What kind of service it is: kinds are data and small rules on one model of capacity, delivery and timeline. */
export type Kind = 'homeCare' | 'meal' | 'activity'

export const activitySorts = ['activity', 'class'] as const
/** A single activity 活动, or a session of a class 课程. */
export type ActivitySort = (typeof activitySorts)[number]
