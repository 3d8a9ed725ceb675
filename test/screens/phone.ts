/**
 * A person's phone in a real browser, driven as a person drives it: by the names of what can be touched. It also listens:
 * whatever the page complains of in the console, and whatever it throws, is a fault of the screen.
 */
import type { Browser, BrowserContext, Locator, Page, Request } from './browser'

/** What can be touched, by role. */
type Role = 'button' | 'link' | 'radio' | 'checkbox' | 'tab'

/** What a browser itself says of a request that did not get through; the screen has to say it in its own words. */
const OF_THE_NETWORK = /^Failed to load resource: net::ERR_INTERNET_DISCONNECTED/

export class ScreenPhone {
  /** how often a finger touched it */
  taps = 0

  private constructor(readonly page: Page, private readonly context: BrowserContext, private readonly said: string[], private readonly underWay: ReadonlySet<Request>) {}

  /** Opens the app as this WeChat account, on a phone that nobody used before. */
  static async open(browser: Browser, url: string, openid: string, hash = ''): Promise<ScreenPhone> {
    const context = await browser.newContext({ viewport: { width: 375, height: 812 }, locale: 'zh-CN', timezoneId: 'America/New_York', reducedMotion: 'reduce' })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    const said: string[] = []
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !OF_THE_NETWORK.test(message.text())) said.push(message.text()) })
    page.on('pageerror', (error) => said.push(error.message))
    const underWay = new Set<Request>()
    page.on('request', (request) => { if (request.url().includes('/cloud/')) underWay.add(request) })
    page.on('requestfinished', (request) => underWay.delete(request))
    page.on('requestfailed', (request) => underWay.delete(request))
    await page.goto(`${url}/app/?as=${openid}${hash === '' ? '' : `#${hash}`}`)
    return new ScreenPhone(page, context, said, underWay)
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
    await this.context.setOffline(true)
    await this.page.waitForFunction(() => !navigator.onLine)
  }

  async comesBackOnline(): Promise<void> {
    await this.context.setOffline(false)
    await this.page.waitForFunction(() => navigator.onLine)
  }

  /** Puts it away. @returns what its pages complained of */
  async close(): Promise<readonly string[]> {
    await this.context.close()
    return this.said
  }
}
