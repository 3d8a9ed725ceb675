/**
 * Receipts (law 8): what a mutation answered, kept for 30 days under the caller's key, written after it took effect. The
 * document that was changed remembers the key in the same write; the receipt also recognises the key when it comes again
 * for another document, or when the document is gone.
 */
import { REQUEST_MEMORY, type Request } from './aggregate'
import { command, dropWhere, insert, read } from './cloud'

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

/** Forgets receipts older than the memory of requests. @returns how many */
export const forgetReceipts = (now: number): Promise<number> => dropWhere('receipts', { at: command.lte(now - REQUEST_MEMORY) })
