/**
 * Forgets what is remembered for a time only: receipts of requests (30 days), counters of wrong guesses (a day), the doors
 * on delivery runs (hours after the meal), and runs and kitchen sheets themselves (60 days).
 */
import { DAY } from '../../src/domain/civil-time'
import { command, dropWhere } from '../_server/cloud'
import { forgetReceipts } from '../_server/receipts'
import { forgetRuns } from '../_server/runs'

/** How long a run and a sheet can be looked at, ms. 示例 policy. */
const SHEETS_KEPT = 60 * DAY
const BATCH = 500

export async function forget(now: number): Promise<{ readonly receipts: number; readonly attempts: number; readonly runs: number; readonly dropped: number }> {
  const old = { startsAt: command.lte(now - SHEETS_KEPT) }
  return {
    receipts: await forgetReceipts(now), attempts: await dropWhere('attempts', { at: command.lte(now - DAY) }),
    runs: await forgetRuns(now, BATCH), dropped: (await dropWhere('deliveryRuns', old)) + (await dropWhere('kitchenSheets', old)),
  }
}
