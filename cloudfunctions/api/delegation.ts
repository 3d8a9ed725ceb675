/** Handlers of src/contract/delegation.ts: asking for, giving, seeing and ending the right to act for an elder. */
import type { IdentityCheck } from '../../src/domain/person'
import type { By } from '../../src/domain/booking-record'
import { decide, delegationState, ensureMayAsk, give, grantedOf, matchElder, alertedInOrder, withCallOrder, withDelegation, withoutDelegation, type DelegationRequest, type DelegationScope } from '../../src/domain/delegation'
import { DomainError, ensure } from '../../src/domain/error'
import type { Person } from '../../src/domain/person'
import { createOnce, get } from '../_server/aggregate'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { find, read } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { aboutElder, byOf, eldersOf, getPerson, getSubdistrict } from '../_server/people'
import { communitiesOf, ensureCommunity, getResident } from '../_server/residents'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { changeTogether, place } from '../_server/together'
import { actedFor } from '../_server/views'

const DONE = { done: true } as const
/** More namesakes than this in one community are told apart at the counter. */
const NAMESAKES = 10
const requestIdOf = (call: Call): string => derivedId('r', call.request.key)
const getRequest = (id: string): Promise<DelegationRequest> => get<DelegationRequest>('delegationRequests', id)

interface Less {
  readonly scopes?: readonly DelegationScope[] | undefined
  readonly endOn?: string | undefined
}

/** The elder gives what was asked, or less of it; the request is answered in the same step. */
async function approve(call: Call, requestId: string, elder: Person, by: By, less: Less, identityCheck: IdentityCheck | null): Promise<typeof DONE> {
  const asked = await getRequest(requestId)
  const family = await getResident(asked.fromPersonId)
  const { answer } = await changeTogether([place<Person>('people', elder._id), place<DelegationRequest>('delegationRequests', requestId)], call.request, ([current, request]) => {
    const decided = decide(request, 'approved', by, call.now)
    const givenBy = { personId: by.personId, name: by.name, ...(identityCheck === null ? { how: 'elderTap' as const } : { how: 'counter' as const, identityCheck }) }
    const given = give({ ...grantedOf(request, less), givenBy }, { personId: current._id, standing: current.standing }, family.standing, call.now, call.today)
    return {
      next: [withDelegation(current, given), { ...decided, elderId: current._id }] as const, answer: DONE,
      audit: entryAbout(current, 'delegationGiven', by, call.now, identityCheck === null ? {} : { purpose: identityCheck }),
    }
  })
  return answer
}

export const delegationHandlers = {
  'delegation.request': handler('delegation.request', {
    isFoundByKey: true,
    async load(_input, call) {
      const before = await read<DelegationRequest>('delegationRequests', requestIdOf(call))
      return { subject: {}, madeBefore: before && { hash: before.madeBy.hash, answer: { delegationRequestId: before._id } } }
    },
    async run(input, _loaded, call) {
      const { actor, now, today, request } = call
      ensureMayAsk(input, today)
      ensureCommunity(await getSubdistrict(actor.subdistrictId), input.communityId)
      const namesakes = await find<Person>('people', { communityId: input.communityId, name: input.elderName }, null, NAMESAKES + 1)
      const elder = namesakes.length > NAMESAKES ? null : matchElder(namesakes.filter((person) => person.subdistrictId === actor.subdistrictId), actor.personId, input.phoneLast4)
      const made = await createOnce<DelegationRequest>('delegationRequests', {
        _id: requestIdOf(call), version: 1, subdistrictId: actor.subdistrictId, communityId: input.communityId, fromPersonId: actor.personId, fromName: actor.name,
        kinship: input.kinship, scopes: input.scopes, endOn: input.endOn, elderName: input.elderName, elderId: elder?._id ?? null,
        status: 'waiting', at: now, decidedBy: null, decidedAt: null, madeBy: request,
      })
      return { delegationRequestId: made._id }
    },
  }),

  'delegation.mine': handler('delegation.mine', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const [subdistrict, acting, asked] = await Promise.all([
        getSubdistrict(actor.subdistrictId), eldersOf(actor.personId),
        find<DelegationRequest>('delegationRequests', { fromPersonId: actor.personId }, { by: 'at', direction: 'desc' }, 20),
      ])
      return {
        elders: acting.flatMap((elder) => actedFor(elder, actor.personId, subdistrict, today) ?? []),
        requests: asked.map(({ _id, elderName, kinship, status, at }) => ({ delegationRequestId: _id, elderName, kinship, status, at })),
      }
    },
  }),

  'delegation.ofMe': handler('delegation.ofMe', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const [me, waiting] = await Promise.all([
        getPerson(actor.personId),
        find<DelegationRequest>('delegationRequests', { elderId: actor.personId, status: 'waiting' }, { by: 'at', direction: 'asc' }, 20),
      ])
      return {
        delegates: Object.values(me.delegates).map((given) => ({
          personId: given.personId, name: given.name, kinship: given.kinship, scopes: [...given.scopes], endOn: given.endOn, state: delegationState(given, today), givenAt: given.givenAt, how: given.givenBy.how,
        })),
        callOrder: alertedInOrder(me, today).map((given) => given.personId),
        requests: waiting.map(({ _id, fromName, kinship, scopes, endOn, at }) => ({ delegationRequestId: _id, fromName, kinship, scopes: [...scopes], endOn, at })),
      }
    },
  }),

  'delegation.approve': audited('delegation.approve', {
    async load(input) {
      const { elderId } = await getRequest(input.delegationRequestId)
      if (elderId === null) throw new DomainError('NOT_FOUND')
      const elder = await getResident(elderId)
      return { subject: aboutElder(elder), elder }
    },
    run: (input, { elder }, call, standing) => approve(call, input.delegationRequestId, elder, byOf(call.actor, standing), input, null),
  }),

  'delegation.refuse': audited('delegation.refuse', {
    async load(input) {
      const asked = await getRequest(input.delegationRequestId)
      const elder = asked.elderId === null ? null : await getResident(asked.elderId)
      return { subject: elder ? aboutElder(elder) : { subdistrictId: asked.subdistrictId, communityId: asked.communityId }, asked, elder }
    },
    async run(_input, { asked, elder }, call, standing) {
      const by = byOf(call.actor, standing)
      const about = elder ?? { _id: asked._id, name: asked.elderName, subdistrictId: asked.subdistrictId }
      const { answer } = await changeTogether([place<DelegationRequest>('delegationRequests', asked._id)], call.request, ([current]) => ({
        next: [decide(current, 'refused', by, call.now)] as const, answer: DONE, audit: entryAbout(about, 'delegationRefused', by, call.now),
      }))
      return answer
    },
  }),

  'delegation.approveAtCounter': audited('delegation.approveAtCounter', {
    async load(input) {
      const [asked, elder] = await Promise.all([getRequest(input.delegationRequestId), getResident(input.elderId)])
      return { subject: aboutElder(elder), asked, elder }
    },
    async run(input, { asked, elder }, call, standing) {
      ensure(communitiesOf(call.actor).includes(asked.communityId), 'NOT_FOUND')
      // Law 3: nobody gives themself, or their own family, a right at their own counter.
      ensure(![asked.fromPersonId, elder._id, ...elder.kinIds].includes(call.actor.personId), 'OWN_CASE')
      return approve(call, asked._id, elder, byOf(call.actor, standing), {}, input.identityCheck)
    },
  }),

  'delegation.end': audited('delegation.end', {
    async load(input) {
      const elder = await getResident(input.elderId)
      return { subject: aboutElder(elder), elder }
    },
    async run(input, { elder }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      ensure(standing.relation !== 'delegate' || input.personId === call.actor.personId, 'NOT_FOUND')
      const { answer } = await changeTogether([place<Person>('people', elder._id)], call.request, ([current]) => ({
        next: [withoutDelegation(current, input.personId, by.personId, call.now)] as const, answer: DONE, audit: entryAbout(current, 'delegationEnded', by, call.now),
      }))
      return answer
    },
  }),

  'delegation.setOrder': audited('delegation.setOrder', {
    async load(input) {
      const elder = await getResident(input.elderId)
      return { subject: aboutElder(elder), elder }
    },
    async run(input, { elder }, call, standing) {
      const { answer } = await changeTogether([place<Person>('people', elder._id)], call.request, ([current]) => ({
        next: [withCallOrder(current, input.personIds, call.today)] as const, answer: DONE, audit: entryAbout(current, 'callOrderSet', byOf(call.actor, standing, current), call.now),
      }))
      return answer
    },
  }),
}
