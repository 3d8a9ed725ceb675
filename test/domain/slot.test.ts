import fc from 'fast-check'
import { ensureSeat, openDays, slotFaults, slotsOn, withCapacity, type Slot } from '../../src/domain/slot'
import { civilDate, instantOf } from '../../src/domain/civil-time'
import { bathing, MONDAY_NINE, slotOf } from '../actions/world'
import { refusalOf as codeOf } from './support'

const elder = { personId: 'e1', communityId: 'huaguang' }

describe('law 1, capacity: a seat', () => {
  const slot = slotOf('s', { capacity: 1 })
  const held = { ...slot, remaining: 0, holders: { e2: { bookingId: 'b2', at: 1 } } }

  test.each<[string, Slot, string]>([
    ['is there while one remains', slot, 'OK'],
    ['is refused when the last one is gone', held, 'SLOT_FULL'],
    ['is refused once the slot has begun', { ...slot, startsAt: MONDAY_NINE }, 'SLOT_PAST'],
    ['is refused on a closed day', { ...slot, isOpen: false }, 'SLOT_CLOSED'],
    ['is refused to another community', { ...slot, communityIds: ['taigu'] }, 'OTHER_COMMUNITY'],
    ['is refused to an elder who has one already', { ...slot, holders: { e1: { bookingId: 'other', at: 1 } } }, 'ALREADY_BOOKED'],
    ['is recognised as one\'s own when the same request comes again', { ...slot, remaining: 0, holders: { e1: { bookingId: 'b1', at: 1 } } }, 'OK'],
  ])('%s', (_name, given, expected) => {
    expect(codeOf(() => ensureSeat(given, elder, 'b1', MONDAY_NINE))).toBe(expected)
  })

  test('capacity is never lowered below the seats that are held', () => {
    expect(codeOf(() => withCapacity(held, 0))).toBe('BELOW_HELD')
    expect(withCapacity(held, 3)).toEqual({ capacity: 3, remaining: 2 })
  })

  test('whatever is taken, given back and resized in whatever order: remaining + held = capacity', () => {
    const step = fc.oneof(
      fc.record({ take: fc.constantFrom('a', 'b', 'c', 'd') }), fc.record({ free: fc.constantFrom('a', 'b', 'c', 'd') }), fc.record({ resize: fc.integer({ min: 0, max: 5 }) }),
    )
    fc.assert(fc.property(fc.integer({ min: 0, max: 3 }), fc.array(step, { maxLength: 40 }), (capacity, steps) => {
      let current = slotOf('s', { capacity })
      for (const next of steps) {
        if ('take' in next) {
          const who = { personId: next.take, communityId: 'huaguang' }
          if (codeOf(() => ensureSeat(current, who, `b_${next.take}`, MONDAY_NINE)) === 'OK' && !current.holders[next.take]) {
            current = { ...current, remaining: current.remaining - 1, holders: { ...current.holders, [next.take]: { bookingId: `b_${next.take}`, at: 1 } } }
          }
        } else if ('free' in next) {
          const { [next.free]: seat, ...others } = current.holders
          if (seat) current = { ...current, remaining: current.remaining + 1, holders: others }
        } else if (codeOf(() => withCapacity(current, next.resize)) === 'OK') {
          current = { ...current, ...withCapacity(current, next.resize) }
        }
        expect(slotFaults(current)).toEqual([])
      }
    }))
  })
})

describe('slots are opened ahead from the weekly template', () => {
  test('a holiday stays closed', () => expect(slotsOn(bathing, '2027-01-01', { '2027-01-01': '元旦' })).toEqual([]))

  test('generating a day twice gives the same slots under the same ids, each with all its seats', () => {
    const first = slotsOn(bathing, '2026-11-24', {})
    expect(first.map((slot) => slot._id)).toEqual(['bathing_20261124_0540', 'bathing_20261124_0630', 'bathing_20261124_0840'])
    expect(slotsOn(bathing, '2026-11-24', {})).toEqual(first)
    expect(first.every((slot) => slot.remaining === slot.capacity)).toBe(true)
  })

  test('days are civil days of UTC+8', () => {
    expect(civilDate(instantOf('2026-11-24', 0))).toBe('2026-11-24')
    expect(openDays('2026-11-24')[0]).toBe('2026-11-24')
    expect(openDays('2026-12-25').at(-1)).toBe('2027-01-07')
  })
})
