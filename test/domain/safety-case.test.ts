/** Law 4: a missed contact is a safety case, worked up a ladder by the clock, closed only with a person. */
import fc from 'fast-check'
import type { By } from '../../src/domain/booking-record'
import { wordsOfRung } from '../../src/domain/case-message'
import { instantOf, MINUTE } from '../../src/domain/civil-time'
import { AGAIN_MINUTES, planOf, rungsOf } from '../../src/domain/ladder'
import { ladderPreviewOf } from '../../src/domain/ladder-preview'
import { closingHolds, ladderHolds } from '../../src/domain/laws'
import { alarmsOf, caseActsOf, closeCase, escalate, FAMILY_TAKEN_MINUTES, firstOfRound, isRunOut, lookAtCase, missAgain, namedOn, newestAlarm, openCase, owedRungs, pressAgain, report, roundOf, saysFine, takeCase, withDuty, type SafetyCase, type SafetyReason } from '../../src/domain/safety-case'
import { figuresOf, median, minutesToTaken } from '../../src/domain/safety-figures'
import { ladder } from '../actions/meal-world'
import { refusalOf } from './support'

const by = (personId: string, as: By['as']): By => ({ personId, name: personId, as, kinship: as === 'family' ? '女儿' : null, scope: as === 'family' ? 'alerts' : null })
const social = by('social', 'socialWorker')
const grid = by('grid', 'socialWorker')
const daughter = by('daughter', 'family')
const mother = by('mother', 'elder')
const worker = by('worker', 'careWorker')
const family = [{ personId: 'daughter', name: '王敏', kinship: '女儿' }]
const duty = [{ personId: 'social', name: '李静' }, { personId: 'grid', name: '周岚' }]
const plan = { plan: planOf([ladder], duty, '2026-11-23') ?? { ladders: [], duty } }
const NOON = instantOf('2026-11-23', 12 * 60)
const minutes = (count: number): number => count * MINUTE

function opened(at = NOON, reason: SafetyReason = 'noContact', openedBy = worker, id = 'c'): SafetyCase {
  const about = { _id: id, subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', elderName: '王秀珍', age: 84, livesAlone: true, bookingId: null, reason, words: '敲门', family }
  return openCase(about, { version: 1, rungs: rungsOf(ladder, at, { personId: 'mother', name: '王秀珍' }, family, duty), takenMinutes: ladder.takenMinutes, ...plan }, openedBy, at)
}
const seen = (at: number) => ({ by: 'seenInPerson', words: '在楼下', finding: 'fine', seenAt: at }) as const
const familySays = { by: 'familyConfirmed', familyPersonId: 'daughter', words: '在我家', finding: 'falseAlarm' } as const
const rungTimes = (safety: SafetyCase) => safety.timeline.filter((entry) => entry.what === 'rung').map((entry) => (entry.at - safety.openedAt) / MINUTE)

describe('the clock', () => {
  test('stands on the first rung at once, and has somebody to tell', () => expect(opened()).toMatchObject({ rung: 0, nextAt: NOON + minutes(5), dueAt: NOON, told: [] }))
  test('dates each rung by the policy, however late it runs', () => {
    expect(rungTimes(escalate(opened(), NOON + minutes(90)))).toEqual([0, 5, 10, 25, 35])
    expect(escalate(opened(), NOON + minutes(90))).toMatchObject({ rung: 4, nextAt: NOON + minutes(35 + AGAIN_MINUTES) })
  })
  test('by night it has its own ladder', () => expect(rungTimes(escalate(opened(instantOf('2026-11-23', 22 * 60)), instantOf('2026-11-23', 23 * 60)))).toEqual([0, 5, 15]))
  test('whenever and however often it runs, it ends the same', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 30 }), (steps) => {
      let now = NOON
      let often = opened()
      for (const step of steps) {
        now += minutes(step)
        often = lookAtCase(often, now)?.safety ?? often
        expect(lookAtCase(often, now)).toBeNull()
      }
      const once = lookAtCase(opened(), now)?.safety
      expect({ ...often, told: [...often.told].sort((a, b) => a - b) }).toEqual(once)
    }), { seed: 20_261_123 })
  })
  test('tells each rung once, and none of a case that is closed', () => {
    const first = lookAtCase(opened(), NOON)
    expect(first?.owed).toEqual([0])
    expect(lookAtCase(first?.safety ?? opened(), NOON + minutes(4))).toBeNull()
    const next = lookAtCase(first?.safety ?? opened(), NOON + minutes(11))
    expect(next?.owed).toEqual([1, 2])
    const closed = closeCase(opened(), social, seen(NOON), NOON)
    expect(owedRungs(closed)).toEqual([])
    const quiet = lookAtCase(closed, NOON)
    expect(quiet).toMatchObject({ owed: [], isOver: true, safety: { dueAt: null } })
    expect(lookAtCase(quiet?.safety ?? closed, NOON + minutes(500))).toBeNull()
  })
  test('without a ladder it stands open, and the clock asks nobody', () => {
    const bare = openCase({ ...opened(), _id: 'bare' }, { version: null, rungs: [], takenMinutes: 0 }, worker, NOON)
    expect(bare).toMatchObject({ status: 'open', rung: -1, nextAt: null, dueAt: null })
    expect(takeCase(bare, social, NOON, null).status).toBe('taken')
  })
})

describe('taking over', () => {
  test('gives time, and then the clock goes on although somebody has it', () => {
    const taken = takeCase(opened(), social, NOON + minutes(2), null)
    expect(taken.nextAt).toBe(NOON + minutes(32))
    expect(rungTimes(escalate(taken, NOON + minutes(40)))).toEqual([0, 32, 37])
  })
  test('by family from afar holds the clock for a short while only, and never brings a rung forward', () => {
    expect(takeCase(opened(), daughter, NOON + minutes(2), null).nextAt).toBe(NOON + minutes(2 + FAMILY_TAKEN_MINUTES))
    const duty = escalate(opened(), NOON + minutes(10))
    expect(duty.nextAt).toBe(NOON + minutes(25))
    expect(takeCase(duty, daughter, NOON + minutes(11), null).nextAt).toBe(NOON + minutes(25))
    const brief = { ...opened(), takenMinutes: 3 }
    expect(takeCase(brief, daughter, NOON + minutes(4), null).nextAt).toBe(NOON + minutes(7))
  })
  test('what the clock had come to before is not lost', () => expect(rungTimes(takeCase(opened(), social, NOON + minutes(7), null))).toEqual([0, 5]))
  test('one of two who saw the same page gets it; a colleague who knows takes it on', () => {
    const taken = takeCase(opened(), social, NOON, null)
    expect(refusalOf(() => takeCase(taken, grid, NOON, null))).toBe('ALREADY_TAKEN')
    expect(refusalOf(() => takeCase(taken, social, NOON, 'social'))).toBe('ALREADY_TAKEN')
    expect(takeCase(taken, grid, NOON, 'social').taken?.personId).toBe('grid')
  })
  test('not by the elder whom it is about', () => expect(refusalOf(() => takeCase(opened(), by('mother', 'socialWorker'), NOON, null))).toBe('OWN_CASE'))
})

describe('what is said', () => {
  test('nobody reached: the next one at once', () => expect(report(opened(), 'noAnswer', social, null, NOON + minutes(1))).toMatchObject({ rung: 1, nextAt: NOON + minutes(6), dueAt: NOON }))
  test('on the last rung nobody is left to go on to, until it goes round again', () => {
    const last = escalate(opened(), NOON + minutes(90))
    expect(report(last, 'noAnswer', social, null, NOON + minutes(90))).toMatchObject({ rung: 4, nextAt: NOON + minutes(95) })
  })
  test('somebody goes there: the clock gives them time', () => expect(report(opened(), 'onTheWay', daughter, null, NOON + minutes(1)).nextAt).toBe(NOON + minutes(31)))
  test('the elder says all is well: heard, and it stays open', () => {
    const fine = saysFine(opened(), mother, NOON + minutes(1))
    expect(fine).toMatchObject({ status: 'open', nextAt: NOON + minutes(31) })
    expect(fine.timeline.at(-1)).toMatchObject({ what: 'saysFine', by: { personId: 'mother' } })
  })
  test('pressed again: one more line', () => expect(pressAgain(opened(NOON, 'calledForHelp', mother), mother, null, NOON + minutes(1)).timeline.map((entry) => entry.what)).toEqual(['opened', 'rung', 'pressedAgain']))
  test('a call for help in a case of another reason: the clock waits no longer, once', () => {
    const once = pressAgain(opened(), mother, '摔了', NOON + minutes(1))
    expect(once).toMatchObject({ rung: 1, nextAt: NOON + minutes(6), dueAt: NOON })
    expect(pressAgain(once, mother, null, NOON + minutes(2))).toMatchObject({ rung: 1, nextAt: NOON + minutes(6) })
    expect(pressAgain(opened(NOON, 'calledForHelp', mother), mother, null, NOON + minutes(1)).nextAt).toBe(NOON + minutes(5))
  })
  test('missed once more: one line, however often it is told, also after the end', () => {
    const more = missAgain(opened(), 'b2', worker, '敲门没人应', NOON + minutes(1), NOON + minutes(1))
    expect(more).toMatchObject({ also: ['b2'], nextAt: NOON + minutes(5) })
    expect(more.timeline.at(-1)).toMatchObject({ what: 'missedAgain', words: '敲门没人应', by: { personId: 'worker' } })
    expect(missAgain(more, 'b2', worker, '敲门没人应', NOON + minutes(1), NOON + minutes(9))).toBe(more)
    const closed = closeCase(more, social, seen(NOON + minutes(2)), NOON + minutes(2))
    expect(missAgain(closed, 'b2', worker, '', NOON, NOON + minutes(3))).toBe(closed)
    expect(refusalOf(() => missAgain(closed, 'b3', worker, '', NOON, NOON + minutes(3)))).toBe('WRONG_STATE')
  })
  test('names the staff of its ladder, not the elder nor the family', () => expect(namedOn(opened())).toEqual(['social', 'grid']))
  test('nothing more about a case that is closed', () => {
    const closed = closeCase(opened(), social, seen(NOON), NOON)
    for (const say of [() => report(closed, 'spoke', social, null, NOON), () => saysFine(closed, mother, NOON), () => pressAgain(closed, mother, null, NOON), () => takeCase(closed, social, NOON, null), () => closeCase(closed, social, seen(NOON), NOON)]) expect(refusalOf(say)).toBe('WRONG_STATE')
  })
})

describe('a new alarm in a live case', () => {
  const names = (safety: SafetyCase) => safety.timeline.filter((entry) => entry.what === 'rung').map((entry) => safety.rungs[entry.rung ?? 0]).slice(firstOfRound(safety)).map((rung) => `${rung?.kind} ${rung?.personId ?? '–'}`)
  const runOut = () => escalate(opened(), NOON + minutes(40))
  test('wakes a ladder that has run out: everybody is asked once more, in messages of their own', () => {
    expect(isRunOut(runOut())).toBe(true)
    for (const woken of [missAgain({ ...runOut(), told: [0, 1, 2, 3, 4] }, 'b2', worker, '', NOON + minutes(60), NOON + minutes(60)), pressAgain({ ...runOut(), told: [0, 1, 2, 3, 4] }, daughter, null, NOON + minutes(60))]) {
      expect(woken).toMatchObject({ rung: 5, nextAt: NOON + minutes(65), dueAt: NOON + minutes(60) })
      expect(lookAtCase(woken, NOON + minutes(60))?.owed).toEqual([5])
      expect(names(escalate(woken, NOON + minutes(100)))).toEqual(['elder mother', 'family daughter', 'duty social', 'next grid', 'emergency –'])
      expect(rungTimes(escalate(woken, NOON + minutes(100))).slice(5)).toEqual([60, 65, 70, 85, 95])
    }
  })
  test('who is on duty since asks in the rounds that begin from then on; what is under way stays, and so does a closed case', () => {
    const others = [{ personId: 'late', name: '周岚' }]
    const changed = withDuty(runOut(), others, NOON + minutes(50))
    expect(names(escalate(changed, NOON + minutes(140)))).toEqual(['elder mother', 'family daughter', 'duty late', 'emergency –'])
    expect(changed.rungs).toEqual(runOut().rungs)
    const late = withDuty(opened(), others, NOON + minutes(140))
    expect(names(late)).toEqual(['elder mother', 'family daughter', 'duty social', 'next grid', 'emergency –'])
    const closed = closeCase(opened(), social, seen(NOON), NOON)
    expect(withDuty(closed, others, NOON)).toBe(closed)
  })
  test('ten presses within a few minutes are one round; one that comes after ten minutes is another', () => {
    let safety = runOut()
    for (let press = 0; press < 10; press++) safety = pressAgain(safety, mother, null, NOON + minutes(60) + press * MINUTE / 2)
    expect(roundOf(safety)).toBe(1)
    expect(roundOf(pressAgain(safety, mother, null, NOON + minutes(69)))).toBe(1)
    expect(roundOf(pressAgain(safety, mother, null, NOON + minutes(70)))).toBe(2)
  })
  test('never makes anybody wait longer: who had their turn hears at once, then the next', () => {
    const pressed = pressAgain(opened(NOON, 'calledForHelp', mother), mother, null, NOON + minutes(12))
    expect(names(pressed)).toEqual(['elder mother', 'family daughter', 'duty social', 'next grid'])
    expect(pressed.nextAt).toBe(NOON + minutes(22))
  })
  test('tells who has it before all others, also shortly after they took it', () => {
    const taken = takeCase(runOut(), social, NOON + minutes(50), null)
    const again = missAgain(taken, 'b2', worker, '', NOON + minutes(55), NOON + minutes(55))
    expect(names(again)).toEqual(['taker social'])
    expect(again.nextAt).toBe(NOON + minutes(65))
    expect(roundOf(pressAgain(again, mother, null, NOON + minutes(56)))).toBe(1)
    const early = takeCase(opened(NOON, 'calledForHelp', mother), social, NOON + minutes(1), null)
    expect(names(pressAgain(early, mother, null, NOON + minutes(2)))).toEqual(['taker social'])
  })
  test('takes the ladder and the people of that moment', () => {
    const moment = { plan: { ladders: [{ ...ladder, version: 9, day: ladder.day.slice(1) }], duty: [{ personId: 'other', name: '赵军' }] }, family: [] }
    const woken = pressAgain(runOut(), mother, null, NOON + minutes(60), moment)
    expect(woken).toMatchObject({ ladderVersion: 9, family: [] })
    expect(names(woken)).toEqual(['duty other'])
  })
  test('of a shut door heard late is dated when it was, but not before what was done since', () => {
    expect(rungTimes(missAgain(escalate(opened(), NOON + minutes(20)), 'b2', worker, '', NOON + minutes(15), NOON + minutes(70))).slice(3)).toEqual([15, 15, 15, 15, 25])
  })
  test('stands as the newest reason; presses that follow each other are one alarm', () => {
    const door = missAgain(runOut(), 'b2', worker, '敲门没人应', NOON + minutes(60), NOON + minutes(60))
    const help = pressAgain(pressAgain(door, daughter, '还没人', NOON + minutes(61)), mother, null, NOON + minutes(63))
    const silent = missAgain(help, 'noCheckIn_mother_2026-11-24', { ...mother, personId: 'system', as: 'system' }, '', NOON + minutes(90), NOON + minutes(90))
    expect(alarmsOf(silent).map(({ reason, at }) => [reason, (at - NOON) / MINUTE])).toEqual([['noContact', 0], ['noContact', 60], ['calledForHelp', 61], ['noCheckIn', 90]])
    expect(newestAlarm(help)).toEqual({ reason: 'calledForHelp', at: NOON + minutes(61), words: '还没人' })
    expect(figuresOf([silent], [], NOON + minutes(100)).byReason.map((row) => row.count)).toEqual([2, 1, 1])
    expect(wordsOfRung('duty', help).gist).toContain('13:01 按了一键呼叫')
  })
})

describe('a ladder that has run out', () => {
  test('goes round again by the policy and says so, each time in vain after twice as long, a day at most', () => {
    const again = (safety: SafetyCase) => safety.timeline.filter((entry) => entry.what === 'goesRound').map((entry) => (entry.at - NOON) / MINUTE)
    expect(again(escalate(opened(), NOON + minutes(300)))).toEqual([95, 95 + 35 + 120])
    const gaps = again(escalate(opened(), NOON + minutes(20_000))).map((at, index, all) => at - (all[index - 1] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(24 * 60 + 60)
    const own = openCase({ ...opened(), _id: 'own' }, { version: 1, rungs: opened().rungs, takenMinutes: 30, plan: { ladders: [{ ...ladder, againMinutes: 15 }], duty } }, worker, NOON)
    expect(again(escalate(own, NOON + minutes(60)))).toEqual([50])
  })
  test('and is taken over gets its time-out, then everybody is asked again', () => {
    const taken = takeCase(escalate(opened(), NOON + minutes(90)), social, NOON + minutes(90), null)
    expect(taken.nextAt).toBe(NOON + minutes(120))
    expect(lookAtCase(escalate(taken, NOON + minutes(125)), NOON + minutes(125))?.safety).toMatchObject({ rung: 5, nextAt: NOON + minutes(130) })
    expect(takeCase(escalate(opened(), NOON + minutes(40)), daughter, NOON + minutes(40), null).nextAt).toBe(NOON + minutes(50))
  })
  test('in a record from before wakes all the same', () => {
    const { plan: _plan, ...old } = escalate({ ...opened() }, NOON + minutes(40))
    expect(missAgain({ ...old, nextAt: null }, 'b2', worker, '', NOON + minutes(60), NOON + minutes(60))).toMatchObject({ rung: 5, nextAt: NOON + minutes(65) })
    expect(takeCase({ ...old, nextAt: null }, social, NOON + minutes(60), null).nextAt).toBe(NOON + minutes(90))
  })
})

describe('evening and morning', () => {
  const kinds = (safety: SafetyCase) => safety.timeline.filter((entry) => entry.what === 'rung').map((entry) => `${safety.rungs[entry.rung ?? 0]?.kind} ${(entry.at - safety.openedAt) / MINUTE}`)
  test('a rung whose time comes at night is the night’s; who was asked in this round is not asked twice', () => {
    const evening = opened(instantOf('2026-11-23', 20 * 60 + 50))
    // By day it would have waited 15 minutes for who is on duty, then asked the next in line.
    expect(kinds(escalate(evening, evening.openedAt + minutes(60)))).toEqual(['elder 0', 'family 5', 'duty 10', 'emergency 20'])
  })
  test('a round that begins at night, and a rung of the morning', () => {
    const night = opened(instantOf('2026-11-24', 6 * 60 + 58))
    expect(kinds(escalate(night, night.openedAt + minutes(60)))).toEqual(['family 0', 'elder 5', 'duty 10', 'next 25', 'emergency 35'])
    const late = pressAgain(escalate(opened(instantOf('2026-11-23', 20 * 60)), instantOf('2026-11-23', 21 * 60 + 20)), mother, null, instantOf('2026-11-23', 21 * 60 + 20))
    expect(late.rungs[late.rung]).toMatchObject({ kind: 'family', part: '1_night' })
  })
})

describe('closing', () => {
  const now = NOON + minutes(20)
  const close = (safety: SafetyCase, who: By, how: Parameters<typeof closeCase>[2]) => refusalOf(() => closeCase(safety, who, how, now))
  test('by staff who saw the elder, or for whom the family confirmed a reason', () => {
    expect(close(opened(), social, seen(now))).toBe('OK')
    expect(close(opened(), social, familySays)).toBe('OK')
    expect(close(opened(), social, { ...familySays, familyPersonId: 'neighbour' })).toBe('NO_MATCH')
  })
  test('by the family member’s own tap, for themself alone, and never as seen in person', () => {
    expect(close(opened(), daughter, familySays)).toBe('OK')
    expect(close(opened(), by('son', 'family'), familySays)).toBe('NO_MATCH')
    expect(close(opened(), daughter, seen(now))).toBe('NOT_ALLOWED')
  })
  test('not by who could not find anyone, nor by the elder', () => {
    expect(close(opened(), worker, seen(now))).toBe('OWN_CASE')
    expect(close(opened(), by('mother', 'socialWorker'), seen(now))).toBe('OWN_CASE')
    expect(close(opened(NOON, 'calledForHelp', daughter), daughter, familySays)).toBe('OK')
  })
  test('not by who could not find anyone at a later door, whatever else they are', () => {
    const merged = missAgain(opened(NOON, 'calledForHelp', mother), 'b2', grid, '敲门没人应', NOON + minutes(5), NOON + minutes(5))
    expect(close(merged, grid, seen(now))).toBe('OWN_CASE')
    expect(caseActsOf(merged, 'socialWorker', 'grid')).not.toContain('close')
    expect(close(merged, social, seen(now))).toBe('OK')
  })
  test.each([['before it was opened', NOON - MINUTE], ['ahead', now + 1]] as const)('not seen %s', (_name, seenAt) => expect(close(opened(), social, seen(seenAt))).toBe('BAD_INPUT'))
  test.each([
    ['help was called for once more', (at: number) => pressAgain(opened(), mother, null, at)],
    ['another door stayed shut', (at: number) => missAgain(opened(), 'b2', grid, '敲门没人应', at, at)],
  ] as const)('not seen before %s, if only a few minutes later', (_name, again) => {
    const again4 = again(NOON + minutes(4))
    expect(close(again4, social, seen(NOON + minutes(3)))).toBe('SEEN_BEFORE_ALARM')
    expect(close(pressAgain(again4, mother, null, NOON + minutes(8)), social, seen(NOON + minutes(5)))).toBe('SEEN_BEFORE_ALARM')
    // People tell the minute; and the family's word is of now.
    expect(close(again4, social, seen(NOON + minutes(4) - 1))).toBe('OK')
    expect(close(again4, daughter, familySays)).toBe('OK')
  })
  test('never by the clock', () => expect(escalate(opened(), NOON + minutes(100_000)).status).toBe('open'))
  test('a page offers what the rule allows', () => {
    for (const [who, as] of [[social, 'socialWorker'], [daughter, 'family'], [by('son', 'family'), 'family'], [worker, 'socialWorker']] as const) {
      const mayClose = close(opened(), { ...who, as }, as === 'family' ? familySays : seen(now)) === 'OK'
      expect([who.personId, caseActsOf(opened(), as, who.personId).includes('close')]).toEqual([who.personId, mayClose])
    }
    expect(caseActsOf(opened(), 'elder', 'mother')).toEqual(['saysFine'])
    expect(caseActsOf(takeCase(opened(), social, NOON, null), 'socialWorker', 'social')).toEqual(['report', 'close'])
  })
})

test('whatever people and the clock do in whatever order, a case closes only with a person', () => {
  const acts: Record<string, (safety: SafetyCase, who: By, now: number) => SafetyCase> = {
    take: (safety, who, now) => takeCase(safety, who, now, safety.taken?.personId ?? null), noAnswer: (safety, who, now) => report(safety, 'noAnswer', who, null, now), onTheWay: (safety, who, now) => report(safety, 'onTheWay', who, null, now),
    fine: (safety, _who, now) => saysFine(safety, mother, now), again: (safety, _who, now) => pressAgain(safety, mother, null, now), clock: (safety, _who, now) => lookAtCase(safety, now)?.safety ?? safety,
    seen: (safety, who, now) => closeCase(safety, who, seen(now), now), family: (safety, who, now) => closeCase(safety, who, familySays, now),
  }
  const step = fc.record({ act: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('take', 'noAnswer', 'onTheWay', 'fine', 'again', 'clock') }, { weight: 1, arbitrary: fc.constantFrom('seen', 'family') }), who: fc.constantFrom(social, grid, daughter, worker), wait: fc.integer({ min: 0, max: 20 }) })
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
    let now = NOON
    let safety = opened()
    for (const { act, who, wait } of steps) {
      now += minutes(wait)
      const before = safety
      refusalOf(() => { safety = acts[act]?.(safety, who, now) ?? safety })
      expect(closingHolds(safety)).toBe(true)
      // Every line stays as it was written; a live case waits for its next rung or stands on the last one.
      expect(safety.timeline.slice(0, before.timeline.length)).toEqual(before.timeline)
      if (safety.status !== 'closed') expect(safety.nextAt).not.toBeNull()
      expect(ladderHolds(safety)).toBe(true)
    }
  }), { numRuns: 500, seed: 20_261_123 })
})

describe('another ladder, seen against the cases of a month', () => {
  const cases = [opened(), closeCase(opened(NOON, 'calledForHelp', mother, 'd'), social, seen(NOON), NOON), opened(instantOf('2026-11-23', 22 * 60))]
  const changed = (day: typeof ladder.day) => ladderPreviewOf({ ...ladder, day }, cases)
  test('the same one changes nothing', () => expect(changed(ladder.day)).toEqual({ cases: 3, sooner: 0, later: 0, others: 0 }))
  test('shorter and longer waits, and other people, in the cases that they touch', () => {
    expect(changed(ladder.day.map((step) => ({ ...step, waitMinutes: 2 })))).toEqual({ cases: 3, sooner: 2, later: 0, others: 0 })
    expect(changed(ladder.day.map((step) => ({ ...step, waitMinutes: step.waitMinutes + 1 })))).toEqual({ cases: 3, sooner: 0, later: 2, others: 0 })
    expect(changed(ladder.day.filter((step) => step.kind !== 'next'))).toEqual({ cases: 3, sooner: 2, later: 0, others: 2 })
  })
  test('a case from before keeps no people to compare with', () => {
    const { plan: _plan, ...old } = opened()
    expect(ladderPreviewOf(ladder, [old])).toEqual({ cases: 0, sooner: 0, later: 0, others: 0 })
  })
})

test('a message of a rung names the elder, asks for one thing, and fits', () => {
  const words = wordsOfRung('duty', opened(NOON, 'calledForHelp'))
  expect(words).toMatchObject({ page: 'pages/safety/case/index?safetyCaseId=c', templateId: 'tpl_alert', callUntil: null })
  expect(words.gist).toBe('12:00 按了一键呼叫：王秀珍（84 岁，独居）。请上门看看，点开接手')
  for (const { value } of [words.data['thing1'], words.data['thing3']].flatMap((field) => field ?? [])) expect(value.length).toBeLessThanOrEqual(20)
})

describe('the figures', () => {
  test.each([[[], null], [[7], 7], [[9, 1, 5], 5], [[1, 2, 4, 100], 3]] as const)('the median of %j is %j', (values, middle) => expect(median(values)).toBe(middle))
  test('counted with their times, false alarms too, the longest first; what is still open is counted apart', () => {
    const now = NOON + minutes(300)
    const help = takeCase(opened(NOON, 'calledForHelp', mother, 'help'), social, NOON + minutes(4), null)
    const cases = [
      closeCase(takeCase(help, grid, NOON + minutes(9), 'social'), grid, { ...seen(NOON + minutes(15)), finding: 'neededHelp' }, NOON + minutes(15)),
      closeCase(opened(NOON, 'noContact', worker, 'door'), social, familySays, NOON + minutes(121)),
      opened(NOON, 'noContact', worker, 'open'),
    ]
    const figures = figuresOf(cases, ['huaguang', 'taigu'], now)
    expect(figures).toMatchObject({
      opened: 3, stillOpen: 1, byCommunity: [{ communityId: 'huaguang', count: 3, medianMinutesToClosed: 68 }, { communityId: 'taigu', count: 0, medianMinutesToClosed: null }],
      within: [{ minutes: 15, count: 1 }, { minutes: 30, count: 0 }, { minutes: 60, count: 0 }, { minutes: 120, count: 0 }, { minutes: null, count: 1 }],
    })
    expect(figures.byReason).toMatchObject([
      { reason: 'noContact', count: 2, falseAlarms: 1, neededHelp: 0, fine: 0, stillOpen: 1, medianMinutesToTaken: null, medianMinutesToClosed: 121, longestMinutes: 121 },
      { reason: 'noCheckIn', count: 0, longestMinutes: null },
      { reason: 'calledForHelp', count: 1, falseAlarms: 0, neededHelp: 1, medianMinutesToTaken: 4, medianMinutesToClosed: 15, longestMinutes: 15 },
    ])
    for (const row of figures.byReason) expect(row.fine + row.neededHelp + row.falseAlarms + row.stillOpen).toBe(row.count)
    expect(figures.within.reduce((sum, row) => sum + row.count, 0)).toBe(figures.opened - figures.stillOpen)
    expect(figures.longest.map((safety) => safety._id)).toEqual(['open', 'door', 'help'])
    expect(minutesToTaken(cases[0] ?? help)).toBe(4)
  })
})
