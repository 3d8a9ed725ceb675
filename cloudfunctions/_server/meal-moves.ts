/**
 * An order that becomes another one: changed before the cut-off, or after it with the consent of the other side. What is new
 * is taken before what is old is given back: a crash leaves both, and the booking says which one stands.
 */
import type { Booking, By } from '../../src/domain/booking-record'
import { DomainError } from '../../src/domain/error'
import { askedOf, ensureOrderable, kitchenAgrees, kitchenRefuses, substituteFen, takeSubstitute, type MealWish } from '../../src/domain/meal-order'
import type { Quote } from '../../src/domain/meal-policy'
import type { Person } from '../../src/domain/person'
import type { Subdistrict } from '../../src/domain/service-item'
import type { Slot } from '../../src/domain/slot'
import { changeOnce, get, type Request } from './aggregate'
import { settleBooking } from './bookings'
import { giveBack, occupyMeal, takePortions } from './meals'

/** A change of an order that is to be carried out. */
export interface Move {
  readonly booking: Booking
  readonly elder: Person
  readonly slot: Slot
  readonly wish: MealWish
  readonly subdistrict: Subdistrict
  readonly isConsented: boolean
  readonly portionFen?: number
}

/**
 * Carries out a change: the new portions, then the elder, then the booking as `decide` makes it; the old ones are given
 * back when it stands. What a refusal took is given back at once.
 * @throws what `ensurePortions`, `placed` and `decide` throw
 */
export async function moveMeal<A>({ booking, elder, slot, wish, subdistrict, isConsented, portionFen }: Move, request: Request, decide: (current: Booking, quote: Quote) => { readonly next: Booking; readonly answer: A }, now: number): Promise<A> {
  const payment = booking.meal?.payment.how ?? 'atSite'
  await takePortions(slot, { personId: elder._id, communityId: elder.communityId }, booking._id, wish.portions, isConsented, now)
  try {
    const quote = await occupyMeal(elder, slot, wish, { bookingId: booking._id, payment, subdistrict, ...(portionFen === undefined ? {} : { portionFen }) }, now)
    const { document, answer } = await changeOnce('bookings', booking, request, (current) => decide(current, quote))
    await settleBooking(document, now)
    return answer
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'TRY_AGAIN') await giveBack(booking._id, slot._id, elder._id, now)
    throw error
  }
}

interface Answering {
  readonly booking: Booking
  readonly elder: Person
  readonly subdistrict: Subdistrict
  readonly by: By
  readonly request: Request
  readonly now: number
}
const DONE = { done: true } as const

/** The kitchen's word on what was asked after its cut-off. @throws WRONG_STATE, SLOT_FULL, SLOT_CLOSED, SLOT_PAST, ALLERGEN, ELDER_AWAY, ALREADY_BOOKED, ELDER_BUSY */
export async function answerAsKitchen(its: Answering, agree: boolean, words: string | null): Promise<typeof DONE> {
  const { booking, elder, subdistrict, by, request, now } = its
  const { to } = askedOf(booking, 'kitchen')
  if (!agree || to === null) {
    const { document } = await changeOnce('bookings', booking, request, (current) => ({ next: agree ? kitchenAgrees(current, null, words, by, now) : kitchenRefuses(current, words, by, now), answer: DONE }))
    await settleBooking(document, now)
    return DONE
  }
  const slot = await get<Slot>('slots', to.slotId)
  const wish: MealWish = { ...to, despiteAdvice: true }
  ensureOrderable(slot, elder, wish, { bookingId: booking._id, closedDays: subdistrict.closedDays, asked: null, isConsented: true }, now)
  return moveMeal({ booking, elder, slot, wish, subdistrict, isConsented: true }, request, (current, quote) => ({ next: kitchenAgrees(current, { slot, quote }, words, by, now), answer: DONE }), now)
}

/** The elder's consent to the dish that the kitchen offers instead. @throws as answerAsKitchen */
export async function acceptSubstitute({ booking, elder, subdistrict, by, request, now }: Answering): Promise<typeof DONE> {
  const { to } = askedOf(booking, 'elder')
  if (to === null) throw new DomainError('WRONG_STATE', { status: 'notAsked' })
  const slot = await get<Slot>('slots', to.slotId)
  const wish: MealWish = { ...to, despiteAdvice: true }
  ensureOrderable(slot, elder, wish, { bookingId: booking._id, closedDays: subdistrict.closedDays, asked: null, isConsented: true }, now)
  return moveMeal(
    { booking, elder, slot, wish, subdistrict, isConsented: true, portionFen: substituteFen(booking, slot) }, request,
    (current, quote) => ({ next: takeSubstitute(current, { slot, quote }, by, now), answer: DONE }), now,
  )
}
