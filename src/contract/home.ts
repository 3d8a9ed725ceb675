/** The home screen: one call, and what comes next comes first. */
import * as v from 'valibot'
import { safetyReasons } from '../domain/safety-case'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

export const homeContracts = {
  'home.show': define({
    kind: 'query', needs: 'person',
    allow: [{ role: 'resident', relation: 'none' }],
    input: v.strictObject({ elderId: v.optional(f.id) }),
    output: v.strictObject({
      me: v.strictObject({ ...w.personBrief.entries, standing: v.picklist(['unverified', 'verified']), roles: v.array(w.roleGrant) }),
      subdistrictName: w.text,
      /** I moved out, or my family looks here after my death: everything was ended; absent: no */
      left: v.optional(v.picklist(['movedOut', 'died'])),
      /** those for whom I acted and whose things were ended: what was ended, and whom to call */
      farewells: v.optional(v.array(v.strictObject({ lifeEventId: w.text, name: w.text }))),
      dutyPhone: w.text,
      elders: v.array(w.elderChoice),
      /** the elder that the screen is about; null for someone who may act for nobody, not even themselves */
      elder: v.nullable(w.elderChoice),
      next: v.array(w.bookingBrief),
      /** how many come in all, those of `next` among them */
      comingCount: v.number(),
      /** bookings that wait for this viewer's word */
      toConfirm: v.array(w.bookingBrief),
      /** the next sitting that can be ordered and is not: the way to it stands first; null: none, or not mine to order */
      meal: v.nullable(v.strictObject({ onDate: w.text, sitting: v.picklist(['lunch', 'dinner']), startsAt: w.instant, orderUntil: w.instant, remaining: v.number() })),
      /** live cases of this elder, and of every elder whose alerts I get */
      safety: v.array(v.strictObject({ safetyCaseId: w.text, elderId: w.text, elderName: w.text, isMe: v.boolean(), reason: v.picklist(safetyReasons), openedAt: w.instant, takenByName: v.nullable(w.text), /** why somebody is looked for now */ newest: v.strictObject({ reason: v.picklist(safetyReasons), at: w.instant }) })),
      /** daily 报平安 of the elder on the screen; null: not opted in */
      daily: v.nullable(v.strictObject({ byMinute: v.number(), isDone: v.boolean() })),
      /** volunteers who come to this elder in the next days or are there now, and those whose work waits for this viewer's word (`asksMe`); the nearest first */
      helpers: v.array(v.strictObject({ shiftId: w.text, taskId: w.text, title: w.text, volunteerName: w.text, startsAt: w.instant, endsAt: w.instant, /** checked in */ isHere: v.boolean(), asksMe: v.boolean() })),
      /** the elder's passbook: what can be spent, and how many redemptions wait to be collected; null: no passbook yet, or not mine to look into */
      points: v.nullable(v.strictObject({ spendable: v.number(), openCodes: v.number() })),
      /** standing help that was offered to this elder and waits for the elder's side */
      pairsWaiting: v.array(v.strictObject({ pairId: w.text, title: w.text, volunteerName: w.text, weekday: v.number(), startMinute: v.number(), minutes: v.number() })),
      /** notices that ask this elder for an answer, or are worth a look, the most pressing first */
      notices: v.array(v.strictObject({ noticeId: w.text, title: w.text, asksMe: v.boolean(), isCorrected: v.boolean(), isWithdrawn: v.boolean() })),
      /** seats that are held for this elder until a time, the first to end first */
      offers: v.array(v.strictObject({ slotId: w.text, serviceName: w.text, startsAt: w.instant, endsAt: w.instant, offer: w.seatOffer })),
      /** delegation requests that wait for my own tap */
      requestsWaiting: v.array(v.strictObject({ delegationRequestId: w.text, fromName: w.text, kinship: w.text })),
    }),
  }),
}
