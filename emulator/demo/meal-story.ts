/**
 * What was eaten and ordered in the demo: a few days of last month, so that a policy can be looked at against them; the
 * week before, with everything that can happen to a meal; today's lunch, still open and growing; and a few days ahead.
 */
import type { InputOf } from '../../src/contract'
import type { DishName } from './kitchens'
import type { Meals, Order } from './meals'
import { socialWorkerFor } from './place'
import { residents, type ResidentName } from './residents'
import type { Door } from './visits'

/** What a story needs of the demo that is being told. */
export interface Told {
  readonly meals: Meals
  readonly id: (name: ResidentName) => () => string
  readonly card: (name: ResidentName) => Door
  readonly lastMonth: (dayOfMonth: number) => number
}

const desk = 'demo_li_jing'
const phoneOf = (openid: string): Door => ({ shownBy: openid })
/** On the telephone: what a social worker asked first. */
const asked: NonNullable<InputOf<'meal.order'>['asked']> = ['birthYear', 'building']
const days = (from: number, until: number): readonly number[] => Array.from({ length: until - from + 1 }, (_, index) => from + index)

/** Which dish of a weekday's menu fits somebody with low salt and diabetes. */
const fitting = (day: number): DishName => (['perch', 'perch', 'ribs', 'perch', 'chicken', 'ribs', 'perch'] as const)[((day % 7) + 7) % 7] ?? 'perch'

/** The menus, published and copied by the kitchens. */
export function tellMenus({ meals, lastMonth }: Told): void {
  const aWhileAgo = days(lastMonth(11), lastMonth(13))
  meals.publish('centre', aWhileAgo, { day: lastMonth(10), time: '09:30' })
  meals.publish('centre', days(-7, -1), { day: -8, time: '09:30' })
  meals.publish('halal', days(-7, -1), { day: -8, time: '09:30' })
  meals.copyWeek('centre', 0, { day: -3, time: '13:42' })
  meals.copyWeek('halal', 0, { day: -3, time: '13:42' })
  // The week after is still to be written, for somebody to copy.
  meals.publish('centre', [7, 9, 10], { day: -1, time: '16:20' })
}

/** Last month: three days, five people who each say themselves, or whose family says, that it came. */
export function tellLastMonth({ meals, id, lastMonth }: Told): void {
  const from = lastMonth(11)
  const wishes = (name: ResidentName, dish: (day: number) => DishName, how: { readonly way: 'delivery' } | { readonly way: 'dineIn' | 'pickUp'; readonly siteId: string }) =>
    days(from, from + 2).map((day) => ({ elderId: id(name), day, dish: dish(day), ...how }))
  const ordered = { day: from - 1, at: '09:30' }
  const delivery = { way: 'delivery' } as const
  meals.orderSeveral(wishes('wangXiuzhen', fitting, delivery), { by: 'demo_wang_min', ...ordered }, { by: 'demo_wang_xiuzhen', at: '11:40' })
  meals.orderSeveral(wishes('zhouFusheng', fitting, delivery), { by: 'demo_zhou_ting', ...ordered }, { by: 'demo_zhou_ting', at: '11:40' })
  meals.orderSeveral(wishes('sunGuiying', fitting, delivery), { by: 'demo_sun_guiying', ...ordered }, { by: 'demo_sun_guiying', at: '11:40' })
  meals.orderSeveral(wishes('zhengGuoqiang', fitting, { way: 'dineIn', siteId: 'zhongxing' }), { by: 'demo_zheng_guoqiang', ...ordered }, { by: 'demo_zheng_guoqiang', at: '11:40' })
  meals.orderSeveral(wishes('otherWangXiuzhen', fitting, { way: 'pickUp', siteId: 'zhongxing' }), { by: 'demo_wang_xiuzhen_tgc', ...ordered }, { by: 'demo_wang_xiuzhen_tgc', at: '11:40' })
}

/** The week before: the mother's lunch comes every day, and once of everything that can go another way. */
export function tellLastWeek({ meals, id, card }: Told): { readonly unopened: Order } {
  const mother = meals.orderSeveral(
    days(-7, -1).map((day) => ({ elderId: id('wangXiuzhen'), day, dish: fitting(day), way: 'delivery' })), { by: 'demo_wang_min', day: -8, at: '09:30' },
  )
  days(-7, -3).forEach((day, index) => meals.received(mother[index], day, '11:40', 'demo_wang_xiuzhen'))
  meals.orderSeveral(
    days(-7, -3).map((day) => ({ elderId: id('zhengGuoqiang'), day, dish: fitting(day), way: 'dineIn', siteId: 'zhongxing' })),
    { by: 'demo_zheng_guoqiang', day: -8, at: '09:30' }, { by: 'demo_zheng_guoqiang', at: '11:40' },
  )

  // Nobody opens; what became of it stands with the safety cases.
  const phone = (name: ResidentName, day: number, dish: DishName, at: { readonly day: number; readonly at: string }): Order =>
    meals.order({ elderId: id(name), day, dish, way: 'delivery', ordered: { by: socialWorkerFor(residents[name].communityId), ...at, asked } })
  const unopened = phone('fanWeimin', -3, 'chicken', { day: -4, at: '09:30' })
  meals.carry({ day: -3, community: '华侨城', courier: 'demo_han_zhiqiang', beginsAt: '10:58', stops: [{ order: unopened, at: '11:21', tried: '按门铃、敲门都没人应，屋里电视开着。' }] })

  // Two days ago: a run by code and by card.
  const early = { day: -3, at: '13:42' }
  const [neighbour, shen] = [
    meals.order({ elderId: id('zhengGuoqiang'), day: -2, dish: 'meatball', way: 'delivery', ordered: { by: 'demo_zheng_guoqiang', ...early } }), phone('shenYuee', -2, 'steamedEgg', early),
  ]
  meals.carry({
    day: -2, community: '华光城', courier: 'demo_ding_xiaojun', isGiven: true, beginsAt: '10:58',
    stops: [{ order: shen, at: '11:10', door: card('shenYuee') }, { order: need(mother[5]), at: '11:24', door: phoneOf('demo_wang_xiuzhen') }, { order: neighbour, at: '11:40', door: phoneOf('demo_zheng_guoqiang') }],
  })
  const served = meals.order({ elderId: id('otherWangXiuzhen'), day: -2, dish: 'ribs', way: 'pickUp', siteId: 'zhongxing', payment: 'atSite', ordered: { by: 'demo_wang_xiuzhen_tgc', ...early } })
  meals.served(served, -2, '11:40', phoneOf('demo_wang_xiuzhen_tgc'))

  // Yesterday: by code, by card, and one on the courier's word alone; one that nobody fetched.
  const yesterday = { day: -2, at: '16:22' }
  const [zhou, he] = [
    meals.order({ elderId: id('zhouFusheng'), day: -1, dish: 'perch', way: 'delivery', ordered: { by: 'demo_zhou_ting', ...yesterday } }), phone('heXiuying', -1, 'perch', yesterday),
  ]
  const sun = meals.order({ elderId: id('sunGuiying'), day: -1, dish: 'meatball', way: 'delivery', ordered: { by: 'demo_sun_guiying', ...yesterday } })
  meals.carry({
    day: -1, community: '华光城', courier: 'demo_ding_xiaojun', beginsAt: '10:33',
    stops: [{ order: zhou, at: '11:24', door: card('zhouFusheng') }, { order: need(mother[6]), at: '11:31', door: phoneOf('demo_wang_xiuzhen') }],
  })
  meals.carry({ day: -1, community: '锦苑', courier: 'demo_han_zhiqiang', beginsAt: '10:33', stops: [{ order: sun, at: '11:24', door: phoneOf('demo_sun_guiying') }, { order: he, at: '11:31', word: true }] })
  meals.order({ elderId: id('caoYuqin'), day: -1, dish: 'wonton', way: 'pickUp', siteId: 'huaguang', payment: 'atSite', ordered: { by: desk, ...yesterday, asked } })
  return { unopened }
}

/** Yesterday's supper: the dish ran out after the cut-off, another one was offered and taken. */
export function tellSubstitute({ meals, id }: Told, play: { readonly offer: (order: Order, slotId: string) => Promise<unknown>; readonly take: (order: Order) => Promise<unknown>; readonly scene: (day: number, at: string, play: () => Promise<unknown>) => void }): void {
  const order = meals.order({ elderId: id('zhengGuoqiang'), day: -1, sitting: 'dinner', dish: 'tofu', way: 'dineIn', siteId: 'zhongxing', payment: 'atSite', ordered: { by: 'demo_zheng_guoqiang', day: -1, at: '10:00' } })
  play.scene(-1, '15:33', () => play.offer(order, meals.slotId({ day: -1, sitting: 'dinner', dish: 'tomatoEgg' })))
  play.scene(-1, '16:20', () => play.take(order))
  meals.received(order, -1, '18:40', 'demo_zheng_guoqiang')
}

/** Today's lunch is open until ten: the mother has none yet, one dish is gone, of another few are left. */
export function tellTodaysMeals({ meals, id }: Told): void {
  const byPhone = (name: ResidentName, dish: DishName, day = 0, more: { readonly note?: string } = {}): void => {
    meals.order({ elderId: id(name), day, dish, way: 'delivery', ...more, ordered: { by: socialWorkerFor(residents[name].communityId), day: -1, at: '16:20', asked } })
  }
  meals.order({ elderId: id('zhouFusheng'), day: 0, dish: 'perch', way: 'delivery', ordered: { by: 'demo_zhou_ting', day: -1, at: '16:20' }, note: '敲门重一点。' })
  meals.order({ elderId: id('sunGuiying'), day: 0, dish: 'meatball', way: 'delivery', ordered: { by: 'demo_sun_guiying', day: -1, at: '18:40' } })
  byPhone('shenYuee', 'meatball')
  byPhone('heXiuying', 'perch')
  byPhone('guDeming', 'brisket')
  byPhone('daiGenbao', 'brisket')
  byPhone('fengAidi', 'wonton')
  byPhone('zhuQiusheng', 'kungPao')
  byPhone('zhongMeijuan', 'meatball')
  byPhone('baoShuigen', 'perch', 0, { note: '放在门卫也可以，请先打电话。' })
  meals.order({ elderId: id('huZhiliang'), day: 0, dish: 'meatball', way: 'dineIn', siteId: 'zhongxing', payment: 'atSite', ordered: { by: 'demo_fang_hui', day: -1, at: '16:20', asked } })
  meals.order({ elderId: id('sunGuiying'), day: 0, sitting: 'dinner', dish: 'tofu', way: 'delivery', ordered: { by: 'demo_sun_guiying', day: -1, at: '18:40' } })
  // A few of the next days.
  byPhone('heXiuying', 'perch', 1)
  byPhone('shenYuee', 'wonton', 1)
  meals.orderSeveral([1, 2].map((day) => ({ elderId: id('sunGuiying'), day, dish: fitting(day), way: 'delivery' })), { by: 'demo_sun_guiying', day: -1, at: '18:40' })
}

/** The halal kitchen's lunch closed yesterday: somebody asks it for a change, and it asks somebody else. */
export function tellAskedKitchens({ meals, id }: Told): { readonly asks: Order; readonly isAsked: Order; readonly instead: () => string } {
  const of = (name: ResidentName, by: string, dish: DishName) => meals.order({ elderId: id(name), day: 0, kitchen: 'halal', dish, way: 'pickUp', siteId: 'qingxiang', payment: 'atSite', ordered: { by, day: -1, at: '15:01' } })
  return {
    asks: of('otherWangXiuzhen', 'demo_wang_xiuzhen_tgc', 'beefTomato'), isAsked: of('zhengGuoqiang', 'demo_zheng_guoqiang', 'lamb'),
    instead: () => meals.slotId({ kitchen: 'halal', day: 0, dish: 'noodles' }),
  }
}

function need(order: Order | undefined): Order {
  if (!order) throw new Error('demo data: an order that was not told')
  return order
}
