/** A notice while it is written: as the screen holds it, as it is kept, and what is still missing before it can be sent. */
import type { InputOf, OutputOf } from '@/contract'
import { addDays, civilDate, instantOf } from '@/domain/civil-time'
import { DomainError } from '@/domain/error'
import { ensureTimes } from '@/domain/notice'
import { BLANK } from '@/services/notice-words'
import type { Files } from './files-part'

type Input = Omit<InputOf<'notice.save'>, 'noticeId'>
export type Draft = Omit<Input, 'pictures' | 'attachments'> & Files

const DAYS_VALID = 3
const END_OF_DAY = 18 * 60

/** A new one: to the first of the writer's communities, for three days. */
export const fresh = (communityIds: readonly string[], now: number): Draft => ({
  level: 'important', title: '', body: '', whatToDo: null, pictures: [], attachments: [], publishAt: null, validUntil: instantOf(addDays(civilDate(now), DAYS_VALID), END_OF_DAY), deadlineAt: null, opensCase: false,
  audience: { communityIds: [...communityIds], isWhole: false, buildings: [], grids: [], roles: [], ageFrom: null, ageTo: null, livesAlone: false, bookingOn: null },
})

/** One that was begun before. */
export function draftOf(work: OutputOf<'notice.work'>): Draft {
  const { communityNames: _names, ...audience } = work.audience
  return {
    level: work.level, title: work.title, body: work.body, whatToDo: work.whatToDo, ...filesOf(work),
    publishAt: work.publishAt, validUntil: work.validUntil, deadlineAt: work.deadlineAt, opensCase: work.opensCase, audience,
  }
}

export const filesOf = ({ pictures, attachments }: Pick<OutputOf<'notice.work'>, 'pictures' | 'attachments'>): Files =>
  ({ pictures: pictures.map(({ fileId, words, url }) => ({ fileId, words, url })), attachments: attachments.map(({ fileId, name }) => ({ fileId, name })) })

/** Files as they are sent; a picture without words yet is kept all the same. */
export const sentFiles = ({ pictures, attachments }: Files) => ({ pictures: pictures.map(({ fileId, words }) => ({ fileId, words: words.trim() === '' ? '图片' : words })), attachments })

/** As it is kept on the server. */
export const inputOf = (draft: Draft): Input => ({ ...draft, ...sentFiles(draft) })

const timeLacks: Readonly<Record<string, string>> = {
  publishAt: '定时发的，要选以后的时间。', validUntil: '「有效到」要在发出以后，一年以内。', deadlineAt: '人人要知道的时间，要在发出以后、「有效到」以前。',
}

function timeLack(draft: Draft, now: number): string | null {
  try {
    ensureTimes(draft, now)
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return timeLacks[String(error.details?.['field'])] ?? '时间对不上，请再看看。'
  }
}

/** What is still missing, as a sentence; null: nothing. */
export function lackOf(draft: Draft, now: number): string | null {
  if (draft.title.trim() === '') return '写上标题。'
  if (draft.body.trim() === '') return '写上要说的话。'
  if (`${draft.title}${draft.body}${draft.whatToDo ?? ''}`.includes(BLANK)) return '把「○月○日」改成真的日子。'
  if (draft.audience.communityIds.length === 0) return '选发给哪些社区。'
  if (draft.pictures.some((picture) => picture.words.trim() === '')) return '写一句图里是什么。'
  return timeLack(draft, now)
}
