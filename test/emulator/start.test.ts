// `npm start` itself: one command builds, starts, fills and prints one address; Ctrl-C ends everything.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_DAY } from '../support/demo'

const root = join(__dirname, '..', '..')
let data: string
let port: number
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'start-'))
  port = await new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

interface Run {
  readonly child: ChildProcess
  readonly said: () => string
  /** Resolves once the address was printed, or the program ended. */
  readonly settled: Promise<void>
  readonly ended: Promise<number | null>
}

function start(...flags: string[]): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'emulator', 'start.ts'), ...flags], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PORT: String(port), EMULATOR_DATA: data, DEMO_DAY, NODE_OPTIONS: '' },
  })
  let text = ''
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  const settled = new Promise<void>(resolve => {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      if (text.includes(`http://127.0.0.1:${port}\n`)) resolve()
    })
    void ended.then(() => resolve())
  })
  return { child, said: () => text, settled, ended }
}

const fetchAccounts = async (): Promise<unknown[]> => ((await (await fetch(`http://127.0.0.1:${port}/emulator/accounts`)).json()) as { accounts: unknown[] }).accounts

it('starts with demo data, keeps it over a restart, and ends everything on Ctrl-C', async () => {
  const first = start()
  await first.settled
  expect(first.said()).toMatch(/loading demo data/)
  expect((await fetch(`http://127.0.0.1:${port}/`)).headers.get('content-type')).toMatch(/text\/html/)
  expect((await fetch(`http://127.0.0.1:${port}/app/`)).headers.get('content-type')).toMatch(/text\/html/)
  const accounts = await fetchAccounts()
  expect(accounts.length).toBeGreaterThan(0)
  expect(new Date((await (await fetch(`http://127.0.0.1:${port}/emulator/clock`)).json() as { now: number }).now).toISOString()).toMatch(DEMO_DAY)

  const second = start()
  expect(await second.ended).toBe(1)
  expect(second.said().trim()).toBe(`Port ${port} is taken: stop what uses it, or choose another with PORT=…`)

  first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)
  await expect(fetchAccounts()).rejects.toThrow()

  const again = start()
  await again.settled
  expect(again.said()).toMatch(/functions unchanged; app unchanged/)
  expect(again.said()).not.toMatch(/loading demo data/)
  expect(await fetchAccounts()).toEqual(accounts)
  again.child.kill('SIGINT')
  expect(await again.ended).toBe(0)
}, 400_000)

it.each([
  ['a port that is none', { PORT: 'eighty' }, 'PORT must be a number from 1 to 65535, not "eighty"'],
  ['a port that no browser opens, before anything is built', { PORT: '4190' }, 'Browsers refuse to open port 4190: choose another with PORT=…'],
  ['a day that is none', { DEMO_DAY: '2026-02-30' }, 'DEMO_DAY must be a date such as 2026-11-23, not "2026-02-30"'],
])('refuses %s', async (_, given, words) => {
  const wrong = spawn(process.execPath, ['--import', 'tsx', join(root, 'emulator', 'start.ts')], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PORT: String(port), EMULATOR_DATA: data, ...given } })
  let said = ''
  for (const stream of [wrong.stdout, wrong.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString('utf8') })
  // Should it start all the same, it is ended at its first word.
  wrong.stdout.once('data', () => wrong.kill('SIGINT'))
  expect(await new Promise(resolve => wrong.once('close', resolve))).toBe(1)
  expect(said.trim()).toBe(words)
})
