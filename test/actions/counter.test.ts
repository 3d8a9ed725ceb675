/**
 * An elder without an account, through the counter: everything that others do on their phones is done by a social worker,
 * stands in the elder's own log, and takes a place as anybody's does. One journey of each kind.
 */
import { addDays, instantOf } from '../../src/domain/civil-time'
import { slotIdOf } from '../../src/domain/slot'
import { activityOf, classOf, listed } from './activity-world'
import { aHouse, nightsFrom } from './bed-world'
import { mealSlotOf, startMealWorld, TUESDAY, type MealWorld } from './meal-world'
import { bathing, slotOf } from './world'

let world: MealWorld
beforeAll(async () => {
  world = await startMealWorld()
  await world.emulator.fire('timers', 'generateSlots')
  await world.addPerson('quiet', { name: '何秀英', birthOn: '1939-04-27' })
})
afterAll(() => world.stop())

const desk = () => world.phone('o_social')
const elderId = 'quiet'
const THURSDAY = addDays(TUESDAY, 2)
/** As whom it stands on the booking, and whether the elder finds it in the log. */
async function standsAs(bookingId: string): Promise<readonly unknown[]> {
  const [view, log] = [await desk().do('booking.show', { bookingId }), await desk().do('account.log', { personId: elderId })]
  return [view.elderName, view.kind, view.timeline[0]?.as, view.timeline[0]?.byName, log.items.some((item) => item.what === 'booked' && item.byName === '李静')]
}
const byDesk = (kind: string) => ['何秀英', kind, 'socialWorker', '李静', true]
async function halfDay(sort: 'dayCare' | 'physio', hour: number): Promise<string> {
  const house = await aHouse(world, sort)
  const startsAt = instantOf(THURSDAY, hour * 60)
  const slot = slotOf(`${house._id}_half`, { kind: 'dayCare', serviceItemId: house._id, serviceName: house.name, onDate: THURSDAY, startsAt, endsAt: startsAt + 3 * 3_600_000, capacity: 2, ...(house.bed === undefined ? {} : { bed: house.bed }) })
  await world.emulator.insert('slots', [slot])
  expect((await desk().do('catalogue.service', { elderId, serviceItemId: house._id, fromOn: THURSDAY })).days[0]?.slots[0]).toMatchObject({ state: 'free', quote: { subsidyFen: 3000, payFen: 3000 } })
  return (await desk().do('booking.book', { elderId, slotId: slot._id })).bookingId
}

test('a meal: who rings is asked first', async () => {
  const dish = { elderId, slotId: mealSlotOf(undefined, { dish: 'chicken', onDate: TUESDAY })._id, portions: 1, way: 'delivery', payment: 'monthlyBill' } as const
  expect(await desk().codeOf('meal.order', dish)).toBe('IDENTITY_REQUIRED')
  const { bookingId } = await desk().do('meal.order', { ...dish, asked: ['birthYear', 'building'] })
  expect(await standsAs(bookingId)).toEqual(byDesk('meal'))
})

test('a visit, and a visit every week', async () => {
  const { bookingId } = await desk().do('booking.book', { elderId, slotId: slotIdOf(bathing._id, { onDate: '2026-11-25', startMinute: 540 }) })
  expect(await standsAs(bookingId)).toEqual(byDesk('homeCare'))
  const wish = { elderId, serviceItemId: bathing._id, firstOn: '2026-11-27', startMinute: 540, every: 1, count: 3 } as const
  expect((await desk().do('series.preview', wish)).dates.map((date) => date.state)).toEqual(['free', 'free', 'later'])
  const { seriesId } = await desk().do('series.start', { ...wish, choices: [] })
  expect((await desk().do('series.list', { elderId })).items.map((one) => one.seriesId)).toContain(seriesId)
  expect((await desk().do('account.log', { personId: elderId })).items.map((item) => item.what)).toContain('seriesStarted')
})

test('half a day in a house, and a bed for treatment', async () => {
  expect(await standsAs(await halfDay('dayCare', 8))).toEqual(byDesk('dayCare'))
  expect(await standsAs(await halfDay('physio', 14))).toEqual(byDesk('dayCare'))
})

test('nights in a house', async () => {
  const house = await aHouse(world)
  await nightsFrom(world, house, '2026-12-01', 3)
  const { bookingId } = await desk().do('stay.book', { elderId, serviceItemId: house._id, fromOn: '2026-12-01', toOn: '2026-12-03' })
  expect(await standsAs(bookingId)).toEqual(byDesk('stay'))
})

test('a class and an activity; where they are full, the place in the queue, and the seat when it is offered', async () => {
  const { now } = await world.emulator.clock()
  const [lesson, full] = [classOf('coming', now, 'socialTaigu'), activityOf('coming', now, 'socialTaigu', 1)]
  await world.emulator.insert('slots', [listed(lesson, []), listed(full, [])])
  expect((await desk().do('activity.list', { elderId })).items.map((one) => one.activityId)).toEqual(expect.arrayContaining([lesson._id, full._id]))
  expect(await standsAs((await desk().do('activity.join', { elderId, activityId: lesson._id })).bookingId)).toEqual(byDesk('activity'))

  const taken = await world.phone('o_neighbour').do('activity.join', { elderId: 'neighbour', activityId: full._id })
  expect(await desk().codeOf('activity.join', { elderId, activityId: full._id })).toBe('SLOT_FULL')
  expect(await desk().do('waitlist.join', { elderId, slotId: full._id })).toEqual({ position: 1 })
  await world.phone('o_neighbour').do('booking.cancel', { bookingId: taken.bookingId })
  await world.emulator.fire('timers', 'lookAtWaitlists')
  const [offered] = (await desk().do('waitlist.mine', { elderId })).items
  const { bookingId } = await desk().do('waitlist.accept', { elderId, slotId: full._id, placeId: offered?.offer?.placeId ?? '' })
  expect((await desk().do('booking.show', { bookingId })).timeline[0]).toMatchObject({ as: 'socialWorker' })
})

test('all of it is hers to read, another community\'s social worker does none of it, and every law holds', async () => {
  expect((await desk().do('account.log', { personId: elderId })).items.filter((item) => item.byName === '李静').length).toBeGreaterThanOrEqual(8)
  for (const code of [
    await world.phone('o_social_taigu').codeOf('booking.book', { elderId, slotId: slotIdOf(bathing._id, { onDate: '2026-11-26', startMinute: 540 }) }),
    await world.phone('o_social_taigu').codeOf('activity.list', { elderId }),
  ]) expect(code).toBe('NOT_FOUND')
  expect(await world.brokenLaws()).toEqual([])
})
