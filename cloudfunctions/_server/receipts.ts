/**
 * Receipts: what a mutation over many documents answered, where no single document could remember it (law 8).
 * Kept under the caller's key, so a repetition finds the same answer.
 */
import type { Request } from './aggregate'
import { insert, read } from './cloud'

interface Receipt {
  readonly _id: string
  readonly hash: string
  readonly answer: unknown
  readonly at: number
}

const idOf = (request: Request): string => `r_${request.key}`

export const receiptOf = async (request: Request): Promise<{ readonly hash: string; readonly answer: unknown } | null> => read<Receipt>('receipts', idOf(request))

export const keepReceipt = async (request: Request, answer: unknown, at: number): Promise<void> => {
  await insert('receipts', { _id: idOf(request), hash: request.hash, answer, at })
}
