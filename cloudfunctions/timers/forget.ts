/**
 * Forgets what is remembered for a time only: receipts of requests (30 days), counters of wrong guesses (a day), the doors
 * on delivery runs (hours after the meal), runs and kitchen sheets themselves (60 days), and who was told of a notice and
 * what they said (a year after its end; the figures stay).
 */
import { DAY } from '../../src/domain/civil-time'
import type { Receipt } from '../../src/domain/reach'
import { command, dropWhere, find } from '../_server/cloud'
import { forgetReceipts } from '../_server/receipts'
import { forgetRuns } from '../_server/runs'

/** How long a run and a sheet can be looked at, ms. 示例 policy. */
const SHEETS_KEPT = 60 * DAY
const BATCH = 500
/** How long a line of the reach ledger is kept after its notice ended, ms; and how many one night forgets. 示例 policy. */
const LINES_KEPT = 365 * DAY
const LINES = 1000

export async function forget(now: number): Promise<{ readonly receipts: number; readonly attempts: number; readonly lines: number; readonly runs: number; readonly dropped: number }> {
  const lines = await find<Receipt>('noticeReceipts', { validUntil: command.gt(0).and(command.lte(now - LINES_KEPT)) }, { by: 'validUntil', direction: 'asc' }, LINES, ['_id'])
  const old = { startsAt: command.lte(now - SHEETS_KEPT) }
  return {
    receipts: await forgetReceipts(now), attempts: await dropWhere('attempts', { at: command.lte(now - DAY) }),
    lines: lines.length === 0 ? 0 : await dropWhere('noticeReceipts', { _id: command.in(lines.map((line) => line._id)) }), runs: await forgetRuns(now, BATCH), dropped: (await dropWhere('deliveryRuns', old)) + (await dropWhere('kitchenSheets', old)),
  }
}
