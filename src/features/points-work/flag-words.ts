/** Doubts about points in words: which rule noticed it, how it stands, and as what somebody is concerned. */
import type { OutputOf } from '@/contract'

type Flag = OutputOf<'flag.list'>['items'][number]

export const ruleWords: Record<Flag['rule'], string> = {
  overlap: '同一时间在两处', places: '赶不到的两个地方', pair: '两个人只互相服务', oneVerifier: '一个人核实得太多', deskBurst: '一下子补录了很多',
}
export const flagStateWords = { open: { words: '等人看', tone: 'gold' }, dismissed: { words: '没有问题', tone: 'plain' }, confirmed: { words: '是假的，退回了', tone: 'warm' } } as const
export const concernWords: Record<Flag['people'][number]['as'], string> = { earner: '得积分的人', elder: '被服务的老人', verifier: '核实的人', enterer: '补录的人', approver: '同意补录的人' }
