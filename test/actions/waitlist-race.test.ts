/**
 * Offers against new bookings: a seat is freed again and again while some wait for it, some answer and many newcomers try
 * to book. Whoever waited comes before whoever did not; seats are exact; everybody gets a true answer (law 1). Twenty
 * seeds in the full run (RACE_SEEDS=20), one here.
 */
import { DAY, HOUR } from '../../src/domain/civil-time'
import { isOnOffer, queueOf } from '../../src/domain/waitlist'
import { mulberry32 } from '../support/random'
import { lookAtWaitlists, waitingIn } from './waitlist-world'
import { MONDAY_NINE, person, slotOf, startWorld, type World } from './world'

const CALLERS = 40
const CAPACITY = 4
const seeds = Array.from({ length: Number(process.env['RACE_SEEDS'] ?? 1) }, (_, index) => 20261130 + index)

let world: World
beforeAll(async () => {
  world = await startWorld()
  const callers = Array.from({ length: CALLERS }, (_, index) => index)
  await world.emulator.insert('people', callers.map((index) => person(`caller${index}`, { accountId: `o_caller${index}`, name: `示例${index}` })))
  await world.emulator.insert('accounts', callers.map((index) => ({ _id: `o_caller${index}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: `caller${index}`, name: `示例${index}`, grants: [], requests: {} })))
})
afterAll(() => world.stop())

test.each(seeds.map((seed, run) => ({ seed, run })))('seed $seed: no newcomer before who waits, no seat twice, none lost', async ({ seed, run }) => {
  const slotId = `race${seed}`
  const startsAt = slotOf('x').startsAt + (40 * 24 + run * 2) * HOUR
  // Each in the morning of a day: at night an offer stands until the next one.
  if (run > 0) await world.emulator.passTo(MONDAY_NINE + run * DAY)
  await world.addSlot(slotId, { capacity: CAPACITY, startsAt, endsAt: startsAt + HOUR })
  const random = mulberry32(seed)
  const ofCaller = (index: number) => ({ elderId: `caller${index}`, phone: world.phone(`o_caller${index}`) })
  const booked = new Map<number, string>()
  for (let index = 0; index < CAPACITY; index++) booked.set(index, (await ofCaller(index).phone.do('booking.book', { elderId: `caller${index}`, slotId })).bookingId)

  await world.emulator.faults({ seed, latencyMs: [0, 10] })
  const waiting = [10, 11, 12, 13, 14, 15]
  await Promise.all(waiting.map((index) => ofCaller(index).phone.do('waitlist.join', { elderId: `caller${index}`, slotId })))
  const order = waitingIn(await world.slot(slotId))
  expect(order).toHaveLength(waiting.length)
  const got: string[] = []
  // Each round one gives the seat back, while newcomers press, the clock looks twice at once, and whoever is on offer answers.
  for (let round = 0; round < CAPACITY; round++) {
    const newcomers = Array.from({ length: 6 }, (_, index) => 20 + ((round * 6 + index) % 20))
    const ofOffers = Object.entries((await world.slot(slotId)).holders).filter(([, seat]) => isOnOffer(seat))
    const answers = await Promise.all([
      ofCaller(round).phone.codeOf('booking.cancel', { bookingId: booked.get(round) ?? '' }),
      ...newcomers.map((index) => ofCaller(index).phone.codeOf('booking.book', { elderId: `caller${index}`, slotId })),
      ...ofOffers.map(([elderId, seat]) => world.phone(`o_${elderId}`).codeOf(random() < 0.7 ? 'waitlist.accept' : 'waitlist.decline', { elderId, slotId, placeId: seat.bookingId })),
      lookAtWaitlists(world), lookAtWaitlists(world),
    ])
    const told = answers.filter((answer): answer is string => typeof answer === 'string')
    expect(told[0]).toBe('OK')
    expect(told.slice(1, 1 + newcomers.length)).toEqual(newcomers.map(() => 'SLOT_FULL'))
    expect(told.slice(1 + newcomers.length)).toEqual(ofOffers.map(() => 'OK'))
    await lookAtWaitlists(world)
    const slot = await world.slot(slotId)
    for (const [elderId, seat] of Object.entries(slot.holders)) if (isOnOffer(seat) && !got.includes(elderId)) got.push(elderId)
    // Nobody waits while a seat is free, and the seats add up.
    expect(waitingIn(slot).length === 0 || slot.remaining === 0).toBe(true)
    expect(slot.remaining + Object.keys(slot.holders).length).toBe(CAPACITY)
  }
  await world.emulator.faults({})
  // Each got their turn in the order in which they waited.
  expect(order.filter((elderId) => got.includes(elderId))).toEqual(order.slice(0, got.length))
  const slot = await world.slot(slotId)
  expect(queueOf(slot).personIds).toHaveLength(waitingIn(slot).length + Object.values(slot.holders).filter(isOnOffer).length)
  // The offers that stand run out one after the other; in the end nobody waits unless all seats are booked, and a seat that nobody wanted is anybody's.
  for (let index = 0; index < waiting.length; index++) {
    await world.emulator.pass(HOUR)
    await lookAtWaitlists(world)
  }
  const left = await world.slot(slotId)
  expect(Object.values(left.holders).filter(isOnOffer)).toEqual([])
  expect(waitingIn(left).length === 0 || left.remaining === 0).toBe(true)
  const codes = await Promise.all([30, 31, 32, 33, 34].map((index) => ofCaller(index).phone.codeOf('booking.book', { elderId: `caller${index}`, slotId })))
  expect(codes.filter((code) => code === 'OK')).toHaveLength(Math.min(5, left.remaining))
  expect(await world.brokenLaws()).toEqual([])
})
