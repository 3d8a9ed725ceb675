/** The kitchen's day: dishes, menus, orders growing, the counter, and everything that it is refused. */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, instantOf, MINUTE } from '../../src/domain/civil-time'
import { mealSlotId, sittingId, type KitchenSheet } from '../../src/domain/kitchen'
import type { Message } from '../../src/domain/message'
import { kitchen, startMealWorld, TUESDAY, type MealWorld } from './meal-world'
import { newRequestId } from './world'

let world: MealWorld
beforeAll(async () => {
  world = await startMealWorld()
})
afterAll(() => world.stop())

const cook = () => world.phone('o_cook')
const stored = async <T>(collection: string): Promise<T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as T[]
const bookingOf = async (bookingId: string): Promise<Booking> => (await stored<Booking & { _id: string }>('bookings')).find((booking) => booking._id === bookingId) as Booking
const slotId = (onDate: string, dish: string): string => mealSlotId(kitchen._id, onDate, 'lunch', dish)
const eat = { portions: 1, way: 'dineIn', siteId: 'hall', payment: 'atSite' } as const
const kitchenId = kitchen._id
const line = (dishId: string, portions = 30) => ({ dishId, portions, priceFen: 1500 })
const everything = async () => JSON.stringify(await world.everything())

describe('menus', () => {
  const onDate = '2026-12-08'

  test('a dish is made, published, ordered, seen to grow, changed around its orders, and taken off once nobody wants it', async () => {
    const { dishId } = await cook().do('kitchen.saveDish', { kitchenId, name: '百合南瓜', sides: '软米饭', picture: 'pork', tags: ['soft'], allergens: [], priceFen: 1200, portions: 30 })
    expect(await cook().do('kitchen.publish', { kitchenId, onDate, sitting: 'lunch', dishes: [line(dishId), line('pork')] })).toEqual({ published: 2 })
    expect(await world.slot(slotId(onDate, dishId))).toMatchObject({ capacity: 30, remaining: 30, priceFen: 1500, isOpen: true, meal: { dishName: '百合南瓜', order: 0 } })
    expect((await stored<KitchenSheet & { _id: string }>('kitchenSheets')).find((sheet) => sheet._id === sittingId(kitchenId, onDate, 'lunch'))).toMatchObject({ state: 'open', dueAt: instantOf('2026-12-07', 16 * 60) })

    const { bookingId } = await world.phone('o_mother').do('meal.order', { elderId: 'mother', slotId: slotId(onDate, dishId), ...eat, portions: 3 })
    const [day] = (await cook().do('kitchen.week', { fromOn: onDate })).days
    expect(day).toMatchObject({ onDate, sittings: [{ sitting: 'lunch', sheet: 'open', dishes: [{ dishId, ordered: 3, capacity: 30 }, { dishId: 'pork', ordered: 0 }] }, { sitting: 'dinner', dishes: [] }] })
    expect(await cook().ask('kitchen.publish', { kitchenId, onDate, sitting: 'lunch', dishes: [line(dishId, 2)] })).toMatchObject({ error: { code: 'BELOW_HELD', details: { held: 3 } } })
    expect(await cook().codeOf('kitchen.publish', { kitchenId, onDate, sitting: 'lunch', dishes: [line('pork')] })).toBe('BELOW_HELD')
    await cook().do('kitchen.publish', { kitchenId, onDate, sitting: 'lunch', dishes: [line(dishId, 3), line('chicken')] })
    expect(await world.slot(slotId(onDate, dishId))).toMatchObject({ capacity: 3, remaining: 0 })
    expect(await world.slot(slotId(onDate, 'pork'))).toMatchObject({ isOpen: false })
    expect(await world.phone('o_neighbour').codeOf('meal.order', { elderId: 'neighbour', slotId: slotId(onDate, 'pork'), ...eat })).toBe('SLOT_CLOSED')

    await world.phone('o_mother').do('booking.cancel', { bookingId })
    await cook().do('kitchen.publish', { kitchenId, onDate, sitting: 'lunch', dishes: [] })
    expect((await cook().do('kitchen.week', { fromOn: onDate })).days[0]?.sittings[0]?.dishes).toEqual([])
    expect(await world.brokenLaws()).toEqual([])
  })

  test('what is taken off the menu is no longer shown to anybody', async () => {
    const day = addDays(TUESDAY, 3)
    const listed = async () => (await world.phone('o_neighbour').do('meal.menus', { elderId: 'neighbour' })).days.find((candidate) => candidate.onDate === day)?.sittings.find((candidate) => candidate.sitting === 'lunch')?.dishes.map((dish) => dish.dishName)
    expect(await listed()).toHaveLength(4)
    await cook().do('kitchen.publish', { kitchenId, onDate: day, sitting: 'lunch', dishes: [line('pork'), line('chicken')] })
    expect(await listed()).toEqual(['红烧肉', '香菇鸡片'])
  })

  test('a week is copied once; what stands there, holidays and past cut-offs are named; a late copy never touches what came after', async () => {
    const [fromOn, toOn] = ['2026-12-08', '2026-12-15']
    for (const day of [0, 1, 2]) await cook().do('kitchen.publish', { kitchenId, onDate: addDays(fromOn, day), sitting: 'lunch', dishes: [line('fish', 12), line('pork')] })
    await world.phone('o_admin').do('calendar.setClosedDay', { onDate: toOn, isClosed: true, name: '馆休' })
    await cook().do('kitchen.publish', { kitchenId, onDate: addDays(toOn, 1), sitting: 'lunch', dishes: [line('noodles')] })
    const requestId = newRequestId()
    const copied = await cook().do('kitchen.copyWeek', { kitchenId, toOn }, requestId)
    expect(copied).toEqual({ copied: 1, left: [{ onDate: toOn, sitting: 'lunch', reason: 'holiday' }, { onDate: addDays(toOn, 1), sitting: 'lunch', reason: 'published' }] })
    expect(await world.slot(slotId(addDays(toOn, 2), 'fish'))).toMatchObject({ capacity: 12, remaining: 12, isOpen: true })
    await cook().do('kitchen.publish', { kitchenId, onDate: addDays(toOn, 2), sitting: 'lunch', dishes: [line('chicken', 5)] })
    const before = await everything()
    expect(await cook().do('kitchen.copyWeek', { kitchenId, toOn }, requestId)).toEqual(copied)
    expect(await everything()).toBe(before)
    expect((await cook().do('kitchen.copyWeek', { kitchenId, toOn: '2026-11-23' })).copied).toBe(0)
  })

  test('two cooks and sixteen orders at once: what is ordered is what is held, and never more than was cooked', async () => {
    const day = '2026-12-14'
    await cook().do('kitchen.publish', { kitchenId, onDate: day, sitting: 'lunch', dishes: [line('pork', 10)] })
    const elders = Array.from({ length: 16 }, (_, index) => `many${index}`)
    for (const elderId of elders) await world.addPerson(elderId, { openid: `o_${elderId}` })
    await Promise.all([
      ...elders.map((elderId) => world.phone(`o_${elderId}`).codeOf('meal.order', { elderId, slotId: slotId(day, 'pork'), ...eat })),
      ...[8, 12, 10].map((portions) => cook().codeOf('kitchen.publish', { kitchenId, onDate: day, sitting: 'lunch', dishes: [line('pork', portions)] })),
    ])
    const slot = await world.slot(slotId(day, 'pork'))
    expect(Object.keys(slot.holders).length + slot.remaining).toBe(slot.capacity)
    expect(await world.brokenLaws()).toEqual([])
  })

  test('a dish that turns out to hold an allergen: menus say so, whoever must not eat it becomes an exception and is told', async () => {
    const day = '2026-12-11'
    const { dishId } = await cook().do('kitchen.saveDish', { kitchenId, name: '香菇青菜', sides: '', picture: 'pork', tags: [], allergens: [], priceFen: 1000, portions: 20 })
    await cook().do('kitchen.publish', { kitchenId, onDate: day, sitting: 'lunch', dishes: [line(dishId), line('pork')] })
    await world.addPerson('soyless', { openid: 'o_soyless', name: '何宝根', diet: { allergens: ['soy'], advice: [], consentAt: 1, consentHow: 'elderTap' } })
    const order = (elderId: string) => world.phone(`o_${elderId}`).do('meal.order', { elderId, slotId: slotId(day, dishId), ...eat })
    const [hit, safe] = [await order('soyless'), await order('neighbour')]
    const requestId = newRequestId()
    const grown = { kitchenId, dishId, name: '香菇青菜', sides: '', picture: 'pork', tags: [], allergens: ['soy' as const], priceFen: 1000, portions: 20 }
    await cook().do('kitchen.saveDish', grown, requestId)
    expect((await world.slot(slotId(day, dishId))).meal?.allergens).toEqual(['soy'])
    expect(await bookingOf(hit.bookingId)).toMatchObject({ status: 'booked', review: 'exception', meal: { allergens: ['soy'] } })
    expect(await bookingOf(safe.bookingId)).toMatchObject({ review: null, meal: { allergens: [] } })
    expect((await world.phone('o_social').do('worker.today', {})).exceptions.map((row) => row.bookingId)).toContain(hit.bookingId)
    await world.emulator.fire('timers', 'lookAtBookings')
    expect((await stored<Message>('messages')).filter((message) => message.personId === 'soyless' && message.page.includes(hit.bookingId)).length).toBeGreaterThan(0)
    const before = (await bookingOf(hit.bookingId)).timeline.length
    await cook().do('kitchen.saveDish', grown)
    expect((await bookingOf(hit.bookingId)).timeline).toHaveLength(before)
    expect(await cook().codeOf('kitchen.saveDish', { ...grown, name: '时蔬', allergens: [] })).toBe('ALLERGEN_HIDDEN')
  })

  const refused: readonly (readonly [string, Parameters<MealWorld['phone']>[0], Parameters<ReturnType<MealWorld['phone']>['codeOf']>, string])[] = [
    ['a menu of yesterday', 'o_cook', ['kitchen.publish', { kitchenId, onDate: '2026-11-22', sitting: 'lunch', dishes: [line('pork')] }], 'CUTOFF_PAST'],
    ['a menu of a holiday', 'o_cook', ['kitchen.publish', { kitchenId, onDate: '2026-12-15', sitting: 'lunch', dishes: [line('pork')] }], 'SLOT_CLOSED'],
    ['a menu of next year', 'o_cook', ['kitchen.publish', { kitchenId, onDate: '2027-02-01', sitting: 'lunch', dishes: [line('pork')] }], 'BAD_INPUT'],
    ['a dish of another kitchen’s cook', 'o_cook', ['kitchen.publish', { kitchenId, onDate: '2026-12-18', sitting: 'lunch', dishes: [line('swan')] }], 'BAD_INPUT'],
    ['negative portions', 'o_cook', ['kitchen.publish', { kitchenId, onDate: '2026-12-18', sitting: 'lunch', dishes: [line('pork', -1)] }], 'BAD_INPUT'],
    ['huge portions', 'o_cook', ['kitchen.publish', { kitchenId, onDate: '2026-12-18', sitting: 'lunch', dishes: [line('pork', 100_000)] }], 'BAD_INPUT'],
    ['another kitchen’s menu', 'o_rival_cook', ['kitchen.publish', { kitchenId, onDate: '2026-12-18', sitting: 'lunch', dishes: [line('pork')] }], 'NOT_FOUND'],
    ['another kitchen’s sheet', 'o_rival_cook', ['kitchen.sheet', { kitchenId, onDate: TUESDAY, sitting: 'lunch' }], 'NOT_FOUND'],
    ['a courier who cooks', 'o_courier', ['kitchen.publish', { kitchenId, onDate: '2026-12-18', sitting: 'lunch', dishes: [line('pork')] }], 'NOT_ALLOWED'],
    ['fish renamed to hide it', 'o_cook', ['kitchen.saveDish', { kitchenId, dishId: 'fish', name: '清蒸时鲜', sides: '', picture: 'fish', tags: [], allergens: [], priceFen: 1400, portions: 40 }], 'ALLERGEN_HIDDEN'],
    ['shrimp that is not declared', 'o_cook', ['kitchen.saveDish', { kitchenId, name: '虾仁炒蛋', sides: '', picture: 'fish', tags: [], allergens: ['egg'], priceFen: 1400, portions: 40 }], 'ALLERGEN_HIDDEN'],
  ]
  test.each(refused)('refused, and nothing is written: %s', async (_name, who, [action, input], expected) => {
    const before = await everything()
    expect(await world.phone(who).codeOf(action, input)).toBe(expected)
    expect(await everything()).toBe(before)
  })
})

describe('the counter', () => {
  test('the code of this order, or the slip; five wrong ones close the counter; what is paid there is recorded', async () => {
    await world.addPerson('diner', { openid: 'o_diner', name: '邵阿婆' })
    await world.addPerson('diner2', { openid: 'o_diner2', name: '傅老伯' })
    const order = (elderId: string, how: 'atSite' | 'monthlyBill') => world.phone(`o_${elderId}`).do('meal.order', { elderId, slotId: slotId('2026-11-25', 'pork'), ...eat, payment: how })
    const [mine, other] = [await order('diner', 'atSite'), await order('diner2', 'monthlyBill')]
    const byPhone = await world.phone('o_social').do('meal.order', { elderId: 'neighbour', slotId: slotId('2026-11-25', 'pork'), ...eat, asked: ['birthYear', 'building'] })
    const { order: slip } = await world.phone('o_social').do('booking.show', { bookingId: byPhone.bookingId })
    const noon = instantOf('2026-11-25', 11 * 60 + 30)
    await world.emulator.moveTo(noon - 120 * MINUTE)
    expect(await cook().codeOf('kitchen.serve', { bookingId: mine.bookingId, code: '000000' })).toBe('DOOR_CODE_WRONG')
    await world.emulator.moveTo(noon)
    const { code } = await world.phone('o_diner').do('visit.doorCode', { bookingId: mine.bookingId })
    expect(await cook().ask('kitchen.serve', { bookingId: other.bookingId, code })).toMatchObject({ error: { code: 'DOOR_CODE_WRONG', details: { left: 4 } } })
    expect(await world.phone('o_rival_cook').codeOf('kitchen.serve', { bookingId: mine.bookingId, code })).toBe('NOT_FOUND')
    const requestId = newRequestId()
    const served = await cook().do('kitchen.serve', { bookingId: mine.bookingId, code }, requestId)
    expect(served).toEqual({ proof: 'doorCode', payFen: mine.quote.payFen })
    expect(await cook().do('kitchen.serve', { bookingId: mine.bookingId, code }, requestId)).toEqual(served)
    expect(await cook().codeOf('kitchen.serve', { bookingId: mine.bookingId, code })).toBe('DOOR_CODE_USED')
    const stands = await bookingOf(mine.bookingId)
    expect(stands).toMatchObject({ status: 'delivered', review: null, unsettledAt: null })
    expect(stands.meal?.payment.recordedAt).toBeGreaterThanOrEqual(noon)
    expect((await stored<{ _id: string }>('serviceEvents')).map((event) => event._id)).toContain(`mealDelivered_${mine.bookingId}`)
    expect(await cook().do('kitchen.serve', { bookingId: byPhone.bookingId, code: slip?.slipCode ?? '' })).toMatchObject({ proof: 'doorCard' })
    for (let left = 4; left > 0; left--) await cook().ask('kitchen.serve', { bookingId: other.bookingId, code: '111111' })
    expect(await cook().codeOf('kitchen.serve', { bookingId: other.bookingId, code: '111111' })).toBe('TOO_MANY_ATTEMPTS')
    expect((await cook().do('kitchen.sheet', { kitchenId, onDate: '2026-11-25', sitting: 'lunch' })).lines.map(({ elderName, status, isPaid, payFen }) => [elderName, status, isPaid, payFen])).toEqual([
      ['傅老伯', 'booked', false, 0], ['周福生', 'delivered', true, byPhone.quote.payFen], ['邵阿婆', 'delivered', true, mine.quote.payFen],
    ])
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('calls to the database', () => {
  test('a week of menus is one query of the slots, without the seats, and one of the runs that nobody took', async () => {
    const { latest } = await world.emulator.calls()
    await cook().do('kitchen.week', { fromOn: TUESDAY })
    const call = (await world.emulator.calls(latest)).rows.find((row) => row.action === 'kitchen.week')
    expect(call?.dbCalls).toBeLessThanOrEqual(7)
    expect((call?.scanned ?? 0) / (call?.returned ?? 1)).toBeLessThanOrEqual(1.1)
  })
})
