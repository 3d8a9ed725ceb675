// Runs inside a worker thread: loads one function's bundle and runs one invocation at a time, as an
// instance of the real platform does. Identity lives in process.env, which is this thread's own.
import { createRequire } from 'node:module'
import { format } from 'node:util'
import { parentPort, workerData } from 'node:worker_threads'

/** What an instance is started with. */
export interface InstanceStart {
  readonly entry: string
  readonly largestReply: number
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
  | { readonly kind: 'ready' }
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

type Main = (event: unknown, context: unknown) => unknown

function load(): Main | undefined {
  try {
    const loaded = createRequire(start.entry)(start.entry) as { main?: unknown }
    if (typeof loaded.main !== 'function') throw new Error(`${start.entry} exports no function called main`)
    return loaded.main as Main
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

const main = load()
if (main) {
  port.on('message', (message: InvokeMessage) => void invoke(main, message))
  tell({ kind: 'ready' })
}
