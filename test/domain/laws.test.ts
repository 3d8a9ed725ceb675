/** The self-check itself: each law of meals and of safety cases holds over what the rules make, and a broken document is found. */
import type { By, Booking } from '../../src/domain/booking-record'
import { DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import { nextRun, type DeliveryRun } from '../../src/domain/delivery-run'
import { sittingId, type KitchenSheet } from '../../src/domain/kitchen'
import { compose } from '../../src/domain/kitchen-sheet'
import * as law from '../../src/domain/laws'
import { handOver, received } from '../../src/domain/meal-door'
import { order, placed, quoteOf } from '../../src/domain/meal-order'
import type { Person } from '../../src/domain/person'
import { closeCase, escalate, openCase } from '../../src/domain/safety-case'
import type { Slot } from '../../src/domain/slot'
import { ladder, mealSlotOf, policy, sheetOf } from '../actions/meal-world'
import { rungsOf } from '../../src/domain/ladder'
import { person } from './support'

const daughter: By = { personId: 'daughter', name: '王敏', as: 'family', kinship: '女儿', scope: 'book' }
const courier: By = { personId: 'courier', name: '刘强', as: 'courier', kinship: null, scope: null }
const server = { personId: 'courier', name: '刘强', kinIds: [] }
const dish = mealSlotOf()
const ORDERED = dish.orderUntil - HOUR
const LATER = ORDERED + DAY
const nobody: ReadonlySet<string> = new Set()

/** An order of two portions to the door with everything beside it, as the writes leave it. */
function ordered(portions = 2): { readonly booking: Booking; readonly slot: Slot; readonly elder: Person } {
  const elder = person('mother', { address: '华光城 12 幢 302' })
  const wish = { slotId: dish._id, portions, way: 'delivery' as const, siteId: null, despiteAdvice: false }
  const price = quoteOf(dish, elder, portions, policy, undefined)
  const booking = order(dish, elder, { bookingId: 'b', key: 'k', hash: 'h', doorKey: 'd', note: null }, { wish, quote: price, payment: 'atSite', asked: [] }, daughter, ORDERED)
  return {
    booking, slot: { ...dish, remaining: dish.capacity - portions, holders: { mother: { bookingId: 'b', at: ORDERED, count: portions } } },
    elder: placed(elder, dish, wish, { bookingId: 'b', payment: 'atSite', subsidyFen: price.subsidyFen }, ORDERED),
  }
}

describe('capacity and one place', () => {
  const { booking, slot, elder } = ordered()
  test('hold over an order', () => {
    expect(law.capacityHolds(slot, [booking], LATER)).toBe(true)
    expect(law.onePlaceHolds(elder, [booking], ORDERED + 10 * MINUTE)).toBe(true)
  })
  test.each([
    ['fewer portions held than ordered', { ...slot, remaining: slot.remaining + 1, holders: { mother: { bookingId: 'b', at: ORDERED, count: 1 } } }, [booking]],
    ['a portion that is nowhere', { ...slot, remaining: slot.remaining - 1 }, [booking]],
    ['portions without an order', slot, []],
    ['an order without portions', { ...slot, remaining: slot.capacity, holders: {} }, [booking]],
  ] as const)('%s is found', (_name, broken, live) => expect(law.capacityHolds(broken, live, LATER)).toBe(false))
  test('what somebody may still be at work on is no fault', () => {
    expect(law.capacityHolds(slot, [], ORDERED + MINUTE)).toBe(true)
    expect(law.capacityHolds({ ...slot, remaining: slot.capacity, holders: {} }, [booking], ORDERED + MINUTE)).toBe(true)
  })
  test('two lunches at one time are found; lunch at home beside a bath at home is none', () => {
    const at = { at: ORDERED, freedAt: null }
    const bath = { bookingId: 'bath', from: dish.startsAt, to: dish.endsAt, kind: 'homeCare' as const, where: 'home' as const, ...at }
    expect(law.onePlaceHolds({ ...elder, busy: [...elder.busy, bath] }, [booking], ORDERED)).toBe(true)
    expect(law.onePlaceHolds({ ...elder, busy: [...elder.busy, { ...bath, kind: 'meal' }] }, [booking], ORDERED)).toBe(false)
    expect(law.onePlaceHolds({ ...elder, busy: [...elder.busy, { ...bath, where: 'out' }] }, [booking], ORDERED)).toBe(false)
  })
  test('an order whose time names another dish is found', () => {
    const astray = { ...elder, busy: elder.busy.map((time) => ({ ...time, slotId: 'pork' })) }
    expect(law.onePlaceHolds(astray, [booking], ORDERED + 10 * MINUTE)).toBe(false)
    expect(law.onePlaceHolds(astray, [booking], ORDERED + MINUTE)).toBe(true)
  })
})

describe('the subsidy', () => {
  const { booking, elder } = ordered()
  const holds = (who: Person, meals: readonly Booking[], young = nobody) => law.subsidyHolds(who, meals, [policy], young, LATER)
  const tally = (orders: Record<string, number>): Person => ({ ...elder, subsidies: { '2026-11': orders } })
  test('is the sum of the orders', () => expect(holds(elder, [booking])).toBe(true))
  test.each([
    ['less than the orders say', tally({ b: 1 }), [booking]],
    ['an order that nobody has', tally({ b: 500, gone: 1 }), [booking]],
    ['an order that is not in it', tally({}), [booking]],
    ['one that was given up', elder, [{ ...booking, status: 'cancelled' as const }]],
    ['one that was refused', elder, [{ ...booking, status: 'rejected' as const }]],
  ])('%s is found, and not while somebody may be at work', (_name, who, meals) => {
    expect(holds(who, meals)).toBe(false)
    expect(holds(who, meals, new Set(['b', 'gone']))).toBe(true)
  })
  test('more than the cap of the month is found', () => {
    const meals = Array.from({ length: 7 }, (_, index) => ({ ...booking, _id: `b${index}` }))
    const all = tally(Object.fromEntries(meals.map((meal) => [meal._id, 500])))
    expect(holds(all, meals)).toBe(false)
    expect(law.subsidyHolds(all, meals, [{ ...policy, monthlyCapFen: 3500 }], nobody, LATER)).toBe(true)
  })
  test('months that left the tally are not compared', () => expect(law.subsidyHolds({ ...elder, subsidies: {} }, [booking], [policy], nobody, LATER + 100 * DAY)).toBe(true))
})

describe('a frozen sheet and its runs', () => {
  const { booking, elder } = ordered()
  const frozenAt = dish.orderUntil + MINUTE
  const after = frozenAt + HOUR
  const open = sheetOf()
  const counts = compose([{ booking, diet: null }], () => '华光城')
  const sheet: KitchenSheet = { ...open, ...counts, state: 'frozen', closedAt: dish.orderUntil, frozenAt, dueAt: null }
  const run = nextRun(sheet, dish.endsAt, { communityId: 'huaguang', name: '华光城' }, [{ booking, elder }], []) as DeliveryRun
  const carried: Booking = { ...booking, meal: booking.meal && { ...booking.meal, runId: run._id } }
  const holds = (orders: readonly Booking[], runs: readonly DeliveryRun[] = [run], of = sheet) => law.sheetHolds(of, orders, (id) => runs.find((one) => one._id === id), nobody, after)

  test('hold as the freeze leaves them; the id of the sheet is that of its sitting', () => {
    expect(holds([carried])).toBe(true)
    expect(law.runHolds(run, () => carried, after)).toBe(true)
    expect(sheet._id).toBe(sittingId(dish.providerId, dish.onDate, 'lunch'))
  })
  test('a meal to be carried without its stop is found', () => {
    expect(holds([booking])).toBe(false)
    expect(holds([carried], [])).toBe(false)
    expect(holds([carried], [{ ...run, stops: {} }])).toBe(false)
  })
  test('an order after the freeze is found', () => expect(holds([carried, { ...carried, _id: 'late', timeline: carried.timeline.map((entry) => ({ ...entry, at: frozenAt + 1 })) }])).toBe(false))
  test('a sheet that counts other portions than were ordered is found; what was given up since still counts', () => {
    expect(holds([carried], [run], { ...sheet, portions: 1 })).toBe(false)
    const givenUp: Booking = { ...carried, status: 'cancelled', timeline: [...carried.timeline, { what: 'cancelled', at: frozenAt + 2 * MINUTE, by: daughter, proof: null, provedAt: null, words: null }] }
    expect(holds([givenUp])).toBe(true)
    expect(holds([givenUp], [run], { ...sheet, portions: 0, orders: 0 })).toBe(false)
  })
  test('a sheet that is open or froze a moment ago is left alone', () => {
    expect(holds([booking], [], open)).toBe(true)
    expect(law.sheetHolds(sheet, [booking], () => undefined, nobody, frozenAt + MINUTE)).toBe(true)
  })
  test('a stop without its order, of another elder, or that tells another end is found', () => {
    expect(law.runHolds(run, () => undefined, after)).toBe(false)
    expect(law.runHolds(run, () => ({ ...carried, elderId: 'neighbour' }), after)).toBe(false)
    expect(law.runHolds(run, () => ({ ...carried, status: 'delivered' }), after)).toBe(false)
    expect(law.runHolds(run, () => ({ ...carried, status: 'delivered', unsettledAt: after }), after)).toBe(true)
  })
  test('when it is over no door stands on it', () => {
    expect(law.runForgets(run)).toBe(true)
    expect(law.runForgets({ ...run, forgetAt: null })).toBe(false)
  })
})

describe('a delivered meal has the elder’s side', () => {
  const { booking } = ordered()
  const now = dish.startsAt + MINUTE
  const word = handOver(booking, { at: now, provedAt: now, proof: 'courierWord', codeWindow: null, capturedAt: null }, courier, server)
  test('the courier’s word alone never counts', () => {
    expect(word.status).toBe('handedOver')
    expect(law.evidenceHolds(word)).toBe(true)
    expect(law.evidenceHolds({ ...word, status: 'delivered' })).toBe(false)
  })
  test('a tap of the family does', () => expect(law.evidenceHolds(received(word, 'familyTap', daughter, server, now + MINUTE))).toBe(true))
})

describe('the ladder', () => {
  const system: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }
  const social: By = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null }
  const about = { _id: 'help_mother_2026-11-23_1', subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', elderName: '王秀珍', age: 84, livesAlone: true, bookingId: null, reason: 'calledForHelp', words: '', family: [] } as const
  const rungs = rungsOf(ladder, dish.startsAt, { personId: 'mother', name: '王秀珍' }, [], [{ personId: 'social', name: '李静' }])
  const open = openCase(about, { version: 1, rungs, takenMinutes: 30 }, system, dish.startsAt)
  test('holds while somebody is next, on the last rung of a record from before, without a ladder, and closed', () => {
    const closed = closeCase(open, social, { by: 'seenInPerson', words: '在家', finding: 'fine', seenAt: dish.startsAt }, dish.startsAt)
    for (const safety of [open, escalate(open, dish.startsAt + DAY), openCase(about, { version: null, rungs: [], takenMinutes: 0 }, system, 1), closed]) expect(law.ladderHolds(safety)).toBe(true)
  })
  test('a case for which nobody is next, or that jumped a rung, is found', () => {
    expect(law.ladderHolds({ ...open, nextAt: null })).toBe(false)
    expect(law.ladderHolds({ ...open, rung: 1 })).toBe(false)
    expect(law.ladderHolds({ ...open, told: [3] })).toBe(false)
  })
  test('calls of one elder are one matter, whichever day and however many; doors are one each', () => {
    expect(['help_mother_2026-11-23_1', 'help_mother_2026-11-24_2', 'noCheckIn_mother_2026-11-23', 'noContact_b1'].map((_id) => law.caseMatter({ _id }))).toEqual(['help_mother', 'help_mother', 'noCheckIn_mother', 'noContact_b1'])
  })
})
