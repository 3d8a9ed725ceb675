/**
 * A phone with WeChat on which the built mini-program runs: the emitted JavaScript in a context without browser, WeChat's
 * compiled WXML as its view, the product's functions on the emulator behind it. A test uses it as a person does: reads words,
 * taps what has a name, types, waits until something is there. It counts what WeChat limits: setData, nodes, depth.
 */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import vm from 'node:vm'
import type { ConnectedEmulator } from '../../emulator/client'
import { Canvas } from './weapp-canvas'
import { createPlatform, PhoneStorage, Refusal, type Outgoing, type Surroundings } from './weapp-platform'
import { everyNode, isTouchable, outline, seenIn, sizeOf, wordsOf, writtenWords, type Seen } from './weapp-tree'
import { compileView, type FoundComponent, type View, type ViewNode } from './weapp-view'

/** A page's handlers and state, as the emitted code declares them. */
type Definition = Record<string, unknown> & { data?: object }
type Handler = (this: unknown, ...given: unknown[]) => unknown

/** What a page asked of the view layer since it was opened. */
export interface PageMeter {
  readonly route: string
  setDataCalls: number
  setDataBytes: number
  largestSetData: number
  /** bytes of the first setData: what must pass before anything is seen */
  firstScreen: number
  mostNodes: number
  deepest: number
}

interface PageInstance {
  readonly definition: Definition
  readonly self: Record<string, unknown> & { data: Record<string, unknown>; route: string }
  readonly meter: PageMeter
  readonly components: Map<string, ComponentInstance>
}

interface ComponentInstance {
  readonly self: Record<string, unknown> & { data: Record<string, unknown> }
  readonly definition: Definition
  given: string
}

interface AppJson {
  readonly pages: readonly string[]
  readonly subPackages?: readonly { readonly root: string; readonly pages: readonly string[] }[]
}

export interface PhoneOptions {
  readonly emulator: ConnectedEmulator
  /** who uses the phone */
  readonly openid: string
  readonly folder: string
  /** what an earlier run of the app left on this phone */
  readonly storage?: PhoneStorage
  readonly fontSizeScaleFactor?: number
  /** how far the phone's own clock is from this machine's, ms: phones may be days wrong */
  readonly clockOffsetMs?: number
}

/** How long nothing may change on a screen that is waited for, and how long it may take in all, ms. */
const QUIET_MS = 9_000
const PATIENCE_MS = 25_000
const MOST_PAGES = 10
const MOST_TURNS = 2_000
/** A frame, ms: what the app does within one is what a tap leads to at once. */
const AT_ONCE_MS = 17

const views = new Map<string, View>()
const viewOf = (folder: string): View => {
  const view = views.get(folder) ?? compileView(folder)
  views.set(folder, view)
  return view
}

/** `root.cn.[0].cl` → the value's place in the data. */
function put(data: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.replace(/\.?\[(\d+)\]/g, '.$1').split('.')
  let at = data
  for (const [index, step] of steps.slice(0, -1).entries()) {
    if (typeof at[step] !== 'object' || at[step] === null) at[step] = /^\d+$/.test(steps[index + 1] ?? '') ? [] : {}
    at = at[step] as Record<string, unknown>
  }
  at[steps[steps.length - 1] ?? ''] = value
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const call = (definition: Definition, name: string, self: unknown, ...given: unknown[]): void => {
  const handler = definition[name]
  if (typeof handler === 'function') (handler as Handler).apply(self, given)
}

export class WeappPhone {
  readonly storage: PhoneStorage
  readonly surroundings: Surroundings
  readonly outgoing: Outgoing = { dialled: [], clipboard: '', drawn: new Map(), shared: [], used: [] }
  /** what the app wrote to the console as a warning or an error, and what it threw */
  readonly complaints: string[] = []
  /** one entry for every page that was opened, in order */
  readonly meters: PageMeter[] = []
  readonly #folder: string
  readonly #view: View
  readonly #app: AppJson
  readonly #context: vm.Context
  readonly #tellNetwork: () => void
  readonly #loaded = new Map<string, { exports: unknown }>()
  readonly #pages = new Map<string, Definition>()
  readonly #components = new Map<string, Definition>()
  readonly #stack: PageInstance[] = []
  readonly #timers = new Set<NodeJS.Timeout>()
  /** timers that stand for "as soon as possible": the framework's way to the view */
  readonly #atOnce = new Set<NodeJS.Timeout>()
  #drawing = 0
  readonly #waiting = new Set<() => void>()
  #running: Definition | undefined
  #loading = ''
  #isInTap = false
  #isClosed = false
  #nextId = 0
  readonly #clockOffsetMs: number

  constructor(options: PhoneOptions) {
    this.#folder = options.folder
    this.#view = viewOf(options.folder)
    this.#app = JSON.parse(readFileSync(join(options.folder, 'app.json'), 'utf8')) as AppJson
    this.storage = options.storage ?? new PhoneStorage()
    this.surroundings = { isOffline: false, scanned: undefined, acceptsMessages: true, givesPhoneNumber: true, fontSizeScaleFactor: options.fontSizeScaleFactor ?? 1 }
    this.#clockOffsetMs = options.clockOffsetMs ?? 0
    this.#phoneCode = () => options.emulator.phoneCode(options.openid)
    const { wx, tellNetwork } = createPlatform({
      emulator: options.emulator, openid: options.openid, storage: this.storage, surroundings: this.surroundings, outgoing: this.outgoing,
      navigation: {
        navigateTo: (url) => this.#navigateTo(url), redirectTo: (url) => this.#redirectTo(url),
        reLaunch: (url) => this.#reLaunch(url), navigateBack: (delta) => this.#navigateBack(delta),
      },
      isInTap: () => this.#isInTap,
      canvasOf: (id) => this.#canvasOf(id),
      launchPath: () => this.#app.pages[0] ?? '',
    })
    this.#tellNetwork = tellNetwork
    this.#context = this.#logicContext(wx)
  }
  readonly #phoneCode: () => Promise<string>

  // The logic layer ---------------------------------------------------------------------------------------------------

  /** A context with what WeChat gives to the logic layer and nothing of a browser or of Node. */
  #logicContext(wx: Record<string, unknown>): vm.Context {
    const complain = (...words: unknown[]) => { this.complaints.push(words.map((word) => (word instanceof Error ? (word.stack ?? word.message) : String(word))).join(' ')) }
    const guarded = (act: () => void) => () => {
      try {
        act()
      } catch (error) {
        complain(error)
      }
    }
    const context = vm.createContext({
      wx,
      console: { log: () => undefined, info: () => undefined, debug: () => undefined, warn: complain, error: complain },
      setTimeout: (act: () => void, ms = 0) => {
        const timer = setTimeout(() => { this.#timers.delete(timer); this.#atOnce.delete(timer); guarded(act)() }, ms)
        timer.unref()
        this.#timers.add(timer)
        if (ms <= AT_ONCE_MS) this.#atOnce.add(timer)
        return timer
      },
      setInterval: (act: () => void, ms?: number) => {
        const timer = setInterval(guarded(act), ms)
        timer.unref()
        this.#timers.add(timer)
        return timer
      },
      clearTimeout: (timer?: NodeJS.Timeout) => { clearTimeout(timer); if (timer) { this.#timers.delete(timer); this.#atOnce.delete(timer) } },
      clearInterval: (timer?: NodeJS.Timeout) => { clearInterval(timer); if (timer) this.#timers.delete(timer) },
      App: (definition: Definition) => { this.#running = definition },
      getApp: () => this.#running,
      Page: (definition: Definition) => { this.#pages.set(this.#loading, definition) },
      Component: (definition: Definition) => { this.#components.set(this.#loading, definition) },
      Behavior: (definition: Definition) => definition,
      getCurrentPages: () => this.#stack.map((page) => page.self),
    })
    // WeChat names the global object `global`; Android's engine brings no Intl.
    vm.runInContext(`globalThis.global = globalThis; delete globalThis.Intl
      globalThis.Date = class extends Date {
        constructor(...given) { if (given.length === 0) super(new.target.now()); else super(...given) }
        static now() { return super.now() + ${this.#clockOffsetMs} }
      }`, context)
    return context
  }

  /** The package that a file is in: '' for the main package. */
  #packageOf(file: string): string {
    return this.#app.subPackages?.find(({ root }) => file.startsWith(`${root.replace(/\/$/, '')}/`))?.root ?? ''
  }

  /** `require` as WeChat has it: a package sees itself and the main package. */
  #load(file: string, from?: string): unknown {
    const path = file.endsWith('.js') ? file : `${file}.js`
    const own = this.#packageOf(path)
    if (from !== undefined && own !== '' && own !== this.#packageOf(from)) throw new Error(`${from} requires ${path} of another package`)
    const before = this.#loaded.get(path)
    if (before) return before.exports
    const module = { exports: {} as unknown }
    this.#loaded.set(path, module)
    const run = vm.runInContext(`(function(require,module,exports,window,document,self){${readFileSync(join(this.#folder, path), 'utf8')}\n})`, this.#context, { filename: `weapp/${path}` }) as Handler
    run(((wanted: string) => this.#load(posix.normalize(posix.join(posix.dirname(path), wanted)), path)) as never, module, module.exports)
    return module.exports
  }

  #define(path: string, kind: 'page' | 'component'): Definition {
    const known = kind === 'page' ? this.#pages : this.#components
    const before = known.get(path)
    if (before) return before
    this.#loading = path
    this.#load(path)
    const definition = known.get(path)
    if (!definition) throw new Error(`${path}.js declares no ${kind}`)
    return definition
  }

  // Pages -------------------------------------------------------------------------------------------------------------

  /** Every page of the app, main package first. */
  get paths(): readonly string[] {
    return [...this.#app.pages, ...(this.#app.subPackages ?? []).flatMap(({ root, pages }) => pages.map((page) => posix.join(root, page)))]
  }

  #parse(url: string): { path: string; query: Record<string, string> } {
    const [address = '', search = ''] = url.split('?')
    const path = address.startsWith('/') ? address.slice(1) : posix.normalize(posix.join(posix.dirname(this.route), address))
    if (!this.paths.includes(path)) throw new Refusal(`page "${path}" is not found`)
    // WeChat hands the query over as it stands, without decoding it.
    const query = Object.fromEntries(search.split('&').filter(Boolean).map((pair) => { const [name = '', ...value] = pair.split('='); return [name, value.join('=')] }))
    return { path, query }
  }

  #open({ path, query }: { path: string; query: Record<string, string> }): void {
    const definition = this.#define(path, 'page')
    const meter: PageMeter = { route: path, setDataCalls: 0, setDataBytes: 0, largestSetData: 0, firstScreen: 0, mostNodes: 0, deepest: 0 }
    this.meters.push(meter)
    const page: PageInstance = { definition, meter, components: new Map(), self: { ...definition, route: path, __route__: path, is: path, options: query, data: copy((definition.data ?? {}) as Record<string, unknown>) } }
    page.self['__wxExparserNodeId__'] = String(++this.#nextId)
    page.self['setData'] = (changes: Record<string, unknown>, done?: () => void) => this.#setData(page, page.self, changes, done)
    page.self['selectComponent'] = () => null
    page.self['createSelectorQuery'] = () => { throw new Error('this stand-in measures nothing') }
    this.#stack.push(page)
    call(definition, 'onLoad', page.self, query)
    call(definition, 'onShow', page.self)
  }

  #top(): PageInstance {
    const page = this.#stack[this.#stack.length - 1]
    if (!page) throw new Error('no page is open')
    return page
  }

  #unload(page: PageInstance): void {
    for (const component of page.components.values()) call(component.definition, 'detached', component.self)
    page.components.clear()
    call(page.definition, 'onUnload', page.self)
  }

  #navigateTo(url: string): void {
    const target = this.#parse(url)
    if (this.#stack.length >= MOST_PAGES) throw new Refusal('webview count limit exceed')
    this.#soon(() => {
      const before = this.#top()
      call(before.definition, 'onHide', before.self)
      this.#open(target)
    })
  }

  #redirectTo(url: string): void {
    const target = this.#parse(url)
    this.#soon(() => {
      const before = this.#stack.pop()
      if (before) this.#unload(before)
      this.#open(target)
    })
  }

  #reLaunch(url: string): void {
    const target = this.#parse(url)
    this.#soon(() => {
      while (this.#stack.length > 0) {
        const before = this.#stack.pop()
        if (before) this.#unload(before)
      }
      this.#open(target)
    })
  }

  #navigateBack(delta: number): void {
    if (this.#stack.length < 2) throw new Refusal('cannot navigate back at first page.')
    this.#soon(() => {
      for (let left = Math.min(delta, this.#stack.length - 1); left > 0; left -= 1) {
        const before = this.#stack.pop()
        if (before) this.#unload(before)
      }
      const page = this.#top()
      call(page.definition, 'onShow', page.self)
      this.#changed()
    })
  }

  /** Pages change after the call that asked for it has returned. */
  #soon(act: () => void): void {
    this.#drawing += 1
    setImmediate(() => {
      this.#drawing -= 1
      if (this.#isClosed) return
      try {
        act()
      } catch (error) {
        this.complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
      }
      this.#changed()
    })
  }

  // The view ----------------------------------------------------------------------------------------------------------

  #setData(page: PageInstance, self: { data: Record<string, unknown> }, changes: Record<string, unknown>, done?: () => void): void {
    const text = JSON.stringify(changes)
    const bytes = Buffer.byteLength(text)
    const { meter } = page
    if (meter.setDataCalls === 0) meter.firstScreen = bytes
    meter.setDataCalls += 1
    meter.setDataBytes += bytes
    meter.largestSetData = Math.max(meter.largestSetData, bytes)
    for (const [path, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) put(self.data, path, value)
    this.#drawing += 1
    setImmediate(() => {
      this.#drawing -= 1
      if (this.#isClosed) return
      if (this.#stack.includes(page)) {
        const { nodes, depth } = sizeOf(this.#draw(page))
        meter.mostNodes = Math.max(meter.mostNodes, nodes)
        meter.deepest = Math.max(meter.deepest, depth)
        if (!page.self['__isReady__']) {
          page.self['__isReady__'] = true
          call(page.definition, 'onReady', page.self)
        }
      }
      done?.call(self)
      this.#changed()
    })
  }

  /** Draws a page; components that appeared are attached, those that went are detached. */
  #draw(page: PageInstance): ViewNode {
    const met = new Set<string>()
    const root = this.#view.draw(page.self.route, page.self.data, (found) => {
      met.add(found.key)
      return this.#component(page, found).self.data
    })
    for (const [key, component] of page.components) {
      if (met.has(key)) continue
      page.components.delete(key)
      call(component.definition, 'detached', component.self)
    }
    return root
  }

  #component(page: PageInstance, found: FoundComponent): ComponentInstance {
    const given = JSON.stringify(found.properties)
    const before = page.components.get(found.key)
    if (before) {
      // A property that the parent did not change leaves what the component set itself.
      if (before.given !== given) Object.assign(before.self.data, JSON.parse(given))
      before.given = given
      return before
    }
    const definition = this.#define(found.path, 'component')
    const component: ComponentInstance = { definition, given, self: { ...((definition['methods'] ?? {}) as object), data: { ...copy((definition.data ?? {}) as Record<string, unknown>), ...(JSON.parse(given) as object) } } }
    component.self['setData'] = (changes: Record<string, unknown>, done?: () => void) => this.#setData(page, component.self, changes, done)
    page.components.set(found.key, component)
    call(definition, 'attached', component.self)
    return component
  }

  #changed(): void {
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    waiting.forEach((tell) => tell())
  }

  /** Sends an event up from an element, as WeChat's view layer does. */
  #fire(node: ViewNode, type: string, detail: object, bubbles: boolean): void {
    const page = this.#top()
    const place = (at: ViewNode) => ({ id: at.attributes['id'], offsetLeft: 0, offsetTop: 0, dataset: Object.fromEntries(Object.entries(at.attributes).filter(([name]) => name.startsWith('data-')).map(([name, value]) => [name.slice('data-'.length), value])) })
    for (let at: ViewNode | undefined = node; at; at = bubbles ? at.parent : undefined) {
      const name = at.attributes[`bind${type}`] ?? at.attributes[`catch${type}`]
      if (typeof name === 'string' && name !== '') {
        const self = at.component === undefined ? page.self : page.components.get(at.component)?.self
        const handler = self?.[name]
        if (typeof handler !== 'function') throw new Error(`no handler ${name} for ${type}`)
        const event = { type, timeStamp: performance.now(), target: place(node), currentTarget: place(at), mark: {}, detail, touches: [], changedTouches: [], _userTap: type === 'tap' }
        ;(handler as Handler).call(self, event)
      }
      if (at.attributes[`catch${type}`] !== undefined) return
    }
  }

  readonly #canvases = new Map<string, Canvas>()
  /** The canvas that is drawn under this id now. WeChat's query does not look into custom components. */
  #canvasOf(id: string): Canvas | undefined {
    const isThere = [...everyNode(this.screen)].some((node) => node.tag === 'canvas' && node.component === undefined && node.attributes['id'] === id && node.attributes['type'] === '2d')
    if (!isThere) return undefined
    const canvas = this.#canvases.get(id) ?? new Canvas()
    this.#canvases.set(id, canvas)
    return canvas
  }

  // What a person does ------------------------------------------------------------------------------------------------

  /** Opens the mini-program: at its first page, or at a page a message led to. */
  open(url = `/${this.#app.pages[0] ?? ''}`): this {
    const isFirst = this.#running === undefined
    if (isFirst) this.#load('app.js')
    const app = this.#running
    if (!app) throw new Error('app.js started no app')
    const target = this.#parse(url)
    if (isFirst) {
      const facts = { path: target.path, query: target.query, scene: 1001 }
      call(app, 'onLaunch', app, facts)
      call(app, 'onShow', app, facts)
    }
    while (this.#stack.length > 0) {
      const before = this.#stack.pop()
      if (before) this.#unload(before)
    }
    this.#open(target)
    return this
  }

  /** Puts the phone away and takes it out again. */
  putAway(): void {
    const page = this.#top()
    call(page.definition, 'onHide', page.self)
    if (this.#running) call(this.#running, 'onHide', this.#running, {})
  }
  takeOut(): void {
    const page = this.#top()
    if (this.#running) call(this.#running, 'onShow', this.#running, { path: page.self.route, query: {} })
    call(page.definition, 'onShow', page.self)
  }
  /** Looks at the screen again after a while: what somebody else did is there now. */
  lookAgain(): void {
    this.putAway()
    this.takeOut()
  }

  /** Walks out of reach, or back into it. */
  setOffline(isOffline: boolean): void {
    this.surroundings.isOffline = isOffline
    this.#tellNetwork()
  }

  /** Closes the mini-program. What it kept stays in `storage`. */
  close(): void {
    this.#isClosed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#changed()
  }

  /** Path of the open page. */
  get route(): string {
    return this.#stack[this.#stack.length - 1]?.self.route ?? ''
  }
  get depth(): number {
    return this.#stack.length
  }
  get meter(): PageMeter {
    return this.#top().meter
  }
  /** What the open page looks like. */
  get screen(): ViewNode {
    return this.#draw(this.#top())
  }
  /** All words on the screen. */
  get words(): string {
    return writtenWords(this.screen)
  }
  get seen(): Seen[] {
    return seenIn(this.screen)
  }

  /**
   * Waits until a look at the screen gives something.
   * @param what in words, for the message if it never comes
   */
  async until<T>(what: string, look: () => T | undefined | null | false): Promise<T> {
    const started = performance.now()
    for (;;) {
      const found = look()
      if (found !== undefined && found !== null && found !== false) return found
      const hasChanged = performance.now() - started < PATIENCE_MS && await this.#nextChange()
      if (!hasChanged) throw new Error(`${what}: not on the screen of ${this.route}\n${outline(this.screen)}${this.complaints.length > 0 ? `\n  complaints: ${this.complaints.join('\n')}` : ''}`)
    }
  }

  /** True when something changed, false when nothing did for long. */
  #nextChange(): Promise<boolean> {
    return new Promise((resolve) => {
      const tell = () => { clearTimeout(timer); resolve(!this.#isClosed) }
      const timer = setTimeout(() => { this.#waiting.delete(tell); resolve(false) }, QUIET_MS)
      this.#waiting.add(tell)
    })
  }

  /** Waits until these words stand on the screen. */
  reads(words: string | RegExp): Promise<true> {
    return this.until(`the words ${String(words)}`, () => (typeof words === 'string' ? this.words.includes(words) : words.test(this.words)) || undefined)
  }
  /** Waits until these words are gone. */
  readsNoMore(words: string): Promise<true> {
    return this.until(`“${words}” gone`, () => !this.words.includes(words) || undefined)
  }
  /** Waits until a page is open and has something on it. */
  async isOn(path: string): Promise<void> {
    await this.until(`page ${path}`, () => this.route === path && this.meter.setDataCalls > 0)
  }

  /** What can be touched under a name: exactly it, or, if there is none, containing it. */
  find(name: string | RegExp, role?: string): Seen | undefined {
    const fitting = this.seen.filter((one) => one.isTouchable && (role === undefined || one.role === role))
    const exact = fitting.filter((one) => (typeof name === 'string' ? one.name === name : name.test(one.name)))
    const found = exact.length > 0 || typeof name !== 'string' ? exact : fitting.filter((one) => one.name.includes(name))
    if (found.length > 1) throw new Error(`“${String(name)}” is the name of ${found.length} things: ${found.map((one) => `${one.role} “${one.name}”`).join(', ')}`)
    return found[0]
  }

  /** Waits for something with this name and touches it. */
  async tap(name: string | RegExp, role?: string): Promise<void> {
    const found = await this.until(`something to tap, ${String(name)}`, () => { const one = this.find(name, role); return one && !one.isDisabled && !one.isBusy ? one : undefined })
    await this.#touch(found.node)
    await this.#settle()
  }
  /** Two taps so quickly that the screen cannot change between them. */
  async tapTwice(name: string | RegExp): Promise<void> {
    const found = await this.until(`something to tap, ${String(name)}`, () => { const one = this.find(name); return one && !one.isDisabled ? one : undefined })
    await Promise.all([this.#touch(found.node), this.#touch(found.node)])
    await this.#settle()
  }

  async #touch(node: ViewNode): Promise<void> {
    if (node.attributes['openType'] === 'getPhoneNumber') {
      const answer = this.surroundings.givesPhoneNumber ? { code: await this.#phoneCode(), errMsg: 'getPhoneNumber:ok' } : { errMsg: 'getPhoneNumber:fail user deny' }
      this.#fire(node, 'getphonenumber', answer, false)
      return
    }
    this.#isInTap = true
    try {
      this.#fire(node, 'tap', { x: 10, y: 10 }, true)
    } finally {
      this.#isInTap = false
    }
  }

  /** Nobody taps again before the screen has answered: lets what is under way at once come to the view. */
  async #settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    for (let turns = 0; turns < MOST_TURNS && !this.#isClosed && (this.#atOnce.size > 0 || this.#drawing > 0); turns += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  /** Writes into the field with this name. */
  async type(label: string, text: string): Promise<void> {
    const field = await this.until(`a field ${label}`, () => this.find(label, 'textbox'))
    this.#fire(field.node, 'input', { value: text, cursor: text.length, keyCode: 0 }, false)
    await this.until(`${text} in ${label}`, () => this.find(label, 'textbox')?.value === text)
  }

  /** Chooses one of the words of a picker, or a date of a date picker. */
  async choose(label: string, words: string): Promise<void> {
    const picker = await this.until(`a choice ${label}`, () => this.seen.find((one) => one.node.tag === 'picker' && one.name.startsWith(label)))
    const range = picker.node.attributes['range']
    const value = Array.isArray(range) ? range.findIndex((one) => String(one).includes(words)) : words
    if (value === -1) throw new Error(`${label} offers no “${words}”: ${String(range)}`)
    this.#fire(picker.node, 'change', { value }, false)
    await this.until(`${words} chosen`, () => this.seen.some((one) => one.node.tag === 'picker' && one.name.startsWith(label) && one.name.includes(words)))
  }
}

export { isTouchable, wordsOf }
