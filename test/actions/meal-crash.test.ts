/**
 * A function killed before and after each database call of an act on meals, one call after another. First without a
 * second try: after the sweep the act took place wholly or not at all, and every law holds. Then the phone sends the same
 * request again and hears the truth, and the act stands exactly once.
 */
import type { ActionName, InputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import type { DeliveryRun } from '../../src/domain/delivery-run'
import { sittingId, type KitchenSheet } from '../../src/domain/kitchen'
import type { Person } from '../../src/domain/person'
import { heldIn, type Slot } from '../../src/domain/slot'
import { kitchen, startMealWorld, type MealWorld } from './meal-world'
import { MONDAY_NINE, newRequestId } from './world'

/** Each database call in turn with EVERY_STEP=1; otherwise every twenty-third, others for each side of it and each act. */
const STRIDE = process.env['EVERY_STEP'] === '1' ? 1 : 23
/** No act needs more database calls than this. */
const MOST_CALLS = 40

let world: MealWorld
let serial = 0
beforeAll(async () => {
  world = await startMealWorld()
})
afterAll(() => world.stop())

interface Stored {
  readonly bookings: readonly Booking[]
  readonly slots: readonly Slot[]
  readonly people: readonly Person[]
  readonly runs: readonly DeliveryRun[]
  readonly sheets: readonly KitchenSheet[]
}
async function stored(): Promise<Stored> {
  const { bookings = [], slots = [], people = [], deliveryRuns = [], kitchenSheets = [] } = await world.emulator.dump(['bookings', 'slots', 'people', 'deliveryRuns', 'kitchenSheets'])
  return { bookings, slots, people, runs: deliveryRuns, sheets: kitchenSheets } as unknown as Stored
}
const one = <T extends { readonly _id: string }>(documents: readonly T[], id: string): T => {
  const found = documents.find((document) => document._id === id)
  if (!found) throw new Error(`nothing under ${id}`)
  return found
}

/** What has to agree about one order: its booking, the seats of its dishes, the elder's time and the month. */
function standOf({ bookings, slots, people }: Stored, elderId: string, dishes: readonly string[]) {
  const live = bookings.filter((booking) => booking.elderId === elderId && booking.status !== 'cancelled')
  const elder = one(people, elderId)
  return {
    orders: live.map((booking) => ({ slotId: booking.slotId, portions: booking.meal?.portions })),
    seats: dishes.flatMap((slotId) => Object.entries(one(slots, slotId).holders).map(([, seat]) => ({ slotId, portions: seat.count }))),
    busy: elder.busy.filter((time) => time.freedAt === null).map((time) => ({ slotId: time.slotId })),
    isWhole: dishes.every((slotId) => one(slots, slotId).remaining + heldIn(one(slots, slotId)) === one(slots, slotId).capacity),
    month: Object.values(elder.subsidies).flatMap((orders) => Object.entries(orders)),
    quoted: live.filter((booking) => (booking.meal?.quote.subsidyFen ?? 0) > 0).map((booking) => [booking._id, booking.meal?.quote.subsidyFen]),
  }
}

interface Scene<A extends ActionName = ActionName> {
  readonly openid: string
  readonly input: InputOf<A>
  /** after the sweep, without a second try: all of it or nothing */
  readonly isConsistent: (now: Stored) => void
  /** after the same request was sent again */
  readonly isDone: (now: Stored) => void
}
interface Act<A extends ActionName = ActionName> {
  readonly action: A
  make(id: string): Promise<Scene<A>>
}
const act = <A extends ActionName>(its: Act<A>): Act => its as unknown as Act

async function anElder(id: string): Promise<string> {
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人' })
  return id
}
/** Two dishes of one sitting, some days ahead of where the clock stands. */
async function twoDishes(id: string): Promise<readonly [string, string]> {
  const startsAt = Math.ceil((await world.emulator.clock()).now / HOUR) * HOUR + 60 * DAY
  const onDate = civilDate(startsAt)
  return [await world.addMeal(`${id}_a`, { dish: 'pork', capacity: 5, startsAt, onDate, orderUntil: startsAt - DAY }), await world.addMeal(`${id}_b`, { dish: 'chicken', capacity: 5, startsAt, onDate, orderUntil: startsAt - DAY })]
}
const consistent = (elderId: string, dishes: readonly string[]) => (now: Stored) => {
  const stand = standOf(now, elderId, dishes)
  expect({ elderId, seats: stand.seats, busy: stand.busy, isWhole: stand.isWhole, month: stand.month }).toEqual({ elderId, seats: stand.orders, busy: stand.orders.map(({ slotId }) => ({ slotId })), isWhole: true, month: stand.quoted })
}
const stands = (elderId: string, dishes: readonly string[], orders: readonly { readonly slotId: string; readonly portions: number }[]) => (now: Stored) => {
  expect({ elderId, orders: standOf(now, elderId, dishes).orders }).toEqual({ elderId, orders })
  consistent(elderId, dishes)(now)
}
const order = (elderId: string, slotId: string, portions = 1) => world.phone(`o_${elderId}`).do('meal.order', { elderId, slotId, portions, way: 'delivery', payment: 'monthlyBill' })

const acts: readonly Act[] = [
  act({
    action: 'meal.order',
    async make(id) {
      const elderId = await anElder(id)
      const dishes = await twoDishes(id)
      return { openid: `o_${id}`, input: { elderId, slotId: dishes[0], portions: 2, way: 'delivery', payment: 'monthlyBill' }, isConsistent: consistent(elderId, dishes), isDone: stands(elderId, dishes, [{ slotId: dishes[0], portions: 2 }]) }
    },
  }),
  act({
    action: 'meal.change',
    async make(id) {
      const elderId = await anElder(id)
      const dishes = await twoDishes(id)
      const { bookingId } = await order(elderId, dishes[0], 2)
      return { openid: `o_${id}`, input: { bookingId, slotId: dishes[1], portions: 3, way: 'delivery' }, isConsistent: consistent(elderId, dishes), isDone: stands(elderId, dishes, [{ slotId: dishes[1], portions: 3 }]) }
    },
  }),
  act({
    action: 'booking.cancel',
    async make(id) {
      const elderId = await anElder(id)
      const dishes = await twoDishes(id)
      const { bookingId } = await order(elderId, dishes[0], 3)
      return { openid: `o_${id}`, input: { bookingId }, isConsistent: consistent(elderId, dishes), isDone: stands(elderId, dishes, []) }
    },
  }),
  act({
    action: 'kitchen.publish',
    async make(id) {
      // A kitchen of its own: more scenes than days on which one kitchen may plan.
      const own = { ...kitchen, _id: `kitchen_${id}` }
      const [onDate, sitting] = [addDays(civilDate(MONDAY_NINE), 2), 'lunch'] as const
      const sheetId = sittingId(own._id, onDate, sitting)
      await world.emulator.insert('kitchens', [own])
      await world.emulator.insert('providers', [{ _id: own._id, subdistrictId: own.subdistrictId, name: own.name, phone: own.phone }])
      await world.addPerson(`cook_${id}`, { openid: `o_cook_${id}`, name: '示例厨师', birthOn: '1975-01-01', grants: [{ role: 'kitchen', providerId: own._id }] })
      const published = (now: Stored) => now.slots.filter((slot) => slot.serviceItemId === own._id)
      return {
        openid: `o_cook_${id}`, input: { kitchenId: own._id, onDate, sitting, dishes: [{ dishId: 'pork', portions: 20, priceFen: 1600 }, { dishId: 'fish', portions: 10, priceFen: 1400 }] },
        // A dish that can be ordered has a sheet that will close it.
        isConsistent: (now) => expect({ onDate, isGuarded: published(now).length === 0 || now.sheets.some((sheet) => sheet._id === sheetId && sheet.dueAt !== null) }).toEqual({ onDate, isGuarded: true }),
        isDone: (now) => {
          expect(published(now).map((slot) => [slot.meal?.dishId, slot.capacity, slot.remaining]).sort()).toEqual([['fish', 10, 10], ['pork', 20, 20]])
          expect(one(now.sheets, sheetId)).toMatchObject({ state: 'open', dueAt: published(now)[0]?.orderUntil })
        },
      }
    },
  }),
]

const killed = (openid: string, action: ActionName, input: unknown, requestId: string) => world.emulator.call<{ ok: boolean }>(openid, { action, input, requestId, contractVersion: 1 })

/** One scene for each database call and each side of it; each was interrupted there. @param first where a sample begins */
async function interruptedScenes(its: Act, first: number): Promise<readonly (Scene & { readonly requestId: string })[]> {
  const scenes: (Scene & { readonly requestId: string })[] = []
  for (const when of ['before', 'after'] as const) {
    for (let nth = 1 + ((first + (when === 'after' ? 2 : 0)) % STRIDE); ; nth += STRIDE) {
      const scene = await its.make(`crash${++serial}x`)
      const requestId = newRequestId()
      await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { actions: [its.action], functions: ['api'], operations: ['database.'] } })
      await killed(scene.openid, its.action, scene.input, requestId)
      const { counts } = await world.emulator.faultReport()
      await world.emulator.faults({})
      scenes.push({ ...scene, requestId })
      if ((counts['killBefore'] ?? 0) + (counts['killAfter'] ?? 0) === 0) break
      if (nth > MOST_CALLS) throw new Error(`${its.action} has no end`)
    }
  }
  return scenes
}

async function sweepTwice(): Promise<void> {
  await world.emulator.advance(10 * MINUTE)
  await world.emulator.fire('timers', 'settle')
  const { selfChecks: _one, ...before } = await world.everything()
  await world.emulator.fire('timers', 'settle')
  const { selfChecks: _two, ...after } = await world.everything()
  expect(after).toEqual(before)
  expect(await world.brokenLaws()).toEqual([])
}

describe.each(acts.map((its) => [its.action, its] as const))('%s, killed before and after each database call', (action, its) => {
  async function again(scene: Scene & { readonly requestId: string }): Promise<void> {
    expect({ action, code: await world.phone(scene.openid).codeOf(action, scene.input as never, scene.requestId) }).toEqual({ action, code: 'OK' })
  }

  test('after the sweep all of it stands, or nothing; asked again, it stands once', async () => {
    const scenes = await interruptedScenes(its, 1)
    expect(scenes.length).toBeGreaterThan(2)
    await sweepTwice()
    const swept = await stored()
    for (const scene of scenes) scene.isConsistent(swept)
    for (const scene of scenes) await again(scene)
    await sweepTwice()
    const done = await stored()
    for (const scene of scenes) scene.isDone(done)
  })

  test('asked again at once, it stands once', async () => {
    const scenes = await interruptedScenes({ ...its, make: (id) => its.make(`again${id}`) }, 4)
    for (const scene of scenes) await again(scene)
    await sweepTwice()
    const done = await stored()
    for (const scene of scenes) scene.isDone(done)
  })
})

describe('a courier’s phone dies at the door', () => {
  test('killed before and after each database call: handed over once, the stop says so, no stop is lost', async () => {
    const startsAt = Math.ceil((await world.emulator.clock()).now / DAY) * DAY + 4 * HOUR + 10 * DAY
    const onDate = civilDate(startsAt)
    await world.phone('o_cook').do('kitchen.publish', { kitchenId: kitchen._id, onDate, sitting: 'lunch', dishes: [{ dishId: 'pork', portions: 60, priceFen: 1600 }] })
    const slot = (await stored()).slots.find((candidate) => candidate.onDate === onDate && candidate.meal?.dishId === 'pork' && candidate.serviceItemId === kitchen._id)
    if (!slot) throw new Error('nothing was published')
    const elders: string[] = []
    for (let index = 0; index < 2 + 60 / STRIDE; index++) elders.push(await anElder(`door${++serial}x`))
    const orders = await Promise.all(elders.map(async (elderId) => (await order(elderId, slot._id)).bookingId))
    await world.emulator.moveTo(slot.orderUntil + 5 * MINUTE)
    const courier = world.phone('o_courier')
    await world.emulator.moveTo(slot.startsAt - HOUR)
    for (const run of (await courier.do('courier.today', {})).open) await courier.do('courier.takeRun', { runId: run.runId })
    const mine = (await courier.do('courier.today', {})).mine
    expect(mine.flatMap((run) => run.stops.map((stop) => stop.bookingId)).sort()).toEqual([...orders].sort())
    await world.emulator.moveTo(slot.startsAt - HOUR / 2)
    await world.emulator.moveTo(slot.startsAt + MINUTE)
    for (const run of mine) await courier.do('courier.startRun', { runId: run.runId })

    const marked: { bookingId: string; requestId: string }[] = []
    for (const when of ['before', 'after'] as const) {
      for (let nth = when === 'before' ? 1 : Math.min(4, STRIDE); ; nth += STRIDE) {
        const bookingId = orders[marked.length]
        if (bookingId === undefined) throw new Error('more database calls than stops')
        const requestId = newRequestId()
        await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { actions: ['courier.handOver'], functions: ['api'], operations: ['database.'] } })
        await killed('o_courier', 'courier.handOver', { bookingId }, requestId)
        const { counts } = await world.emulator.faultReport()
        await world.emulator.faults({})
        marked.push({ bookingId, requestId })
        if ((counts['killBefore'] ?? 0) + (counts['killAfter'] ?? 0) === 0) break
      }
    }
    // Every second one is sent again before the sweep, the others after it.
    for (const [index, { bookingId, requestId }] of marked.entries()) if (index % 2 === 0) expect(await courier.codeOf('courier.handOver', { bookingId }, requestId)).toBe('OK')
    await sweepTwice()
    for (const { bookingId, requestId } of marked) expect(await courier.codeOf('courier.handOver', { bookingId }, requestId)).toBe('OK')
    await sweepTwice()
    const now = await stored()
    const stops = now.runs.filter((run) => run.onDate === onDate).flatMap((run) => Object.values(run.stops))
    expect(stops.map((stop) => stop.bookingId).sort()).toEqual([...orders].sort())
    for (const bookingId of orders) {
      const isMarked = marked.some((mark) => mark.bookingId === bookingId)
      const booking = one(now.bookings, bookingId)
      expect({ bookingId, status: booking.status, lines: booking.timeline.filter((line) => line.what === 'handedOver').length, stop: stops.find((stop) => stop.bookingId === bookingId)?.state })
        .toEqual({ bookingId, status: isMarked ? 'handedOver' : 'booked', lines: isMarked ? 1 : 0, stop: isMarked ? 'handedOver' : 'todo' })
    }
  })
})
