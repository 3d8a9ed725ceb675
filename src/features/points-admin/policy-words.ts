/** The points policy in sentences: what which work earns whom, and where it stops. */
import type { OutputOf } from '@/contract'
import { announcedAhead } from '@/domain/points-policy'
import { pointsWords } from '@/services/points-words'
import { fullDate } from '@/services/staff-words'

export type Policy = OutputOf<'pointsPolicy.list'>['policies'][number]
export type Proposal = OutputOf<'pointsPolicy.list'>['proposals'][number]
export type Rate = Policy['rates'][number]
export type Terms = Omit<Policy, 'version' | 'state' | 'proposedByName' | 'decidedByName' | 'decidedAt'>

export const sourceWords: Record<Rate['source'], string> = { visit: '上门服务', shift: '志愿班次', activity: '活动', project: '项目认领', desk: '补录工时' }
export const earnerWords: Record<Rate['earner'], string> = { volunteer: '志愿者', staff: '工作人员', group: '团队' }
export const perWords: Record<Rate['per'], string> = { hour: '每小时', time: '每次', stated: '按公布的' }
export const earners = Object.keys(earnerWords) as readonly Rate['earner'][]
export const sources = Object.keys(sourceWords) as readonly Rate['source'][]

/** 助浴：每小时 12 分；按公布的，最多 300 分. */
export const rateWords = (rate: Pick<Rate, 'source' | 'per' | 'points'> & { serviceName: string | null }): string =>
  `${rate.serviceName ?? sourceWords[rate.source]}：${rate.per === 'stated' ? `按公布的，最多 ${pointsWords(rate.points)} 分` : `${perWords[rate.per]} ${pointsWords(rate.points)} 分`}`

/** 一天最多 60 分，一月最多 600 分. */
export const capsWords = (caps: { readonly day: number; readonly month: number }): string => `一天最多 ${pointsWords(caps.day)} 分，一月最多 ${pointsWords(caps.month)} 分`

export const expiryWords = (terms: Pick<Terms, 'expireAfterMonths' | 'announceDays'>): string => (terms.expireAfterMonths === null ? '不过期' : `${terms.expireAfterMonths} 个月不用，月底过期，至少提前 ${announcedAhead(terms)} 天说`)

/** 2026年12月1日起 */
export const fromWords = (validFrom: string): string => `${fullDate(validFrom)}起`

export const stateWords = { coming: { words: '将来', tone: 'gold' }, now: { words: '现在', tone: 'willow' }, past: { words: '过去', tone: 'plain' } } as const
export const proposalWords = { waiting: { words: '等第二个人定', tone: 'gold' }, approved: { words: '同意了', tone: 'willow' }, refused: { words: '没有同意', tone: 'plain' }, withdrawn: { words: '撤回了', tone: 'plain' } } as const
