/**
 * Two invented kitchens: what they cook, and who works in them. Dishes and prices are examples. A dish declares what is
 * in it, and its words hide nothing: the product refuses it otherwise.
 */
import type { InputOf } from '../../src/contract'
import type { Sitting } from '../../src/domain/meal'
import facts from './dongliu.json'
import type { StaffMember } from './place'

type Terms = Omit<InputOf<'kitchen.save'>, 'kitchenId'>
type Cooked = Omit<InputOf<'kitchen.saveDish'>, 'kitchenId' | 'dishId' | 'isRetired'>

const clock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
const everyCommunity = facts.communities.map(({ communityId }) => communityId)

/** Serves everybody, carries to the door, and takes orders until shortly before. */
const centre: Terms = {
  name: '东柳中心食堂（示例）', phone: '19000001905', communityIds: everyCommunity, ways: ['dineIn', 'pickUp', 'delivery'], isOpen: true,
  sites: [{ siteId: 'zhongxing', name: '中兴店', address: '中兴社区综合楼一楼（示例）' }, { siteId: 'huaguang', name: '华光城取餐点', address: '华光城社区服务站门口（示例）' }],
  hours: {
    lunch: { fromMinute: clock('11:00'), untilMinute: clock('12:30'), cutoffMinute: clock('10:00'), cutoffDaysBefore: 0 },
    dinner: { fromMinute: clock('17:00'), untilMinute: clock('18:00'), cutoffMinute: clock('15:00'), cutoffDaysBefore: 0 },
  },
}
/** Halal, lunch alone, nothing carried; it buys in the day before. */
const halal: Terms = {
  name: '清香小厨（示例）', phone: '19000001906', communityIds: ['huaguangcheng', 'jinyuan', 'taigucheng', 'zhongxing'], ways: ['dineIn', 'pickUp'], isOpen: true,
  sites: [{ siteId: 'qingxiang', name: '清香小厨', address: '中兴路边（示例）' }],
  hours: { lunch: { fromMinute: clock('11:00'), untilMinute: clock('12:30'), cutoffMinute: clock('16:00'), cutoffDaysBefore: 1 }, dinner: null },
}

/** What the kitchens cook, by the names that the story uses. */
export const dishes = {
  perch: { name: '清蒸鲈鱼', sides: '西兰花 冬瓜汤 软米饭', picture: 'fish', tags: ['lowSalt', 'diabetic'], allergens: ['fish'], priceFen: 1500, portions: 40 },
  meatball: { name: '红烧狮子头', sides: '青菜 番茄蛋汤 米饭', picture: 'beef', tags: ['soft'], allergens: ['egg', 'soy'], priceFen: 1500, portions: 9 },
  wonton: { name: '荠菜馄饨', sides: '虾皮紫菜汤', picture: 'wheat', tags: ['soft'], allergens: ['gluten', 'shellfish'], priceFen: 1200, portions: 30 },
  chicken: { name: '白切鸡', sides: '莴笋 萝卜汤 米饭', picture: 'drumstick', tags: ['lowSalt', 'diabetic'], allergens: [], priceFen: 1500, portions: 25 },
  kungPao: { name: '宫保鸡丁', sides: '土豆丝 紫菜汤 米饭', picture: 'drumstick', tags: [], allergens: ['peanut', 'soy'], priceFen: 1400, portions: 25 },
  tomatoEgg: { name: '番茄炒蛋', sides: '菠菜 豆腐汤 米饭', picture: 'egg', tags: ['lowSalt', 'soft'], allergens: ['egg', 'soy'], priceFen: 1000, portions: 30 },
  steamedEgg: { name: '肉末蒸蛋', sides: '南瓜 小白菜 软米饭', picture: 'egg', tags: ['lowSalt', 'soft'], allergens: ['egg', 'soy'], priceFen: 1100, portions: 25 },
  brisket: { name: '萝卜炖牛腩', sides: '花菜 米饭', picture: 'beef', tags: ['diabetic'], allergens: ['soy'], priceFen: 1600, portions: 2 },
  ribs: { name: '清炖排骨', sides: '冬瓜 海带汤 杂粮饭', picture: 'soup', tags: ['lowSalt', 'diabetic'], allergens: [], priceFen: 1600, portions: 25 },
  fishScented: { name: '鱼香肉丝', sides: '炒藕片 米饭', picture: 'beef', tags: [], allergens: ['soy'], priceFen: 1200, portions: 25 },
  tofu: { name: '香菇豆腐', sides: '油麦菜 杂粮饭', picture: 'bean', tags: ['lowSalt', 'diabetic', 'soft'], allergens: ['soy'], priceFen: 900, portions: 30 },
  porridge: { name: '小米南瓜粥', sides: '花卷 拌黄瓜', picture: 'soup', tags: ['lowSalt', 'soft'], allergens: ['gluten'], priceFen: 800, portions: 30 },
  beefTomato: { name: '番茄牛肉', sides: '炒青菜 米饭', picture: 'beef', tags: ['halal', 'diabetic'], allergens: [], priceFen: 1600, portions: 15 },
  noodles: { name: '牛肉面', sides: '酱黄瓜', picture: 'wheat', tags: ['halal', 'soft'], allergens: ['gluten'], priceFen: 1400, portions: 15 },
  lamb: { name: '清炖羊肉', sides: '萝卜 米饭', picture: 'soup', tags: ['halal', 'soft', 'lowSalt'], allergens: [], priceFen: 1800, portions: 10 },
  potatoChicken: { name: '土豆烧鸡', sides: '炒三丝 米饭', picture: 'drumstick', tags: ['halal'], allergens: ['soy'], priceFen: 1500, portions: 12 },
} as const satisfies Readonly<Record<string, Cooked>>

export type DishName = keyof typeof dishes

export interface KitchenStory {
  readonly terms: Terms
  /** whose phone stands in this kitchen */
  readonly cook: string
  readonly dishes: readonly DishName[]
  /** what is cooked, turn by turn: a day takes the next one */
  readonly turns: Readonly<Partial<Record<Sitting, readonly (readonly DishName[])[]>>>
}

export const kitchens = {
  centre: {
    terms: centre, cook: 'demo_luo_yumei', dishes: ['perch', 'meatball', 'wonton', 'chicken', 'kungPao', 'tomatoEgg', 'steamedEgg', 'brisket', 'ribs', 'fishScented', 'tofu', 'porridge'],
    turns: { lunch: [['perch', 'meatball', 'wonton', 'kungPao', 'brisket'], ['perch', 'chicken', 'fishScented', 'wonton', 'tofu'], ['ribs', 'meatball', 'kungPao', 'steamedEgg']], dinner: [['tomatoEgg', 'tofu', 'porridge'], ['steamedEgg', 'ribs', 'porridge']] },
  },
  halal: {
    terms: halal, cook: 'demo_ma_jianming', dishes: ['beefTomato', 'noodles', 'lamb', 'potatoChicken'],
    turns: { lunch: [['beefTomato', 'noodles', 'lamb'], ['beefTomato', 'noodles', 'potatoChicken']] },
  },
} as const satisfies Readonly<Record<string, KitchenStory>>

export type KitchenName = keyof typeof kitchens
export type KitchenIds = Readonly<Record<KitchenName, string>>

/** Who cooks and who carries, once the kitchens are there. */
export const kitchenStaff = (ids: KitchenIds): readonly StaffMember[] => [
  { openid: kitchens.centre.cook, name: '罗玉梅', phone: '19000001821', communityId: 'zhongxing', grants: [{ role: 'kitchen', providerId: ids.centre }] },
  { openid: kitchens.halal.cook, name: '马建明', phone: '19000001822', communityId: 'yueji', grants: [{ role: 'kitchen', providerId: ids.halal }] },
  { openid: 'demo_han_zhiqiang', name: '韩志强', phone: '19000001823', communityId: 'donghai', grants: [{ role: 'courier', providerId: ids.centre }] },
  { openid: 'demo_ding_xiaojun', name: '丁小军', phone: '19000001824', communityId: 'anju', grants: [{ role: 'courier', providerId: ids.centre }] },
]
