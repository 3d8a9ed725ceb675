/** What other terms would have meant: the seats of a month once more, in the order in which they were taken, and the offers as they were answered. */
import { holdUntil, keptUntil, periodOf, type FairTerms } from './fair'
import type { Slot } from './slot-record'
import { isOnOffer, queueOf } from './waitlist'

export interface FairPreview {
  readonly slots: number
  readonly seats: number
  readonly byDesk: number
  readonly keptFromResidents: number
  readonly slotsKept: number
  readonly peopleOverLimit: number
  readonly bookingsOverLimit: number
  readonly answered: number
  readonly tooLate: number
  readonly ranOut: number
}

/** @param slots of one service; seats that were given back are not in them any more, so they count what was held in the end */
export function fairPreview(terms: FairTerms, slots: readonly Slot[]): FairPreview {
  const taken = slots.map((slot) => ({ slot, seats: Object.entries(slot.holders).filter(([, seat]) => !isOnOffer(seat)).sort(([, a], [, b]) => a.at - b.at) }))
  const keptFrom = taken.map(({ slot, seats }) => {
    const release = keptUntil({ onDate: slot.onDate, fair: { ...terms, version: 0 } })
    if (release === null) return 0
    let [free, kept] = [slot.capacity, Math.min(terms.share?.seats ?? 0, slot.capacity)]
    let refused = 0
    for (const [, seat] of seats) {
      if (seat.isDesk === true) kept = Math.max(0, kept - 1)
      else if (seat.at < release && free - kept <= 0) refused += 1
      free -= 1
    }
    return refused
  })
  const counts = new Map<string, number>()
  const { limit } = terms
  if (limit !== null) {
    for (const { slot, seats } of taken) {
      for (const [personId] of seats) {
        const key = `${periodOf(limit.per, slot.onDate).fromOn} ${personId}`
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
  }
  const over = [...counts].filter(([, count]) => count > (limit?.most ?? 0))
  const offers = slots.flatMap((slot) => queueOf(slot).ended.map((offer) => ({ slot, offer })))
  const answered = offers.filter(({ offer }) => offer.how === 'accepted' || offer.how === 'declined')
  return {
    slots: slots.length, seats: taken.reduce((sum, { seats }) => sum + seats.length, 0), byDesk: taken.reduce((sum, { seats }) => sum + seats.filter(([, seat]) => seat.isDesk === true).length, 0),
    keptFromResidents: keptFrom.reduce((sum, refused) => sum + refused, 0), slotsKept: keptFrom.filter((refused) => refused > 0).length,
    peopleOverLimit: new Set(over.map(([key]) => key.split(' ')[1])).size, bookingsOverLimit: over.reduce((sum, [, count]) => sum + count - (limit?.most ?? 0), 0),
    answered: answered.length, tooLate: answered.filter(({ slot, offer }) => offer.endedAt >= holdUntil(terms, offer.at, slot.startsAt)).length, ranOut: offers.filter(({ offer }) => offer.how === 'ranOut').length,
  }
}
