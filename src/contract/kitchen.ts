/** The kitchen's side: dishes, menus, orders growing, the frozen sheet, the counter, the runs. */
import * as v from 'valibot'
import { allergens, dietTags } from '../domain/diet'
import { mealWays, sittings } from '../domain/meal'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const staff = [{ role: 'kitchen', relation: 'ofProvider' }] as const
const sitting = v.picklist(sittings)
const dishOf = { name: f.words(16), sides: f.optionalWords(40), picture: v.pipe(v.string(), v.regex(/^[a-z-]{1,24}$/)), tags: v.pipe(v.array(v.picklist(dietTags)), v.maxLength(4)), allergens: v.pipe(v.array(v.picklist(allergens)), v.maxLength(9)), priceFen: f.count(100, 20_000), portions: f.count(1, 500) }
export const dish = v.strictObject({ dishId: w.text, name: w.text, sides: w.text, picture: w.text, tags: v.array(v.picklist(dietTags)), allergens: v.array(v.picklist(allergens)), priceFen: v.number(), portions: v.number(), isRetired: v.boolean() })
export const kitchenDay = v.strictObject({
  onDate: w.text, holidayName: v.nullable(w.text),
  sittings: v.array(v.strictObject({
    sitting, startsAt: w.instant, endsAt: w.instant, orderUntil: w.instant, sheet: v.picklist(['open', 'closing', 'frozen']),
    dishes: v.array(v.strictObject({ slotId: w.text, dishId: w.text, dishName: w.text, sides: w.text, picture: w.text, priceFen: v.number(), capacity: v.number(), ordered: v.number(), isOpen: v.boolean() })),
  })),
})
/** One order as the kitchen needs it. */
export const kitchenOrder = v.strictObject({
  bookingId: w.text, number: w.text, elderName: w.text, dishName: w.text, portions: v.number(), way: v.picklist(mealWays), siteName: v.nullable(w.text), communityName: w.text,
  avoid: v.array(v.picklist(allergens)), advice: v.array(v.picklist(dietTags)), note: v.nullable(w.text), status: v.picklist(w.bookingStatuses), payFen: v.number(), isPaid: v.boolean(),
  proposal: v.nullable(w.proposal),
})
export const runBrief = v.strictObject({ runId: w.text, communityName: w.text, courierId: v.nullable(w.text), courierName: v.nullable(w.text), stops: v.number(), done: v.number(), noContact: v.number(), startedAt: v.nullable(w.instant) })

export const kitchenContracts = {
  /** A week of the kitchen: what is offered and ordered, and what waits for its word. Without `kitchenId` the caller's first kitchen. */
  'kitchen.week': define({
    kind: 'query', needs: 'person', allow: [{ role: 'kitchen', relation: 'none' }], input: v.strictObject({ fromOn: v.optional(f.civilDate) }),
    output: v.strictObject({
      kitchenId: w.text, name: w.text, fromOn: w.text, previousOn: v.nullable(w.text), nextOn: v.nullable(w.text), days: v.array(kitchenDay), dishes: v.array(dish),
      /** changes after the cut-off that wait for the kitchen */
      asked: v.array(kitchenOrder),
      /** runs of today that nobody has taken, with how many doors are still to go to; with a week that holds today */
      waiting: v.array(v.strictObject({ runId: w.text, communityName: w.text, sitting, stops: v.number(), startsAt: w.instant })),
    }),
  }),
  /** A new dish, or one changed: its allergens only grow, another recipe is another dish. @throws ALLERGEN_HIDDEN {allergens}, CONTENT_REFUSED */
  'kitchen.saveDish': define({ kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ kitchenId: f.id, dishId: v.optional(f.id), ...dishOf, isRetired: v.optional(v.boolean()) }), output: v.strictObject({ dishId: w.text }) }),
  /** The menu of one sitting as it shall stand: dishes not named are taken off, unless they are ordered. @throws BELOW_HELD {held}, CUTOFF_PAST, SLOT_CLOSED on a holiday, BAD_INPUT */
  'kitchen.publish': define({
    kind: 'mutation', needs: 'person', allow: staff,
    input: v.strictObject({ kitchenId: f.id, onDate: f.civilDate, sitting, dishes: v.pipe(v.array(v.strictObject({ dishId: f.id, portions: f.count(1, 500), priceFen: f.count(100, 20_000) })), v.maxLength(8)) }), output: v.strictObject({ published: v.number() }),
  }),
  /** The menus of the seven days before, put on the seven from `toOn`; what stands there already, holidays and past cut-offs are left alone and named. */
  'kitchen.copyWeek': define({
    kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ kitchenId: f.id, toOn: f.civilDate }),
    output: v.strictObject({ copied: v.number(), left: v.array(v.strictObject({ onDate: w.text, sitting, reason: v.picklist(['holiday', 'past', 'published', 'retired']) })) }),
  }),
  /** One sitting: the sheet by dish, by diet and by site, the orders, the changes since it froze, and the runs. */
  'kitchen.sheet': define({
    kind: 'query', needs: 'person', allow: staff, input: v.strictObject({ kitchenId: f.id, onDate: f.civilDate, sitting }),
    output: v.strictObject({
      kitchenId: w.text, kitchenName: w.text, onDate: w.text, sitting, startsAt: w.instant, endsAt: w.instant, orderUntil: w.instant, state: v.picklist(['open', 'closing', 'frozen']), frozenAt: v.nullable(w.instant),
      portions: v.number(), orders: v.number(),
      dishes: v.array(v.strictObject({ dishName: w.text, portions: v.number(), /** since it froze: more or fewer */ changed: v.number() })),
      diets: v.array(v.strictObject({ dishName: w.text, avoid: v.array(v.picklist(allergens)), advice: v.array(v.picklist(dietTags)), portions: v.number() })),
      sites: v.array(v.strictObject({ siteName: w.text, way: v.picklist(mealWays), dishName: w.text, portions: v.number() })),
      lines: v.array(kitchenOrder), runs: v.array(runBrief), couriers: v.array(v.strictObject({ personId: w.text, name: w.text })),
    }),
  }),
  /** Consent to a change after the cut-off, or not. @throws WRONG_STATE, SLOT_FULL */
  'kitchen.answer': define({ kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ bookingId: f.id, agree: v.boolean(), words: f.optionalWords(80) }), output: w.done }),
  /** A dish has run out: another one is offered to the elder, who decides. @throws ALLERGEN, WRONG_STATE, SLOT_FULL */
  'kitchen.offerSubstitute': define({ kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ bookingId: f.id, slotId: f.id, words: f.words(80) }), output: w.done }),
  /** At the counter: the elder's code of this order (6), the card or slip (8). Records what is paid there. @throws DOOR_CODE_WRONG {left}, TOO_EARLY, WRONG_STATE */
  'kitchen.serve': define({ kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ bookingId: f.id, code: v.union([f.digits(6), f.digits(8)]), capturedAt: v.optional(f.instant) }), output: v.strictObject({ proof: v.picklist(w.proofs), payFen: v.number() }) }),
  /** Given to a courier of this kitchen, or to another one; no stop is lost. @throws NO_MATCH, OWN_CASE */
  'kitchen.giveRun': define({ kind: 'mutation', needs: 'person', allow: staff, input: v.strictObject({ runId: f.id, courierId: f.id }), output: w.done }),
}
