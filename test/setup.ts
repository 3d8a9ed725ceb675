/** Before any test: the functions as they will be uploaded, built only if their sources changed. */
import { buildFunctions } from '../cloudfunctions/deploy/build'

export default async function setup(): Promise<void> {
  await buildFunctions()
}
