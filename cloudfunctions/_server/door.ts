/** The door and the counter: what stands there is looked up, counted if it is wrong, and proves one moment of one booking. */
import type { Booking } from '../../src/domain/booking-record'
import { isReceived } from '../../src/domain/kind'
import { matchWindow, windowOf, windowsUpTo, windowStart } from '../../src/domain/door-code'
import { DomainError, ensure } from '../../src/domain/error'
import type { Moment } from '../../src/domain/evidence'
import type { Person } from '../../src/domain/person'
import { changeOnce } from './aggregate'
import { countFailure, ensureMayTry } from './attempts'
import { doorCodeAt, slipCodeOf } from './keys'
import type { Call } from './serve'

/** The rotating code of six digits, or eight that are printed: on the elder's card, or on the slip of a meal. @throws DOOR_CODE_WRONG, DOOR_CODE_USED */
export function proofOf(booking: Booking, elder: Person, code: string, capturedAt: number | null, now: number): Moment {
  if (code.length === 8) {
    const isSlip = booking.meal !== null && slipCodeOf(booking.doorKey) === code
    ensure(isSlip || (elder.doorCard !== null && elder.doorCard.code === code), 'DOOR_CODE_WRONG')
    return { at: now, provedAt: now, proof: 'doorCard', codeWindow: null, capturedAt }
  }
  const { checkIn, checkOut, handover } = booking.evidence
  const used = [checkIn, checkOut, handover].map((moment) => moment?.codeWindow ?? null)
  // A house is never without signal: of many days' codes only those shown just now count, or a guess would soon fit one.
  const span = isReceived(booking.kind) ? { startsAt: Math.max(booking.startsAt, now), endsAt: booking.endsAt } : booking
  const window = matchWindow(code, windowsUpTo(span, now), used, (candidate) => doorCodeAt(booking.doorKey, candidate))
  return { at: now, provedAt: window === windowOf(now) ? now : windowStart(window), proof: 'doorCode', codeWindow: window, capturedAt }
}

/**
 * A code that somebody typed: entered as a guess, looked at, and used by the rule, all of it once.
 * @throws TOO_MANY_ATTEMPTS {until}, DOOR_CODE_WRONG {left}, DOOR_CODE_USED, and what `decide` throws
 */
export async function atTheDoor<A>(
  input: { readonly code: string; readonly capturedAt?: number | undefined },
  { booking, elder }: { readonly booking: Booking; readonly elder: Person },
  call: Call, decide: (current: Booking, moment: Moment) => { readonly next: Booking; readonly answer: A },
): Promise<{ readonly document: Booking; readonly answer: A }> {
  const door = `door_${booking._id}`
  await ensureMayTry(door, call.now)
  try {
    return await changeOnce('bookings', booking, call.request, (current) => decide(current, proofOf(current, elder, input.code, input.capturedAt ?? null, call.now)))
  } catch (error) {
    if (error instanceof DomainError && error.code === 'DOOR_CODE_WRONG') throw new DomainError('DOOR_CODE_WRONG', { left: await countFailure(door, call.now) })
    throw error
  }
}
