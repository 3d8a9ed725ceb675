/** What a viewer can do with a booking now. Screens show exactly these; the rules decide again when one is tapped. */
import { isAskedWhy, mayAskOff, openAsk } from './absence'
import { cancelUntil, mayCancel } from './booking'
import { earlierDays, MOST_NIGHTS } from './stay'
import { isReceived } from './kind'
import { holdsSeat, type Booking } from './booking-record'
import { isOwnCase } from './own-case'
import { checkInFrom, isMealOpen } from './visit'
import { LATE } from './door-code'
import type { MealOrder } from './meal'
import { handableAs, hasSetOut, isAsked } from './menu-order'
import { civilDate } from './civil-time'
import { mealFrom, mealUntil } from './meal-door'
import type { Standing } from './role'

export type BookingAct =
  | 'cancel' | 'cancelLate' | 'doorCode' | 'vouchCheckIn' | 'vouchCheckOut' | 'confirm' | 'dispute'
  | 'askOff' | 'answerOff' | 'sayWhy' | 'notThere' | 'extend' | 'leaveEarly' | 'reschedule' | 'take' | 'handBack' | 'checkIn' | 'checkOut' | 'noContact' | 'callBack' | 'verify'
  // an order from the menu
  | 'accept' | 'decline' | 'assign' | 'setOut' | 'handOn'
  // a meal
  | 'change' | 'askKitchen' | 'answerSubstitute' | 'received' | 'handOver' | 'serve' | 'offerSubstitute' | 'answerKitchen' | 'notDelivered' | 'slip'

/** A check-in is accepted in the visit's own time. */
const isTimeToCheckIn = (booking: Booking, now: number): boolean => now >= checkInFrom(booking) && now <= booking.endsAt + LATE

const elderSide = (booking: Booking, now: number): readonly BookingAct[] => {
  switch (booking.status) {
    case 'booked':
      return now <= cancelUntil(booking) ? ['reschedule', 'cancel'] : mayAskOff(booking, now) ? ['askOff'] : []
    case 'assigned': {
      const atDoor: readonly BookingAct[] = isTimeToCheckIn(booking, now) ? ['doorCode', 'vouchCheckIn'] : []
      return [...atDoor, ...(now <= cancelUntil(booking) ? (['reschedule', 'cancel'] as const) : mayAskOff(booking, now) ? (['askOff'] as const) : [])]
    }
    case 'checkedIn':
      return now <= booking.endsAt + LATE ? ['doorCode', 'vouchCheckOut', 'dispute'] : ['vouchCheckOut', 'dispute']
    case 'checkedOut':
      return ['confirm', 'dispute']
    case 'confirmed':
      return ['dispute']
    default:
      return []
  }
}

/** A stay can end later or earlier than was agreed while it lasts. */
const lengthOf = (booking: Booking, now: number): readonly BookingAct[] =>
  booking.kind !== 'stay' || now >= booking.endsAt ? [] : [...((booking.bed?.nights.length ?? 0) < MOST_NIGHTS ? (['extend'] as const) : []), ...(earlierDays(booking, now).length > 0 ? (['leaveEarly'] as const) : [])]

/** Where staff of the house receive the elder, nobody comes to the door: what is left of the elder's acts, with the length of a stay. */
const received = (acts: readonly BookingAct[], booking: Booking, now: number): readonly BookingAct[] => [
  ...acts.filter((act) => !['vouchCheckIn', 'vouchCheckOut', ...(booking.kind === 'stay' ? ['reschedule'] : [])].includes(act)), ...(booking.status === 'booked' || booking.status === 'checkedIn' ? lengthOf(booking, now) : []),
]

const receivedElder = (booking: Booking, now: number): readonly BookingAct[] =>
  received([...elderSide(booking, now), ...(booking.status === 'booked' && isTimeToCheckIn(booking, now) ? (['doorCode'] as const) : [])], booking, now)

const careWorker = (booking: Booking, isMine: boolean, now: number): readonly BookingAct[] => {
  if (!isMine) return booking.status === 'booked' && booking.endsAt > now ? ['take', 'assign'] : []
  if (booking.status === 'assigned') return [...(isTimeToCheckIn(booking, now) ? (['checkIn'] as const) : []), ...(now >= booking.startsAt ? (['noContact'] as const) : []), 'handBack']
  return booking.status === 'checkedIn' ? ['checkOut'] : booking.status === 'noContact' ? ['notThere'] : []
}

const socialWorker = (booking: Booking, now: number): readonly BookingAct[] => {
  switch (booking.status) {
    case 'booked':
    case 'assigned':
      return [...(openAsk(booking) === null ? [] : (['answerOff'] as const)), ...(now < booking.startsAt ? (['reschedule'] as const) : []), ...(now <= cancelUntil(booking) ? (['cancel', 'cancelLate'] as const) : (['cancelLate'] as const))]
    case 'noContact':
      return ['verify', 'cancelLate']
    case 'checkedIn':
    case 'checkedOut':
    case 'disputed':
      return ['callBack', 'verify']
    case 'confirmed':
      return ['verify']
    default:
      return []
  }
}

/** Where the cut-off stands between the elder's side and the kitchen: until it they change, after it they ask. */
const inAgreement = (booking: Booking, meal: MealOrder, now: number): readonly BookingAct[] => {
  if (booking.status !== 'booked') return []
  if (mayCancel(booking, now)) return ['change', 'cancel']
  if (meal.proposal !== null) return meal.proposal.asks === 'elder' && now < booking.startsAt ? ['answerSubstitute'] : []
  return now < booking.startsAt ? ['askKitchen'] : []
}

const isTimeOfMeal = (booking: Booking, now: number): boolean => now >= mealFrom(booking) && now <= mealUntil(booking)

const mealOfElder = (booking: Booking, meal: MealOrder, now: number): readonly BookingAct[] => {
  const isAwaited = booking.status === 'booked' && isTimeOfMeal(booking, now)
  const isSaid = booking.status === 'handedOver' || booking.status === 'noContact'
  return [
    ...(isAwaited || (isSaid && isTimeOfMeal(booking, now)) ? (['doorCode'] as const) : []), ...(isAwaited || isSaid ? (['received'] as const) : []),
    ...inAgreement(booking, meal, now), ...(isMealOpen(booking, now) && booking.status !== 'disputed' && booking.status !== 'noContact' ? (['dispute'] as const) : []),
  ]
}

const mealOfSocialWorker = (booking: Booking, meal: MealOrder, now: number): readonly BookingAct[] => [
  ...inAgreement(booking, meal, now), ...(isMealOpen(booking, now) ? (['callBack', 'notDelivered'] as const) : []),
  ...(booking.status === 'booked' || booking.status === 'noContact' ? (['cancelLate'] as const) : []), ...(booking.status === 'booked' ? (['slip'] as const) : []),
]

const mealOfKitchen = (booking: Booking, meal: MealOrder, now: number): readonly BookingAct[] => {
  if (booking.status !== 'booked') return []
  const atCounter: readonly BookingAct[] = meal.way !== 'delivery' && isTimeOfMeal(booking, now) ? ['serve'] : []
  if (now >= booking.startsAt) return atCounter
  return [...atCounter, ...(meal.proposal === null ? (['offerSubstitute'] as const) : meal.proposal.asks === 'kitchen' ? (['answerKitchen'] as const) : [])]
}

const mealOfCourier = (booking: Booking, meal: MealOrder, now: number): readonly BookingAct[] => {
  if (meal.way !== 'delivery' || !isTimeOfMeal(booking, now)) return []
  return booking.status === 'booked' ? ['handOver', ...(now >= booking.startsAt ? (['noContact'] as const) : [])] : booking.status === 'handedOver' || booking.status === 'noContact' ? ['handOver'] : []
}

function actsOfMeal(booking: Booking, meal: MealOrder, role: Standing['role'], now: number): readonly BookingAct[] {
  switch (role) {
    case 'resident':
      return mealOfElder(booking, meal, now)
    case 'socialWorker':
      return mealOfSocialWorker(booking, meal, now)
    case 'kitchen':
      return mealOfKitchen(booking, meal, now)
    case 'courier':
      return mealOfCourier(booking, meal, now)
    default:
      return []
  }
}

/** An order from the menu: its organisation answers, then its workers come as to a visit. Once somebody has set out it moves no more. */
function actsOfOrder(booking: Booking, role: Standing['role'], personId: string, now: number): readonly BookingAct[] {
  const asOrder = (acts: readonly BookingAct[]): readonly BookingAct[] => (booking.status === 'assigned' && hasSetOut(booking) ? acts.filter((act) => act !== 'reschedule') : acts)
  switch (role) {
    case 'resident':
      return asOrder(elderSide(booking, now))
    case 'socialWorker':
      // Whether a licence has run out is looked at where organisations are loaded.
      return [...(now < booking.startsAt && handableAs(booking, true) !== null ? (['handOn'] as const) : []), ...asOrder(socialWorker(booking, now))]
    case 'careWorker': {
      if (isAsked(booking)) return ['accept', 'decline']
      if ((booking.menu?.acceptedAt ?? null) === null) return []
      if (booking.status === 'booked') return booking.endsAt > now ? ['take', 'assign', 'decline'] : ['decline']
      const isMine = booking.workerId === personId
      return [...(isMine && booking.status === 'assigned' && !hasSetOut(booking) && civilDate(now) === booking.onDate ? (['setOut'] as const) : []), ...careWorker(booking, isMine, now)]
    }
    default:
      return []
  }
}

export function actsOf(booking: Booking, standing: Standing, personId: string, now: number): readonly BookingAct[] {
  if (isAskedWhy(booking, now) && (standing.role === 'resident' || standing.role === 'socialWorker')) return ['sayWhy']
  if (booking.kind === 'activity') return booking.status === 'booked' && mayCancel(booking, now) && (standing.role === 'resident' || standing.role === 'socialWorker') ? ['cancel'] : []
  if (booking.meal !== null) return actsOfMeal(booking, booking.meal, standing.role, now)
  if (isReceived(booking.kind)) return standing.role === 'resident' ? receivedElder(booking, now) : standing.role === 'socialWorker' ? received(socialWorker(booking, now), booking, now) : []
  if (booking.menu !== undefined) return actsOfOrder(booking, standing.role, personId, now)
  if (standing.role === 'resident') return elderSide(booking, now)
  if (standing.role === 'careWorker') return careWorker(booking, booking.workerId === personId, now)
  return standing.role === 'socialWorker' ? socialWorker(booking, now) : []
}

/** Whether a booking waits for this person's word; who served, or is their family, is never asked (law 3). */
export const waitsForWordOf = (booking: Booking, personId: string, now: number): boolean =>
  (booking.status === 'checkedOut' || booking.status === 'handedOver' || (booking.status === 'booked' && booking.meal?.proposal?.asks === 'elder' && now < booking.startsAt)) && (booking.worker === null || !isOwnCase(personId, booking.worker))

/** Whether it still belongs to what comes next for the elder. */
export const isComing = (booking: Booking, now: number): boolean =>
  holdsSeat(booking.status) && !['noContact', 'handedOver', 'delivered', 'rejected'].includes(booking.status) && (booking.endsAt > now || (booking.status === 'checkedIn' && booking.kind !== 'activity'))
