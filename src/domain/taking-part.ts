/**
 * Taking part 参与: what a notice may carry besides its words: an activity to put one's name down for, a survey or the
 * opinions of households, or the result of one. It is written while the notice is a draft, checked with it, and stays as it
 * is once the notice was published.
 */
import { isActivity, type ActivitySlot } from './activity'
import { buildingsOf } from './audience'
import type { By } from './booking-record'
import { DAY } from './civil-time'
import { ensure } from './error'
import { draft, type Notice } from './notice'
import type { Slot } from './slot'
import { countedFrom, ensureSurvey, ensureSurveyTime, wordsOfSurvey, type Carried } from './survey'

/** How long a result stands in the list; the archive keeps it. 示例 */
const RESULT_VALID = 30 * DAY

/** The draft with what it carries; null: nothing. @throws WRONG_STATE {status}, BAD_INPUT {field} */
export function carrying(notice: Notice, carries: Carried | null, now: number): Notice {
  ensure(notice.status === 'draft' && notice.edition === 0, 'WRONG_STATE', { status: notice.status })
  // A result belongs to what was counted: it is not turned into something else.
  ensure(notice.carries?.what !== 'result', 'WRONG_STATE', { status: 'result' })
  if (carries?.what === 'survey') ensureSurvey(carries)
  return { ...notice, carries, countAt: carries?.what === 'survey' ? countedFrom(carries) : null, updatedAt: now }
}

/** What the clock had to count is counted, or is never to be. */
export const counted = (notice: Notice): Notice => ({ ...notice, countAt: null })

/** The notice that tells the result, as a draft: its writer may say more. */
export const resultDraft = (id: string, of: Notice, text: { readonly title: string; readonly body: string }, by: By, now: number): Notice => ({
  ...draft(id, of.subdistrictId, { level: 'ordinary', audience: of.audience, text: { ...text, whatToDo: null, pictures: [], attachments: [] }, publishAt: null, validUntil: now + RESULT_VALID, deadlineAt: null, opensCase: false }, by, now),
  carries: { what: 'result', ofNoticeId: of._id },
})

/** Everything a reader will see of it, for the content check; '' for what was checked elsewhere. */
export const wordsCarried = ({ carries }: Pick<Notice, 'carries'>): string => (carries?.what === 'survey' ? wordsOfSurvey(carries) : '')

/**
 * Whether what is carried fits the notice as it would be published now. @param slot the activity, as it stands; null: there is none
 * @throws BAD_INPUT {field}: an activity that is over, cancelled or not for everybody who is addressed; a survey that leaves no time, or households without buildings
 */
export function ensureCarried(notice: Notice, slot: Slot | null, now: number): void {
  const { carries, audience } = notice
  if (carries === null || carries === undefined || carries.what === 'result') return
  if (carries.what === 'activity') {
    ensure(slot !== null && mayCarry(slot, now) && audience.communityIds.every((id) => slot.communityIds.includes(id)), 'BAD_INPUT', { field: 'activityId' })
    return
  }
  ensureSurveyTime(carries, Math.max(now, notice.publishAt ?? now), notice.validUntil)
  ensure(carries.unit === 'person' || buildingsOf(audience).length > 0, 'BAD_INPUT', { field: 'buildings' })
}

/** An activity to which people can still come. */
export const mayCarry = (slot: Slot, now: number): slot is ActivitySlot => isActivity(slot) && slot.activity.cancelled === null && slot.startsAt > now
