/** Handlers of src/contract/booking.ts. */
import { answerOff, askOff, countAbsences, noShow, sayWhy } from '../../src/domain/absence'
import { book, cancel, cancelLate, ensureBookable, reschedule } from '../../src/domain/booking'
import type { Booking } from '../../src/domain/booking-record'
import { DAY, instantOf } from '../../src/domain/civil-time'
import { atNextSession } from '../../src/domain/course'
import { DomainError, ensure } from '../../src/domain/error'
import { askedBy, ensureIdentified } from '../../src/domain/identity'
import { beyondLimitOf, ensureWithinLimit } from '../../src/domain/fair'
import { changeOnce, createOnce } from '../_server/aggregate'
import { leaveEntry } from '../_server/audits'
import { byStart, freeSeat, freeTime, getBooking, getSlot, settleBooking, takeSeat, takeTime, timeOfVisit } from '../_server/bookings'
import { command, find, read } from '../_server/cloud'
import { derivedId, newSecret } from '../_server/keys'
import { moveVisit } from '../_server/moving'
import { pageBy } from '../_server/pages'
import { aboutElder, byOf, getPerson, getSubdistrict } from '../_server/people'
import { claimKey, releaseKey } from '../_server/receipts'
import { doorOf } from '../_server/safety'
import { handler, type Call } from '../_server/serve'
import { ensureAllowedText } from '../_server/text'
import { bookingBrief, bookingView, orderView } from '../_server/views'
import { slotsAwaitedBy } from '../_server/waitlist'
import { waitView } from '../_server/waitlist-views'

const PAGE = 20

/** A booking and its elder: what most actions on a booking are about. */
export async function withBooking(input: { readonly bookingId: string }) {
  const booking = await getBooking(input.bookingId)
  const elder = await getPerson(booking.elderId)
  return {
    subject: { ...aboutElder(elder), visit: { providerId: booking.providerId, workerId: booking.workerId } },
    remembersIn: booking, booking, elder,
  }
}

const made = (booking: Booking) => ({ bookingId: booking._id, number: booking.number })

const bookingIdOf = (call: Call): string => derivedId('b', call.request.key)

export const bookingHandlers = {
  'booking.book': handler('booking.book', {
    isFoundByKey: true,
    async load(input, call) {
      const [elder, slot] = await Promise.all([getPerson(input.elderId), getSlot(input.slotId)])
      const bookingId = bookingIdOf(call)
      // The elder's own document remembers for 30 days what took effect, also what was cancelled since.
      const before = elder.busy.some((time) => time.bookingId === bookingId) ? await read<Booking>('bookings', bookingId) : null
      return { subject: aboutElder(elder), elder, slot, bookingId, madeBefore: before && { hash: before.madeBy.hash, answer: made(before) } }
    },
    async run(input, { elder, slot, bookingId }, { actor, now, openid, request }, standing) {
      ensure(slot.subdistrictId === elder.subdistrictId, 'NOT_FOUND')
      const by = byOf(actor, standing, elder)
      const isDesk = by.as === 'socialWorker'
      ensureBookable(slot, elder, bookingId, now, isDesk)
      const beyondLimit = beyondLimitOf(by, input.beyondLimit)
      if (beyondLimit === null) ensureWithinLimit(elder.busy, slot, bookingId)
      await ensureAllowedText(openid, [input.note, beyondLimit].filter(Boolean).join('\n'))
      await takeSeat(slot, { personId: elder._id, communityId: elder.communityId, isDesk }, bookingId, now)
      try {
        await takeTime(elder, [timeOfVisit(slot, bookingId, now)], now, beyondLimit === null ? slot : undefined)
      } catch (error) {
        if (error instanceof DomainError) await freeSeat(slot._id, elder._id, bookingId)
        throw error
      }
      const note = input.note === undefined || input.note === '' ? null : input.note
      try {
        const booking = await createOnce('bookings', book(slot, elder, { bookingId, ...request, doorKey: newSecret(), note, beyondLimit }, by, now))
        if (beyondLimit !== null) await leaveEntry(elder, 'limitExceeded', by, { now, request }, beyondLimit)
        return made(booking)
      } catch (error) {
        // The key was used for another slot or elder: what this call took is given back.
        if (error instanceof DomainError) {
          await freeTime(elder._id, bookingId, now)
          await freeSeat(slot._id, elder._id, bookingId)
        }
        throw error
      }
    },
  }),

  'booking.list': handler('booking.list', {
    async load(input) {
      const elder = await getPerson(input.elderId)
      return { subject: aboutElder(elder), elder }
    },
    async run(input, { elder }, { now, today }) {
      const midnight = instantOf(today)
      const [subdistrict, awaited, found] = await Promise.all([
        getSubdistrict(elder.subdistrictId),
        input.when === 'coming' && input.cursor === undefined ? slotsAwaitedBy(elder._id) : [],
        input.when === 'coming'
          ? pageBy<Booking>('bookings', { elderId: elder._id }, 'endsAt', 'asc', input.cursor, PAGE, { from: midnight })
          : pageBy<Booking>('bookings', { elderId: elder._id }, 'endsAt', 'desc', input.cursor, PAGE, { below: midnight }),
      ])
      const waits = awaited.flatMap((slot) => waitView(slot, elder._id, now))
      const items = input.when === 'coming' ? byStart(found.items.map((booking) => atNextSession(booking, now))) : found.items
      return { items: items.map((booking) => bookingBrief(booking, subdistrict)), nextCursor: found.nextCursor, waits: waits.length, offers: waits.filter((wait) => wait.offer !== null).length }
    },
  }),

  'booking.show': handler('booking.show', {
    load: withBooking,
    async run(_input, { booking, elder }, { actor, now }, standing) {
      const [subdistrict, order] = await Promise.all([getSubdistrict(booking.subdistrictId), orderView(booking, standing)])
      return bookingView(booking, elder, subdistrict, actor, standing, now, order)
    },
  }),

  'booking.cancel': handler('booking.cancel', {
    load: withBooking,
    async run(input, { booking, elder }, { actor, now, openid, request }, standing) {
      if (booking.meal !== null) ensureIdentified(askedBy(standing, input.asked))
      await ensureAllowedText(openid, input.reason)
      const by = byOf(actor, standing, elder)
      const { document } = await changeOnce('bookings', booking, request, (current) => ({ next: cancel(current, by, input.reason ?? null, now), answer: { done: true } as const }))
      await settleBooking(document, now)
      return { done: true as const }
    },
  }),

  'booking.reschedule': handler('booking.reschedule', {
    // The booking remembers the answer; the key is taken before, so that it is recognised for another booking, too.
    isFoundByKey: true,
    async load(input) {
      const booking = await getBooking(input.bookingId)
      const [elder, slot] = await Promise.all([getPerson(booking.elderId), getSlot(input.slotId)])
      return { subject: aboutElder(elder), remembersIn: booking, booking, elder, slot }
    },
    async run(input, { booking, elder, slot }, { actor, now, openid, request }, standing) {
      const by = byOf(actor, standing, elder)
      const decide = (current: Booking) => ({ next: reschedule(current, slot, by, input.reason ?? null, now), answer: { done: true } as const })
      const isDesk = by.as === 'socialWorker'
      decide(booking)
      ensureBookable(slot, elder, booking._id, now, isDesk)
      await ensureAllowedText(openid, input.reason)
      const isFirst = await claimKey(request, now)
      try {
        return await moveVisit({ booking, elder, slot }, request, decide, isDesk, now)
      } catch (error) {
        if (isFirst && error instanceof DomainError) await releaseKey(request)
        throw error
      }
    },
  }),

  'booking.cancelLate': handler('booking.cancelLate', {
    load: withBooking,
    async run(input, { booking, elder }, { actor, now, request }, standing) {
      const by = byOf(actor, standing, elder)
      const door = await doorOf(booking)
      const { document } = await changeOnce('bookings', booking, request, (current) => ({ next: input.as === 'noShow' ? noShow(current, by, input.reason, door, now) : cancelLate(current, 'cancelled', by, input.reason, now), answer: { done: true } as const }))
      await settleBooking(document, now)
      return { done: true as const }
    },
  }),

  'booking.askOff': handler('booking.askOff', {
    load: withBooking,
    async run({ why, words }, { booking, elder }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, words)
      const by = byOf(actor, standing, elder)
      const { answer } = await changeOnce('bookings', booking, request, (current) => ({ next: askOff(current, why, said(words), by, now), answer: { done: true } as const }))
      return answer
    },
  }),

  'booking.answerOff': handler('booking.answerOff', {
    load: withBooking,
    async run({ isFreed, words }, { booking, elder }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, words)
      const by = byOf(actor, standing, elder)
      const { document, answer } = await changeOnce('bookings', booking, request, (current) => ({ next: answerOff(current, isFreed, words, by, now), answer: { done: true } as const }))
      await settleBooking(document, now)
      return answer
    },
  }),

  'booking.sayWhy': handler('booking.sayWhy', {
    load: withBooking,
    async run({ why, words }, { booking, elder }, { actor, now, openid, request }, standing) {
      await ensureAllowedText(openid, words)
      const by = byOf(actor, standing, elder)
      const { answer } = await changeOnce('bookings', booking, request, (current) => ({ next: sayWhy(current, why, said(words), by, now), answer: { done: true } as const }))
      return answer
    },
  }),

  'booking.absences': handler('booking.absences', {
    async load(input) {
      const elder = await getPerson(input.elderId)
      return { subject: aboutElder(elder), elder }
    },
    async run(_input, { elder }, { now }) {
      const found = await find<Booking>('bookings', { elderId: elder._id, status: 'noShow', startsAt: command.gt(now - 365 * DAY) }, { by: 'startsAt', direction: 'desc' }, ABSENCES_AT_MOST)
      return {
        elderName: elder.name, counts: countAbsences(found).map(({ serviceItemId: _, whys, ...one }) => ({ ...one, whys: [...whys] })),
        items: found.slice(0, PAGE).map((booking) => ({ bookingId: booking._id, serviceName: booking.serviceName, startsAt: booking.startsAt, why: booking.absence?.said?.why ?? null, words: booking.absence?.said?.words ?? null })),
      }
    },
  }),
}

/** More than anybody misses in a year. */
const ABSENCES_AT_MOST = 200
const said = (words: string | undefined): string | null => (words === undefined || words === '' ? null : words)
