/** Digests: ids derived from what makes a thing unique, hashes of inputs, rotating door codes. */
import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto'

const digest = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\u0000')).digest('base64url')

/** A document id made of what makes it unique; the same parts give the same id on every retry. */
export const derivedId = (prefix: string, ...parts: readonly string[]): string => `${prefix}${digest(prefix, ...parts).slice(0, 22)}`

/** Under which a caller's request for an action is remembered; another caller's equal requestId is another key. */
export const requestKeyOf = (openid: string, action: string, requestId: string): string => digest('request', openid, action, requestId).slice(0, 24)

/**
 * Equal for equal inputs under one request's key, whatever the order of their fields. The key itself is kept nowhere, so
 * nobody can find out from a hash what was asked by trying every answer there is.
 */
export const hashOf = (requestId: string, action: string, input: unknown): string => digest('input', requestId, action, canonical(input)).slice(0, 24)

/** SHA-256 in hex over the canonical form of a value: what the ledger's seals are made of, so that anybody can recompute them with common tools. */
export const fingerprint = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex')

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

/** A secret that nobody can guess. */
export const newSecret = (): string => randomBytes(18).toString('base64url')

/** `length` digits that nobody can guess, the first not a zero so that they read well aloud. */
export const newDigits = (length: number): string => String(randomInt(10 ** (length - 1), 10 ** length))

/** The six digits that stand at a door during one window. */
export const doorCodeAt = (doorKey: string, window: number): string => String(createHmac('sha256', doorKey).update(String(window)).digest().readUInt32BE(0) % 1_000_000).padStart(6, '0')

/** Eight digits that stand for one meal on its printed slip, as long as that meal lasts. */
export const slipCodeOf = (doorKey: string): string => String(10_000_000 + (createHmac('sha256', doorKey).update('slip').digest().readUInt32BE(0) % 90_000_000))

/** What a claim code is stored under: the code itself is kept nowhere. */
export const claimCodeId = (code: string): string => digest('claim', code).slice(0, 32)

/** What a redemption's code is stored under among the entries; the digits themselves stand in the owner's passbook alone. */
export const voucherCodeId = (code: string): string => digest('voucher', code).slice(0, 32)
