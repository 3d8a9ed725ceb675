/** Handlers of src/contract/visit.ts: the door, the elder's word, the social worker's yes. */
import { notThere } from '../../src/domain/absence'
import type { OutputOf } from '../../src/contract'
import { handBack, take } from '../../src/domain/booking'
import type { Booking, By } from '../../src/domain/booking-record'
import { calledWithoutAnswer, checkIn, checkInFrom, checkOut, confirm, confirmByCall, dispute, lacking, momentAwaited, noContact, verify, type ElderSide } from '../../src/domain/visit'
import { instantOf } from '../../src/domain/civil-time'
import { CODE_WINDOW, windowOf, windowStart, windowsUpTo } from '../../src/domain/door-code'
import { DomainError, ensure } from '../../src/domain/error'
import type { Moment } from '../../src/domain/evidence'
import { isReceived } from '../../src/domain/kind'
import { ensureNotOwnCase, type Server } from '../../src/domain/own-case'
import { maskAddress, type Person } from '../../src/domain/person'
import { authorise, type Actor } from '../../src/domain/role'
import { changeOnce } from '../_server/aggregate'
import { promiseToServe, releaseServer, settleBooking } from '../_server/bookings'
import { command, find, read } from '../_server/cloud'
import { atTheDoor } from '../_server/door'
import { doorCodeAt } from '../_server/keys'
import { byOf, eldersOf, getPerson, getSubdistrict } from '../_server/people'
import { findRun } from '../_server/runs'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { doorOf, missedContactCase, safetyCaseIdOf } from '../_server/safety'
import { ensureAllowedText } from '../_server/text'
import { bookingBrief } from '../_server/views'
import { contracts } from '../../src/contract'
import type { Provider } from '../../src/domain/service-item'
import { withBooking } from './booking'

const DONE = { done: true } as const

/** A visit or a meal and its elder. A name on the list of an activity has neither door nor worker: activity.ts. */
async function withVisit(input: { readonly bookingId: string }) {
  const loaded = await withBooking(input)
  ensure(loaded.booking.kind !== 'activity', 'NOT_FOUND')
  return loaded
}

/** The same where somebody comes to the door: whoever is received by a house is checked in and out by its staff (bed.ts). */
async function withDoor(input: { readonly bookingId: string }) {
  const loaded = await withVisit(input)
  ensure(!isReceived(loaded.booking.kind), 'NOT_FOUND')
  return loaded
}

/** A worker with their close family: by record, and by delegations in either direction (law 3). */
export const serverOf = (worker: Person, actsFor: readonly Person[]): Server => ({
  personId: worker._id, name: worker.name, kinIds: [...new Set([...worker.kinIds, ...worker.delegateIds, ...actsFor.map((elder) => elder._id)])],
})

/** A moment of a visit, proved at the door. */
async function proved(
  input: { readonly code: string; readonly capturedAt?: number | undefined }, loaded: { readonly booking: Booking; readonly elder: Person }, call: Call, by: By,
  rule: (booking: Booking, moment: Moment, by: By) => Booking,
): Promise<OutputOf<'visit.checkIn'>> {
  const { answer } = await atTheDoor(input, loaded, call, (current, moment) => ({ next: rule(current, moment, by), answer: { proof: moment.proof, provedAt: moment.provedAt } }))
  return answer
}

const workItem = (booking: Booking, subdistrict: Parameters<typeof bookingBrief>[1], elder: Person | null, today: string) => ({
  ...bookingBrief(booking, subdistrict), address: maskAddress(elder?.address ?? ''), careNotes: booking.workerId === null ? null : (elder?.careNotes ?? null), isToday: booking.onDate === today,
})

/** The elder's side for law 3. */
const elderSide = (elder: Person): ElderSide => ({ personId: elder._id, kinIds: elder.kinIds, delegateIds: elder.delegateIds })

async function verifyOne(booking: Booking, elder: Person, actor: Actor, call: Call): Promise<void> {
  const standing = authorise(actor, contracts['visit.verify'].allow, { subdistrictId: elder.subdistrictId, communityId: elder.communityId }, call.today)
  const { document } = await changeOnce('bookings', booking, call.request, (current) => {
    const missing = lacking(current)
    ensure(missing.length === 0, 'EVIDENCE_INCOMPLETE', { missing })
    return { next: verify(current, elderSide(elder), 'verified', byOf(actor, standing), null, null, call.now), answer: DONE }
  })
  await settleBooking(document, call.now)
}

export const visitHandlers = {
  'visit.mine': handler('visit.mine', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const providerIds = actor.grants.flatMap((grant) => (grant.role === 'careWorker' && grant.providerId !== undefined ? [grant.providerId] : []))
      const fromMidnight = command.gte(instantOf(today))
      const [subdistrict, mine, open, providers] = await Promise.all([
        getSubdistrict(actor.subdistrictId),
        find<Booking>('bookings', { workerId: actor.personId, startsAt: fromMidnight }, { by: 'startsAt', direction: 'asc' }, 30),
        Promise.all(providerIds.map((openFor) => find<Booking>('bookings', { openFor, startsAt: fromMidnight }, { by: 'startsAt', direction: 'asc' }, 20))),
        Promise.all(providerIds.map((providerId) => read<Provider>('providers', providerId))),
      ])
      const live = mine.filter((booking) => booking.status !== 'cancelled' && booking.status !== 'noShow' && !isReceived(booking.kind))
      const all = [...live, ...open.flat()]
      const elders = new Map((await find<Person>('people', { _id: command.in([...new Set(all.map((booking) => booking.elderId))]) }, null, 60)).map((elder) => [elder._id, elder]))
      const item = (booking: Booking) => workItem(booking, subdistrict, elders.get(booking.elderId) ?? null, today)
      return {
        providerName: providers.map((provider) => provider?.name ?? '').join('、'),
        today: live.filter((booking) => booking.onDate === today).map(item), coming: live.filter((booking) => booking.onDate > today).map(item), open: open.flat().map(item),
      }
    },
  }),

  'visit.take': handler('visit.take', {
    load: withDoor,
    async run(_input, { booking, elder }, { actor, now, request }, standing) {
      const [worker, actsFor] = await Promise.all([getPerson(actor.personId), eldersOf(actor.personId)])
      const server = serverOf(worker, actsFor)
      ensure(!elder.kinIds.includes(worker._id) && !elder.delegateIds.includes(worker._id), 'OWN_CASE')
      take(booking, server, byOf(actor, standing), now)
      await promiseToServe(worker, booking, now)
      try {
        await changeOnce('bookings', booking, request, (current) => ({ next: take(current, server, byOf(actor, standing), now), answer: DONE }))
      } catch (error) {
        if (error instanceof DomainError) await releaseServer(worker._id, booking._id, now)
        throw error
      }
      return DONE
    },
  }),

  'visit.handBack': handler('visit.handBack', {
    load: withDoor,
    async run(input, { booking }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      await changeOnce('bookings', booking, call.request, (current) => ({ next: handBack(current, byOf(call.actor, standing), input.reason, call.now), answer: DONE }))
      await releaseServer(call.actor.personId, booking._id, call.now)
      return DONE
    },
  }),

  'visit.doorCode': handler('visit.doorCode', {
    load: withVisit,
    async run(_input, { booking }, { now }) {
      const forWhat = momentAwaited(booking)
      const window = windowOf(now)
      ensure(window >= windowOf(checkInFrom(booking)), 'TOO_EARLY', { from: checkInFrom(booking) })
      ensure(windowsUpTo(booking, now).includes(window), 'WRONG_STATE', { status: 'over' })
      return { code: doorCodeAt(booking.doorKey, window), validUntil: windowStart(window) + CODE_WINDOW, forWhat, workerName: booking.worker?.name ?? (await findRun(booking.meal?.runId ?? null))?.courierName ?? null }
    },
  }),

  'visit.checkIn': handler('visit.checkIn', {
    load: withDoor,
    run: (input, loaded, call, standing) => proved(input, loaded, call, byOf(call.actor, standing), checkIn),
  }),

  'visit.checkOut': handler('visit.checkOut', {
    load: withDoor,
    run: (input, loaded, call, standing) => proved(input, loaded, call, byOf(call.actor, standing), checkOut),
  }),

  'visit.vouch': handler('visit.vouch', {
    load: withDoor,
    async run(input, { booking, elder }, { actor, now, request }, standing) {
      const by = byOf(actor, standing, elder)
      if (booking.worker) ensureNotOwnCase(actor.personId, booking.worker)
      const proof = standing.relation === 'self' ? 'elderTap' : 'familyTap'
      const moment: Moment = { at: now, provedAt: now, proof, codeWindow: null, capturedAt: null }
      const { answer } = await changeOnce('bookings', booking, request, (current) => ({
        next: (input.moment === 'checkIn' ? checkIn : checkOut)(current, moment, by), answer: { proof, provedAt: now } as { proof: 'elderTap' | 'familyTap'; provedAt: number },
      }))
      return answer
    },
  }),

  'visit.noContact': handler('visit.noContact', {
    // Not remembered before it runs: which case holds it is known only after it was settled.
    load: async (input) => ({ ...(await withDoor(input)), remembersIn: null }),
    async run(input, { booking }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, input.tried)
      const { document } = await changeOnce('bookings', booking, request, (current) => ({
        next: noContact(current, byOf(actor, standing), input.tried, now), answer: { safetyCaseId: safetyCaseIdOf(current._id) },
      }))
      await settleBooking(document, now)
      // While somebody looked for the elder already, it was told in that case.
      return { safetyCaseId: await missedContactCase(document._id) }
    },
  }),

  'visit.notThere': handler('visit.notThere', {
    load: withVisit,
    async run({ words }, { booking }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, words)
      const door = await doorOf(booking)
      const { document } = await changeOnce('bookings', booking, request, (current) => ({ next: notThere(current, byOf(actor, standing), words, door, now), answer: DONE }))
      await settleBooking(document, now)
      return DONE
    },
  }),

  'visit.confirm': handler('visit.confirm', {
    load: withVisit,
    async run(input, { booking, elder }, call, standing) {
      const { actor, now, request } = call
      await ensureAllowedText(call.openid, input.words)
      const by = byOf(actor, standing, elder)
      const proof = standing.relation === 'self' ? 'elderTap' : 'familyTap'
      const words = input.words === undefined || input.words === '' ? null : input.words
      await changeOnce('bookings', booking, request, (current) => ({
        next: confirm(current, { at: now, proof, byPersonId: actor.personId, satisfaction: input.satisfaction }, by, words), answer: DONE,
      }))
      return DONE
    },
  }),

  'visit.dispute': handler('visit.dispute', {
    load: withVisit,
    async run(input, { booking, elder }, call, standing) {
      await ensureAllowedText(call.openid, input.words)
      const by = byOf(call.actor, standing, elder)
      await changeOnce('bookings', booking, call.request, (current) => ({ next: dispute(current, by, input.words, call.now), answer: DONE }))
      return DONE
    },
  }),

  'visit.callBack': handler('visit.callBack', {
    load: withVisit,
    async run(input, { booking }, { actor, now, request }, standing) {
      const by = byOf(actor, standing)
      const rule = { confirmed: confirmByCall, disputed: dispute, noAnswer: calledWithoutAnswer }[input.outcome]
      const { document } = await changeOnce('bookings', booking, request, (current) => ({ next: rule(current, by, input.words, now), answer: DONE }))
      await settleBooking(document, now)
      return DONE
    },
  }),

  'visit.verify': handler('visit.verify', {
    load: withVisit,
    async run(input, { booking, elder }, { actor, now, request }, standing) {
      const reason = input.reason === undefined || input.reason === '' ? null : input.reason
      const { document } = await changeOnce('bookings', booking, request, (current) => ({
        next: verify(current, elderSide(elder), input.outcome, byOf(actor, standing), reason, input.minutes ?? null, now), answer: DONE,
      }))
      await settleBooking(document, now)
      return DONE
    },
  }),

  'visit.verifyComplete': handler('visit.verifyComplete', {
    load: aboutNobody,
    async run(input, _loaded, call) {
      const { actor } = call
      const bookings = await find<Booking>('bookings', { _id: command.in([...new Set(input.bookingIds)]) }, null, 20)
      const elders = new Map((await find<Person>('people', { _id: command.in([...new Set(bookings.map((booking) => booking.elderId))]) }, null, 20)).map((elder) => [elder._id, elder]))
      const verified: string[] = []
      const left: { bookingId: string; code: string }[] = []
      for (const bookingId of new Set(input.bookingIds)) {
        const booking = bookings.find((candidate) => candidate._id === bookingId)
        const elder = booking && elders.get(booking.elderId)
        try {
          if (!booking || !elder) throw new DomainError('NOT_FOUND')
          await verifyOne(booking, elder, actor, call)
          verified.push(bookingId)
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
          left.push({ bookingId, code: error.code })
        }
      }
      return { verified, left }
    },
  }),
}
