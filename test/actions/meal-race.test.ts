/**
 * Many at once on what only some can have: the last portions, the last second before the cut-off, one run, one safety
 * case. What was promised is what is stored, and everybody else hears the true reason.
 */
import type { Booking } from '../../src/domain/booking-record'
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import { holdsSeat } from '../../src/domain/booking-record'
import { sittingId, type KitchenSheet } from '../../src/domain/kitchen'
import type { DeliveryRun } from '../../src/domain/delivery-run'
import type { SafetyCase } from '../../src/domain/safety-case'
import { inAnyOrder } from '../support/random'
import { aCase, aRun, aRunTo } from './examples'
import { dishes, kitchen, mealSlotOf, startMealWorld, TUESDAY, type MealWorld } from './meal-world'
import { newRequestId, person, type Phone } from './world'

const CALLERS = 200
const seeds = Array.from({ length: Number(process.env['RACE_SEEDS'] ?? 1) }, (_, index) => 20261123 + index)

let world: MealWorld
beforeAll(async () => {
  world = await startMealWorld()
  const callers = Array.from({ length: CALLERS }, (_, index) => index)
  await world.emulator.insert('people', callers.map((index) => person(`caller${index}`, { accountId: `o_caller${index}`, name: '示例老人' })))
  await world.emulator.insert('accounts', callers.map((index) => ({ _id: `o_caller${index}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: `caller${index}`, name: '示例老人', grants: [], requests: {} })))
})
afterAll(() => world.stop())

const stored = async <T>(collection: string): Promise<T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as T[]
const ordersOf = async (slotId: string): Promise<Booking[]> => (await stored<Booking>('bookings')).filter((booking) => booking.slotId === slotId && holdsSeat(booking.status))
const tally = (codes: readonly string[]): Record<string, number> => codes.reduce<Record<string, number>>((sum, code) => ({ ...sum, [code]: (sum[code] ?? 0) + 1 }), {})
const order = (index: number, slotId: string, portions: number): Promise<string> =>
  world.phone(`o_caller${index}`).codeOf('meal.order', { elderId: `caller${index}`, slotId, portions, way: 'pickUp', siteId: 'hall', payment: 'atSite' }, newRequestId())
describe.each(seeds.map((seed, run) => ({ seed, run })))('law 1, seed $seed: 200 people order the last 20 portions', ({ seed, run }) => {
  // A time of its own for each scene, so that nobody is refused for what they ordered before.
  const startsAt = (scene: number): number => mealSlotOf().startsAt + (20 + run * 2 + scene) * 24 * 60 * MINUTE

  test('one each: 20 are told yes, 20 are stored, everybody else hears "full"', async () => {
    const slotId = await world.addMeal(`last_${seed}`, { dish: 'pork', capacity: 20, startsAt: startsAt(0) })
    await world.emulator.faults({ seed, latencyMs: [0, 12] })
    const codes = await Promise.all(inAnyOrder(seed, CALLERS).map((index) => order(index, slotId, 1)))
    await world.emulator.faults({})
    expect(tally(codes)).toEqual({ OK: 20, SLOT_FULL: 180 })
    expect(await ordersOf(slotId)).toHaveLength(20)
    expect((await world.slot(slotId)).remaining).toBe(0)
    expect(await world.brokenLaws()).toEqual([])
  })

  test('one, two or three each: what is promised is what is cooked, and the pot never goes below empty', async () => {
    const slotId = await world.addMeal(`mixed_${seed}`, { dish: 'pork', capacity: 20, startsAt: startsAt(1) })
    await world.emulator.faults({ seed, latencyMs: [0, 12] })
    const asked = inAnyOrder(seed + 1, CALLERS).map((index) => ({ index, portions: (index % 3) + 1 }))
    const codes = await Promise.all(asked.map(({ index, portions }) => order(index, slotId, portions)))
    await world.emulator.faults({})
    expect(Object.keys(tally(codes)).sort()).toEqual(['OK', 'SLOT_FULL'])
    const promised = asked.filter((_, at) => codes[at] === 'OK')
    const orders = await ordersOf(slotId)
    expect(orders.map((booking) => [booking.elderId, booking.meal?.portions]).sort()).toEqual(promised.map(({ index, portions }) => [`caller${index}`, portions]).sort())
    const sum = promised.reduce((total, { portions }) => total + portions, 0)
    const slot = await world.slot(slotId)
    expect({ remaining: slot.remaining, held: sum }).toEqual({ remaining: 20 - sum, held: sum })
    // Nobody who asked for one was sent away while one was left.
    expect(slot.remaining).toBe(0)
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('the cut-off, by the server’s clock', () => {
  const until = mealSlotOf().orderUntil
  const sheetId = sittingId(kitchen._id, TUESDAY, 'lunch')
  const slots = (Object.keys(dishes) as (keyof typeof dishes)[]).map((dish) => mealSlotOf(undefined, { dish })._id)

  test('a second before it is an order; while the sheet closes, each order is on it or is refused; a second after, nothing is written', async () => {
    await world.emulator.moveTo(until - 30 * MINUTE)
    const early = await Promise.all(Array.from({ length: 20 }, (_, index) => order(index, slots[index % slots.length] ?? '', 1)))
    expect(tally(early)).toEqual({ OK: 20 })

    await world.emulator.moveTo(until - 1000)
    expect(await order(20, slots[1] ?? '', 1)).toBe('OK')

    // The rest press at once, on both sides of the second; the clock closes the sheet in between.
    await world.emulator.moveTo(until - 400)
    await world.emulator.faults({ seed: 7, latencyMs: [0, 25], only: { functions: ['api'] } })
    const late = Array.from({ length: 60 }, (_, index) => order(21 + index, slots[index % slots.length] ?? '', 1))
    await world.emulator.moveTo(until + 10)
    await world.emulator.fire('timers', 'freezeSheets')
    const codes = await Promise.all([...late, ...Array.from({ length: 20 }, (_, index) => order(90 + index, slots[index % slots.length] ?? '', 1))])
    await world.emulator.faults({})
    expect(Object.keys(tally(codes)).filter((code) => code !== 'OK')).toEqual(['CUTOFF_PAST'])
    expect(codes.slice(60)).toEqual(Array<string>(20).fill('CUTOFF_PAST'))

    await world.emulator.advance(2 * MINUTE)
    const sheet = (await stored<KitchenSheet>('kitchenSheets')).find((candidate) => candidate._id === sheetId)
    const orders = (await Promise.all(slots.map(ordersOf))).flat()
    expect(sheet).toMatchObject({ state: 'frozen', dueAt: null, orders: orders.length, portions: orders.reduce((sum, booking) => sum + (booking.meal?.portions ?? 0), 0) })
    expect(orders).toHaveLength(21 + codes.filter((code) => code === 'OK').length)

    const before = await world.everything()
    expect(await order(120, slots[1] ?? '', 1)).toBe('CUTOFF_PAST')
    expect(await world.everything()).toEqual(before)
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('one run, two couriers', () => {
  test('both take it at once: one gets it', async () => {
    const { runId } = await aRun(world, null)
    const codes = await Promise.all(['o_courier', 'o_courier2'].map((openid) => world.phone(openid).codeOf('courier.takeRun', { runId })))
    expect([...codes].sort()).toEqual(['ALREADY_TAKEN', 'OK'])
    const run = (await stored<DeliveryRun>('deliveryRuns')).find((candidate) => candidate._id === runId)
    expect(run).toMatchObject({ courierId: codes[0] === 'OK' ? 'courier' : 'courier2', openFor: null })
    expect(run?.carriers).toHaveLength(1)
  })

  test('the kitchen gives it away while somebody takes it: it has one carrier, and every stop is still on it', async () => {
    const { runId, bookingId } = await aRun(world, null)
    await Promise.all([world.phone('o_cook').codeOf('kitchen.giveRun', { runId, courierId: 'courier2' }), world.phone('o_courier').codeOf('courier.takeRun', { runId })])
    const run = (await stored<DeliveryRun>('deliveryRuns')).find((candidate) => candidate._id === runId)
    expect(run?.carriers.filter((carrier) => carrier.until === null).map((carrier) => carrier.personId)).toEqual([run?.courierId])
    expect(Object.keys(run?.stops ?? {})).toEqual([bookingId])
  })

  test('handed on in the very moment in which a stop is marked: the stop is marked once, by who carried it', async () => {
    const { runId, bookingId } = await aRun(world, 'courier')
    const [handed, marked] = await Promise.all([world.phone('o_courier').codeOf('courier.handRun', { runId, courierId: 'courier2' }), world.phone('o_courier').codeOf('courier.handOver', { bookingId })])
    expect(handed).toBe('OK')
    const second = await world.phone('o_courier2').codeOf('courier.handOver', { bookingId })
    expect([marked, second].filter((code) => code === 'OK')).toHaveLength(1)
    const booking = (await stored<Booking>('bookings')).find((candidate) => candidate._id === bookingId)
    expect(booking).toMatchObject({ status: 'handedOver', review: 'exception' })
    expect(booking?.timeline.filter((line) => line.what === 'handedOver')).toHaveLength(1)
    const run = (await stored<DeliveryRun>('deliveryRuns')).find((candidate) => candidate._id === runId)
    expect(run).toMatchObject({ courierId: 'courier2', stops: { [bookingId]: { state: 'handedOver' } } })
  })
})

/** Handed on half-way is cheap and has many orders of events: more of them than of the large races. */
const runSeeds = Array.from({ length: Math.max(5, seeds.length) }, (_, index) => 20261123 + index)

describe.each(runSeeds)('one run of six doors, two couriers, seed %i', (seed) => {
  const [liu, ma] = ['o_courier', 'o_courier2'].map((openid) => () => world.phone(openid)) as [() => Phone, () => Phone]
  const atDoor = (courier: () => Phone, bookingId: string, proof: { code?: string; capturedAt?: number } = {}): Promise<string> => courier().codeOf('courier.handOver', { bookingId, ...proof })

  test('handed on while both are at doors: each door is marked once, none is lost, whoever carries it no longer is told so, and the run ends', async () => {
    const elders = Array.from({ length: 6 }, (_, index) => ({ _id: `door${seed}x${index}`, name: `示例老人${'甲乙丙丁戊己'[index] ?? ''}` }))
    for (const { _id, name } of elders) await world.addPerson(_id, { openid: `o_${_id}`, name })
    const { runId, bookingIds } = await aRunTo(world, 'courier', elders)
    const [first, second, both, byCode, early, late] = bookingIds as [string, string, string, string, string, string]
    const codeOf = async (bookingId: string): Promise<string> => (await world.phone(`o_${elders[bookingIds.indexOf(bookingId)]?._id ?? ''}`).do('visit.doorCode', { bookingId })).code
    const runNow = async (): Promise<DeliveryRun> => (await stored<DeliveryRun>('deliveryRuns')).find((run) => run._id === runId) as DeliveryRun
    await liu().do('courier.startRun', { runId })
    expect(await Promise.all([atDoor(liu, first, { code: await codeOf(first) }), atDoor(liu, second)])).toEqual(['OK', 'OK'])

    // A code that was read while he carried it waits for signal; five minutes later the run changes hands.
    const { now: seenAt } = await world.emulator.clock()
    const kept = await codeOf(early)
    await world.emulator.advance(5 * MINUTE)
    const shown = await codeOf(byCode)
    await world.emulator.faults({ seed, latencyMs: [0, 15] })
    const [handed, sentLate, ...codes] = await Promise.all([
      liu().codeOf('courier.handRun', { runId, courierId: 'courier2' }), atDoor(liu, early, { code: kept, capturedAt: seenAt }),
      atDoor(liu, both), atDoor(ma, both), atDoor(liu, byCode, { code: shown }), atDoor(ma, byCode, { code: shown }), atDoor(ma, late),
    ])
    expect({ handed, sentLate }).toEqual({ handed: 'OK', sentLate: 'OK' })
    // One at most got each door; the others hear that it is not theirs, or that it is done.
    expect(codes.filter((code) => !['OK', 'NOT_FOUND', 'WRONG_STATE', 'DOOR_CODE_USED'].includes(code))).toEqual([])
    for (const [one, other] of [codes.slice(0, 2), codes.slice(2, 4)]) expect([one, other].filter((code) => code === 'OK').length).toBeLessThanOrEqual(1)

    // At one moment again, the run being hers now: he at the doors that are left, she at every one.
    const left = [both, byCode, late]
    const [his, hers] = await Promise.all([Promise.all(left.map((bookingId) => atDoor(liu, bookingId))), Promise.all(left.map((bookingId) => atDoor(ma, bookingId)))])
    await world.emulator.faults({})
    expect(his).toEqual(left.map(() => 'NOT_FOUND'))
    expect(hers.filter((code) => code !== 'OK' && code !== 'WRONG_STATE')).toEqual([])

    const bookings = (await stored<Booking>('bookings')).filter((booking) => bookingIds.includes(booking._id))
    const marks = Object.fromEntries(bookings.map((booking) => [booking._id, booking.timeline.filter((line) => line.what === 'handedOver' || line.what === 'delivered').length]))
    expect(marks).toEqual(Object.fromEntries(bookingIds.map((bookingId) => [bookingId, 1])))
    const run = await runNow()
    expect(run.courierId).toBe('courier2')
    expect(run.carriers.map((carrier) => [carrier.personId, carrier.until === null])).toEqual([['courier', false], ['courier2', true]])
    expect(Object.fromEntries(Object.values(run.stops).map((stop) => [stop.bookingId, stop.state]))).toEqual(Object.fromEntries(bookings.map((booking) => [booking._id, booking.status])))
    expect(Object.values(run.stops).filter((stop) => stop.state === 'todo')).toEqual([])
    // Who marked a door is who stands on it.
    const markedBy = [early, late].map((bookingId) => bookings.find((booking) => booking._id === bookingId)?.worker?.personId)
    expect(markedBy).toEqual(['courier', 'courier2'])
    // The one who carries it no more has nothing of it on the page; the refusal left nothing behind.
    expect((await liu().do('courier.today', {})).mine.map((mine) => mine.runId)).not.toContain(runId)
  })
})

describe('one case, many hands', () => {
  test('family, social worker and admin take it over at once: one has it, the others hear that somebody was faster', async () => {
    const safetyCaseId = await aCase(world)
    const codes = await Promise.all(['o_daughter', 'o_social', 'o_admin'].map((openid) => world.phone(openid).codeOf('safety.take', { safetyCaseId, takenById: null })))
    expect([...codes].sort()).toEqual(['ALREADY_TAKEN', 'ALREADY_TAKEN', 'OK'])
    const safety = (await stored<SafetyCase>('safetyCases')).find((candidate) => candidate._id === safetyCaseId)
    expect(safety?.status).toBe('taken')
    expect(safety?.timeline.filter((line) => line.what === 'taken')).toHaveLength(1)
  })

  test('pressed twenty times at once, it is one case that everybody was told of', async () => {
    await world.addPerson('presser', { openid: 'o_presser', name: '示例老人', livesAlone: true })
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.phone('o_presser').do('safety.call', { elderId: 'presser' })))
    expect(new Set(answers.map((answer) => answer.safetyCaseId)).size).toBe(1)
    expect(answers.filter((answer) => answer.isNew)).toHaveLength(1)
    const cases = (await stored<SafetyCase>('safetyCases')).filter((candidate) => candidate.elderId === 'presser')
    expect(cases).toHaveLength(1)
    expect(cases[0]?.timeline.filter((line) => line.what === 'pressedAgain').length).toBeGreaterThan(0)
    // Past the meals that were put straight into the store.
    await world.emulator.advance(3 * HOUR)
    expect(await world.brokenLaws()).toEqual([])
  })
})
