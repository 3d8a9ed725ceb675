/** Looks at bookings whose time has come: tells what is owed, reminds, asks the next organisation, and turns a late step into an exception. */
import { look } from '../../src/domain/booking'
import type { Booking } from '../../src/domain/booking-record'
import { isUnanswered } from '../../src/domain/menu-order'
import { save } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { passOnOrder } from '../_server/menu'
import { queueTellings } from '../_server/messages'
import { getPerson } from '../_server/people'
import { each } from './each'

const BATCH = 200

export async function lookAtBookings(now: number): Promise<{ readonly looked: number; readonly failed: number }> {
  const due = await find<Booking>('bookings', { dueAt: command.gt(0).and(command.lte(now)) }, { by: 'dueAt', direction: 'asc' }, BATCH)
  const failed = await each(due, async (booking) => {
    // What an organisation has not answered goes on before anything is told.
    if (isUnanswered(booking, now)) return passOnOrder(booking, now)
    const found = look(booking, now)
    if (!found) return
    // Messages first: their ids say which they are, so that a crash before the save writes none of them twice.
    if (found.tellings.length > 0) await queueTellings(booking, found.tellings, await getPerson(booking.elderId), now)
    await save('bookings', booking, found.booking)
  })
  return { looked: due.length, failed }
}
