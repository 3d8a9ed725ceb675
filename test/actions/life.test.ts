/**
 * Life events through the built functions: hospital and back, a death by two, moved out; being let off after the window; a
 * no-show and why. Killed at each step in life-crash.test.ts.
 */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { LifeEvent } from '../../src/domain/life'
import type { Message } from '../../src/domain/message'
import type { Person } from '../../src/domain/person'
import type { Series } from '../../src/domain/series'
import { slotIdOf } from '../../src/domain/slot'
import { aCase } from './examples'
import { mealSlotOf, startMealWorld, TUESDAY, type MealWorld } from './meal-world'
import { givePoints } from './reward-world'
import { bathing, delegation, newRequestId } from './world'

let world: MealWorld
let serial = 0
beforeAll(async () => {
  world = await startMealWorld()
  await world.emulator.insert('serviceItems', [{ ...bathing, _id: 'roomy', weekly: bathing.weekly.map((opening) => ({ ...opening, capacity: 50 })) }])
  await world.addPerson('social2', { openid: 'o_social2', name: '周宁', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
  await world.emulator.fire('timers', 'generateSlots')
})
afterAll(() => world.stop())

const stored = async <T>(collection: string): Promise<readonly T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as readonly T[]
const personOf = async (id: string): Promise<Person | undefined> => (await stored<Person>('people')).find((one) => one._id === id)
const bookingOf = async (id: string): Promise<Booking | undefined> => (await stored<Booking>('bookings')).find((one) => one._id === id)
const told = async (personId: string, elderId: string): Promise<readonly Message[]> => (await stored<Message>('messages')).filter((message) => message.personId === personId && message.elderId === elderId)
const nowOf = async (): Promise<number> => (await world.emulator.clock()).now
const tick = async (ms: number, ...jobs: readonly string[]): Promise<void> => {
  await world.emulator.pass(ms)
  for (const job of jobs) await world.emulator.fire('timers', job)
}
async function anElder(options: Partial<Person> = {}): Promise<string> {
  const id = `life${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人', ...delegation('daughter', '王敏'), ...options })
  return id
}
const bath = (onDate: string, startMinute = 540): string => slotIdOf('roomy', { onDate, startMinute })
const lunch = (onDate: string): string => mealSlotOf(undefined, { dish: 'fish', onDate })._id
const weekly = { serviceItemId: 'roomy', firstOn: '2026-11-25', startMinute: 540, every: 1 as const, count: 3, choices: [] }
const datesOf = async (seriesId: string): Promise<string> => (await stored<Series>('series')).find((one) => one._id === seriesId)?.dates.map((date) => date.state).join(' ') ?? ''

test('hospital and back: the daughter sees what becomes of everything, confirms once, kitchen and worker are told, and home again it goes on', async () => {
  const elderId = await anElder()
  const [daughter, elder, worker] = [world.phone('o_daughter'), world.phone(`o_${elderId}`), world.phone('o_worker')]
  const { seriesId } = await daughter.do('series.start', { elderId, ...weekly })
  const near = await daughter.do('booking.book', { elderId, slotId: bath('2026-11-23', 630) })
  const single = await daughter.do('booking.book', { elderId, slotId: bath('2026-11-26', 840) })
  await worker.do('visit.take', { bookingId: single.bookingId })
  const meal = await elder.do('meal.order', { elderId, slotId: lunch(TUESDAY), portions: 1, way: 'delivery', payment: 'monthlyBill' })
  await elder.do('meal.order', { elderId, slotId: lunch('2026-11-26'), portions: 1, way: 'delivery', payment: 'monthlyBill' })
  const full = await daughter.do('booking.book', { elderId, slotId: bath('2026-12-04', 840) })
  await givePoints(world, elderId, 50)

  const wish = { personId: elderId, why: 'hospital', fromOn: '2026-11-23', untilOn: '2026-12-03' } as const
  const before = await world.writes()
  const preview = await daughter.do('person.previewAway', wish)
  expect(await world.writes()).toEqual(before)
  expect(preview.bookings.map((one) => [one.title, one.outcome])).toEqual([['助浴', 'asked'], ['午餐', 'cancelled'], ['助浴', 'cancelled'], ['午餐', 'cancelled'], ['助浴', 'cancelled'], ['助浴', 'cancelled']])
  expect(preview).toMatchObject({ series: [{ seriesId, dates: 2 }], isFreezing: true })

  const key = newRequestId()
  const done = await daughter.do('person.setAway', wish, key)
  expect(done).toMatchObject({ cancelled: 2, visits: 3, asked: 1, series: 1 })
  expect(await daughter.do('person.setAway', wish, key)).toEqual(done)
  expect(await bookingOf(single.bookingId)).toMatchObject({ status: 'cancelled' })
  expect(await bookingOf(full.bookingId)).toMatchObject({ status: 'booked' })
  expect(await bookingOf(near.bookingId)).toMatchObject({ status: 'booked', review: 'exception', offAsk: { why: 'hospital' } })
  expect(await datesOf(seriesId)).toBe('planned planned planned')
  expect((await world.slot(bath('2026-11-25'))).holders[elderId]).toBeUndefined()

  // Nothing is booked, ordered or spent on these days, whoever tries; after them it is.
  for (const [phone, action, input] of [
    [daughter, 'booking.book', { elderId, slotId: bath('2026-11-27') }], [world.phone('o_social'), 'booking.book', { elderId, slotId: bath('2026-11-27') }],
    [elder, 'meal.order', { elderId, slotId: lunch('2026-11-27'), portions: 1, way: 'delivery', payment: 'monthlyBill' }], [daughter, 'waitlist.join', { elderId, slotId: bath('2026-11-27') }],
  ] as const) expect(await phone.codeOf(action, input as never)).toBe('ELDER_AWAY')
  expect(await elder.codeOf('points.donate', { personId: elderId, amount: 5, to: { what: 'pot' } })).toBe('POINTS_FROZEN')
  await daughter.do('booking.book', { elderId, slotId: bath('2026-12-04', 630) })

  // Told once each: the cook without why, the worker that it is off, the elder what was done in her name.
  await tick(3 * MINUTE, 'lookAtBookings', 'settle', 'bookSeries', 'lookAtBookings')
  await tick(3 * MINUTE, 'settle', 'bookSeries')
  const cooks = await told('cook', elderId)
  expect(cooks).toHaveLength(1)
  expect(cooks[0]?.gist).toContain('停 2 餐')
  expect(cooks[0]?.gist).not.toContain('住院')
  expect((await told('worker', elderId)).map((message) => message.templateId)).toEqual(['tpl_cancelled'])
  expect((await told(elderId, elderId)).filter((message) => message.page.includes('pages/life/away'))).toHaveLength(1)
  expect((await told('daughter', elderId)).filter((message) => message.templateId !== 'tpl_reminder')).toHaveLength(0)
  expect((await elder.do('account.log', { personId: elderId })).items.map((item) => item.what)).toContain('awaySet')
  expect(await datesOf(seriesId)).toBe('planned planned planned')
  expect(await bookingOf(meal.bookingId)).toMatchObject({ status: 'cancelled' })
  expect(await world.brokenLaws()).toEqual([])

  // The social worker decides on the one that was too near.
  const social = world.phone('o_social')
  expect((await social.do('booking.show', { bookingId: near.bookingId })).offAsk).toMatchObject({ why: 'hospital', byName: '王敏' })
  expect((await social.do('worker.today', {})).exceptions.map((item) => item.bookingId)).toContain(near.bookingId)
  await social.do('booking.answerOff', { bookingId: near.bookingId, isFreed: true, words: '住院了' })

  const home = await daughter.do('person.previewHome', { personId: elderId })
  expect(home).toMatchObject({ away: { why: 'hospital', untilOn: '2026-12-03' }, series: [{ seriesId }] })
  expect(home.series[0]?.dates.map((date) => [date.onDate, date.state])).toEqual([['2026-11-25', 'free'], ['2026-12-02', 'free']])
  expect(await daughter.do('person.setAway', { personId: elderId, why: null })).toMatchObject({ series: 1, booked: 2, missed: 0 })
  expect(await datesOf(seriesId)).toBe('booked booked planned')
  expect((await personOf(elderId))?.away).toBeNull()
  expect((await stored<{ _id: string; frozen?: unknown }>('pointsAccounts')).find((one) => one._id === elderId)?.frozen ?? null).toBeNull()
  // The first answer, come once more, touches nothing newer.
  expect(await daughter.do('person.setAway', wish, key)).toEqual(done)
  expect(await datesOf(seriesId)).toBe('booked booked planned')
  await tick(3 * MINUTE, 'settle')
  expect(await world.brokenLaws()).toEqual([])
})

test('after the cut-off the kitchen is asked; the days over, the elder is at home without anybody saying so, and a waitlist’s offer goes to the next', async () => {
  const [elderId, next, holder] = [await anElder(), await anElder(), await anElder()]
  await world.emulator.moveTo(Math.max(await nowOf(), instantOf(TUESDAY, 17 * 60)))
  const onDate = '2026-11-26'
  const meal = await world.phone(`o_${elderId}`).do('meal.order', { elderId, slotId: lunch(onDate), portions: 1, way: 'delivery', payment: 'monthlyBill' })
  await world.emulator.moveTo(instantOf('2026-11-25', 16 * 60 + 5))
  const slotId = `single${++serial}`
  await world.addSlot(slotId, { onDate: '2026-11-27', startsAt: instantOf('2026-11-27', 540), endsAt: instantOf('2026-11-27', 600) })
  const { bookingId } = await world.phone(`o_${holder}`).do('booking.book', { elderId: holder, slotId })
  for (const id of [elderId, next]) await world.phone(`o_${id}`).do('waitlist.join', { elderId: id, slotId })
  await world.phone(`o_${holder}`).do('booking.cancel', { bookingId })
  await tick(MINUTE, 'lookAtWaitlists')
  expect((await world.slot(slotId)).holders[elderId]?.offer).toBeDefined()
  expect(await world.phone('o_daughter').do('person.setAway', { personId: elderId, why: 'away', untilOn: '2026-11-28' })).toMatchObject({ cancelled: 0, left: 1, places: 1 })
  expect((await bookingOf(meal.bookingId))?.meal?.proposal).toMatchObject({ asks: 'kitchen', what: 'cancel', words: '这些天不在家' })
  await tick(MINUTE, 'lookAtWaitlists')
  expect((await world.slot(slotId)).holders[next]?.offer).toBeDefined()
  // Told on the telephone if WeChat cannot carry it: it is on the sheet already.
  expect(await told('cook', elderId)).toMatchObject([{ callUntil: null }])
  await world.emulator.moveTo(instantOf('2026-11-29', 5))
  await tick(0, 'settle')
  await tick(0, 'settle')
  expect((await personOf(elderId))?.away).toBeNull()
  expect((await stored<LifeEvent>('lifeEvents')).find((one) => one.elderId === elderId)).toMatchObject({ state: 'ended', ended: { by: { personId: 'system' } }, dueAt: null })
})

test('while one of its dates is served: the visit stays, the rest is given back, and an edit of the series under way is kept', async () => {
  const elderId = await anElder()
  const onDate = addDays('2026-11-29', 2)
  const { seriesId } = await world.phone('o_daughter').do('series.start', { elderId, ...weekly, firstOn: onDate })
  const first = (await stored<Booking>('bookings')).find((one) => one.series?.seriesId === seriesId && one.series.n === 1)
  if (!first) throw new Error('not booked')
  await world.phone('o_worker').do('visit.take', { bookingId: first._id })
  await world.emulator.moveTo(first.startsAt + MINUTE)
  await world.phone(`o_${elderId}`).do('visit.vouch', { bookingId: first._id, moment: 'checkIn' })
  await Promise.all([
    world.phone('o_social').do('series.change', { seriesId, fromN: 2, weekday: 5, startMinute: 840 }),
    world.phone('o_daughter').do('person.setAway', { personId: elderId, why: 'hospital' }),
  ])
  await tick(6 * MINUTE, 'settle', 'bookSeries')
  expect(await bookingOf(first._id)).toMatchObject({ status: 'checkedIn' })
  const series = (await stored<Series>('series')).find((one) => one._id === seriesId)
  expect(series?.dates.map((date) => [date.state, date.startMinute])).toEqual([['booked', 540], ['planned', 840], ['planned', 840]])
  expect(await world.brokenLaws()).toEqual([])
})

test('against a move of the visit under way: wherever it ends, no seat and no time is left on these days', async () => {
  const elderId = await anElder()
  const { bookingId } = await world.phone('o_daughter').do('booking.book', { elderId, slotId: bath('2026-12-03', 840) })
  await Promise.all([
    world.phone(`o_${elderId}`).ask('booking.reschedule', { bookingId, slotId: bath('2026-12-04', 840) }),
    world.phone('o_daughter').do('person.setAway', { personId: elderId, why: 'away', fromOn: '2026-12-03', untilOn: '2026-12-06' }),
  ])
  await tick(6 * MINUTE, 'settle')
  await tick(3 * MINUTE, 'settle')
  expect(await bookingOf(bookingId)).toMatchObject({ status: 'cancelled' })
  for (const onDate of ['2026-12-03', '2026-12-04']) expect((await world.slot(bath(onDate, 840))).holders[elderId]).toBeUndefined()
  expect((await personOf(elderId))?.busy.filter((time) => time.freedAt === null)).toEqual([])
  expect(await world.brokenLaws()).toEqual([])
})

describe('a death', () => {
  test('is entered by one and confirmed by another; everything ends, quietly, and the family reads what was ended', async () => {
    const elderId = await anElder({ dailyCheck: { byMinute: 540, since: 1 }, checkDueAt: 1 })
    await givePoints(world, elderId, 80)
    const today = '2026-12-01'
    const { seriesId } = await world.phone('o_daughter').do('series.start', { elderId, ...weekly, firstOn: addDays(today, 2) })
    const late = await world.phone('o_social').do('booking.book', { elderId, slotId: bath(today, 840) })
    const caseId = await aCase(world, { _id: elderId, name: '示例老人' })
    const messagesBefore = (await told(elderId, elderId)).length
    const { lifeEventId } = await world.phone('o_social').do('life.reportDeath', { personId: elderId, onDate: today, words: '家属来电' })
    expect(await bookingOf(late.bookingId)).toMatchObject({ status: 'booked' })
    expect(await world.phone('o_social').codeOf('life.confirmDeath', { lifeEventId })).toBe('SECOND_PERSON')
    expect(await world.phone('o_social').codeOf('life.reportDeath', { personId: elderId, onDate: today })).toBe('WRONG_STATE')
    expect(await world.phone('o_daughter').codeOf('life.show', { lifeEventId })).toBe('NOT_FOUND')
    expect((await world.phone('o_social2').do('life.list', {})).waiting.map((one) => one.lifeEventId)).toContain(lifeEventId)

    await world.phone('o_social2').do('life.confirmDeath', { lifeEventId })
    expect(await personOf(elderId)).toMatchObject({ standing: 'left', away: { why: 'died' }, checkDueAt: null, delegates: { daughter: { endedBy: 'social2' } } })
    expect(await bookingOf(late.bookingId)).toMatchObject({ status: 'cancelled' })
    expect(await datesOf(seriesId)).toBe('over over over')
    expect((await stored<{ _id: string; status: string; closed: unknown }>('safetyCases')).find((one) => one._id === caseId)).toMatchObject({ status: 'closed', closed: { how: 'died', personId: 'social2' } })
    for (const job of ['lookAtBookings', 'settle', 'escalate', 'sendMessages']) await tick(3 * MINUTE, job)
    expect((await told(elderId, elderId)).filter((message) => message.state === 'due' || message.state === 'toCall')).toEqual([])
    expect((await told(elderId, elderId)).length).toBeLessThanOrEqual(messagesBefore + 1)
    const toFamily = (await told('daughter', elderId)).filter((message) => message.page.includes('farewell'))
    expect(toFamily).toHaveLength(1)
    expect(JSON.stringify(toFamily)).not.toContain('积分')

    const family = await world.phone('o_daughter').do('life.show', { lifeEventId })
    expect(family).toMatchObject({ as: 'family', words: null, points: null, acts: [], series: [{ title: '助浴' }] })
    expect(family.ended.length).toBeGreaterThan(0)
    expect((await world.phone('o_daughter').do('home.show', {})).farewells).toMatchObject([{ lifeEventId }])
    expect((await world.phone(`o_${elderId}`).do('home.show', {})).left).toBe('died')
    for (const [phone, action, input] of [
      ['o_daughter', 'booking.book', { elderId, slotId: bath(addDays(today, 3)) }], ['o_social', 'booking.book', { elderId, slotId: bath(addDays(today, 3)) }], ['o_social', 'person.setAway', { personId: elderId, why: null }], ['o_social', 'life.withdrawDeath', { lifeEventId, words: '弄错' }],
    ] as const) expect(['ELDER_AWAY', 'DELEGATION_ENDED', 'WRONG_STATE']).toContain(await world.phone(phone).codeOf(action, input as never))

    // Points stand still until the family decides with a social worker.
    expect((await world.phone('o_social').do('life.show', { lifeEventId })).points).toBe(80)
    expect(await world.phone('o_social').codeOf('life.decidePoints', { lifeEventId, saidBy: '王敏', to: { how: 'given', personId: 'neighbour' } })).toBe('NO_MATCH')
    expect(await world.phone('o_social').do('life.decidePoints', { lifeEventId, saidBy: '王敏', to: { how: 'given', personId: 'daughter' } })).toEqual({ amount: 80 })
    expect(await world.phone('o_social2').codeOf('life.decidePoints', { lifeEventId, saidBy: '王敏', to: { how: 'donated' } })).toBe('WRONG_STATE')
    expect((await stored<{ _id: string; balances: { spendable: number } }>('pointsAccounts')).filter((one) => one._id === elderId || one._id === 'daughter').map((one) => [one._id, one.balances.spendable]).sort()).toEqual([['daughter', 80], [elderId, 0]])
    expect(await world.brokenLaws()).toEqual([])
  })

  test('moved out: everything ends, and the record is still there to be read and exported', async () => {
    const elderId = await anElder()
    await world.phone('o_social').do('life.moveOut', { personId: elderId, onDate: '2026-12-01' })
    const phone = world.phone(`o_${elderId}`)
    expect((await phone.do('home.show', {})).left).toBe('movedOut')
    expect(await phone.codeOf('account.export', {})).toBe('OK')
    expect(await phone.codeOf('booking.book', { elderId, slotId: bath('2026-12-04') })).toBe('ELDER_AWAY')
    expect((await world.phone('o_social').do('person.find', { name: '示例老人' })).people.map((one) => one.personId)).not.toContain(elderId)
  })
})

test('too late to cancel: the elder asks, the social worker keeps it or frees it; not there: why is asked, kept and counted', async () => {
  const elderId = await anElder()
  const [phone, social] = [world.phone(`o_${elderId}`), world.phone('o_social')]
  const { bookingId } = await phone.do('booking.book', { elderId, slotId: bath('2026-12-02') })
  await world.phone('o_worker').do('visit.take', { bookingId })
  await world.emulator.moveTo(instantOf('2026-12-02', 540) - HOUR)
  expect(await phone.codeOf('booking.cancel', { bookingId })).toBe('CANCEL_TOO_LATE')
  expect((await phone.do('booking.show', { bookingId })).acts).toContain('askOff')
  await phone.do('booking.askOff', { bookingId, why: 'unwell', words: '头晕' })
  // Why is nobody's business who serves (law 9).
  expect(await world.phone('o_worker').do('booking.show', { bookingId })).toMatchObject({ offAsk: null })
  expect(await social.do('booking.show', { bookingId })).toMatchObject({ offAsk: { why: 'unwell', words: '头晕' }, acts: expect.arrayContaining(['answerOff']) as unknown })
  await social.do('booking.answerOff', { bookingId, isFreed: false, words: '护理员已经在路上' })
  expect((await phone.do('booking.show', { bookingId })).offAsk).toBeNull()

  await world.emulator.moveTo(instantOf('2026-12-02', 540) + MINUTE)
  const { safetyCaseId } = await world.phone('o_worker').do('visit.noContact', { bookingId, tried: '敲门三次' })
  expect(await world.phone('o_worker').codeOf('visit.notThere', { bookingId, words: '没人' })).toBe('WRONG_STATE')
  expect(await social.codeOf('booking.cancelLate', { bookingId, as: 'noShow', reason: '没人' })).toBe('WRONG_STATE')
  await social.do('safety.close', { safetyCaseId, how: { by: 'familyConfirmed', familyPersonId: 'daughter', words: '去医院了', finding: 'fine' } })
  await world.phone('o_worker').do('visit.notThere', { bookingId, words: '女儿说去医院了' })
  expect((await phone.do('booking.show', { bookingId })).acts).toEqual(['sayWhy'])
  await world.phone('o_daughter').do('booking.sayWhy', { bookingId, why: 'hospital' })
  expect(await phone.codeOf('booking.sayWhy', { bookingId, why: 'forgot' })).toBe('WRONG_STATE')
  expect(await social.do('booking.absences', { elderId })).toMatchObject({ counts: [{ serviceName: '助浴', count: 1, whys: [{ why: 'hospital', count: 1 }] }], items: [{ bookingId, why: 'hospital' }] })
  expect(await world.brokenLaws()).toEqual([])
})

test('what must not be: each is refused by its code, and nothing is written', async () => {
  const [elderId, far] = [await anElder(), `far${++serial}`]
  await world.addPerson(far, { name: '示例外人', communityId: 'taigu' })
  const kin = await anElder({ kinIds: ['social'] })
  const { lifeEventId } = await world.phone('o_social2').do('life.reportDeath', { personId: kin, onDate: '2026-12-01' })
  const before = await world.everything()
  for (const [phone, action, input, code] of [
    ['o_daughter', 'person.setAway', { personId: elderId, why: 'hospital', fromOn: '2026-12-05', untilOn: '2026-12-04' }, 'BAD_INPUT'],
    ['o_daughter', 'person.setAway', { personId: elderId, why: 'away', fromOn: '2026-12-05', untilOn: '2036-12-05' }, 'BAD_INPUT'],
    ['o_daughter', 'person.previewAway', { personId: elderId, why: 'away', fromOn: '2020-01-01', untilOn: null }, 'BAD_INPUT'],
    ['o_daughter', 'person.setAway', { personId: elderId, why: 'died' }, 'BAD_INPUT'],
    ['o_neighbour', 'person.setAway', { personId: elderId, why: 'hospital' }, 'NOT_FOUND'],
    ['o_daughter', 'life.reportDeath', { personId: elderId, onDate: '2026-12-01' }, 'NOT_ALLOWED'],
    ['o_social', 'life.reportDeath', { personId: elderId, onDate: '2027-12-01' }, 'BAD_INPUT'],
    ['o_social', 'life.reportDeath', { personId: far, onDate: '2026-12-01' }, 'NOT_FOUND'],
    ['o_social_taigu', 'life.moveOut', { personId: elderId, onDate: '2026-12-01' }, 'NOT_FOUND'],
    ['o_social', 'life.confirmDeath', { lifeEventId }, 'OWN_CASE'],
    ['o_social2', 'life.confirmDeath', { lifeEventId }, 'SECOND_PERSON'],
    ['o_strange_admin', 'life.confirmDeath', { lifeEventId }, 'NOT_FOUND'],
    ['o_social', 'life.decidePoints', { lifeEventId, saidBy: '王敏', to: { how: 'donated' } }, 'WRONG_STATE'],
    ['o_social', 'life.show', { lifeEventId: 'nothing' }, 'NOT_FOUND'],
  ] as const) expect([action, await world.phone(phone).codeOf(action, input as never)]).toEqual([action, code])
  expect(await world.everything()).toEqual(before)
})
