/**
 * A year of one community: passbook pages, covers and the check cost the same with few entries and with many. `npm test`
 * compares two sizes; LEDGER_SIZES=1000,10000,50000 (in `npm run test:long`) the year in full. `npm run bench` prints it.
 */
import { measureYear, namedAfterAChange, type YearCosts } from './ledger-year'

const sizes = (process.env['LEDGER_SIZES'] ?? '200,800').split(',').map(Number)
const days = process.env['LEDGER_SIZES'] === undefined ? 14 : 365
/** Most that one call of the check may cost: 24 pages of at most 800 lines with their covers and counterparts. */
const CHECK_CALLS = 24 * 14
const CHECK_SCANNED = 24 * 1_100

const measured: YearCosts[] = []
test.each(sizes)('%i entries are sealed, and all of them checked', async (size) => {
  const costs = await measureYear(size, days)
  measured.push(costs)
  expect(costs.check).toMatchObject({ holds: true, entries: size })
})

test('a page of the passbook and its cover take the same calls, and look at the same documents, whatever is stored', () => {
  const [first] = measured
  for (const { asked } of measured) {
    expect(asked['passbook, first page'].dbCalls).toBe(first?.asked['passbook, first page'].dbCalls)
    expect(asked['passbook, deep page'].dbCalls).toBe(asked['passbook, first page'].dbCalls)
    expect(asked.cover).toMatchObject({ dbCalls: first?.asked.cover.dbCalls, scanned: first?.asked.cover.scanned })
    for (const cost of Object.values(asked)) {
      expect(cost.scanned).toBeLessThanOrEqual(cost.returned * 1.1 + 1)
      expect(cost.scanned).toBeLessThanOrEqual(60)
    }
  }
})

test('each call of the check is bounded, and looks at hardly more than it reads', () => {
  for (const { check } of measured) {
    expect(check.most.dbCalls).toBeLessThanOrEqual(CHECK_CALLS)
    expect(check.most.scanned).toBeLessThanOrEqual(CHECK_SCANNED)
    expect(check.all.scanned).toBeLessThanOrEqual(check.all.returned * 1.1)
  }
})

test('one entry changed by hand among them is named', async () => {
  const { changed, named } = await namedAfterAChange(Math.max(...sizes))
  expect(named).toBe(changed)
})
