/**
 * A question under a notice 提问: asked by whom the notice is for, answered by staff, then read by everybody who reads the
 * notice, without the asker's name. What the content check held waits for a person; what does not belong there is taken
 * back with a reason that the asker reads.
 */
import type { By } from './booking-record'
import { ensure } from './error'
import { thing, time, type Message } from './message'
import { templateIds } from './message-templates'
import type { RequestLog } from './person'

export interface NoticeQuestion {
  readonly _id: string
  readonly version: number
  readonly noticeId: string
  readonly subdistrictId: string
  /** where the asker lives: its staff answers */
  readonly communityId: string
  /** for whom it was asked, and who asked it */
  readonly elderId: string
  readonly elderName: string
  readonly by: By
  readonly words: string
  readonly at: number
  /** the content check held it: nobody but staff and the asker reads it before a person has */
  readonly isHeld: boolean
  readonly status: 'open' | 'answered' | 'withdrawn'
  readonly answer: { readonly words: string; readonly by: By; readonly at: number } | null
  readonly withdrawn: { readonly reason: string; readonly by: By; readonly at: number } | null
  /** since when its asker is owed a message about what became of it, ms; null: not */
  readonly owedAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** Questions of one person under one notice that still wait. 示例 */
export const MOST_WAITING = 3

/** Answered, or answered better. To answer is to have read it: what was held is open then. @throws WRONG_STATE {status} */
export function answer(question: NoticeQuestion, words: string, by: By, now: number): NoticeQuestion {
  ensure(question.status !== 'withdrawn', 'WRONG_STATE', { status: question.status })
  return { ...question, status: 'answered', isHeld: false, answer: { words, by, at: now }, owedAt: now }
}

/** Taken back, with its answer. @throws WRONG_STATE {status} */
export function takeBack(question: NoticeQuestion, reason: string, by: By, now: number): NoticeQuestion {
  ensure(question.status !== 'withdrawn', 'WRONG_STATE', { status: question.status })
  return { ...question, status: 'withdrawn', withdrawn: { reason, by, at: now }, owedAt: now }
}

/** Whether somebody else than its asker reads it under the notice. */
export const isPublic = (question: Pick<NoticeQuestion, 'status'>): boolean => question.status === 'answered'

/** Whom it is told to: whoever asked; where a social worker asked for somebody, that person. */
export const tellsOf = ({ by, elderId }: Pick<NoticeQuestion, 'by' | 'elderId'>): string => (by.as === 'elder' || by.as === 'family' ? by.personId : elderId)

/** What the asker is told; whoever WeChat cannot tell is called until the notice is over. */
export const toldOf = (question: NoticeQuestion, title: string, validUntil: number): Pick<Message, 'templateId' | 'page' | 'data' | 'gist' | 'callUntil'> => {
  const at = question.owedAt ?? question.at
  const words = question.status === 'withdrawn' ? '您提的问题没有放出来' : '您提的问题有了回复'
  return {
    templateId: templateIds.answered, page: `pages/taking-part/questions/index?noticeId=${question.noticeId}&elderId=${question.elderId}`, callUntil: validUntil,
    data: { thing1: thing(title), time2: time(at), thing3: thing(words) },
    gist: question.status === 'withdrawn' ? `${words}，因为${question.withdrawn?.reason ?? ''}` : `问：${question.words} 答：${question.answer?.words ?? ''}`,
  }
}
