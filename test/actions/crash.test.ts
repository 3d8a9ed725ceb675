/**
 * A function killed at each database call of an action, the same request repeated, then the sweep: always the same end
 * state, and a second sweep changes nothing (laws 1, 4 and 8). Each call is killed before or after it took effect (a sample), on a
 * slot of its own; the sweep then looks at all of them.
 */
import type { ActionName, InputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import type { SafetyCase } from '../../src/domain/safety-case'
import type { Slot } from '../../src/domain/slot'
import { killsOf, type Kill } from '../support/kills'
import { MONDAY_NINE, startWorld, type World } from './world'

const booking = killsOf(7, 2)
const later = killsOf(8, 2)

describe('a crash leaves nothing half-done', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  async function sweepTwice(): Promise<void> {
    await world.emulator.pass(10 * MINUTE)
    await world.emulator.fire('timers', 'settle')
    const before = await world.everything()
    await world.emulator.fire('timers', 'settle')
    expect(await world.everything()).toEqual(before)
    expect(await world.brokenLaws()).toEqual([])
  }

  /** One request whose function is killed at one of its calls. @returns whether the caller heard that it took effect */
  async function interrupted<A extends ActionName>(openid: string, action: A, input: InputOf<A>, { nth, when }: Kill, requestId: string): Promise<boolean> {
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    const answer = await world.emulator.call<{ ok: boolean }>(openid, { action, input, requestId, contractVersion: 1 })
    await world.emulator.faults({})
    return answer.result?.ok === true
  }
  async function freeSlot(id: string, hours: number, capacity: number): Promise<string> {
    const startsAt = MONDAY_NINE + hours * HOUR
    await world.addSlot(id, { startsAt, endsAt: startsAt + HOUR, capacity })
    return id
  }
  const stored = async () => (await world.emulator.dump(['slots', 'bookings'])) as unknown as { readonly slots: readonly Slot[]; readonly bookings: readonly Booking[] }

  test('booking killed, without a second try: no seat is lost', async () => {
    const scenes: { readonly slotId: string; readonly isTold: boolean }[] = []
    for (const [index, kill] of booking.entries()) {
      const slotId = await freeSlot(`crash_${index}`, 72 + index * 2, 1)
      scenes.push({ slotId, isTold: await interrupted('o_mother', 'booking.book', { elderId: 'mother', slotId }, kill, `crash-request-${index}`) })
    }
    await sweepTwice()
    const { slots, bookings } = await stored()
    for (const { slotId, isTold } of scenes) {
      const slot = slots.find(({ _id }) => _id === slotId)
      const made = bookings.filter((one) => one.slotId === slotId).length
      // Either it took place wholly, or not at all; and whoever was told "booked" is booked.
      expect({ slotId, made, held: Object.keys(slot?.holders ?? {}).length, remaining: slot?.remaining }).toEqual({ slotId, made, held: made, remaining: 1 - made })
      if (isTold) expect({ slotId, made }).toEqual({ slotId, made: 1 })
    }
  })

  test('booking killed and asked again with the same request: booked once', async () => {
    for (const [index, kill] of booking.entries()) {
      const input = { elderId: 'neighbour', slotId: await freeSlot(`again_${index}`, 240 + index * 2, 1) }
      await interrupted('o_neighbour', 'booking.book', input, kill, `again-request-${index}`)
      expect({ ...kill, code: await world.phone('o_neighbour').codeOf('booking.book', input, `again-request-${index}`) }).toEqual({ ...kill, code: 'OK' })
    }
    await sweepTwice()
    const { slots, bookings } = await stored()
    for (const index of booking.keys()) {
      expect(bookings.filter((one) => one.slotId === `again_${index}`)).toHaveLength(1)
      expect(slots.find(({ _id }) => _id === `again_${index}`)?.remaining).toBe(0)
    }
  })

  test('cancelling killed and asked again: it is cancelled, and the seat is free once', async () => {
    for (const [index, kill] of later.entries()) {
      const { bookingId } = await world.phone('o_mother').do('booking.book', { elderId: 'mother', slotId: await freeSlot(`undo_${index}`, 480 + index * 2, 2) })
      await interrupted('o_mother', 'booking.cancel', { bookingId }, kill, `undo-request-${index}`)
      expect({ ...kill, code: await world.phone('o_mother').codeOf('booking.cancel', { bookingId }, `undo-request-${index}`) }).toEqual({ ...kill, code: 'OK' })
    }
    await sweepTwice()
    const { slots } = await stored()
    for (const index of later.keys()) expect(slots.find(({ _id }) => _id === `undo_${index}`)).toMatchObject({ remaining: 2, holders: {} })
  })

  test('a missed door killed and told again still is in one safety case', async () => {
    const doors: string[] = []
    for (const [index, kill] of later.entries()) {
      const startsAt = (await world.emulator.clock()).now + HOUR
      await world.addSlot(`door_${index}`, { startsAt, endsAt: startsAt + HOUR })
      const { bookingId } = await world.phone('o_neighbour').do('booking.book', { elderId: 'neighbour', slotId: `door_${index}` })
      doors.push(bookingId)
      await world.phone('o_worker').do('visit.take', { bookingId })
      await world.emulator.pass(HOUR + 5 * MINUTE)
      await interrupted('o_worker', 'visit.noContact', { bookingId, tried: '敲门' }, kill, `door-request-${index}`)
      expect({ ...kill, code: await world.phone('o_worker').codeOf('visit.noContact', { bookingId, tried: '敲门' }, `door-request-${index}`) }).toEqual({ ...kill, code: 'OK' })
      await sweepTwice()
      // The case of the first door is live all along: the doors after it are told there, each once.
      const cases = (await world.emulator.dump(['safetyCases']))['safetyCases'] as unknown as readonly SafetyCase[]
      expect(cases.map(({ elderId }) => elderId)).toEqual(['neighbour'])
      const told = cases.flatMap((safety) => [safety.bookingId ?? '', ...safety.also])
      expect(told.filter((one) => doors.includes(one)).sort()).toEqual([...doors].sort())
      await world.emulator.pass(2 * HOUR)
    }
  })
})
