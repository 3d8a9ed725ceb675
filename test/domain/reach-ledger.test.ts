/** The ledger's lines as sentences: brought up to their notice, taken along in a move, made one in a merge; consents; and the law that looks at all of them. */
import fc from 'fast-check'
import { soundAudience, type Audience } from '../../src/domain/audience'
import type { By } from '../../src/domain/booking-record'
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { answered, digested, mayCarry, newConsent, spent } from '../../src/domain/consent'
import { DomainError } from '../../src/domain/error'
import { approve, atItsTime, correct, draft, FUNCTION_LIFE, pin, submit, toldLines, wentThrough, withdraw, type Notice } from '../../src/domain/notice'
import type { NoticeText } from '../../src/domain/notice-text'
import { lineHolds, strayFrom } from '../../src/domain/reach-laws'
import { acknowledge, addressed, broughtUp, isReached, movedTo, oneLine, read, relocated, told, type Receipt } from '../../src/domain/reach'
import { person } from '../actions/world'

const NOW = instantOf('2026-11-23', 9 * 60)
const by = (personId: string, as: By['as'] = 'socialWorker'): By => ({ personId, name: personId, as, kinship: null, scope: null })
const audience: Audience = { communityIds: ['huaguang', 'taigu'], isWhole: false, buildings: [], roles: [], ageFrom: null, ageTo: null, livesAlone: false, bookingOn: null }
const text: NoticeText = { title: '周三停水', body: '11月25日 8:00 停水。', whatToDo: null, pictures: [], attachments: [] }
const out = (changes: Partial<Notice> = {}): Notice => {
  const made = submit({ ...draft('n1', 'dongliu', { level: 'mustReach', audience, text, publishAt: null, validUntil: NOW + 3 * DAY, deadlineAt: NOW + 6 * HOUR, opensCase: true }, by('writer'), NOW), ...changes }, 'passed', by('writer'), NOW)
  return wentThrough(made, null)
}
const elder = person('elder', { accountId: 'o_elder', address: '华光城 12 幢 302', livesAlone: true, birthOn: '1940-01-01' })
const line = (notice = out(), who = elder): Receipt => addressed(notice, who, '2026-11-23', NOW)
const communities = [{ communityId: 'huaguang', name: '华光城', duty: [], grids: [{ name: '西网格', buildings: [1], duty: [] }, { name: '东网格', buildings: [12], duty: [] }] }, { communityId: 'taigu', name: '太古城', duty: [] }]
const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'OK'
  } catch (error) {
    return error instanceof DomainError ? `${error.code} ${String(error.details?.['field'] ?? '')}`.trim() : String(error)
  }
}

describe('a notice and its time', () => {
  test('the clock has one next moment: pin’s end, deadline, its own end', () => {
    const pinned = { ...pin(out(), NOW + HOUR, 0, NOW), lines: null }
    expect(atItsTime(pinned, NOW + HOUR)).toMatchObject({ pinnedUntil: null, lines: { afterId: '' } })
    const due = atItsTime(out(), NOW + 6 * HOUR)
    expect(due).toMatchObject({ calledFor: 1, fanOut: { community: 0, afterId: '' }, lines: { afterId: '' } })
    expect(atItsTime({ ...due, fanOut: null, lines: null }, NOW + 7 * HOUR)).toMatchObject({ fanOut: null, lines: null })
    const over = atItsTime(out(), NOW + 3 * DAY)
    expect(over).toMatchObject({ isOver: true, fanOut: null })
    expect(toldLines({ ...over, lines: { afterId: '', startsAt: NOW + 4 * DAY, changedAt: NOW + 3 * DAY } }, null).dueAt).toBeNull()
  })
  test('lines are gone through once more when no function that read the old notice can live any more', () => {
    const back = withdraw(out(), '修好了', by('writer'), NOW)
    const again = toldLines(back, null)
    expect(again.lines).toEqual({ afterId: '', startsAt: NOW + FUNCTION_LIFE, changedAt: NOW })
    expect(toldLines(again, 'n1_x').lines).toMatchObject({ afterId: 'n1_x' })
    expect(toldLines(again, null).lines).toBeNull()
  })
  test('a yes after the deadline is none; a correction after it needs a new one', () => {
    const waiting = submit(draft('n2', 'dongliu', { level: 'mustReach', audience: { ...audience, isWhole: true }, text, publishAt: null, validUntil: NOW + DAY, deadlineAt: NOW + HOUR, opensCase: false }, by('writer'), NOW), 'passed', by('writer'), NOW)
    expect(codeOf(() => approve(waiting, by('other'), NOW + 2 * HOUR))).toBe('BAD_INPUT deadlineAt')
    const fresh = { ...text, body: '改了。' }
    expect(codeOf(() => correct(out(), fresh, '改了', 'passed', by('writer'), NOW + 7 * HOUR))).toBe('BAD_INPUT deadlineAt')
    expect(correct(out(), fresh, '改了', 'passed', by('writer'), NOW + 7 * HOUR, { deadlineAt: NOW + 9 * HOUR })).toMatchObject({ edition: 2, deadlineAt: NOW + 9 * HOUR })
    const held = correct(out(), fresh, '改了', 'held', by('writer'), NOW, { validUntil: NOW + 5 * DAY })
    expect(held).toMatchObject({ validUntil: NOW + 3 * DAY, edition: 1 })
    expect(approve(held, by('other'), NOW + 1)).toMatchObject({ validUntil: NOW + 5 * DAY, edition: 2 })
  })
})

describe('a line and its notice', () => {
  const corrected = correct(out(), { ...text, body: '改了。' }, '改了', 'passed', by('writer'), NOW + 1)
  test('a newer edition asks anew and keeps what was said', () => {
    const said = acknowledge(line(), 1, by('elder', 'elder'), NOW)
    expect(broughtUp(said, corrected, null, NOW + 1)).toMatchObject({ edition: 2, state: 'notYetSent', sendAt: NOW + 1, duty: 'none', by: null, attention: 2, understood: [{ edition: 1 }] })
  })
  test('an older notice, read before, changes nothing of a newer line', () => {
    const newer = broughtUp(line(), corrected, null, NOW + 1)
    expect(broughtUp(newer, atItsTime(out(), NOW + 6 * HOUR), elder, NOW, communities)).toBe(newer)
  })
  test('taken back, nobody is called; past its time, neither', () => {
    const called = broughtUp(line(), atItsTime(out(), NOW + 6 * HOUR), elder, NOW, communities)
    expect(called).toMatchObject({ duty: 'call', grid: '东网格' })
    expect(broughtUp(called, withdraw(out(), '修好了', by('writer'), NOW), null, NOW)).toMatchObject({ isWithdrawn: true, duty: 'none', sendAt: null, attention: 1 })
    expect(broughtUp(called, atItsTime(out(), NOW + 3 * DAY), null, NOW)).toMatchObject({ duty: 'none', attention: 0, sendAt: null })
  })
  test('whom nobody can telephone is gone to; who has understood is left alone', () => {
    const due = atItsTime(out(), NOW + 6 * HOUR)
    expect(broughtUp(line(), due, { ...elder, phone: null }, NOW).duty).toBe('visit')
    expect(broughtUp(acknowledge(line(), 1, by('elder', 'elder'), NOW), due, elder, NOW).duty).toBe('none')
  })
  test('in the order of the walk: community, grid, building, then who needs it most', () => {
    const due = atItsTime(out(), NOW + 6 * HOUR)
    const order = (address: string, options = {}) => addressed(due, person('p', { address, ...options }), '2026-11-23', NOW, communities).dutyOrder
    const walk = [
      order('华光城 1 幢 1', { livesAlone: true, birthOn: '1930-01-01' }), order('华光城 1 幢 1', { livesAlone: true, birthOn: '1970-01-01' }), order('华光城 1 幢 1', { birthOn: '1930-01-01' }), order('华光城 1 幢 1', { birthOn: '1970-01-01' }),
      order('华光城 12 幢 1'), order('华光城 3 幢 1'), order('太古城 1 幢 1', { communityId: 'taigu' }),
    ]
    expect([...walk].sort()).toEqual(walk)
  })
  test('whatever happens to a notice, brought up twice is brought up once, and an answer to this edition stays', () => {
    const notices = [out(), corrected, atItsTime(out(), NOW + 6 * HOUR), pin(out(), NOW + HOUR, 0, NOW), withdraw(out(), 'x', by('writer'), NOW), atItsTime(out(), NOW + 3 * DAY), atItsTime(wentThrough(corrected, null), NOW + 6 * HOUR)]
    const acts = [(one: Receipt) => acknowledge(one, one.edition, by('elder', 'elder'), NOW), (one: Receipt) => read(one, by('elder', 'elder'), NOW), (one: Receipt) => told(one, { how: 'door', outcome: 'noAnswer', words: null, opensCase: true }, by('social'), NOW)]
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(notices.length - 1), fc.nat(acts.length), fc.boolean()), { maxLength: 10 }), (program) => {
      let now = line()
      for (const [which, act, isAway] of program) {
        const notice = notices[which] as Notice
        const who = { ...elder, communityId: isAway ? 'elsewhere' : 'huaguang' }
        const once = broughtUp(now, notice, who, NOW, communities)
        expect(broughtUp(once, notice, who, NOW, communities)).toEqual(once)
        // Also one that was read before the line learnt more takes nothing back.
        expect(once.edition).toBeGreaterThanOrEqual(now.edition)
        expect(once.isWithdrawn || !now.isWithdrawn).toBe(true)
        if (isReached(now.state) && notice.edition <= now.edition) expect(once.state).toBe(now.state)
        expect(once.duty === 'none' || (!isReached(once.state) && !once.isWithdrawn && once.hasMovedAway !== true)).toBe(true)
        now = once
        try {
          now = acts[act]?.(once) ?? once
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
        }
      }
    }), { numRuns: 300, seed: 20_261_123 })
  })
})

describe('who moves', () => {
  test('within the audience the line goes along; out of it nobody calls; back again it asks as before', () => {
    const due = atItsTime(out(), NOW + 6 * HOUR)
    const called = broughtUp(line(), due, elder, NOW, communities)
    expect(relocated(called, due, { ...elder, communityId: 'taigu', address: '太古城 3 幢 1' }, communities)).toMatchObject({ communityId: 'taigu', building: '3', duty: 'call' })
    const away = relocated(called, due, { ...elder, communityId: 'elsewhere' }, communities)
    expect(away).toMatchObject({ hasMovedAway: true, duty: 'none', attention: 0, sendAt: null, communityId: 'huaguang', state: called.state })
    expect(relocated(away, due, elder, communities)).toMatchObject({ hasMovedAway: false, duty: 'call', attention: 2 })
  })
})

describe('two records of one person', () => {
  test('the farther answer holds, whichever record it was given under; again changes nothing', () => {
    const [kept, dropped] = [line(out(), elder), told(line(out(), person('twin')), { how: 'phone', outcome: 'told', words: null }, by('social'), NOW + 1)]
    const one = oneLine(kept, movedTo(dropped, 'elder'))
    expect(one).toMatchObject({ _id: 'n1_elder', personId: 'elder', state: 'toldByPhone', understood: [{ edition: 1 }], tries: [{ how: 'phone' }], accountId: 'o_elder' })
    expect(oneLine(one, movedTo(dropped, 'elder'))).toEqual(one)
    expect(oneLine(movedTo(dropped, 'elder'), kept).state).toBe('toldByPhone')
  })
})

describe('consents', () => {
  const none = newConsent('c', 'o_elder', 'elder', 'tpl_digest', NOW)
  test('one yes, one message; WeChat’s word counts more than the ledger; a failure costs one, not all', () => {
    const two = answered(answered(none, 'accept', NOW), 'accept', NOW)
    expect([two.left, spent(two, 'sent', NOW).left, spent(two, 'failed', NOW).left, spent(two, 'noQuota', NOW).left]).toEqual([2, 1, 1, 0])
    expect([mayCarry(null), mayCarry(none), mayCarry(two)]).toEqual([false, false, true])
    expect(answered(two, 'reject', NOW)).toMatchObject({ left: 2, refusedAt: NOW })
  })
  test('allowed for good carries as long as nobody takes it back', () => {
    const forGood = { ...none, isLongTerm: true }
    expect([mayCarry(spent(forGood, 'sent', NOW)), mayCarry(spent(forGood, 'noQuota', NOW)), mayCarry(answered(forGood, 'reject', NOW))]).toEqual([true, false, false])
  })
  test('a digest is looked at again tomorrow, while one is left', () => {
    const two = answered(answered(none, 'accept', NOW), 'accept', NOW)
    expect(two.digestOn).toBe('2026-11-23')
    expect(digested(spent(two, 'sent', NOW), '2026-11-23').digestOn).toBe('2026-11-24')
    expect(digested(spent(spent(two, 'sent', NOW), 'sent', NOW), '2026-11-23').digestOn).toBeNull()
  })
})

describe('an audience as it is kept', () => {
  const sound = (changes: Partial<Audience>) => soundAudience({ ...audience, ...changes }, communities, '2026-11-23')
  test('every community by name is the whole subdistrict; grids bring their buildings', () => {
    expect(sound({})).toMatchObject({ isWhole: true })
    expect(sound({ communityIds: ['huaguang'], grids: ['东网格'] })).toMatchObject({ isWhole: false, gridBuildings: ['12'] })
    expect(codeOf(() => sound({ grids: ['东网格'] }))).toBe('BAD_INPUT grids')
    expect(codeOf(() => sound({ communityIds: ['taigu'], grids: ['东网格'] }))).toBe('BAD_INPUT grids')
    expect(codeOf(() => sound({ communityIds: ['huaguang', 'huaguang'] }))).toBe('BAD_INPUT communityIds')
    expect(codeOf(() => sound({ communityIds: ['elsewhere'] }))).toBe('NOT_FOUND')
  })
})

describe('law 6 over what is stored', () => {
  const LATER = NOW + 30 * MINUTE
  const holds = (changes: Partial<Receipt>, notice = out()): boolean => lineHolds({ ...line(), ...changes }, notice, LATER, 5 * MINUTE)
  test.each<[string, Partial<Receipt>, Notice]>([
    ['another’s id', { _id: 'n1_other' }, out()],
    ['understood without anybody’s word', { state: 'understood' }, out()],
    ['called though understood', { ...acknowledge(line(), 1, by('elder', 'elder'), NOW), duty: 'call' }, out()],
    ['called though taken back', { duty: 'visit', isWithdrawn: true }, withdraw(out(), 'x', by('writer'), NOW)],
    ['owed a message though understood', { ...acknowledge(line(), 1, by('elder', 'elder'), NOW), sendAt: NOW }, out()],
    ['an edition that is not there', { edition: 2 }, out()],
    ['an old edition when all is told', {}, { ...correct(out(), { ...text, body: 'x' }, 'x', 'passed', by('writer'), NOW), fanOut: null, lines: null }],
    ['forgotten by the call list', {}, { ...atItsTime(out(), NOW + 6 * HOUR), fanOut: null, lines: null }],
    ['a shut door without its case', { owesCaseAt: NOW }, out()],
    ['a community that is not meant', { communityId: 'elsewhere' }, out()],
  ])('%s breaks it', (_name, changes, notice) => {
    expect(holds({}, out())).toBe(true)
    expect(holds(changes, notice)).toBe(false)
  })
  test('who is missing, and who stands there without living there', () => {
    const people = [elder, person('missing'), person('moved', { communityId: 'elsewhere' }), person('gone', { standing: 'merged', mergedInto: 'elder' }), person('fresh', { communitySince: LATER })]
    const lines = new Map([['elder', {}], ['moved', {}]])
    const stray = (notice: Notice) => strayFrom(notice, people, (id) => lines.get(id) ?? null, LATER, 5 * MINUTE)
    expect(stray(out())).toEqual(['n1_missing', 'n1_moved'])
    expect(strayFrom(out(), people, (id) => (id === 'moved' ? { hasMovedAway: true } : {}), LATER, 5 * MINUTE)).toEqual([])
    expect(stray({ ...out(), fanOut: { edition: 1, community: 0, afterId: '', startedAt: NOW } })).toEqual([])
  })
})
