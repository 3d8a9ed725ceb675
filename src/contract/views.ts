/** Shapes that several answers share. Strict: a field that is not named here cannot reach a phone by accident. */
import * as v from 'valibot'
import { bedSorts } from '../domain/bed-terms'
import { absenceWhys } from '../domain/absence-why'
import { activitySorts } from '../domain/kind'
import { delegationScopes } from '../domain/delegation'
import { allergens, dietTags } from '../domain/diet'
import { identityProofs } from '../domain/identity'
import { mealWays, paymentWays, sittings } from '../domain/meal'
import { roles } from '../domain/role'

export const text = v.string()
export const instant = v.number()

export const community = v.strictObject({ communityId: text, name: text })

/** Somebody as others may see them. */
export const personBrief = v.strictObject({ personId: text, name: text, communityName: text })

/** An elder I can book for: myself or one I act for. */
export const elderChoice = v.strictObject({
  personId: text, name: text, communityId: text, communityName: text,
  isMe: v.boolean(),
  /** how I call them, 女儿's mother is 母亲 only if she wrote so; the delegation keeps *my* kinship, e.g. 女儿 */
  kinship: v.nullable(text),
  scopes: v.array(v.picklist(delegationScopes)),
  endOn: v.nullable(text),
})

export const bookingStatuses = [
  'booked', 'assigned', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'verified', 'partly', 'rejected', 'noContact', 'cancelled', 'noShow',
  'handedOver', 'delivered',
] as const
export const proofs = ['doorCode', 'doorCard', 'elderTap', 'familyTap', 'callBack', 'courierWord', 'rollCall'] as const
export const kinds = ['homeCare', 'meal', 'activity', 'dayCare', 'stay', 'menu'] as const
/** As whom somebody acted. */
export const actorKinds = ['elder', 'family', 'volunteer', 'careWorker', 'kitchen', 'courier', 'merchant', 'socialWorker', 'careConsultant', 'admin', 'system'] as const

export const mealSite = v.strictObject({ siteId: text, name: text, address: text })
export const sittingHours = v.nullable(v.strictObject({ fromMinute: v.number(), untilMinute: v.number(), cutoffMinute: v.number(), cutoffDaysBefore: v.number() }))
/** Price, subsidy, and what you pay. */
export const quote = v.strictObject({ priceFen: v.number(), subsidyFen: v.number(), payFen: v.number(), policyVersion: v.nullable(v.number()), reasons: v.array(v.picklist(['ageBand', 'hardship', 'capReached', 'unverified', 'noPolicy'])) })
/** Something asked of the other side after the cut-off. */
export const proposal = v.strictObject({
  what: v.picklist(['cancel', 'change', 'substitute']), asks: v.picklist(['kitchen', 'elder']), byName: text, at: instant, words: v.nullable(text),
  to: v.nullable(v.strictObject({ slotId: text, dishName: text, portions: v.number(), way: v.picklist(mealWays) })),
})
export const mealView = v.strictObject({
  sitting: v.picklist(sittings), dishName: text, sides: text, picture: text, tags: v.array(v.picklist(dietTags)), allergens: v.array(v.picklist(allergens)), portions: v.number(), way: v.picklist(mealWays),
  siteId: v.nullable(text), siteName: v.nullable(text), siteAddress: v.nullable(text), quote, payment: v.strictObject({ how: v.picklist(paymentWays), recordedAt: v.nullable(instant) }), orderUntil: instant, asked: v.array(v.picklist(identityProofs)), proposal: v.nullable(proposal),
  slotId: text, courierName: v.nullable(text), /** when the courier set out with it; null while nobody has */ leftAt: v.nullable(instant),
  /** fixed digits for a printed slip; only to a social worker who ordered for the elder */
  slipCode: v.nullable(text),
})

export const timelineLine = v.strictObject({
  what: v.picklist(['booked', 'assigned', 'handedBack', 'reminded', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'calledBack', 'noAnswer',
    'verified', 'partly', 'rejected', 'noContact', 'cancelled', 'noShow',
    'handedOver', 'delivered', 'changed', 'rescheduled', 'extended', 'shortened', 'askedKitchen', 'kitchenAgreed', 'kitchenRefused', 'substituteOffered', 'substituteTaken', 'substituteRefused', 'askedOff', 'keptOn', 'certified',
    'accepted', 'declined', 'passedOn', 'unanswered', 'setOut']),
  at: instant,
  byName: text,
  byMe: v.boolean(),
  /** as whom: the elder, family, the care worker, a social worker, or the system itself */
  as: v.picklist(actorKinds),
  /** how the family member is called, when the act was on behalf */
  kinship: v.nullable(text),
  proof: v.nullable(v.picklist(proofs)),
  /** when the proof shows that it happened; differs from `at` for a check-in that waited without signal */
  provedAt: v.nullable(instant),
  words: v.nullable(text),
  /** of `rescheduled`: when it was to begin before */
  movedFrom: v.optional(instant),
  /** of `extended` and `shortened`: the day of leaving since then */
  untilOn: v.optional(text),
})

/** What is missing before evidence is complete (law 10). */
export const missingEvidence = ['checkIn', 'checkOut', 'confirm', 'strongProof', 'disputed', 'noContact', 'handover', 'elderSide'] as const

export const bookingBrief = v.strictObject({
  bookingId: text, number: text, status: v.picklist(bookingStatuses),
  elderId: text, elderName: text, communityName: text,
  serviceName: text, providerName: text, workerName: v.nullable(text),
  onDate: text, startsAt: instant, endsAt: instant, priceFen: v.number(),
  kind: v.picklist(kinds),
  /** of a meal: what comes, how many, and how */
  meal: v.nullable(v.strictObject({ sitting: v.picklist(sittings), dishName: text, portions: v.number(), way: v.picklist(mealWays), siteName: v.nullable(text), payFen: v.number() })),
  /** a name on the list of an activity; null: another kind */
  activity: v.nullable(v.strictObject({ activityId: text, sort: v.picklist(activitySorts), place: text })),
  /** of an order from the menu: whether its organisation has taken it; absent: another kind */
  menu: v.optional(v.picklist(['asked', 'accepted', 'lost'])),
})

/** What this viewer can do now; screens show exactly these. */
export const bookingActs = ['cancel', 'cancelLate', 'askOff', 'answerOff', 'sayWhy', 'notThere', 'reschedule', 'doorCode', 'vouchCheckIn', 'vouchCheckOut', 'confirm', 'dispute', 'take', 'handBack', 'checkIn', 'checkOut',
  'noContact', 'callBack', 'verify',
  // an order from the menu
  'accept', 'decline', 'assign', 'setOut', 'handOn',
  // a stay
  'extend', 'leaveEarly',
  // a meal
  'change', 'askKitchen', 'answerSubstitute', 'received', 'handOver', 'serve', 'offerSubstitute', 'answerKitchen', 'notDelivered', 'slip'] as const

/** What is paid of a bed, and what is left to pay. */
export const bedQuote = v.strictObject({ priceFen: v.number(), subsidyFen: v.number(), payFen: v.number(), reasons: quote.entries.reasons })
export const bedView = v.strictObject({
  sort: v.picklist(bedSorts), bring: v.array(text), quote: bedQuote, bedNo: v.nullable(v.number()),
  /** the day of leaving, of half a day its own */
  toOn: text, nights: v.number(),
})

export const bookingView = v.strictObject({
  ...bookingBrief.entries,
  /** how the viewer stands to it */
  as: v.picklist(['elder', 'family', 'volunteer', 'careWorker', 'kitchen', 'courier', 'merchant', 'socialWorker', 'careConsultant', 'admin']),
  /** everything else about a meal; null for other kinds */
  order: v.nullable(mealView),
  /** of half a day and of a stay; null for other kinds */
  bed: v.nullable(bedView),
  note: v.nullable(text),
  /** masked unless it was unmasked for the work at hand, which is logged */
  address: text,
  phone: v.nullable(text),
  careNotes: v.nullable(text),
  timeline: v.array(timelineLine),
  missing: v.array(v.picklist(missingEvidence)),
  isWeakProof: v.boolean(),
  acts: v.array(v.picklist(bookingActs)),
  cancelUntil: instant,
  /** asked after the window, for a social worker to decide; null: nothing is */
  offAsk: v.nullable(v.strictObject({ at: instant, byName: text, kinship: v.nullable(text), why: v.picklist(absenceWhys), words: v.nullable(text) })),
  /** why the elder was not there, as their side says; null: nobody has said */
  absence: v.nullable(v.strictObject({ at: instant, byName: text, kinship: v.nullable(text), why: v.picklist(absenceWhys), words: v.nullable(text) })),
  /** what was booked, so that other times of it can be shown */
  serviceItemId: text,
  /** the series that it belongs to */
  seriesId: v.nullable(text),
  checkInFrom: instant,
  minutesServed: v.nullable(v.number()),
  /** points that the worker was credited for it, and what went to the community's pot because a cap was reached; null: none */
  earned: v.nullable(v.strictObject({ amount: v.number(), excess: v.number() })),
})

/** A seat that is held for somebody who waited, until a time. */
export const seatOffer = v.strictObject({ placeId: text, until: instant })

export const slotView = v.strictObject({
  slotId: text, onDate: text, startsAt: instant, endsAt: instant, /** of this time alone: a price may change from a day on; of half a day in a house, with what is paid of it */ priceFen: v.number(), quote: v.nullable(bedQuote),
  capacity: v.number(), remaining: v.number(),
  /** why it cannot be taken, or free */
  state: v.picklist(['free', 'full', 'past', 'closed', 'mine', 'clash']),
  /** how many wait, and where this elder stands among them: 您是第几位; null: does not wait */
  waiting: v.number(), position: v.nullable(v.number()),
  /** held for this elder now */
  offer: v.nullable(seatOffer),
  /** seats that residents can have; beside `remaining` only for social workers, who can have those kept for phone and counter, too */
  forResidents: v.nullable(v.number()),
})

export const serviceBrief = v.strictObject({
  serviceItemId: text, name: text, kind: text, icon: text, summary: text,
  providerName: text, priceFen: v.number(), durationMinutes: v.number(),
  /** declared walking minutes from the elder's community to the provider; null: not declared */
  walkingMinutes: v.nullable(v.number()),
  nextFreeAt: v.nullable(instant),
})

export const roleGrant = v.strictObject({ role: v.picklist(roles), placeName: text })
export const page = <T extends v.GenericSchema>(item: T) => v.strictObject({ items: v.array(item), nextCursor: v.nullable(text) })
export const done = v.strictObject({ done: v.literal(true) })
