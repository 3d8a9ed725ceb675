/** From a tap to a confirmed service, as three people live it. */
import { startWorld, MONDAY_NINE, type World } from './world'
import { HOUR, MINUTE, instantOf } from '../../src/domain/civil-time'

describe('the whole path', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
    await world.emulator.fire('timers', 'generateSlots')
  })
  afterAll(() => world.stop())

  test('a daughter books, the care worker comes, the mother confirms, the social worker verifies', async () => {
    const daughter = world.phone('o_daughter')
    const mother = world.phone('o_mother')
    const worker = world.phone('o_worker')
    const social = world.phone('o_social')

    const home = await daughter.do('home.show', {})
    expect(home.elder).toMatchObject({ personId: 'mother', name: '王秀珍', kinship: '女儿' })

    const { services } = await daughter.do('catalogue.list', { elderId: 'mother' })
    expect(services[0]).toMatchObject({ serviceItemId: 'bathing', walkingMinutes: 8 })
    const offer = await daughter.do('catalogue.service', { elderId: 'mother', serviceItemId: 'bathing' })
    expect(offer.address).toBe('华光城 12 幢 302')
    const slot = offer.days[1]?.slots.find((candidate) => candidate.state === 'free')
    expect(slot).toBeDefined()

    const { bookingId } = await daughter.do('booking.book', { elderId: 'mother', slotId: slot?.slotId ?? '' })
    expect((await mother.do('booking.show', { bookingId })).timeline).toMatchObject([{ what: 'booked', byName: '王敏', as: 'family', kinship: '女儿', byMe: false }])

    // The elder hears that somebody booked for her.
    await world.emulator.subscribe('o_mother', ['tpl_booked'])
    await world.emulator.fire('timers', 'lookAtBookings')
    await world.emulator.fire('timers', 'sendMessages')
    expect((await world.emulator.outbox()).map((sent) => sent.openid)).toEqual(['o_mother'])

    const open = await worker.do('visit.mine', {})
    expect(open.open.map((item) => item.bookingId)).toEqual([bookingId])
    await worker.do('visit.take', { bookingId })
    expect((await worker.do('booking.show', { bookingId })).address).toBe('华光城 12 幢 ***')
    const shown = await worker.do('person.unmask', { field: 'address', about: { by: 'booking', bookingId }, purpose: 'visit' })
    expect(shown.value).toBe('华光城 12 幢 302')
    expect((await mother.do('account.log', { personId: 'mother' })).items.map((entry) => entry.byName)).toContain('陈霞')

    const startsAt = slot?.startsAt ?? 0
    await world.emulator.passTo(startsAt + 2 * MINUTE)
    const arrival = await mother.do('visit.doorCode', { bookingId })
    expect(arrival).toMatchObject({ forWhat: 'checkIn', workerName: '陈霞' })
    await worker.do('visit.checkIn', { bookingId, code: arrival.code })
    await world.emulator.pass(56 * MINUTE)
    const leaving = await daughter.do('visit.doorCode', { bookingId })
    await worker.do('visit.checkOut', { bookingId, code: leaving.code })
    await mother.do('visit.confirm', { bookingId, satisfaction: 'satisfied' })

    const day = await social.do('worker.today', {})
    expect(day.complete.map((item) => item.bookingId)).toEqual([bookingId])
    expect(await social.do('visit.verifyComplete', { bookingIds: [bookingId] })).toEqual({ verified: [bookingId], left: [] })

    const end = await daughter.do('booking.show', { bookingId })
    expect(end.status).toBe('verified')
    expect(end.minutesServed).toBe(56)
    expect(end.timeline.map((line) => line.what)).toEqual(expect.arrayContaining(['booked', 'assigned', 'checkedIn', 'checkedOut', 'confirmed', 'verified']))
    expect((await world.emulator.dump())['serviceEvents']).toMatchObject([{ _id: `visitVerified_${bookingId}`, outcome: 'verified', minutes: 56 }])
    expect(await world.brokenLaws()).toEqual([])
  })

  test('a door that nobody opens becomes a safety case, and closes only when somebody was seen', async () => {
    const startsAt = instantOf('2026-11-27', 14 * 60)
    await world.addSlot('friday', { startsAt, endsAt: startsAt + HOUR, onDate: '2026-11-27' })
    const { bookingId } = await world.phone('o_neighbour').do('booking.book', { elderId: 'neighbour', slotId: 'friday' })
    const worker = world.phone('o_worker')
    await worker.do('visit.take', { bookingId })
    await world.emulator.passTo(startsAt + 10 * MINUTE)
    const { safetyCaseId } = await worker.do('visit.noContact', { bookingId, tried: '敲门三次，电话没人接' })
    const social = world.phone('o_social')
    expect((await social.do('worker.today', {})).safety).toMatchObject([{ safetyCaseId, status: 'open', elderName: '周福生' }])
    await social.do('safety.take', { safetyCaseId, takenById: null })
    expect(await social.codeOf('safety.close', { safetyCaseId, how: { by: 'familyConfirmed', familyPersonId: 'daughter', words: '说在医院', finding: 'fine' } })).toBe('NO_MATCH')
    await social.do('safety.close', { safetyCaseId, how: { by: 'seenInPerson', words: '老人在楼下散步，没带手机', finding: 'falseAlarm', seenAt: startsAt + 10 * MINUTE } })
    expect((await social.do('worker.today', {})).safety).toEqual([])
    expect(await world.brokenLaws()).toEqual([])
  })

  test('cancelled in time, the seat is free again; a late copy of the cancellation does not touch the new booking', async () => {
    const startsAt = MONDAY_NINE + 6 * 24 * HOUR
    await world.addSlot('sunday', { startsAt, endsAt: startsAt + HOUR, onDate: '2026-11-29', capacity: 1 })
    const mother = world.phone('o_mother')
    const first = await mother.do('booking.book', { elderId: 'mother', slotId: 'sunday' })
    await mother.do('booking.cancel', { bookingId: first.bookingId }, 'cancel-the-first')
    expect((await world.slot('sunday')).remaining).toBe(1)
    const second = await mother.do('booking.book', { elderId: 'mother', slotId: 'sunday' })
    expect(second.bookingId).not.toBe(first.bookingId)
    expect(await mother.do('booking.cancel', { bookingId: first.bookingId }, 'cancel-the-first')).toEqual({ done: true })
    expect((await mother.do('booking.show', { bookingId: second.bookingId })).status).toBe('booked')
    expect((await world.slot('sunday')).remaining).toBe(0)
    expect(await world.brokenLaws()).toEqual([])
  })
})
