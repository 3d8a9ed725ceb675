/**
 * A bath every week in a real browser: a daughter arranges it for her mother from the service's page, gives the one week that is
 * shut another day, finds it in the family's calendar, leaves one date out and ends it; a single bath is moved to another time.
 */
import { DemoPhones } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

it('is previewed date by date, confirmed once, seen in the calendar, skipped once and ended', async () => {
  const daughter = await demo.phoneOf('demo_wang_min', '/pages/home/index')
  await daughter.tap(/上门照护/, 'link')
  // The bath of today stands on the first screen, too: the one among the services says what it is.
  await daughter.tap(/助浴.*洗澡/, 'link')
  await daughter.tap(/11月24日/, 'radio')
  await daughter.tap(/^09:00/, 'radio')
  await daughter.tap('以后每周都约')
  await daughter.sees('每周二 09:00，一共 8 回，还有 1 回约不上')
  await daughter.sees('休：睦邻文化节（示例）')
  expect(await daughter.named('就这样约').getAttribute('aria-disabled')).toBe('true')
  await daughter.tap(/^换到 /)
  await daughter.sees(/给王秀珍每周二 09:00 约助浴，一共 8 回，1 回换了时间，每回 .*华光城/)
  await daughter.tap('就这样约')
  await daughter.sees('排好了')
  await daughter.sees('女儿王敏')

  // One tab over, in the calendar: what is booked, and what is still planned.
  const calendar = await demo.phoneOf('demo_wang_min', '/pages/bookings/index')
  await calendar.tap(/日历/, 'link')
  await calendar.tap(/^11月24日，.*王秀珍/, 'radio')
  await calendar.sees('09:00 助浴')
  await calendar.tap('12月 ›')
  await calendar.tap(/^12月15日，.*王秀珍 1 项/, 'radio')
  await calendar.sees('计划中')
  await calendar.tap(/09:00 助浴/, 'link')

  await calendar.tap(/^12月15日/, 'link')
  await calendar.tap('跳过这一回')
  await calendar.sees(/跳过 12月15日 周二 09:00 这一回？以后的照旧。/)
  await calendar.tap('跳过')
  await calendar.sees('12月15日 周二 09:00 这一回跳过了')

  await calendar.tap('以后都不要了')
  await calendar.tap('都不要了')
  await calendar.sees('明天 11月24日 09:00 起都不要了')
  // Tomorrow's is too near to be given back without asking: it stands, and nothing else does.
  const [series] = await demo.all('series', (one) => one['serviceName'] === '助浴')
  expect((series?.['dates'] as { state: string }[] | undefined)?.map((date) => date.state).join(' ')).toBe('booked over over skipped over over over over')
  await calendar.sees('约好了')

  // The mother reads what was done in her name.
  const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/my-record/log/index')
  await mother.sees('女儿王敏替您停了每周的照护')
  await mother.sees('女儿王敏替您跳过了一回照护')
}, 120_000)

it('one bath moves to another time, and the page says so', async () => {
  const [booking] = await demo.all('bookings', (one) => one['serviceName'] === '助洁' && one['elderId'] === demo.personIds.wangXiuzhen && one['status'] === 'booked')
  const daughter = await demo.phoneOf('demo_wang_min', `/pages/booking/index?bookingId=${String(booking?.['_id'])}`)
  await daughter.tap('改时间')
  await daughter.tap(/11月27日/, 'radio')
  await daughter.tap(/^08:30/, 'radio')
  await daughter.sees(/把王秀珍的助洁，从 .*，改到 11月27日 周五 08:30–/)
  await daughter.tap('就改到这个')
  await daughter.sees(/您替王秀珍改了时间，原来是 /)
}, 60_000)
