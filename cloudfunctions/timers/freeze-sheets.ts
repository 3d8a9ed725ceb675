/**
 * Closes kitchen sheets at their cut-off, in two steps: first nobody gets a portion any more, and when no call that was
 * under way can be alive, what was ordered is counted and the runs are made. Twice, late, or killed half-way: same end.
 */
import { compose } from '../../src/domain/kitchen-sheet'
import type { KitchenSheet } from '../../src/domain/kitchen'
import { save } from '../_server/aggregate'
import { command, find, updateIf } from '../_server/cloud'
import { now as clockNow } from '../_server/clock'
import { eatersOf, markBlocked, ordersOn, slotsOfSitting } from '../_server/kitchens'
import { communityName, getSubdistrict } from '../_server/people'
import { makeRuns } from '../_server/runs'
import { each } from './each'

const BATCH = 50
/** A call lives 20 s at most: so long after the last slot was closed nothing under way can reach it, ms. The clock comes every minute. */
export const FREEZE_AFTER = 50_000

export async function freezeSheets(now: number): Promise<{ readonly closed: number; readonly frozen: number; readonly failed: number }> {
  const due = await find<KitchenSheet>('kitchenSheets', { dueAt: command.gt(0).and(command.lte(now)) }, { by: 'dueAt', direction: 'asc' }, BATCH)
  const failed = await each(due, (sheet) => (sheet.state === 'open' ? close(sheet, now) : freeze(sheet, now)))
  const closed = due.filter((sheet) => sheet.state === 'open').length
  return { closed, frozen: due.length - closed, failed }
}

async function closeSlots(sheet: KitchenSheet, now: number) {
  const slots = await slotsOfSitting(sheet.kitchenId, sheet.onDate, sheet.sitting)
  for (const slot of slots) if (slot.frozenAt === null) await updateIf('slots', slot._id, { frozenAt: null }, { frozenAt: command.set(now) })
  return slots
}

async function close(sheet: KitchenSheet, now: number): Promise<void> {
  await closeSlots(sheet, now)
  // By the clock after the last slot was closed: the pause counts from there.
  const closedAt = Math.max(now, clockNow())
  await save('kitchenSheets', sheet, { ...sheet, state: 'closing', closedAt, dueAt: closedAt + FREEZE_AFTER })
}

async function freeze(sheet: KitchenSheet, now: number): Promise<void> {
  const slots = await closeSlots(sheet, now)
  const [bookings, subdistrict] = await Promise.all([ordersOn(slots), getSubdistrict(sheet.subdistrictId)])
  const eaters = await eatersOf(bookings)
  await markBlocked({ _id: sheet.kitchenId, name: sheet.kitchenName }, slots, bookings, eaters, now)
  const orders = bookings.flatMap((booking) => {
    const elder = eaters.get(booking.elderId)
    return elder === undefined ? [] : [{ booking, elder }]
  })
  await makeRuns(sheet, slots[0]?.endsAt ?? sheet.startsAt, orders, subdistrict)
  const counts = compose(bookings.map((booking) => ({ booking, diet: eaters.get(booking.elderId)?.diet ?? null })), (communityId) => communityName(subdistrict, communityId))
  await save('kitchenSheets', sheet, { ...sheet, ...counts, state: 'frozen', frozenAt: now, dueAt: null })
}
