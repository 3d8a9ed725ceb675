/** A slot as somebody who waits for it sees it. */
import type { OutputOf } from '../../src/contract'
import type { Slot } from '../../src/domain/slot'
import { isOnOffer, positionOf, queueOf } from '../../src/domain/waitlist'

type Wait = OutputOf<'waitlist.mine'>['items'][number]

/** What is on offer to this person here; null: nothing. */
export function offerOf(slot: Pick<Slot, 'holders'>, personId: string): { placeId: string; until: number } | null {
  const seat = slot.holders[personId]
  return isOnOffer(seat) ? { placeId: seat.bookingId, until: seat.offer.until } : null
}

/** Empty when they neither wait nor are on offer, or it has begun. */
export function waitView(slot: Slot, personId: string, now: number): Wait[] {
  const queue = queueOf(slot)
  const seat = slot.holders[personId]
  const place = queue.places[personId] ?? (isOnOffer(seat) ? seat.offer.place : undefined)
  if (place === undefined || slot.startsAt <= now) return []
  const offer = offerOf(slot, personId)
  return [{
    slotId: slot._id, kind: slot.kind, serviceItemId: slot.serviceItemId, serviceName: slot.serviceName, providerName: slot.providerName, onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt, priceFen: slot.priceFen,
    joinedAt: place.joinedAt, reasons: [...place.reasons], position: positionOf(slot, personId), waiting: Object.keys(queue.places).length, offer: offer !== null && offer.until > now ? offer : null,
  }]
}
