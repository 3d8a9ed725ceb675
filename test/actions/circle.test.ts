/** The fifteen-minute circle and 一键找人 through the built function: what is near, who is on duty, and what that costs. */
import { emptyCircle } from '../../src/domain/circle'
import { instantOf } from '../../src/domain/civil-time'
import type { ActionName, InputOf } from '../../src/contract'
import { startMealWorld } from './meal-world'
import { slotOf, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startMealWorld()
  await world.emulator.insert('circles', [{ ...emptyCircle('dongliu'), homes: { huaguang: { middle: { x: 0, y: 0 }, buildings: {} } } }])
})
afterAll(() => world.stop())

type Place = NonNullable<InputOf<'circle.setPlace'>['place']>
const admin = () => world.phone('o_admin')
const clinic = { sort: 'clinic', name: '示例卫生站', address: '华光城 8 幢旁', phone: '0574-80000001', communityId: 'huaguang', east: 200, north: 0, weekdays: [1, 2, 3, 4, 5], fromMinute: 8 * 60, untilMinute: 17 * 60 } satisfies Place
const station: Place = { ...clinic, sort: 'station', name: '示例社区站', phone: '0574-80000002', east: 0, north: 50, walked: 3 }

async function callsOf<A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<number> {
  const { latest } = await world.emulator.calls()
  await world.phone(openid).do(action, input)
  return (await world.emulator.calls(latest)).rows.find((row) => row.function === 'api' && row.action === action)?.dbCalls ?? Number.NaN
}

test('an administrator names places, and whoever lives near finds them: in minutes, never in metres', async () => {
  expect(await world.phone('o_mother').do('circle.show', { elderId: 'mother' })).toMatchObject({ places: [], building: null })
  const { placeId } = await admin().do('circle.setPlace', { place: { ...clinic, walked: 6 } })
  await admin().do('circle.setPlace', { place: station })
  const { places } = await world.phone('o_mother').do('circle.show', { elderId: 'mother' })
  expect(places.map(({ name, minutes, ring, openUntil }) => [name, minutes, ring, openUntil])).toEqual([['示例社区站', 3, 5, '17:00'], ['示例卫生站', 6, 10, '17:00']])
  expect(JSON.stringify(places)).not.toContain('200')
  await admin().do('circle.setPlace', { placeId, place: { ...clinic, walked: 12, fromMinute: 600 } })
  expect((await admin().do('circle.board', {})).places.find((place) => place.placeId === placeId)).toMatchObject({ walked: 12, communityName: '华光城', hours: { fromMinute: 600 } })
  await admin().do('circle.setPlace', { placeId })
  expect((await world.phone('o_mother').do('circle.show', { elderId: 'mother' })).places.map(({ name }) => name)).toEqual(['示例社区站'])
})

test('what is no place is refused, and changes nothing', async () => {
  const before = JSON.stringify((await world.emulator.dump(['circles']))['circles'])
  const refused = async (input: InputOf<'circle.setPlace'>) => admin().codeOf('circle.setPlace', input)
  expect(await refused({ placeId: 'nowhere', place: clinic })).toBe('NOT_FOUND')
  expect(await refused({ placeId: 'nowhere' })).toBe('NOT_FOUND')
  for (const input of [{}, { place: { ...clinic, untilMinute: 480 } }, { place: { ...clinic, communityId: 'elsewhere' } }, { place: { ...clinic, weekdays: [] } }, { place: { ...clinic, east: 6000 } }, { place: { ...clinic, phone: '打电话' } }]) expect(await refused(input)).toBe('BAD_INPUT')
  expect(JSON.stringify((await world.emulator.dump(['circles']))['circles'])).toBe(before)
})

test('一键找人: the grid of her building says who goes first, the station from when to when, and no private number', async () => {
  await admin().do('duty.set', { communityId: 'huaguang', personIds: ['social'] })
  const plain = await world.phone('o_mother').do('circle.who', { elderId: 'mother' })
  expect(plain).toMatchObject({ gridName: null, people: [{ name: '李静' }], station: { name: '示例社区站', phone: '0574-80000002', openUntil: '17:00' } })
  await admin().do('duty.set', { communityId: 'huaguang', personIds: ['social'], grid: { name: '南网格', buildings: [12] } })
  expect(await world.phone('o_mother').do('circle.who', { elderId: 'mother' })).toMatchObject({ gridName: '南网格', people: [{ name: '李静' }] })
  expect(JSON.stringify(plain)).not.toMatch(/1\d{10}/)
})

test('what still has a free seat today, for who lives there', async () => {
  const { now } = await world.emulator.clock()
  const onDate = '2026-11-23'
  const at = (minute: number) => instantOf(onDate, minute)
  const today = (id: string, serviceItemId: string, changes: object) => ({ ...slotOf(id, { startsAt: at(20 * 60), endsAt: at(21 * 60), ...changes }), onDate, serviceItemId })
  await world.emulator.insert('slots', [
    today('free', 'haircut', {}), today('full', 'cleaning', { capacity: 1, remaining: 0, holders: { somebody: { bookingId: 'x', at: 1 } } }), today('gone', 'escort', { startsAt: now - 1 }), today('elsewhere', 'reading', { communityIds: ['taigu'] }),
  ])
  const { serviceItemIds } = await world.phone('o_mother').do('circle.today', { elderId: 'mother' })
  expect(['haircut', 'cleaning', 'escort', 'reading'].filter((id) => serviceItemIds.includes(id))).toEqual(['haircut'])
})

test('three calls each: account, elder, and the places or the slots of the day', async () => {
  expect([await callsOf('o_mother', 'circle.show', { elderId: 'mother' }), await callsOf('o_daughter', 'circle.today', { elderId: 'mother' }), await callsOf('o_mother', 'circle.who', { elderId: 'mother' })]).toEqual([3, 3, 4])
})

test('走路几分钟: what somebody walked is what residents read at once, cleared the straight line holds again, and nonsense is refused', async () => {
  const { placeId } = await admin().do('circle.setPlace', { place: { ...clinic, name: '示例门诊' } })
  const seen = async () => (await world.phone('o_mother').do('circle.show', { elderId: 'mother' })).places.find((one) => one.placeId === placeId)?.minutes
  const straight = await seen()
  expect((await admin().do('circle.ways', { placeId })).ways.find((one) => one.communityId === 'huaguang')).toEqual({ communityId: 'huaguang', name: '华光城', walked: null, straight })
  await admin().do('circle.setWays', { placeId, ways: [{ communityId: 'huaguang', minutes: 14 }, { communityId: 'taigu', minutes: 3 }] })
  expect(await seen()).toBe(14)
  await admin().do('circle.setWays', { placeId, ways: [{ communityId: 'huaguang', minutes: 40 }] })
  expect(await seen()).toBeUndefined() // beyond the circle
  await admin().do('circle.setWays', { placeId, ways: [] })
  expect(await seen()).toBe(straight)
  const listed = async () => (await world.phone('o_mother').do('catalogue.list', { elderId: 'mother' })).services.find((one) => one.serviceItemId === 'bathing')?.walkingMinutes
  await admin().do('service.setWays', { serviceItemId: 'bathing', ways: [{ communityId: 'huaguang', minutes: 9 }] })
  expect([await listed(), (await admin().do('admin.service', { serviceItemId: 'bathing' })).ways]).toEqual([9, [{ communityId: 'huaguang', minutes: 9 }]])
  await admin().do('service.setWays', { serviceItemId: 'bathing', ways: [] })
  expect(await listed()).toBeNull()
  const before = await world.writes()
  for (const minutes of [0, -1, 400, 2.5]) {
    expect(await admin().codeOf('circle.setWays', { placeId, ways: [{ communityId: 'huaguang', minutes }] })).toBe('BAD_INPUT')
    expect(await admin().codeOf('service.setWays', { serviceItemId: 'bathing', ways: [{ communityId: 'huaguang', minutes }] })).toBe('BAD_INPUT')
  }
  expect(await admin().codeOf('circle.setWays', { placeId, ways: [{ communityId: 'elsewhere', minutes: 5 }] })).toBe('BAD_INPUT')
  expect(await admin().codeOf('circle.setWays', { placeId: 'nowhere', ways: [] })).toBe('NOT_FOUND')
  for (const who of ['o_social', 'o_mother', 'o_worker']) expect(await world.phone(who).codeOf('circle.setWays', { placeId, ways: [] })).toBe('NOT_ALLOWED')
  expect(await world.phone('o_strange_admin').codeOf('circle.setWays', { placeId, ways: [] })).toBe('NOT_FOUND')
  expect(await world.writes()).toEqual(before)
})
