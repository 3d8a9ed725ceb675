/**
 * A missed contact is a safety case 安全事件 (law 4): opened by a door that nobody opened, a daily word that did not come,
 * or a call for help; worked up a timed ladder; closed only with "seen in person" or a reason that the family
 * confirmed, never by itself. The ladder is climbed in rounds: a new alarm begins one, and one that ran out goes round again.
 */
import type { By } from './booking-record'
import { civilDate, DAY, MINUTE } from './civil-time'
import { ensure } from './error'
import { AGAIN_MINUTES, ladderOn, partAt, rungsOf, type CasePlan, type LadderTerms, type Rung } from './ladder'
import type { RequestLog } from './person'

export const safetyReasons = ['noContact', 'noCheckIn', 'calledForHelp'] as const
/** A door nobody opened; no 报平安 by the agreed time; 一键呼叫. */
export type SafetyReason = (typeof safetyReasons)[number]

export type CaseWhat = 'opened' | 'pressedAgain' | 'missedAgain' | 'saysFine' | 'goesRound' | 'rung' | 'taken' | 'noAnswer' | 'spoke' | 'onTheWay' | 'called120' | 'closed'

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
    readonly personId: string; readonly name: string; readonly at: number; readonly how: 'seenInPerson' | 'familyConfirmed' | 'died'; readonly familyPersonId: string | null
    readonly words: string; readonly finding: Finding
    /** when the elder was seen, as the person who saw them says */
    readonly seenAt: number | null
  } | null
  /** who may speak for the elder's well-being */
  readonly family: readonly { readonly personId: string; readonly name: string; readonly kinship: string }[]
  readonly ladderVersion: number | null
  /** what later rounds and rungs are made of; absent without a ladder, and in records from before */
  readonly plan?: CasePlan
  /** those of every round so far, and what is still to come of the one under way */
  readonly rungs: readonly Rung[]
  /** the rung that the clock has come to, counted from 0; -1 before the first */
  readonly rung: number
  readonly takenMinutes: number
  /** when the clock goes on, or goes round again; null: closed, or without a ladder */
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
  ladder: { readonly version: number | null; readonly rungs: readonly Rung[]; readonly takenMinutes: number; readonly plan?: CasePlan }, by: By, at: number,
): SafetyCase {
  const opened: SafetyCase = {
    ...about, also: [], version: 1, openedAt: at, openedBy: by.personId, status: 'open', taken: null, closed: null,
    ladderVersion: ladder.version, ...(ladder.plan === undefined ? {} : { plan: ladder.plan }), rungs: ladder.rungs, rung: -1, takenMinutes: ladder.takenMinutes, nextAt: ladder.rungs.length > 0 ? at : null, dueAt: null,
    timeline: [line('opened', at, by, { words: about.words })], told: [], requests: {},
  }
  return escalate(opened, at)
}

/** A round begins at most this often: presses that follow each other are one alarm. 示例. */
export const ROUND_APART = 10 * MINUTE

/** Which time round the case is in, counted from 0. */
export const roundOf = (safety: Pick<SafetyCase, 'rungs'>): number => safety.rungs.at(-1)?.round ?? 0
/** The index of the first rung of the round under way. */
export const firstOfRound = (safety: Pick<SafetyCase, 'rungs'>): number => Math.max(0, safety.rungs.findIndex((rung) => (rung.round ?? 0) === roundOf(safety)))
/** True when everybody of the round had their turn. */
export const isRunOut = (safety: Pick<SafetyCase, 'rungs' | 'rung'>): boolean => safety.rungs.length > 0 && safety.rung === safety.rungs.length - 1

const roundBegan = (safety: SafetyCase): number => rungAt(safety, firstOfRound(safety))
const keyOf = (rung: Rung): string => `${rung.kind}_${rung.personId ?? ''}`
/** Whom the clock has come to in the round under way. */
const askedOf = (safety: SafetyCase): ReadonlySet<string> => new Set(safety.rungs.slice(firstOfRound(safety), safety.rung + 1).map(keyOf))

const ladderAt = (safety: SafetyCase, at: number): LadderTerms | null => (safety.plan === undefined ? null : ladderOn(safety.plan.ladders, civilDate(at)))

/** The ladder as it holds at a time, dated from 0. A record from before keeps none: it takes its first rungs once more. */
function ladderRungs(safety: SafetyCase, at: number): readonly Rung[] {
  const ladder = ladderAt(safety, at)
  if (ladder === null) return safety.rungs.filter((rung) => (rung.round ?? 0) === 0)
  return rungsOf(ladder, at, { personId: safety.elderId, name: safety.elderName }, safety.family, safety.plan?.duty ?? [])
}

/** Rungs one after the other from `fromMs` on; nobody waits for those of whom `waitsFor` says no. */
function inTurn(rungs: readonly Rung[], fromMs: number, waitsFor: (rung: Rung) => boolean): readonly Rung[] {
  let afterMs = fromMs
  return rungs.map((rung, index) => {
    const dated = { ...rung, afterMs }
    if (waitsFor(rung)) afterMs += (rungs[index + 1]?.afterMs ?? rung.afterMs) - rung.afterMs
    return dated
  })
}

/** What is reached, and from there on these. */
const withRest = (safety: SafetyCase, rest: readonly Rung[], round: number): SafetyCase => ({ ...safety, rungs: [...safety.rungs.slice(0, safety.rung + 1), ...rest.map((rung) => ({ ...rung, round }))] })

/**
 * Everybody is asked once more, who has it before all others. Who had their turn in a round that is still under way hears at
 * once, so that a new alarm never makes anybody wait longer.
 */
function beginRound(safety: SafetyCase, at: number): SafetyCase {
  const ladder = ladderAt(safety, at)
  const fromMs = at - safety.openedAt
  const asked = isRunOut(safety) ? new Set<string>() : askedOf(safety)
  const { taken } = safety
  const kinship = safety.family.find((member) => member.personId === taken?.personId)?.kinship ?? null
  const taker: readonly Rung[] = taken === null ? [] : [{ kind: 'taker', personId: taken.personId, name: taken.name, kinship, afterMs: fromMs }]
  const takerMs = taken === null ? 0 : Math.min(safety.takenMinutes, FAMILY_TAKEN_MINUTES) * MINUTE
  const rungs = inTurn(ladderRungs(safety, at), fromMs + takerMs, (rung) => !asked.has(keyOf(rung)))
  if (rungs.length === 0) return safety
  const terms = ladder === null ? {} : { ladderVersion: ladder.version, takenMinutes: ladder.takenMinutes }
  return withRest({ ...safety, ...terms, nextAt: at }, [...taker, ...rungs], safety.rungs.length === 0 ? 0 : roundOf(safety) + 1)
}

/** When its time has come in the other half of the day, or under a newer ladder, the rest is taken from what holds now, without whom this round has asked. */
function inItsPart(safety: SafetyCase, at: number): SafetyCase {
  const ladder = ladderAt(safety, at)
  const next = safety.rungs[safety.rung + 1]
  if (ladder === null || next?.part === undefined || next.part === partAt(ladder, at)) return safety
  const asked = askedOf(safety)
  const isLeft = (rung: Rung): boolean => !asked.has(keyOf(rung))
  return withRest(safety, inTurn(ladderRungs(safety, at), at - safety.openedAt, isLeft).filter(isLeft), roundOf(safety))
}

const MOST_DOUBLINGS = 10

/** When a round that ran out goes round again: by the policy, each time in vain twice as long, a day at most. */
function againAt(safety: SafetyCase, at: number): number | null {
  const ladder = ladderAt(safety, at)
  if (ladder === null) return null
  const newestFirst = [...safety.timeline].reverse()
  const heard = newestFirst.findIndex((entry) => entry.what !== 'rung' && entry.what !== 'goesRound')
  const inVain = Math.min(MOST_DOUBLINGS, newestFirst.slice(0, heard).filter((entry) => entry.what === 'goesRound').length)
  return at + Math.min(DAY, (ladder.againMinutes ?? AGAIN_MINUTES) * MINUTE * 2 ** inVain)
}

/** One rung further, dated `at`; after the last one round again. */
function climb(safety: SafetyCase, at: number): SafetyCase {
  const standing = isRunOut(safety) ? beginRound({ ...safety, timeline: [...safety.timeline, line('goesRound', at, system)] }, at) : inItsPart(safety, at)
  const index = standing.rung + 1
  const [reached, after] = [standing.rungs[index], standing.rungs[index + 1]]
  if (!reached) return { ...standing, nextAt: null }
  const next = { ...standing, rung: index, timeline: [...standing.timeline, line('rung', at, system, { rung: index })] }
  return { ...next, nextAt: after === undefined ? againAt(next, at) : at + (after.afterMs - reached.afterMs) }
}

/**
 * As far up as the clock has come. Each rung is dated by the policy, not by when the clock ran: late, twice or in one
 * go, it ends the same.
 */
export function escalate(safety: SafetyCase, now: number): SafetyCase {
  if (safety.status === 'closed') return safety
  let current = safety
  while (current.nextAt !== null && current.nextAt <= now) current = climb(current, current.nextAt)
  return dated(current)
}

/** The ladders and the people of the moment in which a case hears a new alarm. */
export interface Moment {
  readonly plan: CasePlan | null
  readonly family: SafetyCase['family']
}

/**
 * A new alarm in a live case begins a round, unless one has just begun: then what was told is enough, and a ladder that has
 * run out goes round as soon as the time between two rounds is over. Who took it over since the round began hears at once.
 */
function alarmed(safety: SafetyCase, at: number, moment: Moment | null): SafetyCase {
  const began = roundBegan(safety)
  const isUnheard = safety.taken !== null && safety.taken.at >= began && !safety.rungs.slice(firstOfRound(safety)).some((rung) => rung.kind === 'taker' && rung.personId === safety.taken?.personId)
  if (at - began >= ROUND_APART || isUnheard) {
    const known = moment?.plan ? { ...safety, plan: moment.plan, family: moment.family } : safety
    return beginRound(known, at)
  }
  return isRunOut(safety) ? { ...safety, nextAt: Math.min(safety.nextAt ?? began + ROUND_APART, began + ROUND_APART) } : safety
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
  // One that ran out has nobody to wait for but who takes it.
  const nextAt = isRunOut(safety) ? now + minutes * MINUTE : patient(safety, now, minutes)
  return dated({ ...safety, status: 'taken', taken: { personId: by.personId, name: by.name, at: now }, nextAt, timeline: [...safety.timeline, line('taken', now, by)] })
}

/** What somebody on the ladder did and found. Nobody reached: the clock goes on to the next at once, if there is one. @throws WRONG_STATE */
export function report(stored: SafetyCase, what: 'noAnswer' | 'spoke' | 'onTheWay' | 'called120', by: By, words: string | null, now: number): SafetyCase {
  const safety = escalate(stored, now)
  ensureOpen(safety)
  const nextAt = safety.nextAt === null ? null : what !== 'noAnswer' ? patient(safety, now) : isRunOut(safety) ? safety.nextAt : now
  return escalate({ ...safety, nextAt, timeline: [...safety.timeline, line(what, now, by, { words })] }, now)
}

/** Pressed again: one case, one more line, a new round. The first call for help in a case of another reason lets the clock wait no longer. @throws WRONG_STATE */
export function pressAgain(stored: SafetyCase, by: By, words: string | null, now: number, moment: Moment | null = null): SafetyCase {
  const safety = escalate(stored, now)
  ensureOpen(safety)
  const isNews = safety.reason !== 'calledForHelp' && !safety.timeline.some((entry) => entry.what === 'pressedAgain')
  const heard = alarmed({ ...safety, timeline: [...safety.timeline, line('pressedAgain', now, by, { words })] }, now, moment)
  return escalate({ ...heard, nextAt: isNews && heard.nextAt !== null && !isRunOut(heard) ? now : heard.nextAt }, now)
}

/**
 * Missed once more while somebody looks for the elder: one elder, one live case, one more line, a new round. `what` says
 * which miss; the same one again changes nothing, also after the case was closed.
 * @throws WRONG_STATE
 */
export function missAgain(stored: SafetyCase, what: string, by: By, words: string, at: number, now: number, moment: Moment | null = null): SafetyCase {
  if (stored.also.includes(what)) return stored
  const safety = escalate(stored, at)
  ensureOpen(safety)
  const told: SafetyCase = { ...safety, also: [...safety.also, what], timeline: [...safety.timeline, line('missedAgain', at, by, { words })] }
  // A miss that is told late never begins before what the clock and people have done since.
  return escalate(alarmed(told, Math.max(at, rungAt(told, told.rung), told.taken?.at ?? at), moment), now)
}

/** One alarm of a case: why it was opened, and each shut door, missed word and call for help since. */
export interface Alarm {
  readonly reason: SafetyReason
  readonly at: number
  readonly words: string
}

/** Every alarm of a case, oldest first. Presses that follow each other are one. */
export function alarmsOf(safety: Pick<SafetyCase, 'reason' | 'words' | 'openedAt' | 'timeline'>): readonly Alarm[] {
  const alarms: Alarm[] = [{ reason: safety.reason, at: safety.openedAt, words: safety.words }]
  for (const entry of safety.timeline) {
    const words = entry.words ?? ''
    if (entry.what === 'missedAgain') alarms.push({ reason: entry.by.as === 'system' ? 'noCheckIn' : 'noContact', at: entry.at, words })
    if (entry.what !== 'pressedAgain') continue
    const before = alarms.filter((alarm) => alarm.reason === 'calledForHelp').at(-1)
    if (before === undefined || entry.at - before.at >= ROUND_APART) alarms.push({ reason: 'calledForHelp', at: entry.at, words })
  }
  return alarms
}

/** Why somebody is looked for now. */
export const newestAlarm = (safety: Pick<SafetyCase, 'reason' | 'words' | 'openedAt' | 'timeline'>): Alarm =>
  alarmsOf(safety).reduce((newest, alarm) => (alarm.at >= newest.at ? alarm : newest))

/** When somebody last was in danger, as far as is known: of presses that follow each other the last one counts. */
export const lastAlarmAt = (safety: { readonly openedAt: number; readonly timeline: readonly { readonly what: CaseWhat; readonly at: number }[] }): number =>
  Math.max(safety.openedAt, ...safety.timeline.filter((entry) => entry.what === 'pressedAgain' || entry.what === 'missedAgain').map((entry) => entry.at))

/** Others are on duty: whoever is asked from now on by a round that begins is one of them. */
export function withDuty(stored: SafetyCase, duty: CasePlan['duty'], now: number): SafetyCase {
  const safety = escalate(stored, now)
  return safety.status === 'closed' || safety.plan === undefined ? stored : { ...safety, plan: { ...safety.plan, duty } }
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

/** True for who may never close it: the elder themself, and who could not find anyone, at the first door or at a later one. */
export const isOwnSafetyCase = (safety: SafetyCase, personId: string): boolean =>
  personId === safety.elderId || (personId === safety.openedBy && safety.reason !== 'calledForHelp') || safety.timeline.some((entry) => entry.what === 'missedAgain' && entry.by.personId === personId)

/**
 * @throws WRONG_STATE when closed, OWN_CASE for the elder and for who could not find anyone, NOT_ALLOWED when family says
 * "seen in person" (that is for staff), NO_MATCH when the named person is not this elder's family, or family names another,
 * BAD_INPUT {seenAt} for a time before the minute of the case, or ahead, SEEN_BEFORE_ALARM {at} when an alarm came after they were seen
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
    const at = lastAlarmAt(safety)
    ensure(how.seenAt > at - MINUTE, 'SEEN_BEFORE_ALARM', { at })
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

/** Two members of staff have confirmed that the elder died: nobody is looked for any more. Never by itself, and by nobody alone (law 4). @throws WRONG_STATE */
export function closeByDeath(stored: SafetyCase, by: By, now: number): SafetyCase {
  const safety = escalate(stored, now)
  ensureOpen(safety)
  return dated({
    ...safety, status: 'closed', nextAt: null, closed: { personId: by.personId, name: by.name, at: now, how: 'died', familyPersonId: null, words: '已经去世，两位工作人员核实过', finding: 'neededHelp', seenAt: null },
    timeline: [...safety.timeline, line('closed', now, by, { words: '已经去世，两位工作人员核实过' })],
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
