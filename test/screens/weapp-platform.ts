/**
 * Stand-ins for `wx.*`, as far as the product uses it, behaving as WeChat documents: answers `{errMsg: 'name:ok', …}`,
 * refusals `{errMsg: 'name:fail …'}`, callbacks never before the call returned, a promise where no callback was given.
 * The way to the cloud is the real one: `wx.cloud.callFunction` runs the product's functions on the emulator.
 * An API that is not here is missing, and a screen that needs it fails.
 */
import type { ConnectedEmulator } from '../../emulator/client'
import { Canvas, type Drawn } from './weapp-canvas'

/** What a person does or has set up outside the mini-program. */
export interface Surroundings {
  /** no network: calls fail as WeChat says it */
  isOffline: boolean
  /** what the camera would read; undefined: the person closes the scanner */
  scanned: string | undefined
  /** what the person answers to WeChat's question about messages */
  acceptsMessages: boolean
  /** what the person answers to WeChat's question about the phone number */
  givesPhoneNumber: boolean
  /** WeChat's own font setting; 1 is standard */
  fontSizeScaleFactor: number
}

/** What left the mini-program. */
export interface Outgoing {
  dialled: string[]
  clipboard: string
  /** pictures that were drawn, by the path of their file */
  drawn: Map<string, Drawn>
  /** pictures that were handed to a chat */
  shared: string[]
  /** every API that was used, in order */
  used: string[]
}

export interface Navigation {
  navigateTo: (url: string) => void
  redirectTo: (url: string) => void
  reLaunch: (url: string) => void
  navigateBack: (delta: number) => void
}

interface Callbacks {
  success?: (answer: object) => void
  fail?: (refusal: object) => void
  complete?: (outcome: object) => void
}

/** Thrown inside a stand-in: becomes `name:fail reason`. */
export class Refusal extends Error {
  constructor(readonly reason: string, readonly facts: object = {}) {
    super(reason)
  }
}

/** Keeps values as WeChat does: a copy of plain data, 1 MB each. */
export class PhoneStorage {
  private readonly kept = new Map<string, string>()
  get(name: string): unknown {
    const text = this.kept.get(name)
    return text === undefined ? '' : (JSON.parse(text) as unknown)
  }
  set(name: string, value: unknown): void {
    const text = JSON.stringify(value)
    if (text === undefined) throw new Refusal('parameter error: parameter.data should not be undefined')
    if (text.length > 1024 * 1024) throw new Refusal('entry size limit reached')
    this.kept.set(name, text)
  }
  remove(name: string): void {
    this.kept.delete(name)
  }
  clear(): void {
    this.kept.clear()
  }
  names(): string[] {
    return [...this.kept.keys()]
  }
}

export interface PlatformOptions {
  readonly emulator: ConnectedEmulator
  readonly openid: string
  readonly storage: PhoneStorage
  readonly surroundings: Surroundings
  readonly outgoing: Outgoing
  readonly navigation: Navigation
  /** true while a handler of a real tap runs: some APIs work only then */
  readonly isInTap: () => boolean
  /** the canvas under an id on the open page, as far as WeChat finds it: not inside a custom component */
  readonly canvasOf: (id: string) => Canvas | undefined
  readonly launchPath: () => string
}

const screen = { windowWidth: 375, windowHeight: 667, screenWidth: 375, screenHeight: 667, pixelRatio: 2, statusBarHeight: 20, safeArea: { left: 0, right: 375, top: 20, bottom: 667, width: 375, height: 647 } }

/** The `wx` object, and a way to tell it that the network came or went. */
export function createPlatform(options: PlatformOptions): { wx: Record<string, unknown>; tellNetwork: () => void } {
  const { emulator, openid, storage, surroundings, outgoing, navigation } = options
  const networkListeners = new Set<(state: { isConnected: boolean; networkType: string }) => void>()
  const network = () => ({ isConnected: !surroundings.isOffline, networkType: surroundings.isOffline ? 'none' : 'wifi' })

  /** An API with callbacks, or a promise if it was given none. */
  function later(name: string, act: (given: Record<string, unknown>) => object | void | Promise<object | void>) {
    return (given: Record<string, unknown> & Callbacks = {}) => {
      const run = async (): Promise<object> => {
        try {
          return { errMsg: `${name}:ok`, ...(await act(given)) }
        } catch (error) {
          if (error instanceof Refusal) throw { errMsg: `${name}:fail ${error.reason}`, ...error.facts }
          throw error
        }
      }
      // What depends on the tap is decided now; the answer comes later.
      const outcome = run()
      if (!given.success && !given.fail && !given.complete) return outcome
      outcome.then(
        (answer) => setImmediate(() => { given.success?.(answer); given.complete?.(answer) }),
        (refusal: object) => setImmediate(() => { given.fail?.(refusal); given.complete?.(refusal) }),
      )
      return undefined
    }
  }

  /** A synchronous API: its refusal is thrown. */
  function now<A extends unknown[], R>(name: string, act: (...given: A) => R) {
    return (...given: A): R => {
      try {
        return act(...given)
      } catch (error) {
        if (error instanceof Refusal) throw new Error(`${name}:fail ${error.reason}`)
        throw error
      }
    }
  }

  const text = (value: unknown): string => (typeof value === 'string' ? value : '')

  const apis = {
    getSystemInfoSync: () => ({ ...screen, platform: 'ios', system: 'iOS 16.0', SDKVersion: '3.8.0', version: '8.0.50', language: 'zh_CN', fontSizeSetting: 17 * surroundings.fontSizeScaleFactor }),
    getWindowInfo: () => screen,
    getDeviceInfo: () => ({ platform: 'ios', system: 'iOS 16.0', brand: 'iPhone', model: 'iPhone 8' }),
    getAppBaseInfo: () => ({ SDKVersion: '3.8.0', version: '8.0.50', language: 'zh_CN', fontSizeSetting: 17 * surroundings.fontSizeScaleFactor, fontSizeScaleFactor: surroundings.fontSizeScaleFactor }),
    getMenuButtonBoundingClientRect: () => ({ width: 87, height: 32, left: 281, right: 368, top: 24, bottom: 56 }),
    getLaunchOptionsSync: () => ({ path: options.launchPath(), query: {}, scene: 1001 }),
    getEnterOptionsSync: () => ({ path: options.launchPath(), query: {}, scene: 1001 }),
    canIUse: () => true,
    nextTick: (act: () => void) => { void Promise.resolve().then(act) },

    getStorageSync: now('getStorageSync', (name: string) => storage.get(name)),
    setStorageSync: now('setStorageSync', (name: string, value: unknown) => storage.set(name, value)),
    removeStorageSync: now('removeStorageSync', (name: string) => storage.remove(name)),
    clearStorageSync: now('clearStorageSync', () => storage.clear()),
    getStorageInfoSync: now('getStorageInfoSync', () => ({ keys: storage.names(), currentSize: 1, limitSize: 10_240 })),
    getStorage: later('getStorage', ({ key }) => {
      if (!storage.names().includes(text(key))) throw new Refusal('data not found')
      return { data: storage.get(text(key)) }
    }),
    setStorage: later('setStorage', ({ key, data }) => storage.set(text(key), data)),
    removeStorage: later('removeStorage', ({ key }) => storage.remove(text(key))),

    onNetworkStatusChange: (listener: (state: { isConnected: boolean; networkType: string }) => void) => { networkListeners.add(listener) },
    offNetworkStatusChange: (listener?: (state: { isConnected: boolean; networkType: string }) => void) => {
      if (listener) networkListeners.delete(listener)
      else networkListeners.clear()
    },
    getNetworkType: later('getNetworkType', () => ({ networkType: network().networkType })),

    navigateTo: later('navigateTo', ({ url }) => navigation.navigateTo(text(url))),
    redirectTo: later('redirectTo', ({ url }) => navigation.redirectTo(text(url))),
    reLaunch: later('reLaunch', ({ url }) => navigation.reLaunch(text(url))),
    navigateBack: later('navigateBack', ({ delta }) => navigation.navigateBack(typeof delta === 'number' ? delta : 1)),
    pageScrollTo: later('pageScrollTo', () => undefined),
    setNavigationBarTitle: later('setNavigationBarTitle', () => undefined),

    makePhoneCall: later('makePhoneCall', ({ phoneNumber }) => {
      if (text(phoneNumber) === '') throw new Refusal('parameter error: parameter.phoneNumber should not be empty')
      outgoing.dialled.push(text(phoneNumber))
    }),
    setClipboardData: later('setClipboardData', ({ data }) => { outgoing.clipboard = text(data) }),
    getClipboardData: later('getClipboardData', () => ({ data: outgoing.clipboard })),
    scanCode: later('scanCode', () => {
      if (surroundings.scanned === undefined) throw new Refusal('cancel')
      return { result: surroundings.scanned, scanType: 'QR_CODE', charSet: 'utf-8', path: '' }
    }),
    createSelectorQuery: () => {
      const wanted: string[] = []
      const query = {
        select: (selector: string) => ({
          fields: (fields: { node?: boolean }) => {
            if (fields.node !== true || !/^#[\w-]+$/.test(selector)) throw new Refusal(`a query of ${selector} is not known here`)
            wanted.push(selector.slice(1))
            return query
          },
        }),
        // The view layer answers after what was sent to it before.
        exec: (done: (found: readonly ({ node: Canvas } | null)[]) => void) => {
          setImmediate(() => done(wanted.map((id) => { const node = options.canvasOf(id); return node ? { node } : null })))
        },
      }
      return query
    },
    canvasToTempFilePath: later('canvasToTempFilePath', ({ canvas }) => {
      if (!(canvas instanceof Canvas)) throw new Refusal('invalid canvas')
      const tempFilePath = `wxfile://tmp_drawn_${outgoing.drawn.size + 1}.png`
      outgoing.drawn.set(tempFilePath, canvas.drawn)
      return { tempFilePath }
    }),
    showShareImageMenu: later('showShareImageMenu', ({ path }) => {
      if (!options.isInTap()) throw new Refusal('can only be invoked by user TAP gesture.')
      if (!outgoing.drawn.has(text(path))) throw new Refusal('file not found')
      outgoing.shared.push(text(path))
    }),
    requestSubscribeMessage: later('requestSubscribeMessage', async ({ tmplIds }) => {
      if (!options.isInTap()) throw new Refusal('can only be invoked by user TAP gesture.', { errCode: 20004 })
      if (!Array.isArray(tmplIds) || tmplIds.length === 0 || tmplIds.length > 3) throw new Refusal('TmplIds must be an array of at most 3', { errCode: 20003 })
      if (surroundings.isOffline) throw new Refusal('network error', { errCode: 10002 })
      return emulator.subscribe(openid, tmplIds.map(String), surroundings.acceptsMessages)
    }),
    login: later('login', () => ({ code: `code_${openid}` })),

    cloud: {
      init: () => undefined,
      callFunction: async ({ name, data }: { name: string; data: object }) => {
        if (surroundings.isOffline) throw { errCode: -1, errMsg: 'cloud.callFunction:fail request:fail ' }
        // What passes is JSON, on the way there and back.
        const answer = await emulator.call(openid, JSON.parse(JSON.stringify(data)) as object, name)
        if (answer.errCode !== undefined) throw { errCode: answer.errCode, errMsg: answer.errMsg, requestID: answer.requestID }
        return answer
      },
    },
  }

  const wx: Record<string, unknown> = {}
  for (const [name, api] of Object.entries(apis)) {
    wx[name] = typeof api !== 'function' ? api : (...given: unknown[]) => {
      outgoing.used.push(name)
      return (api as (...given: unknown[]) => unknown)(...given)
    }
  }
  return { wx, tellNetwork: () => networkListeners.forEach((listener) => listener(network())) }
}
