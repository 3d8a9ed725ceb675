/**
 * Where an elder is booked to be (law 1): one elder is never booked into two places at the same time. Kept in the
 * elder's own document, so that one conditional update guards it. An entry also remembers, for 30 days, that a booking
 * took effect, so that a repeated request is recognised even after a cancellation (law 8).
 */
import { isReceived, type Kind } from './kind'
import { DAY } from './civil-time'
import { DomainError } from './error'
import type { PaymentWay } from './meal'

export interface BusyTime {
  readonly bookingId: string
  readonly from: number
  readonly to: number
  readonly at: number
  /** what happens there; absent: a visit at home */
  readonly kind?: Kind
  /** where the elder must be: at home, out, or wherever they like (somebody fetches the meal); absent: at home */
  readonly where?: 'home' | 'out' | 'any'
  /** the dish, for a meal: so that a menu shows what is ordered */
  readonly slotId?: string
  /** of a class with several sessions, which stands on each of its days */
  readonly title?: string
  /** the service, where one person may have only so much of it in a period */
  readonly serviceItemId?: string
  /** where a meal is eaten or fetched, and how it is paid: so that neither need be chosen again */
  readonly siteId?: string | null
  readonly payment?: PaymentWay
  /** a cancelled booking frees the time; the entry stays as memory */
  readonly freedAt: number | null
}

const MEMORY = 30 * DAY
/** What counts towards a limit is kept until its month is over. */
const COUNTED = 32 * DAY

type Whereabouts = Pick<BusyTime, 'kind' | 'where'>

/** Where a booking of this kind has the elder: half a day and nights are elsewhere, an order from the menu comes home. */
export const whereaboutsOf = (kind: Kind): Whereabouts => (isReceived(kind) ? { kind, where: 'out' } : kind === 'menu' ? { kind } : {})

/** Two of one kind at one time never go together (two visits, two lunches); two kinds do when both let the elder be where they are: lunch comes home while the bath is given. */
function goTogether(one: Whereabouts, other: Whereabouts): boolean {
  // Of an order from the menu the elder need only be at home: rice is brought in the same morning as the knives are ground.
  if ((one.kind ?? 'homeCare') === (other.kind ?? 'homeCare') && one.kind !== 'menu') return false
  const places = [one.where ?? 'home', other.where ?? 'home']
  // Out is not one place: lunch at the kitchen is elsewhere than the class.
  return places.includes('any') || places.every((place) => place === 'home')
}

/** The live entry that would put the person in two places, if any. Touching ends do not overlap. */
export const clash = (busy: readonly BusyTime[], from: number, to: number, exceptBookingId?: string, what: Whereabouts = {}): BusyTime | undefined =>
  busy.find((time) => time.freedAt === null && time.bookingId !== exceptBookingId && time.from < to && from < time.to && !goTogether(time, what))

/** Entries that still matter: not yet over, or younger than the memory of requests. */
const remembered = (busy: readonly BusyTime[], now: number): readonly BusyTime[] => busy.filter((time) => (time.freedAt === null && time.to > now - (time.serviceItemId === undefined ? 0 : COUNTED)) || time.at > now - MEMORY)

/** Adds a time. @throws ELDER_BUSY */
export function occupy(busy: readonly BusyTime[], time: Omit<BusyTime, 'freedAt'>, now: number): readonly BusyTime[] {
  const other = clash(busy, time.from, time.to, time.bookingId, time)
  if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
  return withTime(busy, time, now)
}

/** Adds every time of one booking that is for several days, or none. @throws ELDER_BUSY */
export function occupyAll(busy: readonly BusyTime[], times: readonly Omit<BusyTime, 'freedAt'>[], now: number): readonly BusyTime[] {
  for (const time of times) {
    const other = clash(busy, time.from, time.to, time.bookingId, time)
    if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
  }
  return [...remembered(busy, now).filter((entry) => times.every((time) => time.bookingId !== entry.bookingId)), ...times.map((time) => ({ ...time, freedAt: null }))]
}

/** The times with this one in place of what its booking had before, whatever else stands there: for repair. */
export const withTime = (busy: readonly BusyTime[], time: Omit<BusyTime, 'freedAt'>, now: number): readonly BusyTime[] =>
  [...remembered(busy, now).filter((entry) => entry.bookingId !== time.bookingId), { ...time, freedAt: null }]

/** A care worker promises to be somewhere. @throws WORKER_BUSY {bookingId, from, to} when promised elsewhere at that time */
export function promise(serving: readonly BusyTime[], time: Omit<BusyTime, 'freedAt'>, now: number): readonly BusyTime[] {
  // Half a day of the menu holds several doors, one after the other; a visit is at its hour.
  const other = serving.find((entry) => entry.freedAt === null && entry.bookingId !== time.bookingId && entry.from < time.to && time.from < entry.to && !(entry.kind === 'menu' && time.kind === 'menu'))
  if (other) throw new DomainError('WORKER_BUSY', { bookingId: other.bookingId, from: other.from, to: other.to })
  return [...serving.filter((entry) => entry.to > now - DAY && entry.bookingId !== time.bookingId), { ...time, freedAt: null }]
}

/** Frees the time of a booking; again changes nothing. @param takenBefore only what was taken before this */
export const release = (busy: readonly BusyTime[], bookingId: string, now: number, takenBefore = Number.POSITIVE_INFINITY): readonly BusyTime[] =>
  busy.map((time) => (time.bookingId === bookingId && time.freedAt === null && time.at < takenBefore ? { ...time, freedAt: now } : time))

/** Adds the time to which a booking moves beside the one that it has: until it has moved, the elder is booked at both. @throws ELDER_BUSY */
export function occupyToo(busy: readonly BusyTime[], time: Omit<BusyTime, 'freedAt'>, now: number): readonly BusyTime[] {
  const other = clash(busy, time.from, time.to, time.bookingId, time)
  if (other) throw new DomainError('ELDER_BUSY', { from: other.from, to: other.to })
  const stays = (entry: BusyTime): boolean => entry.bookingId !== time.bookingId || (entry.freedAt === null && (entry.from !== time.from || entry.to !== time.to))
  return [...remembered(busy, now).filter(stays), { ...time, freedAt: null }]
}

/** Without the times at which a booking is no longer, or was not to be; its others stay. The very same where there is none. */
export const withoutTimes = (busy: readonly BusyTime[], bookingId: string, isThere: (time: BusyTime) => boolean): readonly BusyTime[] =>
  busy.some((entry) => entry.bookingId === bookingId && isThere(entry)) ? busy.filter((entry) => entry.bookingId !== bookingId || !isThere(entry)) : busy
export const withoutTimeAt = (busy: readonly BusyTime[], bookingId: string, from: number): readonly BusyTime[] => withoutTimes(busy, bookingId, (entry) => entry.from === from)

/** The times of a visit brought to the one that it states; the very same where nothing is to be repaired. */
export function timedAs(busy: readonly BusyTime[], time: Omit<BusyTime, 'freedAt'>, now: number): readonly BusyTime[] {
  const [entry, ...more] = busy.filter((one) => one.bookingId === time.bookingId && one.freedAt === null)
  const isRight = more.length === 0 && (entry === undefined ? time.to <= now : entry.from === time.from && entry.to === time.to)
  // What it is, and whether it counts towards a limit, is known from the time it had.
  return isRight ? busy : withTime(busy, { ...entry, ...time, at: Math.max(time.at, ...busy.filter((one) => one.bookingId === time.bookingId).map((one) => one.at)) }, now)
}
