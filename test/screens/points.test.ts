/**
 * Points in a real browser, many phones at once on the real functions: a volunteer's shift until it stands in the passbook; a
 * gift to the mother, spent on her bath; a reward redeemed and settled at the counter, once; hours entered afterwards with
 * the second person's word; and a doubt that ends in a reversal.
 */
import type { PointsAccount, PointsEntry } from '../../src/domain/ledger'
import { at, DemoPhones } from './demo-phones'
import type { ScreenPhone } from './phone'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

/** Digits that are shown large, as a screen reader says them. */
const digitsOf = async (phone: ScreenPhone, label: string): Promise<string> => ((await phone.page.getByRole('img', { name: new RegExp(`^${label}：`) }).first().getAttribute('aria-label')) ?? '').replace(/\D/g, '')
const passbookOf = async (personId: string): Promise<PointsAccount['balances']> => (await demo.one('pointsAccounts', (account) => account['_id'] === personId))['balances'] as PointsAccount['balances']
const moneyIsWhole = async (): Promise<void> => {
  const laws = await demo.emulator.fire<{ ok: boolean; output: { laws: { law: string; holds: boolean; broken: string[] }[] } }>('timers', 'selfCheck')
  if (!laws.ok || !laws.result.ok) throw new Error('the self-check did not run')
  expect(laws.result.output.laws.filter((law) => !law.holds)).toEqual([])
}

describe('a volunteer’s shift', () => {
  it('is checked in and out with the elder’s code, confirmed by her, verified by the social worker, and stands in the passbook', async () => {
    const before = (await passbookOf(demo.personIds.tangWeiguo)).spendable
    const volunteer = await demo.phoneOf('demo_tang_weiguo', '/pages/volunteer/today/index')
    await volunteer.tap(/陪散步/, 'link')
    await volunteer.sees('到了，看王秀珍手机上的码签到。')
    const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/volunteer/helpers/index')
    await mother.tap(/陪散步/, 'link')
    await mother.tap(/签到码/)
    await volunteer.tap(/^签到$/)
    await volunteer.types(/王秀珍或家属手机上的 6 位数字/, await digitsOf(mother, '签到码'))
    await volunteer.tap(/^签到$/)
    await volunteer.sees('签到好了')

    await demo.emulator.moveTo(at('10:32'))
    await mother.sees('10:34 换新的，会自己换')
    await volunteer.tap(/^签退$/)
    await volunteer.types(/王秀珍或家属手机上的 6 位数字/, await digitsOf(mother, '签到码'))
    await volunteer.tap(/^签退$/)
    await volunteer.sees('签退好了')
    await mother.tap(/汤伟国/, 'link')
    await mother.tap('对，做好了')
    await mother.sees('谢谢您，记好了')

    const desk = await demo.phoneOf('demo_li_jing', '/pages/points-work/today/index')
    await desk.tap(/^一起核实齐全的/)
    await desk.tap('都核实')
    await desk.sees(/核实好了/)

    await volunteer.sees('+60 积分')
    const passbook = await demo.phoneOf('demo_tang_weiguo', '/pages/points/passbook/index')
    await passbook.tap(/陪散步/, 'link')
    await passbook.sees('李静核实了')
    const [line] = (await demo.all('pointsEntries', (entry) => entry['ownerId'] === demo.personIds.tangWeiguo && String(entry['words']).startsWith('陪散步'))) as unknown as PointsEntry[]
    expect(line).toMatchObject({ kind: 'shift', by: { name: '李静' }, work: { earner: 'volunteer' }, policyVersion: 1 })
    expect((await passbookOf(demo.personIds.tangWeiguo)).spendable).toBeGreaterThanOrEqual(before + (line?.amount ?? 0))
    await moneyIsWhole()
  }, 90_000)
})

describe('points for the mother', () => {
  it('are given by the daughter, put aside for the bath by the mother, and spent when it was verified', async () => {
    const { wangMin, wangXiuzhen } = demo.personIds
    const [mine, hers] = [await passbookOf(wangMin), await passbookOf(wangXiuzhen)]
    const daughter = await demo.phoneOf('demo_wang_min', '/pages/points/give/index')
    await daughter.tap(/^王秀珍/, 'radio')
    await daughter.tap('100 分')
    await daughter.types(/说句话/, '用于助浴 1 次')
    await daughter.sees(/您给王秀珍 100 分。转了以后/)
    await daughter.tap('就这样给')
    await daughter.sees('给了王秀珍 100 分，您还剩')
    expect((await passbookOf(wangMin)).spendable).toBe(mine.spendable - 100)

    const bath = await demo.one('bookings', (booking) => booking['elderId'] === wangXiuzhen && booking['status'] === 'assigned' && booking['serviceName'] === '助浴')
    const bookingId = String(bath['_id'])
    const mother = await demo.phoneOf('demo_wang_xiuzhen', `/pages/booking/index?bookingId=${bookingId}`)
    await mother.tap('用积分付，100 分')
    await mother.tap('就用积分付')
    await mother.sees('先冻结着')
    expect(await passbookOf(wangXiuzhen)).toMatchObject({ spendable: hers.spendable, held: hers.held + 100 })

    await demo.emulator.moveTo(at('14:02'))
    const code = async () => (await demo.meanwhile('demo_wang_xiuzhen', 'visit.doorCode', { bookingId })).code
    await demo.meanwhile('demo_chen_xia', 'visit.checkIn', { bookingId, code: await code() })
    await demo.emulator.moveTo(at('14:58'))
    await demo.meanwhile('demo_chen_xia', 'visit.checkOut', { bookingId, code: await code() })
    await demo.meanwhile('demo_wang_xiuzhen', 'visit.confirm', { bookingId, satisfaction: 'satisfied' })
    await demo.meanwhile('demo_li_jing', 'visit.verify', { bookingId, outcome: 'verified' })
    const again = await demo.phoneOf('demo_wang_xiuzhen', `/pages/booking/index?bookingId=${bookingId}`)
    await again.sees('扣好了')
    expect(await passbookOf(wangXiuzhen)).toMatchObject({ spendable: hers.spendable, held: hers.held })
    const passbook = await demo.phoneOf('demo_wang_xiuzhen', '/pages/points/passbook/index')
    await passbook.sees(/用于助浴 1 次/)
    await passbook.sees(/助浴一次/)
    await moneyIsWhole()
  }, 90_000)
})

describe('a reward', () => {
  it('is redeemed, collected with its code once, and every wrong code is answered in its own way', async () => {
    const { wangXiuzhen } = demo.personIds
    const before = await passbookOf(wangXiuzhen)
    const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/points/rewards/index')
    await mother.tap(/^抽纸三包/, 'link')
    await mother.sees(/您用 30 分换抽纸三包/)
    await mother.tap('就换这个')
    const code = await digitsOf(mother, '兑换码')
    expect(code).toMatch(/^\d{8}$/)
    expect(await passbookOf(wangXiuzhen)).toMatchObject({ spendable: before.spendable - 30, held: before.held + 30 })

    const barber = await demo.phoneOf('demo_meng_xianglin', '/pages/merchant/today/index')
    await barber.types('顾客手机上的 8 位数字', code)
    await barber.tap('看一看')
    await barber.sees('这个兑换码不在这里用')

    const shop = await demo.phoneOf('demo_ye_lin', '/pages/merchant/today/index')
    await shop.types('顾客手机上的 8 位数字', '10000001')
    await shop.tap('看一看')
    await shop.sees(/没有这个兑换码，还能试/)
    await shop.types('顾客手机上的 8 位数字', code)
    await shop.tap('看一看')
    await shop.sees('「抽纸三包」一份，30 积分。东西给了顾客，再点核销。')
    await shop.tap(/^核销$/)
    await shop.sees('核销好了')
    await mother.sees('抽纸三包取好了')

    await shop.types('顾客手机上的 8 位数字', code)
    await shop.tap('看一看')
    await shop.sees('这个兑换码已经用过了')
    expect(await passbookOf(wangXiuzhen)).toMatchObject({ spendable: before.spendable - 30, held: before.held })
    const reward = await demo.one('rewards', (one) => one['name'] === '抽纸三包')
    expect(Number(reward['remaining']) + Object.keys(reward['holders'] as object).length + Number(reward['taken'])).toBe(reward['stock'])
    await moneyIsWhole()
  }, 90_000)
})

describe('hours entered afterwards', () => {
  it('cannot be spent until a second person approved them', async () => {
    const { caoYuqin } = demo.personIds
    const social = await demo.phoneOf('demo_li_jing', '/pages/points-work/desk/index')
    await social.tap('替人补录')
    await social.types('谁做的', '曹玉琴')
    await social.tap('找一找')
    await social.tap(/曹玉琴/, 'link')
    await social.choosesDate('哪一天', '2026-11-21')
    await social.types('做了什么', '整理旧衣物')
    await social.types('当时为什么没有签到', '没有带手机')
    await social.tap(/^补录$/)
    await social.sees(/曹玉琴的工时补录好了，值 60 分。另一位同事同意以后才能用。/)
    expect(await passbookOf(caoYuqin)).toEqual({ spendable: 0, held: 0, pending: 60 })
    expect(await social.shows('同意，曹玉琴')).toBe(false)

    const admin = await demo.phoneOf('demo_admin', '/pages/points-work/desk/index')
    await admin.tap(/^同意，曹玉琴$/)
    await admin.tap(/^同意$/)
    await admin.sees('同意了，曹玉琴的存折里加了 60 分')
    expect(await passbookOf(caoYuqin)).toEqual({ spendable: 60, held: 0, pending: 0 })
    await moneyIsWhole()
  }, 90_000)
})

describe('a doubt', () => {
  it('opens the entries behind it, and a confirmed one is taken back with a line that says so', async () => {
    const { luMeiying } = demo.personIds
    const before = await passbookOf(luMeiying)
    // Who approved the hours is concerned, and decides nothing about them.
    const approver = await demo.phoneOf('demo_admin', '/pages/points-work/flags/index')
    await approver.tap(/卢美英/, 'link')
    await approver.sees(/背后的 5 笔/)
    await approver.sees('同意补录的人')
    expect(await approver.shows('退回积分')).toBe(false)
    const admin = await demo.phoneOf('demo_du_wentao', '/pages/points-work/flags/index')
    await admin.tap(/卢美英/, 'link')
    await admin.sees(/背后的 5 笔/)
    await admin.tap('退回积分')
    await admin.tap(/电话陪聊/, 'checkbox')
    await admin.types(/原因|为什么/, '问过老人，只有一个晚上打过电话（示例）')
    await admin.tap(/^退回$/)
    await admin.sees(/记下了，退回 4 笔，120 分/)
    expect((await passbookOf(luMeiying)).spendable).toBe(before.spendable - 120)
    const passbook = await demo.phoneOf('demo_lu_meiying', '/pages/points/passbook/index')
    await passbook.sees('−30')
    await passbook.tap(/核查后冲正/, 'link')
    await passbook.sees('街道杜文涛')
    await moneyIsWhole()
  }, 90_000)
})
