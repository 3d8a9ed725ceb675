/** A line of the passbook in words: what moved, who did it, and what became of it. */
import type { OutputOf } from '@/contract'
import { pointsWords } from '@/services/points-words'

export type Line = OutputOf<'points.passbook'>['items'][number]
type By = NonNullable<Line['by']>

/** 女儿王敏, 社工李静: who did it in the owner's name. */
export const byWords = (by: By): string => {
  const roles: Partial<Record<By['as'], string>> = { family: by.kinship ?? '家属', volunteer: '志愿者', careWorker: '护理员', socialWorker: '社工', admin: '街道', merchant: '商户', kitchen: '厨房', courier: '送餐员' }
  return by.as === 'system' ? '系统' : `${roles[by.as] ?? ''}${by.name}`
}

/** What a kind of line says below its reason, as far as there is something to say. */
function kindWords(line: Line): string {
  const { kind, amount, aboutName } = line
  switch (kind) {
    case 'visit':
    case 'shift':
    case 'activity':
    case 'project':
      return aboutName ? `为 ${aboutName}` : ''
    case 'excess':
      return `到了上限，多出的 ${pointsWords(amount)} 分进爱心池`
    case 'desk':
      return `补记的 ${pointsWords(amount)} 分，等第二位社工批`
    case 'deskApproved':
      return '补记的，批准了'
    case 'hold':
      return aboutName ? `给 ${aboutName} 用，先冻结着` : '先冻结着，等取'
    case 'settled':
      return `冻结的 ${pointsWords(amount)} 分用掉了`
    case 'cancelled':
      return '取消了，退回来'
    case 'lapsed':
      return '过期没有取，退回来'
    case 'giftOut':
      return aboutName ? `给 ${aboutName}` : '转给家人'
    case 'giftIn':
      return aboutName ? `${aboutName} 给的` : '家人给的'
    case 'donatedToPot':
      return '捐了出去'
    case 'fromPot':
      return '爱心池给的'
    case 'mergeOut':
    case 'mergeIn':
      return '两本存折合成一本'
    case 'expired':
      return '到期了'
    case 'reversal':
      return '冲正：原来那一笔记错了'
    case 'byHand':
      return '街道补发'
  }
}

/** The reason as it is printed: 兑换 理发券, 陪诊 2 小时. */
export const lineTitle = (line: Pick<Line, 'kind' | 'words'>): string => (line.kind === 'hold' ? `兑换 ${line.words}` : line.words)

/** Below the reason: for whom, what became of it, who did it. */
export const lineDetail = (line: Line): string => [kindWords(line), line.by ? `${byWords(line.by)}办的` : ''].filter(Boolean).join(' · ')

/** 11-20. */
export const shortDay = (date: string): string => date.slice(5)

/** 2026-11 as 11月. */
export const monthWords = (month: string): string => `${Number(month.slice(5, 7))}月`
