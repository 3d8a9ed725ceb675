/**
 * A delivery run 送餐单: the stops of one courier for one sitting, in walking order. Who carries it is one field of one
 * document, so handing it on never loses a stop. The bookings hold what happened; a stop repeats it for the page.
 */
import { holdsSeat, type Booking } from './booking-record'
import { HOUR } from './civil-time'
import type { Allergen } from './diet'
import { EARLY, LATE } from './door-code'
import { ensure } from './error'
import type { KitchenSheet } from './kitchen'
import type { Sitting } from './meal'
import { isOwnCase, type Server } from './own-case'
import type { Person, RequestLog } from './person'

export type StopState = 'todo' | 'handedOver' | 'delivered' | 'noContact' | 'cancelled'

export interface RunStop {
  readonly bookingId: string
  readonly number: string
  readonly elderId: string
  readonly elderName: string
  readonly livesAlone: boolean
  /** whole, for the door; removed when the run is over (law 9) */
  readonly address: string | null
  readonly dishName: string
  readonly portions: number
  /** what the elder must not eat, with the elder's consent */
  readonly avoid: readonly Allergen[]
  readonly note: string | null
  /** to be paid at the door; 0: on the month's bill */
  readonly payFen: number
  /** 1, 2, 3 … in walking order */
  readonly order: number
  readonly state: StopState
  readonly at: number | null
}

export interface DeliveryRun {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly communityName: string
  readonly kitchenId: string
  readonly kitchenName: string
  readonly onDate: string
  readonly sitting: Sitting
  readonly startsAt: number
  readonly endsAt: number
  readonly courierId: string | null
  readonly courierName: string | null
  /** close family of the courier, as recorded when the run was taken (law 3) */
  readonly courierKinIds: readonly string[]
  /** the kitchen whose couriers may take it; null once taken */
  readonly openFor: string | null
  readonly startedAt: number | null
  /** everybody who carried it, in turn: proof of a code from that time still counts */
  readonly carriers: readonly { readonly personId: string; readonly name: string; readonly from: number; readonly until: number | null }[]
  readonly stops: Readonly<Record<string, RunStop>>
  /** ids of the elders in `stops`, as an index needs them */
  readonly elderIds: readonly string[]
  /** when its addresses are to be removed; null: they are */
  readonly forgetAt: number | null
  readonly requests: RequestLog
}

/** Building, unit and room of an address as numbers, so that 2 幢 comes before 12 幢. */
function placeOf(address: string): { readonly estate: string; readonly numbers: readonly number[] } {
  const first = address.search(/\d/u)
  return { estate: first < 0 ? address : address.slice(0, first).trim(), numbers: [...address.matchAll(/\d+/gu)].map((match) => Number(match[0])) }
}

/** Walking order: estate by estate, building by building, up the stairs once. */
export function inWalkingOrder<T extends { readonly address: string | null }>(stops: readonly T[]): readonly T[] {
  return [...stops].sort((a, b) => {
    const [one, other] = [placeOf(a.address ?? ''), placeOf(b.address ?? '')]
    if (one.estate !== other.estate) return one.estate < other.estate ? -1 : 1
    const longest = Math.max(one.numbers.length, other.numbers.length)
    for (let index = 0; index < longest; index++) {
      const difference = (one.numbers[index] ?? 0) - (other.numbers[index] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  })
}

/** Stops of one run at most: what one person carries warm. 示例 policy. */
export const STOPS_OF_A_RUN = 15

/** The addresses of a run are kept this long after its sitting, ms. */
const ADDRESSES_KEPT = 6 * HOUR

/** True if this person carries the run, or carried it when the proof was made (a queue sends late). */
export const mayMark = (run: DeliveryRun, personId: string, provedAt: number): boolean =>
  run.carriers.some((carrier) => carrier.personId === personId && (carrier.until === null || (provedAt >= carrier.from && provedAt <= carrier.until)))

/** Who carries it now, for law 3; null while nobody does. */
export const carrierOf = (run: DeliveryRun): Server | null => (run.courierId === null ? null : { personId: run.courierId, name: run.courierName ?? '', kinIds: run.courierKinIds })

/** @throws WRONG_STATE for a run whose time is over */
const ensureNotOver = (run: DeliveryRun, now: number): void => ensure(now <= run.endsAt + LATE, 'WRONG_STATE', { status: 'over' })

/** @throws OWN_CASE {bookingId} for who would carry to themself or to close family */
function ensureNobodysKin(run: DeliveryRun, server: Server): void {
  const own = Object.values(run.stops).find((stop) => stop.state !== 'cancelled' && isOwnCase(stop.elderId, server))
  ensure(own === undefined, 'OWN_CASE', own === undefined ? {} : { bookingId: own.bookingId })
}

const carriedBy = (run: DeliveryRun, server: Server, now: number): DeliveryRun => ({
  ...run, courierId: server.personId, courierName: server.name, courierKinIds: server.kinIds, openFor: null, startedAt: null,
  carriers: [...run.carriers.map((carrier) => (carrier.until === null ? { ...carrier, until: now } : carrier)), { personId: server.personId, name: server.name, from: now, until: null }],
})

/** Taken by a courier of the kitchen; of two at once one gets it. @throws ALREADY_TAKEN, WRONG_STATE, OWN_CASE {bookingId} */
export function takeRun(run: DeliveryRun, server: Server, now: number): DeliveryRun {
  ensure(run.courierId === null, 'ALREADY_TAKEN')
  ensureNotOver(run, now)
  ensureNobodysKin(run, server)
  return carriedBy(run, server, now)
}

/** Given to somebody, whoever had it: what is done stays done, and the doors are masked until the new courier starts. @throws WRONG_STATE, OWN_CASE {bookingId} */
export function giveRun(run: DeliveryRun, server: Server, now: number): DeliveryRun {
  ensureNotOver(run, now)
  ensureNobodysKin(run, server)
  return run.courierId === server.personId ? run : carriedBy(run, server, now)
}

/** When a courier may leave with it: from when an elder's code counts, no meal is warm at a door before. */
export const startsFrom = (run: Pick<DeliveryRun, 'startsAt'>): number => run.startsAt - EARLY

/** On the way: from now on the doors stand whole on the page. Again changes nothing. @throws WRONG_STATE, TOO_EARLY {from} */
export function startRun(run: DeliveryRun, now: number): DeliveryRun {
  ensureNotOver(run, now)
  if (run.startedAt !== null) return run
  ensure(now >= startsFrom(run), 'TOO_EARLY', { from: startsFrom(run) })
  return { ...run, startedAt: now }
}

/** What the booking says of its stop. */
export function stopStateOf(booking: Booking): StopState {
  if (!holdsSeat(booking.status) || booking.meal?.way !== 'delivery') return 'cancelled'
  switch (booking.status) {
    case 'handedOver':
    case 'disputed':
      return 'handedOver'
    case 'delivered':
    case 'verified':
    case 'partly':
      return 'delivered'
    case 'noContact':
    case 'rejected':
      return 'noContact'
    default:
      return 'todo'
  }
}

/** A stop as its booking stands now. */
const stopOf = (booking: Booking, elder: Pick<Person, 'name' | 'livesAlone' | 'address' | 'diet'>, order: number): RunStop => ({
  bookingId: booking._id, number: booking.number, elderId: booking.elderId, elderName: elder.name, livesAlone: elder.livesAlone, address: elder.address,
  dishName: booking.meal?.dishName ?? '', portions: booking.meal?.portions ?? 0, avoid: elder.diet?.allergens ?? [], note: booking.note,
  payFen: booking.meal?.payment.how === 'atSite' ? booking.meal.quote.payFen : 0, order, state: stopStateOf(booking), at: null,
})

/** The run with one stop as its booking stands; the same run when nothing about it changed. */
export function withStop(run: DeliveryRun, booking: Booking): DeliveryRun {
  const stop = run.stops[booking._id]
  if (stop === undefined || booking.meal === null) return run
  const state = stopStateOf(booking)
  const isSame = stop.state === state && stop.dishName === booking.meal.dishName && stop.portions === booking.meal.portions
  if (isSame) return run
  const at = state === stop.state ? stop.at : (booking.timeline.at(-1)?.at ?? null)
  const payFen = booking.meal.payment.how === 'atSite' ? booking.meal.quote.payFen : 0
  return { ...run, stops: { ...run.stops, [booking._id]: { ...stop, state, at, dishName: booking.meal.dishName, portions: booking.meal.portions, payFen } } }
}

/** A run without what only the delivery needed: doors, notes and what must not be eaten. */
export const forgotten = (run: DeliveryRun): DeliveryRun => ({
  ...run, forgetAt: null, stops: Object.fromEntries(Object.entries(run.stops).map(([bookingId, stop]) => [bookingId, { ...stop, address: null, note: null, avoid: [] }])),
})

/** A run in which this elder's stops tell nothing about them any more. */
export const withoutElder = (run: DeliveryRun, elderId: string): DeliveryRun => ({
  ...run, stops: Object.fromEntries(Object.entries(run.stops).map(([bookingId, stop]) => [bookingId, stop.elderId === elderId ? { ...stop, address: null, note: null, avoid: [], livesAlone: false } : stop])),
})

/** A run that says what this elder must not eat, as they have it kept now; with nothing kept, nothing (law 9). */
export const withDiet = (run: DeliveryRun, elderId: string, avoid: readonly Allergen[]): DeliveryRun => ({
  ...run, stops: Object.fromEntries(Object.entries(run.stops).map(([bookingId, stop]) => [bookingId, stop.elderId === elderId ? { ...stop, avoid } : stop])),
})

/** An order that somebody must carry, with who gets it. */
export interface ToCarry {
  readonly booking: Booking
  readonly elder: Pick<Person, 'name' | 'livesAlone' | 'address' | 'diet'>
}

/**
 * The next run of one community: the first stops in walking order of what no run carries yet; null when all is carried.
 * @param existing runs of this sitting and community, numbered from 1; what they carry stays where it is
 */
export function nextRun(sheet: KitchenSheet, endsAt: number, community: { readonly communityId: string; readonly name: string }, orders: readonly ToCarry[], existing: readonly DeliveryRun[]): DeliveryRun | null {
  const carried = new Set(existing.flatMap((run) => Object.keys(run.stops)))
  const left = orders.filter(({ booking }) => stopStateOf(booking) !== 'cancelled' && !carried.has(booking._id)).sort((a, b) => (a.booking._id < b.booking._id ? -1 : 1))
  if (left.length === 0) return null
  // Evenly full runs: sixteen stops are two times eight, not fifteen and one.
  const size = Math.ceil(left.length / Math.ceil(left.length / STOPS_OF_A_RUN))
  const walked = inWalkingOrder(left.map((order) => ({ ...order, address: order.elder.address }))).slice(0, size)
  const stops = walked.map(({ booking, elder }, index) => stopOf(booking, elder, index + 1))
  return {
    _id: `${sheet._id}_${community.communityId}_${existing.length + 1}`, version: 1, subdistrictId: sheet.subdistrictId, communityId: community.communityId, communityName: community.name,
    kitchenId: sheet.kitchenId, kitchenName: sheet.kitchenName, onDate: sheet.onDate, sitting: sheet.sitting, startsAt: sheet.startsAt, endsAt,
    courierId: null, courierName: null, courierKinIds: [], openFor: sheet.kitchenId, startedAt: null, carriers: [],
    stops: Object.fromEntries(stops.map((stop) => [stop.bookingId, stop])), elderIds: [...new Set(stops.map((stop) => stop.elderId))], forgetAt: endsAt + ADDRESSES_KEPT, requests: {},
  }
}
