/** Services in the demo's past and future, told in the words of a work sheet and played through the product's actions. */
import type { InputOf } from '../../src/contract'
import type { ServiceItem } from '../../src/domain/service-item'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'

/** How a moment at the door is proved: whose phone shows the rotating code, or the digits of a printed card. */
export type Door = { readonly shownBy: string } | { readonly card: () => string }

/** One service: who for, when, and what happened. Times are wall-clock times of its day. */
export interface Visit {
  readonly elderId: () => string
  readonly service: ServiceItem
  readonly day: number
  readonly slot: string
  readonly booked: { readonly by: string; readonly day: number; readonly at: string; readonly note?: string }
  /** who took it; left out: it is still open */
  readonly worker?: string
  readonly checkIn?: { readonly at: string; readonly door: Door }
  readonly checkOut?: { readonly at: string; readonly door: Door }
  readonly confirmed?: { readonly at: string; readonly by: string; readonly satisfaction: InputOf<'visit.confirm'>['satisfaction'] }
  /** further turns, with the booking's id */
  readonly then?: readonly { readonly day: number; readonly at: string; readonly play: (bookingId: string) => Promise<unknown> }[]
}

/** Puts a visit's scenes into the calendar. */
export function tell(calendar: Calendar, callAs: CallAs, visit: Visit): void {
  const { booked, day, worker, checkIn, checkOut, confirmed } = visit
  let bookingId = ''
  const codeOf = async (door: Door): Promise<string> =>
    'card' in door ? door.card() : (await callAs(door.shownBy, 'visit.doorCode', { bookingId })).code

  calendar.scene(booked.day, booked.at, async () => {
    const slotId = calendar.slotId(visit.service, day, visit.slot)
    bookingId = (await callAs(booked.by, 'booking.book', { elderId: visit.elderId(), slotId, ...(booked.note === undefined ? {} : { note: booked.note }) })).bookingId
    if (worker !== undefined) await callAs(worker, 'visit.take', { bookingId })
  })
  if (worker !== undefined && checkIn) calendar.scene(day, checkIn.at, async () => { await callAs(worker, 'visit.checkIn', { bookingId, code: await codeOf(checkIn.door) }) })
  if (worker !== undefined && checkOut) calendar.scene(day, checkOut.at, async () => { await callAs(worker, 'visit.checkOut', { bookingId, code: await codeOf(checkOut.door) }) })
  if (confirmed) calendar.scene(day, confirmed.at, async () => { await callAs(confirmed.by, 'visit.confirm', { bookingId, satisfaction: confirmed.satisfaction }) })
  for (const turn of visit.then ?? []) calendar.scene(turn.day, turn.at, async () => { await turn.play(bookingId) })
}
