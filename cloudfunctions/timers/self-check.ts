/** 此刻都成立吗: every law over the whole database, read in pages by id, and the result kept for people to see. */
import { activityCaseHolds, isActivity } from '../../src/domain/activity'
import { isUnderWay, slotIdsOf, type Booking } from '../../src/domain/booking-record'
import { civilDate } from '../../src/domain/civil-time'
import type { DeliveryRun } from '../../src/domain/delivery-run'
import { isReceived } from '../../src/domain/kind'
import { sittingId, type KitchenSheet } from '../../src/domain/kitchen'
import * as check from '../../src/domain/laws'
import type { Message } from '../../src/domain/message'
import type { Notice } from '../../src/domain/notice'
import type { PointsEntry } from '../../src/domain/ledger'
import type { Person } from '../../src/domain/person'
import { projectCreditHolds, type Project } from '../../src/domain/project'
import type { SafetyCase } from '../../src/domain/safety-case'
import { seriesHolds, type Series } from '../../src/domain/series'
import type { Subdistrict } from '../../src/domain/service-item'
import { isDone, seatsHold, shiftCreditHolds, shiftsApart, type Shift } from '../../src/domain/shift'
import type { Slot } from '../../src/domain/slot'
import { taskHolds, type Task } from '../../src/domain/task'
import { command, find, put } from '../_server/cloud'
import { eachPage } from '../_server/pages'
import { checkReach } from '../_server/reach-check'
import { checkSurveys } from '../_server/survey-check'
import { checkLedgers } from './check-ledger'

const SHOWN = 20
/** Lines that one query fetches by their keys. */
const AT_ONCE = 200

async function everyOf<T extends { readonly _id: string }>(collection: string): Promise<T[]> {
  const all: T[] = []
  await eachPage<T>(collection, {}, undefined, (page) => { all.push(...page) })
  return all
}

/** The lines under these natural keys; a credit stands among the entries before its work says so. */
async function creditsOf(ids: readonly string[]): Promise<ReadonlyMap<string, PointsEntry>> {
  const credits = new Map<string, PointsEntry>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    for (const entry of await find<PointsEntry>('pointsEntries', { _id: command.in(ids.slice(from, from + AT_ONCE)) }, null, AT_ONCE)) credits.set(entry._id, entry)
  }
  return credits
}

const groupBy = <T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

/** A stay stands in each of its nights. */
function groupBySlot(bookings: readonly Booking[]): Map<string, Booking[]> {
  const groups = new Map<string, Booking[]>()
  for (const booking of bookings) for (const slotId of slotIdsOf(booking)) groups.set(slotId, [...(groups.get(slotId) ?? []), booking])
  return groups
}

export async function selfCheck(now: number): Promise<{ readonly at: number; readonly laws: readonly check.LawCheck[] }> {
  // Sheets and runs first: what they name is there already. Slots before bookings: a seat is taken before its booking is written, so a booking seen without its seat is a fault.
  const sheets = await everyOf<KitchenSheet>('kitchenSheets')
  const runs = await everyOf<DeliveryRun>('deliveryRuns')
  const slots = await everyOf<Slot>('slots')
  const bookings = await everyOf<Booking>('bookings')
  const people = await everyOf<Person>('people')
  const cases = await everyOf<SafetyCase>('safetyCases')
  const messages = await everyOf<Message>('messages')
  const events = await everyOf<{ readonly _id: string; readonly bookingId: string }>('serviceEvents')
  const subdistricts = await everyOf<Subdistrict>('subdistricts')
  // Tasks before shifts as slots before bookings; lines after the work that they pay.
  const tasks = await everyOf<Task>('tasks')
  const shifts = await everyOf<Shift>('shifts')
  const projects = await everyOf<Project>('projects')
  const notices = await everyOf<Notice>('notices')
  // A date names its booking before it is made: series after bookings.
  const series = await everyOf<Series>('series')
  const doneShifts = shifts.filter(isDone)
  const doneProjects = projects.filter((project) => project.status === 'verified')
  const attended = bookings.filter((booking) => booking.kind === 'activity')
  const credits = await creditsOf([...attended.map((booking) => `activity_${booking._id}`), ...doneShifts.map((shift) => `shift_${shift._id}`), ...doneProjects.map((project) => `project_${project._id}`)])

  const bySlot = groupBySlot(check.live(bookings))
  const byElder = groupBy(check.live(bookings), (booking) => booking.elderId)
  const byWorker = groupBy(bookings.filter((booking) => booking.workerId !== null && isUnderWay(booking) && !isReceived(booking.kind)), (booking) => booking.workerId ?? '')
  const mealsOfElder = groupBy(bookings.filter((booking) => booking.kind === 'meal'), (booking) => booking.elderId)
  const ofSitting = groupBy(bookings.filter((booking) => booking.meal !== null), (booking) => sittingId(booking.providerId, civilDate(booking.startsAt), booking.meal?.sitting ?? 'lunch'))
  const policiesOf = new Map(subdistricts.map((subdistrict) => [subdistrict._id, subdistrict.mealPolicies]))
  const runById = new Map(runs.map((run) => [run._id, run]))
  const liveMatters = groupBy(cases.filter((safety) => safety.status !== 'closed'), check.caseMatter)
  const young = check.youngBookings(slots, bookings, now)
  const caseIds = new Set(cases.flatMap((safety) => [safety.bookingId, ...safety.also]))
  const eventsOf = groupBy(events, (event) => event.bookingId)
  const byId = new Map(bookings.map((booking) => [booking._id, booking]))

  const over = <T extends { readonly _id: string }>(law: check.Law, items: readonly T[], holds: (item: T) => boolean): check.LawCheck => {
    const broken = items.filter((item) => !holds(item)).map((item) => item._id)
    return { law: check.laws[law], holds: broken.length === 0, checked: items.length, broken: broken.slice(0, SHOWN) }
  }
  const both = (first: check.LawCheck, second: check.LawCheck): check.LawCheck => ({
    law: first.law, holds: first.holds && second.holds, checked: first.checked + second.checked, broken: [...first.broken, ...second.broken].slice(0, SHOWN),
  })

  const ofSeries = groupBy(check.live(bookings).filter((booking) => booking.series !== undefined), (booking) => booking.series?.seriesId ?? '')
  const seriesIds = new Set(series.map((one) => one._id))
  const shiftsOfTask = groupBy(shifts, (shift) => shift.taskId)
  const shiftsOfVolunteer = groupBy(shifts, (shift) => shift.volunteerId)
  const result = {
    at: now,
    laws: [
      both(over('capacity', slots, (slot) => check.capacityHolds(slot, bySlot.get(slot._id) ?? [], now, young)), over('capacity', tasks, (task) => taskHolds(task) && seatsHold(task, shiftsOfTask.get(task._id) ?? [], now))),
      over('waitlist', slots, (slot) => check.waitlistHolds(slot, now)),
      over('onePlace', people, (person) => check.onePlaceHolds(person, byElder.get(person._id) ?? [], now, young)),
      both(
        over('series', series, (one) => seriesHolds(one, ofSeries.get(one._id) ?? [], (bookingId) => young.has(bookingId), now)),
        // Somebody who is gone took their series along; what is still to come has its own.
        over('series', [...ofSeries].map(([seriesId, of]) => ({ _id: seriesId, of })), ({ _id, of }) => seriesIds.has(_id) || of.every((booking) => booking.startsAt <= now || young.has(booking._id))),
      ),
      both(
        over('oneDoor', [...byWorker].map(([workerId, visits]) => ({ _id: workerId, visits })), (worker) => check.oneDoorHolds(worker.visits)),
        over('oneDoor', [...shiftsOfVolunteer].map(([volunteerId, theirs]) => ({ _id: volunteerId, theirs })), (volunteer) => shiftsApart(volunteer.theirs)),
      ),
      both(
        over('oneSource', events, (event) => {
          const status = byId.get(event.bookingId)?.status ?? ''
          return (event._id === `visitVerified_${event.bookingId}` && ['verified', 'partly'].includes(status)) || event._id === `mealDelivered_${event.bookingId}`
        }),
        over('oneSource', bookings, (booking) => !['verified', 'partly', 'delivered'].includes(booking.status) || (eventsOf.get(booking._id)?.length ?? 0) === 1 || (booking.unsettledAt ?? 0) > now - check.GRACE),
      ),
      both(over('credited', attended, (booking) => check.attendanceHolds(booking, credits.get(`activity_${booking._id}`), now)), both(
        over('credited', doneShifts, (shift) => shiftCreditHolds(shift, credits.get(`shift_${shift._id}`), now)),
        over('credited', doneProjects, (project) => projectCreditHolds(project, credits.get(`project_${project._id}`), now)),
      )),
      both(over('ownCase', bookings, check.ownCaseHolds), over('ownCase', slots.filter(isActivity), (slot) => activityCaseHolds(slot, bySlot.get(slot._id) ?? []))),
      both(over('safety', bookings, (booking) => check.safetyHolds(booking, caseIds.has(booking._id), now)), over('safety', cases, check.closingHolds)),
      over('onBehalf', bookings, check.onBehalfHolds),
      over('reach', messages, check.reachHolds),
      await checkReach(notices, people, now),
      await checkSurveys(notices),
      over('serverClock', bookings, check.serverClockHolds),
      over('once', bookings, check.onceHolds),
      both(over('leastData', people, check.leastDataHolds), over('leastData', runs, check.runForgets)),
      over('evidence', bookings, check.evidenceHolds),
      over('subsidy', people, (person) => check.subsidyHolds(person, mealsOfElder.get(person._id) ?? [], policiesOf.get(person.subdistrictId) ?? [], young, now)),
      both(
        over('sheet', sheets, (sheet) => check.sheetHolds(sheet, ofSitting.get(sheet._id) ?? [], (runId) => runById.get(runId), young, now)),
        over('sheet', runs, (run) => check.runHolds(run, (bookingId) => byId.get(bookingId), now)),
      ),
      both(over('ladder', cases, check.ladderHolds), over('ladder', [...liveMatters].map(([matter, live]) => ({ _id: matter, live })), (matter) => matter.live.length === 1)),
      ...(await checkLedgers(now)),
    ],
  }
  await put('selfChecks', 'latest', result)
  return result
}
