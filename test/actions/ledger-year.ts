/** What a year of one community costs: database calls and scanned documents of what is asked most, and of each page of the check, with so many entries stored. */
import type { ActionName, InputOf } from '../../src/contract'
import { addDays, civilDate } from '../../src/domain/civil-time'
import { byHand, ledgerOf, store } from './ledger-store'
import { MONDAY_NINE, startWorld, type World } from './world'

export interface Cost {
  readonly dbCalls: number
  readonly scanned: number
  readonly returned: number
  readonly ms: number
}

/** Costs with `entries` stored. */
export interface YearCosts {
  readonly entries: number
  /** lines of the passbook that is turned */
  readonly lines: number
  readonly asked: Readonly<Record<'passbook, first page' | 'passbook, deep page' | 'cover' | 'ledger.public' | 'ledger.seal', Cost>>
  /** of the check: calls of the function, and the most that one of them cost */
  readonly check: { readonly calls: number; readonly entries: number; readonly holds: boolean; readonly most: Cost; readonly all: Cost }
  /** of sealing the year: runs of the timer, and the most that one of them cost */
  readonly sealing: { readonly runs: number; readonly most: Cost }
}

const PEOPLE = 600
/** Pages that are turned before the deep one is measured, as far as there are so many. */
const TURNED = 4

async function costOf(world: World, run: () => Promise<unknown>, name: string): Promise<Cost> {
  const { latest } = await world.emulator.calls()
  const began = performance.now()
  await run()
  const ms = Math.round(performance.now() - began)
  const row = (await world.emulator.calls(latest)).rows.find((candidate) => candidate.action === name)
  if (!row?.ok) throw new Error(`${name} did not succeed: ${row?.code ?? 'no call'}`)
  return { dbCalls: row.dbCalls, scanned: row.scanned, returned: row.returned, ms }
}

const most = (costs: readonly Cost[]): Cost => ({
  dbCalls: Math.max(...costs.map((cost) => cost.dbCalls)), scanned: Math.max(...costs.map((cost) => cost.scanned)), returned: Math.max(...costs.map((cost) => cost.returned)), ms: Math.max(...costs.map((cost) => cost.ms)),
})
const sum = (costs: readonly Cost[]): Cost => costs.reduce((all, cost) => ({ dbCalls: all.dbCalls + cost.dbCalls, scanned: all.scanned + cost.scanned, returned: all.returned + cost.returned, ms: all.ms + cost.ms }), { dbCalls: 0, scanned: 0, returned: 0, ms: 0 })

/** So many entries of one community over so many days, in a store of their own. */
export async function measureYear(entries: number, days = 365): Promise<YearCosts> {
  const world = await startWorld()
  try {
    const made = ledgerOf(entries, Math.min(PEOPLE, Math.max(10, entries / 20)), addDays(civilDate(MONDAY_NINE), -days), days, 'mother')
    await store(world, made)
    const sealing: Cost[] = []
    for (let sealed = 1; sealed > 0; ) {
      sealing.push(await costOf(world, async () => {
        const run = await world.emulator.fire<{ ok: boolean; output: { sealed: number } }>('timers', 'sealDay')
        if (!run.ok || !run.result.ok) throw new Error('a day was not sealed')
        sealed = run.result.output.sealed
      }, 'sealDay'))
    }
    const ask = <A extends ActionName>(openid: string, action: A, input: InputOf<A>) => costOf(world, () => world.phone(openid).do(action, input), action)
    let cursor: string | undefined
    for (let page = 0; page < TURNED; page++) cursor = (await world.phone('o_mother').do('points.passbook', { personId: 'mother', ...(cursor === undefined ? {} : { cursor }) })).nextCursor ?? cursor
    const asked = {
      'passbook, first page': await ask('o_mother', 'points.passbook', { personId: 'mother' }), 'passbook, deep page': await ask('o_mother', 'points.passbook', { personId: 'mother', ...(cursor === undefined ? {} : { cursor }) }),
      cover: await ask('o_mother', 'points.mine', { personId: 'mother' }), 'ledger.public': await ask('o_mother', 'ledger.public', {}), 'ledger.seal': await ask('o_mother', 'ledger.seal', { onDate: addDays(civilDate(MONDAY_NINE), -5) }),
    }
    const checks: Cost[] = []
    let [checked, holds] = [0, false]
    for (let isFinished = false; !isFinished; ) {
      checks.push(await costOf(world, async () => {
        const answer = await world.phone('o_admin').do('ledger.check', {})
        isFinished = answer.isFinished
        checked = answer.entries
        holds = answer.unfit === null && answer.checks.every((check) => check.holds)
      }, 'ledger.check'))
    }
    return { entries, lines: made.accounts.get('mother')?.seq ?? 0, asked, check: { calls: checks.length, entries: checked, holds, most: most(checks), all: sum(checks) }, sealing: { runs: sealing.length, most: most(sealing) } }
  } finally {
    await world.stop()
  }
}

/** Changes the amount of one entry in the middle of the year by hand, and what the check then names. */
export async function namedAfterAChange(entries: number): Promise<{ readonly changed: string; readonly named: string | null }> {
  const world = await startWorld()
  try {
    const made = ledgerOf(entries, Math.min(PEOPLE, entries / 20), addDays(civilDate(MONDAY_NINE), -10), 10, 'mother')
    await store(world, made)
    await world.emulator.fire('timers', 'sealDay')
    const entry = made.entries[Math.floor(entries / 2)]
    if (entry === undefined) throw new Error('no entries')
    await byHand(world, 'pointsEntries', entry._id, { amount: entry.amount + 1 })
    for (;;) {
      const answer = await world.phone('o_admin').do('ledger.check', {})
      if (answer.isFinished) return { changed: entry._id, named: answer.unfit?.entryId ?? null }
    }
  } finally {
    await world.stop()
  }
}
