/** The clock's work: refused to anybody but the platform; twice, late or killed half-way it comes to the same end. */
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { MONDAY_NINE, startWorld, type World } from './world'
import { sampleOf } from '../support/kills'

describe('timers', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  test.each([
    ['a user', { openid: 'o_admin', source: 'wx_client' }],
    ['a user who pretends to be the trigger', { openid: 'o_admin', source: 'wx_trigger' }],
    ['another function, without identity', { source: 'scf' }],
  ])('refuse %s, and nothing is written', async (_name, context) => {
    const before = await world.everything()
    const answer = await world.emulator.invoke<{ ok: boolean; error: { code: string } }>('timers', { Type: 'Timer', TriggerName: 'generateSlots' }, context)
    expect(answer).toMatchObject({ ok: true, result: { ok: false, error: { code: 'NOT_ALLOWED' } } })
    expect(await world.everything()).toEqual(before)
  })

  test('slots stand open fourteen days ahead, a second run adds none, a killed run is completed by the next', async () => {
    await world.emulator.faults({ killFunction: { nth: [9] }, killWhen: 'after', only: { functions: ['timers'], operations: ['database.'] } })
    await world.emulator.fire('timers', 'generateSlots')
    await world.emulator.faults({})
    await world.emulator.fire('timers', 'generateSlots')
    const once = (await world.emulator.dump())['slots'] ?? []
    await world.emulator.fire('timers', 'generateSlots')
    expect((await world.emulator.dump())['slots']).toEqual(once)
    // 3 openings a day for 14 days; the 09:00 of today has begun already.
    expect(once).toHaveLength(14 * 3 - 1)
    expect(await world.brokenLaws()).toEqual([])
  })

  test('the day before, both the elder and the daughter are reminded once, however often the timer runs', async () => {
    await world.emulator.subscribe('o_mother', ['tpl_booked'])
    await world.emulator.subscribe('o_mother', ['tpl_reminder'])
    const slotId = 'bathing_20261126_0840'
    await world.phone('o_daughter').do('booking.book', { elderId: 'mother', slotId })
    await world.emulator.moveTo(instantOf('2026-11-25', 14 * 60))
    for (let run = 0; run < 3; run++) {
      await world.emulator.fire('timers', 'lookAtBookings')
      await world.emulator.fire('timers', 'sendMessages')
    }
    const messages = (await world.emulator.dump())['messages'] ?? []
    expect(messages.map((message) => [message['templateId'], message['personId'], message['state']]).sort()).toEqual([
      ['tpl_booked', 'mother', 'sent'],
      // The daughter never agreed to messages: somebody telephones.
      ['tpl_reminder', 'daughter', 'toCall'],
      ['tpl_reminder', 'mother', 'sent'],
    ])
    expect((await world.phone('o_social').do('worker.today', {})).toCall).toHaveLength(1)
  })

  test.each(sampleOf([1, 2, 3, 4, 5, 6, 7, 8, 9], 2))('sending killed at call %i: nobody is told twice, nobody forgotten', async (nth) => {
    const openids = ['o_neighbour', 'o_mother']
    const startsAt = MONDAY_NINE + (30 + nth) * DAY
    for (const [index, elder] of ['neighbour', 'mother'].entries()) {
      const slotId = `send_${nth}_${index}`
      await world.addSlot(slotId, { startsAt: startsAt + index * HOUR * 2, endsAt: startsAt + index * HOUR * 2 + HOUR })
      await world.phone('o_social').do('booking.book', { elderId: elder, slotId })
    }
    for (const openid of openids) await world.emulator.subscribe(openid, ['tpl_booked'])
    const sentBefore = (await world.emulator.outbox()).length
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['timers'] } })
    await world.emulator.fire('timers', 'lookAtBookings')
    await world.emulator.fire('timers', 'sendMessages')
    await world.emulator.faults({})
    await world.emulator.fire('timers', 'lookAtBookings')
    await world.emulator.fire('timers', 'sendMessages')
    await world.emulator.advance(10 * MINUTE)
    await world.emulator.fire('timers', 'sendMessages')
    const mine = ((await world.emulator.dump())['messages'] ?? []).filter((message) => message['templateId'] === 'tpl_booked')
    const settled = mine.filter((message) => message['state'] === 'sent' || message['state'] === 'toCall')
    expect(settled).toHaveLength(mine.length)
    const sent = (await world.emulator.outbox()).slice(sentBefore).filter((message) => message.templateId === 'tpl_booked')
    expect(sent.length).toBeLessThanOrEqual(2)
    // Whoever was not reached by WeChat is on the call list.
    expect(new Set(sent.map((message) => message.openid)).size).toBe(sent.length)
  })

  test('a forgotten check-out becomes an exception by itself', async () => {
    const startsAt = MONDAY_NINE + 60 * DAY
    await world.addSlot('forgotten', { startsAt, endsAt: startsAt + HOUR })
    const { bookingId } = await world.phone('o_mother').do('booking.book', { elderId: 'mother', slotId: 'forgotten' })
    await world.phone('o_worker').do('visit.take', { bookingId })
    await world.emulator.moveTo(startsAt)
    await world.phone('o_mother').do('visit.vouch', { bookingId, moment: 'checkIn' })
    await world.emulator.moveTo(startsAt + 3 * HOUR)
    await world.emulator.fire('timers', 'lookAtBookings')
    const row = (await world.phone('o_social').do('worker.today', {})).exceptions.find((candidate) => candidate.bookingId === bookingId)
    expect(row?.missing).toEqual(['checkOut', 'confirm'])
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('the call list', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  test('a day that closes puts its bookings on it, once; opened again, they are off', async () => {
    const startsAt = instantOf('2026-12-03', 14 * 60)
    await world.addSlot('closing', { startsAt, endsAt: startsAt + HOUR, onDate: '2026-12-03' })
    await world.phone('o_mother').do('booking.book', { elderId: 'mother', slotId: 'closing' })
    const admin = world.phone('o_admin')
    expect(await admin.do('calendar.setClosedDay', { onDate: '2026-12-03', name: '设备检修', isClosed: true })).toEqual({ heldSeats: 1 })
    await admin.do('calendar.setClosedDay', { onDate: '2026-12-03', name: '设备检修', isClosed: true })
    const calls = async () => (await world.phone('o_social').do('worker.today', {})).toCall
    expect(await calls()).toMatchObject([{ personName: '王秀珍', gist: expect.stringContaining('设备检修') as unknown }])
    await admin.do('calendar.setClosedDay', { onDate: '2026-12-03', name: '设备检修', isClosed: false })
    expect(await calls()).toEqual([])
  })

  test('a reminder of what has begun is no longer on it', async () => {
    const startsAt = MONDAY_NINE + 26 * HOUR
    await world.addSlot('reminding', { startsAt, endsAt: startsAt + HOUR })
    await world.addPerson('phoneless', { name: '示例老人' })
    const { bookingId } = await world.phone('o_social').do('booking.book', { elderId: 'phoneless', slotId: 'reminding' })
    await world.emulator.moveTo(startsAt - 20 * HOUR)
    await world.emulator.fire('timers', 'lookAtBookings')
    const calls = async () => (await world.phone('o_social').do('worker.today', {})).toCall.map((call) => call.personName)
    expect(await calls()).toEqual(['示例老人', '示例老人'])
    await world.emulator.moveTo(startsAt + MINUTE)
    await world.emulator.fire('timers', 'sendMessages')
    expect(await calls()).toEqual([])
    expect((await world.phone('o_social').do('booking.show', { bookingId })).status).toBe('booked')
    expect(await world.brokenLaws()).toEqual([])
  })
})

describe('law 3', () => {
  test('a care worker who acts for an elder does not serve her, nor does that elder speak for the worker’s work', async () => {
    const world = await startWorld()
    try {
      const given = { personId: 'worker', name: '陈霞', kinship: '女儿', scopes: ['book' as const], endOn: '2027-11-01', givenAt: 1, givenBy: { personId: 'x', name: 'x', how: 'elderTap' as const }, endedAt: null, endedBy: null }
      const toMother = { ...given, personId: 'workersMother', name: '示例母亲', kinship: '其他家人' }
      await world.addPerson('workersMother', { openid: 'o_workers_mother', name: '示例母亲', delegates: { worker: given }, delegateIds: ['worker'] })
      // The worker's own mother also acts for a neighbour whom the worker serves.
      await world.addPerson('served', { openid: 'o_served', name: '示例老人', delegates: { workersMother: toMother }, delegateIds: ['workersMother'] })
      const startsAt = MONDAY_NINE + 5 * HOUR
      await world.addSlot('own', { startsAt, endsAt: startsAt + HOUR, capacity: 2 })
      const own = await world.phone('o_workers_mother').do('booking.book', { elderId: 'workersMother', slotId: 'own' })
      expect(await world.phone('o_worker').codeOf('visit.take', { bookingId: own.bookingId })).toBe('OWN_CASE')
      const other = await world.phone('o_served').do('booking.book', { elderId: 'served', slotId: 'own' })
      await world.phone('o_worker').do('visit.take', { bookingId: other.bookingId })
      await world.emulator.moveTo(startsAt)
      expect(await world.phone('o_workers_mother').codeOf('visit.vouch', { bookingId: other.bookingId, moment: 'checkIn' })).toBe('OWN_CASE')
      await world.phone('o_served').do('visit.vouch', { bookingId: other.bookingId, moment: 'checkIn' })
      await world.phone('o_served').do('visit.vouch', { bookingId: other.bookingId, moment: 'checkOut' })
      expect(await world.phone('o_workers_mother').codeOf('visit.confirm', { bookingId: other.bookingId, satisfaction: 'satisfied' })).toBe('OWN_CASE')
      await world.phone('o_served').do('visit.confirm', { bookingId: other.bookingId, satisfaction: 'satisfied' })
      expect(await world.brokenLaws()).toEqual([])
    } finally {
      await world.stop()
    }
  })
})
