/** What points are spent on: rewards as people and administrators see them, the merchant's counter, and what is published of all of it. */
import * as v from 'valibot'
import { entryKinds, MOST_POINTS } from '../domain/ledger'
import { figures } from '../domain/points-report'
import { limitSpans, rewardKinds } from '../domain/reward'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const spender = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'spendPoints' }, { role: 'socialWorker', relation: 'community' }] as const
const admin = [{ role: 'admin', relation: 'none' }] as const
const adminHere = [{ role: 'admin', relation: 'subdistrict' }] as const
const merchant = [{ role: 'merchant', relation: 'none' }] as const
const ofMerchant = [{ role: 'merchant', relation: 'ofProvider' }] as const
const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/))
const code = f.digits(8)
const phone = v.pipe(v.string(), v.trim(), v.regex(/^[\d-]{7,20}$/))

const place = v.strictObject({ merchantId: w.text, name: w.text, address: w.text, phone: w.text })
/** A reward as somebody who could have it sees it. */
export const rewardView = v.strictObject({
  rewardId: w.text, kind: v.picklist(rewardKinds), name: w.text, words: w.text, icon: w.text, points: v.number(),
  /** `ready` 够换; `short` 还差 `short` 分; `unverified`: nothing is spent before a social worker has seen them */
  state: v.picklist(['ready', 'short', 'outOfStock', 'limitReached', 'notYet', 'unverified']),
  /** points that are missing; 0: none */
  short: v.number(),
  remaining: v.number(),
  /** how many one person may have, and how many are left; null: no limit */
  limit: v.nullable(v.strictObject({ count: v.number(), per: v.picklist(limitSpans), left: v.number() })),
  validFrom: w.text,
  /** last day on which it can be redeemed; null: until it is closed */
  validUntil: v.nullable(w.text),
  /** days after the one of the redemption within which it is collected; of care: until the visit */
  collectDays: v.number(),
  /** where it is collected; of care: who serves */
  merchants: v.array(place),
  /** care: book this service, then pay the visit with points; null for everything else */
  serviceItemId: v.nullable(w.text),
})

const perPerson = v.nullable(v.strictObject({ count: f.count(1, 30), per: v.picklist(limitSpans) }))
const ids = (max: number) => v.pipe(v.array(f.id), v.minLength(1), v.maxLength(max))
export const rewardTerms = v.strictObject({
  kind: v.picklist(rewardKinds), name: f.words(16), words: f.words(120), icon: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,24}$/)), points: f.count(1, MOST_POINTS), /** all there ever were: what is left, held and taken */ stock: f.count(0, 100_000), perPerson,
  validFrom: f.civilDate, validUntil: v.nullable(f.civilDate), merchantIds: ids(50), collectDays: f.count(1, 180), communityIds: ids(60), serviceItemId: v.nullable(f.id), /** what the merchant gets for one, fen */ settleFen: f.count(0, 10_000_000), isOpen: v.boolean(),
})
/** A reward as an administrator keeps it: remaining + held + taken = stock. */
export const rewardKept = v.strictObject({
  rewardId: w.text, kind: v.picklist(rewardKinds), name: w.text, words: w.text, icon: w.text, points: v.number(), stock: v.number(), remaining: v.number(), held: v.number(), taken: v.number(), perPerson: v.nullable(v.strictObject({ count: v.number(), per: v.picklist(limitSpans) })),
  validFrom: w.text, validUntil: v.nullable(w.text), merchantIds: v.array(w.text), collectDays: v.number(), communityIds: v.array(w.text), serviceItemId: v.nullable(w.text), settleFen: v.number(), isOpen: v.boolean(),
})

/** Something that was collected here; who collected it is nobody's business at the counter. */
export const settledLine = v.strictObject({
  entryId: w.text, at: w.instant, onDate: w.text, rewardName: w.text, points: v.number(), /** what the merchant gets, fen */ settleFen: v.number(), /** the colleague who settled it; of a visit who verified it */ byName: w.text, /** a visit that was paid with points */ isVisit: v.boolean(),
})
const settledTotals = v.strictObject({ count: v.number(), points: v.number(), settleFen: v.number() })
const mine = v.array(v.strictObject({ merchantId: w.text, name: w.text }))

const count = v.strictObject({ figure: v.picklist(figures), count: v.number(), points: v.number() })

export const rewardContracts = {
  /** What this person could have: what they can redeem now first, then by what is missing. Rewards that are closed, over or of other communities are not shown. */
  'reward.list': define({ kind: 'query', needs: 'person', allow: spender, input: v.strictObject({ personId: f.id }), output: v.strictObject({ balance: v.number(), items: v.array(rewardView) }) }),
  'reward.show': define({ kind: 'query', needs: 'person', allow: spender, input: v.strictObject({ personId: f.id, rewardId: f.id }), output: v.strictObject({ balance: v.number(), reward: rewardView }) }),
  /** Every reward with its stock, open ones first, and what a new one can be made of. */
  'reward.all': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}),
    output: v.strictObject({
      rewards: v.array(rewardKept), merchants: mine, communities: v.array(w.community),
      /** services that points can pay; a reward of care is collected at `providerId` */
      services: v.array(v.strictObject({ serviceItemId: w.text, name: w.text, providerId: w.text, providerName: w.text, priceFen: v.number() })),
    }),
  }),
  /** A new reward, or one changed; what was redeemed keeps the price and the place it had. @throws BELOW_HELD {held}, BAD_INPUT {field}, CONTENT_REFUSED */
  'reward.save': define({ kind: 'mutation', needs: 'person', allow: adminHere, input: v.strictObject({ rewardId: v.optional(f.id), ...rewardTerms.entries }), output: v.strictObject({ rewardId: w.text }) }),

  /**
   * What a code is for, before anything happens. Never remember the answer: ask again.
   * @throws VOUCHER_WRONG {left}, VOUCHER_USED {at, onDate}, VOUCHER_EXPIRED {at, isReturned}, VOUCHER_ELSEWHERE {names}, OWN_CASE, TOO_MANY_ATTEMPTS {until}
   */
  'merchant.check': define({
    kind: 'query', needs: 'person', allow: merchant, input: v.strictObject({ code }),
    output: v.strictObject({ rewardName: w.text, words: w.text, icon: w.text, kind: v.picklist(rewardKinds), points: v.number(), settleFen: v.number(), heldAt: w.instant, endsAt: w.instant, merchantId: w.text, merchantName: w.text }),
  }),
  /** 核销: from now on the code is used. @throws as merchant.check */
  'merchant.settleVoucher': define({
    kind: 'mutation', needs: 'person', allow: merchant, input: v.strictObject({ code }),
    output: v.strictObject({ entryId: w.text, rewardName: w.text, points: v.number(), settleFen: v.number(), at: w.instant, merchantId: w.text }),
  }),
  /** What was collected on a day, newest first. Without `merchantId` the caller's first merchant, without `onDate` today. */
  'merchant.today': define({
    kind: 'query', needs: 'person', allow: ofMerchant, input: v.strictObject({ merchantId: v.optional(f.id), onDate: v.optional(f.civilDate), cursor: f.cursor }),
    output: v.strictObject({ merchantId: w.text, merchantName: w.text, mine, onDate: w.text, items: v.array(settledLine), nextCursor: v.nullable(w.text), /** of the whole day; null on further pages */ totals: v.nullable(settledTotals) }),
  }),
  /** The month's settlement: rows oldest first, for the table that is exported, and what they come to. An administrator names the merchant or provider. */
  'merchant.month': define({
    kind: 'query', needs: 'person', allow: [...ofMerchant, ...adminHere], input: v.strictObject({ merchantId: v.optional(f.id), month, cursor: f.cursor }),
    output: v.strictObject({
      merchantId: w.text, merchantName: w.text, mine, month: w.text, items: v.array(settledLine), nextCursor: v.nullable(w.text),
      /** of the whole month; null on further pages */
      totals: v.nullable(settledTotals), rewards: v.nullable(v.array(v.strictObject({ rewardName: w.text, ...settledTotals.entries }))),
      /** there was more than could be added up at once */
      isPartial: v.boolean(),
    }),
  }),
  /** Merchants with their people, and the providers whose visits points can pay. */
  'merchant.list': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({}),
    output: v.strictObject({
      merchants: v.array(v.strictObject({ ...place.entries, isOpen: v.boolean(), staffNames: v.array(w.text), rewardNames: v.array(w.text) })),
      providers: v.array(v.strictObject({ merchantId: w.text, name: w.text, phone: w.text, rewardNames: v.array(w.text) })),
    }),
  }),
  /** A new merchant, or one changed. Closed: it is no longer shown as a place; what was redeemed for it before is still settled there. @throws CONTENT_REFUSED */
  'merchant.save': define({ kind: 'mutation', needs: 'person', allow: adminHere, input: v.strictObject({ merchantId: v.optional(f.id), name: f.words(20), phone, address: f.words(40), isOpen: v.boolean() }), output: v.strictObject({ merchantId: w.text }) }),

  /** What is published: by month, as of the last sealed day. Without `month` the newest. */
  'points.report': define({
    kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'none' }], input: v.strictObject({ month: v.optional(month) }),
    output: v.strictObject({
      /** null: nothing is published yet */
      month: v.nullable(w.text),
      /** months that are published, newest first, at most 24, each with what a small plot shows */
      months: v.array(v.strictObject({ month: w.text, earned: v.number(), collected: v.number(), outstanding: v.number() })),
      /** last day that counts, and whether the month is over */
      upToOn: v.nullable(w.text), isFinal: v.boolean(),
      /** points in all passbooks, of them kept for what is being collected; in the communities' pots; hours that nobody approved yet */
      outstanding: v.number(), held: v.number(), pots: v.number(), pending: v.number(),
      figures: v.array(count),
      /** doubts that were confirmed in the month: points taken back, and points missing because they were spent; `mayOpen`: the caller can open them */
      fraud: v.strictObject({ count: v.number(), taken: v.number(), shortBy: v.number(), mayOpen: v.boolean() }),
      /** average time from redeeming to collecting, ms; null: nothing was collected */
      waitMs: v.nullable(v.number()),
      /** what could be had for points on that day: worth of the rewards in stock, and how many percent of `outstanding` that is; null: nothing is outstanding */
      coverage: v.strictObject({ worth: v.number(), percent: v.nullable(v.number()), rewards: v.array(v.strictObject({ rewardId: w.text, name: w.text, icon: w.text, points: v.number(), remaining: v.number() })) }),
    }),
  }),
  /** The entries behind a figure, newest first, without anybody's name. `entryId` only to staff, who can open it. */
  'points.records': define({
    kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'none' }], input: v.strictObject({ month, figure: v.picklist(figures), cursor: f.cursor }),
    output: w.page(v.strictObject({ entryId: v.nullable(w.text), at: w.instant, onDate: w.text, kind: v.picklist(entryKinds), words: w.text, amount: v.number(), communityName: w.text })),
  }),
}
