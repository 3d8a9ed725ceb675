/**
 * People's journeys in a real browser, several phones at once, on the real functions: from a tap to a verified service,
 * the first use, the family, and what happens when a time is full or there is no network.
 */
import { join } from 'node:path'
import type { BorrowedEmulator } from '../support/emulators'
import type { Demo } from '../../emulator/demo'
import { CONTRACT_VERSION, type ActionName, type Answer, type InputOf, type OutputOf } from '../../src/contract'
import { instantOf, MINUTE } from '../../src/domain/civil-time'
import { startWithDemo } from '../support/demo'
import { launchBrowser, type Browser } from './browser'
import { ScreenPhone } from './phone'

const tuesday = '2026-11-24'
const at = (date: string, time: string): number => instantOf(date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))

let emulator: BorrowedEmulator
let demo: Demo
let browser: Browser
let phones: { whose: string; phone: ScreenPhone }[] = []
let requests = 0

beforeAll(async () => {
  ;({ emulator, demo } = await startWithDemo({ app: join(__dirname, '..', '..', 'dist', 'h5') }))
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await emulator.stop()
})
afterEach(async () => {
  const complaints: string[] = []
  for (const { whose, phone } of phones) complaints.push(...(await phone.close()).map((said) => `${whose}: ${said}`))
  phones = []
  expect(complaints).toEqual([])
})

async function phoneOf(openid: string, hash = ''): Promise<ScreenPhone> {
  const phone = await ScreenPhone.open(browser, emulator.url, openid, hash)
  phones.push({ whose: openid, phone })
  return phone
}

/** What somebody else does meanwhile, on a phone that is not looked at here. */
async function meanwhile<A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<OutputOf<A>> {
  const { result, errMsg } = await emulator.call<Answer<A>>(openid, { action, input, requestId: `screens-${++requests}`, contractVersion: CONTRACT_VERSION })
  if (result?.ok !== true) throw new Error(`${action}: ${result === undefined ? errMsg : result.error.code}`)
  return result.output
}

const bookings = async (): Promise<Record<string, unknown>[]> => (await emulator.dump(['bookings']))['bookings'] ?? []

/** From the first screen to the times of a service. */
async function openService(phone: ScreenPhone, service: string): Promise<void> {
  await phone.tap('上门照护', 'link')
  await phone.tap(new RegExp(`^${service}`), 'link')
  await phone.named('11月24日', 'radio').waitFor()
}

describe('from a tap to a verified service', () => {
  it('is booked by the daughter, done by the care worker, confirmed by the mother and verified by the social worker, each on their own phone', async () => {
    const before = (await bookings()).length
    const daughter = await phoneOf('demo_wang_min')
    await daughter.sees('早上好，王敏')
    expect(await daughter.shows('王秀珍')).toBe(true)
    await openService(daughter, '助浴')
    await daughter.tap('11月24日', 'radio')
    await daughter.tap('14:00–15:00', 'radio')
    await daughter.types('想让护理员知道的', '门铃坏了，请敲门')
    await daughter.sees('给王秀珍约助浴，明天 14:00–15:00，护理员到华光城 12 幢 302，60 元。今天 14:00 前可以自己取消。')
    // Two taps of one impatient finger.
    await daughter.named('就约这个').dblclick()
    await daughter.sees('到时候告诉我')
    await daughter.tap('到时候告诉我')
    await daughter.sees('好的，到时候在微信里告诉您')
    expect((await bookings()).length).toBe(before + 1)
    await daughter.tap('看这次预约')
    await daughter.sees('等护理员接单')
    await daughter.sees('今天 14:00 以前，都可以自己改、自己取消')

    const worker = await phoneOf('demo_chen_xia', '/pages/care-worker/today/index')
    await worker.tap('我来，王秀珍，助浴')
    await worker.tap(/^我来$/)
    await worker.sees('这一单归您了')
    // The daughter's screen was left alone and says so by itself.
    await daughter.sees('护理员陈霞接了单')

    await emulator.moveTo(at(tuesday, '13:55'))
    const asked = worker.page.waitForRequest((request) => request.url().endsWith('/cloud/call'))
    await daughter.tap('门码')
    await daughter.sees('陈霞到了门口，再给看这个门码')
    const first = await daughter.doorCode()
    expect(first).toMatch(/^\d{6}$/)
    await worker.tap(/^工作$/, 'link')
    // The list of the day before stands there until the page has asked again: the visit of that day would be opened.
    await asked
    await worker.hasHeardAll()
    await worker.tap(/王秀珍 · 助浴/, 'link')
    await worker.sees('门铃坏了，请敲门')
    await worker.tap('签到')
    await worker.types(/6 位门码/, first)
    await worker.tap('签到')
    await worker.sees('您到家签到')
    await daughter.sees('陈霞签到好了')

    await emulator.moveTo(at(tuesday, '14:52'))
    const mother = await phoneOf('demo_wang_xiuzhen')
    await mother.tap('门码')
    await mother.sees('陈霞走的时候，给看这个门码')
    const last = await mother.doorCode()
    expect(last).not.toBe(first)
    await worker.tap('签退')
    await worker.types(/6 位门码/, last)
    await worker.tap('签退')
    await worker.sees(/服务 5\d 分钟，您签退/)

    await mother.sees('签退好了')
    await mother.tap('看这次预约')
    await mother.sees('做得怎么样')
    await mother.tap('满意', 'radio')
    await mother.sees(/陈霞给您做完了助浴，服务了 5\d 分钟，满意。/)
    await mother.tap('确认完成')
    await mother.sees('确认好了，社工会来核实')

    const social = await phoneOf('demo_li_jing', '/pages/social-worker/today/index')
    await social.tap(/助浴 · 王秀珍.*今天 14:00/, 'link')
    await social.sees('老人确认「满意」')
    await social.tap('核实')
    await social.sees(/全部核实/)
    await social.tap('就这样定')
    await social.sees('核实好了')

    await mother.sees('社工李静核实了')
    const made = (await bookings()).find((booking) => booking['note'] === '门铃坏了，请敲门')
    expect(made).toMatchObject({ status: 'verified', elderId: demo.personIds.wangXiuzhen })
  }, 120_000)

  it('is cancelled inside the window after a question, and the time is free again', async () => {
    const daughter = await phoneOf('demo_wang_min')
    await openService(daughter, '理发')
    await daughter.tap('11月27日', 'radio')
    const time = daughter.page.getByRole('radio', { name: /剩/ }).first()
    await time.click()
    await daughter.tap('就约这个')
    await daughter.tap('看这次预约')
    await daughter.tap('取消这次预约')
    await daughter.sees(/取消王秀珍的理发，11月27日 周五 .*？/)
    await daughter.tap('取消预约')
    await daughter.sees('取消好了，时间已经让出来')
    await daughter.sees('您替王秀珍取消了')
    await daughter.tap('再约一次')
    await daughter.sees('请选一个时间。')
  }, 60_000)
})

describe('a time that somebody else takes first', () => {
  it('is told in the flow with the next free times, and what was typed stays', async () => {
    const daughter = await phoneOf('demo_wang_min')
    await openService(daughter, '助浴')
    await daughter.tap('11月27日', 'radio')
    await daughter.tap('14:00–15:00', 'radio')
    await daughter.types('想让护理员知道的', '钥匙在邻居家')
    // The screen looks again by itself; here the last seat goes between its look and the tap.
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => { release = resolve })
    await daughter.page.route('**/cloud/call', async (route) => {
      if (route.request().postData()?.includes('catalogue.service') === true) await held
      await route.continue()
    })
    const service = await meanwhile('demo_sun_guiying', 'catalogue.service', { elderId: demo.personIds.sunGuiying, serviceItemId: 'svc_bathing', fromOn: tuesday })
    const slot = service.days.flatMap((day) => day.slots).find((one) => one.startsAt === at('2026-11-27', '14:00'))
    if (slot === undefined) throw new Error('the demo has no bathing on Friday at 14:00')
    const slotId = slot.slotId
    await meanwhile('demo_admin', 'slot.setCapacity', { slotId, capacity: 1 })
    await meanwhile('demo_sun_guiying', 'booking.book', { elderId: demo.personIds.sunGuiying, slotId })
    await daughter.tap('就约这个')
    await daughter.sees('没约上，最后一个名额刚被约走')
    release()
    await daughter.sees('还有这些时间')
    await daughter.named(/14:00–15:00.*约满了/, 'radio').waitFor()
    expect(await daughter.page.getByLabel(/想让护理员知道的/).inputValue()).toBe('钥匙在邻居家')
    await daughter.page.getByRole('group', { name: '还有这些时间' }).getByRole('button').first().click()
    await daughter.tap('就约这个')
    await daughter.sees('到时候告诉我')
    await daughter.sees('钥匙在邻居家')
  }, 60_000)
})

describe('without a network', () => {
  it('shows what was known with its age, never calls an act done, and does it once when the network is back', async () => {
    const elder = await phoneOf('demo_sun_guiying')
    await elder.sees('孙桂英')
    await openService(elder, '理发')
    await elder.tap('11月26日', 'radio')
    await elder.page.getByRole('radio', { name: /剩/ }).first().click()
    const before = (await bookings()).length
    await elder.goesOffline()
    await elder.tap('就约这个')
    await elder.sees('没有网络')
    await elder.sees(/不会重复办/)
    expect(await elder.shows('约好了')).toBe(false)
    await elder.comesBackOnline()
    await elder.tap('就约这个')
    await elder.sees('到时候告诉我')
    expect((await bookings()).length).toBe(before + 1)

    await elder.tap('返回')
    await elder.sees('孙桂英')
    await elder.tap(/^预约$/, 'link')
    await elder.sees('要来的')
    await elder.page.getByRole('link', { name: /理发/ }).first().waitFor()
    await elder.hasHeardAll()
    await elder.goesOffline()
    await elder.page.clock.setSystemTime(Date.now() + 3 * MINUTE)
    await elder.tap(/^首页$/, 'link')
    // Three minutes, and as long as this machine took since the first screen was asked for.
    await elder.sees(/没有网络 · ([3-9]|[1-9]\d) 分钟前的内容/)
    await elder.page.getByRole('link', { name: /理发/ }).first().waitFor()
    await elder.comesBackOnline()
    await elder.seesNoMore(/没有网络/)
  }, 60_000)
})

describe('first use', () => {
  it('offers large text, asks for consent and knows a resident by the number that WeChat verified', async () => {
    const accounts = async (): Promise<number> => ((await emulator.dump(['accounts']))['accounts'] ?? []).length
    const before = await accounts()
    const elder = await phoneOf('demo_new_elder')
    await elder.sees('您好，先选看得清的字')
    await elder.tap(/^最大/, 'radio')
    expect(await accounts()).toBe(before)
    await elder.tap('同意，开始用')
    await elder.sees('您是哪一位？')
    await elder.tap('用微信手机号')
    await elder.sees('许凤仙，您好')
    await elder.tap('去首页')
    await elder.sees('您自己')
    expect(await elder.shows('社工还没有见过您')).toBe(false)
    // The size stays for the next time.
    await elder.page.reload()
    await elder.tap(/^我的$/, 'link')
    expect(await elder.named(/^最大/, 'radio').getAttribute('aria-checked')).toBe('true')
  }, 60_000)

  it('tells two people on one number apart by the digits from the counter', async () => {
    const { code } = await meanwhile('demo_li_jing', 'person.issueClaimCode', { personId: demo.personIds.luGensheng })
    const phone = await phoneOf('demo_lu_home')
    await phone.tap('同意，开始用')
    await phone.tap('用微信手机号')
    await phone.sees('这个号码登记了不止一位')
    await phone.tap(/输登记码/, 'link')
    await phone.types('社区给的登记码，8 位', String((Number(code) + 1) % 100_000_000).padStart(8, '0'))
    await phone.tap('就是我')
    await phone.sees('登记码不对')
    await phone.types('社区给的登记码，8 位', code)
    await phone.tap('就是我')
    await phone.sees('陆根生，您好')
  }, 60_000)

  it('registers somebody whom nobody knows, and says calmly what has to wait', async () => {
    const phone = await phoneOf('demo_new_phone')
    await phone.tap('同意，开始用')
    await phone.tap('用微信手机号')
    await phone.sees('没有找到这个号码的登记')
    await phone.tap(/我来登记/)
    await phone.types('姓名', '林爱珍')
    await phone.choosesDate('生日', '1951-08-09')
    await phone.chooses('住在哪个社区', '锦苑')
    await phone.sees('登记林爱珍，1951年8月9日出生，住在锦苑。')
    await phone.tap('就这样登记')
    await phone.sees('登记好了')
    await phone.tap('去首页')
    await phone.sees('社工还没有见过您')
    // A visit needs a door: it is asked for before the booking, and the time chosen stays chosen.
    await openService(phone, '理发')
    await phone.sees('您的门牌还没有登记，先填上再约。')
    await phone.tap('11月26日', 'radio')
    await phone.page.getByRole('radio', { name: /剩/ }).first().click()
    expect(await phone.named('记下门牌').getAttribute('aria-disabled')).toBe('true')
    await phone.types('门牌', '3 幢 201')
    await phone.tap('记下门牌')
    await phone.sees(/给您自己约理发，11月26日 周四 .*护理员到锦苑 3 幢 201，/)
    await phone.tap('就约这个')
    await phone.sees('到时候告诉我')
  }, 60_000)
})

describe('what is kept about me', () => {
  it('is health data only while I agree, can be read and taken along, and goes when I write my name', async () => {
    const elder = await phoneOf('demo_wang_jianjun', '/pages/me/index')
    await elder.tap(/照护须知/, 'link')
    await elder.types('想让护理员知道的', '听力不好，请大声些')
    await elder.tap('同意，留下')
    await elder.sees('留好了')
    await elder.tap('返回')
    await elder.tap(/留了我的什么/, 'link')
    await elder.sees('听力不好，请大声些')
    await elder.tap('返回')
    await elder.tap(/照护须知/, 'link')
    await elder.tap('收回同意')
    await elder.tap('收回，删掉')
    await elder.sees('收回了，也删掉了')
    await elder.tap('返回')
    await elder.tap(/留了我的什么/, 'link')
    await elder.sees('月季 21 幢 402')
    await elder.seesNoMore('听力不好，请大声些')
    await elder.tap('返回')
    await elder.tap(/^注销/, 'link')
    await elder.types('请写自己的名字', '王建')
    expect(await elder.named('注销').getAttribute('aria-disabled')).toBe('true')
    await elder.types('请写自己的名字', '王建军')
    await elder.tap('注销')
    await elder.sees('您好，先选看得清的字')
    const { people = [] } = await emulator.dump(['people'])
    expect(people.filter((person) => person['name'] === '王建军')).toHaveLength(0)
  }, 60_000)
})

describe('family', () => {
  it('asks, is given less than it asked for, acts in sight of the elder, and is ended', async () => {
    const family = await phoneOf('demo_zhou_ting', '/pages/family/ask/index')
    await family.types('老人的名字', '孙桂英')
    await family.chooses('老人住在哪个社区', '锦苑')
    await family.chooses('您是老人的', '其他家人')
    await family.tap('请老人同意')
    await family.sees('发出去了')
    await family.sees(/不管有没有找到这位老人，这里都这样回答/)
    await family.tap('好的')
    await family.sees('等老人同意')

    const elder = await phoneOf('demo_sun_guiying')
    await elder.tap(/其他家人周婷想替您办事/, 'link')
    await elder.tap('只让办一部分')
    await elder.tap('看服务记录和照护须知', 'checkbox')
    await elder.tap('三个月', 'radio')
    await elder.sees(/同意其他家人周婷替您约服务、取消、确认、收到提醒，到2027年2月\d+日为止。/)
    await elder.tap(/^同意$/)
    await elder.sees('能替您办事了')

    await family.sees(/到2027年2月\d+日为止/)
    await family.tap('返回')
    await family.tap('换人')
    await family.tap(/^孙桂英/, 'radio')
    await openService(family, '助浴')
    await family.tap('11月29日', 'radio')
    await family.page.getByRole('radio', { name: /剩/ }).first().click()
    await family.tap('就约这个')
    await family.sees('到时候告诉我')

    await elder.tap('返回')
    await elder.tap(/^我的$/, 'link')
    await elder.tap(/谁替我办了什么/, 'link')
    await elder.sees('其他家人周婷替您约了11月29日的助浴')
    await elder.tap('返回')
    await elder.tap(/谁能替我办/, 'link')
    await elder.tap('停掉')
    await elder.tap(/^停掉$/)
    await elder.sees('不能再替您办事')

    await family.tap('返回')
    await family.sees('周福生')
    await family.tap('换人')
    await family.page.getByRole('radio', { name: /^孙桂英/ }).first().waitFor({ state: 'hidden' })
  }, 90_000)
})
