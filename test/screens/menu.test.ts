/**
 * 你点我送 in a real browser: an elder orders, the organisation accepts and sends somebody, who proves the visit by the door code on the
 * elder's phone; the elder confirms, the social worker verifies, and the month counts one more.
 */
import { at, DemoPhones, TUESDAY } from './demo-phones'

let demo: DemoPhones

beforeAll(async () => { demo = await DemoPhones.start() }, 120_000)
afterAll(() => demo?.stop())
afterEach(async () => { expect(await demo.putAway()).toEqual([]) })

const shop = 'demo_qian_lihua'
const neighbour = 'demo_zheng_guoqiang'

it('ordered, accepted, sent, proved at the door, confirmed, verified, and counted', async () => {
  const elder = await demo.phoneOf(neighbour)
  await elder.tap('上门照护', 'link')
  await elder.tap(/^你点我送/, 'link')
  await elder.tap(/^磨刀磨剪/, 'link')
  await elder.tap(/11月24日/, 'radio')
  await elder.sees('请选上午还是下午')
  await elder.tap(/上午 08:30–11:30/, 'radio')
  await elder.types(/^想说的/, '一把剪刀')
  await elder.sees('给您自己点磨刀磨剪，明天 11月24日 上午 08:30–11:30，柳荫便民服务社（示例）的人到华光城 15 幢 601，3 元。')
  await elder.tap('就点这个')
  await elder.tap('看这次预约')
  await elder.sees('等机构接单')
  // Another time of it, before anybody has accepted.
  await elder.tap('改时间')
  await elder.tap(/下午 13:30–16:30/, 'radio')
  await elder.sees('改到 明天 13:30–16:30。价钱不变。')
  await elder.tap('就改到这个')
  await elder.sees('您改了时间')
  const ordered = await demo.one('bookings', (one) => one['elderId'] === demo.personIds.zhengGuoqiang && one['kind'] === 'menu')
  await demo.meanwhile(neighbour, 'menu.move', { bookingId: String(ordered['_id']), slotId: String(ordered['slotId']), part: 'morning' })

  const worker = await demo.phoneOf(shop, '/pages/care-worker/today/index')
  await worker.tap(/^接单台：2 单等答复/)
  await worker.tap('接单，郑国强，磨刀磨剪')
  await worker.tap(/^接单$/)
  await worker.sees(/接好了：郑国强，磨刀磨剪/)
  await worker.tap('派人，郑国强，磨刀磨剪')
  await worker.page.getByRole('combobox', { name: '谁去' }).selectOption({ label: '钱丽华' })
  await worker.tap('派钱丽华')
  await worker.sees('派好了，钱丽华去')
  // What still waits, a social worker hands to another organisation by name.
  const social = await demo.phoneOf('demo_zhou_lan', '/pages/menu-work/to-hand-on/index')
  await social.tap(/竺秋生 · 代买米面油/, 'link')
  await social.tap('转给小柏社区护理（示例）')
  await social.sees('把竺秋生的代买米面油转给小柏社区护理（示例），4 元？')
  await social.tap('转过去')
  await social.sees('转给小柏社区护理（示例）了，等那家接单')
  await elder.sees('派了钱丽华来')
  await worker.tap('一周', 'link')
  await worker.tap(/11月24日/, 'radio')
  await worker.sees('郑国强 · 磨刀磨剪')

  await demo.emulator.moveTo(at('09:10', TUESDAY))
  const { _id: bookingId } = await demo.one('bookings', (one) => one['elderId'] === demo.personIds.zhengGuoqiang && one['kind'] === 'menu')
  const atTheDoor = await demo.phoneOf(shop, `/pages/care-worker/visit/index?bookingId=${String(bookingId)}`)
  await atTheDoor.tap('我出门了，告诉老人')
  await elder.sees('钱丽华出门了')
  const code = async () => (await demo.meanwhile(neighbour, 'visit.doorCode', { bookingId: String(bookingId) })).code
  await elder.tap('打开门码')
  const shown = await elder.doorCode()
  await atTheDoor.tap('签到')
  await atTheDoor.types(/6 位门码/, shown)
  await atTheDoor.tap('签到')
  await atTheDoor.sees('您到了')
  await demo.emulator.moveTo(at('09:24', TUESDAY))
  await atTheDoor.tap('签退')
  await atTheDoor.types(/6 位门码/, await code())
  await atTheDoor.tap('签退')
  await atTheDoor.sees('签退好了')

  const home = await demo.phoneOf(neighbour, `/pages/booking/index?bookingId=${String(bookingId)}`)
  await home.tap('满意', 'radio')
  await home.tap(/^确认/)
  await home.sees('确认好了，社工会来核实')
  await demo.meanwhile('demo_li_jing', 'visit.verify', { bookingId: String(bookingId), outcome: 'verified' })

  const admin = await demo.phoneOf('demo_admin', '/pages/menu-work/figures/index')
  await admin.sees('从每一单数出来的')
  await admin.tap(/磨刀磨剪.*华光城/, 'link')
  await admin.sees(/郑国强 · /)
  await admin.sees(/钱丽华做的，李静核实/)
}, 120_000)
