/**
 * A week of one community: people order, change and cancel, the kitchen publishes and answers, the clock freezes the
 * sheets, couriers deliver by code, card, word, or before a shut door, people press for help or say that they are well,
 * the social worker looks after it all; and every hundredth database call meets a fault, in the actions and in the clock's
 * work. Whoever got no answer asks again with the same request, as the phone does. Afterwards the faults are off, the
 * sweep has run, and everything that was told is true. WEEK_PEOPLE=2000 in the long run, a sample here.
 */
import type { ActionName } from '../../src/contract'
import { holdsSeat, type Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY, instantOf, MINUTE } from '../../src/domain/civil-time'
import { stopStateOf, type DeliveryRun } from '../../src/domain/delivery-run'
import { allergens, dietTags } from '../../src/domain/diet'
import { sittingId, type KitchenSheet } from '../../src/domain/kitchen'
import { monthOf, type Hardship } from '../../src/domain/meal-policy'
import type { Sitting } from '../../src/domain/meal'
import type { Message } from '../../src/domain/message'
import type { Person } from '../../src/domain/person'
import { alarmsOf, type SafetyCase } from '../../src/domain/safety-case'
import { heldIn, type Slot } from '../../src/domain/slot'
import { mulberry32 } from '../support/random'
import { askingIn, together } from './asking'
import { dishes, kitchen, policy, startMealWorld, type DishName, type MealWorld } from './meal-world'
import { delegation, person } from './world'

const PEOPLE = Number(process.env['WEEK_PEOPLE'] ?? 14)
const SEED = Number(process.env['WEEK_SEED'] ?? 20_261_123)
const COURIERS = Math.max(2, Math.ceil(PEOPLE / 80))
/** So many at the same time. */
const AT_ONCE = 12
const MONDAY = '2026-11-23'
/** The whole week where WEEK_PEOPLE asks for it; its first days in the sample. */
const DAYS = process.env['WEEK_PEOPLE'] === undefined ? 3 : 7
const daysOfWeek = Array.from({ length: DAYS }, (_, index) => addDays(MONDAY, index))

/** What a rule may answer; anything else is a fault of ours. */
const refusals: Partial<Record<ActionName, readonly string[]>> = {
  'meal.order': ['SLOT_FULL', 'CUTOFF_PAST', 'ALREADY_BOOKED', 'ALLERGEN', 'DIET_ADVICE'], 'meal.change': ['SLOT_FULL', 'CUTOFF_PAST', 'WRONG_STATE', 'ALLERGEN', 'DIET_ADVICE'],
  'booking.cancel': ['WRONG_STATE', 'CANCEL_TOO_LATE'], 'meal.askKitchen': ['WRONG_STATE', 'SLOT_FULL', 'ALLERGEN', 'DIET_ADVICE', 'SLOT_PAST'],
  'kitchen.answer': ['WRONG_STATE', 'SLOT_FULL', 'SLOT_PAST', 'ALLERGEN'], 'kitchen.offerSubstitute': ['WRONG_STATE', 'SLOT_FULL', 'ALLERGEN', 'SLOT_PAST'], 'meal.answerSubstitute': ['WRONG_STATE', 'SLOT_FULL', 'ALLERGEN', 'SLOT_PAST'],
  'courier.takeRun': ['ALREADY_TAKEN', 'NOT_FOUND'], 'courier.handOver': ['WRONG_STATE', 'DOOR_CODE_USED'], 'courier.noAnswer': ['WRONG_STATE'], 'kitchen.serve': ['WRONG_STATE', 'DOOR_CODE_USED'], 'meal.received': ['WRONG_STATE'],
  'visit.doorCode': ['WRONG_STATE'], 'visit.callBack': ['WRONG_STATE'], 'visit.verify': ['WRONG_STATE'], 'booking.cancelLate': ['WRONG_STATE'], 'safety.take': ['ALREADY_TAKEN', 'WRONG_STATE'], 'safety.close': ['WRONG_STATE'],
}

describe(`a week of ${PEOPLE} people, seed ${SEED}`, () => {
  let world: MealWorld
  beforeAll(async () => {
    world = await startMealWorld()
  })
  afterAll(() => world.stop())

  const { told, ask } = askingIn(() => world, refusals)
  const stored = async <T>(collection: string): Promise<T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as T[]
  const chanceOf = (...parts: readonly number[]) => mulberry32(parts.reduce((sum, part) => (Math.imul(sum, 31) + part) >>> 0, SEED))
  const pick = <T>(random: () => number, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T

  interface Eater {
    readonly id: string
    readonly index: number
    /** who orders: the elder, the daughter, or the social worker on the telephone */
    readonly openid: string
    readonly hasDaughter: boolean
    readonly isDaily: boolean
  }
  const eaters: readonly Eater[] = Array.from({ length: PEOPLE }, (_, index) => {
    const hasDaughter = index % 3 === 1
    return { id: `w${index}`, index, openid: index % 3 === 2 ? 'o_social' : hasDaughter && index % 2 === 0 ? 'o_daughter' : `o_w${index}`, hasDaughter, isDaily: index % 8 === 0 }
  })
  const couriers = Array.from({ length: COURIERS }, (_, index) => (index === 0 ? 'o_courier' : index === 1 ? 'o_courier2' : `o_courier${index + 1}`))
  const orders = new Map<string, { readonly eater: Eater; readonly onDate: string; readonly sitting: Sitting; slotId: string; isCancelled: boolean }>()
  const pressed: { readonly elderId: string; readonly safetyCaseId: string }[] = []
  const silent: { readonly elderId: string; readonly onDate: string }[] = []
  let cards: ReadonlyMap<string, string> = new Map()

  async function settleIn(): Promise<void> {
    await world.emulator.insert('people', eaters.map(({ id, index, hasDaughter }) => person(id, {
      accountId: index % 3 === 2 ? null : `o_${id}`, name: `示例${'甲乙丙丁戊己庚辛壬癸'[index % 10] ?? ''}老人`, birthOn: `${1932 + (index % 32)}-0${1 + (index % 9)}-11`, address: `华光城 ${1 + (index % 40)} 幢 ${101 + (index % 6) * 100}`, livesAlone: index % 4 === 0,
      hardship: (['none', 'none', 'lowIncome', 'extreme'] as const satisfies readonly Hardship[])[index % 4] ?? 'none', standing: index % 11 === 0 ? 'unverified' : 'verified',
      diet: index % 7 === 3 ? { allergens: [allergens[4], allergens[7]], advice: index % 2 === 0 ? [dietTags[0]] : [], consentAt: 1, consentHow: 'counter' } : null,
      ...(hasDaughter ? delegation('daughter', '王敏') : {}),
    })))
    await world.emulator.insert('accounts', eaters.filter(({ index }) => index % 3 !== 2).map(({ id }) => ({ _id: `o_${id}`, version: 1, subdistrictId: 'dongliu', termsVersion: 'test', termsAt: 1, personId: id, name: '示例老人', grants: [], requests: {} })))
    for (const openid of couriers.slice(2)) await world.addPerson(openid.slice(2), { openid, name: '示例送餐员', birthOn: '1990-01-01', grants: [{ role: 'courier', providerId: kitchen._id }] })
    const issued = new Map<string, string>()
    await together(AT_ONCE, eaters.filter(({ index }) => index % 3 === 2), async ({ id }) => {
      const card = await ask('o_social', 'person.issueDoorCard', { personId: id })
      if (card) issued.set(id, card.code)
    })
    cards = issued
    await together(AT_ONCE, eaters.filter(({ isDaily }) => isDaily), async ({ id }) => void (await ask('o_social', 'well.setDaily', { elderId: id, byMinute: 9 * 60 + 15 })))
  }

  const at = (onDate: string, hour: number, minute = 0): Promise<unknown> => world.emulator.moveTo(instantOf(onDate, hour * 60 + minute))
  const slotIdOf = (onDate: string, sitting: Sitting, dish: DishName): string => `meal_${kitchen._id}_${onDate.replaceAll('-', '')}_${sitting}_${dish}`
  const dishesOf = { lunch: ['fish', 'pork', 'chicken', 'noodles'], dinner: ['chicken', 'noodles'] } as const satisfies Record<Sitting, readonly DishName[]>

  /** Enough for most, not for all. */
  const publish = async (onDate: string): Promise<void> => {
    for (const sitting of ['lunch', 'dinner'] as const) {
      const portions = Math.max(2, Math.ceil((PEOPLE * (sitting === 'lunch' ? 0.9 : 0.4)) / dishesOf[sitting].length))
      await ask('o_cook', 'kitchen.publish', { kitchenId: kitchen._id, onDate, sitting, dishes: dishesOf[sitting].map((dish) => ({ dishId: dish, portions, priceFen: dishes[dish].priceFen })) })
    }
  }

  const wishFor = (random: () => number, onDate: string, sitting: Sitting) => {
    const way = random() < 0.7 ? ('delivery' as const) : random() < 0.5 ? ('dineIn' as const) : ('pickUp' as const)
    return { slotId: slotIdOf(onDate, sitting, pick(random, dishesOf[sitting])), portions: random() < 0.8 ? 1 : 2 + Math.floor(random() * 2), way, ...(way === 'delivery' ? {} : { siteId: 'hall' }), despiteAdvice: random() < 0.5 }
  }
  const orderAll = (day: number, onDate: string, sitting: Sitting, share: number): Promise<void> => together(AT_ONCE, eaters, async (eater) => {
    const random = chanceOf(day, eater.index, sitting === 'lunch' ? 1 : 2)
    if (random() > share) return
    const wish = wishFor(random, onDate, sitting)
    const made = await ask(eater.openid, 'meal.order', { elderId: eater.id, ...wish, payment: random() < 0.5 ? 'atSite' : 'monthlyBill', asked: ['birthYear', 'building'] })
    if (made) orders.set(made.bookingId, { eater, onDate, sitting, slotId: wish.slotId, isCancelled: false })
  })
  const ofSitting = (onDate: string, sitting: Sitting) => [...orders].filter(([, order]) => order.onDate === onDate && order.sitting === sitting && !order.isCancelled)
  const changeSome = (day: number, onDate: string, sitting: Sitting): Promise<void> => together(AT_ONCE, ofSitting(onDate, sitting), async ([bookingId, order]) => {
    const random = chanceOf(day, order.eater.index, 3)
    const chance = random()
    if (chance < 0.15) {
      const wish = wishFor(random, onDate, sitting)
      if (await ask(order.eater.openid, 'meal.change', { bookingId, ...wish, asked: ['birthYear', 'building'] })) order.slotId = wish.slotId
    } else if (chance < 0.25 && (await ask(order.eater.openid, 'booking.cancel', { bookingId, asked: ['birthYear', 'building'] }))) order.isCancelled = true
  })

  /** The sheet closes and freezes, however often the clock is struck; what it says is what was ordered. */
  async function frozen(onDate: string, sitting: Sitting): Promise<void> {
    const sheetId = sittingId(kitchen._id, onDate, sitting)
    for (let minute = 0; minute < 30; minute++) {
      const sheet = (await stored<KitchenSheet>('kitchenSheets')).find((candidate) => candidate._id === sheetId)
      if (sheet?.state === 'frozen') {
        const live = (await stored<Booking>('bookings')).filter((booking) => booking.onDate === onDate && booking.meal?.sitting === sitting && booking.providerId === kitchen._id && holdsSeat(booking.status))
        const portions = (of: readonly Booking[]): number => of.reduce((sum, booking) => sum + (booking.meal?.portions ?? 0), 0)
        expect({ sheetId, orders: sheet.orders, portions: sheet.portions }).toEqual({ sheetId, orders: live.length, portions: portions(live) })
        for (const dish of sheet.dishes) expect({ sheetId, dish: dish.dishId, portions: dish.portions }).toEqual({ sheetId, dish: dish.dishId, portions: portions(live.filter((booking) => booking.meal?.dishId === dish.dishId)) })
        expect(live.map((booking) => booking._id).sort()).toEqual(ofSitting(onDate, sitting).map(([bookingId]) => bookingId).sort())
        return
      }
      await world.emulator.advance(MINUTE)
    }
    throw new Error(`${sheetId} did not freeze`)
  }

  /** After the cut-off nothing is changed without the kitchen, and no dish without the elder. */
  async function askAfterwards(day: number, onDate: string, sitting: Sitting): Promise<void> {
    const late = eaters.filter((eater) => chanceOf(day, eater.index, 4)() < 0.05)
    await together(AT_ONCE, late, async (eater) => void (await ask(eater.openid, 'meal.order', { elderId: eater.id, ...wishFor(chanceOf(day, eater.index, 5), onDate, sitting), payment: 'atSite', asked: ['birthYear', 'building'] }).then((made) => expect(made).toBeNull())))
    await together(AT_ONCE, ofSitting(onDate, sitting), async ([bookingId, order]) => {
      const random = chanceOf(day, order.eater.index, 6)
      const chance = random()
      if (chance < 0.06) await ask(order.eater.openid, 'meal.askKitchen', { bookingId, wish: chance < 0.03 ? { what: 'cancel' } : { what: 'change', ...wishFor(random, onDate, sitting) } })
      else if (chance < 0.1) {
        const offered = await ask('o_cook', 'kitchen.offerSubstitute', { bookingId, slotId: slotIdOf(onDate, sitting, pick(random, dishesOf[sitting].filter((dish) => slotIdOf(onDate, sitting, dish) !== order.slotId))), words: '没有了' })
        if (offered) await ask(order.eater.openid, 'meal.answerSubstitute', { bookingId, accept: random() < 0.6 })
      }
    })
    for (let round = 0; round < 20; round++) {
      const week = await ask('o_cook', 'kitchen.week', { fromOn: onDate })
      if (!week || week.asked.length === 0) break
      await together(AT_ONCE, week.asked, async (asked, index) => {
        // What cannot be had any more is refused by the kitchen.
        if ((await ask('o_cook', 'kitchen.answer', { bookingId: asked.bookingId, agree: index % 3 !== 2 })) === null) await ask('o_cook', 'kitchen.answer', { bookingId: asked.bookingId, agree: false })
      })
    }
    for (const booking of await stored<Booking>('bookings')) {
      const order = orders.get(booking._id)
      if (order && booking.onDate === onDate && booking.meal?.sitting === sitting) Object.assign(order, { slotId: booking.slotId, isCancelled: booking.status === 'cancelled' })
    }
  }

  /** Couriers take what is open, two at once; one run a day changes hands. */
  async function takeRuns(): Promise<void> {
    for (let round = 0; round < 40; round++) {
      const open = await ask(couriers[round % COURIERS] ?? '', 'courier.today', {})
      if (!open || open.open.length === 0) return
      await Promise.all(open.open.slice(0, COURIERS).flatMap((run, index) => [couriers[index % COURIERS], couriers[(index + 1) % COURIERS]].map((openid) => ask(openid ?? '', 'courier.takeRun', { runId: run.runId }))))
    }
  }

  async function deliver(day: number, part: number, parts: number): Promise<void> {
    await Promise.all(couriers.map(async (openid, courier) => {
      const today = await ask(openid, 'courier.today', {})
      const now = (await world.emulator.clock()).now
      for (const run of (today?.mine ?? []).filter((mine) => mine.startsAt <= now && now <= mine.endsAt)) {
        if (run.startedAt === null) await ask(openid, 'courier.startRun', { runId: run.runId })
        const todo = run.stops.filter((stop) => stop.state === 'todo')
        for (const stop of part === parts - 1 ? todo : todo.slice(0, Math.ceil(todo.length / (parts - part)))) {
          const order = orders.get(stop.bookingId)
          if (!order) throw new Error(`${stop.bookingId} was never ordered`)
          await atTheDoor(openid, stop.bookingId, order.eater, chanceOf(day, order.eater.index, 7))
        }
        if (courier === 0 && part === 0 && COURIERS > 1) await ask(openid, 'courier.handRun', { runId: run.runId, courierId: couriers[1]?.slice(2) ?? '' })
      }
    }))
  }
  async function atTheDoor(openid: string, bookingId: string, eater: Eater, random: () => number): Promise<void> {
    const chance = random()
    if (chance < 0.08) return void (await ask(openid, 'courier.noAnswer', { bookingId, tried: '敲门三次' }))
    if (chance < 0.3) {
      await ask(openid, 'courier.handOver', { bookingId })
      if (random() < 0.5 && eater.openid !== 'o_social') await ask(eater.openid, 'meal.received', { bookingId })
      return
    }
    const code = eater.openid === 'o_social' ? cards.get(eater.id) : (await ask(eater.openid, 'visit.doorCode', { bookingId }))?.code
    if (code !== undefined) await ask(openid, 'courier.handOver', { bookingId, code })
  }
  const serve = (day: number, onDate: string, sitting: Sitting): Promise<void> => together(AT_ONCE, ofSitting(onDate, sitting), async ([bookingId, { eater }]) => {
    if (chanceOf(day, eater.index, 8)() < 0.2) return
    const booking = await ask(eater.openid, 'booking.show', { bookingId })
    if (booking?.order?.way === 'delivery' || booking?.status !== 'booked') return
    const code = eater.openid === 'o_social' ? cards.get(eater.id) : (await ask(eater.openid, 'visit.doorCode', { bookingId }))?.code
    if (code !== undefined) await ask('o_cook', 'kitchen.serve', { bookingId, code })
  })

  /** The social worker's round: every live case is taken and closed by who saw the elder, every exception gets a call. */
  async function lookAfterAll(): Promise<void> {
    for (let round = 0; round < 60; round++) {
      const page = await ask('o_social', 'worker.today', {})
      if (!page || (page.safety.length === 0 && page.exceptions.length === 0)) return
      await together(AT_ONCE, page.safety, async (safety) => {
        if (!safety.takenByMe) await ask('o_social', 'safety.take', { safetyCaseId: safety.safetyCaseId, takenById: null })
        const seenAt = (await world.emulator.clock()).now
        await ask('o_social', 'safety.close', { safetyCaseId: safety.safetyCaseId, how: { by: 'seenInPerson', words: '在家里见到了', finding: 'fine', seenAt } })
      })
      await together(AT_ONCE, page.exceptions, async (row, index) => {
        if (row.kind !== 'meal') throw new Error('nobody has booked a visit')
        if (row.status === 'booked' && index % 2 === 0) await ask('o_social', 'booking.cancelLate', { bookingId: row.bookingId, as: 'noShow', reason: '没有来取' })
        else if (index % 4 === 3) await ask('o_social', 'visit.verify', { bookingId: row.bookingId, outcome: 'rejected', reason: '没有送到' })
        else await ask('o_social', 'visit.callBack', { bookingId: row.bookingId, outcome: 'confirmed', words: '老人说吃到了' })
      })
    }
    throw new Error('the social worker’s page is never empty')
  }

  /** Lets the clock work off what is due, a batch at a time. */
  async function drained(timer: string, workOf: (output: Readonly<Record<string, number>>) => number): Promise<void> {
    for (let round = 0; round < 2_000; round++) {
      const fired = await world.emulator.fire<{ output: Readonly<Record<string, number>> }>('timers', timer)
      if (fired.ok && workOf(fired.result.output) === 0) return
    }
    throw new Error(`${timer} is never done`)
  }

  async function liveThrough(onDate: string, day: number): Promise<void> {
    const tomorrow = addDays(onDate, 1)
    await at(onDate, 8, day === 0 ? 60 + 1 : 30)
    await publish(tomorrow)
    await together(AT_ONCE, eaters.filter(({ isDaily }) => isDaily), async ({ id, index }) => {
      if (chanceOf(day, index, 9)() < 0.8) await ask(index % 3 === 2 ? 'o_social' : `o_${id}`, 'well.check', { elderId: id })
      else silent.push({ elderId: id, onDate })
    })
    await at(onDate, 9, 20)
    await orderAll(day, tomorrow, 'lunch', 0.6)
    if (day > 0) await orderAll(day, onDate, 'dinner', 0.25)
    await at(onDate, 10, 3)
    if (day > 0) await frozen(onDate, 'dinner')
    await takeRuns()
    for (const [part, minute] of [5, 35, 65].entries()) {
      await at(onDate, 11, minute)
      await deliver(day, part, 3)
    }
    await serve(day, onDate, 'lunch')
    await together(AT_ONCE, eaters, async ({ id, index }) => {
      if (index % 3 === 2 || chanceOf(day, index, 10)() > 0.02) return
      const call = await ask(`o_${id}`, 'safety.call', { elderId: id })
      if (call) pressed.push({ elderId: id, safetyCaseId: call.safetyCaseId })
    })
    await at(onDate, 13, 50)
    await lookAfterAll()
    await changeSome(day, tomorrow, 'lunch')
    await at(onDate, 16, 3)
    await frozen(tomorrow, 'lunch')
    await askAfterwards(day, tomorrow, 'lunch')
    for (const [part, minute] of [35, 75].entries()) {
      await at(onDate, 16, minute)
      await takeRuns()
      await deliver(day, part, 2)
    }
    await serve(day, onDate, 'dinner')
    await at(onDate, 19, 15)
    await lookAfterAll()
  }

  test('everything that was told is true, no portion, no stop and no case is lost', async () => {
    await settleIn()
    await world.emulator.faults({ seed: SEED, errorBefore: 0.004, errorAfter: 0.004, conflict: 0.01, killFunction: 0.002 })
    for (const [day, onDate] of daysOfWeek.entries()) await liveThrough(onDate, day)
    const { counts } = await world.emulator.faultReport()
    await world.emulator.faults({})

    // The day after: whatever was left half-done is settled, and who was still waiting is looked after.
    const last = addDays(MONDAY, DAYS)
    await world.emulator.moveTo(instantOf(last, 9 * 60))
    await drained('settle', ({ slots, bookings }) => (slots ?? 0) + (bookings ?? 0))
    await world.emulator.advance(10 * MINUTE)
    await drained('lookAtBookings', ({ looked }) => looked ?? 0)
    await lookAfterAll()
    await drained('escalate', ({ missed, looked }) => (missed ?? 0) + (looked ?? 0))
    await drained('lookAtBookings', ({ looked }) => looked ?? 0)
    await drained('sendMessages', ({ sent, unsent }) => (sent ?? 0) + (unsent ?? 0))
    await world.emulator.advance(10 * MINUTE)

    expect(await world.brokenLaws()).toEqual([])
    const bookings = (await stored<Booking>('bookings')).filter((booking) => booking.kind === 'meal')
    const slots = (await stored<Slot>('slots')).filter((slot) => slot.kind === 'meal')
    const people = await stored<Person>('people')
    const runs = await stored<DeliveryRun>('deliveryRuns')
    const cases = await stored<SafetyCase>('safetyCases')

    // What was answered stands, and nothing else.
    expect(bookings.map((booking) => booking._id).sort()).toEqual([...orders.keys()].sort())
    expect(slots.filter((slot) => slot.remaining < 0 || slot.remaining + heldIn(slot) !== slot.capacity).map((slot) => slot._id)).toEqual([])
    for (const slot of slots) {
      const live = bookings.filter((booking) => booking.slotId === slot._id && holdsSeat(booking.status))
      expect({ slotId: slot._id, held: Object.entries(slot.holders).map(([elderId, seat]) => [elderId, seat.bookingId, seat.count]).sort() }).toEqual({ slotId: slot._id, held: live.map((booking) => [booking.elderId, booking._id, booking.meal?.portions]).sort() })
    }
    // Every meal came to its end, and each that was to be carried stood on exactly one run, which says what became of it.
    expect(bookings.filter((booking) => booking.onDate < last && !['delivered', 'cancelled', 'rejected', 'noShow'].includes(booking.status)).map((booking) => [booking._id, booking.status])).toEqual([])
    const stops = runs.flatMap((run) => Object.values(run.stops))
    expect(new Set(stops.map((stop) => stop.bookingId)).size).toBe(stops.length)
    for (const booking of bookings.filter((one) => one.onDate < last)) {
      const stop = stops.find((candidate) => candidate.bookingId === booking._id)
      if (stop) expect({ bookingId: booking._id, state: stop.state }).toEqual({ bookingId: booking._id, state: stopStateOf(booking) })
      else expect({ bookingId: booking._id, isCarried: booking.meal?.way === 'delivery' && booking.status !== 'cancelled' }).toEqual({ bookingId: booking._id, isCarried: false })
    }
    // Delivered is told once; the courier's word alone never was enough.
    expect((await stored<{ _id: string }>('serviceEvents')).map((event) => event._id).sort()).toEqual(bookings.filter((booking) => booking.status === 'delivered').map((booking) => `mealDelivered_${booking._id}`).sort())
    // No month over its cap, and each says what its orders say.
    for (const elder of people.filter((candidate) => candidate.subsidies[monthOf(MONDAY)] !== undefined || candidate._id.startsWith('w'))) {
      const subsidised = bookings.filter((booking) => booking.elderId === elder._id && holdsSeat(booking.status) && booking.status !== 'rejected' && (booking.meal?.quote.subsidyFen ?? 0) > 0)
      const tallied = Object.values(elder.subsidies).flatMap((month) => Object.entries(month))
      expect({ elderId: elder._id, tallied: tallied.sort() }).toEqual({ elderId: elder._id, tallied: subsidised.map((booking) => [booking._id, booking.meal?.quote.subsidyFen]).sort() })
      for (const month of Object.values(elder.subsidies)) expect(Object.values(month).reduce((sum, fen) => sum + fen, 0)).toBeLessThanOrEqual(policy.monthlyCapFen)
    }
    // No case was lost: each shut door, each silent morning, each press has its own or is told in the live one, and each was closed by a person.
    const shut = bookings.filter((booking) => booking.timeline.some((line) => line.what === 'noContact'))
    expect(shut.filter((booking) => !cases.some((safety) => safety._id === `noContact_${booking._id}` || safety.also.includes(booking._id))).map((booking) => booking._id)).toEqual([])
    expect(silent.filter(({ elderId, onDate }) => !cases.some((safety) => safety._id === `noCheckIn_${elderId}_${onDate}` || safety.also.includes(`noCheckIn_${elderId}_${onDate}`)))).toEqual([])
    expect(pressed.filter(({ safetyCaseId }) => !cases.some((safety) => safety._id === safetyCaseId))).toEqual([])
    expect(cases.filter((safety) => safety.status !== 'closed' && civilDate(safety.openedAt) < last).map((safety) => safety._id)).toEqual([])
    expect(cases.flatMap(alarmsOf).filter((alarm) => alarm.reason === 'noContact').length).toBe(shut.length)
    // No message is left between the states.
    expect((await stored<Message>('messages')).filter((message) => message.state === 'sending' || (message.state === 'due' && message.dueAt < instantOf(last))).map((message) => message._id)).toEqual([])

    // The week is worth something only if it went everywhere; its first days at least where every day goes.
    const everyDay = ['meal.order OK', 'courier.handOver OK', 'kitchen.serve OK', 'meal.received OK', 'safety.close OK']
    for (const key of DAYS < 7 ? everyDay : ['meal.order OK', 'meal.change OK', 'booking.cancel OK', 'meal.order CUTOFF_PAST', 'courier.handOver OK', 'courier.noAnswer OK', 'kitchen.serve OK', 'meal.received OK', 'visit.callBack OK', 'safety.close OK', 'kitchen.answer OK', 'meal.answerSubstitute OK']) expect({ key, isMet: (told[key] ?? 0) > 0 }).toEqual({ key, isMet: true })
    expect(counts['matched'] ?? 0).toBeGreaterThan(PEOPLE * 50)
    expect(((counts['errorBefore'] ?? 0) + (counts['errorAfter'] ?? 0) + (counts['killBefore'] ?? 0) + (counts['killAfter'] ?? 0)) / (counts['matched'] ?? 1)).toBeGreaterThan(0.007)
    if (process.env['WEEK_PEOPLE'] !== undefined) console.log(JSON.stringify({ people: PEOPLE, orders: orders.size, runs: runs.length, cases: cases.length, faults: counts, told }, null, 1))
  }, DAY)
})
