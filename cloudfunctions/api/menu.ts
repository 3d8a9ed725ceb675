/** Handlers of src/contract/menu.ts. */
import type { OutputOf, ParsedOf } from '../../src/contract'
import { isAwayOn } from '../../src/domain/away'
import { actsOf } from '../../src/domain/booking-acts'
import type { Booking } from '../../src/domain/booking-record'
import { clash, whereaboutsOf } from '../../src/domain/busy'
import { instantOf, monthAfter } from '../../src/domain/civil-time'
import { DomainError, ensure } from '../../src/domain/error'
import { timeOfPart } from '../../src/domain/menu'
import { decideOffer, isOffered, newOffer, reviseOffer, stopOffer, type MenuOffer, type OfferTerms } from '../../src/domain/menu-offer'
import { acceptOrder, decideOrder, declineOrder, ensureHandable, ensureOrderable, handableAs, handOn, moveOrder, orderFromMenu, sameHelpAmong, setOut, whyNotOn } from '../../src/domain/menu-order'
import { endingOf, ensureLicensed, isLicensed, licensedUntil } from '../../src/domain/organisation'
import { maskAddress, type Person } from '../../src/domain/person'
import type { Subdistrict } from '../../src/domain/service-item'
import type { Slot } from '../../src/domain/slot'
import { changeOnce, createOnce, get } from '../_server/aggregate'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { byStart, freeSeat, freeTime, getBooking, getSlot, releaseServer, takeSeat, takeTime } from '../_server/bookings'
import { command, find, read } from '../_server/cloud'
import { derivedId, newSecret } from '../_server/keys'
import { moveVisit } from '../_server/moving'
import { bringDaysTo, colleaguesOf, getOrganisation, handOnOrder, menuDaysAt, OFFERS_AT_MOST, offersOf, organisationsAmong, organisationsOf, passOnOrder, providersOfWorker } from '../_server/menu'
import { aboutElder, byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { claimKey, releaseKey } from '../_server/receipts'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'
import { bookingBrief } from '../_server/views'
import { withBooking } from './booking'

const DONE = { done: true } as const
/** Orders of one organisation from today on that its desk looks at. */
const ORDERS_AT_MOST = 300
/** Orders of a month that one answer counts, a page at a time. */
const COUNTED_AT_MOST = 5000
const PAGE = 1000
const RECORDS_AT_MOST = 500

type OrderRow = OutputOf<'menu.desk'>['fresh'][number]
type Figure = OutputOf<'menu.figures'>['figures'][number]

const termsView = (terms: OfferTerms) => ({ ...terms, bring: [...terms.bring], communityIds: [...terms.communityIds], weekdays: [...terms.weekdays], parts: [...terms.parts] })
const offerView = (offer: MenuOffer, personId: string): OutputOf<'menu.offers'>['offers'][number] => ({
  offerId: offer._id, providerId: offer.providerId, providerName: offer.providerName, isOffered: isOffered(offer), terms: offer.terms && termsView(offer.terms),
  waiting: offer.waiting && { terms: termsView(offer.waiting.terms), byName: offer.waiting.by.name, at: offer.waiting.at, mayDecide: offer.waiting.by.personId !== personId },
  decided: offer.decided && { byName: offer.decided.by.name, at: offer.decided.at, isApproved: offer.decided.isApproved, reason: offer.decided.reason },
})
const onMenu = (offer: MenuOffer & { readonly terms: OfferTerms }) => ({
  offerId: offer._id, providerName: offer.providerName, name: offer.terms.name, sort: offer.terms.sort, unit: offer.terms.unit, priceFen: offer.terms.priceFen, details: offer.terms.details,
})

async function aboutElderOf(input: { readonly elderId: string }) {
  const elder = await getPerson(input.elderId)
  return { subject: aboutElder(elder), elder }
}
const personView = (elder: Person, subdistrict: Subdistrict) => ({ personId: elder._id, name: elder.name, communityName: communityName(subdistrict, elder.communityId) })

function dayView(slot: Slot, elder: Person, now: number): OutputOf<'menu.offer'>['days'][number] {
  const state = slot.holders[elder._id] ? 'mine' as const : isAwayOn(elder.away, slot.onDate) ? 'away' as const : slot.orderUntil <= now ? 'past' as const : !slot.isOpen ? 'closed' as const : slot.remaining > 0 ? 'free' as const : 'full' as const
  const parts = (slot.menu?.parts ?? []).map((part) => {
    const { startsAt, endsAt } = timeOfPart(slot.onDate, part)
    return { part, startsAt, endsAt, isFree: clash(elder.busy, startsAt, endsAt, undefined, whereaboutsOf('menu')) === undefined }
  })
  return { slotId: slot._id, onDate: slot.onDate, orderUntil: slot.orderUntil, remaining: slot.remaining, state, parts }
}

const made = (booking: Booking) => ({ bookingId: booking._id, number: booking.number })

/** An order and its elder; another kind of booking is none. */
async function withOrder(input: { readonly bookingId: string }) {
  const loaded = await withBooking(input)
  ensure(loaded.booking.kind === 'menu', 'NOT_FOUND')
  return loaded
}

async function aboutOffer(input: { readonly offerId: string }) {
  const offer = await get<MenuOffer>('menuOffers', input.offerId)
  return { subject: { subdistrictId: offer.subdistrictId, providerId: offer.providerId }, offer }
}

/** Whose deliveries this caller counts: all, of my communities, of my organisations. */
function isCounted({ actor }: Call): (booking: Pick<Booking, 'providerId' | 'communityId'>) => boolean {
  if (actor.grants.some((grant) => grant.role === 'admin')) return () => true
  const [communities, providers] = [actor.grants.flatMap((grant) => (grant.role === 'socialWorker' ? (grant.communityIds ?? []) : [])), providersOfWorker(actor)]
  return (booking) => communities.includes(booking.communityId) || providers.includes(booking.providerId)
}
const monthRange = (month: string): readonly [number, number] => [instantOf(`${month}-01`), instantOf(monthAfter(month))]
/** Delivered, and a social worker has looked at it. */
const isDelivered = ({ status }: Pick<Booking, 'status'>): boolean => status === 'verified' || status === 'partly'

type Counted = Pick<Booking, '_id' | 'providerId' | 'providerName' | 'serviceItemId' | 'serviceName' | 'communityId' | 'elderId' | 'status' | 'startsAt'>

async function ordersOfMonth(subdistrictId: string, month: string): Promise<{ readonly orders: readonly Counted[]; readonly isPartial: boolean }> {
  const [from, below] = monthRange(month)
  const orders = new Map<string, Counted>()
  let isPartial = false
  for (let after = from; orders.size < COUNTED_AT_MOST; ) {
    const page = await find<Booking>('bookings', { subdistrictId, kind: 'menu', startsAt: command.gte(after).and(command.lt(below)) }, { by: 'startsAt', direction: 'asc' }, PAGE, ['providerId', 'providerName', 'serviceItemId', 'serviceName', 'communityId', 'elderId', 'status', 'startsAt'])
    for (const booking of page) orders.set(booking._id, booking)
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return { orders: [...orders.values()], isPartial }
    // Of more than a page at one moment the rest is left out, and that is said.
    if (last.startsAt === after) isPartial = true
    after = last.startsAt === after ? after + 1 : last.startsAt
  }
  return { orders: [...orders.values()], isPartial: true }
}

export const menuHandlers = {
  'menu.show': handler('menu.show', {
    load: aboutElderOf,
    async run(_input, { elder }, { today }) {
      const [subdistrict, offers, organisations] = await Promise.all([getSubdistrict(elder.subdistrictId), find<MenuOffer>('menuOffers', { communityIds: elder.communityId }, null, OFFERS_AT_MOST), organisationsOf(elder.subdistrictId)])
      const licensed = new Set(organisations.filter((one) => isLicensed(one, today)).map((one) => one._id))
      return { elder: personView(elder, subdistrict), offers: offers.filter(isOffered).filter((offer) => licensed.has(offer.providerId)).map(onMenu).sort((a, b) => a.priceFen - b.priceFen || (a.offerId < b.offerId ? -1 : 1)) }
    },
  }),

  'menu.offer': handler('menu.offer', {
    load: aboutElderOf,
    async run({ offerId }, { elder }, { now, today }) {
      const [subdistrict, offer, slots] = await Promise.all([
        getSubdistrict(elder.subdistrictId), get<MenuOffer>('menuOffers', offerId), find<Slot>('slots', { serviceItemId: offerId, startsAt: command.gte(instantOf(today)) }, { by: 'startsAt', direction: 'asc' }, 30),
      ])
      ensure(isOffered(offer) && offer.communityIds.includes(elder.communityId), 'NOT_FOUND')
      const organisation = await getOrganisation(offer.providerId)
      return {
        elder: personView(elder, subdistrict), address: elder.address, offer: { ...onMenu(offer), bring: [...offer.terms.bring], cancelHours: offer.terms.cancelHours, isLicensed: isLicensed(organisation, today) },
        days: slots.map((slot) => dayView(slot, elder, now)),
      }
    },
  }),

  'menu.order': handler('menu.order', {
    isFoundByKey: true,
    async load(input, call) {
      const [elder, slot] = await Promise.all([getPerson(input.elderId), getSlot(input.slotId)])
      const bookingId = derivedId('b', call.request.key)
      const before = elder.busy.some((time) => time.bookingId === bookingId) ? await read<Booking>('bookings', bookingId) : null
      return { subject: aboutElder(elder), elder, slot, bookingId, madeBefore: before && { hash: before.madeBy.hash, answer: made(before) } }
    },
    async run({ part, seenPriceFen, note }, { elder, slot, bookingId }, { actor, now, today, openid, request }, standing) {
      ensure(slot.subdistrictId === elder.subdistrictId && slot.kind === 'menu', 'NOT_FOUND')
      const by = byOf(actor, standing, elder)
      const isDesk = by.as === 'socialWorker'
      ensureLicensed(await getOrganisation(slot.providerId), today)
      ensureOrderable(slot, elder, { part, seenPriceFen }, bookingId, now, isDesk)
      await ensureAllowedText(openid, note)
      await takeSeat(slot, { personId: elder._id, communityId: elder.communityId, isDesk }, bookingId, now)
      const { startsAt, endsAt } = timeOfPart(slot.onDate, part)
      try {
        await takeTime(elder, [{ bookingId, from: startsAt, to: endsAt, at: now, ...whereaboutsOf('menu') }], now)
        return made(await createOnce('bookings', orderFromMenu(slot, part, elder, { bookingId, ...request, doorKey: newSecret(), note: note === undefined || note === '' ? null : note }, by, now)))
      } catch (error) {
        // Refused, or the key was used for something else: what this call took is given back.
        if (error instanceof DomainError) {
          await freeTime(elder._id, bookingId, now)
          await freeSeat(slot._id, elder._id, bookingId)
        }
        throw error
      }
    },
  }),

  'menu.move': handler('menu.move', {
    // As booking.reschedule: the booking remembers the answer, the key is taken before.
    isFoundByKey: true,
    async load(input) {
      const loaded = await withOrder(input)
      return { ...loaded, slot: await getSlot(input.slotId) }
    },
    async run({ part, reason }, { booking, elder, slot: day }, { actor, now, today, openid, request }, standing) {
      const by = byOf(actor, standing, elder)
      const isDesk = by.as === 'socialWorker'
      const decide = (current: Booking) => ({ next: moveOrder(current, day, part, by, reason === undefined || reason === '' ? null : reason, now), answer: DONE })
      decide(booking)
      ensureLicensed(await getOrganisation(booking.providerId), today)
      // The price stays as it was agreed.
      ensureOrderable(day, elder, { part, seenPriceFen: day.priceFen }, booking._id, now, isDesk)
      await ensureAllowedText(openid, reason)
      const isFirst = await claimKey(request, now)
      try {
        return await moveVisit({ booking, elder, slot: { ...day, ...timeOfPart(day.onDate, part) } }, request, decide, isDesk, now)
      } catch (error) {
        if (isFirst && error instanceof DomainError) await releaseKey(request)
        throw error
      }
    },
  }),

  'menu.toHandOn': handler('menu.toHandOn', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, now, today }) {
      const mine = actor.grants.flatMap((grant) => (grant.role === 'socialWorker' ? (grant.communityIds ?? []) : []))
      const [subdistrict, organisations, found] = await Promise.all([
        getSubdistrict(actor.subdistrictId), organisationsOf(actor.subdistrictId),
        find<Booking>('bookings', { subdistrictId: actor.subdistrictId, kind: 'menu', startsAt: command.gt(now) }, { by: 'startsAt', direction: 'asc' }, PAGE),
      ])
      const licensed = new Set(organisations.filter((one) => isLicensed(one, today)).map((one) => one._id))
      const orders = found.filter((booking) => mine.includes(booking.communityId)).flatMap((booking) => {
        const state = handableAs(booking, licensed.has(booking.providerId))
        return state === null ? [] : [{ ...bookingBrief(booking, subdistrict), state, answerBy: booking.menu?.answerBy ?? null }]
      })
      return { orders, isPartial: found.length === PAGE }
    },
  }),

  'menu.takers': handler('menu.takers', {
    load: withOrder,
    async run(_input, { booking }, { now, today }) {
      const [subdistrict, days] = await Promise.all([getSubdistrict(booking.subdistrictId), menuDaysAt(booking)])
      const same = sameHelpAmong(booking, days)
      const organisations = new Map((await organisationsAmong([...same.map((slot) => slot.providerId), booking.providerId])).map((one) => [one._id, one]))
      const mayTake = (providerId: string): boolean => {
        const organisation = organisations.get(providerId)
        return organisation !== undefined && isLicensed(organisation, today)
      }
      return {
        order: bookingBrief(booking, subdistrict), providerId: booking.providerId, state: now < booking.startsAt ? handableAs(booking, mayTake(booking.providerId)) : null, answerBy: booking.menu?.answerBy ?? null,
        takers: same.map((slot) => ({
          slotId: slot._id, providerId: slot.providerId, providerName: slot.providerName, phone: organisations.get(slot.providerId)?.phone ?? '', serviceName: slot.serviceName, priceFen: slot.priceFen, remaining: slot.remaining,
          hadIt: booking.menu?.passed.some((one) => one.providerId === slot.providerId) === true, whyNot: mayTake(slot.providerId) ? whyNotOn(booking, slot, now) : ('unlicensed' as const),
        })),
      }
    },
  }),

  'menu.handOn': handler('menu.handOn', {
    async load(input) {
      const [loaded, slot] = await Promise.all([withOrder(input), getSlot(input.slotId)])
      return { ...loaded, slot }
    },
    async run({ fromId }, { booking, elder, slot }, { actor, now, today, request }, standing) {
      const organisations = await organisationsAmong([booking.providerId, slot.providerId])
      const from = { providerId: fromId, isLicensed: organisations.some((one) => one._id === booking.providerId && isLicensed(one, today)) }
      const by = byOf(actor, standing, elder)
      ensureHandable(booking, slot, from, now)
      const organisation = organisations.find((one) => one._id === slot.providerId)
      if (organisation === undefined) throw new DomainError('NOT_FOUND')
      ensureLicensed(organisation, today)
      return handOnOrder(booking, slot, request, (current) => ({ next: handOn(current, slot, from, by, now), answer: DONE }), now)
    },
  }),

  'menu.desk': handler('menu.desk', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, now, today }) {
      const organisations = await organisationsAmong(providersOfWorker(actor))
      const ids = organisations.map((one) => one._id)
      const [subdistrict, colleagues, ...found] = await Promise.all([
        getSubdistrict(actor.subdistrictId), colleaguesOf(ids), ...ids.map((providerId) => find<Booking>('bookings', { providerId, onDate: command.gte(today), kind: 'menu' }, { by: 'onDate', direction: 'asc' }, ORDERS_AT_MOST)),
      ])
      const orders = byStart(found.flat())
      const shown = orders.filter((booking) => booking.status === 'booked' || booking.onDate === today)
      const elders = new Map((shown.length === 0 ? [] : await find<Person>('people', { _id: command.in([...new Set(shown.map((booking) => booking.elderId))]) }, null, ORDERS_AT_MOST, ['address'])).map((elder) => [elder._id, elder.address]))
      const row = (booking: Booking): OrderRow => ({
        ...bookingBrief(booking, subdistrict), address: maskAddress(elders.get(booking.elderId) ?? ''), note: booking.note, answerBy: booking.menu?.answerBy ?? null, isMine: booking.workerId === actor.personId,
        acts: actsOf(booking, { role: 'careWorker', relation: 'ofProvider' }, actor.personId, now).filter((act): act is OrderRow['acts'][number] => act === 'accept' || act === 'decline' || act === 'assign'),
      })
      const isWithUs = (booking: Booking): boolean => booking.menu?.passed.at(-1)?.providerId !== booking.providerId
      return {
        today, organisations: organisations.map((one) => ({ providerId: one._id, name: one.name, isLicensed: isLicensed(one, today), licensedUntil: licensedUntil(one), isEnding: endingOf(one, today).length > 0 })), colleagues: colleagues.map((one) => ({ ...one })),
        fresh: shown.filter((booking) => booking.status === 'booked' && booking.menu?.answerBy !== null && isWithUs(booking)).map(row),
        unassigned: shown.filter((booking) => booking.status === 'booked' && booking.menu?.acceptedAt !== null).map(row),
        underWay: shown.filter((booking) => booking.onDate === today && !['booked', 'cancelled', 'noShow'].includes(booking.status)).map(row),
      }
    },
  }),

  'menu.accept': handler('menu.accept', {
    load: withOrder,
    async run(_input, { booking }, { actor, now, today, request }, standing) {
      acceptOrder(booking, byOf(actor, standing), now)
      ensureLicensed(await getOrganisation(booking.providerId), today)
      await changeOnce('bookings', booking, request, (current) => {
        // Meanwhile it may be another organisation's.
        ensure(current.providerId === booking.providerId, 'WRONG_STATE', { status: 'over' })
        return { next: acceptOrder(current, byOf(actor, standing), now), answer: DONE }
      })
      return DONE
    },
  }),

  'menu.decline': handler('menu.decline', {
    load: withOrder,
    async run({ words }, { booking }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, words)
      await changeOnce('bookings', booking, request, (current) => {
        ensure(current.providerId === booking.providerId, 'WRONG_STATE', { status: 'over' })
        return { next: declineOrder(current, byOf(actor, standing), words, now), answer: DONE }
      })
      await passOnOrder(await getBooking(booking._id), now)
      return DONE
    },
  }),

  'menu.setOut': handler('menu.setOut', {
    load: withOrder,
    async run(_input, { booking }, { actor, now, request }, standing) {
      await changeOnce('bookings', booking, request, (current) => ({ next: setOut(current, byOf(actor, standing), now), answer: DONE }))
      return DONE
    },
  }),

  'menu.decideOrder': handler('menu.decideOrder', {
    async load(input) {
      const loaded = await withOrder(input)
      return { ...loaded, organisation: await getOrganisation(loaded.booking.providerId) }
    },
    async run({ isKept, words }, { booking, organisation }, { actor, now, today, openid, request }, standing) {
      ensure(!isLicensed(organisation, today), 'WRONG_STATE', { status: 'licensed' })
      await ensureAllowedText(openid, words)
      await changeOnce('bookings', booking, request, (current) => {
        ensure(current.providerId === booking.providerId, 'WRONG_STATE', { status: 'over' })
        return { next: decideOrder(current, isKept, byOf(actor, standing), words, now), answer: DONE }
      })
      if (!isKept) {
        if (booking.workerId !== null) await releaseServer(booking.workerId, booking._id, now)
        await passOnOrder(await getBooking(booking._id), now)
      }
      return DONE
    },
  }),

  'menu.offers': handler('menu.offers', {
    load: aboutNobody,
    async run(_input, _loaded, { actor }) {
      const isAdmin = actor.grants.some((grant) => grant.role === 'admin')
      const mine = providersOfWorker(actor)
      const [subdistrict, organisations, offers] = await Promise.all([
        getSubdistrict(actor.subdistrictId), organisationsAmong(mine), isAdmin ? offersOf(actor.subdistrictId) : mine.length === 0 ? [] : find<MenuOffer>('menuOffers', { providerId: command.in(mine) }, null, OFFERS_AT_MOST),
      ])
      return {
        offers: offers.map((offer) => offerView(offer, actor.personId)),
        organisations: organisations.filter((one) => one.state === 'approved').map((one) => ({ providerId: one._id, name: one.name, communities: one.communityIds.map((communityId) => ({ communityId, name: communityName(subdistrict, communityId) })) })),
      }
    },
  }),

  'menu.saveOffer': audited('menu.saveOffer', {
    async load({ providerId, offerId }) {
      const [organisation, offer] = await Promise.all([getOrganisation(providerId), offerId === undefined ? null : get<MenuOffer>('menuOffers', offerId)])
      ensure(offer === null || offer.providerId === providerId, 'NOT_FOUND')
      return { subject: { subdistrictId: organisation.subdistrictId, providerId }, organisation, offer }
    },
    async run({ providerId: _providerId, offerId: _offerId, ...terms }: ParsedOf<'menu.saveOffer'>, { organisation, offer }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, [terms.name, terms.unit, terms.details, ...terms.bring].join('\n'))
      const by = byOf(actor, standing)
      const offerId = offer?._id ?? derivedId('o', request.key)
      const audit = entryAbout({ _id: offerId, name: `${organisation.name} ${terms.name}`, subdistrictId: organisation.subdistrictId }, 'offerWritten', by, now)
      const answer = { offerId }
      if (offer === null) return (await changeTogether([], request, () => ({ next: [] as const, answer, audit, added: [{ collection: 'menuOffers', document: newOffer({ offerId, ...request }, organisation, terms, by, now) }] }))).answer
      return (await changeTogether([place<MenuOffer>('menuOffers', offerId)], request, ([current]) => ({ next: [reviseOffer(current, organisation, terms, by, now)] as const, answer, audit }))).answer
    },
  }),

  'menu.decideOffer': audited('menu.decideOffer', {
    load: aboutOffer,
    async run({ offerId, seenAt, isApproved, reason }, { offer }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, reason)
      const by = byOf(actor, standing)
      const audit = entryAbout({ _id: offerId, name: `${offer.providerName} ${(offer.waiting?.terms ?? offer.terms)?.name ?? ''}`, subdistrictId: offer.subdistrictId }, isApproved ? 'offerApproved' : 'offerRefused', by, now)
      const { documents } = await changeTogether([place<MenuOffer>('menuOffers', offerId)], request, ([current]) => ({ next: [decideOffer(current, seenAt, isApproved, by, reason === undefined || reason === '' ? null : reason, now)] as const, answer: DONE, audit }))
      // Cut short here, the night's run brings the days there.
      if (isApproved && documents !== null) await bringDaysTo(documents[0], (await getSubdistrict(offer.subdistrictId)).closedDays, now)
      return DONE
    },
  }),

  'menu.stopOffer': audited('menu.stopOffer', {
    load: aboutOffer,
    async run({ offerId }, { offer }, { actor, now, request }, standing) {
      const audit = entryAbout({ _id: offerId, name: `${offer.providerName} ${(offer.terms ?? offer.waiting?.terms)?.name ?? ''}`, subdistrictId: offer.subdistrictId }, 'offerStopped', byOf(actor, standing), now)
      const { documents } = await changeTogether([place<MenuOffer>('menuOffers', offerId)], request, ([current]) => ({ next: [stopOffer(current)] as const, answer: DONE, audit }))
      if (documents !== null) await bringDaysTo(documents[0], {}, now)
      return DONE
    },
  }),

  'menu.figures': handler('menu.figures', {
    load: aboutNobody,
    async run({ month }, _loaded, call) {
      const [subdistrict, { orders, isPartial }] = await Promise.all([getSubdistrict(call.actor.subdistrictId), ordersOfMonth(call.actor.subdistrictId, month)])
      const delivered = orders.filter(isDelivered).filter(isCounted(call))
      const groups = new Map<string, { readonly first: Counted; readonly elders: Set<string>; services: number }>()
      for (const order of delivered) {
        const key = `${order.providerId} ${order.serviceItemId} ${order.communityId}`
        const group = groups.get(key) ?? { first: order, elders: new Set<string>(), services: 0 }
        group.elders.add(order.elderId)
        group.services += 1
        groups.set(key, group)
      }
      const figures = [...groups.values()].map(({ first, elders, services }): Figure => ({
        providerId: first.providerId, providerName: first.providerName, offerId: first.serviceItemId, offerName: first.serviceName, communityId: first.communityId, communityName: communityName(subdistrict, first.communityId), services, people: elders.size,
      }))
      return { month, figures: figures.sort((a, b) => b.services - a.services || (a.offerId + a.communityId < b.offerId + b.communityId ? -1 : 1)), services: delivered.length, people: new Set(delivered.map((order) => order.elderId)).size, isPartial }
    },
  }),

  'menu.records': handler('menu.records', {
    load: aboutNobody,
    async run({ month, providerId, offerId, communityId }, _loaded, call) {
      const orders = await find<Booking>('bookings', {
        providerId, onDate: command.gte(`${month}-01`).and(command.lt(monthAfter(month))), kind: 'menu', subdistrictId: call.actor.subdistrictId, serviceItemId: offerId, communityId,
      }, { by: 'onDate', direction: 'asc' }, PAGE)
      return {
        records: orders.filter(isDelivered).filter(isCounted(call)).slice(0, RECORDS_AT_MOST).map((booking) => ({
          bookingId: booking._id, number: booking.number, elderName: booking.elderName, serviceName: booking.serviceName, onDate: booking.onDate, workerName: booking.worker?.name ?? null,
          verifiedByName: booking.timeline.filter((line) => line.what === 'verified' || line.what === 'partly').at(-1)?.by.name ?? '', outcome: booking.status, priceFen: booking.priceFen,
        })),
      }
    },
  }),
}
