/**
 * The one clock of the functions (law 7). In an environment called `demo-…` the emulator may move it through the
 * environment variable below; anywhere else that variable is ignored.
 */
const isDemo = (): boolean => (process.env['TCB_ENV'] ?? process.env['SCF_NAMESPACE'] ?? '').startsWith('demo-')

/** The server's time, ms since 1970. */
export function now(): number {
  const offset = isDemo() ? Number(process.env['DEMO_CLOCK_OFFSET_MS'] ?? 0) : 0
  return Date.now() + (Number.isFinite(offset) ? offset : 0)
}
