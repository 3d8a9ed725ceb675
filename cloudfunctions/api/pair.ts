/** Handlers of src/contract/volunteer.ts: standing help 结对. */
import type { OutputOf } from '../../src/contract'
import { DomainError, ensure } from '../../src/domain/error'
import { answerPair, endPair, nextPairDay, offer, type Pair } from '../../src/domain/pair'
import { maskAddress, type Person } from '../../src/domain/person'
import { hasRole, type Actor, type Subject } from '../../src/domain/role'
import type { Subdistrict } from '../../src/domain/service-item'
import { isDone, type Shift } from '../../src/domain/shift'
import { actorOf, type Account } from '../_server/accounts'
import { changeOnce, createOnce } from '../_server/aggregate'
import { command, find, read } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { getPair, settlePair } from '../_server/pairs'
import { aboutElder, byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { communitiesOf, getResident } from '../_server/residents'
import { aboutNobody, handler } from '../_server/serve'
import { eldersBookedFor } from '../_server/task-views'
import { serverOf, volunteerGrant } from '../_server/tasks'
import { ensureAllowedText } from '../_server/text'
import { asVolunteer } from './volunteer'

const DONE = { done: true } as const
/** Pairs of one side, and of a social worker's communities. */
const PAIRS_AT_MOST = 60
/** Shifts among which a volunteer finds the elders whom they have served. */
const SERVED_AT_MOST = 200

const placeOf = ({ subdistrictId, communityId }: Pick<Pair, 'subdistrictId' | 'communityId'>): Subject => ({ subdistrictId, communityId })
const said = (words: string | undefined): string | null => (words === undefined || words === '' ? null : words)

async function withPair({ pairId }: { readonly pairId: string }) {
  const pair = await getPair(pairId)
  const elder = await getPerson(pair.elderId)
  return { subject: { ...aboutElder(elder), ...placeOf(pair), named: [pair.volunteerId] }, pair, elder, remembersIn: pair }
}

const isLive = (pair: Pair): boolean => pair.status === 'offered' || pair.status === 'active'

type View = OutputOf<'pair.list'>['pairs'][number]

function pairView(pair: Pair, subdistrict: Subdistrict, as: View['as'], now: number): View {
  const mayAnswer = pair.status === 'offered' && (as === 'volunteer' ? pair.agreed.volunteer === null : pair.agreed.elder === null)
  return {
    pairId: pair._id, status: pair.status, volunteerName: pair.volunteer.name, elderName: pair.elder.name, elderId: pair.elderId, communityName: communityName(subdistrict, pair.communityId), title: pair.title, what: pair.what, place: pair.place,
    weekday: pair.weekday, startMinute: pair.startMinute, minutes: pair.minutes, offeredByName: pair.offeredBy.name, offeredAt: pair.offeredAt, volunteerAgreed: pair.agreed.volunteer !== null, elderAgreed: pair.agreed.elder !== null,
    endedAt: pair.ended?.at ?? null, endedByName: pair.ended?.by.name ?? null, reason: pair.ended?.reason ?? null, nextOn: pair.status === 'active' ? nextPairDay({ ...pair, madeUntilOn: null }, now) : null,
    as, acts: [...(mayAnswer ? (['accept', 'refuse'] as const) : []), ...(isLive(pair) ? (['end'] as const) : [])],
  }
}

/** Elders whom a volunteer has served, by verified shifts: nobody else is shown to them, or found by an id. */
async function servedBy(volunteerId: string): Promise<ReadonlyMap<string, string>> {
  const shifts = await find<Shift>('shifts', { volunteerId, startsAt: command.gt(0) }, { by: 'startsAt', direction: 'desc' }, SERVED_AT_MOST, ['elderId', 'elderName', 'status'])
  return new Map(shifts.filter(isDone).flatMap((shift) => (shift.elderId === null ? [] : [[shift.elderId, shift.elderName ?? ''] as const])))
}

/** @throws NO_MATCH for somebody who is no volunteer */
async function ensureVolunteer(person: Person, actor: Actor): Promise<void> {
  if (person._id === actor.personId) return ensure(volunteerGrant(actor) !== null, 'NO_MATCH')
  const accounts = (await find<Account>('accounts', { personId: person._id }, null, 5)).flatMap((account) => actorOf(account) ?? [])
  ensure(person.subdistrictId === actor.subdistrictId && accounts.some((account) => hasRole(account, 'volunteer')), 'NO_MATCH')
}

export const pairHandlers = {
  'pair.list': handler('pair.list', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, now, today }) {
      const me = actor.personId
      const elders = await eldersBookedFor(me, today)
      const communityIds = communitiesOf(actor)
      const isVolunteer = volunteerGrant(actor) !== null
      const newest = { by: 'offeredAt', direction: 'desc' } as const
      const [subdistrict, mine, ofElders, here, served] = await Promise.all([
        getSubdistrict(actor.subdistrictId), find<Pair>('pairs', { volunteerId: me }, newest, PAIRS_AT_MOST), find<Pair>('pairs', { elderId: command.in([me, ...elders.map((elder) => elder._id)]) }, newest, PAIRS_AT_MOST),
        communityIds.length === 0 ? [] : find<Pair>('pairs', { communityId: command.in(communityIds), status: command.in(['offered', 'active']) }, newest, PAIRS_AT_MOST), isVolunteer ? servedBy(me) : new Map<string, string>(),
      ])
      const views = new Map<string, View>()
      for (const pair of here) views.set(pair._id, pairView(pair, subdistrict, 'socialWorker', now))
      for (const pair of ofElders) views.set(pair._id, pairView(pair, subdistrict, pair.elderId === me ? 'elder' : 'family', now))
      for (const pair of mine) views.set(pair._id, pairView(pair, subdistrict, 'volunteer', now))
      const taken = new Set(mine.filter(isLive).map((pair) => pair.elderId))
      return { pairs: [...views.values()], elders: [...served].filter(([personId]) => !taken.has(personId)).map(([personId, name]) => ({ personId, name })) }
    },
  }),

  'pair.offer': handler('pair.offer', {
    isFoundByKey: true,
    async load({ elderId }, { request }) {
      const before = await read<Pair>('pairs', derivedId('pr', request.key))
      if (before !== null) return { subject: placeOf(before), elder: null, madeBefore: { hash: before.madeBy.hash, answer: { pairId: before._id } } }
      const elder = await getResident(elderId)
      return { subject: placeOf(elder), elder, madeBefore: null }
    },
    async run(input, { elder }, call, standing) {
      const { actor, now, request } = call
      if (elder === null) throw new DomainError('NOT_FOUND')
      const { elderId: _elderId, volunteerId = actor.personId, ...stated } = input
      const isMine = volunteerId === actor.personId
      // A volunteer finds only elders whom they have served already.
      ensure(standing.role === 'socialWorker' || (isMine && (await servedBy(actor.personId)).has(elder._id)), 'NOT_FOUND')
      const volunteer = await getResident(volunteerId)
      await ensureVolunteer(volunteer, actor)
      ensure(volunteer.standing === 'verified' && elder.standing === 'verified', 'UNVERIFIED')
      await ensureAllowedText(call.openid, `${input.title}\n${input.what}`)
      const pairId = derivedId('pr', request.key)
      const live = (await find<Pair>('pairs', { elderId: elder._id }, { by: 'offeredAt', direction: 'desc' }, PAIRS_AT_MOST)).find((pair) => pair.volunteerId === volunteerId && isLive(pair) && pair._id !== pairId)
      if (live !== undefined) throw new DomainError('WRONG_STATE', { status: live.status })
      const [server, subdistrict] = await Promise.all([serverOf(volunteer), getSubdistrict(elder.subdistrictId)])
      const organiser = isMine ? { personId: elder._id, name: elder.name } : { personId: actor.personId, name: actor.name }
      const pair = offer({
        ...stated, communityId: elder.communityId, elder: { personId: elder._id, name: elder.name }, organiser, volunteer: server,
        place: elder.address === null ? communityName(subdistrict, elder.communityId) : maskAddress(elder.address),
      }, { pairId, subdistrictId: elder.subdistrictId, key: request.key, hash: request.hash }, isMine ? asVolunteer(actor) : byOf(actor, standing), now)
      return { pairId: (await createOnce<Pair>('pairs', pair))._id }
    },
  }),

  'pair.accept': handler('pair.accept', {
    load: withPair,
    async run(input, { pair, elder }, call, standing) {
      await ensureAllowedText(call.openid, input.words)
      const words = said(input.words)
      const isVolunteer = standing.relation === 'named'
      ensure(standing.role !== 'socialWorker' || words !== null, 'REASON_REQUIRED')
      const by = isVolunteer ? asVolunteer(call.actor) : byOf(call.actor, standing, elder)
      const { answer } = await changeOnce('pairs', pair, call.request, (current) => {
        const next = answerPair(current, isVolunteer ? 'volunteer' : 'elder', input.accepts, by, words, call.now)
        return { next, answer: { status: next.status } }
      })
      return answer
    },
  }),

  'pair.end': handler('pair.end', {
    load: withPair,
    async run(input, { pair, elder }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      const by = standing.relation === 'named' ? asVolunteer(call.actor) : byOf(call.actor, standing, elder)
      const { document, answer } = await changeOnce('pairs', pair, call.request, (current) => ({ next: endPair(current, by, said(input.reason), call.now), answer: DONE }))
      await settlePair(document, call.now)
      return answer
    },
  }),
}
