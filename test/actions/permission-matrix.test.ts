/**
 * Every action × everybody who might try it. The table below was read by people; an action without an example or a row
 * fails, and so does a cell that answers differently. What is foreign and what is missing answer alike.
 *
 *   ✓ may   · is told that there is no such thing   – may never (no such role)   ! had, or has, another delegation
 */
import { contracts, type ActionName, type InputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking'
import { book, checkIn, checkOut, confirm, take } from '../../src/domain/booking'
import type { SafetyCase } from '../../src/domain/safety-case'
import { HOUR } from '../../src/domain/civil-time'
import { bathing, delegation, MONDAY_NINE, newRequestId, slotOf, startWorld, type World } from './world'

const actors = {
  'the elder': 'o_mother',
  'family with scope': 'o_daughter',
  'family, ended': 'o_former',
  'neighbour': 'o_neighbour',
  'resident elsewhere in the subdistrict': 'o_far_resident',
  'resident of another subdistrict': 'o_stranger',
  'care worker, given the visit': 'o_worker',
  'care worker, same provider': 'o_colleague',
  'care worker, other provider': 'o_rival',
  'social worker of the community': 'o_social',
  'social worker, other community': 'o_social_taigu',
  'social worker, other subdistrict': 'o_strange_social',
  'admin': 'o_admin',
  'admin, other subdistrict': 'o_strange_admin',
} as const

type Mark = '✓' | '·' | '–' | '!'
/** One mark per actor, in the order above. */
const table: Record<ActionName, string> = {} as Record<ActionName, string>

const by = (personId: string, as: 'elder' | 'careWorker') => ({ personId, name: personId, as, kinship: null, scope: null })
const server = { personId: 'worker', name: '陈霞', kinIds: [] }
let serial = 0

/** A booking of the elder in a state, with its seat, straight in the store. */
async function aBooking(world: World, state: 'booked' | 'assigned' | 'checkedIn' | 'checkedOut' | 'confirmed'): Promise<string> {
  serial += 1
  const id = `bm${serial}`
  const startsAt = state === 'booked' || state === 'assigned' ? MONDAY_NINE + 20 * 24 * HOUR + serial * 2 * HOUR : MONDAY_NINE - serial * 2 * HOUR
  const slot = slotOf(`sm${serial}`, { startsAt, endsAt: startsAt + HOUR, capacity: 1, remaining: 0, holders: { mother: { bookingId: id, at: 1 } } })
  const at = (time: number) => ({ at: time, provedAt: time, proof: 'elderTap' as const, codeWindow: null, capturedAt: null })
  const steps: ((booking: Booking) => Booking)[] = [
    (booking) => take(booking, server, by('worker', 'careWorker'), slot.startsAt - 1),
    (booking) => checkIn(booking, at(startsAt), by('mother', 'elder')),
    (booking) => checkOut(booking, at(startsAt + HOUR), by('mother', 'elder')),
    (booking) => confirm(booking, { at: startsAt + HOUR, proof: 'elderTap', byPersonId: 'mother', satisfaction: 'satisfied' }, by('mother', 'elder'), null),
  ]
  const count = { booked: 0, assigned: 1, checkedIn: 2, checkedOut: 3, confirmed: 4 }[state]
  const booking = steps.slice(0, count).reduce((current, step) => step(current), book(slot, { _id: 'mother', name: '王秀珍', communityId: 'huaguang' }, { bookingId: id, key: id, hash: 'h', doorKey: 'd', note: null }, by('mother', 'elder'), 1))
  await world.emulator.insert('slots', [slot])
  await world.emulator.insert('bookings', [booking])
  return id
}

async function aRequest(world: World): Promise<string> {
  const id = `dm${++serial}`
  await world.emulator.insert('delegationRequests', [{
    _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', fromPersonId: 'far', fromName: '示例', kinship: '儿子', scopes: ['book'], endOn: '2027-06-01', elderName: '王秀珍', elderId: 'mother',
    status: 'waiting', at: MONDAY_NINE, decidedBy: null, decidedAt: null, madeBy: { key: id, hash: 'h' }, requests: {},
  }])
  return id
}

async function aCase(world: World): Promise<string> {
  const id = `cm${++serial}`
  const safety: SafetyCase = { _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', elderName: '王秀珍', age: 84, livesAlone: true, bookingId: null, reason: 'noContact', words: '敲门', openedAt: 1, openedBy: 'worker', status: 'open', taken: null, closed: null, family: [], requests: {} }
  await world.emulator.insert('safetyCases', [safety])
  return id
}

async function aMessage(world: World): Promise<string> {
  const id = `mm${++serial}`
  await world.emulator.insert('messages', [{ _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', personId: 'mother', personName: '王秀珍', accountId: null, templateId: 't', page: 'p', data: {}, gist: 'g', state: 'toCall', dueAt: 1, sendingSince: null, sentAt: null, calls: [], requests: {} }])
  return id
}

async function anElder(world: World): Promise<string> {
  const id = `pm${++serial}`
  await world.addPerson(id, { name: '示例老人', standing: 'unverified' })
  return id
}

type Example<A extends ActionName> = (world: World, openid: string) => Promise<InputOf<A>> | InputOf<A>

/** For each action an input about the elder in 华光城, fresh for each cell. */
const examples: { [A in ActionName]: Example<A> } = {
  'account.open': () => ({}),
  'account.acceptTerms': () => ({ termsVersion: 'old' }),
  'account.claimByCode': () => ({ code: '12345678' }),
  'account.claimByPhone': () => ({ phoneCode: 'nothing' }),
  'account.register': () => ({ name: '示例新人', birthOn: '1950-01-01', communityId: 'huaguang' }),
  'account.profile': () => ({}),
  'account.setCareNotes': () => ({ consent: false }),
  'account.log': () => ({ personId: 'mother' }),
  'account.export': () => ({}),
  'account.erase': () => ({ confirmName: '不是这个名字' }),
  'home.show': () => ({}),
  'catalogue.list': () => ({ elderId: 'mother' }),
  'catalogue.service': () => ({ elderId: 'mother', serviceItemId: bathing._id }),
  'booking.book': async (world) => {
    const slotId = `sb${++serial}`
    const startsAt = MONDAY_NINE + 30 * 24 * HOUR + serial * 2 * HOUR
    await world.addSlot(slotId, { startsAt, endsAt: startsAt + HOUR })
    return { elderId: 'mother', slotId }
  },
  'booking.list': () => ({ elderId: 'mother', when: 'coming' }),
  'booking.show': async (world) => ({ bookingId: await aBooking(world, 'assigned') }),
  'booking.cancel': async (world) => ({ bookingId: await aBooking(world, 'booked') }),
  'booking.cancelLate': async (world) => ({ bookingId: await aBooking(world, 'booked'), as: 'cancelled', reason: '住院' }),
  'visit.mine': () => ({}),
  'visit.take': async (world) => ({ bookingId: await aBooking(world, 'booked') }),
  'visit.handBack': async (world) => ({ bookingId: await aBooking(world, 'assigned'), reason: '发烧' }),
  'visit.doorCode': async (world) => ({ bookingId: await aBooking(world, 'checkedIn') }),
  'visit.checkIn': async (world) => ({ bookingId: await aBooking(world, 'assigned'), code: '000000' }),
  'visit.checkOut': async (world) => ({ bookingId: await aBooking(world, 'checkedIn'), code: '000000' }),
  'visit.vouch': async (world) => ({ bookingId: await aBooking(world, 'checkedIn'), moment: 'checkOut' }),
  'visit.noContact': async (world) => ({ bookingId: await aBooking(world, 'assigned'), tried: '敲门' }),
  'visit.confirm': async (world) => ({ bookingId: await aBooking(world, 'checkedOut'), satisfaction: 'satisfied' }),
  'visit.dispute': async (world) => ({ bookingId: await aBooking(world, 'checkedOut'), words: '没来' }),
  'visit.callBack': async (world) => ({ bookingId: await aBooking(world, 'checkedOut'), outcome: 'confirmed', words: '来过' }),
  'visit.verify': async (world) => ({ bookingId: await aBooking(world, 'confirmed'), outcome: 'verified' }),
  'visit.verifyComplete': async (world) => ({ bookingIds: [await aBooking(world, 'confirmed')] }),
  'worker.today': () => ({}),
  'safety.take': async (world) => ({ safetyCaseId: await aCase(world) }),
  'safety.close': async (world) => ({ safetyCaseId: await aCase(world), how: { by: 'seenInPerson', words: '见到了' } }),
  'message.called': async (world) => ({ messageId: await aMessage(world), outcome: 'told' }),
  'delegation.request': () => ({ elderName: '王秀珍', communityId: 'huaguang', kinship: '儿子', scopes: ['book'], endOn: '2027-06-01' }),
  'delegation.mine': () => ({}),
  'delegation.ofMe': () => ({}),
  'delegation.approve': async (world) => ({ delegationRequestId: await aRequest(world) }),
  'delegation.refuse': async (world) => ({ delegationRequestId: await aRequest(world) }),
  'delegation.approveAtCounter': async (world) => ({ delegationRequestId: await aRequest(world), elderId: 'mother', identityCheck: 'idCardSeen' }),
  // Ends what is not there: who may ask is what counts, and the others keep their right.
  'delegation.end': () => ({ elderId: 'mother', personId: 'nobody' }),
  'person.find': () => ({ name: '王秀珍' }),
  'person.show': () => ({ personId: 'mother' }),
  'person.register': () => ({ name: '示例老人', birthOn: '1940-01-01', communityId: 'huaguang', livesAlone: true, identityCheck: 'idCardSeen' }),
  'person.confirmSeen': async (world) => ({ personId: await anElder(world), identityCheck: 'idCardSeen' }),
  'person.issueClaimCode': async (world) => ({ personId: await anElder(world) }),
  'person.issueDoorCard': async (world) => ({ personId: await anElder(world) }),
  'person.merge': async (world) => ({ keepId: await anElder(world), dropId: await anElder(world) }),
  'person.unmask': async (world) => ({ field: 'phone', about: { by: 'booking', bookingId: await aBooking(world, 'assigned') }, purpose: 'visit' }),
  'admin.services': () => ({}),
  'admin.slots': () => ({ serviceItemId: bathing._id, fromOn: '2026-11-24' }),
  'slot.setCapacity': async (world) => {
    const slotId = `sc${++serial}`
    await world.addSlot(slotId)
    return { slotId, capacity: 3 }
  },
  'calendar.setClosedDay': () => ({ onDate: '2027-02-06', name: '除夕', isClosed: false }),
  'admin.audit': () => ({}),
  'law.latest': () => ({}),
}

const markOf = (code: string): Mark => (code === 'NOT_FOUND' ? '·' : code === 'NOT_ALLOWED' ? '–' : code === 'DELEGATION_ENDED' || code === 'SCOPE_MISSING' ? '!' : '✓')

describe('who may do what', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ maxInstances: 4 })
    await world.addPerson('far', { openid: 'o_far_resident', name: '示例儿子', communityId: 'taigu' })
    await world.addPerson('former', { openid: 'o_former', name: '示例前家属', communityId: 'taigu' })
    const now = delegation('daughter', '王敏')
    const ended = delegation('former', '示例前家属')
    const former = ended.delegates['former']
    if (!former) throw new Error('no former')
    // The elder's own document, again, with a delegation that was ended.
    await world.emulator.insert('people', [{ ...(await mother(world)), delegateIds: [...now.delegateIds, 'former'], delegates: { ...now.delegates, former: { ...former, endedAt: 2, endedBy: 'mother' } } }])
    await world.emulator.fire('timers', 'generateSlots')
  })
  afterAll(() => world.stop())

  test('every action has an example and a row', () => {
    expect(Object.keys(examples).sort()).toEqual(Object.keys(contracts).sort())
    expect(Object.keys(table).sort()).toEqual(Object.keys(contracts).sort())
  })

  test.each(Object.keys(contracts) as ActionName[])('%s', async (action) => {
    let row = ''
    const seen: Record<string, string> = {}
    for (const [name, openid] of Object.entries(actors)) {
      const input = await (examples[action] as Example<ActionName>)(world, openid)
      const code = await world.phone(openid).codeOf(action, input as never, newRequestId())
      seen[name] = code
      row += markOf(code)
    }
    expect({ row, seen }).toEqual({ row: table[action], seen })
  })

  test('what is foreign and what is missing answer alike', async () => {
    const foreign = await world.phone('o_neighbour').ask('booking.show', { bookingId: await aBooking(world, 'assigned') })
    const missing = await world.phone('o_neighbour').ask('booking.show', { bookingId: 'nothing-like-this' })
    expect(foreign.ok).toBe(false)
    expect({ ...foreign, serverNow: 0, traceId: '' }).toEqual({ ...missing, serverNow: 0, traceId: '' })
  })
})

async function mother(world: World): Promise<Record<string, unknown>> {
  const found = (await world.emulator.dump())['people']?.find((person) => person['_id'] === 'mother')
  if (!found) throw new Error('no mother')
  return found
}
