/**
 * Random days: people book, cancel and change capacity at the same time while database calls fail before and after they
 * took effect and functions are killed. Whoever got no answer asks again with the same request, as the phone does.
 * Afterwards every law holds, and everybody's last definite answer is what the database says. The seed is in the name;
 * RANDOM_DAYS says how many (a sample here, many in `npm run test:long`).
 */
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import { mulberry32 } from '../support/random'
import { MONDAY_NINE, newRequestId, person, startWorld, type World } from './world'

const seeds = Array.from({ length: Number(process.env['RANDOM_DAYS'] ?? 1) }, (_, index) => 4_180 + index)
const ELDERS = 12
const SLOTS = 4
const ROUNDS = 10

describe('random days with faults', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  test.each(seeds)('seed %i', async (seed) => {
    const random = mulberry32(seed)
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
    const elders = Array.from({ length: ELDERS }, (_, index) => `day${seed}elder${index}`)
    await world.emulator.insert('people', elders.map((id) => person(id, { accountId: `o_${id}`, name: '示例老人' })))
    await world.emulator.insert('accounts', elders.map((id) => ({ _id: `o_${id}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: id, name: '示例老人', grants: [], requests: {} })))
    const begin = (await world.emulator.clock()).now
    const slots = Array.from({ length: SLOTS }, (_, index) => `day${seed}slot${index}`)
    for (const [index, slotId] of slots.entries()) {
      // The second begins before the first ends: nobody can have both.
      const startsAt = Math.max(MONDAY_NINE, begin) + 48 * HOUR + index * 40 * MINUTE
      await world.addSlot(slotId, { startsAt, endsAt: startsAt + HOUR, capacity: 1 + (index % 3) })
    }

    /** Asks until there is an answer from a rule; a lost answer is asked for again under the same key. */
    async function ask(openid: string, action: 'booking.book' | 'booking.cancel' | 'slot.setCapacity', input: object): Promise<{ ok: boolean; output?: unknown; code?: string }> {
      const requestId = newRequestId()
      for (let attempt = 0; attempt < 12; attempt++) {
        const reply = await world.emulator.call<{ ok: boolean; output?: unknown; error?: { code: string } }>(openid, { action, input, requestId, contractVersion: 1 })
        const code = reply.result?.error?.code
        if (reply.result && code !== 'UNEXPECTED' && code !== 'TRY_AGAIN') return { ok: reply.result.ok, output: reply.result.output, ...(code === undefined ? {} : { code }) }
      }
      throw new Error(`${action} never got an answer`)
    }

    const booked = new Map<string, { elder: string; slotId: string }>()
    const cancelled = new Set<string>()
    await world.emulator.faults({ seed, latencyMs: [0, 4], errorBefore: 0.03, errorAfter: 0.03, killFunction: 0.01, killWhen: 'after', only: { functions: ['api'], operations: ['database.'] } })
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(Array.from({ length: 8 }, async () => {
        const chance = random()
        const elder = pick(elders)
        const slotId = pick(slots)
        if (chance < 0.65) {
          const answer = await ask(`o_${elder}`, 'booking.book', { elderId: elder, slotId })
          if (answer.ok) booked.set((answer.output as { bookingId: string }).bookingId, { elder, slotId })
          else expect(['SLOT_FULL', 'ALREADY_BOOKED', 'ELDER_BUSY']).toContain(answer.code)
        } else if (chance < 0.92 && booked.size > 0) {
          const [bookingId, mine] = pick([...booked.entries()])
          const answer = await ask(`o_${mine.elder}`, 'booking.cancel', { bookingId })
          if (answer.ok) cancelled.add(bookingId)
          else expect(answer.code).toBe('WRONG_STATE')
        } else {
          const answer = await ask('o_admin', 'slot.setCapacity', { slotId, capacity: Math.floor(random() * 5) })
          if (!answer.ok) expect(answer.code).toBe('BELOW_HELD')
        }
      }))
    }
    await world.emulator.faults({})
    await world.emulator.advance(10 * MINUTE)
    await world.emulator.fire('timers', 'settle')

    expect(await world.brokenLaws()).toEqual([])
    const stored = ((await world.emulator.dump())['bookings'] ?? []).filter((booking) => slots.includes(String(booking['slotId'])))
    expect(stored.map((booking) => booking['_id']).sort()).toEqual([...booked.keys()].sort())
    for (const booking of stored) expect({ id: booking['_id'], isCancelled: booking['status'] === 'cancelled' }).toEqual({ id: booking['_id'], isCancelled: cancelled.has(String(booking['_id'])) })
    expect(booked.size).toBeGreaterThan(3)
  })
})
