/**
 * The demo on the real functions, with a browser beside it: phones for as many people at once as a journey needs, what
 * others do meanwhile, and what is stored. A page that complains fails the test that opened it.
 */
import { join } from 'node:path'
import type { BorrowedEmulator } from '../support/emulators'
import type { Demo } from '../../emulator/demo'
import { CONTRACT_VERSION, type ActionName, type Answer, type InputOf, type OutputOf } from '../../src/contract'
import { instantOf } from '../../src/domain/civil-time'
import { startWithDemo } from '../support/demo'
import { launchBrowser, type Browser } from './browser'
import { ScreenPhone } from './phone'

/** The day on which the demo wakes, at twelve minutes past nine, and the day after. */
export const MONDAY = '2026-11-23'
export const TUESDAY = '2026-11-24'
/** The instant of a wall-clock time such as `11:04` on the demo's day. */
export const at = (time: string, date = MONDAY): number => instantOf(date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))

export type Stored = Record<string, unknown>

export class DemoPhones {
  readonly emulator: BorrowedEmulator
  readonly personIds: Demo['personIds']
  private readonly browser: Browser
  private phones: { readonly whose: string; readonly phone: ScreenPhone }[] = []
  private requests = 0

  private constructor(emulator: BorrowedEmulator, demo: Demo, browser: Browser) {
    this.emulator = emulator
    this.personIds = demo.personIds
    this.browser = browser
  }

  static async start(): Promise<DemoPhones> {
    const { emulator, demo } = await startWithDemo({ app: join(__dirname, '..', '..', 'dist', 'h5') })
    try {
      return new DemoPhones(emulator, demo, await launchBrowser())
    } catch (error) {
      await emulator.stop()
      throw error
    }
  }

  async stop(): Promise<void> {
    await this.browser.close()
    await this.emulator.stop()
  }

  /** The phone of this WeChat account, opened at a page. */
  async phoneOf(openid: string, hash = ''): Promise<ScreenPhone> {
    const phone = await ScreenPhone.open(this.browser, this.emulator.url, openid, hash)
    this.phones.push({ whose: openid, phone })
    return phone
  }

  /** Puts all phones away. @returns what their pages complained of */
  async putAway(): Promise<readonly string[]> {
    const complaints: string[] = []
    for (const { whose, phone } of this.phones) complaints.push(...(await phone.close()).map((said) => `${whose}: ${said}`))
    this.phones = []
    return complaints
  }

  /** What somebody else does meanwhile, on a phone that is not looked at here. */
  async meanwhile<A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<OutputOf<A>> {
    const answer = await this.ask(openid, action, input)
    if (!answer.ok) throw new Error(`${openid} was refused ${action}: ${answer.error.code}`)
    return answer.output
  }

  /** The code with which somebody is refused, whatever their screen would have let them do; 'OK' when they are not. */
  async refusalOf<A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<string> {
    const answer = await this.ask(openid, action, input)
    return answer.ok ? 'OK' : answer.error.code
  }

  private async ask<A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<Answer<A>> {
    const { result, errMsg } = await this.emulator.call<Answer<A>>(openid, { action, input, requestId: `journey-${++this.requests}-screens`, contractVersion: CONTRACT_VERSION })
    if (result === undefined) throw new Error(`${action}: ${errMsg}`)
    return result
  }

  /** Everything stored in a collection that fits. */
  async all(collection: string, fits: (document: Stored) => boolean = () => true): Promise<Stored[]> {
    return ((await this.emulator.dump([collection]))[collection] ?? []).filter(fits)
  }

  /** The one document that fits. @throws when there is none, or more than one */
  async one(collection: string, fits: (document: Stored) => boolean): Promise<Stored> {
    const found = await this.all(collection, fits)
    if (found.length !== 1) throw new Error(`${found.length} documents in ${collection}`)
    return found[0] ?? {}
  }

  /** The lunch of somebody on a day. */
  lunchOf(elder: keyof Demo['personIds'], onDate = MONDAY): Promise<Stored> {
    return this.one('bookings', (booking) => booking['elderId'] === this.personIds[elder] && booking['onDate'] === onDate && booking['serviceName'] === '午餐' && booking['status'] !== 'cancelled')
  }

  /** A dish of a lunch, as it can be ordered. */
  async lunchSlot(dishName: string, onDate = MONDAY): Promise<string> {
    return String((await this.one('slots', (slot) => slot['onDate'] === onDate && slot['serviceName'] === '午餐' && (slot['meal'] as { dishName?: string } | null)?.dishName === dishName))['_id'])
  }
}
