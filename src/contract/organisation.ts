/** Organisations that deliver from the menu: registered by an administrator with their licences, approved by a second one. */
import * as v from 'valibot'
import { licenceKinds, organisationSorts } from '../domain/organisation'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const admin = [{ role: 'admin', relation: 'none' }] as const
const ours = [{ role: 'admin', relation: 'subdistrict' }] as const
const states = ['waiting', 'approved', 'refused'] as const

const licenceInput = v.strictObject({ kind: v.picklist(licenceKinds), number: f.words(40), fromOn: f.civilDate, untilOn: f.civilDate })
const licence = v.strictObject({
  licenceId: w.text, kind: v.picklist(licenceKinds), number: w.text, fromOn: w.text, untilOn: w.text, state: v.picklist(states), byName: w.text, at: w.instant, reason: v.nullable(w.text),
  /** of one that waits: whether this administrator can decide it */
  mayDecide: v.boolean(),
})
const brief = v.strictObject({
  providerId: w.text, name: w.text, sort: v.picklist(organisationSorts), state: v.picklist(states), communityNames: v.array(w.text),
  /** the last day on which every licence holds; null: none was approved */
  licensedUntil: v.nullable(w.text), isLicensed: v.boolean(), /** within a month, or over */ isEnding: v.boolean(), /** what a second person has to look at: itself, licences, offers */ waiting: v.number(),
})
/** An order that was accepted, of an organisation whose licence has run out. */
const orderLeft = v.strictObject({ bookingId: w.text, elderName: w.text, serviceName: w.text, startsAt: w.instant, endsAt: w.instant, isKept: v.boolean(), workerName: v.nullable(w.text) })

export const organisationContracts = {
  'organisation.list': define({ kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}), output: v.strictObject({ organisations: v.array(brief), communities: v.array(w.community), today: w.text }) }),
  /** To administrators, and to its own staff. */
  'organisation.show': define({
    kind: 'query', needs: 'person', allow: [...ours, { role: 'careWorker', relation: 'ofProvider' }], input: v.strictObject({ providerId: f.id }),
    output: v.strictObject({
      ...brief.entries, contactName: w.text, phone: w.text, address: w.text, byName: w.text, at: w.instant, reason: v.nullable(w.text), decidedByName: v.nullable(w.text), isMine: v.boolean(), mayDecide: v.boolean(),
      licences: v.array(licence), today: w.text, /** to be decided: kept, or given to another */ ordersLeft: v.array(orderLeft),
    }),
  }),
  /** @throws BAD_INPUT {field} */
  'organisation.register': define({
    kind: 'mutation', needs: 'person', allow: admin,
    input: v.strictObject({ name: f.words(30), sort: v.picklist(organisationSorts), contactName: f.personName, phone: v.pipe(v.string(), v.trim(), v.regex(/^[\d-]{7,16}$/)), address: f.words(60), communityIds: v.pipe(v.array(f.id), v.minLength(1), v.maxLength(30)), licence: licenceInput }),
    output: v.strictObject({ providerId: w.text }),
  }),
  /** A further licence, or the next one of a kind. @throws BAD_INPUT {field}, LIMIT_REACHED {most}, WRONG_STATE */
  'organisation.addLicence': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ providerId: f.id, ...licenceInput.entries }), output: w.done }),
  /** The second person: on the organisation, or on one licence. @throws SECOND_PERSON, WRONG_STATE {status}, REASON_REQUIRED */
  'organisation.decide': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ providerId: f.id, licenceId: v.optional(f.id), isApproved: v.boolean(), reason: f.optionalWords(80) }), output: w.done }),
}
