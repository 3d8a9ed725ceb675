/** Delivery runs in the database: made from the orders of a frozen sheet, repaired from the bookings, emptied when they are over. */
import { instantOf } from '../../src/domain/civil-time'
import type { Booking } from '../../src/domain/booking-record'
import { forgotten, nextRun, stopStateOf, withDiet, withStop, type DeliveryRun, type ToCarry } from '../../src/domain/delivery-run'
import type { KitchenSheet } from '../../src/domain/kitchen'
import type { Server } from '../../src/domain/own-case'
import type { Person } from '../../src/domain/person'
import type { Subdistrict } from '../../src/domain/service-item'
import { change, get } from './aggregate'
import { command, find, insert, read, updateIf } from './cloud'
import { eatersOf, findSheet } from './kitchens'
import { communityName, eldersOf, getPerson, getSubdistrict } from './people'

export const getRun = (runId: string): Promise<DeliveryRun> => get<DeliveryRun>('deliveryRuns', runId)
export const findRun = async (runId: string | null): Promise<DeliveryRun | null> => (runId === null ? null : read<DeliveryRun>('deliveryRuns', runId))

/** More runs than one sitting of a kitchen has. */
const MOST_RUNS = 200

export const runsOfSitting = (kitchenId: string, onDate: string, sitting: string): Promise<DeliveryRun[]> => find<DeliveryRun>('deliveryRuns', { kitchenId, onDate, sitting }, null, MOST_RUNS)

/** A person who serves, with their close family: by record and by delegations, in either direction (law 3). */
export async function serverOf(personId: string): Promise<Server> {
  const [person, actsFor, kin] = await Promise.all([getPerson(personId), eldersOf(personId), find<Person>('people', { kinIds: personId }, null, 50)])
  return { personId: person._id, name: person.name, kinIds: [...new Set([...person.kinIds, ...person.delegateIds, ...[...actsFor, ...kin].map((other) => other._id)])] }
}

/**
 * Makes the runs of a sitting, and tells each order which run it goes with. Numbers are taken one after the other and
 * every run is planned on those that stand: twice at once or killed half-way, each order is in exactly one run.
 */
export async function makeRuns(sheet: KitchenSheet, endsAt: number, orders: readonly ToCarry[], subdistrict: Subdistrict): Promise<void> {
  const communityIds = [...new Set(orders.filter(({ booking }) => stopStateOf(booking) !== 'cancelled').map(({ booking }) => booking.communityId))].sort()
  for (const communityId of communityIds) {
    const here = orders.filter(({ booking }) => booking.communityId === communityId)
    for (;;) {
      const existing = (await runsOfSitting(sheet.kitchenId, sheet.onDate, sheet.sitting)).filter((run) => run.communityId === communityId)
      const next = nextRun(sheet, endsAt, { communityId, name: communityName(subdistrict, communityId) }, here, existing)
      if (next !== null) {
        await insert('deliveryRuns', next)
        continue
      }
      for (const { booking } of here) {
        const run = existing.find((candidate) => candidate.stops[booking._id] !== undefined)
        if (run !== undefined && booking.meal?.runId !== run._id) await updateIf('bookings', booking._id, { 'meal.runId': null }, { 'meal.runId': command.set(run._id), version: command.inc(1) })
      }
      break
    }
  }
}

/** The run of an order that is carried only since its sheet froze. */
async function runOfLate(booking: Booking): Promise<DeliveryRun | null> {
  if (booking.meal === null || booking.meal.runId !== null || stopStateOf(booking) !== 'todo') return null
  const sheet = await findSheet(booking.providerId, booking.onDate, booking.meal.sitting)
  if (sheet?.state !== 'frozen') return null
  const elder = (await eatersOf([booking])).get(booking.elderId)
  if (elder === undefined) return null
  await makeRuns(sheet, booking.endsAt, [{ booking, elder }], await getSubdistrict(booking.subdistrictId))
  return (await runsOfSitting(booking.providerId, booking.onDate, booking.meal.sitting)).find((run) => run.stops[booking._id] !== undefined) ?? null
}

/** Brings the stop of an order to what the order says now; again changes nothing. The booking is read after the run, so that the last word wins. */
export async function markStop(booking: Booking): Promise<void> {
  if (booking.meal === null) return
  const run = (await findRun(booking.meal.runId)) ?? (await runOfLate(booking))
  if (run === null || run.stops[booking._id] === undefined) return
  await change('deliveryRuns', run, async (current) => withStop(current, await get<Booking>('bookings', booking._id)))
}

/** Brings what is known of an elder's diet to the runs to come: withdrawn, it is gone from them (law 9). */
export async function tellRunsOfDiet(elder: Pick<Person, '_id' | 'diet'>, today: string): Promise<void> {
  const runs = await find<DeliveryRun>('deliveryRuns', { elderIds: elder._id }, null, MOST_RUNS)
  for (const run of runs) if (run.endsAt >= instantOf(today) && run.forgetAt !== null) await change('deliveryRuns', run, (current) => withDiet(current, elder._id, elder.diet?.allergens ?? []))
}

/** Empties the runs that are over. @returns how many */
export async function forgetRuns(now: number, limit: number): Promise<number> {
  const over = await find<DeliveryRun>('deliveryRuns', { forgetAt: command.gt(0).and(command.lte(now)) }, { by: 'forgetAt', direction: 'asc' }, limit)
  for (const run of over) await change('deliveryRuns', run, forgotten)
  return over.length
}
