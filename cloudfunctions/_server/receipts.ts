/**
 * Receipts (law 8): what a mutation answered, kept for 30 days under the caller's key, written after it took effect. The
 * document that was changed remembers the key in the same write; the receipt also recognises the key when it comes again
 * for another document, or when the document is gone.
 */
import { ensure } from '../../src/domain/error'
import { REQUEST_MEMORY, type Request } from './aggregate'
import { command, drop, dropWhere, insert, read } from './cloud'

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

/**
 * Takes a key before its mutation takes effect, where the answer is remembered by one of many documents: the same key with
 * another body is recognised whichever document that one is about. @returns false if it was taken before @throws REQUEST_CONFLICT
 */
export async function claimKey(request: Request, at: number): Promise<boolean> {
  if (await insert('receipts', { _id: idOf(request), hash: request.hash, answer: null, at })) return true
  const earlier = await receiptOf(request)
  ensure(earlier === null || earlier.hash === request.hash, 'REQUEST_CONFLICT')
  return false
}

/** The mutation was refused after all: its key may be tried again. */
export const releaseKey = (request: Request): Promise<void> => drop('receipts', idOf(request))

/** Forgets receipts older than the memory of requests. @returns how many */
export const forgetReceipts = (now: number): Promise<number> => dropWhere('receipts', { at: command.lte(now - REQUEST_MEMORY) })
