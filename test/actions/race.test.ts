/**
 * 200 people at once on one slot (law 1): booked = stored = capacity, everyone else is told "full", nobody gets another
 * error. Twenty seeds in the full run (RACE_SEEDS=20), a sample here.
 */
import { newRequestId, person, slotOf, startWorld, type World } from './world'
import { mulberry32 } from '../support/random'

const CALLERS = 200
const seeds = Array.from({ length: Number(process.env['RACE_SEEDS'] ?? 1) }, (_, index) => 20261123 + index)

describe('law 1: 200 callers on one slot', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    const callers = Array.from({ length: CALLERS }, (_, index) => index)
    await world.emulator.insert('people', callers.map((index) => person(`caller${index}`, { accountId: `o_caller${index}`, name: `示例${index}` })))
    await world.emulator.insert('accounts', callers.map((index) => ({ _id: `o_caller${index}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: `caller${index}`, name: `示例${index}`, grants: [], requests: {} })))
  })
  afterAll(() => world.stop())

  const cases = seeds.flatMap((seed, run) => [1, 20, 50].map((capacity, index) => ({ seed, capacity, day: run * 3 + index })))
  test.each(cases)('seed $seed, capacity $capacity: booked = stored = capacity, the others hear "full"', async ({ seed, capacity, day }) => {
    const slotId = `race_${seed}_${capacity}`
    // A time of its own for each run, so that nobody is refused for being booked elsewhere.
    const startsAt = slotOf('x').startsAt + day * 3_600_000
    await world.addSlot(slotId, { capacity, startsAt, endsAt: startsAt + 3_600_000 })
    // Database calls of uneven length, so that callers overtake each other between reading and writing.
    await world.emulator.faults({ seed, latencyMs: [0, 12] })
    const random = mulberry32(seed)
    const order = Array.from({ length: CALLERS }, (_, index) => ({ index, at: random() })).sort((a, b) => a.at - b.at)
    const answers = await Promise.all(
      order.map(({ index }) => world.phone(`o_caller${index}`).codeOf('booking.book', { elderId: `caller${index}`, slotId }, newRequestId())),
    )
    await world.emulator.faults({})
    const told = answers.reduce<Record<string, number>>((sum, code) => ({ ...sum, [code]: (sum[code] ?? 0) + 1 }), {})
    expect(told).toEqual({ OK: capacity, SLOT_FULL: CALLERS - capacity })

    const stored = (await world.emulator.dump())['bookings']?.filter((booking) => booking['slotId'] === slotId) ?? []
    expect(stored).toHaveLength(capacity)
    const slot = await world.slot(slotId)
    expect(slot.remaining).toBe(0)
    expect(Object.keys(slot.holders)).toHaveLength(capacity)
    expect(await world.brokenLaws()).toEqual([])
  })
})
