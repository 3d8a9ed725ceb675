/** What the WeChat package weighs and what is in it: counted on the files that would be uploaded. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { builtFolder, filesUnder } from './weapp-view'

const KB = 1024
const MAIN_AT_MOST = 600 * KB
const SUBPACKAGE_AT_MOST = 300 * KB

/** The tab pages, a booking and its door code: what everybody needs at once. The way to a booking is fetched ahead. */
const mainPages = [
  'pages/home/index', 'pages/bookings/index', 'pages/booking/index', 'pages/door-code/index', 'pages/me/index',
]

interface AppJson {
  readonly pages: readonly string[]
  readonly preloadRule?: Readonly<Record<string, { readonly packages: readonly string[] }>>
  readonly subPackages?: readonly { readonly root: string; readonly pages: readonly string[] }[]
}

const folder = builtFolder('weapp', 'app.json')
const app = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8')) as AppJson
const roots = (app.subPackages ?? []).map(({ root }) => root.replace(/\/$/, ''))
// Notices of licences and the project file are not uploaded as code.
const uploaded = filesUnder(folder, '').map((file) => file.slice(2)).filter((file) => !/\.(map|txt)$|^project\./.test(file))
const packageOf = (file: string): string => roots.find((root) => file.startsWith(`${root}/`)) ?? 'main'
const bytesOf = (name: string): number => uploaded.filter((file) => packageOf(file) === name).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
const scripts = (name?: string): string => uploaded.filter((file) => file.endsWith('.js') && (name === undefined || packageOf(file) === name)).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')

test('the main package is at most 600 KB', () => {
  expect(bytesOf('main')).toBeGreaterThan(100 * KB)
  expect(bytesOf('main')).toBeLessThanOrEqual(MAIN_AT_MOST)
})

test('each subpackage is at most 300 KB, and there is one for each kind of work', () => {
  expect(roots).toEqual(expect.arrayContaining(['pages/care-worker', 'pages/social-worker', 'pages/admin', 'pages/kitchen', 'pages/courier']))
  expect(roots.filter((root) => bytesOf(root) > SUBPACKAGE_AT_MOST)).toEqual([])
})

test('the main package holds the tab pages, a booking and its door code, nothing else; the booking path is fetched ahead', () => {
  expect([...app.pages].sort()).toEqual([...mainPages].sort())
  expect(app.preloadRule?.['pages/home/index']?.packages).toEqual(expect.arrayContaining(['pages/services', 'pages/service', 'pages/booked']))
})

test('the work of staff and the own record are in their packages only', () => {
  const words = { '一起确认证据齐的': 'pages/social-worker', '合成一份': 'pages/social-worker', '家的完整门牌号': 'pages/care-worker', '看不出是谁': 'pages/my-record', '照搬上周': 'pages/kitchen', '照着说': 'pages/notice-work', '社区通知.png': 'pages/notices', '乐龄风采.png': 'pages/gallery', '和上周一样': 'pages/meals', '就这样记': 'pages/courier', '只让办一部分': 'pages/family', '一起核实齐全的': 'pages/points-work', '现在没有可以给的积分': 'pages/points' }
  const plain = (text: string): string => text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  const found = Object.keys(words).map((one) => [one, ['main', ...roots].filter((name) => plain(scripts(name)).includes(one))])
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(Object.entries(words).map(([one, root]) => [one, [root]])))
})

test('every page that is declared is there, complete', () => {
  const pages = [...app.pages, ...(app.subPackages ?? []).flatMap(({ root, pages: own }) => own.map((page) => `${root.replace(/\/$/, '')}/${page}`))]
  expect(pages.flatMap((page) => ['js', 'json', 'wxml'].map((ending) => `${page}.${ending}`)).filter((file) => !uploaded.includes(file))).toEqual([])
})

test('nothing of the stage, the emulator, the demo or the browser is in it', () => {
  const all = scripts()
  // Paths and names that only those have; the way to the H5 cloud is '/cloud/'.
  expect(['/cloud/', '/emulator/', 'demo_wang_min', 'demo-local', '127.0.0.1', 'localhost', 'speechSynthesis', 'wx-server-sdk', 'ADMINONLY'].filter((words) => all.includes(words))).toEqual([])
})

test('the contract reaches the phone as types only: no validator is in the package', () => {
  expect(['SafeParse', 'ValiError', 'strict_object'].filter((words) => scripts().includes(words))).toEqual([])
})

test('the sizes, for the record', () => {
  const table = ['main', ...roots].map((name) => ({ name, KB: Math.round(bytesOf(name) / KB) }))
  const total = table.reduce((sum, { KB: size }) => sum + size, 0)
  process.stdout.write(`WeChat package: ${table.map(({ name, KB: size }) => `${name} ${size} KB`).join(', ')}; ${total} KB in all\n`)
  expect(total).toBeLessThanOrEqual(30 * KB)
})
