/** Handlers of src/contract/activity.ts. */
import type { InputOf, OutputOf } from '../../src/contract'
import { activityState, arrive, arriveFrom, blockedForList, callOut, cancelActivity, ensureMayJoin, ensureUnderWay, isUnderWay, isUndecided, publishActivity, verifyList, type ActivitySlot } from '../../src/domain/activity'
import { mayCancel } from '../../src/domain/booking'
import { holdsSeat, type Booking } from '../../src/domain/booking-record'
import { civilDate, DAY, instantOf } from '../../src/domain/civil-time'
import { attendedBy, certify, mayCertify, minutesAttended, sessionAt, wasAt } from '../../src/domain/course'
import { CODE_WINDOW, windowOf, windowStart } from '../../src/domain/door-code'
import { DomainError, ensure } from '../../src/domain/error'
import type { Proof } from '../../src/domain/evidence'
import { isOwnCase, type Server } from '../../src/domain/own-case'
import type { Person } from '../../src/domain/person'
import { hasRole, type Actor } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { isOnOffer, positionOf, queueOf, seatsFor } from '../../src/domain/waitlist'
import { arrivalOf, entryOf, getActivity, namesOf, onList, putDown, settleNames } from '../_server/activities'
import { changeOnce, createOnce } from '../_server/aggregate'
import { countFailure, ensureMayTry } from '../_server/attempts'
import { getBooking } from '../_server/bookings'
import { command, find, read } from '../_server/cloud'
import { derivedId, doorCodeAt, newSecret } from '../_server/keys'
import { pageBy } from '../_server/pages'
import { aboutElder, byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { communitiesOf } from '../_server/residents'
import { aboutNobody, handler } from '../_server/serve'
import { serverOf } from '../_server/tasks'
import { ensureAllowedText } from '../_server/text'
import { offerOf } from '../_server/waitlist-views'

const DONE = { done: true } as const
const ROWS = 20
/** Names that the call itself settles after a verdict; the sweep settles what is left. */
const SETTLED_AT_ONCE = 40
/** Bookings of one person that begin at one moment. */
const OF_A_MOMENT = 10

type Brief = Pick<OutputOf<'activity.sheet'>, 'activityId' | 'sort' | 'title' | 'place' | 'communityName' | 'onDate' | 'startsAt' | 'endsAt' | 'seats' | 'remaining' | 'isCancelled' | 'organiserName' | 'course'>

const communityOf = (slot: ActivitySlot): string => slot.communityIds[0] ?? ''

const brief = (slot: ActivitySlot, subdistrict: Subdistrict, now: number): Brief => ({
  activityId: slot._id, sort: slot.activity.sort, title: slot.serviceName, place: slot.activity.place, communityName: communityName(subdistrict, communityOf(slot)), onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt,
  seats: slot.capacity, remaining: seatsFor(slot, false, now), isCancelled: slot.activity.cancelled !== null, organiserName: slot.activity.organiser.name,
  course: slot.activity.course === undefined ? null : { sessions: [...slot.activity.course.sessions], needed: slot.activity.course.needed, n: sessionAt(slot, now).n },
})

const attendedIn = (booking: Booking) => attendedBy(booking).map(({ n, provedAt, proof }) => ({ n, at: provedAt, proof }))

/** Where somebody stands there: on the list, among those who wait, or with a seat held for them. */
function placeOf(slot: ActivitySlot, elderId: string) {
  const seat = slot.holders[elderId]
  return { bookingId: seat === undefined || isOnOffer(seat) ? null : seat.bookingId, waiting: Object.keys(queueOf(slot).places).length, position: positionOf(slot, elderId), offer: offerOf(slot, elderId) }
}

const proofOf = (booking: Booking): Proof | null => booking.evidence.checkIn?.proof ?? null
const verdictLine = (booking: Booking) => [...booking.timeline].reverse().find((line) => line.what === 'verified' || line.what === 'rejected' || line.what === 'noShow' || line.what === 'cancelled')

/** An activity as its community's social workers, its subdistrict's admin, and its organiser find it. */
async function withActivity(activityId: string) {
  const slot = await getActivity(activityId)
  return { subject: { subdistrictId: slot.subdistrictId, communityId: communityOf(slot), named: [slot.activity.organiser.personId] }, slot, remembersIn: slot }
}

/** An elder, and an activity of their subdistrict. */
async function withElder(input: { readonly elderId: string; readonly activityId: string }) {
  const [elder, slot] = await Promise.all([getPerson(input.elderId), getActivity(input.activityId)])
  ensure(slot.subdistrictId === elder.subdistrictId, 'NOT_FOUND')
  return { subject: aboutElder(elder), elder, slot }
}

/** A name on a list, and whose it is. */
async function withName(input: { readonly bookingId: string }) {
  const booking = await getBooking(input.bookingId)
  ensure(booking.kind === 'activity', 'NOT_FOUND')
  const elder = await getPerson(booking.elderId)
  return { subject: aboutElder(elder), booking, elder, remembersIn: booking }
}

/** Whose case a list is: with family by record, and by delegations in either direction (law 3). */
async function viewerOf(actor: Actor): Promise<Server> {
  return serverOf(await getPerson(actor.personId))
}

/** The viewer with those on the list who name them as family: kinship may be recorded on one side alone. */
async function withKinOnList(viewer: Server, bookings: readonly Booking[]): Promise<Server> {
  const ids = [...new Set(bookings.map((booking) => booking.elderId))]
  const people = ids.length === 0 ? [] : await find<Person>('people', { _id: command.in(ids) }, null, ids.length, ['_id', 'kinIds', 'delegateIds'])
  const naming = people.filter((person) => [...person.kinIds, ...person.delegateIds].includes(viewer.personId)).map((person) => person._id)
  return { ...viewer, kinIds: [...new Set([...viewer.kinIds, ...naming])] }
}

/** What was typed; a class with more days is one with sessions. */
const wishOf = ({ course, ...wish }: InputOf<'activity.publish'>) => ({ ...wish, ...(course === undefined ? {} : { course }) })

const isVerifier = (actor: Actor, slot: ActivitySlot): boolean => hasRole(actor, 'admin') || communitiesOf(actor).includes(communityOf(slot))

function actsOf(slot: ActivitySlot, actor: Actor, bookings: readonly Booking[], blocked: 'OWN_CASE' | 'SECOND_PERSON' | null, now: number): OutputOf<'activity.sheet'>['acts'] {
  if (slot.activity.reviewIn === null) return []
  const isMine = slot.activity.organiser.personId === actor.personId
  const isHere = communitiesOf(actor).includes(communityOf(slot))
  const isTime = isUnderWay(slot, now)
  const hasBegun = bookings.some((booking) => booking.status !== 'booked')
  return [
    ...(isHere && slot.startsAt > now && seatsFor(slot, true, now) > 0 ? (['add'] as const) : []), ...(isMine && isTime ? (['code', 'rollCall'] as const) : []),
    ...(isVerifier(actor, slot) && blocked === null && now >= slot.endsAt ? (['verify'] as const) : []), ...(isHere && !hasBegun && slot.activity.verdicts.length === 0 ? (['cancel'] as const) : []),
  ]
}

export const activityHandlers = {
  'activity.list': handler('activity.list', {
    async load(input) {
      const elder = await getPerson(input.elderId)
      return { subject: aboutElder(elder), elder }
    },
    async run(input, { elder }, { now }) {
      const running = input.cursor !== undefined ? [] : elder.busy.filter((time) => time.title !== undefined && time.freedAt === null && time.to > now - DAY).flatMap((time) => time.slotId ?? [])
      const [subdistrict, classes, page] = await Promise.all([
        getSubdistrict(elder.subdistrictId), running.length === 0 ? [] : find<ActivitySlot>('slots', { _id: command.in([...new Set(running)]), startsAt: command.lt(now) }, { by: 'startsAt', direction: 'asc' }, ROWS), pageBy<ActivitySlot>('slots', { communityIds: elder.communityId, kind: 'activity' }, 'startsAt', 'asc', input.cursor, ROWS, { from: now }),
      ])
      return {
        items: [...classes, ...page.items].filter((slot) => slot.activity.cancelled === null).map((slot) => ({ ...brief(slot, subdistrict, now), state: activityState(slot, elder, subdistrict.closedDays, now), ...placeOf(slot, elder._id) })),
        nextCursor: page.nextCursor,
      }
    },
  }),

  'activity.show': handler('activity.show', {
    load: withElder,
    async run(_input, { elder, slot }, { actor, now }) {
      const [subdistrict, atThatTime] = await Promise.all([getSubdistrict(slot.subdistrictId), find<Booking>('bookings', { elderId: elder._id, startsAt: slot.startsAt }, null, OF_A_MOMENT)])
      const names = atThatTime.filter((booking) => booking.slotId === slot._id)
      const mine = names.find((booking) => holdsSeat(booking.status)) ?? names.find((booking) => booking.status === 'noShow' || booking.timeline.some((line) => line.what === 'cancelled' && line.by.as === 'socialWorker')) ?? null
      ensure(mine !== null || slot.communityIds.includes(elder.communityId), 'NOT_FOUND')
      const state = activityState(slot, elder, subdistrict.closedDays, now)
      const isMe = elder._id === actor.personId
      const isTime = isUnderWay(slot, now) && (mine?.status === 'booked' || (mine?.status === 'checkedIn' && slot.activity.course !== undefined && !wasAt(mine, sessionAt(slot, now).n)))
      const [earned, entryId] = [mine?.points?.earned, mine === null ? null : entryOf(mine)]
      return {
        ...brief(slot, subdistrict, now), state, ...placeOf(slot, elder._id), what: slot.activity.what, elderName: elder.name, isMe, cancelReason: slot.activity.cancelled?.reason ?? null, arriveFrom: arriveFrom(slot, now),
        mine: mine && {
          bookingId: mine._id, status: mine.status, bookedByName: mine.bookedBy.name, proof: proofOf(mine), arrivedAt: mine.evidence.checkIn?.provedAt ?? null,
          verifiedByName: mine.status === 'verified' ? (verdictLine(mine)?.by.name ?? null) : null, reason: verdictLine(mine)?.words ?? null,
          points: earned === undefined || entryId === null ? null : { earned: earned.amount, excess: earned.excess, entryId }, attended: attendedIn(mine), certificateNumber: mine.activity?.certificate?.number ?? null,
        },
        acts: [...(state === 'free' ? (['join'] as const) : []), ...(mine?.status === 'booked' && mayCancel(mine, now) ? (['leave'] as const) : []), ...(isMe && isTime ? (['checkIn'] as const) : []), ...(mine !== null && mayCertify(mine, slot.activity.course) ? (['certify'] as const) : [])],
      }
    },
  }),

  'activity.join': handler('activity.join', {
    isFoundByKey: true,
    async load(input, { request }) {
      const loaded = await withElder(input)
      const bookingId = derivedId('b', request.key)
      const before = loaded.elder.busy.some((time) => time.bookingId === bookingId) ? await read<Booking>('bookings', bookingId) : null
      return { ...loaded, bookingId, madeBefore: before && { hash: before.madeBy.hash, answer: { bookingId: before._id, number: before.number } } }
    },
    async run(_input, { elder, slot, bookingId }, { actor, now, request }, standing) {
      const { closedDays } = await getSubdistrict(slot.subdistrictId)
      const by = byOf(actor, standing, elder)
      ensureMayJoin(slot, elder, closedDays, bookingId, now, by.as === 'socialWorker')
      const booking = await putDown(slot, elder, bookingId, request, by, now)
      return { bookingId: booking._id, number: booking.number }
    },
  }),

  'activity.checkIn': handler('activity.checkIn', {
    load: withName,
    async run(input, { booking, elder }, call, standing) {
      const slot = await getActivity(booking.slotId)
      const door = `door_${booking._id}`
      await ensureMayTry(door, call.now)
      try {
        return (await changeOnce('bookings', booking, call.request, (current) => {
          ensureUnderWay(slot, call.now)
          const moment = arrivalOf(slot, input.code, input.capturedAt ?? null, call.now)
          return { next: arrive(current, slot, moment, byOf(call.actor, standing, elder)), answer: { provedAt: moment.provedAt } }
        })).answer
      } catch (error) {
        if (error instanceof DomainError && error.code === 'DOOR_CODE_WRONG') throw new DomainError('DOOR_CODE_WRONG', { left: await countFailure(door, call.now) })
        throw error
      }
    },
  }),

  'activity.certify': handler('activity.certify', {
    load: withName,
    async run(_input, { booking, elder }, call, standing) {
      const { course } = (await getActivity(booking.slotId)).activity
      return (await changeOnce('bookings', booking, call.request, (current) => {
        const next = certify(current, course, byOf(call.actor, standing, elder), call.now)
        return { next, answer: { number: next.activity?.certificate?.number ?? '' } }
      })).answer
    },
  }),

  'activity.certificate': handler('activity.certificate', {
    load: async (input) => ({ ...(await withName(input)), remembersIn: null }),
    async run(_input, { booking }) {
      const certificate = booking.activity?.certificate
      ensure(certificate !== undefined, 'NOT_FOUND')
      const [slot, subdistrict] = await Promise.all([getActivity(booking.slotId), getSubdistrict(booking.subdistrictId)])
      const { course } = slot.activity
      ensure(course !== undefined, 'NOT_FOUND')
      return {
        number: certificate.number, name: booking.elderName, title: booking.serviceName, communityName: communityName(subdistrict, booking.communityId), subdistrictName: subdistrict.name, issuedOn: civilDate(certificate.at),
        verifiedByName: booking.timeline.find((line) => line.what === 'verified')?.by.name ?? '', needed: certificate.needed, sessions: course.sessions.length, attended: attendedIn(booking), minutes: minutesAttended(booking, course),
      }
    },
  }),

  'activity.publish': handler('activity.publish', {
    isFoundByKey: true,
    async load(input, { actor, request }) {
      const before = await read<ActivitySlot>('slots', derivedId('a', request.key))
      return { subject: { subdistrictId: actor.subdistrictId, communityId: input.communityId }, madeBefore: before && { hash: before.madeBy.hash, answer: { activityId: before._id } } }
    },
    async run(input, _loaded, call, standing) {
      const { actor, now, request } = call
      await ensureAllowedText(call.openid, `${input.title}\n${input.what}\n${input.place}`)
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const made = { activityId: derivedId('a', request.key), subdistrictId: actor.subdistrictId, communityName: communityName(subdistrict, input.communityId), doorKey: newSecret(), ...request }
      return { activityId: (await createOnce<ActivitySlot>('slots', publishActivity(wishOf(input), made, byOf(actor, standing), subdistrict.closedDays, now)))._id }
    },
  }),

  'activity.cancel': handler('activity.cancel', {
    load: ({ activityId }) => withActivity(activityId),
    async run(input, { slot }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      const bookings = await namesOf(slot._id)
      const hasBegun = bookings.some((booking) => isUndecided(booking) && booking.status !== 'booked')
      const { document, answer } = await changeOnce('slots', slot, call.request, (current) => ({ next: cancelActivity(current, hasBegun, byOf(call.actor, standing), input.reason, call.now), answer: DONE }))
      await settleNames(document, bookings, call.now, SETTLED_AT_ONCE)
      return answer
    },
  }),

  'activity.board': handler('activity.board', {
    load: aboutNobody,
    async run(input, _loaded, { actor, now, today }) {
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const choices = subdistrict.communities.filter(({ communityId }) => hasRole(actor, 'admin') || communitiesOf(actor).includes(communityId))
      const ids = command.in(choices.map(({ communityId }) => communityId))
      const midnight = instantOf(today)
      const running = input.which === 'coming' && input.cursor === undefined ? find<ActivitySlot>('slots', { communityIds: ids, kind: 'activity', endsAt: command.gt(now), startsAt: command.lt(midnight) }, { by: 'endsAt', direction: 'asc' }, ROWS) : []
      const [classes, page] = await Promise.all([running, input.which === 'waiting'
        ? pageBy<ActivitySlot>('slots', { 'activity.reviewIn': ids }, 'startsAt', 'asc', input.cursor, ROWS, { below: now })
        : pageBy<ActivitySlot>('slots', { communityIds: ids, kind: 'activity' }, 'startsAt', input.which === 'coming' ? 'asc' : 'desc', input.cursor, ROWS, input.which === 'coming' ? { from: midnight } : { below: midnight })])
      return {
        // A class that has begun and meets again is still to come.
        items: [...classes, ...page.items].filter((slot) => input.which === 'coming' || slot.endsAt <= now).map((slot) => ({ ...brief(slot, subdistrict, now), isMine: slot.activity.organiser.personId === actor.personId })), nextCursor: page.nextCursor,
        communities: choices.filter(({ communityId }) => communitiesOf(actor).includes(communityId)).map(({ communityId, name }) => ({ communityId, name })),
      }
    },
  }),

  'activity.sheet': handler('activity.sheet', {
    load: async ({ activityId }) => ({ ...(await withActivity(activityId)), remembersIn: null }),
    async run(_input, { slot }, { actor, now }) {
      const [subdistrict, names, self] = await Promise.all([getSubdistrict(slot.subdistrictId), namesOf(slot._id), viewerOf(actor)])
      const bookings = names.filter((booking) => booking.status !== 'cancelled')
      const viewer = await withKinOnList(self, bookings)
      const blocked = blockedForList(slot, viewer)
      return {
        ...brief(slot, subdistrict, now), what: slot.activity.what, communityId: communityOf(slot), isMine: slot.activity.organiser.personId === actor.personId, cancelReason: slot.activity.cancelled?.reason ?? null,
        verifiedByName: slot.activity.verdicts.at(-1)?.by.name ?? null, arriveFrom: arriveFrom(slot, now), blocked: slot.activity.reviewIn === null ? null : blocked,
        people: bookings.sort((a, b) => (a.timeline[0]?.at ?? 0) - (b.timeline[0]?.at ?? 0)).map((booking) => ({
          bookingId: booking._id, name: booking.elderName, status: booking.status, bookedByName: booking.bookedBy.name, proof: proofOf(booking), arrivedAt: booking.evidence.checkIn?.provedAt ?? null,
          points: booking.points?.earned?.amount ?? null, isOwnCase: isOwnCase(booking.elderId, viewer),
          attended: attendedBy(booking).map(({ n }) => n), certificateNumber: booking.activity?.certificate?.number ?? null, mayCertify: mayCertify(booking, slot.activity.course),
        })),
        acts: actsOf(slot, actor, bookings, blocked, now),
      }
    },
  }),

  'activity.code': handler('activity.code', {
    load: async ({ activityId }) => ({ ...(await withActivity(activityId)), remembersIn: null }),
    async run(_input, { slot }, { now }) {
      ensureUnderWay(slot, now)
      const window = windowOf(now)
      ensure(window >= windowOf(arriveFrom(slot, now)), 'TOO_EARLY', { from: arriveFrom(slot, now) })
      const bookings = (await namesOf(slot._id)).filter((booking) => isUndecided(booking))
      return { code: doorCodeAt(slot.activity.doorKey, window), validUntil: windowStart(window) + CODE_WINDOW, title: slot.serviceName, arrived: bookings.filter((booking) => (slot.activity.course === undefined ? booking.status === 'checkedIn' : wasAt(booking, sessionAt(slot, now).n))).length, expected: bookings.length }
    },
  }),

  'activity.rollCall': handler('activity.rollCall', {
    async load(input) {
      const [about, booking] = await Promise.all([withActivity(input.activityId), getBooking(input.bookingId)])
      return { subject: about.subject, slot: about.slot, booking, remembersIn: booking }
    },
    async run(input, { slot, booking }, call) {
      onList([booking].filter((one) => one.slotId === slot._id), input.bookingId)
      const organiser = await withKinOnList(await viewerOf(call.actor), [booking])
      // The elder's log says who said so (law 5).
      const by = { personId: call.actor.personId, name: call.actor.name, as: 'socialWorker' as const, kinship: null, scope: null }
      return (await changeOnce('bookings', booking, call.request, (current) => ({ next: callOut(current, slot, organiser, by, call.now), answer: DONE }))).answer
    },
  }),

  'activity.verify': handler('activity.verify', {
    load: ({ activityId }) => withActivity(activityId),
    async run(input, { slot }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      const [bookings, self] = await Promise.all([namesOf(slot._id), viewerOf(call.actor)])
      const verifier = await withKinOnList(self, bookings)
      const reason = input.reason === undefined || input.reason === '' ? null : input.reason
      const { document, answer } = await changeOnce('slots', slot, call.request, (current) => verifyList(current, bookings, verifier, input.unfit ?? [], byOf(call.actor, standing), reason, call.now))
      await settleNames(document, bookings, call.now, SETTLED_AT_ONCE)
      return answer
    },
  }),
}

