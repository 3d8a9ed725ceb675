/**
 * A class that is full, in a real browser: somebody waits, somebody takes a name back, the seat is offered in order, given up on
 * the telephone, and taken in one tap on the first screen by whoever is next.
 */
import { at, DemoPhones } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 300_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

it('is waited for, freed, offered to who is next, declined on the telephone, and taken in one tap by the one after', async () => {
  const third = await demo.phoneOf('demo_tang_weiguo', '/pages/activities/list/index')
  await third.tap(/剪纸小课/, 'link')
  await third.sees('有 2 人在排。轮到了会告诉您。')
  await third.tap('排候补')
  await third.sees('您是第 3 位，前面还有 2 位')

  const leaving = await demo.phoneOf('demo_zheng_guoqiang', '/pages/activities/list/index')
  await leaving.tap(/剪纸小课/, 'link')
  await leaving.tap(/^不去了$/)
  await leaving.sees('您不去剪纸小课了？')
  await leaving.tap(/^不去了$/)
  await leaving.sees(/退好了/)

  // The one who is next lives alone and has no phone: she is telephoned.
  await demo.emulator.moveTo(at('09:15'))
  const social = await demo.phoneOf('demo_li_jing', '/pages/social-worker/waitlist/index')
  await social.sees('独居')
  await social.tap('不要，周福生')
  await social.sees('记下了，周福生不要，给下一位了')

  const second = await demo.phoneOf('demo_lu_meiying', '/pages/home/index')
  await second.sees('剪纸小课有名额了')
  const before = second.taps
  await second.tap('接受，剪纸小课')
  expect(second.taps - before).toBe(1)
  await second.seesNoMore('剪纸小课有名额了')
  const booked = await demo.phoneOf('demo_lu_meiying', '/pages/bookings/index')
  await booked.sees('剪纸小课')
  await third.sees('您是第 1 位，下一个就是您')
}, 120_000)
