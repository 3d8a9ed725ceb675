/**
 * A meal from the menu to the door in a real browser, many phones at once on the real functions: ordered by the elder,
 * changed by the daughter, kept safe of what must not be eaten, ordered on the telephone for somebody without one, cooked,
 * carried and proved; and what the subdistrict pays of it.
 */
import { MINUTE } from '../../src/domain/civil-time'
import { at, DemoPhones, MONDAY, TUESDAY, type Stored } from './demo-phones'
import type { ScreenPhone } from './phone'

const WEDNESDAY = '2026-11-25'
const desk = '/pages/social-worker/today/index'

let demo: DemoPhones
/** The digits on the slip of somebody without a phone. */
let slip: string

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

const dishOf = (booking: Stored): string => (booking['meal'] as { dishName: string }).dishName
const happened = (booking: Stored, what: string): number => (booking['timeline'] as { what: string }[]).filter((line) => line.what === what).length
/** Digits that are shown large, as a screen reader says them. */
const digitsOf = async (phone: ScreenPhone, label: string): Promise<string> => ((await phone.page.getByRole('img', { name: new RegExp(`^${label}：`) }).first().getAttribute('aria-label')) ?? '').replace(/\D/g, '')

describe('lunch of tomorrow', () => {
  it('is ordered by the elder with three taps from the first screen; her daughter takes another dish, and the mother sees who did', async () => {
    const mother = await demo.phoneOf('demo_wang_xiuzhen')
    await mother.sees('早上好，王秀珍')
    const before = mother.taps
    await mother.tap(/^订餐送到家/, 'link')
    await mother.tap('11月24日', 'radio')
    await mother.sees('王秀珍，明天午餐，清蒸鲈鱼 1 份，送到家。街道补 7 元，您付 8 元，月底一起算。')
    await mother.tap('就订这个')
    await mother.sees('订好了')
    expect(mother.taps - before).toBe(3)
    const ordered = await demo.lunchOf('wangXiuzhen', TUESDAY)
    expect(ordered).toMatchObject({ status: 'booked', bookedBy: { as: 'elder' }, meal: { way: 'delivery', quote: { priceFen: 1500, subsidyFen: 700, payFen: 800 } } })
    await mother.tap('看这一餐')
    await mother.sees('您订了午餐')

    const daughter = await demo.phoneOf('demo_wang_min')
    await daughter.tap(/明天 11:00 午餐送到家/, 'link')
    await daughter.sees('王秀珍订了午餐')
    await daughter.tap('改一改')
    await daughter.sees('明天午餐，现在订的是清蒸鲈鱼 1 份，自付 8 元')
    await daughter.tap(/^白切鸡/, 'radio')
    await daughter.sees('王秀珍，明天午餐，改成白切鸡，送到家。街道补 7 元，自付 8 元。')
    await daughter.tap('就这样改')
    await daughter.sees('您替王秀珍改了午餐')

    // The mother's screen was left alone and says so by itself.
    await mother.sees('女儿王敏替您改了午餐')
    await mother.sees('白切鸡')
    const changed = await demo.lunchOf('wangXiuzhen', TUESDAY)
    expect(changed['_id']).toBe(ordered['_id'])
    expect(dishOf(changed)).toBe('白切鸡')
    expect((await demo.one('slots', (slot) => slot['_id'] === ordered['slotId']))['holders']).not.toHaveProperty(demo.personIds.wangXiuzhen)
  }, 60_000)
})

describe('a dish that must not be eaten', () => {
  it('cannot be chosen, the safe one is taken in its place, and what goes against the advice is said before', async () => {
    const daughter = await demo.phoneOf('demo_wang_min')
    await daughter.tap(/^订餐送到家/, 'link')
    await daughter.tap(/^红烧狮子头/, 'radio')
    await daughter.sees('这道菜偏咸，糖尿病人不宜。清蒸鲈鱼适合王秀珍。')
    await daughter.named('还是订这个').waitFor()

    const wonton = daughter.page.getByRole('group', { name: '荠菜馄饨，王秀珍不能吃，已经避开' })
    await wonton.getByText('虾蟹贝（王秀珍的忌口）').waitFor()
    expect(await daughter.named(/^荠菜馄饨/, 'radio').count()).toBe(0)
    // A phone that knew nothing of it is refused all the same.
    const wish = { elderId: demo.personIds.wangXiuzhen, slotId: await demo.lunchSlot('荠菜馄饨'), portions: 1, way: 'delivery', payment: 'monthlyBill', despiteAdvice: true } as const
    expect(await demo.refusalOf('demo_wang_min', 'meal.order', wish)).toBe('ALLERGEN')
    await wonton.getByRole('button', { name: '换成清蒸鲈鱼' }).click()
    await wonton.getByText('已选了能吃的：清蒸鲈鱼').waitFor()
    await daughter.tap('就订这个')
    await daughter.sees('订好了')
    const order = await demo.lunchOf('wangXiuzhen')
    expect(dishOf(order)).toBe('清蒸鲈鱼')
    expect(order).toMatchObject({ bookedBy: { as: 'family', name: '王敏' } })
  }, 60_000)
})

describe('the first screen', () => {
  it('shows what comes next below 订餐送到家 without scrolling, and before what waits for a word, at every text size', async () => {
    for (const openid of ['demo_wang_xiuzhen', 'demo_wang_min']) {
      const phone = await demo.phoneOf(openid)
      for (const size of [20, 24, 30] as const) {
        await phone.readsAt(size)
        const next = phone.named(/今天 11:00 午餐送到家/, 'link')
        const words = next.getByText('午餐送到家')
        expect({ openid, size, hidden: await phone.outOfSight(words) }).toEqual({ openid, size, hidden: 0 })
        expect({ openid, size, hidden: await phone.outOfSight(phone.named(/^订餐送到家/, 'link')) }).toEqual({ openid, size, hidden: 0 })
        const links = await phone.page.getByRole('link').filter({ visible: true }).allInnerTexts()
        const at = (pattern: RegExp): number => links.findIndex((link) => pattern.test(link))
        expect(at(/午餐送到家/)).toBe(at(/^订餐送到家/) + 1)
        expect(at(/等您确认/)).toBeGreaterThan(at(/午餐送到家/))
      }
    }
  }, 60_000)
})

describe('somebody without a phone', () => {
  it('rings the social worker, is told from her namesake, answers two questions, and gets a meal and a slip', async () => {
    await demo.meanwhile('demo_li_jing', 'person.register', { name: '曹玉琴', birthOn: '1953-02-01', communityId: 'jinyuan', address: '锦苑 9 幢 203', livesAlone: false, identityCheck: 'idCardSeen' })
    const social = await demo.phoneOf('demo_li_jing', desk)
    await social.tap('接电话：替老人办')
    await social.types('打电话的是哪一位', '曹玉琴')
    await social.tap('找一找')
    await social.sees('有 2 位「曹玉琴」，请看清楚是哪一位。')
    await social.named(/锦苑 · 73 岁/, 'link').waitFor()
    expect(await social.shows(/1900000\d{4}/)).toBe(false)
    await social.tap(/华光城 · 78 岁/, 'link')
    await social.tap(/^哪一年生的/, 'checkbox')
    await social.sees('答对了就点上，还要 1 样。')
    expect(await social.named('对上了').getAttribute('aria-disabled')).toBe('true')
    await social.tap(/^住哪一幢/, 'checkbox')
    await social.tap('对上了')
    await social.tap('订餐')
    await social.tap(/^清蒸鲈鱼/, 'radio')
    await social.sees('曹玉琴，今天午餐，清蒸鲈鱼 1 份，到华光城取餐点自取。街道补 5 元，自付 10 元，到店付。')
    await social.tap('就订这个')
    await social.sees('订好了')
    const order = await demo.lunchOf('caoYuqin')
    expect(order).toMatchObject({ bookedBy: { as: 'socialWorker', name: '李静' }, meal: { asked: ['birthYear', 'building'], way: 'pickUp' } })

    await social.tap('打一张条子')
    const paper = social.page.getByRole('region', { name: '条子' })
    for (const words of ['曹玉琴', /^11月23日.*11:00–12:30$/, /午餐：清蒸鲈鱼/, '到华光城取餐点自取', '19000001900']) await paper.getByText(words).first().waitFor()
    slip = await digitsOf(social, '取餐的数字')
    expect(slip).toMatch(/^\d{8}$/)
    await social.tap('给好了')
    await social.tap('返回')
    await social.tap(/^午餐 · 清蒸鲈鱼/, 'link')
    await social.sees('您替曹玉琴订了午餐')
  }, 60_000)
})

describe('what the subdistrict pays', () => {
  it('is decided by the admin, who sees first what it would have changed last month; it holds from its day and reaches no order before', async () => {
    const before = await demo.lunchOf('sunGuiying', WEDNESDAY)
    const admin = await demo.phoneOf('demo_admin', '/pages/admin/policy/index')
    await admin.tap('定新的标准')
    await admin.choosesDate('从哪天的饭起', WEDNESDAY)
    await admin.page.getByRole('group', { name: '第 3 档' }).getByLabel('补几元').fill('9')
    await admin.sees(/2026年11月25日起.*80 岁[^；]* 9 元/)
    await admin.tap('先看上个月')
    await admin.sees(/^10月 \d+ 单：街道补贴 \d+ 元 → \d+ 元；.*少付 \d 人/)
    // Looking has changed nothing.
    const policies = async (): Promise<unknown[]> => (await demo.one('subdistricts', () => true))['mealPolicies'] as unknown[]
    const known = (await policies()).length
    await admin.tap('就这样定')
    await admin.sees('2026年11月25日起按新的标准补。在这之前的饭，还按现在的。')
    expect(await policies()).toHaveLength(known + 1)

    const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/meals/order/index')
    await mother.tap('11月24日', 'radio')
    await mother.tap(/^晚餐/, 'tab')
    await mother.named(/^清炖排骨.*原价 16 元，补贴后 9 元/, 'radio').waitFor()
    await mother.tap('11月25日', 'radio')
    await mother.tap(/^午餐/, 'tab')
    await mother.named(/^清炖排骨.*原价 16 元，补贴后 7 元/, 'radio').waitFor()
    await mother.tap(/^清炖排骨/, 'radio')
    await mother.tap('就订这个')
    await mother.sees('订好了')
    expect(await demo.lunchOf('wangXiuzhen', WEDNESDAY)).toMatchObject({ meal: { quote: { subsidyFen: 900, payFen: 700, policyVersion: known + 1 } } })
    expect((await demo.lunchOf('sunGuiying', WEDNESDAY))['meal']).toEqual(before['meal'])
  }, 60_000)
})

describe('a kitchen', () => {
  it('gets another cut-off once the admin has seen from when it holds and whom it would have missed; a new one leads to its people', async () => {
    const kitchen = await demo.one('kitchens', (one) => String(one['name']).startsWith('东柳'))
    const admin = await demo.phoneOf('demo_admin', `/pages/admin/kitchen/index?kitchenId=${String(kitchen['_id'])}`)
    await admin.chooses('午餐订到哪天', '前一天')
    await admin.chooses('午餐订到几点', '08:00')
    await admin.tap('先看上个月')
    await admin.sees(/^10月午餐 \d+ 单，其中 [1-9]\d* 单是前一天 08:00 以后才订的。$/)
    await admin.sees(/^2026年1[12]月\d+日的菜单起，按新的截止时间。已经公布的 \d+ 天，截止时间不变。$/)
    expect((await demo.one('kitchens', (one) => one['_id'] === kitchen['_id']))['hours']).toEqual(kitchen['hours'])
    await admin.tap('就这样改')
    await admin.sees('存好了')
    expect((await demo.one('kitchens', (one) => one['_id'] === kitchen['_id']))['hours']).toMatchObject({ lunch: { cutoffMinute: 480, cutoffDaysBefore: 1 } })

    const opening = await demo.phoneOf('demo_admin', '/pages/admin/kitchen/index')
    await opening.types('名字', '示例助餐点')
    await opening.types('厨房电话', '0574-00000009')
    await opening.tap(/全选$/)
    await opening.tap('就这样开')
    await opening.tap('去加厨房和送餐的人')
    await opening.sees('工作人员')
  }, 60_000)
})

describe('from the cut-off to the proof', () => {
  it('is cooked as the frozen sheet says, carried by one courier, and proved by the elder: by code, by a word afterwards, by a slip', async () => {
    // An elder with a phone of her own in the community of the run.
    const { termsVersion } = await demo.meanwhile('demo_new_elder', 'account.open', {})
    await demo.meanwhile('demo_new_elder', 'account.acceptTerms', { termsVersion })
    await demo.meanwhile('demo_new_elder', 'account.claimByPhone', { phoneCode: await demo.emulator.phoneCode('demo_new_elder') })
    await demo.meanwhile('demo_new_elder', 'meal.order', { elderId: demo.personIds.xuFengxian, slotId: await demo.lunchSlot('宫保鸡丁'), portions: 1, way: 'delivery', payment: 'monthlyBill' })

    const cook = await demo.phoneOf('demo_luo_yumei', '/pages/kitchen/today/index')
    await cook.sees(/今天 10:00 截止/)
    const kitchen = await demo.one('kitchens', (one) => String(one['name']).startsWith('东柳'))
    const wanted: Record<string, number> = {}
    for (const order of await demo.all('bookings', (booking) => booking['kind'] === 'meal' && booking['providerId'] === kitchen['_id'] && booking['onDate'] === MONDAY && booking['serviceName'] === '午餐' && booking['status'] === 'booked')) {
      wanted[dishOf(order)] = (wanted[dishOf(order)] ?? 0) + Number((order['meal'] as { portions: number }).portions)
    }
    for (const time of ['10:01', '10:03']) await demo.emulator.moveTo(at(time))
    const late = { elderId: demo.personIds.xuFengxian, slotId: await demo.lunchSlot('清蒸鲈鱼'), portions: 1, way: 'delivery', payment: 'monthlyBill' } as const
    expect(await demo.refusalOf('demo_new_elder', 'meal.order', late)).toBe('CUTOFF_PAST')

    // The kitchen's screen was left alone and says so by itself.
    await cook.sees('已经截止，备餐单定了')
    await cook.tap('看备餐单，今天 11月23日午餐')
    const sheet = cook.page.getByRole('region', { name: '备餐单' })
    await sheet.getByText(/今天 10:0\d 定/).waitFor()
    const byDish = (await sheet.getByRole('group', { name: '按菜', exact: true }).innerText()).replace(/\s+/g, ' ')
    expect(Object.fromEntries([...byDish.matchAll(/(\S+) (\d+) 份/g)].map(([, dish = '', count]) => [dish, Number(count)]))).toEqual(wanted)
    expect((await sheet.getByRole('group', { name: '按忌口', exact: true }).innerText()).replace(/\s+/g, ' ')).toMatch(/不能吃虾蟹贝；要低盐、糖尿病 清蒸鲈鱼 1 份/)

    const courier = await demo.phoneOf('demo_han_zhiqiang', '/pages/courier/today/index')
    await courier.tap('我来送，华光城午餐')
    await courier.tap(/^我来送$/)
    await courier.sees('华光城午餐归您了')
    await demo.emulator.moveTo(at('10:58'))
    await courier.tap(/华光城午餐 ›/, 'link')
    await courier.sees(/华光城 12 幢 \*+/)
    expect(await courier.shows('华光城 12 幢 302')).toBe(false)
    await courier.tap('出发')
    await courier.sees('华光城 12 幢 302')

    const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/my-record/log/index')
    await mother.sees('送餐员韩志强看了您的地址')
    await mother.sees(/今天 1\d:\d{2} · 为了送餐/)

    // The elder's own code.
    await demo.emulator.moveTo(at('11:04'))
    await mother.goesTo()
    for (const size of [30, 24, 20] as const) {
      await mother.readsAt(size)
      expect({ size, hidden: await mother.outOfSight(mother.named('打开门码')) }).toEqual({ size, hidden: 0 })
    }
    await mother.tap('门码')
    await mother.sees('韩志强把餐送到手上，再给看这个门码')
    await courier.tap(/^送到了，第 \d 家，王秀珍/)
    await courier.types(/6 位门码/, await mother.doorCode())
    await courier.tap(/^送到了$/)
    await courier.sees('有了老人这边的凭证。')
    await mother.sees('记好了，您慢用。')
    expect(await demo.lunchOf('wangXiuzhen')).toMatchObject({ status: 'delivered', evidence: { handover: { proof: 'doorCode' } } })

    // The courier's word alone: the social worker asks, until the elder says so herself.
    const social = await demo.phoneOf('demo_li_jing', desk)
    await courier.tap('下一家')
    await courier.tap(/^送到了，第 \d 家，许凤仙/)
    await courier.tap('老人没有码，只把餐放下了')
    await courier.sees('只有您的话，还不算送到')
    await courier.tap('就这样记')
    await courier.sees('记下了，还不算送到')
    const asked = social.page.getByRole('group', { name: '要问一问：午餐 许凤仙' })
    await asked.getByText('只有送餐员说送到').waitFor()
    const neighbour = await demo.phoneOf('demo_new_elder')
    await neighbour.tap(/送餐员说您的午餐送到了，收到了吗/, 'link')
    await neighbour.tap('收到了')
    await neighbour.sees('记好了，收到了')
    await asked.waitFor({ state: 'hidden' })
    expect(await demo.lunchOf('xuFengxian')).toMatchObject({ status: 'delivered', evidence: { handover: { proof: 'courierWord' }, confirm: { proof: 'elderTap' } } })

    // No signal: kept, marked, and sent once.
    const bookingId = String((await demo.lunchOf('zhouFusheng'))['_id'])
    const { code } = await demo.meanwhile('demo_zhou_ting', 'visit.doorCode', { bookingId })
    await courier.tap('下一家')
    await courier.goesOffline()
    await courier.tap(/^送到了，第 \d 家，周福生/)
    await courier.types(/6 位门码/, code)
    await courier.tap(/^送到了$/)
    await courier.sees('存在手机里了，有了网络会自己发出去。请接着送下一家。')
    await courier.tap('下一家')
    await courier.sees('送到了 · 未发出')
    await courier.sees('未发出 1 件：周福生送到了')
    expect(await demo.lunchOf('zhouFusheng')).toMatchObject({ status: 'booked' })
    await demo.emulator.advance(10 * MINUTE)
    await courier.comesBackOnline()
    await courier.seesNoMore(/未发出/)
    await courier.sees('去过 3 家，还有 1 家')
    const sent = await demo.lunchOf('zhouFusheng')
    expect(sent).toMatchObject({ status: 'delivered', evidence: { handover: { proof: 'doorCode' } } })
    expect(happened(sent, 'delivered')).toBe(1)

    // The slip, at the counter.
    await cook.goesTo('/pages/kitchen/today/index')
    await cook.tap('柜台领餐')
    await cook.tap(/^曹玉琴/, 'link')
    await cook.tap('没有手机，用门卡、纸条')
    await cook.types(/8 位数字/, slip)
    await cook.tap('给餐')
    await cook.sees('可以给餐')
    await cook.sees('收 10 元')
    expect(await demo.lunchOf('caoYuqin')).toMatchObject({ status: 'delivered', evidence: { handover: { proof: 'doorCard' } }, meal: { payment: { how: 'atSite', recordedAt: expect.any(Number) } } })
  }, 90_000)
})
