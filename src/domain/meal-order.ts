/**
 * An order 订餐 of a meal: one booking whose seats are portions. Before the cut-off the elder's side orders, changes and
 * cancels; after it the kitchen consents to a change, and the elder to another dish. Each rule gives the booking as it
 * will stand, or refuses; what happens at the door stands in meal-door.ts.
 */
import { ensureAtHome } from './away'
import { book } from './booking'
import type { Booking, By, TimelineWhat } from './booking-record'
import { after, ensureStatus, line } from './booking-step'
import { clash, occupy, release, withTime, type BusyTime } from './busy'
import { addDays, HOUR } from './civil-time'
import { against, blockedBy, ensureFit, type Diet, type DietTag } from './diet'
import { DomainError, ensure } from './error'
import { ensureIdentified, type IdentityProof } from './identity'
import type { MealOffer, MealOrder, MealSite, MealWay, PaymentWay, Proposal, Sitting } from './meal'
import { monthOf, quote, usedIn, withSubsidy, type MealPolicy, type Quote, type SubsidyTally } from './meal-policy'
import type { Person } from './person'
import { ensureSeat, type Slot } from './slot'

/** What somebody wants of a dish. */
export interface MealWish {
  readonly slotId: string
  readonly portions: number
  readonly way: MealWay
  readonly siteId: string | null
  /** the advice was read, and the dish is wanted all the same */
  readonly despiteAdvice: boolean
}

/** Who eats, as far as an order depends on it. */
export type Eating = Pick<Person, '_id' | 'subdistrictId' | 'communityId' | 'address' | 'busy' | 'diet' | 'away' | 'birthOn' | 'standing' | 'hardship' | 'subsidies'>

/** @throws NOT_FOUND for a slot that offers no meal */
export function offerOf(slot: Pick<Slot, 'meal'>): MealOffer {
  if (slot.meal === null) throw new DomainError('NOT_FOUND')
  return slot.meal
}

/** @throws NOT_FOUND for a booking of another kind */
export function orderOf(booking: Pick<Booking, 'meal'>): MealOrder {
  if (booking.meal === null) throw new DomainError('NOT_FOUND')
  return booking.meal
}

/** Where the elder must be for a meal: at home for a delivery, out to eat; whoever likes can fetch it. */
export const whereabouts = (way: MealWay): NonNullable<BusyTime['where']> => (way === 'delivery' ? 'home' : way === 'dineIn' ? 'out' : 'any')
/** How a meal is had, read back from where the elder must be. */
export const wayOf = (where: BusyTime['where']): MealWay => (where === 'out' ? 'dineIn' : where === 'any' ? 'pickUp' : 'delivery')

/** Where it is eaten or fetched; null when it is carried home. @throws WAY_MISSING {way} */
export function siteOf(offer: MealOffer, wish: Pick<MealWish, 'way' | 'siteId'>): MealSite | null {
  ensure(offer.ways.includes(wish.way), 'WAY_MISSING', { way: wish.way })
  if (wish.way === 'delivery') return null
  const site = offer.sites.find((candidate) => candidate.siteId === wish.siteId)
  if (site === undefined) throw new DomainError('WAY_MISSING', { way: wish.way })
  return site
}

/** @throws ALREADY_BOOKED {bookingId} where another meal of that time is ordered, ELDER_BUSY {from, to} */
export function ensureFree(busy: readonly BusyTime[], slot: Pick<Slot, 'startsAt' | 'endsAt'>, way: MealWay, bookingId: string): void {
  const other = clash(busy, slot.startsAt, slot.endsAt, bookingId, { kind: 'meal', where: whereabouts(way) })
  if (other?.kind === 'meal') throw new DomainError('ALREADY_BOOKED', { bookingId: other.bookingId })
  if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
}

/** What an order is checked against besides the dish and the elder. */
export interface Ordering {
  readonly bookingId: string
  readonly closedDays: Readonly<Record<string, string>>
  /** what was asked on the telephone; null when the elder's side orders itself */
  readonly asked: readonly IdentityProof[] | null
  /** the kitchen agrees to it after its cut-off */
  readonly isConsented?: boolean
}

/**
 * Whether this elder can have this dish, as far as was loaded; the writes repeat each guard.
 * @throws NOT_FOUND, ELDER_AWAY {why}, CUTOFF_PAST {until}, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, SLOT_FULL {remaining}, WAY_MISSING,
 * ALLERGEN {allergens}, DIET_ADVICE {advice}, ADDRESS_MISSING, IDENTITY_REQUIRED, ALREADY_BOOKED, ELDER_BUSY
 */
export function ensureOrderable(slot: Slot, elder: Eating, wish: MealWish, its: Ordering, now: number): void {
  const offer = offerOf(slot)
  ensure(slot.subdistrictId === elder.subdistrictId, 'NOT_FOUND')
  ensureAtHome(elder, slot.onDate)
  ensure(its.closedDays[slot.onDate] === undefined, 'SLOT_CLOSED')
  ensurePortions(slot, { personId: elder._id, communityId: elder.communityId }, its.bookingId, wish.portions, its.isConsented === true, now)
  siteOf(offer, wish)
  ensureFit(elder.diet, offer, wish.despiteAdvice)
  ensure(wish.way !== 'delivery' || (elder.address !== null && elder.address.trim() !== ''), 'ADDRESS_MISSING')
  ensureIdentified(its.asked)
  ensureFree(elder.busy, slot, wish.way, its.bookingId)
}

/**
 * Portions for one order: as a seat, and what it holds there already counts. With the kitchen's consent they are had until
 * it serves, never more than there are.
 * @throws as ensureSeat
 */
export function ensurePortions(slot: Slot, elder: { readonly personId: string; readonly communityId: string }, bookingId: string, portions: number, isConsented: boolean, now: number): void {
  ensureSeat(isConsented ? { ...slot, orderUntil: Number.POSITIVE_INFINITY, frozenAt: null } : slot, elder, bookingId, now, portions)
  const mine = slot.holders[elder.personId]
  ensure(mine === undefined || slot.remaining >= portions - (mine.count ?? 1), 'SLOT_FULL', { remaining: Math.max(0, slot.remaining) })
}

/** Price, subsidy and what is paid for this dish, with what the elder's month has left. @param portionFen less than the dish costs, for a substitute */
export const quoteOf = (slot: Pick<Slot, 'onDate' | 'priceFen'>, elder: Eating, portions: number, policy: MealPolicy | null, bookingId: string | undefined, portionFen = slot.priceFen): Quote =>
  quote(policy, elder, { portionFen, portions, onDate: slot.onDate }, usedIn(elder.subsidies, monthOf(slot.onDate), bookingId))

type WithMeals = Pick<Person, 'busy' | 'subsidies'>

/** The tally without this order, and with it if it has a subsidy. */
const withOrder = (tally: SubsidyTally, onDate: string, bookingId: string, fen: number): SubsidyTally => withSubsidy(withoutOrder(tally, bookingId), monthOf(onDate), bookingId, fen)

/** The tally without this order, in whichever month it stood. */
export const withoutOrder = (tally: SubsidyTally, bookingId: string): SubsidyTally =>
  Object.keys(tally).reduce((left, month) => (left[month]?.[bookingId] === undefined ? left : withSubsidy(left, month, bookingId, 0)), tally)

const timeOf = (bookingId: string, slot: Pick<Slot, '_id' | 'startsAt' | 'endsAt'>, wish: Pick<MealWish, 'way' | 'siteId'>, payment: PaymentWay, at: number): Omit<BusyTime, 'freedAt'> => ({
  bookingId, from: slot.startsAt, to: slot.endsAt, at, kind: 'meal', where: whereabouts(wish.way), slotId: slot._id, siteId: wish.way === 'delivery' ? null : wish.siteId, payment,
})

/**
 * The elder's record with a meal in it: its time, and its subsidy in the month, in one write. Of an order that is being
 * changed the larger subsidy stands until the change is done: the cap of the month holds at every moment.
 * @throws ELDER_AWAY, ALLERGEN, ALREADY_BOOKED, ELDER_BUSY
 */
export function placed<P extends WithMeals & Pick<Person, 'away' | 'diet'>>(
  elder: P, slot: Slot, wish: Pick<MealWish, 'way' | 'siteId'>, its: { readonly bookingId: string; readonly payment: PaymentWay; readonly subsidyFen: number }, now: number,
): P {
  ensureAtHome(elder, slot.onDate)
  ensureFit(elder.diet, offerOf(slot), true)
  ensureFree(elder.busy, slot, wish.way, its.bookingId)
  const before = elder.busy.find((time) => time.bookingId === its.bookingId)
  const held = elder.subsidies[monthOf(slot.onDate)]?.[its.bookingId] ?? 0
  return {
    ...elder, busy: occupy(elder.busy, timeOf(its.bookingId, slot, wish, its.payment, before?.at ?? now), now),
    subsidies: withOrder(elder.subsidies, slot.onDate, its.bookingId, Math.max(held, its.subsidyFen)),
  }
}

/** The elder's record as an order that holds its portion says it must be, whatever stands there; the very same where nothing is to be repaired. */
export function placedAs<P extends WithMeals>(elder: P, booking: Booking, now: number): P {
  const meal = orderOf(booking)
  const month = monthOf(booking.onDate)
  // Who was refused the meal keeps the time, and gets no subsidy.
  const subsidies = withOrder(elder.subsidies, booking.onDate, booking._id, booking.status === 'rejected' ? 0 : meal.quote.subsidyFen)
  const isSubsidy = Object.keys({ ...elder.subsidies, ...subsidies }).every((name) => elder.subsidies[name]?.[booking._id] === (name === month ? subsidies[name]?.[booking._id] : undefined))
  const entry = elder.busy.find((time) => time.bookingId === booking._id)
  const time = timeOf(booking._id, { _id: booking.slotId, startsAt: booking.startsAt, endsAt: booking.endsAt }, meal, meal.payment.how, entry?.at ?? now)
  const isOver = entry === undefined && booking.endsAt <= now
  const isTime = isOver || (entry !== undefined && entry.freedAt === null && entry.slotId === time.slotId && entry.where === time.where && entry.from === time.from && entry.to === time.to && entry.siteId === time.siteId)
  if (isTime && isSubsidy) return elder
  return { ...elder, busy: isTime ? elder.busy : withTime(elder.busy, time, now), subsidies: isSubsidy ? elder.subsidies : subsidies }
}

/** The elder's record without this order: its time is free, its subsidy is back in the month. Again changes nothing. */
export function unplaced<P extends WithMeals>(elder: P, bookingId: string, now: number): P {
  const isFree = !elder.busy.some((time) => time.bookingId === bookingId && time.freedAt === null)
  const subsidies = withoutOrder(elder.subsidies, bookingId)
  return isFree && subsidies === elder.subsidies ? elder : { ...elder, busy: isFree ? elder.busy : release(elder.busy, bookingId, now), subsidies }
}

/** What an order is made of, besides the dish. */
export interface Terms {
  readonly wish: MealWish
  readonly quote: Quote
  readonly payment: PaymentWay
  readonly asked: readonly IdentityProof[]
}

const dishOf = (slot: Slot, wish: Omit<MealWish, 'despiteAdvice' | 'slotId'>): Pick<MealOrder, 'sitting' | 'dishId' | 'dishName' | 'sides' | 'picture' | 'tags' | 'allergens' | 'portions' | 'way' | 'siteId' | 'siteName' | 'orderUntil'> => {
  const { sitting, dishId, dishName, sides, picture, tags, allergens } = offerOf(slot)
  const site = siteOf(offerOf(slot), wish)
  return { sitting, dishId, dishName, sides, picture, tags, allergens, portions: wish.portions, way: wish.way, siteId: site?.siteId ?? null, siteName: site?.name ?? null, orderUntil: slot.orderUntil }
}

/** A new order on portions that are held. */
export function order(slot: Slot, elder: { readonly _id: string; readonly name: string; readonly communityId: string }, made: Parameters<typeof book>[2], terms: Terms, by: By, now: number): Booking {
  const booking = book(slot, elder, made, by, now)
  return {
    ...booking, priceFen: terms.quote.priceFen, cancelHours: hoursBefore(slot),
    meal: { ...dishOf(slot, terms.wish), quote: terms.quote, payment: { how: terms.payment, recordedAt: null }, asked: [...new Set(terms.asked)], proposal: null, runId: null },
  }
}

/** A meal is cancelled without asking until the kitchen's cut-off. */
const hoursBefore = (slot: Slot): number => (slot.startsAt - slot.orderUntil) / HOUR

/** 清蒸鲈鱼 ×2, as the timeline says what it was. */
const dishWords = (name: string, portions: number): string => (portions === 1 ? name : `${name} ×${portions}`)

/** The order on another slot, or the same one; the portion that it leaves is given back afterwards. */
function moved(booking: Booking, slot: Slot, wish: Omit<MealWish, 'despiteAdvice' | 'slotId'>, price: Quote, what: TimelineWhat, by: By, now: number): Booking {
  const meal = orderOf(booking)
  const leaves = [...new Set([...(meal.leaves ?? []), booking.slotId])].filter((slotId) => slotId !== slot._id)
  const [was, is] = [dishWords(meal.dishName, meal.portions), dishWords(offerOf(slot).dishName, wish.portions)]
  return after(booking, {
    slotId: slot._id, serviceItemId: slot.serviceItemId, serviceName: slot.serviceName, providerId: slot.providerId, providerName: slot.providerName, openFor: slot.providerId,
    onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt, cancelHours: hoursBefore(slot), priceFen: price.priceFen, unsettledAt: now,
    meal: { ...meal, ...dishOf(slot, wish), quote: price, proposal: null, leaves },
  }, line(what, now, by, { words: was === is ? null : `${was} → ${is}` }))
}

/** True until the kitchen's cut-off: what is ordered can be changed without asking. */
export const isOpenToChange = (booking: Booking, now: number): boolean => booking.status === 'booked' && booking.meal !== null && now < booking.meal.orderUntil

/** @throws NOT_FOUND unless both are one sitting of one day */
function ensureSameSitting(booking: Booking, slot: Slot): void {
  ensure(slot.onDate === booking.onDate && offerOf(slot).sitting === orderOf(booking).sitting, 'NOT_FOUND')
}

/** Whether an order may be changed to this dish at all, before anything is taken for it. @throws WRONG_STATE, CUTOFF_PAST {until}, NOT_FOUND */
export function ensureChangeable(booking: Booking, slot: Slot, now: number): void {
  const meal = orderOf(booking)
  ensureStatus(booking, 'booked')
  ensure(now < meal.orderUntil, 'CUTOFF_PAST', { until: meal.orderUntil })
  ensureSameSitting(booking, slot)
}

/** Before the cut-off: another dish of the same sitting, other portions, another way. @throws as ensureChangeable */
export function change(booking: Booking, slot: Slot, wish: MealWish, price: Quote, by: By, now: number): Booking {
  ensureChangeable(booking, slot, now)
  return moved(booking, slot, wish, price, 'changed', by, now)
}

/** After the cut-off and before it is served, with nothing asked yet: the time in which one side asks the other. @throws WRONG_STATE, SLOT_PAST */
function ensureMayAsk(booking: Booking, now: number): MealOrder {
  const meal = orderOf(booking)
  ensureStatus(booking, 'booked')
  ensure(meal.proposal === null, 'WRONG_STATE', { status: 'asked' })
  ensure(now < booking.startsAt, 'SLOT_PAST')
  return meal
}

const proposedTo = (slot: Slot, wish: Omit<MealWish, 'despiteAdvice' | 'slotId'>): NonNullable<Proposal['to']> =>
  ({ slotId: slot._id, dishName: offerOf(slot).dishName, portions: wish.portions, way: wish.way, siteId: siteOf(offerOf(slot), wish)?.siteId ?? null })

/**
 * After the cut-off the elder's side asks the kitchen: to cancel, or for something else of the same sitting that was checked
 * by `ensureOrderable`. @throws WRONG_STATE, SLOT_PAST, NOT_FOUND
 */
export function askKitchen(booking: Booking, to: { readonly slot: Slot; readonly wish: MealWish } | null, words: string | null, by: By, now: number): Booking {
  const meal = ensureMayAsk(booking, now)
  ensure(now >= meal.orderUntil, 'WRONG_STATE', { status: 'open' })
  if (to !== null) ensureSameSitting(booking, to.slot)
  ensure(to === null || to.slot.providerId === booking.providerId, 'NOT_FOUND')
  const proposal: Proposal = { what: to === null ? 'cancel' : 'change', asks: 'kitchen', by: { personId: by.personId, name: by.name }, at: now, words, to: to === null ? null : proposedTo(to.slot, to.wish) }
  return after(booking, { meal: { ...meal, proposal } }, line('askedKitchen', now, by, { words: words ?? (to === null ? '想退掉' : `想换成 ${dishWords(offerOf(to.slot).dishName, to.wish.portions)}`) }))
}

/** @throws WRONG_STATE when nothing is asked of this side */
export function askedOf(booking: Booking, side: Proposal['asks']): Proposal {
  ensureStatus(booking, 'booked')
  const proposal = orderOf(booking).proposal
  if (proposal === null || proposal.asks !== side) throw new DomainError('WRONG_STATE', { status: 'notAsked' })
  return proposal
}

/** The kitchen's answer. @param to what it becomes, on portions that are held; null to cancel @throws WRONG_STATE */
export function kitchenAgrees(booking: Booking, to: { readonly slot: Slot; readonly quote: Quote } | null, words: string | null, by: By, now: number): Booking {
  const proposal = askedOf(booking, 'kitchen')
  const meal = orderOf(booking)
  if (to !== null && proposal.to !== null) return moved(booking, to.slot, proposal.to, to.quote, 'kitchenAgreed', by, now)
  ensure(to === null && proposal.what === 'cancel', 'WRONG_STATE', { status: 'notAsked' })
  return after(booking, { status: 'cancelled', openFor: null, unsettledAt: now, meal: { ...meal, proposal: null } }, line('kitchenAgreed', now, by, { words: words ?? '退掉了' }))
}

/** It is cooked as it was ordered. @throws WRONG_STATE */
export function kitchenRefuses(booking: Booking, words: string | null, by: By, now: number): Booking {
  askedOf(booking, 'kitchen')
  return after(booking, { meal: { ...orderOf(booking), proposal: null } }, line('kitchenRefused', now, by, { words }))
}

/**
 * A dish has run out: the kitchen offers another one of the same sitting, and the elder decides.
 * @throws WRONG_STATE, SLOT_PAST, NOT_FOUND, SLOT_CLOSED, SLOT_FULL, ALLERGEN
 */
export function offerSubstitute(booking: Booking, elder: Pick<Person, 'diet'>, slot: Slot, words: string, by: By, now: number): Booking {
  const meal = ensureMayAsk(booking, now)
  ensureSameSitting(booking, slot)
  ensure(slot.providerId === booking.providerId && slot._id !== booking.slotId, 'NOT_FOUND')
  ensure(slot.isOpen, 'SLOT_CLOSED')
  ensure(slot.remaining >= meal.portions, 'SLOT_FULL', { remaining: Math.max(0, slot.remaining) })
  ensureFit(elder.diet, offerOf(slot), true)
  const proposal: Proposal = { what: 'substitute', asks: 'elder', by: { personId: by.personId, name: by.name }, at: now, words, to: proposedTo(slot, meal) }
  return after(booking, { meal: { ...meal, proposal } }, line('substituteOffered', now, by, { words: `${meal.dishName} → ${offerOf(slot).dishName}：${words}` }))
}

/** A substitute never costs more than what was ordered. */
export const substituteFen = (booking: Booking, slot: Slot): number => {
  const meal = orderOf(booking)
  return Math.min(slot.priceFen, Math.round(meal.quote.priceFen / meal.portions))
}

/** The elder's consent, on portions that are held. @throws WRONG_STATE */
export function takeSubstitute(booking: Booking, to: { readonly slot: Slot; readonly quote: Quote }, by: By, now: number): Booking {
  const proposal = askedOf(booking, 'elder')
  if (proposal.to === null || proposal.to.slotId !== to.slot._id) throw new DomainError('WRONG_STATE', { status: 'notAsked' })
  return moved(booking, to.slot, proposal.to, to.quote, 'substituteTaken', by, now)
}

/** The elder does not want it: the order stands as it was. @throws WRONG_STATE */
export function refuseSubstitute(booking: Booking, by: By, now: number): Booking {
  askedOf(booking, 'elder')
  return after(booking, { meal: { ...orderOf(booking), proposal: null } }, line('substituteRefused', now, by))
}

/** A dish as a menu lists it: who holds portions there is not loaded. */
export type Offered = Omit<Slot, 'holders' | 'unsettledAt' | 'capacityRequests'>

export type DishState = 'free' | 'full' | 'past' | 'closed' | 'mine' | 'taken' | 'clash'

/** Whether this elder can have this dish now, and if not, why. */
export function dishStateOf(slot: Offered, busy: readonly BusyTime[], closedDays: Readonly<Record<string, string>>, now: number): DishState {
  const overlapping = busy.filter((time) => time.freedAt === null && time.kind === 'meal' && time.from < slot.endsAt && slot.startsAt < time.to)
  if (overlapping.some((time) => time.slotId === slot._id)) return 'mine'
  if (slot.orderUntil <= now || slot.frozenAt !== null) return 'past'
  if (!slot.isOpen || closedDays[slot.onDate] !== undefined) return 'closed'
  if (overlapping.length > 0) return 'taken'
  if ((slot.meal?.ways ?? []).every((way) => clash(busy, slot.startsAt, slot.endsAt, undefined, { kind: 'meal', where: whereabouts(way) }) !== undefined)) return 'clash'
  return slot.remaining > 0 ? 'free' : 'full'
}

/** What to take by default: the first dish that is free, safe, and as the elder was advised; null: none. */
export const suggested = <D extends { readonly slot: Offered; readonly state: DishState }>(dishes: readonly D[], diet: Diet | null): D | null =>
  dishes.find(({ slot, state }) => state === 'free' && slot.meal !== null && blockedBy(diet, slot.meal).length === 0 && against(diet, slot.meal).length === 0) ?? null

/** The dish nearest to one that was had: the same, else of those that are free and safe the one that fits the advice, is tagged and costs most like it. */
export function nearest<D extends { readonly slot: Offered; readonly state: DishState }>(dishes: readonly D[], had: { readonly providerId: string; readonly meal: Pick<MealOrder, 'dishId' | 'tags' | 'portions' | 'quote'> }, diet: Diet | null): D | null {
  const distance = ({ slot }: D): number => {
    const offer = offerOf(slot)
    if (slot.providerId === had.providerId && offer.dishId === had.meal.dishId) return -1
    const unlike = had.meal.tags.filter((tag: DietTag) => !offer.tags.includes(tag)).length
    return against(diet, offer).length * 1_000_000 + unlike * 100_000 + Math.abs(slot.priceFen - had.meal.quote.priceFen / had.meal.portions)
  }
  return dishes.filter(({ slot, state }) => state === 'free' && slot.remaining >= had.meal.portions && blockedBy(diet, offerOf(slot)).length === 0).reduce<D | null>((best, dish) => (best === null || distance(dish) < distance(best) ? dish : best), null)
}

/** Why no dish of a sitting can be proposed; asked only when none can. */
export function whyNone(dishes: readonly { readonly slot: Offered; readonly state: DishState }[], diet: Diet | null): 'ordered' | 'noMenu' | 'closed' | 'past' | 'full' | 'notSafe' {
  if (dishes.length === 0) return 'noMenu'
  if (dishes.some(({ state }) => state === 'mine' || state === 'taken' || state === 'clash')) return 'ordered'
  const open = dishes.filter(({ state }) => state === 'free' || state === 'full')
  if (open.length === 0) return dishes.some(({ state }) => state === 'closed') ? 'closed' : 'past'
  return open.every(({ slot }) => slot.meal !== null && blockedBy(diet, slot.meal).length > 0) ? 'notSafe' : 'full'
}

/** One meal of the last seven days, to be had again a week later. */
export interface Again {
  readonly onDate: string
  readonly sitting: Sitting
  readonly had: Booking
}

/** Meals of the last seven days, today's too, each with its day a week later, in order. */
export const lastWeek = (bookings: readonly Booking[], today: string): readonly Again[] =>
  bookings.filter((booking) => booking.meal !== null && booking.status !== 'cancelled' && booking.status !== 'noShow' && booking.onDate <= today && booking.onDate > addDays(today, -7))
    .map((booking) => ({ onDate: addDays(booking.onDate, 7), sitting: orderOf(booking).sitting, had: booking }))

/** Counted in the month: delivered, or still to come. */
export const counts = (booking: Booking): boolean => !['cancelled', 'noShow', 'rejected', 'noContact'].includes(booking.status)

/** The month in sums, fen. */
export function monthTotal(bookings: readonly Booking[]): { readonly meals: number; readonly priceFen: number; readonly subsidyFen: number; readonly payFen: number; readonly atSiteFen: number; readonly billFen: number } {
  return bookings.filter(counts).reduce((total, booking) => {
    const { quote: price, payment } = orderOf(booking)
    return {
      meals: total.meals + 1, priceFen: total.priceFen + price.priceFen, subsidyFen: total.subsidyFen + price.subsidyFen, payFen: total.payFen + price.payFen,
      atSiteFen: total.atSiteFen + (payment.how === 'atSite' ? price.payFen : 0), billFen: total.billFen + (payment.how === 'monthlyBill' ? price.payFen : 0),
    }
  }, { meals: 0, priceFen: 0, subsidyFen: 0, payFen: 0, atSiteFen: 0, billFen: 0 })
}
