/**
 * Codes of what was redeemed, kept on the phone of whoever owns them: a shop may have no signal. Kept for the account
 * that asked and forgotten with its answers; a code that was seen used or given up is not shown again.
 */
import type { OutputOf } from '../contract'
import { accountSeen, KEPT_CODES } from './cache'
import { keep, kept } from './storage'

export type OpenCode = OutputOf<'points.codes'>['items'][number]

interface Kept {
  /** the account that was using the phone */
  of: string | undefined
  /** by whose passbook they stand in */
  codes: Record<string, readonly OpenCode[]>
}

function all(): Kept {
  const value = kept(KEPT_CODES)
  const isMine = typeof value === 'object' && value !== null && 'of' in value && 'codes' in value && typeof value.codes === 'object' && value.codes !== null && value.of === accountSeen()
  // What was kept passed the contract's output check on the server when it came; contracts only grow.
  return isMine ? (value as Kept) : { of: accountSeen(), codes: {} }
}

/** What was open when it was last heard, of one passbook. */
export const keptCodes = (personId: string): readonly OpenCode[] => all().codes[personId] ?? []

/** Keeps what is open now in place of what was. */
export function keepCodes(personId: string, items: readonly OpenCode[]): void {
  keep(KEPT_CODES, { of: accountSeen(), codes: { ...all().codes, [personId]: items } })
}
