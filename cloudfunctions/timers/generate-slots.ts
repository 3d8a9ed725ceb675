/** Opens the slots of the coming days from each service's weekly template, and the days of the menu from its offers; a slot that exists is left alone, but for a policy that has not reached it yet. */
import { civilDate, instantOf, addDays } from '../../src/domain/civil-time'
import type { ServiceItem, Subdistrict } from '../../src/domain/service-item'
import { openDays, slotsOn, type Slot } from '../../src/domain/slot'
import { command, find, insert } from '../_server/cloud'
import { bringDaysTo, offersOf } from '../_server/menu'
import { putFair } from '../_server/waitlist'

export async function generateSlots(now: number): Promise<{ readonly opened: number }> {
  const first = civilDate(now)
  let opened = 0
  for (const subdistrict of await everyOf<Subdistrict>('subdistricts')) {
    for (const offer of await offersOf(subdistrict._id)) opened += await bringDaysTo(offer, subdistrict.closedDays, now)
    const items = await find<ServiceItem>('serviceItems', { subdistrictId: subdistrict._id }, { by: 'order', direction: 'asc' }, 200)
    for (const item of items) {
      const days = openDays(first, item.kind)
      const range = command.gte(instantOf(first)).and(command.lt(instantOf(addDays(first, days.length))))
      const there = await find<Slot>('slots', { serviceItemId: item._id, startsAt: range }, { by: 'startsAt', direction: 'asc' }, 1000)
      const existing = new Set(there.map((slot) => slot._id))
      for (const slot of there) if (item.fair !== undefined && slot.startsAt > now) await putFair(slot, item.fair, now)
      for (const slot of days.flatMap((day) => slotsOn(item, day, subdistrict.closedDays))) {
        if (!existing.has(slot._id) && slot.startsAt > now && (await insert('slots', slot))) opened += 1
      }
    }
  }
  return { opened }
}

/** Every document of a collection that is small by nature, by id. */
const everyOf = <T>(collection: string): Promise<T[]> => find<T>(collection, { _id: command.gt('') }, { by: '_id', direction: 'asc' }, 1000)
