// Programs that run outside the emulator's own thread (an instance of a function, a phone's page) are
// separate files. Beside the bundled emulator they lie built; run from source, they are built on the spot.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync, type BuildOptions } from 'esbuild'

/** How a companion is built; used here and by the emulator's own build. */
export const companionBuild = (platform: 'node' | 'browser'): BuildOptions => ({
  bundle: true, platform, format: platform === 'node' ? 'cjs' : 'iife', target: platform === 'node' ? 'node20' : 'es2019',
})

/** The program text of `name`.ts. */
export function companion(name: 'worker' | 'phone', platform: 'node' | 'browser'): string {
  const built = join(__dirname, `${name}.companion.js`)
  if (existsSync(built)) return readFileSync(built, 'utf8')
  const result = buildSync({ entryPoints: [join(__dirname, `${name}.ts`)], write: false, ...companionBuild(platform) })
  return result.outputFiles?.[0]?.text ?? ''
}
