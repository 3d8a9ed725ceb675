/**
 * The demo for tests, on a day of its own: `npm test` tells it before the tests begin and each of them starts on a copy.
 * A test that is run alone tells it by itself.
 */
import { startEmulator, type EmulatorClient, type StartOptions } from '../../emulator/client'
import type { Demo } from '../../emulator/demo'
import { toldDemo } from '../../emulator/demo/told'

/** The day of the demo in tests: a Monday. */
export const DEMO_DAY = '2026-11-23'

/** Tells the demo once for all tests. @throws what the product refuses */
export const prepareDemo = (): Promise<unknown> => toldDemo(DEMO_DAY)

/** An emulator of one's own with the demo, in the morning on which it wakes. */
export async function startWithDemo(options: Omit<StartOptions, 'data' | 'now' | 'from'> = {}): Promise<{ readonly emulator: EmulatorClient; readonly demo: Demo }> {
  const { demo, data, wakesAt } = await toldDemo(DEMO_DAY)
  return { demo, emulator: await startEmulator({ isStrict: true, now: wakesAt, ...options, from: data }) }
}
