/** Handlers of src/contract/waitlist.ts. */
import type { OutputOf } from '../../src/contract'
import { clashWith, ensureMayJoin, isActivity } from '../../src/domain/activity'
import { ensureAtHome } from '../../src/domain/away'
import { ensureBookable } from '../../src/domain/booking'
import type { Booking } from '../../src/domain/booking-record'
import { clash, whereaboutsOf } from '../../src/domain/busy'
import { addDays, clockTime, instantOf, spokenDate } from '../../src/domain/civil-time'
import { DomainError, ensure } from '../../src/domain/error'
import { beyondLimitOf, ensureTerms, ensureWithinLimit, fairOf, keptNow, keptUntil, usualFair, type FairPolicy, type FairTerms } from '../../src/domain/fair'
import { fairPreview } from '../../src/domain/fair-preview'
import type { Person } from '../../src/domain/person'
import { weekOn, type ServiceItem, type Subdistrict } from '../../src/domain/service-item'
import { heldIn, type Slot } from '../../src/domain/slot'
import { accept, decline, inOrder, isOnOffer, join, leave, MOST_PLACES, positionOf, queueOf, reasonsOf, withMedical, type Place } from '../../src/domain/waitlist'
import { audited } from '../_server/audited'
import { appendAudit, auditBefore, entryAbout, leaveEntry } from '../_server/audits'
import { getSlot } from '../_server/bookings'
import { command, find, read, updateIf } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { pageBy } from '../_server/pages'
import { aboutElder, byOf, communityName, getPerson, getServiceItem, getSubdistrict } from '../_server/people'
import { communitiesOf } from '../_server/residents'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { bookHeldSeat, changeQueue, memoryOf, putFair, slotsAwaitedBy } from '../_server/waitlist'
import { waitView } from '../_server/waitlist-views'

const DONE = { done: true } as const
const ROWS = 20
/** Slots of one service that stand open, and that one preview looks at. */
const SLOTS_OPEN = 500
const SLOTS_LOOKED_AT = 1000
/** Slots that are written at a time: each is guarded by itself. */
const AT_A_TIME = 8

async function withSlot(input: { readonly elderId: string; readonly slotId: string }) {
  const [elder, slot] = await Promise.all([getPerson(input.elderId), getSlot(input.slotId)])
  ensure(slot.subdistrictId === elder.subdistrictId, 'NOT_FOUND')
  return { subject: aboutElder(elder), elder, slot, remembersIn: memoryOf(slot) }
}

/** 助浴 11月24日 星期二 14:00 */
const nameOf = (slot: Slot): string => `${slot.serviceName} ${spokenDate(slot.onDate)} ${clockTime(slot.startsAt)}`

/** What would stand in the way of this elder there, whoever else is in it. @throws OWN_CASE, ELDER_AWAY {why}, ADDRESS_MISSING, ELDER_BUSY {from, to}, LIMIT_OF_SERVICE {most, per, until} */
function ensureCouldCome(slot: Slot, elder: Person): void {
  ensureAtHome(elder, slot.onDate)
  if (isActivity(slot)) {
    ensure(slot.activity.organiser.personId !== elder._id, 'OWN_CASE')
  } else ensure(elder.address !== null && elder.address.trim() !== '', 'ADDRESS_MISSING')
  const other = isActivity(slot) ? clashWith(slot, elder.busy, '') : clash(elder.busy, slot.startsAt, slot.endsAt, '', whereaboutsOf(slot.kind))
  if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
  ensureWithinLimit(elder.busy, slot, '')
}

/** Among people of other communities a social worker sees places, not names. */
function boardView(slot: Slot, subdistrict: Subdistrict, mine: readonly string[], now: number): OutputOf<'waitlist.board'>['items'][number] {
  const who = (place: Place) => {
    const isMine = mine.includes(place.communityId)
    return { personId: isMine ? place.personId : null, name: isMine ? place.name : '', communityName: communityName(subdistrict, place.communityId), reasons: [...place.reasons] }
  }
  const offers = Object.values(slot.holders).filter(isOnOffer)
  return {
    slotId: slot._id, kind: slot.kind, serviceName: slot.serviceName, providerName: slot.providerName, onDate: slot.onDate, startsAt: slot.startsAt, endsAt: slot.endsAt, capacity: slot.capacity, booked: heldIn(slot) - offers.length,
    kept: keptNow(slot, now), keptUntil: keptUntil(slot),
    onOffer: offers.map(({ offer }) => ({ ...who(offer.place), placeId: offer.place.placeId, until: offer.until })),
    waiting: inOrder(queueOf(slot).places).map((place, index) => ({ position: index + 1, ...who(place), joinedAt: place.joinedAt })),
  }
}

async function withService(input: { readonly serviceItemId: string }) {
  const service = await getServiceItem(input.serviceItemId)
  return { subject: { subdistrictId: service.subdistrictId }, service }
}

const termsOf = ({ share, limit, hold }: FairTerms): FairTerms => ({ share, limit, hold })

const SET_ATTEMPTS = 6

/** The policy on the service itself, guarded by its version; a late duplicate never touches a newer one. @returns the one that holds */
async function setFair(loaded: ServiceItem, terms: FairTerms, { request, now }: Call): Promise<FairPolicy> {
  let item = loaded
  for (let attempt = 0; attempt < SET_ATTEMPTS; attempt++) {
    const before = item.fairRequests?.[request.key]
    if (before) {
      ensure(before.hash === request.hash, 'REQUEST_CONFLICT')
      return item.fair ?? usualFair
    }
    const fair: FairPolicy = { ...termsOf(terms), version: (item.fair?.version ?? 0) + 1 }
    const isSet = await updateIf('serviceItems', item._id, item.fair === undefined ? { fair: command.exists(false) } : { 'fair.version': item.fair.version }, { fair: command.set(fair), [`fairRequests.${request.key}`]: command.set({ hash: request.hash, at: now }) })
    if (isSet) return fair
    item = await getServiceItem(item._id)
  }
  throw new DomainError('TRY_AGAIN')
}

export const waitlistHandlers = {
  'waitlist.mine': handler('waitlist.mine', {
    async load(input) {
      const elder = await getPerson(input.elderId)
      return { subject: aboutElder(elder), elder }
    },
    async run(_input, { elder }, { actor, now }) {
      return { elderName: elder.name, isMe: elder._id === actor.personId, items: (await slotsAwaitedBy(elder._id)).flatMap((slot) => waitView(slot, elder._id, now)).sort((a, b) => Number(a.offer === null) - Number(b.offer === null) || a.startsAt - b.startsAt) }
    },
  }),

  'waitlist.join': handler('waitlist.join', {
    load: withSlot,
    async run(_input, { elder, slot }, call, standing) {
      const { actor, now, request } = call
      const by = byOf(actor, standing, elder)
      ensureCouldCome(slot, elder)
      const others = await slotsAwaitedBy(elder._id)
      ensure(others.length < MOST_PLACES || others.some((other) => other._id === slot._id), 'PLACES_FULL', { most: MOST_PLACES })
      const place: Place = { personId: elder._id, name: elder.name, communityId: elder.communityId, placeId: derivedId('b', 'place', request.key), joinedAt: now, reasons: reasonsOf(elder, false) }
      const { answer } = await changeQueue(slot, (current) => {
        const next = join(current, place, by.as === 'socialWorker', now)
        return { next, answer: { position: positionOf(next, elder._id) } }
      }, request)
      await leaveEntry(elder, 'waitJoined', by, call, nameOf(slot))
      return answer
    },
  }),

  'waitlist.leave': handler('waitlist.leave', {
    load: withSlot,
    async run(_input, { elder, slot }, call, standing) {
      const { answer } = await changeQueue(slot, (current) => ({ next: leave(current, elder._id, call.now), answer: DONE }), call.request)
      await leaveEntry(elder, 'waitLeft', byOf(call.actor, standing, elder), call, nameOf(slot))
      return answer
    },
  }),

  'waitlist.accept': handler('waitlist.accept', {
    isFoundByKey: true,
    async load(input, { request }) {
      const { subject, elder, slot } = await withSlot(input)
      const bookingId = derivedId('b', request.key)
      // The elder's own document remembers for 30 days what took effect, as for any booking.
      const before = elder.busy.some((time) => time.bookingId === bookingId) ? await read<Booking>('bookings', bookingId) : null
      return { subject, elder, slot, bookingId, madeBefore: before && { hash: before.madeBy.hash, answer: { bookingId: before._id, number: before.number } } }
    },
    async run(input, { elder, slot, bookingId }, call, standing) {
      const { actor, now, openid, request } = call
      const by = byOf(actor, standing, elder)
      const beyond = beyondLimitOf(by, input.beyondLimit)
      if (beyond !== null) await ensureAllowedText(openid, beyond)
      const check = (current: Slot): Slot => {
        const next = accept(current, elder._id, input.placeId, bookingId, now)
        if (beyond === null) ensureWithinLimit(elder.busy, current, bookingId)
        return next
      }
      const theirs = check(slot)
      if (isActivity(theirs)) ensureMayJoin(theirs, elder, (await getSubdistrict(slot.subdistrictId)).closedDays, bookingId, now)
      else ensureBookable(theirs, elder, bookingId, now)
      const { slot: taken } = await changeQueue(slot, (current) => ({ next: check(current), answer: null }))
      const booking = await bookHeldSeat(taken, elder, bookingId, request, by, beyond, now)
      if (beyond !== null) await leaveEntry(elder, 'limitExceeded', by, call, beyond)
      return { bookingId: booking._id, number: booking.number }
    },
  }),

  'waitlist.decline': handler('waitlist.decline', {
    load: withSlot,
    async run(input, { elder, slot }, call, standing) {
      const { answer } = await changeQueue(slot, (current) => ({ next: decline(current, elder._id, input.placeId, call.now), answer: DONE }), call.request)
      await leaveEntry(elder, 'waitLeft', byOf(call.actor, standing, elder), call, nameOf(slot))
      return answer
    },
  }),

  'waitlist.board': handler('waitlist.board', {
    load: aboutNobody,
    async run(input, _loaded, { actor, now }) {
      const mine = communitiesOf(actor)
      const [subdistrict, page] = await Promise.all([
        getSubdistrict(actor.subdistrictId), pageBy<Slot>('slots', { 'queue.communityIds': command.in(mine) }, 'startsAt', 'asc', input.cursor, ROWS, { from: now }),
      ])
      return { items: page.items.map((slot) => boardView(slot, subdistrict, mine, now)), nextCursor: page.nextCursor }
    },
  }),

  'waitlist.state': handler('waitlist.state', {
    load: withSlot,
    async run(input, { elder, slot }, call, standing) {
      const { answer } = await changeQueue(slot, (current) => {
        const next = withMedical(current, elder._id, input.isMedical, call.now)
        return { next, answer: { position: positionOf(next, elder._id) } }
      }, call.request)
      await leaveEntry(elder, 'needStated', byOf(call.actor, standing, elder), call, nameOf(slot))
      return answer
    },
  }),

  'fair.show': handler('fair.show', {
    load: withService,
    async run(_input, { service }, { today }) {
      const fair = fairOf(service)
      return { serviceName: service.name, version: fair.version, mostSeats: Math.max(0, ...weekOn(service, today).weekly.map((opening) => opening.capacity)), ...termsOf(fair) }
    },
  }),

  'fair.preview': handler('fair.preview', {
    load: withService,
    async run(input, { service }, { today }) {
      const terms = termsOf(input)
      ensureTerms(terms)
      const toOn = `${today.slice(0, 7)}-01`
      const fromOn = `${addDays(toOn, -1).slice(0, 7)}-01`
      const slots = await find<Slot>('slots', { serviceItemId: service._id, startsAt: command.gte(instantOf(fromOn)).and(command.lt(instantOf(toOn))) }, { by: 'startsAt', direction: 'asc' }, SLOTS_LOOKED_AT)
      return { fromOn, toOn: addDays(toOn, -1), isAll: slots.length < SLOTS_LOOKED_AT, ...fairPreview(terms, slots) }
    },
  }),

  'fair.set': audited('fair.set', {
    load: withService,
    async run(input, { service }, call, standing) {
      ensureTerms(input)
      const fair = await setFair(service, input, call)
      const open = await find<Slot>('slots', { serviceItemId: service._id, startsAt: command.gt(call.now) }, { by: 'startsAt', direction: 'asc' }, SLOTS_OPEN)
      // What a crash leaves out is done by the clock when it opens the coming days.
      for (let index = 0; index < open.length; index += AT_A_TIME) await Promise.all(open.slice(index, index + AT_A_TIME).map((slot) => putFair(slot, fair, call.now)))
      if (!(await appendAudit(entryAbout(service, 'fairSet', byOf(call.actor, standing), call.now), call.request, DONE))) await auditBefore(call.request, call.now)
      return DONE
    },
  }),
}
