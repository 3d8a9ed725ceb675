/** A provider's week and day, whatever it serves: visits, beds, orders from the menu. */
import * as v from 'valibot'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const row = v.strictObject({ ...w.bookingBrief.entries, /** it waits for a worker */ isUnassigned: v.boolean(), /** somebody can be given to it now */ mayAssign: v.boolean() })

export const providerContracts = {
  /** Seven days from a day on: what is booked, what is still open, who is assigned. */
  'provider.week': define({
    kind: 'query', needs: 'person', allow: [{ role: 'careWorker', relation: 'none' }], input: v.strictObject({ fromOn: v.optional(f.civilDate) }),
    output: v.strictObject({
      providerName: w.text, today: w.text, fromOn: w.text, colleagues: v.array(v.strictObject({ personId: w.text, name: w.text, providerName: w.text })),
      days: v.array(v.strictObject({ onDate: w.text, closedName: v.nullable(w.text), /** places that anybody can still take, and all of them */ open: v.number(), places: v.number(), items: v.array(row) })),
      /** more than one answer holds */
      isPartial: v.boolean(),
    }),
  }),
  /** To a colleague of the provider, by a colleague. @throws ALREADY_TAKEN, WRONG_STATE {status}, SLOT_PAST, WORKER_BUSY {from, to}, OWN_CASE, NO_MATCH for somebody who does not work there */
  'visit.assign': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'careWorker', relation: 'provider' }], input: v.strictObject({ bookingId: f.id, workerId: f.id }), output: w.done }),
}
