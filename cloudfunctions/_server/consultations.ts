/** Consultations in the database: where they belong, what their plans became, and what the clock brings about. */
import { consultTelling, type ConsultTo } from '../../src/domain/consult-message'
import { closeByLife, follow, isItemOld, isOfItem, itemBooked, itemNotBooked, lookAt, plannedAt, told, type Consultation, type PlanItem } from '../../src/domain/consultation'
import { isGivenUp, type Booking } from '../../src/domain/booking-record'
import { hasOwnPage } from '../../src/domain/consult-terms'
import { gridAt, gridKeyOf } from '../../src/domain/grid'
import type { Person } from '../../src/domain/person'
import { coversGrid, type Actor, type Subject } from '../../src/domain/role'
import type { Series } from '../../src/domain/series'
import type { Subdistrict } from '../../src/domain/service-item'
import { civilDate } from '../../src/domain/civil-time'
import { delegationState } from '../../src/domain/delegation'
import { change, get } from './aggregate'
import { command, find, read } from './cloud'
import { derivedId } from './keys'
import { queueConsult } from './messages'
import { aboutElder, findPerson, getPerson, getSubdistrict } from './people'
import { consultantsOf, verifyingStaffOf, type Staff } from './staff'

export const getConsultation = (consultationId: string): Promise<Consultation> => get<Consultation>('consultations', consultationId)

/** Far more than anybody asks. */
const OF_AN_ELDER = 100
export const consultationsOf = (elderId: string): Promise<Consultation[]> => find<Consultation>('consultations', { elderId }, { by: 'askedAt', direction: 'desc' }, OF_AN_ELDER)

/** In whose hands it is, for authorisation. */
export const aboutConsultation = (one: Consultation, elder: Person): Subject => ({
  ...aboutElder(elder), ...(one.grid === null || one.communityId !== elder.communityId ? {} : { grid: one.grid }), named: one.consultant === null ? [] : [one.consultant.personId],
})

/** The key of the grid in which somebody lives; null: nobody knows. */
export function gridKeyFor(subdistrict: Subdistrict, elder: Pick<Person, 'communityId' | 'address'>): string | null {
  const grid = gridAt(subdistrict.communities.find((community) => community.communityId === elder.communityId), elder.address)
  return grid === undefined ? null : gridKeyOf(elder.communityId, grid.name)
}

const isFor = (staff: Pick<Staff, 'grants'>, communityId: string, grid: string | null): boolean =>
  staff.grants.some((grant) => grant.role === 'careConsultant' && coversGrid(grant, { communityId, ...(grid === null ? {} : { grid }) }))

/** Where somebody's questions go: their grid, and whether a consultant is there who is not their own family. */
export function placeFor(subdistrict: Subdistrict, elder: Person, consultants: readonly Staff[]) {
  const grid = gridKeyFor(subdistrict, elder)
  const isOwn = (staff: Staff): boolean => staff.personId === elder._id || elder.kinIds.includes(staff.personId) || elder.delegates[staff.personId] !== undefined
  return {
    communityId: elder.communityId, grid, hasConsultant: consultants.some((staff) => isFor(staff, elder.communityId, grid) && !isOwn(staff)), closedDays: subdistrict.closedDays,
    covers: (personId: string): boolean => consultants.some((staff) => staff.personId === personId && isFor(staff, elder.communityId, grid)),
  }
}

/** The communities in which a consultant has anything, and whether one place is theirs. */
export function consultantPlaces(actor: Actor): { readonly communityIds: readonly string[]; readonly covers: (one: Pick<Consultation, 'communityId' | 'grid'>) => boolean } {
  const grants = actor.grants.filter((grant) => grant.role === 'careConsultant')
  return {
    communityIds: [...new Set(grants.flatMap((grant) => [...(grant.communityIds ?? []), ...(grant.grids ?? []).map((key) => key.split('/')[0] ?? '')]))],
    covers: ({ communityId, grid }) => isFor({ grants }, communityId, grid),
  }
}

/** Somebody lives elsewhere: what is open goes with them. Again changes nothing. */
export async function followElder(elderId: string, now: number): Promise<void> {
  const all = await consultationsOf(elderId)
  if (all.length === 0) return
  const elder = await getPerson(elderId)
  const [subdistrict, consultants] = await Promise.all([getSubdistrict(elder.subdistrictId), consultantsOf(elder.subdistrictId)])
  const place = placeFor(subdistrict, elder, consultants)
  for (const one of all) await change('consultations', one, (current) => follow(current, place, now))
}

/** Who died or moved out of the subdistrict. Again changes nothing. */
export async function closeConsultations(elderId: string, now: number): Promise<void> {
  for (const one of await consultationsOf(elderId)) await change('consultations', one, (current) => closeByLife(current, now))
}

/** Under which an item is booked: each turn anew, so that a tap that comes twice makes one booking. */
export const itemRequest = (consultationId: string, item: Pick<PlanItem, 'n' | 'turn' | 'choice'>) =>
  ({ key: derivedId('k', consultationId, String(item.n), String(item.turn)), hash: derivedId('h', JSON.stringify(item.choice)) })

/** What a turn of an item was booked as, wherever its call was cut short; null: nothing. */
async function bookedAs(consultationId: string, item: PlanItem): Promise<PlanItem['booked']> {
  const { key } = itemRequest(consultationId, item)
  if (item.choice?.how === 'series') {
    const series = await read<Series>('series', derivedId('w', key))
    return series && { seriesId: series._id }
  }
  const booking = await read<Booking>('bookings', derivedId('b', key))
  return booking && { bookingId: booking._id }
}

/** Items whose call was cut short: booked as what it made, or open again. */
async function settleItems(one: Consultation, now: number): Promise<Consultation> {
  let current = one
  for (const item of one.plan?.items.filter((candidate) => isItemOld(candidate, now)) ?? []) {
    const booked = await bookedAs(one._id, item)
    current = await change('consultations', await getConsultation(one._id), (loaded) => (booked === null ? itemNotBooked(loaded, item.n, item.turn, now) : itemBooked(loaded, item.n, item.turn, booked, now)))
  }
  return current === one ? one : getConsultation(one._id)
}

/** Bookings that the items of a plan became, by item. */
export async function bookingsOfPlan(items: readonly PlanItem[]): Promise<ReadonlyMap<number, readonly Booking[]>> {
  const seriesIds = items.flatMap((item) => (item.booked !== null && 'seriesId' in item.booked ? [item.booked.seriesId] : []))
  const series = seriesIds.length === 0 ? [] : await find<Series>('series', { _id: command.in(seriesIds) }, null, seriesIds.length)
  const idsOf = ({ booked }: PlanItem): readonly string[] =>
    booked === null ? [] : 'bookingId' in booked ? [booked.bookingId] : (series.find((one) => one._id === booked.seriesId)?.dates ?? []).flatMap((date) => date.bookingId ?? [])
  const ids = items.flatMap(idsOf)
  const bookings = ids.length === 0 ? [] : await find<Booking>('bookings', { _id: command.in(ids) }, null, ids.length)
  return new Map(items.map((item) => [item.n, bookings.filter((booking) => idsOf(item).includes(booking._id))]))
}

/** Far more than an elder orders between a plan and its review. */
const ORDERS_LOOKED_AT = 100

/** For items that lead to a page of their own: what was ordered since the plan stands and could be it, the next one, else the last that is over; what another item stands for is none. */
export async function ordersFor(one: Consultation, items: readonly PlanItem[], now: number): Promise<ReadonlyMap<number, Booking>> {
  const asking = items.filter((item) => hasOwnPage(item.what))
  if (asking.length === 0) return new Map()
  const bookings = await find<Booking>('bookings', { elderId: one.elderId, endsAt: command.gt(plannedAt(one)), kind: command.in([...new Set(asking.map((item) => item.what))]) }, { by: 'endsAt', direction: 'asc' }, ORDERS_LOOKED_AT)
  const taken = new Set((one.plan?.items ?? []).flatMap((item) => (item.booked !== null && 'bookingId' in item.booked ? [item.booked.bookingId] : [])))
  return new Map(asking.flatMap((item): (readonly [number, Booking])[] => {
    const own = bookings.filter((booking) => !taken.has(booking._id) && isOfItem(one, item, booking))
    const order = own.find((booking) => booking.endsAt > now) ?? own.at(-1)
    return order === undefined ? [] : [[item.n, order]]
  }))
}

/** Whether a single booking that an item became was given up. */
export async function isFreeAgain(item: PlanItem): Promise<boolean> {
  if (item.booked === null || 'seriesId' in item.booked) return false
  const booking = await read<Booking>('bookings', item.booked.bookingId)
  return booking === null || isGivenUp(booking)
}

const BATCH = 100
export const dueConsultations = (now: number): Promise<Consultation[]> => find<Consultation>('consultations', { dueAt: command.gt(0).and(command.lte(now)) }, { by: 'dueAt', direction: 'asc' }, BATCH)

/** Everything that the clock brings about in one of them, in steps that may be repeated: first what is, then who hears of it. */
export async function settleConsultation(loaded: Consultation, now: number): Promise<void> {
  const elder = await findPerson(loaded.elderId)
  if (elder === null || elder.mergedInto !== null) return
  const [subdistrict, consultants] = await Promise.all([getSubdistrict(elder.subdistrictId), consultantsOf(elder.subdistrictId)])
  const place = placeFor(subdistrict, elder, consultants)
  const settled = await settleItems(loaded, now)
  const hasHad = (one: Consultation): boolean => one.consultant === null || consultants.some((staff) => staff.personId === one.consultant?.personId)
  await change('consultations', settled, (current) => lookAt(elder.standing === 'left' ? closeByLife(current, now) : follow(current, place, now), { away: elder.away, closedDays: subdistrict.closedDays, isStaffed: hasHad(current) }, now))
  const one = await getConsultation(loaded._id)
  for (const [index, line] of one.timeline.entries()) {
    const telling = index < one.toldLines ? null : consultTelling(line, one)
    for (const to of telling?.to ?? []) {
      for (const person of await peopleFor(to, one, elder, consultants, now)) {
        if (telling !== null && person._id !== line.by.personId) await queueConsult(one, `${index}_${line.what}_${to}`, person, telling.words(to), now)
      }
    }
  }
  await change('consultations', one, (current) => told(current, Math.max(current.toldLines, one.timeline.length), now))
}

async function peopleFor(to: ConsultTo, one: Consultation, elder: Person, consultants: readonly Staff[], now: number): Promise<readonly Pick<Person, '_id' | 'name' | 'accountId'>[]> {
  if (to === 'elderSide') {
    if (elder.standing === 'left') return []
    const familyIds = Object.values(elder.delegates).filter((given) => delegationState(given, civilDate(now)) === 'active' && given.scopes.includes('book')).map((given) => given.personId)
    return [elder, ...(await peopleOf(familyIds))]
  }
  if (to === 'consultant') return peopleOf(one.consultant === null ? [] : [one.consultant.personId])
  if (to === 'grid') return peopleOf(consultants.filter((staff) => isFor(staff, one.communityId, one.grid)).map((staff) => staff.personId))
  if (to === 'pool') return peopleOf(consultants.map((staff) => staff.personId))
  const staff = await verifyingStaffOf(one.subdistrictId)
  const social = staff.filter(({ grants }) => grants.some((grant) => grant.role === 'socialWorker' && grant.communityIds?.includes(one.communityId) === true))
  // Where a community has no social worker, the subdistrict looks after it.
  return peopleOf((social.length > 0 ? social : staff).map(({ personId }) => personId))
}

const peopleOf = async (ids: readonly string[]): Promise<Person[]> => (ids.length === 0 ? [] : find<Person>('people', { _id: command.in(ids) }, null, OF_AN_ELDER))
