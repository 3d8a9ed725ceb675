/** Rewards as the subdistrict keeps them: kinds, pictures, limits, and how many are left, waiting and collected. */
import type { IconName } from '@/components/icon'
import type { OutputOf } from '@/contract'
import { fullDate } from '@/services/staff-words'

export type Reward = OutputOf<'reward.all'>['rewards'][number]

export const kinds: readonly { key: Reward['kind']; title: string; detail: string }[] = [
  { key: 'goods', title: '东西', detail: '到商户领，如米、油、毛巾' },
  { key: 'service', title: '服务', detail: '到商户用，如理发' },
  { key: 'coupon', title: '优惠券', detail: '到商户抵用' },
  { key: 'care', title: '上门服务', detail: '先约服务，再用积分付' },
]
export const kindWords = (kind: Reward['kind']): string => kinds.find((one) => one.key === kind)?.title ?? ''

/** Pictures that a reward may have. */
export const pictures: readonly { key: IconName; words: string }[] = [
  { key: 'gift', words: '礼物' }, { key: 'scissors', words: '剪刀' }, { key: 'soup', words: '一碗汤' }, { key: 'bath', words: '浴缸' }, { key: 'brush-cleaning', words: '刷子' }, { key: 'accessibility', words: '轮椅' }, { key: 'hand-heart', words: '手和心' }, { key: 'house-heart', words: '家' },
]
export const pictureOf = (icon: string): IconName => pictures.find((one) => one.key === icon)?.key ?? 'gift'

export const spans = { month: '每月', year: '每年', ever: '一共' } as const
/** 每人每月 2 份; 每人不限. */
export const limitWords = (limit: Reward['perPerson']): string => (limit === null ? '每人不限' : `每人${spans[limit.per]} ${limit.count} 份`)

/** 2026年12月1日 起，到 2027年2月28日 */
export const validWords = (reward: Pick<Reward, 'validFrom' | 'validUntil'>): string => `${fullDate(reward.validFrom)}起${reward.validUntil === null ? '，一直有' : `，到 ${fullDate(reward.validUntil)}`}`
