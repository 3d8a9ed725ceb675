/** What makes a slot an activity 活动: what and where, who holds it, and every verdict about its list. */
import type { By } from './booking-record'
import type { ActivitySort, Session } from './kind'

/** One verifier's word about a list, by bookings. */
export interface Verdict {
  readonly at: number
  readonly by: By
  readonly reason: string | null
  readonly verified: readonly string[]
  readonly absent: readonly string[]
  readonly rejected: readonly string[]
}

/** A class that meets several times: one name on one list, and a certificate for who came often enough. */
export interface Course {
  /** in their order, no two on one day */
  readonly sessions: readonly Session[]
  /** sessions that somebody must have come to before there is a certificate */
  readonly needed: number
}

/** What makes a slot an activity. */
export interface ActivityOffer {
  readonly sort: ActivitySort
  readonly what: string
  readonly place: string
  /** who published it, shows the code and calls the roll */
  readonly organiser: { readonly personId: string; readonly name: string }
  /** absent: it meets once */
  readonly course?: Course
  /** secret of the rotating code */
  readonly doorKey: string
  /** the community in which its list is still to be verified; null: verified or cancelled */
  readonly reviewIn: string | null
  readonly cancelled: { readonly at: number; readonly by: By; readonly reason: string } | null
  readonly verdicts: readonly Verdict[]
}
