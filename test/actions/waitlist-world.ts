/** Slots that are full, people who wait for them, and what is on offer: through the store where it only has to stand there, through the clock where it counts. */
import type { Booking } from '../../src/domain/booking-record'
import { HOUR } from '../../src/domain/civil-time'
import { book } from '../../src/domain/booking'
import type { Slot } from '../../src/domain/slot'
import { advance, inOrder, queueOf, type Place, type Queue, type WaitReason } from '../../src/domain/waitlist'
import { MONDAY_NINE, slotOf, type World } from './world'

let serial = 0

/** Terms that change nothing for anybody in the other tests. */
export const fairTerms = { share: null, limit: { most: 60, per: 'month' as const }, hold: { minutes: 30, dayFrom: 8 * 60, dayTo: 20 * 60, morningAt: 9 * 60 } }

export const placeOf = (personId: string, joinedAt: number, reasons: readonly WaitReason[] = [], changes: Partial<Place> = {}): Place =>
  ({ personId, name: personId, communityId: 'huaguang', placeId: `b${personId}${joinedAt % 100_000}`, joinedAt, reasons, ...changes })

export const queueWith = (places: readonly Place[]): Queue => ({
  version: 1, places: Object.fromEntries(places.map((place) => [place.personId, place])), personIds: places.map((place) => place.personId).sort(), communityIds: [...new Set(places.map((place) => place.communityId))],
  ...(places.length > 0 ? { isOwed: true as const } : {}), requests: {}, ended: [],
})

export const waitingIn = (slot: Slot): readonly string[] => inOrder(queueOf(slot).places).map((place) => place.personId)

/** A slot whose only seat a neighbour's booking holds, at a time of its own. */
export async function aFullSlot(world: World, waiting: readonly Place[] = [], changes: Partial<Slot> = {}): Promise<{ readonly slotId: string; readonly bookingId: string }> {
  serial += 1
  const [slotId, bookingId, holderId] = [`wait${serial}`, `bw${serial}`, `holder${serial}`]
  const startsAt = changes.startsAt ?? MONDAY_NINE + (60 * 24 + serial * 2) * HOUR
  const slot = slotOf(slotId, { startsAt, endsAt: startsAt + HOUR, capacity: 1, remaining: 0, holders: { [holderId]: { bookingId, at: 1 } }, ...(waiting.length > 0 ? { queue: queueWith(waiting), waitLookAt: startsAt } : {}), ...changes })
  const by = { personId: holderId, name: holderId, as: 'elder', kinship: null, scope: null } as const
  const booking: Booking = book(slot, { _id: holderId, name: holderId, communityId: 'huaguang' }, { bookingId, key: bookingId, hash: 'h', doorKey: 'd', note: null }, by, 1)
  await world.addPerson(holderId, { openid: `o_${holderId}`, busy: [{ bookingId, from: startsAt, to: startsAt + HOUR, at: 1, freedAt: null }] })
  await world.emulator.insert('slots', [slot])
  await world.emulator.insert('bookings', [booking])
  return { slotId, bookingId }
}

/** A slot whose only seat is on offer to this person, as the clock has left it. */
export async function anOffer(world: World, personId: string, now: number, others: readonly Place[] = [], changes: Partial<Slot> = {}): Promise<{ readonly slotId: string; readonly placeId: string }> {
  serial += 1
  const startsAt = changes.startsAt ?? MONDAY_NINE + (60 * 24 + serial * 2) * HOUR
  const place = placeOf(personId, now - HOUR, ['medical'], { placeId: `bo${serial}` })
  const slot = slotOf(`offer${serial}`, { startsAt, endsAt: startsAt + HOUR, capacity: 1, queue: queueWith([place, ...others]), ...changes })
  await world.emulator.insert('slots', [advance(slot, now)])
  return { slotId: slot._id, placeId: place.placeId }
}

export const lookAtWaitlists = (world: World) => world.emulator.fire<{ ok: boolean }>('timers', 'lookAtWaitlists')
