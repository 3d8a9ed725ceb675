/** The social worker's day: who may be in danger first, then exceptions, then what only needs a yes. */
import * as v from 'valibot'
import { delegationScopes } from '../domain/delegation'
import { define } from './define'
import * as f from './fields'
import { safetyCase } from './safety'
import * as w from './views'

const social = [{ role: 'socialWorker', relation: 'none' }] as const
const oneOf = [{ role: 'socialWorker', relation: 'community' }] as const

export const workRow = v.strictObject({ ...w.bookingBrief.entries, missing: v.array(v.picklist(w.missingEvidence)), isWeakProof: v.boolean(), checkedInAt: v.nullable(w.instant), checkedOutAt: v.nullable(w.instant), satisfaction: v.nullable(w.text) })

export const workerContracts = {
  'worker.today': define({
    kind: 'query', needs: 'person', allow: social, input: v.strictObject({}),
    output: v.strictObject({
      placeNames: v.array(w.text),
      safety: v.array(safetyCase),
      exceptions: v.array(workRow),
      complete: v.array(workRow),
      /** messages that WeChat could not carry: somebody must telephone */
      toCall: v.array(v.strictObject({ messageId: w.text, elderId: w.text, /** whom to telephone: the elder, or family */ personId: w.text, personName: w.text, communityName: w.text, gist: w.text, dueAt: w.instant, /** the live case that the call is about; null: none */ safetyCaseId: v.nullable(w.text), /** the seat that is held, answered on the telephone; null: none */ offer: v.nullable(v.strictObject({ slotId: w.text, placeId: w.text, until: w.instant })) })),
      /** people who registered and whom nobody has seen yet */
      toMeet: v.array(v.strictObject({ personId: w.text, name: w.text, communityName: w.text, registeredAt: w.instant })),
      /** delegation requests of elders without a phone, or that matched nobody */
      requests: v.array(v.strictObject({
        delegationRequestId: w.text, fromName: w.text, kinship: w.text, elderName: w.text, isMatched: v.boolean(), at: w.instant,
        /** who was matched; null: to be found at the counter */
        elderId: v.nullable(w.text), scopes: v.array(v.picklist(delegationScopes)), endOn: w.text,
      })),
    }),
  }),
  /** What waits among volunteers and points, each counted up to 20: shifts and projects to verify, hours entered afterwards to approve; for the administrator those of the subdistrict. Apart from the day, which is asked every few seconds. */
  'worker.waiting': define({ kind: 'query', needs: 'person', allow: [...social, { role: 'admin', relation: 'none' }], input: v.strictObject({}), output: v.strictObject({ shifts: v.number(), projects: v.number(), desk: v.number(), /** over, and held by somebody else */ activities: v.number(), /** deaths that wait for a second person */ deaths: v.optional(v.number()) }) }),
  'message.called': define({
    kind: 'mutation', needs: 'person', allow: oneOf,
    input: v.strictObject({ messageId: f.id, outcome: v.picklist(['told', 'noAnswer']) }), output: w.done,
  }),
}
