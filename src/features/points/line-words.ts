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

/** What a line says below its reason: for whom, what became of it, and who did it as what. */
function detailOf({ kind, amount, aboutName, by }: Line): readonly (string | false)[] {
  const who = by === null ? '' : byWords(by)
  switch (kind) {
    case 'visit':
    case 'shift':
    case 'activity':
    case 'project':
      return [aboutName !== null && `为 ${aboutName}`, who !== '' && `${who}核实`]
    case 'excess':
      return [`${pointsWords(amount)} 分`]
    case 'desk':
      return [`${pointsWords(amount)} 分先记着，等另一位批`, who !== '' && `${who}补记`]
    case 'deskApproved':
      return [who === '' ? '批准了' : `${who}批准`]
    case 'hold':
      return [aboutName === null ? '先冻结着，等取' : `给 ${aboutName} 用，先冻结着`, who !== '' && `${who}换的`]
    case 'settled':
      return [`冻结的 ${pointsWords(amount)} 分用掉了`, who !== '' && (by?.as === 'merchant' ? `${who}核销` : `${who}核实`)]
    case 'cancelled':
      return ['取消了，退回来', who !== '' && `${who}办的`]
    case 'lapsed':
      return ['过期没有取，退回来']
    case 'giftOut':
      return [aboutName === null ? '转给邻居' : `给 ${aboutName}`, who !== '' && `${who}办的`]
    case 'giftIn':
      return [aboutName === null ? '邻居给的' : `${aboutName} 给的`]
    case 'donatedToPot':
      return ['捐了出去', who !== '' && `${who}办的`]
    case 'fromPot':
      return ['爱心池给的']
    case 'mergeOut':
    case 'mergeIn':
      return ['两本存折合成一本']
    case 'expired':
      return ['到期了']
    case 'reversal':
      return ['冲正，原来那一笔记错了', who !== '' && `${who}办的`]
    case 'byHand':
      return [who === '' ? '街道补发' : `${who}补发`]
  }
}

/** The reason as it is printed: 兑换 理发券, 陪诊 2 小时. */
export const lineTitle = (line: Pick<Line, 'kind' | 'words'>): string => (line.kind === 'hold' ? `兑换 ${line.words}` : line.words)

/** Below the reason: 为 周阿公 · 社工李静核实. */
export const lineDetail = (line: Line): string => detailOf(line).filter((part): part is string => typeof part === 'string' && part !== '').join(' · ')

/** 11-20. */
export const shortDay = (date: string): string => date.slice(5)

/** 2026-11 as 11月. */
export const monthWords = (month: string): string => `${Number(month.slice(5, 7))}月`
