/** What is fair 公平 for a service, as data: the share kept for phone and counter, limits, and how long a freed seat is held. */

/** Seats of each slot that are kept for phone and counter, until this minute so many days before. */
export interface Share {
  readonly seats: number
  readonly daysBefore: number
  readonly untilMinute: number
}

export const limitPeriods = ['week', 'month'] as const
/** At most so many bookings of the service by one person in a civil week (from Monday) or month. */
export interface Limit {
  readonly most: number
  readonly per: (typeof limitPeriods)[number]
}

/** How long a freed seat waits for an answer: so many minutes by day; what would end at night, until the morning. */
export interface Hold {
  readonly minutes: number
  readonly dayFrom: number
  readonly dayTo: number
  readonly morningAt: number
}

export interface FairTerms {
  readonly share: Share | null
  readonly limit: Limit | null
  readonly hold: Hold
}

/** What holds for one service, and is copied onto each of its slots. */
export interface FairPolicy extends FairTerms {
  readonly version: number
}

/** Where nobody has said otherwise, and for activities. 示例 policy. */
export const usualFair: FairPolicy = { version: 0, share: null, limit: null, hold: { minutes: 30, dayFrom: 8 * 60, dayTo: 20 * 60, morningAt: 9 * 60 } }
