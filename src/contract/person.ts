/** People as staff meet them: at the counter, on the phone, at home. */
import * as v from 'valibot'
import { hardships } from '../domain/meal-policy'
import { awayWhys } from '../domain/away'
import { lifeOutcomes } from '../domain/life-outcomes'
import { define } from './define'
import * as f from './fields'
import { previewDate } from './series'
import * as w from './views'

const social = [{ role: 'socialWorker', relation: 'community' }] as const
/** Who may say that somebody is not at home. */
const awayFor = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, ...social] as const
const found = v.strictObject({ personId: w.text, name: w.text, communityName: w.text, age: v.number(), standing: v.picklist(['unverified', 'verified']), hasAccount: v.boolean(), livesAlone: v.boolean() })

export const personContracts = {
  /** People of one name in my communities, told apart by community and age, never by a full phone number. */
  'person.find': define({ kind: 'query', needs: 'person', allow: [{ role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }], input: v.strictObject({ name: f.personName, communityId: v.optional(f.id) }), output: v.strictObject({ people: v.array(found) }) }),
  'person.show': define({
    kind: 'query', needs: 'person', allow: social, input: v.strictObject({ personId: f.id }),
    output: v.strictObject({
      ...found.entries, birthOn: w.text, phone: v.nullable(w.text), address: v.nullable(w.text), careNotes: v.nullable(w.text), seenByName: v.nullable(w.text), seenAt: v.nullable(w.instant), hasDoorCard: v.boolean(),
      delegates: v.array(v.strictObject({ personId: w.text, name: w.text, kinship: w.text, endOn: w.text, state: v.picklist(['active', 'ended', 'expired']) })),
      /** family to be alerted, by who is called first */
      callOrder: v.array(w.text),
      coming: v.array(w.bookingBrief),
      hardship: v.picklist(hardships), away: v.nullable(v.strictObject({ why: v.picklist(awayWhys), since: w.instant, byName: w.text, fromOn: v.nullable(w.text), untilOn: v.nullable(w.text) })), hasDiet: v.boolean(), dailyByMinute: v.nullable(v.number()),
    }),
  }),
  /** Someone who stands at the counter without a phone; seen, so verified at once. */
  'person.register': define({
    kind: 'mutation', needs: 'person', allow: social,
    input: v.strictObject({ name: f.personName, birthOn: f.civilDate, communityId: f.id, phone: v.optional(f.mobilePhone), address: f.optionalWords(60), livesAlone: v.boolean(), identityCheck: v.picklist(['idCardSeen', 'knownInPerson', 'homeVisit']) }),
    output: v.strictObject({ personId: w.text }),
  }),
  /** The door that a visit goes to: by the person, by family who books, or at the counter. */
  'person.setAddress': define({
    kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, ...social],
    input: v.strictObject({ personId: f.id, address: f.words(60) }), output: w.done,
  }),
  /** To another community of the subdistrict, said by the social worker of the one that they leave. What is booked stays booked. @throws BAD_INPUT {field} */
  'person.move': define({ kind: 'mutation', needs: 'person', allow: [...social, { role: 'admin', relation: 'subdistrict' }], input: v.strictObject({ personId: f.id, communityId: f.id, address: f.optionalWords(60) }), output: w.done }),
  /** As the papers say that a social worker has seen; decides the subsidy of orders from then on. */
  'person.setHardship': define({ kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ personId: f.id, hardship: v.picklist(hardships), seen: f.words(40) }), output: w.done }),
  /** What setAway would do, before anybody confirms: each booking of these days, series that wait, places that are left. Nothing is written. @throws BAD_INPUT {field} */
  'person.previewAway': define({
    kind: 'query', needs: 'person', allow: awayFor, input: v.strictObject({ personId: f.id, why: v.picklist(['hospital', 'away']), fromOn: f.civilDate, untilOn: v.nullable(f.civilDate) }),
    output: v.strictObject({
      elderName: w.text, bookings: v.array(v.strictObject({ bookingId: w.text, kind: v.picklist(w.kinds), title: w.text, detail: w.text, startsAt: w.instant, outcome: v.picklist(lifeOutcomes) })),
      series: v.array(v.strictObject({ seriesId: w.text, serviceName: w.text, dates: v.number() })), places: v.array(v.strictObject({ title: w.text, startsAt: w.instant })), isFreezing: v.boolean(),
    }),
  }),
  /** What coming home would book again: each date of each series that waits, as it stands now. Nothing is written. */
  'person.previewHome': define({
    kind: 'query', needs: 'person', allow: awayFor, input: v.strictObject({ personId: f.id }),
    output: v.strictObject({
      elderName: w.text, isMe: v.boolean(), away: v.nullable(v.strictObject({ why: v.picklist(awayWhys), since: w.instant, byName: w.text, fromOn: v.nullable(w.text), untilOn: v.nullable(w.text) })),
      series: v.array(v.strictObject({ seriesId: w.text, serviceName: w.text, providerName: w.text, dates: v.array(previewDate) })),
    }),
  }),
  /** In hospital or away, on some days or from a day on: nothing is booked on them, no daily word is awaited; what can still be cancelled is, series wait, places are left to others. `null`: at home again, and what waited goes on. @throws BAD_INPUT {field}, WRONG_STATE {status} for who went for good */
  'person.setAway': define({
    kind: 'mutation', needs: 'person', allow: awayFor,
    input: v.strictObject({ personId: f.id, why: v.nullable(v.picklist(['hospital', 'away'])), /** absent: today */ fromOn: v.optional(f.civilDate), /** absent or null: until somebody says so */ untilOn: v.optional(v.nullable(f.civilDate)) }),
    output: v.strictObject({
      /** meals given back */ cancelled: v.number(), /** meals past their cut-off: the kitchen is asked, or somebody must decide */ left: v.number(), /** activities on whose list the name no longer is */ activities: v.optional(v.number()),
      visits: v.optional(v.number()), /** visits too near, for a social worker to decide */ asked: v.optional(v.number()), /** series that wait, or go on */ series: v.optional(v.number()), /** places on waitlists */ places: v.optional(v.number()),
      /** of coming home */ booked: v.optional(v.number()), missed: v.optional(v.number()),
    }),
  }),
  /** I have seen this person: from unverified to verified. */
  'person.confirmSeen': define({ kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ personId: f.id, identityCheck: v.picklist(['idCardSeen', 'knownInPerson', 'homeVisit']) }), output: w.done }),
  /** 8 digits, valid for 7 days, used once: printed or read out to the person. */
  'person.issueClaimCode': define({ kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ personId: f.id }), output: v.strictObject({ code: w.text, validUntil: w.instant }) }),
  /** A printed card with a fixed code for an elder without a phone; a new card makes the old one worthless. */
  'person.issueDoorCard': define({ kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ personId: f.id }), output: v.strictObject({ code: w.text, name: w.text }) }),
  /** Two records of one human become one; nothing of either is lost. @throws MERGE_CONFLICT, SAME_PERSON */
  'person.merge': define({ kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ keepId: f.id, dropId: f.id }), output: w.done }),
  /**
   * The full number or address, for the work at hand; the person can read that it was looked at. Family often lives elsewhere:
   * whom an open safety case or the call list names can be telephoned from there, whatever their own community, also by staff whom its ladder asks by name; family who is alerted sees the elder's own number there. A courier sees the number of a stop of their run until the meal is delivered; a volunteer those of the elder whom a shift serves, from the day before until it is over.
   */
  'person.unmask': define({
    kind: 'mutation', needs: 'person',
    allow: [...social, { role: 'socialWorker', relation: 'named' }, { role: 'careWorker', relation: 'assigned' }, { role: 'courier', relation: 'assigned' }, { role: 'resident', relation: 'delegate', scope: 'alerts' }, { role: 'volunteer', relation: 'named' }, { role: 'careConsultant', relation: 'named' }],
    input: v.strictObject({
      field: v.picklist(['phone', 'address']), purpose: v.picklist(['visit', 'delivery', 'callBack', 'safety', 'counter']),
      about: v.variant('by', [
        v.strictObject({ by: v.literal('person'), personId: f.id }),
        v.strictObject({ by: v.literal('booking'), bookingId: f.id }),
        v.strictObject({ by: v.literal('safetyCase'), safetyCaseId: f.id, personId: f.id }),
        v.strictObject({ by: v.literal('message'), messageId: f.id }),
        v.strictObject({ by: v.literal('shift'), shiftId: f.id }),
        v.strictObject({ by: v.literal('consultation'), consultationId: f.id }),
      ]),
    }),
    output: v.strictObject({ value: v.nullable(w.text) }),
  }),
}
