/** Deletes files that nobody handed in, copies of calls that were cut short, and what drafts gave up, a day later. */
import { noticesToSweep, sweepNotice, sweepUploads } from '../_server/uploads'
import { each } from './each'

export async function sweepFiles(now: number): Promise<{ readonly files: number; readonly failed: number }> {
  let files = await sweepUploads(now)
  const failed = await each(await noticesToSweep(now), async (notice) => { files += await sweepNotice(notice, now) })
  return { files, failed }
}
