/** Activities as tests need them: published straight into the store at any time of theirs, with names on the list. */
import { arrive, asStated, publishActivity, verifyList, type ActivitySlot } from '../../src/domain/activity'
import { book } from '../../src/domain/booking'
import type { Booking, By } from '../../src/domain/booking-record'
import { civilDate, DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import { certify } from '../../src/domain/course'
import { closedDays, type World } from './world'

let made = 0

export const asSocial = (personId: string, name = '李静'): By => ({ personId, name, as: 'socialWorker', kinship: null, scope: null })

/** `coming`: in some weeks, at an hour of its own, on no holiday; `now`: began ten minutes ago; `over`: ended ten minutes ago. */
export function activityOf(when: 'coming' | 'now' | 'over', now: number, organiserId: string, seats = 5): ActivitySlot {
  made += 1
  const inWeeks = now + 24 * 24 * HOUR + made * 3 * HOUR
  const startsAt = when === 'coming' ? inWeeks + (closedDays[civilDate(inWeeks)] === undefined ? 0 : 24 * HOUR) : when === 'now' ? now - 10 * MINUTE : now - 70 * MINUTE
  const wish = { sort: 'activity' as const, title: '八段锦', what: '一起练', place: '社区大厅', communityId: 'huaguang', onDate: '2020-01-02', startMinute: 540, endMinute: 600, seats }
  const slot = publishActivity(wish, { activityId: `act${made}`, subdistrictId: 'dongliu', communityName: '华光城', doorKey: 'k', key: `act${made}`, hash: 'h' }, asSocial(organiserId), {}, 0)
  return { ...slot, onDate: civilDate(startsAt), startsAt, endsAt: startsAt + HOUR, orderUntil: startsAt }
}

/** A name on a list. `came`: typed the code. */
export function nameOn(slot: ActivitySlot, person: { readonly _id: string; readonly name: string; readonly communityId?: string }, how: 'booked' | 'came'): Booking {
  const bookingId = `name${++made}`
  const by: By = { personId: person._id, name: person.name, as: 'elder', kinship: null, scope: null }
  const booked = book(slot, { communityId: 'huaguang', ...person }, { bookingId, key: bookingId, hash: 'h', doorKey: 'd', note: null }, by, 1)
  return how === 'booked' ? booked : arrive(booked, slot, { at: slot.startsAt, provedAt: slot.startsAt, proof: 'doorCode', codeWindow: null, capturedAt: null }, by)
}

/** The slot with its names. */
export const listed = (slot: ActivitySlot, bookings: readonly Booking[]): ActivitySlot =>
  ({ ...slot, remaining: slot.capacity - bookings.length, holders: Object.fromEntries(bookings.map((booking) => [booking.elderId, { bookingId: booking._id, at: 1 }])) })

/** An activity in the store, with the elder of the story on its list if `how` says so. */
export async function anActivity(world: World, when: 'coming' | 'now' | 'over', organiserId: string, how: 'booked' | 'came' | null = null): Promise<{ readonly activityId: string; readonly bookingId: string }> {
  const slot = activityOf(when, (await world.emulator.clock()).now, organiserId)
  const names = how === null ? [] : [nameOn(slot, { _id: 'mother', name: '王秀珍' }, how)]
  await world.emulator.insert('slots', [listed(slot, names)])
  if (names.length > 0) await world.emulator.insert('bookings', [...names])
  return { activityId: slot._id, bookingId: names[0]?._id ?? '' }
}

/** A class of three sessions on three days, two of which are needed. `now`: the second one is on; `over`: the last has ended. */
export function classOf(when: 'coming' | 'now' | 'over', now: number, organiserId: string, seats = 5): ActivitySlot {
  const slot = activityOf(when, now, organiserId, seats)
  const first = when === 'coming' ? slot.startsAt : slot.startsAt - (when === 'now' ? 1 : 2) * DAY
  const sessions = [0, 1, 2].map((day) => ({ startsAt: first + day * DAY, endsAt: first + day * DAY + HOUR }))
  return { ...slot, serviceName: '家庭照护培训', onDate: civilDate(first), startsAt: first, orderUntil: first, endsAt: first + 2 * DAY + HOUR, activity: { ...slot.activity, sort: 'class', course: { sessions, needed: 2 } } }
}

/** A name that was at these sessions of a class, each by its code. */
export const nameAt = (slot: ActivitySlot, person: { readonly _id: string; readonly name: string; readonly communityId?: string }, sessions: readonly number[]): Booking =>
  sessions.reduce((name, n) => {
    const at = (slot.activity.course?.sessions[n - 1]?.startsAt ?? 0) + MINUTE
    return arrive(name, slot, { at, provedAt: at, proof: 'doorCode', codeWindow: null, capturedAt: null }, name.bookedBy)
  }, nameOn(slot, person, 'booked'))

/** The list as somebody else verified it, and its names. */
export function verifiedBy(slot: ActivitySlot, names: readonly Booking[], verifierId: string, now: number): { readonly slot: ActivitySlot; readonly names: readonly Booking[] } {
  const { next } = verifyList(slot, names, { personId: verifierId, name: '赵倩', kinIds: [] }, [], asSocial(verifierId, '赵倩'), null, now)
  return { slot: next, names: names.map((name) => asStated(name, next, now)) }
}

/** A class that is over and verified, with the elder of the story on its list, who was at these sessions. @returns the booking */
export async function aFinishedClass(world: World, sessions: readonly number[], isCertified = false): Promise<string> {
  const { now } = await world.emulator.clock()
  const over = classOf('over', now, 'social')
  const { slot, names } = verifiedBy(over, [nameAt(over, { _id: 'mother', name: '王秀珍' }, sessions)], 'second', now)
  await world.emulator.insert('slots', [listed(slot, names)])
  await world.emulator.insert('bookings', [...(isCertified ? names.map((name) => certify(name, slot.activity.course, name.bookedBy, now)) : names)])
  return names[0]?._id ?? ''
}
