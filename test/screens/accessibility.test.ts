/**
 * Accessibility of every screen in a real browser, as people of the demo see it: names and roles from the browser's own
 * accessibility tree, axe's rules, the keyboard, and what the look demands of sizes and contrast at all three text sizes.
 */
import { readFileSync } from 'node:fs'
import type { AxeResults, RunOptions } from 'axe-core'
import { auditScreen } from './audit'
import { launchBrowser, phoneWindow, type Browser, type BrowserContext, type Page } from './browser'
import { addressOf, sizesInH5, startDemo, visitsOf, waitFor, type DemoFacts } from './demo-screens'
import { builtFolder } from './weapp-view'

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const textSizes = [20, 24, 30] as const
/** axe takes as long as everything else on a screen together: `npm test` asks it on every third, `npm run test:long` on all. */
const isForAxe = (index: number): boolean => process.env['EVERY_SIZE'] !== undefined || index % 3 === 0
/** Where WeChat's capsule would lie; the H5 build leaves it free as well. */
const capsule = { left: 281, right: 368, top: 10, bottom: 42 }

let facts: DemoFacts
let browser: Browser
/** One window for all phones of the walk; the emulator holds them apart. */
let shared: BrowserContext
/** Its only page: one of its own for each screen would cost more than the screen. */
let page: Page
const warnings: string[] = []
async function newPage(): Promise<Page> {
  const opened = await shared.newPage()
  opened.on('console', (message) => { if (message.type() === 'warning' || message.type() === 'error') warnings.push(message.text()) })
  opened.on('pageerror', (error) => warnings.push(error.message))
  return opened
}
beforeAll(async () => {
  facts = await startDemo({ functions: builtFolder('cloudfunctions', 'api/index.js'), app: builtFolder('h5', 'index.html') })
  browser = await launchBrowser()
  shared = await phoneWindow(browser)
  page = await newPage()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await facts?.emulator.stop()
})

/** What axe finds, each fault with the elements it is about. Contrast is measured by our own audit, more strictly. */
async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> } }
    const results = await axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } })
    return results.violations.map((rule) => ({ id: rule.id, targets: rule.nodes.map((node) => node.html.slice(0, 120)) }))
  })
  return found.map((rule) => `${rule.id}: ${rule.targets.join(' | ')}`)
}

/** The browser's accessibility tree: everything that can be pressed or filled in, with its role and name. */
async function namelessInTree(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const pressed = new Set(['button', 'link', 'radio', 'checkbox', 'switch', 'tab', 'textbox', 'combobox', 'listbox', 'searchbox', 'Date', 'menuitem'])
  const controls = nodes.filter((node) => !node.ignored && pressed.has(String(node.role?.value)))
  const focusable = nodes.filter((node) => !node.ignored && node.properties?.some((property) => property.name === 'focusable' && property.value.value === true) && !pressed.has(String(node.role?.value)) && node.role?.value !== 'RootWebArea')
  return [
    ...(controls.length === 0 ? ['nothing can be touched'] : []),
    ...controls.filter((node) => String(node.name?.value ?? '').trim() === '').map((node) => `${String(node.role?.value)} without a name`),
    ...focusable.filter((node) => !['DateTime', 'InputTime', 'generic', 'spinbutton', 'scrollable', 'option', 'group'].includes(String(node.role?.value))).map((node) => `${String(node.role?.value)} “${String(node.name?.value)}” takes focus`),
  ]
}

describe.each(visitsOf('h5').map((one, index) => [one.name, one, index] as const))('%s', (_, one, index) => {
  const open = async (): Promise<void> => {
    warnings.splice(0)
    await page.goto(`${facts.emulator.url}/app/?phone=${index}&as=${one.openid}#${addressOf(one, facts)}`)
    await page.waitForFunction(() => document.querySelector('[aria-level="1"]') !== null && document.querySelector('[class*=skeleton_]') === null && document.body.innerText.length > 20)
    for (const name of one.taps ?? []) await page.getByRole('button', { name }).or(page.getByRole('radio', { name })).or(page.getByRole('checkbox', { name })).or(page.getByRole('tab', { name })).or(page.getByRole('link', { name })).first().click()
    // The keyboard is in use from here on, so that focus is shown.
    await page.keyboard.press('Tab')
  }
  beforeAll(async () => {
    await waitFor(one, facts)
    await open()
  })
  /** What a measurement says; taken on the screen opened anew where Chromium itself lost the page before it could say anything. */
  const measured = async <T>(measure: () => Promise<T>): Promise<T> => measure().catch(async (error: unknown) => {
    if (!String(error).includes('Target crashed')) throw error
    console.warn(`Chromium lost the page of “${one.name}”; it is opened anew`)
    page = await newPage()
    await open()
    return measure()
  })

  test(`has a role and a name for everything${isForAxe(index) ? ', and breaks none of axe\'s rules' : ''}`, async () => {
    expect(await measured(() => namelessInTree(page))).toEqual([])
    if (isForAxe(index)) expect(await measured(() => axeFaults(page))).toEqual([])
    expect(warnings).toEqual([])
  })

  test.each(sizesInH5())('can be read, touched and reached by keyboard at %i px', async (textSize) => {
    expect(await measured(async () => {
      // What has the focus lets go of it: a screen that grows under a focus that stays does not scroll.
      await page.evaluate((size) => { (document.activeElement as HTMLElement | null)?.blur(); for (const screen of document.querySelectorAll('.text-20, .text-24')) { screen.classList.remove('text-20', 'text-24'); screen.classList.add(`text-${size}`) } }, textSize)
      return page.evaluate(auditScreen, { textSize, hasKeyboard: true, capsule })
    })).toEqual([])
  })
})

describe('states that last a moment or a while', () => {
  const states = [
    { name: 'loading', how: async (page: Page) => { await page.route('**/cloud/call', () => undefined) }, shows: '[class*=skeleton_]' },
    { name: 'no answer', how: async (page: Page) => { await page.route('**/cloud/call', (route) => route.fulfill({ status: 500, body: '{}' })) }, shows: 'text=没有收到回音' },
    { name: 'no network', how: async (page: Page) => { await page.route('**/cloud/call', (route) => route.abort('internetdisconnected')) }, shows: 'text=没有网络' },
  ] as const
  test.each(states)('$name: said in words, reachable, readable at every size', async ({ how, shows }) => {
    const window = await phoneWindow(browser)
    const page = await window.newPage()
    await how(page)
    for (const path of ['/pages/home/index', `/pages/booking/index?bookingId=${facts.bookingId('王秀珍', 'assigned')}`]) {
      await page.goto(`${facts.emulator.url}/app/?as=demo_wang_min#${path}`)
      await page.reload()
      await page.locator(shows).first().waitFor()
      await page.keyboard.press('Tab')
      expect(await axeFaults(page)).toEqual([])
      for (const textSize of textSizes) {
        // What has the focus lets go of it: a screen that grows under a focus that stays does not scroll.
    await page.evaluate((size) => { (document.activeElement as HTMLElement | null)?.blur(); for (const screen of document.querySelectorAll('.text-20, .text-24, .text-30')) { screen.classList.remove('text-20', 'text-24', 'text-30'); screen.classList.add(`text-${size}`) } }, textSize)
        expect(await page.evaluate(auditScreen, { textSize, hasKeyboard: true, capsule })).toEqual([])
      }
    }
    await window.close()
  })

  test('content from before stays while there is no network, with its age in words', async () => {
    const window = await phoneWindow(browser)
    const page = await window.newPage()
    await page.goto(`${facts.emulator.url}/app/?as=demo_wang_min#/pages/home/index`)
    await page.getByText('上门照护').first().waitFor()
    await page.route('**/cloud/call', (route) => route.abort('internetdisconnected'))
    await page.reload()
    await page.getByText('没有网络 · ').waitFor()
    await page.keyboard.press('Tab')
    expect(await page.getByText('上门照护').first().isVisible()).toBe(true)
    expect(await axeFaults(page)).toEqual([])
    expect(await page.evaluate(auditScreen, { textSize: textSizes[0], hasKeyboard: true, capsule })).toEqual([])
    await window.close()
  })
})

test('the keyboard alone leads from the first screen to a booking that waits for one last press', async () => {
  const window = await phoneWindow(browser)
  const page = await window.newPage()
  await page.goto(`${facts.emulator.url}/app/?as=demo_wang_min#/pages/home/index`)
  await page.getByText('上门照护').first().waitFor()
  /** Walks with Tab until something with this name has the focus, and presses it. */
  const press = async (name: RegExp): Promise<void> => {
    for (let steps = 0; steps < 80; steps += 1) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')
      if (!name.test(focused.trim())) continue
      await page.keyboard.press('Enter')
      return
    }
    throw new Error(`Tab never reached ${String(name)}`)
  }
  await press(/^上门照护/)
  await page.locator('[aria-level="1"]:visible', { hasText: '上门照护' }).waitFor()
  await page.getByRole('link', { name: /助浴/ }).waitFor()
  await press(/^助浴/)
  await page.getByText('请选一个时间').waitFor()
  await press(/剩 \d+ 位$/)
  await page.getByText(/给王秀珍约助浴/).waitFor()
  expect(await page.getByRole('button', { name: '就约这个' }).getAttribute('aria-disabled')).toBeNull()
  await window.close()
})

test('the measurements find what they are for', async () => {
  const window = await phoneWindow(browser)
  const page = await window.newPage()
  await page.setContent(`<body style="margin:0;background:#fff"><div class="screen" style="font-size:20px">
    <p style="font-size:14px">小字十四像素</p><p style="color:#888">灰色的正文看不清</p><p style="width:500px">${'太宽的一行'.repeat(12)}</p>
    <p style="white-space:nowrap;overflow:hidden;width:100px">被截掉的一行字看不到尾巴</p><p style="opacity:.6">变淡的字</p>
    <div data-touch style="width:100px;height:60px">没有角色</div><button style="width:30px;height:30px;outline:none"></button>
    <button class="button_x" style="height:48px;width:100px">太矮</button><button style="height:50px;width:80px;font-size:20px;white-space:nowrap">伸到外面去的长长的名字</button>
  </div></body>`)
  const faults = (await page.evaluate(auditScreen, { textSize: textSizes[0], hasKeyboard: true, capsule })).join('\n')
  for (const fault of ['is 14 px', 'running text needs 7', 'reaches from', 'to the side', 'dimmed with opacity', 'has no role', 'has no name', '48.00 px high, not 60', '30.00 px wide', 'shows no focus', 'stands out of', '0 titles']) expect(faults).toContain(fault)
  await window.close()
})
