/** 爱心池: what a community's pot has, what it gave, and the two people who decide what it gives. */
import * as v from 'valibot'
import { entryKinds } from '../domain/ledger'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const staff = [{ role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }] as const
const here = [{ role: 'socialWorker', relation: 'community' }, { role: 'admin', relation: 'subdistrict' }] as const

export const potView = v.strictObject({
  communityId: w.text, communityName: w.text,
  /** what came in up to `sealedOn`, what was given since the beginning, and what can be given now: the first is the sum of the others */
  cameIn: v.number(), given: v.number(), left: v.number(), /** null: no day is sealed yet */ sealedOn: v.nullable(w.text),
})
export const potGiftView = v.strictObject({
  potGiftId: w.text, communityName: w.text, elderName: w.text, amount: v.number(), reason: w.text, /** what the need asks for; null: an elder whose hardship is recorded */ needWords: v.nullable(w.text),
  status: v.picklist(['waiting', 'approved', 'refused']), byName: w.text, byMe: v.boolean(), at: w.instant, decided: v.nullable(v.strictObject({ byName: w.text, at: w.instant, reason: v.nullable(w.text) })),
  /** the line in the passbook; null: there is none */
  entryId: v.nullable(w.text), /** why this viewer does not decide it */ blocked: v.nullable(v.picklist(['OWN_CASE', 'SECOND_PERSON'])),
})

export const potContracts = {
  /** The pots of my communities, or of the subdistrict for its administrator; with what waits for a second person, and what was decided lately. */
  'pot.list': define({ kind: 'query', needs: 'person', allow: staff, input: v.strictObject({}), output: v.strictObject({ pots: v.array(potView), waiting: v.array(potGiftView), decided: v.array(potGiftView), needs: v.array(v.strictObject({ needId: w.text, communityId: w.text, words: w.text, wanted: v.number(), given: v.number() })) }) }),
  /** What came into a pot, or went out of it, newest first, without anybody's name. */
  'pot.records': define({
    kind: 'query', needs: 'person', allow: here, input: v.strictObject({ communityId: f.id, which: v.picklist(['in', 'out']), cursor: f.cursor }),
    output: v.strictObject({ ...w.page(v.strictObject({ entryId: w.text, at: w.instant, onDate: w.text, kind: v.picklist(entryKinds), words: w.text, amount: v.number() })).entries, communityName: w.text }),
  }),
  /** @throws OWN_CASE, NO_MATCH {why: 'noHardship'}, WRONG_STATE {status} or LIMIT_REACHED {left} for the need, POINTS_SHORT {balance}, CONTENT_REFUSED */
  'pot.propose': define({
    kind: 'mutation', needs: 'person', allow: here,
    input: v.strictObject({ to: v.variant('what', [v.strictObject({ what: v.literal('need'), needId: f.id }), v.strictObject({ what: v.literal('elder'), elderId: f.id })]), amount: f.count(1, 5_000), reason: f.words(120) }),
    output: v.strictObject({ potGiftId: w.text }),
  }),
  /** Of two who give the last points one wins. @throws SECOND_PERSON for who proposed it, OWN_CASE, WRONG_STATE {status}, REASON_REQUIRED for a refusal without one, LIMIT_REACHED {left}, POINTS_SHORT {balance} */
  'pot.decide': define({
    kind: 'mutation', needs: 'person', allow: here, input: v.strictObject({ potGiftId: f.id, isApproved: v.boolean(), reason: f.optionalWords(120) }),
    output: v.strictObject({ status: v.picklist(['approved', 'refused']), entryId: v.nullable(w.text) }),
  }),
}
