// Runs first in every page of the H5 app that the emulator serves, before the product. It makes one page look
// like one phone: storage of its own, in a frame also history (frames of one origin share both), and WeChat's login
// behind every call. The product knows nothing of it.

/** What the emulator writes into the page. */
interface PhoneSetup {
  /** Id of the phone; empty for the app on a full page, which keeps the browser's own storage and history. */
  readonly phone: string
  readonly openid: string
  readonly isWatching: boolean
}

const setup = (window as unknown as { __phone: PhoneSetup }).__phone

/** A view of a storage that shows only this phone's keys. */
function phoneStorage(storage: globalThis.Storage, prefix: string): globalThis.Storage {
  const own = (): string[] => Object.keys(storage).filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length))
  const methods = {
    getItem: (key: string) => storage.getItem(prefix + key),
    setItem: (key: string, value: string) => storage.setItem(prefix + key, value),
    removeItem: (key: string) => storage.removeItem(prefix + key),
    clear: () => own().forEach(key => storage.removeItem(prefix + key)),
    key: (index: number) => own()[index] ?? null,
  }
  return new Proxy(methods as unknown as globalThis.Storage, {
    get: (target, key) => {
      if (key === 'length') return own().length
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key) as unknown
      return methods.getItem(key) ?? undefined
    },
    set: (_target, key, value) => {
      methods.setItem(String(key), String(value))
      return true
    },
    deleteProperty: (_target, key) => {
      methods.removeItem(String(key))
      return true
    },
    has: (target, key) => key in target || storage.getItem(prefix + String(key)) !== null,
    ownKeys: () => own(),
    getOwnPropertyDescriptor: (_target, key) => {
      const value = storage.getItem(prefix + String(key))
      return value === null ? undefined : { value, writable: true, enumerable: true, configurable: true }
    },
  })
}

function isolateStorage(phone: string): void {
  for (const kind of ['localStorage', 'sessionStorage'] as const) {
    const view = phoneStorage(window[kind], `phone:${phone}:`)
    Object.defineProperty(window, kind, { configurable: true, get: () => view })
  }
  // Another phone's change is none of this page's business.
  window.addEventListener('storage', event => event.stopImmediatePropagation(), true)
}

/** A history of this frame alone. Entries never reach the browser's joint history: each is a replacement. */
function isolateHistory(): void {
  interface Entry { state: unknown; url: string }
  const { history, location } = window
  const replace = history.replaceState.bind(history)
  let entries: Entry[] = [{ state: history.state, url: location.href }]
  let index = 0
  const absolute = (url?: string | URL | null): string => (url === undefined || url === null ? location.href : new URL(url, document.baseURI).href)

  const show = (entry: Entry): void => {
    const before = location.href
    replace(entry.state, '', entry.url)
    window.dispatchEvent(new PopStateEvent('popstate', { state: entry.state }))
    if (before !== entry.url && before.split('#')[0] === entry.url.split('#')[0]) {
      window.dispatchEvent(new HashChangeEvent('hashchange', { oldURL: before, newURL: entry.url }))
    }
  }
  const go = (delta = 0): void => {
    if (delta === 0) return location.reload()
    // Later, as in a browser: callers go on first.
    setTimeout(() => {
      const target = entries[index + delta]
      if (!target) return
      index += delta
      show(target)
    }, 0)
  }
  const own = {
    pushState: (state: unknown, _title: string, url?: string | URL | null) => {
      const entry = { state, url: absolute(url) }
      replace(state, '', entry.url)
      entries = [...entries.slice(0, index + 1), entry]
      index += 1
    },
    replaceState: (state: unknown, _title: string, url?: string | URL | null) => {
      const entry = { state, url: absolute(url) }
      replace(state, '', entry.url)
      entries[index] = entry
    },
    go,
    back: () => go(-1),
    forward: () => go(1),
  }
  for (const [name, value] of Object.entries(own)) Object.defineProperty(history, name, { configurable: true, value })
  Object.defineProperty(history, 'length', { configurable: true, get: () => entries.length })
  // A link or an assignment to location.hash makes a new entry without asking: take it over.
  window.addEventListener('hashchange', event => {
    if (!event.isTrusted || entries[index]?.url === location.href) return
    entries = [...entries.slice(0, index + 1), { state: history.state, url: location.href }]
    index += 1
  }, true)
}

/** Signs calls to the cloud in, as WeChat does without the product's doing. */
function signCallsIn(openid: string): void {
  const send = window.fetch.bind(window)
  let token: Promise<string> | undefined
  const logIn = async (): Promise<string> => {
    const answer = await send('/cloud/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openid }) })
    if (!answer.ok) throw new TypeError('login failed')
    return ((await answer.json()) as { token: string }).token
  }
  const signed = async (request: Request): Promise<Response> => {
    token ??= logIn().catch((error: unknown) => {
      token = undefined
      throw error
    })
    const headers = new Headers(request.headers)
    headers.set('authorization', `Bearer ${await token}`)
    return send(new Request(request, { headers }))
  }
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { origin, pathname } = new URL(request.url)
    if (origin !== window.location.origin || !pathname.startsWith('/cloud/')) return send(input, init)
    const answer = await signed(request.clone())
    if (answer.status !== 401) return answer
    token = undefined
    return signed(request)
  }
}

if (setup.phone !== '') {
  isolateStorage(setup.phone)
  if (window.parent !== window) isolateHistory()
}
signCallsIn(setup.openid)
if (setup.isWatching) new EventSource('/emulator/reload').addEventListener('reload', () => window.location.reload())
