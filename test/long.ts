/**
 * `npm run test:long`: the long runs in full, of which `npm test` holds a seeded sample: all journeys in the browser, the races on twenty seeds, random
 * days with faults, every order of events, every step of an act on people and on meals, the clock's work killed at every
 * database call, a notice to fifty thousand people, a month of two communities, a week of two thousand people. Results stand in docs/measurements.md.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(__dirname, '..')
const runs = [
  { files: 'test/screens/', env: {} },
  { files: 'test/screens/(accessibility|weapp-screens)', env: { EVERY_SIZE: '1' } },
  { files: 'test/actions/(race|meal-race|points-race|waitlist-race)', env: { RACE_SEEDS: '20' } },
  { files: 'test/actions/random-days', env: { RANDOM_DAYS: '40' } },
  { files: 'test/domain/booking-laws', env: { LAW_RUNS: '200000' } },
  { files: 'test/domain/waitlist', env: { LAW_RUNS: '10000' } },
  { files: 'test/domain/circle', env: { LAW_RUNS: '20000' } },
  { files: 'test/domain/meal-laws', env: { LAW_RUNS: '50000' } },
  { files: 'test/actions/(abuse|activity|escalate|notice-messages|project|safety|timers|well|crash|lost-steps|meal-crash|meal-timers|points-crash|taking-part|volunteer|permission-matrix|replay|reschedule|bed|service|menu|merchant|seal|fraud|earning|series-crash|waitlist-crash|life-crash|consult)', env: { EVERY_STEP: '1' } },
  { files: 'test/actions/notice-reach', env: { NOTICE_AUDIENCES: '100' } },
  { files: 'test/actions/notice-crash', env: { EVERY_STEP: '1', NOTICE_ANSWERS: '2000' } },
  { files: 'test/actions/notice-scale', env: { NOTICE_PEOPLE: '50000', NOTICE_RECEIPTS: '1000000', NOTICE_NOTICES: '10000' } },
  { files: 'test/actions/points-model', env: { LEDGER_RUNS: '1000' } },
  { files: 'test/actions/points-year', env: { LEDGER_SIZES: '1000,10000,50000' } },
  { files: 'test/actions/booking-scale', env: { BOOKINGS: '100000' } },
  { files: 'test/actions/month', env: { MONTH_DAYS: '30', MONTH_PEOPLE: '40' } },
  { files: 'test/actions/week', env: { WEEK_PEOPLE: '2000' } },
]

for (const { files, env } of runs) {
  console.log(`\n${Object.entries(env).map(([name, value]) => `${name}=${value}`).join(' ')} ${files}`)
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), files, '--testTimeout=1800000'], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) process.exitCode = 1
}
