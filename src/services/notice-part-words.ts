/** What a notice carries, in words. */
import type { OutputOf } from '../contract'

const words = { activity: '带了一个活动', survey: '带了一份问卷', household: '请各家说意见', result: '是一份结果' } as const

export const partWords = (part: OutputOf<'notice.carried'>['part']): string => (part === null ? '只有文字' : words[part.what])
