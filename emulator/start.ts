// `npm start`: builds what changed, starts the local cloud with the stage, loads demo data once, prints one address.
// `npm run dev` (--watch) also rebuilds and reloads when a source changes.
import { existsSync, watch } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildFunctions, FunctionBuildError } from '../cloudfunctions/deploy/build'
import { writeIfChanged } from './build'
import { AppBuildError, buildApp, type AppBuild } from './build-app'
import { startEmulator, type EmulatorClient } from './client'
import { wallClock } from './clock'
import { demoDay, toldDemo } from './demo/told'
import { portFault, repositoryRoot } from './options'

/** Ends the program with one line. */
class StartError extends Error {}

const root = repositoryRoot()
const data = resolve(root, process.env.EMULATOR_DATA ?? '.data')
/** Written once demo data is complete; forgotten with everything else on reset. */
const demoMark = join(data, 'marks', 'demo-loaded')

const startedAt = wallClock()
const say = (text: string): void => console.log(`${((wallClock() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${text}`)

/** What has to be ended when the program ends, the latest first. */
const cleanups: (() => void | Promise<void>)[] = []
let isStopping = false

async function stop(code: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  for (const cleanup of cleanups.reverse()) await cleanup()
  process.exit(code)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { fresh: { type: 'boolean' }, watch: { type: 'boolean' } } })
  const isWatching = values.watch === true
  const port = await freePort(process.env.PORT ?? '4180')
  const day = demoDay(process.env.DEMO_DAY, wallClock())
  if (day === null) throw new StartError(`DEMO_DAY must be a date such as 2026-11-23, not "${process.env.DEMO_DAY ?? ''}"`)

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

  /** Set once it runs; a function may be rebuilt before. */
  const live: { emulator?: EmulatorClient } = {}
  say('building the app and the functions (what has not changed is kept)')
  const app = buildApp(isWatching ? 'development' : 'production')
  cleanups.push(app.stop)
  const [functions, isAppNew] = await Promise.all([
    buildFunctions({
      watch: isWatching,
      onBuilt: name => {
        if (!live.emulator) return
        say(`function ${name} rebuilt`)
        void live.emulator.reloadPages()
      },
      onError: (name, message) => {
        if (isWatching) console.error(`function ${name} does not build:\n${message}`)
      },
    }),
    app.finished,
  ])
  cleanups.push(functions.stop)
  say(`functions ${functions.built.length === 0 ? 'unchanged' : `built: ${functions.built.join(', ')}`}; app ${isAppNew ? 'built' : 'unchanged'}`)

  const isTold = existsSync(demoMark) && values.fresh !== true
  if (!isTold) say('loading demo data')
  const told = isTold ? null : await toldDemo(day)
  const running = await startEmulator({
    port, data, app: 'dist/h5', withStage: true, isWatching,
    ...(told === null ? {} : { isFresh: true, from: told.data, now: told.wakesAt }),
    onMessage: line => console.error(line),
  })
  live.emulator = running
  cleanups.push(() => running.stop())
  void running.ended.then(code => {
    if (!isStopping) {
      console.error(`the emulator ended by itself (code ${code}); your data is kept in ${data}`)
      void stop(1)
    }
  })

  if (told !== null) writeIfChanged(demoMark, 'complete\n')
  await running.follow(true)
  if (isWatching) cleanups.push(watchApp(running))
  say('ready')
  console.log(`\n  ${running.url}\n`)
}

/** The port as a number, known to be free. */
async function freePort(given: string): Promise<number> {
  const port = Number(given)
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new StartError(`PORT must be a number from 1 to 65535, not "${given}"`)
  const fault = portFault(port)
  if (fault !== null) throw new StartError(fault)
  await new Promise<void>((resolve, reject) => {
    const attempt = createServer()
    attempt.once('error', () => reject(new StartError(`Port ${port} is taken: stop what uses it, or choose another with PORT=…`)))
    attempt.listen(port, '127.0.0.1', () => attempt.close(() => resolve()))
  })
  return port
}

/** Rebuilds the app when a source changed and reloads the pages; one build at a time, the latest state wins. */
function watchApp(emulator: EmulatorClient): () => void {
  let building: AppBuild | undefined
  let isDirty = false
  let pause: NodeJS.Timeout | undefined
  const rebuild = async (): Promise<void> => {
    if (building) {
      isDirty = true
      return
    }
    isDirty = false
    building = buildApp('development')
    try {
      if (await building.finished) {
        say('app rebuilt')
        await emulator.reloadPages()
      }
    } catch (error) {
      console.error(error instanceof AppBuildError ? `the app does not build:\n${error.message}` : error)
    }
    building = undefined
    if (isDirty) void rebuild()
  }
  const watcher = watch(join(root, 'src'), { recursive: true }, () => {
    clearTimeout(pause)
    // An editor writes a file in several steps: begin when it has been quiet for a moment.
    pause = setTimeout(() => void rebuild(), 150)
  })
  return () => {
    clearTimeout(pause)
    watcher.close()
    building?.stop()
  }
}

function isForPeople(error: unknown): error is Error {
  return error instanceof StartError || error instanceof AppBuildError || error instanceof FunctionBuildError
}

main().catch((error: unknown) => {
  if (isStopping) return
  console.error(isForPeople(error) ? error.message : error)
  void stop(1)
})
