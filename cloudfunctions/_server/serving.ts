/**
 * Where somebody has promised to be, as a care worker or as a volunteer: one place at a time. A promise that a crash left
 * behind does not stand in the way: the booking or the shift itself says whose it is.
 */
import { isUnderWay, type Booking } from '../../src/domain/booking-record'
import { promise, release, type BusyTime } from '../../src/domain/busy'
import { MINUTE } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import { isShiftUnderWay, promisedShift, type Shift } from '../../src/domain/shift'
import { change, get } from './aggregate'
import { read } from './cloud'
import { findPerson } from './people'

const PROMISE_ATTEMPTS = 4
/** A seat is taken before its shift is written: a promise this young may belong to a claim that is still under way, ms. */
const MAY_BE_UNDER_WAY = MINUTE

/** Whether what was promised still is to be done. */
async function isKept(promised: BusyTime, personId: string, now: number): Promise<boolean> {
  const turn = promisedShift(promised.bookingId)
  if (turn === null) {
    const booking = await read<Booking>('bookings', promised.bookingId)
    return booking !== null && booking.workerId === personId && isUnderWay(booking)
  }
  const shift = await read<Shift>('shifts', turn.shiftId)
  if (shift === null || shift.turn < turn.turn) return promised.at > now - MAY_BE_UNDER_WAY
  return shift.volunteerId === personId && shift.turn === turn.turn && isShiftUnderWay(shift)
}

/** Marks the time as promised, if it still is free. @throws WORKER_BUSY {from, to} */
export async function promiseTime(person: Person, time: Omit<BusyTime, 'freedAt'>, now: number): Promise<void> {
  let current = person
  for (let attempt = 0; ; attempt++) {
    try {
      await change('people', current, (loaded) => ({ ...loaded, serving: promise(loaded.serving ?? [], time, now) }))
      return
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'WORKER_BUSY') throw error
      const otherId = String(error.details?.['bookingId'])
      current = await get<Person>('people', person._id)
      const other = current.serving?.find((one) => one.bookingId === otherId && one.freedAt === null)
      if (attempt >= PROMISE_ATTEMPTS || (other !== undefined && (await isKept(other, person._id, now)))) throw new DomainError('WORKER_BUSY', { from: Number(error.details?.['from']), to: Number(error.details?.['to']) })
      await releaseServer(person._id, otherId, now)
      current = await get<Person>('people', person._id)
    }
  }
}

/** Frees the time of exactly this promise; again changes nothing. @param madeBefore only a promise made before this: one made since is another act's */
export async function releaseServer(personId: string, promiseId: string, now: number, madeBefore = Number.POSITIVE_INFINITY): Promise<void> {
  const person = await findPerson(personId)
  if (person?.serving?.some((time) => time.bookingId === promiseId && time.freedAt === null && time.at < madeBefore) !== true) return
  await change('people', person, (current) => ({ ...current, serving: release(current.serving ?? [], promiseId, now, madeBefore) }))
}
