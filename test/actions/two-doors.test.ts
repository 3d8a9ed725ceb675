/** A visit needs a door, and a care worker is promised to one door at a time. */
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import { MONDAY_NINE, startWorld, type World } from './world'

describe('doors', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.stop())

  test('nobody is sent to an address that is not known; once family has written it down, it is booked', async () => {
    const given = { personId: 'daughter', name: '王敏', kinship: '女儿', scopes: ['book' as const], endOn: '2027-11-01', givenAt: 1, givenBy: { personId: 'x', name: 'x', how: 'elderTap' as const }, endedAt: null, endedBy: null }
    await world.addPerson('doorless', { openid: 'o_doorless', address: null, delegates: { daughter: given }, delegateIds: ['daughter'] })
    await world.addSlot('somewhere', { startsAt: MONDAY_NINE + 30 * HOUR, endsAt: MONDAY_NINE + 31 * HOUR })
    const daughter = world.phone('o_daughter')
    const before = await world.everything()
    expect(await daughter.codeOf('booking.book', { elderId: 'doorless', slotId: 'somewhere' })).toBe('ADDRESS_MISSING')
    expect(await world.everything()).toEqual(before)
    await daughter.do('person.setAddress', { personId: 'doorless', address: '华光城 8 幢 201' })
    await daughter.do('booking.book', { elderId: 'doorless', slotId: 'somewhere' })
    expect((await world.phone('o_doorless').do('account.log', { personId: 'doorless' })).items.map((item) => item.what)).toEqual(expect.arrayContaining(['addressChanged', 'booked']))
  })

  async function twoVisits(name: string, startsAt: number): Promise<[string, string]> {
    const bookingIds: string[] = []
    for (const [index, offset] of [0, 30 * MINUTE].entries()) {
      const elder = `${name}${index}`
      await world.addPerson(elder, { openid: `o_${elder}`, name: '示例老人' })
      await world.addSlot(`${name}slot${index}`, { startsAt: startsAt + offset, endsAt: startsAt + offset + HOUR })
      bookingIds.push((await world.phone(`o_${elder}`).do('booking.book', { elderId: elder, slotId: `${name}slot${index}` })).bookingId)
    }
    return bookingIds as [string, string]
  }

  test('two visits that overlap, taken at the same moment by one worker: one is hers, the other stays open', async () => {
    const [first, second] = await twoVisits('overlap', MONDAY_NINE + 50 * HOUR)
    await world.emulator.faults({ seed: 7, latencyMs: [0, 10] })
    const codes = await Promise.all([first, second].map((bookingId) => world.phone('o_worker').codeOf('visit.take', { bookingId })))
    await world.emulator.faults({})
    expect(codes.sort()).toEqual(['OK', 'WORKER_BUSY'])
    expect(await world.brokenLaws()).toEqual([])
    expect(await world.phone('o_colleague').codeOf('visit.take', { bookingId: codes[0] === 'OK' ? second : first })).toMatch(/OK|ALREADY_TAKEN|NOT_FOUND/)
  })

  test('handed back or cancelled, her time is free again, also when the release was lost in a crash', async () => {
    const [first, second] = await twoVisits('crashed', MONDAY_NINE + 70 * HOUR)
    const worker = world.phone('o_worker')
    await worker.do('visit.take', { bookingId: first })
    expect(await worker.codeOf('visit.take', { bookingId: second })).toBe('WORKER_BUSY')
    // The booking is handed back, then the function dies before the worker's time is freed.
    await world.emulator.faults({ killFunction: { nth: [5] }, killWhen: 'after', only: { functions: ['api'], actions: ['visit.handBack'], operations: ['database.'] } })
    await world.emulator.call('o_worker', { action: 'visit.handBack', input: { bookingId: first, reason: '发烧' }, requestId: 'hand-back-lost', contractVersion: 1 })
    await world.emulator.faults({})
    expect((await world.phone('o_crashed0').do('booking.show', { bookingId: first })).status).toBe('booked')
    await worker.do('visit.take', { bookingId: second })
    expect(await world.brokenLaws()).toEqual([])
  })
})
