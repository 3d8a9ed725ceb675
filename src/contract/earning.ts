/** What work earns: the points policy, changed by two administrators, and hours that somebody enters afterwards. Rates are 示例. */
import * as v from 'valibot'
import { deskStates } from '../domain/desk-hours'
import { earners } from '../domain/ledger'
import { earningSources, MOST_POLICY_POINTS } from '../domain/points-policy'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const admin = [{ role: 'admin', relation: 'none' }] as const
const ours = [{ role: 'admin', relation: 'subdistrict' }] as const
const points = f.count(0, MOST_POLICY_POINTS)
const minutes = f.count(0, 1440)
const caps = v.strictObject({ day: points, month: points })

export const pointsRate = v.strictObject({ source: v.picklist(earningSources), earner: v.picklist(earners), /** of a visit: this service alone; null: every other */ serviceItemId: v.nullable(f.id), per: v.picklist(['hour', 'time', 'stated']), points })
/** What administrators propose. */
export const pointsTerms = v.strictObject({
  validFrom: f.civilDate, rates: v.pipe(v.array(pointsRate), v.maxLength(60)), caps: v.strictObject({ volunteer: caps, staff: caps, group: caps }), leastMinutes: minutes, mostMinutes: minutes,
  giftMonthLimit: points, byHandLimit: points, collectDays: f.count(1, 180), expireAfterMonths: v.nullable(f.count(1, 120)), announceDays: f.count(0, 180), balanceCap: v.nullable(f.count(1, MOST_POLICY_POINTS)),
})
/** A rate as it is shown, with the name of its service. */
const rateShown = v.strictObject({ ...pointsRate.entries, serviceName: v.nullable(w.text) })
const policyShown = v.strictObject({ ...pointsTerms.entries, rates: v.array(rateShown), version: v.number(), state: v.picklist(['coming', 'now', 'past']), proposedByName: w.text, decidedByName: w.text, decidedAt: w.instant })
const totals = v.strictObject({ /** pieces of work */ events: v.number(), people: v.number(), points: v.number(), /** over the caps, to the communities' pots */ excess: v.number(), /** earners whom a cap stopped */ capped: v.number() })

const social = [{ role: 'socialWorker', relation: 'community' }] as const
const socialOrAdmin = [...social, { role: 'admin', relation: 'subdistrict' }] as const

/** Hours that somebody entered afterwards. */
export const deskView = v.strictObject({
  deskId: w.text, personId: w.text, personName: w.text, communityName: w.text, onDate: w.text, fromMinute: v.number(), untilMinute: v.number(), /** what was done, in words */ what: w.text, /** why it was not recorded at the time */ reason: w.text,
  /** what it is worth; cannot be spent before it is approved */ points: v.number(), state: v.picklist(deskStates), enteredByName: w.text, enteredAt: w.instant,
  decidedByName: v.nullable(w.text), decidedAt: v.nullable(w.instant), decidedReason: v.nullable(w.text),
  /** of what was approved: credited, and over the caps to the pot */ kept: v.nullable(v.number()), over: v.nullable(v.number()),
  /** why this viewer cannot decide it; null: can */ cannot: v.nullable(v.picklist(['decided', 'enteredByMe', 'ownCase'])),
})

export const earningContracts = {
  /** Every version, newest first, and what waits for a second administrator. */
  'pointsPolicy.list': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}),
    output: v.strictObject({
      policies: v.array(policyShown),
      proposals: v.array(v.strictObject({ proposalId: w.text, ...pointsTerms.entries, rates: v.array(rateShown), status: v.picklist(['waiting', 'approved', 'refused', 'withdrawn']), proposedByName: w.text, proposedAt: w.instant, byMe: v.boolean(), decidedByName: v.nullable(w.text), decidedAt: v.nullable(w.instant), reason: v.nullable(w.text) })),
      /** services that can have a rate of their own */
      services: v.array(v.strictObject({ serviceItemId: w.text, name: w.text, providerName: w.text })),
    }),
  }),
  /** What work earns now, and what is decided for later: for everybody. */
  'pointsPolicy.now': define({ kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'none' }], input: v.strictObject({}), output: v.strictObject({ now: v.nullable(policyShown), coming: v.array(policyShown) }) }),
  /** What these terms would have changed last month, from that month's work. Nothing is written. @throws BAD_INPUT {field} */
  'pointsPolicy.preview': define({
    kind: 'query', needs: 'person', allow: admin, input: pointsTerms,
    output: v.strictObject({ month: w.text, before: totals, after: totals, whoGetMore: v.number(), whoGetLess: v.number(), /** work was more than could be looked at */ isPartial: v.boolean() }),
  }),
  /** Waits for another administrator. @throws BAD_INPUT {field}: it begins tomorrow at the earliest; POLICY_OVERLAP {validFrom} with a version or a proposal of the same day */
  'pointsPolicy.propose': define({ kind: 'mutation', needs: 'person', allow: admin, input: pointsTerms, output: v.strictObject({ proposalId: w.text }) }),
  /** @throws SECOND_PERSON for who proposed it, WRONG_STATE, REASON_REQUIRED, POLICY_OVERLAP, BAD_INPUT {field: 'validFrom'} when its first day has come meanwhile */
  'pointsPolicy.decide': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ proposalId: f.id, isApproved: v.boolean(), reason: f.optionalWords(200) }), output: v.strictObject({ /** null: refused */ version: v.nullable(v.number()) }) }),
  /** A proposal that nobody has decided. @throws WRONG_STATE */
  'pointsPolicy.withdraw': define({ kind: 'mutation', needs: 'person', allow: ours, input: v.strictObject({ proposalId: f.id }), output: w.done }),

  /**
   * Hours of somebody that were not recorded at the time: counted, but unspendable until a second person approved them.
   * @throws BAD_INPUT {field}: not in the future, not older than 31 days, 15 minutes to 12 hours; HOURS_OVERLAP {from, until, what} with hours that were entered already, or a visit or shift (`what`) that this person attended; OWN_CASE for one's own and family's; NOT_OFFERED when no policy gives anything for it
   */
  'desk.enter': define({
    kind: 'mutation', needs: 'person', allow: social,
    input: v.strictObject({ personId: f.id, onDate: f.civilDate, fromMinute: f.count(0, 1439), untilMinute: f.count(1, 1440), what: f.words(40), reason: f.words(200) }), output: v.strictObject({ deskId: w.text, points: v.number() }),
  }),
  /** In my communities (an administrator: in all): those that wait oldest first, others newest first. */
  'desk.list': define({
    kind: 'query', needs: 'person', allow: [{ role: 'socialWorker', relation: 'none' }, ...admin], input: v.strictObject({ state: v.optional(v.picklist(deskStates)), cursor: f.cursor }), output: w.page(deskView),
  }),
  /** The second person's word. @throws SECOND_PERSON for who entered them, OWN_CASE, WRONG_STATE, REASON_REQUIRED for a refusal */
  'desk.decide': define({ kind: 'mutation', needs: 'person', allow: socialOrAdmin, input: v.strictObject({ deskId: f.id, isApproved: v.boolean(), reason: f.optionalWords(200) }), output: v.strictObject({ /** credited; 0 for a refusal */ kept: v.number(), /** over the caps, to the community's pot */ over: v.number() }) }),
}
