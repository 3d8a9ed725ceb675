/**
 * The care consultant in a real browser: a daughter asks, the consultant takes it and answers, the mother consents on her own phone,
 * the assessment is signed and a plan given; the mother books two items with a tap each, orders a meal and an errand on their own pages, from where the plan remembers them; a month later the review is due and written.
 */
import { addDays } from '../../src/domain/civil-time'
import { at, DemoPhones, MONDAY } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

it('from a question to two bookings, and a review after thirty days', async () => {
  const { wangXiuzhen } = demo.personIds
  const daughter = await demo.phoneOf('demo_wang_min', `/pages/consult/list/index?elderId=${wangXiuzhen}`)
  await daughter.tap('问乐龄顾问')
  await daughter.tap(/^请顾问上门看看/, 'radio')
  await daughter.tap('家里老人要人照料', 'radio')
  await daughter.types('想问什么', '妈妈一个人洗澡，怕她滑倒')
  await daughter.sees('请顾问上门看看王秀珍：家里老人要人照料。两个工作日里答复，不收费。')
  await daughter.tap('送给顾问')
  await daughter.sees('等顾问接')
  const stored = () => demo.one('consultations', (one) => one['elderId'] === wangXiuzhen)
  const consultationId = String((await stored())['_id'])

  const consultant = await demo.phoneOf('demo_he_xiaoyu', '/pages/consult/desk/index')
  await consultant.tap('接手王秀珍的咨询')
  await consultant.sees('妈妈一个人洗澡，怕她滑倒')
  await consultant.tap(/写答复/, 'link')
  await consultant.types(/^答复$/, '明天上午来看看')
  await consultant.tap('送出')
  await consultant.sees('答复了，老人会收到消息')
  // Without her own consent there is nothing to assess, and the daughter cannot give it.
  expect(await consultant.shows('做评估')).toBe(false)
  expect(await daughter.shows('看看，再决定')).toBe(false)

  const mother = await demo.phoneOf('demo_wang_xiuzhen', `/pages/consult/case/index?consultationId=${consultationId}`)
  await mother.sees('明天上午来看看')
  await mother.tap('看看，再决定')
  await mother.tap('同意')
  await mother.sees('同意了，顾问可以评估了')

  await consultant.page.reload()
  await consultant.tap(/做评估/, 'link')
  for (const item of ['吃饭', '洗脸梳头', '穿衣', '大便', '小便', '上厕所', '起床、坐到椅子上', '平地走路', '上下楼梯']) await consultant.page.getByRole('radiogroup', { name: item, exact: true }).getByRole('radio').first().click()
  // What was tapped so far is there when it is opened again.
  await consultant.sees('存好了')
  await consultant.page.reload()
  await consultant.sees('还有 1 样没问：洗澡。')
  await consultant.page.getByRole('radiogroup', { name: '洗澡', exact: true }).getByRole('radio').last().click()
  await consultant.sees('王秀珍，95 分，大多能自己来。签了就不能改，要改再做一次。')
  await consultant.tap('签字')
  const planning = await demo.phoneOf('demo_he_xiaoyu', `/pages/consult/work/index?consultationId=${consultationId}`)
  await planning.sees('第 1 次评估')
  await planning.tap(/写照护计划/, 'link')
  for (const [service, why] of [['助浴', '洗澡有人扶'], ['理发', '不用出门']] as const) {
    await planning.tap('加一样')
    await planning.tap(/^上门照护、日托/, 'radio')
    const option = await planning.page.getByRole('option', { name: new RegExp(`^${service}`) }).first().textContent()
    await planning.chooses('哪一项', option ?? '')
    await planning.types(/^为什么$/, why)
    await planning.tap('加进计划')
  }
  for (const [kind, why] of [[/^订餐/, '不用开火'], [/^你点我送/, '米油太重']] as const) {
    await planning.tap('加一样')
    await planning.tap(kind, 'radio')
    await planning.types(/^为什么$/, why)
    await planning.tap('加进计划')
  }
  await planning.tap('交给老人')
  await planning.sees('4 样老人还没定')

  await mother.page.reload()
  await mother.sees('计划里 4 样等您定')
  await mother.tap(/^约助浴/)
  await mother.sees('助浴，约好了')
  await mother.tap(/^约理发/)
  await mother.sees('理发，约好了')
  // Meals and errands are chosen on their own pages; the item remembers the first order and is not offered again.
  await mother.tap('去订餐')
  await mother.sees('给 王秀珍 · 计划里的')
  await mother.tap('11月25日', 'radio')
  await mother.tap('就订这个')
  await mother.sees('订好了')
  await mother.page.goBack()
  await mother.sees('这是第一餐')
  expect(await mother.shows('去订餐')).toBe(false)
  await mother.tap('去点一样')
  await mother.tap(/^代买米面油/, 'link')
  await mother.tap(/11月25日/, 'radio')
  await mother.tap(/下午/, 'radio')
  await mother.tap('就点这个')
  await mother.tap('看这次预约')
  await mother.sees('等机构接单')
  const again = await demo.phoneOf('demo_wang_xiuzhen', `/pages/consult/case/index?consultationId=${consultationId}`)
  await again.sees('照计划在做')
  expect(await again.shows('去点一样')).toBe(false)
  const { plan } = (await stored()) as unknown as { plan: { items: readonly { state: string; booked: { bookingId: string } }[] } }
  for (const { state, booked } of plan.items) {
    expect(state).toBe('booked')
    expect(await demo.one('bookings', (booking) => booking['_id'] === booked.bookingId)).toMatchObject({ elderId: wangXiuzhen, status: 'booked' })
  }

  await demo.emulator.passTo(at('08:30', addDays(MONDAY, 30)))
  await demo.emulator.fire('timers', 'lookAtConsultations')
  const later = await demo.phoneOf('demo_he_xiaoyu', `/pages/consult/work/index?consultationId=${consultationId}`)
  await later.tap('记回访')
  await later.types('做得怎么样，要改什么', '洗得安心多了')
  await later.tap(/再回访/, 'radio')
  await later.tap('记下')
  await later.sees(/回访记下了/)
  expect(await stored()).toMatchObject({ reviewOn: addDays(MONDAY, 60), reviews: [{ words: '洗得安心多了' }] })
}, 180_000)
