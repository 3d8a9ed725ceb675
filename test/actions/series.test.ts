/**
 * Series through the built functions: from the preview to dates that the clock books, edits while somebody is served, pause
 * and resume, and everything that follows a person. Killed at each step in series-crash.test.ts.
 */
import type { Booking } from '../../src/domain/booking-record'
import { addDays, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { Message } from '../../src/domain/message'
import type { Series } from '../../src/domain/series'
import { slotIdOf, type Slot } from '../../src/domain/slot'
import { bathing, closedDays, delegation, startWorld, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startWorld({ closedDays: { ...closedDays, '2026-12-02': '社区活动日' } })
  await world.emulator.fire('timers', 'generateSlots')
})
afterAll(() => world.stop())

const stored = async <T>(collection: string): Promise<readonly T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as readonly T[]
const seriesOf = async (seriesId: string): Promise<Series> => {
  const found = (await stored<Series>('series')).find((one) => one._id === seriesId)
  if (!found) throw new Error('no such series')
  return found
}
const bookingsOf = async (seriesId: string): Promise<readonly Booking[]> => (await stored<Booking>('bookings')).filter((booking) => booking.series?.seriesId === seriesId)
const states = (series: Series): readonly string[] => series.dates.map((date) => date.state)
let serial = 0
async function anElder(hasPhone = true): Promise<string> {
  const id = `weekly${++serial}`
  await world.addPerson(id, { ...(hasPhone ? { openid: `o_${id}` } : {}), name: '示例老人', ...delegation('daughter', '王敏') })
  return id
}
const wish = { serviceItemId: bathing._id, firstOn: '2026-11-25', startMinute: 9 * 60, every: 1, count: 4 } as const

test('a daughter looks at every date, resolves what is full, and confirms once: what is open is booked at once, the rest as it opens', async () => {
  const elderId = await anElder()
  const phone = world.phone('o_daughter')
  const fullId = slotIdOf(bathing._id, { onDate: '2026-11-25', startMinute: 540 })
  await world.phone('o_admin').do('slot.setCapacity', { slotId: fullId, capacity: 0 })
  const before = await world.writes()
  const preview = await phone.do('series.preview', { elderId, ...wish })
  expect(preview.dates.map(({ state, alternative }) => [state, alternative?.onDate ?? null])).toEqual([['full', '2026-11-25'], ['holiday', '2026-12-01'], ['later', null], ['later', null]])
  expect(await world.writes()).toEqual(before)

  const [first, second] = preview.dates
  const choices = [{ n: 1, onDate: first?.alternative?.onDate ?? '', startMinute: first?.alternative?.startMinute ?? 0 }, { n: 2, skip: true as const }]
  const { seriesId } = await phone.do('series.start', { elderId, ...wish, choices, note: '带浴凳' })
  expect(second?.holidayName).toBe('社区活动日')
  expect(states(await seriesOf(seriesId))).toEqual(['booked', 'skipped', 'planned', 'planned'])
  const [made] = await bookingsOf(seriesId)
  expect(made).toMatchObject({ startsAt: first?.alternative?.startsAt, note: '带浴凳', bookedBy: { personId: 'daughter', scope: 'book' }, series: { n: 1 } })
  const log = await world.phone(`o_${elderId}`).do('account.log', { personId: elderId })
  expect(log.items.map((item) => [item.what, item.purpose])).toContainEqual(['seriesStarted', '每周三 09:00 的助浴'])

  // Its day opens fourteen days ahead; nothing is booked before, and each date once however often the clock comes.
  await world.emulator.moveTo(instantOf('2026-11-26', 30))
  for (const job of ['bookSeries', 'bookSeries'] as const) await world.emulator.fire('timers', job)
  expect(states(await seriesOf(seriesId))).toEqual(['booked', 'skipped', 'booked', 'planned'])
  expect((await bookingsOf(seriesId)).map((booking) => booking.onDate).sort()).toEqual(['2026-11-25', '2026-12-09'])
  expect(await world.brokenLaws()).toEqual([])

  const shown = await phone.do('series.show', { seriesId })
  expect(shown.dates.map((date) => [date.n, date.state, date.canSkip])).toEqual([[1, 'booked', false], [2, 'skipped', false], [3, 'booked', true], [4, 'planned', true]])
  expect((await phone.do('series.list', { elderId })).items).toMatchObject([{ seriesId, nextAt: instantOf('2026-12-09', 540) }])
})

test('a date that turns out full is told to who asked, with what is free instead, and can be moved there', async () => {
  const elderId = await anElder()
  const { seriesId } = await world.phone('o_daughter').do('series.start', { elderId, ...wish, firstOn: '2026-12-10', count: 2, startMinute: 14 * 60, choices: [] })
  await world.emulator.moveTo(instantOf('2026-11-27', 11))
  await world.emulator.fire('timers', 'generateSlots')
  const slotId = slotIdOf(bathing._id, { onDate: '2026-12-10', startMinute: 840 })
  await world.phone('o_admin').do('slot.setCapacity', { slotId, capacity: 0 })
  await world.emulator.moveTo(instantOf('2026-11-27', 30))
  await world.emulator.fire('timers', 'bookSeries')
  expect(states(await seriesOf(seriesId))).toEqual(['missed', 'planned'])
  const told = (await stored<Message>('messages')).filter((message) => message.page.endsWith(seriesId))
  expect(told).toMatchObject([{ personId: 'daughter' }])
  expect(told[0]?.gist).toContain('12月10日 星期四 14:00 约满了，这一回没约上')
  const missed = (await world.phone('o_daughter').do('series.show', { seriesId })).dates[0]
  expect(missed).toMatchObject({ state: 'missed', why: 'full', alternative: { onDate: '2026-12-10' } })
  await world.phone('o_daughter').do('series.moveDate', { seriesId, n: 1, onDate: missed?.alternative?.onDate ?? '', startMinute: missed?.alternative?.startMinute ?? 0 })
  expect(states(await seriesOf(seriesId))).toEqual(['booked', 'planned'])
})

test('edited while its first date is being served: that date is left alone, the next one moves and keeps a seat, a skipped one stays', async () => {
  const elderId = await anElder()
  const own = world.phone(`o_${elderId}`)
  const firstOn = '2026-11-30'
  const { seriesId } = await own.do('series.start', { elderId, ...wish, firstOn, choices: [{ n: 3, skip: true }] })
  const [served, next] = [...(await bookingsOf(seriesId))].sort((a, b) => a.startsAt - b.startsAt)
  if (!served || !next) throw new Error('two dates are open')
  await world.phone('o_worker').do('visit.take', { bookingId: served._id })
  await world.emulator.moveTo(served.startsAt - 10 * MINUTE)
  await world.phone('o_worker').do('visit.checkIn', { bookingId: served._id, code: (await own.do('visit.doorCode', { bookingId: served._id })).code })
  await own.do('series.change', { seriesId, fromN: 1, weekday: 5, startMinute: 14 * 60 })
  const after = await seriesOf(seriesId)
  expect(after.dates.map((date) => [date.state, date.onDate])).toEqual([['booked', '2026-11-30'], ['booked', '2026-12-11'], ['skipped', '2026-12-14'], ['planned', '2026-12-25']])
  const bookings = await bookingsOf(seriesId)
  expect(bookings.find((one) => one._id === served._id)).toMatchObject({ status: 'checkedIn', startsAt: served.startsAt })
  expect(bookings.find((one) => one._id === next._id)).toMatchObject({ slotId: slotIdOf(bathing._id, { onDate: '2026-12-11', startMinute: 840 }) })
  expect(bookings).toHaveLength(2)
})

test('paused for the hospital: the seats go back; resumed: a preview first, then the dates that are to come; skipped and cancelled ones stay away', async () => {
  const elderId = await anElder()
  const phone = world.phone('o_social')
  const { seriesId } = await phone.do('series.start', { elderId, ...wish, firstOn: '2026-12-02', startMinute: 14 * 60, count: 4, choices: [{ n: 1, onDate: '2026-12-03', startMinute: 14 * 60 }] })
  expect(states(await seriesOf(seriesId))).toEqual(['booked', 'booked', 'planned', 'planned'])
  await phone.do('series.skip', { seriesId, n: 3 })
  const [, second] = [...(await bookingsOf(seriesId))].sort((a, b) => a.startsAt - b.startsAt)
  await phone.do('booking.cancel', { bookingId: second?._id ?? '' })
  await world.emulator.pass(MINUTE)
  await phone.do('series.pause', { seriesId, reason: '住院' })
  expect((await bookingsOf(seriesId)).map((booking) => booking.status)).toEqual(['cancelled', 'cancelled'])
  const slots = await stored<Slot>('slots')
  expect(slots.filter((slot) => slot.holders[elderId] !== undefined)).toEqual([])
  expect(states(await seriesOf(seriesId))).toEqual(['planned', 'skipped', 'skipped', 'planned'])
  expect((await phone.do('series.previewChange', { seriesId })).dates.map((date) => [date.n, date.state])).toEqual([[1, 'free'], [4, 'later']])
  await phone.do('series.resume', { seriesId })
  expect(states(await seriesOf(seriesId))).toEqual(['booked', 'skipped', 'skipped', 'planned'])
  await phone.do('series.end', { seriesId, fromN: 4 })
  expect(states(await seriesOf(seriesId))).toEqual(['booked', 'skipped', 'skipped', 'over'])
  expect((await bookingsOf(seriesId)).filter((booking) => booking.status === 'booked')).toHaveLength(1)
  expect(await world.brokenLaws()).toEqual([])
})

test.each<[string, () => object, string]>([
  ['a thousand dates', () => ({ count: 1_000 }), 'SERIES_TOO_LONG'],
  ['three weeks apart', () => ({ every: 3 }), 'BAD_INPUT'],
  ['a first day that is over', () => ({ firstOn: '2026-11-02' }), 'BAD_INPUT'],
  ['a service that is not offered here', () => ({ serviceItemId: 'nothing' }), 'NOT_FOUND'],
])('refused, and nothing written: %s', async (_name, more, code) => {
  const before = await world.writes()
  expect(await world.phone('o_mother').codeOf('series.start', { elderId: 'mother', ...wish, firstOn: '2027-02-01', choices: [], ...more() } as never)).toBe(code)
  expect(await world.writes()).toEqual(before)
})

test('skipped at once with being booked: no booking of a skipped date is left', async () => {
  const elderId = await anElder()
  const phone = world.phone(`o_${elderId}`)
  const today = '2026-11-30'
  const { seriesId } = await phone.do('series.start', { elderId, ...wish, firstOn: addDays(today, 14), startMinute: 630, count: 3, choices: [] })
  await world.emulator.moveTo(instantOf(addDays(today, 1), 11))
  await world.emulator.fire('timers', 'generateSlots')
  await world.emulator.moveTo(instantOf(addDays(today, 1), 13))
  await world.emulator.faults({ seed: 7, latencyMs: [0, 8] })
  const [, answer] = await Promise.all([world.emulator.fire('timers', 'bookSeries'), phone.codeOf('series.skip', { seriesId, n: 1 })])
  await world.emulator.faults({})
  expect(['OK', 'TRY_AGAIN']).toContain(answer)
  await world.emulator.pass(10 * MINUTE)
  for (const job of ['bookSeries', 'settle'] as const) await world.emulator.fire('timers', job)
  const series = await seriesOf(seriesId)
  if (answer === 'OK') expect(series.dates[0]).toMatchObject({ state: 'skipped', bookingId: null })
  expect((await bookingsOf(seriesId)).filter((booking) => booking.status === 'booked')).toHaveLength(answer === 'OK' ? 0 : 1)
  expect(await world.brokenLaws()).toEqual([])
})

describe('it follows the person', () => {
  test('merged: the series is the kept record’s, who takes a copy of it along', async () => {
    const [keep, drop] = [await anElder(), await anElder(false)]
    const { seriesId } = await world.phone('o_daughter').do('series.start', { elderId: drop, ...wish, firstOn: '2027-01-06', startMinute: 840, count: 2, choices: [] })
    await world.phone('o_social').do('person.merge', { keepId: keep, dropId: drop })
    expect((await seriesOf(seriesId)).elderId).toBe(keep)
    expect((await world.phone(`o_${keep}`).do('series.list', { elderId: keep })).items).toMatchObject([{ seriesId }])
    expect(JSON.parse((await world.phone(`o_${keep}`).do('account.export', {})).json).series).toMatchObject([{ _id: seriesId }])
  })

  test('erased: it goes with the elder; of whoever arranged one the name goes, and it runs on', async () => {
    const [elderId, helper] = [await anElder(), `asker${++serial}`]
    await world.addPerson(helper, { openid: `o_${helper}`, name: '示例女儿' })
    const { seriesId } = await world.phone(`o_${elderId}`).do('series.start', { elderId, ...wish, firstOn: '2027-01-06', count: 2, choices: [] })
    await world.phone(`o_${elderId}`).do('account.erase', { confirmName: '示例老人' })
    expect((await stored<Series>('series')).map((one) => one._id)).not.toContain(seriesId)

    const other = `weekly${++serial}`
    await world.addPerson(other, { name: '示例老人', ...delegation(helper, '示例女儿') })
    const theirs = (await world.phone(`o_${helper}`).do('series.start', { elderId: other, ...wish, firstOn: '2027-01-06', startMinute: 840, count: 2, choices: [] })).seriesId
    await world.phone(`o_${helper}`).do('account.erase', { confirmName: '示例女儿' })
    await world.emulator.advance(MINUTE)
    expect((await seriesOf(theirs)).askedBy).toMatchObject({ name: '已注销' })
    expect(JSON.stringify(await stored('series'))).not.toContain(helper)
    // When its day opens, nobody's right is used any more: the clock books it in its own name, and the elder is told.
    await world.emulator.moveTo(instantOf('2026-12-24', 30))
    await world.emulator.fire('timers', 'bookSeries')
    expect(await bookingsOf(theirs)).toMatchObject([{ bookedBy: { as: 'system' }, elderId: other }])
  })

  test('moved to another community: the dates that are still to be booked go to the new door', async () => {
    const elderId = await anElder()
    const { seriesId } = await world.phone('o_daughter').do('series.start', { elderId, ...wish, firstOn: '2027-01-08', startMinute: 630, count: 2, choices: [] })
    await world.phone('o_social').do('person.move', { personId: elderId, communityId: 'taigu', address: '太古城 3 幢 101' })
    await world.emulator.moveTo(instantOf('2026-12-26', 30))
    await world.emulator.fire('timers', 'bookSeries')
    expect(await bookingsOf(seriesId)).toMatchObject([{ communityId: 'taigu', onDate: '2027-01-08' }])
    expect(await world.brokenLaws()).toEqual([])
  })
})
