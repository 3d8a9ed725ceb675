/** The courier's run: stops in walking order, one big 送到了, proof at the door, an alarm when nobody opens. */
import * as v from 'valibot'
import { allergens } from '../domain/diet'
import { sittings } from '../domain/meal'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const assigned = [{ role: 'courier', relation: 'assigned' }] as const
const runId = v.strictObject({ runId: f.id })

export const runStop = v.strictObject({
  bookingId: w.text, number: w.text, elderName: w.text, livesAlone: v.boolean(), /** masked until the run has begun */ address: w.text, dishName: w.text, portions: v.number(),
  avoid: v.array(v.picklist(allergens)), note: v.nullable(w.text), payFen: v.number(), order: v.number(), state: v.picklist(['todo', 'handedOver', 'delivered', 'noContact', 'cancelled']), at: v.nullable(w.instant),
})
export const run = v.strictObject({
  runId: w.text, kitchenName: w.text, communityName: w.text, onDate: w.text, sitting: v.picklist(sittings), startsAt: w.instant, endsAt: w.instant, /** when one may leave with it */ startsFrom: w.instant, startedAt: v.nullable(w.instant),
  courierName: v.nullable(w.text), stops: v.array(runStop),
})

export const courierContracts = {
  /** Today's runs that are mine, and those of my kitchen that nobody has taken. One read of the runs. */
  'courier.today': define({
    kind: 'query', needs: 'person', allow: [{ role: 'courier', relation: 'none' }], input: v.strictObject({}),
    output: v.strictObject({ mine: v.array(run), open: v.array(run), colleagues: v.array(v.strictObject({ personId: w.text, name: w.text })) }),
  }),
  /** Two at once: one gets it. @throws ALREADY_TAKEN, OWN_CASE {bookingId} (family of an elder on it) */
  'courier.takeRun': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'courier', relation: 'ofProvider' }], input: runId, output: w.done }),
  /** I am leaving the kitchen: from now on the doors stand whole on the page, which each elder can read in their log. Not before door codes count. @throws TOO_EARLY {from}, WRONG_STATE */
  'courier.startRun': define({ kind: 'mutation', needs: 'person', allow: assigned, input: runId, output: w.done }),
  /** To a colleague of the same kitchen; what is done stays done. @throws NO_MATCH, OWN_CASE */
  'courier.handRun': define({ kind: 'mutation', needs: 'person', allow: assigned, input: v.strictObject({ runId: f.id, courierId: f.id }), output: w.done }),
  /** 送到了. With a code it is delivered; without one it is the courier's word alone, and stays an exception until the elder's side says so. @throws DOOR_CODE_WRONG {left}, DOOR_CODE_USED, TOO_EARLY, TOO_MANY_ATTEMPTS, WRONG_STATE */
  'courier.handOver': define({
    kind: 'mutation', needs: 'person', allow: [...assigned, { role: 'courier', relation: 'ofProvider' }],
    input: v.strictObject({ bookingId: f.id, code: v.optional(v.union([f.digits(6), f.digits(8)])), capturedAt: v.optional(f.instant) }),
    output: v.strictObject({ status: v.picklist(['delivered', 'handedOver']), proof: v.picklist(w.proofs) }),
  }),
  /** Nobody opened: law 4, opens a safety case at once. @throws TOO_EARLY, WRONG_STATE */
  'courier.noAnswer': define({ kind: 'mutation', needs: 'person', allow: assigned, input: v.strictObject({ bookingId: f.id, tried: f.words(120) }), output: v.strictObject({ safetyCaseId: w.text }) }),
}
