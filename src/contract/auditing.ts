/** Whether everything adds up, for anybody to see: 今日总账, the day's seals, doubts and what came of them; honours and votes. */
import * as v from 'valibot'
import { concerns, flagRules } from '../domain/fraud'
import { unfitHows } from '../domain/seal'
import { lawCheck } from './admin'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const anybody = [{ role: 'resident', relation: 'none' }] as const
const auditors = [{ role: 'admin', relation: 'none' }, { role: 'socialWorker', relation: 'none' }] as const
const admin = [{ role: 'admin', relation: 'none' }] as const
const ours = [{ role: 'admin', relation: 'subdistrict' }, { role: 'socialWorker', relation: 'community' }] as const
const oursAdmin = [{ role: 'admin', relation: 'subdistrict' }] as const
const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/))
const year = v.pipe(v.string(), v.regex(/^20\d{2}$/))
const unfit = v.strictObject({ entryId: w.text, onDate: w.text, how: v.picklist(unfitHows) })

/** One day of the ledger as anybody may compare it. */
export const sealBrief = v.strictObject({ onDate: w.text, entries: v.number(), /** points that people were given, and that left their passbooks, on that day */ given: v.number(), spent: v.number(), /** 8 signs in two groups, to be compared aloud */ shortHash: w.text })
/** A check as residents read it: in words, whether it holds, and over how many documents. */
export const plainCheck = v.strictObject({ law: w.text, holds: v.boolean(), checked: v.number() })

const flagBrief = {
  flagId: w.text, rule: v.picklist(flagRules), status: v.picklist(['open', 'dismissed', 'confirmed']), /** what was noticed, with its numbers, without names */ words: w.text,
  people: v.array(v.strictObject({ personId: w.text, name: w.text, /** as what they are concerned */ as: v.picklist(concerns) })),
  communityName: w.text, at: w.instant, entries: v.number(), points: v.number(),
}
const candidate = v.strictObject({ candidateId: f.id, name: f.words(20), words: f.words(80) })

export const ledgerContracts = {
  /** 今日总账: whether everything adds up, in plain words, for any resident. */
  'ledger.public': define({
    kind: 'query', needs: 'person', allow: anybody, input: v.strictObject({ /** also what is held at this moment: more to read than the rest */ withHeld: v.optional(v.boolean()) }),
    output: v.strictObject({
      /** held for what waits to be collected at this moment, whatever the last seal says; left out unless it is asked for; null: more passbooks than one answer counts */
      heldNow: v.optional(v.nullable(v.number())),
      /** `allTrue` 两清; `lookedAt`: something does not fit and is being looked at; `notYet`: nothing was checked so far */
      state: v.picklist(['allTrue', 'lookedAt', 'notYet']),
      /** when the check was finished, and when the entries up to `sealedOn` were sealed */
      checkedAt: v.nullable(w.instant), sealedOn: v.nullable(w.text), sealedAt: v.nullable(w.instant), shortHash: v.nullable(w.text),
      /** the first day that does not fit its seal, and how; null: every day does */
      unfitOn: v.nullable(w.text), unfitHow: v.nullable(v.picklist(unfitHows)),
      /** up to and including `sealedOn` */
      entries: v.number(),
      sums: v.strictObject({ /** ever given out and not taken back */ issued: v.number(), /** in passbooks, to spend */ spendable: v.number(), /** kept for what is being collected */ held: v.number(), /** hours that wait for a second person */ pending: v.number(), /** in the communities' pots */ pots: v.number(), /** spent at merchants and providers */ spent: v.number(), expired: v.number(), /** on the way between two passbooks */ onTheWay: v.number() }),
      checks: v.array(plainCheck),
      /** the last sealed days, newest first, at most 7 */
      days: v.array(sealBrief),
    }),
  }),
  /**
   * Goes on with a check over everything, or begins one. A long one takes several calls: call again while not `isFinished`.
   * @throws TOO_MANY_ATTEMPTS {until} when one was finished within the last minutes
   */
  'ledger.check': define({
    kind: 'mutation', needs: 'person', allow: auditors, input: v.strictObject({ /** from the beginning, even if one is under way */ isAnew: v.optional(v.boolean()) }),
    output: v.strictObject({ isFinished: v.boolean(), at: w.instant, /** entries looked at so far */ entries: v.number(), /** empty until it is finished */ checks: v.array(lawCheck), /** the first entry that does not fit its seal */ unfit: v.nullable(unfit) }),
  }),
  /** One day's seal. Staff also hear whether the entries still fit it, looked at now. @throws NOT_FOUND for a day that is not sealed */
  'ledger.seal': define({
    kind: 'query', needs: 'person', allow: [...auditors, ...anybody], input: v.strictObject({ onDate: f.civilDate }),
    output: v.strictObject({
      onDate: w.text, sealedAt: w.instant, entries: v.number(), hash: w.text, shortHash: w.text, /** of the day before; null for the first */ before: v.nullable(w.text),
      kinds: v.array(v.strictObject({ kind: w.text, count: v.number(), points: v.number() })), isStoredApart: v.boolean(),
      /** null for residents: not looked at */
      look: v.nullable(v.strictObject({ fits: v.boolean(), unfit: v.nullable(unfit), /** the copy that is kept apart says the same; null: there is none yet */ copyFits: v.nullable(v.boolean()), /** the day has more entries than one look takes; the nightly check covers them */ isPartial: v.boolean() })),
    }),
  }),
}

export const flagContracts = {
  'flag.list': define({ kind: 'query', needs: 'person', allow: auditors, input: v.strictObject({ status: v.picklist(['open', 'decided']), cursor: f.cursor }), output: w.page(v.strictObject(flagBrief)) }),
  /** Opens the entries behind a doubt. */
  'flag.show': define({
    kind: 'query', needs: 'person', allow: ours, input: v.strictObject({ flagId: f.id }),
    output: v.strictObject({
      ...flagBrief,
      lines: v.array(v.strictObject({
        entryId: w.text, at: w.instant, onDate: w.text, words: w.text, amount: v.number(), ownerName: w.text, aboutName: v.nullable(w.text), /** who verified or entered it */ byName: w.text,
        evidence: v.strictObject({ what: w.text, id: w.text }), /** when the service began and ended, where that is known */ from: v.nullable(w.instant), until: v.nullable(w.instant), placeName: v.nullable(w.text), isReversed: v.boolean(),
      })),
      decided: v.nullable(v.strictObject({ byName: w.text, at: w.instant, reason: w.text, /** entries taken back, points taken back, and points that were spent already */ reversed: v.number(), taken: v.number(), shortBy: v.number() })),
      /** what this viewer may do: an admin who is not concerned decides */
      acts: v.array(v.picklist(['dismiss', 'confirm'])),
    }),
  }),
  /** Confirmed: every entry named (left out: all of the flag) is reversed, as far as the points are still there. @throws OWN_CASE, WRONG_STATE {status}, BAD_INPUT {field: 'entryIds'} */
  'flag.decide': define({
    kind: 'mutation', needs: 'person', allow: oursAdmin,
    input: v.strictObject({ flagId: f.id, decision: v.picklist(['dismissed', 'confirmed']), reason: f.words(120), entryIds: v.optional(v.pipe(v.array(f.id), v.minLength(1), v.maxLength(100))) }),
    output: v.strictObject({ reversed: v.number(), taken: v.number(), shortBy: v.number() }),
  }),
}

export const honourContracts = {
  /** 五最四星、志愿之星 of a month or a year, as composed after it was over. */
  'honour.list': define({
    kind: 'query', needs: 'person', allow: anybody, input: v.strictObject({ month: v.optional(month), year: v.optional(year) }),
    output: v.strictObject({
      /** 'YYYY-MM' or 'YYYY'; without input the newest month that has a list */
      period: w.text, isComposed: v.boolean(), /** the months and years that have a list, newest first */ periods: v.array(w.text),
      lists: v.array(v.strictObject({
        categoryId: w.text, name: w.text, /** 最, 星 or 志愿之星 */ group: v.picklist(['most', 'star', 'volunteer']), /** what is counted: 服务次数 */ measure: w.text, unit: w.text,
        /** equal values share a rank */
        rows: v.array(v.strictObject({ rank: v.number(), name: w.text, communityName: w.text, value: v.number(), isMe: v.boolean(), isTie: v.boolean(), /** of the certificate; only on my own row, and that of a group I lead */ certificateNumber: v.nullable(w.text) })),
      })),
      /** what a certificate is signed with: who gives it, and the day on which the list was made */
      subdistrictName: w.text, composedOn: v.nullable(w.text),
      /** the caller asked not to be listed */
      isOptedOut: v.boolean(),
    }),
  }),
  'honour.optOut': define({ kind: 'mutation', needs: 'person', allow: anybody, input: v.strictObject({ isOut: v.boolean() }), output: w.done }),

  'poll.list': define({
    kind: 'query', needs: 'person', allow: anybody, input: v.strictObject({}),
    output: v.strictObject({ polls: v.array(v.strictObject({ pollId: w.text, title: w.text, closesOn: w.text, state: v.picklist(['open', 'counting', 'closed']), categories: v.number(), /** in how many of them I voted */ voted: v.number() })) }),
  }),
  /** How many voted for whom is told only when it is closed. */
  'poll.show': define({
    kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'none' }], input: v.strictObject({ pollId: f.id }),
    output: v.strictObject({
      pollId: w.text, title: w.text, words: w.text, closesOn: w.text, state: v.picklist(['open', 'counting', 'closed']), closedReason: v.nullable(w.text),
      categories: v.array(v.strictObject({
        categoryId: w.text, name: w.text, myCandidateId: v.nullable(w.text),
        candidates: v.array(v.strictObject({ candidateId: w.text, name: w.text, words: w.text, /** null until it is closed */ votes: v.nullable(v.number()), isFirst: v.boolean() })),
      })),
      mayVote: v.boolean(),
    }),
  }),
  /** One vote per person and category, not taken back. @throws WRONG_STATE {status} when it is closed, LIMIT_REACHED after a vote in this category, UNVERIFIED, BAD_INPUT {field} */
  'poll.vote': define({ kind: 'mutation', needs: 'person', allow: anybody, input: v.strictObject({ pollId: f.id, categoryId: f.id, candidateId: f.id }), output: w.done }),
  /** @throws BAD_INPUT {field}: it closes tomorrow at the earliest, and every category has two candidates or more with ids of their own */
  'poll.open': define({
    kind: 'mutation', needs: 'person', allow: admin,
    input: v.strictObject({ title: f.words(30), words: f.words(200), closesOn: f.civilDate, categories: v.pipe(v.array(v.strictObject({ categoryId: f.id, name: f.words(20), candidates: v.pipe(v.array(candidate), v.minLength(2), v.maxLength(30)) })), v.minLength(1), v.maxLength(12)) }),
    output: v.strictObject({ pollId: w.text }),
  }),
  /** Before its date, with a reason that everybody reads. @throws WRONG_STATE */
  'poll.close': define({ kind: 'mutation', needs: 'person', allow: oursAdmin, input: v.strictObject({ pollId: f.id, reason: f.words(80) }), output: w.done }),
}
