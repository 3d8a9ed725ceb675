/**
 * Hospital and back in a real browser: a daughter says it on the page where she orders, sees what becomes of everything, confirms
 * once; the kitchen is told without why, her mother sees what waits; home again with what goes on before her eyes.
 */
import { DemoPhones, TUESDAY } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

it('is seen before it is confirmed, told once, and taken back with one tap', async () => {
  const { wangXiuzhen } = demo.personIds
  await demo.meanwhile('demo_wang_xiuzhen', 'meal.order', { elderId: wangXiuzhen, slotId: await demo.lunchSlot('清蒸鲈鱼', TUESDAY), portions: 1, way: 'delivery', payment: 'monthlyBill' })
  const daughter = await demo.phoneOf('demo_wang_min', `/pages/meals/order/index?elderId=${wangXiuzhen}`)
  await daughter.tap(/要住院、出门/, 'link')
  await daughter.tap(/^住院/, 'radio')
  await daughter.tap('先看看会怎样')
  await daughter.sees('太近了，问社工')
  await daughter.sees('先停着')
  await daughter.sees('厨房和护理员只知道不在家，不知道为什么。')
  expect(await demo.all('lifeEvents', (event) => event['elderId'] === wangXiuzhen)).toEqual([])
  await daughter.tap('就这样办')
  await daughter.sees(/记下了，.*停了 1 餐/)

  const toKitchen = await demo.all('messages', (message) => message['elderId'] === wangXiuzhen && message['page'] === 'pages/kitchen/today/index')
  expect(toKitchen.length).toBeGreaterThan(0)
  expect(new Set(toKitchen.map((message) => message['personId'])).size).toBe(toKitchen.length)
  expect(JSON.stringify(toKitchen)).not.toContain('住院')
  const [series] = await demo.all('series', (one) => one['elderId'] === wangXiuzhen)
  const mother = await demo.phoneOf('demo_wang_xiuzhen', `/pages/plan/series/index?seriesId=${String(series?.['_id'])}`)
  await mother.sees('不在家，先停')

  // The social worker finds the bath that was too near, and frees it.
  const bath = await demo.one('bookings', (booking) => booking['elderId'] === wangXiuzhen && booking['offAsk'] !== undefined && booking['offAsk'] !== null)
  const desk = await demo.phoneOf('demo_li_jing', `/pages/social-worker/review/index?bookingId=${String(bath['_id'])}`)
  await desk.sees(/女儿王敏说来不了：去医院/)
  await desk.tap('定一下')
  await desk.tap(/^取消，让出来/, 'radio')
  await desk.types('说一句', '住院了，先取消')
  await desk.tap('就这样定')
  await desk.sees('取消好了，时间让出来了')

  await daughter.sees('在住院')
  await daughter.sees(/每周的安排接着来，\d 回约得上/)
  await daughter.tap('回家了')
  await daughter.sees(/回家了，约好了 \d 回/)
  expect(await demo.one('people', (person) => person['_id'] === wangXiuzhen)).toMatchObject({ away: null })
}, 120_000)
