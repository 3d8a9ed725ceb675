/** Safety cases 安全事件, 一键呼叫 and the daily 报平安 (law 4). */
import * as v from 'valibot'
import { askedKinds } from '../domain/ladder'
import { findings, safetyReasons } from '../domain/safety-case'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const onLadder = [{ role: 'resident', relation: 'delegate', scope: 'alerts' }, { role: 'socialWorker', relation: 'community' }, { role: 'socialWorker', relation: 'named' }, { role: 'admin', relation: 'subdistrict' }] as const
const forElder = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'alerts' }, { role: 'socialWorker', relation: 'community' }] as const
const caseId = f.id
const reason = v.picklist(safetyReasons)

/** A case in a list. */
export const safetyCase = v.strictObject({
  safetyCaseId: w.text, status: v.picklist(['open', 'taken', 'closed']), elderId: w.text, elderName: w.text, age: v.number(), livesAlone: v.boolean(), communityName: w.text,
  openedAt: w.instant, reason, words: w.text, takenByName: v.nullable(w.text), takenByMe: v.boolean(), bookingId: v.nullable(w.text),
  family: v.array(v.strictObject({ personId: w.text, name: w.text, kinship: w.text })),
  /** whom the clock has come to, in words of the ladder, and when it goes on */
  rung: v.nullable(v.strictObject({ kind: v.picklist(askedKinds), name: w.text, kinship: v.nullable(w.text) })), nextAt: v.nullable(w.instant), isNight: v.boolean(),
  /** why somebody is looked for now: the case's own reason, or what was missed or asked for since */
  newest: v.strictObject({ reason, at: w.instant, words: w.text }),
})
export const caseLine = v.strictObject({
  what: v.picklist(['opened', 'pressedAgain', 'missedAgain', 'saysFine', 'goesRound', 'rung', 'taken', 'noAnswer', 'spoke', 'onTheWay', 'called120', 'closed']), at: w.instant, byName: w.text, byMe: v.boolean(), as: v.picklist(w.actorKinds), kinship: v.nullable(w.text),
  rung: v.nullable(v.strictObject({ kind: v.picklist(askedKinds), name: w.text, kinship: v.nullable(w.text) })), words: v.nullable(w.text),
})
const minutes = v.nullable(v.number())

export const safetyContracts = {
  /** Help is asked for: one live case however often it is pressed. For somebody else only with the right to be alerted, or at the counter's telephone. */
  'safety.call': define({ kind: 'mutation', needs: 'person', allow: forElder, input: v.strictObject({ elderId: f.id, words: f.optionalWords(80) }), output: v.strictObject({ safetyCaseId: w.text, isNew: v.boolean() }) }),
  /** The same live case for everyone on the ladder, and for the elder. */
  'safety.show': define({
    kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, ...onLadder], input: v.strictObject({ safetyCaseId: caseId }),
    output: v.strictObject({
      ...safetyCase.entries, as: v.picklist(['elder', 'family', 'socialWorker', 'admin']), dutyPhone: w.text,
      timeline: v.array(caseLine),
      /** the ladder of the round under way with the time of each rung; `round` counts from 1, `rungsBefore` those of earlier rounds */
      round: v.number(), rungsBefore: v.number(),
      rungs: v.array(v.strictObject({ kind: v.picklist(askedKinds), name: w.text, kinship: v.nullable(w.text), at: w.instant, isReached: v.boolean() })),
      closed: v.nullable(v.strictObject({ at: w.instant, byName: w.text, how: v.picklist(['seenInPerson', 'familyConfirmed', 'died']), words: w.text, finding: v.picklist(findings), seenAt: v.nullable(w.instant) })),
      acts: v.array(v.picklist(['take', 'report', 'close', 'saysFine'])), takenById: v.nullable(w.text),
    }),
  }),
  /** Atomic: `takenById` is who had it when the page was read. @throws ALREADY_TAKEN {name}, WRONG_STATE */
  'safety.take': define({ kind: 'mutation', needs: 'person', allow: onLadder, input: v.strictObject({ safetyCaseId: caseId, takenById: v.nullable(f.id) }), output: w.done }),
  'safety.report': define({ kind: 'mutation', needs: 'person', allow: onLadder, input: v.strictObject({ safetyCaseId: caseId, what: v.picklist(['noAnswer', 'spoke', 'onTheWay', 'called120']), words: f.optionalWords(120) }), output: w.done }),
  /** The elder's own word: it is heard, and somebody still makes sure. */
  'safety.saysFine': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'self' }], input: v.strictObject({ safetyCaseId: caseId }), output: w.done }),
  /** Closes only with "seen in person" (by staff), or a reason that the family confirmed: named by staff, or by the family member's own tap. @throws OWN_CASE, NO_MATCH, WRONG_STATE, SEEN_BEFORE_ALARM {at} */
  'safety.close': define({
    kind: 'mutation', needs: 'person', allow: onLadder,
    input: v.strictObject({
      safetyCaseId: caseId,
      how: v.variant('by', [
        v.strictObject({ by: v.literal('seenInPerson'), words: f.words(120), finding: v.picklist(findings), seenAt: f.instant }),
        v.strictObject({ by: v.literal('familyConfirmed'), familyPersonId: f.id, words: f.words(120), finding: v.picklist(findings) }),
      ]),
    }),
    output: w.done,
  }),
  /** How long doors stayed unanswered: counts and minutes between two days, and the cases behind them, longest first. */
  'safety.figures': define({
    kind: 'query', needs: 'person', allow: [{ role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }], input: v.strictObject({ fromOn: f.civilDate, untilOn: f.civilDate }),
    output: v.strictObject({
      placeNames: v.array(w.text), opened: v.number(), stillOpen: v.number(), falseAlarms: v.number(),
      /** by alarm: a case that heard several counts under each */
      byReason: v.array(v.strictObject({ reason, count: v.number(), falseAlarms: v.number(), neededHelp: v.number(), fine: v.number(), stillOpen: v.number(), medianMinutesToTaken: minutes, medianMinutesToClosed: minutes, longestMinutes: minutes })),
      byCommunity: v.array(v.strictObject({ communityName: w.text, count: v.number(), medianMinutesToClosed: minutes })),
      /** how many were closed within 15, 30, 60 and 120 minutes, or later */
      within: v.array(v.strictObject({ minutes: v.nullable(v.number()), count: v.number() })),
      cases: v.array(v.strictObject({ safetyCaseId: w.text, elderName: w.text, communityName: w.text, reason, openedAt: w.instant, minutesToTaken: minutes, minutesToClosed: minutes, finding: v.nullable(v.picklist(findings)) })),
    }),
  }),
  /** 报平安: by the elder, by family who spoke to them, or told to a social worker on the telephone. */
  'well.check': define({ kind: 'mutation', needs: 'person', allow: forElder, input: v.strictObject({ elderId: f.id }), output: v.strictObject({ nextAt: v.nullable(w.instant) }) }),
  /** Opting in or out, and by when. Only the elder, or a social worker for them. */
  'well.setDaily': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, { role: 'socialWorker', relation: 'community' }], input: v.strictObject({ elderId: f.id, byMinute: v.nullable(f.count(5 * 60, 21 * 60)) }), output: w.done }),
  'well.show': define({ kind: 'query', needs: 'person', allow: forElder, input: v.strictObject({ elderId: f.id }), output: v.strictObject({ elder: w.personBrief, byMinute: v.nullable(v.number()), lastWellAt: v.nullable(w.instant), nextAt: v.nullable(w.instant), safetyCaseId: v.nullable(w.text) }) }),
}
