/** Beds: stays by the night, and the board of the house that receives the elders. Half a day is booked like a visit (booking.book). */
import * as v from 'valibot'
import { bedSorts } from '../domain/bed-terms'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const lookFor = [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'socialWorker', relation: 'community' }] as const
const staff = [{ role: 'careWorker', relation: 'none' }, { role: 'admin', relation: 'none' }] as const
const house = [{ role: 'careWorker', relation: 'ofProvider' }] as const
/** without a code it is the staff's word, which is weaker */
const atTheHouse = { bookingId: f.id, code: v.optional(v.union([f.digits(6), f.digits(8)])) }

const night = v.strictObject({
  slotId: w.text, onDate: w.text, startsAt: w.instant, endsAt: w.instant, capacity: v.number(), remaining: v.number(), state: v.picklist(['free', 'full', 'past', 'closed', 'mine', 'clash', 'unstaffed']), holidayName: v.nullable(w.text),
  priceFen: v.number(), subsidyFen: v.number(), forResidents: v.nullable(v.number()),
})
/** Somebody on the board: a name and what receiving them needs, nothing else. */
const guest = v.strictObject({
  bookingId: w.text, elderName: w.text, status: v.picklist(w.bookingStatuses), slotId: w.text, fromOn: w.text, toOn: w.text, startsAt: w.instant, endsAt: w.instant,
  bedNo: v.nullable(v.number()), /** the bed that the board has for them; null: none fits all the while */ placedIn: v.nullable(v.number()), note: v.nullable(w.text),
  /** health, with consent, of who is there or comes today */
  careNotes: v.nullable(w.text), arrivesToday: v.boolean(), leavesToday: v.boolean(), /** beds nobody lies in, the best first; of who comes today */ freeBeds: v.array(v.number()),
})

export const bedContracts = {
  /** Every night that is open, each with why it can or cannot be had, the price and the subsidy. */
  'stay.show': define({
    kind: 'query', needs: 'person', allow: lookFor, input: v.strictObject({ elderId: f.id, serviceItemId: f.id }),
    output: v.strictObject({
      elder: w.personBrief, isVerified: v.boolean(), mostNights: v.number(), reasons: w.bedQuote.entries.reasons,
      service: v.strictObject({ ...w.serviceBrief.entries, details: w.text, cancelHours: v.number(), sort: v.picklist(bedSorts), bring: v.array(w.text) }),
      nights: v.array(night),
    }),
  }),
  /**
   * Nights `[fromOn, toOn)`, all or none: account, elder, nights, a seat in each, the elder's time, the booking.
   * @throws BAD_INPUT {field}, STAY_LENGTH {most}; with {onDate}: SLOT_CLOSED, SLOT_FULL, SLOT_PAST, NO_TRAINED_STAFF, ALREADY_BOOKED; ELDER_BUSY, OTHER_COMMUNITY, LIMIT_OF_SERVICE
   */
  'stay.book': define({
    kind: 'mutation', needs: 'person', allow: lookFor,
    input: v.strictObject({ elderId: f.id, serviceItemId: f.id, fromOn: f.civilDate, toOn: f.civilDate, note: f.optionalWords(80), beyondLimit: f.optionalWords(80) }), output: v.strictObject({ bookingId: w.text, number: w.text }),
  }),
  /** To a later day of leaving: the nights between, all or none. @throws as stay.book, WRONG_STATE */
  'stay.extend': define({ kind: 'mutation', needs: 'person', allow: lookFor, input: v.strictObject({ bookingId: f.id, toOn: f.civilDate }), output: w.done }),
  /** To an earlier day of leaving; the later nights are others'. @throws BAD_INPUT {field}, SLOT_PAST for a night that has begun, WRONG_STATE */
  'stay.leaveEarly': define({ kind: 'mutation', needs: 'person', allow: lookFor, input: v.strictObject({ bookingId: f.id, toOn: f.civilDate, reason: f.optionalWords(80) }), output: w.done }),
  /** The services with beds of my house; of the subdistrict to an administrator. */
  'bed.services': define({
    kind: 'query', needs: 'person', allow: staff, input: v.strictObject({}),
    output: v.strictObject({ services: v.array(v.strictObject({ serviceItemId: w.text, name: w.text, providerName: w.text, sort: v.picklist(bedSorts), kind: v.picklist(w.kinds) })) }),
  }),
  /** Two weeks of one service: every night or half-day with its beds, who lies where, who comes and who leaves today. */
  'bed.board': define({
    kind: 'query', needs: 'person', allow: [...house, { role: 'admin', relation: 'subdistrict' }], input: v.strictObject({ serviceItemId: f.id, fromOn: v.optional(f.civilDate) }),
    output: v.strictObject({
      serviceName: w.text, providerName: w.text, sort: v.picklist(bedSorts), kind: v.picklist(w.kinds), today: w.text, fromOn: w.text, beds: v.number(), mayReceive: v.boolean(), isTrained: v.boolean(),
      slots: v.array(v.strictObject({
        slotId: w.text, onDate: w.text, startsAt: w.instant, endsAt: w.instant, capacity: v.number(), held: v.number(), isOpen: v.boolean(),
        /** trained staff on shift; null where none is needed */
        trained: v.nullable(v.array(w.text)), isMine: v.boolean(),
      })),
      guests: v.array(guest),
    }),
  }),
  /** @throws WRONG_STATE, TOO_EARLY {from}, BED_TAKEN {bedNo}, BAD_INPUT {field} for a bed that is not there, NO_TRAINED_STAFF, DOOR_CODE_WRONG {left}, OWN_CASE for family */
  'bed.arrive': define({ kind: 'mutation', needs: 'person', allow: house, input: v.strictObject({ ...atTheHouse, bedNo: f.count(1, 500) }), output: w.done }),
  /** Nights that have not begun are given back. @throws WRONG_STATE, DOOR_CODE_WRONG {left}, DOOR_CODE_USED, OWN_CASE */
  'bed.depart': define({ kind: 'mutation', needs: 'person', allow: house, input: v.strictObject(atTheHouse), output: w.done }),
  /** Comes on shift for one night, or goes. @throws SKILL_MISSING for who is not trained, NO_TRAINED_STAFF {held} when elders would be left alone, NOT_FOUND where nobody trained is needed, SLOT_PAST */
  'bed.setShift': define({ kind: 'mutation', needs: 'person', allow: house, input: v.strictObject({ slotId: f.id, isOn: v.boolean() }), output: w.done }),
}
