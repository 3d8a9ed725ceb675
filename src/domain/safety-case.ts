/**
 * A missed contact is a safety case 安全事件 (law 4): opened by a door that nobody opened, seen first by the social
 * worker, closed only with "seen in person" or a reason that the family confirmed, never by itself.
 */
import { ensure } from './error'
import type { RequestLog } from './person'

export interface SafetyCase {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  readonly communityId: string
  readonly elderId: string
  readonly elderName: string
  readonly age: number
  readonly livesAlone: boolean
  readonly bookingId: string | null
  readonly reason: 'noContact'
  readonly words: string
  readonly openedAt: number
  readonly openedBy: string
  readonly status: 'open' | 'taken' | 'closed'
  readonly taken: { readonly personId: string; readonly name: string; readonly at: number } | null
  readonly closed: { readonly personId: string; readonly name: string; readonly at: number; readonly how: 'seenInPerson' | 'familyConfirmed'; readonly familyPersonId: string | null; readonly words: string } | null
  /** who may speak for the elder's well-being */
  readonly family: readonly { readonly personId: string; readonly name: string; readonly kinship: string }[]
  readonly requests: RequestLog
}

/** Taken over by one person; a colleague may take it on from there. @throws WRONG_STATE when closed, ALREADY_TAKEN by oneself */
export function takeCase(safety: SafetyCase, by: { readonly personId: string; readonly name: string }, now: number): SafetyCase {
  ensure(safety.status !== 'closed', 'WRONG_STATE', { status: 'closed' })
  ensure(safety.taken?.personId !== by.personId, 'ALREADY_TAKEN')
  return { ...safety, status: 'taken', taken: { ...by, at: now } }
}

/** @throws WRONG_STATE when closed, OWN_CASE for who could not find anyone, NO_MATCH when the named person is not this elder's family */
export function closeCase(
  safety: SafetyCase,
  by: { readonly personId: string; readonly name: string },
  how: { readonly by: 'seenInPerson'; readonly words: string } | { readonly by: 'familyConfirmed'; readonly familyPersonId: string; readonly words: string },
  now: number,
): SafetyCase {
  ensure(safety.status !== 'closed', 'WRONG_STATE', { status: 'closed' })
  ensure(by.personId !== safety.openedBy, 'OWN_CASE')
  ensure(how.by === 'seenInPerson' || safety.family.some((member) => member.personId === how.familyPersonId), 'NO_MATCH')
  return {
    ...safety, status: 'closed',
    closed: { ...by, at: now, how: how.by, familyPersonId: how.by === 'familyConfirmed' ? how.familyPersonId : null, words: how.words },
  }
}
