/** First use, who I am, and what is kept about me (law 9). */
import * as v from 'valibot'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const anyone = [{ role: 'resident', relation: 'none' }] as const

export const accountContracts = {
  /** How far this phone has come: terms, claim, or ready. Creates nothing. */
  'account.open': define({
    kind: 'query', needs: 'identity', allow: anyone, input: v.strictObject({}),
    output: v.strictObject({
      stage: v.picklist(['terms', 'claim', 'ready']),
      termsVersion: w.text,
      subdistrictName: w.text,
      communities: v.array(w.community),
      me: v.nullable(v.strictObject({ ...w.personBrief.entries, communityId: w.text, standing: v.picklist(['unverified', 'verified']), roles: v.array(w.roleGrant) })),
    }),
  }),
  /** Keeps the consent with its version; before it nothing about the caller is stored. */
  'account.acceptTerms': define({ kind: 'mutation', needs: 'identity', allow: anyone, input: v.strictObject({ termsVersion: v.pipe(v.string(), v.maxLength(20)) }), output: w.done }),
  /** Claims an existing person with the 8 digits that the counter printed. */
  'account.claimByCode': define({ kind: 'mutation', needs: 'terms', allow: anyone, input: v.strictObject({ code: f.digits(8) }), output: v.strictObject({ name: w.text }) }),
  /** Claims an existing person by the phone number that WeChat verified; `several` when two people share it. */
  'account.claimByPhone': define({
    kind: 'mutation', needs: 'terms', allow: anyone, input: v.strictObject({ phoneCode: v.pipe(v.string(), v.maxLength(200)) }),
    output: v.strictObject({ outcome: v.picklist(['claimed', 'none', 'several']), name: v.nullable(w.text) }),
  }),
  /** Registers a new resident, who stays unverified until a social worker has seen them. */
  'account.register': define({
    kind: 'mutation', needs: 'terms', allow: anyone,
    input: v.strictObject({ name: f.personName, birthOn: f.civilDate, communityId: f.id, address: f.optionalWords(60) }),
    output: v.strictObject({ personId: w.text }),
  }),
  /** My own page: what is kept about me, masked; who acts for me; whom I act for. */
  'account.profile': define({
    kind: 'query', needs: 'person', allow: anyone, input: v.strictObject({}),
    output: v.strictObject({
      ...w.personBrief.entries, standing: v.picklist(['unverified', 'verified']), phone: v.nullable(w.text), address: v.nullable(w.text), birthOn: w.text,
      roles: v.array(w.roleGrant), hasCareNotesConsent: v.boolean(), careNotes: v.nullable(w.text), termsVersion: w.text, termsAt: w.instant, elders: v.array(w.elderChoice),
      delegateCount: v.number(), requestsWaiting: v.number(),
    }),
  }),
  /** Care notes (行动、听力、饮食…) are health data: own consent, can be withdrawn, and are then removed. */
  'account.setCareNotes': define({
    kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'self' }],
    input: v.strictObject({ consent: v.boolean(), careNotes: f.optionalWords(120) }), output: w.done,
  }),
  /** 谁替我办了什么: acts on my behalf and each look at my phone number or address, newest first. */
  'account.log': define({
    kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, { role: 'socialWorker', relation: 'community' }],
    input: v.strictObject({ personId: f.id, cursor: f.cursor }),
    output: w.page(v.strictObject({ at: w.instant, byName: w.text, as: w.text, kinship: v.nullable(w.text), what: w.text, about: w.text, purpose: v.nullable(w.text), scope: v.nullable(w.text), bookingId: v.nullable(w.text), /** said of a name on the list of an activity */ isActivity: v.optional(v.boolean()) })),
  }),
  /** Everything that is kept about me, as text I can keep. */
  'account.export': define({ kind: 'query', needs: 'person', allow: anyone, input: v.strictObject({}), output: v.strictObject({ json: w.text }) }),
  /** Removes my account and, unless live bookings stand, everything that names me; the entries of others stay, without my name. Needs only an identity, so that a repetition finds the account gone and answers the same. */
  'account.erase': define({ kind: 'mutation', needs: 'identity', allow: anyone, input: v.strictObject({ confirmName: f.personName }), output: w.done }),
}
