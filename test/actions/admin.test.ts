/** Capacity, closed days, the audit and the laws, as the subdistrict sees them. */
import { DAY } from '../../src/domain/civil-time'
import { newRequestId, startWorld, type World } from './world'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await world.emulator.fire('timers', 'generateSlots')
})
afterAll(() => world.stop())

const admin = () => world.phone('o_admin')

describe('law 1: capacity changes with what is left of it, and never below what is held', () => {
  test('up, down to what is held, and not below', async () => {
    await world.addSlot('c1', { capacity: 3 })
    for (const [openid, elderId] of [['o_mother', 'mother'], ['o_neighbour', 'neighbour']] as const) await world.phone(openid).do('booking.book', { elderId, slotId: 'c1' })
    await admin().do('slot.setCapacity', { slotId: 'c1', capacity: 10 })
    expect(await world.slot('c1')).toMatchObject({ capacity: 10, remaining: 8 })
    await admin().do('slot.setCapacity', { slotId: 'c1', capacity: 2 })
    expect(await world.slot('c1')).toMatchObject({ capacity: 2, remaining: 0 })
    expect(await admin().ask('slot.setCapacity', { slotId: 'c1', capacity: 1 })).toMatchObject({ ok: false, error: { code: 'BELOW_HELD', details: { held: 2 } } })
    expect(await world.brokenLaws()).toEqual([])
  })
  test('law 8: a late duplicate of an older change never touches a newer one', async () => {
    await world.addSlot('c2', { capacity: 1 })
    const requestId = newRequestId()
    await admin().do('slot.setCapacity', { slotId: 'c2', capacity: 5 }, requestId)
    await admin().do('slot.setCapacity', { slotId: 'c2', capacity: 2 })
    expect(await admin().do('slot.setCapacity', { slotId: 'c2', capacity: 5 }, requestId)).toEqual({ done: true })
    expect(await world.slot('c2')).toMatchObject({ capacity: 2, remaining: 2 })
    expect(await admin().codeOf('slot.setCapacity', { slotId: 'c2', capacity: 6 }, requestId)).toBe('REQUEST_CONFLICT')
  })
  test('while people book, capacity is changed: every seat is still accounted for', async () => {
    await world.addSlot('c3', { capacity: 4 })
    const ids = Array.from({ length: 12 }, (_, index) => `crowd${index}`)
    for (const id of ids) await world.addPerson(id, { openid: `o_${id}`, name: '示例众' })
    const bookings = ids.map((id) => world.phone(`o_${id}`).codeOf('booking.book', { elderId: id, slotId: 'c3' }))
    const changes = [8, 6, 9].map((capacity) => admin().codeOf('slot.setCapacity', { slotId: 'c3', capacity }))
    const outcomes = await Promise.all(bookings)
    for (const code of await Promise.all(changes)) expect(['OK', 'BELOW_HELD']).toContain(code)
    expect(outcomes.filter((code) => code !== 'OK' && code !== 'SLOT_FULL')).toEqual([])
    const slot = await world.slot('c3')
    expect(Object.keys(slot.holders)).toHaveLength(outcomes.filter((code) => code === 'OK').length)
    expect(slot.remaining + Object.keys(slot.holders).length).toBe(slot.capacity)
    expect(slot.remaining).toBeGreaterThanOrEqual(0)
  })
  test('another subdistrict’s slot is no slot', async () => {
    expect(await world.phone('o_strange_admin').codeOf('slot.setCapacity', { slotId: 'c2', capacity: 9 })).toBe('NOT_FOUND')
    expect(await world.phone('o_social').codeOf('slot.setCapacity', { slotId: 'c2', capacity: 9 })).toBe('NOT_ALLOWED')
  })
})

describe('closed days', () => {
  const onDate = '2026-11-26'
  const dayOf = async () => (await admin().do('admin.slots', { serviceItemId: 'bathing', fromOn: onDate })).slots.filter((slot) => slot.onDate === onDate)

  test('what is free is closed, who has a seat keeps it, and it can be opened again', async () => {
    const [slot] = await dayOf()
    await world.phone('o_mother').do('booking.book', { elderId: 'mother', slotId: slot?.slotId ?? '' })
    const requestId = newRequestId()
    const close = { onDate, name: '停电检修', isClosed: true }
    expect(await admin().do('calendar.setClosedDay', close, requestId)).toEqual({ heldSeats: 1 })
    expect((await dayOf()).map((open) => open.isOpen)).toEqual([false, false, false])
    expect(await world.phone('o_neighbour').codeOf('booking.book', { elderId: 'neighbour', slotId: slot?.slotId ?? '' })).toBe('SLOT_CLOSED')
    expect((await admin().do('admin.services', {})).closedDays).toContainEqual({ onDate, name: '停电检修' })

    await admin().do('calendar.setClosedDay', { ...close, isClosed: false })
    expect((await dayOf()).map((open) => open.isOpen)).toEqual([true, true, true])
    expect(await admin().do('calendar.setClosedDay', close, requestId)).toEqual({ heldSeats: 1 })
    expect((await dayOf()).map((open) => open.isOpen)).toEqual([true, true, true])
  })
  test('yesterday is not closed', async () => {
    const before = await world.everything()
    expect(await admin().codeOf('calendar.setClosedDay', { onDate: '2026-11-22', name: '昨天', isClosed: true })).toBe('BAD_INPUT')
    expect(await world.everything()).toEqual(before)
  })
})

describe('what the subdistrict can look at', () => {
  test('its services with a week of slots, and nothing of another subdistrict', async () => {
    const { services } = await admin().do('admin.services', {})
    expect(services.map((service) => service.serviceItemId)).toEqual(['bathing'])
    const { slots } = await admin().do('admin.slots', { serviceItemId: 'bathing', fromOn: '2026-11-24' })
    expect(Math.max(...slots.map((slot) => slot.startsAt)) - Math.min(...slots.map((slot) => slot.startsAt))).toBeLessThan(7 * DAY)
    expect(await world.phone('o_strange_admin').codeOf('admin.slots', { serviceItemId: 'bathing', fromOn: '2026-11-24' })).toBe('NOT_FOUND')
    expect((await world.phone('o_strange_admin').do('admin.services', {})).services).toEqual([])
    expect((await world.phone('o_strange_admin').do('admin.audit', {})).items).toEqual([])
  })
  test('the audit is paged, newest first, each entry once', async () => {
    for (let index = 0; index < 35; index++) await world.phone('o_social').do('person.unmask', { field: 'phone', about: { by: 'person', personId: 'mother' }, purpose: 'callBack' })
    const seen = []
    let cursor: string | undefined
    do {
      const page = await admin().do('admin.audit', cursor === undefined ? {} : { cursor })
      seen.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toHaveLength(((await world.everything())['audits'] ?? []).length)
    expect(seen.map((item) => item.at)).toEqual([...seen.map((item) => item.at)].sort((a, b) => b - a))
    expect(seen.find((item) => item.what === 'capacitySet')).toMatchObject({ byName: '孙洁', as: 'admin' })
  })
  test('the last self-check, law by law', async () => {
    await world.emulator.fire('timers', 'selfCheck')
    const latest = await admin().do('law.latest', {})
    expect(latest.at).not.toBeNull()
    expect(latest.laws.filter((law) => !law.holds)).toEqual([])
    expect(await world.phone('o_mother').codeOf('law.latest', {})).toBe('NOT_ALLOWED')
  })
})
