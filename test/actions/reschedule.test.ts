/**
 * A visit that moves to another time: never without a seat in between, whatever runs beside it and wherever the function
 * is killed. Each database call in turn, before and after it, with EVERY_STEP=1; otherwise after each write.
 */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import { usualFair } from '../../src/domain/fair'
import type { Person } from '../../src/domain/person'
import type { Slot } from '../../src/domain/slot'
import { killsOf } from '../support/kills'
import { mulberry32 } from '../support/random'
import { MONDAY_NINE, newRequestId, startWorld, type World } from './world'

const STEPS = 9

let world: World
let serial = 0
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/** An elder with a visit, and another time that is free. */
async function aVisit(hours = 72) {
  serial += 1
  const id = `mover${serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人' })
  const begins = Math.ceil((await world.emulator.clock()).now / HOUR) * HOUR + hours * HOUR
  const slots = [`${id}_a`, `${id}_b`, `${id}_c`] as const
  for (const [index, slotId] of slots.entries()) await world.addSlot(slotId, { startsAt: begins + index * 30 * MINUTE, endsAt: begins + index * 30 * MINUTE + HOUR, onDate: civilDate(begins) })
  const { bookingId } = await world.phone(`o_${id}`).do('booking.book', { elderId: id, slotId: slots[0] })
  return { id, openid: `o_${id}`, bookingId, slots }
}
type Visit = Awaited<ReturnType<typeof aVisit>>

async function standOf({ id, bookingId, slots }: Visit) {
  const { bookings = [], slots: kept = [], people = [] } = await world.emulator.dump(['bookings', 'slots', 'people'])
  const booking = bookings.find((one) => one['_id'] === bookingId) as unknown as Booking
  const elder = people.find((one) => one['_id'] === id) as unknown as Person
  const held = (kept as unknown as readonly Slot[]).filter((slot) => (slots as readonly string[]).includes(slot._id) && slot.holders[id] !== undefined)
  return { booking, held: held.map((slot) => slot._id), times: elder.busy.filter((time) => time.freedAt === null).map((time) => time.from) }
}
/** One booking, its seat and its time, and nothing beside them. */
async function expectOne(visit: Visit, slotId: string | null): Promise<void> {
  const { booking, held, times } = await standOf(visit)
  const isLive = booking.status !== 'cancelled'
  expect({ held, times }).toEqual({ held: isLive ? [booking.slotId] : [], times: isLive ? [booking.startsAt] : [] })
  if (slotId !== null) expect(booking.slotId).toBe(slotId)
  expect(await world.brokenLaws()).toEqual([])
}
async function sweep(): Promise<void> {
  await world.emulator.faults({})
  await world.emulator.pass(10 * MINUTE)
  await world.emulator.fire('timers', 'settle')
}

test('a daughter moves her mother’s bath: 9 database calls, and everybody hears of it', async () => {
  const visit = await aVisit()
  await world.phone('o_worker').do('visit.take', { bookingId: visit.bookingId })
  const { latest } = await world.emulator.calls()
  await world.phone(visit.openid).do('booking.reschedule', { bookingId: visit.bookingId, slotId: visit.slots[1] })
  const [row] = (await world.emulator.calls(latest)).rows.filter((one) => one.function === 'api')
  // Account, booking, elder, slot; the key; seat, elder, booking; the elder's old time. The old seat is the sweep's.
  expect({ dbCalls: row?.dbCalls, isLean: (row?.scanned ?? 99) <= 1.1 * (row?.returned ?? 0) }).toEqual({ dbCalls: 9, isLean: true })
  expect(await standOf(visit)).toMatchObject({ booking: { slotId: visit.slots[1] }, held: [visit.slots[0], visit.slots[1]], times: [expect.any(Number)] })
  await world.emulator.fire('timers', 'lookAtBookings')
  const told = ((await world.emulator.dump(['messages']))['messages'] ?? []).filter((message) => String(message['page']).endsWith(visit.bookingId))
  expect(told.map((message) => message['personId'])).toContain('worker')
  expect(String(told.find((message) => message['personId'] === 'worker')?.['gist'])).toContain('改了上门时间')
  // The worker is free at the old hour again, and can take it at the new one.
  await sweep()
  const { people = [] } = await world.emulator.dump(['people'])
  expect((people.find((one) => one['_id'] === 'worker') as unknown as Person).serving?.some((time) => time.bookingId === visit.bookingId && time.freedAt === null)).toBe(false)
  await world.phone('o_worker').do('visit.take', { bookingId: visit.bookingId })
  await sweep()
  await expectOne(visit, visit.slots[1])
})

test('refusals leave nothing behind', async () => {
  const visit = await aVisit()
  const other = await aVisit(72 + serial * 5)
  await world.phone(other.openid).do('booking.book', { elderId: other.id, slotId: visit.slots[1] })
  const before = await world.writes()
  const phone = world.phone(visit.openid)
  expect(await phone.codeOf('booking.reschedule', { bookingId: visit.bookingId, slotId: visit.slots[1] })).toBe('SLOT_FULL')
  expect(await phone.codeOf('booking.reschedule', { bookingId: visit.bookingId, slotId: visit.slots[0] })).toBe('ALREADY_BOOKED')
  expect(await phone.codeOf('booking.reschedule', { bookingId: visit.bookingId, slotId: 'nowhere' })).toBe('NOT_FOUND')
  expect(await world.phone('o_neighbour').codeOf('booking.reschedule', { bookingId: visit.bookingId, slotId: visit.slots[2] })).toBe('NOT_FOUND')
  expect(await world.writes()).toEqual(before)
})

test.each([1, 2])('two at once, and a cancellation: one end, seed %i', async (seed) => {
  const visit = await aVisit()
  await world.emulator.faults({ seed, latencyMs: [0, 10] })
  const random = mulberry32(seed)
  const phone = world.phone(visit.openid)
  const acts = [
    () => phone.codeOf('booking.reschedule', { bookingId: visit.bookingId, slotId: visit.slots[1] }),
    () => phone.codeOf('booking.reschedule', { bookingId: visit.bookingId, slotId: visit.slots[2] }),
    () => phone.codeOf('booking.cancel', { bookingId: visit.bookingId }),
  ].map((run) => ({ run, at: random() })).sort((a, b) => a.at - b.at)
  const codes = await Promise.all(acts.map(({ run }) => run()))
  for (const code of codes) expect(['OK', 'WRONG_STATE']).toContain(code)
  await sweep()
  expect((await standOf(visit)).booking.status).toBe('cancelled')
  await expectOne(visit, null)
})

test('against the worker who stands at the door: either it moved, or somebody is there', async () => {
  const visit = await aVisit(3)
  await world.phone('o_worker').do('visit.take', { bookingId: visit.bookingId })
  const { booking } = await standOf(visit)
  await world.emulator.moveTo(booking.startsAt - 5 * MINUTE)
  const { code } = await world.phone(visit.openid).do('visit.doorCode', { bookingId: visit.bookingId })
  await world.emulator.faults({ seed: 3, latencyMs: [0, 10] })
  const [moved, arrived] = await Promise.all([
    world.phone('o_social').codeOf('booking.reschedule', { bookingId: visit.bookingId, slotId: visit.slots[2], reason: '老人不舒服' }),
    world.phone('o_worker').codeOf('visit.checkIn', { bookingId: visit.bookingId, code }),
  ])
  expect([moved, arrived].filter((answer) => answer === 'OK')).toHaveLength(1)
  await sweep()
  expect((await standOf(visit)).booking.status).toBe(moved === 'OK' ? 'booked' : 'checkedIn')
  await expectOne(visit, moved === 'OK' ? visit.slots[2] : visit.slots[0])
})

test.each(killsOf(STEPS, 2))('killed $when database call $nth: with a seat all along, and asked again it has moved', async ({ nth, when }) => {
  const visit = await aVisit(72 + (Math.round(((await world.emulator.clock()).now - MONDAY_NINE) / HOUR) % 5))
  await world.phone('o_colleague').do('visit.take', { bookingId: visit.bookingId })
  await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
  const requestId = newRequestId()
  const ask = () => world.phone(visit.openid).ask('booking.reschedule', { bookingId: visit.bookingId, slotId: visit.slots[1] }, requestId)
  await ask().catch(() => null)
  const { booking, held, times } = await standOf(visit)
  expect({ isSeated: held.includes(booking.slotId), isTimed: times.includes(booking.startsAt) }).toEqual({ isSeated: true, isTimed: true })
  await sweep()
  await expectOne(visit, null)
  await ask()
  await sweep()
  await expectOne(visit, visit.slots[1])
  const settled = await world.writes()
  await world.emulator.fire('timers', 'settle')
  expect({ ...(await world.writes()), selfChecks: 0 }).toEqual({ ...settled, selfChecks: 0 })
  await world.phone(visit.openid).do('booking.cancel', { bookingId: visit.bookingId })
})

test('a move gets what a booking would: kept seats for the counter alone, nothing past those who wait, and no more than one person may have', async () => {
  const fair = { ...usualFair, version: 1, share: { seats: 1, daysBefore: 0, untilMinute: 1 }, limit: { most: 1, per: 'week' as const } }
  const visit = await aVisit()
  await world.addPerson('waiter', { openid: 'o_waiter', name: '示例老人' })
  const { startsAt, onDate } = await world.slot(visit.slots[2])
  const inTwoWeeks = (id: string, more: Partial<Slot>) => world.addSlot(`${visit.id}_${id}`, { startsAt: startsAt + 14 * DAY, endsAt: startsAt + 14 * DAY + HOUR, onDate: addDays(onDate, 14), fair, ...more })
  await inTwoWeeks('kept', { capacity: 1, kept: 1 })
  await inTwoWeeks('owed', { capacity: 1, holders: {} })
  const move = (openid: string, slotId: string) => world.phone(openid).codeOf('booking.reschedule', { bookingId: visit.bookingId, slotId })

  expect(await move(visit.openid, `${visit.id}_kept`)).toBe('SLOT_FULL')
  expect(await move('o_social', `${visit.id}_kept`)).toBe('OK')
  await sweep()
  await expectTimes(visit, [visit.bookingId])

  const { bookingId } = await world.phone('o_waiter').do('booking.book', { elderId: 'waiter', slotId: `${visit.id}_owed` })
  expect(await world.phone(visit.openid).codeOf('waitlist.join', { elderId: visit.id, slotId: `${visit.id}_owed` })).toBe('ELDER_BUSY')
  await world.addPerson('second', { openid: 'o_second', name: '示例老人' })
  await world.phone('o_second').do('waitlist.join', { elderId: 'second', slotId: `${visit.id}_owed` })
  await world.phone('o_waiter').do('booking.cancel', { bookingId })
  expect(await move('o_social', `${visit.id}_owed`)).toBe('SLOT_FULL')
  await world.emulator.fire('timers', 'lookAtWaitlists')
  expect(Object.keys((await world.slot(`${visit.id}_owed`)).holders)).toEqual(['second'])

  // One in that week already: another one may not move there, whoever asks; the one that is there may move within it.
  const other = await world.phone(visit.openid).do('booking.book', { elderId: visit.id, slotId: visit.slots[0] })
  await inTwoWeeks('more', { capacity: 2, startsAt: startsAt + 14 * DAY + 2 * HOUR, endsAt: startsAt + 14 * DAY + 3 * HOUR })
  for (const openid of [visit.openid, 'o_social']) expect(await world.phone(openid).codeOf('booking.reschedule', { bookingId: other.bookingId, slotId: `${visit.id}_more` })).toBe('LIMIT_OF_SERVICE')
  expect(await move(visit.openid, `${visit.id}_more`)).toBe('OK')
  await sweep()
  await expectTimes(visit, [other.bookingId, visit.bookingId])
})

/** Of this elder these bookings live, each with its one time. */
async function expectTimes(visit: Visit, bookingIds: readonly string[]): Promise<void> {
  const { people = [] } = await world.emulator.dump(['people'])
  const elder = people.find((one) => one['_id'] === visit.id) as unknown as Person
  expect(elder.busy.filter((time) => time.freedAt === null).map((time) => time.bookingId).sort()).toEqual([...bookingIds].sort())
  expect(await world.brokenLaws()).toEqual([])
}
