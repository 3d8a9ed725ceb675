/** Documents as an answer shows them: masked unless the viewer is the person, and only what the viewer may see. */
import type { BedQuote } from '../../src/domain/bed-terms'
import type { BookingBrief, BookingView, ElderChoice, MealView } from '../../src/contract'
import { openAsk } from '../../src/domain/absence'
import { cancelUntil } from '../../src/domain/booking'
import type { Booking, OffAsk, TimelineEntry } from '../../src/domain/booking-record'
import { toOnOf } from '../../src/domain/stay'
import { checkInFrom, lacking } from '../../src/domain/visit'
import { actsOf } from '../../src/domain/booking-acts'
import { delegationState } from '../../src/domain/delegation'
import { isWeak, minutesServed, type Proof } from '../../src/domain/evidence'
import type { DeliveryRun } from '../../src/domain/delivery-run'
import type { Kitchen } from '../../src/domain/kitchen'
import { isReceived } from '../../src/domain/kind'
import type { Quote } from '../../src/domain/meal-policy'
import { isLost } from '../../src/domain/menu-order'
import { maskAddress, maskPhone, type Person } from '../../src/domain/person'
import type { Actor, Standing } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { read } from './cloud'
import { slipCodeOf } from './keys'
import { communityName } from './people'

export const bookingBrief = (booking: Booking, subdistrict: Subdistrict): BookingBrief => ({
  bookingId: booking._id, number: booking.number, status: booking.status, elderId: booking.elderId, elderName: booking.elderName,
  communityName: communityName(subdistrict, booking.communityId), serviceName: booking.serviceName, providerName: booking.providerName,
  // Who receives changes with the shift: a house is called by its name.
  workerName: isReceived(booking.kind) ? null : (booking.worker?.name ?? null), onDate: booking.onDate, startsAt: booking.startsAt, endsAt: booking.endsAt, priceFen: booking.priceFen, kind: booking.kind,
  meal: booking.meal && { sitting: booking.meal.sitting, dishName: booking.meal.dishName, portions: booking.meal.portions, way: booking.meal.way, siteName: booking.meal.siteName, payFen: booking.meal.quote.payFen },
  ...(booking.menu === undefined ? {} : { menu: booking.menu.acceptedAt !== null ? ('accepted' as const) : isLost(booking) ? ('lost' as const) : ('asked' as const) }),
  activity: booking.activity === undefined ? null : { activityId: booking.slotId, sort: booking.activity.sort, place: booking.activity.place },
})

/** What was said to a social worker about a worker is not for that worker. */
const hiddenFromWorker: readonly TimelineEntry['what'][] = ['confirmed', 'disputed', 'calledBack', 'noAnswer', 'partly', 'rejected', 'askedOff']

const timelineLine = (entry: TimelineEntry, viewer: Actor, standing: Standing): BookingView['timeline'][number] => ({
  what: entry.what, at: entry.at, byName: entry.by.name, byMe: entry.by.personId === viewer.personId, as: entry.by.as, kinship: entry.by.kinship,
  proof: entry.proof as Proof | null, provedAt: entry.provedAt,
  words: standing.role === 'careWorker' && hiddenFromWorker.includes(entry.what) ? null : entry.words,
  ...(entry.movedFrom === undefined ? {} : { movedFrom: entry.movedFrom }), ...(entry.untilOn === undefined ? {} : { untilOn: entry.untilOn }),
})

export const quoteView = (quote: Quote): MealView['quote'] => ({ ...quote, reasons: [...quote.reasons] })

/** Everything about a meal, with where it is had and who carries it; null for other kinds. The code of the slip is for who prints it. */
export async function orderView(booking: Booking, standing: Standing): Promise<MealView | null> {
  if (booking.meal === null) return null
  const { sitting, dishName, sides, picture, portions, way, siteId, siteName, quote, payment, orderUntil, proposal, runId, ...meal } = booking.meal
  const [kitchen, run] = await Promise.all([siteId === null ? null : read<Kitchen>('kitchens', booking.providerId), runId === null ? null : read<DeliveryRun>('deliveryRuns', runId)])
  return {
    sitting, dishName, sides, picture, portions, way, siteId, siteName, tags: [...meal.tags], allergens: [...meal.allergens], asked: [...meal.asked], quote: quoteView(quote), payment: { ...payment }, orderUntil, slotId: booking.slotId,
    siteAddress: kitchen?.sites.find((site) => site.siteId === siteId)?.address ?? null, courierName: way === 'delivery' ? (run?.courierName ?? null) : null,
    leftAt: way === 'delivery' && run?.stops[booking._id] !== undefined ? run.startedAt : null,
    proposal: proposal && {
      what: proposal.what, asks: proposal.asks, byName: proposal.by.name, at: proposal.at, words: proposal.words,
      to: proposal.to && { slotId: proposal.to.slotId, dishName: proposal.to.dishName, portions: proposal.to.portions, way: proposal.to.way },
    },
    slipCode: standing.role === 'socialWorker' && booking.status === 'booked' ? slipCodeOf(booking.doorKey) : null,
  }
}

export const bedQuoteView = (quote: BedQuote): NonNullable<BookingView['bed']>['quote'] => ({ ...quote, reasons: [...quote.reasons] })

const bedView = (booking: Booking): BookingView['bed'] =>
  booking.bed === undefined ? null : { sort: booking.bed.sort, bring: [...booking.bed.bring], quote: bedQuoteView(booking.bed.quote), bedNo: booking.bed.bedNo, toOn: toOnOf(booking), nights: booking.bed.nights.length }
/** Why is for the elder's side and the social worker, not for who serves (law 9). */
const saidView = (said: OffAsk | null, standing: Standing): BookingView['absence'] =>
  (said === null || (standing.role !== 'resident' && standing.role !== 'socialWorker') ? null : { at: said.at, byName: said.by.name, kinship: said.by.kinship, why: said.why, words: said.words })

export function bookingView(booking: Booking, elder: Person, subdistrict: Subdistrict, viewer: Actor, standing: Standing, now: number, order: MealView | null = null): BookingView {
  const isElder = standing.relation === 'self'
  // Family who books must be able to see that the door is right.
  const isElderSide = isElder || standing.relation === 'delegate'
  const as = standing.role === 'resident' ? (isElder ? 'elder' : 'family') : standing.role
  return {
    ...bookingBrief(booking, subdistrict), as, order, bed: bedView(booking), note: booking.note,
    address: isElderSide ? (elder.address ?? '') : maskAddress(elder.address ?? ''),
    phone: elder.phone === null ? null : isElder ? elder.phone : maskPhone(elder.phone),
    careNotes: elder.careNotes,
    timeline: booking.timeline.map((entry) => timelineLine(entry, viewer, standing)),
    missing: [...lacking(booking)], isWeakProof: isWeak(booking.evidence),
    acts: [...actsOf(booking, standing, viewer.personId, now)],
    cancelUntil: cancelUntil(booking), offAsk: saidView(openAsk(booking), standing), absence: saidView(booking.absence?.said ?? null, standing), serviceItemId: booking.serviceItemId, seriesId: booking.series?.seriesId ?? null, checkInFrom: checkInFrom(booking), minutesServed: booking.verifiedMinutes ?? (isReceived(booking.kind) ? null : minutesServed(booking.evidence)),
    earned: booking.points?.earned ? { amount: booking.points.earned.amount, excess: booking.points.earned.excess } : null,
  }
}

/** Myself as someone I can book for. */
export const myself = (me: Person, subdistrict: Subdistrict): ElderChoice => ({
  personId: me._id, name: me.name, communityId: me.communityId, communityName: communityName(subdistrict, me.communityId), isMe: true, kinship: null,
  scopes: ['book', 'readCare', 'alerts', 'spendPoints'], endOn: null,
})

/** An elder whom I act for; null when the delegation no longer holds. */
export function actedFor(elder: Person, familyId: string, subdistrict: Subdistrict, today: string): ElderChoice | null {
  const given = elder.delegates[familyId]
  if (!given || delegationState(given, today) !== 'active') return null
  return {
    personId: elder._id, name: elder.name, communityId: elder.communityId, communityName: communityName(subdistrict, elder.communityId), isMe: false,
    kinship: given.kinship, scopes: [...given.scopes], endOn: given.endOn,
  }
}
