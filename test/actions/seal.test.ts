/** The day's seal: in order, chained, caught up, the same whenever and however often the clock comes; and what was changed afterwards is named. */
import { addDays, civilDate, DAY, HOUR } from '../../src/domain/civil-time'
import { FUND, newAccount, post, purseOf, type PointsEntry } from '../../src/domain/ledger'
import { chainedOf, noTotals, sealedOf, sumOf, withDay, type DaySeal } from '../../src/domain/seal'
import { fingerprint } from '../../cloudfunctions/_server/keys'
import { sampleOf } from '../support/kills'
import { byHand, ledgerOf, store } from './ledger-store'
import { MONDAY_NINE, startWorld, type World } from './world'

const TODAY = civilDate(MONDAY_NINE)
const FIRST = addDays(TODAY, -4)
const sealAgain = (world: World) => world.emulator.fire<{ ok: boolean; output: { sealed: number; stored: number; failed: number } }>('timers', 'sealDay')

const sealsOf = async (world: World): Promise<DaySeal[]> => (((await world.emulator.dump(['pointsSeals']))['pointsSeals'] ?? []) as unknown as DaySeal[]).sort((a, b) => (a.onDate < b.onDate ? -1 : 1))
/** Seals and parts without the moment at which they were made. */
async function endState(world: World): Promise<unknown> {
  const { pointsSeals = [], pointsSealParts = [] } = await world.emulator.dump(['pointsSeals', 'pointsSealParts'])
  return { seals: [...pointsSeals].sort((a, b) => (String(a['_id']) < String(b['_id']) ? -1 : 1)).map((seal) => ({ ...seal, sealedAt: 0 })), parts: pointsSealParts.map((part) => part['_id']).sort() }
}

describe('sealing', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await store(world, ledgerOf(1_400, 30, FIRST, 2))
  })
  afterAll(() => world.stop())

  test('killed at any call, then run again, it comes to the same seals as undisturbed; days without entries have theirs', async () => {
    for (const nth of sampleOf([3, 4, 6, 8, 9, 11, 14], 2)) {
      await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['timers'] } })
      await sealAgain(world)
    }
    await world.emulator.faults({})
    await sealAgain(world)
    const disturbed = await endState(world)
    const seals = await sealsOf(world)
    expect(seals.map((seal) => seal.onDate)).toEqual([0, 1, 2, 3].map((day) => addDays(FIRST, day)))
    for (const seal of seals) await byHand(world, 'pointsSeals', seal._id, null)
    expect((await sealAgain(world)).ok).toBe(true)
    expect(await endState(world)).toEqual(disturbed)
    expect(await sealAgain(world)).toMatchObject({ ok: true, result: { ok: true, output: { sealed: 0, stored: 0, failed: 0 } } })
    expect(await endState(world)).toEqual(disturbed)
  })

  test('each is chained to the one before, states what the day came to, and adds up to zero', async () => {
    const seals = await sealsOf(world)
    let [before, totals] = ['', noTotals]
    for (const seal of seals) {
      totals = withDay(totals, seal.count, seal.rollup)
      expect(seal).toMatchObject({ before, totals })
      expect(sumOf(seal.totals)).toBe(0)
      before = seal.hash
    }
    expect(totals.entries).toBe(1_400)
    expect(seals[0]?.parts).toHaveLength(2)
    expect(totals.accounts['transit']).toBe(0)
    expect(new Set(seals.map((seal) => seal.hash)).size).toBe(seals.length)
  })

  test('a copy of each stands in cloud storage', async () => {
    expect((await sealsOf(world)).every((seal) => seal.storedAs?.includes('points-seals/dongliu/') === true && seal.unstoredAt === null)).toBe(true)
    expect(await world.phone('o_admin').do('ledger.seal', { onDate: FIRST })).toMatchObject({ isStoredApart: true, look: { fits: true, unfit: null, copyFits: true, isPartial: false } })
  })

  test('what waits in a passbook is sent before its day is sealed', async () => {
    const at = MONDAY_NINE - HOUR
    const { account } = post(newAccount('waiting', { subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'person' }), [{
      id: 'visit_waits', from: FUND, to: purseOf('spendable', 'waiting'), amount: 20, kind: 'visit', words: '陪诊', evidence: { what: 'visit', id: 'waits' }, by: { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null },
    }], at)
    await world.emulator.insert('pointsAccounts', [account])
    await world.emulator.moveTo(MONDAY_NINE + DAY)
    const [last] = (await sealsOf(world)).slice(-1)
    expect(last).toMatchObject({ onDate: TODAY, count: 1, rollup: { kinds: { visit: { count: 1, points: 20 } } } })
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('what was done to a sealed day by hand', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await store(world, ledgerOf(300, 12, FIRST, 3))
    await sealAgain(world)
  })
  afterAll(() => world.stop())
  const look = async () => (await world.phone('o_admin').do('ledger.seal', { onDate: FIRST })).look
  const entries = async () => (((await world.emulator.dump(['pointsEntries']))['pointsEntries'] ?? []) as { _id: string; onDate: string; amount: number; words: string }[]).filter((entry) => entry.onDate === FIRST).sort((a, b) => (a._id < b._id ? -1 : 1))

  test('a changed entry is named, and put right again it fits', async () => {
    const [, second] = await entries()
    await byHand(world, 'pointsEntries', second?._id ?? '', { words: '陪诊 9 小时' })
    expect(await look()).toMatchObject({ fits: false, unfit: { entryId: second?._id, onDate: FIRST, how: 'changed' } })
    await byHand(world, 'pointsEntries', second?._id ?? '', { words: second?.words })
    expect(await look()).toMatchObject({ fits: true, unfit: null })
  })

  test('names of people are no part of it: they can go', async () => {
    const [first] = await entries()
    await byHand(world, 'pointsEntries', first?._id ?? '', { 'by.name': '已注销' })
    expect(await look()).toMatchObject({ fits: true })
  })

  /** Rewrites a day's part and seal to fit its entries as they stand, and every later seal to follow, as whoever holds the database could. */
  async function rewriteSeals(): Promise<void> {
    const seals = await sealsOf(world)
    let before = ''
    for (const [index, seal] of seals.entries()) {
      const parts = [...seal.parts]
      if (index === 0) {
        const sealed = (await entries()).map((entry) => [entry._id, fingerprint(sealedOf(entry as unknown as PointsEntry))] as const)
        const [part] = parts
        await byHand(world, 'pointsSealParts', part?.partId ?? '', { entries: sealed })
        parts[0] = { partId: part?.partId ?? '', lastId: part?.lastId ?? '', hash: fingerprint(sealed) }
      }
      const chained = { ...seal, parts, before }
      before = fingerprint(chainedOf(chained))
      await byHand(world, 'pointsSeals', seal._id, { parts, before: chained.before, hash: before })
    }
  }
  const nightly = async () => {
    await world.emulator.fire('timers', 'selfCheck')
    return world.phone('o_mother').do('ledger.public', {})
  }

  test('an entry, its part and its seal rewritten to fit one another: the next night’s check names the day', async () => {
    expect(await nightly()).toMatchObject({ state: 'allTrue', unfitOn: null, unfitHow: null })
    const [, second] = await entries()
    await byHand(world, 'pointsEntries', second?._id ?? '', { words: '陪诊 9 小时' })
    await rewriteSeals()
    expect(await nightly()).toMatchObject({ state: 'lookedAt', unfitOn: FIRST, unfitHow: 'copy' })
    expect(await look()).toMatchObject({ fits: false, copyFits: false, unfit: { entryId: second?._id, onDate: FIRST, how: 'copy' } })
    // Made to owe a copy, the day does not get a new one over the one that tells.
    const [seal] = await sealsOf(world)
    await byHand(world, 'pointsSeals', seal?._id ?? '', { storedAs: null, unstoredAt: 1 })
    await sealAgain(world)
    expect((await sealsOf(world))[0]?.storedAs).toBe(seal?.storedAs)
    expect(await nightly()).toMatchObject({ state: 'lookedAt', unfitOn: FIRST, unfitHow: 'copy' })
    await byHand(world, 'pointsEntries', second?._id ?? '', { words: second?.words })
    await rewriteSeals()
    expect(await nightly()).toMatchObject({ state: 'allTrue', unfitOn: null })
  })

  test('a copy that was taken away is found, too', async () => {
    const [seal] = await sealsOf(world)
    await byHand(world, 'pointsSeals', seal?._id ?? '', { storedAs: null, unstoredAt: null, sealedAt: 1 })
    expect(await nightly()).toMatchObject({ unfitOn: FIRST, unfitHow: 'copy' })
    await byHand(world, 'pointsSeals', seal?._id ?? '', { storedAs: seal?.storedAs, sealedAt: seal?.sealedAt })
  })

  test('an entry that was added is named, then one that is missing', async () => {
    const [first, second, third] = await entries()
    await world.emulator.insert('pointsEntries', [{ ...second, _id: `${second?._id ?? ''}_again` }])
    expect(await look()).toMatchObject({ unfit: { entryId: `${second?._id ?? ''}_again`, how: 'added' } })
    await byHand(world, 'pointsEntries', first?._id ?? '', null)
    expect(await look()).toMatchObject({ unfit: { entryId: first?._id, how: 'missing' } })
    expect(third).toBeDefined()
  })

  test('residents read the seal, and do not set off a look', async () => {
    expect(await world.phone('o_mother').do('ledger.seal', { onDate: FIRST })).toMatchObject({ onDate: FIRST, look: null, shortHash: expect.stringMatching(/^[0-9A-F]{4} [0-9A-F]{4}$/) as string })
    expect(await world.phone('o_mother').codeOf('ledger.seal', { onDate: TODAY })).toBe('NOT_FOUND')
  })

  test('parts and seals that were rewritten to fit are found out by the copy that is kept apart', async () => {
    const seal = (await sealsOf(world))[0]
    await byHand(world, 'pointsSeals', seal?._id ?? '', { hash: 'f'.repeat(64) })
    expect((await look())?.copyFits).toBe(false)
  })
})
