/** Forgets what is remembered for 30 days only: receipts of requests, and counters of wrong guesses. */
import { DAY } from '../../src/domain/civil-time'
import { command, dropWhere } from '../_server/cloud'
import { forgetReceipts } from '../_server/receipts'

export async function forget(now: number): Promise<{ readonly receipts: number; readonly attempts: number }> {
  return { receipts: await forgetReceipts(now), attempts: await dropWhere('attempts', { at: command.lte(now - DAY) }) }
}
