/** Home care week after week: what each date would meet, what is arranged, and every change of it. */
import * as v from 'valibot'
import { define } from './define'
import * as f from './fields'
import * as w from './views'

const bookFor = [
  { role: 'resident', relation: 'self' },
  { role: 'resident', relation: 'delegate', scope: 'book' },
  { role: 'socialWorker', relation: 'community' },
] as const
const lookAt = [...bookFor, { role: 'resident', relation: 'delegate', scope: 'readCare' }] as const

const number = f.count(1, 10_000)
const minute = f.count(0, 1439)
const place = v.strictObject({ onDate: w.text, startMinute: v.number(), startsAt: w.instant })
const every = v.union([v.literal(1), v.literal(2)])

export const seriesStates = ['planned', 'booking', 'booked', 'missed', 'skipped', 'over', 'lapsed', 'cancelled'] as const
const whys = v.picklist(['full', 'limit', 'holiday', 'none', 'clash', 'other'])
const seriesBrief = v.strictObject({
  seriesId: w.text, elderId: w.text, elderName: w.text, serviceItemId: w.text, serviceName: w.text, providerName: w.text, every, weekday: v.number(), startMinute: v.number(), durationMinutes: v.number(),
  isPaused: v.boolean(), isOver: v.boolean(), nextAt: v.nullable(w.instant), lastOn: w.text,
})
/** A date and what it would meet. */
export const previewDate = v.strictObject({
  n: v.number(), ...place.entries,
  /** `later`: free as far as can be said; it is booked when its day opens */
  state: v.picklist(['free', 'later', 'past', 'full', 'limit', 'holiday', 'none', 'clash']), holidayName: v.nullable(w.text), alternative: v.nullable(place),
})

export const seriesContracts = {
  /** Every date of a rhythm with what it would meet; nothing is written. @throws SERIES_TOO_LONG {most} */
  'series.preview': define({
    kind: 'query', needs: 'person', allow: bookFor,
    input: v.strictObject({ elderId: f.id, serviceItemId: f.id, firstOn: f.civilDate, startMinute: minute, every, count: number }),
    output: v.strictObject({ elder: w.personBrief, address: w.text, serviceName: w.text, providerName: w.text, priceFen: v.number(), cancelHours: v.number(), dates: v.array(previewDate) }),
  }),
  /** What is free is booked, what is not open yet as its day opens; whoever asked hears of what could not be had. @throws SERIES_TOO_LONG {most}, ADDRESS_MISSING, BAD_INPUT */
  'series.start': define({
    kind: 'mutation', needs: 'person', allow: bookFor,
    input: v.strictObject({
      elderId: f.id, serviceItemId: f.id, firstOn: f.civilDate, startMinute: minute, every, count: number, note: f.optionalWords(80),
      choices: v.pipe(v.array(v.union([v.strictObject({ n: number, skip: v.literal(true) }), v.strictObject({ n: number, onDate: f.civilDate, startMinute: minute })])), v.maxLength(60)),
    }),
    output: v.strictObject({ seriesId: w.text }),
  }),
  /** What of an elder's is running, or was paused. */
  'series.list': define({ kind: 'query', needs: 'person', allow: lookAt, input: v.strictObject({ elderId: f.id }), output: v.strictObject({ elder: w.personBrief, items: v.array(seriesBrief) }) }),
  'series.show': define({
    kind: 'query', needs: 'person', allow: lookAt, input: v.strictObject({ seriesId: f.id }),
    output: v.strictObject({
      ...seriesBrief.entries, note: v.nullable(w.text), askedByName: w.text, askedByKinship: v.nullable(w.text), askedByAs: v.picklist(w.actorKinds), paused: v.nullable(v.strictObject({ at: w.instant, byName: w.text, reason: v.nullable(w.text) })),
      /** whether the viewer may change it */
      mayChange: v.boolean(),
      dates: v.array(v.strictObject({
        n: v.number(), ...place.entries, state: v.picklist(seriesStates), why: v.nullable(whys), bookingId: v.nullable(w.text), status: v.nullable(v.picklist(w.bookingStatuses)), movingTo: v.nullable(place), /** the elder is not at home that day: it waits */ isHeld: v.optional(v.boolean()), alternative: v.nullable(place),
        /** still to come, and can be left out by whoever sees it */
        canSkip: v.boolean(),
      })),
    }),
  }),
  /** One date left out, for good. @throws CANCEL_TOO_LATE, WRONG_STATE */
  'series.skip': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ seriesId: f.id, n: number }), output: w.done }),
  /** Another day for a date that is not booked. @throws WRONG_STATE, BAD_INPUT */
  'series.moveDate': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ seriesId: f.id, n: number, onDate: f.civilDate, startMinute: minute }), output: w.done }),
  /** What the dates from one on would meet at another weekday and time, or, without these, once it is resumed. */
  'series.previewChange': define({
    kind: 'query', needs: 'person', allow: bookFor, input: v.strictObject({ seriesId: f.id, to: v.optional(v.strictObject({ fromN: number, weekday: f.count(0, 6), startMinute: minute })) }),
    output: v.strictObject({ dates: v.array(previewDate), times: v.array(v.strictObject({ weekday: v.number(), startMinute: v.number() })) }),
  }),
  /** Another weekday or time from a date on; what is being served stays. @throws WRONG_STATE */
  'series.change': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ seriesId: f.id, fromN: number, weekday: f.count(0, 6), startMinute: minute }), output: w.done }),
  /** No more from a date on; what is too near to be cancelled stays. @throws WRONG_STATE */
  'series.end': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ seriesId: f.id, fromN: number }), output: w.done }),
  'series.pause': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ seriesId: f.id, reason: f.optionalWords(80) }), output: w.done }),
  'series.resume': define({ kind: 'mutation', needs: 'person', allow: bookFor, input: v.strictObject({ seriesId: f.id }), output: w.done }),
}
