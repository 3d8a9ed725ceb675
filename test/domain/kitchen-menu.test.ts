import { addDays } from '../../src/domain/civil-time'
import type { Dish, Kitchen } from '../../src/domain/kitchen'
import { copyWeek, mustNotBeEaten, publish, saveDish, type SittingMenu } from '../../src/domain/kitchen-menu'
import type { Sitting } from '../../src/domain/meal'
import { order } from '../../src/domain/meal-order'
import { slotFaults } from '../../src/domain/slot'
import { dishes, kitchen, mealSlotOf, sheetOf, TUESDAY } from '../actions/meal-world'
import { MONDAY_NINE } from '../actions/world'
import { refusalOf as codeOf } from './support'

const TODAY = '2026-11-23'
const fish: Dish = dishes.fish

describe('a dish', () => {
  test('gains allergens, and never loses one, whatever it is called', () => {
    const more = saveDish(kitchen, { ...fish, allergens: ['soy', 'fish'] }, false)
    expect(more.dishes['fish']?.allergens).toEqual(['fish', 'soy'])
    expect(codeOf(() => saveDish(more, { ...fish, allergens: ['fish'] }, false))).toBe('ALLERGEN_HIDDEN')
    expect(codeOf(() => saveDish(kitchen, { ...fish, name: '清蒸海味', allergens: [] }, false))).toBe('ALLERGEN_HIDDEN')
    expect(saveDish(kitchen, { ...fish, name: '清蒸海味' }, false).dishes['fish']).toMatchObject({ name: '清蒸海味', allergens: ['fish'] })
  })

  test.each<[string, Dish, boolean, string]>([
    ['hides what its name names', { ...fish, dishId: 'new', name: '宫保鸡丁', sides: '', allergens: [] }, true, 'ALLERGEN_HIDDEN'],
    ['hides what its sides name', { ...fish, dishId: 'new', name: '炒青菜', sides: '蛋花汤', allergens: [] }, true, 'ALLERGEN_HIDDEN'],
    ['is another recipe, under a name of its own', { ...dishes.noodles, dishId: 'new', name: '时令小炒', sides: '', allergens: [] }, true, 'OK'],
    ['bears the name of one that declares more', { ...fish, dishId: 'new', sides: '', allergens: [] }, true, 'ALLERGEN_HIDDEN'],
    ['only sounds like fish', { ...fish, dishId: 'new', name: '鱼香肉丝', sides: '', allergens: [] }, true, 'OK'],
    ['is not there to be changed', { ...fish, dishId: 'nothing' }, false, 'NOT_FOUND'],
  ])('that %s', (_name, dish, isNew, expected) => expect(codeOf(() => saveDish(kitchen, dish, isNew))).toBe(expected))
})

const menuOf = (onDate: string, sitting: Sitting = 'lunch', more: Partial<SittingMenu> = {}): SittingMenu => ({ onDate, sitting, slots: [], sheet: null, ...more })
const wish = (dishId: string, portions = 10, priceFen = 1500) => ({ dishId, portions, priceFen })

describe('a menu', () => {
  test('of a new day: a sheet and a slot for each dish, ordered until the cut-off, cancelled until then', () => {
    const plan = publish(kitchen, menuOf('2026-12-10'), [wish('fish'), wish('pork', 20)], {}, TODAY, MONDAY_NINE)
    expect(plan.sheet).toEqual(sheetOf('2026-12-10'))
    expect(plan.added).toMatchObject([{ _id: 'meal_canteen_20261210_lunch_fish', capacity: 10, remaining: 10, priceFen: 1500, cancelHours: 19, meal: { order: 0, allergens: ['fish'] } }, { capacity: 20, meal: { order: 1 } }])
    expect(plan.changed).toEqual([])
  })

  test('that stands already: portions change around what is ordered, what is not named and not ordered is taken off', () => {
    const held = { ...mealSlotOf(undefined, { dish: 'fish', capacity: 10 }), remaining: 7, holders: { mother: { bookingId: 'b', at: 1, count: 3 } } }
    const free = mealSlotOf(undefined, { dish: 'pork' })
    const menu = menuOf(TUESDAY, 'lunch', { slots: [held, free], sheet: sheetOf() })
    const plan = publish(kitchen, menu, [wish('fish', 5), wish('chicken')], {}, TODAY, MONDAY_NINE)
    expect(plan).toMatchObject({ sheet: null, added: [{ meal: { dishId: 'chicken' } }], changed: [{ slot: { _id: held._id }, changes: { capacity: 5, remaining: 2 } }, { slot: { _id: free._id }, changes: { isOpen: false } }] })
    for (const { slot, changes } of plan.changed) expect(slotFaults({ ...slot, ...changes })).toEqual([])
    expect(codeOf(() => publish(kitchen, menu, [wish('fish', 2)], {}, TODAY, MONDAY_NINE))).toBe('BELOW_HELD')
    expect(codeOf(() => publish(kitchen, menu, [wish('pork')], {}, TODAY, MONDAY_NINE))).toBe('BELOW_HELD')
    // A dish that gained an allergen brings it to the menu, and never takes one away.
    const grown = { ...kitchen, dishes: { ...kitchen.dishes, fish: { ...fish, allergens: ['soy'] } } } satisfies Kitchen
    expect(publish(grown, menu, [wish('fish')], {}, TODAY, MONDAY_NINE).changed[0]?.changes.meal?.allergens).toEqual(['fish', 'soy'])
  })

  const retired: Kitchen = { ...kitchen, hours: { ...kitchen.hours, dinner: null }, dishes: { ...kitchen.dishes, pork: { ...dishes.pork, isRetired: true } } }
  test.each<[string, () => unknown, string]>([
    ['of yesterday', () => publish(kitchen, menuOf('2026-11-22'), [wish('fish')], {}, TODAY, MONDAY_NINE), 'CUTOFF_PAST'],
    ['of today’s lunch, which was ordered until yesterday', () => publish(kitchen, menuOf(TODAY), [wish('fish')], {}, TODAY, MONDAY_NINE), 'CUTOFF_PAST'],
    ['of a sitting whose sheet is closed', () => publish(kitchen, menuOf(TUESDAY, 'lunch', { sheet: sheetOf(TUESDAY, 'lunch', { state: 'closing' }) }), [wish('fish')], {}, TODAY, MONDAY_NINE), 'CUTOFF_PAST'],
    ['of a holiday', () => publish(kitchen, menuOf('2026-12-10'), [wish('fish')], { '2026-12-10': '馆休' }, TODAY, MONDAY_NINE), 'SLOT_CLOSED'],
    ['of a day 29 days ahead', () => publish(kitchen, menuOf(addDays(TODAY, 29)), [wish('fish')], {}, TODAY, MONDAY_NINE), 'BAD_INPUT'],
    ['with a dish that the kitchen does not have', () => publish(kitchen, menuOf('2026-12-10'), [wish('swan')], {}, TODAY, MONDAY_NINE), 'BAD_INPUT'],
    ['with a dish that it cooks no more', () => publish(retired, menuOf('2026-12-10'), [wish('pork')], {}, TODAY, MONDAY_NINE), 'BAD_INPUT'],
    ['with a dish twice', () => publish(kitchen, menuOf('2026-12-10'), [wish('fish'), wish('fish')], {}, TODAY, MONDAY_NINE), 'BAD_INPUT'],
    ['of a sitting that is not served', () => publish(retired, menuOf('2026-12-10', 'dinner'), [wish('fish')], {}, TODAY, MONDAY_NINE), 'BAD_INPUT'],
  ])('refused: %s', (_name, run, expected) => expect(codeOf(run)).toBe(expected))

  test('keeps the hours of its sheet when the kitchen’s hours change', () => {
    const later: Kitchen = { ...kitchen, hours: { ...kitchen.hours, lunch: { fromMinute: 12 * 60, untilMinute: 13 * 60, cutoffMinute: 9 * 60, cutoffDaysBefore: 0 } } }
    expect(publish(later, menuOf(TUESDAY, 'lunch', { sheet: sheetOf() }), [wish('fish')], {}, TODAY, MONDAY_NINE).added).toMatchObject([{ startsAt: sheetOf().startsAt, orderUntil: sheetOf().orderUntil }])
  })
})

describe('a week copied', () => {
  const toOn = '2026-12-01'
  const source = (index: number, dish: 'fish' | 'pork') => mealSlotOf(undefined, { onDate: addDays(toOn, index - 7), dish, capacity: 12 })

  test('brings what was cooked, and names what it left alone', () => {
    const slots = [source(0, 'fish'), source(1, 'fish'), source(1, 'pork'), source(2, 'pork'), source(3, 'fish'), mealSlotOf(undefined, { onDate: addDays(toOn, 3), dish: 'chicken' })]
    const copy = copyWeek(
      { ...kitchen, dishes: { ...kitchen.dishes, pork: { ...dishes.pork, isRetired: true } } }, toOn,
      (onDate, sitting) => menuOf(onDate, sitting, { slots: slots.filter((slot) => slot.onDate === onDate && slot.meal?.sitting === sitting) }), { [toOn]: '馆休' }, TODAY, MONDAY_NINE,
    )
    expect(copy.wishes).toEqual([{ onDate: addDays(toOn, 1), sitting: 'lunch', dishes: [{ dishId: 'fish', portions: 12, priceFen: 1400 }] }])
    expect(copy.left.map(({ onDate, reason }) => [onDate.slice(8), reason])).toEqual([['01', 'holiday'], ['02', 'retired'], ['03', 'retired'], ['04', 'published']])
  })

  test('leaves days alone whose cut-off has passed, and is refused too far ahead', () => {
    const slots = [mealSlotOf(undefined, { onDate: addDays(TODAY, -7) })]
    expect(copyWeek(kitchen, TODAY, (onDate, sitting) => menuOf(onDate, sitting, { slots: slots.filter((slot) => slot.onDate === onDate && sitting === 'lunch') }), {}, TODAY, MONDAY_NINE)).toEqual({ wishes: [], left: [{ onDate: TODAY, sitting: 'lunch', reason: 'past' }] })
    expect(codeOf(() => copyWeek(kitchen, addDays(TODAY, 23), (onDate, sitting) => menuOf(onDate, sitting), {}, TODAY, MONDAY_NINE))).toBe('BAD_INPUT')
  })
})

describe('an order whose dish turned out to hold what the elder must not eat', () => {
  const slot = mealSlotOf('s', { dish: 'pork' })
  const booked = order(
    slot, { _id: 'mother', name: '王秀珍', communityId: 'huaguang' }, { bookingId: 'b', key: 'k', hash: 'h', doorKey: 'd', note: null },
    { wish: { slotId: 's', portions: 1, way: 'delivery', siteId: null, despiteAdvice: false }, quote: { priceFen: 1600, subsidyFen: 0, payFen: 1600, policyVersion: null, reasons: [] }, payment: 'atSite', asked: [] },
    { personId: 'mother', name: '王秀珍', as: 'elder', kinship: null, scope: null }, MONDAY_NINE,
  )
  test('is an exception at once, once, and says nothing about the elder’s health', () => {
    const marked = mustNotBeEaten(booked, ['soy'], kitchen, MONDAY_NINE + 1)
    expect(marked).toMatchObject({ review: 'exception', status: 'booked', meal: { allergens: ['soy'] } })
    expect(marked?.timeline.at(-1)).toMatchObject({ what: 'changed', by: { as: 'kitchen' } })
    expect(marked?.timeline.at(-1)?.words).not.toMatch(/豆/u)
    expect(marked && mustNotBeEaten(marked, ['soy'], kitchen, MONDAY_NINE + 2)).toBeNull()
    expect(mustNotBeEaten(booked, [], kitchen, MONDAY_NINE)).toBeNull()
    expect(mustNotBeEaten({ ...booked, status: 'cancelled' }, ['soy'], kitchen, MONDAY_NINE)).toBeNull()
  })
})
