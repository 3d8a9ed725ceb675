/**
 * 200 at once on one balance, and 200 on the last 20 of a reward (law 2, law 1): never below zero, stock exact, everybody
 * hears the truth. Twenty seeds in the full run (RACE_SEEDS=20), a sample here.
 */
import { balancesOf, type PointsAccount, type PointsEntry } from '../../src/domain/ledger'
import { rewardHolds, type Reward } from '../../src/domain/reward'
import { mulberry32 } from '../support/random'
import { passbookWith, rewardOf } from './reward-world'
import { newRequestId, person, startWorld, MONDAY_NINE, type World } from './world'

const CALLERS = 200
const seeds = Array.from({ length: Number(process.env['RACE_SEEDS'] ?? 1) }, (_, index) => 20261123 + index)

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

async function add(ids: readonly string[], points: number): Promise<void> {
  await world.emulator.insert('people', ids.map((id) => person(id, { accountId: `o_${id}`, name: '示例居民' })))
  await world.emulator.insert('accounts', ids.map((id) => ({ _id: `o_${id}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: id, name: '示例居民', grants: [], requests: {} })))
  const books = ids.map((id) => passbookWith(id, points, MONDAY_NINE))
  await world.emulator.insert('pointsAccounts', books.map((book) => book.account))
  await world.emulator.insert('pointsEntries', books.flatMap((book) => Object.values(book.entries)))
}

const shuffled = (seed: number, length: number): number[] => {
  const random = mulberry32(seed)
  return Array.from({ length }, (_, index) => ({ index, at: random() })).sort((a, b) => a.at - b.at).map(({ index }) => index)
}
const tallyOf = (codes: readonly string[]): Record<string, number> => codes.reduce<Record<string, number>>((sum, code) => ({ ...sum, [code]: (sum[code] ?? 0) + 1 }), {})
const stored = async () => (await world.emulator.dump()) as unknown as { pointsAccounts: PointsAccount[]; pointsEntries: PointsEntry[]; rewards: Reward[] }

/** All lines of these owners, also those that wait, numbered without a gap and adding up to the passbook. */
async function ensureExact(ids: readonly string[]): Promise<void> {
  const { pointsAccounts, pointsEntries } = await stored()
  const sent = new Map<string, PointsEntry[]>()
  for (const entry of pointsEntries) sent.set(entry.ownerId, [...(sent.get(entry.ownerId) ?? []), entry])
  for (const account of pointsAccounts.filter((one) => ids.includes(one._id))) {
    const entries = [...new Map([...(sent.get(account._id) ?? []), ...Object.values(account.unsent)].map((entry) => [entry._id, entry])).values()].sort((a, b) => a.seq - b.seq)
    expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: account.seq }, (_, index) => index + 1))
    expect(entries.every((entry) => entry.balance >= 0)).toBe(true)
    const balances = balancesOf(entries)
    expect([balances.get(`spendable_${account._id}`) ?? 0, balances.get(`held_${account._id}`) ?? 0]).toEqual([account.balances.spendable, account.balances.held])
  }
}

test.each(seeds)('seed %i: 200 spend one balance that is enough for 50', async (seed) => {
  const id = `one${seed}`
  await add([id], 500)
  const rewardId = `cheap${seed}`
  await world.emulator.insert('rewards', [rewardOf(rewardId, { points: 10, stock: 1000 })])
  await world.emulator.faults({ seed, latencyMs: [0, 12] })
  const answers = await Promise.all(shuffled(seed, CALLERS).map((index) =>
    index % 2 === 0 ? world.phone(`o_${id}`).codeOf('points.donate', { personId: id, amount: 10, to: { what: 'pot' } }, newRequestId()) : world.phone(`o_${id}`).codeOf('points.redeem', { personId: id, rewardId }, newRequestId())))
  await world.emulator.faults({})
  const told = tallyOf(answers)
  expect(told).toEqual({ OK: 50, POINTS_SHORT: CALLERS - 50 })
  const { pointsAccounts, rewards } = await stored()
  const account = pointsAccounts.find((one) => one._id === id)
  const reward = rewards.find((one) => one._id === rewardId)
  expect(account?.balances.spendable).toBe(0)
  expect(reward !== undefined && rewardHolds(reward)).toBe(true)
  expect(Object.keys(reward?.holders ?? {}).sort()).toEqual(Object.keys(account?.holds ?? {}).sort())
  await ensureExact([id])
})

test.each(seeds)('seed %i: 200 want one of the last 20', async (seed) => {
  const ids = Array.from({ length: CALLERS }, (_, index) => `many${seed}x${index}`)
  await add(ids, 100)
  const rewardId = `last${seed}`
  await world.emulator.insert('rewards', [rewardOf(rewardId, { stock: 20 })])
  await world.emulator.faults({ seed, latencyMs: [0, 12] })
  const answers = await Promise.all(shuffled(seed, CALLERS).map((index) => world.phone(`o_${ids[index] ?? ''}`).codeOf('points.redeem', { personId: ids[index] ?? '', rewardId }, newRequestId())))
  await world.emulator.faults({})
  expect(tallyOf(answers)).toEqual({ OK: 20, OUT_OF_STOCK: CALLERS - 20 })
  const { pointsAccounts, rewards } = await stored()
  const reward = rewards.find((one) => one._id === rewardId)
  expect(reward).toMatchObject({ remaining: 0, taken: 0, stock: 20 })
  const winners = pointsAccounts.filter((account) => ids.includes(account._id) && account.balances.spendable === 20)
  expect(Object.values(reward?.holders ?? {}).map((place) => place.ownerId).sort()).toEqual(winners.map((account) => account._id).sort())
  expect(pointsAccounts.filter((account) => ids.includes(account._id) && account.balances.spendable === 100)).toHaveLength(CALLERS - 20)
  await ensureExact(ids)
})
