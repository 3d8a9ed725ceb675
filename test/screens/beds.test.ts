/**
 * Beds in a real browser: a daughter books a stay for her mother, makes it longer, and brings it to an early end; the house
 * takes somebody in and sees them off; of two phones that want the last bed one has it and the other reads which night is full.
 */
import { at, DemoPhones } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

const idOf = async (name: string): Promise<string> => String((await demo.all('serviceItems', (item) => item['name'] === name))[0]?.['_id'])
const stayOf = async (elderId: string) => (await demo.all('bookings', (one) => one['elderId'] === elderId && one['kind'] === 'stay' && one['status'] !== 'cancelled'))[0]

it('a stay is booked, made longer and ended early, and the mother reads who did it', async () => {
  const daughter = await demo.phoneOf('demo_wang_min', '/pages/services/index')
  await daughter.tap(/^短住/, 'link')
  // The night of the 25th is full: from the 24th on there is one night alone.
  await daughter.tap(/11月24日/, 'radio')
  await daughter.sees('哪天走')
  expect(await daughter.named(/周四 走/, 'radio').count()).toBe(0)
  await daughter.tap(/11月26日/, 'radio')
  await daughter.tap(/11月27日.*走/, 'radio')
  await daughter.sees(/给王秀珍约短住，11月26日 周四 14:00 以后到，11月27日 周五 11:00 前走，住 1 晚，180 元，补贴 60 元，自付 120 元/)
  await daughter.tap('就约这几晚')
  await daughter.sees('约好了')
  await daughter.tap('看这次预约')
  await daughter.tap('延住，或提前离开')
  await daughter.tap(/11月28日/, 'radio')
  await daughter.sees(/王秀珍改到 11月28日 周六 走，多住 1 晚/)
  await daughter.tap('就改到这天')
  await daughter.sees(/您替王秀珍改成11月28日离开/)
  await daughter.tap('延住，或提前离开')
  await daughter.tap(/11月27日/, 'radio')
  await daughter.sees(/少住 1 晚，那几晚不收钱，让给别人/)
  await daughter.tap('就改到这天')
  await daughter.sees(/您替王秀珍改成11月27日离开/)
  expect(await stayOf(demo.personIds.wangXiuzhen)).toMatchObject({ priceFen: 18_000 })

  const mother = await demo.phoneOf('demo_wang_xiuzhen', '/pages/my-record/log/index')
  await mother.sees('女儿王敏替您改成提前离开')
}, 120_000)

it('of two phones that want the last bed one has it, and the other reads which night is full', async () => {
  const serviceItemId = await idOf('记忆照护短住')
  // One of the two beds of this night is somebody else's already.
  await demo.meanwhile('demo_zhou_lan', 'stay.book', { elderId: demo.personIds.guDeming, serviceItemId, fromOn: '2026-11-30', toOn: '2026-12-01' })
  const phones = await Promise.all(['demo_sun_guiying', 'demo_tang_weiguo'].map(async (openid) => {
    const phone = await demo.phoneOf(openid, `/pages/stay/book/index?serviceItemId=${serviceItemId}`)
    await phone.tap('后一周 ›', 'button')
    await phone.tap(/11月30日/, 'radio')
    await phone.tap(/12月1日.*走/, 'radio')
    return phone
  }))
  await Promise.all(phones.map((phone) => phone.tap('就约这几晚')))
  const outcomes = await Promise.all(phones.map((phone) => Promise.race([phone.sees('约好了').then(() => 'booked'), phone.sees('没约上，11月30日那晚住满了').then(() => 'full')])))
  expect([...outcomes].sort()).toEqual(['booked', 'full'])
}, 120_000)

it('the house takes somebody in with the code on their phone, and sees somebody off', async () => {
  const serviceItemId = await idOf('短住')
  const nurse = await demo.phoneOf('demo_bai_lan', `/pages/beds/board/index?serviceItemId=${serviceItemId}`)
  await nurse.tap('送走，章文华')
  await nurse.tap('送走了')
  await nurse.sees('送走章文华了')
  await demo.emulator.moveTo(at('14:05'))
  await nurse.tap('接到了，施宝珠')
  await nurse.tap(/^2 号床/, 'radio')
  await nurse.tap('接到了')
  await nurse.sees('接到施宝珠了，2 号床')
  expect(await stayOf(demo.personIds.shiBaozhu)).toMatchObject({ status: 'checkedIn', bed: { bedNo: 2 } })
}, 120_000)
