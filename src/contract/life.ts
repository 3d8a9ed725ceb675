/** Who moved out or died: entered by staff, a death by two of them; what was ended, and what the family and a social worker still decide. */
import * as v from 'valibot'
import { awayWhys } from '../domain/away'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const social = [{ role: 'socialWorker', relation: 'community' }] as const
const staff = [...social, { role: 'admin', relation: 'subdistrict' }] as const

const eventBrief = v.strictObject({
  lifeEventId: w.text, elderId: w.text, elderName: w.text, communityName: w.text, what: v.picklist(awayWhys), state: v.picklist(['waiting', 'holds', 'ended', 'withdrawn']),
  fromOn: w.text, untilOn: v.nullable(w.text), at: w.instant, byName: w.text, confirmedByName: v.nullable(w.text), /** entered by whoever looks: somebody else has to confirm it */ isMine: v.boolean(),
})
/** One thing that was ended. */
const endedLine = v.strictObject({ kind: v.picklist(w.kinds), title: w.text, detail: w.text, startsAt: w.instant })

export const lifeContracts = {
  /** Deaths that wait for a second person first, then who is in hospital or away, moved out or died lately, in my communities. */
  'life.list': define({ kind: 'query', needs: 'person', allow: [{ role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }], input: v.strictObject({}), output: v.strictObject({ waiting: v.array(eventBrief), holding: v.array(eventBrief) }) }),
  /** For staff, and for family who acted for the elder once it took effect: they read what was ended and whom to call. */
  'life.show': define({
    kind: 'query', needs: 'person', allow: [...staff, { role: 'resident', relation: 'named' }], input: v.strictObject({ lifeEventId: f.id }),
    output: v.strictObject({
      ...eventBrief.entries, as: v.picklist(['staff', 'family']), words: v.nullable(w.text), confirmedAt: v.nullable(w.instant), withdrawn: v.nullable(v.strictObject({ at: w.instant, byName: w.text, words: w.text })),
      family: v.array(v.strictObject({ personId: w.text, name: w.text, kinship: w.text })),
      ended: v.array(endedLine), series: v.array(v.strictObject({ title: w.text, detail: w.text })),
      /** what stands still until the family has decided; null: nothing is left, or it is not for the viewer */
      points: v.nullable(v.number()),
      decided: v.nullable(v.strictObject({ at: w.instant, byName: w.text, saidBy: w.text, amount: v.number(), how: v.picklist(['given', 'donated']), toName: v.nullable(w.text) })),
      /** the social worker who entered or confirmed it; null: neither is one */
      contactName: v.nullable(w.text), dutyPhone: w.text, acts: v.array(v.picklist(['confirm', 'withdraw', 'decidePoints'])),
    }),
  }),
  /** The first of two. Nothing follows from it until somebody else has confirmed it. @throws OWN_CASE for family, WRONG_STATE {status}, BAD_INPUT {field} */
  'life.reportDeath': define({ kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ personId: f.id, onDate: f.civilDate, words: f.optionalWords(80) }), output: v.strictObject({ lifeEventId: w.text }) }),
  /** The second of two: everything ends. @throws SECOND_PERSON for who entered it, OWN_CASE for family, WRONG_STATE {status} */
  'life.confirmDeath': define({ kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ lifeEventId: f.id }), output: w.done }),
  /** It was a mistake: either of them, before it is confirmed. @throws WRONG_STATE {status} */
  'life.withdrawDeath': define({ kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ lifeEventId: f.id, words: f.words(80) }), output: w.done }),
  /** Out of the subdistrict: everything ends, the record stays to be read and exported. Into another community of it: person.move. @throws OWN_CASE for family, WRONG_STATE {status}, BAD_INPUT {field} */
  'life.moveOut': define({ kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ personId: f.id, onDate: f.civilDate, words: f.optionalWords(80) }), output: v.strictObject({ lifeEventId: w.text }) }),
  /** As the family decided with a social worker: to one of them who acted for the elder, or to the community. @throws OWN_CASE, WRONG_STATE {status}, NO_MATCH, UNVERIFIED */
  'life.decidePoints': define({
    kind: 'mutation', needs: 'person', allow: social,
    input: v.strictObject({ lifeEventId: f.id, saidBy: f.personName, to: v.variant('how', [v.strictObject({ how: v.literal('given'), personId: f.id }), v.strictObject({ how: v.literal('donated') })]) }), output: v.strictObject({ amount: v.number() }),
  }),
}
