/**
 * The small world with a kitchen in it: menus of a few days, staff, two couriers and one of another kitchen, a policy of
 * subsidies, a ladder and people on duty. Menus are put straight into the store; orders go through the product's actions.
 */
import { addDays, HOUR } from '../../src/domain/civil-time'
import { mealSlotId, sittingId, timesOf, type Dish, type Kitchen, type KitchenSheet, type SittingHours } from '../../src/domain/kitchen'
import type { Ladder } from '../../src/domain/ladder'
import type { MealPolicy } from '../../src/domain/meal-policy'
import type { Sitting } from '../../src/domain/meal'
import type { Subdistrict } from '../../src/domain/service-item'
import type { Slot } from '../../src/domain/slot'
import { pointsPolicy } from './points-policy'
import { addVolunteers } from './volunteer-world'
import { startWorld, type World } from './world'

const ADMIN = { personId: 'admin', name: '孙洁', at: 1 } as const

/** 示例: from 60, 70, 80 and 90 years; everybody pays at least 100 fen; somebody of 84 reaches the cap of the month with the sixth meal. */
export const policy: MealPolicy = {
  version: 1, validFrom: '2026-01-01', bands: [{ fromAge: 60, subsidyFen: 200 }, { fromAge: 70, subsidyFen: 300 }, { fromAge: 80, subsidyFen: 500 }, { fromAge: 90, subsidyFen: 700 }],
  hardshipFen: { none: 0, lowIncome: 300, extreme: 800 }, monthlyCapFen: 3000, leastPayFen: 100, madeBy: ADMIN,
}

export const ladder: Ladder = {
  version: 1, validFrom: '2026-01-01', nightFrom: 21 * 60, nightUntil: 7 * 60, takenMinutes: 30, madeBy: ADMIN,
  day: [{ kind: 'elder', waitMinutes: 5 }, { kind: 'family', waitMinutes: 5 }, { kind: 'duty', waitMinutes: 15 }, { kind: 'next', waitMinutes: 10 }, { kind: 'emergency', waitMinutes: 0 }],
  night: [{ kind: 'family', waitMinutes: 5 }, { kind: 'duty', waitMinutes: 10 }, { kind: 'emergency', waitMinutes: 0 }],
}

const dish = (dishId: string, name: string, options: Partial<Dish> = {}): Dish => ({
  dishId, name, sides: '西兰花 冬瓜汤 软米饭', picture: 'fish', tags: [], allergens: [], priceFen: 1400, portions: 40, isRetired: false, ...options,
})

export const dishes = {
  fish: dish('fish', '清蒸鲈鱼', { tags: ['lowSalt', 'soft'], allergens: ['fish'] }),
  pork: dish('pork', '红烧肉', { picture: 'pork', sides: '青菜 米饭', priceFen: 1600 }),
  chicken: dish('chicken', '香菇鸡片', { picture: 'chicken', sides: '青菜 软米饭', tags: ['lowSalt', 'soft', 'diabetic'], priceFen: 1300 }),
  noodles: dish('noodles', '雪菜肉丝面', { picture: 'noodles', sides: '', allergens: ['gluten'], priceFen: 1000 }),
} as const
export type DishName = keyof typeof dishes

/** 11:00 to 12:30, ordered until 16:00 of the day before. */
export const lunch: SittingHours = { fromMinute: 11 * 60, untilMinute: 12 * 60 + 30, cutoffMinute: 16 * 60, cutoffDaysBefore: 1 }
/** 16:30 to 18:00, ordered until 10:00 of the same day. */
export const dinner: SittingHours = { fromMinute: 16 * 60 + 30, untilMinute: 18 * 60, cutoffMinute: 10 * 60, cutoffDaysBefore: 0 }

export const kitchen: Kitchen = {
  _id: 'canteen', version: 1, subdistrictId: 'dongliu', name: '示例长者食堂', phone: '0574-00000003', communityIds: ['huaguang', 'taigu'], ways: ['dineIn', 'pickUp', 'delivery'],
  sites: [{ siteId: 'hall', name: '华光城食堂', address: '华光城 1 幢' }, { siteId: 'corner', name: '太古城助餐点', address: '太古城 3 幢' }],
  hours: { lunch, dinner }, dishes, isOpen: true, requests: {},
}

export interface MealSlotWish extends Partial<Slot> {
  readonly dish?: DishName
  readonly sitting?: Sitting
  /** the civil day; tomorrow of where the clock begins when left out */
  readonly onDate?: string
}

export const TUESDAY = '2026-11-24'

/** A dish on a day, as a published menu holds it. An id of its own makes it independent of other tests; by default the id says what it is. */
export function mealSlotOf(id?: string, { dish: dishName = 'fish', sitting = 'lunch', onDate = TUESDAY, ...options }: MealSlotWish = {}): Slot {
  const what = dishes[dishName]
  const times = timesOf(sitting === 'lunch' ? lunch : dinner, onDate)
  const capacity = options.capacity ?? what.portions
  const startsAt = options.startsAt ?? times.startsAt
  const orderUntil = options.orderUntil ?? times.orderUntil
  return {
    _id: id ?? mealSlotId(kitchen._id, onDate, sitting, what.dishId), subdistrictId: kitchen.subdistrictId, kind: 'meal', serviceItemId: kitchen._id, serviceName: sitting === 'lunch' ? '午餐' : '晚餐', providerId: kitchen._id, providerName: kitchen.name,
    communityIds: kitchen.communityIds, priceFen: what.priceFen, cancelHours: (startsAt - orderUntil) / HOUR, onDate, startsAt, endsAt: startsAt + (times.endsAt - times.startsAt), orderUntil, frozenAt: null,
    meal: { sitting, dishId: what.dishId, dishName: what.name, sides: what.sides, picture: what.picture, tags: what.tags, allergens: what.allergens, ways: kitchen.ways, sites: kitchen.sites, order: Object.keys(dishes).indexOf(dishName) },
    capacity, remaining: capacity, holders: {}, isOpen: true, unsettledAt: null, ...options,
  }
}

/** The sheet of a sitting, as publishing leaves it: still open, due at the cut-off. */
export function sheetOf(onDate: string = TUESDAY, sitting: Sitting = 'lunch', options: Partial<KitchenSheet> = {}): KitchenSheet {
  const times = timesOf(sitting === 'lunch' ? lunch : dinner, onDate)
  return {
    _id: sittingId(kitchen._id, onDate, sitting), version: 1, subdistrictId: kitchen.subdistrictId, kitchenId: kitchen._id, kitchenName: kitchen.name, onDate, sitting, orderUntil: times.orderUntil, startsAt: times.startsAt,
    state: 'open', closedAt: null, frozenAt: null, dueAt: times.orderUntil, portions: 0, orders: 0, dishes: [], diets: [], sites: [], ...options,
  }
}

export interface MealWorld extends World {
  /** puts a dish on a day into the store */
  addMeal(id?: string, wish?: MealSlotWish): Promise<string>
}

/** Days from tomorrow on which lunch (every dish) and dinner (two dishes) are published. */
export const MENU_DAYS = 7

/**
 * The world with its kitchen `canteen`, staff `o_cook`, couriers `o_courier` and `o_courier2`, and `o_rival_courier` of `otherkitchen`;
 * volunteers and a group as `volunteer-world.ts` names them;
 * 李静 (`social`) is on duty in 华光城, then 周岚 (`socialTaigu`); `allergic` must not eat fish, `frail` is advised soft and low in salt.
 */
export async function startMealWorld(ofDongliu: Partial<Subdistrict> = {}): Promise<MealWorld> {
  const duty = [{ personId: 'social', name: '李静' }, { personId: 'socialTaigu', name: '周岚' }]
  const world = await startWorld({
    mealPolicies: [policy], ladders: [ladder], pointsPolicies: [pointsPolicy],
    communities: [{ communityId: 'huaguang', name: '华光城', duty }, { communityId: 'taigu', name: '太古城', duty: [...duty].reverse() }], ...ofDongliu,
  })
  const { emulator } = world
  const other: Kitchen = { ...kitchen, _id: 'otherkitchen', name: '示例二食堂', communityIds: ['taigu'] }
  await emulator.insert('kitchens', [kitchen, other])
  await emulator.insert('providers', [kitchen, other].map(({ _id, subdistrictId, name, phone }) => ({ _id, subdistrictId, name, phone })))
  const days = Array.from({ length: MENU_DAYS }, (_, index) => addDays(TUESDAY, index))
  await emulator.insert('slots', days.flatMap((onDate) => [
    ...(Object.keys(dishes) as DishName[]).map((name) => mealSlotOf(undefined, { onDate, dish: name })),
    ...(['chicken', 'noodles'] as const).map((name) => mealSlotOf(undefined, { onDate, dish: name, sitting: 'dinner' })),
  ]))
  await emulator.insert('kitchenSheets', days.flatMap((onDate) => [sheetOf(onDate, 'lunch'), sheetOf(onDate, 'dinner')]))
  const staff = (role: 'kitchen' | 'courier', providerId = kitchen._id) => [{ role, providerId }]
  await world.addPerson('cook', { openid: 'o_cook', name: '沈阿姨', birthOn: '1975-01-01', grants: staff('kitchen') })
  await world.addPerson('courier', { openid: 'o_courier', name: '刘强', birthOn: '1990-01-01', grants: staff('courier') })
  await world.addPerson('courier2', { openid: 'o_courier2', name: '马亮', birthOn: '1992-01-01', grants: staff('courier') })
  await world.addPerson('rivalCook', { openid: 'o_rival_cook', name: '示例二厨', birthOn: '1975-01-01', grants: staff('kitchen', other._id) })
  await world.addPerson('rivalCourier', { openid: 'o_rival_courier', name: '示例二送', birthOn: '1990-01-01', grants: staff('courier', other._id) })
  await world.addPerson('allergic', { openid: 'o_allergic', name: '郑桂英', diet: { allergens: ['fish'], advice: [], consentAt: 1, consentHow: 'elderTap' } })
  await world.addPerson('frail', { openid: 'o_frail', name: '吴长根', diet: { allergens: [], advice: ['soft', 'lowSalt'], consentAt: 1, consentHow: 'counter' } })
  await addVolunteers(world)
  return {
    ...world,
    async addMeal(id, wish) {
      const slot = mealSlotOf(id, wish)
      await emulator.insert('slots', [slot])
      return slot._id
    },
  }
}
