/** A store with many meals in it: weeks of menus, orders, sheets and runs of one community, put straight into the store. */
import { addDays, DAY, HOUR, instantOf } from '../../src/domain/civil-time'
import type { DeliveryRun } from '../../src/domain/delivery-run'
import type { Booking } from '../../src/domain/booking-record'
import { book } from '../../src/domain/booking'
import { sittingId } from '../../src/domain/kitchen'
import type { Slot } from '../../src/domain/slot'
import { dishes, kitchen, mealSlotOf, sheetOf, TUESDAY, type DishName, type MealWorld } from './meal-world'
import { person } from './world'

/** Documents put in at a time. */
const BATCH = 2_000

async function insertAll(world: MealWorld, collection: string, documents: readonly object[]): Promise<void> {
  for (let from = 0; from < documents.length; from += BATCH) await world.emulator.insert(collection, documents.slice(from, from + BATCH))
}

const names = Object.keys(dishes) as DishName[]
const by = (personId: string) => ({ personId, name: '示例老人', as: 'elder', kinship: null, scope: null }) as const

/** One order on a dish of a day: delivered when the day is over. */
function orderOn(slot: Slot, elderId: string, elderName: string, isOver: boolean, runId: string | null): Booking {
  if (slot.meal === null) throw new Error(`${slot._id} is no dish`)
  const bookingId = `${slot._id}_${elderId}`
  const { order: _order, ways: _ways, sites: _sites, ...dish } = slot.meal
  const booking = book(slot, { _id: elderId, name: elderName, communityId: 'huaguang' }, { bookingId, key: bookingId, hash: 'h', doorKey: 'd', note: null }, by(elderId), slot.orderUntil - DAY)
  return {
    ...booking, ...(isOver ? { status: 'delivered' as const, openFor: null, dueAt: null } : {}), told: ['booked_0'],
    meal: {
      ...dish, portions: 1, way: runId === null ? 'dineIn' : 'delivery', siteId: runId === null ? 'hall' : null, siteName: runId === null ? '华光城食堂' : null,
      quote: { priceFen: slot.priceFen, subsidyFen: 0, payFen: slot.priceFen, policyVersion: null, reasons: ['noPolicy'] }, payment: { how: 'monthlyBill', recordedAt: null }, orderUntil: slot.orderUntil, asked: [], proposal: null, runId,
    },
  }
}

/**
 * `orders` lunches of people in 华光城, so many a day as there are people, from the past up to today; the elder of the main
 * story is one of them. Each day has its menu, its frozen sheet, and a run for the courier.
 */
export async function fillWithMeals(world: MealWorld, orders: number, peopleCount: number): Promise<void> {
  const elders = Array.from({ length: peopleCount }, (_, index) => (index === 0 ? { _id: 'mother', name: '王秀珍' } : { _id: `eater${index}`, name: '示例老人' }))
  await insertAll(world, 'people', elders.slice(1).map(({ _id, name }) => person(_id, { name })))
  const [slots, bookings, sheets, runs]: [Slot[], Booking[], object[], DeliveryRun[]] = [[], [], [], []]
  const today = addDays(TUESDAY, -1)
  for (let day = 0; bookings.length < orders; day++) {
    const onDate = addDays(today, -day)
    const menu = names.map((dish) => mealSlotOf(undefined, { dish, onDate, capacity: peopleCount, frozenAt: instantOf(onDate) }))
    const runId = `${sittingId(kitchen._id, onDate, 'lunch')}_huaguang_1`
    const ofDay = elders.slice(0, orders - bookings.length).map((elder, index) => orderOn(menu[(index + day) % menu.length] as Slot, elder._id, elder.name, day > 0, index < 15 ? runId : null))
    slots.push(...menu.map((slot) => {
      const mine = ofDay.filter((booking) => booking.slotId === slot._id)
      return { ...slot, remaining: slot.capacity - mine.length, holders: Object.fromEntries(mine.map((booking) => [booking.elderId, { bookingId: booking._id, at: 1, count: 1 }])) }
    }))
    bookings.push(...ofDay)
    sheets.push(sheetOf(onDate, 'lunch', { state: 'frozen', closedAt: 1, frozenAt: 1, dueAt: null, orders: ofDay.length, portions: ofDay.length }))
    const carried = ofDay.slice(0, 15)
    runs.push({
      _id: runId, version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', communityName: '华光城', kitchenId: kitchen._id, kitchenName: kitchen.name, onDate, sitting: 'lunch', startsAt: menu[0]?.startsAt ?? 0, endsAt: menu[0]?.endsAt ?? 0,
      courierId: 'courier', courierName: '刘强', courierKinIds: [], openFor: null, startedAt: null, carriers: [{ personId: 'courier', name: '刘强', from: 1, until: null }],
      stops: Object.fromEntries(carried.map((booking, index) => [booking._id, {
        bookingId: booking._id, number: booking.number, elderId: booking.elderId, elderName: booking.elderName, livesAlone: false, address: day > 0 ? null : '华光城 12 幢 302', dishName: booking.meal?.dishName ?? '', portions: 1, avoid: [], note: null, payFen: 0,
        order: index + 1, state: day > 0 ? 'delivered' : 'todo', at: null,
      }])),
      elderIds: carried.map((booking) => booking.elderId), forgetAt: day > 0 ? null : instantOf(onDate) + 20 * HOUR, requests: {},
    })
  }
  await insertAll(world, 'slots', slots)
  await insertAll(world, 'bookings', bookings)
  await insertAll(world, 'kitchenSheets', sheets)
  await insertAll(world, 'deliveryRuns', runs)
}
