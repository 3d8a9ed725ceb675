/** Each minute: notices appear at their time, their ledgers are written on and told, newcomers met, messages sent, all in bounded batches. */
import type { Notice } from '../../src/domain/notice'
import { command, find } from '../_server/cloud'
import { sendDigests, sendNotices } from '../_server/notice-sending'
import { openOwedCase, owingCases } from '../_server/notice-visits'
import { lookAtNotice, welcome } from '../_server/reach-ledger'
import { each } from './each'

/** Notices looked at in one run. */
const NOTICES = 50
/** Batches of addressees written in one run: some five thousand people a minute. */
const STEPS = 20
/** Messages a minute: nobody's service is held up by a notice. 示例 policy. */
const SENT_PER_RUN = 200
/** Digests in one run of the evening. */
const DIGESTS_PER_RUN = 200

export async function tellNotices(now: number): Promise<{ readonly looked: number; readonly came: number; readonly cases: number; readonly sent: number; readonly unsent: number; readonly failed: number }> {
  const due = await find<Notice>('notices', { dueAt: command.gt(0).and(command.lte(now)) }, { by: 'dueAt', direction: 'asc' }, NOTICES)
  let steps = STEPS
  const failed = await each(due, async (notice) => {
    if (steps > 0) steps -= await lookAtNotice(notice, steps, now)
  })
  const shut = await owingCases(now)
  const unopened = await each(shut, (line) => openOwedCase(line, now))
  return { looked: due.length, failed: failed + unopened, cases: shut.length - unopened, came: await welcome(now), ...(await sendNotices(now, SENT_PER_RUN)) }
}

export const digestNotices = (now: number): Promise<{ readonly looked: number; readonly sent: number }> => sendDigests(now, DIGESTS_PER_RUN)
