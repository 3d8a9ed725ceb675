/**
 * What a notice says 通知正文: plain text, never markup. How easy it is to read, how it is read aloud, which links it may
 * hold, and by which pairs of characters it is found again in the archive.
 */
import { ensure } from './error'

export interface Picture {
  /** the copy that was made when it came: no phone can write it, so what was checked is what is shown */
  readonly fileId: string
  /** what is to be seen, for those who don't see it */
  readonly words: string
  /** where the phone had put it */
  readonly from?: string
}

export interface Attachment {
  /** a copy, as of a picture */
  readonly fileId: string
  readonly name: string
  readonly kind: 'pdf' | 'picture'
  readonly bytes: number
  readonly from?: string
}

export interface NoticeText {
  readonly title: string
  readonly body: string
  /** the one thing to do; null: nothing */
  readonly whatToDo: string | null
  readonly pictures: readonly Picture[]
  readonly attachments: readonly Attachment[]
}

/** Its files in storage, by id. */
export const filesIn = ({ pictures, attachments }: Pick<NoticeText, 'pictures' | 'attachments'>): readonly string[] => [...pictures, ...attachments].map((file) => file.fileId)

export const MOST_PICTURES = 4
export const MOST_ATTACHMENTS = 3

/** Sentences as they are read aloud, one after another; a heading or a line is one. */
export const sentencesOf = (words: string): readonly string[] =>
  words.split('\n').flatMap((line) => line.match(/[^。！？；]+[。！？；]?/gu) ?? []).map((sentence) => sentence.trim()).filter((sentence) => sentence !== '')

/** The same, line by line, as a screen shows them. */
export const linesOf = (words: string): readonly (readonly string[])[] => words.split('\n').map(sentencesOf).filter((sentences) => sentences.length > 0)

/** Everything that is read aloud, in order. */
export const readAloud = ({ title, body, whatToDo }: Pick<NoticeText, 'title' | 'body' | 'whatToDo'>): readonly string[] =>
  [title, body, ...(whatToDo === null ? [] : [`要做的事：${whatToDo}`])].flatMap(sentencesOf)

/** Longer sentences lose an old listener. 示例 */
export const LONG_SENTENCE = 36
/** A longer body is small print. 示例 */
export const LONG_BODY = 260

/** Words of offices, and what a neighbour would say. 示例, kept by an editor. */
const officialese: readonly (readonly [string, string])[] = [
  ['特此通知', '不用写'], ['敬请知悉', '请您知道'], ['望周知', '请互相转告'], ['予以', '直接说做什么'], ['届时', '到时候'], ['务必', '一定'], ['逾期', '过了时间'], ['不予受理', '就办不了了'],
  ['贵户', '您家'], ['兹', '现在'], ['拟于', '准备在'], ['根据有关规定', '说清是哪一条，或者不写'], ['相关部门', '说清是谁'], ['携带有效证件', '带身份证'], ['前往', '去'], ['致电', '打电话'],
]

export type ReadingHint =
  | { readonly what: 'longSentence'; readonly words: string }
  | { readonly what: 'officialese'; readonly words: string; readonly better: string }
  | { readonly what: 'longBody'; readonly length: number }
  | { readonly what: 'noTime' }

/** What an old reader would stumble over; nothing of it keeps a notice from being published. */
export function readingHints(text: Pick<NoticeText, 'title' | 'body' | 'whatToDo'>): readonly ReadingHint[] {
  const all = `${text.title}\n${text.body}\n${text.whatToDo ?? ''}`
  return [
    ...readAloud(text).filter((sentence) => sentence.length > LONG_SENTENCE).map((words) => ({ what: 'longSentence' as const, words })),
    ...officialese.filter(([words]) => all.includes(words)).map(([words, better]) => ({ what: 'officialese' as const, words, better })),
    ...(text.body.length > LONG_BODY ? [{ what: 'longBody' as const, length: text.body.length }] : []),
    ...(/[0-9０-９一二三四五六七八九十]+\s*[月日号点:：]/u.test(all) ? [] : [{ what: 'noTime' as const }]),
  ]
}

/** Hosts that a notice may point to, and everything below them. 示例 */
export const LISTED_HOSTS = ['gov.cn', 'example.org'] as const

/** Addresses in a text; markup is text like any other. */
export const linksIn = (words: string): readonly string[] => words.match(/\b(?:https?:\/\/|www\.)[^\s<>"'，。；、）)]+/giu) ?? []

const hostOf = (link: string): string => link.replace(/^https?:\/\//iu, '').split(/[/?#:]/u)[0]?.toLowerCase() ?? ''

/** True for an address that people may be sent to. */
export const isListed = (link: string): boolean => !/@/u.test(link.replace(/^https?:\/\//iu, '').split('/')[0] ?? '') && LISTED_HOSTS.some((host) => hostOf(link) === host || hostOf(link).endsWith(`.${host}`))

/** Sound as a text. @throws BAD_INPUT {field}, LINK_REFUSED {host} */
export function ensureText(text: NoticeText): void {
  ensure(text.title.trim() !== '', 'BAD_INPUT', { field: 'title' })
  ensure(text.body.trim() !== '', 'BAD_INPUT', { field: 'body' })
  const stray = linksIn(`${text.title}\n${text.body}\n${text.whatToDo ?? ''}`).find((link) => !isListed(link))
  ensure(stray === undefined, 'LINK_REFUSED', { host: hostOf(stray ?? '').slice(0, 60) })
}

const MOST_GRAMS = 400

/** Pairs of neighbouring characters by which a text is found: Chinese has no spaces to search by. Letters and digits count as characters, everything else parts. */
export function gramsOf(words: string): readonly string[] {
  const runs = words.toLowerCase().match(/[\p{Script=Han}a-z0-9]+/gu) ?? []
  const grams = new Set<string>()
  for (const run of runs) for (let at = 0; at + 1 < run.length && grams.size < MOST_GRAMS; at++) grams.add(run.slice(at, at + 2))
  return [...grams]
}

/** One line that changed between two editions: what went, what came. */
export interface Difference {
  readonly was: string | null
  readonly is: string | null
}

/** Sentences that differ, in the order of the new text; what only went stands at the end. */
export function differences(before: Pick<NoticeText, 'title' | 'body' | 'whatToDo'>, now: Pick<NoticeText, 'title' | 'body' | 'whatToDo'>): readonly Difference[] {
  const [old, fresh] = [readAloud(before), readAloud(now)]
  const gone = old.filter((sentence) => !fresh.includes(sentence))
  const come = fresh.filter((sentence) => !old.includes(sentence))
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => ({ was: gone[index] ?? null, is: come[index] ?? null }))
}
