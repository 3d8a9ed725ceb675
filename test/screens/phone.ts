/**
 * A person's phone in a real browser, driven as a person drives it: by the names of what can be touched. It also listens:
 * whatever the page complains of in the console, and whatever it throws, is a fault of the screen.
 */
import type { Browser, BrowserContext, CDPSession, Locator, Page, Request } from './browser'

/** What can be touched, by role. */
type Role = 'button' | 'link' | 'radio' | 'checkbox' | 'tab'

/** What a browser itself says of a request that did not get through; the screen has to say it in its own words. */
const OF_THE_NETWORK = /^Failed to load resource: net::ERR_INTERNET_DISCONNECTED/

/** One window for all phones of a browser: its scripts are read once. The emulator keeps the phones' storage apart. */
const windows = new WeakMap<Browser, Promise<BrowserContext>>()
let opened = 0

async function windowOf(browser: Browser): Promise<BrowserContext> {
  const known = windows.get(browser) ?? browser.newContext({ viewport: { width: 375, height: 812 }, locale: 'zh-CN', timezoneId: 'America/New_York', reducedMotion: 'reduce' })
  windows.set(browser, known)
  return known
}

export class ScreenPhone {
  /** how often a finger touched it */
  taps = 0
  private network: CDPSession | undefined

  private constructor(readonly page: Page, private readonly app: string, private readonly said: string[], private readonly underWay: ReadonlySet<Request>) {}

  /** Opens the app as this WeChat account, on a phone that nobody used before. */
  static async open(browser: Browser, url: string, openid: string, hash = ''): Promise<ScreenPhone> {
    const page = await (await windowOf(browser)).newPage()
    page.setDefaultTimeout(20_000)
    const said: string[] = []
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !OF_THE_NETWORK.test(message.text())) said.push(message.text()) })
    page.on('pageerror', (error) => said.push(error.message))
    const underWay = new Set<Request>()
    page.on('request', (request) => { if (request.url().includes('/cloud/')) underWay.add(request) })
    page.on('requestfinished', (request) => underWay.delete(request))
    page.on('requestfailed', (request) => underWay.delete(request))
    const phone = new ScreenPhone(page, `${url}/app/?phone=${++opened}&as=${openid}`, said, underWay)
    await phone.goesTo(hash)
    return phone
  }

  /** Goes to this page of the app, as a link does. */
  async goesTo(hash = ''): Promise<void> {
    await this.page.goto(`${this.app}${hash === '' ? '' : `#${hash}`}`)
  }

  /** Something to touch that can be seen, by its name. */
  named(name: string | RegExp, role: Role = 'button'): Locator {
    return this.page.getByRole(role, { name }).filter({ visible: true }).first()
  }

  /** Taps it, once it can be tapped. */
  async tap(name: string | RegExp, role: Role = 'button'): Promise<void> {
    this.taps += 1
    await this.named(name, role).click()
  }

  /** Waits until these words can be seen. */
  async sees(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor()
  }

  /** Waits until these words can no longer be seen. */
  async seesNoMore(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor({ state: 'hidden' })
  }

  /** Whether these words can be seen now. */
  async shows(words: string | RegExp): Promise<boolean> {
    return (await this.page.getByText(words).filter({ visible: true }).count()) > 0
  }

  async types(label: string | RegExp, words: string): Promise<void> {
    await this.page.getByLabel(label).filter({ visible: true }).first().fill(words)
  }

  async chooses(label: string, words: string): Promise<void> {
    await this.page.getByLabel(label).filter({ visible: true }).first().selectOption({ label: words })
  }

  /** Chooses year, month and day of a date, `YYYY-MM-DD`. */
  async choosesDate(label: string, date: string): Promise<void> {
    const [year = '', month = '', day = ''] = date.split('-')
    await this.chooses(`${label}，年`, `${Number(year)}年`)
    await this.chooses(`${label}，月`, `${Number(month)}月`)
    await this.chooses(`${label}，日`, `${Number(day)}日`)
  }

  /** Opens the page once more with this text size, as it was chosen under 我的. */
  async readsAt(size: 20 | 24 | 30): Promise<void> {
    await this.page.evaluate((chosen) => { localStorage.setItem('textSize', JSON.stringify({ data: chosen })) }, size)
    await this.page.reload()
  }

  /** Waits for it, and says how far it reaches out of what can be seen without scrolling: between the title and what stays at the bottom, px; 0: it is wholly in sight. */
  async outOfSight(what: Locator): Promise<number> {
    await what.waitFor()
    const [box, title, foot] = await Promise.all([what, this.page.getByRole('banner').filter({ visible: true }).first(), this.named(/一键呼叫/)].map((one) => one.boundingBox()))
    if (!box || !title || !foot) throw new Error('the screen has no title or no call for help')
    return Math.max(0, title.y + title.height - box.y, box.y + box.height - foot.y)
  }

  /** The six digits that the door code shows now, as a screen reader says them. */
  async doorCode(): Promise<string> {
    const spoken = await this.page.getByRole('img', { name: /^门码：/ }).first().getAttribute('aria-label')
    return (spoken ?? '').replace(/\D/g, '')
  }

  /** The next telephone number that the page hands to the dialler. */
  async dials(): Promise<string> {
    const request = await this.page.waitForRequest((one) => one.url().startsWith('tel:'))
    return request.url().slice('tel:'.length)
  }

  /** Waits until every answer has come, and the page has looked at it: what is on its way would tell the phone the time anew. */
  async hasHeardAll(): Promise<void> {
    while (this.underWay.size > 0) await Promise.race([this.page.waitForEvent('requestfinished'), this.page.waitForEvent('requestfailed')])
    await this.page.evaluate(() => new Promise((resolve) => { requestIdleCallback(resolve) }))
  }

  /** Loses the network, and waits until the page knows. */
  async goesOffline(): Promise<void> {
    await this.setOffline(true)
    await this.page.waitForFunction(() => !navigator.onLine)
  }

  async comesBackOnline(): Promise<void> {
    await this.setOffline(false)
    await this.page.waitForFunction(() => navigator.onLine)
  }

  /** Of this phone alone: the window's own switch is for all of them. */
  private async setOffline(offline: boolean): Promise<void> {
    this.network ??= await this.page.context().newCDPSession(this.page)
    await this.network.send('Network.enable')
    await this.network.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
  }

  /** Puts it away. @returns what its pages complained of */
  async close(): Promise<readonly string[]> {
    await this.page.close()
    return this.said
  }
}
