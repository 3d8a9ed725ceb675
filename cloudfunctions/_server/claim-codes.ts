/**
 * Claim codes from the counter. The digits are kept nowhere: they follow from the social worker's own unguessable
 * requestId, so a repeated request shows the same digits again (law 8), and the database knows only their digest.
 */
import { createHmac } from 'node:crypto'
import type { ClaimCode } from '../../src/domain/claim'
import { read } from './cloud'
import { claimCodeId } from './keys'

/** Eight digits, the first not a zero. `attempt` tells apart codes that would collide with somebody else's. */
export const claimDigits = (openid: string, requestId: string, attempt: number): string =>
  String(10_000_000 + (createHmac('sha256', requestId).update(`claim ${openid} ${attempt}`).digest().readUIntBE(0, 6) % 90_000_000))

export const findClaimCode = (digits: string): Promise<ClaimCode | null> => read<ClaimCode>('claimCodes', claimCodeId(digits))

/** The first attempt whose digits no code has yet. */
export async function freeAttempt(openid: string, requestId: string): Promise<number> {
  for (let attempt = 0; ; attempt++) if ((await findClaimCode(claimDigits(openid, requestId, attempt))) === null) return attempt
}
