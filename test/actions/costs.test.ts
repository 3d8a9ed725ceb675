/**
 * What the busiest actions cost in database calls, and that they look at no more documents than they need, with weeks of
 * orders stored. `npm run bench` measures the same with a hundred thousand.
 */
import type { ActionName, InputOf } from '../../src/contract'
import { TUESDAY, mealSlotOf, startMealWorld, kitchen, type MealWorld } from './meal-world'
import { fillWithMeals } from './meal-store'
import { aCase } from './examples'
import { addDays } from '../../src/domain/civil-time'

let world: MealWorld
beforeAll(async () => {
  world = await startMealWorld({ maxInstances: 2 })
  await fillWithMeals(world, 3_000, 100)
  await aCase(world)
})
afterAll(() => world.stop())

async function costOf<A extends ActionName>(openid: string, action: A, input: InputOf<A>) {
  const { latest } = await world.emulator.calls()
  await world.phone(openid).do(action, input)
  const rows = (await world.emulator.calls(latest)).rows.filter((row) => row.function === 'api')
  expect(rows.map((row) => row.action)).toEqual([action])
  const [row] = rows
  return { dbCalls: row?.dbCalls ?? Number.NaN, scannedPerReturned: (row?.scanned ?? Number.NaN) / Math.max(1, row?.returned ?? Number.NaN) }
}

const wish = { portions: 1, way: 'delivery', payment: 'monthlyBill' } as const
/** Most database calls that each may make: what stands behind the number is said beside it. */
test.each<[string, ActionName, object, number, string]>([
  ['o_mother', 'meal.order', { elderId: 'mother', slotId: mealSlotOf()._id, ...wish }, 7, 'account, elder, dish, subdistrict; portion, elder, order'],
  ['o_daughter', 'meal.order', { elderId: 'mother', slotId: mealSlotOf(undefined, { onDate: addDays(TUESDAY, 1) })._id, ...wish }, 7, 'the same for family'],
  ['o_mother', 'meal.menus', { elderId: 'mother' }, 4, 'account, elder, subdistrict; the dishes of a week in one query'],
  ['o_courier', 'courier.today', {}, 4, 'account; my runs in one read, open ones in one; colleagues'],
  ['o_mother', 'home.show', {}, 9, 'one call of a function'],
  ['o_daughter', 'home.show', {}, 9, 'one call of a function'],
  ['o_cook', 'kitchen.week', {}, 9, 'account, kitchen; dishes, sheets, what is asked, runs that nobody took'],
  ['o_cook', 'kitchen.sheet', { kitchenId: kitchen._id, onDate: addDays(TUESDAY, -1), sitting: 'lunch' }, 9, 'account, kitchen; sheet, orders, people, runs, couriers'],
  ['o_social', 'worker.today', {}, 9, 'account, subdistrict; live cases of my communities and those that name me, exceptions, what only needs a yes, calls, newcomers, requests'],
])('%s: %s within its budget', async (openid, action, input, most, _why) => {
  const cost = await costOf(openid, action, input as never)
  expect({ action, isWithin: cost.dbCalls <= most, dbCalls: cost.dbCalls }).toMatchObject({ isWithin: true })
  expect({ action, isWithin: cost.scannedPerReturned <= 1.1, scannedPerReturned: cost.scannedPerReturned }).toMatchObject({ isWithin: true })
})
