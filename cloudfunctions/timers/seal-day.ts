/**
 * After midnight: whatever waits in passbooks is sent, then the day is sealed, and any day before it that a missed night
 * left open; the copies go to cloud storage. A subdistrict in which something could not be sent is sealed by a later run.
 */
import { addDays, civilDate } from '../../src/domain/civil-time'
import type { Subdistrict } from '../../src/domain/service-item'
import { command, find, messageOf } from '../_server/cloud'
import { sealDays, sendWaiting, storeCopies } from '../_server/seals'
import { each } from './each'

/** Far more than a city has. */
const SUBDISTRICTS = 1000

export const allSubdistricts = (): Promise<Subdistrict[]> => find<Subdistrict>('subdistricts', { _id: command.gt('') }, { by: '_id', direction: 'asc' }, SUBDISTRICTS)

export async function sealDay(now: number): Promise<{ readonly sealed: number; readonly stored: number; readonly failed: number }> {
  let failed = 0
  const open = await sendWaiting(now, (account, error) => {
    failed += 1
    console.error(JSON.stringify({ id: account._id, fault: messageOf(error).slice(0, 300) }))
  })
  let sealed = 0
  const subdistricts = (await allSubdistricts()).filter((subdistrict) => !open.has(subdistrict._id))
  failed += await each(subdistricts, async (subdistrict) => {
    sealed += await sealDays(subdistrict._id, addDays(civilDate(now), -1), now)
  })
  return { sealed, stored: await storeCopies(), failed }
}
