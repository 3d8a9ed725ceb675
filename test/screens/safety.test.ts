/**
 * A door that nobody opens, and a call for help, in a real browser on the real functions: the same live case on the phones
 * of the family, the social worker and the elder, taken over by one of them, driven on by the clock, and closed only when
 * somebody has seen the person.
 */
import { MINUTE } from '../../src/domain/civil-time'
import { at, DemoPhones, MONDAY, type Stored } from './demo-phones'

const desk = '/pages/social-worker/today/index'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

type Elder = keyof DemoPhones['personIds']
const casesOf = (elder: Elder): Promise<Stored[]> => demo.all('safetyCases', (safety) => safety['elderId'] === demo.personIds[elder])
const liveCaseOf = (elder: Elder): Promise<Stored> => demo.one('safetyCases', (safety) => safety['elderId'] === demo.personIds[elder] && safety['status'] !== 'closed')

describe('一键呼叫', () => {
  it('can be taken back within five seconds; pressed for real it is on the social worker\'s page at once, and the elder sees who comes', async () => {
    const before = (await casesOf('zhengGuoqiang')).length
    const elder = await demo.phoneOf('demo_zheng_guoqiang')
    await elder.tap('一键呼叫 家人和社区')
    await elder.sees('5 秒后呼叫家人和社区')
    await elder.tap('取消')
    await elder.sees('早上好，郑国强')

    const social = await demo.phoneOf('demo_li_jing', desk)
    await social.sees('今日工作')
    // This time nobody takes it back: it goes out by itself. What was taken back is long over by then, and left nothing.
    await elder.tap('一键呼叫 家人和社区')
    await elder.sees(/^正在(一个一个)?联系/)
    expect(await casesOf('zhengGuoqiang')).toHaveLength(before + 1)
    expect(await liveCaseOf('zhengGuoqiang')).toMatchObject({ reason: 'calledForHelp', status: 'open' })

    // The social worker's screen was left alone and says so by itself.
    await social.page.getByRole('group', { name: '要去看看：郑国强' }).getByText('一键呼叫').waitFor()
    await social.tap('我去看看，郑国强')
    await elder.sees('李静在联系您')
    await elder.sees('社工李静去看看')
    // Pressed once more it is the same case.
    await elder.tap('返回')
    await elder.tap('一键呼叫 家人和社区')
    await elder.tap('不等了，马上叫')
    await elder.sees('已经在叫了')
    expect(await casesOf('zhengGuoqiang')).toHaveLength(before + 1)

    await social.tap('有结果了，郑国强')
    await social.tap('见到人了', 'radio')
    await social.tap('就是现在', 'radio')
    await social.types('人怎么样', '胸口闷，已经陪着去了医院。')
    await social.tap(/^需要帮忙/, 'radio')
    await social.tap('这件事完了')
    await social.sees('郑国强的事了结了')
    await elder.sees(/李静 \d{2}:\d{2} 见到了人/)
  }, 60_000)

  it('dials the community where there is no network, goes on trying, and is one case once it is heard', async () => {
    const before = (await casesOf('sunGuiying')).length
    const elder = await demo.phoneOf('demo_sun_guiying')
    await elder.sees('早上好，孙桂英')
    await elder.hasHeardAll()
    await elder.goesOffline()
    await elder.tap('一键呼叫 家人和社区')
    const dialled = elder.dials()
    await elder.tap('不等了，马上叫')
    await elder.sees('没有连上，改打社区电话 19000001900')
    expect(await dialled).toBe('19000001900')
    expect(await casesOf('sunGuiying')).toHaveLength(before)
    await elder.comesBackOnline()
    await elder.sees(/^正在(一个一个)?联系/)
    expect(await casesOf('sunGuiying')).toHaveLength(before + 1)
    await demo.meanwhile('demo_sun_guiying', 'safety.saysFine', { safetyCaseId: String((await liveCaseOf('sunGuiying'))['_id']) })
  }, 60_000)
})

describe('a meal at a door that nobody opens', () => {
  it('is a case on the phones of family and social worker, taken over by one, driven on by the clock, and closed when she was seen; not by the courier', async () => {
    const { wangXiuzhen } = demo.personIds
    await demo.meanwhile('demo_wang_min', 'meal.order', { elderId: wangXiuzhen, slotId: await demo.lunchSlot('清蒸鲈鱼'), portions: 1, way: 'delivery', payment: 'monthlyBill' })
    for (const time of ['10:05', '10:31']) await demo.emulator.moveTo(at(time))
    const runId = String((await demo.one('deliveryRuns', (run) => run['onDate'] === MONDAY && run['communityName'] === '华光城'))['_id'])
    await demo.meanwhile('demo_han_zhiqiang', 'courier.takeRun', { runId })
    await demo.meanwhile('demo_han_zhiqiang', 'courier.startRun', { runId })
    await demo.emulator.moveTo(at('11:04'))

    const daughter = await demo.phoneOf('demo_wang_min')
    await daughter.sees('订餐送到家')
    const social = await demo.phoneOf('demo_li_jing', desk)
    await social.sees('今日工作')
    const courier = await demo.phoneOf('demo_han_zhiqiang', '/pages/courier/today/index')
    await courier.tap(/^送到了，第 \d 家，王秀珍/)
    await courier.tap('没人开门')
    await courier.tap('敲门没人应', 'checkbox')
    await courier.tap('按铃没人应', 'checkbox')
    await courier.tap('没人开门')
    await courier.sees('报给社工了')
    const safetyCaseId = String((await liveCaseOf('wangXiuzhen'))['_id'])

    // Both screens were left alone and say so by themselves.
    const card = social.page.getByRole('group', { name: '要去看看：王秀珍' })
    await card.getByText('敲门没人应，按铃没人应').waitFor()
    await card.getByText(/^正在联系王秀珍本人，11:\d\d 轮到下一位$/).waitFor()
    await daughter.tap(/王秀珍的门没人开/, 'link')
    await daughter.sees('送餐员韩志强敲门没有人应')

    // Nobody has done anything for five minutes: the clock comes to the daughter.
    await demo.emulator.advance(6 * MINUTE)
    await daughter.sees('请您打电话问问')
    await card.getByText(/^正在联系女儿王敏，/).waitFor()
    await daughter.tap('我来联系')
    await daughter.sees('好的，您来联系。大家都看得到。')
    expect(await demo.refusalOf('demo_li_jing', 'safety.take', { safetyCaseId, takenById: null })).toBe('ALREADY_TAKEN')
    await card.getByText('王敏在去看').waitFor()
    const mother = await demo.phoneOf('demo_wang_xiuzhen')
    await mother.tap(/敲您的门没人应/, 'link')
    await mother.sees('王敏在联系您')

    // The courier who could not find her has told it, and has no further part in it.
    await courier.goesTo(`/pages/safety/case/index?safetyCaseId=${safetyCaseId}`)
    await courier.sees('没有找到')
    expect(await courier.named('有结果了').count()).toBe(0)
    const { now } = await demo.emulator.clock()
    expect(await demo.refusalOf('demo_han_zhiqiang', 'safety.close', { safetyCaseId, how: { by: 'seenInPerson', words: '应该没事。', finding: 'fine', seenAt: now } })).toBe('NOT_FOUND')
    expect(await liveCaseOf('wangXiuzhen')).toMatchObject({ status: 'taken', closed: null })

    // Taken, and still nothing after twenty minutes: the clock goes on to who is on duty.
    await demo.emulator.advance(20 * MINUTE)
    await card.getByText(/^正在请值班的李静上门看，/).waitFor()
    await card.getByRole('button', { name: '看经过，王秀珍' }).click()
    await social.tap('换我来')
    await social.sees('王敏已经接手了。换您来？')
    await social.tap('换我来')
    await social.sees('好的，您去看看。大家都看得到。')
    await social.tap('有结果了')
    await social.sees('要亲眼见到人，或者家人说清楚，这件事才算完。')
    await social.tap('见到人了', 'radio')
    await social.tap('就是现在', 'radio')
    await social.types('人怎么样', '在阳台上浇花，没有听见门铃。')
    await social.tap(/^平安/, 'radio')
    await social.tap('这件事完了')
    await social.sees('王秀珍的事了结了')
    await daughter.sees(/平安 · 李静 \d{2}:\d{2} 见到了人/)
    expect(await demo.one('safetyCases', (safety) => safety['_id'] === safetyCaseId)).toMatchObject({ status: 'closed', closed: { how: 'seenInPerson', name: '李静', finding: 'fine' } })
  }, 90_000)
})
