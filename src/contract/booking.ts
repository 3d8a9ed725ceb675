/** Taking a seat and giving it back. */
import * as v from 'valibot'
import { absenceWhys } from '../domain/absence-why'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const bookFor = [
  { role: 'resident', relation: 'self' },
  { role: 'resident', relation: 'delegate', scope: 'book' },
  { role: 'socialWorker', relation: 'community' },
] as const

export const bookingContracts = {
  /** `beyondLimit`: why a social worker goes beyond what one person may have (audited). @throws ADDRESS_MISSING, LIMIT_OF_SERVICE {most, per, until}, SEAT_OFFERED {until}, SLOT_FULL, SLOT_PAST, SLOT_CLOSED, OTHER_COMMUNITY, ALREADY_BOOKED, ELDER_BUSY */
  'booking.book': define({
    kind: 'mutation', needs: 'person', allow: bookFor,
    input: v.strictObject({ elderId: f.id, slotId: f.id, note: f.optionalWords(80), beyondLimit: f.optionalWords(80) }),
    output: v.strictObject({ bookingId: w.text, number: w.text }),
  }),
  'booking.list': define({
    kind: 'query', needs: 'person',
    allow: [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'readCare' }, { role: 'resident', relation: 'delegate', scope: 'book' }, { role: 'socialWorker', relation: 'community' }],
    input: v.strictObject({ elderId: f.id, when: v.picklist(['coming', 'past']), cursor: f.cursor }),
    /** `waits`: slots that this elder waits for, those on offer among them; of what comes, on its first page */
    output: v.strictObject({ ...w.page(w.bookingBrief).entries, waits: v.number(), offers: v.number() }),
  }),
  /** One booking with its timeline; each side sees what it may see. */
  'booking.show': define({
    kind: 'query', needs: 'person',
    allow: [
      { role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'readCare' }, { role: 'resident', relation: 'delegate', scope: 'book' },
      { role: 'careWorker', relation: 'assigned' }, { role: 'careWorker', relation: 'provider' },
      { role: 'socialWorker', relation: 'community' }, { role: 'admin', relation: 'subdistrict' },
    ],
    input: v.strictObject({ bookingId: f.id }), output: w.bookingView,
  }),
  /** Inside the window. @throws CANCEL_TOO_LATE, WRONG_STATE, IDENTITY_REQUIRED for a meal */
  'booking.cancel': define({
    kind: 'mutation', needs: 'person', allow: bookFor,
    input: v.strictObject({ bookingId: f.id, reason: f.optionalWords(80), asked: f.asked }), output: w.done,
  }),
  /**
   * To another time of the same service: inside the window, or later by a social worker with a reason. Home care alone: a meal is changed, an activity has one time.
   * @throws CANCEL_TOO_LATE, REASON_REQUIRED, WRONG_STATE, NOT_FOUND for another service, and what booking.book throws
   */
  'booking.reschedule': define({
    kind: 'mutation', needs: 'person', allow: bookFor,
    input: v.strictObject({ bookingId: f.id, slotId: f.id, reason: f.optionalWords(80) }), output: w.done,
  }),
  /** 来不了, after the window: a social worker sees it and frees the seat or keeps it; until then it stands. @throws WRONG_STATE {status}, SLOT_PAST */
  'booking.askOff': define({
    kind: 'mutation', needs: 'person', allow: [{ role: 'resident', relation: 'self' }, { role: 'resident', relation: 'delegate', scope: 'book' }],
    input: v.strictObject({ bookingId: f.id, why: v.picklist(absenceWhys), words: f.optionalWords(80) }), output: w.done,
  }),
  /** @throws WRONG_STATE {status} when nothing is asked */
  'booking.answerOff': define({ kind: 'mutation', needs: 'person', allow: [{ role: 'socialWorker', relation: 'community' }], input: v.strictObject({ bookingId: f.id, isFreed: v.boolean(), words: f.words(80) }), output: w.done }),
  /** Of a no-show, once: why, as the elder's side says, or says on the telephone. @throws WRONG_STATE {status} */
  'booking.sayWhy': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ bookingId: f.id, why: v.picklist(absenceWhys), words: f.optionalWords(80) }), output: w.done }),
  /** No-shows of the last year by service, with the reasons that were said. Nothing follows from them by itself. */
  'booking.absences': define({
    kind: 'query', needs: 'person', allow: [{ role: 'socialWorker', relation: 'community' }], input: v.strictObject({ elderId: f.id }),
    output: v.strictObject({
      elderName: w.text, counts: v.array(v.strictObject({ serviceName: w.text, count: v.number(), lastAt: w.instant, whys: v.array(v.strictObject({ why: v.picklist(absenceWhys), count: v.number() })) })),
      items: v.array(v.strictObject({ bookingId: w.text, serviceName: w.text, startsAt: w.instant, why: v.nullable(v.picklist(absenceWhys)), words: v.nullable(w.text) })),
    }),
  }),
  /** After the window a social worker decides, with a reason; a no-show is not a cancellation. */
  'booking.cancelLate': define({
    kind: 'mutation', needs: 'person', allow: [{ role: 'socialWorker', relation: 'community' }],
    input: v.strictObject({ bookingId: f.id, as: v.picklist(['cancelled', 'noShow']), reason: f.words(80) }), output: w.done,
  }),
}
