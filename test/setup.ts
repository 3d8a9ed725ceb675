/** Before any test: the functions as they will be uploaded, built only if their sources changed, and emulators to borrow. */
import { buildFunctions } from '../cloudfunctions/deploy/build'
import { openEmulators } from './support/emulators'

declare global {
  /** Jest hands its teardown nothing but globals. */
  var closeEmulators: (() => Promise<void>) | undefined
}

export default async function setup(): Promise<void> {
  await buildFunctions()
  globalThis.closeEmulators = await openEmulators()
}
