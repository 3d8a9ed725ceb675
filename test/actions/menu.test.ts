/**
 * The menu service through the real SDK: the last place of a day, an order that is accepted, declined, not answered or cancelled at
 * the same moment, licences that run out, what nobody ordered, and the function killed on the way. Each call in turn with EVERY_STEP=1.
 */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import { slotIdsOf } from '../../src/domain/booking-record'
import type { Message } from '../../src/domain/message'
import type { Person } from '../../src/domain/person'
import type { Slot } from '../../src/domain/slot'
import { isEveryStep, killsOf } from '../support/kills'
import { aMenuOffer, aNeighbour, anOrder, anOrderLeft, anOrderWithNext, deliver, offerTerms, orderIn, soon, theOrganisation } from './menu-world'
import { newRequestId, startWorld, type World } from './world'

const steps = (last: number, sample: readonly number[]) => (isEveryStep ? Array.from({ length: last }, (_, index) => index + 1) : sample).flatMap((nth) => (['before', 'after'] as const).map((when) => ({ nth, when })))

let world: World
let serial = 0
beforeAll(async () => {
  world = await startWorld()
  await world.addPerson('admin2', { openid: 'o_admin2', name: '吴刚', birthOn: '1980-01-01', grants: [{ role: 'admin' }] })
  await theOrganisation(world, 'carehome')
  await theOrganisation(world, 'otherhome')
})
afterAll(() => world.stop())

const clock = async (): Promise<number> => (await world.emulator.clock()).now
/** What the clock does in the minutes after. */
async function swept(): Promise<void> {
  await world.emulator.faults({})
  await world.emulator.pass(6 * MINUTE)
  for (const trigger of ['lookAtBookings', 'settle', 'lookAtBookings']) await world.emulator.fire('timers', trigger)
}
/** An order has one place, one time and one organisation, and nothing stands beside it. */
async function expectWhole(bookingId: string): Promise<Booking> {
  const order = await orderIn(world, bookingId)
  const { slots = [], people = [] } = await world.emulator.dump(['slots', 'people'])
  const held = (slots as unknown as Slot[]).filter((slot) => slot.holders[order.elderId]?.bookingId === bookingId).map((slot) => slot._id)
  const times = (people as unknown as Person[]).find((one) => one._id === order.elderId)?.busy.filter((time) => time.bookingId === bookingId && time.freedAt === null).map(({ from }) => from)
  const isLive = order.status !== 'cancelled'
  expect({ held, times }).toEqual({ held: isLive ? slotIdsOf(order) : [], times: isLive ? [order.startsAt] : [] })
  return order
}
async function costOf(run: () => Promise<unknown>) {
  const { latest } = await world.emulator.calls()
  await run()
  return (await world.emulator.calls(latest)).rows.find((one) => one.function === 'api')?.dbCalls
}

test('from registration to a figure: two persons, an offer, an order by the family, delivered by door codes, confirmed, verified, counted', async () => {
  const admin = world.phone('o_admin')
  const { providerId } = await admin.do('organisation.register', { name: '示例磨刀铺', sort: 'merchant', contactName: '店长', phone: '0574-00000009', address: '柳东路 9 号', communityIds: ['huaguang'], licence: { kind: 'business', number: '示例 1', fromOn: '2024-01-01', untilOn: '2035-12-31' } })
  expect(await admin.codeOf('organisation.decide', { providerId, isApproved: true })).toBe('SECOND_PERSON')
  await world.phone('o_admin2').do('organisation.decide', { providerId, isApproved: true })
  // Now it is a provider like any other: staff is given there.
  await world.addPerson('grinder', { openid: 'o_grinder', name: '何师傅', birthOn: '1970-01-01' })
  await admin.do('staff.grant', { personId: 'grinder', role: 'careWorker', providerId })
  const grinder = world.phone('o_grinder')
  const { offerId } = await grinder.do('menu.saveOffer', { ...offerTerms, providerId, bring: [], communityIds: ['huaguang'], weekdays: [0, 1, 2, 3, 4, 5, 6], parts: ['morning'], name: '磨刀', sort: 'sharpening', unit: '一把' })
  expect((await world.phone('o_mother').do('menu.show', { elderId: 'mother' })).offers.map((one) => one.offerId)).not.toContain(offerId)
  const { offers } = await admin.do('menu.offers', {})
  await admin.do('menu.decideOffer', { offerId, seenAt: offers.find((one) => one.offerId === offerId)?.waiting?.at ?? 0, isApproved: true })
  const daughter = world.phone('o_daughter')
  expect(await costOf(() => daughter.do('menu.show', { elderId: 'mother' }))).toBe(5)
  const { days, offer } = await daughter.do('menu.offer', { elderId: 'mother', offerId })
  const day = days.find((one) => one.state === 'free')
  let bookingId = ''
  expect(await costOf(async () => { ({ bookingId } = await daughter.do('menu.order', { elderId: 'mother', slotId: day?.slotId ?? '', part: 'morning', seenPriceFen: offer.priceFen, note: '两把菜刀' })) })).toBe(7)
  const desk = await grinder.do('menu.desk', {})
  expect(desk.fresh).toMatchObject([{ bookingId, note: '两把菜刀', address: '华光城 12 幢 ***', acts: ['accept', 'decline'] }])
  await grinder.do('menu.accept', { bookingId })
  await grinder.do('visit.assign', { bookingId, workerId: 'grinder' })
  const { onDate, startsAt } = await orderIn(world, bookingId)
  const week = await grinder.do('provider.week', { fromOn: onDate })
  expect(week.days[0]).toMatchObject({ onDate, open: 4, places: 5, items: [{ bookingId, isUnassigned: false, workerName: '何师傅' }] })
  await world.emulator.passTo(startsAt)
  await grinder.do('menu.setOut', { bookingId })
  const code = async () => (await world.phone('o_mother').do('visit.doorCode', { bookingId })).code
  await grinder.do('visit.checkIn', { bookingId, code: await code() })
  await world.emulator.pass(20 * MINUTE)
  await grinder.do('visit.checkOut', { bookingId, code: await code() })
  await world.phone('o_mother').do('visit.confirm', { bookingId, satisfaction: 'satisfied' })
  expect(await world.phone('o_grinder').codeOf('visit.verify', { bookingId, outcome: 'verified' })).toBe('NOT_ALLOWED')
  await world.phone('o_social').do('visit.verify', { bookingId, outcome: 'verified' })
  const month = civilDate(startsAt).slice(0, 7)
  const { figures } = await admin.do('menu.figures', { month })
  expect(figures.find((one) => one.offerId === offerId)).toMatchObject({ providerId, communityName: '华光城', services: 1, people: 1 })
  expect((await admin.do('menu.records', { month, providerId, offerId, communityId: 'huaguang' })).records).toMatchObject([{ bookingId, elderName: '王秀珍', workerName: '何师傅', verifiedByName: '李静' }])
  // Another organisation counts its own alone, another community's social worker theirs.
  expect((await world.phone('o_rival').do('menu.figures', { month })).services).toBe(0)
  expect((await world.phone('o_social_taigu').do('menu.figures', { month })).services).toBe(0)
  expect((await world.phone('o_mother').do('booking.show', { bookingId })).timeline.map((line) => line.what)).toEqual(['booked', 'accepted', 'assigned', 'setOut', 'checkedIn', 'checkedOut', 'confirmed', 'verified'])
  expect(await world.brokenLaws()).toEqual([])
})

test('the last order of a day, wanted by four at once, is one elder’s (law 1)', async () => {
  const { dayOf } = await aMenuOffer(world, { perDay: 1 })
  const onDate = await soon(world)
  const people = await Promise.all(Array.from({ length: 4 }, () => aNeighbour(world)))
  const codes = await Promise.all(people.map((elderId) => world.phone(`o_${elderId}`).codeOf('menu.order', { elderId, slotId: dayOf(onDate), part: 'morning', seenPriceFen: 500 })))
  expect(codes.sort()).toEqual(['OK', 'SLOT_FULL', 'SLOT_FULL', 'SLOT_FULL'])
  expect(await world.slot(dayOf(onDate))).toMatchObject({ remaining: 0, capacity: 1 })
})

test('bad wishes are refused with their reason, and nothing is written', async () => {
  const { offerId, dayOf } = await aMenuOffer(world, { priceFen: 800 })
  const [onDate, elderId] = [await soon(world), await aNeighbour(world)]
  const phone = world.phone(`o_${elderId}`)
  const first = await phone.do('menu.order', { elderId, slotId: dayOf(onDate), part: 'morning', seenPriceFen: 800 })
  const before = await world.writes()
  const code = (changes: object) => phone.codeOf('menu.order', { elderId, slotId: dayOf(addDays(onDate, 1)), part: 'morning', seenPriceFen: 800, ...changes })
  expect(await code({ slotId: dayOf(onDate), part: 'afternoon' })).toBe('ALREADY_BOOKED') // one live order of one offer a day
  expect(await code({ seenPriceFen: 500 })).toBe('PRICE_CHANGED')
  expect(await code({ slotId: dayOf(civilDate(await clock())) })).toBe('CUTOFF_PAST') // today it is too late
  expect(await code({ elderId: 'neighbour' })).toBe('NOT_FOUND')
  expect(await phone.codeOf('booking.book', { elderId, slotId: dayOf(addDays(onDate, 1)) })).toBe('NOT_FOUND')
  expect(await phone.codeOf('waitlist.join', { elderId, slotId: dayOf(addDays(onDate, 1)) })).toBe('NOT_FOUND')
  // What nobody ordered, what was not accepted, and somebody else's order.
  const worker = world.phone('o_worker')
  expect(await worker.codeOf('visit.checkIn', { bookingId: 'nothing', code: '123456' })).toBe('NOT_FOUND')
  expect(await worker.codeOf('visit.take', { bookingId: first.bookingId })).toBe('WRONG_STATE')
  expect(await worker.codeOf('menu.accept', { bookingId: 'nothing' })).toBe('NOT_FOUND')
  for (const action of ['menu.accept', 'visit.take'] as const) expect(await world.phone('o_rival').codeOf(action, { bookingId: first.bookingId })).toBe('NOT_FOUND')
  expect(await world.phone('o_rival').codeOf('menu.saveOffer', { ...offerTerms, bring: [], communityIds: ['huaguang'], weekdays: [1], parts: ['morning'], providerId: 'carehome', offerId })).toBe('NOT_FOUND')
  expect(await world.writes()).toEqual(before)
})

test('a new price is for new orders alone; what is off the menu takes none, and what was ordered stands', async () => {
  const { offerId, dayOf } = await aMenuOffer(world)
  const [onDate, elderId] = [await soon(world), await aNeighbour(world)]
  const { bookingId } = await world.phone(`o_${elderId}`).do('menu.order', { elderId, slotId: dayOf(onDate), part: 'morning', seenPriceFen: 500 })
  await world.phone('o_worker').do('menu.saveOffer', { ...offerTerms, bring: [], communityIds: ['huaguang'], weekdays: [0, 1, 2, 3, 4, 5, 6], parts: ['morning', 'afternoon'], providerId: 'carehome', offerId, priceFen: 900, perDay: 3 })
  expect((await world.slot(dayOf(onDate))).priceFen).toBe(500)
  const { offers } = await world.phone('o_admin').do('menu.offers', {})
  await world.phone('o_admin').do('menu.decideOffer', { offerId, seenAt: offers.find((one) => one.offerId === offerId)?.waiting?.at ?? 0, isApproved: true })
  expect(await world.slot(dayOf(onDate))).toMatchObject({ priceFen: 900, capacity: 3, remaining: 2 })
  expect(await orderIn(world, bookingId)).toMatchObject({ priceFen: 500 })
  await world.phone('o_worker').do('menu.stopOffer', { offerId })
  const other = await aNeighbour(world)
  expect(await world.phone(`o_${other}`).codeOf('menu.order', { elderId: other, slotId: dayOf(onDate), part: 'morning', seenPriceFen: 900 })).toBe('SLOT_CLOSED')
  await world.emulator.fire('timers', 'generateSlots')
  expect(await world.slot(dayOf(onDate))).toMatchObject({ isOpen: false })
  expect((await expectWhole(bookingId)).status).toBe('booked')
})

test('accepted twice at once, and accepted while it is cancelled: one outcome that both sides see', async () => {
  const twice = await anOrder(world)
  expect((await Promise.all(['o_worker', 'o_colleague'].map((who) => world.phone(who).codeOf('menu.accept', { bookingId: twice })))).sort()).toEqual(['OK', 'WRONG_STATE'])
  for (let round = 0; round < 3; round++) {
    const elderId = await aNeighbour(world)
    const bookingId = await anOrder(world, 'asked', {}, elderId)
    const [accepted, cancelled] = await Promise.all([world.phone('o_worker').codeOf('menu.accept', { bookingId }), world.phone(`o_${elderId}`).codeOf('booking.cancel', { bookingId })])
    const order = await expectWhole(bookingId)
    expect(cancelled).toBe('OK') // accepted first, it is still days ahead
    expect([order.status, order.openFor]).toEqual(['cancelled', null])
    expect(order.timeline.filter((line) => line.what === 'accepted')).toHaveLength(accepted === 'OK' ? 1 : 0)
  }
})

describe('not taken', () => {
  /** An order at the care home, with another organisation that does the same kind of thing for less. */
  async function scene(sort: 'shopping' | 'repair' | 'company' | 'other' | 'haircut' | 'checkup' | 'medicine' = 'repair', hasNext = true) {
    const elderId = await aNeighbour(world)
    const first = await aMenuOffer(world, { sort })
    const next = hasNext ? await aMenuOffer(world, { sort, priceFen: 300, name: '便宜的' }, 'otherhome') : null
    const onDate = await soon(world)
    const { bookingId } = await world.phone(`o_${elderId}`).do('menu.order', { elderId, slotId: first.dayOf(onDate), part: 'afternoon', seenPriceFen: 500 })
    return { elderId, bookingId, first: first.dayOf(onDate), next: next?.dayOf(onDate) ?? '' }
  }

  test('declined: the next organisation has it at once, at no higher price; the first can do nothing with it any more', async () => {
    const { bookingId, next, elderId } = await scene()
    await world.phone('o_worker').do('menu.decline', { bookingId, words: '人手不够' })
    expect(await expectWhole(bookingId)).toMatchObject({ providerId: 'otherhome', slotId: next, priceFen: 300, leaves: [], menu: { passed: [{ why: 'declined' }] } })
    expect(await world.phone('o_worker').codeOf('menu.accept', { bookingId })).toBe('NOT_FOUND')
    await world.phone('o_rival').do('menu.accept', { bookingId })
    await swept()
    const messages = ((await world.emulator.dump(['messages']))['messages'] as unknown as Message[]).filter((one) => one.elderId === elderId)
    expect(messages.map((one) => one.gist.split('：')[0])).toEqual(expect.arrayContaining([expect.stringContaining('换一家问'), expect.stringContaining('接单了')]))
  })

  test('not answered by its hour: the clock passes it on once, however late and however often it looks', async () => {
    const { bookingId, first, next } = await scene('haircut')
    const by = (await orderIn(world, bookingId)).menu?.answerBy ?? 0
    await world.emulator.passTo(by - MINUTE)
    await world.emulator.fire('timers', 'lookAtBookings')
    expect((await orderIn(world, bookingId)).providerId).toBe('carehome')
    await world.emulator.passTo(by + HOUR)
    await Promise.all([1, 2].map(() => world.emulator.fire('timers', 'lookAtBookings')))
    await swept()
    const order = await expectWhole(bookingId)
    expect([order.providerId, order.timeline.filter((line) => line.what === 'passedOn').length]).toEqual(['otherhome', 1])
    expect([Object.keys((await world.slot(first)).holders), Object.keys((await world.slot(next)).holders)]).toEqual([[], [order.elderId]])
  })

  test('nobody left: the elder’s side is told, the social worker has it on the list, and nobody accepts it any more', async () => {
    const { bookingId, elderId } = await scene('company', false)
    await world.phone('o_worker').do('menu.decline', { bookingId, words: '这几天没有人' })
    await swept()
    expect(await orderIn(world, bookingId)).toMatchObject({ status: 'booked', review: 'exception', menu: { answerBy: null, acceptedAt: null } })
    expect((await world.phone('o_social').do('worker.today', {})).exceptions.map((row) => row.bookingId)).toContain(bookingId)
    expect(await world.phone('o_worker').codeOf('menu.accept', { bookingId })).toBe('WRONG_STATE')
    const messages = ((await world.emulator.dump(['messages']))['messages'] as unknown as Message[]).filter((one) => one.elderId === elderId && one.gist.includes('没有机构接单'))
    expect(messages).toHaveLength(1)
    await world.phone('o_social').do('booking.cancelLate', { bookingId, as: 'cancelled', reason: '电话里说好了，改天' })
    await expectWhole(bookingId)
  })

  test.each(steps(14, [10]))('the clock killed $when its database call $nth: the next run brings it to one organisation', async ({ nth, when }) => {
    const { bookingId } = await scene('checkup')
    await world.emulator.passTo(((await orderIn(world, bookingId)).menu?.answerBy ?? 0) + MINUTE)
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['timers'], operations: ['database.'] } })
    await world.emulator.fire('timers', 'lookAtBookings')
    await swept()
    await swept()
    const order = await expectWhole(bookingId)
    expect(order.timeline.filter((line) => line.what === 'passedOn')).toHaveLength(1)
    expect(await world.brokenLaws()).toEqual([])
  })
})

test.each(steps(7, [6]))('an order killed $when database call $nth and asked again is made once; never asked again it leaves nothing', async ({ nth, when }) => {
  for (const isAgain of [true, false]) {
    const { dayOf } = await aMenuOffer(world)
    const [onDate, elderId, requestId] = [await soon(world), await aNeighbour(world), newRequestId()]
    const ask = () => world.emulator.call<{ ok: boolean }>(`o_${elderId}`, { action: 'menu.order', input: { elderId, slotId: dayOf(onDate), part: 'morning', seenPriceFen: 500 }, requestId, contractVersion: 1 })
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    await ask()
    await world.emulator.faults({})
    if (isAgain) expect((await ask()).result).toMatchObject({ ok: true })
    await swept()
    const found = ((await world.emulator.dump(['bookings']))['bookings'] as unknown as Booking[]).filter((one) => one.elderId === elderId)
    expect(found.length).toBeLessThanOrEqual(1)
    if (isAgain) expect(found).toHaveLength(1)
    if (found[0]) await expectWhole(found[0]._id)
    else expect((await world.slot(dayOf(onDate))).holders).toEqual({})
  }
})

describe('moved to another time', () => {
  test('by the daughter, to the other half of its day and to another day: what was accepted is asked anew, and nothing stands beside it', async () => {
    const { bookingId, slotId, dayOf, onDate } = await anOrderWithNext(world)
    await world.phone('o_worker').do('menu.accept', { bookingId })
    await world.phone('o_worker').do('visit.take', { bookingId })
    const daughter = world.phone('o_daughter')
    expect((await daughter.do('booking.show', { bookingId })).acts).toContain('reschedule')
    expect(await costOf(() => daughter.do('menu.move', { bookingId, slotId, part: 'morning' }))).toBe(10)
    await swept()
    expect(await expectWhole(bookingId)).toMatchObject({ slotId, status: 'booked', workerId: null, priceFen: 500, menu: { part: 'morning', acceptedAt: null, answerBy: expect.any(Number) as number } })
    const { people = [] } = await world.emulator.dump(['people'])
    expect((people.find((one) => one['_id'] === 'worker') as unknown as Person).serving?.some((time) => time.bookingId === bookingId && time.freedAt === null)).toBe(false)
    expect((await world.phone('o_worker').do('menu.desk', {})).fresh.map((one) => one.bookingId)).toContain(bookingId)
    await daughter.do('menu.move', { bookingId, slotId: dayOf(addDays(onDate, 1)), part: 'afternoon' })
    // Until the sweep the old place stands beside the new one, and the organisation can answer.
    await world.phone('o_worker').do('menu.accept', { bookingId })
    await swept()
    expect((await expectWhole(bookingId)).onDate).toBe(addDays(onDate, 1))
    const { messages = [] } = await world.emulator.dump(['messages'])
    const told = (messages as unknown as Message[]).filter((message) => message.page.endsWith(bookingId) && message.gist.includes('改了上门时间')).map((message) => message.personId)
    expect(told).toEqual(expect.arrayContaining(['mother', 'worker']))
    expect((await world.phone('o_mother').do('account.log', { personId: 'mother' })).items.filter((line) => line.what === 'rescheduled').length).toBeGreaterThan(0)
    expect(await world.brokenLaws()).toEqual([])
  })

  test('bad wishes are refused with their reason, and nothing is written', async () => {
    const { bookingId, slotId, dayOf, onDate, next } = await anOrderWithNext(world, await aNeighbour(world), { perDay: 1 })
    const elderId = (await orderIn(world, bookingId)).elderId
    const [phone, tomorrow] = [world.phone(`o_${elderId}`), addDays(onDate, 1)]
    await world.phone('o_social').do('menu.order', { elderId: await aNeighbour(world), slotId: dayOf(tomorrow), part: 'morning', seenPriceFen: 500 })
    const before = await world.writes()
    const code = (input: object, who = phone) => who.codeOf('menu.move', { bookingId, slotId: dayOf(addDays(onDate, 2)), part: 'morning', ...input })
    expect(await code({ slotId: dayOf(tomorrow) })).toBe('SLOT_FULL')
    expect(await code({ slotId, part: 'afternoon' })).toBe('ALREADY_BOOKED')
    expect(await code({ slotId: dayOf(civilDate(await clock())) })).toBe('CUTOFF_PAST')
    expect(await code({ slotId: next })).toBe('NOT_FOUND') // another organisation's
    expect(await code({ slotId: 'nowhere' })).toBe('NOT_FOUND')
    expect(await code({ part: 'evening' })).toBe('BAD_INPUT')
    for (const who of ['o_neighbour', 'o_worker', 'o_social_taigu', 'o_admin']) expect(['NOT_FOUND', 'NOT_ALLOWED']).toContain(await code({}, world.phone(who)))
    expect(await phone.codeOf('booking.reschedule', { bookingId, slotId: dayOf(addDays(onDate, 2)) })).toBe('NOT_FOUND')
    expect(await world.writes()).toEqual(before)
  })

  test.each([1, 2])('two at once, beside one who hands it on and one who cancels: one end, seed %i', async (seed) => {
    const { bookingId, dayOf, onDate, next } = await anOrderWithNext(world, await aNeighbour(world))
    const phone = world.phone(`o_${(await orderIn(world, bookingId)).elderId}`)
    await world.emulator.faults({ seed, latencyMs: [0, 10] })
    const codes = await Promise.all([
      ...[1, 2].map((days) => phone.codeOf('menu.move', { bookingId, slotId: dayOf(addDays(onDate, days)), part: 'morning' })),
      world.phone('o_social').codeOf('menu.handOn', { bookingId, fromId: 'carehome', slotId: next }),
      ...(seed === 1 ? [phone.codeOf('booking.cancel', { bookingId })] : []),
    ])
    for (const code of codes) expect(['OK', 'WRONG_STATE', 'NOT_FOUND']).toContain(code)
    await swept()
    await swept()
    expect((await expectWhole(bookingId)).status).toBe(seed === 1 ? 'cancelled' : 'booked')
    expect(await world.brokenLaws()).toEqual([])
  })

  test.each(killsOf(10, 2).map((kill) => ({ ...kill, isSameDay: kill.nth % 2 === 0 })))('killed $when its database call $nth (the same day: $isSameDay): with a place all along, and asked again it has moved', async ({ nth, when, isSameDay }) => {
    const elderId = await aNeighbour(world)
    const { bookingId, slotId, dayOf, onDate } = await anOrderWithNext(world, elderId)
    const requestId = newRequestId()
    const input = { bookingId, slotId: isSameDay ? slotId : dayOf(addDays(onDate, 1)), part: 'morning' as const }
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    await world.phone(`o_${elderId}`).ask('menu.move', input, requestId).catch(() => null)
    const order = await orderIn(world, bookingId)
    expect((await world.slot(order.slotId)).holders[elderId]?.bookingId).toBe(bookingId)
    await swept()
    await expectWhole(bookingId)
    await world.phone(`o_${elderId}`).ask('menu.move', input, requestId)
    await swept()
    expect(await expectWhole(bookingId)).toMatchObject({ slotId: input.slotId, menu: { part: 'morning' } })
    expect((await orderIn(world, bookingId)).timeline.filter((line) => line.what === 'rescheduled')).toHaveLength(1)
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('handed on by a social worker', () => {
  const social = () => world.phone('o_social')

  test('an order that waits: to the one that was chosen, which has to accept; both desks see it, the elder’s side is told and finds it in the record', async () => {
    const { bookingId, next } = await anOrderWithNext(world)
    expect((await social().do('menu.toHandOn', {})).orders.find((one) => one.bookingId === bookingId)).toMatchObject({ state: 'asked', elderName: '王秀珍' })
    expect((await world.phone('o_social_taigu').do('menu.toHandOn', {})).orders).toEqual([])
    const { takers, providerId } = await social().do('menu.takers', { bookingId })
    expect(takers.find((one) => one.slotId === next)).toMatchObject({ providerName: '示例otherhome', priceFen: 300, whyNot: null, hadIt: false })
    expect(await costOf(() => social().do('menu.handOn', { bookingId, fromId: providerId, slotId: next }))).toBe(13)
    expect(await expectWhole(bookingId)).toMatchObject({ providerId: 'otherhome', slotId: next, priceFen: 300, leaves: [], menu: { acceptedAt: null, passed: [{ providerId: 'carehome', why: 'handedOn' }] } })
    expect(await world.phone('o_worker').codeOf('menu.accept', { bookingId })).toBe('NOT_FOUND')
    await world.phone('o_rival').do('menu.accept', { bookingId })
    expect((await social().do('menu.takers', { bookingId })).state).toBeNull()
    expect(await social().codeOf('menu.handOn', { bookingId, fromId: 'otherhome', slotId: (takers.find((one) => one.slotId !== next)?.slotId) ?? next })).toBe('WRONG_STATE')
    await swept()
    const { messages = [] } = await world.emulator.dump(['messages'])
    expect((messages as unknown as Message[]).filter((message) => message.page.endsWith(bookingId) && message.gist.includes('换一家问')).map((message) => message.personId)).toContain('mother')
    expect((await world.phone('o_mother').do('account.log', { personId: 'mother' })).items).toContainEqual(expect.objectContaining({ what: 'passedOn', byName: '李静' }))
  })

  test('one that nobody took, and one whose organisation lost its licence', async () => {
    const lost = await anOrderWithNext(world, await aNeighbour(world), { sort: 'company', priceFen: 500 })
    for (const who of ['o_worker', 'o_rival']) await world.phone(who).do('menu.decline', { bookingId: lost.bookingId, words: '没有人' })
    expect((await social().do('menu.toHandOn', {})).orders.find((one) => one.bookingId === lost.bookingId)).toMatchObject({ state: 'lost' })
    expect((await world.phone('o_social').do('menu.takers', { bookingId: lost.bookingId })).takers.find((one) => one.slotId === lost.slotId)).toMatchObject({ hadIt: true, whyNot: null })
    // It was telephoned with, and takes it after all.
    await social().do('menu.handOn', { bookingId: lost.bookingId, fromId: 'otherhome', slotId: lost.slotId })
    await world.phone('o_worker').do('menu.accept', { bookingId: lost.bookingId })
    expect(await expectWhole(lost.bookingId)).toMatchObject({ providerId: 'carehome', review: null })

    const { bookingId, providerId } = await anOrderLeft(world)
    const { onDate } = await orderIn(world, bookingId)
    const other = await aMenuOffer(world)
    expect(await social().do('menu.takers', { bookingId })).toMatchObject({ state: 'unlicensed', providerId })
    await social().do('menu.handOn', { bookingId, fromId: providerId, slotId: other.dayOf(onDate) })
    expect(await orderIn(world, bookingId)).toMatchObject({ providerId: 'carehome', menu: { acceptedAt: null, passed: [{ why: 'released' }] } })
    expect(await world.phone('o_admin').codeOf('menu.decideOrder', { bookingId, isKept: true, words: '新证已受理' })).toBe('WRONG_STATE')
  })

  test('bad wishes are refused with their reason, and nothing is written', async () => {
    const { bookingId, next, onDate, slotId } = await anOrderWithNext(world, await aNeighbour(world))
    const id = `lapsed${++serial}`
    await theOrganisation(world, id, { licences: [] })
    const [lapsed, dear, full] = [await aMenuOffer(world, { sort: 'repair' }, id), await aMenuOffer(world, { sort: 'repair', priceFen: 900 }, 'otherhome'), await aMenuOffer(world, { sort: 'repair', perDay: 1 }, 'otherhome')]
    const elderId = await aNeighbour(world)
    await world.phone(`o_${elderId}`).do('menu.order', { elderId, slotId: full.dayOf(onDate), part: 'morning', seenPriceFen: 500 })
    const others = await aMenuOffer(world, { sort: 'haircut' }, 'otherhome')
    const { takers } = await social().do('menu.takers', { bookingId })
    expect(Object.fromEntries(takers.map((one) => [one.slotId, one.whyNot]))).toMatchObject({ [next]: null, [lapsed.dayOf(onDate)]: 'unlicensed', [dear.dayOf(onDate)]: 'dearer', [full.dayOf(onDate)]: 'full' })
    const before = await world.writes()
    const code = (input: object, who = 'o_social') => world.phone(who).codeOf('menu.handOn', { bookingId, fromId: 'carehome', slotId: next, ...input })
    expect(await code({ slotId: lapsed.dayOf(onDate) })).toBe('LICENCE_EXPIRED')
    expect(await code({ slotId: dear.dayOf(onDate) })).toBe('PRICE_CHANGED')
    expect(await code({ slotId: full.dayOf(onDate) })).toBe('SLOT_FULL')
    for (const slot of [others.dayOf(onDate), slotId, 'nowhere']) expect(await code({ slotId: slot })).toBe('NOT_FOUND')
    expect(await code({ fromId: 'otherhome' })).toBe('WRONG_STATE')
    for (const who of ['o_social_taigu', 'o_worker', 'o_admin', 'o_daughter']) expect(['NOT_FOUND', 'NOT_ALLOWED']).toContain(await code({}, who))
    expect(await world.writes()).toEqual(before)
  })

  test.each([1, 2, 3])('two social workers hand the same order to two organisations, while the first accepts it: one is heard, seed %i', async (seed) => {
    const { bookingId, next, onDate } = await anOrderWithNext(world, await aNeighbour(world))
    if (seed === 1) await world.addPerson('social2', { openid: 'o_social2', name: '周敏', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
    const id = `third${++serial}`
    const third = await aMenuOffer(world, { sort: 'repair' }, id)
    await world.emulator.faults({ seed, latencyMs: [0, 10] })
    const codes = await Promise.all([
      world.phone('o_social').codeOf('menu.handOn', { bookingId, fromId: 'carehome', slotId: next }), world.phone('o_social2').codeOf('menu.handOn', { bookingId, fromId: 'carehome', slotId: third.dayOf(onDate) }),
      ...(seed === 3 ? [world.phone('o_worker').codeOf('menu.accept', { bookingId })] : []),
    ])
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    for (const code of codes) expect(['OK', 'WRONG_STATE', 'NOT_FOUND']).toContain(code)
    await swept()
    const order = await expectWhole(bookingId)
    expect(order.providerId).toBe(codes[0] === 'OK' ? 'otherhome' : codes[1] === 'OK' ? id : 'carehome')
    expect(await world.brokenLaws()).toEqual([])
  })

  test.each(killsOf(13, 2))('killed $when its database call $nth: in one place, and asked again it is handed on once', async ({ nth, when }) => {
    const { bookingId, next } = await anOrderWithNext(world, await aNeighbour(world))
    const requestId = newRequestId()
    const ask = () => social().ask('menu.handOn', { bookingId, fromId: 'carehome', slotId: next }, requestId)
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: when, only: { functions: ['api'], operations: ['database.'] } })
    await ask().catch(() => null)
    await swept()
    await expectWhole(bookingId)
    expect((await ask()).ok).toBe(true)
    await swept()
    const order = await expectWhole(bookingId)
    expect([order.providerId, order.timeline.filter((line) => line.what === 'passedOn').length]).toEqual(['otherhome', 1])
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('a licence', () => {
  test('that has run out takes no order and accepts none; what was accepted before is listed, kept or given to another', async () => {
    const id = `short${++serial}`
    const today = civilDate(await clock())
    await theOrganisation(world, id)
    await world.addPerson(id, { openid: `o_${id}`, name: '示例店员', grants: [{ role: 'careWorker', providerId: id }] })
    const staff = world.phone(`o_${id}`)
    // Another kind, which ends tomorrow.
    await world.phone('o_admin').do('organisation.addLicence', { providerId: id, kind: 'food', number: '示例 2', fromOn: '2024-01-01', untilOn: addDays(today, 1) })
    const licenceId = (await world.phone('o_admin').do('organisation.show', { providerId: id })).licences[1]?.licenceId ?? ''
    expect(await world.phone('o_admin').codeOf('organisation.decide', { providerId: id, licenceId, isApproved: true })).toBe('SECOND_PERSON')
    await world.phone('o_admin2').do('organisation.decide', { providerId: id, licenceId, isApproved: true })
    const { offerId, dayOf } = await aMenuOffer(world, { sort: 'other' }, id)
    const [one, two, three] = [await aNeighbour(world), await aNeighbour(world), await aNeighbour(world)]
    const onDate = addDays(today, 4)
    const order = (elderId: string) => world.phone(`o_${elderId}`).ask('menu.order', { elderId, slotId: dayOf(onDate), part: 'morning', seenPriceFen: 500 })
    const accepted = await order(one)
    const asked = await order(two)
    if (!accepted.ok || !asked.ok) throw new Error('not ordered')
    await staff.do('menu.accept', { bookingId: accepted.output.bookingId })
    // Told once ahead, to the administrators and to its staff.
    await Promise.all([1, 2].map(() => world.emulator.fire('timers', 'announceLicences')))
    const tellings = async (words: string) => ((await world.emulator.dump(['messages']))['messages'] as unknown as Message[]).filter((message) => message.gist.includes(`示例${id}`) && message.gist.includes(words)).map((message) => message.personId).sort()
    expect(await tellings('到期')).toEqual(['admin', 'admin2', id].sort())
    await world.emulator.pass(2 * DAY)
    await world.emulator.fire('timers', 'announceLicences')
    expect(await tellings('过期了')).toEqual(['admin', 'admin2', id].sort())
    const before = await world.writes()
    expect(await order(three)).toMatchObject({ ok: false, error: { code: 'LICENCE_EXPIRED', details: { untilOn: addDays(today, 1) } } })
    expect((await world.phone(`o_${three}`).do('menu.show', { elderId: three })).offers.map((offer) => offer.offerId)).not.toContain(offerId)
    expect(await staff.codeOf('menu.accept', { bookingId: asked.output.bookingId })).toBe('LICENCE_EXPIRED')
    expect(await world.writes()).toEqual(before)
    const shown = await world.phone('o_admin').do('organisation.show', { providerId: id })
    expect(shown).toMatchObject({ isLicensed: false, ordersLeft: [{ bookingId: accepted.output.bookingId, isKept: false }] })
    await aMenuOffer(world, { sort: 'other' }, 'otherhome')
    await world.phone('o_admin').do('menu.decideOrder', { bookingId: accepted.output.bookingId, isKept: false, words: '证照过期，换一家' })
    expect((await expectWhole(accepted.output.bookingId)).providerId).toBe('otherhome')
  })

  test('what stands in spite of it is kept, once', async () => {
    const { bookingId, providerId } = await anOrderLeft(world)
    await world.phone('o_admin').do('menu.decideOrder', { bookingId, isKept: true, words: '新证已受理' })
    expect((await world.phone('o_admin').do('organisation.show', { providerId })).ordersLeft).toMatchObject([{ bookingId, isKept: true }])
    expect(await world.phone('o_admin').codeOf('menu.decideOrder', { bookingId, isKept: true, words: '再一次' })).toBe('WRONG_STATE')
  })
})

test('who goes to hospital has their orders given back, and sees why none can be made', async () => {
  const elderId = await aNeighbour(world)
  const bookingId = await anOrder(world, 'assigned', {}, elderId)
  const onDate = (await orderIn(world, bookingId)).onDate
  await world.phone('o_social').do('person.setAway', { personId: elderId, why: 'hospital', fromOn: onDate })
  expect((await expectWhole(bookingId)).status).toBe('cancelled')
  const { offerId } = await aMenuOffer(world)
  expect((await world.phone(`o_${elderId}`).do('menu.offer', { elderId, offerId })).days.find((day) => day.onDate === onDate)?.state).toBe('away')
})

test('one worker brings to several doors in one half of a day; a visit beside them is refused', async () => {
  const people = [await aNeighbour(world), await aNeighbour(world)]
  const { dayOf } = await aMenuOffer(world)
  const onDate = addDays(await soon(world), 3)
  for (const elderId of people) {
    const { bookingId } = await world.phone('o_social').do('menu.order', { elderId, slotId: dayOf(onDate), part: 'morning', seenPriceFen: 500 })
    await world.phone('o_colleague').do('menu.accept', { bookingId })
    await world.phone('o_worker').do('visit.assign', { bookingId, workerId: 'colleague' })
    if (elderId === people[0]) expect(await world.phone('o_worker').codeOf('visit.assign', { bookingId, workerId: 'worker' })).toBe('NOT_FOUND')
  }
  const startsAt = (await world.slot(dayOf(onDate))).startsAt
  await world.addSlot(`bath${++serial}`, { onDate, startsAt: startsAt + HOUR, endsAt: startsAt + 2 * HOUR, orderUntil: startsAt })
  const { bookingId } = await world.phone('o_social').do('booking.book', { elderId: await aNeighbour(world), slotId: `bath${serial}` })
  expect(await world.phone('o_worker').codeOf('visit.assign', { bookingId, workerId: 'colleague' })).toBe('WORKER_BUSY')
  expect(await world.phone('o_worker').codeOf('visit.assign', { bookingId, workerId: 'rival' })).toBe('NO_MATCH')
  await world.phone('o_worker').do('visit.assign', { bookingId, workerId: 'worker' })
  expect(await world.brokenLaws()).toEqual([])
})

test('a whole month of one elder is one head and as many services', async () => {
  const elderId = await aNeighbour(world)
  const first = await anOrder(world, 'assigned', { name: '数人头' }, elderId)
  await deliver(world, first, elderId)
  const { serviceItemId, providerId, onDate } = await orderIn(world, first)
  const slotId = first === '' ? '' : `${serviceItemId}_${addDays(onDate, 2).replaceAll('-', '')}_0000`
  const { bookingId } = await world.phone(`o_${elderId}`).do('menu.order', { elderId, slotId, part: 'morning', seenPriceFen: 500 })
  await world.phone('o_worker').do('menu.accept', { bookingId })
  await world.phone('o_worker').do('visit.take', { bookingId })
  await deliver(world, bookingId, elderId)
  const { figures } = await world.phone('o_worker').do('menu.figures', { month: onDate.slice(0, 7) })
  const mine = figures.filter((one) => one.offerId === serviceItemId)
  expect([mine.reduce((sum, one) => sum + one.services, 0), mine[0]?.people, mine[0]?.providerId]).toEqual([addDays(onDate, 2).slice(0, 7) === onDate.slice(0, 7) ? 2 : 1, 1, providerId])
})

test('an organisation with a thousand visits besides still sees each order, and a figure opens all of its records', async () => {
  const elderId = await aNeighbour(world)
  const served = await anOrder(world, 'assigned', { name: '人多的一家' }, elderId)
  await deliver(world, served, elderId)
  const [order, today] = [await orderIn(world, served), civilDate(await clock())]
  const visits = Array.from({ length: 1_100 }, (_, index): Booking => {
    const { menu: _menu, ...visit } = order
    return { ...visit, _id: `visit${index}`, kind: 'homeCare', slotId: `visits${index}`, serviceItemId: 'bathing', onDate: today }
  })
  for (let from = 0; from < visits.length; from += 550) await world.emulator.insert('bookings', visits.slice(from, from + 550))
  const waiting = await anOrder(world, 'asked', { name: '人多的又一单' }, elderId)
  expect((await world.phone('o_worker').do('menu.desk', {})).fresh.map((one) => one.bookingId)).toContain(waiting)
  const { records } = await world.phone('o_worker').do('menu.records', { month: order.onDate.slice(0, 7), providerId: order.providerId, offerId: order.serviceItemId, communityId: order.communityId })
  expect(records.map((one) => one.bookingId)).toEqual([served])
})
