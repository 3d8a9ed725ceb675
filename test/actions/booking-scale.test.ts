/**
 * Bookings at scale: what is shown of a service, a day or a person costs the same whatever is stored. `npm test` holds a
 * sample; BOOKINGS=100000 (in `npm run test:long`) the whole. What was measured is printed.
 */
import type { ActionName, InputOf } from '../../src/contract'
import { book } from '../../src/domain/booking'
import type { Booking, By } from '../../src/domain/booking-record'
import { addDays, civilDate, HOUR, instantOf } from '../../src/domain/civil-time'
import { slotIdOf, type Slot } from '../../src/domain/slot'
import { aHouse, nightsFrom } from './bed-world'
import { insertAll } from './ledger-store'
import { bathing, MONDAY_NINE, person, slotOf, startWorld, type World } from './world'

const BOOKINGS = Number(process.env['BOOKINGS'] ?? 1_500)
/** Seats at one time of a day; with them a day of the past holds sixty visits. */
const SEATS = 20
const today = civilDate(MONDAY_NINE)
const elderBy = (personId: string): By => ({ personId, name: '示例老人', as: 'elder', kinship: null, scope: null })

let world: World
const figures: Record<string, string> = {}
let house: string
beforeAll(async () => {
  world = await startWorld()
  await world.emulator.insert('serviceItems', [{ ...bathing, _id: 'busy', weekly: bathing.weekly.map((opening) => ({ ...opening, capacity: SEATS })) }])
  await fill(BOOKINGS)
  const item = await aHouse(world)
  house = item._id
  await nightsFrom(world, item, addDays(today, 2), 12, { capacity: 4, remaining: 4 })
  await world.emulator.fire('timers', 'generateSlots')
}, 3_600_000)
afterAll(async () => {
  console.log(JSON.stringify(figures))
  await world.stop()
})

/** Visits of everybody, backwards from the coming week; the mother has one every third day. */
async function fill(count: number): Promise<void> {
  const elders = Array.from({ length: Math.max(120, Math.ceil(count / 100)) }, (_, index) => `stored${index}`)
  await insertAll(world, 'people', elders.map((id) => person(id)))
  let made = 0
  for (let day = 6; made < count; day--) {
    const onDate = addDays(today, day)
    const isOver = day < 0
    const [slots, bookings]: [Slot[], Booking[]] = [[], []]
    for (const [index, startMinute] of [540, 630, 840].entries()) {
      const startsAt = instantOf(onDate, startMinute)
      const slot = slotOf(slotIdOf('busy', { onDate, startMinute }), { serviceItemId: 'busy', onDate, startsAt, endsAt: startsAt + HOUR, capacity: SEATS + 2 })
      const seated = Array.from({ length: Math.min(SEATS, count - made) }, (_, seat) => (index === 0 && seat === 0 && day % 3 === 0 ? 'mother' : elders[(made + seat) % elders.length] ?? ''))
      const ofSlot = seated.map((elderId): Booking => {
        const bookingId = `${slot._id}_${elderId}`
        const booking = book(slot, { _id: elderId, name: '示例老人', communityId: 'huaguang' }, { bookingId, key: bookingId, hash: 'h', doorKey: 'd', note: null }, elderBy(elderId), startsAt - 48 * HOUR)
        return { ...booking, told: ['booked_0'], ...(isOver ? { status: 'verified' as const, openFor: null, dueAt: null, review: null } : {}) }
      })
      made += ofSlot.length
      bookings.push(...ofSlot)
      slots.push({ ...slot, remaining: slot.capacity - ofSlot.length, holders: Object.fromEntries(ofSlot.map((booking) => [booking.elderId, { bookingId: booking._id, at: 1 }])) })
    }
    await insertAll(world, 'slots', slots)
    await insertAll(world, 'bookings', bookings)
  }
}

async function costOf<A extends ActionName>(openid: string, action: A, input: InputOf<A>) {
  const { latest } = await world.emulator.calls()
  const output = await world.phone(openid).do(action, input)
  const rows = (await world.emulator.calls(latest)).rows.filter((one) => one.function === 'api')
  expect(rows).toHaveLength(1)
  const [row] = rows
  return { output, dbCalls: row?.dbCalls ?? Number.NaN, scanned: row?.scanned ?? Number.NaN, returned: row?.returned ?? Number.NaN }
}

/** @param most database calls that it may make */
async function within<A extends ActionName>(openid: string, action: A, input: InputOf<A>, most: number) {
  const cost = await costOf(openid, action, input)
  figures[action] = `${cost.dbCalls} calls, ${cost.scanned}/${cost.returned}`
  expect({ action, dbCalls: cost.dbCalls, isWithin: cost.dbCalls <= most }).toMatchObject({ isWithin: true })
  expect({ action, scanned: cost.scanned, returned: cost.returned, isWithin: cost.scanned <= cost.returned * 1.1 }).toMatchObject({ isWithin: true })
  return cost.output
}

describe(`${BOOKINGS} bookings`, () => {
  test.each<[string, ActionName, () => object, number]>([
    ['o_mother', 'catalogue.list', () => ({ elderId: 'mother' }), 7],
    ['o_mother', 'catalogue.service', () => ({ elderId: 'mother', serviceItemId: 'busy' }), 6],
    ['o_mother', 'booking.list', () => ({ elderId: 'mother', when: 'coming' }), 5],
    ['o_mother', 'booking.list', () => ({ elderId: 'mother', when: 'past' }), 5],
    ['o_mother', 'home.show', () => ({}), 13],
    ['o_daughter', 'calendar.month', () => ({ month: today.slice(0, 7) }), 8],
    ['o_worker', 'visit.mine', () => ({}), 6],
    ['o_colleague', 'bed.board', () => ({ serviceItemId: house }), 6],
    ['o_mother', 'stay.show', () => ({ elderId: 'mother', serviceItemId: house }), 6],
    ['o_social', 'worker.today', () => ({}), 9],
    ['o_social', 'waitlist.board', () => ({}), 4],
    ['o_social', 'booking.absences', () => ({ elderId: 'mother' }), 4],
  ])('%s: %s looks at hardly more than it shows', async (openid, action, input, most) => {
    await within(openid, action, input() as never, most)
  }, 120_000)

  test('booking, moving, and a stay of a week', async () => {
    const near = { onDate: addDays(today, 4), startMinute: 630 }
    const { bookingId } = (await within('o_neighbour', 'booking.book', { elderId: 'neighbour', slotId: slotIdOf('busy', near) }, 7)) as { bookingId: string }
    await within('o_neighbour', 'booking.reschedule', { bookingId, slotId: slotIdOf('busy', { ...near, startMinute: 840 }) }, 9)
    await within('o_neighbour', 'booking.cancel', { bookingId }, 11)
    await within('o_neighbour', 'stay.book', { elderId: 'neighbour', serviceItemId: house, fromOn: addDays(today, 3), toOn: addDays(today, 10) }, 14)
  }, 120_000)

  test('the clock’s look at what is due costs what is due', async () => {
    const { latest } = await world.emulator.calls()
    await world.emulator.fire('timers', 'lookAtBookings')
    const [row] = (await world.emulator.calls(latest)).rows
    figures['lookAtBookings'] = `${row?.dbCalls} calls, ${row?.scanned}/${row?.returned}`
    expect(row?.scanned ?? 0).toBeLessThanOrEqual((row?.returned ?? 0) * 1.1 + 1)
  }, 120_000)
})
