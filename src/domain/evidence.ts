/**
 * Evidence 凭证 (law 10): two-sided proof without GPS. Complete when check-in and check-out are each proved by a door
 * code or the elder's tap, and the elder (or a staff call-back) confirmed. A printed door card is weaker and says so.
 */

/** How a moment at the door was proved. `familyTap` and `doorCard` are weaker: the elder themself was not asked. `courierWord` proves nothing by itself; `rollCall` is the word of an organiser. */
export type Proof = 'doorCode' | 'doorCard' | 'elderTap' | 'familyTap' | 'callBack' | 'courierWord' | 'rollCall'

export interface Moment {
  /** when the server heard of it */
  readonly at: number
  /** when the proof shows that it happened: the window of the code, not the phone's clock (law 7) */
  readonly provedAt: number
  readonly proof: Proof
  /** the code window that was used up; null without a rotating code */
  readonly codeWindow: number | null
  /** the phone's own clock, evidence only */
  readonly capturedAt: number | null
}

export interface Confirmation {
  readonly at: number
  readonly proof: 'elderTap' | 'familyTap' | 'callBack'
  readonly byPersonId: string
  readonly satisfaction: 'satisfied' | 'acceptable' | 'unsatisfied' | null
}

export interface Evidence {
  readonly checkIn: Moment | null
  readonly checkOut: Moment | null
  readonly confirm: Confirmation | null
  /** a meal put into somebody's hands */
  readonly handover: Moment | null
}

export type Missing = 'checkIn' | 'checkOut' | 'confirm' | 'strongProof' | 'disputed' | 'noContact' | 'handover' | 'elderSide'

export const noEvidence: Evidence = { checkIn: null, checkOut: null, confirm: null, handover: null }

const strongAtTheDoor: readonly Proof[] = ['doorCode', 'elderTap']

/** True if something was proved only by what a card or a relative says. */
export const isWeak = (evidence: Evidence): boolean =>
  [evidence.checkIn, evidence.checkOut, evidence.handover].some((moment) => moment !== null && !strongAtTheDoor.includes(moment.proof))

/** True if the elder's side said, or showed by a code or card, that a meal was received. */
export const hasElderSide = (evidence: Evidence): boolean => evidence.confirm !== null || (evidence.handover !== null && evidence.handover.proof !== 'courierWord')

/** What a meal still lacks: the courier's word alone is never enough. */
export const missingOfMeal = (evidence: Evidence, status: string): readonly Missing[] => [
  ...(status === 'noContact' ? (['noContact'] as const) : []),
  ...(evidence.handover || evidence.confirm ? [] : (['handover'] as const)),
  ...(hasElderSide(evidence) ? [] : (['elderSide'] as const)),
  ...(status === 'disputed' ? (['disputed'] as const) : []),
]

/** What is missing before evidence is complete, in the order in which a person would ask for it. */
export function missingOf(evidence: Evidence, status: string): readonly Missing[] {
  return [
    ...(status === 'noContact' ? (['noContact'] as const) : []),
    ...(evidence.checkIn ? [] : (['checkIn'] as const)),
    ...(evidence.checkOut ? [] : (['checkOut'] as const)),
    ...(evidence.confirm ? [] : (['confirm'] as const)),
    ...(isWeak(evidence) ? (['strongProof'] as const) : []),
    ...(status === 'disputed' ? (['disputed'] as const) : []),
  ]
}

/** What a name on the list of an activity lacks: that somebody was there. */
const missingOfActivity = (evidence: Evidence): readonly Missing[] => [...(evidence.checkIn ? [] : (['checkIn'] as const)), ...(isWeak(evidence) ? (['strongProof'] as const) : [])]

/** What is missing of this booking, by its kind. */
export const missingFor = (booking: { readonly kind: string; readonly evidence: Evidence; readonly status: string }): readonly Missing[] =>
  booking.kind === 'activity' ? missingOfActivity(booking.evidence) : (booking.kind === 'meal' ? missingOfMeal : missingOf)(booking.evidence, booking.status)

/** Minutes between the two proofs; null until both are there. Never negative. */
export const minutesServed = (evidence: Evidence): number | null =>
  evidence.checkIn && evidence.checkOut ? Math.max(0, Math.round((evidence.checkOut.provedAt - evidence.checkIn.provedAt) / 60_000)) : null
