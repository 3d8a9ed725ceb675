/** The passbook through the product's actions: redeemed and given back, given and donated, visits paid with points, credits by hand, reversals, merge and erasure. */
import type { Booking } from '../../src/domain/booking-record'
import { civilDate, DAY, instantOf, MINUTE } from '../../src/domain/civil-time'
import { balancesOf, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import type { Reward } from '../../src/domain/reward'
import { aBooking, aNeed } from './examples'
import { pointsPolicy } from './points-policy'
import { startPointsWorld } from './points-world'
import { addMerchants, aReward, aSpender, givePoints } from './reward-world'
import { bathing, delegation, MONDAY_NINE, newRequestId, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startPointsWorld()
  await addMerchants(world)
})
afterAll(() => world.stop())

type Stored = { pointsEntries: PointsEntry[]; pointsAccounts: PointsAccount[]; rewards: Reward[]; bookings: Booking[] }
const stored = async (): Promise<Stored> => ({ pointsEntries: [], pointsAccounts: [], rewards: [], bookings: [], ...((await world.everything()) as unknown as Partial<Stored>) })
const accountOf = async (id: string): Promise<PointsAccount | undefined> => (await stored()).pointsAccounts.find((account) => account._id === id)
const rewardOf = async (id: string): Promise<Reward | undefined> => (await stored()).rewards.find((reward) => reward._id === id)
const bookingOf = async (id: string): Promise<Booking | undefined> => (await stored()).bookings.find((booking) => booking._id === id)
const phone = (personId: string) => world.phone(`o_${personId}`)
const total = (account: PointsAccount | undefined): number => Object.values(account?.balances ?? {}).reduce((sum, points) => sum + points, 0)

/** Every entry of the store, also those that wait, adds up to zero, and to the balances. */
async function ensureConserved(): Promise<void> {
  const { pointsEntries, pointsAccounts } = await stored()
  const entries = [...new Map([...pointsEntries, ...pointsAccounts.flatMap((account) => Object.values(account.unsent))].map((entry) => [entry._id, entry])).values()]
  const balances = balancesOf(entries)
  expect([...balances.values()].reduce((sum, points) => sum + points, 0)).toBe(0)
  for (const account of pointsAccounts) for (const [purse, points] of Object.entries(account.balances)) expect({ account: account._id, purse, points: balances.get(`${purse}_${account._id}`) ?? 0 }).toEqual({ account: account._id, purse, points })
}
afterEach(ensureConserved)

describe('redeeming', () => {
  test('puts points and one of the stock aside, shows a code of eight digits, and says so in the passbook', async () => {
    const [id, rewardId] = [await aSpender(world, 1000), await aReward(world, { stock: 3 })]
    const { code, holdId, balance } = await phone(id).do('points.redeem', { personId: id, rewardId })
    expect({ code: /^\d{8}$/.test(code ?? ''), balance }).toEqual({ code: true, balance: 920 })
    expect(await rewardOf(rewardId)).toMatchObject({ remaining: 2, taken: 0, holders: { [holdId]: { ownerId: id } } })
    const page = await phone(id).do('points.passbook', { personId: id })
    expect(page.cover).toMatchObject({ spendable: 920, held: 80, pending: 0, openCodes: 1, maySpend: true, isMe: true })
    expect(page.items.map(({ kind, words, change, balance: left }) => [kind, words, change, left])).toEqual([['hold', '理发券', -80, 920], ['byHand', '示例补记', 1000, 1000]])
    expect(page.months).toEqual([{ month: civilDate(MONDAY_NINE).slice(0, 7), in: 1000, out: 80 }])
    const { items } = await phone(id).do('points.codes', { personId: id })
    expect(items).toMatchObject([{ code, rewardName: '理发券', points: 80, forName: null, merchants: [{ name: '示例理发店' }] }])
  })

  test('the digits stand in the passbook alone: entries keep what they are found by', async () => {
    const [id, rewardId] = [await aSpender(world), await aReward(world)]
    const { code } = await phone(id).do('points.redeem', { personId: id, rewardId })
    expect(JSON.stringify((await stored()).pointsEntries)).not.toContain(code)
  })

  test('cancelled, points and stock come back, and no limit counts it', async () => {
    const [id, rewardId] = [await aSpender(world), await aReward(world, { perPerson: { count: 1, per: 'month' } })]
    const { holdId } = await phone(id).do('points.redeem', { personId: id, rewardId })
    expect(await phone(id).codeOf('points.redeem', { personId: id, rewardId })).toBe('LIMIT_REACHED')
    expect(await phone(id).do('points.cancelHold', { personId: id, holdId })).toEqual({ balance: 1000 })
    expect(await rewardOf(rewardId)).toMatchObject({ remaining: 20, holders: {}, taken: 0 })
    expect(await phone(id).codeOf('points.cancelHold', { personId: id, holdId })).toBe('NOT_FOUND')
    expect(await phone(id).codeOf('points.redeem', { personId: id, rewardId })).toBe('OK')
  })

  test('what nobody collects runs out and comes back by itself, once', async () => {
    const [id, rewardId] = [await aSpender(world), await aReward(world, { collectDays: 1 })]
    await phone(id).do('points.redeem', { personId: id, rewardId })
    await world.emulator.advance(2 * DAY)
    expect(await accountOf(id)).toMatchObject({ balances: { spendable: 1000, held: 0 }, holds: {}, holdEndsAt: null, unsent: {} })
    expect(await rewardOf(rewardId)).toMatchObject({ remaining: 20, holders: {} })
    const kinds = (await phone(id).do('points.passbook', { personId: id })).items.map((line) => line.kind)
    await world.emulator.advance(MINUTE)
    expect((await phone(id).do('points.passbook', { personId: id })).items.map((line) => line.kind)).toEqual(kinds)
    expect(kinds).toEqual(['lapsed', 'hold', 'byHand'])
  })

  test('more than there is, unseen people, closed and foreign rewards are refused, and nothing is written', async () => {
    const poor = await aSpender(world, 79)
    const unseen = await aSpender(world, 1000, { standing: 'unverified' })
    const far = await aSpender(world, 1000, { communityId: 'taigu' })
    const [rewardId, gone, here, closed, elsewhere] = [await aReward(world), await aReward(world, { stock: 0, remaining: 0 }), await aReward(world, { communityIds: ['huaguang'] }), await aReward(world, { isOpen: false }), await aReward(world, { subdistrictId: 'elsewhere' })]
    const before = await world.everything()
    expect(await phone(poor).codeOf('points.redeem', { personId: poor, rewardId })).toBe('POINTS_SHORT')
    expect(await phone(unseen).codeOf('points.redeem', { personId: unseen, rewardId })).toBe('UNVERIFIED')
    expect(await phone(far).codeOf('points.redeem', { personId: far, rewardId: gone })).toBe('OUT_OF_STOCK')
    expect(await phone(far).codeOf('points.redeem', { personId: far, rewardId: here })).toBe('NOT_OFFERED')
    expect(await phone(far).codeOf('points.redeem', { personId: far, rewardId: closed })).toBe('NOT_OFFERED')
    expect(await phone(far).codeOf('points.redeem', { personId: far, rewardId: elsewhere })).toBe('NOT_FOUND')
    expect(await phone(poor).codeOf('points.redeem', { personId: far, rewardId })).toBe('NOT_FOUND')
    expect(await world.everything()).toEqual(before)
  })

  test('family with the right to spend redeems for the elder; the passbook says who it was (law 5)', async () => {
    await world.addPerson('spendhelper', { openid: 'o_spendhelper', name: '示例女儿' })
    const id = await aSpender(world, 200, delegation('spendhelper', '示例女儿', ['spendPoints']))
    const { holdId } = await phone('spendhelper').do('points.redeem', { personId: id, rewardId: await aReward(world) })
    const [line] = (await phone(id).do('points.passbook', { personId: id })).items
    expect(line).toMatchObject({ entryId: `hold_${holdId}`, by: { name: '示例女儿', as: 'family', kinship: '女儿' } })
    expect((await phone('spendhelper').do('points.codes', { personId: id })).items).toHaveLength(1)
    await world.emulator.advance(2 * MINUTE)
    expect((await phone(id).do('account.log', { personId: id })).items).toMatchObject([{ what: 'pointsSpent', byName: '示例女儿', as: 'family', scope: 'spendPoints', purpose: '理发券，80 分' }])
    await phone('spendhelper').do('points.cancelHold', { personId: id, holdId })
    expect((await phone(id).do('account.log', { personId: id })).items.map((item) => item.what)).toEqual(['pointsReturned', 'pointsSpent'])
  })
})

describe('giving', () => {
  test('to a bound elder: two lines, one in each passbook; the month’s limit holds for both', async () => {
    const giver = await aSpender(world, 1000)
    const elder = await aSpender(world, 5, delegation(giver, '示例居民'))
    expect(await phone(giver).do('points.give', { personId: giver, toPersonId: elder, amount: 150, words: '给妈妈洗澡' })).toMatchObject({ balance: 850 })
    const [out] = (await phone(giver).do('points.passbook', { personId: giver })).items
    expect(out).toMatchObject({ kind: 'giftOut', change: -150, words: '给妈妈洗澡', aboutName: '示例居民', balance: 850 })
    const [into] = (await phone(elder).do('points.passbook', { personId: elder })).items
    expect(into).toMatchObject({ kind: 'giftIn', change: 150, balance: 155 })
    expect(await phone(giver).ask('points.give', { personId: giver, toPersonId: elder, amount: 51 })).toMatchObject({ error: { code: 'LIMIT_REACHED', details: { left: 50 } } })
    expect(await phone(giver).codeOf('points.give', { personId: giver, toPersonId: elder, amount: 50 })).toBe('OK')
    expect(await phone(giver).do('points.giveChoices', { personId: giver })).toMatchObject({ leftThisMonth: 0, people: [{ personId: elder }], potName: '华光城爱心池' })
  })

  test('nobody gives to themselves, to a stranger, for somebody else, or before they were seen', async () => {
    const [giver, other] = [await aSpender(world, 100), await aSpender(world, 100)]
    const unseen = await aSpender(world, 100, { standing: 'unverified', kinIds: [other] })
    expect(await phone(giver).codeOf('points.give', { personId: giver, toPersonId: giver, amount: 1 })).toBe('SAME_PERSON')
    expect(await phone(giver).codeOf('points.give', { personId: giver, toPersonId: other, amount: 1 })).toBe('NO_MATCH')
    expect(await phone(giver).codeOf('points.give', { personId: giver, toPersonId: 'stranger', amount: 1 })).toBe('NO_MATCH')
    expect(await phone(giver).codeOf('points.give', { personId: giver, toPersonId: 'nobody-like-this', amount: 1 })).toBe('NO_MATCH')
    expect(await phone(giver).codeOf('points.give', { personId: other, toPersonId: giver, amount: 1 })).toBe('NOT_FOUND')
    expect(await phone(unseen).codeOf('points.give', { personId: unseen, toPersonId: other, amount: 1 })).toBe('UNVERIFIED')
    expect(await phone(unseen).codeOf('points.donate', { personId: unseen, amount: 1, to: { what: 'pot' } })).toBe('UNVERIFIED')
  })

  test('a donation to the pot needs no limit; one to a need reaches the elder, and neither hears of the other', async () => {
    const giver = await aSpender(world, 1000)
    expect(await phone(giver).do('points.donate', { personId: giver, amount: 300, to: { what: 'pot' } })).toMatchObject({ balance: 700 })
    const needId = await aNeed(world, 100)
    const need = async () => ((await world.everything())['needs'] ?? []).find((one) => one['_id'] === needId)
    const elderId = String((await need())?.['elderId'])
    expect(await phone(giver).do('points.donate', { personId: giver, amount: 60, to: { what: 'need', needId } })).toMatchObject({ balance: 640 })
    expect(await need()).toMatchObject({ given: 60 })
    expect(await accountOf(elderId)).toMatchObject({ balances: { spendable: 60 } })
    expect((await phone(giver).do('points.passbook', { personId: giver })).items[0]).toMatchObject({ words: '爱心互助', aboutName: null, change: -60 })
    expect((await world.phone('o_social').do('points.passbook', { personId: elderId })).items[0]).toMatchObject({ kind: 'giftIn', aboutName: null, by: null })
    expect(await phone(giver).ask('points.donate', { personId: giver, amount: 41, to: { what: 'need', needId } })).toMatchObject({ error: { code: 'LIMIT_REACHED', details: { left: 40 } } })
    expect((await phone(giver).do('need.list', {})).items.find((one) => one.needId === needId)).toMatchObject({ given: 60, elderName: null })
    expect((await world.phone('o_social').do('need.list', { mine: true })).items.find((one) => one.needId === needId)?.elderName).toBe('示例老人')
    await world.phone('o_social').do('need.close', { needId, words: '已经够了' })
    expect(await phone(giver).codeOf('points.donate', { personId: giver, amount: 1, to: { what: 'need', needId } })).toBe('WRONG_STATE')
  })

  test('a need is opened for a seen elder who agreed, once, and without a name', async () => {
    await world.addPerson('asking', { name: '李桂花' })
    const ask = (input: { hasConsent?: boolean; words?: string }) => world.phone('o_social').codeOf('need.open', { elderId: 'asking', words: '想请人陪诊', wanted: 50, hasConsent: true, ...input })
    expect(await ask({ hasConsent: false })).toBe('CONSENT_REQUIRED')
    expect(await ask({ words: '李桂花想请人陪诊' })).toBe('BAD_INPUT')
    expect(await ask({})).toBe('OK')
    expect(await ask({})).toBe('ALREADY_BOOKED')
  })
})

describe('a visit that points pay', () => {
  let careId: string
  beforeAll(async () => {
    careId = await aReward(world, { kind: 'care', name: '助浴一次', points: 120, serviceItemId: bathing._id, merchantIds: [bathing.providerId] })
    await givePoints(world, 'mother', 500)
    await givePoints(world, 'daughter', 130)
  })

  test('offered to the elder and to family; held when it is paid, spent at the provider when it is verified', async () => {
    const bookingId = await aBooking(world, 'assigned')
    expect(await world.phone('o_daughter').do('points.visitOffer', { bookingId })).toMatchObject({ offer: { rewardId: careId, points: 120 }, payers: [{ personId: 'daughter', isMe: true, spendable: 130, isEnough: true }], paid: null })
    expect((await world.phone('o_mother').do('points.visitOffer', { bookingId })).payers).toMatchObject([{ personId: 'mother', spendable: 500 }])
    expect(await world.phone('o_daughter').do('points.payVisit', { bookingId, personId: 'daughter' })).toMatchObject({ points: 120, balance: 10 })
    expect(await world.phone('o_mother').do('points.visitOffer', { bookingId })).toMatchObject({ offer: null, paid: { points: 120, payerName: '王敏', state: 'held', mayUndo: false } })
    expect(await world.phone('o_mother').codeOf('points.payVisit', { bookingId, personId: 'mother' })).toBe('WRONG_STATE')
    const booking = await bookingOf(bookingId)
    await world.emulator.passTo((booking?.startsAt ?? 0) + MINUTE)
    expect(await world.phone('o_daughter').codeOf('points.unpayVisit', { bookingId })).toBe('WRONG_STATE')
    const door = async () => (await world.phone('o_mother').do('visit.doorCode', { bookingId })).code
    await world.phone('o_worker').do('visit.checkIn', { bookingId, code: await door() })
    await world.emulator.pass(40 * MINUTE)
    await world.phone('o_worker').do('visit.checkOut', { bookingId, code: await door() })
    await world.phone('o_mother').do('visit.confirm', { bookingId, satisfaction: 'satisfied' })
    await world.phone('o_social').do('visit.verify', { bookingId, outcome: 'verified' })
    expect((await bookingOf(bookingId))?.points).toMatchObject({ paid: { ownerId: 'daughter', state: 'posted' }, earned: { ownerId: 'worker' } })
    expect(await accountOf('daughter')).toMatchObject({ balances: { spendable: 10, held: 0 }, holds: {} })
    const { pointsEntries } = await stored()
    expect(pointsEntries.find((entry) => entry.kind === 'settled' && entry.evidence.id === bookingId)).toMatchObject({ to: 'merchant_carehome', merchantId: 'carehome', amount: 120 })
    expect(await rewardOf(careId)).toMatchObject({ taken: 1, holders: {} })
  })

  test('given up, rejected or undone: the points come back', async () => {
    const startsAt = (await world.emulator.clock()).now + 10 * DAY
    const [givenUp, undone] = [await aBooking(world, 'booked', { startsAt, endsAt: startsAt + DAY }), await aBooking(world, 'booked', { startsAt, endsAt: startsAt + DAY })]
    const before = total(await accountOf('mother'))
    await world.phone('o_mother').do('points.payVisit', { bookingId: givenUp, personId: 'mother' })
    await world.phone('o_mother').do('booking.cancel', { bookingId: givenUp })
    await world.phone('o_mother').do('points.payVisit', { bookingId: undone, personId: 'mother' })
    await world.phone('o_mother').do('points.unpayVisit', { bookingId: undone })
    expect(await accountOf('mother')).toMatchObject({ balances: { spendable: before, held: 0 } })
    expect((await bookingOf(givenUp))?.points?.paid?.state).toBe('returned')
    expect((await bookingOf(undone))?.points?.paid?.state).toBe('returned')
    expect(await world.phone('o_mother').codeOf('points.payVisit', { bookingId: undone, personId: 'mother' })).toBe('OK')
    await world.phone('o_mother').do('points.unpayVisit', { bookingId: undone })
  })

  test('asked again while the first copy is half-way, or after it died there, the answer is the same', async () => {
    const startsAt = (await world.emulator.clock()).now + 10 * DAY
    const bookingId = await aBooking(world, 'booked', { startsAt, endsAt: startsAt + DAY })
    const pay = (key: string) => world.phone('o_mother').ask('points.payVisit', { bookingId, personId: 'mother' }, key)
    const key = newRequestId()
    // The points are put aside; the entry, and what the visit says of it, are not written.
    await world.emulator.faults({ killFunction: { nth: [1] }, killWhen: 'after', only: { functions: ['api'], operations: ['database.modifyDocument', 'database.updateDocument'], collections: ['pointsAccounts'] } })
    await pay(key).catch(() => null)
    await world.emulator.faults({})
    expect((await accountOf('mother'))?.unsettledAt).not.toBeNull()
    expect((await bookingOf(bookingId))?.points?.paid).toBeUndefined()
    expect(await pay(key)).toMatchObject({ ok: true, output: { points: 120 } })
    expect((await bookingOf(bookingId))?.points?.paid?.state).toBe('held')
    await world.phone('o_mother').do('points.unpayVisit', { bookingId })
  })

  test('somebody who is not family does not pay, nor does anybody for a service that is not offered', async () => {
    const startsAt = (await world.emulator.clock()).now + 10 * DAY
    const bookingId = await aBooking(world, 'booked', { startsAt })
    const stranger = await aSpender(world, 500)
    expect(await phone(stranger).codeOf('points.payVisit', { bookingId, personId: stranger })).toBe('NOT_FOUND')
    expect(await world.phone('o_mother').codeOf('points.redeem', { personId: 'mother', rewardId: careId })).toBe('NOT_OFFERED')
  })
})

describe('by hand, and taken back', () => {
  test('up to the limit one administrator, above it two, never for oneself or family', async () => {
    const id = await aSpender(world, 10)
    const enter = (openid: string, ownerId: string, amount: number) => world.phone(openid).ask('points.byHand', { ownerId, amount, words: '活动补记', reason: '签到表在社区' })
    expect(await enter('o_admin', id, 50)).toMatchObject({ output: { status: 'approved' } })
    const waiting = await enter('o_admin', id, 51)
    expect(waiting).toMatchObject({ output: { status: 'waiting', entryId: null } })
    const byHandId = waiting.ok ? waiting.output.byHandId : ''
    expect(await world.phone('o_admin').codeOf('points.byHandDecide', { byHandId, isApproved: true })).toBe('SECOND_PERSON')
    expect(await world.phone('o_admin2').do('points.byHandDecide', { byHandId, isApproved: true })).toMatchObject({ status: 'approved' })
    expect(await world.phone('o_admin2').codeOf('points.byHandDecide', { byHandId, isApproved: false, reason: '不对' })).toBe('WRONG_STATE')
    expect(await accountOf(id)).toMatchObject({ balances: { spendable: 111 } })
    expect(await enter('o_admin', 'admin', 5)).toMatchObject({ error: { code: 'OWN_CASE' } })
    await world.addPerson('adminsSon', { name: '示例儿子', kinIds: ['admin', 'admin2'] })
    expect(await enter('o_admin', 'adminsSon', 5)).toMatchObject({ error: { code: 'OWN_CASE' } })
    expect((await world.phone('o_admin').do('points.byHandList', {})).items.find((item) => item.byHandId === byHandId)).toMatchObject({ amount: 51, decided: { byName: '何芳' } })
  })

  test('a line is taken back by another that names it, once; a reversal never is', async () => {
    const id = await aSpender(world, 40)
    const { entryId } = await world.phone('o_admin').do('points.reverse', { entryId: `byHand_${id}`, reason: '记错人了' })
    expect(await accountOf(id)).toMatchObject({ balances: { spendable: 0 } })
    expect(await world.phone('o_admin').do('points.entry', { entryId: `byHand_${id}` })).toMatchObject({ reversedBy: { entryId, words: '记错人了' }, acts: [] })
    expect(await world.phone('o_admin2').codeOf('points.reverse', { entryId: `byHand_${id}`, reason: '再来一次' })).toBe('WRONG_STATE')
    expect(await world.phone('o_admin').codeOf('points.reverse', { entryId, reason: '又记错了' })).toBe('WRONG_STATE')
    const spent = await aSpender(world, 80)
    const { holdId } = await phone(spent).do('points.redeem', { personId: spent, rewardId: await aReward(world) })
    expect(await world.phone('o_admin').ask('points.reverse', { entryId: `byHand_${spent}`, reason: '记错人了' })).toMatchObject({ error: { code: 'POINTS_SHORT', details: { balance: 0 } } })
    expect(await world.phone('o_admin').codeOf('points.reverse', { entryId: `hold_${holdId}`, reason: '记错人了' })).toBe('WRONG_STATE')
  })
})

describe('a group', () => {
  test('owns a passbook that its members read; its leader donates from it, and nobody redeems', async () => {
    const [leader, member] = [await aSpender(world, 1), await aSpender(world, 1)]
    await world.emulator.insert('groups', [{ _id: 'choir', version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', name: '示例合唱队', leader: { personId: leader, name: '示例居民' }, leaderId: leader, members: [], memberIds: [leader, member], isOpen: true, savedBy: null, savedAt: 1, madeBy: { key: 'choir', hash: 'h' }, requests: {} }])
    expect(await world.phone('o_admin').do('points.byHand', { ownerId: 'choir', amount: 40, words: '演出', reason: '节目单' })).toMatchObject({ status: 'approved' })
    expect((await phone(member).do('points.passbook', { personId: 'choir' })).items).toMatchObject([{ kind: 'byHand', change: 40 }])
    expect(await phone(member).codeOf('points.donate', { personId: 'choir', amount: 10, to: { what: 'pot' } })).toBe('NOT_FOUND')
    expect(await phone(leader).do('points.donate', { personId: 'choir', amount: 10, to: { what: 'pot' } })).toMatchObject({ balance: 30 })
    expect(await phone(leader).codeOf('points.redeem', { personId: 'choir', rewardId: await aReward(world, { points: 1 }) })).toBe('NOT_FOUND')
    expect(await phone(leader).codeOf('points.give', { personId: 'choir', toPersonId: member, amount: 1 })).toBe('NOT_FOUND')
    expect(await world.phone('o_neighbour').codeOf('points.passbook', { personId: 'choir' })).toBe('NOT_FOUND')
  })
})

describe('records that move', () => {
  test('merged: the points go on, open codes come back first, the old lines stay and are read on', async () => {
    const [keep, rewardId] = [await aSpender(world, 100), await aReward(world)]
    await world.addPerson('twin', { name: '示例居民' })
    await givePoints(world, 'twin', 170)
    await world.phone('o_social').do('points.redeem', { personId: 'twin', rewardId })
    await world.phone('o_social').do('person.merge', { keepId: keep, dropId: 'twin' })
    expect(await accountOf(keep)).toMatchObject({ balances: { spendable: 270 } })
    expect(await accountOf('twin')).toMatchObject({ balances: { spendable: 0, held: 0, pending: 0 }, holds: {} })
    expect(await rewardOf(rewardId)).toMatchObject({ remaining: 20, holders: {} })
    expect((await phone(keep).do('points.passbook', { personId: keep })).items[0]).toMatchObject({ kind: 'mergeIn', change: 170 })
    expect((await phone(keep).do('points.passbook', { personId: 'twin' })).items.map((line) => line.kind)).toEqual(['mergeOut', 'cancelled', 'hold', 'byHand'])
  })

  test('erased: what is left expires, the lines stay, the name is in none of them', async () => {
    const id = await aSpender(world, 100, { name: '示例离开' })
    const elder = await aSpender(world, 5, delegation(id, '示例离开', ['spendPoints']))
    await phone(id).do('points.give', { personId: id, toPersonId: elder, amount: 20 })
    await phone(id).do('points.redeem', { personId: elder, rewardId: await aReward(world, { points: 10 }) })
    await phone(id).do('account.erase', { confirmName: '示例离开' })
    const { pointsEntries, pointsAccounts } = await stored()
    expect(pointsEntries.filter((entry) => entry.ownerId === id).map((entry) => [entry.kind, entry.amount])).toEqual(expect.arrayContaining([['byHand', 100], ['giftOut', 20], ['expired', 80]]))
    expect(await accountOf(id)).toMatchObject({ balances: { spendable: 0, held: 0, pending: 0 } })
    expect(JSON.stringify([pointsEntries, pointsAccounts.map(({ requests: _r, ...account }) => account)])).not.toContain('示例离开')
    expect((await phone(elder).do('points.passbook', { personId: elder })).items.map((line) => [line.kind, line.aboutName])).toEqual([['hold', null], ['giftIn', null], ['byHand', null]])
  })

  test('an export holds the passbook and its lines', async () => {
    const id = await aSpender(world, 12)
    const kept = JSON.parse((await phone(id).do('account.export', {})).json) as { pointsEntries: { amount: number }[]; pointsAccounts: { balances: { spendable: number } }[] }
    expect(kept).toMatchObject({ pointsEntries: [{ amount: 12 }], pointsAccounts: [{ balances: { spendable: 12 } }] })
  })
})

describe('bad input and abuse', () => {
  test.each([0, -1, 0.5, 2 ** 53, Number.MAX_SAFE_INTEGER, '10', null, { $gt: 0 }])('an amount of %p is refused everywhere, and nothing is written', async (amount) => {
    const giver = await aSpender(world, 100)
    const elder = await aSpender(world, 100, delegation(giver, '示例居民'))
    const before = await world.everything()
    const ask = async (openid: string, action: string, input: object) => (await world.phone(openid).raw({ action, input, requestId: newRequestId(), contractVersion: 1 })).error?.code
    expect(await ask(`o_${giver}`, 'points.give', { personId: giver, toPersonId: elder, amount })).toBe('BAD_INPUT')
    expect(await ask(`o_${giver}`, 'points.donate', { personId: giver, amount, to: { what: 'pot' } })).toBe('BAD_INPUT')
    expect(await ask('o_admin', 'points.byHand', { ownerId: giver, amount, words: '活动补记', reason: '签到表' })).toBe('BAD_INPUT')
    expect(await world.everything()).toEqual(before)
  })

  test('a clock that was moved back writes nothing', async () => {
    const giver = await aSpender(world, 100)
    const { now } = await world.emulator.clock()
    const before = await world.everything()
    await world.emulator.moveTo(now - DAY, true)
    expect(await phone(giver).codeOf('points.donate', { personId: giver, amount: 1, to: { what: 'pot' } })).toBe('CLOCK_BACK')
    expect(await world.everything()).toEqual(before)
    await world.emulator.moveTo(now)
  })

  test('another subdistrict’s people, passbooks and lines do not exist', async () => {
    const id = await aSpender(world, 100)
    for (const openid of ['o_stranger', 'o_strange_social', 'o_strange_admin', 'o_neighbour']) {
      expect(await world.phone(openid).codeOf('points.passbook', { personId: id })).toBe('NOT_FOUND')
      expect(await world.phone(openid).codeOf('points.entry', { entryId: `byHand_${id}` })).toBe('NOT_FOUND')
    }
    expect(await world.phone('o_strange_admin').codeOf('points.reverse', { entryId: `byHand_${id}`, reason: '记错' })).toBe('NOT_FOUND')
    expect(await world.phone('o_strange_admin').codeOf('points.byHand', { ownerId: id, amount: 5, words: '补记', reason: '没有' })).toBe('NOT_FOUND')
  })
})

describe('what expires', () => {
  test('only by policy, announced ahead, once a month, through an entry', async () => {
    const short = await startPointsWorld({ pointsPolicies: [{ ...pointsPolicy, expireAfterMonths: 1, announceDays: 40 }] })
    try {
      const id = await aSpender(short, 90)
      expect((await short.phone(`o_${id}`).do('points.mine', { personId: id })).expiring).toEqual({ amount: 90, onDate: '2026-12-31' })
      await short.phone(`o_${id}`).do('points.donate', { personId: id, amount: 30, to: { what: 'pot' } })
      // Two more: with a telephone that allows a message, and with none. Killed at any call, the night tells everybody once.
      const told = await aSpender(short, 40)
      await short.emulator.subscribe(`o_${told}`, ['tpl_expiry'])
      await short.addPerson('offline', { name: '示例老人' })
      await givePoints(short, 'offline', 20)
      const announce = () => short.emulator.fire('timers', 'announceExpiry')
      for (const nth of [4, 6, 8]) {
        await short.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth === 6 ? 'before' : 'after', only: { functions: ['timers'] } })
        await announce()
      }
      await short.emulator.faults({})
      await announce()
      const expiryMessages = async () => ((await short.everything())['messages'] ?? []).filter((message) => message['templateId'] === 'tpl_expiry')
      expect((await expiryMessages()).map((message) => message['personId']).sort()).toEqual([id, told, 'offline'].sort())
      await short.emulator.advance(2 * MINUTE)
      const messages = await expiryMessages()
      expect(messages).toHaveLength(3)
      expect(Object.fromEntries(messages.map((message) => [String(message['personId']), message['state']]))).toEqual({ [id]: 'toCall', [told]: 'sent', offline: 'toCall' })
      expect(messages.find((message) => message['personId'] === id)).toMatchObject({ gist: '积分快到期：示例居民，60 分用到2026年12月31日', callUntil: instantOf('2027-01-01') })
      await short.emulator.moveTo(instantOf('2027-01-01', 4 * 60))
      const account = (await short.everything())['pointsAccounts']?.find((one) => one['_id'] === id) as unknown as PointsAccount
      expect(account.balances.spendable).toBe(0)
      expect((await short.phone(`o_${id}`).do('points.passbook', { personId: id })).items[0]).toMatchObject({ kind: 'expired', change: -60, balance: 0, by: null })
      await short.emulator.advance(DAY)
      expect((await short.phone(`o_${id}`).do('points.passbook', { personId: id })).items.filter((line) => line.kind === 'expired')).toHaveLength(1)
      // After the day of expiry nobody is telephoned any more.
      expect((await expiryMessages()).map((message) => message['state']).sort()).toEqual(['sent', 'skipped', 'skipped'])
    } finally {
      await short.stop()
    }
  })
})
