/** The care consultant 乐龄顾问: what is asked, answered and assessed; a plan that the elder's side turns into bookings; its review. */
import * as v from 'valibot'
import { careLevels } from '../domain/barthel'
import { consultStates, consultTopics, consultWants, consultWhats, MOST_PLAN_ITEMS, MOST_TIMES, planRhythms, planStates, planWhats } from '../domain/consult-terms'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const mine = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }] as const
const social = [{ role: 'socialWorker', relation: 'community' }] as const
const bookFor = [...mine, ...social] as const
const consultant = [{ role: 'careConsultant', relation: 'grid' }, { role: 'careConsultant', relation: 'named' }] as const

const about = v.strictObject({ consultationId: f.id })
const topic = v.picklist(consultTopics)
const want = v.picklist(consultWants)
const number = f.count(1, 1000)
const points = v.pipe(v.record(v.pipe(v.string(), v.regex(/^[a-z]{2,20}$/)), f.count(0, 100)), v.check((answers) => Object.keys(answers).length <= 40))
const identityCheck = v.picklist(['idCardSeen', 'knownInPerson', 'homeVisit'])
export const consultActs = ['take', 'passOn', 'answer', 'consent', 'endConsent', 'assess', 'plan', 'review', 'close', 'withdraw', 'reopen', 'answerPlan'] as const

const who = v.strictObject({ byName: w.text, as: v.picklist(w.actorKinds), kinship: v.nullable(w.text), byMe: v.boolean() })
const brief = v.strictObject({
  consultationId: w.text, elderId: w.text, elderName: w.text, communityName: w.text, want, topic, words: w.text, state: v.picklist(consultStates), askedAt: w.instant, askedByName: w.text, consultantName: v.nullable(w.text),
  /** until when somebody answers; null: somebody has */
  answerBy: v.nullable(w.instant), reviewOn: v.nullable(w.text), /** items of the plan that still wait for the elder's side */ openItems: v.number(),
})
const findings = v.strictObject({ answers: v.record(v.string(), v.number()), words: v.nullable(w.text), score: v.number(), level: v.picklist(careLevels) })
const planItem = v.strictObject({
  n: v.number(), what: v.picklist(planWhats), title: w.text, reason: w.text, serviceItemId: v.nullable(w.text), slotId: v.nullable(w.text), rhythm: v.nullable(v.picklist(planRhythms)), times: v.number(), state: v.picklist(planStates),
  words: v.nullable(w.text), byName: v.nullable(w.text), bookingId: v.nullable(w.text), seriesId: v.nullable(w.text),
  /** what became of it: of a single booking its state and time, of a series how many took place and come */
  booking: v.nullable(v.strictObject({ status: v.picklist(w.bookingStatuses), startsAt: w.instant, name: w.text })), done: v.number(), coming: v.number(),
  /** the first time that is free, to whoever may book; null: none, or it is arranged elsewhere */
  offer: v.nullable(v.strictObject({ slotId: w.text, startsAt: w.instant, endsAt: w.instant, providerName: w.text, priceFen: v.number() })),
  /** of what is chosen on a page of its own, to whoever may book: an order that stands and could be this item */
  found: v.nullable(v.strictObject({ bookingId: w.text, startsAt: w.instant, name: w.text })),
})
const planWish = v.strictObject({
  n: v.optional(number), what: v.picklist(planWhats), title: f.words(30), reason: f.words(120), serviceItemId: v.nullable(f.id), slotId: v.nullable(f.id), rhythm: v.nullable(v.picklist(planRhythms)), times: f.count(1, MOST_TIMES),
})
const choice = v.variant('how', [
  v.strictObject({ how: v.literal('once'), slotId: f.id }),
  v.strictObject({ how: v.literal('series'), firstOn: f.civilDate, startMinute: f.count(0, 1439), every: v.union([v.literal(1), v.literal(2)]), count: f.count(1, MOST_TIMES), /** dates that are left out */ skip: v.optional(v.pipe(v.array(f.count(1, MOST_TIMES)), v.maxLength(MOST_TIMES))) }),
])

export const consultContracts = {
  /** To a consultant of the elder's grid, else to the pool. `asked`: how a social worker knew who speaks. @throws IDENTITY_REQUIRED, WRONG_STATE {status}, CONTENT_REFUSED */
  'consult.ask': define({
    kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ elderId: f.id, want, topic, words: f.words(300), asked: f.asked }),
    output: v.strictObject({ consultationId: w.text, answerBy: w.instant, isPool: v.boolean() }),
  }),
  /** What was asked for one elder, newest first. */
  'consult.list': define({
    kind: 'query', needs: 'person', allow: [...mine, { role: 'resident', relation: 'delegate', scope: 'readCare' }, ...social], input: v.strictObject({ elderId: f.id }),
    output: v.strictObject({ elder: w.personBrief, items: v.array(brief) }),
  }),
  /** One of them with its course. What was found is shown to the elder, to family who reads care records, and to the consultant who has it. */
  'consult.show': define({
    kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'readCare' }, { role: 'resident', relation: 'delegate', scope: 'book' }, ...consultant, ...social], input: about,
    output: v.strictObject({
      ...brief.entries, as: v.picklist(['elder', 'family', 'careConsultant', 'socialWorker']), askedByKinship: v.nullable(w.text), dutyPhone: w.text,
      /** of the elder, to staff */
      elder: v.nullable(v.strictObject({ age: v.number(), livesAlone: v.boolean(), hasAccount: v.boolean(), phoneMasked: v.nullable(w.text), addressMasked: v.nullable(w.text), away: v.nullable(w.text), /** other consultations of theirs */ before: v.array(v.strictObject({ consultationId: w.text, topic, askedAt: w.instant, state: v.picklist(consultStates) })) })),
      answers: v.array(v.strictObject({ at: w.instant, byName: w.text, words: w.text })),
      consent: v.nullable(v.strictObject({ at: w.instant, untilOn: w.text, how: v.picklist(['elderTap', 'counter']), byName: w.text })), consentEnded: v.nullable(v.strictObject({ at: w.instant, byName: w.text })),
      assessments: v.array(v.strictObject({ n: v.number(), at: w.instant, byName: w.text, /** null: not for the viewer, or removed with the consent */ findings: v.nullable(findings) })), draftAt: v.nullable(w.instant),
      plan: v.nullable(v.strictObject({ at: w.instant, byName: w.text, words: v.nullable(w.text), items: v.array(planItem) })),
      reviews: v.array(v.strictObject({ at: w.instant, byName: w.text, words: w.text, done: v.number() })),
      timeline: v.array(v.strictObject({ what: v.picklist(consultWhats), at: w.instant, ...who.entries, words: v.nullable(w.text) })), acts: v.array(v.picklist(consultActs)),
    }),
  }),
  /** A consultant's work; a social worker sees what is open in their communities. */
  'consult.desk': define({
    kind: 'query', needs: 'person', allow: [{ role: 'careConsultant', relation: 'none' }, { role: 'socialWorker', relation: 'none' }], input: v.strictObject({}),
    output: v.strictObject({ as: v.picklist(['careConsultant', 'socialWorker']), fresh: v.array(brief), pool: v.array(brief), mine: v.array(brief), reviews: v.array(brief), today: w.text }),
  }),
  /** Of two who take it at once one has it. From the pool any consultant of the subdistrict. @throws ALREADY_TAKEN {by}, WRONG_STATE {status}, OWN_CASE */
  'consult.take': define({ kind: 'mutation', needs: 'person', allow: [...consultant, { role: 'careConsultant', relation: 'subdistrict' }], input: about, output: w.done }),
  /** To the pool. @throws WRONG_STATE {status}, ALREADY_TAKEN {by} */
  'consult.passOn': define({ kind: 'mutation', needs: 'person', allow: [...consultant, ...social], input: v.strictObject({ consultationId: f.id, words: f.words(120) }), output: w.done }),
  /** In writing; read, and heard, by the elder's side. @throws WRONG_STATE {status}, ALREADY_TAKEN {by}, CONTENT_REFUSED */
  'consult.answer': define({ kind: 'mutation', needs: 'person', allow: consultant, input: v.strictObject({ consultationId: f.id, words: f.words(500) }), output: w.done }),
  /**
   * The elder's own consent to an assessment, or its end: then the answers go. Family cannot give it.
   * @throws IDENTITY_REQUIRED and OWN_CASE for staff, WRONG_STATE {status}, BAD_INPUT {field}
   */
  'consult.setConsent': define({
    kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, ...social, ...consultant],
    input: v.strictObject({ consultationId: f.id, consent: v.nullable(v.strictObject({ untilOn: f.civilDate, identityCheck: v.optional(identityCheck) })) }), output: w.done,
  }),
  /** Kept as far as it is; only its writer reads it. @throws CONSENT_REQUIRED, ALREADY_TAKEN {by}, WRONG_STATE {status}, OWN_CASE */
  'consult.draft': define({ kind: 'query', needs: 'person', allow: consultant, input: about, output: v.strictObject({ elderName: w.text, draft: v.nullable(v.strictObject({ at: w.instant, answers: v.record(v.string(), v.number()), words: v.nullable(w.text) })), last: v.nullable(findings) }) }),
  'consult.saveDraft': define({ kind: 'mutation', needs: 'person', allow: consultant, input: v.strictObject({ consultationId: f.id, answers: points, words: f.optionalWords(300) }), output: w.done }),
  /** A version that is not changed any more. @throws as above, BAD_INPUT {field} while an item has no answer */
  'consult.sign': define({ kind: 'mutation', needs: 'person', allow: consultant, input: v.strictObject({ consultationId: f.id, answers: points, words: f.optionalWords(300) }), output: v.strictObject({ score: v.number(), level: v.picklist(careLevels) }) }),
  /** What a plan can propose for this elder. */
  'consult.choices': define({
    kind: 'query', needs: 'person', allow: consultant, input: about,
    output: v.strictObject({
      services: v.array(v.strictObject({ serviceItemId: w.text, name: w.text, providerName: w.text, priceFen: v.number(), kind: v.picklist(w.kinds) })),
      activities: v.array(v.strictObject({ slotId: w.text, name: w.text, startsAt: w.instant, place: w.text })),
    }),
  }),
  /** Items keep their number; one that is left out is dropped unless the elder's side has answered it. @throws BAD_INPUT {field}, NO_MATCH for what is not offered to this elder, ALREADY_TAKEN {by}, WRONG_STATE {status}, OWN_CASE */
  'consult.givePlan': define({
    kind: 'mutation', needs: 'person', allow: consultant, input: v.strictObject({ consultationId: f.id, words: f.optionalWords(200), items: v.pipe(v.array(planWish), v.minLength(1), v.maxLength(MOST_PLAN_ITEMS)) }), output: w.done,
  }),
  /** An item becomes a booking, or visits week after week, by the elder's side: once, however often it is tapped. @throws WRONG_STATE {status}, BAD_INPUT {field}, and what booking.book, activity.join and series.start throw */
  'consult.bookItem': define({
    kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ consultationId: f.id, n: number, choice }), output: v.strictObject({ bookingId: v.nullable(w.text), seriesId: v.nullable(w.text) }),
  }),
  /**
   * What was ordered on the page of a meal, a stay or the menu is what an item asked for; by the elder's side, after the order, which stands whatever is answered.
   * @throws WRONG_STATE {status}, NO_MATCH {why}, ALREADY_BOOKED {what}, BAD_INPUT {field}; NOT_FOUND for somebody else's booking
   */
  'consult.linkItem': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ consultationId: f.id, n: number, bookingId: f.id }), output: w.done }),
  /** Not wanted, with a reason; or taken as it was advised. @throws WRONG_STATE {status}, REASON_REQUIRED */
  'consult.answerItem': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ consultationId: f.id, n: number, isWanted: v.boolean(), words: f.optionalWords(80) }), output: w.done }),
  /** What became of it; another look on a day, or the end. @throws TOO_EARLY {from}, WRONG_STATE {status}, ALREADY_TAKEN {by}, BAD_INPUT {field}, OWN_CASE */
  'consult.review': define({ kind: 'mutation', needs: 'person', allow: consultant, input: v.strictObject({ consultationId: f.id, words: f.words(300), nextOn: v.nullable(f.civilDate) }), output: w.done }),
  /** The elder's side takes it back; staff close it with a reason. @throws WRONG_STATE {status}, REASON_REQUIRED, ALREADY_TAKEN {by} */
  'consult.close': define({ kind: 'mutation', needs: 'person', allow: [...bookFor, ...consultant], input: v.strictObject({ consultationId: f.id, words: f.optionalWords(120) }), output: w.done }),
  /** Taken up again. @throws WRONG_STATE {status} */
  'consult.reopen': define({ kind: 'mutation', needs: 'person', allow: [...bookFor, ...consultant], input: v.strictObject({ consultationId: f.id, words: f.words(300) }), output: w.done }),
}
