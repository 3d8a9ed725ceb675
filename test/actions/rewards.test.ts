/** What points are spent on: what a person could have and why not, what an administrator offers, and that its stock is neither lost nor given twice. */
import { CONTRACT_VERSION, type InputOf } from '../../src/contract'
import { DAY, MINUTE } from '../../src/domain/civil-time'
import { rewardHolds, type Reward } from '../../src/domain/reward'
import { addMerchants, aReward, aSpender, aVoucher, givePoints, rewardOf } from './reward-world'
import { startPointsWorld } from './points-world'
import { delegation, newRequestId, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startPointsWorld()
  await addMerchants(world)
})
afterAll(() => world.stop())

const rewardKept = async (id: string): Promise<Reward> => (await world.emulator.dump())['rewards']?.find((one) => one['_id'] === id) as unknown as Reward
const stateOf = async (personId: string, rewardId: string) => (await world.phone(`o_${personId}`).do('reward.show', { personId, rewardId })).reward
const admin = () => world.phone('o_admin')

const terms: InputOf<'reward.save'> = {
  kind: 'goods', name: '大米 5 公斤', words: '新米，一人一袋（示例）', icon: 'gift', points: 120, stock: 30, perPerson: { count: 1, per: 'month' }, validFrom: '2026-11-01', validUntil: '2026-12-31', merchantIds: ['grocer'], collectDays: 7,
  communityIds: ['huaguang'], serviceItemId: null, settleFen: 2800, isOpen: true,
}

describe('what a person could have', () => {
  test('够换 first, then what is nearest, each with what is missing and where it is collected', async () => {
    const spender = await aSpender(world, 100)
    const [cheap, dear, dearer, none, ofOthers, closed, over, coming] = await Promise.all([
      aReward(world, { points: 60, perPerson: { count: 2, per: 'year' } }), aReward(world, { points: 130 }), aReward(world, { points: 900 }), aReward(world, { points: 50, stock: 0, remaining: 0 }),
      aReward(world, { communityIds: ['taigu'] }), aReward(world, { isOpen: false }), aReward(world, { validUntil: '2026-11-22' }), aReward(world, { points: 40, validFrom: '2026-12-24' }),
    ])
    const { balance, items } = await world.phone(`o_${spender}`).do('reward.list', { personId: spender })
    expect(balance).toBe(100)
    const seen = items.filter(({ rewardId }) => [cheap, dear, dearer, none, ofOthers, closed, over, coming].includes(rewardId))
    expect(seen.map(({ rewardId, state, short }) => [rewardId, state, short])).toEqual([[cheap, 'ready', 0], [dear, 'short', 30], [dearer, 'short', 800], [coming, 'notYet', 0], [none, 'outOfStock', 0]])
    expect(seen[0]).toMatchObject({ limit: { count: 2, per: 'year', left: 2 }, merchants: [{ merchantId: 'barber', name: '示例理发店', address: '华光城 3 幢' }], validUntil: null, collectDays: 14 })
    const phone = world.phone(`o_${spender}`)
    for (const [rewardId, code] of [[ofOthers, 'NOT_FOUND'], [closed, 'NOT_OFFERED'], [over, 'NOT_OFFERED'], ['nothing-like-this', 'NOT_FOUND']] as const) expect(await phone.codeOf('reward.show', { personId: spender, rewardId })).toBe(code)
  })

  test('a limit counts what was redeemed in its month or year, and not what was given back', async () => {
    const spender = await aSpender(world)
    const rewardId = await aReward(world, { points: 10, perPerson: { count: 2, per: 'month' } })
    const first = await aVoucher(world, { ownerId: spender, rewardId })
    expect((await stateOf(spender, rewardId)).limit).toEqual({ count: 2, per: 'month', left: 1 })
    await aVoucher(world, { ownerId: spender, rewardId })
    expect(await stateOf(spender, rewardId)).toMatchObject({ state: 'limitReached', limit: { left: 0 } })
    expect(await world.phone(`o_${spender}`).codeOf('points.redeem', { personId: spender, rewardId })).toBe('LIMIT_REACHED')
    await world.phone(`o_${spender}`).do('points.cancelHold', { personId: spender, holdId: first.holdId })
    expect(await stateOf(spender, rewardId)).toMatchObject({ state: 'ready', limit: { left: 1 } })
  })

  test('somebody whom nobody has seen reads everything and spends nothing; family reads it with the scope', async () => {
    const unseen = await aSpender(world, 500, { standing: 'unverified' })
    const rewardId = await aReward(world)
    expect((await stateOf(unseen, rewardId)).state).toBe('unverified')
    const { delegates, delegateIds } = delegation('daughter', '王敏', ['spendPoints'])
    const elder = await aSpender(world, 500, { delegates, delegateIds })
    expect(await world.phone('o_daughter').codeOf('reward.list', { personId: elder })).toBe('OK')
    expect(await world.phone('o_daughter').codeOf('reward.list', { personId: 'mother' })).toBe('SCOPE_MISSING')
    expect(await world.phone('o_neighbour').codeOf('reward.list', { personId: elder })).toBe('NOT_FOUND')
  })

  test('a merchant that was closed is no longer shown as a place', async () => {
    const spender = await aSpender(world)
    const rewardId = await aReward(world, { merchantIds: ['barber', 'grocer'] })
    await admin().do('merchant.save', { merchantId: 'grocer', name: '示例便利店', phone: '0574-00000011', address: '华光城 3 幢', isOpen: false })
    expect((await stateOf(spender, rewardId)).merchants.map(({ merchantId }) => merchantId)).toEqual(['barber'])
    await admin().do('merchant.save', { merchantId: 'grocer', name: '示例便利店', phone: '0574-00000011', address: '华光城 3 幢', isOpen: true })
    expect((await stateOf(spender, rewardId)).merchants).toHaveLength(2)
  })
})

describe('what an administrator offers', () => {
  test('a new reward, changed later: what was redeemed keeps its price, and stock never falls below it', async () => {
    const requestId = newRequestId()
    const { rewardId } = await admin().do('reward.save', terms, requestId)
    expect(await admin().do('reward.save', terms, requestId)).toEqual({ rewardId })
    expect(await rewardKept(rewardId)).toMatchObject({ stock: 30, remaining: 30, taken: 0, holders: {}, subdistrictId: 'dongliu' })
    const { ownerId } = await aVoucher(world, { rewardId })
    await aVoucher(world, { rewardId })
    const before = await world.everything()
    const refused = await admin().ask('reward.save', { ...terms, rewardId, stock: 1 })
    expect(refused).toMatchObject({ ok: false, error: { code: 'BELOW_HELD', details: { held: 2 } } })
    expect(await admin().codeOf('reward.save', { ...terms, rewardId, kind: 'coupon' })).toBe('BAD_INPUT')
    expect(await world.everything()).toEqual(before)
    await admin().do('reward.save', { ...terms, rewardId, points: 150, stock: 2 })
    expect(await rewardKept(rewardId)).toMatchObject({ stock: 2, remaining: 0, points: 150 })
    expect((await world.phone(`o_${ownerId}`).do('points.codes', { personId: ownerId })).items).toMatchObject([{ points: 120 }])
    expect((await admin().do('reward.all', {})).rewards.find((one) => one.rewardId === rewardId)).toMatchObject({ stock: 2, remaining: 0, held: 2, taken: 0 })
    expect((await admin().do('admin.audit', {})).items).toContainEqual(expect.objectContaining({ what: 'rewardSaved', aboutName: '大米 5 公斤', byName: '孙洁' }))
  })

  test('places, dates and the service of care must be of here and make sense; nothing is written otherwise', async () => {
    const before = await world.everything()
    const wrong: readonly [Partial<InputOf<'reward.save'>>, string][] = [
      [{ merchantIds: ['farshop'] }, 'merchantIds'], [{ merchantIds: ['carehome'] }, 'merchantIds'], [{ merchantIds: ['grocer', 'grocer'] }, 'merchantIds'], [{ merchantIds: [] }, 'merchantIds'],
      [{ communityIds: ['faraway'] }, 'communityIds'], [{ validUntil: '2026-10-31' }, 'validUntil'], [{ serviceItemId: 'bathing' }, 'serviceItemId'], [{ kind: 'care' }, 'serviceItemId'],
      [{ kind: 'care', serviceItemId: 'bathing' }, 'merchantIds'], [{ points: 0 }, 'points'], [{ points: 1.5 }, 'points'], [{ points: 2 ** 53 }, 'points'], [{ stock: -1 }, 'stock'], [{ perPerson: { count: 0, per: 'month' } }, 'perPerson.count'],
    ]
    for (const [change, field] of wrong) expect([change, await admin().ask('reward.save', { ...terms, ...change })]).toMatchObject([change, { ok: false, error: { code: 'BAD_INPUT', details: { field } } }])
    for (const openid of ['o_mother', 'o_social', 'o_barber']) expect(await world.phone(openid).codeOf('reward.save', terms)).toBe('NOT_ALLOWED')
    expect(await world.everything()).toEqual(before)
    const { rewardId } = await admin().do('reward.save', { ...terms, kind: 'care', serviceItemId: 'bathing', merchantIds: ['carehome'] })
    expect(await world.phone('o_strange_admin').codeOf('reward.save', { ...terms, rewardId })).toBe('NOT_FOUND')
    expect((await admin().do('merchant.list', {})).providers).toContainEqual(expect.objectContaining({ merchantId: 'carehome', rewardNames: [terms.name] }))
    expect((await world.phone('o_strange_admin').do('reward.all', {})).rewards).toEqual([])
  })

  test('stock is changed while people redeem: held, taken and what is left still come to all there ever were', async () => {
    const rewardId = await aReward(world, { points: 5, stock: 12 })
    const spenders = await Promise.all(Array.from({ length: 10 }, () => aSpender(world)))
    const saves = [14, 11, 20].map((stock) => admin().codeOf('reward.save', { ...terms, kind: 'service', rewardId, points: 5, perPerson: null, stock }))
    const redeemed = await Promise.all(spenders.map((personId) => world.phone(`o_${personId}`).codeOf('points.redeem', { personId, rewardId })))
    expect((await Promise.all(saves)).filter((code) => !['OK', 'BELOW_HELD', 'TRY_AGAIN'].includes(code))).toEqual([])
    expect(redeemed.filter((code) => !['OK', 'TRY_AGAIN'].includes(code))).toEqual([])
    const kept = await rewardKept(rewardId)
    expect(rewardHolds(kept)).toBe(true)
    expect(Object.keys(kept.holders)).toHaveLength(redeemed.filter((code) => code === 'OK').length)
  })
})

describe('a crash between the stock and the passbook', () => {
  test('redeeming killed at its passbook leaves a place that is freed after two minutes; what is open stays', async () => {
    const rewardId = await aReward(world, { stock: 5 })
    const open = await aVoucher(world, { rewardId })
    const spender = await aSpender(world)
    // session, person, passbook, reward, stock; then the passbook
    await world.emulator.faults({ killFunction: { nth: [6] }, killWhen: 'before', only: { functions: ['api'], operations: ['database.'] } })
    await world.emulator.call(`o_${spender}`, { action: 'points.redeem', input: { personId: spender, rewardId }, requestId: newRequestId(), contractVersion: CONTRACT_VERSION })
    await world.emulator.faults({})
    await world.emulator.fire('timers', 'settleStock')
    expect(await rewardKept(rewardId)).toMatchObject({ remaining: 3 })
    expect(Object.keys((await rewardKept(rewardId)).holders)).toHaveLength(2)
    await world.emulator.advance(5 * MINUTE)
    const settled = await rewardKept(rewardId)
    expect(settled).toMatchObject({ remaining: 4, taken: 0, unsettledAt: null })
    expect(Object.keys(settled.holders)).toEqual([open.holdId])
    await world.emulator.fire('timers', 'settleStock')
    expect(await rewardKept(rewardId)).toEqual(settled)
  })

  test('the sweep looks what became of each place: collected ones count as taken, open ones stay, the rest goes back', async () => {
    const [open, used, given] = [await aVoucher(world), await aVoucher(world), await aVoucher(world)]
    await world.phone('o_barber').do('merchant.settleVoucher', { code: used.code })
    await world.phone(`o_${given.ownerId}`).do('points.cancelHold', { personId: given.ownerId, holdId: given.holdId })
    const at = (await world.emulator.clock()).now
    const placeOf = ({ holdId, ownerId }: typeof open) => [holdId, { ownerId, at }] as const
    const rewardId = await aReward(world, { stock: 7, remaining: 2, unsettledAt: at, holders: { ...Object.fromEntries([open, used, given].map(placeOf)), neverMade: { ownerId: open.ownerId, at }, nobodys: { ownerId: 'nobody', at } } })
    await world.emulator.advance(5 * MINUTE)
    const settled = await rewardKept(rewardId)
    expect(settled).toMatchObject({ remaining: 5, taken: 1, unsettledAt: null })
    expect(Object.keys(settled.holders)).toEqual([open.holdId])
    expect(rewardHolds(settled)).toBe(true)
  })
})

describe('what is published', () => {
  test('the month adds up the sealed days, says what could be had and how long people waited, and opens its records without a name', async () => {
    const [spender, other] = [await aSpender(world, 400), await aSpender(world, 300)]
    const rewardId = await aReward(world, { points: 50, stock: 10 })
    const voucher = await aVoucher(world, { ownerId: spender, rewardId })
    const given = await aVoucher(world, { ownerId: other, rewardId })
    await world.phone(`o_${other}`).do('points.cancelHold', { personId: other, holdId: given.holdId })
    await world.emulator.advance(DAY)
    await world.phone('o_barber').do('merchant.settleVoucher', { code: voucher.code })
    await world.emulator.advance(DAY)
    const { now } = await world.emulator.clock()
    const report = await world.phone('o_neighbour').do('points.report', {})
    expect(report).toMatchObject({ month: '2026-11', upToOn: new Date(now - DAY + 8 * 3_600_000).toISOString().slice(0, 10), isFinal: false })
    const figure = (name: string) => report.figures.find((one) => one.figure === name)
    const entries = ((await world.emulator.dump())['pointsEntries'] ?? []).filter((entry) => entry['subdistrictId'] === 'dongliu')
    const sum = (kinds: readonly string[]) => entries.filter((entry) => kinds.includes(String(entry['kind']))).reduce((points, entry) => points + Number(entry['amount']), 0)
    expect(figure('earned')?.points).toBe(sum(['byHand']))
    expect(figure('redeemed')?.points).toBe(sum(['hold']))
    expect(figure('collected')?.points).toBe(sum(['settled']))
    expect(figure('returned')?.points).toBe(sum(['cancelled', 'lapsed']))
    expect(report.outstanding).toBe(sum(['byHand']) - sum(['settled']))
    expect(report.held).toBe(sum(['hold']) - sum(['settled', 'cancelled', 'lapsed']))
    expect(report.waitMs).toBeGreaterThan(0)
    expect(report.coverage.worth).toBe(report.coverage.rewards.reduce((worth, one) => worth + one.points * one.remaining, 0))
    expect(report.coverage.rewards.find((one) => one.rewardId === rewardId)).toEqual({ rewardId, name: '理发券', icon: 'scissors', points: 50, remaining: 9 })
    expect(report.coverage.percent).toBe(Math.floor((report.coverage.worth * 100) / report.outstanding))
    expect(report.months).toEqual([{ month: '2026-11', earned: figure('earned')?.points, collected: figure('collected')?.points, outstanding: report.outstanding }])

    // Every figure opens exactly what it counts, a page at a time.
    for (const { figure: name, count, points } of report.figures) {
      const lines = []
      for (let cursor: string | undefined; ; ) {
        const page = await world.phone('o_neighbour').do('points.records', { month: '2026-11', figure: name, ...(cursor === undefined ? {} : { cursor }) })
        lines.push(...page.items)
        if (page.nextCursor === null) break
        cursor = page.nextCursor
      }
      expect([name, lines.length, lines.reduce((total, line) => total + line.amount, 0)]).toEqual([name, count, points])
      expect(lines.filter((line) => line.entryId !== null)).toEqual([])
      expect(JSON.stringify(lines)).not.toContain('示例居民')
    }
    expect((await admin().do('points.records', { month: '2026-11', figure: 'collected' })).items[0]?.entryId).toBe(`settled_${voucher.holdId}`)
    expect(await world.phone('o_neighbour').codeOf('points.report', { month: '2026-10' })).toBe('NOT_FOUND')
    expect(await world.phone('o_stranger').do('points.report', {})).toMatchObject({ month: null, months: [], outstanding: 0, coverage: { worth: 0, percent: null } })
  })

  test('composed again it is the same; a month that is over stays as it was published', async () => {
    const reports = async () => (await world.emulator.dump())['pointsReports']
    const before = await reports()
    await world.emulator.fire('timers', 'pointsReport')
    expect(await reports()).toEqual(before)
    await world.emulator.moveTo(Date.UTC(2026, 11, 1, 0, 0))
    const november = await world.phone('o_neighbour').do('points.report', { month: '2026-11' })
    expect(november).toMatchObject({ upToOn: '2026-11-30', isFinal: true })
    await givePoints(world, 'neighbour', 77)
    await world.emulator.insert('rewards', [rewardOf('afterwards', { points: 1 })])
    await world.emulator.fire('timers', 'pointsReport')
    expect(await world.phone('o_neighbour').do('points.report', { month: '2026-11' })).toEqual(november)
  })
})
