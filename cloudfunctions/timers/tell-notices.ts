/** Each minute: notices appear at their time, their ledgers are written on, call lists made, messages sent, all in bounded batches. */
import type { Notice } from '../../src/domain/notice'
import { command, find } from '../_server/cloud'
import { lookAtNotice, sendDigests, sendNotices } from '../_server/reach-ledger'
import { each } from './each'

/** Notices looked at in one run. */
const NOTICES = 50
/** Batches of addressees written in one run: some five thousand people a minute. */
const STEPS = 20
/** Messages a minute: nobody's service is held up by a notice. 示例 policy. */
const SENT_PER_RUN = 200

export async function tellNotices(now: number): Promise<{ readonly looked: number; readonly sent: number; readonly unsent: number; readonly failed: number }> {
  const due = await find<Notice>('notices', { dueAt: command.gt(0).and(command.lte(now)) }, { by: 'dueAt', direction: 'asc' }, NOTICES)
  let steps = STEPS
  const failed = await each(due, async (notice) => {
    if (steps > 0) steps -= await lookAtNotice(notice, steps, now)
  })
  return { looked: due.length, failed, ...(await sendNotices(now, SENT_PER_RUN)) }
}

export const digestNotices = (now: number): Promise<{ readonly sent: number }> => sendDigests(now)
