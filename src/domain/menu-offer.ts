/**
 * An offer 菜单项: what an organisation brings or does, written by its staff, approved by an administrator. A change waits beside
 * what holds; a new price is for new orders. Each day of an offer is a slot with as many places as it has a day (law 1).
 */
import type { By } from './booking-record'
import { addDays, HOUR, instantOf, weekday } from './civil-time'
import { ensure } from './error'
import { menuParts, PART_HOURS, type MenuPart, type MenuSort } from './menu'
import type { Organisation } from './organisation'
import type { RequestLog } from './person'
import { slotIdOf, type Slot } from './slot'

export interface OfferTerms {
  readonly name: string
  readonly sort: MenuSort
  /** 一次, 一把, 一趟 */
  readonly unit: string
  readonly priceFen: number
  readonly details: string
  /** what the elder gets ready */
  readonly bring: readonly string[]
  readonly communityIds: readonly string[]
  /** 0 Sunday … 6 Saturday */
  readonly weekdays: readonly number[]
  readonly parts: readonly MenuPart[]
  readonly perDay: number
  /** hours before the first hour of the day until which it is ordered */
  readonly leadHours: number
  readonly cancelHours: number
  readonly daysAhead: number
}

export interface MenuOffer {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly providerId: string
  readonly providerName: string
  /** what holds; null: never approved */
  readonly terms: OfferTerms | null
  /** of `terms`, as an index needs it; empty: nothing is offered */
  readonly communityIds: readonly string[]
  readonly waiting: { readonly terms: OfferTerms; readonly by: By; readonly at: number } | null
  readonly decided: { readonly by: By; readonly at: number; readonly isApproved: boolean; readonly reason: string | null } | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** @throws BAD_INPUT {field} for a community that the organisation does not serve */
function ensureServed(terms: OfferTerms, organisation: Pick<Organisation, 'communityIds'>): void {
  ensure(terms.communityIds.every((id) => organisation.communityIds.includes(id)), 'BAD_INPUT', { field: 'communityIds' })
}

export function newOffer(of: { readonly offerId: string; readonly key: string; readonly hash: string }, organisation: Organisation, terms: OfferTerms, by: By, now: number): MenuOffer {
  ensure(organisation.state === 'approved', 'WRONG_STATE', { status: organisation.state })
  ensureServed(terms, organisation)
  return {
    _id: of.offerId, version: 1, subdistrictId: organisation.subdistrictId, providerId: organisation._id, providerName: organisation.name, terms: null, communityIds: [], waiting: { terms, by, at: now }, decided: null,
    madeBy: { key: of.key, hash: of.hash }, requests: {},
  }
}

/** Another wording of it waits for an administrator; what holds stays until then. */
export function reviseOffer(offer: MenuOffer, organisation: Organisation, terms: OfferTerms, by: By, now: number): MenuOffer {
  ensureServed(terms, organisation)
  // A price is for a kind of thing: something else is another offer.
  ensure(offer.terms === null || offer.terms.sort === terms.sort, 'BAD_INPUT', { field: 'sort' })
  return { ...offer, waiting: { terms, by, at: now } }
}

/** @param seenAt when what was looked at was written: of two versions nobody approves the one that they have not seen @throws WRONG_STATE {status}, SECOND_PERSON, REASON_REQUIRED */
export function decideOffer(offer: MenuOffer, seenAt: number, isApproved: boolean, by: By, reason: string | null, now: number): MenuOffer {
  const { waiting } = offer
  ensure(waiting !== null && waiting.at === seenAt, 'WRONG_STATE', { status: waiting === null ? 'decided' : 'changed' })
  ensure(waiting.by.personId !== by.personId, 'SECOND_PERSON')
  ensure(isApproved || reason !== null, 'REASON_REQUIRED')
  const decided = { by, at: now, isApproved, reason }
  return isApproved ? { ...offer, terms: waiting.terms, communityIds: waiting.terms.communityIds, waiting: null, decided } : { ...offer, waiting: null, decided }
}

/** No longer on the menu, by the organisation itself or an administrator; what was ordered stands. @throws WRONG_STATE */
export function stopOffer(offer: MenuOffer): MenuOffer {
  ensure(offer.communityIds.length > 0 || offer.waiting !== null, 'WRONG_STATE', { status: 'stopped' })
  return { ...offer, communityIds: [], waiting: null }
}

export const isOffered = (offer: MenuOffer): offer is MenuOffer & { readonly terms: OfferTerms } => offer.terms !== null && offer.communityIds.length > 0

const firstMinute = ({ parts }: Pick<OfferTerms, 'parts'>): number => Math.min(...parts.map((part) => PART_HOURS[part].fromMinute))

/** The days of an offer that stand open; their ids say which they are, so that opening again changes nothing. */
export function daysOfOffer(offer: MenuOffer, today: string, closedDays: Readonly<Record<string, string>>): readonly Slot[] {
  if (!isOffered(offer)) return []
  const { terms } = offer
  const days = Array.from({ length: terms.daysAhead + 1 }, (_, index) => addDays(today, index)).filter((onDate) => terms.weekdays.includes(weekday(onDate)) && closedDays[onDate] === undefined)
  return days.map((onDate) => {
    const startMinute = firstMinute(terms)
    const startsAt = instantOf(onDate, startMinute)
    return {
      // The id names the day alone: other hours of it are the same day.
      _id: slotIdOf(offer._id, { onDate, startMinute: 0 }), subdistrictId: offer.subdistrictId, kind: 'menu', meal: null, orderUntil: startsAt - terms.leadHours * HOUR, frozenAt: null, serviceItemId: offer._id, serviceName: terms.name,
      providerId: offer.providerId, providerName: offer.providerName, communityIds: offer.communityIds, priceFen: terms.priceFen, cancelHours: terms.cancelHours, onDate, startsAt, endsAt: instantOf(onDate, Math.max(...terms.parts.map((part) => PART_HOURS[part].untilMinute))),
      capacity: terms.perDay, remaining: terms.perDay, holders: {}, isOpen: true, unsettledAt: null,
      menu: { sort: terms.sort, unit: terms.unit, parts: menuParts.filter((part) => terms.parts.includes(part)), bring: terms.bring },
    }
  })
}
