/** A doubt from the night's look to the reversal, with its points partly spent; honours and votes through the product's own actions. */
import { addDays, civilDate, DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import { FUND, merchantOf, newAccount, post, purseOf, withHold, type Draft, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import { sampleOf } from '../support/kills'
import { aBooking } from './examples'
import { byHand } from './ledger-store'
import { MONDAY_NINE, startWorld, type World } from './world'

const social = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null } as const
const YESTERDAY = MONDAY_NINE - DAY
const place = { subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'person' } as const

/** A passbook in which everything took effect long ago, put into the store. */
async function aPassbook(world: World, ownerId: string, drafts: readonly Draft[], at = YESTERDAY, from: PointsAccount = newAccount(ownerId, place)): Promise<PointsAccount> {
  const { account, entries } = post(from, drafts, at)
  await world.emulator.insert('pointsAccounts', [{ ...account, unsent: {}, unsettledAt: null }])
  await world.emulator.insert('pointsEntries', [...entries])
  return account
}
const visit = (ownerId: string, bookingId: string, aboutId = 'mother', amount = 20): Draft => ({
  id: `visit_${bookingId}`, from: FUND, to: purseOf('spendable', ownerId), amount, kind: 'visit', words: '陪诊 1 小时', about: { personId: aboutId, name: '王秀珍' }, evidence: { what: 'visit', id: bookingId }, policyVersion: 1, by: social,
  work: { earner: 'volunteer', serviceItemId: null, minutes: 60, onDate: civilDate(YESTERDAY) },
})
const flagsOf = (world: World, openid = 'o_admin') => world.phone(openid).do('flag.list', { status: 'open' })
const look = (world: World) => world.emulator.fire<{ ok: boolean; output: { flags: number } }>('timers', 'lookForFraud')

describe('a worker who was at two doors at once', () => {
  let world: World
  let flagId: string
  const bookings: string[] = []
  beforeAll(async () => {
    world = await startWorld()
    for (const startsAt of [YESTERDAY, YESTERDAY + 20 * MINUTE, YESTERDAY + 5 * HOUR]) {
      const id = await aBooking(world, 'confirmed')
      const moment = (at: number) => ({ at, provedAt: at, proof: 'elderTap', codeWindow: null, capturedAt: null })
      await byHand(world, 'bookings', id, { evidence: { checkIn: moment(startsAt), checkOut: moment(startsAt + HOUR), confirm: null, handover: null, confirmations: [] } })
      bookings.push(id)
    }
    const [first = '', second = '', third = ''] = bookings
    // 60 earned, 35 of them spent at a shop since.
    const earned = post(newAccount('worker', place), [visit('worker', first), visit('worker', second), visit('worker', third)], YESTERDAY + 6 * HOUR)
    const hold = { holdId: 'h', rewardId: 'soap', rewardName: '洗衣液', settleFen: 800, heldAt: YESTERDAY, forElderId: null, bookingId: null, merchantIds: ['shop'], codeId: null, endsAt: MONDAY_NINE }
    const spent: Draft[] = [
      { id: 'hold_h', from: purseOf('spendable', 'worker'), to: purseOf('held', 'worker'), amount: 35, kind: 'hold', words: '洗衣液', evidence: { what: 'redemption', id: 'h' }, by: social, hold },
      { id: 'settled_h', from: purseOf('held', 'worker'), to: merchantOf('shop'), amount: 35, kind: 'settled', words: '洗衣液', evidence: { what: 'redemption', id: 'h' }, by: social, hold, merchantId: 'shop' },
    ]
    await world.emulator.insert('pointsEntries', [...earned.entries])
    await aPassbook(world, 'worker', spent, YESTERDAY + 7 * HOUR, withHold(earned.account, 'h', null))
    expect(await world.brokenLaws()).toEqual([])
  })
  afterAll(() => world.stop())

  test('the night names it once, however often it looks', async () => {
    expect(await look(world)).toMatchObject({ result: { ok: true, output: { flags: 1 } } })
    expect(await look(world)).toMatchObject({ result: { ok: true, output: { flags: 0 } } })
    const { items } = await flagsOf(world)
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ rule: 'overlap', status: 'open', entries: 2, points: 40, communityName: '华光城', words: expect.stringContaining('重叠 40 分钟') as string })
    flagId = items[0]?.flagId ?? ''
  })

  test('opening it shows the entries with the times of the services; who is named decides nothing', async () => {
    const shown = await world.phone('o_social').do('flag.show', { flagId })
    expect(shown.lines.map((line) => [line.entryId, line.from, line.until, line.placeName, line.isReversed])).toEqual([
      [`visit_${bookings[0] ?? ''}`, YESTERDAY, YESTERDAY + HOUR, '华光城', false], [`visit_${bookings[1] ?? ''}`, YESTERDAY + 20 * MINUTE, YESTERDAY + HOUR + 20 * MINUTE, '华光城', false],
    ])
    expect(shown.people.map((one) => [one.name, one.as])).toEqual(expect.arrayContaining([['陈霞', 'earner'], ['李静', 'verifier']]))
    expect(shown.acts).toEqual([])
    expect((await world.phone('o_admin').do('flag.show', { flagId })).acts).toEqual(['dismiss', 'confirm'])
    // The worker's sister is an administrator, too.
    await byHand(world, 'people', 'worker', { kinIds: ['sister'] })
    await world.addPerson('sister', { openid: 'o_sister', name: '陈云', grants: [{ role: 'admin' }] })
    expect((await world.phone('o_sister').do('flag.show', { flagId })).acts).toEqual([])
    expect(await world.phone('o_sister').codeOf('flag.decide', { flagId, decision: 'dismissed', reason: '是我妹妹' })).toBe('OWN_CASE')
    expect(await world.phone('o_social').codeOf('flag.decide', { flagId, decision: 'dismissed', reason: '我核实的' })).toBe('NOT_ALLOWED')
  })

  test('confirmed, killed at any call and asked again: each entry is reversed once, what was spent is counted as short', async () => {
    const decision = { flagId, decision: 'confirmed', reason: '两位老人都说那天没来' } as const
    for (const nth of sampleOf([4, 6, 8, 10, 12, 14], 2)) {
      await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 4 === 0 ? 'before' : 'after', only: { functions: ['api'] } })
      await world.emulator.call('o_admin', { action: 'flag.decide', input: decision, requestId: 'decide-fraud-1', contractVersion: 1 })
    }
    await world.emulator.faults({})
    const outcome = await world.phone('o_admin').do('flag.decide', decision, 'decide-fraud-1')
    // 25 were left: 20 of the first entry, 5 of the second.
    expect(outcome).toEqual({ reversed: 2, taken: 25, shortBy: 15 })
    expect(await world.phone('o_admin').do('flag.decide', decision, 'decide-fraud-1')).toEqual(outcome)
    expect(await world.phone('o_admin').codeOf('flag.decide', { ...decision, decision: 'dismissed' })).toBe('WRONG_STATE')
    const { pointsAccounts = [], pointsEntries = [] } = await world.emulator.dump(['pointsAccounts', 'pointsEntries'])
    expect(pointsAccounts.find((account) => account['_id'] === 'worker')).toMatchObject({ balances: { spendable: 0, held: 0, pending: 0 } })
    expect((pointsEntries as unknown as PointsEntry[]).filter((entry) => entry.kind === 'reversal').map((entry) => [entry.reverses, entry.amount])).toEqual(expect.arrayContaining([[`visit_${bookings[0] ?? ''}`, 20], [`visit_${bookings[1] ?? ''}`, 5]]))
    const shown = await world.phone('o_admin').do('flag.show', { flagId })
    expect(shown).toMatchObject({ status: 'confirmed', decided: { byName: '孙洁', reversed: 2, taken: 25, shortBy: 15 }, acts: [] })
    expect(shown.lines.every((line) => line.isReversed)).toBe(true)
    expect((await world.phone('o_admin').do('flag.list', { status: 'decided' })).items).toHaveLength(1)
    await world.emulator.advance(10 * MINUTE)
    expect(await world.brokenLaws()).toEqual([])
    // What was confirmed is published: also what could not be taken back.
    await world.emulator.moveTo(MONDAY_NINE + DAY)
    await world.emulator.fire('timers', 'pointsReport')
    expect((await world.phone('o_neighbour').do('points.report', {})).fraud).toEqual({ count: 1, taken: 25, shortBy: 15, mayOpen: false })
    expect((await world.phone('o_social').do('points.report', {})).fraud.mayOpen).toBe(true)
    // What was taken back is no doubt any more.
    expect(await look(world)).toMatchObject({ result: { output: { flags: 0 } } })
  })
})

describe('hours from a desk', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  test('a burst is a flag; confirmed, hours that were approved go the whole way back', async () => {
    const clerk = { ...social, personId: 'socialTaigu', name: '周岚' }
    const hours = (ownerId: string, n: number): Draft => ({ id: `desk_d${n}`, from: FUND, to: purseOf('pending', ownerId), amount: 10, kind: 'desk', words: '陪聊 1 小时（补录）', evidence: { what: 'desk', id: `d${n}` }, policyVersion: 1, by: clerk })
    for (let n = 0; n < 5; n++) {
      const ownerId = `saver${n}`
      await world.addPerson(ownerId, { name: '示例老人' })
      const approved: Draft = { id: `deskApproved_d${n}`, from: purseOf('pending', ownerId), to: purseOf('spendable', ownerId), amount: 10, kind: 'deskApproved', words: '陪聊 1 小时（补录）', evidence: { what: 'desk', id: `d${n}` }, policyVersion: 1, by: social }
      await aPassbook(world, ownerId, n === 0 ? [hours(ownerId, n), approved] : [hours(ownerId, n)], YESTERDAY + n * MINUTE)
    }
    await look(world)
    const [flag] = (await flagsOf(world)).items
    expect(flag).toMatchObject({ rule: 'deskBurst', entries: 5, points: 50 })
    // Approved after the flag was opened: whoever approved is concerned all the same.
    await world.addPerson('second', { openid: 'o_second', name: '何芳', grants: [{ role: 'admin' }] })
    await world.emulator.insert('deskHours', [{ _id: 'd0', subdistrictId: 'dongliu', communityId: 'huaguang', personId: 'saver0', onDate: civilDate(YESTERDAY), startsAt: YESTERDAY - 2 * HOUR, endsAt: YESTERDAY - HOUR, decidedBy: { personId: 'second', name: '何芳', as: 'admin', kinship: null, scope: null } }])
    const approver = world.phone('o_second')
    expect((await approver.do('flag.show', { flagId: flag?.flagId ?? '' })).acts).toEqual([])
    expect(await approver.codeOf('flag.decide', { flagId: flag?.flagId ?? '', decision: 'dismissed', reason: '我同意过的' })).toBe('OWN_CASE')
    await look(world)
    expect((await flagsOf(world)).items[0]?.people).toContainEqual({ personId: 'second', name: '何芳', as: 'approver' })
    expect(await world.phone('o_admin').do('flag.decide', { flagId: flag?.flagId ?? '', decision: 'confirmed', reason: '名单是编的' })).toEqual({ reversed: 5, taken: 50, shortBy: 0 })
    const accounts = ((await world.emulator.dump(['pointsAccounts']))['pointsAccounts'] ?? []) as unknown as PointsAccount[]
    expect(accounts.map((account) => account.balances)).toEqual(accounts.map(() => ({ spendable: 0, held: 0, pending: 0 })))
    expect(await world.brokenLaws()).toEqual([])
  })

  test('dismissed with a reason, nothing moves and it does not come again this month', async () => {
    const drafts = Array.from({ length: 9 }, (_, n) => visit('colleague', `same${n}`))
    await aPassbook(world, 'colleague', drafts)
    await look(world)
    const [flag] = (await flagsOf(world)).items
    expect(flag).toMatchObject({ rule: 'oneVerifier', entries: 9 })
    expect(await world.phone('o_admin').do('flag.decide', { flagId: flag?.flagId ?? '', decision: 'dismissed', reason: '这个社区只有一位志愿者' })).toEqual({ reversed: 0, taken: 0, shortBy: 0 })
    await look(world)
    expect((await flagsOf(world)).items).toEqual([])
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('honours and votes', () => {
  let world: World
  const LAST_MONTH = '2026-10'
  beforeAll(async () => {
    world = await startWorld()
    const at = Date.parse('2026-10-05T02:00:00Z')
    await aPassbook(world, 'mother', [visit('mother', 'm1', 'neighbour'), visit('mother', 'm2', 'neighbour')], at)
    await aPassbook(world, 'neighbour', [visit('neighbour', 'n1'), visit('neighbour', 'n2', 'daughter')], at)
    await aPassbook(world, 'daughter', [visit('daughter', 'd1')], at)
  })
  afterAll(() => world.stop())

  test('the month is composed from its entries once; ties share a rank; my own row has its certificate', async () => {
    expect((await world.phone('o_mother').do('honour.list', {})).isComposed).toBe(false)
    await world.emulator.fire('timers', 'composeHonours')
    const before = (await world.emulator.dump(['honours', 'honourTallies']))
    await world.emulator.fire('timers', 'composeHonours')
    expect(await world.emulator.dump(['honours', 'honourTallies'])).toEqual(before)
    const { period, lists, periods } = await world.phone('o_mother').do('honour.list', { month: LAST_MONTH })
    expect({ period, periods }).toEqual({ period: LAST_MONTH, periods: [LAST_MONTH] })
    expect(lists.find((list) => list.categoryId === 'mostTimes')?.rows.map((row) => [row.rank, row.name, row.value, row.isTie, row.isMe, row.certificateNumber])).toEqual([
      [1, '王秀珍', 2, true, true, 'LL-202610-01-01'], [1, '周福生', 2, true, false, null], [3, '王敏', 1, false, false, null],
    ])
    // Who stands level with her has another number, and no other number changes when she leaves the list.
    const numberOf = async () => (await world.phone('o_neighbour').do('honour.list', { month: LAST_MONTH })).lists.find((list) => list.categoryId === 'mostTimes')?.rows.find((row) => row.isMe)?.certificateNumber
    expect(await numberOf()).toBe('LL-202610-01-02')
    await world.phone('o_mother').do('honour.optOut', { isOut: true })
    expect(await numberOf()).toBe('LL-202610-01-02')
    await world.phone('o_mother').do('honour.optOut', { isOut: false })
    expect(lists.find((list) => list.categoryId === 'mostPeople')?.rows[0]).toMatchObject({ name: '周福生', value: 2, isTie: false })
  })

  test('whoever does not want to be listed is not, and can come back', async () => {
    await world.phone('o_neighbour').do('honour.optOut', { isOut: true })
    const names = async () => (await world.phone('o_mother').do('honour.list', {})).lists.find((list) => list.categoryId === 'mostTimes')?.rows.map((row) => `${row.rank} ${row.name}`)
    expect(await names()).toEqual(['1 王秀珍', '2 王敏'])
    expect((await world.phone('o_neighbour').do('honour.list', {})).isOptedOut).toBe(true)
    await world.phone('o_neighbour').do('honour.optOut', { isOut: false })
    expect(await names()).toHaveLength(3)
  })

  test('a year is composed with its December', async () => {
    await world.emulator.moveTo(Date.parse('2026-12-31T19:00:00Z'))
    const { periods } = await world.phone('o_mother').do('honour.list', {})
    expect(periods).toEqual(expect.arrayContaining(['2026', '2026-12', '2026-11', '2026-10']))
    expect((await world.phone('o_mother').do('honour.list', { year: '2026' })).lists.find((list) => list.categoryId === 'mostTimes')?.rows[0]).toMatchObject({ rank: 1, value: 2 })
  })

  test('a vote: one each, however many phones press at once; nobody sees how it stands; counted after its last day', async () => {
    const today = civilDate((await world.emulator.clock()).now)
    const candidates = [{ candidateId: 'a', name: '示例甲', words: '天天买菜' }, { candidateId: 'b', name: '示例乙', words: '修灯' }]
    const { pollId } = await world.phone('o_admin').do('poll.open', { title: '最美邻居', words: '选一位', closesOn: addDays(today, 1), categories: [{ categoryId: 'warm', name: '最热心', candidates }] })
    const vote = (openid: string, candidateId: string) => world.phone(openid).codeOf('poll.vote', { pollId, categoryId: 'warm', candidateId })
    const pressed = await Promise.all(['a', 'b', 'a', 'b', 'a', 'b'].map((candidateId) => vote('o_mother', candidateId)))
    expect(pressed.filter((code) => code === 'OK')).toHaveLength(1)
    expect(pressed.filter((code) => code === 'LIMIT_REACHED')).toHaveLength(5)
    await world.addPerson('newcomer', { openid: 'o_newcomer', name: '示例新人', standing: 'unverified' })
    expect(await vote('o_newcomer', 'a')).toBe('UNVERIFIED')
    expect(await vote('o_stranger', 'a')).toBe('NOT_FOUND')
    expect([await vote('o_daughter', 'b'), await vote('o_neighbour', 'b'), await vote('o_social', 'b')]).toEqual(['OK', 'OK', 'OK'])
    const shown = await world.phone('o_admin').do('poll.show', { pollId })
    expect(shown).toMatchObject({ state: 'open', categories: [{ candidates: [{ votes: null, isFirst: false }, { votes: null, isFirst: false }] }] })
    await world.emulator.moveTo((await world.emulator.clock()).now + 2 * DAY)
    expect(await vote('o_worker', 'a')).toBe('WRONG_STATE')
    const counted = (await world.phone('o_mother').do('poll.show', { pollId })).categories[0]?.candidates.map((candidate) => [candidate.candidateId, candidate.votes, candidate.isFirst])
    expect(counted?.flatMap(([, votes]) => Number(votes)).reduce((sum, votes) => sum + votes, 0)).toBe(4)
    expect(counted?.find(([candidateId]) => candidateId === 'b')).toEqual(['b', expect.any(Number), true])
    expect(await world.phone('o_mother').do('poll.list', {})).toMatchObject({ polls: [{ pollId, state: 'closed', categories: 1, voted: 1 }] })
  })
})
