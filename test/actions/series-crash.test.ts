/**
 * Series killed at each database call, and gone on with by the clock: what was decided stands once, every date is where it is
 * wanted, and a second run changes nothing. Each call in turn with EVERY_STEP=1, otherwise every seventeenth, others for each act.
 */
import type { ActionName, InputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { Series } from '../../src/domain/series'
import type { Slot } from '../../src/domain/slot'
import { bathing, newRequestId, person, startWorld, type World } from './world'

const STRIDE = process.env['EVERY_STEP'] === '1' ? 1 : 29
const MOST_CALLS = 32

let world: World
let serial = 0
beforeAll(async () => {
  world = await startWorld()
  await world.emulator.insert('serviceItems', [{ ...bathing, _id: 'roomy', weekly: bathing.weekly.map((opening) => ({ ...opening, capacity: 400 })) }])
  await world.emulator.fire('timers', 'generateSlots')
})
afterAll(() => world.stop())

interface Scene {
  readonly elderId: string
  readonly action: ActionName
  readonly input: InputOf<ActionName>
  /** states of the dates when it is done */
  readonly done: string
}
async function wishOf() {
  return { serviceItemId: 'roomy', firstOn: addDays(civilDate((await world.emulator.clock()).now), 2), startMinute: 540, every: 1 as const, count: 3, choices: [] }
}
async function anElder(): Promise<string> {
  const id = `crash${++serial}`
  await world.emulator.insert('people', [person(id, { accountId: `o_${id}`, name: '示例老人' })])
  await world.emulator.insert('accounts', [{ _id: `o_${id}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: id, name: '示例老人', grants: [], requests: {} }])
  return id
}
async function aRunning() {
  const elderId = await anElder()
  return { elderId, seriesId: (await world.phone(`o_${elderId}`).do('series.start', { elderId, ...(await wishOf()) })).seriesId }
}
const acts: Readonly<Record<string, () => Promise<Scene>>> = {
  start: async () => {
    const elderId = await anElder()
    return { elderId, action: 'series.start', input: { elderId, ...(await wishOf()) }, done: 'booked booked planned' }
  },
  skip: async () => {
    const { elderId, seriesId } = await aRunning()
    return { elderId, action: 'series.skip', input: { seriesId, n: 2 }, done: 'booked skipped planned' }
  },
  change: async () => {
    const { elderId, seriesId } = await aRunning()
    return { elderId, action: 'series.change', input: { seriesId, fromN: 1, weekday: new Date((await world.emulator.clock()).now + 3 * 86_400_000).getUTCDay(), startMinute: 840 }, done: 'booked booked planned' }
  },
  end: async () => {
    const { elderId, seriesId } = await aRunning()
    return { elderId, action: 'series.end', input: { seriesId, fromN: 1 }, done: 'over over over' }
  },
  pause: async () => {
    const { elderId, seriesId } = await aRunning()
    return { elderId, action: 'series.pause', input: { seriesId }, done: 'planned planned planned' }
  },
}

interface Kept {
  readonly series: readonly Series[]
  readonly bookings: readonly Booking[]
  readonly slots: readonly Slot[]
}
const keptNow = async (): Promise<Kept> => (await world.emulator.dump(['series', 'bookings', 'slots'])) as unknown as Kept

/** Everything about one elder's series fits together. @returns the states of its dates; null: there is no series */
function standOf({ series: all = [], bookings = [], slots }: Partial<Kept>, elderId: string): string | null {
  const series = all.find((one) => one.elderId === elderId)
  const live = bookings.filter((booking) => booking.elderId === elderId && booking.status === 'booked')
  const held = (slots ?? []).filter((slot) => slot.holders[elderId] !== undefined).map((slot) => slot._id)
  expect(held.sort()).toEqual(live.map((booking) => booking.slotId).sort())
  if (series === undefined) return null
  for (const booking of live) expect(series.dates.find((date) => date.n === booking.series?.n)).toMatchObject({ state: 'booked', onDate: booking.onDate, bookingId: booking._id })
  return series.dates.map((date) => date.state).join(' ')
}

const cases = Object.keys(acts).flatMap((act, offset) => Array.from({ length: MOST_CALLS }, (_, index) => index + 1).filter((nth) => (nth + offset) % STRIDE === 0).map((nth) => ({ act, nth, when: (nth + offset) % (2 * STRIDE) === 0 ? 'after' : 'before' } as const)))
const every = STRIDE === 1 ? cases.flatMap((one) => [{ ...one, when: 'before' as const }, { ...one, when: 'after' as const }]) : cases

test.each(Object.keys(acts))('%s, killed wherever it may be: all of it or nothing, then once', async (act) => {
  const scenes: { readonly scene: Scene; readonly requestId: string }[] = []
  for (const { nth, when } of every.filter((one) => one.act === act)) {
    const make = acts[act]
    if (!make) throw new Error(act)
    const [scene, requestId] = [await make(), newRequestId()]
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    await world.phone(`o_${scene.elderId}`).ask(scene.action, scene.input, requestId).catch(() => null)
    await world.emulator.faults({})
    scenes.push({ scene, requestId })
  }
  const goOn = async (): Promise<void> => {
    for (let round = 0; round < 2; round++) {
      await world.emulator.pass(6 * MINUTE)
      for (const job of ['bookSeries', 'settle'] as const) await world.emulator.fire('timers', job)
    }
  }
  await goOn()
  // A date whose booking was cancelled before the series heard of it is as good as left out: it is not booked again.
  const kept = await keptNow()
  for (const { scene } of scenes) expect([scene.done, 'booked booked planned', null]).toContain(standOf(kept, scene.elderId))
  await world.emulator.lapse()
  for (const { scene, requestId } of scenes) expect({ act, code: await world.phone(`o_${scene.elderId}`).codeOf(scene.action, scene.input, requestId) }).toEqual({ act, code: 'OK' })
  await goOn()
  const end = await keptNow()
  for (const { scene } of scenes) expect({ act, stand: standOf(end, scene.elderId) }).toEqual({ act, stand: scene.done })
  expect(await world.brokenLaws()).toEqual([])
  const before = await world.writes()
  for (const job of ['bookSeries', 'settle'] as const) await world.emulator.fire('timers', job)
  expect(await world.writes()).toEqual(before)
})

test('the clock killed while it books: the next run goes on', async () => {
  // In the morning: days open at midnight, and slots are made half an hour before the clock books.
  await world.emulator.passTo(instantOf(addDays(civilDate((await world.emulator.clock()).now), 1), 9 * 60))
  const elders = [await anElder(), await anElder(), await anElder(), await anElder()]
  const firstOn = addDays(civilDate((await world.emulator.clock()).now), 14)
  for (const elderId of elders) await world.phone(`o_${elderId}`).do('series.start', { elderId, ...(await wishOf()), firstOn, count: 2 })
  await world.emulator.advance(24 * 60 * MINUTE)
  for (const elderId of elders) expect(standOf(await keptNow(), elderId)).toBe('booked planned')
  await world.emulator.pass(7 * 24 * 60 * MINUTE - 30 * MINUTE)
  await world.emulator.fire('timers', 'generateSlots')
  await world.emulator.pass(30 * MINUTE)
  for (const nth of [4, 8, 11]) {
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: 'after', only: { functions: ['timers'], operations: ['database.'] } })
    await world.emulator.fire('timers', 'bookSeries')
    await world.emulator.faults({})
    await world.emulator.pass(5 * MINUTE)
  }
  // A run takes a hundred; with EVERY_STEP there are more that wait for this day.
  for (let runs = 0, looked = 1; looked > 0 && runs < 20; runs++) {
    const run = await world.emulator.fire<{ output: { looked: number } }>('timers', 'bookSeries')
    if (run.ok) looked = run.result.output.looked
    await world.emulator.pass(5 * MINUTE)
  }
  await world.emulator.fire('timers', 'settle')
  for (const elderId of elders) expect(standOf(await keptNow(), elderId)).toBe('booked booked')
  expect(await world.brokenLaws()).toEqual([])
})
