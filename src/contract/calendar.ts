/** The calendar of a family: a month of everybody one may act for, in one call. */
import * as v from 'valibot'
import { define } from './define'
import * as w from './views'

export const calendarContracts = {
  /** Whole weeks, from the Monday before the first to the Sunday after the last; nobody but oneself and whom one may book or read for. */
  'calendar.month': define({
    kind: 'query', needs: 'person', allow: [{ role: 'resident', relation: 'none' }],
    input: v.strictObject({ month: v.pipe(v.string(), v.regex(/^20\d{2}-(0[1-9]|1[0-2])$/)) }),
    output: v.strictObject({
      month: w.text, today: w.text, fromOn: w.text, untilOn: w.text,
      elders: v.array(v.strictObject({ personId: w.text, name: w.text, isMe: v.boolean(), kinship: v.nullable(w.text) })),
      closedDays: v.array(v.strictObject({ onDate: w.text, name: w.text })),
      /** in the order of their time; what is planned by a series and not booked yet has no booking */
      items: v.array(v.strictObject({
        elderId: w.text, kind: v.picklist(w.kinds), onDate: w.text, startsAt: w.instant, endsAt: w.instant, title: w.text, detail: w.text,
        status: v.nullable(v.picklist(w.bookingStatuses)), bookingId: v.nullable(w.text), seriesId: v.nullable(w.text), activityId: v.nullable(w.text), isPaused: v.boolean(),
        /** a stay stands on each of its days: on the first, between, and on the day of leaving; null: no stay */
        stay: v.nullable(v.picklist(['arrives', 'stays', 'leaves'])),
      })),
    }),
  }),
}
