// Runs inside a worker thread: loads one function's bundle and runs one invocation at a time, as an
// instance of the real platform does. Identity lives in process.env, which is this thread's own.
import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { format } from 'node:util'
import { constants, Script } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'

/** What an instance is started with. */
export interface InstanceStart {
  readonly entry: string
  readonly largestReply: number
  /** What V8 made of the entry when an instance before this one loaded it. */
  readonly compiled: Uint8Array | undefined
}

/** One invocation, as the runner hands it over. */
export interface InvokeMessage {
  readonly event: string
  /** Set for this invocation; undefined removes what an earlier one left. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly context: Readonly<Record<string, unknown>>
}

/** What an instance reports. */
export type InstanceMessage =
  | { readonly kind: 'ready'; readonly compiled: Uint8Array | undefined }
  | { readonly kind: 'unloadable'; readonly message: string }
  | { readonly kind: 'answer'; readonly reply: string }
  | { readonly kind: 'failure'; readonly message: string }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  | { readonly kind: 'log'; readonly level: string; readonly text: string }

const port = parentPort
if (!port) throw new Error('worker.ts runs in a worker thread only')
const start = workerData as InstanceStart
const tell = (message: InstanceMessage): void => port.postMessage(message)
const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : format(error))

for (const level of ['log', 'info', 'debug', 'warn', 'error'] as const) {
  console[level] = (...parts: unknown[]) => tell({ kind: 'log', level, text: format(...parts).slice(0, 8 * 1024) })
}
// A function is a thread of the emulator's process: it may end itself, not the process.
process.kill = () => {
  throw new Error('process.kill is not available in a cloud function')
}

// The oldest Node that the platform runs functions on (16) has none of these; whoever looks for them would load an HTTP client.
for (const name of ['fetch', 'Headers', 'Request', 'Response', 'FormData', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name)

type Main = (event: unknown, context: unknown) => unknown

/** As `require` does it, but for what is compiled already: that is a third of an instance's start. */
function load(): { main: Main; compiled: Uint8Array | undefined } | undefined {
  const { entry } = start
  try {
    const script = new Script(Module.wrap(readFileSync(entry, 'utf8')), {
      filename: entry, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      ...(start.compiled === undefined ? {} : { cachedData: start.compiled }),
    })
    const loaded = new Module(entry) as { exports: { main?: unknown } }
    const run = script.runInThisContext() as (exports: object, require: NodeJS.Require, module: object, file: string, folder: string) => void
    run.call(loaded.exports, loaded.exports, createRequire(entry), loaded, entry, dirname(entry))
    const { main } = loaded.exports
    if (typeof main !== 'function') throw new Error(`${entry} exports no function called main`)
    return { main: main as Main, compiled: start.compiled !== undefined && script.cachedDataRejected !== true ? undefined : script.createCachedData() }
  } catch (error) {
    tell({ kind: 'unloadable', message: describe(error) })
    return undefined
  }
}

async function invoke(main: Main, message: InvokeMessage): Promise<void> {
  for (const [name, value] of Object.entries(message.environment)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  try {
    const result = await main(JSON.parse(message.event), message.context)
    const reply = JSON.stringify(result) ?? 'null'
    const bytes = Buffer.byteLength(reply)
    if (bytes > start.largestReply) tell({ kind: 'tooLarge', bytes })
    else tell({ kind: 'answer', reply })
  } catch (error) {
    tell({ kind: 'failure', message: describe(error) })
  }
}

const loaded = load()
if (loaded) {
  port.on('message', (message: InvokeMessage) => void invoke(loaded.main, message))
  tell({ kind: 'ready', compiled: loaded.compiled })
}
