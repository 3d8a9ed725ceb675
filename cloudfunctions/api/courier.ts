/** Handlers of src/contract/courier.ts: today's runs, who carries them, and what happens at each door. */
import type { OutputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { carrierOf, giveRun, mayMark, startRun, startsFrom, takeRun, type DeliveryRun, type RunStop } from '../../src/domain/delivery-run'
import { DomainError, ensure } from '../../src/domain/error'
import type { Moment } from '../../src/domain/evidence'
import { handOver, noAnswer } from '../../src/domain/meal-door'
import type { Server } from '../../src/domain/own-case'
import { maskAddress } from '../../src/domain/person'
import { changeOnce } from '../_server/aggregate'
import { auditOf, entryAbout } from '../_server/audits'
import { getBooking, settleBooking } from '../_server/bookings'
import { command, find, insert } from '../_server/cloud'
import { atTheDoor } from '../_server/door'
import { derivedId } from '../_server/keys'
import { couriersOf } from '../_server/kitchens'
import { byOf, getPerson } from '../_server/people'
import { findRun, serverOf } from '../_server/runs'
import { missedContactCase, safetyCaseIdOf } from '../_server/safety'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { courierOf, withRun } from './kitchen'

const DONE = { done: true } as const
const MOST_RUNS = 20

type RunView = OutputOf<'courier.today'>['mine'][number]

/** A stop for who carries it; before the run has begun the door is masked, and who does not carry it sees no more than the way. */
const stopView = (stop: RunStop, isMine: boolean, isStarted: boolean): RunView['stops'][number] => ({
  bookingId: stop.bookingId, number: stop.number, elderName: stop.elderName, livesAlone: isMine && stop.livesAlone, address: isMine && isStarted ? (stop.address ?? '') : maskAddress(stop.address ?? ''),
  dishName: stop.dishName, portions: stop.portions, avoid: isMine ? [...stop.avoid] : [], note: isMine ? stop.note : null, payFen: stop.payFen, order: stop.order, state: stop.state, at: stop.at,
})

const runView = (run: DeliveryRun, isMine: boolean): RunView => ({
  runId: run._id, kitchenName: run.kitchenName, communityName: run.communityName, onDate: run.onDate, sitting: run.sitting, startsAt: run.startsAt, endsAt: run.endsAt, startsFrom: startsFrom(run), startedAt: run.startedAt,
  courierName: run.courierName, stops: Object.values(run.stops).sort((a, b) => a.order - b.order).map((stop) => stopView(stop, isMine, run.startedAt !== null)),
})

const inTurn = (a: DeliveryRun, b: DeliveryRun): number => a.startsAt - b.startsAt || (a._id < b._id ? -1 : 1)

/** An order on a run, with the run: the right to it comes from the run. @throws NOT_FOUND for what nobody carries */
async function withStop(input: { readonly bookingId: string }) {
  const booking = await getBooking(input.bookingId)
  const [run, elder] = await Promise.all([findRun(booking.meal?.runId ?? null), getPerson(booking.elderId)])
  if (run === null || run.stops[booking._id] === undefined) throw new DomainError('NOT_FOUND')
  return { subject: { subdistrictId: booking.subdistrictId, providerId: run.kitchenId, visit: { providerId: run.kitchenId, workerId: run.courierId } }, remembersIn: booking, booking, elder, run }
}

/** Who stands at the door, for law 3; close family is known of the one who carries it now. */
function atDoor(run: DeliveryRun, { actor }: Call): Server {
  const carrier = carrierOf(run)
  return carrier?.personId === actor.personId ? carrier : { personId: actor.personId, name: actor.name, kinIds: [] }
}

const handedOver = (next: Booking, moment: Moment): OutputOf<'courier.handOver'> => ({ status: next.status === 'delivered' ? 'delivered' : 'handedOver', proof: moment.proof })

export const courierHandlers = {
  'courier.today': handler('courier.today', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const kitchenIds = [...new Set(actor.grants.flatMap((grant) => (grant.role === 'courier' && grant.providerId !== undefined ? [grant.providerId] : [])))]
      const [mine, open, colleagues] = await Promise.all([
        find<DeliveryRun>('deliveryRuns', { courierId: actor.personId, onDate: today }, null, MOST_RUNS),
        find<DeliveryRun>('deliveryRuns', { openFor: command.in(kitchenIds), onDate: today }, null, MOST_RUNS),
        Promise.all(kitchenIds.map(couriersOf)),
      ])
      const others = new Map(colleagues.flat().filter((colleague) => colleague.personId !== actor.personId).map((colleague) => [colleague.personId, colleague]))
      return { mine: mine.sort(inTurn).map((run) => runView(run, true)), open: open.sort(inTurn).map((run) => runView(run, false)), colleagues: [...others.values()] }
    },
  }),

  'courier.takeRun': handler('courier.takeRun', {
    load: withRun,
    async run(_input, { run }, { actor, now, request }) {
      const server = await serverOf(actor.personId)
      await changeOnce('deliveryRuns', run, request, (current) => ({ next: takeRun(current, server, now), answer: DONE }))
      return DONE
    },
  }),

  'courier.startRun': handler('courier.startRun', {
    load: withRun,
    async run(_input, { run }, { actor, now, request }, standing) {
      startRun(run, now)
      // The log before the door (law 9); one entry an elder and courier, however often it is started.
      for (const stop of Object.values(run.stops)) {
        if (stop.state === 'cancelled') continue
        const about = { _id: stop.elderId, name: stop.elderName, subdistrictId: run.subdistrictId }
        const entry = entryAbout(about, 'unmaskedAddress', byOf(actor, standing), now, { purpose: 'delivery', bookingId: stop.bookingId })
        await insert('audits', { ...auditOf(entry, request, DONE), _id: derivedId('u', run._id, stop.bookingId, actor.personId) })
      }
      await changeOnce('deliveryRuns', run, request, (current) => {
        ensure(current.courierId === actor.personId, 'NOT_FOUND')
        return { next: startRun(current, now), answer: DONE }
      })
      return DONE
    },
  }),

  'courier.handRun': handler('courier.handRun', {
    load: withRun,
    async run(input, { run }, { actor, now, request }) {
      const server = await courierOf(run, input.courierId)
      await changeOnce('deliveryRuns', run, request, (current) => {
        // Handed on or given to another meanwhile: it is no longer mine to give.
        ensure(current.courierId === actor.personId, 'NOT_FOUND')
        return { next: giveRun(current, server, now), answer: DONE }
      })
      return DONE
    },
  }),

  'courier.handOver': handler('courier.handOver', {
    load: withStop,
    async run(input, { booking, elder, run }, call, standing) {
      const { actor, now, request } = call
      const by = byOf(actor, standing)
      const { code, capturedAt } = input
      // Before a guess is counted: whoever never carried it cannot close the door to those who do.
      ensure(run.carriers.some((carrier) => carrier.personId === actor.personId), 'NOT_FOUND')
      const decide = (current: Booking, moment: Moment) => {
        const next = handOver(current, moment, by, atDoor(run, call))
        return { next, answer: handedOver(next, moment) }
      }
      if (code === undefined) {
        ensure(run.courierId === actor.personId, 'NOT_FOUND')
        const moment: Moment = { at: now, provedAt: now, proof: 'courierWord', codeWindow: null, capturedAt: capturedAt ?? null }
        const { document, answer } = await changeOnce('bookings', booking, request, (current) => decide(current, moment))
        await settleBooking(document, now)
        return answer
      }
      const { document, answer } = await atTheDoor({ code, capturedAt }, { booking, elder }, call, (current, moment) => {
        ensure(mayMark(run, actor.personId, moment.provedAt), 'NOT_FOUND')
        return decide(current, moment)
      })
      await settleBooking(document, now)
      return answer
    },
  }),

  'courier.noAnswer': handler('courier.noAnswer', {
    // Not remembered before it runs: which case holds it is known only after it was settled.
    load: async (input) => ({ ...(await withStop(input)), remembersIn: null }),
    async run(input, { booking, run }, call, standing) {
      await ensureAllowedText(call.openid, input.tried)
      const { document } = await changeOnce('bookings', booking, call.request, (current) => ({
        next: noAnswer(current, byOf(call.actor, standing), atDoor(run, call), input.tried, call.now), answer: { safetyCaseId: safetyCaseIdOf(current._id) },
      }))
      await settleBooking(document, call.now)
      // While somebody looked for the elder already, it was told in that case.
      return { safetyCaseId: await missedContactCase(document._id) }
    },
  }),
}
