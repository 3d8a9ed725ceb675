import fc from 'fast-check'
import type { Booking } from '../../src/domain/booking-record'
import { compose, dishesSince, type Ordered } from '../../src/domain/kitchen-sheet'
import type { MealWay } from '../../src/domain/meal'
import { order } from '../../src/domain/meal-order'
import { mealSlotOf, type DishName } from '../actions/meal-world'
import { MONDAY_NINE } from '../actions/world'

let made = 0
function ordered(dish: DishName, portions: number, way: MealWay, diet: Ordered['diet'] = null, more: Partial<Booking> = {}): Ordered {
  const slot = mealSlotOf(undefined, { dish })
  const elder = { _id: `e${++made}`, name: `示例老人${made}`, communityId: more.communityId ?? 'huaguang' }
  const wish = { slotId: slot._id, portions, way, siteId: way === 'delivery' ? null : 'hall', despiteAdvice: true }
  const quote = { priceFen: 1000, subsidyFen: 0, payFen: 1000, policyVersion: null, reasons: [] }
  const booking = order(slot, elder, { bookingId: `b${made}`, key: 'k', hash: 'h', doorKey: 'd', note: null }, { wish, quote, payment: 'atSite', asked: [] }, { personId: elder._id, name: elder.name, as: 'elder', kinship: null, scope: null }, MONDAY_NINE)
  return { booking: { ...booking, ...more }, diet }
}
const diet = (allergens: readonly ('peanut' | 'fish')[], advice: readonly ('soft')[] = []): Ordered['diet'] => ({ allergens, advice, consentAt: 1, consentHow: 'elderTap' })
const nameOf = (communityId: string): string => ({ huaguang: '华光城', taigu: '太古城' })[communityId] ?? ''

const orders: readonly Ordered[] = [
  ordered('fish', 2, 'delivery'), ordered('pork', 1, 'delivery', diet(['peanut', 'fish'], ['soft'])), ordered('pork', 2, 'dineIn', diet(['fish', 'peanut'], ['soft'])), ordered('pork', 1, 'pickUp', diet([])),
  ordered('chicken', 3, 'delivery', diet([], ['soft']), { communityId: 'taigu' }), ordered('chicken', 1, 'delivery', null, { status: 'cancelled' }),
]

describe('the kitchen sheet', () => {
  const sheet = compose(orders, nameOf)

  test('counts portions by dish, by diet and by site', () => {
    expect(sheet).toEqual({
      portions: 9, orders: 5,
      dishes: [{ dishId: 'pork', dishName: '红烧肉', portions: 4 }, { dishId: 'chicken', dishName: '香菇鸡片', portions: 3 }, { dishId: 'fish', dishName: '清蒸鲈鱼', portions: 2 }],
      diets: [{ dishName: '红烧肉', avoid: ['peanut', 'fish'], advice: ['soft'], portions: 3 }, { dishName: '香菇鸡片', avoid: [], advice: ['soft'], portions: 3 }],
      sites: [
        { siteId: 'hall', siteName: '华光城食堂', way: 'dineIn', dishName: '红烧肉', portions: 2 }, { siteId: 'hall', siteName: '华光城食堂', way: 'pickUp', dishName: '红烧肉', portions: 1 },
        { siteId: 'huaguang', siteName: '华光城', way: 'delivery', dishName: '清蒸鲈鱼', portions: 2 }, { siteId: 'huaguang', siteName: '华光城', way: 'delivery', dishName: '红烧肉', portions: 1 },
        { siteId: 'taigu', siteName: '太古城', way: 'delivery', dishName: '香菇鸡片', portions: 3 },
      ],
    })
  })

  test('names nobody', () => {
    for (const { booking } of orders) for (const secret of [booking.elderName, booking.elderId, booking._id]) expect(JSON.stringify(sheet)).not.toContain(`"${secret}"`)
  })

  test('is the same whatever came first, and adds up', () => {
    fc.assert(fc.property(fc.shuffledSubarray([...orders], { minLength: orders.length }), (shuffled) => {
      expect(compose(shuffled, nameOf)).toEqual(sheet)
    }), { seed: 7, numRuns: 50 })
    for (const rows of [sheet.dishes, sheet.sites]) expect(rows.reduce((sum, row) => sum + row.portions, 0)).toBe(sheet.portions)
  })

  test('says what came and went since it froze, and before that nothing', () => {
    const later = compose([...orders.slice(1), ordered('noodles', 1, 'dineIn')], nameOf)
    expect(dishesSince({ state: 'frozen', dishes: sheet.dishes }, later)).toEqual([
      { dishName: '红烧肉', portions: 4, changed: 0 }, { dishName: '香菇鸡片', portions: 3, changed: 0 }, { dishName: '清蒸鲈鱼', portions: 2, changed: -2 }, { dishName: '雪菜肉丝面', portions: 0, changed: 1 },
    ])
    expect(dishesSince({ state: 'closing', dishes: [] }, later).every((dish) => dish.changed === 0)).toBe(true)
  })
})
