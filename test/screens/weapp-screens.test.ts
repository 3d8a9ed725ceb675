/**
 * Every screen of the executed WeChat build, as people of the demo see it: within WeChat's limits, everything that can be
 * touched has a role and a name, and drawn with the build's own style sheets it is readable at all three text sizes.
 */
import { DAY, HOUR } from '../../src/domain/civil-time'
import { auditScreen } from './audit'
import { launchBrowser, phoneWindow, type Browser, type Page } from './browser'
import { addressOf, screenVisits, sizesInWechat, startDemo, visitsOf, waitFor, type DemoFacts, type ScreenVisit } from './demo-screens'
import { drawIn } from './weapp-drawing'
import { WeappPhone, type PhoneOptions } from './weapp-phone'
import { everyNode } from './weapp-tree'
import { builtFolder, checkStyles } from './weapp-view'

const folder = builtFolder('weapp', 'app.json')
const MOST_NODES = 600
const MOST_DEPTH = 30
const MOST_BYTES = 32 * 1024
const MOST_SETDATA = 12
/** WeChat's capsule in the window of the stand-in for a phone. */
const capsule = { left: 281, right: 368, top: 24, bottom: 56 }

let facts: DemoFacts
let browser: Browser
let page: Page
beforeAll(async () => {
  facts = await startDemo({ functions: builtFolder('cloudfunctions', 'api/index.js') })
  browser = await launchBrowser()
  page = await (await phoneWindow(browser)).newPage()
}, 60_000)
const phones: WeappPhone[] = []
function phoneOf(openid: string, options: Partial<PhoneOptions> = {}): WeappPhone {
  const phone = new WeappPhone({ emulator: facts.emulator, openid, folder, ...options })
  phones.push(phone)
  return phone
}
afterAll(async () => {
  for (const phone of phones) phone.close()
  await browser?.close()
  await facts?.emulator.stop()
})

const isLoading = (phone: WeappPhone): boolean => [...everyNode(phone.screen)].some((node) => /(^|\s)skeleton_/.test(String(node.attributes['class'] ?? '')))

async function visit(one: ScreenVisit): Promise<WeappPhone> {
  await waitFor(one, facts)
  const phone = phoneOf(one.openid).open(addressOf(one, facts))
  await phone.until('content', () => phone.meter.setDataCalls > 0 && phone.words !== '' && !isLoading(phone))
  for (const name of one.taps ?? []) await phone.tap(name)
  return phone
}

describe.each(visitsOf('weapp').map((one, index) => [one.name, one, index] as const))('%s', (_, one, index) => {
  let phone: WeappPhone
  beforeAll(async () => { phone = await visit(one) })

  test('stays within WeChat\'s limits and complains of nothing', () => {
    expect(phone.route).toBe(one.leadsTo ?? one.page)
    expect(phone.complaints).toEqual([])
    expect(phone.meter.mostNodes).toBeLessThan(MOST_NODES)
    expect(phone.meter.deepest).toBeLessThan(MOST_DEPTH)
    expect(phone.meter.largestSetData).toBeLessThanOrEqual(MOST_BYTES)
    expect(phone.meter.firstScreen).toBeLessThanOrEqual(MOST_BYTES)
    // Opened, filled, and tapped a few times: far from twenty in a second.
    expect(phone.meter.setDataCalls).toBeLessThanOrEqual(MOST_SETDATA)
  })

  test('gives everything that can be touched a role and a name', () => {
    expect(phone.seen.filter((seen) => seen.isTouchable && (seen.role === '' || seen.name === '')).map((seen) => `${seen.node.tag} ${seen.role} ${seen.name}`)).toEqual([])
    expect(phone.seen.filter((seen) => seen.role === 'heading' && seen.node.attributes['ariaLevel'] === '1')).toHaveLength(1)
  })

  test.each(sizesInWechat(index))('can be read and touched at %i px', async (textSize) => {
    await drawIn(page, folder, phone.route, phone.screen)
    await page.evaluate((size) => { for (const screen of document.querySelectorAll('.text-20')) screen.classList.replace('text-20', `text-${size}`) }, textSize)
    expect(await page.evaluate(auditScreen, { textSize, hasKeyboard: false, capsule })).toEqual([])
  })
})

test('no page is left out', () => {
  expect(phoneOf('demo_wang_min').paths.filter((path) => !screenVisits.some((one) => one.page === path))).toEqual([])
})

test("WeChat's own compiler accepts every style sheet", () => {
  expect(checkStyles(folder)).toBeGreaterThan(3)
})

test('the text follows WeChat\'s own font setting, and a choice in one tap', async () => {
  const classOf = (phone: WeappPhone): string => String([...everyNode(phone.screen)].find((node) => /text-\d\d/.test(String(node.attributes['class'] ?? '')))?.attributes['class'])
  const phone = phoneOf('demo_new_phone', { fontSizeScaleFactor: 1.25 }).open('/pages/first-use/welcome/index')
  await phone.reads('先选看得清的字')
  expect(classOf(phone)).toContain('text-24')
  await phone.tap('最大')
  await phone.until('the largest text', () => classOf(phone).includes('text-30'))
  phone.close()
  const again = phoneOf('demo_new_phone', { fontSizeScaleFactor: 1.25, storage: phone.storage }).open('/pages/first-use/welcome/index')
  await again.reads('先选看得清的字')
  expect(classOf(again)).toContain('text-30')
})

test('a list of hundreds stays within the limits, page after page', async () => {
  const { emulator } = facts
  const [model] = ((await emulator.dump(['bookings']))['bookings'] ?? []).filter((booking) => booking['_id'] === facts.bookingId('王秀珍', 'verified'))
  const startsAt = Number(model?.['startsAt'])
  await emulator.insert('bookings', Array.from({ length: 130 }, (_, index) => ({ ...model, _id: `b-long-list-${index}`, startsAt: startsAt - (index + 1) * DAY, endsAt: startsAt - (index + 1) * DAY + HOUR })))
  const phone = phoneOf('demo_wang_xiuzhen').open('/pages/bookings/index')
  await phone.tap('以前的')
  const rows = (): number => phone.seen.filter((seen) => seen.role === 'link' && seen.name.includes('已核实')).length
  await phone.until('a first page', () => rows() > 0)
  const bookingsOn = (): string => phone.seen.filter((seen) => seen.role === 'link' && seen.name.includes('已核实')).map((seen) => seen.name).join()
  const pages = [bookingsOn()]
  while (phone.find('下一页')) {
    await phone.tap('下一页')
    await phone.until('the next bookings', () => !pages.includes(bookingsOn()) && phone.find('下一页')?.isBusy !== true)
    pages.push(bookingsOn())
  }
  expect(pages.length).toBeGreaterThan(5)
  await phone.tap('上一页')
  await phone.until('the page before', () => bookingsOn() === pages[pages.length - 2])
  expect(phone.meter.mostNodes).toBeLessThan(MOST_NODES)
  expect(phone.meter.largestSetData).toBeLessThanOrEqual(MOST_BYTES)
  expect(phone.complaints).toEqual([])
})

test('the fullest day that staff can be sent stays within the limits', async () => {
  const { emulator } = facts
  const documents = await emulator.dump(['bookings', 'messages', 'people', 'delegationRequests', 'safetyCases'])
  const twenty = async (collection: string, fits: (document: Record<string, unknown>) => boolean, as: Record<string, unknown> = {}): Promise<void> => {
    const model = documents[collection]?.find(fits)
    if (!model) throw new Error(`the demo has no model in ${collection}`)
    await emulator.insert(collection, Array.from({ length: 20 }, (_, index) => ({ ...model, ...as, _id: `${String(model['_id'])}-${index}` })))
  }
  await twenty('bookings', (booking) => booking['communityId'] === 'huaguangcheng' && booking['review'] === 'exception')
  await twenty('bookings', (booking) => booking['communityId'] === 'huaguangcheng' && booking['review'] === 'complete')
  await twenty('messages', (message) => message['communityId'] === 'huaguangcheng', { state: 'toCall', callUntil: null })
  await twenty('people', (person) => person['communityId'] === 'huaguangcheng' && person['standing'] === 'unverified')
  await twenty('delegationRequests', (request) => request['communityId'] === 'huaguangcheng' && request['status'] === 'waiting')
  await twenty('safetyCases', (safety) => safety['communityId'] === 'huaguangcheng')
  await twenty('bookings', (booking) => booking['workerId'] === 'p_chen_xia' && booking['status'] === 'assigned')
  await twenty('bookings', (booking) => booking['serviceName'] === '助浴' && booking['status'] === 'booked')
  for (const [openid, path, words] of [['demo_li_jing', '/pages/social-worker/today/index', '要打电话的'], ['demo_chen_xia', '/pages/care-worker/today/index', '还没人接']] as const) {
    const phone = phoneOf(openid).open(path)
    await phone.reads(words)
    expect(phone.meter.mostNodes).toBeLessThan(MOST_NODES)
    expect(phone.meter.largestSetData).toBeLessThanOrEqual(MOST_BYTES)
    expect(phone.complaints).toEqual([])
  }
})
