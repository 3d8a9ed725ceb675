/** A slot's waitlist 候补 as it is kept: places, what is on offer, and how offers ended. */
import type { RequestLog } from './person'

/** Why somebody goes first, the most pressing first: a need that a social worker has stated, hardship and living alone as on record. */
export const waitReasons = ['medical', 'hardship', 'livesAlone'] as const
export type WaitReason = (typeof waitReasons)[number]

/** One person's place. */
export interface Place {
  readonly personId: string
  readonly name: string
  readonly communityId: string
  /** of this place alone: an offer is answered by it, so that a late answer never meets a newer one */
  readonly placeId: string
  readonly joinedAt: number
  readonly reasons: readonly WaitReason[]
}

/** What makes a seat an offer: it is held for this person until a time, and becomes a booking when they take it. */
export interface Offer {
  readonly place: Place
  readonly at: number
  readonly until: number
  /** null: not taken yet */
  readonly acceptedAt: number | null
  readonly isTold: boolean
}

/** How an offer ended, without whose it was. */
export interface EndedOffer {
  readonly placeId: string
  readonly at: number
  readonly until: number
  readonly endedAt: number
  readonly how: 'accepted' | 'declined' | 'ranOut' | 'withdrawn'
  /** whatever was still to be told of it is told no more */
  readonly isQuiet: boolean
}

export interface Queue {
  readonly version: number
  /** who waits, by person; who is on offer stands among the holders */
  readonly places: Readonly<Record<string, Place>>
  /** who waits or is on offer, and where they live: as indexes need it */
  readonly personIds: readonly string[]
  readonly communityIds: readonly string[]
  /** there while somebody waits: then a free seat is theirs and no newcomer's */
  readonly isOwed?: true
  /** mutations that took effect here (law 8) */
  readonly requests: RequestLog
  readonly ended: readonly EndedOffer[]
}
