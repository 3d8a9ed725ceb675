/**
 * The gallery 乐龄风采: works 作品 that residents hand in, and pictures of past activities. Nothing is seen by others before
 * its content was checked, and what the check holds back before somebody else has looked at it. Whoever is to be seen on a
 * picture can ask for it to be taken down: from that moment on it is hidden, and a person answers within a stated time.
 */
import type { By } from './booking-record'
import { DAY } from './civil-time'
import { DomainError, ensure } from './error'
import type { ContentCheck } from './notice'
import { isOwnCase, type Server } from './own-case'
import type { RequestLog } from './person'

/** 书画, 摄影, 手工, 别的; and pictures of an activity, which staff add. */
export const handedInSorts = ['painting', 'photo', 'craft', 'other'] as const
export const workSorts = [...handedInSorts, 'activity'] as const
export type WorkSort = (typeof workSorts)[number]

/** 等着看, 看得到, 暂时收起, 退回了, 本人取回, 撤下了. */
export const workStates = ['waiting', 'published', 'hidden', 'returned', 'takenBack', 'removed'] as const
export type WorkState = (typeof workStates)[number]

/** 里面有我, 不合适. */
export const askAbouts = ['me', 'unseemly'] as const
export type AskAbout = (typeof askAbouts)[number]

/** Until when a person has looked: at what was handed in, at who wants a picture gone, at what somebody finds unseemly. 示例 policy. */
export const LOOKED_AT_WITHIN = 3 * DAY
export const TAKEN_DOWN_WITHIN = DAY

/** Works of one person that wait at the same time, and pictures that one person has hidden by asking. 示例 policy. */
export const MOST_WAITING = 10
export const MOST_ASKED = 5

export interface WorkPicture {
  /** the copy that was made when it came: no phone can write it */
  readonly fileId: string
  /** where the phone had put it */
  readonly from: string
}

export interface WorkAsk {
  readonly askId: string
  /** for whom: who is to be seen, or who finds it unseemly */
  readonly elder: { readonly personId: string; readonly name: string }
  readonly by: By
  readonly about: AskAbout
  readonly words: string | null
  readonly at: number
  readonly dueAt: number
  readonly answer: { readonly at: number; readonly by: By; readonly isUpheld: boolean; readonly words: string } | null
}

export interface Work {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly sort: WorkSort
  readonly title: string
  readonly words: string | null
  /** null: its file is gone, or about to go (`leaves`) */
  readonly picture: WorkPicture | null
  /** whose work it is, and whether others may read the name; null for pictures of an activity */
  readonly author: { readonly personId: string; readonly name: string; readonly isNamed: boolean } | null
  readonly activity: { readonly activityId: string; readonly title: string } | null
  readonly handedInBy: By
  readonly at: number
  readonly state: WorkState
  readonly check: ContentCheck
  readonly decided: { readonly at: number; readonly by: By; readonly words: string | null } | null
  readonly publishedAt: number | null
  readonly asks: readonly WorkAsk[]
  /** who likes it, one entry a person */
  readonly likerIds: readonly string[]
  /** where somebody has to look at it, and until when; null: nobody has to */
  readonly waitsIn: string | null
  readonly dueAt: number | null
  /** files that are to be deleted */
  readonly leaves: readonly string[]
  readonly unsettledAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

export interface WorkWish extends Pick<Work, 'sort' | 'title' | 'words'> {
  readonly picture: WorkPicture
  readonly author: Work['author']
  readonly activity: Work['activity']
  readonly communityId: string
}

const openAsks = (work: Work): readonly WorkAsk[] => work.asks.filter((ask) => ask.answer === null)
const isHiding = (ask: WorkAsk): boolean => ask.answer === null && ask.about === 'me'

/** What follows from the rest: whether it is hidden, and until when somebody has to look. */
function arranged(work: Work): Work {
  const isOut = work.state === 'published' || work.state === 'hidden'
  const state: WorkState = isOut ? (work.asks.some(isHiding) ? 'hidden' : 'published') : work.state
  const due = [...(work.state === 'waiting' ? [work.at + LOOKED_AT_WITHIN] : []), ...(isOut ? openAsks(work).map((ask) => ask.dueAt) : [])]
  return { ...work, state, waitsIn: due.length === 0 ? null : work.communityId, dueAt: due.length === 0 ? null : Math.min(...due) }
}

/** Its file goes: nothing that it showed is kept. */
const emptied = (work: Work, state: WorkState, now: number): Work =>
  arranged({ ...work, state, picture: null, leaves: work.picture === null ? work.leaves : [...new Set([work.picture.fileId, work.picture.from])], unsettledAt: now })

/** A work as it comes. Pictures that staff add of an activity are out at once if the check passed them; everything else waits for a person. */
export function handIn(wish: WorkWish, made: { readonly workId: string; readonly subdistrictId: string; readonly key: string; readonly hash: string }, check: ContentCheck, by: By, now: number): Work {
  const isOut = wish.sort === 'activity' && check === 'passed'
  return arranged({
    _id: made.workId, version: 1, subdistrictId: made.subdistrictId, ...wish, handedInBy: by, at: now, state: isOut ? 'published' : 'waiting', check, decided: null, publishedAt: isOut ? now : null,
    asks: [], likerIds: [], waitsIn: null, dueAt: null, leaves: [], unsettledAt: null, madeBy: { key: made.key, hash: made.hash }, requests: {},
  })
}

/** Why this member of staff does not publish or return it; null: they may. What the check held is looked at by somebody else than who handed it in. */
export function blockedFor(work: Work, staff: Server): 'OWN_CASE' | 'SECOND_PERSON' | null {
  if (work.author !== null && isOwnCase(work.author.personId, staff)) return 'OWN_CASE'
  return work.check === 'held' && work.handedInBy.personId === staff.personId ? 'SECOND_PERSON' : null
}

export const decisions = ['publish', 'return', 'remove'] as const
export type Decision = (typeof decisions)[number]

/**
 * The word of staff: it may be seen; it goes back with a reason; or what is out is taken down, with its file.
 * @throws WRONG_STATE {status}, OWN_CASE, SECOND_PERSON, REASON_REQUIRED
 */
export function decide(work: Work, decision: Decision, staff: Server, by: By, words: string | null, now: number): Work {
  const isOut = work.state === 'published' || work.state === 'hidden'
  ensure(decision === 'remove' ? isOut : work.state === 'waiting', 'WRONG_STATE', { status: work.state })
  const blocked = decision === 'remove' ? null : blockedFor(work, staff)
  if (blocked !== null) throw new DomainError(blocked)
  ensure(decision === 'publish' || words !== null, 'REASON_REQUIRED')
  const decided: Work = { ...work, decided: { at: now, by, words } }
  if (decision === 'publish') return arranged({ ...decided, state: 'published', publishedAt: now })
  return decision === 'return' ? arranged({ ...decided, state: 'returned' }) : emptied(decided, 'removed', now)
}

/** The author takes it back, whatever became of it; its file goes. @throws WRONG_STATE {status} for what is gone already */
export function takeBack(work: Work, now: number): Work {
  ensure(work.author !== null, 'NOT_FOUND')
  ensure(work.picture !== null, 'WRONG_STATE', { status: work.state })
  return emptied(work, 'takenBack', now)
}

/** Whether others read who made it: the author's to say, at any time. */
export function withName(work: Work, isNamed: boolean): Work {
  if (work.author === null) throw new DomainError('NOT_FOUND')
  return work.author.isNamed === isNamed ? work : { ...work, author: { ...work.author, isNamed } }
}

/** What a person asks about a picture that can be seen; the same person asks once until it was answered. @throws WRONG_STATE {status} */
export function ask(work: Work, made: Pick<WorkAsk, 'askId' | 'elder' | 'by' | 'about' | 'words'>, now: number): Work {
  ensure(work.state === 'published' || work.state === 'hidden', 'WRONG_STATE', { status: work.state })
  ensure(!openAsks(work).some((one) => one.elder.personId === made.elder.personId && one.about === made.about), 'WRONG_STATE', { status: 'asked' })
  return arranged({ ...work, asks: [...work.asks, { ...made, at: now, dueAt: now + (made.about === 'me' ? TAKEN_DOWN_WITHIN : LOOKED_AT_WITHIN), answer: null }] })
}

/** How many pictures somebody has asked about without an answer yet. */
export const openAsksOf = (works: readonly Work[], personId: string): number => works.filter((work) => openAsks(work).some((one) => one.elder.personId === personId)).length

/** What staff answers: upheld, it goes with its file, and everybody else who asked has the same answer. @throws NOT_FOUND, WRONG_STATE {status}, OWN_CASE for who asked, SECOND_PERSON for who put the picture there and would keep it */
export function answerAsk(work: Work, askId: string, answer: { readonly isUpheld: boolean; readonly words: string }, staff: Server, by: By, now: number): Work {
  const asked = work.asks.find((one) => one.askId === askId)
  if (asked === undefined) throw new DomainError('NOT_FOUND')
  ensure(asked.answer === null, 'WRONG_STATE', { status: 'answered' })
  ensure(!isOwnCase(asked.elder.personId, staff) && asked.by.personId !== staff.personId, 'OWN_CASE')
  ensure(answer.isUpheld || work.handedInBy.personId !== staff.personId, 'SECOND_PERSON')
  const told = { at: now, by, isUpheld: answer.isUpheld, words: answer.words }
  const asks = work.asks.map((one) => (one.askId === askId || (answer.isUpheld && one.answer === null) ? { ...one, answer: told } : one))
  const answered: Work = { ...work, asks }
  return answer.isUpheld && work.picture !== null ? emptied({ ...answered, decided: { at: now, by, words: answer.words } }, 'removed', now) : arranged(answered)
}

/** 喜欢, one a person; again changes nothing. @throws WRONG_STATE for what others do not see */
export function like(work: Work, personId: string, isLiked: boolean): Work {
  ensure(work.state === 'published', 'WRONG_STATE', { status: work.state })
  if (work.likerIds.includes(personId) === isLiked) return work
  return { ...work, likerIds: isLiked ? [...work.likerIds, personId] : work.likerIds.filter((id) => id !== personId) }
}

/** How many like it: of two records that became one person, one. */
export const likesOf = (work: Pick<Work, 'likerIds'>): number => new Set(work.likerIds).size

/**
 * May leave the app as a picture, where nobody can hide it any more: what its author handed in to be seen, while nobody
 * asks about it. Pictures of activities stay here: who is on them was asked by nobody.
 */
export const mayBeHandedOn = (work: Work): boolean => work.state === 'published' && isShownRightly(work) && work.author !== null && openAsks(work).length === 0

/** Nothing is shown that was not checked, and nothing is shown while somebody on it wants it gone. */
export const isShownRightly = (work: Work): boolean =>
  work.state !== 'published' || ((work.check === 'passed' || work.decided !== null) && work.picture !== null && !work.asks.some(isHiding))
