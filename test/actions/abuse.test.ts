/**
 * Bad input and abuse: each a typed refusal with a sentence for people, and nothing written (the database before and
 * after is compared; attempt counters apart).
 */
import { contracts, type ActionName } from '../../src/contract'
import { errorCodes } from '../../src/domain/error'
import { addDays, civilDate, DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { examples, type Example } from './examples'
import { pointsPolicy } from './points-policy'
import { MONDAY_NINE, newRequestId, startWorld, type World } from './world'
import { sampleOf } from '../support/kills'

/** The dispatcher asks the same of every action before it begins: a third of them by default, all with EVERY_STEP=1. */
const actions = Object.keys(contracts) as ActionName[]
const sample = sampleOf(actions, Math.ceil(actions.length / 3))

describe('bad input and abuse', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ pointsPolicies: [pointsPolicy] })
    await world.emulator.fire('timers', 'generateSlots')
    await world.addSlot('tomorrow')
    await world.addSlot('gone', { startsAt: MONDAY_NINE - HOUR, endsAt: MONDAY_NINE })
    await world.addSlot('notHere', { communityIds: ['taigu'] })
    await world.addSlot('closed', { isOpen: false, startsAt: MONDAY_NINE + 3 * DAY })
    await world.addSlot('abroad', { subdistrictId: 'elsewhere', communityIds: ['faraway', 'huaguang'], startsAt: MONDAY_NINE + 4 * DAY })
  })
  afterAll(() => world.stop())

  /** What was refused, having made sure that nothing was written. */
  async function refused(openid: string, event: unknown): Promise<string> {
    const before = await world.writes()
    const answer = await world.phone(openid).raw(event)
    expect(await world.writes()).toEqual(before)
    expect(answer.ok).toBe(false)
    expect(errorCodes).toContain(answer.error?.code)
    return answer.error?.code ?? ''
  }
  const call = (action: string, input: unknown, more: object = {}) => ({ action, input, requestId: newRequestId(), contractVersion: 1, ...more })
  const book = (input: object) => call('booking.book', { elderId: 'mother', slotId: 'tomorrow', ...input })

  test.each<[string, unknown, string]>([
    ['an unknown action', call('booking.steal', {}), 'UNKNOWN_ACTION'],
    ['an action named like an object’s own', call('__proto__', {}), 'UNKNOWN_ACTION'],
    ['an action named like a method', call('toString', {}), 'UNKNOWN_ACTION'],
    ['no action', { input: {}, contractVersion: 1 }, 'BAD_INPUT'],
    ['nothing at all', {}, 'BAD_INPUT'],
    ['a list', [1, 2], 'BAD_INPUT'],
    ['a phone that is too old', call('home.show', {}, { contractVersion: 0 }), 'UPDATE_REQUIRED'],
    ['no contract version', { action: 'home.show', input: {} }, 'BAD_INPUT'],
    ['a field that nobody asked for', book({ price: 0 }), 'BAD_INPUT'],
    ['a field beside the input', call('home.show', {}, { openid: 'o_admin' }), 'BAD_INPUT'],
    ['a missing field', call('booking.book', { elderId: 'mother' }), 'BAD_INPUT'],
    ['a number for a name', book({ slotId: 7 }), 'BAD_INPUT'],
    ['an operator object', book({ slotId: { $gt: '' } }), 'BAD_INPUT'],
    ['an operator as a string', book({ slotId: '{"$gt":""}' }), 'BAD_INPUT'],
    ['an operator in an elder', call('home.show', { elderId: { $ne: null } }), 'BAD_INPUT'],
    ['a path into another document', book({ slotId: 'holders.mother' }), 'BAD_INPUT'],
    ['a prototype', JSON.parse('{"action":"home.show","input":{"__proto__":{"elderId":"mother"}},"contractVersion":1}') as unknown, 'BAD_INPUT'],
    ['-1', call('slot.setCapacity', { slotId: 'tomorrow', capacity: -1 }), 'BAD_INPUT'],
    ['1e308', call('slot.setCapacity', { slotId: 'tomorrow', capacity: 1e308 }), 'BAD_INPUT'],
    ['NaN, which JSON makes null', call('slot.setCapacity', { slotId: 'tomorrow', capacity: Number.NaN }), 'BAD_INPUT'],
    ['half a seat', call('slot.setCapacity', { slotId: 'tomorrow', capacity: 1.5 }), 'BAD_INPUT'],
    ['a megabyte of text', book({ note: '长'.repeat(20_000) }), 'BAD_INPUT'],
    ['81 characters where 80 fit', book({ note: '长'.repeat(81) }), 'BAD_INPUT'],
    ['a control character', book({ note: 'a\u0007b' }), 'BAD_INPUT'],
    ['a date that does not exist', call('catalogue.service', { elderId: 'mother', serviceItemId: 'bathing', fromOn: '2026-02-30' }), 'BAD_INPUT'],
    ['a name made of emoji', call('delegation.request', { elderName: '😀😀', communityId: 'huaguang', kinship: '女儿', scopes: ['book'], endOn: '2027-01-01' }), 'BAD_INPUT'],
    ['a mutation without a request id', { action: 'booking.book', input: { elderId: 'mother', slotId: 'tomorrow' }, contractVersion: 1 }, 'BAD_INPUT'],
    ['a request id with a dot', { ...book({}), requestId: 'holders.mother' }, 'BAD_INPUT'],
    ['an elder who is not yours', book({ elderId: 'neighbour' }), 'NOT_FOUND'],
    ['an elder who does not exist', book({ elderId: 'nobody' }), 'NOT_FOUND'],
    ['a slot that does not exist', book({ slotId: 'nothing' }), 'NOT_FOUND'],
    ['a slot in the past', book({ slotId: 'gone' }), 'SLOT_PAST'],
    ['a slot of another community', book({ slotId: 'notHere' }), 'OTHER_COMMUNITY'],
    ['a slot of another subdistrict', book({ slotId: 'abroad' }), 'NOT_FOUND'],
    ['a slot on a closed day', book({ slotId: 'closed' }), 'SLOT_CLOSED'],
  ])('%s', async (_name, event, expected) => {
    const openid = (event as { action?: string }).action === 'slot.setCapacity' ? 'o_admin' : 'o_daughter'
    expect(await refused(openid, event)).toBe(expected)
  })

  test('emoji in a note are words like any other', async () => {
    const slotId = 'emoji'
    await world.addSlot(slotId, { startsAt: MONDAY_NINE + 6 * DAY, endsAt: MONDAY_NINE + 6 * DAY + HOUR })
    const { bookingId } = await world.phone('o_daughter').do('booking.book', { elderId: 'mother', slotId, note: '请敲门👍🏻 慢一点' })
    expect((await world.phone('o_daughter').do('booking.show', { bookingId })).note).toBe('请敲门👍🏻 慢一点')
  })

  test('a megabyte event is refused by size, whatever is in it', async () => {
    const before = await world.writes()
    const reply = await world.emulator.call<{ ok: boolean; error: { code: string } }>('o_daughter', { action: 'booking.book', input: { note: 'x'.repeat(1_000_000) }, contractVersion: 1 })
    expect(reply.result?.ok ?? false).toBe(false)
    expect(await world.writes()).toEqual(before)
  })

  test('a call without identity is refused, whatever it asks', async () => {
    const asked = []
    for (const action of sample) asked.push([action, await (examples[action] as Example<ActionName>)(world, '')] as const)
    const before = await world.writes()
    for (const [action, input] of asked) {
      const answer = await world.emulator.invoke<{ ok: boolean; error: { code: string } }>('api', call(action, input), {})
      expect({ action, answer: answer.ok && answer.result }).toMatchObject({ action, answer: { ok: false, error: { code: 'NO_IDENTITY' } } })
    }
    expect(await world.writes()).toEqual(before)
    expect(Object.keys(before).length).toBeGreaterThan(5)
  })

  test('before the terms are accepted nothing is done and nothing is kept', async () => {
    for (const action of sample) {
      if (contracts[action].needs === 'identity') continue
      const input = await (examples[action] as Example<ActionName>)(world, '')
      expect(await refused('o_brand_new', call(action, input))).toBe('TERMS_REQUIRED')
    }
    const { stage } = await world.phone('o_brand_new').do('account.open', {})
    expect(stage).toBe('terms')
    expect(JSON.stringify(await world.everything())).not.toContain('o_brand_new')
  })

  test('every action refuses a field that it does not know', async () => {
    for (const action of sample) {
      const input = await (examples[action] as Example<ActionName>)(world, 'o_mother')
      expect({ action, code: await refused('o_mother', call(action, { ...input, isAdmin: true })) }).toEqual({ action, code: 'BAD_INPUT' })
    }
  })

  test('a stolen door code is worthless at another door, a used one at the same', async () => {
    const startsAt = (await world.emulator.clock()).now + 40 * MINUTE
    await world.addSlot('hers', { startsAt, endsAt: startsAt + HOUR })
    await world.addSlot('his', { startsAt: startsAt + HOUR, endsAt: startsAt + 2 * HOUR })
    const hers = await world.phone('o_mother').do('booking.book', { elderId: 'mother', slotId: 'hers' })
    const his = await world.phone('o_neighbour').do('booking.book', { elderId: 'neighbour', slotId: 'his' })
    await world.phone('o_colleague').do('visit.take', { bookingId: hers.bookingId })
    await world.phone('o_colleague').do('visit.take', { bookingId: his.bookingId })
    await world.emulator.passTo(startsAt)
    const { code } = await world.phone('o_mother').do('visit.doorCode', { bookingId: hers.bookingId })
    expect(await refused('o_colleague', call('visit.checkIn', { bookingId: his.bookingId, code }))).toBe('DOOR_CODE_WRONG')
    expect(await refused('o_worker', call('visit.checkIn', { bookingId: hers.bookingId, code }))).toBe('NOT_FOUND')
    await world.phone('o_colleague').do('visit.checkIn', { bookingId: hers.bookingId, code })
    expect(await refused('o_colleague', call('visit.checkOut', { bookingId: hers.bookingId, code }))).toBe('DOOR_CODE_USED')

    // Guessing closes the door, and the answer says until when.
    const guesses: string[] = []
    for (let guess = 0; guess < 6; guess++) guesses.push(await refused('o_colleague', call('visit.checkIn', { bookingId: his.bookingId, code: String(100_000 + guess) })))
    expect(guesses).toEqual([...Array<string>(4).fill('DOOR_CODE_WRONG'), 'TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS'])
    await world.emulator.pass(HOUR)
    const honest = await world.phone('o_neighbour').do('visit.doorCode', { bookingId: his.bookingId })
    await world.phone('o_colleague').do('visit.checkIn', { bookingId: his.bookingId, code: honest.code })
  })

  test('a check-in that waited in a queue without signal is proved by its code’s window', async () => {
    const startsAt = (await world.emulator.clock()).now + 3 * HOUR
    await world.addSlot('cellar', { startsAt, endsAt: startsAt + HOUR })
    const { bookingId } = await world.phone('o_neighbour').do('booking.book', { elderId: 'neighbour', slotId: 'cellar' })
    await world.phone('o_worker').do('visit.take', { bookingId })
    await world.emulator.passTo(startsAt + 2 * MINUTE)
    const arrival = await world.phone('o_neighbour').do('visit.doorCode', { bookingId })
    await world.emulator.pass(40 * MINUTE)
    // The phone claims an hour that never was: it is kept as evidence and decides nothing.
    const { provedAt } = await world.phone('o_worker').do('visit.checkIn', { bookingId, code: arrival.code, capturedAt: startsAt - 5 * HOUR })
    expect(provedAt).toBeGreaterThanOrEqual(startsAt)
    expect(provedAt).toBeLessThanOrEqual(startsAt + 2 * MINUTE)
  })

  test('an expired delegation ends at midnight of UTC+8, and says so', async () => {
    await world.addPerson('other', { openid: 'o_other_family', name: '示例孙子' })
    const endOn = civilDate((await world.emulator.clock()).now)
    const midnight = instantOf(addDays(endOn, 1), 0)
    const elder = { personId: 'other', name: '示例孙子', kinship: '孙辈', scopes: ['book' as const], endOn, givenAt: 1, givenBy: { personId: 'x', name: 'x', how: 'elderTap' as const }, endedAt: null, endedBy: null }
    await world.addPerson('lender', { delegates: { other: elder }, delegateIds: ['other'] })
    expect(await world.phone('o_other_family').codeOf('catalogue.list', { elderId: 'lender' })).toBe('OK')
    await world.emulator.pass(midnight - 1000 - (await world.emulator.clock()).now)
    expect(await world.phone('o_other_family').codeOf('catalogue.list', { elderId: 'lender' })).toBe('OK')
    await world.emulator.pass(1000)
    expect(await refused('o_other_family', call('booking.book', { elderId: 'lender', slotId: 'tomorrow' }))).toBe('DELEGATION_ENDED')
  })

  test('a family member beyond the given scope', async () => {
    const reader = { personId: 'socialTaigu', name: '周岚', kinship: '女儿', scopes: ['alerts' as const], endOn: '2027-11-24', givenAt: 1, givenBy: { personId: 'x', name: 'x', how: 'elderTap' as const }, endedAt: null, endedBy: null }
    await world.addPerson('shy', { delegates: { socialTaigu: reader }, delegateIds: ['socialTaigu'] })
    expect(await refused('o_social_taigu', call('booking.list', { elderId: 'shy', when: 'coming' }))).toBe('SCOPE_MISSING')
  })

  test('a booking in two places at the same time', async () => {
    const startsAt = MONDAY_NINE + 9 * DAY
    await world.addSlot('here', { startsAt, endsAt: startsAt + HOUR })
    await world.addSlot('there', { startsAt: startsAt + 30 * MINUTE, endsAt: startsAt + 90 * MINUTE })
    await world.phone('o_mother').do('booking.book', { elderId: 'mother', slotId: 'here' })
    expect(await refused('o_daughter', call('booking.book', { elderId: 'mother', slotId: 'there' }))).toBe('ELDER_BUSY')
    expect(await refused('o_daughter', call('booking.book', { elderId: 'mother', slotId: 'here' }))).toBe('ALREADY_BOOKED')
  })
})
