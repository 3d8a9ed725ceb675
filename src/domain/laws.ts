/**
 * The laws of the domain as invariants that a running system re-checks over everything it stores. Each check looks at
 * one document, or at one document with its neighbours, and names what breaks the law. Half-done work younger than
 * `GRACE` is not a fault yet: the sweep settles it.
 */
import { clash, type BusyTime } from './busy'
import { holdsSeat, ON_BEHALF, type Booking } from './booking-record'
import { addDays, civilDate, DAY, MINUTE } from './civil-time'
import { certificateHolds } from './course'
import { stopStateOf, type DeliveryRun } from './delivery-run'
import { EARLY, LATE, windowOf } from './door-code'
import { hasElderSide, missingFor } from './evidence'
import type { KitchenSheet } from './kitchen'
import { isCooked } from './kitchen-sheet'
import { monthOf, usedIn, type MealPolicy } from './meal-policy'
import type { Message } from './message'
import type { Person } from './person'
import type { SafetyCase } from './safety-case'
import { slotFaults, type Slot } from './slot'
import { isOnOffer, queueFaults } from './waitlist'

/** How long a half-done act may stand before it is a fault, ms. */
export const GRACE = 5 * MINUTE

export const laws = {
  capacity: '名额：剩余加已占等于总数，每个座位都有预约',
  waitlist: '候补：有空位就轮到等的人，按次序，一个名额只留给一个人',
  onePlace: '一位老人不会同时约在两处',
  series: '每周的安排：一次只约一回，跳过的不再约',
  oneDoor: '一位护理员或志愿者不会同时答应两处',
  oneSource: '一次服务只留一份可入账的凭据',
  credited: '核实过的志愿服务、活动和项目，每一次都照数记了账',
  ownCase: '没有人给自己或家人做证明、做核实',
  safety: '没联系上的每一次都有人管，看到人才算完',
  onBehalf: '代办：每一笔老人都看得到是谁、凭什么',
  reach: '每条消息都在一处：已发、待打电话或已告知',
  addressees: '每条通知：该到的人都在册，一人一处',
  oneVoice: '问卷一人一次，意见一户一次，有几个人说就数几个',
  serverClock: '签到时间由门码说了算，不看手机的钟',
  once: '同一个请求只生效一次',
  leastData: '没同意的健康信息不留，注销了的人不留电话地址',
  evidence: '核实通过的服务都有凭证，算送到的饭都有老人这边的话',
  subsidy: '每月补贴：一笔一笔加起来对得上，不超过封顶',
  sheet: '备餐单和送餐单：封单时有几份就几份，一家不漏',
  ladder: '安全事件：总有下一位，一次呼叫只有一件',
  zeroSum: '积分有来有去：所有账户加起来正好是零',
  passbook: '每本存折一行不少，行行余额都对得上',
  transit: '转赠的积分，这边出了，那边就到了',
  paidOnce: '一件事只记一次分',
  holds: '兑换到期没领的，积分都退回了',
  pending: '补录的工时，没有第二个人同意就不能用',
  reversal: '每一笔冲正都写明冲的是哪一笔，不多冲',
  stock: '兑换品：剩下的、留着的、领走的，加起来就是总数',
  seats: '志愿任务的名额：剩余加已领等于总数',
  pots: '爱心池：给出去的不比进来的多',
  sealed: '封过的账，没有改过、少过、添过一笔',
} as const

export type Law = keyof typeof laws

export interface LawCheck {
  readonly law: string
  readonly holds: boolean
  /** how many documents were looked at */
  readonly checked: number
  /** ids of what breaks it, at most 20 */
  readonly broken: readonly string[]
}

const isYoung = (at: number | null, now: number): boolean => at !== null && at > now - GRACE

/** Bookings that somebody may still be working on: just made, changed or given up, or with a seat that was taken a moment ago. */
export function youngBookings(slots: readonly Slot[], bookings: readonly Booking[], now: number): ReadonlySet<string> {
  const taken = slots.flatMap((slot) => Object.values(slot.holders).flatMap((seat) => (isYoung(seat.at, now) ? seat.bookingId : [])))
  return new Set([...taken, ...bookings.flatMap((booking) => (isYoung(booking.unsettledAt, now) || isYoung(booking.timeline[0]?.at ?? null, now) ? booking._id : []))])
}

/** Law 1 over one slot and the live bookings that name it: a meal holds as many portions as its order says. */
export function capacityHolds(slot: Slot, liveBookings: readonly Booking[], now: number, young = youngBookings([slot], liveBookings, now)): boolean {
  if (slotFaults(slot).length > 0) return false
  const isHeld = (booking: Booking): boolean => {
    const seat = slot.holders[booking.elderId]
    return seat?.bookingId === booking._id && (seat.count ?? 1) === (booking.meal?.portions ?? 1)
  }
  const settledSeats = Object.entries(slot.holders).every(([elderId, seat]) => isOnOffer(seat) || young.has(seat.bookingId) || liveBookings.some((booking) => booking._id === seat.bookingId && booking.elderId === elderId))
  return settledSeats && liveBookings.every((booking) => young.has(booking._id) || isHeld(booking))
}

/** The waitlist of one slot: in order, nobody waits while a seat is free, no offer past its time. */
export const waitlistHolds = (slot: Slot, now: number): boolean => (slot.queue === undefined && (slot.waitLookAt ?? null) === null) || queueFaults(slot, now, GRACE).length === 0

/** Law 1 over one person: no two live times put them in two places, and every live booking has its time; a meal also its dish. */
export function onePlaceHolds(person: Person, liveBookings: readonly Booking[], now: number, young = youngBookings([], liveBookings, now)): boolean {
  const overlaps = person.busy.some((time) => time.freedAt === null && clash(person.busy, time.from, time.to, time.bookingId, time) !== undefined)
  const hasTime = (booking: Booking): boolean => {
    const times = person.busy.filter((time) => time.bookingId === booking._id && time.freedAt === null)
    // A visit that has moved, and a stay that was extended, is in one place alone.
    const isRight = (time: BusyTime): boolean => (booking.meal === null ? booking.kind === 'activity' || (time.from === booking.startsAt && time.to === booking.endsAt) : time.slotId === booking.slotId)
    return times.length > 0 && times.every(isRight)
  }
  return !overlaps && liveBookings.every((booking) => booking.endsAt < now || young.has(booking._id) || hasTime(booking))
}

/** The month before this one, this one, and all to come: what is older may have left the tally. */
const isTallied = (month: string, now: number): boolean => month >= monthOf(addDays(`${monthOf(civilDate(now))}-01`, -1))

/**
 * The subsidy of one elder: each month's tally is the sum of what that month's orders say, order by order, and no more
 * than the cap that held. A refused meal has none.
 */
export function subsidyHolds(person: Person, meals: readonly Booking[], policies: readonly MealPolicy[], young: ReadonlySet<string>, now: number): boolean {
  if (person.standing === 'erased') return true
  const stated = new Map<string, number>()
  const caps = new Map<string, number>()
  for (const booking of meals) {
    const fen = booking.meal === null || booking.status === 'rejected' || !holdsSeat(booking.status) ? 0 : booking.meal.quote.subsidyFen
    const month = monthOf(booking.onDate)
    if (fen === 0 || !isTallied(month, now)) continue
    stated.set(`${month} ${booking._id}`, fen)
    const cap = policies.find((policy) => policy.version === booking.meal?.quote.policyVersion)?.monthlyCapFen ?? 0
    caps.set(month, Math.max(caps.get(month) ?? 0, cap))
  }
  const tallied = Object.entries(person.subsidies).filter(([month]) => isTallied(month, now)).flatMap(([month, orders]) => Object.entries(orders).map(([bookingId, fen]) => ({ key: `${month} ${bookingId}`, bookingId, fen })))
  const isStated = tallied.every(({ key, bookingId, fen }) => stated.get(key) === fen || young.has(bookingId))
  const isWhole = [...stated.keys()].every((key) => young.has(key.split(' ')[1] ?? '') || tallied.some((entry) => entry.key === key))
  const isCapped = [...caps].every(([month, cap]) => usedIn(person.subsidies, month) <= cap)
  return isStated && isWhole && isCapped
}

/** What happened so near to the freeze may have been counted on either side of it, ms. */
const FREEZE_BLUR = MINUTE
/** Runs are kept about as long as sheets; the last days of a sheet are not compared any more, ms. */
const RUNS_KEPT = 59 * DAY
/** Lines that make an order more, less, or nothing. */
const MOVES: readonly string[] = ['changed', 'kitchenAgreed', 'substituteTaken']

/**
 * One frozen sheet and the orders of its sitting: nothing was ordered after it, it counts what stood when it froze, and
 * every meal that is to be carried has its stop. Its orders are those on the dishes that its menu published; what both sides consented to since then is looked at in the run alone.
 */
export function sheetHolds(sheet: KitchenSheet, ofDay: readonly Booking[], runOf: (runId: string) => DeliveryRun | undefined, young: ReadonlySet<string>, now: number): boolean {
  const { frozenAt } = sheet
  if (sheet.state !== 'frozen' || frozenAt === null || isYoung(frozenAt, now) || sheet.startsAt < now - RUNS_KEPT) return true
  const orders = ofDay.filter((booking) => booking.slotId.startsWith(`meal_${sheet._id}_`))
  const isCarried = (booking: Booking): boolean => booking.meal?.runId !== null && booking.meal?.runId !== undefined && runOf(booking.meal.runId)?.stops[booking._id] !== undefined
  if (!orders.every((booking) => young.has(booking._id) || !isCooked(booking) || stopStateOf(booking) === 'cancelled' || isCarried(booking))) return false
  if (orders.some((booking) => (booking.timeline[0]?.at ?? 0) > frozenAt)) return false
  const givenUpAt = (booking: Booking): number => (isCooked(booking) ? Number.POSITIVE_INFINITY : Math.max(...booking.timeline.map((entry) => entry.at)))
  const isBlurred = orders.length < ofDay.length || orders.some((booking) => Math.abs(givenUpAt(booking) - frozenAt) <= FREEZE_BLUR || booking.timeline.some((entry) => MOVES.includes(entry.what) && entry.at > frozenAt - FREEZE_BLUR))
  const stood = orders.filter((booking) => givenUpAt(booking) > frozenAt)
  return isBlurred || (sheet.orders === stood.length && sheet.portions === stood.reduce((sum, booking) => sum + (booking.meal?.portions ?? 0), 0))
}

/** One run: each stop is an order of its elder that goes with this run, and says what the order says. */
export const runHolds = (run: DeliveryRun, bookingOf: (bookingId: string) => Booking | undefined, now: number): boolean =>
  Object.values(run.stops).every((stop) => {
    const booking = bookingOf(stop.bookingId)
    if (booking === undefined || booking.elderId !== stop.elderId) return false
    if (booking.unsettledAt !== null || isYoung(booking.timeline.at(-1)?.at ?? null, now)) return true
    return booking.meal?.runId === run._id && stopStateOf(booking) === stop.state
  })

/** Law 9 over one run: when it is over, no door stands on it any more. */
export const runForgets = (run: DeliveryRun): boolean => run.forgetAt !== null || Object.values(run.stops).every((stop) => stop.address === null && stop.avoid.length === 0)

/** No worker is promised to two doors at once: the visits that one worker has under way do not overlap. */
export const oneDoorHolds = (visits: readonly Booking[]): boolean =>
  visits.every((visit) => visits.every((other) => other._id === visit._id || (visit.kind === 'menu' && other.kind === 'menu') || other.startsAt >= visit.endsAt || visit.startsAt >= other.endsAt))

/** Law 3 over one booking: neither proof nor verification by who served or their close family. */
export function ownCaseHolds(booking: Booking): boolean {
  // Who came to an activity earns: they neither call their own name nor verify themselves.
  if (booking.kind === 'activity') return booking.timeline.every((entry) => entry.by.personId !== booking.elderId || (entry.what !== 'verified' && entry.proof !== 'rollCall'))
  if (!booking.worker) return true
  const interested = [booking.worker.personId, ...booking.worker.kinIds]
  const judged = booking.timeline.filter((entry) => ['confirmed', 'calledBack', 'verified', 'partly', 'rejected'].includes(entry.what))
  const proofs = booking.timeline.filter((entry) => entry.proof === 'elderTap' || entry.proof === 'familyTap')
  return [...judged, ...proofs].every((entry) => !interested.includes(entry.by.personId))
}

/** What a verified name brought is what its line says, and what was not verified brought nothing. @param entry `activity_<bookingId>` */
export function attendanceHolds(booking: Pick<Booking, 'status' | 'points' | 'unsettledAt'>, entry: { readonly amount: number } | undefined, now: number): boolean {
  const earned = booking.points?.earned
  if (booking.status !== 'verified') return earned === undefined && entry === undefined
  if (booking.unsettledAt !== null) return isYoung(booking.unsettledAt, now)
  return earned === undefined ? entry === undefined : entry?.amount === (earned.amount === 0 ? earned.excess : earned.amount)
}

/** Law 4 over one booking: a door that nobody opened has its case. */
export const safetyHolds = (booking: Booking, hasCase: boolean, now: number): boolean =>
  !booking.timeline.some((entry) => entry.what === 'noContact') || hasCase || isYoung(booking.unsettledAt, now)

/** Law 4 over one case: closed only with a person and a reason. */
export const closingHolds = (safety: SafetyCase): boolean =>
  (safety.status === 'closed') === (safety.closed !== null) &&
  (safety.closed === null || (safety.closed.words !== '' && (safety.closed.how === 'seenInPerson' || safety.closed.how === 'died' || safety.family.some((member) => member.personId === safety.closed?.familyPersonId))))

/** Law 4 over one case: while it is live somebody is next, or it goes round again; who was told stands on a rung that was reached. */
export function ladderHolds(safety: SafetyCase): boolean {
  const reached = safety.timeline.filter((entry) => entry.what === 'rung').map((entry) => entry.rung)
  const isInOrder = reached.every((rung, index) => rung === index) && reached.length === safety.rung + 1 && safety.told.every((rung) => rung <= safety.rung)
  if (safety.status === 'closed') return isInOrder && safety.nextAt === null
  return isInOrder && (safety.nextAt !== null || (safety.plan === undefined && safety.rung === safety.rungs.length - 1))
}

/** What a case is for, without the day: of calls for help and missed words, an elder has one live case at a time. */
export const caseMatter = (safety: Pick<SafetyCase, '_id'>): string => safety._id.replace(/_\d{4}-\d{2}-\d{2}(_\d+)?$/, '')

/** Law 5 over one booking: every act on behalf says who and by which scope, and the elder's log finds it. */
export function onBehalfHolds(booking: Booking): boolean {
  const acts = booking.timeline.filter((entry) => (entry.by.as === 'family' || entry.by.as === 'socialWorker') && ON_BEHALF.includes(entry.what))
  const isNamed = acts.every((entry) => entry.by.personId !== '' && entry.by.name !== '' && (entry.by.as !== 'family' || entry.by.scope !== null))
  return isNamed && (acts.length === 0 || booking.lastActOnBehalfAt === Math.max(...acts.map((entry) => entry.at)))
}

/** Law 6 over one message: exactly one state, with what that state needs. */
export function reachHolds(message: Message): boolean {
  switch (message.state) {
    case 'sent':
      return message.sentAt !== null
    case 'told':
      return message.calls.some((call) => call.outcome === 'told')
    case 'notReached':
      return message.calls.length > 0
    default:
      return message.sentAt === null
  }
}

/** Law 7 over one booking: what a code proved lies in that code's window and in the visit's own time, never ahead. */
export function serverClockHolds(booking: Booking): boolean {
  return [booking.evidence.checkIn, booking.evidence.checkOut, booking.evidence.handover].every((moment) => {
    if (!moment) return true
    if (moment.provedAt > moment.at) return false
    if (moment.codeWindow === null) return true
    return windowOf(moment.provedAt) === moment.codeWindow && moment.codeWindow >= windowOf(booking.startsAt - EARLY) && moment.codeWindow <= windowOf(booking.endsAt + LATE)
  })
}

/** Law 8 over one booking: one code window proves one moment, one step is on the timeline once. */
export function onceHolds(booking: Booking): boolean {
  const { checkIn, checkOut } = booking.evidence
  const sameWindow = checkIn?.codeWindow !== null && checkIn?.codeWindow !== undefined && checkIn.codeWindow === checkOut?.codeWindow
  const final = booking.timeline.filter((entry) => ['booked', 'checkedIn', 'checkedOut', 'verified', 'partly', 'rejected', 'cancelled', 'noShow', 'handedOver', 'delivered'].includes(entry.what))
    // A class is arrived at once a session: the line says at which.
    .map((entry) => `${entry.what} ${entry.what === 'checkedIn' ? (entry.words ?? '') : ''}`)
  return !sameWindow && new Set(final).size === final.length
}

/** Law 9 over one person. */
export const leastDataHolds = (person: Person): boolean =>
  (person.careNotes === null || person.careNotesConsentAt !== null) && (!['merged', 'erased'].includes(person.standing) || (person.phone === null && person.address === null && person.careNotes === null && person.diet === null))

/** Law 10 over one booking: what was fully verified had its proofs, a weak one was accepted with a reason; a delivered meal has the elder's side. */
export function evidenceHolds(booking: Booking): boolean {
  if (booking.status === 'delivered') return hasElderSide(booking.evidence)
  if (booking.status !== 'verified') return true
  // Who was there by the roll call alone earns, too: the verifier has seen that it was so.
  if (booking.kind === 'activity') return booking.evidence.checkIn !== null && certificateHolds(booking)
  const missing = missingFor(booking)
  const reason = booking.timeline.find((entry) => entry.what === 'verified')?.words
  return missing.every((what) => what === 'strongProof') && (missing.length === 0 || (reason !== null && reason !== undefined && reason !== ''))
}

/** Live bookings: those that must have a seat. */
export const live = (bookings: readonly Booking[]): readonly Booking[] => bookings.filter((booking) => holdsSeat(booking.status))
