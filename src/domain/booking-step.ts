/** One step of a booking: what changes, one line on the timeline, and what follows from both. */
import type { Booking, BookingStatus, By, TimelineEntry, TimelineWhat } from './booking-record'
import { ON_BEHALF } from './booking-record'
import { nextDue } from './booking-due'
import { ensure } from './error'
import { missingOf } from './evidence'

export const line = (what: TimelineWhat, at: number, by: By, more: Partial<Pick<TimelineEntry, 'proof' | 'provedAt' | 'words'>> = {}): TimelineEntry => ({
  what, at, by, proof: more.proof ?? null, provedAt: more.provedAt ?? null, words: more.words ?? null,
})

export const isOnBehalf = (by: By): boolean => by.as === 'family' || by.as === 'socialWorker'

/** The booking after a step. */
export function after(booking: Booking, changes: Partial<Booking>, entry: TimelineEntry): Booking {
  const next = { ...booking, ...changes, timeline: [...booking.timeline, entry] }
  const judged = {
    ...next,
    lastActOnBehalfAt: isOnBehalf(entry.by) && ON_BEHALF.includes(entry.what) ? entry.at : booking.lastActOnBehalfAt,
    review: changes.status === undefined ? booking.review : reviewOf(next),
  }
  return { ...judged, dueAt: nextDue(judged) }
}

/** The social worker's list: exceptions each say what is missing, complete ones only need a yes. */
function reviewOf(booking: Booking): Booking['review'] {
  switch (booking.status) {
    case 'confirmed':
      return missingOf(booking.evidence, booking.status).length === 0 ? 'complete' : 'exception'
    case 'disputed':
    case 'noContact':
    case 'handedOver': // the courier's word alone
      return 'exception'
    default: // under way, or settled; what is late is found by the clock
      return null
  }
}

/** @throws WRONG_STATE {status} */
export const ensureStatus = (booking: Booking, ...statuses: readonly BookingStatus[]): void =>
  ensure(statuses.includes(booking.status), 'WRONG_STATE', { status: booking.status })
