/** What a booking owes to be told, and when the clock must look at it again. Derived from what happened, never set by hand. */
import { HOUR } from './civil-time'
import type { Booking, By, TimelineEntry, TimelineWhat } from './booking-record'

/** Hours before the start at which people are reminded. 示例 policy. */
export const REMIND_BEFORE = 24 * HOUR
/** After the end of the slot a missing check-in or check-out becomes an exception, ms. 示例 policy. */
export const OVERDUE_AFTER = 1 * HOUR
/** Hours of the first day in which whoever stays is expected, ms. 示例 policy. */
export const ARRIVES_WITHIN = 7 * HOUR
/** Days that an elder has to confirm before a social worker telephones, as ms. 示例 policy. */
export const CONFIRM_WITHIN = 24 * HOUR

type Side = 'elder' | 'family' | 'worker'

/** Lines that somebody else should hear of, with who: the elder, family with the scope `alerts`, or the care worker who had promised to come. */
const TELL: Partial<Record<TimelineWhat, readonly Side[]>> = {
  booked: ['elder'], cancelled: ['elder', 'family', 'worker'], noShow: ['elder', 'family'], reminded: ['elder', 'family'],
  extended: ['elder', 'family'], shortened: ['elder', 'family'], checkedIn: ['family'], checkedOut: ['elder', 'family'], noContact: ['family'],
  rescheduled: ['elder', 'family', 'worker'], changed: ['elder'], kitchenAgreed: ['elder', 'family'], kitchenRefused: ['elder', 'family'], substituteOffered: ['elder', 'family'], keptOn: ['elder', 'family'],
  accepted: ['elder', 'family'], passedOn: ['elder', 'family', 'worker'], unanswered: ['elder', 'family'], setOut: ['elder'],
}

export interface Telling {
  readonly key: string
  readonly what: TimelineWhat
  readonly to: readonly Side[]
  readonly by: By
  readonly at: number
  /** whom `worker` means */
  readonly workerId?: string
}

/** A meal that a social worker ordered or changed was spoken about with the elder, who was on the telephone. */
const isSaidOnThePhone = (booking: Booking, { what, by }: TimelineEntry): boolean => booking.kind === 'meal' && by.as === 'socialWorker' && (what === 'booked' || what === 'changed')

/** Family need not hear that somebody came to an activity, or did not. */
const isKeptQuiet = (booking: Booking, { what }: TimelineEntry): boolean => booking.kind === 'activity' && (what === 'checkedIn' || what === 'noShow')

/** Who had promised to come when this line was written; null: nobody. */
function promisedBefore(booking: Booking, index: number): string | null {
  const last = booking.timeline.slice(0, index).filter((entry) => ['assigned', 'handedBack', 'rescheduled', 'passedOn'].includes(entry.what)).at(-1)
  return last?.what === 'assigned' ? last.by.personId : null
}

/** What is still to be told, oldest first; nobody is told what they did themselves. */
export function owedTellings(booking: Booking): readonly Telling[] {
  return booking.timeline.flatMap((entry, index) => {
    const key = `${entry.what}_${index}`
    const workerId = entry.what === 'rescheduled' || entry.what === 'passedOn' || entry.what === 'cancelled' ? promisedBefore(booking, index) : null
    const concerned = (side: Side): boolean => (side === 'worker' ? workerId !== null : entry.ofLife ? false : side === 'elder' ? entry.by.as !== 'elder' : true)
    const to = isSaidOnThePhone(booking, entry) || isKeptQuiet(booking, entry) ? [] : (TELL[entry.what] ?? []).filter(concerned)
    return to.length === 0 || booking.told.includes(key) ? [] : [{ key, what: entry.what, to, by: entry.by, at: entry.at, ...(workerId === null ? {} : { workerId }) }]
  })
}

/** Of the time that holds now: a visit that was moved is reminded of again. */
export const wasReminded = (booking: Booking): boolean => booking.timeline.filter((entry) => entry.what === 'reminded' || entry.what === 'rescheduled').at(-1)?.what === 'reminded'
/** A meal is not: it comes every day, and home shows what comes next; nor what no organisation has accepted. */
export const mayBeReminded = (booking: Booking): boolean => booking.kind !== 'meal' && booking.menu?.acceptedAt !== null && (booking.status === 'booked' || booking.status === 'assigned')

/** When the step that is due now counts as late; null when nothing is awaited. */
export function overdueAt(booking: Booking): number | null {
  // The list of an activity is looked at as a whole.
  if (booking.kind === 'activity') return null
  switch (booking.status) {
    case 'booked':
    case 'assigned':
      // Who does not come on the first evening is asked after then, not when the stay would be over.
      if (booking.kind === 'stay') return Math.min(booking.endsAt, booking.startsAt + ARRIVES_WITHIN) + OVERDUE_AFTER
      return booking.endsAt + OVERDUE_AFTER
    case 'checkedIn':
      return Math.max(booking.endsAt, booking.evidence.checkIn?.at ?? 0) + OVERDUE_AFTER
    case 'checkedOut':
      return (booking.evidence.checkOut?.at ?? booking.endsAt) + CONFIRM_WITHIN
    default:
      return null
  }
}

/** When the clock must look at a booking next, or null. */
export function nextDue(booking: Booking): number | null {
  const remindAt = mayBeReminded(booking) && !wasReminded(booking) ? booking.startsAt - REMIND_BEFORE : null
  const lateAt = booking.review === null ? overdueAt(booking) : null
  // Not answered by its hour, an order from the menu goes to the next organisation.
  const answerBy = booking.status === 'booked' ? (booking.menu?.answerBy ?? null) : null
  const times = [owedTellings(booking)[0]?.at ?? null, remindAt, lateAt, answerBy].filter((time): time is number => time !== null)
  return times.length === 0 ? null : Math.min(...times)
}
