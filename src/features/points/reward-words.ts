/** A reward in words: what it is, whether the points are enough, what is left of it, and where it is collected. */
import type { OutputOf } from '@/contract'
import type { IconName } from '@/components/icon'
import type { TagTone } from '@/components/tag'
import { spokenDay } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'

export type Reward = OutputOf<'reward.show'>['reward']

const kindNames: Record<Reward['kind'], string> = { goods: '东西', service: '服务', coupon: '券', care: '上门照护' }
export const kindWords = (kind: Reward['kind']): string => kindNames[kind]

const kindIcons: Record<Reward['kind'], IconName> = { goods: 'gift', service: 'scissors', coupon: 'gift', care: 'hand-heart' }
/** Pictures that rewards may name; the others are drawn by their kind. */
const icons: readonly IconName[] = ['gift', 'scissors', 'bath', 'soup', 'hand-heart', 'brush-cleaning', 'accessibility', 'house-heart', 'award']
export const iconOf = (reward: Pick<Reward, 'icon' | 'kind'>): IconName => icons.find((name) => name === reward.icon) ?? kindIcons[reward.kind]

/** 够换, 还差 20 分, or why not. */
export function stateWords(reward: Pick<Reward, 'state' | 'short' | 'validFrom' | 'limit'>): { words: string; tone: TagTone } {
  switch (reward.state) {
    case 'ready':
      return { words: '够换', tone: 'willow' }
    case 'short':
      return { words: `还差 ${pointsWords(reward.short)} 分`, tone: 'gold' }
    case 'outOfStock':
      return { words: '换完了', tone: 'plain' }
    case 'limitReached':
      return { words: reward.limit?.per === 'month' ? '这个月换过了' : reward.limit?.per === 'year' ? '今年换过了' : '已经换过了', tone: 'plain' }
    case 'notYet':
      return { words: `${spokenDay(reward.validFrom)}开始`, tone: 'plain' }
    case 'unverified':
      return { words: '见过面才能换', tone: 'gold' }
  }
}

/** What the way on is when it cannot be had now. */
export function wayOnWords(reward: Reward): { title: string; next: string } | null {
  switch (reward.state) {
    case 'ready':
      return null
    case 'short':
      return { title: `还差 ${pointsWords(reward.short)} 分`, next: '做一次志愿服务、参加一次活动，就快够了。' }
    case 'outOfStock':
      return { title: '换完了', next: '补了货就能换，先看看别的。' }
    case 'limitReached':
      return { title: stateWords(reward).words, next: reward.limit?.per === 'month' ? '下个月可以再换。' : reward.limit?.per === 'year' ? '明年可以再换。' : '每人只换一次，先看看别的。' }
    case 'notYet':
      return { title: `${spokenDay(reward.validFrom)}开始换`, next: '到了那天再来。' }
    case 'unverified':
      return { title: '社工见过面以后才能换', next: '积分照常攒着。带上身份证到社区，几分钟就好。' }
  }
}

/** 剩 5 份. */
export const stockWords = (remaining: number): string => (remaining === 0 ? '一份也没有了' : `剩 ${remaining} 份`)

const spans: Record<NonNullable<Reward['limit']>['per'], string> = { month: '每月', year: '每年', ever: '一共' }
/** 每月最多 2 次，您还能换 1 次. */
export const limitWords = (limit: NonNullable<Reward['limit']>): string => `${spans[limit.per]}最多 ${limit.count} 次，还能换 ${limit.left} 次`

/** 幸福苑便民理发, or the first of several. */
export const placesWords = (reward: Pick<Reward, 'merchants'>): string => {
  const [first, ...others] = reward.merchants
  return first === undefined ? '' : others.length === 0 ? first.name : `${first.name}等 ${reward.merchants.length} 家`
}
