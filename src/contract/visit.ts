/** A service that takes place: taken, checked in and out at the door, confirmed, verified. */
import * as v from 'valibot'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const elderSide = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }] as const
const assigned = [{ role: 'careWorker', relation: 'assigned' }] as const
const social = [{ role: 'socialWorker', relation: 'community' }] as const
const bookingId = v.strictObject({ bookingId: f.id })
/** rotating code: 6 digits; printed door card: 8 digits; `capturedAt` is the phone's clock, evidence only */
const atTheDoor = v.strictObject({ bookingId: f.id, code: v.union([f.digits(6), f.digits(8)]), capturedAt: v.optional(f.instant) })
const checked = v.strictObject({ proof: v.picklist(w.proofs), provedAt: w.instant })

export const workItem = v.strictObject({ ...w.bookingBrief.entries, address: w.text, careNotes: v.nullable(w.text), isToday: v.boolean() })

export const visitContracts = {
  /** The care worker's page: visits given to me (today and coming), and those of my provider that nobody has taken. */
  'visit.mine': define({
    kind: 'query', needs: 'person', allow: [{ role: 'careWorker', relation: 'none' }], input: v.strictObject({}),
    output: v.strictObject({ providerName: w.text, today: v.array(workItem), coming: v.array(workItem), open: v.array(workItem) }),
  }),
  /** Two at once: one gets it. @throws ALREADY_TAKEN, WORKER_BUSY {from, to} (promised to another door at that time), OWN_CASE (a family member of the elder does not serve for pay) */
  'visit.take': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'careWorker', relation: 'provider' }, ...assigned], input: bookingId, output: w.done }),
  'visit.handBack': define({ kind: 'mutation', needs: 'person', allow: assigned, input: v.strictObject({ bookingId: f.id, reason: f.words(80) }), output: w.done }),
  /** The rotating code to show at the door. */
  'visit.doorCode': define({
    kind: 'query', needs: 'person', allow: elderSide, input: bookingId,
    output: v.strictObject({ code: w.text, validUntil: w.instant, forWhat: v.picklist(['checkIn', 'checkOut', 'handover']), workerName: v.nullable(w.text) }),
  }),
  /** @throws DOOR_CODE_WRONG {left}, DOOR_CODE_USED, TOO_EARLY {from}, TOO_MANY_ATTEMPTS {until}, WRONG_STATE */
  'visit.checkIn': define({ kind: 'mutation', needs: 'person', allow: assigned, input: atTheDoor, output: checked }),
  'visit.checkOut': define({ kind: 'mutation', needs: 'person', allow: assigned, input: atTheDoor, output: checked }),
  /** The elder's own tap instead of a code: 她到了 / 她走了. */
  'visit.vouch': define({
    kind: 'mutation', needs: 'person', allow: elderSide,
    input: v.strictObject({ bookingId: f.id, moment: v.picklist(['checkIn', 'checkOut']) }), output: checked,
  }),
  /** Nobody opened: law 4, opens a safety case at once. */
  'visit.noContact': define({ kind: 'mutation', needs: 'person', allow: assigned, input: v.strictObject({ bookingId: f.id, tried: f.words(120) }), output: v.strictObject({ safetyCaseId: w.text }) }),
  /** After its safety case was closed: the elder was not there. @throws WRONG_STATE {status} while somebody is still looked for, or when help was needed */
  'visit.notThere': define({ kind: 'mutation', needs: 'person', allow: assigned, input: v.strictObject({ bookingId: f.id, words: f.words(80) }), output: w.done }),
  'visit.confirm': define({
    kind: 'mutation', needs: 'person', allow: elderSide,
    input: v.strictObject({ bookingId: f.id, satisfaction: v.picklist(['satisfied', 'acceptable', 'unsatisfied']), words: f.optionalWords(120) }), output: w.done,
  }),
  'visit.dispute': define({ kind: 'mutation', needs: 'person', allow: elderSide, input: v.strictObject({ bookingId: f.id, words: f.words(120) }), output: w.done }),
  /** The social worker telephoned the elder and records what was said. */
  'visit.callBack': define({
    kind: 'mutation', needs: 'person', allow: social,
    input: v.strictObject({ bookingId: f.id, outcome: v.picklist(['confirmed', 'disputed', 'noAnswer']), words: f.words(120) }), output: w.done,
  }),
  /** @throws OWN_CASE, EVIDENCE_INCOMPLETE {missing} for `verified`, REASON_REQUIRED for partly and rejected */
  'visit.verify': define({
    kind: 'mutation', needs: 'person', allow: social,
    input: v.strictObject({ bookingId: f.id, outcome: v.picklist(['verified', 'partly', 'rejected']), reason: f.optionalWords(120), minutes: v.optional(f.count(0, 720)) }), output: w.done,
  }),
  /** Verifies those whose evidence is complete; says which were left and why. */
  'visit.verifyComplete': define({
    kind: 'mutation', needs: 'person', allow: [{ role: 'socialWorker', relation: 'none' }],
    input: v.strictObject({ bookingIds: v.pipe(v.array(f.id), v.minLength(1), v.maxLength(20)) }),
    output: v.strictObject({ verified: v.array(w.text), left: v.array(v.strictObject({ bookingId: w.text, code: w.text })) }),
  }),
}
