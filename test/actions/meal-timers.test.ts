/**
 * The clock's work on meals and safety cases, once as it should run and then twice, an hour late, and killed at its
 * database calls: always the same end state. What is compared is everything that the scene left, without versions, ids
 * that name the scene, and when the clock came.
 */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { DeliveryRun } from '../../src/domain/delivery-run'
import { sittingId, type KitchenSheet } from '../../src/domain/kitchen'
import type { Message } from '../../src/domain/message'
import type { SafetyCase } from '../../src/domain/safety-case'
import type { Slot } from '../../src/domain/slot'
import type { FaultPlan } from '../../emulator/client'
import { isEveryStep } from '../support/kills'
import { kitchen, startMealWorld, type MealWorld } from './meal-world'
import { delegation } from './world'

/** Every database call of the clock's work with EVERY_STEP=1; otherwise so many of them. */
const SAMPLE = isEveryStep ? Number.POSITIVE_INFINITY : 1

let world: MealWorld
let day = 0
beforeAll(async () => {
  world = await startMealWorld()
})
afterAll(() => world.stop())

const killed = (trigger: string, nth: number): FaultPlan => ({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['timers'], actions: [trigger], operations: ['database.'] } })
const neverRuns = (trigger: string): FaultPlan => ({ errorBefore: 1, only: { functions: ['timers'], actions: [trigger], operations: ['database.'] } })
const stored = async <T>(collection: string): Promise<T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as T[]
/** The scene's own names, days and ids as the same words in every scene. */
const asOne = (value: unknown, names: readonly (readonly [string, string])[]): unknown =>
  JSON.parse(names.reduce((text, [name, word]) => text.replaceAll(name, word), JSON.stringify(value))) as unknown

async function firedTwice(trigger: string): Promise<void> {
  await world.emulator.fire('timers', trigger)
  const once = await world.everything()
  await world.emulator.fire('timers', trigger)
  expect(await world.everything()).toEqual(once)
}

/** Runs the scene again and again, killed at one database call after another, evenly over all that it makes. */
async function killedEverywhere(trigger: string, scene: (plan: FaultPlan) => Promise<unknown>, expected: unknown): Promise<void> {
  expect(await scene(killed(trigger, Number.MAX_SAFE_INTEGER))).toEqual(expected)
  const calls = matched
  const scenes = Math.min(calls, SAMPLE)
  for (let index = 0; index < scenes; index++) {
    const nth = 1 + Math.floor(((index + 0.5) * calls) / scenes)
    expect({ nth, left: await scene(killed(trigger, nth)), isKilled: strikes > 0 }).toEqual({ nth, left: expected, isKilled: true })
  }
}
let [matched, strikes] = [0, 0]
async function under(plan: FaultPlan, run: () => Promise<void>): Promise<void> {
  await world.emulator.faults(plan)
  await run()
  const { counts } = await world.emulator.faultReport()
  ;[matched, strikes] = [counts['matched'] ?? 0, (counts['killBefore'] ?? 0) + (counts['killAfter'] ?? 0)]
  await world.emulator.faults({})
}

describe('the kitchen sheet freezes', () => {
  const eaters = [
    { key: 'A', address: '华光城 12 幢 302', dish: 'pork', portions: 2, way: 'delivery' },
    { key: 'B', address: '华光城 2 幢 101', dish: 'chicken', portions: 1, way: 'delivery' },
    { key: 'C', address: '华光城 3 幢 101', dish: 'pork', portions: 1, way: 'dineIn', siteId: 'hall' },
    { key: 'D', address: '太古城 3 幢 201', dish: 'chicken', portions: 3, way: 'pickUp', siteId: 'corner' },
    { key: 'E', address: '太古城 5 幢 201', dish: 'pork', portions: 1, way: 'delivery' },
    { key: 'F', address: '华光城 7 幢 201', dish: 'pork', portions: 1, way: 'delivery' },
  ] as const

  /** A dinner of a day of its own, ordered in the morning; the clock runs over its cut-off under the plan. */
  async function scene(plan: FaultPlan, minutes: readonly number[] = [1, 1, 1, 1]): Promise<unknown> {
    const onDate = addDays('2026-12-01', ++day)
    await world.emulator.moveTo(instantOf(onDate, 9 * 60 + 30))
    await world.phone('o_cook').do('kitchen.publish', { kitchenId: kitchen._id, onDate, sitting: 'dinner', dishes: ['pork', 'chicken'].map((dishId) => ({ dishId, portions: 30, priceFen: 1500 })) })
    const slots = (await stored<Slot>('slots')).filter((slot) => slot.onDate === onDate && slot.meal?.sitting === 'dinner' && slot.serviceItemId === kitchen._id)
    const names: [string, string][] = []
    for (const { key, address, dish, ...wish } of eaters) {
      const elderId = `eater${day}x${key}`
      await world.addPerson(elderId, {
        openid: `o_${elderId}`, name: '示例老人', address, communityId: address.startsWith('太') ? 'taigu' : 'huaguang',
        diet: key === 'B' ? { allergens: ['peanut'], advice: ['soft'], consentAt: 1, consentHow: 'elderTap' } : null,
      })
      const slotId = slots.find((slot) => slot.meal?.dishId === dish)?._id ?? ''
      const { bookingId, number } = await world.phone(`o_${elderId}`).do('meal.order', { elderId, slotId, ...wish, payment: 'atSite' })
      names.push([bookingId, `booking ${key}`], [number, `number ${key}`], [elderId, `elder ${key}`])
      if (key === 'F') await world.phone(`o_${elderId}`).do('booking.cancel', { bookingId })
    }
    await world.emulator.moveTo(instantOf(onDate, 10 * 60) - 1000)
    await under(plan, async () => {
      for (const minute of minutes) await world.emulator.advance(minute * MINUTE)
    })
    await world.emulator.fire('timers', 'freezeSheets')
    await world.emulator.advance(61_000)
    await firedTwice('freezeSheets')
    const sheetId = sittingId(kitchen._id, onDate, 'dinner')
    const sheet = (await stored<KitchenSheet>('kitchenSheets')).find((candidate) => candidate._id === sheetId)
    const runs = (await stored<DeliveryRun>('deliveryRuns')).filter((run) => run.onDate === onDate).sort((a, b) => (a._id < b._id ? -1 : 1))
    const bookings = (await stored<Booking>('bookings')).filter((booking) => booking.onDate === onDate && booking.meal?.sitting === 'dinner')
    expect(sheet).toMatchObject({ state: 'frozen', dueAt: null })
    expect((await stored<Slot>('slots')).filter((slot) => slots.some(({ _id }) => _id === slot._id)).map((slot) => slot.frozenAt === null)).toEqual([false, false])
    const left = {
      sheet: { ...sheet, version: 0, closedAt: 0, frozenAt: 0, orderUntil: 0, startsAt: 0 },
      runs: runs.map((run) => ({ ...run, version: 0, startsAt: 0, endsAt: 0, forgetAt: 0 })),
      bookings: bookings.map((booking) => ({ elderId: booking.elderId, status: booking.status, runId: booking.meal?.runId, way: booking.meal?.way })).sort((a, b) => (a.elderId < b.elderId ? -1 : 1)),
    }
    return asOne(left, [...names, [onDate, 'the day'], [onDate.replaceAll('-', ''), 'the day']])
  }

  test('on time, an hour late, in one go, and killed half-way: the same sheet, the same runs, the same stops', async () => {
    const expected = await scene({})
    expect(expected).toMatchObject({
      sheet: { orders: 5, portions: 8 }, bookings: [{ status: 'booked' }, { status: 'booked' }, { runId: null }, { runId: null }, { status: 'booked' }, { status: 'cancelled', runId: null }],
    })
    expect((expected as { runs: { stops: object }[] }).runs.map((run) => Object.keys(run.stops).length).sort()).toEqual([1, 2])
    expect(await scene(neverRuns('freezeSheets'), [30, 30])).toEqual(expected)
    expect(await scene({}, [90])).toEqual(expected)
    await killedEverywhere('freezeSheets', scene, expected)
    expect(await world.brokenLaws()).toEqual([])
  }, 300_000)
})

describe('a safety case goes up its ladder', () => {
  /** At one minute of a day of its own: somebody calls for help, somebody else does not say the daily word. Nobody acts. */
  const scene = (minuteOfDay: number) => async (plan: FaultPlan, minutes: readonly number[] = [20, 20, 26]): Promise<unknown> => {
    const begin = instantOf(addDays(civilDate((await world.emulator.clock()).now), 1), minuteOfDay)
    await world.emulator.moveTo(begin)
    const id = `call${++day}x`
    await world.addPerson(id, { openid: `o_${id}`, name: '示例老人', livesAlone: true, ...delegation('daughter', '王敏') })
    await world.addPerson(`silent${id}`, { openid: `o_silent${id}`, name: '示例老伯', ...delegation('daughter', '王敏') })
    await world.phone(`o_silent${id}`).do('well.setDaily', { elderId: `silent${id}`, byMinute: minuteOfDay + 10 })
    await world.phone(`o_${id}`).do('safety.call', { elderId: id })
    const openedAt = (await stored<SafetyCase>('safetyCases')).find((safety) => safety.elderId === id)?.openedAt ?? 0
    await under(plan, async () => {
      for (const minute of minutes) {
        if (minute > 1) await world.emulator.advance(minute * MINUTE)
        else {
          // All other triggers with it, sixty times over, would say nothing more of the ladder.
          await world.emulator.pass(MINUTE)
          await world.emulator.fire('timers', 'escalate')
        }
      }
    })
    await firedTwice('escalate')
    const cases = (await stored<SafetyCase>('safetyCases')).filter((safety) => safety.elderId.endsWith(id)).sort((a, b) => (a.elderId < b.elderId ? -1 : 1))
    const messages = (await stored<Message>('messages')).filter((message) => message.elderId.endsWith(id))
    const left = {
      cases: cases.map((safety) => {
        const from = safety.reason === 'calledForHelp' ? openedAt : begin
        const since = (at: number | null): number | null => at && at - from
        return { ...safety, version: 0, requests: {}, openedAt: since(safety.openedAt), nextAt: since(safety.nextAt), dueAt: since(safety.dueAt), timeline: safety.timeline.map((line) => ({ ...line, at: since(line.at) })) }
      }),
      messages: messages.map(({ personId, elderId, templateId, page, gist }) => ({ personId, elderId, templateId, page, gist })).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    }
    // Whoever acts ends the scene: the next one begins with nobody waiting.
    for (const safety of cases) await world.phone('o_social').do('safety.close', { safetyCaseId: safety._id, how: { by: 'familyConfirmed', familyPersonId: 'daughter', words: '接到电话了', finding: 'falseAlarm' } })
    await world.phone('o_social').do('well.setDaily', { elderId: `silent${id}`, byMinute: null })
    const onDate = civilDate(begin)
    const [, month = '', date = ''] = onDate.split('-')
    return asOne(left, [[id, 'the elder'], [onDate, 'the day'], [onDate.replaceAll('-', ''), 'the day'], [`${Number(month)}月${Number(date)}日`, 'the day'], ...'日一二三四五六'.split('').map((name) => [`星期${name}`, 'a weekday'] as const)])
  }
  const everyMinute = Array<number>(66).fill(1)

  // As night falls the one case goes up the ladder of the day, the other that of the night.
  test.each([...(isEveryStep ? ([['by day', 9 * 60]] as const) : []), ['as night falls', 20 * 60 + 50] as const])('%s: every minute, an hour late, in one go, and killed half-way', async (_name, minute) => {
    const expected = await scene(minute)({}, everyMinute)
    expect((expected as { cases: SafetyCase[] }).cases.map((safety) => [safety.reason, safety.status, safety.rung === safety.rungs.length - 1])).toEqual(expect.arrayContaining([['calledForHelp', 'open', true], ['noCheckIn', 'open', true]]))
    expect(await scene(minute)(neverRuns('escalate'))).toEqual(expected)
    expect(await scene(minute)({}, [66])).toEqual(expected)
    await killedEverywhere('escalate', scene(minute), expected)
    expect(await world.brokenLaws()).toEqual([])
  }, 300_000)
})

test('afterwards no sheet waits and no case was lost', async () => {
  await world.emulator.advance(HOUR)
  expect((await stored<KitchenSheet>('kitchenSheets')).filter((sheet) => sheet.dueAt !== null && sheet.dueAt <= sheet.startsAt && sheet.startsAt < instantOf('2026-12-01'))).toEqual([])
  expect((await stored<SafetyCase>('safetyCases')).filter((safety) => safety.status !== 'closed')).toEqual([])
})
