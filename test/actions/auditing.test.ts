/** The check over the whole ledger: what was changed by hand is named, by the law that it breaks; and the page that any resident reads. */
import { addDays, civilDate, MINUTE } from '../../src/domain/civil-time'
import { laws, type Law } from '../../src/domain/laws'
import { newAccount, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import { newReward } from '../../src/domain/reward'
import { byHand, insertAll, ledgerOf, store, type Made } from './ledger-store'
import { MONDAY_NINE, startWorld, type World } from './world'

const FIRST = addDays(civilDate(MONDAY_NINE), -3)
let world: World
let made: Made
beforeAll(async () => {
  world = await startWorld()
  made = ledgerOf(1_200, 40, FIRST, 3)
  await store(world, made)
  await world.emulator.insert('rewards', [newReward('soap', 'dongliu', { kind: 'goods', name: '洗衣液', words: '2 千克', icon: 'soap', points: 20, stock: 50, perPerson: null, validFrom: FIRST, validUntil: null, merchantIds: ['shop'], collectDays: 7, communityIds: ['huaguang'], serviceItemId: null, settleFen: 800, isOpen: true })])
})
afterAll(() => world.stop())

const of = (kind: string, nth = 5): PointsEntry => made.entries.filter((entry) => entry.kind === kind)[nth] as PointsEntry
/** Changes a document, looks which laws are broken and by what, and puts it right again. */
async function brokenBy(collection: string, id: string, changes: Readonly<Record<string, unknown>>, before: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  await byHand(world, collection, id, changes)
  const broken = await world.brokenLaws()
  await byHand(world, collection, id, before)
  return broken
}
const named = (law: Law, id: string): string => `${laws[law]}: ${id}`

test('nothing is broken in a ledger that the rules wrote', async () => expect(await world.brokenLaws()).toEqual([]))

describe('one thing changed by hand in the database', () => {
  afterEach(async () => expect(await world.brokenLaws()).toEqual([]))

  test('an amount: the entry is named', async () => {
    const entry = of('visit')
    expect(await brokenBy('pointsEntries', entry._id, { amount: entry.amount + 100 }, { amount: entry.amount })).toContain(named('passbook', entry._id))
  })
  test('an amount and the printed balance beside it: the next line is named', async () => {
    const owner = [...made.accounts.values()].find((account) => account.seq > 6) as PointsAccount
    const lines = made.entries.filter((entry) => entry.ownerId === owner._id)
    const entry = lines.find((line) => line.kind === 'visit') as PointsEntry
    const after = lines.find((line) => line.seq === entry.seq + 1)
    expect(await brokenBy('pointsEntries', entry._id, { amount: entry.amount + 100, balance: entry.balance + 100 }, { amount: entry.amount, balance: entry.balance })).toContain(named('passbook', after?._id ?? ''))
  })
  test('the last line and its balance: the cover no longer fits, and the passbook is named', async () => {
    const last = made.entries.filter((entry) => entry.kind === 'visit' && entry.seq === made.accounts.get(entry.ownerId)?.seq)[0] as PointsEntry
    expect(await brokenBy('pointsEntries', last._id, { amount: last.amount + 1, balance: last.balance + 1 }, { amount: last.amount, balance: last.balance })).toContain(named('passbook', last.ownerId))
  })
  test('a balance on the cover', async () => {
    const account = [...made.accounts.values()][3] as PointsAccount
    const broken = await brokenBy('pointsAccounts', account._id, { 'balances.spendable': account.balances.spendable + 1000 }, { 'balances.spendable': account.balances.spendable })
    expect(broken).toEqual(expect.arrayContaining([named('passbook', account._id), named('zeroSum', '1000')]))
  })
  test('a line that is gone: the one after it is named', async () => {
    const entry = of('visit', 2)
    const next = made.entries.find((one) => one.ownerId === entry.ownerId && one.seq === entry.seq + 1)
    await byHand(world, 'pointsEntries', entry._id, null)
    const broken = await world.brokenLaws()
    await world.emulator.insert('pointsEntries', [entry])
    expect(broken).toContain(named('passbook', next?._id ?? entry.ownerId))
  })
  test('a gift that arrived with more than was given', async () => {
    const entry = of('giftIn')
    const broken = await brokenBy('pointsEntries', entry._id, { amount: entry.amount + 1 }, { amount: entry.amount })
    expect(broken.find((one) => one.startsWith(laws.transit))).toContain(entry._id)
  })
  test('an entry that pays a visit again under another name', async () => {
    const entry = of('visit', 9)
    const again: PointsEntry = { ...entry, _id: `${entry._id}_again` }
    await world.emulator.insert('pointsEntries', [again])
    const broken = await world.brokenLaws()
    await byHand(world, 'pointsEntries', again._id, null)
    expect(broken).toEqual(expect.arrayContaining([named('paidOnce', again._id), named('passbook', again._id)]))
  })
  test('hours that became spendable without a second person', async () => {
    const entry = of('visit', 11)
    const broken = await brokenBy('pointsEntries', entry._id, { from: `pending_${entry.ownerId}` }, { from: entry.from })
    expect(broken).toContain(named('pending', entry._id))
  })
  test('a reversal that names nothing', async () => {
    const entry = of('donatedToPot')
    expect(await brokenBy('pointsEntries', entry._id, { kind: 'reversal', reverses: 'visit_never' }, { kind: entry.kind, reverses: null })).toContain(named('reversal', entry._id))
  })
  test('stock that does not add up', async () => {
    expect(await brokenBy('rewards', 'soap', { remaining: 51 }, { remaining: 50 })).toEqual([named('stock', 'soap')])
  })
})

/** A passbook with points for something that waits to be collected. */
const holding = (id: string, subdistrictId: string, held: number): PointsAccount => ({ ...newAccount(id, { subdistrictId, communityId: 'huaguang', kind: 'person' }), balances: { spendable: 0, held, pending: 0 }, holdEndsAt: MONDAY_NINE })

describe('今日总账', () => {
  test('before any check it says so; after it, all is true, in words, with the sums of what is sealed', async () => {
    await world.emulator.fire('timers', 'sealDay')
    await world.emulator.fire('timers', 'selfCheck')
    const page = await world.phone('o_mother').do('ledger.public', {})
    expect(page).toMatchObject({ state: 'allTrue', sealedOn: addDays(FIRST, 2), entries: 1_200, shortHash: expect.stringMatching(/^[0-9A-F]{4} [0-9A-F]{4}$/) as string })
    const { issued, spendable, held, pending, pots, spent, expired, onTheWay } = page.sums
    expect(issued).toBe(spendable + held + pending + pots + spent + expired + onTheWay)
    expect(onTheWay).toBe(0)
    // What was taken since the last seal is held now, though no seal says so; only who asks for it waits for it.
    expect(page.heldNow).toBeUndefined()
    const heldNow = async () => (await world.phone('o_mother').do('ledger.public', { withHeld: true })).heldNow
    expect(await heldNow()).toBe(0)
    await world.emulator.insert('pointsAccounts', [holding('justNow', 'dongliu', 40), holding('faraway', 'elsewhere', 70)])
    expect(await heldNow()).toBe(40)
    for (const id of ['justNow', 'faraway']) await byHand(world, 'pointsAccounts', id, null)
    expect(page.days.map((day) => day.onDate)).toEqual([2, 1, 0].map((day) => addDays(FIRST, day)))
    expect(page.checks.every((check) => check.holds && !/[A-Za-z_]/.test(check.law))).toBe(true)
    expect(JSON.stringify(page)).not.toMatch(/saver\d|visit_/)
  })

  test('an entry changed after it was sealed: the button names it and how; residents hear that it is being looked at', async () => {
    const entry = of('visit', 20)
    await byHand(world, 'pointsEntries', entry._id, { words: '陪诊 8 小时' })
    await world.emulator.advance(6 * MINUTE)
    const found = await world.phone('o_social').do('ledger.check', {})
    expect(found).toMatchObject({ isFinished: true, entries: 1_200, unfit: { entryId: entry._id, onDate: entry.onDate, how: 'changed' } })
    expect(found.checks.filter((check) => !check.holds)).toEqual([{ law: laws.sealed, holds: false, checked: expect.any(Number) as number, broken: [entry._id] }])
    expect(await world.phone('o_mother').do('ledger.public', {})).toMatchObject({ state: 'lookedAt' })
    await byHand(world, 'pointsEntries', entry._id, { words: entry.words })
  })

  test('who presses again at once is told to wait', async () => {
    expect(await world.phone('o_admin').ask('ledger.check', {})).toMatchObject({ ok: false, error: { code: 'TOO_MANY_ATTEMPTS', details: { until: expect.any(Number) as number } } })
    await world.emulator.advance(6 * MINUTE)
    expect(await world.phone('o_admin').do('ledger.check', {})).toMatchObject({ isFinished: true, unfit: null })
  })

  test('a forged entry of nobody is missed by no law: the day no longer comes to what its seal says', async () => {
    const forged: PointsEntry = { ...of('visit', 30), _id: 'visit_forged', evidence: { what: 'visit', id: 'forged' }, ownerId: 'nobody', to: 'spendable_nobody' }
    await insertAll(world, 'pointsEntries', [forged])
    await world.emulator.advance(6 * MINUTE)
    expect(await world.phone('o_admin').do('ledger.check', {})).toMatchObject({ unfit: { entryId: 'visit_forged', how: 'added' } })
  })
})
