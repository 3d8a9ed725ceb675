/** Waiting for a seat in words: why somebody goes first, where they stand, until when a seat is held. */
import type { OutputOf } from '@/contract'
import { beginsWords } from './timeline-words'

type Wait = OutputOf<'waitlist.mine'>['items'][number]

const reasons: Record<Wait['reasons'][number], string> = { medical: '医疗需要', hardship: '家庭困难', livesAlone: '独居' }
export const reasonWords = (list: readonly Wait['reasons'][number][]): string => list.map((reason) => reasons[reason]).join('、')

/** 您是第 3 位，前面还有 2 位 */
export const positionWords = (whose: string, position: number): string => `${whose}是第 ${position} 位，${position === 1 ? '下一个就是' + whose : `前面还有 ${position - 1} 位`}`

/** 给您留到今天 10:30 */
export const heldWords = (whose: string, until: number, now?: number): string => `给${whose}留到${beginsWords(until, now)}`
