// Builds the app with Taro, for H5 or for WeChat, unless nothing that goes into it has changed since the last build.
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { writeIfChanged } from './build'
import { repositoryRoot } from './options'

/** How to build: small as for people, or quick as while working on it. */
export type AppMode = 'production' | 'development'

/** What it is built for, and the file that a finished build always has. */
export type AppTarget = keyof typeof proofs
const proofs = { h5: 'index.html', weapp: 'app.js' } as const

/** A build that failed; the message holds what Taro said. */
export class AppBuildError extends Error {}

const sources = ['src', 'config', 'package-lock.json', 'babel.config.js', 'tsconfig.json']
const shownLines = 80

/** A build in progress, so that Ctrl-C can end it. */
export interface AppBuild {
  /** True when it was built, false when the last build still holds. @throws AppBuildError */
  readonly finished: Promise<boolean>
  readonly stop: () => void
}

/** Builds the app into dist/h5 or dist/weapp. */
export function buildApp(mode: AppMode = 'production', target: AppTarget = 'h5'): AppBuild {
  const root = repositoryRoot()
  const proof = join(root, 'dist', target, proofs[target])
  const stamp = join(root, 'dist', '.stamps', target)
  const wanted = `${mode} ${hashOf(root)}`
  if (existsSync(proof) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { finished: Promise.resolve(false), stop: () => undefined }

  // Taro ends well even when the code did not compile; a file that is there afterwards is the proof.
  const previous = existsSync(proof) ? readFileSync(proof) : undefined
  rmSync(proof, { force: true })
  rmSync(stamp, { force: true })
  // Webpack makes much garbage: a larger young generation saves a sixth of its time, collectors without threads of their own a little more.
  const child = spawn(process.execPath, ['--single-threaded-gc', '--min-semi-space-size=64', '--max-semi-space-size=128', join(root, 'node_modules', '@tarojs', 'cli', 'bin', 'taro'), 'build', '--type', target, '--disable-global-config'], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: mode, TARO_ENV: target, FORCE_COLOR: '0' },
  })
  const said = collect(child)
  const finished = new Promise<boolean>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      if (code === 0 && existsSync(proof)) {
        writeIfChanged(stamp, wanted)
        return resolve(true)
      }
      if (previous) writeIfChanged(proof, previous)
      reject(new AppBuildError(said().slice(-shownLines).join('\n') || `taro ended with code ${code}`))
    })
  })
  return { finished, stop: () => child.kill() }
}

function collect(child: ChildProcess): () => string[] {
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')))
  return () => chunks.join('').split('\n').filter(line => line.trim() !== '')
}

function hashOf(root: string): string {
  const hash = createHash('sha256')
  const add = (path: string): void => {
    hash.update(relative(root, path).replace(/\\/g, '/')).update('\0').update(readFileSync(path)).update('\0')
  }
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else add(path)
    }
  }
  for (const source of sources) {
    const path = join(root, source)
    if (!existsSync(path)) continue
    if (/\.[a-z]+$/.test(source)) add(path)
    else walk(path)
  }
  for (const variable of ['CLOUD_ENVIRONMENT', 'WECHAT_SPEECH_PLUGIN']) hash.update(`${variable}=${process.env[variable] ?? ''}\0`)
  return hash.digest('hex')
}
