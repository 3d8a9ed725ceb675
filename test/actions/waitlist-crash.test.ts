/**
 * The function killed at each database call of waiting, taking, declining and the clock's look; then asked again, or never
 * again, and swept: no offer is lost, no seat is given twice, a second run of the clock changes nothing. A sample here,
 * every call with EVERY_STEP=1.
 */
import { MINUTE } from '../../src/domain/civil-time'
import { isOnOffer, queueOf } from '../../src/domain/waitlist'
import type { Message } from '../../src/domain/message'
import { killsOf } from '../support/kills'
import { aFullSlot, lookAtWaitlists, waitingIn } from './waitlist-world'
import { startWorld, type World } from './world'

let world: World
let serial = 0
beforeAll(async () => { world = await startWorld() })
afterAll(() => world.stop())

/** Two wait for one seat, which is freed; with `isOffered` the clock has looked. */
async function scene(isOffered: boolean): Promise<{ slotId: string; first: string; second: string; placeId: string }> {
  const { slotId, bookingId } = await aFullSlot(world)
  const [first, second] = [`first${++serial}`, `second${serial}`]
  for (const id of [first, second]) {
    await world.addPerson(id, { openid: `o_${id}` })
    await world.phone(`o_${id}`).do('waitlist.join', { elderId: id, slotId })
  }
  const holder = Object.keys((await world.slot(slotId)).holders)[0] ?? ''
  await world.phone(`o_${holder}`).do('booking.cancel', { bookingId })
  if (isOffered) await lookAtWaitlists(world)
  return { slotId, first, second, placeId: queueOf(await world.slot(slotId)).places[first]?.placeId ?? (await world.slot(slotId)).holders[first]?.bookingId ?? '' }
}

const kill = (fn: 'api' | 'timers', nth: number, when: 'before' | 'after') => world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: [fn], operations: ['database.'] } })

/** What the clock does in the minutes after; done once more it changes nothing. */
async function settled(): Promise<void> {
  await world.emulator.faults({})
  await world.emulator.pass(4 * MINUTE)
  const run = async () => { for (const trigger of ['settle', 'lookAtWaitlists']) await world.emulator.fire('timers', trigger) }
  await run()
  await run()
  const before = await world.writes()
  await run()
  expect(await world.writes()).toEqual(before)
  expect(await world.brokenLaws()).toEqual([])
}

const ask = (openid: string, action: string, input: object, requestId: string) => world.emulator.call<{ ok: boolean }>(openid, { action, input, requestId, contractVersion: 1 })

test.each(killsOf(6, 2))('taken, killed $when database call $nth and never asked again: booked, or still held for the same person', async ({ nth, when }) => {
  const { slotId, first, second, placeId } = await scene(true)
  await kill('api', nth, when)
  await ask(`o_${first}`, 'waitlist.accept', { elderId: first, slotId, placeId }, `take-${nth}-${when}`)
  await settled()
  const slot = await world.slot(slotId)
  expect(Object.keys(slot.holders)).toEqual([first])
  expect(waitingIn(slot)).toEqual([second])
  const bookings = ((await world.emulator.dump(['bookings']))['bookings'] ?? []).filter((booking) => booking['slotId'] === slotId && booking['elderId'] === first)
  expect(bookings).toHaveLength(isOnOffer(slot.holders[first]) ? 0 : 1)
  // And what is still held can be taken.
  if (isOnOffer(slot.holders[first])) expect(await world.phone(`o_${first}`).codeOf('waitlist.accept', { elderId: first, slotId, placeId })).toBe('OK')
  await settled()
  expect(isOnOffer((await world.slot(slotId)).holders[first])).toBe(false)
})

test.each(killsOf(6, 1))('taken, killed $when database call $nth and asked again: booked once', async ({ nth, when }) => {
  const { slotId, first, placeId } = await scene(true)
  await kill('api', nth, when)
  const again = () => ask(`o_${first}`, 'waitlist.accept', { elderId: first, slotId, placeId }, `again-${nth}-${when}`)
  await again()
  await world.emulator.faults({})
  expect((await again()).result).toMatchObject({ ok: true })
  await settled()
  expect(((await world.emulator.dump(['bookings']))['bookings'] ?? []).filter((booking) => booking['slotId'] === slotId && booking['elderId'] === first)).toHaveLength(1)
})

test.each(killsOf(6, 1))('declined, killed $when database call $nth and asked again: the next one has it, once', async ({ nth, when }) => {
  const { slotId, first, second, placeId } = await scene(true)
  await kill('api', nth, when)
  const again = () => ask(`o_${first}`, 'waitlist.decline', { elderId: first, slotId, placeId }, `no-${nth}-${when}`)
  await again()
  await world.emulator.faults({})
  expect((await again()).result).toMatchObject({ ok: true })
  await settled()
  const slot = await world.slot(slotId)
  expect(Object.keys(slot.holders)).toEqual([second])
  expect(queueOf(slot).ended.map((offer) => offer.how)).toEqual(['declined'])
})

test.each(killsOf(7, 2))('the clock killed $when database call $nth: late or twice, one offer, told once', async ({ nth, when }) => {
  const { slotId, first, second } = await scene(false)
  await kill('timers', nth, when)
  await lookAtWaitlists(world)
  await settled()
  const slot = await world.slot(slotId)
  expect(isOnOffer(slot.holders[first])).toBe(true)
  expect(waitingIn(slot)).toEqual([second])
  const messages = ((await world.emulator.dump(['messages']))['messages'] as unknown as Message[]).filter((message) => message.offer?.slotId === slotId)
  expect(messages.map((message) => message.personId)).toEqual([first])
})
