/** Each minute: freed seats go to who waits, offers past their time are passed on, and who is on offer is told. */
import type { Slot } from '../../src/domain/slot'
import { command, find } from '../_server/cloud'
import { lookAtSlot } from '../_server/waitlist'
import { each } from './each'

const BATCH = 100

export async function lookAtWaitlists(now: number): Promise<{ readonly slots: number; readonly failed: number }> {
  const slots = await find<Slot>('slots', { waitLookAt: command.gt(0).and(command.lte(now)) }, { by: 'waitLookAt', direction: 'asc' }, BATCH)
  return { slots: slots.length, failed: await each(slots, (slot) => lookAtSlot(slot, now)) }
}
