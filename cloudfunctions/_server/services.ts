/**
 * Services and the slots that stand open: a decision is one write of the service, then each slot is brought to what the
 * service says, by itself and guarded, so that whoever books meanwhile is never left without a seat. Each step may be
 * repeated; what a call cut short leaves out, the clock does.
 */
import { addDays, civilDate, instantOf } from '../../src/domain/civil-time'
import type { ServiceItem } from '../../src/domain/service-item'
import { fateOf, missingOf } from '../../src/domain/service-plan'
import { heldIn, openDays, withCapacity, type Slot } from '../../src/domain/slot'
import { command, dropWhere, find, insert, read, updateIf } from './cloud'
import { getServiceItem, getSubdistrict } from './people'

/** More slots than one service has on the days that stand open. */
const SLOTS_OPEN = 1000
const ATTEMPTS = 20
/** Slots that are written at a time. */
const AT_A_TIME = 8

/** The slots of a service that begin later than now, on the days that stand open. */
export function slotsAhead(item: ServiceItem, now: number): Promise<Slot[]> {
  const until = instantOf(addDays(civilDate(now), openDays(civilDate(now), item.kind).length))
  return find<Slot>('slots', { serviceItemId: item._id, startsAt: command.gt(now).and(command.lt(until)) }, { by: 'startsAt', direction: 'asc' }, SLOTS_OPEN)
}

/** Brings one slot to what its service says. */
async function settleSlot(item: ServiceItem, loaded: Slot, closedDays: Readonly<Record<string, string>>, now: number): Promise<void> {
  let slot: Slot | null = loaded
  for (let attempt = 0; slot !== null && attempt < ATTEMPTS; attempt++) {
    const fate = fateOf(item, slot, closedDays)
    if (fate.what === 'stay') return
    // Nobody sits there and nobody waits: only then it goes. A queue that once was is left to stand, closed.
    if (fate.what === 'remove') {
      const where = { remaining: slot.capacity, capacity: slot.capacity }
      if (slot.queue === undefined ? (await dropWhere('slots', { _id: slot._id, ...where, queue: command.exists(false) })) > 0 : await updateIf('slots', slot._id, where, { isOpen: command.set(false), isOffPlan: command.set(true) })) return
    } else {
      const resized = fate.capacity === null ? null : withCapacity(slot, fate.capacity)
      const changes: Record<string, unknown> = Object.fromEntries(Object.entries(fate.changes).map(([name, value]) => [name, command.set(value)]))
      const wakes = fate.changes.isOpen === true || (resized !== null && resized.capacity > slot.capacity)
      const isDone = await updateIf('slots', slot._id, { capacity: slot.capacity, remaining: slot.remaining, isOpen: slot.isOpen }, {
        ...changes, ...(resized === null ? {} : { capacity: command.set(resized.capacity), remaining: command.inc(resized.remaining - slot.remaining) }), ...(wakes ? { waitLookAt: command.set(now) } : {}),
      })
      if (isDone) return
    }
    slot = await read<Slot>('slots', slot._id)
  }
}

/** Brings every slot that stands open to what the service says. @returns seats that are held where nobody new can come */
export async function settleService(loaded: ServiceItem, now: number): Promise<number> {
  const [item, { closedDays }] = await Promise.all([getServiceItem(loaded._id), getSubdistrict(loaded.subdistrictId)])
  const there = await slotsAhead(item, now)
  for (let index = 0; index < there.length; index += AT_A_TIME) await Promise.all(there.slice(index, index + AT_A_TIME).map((slot) => settleSlot(item, slot, closedDays, now)))
  for (const slot of missingOf(item, there, closedDays, civilDate(now), now)) await insert('slots', slot)
  if (typeof item.unsettledAt === 'number') await updateIf('serviceItems', item._id, { unsettledAt: item.unsettledAt }, { unsettledAt: command.set(null) })
  return there.reduce((sum, slot) => sum + heldIn(slot), 0)
}

/** Services of which a call that was cut short left slots behind. */
export const unsettledServices = (before: number, limit: number): Promise<ServiceItem[]> =>
  find<ServiceItem>('serviceItems', { unsettledAt: command.gt(0).and(command.lte(before)) }, { by: 'unsettledAt', direction: 'asc' }, limit)
