/**
 * Everything that can be refused, as one closed set. A code says what happened to the rule;
 * the Chinese sentence, and what to do now, belongs to the screens.
 */
export const errorCodes = [
  // the call itself
  'UNKNOWN_ACTION', 'BAD_INPUT', 'UPDATE_REQUIRED', 'NO_IDENTITY', 'TERMS_REQUIRED', 'CLAIM_REQUIRED',
  'NOT_ALLOWED', 'NOT_FOUND', 'REQUEST_CONFLICT', 'TRY_AGAIN', 'TOO_MANY_ATTEMPTS', 'UNEXPECTED',
  // booking
  'SLOT_FULL', 'SLOT_PAST', 'SLOT_CLOSED', 'OTHER_COMMUNITY', 'ALREADY_BOOKED', 'ELDER_BUSY', 'CANCEL_TOO_LATE',
  'WRONG_STATE', 'BELOW_HELD', 'ADDRESS_MISSING', 'SERIES_TOO_LONG',
  // fair capacity
  'SEAT_FREE', 'SEAT_OFFERED', 'WAITING_ALREADY', 'QUEUE_FULL', 'PLACES_FULL', 'OFFER_OVER', 'LIMIT_OF_SERVICE',
  // a meal
  'CUTOFF_PAST', 'ALLERGEN', 'DIET_ADVICE', 'ALLERGEN_HIDDEN', 'ELDER_AWAY', 'IDENTITY_REQUIRED', 'CONSENT_REQUIRED', 'WAY_MISSING',
  // beds
  'STAY_LENGTH', 'NO_TRAINED_STAFF', 'BED_TAKEN',
  // the menu
  'LICENCE_EXPIRED', 'PRICE_CHANGED',
  // a visit and its proof
  'ALREADY_TAKEN', 'WORKER_BUSY', 'TOO_EARLY', 'DOOR_CODE_WRONG', 'DOOR_CODE_USED', 'OWN_CASE', 'SEEN_BEFORE_ALARM', 'EVIDENCE_INCOMPLETE', 'REASON_REQUIRED', 'SESSIONS_SHORT',
  // points
  'POINTS_SHORT', 'POINTS_FROZEN', 'CLOCK_BACK', 'OUT_OF_STOCK', 'LIMIT_REACHED', 'NOT_OFFERED', 'VOUCHER_WRONG', 'VOUCHER_USED', 'VOUCHER_EXPIRED', 'VOUCHER_ELSEWHERE', 'POLICY_OVERLAP', 'SECOND_PERSON', 'HOURS_OVERLAP', 'TASK_FULL', 'SKILL_MISSING', 'LIVE_SHIFTS',
  // people and delegation
  'CLAIM_CODE_WRONG', 'CLAIM_CODE_EXPIRED', 'ALREADY_CLAIMED', 'NO_MATCH', 'UNVERIFIED', 'DELEGATION_ENDED',
  'SCOPE_MISSING', 'SAME_PERSON', 'MERGE_CONFLICT', 'LIVE_BOOKINGS', 'CONTENT_REFUSED',
  // notices
  'LINK_REFUSED', 'NOBODY_ADDRESSED', 'CORRECTED', 'FILE_REFUSED',
  // taking part
  'ANSWERED_ALREADY', 'SELF_ONLY',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Facts a screen may need to say why, and what to do now. Never personal data of somebody else. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** A refusal by a rule. It is an answer, not an accident: nothing was written. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails | undefined
  constructor(code: ErrorCode, details?: ErrorDetails) {
    super(code)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

/** Throws the refusal unless the condition holds; reads as the rule it states. */
export function ensure(condition: boolean, code: ErrorCode, details?: ErrorDetails): asserts condition {
  if (!condition) throw new DomainError(code, details)
}
