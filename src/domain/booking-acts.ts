/** What a viewer can do with a booking now. Screens show exactly these; the rules decide again when one is tapped. */
import { cancelUntil } from './booking'
import { holdsSeat, type Booking } from './booking-record'
import { isOwnCase } from './own-case'
import { checkInFrom } from './visit'
import { LATE } from './door-code'
import type { Standing } from './role'

export type BookingAct =
  | 'cancel' | 'cancelLate' | 'doorCode' | 'vouchCheckIn' | 'vouchCheckOut' | 'confirm' | 'dispute'
  | 'take' | 'handBack' | 'checkIn' | 'checkOut' | 'noContact' | 'callBack' | 'verify'

/** A check-in is accepted in the visit's own time. */
const isTimeToCheckIn = (booking: Booking, now: number): boolean => now >= checkInFrom(booking) && now <= booking.endsAt + LATE

const elderSide = (booking: Booking, now: number): readonly BookingAct[] => {
  switch (booking.status) {
    case 'booked':
      return now <= cancelUntil(booking) ? ['cancel'] : []
    case 'assigned': {
      const atDoor: readonly BookingAct[] = isTimeToCheckIn(booking, now) ? ['doorCode', 'vouchCheckIn'] : []
      return [...atDoor, ...(now <= cancelUntil(booking) ? (['cancel'] as const) : [])]
    }
    case 'checkedIn':
      return now <= booking.endsAt + LATE ? ['doorCode', 'vouchCheckOut', 'dispute'] : ['vouchCheckOut', 'dispute']
    case 'checkedOut':
      return ['confirm', 'dispute']
    case 'confirmed':
      return ['dispute']
    default:
      return []
  }
}

const careWorker = (booking: Booking, isMine: boolean, now: number): readonly BookingAct[] => {
  if (!isMine) return booking.status === 'booked' && booking.endsAt > now ? ['take'] : []
  if (booking.status === 'assigned') return [...(isTimeToCheckIn(booking, now) ? (['checkIn'] as const) : []), ...(now >= booking.startsAt ? (['noContact'] as const) : []), 'handBack']
  return booking.status === 'checkedIn' ? ['checkOut'] : []
}

const socialWorker = (booking: Booking, now: number): readonly BookingAct[] => {
  switch (booking.status) {
    case 'booked':
    case 'assigned':
      return now <= cancelUntil(booking) ? ['cancel', 'cancelLate'] : ['cancelLate']
    case 'noContact':
      return ['verify', 'cancelLate']
    case 'checkedIn':
    case 'checkedOut':
    case 'disputed':
      return ['callBack', 'verify']
    case 'confirmed':
      return ['verify']
    default:
      return []
  }
}

export function actsOf(booking: Booking, standing: Standing, personId: string, now: number): readonly BookingAct[] {
  if (standing.role === 'resident') return elderSide(booking, now)
  if (standing.role === 'careWorker') return careWorker(booking, booking.workerId === personId, now)
  return standing.role === 'socialWorker' ? socialWorker(booking, now) : []
}

/** Whether a booking waits for this person's word; who served, or is their family, is never asked (law 3). */
export const waitsForWordOf = (booking: Booking, personId: string): boolean =>
  booking.status === 'checkedOut' && (booking.worker === null || !isOwnCase(personId, booking.worker))

/** Whether it still belongs to what comes next for the elder. */
export const isComing = (booking: Booking, now: number): boolean =>
  holdsSeat(booking.status) && booking.status !== 'noContact' && (booking.endsAt > now || booking.status === 'checkedIn')
