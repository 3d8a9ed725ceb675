/** Handlers of src/contract/home.ts. */
import { isComing, waitsForWordOf } from '../../src/domain/booking-acts'
import type { Booking } from '../../src/domain/booking-record'
import { ageOn, DAY } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import { command, find } from '../_server/cloud'
import { communityName, eldersOf, getPerson, getSubdistrict } from '../_server/people'
import { aboutNobody, handler } from '../_server/serve'
import { actedFor, bookingBrief, myself } from '../_server/views'
import { roleGrants } from '../_server/role-names'

/** From this age somebody is shown their own services first, not those of the elders they act for. */
const ELDER_AGE = 60

interface Waiting {
  readonly _id: string
  readonly fromName: string
  readonly kinship: string
}

export const homeHandlers = {
  'home.show': handler('home.show', {
    load: aboutNobody,
    async run(input, _loaded, { actor, now, today }) {
      const [me, acting, subdistrict, waiting] = await Promise.all([
        getPerson(actor.personId), eldersOf(actor.personId), getSubdistrict(actor.subdistrictId),
        find<Waiting>('delegationRequests', { elderId: actor.personId, status: 'waiting' }, { by: 'at', direction: 'asc' }, 10),
      ])
      const mine = myself(me, subdistrict)
      const others = acting.flatMap((elder) => actedFor(elder, actor.personId, subdistrict, today) ?? [])
      const elders = ageOn(me.birthOn, today) >= ELDER_AGE ? [mine, ...others] : [...others, mine]
      const elder = input.elderId === undefined ? elders[0] : elders.find((choice) => choice.personId === input.elderId)
      if (!elder) throw new DomainError('NOT_FOUND')
      const bookings = elder.scopes.includes('readCare') || elder.scopes.includes('book')
        ? await find<Booking>('bookings', { elderId: elder.personId, startsAt: command.gte(now - 3 * DAY) }, { by: 'startsAt', direction: 'asc' }, 20)
        : []
      const brief = (booking: Booking) => bookingBrief(booking, subdistrict)
      return {
        me: { personId: me._id, name: me.name, communityName: communityName(subdistrict, me.communityId), standing: standingOf(me), roles: await roleGrants(actor, subdistrict) },
        subdistrictName: subdistrict.name, dutyPhone: subdistrict.dutyPhone, elders, elder,
        next: bookings.filter((booking) => isComing(booking, now)).slice(0, 3).map(brief),
        toConfirm: elder.scopes.includes('book') ? bookings.filter((booking) => waitsForWordOf(booking, actor.personId, now)).map(brief) : [],
        meal: null, safety: [], daily: null,
        requestsWaiting: waiting.map((request) => ({ delegationRequestId: request._id, fromName: request.fromName, kinship: request.kinship })),
      }
    },
  }),
}

const standingOf = (person: Person): 'verified' | 'unverified' => (person.standing === 'verified' ? 'verified' : 'unverified')
