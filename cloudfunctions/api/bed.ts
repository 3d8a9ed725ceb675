/** Handlers of src/contract/bed.ts: stays by the night, and the board of the house. */
import type { OutputOf } from '../../src/contract'
import { MEMORY_TRAINING, needsTrained, subsidyOf, type BedTerms } from '../../src/domain/bed-terms'
import { isGivenUp, type Booking, type By } from '../../src/domain/booking-record'
import { clash, whereaboutsOf } from '../../src/domain/busy'
import { addDays, civilDate, DAY, instantOf } from '../../src/domain/civil-time'
import { DomainError, ensure } from '../../src/domain/error'
import type { Moment } from '../../src/domain/evidence'
import { beyondLimitOf, ensureWithinLimit } from '../../src/domain/fair'
import { isReceived } from '../../src/domain/kind'
import type { Server } from '../../src/domain/own-case'
import type { Person } from '../../src/domain/person'
import type { Actor } from '../../src/domain/role'
import { bedOn, priceOn, type ServiceItem } from '../../src/domain/service-item'
import { heldIn, isStaffed, NIGHTS_AHEAD, type Slot } from '../../src/domain/slot'
import { arrive, arrivesOn, bookStay, depart, ensureNights, extendStay, freeBeds, leaveEarly, MOST_NIGHTS, nightsOf, nightsToAdd, placeInBeds, timeOfStay, toOnOf, withOnShift, type Lying } from '../../src/domain/stay'
import { isOnOffer, seatsFor } from '../../src/domain/waitlist'
import { answeredBefore, changeOnce, createOnce, remembered } from '../_server/aggregate'
import { leaveEntry } from '../_server/audits'
import { freeTime, getSlot, settleBooking, takeTime } from '../_server/bookings'
import { command, find, read, updateIf } from '../_server/cloud'
import { atTheDoor } from '../_server/door'
import { derivedId, newSecret } from '../_server/keys'
import { aboutElder, byOf, communityName, eldersOf, getPerson, getServiceItem, getSubdistrict } from '../_server/people'
import { claimKey, releaseKey } from '../_server/receipts'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { giveBed, giveNightsBack, loadNights, seatedAs, settleExtension, takeNights } from '../_server/stays'
import { ensureAllowedText } from '../_server/text'
import { withBooking } from './booking'
import { serverOf } from './visit'

const DONE = { done: true } as const
const DAYS_SHOWN = 14
/** Far more than any house has beds in two weeks, three times over. */
const GUESTS_AT_MOST = 1000
const SHIFT_ATTEMPTS = 12

type NightView = OutputOf<'stay.show'>['nights'][number]
type Guest = OutputOf<'bed.board'>['guests'][number]

const termsOf = (item: ServiceItem): BedTerms => {
  if (!isReceived(item.kind) || item.bed === undefined) throw new DomainError('NOT_FOUND')
  return item.bed
}

function nightState(slot: Slot, elder: Person, isDesk: boolean, now: number): NightView['state'] {
  const seat = slot.holders[elder._id]
  if (seat !== undefined && !isOnOffer(seat)) return 'mine'
  if (slot.startsAt <= now) return 'past'
  if (!slot.isOpen) return 'closed'
  if (!isStaffed(slot)) return 'unstaffed'
  if (clash(elder.busy, slot.startsAt, slot.endsAt, undefined, whereaboutsOf('stay'))) return 'clash'
  return seatsFor(slot, isDesk, now) > 0 ? 'free' : 'full'
}

const made = (booking: Booking) => ({ bookingId: booking._id, number: booking.number })

/** Who receives, with their family; nobody receives their own (law 3). */
async function receiving(actor: Actor, elder: Person): Promise<Server> {
  const [worker, actsFor] = await Promise.all([getPerson(actor.personId), eldersOf(actor.personId)])
  ensure(!elder.kinIds.includes(worker._id) && !elder.delegateIds.includes(worker._id), 'OWN_CASE')
  return serverOf(worker, actsFor)
}

/** A booking of a house, as its staff meet it. */
async function withGuest(input: { readonly bookingId: string }) {
  const loaded = await withBooking(input)
  ensure(isReceived(loaded.booking.kind), 'NOT_FOUND')
  return { ...loaded, subject: { subdistrictId: loaded.booking.subdistrictId, providerId: loaded.booking.providerId } }
}

/** A moment at the house: by the code that the elder or family shows, or by the word of whoever stands there. */
async function proved(input: { readonly code?: string | undefined }, loaded: { readonly booking: Booking; readonly elder: Person }, call: Call, rule: (booking: Booking, moment: Moment) => Booking): Promise<Booking> {
  const { code } = input
  if (code !== undefined) return (await atTheDoor({ code }, loaded, call, (current, moment) => ({ next: rule(current, moment), answer: DONE }))).document
  const moment: Moment = { at: call.now, provedAt: call.now, proof: 'rollCall', codeWindow: null, capturedAt: null }
  return (await changeOnce('bookings', loaded.booking, call.request, (current) => ({ next: rule(current, moment), answer: DONE }))).document
}

const isTrainedFor = (actor: Actor, providerId: string): boolean => actor.grants.some((grant) => grant.role === 'careWorker' && grant.providerId === providerId && grant.skills?.includes(MEMORY_TRAINING) === true)

/** Bookings that hold a seat in these slots. */
async function guestsOf(slots: readonly Slot[]): Promise<Booking[]> {
  const ids = [...new Set(slots.flatMap((slot) => Object.values(slot.holders).filter((seat) => !isOnOffer(seat)).map((seat) => seat.bookingId)))].slice(0, GUESTS_AT_MOST)
  const found: Booking[] = []
  for (let index = 0; index < ids.length; index += 100) found.push(...(await find<Booking>('bookings', { _id: command.in(ids.slice(index, index + 100)) }, null, 100)))
  return found.filter((booking) => !isGivenUp(booking)).sort((a, b) => a.startsAt - b.startsAt)
}

const lying = (booking: Booking): Lying => ({ bookingId: booking._id, fromOn: booking.onDate, toOn: toOnOf(booking), bedNo: booking.status === 'checkedIn' ? (booking.bed?.bedNo ?? null) : null })

export const bedHandlers = {
  'stay.show': handler('stay.show', {
    async load(input) {
      const elder = await getPerson(input.elderId)
      return { subject: aboutElder(elder), elder }
    },
    async run(input, { elder }, { now, today }, standing) {
      const isDesk = standing.role === 'socialWorker'
      const range = command.gte(instantOf(today)).and(command.lt(instantOf(addDays(today, NIGHTS_AHEAD))))
      const [item, subdistrict, slots] = await Promise.all([
        getServiceItem(input.serviceItemId), getSubdistrict(elder.subdistrictId), find<Slot>('slots', { serviceItemId: input.serviceItemId, startsAt: range }, { by: 'startsAt', direction: 'asc' }, 100),
      ])
      const terms = termsOf(item)
      ensure(item.kind === 'stay' && item.subdistrictId === elder.subdistrictId && item.communityIds.includes(elder.communityId), 'NOT_FOUND')
      const states = slots.map((slot) => nightState(slot, elder, isDesk, now))
      const closed = Object.entries(subdistrict.closedDays)
      return {
        elder: { personId: elder._id, name: elder.name, communityName: communityName(subdistrict, elder.communityId) }, isVerified: elder.standing === 'verified', mostNights: MOST_NIGHTS,
        reasons: [...subsidyOf(bedOn(item, today) ?? terms, priceOn(item, today).priceFen, today, elder).reasons],
        service: {
          serviceItemId: item._id, name: item.name, kind: item.kind, icon: item.icon, summary: item.summary, providerName: item.providerName, priceFen: priceOn(item, today).priceFen, durationMinutes: item.durationMinutes,
          walkingMinutes: item.walkingMinutes[elder.communityId] ?? null, nextFreeAt: slots[states.indexOf('free')]?.startsAt ?? null, details: item.details, cancelHours: item.cancelHours, sort: terms.sort, bring: [...terms.bring],
        },
        nights: slots.map((slot, index) => ({
          slotId: slot._id, onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt, capacity: slot.capacity, remaining: seatsFor(slot, isDesk, now), state: states[index] ?? 'closed', holidayName: closed.find(([day]) => day === slot.onDate)?.[1] ?? null,
          priceFen: slot.priceFen, subsidyFen: subsidyOf(slot.bed ?? terms, slot.priceFen, slot.onDate, elder).subsidyFen, forResidents: isDesk ? seatsFor(slot, false, now) : null,
        })),
      }
    },
  }),

  'stay.book': handler('stay.book', {
    isFoundByKey: true,
    async load(input, call) {
      const elder = await getPerson(input.elderId)
      const bookingId = derivedId('b', call.request.key)
      // The elder's own document remembers for 30 days what took effect, also what was cancelled since.
      const before = elder.busy.some((time) => time.bookingId === bookingId) ? await read<Booking>('bookings', bookingId) : null
      return { subject: aboutElder(elder), elder, bookingId, madeBefore: before && { hash: before.madeBy.hash, answer: made(before) } }
    },
    async run(input, { elder, bookingId }, { actor, now, openid, request }, standing) {
      const slots = await loadNights(input.serviceItemId, nightsOf(input.fromOn, input.toOn))
      const [first] = slots
      ensure(first?.subdistrictId === elder.subdistrictId, 'NOT_FOUND')
      const by = byOf(actor, standing, elder)
      const seated = seatedAs(elder, by.as === 'socialWorker')
      ensureNights(slots, { ...seated, ...elder }, bookingId, now)
      const beyondLimit = beyondLimitOf(by, input.beyondLimit)
      if (beyondLimit === null) ensureWithinLimit(elder.busy, first, bookingId)
      await ensureAllowedText(openid, [input.note, beyondLimit].filter(Boolean).join('\n'))
      await takeNights(slots, seated, bookingId, request.key, now)
      let isTimed = false
      try {
        await takeTime(elder, [timeOfStay(slots, bookingId, now)], now, beyondLimit === null ? first : undefined)
        isTimed = true
        const note = input.note === undefined || input.note === '' ? null : input.note
        const booking = await createOnce('bookings', bookStay(slots, elder, { bookingId, ...request, doorKey: newSecret(), note, beyondLimit }, by, now))
        if (beyondLimit !== null) await leaveEntry(elder, 'limitExceeded', by, { now, request }, beyondLimit)
        return made(booking)
      } catch (error) {
        if (error instanceof DomainError) {
          // The key was used for another stay: what this call took is given back.
          if (isTimed) await freeTime(elder._id, bookingId, now)
          await giveNightsBack(slots, elder._id, bookingId, request.key)
        }
        throw error
      }
    },
  }),

  'stay.extend': handler('stay.extend', {
    // The booking remembers the answer; the key is taken before, so that it is recognised for another booking, too.
    isFoundByKey: true,
    load: withBooking,
    async run(input, { booking, elder }, { actor, now, request }, standing) {
      const by = byOf(actor, standing, elder)
      const seated = seatedAs(elder, by.as === 'socialWorker')
      const slots = await loadNights(booking.serviceItemId, nightsToAdd(booking, input.toOn, now))
      ensureNights(slots, { ...seated, ...elder }, booking._id, now)
      const isFirst = await claimKey(request, now)
      try {
        return await extended({ booking, elder, slots }, { request, by, isDesk: seated.isDesk === true, now })
      } catch (error) {
        if (isFirst && error instanceof DomainError) await releaseKey(request)
        throw error
      }
    },
  }),

  'stay.leaveEarly': handler('stay.leaveEarly', {
    load: withBooking,
    async run(input, { booking, elder }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, input.reason)
      const by = byOf(actor, standing, elder)
      const reason = input.reason === undefined || input.reason === '' ? null : input.reason
      const { document } = await changeOnce('bookings', booking, request, (current) => ({ next: leaveEarly(current, input.toOn, by, reason, now), answer: DONE }))
      await settleBooking(document, now)
      return DONE
    },
  }),

  'bed.services': handler('bed.services', {
    load: aboutNobody,
    async run(_input, _loaded, { actor }, standing) {
      const mine = actor.grants.flatMap((grant) => (grant.role === 'careWorker' ? (grant.providerId ?? []) : []))
      const items = await find<ServiceItem>('serviceItems', { subdistrictId: actor.subdistrictId }, { by: 'order', direction: 'asc' }, 200)
      return {
        services: items.flatMap((item) => (item.bed === undefined || (standing.role === 'careWorker' && !mine.includes(item.providerId)) ? [] : [{ serviceItemId: item._id, name: item.name, providerName: item.providerName, sort: item.bed.sort, kind: item.kind }])),
      }
    },
  }),

  'bed.board': handler('bed.board', {
    async load(input) {
      const item = await getServiceItem(input.serviceItemId)
      return { subject: { subdistrictId: item.subdistrictId, providerId: item.providerId }, item }
    },
    async run(input, { item }, { actor, now, today }, standing) {
      const terms = termsOf(item)
      const fromOn = input.fromOn === undefined || input.fromOn < today ? today : input.fromOn
      // Who leaves this morning had their last night yesterday.
      const range = command.gte(instantOf(fromOn) - DAY).and(command.lt(instantOf(addDays(fromOn, DAYS_SHOWN))))
      const all = await find<Slot>('slots', { serviceItemId: item._id, startsAt: range }, { by: 'startsAt', direction: 'asc' }, 200)
      const bookings = await guestsOf(all)
      const slots = all.filter((slot) => slot.onDate >= fromOn)
      const beds = Math.max(0, ...slots.map((slot) => slot.capacity))
      // Of half a day, whoever is there or comes in the same half.
      const beside = (booking: Booking): readonly Booking[] => (item.kind === 'stay' ? bookings : bookings.filter((other) => other.status === 'checkedIn' || other.slotId === booking.slotId))
      const placed = placeInBeds(bookings.filter((booking) => booking.bed !== undefined && booking.bed.nights.length > 0 && booking.status !== 'checkedOut').map(lying), beds)
      const mayReceive = standing.role === 'careWorker'
      const isNear = (booking: Booking): boolean => booking.status === 'checkedIn' || arrivesOn(booking, today)
      const people = new Map((mayReceive ? await elders(bookings.filter(isNear)) : []).map((elder) => [elder._id, elder]))
      return {
        serviceName: item.name, providerName: item.providerName, sort: terms.sort, kind: item.kind, today, fromOn, beds, mayReceive, isTrained: isTrainedFor(actor, item.providerId),
        slots: slots.map((slot) => ({
          slotId: slot._id, onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt, capacity: slot.capacity, held: heldIn(slot), isOpen: slot.isOpen,
          trained: needsTrained(slot.bed) ? (slot.shift?.staff ?? []).map((one) => one.name) : null, isMine: slot.shift?.staff.some((one) => one.personId === actor.personId) === true,
        })),
        guests: bookings.filter((booking) => booking.endsAt > now - DAY).map((booking): Guest => ({
          bookingId: booking._id, elderName: booking.elderName, status: booking.status, slotId: booking.slotId, fromOn: booking.onDate, toOn: toOnOf(booking), startsAt: booking.startsAt, endsAt: booking.endsAt,
          bedNo: booking.bed?.bedNo ?? null, placedIn: placed.get(booking._id) ?? null, note: booking.note, careNotes: people.get(booking.elderId)?.careNotes ?? null,
          arrivesToday: arrivesOn(booking, today), leavesToday: booking.status === 'checkedIn' && civilDate(booking.endsAt) <= today,
          freeBeds: mayReceive && arrivesOn(booking, today) ? [...freeBeds(beside(booking).map(lying), beds, booking._id)] : [],
        })),
      }
    },
  }),

  'bed.arrive': handler('bed.arrive', {
    load: withGuest,
    async run(input, { booking, elder }, call, standing) {
      const [server, item, slot] = await Promise.all([receiving(call.actor, elder), getServiceItem(booking.serviceItemId), getSlot(booking.slotId)])
      const by = byOf(call.actor, standing)
      arrive(booking, server, input.bedNo, { at: call.now, provedAt: call.now, proof: 'rollCall', codeWindow: null, capturedAt: null }, by)
      ensure(input.bedNo <= slot.capacity, 'BAD_INPUT', { field: 'bedNo' })
      ensure(isStaffed(slot), 'NO_TRAINED_STAFF', { onDate: slot.onDate })
      await giveBed(item, input.bedNo, booking._id, call.now)
      await proved(input, { booking, elder }, call, (current, moment) => arrive(current, server, input.bedNo, moment, by))
      return DONE
    },
  }),

  'bed.depart': handler('bed.depart', {
    load: withGuest,
    async run(input, { booking, elder }, call, standing) {
      const server = await receiving(call.actor, elder)
      const by = byOf(call.actor, standing)
      await settleBooking(await proved(input, { booking, elder }, call, (current, moment) => depart(current, server, moment, by, call.now)), call.now)
      return DONE
    },
  }),

  'bed.setShift': handler('bed.setShift', {
    async load(input) {
      const slot = await getSlot(input.slotId)
      const shift = slot.shift ?? { version: 0, requests: {} }
      return { subject: { subdistrictId: slot.subdistrictId, providerId: slot.providerId }, remembersIn: { _id: slot._id, version: shift.version, requests: shift.requests }, slot }
    },
    async run(input, { slot: loaded }, { actor, now, request }) {
      ensure(needsTrained(loaded.bed), 'NOT_FOUND')
      ensure(isTrainedFor(actor, loaded.providerId), 'SKILL_MISSING')
      ensure(loaded.endsAt > now, 'SLOT_PAST')
      let slot = loaded
      for (let attempt = 0; attempt < SHIFT_ATTEMPTS; attempt++) {
        if (answeredBefore(slot.shift?.requests ?? {}, request)) return DONE
        const shift = withOnShift(slot, actor, input.isOn, now)
        const where = { remaining: slot.remaining, capacity: slot.capacity, 'shift.version': slot.shift === undefined ? command.exists(false) : slot.shift.version }
        if (await updateIf('slots', slot._id, where, { shift: command.set({ ...shift, version: shift.version + 1, requests: remembered(shift.requests, request, DONE, now) }) })) return DONE
        slot = await getSlot(slot._id)
      }
      throw new DomainError('TRY_AGAIN')
    },
  }),
}

const elders = (bookings: readonly Booking[]): Promise<Person[]> => (bookings.length === 0 ? Promise.resolve([]) : find<Person>('people', { _id: command.in([...new Set(bookings.map((booking) => booking.elderId))]) }, null, GUESTS_AT_MOST))

/** Seats, then the elder's time, then the booking; refused on the way, all is as before. */
async function extended({ booking, elder, slots }: { readonly booking: Booking; readonly elder: Person; readonly slots: readonly Slot[] }, { request, by, isDesk, now }: { readonly request: Call['request']; readonly by: By; readonly isDesk: boolean; readonly now: number }) {
  await takeNights(slots, seatedAs(elder, isDesk), booking._id, request.key, now)
  try {
    const to = slots.at(-1)?.endsAt ?? booking.endsAt
    await takeTime(elder, [{ ...timeOfStay(slots, booking._id, now), from: booking.startsAt, to }], now)
    await changeOnce('bookings', booking, request, (current) => ({ next: extendStay(current, slots, elder, by, now), answer: DONE }))
    return DONE
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'TRY_AGAIN') {
      await giveNightsBack(slots, elder._id, booking._id, request.key)
      await settleExtension(booking._id, now)
    }
    throw error
  }
}
