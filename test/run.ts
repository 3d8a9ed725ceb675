/**
 * `npm test`: type check, lint and import law, the builds, then every test; closes with "N passed, N failed".
 * What this machine cannot run (WeChat's compiler outside Linux x64, a browser that is not there) is listed and counted
 * apart; with CI set, it counts as failed.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { prepareDemo } from './support/demo'
import { cruise } from './support/imports'
import { switchedOff } from './support/lint'
import { seedOf, turnsOf } from './support/turns'
import { findBrowser } from './screens/browser'
import { buildFunctions } from '../cloudfunctions/deploy/build'
import { buildApp } from '../emulator/build-app'

const root = join(__dirname, '..')
const started = process.hrtime.bigint()
const seconds = (): string => `${(Number(process.hrtime.bigint() - started) / 1e9).toFixed(0).padStart(4)} s`
const say = (words: string): void => console.log(`${seconds()}  ${words}`)

interface Tally {
  passed: number
  failed: number
}
const tally: Tally = { passed: 0, failed: 0 }

/** Runs one of our tools with this Node. @returns its exit code and what it said */
function node(script: string, args: readonly string[], isShown = false): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', ...script.split('/')), ...args], { cwd: root, stdio: isShown ? 'inherit' : ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0' } })
    let said = ''
    child.stdout?.on('data', (chunk) => (said += String(chunk)))
    child.stderr?.on('data', (chunk) => (said += String(chunk)))
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

async function check(name: string, run: () => Promise<{ code: number; said: string }>): Promise<boolean> {
  const { code, said } = await run().catch((error: unknown) => ({ code: 1, said: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
  tally[code === 0 ? 'passed' : 'failed'] += 1
  say(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  if (code !== 0) console.log(said.trim().split('\n').slice(-60).join('\n'))
  return code === 0
}

const built = async (run: () => Promise<unknown>): Promise<{ code: number; said: string }> => run().then(() => ({ code: 0, said: '' }))

/** Test files that need something this machine may lack. */
const needs = [
  { what: "WeChat's own compiler (Linux x64 only)", is: process.platform === 'linux' && process.arch === 'x64', files: 'screens/weapp-.*\\.test\\.tsx?$', count: 'weapp-' },
  { what: 'a headless Chromium', is: findBrowser() !== null, files: 'screens/(?!weapp-).*\\.test\\.tsx?$', count: '' },
]

/** As many as cores: each has an emulator beside it, and more of them cost each other more than a waiting journey leaves free. */
const WORKERS = 2

interface Report {
  readonly numTotalTests: number
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numRuntimeErrorTestSuites: number
  readonly testResults: readonly { readonly name: string; readonly status: string }[]
}

/** Says whose turn it is among the long runs. @returns the files that wait for theirs; none where tests were asked for by name */
function waiting(only: readonly string[]): string[] {
  if (only.length > 0) return []
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => /\.test\.tsx?$/.test(file)).map((file) => `test/${file.replace(/\\/g, '/')}`)
  const seed = seedOf(Date.now())
  // The same for every process, also over midnight.
  process.env['TURN'] = String(seed)
  console.log(`long runs take turns, TURN=${seed} (all of them: npm run test:long)`)
  return turnsOf(files, seed).flatMap(({ what, runs, waits }) => {
    console.log(`  ${what}: ${runs.map((file) => file.replace(/^.*\/|\.test\.tsx?$/g, '')).join(', ')}; ${waits.length} on other days`)
    return waits
  })
}

/** Runs the tests and counts them. @returns the files that failed */
async function test(only: readonly string[], ignored: readonly string[]): Promise<string[]> {
  const results = join(root, 'dist', 'test-results.json')
  rmSync(results, { force: true })
  const args = ['--json', `--outputFile=${results}`, `--maxWorkers=${WORKERS}`, ...ignored.map((pattern) => `--testPathIgnorePatterns=${pattern}`)]
  await node('jest/bin/jest.js', [...only, ...args], true)
  try {
    const report = JSON.parse(readFileSync(results, 'utf8')) as Report
    tally.passed += report.numPassedTests
    // A test that was skipped in the code, or a file that did not run at all, is a failure here.
    tally.failed += report.numFailedTests + report.numPendingTests + report.numRuntimeErrorTestSuites
    if (report.numTotalTests === 0) {
      tally.failed += 1
      console.log('no test was found')
    }
    return report.testResults.filter((file) => file.status === 'failed').map((file) => relative(root, file.name))
  } catch {
    tally.failed += 1
    console.log('jest left no report')
    return []
  }
}

async function main(): Promise<void> {
  const only = process.argv.slice(2)
  const missing = needs.filter((need) => !need.is)
  const ignored = [...missing.map((need) => need.files), ...waiting(only).map((file) => `/${file.replace(/[.]/g, '\\.')}$`)]
  mkdirSync(join(root, 'dist'), { recursive: true })

  say('type check, lint, import law, builds, tests')
  await check('the functions build', () => built(() => buildFunctions()))
  // Two lanes for two cores; the tests begin when both are through, because more at once would only be in each other's way.
  await Promise.all([
    (async () => {
      await check('the H5 app builds', () => built(() => buildApp('production', 'h5').finished))
      await check('the WeChat app builds', () => built(() => buildApp('production', 'weapp').finished))
    })(),
    (async () => {
      await check('the demo is told', () => built(prepareDemo))
      await check('types', () => node('typescript-native/bin/tsc', ['--noEmit', '--singleThreaded', '-p', root]))
      await check('lint', async () => {
        const { code, said } = await node('oxlint/bin/oxlint', ['--deny-warnings', '--threads=1'])
        const files = switchedOff(root)
        return { code: code === 0 && files.length === 0 ? 0 : 1, said: `${said}\n${files.map((file) => `${file} switches lint off`).join('\n')}` }
      })
      await check('import law', async () => {
        const { modules, violations } = await cruise(root)
        return { code: modules > 100 && violations.length === 0 ? 0 : 1, said: `${modules} modules cruised\n${violations.join('\n')}` }
      })
    })(),
  ])
  say('tests')
  for (const file of await test(only, ignored)) console.log(`failed: ${file}`)
  for (const need of missing) {
    console.log(`not run on this machine: tests that need ${need.what}`)
    if (process.env['CI'] !== undefined && process.env['CI'] !== '') tally.failed += 1
  }
  say('done')
  console.log(`${tally.passed} passed, ${tally.failed} failed`)
  process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1
}

void main()
