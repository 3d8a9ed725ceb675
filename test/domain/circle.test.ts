/** The fifteen-minute circle, as sentences and properties: how far is how long, where it is drawn, what is open. */
import fc from 'fast-check'
import { emptyCircle, homeOf, isOpenAt, minutesBetween, openUntil, stationOf, usualPace, within, withPlace, type Circle, type CirclePlace, type Spot } from '../../src/domain/circle'
import { HOUR, instantOf } from '../../src/domain/civil-time'
import { refusalOf as thrown } from './support'

const everyDay = [0, 1, 2, 3, 4, 5, 6]
const placeAt = (placeId: string, x: number, y: number, more: Partial<CirclePlace> = {}): CirclePlace =>
  ({ placeId, sort: 'shop', name: placeId, address: '', phone: null, communityId: 'huaguang', spot: { x, y }, hours: { weekdays: everyDay, fromMinute: 540, untilMinute: 1020 }, walking: {}, serviceItemIds: [], kitchenId: null, ...more })
const circleOf = (...places: readonly CirclePlace[]): Circle => ({ ...emptyCircle('d'), homes: { huaguang: { middle: { x: 1000, y: 1000 }, buildings: { 12: { x: 200, y: 0 } } } }, places })
const spot = fc.record({ x: fc.integer({ min: -3000, max: 3000 }), y: fc.integer({ min: -3000, max: 3000 }) })
const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 150), seed: 20_261_130 }
const length = ({ x, y }: Spot): number => Math.hypot(x, y)

describe('how far', () => {
  test('an old person’s pace: 500 metres in a straight line are thirteen minutes', () => expect(minutesBetween({ x: 0, y: 0 }, { x: 500, y: 0 }, usualPace)).toBe(13))
  test('there and back are the same, nothing is nearer than a minute, and what lies farther on the same way takes no less', () => {
    fc.assert(fc.property(spot, spot, fc.integer({ min: 1, max: 5 }), (from, to, times) => {
      const minutes = minutesBetween(from, to, usualPace)
      expect(minutesBetween(to, from, usualPace)).toBe(minutes)
      expect(minutes).toBeGreaterThanOrEqual(1)
      expect(minutesBetween(from, { x: from.x + (to.x - from.x) * times, y: from.y + (to.y - from.y) * times }, usualPace)).toBeGreaterThanOrEqual(minutes)
    }), RUNS)
  })
  test('from the building of the register, else from the middle of the community', () => {
    const circle = circleOf()
    expect(homeOf(circle, 'huaguang', '华光城 12 幢 302')).toEqual({ spot: { x: 1200, y: 1000 }, building: 12 })
    expect(homeOf(circle, 'huaguang', '华光城 13 幢 302')).toEqual({ spot: { x: 1000, y: 1000 }, building: null })
    expect(homeOf(circle, 'taigu', '太古城 12 幢')).toBeNull()
  })
  test('minutes that somebody walked count before any line', () => {
    const circle = circleOf(placeAt('near', 10, 0, { walking: { huaguang: 9 } }), placeAt('far', 2000, 0, { walking: { huaguang: 4 } }))
    expect(within(circle, 'huaguang', null).map(({ place, minutes, ring }) => [place.placeId, minutes, ring])).toEqual([['far', 4, 5], ['near', 9, 10]])
    // Nobody has said where that community lies: what was walked is still known.
    expect(within(circleOf(placeAt('near', 10, 0, { walking: { taigu: 3 } }), placeAt('other', 10, 0)), 'taigu', null).map(({ place }) => place.placeId)).toEqual(['near'])
  })
})

describe('what is drawn', () => {
  test('nearest first, all within fifteen minutes, none left out, each as far from home as its minutes say, and no number on another', () => {
    fc.assert(fc.property(fc.array(spot, { maxLength: 14 }), (spots) => {
      const places = spots.map(({ x, y }, index) => placeAt(`p${index}`, Math.round(x / 4), Math.round(y / 4)))
      const near = within(circleOf(...places), 'huaguang', null)
      expect(near.map(({ minutes }) => minutes)).toEqual([...near.map(({ minutes }) => minutes)].sort((a, b) => a - b))
      const expected = places.filter((place) => minutesBetween({ x: 0, y: 0 }, place.spot, usualPace) <= 15)
      expect(near.map(({ place }) => place.placeId).sort()).toEqual(expected.map(({ placeId }) => placeId).sort())
      for (const { minutes, ring, drawn } of near) {
        expect(minutes).toBeLessThanOrEqual(ring)
        expect(minutes).toBeGreaterThan(ring - 5)
        expect(Math.abs(length(drawn) - minutes)).toBeLessThan(0.11)
      }
      // Two minutes about home there is room for no more than a few numbers.
      const apart = near.filter(({ minutes }) => minutes >= 6)
      for (const [index, one] of apart.entries()) for (const other of apart.slice(0, index)) expect(length({ x: one.drawn.x - other.drawn.x, y: one.drawn.y - other.drawn.y })).toBeGreaterThan(2.8)
    }), RUNS)
  })
})

describe('what is open', () => {
  const hours = { weekdays: [1, 2, 3, 4, 5], fromMinute: 540, untilMinute: 1020 }
  const monday = instantOf('2026-11-23', 540)
  test('from its hour on, until and not at its end, on its days', () => {
    expect([isOpenAt(hours, monday - 1), isOpenAt(hours, monday), isOpenAt(hours, monday + 8 * HOUR - 1), isOpenAt(hours, monday + 8 * HOUR), isOpenAt(hours, monday - 24 * HOUR)]).toEqual([false, true, true, false, false])
    expect([openUntil(hours, monday), openUntil(hours, monday - 1)]).toEqual(['17:00', null])
  })
  test('a station is its community’s own; hours do not run backwards', () => {
    const circle = withPlace(circleOf(placeAt('s', 0, 0, { sort: 'station' })), 't', placeAt('t', 5, 5, { sort: 'station', communityId: 'taigu' }))
    expect([stationOf(circle, 'huaguang')?.placeId, stationOf(circle, 'taigu')?.placeId, stationOf(circle, 'anju')]).toEqual(['s', 't', null])
    expect(thrown(() => withPlace(circle, 'u', placeAt('u', 0, 0, { hours: { ...hours, untilMinute: 540 } })))).toBe('BAD_INPUT')
    expect(withPlace(circle, 's', null).places.map(({ placeId }) => placeId)).toEqual(['t'])
  })
})
