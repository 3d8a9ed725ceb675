/**
 * A person 居民 is not an account: many elders have no phone. Nobody becomes an elder by typing a name; whoever
 * registers stays unverified until a social worker has seen them (domain.md, "Who").
 */
import type { Away } from './away'
import type { Delegation } from './delegation'
import type { BusyTime } from './busy'
import type { Diet } from './diet'
import type { Hardship, SubsidyTally } from './meal-policy'
import { ageOn } from './civil-time'
import { ensure } from './error'

export interface Person {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly name: string
  readonly birthOn: string
  readonly phone: string | null
  readonly address: string | null
  readonly livesAlone: boolean
  /** `left`: they died or moved out (`away` says which), the record stays to be read; `merged`: another record stands for them (`mergedInto`); `erased`: nobody stands behind it any more */
  readonly standing: 'unverified' | 'verified' | 'left' | 'merged' | 'erased'
  readonly seenBy: { readonly personId: string; readonly name: string; readonly at: number; readonly identityCheck: string } | null
  readonly registeredAt: number
  /** the WeChat account that claimed this person */
  readonly accountId: string | null
  /** health data: only with its own consent, removed when that is withdrawn (law 9) */
  readonly careNotes: string | null
  readonly careNotesConsentAt: number | null
  /** close family by record, both ways: who may not judge whose case (law 3) */
  readonly kinIds: readonly string[]
  readonly delegates: Readonly<Record<string, Delegation>>
  /** the keys of `delegates`, as an index needs them */
  readonly delegateIds: readonly string[]
  /** family by who is called first when something may have happened; absent: as they came */
  readonly callOrder?: readonly string[]
  /** where this person is booked to be: guards against being in two places (law 1) */
  readonly busy: readonly BusyTime[]
  /** for a care worker: where they have promised to be; nobody is promised to two doors at once */
  readonly serving?: readonly BusyTime[]
  /** what they must not and should not eat: only with its own consent, removed when that is withdrawn (law 9) */
  readonly diet: Diet | null
  /** as a social worker has recorded it: decides the subsidy */
  readonly hardship: Hardship
  /** not at home, on some days or from a day on: nothing is booked or ordered for them then; null: at home */
  readonly away: Away | null
  /** daily 报平安, for those who opted in: civil minute by which they check in; null: not */
  readonly dailyCheck: { readonly byMinute: number; readonly since: number } | null
  readonly lastWellAt: number | null
  /** when the clock must look whether they checked in; null: not */
  readonly checkDueAt: number | null
  /** subsidy by month and booking: guards the monthly cap */
  readonly subsidies: SubsidyTally
  /** printed door card; a new one makes the old worthless */
  readonly doorCard: { readonly code: string; readonly issuedAt: number; readonly issuedBy: string } | null
  /** the record that took this one's place, after a merge or an erasure */
  readonly mergedInto: string | null
  /** since when other documents may still name this record instead of the one in `mergedInto`; absent or null: none does */
  readonly unsettledAt?: number | null
  /** nothing but what must reach is sent to them; absent: everything */
  readonly onlyMustReach?: boolean
  /** since when they live in their community, ms; absent: since they were registered */
  readonly communitySince?: number
  /** mutations that took effect here (law 8) */
  readonly requests: RequestLog
}

/** What a mutation answered, kept for 30 days under the caller's key, in the document that it changed. */
export type RequestLog = Readonly<Record<string, { readonly hash: string; readonly at: number; readonly answer: unknown }>>

/** An elder may have a full name on a screen, a phone number only for the work at hand: 138****5678. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** Estate and building stay, the door goes: 华光城 12 幢 ***. */
export function maskAddress(address: string): string {
  const match = /^(.*?[幢栋号楼])/u.exec(address)
  return match?.[1] === undefined ? `${address.slice(0, 3)}***` : `${match[1].trim()} ***`
}

/** What somebody types, or a social worker types for them. */
export interface Registration {
  readonly name: string
  readonly birthOn: string
  readonly communityId: string
  readonly phone: string | null
  readonly address: string | null
  readonly livesAlone: boolean
}

/** How a social worker knew who stood before them. */
export type IdentityCheck = 'idCardSeen' | 'knownInPerson' | 'homeVisit'
type Seen = NonNullable<Person['seenBy']>

/** Nobody is older, as far as records go. */
const OLDEST_AGE = 125

/**
 * A new resident: unverified, unless a social worker has just seen them.
 * @throws BAD_INPUT {field} for a birthday that is not yet, or too long ago
 */
export function register(
  personId: string, wish: Registration, place: { readonly subdistrictId: string; readonly today: string }, seenBy: Seen | null, accountId: string | null, now: number,
): Person {
  ensure(wish.birthOn <= place.today && ageOn(wish.birthOn, place.today) <= OLDEST_AGE, 'BAD_INPUT', { field: 'birthOn' })
  return {
    _id: personId, version: 1, subdistrictId: place.subdistrictId, ...wish, standing: seenBy === null ? 'unverified' : 'verified', seenBy, registeredAt: now, accountId,
    careNotes: null, careNotesConsentAt: null, kinIds: [], delegates: {}, delegateIds: [], busy: [], doorCard: null, mergedInto: null, unsettledAt: null, requests: {},
    communitySince: now, diet: null, hardship: 'none', away: null, dailyCheck: null, lastWellAt: null, checkDueAt: null, subsidies: {},
  }
}

/** A social worker has seen this person. Seen again keeps the first. */
export const confirmSeen = (person: Person, seenBy: Seen): Person => (person.standing === 'unverified' ? { ...person, standing: 'verified', seenBy } : person)

/** Not at home, or at home again; said again it keeps since when it is known. */
export const withAway = (person: Person, away: Away | null): Person =>
  ({ ...person, away: away !== null && person.away?.why === away.why ? { ...away, since: person.away.since } : away })

/** Moved to another community of the subdistrict; without a new address none is known. @throws BAD_INPUT for the one they live in */
export function movedTo(person: Person, communityId: string, address: string | null, now: number): Person {
  ensure(person.communityId !== communityId, 'BAD_INPUT', { field: 'communityId' })
  return { ...person, communityId, address, communitySince: now }
}

/** Care notes with the person's consent; without consent they are removed (law 9). */
export const withCareNotes = (person: Person, consent: boolean, careNotes: string | null, now: number): Person =>
  consent ? { ...person, careNotes, careNotesConsentAt: person.careNotesConsentAt ?? now } : { ...person, careNotes: null, careNotesConsentAt: null }

/** Bookings of this person that are still to come, or running. Their time is taken before the booking is made, and freed when it is given up. */
export const hasLiveBookings = (person: Person, now: number): boolean => person.busy.some((time) => time.freedAt === null && time.to > now)
