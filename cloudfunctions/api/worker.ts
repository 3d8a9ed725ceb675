/** Handlers of src/contract/worker.ts: the social worker's day. */
import { caseOfPage } from '../../src/domain/case-message'
import type { ActivitySlot } from '../../src/domain/activity'
import type { Booking } from '../../src/domain/booking-record'
import type { DelegationRequest } from '../../src/domain/delegation'
import type { DeskHours } from '../../src/domain/desk-hours'
import { isWeak, missingFor } from '../../src/domain/evidence'
import type { SafetyCase } from '../../src/domain/safety-case'
import type { LifeEvent } from '../../src/domain/life'
import type { Person } from '../../src/domain/person'
import type { Project } from '../../src/domain/project'
import { hasRole } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import type { Shift } from '../../src/domain/shift'
import { changeOnce, get } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { told, type Message } from '../_server/messages'
import { communityName, getSubdistrict } from '../_server/people'
import { careOf, communitiesOf } from '../_server/residents'
import { caseBrief, liveCasesNaming } from '../_server/safety'
import { aboutNobody, handler } from '../_server/serve'
import { bookingBrief } from '../_server/views'

const DONE = { done: true } as const
/** Rows of one list that a phone is sent; what is older comes first, so nothing is pushed out of sight for long. */
const ROWS = 20
/** Live cases of somebody's communities, far more than there are at a time. */
const LIVE_CASES = 100

const row = (booking: Booking, subdistrict: Subdistrict) => ({
  ...bookingBrief(booking, subdistrict), missing: [...missingFor(booking)], isWeakProof: isWeak(booking.evidence),
  checkedInAt: booking.evidence.checkIn?.provedAt ?? null, checkedOutAt: booking.evidence.checkOut?.provedAt ?? null, satisfaction: booking.evidence.confirm?.satisfaction ?? null,
})

export const workerHandlers = {
  'worker.today': handler('worker.today', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, now }) {
      const communityIds = communitiesOf(actor)
      const subdistrict = await getSubdistrict(actor.subdistrictId)
      const mine = { communityId: command.in(communityIds) }
      const [here, named, exceptions, complete, toCall, toMeet, requests] = await Promise.all([
        find<SafetyCase>('safetyCases', { ...mine, status: command.in(['open', 'taken']) }, { by: 'openedAt', direction: 'asc' }, LIVE_CASES),
        liveCasesNaming(actor.personId),
        find<Booking>('bookings', { ...mine, review: 'exception' }, { by: 'startsAt', direction: 'asc' }, ROWS),
        find<Booking>('bookings', { ...mine, review: 'complete' }, { by: 'startsAt', direction: 'asc' }, ROWS),
        find<Message>('messages', { ...mine, state: 'toCall' }, { by: 'dueAt', direction: 'asc' }, ROWS),
        find<Person>('people', { ...mine, standing: 'unverified' }, { by: 'registeredAt', direction: 'asc' }, ROWS),
        find<DelegationRequest>('delegationRequests', { ...mine, status: 'waiting' }, { by: 'at', direction: 'asc' }, ROWS),
      ])
      // Another community's case that asks me by name stands among my own.
      const live = [...here, ...named.filter((safety) => !here.some((one) => one._id === safety._id))].sort((a, b) => a.openedAt - b.openedAt)
      const ofStatus = (status: SafetyCase['status']): SafetyCase[] => live.filter((safety) => safety.status === status)
      return {
        placeNames: communityIds.map((id) => communityName(subdistrict, id)),
        // Who has nobody comes first, whoever waits longest before the others.
        safety: [...ofStatus('open'), ...ofStatus('taken')].slice(0, ROWS).map((safety) => caseBrief(safety, subdistrict, actor.personId, now)),
        exceptions: exceptions.map((booking) => row(booking, subdistrict)),
        complete: complete.map((booking) => row(booking, subdistrict)),
        toCall: toCall.map((message) => ({ messageId: message._id, elderId: message.elderId, personId: message.personId, personName: message.personName, communityName: communityName(subdistrict, message.communityId), gist: message.gist, dueAt: message.dueAt, safetyCaseId: caseOfPage(message.page), offer: message.offer ?? null })),
        toMeet: toMeet.map((person) => ({ personId: person._id, name: person.name, communityName: communityName(subdistrict, person.communityId), registeredAt: person.registeredAt })),
        requests: requests.map((request) => ({ delegationRequestId: request._id, fromName: request.fromName, kinship: request.kinship, elderName: request.elderName, isMatched: request.elderId !== null, at: request.at, elderId: request.elderId, scopes: [...request.scopes], endOn: request.endOn })),
      }
    },
  }),

  'worker.waiting': handler('worker.waiting', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, now }) {
      const mine = careOf(actor)
      const places = hasRole(actor, 'admin') ? (await getSubdistrict(actor.subdistrictId)).communities.map(({ communityId }) => communityId) : communitiesOf(actor)
      const [shifts, projects, desk, activities, deaths] = await Promise.all([
        find<Shift>('shifts', { ...mine, review: command.in(['complete', 'exception']) }, { by: 'startsAt', direction: 'asc' }, ROWS, ['_id']),
        find<Project>('projects', { ...mine, status: 'finished' }, { by: 'publishedAt', direction: 'asc' }, ROWS, ['_id']),
        find<DeskHours>('deskHours', { ...mine, state: 'waiting' }, { by: 'at', direction: 'asc' }, ROWS, ['_id']),
        find<ActivitySlot>('slots', { 'activity.reviewIn': command.in(places), startsAt: command.lt(now) }, { by: 'startsAt', direction: 'asc' }, ROWS, ['_id', 'endsAt', 'activity']),
        find<LifeEvent>('lifeEvents', { communityId: command.in(places), state: 'waiting' }, null, ROWS, ['_id']),
      ])
      // Law 3: what I held myself waits for somebody else.
      const toVerify = activities.filter((slot) => slot.endsAt <= now && slot.activity.organiser.personId !== actor.personId)
      return { shifts: shifts.length, projects: projects.length, desk: desk.length, activities: toVerify.length, deaths: deaths.length }
    },
  }),

  'message.called': handler('message.called', {
    load: async (input) => about(await get<Message>('messages', input.messageId)),
    async run(input, { remembersIn }, { actor, now, request }) {
      const by = { personId: actor.personId, name: actor.name }
      await changeOnce('messages', remembersIn, request, (current) => ({ next: told(current, by, input.outcome, now), answer: DONE }))
      return DONE
    },
  }),
}

/** A document of a community, which is where the right to it comes from. */
const about = <T extends { readonly subdistrictId: string; readonly communityId: string }>(document: T) => ({
  subject: { subdistrictId: document.subdistrictId, communityId: document.communityId }, remembersIn: document,
})
