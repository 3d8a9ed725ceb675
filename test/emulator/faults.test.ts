// Faults on demand: off unless asked for, of every kind, and the same for the same seed.
import type { EmulatorClient } from '../../emulator/client'
import { probe, startWithFixtures } from './harness'

let emulator: EmulatorClient
beforeAll(async () => {
  emulator = await startWithFixtures({ maxInstances: 4 })
})
beforeEach(async () => {
  await emulator.faults({})
  await emulator.reset()
})
afterAll(() => emulator.stop())

const stored = async (): Promise<unknown[]> => ((await emulator.dump()).notes ?? []).map(({ _id }) => _id)

it('does nothing unless asked to', async () => {
  for (let turn = 0; turn < 20; turn += 1) expect((await probe(emulator, 'write', { id: `n${turn}`, fields: { n: 1 } })).failed).toBeUndefined()
  expect((await emulator.faultReport()).counts).toMatchObject({ matched: 0, errorBefore: 0 })
})

it('fails an operation before it took effect', async () => {
  await emulator.faults({ errorBefore: 1, only: { operations: ['database.modifyDocument'] } })
  expect((await probe(emulator, 'write', { id: 'a', fields: { n: 1 } })).failed?.errMsg).toMatch(/fault on demand/)
  expect(await stored()).toEqual([])
})

it('fails an operation after it took effect', async () => {
  await emulator.faults({ errorAfter: { nth: [2] }, only: { operations: ['database.modifyDocument'] } })
  expect((await probe(emulator, 'write', { id: 'a', fields: { n: 1 } })).failed).toBeUndefined()
  expect((await probe(emulator, 'write', { id: 'b', fields: { n: 1 } })).failed?.errMsg).toMatch(/lost after/)
  expect(await stored()).toEqual(['a', 'b'])
  expect((await emulator.faultReport()).counts).toMatchObject({ matched: 2, errorAfter: 1 })
})

it('makes a transaction meet a conflict, which leaves nothing behind', async () => {
  await probe(emulator, 'write', { id: 'a', fields: { n: 1 } })
  await emulator.faults({ conflict: 1, only: { operations: ['database.modifyDocument'] } })
  expect((await probe(emulator, 'transfer', { id: 'a' })).failed?.errMsg).toMatch(/TransactionConflict/)
  await emulator.faults({})
  expect((await probe(emulator, 'transfer', { id: 'a' })).failed).toBeUndefined()
  expect(await probe(emulator, 'read', { id: 'a' })).toMatchObject({ value: { data: { n: 2 } } })
})

it.each([['before', []], ['after', ['a']]] as const)('kills a function %s its write took effect', async (killWhen, expected) => {
  await emulator.faults({ killFunction: { nth: [1] }, killWhen })
  expect(await emulator.call('demo_probe', { action: 'write', input: { id: 'a', fields: { n: 1 } } }, 'probe')).toMatchObject({ errCode: -504002 })
  expect(await stored()).toEqual(expected)
  expect((await probe(emulator, 'write', { id: 'b', fields: { n: 1 } })).failed).toBeUndefined()
})

it('slows operations down', async () => {
  await emulator.faults({ latencyMs: 30 })
  await probe(emulator, 'whoThroughout', { rounds: 4 })
  expect((await emulator.calls()).rows.at(-1)?.ms).toBeGreaterThanOrEqual(4 * 30)
  expect((await emulator.faultReport()).counts.delayed).toBe(4)
})

it('holds the rate of operations', async () => {
  await emulator.faults({ qps: 3 })
  const outcomes = await Promise.all(Array.from({ length: 40 }, (_, index) => probe(emulator, 'write', { id: `n${index}`, fields: { n: 1 } })))
  const refused = outcomes.filter(({ failed }) => failed?.errCode === -501003).length
  expect(refused).toBe((await emulator.faultReport()).counts.qps)
  expect(refused).toBeGreaterThan(0)
  expect((await stored()).length).toBe(40 - refused)
})

it('strikes only where it was told to', async () => {
  await emulator.faults({ errorBefore: 1, only: { actions: ['write'] } })
  expect((await probe(emulator, 'count')).failed).toBeUndefined()
  expect((await probe(emulator, 'write', { id: 'a', fields: { n: 1 } })).failed).toBeDefined()
})

it('gives each caller the same fate for the same seed, however the calls arrive', async () => {
  const people = Array.from({ length: 40 }, (_, index) => `demo_person_${index}`)
  const run = async (seed: number, order: readonly string[]): Promise<string[]> => {
    await emulator.faults({ seed, errorBefore: 0.3 })
    const outcomes = await Promise.all(order.map(async openid => [openid, (await probe(emulator, 'write', { id: openid, fields: { n: 1 } }, openid)).failed !== undefined] as const))
    return outcomes.filter(([, hasFailed]) => hasFailed).map(([openid]) => openid).sort()
  }
  const first = await run(7, people)
  expect(await run(7, [...people].reverse())).toEqual(first)
  expect(await run(8, people)).not.toEqual(first)
  expect(first.length).toBeGreaterThan(3)
  expect(first.length).toBeLessThan(25)
})

it('refuses a plan that makes no sense', async () => {
  await expect(emulator.faults({ errorBefore: 2 })).rejects.toThrow(/errorBefore/)
  await expect(emulator.faults({ erorBefore: 1 } as object)).rejects.toThrow(/unknown fault/)
})
