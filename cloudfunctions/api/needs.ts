/** Handlers of the needs in src/contract/points.ts. */
import { DomainError, ensure } from '../../src/domain/error'
import { close, type Need } from '../../src/domain/needs'
import { changeOnce, createOnce, get } from '../_server/aggregate'
import { derivedId } from '../_server/keys'
import { needsIn, needViews, openNeedOf, openNeedsOf } from '../_server/needs'
import { aboutElder, byOf, getPerson, getSubdistrict } from '../_server/people'
import { communitiesOf, getResident } from '../_server/residents'
import { aboutNobody, handler } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'

const DONE = { done: true } as const

export const needHandlers = {
  'need.list': handler('need.list', {
    load: aboutNobody,
    async run(input, _loaded, { actor }) {
      const [subdistrict, me, needs] = await Promise.all([getSubdistrict(actor.subdistrictId), getPerson(actor.personId), input.mine === true ? needsIn(communitiesOf(actor)) : openNeedsOf(actor.subdistrictId)])
      return { items: needViews(needs, subdistrict, actor, me.communityId) }
    },
  }),

  'need.open': handler('need.open', {
    async load(input) {
      const elder = await getResident(input.elderId)
      return { subject: aboutElder(elder), elder }
    },
    async run(input, { elder }, call, standing) {
      ensure(elder.standing === 'verified', 'UNVERIFIED')
      ensure(input.hasConsent, 'CONSENT_REQUIRED')
      ensure(call.actor.personId !== elder._id && !elder.kinIds.includes(call.actor.personId), 'OWN_CASE')
      await ensureAllowedText(call.openid, input.words)
      ensure(!input.words.includes(elder.name), 'BAD_INPUT', { field: 'words' })
      const needId = derivedId('n', call.request.key)
      const open = await openNeedOf(elder._id)
      if (open !== null && open._id !== needId) throw new DomainError('ALREADY_BOOKED', { what: 'need' })
      const need: Need = {
        _id: needId, version: 1, subdistrictId: elder.subdistrictId, communityId: elder.communityId, elderId: elder._id, elderName: elder.name, words: input.words, wanted: input.wanted, given: 0, gifts: {}, status: 'open',
        openedBy: byOf(call.actor, standing), openedAt: call.now, consentAt: call.now, closed: null, madeBy: call.request, requests: {},
      }
      return { needId: (await createOnce('needs', need))._id }
    },
  }),

  'need.close': handler('need.close', {
    async load(input) {
      const need = await get<Need>('needs', input.needId)
      return { subject: { subdistrictId: need.subdistrictId, communityId: need.communityId }, remembersIn: need, need }
    },
    async run(input, { need }, call, standing) {
      await ensureAllowedText(call.openid, input.words)
      const { answer } = await changeOnce('needs', need, call.request, (current) => ({ next: close(current, byOf(call.actor, standing), input.words, call.now), answer: DONE }))
      return answer
    },
  }),
}
