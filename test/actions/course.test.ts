/** A class with several sessions through the built function: the last seat, who waits, every session's code, and the certificate. */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY, HOUR, MINUTE, minuteOfDay } from '../../src/domain/civil-time'
import { classOf, nameAt, listed, verifiedBy } from './activity-world'
import { startMealWorld } from './meal-world'
import { newRequestId, person, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startMealWorld()
  await world.addPerson('second', { openid: 'o_second', name: '赵倩', birthOn: '1988-01-01', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
})
afterAll(() => world.stop())

const social = () => world.phone('o_social')
const now = async () => (await world.emulator.clock()).now
const bookings = async () => ((await world.emulator.dump(['bookings']))['bookings'] ?? []) as unknown as Booking[]
let serial = 0
async function pupil(): Promise<string> {
  const id = `pupil${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人' })
  return id
}

/** Three days from today on, beginning in an hour; two are needed. */
async function published(seats: number): Promise<string> {
  const at = (await now()) + HOUR
  const [onDate, startMinute] = [civilDate(at), minuteOfDay(at)]
  const wish = { sort: 'class', title: '家庭照护培训', what: '学翻身、学喂饭', place: '社区教室', communityId: 'huaguang', onDate, startMinute, endMinute: startMinute + 60, seats } as const
  return (await social().do('activity.publish', { ...wish, course: { moreDates: [addDays(onDate, 1), addDays(onDate, 2)], needed: 2 } })).activityId
}

/** A class that is over and verified, with one name on its list. */
async function finished(elderId: string, sessions: readonly number[]): Promise<string> {
  const over = classOf('over', await now(), 'social')
  const { slot, names } = verifiedBy(over, [nameAt(over, { _id: elderId, name: '示例老人' }, sessions)], 'second', await now())
  await world.emulator.insert('slots', [listed(slot, names)])
  await world.emulator.insert('bookings', [...names])
  return names[0]?._id ?? ''
}

test('the last seat goes to one of twelve, the next one waits, and from there to a certificate', async () => {
  const crowd = Array.from({ length: 12 }, (_, index) => `keen${index}`)
  await world.emulator.insert('people', crowd.map((id) => person(id, { accountId: `o_${id}`, name: '示例老人' })))
  await world.emulator.insert('accounts', crowd.map((id) => ({ _id: `o_${id}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: id, name: '示例老人', grants: [], requests: {} })))
  const activityId = await published(1)
  await world.emulator.faults({ seed: 11, latencyMs: [0, 8] })
  const answers = await Promise.all(crowd.map((id) => world.phone(`o_${id}`).codeOf('activity.join', { elderId: id, activityId }, newRequestId())))
  await world.emulator.faults({})
  expect([answers.filter((code) => code === 'OK').length, answers.filter((code) => code === 'SLOT_FULL').length]).toEqual([1, 11])
  const winner = crowd[answers.indexOf('OK')] ?? ''

  const elderId = await pupil()
  const phone = world.phone(`o_${elderId}`)
  expect(await phone.do('waitlist.join', { elderId, slotId: activityId })).toEqual({ position: 1 })
  const [taken] = (await bookings()).filter((booking) => booking.slotId === activityId)
  await world.phone(`o_${winner}`).do('booking.cancel', { bookingId: taken?._id ?? '' })
  await world.emulator.fire('timers', 'lookAtWaitlists')
  const { offer } = await phone.do('activity.show', { elderId, activityId })
  await phone.do('waitlist.accept', { elderId, slotId: activityId, placeId: offer?.placeId ?? '' })
  expect((await phone.do('calendar.month', { month: civilDate(await now()).slice(0, 7) })).items.filter((item) => item.activityId === activityId)).toHaveLength(3)
  const [name] = (await bookings()).filter((booking) => booking.slotId === activityId && booking.elderId === elderId)
  const bookingId = name?._id ?? ''

  expect(await phone.codeOf('activity.checkIn', { bookingId, code: '123456' })).toBe('TOO_EARLY')
  expect(await social().codeOf('activity.rollCall', { activityId, bookingId })).toBe('TOO_EARLY')
  await world.emulator.pass(HOUR + MINUTE)
  const yesterdays = await social().do('activity.code', { activityId })
  await phone.do('activity.checkIn', { bookingId, code: yesterdays.code })
  expect(await social().codeOf('activity.rollCall', { activityId, bookingId })).toBe('WRONG_STATE')

  await world.emulator.pass(DAY)
  expect((await phone.do('activity.list', { elderId })).items.map((one) => one.activityId)).toContain(activityId)
  // Home says when the next session is, not when the first one was.
  expect((await phone.do('home.show', {})).next.find((one) => one.activity?.activityId === activityId)).toMatchObject({ onDate: civilDate(await now()), status: 'checkedIn' })
  expect((await phone.do('booking.list', { elderId, when: 'coming' })).items).toEqual([expect.objectContaining({ bookingId, activity: { activityId, sort: 'class', place: '社区教室' } })])
  expect((await social().do('activity.board', { which: 'coming' })).items.map((one) => one.activityId)).toContain(activityId)
  const before = JSON.stringify(await bookings())
  expect(await phone.codeOf('activity.checkIn', { bookingId, code: yesterdays.code })).toBe('DOOR_CODE_WRONG')
  expect(await phone.codeOf('activity.certify', { bookingId })).toBe('SESSIONS_SHORT')
  expect(JSON.stringify(await bookings())).toBe(before)
  await phone.do('activity.checkIn', { bookingId, code: (await social().do('activity.code', { activityId })).code })
  // Often enough, and still nobody else has looked at the list.
  expect(await phone.codeOf('activity.certify', { bookingId })).toBe('WRONG_STATE')

  await world.emulator.pass(DAY + HOUR)
  expect(await world.phone('o_second').do('activity.verify', { activityId })).toEqual({ verified: 1, absent: 0, rejected: 0, left: 0 })
  expect((await phone.do('activity.show', { elderId, activityId })).acts).toEqual(['certify'])
  const { number } = await phone.do('activity.certify', { bookingId })
  expect(await phone.do('activity.certify', { bookingId })).toEqual({ number })
  expect(await phone.do('activity.certificate', { bookingId })).toMatchObject({ number, name: '示例老人', title: '家庭照护培训', verifiedByName: '赵倩', needed: 2, sessions: 3, minutes: 120, attended: [{ n: 1, proof: 'doorCode' }, { n: 2, proof: 'doorCode' }] })
  expect(await world.brokenLaws()).toEqual([])
})

test('absent, somebody else’s, of no class, of nobody on the list: each is refused and writes nothing', async () => {
  const [once, often, never] = [await pupil(), await pupil(), await pupil()]
  const [short, whole, absent] = [await finished(once, [2]), await finished(often, [1, 2, 3]), await finished(never, [])]
  const activityId = await published(5)
  const before = JSON.stringify(await bookings())
  expect(await world.phone(`o_${once}`).codeOf('activity.certify', { bookingId: short })).toBe('SESSIONS_SHORT')
  expect(await world.phone(`o_${never}`).codeOf('activity.certify', { bookingId: absent })).toBe('SESSIONS_SHORT')
  for (const action of ['activity.certify', 'activity.certificate'] as const) expect(await world.phone(`o_${once}`).codeOf(action, { bookingId: whole })).toBe('NOT_FOUND')
  expect(await world.phone(`o_${often}`).codeOf('activity.certificate', { bookingId: whole })).toBe('NOT_FOUND')
  // On the list of another class, not of this one.
  expect(await social().codeOf('activity.rollCall', { activityId, bookingId: short })).toBe('NOT_FOUND')
  expect(await world.phone(`o_${once}`).codeOf('activity.checkIn', { bookingId: whole, code: '123456' })).toBe('NOT_FOUND')
  expect(JSON.stringify(await bookings())).toBe(before)
})

test('for who has no phone the social worker asks for it, and it stands in their log', async () => {
  const elderId = await pupil()
  const bookingId = await finished(elderId, [1, 2])
  const { latest } = await world.emulator.calls()
  const { number } = await social().do('activity.certify', { bookingId })
  expect(await social().do('activity.certificate', { bookingId })).toMatchObject({ number, name: '示例老人' })
  const costs = (await world.emulator.calls(latest)).rows.filter((row) => row.function === 'api').map(({ action, dbCalls }) => [action, dbCalls])
  expect(costs).toEqual([['activity.certify', 7], ['activity.certificate', 5]])
  expect((await world.phone(`o_${elderId}`).do('account.log', { personId: elderId })).items).toEqual(expect.arrayContaining([expect.objectContaining({ what: 'certified', byName: '李静', isActivity: true })]))
})
