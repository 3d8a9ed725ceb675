/**
 * Life events killed at each database call, and gone on with by the clock: all of it or nothing, and once. Each call in turn
 * with EVERY_STEP=1, otherwise a few of each act.
 */
import type { ActionName, InputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, MINUTE } from '../../src/domain/civil-time'
import type { LifeEvent } from '../../src/domain/life'
import type { Message } from '../../src/domain/message'
import type { Person } from '../../src/domain/person'
import type { Series } from '../../src/domain/series'
import { slotIdOf, type Slot } from '../../src/domain/slot'
import { bathing, delegation, newRequestId, person, startWorld, type World } from './world'

const STRIDE = process.env['EVERY_STEP'] === '1' ? 1 : 29
const MOST_CALLS = 60

let world: World
let serial = 0
beforeAll(async () => {
  world = await startWorld()
  await world.addPerson('social2', { openid: 'o_social2', name: '周宁', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
  await world.emulator.insert('serviceItems', [{ ...bathing, _id: 'roomy', weekly: bathing.weekly.map((opening) => ({ ...opening, capacity: 400 })) }])
  await world.emulator.fire('timers', 'generateSlots')
})
afterAll(() => world.stop())

interface Scene {
  readonly elderId: string
  readonly openid: string
  readonly action: ActionName
  readonly input: InputOf<ActionName>
}
const todayOf = async (): Promise<string> => civilDate((await world.emulator.clock()).now)

/** Somebody with a weekly bath and one bath besides. */
async function anElder(): Promise<string> {
  const id = `lc${++serial}`
  await world.emulator.insert('people', [person(id, { name: '示例老人', ...delegation('daughter', '王敏') })])
  const today = await todayOf()
  await world.phone('o_daughter').do('series.start', { elderId: id, serviceItemId: 'roomy', firstOn: addDays(today, 2), startMinute: 540, every: 1, count: 2, choices: [] })
  await world.phone('o_daughter').do('booking.book', { elderId: id, slotId: slotIdOf('roomy', { onDate: addDays(today, 3), startMinute: 840 }) })
  return id
}
const acts: Readonly<Record<string, () => Promise<Scene>>> = {
  hospital: async () => {
    const elderId = await anElder()
    return { elderId, openid: 'o_daughter', action: 'person.setAway', input: { personId: elderId, why: 'hospital' } }
  },
  home: async () => {
    const elderId = await anElder()
    await world.phone('o_daughter').do('person.setAway', { personId: elderId, why: 'hospital' })
    return { elderId, openid: 'o_daughter', action: 'person.setAway', input: { personId: elderId, why: null } }
  },
  death: async () => {
    const elderId = await anElder()
    const { lifeEventId } = await world.phone('o_social').do('life.reportDeath', { personId: elderId, onDate: await todayOf() })
    return { elderId, openid: 'o_social2', action: 'life.confirmDeath', input: { lifeEventId } }
  },
}
/** What stands when it is done, and when it never began: person, event, dates, live bookings, messages of the event. */
const ends: Readonly<Record<string, readonly string[]>> = {
  hospital: ['hospital|holds|planned planned|0', 'home||booked booked|3'],
  home: ['home|ended|booked booked|2', 'hospital|holds|planned planned|0'],
  death: ['died|holds|over over|0', 'home|waiting|booked booked|3'],
}

interface Kept {
  readonly people: readonly Person[]
  readonly series: readonly Series[]
  readonly bookings: readonly Booking[]
  readonly slots: readonly Slot[]
  readonly lifeEvents: readonly LifeEvent[]
  readonly messages: readonly Message[]
}
function standOf(kept: Kept, elderId: string): string {
  const live = kept.bookings.filter((booking) => booking.elderId === elderId && booking.status === 'booked')
  const held = kept.slots.filter((slot) => slot.holders[elderId] !== undefined).map((slot) => slot._id)
  expect(held.sort()).toEqual(live.map((booking) => booking.slotId).sort())
  const event = (kept.lifeEvents ?? []).find((one) => one.elderId === elderId)
  expect(event?.dueAt ?? null).toBeNull()
  return [kept.people.find((one) => one._id === elderId)?.away?.why ?? 'home', event?.state ?? '', kept.series.find((one) => one.elderId === elderId)?.dates.map((date) => date.state).join(' '), live.length].join('|')
}

const cases = Object.keys(acts).flatMap((act, offset) => Array.from({ length: MOST_CALLS }, (_, index) => index + 1).filter((nth) => (nth + offset * 4) % STRIDE === 0).map((nth) => ({ act, nth, when: (nth + offset) % 2 === 0 ? 'after' : 'before' } as const)))
const every = STRIDE === 1 ? cases.flatMap((one) => [{ ...one, when: 'before' as const }, { ...one, when: 'after' as const }]) : cases

test.each(Object.keys(acts))('%s, killed wherever it may be, and the clock killed half-way, too: all of it or nothing, then once', async (act) => {
  const scenes: { readonly scene: Scene; readonly requestId: string }[] = []
  for (const { nth, when } of every.filter((one) => one.act === act)) {
    const make = acts[act]
    if (!make) throw new Error(act)
    const [scene, requestId] = [await make(), newRequestId()]
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    await world.phone(scene.openid).ask(scene.action, scene.input, requestId).catch(() => null)
    await world.emulator.faults({})
    scenes.push({ scene, requestId })
  }
  await world.emulator.pass(3 * MINUTE)
  await world.emulator.faults({ killFunction: { nth: [9] }, killWhen: 'after', only: { functions: ['timers'], operations: ['database.'] } })
  await world.emulator.fire('timers', 'settle').catch(() => null)
  await world.emulator.faults({})
  for (let round = 0; round < 3; round++) {
    await world.emulator.pass(6 * MINUTE)
    for (const job of ['settle', 'bookSeries'] as const) await world.emulator.fire('timers', job)
  }
  const kept = (await world.emulator.dump(['people', 'series', 'bookings', 'slots', 'lifeEvents', 'messages'])) as unknown as Kept
  for (const { scene } of scenes) expect(ends[act]).toContain(standOf(kept, scene.elderId))
  await world.emulator.lapse()
  for (const { scene, requestId } of scenes) expect({ act, code: await world.phone(scene.openid).codeOf(scene.action, scene.input, requestId) }).toEqual({ act, code: 'OK' })
  await world.emulator.pass(3 * MINUTE)
  for (const job of ['settle', 'bookSeries'] as const) await world.emulator.fire('timers', job)
  const after = (await world.emulator.dump(['people', 'series', 'bookings', 'slots', 'lifeEvents', 'messages'])) as unknown as Kept
  for (const { scene } of scenes) {
    expect(standOf(after, scene.elderId)).toBe(ends[act]?.[0])
    // Whoever is told, is told once.
    if (act !== 'home') expect((after.messages ?? []).filter((message) => message.elderId === scene.elderId && message.page.startsWith('pages/life/')).length).toBe(1)
  }
  expect(await world.brokenLaws()).toEqual([])
})
