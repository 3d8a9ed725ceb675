/** Activities through the built function: seats in a race, who proves and who verifies, points once, whatever dies in between. */
import { MINUTE } from '../../src/domain/civil-time'
import type { Booking } from '../../src/domain/booking-record'
import type { PointsEntry } from '../../src/domain/ledger'
import { activityOf, anActivity, listed, nameOn } from './activity-world'
import { startMealWorld } from './meal-world'
import { newRequestId, person, type World } from './world'
import { sampleOf } from '../support/kills'

let world: World
beforeAll(async () => {
  world = await startMealWorld()
  await world.addPerson('second', { openid: 'o_second', name: '赵倩', birthOn: '1988-01-01', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
})
afterAll(() => world.stop())

const now = async () => (await world.emulator.clock()).now
const stored = async <T>(collection: string, where: (one: T) => boolean): Promise<T[]> => (((await world.emulator.dump([collection]))[collection] ?? []) as unknown as T[]).filter(where)
const bookingOf = async (bookingId: string): Promise<Booking> => (await stored<Booking>('bookings', (one) => one._id === bookingId))[0] as Booking
const paid = (bookingId: string): Promise<PointsEntry[]> => stored<PointsEntry>('pointsEntries', (entry) => entry.evidence.id === bookingId)
let serial = 0
async function elder(options: Parameters<World['addPerson']>[1] = {}): Promise<string> {
  const id = `goer${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人', ...options })
  return id
}

/** Published by 李静, in a quarter of an hour, for an hour. */
async function published(seats = 5): Promise<string> {
  const at = new Date((await now()) + 8 * 60 * MINUTE)
  const startMinute = at.getUTCHours() * 60 + at.getUTCMinutes() + 15
  return (await world.phone('o_social').do('activity.publish', { sort: 'activity', title: '八段锦', what: '一起练', place: '社区大厅', communityId: 'huaguang', onDate: at.toISOString().slice(0, 10), startMinute, endMinute: startMinute + 60, seats })).activityId
}

describe('seats', () => {
  test('40 people on 5 seats: 5 come, the others hear that it is full, and every law holds', async () => {
    const callers = Array.from({ length: 40 }, (_, index) => index)
    await world.emulator.insert('people', callers.map((index) => person(`crowd${index}`, { accountId: `o_crowd${index}`, name: `示例${index}` })))
    await world.emulator.insert('accounts', callers.map((index) => ({ _id: `o_crowd${index}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: `crowd${index}`, name: `示例${index}`, grants: [], requests: {} })))
    const activityId = await published(5)
    await world.emulator.faults({ seed: 7, latencyMs: [0, 8] })
    const answers = await Promise.all(callers.map((index) => world.phone(`o_crowd${index}`).codeOf('activity.join', { elderId: `crowd${index}`, activityId }, newRequestId())))
    await world.emulator.faults({})
    expect(answers.reduce<Record<string, number>>((sum, code) => ({ ...sum, [code]: (sum[code] ?? 0) + 1 }), {})).toEqual({ OK: 5, SLOT_FULL: 35 })
    expect(await stored<Booking>('bookings', (booking) => booking.slotId === activityId)).toHaveLength(5)
    expect(await world.brokenLaws()).toEqual([])
  })

  test('one seat a person, and a name that was taken back leaves it to somebody else', async () => {
    const [activityId, first, next] = [await published(1), await elder(), await elder()]
    const { bookingId } = await world.phone(`o_${first}`).do('activity.join', { elderId: first, activityId })
    expect(await world.phone(`o_${first}`).codeOf('activity.join', { elderId: first, activityId })).toBe('ALREADY_BOOKED')
    expect(await world.phone(`o_${next}`).codeOf('activity.join', { elderId: next, activityId })).toBe('SLOT_FULL')
    await world.phone(`o_${first}`).do('booking.cancel', { bookingId })
    await world.phone(`o_${next}`).do('activity.join', { elderId: next, activityId })
  })

  test('not while somebody is in hospital, elsewhere at that time, or it is another slot', async () => {
    const [activityId, other] = [await published(), await published()]
    const [away, busy] = [await elder({ away: { why: 'hospital', since: 1, byName: '李静' } }), await elder()]
    expect(await world.phone(`o_${away}`).codeOf('activity.join', { elderId: away, activityId })).toBe('ELDER_AWAY')
    await world.phone(`o_${busy}`).do('activity.join', { elderId: busy, activityId })
    expect(await world.phone(`o_${busy}`).codeOf('activity.join', { elderId: busy, activityId: other })).toBe('ELDER_BUSY')
    expect(await world.phone(`o_${busy}`).codeOf('booking.book', { elderId: busy, slotId: other })).toBe('NOT_FOUND')
    expect(await world.phone('o_social').codeOf('activity.join', { elderId: 'social', activityId })).toBe('OWN_CASE')
  })
})

describe('from the list to the passbook', () => {
  test('the code, the roll call, an empty chair: another social worker verifies all of it, and each line opens its evidence', async () => {
    const activityId = await published()
    const [typist, called, absent] = [await elder(), await elder(), await elder()]
    const names = []
    for (const elderId of [typist, called, absent]) names.push((await world.phone('o_social').do('activity.join', { elderId, activityId })).bookingId)
    const [typed, rolled, empty] = names as [string, string, string]
    // Law 5: who put the name down for somebody stands in that person's log.
    expect(JSON.stringify(await world.phone(`o_${typist}`).do('account.log', { personId: typist }))).toContain('李静')
    await world.emulator.pass(20 * MINUTE)
    const { code } = await world.phone('o_social').do('activity.code', { activityId })
    expect(await world.phone(`o_${typist}`).codeOf('activity.checkIn', { bookingId: typed, code: code === '000000' ? '111111' : '000000' })).toBe('DOOR_CODE_WRONG')
    await world.phone(`o_${typist}`).do('activity.checkIn', { bookingId: typed, code })
    await world.phone('o_social').do('activity.rollCall', { activityId, bookingId: rolled })
    expect(await world.phone('o_social').codeOf('activity.cancel', { activityId, reason: '太晚了' })).toBe('WRONG_STATE')
    expect(await world.phone('o_second').codeOf('activity.verify', { activityId })).toBe('TOO_EARLY')
    await world.emulator.pass(60 * MINUTE)
    expect((await world.phone('o_second').do('activity.board', { which: 'waiting' })).items.map((one) => one.activityId)).toContain(activityId)
    expect(await world.phone('o_social').codeOf('activity.verify', { activityId })).toBe('SECOND_PERSON')
    const sheet = await world.phone('o_second').do('activity.sheet', { activityId })
    expect(sheet.people.map(({ bookingId, proof }) => [bookingId, proof])).toEqual([[typed, 'doorCode'], [rolled, 'rollCall'], [empty, null]])
    expect(await world.phone('o_second').do('activity.verify', { activityId })).toEqual({ verified: 2, absent: 1, rejected: 0, left: 0 })

    expect([(await paid(typed)).map(({ _id, amount, kind }) => [_id, amount, kind]), (await paid(rolled)).length, await paid(empty)]).toEqual([[[`activity_${typed}`, 5, 'activity']], 1, []])
    const line = await world.phone(`o_${typist}`).do('points.entry', { entryId: `activity_${typed}`, personId: typist })
    expect(line.facts).toMatchObject({ title: '八段锦', placeName: '社区大厅', checkIn: { proof: 'doorCode' }, verifiedByName: '赵倩' })
    expect((await world.phone(`o_${absent}`).do('activity.show', { elderId: absent, activityId })).mine).toMatchObject({ status: 'noShow', points: null })
    // What is done at a door, or about a visit, is not done to a name on a list.
    expect(await world.phone('o_second').codeOf('visit.verify', { bookingId: rolled, outcome: 'partly', reason: '试试' })).toBe('NOT_FOUND')
    expect(await world.brokenLaws()).toEqual([])
  })

  test('a verifier leaves the names of family to somebody else: whichever record says so', async () => {
    const kin = await elder({ kinIds: ['second'] })
    const slot = activityOf('over', await now(), 'social')
    const names = [nameOn(slot, { _id: kin, name: '示例老人' }, 'came'), nameOn(slot, { _id: 'neighbour', name: '周福生' }, 'came')]
    await world.emulator.insert('slots', [listed(slot, names)])
    await world.emulator.insert('bookings', names)
    expect(await world.phone('o_second').do('activity.verify', { activityId: slot._id })).toEqual({ verified: 1, absent: 0, rejected: 0, left: 1 })
    expect(await world.phone('o_second').codeOf('activity.verify', { activityId: slot._id })).toBe('OWN_CASE')
    expect(await world.phone('o_admin').do('activity.verify', { activityId: slot._id })).toEqual({ verified: 1, absent: 0, rejected: 0, left: 0 })
  })

  test('cancelled: everybody on the list is told why, and is free again', async () => {
    const [activityId, elderId] = [await published(), await elder()]
    const { bookingId } = await world.phone(`o_${elderId}`).do('activity.join', { elderId, activityId })
    await world.phone('o_social').do('activity.cancel', { activityId, reason: '老师病了' })
    await world.emulator.fire('timers', 'lookAtBookings')
    expect(await bookingOf(bookingId)).toMatchObject({ status: 'cancelled' })
    expect((await stored<{ elderId: string; gist: string }>('messages', (one) => one.elderId === elderId)).map((one) => one.gist).join()).toContain('活动取消了')
    expect(await world.phone(`o_${elderId}`).do('activity.show', { elderId, activityId })).toMatchObject({ isCancelled: true, cancelReason: '老师病了', acts: [] })
    await world.phone(`o_${elderId}`).do('activity.join', { elderId, activityId: await published() })
  })

  test('in hospital: the name comes off the lists of what comes, the place is somebody else’s, and again changes nothing', async () => {
    const [activityId, elderId, next] = [await published(1), await elder(), await elder()]
    await world.phone(`o_${elderId}`).do('activity.join', { elderId, activityId })
    const key = newRequestId()
    const away = () => world.phone('o_social').do('person.setAway', { personId: elderId, why: 'hospital' }, key)
    expect(await away()).toMatchObject({ cancelled: 0, left: 0, activities: 1 })
    expect(await away()).toMatchObject({ cancelled: 0, left: 0, activities: 1 })
    await world.phone(`o_${next}`).do('activity.join', { elderId: next, activityId })
    expect((await world.phone(`o_${elderId}`).do('account.log', { personId: elderId })).items).toEqual(expect.arrayContaining([expect.objectContaining({ what: 'cancelled', byName: '李静', isActivity: true })]))
  })

  test('what waits is counted for who may verify it, and not for who held it', async () => {
    const countOf = async (openid: string): Promise<number> => (await world.phone(openid).do('worker.waiting', {})).activities
    const before = await Promise.all(['o_social', 'o_second', 'o_admin', 'o_social_taigu'].map(countOf))
    await anActivity(world, 'over', 'social', 'came')
    await anActivity(world, 'now', 'social')
    const after = await Promise.all(['o_social', 'o_second', 'o_admin', 'o_social_taigu'].map(countOf))
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([0, 1, 1, 0])
  })

  test('an attendee is erased: the name goes, the seat, the verdict and the line of points stay', async () => {
    const leaver = await elder({ name: '要走的老人' })
    const slot = activityOf('over', await now(), 'social')
    const name = nameOn(slot, { _id: leaver, name: '要走的老人' }, 'came')
    await world.emulator.insert('slots', [listed(slot, [name])])
    await world.emulator.insert('bookings', [name])
    await world.phone('o_second').do('activity.verify', { activityId: slot._id })
    await world.phone(`o_${leaver}`).do('account.erase', { confirmName: '要走的老人' })
    await world.emulator.advance(3 * MINUTE)
    await world.emulator.fire('timers', 'settle')
    const holding = (trace: string, collections: Readonly<Record<string, unknown>>): string[] => Object.entries(collections).filter(([, documents]) => JSON.stringify(documents).includes(trace)).map(([collection]) => collection)
    // In the ledger the name goes, the lines stay under the id that they were written with.
    const { pointsAccounts: _accounts, pointsEntries, ...everything } = await world.everything()
    expect(holding('要走的老人', { pointsEntries })).toEqual([])
    for (const trace of [`"${leaver}"`, `o_${leaver}`, '要走的老人']) expect([trace, ...holding(trace, everything)]).toEqual([trace])
    const kept = await bookingOf(name._id)
    expect(kept).toMatchObject({ elderName: '已注销', status: 'verified' })
    expect(Object.keys((await world.slot(slot._id)).holders)).toEqual([kept.elderId])
    expect((await world.phone('o_second').do('activity.sheet', { activityId: slot._id })).people).toMatchObject([{ name: '已注销', status: 'verified', points: 5 }])
    expect((await paid(name._id)).map(({ amount }) => amount)).toEqual([5])
  })

  test('an organiser who was merged leaves no id behind', async () => {
    const slot = activityOf('coming', await now(), 'oldrecord')
    await world.emulator.insert('slots', [slot])
    await world.addPerson('oldrecord', { name: '示例旧档', mergedInto: 'second', standing: 'merged', phone: null, address: null, unsettledAt: 1 } as never)
    await world.emulator.advance(3 * MINUTE)
    await world.emulator.fire('timers', 'settle')
    expect((await world.slot(slot._id)).activity?.organiser).toEqual({ personId: 'second', name: '赵倩' })
  })
})

describe('whatever dies in between', () => {
  // Some of the calls of a verification of one name; the first eight decide, what follows is the credit.
  test.each(sampleOf([6, 8, 9, 11, 13, 15, 17], 2))('killed before call %d of a verification, the clock and a second try pay once', async (nth) => {
    const { activityId, bookingId } = await anActivity(world, 'over', 'social', 'came')
    const requestId = `activity-crash-${nth}`
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: 'before', only: { functions: ['api'], operations: ['database.'] } })
    await world.emulator.call('o_second', { action: 'activity.verify', input: { activityId }, requestId, contractVersion: 1 })
    await world.emulator.faults({})
    await world.emulator.advance(3 * MINUTE)
    await world.emulator.fire('timers', 'settle')
    await world.emulator.advance(3 * MINUTE)
    await world.emulator.fire('timers', 'settle')
    expect(await world.phone('o_second').do('activity.verify', { activityId }, requestId)).toEqual({ verified: 1, absent: 0, rejected: 0, left: 0 })
    await world.emulator.fire('timers', 'settle')
    expect((await paid(bookingId)).map(({ amount }) => amount).reduce((sum, amount) => sum + amount, 0)).toBe(5)
    expect((await bookingOf(bookingId)).status).toBe('verified')
    expect(await world.brokenLaws()).toEqual([])
  })
})
