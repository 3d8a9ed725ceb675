/** What points are worth in the demo: the policy, the shops where they are spent, and what can be had. All of it invented, and marked 示例. */
import type { InputOf } from '../../src/contract'
import { providers, services } from './place'
import facts from './dongliu.json'

type Terms = Omit<InputOf<'pointsPolicy.propose'>, 'validFrom'>

/** A volunteer's hour is worth 60; so is the hour of a bath to who gives it; hours entered afterwards are worth half. */
export const pointsPolicy: Terms = {
  rates: [
    { source: 'shift', earner: 'volunteer', serviceItemId: null, per: 'hour', points: 60 }, { source: 'desk', earner: 'volunteer', serviceItemId: null, per: 'hour', points: 30 },
    { source: 'activity', earner: 'volunteer', serviceItemId: null, per: 'time', points: 20 }, { source: 'visit', earner: 'staff', serviceItemId: services.bathing._id, per: 'time', points: 60 }, { source: 'visit', earner: 'staff', serviceItemId: null, per: 'hour', points: 20 },
    { source: 'project', earner: 'group', serviceItemId: null, per: 'stated', points: 1000 },
  ],
  caps: { volunteer: { day: 240, month: 1500 }, staff: { day: 240, month: 2000 }, group: { day: 1000, month: 4000 } },
  leastMinutes: 15, mostMinutes: 240, giftMonthLimit: 500, byHandLimit: 100, collectDays: 14, expireAfterMonths: null, announceDays: 30, balanceCap: null,
}

/** What is proposed for later: hours at night count more, and a month holds more. */
export const proposedPolicy: Terms = { ...pointsPolicy, caps: { ...pointsPolicy.caps, volunteer: { day: 300, month: 1800 } }, rates: pointsPolicy.rates.map((rate) => (rate.source === 'shift' && rate.earner === 'volunteer' ? { ...rate, points: 66 } : rate)) }

export const merchants = {
  hair: { name: '幸福苑便民理发（示例）', phone: '19000001921', address: '幸福苑 1 幢 7 号', isOpen: true },
  shop: { name: '东柳便民超市（示例）', phone: '19000001922', address: '华光城 2 幢 3 号', isOpen: true },
} as const satisfies Readonly<Record<string, InputOf<'merchant.save'>>>
export type MerchantName = keyof typeof merchants

const everywhere = facts.communities.map(({ communityId }) => communityId)
type Wish = Omit<InputOf<'reward.save'>, 'validFrom' | 'merchantIds' | 'communityIds' | 'validUntil' | 'isOpen' | 'serviceItemId'> & { readonly at: MerchantName | 'care' }

/** Price in points, how many there are, where they are had. */
export const rewards = {
  haircut: { kind: 'service', name: '理发券', words: '剪一次头发，带上兑换码到店。示例。', icon: 'scissors', points: 80, stock: 60, perPerson: { count: 1, per: 'month' }, collectDays: 14, settleFen: 1500, at: 'hair' },
  soap: { kind: 'goods', name: '洗衣液一瓶', words: '两公斤装，到超市领取。示例。', icon: 'shopping-basket', points: 40, stock: 80, perPerson: { count: 2, per: 'month' }, collectDays: 14, settleFen: 900, at: 'shop' },
  tissues: { kind: 'goods', name: '抽纸三包', words: '到超市领取。示例。', icon: 'package', points: 30, stock: 100, perPerson: { count: 3, per: 'month' }, collectDays: 14, settleFen: 600, at: 'shop' },
  rice: { kind: 'goods', name: '大米五公斤', words: '到超市领取，拿不动请家人来。示例。', icon: 'package', points: 260, stock: 20, perPerson: { count: 1, per: 'month' }, collectDays: 7, settleFen: 3500, at: 'shop' },
  oil: { kind: 'goods', name: '食用油一桶', words: '五升装，到超市领取。示例。', icon: 'package', points: 1500, stock: 12, perPerson: { count: 1, per: 'year' }, collectDays: 7, settleFen: 6000, at: 'shop' },
  blanket: { kind: 'goods', name: '暖水袋', words: '冬天用，数量不多。示例。', icon: 'gift', points: 120, stock: 1, perPerson: { count: 1, per: 'year' }, collectDays: 7, settleFen: 2500, at: 'shop' },
  bath: { kind: 'care', name: '助浴一次', words: '先约助浴，再用积分付。也可以替家里的老人付。示例。', icon: 'bath', points: 100, stock: 40, perPerson: { count: 2, per: 'month' }, collectDays: 30, settleFen: 6000, at: 'care' },
} as const satisfies Readonly<Record<string, Wish>>
export type RewardName = keyof typeof rewards

/** A reward as an administrator saves it. */
export function rewardTerms(name: RewardName, validFrom: string, merchantIds: Readonly<Record<MerchantName, string>>): InputOf<'reward.save'> {
  const { at, ...terms } = rewards[name]
  const care = providers[0]
  if (care === undefined) throw new Error('demo data: no provider')
  return { ...terms, validFrom, validUntil: null, merchantIds: [at === 'care' ? care._id : merchantIds[at]], communityIds: everywhere, serviceItemId: at === 'care' ? services.bathing._id : null, isOpen: true }
}
