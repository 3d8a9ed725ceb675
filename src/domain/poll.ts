/**
 * A vote 投票: candidates in categories, one vote per person and category, not taken back. Nobody, not even who opened it,
 * learns how it stands before it closes: votes are counted only then.
 */
import type { By } from './booking-record'
import { ensure } from './error'
import type { Person, RequestLog } from './person'

export interface PollCategory {
  readonly categoryId: string
  readonly name: string
  readonly candidates: readonly { readonly candidateId: string; readonly name: string; readonly words: string }[]
}

export interface Poll {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly title: string
  readonly words: string
  /** the last civil day on which votes count */
  readonly closesOn: string
  readonly categories: readonly PollCategory[]
  readonly openedBy: By
  readonly openedAt: number
  /** closed before its date; null: not */
  readonly closed: { readonly by: By; readonly at: number; readonly reason: string } | null
  /** when the clock must count, ms; null: it was counted */
  readonly countAt: number | null
  /** votes by `<categoryId> <candidateId>`; null until they are counted */
  readonly tally: Readonly<Record<string, number>> | null
  readonly requests: RequestLog
}

export interface PollVote {
  /** made of poll, category and person: there is one */
  readonly _id: string
  readonly pollId: string
  readonly categoryId: string
  readonly candidateId: string
  readonly personId: string
  readonly at: number
  readonly madeBy: { readonly key: string; readonly hash: string }
}

export const tallyKey = (categoryId: string, candidateId: string): string => `${categoryId} ${candidateId}`

/** A vote takes a moment from being allowed to being written; counting waits for it, ms. */
export const COUNT_AFTER = 60_000

/** `counting`: nobody votes any more, and the votes are not counted yet. */
export const pollState = (poll: Pick<Poll, 'closed' | 'closesOn' | 'tally'>, today: string): 'open' | 'counting' | 'closed' =>
  poll.closed === null && today <= poll.closesOn ? 'open' : poll.tally === null ? 'counting' : 'closed'

/** @throws BAD_INPUT {field} */
export function ensurePoll(wish: Pick<Poll, 'closesOn' | 'categories'>, today: string): void {
  ensure(wish.closesOn > today, 'BAD_INPUT', { field: 'closesOn' })
  const isUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length
  ensure(isUnique(wish.categories.map((category) => category.categoryId)) && wish.categories.every((category) => isUnique(category.candidates.map((candidate) => candidate.candidateId))), 'BAD_INPUT', { field: 'categories' })
}

/** @throws WRONG_STATE {status}, UNVERIFIED, BAD_INPUT {field} for what nobody can vote for */
export function ensureMayVote(poll: Poll, person: Pick<Person, 'standing'>, categoryId: string, candidateId: string, today: string): void {
  const status = pollState(poll, today)
  ensure(status === 'open', 'WRONG_STATE', { status })
  // Who was not seen yet may have registered twice.
  ensure(person.standing === 'verified', 'UNVERIFIED')
  const category = poll.categories.find((one) => one.categoryId === categoryId)
  ensure(category !== undefined, 'BAD_INPUT', { field: 'categoryId' })
  ensure(category.candidates.some((candidate) => candidate.candidateId === candidateId), 'BAD_INPUT', { field: 'candidateId' })
}

/** Before its date. @throws WRONG_STATE {status} */
export function closePoll(poll: Poll, reason: string, by: By, today: string, now: number): Poll {
  const status = pollState(poll, today)
  ensure(status === 'open', 'WRONG_STATE', { status })
  return { ...poll, closed: { by, at: now, reason }, countAt: now + COUNT_AFTER }
}
