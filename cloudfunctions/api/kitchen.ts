/** Handlers of src/contract/kitchen.ts: dishes, menus, orders growing, the frozen sheet, the counter, the runs. */
import type { OutputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { addDays } from '../../src/domain/civil-time'
import { allergens, dietTags } from '../../src/domain/diet'
import { giveRun, type DeliveryRun } from '../../src/domain/delivery-run'
import { DomainError, ensure } from '../../src/domain/error'
import type { Dish, Kitchen } from '../../src/domain/kitchen'
import { copyWeek, MENU_DAYS_AHEAD, saveDish, timesOn, type SittingMenu } from '../../src/domain/kitchen-menu'
import { compose, dishesSince } from '../../src/domain/kitchen-sheet'
import { mealWays, sittings, type MealOrder, type Sitting } from '../../src/domain/meal'
import { served } from '../../src/domain/meal-door'
import { offerSubstitute } from '../../src/domain/meal-order'
import type { Slot } from '../../src/domain/slot'
import type { Subdistrict } from '../../src/domain/service-item'
import { changeOnce } from '../_server/aggregate'
import { getBooking, getSlot, settleBooking } from '../_server/bookings'
import { find } from '../_server/cloud'
import { atTheDoor } from '../_server/door'
import { derivedId } from '../_server/keys'
import { aboutKitchen, couriersOf, eatersOf, getKitchen, ordersOn, publishSitting, sheetsOfDays, sittingMenu, slotsOfDays, spreadAllergens, type Eater } from '../_server/kitchens'
import { answerAsKitchen } from '../_server/meal-moves'
import { byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { getRun, runsOfSitting, serverOf } from '../_server/runs'
import { aboutNobody, handler } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'

const DONE = { done: true } as const
const WEEK = 7
/** Changes that wait for the kitchen's word, as one page shows them. */
const MOST_ASKED = 100
/** Runs of a day that nobody has taken, as one page shows them. */
const MOST_WAITING = 50

type OrderLine = OutputOf<'kitchen.sheet'>['lines'][number]

/** What is paid where the meal is had; what goes on the month's bill is not. */
export const dueAtSite = (meal: MealOrder): number => (meal.payment.how === 'atSite' ? meal.quote.payFen : 0)

function orderLine(booking: Booking, meal: MealOrder, eater: Eater | undefined, subdistrict: Subdistrict): OrderLine {
  const { proposal } = meal
  return {
    bookingId: booking._id, number: booking.number, elderName: booking.elderName, dishName: meal.dishName, portions: meal.portions, way: meal.way, siteName: meal.siteName,
    communityName: communityName(subdistrict, booking.communityId), avoid: allergens.filter((allergen) => eater?.diet?.allergens.includes(allergen)), advice: dietTags.filter((tag) => eater?.diet?.advice.includes(tag)),
    note: booking.note, status: booking.status, payFen: dueAtSite(meal), isPaid: meal.payment.recordedAt !== null,
    proposal: proposal && {
      what: proposal.what, asks: proposal.asks, byName: proposal.by.name, at: proposal.at, words: proposal.words,
      to: proposal.to && { slotId: proposal.to.slotId, dishName: proposal.to.dishName, portions: proposal.to.portions, way: proposal.to.way },
    },
  }
}

const lineOf = (booking: Booking, eaters: ReadonlyMap<string, Eater>, subdistrict: Subdistrict): readonly OrderLine[] => (booking.meal === null ? [] : [orderLine(booking, booking.meal, eaters.get(booking.elderId), subdistrict)])

const byPlace = (a: OrderLine, b: OrderLine): number => {
  const place = (row: OrderLine): string => [mealWays.indexOf(row.way), row.siteName ?? row.communityName, row.dishName, row.elderName, row.bookingId].join(' ')
  return place(a) < place(b) ? -1 : 1
}

/** A sitting's dishes as a week shows them; who holds portions is not loaded. */
type Offered = Pick<Slot, '_id' | 'onDate' | 'meal' | 'priceFen' | 'capacity' | 'remaining' | 'isOpen'>
const OFFERED = ['onDate', 'meal', 'priceFen', 'capacity', 'remaining', 'isOpen'] as const

const dishRow = (slot: Offered) => ({
  slotId: slot._id, dishId: slot.meal?.dishId ?? '', dishName: slot.meal?.dishName ?? '', sides: slot.meal?.sides ?? '', picture: slot.meal?.picture ?? '', priceFen: slot.priceFen,
  capacity: slot.capacity, ordered: slot.capacity - slot.remaining, isOpen: slot.isOpen,
})

const runBrief = (run: DeliveryRun) => {
  const stops = Object.values(run.stops).filter((stop) => stop.state !== 'cancelled')
  const of = (...states: readonly string[]): number => stops.filter((stop) => states.includes(stop.state)).length
  return {
    runId: run._id, communityName: run.communityName, courierId: run.courierId, courierName: run.courierName, stops: stops.length, done: of('delivered', 'handedOver'), noContact: of('noContact'), startedAt: run.startedAt,
  }
}

/** A run that nobody has taken; with nothing left to carry it waits for nobody. */
const waitingRun = (run: DeliveryRun) => {
  const stops = Object.values(run.stops).filter((stop) => stop.state === 'todo').length
  return stops === 0 ? [] : [{ runId: run._id, communityName: run.communityName, sitting: run.sitting, stops, startsAt: run.startsAt }]
}

async function withKitchen(input: { readonly kitchenId: string }) {
  const kitchen = await getKitchen(input.kitchenId)
  return { subject: aboutKitchen(kitchen), kitchen }
}

/** An order of a kitchen. @throws NOT_FOUND for a booking that is no meal */
export async function withOrder(input: { readonly bookingId: string }) {
  const booking = await getBooking(input.bookingId)
  ensure(booking.meal !== null, 'NOT_FOUND')
  const elder = await getPerson(booking.elderId)
  return { subject: { subdistrictId: booking.subdistrictId, providerId: booking.providerId }, remembersIn: booking, booking, elder }
}

export async function withRun(input: { readonly runId: string }) {
  const run = await getRun(input.runId)
  return { subject: { subdistrictId: run.subdistrictId, providerId: run.kitchenId, visit: { providerId: run.kitchenId, workerId: run.courierId } }, remembersIn: run, run }
}

/** A courier of this run's kitchen, with close family. @throws NO_MATCH */
export async function courierOf(run: DeliveryRun, courierId: string) {
  ensure((await couriersOf(run.kitchenId)).some((courier) => courier.personId === courierId), 'NO_MATCH')
  return serverOf(courierId)
}

export const kitchenHandlers = {
  'kitchen.week': handler('kitchen.week', {
    load: aboutNobody,
    async run(input, _loaded, { actor, today }) {
      const kitchen = await getKitchen(actor.grants.find((grant) => grant.role === 'kitchen')?.providerId ?? '')
      const fromOn = input.fromOn ?? today
      const [subdistrict, slots, sheets, asking] = await Promise.all([
        getSubdistrict(kitchen.subdistrictId), slotsOfDays(kitchen._id, fromOn, WEEK, OFFERED), sheetsOfDays(kitchen._id, fromOn, WEEK),
        find<Booking>('bookings', { openFor: kitchen._id, 'meal.proposal.asks': 'kitchen' }, null, MOST_ASKED),
      ])
      // There are no runs before a sheet of today is frozen.
      const isFrozen = sheets.some((sheet) => sheet.onDate === today && sheet.state === 'frozen')
      const open = isFrozen ? await find<DeliveryRun>('deliveryRuns', { openFor: kitchen._id, onDate: today }, null, MOST_WAITING) : []
      const eaters = asking.length === 0 ? new Map<string, Eater>() : await eatersOf(asking)
      const sittingOf = (onDate: string, sitting: Sitting) => {
        const sheet = sheets.find((candidate) => candidate.onDate === onDate && candidate.sitting === sitting) ?? null
        const times = timesOn(kitchen, { onDate, sitting, sheet })
        const dishes = slots.filter((slot) => slot.onDate === onDate && slot.meal?.sitting === sitting && (slot.isOpen || slot.remaining < slot.capacity)).sort((a, b) => (a.meal?.order ?? 0) - (b.meal?.order ?? 0))
        return times === null ? [] : [{ sitting, ...times, sheet: sheet?.state ?? ('open' as const), dishes: dishes.map(dishRow) }]
      }
      const previousOn = addDays(fromOn, -WEEK)
      const nextOn = addDays(fromOn, WEEK)
      return {
        kitchenId: kitchen._id, name: kitchen.name, fromOn, previousOn: previousOn >= addDays(today, -MENU_DAYS_AHEAD) ? previousOn : null, nextOn: nextOn <= addDays(today, MENU_DAYS_AHEAD) ? nextOn : null,
        days: Array.from({ length: WEEK }, (_, index) => addDays(fromOn, index)).map((onDate) => ({ onDate, holidayName: subdistrict.closedDays[onDate] ?? null, sittings: sittings.flatMap((sitting) => sittingOf(onDate, sitting)) })),
        dishes: Object.values(kitchen.dishes).map((dish) => ({ ...dish, tags: [...dish.tags], allergens: [...dish.allergens] })),
        asked: asking.sort((a, b) => (a.meal?.proposal?.at ?? 0) - (b.meal?.proposal?.at ?? 0)).flatMap((booking) => lineOf(booking, eaters, subdistrict)),
        waiting: open.sort((a, b) => a.startsAt - b.startsAt || (a._id < b._id ? -1 : 1)).flatMap(waitingRun),
      }
    },
  }),

  'kitchen.saveDish': handler('kitchen.saveDish', {
    load: withKitchen,
    async run({ kitchenId, dishId: wishedId, isRetired, sides = '', ...wish }, { kitchen }, { request, openid, now }) {
      await ensureAllowedText(openid, `${wish.name} ${sides}`)
      const dishId = wishedId ?? derivedId('d', request.key)
      const { answer } = await changeOnce('kitchens', kitchen, request, (current: Kitchen) => {
        const dish: Dish = { ...wish, sides, dishId, isRetired: isRetired ?? current.dishes[dishId]?.isRetired ?? false }
        return { next: saveDish(current, dish, wishedId === undefined), answer: { dishId } }
      })
      // The menus follow the dish as it stands, not this request: a late repetition never undoes a newer word.
      await spreadAllergens(await getKitchen(kitchenId), answer.dishId, now)
      return answer
    },
  }),

  'kitchen.publish': handler('kitchen.publish', {
    load: withKitchen,
    async run(input, { kitchen }, { today, now }) {
      const [menu, subdistrict] = await Promise.all([sittingMenu(kitchen._id, input.onDate, input.sitting), getSubdistrict(kitchen.subdistrictId)])
      await publishSitting(kitchen, menu, input.dishes, subdistrict.closedDays, today, now)
      return { published: input.dishes.length }
    },
  }),

  'kitchen.copyWeek': handler('kitchen.copyWeek', {
    load: withKitchen,
    async run(input, { kitchen }, { today, now, request }) {
      const fromOn = addDays(input.toOn, -WEEK)
      const [slots, sheets, { closedDays }] = await Promise.all([slotsOfDays(kitchen._id, fromOn, 2 * WEEK), sheetsOfDays(kitchen._id, fromOn, 2 * WEEK), getSubdistrict(kitchen.subdistrictId)])
      const menuOf = (onDate: string, sitting: Sitting): SittingMenu => ({
        onDate, sitting, slots: slots.filter((slot) => slot.onDate === onDate && slot.meal?.sitting === sitting), sheet: sheets.find((sheet) => sheet.onDate === onDate && sheet.sitting === sitting) ?? null,
      })
      // What is copied is decided once and remembered: a repetition at the same time would find it published already.
      const { answer } = await changeOnce('kitchens', kitchen, request, (current: Kitchen) => ({ next: current, answer: copyWeek(kitchen, input.toOn, menuOf, closedDays, today, now) }))
      for (const { onDate, sitting, dishes } of answer.wishes) {
        const menu = await sittingMenu(kitchen._id, onDate, sitting)
        const isUntouched = menu.slots.every((slot) => !slot.isOpen || dishes.some((dish) => dish.dishId === slot.meal?.dishId))
        if (isUntouched) await publishSitting(kitchen, menu, dishes, closedDays, today, now)
      }
      return { copied: answer.wishes.length, left: [...answer.left] }
    },
  }),

  'kitchen.sheet': handler('kitchen.sheet', {
    load: withKitchen,
    async run({ onDate, sitting }, { kitchen }) {
      const menu = await sittingMenu(kitchen._id, onDate, sitting)
      const times = timesOn(kitchen, menu)
      if (times === null) throw new DomainError('BAD_INPUT', { field: 'sitting' })
      const [subdistrict, bookings, runs, couriers] = await Promise.all([getSubdistrict(kitchen.subdistrictId), ordersOn(menu.slots), runsOfSitting(kitchen._id, onDate, sitting), couriersOf(kitchen._id)])
      const eaters = await eatersOf(bookings)
      const current = compose(bookings.map((booking) => ({ booking, diet: eaters.get(booking.elderId)?.diet ?? null })), (communityId) => communityName(subdistrict, communityId))
      const sheet = menu.sheet?.state === 'frozen' ? menu.sheet : null
      const shown = sheet ?? current
      return {
        kitchenId: kitchen._id, kitchenName: kitchen.name, onDate, sitting, startsAt: times.startsAt, endsAt: menu.slots[0]?.endsAt ?? times.endsAt, orderUntil: times.orderUntil,
        state: menu.sheet?.state ?? ('open' as const), frozenAt: sheet?.frozenAt ?? null, portions: shown.portions, orders: shown.orders,
        dishes: [...dishesSince(sheet ?? { state: 'open', dishes: [] }, current)], diets: shown.diets.map((row) => ({ ...row, avoid: [...row.avoid], advice: [...row.advice] })),
        sites: shown.sites.map(({ siteName, way, dishName, portions }) => ({ siteName, way, dishName, portions })),
        lines: bookings.flatMap((booking) => lineOf(booking, eaters, subdistrict)).sort(byPlace), runs: runs.map(runBrief).sort((a, b) => (a.runId < b.runId ? -1 : 1)), couriers,
      }
    },
  }),

  'kitchen.answer': handler('kitchen.answer', {
    load: withOrder,
    async run(input, { booking, elder }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, input.words)
      const words = input.words === undefined || input.words === '' ? null : input.words
      const subdistrict = await getSubdistrict(booking.subdistrictId)
      return answerAsKitchen({ booking, elder, subdistrict, by: byOf(actor, standing), request, now }, input.agree, words)
    },
  }),

  'kitchen.offerSubstitute': handler('kitchen.offerSubstitute', {
    load: withOrder,
    async run(input, { booking, elder }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, input.words)
      const slot = await getSlot(input.slotId)
      await changeOnce('bookings', booking, request, (current) => ({ next: offerSubstitute(current, elder, slot, input.words, byOf(actor, standing), now), answer: DONE }))
      return DONE
    },
  }),

  'kitchen.serve': handler('kitchen.serve', {
    load: withOrder,
    async run(input, loaded, call, standing) {
      const server = await serverOf(call.actor.personId)
      const { document, answer } = await atTheDoor(input, loaded, call, (current, moment) => {
        const next = served(current, moment, byOf(call.actor, standing), server)
        return { next, answer: { proof: moment.proof, payFen: next.meal === null ? 0 : dueAtSite(next.meal) } }
      })
      await settleBooking(document, call.now)
      return answer
    },
  }),

  'kitchen.giveRun': handler('kitchen.giveRun', {
    load: withRun,
    async run(input, { run }, { request, now }) {
      const server = await courierOf(run, input.courierId)
      await changeOnce('deliveryRuns', run, request, (current) => ({ next: giveRun(current, server, now), answer: DONE }))
      return DONE
    },
  }),
}
