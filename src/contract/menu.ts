/** The menu service 你点我送: what is offered, an order, its organisation's desk, and what was delivered. */
import * as v from 'valibot'
import { menuParts, menuSorts } from '../domain/menu'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const orderFor = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'socialWorker', relation: 'community' }] as const
const staff = [{ role: 'careWorker', relation: 'none' }] as const
const theirs = [{ role: 'careWorker', relation: 'ofProvider' }] as const
const handOn = [{ role: 'socialWorker', relation: 'community' }] as const
const handStates = ['asked', 'lost', 'unlicensed'] as const
const theVisit = [{ role: 'careWorker', relation: 'provider' }] as const

const terms = {
  name: f.words(20), sort: v.picklist(menuSorts), unit: f.words(8), priceFen: f.count(0, 100_000), details: f.words(200), bring: v.pipe(v.array(f.words(30)), v.maxLength(6)),
  communityIds: v.pipe(v.array(f.id), v.minLength(1), v.maxLength(30)), weekdays: v.pipe(v.array(f.count(0, 6)), v.minLength(1), v.maxLength(7)), parts: v.pipe(v.array(v.picklist(menuParts)), v.minLength(1), v.maxLength(2)),
  perDay: f.count(1, 200), leadHours: f.count(12, 72), cancelHours: f.count(0, 48), daysAhead: f.count(1, 14),
}
const termsView = v.strictObject({
  name: w.text, sort: v.picklist(menuSorts), unit: w.text, priceFen: v.number(), details: w.text, bring: v.array(w.text), communityIds: v.array(w.text), weekdays: v.array(v.number()), parts: v.array(v.picklist(menuParts)),
  perDay: v.number(), leadHours: v.number(), cancelHours: v.number(), daysAhead: v.number(),
})
const offer = v.strictObject({
  offerId: w.text, providerId: w.text, providerName: w.text, isOffered: v.boolean(), terms: v.nullable(termsView),
  waiting: v.nullable(v.strictObject({ terms: termsView, byName: w.text, at: w.instant, mayDecide: v.boolean() })),
  decided: v.nullable(v.strictObject({ byName: w.text, at: w.instant, isApproved: v.boolean(), reason: v.nullable(w.text) })),
})
/** What the desk of an organisation needs of an order: who, what, when; of the address what the way needs. */
const orderRow = v.strictObject({ ...w.bookingBrief.entries, address: w.text, note: v.nullable(w.text), answerBy: v.nullable(w.instant), /** I was sent */ isMine: v.boolean(), acts: v.array(v.picklist(['accept', 'decline', 'assign'])) })
const ofMenu = v.strictObject({ offerId: w.text, providerName: w.text, name: w.text, sort: v.picklist(menuSorts), unit: w.text, priceFen: v.number(), details: w.text })
const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/))
const figure = v.strictObject({ providerId: w.text, providerName: w.text, offerId: w.text, offerName: w.text, communityId: w.text, communityName: w.text, /** verified */ services: v.number(), /** different elders among them */ people: v.number() })

export const menuContracts = {
  /** What is offered where this elder lives, by organisations that may take orders today. */
  'menu.show': define({ kind: 'query', needs: 'person', allow: orderFor, input: v.strictObject({ elderId: f.id }), output: v.strictObject({ elder: w.personBrief, offers: v.array(ofMenu) }) }),
  'menu.offer': define({
    kind: 'query', needs: 'person', allow: orderFor, input: v.strictObject({ elderId: f.id, offerId: f.id }),
    output: v.strictObject({
      elder: w.personBrief, address: v.nullable(w.text), offer: v.strictObject({ ...ofMenu.entries, bring: v.array(w.text), cancelHours: v.number(), isLicensed: v.boolean() }),
      days: v.array(v.strictObject({
        slotId: w.text, onDate: w.text, orderUntil: w.instant, remaining: v.number(), state: v.picklist(['free', 'full', 'past', 'closed', 'mine', 'away']),
        parts: v.array(v.strictObject({ part: v.picklist(menuParts), startsAt: w.instant, endsAt: w.instant, isFree: v.boolean() })),
      })),
    }),
  }),
  /** @throws LICENCE_EXPIRED {untilOn}, CUTOFF_PAST {until}, SLOT_FULL, SLOT_CLOSED, ALREADY_BOOKED, OTHER_COMMUNITY, PRICE_CHANGED {priceFen}, ADDRESS_MISSING, ELDER_BUSY, ELDER_AWAY */
  'menu.order': define({
    kind: 'mutation', needs: 'person', allow: orderFor,
    input: v.strictObject({ elderId: f.id, slotId: f.id, part: v.picklist(menuParts), /** the price on the screen */ seenPriceFen: f.count(0, 100_000), note: f.optionalWords(80) }), output: v.strictObject({ bookingId: w.text, number: w.text }),
  }),

  /**
   * To another time of the same offer; whoever accepted it is asked anew. Days are those of `menu.offer`.
   * @throws CANCEL_TOO_LATE {until}, REASON_REQUIRED, WRONG_STATE {status}, ALREADY_BOOKED, SLOT_PAST, LICENCE_EXPIRED {untilOn}, and what menu.order throws of the new time
   */
  'menu.move': define({ kind: 'mutation', needs: 'person', allow: orderFor, input: v.strictObject({ bookingId: f.id, slotId: f.id, part: v.picklist(menuParts), reason: f.optionalWords(80) }), output: w.done }),

  /** Orders of my communities that may go to another organisation: not answered yet, taken by nobody, or accepted by one whose licence has run out; the next day first. */
  'menu.toHandOn': define({
    kind: 'query', needs: 'person', allow: [{ role: 'socialWorker', relation: 'none' }], input: v.strictObject({}),
    output: v.strictObject({ orders: v.array(v.strictObject({ ...w.bookingBrief.entries, state: v.picklist(handStates), answerBy: v.nullable(w.instant) })), isPartial: v.boolean() }),
  }),
  /** Who offers the same at that time, and why an order cannot go there. @throws NOT_FOUND */
  'menu.takers': define({
    kind: 'query', needs: 'person', allow: handOn, input: v.strictObject({ bookingId: f.id }),
    output: v.strictObject({
      order: w.bookingBrief, providerId: w.text, /** null: it is in good hands */ state: v.nullable(v.picklist(handStates)), answerBy: v.nullable(w.instant),
      takers: v.array(v.strictObject({ slotId: w.text, providerId: w.text, providerName: w.text, phone: w.text, serviceName: w.text, priceFen: v.number(), remaining: v.number(), /** had it before and did not take it */ hadIt: v.boolean(), whyNot: v.nullable(v.picklist(['unlicensed', 'closed', 'late', 'dearer', 'theirs', 'full'])) })),
    }),
  }),
  /** `fromId`: whose it is on the screen; of two who hand on the same order one is heard. @throws WRONG_STATE {status}, LICENCE_EXPIRED {untilOn}, SLOT_FULL, SLOT_CLOSED, CUTOFF_PAST {until}, PRICE_CHANGED {priceFen}, ALREADY_BOOKED */
  'menu.handOn': define({ kind: 'mutation', needs: 'person', allow: handOn, input: v.strictObject({ bookingId: f.id, fromId: f.id, slotId: f.id }), output: w.done }),

  /** What waits for an answer, for a worker, and what is under way today. */
  'menu.desk': define({
    kind: 'query', needs: 'person', allow: staff, input: v.strictObject({}),
    output: v.strictObject({
      today: w.text, organisations: v.array(v.strictObject({ providerId: w.text, name: w.text, isLicensed: v.boolean(), licensedUntil: v.nullable(w.text), isEnding: v.boolean() })),
      colleagues: v.array(v.strictObject({ personId: w.text, name: w.text, providerId: w.text })),
      fresh: v.array(orderRow), unassigned: v.array(orderRow), underWay: v.array(orderRow),
    }),
  }),
  /** @throws WRONG_STATE {status}, LICENCE_EXPIRED {untilOn} */
  'menu.accept': define({ kind: 'mutation', needs: 'person', allow: theVisit, input: v.strictObject({ bookingId: f.id }), output: w.done }),
  /** Also of what was accepted, while nobody was sent. The next organisation is asked at once. @throws WRONG_STATE {status} */
  'menu.decline': define({ kind: 'mutation', needs: 'person', allow: theVisit, input: v.strictObject({ bookingId: f.id, words: f.words(80) }), output: w.done }),
  /** 出门了 @throws WRONG_STATE {status} */
  'menu.setOut': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'careWorker', relation: 'assigned' }], input: v.strictObject({ bookingId: f.id }), output: w.done }),
  /** Of an organisation whose licence has run out: what it accepted stands, or goes to another. @throws WRONG_STATE {status} */
  'menu.decideOrder': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'admin', relation: 'subdistrict' }], input: v.strictObject({ bookingId: f.id, isKept: v.boolean(), words: f.words(80) }), output: w.done }),

  /** Those of my organisations; of the subdistrict to an administrator. */
  'menu.offers': define({
    kind: 'query', needs: 'person', allow: [...staff, { role: 'admin', relation: 'none' }], input: v.strictObject({}),
    output: v.strictObject({ offers: v.array(offer), organisations: v.array(v.strictObject({ providerId: w.text, name: w.text, communities: v.array(w.community) })) }),
  }),
  /** A new offer, or another wording of one; it waits for an administrator. @throws BAD_INPUT {field}, WRONG_STATE */
  'menu.saveOffer': define({ kind: 'mutation', needs: 'person', allow: theirs, input: v.strictObject({ providerId: f.id, offerId: v.optional(f.id), ...terms }), output: v.strictObject({ offerId: w.text }) }),
  /** `seenAt`: which wording was looked at. @throws WRONG_STATE {status}, SECOND_PERSON, REASON_REQUIRED */
  'menu.decideOffer': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'admin', relation: 'subdistrict' }], input: v.strictObject({ offerId: f.id, seenAt: f.instant, isApproved: v.boolean(), reason: f.optionalWords(80) }), output: w.done }),
  /** Off the menu; what was ordered stands. @throws WRONG_STATE */
  'menu.stopOffer': define({ kind: 'mutation', needs: 'person', allow: [...theirs, { role: 'admin', relation: 'subdistrict' }], input: v.strictObject({ offerId: f.id }), output: w.done }),

  /** What was delivered and verified in a month, counted from the orders: to administrators all of it, to social workers their communities, to staff their own. */
  'menu.figures': define({
    kind: 'query', needs: 'person', allow: [...staff, { role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }], input: v.strictObject({ month }),
    output: v.strictObject({ month: w.text, figures: v.array(figure), services: v.number(), people: v.number(), /** more than one answer looks at */ isPartial: v.boolean() }),
  }),
  /** The orders behind one figure. */
  'menu.records': define({
    kind: 'query', needs: 'person', allow: [...staff, { role: 'socialWorker', relation: 'none' }, { role: 'admin', relation: 'none' }], input: v.strictObject({ month, providerId: f.id, offerId: f.id, communityId: f.id }),
    output: v.strictObject({ records: v.array(v.strictObject({ bookingId: w.text, number: w.text, elderName: w.text, serviceName: w.text, onDate: w.text, workerName: v.nullable(w.text), verifiedByName: w.text, outcome: v.picklist(w.bookingStatuses), priceFen: v.number() })) }),
  }),
}
