/**
 * The stage in a real browser, with the demo on it: phones that can be handed to others, a clock that can be moved, what
 * happens behind, and nothing that the stage would tell a phone.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { BorrowedEmulator } from '../support/emulators'
import { demoPeople, type Demo } from '../../emulator/demo'
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { startWithDemo } from '../support/demo'
import { launchBrowser, type Browser, type BrowserContext, type Page } from './browser'

const root = join(__dirname, '..', '..')
const monday = '2026-11-23'

interface Check {
  readonly ok: boolean
  readonly output: { readonly laws: readonly { readonly law: string; readonly holds: boolean; readonly checked: number }[] }
}

let emulator: BorrowedEmulator
let demo: Demo
let browser: Browser
let context: BrowserContext
let page: Page
let said: string[]

beforeAll(async () => {
  ;({ emulator, demo } = await startWithDemo({ app: join(root, 'dist', 'h5'), withStage: true }))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await emulator.stop()
})
async function open(width: number, height: number): Promise<void> {
  context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'America/New_York', reducedMotion: 'reduce' })
  page = await context.newPage()
  said = []
  page.on('pageerror', (error) => said.push(error.message))
  await page.goto(emulator.url)
  await page.getByText('条规矩都成立').waitFor()
}

const phone = (name: string) => page.frameLocator(`iframe[title="${name}的手机"]`)
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor()

describe('the demo', () => {
  it('stands in the morning of the day that the clock showed, with every law kept', async () => {
    expect(demo.today).toBe(monday)
    const { now } = await emulator.clock()
    expect(now).toBeGreaterThanOrEqual(instantOf(monday, 9 * 60 + 12))
    expect(now).toBeLessThan(instantOf(monday, 9 * 60 + 40))
    const check = await emulator.fire<Check>('timers', 'selfCheck')
    if (!check.ok) throw new Error(check.errMsg)
    expect(check.result.output.laws.length).toBeGreaterThan(8)
    for (const law of check.result.output.laws) expect(law).toMatchObject({ holds: true })
  })

  it('has elders in all eleven communities, and names nobody by a telephone number that could be real', async () => {
    const { people = [] } = await emulator.dump(['people'])
    expect(new Set(people.map((person) => person['communityId'])).size).toBe(11)
    for (const person of people) expect(person['phone'] ?? '19000000000').toMatch(/^1900000\d{4}$/)
  })

  it('has the people whom the stage offers, as WeChat knows them', async () => {
    const known = new Set((await emulator.accounts()).map(({ openid }) => openid))
    for (const { openid } of demoPeople) expect(known).toContain(openid)
  })

  it('has lunch still to be ordered, with a dish that is gone and one of which few are left', async () => {
    const { slots = [], kitchenSheets = [], deliveryRuns = [] } = await emulator.dump(['slots', 'kitchenSheets', 'deliveryRuns'])
    const lunch = slots.filter((slot) => slot['kind'] === 'meal' && slot['onDate'] === monday && slot['serviceName'] === '午餐' && slot['frozenAt'] === null)
    expect(lunch.filter((slot) => slot['remaining'] === 0)).toHaveLength(1)
    expect(lunch.filter((slot) => slot['remaining'] === 5)).toHaveLength(1)
    expect(Object.keys(Object.assign({}, ...lunch.map((slot) => slot['holders'])))).not.toContain(demo.personIds.wangXiuzhen)
    expect(kitchenSheets.filter((sheet) => sheet['onDate'] === monday).map((sheet) => sheet['state']).sort()).toEqual(['frozen', 'open', 'open'])
    expect(deliveryRuns.filter((run) => run['onDate'] === monday)).toEqual([])
  })

  it('has safety cases of each kind that are closed, and one that is live', async () => {
    const { safetyCases = [] } = await emulator.dump(['safetyCases'])
    expect(safetyCases.filter((safety) => safety['status'] === 'open')).toHaveLength(1)
    expect(new Set(safetyCases.filter((safety) => safety['status'] === 'closed').map((safety) => safety['reason']))).toEqual(new Set(['calledForHelp', 'noCheckIn', 'noContact']))
  })

  it('leaves a social worker something of every kind', async () => {
    const { result } = await emulator.call<{ ok: true; output: Record<string, unknown[]> }>('demo_li_jing', { action: 'worker.today', input: {}, contractVersion: 1 })
    for (const list of ['safety', 'exceptions', 'complete', 'toCall', 'toMeet', 'requests']) expect(result?.output[list]?.length).toBeGreaterThan(0)
  })
})

describe('the stage', () => {
  beforeEach(() => open(1720, 1040))
  afterEach(() => context.close())

  it('shows the phones of the daughter, the care worker and the social worker, alive', async () => {
    for (const name of ['王敏', '陈霞', '李静']) await phone(name).getByRole('heading').first().waitFor()
    expect(said).toEqual([])
  })

  it('hands a phone to anybody, and brings a fourth one and takes it away', async () => {
    await page.getByRole('button', { name: '换人，现在是王敏' }).click()
    await page.getByRole('dialog').getByRole('button', { name: /周婷/ }).click()
    await phone('周婷').getByRole('heading').first().waitFor()
    expect(await page.locator('iframe').count()).toBe(3)
    await press('＋ 加一部手机')
    await phone('王秀珍').getByRole('heading').first().waitFor()
    expect(await page.locator('iframe').count()).toBe(4)
    await press('收起王秀珍的手机')
    expect(await page.locator('iframe').count()).toBe(3)
    await page.reload()
    await phone('周婷').getByRole('heading').first().waitFor()
  })

  it("shows each law in the product's own words, as the product's own check found it", async () => {
    const check = await emulator.fire<Check>('timers', 'selfCheck')
    if (!check.ok) throw new Error(check.errMsg)
    const rows = page.getByRole('region', { name: '此刻都成立吗' }).getByRole('listitem')
    expect(await rows.count()).toBe(check.result.output.laws.length)
    for (const { law } of check.result.output.laws) await rows.filter({ hasText: law }).getByRole('img', { name: '成立', exact: true }).waitFor()
  })

  it('shows messages that WeChat carried, and apart from them those that somebody must tell by telephone', async () => {
    const list = page.locator('#messages')
    await list.locator('.message:not(.unsent)', { hasText: '老人平安提醒 → 周婷' }).first().waitFor({ state: 'attached' })
    await list.locator('.message.unsent', { hasText: '没有微信，已转电话清单' }).first().waitFor({ state: 'attached' })
    await list.locator('.message.unsent', { hasText: '没有订阅额度，已转电话清单' }).first().waitFor({ state: 'attached' })
  })

  it('meters the last calls: database calls, scanned and returned, bytes, milliseconds', async () => {
    await emulator.call('demo_admin', { action: 'admin.services', input: {}, contractVersion: 1 })
    const row = page.locator('#calls tr', { hasText: 'admin.services 孙洁' }).first()
    await row.waitFor()
    const [dbCalls, scannedReturned, bytes] = await row.locator('td').allInnerTexts().then((cells) => cells.slice(1))
    expect(dbCalls).toMatch(/^\d+$/)
    expect(scannedReturned).toMatch(/^\d+\/\d+$/)
    expect(bytes).toMatch(/^[\d,]+$/)
  })

  it('can be used without seeing it', async () => {
    await page.evaluate(axe.source)
    const faults = await page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: { run: (where: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run({ exclude: ['iframe'] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
    })
    expect(faults).toEqual([])
  })

  it('shows one phone at a time on a narrow window, and nothing to the side', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    const shown = () => page.locator('iframe').evaluateAll((frames) => frames.filter((frame) => frame.getBoundingClientRect().width > 0).map((frame) => (frame as HTMLIFrameElement).title))
    expect(await shown()).toEqual(['王敏的手机'])
    await page.getByRole('tab', { name: '李静' }).click()
    expect(await shown()).toEqual(['李静的手机'])
    await page.getByRole('tab', { name: '台后' }).click()
    expect(await shown()).toEqual([])
    await page.getByRole('heading', { name: '此刻都成立吗' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })

  it('tells phones nothing: it has no way into a frame, and stands in no build of the product', () => {
    const scripts = readdirSync(join(root, 'emulator', 'stage')).filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(root, 'emulator', 'stage', name), 'utf8'))
    expect(scripts.length).toBeGreaterThan(5)
    for (const script of scripts) expect(script).not.toMatch(/postMessage|contentWindow|contentDocument|BroadcastChannel|\/cloud\//)
    for (const build of ['h5', 'weapp']) {
      for (const file of readdirSync(join(root, 'dist', build), { recursive: true, withFileTypes: true })) {
        if (file.isFile() && /\.(js|html)$/.test(file.name)) expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toMatch(/\/emulator\/|demo_wang_min/)
      }
    }
  })
})

describe("the stage's clock", () => {
  beforeAll(() => open(1280, 800))
  afterAll(() => context.close())

  // One test, because demo time only moves forward.
  it('goes an hour ahead, to the next visit, to the next cut-offs and to tomorrow at nine, and says why', async () => {
    const { now } = await emulator.clock()
    await press('+1 小时')
    await seen('到点的提醒都发出去了')
    // The stage reckons from the time it was told last, which is as old as its answer was long on the way.
    expect((await emulator.clock()).now - now).toBeGreaterThan(HOUR - MINUTE)
    await press('到下次上门')
    await seen('王秀珍的助浴开始了，陈霞可以签到')
    expect((await emulator.clock()).now).toBeGreaterThanOrEqual(instantOf(monday, 14 * 60))
    await press('到下一个截止')
    await seen('的晚餐 15:00 截止，备餐单封好了')
    const { kitchenSheets = [] } = await emulator.dump(['kitchenSheets'])
    expect(kitchenSheets.filter((sheet) => sheet['onDate'] === monday && sheet['sitting'] === 'dinner')).toMatchObject([{ state: 'frozen' }])
    await press('到下一个截止')
    await seen('的午餐 16:00 截止，备餐单封好了')
    await press('到下一个截止')
    await seen('过了这一刻就要找社工才能取消')
    await press('到明早 9:00')
    await seen('周二早上')
    expect((await emulator.clock()).now).toBeLessThan(instantOf('2026-11-24', 9 * 60 + 10))
    await seen('条规矩都成立')
    expect(await page.locator('#clock-now').innerText()).toMatch(/11月24日\s*周二\s*09:0/)
  })
})
