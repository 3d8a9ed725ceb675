/** Meals 助餐 as an elder and the family see them: the menus, an order, its changes, and the month. */
import * as v from 'valibot'
import { allergens, dietTags } from '../domain/diet'
import { mealWays, paymentWays, sittings } from '../domain/meal'
import { MOST_PORTIONS } from '../domain/meal-policy'
import { awayWhys } from '../domain/away'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const forElder = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'socialWorker', relation: 'community' }] as const
const mayRead = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'resident', relation: 'delegate', scope: 'readCare' }, { role: 'socialWorker', relation: 'community' }] as const

const portions = f.count(1, MOST_PORTIONS)
const wish = { slotId: f.id, portions, way: v.picklist(mealWays), /** where it is eaten or fetched; needed unless it is carried home */ siteId: v.optional(f.id), /** the advice was read and the dish is wanted all the same */ despiteAdvice: v.optional(v.boolean()) }

export const dishView = v.strictObject({
  slotId: w.text, kitchenId: w.text, kitchenName: w.text, dishName: w.text, sides: w.text, picture: w.text, tags: v.array(v.picklist(dietTags)), allergens: v.array(v.picklist(allergens)),
  portionFen: v.number(), /** for one portion, with what the month has left */ quote: w.quote,
  capacity: v.number(), remaining: v.number(), ways: v.array(v.picklist(mealWays)), sites: v.array(w.mealSite), startsAt: w.instant, endsAt: w.instant, orderUntil: w.instant,
  /** `mine` is what is ordered; `taken`: another dish of this sitting is; `clash`: the elder is booked elsewhere */
  state: v.picklist(['free', 'full', 'past', 'closed', 'mine', 'taken', 'clash']),
  blockedBy: v.array(v.picklist(allergens)), against: v.array(v.picklist(dietTags)),
})
export const sittingView = v.strictObject({
  sitting: v.picklist(sittings), startsAt: w.instant, endsAt: w.instant, /** the latest cut-off among its kitchens */ orderUntil: w.instant,
  /** the elder's order in this sitting */
  bookingId: v.nullable(w.text), dishes: v.array(dishView),
  /** what to take by default: the first dish that is free, safe and fits the advice; null: none */
  suggestedSlotId: v.nullable(w.text),
})

export const mealContracts = {
  /** A week's menus of every kitchen that serves the elder's community, blocked and priced for this elder. */
  'meal.menus': define({
    kind: 'query', needs: 'person', allow: forElder, input: v.strictObject({ elderId: f.id, fromOn: v.optional(f.civilDate) }),
    output: v.strictObject({
      elder: w.personBrief, /** masked for staff; '' when none is registered */ address: w.text,
      /** null: at home */ away: v.nullable(v.picklist(awayWhys)),
      hasDiet: v.boolean(), monthUsedFen: v.number(), monthCapFen: v.nullable(v.number()), policyVersion: v.nullable(v.number()),
      fromOn: w.text, days: v.array(v.strictObject({ onDate: w.text, holidayName: v.nullable(w.text), sittings: v.array(sittingView) })),
      previousOn: v.nullable(w.text), nextOn: v.nullable(w.text),
      /** what to show first: the next sitting that can be ordered and is not; null: none */
      suggested: v.nullable(v.strictObject({ onDate: w.text, sitting: v.picklist(sittings) })),
      /** how the last order was taken, so that it need not be chosen again */
      lastWay: v.nullable(v.picklist(mealWays)), lastSiteId: v.nullable(w.text), lastPayment: v.nullable(v.picklist(paymentWays)),
    }),
  }),
  /** @throws CUTOFF_PAST {until}, SLOT_FULL {remaining}, SLOT_CLOSED, ALLERGEN {allergens}, DIET_ADVICE {advice}, ELDER_AWAY {why}, ADDRESS_MISSING, ALREADY_BOOKED, ELDER_BUSY, IDENTITY_REQUIRED, WAY_MISSING */
  'meal.order': define({
    kind: 'mutation', needs: 'person', allow: forElder,
    input: v.strictObject({ elderId: f.id, ...wish, payment: v.picklist(paymentWays), note: f.optionalWords(80), asked: f.asked }),
    output: v.strictObject({ bookingId: w.text, number: w.text, quote: w.quote }),
  }),
  /** Several days in one go: each is ordered or says why not. */
  'meal.orderSeveral': define({
    kind: 'mutation', needs: 'person', allow: forElder,
    input: v.strictObject({ elderId: f.id, orders: v.pipe(v.array(v.strictObject(wish)), v.minLength(1), v.maxLength(14)), payment: v.picklist(paymentWays), asked: f.asked }),
    output: v.strictObject({
      ordered: v.array(v.strictObject({ slotId: w.text, bookingId: w.text, number: w.text, quote: w.quote })),
      refused: v.array(v.strictObject({ slotId: w.text, code: w.text })),
    }),
  }),
  /** Same as last week: for each meal of the last seven days the same dish a week later, or the safe one nearest to it; to be looked at before anything is ordered. */
  'meal.again': define({
    kind: 'query', needs: 'person', allow: forElder, input: v.strictObject({ elderId: f.id }),
    output: v.strictObject({
      proposals: v.array(v.strictObject({
        onDate: w.text, sitting: v.picklist(sittings), lastDishName: w.text, portions: v.number(), way: v.picklist(mealWays), siteId: v.nullable(w.text),
        /** null: nothing can be ordered, and why */
        dish: v.nullable(dishView), isSame: v.boolean(), reason: v.nullable(v.picklist(['ordered', 'noMenu', 'closed', 'past', 'full', 'notSafe'])),
      })),
    }),
  }),
  /** Before the cut-off: another dish of the same sitting, other portions, another way. The new portion is taken before the old one is given back. @throws as meal.order, WRONG_STATE */
  'meal.change': define({ kind: 'mutation', needs: 'person', allow: forElder, input: v.strictObject({ bookingId: f.id, ...wish, asked: f.asked }), output: v.strictObject({ quote: w.quote }) }),
  /** After the cut-off: asks the kitchen. @throws WRONG_STATE */
  'meal.askKitchen': define({
    kind: 'mutation', needs: 'person', allow: forElder,
    input: v.strictObject({ bookingId: f.id, wish: v.variant('what', [v.strictObject({ what: v.literal('cancel') }), v.strictObject({ what: v.literal('change'), ...wish })]), words: f.optionalWords(80) }), output: w.done,
  }),
  /** The elder's consent to another dish. @throws WRONG_STATE, ALLERGEN */
  'meal.answerSubstitute': define({ kind: 'mutation', needs: 'person', allow: forElder, input: v.strictObject({ bookingId: f.id, accept: v.boolean() }), output: w.done }),
  /** 收到了: the elder's side of the proof. @throws WRONG_STATE, OWN_CASE */
  'meal.received': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }], input: v.strictObject({ bookingId: f.id }), output: w.done }),
  /** A month of meals: what was eaten, what the subdistrict paid, what is on the bill. @throws IDENTITY_REQUIRED */
  'meal.month': define({
    kind: 'query', needs: 'person', allow: mayRead, input: v.strictObject({ elderId: f.id, month: v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/)), asked: f.asked }),
    output: v.strictObject({
      elder: w.personBrief, month: w.text, capFen: v.nullable(v.number()),
      rows: v.array(v.strictObject({ bookingId: w.text, onDate: w.text, sitting: v.picklist(sittings), dishName: w.text, portions: v.number(), status: v.picklist(w.bookingStatuses), quote: w.quote, payment: v.picklist(paymentWays), isPaid: v.boolean(), /** counted: delivered, or still to come */ counts: v.boolean() })),
      total: v.strictObject({ meals: v.number(), priceFen: v.number(), subsidyFen: v.number(), payFen: v.number(), atSiteFen: v.number(), billFen: v.number() }),
    }),
  }),
  /** @throws IDENTITY_REQUIRED */
  'diet.show': define({
    kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'readCare' }, { role: 'socialWorker', relation: 'community' }], input: v.strictObject({ elderId: f.id, asked: f.asked }),
    output: v.strictObject({ elder: w.personBrief, diet: v.nullable(v.strictObject({ allergens: v.array(v.picklist(allergens)), advice: v.array(v.picklist(dietTags)), consentAt: w.instant, consentHow: v.picklist(['elderTap', 'counter']) })) }),
  }),
  /** With consent it is kept, without it is removed everywhere. The elder consents by their own tap or to a social worker; family may only edit what was consented to. @throws CONSENT_REQUIRED, IDENTITY_REQUIRED */
  'diet.set': define({
    kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'readCare' }, { role: 'socialWorker', relation: 'community' }],
    input: v.strictObject({ elderId: f.id, consent: v.boolean(), allergens: v.pipe(v.array(v.picklist(allergens)), v.maxLength(9)), advice: v.pipe(v.array(v.picklist(dietTags)), v.maxLength(4)), asked: f.asked }), output: w.done,
  }),
}
