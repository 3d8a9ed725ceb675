/** The check over the ledgers: begun by the nightly self-check, and carried on every few minutes while one is under way. */
import type { LawCheck } from '../../src/domain/laws'
import { change } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { settleFlags } from '../_server/flags'
import { newWalk, openLedgerCheck, resultOf, walkOn, type LedgerCheck, type Walk } from '../_server/ledger-check'
import { each } from './each'
import { allSubdistricts } from './seal-day'

/** What one run looks at in one subdistrict: a run lives a minute; and subdistricts that it goes on with. */
const STRETCH = { steps: 120, ms: 20_000 }
const BATCH = 10

/** Goes on with what is under way, and with reversals that a crash left. */
export async function checkLedger(now: number): Promise<{ readonly goneOn: number; readonly settled: number; readonly failed: number }> {
  const settled = await settleFlags(now)
  const open = await find<LedgerCheck>('ledgerChecks', { walkingSince: command.gt(0) }, { by: 'walkingSince', direction: 'asc' }, BATCH)
  const failed = await each(open, async (check) => {
    if (check.walk !== null) await keep(check, await walkOn(check._id, check.walk, STRETCH, now), now)
  })
  return { goneOn: open.length, settled, failed }
}

/** A new check of every subdistrict. @returns each law over all of them, of a check that is not finished what it found so far */
export async function checkLedgers(now: number): Promise<readonly LawCheck[]> {
  const found = new Map<string, LawCheck>()
  for (const { _id } of await allSubdistricts()) {
    const walk = await walkOn(_id, await newWalk(_id, now), STRETCH, now)
    for (const check of await keep(await openLedgerCheck(_id), walk, now)) {
      const before = found.get(check.law)
      found.set(check.law, before === undefined ? check : { law: check.law, holds: before.holds && check.holds, checked: before.checked + check.checked, broken: [...before.broken, ...check.broken].slice(0, 20) })
    }
  }
  return [...found.values()]
}

async function keep(check: LedgerCheck, walk: Walk, now: number): Promise<readonly LawCheck[]> {
  const isDone = walk.phase === 'done'
  const result = resultOf(walk, now)
  await change<LedgerCheck>('ledgerChecks', check, (current) => ({ ...current, walk: isDone ? null : walk, walkingSince: isDone ? null : walk.startedAt, result: isDone ? result : current.result }))
  return result.checks
}
