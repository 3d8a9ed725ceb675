/** Handlers of src/contract/earning.ts: the points policy, changed by two administrators, and hours entered afterwards. */
import type { OutputOf } from '../../src/contract'
import { addDays, civilDate, instantOf, minuteOfDay, spokenDay } from '../../src/domain/civil-time'
import { cannotDecide, decideDesk, deskMinutes, deskTime, ensureNoOverlap, ensureNotRecorded, type DeskHours } from '../../src/domain/desk-hours'
import { DomainError, ensure } from '../../src/domain/error'
import type { PointsEntry } from '../../src/domain/ledger'
import { monthOf } from '../../src/domain/meal-policy'
import { ensureNotOwnCase } from '../../src/domain/own-case'
import { decideProposal, ensureTerms, policyOn, withdrawProposal, worth, type EarningSource, type PointsPolicy, type PointsProposal, type PointsTerms } from '../../src/domain/points-policy'
import { previewPoints, type PastWork } from '../../src/domain/points-preview'
import type { Actor } from '../../src/domain/role'
import type { ServiceItem, Subdistrict } from '../../src/domain/service-item'
import { answeredBefore, changeOnce, createOnce, get } from '../_server/aggregate'
import { audited } from '../_server/audited'
import { entryAbout } from '../_server/audits'
import { command, find, read } from '../_server/cloud'
import { getDesk, settleDesk, workAround } from '../_server/earning'
import { derivedId } from '../_server/keys'
import { pageBy } from '../_server/pages'
import { aboutElder, byOf, communityName, getSubdistrict } from '../_server/people'
import { communitiesOf, getResident } from '../_server/residents'
import { aboutNobody, handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { changeTogether, place } from '../_server/together'

const DONE = { done: true } as const
const PROPOSALS_SHOWN = 30
const SERVICES_AT_MOST = 200
/** Work that a preview looks at, and entries or events on one page. */
const WORK_AT_MOST = 20_000
const WORK_PAGE = 1000
const PAGE = 20
/** More hours of one person on one day than anybody enters. */
const DESKS_OF_A_DAY = 50

type Shown = OutputOf<'pointsPolicy.now'>['coming'][number]
const policiesOf = (subdistrict: Subdistrict): readonly PointsPolicy[] => subdistrict.pointsPolicies ?? []
const servicesOf = (subdistrictId: string): Promise<ServiceItem[]> => find<ServiceItem>('serviceItems', { subdistrictId }, { by: 'order', direction: 'asc' }, SERVICES_AT_MOST, ['name', 'providerName', 'kind'])
const nextVersion = (policies: readonly PointsPolicy[]): number => Math.max(0, ...policies.map(({ version }) => version)) + 1
const signedBy = ({ actor, now }: Call) => ({ personId: actor.personId, name: actor.name, at: now })
const reasonOf = (reason: string | undefined): string | null => (reason === undefined || reason === '' ? null : reason)

function termsShown(terms: PointsTerms, services: readonly ServiceItem[]) {
  const { validFrom, caps, leastMinutes, mostMinutes, giftMonthLimit, byHandLimit, collectDays, expireAfterMonths, announceDays, balanceCap } = terms
  return {
    validFrom, caps: { volunteer: { ...caps.volunteer }, staff: { ...caps.staff }, group: { ...caps.group } }, leastMinutes, mostMinutes, giftMonthLimit, byHandLimit, collectDays, expireAfterMonths, announceDays, balanceCap,
    rates: terms.rates.map((rate) => ({ ...rate, serviceName: services.find((service) => service._id === rate.serviceItemId)?.name ?? null })),
  }
}

const policyShown = (policy: PointsPolicy, services: readonly ServiceItem[], nowVersion: number | undefined, today: string): Shown => ({
  ...termsShown(policy, services), version: policy.version, state: policy.validFrom > today ? 'coming' : policy.version === nowVersion ? 'now' : 'past',
  proposedByName: policy.proposedBy.name, decidedByName: policy.decidedBy.name, decidedAt: policy.decidedBy.at,
})

/** Walks through documents by a civil date that an index holds, oldest first, as far as they can be looked at. */
async function walk<T extends { readonly _id: string }>(collection: string, where: Readonly<Record<string, unknown>>, field: string, from: unknown, below: unknown, only: readonly (keyof T & string)[], valueOf: (document: T) => unknown): Promise<{ readonly found: readonly T[]; readonly isPartial: boolean }> {
  const seen = new Map<string, T>()
  for (let since = from; ; ) {
    const page = await find<T>(collection, { ...where, [field]: command.gte(since).and(command.lt(below)) }, { by: field, direction: 'asc' }, WORK_PAGE, only)
    const before = seen.size
    for (const document of page) seen.set(document._id, document)
    const last = page.at(-1)
    if (page.length < WORK_PAGE || last === undefined) return { found: [...seen.values()], isPartial: false }
    if (seen.size >= WORK_AT_MOST || seen.size === before) return { found: [...seen.values()], isPartial: true }
    since = valueOf(last)
  }
}

interface ServiceEvent {
  readonly _id: string
  readonly bookingId: string
  readonly serviceItemId: string
  readonly workerId: string | null
  readonly minutes: number
  readonly at: number
}

const sourceOf = (entry: Pick<PointsEntry, '_id' | 'kind'>): EarningSource | null =>
  entry.kind === 'visit' || entry.kind === 'shift' || entry.kind === 'project' || entry.kind === 'activity' ? entry.kind
    : entry.kind === 'deskApproved' ? 'desk'
      // Work of which nothing was left under a cap stands as excess under its own key.
      : entry.kind === 'excess' ? ((['visit', 'shift', 'project', 'activity'] as const).find((source) => entry._id.startsWith(`${source}_`)) ?? (entry._id.startsWith('deskApproved_') ? 'desk' : null))
        : null

/** The work of a span of civil days: what was paid, and verified visits for which nothing was. */
async function workOf(subdistrictId: string, fromOn: string, belowOn: string): Promise<{ readonly works: readonly PastWork[]; readonly isPartial: boolean }> {
  const paid = await walk<PointsEntry>('pointsEntries', { subdistrictId }, 'work.onDate', fromOn, belowOn, ['ownerId', 'kind', 'amount', 'work'], (entry) => entry.work?.onDate)
  const visits = await walk<ServiceEvent>('serviceEvents', { subdistrictId }, 'at', instantOf(fromOn), instantOf(belowOn), ['bookingId', 'serviceItemId', 'workerId', 'minutes', 'at'], (event) => event.at)
  const paidFor = new Set(paid.found.map((entry) => entry._id))
  return {
    works: [
      ...paid.found.flatMap((entry): PastWork[] => {
        const source = sourceOf(entry)
        return source === null || entry.work === null ? [] : [{ ...entry.work, ownerId: entry.ownerId, source, stated: source === 'project' ? entry.amount : null }]
      }),
      ...visits.found.flatMap((event): PastWork[] => (event.workerId === null || paidFor.has(`visit_${event.bookingId}`) ? [] : [{ ownerId: event.workerId, source: 'visit', earner: 'staff', serviceItemId: event.serviceItemId, minutes: event.minutes, onDate: civilDate(event.at), stated: null }])),
    ],
    isPartial: paid.isPartial || visits.isPartial,
  }
}

const waitingProposals = (subdistrictId: string): Promise<PointsProposal[]> => find<PointsProposal>('pointsProposals', { subdistrictId, status: 'waiting' }, null, PROPOSALS_SHOWN)

function deskView(hours: DeskHours, subdistrict: Subdistrict, viewer: Actor): OutputOf<'desk.list'>['items'][number] {
  const { _id, personId, volunteer, communityId, onDate, startsAt, what, reason, points, state, enteredBy, at, decidedBy, decidedAt, decidedReason, paid } = hours
  const fromMinute = minuteOfDay(startsAt)
  return {
    deskId: _id, personId, personName: volunteer.name, communityName: communityName(subdistrict, communityId), onDate, fromMinute, untilMinute: fromMinute + deskMinutes(hours), what, reason, points, state, enteredByName: enteredBy.name, enteredAt: at,
    decidedByName: decidedBy?.name ?? null, decidedAt, decidedReason, kept: paid?.kept ?? null, over: paid?.over ?? null, cannot: cannotDecide(hours, viewer.personId),
  }
}

const aboutProposal = async (input: { readonly proposalId: string }) => {
  const proposal = await get<PointsProposal>('pointsProposals', input.proposalId)
  return { subject: { subdistrictId: proposal.subdistrictId }, proposal }
}
const proposalNamed = (proposal: PointsProposal) => ({ _id: proposal._id, name: `${spokenDay(proposal.terms.validFrom)}起`, subdistrictId: proposal.subdistrictId })

export const earningHandlers = {
  'pointsPolicy.list': handler('pointsPolicy.list', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const [subdistrict, services, proposals] = await Promise.all([
        getSubdistrict(actor.subdistrictId), servicesOf(actor.subdistrictId), find<PointsProposal>('pointsProposals', { subdistrictId: actor.subdistrictId }, { by: 'proposedBy.at', direction: 'desc' }, PROPOSALS_SHOWN),
      ])
      const nowVersion = policyOn(subdistrict.pointsPolicies, today)?.version
      return {
        policies: [...policiesOf(subdistrict)].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1)).map((policy) => policyShown(policy, services, nowVersion, today)),
        proposals: proposals.map(({ _id, terms, status, proposedBy, decidedBy, reason }) => ({
          proposalId: _id, ...termsShown(terms, services), status, proposedByName: proposedBy.name, proposedAt: proposedBy.at, byMe: proposedBy.personId === actor.personId, decidedByName: decidedBy?.name ?? null, decidedAt: decidedBy?.at ?? null, reason,
        })),
        services: services.filter((service) => service.kind !== 'meal').map(({ _id, name, providerName }) => ({ serviceItemId: _id, name, providerName })),
      }
    },
  }),

  'pointsPolicy.now': handler('pointsPolicy.now', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const [subdistrict, services] = await Promise.all([getSubdistrict(actor.subdistrictId), servicesOf(actor.subdistrictId)])
      const now = policyOn(subdistrict.pointsPolicies, today)
      return {
        now: now && policyShown(now, services, now.version, today),
        coming: policiesOf(subdistrict).filter((policy) => policy.validFrom > today).sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).map((policy) => policyShown(policy, services, now?.version, today)),
      }
    },
  }),

  'pointsPolicy.preview': handler('pointsPolicy.preview', {
    load: aboutNobody,
    async run(input, _loaded, { actor, today }) {
      ensureTerms(input, [], today)
      const month = monthOf(addDays(`${monthOf(today)}-01`, -1))
      const [subdistrict, { works, isPartial }] = await Promise.all([getSubdistrict(actor.subdistrictId), workOf(actor.subdistrictId, `${month}-01`, `${monthOf(today)}-01`)])
      const { before, after, whoGetMore, whoGetLess } = previewPoints(works, (onDate) => policyOn(subdistrict.pointsPolicies, onDate), input)
      return { month, before: { ...before }, after: { ...after }, whoGetMore, whoGetLess, isPartial }
    },
  }),

  'pointsPolicy.propose': audited('pointsPolicy.propose', {
    load: aboutNobody,
    async run(input, _loaded, call, standing) {
      const { actor, today, request } = call
      const [waiting, services] = await Promise.all([waitingProposals(actor.subdistrictId), servicesOf(actor.subdistrictId)])
      ensure(input.rates.every((rate) => rate.serviceItemId === null || services.some((service) => service._id === rate.serviceItemId)), 'BAD_INPUT', { field: 'rates' })
      const proposal: PointsProposal = { _id: derivedId('pp', request.key), version: 1, subdistrictId: actor.subdistrictId, terms: input, status: 'waiting', proposedBy: signedBy(call), decidedBy: null, reason: null }
      const { answer } = await changeTogether([place<Subdistrict>('subdistricts', actor.subdistrictId)], request, ([current]) => {
        ensureTerms(input, [...policiesOf(current), ...waiting.map(({ terms }) => terms)], today)
        return { next: [current] as const, answer: { proposalId: proposal._id }, audit: entryAbout(proposalNamed(proposal), 'pointsPolicyProposed', byOf(actor, standing), call.now), added: [{ collection: 'pointsProposals', document: proposal }] }
      })
      return answer
    },
  }),

  'pointsPolicy.decide': audited('pointsPolicy.decide', {
    load: aboutProposal,
    async run(input, { proposal: loaded }, call, standing) {
      const { answer } = await changeTogether([place<Subdistrict>('subdistricts', loaded.subdistrictId), place<PointsProposal>('pointsProposals', loaded._id)], call.request, ([subdistrict, proposal]) => {
        const decided = decideProposal(proposal, input.isApproved, signedBy(call), reasonOf(input.reason))
        const policies = policiesOf(subdistrict)
        const audit = entryAbout(proposalNamed(proposal), input.isApproved ? 'pointsPolicyApproved' : 'pointsPolicyRefused', byOf(call.actor, standing), call.now, decided.reason === null ? {} : { purpose: decided.reason })
        if (!input.isApproved) return { next: [subdistrict, decided] as const, answer: { version: null as number | null }, audit }
        ensureTerms(proposal.terms, policies, call.today)
        const policy: PointsPolicy = { ...proposal.terms, version: nextVersion(policies), proposedBy: proposal.proposedBy, decidedBy: signedBy(call) }
        return { next: [{ ...subdistrict, pointsPolicies: [...policies, policy] }, decided] as const, answer: { version: policy.version }, audit }
      })
      return answer
    },
  }),

  'pointsPolicy.withdraw': audited('pointsPolicy.withdraw', {
    load: aboutProposal,
    async run(_input, { proposal: loaded }, call, standing) {
      await changeTogether([place<PointsProposal>('pointsProposals', loaded._id)], call.request, ([proposal]) => ({
        next: [withdrawProposal(proposal, signedBy(call))] as const, answer: DONE, audit: entryAbout(proposalNamed(proposal), 'pointsPolicyWithdrawn', byOf(call.actor, standing), call.now),
      }))
      return DONE
    },
  }),

  'desk.enter': handler('desk.enter', {
    isFoundByKey: true,
    async load(input, { request }) {
      const [person, made] = await Promise.all([getResident(input.personId), read<DeskHours>('deskHours', derivedId('d', request.key))])
      return { subject: aboutElder(person), person, madeBefore: made && { hash: made.madeBy.hash, answer: { deskId: made._id, points: made.points } } }
    },
    async run(input, { person }, call, standing) {
      const { actor, now, today, request } = call
      const volunteer = { personId: person._id, name: person.name, kinIds: person.kinIds }
      ensureNotOwnCase(actor.personId, volunteer)
      const time = deskTime(input, today, now)
      const [subdistrict, work, others] = await Promise.all([getSubdistrict(person.subdistrictId), workAround(person._id, time), find<DeskHours>('deskHours', { personId: person._id, onDate: input.onDate }, null, DESKS_OF_A_DAY), ensureAllowedText(call.openid, `${input.what} ${input.reason}`)])
      const deskId = derivedId('d', request.key)
      ensureNoOverlap(time, others, deskId)
      ensureNotRecorded(time, work)
      const policy = policyOn(subdistrict.pointsPolicies, input.onDate)
      const points = policy === null ? 0 : worth(policy, 'desk', { earner: 'volunteer', serviceItemId: null, minutes: deskMinutes(time) })
      if (policy === null || points === 0) throw new DomainError('NOT_OFFERED')
      const hours = await createOnce<DeskHours>('deskHours', {
        _id: deskId, version: 1, subdistrictId: person.subdistrictId, communityId: person.communityId, volunteer, personId: person._id, onDate: input.onDate, ...time, what: input.what, reason: input.reason, points, policyVersion: policy.version,
        state: 'waiting', enteredBy: byOf(actor, standing), at: now, decidedBy: null, decidedAt: null, decidedReason: null, paid: null, unsettledAt: now, madeBy: request, requests: {},
      })
      await settleDesk(hours, now)
      return { deskId, points: hours.points }
    },
  }),

  'desk.list': handler('desk.list', {
    load: aboutNobody,
    async run(input, _loaded, { actor }) {
      const communities = communitiesOf(actor)
      const mine = actor.grants.some((grant) => grant.role === 'admin') ? { subdistrictId: actor.subdistrictId } : { communityId: command.in(communities) }
      const [subdistrict, { items, nextCursor }] = await Promise.all([
        getSubdistrict(actor.subdistrictId), pageBy<DeskHours>('deskHours', { ...mine, ...(input.state === undefined ? {} : { state: input.state }) }, 'at', input.state === 'waiting' ? 'asc' : 'desc', input.cursor, PAGE),
      ])
      return { items: items.map((hours) => deskView(hours, subdistrict, actor)), nextCursor }
    },
  }),

  'desk.decide': handler('desk.decide', {
    async load(input, { request, now }) {
      const hours = await getDesk(input.deskId)
      const isRepeated = answeredBefore(hours.requests, request) !== null
      // What it brought is known when it stands in the passbook: a repetition brings it there if the first call could not.
      const madeBefore = isRepeated ? { hash: request.hash, answer: { ...((await settleDesk(hours, now)).paid ?? { kept: 0, over: 0 }) } } : null
      return { subject: { subdistrictId: hours.subdistrictId, communityId: hours.communityId }, hours, madeBefore }
    },
    async run(input, { hours }, call, standing) {
      const reason = reasonOf(input.reason)
      if (reason !== null) await ensureAllowedText(call.openid, reason)
      const { document } = await changeOnce<DeskHours, null>('deskHours', hours, call.request, (current) => ({ next: decideDesk(current, input.isApproved, byOf(call.actor, standing), reason, call.now), answer: null }))
      const { paid } = await settleDesk(document, call.now)
      return { ...(paid ?? { kept: 0, over: 0 }) }
    },
  }),
}
