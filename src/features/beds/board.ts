/** What the board is made of. */
import type { OutputOf } from '@/contract'

export type Board = OutputOf<'bed.board'>
export type Guest = Board['guests'][number]
