/** A booking 预约 as it is kept: who, what, when, by whom, with which proofs, and the timeline that all sides read (law 5). */
import type { BedOrder } from './bed-terms'
import type { AbsenceWhy } from './absence-why'
import type { DelegationScope } from './delegation'
import type { Evidence, Moment } from './evidence'
import type { ActivitySort, Kind, Session } from './kind'
import type { MealOrder } from './meal'
import type { MenuOrder } from './menu'
import type { Server } from './own-case'
import type { RequestLog } from './person'

export type BookingStatus =
  | 'booked' | 'assigned' | 'checkedIn' | 'checkedOut' | 'confirmed' | 'disputed'
  | 'verified' | 'partly' | 'rejected' | 'noContact' | 'cancelled' | 'noShow'
  // a meal: the courier's word alone, and proved by the elder's side
  | 'handedOver' | 'delivered'

export type TimelineWhat =
  | 'booked' | 'assigned' | 'handedBack' | 'reminded' | 'checkedIn' | 'checkedOut' | 'confirmed' | 'disputed' | 'calledBack' | 'noAnswer'
  | 'verified' | 'partly' | 'rejected' | 'noContact' | 'cancelled' | 'noShow'
  | 'handedOver' | 'delivered' | 'changed' | 'rescheduled' | 'extended' | 'shortened' | 'askedKitchen' | 'kitchenAgreed' | 'kitchenRefused' | 'substituteOffered' | 'substituteTaken' | 'substituteRefused'
  | 'askedOff' | 'keptOn' | 'certified'
  // an order from the menu: the organisation takes it or not, the next one is asked, nobody took it, somebody is on the way
  | 'accepted' | 'declined' | 'passedOn' | 'unanswered' | 'setOut'

/** Who did something, and by which right. */
export interface By {
  readonly personId: string
  readonly name: string
  readonly as: 'elder' | 'family' | 'volunteer' | 'careWorker' | 'kitchen' | 'courier' | 'merchant' | 'socialWorker' | 'careConsultant' | 'admin' | 'system'
  readonly kinship: string | null
  /** the scope used, for an act on behalf (law 5) */
  readonly scope: DelegationScope | null
}

export interface TimelineEntry {
  readonly what: TimelineWhat
  readonly at: number
  readonly by: By
  readonly proof: string | null
  readonly provedAt: number | null
  readonly words: string | null
  /** of `rescheduled`: when it was to begin before */
  readonly movedFrom?: number
  /** of `extended` and `shortened`: the civil day of leaving since then */
  readonly untilOn?: string
  /** it follows from something in the elder's life: the elder and the family hear of that, once, and not of each line */
  readonly ofLife?: true
}

/** After the window the elder's side asks to be let off, and a social worker decides. */
export interface OffAsk {
  readonly at: number
  readonly by: By
  readonly why: AbsenceWhy
  readonly words: string | null
}

/** Of a no-show: why, as the elder's side says; null: asked, and not said yet. */
export interface Absence {
  readonly said: OffAsk | null
}

export interface BookingPoints {
  /** what the worker was credited, and what went to the community's pot because a cap was reached */
  readonly earned?: { readonly ownerId: string; readonly amount: number; readonly excess: number }
  /** who pays it with points; `posted` when the visit was verified, `returned` when it was given up or rejected */
  readonly paid?: { readonly ownerId: string; readonly holdId: string; readonly rewardId: string; readonly points: number; readonly at: number; readonly state: 'held' | 'posted' | 'returned' }
}

/** For which date of a series a booking stands. */
export interface OfSeries {
  readonly seriesId: string
  /** the date's own number, whatever day it is moved to */
  readonly n: number
}

/** A session of a class at which somebody was, with its proof. */
export interface Attendance extends Moment {
  /** which session, from 1 */
  readonly n: number
}

/** What makes a booking a name on the list of an activity. */
export interface NameOnList {
  readonly sort: ActivitySort
  readonly place: string
  /** of a class with several sessions; absent: it meets once */
  readonly sessions?: readonly Session[]
  /** of those the ones that were attended; absent: none yet */
  readonly attended?: readonly Attendance[]
  readonly certificate?: { readonly number: string; readonly at: number; readonly needed: number }
}

export interface Booking {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly number: string
  readonly kind: Kind
  /** what makes it a meal; null for other kinds */
  readonly meal: MealOrder | null
  /** what makes it a name on the list of an activity; absent for other kinds */
  readonly activity?: NameOnList
  /** what makes it half a day or a stay; absent for other kinds */
  readonly bed?: BedOrder
  /** what makes it an order from the menu; absent for other kinds */
  readonly menu?: MenuOrder
  /** which date of a series it stands for; absent: of none */
  readonly series?: OfSeries
  readonly elderId: string
  readonly elderName: string
  readonly serviceItemId: string
  readonly serviceName: string
  readonly providerId: string
  readonly providerName: string
  readonly slotId: string
  readonly onDate: string
  readonly startsAt: number
  readonly endsAt: number
  readonly priceFen: number
  readonly cancelHours: number
  readonly note: string | null
  readonly status: BookingStatus
  readonly bookedBy: By
  readonly worker: Server | null
  /** `worker.personId`, as an index needs it */
  readonly workerId: string | null
  /** the provider whose workers may take it; null once taken or over */
  readonly openFor: string | null
  readonly evidence: Evidence
  readonly timeline: readonly TimelineEntry[]
  /** when somebody last acted in the elder's name here; null: never */
  readonly lastActOnBehalfAt: number | null
  /** which list of the social worker it stands on */
  readonly review: 'exception' | 'complete' | null
  /** timeline lines that were put into messages already, by `toldKey` */
  readonly told: readonly string[]
  /** when the clock must look at it again: something to tell, a reminder, an overdue step */
  readonly dueAt: number | null
  /** slots that it has left for another, whose seat may still stand; absent or empty: none. A meal has its own. */
  readonly leaves?: readonly string[]
  /** since when its seat or time may wait to be freed, or its verification to be told; null: settled */
  readonly unsettledAt: number | null
  /** secret of the rotating door code */
  readonly doorKey: string
  readonly verifiedMinutes: number | null
  /** asked after the window, until somebody decides; absent or null: nothing is asked */
  readonly offAsk?: OffAsk | null
  /** absent: they were there, or nobody has said that they were not */
  readonly absence?: Absence
  /** points that it earned and that pay it; absent: none. Always written by field: `points.earned`, `points.paid`. */
  readonly points?: BookingPoints
  /** the request that made it, so that a replay finds it (law 8) */
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** Acts that the elder could have done; done by somebody else they are acts on behalf (law 5). */
export const ON_BEHALF: readonly TimelineWhat[] = ['booked', 'cancelled', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'calledBack', 'noShow', 'changed', 'rescheduled', 'extended', 'shortened', 'askedKitchen', 'delivered', 'substituteTaken', 'substituteRefused', 'askedOff', 'certified', 'passedOn']

/** Statuses in which a booking holds its seat and its elder's time. */
export const holdsSeat = (status: BookingStatus): boolean => status !== 'cancelled' && status !== 'noShow'

/** Every slot in which it holds a seat: of a stay one for each night. */
export const slotIdsOf = ({ slotId, bed }: Pick<Booking, 'slotId' | 'bed'>): readonly string[] => (bed === undefined || bed.nights.length === 0 ? [slotId] : bed.nights.map((night) => night.slotId))

/** A visit that somebody has promised and not finished. */
export const isUnderWay = (booking: Booking): boolean => booking.status === 'assigned' || booking.status === 'checkedIn'

/** True if this booking must be free of its seat: it was given up. */
export const isGivenUp = (booking: Pick<Booking, 'status'>): boolean => !holdsSeat(booking.status)
