/** Taking part 参与: what a notice carries, surveys and the opinions of households, questions under a notice. */
import * as v from 'valibot'
import { questionKinds } from '../domain/survey'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const forElder = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'alerts' }, { role: 'socialWorker', relation: 'community' }] as const
/** Who may address the notice's audience. */
const writers = [{ role: 'socialWorker', relation: 'communities' }, { role: 'admin', relation: 'subdistrict' }] as const
/** Staff of where the asker lives. */
const near = [{ role: 'socialWorker', relation: 'community' }, { role: 'admin', relation: 'subdistrict' }] as const
const staff = [{ role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }] as const

const key = v.pipe(v.string(), v.regex(/^[a-z0-9]{1,12}$/))
const option = v.strictObject({ optionId: key, words: f.words(40) })
const questionInput = v.variant('kind', [
  v.strictObject({ kind: v.literal('one'), questionId: key, words: f.words(80), options: v.pipe(v.array(option), v.minLength(2), v.maxLength(10)) }),
  v.strictObject({ kind: v.literal('several'), questionId: key, words: f.words(80), options: v.pipe(v.array(option), v.minLength(2), v.maxLength(10)) }),
  v.strictObject({ kind: v.literal('scale'), questionId: key, words: f.words(80), low: f.words(10), high: f.words(10) }),
  v.strictObject({ kind: v.literal('words'), questionId: key, words: f.words(80) }),
])
const carriedInput = v.variant('what', [
  v.strictObject({ what: v.literal('activity'), activityId: f.id }),
  v.strictObject({ what: v.literal('survey'), isAnonymous: v.boolean(), closesAt: f.instant, questions: v.pipe(v.array(questionInput), v.minLength(1), v.maxLength(12)) }),
  v.strictObject({ what: v.literal('household'), proposal: f.words(80), closesAt: f.instant, agreePercent: f.count(1, 100) }),
])
const question = v.strictObject({ questionId: w.text, kind: v.picklist(questionKinds), words: w.text, options: v.array(v.strictObject({ optionId: w.text, words: w.text })) })
/** What a notice carries, as a screen leads to it. */
export const part = v.nullable(v.strictObject({ what: v.picklist(['activity', 'survey', 'household', 'result']), id: w.text }))
const survey = { unit: v.picklist(['person', 'household']), isAnonymous: v.boolean(), closesAt: w.instant, agreePercent: v.nullable(v.number()), questions: v.array(question) }
const saidInput = v.strictObject({ questionId: key, optionIds: v.pipe(v.array(key), v.maxLength(10)), words: v.nullable(f.words(200)) })
const said = v.strictObject({ questionId: w.text, optionIds: v.array(w.text), words: v.nullable(w.text) })
/** `count` null: too few to be shown. */
const result = v.strictObject({
  countedAt: w.instant, takers: v.number(), households: v.nullable(v.number()), hasPassed: v.nullable(v.boolean()),
  questions: v.array(v.strictObject({ questionId: w.text, kind: v.picklist(questionKinds), words: w.text, figures: v.array(v.strictObject({ optionId: w.text, words: w.text, count: v.nullable(v.number()) })), average: v.nullable(v.number()) })),
})
const state = v.picklist(['open', 'counting', 'closed', 'withdrawn'])
const answerView = v.nullable(v.strictObject({ words: w.text, byName: w.text, at: w.instant }))

export const takingPartContracts = {
  /** What the draft carries; null: nothing. @throws WRONG_STATE, BAD_INPUT, NOT_FOUND for an activity that is not there */
  'notice.carry': define({ kind: 'mutation', needs: 'person', allow: writers, input: v.strictObject({ noticeId: f.id, carries: v.nullable(carriedInput) }), output: w.done }),
  /** What the draft, or what was published, carries, in full; and activities that it could carry. */
  'notice.carried': define({
    kind: 'query', needs: 'person', allow: writers, input: v.strictObject({ noticeId: f.id }),
    output: v.strictObject({
      noticeId: w.text, title: w.text, isDraft: v.boolean(), validUntil: w.instant, publishAt: v.nullable(w.instant), hasBuildings: v.boolean(), part, activityTitle: v.nullable(w.text), survey: v.nullable(v.strictObject(survey)),
      activities: v.array(v.strictObject({ activityId: w.text, title: w.text, startsAt: w.instant, endsAt: w.instant, remaining: v.number() })),
    }),
  }),
  /** The survey of a notice, or the one whose result it tells, as this elder may answer it. `mine`: that they, or their household, took part. */
  'survey.show': define({
    kind: 'query', needs: 'person', allow: forElder, input: v.strictObject({ noticeId: f.id, elderId: f.id }),
    output: v.strictObject({
      noticeId: w.text, title: w.text, elder: w.personBrief, isMe: v.boolean(), ...survey, state, takers: v.number(), households: v.nullable(v.number()),
      mine: v.nullable(v.strictObject({ byName: w.text, as: v.picklist(w.actorKinds), kinship: v.nullable(w.text), at: v.nullable(w.instant), isMine: v.boolean(), said: v.array(said) })),
      mayAnswer: v.boolean(), whyNot: v.nullable(v.picklist(['SELF_ONLY', 'UNVERIFIED', 'ADDRESS_MISSING'])), result: v.nullable(result),
    }),
  }),
  /** Once. @throws ANSWERED_ALREADY {byName}, WRONG_STATE {status}, SELF_ONLY, UNVERIFIED, ADDRESS_MISSING, IDENTITY_REQUIRED, CONTENT_REFUSED, BAD_INPUT {field} */
  'survey.answer': define({
    kind: 'mutation', needs: 'person', allow: forElder, input: v.strictObject({ noticeId: f.id, elderId: f.id, said: v.pipe(v.array(saidInput), v.maxLength(12)), asked: f.asked }), output: w.done,
  }),
  /** How many took part, and once it was counted, the result and what people wrote. `names` only where nobody was promised that there are none. */
  'survey.work': define({
    kind: 'query', needs: 'person', allow: writers, input: v.strictObject({ noticeId: f.id }),
    output: v.strictObject({
      noticeId: w.text, title: w.text, ...survey, state, takers: v.number(), households: v.nullable(v.number()), addressed: v.number(), result: v.nullable(result),
      words: v.array(v.strictObject({ questionId: w.text, words: w.text, items: v.array(v.strictObject({ words: w.text, byName: v.nullable(w.text), building: v.nullable(w.text) })), isCut: v.boolean() })),
      resultNoticeId: v.nullable(w.text),
    }),
  }),
  /** The result as a draft of a notice to the same people; again finds the first. @throws WRONG_STATE before it was counted */
  'survey.announce': define({ kind: 'mutation', needs: 'person', allow: writers, input: v.strictObject({ noticeId: f.id }), output: v.strictObject({ noticeId: w.text }) }),

  /** What the check holds is not refused: a person looks at it. @throws LIMIT_REACHED {waiting}, WRONG_STATE */
  'notice.ask': define({ kind: 'mutation', needs: 'person', allow: forElder, input: v.strictObject({ noticeId: f.id, elderId: f.id, words: f.words(120) }), output: v.strictObject({ questionId: w.text, isHeld: v.boolean() }) }),
  /** What was asked and answered, newest first, and what this elder asked. Of others no name. */
  'notice.questions': define({
    kind: 'query', needs: 'person', allow: forElder, input: v.strictObject({ noticeId: f.id, elderId: f.id, cursor: f.cursor }),
    output: v.strictObject({
      ...w.page(v.strictObject({ questionId: w.text, words: w.text, at: w.instant, answer: answerView })).entries, title: w.text, elder: w.personBrief, isMe: v.boolean(), mayAsk: v.boolean(),
      mine: v.array(v.strictObject({ questionId: w.text, words: w.text, at: w.instant, status: v.picklist(['open', 'answered', 'withdrawn']), isHeld: v.boolean(), byName: w.text, answer: answerView, reason: v.nullable(w.text) })),
    }),
  }),
  /** Questions of my communities: those that wait, oldest first; or those of one notice, newest first. */
  'notice.asked': define({
    kind: 'query', needs: 'person', allow: staff, input: v.strictObject({ noticeId: v.optional(f.id), cursor: f.cursor }),
    output: w.page(v.strictObject({ questionId: w.text, noticeId: w.text, title: w.text, words: w.text, at: w.instant, elderName: w.text, communityName: w.text, isHeld: v.boolean(), status: v.picklist(['open', 'answered', 'withdrawn']), answer: answerView, reason: v.nullable(w.text) })),
  }),
  /** Everybody who reads the notice reads it; the asker is told. @throws CONTENT_REFUSED, WRONG_STATE */
  'notice.answerQuestion': define({ kind: 'mutation', needs: 'person', allow: near, input: v.strictObject({ questionId: f.id, words: f.words(200) }), output: w.done }),
  /** Nobody but the asker reads it any more; the asker is told why. @throws CONTENT_REFUSED, WRONG_STATE */
  'notice.withdrawQuestion': define({ kind: 'mutation', needs: 'person', allow: near, input: v.strictObject({ questionId: f.id, reason: f.words(120) }), output: w.done }),
}
