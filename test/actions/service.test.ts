/**
 * The catalogue through the real SDK: another week and another price from a day on while people book, a hold that series wait
 * for, an end, and what a call that was cut short leaves to the clock. What was booked stays as it was booked.
 */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { Message } from '../../src/domain/message'
import type { Series } from '../../src/domain/series'
import type { WeeklyOpening } from '../../src/domain/service-item'
import { heldIn, slotIdOf, type Slot } from '../../src/domain/slot'
import { isEveryStep } from '../support/kills'
import { activityOf, listed, nameOn } from './activity-world'
import { aHouse } from './bed-world'
import { aService } from './examples'
import { bathing, delegation, person, startWorld, type World } from './world'

let world: World
const admin = () => world.phone('o_admin')
const DAY2 = '2026-11-25'
const everyDay = (times: Readonly<Record<number, number>>): WeeklyOpening[] => [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) => Object.entries(times).map(([startMinute, capacity]) => ({ weekday, startMinute: Number(startMinute), capacity })))
const slotsOf = async (serviceItemId: string): Promise<Slot[]> => (((await world.emulator.dump(['slots']))['slots'] ?? []) as unknown as Slot[]).filter((slot) => slot.serviceItemId === serviceItemId)
const at = (serviceItemId: string, onDate: string, startMinute: number) => slotIdOf(serviceItemId, { onDate, startMinute })
const bookingOf = async (bookingId: string): Promise<Booking> => ((await world.emulator.dump(['bookings']))['bookings'] ?? []).find((one) => one['_id'] === bookingId) as unknown as Booking
/** A service with its slots open, for people of 华光城. */
async function opened(changes: Parameters<typeof aService>[1] = {}): Promise<string> {
  const serviceItemId = await aService(world, { communityIds: ['huaguang'], ...changes })
  await world.emulator.fire('timers', 'generateSlots')
  return serviceItemId
}

let serial = 0
async function anElder(): Promise<string> {
  const id = `planned${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人', ...delegation('daughter', '王敏') })
  return id
}

beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())

test('a new service is offered once it has times; an elder books it at the price of its day', async () => {
  const { serviceItemId } = await admin().do('service.create', { name: '修脚', summary: '师傅上门修脚', details: '带工具上门，修完打扫。价格为示例。', icon: 'scissors', cancelHours: 4, communityIds: ['huaguang'], bring: [], kind: 'homeCare', providerId: 'carehome', durationMinutes: 60, priceFen: 4000 })
  expect(await admin().codeOf('service.create', { name: '修脚', summary: '师傅上门修脚', details: '价格为示例。', icon: 'scissors', cancelHours: 4, communityIds: ['huaguang'], bring: [], kind: 'homeCare', providerId: 'nobody', durationMinutes: 60, priceFen: 4000 })).toBe('NO_MATCH')
  await admin().do('service.setWeekly', { serviceItemId, validFrom: DAY2, weekly: everyDay({ 600: 1 }) })
  await admin().do('service.setPrice', { serviceItemId, validFrom: '2026-11-27', priceFen: 5000, subsidy: null })
  const elderId = await anElder()
  const phone = world.phone(`o_${elderId}`)
  expect((await phone.do('catalogue.list', { elderId })).services.find((one) => one.serviceItemId === serviceItemId)).toMatchObject({ name: '修脚', priceFen: 4000, nextFreeAt: instantOf(DAY2, 600) })
  const { days } = await phone.do('catalogue.service', { elderId, serviceItemId })
  expect(days.map((day) => day.slots.map((slot) => slot.priceFen))).toEqual([[], [], [4000], [4000], [5000], [5000], [5000]])
  const early = await phone.do('booking.book', { elderId, slotId: at(serviceItemId, '2026-11-26', 600) })
  const late = await phone.do('booking.book', { elderId, slotId: at(serviceItemId, '2026-11-28', 600) })
  expect([(await bookingOf(early.bookingId)).priceFen, (await bookingOf(late.bookingId)).priceFen]).toEqual([4000, 5000])
  await admin().do('service.setPrice', { serviceItemId, validFrom: '2026-11-26', priceFen: 9000, subsidy: null })
  expect([(await bookingOf(early.bookingId)).priceFen, (await phone.do('booking.show', { bookingId: early.bookingId })).priceFen]).toEqual([4000, 4000])
  expect((await admin().do('admin.audit', {})).items.map((item) => item.what)).toEqual(expect.arrayContaining(['serviceSaved', 'weeklySet', 'priceSet']))
})

test('another week: previewed exactly as it then is, below what is booked refused, who is booked is named and served', async () => {
  const serviceItemId = await opened()
  const [one, other, third] = [await anElder(), await anElder(), await anElder()]
  const leaving = await world.phone(`o_${one}`).do('booking.book', { elderId: one, slotId: at(serviceItemId, DAY2, 540) })
  for (const elderId of [other, third]) await world.phone(`o_${elderId}`).do('booking.book', { elderId, slotId: at(serviceItemId, DAY2, 840) })
  const wish = { serviceItemId, validFrom: DAY2, weekly: everyDay({ 840: 1, 960: 3 }) }
  const before = await world.writes()
  const preview = await admin().do('service.previewWeekly', wish)
  expect(await world.writes()).toEqual(before)
  expect(preview.kept.map((slot) => slot.slotId)).toEqual([at(serviceItemId, DAY2, 540)])
  expect(preview.belowHeld).toMatchObject([{ slotId: at(serviceItemId, DAY2, 840), held: 2, from: 2, to: 1 }])
  expect(await admin().ask('service.setWeekly', wish)).toMatchObject({ error: { code: 'BELOW_HELD', details: { held: 2, times: 1 } } })
  expect(await world.writes()).toEqual(before)

  const there = (await slotsOf(serviceItemId)).map((slot) => slot._id)
  await admin().do('service.setWeekly', { ...wish, keepsBooked: true })
  const slots = await slotsOf(serviceItemId)
  const ids = slots.map((slot) => slot._id)
  expect(ids.filter((id) => !there.includes(id)).sort()).toEqual(preview.added.map((slot) => slot.slotId).sort())
  expect(there.filter((id) => !ids.includes(id)).sort()).toEqual(preview.removed.map((slot) => slot.slotId).sort())
  expect(slots.find((slot) => slot._id === at(serviceItemId, DAY2, 840))).toMatchObject({ capacity: 2, remaining: 0, isOpen: true })
  expect(slots.find((slot) => slot._id === at(serviceItemId, '2026-11-26', 840))).toMatchObject({ capacity: 1, remaining: 1 })
  expect((await admin().do('admin.service', { serviceItemId })).left).toMatchObject([{ slotId: at(serviceItemId, DAY2, 540), held: 1, isAsked: false }])
  expect(await admin().codeOf('service.askToCall', { slotId: at(serviceItemId, DAY2, 840) })).toBe('WRONG_STATE')
  expect(await admin().do('service.askToCall', { slotId: at(serviceItemId, DAY2, 540) })).toEqual({ toCall: 1 })
  expect((await world.phone('o_social').do('worker.today', {})).toCall.map((message) => message.personId)).toContain(one)
  expect((await admin().do('admin.service', { serviceItemId })).left).toMatchObject([{ isAsked: true }])
  expect(await world.phone(`o_${other}`).codeOf('booking.book', { elderId: other, slotId: at(serviceItemId, DAY2, 540) })).toBe('SLOT_CLOSED')
  expect((await world.phone(`o_${one}`).do('booking.show', { bookingId: leaving.bookingId })).status).toBe('booked')

  // Given back, its time goes with the next look of the clock; days that open later follow the new week.
  await world.phone(`o_${one}`).do('booking.cancel', { bookingId: leaving.bookingId })
  await admin().do('service.edit', { serviceItemId, name: '示例新名', summary: '上门做', details: '价格为示例。', icon: 'bath', cancelHours: 2, communityIds: ['huaguang'], bring: [] })
  expect((await slotsOf(serviceItemId)).map((slot) => slot._id)).not.toContain(at(serviceItemId, DAY2, 540))
  expect((await slotsOf(serviceItemId)).every((slot) => slot.serviceName === '示例新名' && slot.cancelHours === 2)).toBe(true)
  expect(await world.brokenLaws()).toEqual([])
})

test('a week that changes while forty book: each has a seat or a true answer, and law 1 holds', async () => {
  const serviceItemId = await opened({ weekly: everyDay({ 540: 8, 660: 8, 780: 8 }) })
  const people = Array.from({ length: 40 }, (_, index) => `crowd${index}`)
  await world.emulator.insert('people', people.map((id) => person(id, { accountId: `o_${id}`, name: '示例老人' })))
  await world.emulator.insert('accounts', people.map((id) => ({ _id: `o_${id}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: id, name: '示例老人', grants: [], requests: {} })))
  await world.emulator.faults({ seed: 7, latencyMs: [0, 8] })
  const [changed, ...codes] = await Promise.all([
    admin().codeOf('service.setWeekly', { serviceItemId, validFrom: DAY2, weekly: everyDay({ 660: 2, 900: 4 }), keepsBooked: true }),
    ...people.map((elderId, index) => world.phone(`o_${elderId}`).codeOf('booking.book', { elderId, slotId: at(serviceItemId, DAY2, [540, 660, 780][index % 3] ?? 540) })),
  ])
  await world.emulator.faults({})
  expect(changed).toBe('OK')
  expect(codes.filter((code) => !['OK', 'SLOT_FULL', 'SLOT_CLOSED', 'NOT_FOUND', 'TRY_AGAIN'].includes(code))).toEqual([])
  const slots = await slotsOf(serviceItemId)
  const booked = ((await world.emulator.dump(['bookings']))['bookings'] ?? []).filter((booking) => booking['serviceItemId'] === serviceItemId)
  expect(booked).toHaveLength(codes.filter((code) => code === 'OK').length)
  expect(slots.reduce((sum, slot) => sum + heldIn(slot), 0)).toBe(booked.length)
  expect(slots.filter((slot) => slot.onDate === '2026-11-26').map((slot) => slot.capacity).sort()).toEqual([2, 4])
  expect(await world.brokenLaws()).toEqual([])
})

test('a hold: nothing new, what is booked stays, a series waits and says so once, and goes on when it is over', async () => {
  const serviceItemId = await opened()
  const [elderId, other] = [await anElder(), await anElder()]
  const { seriesId } = await world.phone('o_daughter').do('series.start', { elderId, serviceItemId, firstOn: '2026-12-03', startMinute: 540, every: 1, count: 3, choices: [] })
  const stored = async (): Promise<Series> => ((await world.emulator.dump(['series']))['series'] ?? []).find((one) => one['_id'] === seriesId) as unknown as Series
  const states = async () => (await stored()).dates.map((date) => date.state)
  expect(await states()).toEqual(['booked', 'planned', 'planned'])
  expect(await admin().do('service.hold', { serviceItemId, why: '护理员培训' })).toEqual({ booked: 1 })
  expect(await admin().codeOf('service.hold', { serviceItemId, why: '再停一次' })).toBe('WRONG_STATE')
  expect(await world.phone(`o_${other}`).codeOf('booking.book', { elderId: other, slotId: at(serviceItemId, DAY2, 540) })).toBe('SLOT_CLOSED')
  expect((await world.phone(`o_${other}`).do('catalogue.list', { elderId: other })).services.map((one) => one.serviceItemId)).not.toContain(serviceItemId)
  expect(await world.phone(`o_${other}`).do('catalogue.service', { elderId: other, serviceItemId })).toMatchObject({ service: { holdWhy: '护理员培训', nextFreeAt: null } })
  // A closed day that opens again opens nothing of a service on hold.
  for (const isClosed of [true, false]) await admin().do('calendar.setClosedDay', { onDate: '2026-11-28', name: '检修', isClosed })
  expect((await slotsOf(serviceItemId)).every((slot) => !slot.isOpen)).toBe(true)

  await world.emulator.moveTo(instantOf('2026-11-27', 30))
  for (let round = 0; round < 3; round++) {
    await world.emulator.fire('timers', 'bookSeries')
    await world.emulator.pass(6 * MINUTE)
  }
  expect(await states()).toEqual(['booked', 'planned', 'planned'])
  const told = (((await world.emulator.dump(['messages']))['messages'] ?? []) as unknown as Message[]).filter((message) => message.page.includes(seriesId))
  expect(told.map((message) => [message.personId, message.gist.includes('护理员培训')])).toEqual([['daughter', true]])

  await admin().do('service.reopen', { serviceItemId })
  await world.emulator.fire('timers', 'bookSeries')
  expect(await states()).toEqual(['booked', 'booked', 'planned'])
  expect((await slotsOf(serviceItemId)).filter((slot) => slot.startsAt > instantOf('2026-11-27', 60)).every((slot) => slot.isOpen)).toBe(true)
  expect(await world.brokenLaws()).toEqual([])
}, 60_000)

test('an end: free times from that day on go, booked ones are counted and stay', async () => {
  const serviceItemId = await opened()
  const elderId = await anElder()
  await world.phone(`o_${elderId}`).do('booking.book', { elderId, slotId: at(serviceItemId, '2026-12-05', 540) })
  expect(await admin().do('service.end', { serviceItemId, fromOn: '2026-12-04', why: '师傅退休了' })).toEqual({ booked: 1 })
  const slots = await slotsOf(serviceItemId)
  expect(slots.filter((slot) => slot.onDate >= '2026-12-04').map((slot) => [slot._id, slot.isOpen])).toEqual([[at(serviceItemId, '2026-12-05', 540), false]])
  expect((await admin().do('admin.catalogue', {})).services.find((one) => one.serviceItemId === serviceItemId)).toMatchObject({ state: 'ending', endsOn: '2026-12-04', why: '师傅退休了' })
})

test('what a price would have changed last month is computed from what was booked, and of beds from who they are', async () => {
  const house = await aHouse(world, 'dayCare')
  const elderId = await anElder()
  const made = (id: string, more: Partial<Booking>) => ({ _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', elderId, serviceItemId: house._id, providerId: house.providerId, onDate: '2026-10-12', startsAt: instantOf('2026-10-12', 540), endsAt: instantOf('2026-10-12', 780), status: 'verified', priceFen: 12_000, unsettledAt: null, timeline: [], kind: 'dayCare', bed: { sort: 'dayCare', bring: [], quote: { priceFen: 12_000, subsidyFen: 4000, payFen: 8000, reasons: [] }, nights: [], bedNo: null }, ...more })
  await world.emulator.insert('bookings', [made('last1', {}), made('last2', { onDate: '2026-10-13', status: 'cancelled' }), made('last3', { onDate: '2026-09-30' })])
  const subsidy = { bands: [{ fromAge: 80, subsidyFen: 6000 }], hardshipFen: { none: 0 as const, lowIncome: 0, extreme: 0 }, leastPayFen: 3000 }
  expect(await admin().do('service.previewPrice', { serviceItemId: house._id, validFrom: addDays('2026-11-27', 5), priceFen: 10_000, subsidy })).toEqual({
    month: '2026-10', bookings: 1, elders: 1, before: { priceFen: 12_000, subsidyFen: 4000, payFen: 8000 }, after: { priceFen: 10_000, subsidyFen: 6000, payFen: 4000 }, payMore: 0, payLess: 1, isPartial: false,
  })
  expect(await admin().codeOf('service.previewPrice', { serviceItemId: bathing._id, validFrom: '2026-12-05', priceFen: 10_000, subsidy })).toBe('BAD_INPUT')
})

/** Which of the writes to slots the function dies before; every one of them with EVERY_STEP=1. */
const steps = isEveryStep ? Array.from({ length: 40 }, (_, index) => index + 1) : [2]

test.each(steps)('cut short before write %i to a slot, the clock brings the slots there', async (nth) => {
  const serviceItemId = await opened()
  await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: 'before', only: { functions: ['api'], collections: ['slots'], operations: ['database.modifyDocument', 'database.insertDocument', 'database.removeDocument'] } })
  await admin().raw({ action: 'service.hold', input: { serviceItemId, why: '停水' }, requestId: `hold-and-die-${nth}`, contractVersion: 1 }).catch(() => undefined)
  await world.emulator.faults({})
  if (nth === 2) expect((await slotsOf(serviceItemId)).some((slot) => slot.isOpen)).toBe(true)
  await world.emulator.pass(3 * MINUTE)
  await world.emulator.fire('timers', 'settle')
  const { now } = await world.emulator.clock()
  expect((await slotsOf(serviceItemId)).filter((slot) => slot.startsAt > now && slot.isOpen)).toEqual([])
})

test('fewer places than names on the list of an activity are refused, as of every other kind', async () => {
  const slot = activityOf('coming', (await world.emulator.clock()).now, 'social')
  const names = [nameOn(slot, { _id: 'mother', name: '王秀珍' }, 'booked'), nameOn(slot, { _id: 'neighbour', name: '周福生' }, 'booked')]
  await world.emulator.insert('slots', [listed(slot, names)])
  expect(await admin().ask('slot.setCapacity', { slotId: slot._id, capacity: 1 })).toMatchObject({ error: { code: 'BELOW_HELD', details: { held: 2 } } })
  expect(await admin().codeOf('slot.setCapacity', { slotId: slot._id, capacity: 2 })).toBe('OK')
})
