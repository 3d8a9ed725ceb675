// Which long runs `npm test` holds on a day: nobody is forgotten, and what must run every day does.
import { seedOf, turnsOf } from '../support/turns'

const files = [
  'path', 'safety', 'staff', 'beds', 'gallery', 'menu', 'meals', 'stage', 'accessibility', 'weapp-screens',
].map((name) => `test/screens/${name}.test.ts`).concat(['lost-steps', 'week', 'month', 'meal-crash', 'points-crash', 'life-crash', 'race', 'meal-race', 'points-race', 'menu', 'replay', 'abuse', 'permission-matrix'].map((name) => `test/actions/${name}.test.ts`), ['clock', 'faults', 'gateway', 'runner', 'storage'].map((name) => `test/emulator/${name}.test.ts`))

test('over whole rounds everybody of a family has had as many turns, and never waits for longer than two rounds', () => {
  const DAYS = 2 * 3 * 4 * 5
  const days = Array.from({ length: DAYS }, (_, day) => turnsOf(files, 20_000 * DAYS + day))
  turnsOf(files, 0).forEach(({ what, runs, waits }, family) => {
    const ran = [...runs, ...waits].map((file) => days.flatMap((turns, day) => (turns[family]?.runs.includes(file) ? [day] : [])))
    const counts = new Set(ran.map((on) => on.length))
    expect({ what, counts: counts.size }).toEqual({ what, counts: 1 })
    const round = DAYS / Math.max(...counts)
    for (const on of ran) on.slice(1).forEach((day, index) => expect(day - (on[index] ?? 0)).toBeLessThan(2 * round))
  })
})

test('the first path, and the tests of each area, take no turns', () => {
  const turning = turnsOf(files, 1).flatMap(({ runs, waits }) => [...runs, ...waits])
  for (const name of ['screens/path', 'actions/menu']) expect(turning).not.toContain(`test/${name}.test.ts`)
})

test('each family runs something every day, of which it has more', () => {
  for (const seed of [1, 2, 3, 20_789]) for (const { runs, waits } of turnsOf(files, seed)) expect([runs.length > 0, waits.length > 0]).toEqual([true, true])
})

test('a day begins at midnight in UTC+8', () => {
  delete process.env['TURN']
  const [before, after] = [Date.UTC(2026, 10, 30, 15, 59), Date.UTC(2026, 10, 30, 16, 1)]
  expect(seedOf(after) - seedOf(before)).toBe(1)
})
