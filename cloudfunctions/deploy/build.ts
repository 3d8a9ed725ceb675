// Builds each cloud function into a folder that can be uploaded alone: one minified file with the SDK inside,
// its config.json and a package.json without dependencies. WeChat uploads a folder and installs nothing else.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { context, type BuildOptions, type Metafile } from 'esbuild'

/** What to build and where to. Paths default to the repository's own. */
export interface BuildFunctionsOptions {
  /** Folder with one folder a function; those without an index.ts are skipped. */
  readonly source?: string
  readonly target?: string
  /** Keep building when a source changes. */
  readonly watch?: boolean
  /** Called after each function that was rebuilt. */
  readonly onBuilt?: (name: string) => void
  /** Called when a rebuild while watching fails; without `watch` a failure rejects. */
  readonly onError?: (name: string, message: string) => void
}

/** What was done. `stop` ends watching. */
export interface BuildFunctionsResult {
  readonly built: readonly string[]
  readonly unchanged: readonly string[]
  readonly stop: () => Promise<void>
}

/** A function that does not build; the message says where. */
export class FunctionBuildError extends Error {}

const root = resolve(__dirname, '..', '..')
/** The oldest Node the platform runs functions on that the SDK's own code needs. */
const nodeTarget = 'node16'

/** Builds all functions whose inputs changed since the last build. @throws FunctionBuildError */
export async function buildFunctions(options: BuildFunctionsOptions = {}): Promise<BuildFunctionsResult> {
  const source = resolve(root, options.source ?? 'cloudfunctions')
  const target = resolve(root, options.target ?? 'dist/cloudfunctions')
  const names = readdirSync(source, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(join(source, entry.name, 'index.ts')))
    .map(entry => entry.name)
  const stops: (() => Promise<void>)[] = []
  const built: string[] = []
  const unchanged: string[] = []
  await Promise.all(names.map(async name => {
    const stamp = join(dirname(target), '.stamps', `function-${basename(target)}-${name}.json`)
    const isCurrent = existsSync(join(target, name, 'index.js')) && isUnchanged(stamp, join(source, name))
    if (isCurrent) unchanged.push(name)
    else built.push(name)
    if (isCurrent && options.watch !== true) return
    const finish = (metafile: Metafile): void => {
      copyDeclaration(join(source, name), join(target, name), name)
      writeStamp(stamp, join(source, name), metafile)
    }
    const builder = await context(functionBuild(join(source, name), join(target, name), {
      onFinished: metafile => {
        finish(metafile)
        options.onBuilt?.(name)
      },
      onError: message => options.onError?.(name, message),
    }))
    if (!isCurrent) await builder.rebuild().catch(async (error: unknown) => {
      if (options.watch !== true) {
        await builder.dispose()
        throw new FunctionBuildError(`function ${name} does not build: ${error instanceof Error ? error.message : String(error)}`)
      }
    })
    if (options.watch === true) {
      await builder.watch()
      stops.push(() => builder.dispose())
    } else {
      await builder.dispose()
    }
  }))
  return { built, unchanged, stop: async () => { await Promise.all(stops.map(stop => stop())) } }
}

function functionBuild(source: string, target: string, listener: { onFinished: (metafile: Metafile) => void; onError: (message: string) => void }): BuildOptions {
  return {
    entryPoints: [join(source, 'index.ts')],
    outfile: join(target, 'index.js'),
    absWorkingDir: root,
    tsconfig: join(root, 'tsconfig.json'),
    bundle: true,
    minify: true,
    // Names of functions and classes stay, so that a stack in the cloud's log can be read.
    keepNames: true,
    platform: 'node',
    target: nodeTarget,
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'silent',
    logLimit: 20,
    metafile: true,
    write: false,
    plugins: [{
      name: 'finish',
      setup: build => build.onEnd(result => {
        if (result.errors.length > 0 || !result.metafile) {
          listener.onError(result.errors.map(({ text, location }) => `${location?.file ?? ''}:${location?.line ?? 0} ${text}`).join('\n'))
          return
        }
        for (const file of result.outputFiles ?? []) replaceFile(file.path, file.contents)
        listener.onFinished(result.metafile)
      }),
    }],
  }
}

/** config.json as it is; package.json without dependencies, because they are inside the bundle. */
function copyDeclaration(source: string, target: string, name: string): void {
  const config = join(source, 'config.json')
  if (existsSync(config)) replaceFile(join(target, 'config.json'), readFileSync(config))
  replaceFile(join(target, 'package.json'), `${JSON.stringify({ name, version: '1.0.0', main: 'index.js' }, null, 2)}\n`)
}

function replaceFile(path: string, contents: Uint8Array | string): void {
  const wanted = Buffer.from(contents)
  if (existsSync(path) && readFileSync(path).equals(wanted)) return
  mkdirSync(dirname(path), { recursive: true })
  const next = join(dirname(path), `.${basename(path)}.${process.pid}`)
  writeFileSync(next, wanted)
  renameSync(next, path)
}

interface Stamp {
  /** Input file (relative to the repository) → content hash. */
  readonly inputs: Readonly<Record<string, string>>
}

function writeStamp(stamp: string, source: string, metafile: Metafile): void {
  const inputs: Record<string, string> = {}
  // Libraries are fixed by package-lock.json: hashing that one file stands for all of them.
  const files = Object.keys(metafile.inputs).filter(file => !file.includes('node_modules'))
  for (const file of [...files, ...ownInputs(source)]) {
    const hash = hashOf(resolve(root, file))
    if (hash !== undefined) inputs[file] = hash
  }
  replaceFile(stamp, JSON.stringify({ inputs } satisfies Stamp))
}

function isUnchanged(stamp: string, source: string): boolean {
  try {
    const { inputs } = JSON.parse(readFileSync(stamp, 'utf8')) as Stamp
    const hasConfig = existsSync(join(source, 'config.json')) === (join(source, 'config.json') in inputs)
    return hasConfig && Object.entries(inputs).every(([file, hash]) => hashOf(resolve(root, file)) === hash)
  } catch {
    return false
  }
}

const ownInputs = (source: string): string[] => [join(source, 'config.json'), 'package-lock.json', 'tsconfig.json', 'cloudfunctions/deploy/build.ts']

function hashOf(path: string): string | undefined {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : undefined
}

/** Removes everything that was built. */
export function cleanFunctions(target = 'dist/cloudfunctions'): void {
  rmSync(resolve(root, target), { recursive: true, force: true })
}

async function main(): Promise<void> {
  const { built, unchanged } = await buildFunctions()
  for (const name of built) console.log(`built dist/cloudfunctions/${name}`)
  for (const name of unchanged) console.log(`unchanged dist/cloudfunctions/${name}`)
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  })
}
