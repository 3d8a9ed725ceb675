/** What the subdistrict decides about meals and safety: kitchens and cut-offs, the subsidy, the ladder, who is on duty. */
import * as v from 'valibot'
import { mealWays } from '../domain/meal'
import { rungKinds } from '../domain/ladder'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const admin = [{ role: 'admin', relation: 'none' }] as const
const ours = [{ role: 'admin', relation: 'subdistrict' }] as const
const onDuty = v.array(v.strictObject({ personId: w.text, name: w.text }))
const fen = (max: number) => f.count(0, max)
const minute = f.count(0, 1439)

const hours = v.nullable(v.strictObject({ fromMinute: minute, untilMinute: minute, cutoffMinute: minute, cutoffDaysBefore: f.count(0, 3) }))
export const kitchenTerms = v.strictObject({
  name: f.words(20), phone: v.pipe(v.string(), v.trim(), v.regex(/^[\d-]{7,20}$/)), communityIds: v.pipe(v.array(f.id), v.minLength(1), v.maxLength(30)), ways: v.pipe(v.array(v.picklist(mealWays)), v.minLength(1), v.maxLength(3)),
  sites: v.pipe(v.array(v.strictObject({ siteId: f.id, name: f.words(20), address: f.words(40) })), v.maxLength(6)), hours: v.strictObject({ lunch: hours, dinner: hours }), isOpen: v.boolean(),
})
export const mealPolicy = v.strictObject({
  validFrom: f.civilDate, bands: v.pipe(v.array(v.strictObject({ fromAge: f.count(50, 120), subsidyFen: fen(5_000) })), v.maxLength(6)),
  hardshipFen: v.strictObject({ none: fen(0), lowIncome: fen(5_000), extreme: fen(5_000) }), monthlyCapFen: fen(200_000), leastPayFen: fen(5_000),
})
const steps = v.pipe(v.array(v.strictObject({ kind: v.picklist(rungKinds), /** nothing comes after 120: it waits for nobody */ waitMinutes: f.count(0, 120) })), v.minLength(2), v.maxLength(8))
export const ladder = v.strictObject({ validFrom: f.civilDate, day: steps, night: steps, nightFrom: minute, nightUntil: minute, takenMinutes: f.count(5, 120), /** after the last step, until it goes round again; 60 where it is left out */ againMinutes: v.optional(f.count(10, 720)) })
const stamped = { version: v.number(), madeByName: w.text, madeAt: w.instant }
const totals = v.strictObject({ orders: v.number(), elders: v.number(), subsidyFen: v.number(), payFen: v.number(), capReached: v.number() })

export const policyContracts = {
  'admin.kitchens': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}),
    output: v.strictObject({
      kitchens: v.array(v.strictObject({ kitchenId: w.text, name: w.text, phone: w.text, communityIds: v.array(w.text), ways: v.array(v.picklist(mealWays)), sites: v.array(w.mealSite), hours: v.strictObject({ lunch: w.sittingHours, dinner: w.sittingHours }), isOpen: v.boolean(), staffNames: v.array(w.text), courierNames: v.array(w.text) })),
      communities: v.array(w.community),
    }),
  }),
  /** A new kitchen, or one changed. Changed hours hold for menus published from then on; what stands keeps its cut-off. @throws BAD_INPUT {field} */
  'kitchen.save': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ kitchenId: v.optional(f.id), ...kitchenTerms.entries }), output: v.strictObject({ kitchenId: w.text }) }),
  /** What these hours would have changed last month, and from which menu day they would hold; one entry a sitting that is served. Nothing is written. @throws BAD_INPUT {field} */
  'kitchen.preview': define({
    kind: 'query', needs: 'person', allow: ours, input: v.strictObject({ kitchenId: f.id, hours: v.strictObject({ lunch: hours, dinner: hours }) }),
    output: v.strictObject({
      month: w.text,
      sittings: v.array(v.strictObject({ sitting: v.picklist(['lunch', 'dinner']), /** null: every day that can be is published */ holdsFrom: v.nullable(w.text), publishedDays: v.number(), orders: v.number(), tooLate: v.number() })),
      /** orders were more than could be looked at: it is so many at least */
      isPartial: v.boolean(),
    }),
  }),
  'policy.meals': define({ kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}), output: v.strictObject({ /** newest first */ policies: v.array(v.strictObject({ ...mealPolicy.entries, ...stamped, state: v.picklist(['coming', 'now', 'past']) })) }) }),
  /** What this policy would have changed last month, from that month's orders. Nothing is written. */
  'policy.preview': define({
    kind: 'query', needs: 'person', allow: admin, input: mealPolicy,
    output: v.strictObject({ month: w.text, before: totals, after: totals, eldersWhoPayMore: v.number(), eldersWhoPayLess: v.number(), /** orders were more than could be looked at */ isPartial: v.boolean() }),
  }),
  /** @throws BAD_INPUT {field}: a policy begins tomorrow at the earliest */
  'policy.set': define({ kind: 'mutation', needs: 'person', allow: admin, input: mealPolicy, output: v.strictObject({ version: v.number() }) }),
  'policy.ladder': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}),
    output: v.strictObject({
      ladders: v.array(v.strictObject({ ...ladder.entries, ...stamped, state: v.picklist(['coming', 'now', 'past']) })),
      duty: v.array(v.strictObject({ communityId: w.text, name: w.text, people: onDuty, /** parts of it with a list of their own */ grids: v.array(v.strictObject({ name: w.text, buildings: v.array(v.number()), people: onDuty })) })),
      /** who can be put on duty */
      staff: v.array(v.strictObject({ personId: w.text, name: w.text, placeName: w.text })),
    }),
  }),
  /** What these steps would have changed for last month's cases, by the clock alone. Nothing is written. @throws BAD_INPUT {field} */
  'policy.previewLadder': define({
    kind: 'query', needs: 'person', allow: admin, input: ladder,
    output: v.strictObject({ month: w.text, cases: v.number(), /** somebody asked sooner, somebody later, other people */ sooner: v.number(), later: v.number(), others: v.number(), /** cases were more than were looked at */ isPartial: v.boolean() }),
  }),
  'policy.setLadder': define({ kind: 'mutation', needs: 'person', allow: admin, input: ladder, output: v.strictObject({ version: v.number() }) }),
  /** Who goes in a community, or in a grid of it, in this order; a grid without buildings is no more. @throws NO_MATCH for somebody who is not staff here, BAD_INPUT {buildings} where one belongs to another grid */
  'duty.set': define({
    kind: 'mutation', needs: 'person', allow: admin,
    input: v.strictObject({
      communityId: f.id, personIds: v.pipe(v.array(f.id), v.minLength(1), v.maxLength(6)),
      grid: v.optional(v.strictObject({ name: f.words(12), buildings: v.pipe(v.array(f.count(1, 9999)), v.maxLength(200)) })),
    }),
    output: w.done,
  }),
}
