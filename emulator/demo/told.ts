// The demo as it was told once for a day, kept under dist/demo: telling it takes thousands of calls, copying it none.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { civilDate, instantOf, isCivilDate } from '../../src/domain/civil-time'
import { startEmulator } from '../client'
import { repositoryRoot } from '../options'
import { loadDemo, WAKES_AT, type Demo } from '.'

/** The civil day that a text names, or else that of a moment; null when it names none. */
export const demoDay = (named: string | undefined, now: number): string | null => (named === undefined ? civilDate(now) : isCivilDate(named) ? named : null)

/** A demo that was told. */
export interface ToldDemo {
  readonly demo: Demo
  /** an emulator's data to begin from */
  readonly data: string
  /** the moment at which the demo is handed over, in ms */
  readonly wakesAt: number
}

interface Kept {
  readonly hash: string
  readonly demo: Demo
}

/** Days that are kept besides the one that is told. */
const keptDays = 2

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)])).sort()

/** What the demo is made of: the functions as they are built, the emulator, and the story. */
function sourceHash(): string {
  const root = repositoryRoot()
  const hash = createHash('sha256')
  const files = [join(root, 'dist', 'cloudfunctions'), join(root, 'emulator'), join(root, 'src', 'domain')].flatMap(filesBelow).filter((file) => !file.startsWith(join(root, 'emulator', 'stage')))
  for (const file of [...files, join(root, 'cloudfunctions', 'database.json')]) if (!file.endsWith('.map')) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

function placesOf(day: string): { shelf: string; data: string; mark: string } {
  const shelf = join(repositoryRoot(), 'dist', 'demo')
  return { shelf, data: join(shelf, day), mark: join(shelf, `${day}.json`) }
}

/** The demo of a civil day if it was told, and nothing it is made of has changed since. */
export function keptDemo(day: string): ToldDemo | null {
  const { data, mark } = placesOf(day)
  if (!existsSync(mark) || !existsSync(data)) return null
  const { hash, demo } = JSON.parse(readFileSync(mark, 'utf8')) as Kept
  return hash === sourceHash() ? { demo, data, wakesAt: wakingOn(day) } : null
}

const wakingOn = (day: string): number => instantOf(day, Number(WAKES_AT.slice(0, 2)) * 60 + Number(WAKES_AT.slice(3)))

/** Tells the demo of a civil day, unless it is kept. @throws what the product refuses */
export async function toldDemo(day: string): Promise<ToldDemo> {
  const kept = keptDemo(day)
  if (kept !== null) return kept
  const { shelf, data, mark } = placesOf(day)
  mkdirSync(shelf, { recursive: true })
  const marks = readdirSync(shelf).filter((name) => name.endsWith('.json')).sort((a, b) => statSync(join(shelf, b)).mtimeMs - statSync(join(shelf, a)).mtimeMs)
  for (const name of marks.slice(keptDays)) {
    rmSync(join(shelf, name), { force: true })
    rmSync(join(shelf, name.replace('.json', '')), { recursive: true, force: true })
  }
  // Two may tell it at once: each in a folder of its own, and the later one stays.
  const draft = mkdtempSync(join(shelf, 'telling-'))
  const emulator = await startEmulator({ isStrict: true, now: wakingOn(day), data: draft })
  try {
    const demo = await loadDemo(emulator)
    await emulator.stop()
    rmSync(mark, { force: true })
    rmSync(data, { recursive: true, force: true })
    renameSync(draft, data)
    writeFileSync(mark, JSON.stringify({ hash: sourceHash(), demo } satisfies Kept))
    return { demo, data, wakesAt: wakingOn(day) }
  } finally {
    await emulator.stop()
    rmSync(draft, { recursive: true, force: true })
  }
}
