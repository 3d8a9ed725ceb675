/** What can be asked of a care consultant 乐龄顾问, and what a plan is made of: words that screens and contracts share. */
export const consultWants = ['question', 'visit'] as const
/** An answer in words, or somebody who comes and looks. */
export type ConsultWant = (typeof consultWants)[number]

export const consultTopics = ['careAtHome', 'afterHospital', 'subsidies', 'memory', 'equipment', 'homes', 'other'] as const
export type ConsultTopic = (typeof consultTopics)[number]

export const topicWords: Readonly<Record<ConsultTopic, string>> = {
  careAtHome: '家里老人要人照料', afterHospital: '出院以后怎么办', subsidies: '能申请哪些补贴', memory: '记性变差了', equipment: '扶手、轮椅和家里改造', homes: '想了解养老院', other: '别的事',
}

/** `waiting`: for a consultant of the elder's grid; `pool`: for any of the subdistrict */
export const consultStates = ['waiting', 'pool', 'taken', 'answered', 'planned', 'closed', 'withdrawn'] as const
export type ConsultState = (typeof consultStates)[number]

export const planWhats = ['service', 'activity', 'meal', 'stay', 'menu', 'advice'] as const
/** A service with times of its own, a place at an activity, meals, nights in a house, something that an organisation brings, or words alone. */
export type PlanWhat = (typeof planWhats)[number]

/** What is chosen on a page of its own: the item leads there, and what is ordered there is linked to it. Named as the kind of its booking. */
export const hasOwnPage = (what: PlanWhat): what is 'meal' | 'stay' | 'menu' => what === 'meal' || what === 'stay' || what === 'menu'

export const planRhythms = ['once', 'weekly', 'fortnightly'] as const
export type PlanRhythm = (typeof planRhythms)[number]

/** `booking`: under way; `wanted`: advice that was taken; `dropped`: taken out by the consultant */
export const planStates = ['open', 'booking', 'booked', 'wanted', 'declined', 'dropped'] as const
export type PlanState = (typeof planStates)[number]

export const consultWhats = [
  'asked', 'taken', 'passedOn', 'overdue', 'answered', 'consented', 'consentEnded', 'assessed', 'planned', 'itemBooked', 'itemWanted', 'itemDeclined', 'reviewDue', 'reviewed', 'moved', 'reopened', 'withdrawn', 'closed',
] as const
export type ConsultWhat = (typeof consultWhats)[number]

/** Dates of a rhythm that a plan proposes at most, and lines of a plan. 示例 policy. */
export const MOST_TIMES = 12
export const MOST_PLAN_ITEMS = 10
