// Two phones in one page, in a real browser: each has storage, history and identity of its own.
// The page under test routes as the product does, with the `history` package's hash history.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Frame } from 'playwright-core'
import type { EmulatorClient } from '../../emulator/client'
import { startWithFixtures } from '../emulator/harness'
import { launchBrowser, type Browser, type Page } from './browser'

let emulator: EmulatorClient
let browser: Browser
let app: string
beforeAll(async () => {
  app = mkdtempSync(join(tmpdir(), 'phone-'))
  copyFileSync(require.resolve('history/umd/history.production.min.js'), join(app, 'history.js'))
  writeFileSync(join(app, 'index.html'), `<!doctype html><html><head></head><body><script src="/app/history.js"></script><script>
    window.seen = []
    window.router = HistoryLibrary.createHashHistory({ window })
    router.listen(({ action, location }) => seen.push(action + ' ' + location.pathname))
  </script></body></html>`)
  writeFileSync(join(app, 'two.html'), '<!doctype html><html><head></head><body><iframe name="left" src="/app/?phone=left&as=demo_left"></iframe><iframe name="right" src="/app/?phone=right&as=demo_right"></iframe></body></html>')
  emulator = await startWithFixtures({ app, maxInstances: 1 })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await emulator.stop()
  rmSync(app, { recursive: true })
})

let page: Page
let left: Frame
let right: Frame
beforeEach(async () => {
  page = await browser.newPage()
  await page.goto(`${emulator.url}/app/two.html`, { waitUntil: 'load' })
  const frame = (name: string): Frame => {
    const found = page.frame(name)
    if (!found) throw new Error(`no frame ${name}`)
    return found
  }
  left = frame('left')
  right = frame('right')
})
afterEach(() => page.close())

it('keeps what one phone stores from the other', async () => {
  const store = (frame: Frame, value: string) => frame.evaluate(text => {
    localStorage.setItem('token', text)
    localStorage.setItem(`only-${text}`, 'x')
    sessionStorage.setItem('draft', text)
    localStorage.dark = text
  }, value)
  await store(left, 'L')
  await store(right, 'R')
  const read = (frame: Frame) => frame.evaluate(() => ({ token: localStorage.getItem('token'), draft: sessionStorage.getItem('draft'), dark: localStorage.dark as string, keys: Object.keys(localStorage).sort(), length: localStorage.length, key: localStorage.key(0) !== null, missing: localStorage.getItem('missing'), none: localStorage.none as unknown }))
  expect(await read(left)).toEqual({ token: 'L', draft: 'L', dark: 'L', keys: ['dark', 'only-L', 'token'], length: 3, key: true, missing: null })
  await right.evaluate(() => localStorage.clear())
  expect(await read(left)).toMatchObject({ token: 'L', length: 3 })
  expect(await read(right)).toMatchObject({ token: null, length: 0, draft: 'R' })
})

it('keeps storage over a reload of the phone', async () => {
  await left.evaluate(() => localStorage.setItem('kept', 'yes'))
  await left.goto(`${emulator.url}/app/?phone=left&as=demo_left`)
  expect(await left.evaluate(() => localStorage.getItem('kept'))).toBe('yes')
})

it('moves only its own pages with back and forward, and leaves the browser\'s history alone', async () => {
  const before = await page.evaluate(() => history.length)
  const go = (frame: Frame, ...paths: string[]) => frame.evaluate(list => {
    const { router } = window as unknown as { router: { push: (path: string) => void } }
    list.forEach(path => router.push(path))
  }, paths)
  const back = (frame: Frame, steps: number) => frame.evaluate(delta => new Promise<{ hash: string; seen: string[]; length: number }>(resolve => {
    window.addEventListener('popstate', () => setTimeout(() => resolve({ hash: location.hash, seen: (window as unknown as { seen: string[] }).seen, length: history.length }), 0), { once: true })
    history.go(delta)
  }), steps)
  await go(left, '/a', '/b')
  await go(right, '/x', '/y', '/z')
  expect(await back(left, -1)).toEqual({ hash: '#/a', seen: ['PUSH /a', 'PUSH /b', 'POP /a'], length: 3 })
  expect(await right.evaluate(() => location.hash)).toBe('#/z')
  expect(await back(right, -2)).toMatchObject({ hash: '#/x' })
  expect(await back(right, 1)).toMatchObject({ hash: '#/y' })
  await go(right, '/new')
  expect(await right.evaluate(() => history.length)).toBe(4)
  expect(await left.evaluate(() => location.hash)).toBe('#/a')
  expect(await page.evaluate(() => history.length)).toBe(before)
  expect(await left.evaluate(() => location.search)).toBe('?phone=left&as=demo_left')
})

it('signs each phone\'s calls in as its own person, again after the emulator forgot its tokens', async () => {
  const who = (frame: Frame) => frame.evaluate(async () => {
    const answer = await fetch('/cloud/call', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'probe', data: { action: 'who' } }) })
    return ((await answer.json()) as { result: { value: { OPENID: string } } }).result.value.OPENID
  })
  expect(await Promise.all([who(left), who(right)])).toEqual(['demo_left', 'demo_right'])
  await emulator.reset()
  expect(await Promise.all([who(left), who(right)])).toEqual(['demo_left', 'demo_right'])
})

it('leaves a full page its own browser history', async () => {
  const full = await browser.newPage()
  await full.goto(`${emulator.url}/app/`)
  await full.evaluate(() => (window as unknown as { router: { push: (path: string) => void } }).router.push('/a'))
  await full.goBack()
  expect(new URL(full.url()).hash).not.toBe('#/a')
  await full.close()
})
