/**
 * The main journeys in the executed WeChat build, each person on a phone of their own, the real functions behind them:
 * first use, booking for a mother, the door, confirming, verifying, and what happens without a network.
 */
import { MONDAY_NINE, startWorld, type World } from '../actions/world'
import { HOUR, MINUTE, instantOf } from '../../src/domain/civil-time'
import { aNotice } from '../actions/notice-world'
import { PhoneStorage } from './weapp-platform'
import { WeappPhone, type PhoneOptions } from './weapp-phone'
import type { Drawn } from './weapp-canvas'
import { everyNode } from './weapp-tree'
import { builtFolder } from './weapp-view'

const folder = builtFolder('weapp', 'app.json')
const TUESDAY_TWO = instantOf('2026-11-24', 14 * 60)

let world: World
const phones: WeappPhone[] = []
const phoneOf = (openid: string, options: Partial<PhoneOptions> = {}): WeappPhone => {
  const phone = new WeappPhone({ emulator: world.emulator, openid, folder, ...options })
  phones.push(phone)
  return phone
}
const bookings = async (): Promise<Record<string, unknown>[]> => (await world.emulator.dump(['bookings']))['bookings'] ?? []

beforeAll(async () => {
  world = await startWorld()
  await world.emulator.fire('timers', 'generateSlots')
}, 30_000)
afterEach(() => {
  const used = phones.splice(0)
  for (const phone of used) phone.close()
  expect(used.flatMap((phone) => phone.complaints)).toEqual([])
})
afterAll(() => world?.stop())

describe('first use', () => {
  test('large text, consent, and WeChat\'s phone number lead to the own first screen', async () => {
    await world.addPerson('xu', { name: '许凤仙', phone: '19000000123' })
    await world.emulator.saveAccount({ openid: 'o_new', phone: '19000000123', nickname: '凤仙' })
    const phone = phoneOf('o_new').open()
    await phone.isOn('pages/first-use/welcome/index')
    await phone.tap('更大')
    expect((await world.emulator.dump(['accounts']))['accounts']?.some((account) => account['_id'] === 'o_new')).toBe(false)
    await phone.tap('同意，开始用')
    await phone.reads('您是哪一位？')
    await phone.tap('用微信手机号')
    await phone.reads('认出您了')
    await phone.tap('去首页')
    await phone.isOn('pages/home/index')
    await phone.reads('许凤仙')
    expect(phone.depth).toBe(1)
  })

  test('who gives no number is offered other ways, and can register', async () => {
    await world.emulator.saveAccount({ openid: 'o_other', phone: '19000000124', nickname: '新手机' })
    const phone = phoneOf('o_other').open()
    phone.surroundings.givesPhoneNumber = false
    await phone.tap('同意，开始用')
    await phone.tap('用微信手机号')
    await phone.reads('没有用手机号')
    await phone.tap(/^我来登记/)
    await phone.type('姓名', '示例新人')
    await phone.choose('生日，年', '1950年')
    await phone.choose('生日，月', '2月')
    await phone.choose('生日，日', '3日')
    await phone.choose('住在哪个社区', '太古城')
    await phone.reads('登记示例新人，1950年2月3日出生，住在太古城')
    await phone.tap('就这样登记')
    await phone.reads('登记好了')
    await phone.tap('去首页')
    await phone.reads('社工还没有见过您')
  })
})

describe('a service, from the tap to the verification', () => {
  let bookingId = ''

  test('a daughter books for her mother; a double tap books once', async () => {
    const before = (await bookings()).length
    const phone = phoneOf('o_daughter').open()
    await phone.tap(/^上门照护/)
    await phone.isOn('pages/services/index')
    await phone.tap(/^助浴/)
    await phone.isOn('pages/service/index')
    await phone.tap('11月24日 周二')
    await phone.tap(/^14:00–15:00/)
    await phone.type('想让护理员知道的（可以不写）', '门铃坏了，请敲门')
    await phone.reads('给王秀珍约助浴，明天 14:00–15:00，护理员到华光城')
    await phone.tapTwice('就约这个')
    await phone.isOn('pages/booked/index')
    await phone.reads('约好了')
    const made = await bookings()
    expect(made).toHaveLength(before + 1)
    bookingId = String(made.find((booking) => booking['elderId'] === 'mother')?.['_id'])
    await phone.tap('到时候告诉我')
    await phone.reads('到时候在微信里告诉您')
    await phone.tap('看这次预约')
    await phone.isOn('pages/booking/index')
    await phone.reads('您替王秀珍约了助浴')
    await phone.tap('返回')
    await phone.isOn('pages/services/index')
    await phone.tap('返回')
    await phone.isOn('pages/home/index')
    await phone.tap('预约', 'link')
    await phone.isOn('pages/bookings/index')
    await phone.reads('等护理员接单')
  })

  test('the care worker takes it, in the subpackage of her work', async () => {
    const phone = phoneOf('o_worker').open()
    await phone.tap('工作', 'link')
    await phone.isOn('pages/care-worker/today/index')
    await phone.tap('我来，王秀珍，助浴')
    await phone.tap('我来', 'button')
    await phone.reads('这一单归您了')
    expect((await bookings()).find((booking) => booking['_id'] === bookingId)?.['status']).toBe('assigned')
  })

  test('at the door the mother shows the code, and the worker checks in with it, and out again', async () => {
    await world.emulator.moveTo(TUESDAY_TWO + 2 * MINUTE)
    const mother = phoneOf('o_mother').open()
    const worker = phoneOf('o_worker').open(`/pages/care-worker/visit/index?bookingId=${bookingId}`)
    const codeOn = async (): Promise<string> => mother.until('a door code', () => /(\d{3}) (\d{3})/.exec(mother.words)?.slice(1).join(''))

    await mother.tap('门码')
    await mother.isOn('pages/door-code/index')
    const first = await codeOn()
    await worker.tap('签到')
    await worker.type('老人或家属手机上的 6 位门码', first === '111111' ? '222222' : '111111')
    await worker.tap('签到')
    await worker.reads('数字不对')
    await worker.type('老人或家属手机上的 6 位门码', first)
    await worker.tap('签到')
    await worker.reads('签到好了')
    // Her screen learns of it by asking again, as it does by itself every few seconds.
    await mother.reads('签到好了')

    await world.emulator.advance(56 * MINUTE)
    mother.lookAgain()
    worker.lookAgain()
    worker.surroundings.scanned = await mother.until('another code', () => { const code = /(\d{3}) (\d{3})/.exec(mother.words)?.slice(1).join(''); return code !== first ? code : undefined })
    await worker.tap('签退')
    await worker.tap('扫老人手机上的门码')
    await worker.reads('签退好了')
    expect((await bookings()).find((booking) => booking['_id'] === bookingId)?.['status']).toBe('checkedOut')
  })

  test('the mother confirms it on her own phone', async () => {
    const mother = phoneOf('o_mother').open()
    await mother.tap(/请确认/)
    await mother.isOn('pages/booking/index')
    await mother.tap('满意')
    await mother.reads('陈霞给您做完了助浴，服务了 56 分钟，满意。')
    await mother.tap('确认完成')
    await mother.reads('确认好了')
  })

  test('the social worker verifies what is complete, and all sides see it', async () => {
    const social = phoneOf('o_social').open()
    await social.tap('工作', 'link')
    await social.isOn('pages/social-worker/today/index')
    await social.reads('证据齐')
    await social.tap(/^一起确认证据齐的/)
    await social.tap('都核实')
    await social.reads('核实好了 1 项')
    const daughter = phoneOf('o_daughter').open(`/pages/booking/index?bookingId=${bookingId}`)
    await daughter.reads('已核实')
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('when something is in the way', () => {
  test('a seat that was just taken is answered in words, with what is free instead', async () => {
    const startsAt = TUESDAY_TWO + 24 * HOUR + 3 * HOUR
    await world.addSlot('last', { startsAt, endsAt: startsAt + HOUR, onDate: '2026-11-25', capacity: 1 })
    const phone = phoneOf('o_daughter').open('/pages/service/index?elderId=mother&serviceItemId=bathing')
    await phone.tap('11月25日 周三')
    await phone.tap(/^17:00–18:00/)
    await world.phone('o_neighbour').do('booking.book', { elderId: 'neighbour', slotId: 'last' })
    await phone.tap('就约这个')
    await phone.reads('没约上，最后一个名额刚被约走')
    await phone.reads('还有这些时间')
    expect(phone.route).toBe('pages/service/index')
  })

  test('without a network the last content stays, with its age, and an act says that it is not known', async () => {
    const storage = new PhoneStorage()
    const now = (await world.emulator.clock()).now
    const first = phoneOf('o_daughter', { storage }).open()
    await first.reads('上门照护')
    first.close()
    // Three hours later, out of reach.
    const phone = phoneOf('o_daughter', { storage, clockOffsetMs: now - Date.now() + 3 * HOUR + MINUTE })
    phone.surroundings.isOffline = true
    phone.open()
    await phone.reads('没有网络 · 3 小时前的内容')
    await phone.reads('上门照护')
    phone.setOffline(false)
    await phone.readsNoMore('没有网络')
  })

  test('an act that got no answer is not called done, and trying again does it once', async () => {
    const before = (await bookings()).length
    const phone = phoneOf('o_daughter').open('/pages/service/index?elderId=mother&serviceItemId=bathing')
    await phone.tap('11月26日 周四')
    await phone.tap(/^09:00–10:00/)
    await phone.until('the sentence', () => phone.find('就约这个')?.isDisabled === false)
    phone.surroundings.isOffline = true
    await phone.tap('就约这个')
    await phone.reads('没有网络')
    expect(phone.route).toBe('pages/service/index')
    phone.setOffline(false)
    await phone.tap('就约这个')
    await phone.isOn('pages/booked/index')
    expect(await bookings()).toHaveLength(before + 1)
  })

  test('a check-in without signal is kept, marked as not sent, and sent once when the network is back', async () => {
    const startsAt = instantOf('2026-11-26', 9 * 60)
    const { bookingId } = await (async () => {
      const own = (await bookings()).find((booking) => booking['elderId'] === 'mother' && booking['startsAt'] === startsAt)
      return { bookingId: String(own?.['_id']) }
    })()
    await world.phone('o_worker').do('visit.take', { bookingId })
    await world.emulator.moveTo(startsAt + MINUTE)
    const { code } = await world.phone('o_mother').do('visit.doorCode', { bookingId })
    const phone = phoneOf('o_worker').open(`/pages/care-worker/visit/index?bookingId=${bookingId}`)
    await phone.tap('签到')
    await phone.type('老人或家属手机上的 6 位门码', code)
    phone.setOffline(true)
    await phone.tap('签到')
    await phone.reads('未发出：签到')
    expect((await bookings()).find((booking) => booking['_id'] === bookingId)?.['status']).toBe('assigned')
    await world.emulator.advance(5 * MINUTE)
    phone.setOffline(false)
    await phone.readsNoMore('未发出')
    await phone.reads('正在服务')
    expect((await bookings()).find((booking) => booking['_id'] === bookingId)?.['status']).toBe('checkedIn')
  })

  test('somebody else\'s booking and a page that does not exist say so calmly', async () => {
    const [foreign] = (await bookings()).filter((booking) => booking['elderId'] === 'neighbour')
    const phone = phoneOf('o_mother').open(`/pages/booking/index?bookingId=${String(foreign?.['_id'])}`)
    await phone.reads('没有找到')
    await phone.tap('返回')
    await phone.isOn('pages/home/index')
  })
})

describe('every subpackage is reached by tapping', () => {
  test('家人, 我的记录 and 隐私说明, from the tabs of everybody', async () => {
    const phone = phoneOf('o_mother').open()
    await phone.tap(/^家人/)
    await phone.isOn('pages/family/mine/index')
    await phone.tap('返回')
    await phone.tap('我的', 'link')
    await phone.isOn('pages/me/index')
    await phone.tap(/^谁替我办了什么/)
    await phone.isOn('pages/my-record/log/index')
    await phone.reads('王敏')
    await phone.tap('返回')
    await phone.tap('隐私说明')
    await phone.isOn('pages/first-use/terms/index')
    expect(phone.depth).toBe(2)
  })

  test('the counter of the social worker, and the page of the subdistrict', async () => {
    const social = phoneOf('o_social').open('/pages/social-worker/today/index')
    await social.tap('柜台：找人、登记')
    await social.isOn('pages/social-worker/people/index')
    const admin = phoneOf('o_admin').open()
    await admin.tap('工作', 'link')
    await admin.isOn('pages/admin/capacity/index')
    await admin.reads('助浴')
  })

  test('a stranger to the work who opens its page is told that it is not theirs', async () => {
    const phone = phoneOf('o_mother').open('/pages/social-worker/today/index')
    await phone.reads('这件事您现在不能办')
  })
})

test('the phone\'s clock decides nothing: two days wrong, it shows the server\'s day', async () => {
  const phone = phoneOf('o_mother', { clockOffsetMs: MONDAY_NINE - Date.now() - 48 * HOUR }).open()
  // The visit that is under way is today's, whatever day the phone believes in.
  await phone.reads('今天 09:00–10:00')
})

describe('a notice for the group of the building', () => {
  const sharedOf = async (changes: Parameters<typeof aNotice>[1] = {}): Promise<{ phone: WeappPhone; path: string; drawn: Drawn; words: string }> => {
    const noticeId = await aNotice(world, changes)
    const phone = phoneOf('o_mother').open(`/pages/notices/notice/index?noticeId=${noticeId}&elderId=mother`)
    await phone.tap('做成图片，发到群里')
    await phone.tap('选一个群发出去')
    await phone.reads('选好群就发出去了')
    const [path = ''] = phone.outgoing.shared
    const drawn = phone.outgoing.drawn.get(path)
    if (drawn === undefined) throw new Error('nothing was drawn')
    // Nothing is cut off, and no words stand on others.
    expect(drawn.strokes.filter((stroke) => stroke.left < 0 || stroke.top < 0 || stroke.right > drawn.width || stroke.bottom > drawn.height)).toEqual([])
    const lines = drawn.strokes.filter((stroke) => stroke.what === 'text')
    expect(lines.filter((one) => lines.some((other) => other !== one && one.top < other.bottom && other.top < one.bottom))).toEqual([])
    return { phone, path, drawn, words: lines.map((stroke) => stroke.words).join('') }
  }

  test('is drawn on this phone as one picture, whole and inside its edges, and handed to a chat; it names nobody', async () => {
    const { phone, path, words } = await sharedOf()
    for (const said of ['周三停水，请先储水', '11月25日 8:00 到 12:00 停水。请今晚先接好用水。', '要做的事', '今晚接好水', '不清楚就问社区：0574-00000000']) expect(words.replace(/\s/g, '')).toContain(said.replace(/\s/g, ''))
    expect(words).not.toMatch(/王秀珍|李静/)
    // What stands on the screen is that very picture.
    expect([...everyNode(phone.screen)].some((node) => node.tag === 'image' && node.attributes['src'] === path)).toBe(true)
  })

  test('too long for a picture, it ends with a whole sentence and says where the rest is', async () => {
    const sentence = '11月25日，修水管的师傅从一楼修到顶楼，哪一户没有人，就过一会儿再来一次。'
    const { words } = await sharedOf({ changes: { title: '三十个字的标题写得满满的，一个字也放不下了，还要再写几个字吧', body: sentence.repeat(20), whatToDo: '家里留一个人，把水龙头都关好，水表箱前面的东西搬开，等师傅来敲门，看过工作证再开门，修好了再签字，有事就打社区电话' } })
    expect(words).toMatch(/再来一次。…全文在小程序里/)
  })
})
