/** Activities as tests need them: published straight into the store at any time of theirs, with names on the list. */
import { arrive, publishActivity, type ActivitySlot } from '../../src/domain/activity'
import { book } from '../../src/domain/booking'
import type { Booking, By } from '../../src/domain/booking-record'
import { civilDate, HOUR, MINUTE } from '../../src/domain/civil-time'
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
