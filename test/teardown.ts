/** After all tests: the emulators that were borrowed end. */
import './setup'

export default async function teardown(): Promise<void> {
  await globalThis.closeEmulators?.()
}
