// What the emulator can be told when it starts, by flag or environment variable.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** Options of one emulator process. Paths are absolute. */
export interface EmulatorOptions {
  /** Port on 127.0.0.1; 0 takes any free one. */
  readonly port: number
  /** Folder that holds everything that survives a restart. */
  readonly data: string
  /** Environment id; must start with `demo-`. */
  readonly env: string
  /** Folder of built functions, one folder a function. */
  readonly functions: string
  /** Collections and indexes, as deployed. */
  readonly database: string
  /** Message templates of the mini-program's account. */
  readonly templates: string
  /** A query that no index serves fails. */
  readonly isStrict: boolean
  /** Begin with empty data. */
  readonly isFresh: boolean
  /** Folder of another emulator's data to begin from, where there is none yet. */
  readonly from: string | undefined
  /** Demo time at the start (ms); undefined continues what was stored. */
  readonly now: number | undefined
  /** Timers fire as time passes, not only when the clock is moved. */
  readonly isFollowing: boolean
  /** Seed of faults on demand, for plans that name none. */
  readonly seed: string
  /** Folder of the built H5 app, if it is to be served. */
  readonly app: string | undefined
  /** Folder of the stage, if it is to be served. */
  readonly stage: string | undefined
  /** Upper bound of instances per function. */
  readonly maxInstances: number
  /** Pages reload when the app or a function is rebuilt. */
  readonly isWatching: boolean
}

/** The repository's folder: the nearest one above this file that has a package.json. */
export function repositoryRoot(from: string = __dirname): string {
  let folder = from
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`no package.json above ${from}`)
    folder = parent
  }
  return folder
}

const flags = {
  port: { type: 'string' }, data: { type: 'string' }, env: { type: 'string' }, functions: { type: 'string' },
  database: { type: 'string' }, templates: { type: 'string' }, seed: { type: 'string' }, now: { type: 'string' },
  app: { type: 'string' }, from: { type: 'string' }, 'max-instances': { type: 'string' },
  strict: { type: 'boolean' }, fresh: { type: 'boolean' }, follow: { type: 'boolean' }, stage: { type: 'boolean' }, watch: { type: 'boolean' },
} as const

/**
 * Ports that fetch and browsers refuse to speak to ("bad port"): a server there could be reached by nobody.
 * @see https://fetch.spec.whatwg.org/#port-blocking
 */
const refusedPorts = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])

/** Why nothing can be served at a port, for people; null when it can be. */
export const portFault = (port: number): string | null => (refusedPorts.has(port) ? `Browsers refuse to open port ${port}: choose another with PORT=…` : null)

/** Thrown for options that cannot work; the message is one line for people. */
export class OptionError extends Error {}

/** Reads options from flags, then from EMULATOR_… variables, then defaults. @throws OptionError */
export function readOptions(argv: readonly string[], variables: NodeJS.ProcessEnv): EmulatorOptions {
  const { values } = parseArgs({ args: [...argv], options: flags, strict: true })
  const root = repositoryRoot()
  const text = (name: 'port' | 'data' | 'env' | 'functions' | 'database' | 'templates' | 'seed' | 'now' | 'app' | 'from' | 'max-instances'): string | undefined =>
    values[name] ?? variables[`EMULATOR_${name.toUpperCase().replace('-', '_')}`]
  const integer = (name: 'port' | 'now' | 'max-instances', least: number): number | undefined => {
    const given = text(name)
    if (given === undefined) return undefined
    const number = Number(given)
    if (!Number.isSafeInteger(number) || number < least) throw new OptionError(`--${name} must be a whole number of at least ${least}, not "${given}"`)
    return number
  }
  const env = text('env') ?? 'demo-local'
  if (!/^demo-[a-z0-9-]+$/.test(env)) throw new OptionError(`the emulator serves environments called demo-… only, not "${env}"`)
  const app = text('app')
  const from = text('from')
  const port = integer('port', 0) ?? 4180
  const fault = portFault(port)
  if (fault !== null) throw new OptionError(fault)
  return {
    port,
    data: resolve(root, text('data') ?? '.data'),
    env,
    functions: resolve(root, text('functions') ?? 'dist/cloudfunctions'),
    database: resolve(root, text('database') ?? 'cloudfunctions/database.json'),
    templates: resolve(root, text('templates') ?? 'cloudfunctions/templates.json'),
    isStrict: values.strict === true || variables.EMULATOR_STRICT === '1',
    isFresh: values.fresh === true,
    from: from === undefined ? undefined : resolve(root, from),
    now: integer('now', 0),
    isFollowing: values.follow === true,
    seed: text('seed') ?? '0',
    app: app === undefined ? undefined : resolve(root, app),
    stage: values.stage === true ? join(root, 'emulator', 'stage') : undefined,
    maxInstances: integer('max-instances', 1) ?? 8,
    isWatching: values.watch === true,
  }
}
