/** The subdistrict's own page: capacity, closed days, the audit, and whether every law holds now. */
import * as v from 'valibot'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const admin = [{ role: 'admin', relation: 'none' }] as const
const ours = [{ role: 'admin', relation: 'subdistrict' }] as const
export const lawCheck = v.strictObject({ law: w.text, holds: v.boolean(), checked: v.number(), /** ids of what breaks it, at most 20 */ broken: v.array(w.text) })

export const adminContracts = {
  'admin.services': define({ kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}), output: v.strictObject({ services: v.array(v.strictObject({ serviceItemId: w.text, name: w.text, providerName: w.text })), closedDays: v.array(v.strictObject({ onDate: w.text, name: w.text })) }) }),
  'admin.slots': define({
    kind: 'query', needs: 'person', allow: ours, input: v.strictObject({ serviceItemId: f.id, fromOn: f.civilDate }),
    output: v.strictObject({ serviceName: w.text, slots: v.array(v.strictObject({ slotId: w.text, onDate: w.text, startsAt: w.instant, endsAt: w.instant, capacity: v.number(), held: v.number(), isOpen: v.boolean() })) }),
  }),
  /** @throws BELOW_HELD {held} */
  'slot.setCapacity': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ slotId: f.id, capacity: f.count(0, 500) }), output: w.done }),
  /** A day on which nothing is generated and what is free is closed; seats that are held stay and are told to the social workers. */
  'calendar.setClosedDay': define({ kind: 'mutation', needs: 'person', allow: admin, input: v.strictObject({ onDate: f.civilDate, name: f.words(20), isClosed: v.boolean() }), output: v.strictObject({ heldSeats: v.number() }) }),
  'admin.audit': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({ cursor: f.cursor }),
    output: w.page(v.strictObject({ at: w.instant, byName: w.text, as: w.text, what: w.text, aboutName: w.text, purpose: v.nullable(w.text) })),
  }),
  /** The last self-check over the whole database. */
  'law.latest': define({
    kind: 'query', needs: 'person', allow: [{ role: 'admin', relation: 'none' }, { role: 'socialWorker', relation: 'none' }], input: v.strictObject({}),
    output: v.strictObject({ at: v.nullable(w.instant), laws: v.array(lawCheck) }),
  }),
}
