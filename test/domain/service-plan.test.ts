/** What changes of a service over time, in sentences; and a property: whatever is decided and booked, no seat is taken away. */
import { addDays, instantOf } from '../../src/domain/civil-time'
import { isOfferedOn, priceOn, stateOf, weekOn, type ServiceItem, type WeeklyOpening } from '../../src/domain/service-item'
import { end, ensureBedSort, ensurePrice, ensureRoom, ensureWeekly, fateOf, hold, missingOf, planChange, pricePreview, reopen, withPlan, withPrice } from '../../src/domain/service-plan'
import { slotFaults, slotsOn, withCapacity, type Slot } from '../../src/domain/slot'
import { mulberry32 } from '../support/random'
import { NOW, refusalOf, TODAY } from './support'

const madeBy = { personId: 'admin', name: '孙洁', at: NOW }
const everyDay = (times: Readonly<Record<number, number>>): WeeklyOpening[] => [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) => Object.entries(times).map(([startMinute, capacity]) => ({ weekday, startMinute: Number(startMinute), capacity })))
const bath: ServiceItem = {
  _id: 'bath', subdistrictId: 'dongliu', providerId: 'care', providerName: '示例护理站', name: '助浴', kind: 'homeCare', icon: 'bath', summary: '', details: '', priceFen: 6000, durationMinutes: 60, cancelHours: 4,
  communityIds: ['huaguang'], walkingMinutes: {}, weekly: everyDay({ 540: 2, 840: 2 }), order: 1, isOpen: true,
}
const tomorrow = addDays(TODAY, 1)
const slotsOf = (item: ServiceItem, days = 3): Slot[] => Array.from({ length: days }, (_, index) => slotsOn(item, addDays(tomorrow, index), {})).flat()
const taken = (slot: Slot, count: number): Slot => ({ ...slot, remaining: slot.capacity - count, holders: Object.fromEntries(Array.from({ length: count }, (_, index) => [`e${index}`, { bookingId: `b${index}`, at: 1 }])) })
const plan = (weekly: readonly WeeklyOpening[], validFrom = addDays(TODAY, 2)) => ({ validFrom, weekly, madeBy })
const on = (slots: readonly Slot[], onDate: string, startMinute: number): Slot => slots.find((slot) => slot.startsAt === instantOf(onDate, startMinute)) as Slot

describe('a week', () => {
  test('holds from its day on, and before that the one before', () => {
    const item = withPlan(withPlan(bath, plan(everyDay({ 600: 1 }))), plan(everyDay({ 660: 3 }), addDays(TODAY, 2)))
    expect(weekOn(item, tomorrow).version).toBe(0)
    expect(weekOn(item, addDays(TODAY, 2))).toMatchObject({ version: 2, weekly: everyDay({ 660: 3 }) })
    expect(slotsOn(item, tomorrow, {}).map((slot) => slot.capacity)).toEqual([2, 2])
    expect(slotsOn(item, addDays(TODAY, 2), {})).toMatchObject([{ capacity: 3, planVersion: 2 }])
  })
  test('begins tomorrow at the earliest, is whole, and ends with its day', () => {
    expect(refusalOf(() => ensureWeekly(bath, everyDay({ 540: 1 }), TODAY, TODAY))).toBe('BAD_INPUT')
    expect(refusalOf(() => ensureWeekly(bath, everyDay({ 540: 1 }), tomorrow, TODAY))).toBe('OK')
    expect(refusalOf(() => ensureWeekly(bath, [...everyDay({ 540: 1 }), { weekday: 1, startMinute: 540, capacity: 3 }], tomorrow, TODAY))).toBe('BAD_INPUT')
    expect(refusalOf(() => ensureWeekly(bath, everyDay({ 1400: 1 }), tomorrow, TODAY))).toBe('BAD_INPUT')
    expect(refusalOf(() => ensureWeekly({ kind: 'stay', durationMinutes: 1260 }, everyDay({ 840: 4 }), tomorrow, TODAY))).toBe('OK')
    expect(refusalOf(() => ensureWeekly({ kind: 'stay', durationMinutes: 1260 }, everyDay({ 840: 4, 900: 4 }), tomorrow, TODAY))).toBe('BAD_INPUT')
  })
  test('that changes: new times are added, empty ones go, those with people are named, and nobody loses a seat', () => {
    const slots = slotsOf(bath)
    const day = addDays(TODAY, 2)
    const mine = slots.map((slot) => (slot === on(slots, day, 540) ? taken(slot, 1) : slot === on(slots, day, 840) ? taken(slot, 2) : slot))
    const change = planChange(bath, plan(everyDay({ 840: 1, 600: 3 })), mine, {}, TODAY, NOW)
    expect(change.added.filter((slot) => slot.onDate === day).map((slot) => slot.startsAt)).toEqual([instantOf(day, 600)])
    expect(change.added.every((slot) => slot.onDate >= day)).toBe(true)
    expect(change.kept).toMatchObject([{ onDate: day, startsAt: instantOf(day, 540) }])
    expect(change.removed.map((slot) => slot.startsAt)).toEqual([instantOf(addDays(day, 1), 540)])
    expect(change.belowHeld).toMatchObject([{ to: 1, held: 2 }])
    expect(change.resized).toMatchObject([{ to: 1, slot: { onDate: addDays(day, 1) } }])
    expect(refusalOf(() => ensureRoom(change, false))).toBe('BELOW_HELD')
    expect(refusalOf(() => ensureRoom(change, true))).toBe('OK')
  })
  test('leaves a time alone whose places somebody has set by hand since, and a time where somebody waits', () => {
    const item = withPlan(bath, plan(everyDay({ 540: 5 })))
    const day = addDays(TODAY, 2)
    const [slot] = slotsOn(item, day, {}) as [Slot]
    expect(fateOf(item, { ...slot, ...withCapacity(slot, 3) }, {})).toEqual({ what: 'stay' })
    const [gone] = slotsOn(bath, day, {}).filter((one) => one.startsAt === instantOf(day, 840)) as [Slot]
    expect(fateOf(item, gone, {})).toEqual({ what: 'remove' })
    expect(fateOf(item, { ...gone, queue: { version: 1, places: { e: { personId: 'e', name: 'e', communityId: 'huaguang', placeId: 'p', joinedAt: 1, reasons: [] } }, personIds: ['e'], communityIds: ['huaguang'], requests: {} } as never }, {})).toMatchObject({ what: 'change', changes: { isOpen: false, isOffPlan: true } })
  })
})

describe('a price', () => {
  test('holds from its day on for what is booked from then on', () => {
    const item = withPrice(bath, { priceFen: 7000, subsidy: null, validFrom: addDays(TODAY, 2), madeBy })
    expect([priceOn(item, tomorrow).priceFen, priceOn(item, addDays(TODAY, 2)).priceFen]).toEqual([6000, 7000])
    const slots = slotsOf(bath)
    expect(fateOf(item, on(slots, tomorrow, 540), {})).toEqual({ what: 'stay' })
    expect(fateOf(item, on(slots, addDays(TODAY, 2), 540), {})).toMatchObject({ what: 'change', changes: { priceFen: 7000, priceVersion: 1 } })
  })
  test('pays no subsidy where there is no bed, and never asks more than it costs', () => {
    const subsidy = { bands: [{ fromAge: 70, subsidyFen: 1000 }], hardshipFen: { none: 0, lowIncome: 0, extreme: 0 }, leastPayFen: 500 }
    expect(refusalOf(() => ensurePrice(bath, { priceFen: 7000, subsidy, validFrom: tomorrow }, TODAY))).toBe('BAD_INPUT')
    const bed = { bed: { sort: 'dayCare' as const, bring: [], subsidy: null } }
    expect(refusalOf(() => ensurePrice(bed, { priceFen: 7000, subsidy, validFrom: tomorrow }, TODAY))).toBe('OK')
    expect(refusalOf(() => ensurePrice(bed, { priceFen: 400, subsidy, validFrom: tomorrow }, TODAY))).toBe('BAD_INPUT')
  })
  test('would have changed so much last month; who is gone paid what they paid', () => {
    const bed = { bed: { sort: 'short' as const, bring: [], subsidy: null } }
    const subsidy = { bands: [{ fromAge: 80, subsidyFen: 3000 }], hardshipFen: { none: 0, lowIncome: 1000, extreme: 2000 }, leastPayFen: 1000 }
    const bookings = [{ elderId: 'old', onDate: '2026-10-05', units: 2, priceFen: 20000, subsidyFen: 8000 }, { elderId: 'young', onDate: '2026-10-06', units: 1, priceFen: 10000, subsidyFen: 0 }, { elderId: 'gone', onDate: '2026-10-07', units: 1, priceFen: 10000, subsidyFen: 0 }]
    const guestOf = (id: string) => (id === 'gone' ? null : { birthOn: id === 'old' ? '1940-01-01' : '1960-01-01', standing: 'verified', hardship: 'none' as const })
    expect(pricePreview(bed, { priceFen: 9000, subsidy }, bookings, guestOf)).toEqual({ before: { priceFen: 40000, subsidyFen: 8000, payFen: 32000 }, after: { priceFen: 37000, subsidyFen: 6000, payFen: 31000 }, elders: 3, payMore: 0, payLess: 1 })
  })
})

test('half a day and nights are had in a bed of their sort, care at home in none', () => {
  const fits = (['homeCare', 'dayCare', 'stay'] as const).map((kind) => ([undefined, 'dayCare', 'physio', 'short', 'memory'] as const).filter((sort) => refusalOf(() => ensureBedSort(kind, sort)) === 'OK'))
  expect(fits).toEqual([[undefined], ['dayCare', 'physio'], ['short', 'memory']])
})

describe('a hold and an end', () => {
  test('are said with their reason: a hold first, an end that comes with its day', () => {
    const by = { personId: 'admin', name: '孙洁' }
    const ends = { fromOn: addDays(TODAY, 3), why: '合同到期', at: NOW, by }
    expect(stateOf(bath, TODAY)).toEqual({ state: 'open', why: null, endsOn: null })
    expect(stateOf({ ...bath, ends }, TODAY)).toEqual({ state: 'ending', why: '合同到期', endsOn: ends.fromOn })
    expect(stateOf({ ...bath, ends, hold: { why: '检修', at: NOW, by } }, TODAY)).toMatchObject({ state: 'held', why: '检修' })
    expect(stateOf({ ...bath, ends }, ends.fromOn)).toMatchObject({ state: 'ended', why: '合同到期' })
  })

  const held = hold(bath, { why: '培训', at: NOW, by: madeBy })
  test('nothing new is opened or booked, what is booked stays; opened again it is as before, but for closed days', () => {
    expect(isOfferedOn(held, tomorrow)).toBe(false)
    expect(slotsOn(held, tomorrow, {})).toEqual([])
    const [slot] = slotsOf(bath) as [Slot]
    const fate = fateOf(held, taken(slot, 1), {})
    expect(fate).toMatchObject({ what: 'change', changes: { isOpen: false, isHeld: true }, capacity: null })
    const shut = { ...slot, isOpen: false, isHeld: true }
    expect(fateOf(reopen(held), shut, {})).toMatchObject({ changes: { isOpen: true, isHeld: false } })
    expect(fateOf(reopen(held), shut, { [slot.onDate]: '元旦' })).toMatchObject({ changes: { isHeld: false } })
    expect(refusalOf(() => hold(held, { why: '又', at: NOW, by: madeBy }))).toBe('WRONG_STATE')
    expect(refusalOf(() => reopen(bath))).toBe('WRONG_STATE')
  })
  test('from its last day on it is no more: what is free goes, who is booked is named', () => {
    const item = end(bath, { fromOn: addDays(TODAY, 2), why: '没有人了', at: NOW, by: madeBy }, TODAY)
    expect([isOfferedOn(item, tomorrow), isOfferedOn(item, addDays(TODAY, 2))]).toEqual([true, false])
    const slots = slotsOf(bath)
    expect(fateOf(item, on(slots, addDays(TODAY, 2), 540), {})).toEqual({ what: 'remove' })
    expect(fateOf(item, taken(on(slots, addDays(TODAY, 2), 540), 1), {})).toMatchObject({ changes: { isOpen: false, isOffPlan: true } })
    expect(refusalOf(() => end(item, { fromOn: TODAY, why: 'x', at: NOW, by: madeBy }, TODAY))).toBe('BAD_INPUT')
  })
})

test('whatever is decided, slots come to what the service says, and no seat that is held is taken away (law 1)', () => {
  const next = mulberry32(11)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
  for (let run = 0; run < 200; run++) {
    let item = bath
    let slots = slotsOf(bath, 4).map((slot) => (next() < 0.5 ? taken(slot, pick([1, 2])) : slot))
    const heldBefore = slots.reduce((sum, slot) => sum + Object.keys(slot.holders).length, 0)
    for (let step = 0; step < 4; step++) {
      const weekly = everyDay(Object.fromEntries([540, 600, 840].filter(() => next() < 0.6).map((minute) => [minute, pick([1, 2, 5])])))
      const act = pick([() => withPlan(item, plan(weekly, addDays(TODAY, pick([1, 2, 3])))), () => hold(item, { why: 'w', at: NOW, by: madeBy }), () => reopen(item), () => withPrice(item, { priceFen: pick([1, 9000]), subsidy: null, validFrom: addDays(TODAY, pick([1, 2])), madeBy })])
      refusalOf(() => { item = act() })
      for (let round = 0; round < 2; round++) {
        slots = slots.flatMap((slot) => {
          const fate = fateOf(item, slot, {})
          return fate.what === 'remove' ? [] : fate.what === 'stay' ? [slot] : [{ ...slot, ...fate.changes, ...(fate.capacity === null ? {} : withCapacity(slot, fate.capacity)) }]
        })
        slots.push(...missingOf(item, slots, {}, TODAY, NOW).filter((slot) => slot.onDate < addDays(tomorrow, 4)))
      }
      expect({ run, step, faults: slots.flatMap(slotFaults), open: slots.filter((slot) => fateOf(item, slot, {}).what !== 'stay').length, held: slots.reduce((sum, slot) => sum + Object.keys(slot.holders).length, 0) }).toEqual({ run, step, faults: [], open: 0, held: heldBefore })
    }
  }
})
