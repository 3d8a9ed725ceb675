/** The catalogue of services 目录 as the subdistrict keeps it: what is offered, its weekly times, its price, a hold, its end. */
import * as v from 'valibot'
import { bedSorts } from '../domain/bed-terms'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const admin = [{ role: 'admin', relation: 'none' }] as const
const ours = [{ role: 'admin', relation: 'subdistrict' }] as const

const serviceId = v.strictObject({ serviceItemId: f.id })
const kinds = v.picklist(['homeCare', 'dayCare', 'stay'])
const icons = v.picklist(['bath', 'scissors', 'accessibility', 'brush-cleaning', 'house-heart', 'hand-heart'])
const fen = f.count(0, 500_000)
const opening = v.strictObject({ weekday: f.count(0, 6), startMinute: f.count(0, 1439), capacity: f.count(1, 200) })
const weekly = v.pipe(v.array(opening), v.maxLength(80))
const subsidy = v.nullable(v.strictObject({
  bands: v.pipe(v.array(v.strictObject({ fromAge: f.count(50, 120), subsidyFen: fen })), v.maxLength(6)), hardshipFen: v.strictObject({ none: f.count(0, 0), lowIncome: fen, extreme: fen }), leastPayFen: fen,
}))
/** What can be said anew at any time; what was booked keeps what it was booked with. */
const words = {
  name: f.words(12), summary: f.words(30), details: f.words(200), icon: icons, cancelHours: f.count(0, 168), communityIds: v.pipe(v.array(f.id), v.minLength(1), v.maxLength(60)),
  /** of beds: what to bring */ bring: v.pipe(v.array(f.words(12)), v.maxLength(8)),
}
const price = { priceFen: fen, subsidy, validFrom: f.civilDate }
const totals = v.strictObject({ priceFen: v.number(), subsidyFen: v.number(), payFen: v.number() })
const slot = v.strictObject({ slotId: w.text, onDate: w.text, startsAt: w.instant, held: v.number() })
const sized = v.strictObject({ ...slot.entries, from: v.number(), to: v.number() })
const state = v.picklist(['open', 'held', 'ending', 'ended'])
const made = { version: v.number(), validFrom: w.text, madeByName: w.text, madeAt: w.instant, isNow: v.boolean() }
const weekShown = v.array(v.strictObject({ weekday: v.number(), startMinute: v.number(), capacity: v.number() }))

export const serviceContracts = {
  'admin.catalogue': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}),
    output: v.strictObject({
      services: v.array(v.strictObject({ serviceItemId: w.text, name: w.text, kind: kinds, icon: w.text, summary: w.text, providerName: w.text, priceFen: v.number(), communities: v.number(), state, why: v.nullable(w.text), endsOn: v.nullable(w.text) })),
      communities: v.array(w.community), providers: v.array(v.strictObject({ providerId: w.text, name: w.text })),
    }),
  }),
  'admin.service': define({
    kind: 'query', needs: 'person', allow: ours, input: serviceId,
    output: v.strictObject({
      serviceItemId: w.text, kind: kinds, providerName: w.text, durationMinutes: v.number(), isBed: v.boolean(), name: w.text, summary: w.text, details: w.text, icon: w.text, cancelHours: v.number(), communityIds: v.array(w.text), bring: v.array(w.text),
      state, why: v.nullable(w.text), endsOn: v.nullable(w.text), /** minutes on foot that were declared */ ways: v.array(v.strictObject({ communityId: w.text, minutes: v.number() })),
      /** what holds now first, then what comes; what it began with has version 0 */
      weeks: v.array(v.strictObject({ ...made, weekly: weekShown })), prices: v.array(v.strictObject({ ...made, priceFen: v.number(), subsidy })),
      /** seats of each time that are kept for phone and counter; it is set on the page of fair capacity */ kept: v.number(),
      /** times that the service has no more, or that are held, at which people are booked: somebody decides for each */ left: v.array(v.strictObject({ ...slot.entries, isAsked: v.boolean() })), communities: v.array(w.community),
    }),
  }),
  /** Kind, provider and duration stay: what lasts otherwise is another service. It has no times yet. @throws BAD_INPUT {field}, NO_MATCH for another provider, CONTENT_REFUSED */
  'service.create': define({ kind: 'mutation', needs: 'person', allow: admin, input: v.strictObject({ ...words, kind: kinds, providerId: f.id, durationMinutes: f.count(10, 1440), priceFen: fen, bedSort: v.optional(v.picklist(bedSorts)) }), output: v.strictObject({ serviceItemId: w.text }) }),
  'service.edit': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ serviceItemId: f.id, ...words }), output: w.done }),
  /** How many minutes on foot it is from each community; what is left out is said no more. @throws BAD_INPUT {field} */
  'service.setWays': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ serviceItemId: f.id, ways: f.ways }), output: w.done }),
  /** Nothing new is booked; what is booked stays, series wait and say so. @throws WRONG_STATE {status} */
  'service.hold': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ serviceItemId: f.id, why: f.words(40) }), output: v.strictObject({ /** seats that stay booked */ booked: v.number() }) }),
  'service.reopen': define({ kind: 'mutation', needs: 'person', allow: ours, input: serviceId, output: w.done }),
  /** From a day on it is no more. @throws BAD_INPUT {field}, WRONG_STATE {status} */
  'service.end': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ serviceItemId: f.id, fromOn: f.civilDate, why: f.words(40) }), output: v.strictObject({ /** seats booked on that day or later */ booked: v.number() }) }),
  /** Whoever is booked at a time that is no more, or held, is telephoned by the social workers: the visit stands, unless they want another day. @throws WRONG_STATE */
  'service.askToCall': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ slotId: f.id }), output: v.strictObject({ toCall: v.number() }) }),
  /** What another week would change among the times that stand open. Nothing is written. @throws BAD_INPUT {field} */
  'service.previewWeekly': define({
    kind: 'query', needs: 'person', allow: ours, input: v.strictObject({ serviceItemId: f.id, validFrom: f.civilDate, weekly }),
    output: v.strictObject({ /** the last day that stands open; later ones are opened by the new week */ openUntil: w.text, added: v.array(slot), removed: v.array(slot), kept: v.array(slot), resized: v.array(sized), belowHeld: v.array(sized) }),
  }),
  /** @throws BAD_INPUT {field}, BELOW_HELD {held, times} unless these times keep as many places as are booked */
  'service.setWeekly': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ serviceItemId: f.id, validFrom: f.civilDate, weekly, keepsBooked: v.optional(v.boolean()) }), output: v.strictObject({ version: v.number() }) }),
  /** What this price would have changed last month, from that month's bookings. Nothing is written. @throws BAD_INPUT {field} */
  'service.previewPrice': define({ kind: 'query', needs: 'person', allow: ours, input: v.strictObject({ serviceItemId: f.id, ...price }), output: v.strictObject({ month: w.text, bookings: v.number(), elders: v.number(), before: totals, after: totals, payMore: v.number(), payLess: v.number(), /** bookings were more than were looked at */ isPartial: v.boolean() }) }),
  /** @throws BAD_INPUT {field}: it begins tomorrow at the earliest */
  'service.setPrice': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ serviceItemId: f.id, ...price }), output: v.strictObject({ version: v.number() }) }),
}
