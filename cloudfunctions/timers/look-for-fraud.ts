/** Every night the rules look at what was earned lately. What they notice has an id that says what it is: however often they run, it is one flag. */
import { lookForFindings } from '../_server/flags'
import { each } from './each'
import { allSubdistricts } from './seal-day'

export async function lookForFraud(now: number): Promise<{ readonly flags: number; readonly failed: number }> {
  let flags = 0
  const failed = await each(await allSubdistricts(), async (subdistrict) => {
    flags += await lookForFindings(subdistrict._id, now)
  })
  return { flags, failed }
}
