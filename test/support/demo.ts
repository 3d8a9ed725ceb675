/**
 * The demo for tests, on a day of its own: `npm test` tells it before the tests begin and each of them starts on a copy.
 * A test that is run alone tells it by itself.
 */
import type { Demo } from '../../emulator/demo'
import { toldDemo } from '../../emulator/demo/told'
import { borrowEmulator, type BorrowedEmulator, type BorrowOptions } from './emulators'

/** The day of the demo in tests: a Monday. */
export const DEMO_DAY = '2026-11-23'

/** Tells the demo once for all tests. @throws what the product refuses */
export const prepareDemo = (): Promise<unknown> => toldDemo(DEMO_DAY)

/** An emulator with the demo, in the morning on which it wakes. */
export async function startWithDemo(options: Omit<BorrowOptions, 'now' | 'from'> = {}): Promise<{ readonly emulator: BorrowedEmulator; readonly demo: Demo }> {
  const { demo, data, wakesAt } = await toldDemo(DEMO_DAY)
  return { demo, emulator: await borrowEmulator({ ...options, now: wakesAt, from: data }) }
}
