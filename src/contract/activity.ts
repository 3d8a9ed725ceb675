/** Activities and classes: what is on, who has put their name down, who came, and the word of somebody else about the list. */
import * as v from 'valibot'
import { activityStates } from '../domain/activity'
import { MOST_SESSIONS } from '../domain/course'
import { activitySorts } from '../domain/kind'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const social = [{ role: 'socialWorker', relation: 'community' }] as const
const bookFor = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, ...social] as const
const verifier = [...social, { role: 'admin', relation: 'subdistrict' }] as const
/** who organises it, whatever their role became */
const organiser = [{ role: 'resident', relation: 'named' }] as const

const activityId = v.strictObject({ activityId: f.id })
const minuteOfDay = f.count(0, 24 * 60)

const brief = v.strictObject({
  activityId: w.text, sort: v.picklist(activitySorts), title: w.text, place: w.text, communityName: w.text, onDate: w.text, startsAt: w.instant, endsAt: w.instant,
  seats: v.number(), remaining: v.number(), isCancelled: v.boolean(), organiserName: w.text,
  /** a class that meets several times; null: it meets once */
  course: v.nullable(v.strictObject({ sessions: v.array(v.strictObject({ startsAt: w.instant, endsAt: w.instant })), needed: v.number(), /** the session that is on or comes next, from 1 */ n: v.number() })),
})
const attended = v.array(v.strictObject({ n: v.number(), at: w.instant, proof: v.picklist(w.proofs) }))
const certificateNumber = v.nullable(w.text)
/** How it stands for one person: exactly what `activity.join` would answer. */
const offer = v.strictObject({ ...brief.entries, state: v.picklist(activityStates), bookingId: v.nullable(w.text), /** how many wait; where this elder stands among them (null: nowhere), or what is held for them */ waiting: v.number(), position: v.nullable(v.number()), offer: v.nullable(w.seatOffer) })

export const activityContracts = {
  /** What is on in an elder's community, nearest first. */
  'activity.list': define({ kind: 'query', needs: 'person', allow: bookFor, input: v.strictObject({ elderId: f.id, cursor: f.cursor }), output: w.page(offer) }),
  /** One of them, with what became of this elder's name. @throws NOT_FOUND, of another community, too, unless the elder is on the list */
  'activity.show': define({
    kind: 'query', needs: 'person', allow: bookFor, input: v.strictObject({ elderId: f.id, activityId: f.id }),
    output: v.strictObject({
      ...offer.entries, what: w.text, elderName: w.text, isMe: v.boolean(), cancelReason: v.nullable(w.text),
      /** this elder's name on the list; null: not on it, or taken back */
      mine: v.nullable(v.strictObject({
        bookingId: w.text, status: v.picklist(w.bookingStatuses), bookedByName: w.text, proof: v.nullable(v.picklist(w.proofs)), arrivedAt: v.nullable(w.instant), verifiedByName: v.nullable(w.text), reason: v.nullable(w.text),
        points: v.nullable(v.strictObject({ earned: v.number(), excess: v.number(), entryId: w.text })), attended, certificateNumber,
      })),
      acts: v.array(v.picklist(['join', 'leave', 'checkIn', 'certify'])), arriveFrom: w.instant,
    }),
  }),
  /** Seven calls. It is taken back with booking.cancel. @throws SLOT_FULL {remaining}, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, ELDER_BUSY {from, to}, ELDER_AWAY {why}, OWN_CASE for who organises it */
  'activity.join': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ elderId: f.id, activityId: f.id }), output: v.strictObject({ bookingId: w.text, number: w.text }) }),
  /** The code on the organiser's phone, typed by the person who is there. @throws DOOR_CODE_WRONG {left}, TOO_MANY_ATTEMPTS {until}, TOO_EARLY {from}, WRONG_STATE */
  'activity.checkIn': define({
    kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'self' }], input: v.strictObject({ bookingId: f.id, code: f.digits(6), capturedAt: v.optional(f.instant) }), output: v.strictObject({ provedAt: w.instant }),
  }),

  /**
   * The certificate of a class, once: asked again it has the same number. For who came often enough, by the records of arriving
   * alone, after somebody else verified the list. @throws SESSIONS_SHORT {attended, needed}, WRONG_STATE {status}, NOT_FOUND
   */
  'activity.certify': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ bookingId: f.id }), output: v.strictObject({ number: w.text }) }),
  /** As it is read and printed. @throws NOT_FOUND where there is none */
  'activity.certificate': define({
    kind: 'query', needs: 'person', allow: bookFor, input: v.strictObject({ bookingId: f.id }),
    output: v.strictObject({ number: w.text, name: w.text, title: w.text, communityName: w.text, subdistrictName: w.text, issuedOn: w.text, verifiedByName: w.text, needed: v.number(), sessions: v.number(), attended, minutes: v.number() }),
  }),

  /** `course`: it meets on more days than the first, at the same time of day. @throws BAD_INPUT {field}, SLOT_CLOSED, CONTENT_REFUSED */
  'activity.publish': define({
    kind: 'mutation', needs: 'person', allow: social,
    input: v.strictObject({ sort: v.picklist(activitySorts), title: f.words(24), what: f.words(200), place: f.words(60), communityId: f.id, onDate: f.civilDate, startMinute: minuteOfDay, endMinute: minuteOfDay, seats: f.count(1, 200), course: v.optional(v.strictObject({ moreDates: v.pipe(v.array(f.civilDate), v.minLength(1), v.maxLength(MOST_SESSIONS - 1)), needed: f.count(1, MOST_SESSIONS) })) }),
    output: v.strictObject({ activityId: w.text }),
  }),
  /** Before anybody arrived; everybody on the list is told. @throws WRONG_STATE */
  'activity.cancel': define({ kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ activityId: f.id, reason: f.words(80) }), output: w.done }),
  /** Of my communities (an admin: of the subdistrict): what comes, nearest first; what was, newest first; what waits to be verified, oldest first. */
  'activity.board': define({
    kind: 'query', needs: 'person', allow: [{ role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }], input: v.strictObject({ which: v.picklist(['coming', 'past', 'waiting']), cursor: f.cursor }),
    output: v.strictObject({ ...w.page(v.strictObject({ ...brief.entries, isMine: v.boolean() })).entries, communities: v.array(w.community) }),
  }),
  /** Who is on the list, how each arrival was proved, and what this viewer can do. `blocked`: why somebody else must decide it. */
  'activity.sheet': define({
    kind: 'query', needs: 'person', allow: [...verifier, ...organiser], input: activityId,
    output: v.strictObject({
      ...brief.entries, what: w.text, communityId: w.text, isMine: v.boolean(), cancelReason: v.nullable(w.text), verifiedByName: v.nullable(w.text), arriveFrom: w.instant, blocked: v.nullable(v.picklist(['OWN_CASE', 'SECOND_PERSON'])),
      people: v.array(v.strictObject({
        bookingId: w.text, name: w.text, status: v.picklist(w.bookingStatuses), bookedByName: w.text, proof: v.nullable(v.picklist(w.proofs)), arrivedAt: v.nullable(w.instant), points: v.nullable(v.number()), isOwnCase: v.boolean(), attended: v.array(v.number()), certificateNumber, mayCertify: v.boolean(),
      })),
      acts: v.array(v.picklist(['add', 'cancel', 'code', 'rollCall', 'verify'])),
    }),
  }),
  /** @throws TOO_EARLY {from}, WRONG_STATE */
  'activity.code': define({ kind: 'query', needs: 'person', allow: organiser, input: activityId, output: v.strictObject({ code: w.text, validUntil: w.instant, title: w.text, arrived: v.number(), expected: v.number() }) }),
  /** 点名: for who has no phone; the weaker proof. @throws OWN_CASE for family of the organiser, NOT_FOUND for who is not on the list, TOO_EARLY {from}, WRONG_STATE */
  'activity.rollCall': define({ kind: 'mutation', needs: 'person', allow: organiser, input: v.strictObject({ activityId: f.id, bookingId: f.id }), output: w.done }),
  /** The whole list in one go; `unfit`: whom I do not accept, with the reason. `left`: my own and my family's names, for somebody else. @throws SECOND_PERSON, OWN_CASE, TOO_EARLY {from}, REASON_REQUIRED, NOT_FOUND, WRONG_STATE */
  'activity.verify': define({
    kind: 'mutation', needs: 'person', allow: verifier, input: v.strictObject({ activityId: f.id, unfit: v.optional(v.pipe(v.array(f.id), v.maxLength(200))), reason: f.optionalWords(80) }),
    output: v.strictObject({ verified: v.number(), absent: v.number(), rejected: v.number(), left: v.number() }),
  }),
}
