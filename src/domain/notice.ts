/**
 * A notice 通知 (laws 5, 6): written by somebody who may address these people, checked, by a second person too where it is
 * for everybody, published once for each of its editions. A correction is a new edition, which whoever had understood the
 * old one is asked to acknowledge again. Nothing of a notice is ever deleted; what is withdrawn says why.
 */
import type { Audience } from './audience'
import type { By } from './booking-record'
import { DAY, MINUTE } from './civil-time'
import { ensure } from './error'
import { filesIn, gramsOf, type NoticeText } from './notice-text'
import type { RequestLog } from './person'
import type { Carried } from './survey'
import { areThere, givenUp, type Leaving } from './upload'

export const noticeLevels = ['ordinary', 'important', 'mustReach'] as const
/** In the list and the daily digest; with a message; with a message, an acknowledgement, a deadline and a ledger. */
export type NoticeLevel = (typeof noticeLevels)[number]

/** `waiting`: for a second person, or for somebody to look at what the content check held. What is past its time is `published` still: the screen says 已过期. */
export type NoticeStatus = 'draft' | 'waiting' | 'scheduled' | 'published' | 'withdrawn'

/** What is ready to be published once somebody else has said yes. */
export interface Submission {
  readonly text: NoticeText
  /** `content`: the check held it, a person must look; `secondPerson`: it is for everybody */
  readonly why: 'content' | 'secondPerson'
  readonly by: By
  readonly at: number
  /** what was corrected, in the writer's words; null for the first edition */
  readonly summary: string | null
  /** the times of a correction, where it moves them */
  readonly times?: Times
}

/** An edition as it was published. */
export interface Edition {
  readonly edition: number
  readonly text: NoticeText
  readonly at: number
  readonly by: By
  readonly summary: string | null
}

/** How far people were gone through for the ledger, for one edition. */
export interface FanOut {
  readonly edition: number
  /** which of the audience's communities, counted from 0 */
  readonly community: number
  /** the last person that was looked at there; '' before the first */
  readonly afterId: string
  readonly startedAt: number
}

/** How far the lines that are there were gone through, so that each says what its notice says. */
export interface LinePass {
  /** the last line that was looked at; '' before the first */
  readonly afterId: string
  /** when it begins, ms */
  readonly startsAt: number
  /** when the notice last changed in what its lines repeat, ms */
  readonly changedAt: number
}

/** Until when it holds, and until when everybody should have understood. */
export interface Times {
  readonly validUntil: number
  readonly deadlineAt: number | null
}

export interface Notice {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly level: NoticeLevel
  readonly audience: Audience
  readonly text: NoticeText
  /** 0 before the first was published */
  readonly edition: number
  /** editions that were published before the present one, oldest first */
  readonly editions: readonly Edition[]
  readonly status: NoticeStatus
  readonly submission: Submission | null
  /** when it is to appear, ms; null: at once */
  readonly publishAt: number | null
  /** after this it is in the archive only, ms */
  readonly validUntil: number
  /** until when everybody should have understood, ms; null unless it must reach */
  readonly deadlineAt: number | null
  /** a door that stays shut opens a safety case */
  readonly opensCase: boolean
  /** on top of the list until then, ms; null: not */
  readonly pinnedUntil: number | null
  readonly writtenBy: By
  /** why it came back to its writer; null: it did not */
  readonly returned: { readonly by: By; readonly at: number; readonly reason: string } | null
  readonly withdrawn: { readonly by: By; readonly at: number; readonly reason: string } | null
  readonly publishedBy: By | null
  /** when the present edition appeared, ms; 0 before the first */
  readonly listedAt: number
  /** people are still being written into the ledger; null: all are */
  readonly fanOut: FanOut | null
  /** the addressees' own lines still have to learn what changed; null: they know */
  readonly lines: LinePass | null
  /** the deadline of this edition is past: who has not understood it is called; 0: of none */
  readonly calledFor: number
  /** past its time */
  readonly isOver: boolean
  /** when the clock must look at it, ms; derived; null: nothing to do */
  readonly dueAt: number | null
  readonly updatedAt: number
  readonly grams: readonly string[]
  /** what readers take part in; absent or null: nothing */
  readonly carries?: Carried | null
  /** when the clock must count what it carries, ms; absent or null: nothing to count */
  readonly countAt?: number | null
  /** files that nothing in it names any more; absent: none ever */
  readonly leaves?: readonly Leaving[]
  /** when the clock must look at those, ms; absent or null: none */
  readonly sweepAt?: number | null
  readonly requests: RequestLog
}

/** Most notices on top of one community's list. */
export const MOST_PINS = 3
/** A pin ends by itself, at the latest. */
export const LONGEST_PIN = 14 * DAY
/** Nobody plans further ahead. */
export const LONGEST_VALID = 366 * DAY
/** A function that was under way when a notice changed may still write what it read before, at most so long, ms. */
export const FUNCTION_LIFE = MINUTE

type Wish = Pick<Notice, 'level' | 'audience' | 'text' | 'publishAt' | 'validUntil' | 'deadlineAt' | 'opensCase'>

/** A first draft. Times are checked when it is published: a draft may be unfinished. */
export const draft = (id: string, subdistrictId: string, wish: Wish, by: By, now: number): Notice => dated({
  ...wish, _id: id, version: 1, subdistrictId, edition: 0, editions: [], status: 'draft', submission: null, pinnedUntil: null, writtenBy: by, returned: null, withdrawn: null, publishedBy: null,
  listedAt: 0, fanOut: null, lines: null, calledFor: 0, isOver: false, dueAt: null, updatedAt: now, grams: [], requests: {},
})

/** Every file that it names: in what stands, in what waits, in what was published before. */
export const filesNamed = (notice: Pick<Notice, 'text' | 'submission' | 'editions'>): readonly string[] =>
  [notice.text, ...(notice.submission === null ? [] : [notice.submission.text]), ...notice.editions.map((edition) => edition.text)].flatMap(filesIn)

/** What it named and names no more leaves it. */
const withLeaving = (before: Notice, after: Notice, now: number): Notice => givenUp(after, filesNamed(before), filesNamed(after), now)

const ensureFiles = (notice: Notice, text: NoticeText): void => ensure(areThere(notice, filesIn(text)), 'FILE_REFUSED', { why: 'missing' })

/** The draft as it stands now. @throws WRONG_STATE {status}, FILE_REFUSED {why} for a file that is being deleted */
export function rewritten(notice: Notice, wish: Wish, now: number): Notice {
  ensure(notice.status === 'draft', 'WRONG_STATE', { status: notice.status })
  ensureFiles(notice, wish.text)
  return withLeaving(notice, { ...notice, ...wish, updatedAt: now }, now)
}

/** Times fit together. @throws BAD_INPUT {field} */
export function ensureTimes({ level, publishAt, validUntil, deadlineAt, opensCase }: Pick<Notice, 'level' | 'publishAt' | 'validUntil' | 'deadlineAt' | 'opensCase'>, now: number): void {
  const from = Math.max(now, publishAt ?? now)
  ensure(publishAt === null || publishAt > now, 'BAD_INPUT', { field: 'publishAt' })
  ensure(validUntil > from && validUntil <= now + LONGEST_VALID, 'BAD_INPUT', { field: 'validUntil' })
  ensure((level === 'mustReach') === (deadlineAt !== null), 'BAD_INPUT', { field: 'deadlineAt' })
  ensure(deadlineAt === null || (deadlineAt > from && deadlineAt <= validUntil), 'BAD_INPUT', { field: 'deadlineAt' })
  ensure(!opensCase || level === 'mustReach', 'BAD_INPUT', { field: 'opensCase' })
}

/** What was checked of a text, before anybody decides. */
export type ContentCheck = 'passed' | 'held'

/**
 * The writer says: publish. It appears at once or at its time, waits for a second person when it is for everybody, or for
 * somebody who looks at what the check held.
 * @throws WRONG_STATE, BAD_INPUT {field}
 */
export function submit(notice: Notice, check: ContentCheck, by: By, now: number): Notice {
  ensure(notice.status === 'draft', 'WRONG_STATE', { status: notice.status })
  ensureTimes(notice, now)
  const ready: Notice = { ...notice, returned: null, updatedAt: now }
  const why = check === 'held' ? 'content' : notice.audience.isWhole ? 'secondPerson' : null
  if (why !== null) return dated({ ...ready, status: 'waiting', submission: { text: notice.text, why, by, at: now, summary: null } })
  return published(ready, notice.text, null, by, now)
}

/**
 * A new edition of what is published. Its first text stays until the new one is.
 * @param moved its times, where the correction moves them @throws WRONG_STATE {status}, BAD_INPUT {field} when nothing
 * differs, or its deadline is past and no new one is given, FILE_REFUSED {why} for a file that is being deleted
 */
export function correct(notice: Notice, text: NoticeText, summary: string, check: ContentCheck, by: By, now: number, moved: Partial<Times> = {}): Notice {
  ensure(notice.status === 'published', 'WRONG_STATE', { status: notice.status })
  ensure(notice.validUntil > now, 'WRONG_STATE', { status: 'expired' })
  ensure(notice.submission === null, 'WRONG_STATE', { status: 'waiting' })
  ensureFiles(notice, text)
  const times: Times = { validUntil: moved.validUntil ?? notice.validUntil, deadlineAt: moved.deadlineAt ?? notice.deadlineAt }
  const isMoved = times.validUntil !== notice.validUntil || times.deadlineAt !== notice.deadlineAt
  ensure(isMoved || JSON.stringify(text) !== JSON.stringify(notice.text), 'BAD_INPUT', { field: 'body' })
  ensureTimes({ ...notice, ...times, publishAt: null }, now)
  const why = check === 'held' ? 'content' : notice.audience.isWhole ? 'secondPerson' : null
  const after = why !== null ? dated({ ...notice, submission: { text, why, by, at: now, summary, times }, updatedAt: now }) : published({ ...notice, ...times }, text, summary, by, now)
  return withLeaving(notice, after, now)
}

/** Somebody else than the writer says yes, while there is time for it. @throws WRONG_STATE, SECOND_PERSON, BAD_INPUT {field} */
export function approve(notice: Notice, by: By, now: number): Notice {
  const { submission } = notice
  ensure(submission !== null && notice.status !== 'withdrawn', 'WRONG_STATE', { status: notice.status })
  ensure(submission.by.personId !== by.personId, 'SECOND_PERSON')
  const ready: Notice = { ...notice, ...(submission.times ?? {}) }
  // It waited: what was still to come when it was written may be past.
  ensureTimes({ ...ready, publishAt: null }, Math.max(now, notice.edition === 0 ? (notice.publishAt ?? now) : now))
  // What the check held and is for everybody was seen by a person now: that person is the second.
  return withLeaving(notice, published({ ...ready, publishedBy: by }, submission.text, submission.summary, by, now), now)
}

/** Back to its writer, with a reason. @throws WRONG_STATE */
export function sendBack(notice: Notice, reason: string, by: By, now: number): Notice {
  ensure(notice.submission !== null && notice.status !== 'withdrawn', 'WRONG_STATE', { status: notice.status })
  return withLeaving(notice, dated({ ...notice, status: notice.edition === 0 ? 'draft' : notice.status, submission: null, returned: { by, at: now, reason }, updatedAt: now }), now)
}

/** Appears: at once, or at its time if that is still to come. */
function published(notice: Notice, text: NoticeText, summary: string | null, by: By, now: number): Notice {
  if (notice.edition === 0 && notice.publishAt !== null && notice.publishAt > now) return dated({ ...notice, text, status: 'scheduled', submission: null, publishedBy: by, updatedAt: now })
  const past: Edition[] = notice.edition === 0 ? [] : [{ edition: notice.edition, text: notice.text, at: notice.listedAt, by: notice.publishedBy ?? notice.writtenBy, summary: null }]
  const edition = notice.edition + 1
  return dated({
    ...notice, text, edition, editions: [...notice.editions, ...past.map((one) => ({ ...one, summary }))], status: 'published', submission: null, publishedBy: by, listedAt: now, updatedAt: now,
    fanOut: fromTheStart(edition, now), lines: edition === 1 ? null : passFrom(now), grams: gramsOf(`${text.title} ${text.body} ${text.whatToDo ?? ''}`),
  })
}

const fromTheStart = (edition: number, now: number): FanOut => ({ edition, community: 0, afterId: '', startedAt: now })
const passFrom = (now: number): LinePass => ({ afterId: '', startsAt: now, changedAt: now })

/** Taken back, with a reason that everybody who had it reads. @throws WRONG_STATE */
export function withdraw(notice: Notice, reason: string, by: By, now: number): Notice {
  ensure((notice.status === 'published' && !notice.isOver) || notice.status === 'scheduled', 'WRONG_STATE', { status: notice.status })
  return withLeaving(notice, dated({ ...notice, status: 'withdrawn', withdrawn: { by, at: now, reason }, submission: null, fanOut: null, pinnedUntil: null, lines: notice.status === 'published' ? passFrom(now) : null, updatedAt: now }), now)
}

/** On top of the list until a time, or not any more (null). @param others pins that stand in the same communities @throws WRONG_STATE, LIMIT_REACHED, BAD_INPUT */
export function pin(notice: Notice, until: number | null, others: number, now: number): Notice {
  ensure(isLive(notice, now), 'WRONG_STATE', { status: notice.status })
  ensure(until === null || (until > now && until <= Math.min(now + LONGEST_PIN, notice.validUntil)), 'BAD_INPUT', { field: 'until' })
  ensure(until === null || others < MOST_PINS, 'LIMIT_REACHED', { most: MOST_PINS })
  return dated({ ...notice, pinnedUntil: until, lines: passFrom(now), updatedAt: now })
}

/** Published, and not past its time. */
export const isLive = (notice: Pick<Notice, 'status' | 'validUntil'>, now: number): boolean => notice.status === 'published' && now < notice.validUntil

/** The deadline of what stands now is past: who has not understood is called. */
export const isCalling = (notice: Pick<Notice, 'status' | 'edition' | 'calledFor' | 'isOver'>): boolean => notice.status === 'published' && !notice.isOver && notice.edition > 0 && notice.calledFor === notice.edition

/** Stands in people's lists: published, or taken back since, until its time is past. */
const isListed = (notice: Pick<Notice, 'status' | 'edition' | 'isOver'>): boolean => !notice.isOver && notice.edition > 0 && (notice.status === 'published' || notice.status === 'withdrawn')

/**
 * What the time alone changes: it appears, a pin ends, the deadline passes, it is over. At the deadline people are gone
 * through once more, so that whoever came to be meant in whatever way is on the list. Late, or twice, comes to the same.
 */
export function atItsTime(notice: Notice, now: number): Notice {
  const there = notice.status === 'scheduled' && (notice.publishAt ?? now) <= now ? published({ ...notice, publishAt: null }, notice.text, null, notice.publishedBy ?? notice.writtenBy, now) : notice
  if (!isListed(there)) return there
  if (now >= there.validUntil) return dated({ ...there, isOver: true, fanOut: null, pinnedUntil: null, lines: passFrom(now) })
  if (there.status === 'withdrawn') return there
  const unpinned = there.pinnedUntil !== null && there.pinnedUntil <= now ? dated({ ...there, pinnedUntil: null, lines: passFrom(now) }) : there
  if (unpinned.deadlineAt === null || unpinned.deadlineAt > now || unpinned.calledFor === unpinned.edition) return unpinned
  return dated({ ...unpinned, calledFor: unpinned.edition, fanOut: fromTheStart(unpinned.edition, now), lines: passFrom(now) })
}

/** People were gone through up to here; `null` after the last one of the last community. */
export const wentThrough = (notice: Notice, fanOut: FanOut | null): Notice => dated({ ...notice, fanOut })

/**
 * Lines were gone through up to here; `null` after the last. Who was writing lines while the notice changed may have
 * written what it had read before: then they are gone through once more, when no such function lives any more.
 */
export function toldLines(notice: Notice, afterId: string | null): Notice {
  const { lines } = notice
  if (lines === null) return notice
  if (afterId !== null) return dated({ ...notice, lines: { ...lines, afterId } })
  const again = lines.changedAt + FUNCTION_LIFE
  return dated({ ...notice, lines: lines.startsAt >= again ? null : { ...lines, afterId: '', startsAt: again } })
}

/** When the clock must look next: to let it appear, to tell its lines, to go on writing them, for the end of its pin, its deadline and its own. */
export const dated = (notice: Notice): Notice => ({ ...notice, dueAt: dueOf(notice) })

function dueOf(notice: Notice): number | null {
  if (notice.status === 'scheduled') return notice.publishAt
  const { lines, fanOut, deadlineAt } = notice
  const isRunning = notice.status === 'published' && !notice.isOver
  const times = [
    lines?.startsAt ?? null, isListed(notice) ? notice.validUntil : null,
    ...(isRunning ? [fanOut?.startedAt ?? null, notice.pinnedUntil, deadlineAt !== null && notice.calledFor < notice.edition ? deadlineAt : null] : []),
  ].filter((time) => time !== null)
  return times.length === 0 ? null : Math.min(...times)
}
