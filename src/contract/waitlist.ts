/** Waiting for a seat 候补, what is offered, and what is fair for a service. */
import * as v from 'valibot'
import { limitPeriods } from '../domain/fair-policy'
import { waitReasons } from '../domain/wait-record'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const bookFor = [
  { role: 'resident', relation: 'self' },
  { role: 'resident', relation: 'delegate', scope: 'book' },
  { role: 'socialWorker', relation: 'community' },
] as const
const social = [{ role: 'socialWorker', relation: 'community' }] as const
const admin = [{ role: 'admin', relation: 'subdistrict' }] as const

const ofSlot = { elderId: f.id, slotId: f.id }
const ofOffer = v.strictObject({ ...ofSlot, placeId: f.id })
const reasons = v.array(v.picklist(waitReasons))

/** One slot that somebody waits for, or that is on offer to them. */
export const wait = v.strictObject({
  slotId: w.text, kind: w.text, serviceItemId: w.text, serviceName: w.text, providerName: w.text, onDate: w.text, startsAt: w.instant, endsAt: w.instant, priceFen: v.number(),
  joinedAt: w.instant, reasons,
  /** 您是第几位, from 1; null: on offer */
  position: v.nullable(v.number()), waiting: v.number(),
  offer: v.nullable(w.seatOffer),
})

const minute = f.count(0, 24 * 60 - 1)
const terms = {
  share: v.nullable(v.strictObject({ seats: f.count(1, 100), daysBefore: f.count(0, 7), untilMinute: minute })),
  limit: v.nullable(v.strictObject({ most: f.count(1, 60), per: v.picklist(limitPeriods) })),
  hold: v.strictObject({ minutes: f.count(5, 240), dayFrom: minute, dayTo: minute, morningAt: minute }),
}
const termsView = v.strictObject({
  share: v.nullable(v.strictObject({ seats: v.number(), daysBefore: v.number(), untilMinute: v.number() })),
  limit: v.nullable(v.strictObject({ most: v.number(), per: v.picklist(limitPeriods) })),
  hold: v.strictObject({ minutes: v.number(), dayFrom: v.number(), dayTo: v.number(), morningAt: v.number() }),
})

export const waitlistContracts = {
  /** Where this elder waits, and what is on offer to them; offers first, then what comes first. */
  'waitlist.mine': define({ kind: 'query', needs: 'person', allow: bookFor, input: v.strictObject({ elderId: f.id }), output: v.strictObject({ elderName: w.text, isMe: v.boolean(), items: v.array(wait) }) }),
  /** @throws SEAT_FREE {remaining}, WAITING_ALREADY {position}, SEAT_OFFERED {until}, ALREADY_BOOKED, QUEUE_FULL {most}, PLACES_FULL {most}, LIMIT_OF_SERVICE {most, per, until}, ELDER_BUSY, ELDER_AWAY, ADDRESS_MISSING, OWN_CASE, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY */
  'waitlist.join': define({
    kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject(ofSlot),
    /** `position` null: a seat was free already, and is on offer now */
    output: v.strictObject({ position: v.nullable(v.number()) }),
  }),
  /** @throws NOT_FOUND for who does not wait */
  'waitlist.leave': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject(ofSlot), output: w.done }),
  /** Seven calls at most. A social worker may go beyond the limit of the service, with a reason. @throws OFFER_OVER {until}, LIMIT_OF_SERVICE {most, per, until}, ELDER_BUSY, ALREADY_BOOKED, NOT_FOUND */
  'waitlist.accept': define({
    kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ ...ofOffer.entries, beyondLimit: f.optionalWords(80) }), output: v.strictObject({ bookingId: w.text, number: w.text }),
  }),
  /** @throws OFFER_OVER {until}, ALREADY_BOOKED when it was taken, NOT_FOUND */
  'waitlist.decline': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: ofOffer, output: w.done }),

  /** Slots for which people of my communities wait, the next ones first; names of other communities are left out. */
  'waitlist.board': define({
    kind: 'query', needs: 'person', allow: [{ role: 'socialWorker', relation: 'none' }], input: v.strictObject({ cursor: f.cursor }),
    output: w.page(v.strictObject({
      slotId: w.text, kind: w.text, serviceName: w.text, providerName: w.text, onDate: w.text, startsAt: w.instant, endsAt: w.instant, capacity: v.number(), booked: v.number(),
      /** seats kept for phone and counter now, and until when */
      kept: v.number(), keptUntil: v.nullable(w.instant),
      onOffer: v.array(v.strictObject({ personId: v.nullable(w.text), name: w.text, communityName: w.text, reasons, placeId: w.text, until: w.instant })),
      waiting: v.array(v.strictObject({ position: v.number(), personId: v.nullable(w.text), name: w.text, communityName: w.text, reasons, joinedAt: w.instant })),
    })),
  }),
  /** A medical need that the elder agreed to be stated, or taken back: the need itself is written nowhere. @throws NOT_FOUND for who does not wait */
  'waitlist.state': define({
    kind: 'mutation', needs: 'person', allow: social, input: v.strictObject({ ...ofSlot, isMedical: v.boolean(), elderAgreed: v.literal(true) }), output: v.strictObject({ position: v.nullable(v.number()) }),
  }),

  'fair.show': define({ kind: 'query', needs: 'person', allow: admin, input: v.strictObject({ serviceItemId: f.id }), output: v.strictObject({ serviceName: w.text, version: v.number(), mostSeats: v.number(), ...termsView.entries }) }),
  /** What these terms would have meant for the last month's slots, from what was taken then. @throws BAD_INPUT {field} */
  'fair.preview': define({
    kind: 'query', needs: 'person', allow: admin, input: v.strictObject({ serviceItemId: f.id, ...terms }),
    output: v.strictObject({
      fromOn: w.text, toOn: w.text, slots: v.number(), seats: v.number(), byDesk: v.number(), isAll: v.boolean(),
      /** seats that residents took before the stated hour and could not have taken then, and slots in which that was so */
      keptFromResidents: v.number(), slotsKept: v.number(),
      /** people who had more than the limit, and how many bookings that were */
      peopleOverLimit: v.number(), bookingsOverLimit: v.number(),
      /** offers that were answered, of these such whose time would have run out before the answer */
      answered: v.number(), tooLate: v.number(),
      /** offers that ran out */
      ranOut: v.number(),
    }),
  }),
  /** Holds from now on, for the slots that stand open, too. @throws BAD_INPUT {field} */
  'fair.set': define({ kind: 'mutation', needs: 'person', allow: admin, input: v.strictObject({ serviceItemId: f.id, ...terms }), output: w.done }),
}
