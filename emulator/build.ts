// Bundles the emulator's own sources into dist/emulator, so that a process of it starts without a compiler.
// Libraries stay outside; the bundle is written only when its content changed.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { buildSync } from 'esbuild'
import { companionBuild } from './companion'
import { repositoryRoot } from './options'

/** Builds what is needed to start the emulator. @returns the path of the entry */
export function buildEmulator(): string {
  const root = repositoryRoot()
  const folder = join(root, 'dist', 'emulator')
  const source = (name: string): string => join(root, 'emulator', `${name}.ts`)
  const main = buildSync({
    entryPoints: [source('main')], outfile: join(folder, 'main.cjs'), write: false, bundle: true, platform: 'node',
    target: 'node20', format: 'cjs', packages: 'external', sourcemap: 'inline', tsconfig: join(root, 'tsconfig.json'),
  })
  const worker = buildSync({ entryPoints: [source('worker')], outfile: join(folder, 'worker.companion.js'), write: false, ...companionBuild('node') })
  const phone = buildSync({ entryPoints: [source('phone')], outfile: join(folder, 'phone.companion.js'), write: false, ...companionBuild('browser') })
  for (const file of [worker, phone, main].flatMap(({ outputFiles }) => outputFiles ?? [])) writeIfChanged(file.path, file.contents)
  return join(folder, 'main.cjs')
}

/** Replaces a file in one step, and not at all when it already says the same. @returns true when written */
export function writeIfChanged(path: string, contents: Uint8Array | string): boolean {
  const wanted = Buffer.from(contents)
  try {
    if (readFileSync(path).equals(wanted)) return false
  } catch {
    mkdirSync(dirname(path), { recursive: true })
  }
  const next = join(dirname(path), `.${basename(path)}.${process.pid}`)
  writeFileSync(next, wanted)
  renameSync(next, path)
  return true
}
