/** The social worker's day: who may be in danger first, then exceptions, then what only needs a yes. */
import * as v from 'valibot'
import { delegationScopes } from '../domain/delegation'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const social = [{ role: 'socialWorker', relation: 'none' }] as const
const oneOf = [{ role: 'socialWorker', relation: 'community' }] as const

export const safetyCase = v.strictObject({
  safetyCaseId: w.text, status: v.picklist(['open', 'taken', 'closed']), elderId: w.text, elderName: w.text, age: v.number(), livesAlone: v.boolean(), communityName: w.text,
  openedAt: w.instant, reason: v.picklist(['noContact']), words: w.text, takenByName: v.nullable(w.text), takenByMe: v.boolean(), bookingId: v.nullable(w.text),
  family: v.array(v.strictObject({ personId: w.text, name: w.text, kinship: w.text })),
})
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
      toCall: v.array(v.strictObject({ messageId: w.text, elderId: w.text, /** whom to telephone: the elder, or family */ personId: w.text, personName: w.text, communityName: w.text, gist: w.text, dueAt: w.instant })),
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
  'safety.take': define({ kind: 'mutation', needs: 'person', allow: oneOf, input: v.strictObject({ safetyCaseId: f.id }), output: w.done }),
  /** Closes only with "seen in person", or a reason that the family confirmed (law 4). */
  'safety.close': define({
    kind: 'mutation', needs: 'person', allow: oneOf,
    input: v.strictObject({
      safetyCaseId: f.id,
      how: v.variant('by', [
        v.strictObject({ by: v.literal('seenInPerson'), words: f.words(120) }),
        v.strictObject({ by: v.literal('familyConfirmed'), familyPersonId: f.id, words: f.words(120) }),
      ]),
    }),
    output: w.done,
  }),
  'message.called': define({
    kind: 'mutation', needs: 'person', allow: oneOf,
    input: v.strictObject({ messageId: f.id, outcome: v.picklist(['told', 'noAnswer']) }), output: w.done,
  }),
}
