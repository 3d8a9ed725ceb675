/**
 * The people who work here, in a real browser on the real functions: a dispute is called back and verified, a door that
 * nobody opened becomes a case and is closed, the counter serves somebody without a phone, capacity is never set below
 * what is held, and a check-in without signal is kept, marked and sent once.
 */
import { join } from 'node:path'
import type { BorrowedEmulator } from '../support/emulators'
import { CONTRACT_VERSION, type ActionName, type Answer, type InputOf, type OutputOf } from '../../src/contract'
import { instantOf, MINUTE } from '../../src/domain/civil-time'
import { startWithDemo } from '../support/demo'
import { launchBrowser, type Browser } from './browser'
import { ScreenPhone } from './phone'

const monday = '2026-11-23'
const at = (time: string): number => instantOf(monday, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
const desk = '/pages/social-worker/today/index'

let emulator: BorrowedEmulator
let browser: Browser
let phones: { whose: string; phone: ScreenPhone }[] = []
let requests = 0

beforeAll(async () => {
  emulator = (await startWithDemo({ app: join(__dirname, '..', '..', 'dist', 'h5') })).emulator
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await emulator?.stop()
})
afterEach(async () => {
  const complaints: string[] = []
  for (const { whose, phone } of phones) complaints.push(...(await phone.close()).map((said) => `${whose}: ${said}`))
  phones = []
  expect(complaints).toEqual([])
})

async function phoneOf(openid: string, hash: string): Promise<ScreenPhone> {
  const phone = await ScreenPhone.open(browser, emulator.url, openid, hash)
  phones.push({ whose: openid, phone })
  return phone
}

/** What somebody else does meanwhile, on a phone that is not looked at here. */
async function meanwhile<A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<OutputOf<A>> {
  const { result, errMsg } = await emulator.call<Answer<A>>(openid, { action, input, requestId: `staff-${++requests}-screens`, contractVersion: CONTRACT_VERSION })
  if (result?.ok !== true) throw new Error(`${action}: ${result === undefined ? errMsg : result.error.code}`)
  return result.output
}

async function one(collection: string, fits: (document: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
  const found = ((await emulator.dump([collection]))[collection] ?? []).filter(fits)
  if (found.length !== 1) throw new Error(`${found.length} documents in ${collection}`)
  return found[0] ?? {}
}

describe("a social worker's day", () => {
  it('calls back about a dispute, writes down what was said, and verifies; the elder can read that the number was looked at', async () => {
    const social = await phoneOf('demo_li_jing', desk)
    await social.sees('老人这边有疑问')
    await social.tap(/理发 · 郑国强/, 'link')
    await social.sees('十来分钟就走了，后面没有剪齐。')
    await social.tap('打电话回访')
    await social.tap('打给郑国强')
    await social.tap('看手机号')
    await social.sees(/^1\d{10}$/)
    await social.tap('做了，没问题', 'radio')
    await social.types('老人的原话', '补剪过了，挺好。')
    await social.sees(/您打电话问了郑国强的理发，.*老人说做了，没问题。补剪过了，挺好。/)
    await social.tap('记下来')
    await social.sees('记下来了')
    await social.sees('您打电话问过，服务做了')
    await social.tap('核实')
    await social.sees(/全部核实。/)
    await social.tap('就这样定')
    await social.sees('核实好了')

    const booking = await one('bookings', (document) => document['elderName'] === '郑国强' && document['serviceName'] === '理发' && document['onDate'] === '2026-11-22')
    expect(booking).toMatchObject({ status: 'verified', evidence: { confirm: { proof: 'callBack' } } })
    const me = await meanwhile('demo_zheng_guoqiang', 'account.profile', {})
    const { items } = await meanwhile('demo_zheng_guoqiang', 'account.log', { personId: me.personId })
    expect(items.map((item) => item.what)).toEqual(expect.arrayContaining(['unmaskedPhone', 'calledBack']))
  }, 60_000)

  it('cannot verify in whole what lacks proof, and says why when it is only partly right', async () => {
    const social = await phoneOf('demo_li_jing', desk)
    await social.tap(/助行陪诊 · 沈月娥/, 'link')
    await social.tap('不打电话，直接核实')
    await social.sees('全部核实要先补齐。现在可以核实一部分，或者不通过。')
    expect(await social.named('全部核实', 'radio').count()).toBe(0)
    await social.tap('核实一部分', 'radio')
    await social.types('核实多少分钟', '90')
    expect(await social.named('就这样定').getAttribute('aria-disabled')).toBe('true')
    await social.types('为什么', '只有门卡签到，问过医院，陪了一个半小时。')
    await social.tap('就这样定')
    await social.sees('核实了一部分')
    expect(await one('bookings', (document) => document['elderName'] === '沈月娥' && document['onDate'] === '2026-11-22')).toMatchObject({ status: 'partly', verifiedMinutes: 90 })
  }, 60_000)

  it('verifies all complete ones together, and nothing else', async () => {
    const social = await phoneOf('demo_li_jing', desk)
    const { complete } = await meanwhile('demo_li_jing', 'worker.today', {})
    await social.tap(`一起确认证据齐的 ${complete.length} 项`)
    for (const row of complete) await social.sees(`${row.serviceName} ${row.elderName}`)
    // One tap has only asked.
    expect((await meanwhile('demo_li_jing', 'worker.today', {})).complete).toHaveLength(complete.length)
    await social.tap('都核实')
    await social.sees(/核实好了 \d+ 项/)
    const today = await meanwhile('demo_li_jing', 'worker.today', {})
    expect(today.complete).toEqual([])
    expect(today.exceptions.length).toBeGreaterThan(0)
  }, 60_000)
})

describe('a case that is open since this morning', () => {
  it('is taken, the daughter who lives elsewhere is telephoned, and it closes with her word', async () => {
    const social = await phoneOf('demo_li_jing', desk)
    await social.tap('打电话，周福生')
    await social.tap('打给女儿周婷')
    await social.tap('看手机号')
    await social.sees(/^1\d{10}$/)
    await social.tap('我去看看，周福生')
    await social.tap('有结果了，周福生')
    await social.tap('家人说清楚了', 'radio')
    await social.tap('女儿周婷', 'radio')
    await social.types('家人怎么说', '昨晚接到她家去住了。')
    await social.tap(/^平安/, 'radio')
    await social.sees('女儿周婷说清楚了，平安：昨晚接到她家去住了。')
    await social.tap('这件事完了')
    await social.sees('周福生的事了结了')
    expect(await one('safetyCases', (document) => document['elderName'] === '周福生')).toMatchObject({ status: 'closed', closed: { how: 'familyConfirmed', words: '昨晚接到她家去住了。', finding: 'fine' } })
  }, 60_000)
})

describe('the counter', () => {
  it('registers somebody without a phone, gives a door card, gives the son a delegation, and books', async () => {
    await meanwhile('demo_wang_jianjun', 'delegation.request', { elderName: '丁小妹', communityId: 'huaguangcheng', kinship: '其他家人', scopes: ['book', 'alerts'], endOn: '2027-05-01' })
    const social = await phoneOf('demo_li_jing', desk)
    await social.tap('柜台：找人、登记')
    await social.types('找哪一位', '丁小妹')
    await social.tap('找一找')
    await social.sees('您的社区里没有「丁小妹」')
    await social.tap('登记这位')
    await social.types('姓名', '丁小妹')
    await social.choosesDate('生日', '1940-03-05')
    await social.chooses('住在哪个社区', '华光城')
    await social.types('门牌', '9 幢 201')
    await social.tap('一个人住', 'radio')
    await social.tap('看了身份证', 'radio')
    await social.sees('登记丁小妹，1940年3月5日生，86 岁，住华光城9 幢 201，独居，看了身份证。')
    await social.tap('就这样登记')
    await social.sees('华光城 · 86 岁 · 独居')

    await social.tap('做门卡', 'link')
    await social.sees('给丁小妹做一张门卡？护理员来了，给她看卡上的数字。')
    await social.tap('做门卡')
    await social.sees('电话里不要念给别人听。')
    const card = ((await social.page.getByRole('img', { name: /^门卡：/ }).first().getAttribute('aria-label')) ?? '').replace(/\D/g, '')
    expect(card).toMatch(/^\d{8}$/)
    // On paper there is the card and nothing else.
    await social.page.emulateMedia({ media: 'print' })
    expect(await social.named('给好了').count()).toBe(0)
    expect(await social.shows(new RegExp(`${card.slice(0, 4)} ${card.slice(4)}`))).toBe(true)
    const paper = await social.page.getByRole('region', { name: '门卡' }).boundingBox()
    expect((paper?.x ?? 0) + (paper?.width ?? Infinity)).toBeLessThan(375)
    await social.page.emulateMedia({ media: 'screen' })
    await social.tap('给好了')
    await social.sees('换一张门卡')
    const elder = await one('people', (document) => document['name'] === '丁小妹')
    expect(elder).toMatchObject({ standing: 'verified', accountId: null, doorCard: { code: card } })

    await social.goesTo(desk)
    await social.tap(/王建军想替丁小妹办事/, 'link')
    await social.tap('找一找')
    await social.tap(/丁小妹/, 'link')
    await social.tap('看了身份证', 'radio')
    await social.sees(/丁小妹在场，看了身份证，同意其他家人王建军替老人约服务、取消、确认；收提醒，到 2027年5月1日。/)
    await social.tap('老人同意')
    await social.sees('办好了，王建军可以替丁小妹办事了')
    const { elders } = await meanwhile('demo_wang_jianjun', 'delegation.mine', {})
    expect(elders.map((one) => one.name)).toContain('丁小妹')

    await social.goesTo(`/pages/social-worker/person/index?personId=${String(elder['_id'])}`)
    await social.tap('替丁小妹约服务')
    await social.tap(/^理发/, 'link')
    await social.tap('11月27日', 'radio')
    await social.page.getByRole('radio', { name: /剩/ }).first().click()
    await social.sees(/给丁小妹约理发，/)
    await social.tap('就约这个')
    await social.sees('约好了')
    expect(await one('bookings', (document) => document['elderId'] === elder['_id'])).toMatchObject({ serviceName: '理发', bookedBy: { as: 'socialWorker', name: '李静' } })
  }, 90_000)

  it('merges two records of one human after a question, and keeps the account', async () => {
    const social = await phoneOf('demo_li_jing', '/pages/social-worker/people/index')
    await social.types('找哪一位', '沈月娥')
    await social.tap('找一找')
    await social.sees('有 2 位「沈月娥」，请看清楚是哪一位。')
    await social.tap(/没用微信/, 'link')
    await social.tap('合并登记', 'link')
    await social.tap(/有微信/, 'link')
    await social.sees(/留下见过面，没用微信的这份。预约、代办和微信都转过来，什么都不会丢。/)
    await social.tap('合成一份')
    await social.sees('认领了')
    expect(await one('people', (document) => document['name'] === '沈月娥' && document['mergedInto'] === null)).toMatchObject({ standing: 'verified', accountId: 'demo_shen_yuee' })
  }, 60_000)
})

describe('the subdistrict', () => {
  it('cannot set capacity below what is held, and is told how many; above it, it can', async () => {
    const admin = await phoneOf('demo_admin', '/pages/admin/capacity/index')
    await admin.chooses('哪项服务', '助浴')
    await admin.tap('11月25日', 'radio')
    await admin.sees('已约 2 位，满了')
    await admin.tap(/改名额，11月25日 星期三 09:00/)
    await admin.tap('少一位')
    await admin.sees('助浴，11月25日 星期三 09:00–10:00，名额改成 1 位？')
    await admin.tap('改好了')
    await admin.sees('名额不能比已约的还少')
    await admin.sees('已经约了 2 位，名额至少要这么多。')
    await admin.tap('多一位')
    await admin.tap('多一位')
    await admin.tap('改好了')
    await admin.sees('11月25日 星期三 09:00，名额改成 3 位')
    await admin.sees('已约 2 位，还剩 1 位')
    expect(await one('slots', (slot) => slot['serviceName'] === '助浴' && slot['startsAt'] === instantOf('2026-11-25', 9 * 60))).toMatchObject({ capacity: 3, remaining: 1 })
  }, 60_000)

  it('closes a day and is told how many are already booked; the audit says who did it, and every law holds', async () => {
    const admin = await phoneOf('demo_admin', '/pages/admin/closed-days/index')
    await admin.choosesDate('哪一天', '2026-11-25')
    await admin.types('为什么休息', '停水检修')
    await admin.sees('11月25日 星期三休息，停水检修，这一天空着的时间都停约。')
    await admin.tap('设为休息日')
    await admin.sees(/已经约好的 \d+ 位还在。请各社区社工打电话，问问改到哪天。/)
    await admin.goesTo('/pages/admin/audit/index')
    await admin.sees('街道孙洁设为休息日：11月25日 星期三')
    await admin.goesTo('/pages/admin/laws/index')
    await emulator.fire('timers', 'selfCheck')
    await admin.sees(/^\d+ 条都成立$/)
  }, 60_000)
})

describe('at the door', () => {
  it('tells the social worker at once when nobody opens; the case is taken and closed with the person seen', async () => {
    await emulator.moveTo(at('10:40'))
    const social = await phoneOf('demo_li_jing', desk)
    await social.sees('要去看看')
    const worker = await phoneOf('demo_wu_fang', '/pages/care-worker/today/index')
    await worker.tap(/郑国强 · 理发/, 'link')
    await worker.tap('没人开门')
    await worker.tap('敲门没人应', 'checkbox')
    await worker.tap('打电话没人接', 'checkbox')
    await worker.tap('没人开门')
    await worker.sees('报给社工了')

    // The social worker's screen was left alone and says so by itself.
    await social.sees('敲门没人应，打电话没人接')
    await social.tap('我去看看，郑国强')
    await social.tap('有结果了，郑国强')
    await social.sees('要亲眼见到人，或者家人说清楚，这件事才算完。')
    await social.tap('见到人了', 'radio')
    await social.tap('就是现在', 'radio')
    await social.types('人怎么样', '在楼下下棋，没听见敲门。')
    await social.tap(/^虚惊一场/, 'radio')
    await social.tap('这件事完了')
    await social.sees('郑国强的事了结了')
    expect(await one('safetyCases', (document) => document['elderName'] === '郑国强' && Number(document['openedAt']) >= at('10:40'))).toMatchObject({ status: 'closed', closed: { how: 'seenInPerson', name: '李静', finding: 'falseAlarm' } })
  }, 60_000)

  it('says how many tries are left, keeps a check-in without signal as not sent, and sends it once when the network is back', async () => {
    await emulator.moveTo(at('13:50'))
    const worker = await phoneOf('demo_chen_xia', '/pages/care-worker/today/index')
    await worker.tap(/王秀珍 · 助浴/, 'link')
    await worker.sees('听力不太好')
    await worker.tap('看门牌号')
    await worker.sees('看王秀珍家的完整门牌号？会记下来，老人看得到。')
    await worker.tap('看门牌号')
    await worker.sees(/华光城 12 幢 \d+/)

    const bookingId = String((await one('bookings', (document) => document['elderName'] === '王秀珍' && document['onDate'] === monday && document['serviceName'] === '助浴'))['_id'])
    const { code } = await meanwhile('demo_wang_min', 'visit.doorCode', { bookingId })
    await worker.tap('签到')
    await worker.types(/6 位门码/, String((Number(code) + 1) % 1_000_000).padStart(6, '0'))
    await worker.tap('签到')
    await worker.sees('数字不对，还能试 4 次')

    await worker.goesOffline()
    await worker.types(/6 位门码/, code)
    await worker.tap('签到')
    await worker.sees('未发出：签到')
    await worker.sees('签到未发出')
    await worker.sees('等您到家签到')
    expect(await worker.shows(/^您到家签到$/)).toBe(false)
    expect(await one('bookings', (document) => document['_id'] === bookingId)).toMatchObject({ status: 'assigned' })
    // The code has long changed when the signal is back: its own window proves the time.
    await emulator.advance(10 * MINUTE)
    await worker.comesBackOnline()
    await worker.sees(/^您到家签到$/)
    await worker.seesNoMore('未发出：签到')
    const booking = await one('bookings', (document) => document['_id'] === bookingId)
    expect(booking).toMatchObject({ status: 'checkedIn', evidence: { checkIn: { proof: 'doorCode' } } })
    expect((booking['timeline'] as { what: string }[]).filter((line) => line.what === 'checkedIn')).toHaveLength(1)
    const { provedAt, at: heardAt } = (booking['evidence'] as { checkIn: { provedAt: number; at: number } }).checkIn
    expect(heardAt - provedAt).toBeGreaterThan(5 * MINUTE)
  }, 60_000)
})
