/** Handlers of src/contract/calendar.ts. */
import type { OutputOf } from '../../src/contract'
import { holdsSeat, type Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, instantOf, MINUTE, monthAfter, weekday } from '../../src/domain/civil-time'
import type { Person } from '../../src/domain/person'
import { MOST_NIGHTS, toOnOf } from '../../src/domain/stay'
import { heldSince, startOf, type Series } from '../../src/domain/series'
import { command, find } from '../_server/cloud'
import { eldersOf, getPerson, getSubdistrict } from '../_server/people'
import { seriesOf } from '../_server/series'
import { aboutNobody, handler } from '../_server/serve'
import { actedFor, myself } from '../_server/views'

type Item = OutputOf<'calendar.month'>['items'][number]

/** Eight weeks of two meals a day and more. */
const BOOKINGS_AT_MOST = 200

const itemOf = (booking: Booking): Item => ({
  elderId: booking.elderId, kind: booking.kind, onDate: booking.onDate, startsAt: booking.startsAt, endsAt: booking.endsAt, title: booking.serviceName,
  detail: booking.meal ? booking.meal.dishName : booking.activity ? booking.activity.place : booking.worker ? `护理员 ${booking.worker.name}` : booking.providerName,
  status: booking.status, bookingId: booking._id, seriesId: booking.series?.seriesId ?? null, activityId: booking.activity ? booking.slotId : null, isPaused: false, stay: null,
})

/** A stay on each of its days, others once. */
function daysOf(booking: Booking): Item[] {
  const item = itemOf(booking)
  if (booking.kind !== 'stay') return [item]
  const toOn = toOnOf(booking)
  const days = Array.from({ length: (booking.bed?.nights.length ?? 0) + 1 }, (_, index) => addDays(booking.onDate, index))
  return days.map((onDate): Item => ({ ...item, onDate, startsAt: onDate === booking.onDate ? booking.startsAt : onDate === toOn ? booking.endsAt : instantOf(onDate), stay: onDate === booking.onDate ? 'arrives' : onDate === toOn ? 'leaves' : 'stays' }))
}

/** Sessions of a class beside its first one, which the booking itself stands for. */
const sessionsOf = (elder: Person, bookings: readonly Booking[], from: number, until: number): Item[] =>
  elder.busy.filter((time) => time.title !== undefined && time.freedAt === null && time.from >= from && time.from < until && !bookings.some((booking) => booking._id === time.bookingId && booking.startsAt === time.from)).map((time) => ({
    elderId: elder._id, kind: 'activity', onDate: civilDate(time.from), startsAt: time.from, endsAt: time.to, title: time.title ?? '', detail: '', status: 'booked', bookingId: time.bookingId, seriesId: null, activityId: time.slotId ?? null, isPaused: false, stay: null,
  }))

/** Dates of a series that are still to be booked. */
const plannedOf = (series: Series, fromOn: string, untilOn: string, now: number): Item[] =>
  series.dates.filter((date) => (date.state === 'planned' || date.state === 'booking') && date.onDate >= fromOn && date.onDate <= untilOn && startOf(date) > now).map((date) => ({
    elderId: series.elderId, kind: 'homeCare', onDate: date.onDate, startsAt: startOf(date), endsAt: startOf(date) + series.durationMinutes * MINUTE, title: series.serviceName, detail: series.providerName,
    status: null, bookingId: null, seriesId: series._id, activityId: null, isPaused: heldSince(series, date.onDate) !== null, stay: null,
  }))

export const calendarHandlers = {
  'calendar.month': handler('calendar.month', {
    load: aboutNobody,
    async run({ month }, _loaded, { actor, now, today }) {
      const first = `${month}-01`
      const last = addDays(monthAfter(month), -1)
      const fromOn = addDays(first, -((weekday(first) + 6) % 7))
      const untilOn = addDays(last, (7 - weekday(last)) % 7)
      const [me, subdistrict, acting] = await Promise.all([getPerson(actor.personId), getSubdistrict(actor.subdistrictId), eldersOf(actor.personId)])
      const seen = acting.flatMap((elder) => actedFor(elder, me._id, subdistrict, today) ?? []).filter((elder) => elder.scopes.includes('book') || elder.scopes.includes('readCare'))
      const elders = [myself(me, subdistrict), ...seen]
      // Who came before the first of these days may be there still.
      const [from, until] = [instantOf(fromOn), instantOf(addDays(untilOn, 1))]
      const range = command.gte(instantOf(addDays(fromOn, -MOST_NIGHTS))).and(command.lt(until))
      const records = [me, ...acting]
      const found = await Promise.all(elders.map(async ({ personId }) => {
        const [bookings, series] = await Promise.all([find<Booking>('bookings', { elderId: personId, startsAt: range }, { by: 'startsAt', direction: 'asc' }, BOOKINGS_AT_MOST), seriesOf(personId, fromOn)])
        const record = records.find((one) => one._id === personId)
        return [...bookings.filter((booking) => holdsSeat(booking.status)).flatMap(daysOf).filter((item) => item.onDate >= fromOn && item.onDate <= untilOn), ...(record === undefined ? [] : sessionsOf(record, bookings, from, until)), ...series.flatMap((one) => plannedOf(one, fromOn, untilOn, now))]
      }))
      return {
        month, today, fromOn, untilOn, elders: elders.map(({ personId, name, isMe, kinship }) => ({ personId, name, isMe, kinship })),
        closedDays: Object.entries(subdistrict.closedDays).filter(([onDate]) => onDate >= fromOn && onDate <= untilOn).map(([onDate, name]) => ({ onDate, name })),
        items: found.flat().sort((a, b) => a.startsAt - b.startsAt),
      }
    },
  }),
}
