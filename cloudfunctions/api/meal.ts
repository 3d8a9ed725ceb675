/** Handlers of src/contract/meal.ts. */
import type { DishView, OutputOf, ParsedOf } from '../../src/contract'
import { isAwayOn } from '../../src/domain/away'
import type { Booking, By } from '../../src/domain/booking-record'
import { addDays, instantOf } from '../../src/domain/civil-time'
import { carrierOf } from '../../src/domain/delivery-run'
import { against, blockedBy } from '../../src/domain/diet'
import { DomainError, ensure } from '../../src/domain/error'
import { askedBy, ensureIdentified, type IdentityProof } from '../../src/domain/identity'
import { sittings, type PaymentWay, type Sitting } from '../../src/domain/meal'
import { received } from '../../src/domain/meal-door'
import {
  askKitchen, change, counts, dishStateOf, ensureChangeable, ensureOrderable, lastWeek, monthTotal, nearest, offerOf, order, orderOf, quoteOf, refuseSubstitute, suggested, wayOf, whyNone,
  type Again, type DishState, type MealWish, type Offered,
} from '../../src/domain/meal-order'
import { monthOf, policyOn, usedIn, type Quote } from '../../src/domain/meal-policy'
import { maskAddress, type Person } from '../../src/domain/person'
import type { Subdistrict } from '../../src/domain/service-item'
import { DAYS_AHEAD, type Slot } from '../../src/domain/slot'
import { changeOnce, createOnce } from '../_server/aggregate'
import { getSlot, settleBooking } from '../_server/bookings'
import { command, find, read } from '../_server/cloud'
import { derivedId, newSecret } from '../_server/keys'
import { acceptSubstitute, moveMeal } from '../_server/meal-moves'
import { giveBack, occupyMeal, takePortions } from '../_server/meals'
import { aboutElder, byOf, getPerson, getSubdistrict } from '../_server/people'
import { briefOf } from '../_server/residents'
import { findRun } from '../_server/runs'
import { handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { quoteView } from '../_server/views'
import { withBooking } from './booking'

const DONE = { done: true } as const
const DAYS_SHOWN = 7
/** Far more dishes than the kitchens of one community put on the menus of a week. */
const MOST_DISHES = 600
/** Everything of a slot but who holds portions there. */
const OFFERED: readonly (keyof Offered & string)[] = [
  'subdistrictId', 'kind', 'meal', 'orderUntil', 'frozenAt', 'serviceItemId', 'serviceName', 'providerId', 'providerName', 'communityIds', 'priceFen', 'cancelHours', 'onDate', 'startsAt', 'endsAt', 'capacity', 'remaining', 'isOpen',
]

interface Dish {
  readonly slot: Offered
  readonly state: DishState
}

/** The menus of some days, of every kitchen that serves a community. One query. */
const menusOf = (communityId: string, fromOn: string, days: number): Promise<Offered[]> =>
  find<Slot>('slots', { communityIds: communityId, kind: 'meal', startsAt: command.gte(instantOf(fromOn)).and(command.lt(instantOf(addDays(fromOn, days)))) }, { by: 'startsAt', direction: 'asc' }, MOST_DISHES, OFFERED)

async function withElder(input: { readonly elderId: string }) {
  const elder = await getPerson(input.elderId)
  return { subject: aboutElder(elder), elder }
}

async function withElderAndPlace(input: { readonly elderId: string }, { actor }: Call) {
  const [elder, subdistrict] = await Promise.all([getPerson(input.elderId), getSubdistrict(actor.subdistrictId)])
  return { subject: aboutElder(elder), elder, subdistrict }
}

const inOrder = (a: Dish, b: Dish): number => (a.slot.providerId === b.slot.providerId ? offerOf(a.slot).order - offerOf(b.slot).order : a.slot.providerId < b.slot.providerId ? -1 : 1)

/** The dishes of one sitting in the order of the menu, each with what this elder can do about it; what the kitchen took off is not there. */
const dishesOf = (slots: readonly Offered[], onDate: string, sitting: Sitting, elder: Person, { closedDays }: Subdistrict, now: number): Dish[] =>
  slots.filter((slot) => slot.onDate === onDate && slot.meal?.sitting === sitting && (slot.isOpen || closedDays[onDate] !== undefined)).map((slot) => ({ slot, state: dishStateOf(slot, elder.busy, closedDays, now) })).sort(inOrder)

/** The elder's order in a sitting; whatever it costs does not count against what the month has left there. */
const orderedIn = (dishes: readonly Dish[], elder: Person): string | null =>
  elder.busy.find((time) => time.freedAt === null && dishes.some(({ slot }) => slot._id === time.slotId))?.bookingId ?? null

function dishView({ slot, state }: Dish, elder: Person, { mealPolicies }: Subdistrict, orderedId: string | null): DishView {
  const { dishName, sides, picture, tags, allergens, ways, sites } = offerOf(slot)
  return {
    slotId: slot._id, kitchenId: slot.providerId, kitchenName: slot.providerName, dishName, sides, picture, tags: [...tags], allergens: [...allergens], portionFen: slot.priceFen,
    quote: quoteView(quoteOf(slot, elder, 1, policyOn(mealPolicies, slot.onDate), orderedId ?? undefined)), capacity: slot.capacity, remaining: slot.remaining, ways: [...ways], sites: sites.map((site) => ({ ...site })),
    startsAt: slot.startsAt, endsAt: slot.endsAt, orderUntil: slot.orderUntil, state, blockedBy: [...blockedBy(elder.diet, offerOf(slot))], against: [...against(elder.diet, offerOf(slot))],
  }
}

type SittingView = OutputOf<'meal.menus'>['days'][number]['sittings'][number]

function sittingView(sitting: Sitting, dishes: readonly Dish[], elder: Person, subdistrict: Subdistrict): SittingView {
  const bookingId = orderedIn(dishes, elder)
  const times = (of: (slot: Offered) => number): number[] => dishes.map(({ slot }) => of(slot))
  return {
    sitting, startsAt: Math.min(...times((slot) => slot.startsAt)), endsAt: Math.max(...times((slot) => slot.endsAt)), orderUntil: Math.max(...times((slot) => slot.orderUntil)), bookingId,
    dishes: dishes.map((dish) => dishView(dish, elder, subdistrict, bookingId)), suggestedSlotId: suggested(dishes, elder.diet)?.slot._id ?? null,
  }
}

const wishOf = (input: { readonly slotId: string; readonly portions: number; readonly way: MealWish['way']; readonly siteId?: string | undefined; readonly despiteAdvice?: boolean | undefined }): MealWish =>
  ({ slotId: input.slotId, portions: input.portions, way: input.way, siteId: input.siteId ?? null, despiteAdvice: input.despiteAdvice ?? false })

type Made = OutputOf<'meal.order'>
const made = (booking: Booking): Made => ({ bookingId: booking._id, number: booking.number, quote: quoteView(orderOf(booking).quote) })
/** What ordering answered, though the order may have been changed since (law 8). */
const madeBefore = (booking: Booking): Made => (booking.requests[booking.madeBy.key]?.answer as Made | undefined) ?? made(booking)

interface Ordering {
  readonly slot: Slot
  readonly elder: Person
  readonly subdistrict: Subdistrict
  readonly wish: MealWish
  readonly bookingId: string
  readonly payment: PaymentWay
  readonly note: string | null
  /** null when the elder's side orders itself */
  readonly asked: readonly IdentityProof[] | null
  readonly by: By
}

/** One order: portions, then the elder, then the booking; what a refusal took is given back. */
async function place({ slot, elder, subdistrict, wish, bookingId, payment, note, asked, by }: Ordering, { now, openid, request }: Call): Promise<Booking> {
  ensureOrderable(slot, elder, wish, { bookingId, closedDays: subdistrict.closedDays, asked }, now)
  await ensureAllowedText(openid, note)
  await takePortions(slot, { personId: elder._id, communityId: elder.communityId }, bookingId, wish.portions, false, now)
  try {
    const quote = await occupyMeal(elder, slot, wish, { bookingId, payment, subdistrict }, now)
    const booking = order(slot, elder, { bookingId, ...request, doorKey: newSecret(), note }, { wish, quote, payment, asked: asked ?? [] }, by, now)
    return await createOnce('bookings', { ...booking, requests: { [request.key]: { hash: request.hash, at: now, answer: made(booking) } } })
  } catch (error) {
    // Too many at once is no refusal: a copy of this request may be about to stand on what was taken, and the sweep frees the rest.
    if (error instanceof DomainError && error.code !== 'TRY_AGAIN') await giveBack(bookingId, slot._id, elder._id, now)
    throw error
  }
}

const noteOf = (note: string | undefined): string | null => (note === undefined || note === '' ? null : note)

type Proposed = OutputOf<'meal.again'>['proposals'][number]

/** One meal of last week, a week later. */
function proposed({ onDate, sitting, had }: Again, slots: readonly Offered[], elder: Person, subdistrict: Subdistrict, now: number): Proposed {
  const meal = orderOf(had)
  const dishes = dishesOf(slots, onDate, sitting, elder, subdistrict, now)
  const ordered = orderedIn(dishes, elder)
  const dish = ordered === null ? nearest(dishes, { providerId: had.providerId, meal }, elder.diet) : null
  const last = { onDate, sitting, lastDishName: meal.dishName, portions: meal.portions }
  if (dish === null) return { ...last, way: meal.way, siteId: meal.siteId, dish: null, isSame: false, reason: ordered === null ? whyNone(dishes, elder.diet) : 'ordered' }
  const { ways, sites, dishId } = offerOf(dish.slot)
  const way = ways.includes(meal.way) ? meal.way : (ways[0] ?? meal.way)
  const siteId = way === 'delivery' ? null : (sites.find((site) => site.siteId === meal.siteId) ?? sites[0])?.siteId ?? null
  return { ...last, way, siteId, dish: dishView(dish, elder, subdistrict, null), isSame: dishId === meal.dishId && dish.slot.providerId === had.providerId, reason: null }
}

async function changing(input: ParsedOf<'meal.change'>, call: Call) {
  const [loaded, slot, subdistrict] = await Promise.all([withBooking(input), getSlot(input.slotId), getSubdistrict(call.actor.subdistrictId)])
  return { ...loaded, slot, subdistrict }
}

export const mealHandlers = {
  'meal.menus': handler('meal.menus', {
    load: withElderAndPlace,
    async run(input, { elder, subdistrict }, { now, today }, standing) {
      const lastOn = addDays(today, DAYS_AHEAD - 1)
      const wished = input.fromOn ?? today
      const fromOn = wished < today ? today : wished > lastOn ? lastOn : wished
      const slots = await menusOf(elder.communityId, fromOn, DAYS_SHOWN)
      const days = Array.from({ length: DAYS_SHOWN }, (_, index) => addDays(fromOn, index)).filter((onDate) => onDate <= lastOn).map((onDate) => ({
        onDate, holidayName: subdistrict.closedDays[onDate] ?? null,
        sittings: sittings.flatMap((sitting) => {
          const dishes = dishesOf(slots, onDate, sitting, elder, subdistrict, now)
          return dishes.length === 0 ? [] : [sittingView(sitting, dishes, elder, subdistrict)]
        }),
      }))
      const next = days.flatMap((day) => day.sittings.map((sitting) => ({ onDate: day.onDate, ...sitting }))).find((sitting) => sitting.bookingId === null && sitting.dishes.some((dish) => dish.state === 'free'))
      const policy = policyOn(subdistrict.mealPolicies, fromOn)
      const last = elder.busy.filter((time) => time.kind === 'meal').reduce<(typeof elder.busy)[number] | null>((latest, time) => (latest === null || time.at >= latest.at ? time : latest), null)
      const [nextOn, previousOn] = [addDays(fromOn, DAYS_SHOWN), addDays(fromOn, -DAYS_SHOWN)]
      return {
        elder: briefOf(elder, subdistrict), address: standing.role === 'resident' ? (elder.address ?? '') : maskAddress(elder.address ?? ''), away: isAwayOn(elder.away, today) ? elder.away.why : null, hasDiet: elder.diet !== null,
        monthUsedFen: usedIn(elder.subsidies, monthOf(fromOn)), monthCapFen: policy?.monthlyCapFen ?? null, policyVersion: policy?.version ?? null,
        fromOn, days, previousOn: fromOn <= today ? null : previousOn < today ? today : previousOn, nextOn: nextOn <= lastOn ? nextOn : null,
        suggested: next === undefined ? null : { onDate: next.onDate, sitting: next.sitting },
        lastWay: last === null ? null : wayOf(last.where), lastSiteId: last?.siteId ?? null, lastPayment: last?.payment ?? null,
      }
    },
  }),

  'meal.order': handler('meal.order', {
    isFoundByKey: true,
    async load(input, call) {
      const bookingId = derivedId('b', call.request.key)
      const [loaded, slot] = await Promise.all([withElderAndPlace(input, call), getSlot(input.slotId)])
      // The elder's own document remembers for 30 days what took effect, also what was cancelled since.
      const before = loaded.elder.busy.some((time) => time.bookingId === bookingId) ? await read<Booking>('bookings', bookingId) : null
      return { ...loaded, slot, bookingId, madeBefore: before && { hash: before.madeBy.hash, answer: madeBefore(before) } }
    },
    async run(input, { elder, slot, subdistrict, bookingId }, call, standing) {
      return madeBefore(await place({
        slot, elder, subdistrict, bookingId, wish: wishOf(input), payment: input.payment, note: noteOf(input.note), asked: askedBy(standing, input.asked), by: byOf(call.actor, standing, elder),
      }, call))
    },
  }),

  'meal.orderSeveral': handler('meal.orderSeveral', {
    load: withElderAndPlace,
    async run(input, { elder: first, subdistrict }, call, standing) {
      const asked = askedBy(standing, input.asked)
      ensureIdentified(asked)
      const slots = new Map((await find<Slot>('slots', { _id: command.in([...new Set(input.orders.map((wish) => wish.slotId))]) }, null, input.orders.length)).map((slot) => [slot._id, slot]))
      const ordered: OutputOf<'meal.orderSeveral'>['ordered'] = []
      const refused: OutputOf<'meal.orderSeveral'>['refused'] = []
      for (const [index, wish] of input.orders.entries()) {
        const { slotId } = wish
        const bookingId = derivedId('b', call.request.key, String(index))
        try {
          // Each order stands in the elder's record before the next one is looked at.
          const elder = await getPerson(first._id)
          const before = elder.busy.some((time) => time.bookingId === bookingId) ? await read<Booking>('bookings', bookingId) : null
          ensure(before === null || before.madeBy.hash === call.request.hash, 'REQUEST_CONFLICT')
          const slot = slots.get(slotId)
          if (slot === undefined) throw new DomainError('NOT_FOUND')
          const booking = before ?? (await place({ slot, elder, subdistrict, bookingId, wish: wishOf(wish), payment: input.payment, note: null, asked, by: byOf(call.actor, standing, elder) }, call))
          ordered.push({ slotId, ...madeBefore(booking) })
        } catch (error) {
          // Nor is it an answer to keep: asked again, each order is found or made.
          if (!(error instanceof DomainError) || error.code === 'REQUEST_CONFLICT' || error.code === 'TRY_AGAIN') throw error
          refused.push({ slotId, code: error.code })
        }
      }
      return { ordered, refused }
    },
  }),

  'meal.again': handler('meal.again', {
    load: withElderAndPlace,
    async run(_input, { elder, subdistrict }, { now, today }) {
      const [before, slots] = await Promise.all([
        find<Booking>('bookings', { elderId: elder._id, startsAt: command.gte(instantOf(addDays(today, -6))).and(command.lt(instantOf(addDays(today, 1)))) }, { by: 'startsAt', direction: 'asc' }, 100),
        menusOf(elder.communityId, addDays(today, 1), DAYS_SHOWN),
      ])
      return { proposals: lastWeek(before, today).map((again) => proposed(again, slots, elder, subdistrict, now)) }
    },
  }),

  'meal.change': handler('meal.change', {
    load: changing,
    async run(input, { booking, elder, slot, subdistrict }, { actor, now, request }, standing) {
      const wish = wishOf(input)
      ensureChangeable(booking, slot, now)
      ensureOrderable(slot, elder, wish, { bookingId: booking._id, closedDays: subdistrict.closedDays, asked: askedBy(standing, input.asked) }, now)
      const by = byOf(actor, standing, elder)
      const decide = (current: Booking, quote: Quote) => ({ next: change(current, slot, wish, quote, by, now), answer: { quote: quoteView(quote) } })
      return moveMeal({ booking, elder, slot, wish, subdistrict, isConsented: false }, request, decide, now)
    },
  }),

  'meal.askKitchen': handler('meal.askKitchen', {
    async load(input, call) {
      const [loaded, slot, subdistrict] = await Promise.all([withBooking(input), input.wish.what === 'change' ? getSlot(input.wish.slotId) : null, getSubdistrict(call.actor.subdistrictId)])
      return { ...loaded, slot, subdistrict }
    },
    async run(input, { booking, elder, slot, subdistrict }, { actor, now, openid, request }, standing) {
      const words = noteOf(input.words)
      const to = input.wish.what === 'change' && slot !== null ? { slot, wish: wishOf(input.wish) } : null
      const by = byOf(actor, standing, elder)
      askKitchen(booking, to, words, by, now)
      if (to !== null) ensureOrderable(to.slot, elder, to.wish, { bookingId: booking._id, closedDays: subdistrict.closedDays, asked: null, isConsented: true }, now)
      await ensureAllowedText(openid, words)
      await changeOnce('bookings', booking, request, (current) => ({ next: askKitchen(current, to, words, by, now), answer: DONE }))
      return DONE
    },
  }),

  'meal.answerSubstitute': handler('meal.answerSubstitute', {
    load: withBooking,
    async run(input, { booking, elder }, { actor, now, request }, standing) {
      const by = byOf(actor, standing, elder)
      if (input.accept) return acceptSubstitute({ booking, elder, subdistrict: await getSubdistrict(booking.subdistrictId), by, request, now })
      await changeOnce('bookings', booking, request, (current) => ({ next: refuseSubstitute(current, by, now), answer: DONE }))
      return DONE
    },
  }),

  'meal.received': handler('meal.received', {
    load: withBooking,
    async run(_input, { booking, elder }, { actor, now, request }, standing) {
      const run = await findRun(booking.meal?.runId ?? null)
      const carrier = run === null ? null : carrierOf(run)
      const by = byOf(actor, standing, elder)
      const proof = standing.relation === 'self' ? 'elderTap' : 'familyTap'
      const { document } = await changeOnce('bookings', booking, request, (current) => ({ next: received(current, proof, by, carrier, now), answer: DONE }))
      await settleBooking(document, now)
      return DONE
    },
  }),

  'meal.month': handler('meal.month', {
    load: withElder,
    async run(input, { elder }, _call, standing) {
      ensureIdentified(askedBy(standing, input.asked))
      const [firstOn, afterOn] = [`${input.month}-01`, `${monthOf(addDays(`${input.month}-28`, 4))}-01`]
      const [subdistrict, found] = await Promise.all([
        getSubdistrict(elder.subdistrictId),
        find<Booking>('bookings', { elderId: elder._id, startsAt: command.gte(instantOf(firstOn)).and(command.lt(instantOf(afterOn))) }, { by: 'startsAt', direction: 'asc' }, 400),
      ])
      const meals = found.filter((booking) => booking.meal !== null)
      return {
        elder: briefOf(elder, subdistrict), month: input.month, capFen: policyOn(subdistrict.mealPolicies, addDays(afterOn, -1))?.monthlyCapFen ?? null,
        rows: meals.map((booking) => {
          const { sitting, dishName, portions, quote, payment } = orderOf(booking)
          return { bookingId: booking._id, onDate: booking.onDate, sitting, dishName, portions, status: booking.status, quote: quoteView(quote), payment: payment.how, isPaid: payment.recordedAt !== null, counts: counts(booking) }
        }),
        total: monthTotal(meals),
      }
    },
  }),
}
