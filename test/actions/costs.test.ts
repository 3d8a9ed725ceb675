/**
 * What the busiest actions cost in database calls, and that they look at no more documents than they need, with weeks of
 * orders stored. `npm run bench` measures the same with a hundred thousand.
 */
import type { ActionName, InputOf } from '../../src/contract'
import { TUESDAY, mealSlotOf, startMealWorld, kitchen, type MealWorld } from './meal-world'
import { fillWithMeals } from './meal-store'
import { anActivity } from './activity-world'
import { aCase } from './examples'
import { ledgerOf, store } from './ledger-store'
import { aReward, aSpender, aVoucher, theMerchants } from './reward-world'
import { addDays, civilDate, HOUR, MINUTE } from '../../src/domain/civil-time'
import type { PointsEntry } from '../../src/domain/ledger'

let world: MealWorld
beforeAll(async () => {
  world = await startMealWorld()
  await fillWithMeals(world, 3_000, 100)
  await aCase(world)
  await theMerchants(world)
  await aReward(world, { holders: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`h${index}`, { ownerId: `o${index}`, at: 1 }])), stock: 300, remaining: 100 })
  const { code } = await aVoucher(world, { ownerId: await aSpender(world) })
  const { entryId } = await world.phone('o_barber').do('merchant.settleVoucher', { code })
  await world.emulator.advance(5 * MINUTE)
  const settled = (await world.emulator.dump())['pointsEntries']?.find((entry) => entry['_id'] === entryId) as unknown as PointsEntry
  await world.emulator.insert('pointsEntries', Array.from({ length: 3_000 }, (_, index) => ({ ...settled, _id: `settled_year${index}`, seq: 100 + index, at: settled.at - (index + 1) * 3 * HOUR, onDate: civilDate(settled.at - (index + 1) * 3 * HOUR) })))
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
  ['o_mother', 'home.show', {}, 13, 'one call of a function, with the passbook, who comes to help and who offers to, the notices that ask, and what is held'],
  ['o_daughter', 'home.show', {}, 13, 'one call of a function, with the passbook, who comes to help and who offers to, the notices that ask, and what is held'],
  ['o_daughter', 'calendar.month', { month: '2026-11' }, 8, 'account; me, subdistrict, whom I act for; of each their bookings and their series'],
  ['o_daughter', 'series.preview', { elderId: 'mother', serviceItemId: 'bathing', firstOn: '2027-01-05', startMinute: 540, every: 1, count: 8 }, 5, 'account, elder, service, subdistrict; the open slots in one query'],
  ['o_cook', 'kitchen.week', {}, 8, 'account, kitchen; dishes, sheets, what is asked, runs that nobody took'],
  ['o_cook', 'kitchen.sheet', { kitchenId: kitchen._id, onDate: addDays(TUESDAY, -1), sitting: 'lunch' }, 9, 'account, kitchen; sheet, orders, people, runs, couriers'],
  ['o_social', 'worker.today', {}, 9, 'account, subdistrict; live cases of my communities and those that name me, exceptions, what only needs a yes, calls, newcomers, requests'],
  ['o_social', 'worker.waiting', {}, 6, 'account; shifts, projects, desk hours, activities, and deaths that wait for a second person'],
])('%s: %s within its budget', async (openid, action, input, most, _why) => {
  const cost = await costOf(openid, action, input as never)
  expect({ action, isWithin: cost.dbCalls <= most, dbCalls: cost.dbCalls }).toMatchObject({ isWithin: true })
  expect({ action, isWithin: cost.scannedPerReturned <= 1.1, scannedPerReturned: cost.scannedPerReturned }).toMatchObject({ isWithin: true })
})

/** As above, where what it is about is made first; with a year of what a merchant settled, and rewards that others hold. */
test.each<[string, ActionName, () => Promise<object>, number, string]>([
  ['o_barber', 'merchant.settleVoucher', async () => ({ code: (await aVoucher(world)).code }), 7, 'account; the passbook by its code; the guess, read and entered; the key; passbook, entry'],
  ['o_barber2', 'merchant.settleVoucher', async () => ({ code: (await aVoucher(world)).code }), 7, 'the first guess of somebody: the same'],
  ['o_barber', 'merchant.check', async () => ({ code: (await aVoucher(world)).code }), 6, 'account; the guess, read and entered; passbook, reward, name'],
  ['o_barber', 'merchant.today', async () => ({}), 4, 'account, name; the page, the sum'],
  ['o_barber', 'merchant.month', async () => ({ month: '2026-11' }), 4, 'the same'],
  ['o_mother', 'activity.join', async () => ({ elderId: 'mother', activityId: (await anActivity(world, 'coming', 'social')).activityId }), 7, 'account, elder, activity, subdistrict; seat, elder, booking'],
  ['o_mother', 'reward.list', async () => ({ personId: 'mother' }), 6, 'account, person, passbook; rewards, merchants, providers'],
  ['o_mother', 'points.report', async () => ({}), 2, 'account; every month in one query'],
])('%s: %s within its budget, whatever is stored', async (openid, action, input, most, _why) => {
  const cost = await costOf(openid, action, (await input()) as never)
  expect({ action, isWithin: cost.dbCalls <= most, dbCalls: cost.dbCalls }).toMatchObject({ isWithin: true })
  expect({ action, isWithin: cost.scannedPerReturned <= 1.1, scannedPerReturned: cost.scannedPerReturned }).toMatchObject({ isWithin: true })
})

/** A passbook of some length, made by the rules; its owner has a phone. */
async function aLongPassbook(lines: number): Promise<string> {
  const ownerId = `reader${lines}`
  await world.addPerson(ownerId, { openid: `o_${ownerId}`, name: '示例居民' })
  const { accounts, entries } = ledgerOf(lines, 1, '2026-10-01', 50, ownerId)
  await store(world, { accounts, entries: entries.map((entry) => ({ ...entry, _id: `${entry._id}_${lines}` })) })
  return ownerId
}

test.each([100, 1_000, 5_000])('a passbook of %i lines: a page is one query of entries, and redeeming looks at none', async (lines) => {
  const personId = await aLongPassbook(lines)
  const page = await costOf(`o_${personId}`, 'points.passbook', { personId })
  // Account, person, passbook, subdistrict, and the page.
  expect({ lines, ...page, isWithin: page.dbCalls <= 5 && page.scannedPerReturned <= 1.1 }).toMatchObject({ isWithin: true })
  const month = await costOf(`o_${personId}`, 'points.passbook', { personId, month: '2026-10', cursor: '60' })
  expect({ lines, ...month, isWithin: month.dbCalls <= 5 && month.scannedPerReturned <= 1.1 }).toMatchObject({ isWithin: true })
  // Account, person, passbook, reward; stock, passbook, entry.
  const redeemed = await costOf(`o_${personId}`, 'points.redeem', { personId, rewardId: await aReward(world, { points: 1 }) })
  expect({ lines, ...redeemed, isWithin: redeemed.dbCalls <= 7 && redeemed.scannedPerReturned <= 1.1 }).toMatchObject({ isWithin: true })
})
