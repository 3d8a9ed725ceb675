/** The merchant's counter: a code is looked at, settled once, and every other code answers truly, without telling anything that is nobody's business here. */
import { DAY, MINUTE } from '../../src/domain/civil-time'
import { CONTRACT_VERSION } from '../../src/contract'
import { killsOf } from '../support/kills'
import { addMerchants, aReward, aSpender, aVoucher, givePoints } from './reward-world'
import { startPointsWorld } from './points-world'
import { newRequestId, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startPointsWorld()
  await addMerchants(world)
})
afterAll(() => world.stop())

const barber = () => world.phone('o_barber')
const grocer = () => world.phone('o_grocer')
/** Wrong guesses of earlier tests are forgotten after a pause. */
const rested = () => world.emulator.pass(16 * MINUTE)
const wrongCode = async (): Promise<string> => {
  const codes = new Set(((await world.emulator.dump())['pointsAccounts'] ?? []).flatMap((account) => Object.values(account['holds'] as Record<string, { code: string | null }>).map((hold) => hold.code)))
  for (let guess = 10_000_000; ; guess++) if (!codes.has(String(guess))) return String(guess)
}
const refusal = async (phone: ReturnType<World['phone']>, code: string, action: 'merchant.check' | 'merchant.settleVoucher' = 'merchant.settleVoucher') => {
  const answer = await phone.ask(action, { code })
  return answer.ok ? 'OK' : answer.error
}

describe('a code at the counter', () => {
  test('is looked at, then settled: points and stock move once, the owner and the counter read it, nobody’s name is told', async () => {
    const { code, ownerId, rewardId, holdId } = await aVoucher(world)
    const before = await world.everything()
    const seen = await barber().do('merchant.check', { code })
    expect(seen).toMatchObject({ rewardName: '理发券', kind: 'service', points: 80, settleFen: 2000, merchantId: 'barber', merchantName: '示例理发店' })
    expect(JSON.stringify(seen)).not.toMatch(/示例居民|spender/)
    expect(await world.everything()).toEqual(before)

    const requestId = newRequestId()
    const settled = await barber().do('merchant.settleVoucher', { code }, requestId)
    expect(settled).toMatchObject({ entryId: `settled_${holdId}`, rewardName: '理发券', points: 80, settleFen: 2000, merchantId: 'barber' })
    expect(await barber().do('merchant.settleVoucher', { code }, requestId)).toEqual(settled)
    const today = await world.phone('o_barber2').do('merchant.today', {})
    expect(today).toMatchObject({ merchantId: 'barber', mine: [{ merchantId: 'barber', name: '示例理发店' }], totals: { count: 1, points: 80, settleFen: 2000 } })
    expect(today.items).toMatchObject([{ entryId: `settled_${holdId}`, rewardName: '理发券', byName: '郭师傅', isVisit: false }])
    expect(JSON.stringify(today)).not.toMatch(/示例居民|spender/)
    const { cover, items } = await world.phone(`o_${ownerId}`).do('points.passbook', { personId: ownerId })
    expect(cover).toMatchObject({ spendable: 920, held: 0 })
    expect(items[0]).toMatchObject({ kind: 'settled', words: '理发券' })
    await world.emulator.advance(5 * MINUTE)
    expect((await world.emulator.dump())['rewards']?.find((one) => one['_id'] === rewardId)).toMatchObject({ remaining: 19, taken: 1, holders: {} })
    expect(await world.brokenLaws()).toEqual([])
  })

  test('a second time it says when and that it was used; ten counters at once settle it once', async () => {
    const { code } = await aVoucher(world)
    const phones = [barber(), world.phone('o_barber2')]
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => phones[index % 2]?.ask('merchant.settleVoucher', { code })))
    const codes = answers.map((answer) => (answer?.ok === true ? 'OK' : answer?.error.code))
    expect(codes.filter((one) => one === 'OK')).toHaveLength(1)
    expect(codes.filter((one) => one !== 'OK' && one !== 'VOUCHER_USED')).toEqual([])
    const before = await world.everything()
    const used = await refusal(barber(), code)
    expect(used).toMatchObject({ code: 'VOUCHER_USED', details: { onDate: '2026-11-23' } })
    expect(await refusal(barber(), code, 'merchant.check')).toEqual(used)
    expect(await world.everything()).toEqual(before)
  })

  test('that has run out, or was given back, says so; the last day counts whole', async () => {
    const late = await aVoucher(world, { rewardId: await aReward(world, { collectDays: 1 }) })
    const given = await aVoucher(world)
    await world.phone(`o_${given.ownerId}`).do('points.cancelHold', { personId: given.ownerId, holdId: given.holdId })
    expect(await refusal(barber(), given.code)).toMatchObject({ code: 'VOUCHER_EXPIRED', details: { isReturned: true } })
    const now = (await world.emulator.clock()).now
    const { endsAt } = await barber().do('merchant.check', { code: late.code })
    expect(endsAt).toBe(Math.floor((now + 8 * 3_600_000) / DAY) * DAY + 2 * DAY - 8 * 3_600_000)
    await world.emulator.passTo(endsAt - MINUTE)
    expect(await barber().codeOf('merchant.check', { code: late.code })).toBe('OK')
    await world.emulator.moveTo(endsAt + 10 * MINUTE)
    expect(await refusal(barber(), late.code)).toMatchObject({ code: 'VOUCHER_EXPIRED' })
    expect((await world.phone(`o_${late.ownerId}`).do('points.mine', { personId: late.ownerId }))).toMatchObject({ spendable: 1000, held: 0 })
  })

  test('of another merchant names where it is good, of another subdistrict nothing; both count as wrong guesses', async () => {
    await rested()
    const { code, ownerId } = await aVoucher(world)
    const before = await world.everything()
    expect(await refusal(grocer(), code)).toEqual({ code: 'VOUCHER_ELSEWHERE', details: { names: ['示例理发店'], left: 4 } })
    expect(await refusal(world.phone('o_farshop'), code)).toEqual({ code: 'VOUCHER_ELSEWHERE', details: { names: [], left: 4 } })
    expect(await refusal(grocer(), code, 'merchant.check')).toMatchObject({ code: 'VOUCHER_ELSEWHERE', details: { left: 3 } })
    expect(await world.everything()).toEqual(before)
    await barber().do('merchant.settleVoucher', { code })
    // A foreign counter does not hear that it was used.
    expect(await refusal(grocer(), code)).toMatchObject({ code: 'VOUCHER_ELSEWHERE' })
    expect(await world.phone(`o_${ownerId}`).codeOf('merchant.settleVoucher', { code })).toBe('NOT_ALLOWED')
    expect(await world.phone('o_admin').codeOf('merchant.check', { code })).toBe('NOT_ALLOWED')
  })

  test('that is guessed: five wrong ones and this account waits, also with a right one; a hundred at once are no better', async () => {
    await rested()
    const { code } = await aVoucher(world)
    const wrong = await wrongCode()
    const lefts = []
    for (let guess = 0; guess < 5; guess++) lefts.push(await refusal(barber(), wrong, guess % 2 === 0 ? 'merchant.check' : 'merchant.settleVoucher'))
    expect(lefts).toEqual([4, 3, 2, 1, 0].map((left) => ({ code: 'VOUCHER_WRONG', details: { left } })))
    expect(await refusal(barber(), code)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
    expect(await refusal(barber(), code, 'merchant.check')).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
    // The colleague is not held up.
    expect(await world.phone('o_barber2').codeOf('merchant.check', { code })).toBe('OK')
    await rested()
    expect(await barber().codeOf('merchant.check', { code })).toBe('OK')
    const burst = await Promise.all(Array.from({ length: 100 }, () => grocer().codeOf('merchant.check', { code: wrong })))
    expect(burst.filter((one) => one === 'VOUCHER_WRONG').length).toBeLessThanOrEqual(30)
    expect(burst.filter((one) => !['VOUCHER_WRONG', 'TOO_MANY_ATTEMPTS', 'TRY_AGAIN'].includes(one))).toEqual([])
    expect(await grocer().codeOf('merchant.check', { code: wrong })).toBe('TOO_MANY_ATTEMPTS')
  })

  test('law 3: nobody settles their own, nor their family’s', async () => {
    await rested()
    await givePoints(world, 'barberman', 500)
    const own = await world.phone('o_barber').do('points.redeem', { personId: 'barberman', rewardId: await aReward(world) })
    const before = await world.everything()
    expect(await refusal(barber(), own.code ?? '', 'merchant.check')).toMatchObject({ code: 'OWN_CASE' })
    expect(await refusal(barber(), own.code ?? '')).toMatchObject({ code: 'OWN_CASE' })
    expect(await world.everything()).toEqual(before)
    expect(await world.phone('o_barber2').codeOf('merchant.settleVoucher', { code: own.code ?? '' })).toBe('OK')
    const mother = await aSpender(world, 500, { kinIds: ['barberman'] })
    const hers = await aVoucher(world, { ownerId: mother })
    expect(await refusal(barber(), hers.code)).toMatchObject({ code: 'OWN_CASE' })
    expect(await world.phone('o_barber2').codeOf('merchant.settleVoucher', { code: hers.code })).toBe('OK')
  })

  test('law 8: the same key with another code is a conflict, whoever the other code belongs to; a refused key may be tried again', async () => {
    await rested()
    const [one, other, third] = [await aVoucher(world), await aVoucher(world), await aVoucher(world)]
    const key = newRequestId()
    const first = await barber().do('merchant.settleVoucher', { code: one.code }, key)
    const before = await world.everything()
    expect(await barber().codeOf('merchant.settleVoucher', { code: other.code }, key)).toBe('REQUEST_CONFLICT')
    expect(await barber().do('merchant.settleVoucher', { code: one.code }, key)).toEqual(first)
    expect(await world.everything()).toEqual(before)
    const tried = newRequestId()
    expect(await barber().codeOf('merchant.settleVoucher', { code: await wrongCode() }, tried)).toBe('VOUCHER_WRONG')
    expect(await barber().codeOf('merchant.settleVoucher', { code: third.code }, tried)).toBe('OK')
    expect(await barber().codeOf('merchant.settleVoucher', { code: other.code })).toBe('OK')
  })

  test('killed before or after any of its seven database calls and asked again: used once, and everything that follows comes by itself', async () => {
    await rested()
    const rewardId = await aReward(world)
    const owners: string[] = []
    const kills = killsOf(7, 2)
    for (const { nth, when } of kills) {
      const { code, holdId, ownerId } = await aVoucher(world, { rewardId })
      const requestId = newRequestId()
      await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
      await world.emulator.call('o_barber2', { action: 'merchant.settleVoucher', input: { code }, requestId, contractVersion: CONTRACT_VERSION })
      await world.emulator.faults({})
      expect(await world.phone('o_barber2').do('merchant.settleVoucher', { code }, requestId)).toMatchObject({ entryId: `settled_${holdId}`, points: 80 })
      owners.push(ownerId)
    }
    await world.emulator.advance(10 * MINUTE)
    const settled = await world.everything()
    expect(settled['rewards']?.find((one) => one['_id'] === rewardId)).toMatchObject({ remaining: 20 - kills.length, taken: kills.length, holders: {} })
    for (const ownerId of owners) {
      expect(settled['pointsEntries']?.filter((entry) => entry['ownerId'] === ownerId && entry['kind'] === 'settled')).toHaveLength(1)
      expect(settled['pointsAccounts']?.find((one) => one['_id'] === ownerId)).toMatchObject({ holds: {}, unsent: {}, balances: { spendable: 920, held: 0 } })
    }
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('the month', () => {
  test('rows oldest first a page at a time, with what they come to; the administrator names the merchant', async () => {
    const month = new Date((await world.emulator.clock()).now + 8 * 3_600_000).toISOString().slice(0, 7)
    const all = await barber().do('merchant.month', { month })
    expect(all.items.map((line) => line.at)).toEqual(all.items.map((line) => line.at).sort((a, b) => a - b))
    expect(all).toMatchObject({ merchantId: 'barber', merchantName: '示例理发店', isPartial: false, nextCursor: null })
    expect(all.totals).toEqual({ count: all.items.length, points: all.items.length * 80, settleFen: all.items.length * 2000 })
    expect(all.rewards).toEqual([{ rewardName: '理发券', ...all.totals }])
    const asAdmin = await world.phone('o_admin').do('merchant.month', { merchantId: 'barber', month })
    expect(asAdmin.items).toEqual(all.items)
    expect(await grocer().do('merchant.month', { month })).toMatchObject({ items: [], totals: { count: 0 } })
    for (const [openid, input, code] of [['o_grocer', { merchantId: 'barber' }, 'NOT_FOUND'], ['o_strange_admin', { merchantId: 'barber' }, 'NOT_FOUND'], ['o_admin', {}, 'BAD_INPUT'], ['o_social', { merchantId: 'barber' }, 'NOT_ALLOWED'], ['o_barber', { merchantId: 'nothing' }, 'NOT_FOUND']] as const) {
      expect([openid, await world.phone(openid).codeOf('merchant.month', { month, ...input })]).toEqual([openid, code])
    }
    expect(await grocer().codeOf('merchant.today', { merchantId: 'barber' })).toBe('NOT_FOUND')
  })

  test('more than a page is walked through without a gap, in a month and in a day', async () => {
    const [first] = ((await world.emulator.dump())['pointsEntries'] ?? []).filter((entry) => entry['kind'] === 'settled')
    const at = Date.UTC(2026, 6, 10, 2)
    const many = Array.from({ length: 230 }, (_, index) => ({ ...first, _id: `settled_old${String(index).padStart(3, '0')}`, seq: 1000 + index, merchantId: 'grocer', at: at + Math.floor(index / 3) * MINUTE, onDate: '2026-07-10' }))
    await world.emulator.insert('pointsEntries', many)
    const walk = async (ask: (cursor: string | undefined) => Promise<{ items: { entryId: string }[]; nextCursor: string | null }>) => {
      const ids: string[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await ask(cursor)
        ids.push(...page.items.map((line) => line.entryId))
        if (page.nextCursor === null) return ids
        cursor = page.nextCursor
      }
    }
    const paged = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })
    const inMonth = await walk((cursor) => grocer().do('merchant.month', { month: '2026-07', ...paged(cursor) }))
    expect([...inMonth].sort()).toEqual(many.map((entry) => entry._id))
    const inDay = await walk((cursor) => grocer().do('merchant.today', { onDate: '2026-07-10', ...paged(cursor) }))
    expect([...inDay].sort()).toEqual(many.map((entry) => entry._id))
    expect((await grocer().do('merchant.month', { month: '2026-07' })).totals).toMatchObject({ count: 230 })
    expect(await grocer().do('merchant.today', { onDate: '2026-07-09' })).toMatchObject({ items: [], totals: { count: 0 } })
  })
})

describe('merchants', () => {
  test('an administrator keeps them: a merchant is a provider, too, and its people are listed', async () => {
    const admin = world.phone('o_admin')
    const wish = { name: '示例洗衣店', phone: '0574-00000012', address: '太古城 8 幢', isOpen: true }
    const { merchantId } = await admin.do('merchant.save', wish)
    await world.addPerson('washer', { openid: 'o_washer', name: '钱阿姨', communityId: 'taigu', grants: [{ role: 'merchant', providerId: merchantId }] })
    await admin.do('merchant.save', { ...wish, merchantId, name: '示例洗衣铺' })
    const { merchants } = await admin.do('merchant.list', {})
    expect(merchants.find((one) => one.merchantId === merchantId)).toEqual({ merchantId, name: '示例洗衣铺', phone: '0574-00000012', address: '太古城 8 幢', isOpen: true, staffNames: ['钱阿姨'], rewardNames: [] })
    expect(merchants.find((one) => one.merchantId === 'farshop')).toBeUndefined()
    expect((await world.emulator.dump())['providers']?.find((one) => one['_id'] === merchantId)).toMatchObject({ name: '示例洗衣铺', subdistrictId: 'dongliu' })
    expect(await world.phone('o_washer').do('merchant.today', {})).toMatchObject({ merchantName: '示例洗衣铺', items: [] })
    expect(await world.phone('o_strange_admin').codeOf('merchant.save', { ...wish, merchantId })).toBe('NOT_FOUND')
    expect(await world.phone('o_barber').codeOf('merchant.save', wish)).toBe('NOT_ALLOWED')
  })
})
