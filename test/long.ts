/**
 * `npm run test:long`: the long runs in full, of which `npm test` holds a seeded sample: the race on twenty seeds, random
 * days with faults, every order of events, every step of an act on people. Results stand in docs/measurements.md.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(__dirname, '..')
const runs = [
  { files: 'test/actions/race', env: { RACE_SEEDS: '20' } },
  { files: 'test/actions/random-days', env: { RANDOM_DAYS: '40' } },
  { files: 'test/domain/booking-laws', env: { LAW_RUNS: '200000' } },
  { files: 'test/actions/lost-steps', env: { EVERY_STEP: '1' } },
]

for (const { files, env } of runs) {
  console.log(`\n${Object.entries(env).map(([name, value]) => `${name}=${value}`).join(' ')} ${files}`)
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), files, '--testTimeout=1800000'], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) process.exitCode = 1
}
