/**
 * A function killed at each database call of an action, the same request repeated, then the sweep: always the same end
 * state, and a second sweep changes nothing (laws 1, 4 and 8). One crash point after another, before and after the call
 * took effect.
 */
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import type { SafetyCase } from '../../src/domain/safety-case'
import { MONDAY_NINE, startWorld, type World } from './world'

const killed = [1, 2, 3, 4, 5, 6, 7].flatMap((nth) => (['before', 'after'] as const).map((when) => ({ nth, when })))

describe('a crash leaves nothing half-done', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  async function sweepTwice(): Promise<void> {
    await world.emulator.faults({})
    await world.emulator.advance(10 * MINUTE)
    await world.emulator.fire('timers', 'settle')
    const once = await world.everything()
    const { selfChecks: _one, ...before } = once
    await world.emulator.fire('timers', 'settle')
    const { selfChecks: _two, ...after } = await world.everything()
    expect(after).toEqual(before)
    expect(await world.brokenLaws()).toEqual([])
  }

  test.each(killed)('booking killed $when database call $nth, without a second try: no seat is lost', async ({ nth, when }) => {
    const slotId = `crash_${nth}_${when}`
    const startsAt = MONDAY_NINE + (3 * 24 + nth * 4 + (when === 'after' ? 2 : 0)) * HOUR
    await world.addSlot(slotId, { startsAt, endsAt: startsAt + HOUR, capacity: 1 })
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    const answer = await world.emulator.call<{ ok: boolean }>('o_mother', { action: 'booking.book', input: { elderId: 'mother', slotId }, requestId: `crash-${nth}-${when}`, contractVersion: 1 })
    await sweepTwice()
    const slot = await world.slot(slotId)
    const booking = (await world.emulator.dump())['bookings']?.find((candidate) => candidate['slotId'] === slotId)
    // Either it took place wholly, or not at all; and whoever was told "booked" is booked.
    expect(Object.keys(slot.holders)).toHaveLength(booking ? 1 : 0)
    expect(slot.remaining).toBe(booking ? 0 : 1)
    if (answer.result?.ok === true) expect(booking).toBeDefined()
  })

  test.each(killed)('booking killed $when database call $nth and asked again with the same request: booked once', async ({ nth, when }) => {
    const slotId = `again_${nth}_${when}`
    const startsAt = MONDAY_NINE + (10 * 24 + nth * 4 + (when === 'after' ? 2 : 0)) * HOUR
    await world.addSlot(slotId, { startsAt, endsAt: startsAt + HOUR, capacity: 1 })
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    const ask = () => world.emulator.call<{ ok: boolean; output: unknown }>('o_neighbour', { action: 'booking.book', input: { elderId: 'neighbour', slotId }, requestId: `again-${nth}-${when}`, contractVersion: 1 })
    await ask()
    await world.emulator.faults({})
    const second = await ask()
    expect(second.result).toMatchObject({ ok: true })
    await sweepTwice()
    expect((await world.emulator.dump())['bookings']?.filter((booking) => booking['slotId'] === slotId)).toHaveLength(1)
    expect((await world.slot(slotId)).remaining).toBe(0)
  })

  const later = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((nth) => (['before', 'after'] as const).map((when) => ({ nth, when })))
  test.each(later)('cancelling killed $when database call $nth: asked again it is cancelled, and the seat is free once', async ({ nth, when }) => {
    const slotId = `undo_${nth}_${when}`
    const startsAt = MONDAY_NINE + (20 * 24 + nth * 4 + (when === 'after' ? 2 : 0)) * HOUR
    await world.addSlot(slotId, { startsAt, endsAt: startsAt + HOUR, capacity: 2 })
    const { bookingId } = await world.phone('o_mother').do('booking.book', { elderId: 'mother', slotId })
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    const ask = () => world.emulator.call<{ ok: boolean }>('o_mother', { action: 'booking.cancel', input: { bookingId }, requestId: `undo-${nth}-${when}`, contractVersion: 1 })
    await ask()
    await world.emulator.faults({})
    expect((await ask()).result).toMatchObject({ ok: true })
    await sweepTwice()
    expect(await world.slot(slotId)).toMatchObject({ remaining: 2, holders: {} })
  })

  test.each(later)('a missed door killed $when database call $nth still is in one safety case', async ({ nth, when }) => {
    const slotId = `door_${nth}_${when}`
    const now = (await world.emulator.clock()).now
    const startsAt = now + HOUR
    await world.addSlot(slotId, { startsAt, endsAt: startsAt + HOUR })
    const { bookingId } = await world.phone('o_neighbour').do('booking.book', { elderId: 'neighbour', slotId })
    await world.phone('o_worker').do('visit.take', { bookingId })
    await world.emulator.moveTo(startsAt + 5 * MINUTE)
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    const ask = () => world.emulator.call<{ ok: boolean }>('o_worker', { action: 'visit.noContact', input: { bookingId, tried: '敲门' }, requestId: `door-${nth}-${when}`, contractVersion: 1 })
    await ask()
    await world.emulator.faults({})
    expect((await ask()).result).toMatchObject({ ok: true })
    await sweepTwice()
    // The case of the first door is live all along: the doors after it are told there, each once.
    const cases = (await world.emulator.dump(['safetyCases']))['safetyCases'] as unknown as readonly SafetyCase[]
    expect(cases.filter((safety) => safety.bookingId === bookingId || safety.also.includes(bookingId))).toHaveLength(1)
    expect(cases.filter((safety) => safety.elderId === 'neighbour')).toHaveLength(1)
    expect(cases.flatMap((safety) => safety.also).filter((what) => what === bookingId).length).toBeLessThanOrEqual(1)
    await world.emulator.moveTo(startsAt + 3 * HOUR)
  })
})
