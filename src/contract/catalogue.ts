/** What can be booked, where, and when it is free. */
import * as v from 'valibot'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const lookFor = [
  { role: 'resident', relation: 'self' },
  { role: 'resident', relation: 'delegate', scope: 'book' },
  { role: 'socialWorker', relation: 'community' },
] as const

export const catalogueContracts = {
  /** Services that the elder's community gets, nearest first. */
  'catalogue.list': define({
    kind: 'query', needs: 'person', allow: lookFor, input: v.strictObject({ elderId: f.id }),
    output: v.strictObject({ elder: w.personBrief, services: v.array(w.serviceBrief) }),
  }),
  /** One service and its slots of a week, each with why it can or cannot be taken by this elder. */
  'catalogue.service': define({
    kind: 'query', needs: 'person', allow: lookFor, input: v.strictObject({ elderId: f.id, serviceItemId: f.id, fromOn: v.optional(f.civilDate), /** a booking that is to move: its own time is no clash */ movingId: v.optional(f.id) }),
    output: v.strictObject({
      elder: w.personBrief,
      /** the door that the booking will go to, to be read back before it is booked: in full for the elder's side, '' if there is none yet */
      address: w.text,
      service: v.strictObject({ ...w.serviceBrief.entries, details: w.text, cancelHours: v.number(), /** why nothing of it is booked for now; null: it can be */ holdWhy: v.nullable(w.text), /** of half a day in a house: what to bring, and what is paid of it; null where somebody comes to the door */ bed: v.nullable(v.strictObject({ bring: v.array(w.text), quote: w.bedQuote })) }),
      fromOn: w.text,
      days: v.array(v.strictObject({ onDate: w.text, holidayName: v.nullable(w.text), slots: v.array(w.slotView) })),
      previousOn: v.nullable(w.text),
      nextOn: v.nullable(w.text),
    }),
  }),
}
