/**
 * A missed contact is a safety case 安全事件 (law 4): opened by a door that nobody opened, a daily word that did not come,
 * or a call for help; worked up a timed ladder; closed only with "seen in person" or a reason that the family
 * confirmed, never by itself.
 */
import type { By } from './booking-record'
import { MINUTE } from './civil-time'
import { ensure } from './error'
import type { Rung } from './ladder'
import type { RequestLog } from './person'

export const safetyReasons = ['noContact', 'noCheckIn', 'calledForHelp'] as const
/** A door nobody opened; no 报平安 by the agreed time; 一键呼叫. */
export type SafetyReason = (typeof safetyReasons)[number]

export type CaseWhat = 'opened' | 'pressedAgain' | 'missedAgain' | 'saysFine' | 'rung' | 'taken' | 'noAnswer' | 'spoke' | 'onTheWay' | 'called120' | 'closed'

/** One line that everyone on the ladder reads: who, when, outcome. */
export interface CaseLine {
  readonly what: CaseWhat
  /** of a rung: when the policy said, however late the clock ran */
  readonly at: number
  readonly by: By
  /** for `rung`: which one, counted from 0 */
  readonly rung: number | null
  readonly words: string | null
}

/** What it turned out to be: counted, false alarms too. */
export const findings = ['neededHelp', 'fine', 'falseAlarm'] as const
export type Finding = (typeof findings)[number]

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
  /** what else was missed while it was live, and is looked after with it: bookings of shut doors, days without a word */
  readonly also: readonly string[]
  readonly reason: SafetyReason
  readonly words: string
  readonly openedAt: number
  /** 'system' when the clock opened it */
  readonly openedBy: string
  readonly status: 'open' | 'taken' | 'closed'
  readonly taken: { readonly personId: string; readonly name: string; readonly at: number } | null
  readonly closed: {
    readonly personId: string; readonly name: string; readonly at: number; readonly how: 'seenInPerson' | 'familyConfirmed'; readonly familyPersonId: string | null
    readonly words: string; readonly finding: Finding
    /** when the elder was seen, as the person who saw them says */
    readonly seenAt: number | null
  } | null
  /** who may speak for the elder's well-being */
  readonly family: readonly { readonly personId: string; readonly name: string; readonly kinship: string }[]
  readonly ladderVersion: number | null
  readonly rungs: readonly Rung[]
  /** the rung that the clock has come to, counted from 0; -1 before the first */
  readonly rung: number
  readonly takenMinutes: number
  /** when the clock goes on; null: closed, or the last rung stands */
  readonly nextAt: number | null
  /** when the clock must look at it: a rung that nobody was told of, the next rung, calls that a closing made needless; derived */
  readonly dueAt: number | null
  readonly timeline: readonly CaseLine[]
  /** rungs that were put into messages already, by index */
  readonly told: readonly number[]
  readonly requests: RequestLog
}

const system: By = { personId: 'system', name: '系统', as: 'system', kinship: null, scope: null }
const line = (what: CaseWhat, at: number, by: By, more: { readonly rung?: number; readonly words?: string | null } = {}): CaseLine => ({ what, at, by, rung: more.rung ?? null, words: more.words ?? null })

/** Who must hear that the clock has come to a rung, and has not yet: indexes of rungs. A closed case asks nobody any more. */
export const owedRungs = (safety: Pick<SafetyCase, 'status' | 'rungs' | 'rung' | 'told'>): readonly number[] =>
  safety.status === 'closed' ? [] : safety.rungs.map((_, index) => index).filter((index) => index <= safety.rung && !safety.told.includes(index))

/** When the clock came to a rung. */
export const rungAt = (safety: SafetyCase, index: number): number => safety.timeline.find((entry) => entry.what === 'rung' && entry.rung === index)?.at ?? safety.openedAt

/** The case with the time at which the clock must look at it. */
function dated(safety: SafetyCase): SafetyCase {
  const owed = owedRungs(safety)[0]
  const dueAt = safety.closed !== null ? safety.closed.at : owed === undefined ? safety.nextAt : rungAt(safety, owed)
  return { ...safety, dueAt }
}

/** A new case, on the first rung at once. */
export function openCase(
  about: Pick<SafetyCase, '_id' | 'subdistrictId' | 'communityId' | 'elderId' | 'elderName' | 'age' | 'livesAlone' | 'bookingId' | 'reason' | 'words' | 'family'>,
  ladder: { readonly version: number | null; readonly rungs: readonly Rung[]; readonly takenMinutes: number }, by: By, at: number,
): SafetyCase {
  const opened: SafetyCase = {
    ...about, also: [], version: 1, openedAt: at, openedBy: by.personId, status: 'open', taken: null, closed: null,
    ladderVersion: ladder.version, rungs: ladder.rungs, rung: -1, takenMinutes: ladder.takenMinutes, nextAt: ladder.rungs.length > 0 ? at : null, dueAt: null,
    timeline: [line('opened', at, by, { words: about.words })], told: [], requests: {},
  }
  return escalate(opened, at)
}

/**
 * As far up as the clock has come. Each rung is dated by the policy, not by when the clock ran: late, twice or in one
 * go, it ends the same.
 */
export function escalate(safety: SafetyCase, now: number): SafetyCase {
  if (safety.status === 'closed') return safety
  let current = safety
  while (current.nextAt !== null && current.nextAt <= now) {
    const index = current.rung + 1
    const after = current.rungs[index + 1]
    const reached = current.rungs[index]
    if (!reached) return dated({ ...current, nextAt: null })
    current = {
      ...current, rung: index, timeline: [...current.timeline, line('rung', current.nextAt ?? now, system, { rung: index })],
      nextAt: after === undefined ? null : (current.nextAt ?? now) + (after.afterMs - reached.afterMs),
    }
  }
  return dated(current)
}

/**
 * Minutes for which family who takes a case over holds the clock, at most: who lives elsewhere can telephone, and the elder
 * behind a shut door still needs somebody at the door. 示例.
 */
export const FAMILY_TAKEN_MINUTES = 10

/** Staff whom the ladder asks by name, of whatever community: the same live case is theirs. */
export const namedOn = (safety: Pick<SafetyCase, 'rungs'>): readonly string[] => safety.rungs.flatMap((rung) => ((rung.kind === 'duty' || rung.kind === 'next') && rung.personId !== null ? [rung.personId] : []))

const ensureOpen = (safety: SafetyCase): void => ensure(safety.status !== 'closed', 'WRONG_STATE', { status: 'closed' })
/** Somebody does something about it: the clock gives them time before it goes on. */
const patient = (safety: SafetyCase, now: number, minutes = safety.takenMinutes): number | null => (safety.nextAt === null ? null : Math.max(safety.nextAt, now + minutes * MINUTE))

/** Taken over by one person; a colleague may take it on from there. @throws WRONG_STATE when closed, OWN_CASE for the elder, ALREADY_TAKEN by oneself, or by another since `takenBefore` was read */
export function takeCase(stored: SafetyCase, by: By, now: number, takenBefore: string | null): SafetyCase {
  const safety = escalate(stored, now)
  ensureOpen(safety)
  ensure(by.personId !== safety.elderId, 'OWN_CASE')
  ensure(safety.taken?.personId !== by.personId, 'ALREADY_TAKEN', { name: by.name })
  ensure((safety.taken?.personId ?? null) === takenBefore, 'ALREADY_TAKEN', { name: safety.taken?.name ?? '' })
  const minutes = by.as === 'family' ? Math.min(safety.takenMinutes, FAMILY_TAKEN_MINUTES) : safety.takenMinutes
  return dated({ ...safety, status: 'taken', taken: { personId: by.personId, name: by.name, at: now }, nextAt: patient(safety, now, minutes), timeline: [...safety.timeline, line('taken', now, by)] })
}

/** What somebody on the ladder did and found. Nobody reached: the clock goes on to the next at once. @throws WRONG_STATE */
export function report(stored: SafetyCase, what: 'noAnswer' | 'spoke' | 'onTheWay' | 'called120', by: By, words: string | null, now: number): SafetyCase {
  const safety = escalate(stored, now)
  ensureOpen(safety)
  const nextAt = safety.nextAt === null ? null : what === 'noAnswer' ? now : patient(safety, now)
  return escalate({ ...safety, nextAt, timeline: [...safety.timeline, line(what, now, by, { words })] }, now)
}

/** Pressed again: one case, one more line. The first call for help in a case of another reason lets the clock wait no longer. @throws WRONG_STATE */
export function pressAgain(stored: SafetyCase, by: By, words: string | null, now: number): SafetyCase {
  const safety = escalate(stored, now)
  ensureOpen(safety)
  const isNews = safety.reason !== 'calledForHelp' && !safety.timeline.some((entry) => entry.what === 'pressedAgain')
  return escalate({ ...safety, nextAt: isNews && safety.nextAt !== null ? now : safety.nextAt, timeline: [...safety.timeline, line('pressedAgain', now, by, { words })] }, now)
}

/**
 * Missed once more while somebody looks for the elder: one elder, one live case, one more line. `what` says which miss;
 * the same one again changes nothing, also after the case was closed.
 * @throws WRONG_STATE
 */
export function missAgain(stored: SafetyCase, what: string, by: By, words: string, at: number, now: number): SafetyCase {
  if (stored.also.includes(what)) return stored
  const safety = escalate(stored, now)
  ensureOpen(safety)
  return dated({ ...safety, also: [...safety.also, what], timeline: [...safety.timeline, line('missedAgain', at, by, { words })] })
}

/** The elder's own word that all is well: it is heard, and somebody still makes sure (law 4). @throws WRONG_STATE */
export function saysFine(stored: SafetyCase, by: By, now: number): SafetyCase {
  const safety = escalate(stored, now)
  ensureOpen(safety)
  return dated({ ...safety, nextAt: patient(safety, now), timeline: [...safety.timeline, line('saysFine', now, by)] })
}

export type Closing =
  | { readonly by: 'seenInPerson'; readonly words: string; readonly finding: Finding; readonly seenAt: number }
  | { readonly by: 'familyConfirmed'; readonly familyPersonId: string; readonly words: string; readonly finding: Finding }

/** True for who may never close it: the elder themself, and who could not find anyone. */
export const isOwnSafetyCase = (safety: SafetyCase, personId: string): boolean => personId === safety.elderId || (personId === safety.openedBy && safety.reason !== 'calledForHelp')

/**
 * @throws WRONG_STATE when closed, OWN_CASE for the elder and for who could not find anyone, NOT_ALLOWED when family says
 * "seen in person" (that is for staff), NO_MATCH when the named person is not this elder's family, or family names another,
 * BAD_INPUT {seenAt} for a time before the minute of the case, or ahead
 */
export function closeCase(stored: SafetyCase, by: By, how: Closing, now: number): SafetyCase {
  const safety = escalate(stored, now)
  ensureOpen(safety)
  ensure(!isOwnSafetyCase(safety, by.personId), 'OWN_CASE')
  if (how.by === 'familyConfirmed') {
    ensure(safety.family.some((member) => member.personId === how.familyPersonId), 'NO_MATCH')
    ensure(by.as !== 'family' || by.personId === how.familyPersonId, 'NO_MATCH')
  } else {
    ensure(by.as !== 'family', 'NOT_ALLOWED')
    // People tell the minute.
    ensure(how.seenAt > safety.openedAt - MINUTE && how.seenAt <= now, 'BAD_INPUT', { field: 'seenAt' })
  }
  return dated({
    ...safety, status: 'closed', nextAt: null,
    closed: {
      personId: by.personId, name: by.name, at: now, how: how.by, familyPersonId: how.by === 'familyConfirmed' ? how.familyPersonId : null, words: how.words, finding: how.finding,
      seenAt: how.by === 'seenInPerson' ? how.seenAt : null,
    },
    timeline: [...safety.timeline, line('closed', now, by, { words: how.words })],
  })
}

/** What the clock makes of a case whose time to look has come. */
export interface CaseLook {
  /** indexes of the rungs whose people are to be told now */
  readonly owed: readonly number[]
  /** calls that stand open for it say nothing any more: it is closed */
  readonly isOver: boolean
  readonly safety: SafetyCase
}

/** @returns null when it is not due; looking twice at the same time finds nothing the second time */
export function lookAtCase(safety: SafetyCase, now: number): CaseLook | null {
  if (safety.dueAt === null || safety.dueAt > now) return null
  if (safety.status === 'closed') return { owed: [], isOver: true, safety: { ...safety, dueAt: null } }
  const reached = escalate(safety, now)
  const owed = owedRungs(reached)
  return { owed, isOver: false, safety: dated({ ...reached, told: [...reached.told, ...owed] }) }
}

/** What a viewer can do with a case now; the rules decide again. */
export type CaseAct = 'take' | 'report' | 'close' | 'saysFine'

export function caseActsOf(safety: SafetyCase, as: 'elder' | 'family' | 'socialWorker' | 'admin', personId: string): readonly CaseAct[] {
  if (safety.status === 'closed') return []
  if (as === 'elder') return ['saysFine']
  const mayClose = !isOwnSafetyCase(safety, personId) && (as !== 'family' || safety.family.some((member) => member.personId === personId))
  return [...(safety.taken?.personId === personId ? [] : (['take'] as const)), 'report', ...(mayClose ? (['close'] as const) : [])]
}
