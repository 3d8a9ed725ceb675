/** What can be given to somebody, in words. */
import type { ElderChoice, InputOf } from '@/contract'
import { addDays, civilDate } from '@/domain/civil-time'
import { serverNow } from '@/services/server-clock'

export type Scope = ElderChoice['scopes'][number]
export type Kinship = InputOf<'delegation.request'>['kinship']

export const kinships: readonly Kinship[] = ['女儿', '儿子', '老伴', '孙辈', '兄弟姐妹', '其他家人']

const words: Record<Scope, string> = { book: '约服务、取消、确认', readCare: '看服务记录和照护须知', alerts: '收到提醒', spendPoints: '看积分、用积分' }
export const scopeWords = (scope: Scope): string => words[scope]
export const scopesWords = (scopes: readonly Scope[]): string => scopes.map(scopeWords).join('；')

/** What can be asked for. */
export const scopesToAsk: readonly Scope[] = ['book', 'readCare', 'alerts', 'spendPoints']
/** What is asked for unless somebody says otherwise: points are only handed over on purpose. */
export const scopesAtFirst: readonly Scope[] = ['book', 'readCare', 'alerts']

/** 2027年5月22日 */
export const untilWords = (date: string): string => `${date.slice(0, 4)}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`

/** How long it may hold; longer than a year cannot be given. */
export const terms: readonly { key: string; words: string; days: number }[] = [
  { key: 'quarter', words: '三个月', days: 91 }, { key: 'half', words: '半年', days: 182 }, { key: 'year', words: '一年', days: 365 },
]
export const endOf = (days: number): string => addDays(civilDate(serverNow()), days)
