/** Handlers of src/contract/life.ts. */
import type { OutputOf } from '../../src/contract'
import { addDays } from '../../src/domain/civil-time'
import { isGivenUp, type Booking } from '../../src/domain/booking-record'
import { DomainError, ensure } from '../../src/domain/error'
import { actsOn, confirmDeath, decidePoints, ensureMayEnter, leftBy, newEvent, withdrawDeath, type LifeEvent } from '../../src/domain/life'
import type { Person } from '../../src/domain/person'
import { hasRole, type Actor } from '../../src/domain/role'
import type { Series } from '../../src/domain/series'
import type { Subdistrict } from '../../src/domain/service-item'
import { audited } from '../_server/audited'
import { entryAbout, finishAudit } from '../_server/audits'
import { command, find } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { findAccountOf } from '../_server/ledger'
import { getEvent, settleLife } from '../_server/life'
import { aboutElder, byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { careOf } from '../_server/residents'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'

const DONE = { done: true } as const
/** Rows of one list; the newest of what holds. */
const ROWS = 50
/** What was ended, as far as a family wants to read it. */
const ENDED_AT_MOST = 100
const SERIES_AT_MOST = 20

async function withPerson(input: { readonly personId: string }) {
  const person = await getPerson(input.personId)
  return { subject: aboutElder(person), person }
}

/** Family is asked by name, and only once it took effect. */
async function withEvent(input: { readonly lifeEventId: string }) {
  const event = await getEvent(input.lifeEventId)
  const isForFamily = event.state === 'holds' && (event.what === 'died' || event.what === 'movedOut')
  return { subject: { subdistrictId: event.subdistrictId, communityId: event.communityId, named: isForFamily ? event.family.map((one) => one.personId) : [] }, event }
}

const briefOf = (event: LifeEvent, subdistrict: Subdistrict, actor: Actor): OutputOf<'life.list'>['waiting'][number] => ({
  lifeEventId: event._id, elderId: event.elderId, elderName: event.elderName, communityName: communityName(subdistrict, event.communityId), what: event.what, state: event.state, fromOn: event.fromOn, untilOn: event.untilOn,
  at: event.at, byName: event.by.name, confirmedByName: event.confirmed?.by.name ?? null, isMine: event.by.personId === actor.personId,
})

/** Somebody for good: the person and the event together. */
async function leave(person: Person, event: LifeEvent, what: 'movedOut' | 'deathReported', call: Call): Promise<void> {
  await changeTogether([place<Person>('people', person._id)], call.request, ([current]) => {
    ensureMayEnter(current, event.by, call.today, event.fromOn)
    return {
      next: [what === 'movedOut' ? leftBy(current, event, call.now) : current] as const, answer: null as { lifeEventId: string } | null,
      audit: entryAbout(current, what, event.by, call.now, { purpose: event.fromOn }), added: [{ collection: 'lifeEvents', document: { ...event, replaces: what === 'movedOut' ? (current.away?.eventId ?? null) : null } }],
    }
  })
}

const wordsOf = (words: string | undefined): string | null => (words === undefined || words === '' ? null : words)

export const lifeHandlers = {
  'life.list': handler('life.list', {
    load: aboutNobody,
    async run(_input, _loaded, { actor }) {
      const mine = careOf(actor)
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const places = hasRole(actor, 'admin') ? { communityId: command.in(subdistrict.communities.map((one) => one.communityId)) } : mine
      const [waiting, holding] = await Promise.all((['waiting', 'holds'] as const).map((state) => find<LifeEvent>('lifeEvents', { ...places, state, at: command.gt(0) }, { by: 'at', direction: 'desc' }, ROWS)))
      return { waiting: (waiting ?? []).map((event) => briefOf(event, subdistrict, actor)), holding: (holding ?? []).map((event) => briefOf(event, subdistrict, actor)) }
    },
  }),

  'life.show': handler('life.show', {
    load: withEvent,
    async run(_input, { event }, { actor }, standing) {
      const isStaff = standing.relation !== 'named'
      const [subdistrict, person, account, bookings, series] = await Promise.all([
        getSubdistrict(event.subdistrictId), getPerson(event.elderId), event.what === 'died' && isStaff ? findAccountOf(event.elderId) : null,
        find<Booking>('bookings', { elderId: event.elderId, startsAt: command.gt(event.at - 1) }, { by: 'startsAt', direction: 'asc' }, ENDED_AT_MOST),
        find<Series>('series', { elderId: event.elderId, lastOn: command.gte(addDays(event.fromOn, -1)) }, { by: 'lastOn', direction: 'asc' }, SERIES_AT_MOST),
      ])
      const acts = isStaff ? actsOn(event, person, actor.personId, account?.balances.spendable ?? 0) : []
      const { points } = event
      return {
        ...briefOf(event, subdistrict, actor), as: isStaff ? 'staff' : 'family', words: isStaff ? event.words : null, confirmedAt: event.confirmed?.at ?? null,
        withdrawn: event.withdrawn && { at: event.withdrawn.at, byName: event.withdrawn.by.name, words: event.withdrawn.words }, family: event.family.map((one) => ({ ...one })),
        ended: bookings.filter((booking) => isGivenUp(booking) && booking.requests[event._id] !== undefined).map((booking) => ({ kind: booking.kind, title: booking.serviceName, detail: booking.meal?.dishName ?? booking.providerName, startsAt: booking.startsAt })),
        series: series.filter((one) => one.ended !== null && one.ended.at >= event.at).map((one) => ({ title: one.serviceName, detail: one.providerName })),
        points: account !== null && points === null && account.balances.spendable > 0 ? account.balances.spendable : null,
        decided: points && { at: points.at, byName: points.by.name, saidBy: points.saidBy, amount: points.amount, how: points.to.how, toName: points.to.how === 'given' ? points.to.name : null },
        contactName: [event.confirmed?.by, event.by].find((by) => by?.as === 'socialWorker')?.name ?? null, dutyPhone: subdistrict.dutyPhone, acts: [...(standing.role === 'admin' ? acts.filter((act) => act !== 'decidePoints') : acts)],
      }
    },
  }),

  'life.reportDeath': audited('life.reportDeath', {
    load: withPerson,
    async run(input, { person }, call, standing) {
      await ensureAllowedText(call.openid, input.words)
      const by = byOf(call.actor, standing, person)
      ensureMayEnter(person, by, call.today, input.onDate)
      const open = await find<LifeEvent>('lifeEvents', { elderId: person._id, state: 'waiting' }, null, 1)
      ensure(open.length === 0, 'WRONG_STATE', { status: 'waiting' })
      const event = newEvent({ eventId: derivedId('l', call.request.key), person, what: 'died', span: { fromOn: input.onDate, untilOn: null }, words: wordsOf(input.words), replaces: null }, by, call.now)
      await leave(person, event, 'deathReported', call)
      await finishAudit(call.request, { lifeEventId: event._id })
      return { lifeEventId: event._id }
    },
  }),

  'life.confirmDeath': audited('life.confirmDeath', {
    load: withEvent,
    async run(_input, { event }, call, standing) {
      const person = await getPerson(event.elderId)
      const by = byOf(call.actor, standing, person)
      await changeTogether([place<Person>('people', person._id), place<LifeEvent>('lifeEvents', event._id)], call.request, ([current, waiting]) => {
        const confirmed = confirmDeath(waiting, current, by, call.today, call.now)
        return { next: [leftBy(current, confirmed, call.now), confirmed] as const, answer: null as typeof DONE | null, audit: entryAbout(current, 'deathConfirmed', by, call.now) }
      })
      await settleLife(await getEvent(event._id), call.now)
      await finishAudit(call.request, DONE)
      return DONE
    },
  }),

  'life.withdrawDeath': audited('life.withdrawDeath', {
    load: withEvent,
    async run(input, { event }, call, standing) {
      await ensureAllowedText(call.openid, input.words)
      const person = await getPerson(event.elderId)
      const by = byOf(call.actor, standing, person)
      const { answer } = await changeTogether([place<LifeEvent>('lifeEvents', event._id)], call.request, ([current]) => ({
        next: [withdrawDeath(current, person, by, input.words, call.now)] as const, answer: DONE, audit: entryAbout(person, 'deathWithdrawn', by, call.now, { purpose: input.words }),
      }))
      return answer
    },
  }),

  'life.moveOut': audited('life.moveOut', {
    load: withPerson,
    async run(input, { person }, call, standing) {
      await ensureAllowedText(call.openid, input.words)
      const by = byOf(call.actor, standing, person)
      const eventId = derivedId('l', call.request.key)
      const event = newEvent({ eventId, person, what: 'movedOut', span: { fromOn: input.onDate, untilOn: null }, words: wordsOf(input.words), replaces: null }, by, call.now)
      await leave(person, event, 'movedOut', call)
      await settleLife(await getEvent(eventId), call.now)
      await finishAudit(call.request, { lifeEventId: eventId })
      return { lifeEventId: eventId }
    },
  }),

  'life.decidePoints': audited('life.decidePoints', {
    load: withEvent,
    async run(input, { event }, call, standing) {
      const [person, account, to] = await Promise.all([getPerson(event.elderId), findAccountOf(event.elderId), input.to.how === 'given' ? getPerson(input.to.personId) : null])
      const by = byOf(call.actor, standing, person)
      const amount = account?.balances.spendable ?? 0
      const { answer } = await changeTogether([place<LifeEvent>('lifeEvents', event._id)], call.request, ([current]) => {
        const next = decidePoints(current, person, to, input.saidBy, amount, by, call.now)
        if (next.points === null) throw new DomainError('UNEXPECTED')
        return { next: [next] as const, answer: { amount }, audit: entryAbout(person, 'farewellPoints', by, call.now, { purpose: input.saidBy }) }
      })
      await settleLife(await getEvent(event._id), call.now)
      return answer
    },
  }),
}
