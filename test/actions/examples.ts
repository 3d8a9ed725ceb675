/**
 * For each action an input about the elder in 华光城, fresh each time: a booking in the right state, a request that
 * waits, a code that is valid. The permission matrix and the replay tests share them; an action without one fails both.
 */
import type { ActionName, InputOf } from '../../src/contract'
import { book, take } from '../../src/domain/booking'
import type { Booking } from '../../src/domain/booking-record'
import { checkIn, checkOut, confirm } from '../../src/domain/visit'
import { HOUR } from '../../src/domain/civil-time'
import type { SafetyCase } from '../../src/domain/safety-case'
import { bathing, MONDAY_NINE, slotOf, type World } from './world'

const by = (personId: string, as: 'elder' | 'careWorker') => ({ personId, name: personId, as, kinship: null, scope: null })
const server = { personId: 'worker', name: '陈霞', kinIds: [] }
let serial = 0

/** A booking of the elder in a state, with its seat, straight in the store. */
export async function aBooking(world: World, state: 'booked' | 'assigned' | 'checkedIn' | 'checkedOut' | 'confirmed'): Promise<string> {
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
    _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', fromPersonId: 'suitor', fromName: '示例', kinship: '儿子', scopes: ['book'], endOn: '2027-06-01', elderName: '王秀珍', elderId: 'mother',
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
  await world.emulator.insert('messages', [{ _id: id, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', personId: 'mother', personName: '王秀珍', accountId: null, templateId: 't', page: 'p', data: {}, gist: 'g', state: 'toCall', dueAt: 1, callUntil: null, sendingSince: null, sentAt: null, calls: [], requests: {} }])
  return id
}

async function anElder(world: World): Promise<string> {
  const id = `pm${++serial}`
  await world.addPerson(id, { name: '示例老人', standing: 'unverified' })
  return id
}

export type Example<A extends ActionName> = (world: World, openid: string) => Promise<InputOf<A>> | InputOf<A>

/** For each action an input about the elder in 华光城, fresh for each cell. */
export const examples: { [A in ActionName]: Example<A> } = {
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
  // An expired one: the others keep their right.
  'delegation.end': () => ({ elderId: 'mother', personId: 'former' }),
  'person.find': () => ({ name: '王秀珍' }),
  'person.show': () => ({ personId: 'mother' }),
  'person.register': () => ({ name: '示例老人', birthOn: '1940-01-01', communityId: 'huaguang', livesAlone: true, identityCheck: 'idCardSeen' }),
  'person.setAddress': () => ({ personId: 'mother', address: `华光城 ${++serial} 幢 302` }),
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
