import fc from 'fast-check'
import type { Booking } from '../../src/domain/booking-record'
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import * as rule from '../../src/domain/delivery-run'
import { order } from '../../src/domain/meal-order'
import { mealSlotOf, sheetOf } from '../actions/meal-world'
import { MONDAY_NINE } from '../actions/world'
import { refusalOf as codeOf } from './support'

const slot = mealSlotOf('lunch', { dish: 'pork' })
const community = { communityId: 'huaguang', name: '华光城' }

function toCarry(id: string, address: string, more: Partial<Booking> = {}): rule.ToCarry {
  const wish = { slotId: slot._id, portions: 1, way: 'delivery' as const, siteId: null, despiteAdvice: false }
  const quote = { priceFen: 1600, subsidyFen: 600, payFen: 1000, policyVersion: 1, reasons: [] }
  const booking = order(slot, { _id: `e${id}`, name: `示例老人${id}`, communityId: 'huaguang' }, { bookingId: `b${id}`, key: 'k', hash: 'h', doorKey: 'd', note: '放门口' }, { wish, quote, payment: 'atSite', asked: [] }, { personId: `e${id}`, name: '示例', as: 'elder', kinship: null, scope: null }, MONDAY_NINE)
  return { booking: { ...booking, ...more }, elder: { name: `示例老人${id}`, livesAlone: false, address, diet: { allergens: ['peanut'], advice: [], consentAt: 1, consentHow: 'elderTap' } } }
}
const planned = (orders: readonly rule.ToCarry[], existing: readonly rule.DeliveryRun[] = []): rule.DeliveryRun[] => {
  const next = rule.nextRun(sheetOf(), slot.endsAt, community, orders, existing)
  return next === null ? [...existing] : planned(orders, [...existing, next])
}

describe('runs of a sitting', () => {
  test('go estate by estate, building by building, up the stairs once', () => {
    const [run] = planned([toCarry('1', '华光城 12 幢 302'), toCarry('2', '东海花园 1 幢 101'), toCarry('3', '华光城 2 幢 501'), toCarry('4', '华光城 12 幢 201')])
    expect(Object.values(run?.stops ?? {}).sort((a, b) => a.order - b.order).map((stop) => stop.bookingId)).toEqual(['b2', 'b3', 'b4', 'b1'])
    expect(run).toMatchObject({ _id: `${sheetOf()._id}_huaguang_1`, openFor: 'canteen', courierId: null, elderIds: ['e2', 'e3', 'e4', 'e1'] })
    expect(run?.stops['b1']).toMatchObject({ avoid: ['peanut'], note: '放门口', payFen: 1000, address: '华光城 12 幢 302' })
  })

  test('carry every order exactly once, at most fifteen each, whatever was planned before', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 50 }), fc.nat({ max: 50 }), (rooms, early) => {
      const orders = rooms.map((room, index) => toCarry(String(index), `华光城 ${room} 幢 101`))
      // Some were planned by a run of the clock that was killed; the next one goes on from there.
      const before = planned(orders.slice(0, early)).slice(0, 1)
      const runs = planned(orders, before)
      const carried = runs.flatMap((run) => Object.keys(run.stops))
      expect([...carried].sort()).toEqual(orders.map(({ booking }) => booking._id).sort())
      expect(runs.every((run) => Object.keys(run.stops).length <= rule.STOPS_OF_A_RUN)).toBe(true)
      expect(new Set(runs.map((run) => run._id)).size).toBe(runs.length)
    }), { seed: 11, numRuns: 60 })
  })

  test('leave alone what is given up or not carried', () => {
    const dineIn = toCarry('2', '华光城 1 幢')
    expect(planned([toCarry('1', '华光城 1 幢', { status: 'cancelled' }), { ...dineIn, booking: { ...dineIn.booking, meal: dineIn.booking.meal && { ...dineIn.booking.meal, way: 'dineIn' } } }])).toEqual([])
  })
})

describe('who carries a run', () => {
  const [open] = planned([toCarry('1', '华光城 1 幢'), toCarry('2', '华光城 2 幢')]) as [rule.DeliveryRun]
  const liu = { personId: 'courier', name: '刘强', kinIds: ['liuwife'] }
  const ma = { personId: 'courier2', name: '马亮', kinIds: [] }
  const at = slot.startsAt
  const taken = rule.takeRun(open, liu, at)

  test('one takes it, starts, and may give it on; what is on it stays, and the doors are masked until the next one starts', () => {
    expect(taken).toMatchObject({ courierId: 'courier', openFor: null, courierKinIds: ['liuwife'] })
    const started = rule.startRun(taken, at + 1)
    expect(rule.startRun(started, at + 2).startedAt).toBe(at + 1)
    const given = rule.giveRun(started, ma, at + MINUTE)
    expect(given).toMatchObject({ courierId: 'courier2', startedAt: null, carriers: [{ personId: 'courier', until: at + MINUTE }, { personId: 'courier2', until: null }] })
    expect(given.stops).toBe(started.stops)
    expect(rule.giveRun(given, ma, at + HOUR)).toBe(given)
    expect([rule.mayMark(given, 'courier', at + 1), rule.mayMark(given, 'courier', at + 2 * MINUTE), rule.mayMark(given, 'courier2', at), rule.mayMark(given, 'stranger', at)]).toEqual([true, false, true, false])
    expect(rule.carrierOf(given)).toEqual(ma)
  })

  test.each<[string, () => unknown, string]>([
    ['taken by a second one', () => rule.takeRun(taken, ma, at), 'ALREADY_TAKEN'],
    ['taken by the family of an elder on it', () => rule.takeRun(open, { ...ma, kinIds: ['e1'] }, at), 'OWN_CASE'],
    ['given to the family of an elder on it', () => rule.giveRun(taken, { ...ma, kinIds: ['e2'] }, at), 'OWN_CASE'],
    ['taken the day after', () => rule.takeRun(open, liu, slot.endsAt + 7 * HOUR), 'WRONG_STATE'],
    ['given on the day after', () => rule.giveRun(taken, ma, slot.endsAt + 7 * HOUR), 'WRONG_STATE'],
    ['started the day after', () => rule.startRun(taken, slot.endsAt + 7 * HOUR), 'WRONG_STATE'],
    ['started before any code counts', () => rule.startRun(taken, rule.startsFrom(taken) - 1), 'TOO_EARLY'],
  ])('refused: %s', (_name, run, expected) => expect(codeOf(run)).toBe(expected))

  test('a stop repeats what its booking says, and an unchanged booking changes nothing', () => {
    const { booking } = toCarry('1', '华光城 1 幢')
    expect(rule.withStop(taken, booking)).toBe(taken)
    const marked = rule.withStop(taken, { ...booking, status: 'delivered' })
    expect(marked.stops['b1']?.state).toBe('delivered')
    expect(marked.stops['b2']).toBe(taken.stops['b2'])
    expect(rule.withStop(taken, { ...booking, status: 'cancelled' }).stops['b1']?.state).toBe('cancelled')
    expect(rule.withStop(taken, { ...booking, meal: booking.meal && { ...booking.meal, dishName: '香菇鸡片', portions: 2 } }).stops['b1']).toMatchObject({ dishName: '香菇鸡片', portions: 2, state: 'todo' })
    expect(rule.withStop(taken, toCarry('9', '别处').booking)).toBe(taken)
  })

  test('law 9: when it is over it knows no door; a diet that was withdrawn, and an elder who is gone, leave it', () => {
    expect(rule.forgotten(taken)).toMatchObject({ forgetAt: null, stops: { b1: { address: null, note: null, avoid: [] }, b2: { address: null } } })
    expect(rule.withDiet(taken, 'e1', []).stops).toMatchObject({ b1: { avoid: [], address: '华光城 1 幢' }, b2: { avoid: ['peanut'] } })
    expect(rule.withoutElder(taken, 'e2').stops).toMatchObject({ b1: { address: '华光城 1 幢' }, b2: { address: null, note: null, avoid: [] } })
  })
})
