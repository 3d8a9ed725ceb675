/** Handlers of src/contract/organisation.ts. */
import type { OutputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import type { MenuOffer } from '../../src/domain/menu-offer'
import { addLicence, decideLicence, decideOrganisation, endingOf, isLicensed, licensedUntil, newOrganisation, type Organisation } from '../../src/domain/organisation'
import type { Subdistrict } from '../../src/domain/service-item'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { command, find } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { getOrganisation, offersOf, organisationsOf, providersOfWorker } from '../_server/menu'
import { byOf, communityName, getSubdistrict } from '../_server/people'
import { ensureCommunity } from '../_server/residents'
import { aboutNobody, handler } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'

const DONE = { done: true } as const
/** Orders of one organisation that are still to come. */
const ORDERS_AT_MOST = 300

async function about({ providerId }: { readonly providerId: string }) {
  const organisation = await getOrganisation(providerId)
  return { subject: { subdistrictId: organisation.subdistrictId, providerId }, organisation }
}

const briefOf = (one: Organisation, subdistrict: Subdistrict, offersWaiting: number, today: string): OutputOf<'organisation.list'>['organisations'][number] => ({
  providerId: one._id, name: one.name, sort: one.sort, state: one.state, communityNames: one.communityIds.map((id) => communityName(subdistrict, id)), licensedUntil: licensedUntil(one), isLicensed: isLicensed(one, today), isEnding: endingOf(one, today).length > 0,
  waiting: one.state === 'waiting' ? 1 : one.licences.filter((licence) => licence.state === 'waiting').length + offersWaiting,
})
const waitingAmong = (offers: readonly MenuOffer[], providerId: string): number => offers.filter((offer) => offer.providerId === providerId && offer.waiting !== null).length

export const organisationHandlers = {
  'organisation.list': handler('organisation.list', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const [subdistrict, organisations, offers] = await Promise.all([getSubdistrict(actor.subdistrictId), organisationsOf(actor.subdistrictId), offersOf(actor.subdistrictId)])
      return {
        organisations: organisations.map((one) => briefOf(one, subdistrict, waitingAmong(offers, one._id), today)).sort((a, b) => b.waiting - a.waiting || (a.providerId < b.providerId ? -1 : 1)),
        communities: subdistrict.communities.map(({ communityId, name }) => ({ communityId, name })), today,
      }
    },
  }),

  'organisation.show': handler('organisation.show', {
    load: about,
    async run(_input, { organisation }, { actor, today }) {
      const isExpired = organisation.state === 'approved' && !isLicensed(organisation, today)
      const [subdistrict, offers, bookings] = await Promise.all([
        getSubdistrict(organisation.subdistrictId), find<MenuOffer>('menuOffers', { providerId: organisation._id }, null, ORDERS_AT_MOST),
        isExpired ? find<Booking>('bookings', { providerId: organisation._id, onDate: command.gte(today) }, { by: 'onDate', direction: 'asc' }, ORDERS_AT_MOST) : [],
      ])
      const isAdmin = actor.grants.some((grant) => grant.role === 'admin')
      const left = bookings.filter((booking) => booking.menu !== undefined && booking.menu.acceptedAt !== null && (booking.status === 'booked' || booking.status === 'assigned'))
      return {
        ...briefOf(organisation, subdistrict, waitingAmong(offers, organisation._id), today), contactName: organisation.contactName, phone: organisation.phone, address: organisation.address, byName: organisation.by.name, at: organisation.at,
        reason: organisation.decided?.reason ?? null, decidedByName: organisation.decided?.by.name ?? null, isMine: providersOfWorker(actor).includes(organisation._id), mayDecide: isAdmin && organisation.state === 'waiting' && organisation.by.personId !== actor.personId,
        licences: organisation.licences.map((licence) => ({
          licenceId: licence.licenceId, kind: licence.kind, number: licence.number, fromOn: licence.fromOn, untilOn: licence.untilOn, state: licence.state, byName: licence.by.name, at: licence.at, reason: licence.decided?.reason ?? null,
          mayDecide: isAdmin && organisation.state === 'approved' && licence.state === 'waiting' && licence.by.personId !== actor.personId,
        })),
        today, ordersLeft: left.sort((a, b) => a.startsAt - b.startsAt).map((booking) => ({ bookingId: booking._id, elderName: booking.elderName, serviceName: booking.serviceName, startsAt: booking.startsAt, endsAt: booking.endsAt, isKept: booking.menu?.keptAt !== undefined, workerName: booking.worker?.name ?? null })),
      }
    },
  }),

  'organisation.register': audited('organisation.register', {
    load: aboutNobody,
    async run({ licence, ...terms }, _loaded, { actor, now, openid, request }, standing) {
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      for (const communityId of terms.communityIds) ensureCommunity(subdistrict, communityId)
      await ensureAllowedText(openid, [terms.name, terms.contactName, terms.address, licence.number].join('\n'))
      const by = byOf(actor, standing)
      const providerId = derivedId('g', request.key)
      const document = newOrganisation({ organisationId: providerId, subdistrictId: actor.subdistrictId, ...request }, { ...terms, communityIds: [...new Set(terms.communityIds)] }, licence, by, now)
      const audit = entryAbout({ _id: providerId, name: terms.name, subdistrictId: actor.subdistrictId }, 'organisationRegistered', by, now)
      return (await changeTogether([], request, () => ({ next: [] as const, answer: { providerId }, audit, added: [{ collection: 'organisations', document }] }))).answer
    },
  }),

  'organisation.addLicence': audited('organisation.addLicence', {
    load: about,
    async run({ providerId, ...terms }, { organisation }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, terms.number)
      const by = byOf(actor, standing)
      const audit = entryAbout(organisation, 'licenceAdded', by, now)
      return (await changeTogether([place<Organisation>('organisations', providerId)], request, ([current]) => ({ next: [addLicence(current, terms, by, now)] as const, answer: DONE, audit }))).answer
    },
  }),

  'organisation.decide': audited('organisation.decide', {
    load: about,
    async run({ providerId, licenceId, isApproved, reason: said }, { organisation }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, said)
      const by = byOf(actor, standing)
      const reason = said === undefined || said === '' ? null : said
      const audit = entryAbout(organisation, isApproved ? 'organisationApproved' : 'organisationRefused', by, now)
      // From now on it is a provider like any other, where staff can be given their role.
      const provider = { collection: 'providers', document: { _id: providerId, subdistrictId: organisation.subdistrictId, name: organisation.name, phone: organisation.phone } }
      return (await changeTogether([place<Organisation>('organisations', providerId)], request, ([current]) => ({
        next: [licenceId === undefined ? decideOrganisation(current, isApproved, by, reason, now) : decideLicence(current, licenceId, isApproved, by, reason, now)] as const,
        answer: DONE, audit, added: licenceId === undefined && isApproved ? [provider] : [],
      }))).answer
    },
  }),
}
