/**
 * Life events in the database. What people say is one transaction of the person and the event; everything that follows is
 * brought there afterwards, one step after the other, each of which may be repeated: bookings remember under the event's id what
 * became of them, series name the event that holds them, messages have ids of their own. A crash anywhere is gone on with by
 * the clock, which looks once more in any case, at what was under way when it was said.
 */
import { isFinal, isWithin, type Span } from '../../src/domain/away'
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, instantOf } from '../../src/domain/civil-time'
import { withDailyCheck } from '../../src/domain/daily-check'
import { decide, delegationState, withoutDelegation, type DelegationRequest } from '../../src/domain/delegation'
import { potOf, purseOf, TRANSIT, type Draft, type PointsAccount } from '../../src/domain/ledger'
import { applied, lookedAt, NOT_AT_HOME, outcomeOf, overBy, replacedBy, type LifeEvent, type LifeOutcome } from '../../src/domain/life'
import { lifeMessage, stopMessage } from '../../src/domain/life-message'
import { withoutSide, type Pair } from '../../src/domain/pair'
import { withAway, type Person } from '../../src/domain/person'
import { closeByDeath } from '../../src/domain/safety-case'
import * as series from '../../src/domain/series'
import type { Task } from '../../src/domain/task'
import { cancelTask } from '../../src/domain/task'
import { holdsShiftSeat } from '../../src/domain/shift'
import { leave, queueOf } from '../../src/domain/waitlist'
import { change, changeOnce, get, save } from './aggregate'
import { byStart, settleBooking } from './bookings'
import { command, find } from './cloud'
import { closeConsultations } from './consultations'
import { endHold, findAccountOf, postOnce } from './ledger'
import { queueLife, quietenPerson } from './messages'
import { settlePair } from './pairs'
import { eldersOf, getPerson } from './people'
import { leaveNotices } from './reach-ledger'
import { liveCasesOf } from './safety'
import { seriesOf, settleSeries } from './series'
import { kitchenStaffOf } from './staff'
import { cancelShifts, shiftsOf } from './tasks'
import { changeQueue, slotsAwaitedBy } from './waitlist'

export const getEvent = (eventId: string): Promise<LifeEvent> => get<LifeEvent>('lifeEvents', eventId)

/** What followed from an event, counted. */
export interface Tally {
  /** meals given back */
  cancelled: number
  /** meals past their cut-off: the kitchen is asked, or people decide */
  left: number
  activities: number
  visits: number
  /** visits too near: a social worker decides */
  asked: number
  /** series that wait, or were ended */
  series: number
  /** places on waitlists, and seats on offer */
  places: number
  /** of coming home: dates that are booked again, and those that could not be had */
  booked: number
  missed: number
}
const nothing = (): Tally => ({ cancelled: 0, left: 0, activities: 0, visits: 0, asked: 0, series: 0, places: 0, booked: 0, missed: 0 })

/** More than anybody has ahead. */
const BOOKINGS_AT_MOST = 300
const TASKS_AT_MOST = 50
const REQUESTS_AT_MOST = 20
const PAIRS_AT_MOST = 20

/** Bookings that have not ended before these days, nor begin after them; far more than anybody has. Who came to stay earlier is among them. */
export async function bookingsWithin({ fromOn, untilOn }: Span, elderId: string, now: number): Promise<Booking[]> {
  const today = civilDate(now)
  const found = await find<Booking>('bookings', { elderId, endsAt: command.gte(instantOf(fromOn > today ? fromOn : today)) }, { by: 'endsAt', direction: 'asc' }, BOOKINGS_AT_MOST)
  return byStart(untilOn === null ? found : found.filter((booking) => booking.startsAt < instantOf(addDays(untilOn, 1))))
}

/** Counts what became of one booking. */
function count(tally: Tally, booking: Booking, outcome: LifeOutcome | null): void {
  if (outcome === null) return
  if (booking.kind === 'meal') tally[outcome === 'cancelled' ? 'cancelled' : 'left'] += 1
  else if (outcome === 'cancelled') tally[booking.kind === 'activity' ? 'activities' : 'visits'] += 1
  else if (outcome === 'asked') tally.asked += 1
}

/** Each booking on these days to where the event wants it. @returns kitchens whose meals are concerned, and whether one of them has to be asked */
async function bringBookings(event: LifeEvent, tally: Tally, now: number): Promise<ReadonlyMap<string, { readonly name: string; count: number; isLate: boolean }>> {
  const kitchens = new Map<string, { readonly name: string; count: number; isLate: boolean }>()
  const request = { key: event._id, hash: event._id }
  for (const booking of await bookingsWithin(event, event.elderId, now)) {
    let outcome = (booking.requests[event._id]?.answer as LifeOutcome | undefined) ?? null
    if (outcome === null) {
      outcome = outcomeOf(booking, event, now)
      if (outcome !== null && outcome !== 'kept') {
        const { document, answer } = await changeOnce('bookings', booking, request, (current) => {
          const wanted = outcomeOf(current, event, now) ?? 'kept'
          return { next: applied(current, event, wanted, now), answer: wanted }
        })
        outcome = answer
        await settleBooking(document, now)
      }
    } else await settleBooking(booking, now)
    count(tally, booking, outcome)
    if (booking.meal === null || outcome === null || outcome === 'kept') continue
    const kitchen = kitchens.get(booking.providerId) ?? { name: booking.providerName, count: 0, isLate: false }
    kitchens.set(booking.providerId, { ...kitchen, count: kitchen.count + 1, isLate: kitchen.isLate || outcome === 'askedKitchen' || booking.meal.orderUntil <= now })
  }
  return kitchens
}

async function bringSeries(event: LifeEvent, tally: Tally, now: number): Promise<void> {
  for (const one of await seriesOf(event.elderId, civilDate(now))) {
    const held = await change('series', one, (current) => {
      if (!isFinal(event.what)) return series.isRunning(current, now) ? series.holdSeries(current, { eventId: event._id, fromOn: event.fromOn, untilOn: event.untilOn, at: event.at, by: event.by }, now) : current
      const first = current.dates.find((date) => series.isWanted(date) && series.startOf(date) > now)
      return first === undefined ? current : series.endFrom(current, first.n, event.by, now)
    })
    if (isFinal(event.what) ? held.ended !== null : series.heldDates(held, now).length > 0 || held.dates.some((date) => date.isLeaving)) tally.series += 1
    await settleSeries(await get<series.Series>('series', one._id), now)
  }
}

/** Places on waitlists, and seats on offer, go to who is next. */
async function bringWaits(event: LifeEvent, tally: Tally, now: number): Promise<void> {
  for (const slot of await slotsAwaitedBy(event.elderId)) {
    if (!isWithin(event, slot.onDate)) continue
    await changeQueue(slot, (current) => ({ next: queueOf(current).personIds.includes(event.elderId) ? leave(current, event.elderId, now) : current, answer: null }))
    tally.places += 1
  }
}

/** Volunteers do not come to an empty home; standing help goes on afterwards, or ends. */
async function bringHelp(event: LifeEvent, now: number): Promise<void> {
  const words = isFinal(event.what) ? '不再需要' : NOT_AT_HOME
  if (isFinal(event.what)) {
    for (const pair of await find<Pair>('pairs', { elderId: event.elderId, offeredAt: command.gt(0) }, { by: 'offeredAt', direction: 'desc' }, PAIRS_AT_MOST)) {
      await settlePair(await change('pairs', pair, (current) => withoutSide(current, event.elderId, now)), now)
    }
  }
  for (const task of await find<Task>('tasks', { elderId: event.elderId, startsAt: command.gt(now) }, { by: 'startsAt', direction: 'asc' }, TASKS_AT_MOST)) {
    if (!isWithin(event, task.onDate)) continue
    const shifts = await shiftsOf(task._id)
    if (shifts.some((shift) => holdsShiftSeat(shift.status) && shift.status !== 'claimed')) continue
    await cancelShifts(task.status === 'cancelled' ? task : await change('tasks', task, (current) => (current.status === 'cancelled' ? current : cancelTask(current, false, event.by, words, now))), shifts, now)
  }
}

/** Points stand still: for who is only away they do not. */
async function freeze(event: LifeEvent, now: number): Promise<void> {
  if (event.what === 'away' || event.fromOn > civilDate(now)) return
  let account = await findAccountOf(event.elderId)
  if (account === null || event.points !== null) return
  // Nobody will show this code in a shop any more.
  if (event.what === 'died') for (const holdId of Object.keys(account.holds)) account = await endHold(account, holdId, 'cancelled', null, event.by, now)
  if (account.frozen?.eventId !== event._id) await change<PointsAccount>('pointsAccounts', await get<PointsAccount>('pointsAccounts', account._id), (current) => ({ ...current, frozen: { eventId: event._id, at: now } }))
}

/** Where the points went, as the family decided: each once, under an id of the event. */
async function payOut(event: LifeEvent, now: number): Promise<void> {
  const account = event.points === null ? null : await findAccountOf(event.elderId)
  if (event.points === null || account === null) return
  const { to, by } = event.points
  await postOnce(account, null, (current) => {
    const amount = current.balances.spendable
    const from = purseOf('spendable', current._id)
    const key = `life_${event._id}`
    const draft: Draft = to.how === 'given'
      ? { id: `giftOut_${key}`, from, to: TRANSIT, amount, kind: 'giftOut', words: '家属商定，转给家人', about: { personId: to.personId, name: to.name }, evidence: { what: 'gift', id: key }, by }
      : { id: `donatedToPot_${key}`, from, to: potOf(current.communityId), amount, kind: 'donatedToPot', words: '家属商定，捐给社区爱心池', evidence: { what: 'gift', id: key }, by }
    return { drafts: amount > 0 ? [draft] : [], answer: null }
  }, now)
}

/** For good: nobody is told, called or asked under this name any more. */
async function bringFarewell(event: LifeEvent, person: Person, now: number): Promise<void> {
  await leaveNotices(person)
  await closeConsultations(event.elderId, now)
  const by = event.confirmed?.by ?? event.by
  for (const request of await find<DelegationRequest>('delegationRequests', { elderId: event.elderId, status: 'waiting', at: command.gt(0) }, { by: 'at', direction: 'asc' }, REQUESTS_AT_MOST)) {
    await save('delegationRequests', request, decide(request, 'refused', by, now))
  }
  if (event.what !== 'died') return
  await quietenPerson(event.elderId)
  for (const safety of await liveCasesOf(event.elderId)) await change('safetyCases', safety, (current) => (current.status === 'closed' ? current : closeByDeath(current, by, now)))
  // Whom they acted for chooses anew.
  for (const elder of await eldersOf(event.elderId)) {
    await change('people', elder, (current) => {
      const given = current.delegates[event.elderId]
      return given === undefined || delegationState(given, civilDate(now)) !== 'active' ? current : withoutDelegation(current, event.elderId, by.personId, now)
    })
  }
}

/** Tells kitchens and family, once each. */
async function tell(event: LifeEvent, person: Person, kitchens: Awaited<ReturnType<typeof bringBookings>>, tally: Tally, now: number): Promise<void> {
  if (kitchens.size > 0) {
    const staff = (await kitchenStaffOf([...kitchens.keys()])).flatMap((one) => one.grants.flatMap((grant) => (grant.role === 'kitchen' && grant.providerId !== undefined && kitchens.has(grant.providerId) ? [{ personId: one.personId, kitchenId: grant.providerId }] : [])))
    const people = await peopleOf(staff.map((one) => one.personId))
    for (const { personId, kitchenId } of staff) {
      const [cook, kitchen] = [people.get(personId), kitchens.get(kitchenId)]
      if (cook !== undefined && kitchen !== undefined) await queueLife(event, `kitchen_${kitchenId}`, cook, stopMessage(event, kitchen), now)
    }
  }
  const toldIds = [...(event.what === 'died' ? [] : [person._id]), ...event.family.map((one) => one.personId)].filter((id) => id !== event.by.personId && (event.what === 'died' || id !== event.confirmed?.by.personId))
  const people = await peopleOf(toldIds)
  for (const personId of toldIds) {
    const to = people.get(personId)
    if (to !== undefined) await queueLife(event, 'told', to, lifeMessage(event, { visits: tally.visits + tally.activities, meals: tally.cancelled + tally.left, series: tally.series }), now)
  }
}

const peopleOf = async (ids: readonly string[]): Promise<ReadonlyMap<string, Person>> =>
  new Map((ids.length === 0 ? [] : await find<Person>('people', { _id: command.in([...new Set(ids)]) }, null, 100)).map((person) => [person._id, person]))

/** Everything that an event asks for while it holds. */
async function bring(event: LifeEvent, now: number): Promise<Tally> {
  const tally = nothing()
  const person = await getPerson(event.elderId)
  if (person.away?.eventId !== event._id) {
    // Another one took its place; what that one does not hold goes on.
    await change('lifeEvents', event, (current) => replacedBy(current, current.by, now, now))
    return tally
  }
  if (event.replaces !== null) await change('lifeEvents', await getEvent(event.replaces), (current) => replacedBy(current, event.by, event.at, now))
  const kitchens = await bringBookings(event, tally, now)
  await bringSeries(event, tally, now)
  await bringWaits(event, tally, now)
  await bringHelp(event, now)
  if (isFinal(event.what)) await bringFarewell(event, person, now)
  await freeze(event, now)
  await payOut(event, now)
  await tell(event, person, kitchens, tally, now)
  return tally
}

/** Home again: what waited goes on, and points can be spent. */
async function takeBack(event: LifeEvent, now: number): Promise<Tally> {
  const tally = nothing()
  for (const one of await seriesOf(event.elderId, civilDate(now))) {
    if (one.away?.eventId !== event._id) continue
    const free = await change('series', one, (current) => series.homeAgain(current, event._id, now))
    const before = new Map(free.dates.map((date) => [date.n, date.state]))
    const settled = await settleSeries(await get<series.Series>('series', one._id), now)
    tally.series += 1
    for (const date of settled.dates) {
      if (before.get(date.n) !== 'planned') continue
      if (date.state === 'booked') tally.booked += 1
      if (date.state === 'missed') tally.missed += 1
    }
  }
  const account = await findAccountOf(event.elderId)
  if (account?.frozen?.eventId === event._id) await change<PointsAccount>('pointsAccounts', account, (current) => (current.frozen?.eventId === event._id ? { ...current, frozen: null } : current))
  return tally
}

/** The days are over: the person is at home without anybody saying so. */
async function closeOver(event: LifeEvent, now: number): Promise<LifeEvent> {
  if (overBy(event, now) === event) return event
  await change('people', await getPerson(event.elderId), (current) => (current.away?.eventId === event._id ? withDailyCheck(withAway(current, null), now) : current))
  await change('lifeEvents', event, (current) => overBy(current, now))
  return getEvent(event._id)
}

/** Brings everything to where the event wants it by now. Every step may be repeated. */
export async function settleLife(loaded: LifeEvent, now: number): Promise<Tally> {
  let event = await closeOver(loaded, now)
  for (let step = 0; ; step++) {
    const tally = event.state === 'holds' ? await bring(event, now) : event.state === 'ended' ? await takeBack(event, now) : nothing()
    const { state } = event
    const after = await change('lifeEvents', event, (current) => (current.state === state ? lookedAt(current, now) : current))
    if (after.state === state || step > 1) return tally
    // Somebody said meanwhile that they are home again, or something newer.
    event = await getEvent(event._id)
  }
}

const BATCH = 50
/** Events at which the clock must look. */
export const dueEvents = (now: number): Promise<LifeEvent[]> => find<LifeEvent>('lifeEvents', { dueAt: command.gt(0).and(command.lte(now)) }, { by: 'dueAt', direction: 'asc' }, BATCH)

