/**
 * Standing help 结对: a volunteer and an elder who agreed on one hour of the week. Both must have agreed; either side ends
 * it at any time. Tasks are made from it a week ahead.
 */
import type { By } from './booking-record'
import { addDays, civilDate, DAY, instantOf, weekday } from './civil-time'
import { ensure } from './error'
import { isOwnCase, type Server } from './own-case'
import type { RequestLog } from './person'
import type { Named } from './task'

export const pairStatuses = ['offered', 'active', 'refused', 'ended'] as const
export type PairStatus = (typeof pairStatuses)[number]

export interface Pair {
  readonly _id: string
  readonly version: number
  readonly subdistrictId: string
  /** the elder's */
  readonly communityId: string
  readonly volunteer: Named
  readonly volunteerId: string
  readonly elder: Named
  readonly elderId: string
  readonly title: string
  readonly what: string
  readonly place: string
  /** 0 Sunday … 6 Saturday */
  readonly weekday: number
  /** minutes after civil midnight */
  readonly startMinute: number
  readonly minutes: number
  /** who runs it on the spot: the social worker who arranged it, else the elder */
  readonly organiser: Named
  readonly status: PairStatus
  readonly offeredBy: By
  readonly offeredAt: number
  /** who agreed for each side; null: not yet */
  readonly agreed: { readonly volunteer: By | null; readonly elder: By | null }
  readonly ended: { readonly at: number; readonly by: By; readonly reason: string | null } | null
  /** the last day for which a task was made; null: none yet */
  readonly madeUntilOn: string | null
  /** when the clock must make the next task; null: not */
  readonly dueAt: number | null
  /** since when tasks of an ended pair may wait to be cancelled; null: settled */
  readonly unsettledAt: number | null
  readonly madeBy: { readonly key: string; readonly hash: string }
  readonly requests: RequestLog
}

/** Days ahead for which tasks stand. 示例 policy. */
export const PAIR_AHEAD = 7

export interface PairWish extends Pick<Pair, 'communityId' | 'elder' | 'organiser' | 'title' | 'what' | 'place' | 'weekday' | 'startMinute' | 'minutes'> {
  readonly volunteer: Server
}

/** An offer: whoever makes it has agreed for their own side. @throws OWN_CASE for family of the elder */
export function offer(wish: PairWish, made: { readonly pairId: string; readonly subdistrictId: string; readonly key: string; readonly hash: string }, by: By, now: number): Pair {
  const { volunteer, ...stated } = wish
  ensure(!isOwnCase(wish.elder.personId, volunteer), 'OWN_CASE')
  return {
    _id: made.pairId, version: 1, subdistrictId: made.subdistrictId, ...stated, volunteer: { personId: volunteer.personId, name: volunteer.name }, volunteerId: volunteer.personId, elderId: wish.elder.personId,
    status: 'offered', offeredBy: by, offeredAt: now, agreed: { volunteer: by.personId === volunteer.personId ? by : null, elder: by.personId === wish.elder.personId ? by : null }, ended: null, madeUntilOn: null, dueAt: null, unsettledAt: null,
    madeBy: { key: made.key, hash: made.hash }, requests: {},
  }
}

/** One side agrees, or declines; with both it begins. @throws WRONG_STATE {status} */
export function answerPair(pair: Pair, side: 'volunteer' | 'elder', accepts: boolean, by: By, words: string | null, now: number): Pair {
  ensure(pair.status === 'offered', 'WRONG_STATE', { status: pair.status })
  if (!accepts) return { ...pair, status: 'refused', ended: { at: now, by, reason: words } }
  const agreed = { ...pair.agreed, [side]: pair.agreed[side] ?? by }
  const isBegun = agreed.volunteer !== null && agreed.elder !== null
  return { ...pair, agreed, status: isBegun ? 'active' : 'offered', dueAt: isBegun ? now : null }
}

/** Either side, at any time. Tasks to come are cancelled afterwards. @throws WRONG_STATE {status} */
export function endPair(pair: Pair, by: By, reason: string | null, now: number): Pair {
  ensure(pair.status === 'offered' || pair.status === 'active', 'WRONG_STATE', { status: pair.status })
  return { ...pair, status: 'ended', ended: { at: now, by, reason }, dueAt: null, unsettledAt: now }
}

const system: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }

/** Without somebody who is gone standing help ends by itself. */
export const withoutSide = (pair: Pair, personId: string, now: number): Pair =>
  (pair.volunteerId === personId || pair.elderId === personId) && (pair.status === 'offered' || pair.status === 'active') ? endPair(pair, system, null, now) : pair

/** The next day for which a task is to be made: after those that were made, not before it can still be claimed. */
export function nextPairDay(pair: Pick<Pair, 'weekday' | 'startMinute' | 'madeUntilOn'>, now: number): string {
  const today = civilDate(now)
  const isTodayLeft = instantOf(today, pair.startMinute) > now
  const from = [isTodayLeft ? today : addDays(today, 1), ...(pair.madeUntilOn === null ? [] : [addDays(pair.madeUntilOn, 1)])].reduce((latest, day) => (day > latest ? day : latest))
  return addDays(from, (pair.weekday - weekday(from) + 7) % 7)
}

/** Which day is to be made now; null when the next one is still too far away. */
export function dayToMake(pair: Pick<Pair, 'weekday' | 'startMinute' | 'madeUntilOn'>, now: number): string | null {
  const next = nextPairDay(pair, now)
  return instantOf(next) <= now + PAIR_AHEAD * DAY ? next : null
}

/** When the next task may be made. */
export const nextPairLook = (pair: Pick<Pair, 'weekday' | 'startMinute' | 'madeUntilOn'>, now: number): number => instantOf(nextPairDay(pair, now)) - PAIR_AHEAD * DAY

/** A task was made for this day; the clock comes back when the next may be made. */
export function madeFor(pair: Pair, onDate: string, now: number): Pair {
  const made = { ...pair, madeUntilOn: onDate }
  return { ...made, dueAt: nextPairLook(made, now) }
}
