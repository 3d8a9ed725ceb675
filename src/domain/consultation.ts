/**
 * A consultation 乐龄顾问: somebody asks something, or wants somebody to come and look. It goes to a consultant of the elder's
 * grid, else to the pool of the subdistrict, and never gets lost: when the stated time runs out the clock passes it on and tells a
 * social worker. An assessment is written and read only while the elder's own consent holds; a plan's items become bookings by the
 * elder's side alone; after thirty days it is reviewed. One document holds all of it.
 */
import { isAwayOn, type Away } from './away'
import { scored, ensureAnswers, type CareLevel, type SchemeAnswers } from './barthel'
import { isGivenUp, type Booking, type By } from './booking-record'
import { addDays, civilDate, instantOf, weekday } from './civil-time'
import { hasOwnPage, MOST_PLAN_ITEMS, type ConsultState, type ConsultTopic, type ConsultWant, type ConsultWhat, type PlanRhythm, type PlanState, type PlanWhat } from './consult-terms'
import { ensure } from './error'
import { LOOK_AGAIN, isNear } from './life'
import type { Person, RequestLog } from './person'

/** Working days within which somebody answers, and the minute of the last of them. 示例 policy. */
export const ANSWER_WORKING_DAYS = 2
const DESK_CLOSES = 17 * 60
/** A plan is looked at again after this many days; at this minute somebody is told. 示例 policy. */
export const REVIEW_AFTER_DAYS = 30
const REVIEW_MINUTE = 8 * 60
/** A consent to an assessment holds this long at most. 示例 policy. */
export const LONGEST_CONSENT_DAYS = 366

export interface ConsultLine {
  readonly what: ConsultWhat
  readonly at: number
  readonly by: By
  readonly words: string | null
  /** of an item of the plan: which */
  readonly n?: number
}

/** The elder's own consent that their health is written down, for this consultation alone (law 9). */
export interface HealthConsent {
  readonly at: number
  readonly by: By
  /** the elder's own tap, or said to staff who checked who it was */
  readonly how: 'elderTap' | 'counter'
  readonly identityCheck: string | null
  /** last civil day on which it holds */
  readonly untilOn: string
}

/** What was answered; gone when the consent ends, while that it was held, when and by whom stays. */
export interface AssessmentFindings {
  readonly answers: SchemeAnswers
  readonly words: string | null
  readonly score: number
  readonly level: CareLevel
}
export interface Assessment {
  readonly n: number
  readonly at: number
  readonly by: By
  readonly scheme: 'barthel'
  readonly findings: AssessmentFindings | null
}
/** Not signed yet: nothing is lost meanwhile. */
export interface AssessmentDraft {
  readonly at: number
  readonly by: By
  readonly answers: SchemeAnswers
  readonly words: string | null
}

/** How the elder's side wants an item: at one time, or week after week. */
export type PlanChoice = { readonly how: 'once'; readonly slotId: string } | { readonly how: 'series'; readonly firstOn: string; readonly startMinute: number; readonly every: 1 | 2; readonly count: number; readonly skip: readonly number[] }

export interface PlanWish {
  /** of an item that stands already; absent: a new one */
  readonly n?: number
  readonly what: PlanWhat
  readonly title: string
  readonly reason: string
  /** the service, or the kitchen; null for advice and activities */
  readonly serviceItemId: string | null
  /** the activity; null for all others */
  readonly slotId: string | null
  readonly rhythm: PlanRhythm | null
  /** dates of a rhythm */
  readonly times: number
}
export interface PlanItem extends Required<PlanWish> {
  readonly state: PlanState
  /** how often it was begun to be booked: what is made has an id of its own each time */
  readonly turn: number
  readonly choice: PlanChoice | null
  readonly booked: { readonly bookingId: string } | { readonly seriesId: string } | null
  readonly by: By | null
  readonly at: number
  /** why not */
  readonly words: string | null
}
export interface CarePlan {
  readonly at: number
  readonly by: By
  readonly words: string | null
  readonly items: readonly PlanItem[]
}

export interface Review {
  readonly at: number
  readonly by: By
  readonly words: string
  /** visits of the plan that took place until then */
  readonly done: number
}

export interface Consultation {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  /** the grid's key; null: nobody knows in which one the elder lives */
  readonly grid: string | null
  readonly elderId: string
  readonly elderName: string
  readonly want: ConsultWant
  readonly topic: ConsultTopic
  readonly words: string
  readonly askedBy: By
  readonly askedAt: number
  readonly state: ConsultState
  readonly consultant: { readonly personId: string; readonly name: string } | null
  /** until when somebody answers; null: somebody has, or it is over */
  readonly answerBy: number | null
  readonly answers: readonly { readonly at: number; readonly by: By; readonly words: string }[]
  readonly consent: HealthConsent | null
  readonly consentEnded: { readonly at: number; readonly by: By } | null
  readonly draft: AssessmentDraft | null
  readonly assessments: readonly Assessment[]
  readonly plan: CarePlan | null
  /** civil day of the next review; null: none */
  readonly reviewOn: string | null
  readonly reviews: readonly Review[]
  readonly timeline: readonly ConsultLine[]
  /** lines of the timeline that were put into messages already */
  readonly toldLines: number
  /** when the clock must look; null: nothing is owed */
  readonly dueAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

export const systemBy: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }

type ClosedDays = Readonly<Record<string, string>>

const isWorkingDay = (onDate: string, closedDays: ClosedDays): boolean => weekday(onDate) >= 1 && weekday(onDate) <= 5 && closedDays[onDate] === undefined

/** Until when somebody answers: the end of the second working day after the one on which it was asked. */
export function answerTime(askedAt: number, closedDays: ClosedDays): number {
  let onDate = civilDate(askedAt)
  for (let left = ANSWER_WORKING_DAYS; left > 0;) {
    onDate = addDays(onDate, 1)
    if (isWorkingDay(onDate, closedDays)) left -= 1
  }
  return instantOf(onDate, DESK_CLOSES)
}

export const isOver = ({ state }: Pick<Consultation, 'state'>): boolean => state === 'closed' || state === 'withdrawn'

/** Whether the elder's consent holds on a civil day. */
export const mayAssess = ({ consent }: Pick<Consultation, 'consent'>, today: string): boolean => consent !== null && consent.untilOn >= today

const hasHealth = (one: Consultation): boolean => one.draft !== null || one.assessments.some((assessment) => assessment.findings !== null)

/** When the clock must look next: at what is owed to be told first of all. */
function dueOf(one: Consultation, now: number): number | null {
  const times = [
    ...(one.toldLines < one.timeline.length ? [now] : []),
    ...(one.answerBy === null ? [] : [one.answerBy]),
    ...(one.reviewOn === null || isTold(one) ? [] : [instantOf(one.reviewOn, REVIEW_MINUTE)]),
    ...(one.consent === null ? [] : [instantOf(addDays(one.consent.untilOn, 1))]),
    ...(one.plan?.items ?? []).filter((item) => item.state === 'booking').map((item) => item.at + LOOK_AGAIN),
  ]
  return times.length === 0 ? null : Math.min(...times)
}

/** Whether a review that is due was said to be, since the plan was given or reviewed. */
function isTold(one: Consultation): boolean {
  const told = one.timeline.filter((line) => line.what === 'reviewDue' || line.what === 'planned' || line.what === 'reviewed' || line.what === 'reopened')
  return told.at(-1)?.what === 'reviewDue'
}

/** With a line, and when the clock must look. */
function said(one: Consultation, what: ConsultWhat, by: By, now: number, words: string | null = null, n?: number): Consultation {
  const next = { ...one, timeline: [...one.timeline, { what, at: now, by, words, ...(n === undefined ? {} : { n }) }] }
  return { ...next, dueAt: dueOf(next, now) }
}

const ensureState = (one: Consultation, ...states: readonly ConsultState[]): void => ensure(states.includes(one.state), 'WRONG_STATE', { status: one.state })
const ensureOpen = (one: Consultation): void => ensure(!isOver(one), 'WRONG_STATE', { status: one.state })

/** Law 3: a consultant is neither the elder nor their family. @throws OWN_CASE */
export const ensureStranger = (elder: Pick<Person, '_id' | 'kinIds' | 'delegates'>, by: By): void => ensure(!isNear(elder, by.personId), 'OWN_CASE')

export interface ConsultWish {
  readonly want: ConsultWant
  readonly topic: ConsultTopic
  readonly words: string
}

/** Somebody asks. @param hasConsultant whether anybody is there for this grid */
export function ask(
  of: { readonly consultationId: string; readonly elder: Person; readonly grid: string | null; readonly hasConsultant: boolean; readonly closedDays: ClosedDays; readonly key: string; readonly hash: string },
  wish: ConsultWish, by: By, now: number,
): Consultation {
  const { elder } = of
  return said({
    _id: of.consultationId, version: 1, subdistrictId: elder.subdistrictId, communityId: elder.communityId, grid: of.grid, elderId: elder._id, elderName: elder.name, want: wish.want, topic: wish.topic, words: wish.words,
    askedBy: by, askedAt: now, state: of.hasConsultant ? 'waiting' : 'pool', consultant: null, answerBy: answerTime(now, of.closedDays), answers: [], consent: null, consentEnded: null, draft: null, assessments: [], plan: null,
    reviewOn: null, reviews: [], timeline: [], toldLines: 0, dueAt: null, madeBy: { key: of.key, hash: of.hash }, requests: {},
  }, 'asked', by, now, wish.words)
}

/** One consultant takes it: of two who try at once the other is told who has it. @throws WRONG_STATE {status}, ALREADY_TAKEN {by}, OWN_CASE */
export function take(one: Consultation, elder: Person, by: By, now: number): Consultation {
  ensureOpen(one)
  ensure(one.consultant === null, 'ALREADY_TAKEN', { by: one.consultant?.name ?? '' })
  ensureStranger(elder, by)
  return said({ ...one, consultant: { personId: by.personId, name: by.name }, state: one.plan !== null ? 'planned' : one.answers.length > 0 ? 'answered' : 'taken' }, 'taken', by, now)
}

/** Who has it, or a social worker, gives it to the pool. What had a plan keeps it. @throws WRONG_STATE {status} */
export function passOn(one: Consultation, words: string, by: By, closedDays: ClosedDays, now: number): Consultation {
  if (by.as === 'careConsultant') ensureMine(one, by)
  ensureState(one, 'waiting', 'taken', 'answered', 'planned')
  return said({ ...one, consultant: null, state: 'pool', answerBy: answerTime(now, closedDays) }, 'passedOn', by, now, words)
}

/** Only the consultant who has it works on it. @throws WRONG_STATE {status}, ALREADY_TAKEN {by} where a colleague has it */
export function ensureMine(one: Consultation, by: By): void {
  ensureOpen(one)
  ensure(one.consultant !== null, 'WRONG_STATE', { status: one.state })
  ensure(one.consultant.personId === by.personId, 'ALREADY_TAKEN', { by: one.consultant.name })
}

/** In writing; the elder's side reads it, and hears it. @throws as ensureMine */
export function answer(one: Consultation, words: string, by: By, now: number): Consultation {
  ensureMine(one, by)
  return said({ ...one, answers: [...one.answers, { at: now, by, words }], answerBy: null, state: one.plan === null ? 'answered' : 'planned' }, 'answered', by, now, words)
}

/**
 * The elder's own consent, by their tap or at the counter with their identity checked; family cannot give it.
 * @throws CONSENT_REQUIRED for family, OWN_CASE for staff who are family, IDENTITY_REQUIRED, BAD_INPUT {field}
 */
export function giveConsent(one: Consultation, elder: Person, given: { readonly untilOn: string; readonly identityCheck: string | null }, by: By, today: string, now: number): Consultation {
  ensureOpen(one)
  ensure(by.as !== 'family', 'CONSENT_REQUIRED')
  if (by.as === 'careConsultant') ensureMine(one, by)
  if (by.as !== 'elder') {
    ensureStranger(elder, by)
    ensure(given.identityCheck !== null, 'IDENTITY_REQUIRED')
  }
  ensure(given.untilOn >= today && given.untilOn <= addDays(today, LONGEST_CONSENT_DAYS), 'BAD_INPUT', { field: 'untilOn' })
  const consent: HealthConsent = { at: now, by, how: by.as === 'elder' ? 'elderTap' : 'counter', identityCheck: by.as === 'elder' ? null : given.identityCheck, untilOn: given.untilOn }
  return said({ ...one, consent, consentEnded: null }, 'consented', by, now)
}

/** The answers go; that an assessment was held, when and by whom stays, and so does the plan, which is the elder's own. @throws WRONG_STATE {status} */
export function endConsent(one: Consultation, by: By, now: number): Consultation {
  ensure(by.as !== 'family', 'CONSENT_REQUIRED')
  if (by.as === 'careConsultant') ensureMine(one, by)
  ensure(one.consent !== null, 'WRONG_STATE', { status: 'noConsent' })
  const next = { ...one, consent: null, consentEnded: { at: now, by }, draft: null, assessments: one.assessments.map((assessment) => (assessment.findings === null ? assessment : { ...assessment, findings: null })) }
  return said(next, 'consentEnded', by, now)
}

function ensureConsent(one: Consultation, today: string): void {
  ensure(mayAssess(one, today), 'CONSENT_REQUIRED')
}

/** Kept as far as it is. @throws CONSENT_REQUIRED, BAD_INPUT {field}, OWN_CASE and as ensureMine */
export function saveDraft(one: Consultation, elder: Person, draft: { readonly answers: SchemeAnswers; readonly words: string | null }, by: By, today: string, now: number): Consultation {
  ensureMine(one, by)
  ensureStranger(elder, by)
  ensureConsent(one, today)
  ensureAnswers(draft.answers)
  return { ...one, draft: { at: now, by, ...draft } }
}

export { scored as scoreOf }

/** Signed: a version that is not changed any more. Whoever looked somebody over has answered. @throws as saveDraft; BAD_INPUT while an item has no answer */
export function sign(one: Consultation, elder: Person, whole: { readonly answers: SchemeAnswers; readonly words: string | null }, by: By, today: string, now: number): Consultation {
  const { answers, words } = whole
  const draft = saveDraft(one, elder, whole, by, today, now)
  const assessment: Assessment = { n: one.assessments.length + 1, at: now, by, scheme: 'barthel', findings: { answers, words, ...scored(answers) } }
  return said({ ...draft, draft: null, assessments: [...one.assessments, assessment], answerBy: null }, 'assessed', by, now)
}

const isAnswered = (item: PlanItem): boolean => item.state !== 'open' && item.state !== 'dropped'

/** Items keep their number for life: what the elder's side has answered stays as it is, what is left out is dropped. @throws BAD_INPUT {field} and as ensureMine */
export function givePlan(one: Consultation, elder: Person, wish: { readonly words: string | null; readonly items: readonly PlanWish[] }, by: By, today: string, now: number): Consultation {
  ensureMine(one, by)
  ensureStranger(elder, by)
  const before = one.plan?.items ?? []
  const kept = wish.items.flatMap((item) => item.n ?? [])
  ensure(new Set(kept).size === kept.length && kept.every((n) => before.some((item) => item.n === n)), 'BAD_INPUT', { field: 'items' })
  for (const item of wish.items) {
    ensure(item.what === 'activity' ? item.slotId !== null : item.slotId === null, 'BAD_INPUT', { field: 'items' })
    ensure((item.what === 'service' || item.what === 'stay') === (item.serviceItemId !== null), 'BAD_INPUT', { field: 'items' })
    ensure(item.what === 'service' || item.rhythm === null, 'BAD_INPUT', { field: 'items' })
  }
  let n = before.length
  const items = [
    ...before.map((item): PlanItem => {
      const asked = wish.items.find((wanted) => wanted.n === item.n)
      if (isAnswered(item)) return item
      return asked === undefined ? { ...item, state: 'dropped' } : { ...item, ...asked, n: item.n, state: 'open' }
    }),
    ...wish.items.filter((item) => item.n === undefined).map((item): PlanItem => ({ ...item, n: ++n, state: 'open', turn: 0, choice: null, booked: null, by: null, at: now, words: null })),
  ]
  const live = items.filter((item) => item.state !== 'dropped').length
  ensure(live > 0 && live <= MOST_PLAN_ITEMS, 'BAD_INPUT', { field: 'items' })
  const reviewOn = one.reviewOn ?? addDays(today, REVIEW_AFTER_DAYS)
  return said({ ...one, plan: { at: now, by, words: wish.words, items }, state: 'planned', answerBy: null, reviewOn }, 'planned', by, now, wish.words)
}

export function itemOf(one: Consultation, n: number): PlanItem {
  const item = one.plan?.items.find((candidate) => candidate.n === n && candidate.state !== 'dropped')
  ensure(item !== undefined, 'NOT_FOUND')
  return item
}

const withItem = (one: Consultation, n: number, next: Partial<PlanItem>, now: number): Consultation => {
  const changed = one.plan === null ? one : { ...one, plan: { ...one.plan, items: one.plan.items.map((item) => (item.n === n ? { ...item, ...next, at: now } : item)) } }
  return { ...changed, dueAt: dueOf(changed, now) }
}

const isSameChoice = (a: PlanChoice | null, b: PlanChoice): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The elder's side wants an item: it is named before anything is taken for it. Named already with the same wish it goes on.
 * @param isFree what it was booked as is given up: it can be booked anew
 * @throws WRONG_STATE {status}, BAD_INPUT {field} for a rhythm where none is proposed
 */
export function beginItem(one: Consultation, n: number, choice: PlanChoice, isFree: boolean, by: By, now: number): Consultation {
  ensureOpen(one)
  const item = itemOf(one, n)
  ensure(item.what === 'service' || item.what === 'activity', 'BAD_INPUT', { field: 'n' })
  ensure(choice.how === 'once' || item.what === 'service', 'BAD_INPUT', { field: 'choice' })
  ensure(item.what !== 'activity' || (choice.how === 'once' && choice.slotId === item.slotId), 'BAD_INPUT', { field: 'choice' })
  if (item.state === 'booking' && isSameChoice(item.choice, choice)) return one
  ensure(item.state === 'open' || item.state === 'declined' || item.state === 'wanted' || (item.state === 'booked' && isFree), 'WRONG_STATE', { status: item.state })
  return withItem(one, n, { state: 'booking', turn: item.turn + 1, choice, booked: null, by, words: null }, now)
}

/** It is booked. Again changes nothing; a turn that was given up touches nothing newer. */
export function itemBooked(one: Consultation, n: number, turn: number, booked: NonNullable<PlanItem['booked']>, now: number): Consultation {
  const item = one.plan?.items.find((candidate) => candidate.n === n)
  if (item === undefined || item.state !== 'booking' || item.turn !== turn || item.by === null) return one
  return said(withItem(one, n, { state: 'booked', booked }, now), 'itemBooked', item.by, now, item.title, n)
}

/** It could not be had: open again. Again changes nothing. */
export function itemNotBooked(one: Consultation, n: number, turn: number, now: number): Consultation {
  const item = one.plan?.items.find((candidate) => candidate.n === n)
  return item === undefined || item.state !== 'booking' || item.turn !== turn ? one : withItem(one, n, { state: 'open', choice: null, by: null }, now)
}

/** What a booking must say of itself to be linked. */
export type Linked = Pick<Booking, '_id' | 'elderId' | 'kind' | 'serviceItemId' | 'status' | 'endsAt'>

/** Since when a plan stands, however often it was changed. */
export const plannedAt = ({ timeline }: Pick<Consultation, 'timeline'>): number => timeline.find((line) => line.what === 'planned')?.at ?? 0

/** Whether it is what this item asks for, of the same elder and after the plan was given, and stands. */
export const isOfItem = (one: Consultation, item: PlanItem, booking: Linked): boolean =>
  booking.elderId === one.elderId && booking.kind === item.what && (item.serviceItemId === null || booking.serviceItemId === item.serviceItemId) && booking.endsAt > plannedAt(one) && !isGivenUp(booking)

const isBookedAs = (item: PlanItem, bookingId: string): boolean => item.booked !== null && 'bookingId' in item.booked && item.booked.bookingId === bookingId

/**
 * What was ordered on a page of its own is what an item asked for: from now on it stands as one that was booked from the plan. Again
 * changes nothing. Of several meals it is the first.
 * @param isFree what it was booked as is given up: another can be linked
 * @throws WRONG_STATE {status}, BAD_INPUT {field} for an item that is booked from the plan, NOT_FOUND for somebody else's, NO_MATCH {why} for another kind,
 * another house or what was over before the plan, ALREADY_BOOKED {what} for what another item stands for
 */
export function linkItem(one: Consultation, n: number, booking: Linked, isFree: boolean, by: By, now: number): Consultation {
  ensureOpen(one)
  const item = itemOf(one, n)
  ensure(hasOwnPage(item.what), 'BAD_INPUT', { field: 'n' })
  ensure(booking.elderId === one.elderId, 'NOT_FOUND')
  if (item.state === 'booked' && isBookedAs(item, booking._id)) return one
  ensure(!isGivenUp(booking), 'WRONG_STATE', { status: booking.status })
  ensure(isOfItem(one, item, booking), 'NO_MATCH', { why: 'planItem' })
  ensure(one.plan?.items.every((other) => !isBookedAs(other, booking._id)) === true, 'ALREADY_BOOKED', { what: 'planItem' })
  ensure(item.state !== 'booked' || isFree, 'WRONG_STATE', { status: item.state })
  return said(withItem(one, n, { state: 'booked', turn: item.turn + 1, choice: null, booked: { bookingId: booking._id }, by, words: null }, now), 'itemBooked', by, now, item.title, n)
}

/** Not wanted, with a reason; or taken as it was advised. @throws WRONG_STATE {status}, REASON_REQUIRED */
export function answerItem(one: Consultation, n: number, isWanted: boolean, words: string | null, by: By, now: number): Consultation {
  ensureOpen(one)
  const item = itemOf(one, n)
  ensure(item.state === 'open' || item.state === (isWanted ? 'declined' : 'wanted'), 'WRONG_STATE', { status: item.state })
  ensure(isWanted ? item.what !== 'service' && item.what !== 'activity' : true, 'BAD_INPUT', { field: 'n' })
  ensure(isWanted || words !== null, 'REASON_REQUIRED')
  return said(withItem(one, n, { state: isWanted ? 'wanted' : 'declined', by, words }, now), isWanted ? 'itemWanted' : 'itemDeclined', by, now, isWanted ? item.title : `${item.title}：${words ?? ''}`, n)
}

/** What became of the plan, and what comes next: another look on a day, or the end. @throws WRONG_STATE {status}, TOO_EARLY {from}, BAD_INPUT {field}, OWN_CASE */
export function review(one: Consultation, elder: Person, wish: { readonly words: string; readonly done: number; readonly nextOn: string | null }, by: By, today: string, now: number): Consultation {
  ensureMine(one, by)
  ensureStranger(elder, by)
  ensureState(one, 'planned')
  ensure(one.reviewOn !== null && one.reviewOn <= today, 'TOO_EARLY', { from: instantOf(one.reviewOn ?? today) })
  ensure(wish.nextOn === null || (wish.nextOn > today && wish.nextOn <= addDays(today, 3 * REVIEW_AFTER_DAYS)), 'BAD_INPUT', { field: 'nextOn' })
  const reviewed = said({ ...one, reviews: [...one.reviews, { at: now, by, words: wish.words, done: wish.done }], reviewOn: wish.nextOn }, 'reviewed', by, now, wish.words)
  return wish.nextOn === null ? closed(reviewed, by, null, now) : reviewed
}

/** Over: nothing runs any more. The consent stays as long as it was given for, so that the elder can still read what was found. */
const closed = (one: Consultation, by: By, words: string | null, now: number): Consultation => said({ ...one, state: 'closed', answerBy: null, reviewOn: null }, 'closed', by, now, words)

/** The elder's side takes it back; a consultant or social worker closes it, with a reason. @throws WRONG_STATE {status}, REASON_REQUIRED */
export function close(one: Consultation, words: string | null, by: By, now: number): Consultation {
  ensureOpen(one)
  if (by.as === 'elder' || by.as === 'family') return said({ ...one, state: 'withdrawn', answerBy: null, reviewOn: null }, 'withdrawn', by, now, words)
  if (by.as === 'careConsultant') ensureMine(one, by)
  ensure(words !== null, 'REASON_REQUIRED')
  return closed(one, by, words, now)
}

/** It can be taken up again this long after it was over, or answered. 示例 policy. */
export const REOPEN_WITHIN_DAYS = 90

/** Taken up again, with who had it; the time to answer begins anew. @throws WRONG_STATE {status} for what is not answered or over, SLOT_PAST after too long */
export function reopen(one: Consultation, words: string, by: By, closedDays: ClosedDays, now: number): Consultation {
  ensureState(one, 'answered', 'closed', 'withdrawn')
  const last = one.timeline.at(-1)?.at ?? one.askedAt
  ensure(civilDate(now) <= addDays(civilDate(last), REOPEN_WITHIN_DAYS), 'WRONG_STATE', { status: 'longAgo' })
  const next: Consultation = { ...one, state: one.consultant === null ? 'pool' : 'taken', answerBy: answerTime(now, closedDays), reviewOn: one.plan === null ? null : addDays(civilDate(now), REVIEW_AFTER_DAYS) }
  return said(next, 'reopened', by, now, words)
}

/** Somebody moved: what is open goes to the new place, and to whoever is there; who had it does not read it any more. Again changes nothing. */
export function follow(one: Consultation, to: { readonly communityId: string; readonly grid: string | null; readonly hasConsultant: boolean; readonly covers: (personId: string) => boolean; readonly closedDays: ClosedDays }, now: number): Consultation {
  if (one.communityId === to.communityId && one.grid === to.grid) return one
  const moved = { ...one, communityId: to.communityId, grid: to.grid }
  if (isOver(one)) return one.consultant === null || to.covers(one.consultant.personId) ? moved : { ...moved, consultant: null }
  if (one.consultant !== null && to.covers(one.consultant.personId)) return said(moved, 'moved', systemBy, now)
  return said({ ...moved, consultant: null, state: to.hasConsultant ? 'waiting' : 'pool', answerBy: answerTime(now, to.closedDays) }, 'moved', systemBy, now)
}

/** Who died or moved away is asked nothing any more. Again changes nothing. */
export const closeByLife = (one: Consultation, now: number): Consultation => (isOver(one) ? one : { ...closed(one, systemBy, '不再需要', now), toldLines: one.timeline.length + 1, dueAt: one.consent === null ? null : instantOf(addDays(one.consent.untilOn, 1)) })

/** Whether a review has to wait: nobody is asked how it goes while they are in hospital or away. */
export const reviewWaits = (away: Away | null, today: string): boolean => isAwayOn(away, today)

/** What the clock makes of it: time that ran out, a review that is due, a consent that is over. Twice or late is the same as once. */
export function lookAt(one: Consultation, about: { readonly away: Away | null; readonly closedDays: ClosedDays; readonly isStaffed: boolean }, now: number): Consultation {
  let next = one
  const today = civilDate(now)
  // Who had it is no consultant any more.
  if (next.consultant !== null && !about.isStaffed && !isOver(next)) next = said({ ...next, consultant: null, state: 'pool', answerBy: answerTime(now, about.closedDays) }, 'passedOn', systemBy, now)
  if (next.consent !== null && next.consent.untilOn < today) next = hasHealth(next) ? endConsent(next, systemBy, now) : { ...next, consent: null }
  if (next.answerBy !== null && next.answerBy <= now && !isOver(next)) {
    const isPassed = next.state !== 'pool'
    next = said({ ...next, consultant: null, state: 'pool', answerBy: answerTime(now, about.closedDays) }, isPassed ? 'passedOn' : 'overdue', systemBy, now)
  }
  if (next.reviewOn !== null && !isTold(next) && instantOf(next.reviewOn, REVIEW_MINUTE) <= now) {
    next = reviewWaits(about.away, today) ? { ...next, reviewOn: addDays(today, 1) } : said(next, 'reviewDue', systemBy, now)
  }
  return { ...next, dueAt: dueOf(next, now) }
}

/** All that was owed to be told is in messages. */
export function told(one: Consultation, lines: number, now: number): Consultation {
  const next = { ...one, toldLines: lines }
  return { ...next, dueAt: dueOf(next, now) }
}

/** A plan of which the elder's side has answered everything. */
export const isPlanAnswered = (plan: CarePlan): boolean => plan.items.every((item) => item.state !== 'open' && item.state !== 'booking')

export type ConsultAct = 'take' | 'passOn' | 'answer' | 'consent' | 'endConsent' | 'assess' | 'plan' | 'review' | 'close' | 'withdraw' | 'reopen' | 'answerPlan'

/** What whoever looks at it can do now; the rules decide again. @param by as whom they look @param mayBook whether they act for the elder */
export function actsOn(one: Consultation, elder: Pick<Person, '_id' | 'kinIds' | 'delegates'>, viewer: { readonly personId: string; readonly as: By['as']; readonly mayBook: boolean }, today: string): readonly ConsultAct[] {
  const acts: ConsultAct[] = []
  const canReopen = one.state === 'answered' || isOver(one)
  if (viewer.as === 'careConsultant') {
    if (isNear(elder, viewer.personId)) return []
    if (isOver(one)) return ['reopen']
    if (one.consultant === null) return ['take']
    if (one.consultant.personId !== viewer.personId) return []
    acts.push('answer', mayAssess(one, today) ? 'endConsent' : 'consent')
    if (mayAssess(one, today)) acts.push('assess')
    acts.push('plan')
    if (one.state === 'planned' && one.reviewOn !== null && one.reviewOn <= today) acts.push('review')
    return [...acts, 'passOn', 'close']
  }
  if (viewer.as === 'socialWorker') {
    if (isOver(one)) return ['reopen']
    if (!isNear(elder, viewer.personId)) acts.push(one.consent === null ? 'consent' : 'endConsent')
    if (one.plan !== null) acts.push('answerPlan')
    return [...acts, ...(one.consultant === null && one.state === 'pool' ? [] : (['passOn'] as const)), 'close']
  }
  if (viewer.as === 'elder') acts.push(...(one.consent !== null ? (['endConsent'] as const) : isOver(one) || one.consultant === null ? [] : (['consent'] as const)))
  if (!viewer.mayBook) return acts
  if (canReopen) acts.push('reopen')
  if (!isOver(one) && one.plan !== null) acts.push('answerPlan')
  return isOver(one) ? acts : [...acts, 'withdraw']
}

/** An item whose call must have come to its end by now, or was cut short. */
export const isItemOld = (item: PlanItem, now: number): boolean => item.state === 'booking' && item.at <= now - LOOK_AGAIN
