// Starts a real emulator process with the fixture functions, built as functions are built for the cloud.
import { join } from 'node:path'
import { buildFunctions } from '../../cloudfunctions/deploy/build'
import { startEmulator, type CallAnswer, type EmulatorClient, type StartOptions } from '../../emulator/client'

export const fixtures = join(__dirname, 'fixtures')
const built = 'dist/fixture-functions'

/** An emulator with the functions under fixtures/. What the process says is kept silent unless it fails to start. */
export async function startWithFixtures(options: StartOptions = {}): Promise<EmulatorClient> {
  await buildFunctions({ source: 'test/emulator/fixtures', target: built })
  return startEmulator({
    functions: built, database: join(fixtures, 'database.json'), templates: join(fixtures, 'templates.json'), onMessage: () => undefined, ...options,
  })
}

/** What the probe function answers: a value, or the SDK's error. */
export interface Probed<T> {
  readonly value?: T
  readonly failed?: { readonly errCode?: number; readonly errMsg?: string; readonly code?: string; readonly message?: string }
}

/** Asks the probe function, as a phone would. */
export async function probe<T>(emulator: EmulatorClient, action: string, input: object = {}, openid = 'demo_probe'): Promise<Probed<T>> {
  const answer: CallAnswer<Probed<T>> = await emulator.call(openid, { action, input }, 'probe')
  if (!answer.result) throw new Error(answer.errMsg)
  return answer.result
}
