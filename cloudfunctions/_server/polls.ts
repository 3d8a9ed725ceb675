/** Votes in the database: one document each, under an id made of poll, category and person; counted when the poll is closed. */
import { DomainError } from '../../src/domain/error'
import { tallyKey, type Poll, type PollVote } from '../../src/domain/poll'
import type { Request } from './aggregate'
import { get, save } from './aggregate'
import { command, find } from './cloud'
import { derivedId } from './keys'
import { keepOnce } from './once'
import { eachPage } from './pages'
import { IDS_AT_ONCE } from './seals'

const BATCH = 10

export const voteIdOf = (pollId: string, categoryId: string, personId: string): string => derivedId('vote', pollId, categoryId, personId)
export const getPoll = (pollId: string): Promise<Poll> => get<Poll>('polls', pollId)

/** Whom somebody voted for, by `<pollId> <categoryId>`. */
export async function votesOf(personId: string, polls: readonly Poll[]): Promise<ReadonlyMap<string, string>> {
  const ids = polls.flatMap((poll) => poll.categories.map((category) => voteIdOf(poll._id, category.categoryId, personId)))
  const votes = new Map<string, string>()
  for (let index = 0; index < ids.length; index += IDS_AT_ONCE) {
    for (const vote of await find<PollVote>('pollVotes', { _id: command.in(ids.slice(index, index + IDS_AT_ONCE)) }, null, IDS_AT_ONCE)) votes.set(`${vote.pollId} ${vote.categoryId}`, vote.candidateId)
  }
  return votes
}

/** Keeps a vote; the same request finds it there. @throws LIMIT_REACHED for a second vote in the category, REQUEST_CONFLICT */
export const keepVote = (vote: PollVote, request: Request): Promise<void> => keepOnce('pollVotes', vote, request, () => new DomainError('LIMIT_REACHED', { hasVoted: true }))

/** Counts what is due, in pages. @returns how many polls were counted */
export async function countPolls(now: number): Promise<number> {
  const due = await find<Poll>('polls', { countAt: command.gt(0).and(command.lte(now)) }, { by: 'countAt', direction: 'asc' }, BATCH)
  for (const poll of due) await save('polls', poll, { ...poll, tally: await tallyOf(poll._id), countAt: null })
  return due.length
}

async function tallyOf(pollId: string): Promise<Record<string, number>> {
  const tally: Record<string, number> = {}
  await eachPage<PollVote>('pollVotes', { pollId }, ['categoryId', 'candidateId'], (votes) => {
    for (const { categoryId, candidateId } of votes) tally[tallyKey(categoryId, candidateId)] = (tally[tallyKey(categoryId, candidateId)] ?? 0) + 1
  })
  return tally
}
