/** Handlers of honours and votes in src/contract/auditing.ts. */
import { addDays, civilDate, instantOf } from '../../src/domain/civil-time'
import { ensure } from '../../src/domain/error'
import type { Group } from '../../src/domain/group'
import { certificateNumber, honourCategories, ranked, type HonourRow } from '../../src/domain/honour'
import { monthOf } from '../../src/domain/meal-policy'
import type { Person } from '../../src/domain/person'
import { closePoll, COUNT_AFTER, ensureMayVote, ensurePoll, pollState, tallyKey, type Poll } from '../../src/domain/poll'
import { answeredBefore, changeOnce, get, remembered } from '../_server/aggregate'
import { command, find, insert, read } from '../_server/cloud'
import { findHonours, openChoice, optedOut, periodsOf } from '../_server/honours'
import { derivedId } from '../_server/keys'
import { byOf, communityName, getPerson, getSubdistrict } from '../_server/people'
import { getPoll, keepVote, voteIdOf, votesOf } from '../_server/polls'
import { IDS_AT_ONCE } from '../_server/seals'
import { aboutNobody, handler } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'

const DONE = { done: true } as const
/** Polls in the list, newest first. */
const POLLS = 20

interface Listed {
  readonly name: string
  readonly communityId: string
  /** of a group */
  readonly leaderId?: string
}

/** Those who can be listed, with name and community; records that stand for nobody any more are left out. */
async function listed(ids: readonly string[]): Promise<ReadonlyMap<string, Listed>> {
  const known = new Map<string, Listed>()
  for (let index = 0; index < ids.length; index += IDS_AT_ONCE) {
    const some = ids.slice(index, index + IDS_AT_ONCE)
    for (const person of await find<Person>('people', { _id: command.in(some) }, null, IDS_AT_ONCE, ['name', 'communityId', 'standing'])) if (person.standing === 'verified' || person.standing === 'unverified') known.set(person._id, person)
    for (const group of await find<Group>('groups', { _id: command.in(some) }, null, IDS_AT_ONCE)) known.set(group._id, group)
  }
  return known
}

async function withPoll(input: { readonly pollId: string }) {
  const poll = await getPoll(input.pollId)
  return { subject: { subdistrictId: poll.subdistrictId }, poll }
}

/** Who is first in a category: nobody before the count, several after a tie. */
const mostIn = (poll: Poll, categoryId: string, candidateIds: readonly string[]): number => Math.max(0, ...candidateIds.map((id) => poll.tally?.[tallyKey(categoryId, id)] ?? 0))

export const honourHandlers = {
  'honour.list': handler('honour.list', {
    load: aboutNobody,
    async run(input, _loaded, { actor, today }) {
      const [subdistrict, periods] = await Promise.all([getSubdistrict(actor.subdistrictId), periodsOf(actor.subdistrictId)])
      const period = input.month ?? input.year ?? periods.find((one) => one.length === 7) ?? monthOf(addDays(`${monthOf(today)}-01`, -1))
      const honours = await findHonours(actor.subdistrictId, period)
      const ids = [...new Set((honours?.lists ?? []).flatMap((list) => list.rows.map((row) => row.ownerId)))]
      const [known, out] = await Promise.all([listed(ids), optedOut([...new Set([...ids, actor.personId])])])
      const rowsOf = (rows: readonly HonourRow[], categoryId: string) => ranked(rows.filter((row) => known.has(row.ownerId) && !out.has(row.ownerId))).map((row) => {
        const isMe = row.ownerId === actor.personId
        const { name = '', communityId = '', leaderId } = known.get(row.ownerId) ?? {}
        return { rank: row.rank, name, communityName: communityName(subdistrict, communityId), value: row.value, isMe, isTie: row.isTie, certificateNumber: isMe || leaderId === actor.personId ? certificateNumber(period, categoryId, rows, row.ownerId) : null }
      })
      return {
        period, isComposed: honours !== null, periods, subdistrictName: subdistrict.name, composedOn: honours === null ? null : civilDate(honours.composedAt),
        lists: honours === null ? [] : honourCategories.map(({ categoryId, name, group, words, unit }) => ({ categoryId, name, group, measure: words, unit, rows: rowsOf(honours.lists.find((list) => list.categoryId === categoryId)?.rows ?? [], categoryId) })),
        isOptedOut: out.has(actor.personId),
      }
    },
  }),

  'honour.optOut': handler('honour.optOut', {
    load: aboutNobody,
    async run(input, _loaded, { actor, request }) {
      await changeOnce('honourChoices', await openChoice(actor.personId), request, (current) => ({ next: { ...current, isOut: input.isOut }, answer: DONE }))
      return DONE
    },
  }),

  'poll.list': handler('poll.list', {
    load: aboutNobody,
    async run(_input, _loaded, { actor, today }) {
      const polls = await find<Poll>('polls', { subdistrictId: actor.subdistrictId }, { by: 'closesOn', direction: 'desc' }, POLLS)
      const votes = await votesOf(actor.personId, polls)
      return {
        polls: polls.map((poll) => ({ pollId: poll._id, title: poll.title, closesOn: poll.closesOn, state: pollState(poll, today), categories: poll.categories.length, voted: poll.categories.filter((category) => votes.has(`${poll._id} ${category.categoryId}`)).length })),
      }
    },
  }),

  'poll.show': handler('poll.show', {
    load: withPoll,
    async run(_input, { poll }, { actor, today }) {
      const [votes, person] = await Promise.all([votesOf(actor.personId, [poll]), getPerson(actor.personId)])
      const state = pollState(poll, today)
      return {
        pollId: poll._id, title: poll.title, words: poll.words, closesOn: poll.closesOn, state, closedReason: poll.closed?.reason ?? null,
        categories: poll.categories.map(({ categoryId, name, candidates }) => {
          const most = mostIn(poll, categoryId, candidates.map((candidate) => candidate.candidateId))
          const votesFor = (candidateId: string): number | null => (state === 'closed' ? (poll.tally?.[tallyKey(categoryId, candidateId)] ?? 0) : null)
          return {
            categoryId, name, myCandidateId: votes.get(`${poll._id} ${categoryId}`) ?? null,
            candidates: candidates.map((candidate) => ({ ...candidate, votes: votesFor(candidate.candidateId), isFirst: state === 'closed' && most > 0 && votesFor(candidate.candidateId) === most })),
          }
        }),
        mayVote: state === 'open' && person.standing === 'verified',
      }
    },
  }),

  'poll.vote': handler('poll.vote', {
    load: withPoll,
    async run(input, { poll }, { actor, today, now, request }) {
      const _id = voteIdOf(poll._id, input.categoryId, actor.personId)
      ensureMayVote(poll, await getPerson(actor.personId), input.categoryId, input.candidateId, today)
      await keepVote({ _id, pollId: poll._id, categoryId: input.categoryId, candidateId: input.candidateId, personId: actor.personId, at: now, madeBy: request }, request)
      return DONE
    },
  }),

  'poll.open': handler('poll.open', {
    isFoundByKey: true,
    async load(_input, { request }) {
      const poll = await read<Poll>('polls', derivedId('poll', request.key))
      return { subject: {}, remembersIn: poll }
    },
    async run(input, _loaded, call, standing) {
      const { actor, now, today, request } = call
      ensurePoll(input, today)
      await ensureAllowedText(call.openid, [input.title, input.words, ...input.categories.flatMap((category) => [category.name, ...category.candidates.flatMap((candidate) => [candidate.name, candidate.words])])].join(' '))
      const pollId = derivedId('poll', request.key)
      const poll: Poll = {
        _id: pollId, version: 1, subdistrictId: actor.subdistrictId, ...input, openedBy: byOf(actor, standing), openedAt: now, closed: null, countAt: instantOf(addDays(input.closesOn, 1)) + COUNT_AFTER, tally: null, requests: remembered({}, request, { pollId }, now),
      }
      if (!(await insert('polls', poll))) ensure(answeredBefore((await get<Poll>('polls', pollId)).requests, request) !== null, 'REQUEST_CONFLICT')
      return { pollId }
    },
  }),

  'poll.close': handler('poll.close', {
    async load(input) {
      const { subject, poll } = await withPoll(input)
      return { subject, remembersIn: poll, poll }
    },
    async run(input, { poll }, call, standing) {
      await ensureAllowedText(call.openid, input.reason)
      await changeOnce('polls', poll, call.request, (current) => ({ next: closePoll(current, input.reason, byOf(call.actor, standing), civilDate(call.now), call.now), answer: DONE }))
      return DONE
    },
  }),
}
