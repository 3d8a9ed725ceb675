/**
 * Beds through the real SDK: all nights or none, whoever else wants one and wherever the function is killed; longer and
 * shorter; received by the house; trained staff. Each database call in turn, before and after it, with EVERY_STEP=1.
 */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { Person } from '../../src/domain/person'
import type { Slot } from '../../src/domain/slot'
import { slotIdsOf } from '../../src/domain/booking-record'
import { killsOf } from '../support/kills'
import { aGuest, aHouse, aMemoryNight, atTheHouse, nightsFrom, theNurse } from './bed-world'
import { newRequestId, startWorld, type World } from './world'

const BOOKING_CALLS = 12
const EXTENDING_CALLS = 10

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

const today = async (): Promise<string> => civilDate((await world.emulator.clock()).now)

/** A house with its nights, from the day after tomorrow, and somebody who wants to stay. */
async function aPlan(nights: number, changes: Partial<Slot> = {}) {
  const [item, elderId] = [await aHouse(world), await aGuest(world)]
  const fromOn = addDays(await today(), 2)
  const slotIds = await nightsFrom(world, item, fromOn, nights, { capacity: 1, remaining: 1, ...changes })
  const day = (index: number): string => addDays(fromOn, index)
  const input = (from: number, to: number, who = elderId) => ({ elderId: who, serviceItemId: item._id, fromOn: day(from), toOn: day(to) })
  return { item, elderId, slotIds, day, input, phone: world.phone(`o_${elderId}`) }
}
type Plan = Awaited<ReturnType<typeof aPlan>>

async function standOf(plan: Plan, elderId = plan.elderId) {
  const { bookings = [], slots = [], people = [] } = await world.emulator.dump(['bookings', 'slots', 'people'])
  const live = (bookings as unknown as readonly Booking[]).filter((one) => one.elderId === elderId && one.status !== 'cancelled')
  const held = (slots as unknown as readonly Slot[]).filter((slot) => plan.slotIds.includes(slot._id) && slot.holders[elderId] !== undefined).map((slot) => slot._id).sort()
  const times = (people as unknown as readonly Person[]).find((one) => one._id === elderId)?.busy.filter((time) => time.freedAt === null).map(({ from, to }) => ({ from, to }))
  return { live, held, times }
}
/** As many stays as are named, each with its seats and its one time, and nothing beside them. */
async function expectWhole(plan: Plan, nights: readonly number[], elderId = plan.elderId): Promise<void> {
  const { live, held, times } = await standOf(plan, elderId)
  expect({ stays: live.map((one) => one.bed?.nights.length), held, times }).toEqual({
    stays: nights, held: live.flatMap((one) => slotIdsOf(one)).sort(), times: live.map((one) => ({ from: one.startsAt, to: one.endsAt })),
  })
}
async function sweep(): Promise<void> {
  await world.emulator.faults({})
  await world.emulator.pass(10 * MINUTE)
  await world.emulator.fire('timers', 'settle')
}
async function costOf(run: () => Promise<unknown>) {
  const { latest } = await world.emulator.calls()
  await run()
  const [row] = (await world.emulator.calls(latest)).rows.filter((one) => one.function === 'api')
  return { dbCalls: row?.dbCalls, isLean: (row?.scanned ?? 99) <= 1.1 * Math.max(1, row?.returned ?? 0) }
}

test('a daughter books seven nights: 12 database calls, priced by age, on each day of the family’s calendar', async () => {
  const item = await aHouse(world)
  const fromOn = '2026-12-20'
  await nightsFrom(world, item, fromOn, 14)
  const shown = await costOf(() => world.phone('o_daughter').do('stay.show', { elderId: 'mother', serviceItemId: item._id }))
  expect(shown.dbCalls).toBe(5)
  let bookingId = ''
  // Account, elder, the nights in one query; seven seats, the elder's time, the booking.
  expect(await costOf(async () => { ({ bookingId } = await world.phone('o_daughter').do('stay.book', { elderId: 'mother', serviceItemId: item._id, fromOn, toOn: '2026-12-27', note: '睡觉轻' })) })).toEqual({ dbCalls: 12, isLean: true })
  const view = await world.phone('o_mother').do('booking.show', { bookingId })
  expect(view).toMatchObject({ kind: 'stay', priceFen: 84_000, bed: { nights: 7, toOn: '2026-12-27', quote: { subsidyFen: 28_000, payFen: 56_000 } }, timeline: [{ what: 'booked', as: 'family', kinship: '女儿' }] })
  const { items } = await world.phone('o_daughter').do('calendar.month', { month: '2026-12' })
  expect(items.filter((one) => one.bookingId === bookingId).map((one) => one.onDate)).toEqual(Array.from({ length: 8 }, (_, index) => addDays(fromOn, index)))
  // January's page begins with Monday the 28th: the stay is over by then.
  const { items: other } = await world.phone('o_daughter').do('calendar.month', { month: '2027-01' })
  expect(other.filter((one) => one.bookingId === bookingId)).toEqual([])
  // The bath that would be given at home meanwhile.
  await world.addSlot('bathmeanwhile', { startsAt: instantOf('2026-12-22', 600), endsAt: instantOf('2026-12-22', 660), onDate: '2026-12-22' })
  expect(await world.phone('o_mother').codeOf('booking.book', { elderId: 'mother', slotId: 'bathmeanwhile' })).toBe('ELDER_BUSY')
  expect(await world.phone('o_neighbour').codeOf('stay.leaveEarly', { bookingId, toOn: '2026-12-22' })).toBe('NOT_FOUND')
  await world.phone('o_mother').do('booking.cancel', { bookingId })
  expect(await world.phone('o_mother').codeOf('booking.book', { elderId: 'mother', slotId: 'bathmeanwhile' })).toBe('OK')
  expect(await world.brokenLaws()).toEqual([])
})

test('bad wishes are refused with their reason, and nothing is written', async () => {
  const plan = await aPlan(6)
  const memory = await aMemoryNight(world)
  const whole = await world.phone('o_social').do('stay.book', plan.input(4, 6, await aGuest(world)))
  await world.emulator.insert('slots', [])
  await world.phone('o_admin').do('calendar.setClosedDay', { onDate: plan.day(3), name: '检修', isClosed: true })
  const before = await world.writes()
  const code = (from: number, to: number) => plan.phone.codeOf('stay.book', plan.input(from, to))
  expect(await code(1, 1)).toBe('BAD_INPUT')
  expect(await code(2, 1)).toBe('BAD_INPUT')
  expect(await code(0, 400)).toBe('STAY_LENGTH')
  expect(await plan.phone.ask('stay.book', plan.input(2, 4))).toMatchObject({ ok: false, error: { code: 'SLOT_CLOSED', details: { onDate: plan.day(3) } } })
  expect(await code(0, 8)).toBe('SLOT_CLOSED')
  expect(await plan.phone.ask('stay.book', plan.input(4, 5))).toMatchObject({ ok: false, error: { code: 'SLOT_FULL', details: { onDate: plan.day(4) } } })
  expect(await plan.phone.codeOf('stay.book', { ...plan.input(0, 1), serviceItemId: 'bathing' })).toBe('NOT_FOUND')
  expect(await plan.phone.codeOf('stay.book', { ...plan.input(0, 1), serviceItemId: memory.item._id, fromOn: memory.onDate, toOn: addDays(memory.onDate, 1) })).toBe('NO_TRAINED_STAFF')
  expect(await world.phone('o_neighbour').codeOf('stay.book', plan.input(0, 1))).toBe('NOT_FOUND')
  expect(await world.phone('o_admin').codeOf('slot.setCapacity', { slotId: plan.slotIds[4] ?? '', capacity: 0 })).toBe('BELOW_HELD')
  expect(await plan.phone.codeOf('booking.book', { elderId: plan.elderId, slotId: plan.slotIds[0] ?? '' })).toBe('NOT_FOUND')
  expect(await plan.phone.codeOf('waitlist.join', { elderId: plan.elderId, slotId: plan.slotIds[4] ?? '' })).toBe('NOT_FOUND')
  expect(await world.phone('o_social').codeOf('stay.extend', { bookingId: whole.bookingId, toOn: plan.day(40) })).toBe('STAY_LENGTH')
  expect(await world.writes()).toEqual(before)
})

test('the last bed from two phones, and stays that share one night: one has it, whole, and the other nothing', async () => {
  for (let round = 0; round < 3; round++) {
    const plan = await aPlan(5)
    const other = await aGuest(world)
    const codes = await Promise.all([plan.phone.codeOf('stay.book', plan.input(0, 3)), world.phone(`o_${other}`).codeOf('stay.book', plan.input(round, round + 2, other))])
    expect([...codes].sort()).toEqual(['OK', 'SLOT_FULL'])
    await expectWhole(plan, codes[0] === 'OK' ? [3] : [])
    await expectWhole(plan, codes[1] === 'OK' ? [2] : [], other)
  }
  expect(await world.brokenLaws()).toEqual([])
})

test('many phones, two beds: as many stays as fit, never a night too many', async () => {
  const plan = await aPlan(4, { capacity: 2, remaining: 2 })
  const guests = await Promise.all(Array.from({ length: 6 }, () => aGuest(world)))
  const codes = await Promise.all(guests.map((id) => world.phone(`o_${id}`).codeOf('stay.book', plan.input(0, 4, id))))
  expect(codes.filter((code) => code === 'OK')).toHaveLength(2)
  expect(codes.filter((code) => code === 'SLOT_FULL')).toHaveLength(4)
  expect(await world.brokenLaws()).toEqual([])
})

const killAt = (nth: number, when: 'before' | 'after') => world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })

test.each(killsOf(BOOKING_CALLS, 2))('booking killed $when call $nth: swept to nothing or to all of it; asked again it is whole', async ({ nth, when }) => {
  const [plan, plan2] = [await aPlan(7), await aPlan(7)]
  const key = newRequestId()
  for (const { phone, input } of [plan, plan2]) {
    await killAt(nth, when)
    await phone.ask('stay.book', input(0, 7), key + (phone === plan.phone ? 'a' : 'b')).catch(() => null)
    await world.emulator.faults({})
  }
  expect(await plan2.phone.codeOf('stay.book', plan2.input(0, 7), `${key}b`)).toBe('OK')
  await sweep()
  await expectWhole(plan2, [7])
  const { live } = await standOf(plan)
  await expectWhole(plan, live.map(() => 7))
  // What one left is another's.
  if (live.length === 0) expect(await world.phone('o_social').codeOf('stay.book', plan.input(0, 7, await aGuest(world)))).toBe('OK')
  const settled = await world.writes()
  await world.emulator.fire('timers', 'settle')
  expect({ ...(await world.writes()), selfChecks: 0 }).toEqual({ ...settled, selfChecks: 0 })
  expect(await world.brokenLaws()).toEqual([])
})

test.each(killsOf(EXTENDING_CALLS, 1))('extending killed $when call $nth: the stay is whole all along, and asked again it is longer', async ({ nth, when }) => {
  const plan = await aPlan(5)
  const { bookingId } = await plan.phone.do('stay.book', plan.input(0, 2))
  const key = newRequestId()
  await killAt(nth, when)
  await plan.phone.ask('stay.extend', { bookingId, toOn: plan.day(4) }, key).catch(() => null)
  await sweep()
  const { live } = await standOf(plan)
  await expectWhole(plan, [live[0]?.bed?.nights.length ?? 0])
  expect(await world.brokenLaws()).toEqual([])
  expect(await plan.phone.codeOf('stay.extend', { bookingId, toOn: plan.day(4) }, key)).toBe('OK')
  await sweep()
  await expectWhole(plan, [4])
})

test('longer: not into another’s night nor past another thing of the elder’s; two who extend at once make it longer once', async () => {
  const plan = await aPlan(6)
  const other = await aGuest(world)
  const { bookingId } = await plan.phone.do('stay.book', plan.input(0, 2))
  const theirs = await world.phone(`o_${other}`).do('stay.book', plan.input(4, 6, other))
  expect(await plan.phone.ask('stay.extend', { bookingId, toOn: plan.day(5) })).toMatchObject({ ok: false, error: { code: 'SLOT_FULL', details: { onDate: plan.day(4) } } })
  await expectWhole(plan, [2])
  // A race for one night between who extends and who is new.
  const third = await aGuest(world)
  const race = await Promise.all([plan.phone.codeOf('stay.extend', { bookingId, toOn: plan.day(3) }), world.phone(`o_${third}`).codeOf('stay.book', plan.input(2, 3, third))])
  expect([...race].sort()).toEqual(['OK', 'SLOT_FULL'])
  if (race[1] === 'OK') {
    const { bookings = [] } = await world.emulator.dump(['bookings'])
    await world.phone(`o_${third}`).do('booking.cancel', { bookingId: String(bookings.find((one) => one['elderId'] === third)?.['_id']) })
    await plan.phone.do('stay.extend', { bookingId, toOn: plan.day(3) })
  }
  await world.phone(`o_${other}`).do('booking.cancel', { bookingId: theirs.bookingId })
  const twice = await Promise.all([plan.phone.codeOf('stay.extend', { bookingId, toOn: plan.day(4) }), world.phone('o_social').codeOf('stay.extend', { bookingId, toOn: plan.day(5) })])
  expect(twice).toContain('OK')
  await sweep()
  const { live } = await standOf(plan)
  await expectWhole(plan, [live[0]?.bed?.nights.length ?? 0])
  await world.addSlot(`visit${bookingId}`, { startsAt: instantOf(plan.day(5), 16 * 60), endsAt: instantOf(plan.day(5), 17 * 60), onDate: plan.day(5) })
  if (live[0]?.bed?.nights.length === 4) {
    await plan.phone.do('booking.book', { elderId: plan.elderId, slotId: `visit${bookingId}` })
    expect(await plan.phone.codeOf('stay.extend', { bookingId, toOn: plan.day(6) })).toBe('ELDER_BUSY')
  }
  expect(await world.brokenLaws()).toEqual([])
})

test('earlier: the later nights are another’s at once, and the price follows', async () => {
  const plan = await aPlan(4)
  const { bookingId } = await plan.phone.do('stay.book', plan.input(0, 4))
  expect((await costOf(() => plan.phone.do('stay.leaveEarly', { bookingId, toOn: plan.day(2), reason: '孙子来接' }))).dbCalls).toBeLessThanOrEqual(10)
  await expectWhole(plan, [2])
  expect(await world.phone('o_social').codeOf('stay.book', plan.input(2, 4, await aGuest(world)))).toBe('OK')
  expect(await plan.phone.codeOf('stay.extend', { bookingId, toOn: plan.day(3) })).toBe('SLOT_FULL')
  expect(await plan.phone.do('booking.show', { bookingId })).toMatchObject({ priceFen: 24_000, bed: { quote: { payFen: 16_000 } } })
  await world.emulator.fire('timers', 'lookAtBookings')
  expect(await world.brokenLaws()).toEqual([])
})

test('the house receives: a bed for each, the code of the elder’s phone, and the way out as of every service', async () => {
  const plan = await aPlan(2, { capacity: 2, remaining: 2 })
  const other = await aGuest(world)
  const { bookingId } = await plan.phone.do('stay.book', plan.input(0, 2))
  const second = await world.phone('o_social').do('stay.book', plan.input(0, 2, other))
  expect(await world.phone('o_worker').codeOf('bed.arrive', { bookingId, bedNo: 1 })).toBe('TOO_EARLY')
  await world.emulator.passTo(instantOf(plan.day(0), 14 * 60 + 10))
  const { code } = await plan.phone.do('visit.doorCode', { bookingId })
  expect(await world.phone('o_rival').codeOf('bed.arrive', { bookingId, bedNo: 1 })).toBe('NOT_FOUND')
  expect(await world.phone('o_worker').codeOf('visit.checkIn', { bookingId, code })).toBe('NOT_FOUND')
  expect(await world.phone('o_worker').codeOf('bed.arrive', { bookingId, bedNo: 3 })).toBe('BAD_INPUT')
  const both = await Promise.all([world.phone('o_worker').codeOf('bed.arrive', { bookingId, bedNo: 1, code }), world.phone('o_colleague').codeOf('bed.arrive', { bookingId: second.bookingId, bedNo: 1 })])
  expect([...both].sort()).toEqual(['BED_TAKEN', 'OK'])
  const late = both[0] === 'OK' ? { bookingId: second.bookingId, bedNo: 2 } : { bookingId, bedNo: 2, code }
  await world.phone('o_colleague').do('bed.arrive', late)
  const board = await world.phone('o_worker').do('bed.board', { serviceItemId: plan.item._id })
  expect(board.guests.map((guest) => guest.placedIn).sort()).toEqual([1, 2])
  expect((await costOf(() => world.phone('o_worker').do('bed.board', { serviceItemId: plan.item._id }))).dbCalls).toBeLessThanOrEqual(5)
  // While it lasts it is among what comes, for the family and at the counter; then home early, with the code again.
  await world.emulator.passTo(instantOf(plan.day(1), 9 * 60))
  for (const when of ['coming', 'past'] as const) expect((await plan.phone.do('booking.list', { elderId: plan.elderId, when })).items.map((one) => one.bookingId)).toEqual(when === 'coming' ? [bookingId] : [])
  expect((await plan.phone.do('home.show', {})).next.map((one) => one.bookingId)).toEqual([bookingId])
  expect((await world.phone('o_social').do('person.show', { personId: plan.elderId })).coming.map((one) => one.bookingId)).toEqual([bookingId])
  const out = await plan.phone.do('visit.doorCode', { bookingId })
  await world.phone('o_colleague').do('bed.depart', { bookingId, code: out.code })
  await expectWhole(plan, [1])
  expect(await world.phone('o_colleague').codeOf('visit.confirm', { bookingId, satisfaction: 'satisfied' })).toBe('NOT_FOUND')
  await plan.phone.do('visit.confirm', { bookingId, satisfaction: 'satisfied' })
  await world.phone('o_social').do('visit.verify', { bookingId, outcome: 'verified' })
  // The bed is the next one's; whoever left by the word of the house alone is looked at by a person.
  await world.phone('o_worker').do('bed.depart', { bookingId: second.bookingId })
  expect((await world.phone(`o_${other}`).do('booking.show', { bookingId: second.bookingId })).missing).toContain('strongProof')
  expect(await world.brokenLaws()).toEqual([])
})

test('half a day is booked, moved and waited for like a visit, and received like a stay; family receives nobody', async () => {
  const { bookingId, elderId } = await atTheHouse(world, 'booked')
  expect(await world.phone(`o_${elderId}`).do('booking.show', { bookingId })).toMatchObject({ kind: 'dayCare', bed: { nights: 0, quote: { payFen: 3000 } } })
  expect(await world.phone('o_worker').codeOf('visit.take', { bookingId })).toBe('NOT_FOUND')
  const kin = await aGuest(world, { kinIds: ['worker'] })
  await world.addSlot('kinhalf', { ...(await world.slot((await halfOf(bookingId)).slotId)), _id: 'kinhalf', holders: {}, remaining: 4 })
  const theirs = await world.phone(`o_${kin}`).do('booking.book', { elderId: kin, slotId: 'kinhalf' })
  expect(await world.phone('o_worker').codeOf('bed.arrive', { bookingId: theirs.bookingId, bedNo: 2 })).toBe('OWN_CASE')
  await world.phone('o_worker').do('bed.arrive', { bookingId, bedNo: 1 })
  expect((await world.phone('o_worker').do('visit.mine', {})).today.map((one) => one.bookingId)).not.toContain(bookingId)
  await world.emulator.pass(2 * HOUR)
  await world.phone('o_colleague').do('bed.depart', { bookingId })
  expect(await world.brokenLaws()).toEqual([])
})
async function halfOf(bookingId: string): Promise<Booking> {
  const { bookings = [] } = await world.emulator.dump(['bookings'])
  return bookings.find((one) => one['_id'] === bookingId) as unknown as Booking
}

test('a memory bed is held only while somebody trained is on shift', async () => {
  const { slotId, item, onDate } = await aMemoryNight(world)
  const [nurse, elderId] = [world.phone(await theNurse(world)), await aGuest(world)]
  const input = { elderId, serviceItemId: item._id, fromOn: onDate, toOn: addDays(onDate, 1) }
  expect(await world.phone('o_worker').codeOf('bed.setShift', { slotId, isOn: true })).toBe('SKILL_MISSING')
  expect(await world.phone('o_social').codeOf('stay.book', input)).toBe('NO_TRAINED_STAFF')
  await nurse.do('bed.setShift', { slotId, isOn: true })
  const [booked, left] = await Promise.all([world.phone('o_social').codeOf('stay.book', input), nurse.codeOf('bed.setShift', { slotId, isOn: false })])
  expect([booked, left].sort()).toEqual(['NO_TRAINED_STAFF', 'OK'])
  expect(await world.brokenLaws()).toEqual([])
  // An administrator records who is trained; who was erased stands on no shift.
  await world.phone('o_admin').do('staff.grant', { personId: 'colleague', role: 'careWorker', providerId: 'carehome', isTrained: true })
  expect(await world.phone('o_colleague').codeOf('bed.setShift', { slotId, isOn: true })).toBe('OK')
  await world.phone('o_colleague').do('account.erase', { confirmName: '赵军' })
  expect(JSON.stringify(await world.slot(slotId))).not.toContain('赵军')
})
