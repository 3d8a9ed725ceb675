/**
 * Every action × everybody who might try it. The table was read by people; an action without an example or a row fails,
 * and so does a cell that answers differently. What is foreign and what is missing answer alike.
 */
import { contracts, type ActionName } from '../../src/contract'
import { isEveryStep } from '../support/kills'
import { addConsultants } from './consult-world'
import { aBooking, examples, type Example } from './examples'
import { startMealWorld } from './meal-world'
import { actors, rowOf, tabled, type Mark } from './permissions'
import { newRequestId, type World } from './world'

/** Every actor with EVERY_STEP=1; otherwise a sixth of them, another sixth for the next action. */
const isAsked = (actor: number, action: number): boolean => isEveryStep || (actor + action) % 6 === 0

const markOf = (code: string): Mark => (code === 'NOT_FOUND' ? '·' : code === 'NOT_ALLOWED' ? '–' : code === 'DELEGATION_ENDED' || code === 'SCOPE_MISSING' ? '!' : '✓')

describe('who may do what', () => {
  let world: World
  beforeAll(async () => {
    world = await startMealWorld()
    await world.addPerson('far', { openid: 'o_far_resident', name: '示例儿子', communityId: 'taigu' })
    await addConsultants(world)
    await world.emulator.fire('timers', 'generateSlots')
  })
  afterAll(() => world.stop())

  test('every action has an example and a row', () => {
    expect(Object.keys(examples).sort()).toEqual(Object.keys(contracts).sort())
    expect([...tabled].sort()).toEqual(Object.keys(contracts).sort())
  })

  test.each((Object.keys(contracts) as ActionName[]).map((action, index) => [action, index] as const))('%s', async (action, index) => {
    let row = ''
    const seen: Record<string, string> = {}
    const example = examples[action] as Example<ActionName>
    let input: unknown
    const asked = Object.entries(actors).filter((_, actor) => isAsked(actor, index))
    for (const [name, openid] of asked) {
      // Who is refused has changed nothing: the next one asks for the same. What is made for the caller is made anew.
      if (!/[·–]$/.test(row) || example.length > 1) input = await example(world, openid)
      const code = await world.phone(openid).codeOf(action, input as never, newRequestId())
      seen[name] = code
      row += markOf(code)
    }
    // A handler that breaks is no permission.
    expect(Object.entries(seen).filter(([, code]) => code === 'UNEXPECTED' || code === 'UNKNOWN_ACTION')).toEqual([])
    const wanted = [...rowOf(action)].filter((_, actor) => isAsked(actor, index)).join('')
    expect({ row, seen }).toEqual({ row: wanted, seen })
  })

  test('a social worker of another community verifies nothing by naming it in a batch', async () => {
    const bookingId = await aBooking(world, 'confirmed')
    expect(await world.phone('o_social_taigu').do('visit.verifyComplete', { bookingIds: [bookingId] })).toEqual({ verified: [], left: [{ bookingId, code: 'NOT_FOUND' }] })
    expect((await world.phone('o_mother').do('booking.show', { bookingId })).status).toBe('confirmed')
  })

  test('people of another subdistrict find nobody here by name', async () => {
    expect(await world.phone('o_strange_social').do('person.find', { name: '王秀珍' })).toEqual({ people: [] })
  })

  test('what is foreign and what is missing answer alike', async () => {
    const foreign = await world.phone('o_neighbour').ask('booking.show', { bookingId: await aBooking(world, 'assigned') })
    const missing = await world.phone('o_neighbour').ask('booking.show', { bookingId: 'nothing-like-this' })
    expect(foreign.ok).toBe(false)
    expect({ ...foreign, serverNow: 0, traceId: '' }).toEqual({ ...missing, serverNow: 0, traceId: '' })
  })
})
