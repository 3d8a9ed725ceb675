// Civil time as the demo tells it: UTC+8, whatever the browser's zone.

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const EAST = 8 * HOUR

const parts = (/** @type {number} */ at) => new Date(at + EAST)
const two = (/** @type {number} */ n) => String(n).padStart(2, '0')

/** 11月23日 @param {number} at */
export const monthAndDay = (at) => `${parts(at).getUTCMonth() + 1}月${parts(at).getUTCDate()}日`

/** 周一 @param {number} at */
export const weekday = (at) => `周${'日一二三四五六'[parts(at).getUTCDay()]}`

/** 15:04 @param {number} at */
export const wallClock = (at) => `${two(parts(at).getUTCHours())}:${two(parts(at).getUTCMinutes())}`

/** Midnight of the civil day. @param {number} at */
export const midnight = (at) => Math.floor((at + EAST) / DAY) * DAY - EAST

/** 今天 14:00, 明天 9:30, 11月26日 14:00 @param {number} at @param {number} now */
export function spoken(at, now) {
  const days = Math.round((midnight(at) - midnight(now)) / DAY)
  const day = { '-1': '昨天', 0: '今天', 1: '明天', 2: '后天' }[days] ?? monthAndDay(at)
  return `${day} ${wallClock(at)}`
}
