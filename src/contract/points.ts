/** The passbook 积分存折: what stands in it, what was redeemed, what is given, and what staff write into it by hand (laws 2 and 3). */
import * as v from 'valibot'
import { entryKinds, evidenceKinds, MOST_POINTS } from '../domain/ledger'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const self = [{ role: 'resident', relation: 'self' }] as const
/** Spending for an elder: by the elder, by family whom the elder allowed it, at the counter. Each is kept with who did it (law 5). */
const spend = [...self, { role: 'resident', relation: 'delegate', scope: 'spendPoints' }, { role: 'socialWorker', relation: 'community' }] as const
const adminHere = [{ role: 'admin', relation: 'subdistrict' }] as const
/** Also the members of a group theirs, and an admin who looks into a line. */
const read = [...spend, { role: 'resident', relation: 'named' }, ...adminHere] as const
/** Whole points from 1 on. */
const amount = f.count(1, MOST_POINTS)
const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/))

/** Who did it in the owner's name, or gave it; null in the owner's own lines. */
const byWhom = v.nullable(v.strictObject({ name: w.text, as: v.picklist(w.actorKinds), kinship: v.nullable(w.text) }))

/** A line of the passbook; read aloud from `onDate`, `words`, `change` and `balance`. */
export const passbookLine = v.strictObject({
  entryId: w.text,
  /** the line's number, from 1 */
  seq: v.number(),
  at: w.instant, onDate: w.text, kind: v.picklist(entryKinds),
  /** what for: 陪诊 2 小时; never a name */
  words: w.text,
  /** for whom or with whom; null: nobody, or somebody who is not named here */
  aboutName: v.nullable(w.text),
  /** whole points that moved */
  amount: v.number(),
  /** what it does to what can be spent: +, −, or 0 (a code that was used, hours that wait, points over the cap) */
  change: v.number(),
  /** what could be spent after it */
  balance: v.number(),
  by: byWhom,
})

/** Something redeemed that waits to be collected; the phone keeps it, so that the code shows without signal. */
export const openCode = v.strictObject({
  holdId: w.text, rewardId: w.text, rewardName: w.text, points: v.number(), at: w.instant, endsAt: w.instant,
  /** eight digits for the merchant; null: it pays a visit, nothing is collected */
  code: v.nullable(w.text),
  /** whom it is for; null: the owner */
  forName: v.nullable(w.text),
  bookingId: v.nullable(w.text),
  merchants: v.array(v.strictObject({ merchantId: w.text, name: w.text, phone: w.text, address: w.text })),
  by: byWhom,
})

/** The cover. `spendable` + `held` is what the owner owns; `pending` are hours entered afterwards that nobody approved yet. */
export const passbookCover = v.strictObject({
  personId: w.text, name: w.text, isMe: v.boolean(), communityName: w.text, spendable: v.number(), held: v.number(), pending: v.number(),
  /** what will expire next, and the last day on which it counts; null: nothing expires */
  expiring: v.nullable(v.strictObject({ amount: v.number(), onDate: w.text })),
  /** unverified people collect points, and spend none */
  maySpend: v.boolean(),
  openCodes: v.number(),
})

/** Help asked for in the neighbourhood 爱心求助, without a name. */
export const needView = v.strictObject({
  needId: w.text, communityName: w.text, words: w.text, wanted: v.number(), given: v.number(), openedAt: w.instant, isOpen: v.boolean(),
  closed: v.nullable(v.strictObject({ at: w.instant, words: w.text })),
  /** only to staff of the place */
  elderName: v.nullable(w.text), isMine: v.boolean(),
})

/** What stands behind a line, as far as there is something of the kind. */
const facts = v.strictObject({
  /** service, task, project, reward or reason */
  title: w.text,
  onDate: v.nullable(w.text), startsAt: v.nullable(w.instant), endsAt: v.nullable(w.instant), minutes: v.nullable(v.number()),
  placeName: v.nullable(w.text), withName: v.nullable(w.text),
  checkIn: v.nullable(v.strictObject({ proof: w.text, at: w.instant })), checkOut: v.nullable(v.strictObject({ proof: w.text, at: w.instant })),
  /** whose word it was; left out: the elder's side */ confirmedAs: v.optional(v.picklist(['organiser', 'callBack'])), confirmedAt: v.nullable(w.instant), verifiedByName: v.nullable(w.text), verifiedAt: v.nullable(w.instant),
  reason: v.nullable(w.text),
})

export const byHandView = v.strictObject({
  byHandId: w.text, ownerId: w.text, ownerName: w.text, isGroup: v.boolean(), communityName: w.text, amount: v.number(), words: w.text, reason: w.text,
  status: v.picklist(['waiting', 'approved', 'refused']), byName: w.text, byMe: v.boolean(), at: w.instant,
  decided: v.nullable(v.strictObject({ byName: w.text, at: w.instant, reason: v.nullable(w.text) })),
})

const posted = v.strictObject({ entryId: w.text, balance: v.number() })
/** Where a gift goes: the donation pot 爱心池 of one's own community, or a need. */
const toWhere = v.variant('what', [v.strictObject({ what: v.literal('pot') }), v.strictObject({ what: v.literal('need'), needId: f.id })])
const passbookPage = v.strictObject({
  cover: passbookCover,
  /** newest first; with `month` the lines of that month alone */
  items: v.array(passbookLine), nextCursor: v.nullable(w.text),
  /** in and out by month, newest first, at most 24 */
  months: v.array(v.strictObject({ month: w.text, in: v.number(), out: v.number() })),
  years: v.array(v.strictObject({ year: w.text, in: v.number(), out: v.number() })),
})

export const pointsContracts = {
  /** A page of the passbook with its cover. */
  'points.passbook': define({ kind: 'query', needs: 'person', allow: read, input: v.strictObject({ /** a person, or a group that I belong to */ personId: f.id, cursor: f.cursor, month: v.optional(month) }), output: passbookPage }),
  /** A line with what stands behind it, and the line that took it back. */
  'points.entry': define({
    kind: 'query', needs: 'person', allow: read, input: v.strictObject({ entryId: f.id, /** whose passbook it was opened from: finds a line of the last minutes, too */ personId: v.optional(f.id) }),
    output: v.strictObject({
      line: passbookLine, ownerId: w.text, ownerName: w.text, isMe: v.boolean(), evidence: v.strictObject({ what: v.picklist(evidenceKinds), id: w.text }), facts: v.nullable(facts),
      /** the policy that gave the amount */
      policyVersion: v.nullable(v.number()),
      /** where it was spent */
      merchantName: v.nullable(w.text),
      /** the line that this one takes back */
      reverses: v.nullable(w.text),
      /** the line that took this one back */
      reversedBy: v.nullable(v.strictObject({ entryId: w.text, at: w.instant, words: w.text })),
      /** what this viewer can do with it */
      acts: v.array(v.picklist(['reverse', 'openBooking'])),
    }),
  }),
  /** The cover alone. */
  'points.mine': define({ kind: 'query', needs: 'person', allow: spend, input: v.strictObject({ personId: f.id }), output: passbookCover }),
  /** What was redeemed and waits to be collected, the one that ends first first. */
  'points.codes': define({ kind: 'query', needs: 'person', allow: spend, input: v.strictObject({ personId: f.id }), output: v.strictObject({ cover: passbookCover, items: v.array(openCode) }) }),
  /** @throws UNVERIFIED, NOT_OFFERED, OUT_OF_STOCK, LIMIT_REACHED {until?}, POINTS_SHORT {balance} */
  'points.redeem': define({
    kind: 'mutation', needs: 'person', allow: spend, input: v.strictObject({ personId: f.id, rewardId: f.id, forElderId: v.optional(f.id) }),
    output: v.strictObject({ holdId: w.text, code: v.nullable(w.text), endsAt: w.instant, points: v.number(), balance: v.number() }),
  }),
  /** Points and stock go back. @throws NOT_FOUND for a code that is not open, WRONG_STATE {status: 'visit'} for points that pay a visit: `points.unpayVisit` */
  'points.cancelHold': define({ kind: 'mutation', needs: 'person', allow: spend, input: v.strictObject({ personId: f.id, holdId: f.id }), output: v.strictObject({ balance: v.number() }) }),
  /** By the owner's own tap, to a bound elder or family. @throws UNVERIFIED, SAME_PERSON, NO_MATCH for somebody who is not bound, LIMIT_REACHED {left}, POINTS_SHORT {balance} */
  'points.give': define({ kind: 'mutation', needs: 'person', allow: self, input: v.strictObject({ personId: f.id, toPersonId: f.id, amount, words: f.optionalWords(40) }), output: posted }),
  /** By the owner's own tap; for a group its leader's. @throws UNVERIFIED, POINTS_SHORT {balance}, WRONG_STATE {status} for a need that is closed, LIMIT_REACHED {left} for more than is still wanted, SAME_PERSON for one's own need */
  'points.donate': define({ kind: 'mutation', needs: 'person', allow: [...self, { role: 'resident', relation: 'named' }], input: v.strictObject({ personId: f.id, amount, to: toWhere }), output: posted }),
  /** To whom I can give, and how much. */
  'points.giveChoices': define({
    kind: 'query', needs: 'person', allow: self, input: v.strictObject({ personId: f.id }),
    output: v.strictObject({
      cover: passbookCover, people: v.array(v.strictObject({ ...w.personBrief.entries, kinship: v.nullable(w.text) })),
      /** what may still be given to people this month; donations do not count */
      leftThisMonth: v.number(),
      potName: w.text, needs: v.array(needView),
    }),
  }),
  /** What a booked visit costs in points, and who can pay it: the elder, or I for an elder I am bound to. `offer` null: it is not offered for points. */
  'points.visitOffer': define({
    kind: 'query', needs: 'person', allow: [...self, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'socialWorker', relation: 'community' }], input: v.strictObject({ bookingId: f.id }),
    output: v.strictObject({
      offer: v.nullable(v.strictObject({ rewardId: w.text, rewardName: w.text, points: v.number() })),
      payers: v.array(v.strictObject({ personId: w.text, name: w.text, isMe: v.boolean(), spendable: v.number(), isEnough: v.boolean() })),
      paid: v.nullable(v.strictObject({ points: v.number(), payerName: w.text, mayUndo: v.boolean(), state: v.picklist(['held', 'posted', 'returned']) })),
    }),
  }),
  /** Holds the payer's points for a visit; posted when the visit is verified, given back when it is given up or rejected. @throws NOT_OFFERED, WRONG_STATE {status}, UNVERIFIED, LIMIT_REACHED, OUT_OF_STOCK, POINTS_SHORT {balance} */
  'points.payVisit': define({ kind: 'mutation', needs: 'person', allow: spend, input: v.strictObject({ bookingId: f.id, personId: f.id }), output: v.strictObject({ holdId: w.text, points: v.number(), balance: v.number() }) }),
  /** Until the visit begins. @throws WRONG_STATE {status} */
  'points.unpayVisit': define({ kind: 'mutation', needs: 'person', allow: spend, input: v.strictObject({ bookingId: f.id }), output: v.strictObject({ balance: v.number() }) }),
  /** Takes a line back with another one that names it. @throws OWN_CASE, WRONG_STATE {status} for a reversal or half of a pair, POINTS_SHORT {balance} when it was spent */
  'points.reverse': define({ kind: 'mutation', needs: 'person', allow: adminHere, input: v.strictObject({ entryId: f.id, reason: f.words(80) }), output: posted }),
  /** A credit without a source, by an admin; above the policy's limit it waits for a second one. @throws OWN_CASE */
  'points.byHand': define({
    kind: 'mutation', needs: 'person', allow: adminHere, input: v.strictObject({ ownerId: f.id, amount, words: f.words(40), reason: f.words(120) }),
    output: v.strictObject({ byHandId: w.text, status: v.picklist(['waiting', 'approved']), entryId: v.nullable(w.text) }),
  }),
  /** Credits by hand, newest first; those that wait come first of all. `limit`: points from which a second admin is asked. */
  'points.byHandList': define({ kind: 'query', needs: 'person', allow: [{ role: 'admin', relation: 'none' }], input: v.strictObject({ cursor: f.cursor }), output: v.strictObject({ limit: v.number(), waiting: v.array(byHandView), items: v.array(byHandView), nextCursor: v.nullable(w.text) }) }),
  /** @throws SECOND_PERSON for who entered it, OWN_CASE, WRONG_STATE {status}, REASON_REQUIRED for a refusal without one */
  'points.byHandDecide': define({ kind: 'mutation', needs: 'person', allow: adminHere, input: v.strictObject({ byHandId: f.id, isApproved: v.boolean(), reason: f.optionalWords(120) }), output: v.strictObject({ status: v.picklist(['approved', 'refused']), entryId: v.nullable(w.text) }) }),
}

export const needContracts = {
  /** Open needs of my subdistrict, my own community first; staff see whose. */
  'need.list': define({ kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'none' }], input: v.strictObject({ mine: v.optional(v.boolean()) }), output: v.strictObject({ items: v.array(needView) }) }),
  /** By a social worker, with the elder's consent; `words` say what for, without a name. @throws UNVERIFIED, CONSENT_REQUIRED, ALREADY_BOOKED when one is open, CONTENT_REFUSED */
  'need.open': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'socialWorker', relation: 'community' }], input: v.strictObject({ elderId: f.id, words: f.words(80), wanted: f.count(1, 5_000), hasConsent: v.boolean() }), output: v.strictObject({ needId: w.text }) }),
  'need.close': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'socialWorker', relation: 'community' }], input: v.strictObject({ needId: f.id, words: f.words(80) }), output: w.done }),
}
