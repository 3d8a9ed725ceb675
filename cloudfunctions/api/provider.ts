/** Handlers of src/contract/provider.ts: the week of a provider, and who is given what. */
import { actsOf } from '../../src/domain/booking-acts'
import { isGivenUp, type Booking } from '../../src/domain/booking-record'
import { addDays } from '../../src/domain/civil-time'
import { DomainError, ensure } from '../../src/domain/error'
import { assign } from '../../src/domain/menu-order'
import type { Provider } from '../../src/domain/service-item'
import type { Slot } from '../../src/domain/slot'
import { changeOnce } from '../_server/aggregate'
import { byStart, promiseToServe, releaseServer } from '../_server/bookings'
import { command, find } from '../_server/cloud'
import { colleaguesOf, providersOfWorker } from '../_server/menu'
import { eldersOf, getPerson, getSubdistrict } from '../_server/people'
import { aboutNobody, handler } from '../_server/serve'
import { bookingBrief } from '../_server/views'
import { withBooking } from './booking'
import { serverOf } from './visit'

const DONE = { done: true } as const
const DAYS = 7
/** What a week of one provider may hold. */
const ROWS_AT_MOST = 1000

export const providerHandlers = {
  'provider.week': handler('provider.week', {
    load: aboutNobody,
    async run({ fromOn: asked }, _loaded, { actor, now, today }) {
      const fromOn = asked ?? today
      const ids = providersOfWorker(actor)
      const range = command.gte(fromOn).and(command.lt(addDays(fromOn, DAYS)))
      const [subdistrict, providers, colleagues, ...found] = await Promise.all([
        getSubdistrict(actor.subdistrictId), ids.length === 0 ? [] : find<Provider>('providers', { _id: command.in(ids) }, null, 20), colleaguesOf(ids),
        ...ids.map((providerId) => Promise.all([
          find<Booking>('bookings', { providerId, onDate: range }, { by: 'onDate', direction: 'asc' }, ROWS_AT_MOST),
          find<Slot>('slots', { providerId, onDate: range }, { by: 'onDate', direction: 'asc' }, ROWS_AT_MOST, ['onDate', 'capacity', 'remaining', 'isOpen', 'startsAt', 'kind', 'orderUntil']),
        ])),
      ])
      const bookings = byStart(found.flatMap(([of]) => of).filter((booking) => !isGivenUp(booking)))
      const slots = found.flatMap(([, of]) => of).filter((slot) => slot.isOpen)
      const nameOf = (providerId: string): string => providers.find((one) => one._id === providerId)?.name ?? ''
      const item = (booking: Booking) => ({
        ...bookingBrief(booking, subdistrict), isUnassigned: booking.status === 'booked' && (booking.kind === 'homeCare' || booking.kind === 'menu') && booking.endsAt > now,
        mayAssign: actsOf(booking, { role: 'careWorker', relation: 'provider' }, actor.personId, now).includes('assign'),
      })
      return {
        providerName: providers.map((one) => one.name).join('、'), today, fromOn, colleagues: colleagues.map(({ personId, name, providerId }) => ({ personId, name, providerName: nameOf(providerId) })),
        days: Array.from({ length: DAYS }, (_, index) => addDays(fromOn, index)).map((onDate) => {
          const ofDay = slots.filter((slot) => slot.onDate === onDate)
          // What can still be had: an hour that is over is no open place.
          const open = ofDay.filter((slot) => slot.startsAt > now && (slot.kind !== 'menu' || slot.orderUntil > now))
          return { onDate, closedName: subdistrict.closedDays[onDate] ?? null, open: open.reduce((sum, slot) => sum + slot.remaining, 0), places: ofDay.reduce((sum, slot) => sum + slot.capacity, 0), items: bookings.filter((booking) => booking.onDate === onDate).map(item) }
        }),
        isPartial: found.some(([of, places]) => of.length === ROWS_AT_MOST || places.length === ROWS_AT_MOST),
      }
    },
  }),

  'visit.assign': handler('visit.assign', {
    load: withBooking,
    async run({ workerId }, { booking, elder }, { actor, now, request }) {
      ensure((await colleaguesOf([booking.providerId])).some((one) => one.personId === workerId), 'NO_MATCH')
      const [worker, actsFor] = await Promise.all([getPerson(workerId), eldersOf(workerId)])
      const server = serverOf(worker, actsFor)
      ensure(!elder.kinIds.includes(worker._id) && !elder.delegateIds.includes(worker._id), 'OWN_CASE')
      assign(booking, server, actor.name, now)
      await promiseToServe(worker, booking, now)
      try {
        await changeOnce('bookings', booking, request, (current) => {
          ensure(current.providerId === booking.providerId, 'WRONG_STATE', { status: 'over' })
          return { next: assign(current, server, actor.name, now), answer: DONE }
        })
      } catch (error) {
        if (error instanceof DomainError) await releaseServer(worker._id, booking._id, now)
        throw error
      }
      return DONE
    },
  }),
}
