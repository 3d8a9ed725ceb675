/** Looks at bookings whose time has come: tells what is owed, reminds, and turns a late step into an exception. */
import { look } from '../../src/domain/booking'
import type { Booking } from '../../src/domain/booking-record'
import { save } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { queueTellings } from '../_server/messages'
import { getPerson } from '../_server/people'
import { each } from './each'

const BATCH = 200

export async function lookAtBookings(now: number): Promise<{ readonly looked: number; readonly failed: number }> {
  const due = await find<Booking>('bookings', { dueAt: command.gt(0).and(command.lte(now)) }, { by: 'dueAt', direction: 'asc' }, BATCH)
  const failed = await each(due, async (booking) => {
    const found = look(booking, now)
    if (!found) return
    // Messages first: their ids say which they are, so that a crash before the save writes none of them twice.
    if (found.tellings.length > 0) await queueTellings(booking, found.tellings, await getPerson(booking.elderId), now)
    await save('bookings', booking, found.booking)
  })
  return { looked: due.length, failed }
}
