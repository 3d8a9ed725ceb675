/**
 * The demo for tests, loaded once: telling it takes thousands of calls, so `npm test` tells it before the tests begin and
 * each of them starts on a copy. A test that is run alone tells it by itself.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmulator, type EmulatorClient, type StartOptions } from '../../emulator/client'
import { loadDemo, WAKES_AT, type Demo } from '../../emulator/demo'
import { instantOf } from '../../src/domain/civil-time'

const root = join(__dirname, '..', '..')
const prepared = join(root, 'dist', 'test-demo')
const madeOf = join(root, 'dist', 'test-demo.json')

/** The day of the demo in tests: a Monday. */
export const DEMO_DAY = '2026-11-23'
const WAKES = instantOf(DEMO_DAY, Number(WAKES_AT.slice(0, 2)) * 60 + Number(WAKES_AT.slice(3)))

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)])).sort()

/** What the demo is made of: the functions as they are built, the emulator, and the story. */
function sourceHash(): string {
  const hash = createHash('sha256')
  const files = [join(root, 'dist', 'cloudfunctions'), join(root, 'emulator'), join(root, 'src', 'domain')].flatMap(filesBelow)
  for (const file of [...files, join(root, 'cloudfunctions', 'database.json')]) if (!file.endsWith('.map')) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

interface Prepared {
  readonly hash: string
  readonly demo: Demo
}

function preparedDemo(): Demo | null {
  if (!existsSync(madeOf) || !existsSync(prepared)) return null
  const made = JSON.parse(readFileSync(madeOf, 'utf8')) as Prepared
  return made.hash === sourceHash() ? made.demo : null
}

/** Tells the demo once for all tests; again does nothing while nothing it is made of has changed. @throws what the product refuses */
export async function prepareDemo(): Promise<void> {
  if (preparedDemo() !== null) return
  rmSync(madeOf, { force: true })
  rmSync(prepared, { recursive: true, force: true })
  const emulator = await startEmulator({ isStrict: true, now: WAKES, data: prepared })
  try {
    const demo = await loadDemo(emulator)
    await emulator.stop()
    writeFileSync(madeOf, JSON.stringify({ hash: sourceHash(), demo } satisfies Prepared))
  } finally {
    await emulator.stop()
  }
}

/** An emulator of one's own with the demo, in the morning on which it wakes. */
export async function startWithDemo(options: Omit<StartOptions, 'data' | 'now'> = {}): Promise<{ readonly emulator: EmulatorClient; readonly demo: Demo }> {
  const ready = preparedDemo()
  if (ready === null) {
    const emulator = await startEmulator({ isStrict: true, now: WAKES, ...options })
    try {
      return { emulator, demo: await loadDemo(emulator) }
    } catch (error) {
      await emulator.stop()
      throw error
    }
  }
  const data = mkdtempSync(join(tmpdir(), 'demo-'))
  cpSync(prepared, data, { recursive: true })
  const emulator = await startEmulator({ isStrict: true, now: WAKES, ...options, data })
  return {
    demo: ready,
    emulator: { ...emulator, stop: async () => { await emulator.stop(); rmSync(data, { recursive: true, force: true }) } },
  }
}
