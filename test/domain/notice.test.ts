/** Notices as sentences: whom they are for, how they are published and corrected, how they are read. */
import fc from 'fast-check'
import { buildingIn, isAddressed, type Audience } from '../../src/domain/audience'
import type { By } from '../../src/domain/booking-record'
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { approve, atItsTime, correct, dated, draft, pin, sendBack, submit, withdraw, type Notice } from '../../src/domain/notice'
import { differences, ensureText, gramsOf, isListed, linksIn, readAloud, readingHints, type NoticeText } from '../../src/domain/notice-text'
import { acknowledge, addressed, askForHelp, broughtUp, claimed, finishHelp, isReached, isUnsure, owedTo, read, sentOut, settledState, takeHelp, told, type Receipt } from '../../src/domain/reach'
import { delegation, person } from '../actions/world'

const NOW = instantOf('2026-11-23', 9 * 60)
const by = (personId: string, as: By['as'] = 'socialWorker'): By => ({ personId, name: personId, as, kinship: null, scope: null })
const [writer, other] = [by('writer'), by('other')]
const everybody: Audience = { communityIds: ['huaguang'], isWhole: false, buildings: [], roles: [], ageFrom: null, ageTo: null, livesAlone: false, bookingOn: null }
const text: NoticeText = { title: '周三停水', body: '11月25日 8:00 停水。请储水。', whatToDo: '今晚接好水', pictures: [], attachments: [] }
const wish = { level: 'mustReach' as const, audience: everybody, text, publishAt: null, validUntil: NOW + 3 * DAY, deadlineAt: NOW + 6 * HOUR, opensCase: true }
const written = (changes: Partial<Notice> = {}): Notice => ({ ...draft('n1', 'dongliu', wish, writer, NOW), ...changes })
const out = (changes: Partial<Notice> = {}): Notice => submit(written(changes), 'passed', writer, NOW)
const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'OK'
  } catch (error) {
    return error instanceof DomainError ? `${error.code}${error.details?.['field'] === undefined ? '' : ` ${String(error.details['field'])}`}` : String(error)
  }
}

describe('an audience', () => {
  const elder = person('elder', { address: '华光城 12 幢 302', birthOn: '1940-01-01', livesAlone: true })
  test('everything that is stated must be true', () => {
    const is = (changes: Partial<Audience>, who = elder): boolean => isAddressed(who, { ...everybody, ...changes }, [{ role: 'volunteer' }], '2026-11-23')
    expect(is({})).toBe(true)
    expect([is({ buildings: ['12'] }), is({ buildings: ['1'] }), is({ buildings: ['2', '12'] })]).toEqual([true, false, true])
    expect([is({ ageFrom: 86 }), is({ ageFrom: 87 }), is({ ageTo: 86 }), is({ ageTo: 85 })]).toEqual([true, false, true, false])
    expect([is({ livesAlone: true }), is({ livesAlone: true }, { ...elder, livesAlone: false })]).toEqual([true, false])
    expect([is({ roles: ['volunteer'] }), is({ roles: ['merchant'] })]).toEqual([true, false])
    expect(is({ bookingOn: '2026-11-24' })).toBe(false)
    const from = instantOf('2026-11-24', 600)
    expect(is({ bookingOn: '2026-11-24' }, { ...elder, busy: [{ bookingId: 'b', from, to: from + HOUR, at: 1, freedAt: null }] })).toBe(true)
    expect(is({ bookingOn: '2026-11-24' }, { ...elder, busy: [{ bookingId: 'b', from, to: from + HOUR, at: 1, freedAt: 2 }] })).toBe(false)
  })
  test('who was merged or erased is nobody’s addressee', () => {
    for (const standing of ['merged', 'erased'] as const) expect(isAddressed({ ...elder, standing }, everybody, [], '2026-11-23')).toBe(false)
  })
  test('a building is read as addresses are written', () => {
    expect(['华光城 12 幢 302', '锦苑3号楼', '园丁新村', null].map(buildingIn)).toEqual(['12', '3', null, null])
  })
})

describe('publishing', () => {
  test('a notice of one community appears at once, one for everybody waits for a second person', () => {
    expect(out()).toMatchObject({ status: 'published', edition: 1, listedAt: NOW, fanOut: { edition: 1, community: 0 } })
    const whole = out({ audience: { ...everybody, isWhole: true } })
    expect(whole).toMatchObject({ status: 'waiting', edition: 0, submission: { why: 'secondPerson' } })
    expect(codeOf(() => approve(whole, writer, NOW))).toBe('SECOND_PERSON')
    expect(approve(whole, other, NOW)).toMatchObject({ status: 'published', edition: 1, publishedBy: other })
  })
  test('what the check held is never published by itself and never lost', () => {
    const held = submit(written(), 'held', writer, NOW)
    expect(held).toMatchObject({ status: 'waiting', submission: { why: 'content', text } })
    expect(approve(held, other, NOW).status).toBe('published')
    expect(sendBack(held, '请改一下', other, NOW)).toMatchObject({ status: 'draft', text, returned: { reason: '请改一下' } })
  })
  test('at its time: not before, once', () => {
    const later = out({ publishAt: NOW + HOUR })
    expect(later).toMatchObject({ status: 'scheduled', edition: 0, dueAt: NOW + HOUR })
    expect(atItsTime(later, NOW + HOUR - 1)).toBe(later)
    const there = atItsTime(later, NOW + HOUR)
    expect(there).toMatchObject({ status: 'published', edition: 1, listedAt: NOW + HOUR })
    expect(atItsTime(there, NOW + 2 * HOUR)).toBe(there)
  })
  test.each<[string, Partial<Notice>, string]>([
    ['a deadline before it appears', { publishAt: NOW + 2 * HOUR, deadlineAt: NOW + HOUR }, 'BAD_INPUT deadlineAt'],
    ['a deadline in the past', { deadlineAt: NOW - 1 }, 'BAD_INPUT deadlineAt'],
    ['a deadline after its end', { deadlineAt: NOW + 4 * DAY }, 'BAD_INPUT deadlineAt'],
    ['must reach without a deadline', { deadlineAt: null }, 'BAD_INPUT deadlineAt'],
    ['an end in the past', { validUntil: NOW }, 'BAD_INPUT validUntil'],
    ['a time that is over', { publishAt: NOW }, 'BAD_INPUT publishAt'],
    ['a case from a notice that need not reach', { level: 'important', deadlineAt: null }, 'BAD_INPUT opensCase'],
  ])('%s is refused', (_name, changes, expected) => {
    expect(codeOf(() => out(changes))).toBe(expected)
  })
  test('a correction is a new edition; the old one stays on record until and after it', () => {
    const fresh = { ...text, body: '11月25日 9:00 停水。请储水。' }
    const corrected = correct(out(), fresh, '时间改了', 'passed', writer, NOW + 1)
    expect(corrected).toMatchObject({ edition: 2, text: fresh, editions: [{ edition: 1, text, summary: '时间改了' }], fanOut: { edition: 2 } })
    expect(codeOf(() => correct(corrected, fresh, '没改', 'passed', writer, NOW + 2))).toBe('BAD_INPUT body')
    expect(correct(out(), fresh, '时间改了', 'held', writer, NOW + 1)).toMatchObject({ edition: 1, text, submission: { text: fresh, why: 'content' } })
    expect(differences(text, fresh)).toEqual([{ was: '11月25日 8:00 停水。', is: '11月25日 9:00 停水。' }])
  })
  test('taken back with a reason; nothing of it can be changed any more', () => {
    const back = withdraw(out(), '修好了', writer, NOW + 1)
    expect(back).toMatchObject({ status: 'withdrawn', withdrawn: { reason: '修好了' }, lines: { afterId: '' }, fanOut: null })
    for (const act of [() => correct(back, { ...text, body: 'x' }, 's', 'passed', writer, NOW), () => withdraw(back, 'x', writer, NOW), () => pin(back, NOW + HOUR, 0, NOW)]) expect(codeOf(act)).toBe('WRONG_STATE')
  })
  test('past its time it leaves the lists, taken back or not; what never appeared has nothing to leave', () => {
    const back = { ...withdraw(out(), '修好了', writer, NOW + 1), lines: null }
    for (const notice of [out(), back]) {
      const over = atItsTime(notice, notice.validUntil)
      expect(over).toMatchObject({ isOver: true, lines: { afterId: '' } })
      expect(broughtUp(addressed(notice, person('a'), '2026-11-23', NOW), over, null, NOW)).toMatchObject({ sortAt: 0, attention: 0, isWithdrawn: notice === back })
    }
    expect(dated(back).dueAt).toBe(back.validUntil)
    expect(withdraw(submit({ ...draft('n2', 'dongliu', wish, writer, NOW), publishAt: NOW + HOUR }, 'passed', writer, NOW), '不发了', writer, NOW)).toMatchObject({ dueAt: null })
  })
  test('few stand on top, and each with an end', () => {
    expect(pin(out(), NOW + DAY, 2, NOW)).toMatchObject({ pinnedUntil: NOW + DAY })
    expect(codeOf(() => pin(out(), NOW + DAY, 3, NOW))).toBe('LIMIT_REACHED')
    expect(codeOf(() => pin(out(), NOW + 4 * DAY, 0, NOW))).toBe('BAD_INPUT until')
  })
})

describe('law 6: every addressee is in exactly one state', () => {
  const line = (changes: Partial<Receipt> = {}): Receipt => ({ ...addressed(out(), person('elder', { accountId: 'o_elder' }), '2026-11-23', NOW), ...changes })
  const elder = by('elder', 'elder')
  test('without an account WeChat carries nothing: a state, not an error', () => {
    expect(addressed(out(), person('far', { accountId: null }), '2026-11-23', NOW)).toMatchObject({ state: 'noQuota', sendAt: null, attention: 2 })
    expect(line()).toMatchObject({ state: 'notYetSent', sendAt: NOW, duty: 'none' })
  })
  test('without an account family who are to be alerted may hear instead, of what must reach', () => {
    const far = (scopes: Parameters<typeof delegation>[2], notice = out(), endOn = '2027-11-01') => addressed(notice, person('far', { accountId: null, ...delegation('daughter', '王敏', scopes, endOn) }), '2026-11-23', NOW)
    expect(far(['alerts'])).toMatchObject({ state: 'notYetSent', sendAt: NOW })
    for (const line of [far(['book', 'readCare']), far(['alerts'], out(), '2026-11-22'), far(['alerts'], out({ level: 'important', deadlineAt: null, opensCase: false }))]) expect(line).toMatchObject({ state: 'noQuota', sendAt: null })
  })
  test('a message is claimed for one person before it is sent; what became of it is written down, whoever answered meanwhile', () => {
    const [girl, boy] = [{ personId: 'girl', name: '王敏', kinship: '女儿' }, { personId: 'boy', name: '王军', kinship: '儿子' }]
    const sending = claimed(line(), girl, NOW)
    expect(owedTo(sending, [girl, boy])).toEqual([boy])
    expect(sentOut(sending, sending, 'sent', true, NOW)).toMatchObject({ state: 'sent', sendAt: NOW, sendingSince: null, isSentToFamily: true })
    expect(sentOut(sending, sending, 'noQuota', true, NOW)).toMatchObject({ state: 'notYetSent', sendAt: NOW })
    expect(sentOut(sending, sending, 'noQuota', false, NOW)).toMatchObject({ state: 'noQuota', sendAt: null })
    const answered = acknowledge(sending, 1, elder, NOW)
    expect(sentOut(answered, sending, 'sent', false, NOW)).toMatchObject({ state: 'understood', sendAt: null, sentTo: [{ outcome: 'sent' }] })
    const corrected = { ...sending, edition: 2, sendAt: NOW, sendingSince: null }
    expect(sentOut(corrected, sending, 'sent', false, NOW)).toMatchObject({ state: 'notYetSent', sendAt: NOW, sentTo: [{ edition: 1, outcome: 'sent' }] })
    expect(owedTo(corrected, [girl])).toEqual([girl])
  })
  test('a claim without an outcome is not known, never sent again, and is reached by nobody’s reckoning', () => {
    const sending = claimed(line(), { personId: 'elder', name: '示例', kinship: null }, NOW)
    const [message] = sending.sentTo ?? []
    expect(message && [isUnsure(message, NOW + 4 * MINUTE), isUnsure(message, NOW + 5 * MINUTE)]).toEqual([false, true])
    expect([settledState(line()), settledState(sending), settledState(sentOut(sending, sending, 'sent', false, NOW)), settledState(sentOut(sending, sending, 'failed', false, NOW))]).toEqual(['noQuota', 'unsure', 'sent', 'noQuota'])
    expect(owedTo(sending, [{ personId: 'elder' }])).toEqual([])
    expect(isReached('unsure')).toBe(false)
    const due = atItsTime(out(), NOW + 6 * HOUR)
    expect(broughtUp({ ...sending, state: 'unsure' }, due, person('elder', { accountId: 'o_elder' }), NOW + 6 * HOUR)).toMatchObject({ duty: 'call', state: 'unsure' })
  })
  test('opened is not understood; family says it as family; the edition that was shown is the one that counts', () => {
    expect(read(line(), elder, NOW)).toMatchObject({ state: 'read', attention: 2, sendAt: null })
    const daughter = { ...by('daughter', 'family'), kinship: '女儿' }
    expect(acknowledge(line(), 1, daughter, NOW)).toMatchObject({ state: 'understood', by: { as: 'family', kinship: '女儿' }, understood: [{ edition: 1, state: 'understood' }], attention: 0 })
    expect(codeOf(() => acknowledge(line({ edition: 2 }), 1, elder, NOW))).toBe('CORRECTED')
    expect(codeOf(() => acknowledge(line({ isWithdrawn: true }), 1, elder, NOW))).toBe('WRONG_STATE')
    expect(read(acknowledge(line(), 1, elder, NOW), elder, NOW + 1).state).toBe('understood')
  })
  test('after two calls without answer somebody goes; a shut door stays on the list', () => {
    const call = (receipt: Receipt) => told(receipt, { how: 'phone', outcome: 'noAnswer', words: null }, writer, NOW)
    const twice = call(call(line({ duty: 'call' })))
    expect([call(line({ duty: 'call' })).duty, twice.duty]).toEqual(['call', 'visit'])
    expect(told(twice, { how: 'door', outcome: 'noAnswer', words: null }, writer, NOW)).toMatchObject({ duty: 'visit', state: 'notYetSent' })
    expect(told(twice, { how: 'door', outcome: 'told', words: null }, writer, NOW)).toMatchObject({ duty: 'none', state: 'toldAtDoor' })
    expect(codeOf(() => call(acknowledge(line(), 1, elder, NOW)))).toBe('WRONG_STATE')
  })
  test('asking for help is understanding, and one task; of two who take it one does', () => {
    const asked = askForHelp(line(), 1, '提不动水', elder, NOW)
    expect(asked).toMatchObject({ state: 'understood', help: { state: 'open', words: '提不动水' } })
    expect(askForHelp(asked, 1, '再说一次', elder, NOW + 1).help).toEqual(asked.help)
    const taken = takeHelp(asked, writer)
    expect(codeOf(() => takeHelp(taken, other))).toBe('ALREADY_TAKEN')
    expect(codeOf(() => finishHelp(taken, '好了', other, NOW))).toBe('ALREADY_TAKEN')
    expect(finishHelp(taken, '提上去了', writer, NOW).help?.state).toBe('done')
  })
  test('whatever happens in whatever order, understood once is never lost, and a duty ends with it', () => {
    const steps = [
      (receipt: Receipt) => read(receipt, elder, NOW), (receipt: Receipt) => acknowledge(receipt, 1, elder, NOW), (receipt: Receipt) => askForHelp(receipt, 1, null, elder, NOW),
      (receipt: Receipt) => told(receipt, { how: 'phone', outcome: 'noAnswer', words: null }, writer, NOW), (receipt: Receipt) => told(receipt, { how: 'door', outcome: 'needsHelp', words: null }, writer, NOW),
    ]
    fc.assert(fc.property(fc.array(fc.nat(steps.length - 1), { maxLength: 12 }), (program) => {
      let receipt = line({ duty: 'call' })
      for (const index of program) {
        const before = receipt
        try {
          receipt = (steps[index] as (typeof steps)[number])(receipt)
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
        }
        expect(isReached(before.state) && !isReached(receipt.state)).toBe(false)
        expect(isReached(receipt.state)).toBe(receipt.duty === 'none')
        expect(receipt.understood.length).toBe(isReached(receipt.state) ? 1 : 0)
      }
    }), { numRuns: 200, seed: 20_261_123 })
  })
})

describe('words', () => {
  test('a neighbour’s words have no hints; long sentences, words of offices and a missing time do', () => {
    expect(readingHints(text)).toEqual([])
    const hints = readingHints({ title: '关于停水的通知', body: '根据有关规定，拟于近期对贵户所在区域的供水管道设施进行统一的全面检修维护和更换，敬请知悉，务必予以配合。', whatToDo: null })
    expect(hints.map((hint) => hint.what)).toEqual(expect.arrayContaining(['longSentence', 'officialese', 'noTime']))
  })
  test('it is read aloud sentence by sentence, with what to do at the end', () => {
    expect(readAloud(text)).toEqual(['周三停水', '11月25日 8:00 停水。', '请储水。', '要做的事：今晚接好水'])
  })
  test('links lead to listed hosts only; markup is text', () => {
    expect(linksIn('看 https://www.nbyz.gov.cn/a?b=1，或 http://evil.example.com/x')).toEqual(['https://www.nbyz.gov.cn/a?b=1', 'http://evil.example.com/x'])
    expect(['https://www.nbyz.gov.cn', 'https://gov.cn.evil.com', 'https://gov.cn@evil.com/', 'http://notgov.cn'].map(isListed)).toEqual([true, false, false, false])
    expect(codeOf(() => ensureText({ ...text, body: '请看 http://evil.example.com' }))).toBe('LINK_REFUSED')
    expect(codeOf(() => ensureText({ ...text, body: '<script>alert(1)</script>' }))).toBe('OK')
  })
  test('it is found by pairs of characters', () => {
    expect(gramsOf('停水通知 A1')).toEqual(['停水', '水通', '通知', 'a1'])
    fc.assert(fc.property(fc.array(fc.constantFrom(...'停水电梯体检活动'), { minLength: 2, maxLength: 8 }), (run) => {
      const query = run.join('')
      expect(gramsOf(query).every((gram) => gramsOf(`前言，${query}。后记`).includes(gram))).toBe(true)
    }), { seed: 20_261_123 })
  })
})
