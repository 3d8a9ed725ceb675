// Rules of the care consultant: src/domain/consultation.ts, barthel.ts, and of what is told: consult-message.ts.
import { barthel, missingIn, scored } from '../../src/domain/barthel'
import type { By } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { consultTelling } from '../../src/domain/consult-message'
import * as rule from '../../src/domain/consultation'
import type { Consultation, PlanWish } from '../../src/domain/consultation'
import { gridAt, gridKeyOf } from '../../src/domain/grid'
import { renamed } from '../../src/domain/merge'
import { authorise, type Actor } from '../../src/domain/role'
import { withGrant, withoutGrant } from '../../src/domain/staff'
import { given, giving, NOW, person, refusalOf, TODAY } from './support'

const by = (personId: string, as: By['as']): By => ({ personId, name: personId, as, kinship: null, scope: null })
const [elderBy, daughter, gu, fang, social] = [by('elder', 'elder'), by('daughter', 'family'), by('gu', 'careConsultant'), by('fang', 'careConsultant'), by('social', 'socialWorker')]
const elder = person('elder', giving(given('daughter')))
const full = Object.fromEntries(barthel.map((item) => [item.key, item.options[0]?.points ?? 0]))
const bath: PlanWish = { what: 'service', title: '助浴', reason: '洗澡要人帮', serviceItemId: 'bathing', slotId: null, rhythm: 'once', times: 1 }
const advice: PlanWish = { what: 'advice', title: '装扶手', reason: '地滑', serviceItemId: null, slotId: null, rhythm: null, times: 1 }

const ask = (hasConsultant = true): Consultation => rule.ask({ consultationId: 'c1', elder, grid: null, hasConsultant, closedDays: {}, key: 'k', hash: 'h' }, { want: 'visit', topic: 'careAtHome', words: '怕滑' }, daughter, NOW)
const taken = rule.take(ask(), elder, gu, NOW)
const consented = rule.giveConsent(taken, elder, { untilOn: addDays(TODAY, 90), identityCheck: null }, elderBy, TODAY, NOW)
const assessed = rule.sign(consented, elder, { answers: { ...full, bathing: 0 }, words: '怕滑' }, gu, TODAY, NOW)
const planned = rule.givePlan(assessed, elder, { words: null, items: [bath, advice] }, gu, TODAY, NOW)
const once = { how: 'once', slotId: 's1' } as const
const at = (onDate: string, minute = 9 * 60): number => instantOf(onDate, minute)
const quiet = { away: null, closedDays: {}, isStaffed: true }

describe('the stated time to answer', () => {
  // 2026-11-23 is a Monday.
  test.each([
    ['asked on Monday, by Wednesday', at('2026-11-23'), {}, '2026-11-25'],
    ['late on Thursday, over the weekend', at('2026-11-26', 23 * 60 + 59), {}, '2026-11-30'],
    ['on Saturday, Monday and Tuesday', at('2026-11-28'), {}, '2026-12-01'],
    ['a closed day does not count', at('2026-11-23'), { '2026-11-24': '检修' }, '2026-11-26'],
  ] as const)('%s', (_what, askedAt, closedDays, onDate) => {
    expect(rule.answerTime(askedAt, closedDays)).toBe(instantOf(onDate, 17 * 60))
  })

  test('when it runs out it goes to the pool and is told; and again for as long as nobody takes it', () => {
    const due = taken.answerBy ?? 0
    expect(rule.lookAt(taken, quiet, due - 1).state).toBe('taken')
    const passed = rule.lookAt(taken, quiet, due)
    expect(passed).toMatchObject({ state: 'pool', consultant: null })
    expect(rule.lookAt(passed, quiet, due).timeline).toEqual(passed.timeline)
    const later = rule.lookAt(passed, quiet, due + 30 * DAY)
    expect(later.timeline.map((line) => line.what)).toEqual(['asked', 'taken', 'passedOn', 'overdue'])
    expect(rule.take(later, elder, fang, due + 31 * DAY).consultant?.personId).toBe('fang')
  })

  test('who has answered, looked somebody over or given a plan is not overdue', () => {
    for (const one of [rule.answer(taken, '周三来', gu, NOW), assessed, planned]) expect(rule.lookAt(one, quiet, NOW + 20 * DAY)).toMatchObject({ consultant: { personId: 'gu' } })
  })

  test('a consultant who is none any more loses it to the pool', () => {
    expect(rule.lookAt(planned, { ...quiet, isStaffed: false }, NOW + HOUR)).toMatchObject({ state: 'pool', consultant: null })
    expect(rule.take(rule.lookAt(planned, { ...quiet, isStaffed: false }, NOW), elder, fang, NOW)).toMatchObject({ state: 'planned', consultant: { personId: 'fang' } })
  })
})

describe('whose it is', () => {
  test('one takes it, the other hears who has it; family of the elder may not', () => {
    expect(refusalOf(() => rule.take(taken, elder, fang, NOW))).toBe('ALREADY_TAKEN')
    expect(refusalOf(() => rule.take(ask(), elder, by('daughter', 'careConsultant'), NOW))).toBe('OWN_CASE')
  })
  test('only who has it answers, assesses, plans and passes it on', () => {
    for (const act of [() => rule.answer(taken, '好', fang, NOW), () => rule.saveDraft(consented, elder, { answers: {}, words: null }, fang, TODAY, NOW), () => rule.givePlan(taken, elder, { words: null, items: [bath] }, fang, TODAY, NOW), () => rule.passOn(taken, '忙', fang, {}, NOW), () => rule.close(taken, '好', fang, NOW)]) {
      expect(refusalOf(act)).toBe('ALREADY_TAKEN')
    }
    expect(refusalOf(() => rule.passOn(taken, '她休假', social, {}, NOW))).toBe('OK')
  })
  test('withdrawn by the elder’s side, closed by staff with a reason, taken up again within ninety days', () => {
    expect(rule.close(taken, null, daughter, NOW).state).toBe('withdrawn')
    expect(refusalOf(() => rule.close(taken, null, gu, NOW))).toBe('REASON_REQUIRED')
    const over = rule.close(taken, '问清楚了', gu, NOW)
    expect(refusalOf(() => rule.answer(over, '再说', gu, NOW))).toBe('WRONG_STATE')
    expect(rule.reopen(over, '还有', elderBy, {}, NOW)).toMatchObject({ state: 'taken', consultant: { personId: 'gu' } })
    expect(refusalOf(() => rule.reopen(over, '还有', elderBy, {}, NOW + 91 * DAY))).toBe('WRONG_STATE')
  })
})

describe('consent and assessment', () => {
  test('the elder gives it, or staff who saw them; family cannot, and staff who are family cannot', () => {
    const wish = { untilOn: TODAY, identityCheck: 'idCardSeen' }
    expect(refusalOf(() => rule.giveConsent(taken, elder, wish, daughter, TODAY, NOW))).toBe('CONSENT_REQUIRED')
    expect(refusalOf(() => rule.giveConsent(taken, elder, wish, { ...social, personId: 'daughter' }, TODAY, NOW))).toBe('OWN_CASE')
    expect(refusalOf(() => rule.giveConsent(taken, elder, { ...wish, identityCheck: null }, social, TODAY, NOW))).toBe('IDENTITY_REQUIRED')
    expect(refusalOf(() => rule.giveConsent(taken, elder, { ...wish, untilOn: addDays(TODAY, 800) }, elderBy, TODAY, NOW))).toBe('BAD_INPUT')
    expect(rule.giveConsent(taken, elder, wish, social, TODAY, NOW).consent).toMatchObject({ how: 'counter', identityCheck: 'idCardSeen' })
  })
  test('without it nothing is written; it ends on its day', () => {
    expect(refusalOf(() => rule.saveDraft(taken, elder, { answers: {}, words: null }, gu, TODAY, NOW))).toBe('CONSENT_REQUIRED')
    expect(refusalOf(() => rule.sign(consented, elder, { answers: full, words: null }, gu, addDays(TODAY, 91), NOW))).toBe('CONSENT_REQUIRED')
  })
  test('withdrawn, the answers go; that it was held stays, and so does the plan', () => {
    const gone = rule.endConsent(rule.saveDraft(planned, elder, { answers: { bathing: 0 }, words: '草稿' }, gu, TODAY, NOW), elderBy, NOW)
    expect(gone).toMatchObject({ consent: null, draft: null, assessments: [{ n: 1, by: gu, findings: null }], plan: { items: [{ title: '助浴' }, { title: '装扶手' }] } })
    expect(JSON.stringify(gone)).not.toContain('怕滑","score')
    expect(refusalOf(() => rule.sign(gone, elder, { answers: full, words: null }, gu, TODAY, NOW))).toBe('CONSENT_REQUIRED')
  })
  test('over by itself, the clock removes them, late as well as in time', () => {
    for (const late of [91, 400]) expect(rule.lookAt(planned, quiet, at(addDays(TODAY, late))).assessments[0]?.findings).toBeNull()
    expect(rule.lookAt(planned, quiet, at(addDays(TODAY, 90))).assessments[0]?.findings).not.toBeNull()
  })
  test('ten items, at most a hundred; every answer is of the scheme', () => {
    expect(scored(full)).toEqual({ score: 100, level: 'independent' })
    expect(barthel).toHaveLength(10)
    expect([{ bathing: 0 }, { walking: 0, stairs: 0, toilet: 0, bathing: 0 }, { walking: 0, stairs: 0, toilet: 0, bathing: 0, transfer: 0, eating: 5 }].map((less) => scored({ ...full, ...less }))).toEqual([{ score: 95, level: 'mild' }, { score: 60, level: 'moderate' }, { score: 40, level: 'severe' }])
    expect([{ bathing: 7 }, { flying: 5 }].map((answers) => refusalOf(() => rule.saveDraft(consented, elder, { answers: answers as Record<string, number>, words: null }, gu, TODAY, NOW)))).toEqual(['BAD_INPUT', 'BAD_INPUT'])
    expect(refusalOf(() => rule.sign(consented, elder, { answers: { bathing: 0 }, words: null }, gu, TODAY, NOW))).toBe('BAD_INPUT')
    expect(missingIn({ bathing: 0 })).toHaveLength(9)
  })
})

describe('the plan', () => {
  test('an item is booked once; the same wish goes on, another has to wait', () => {
    const begun = rule.beginItem(planned, 1, once, false, elderBy, NOW)
    expect(rule.beginItem(begun, 1, once, false, elderBy, NOW)).toBe(begun)
    expect(refusalOf(() => rule.beginItem(begun, 1, { how: 'once', slotId: 's2' }, false, elderBy, NOW))).toBe('WRONG_STATE')
    const booked = rule.itemBooked(begun, 1, 1, { bookingId: 'b1' }, NOW)
    expect(rule.itemOf(booked, 1)).toMatchObject({ state: 'booked', booked: { bookingId: 'b1' } })
    expect(rule.itemBooked(booked, 1, 1, { bookingId: 'b2' }, NOW)).toBe(booked)
    expect(refusalOf(() => rule.beginItem(booked, 1, once, false, elderBy, NOW))).toBe('WRONG_STATE')
  })
  test('what was given up can be booked anew, and a late answer of the turn before touches nothing', () => {
    const booked = rule.itemBooked(rule.beginItem(planned, 1, once, false, elderBy, NOW), 1, 1, { bookingId: 'b1' }, NOW)
    const again = rule.beginItem(booked, 1, { how: 'once', slotId: 's2' }, true, elderBy, NOW)
    expect(rule.itemBooked(again, 1, 1, { bookingId: 'b1' }, NOW)).toBe(again)
    expect(rule.itemNotBooked(again, 1, 1, NOW)).toBe(again)
    expect(rule.itemOf(rule.itemNotBooked(again, 1, 2, NOW), 1).state).toBe('open')
  })
  test('not wanted with a reason; advice is taken without a booking', () => {
    expect(refusalOf(() => rule.answerItem(planned, 1, false, null, daughter, NOW))).toBe('REASON_REQUIRED')
    expect(rule.itemOf(rule.answerItem(planned, 1, false, '女儿会帮', daughter, NOW), 1)).toMatchObject({ state: 'declined', words: '女儿会帮' })
    expect(rule.itemOf(rule.answerItem(planned, 2, true, null, elderBy, NOW), 2).state).toBe('wanted')
    expect(refusalOf(() => rule.answerItem(planned, 1, true, null, elderBy, NOW))).toBe('BAD_INPUT')
  })
  describe('what was ordered on a page of its own', () => {
    const item = (what: 'meal' | 'stay' | 'menu', serviceItemId: string | null = null): PlanWish => ({ what, title: what, reason: '示例', serviceItemId, slotId: null, rhythm: null, times: 1 })
    const open = rule.givePlan(assessed, elder, { words: null, items: [item('meal'), item('stay', 'house'), item('menu'), item('meal'), bath] }, gu, TODAY, NOW)
    const meal: rule.Linked = { _id: 'm1', elderId: 'elder', kind: 'meal', serviceItemId: 'kitchen', status: 'booked', endsAt: NOW + HOUR }
    const link = (n: number, booking: rule.Linked = meal, one = open, isFree = false) => rule.linkItem(one, n, booking, isFree, daughter, NOW + MINUTE)
    const linked = link(1)

    test('is remembered with who and when, once', () => {
      expect(rule.itemOf(linked, 1)).toMatchObject({ state: 'booked', booked: { bookingId: 'm1' }, by: daughter, at: NOW + MINUTE })
      expect(linked.timeline.at(-1)).toMatchObject({ what: 'itemBooked', by: daughter, n: 1, words: 'meal' })
      expect(link(1, meal, linked)).toBe(linked)
      expect(rule.itemOf(link(2, { ...meal, kind: 'stay', serviceItemId: 'house' }), 2).state).toBe('booked')
      expect(rule.itemOf(link(3, { ...meal, kind: 'menu' }), 3).state).toBe('booked')
    })
    test.each([
      ['another elder’s', 1, { elderId: 'neighbour' }, 'NOT_FOUND'],
      ['another kind', 3, {}, 'NO_MATCH'],
      ['nights in another house', 2, { kind: 'stay', serviceItemId: 'elsewhere' }, 'NO_MATCH'],
      ['what was over before the plan', 1, { endsAt: NOW }, 'NO_MATCH'],
      ['what was given up', 1, { status: 'cancelled' }, 'WRONG_STATE'],
      ['an item that is booked from the plan', 5, {}, 'BAD_INPUT'],
      ['an item that is not there', 9, {}, 'NOT_FOUND'],
    ] as const)('not %s', (_what, n, changes, code) => {
      expect(refusalOf(() => link(n, { ...meal, ...changes }))).toBe(code)
    })
    test('one order stands for one item, and an item for one order until that is given up', () => {
      expect(refusalOf(() => link(4, meal, linked))).toBe('ALREADY_BOOKED')
      const other = { ...meal, _id: 'm2' }
      expect(refusalOf(() => link(1, other, linked))).toBe('WRONG_STATE')
      expect(rule.itemOf(link(1, other, linked, true), 1)).toMatchObject({ booked: { bookingId: 'm2' }, turn: 2 })
      expect(refusalOf(() => link(1, meal, rule.close(open, null, daughter, NOW)))).toBe('WRONG_STATE')
    })
    test('an item that was declined or put off can still come true; another plan does not touch it', () => {
      expect(rule.itemOf(link(1, meal, rule.answerItem(open, 1, false, '女儿做', elderBy, NOW)), 1)).toMatchObject({ state: 'booked', words: null })
      expect(rule.itemOf(link(1, meal, rule.answerItem(open, 1, true, null, elderBy, NOW)), 1).state).toBe('booked')
      expect(rule.itemOf(rule.givePlan(linked, elder, { words: null, items: [advice] }, gu, TODAY, NOW), 1)).toEqual(rule.itemOf(linked, 1))
    })
  })
  test('another plan keeps what was answered under its number, and drops what is left out', () => {
    const answered = rule.answerItem(planned, 2, true, null, elderBy, NOW)
    const next = rule.givePlan(answered, elder, { words: null, items: [{ ...advice, title: '换防滑拖鞋' }] }, gu, TODAY, NOW + MINUTE)
    expect(next.plan?.items.map((item) => [item.n, item.title, item.state])).toEqual([[1, '助浴', 'dropped'], [2, '装扶手', 'wanted'], [3, '换防滑拖鞋', 'open']])
    expect(refusalOf(() => rule.givePlan(next, elder, { words: null, items: [{ ...advice, n: 9 }] }, gu, TODAY, NOW))).toBe('BAD_INPUT')
    expect(refusalOf(() => rule.givePlan(next, elder, { words: null, items: [{ ...advice, rhythm: 'weekly' }] }, gu, TODAY, NOW))).toBe('BAD_INPUT')
  })
})

describe('the review', () => {
  const due = at(addDays(TODAY, 30))
  test('after thirty days, said once; twice and late come to the same', () => {
    expect(rule.lookAt(planned, quiet, due - 2 * HOUR).timeline.at(-1)?.what).toBe('planned')
    const said = rule.lookAt(planned, quiet, due)
    expect(said.timeline.at(-1)?.what).toBe('reviewDue')
    expect(rule.lookAt(said, quiet, due + 5 * DAY).timeline).toEqual(said.timeline)
    expect(rule.lookAt(planned, quiet, due + 5 * DAY).timeline.map((line) => line.what)).toEqual(said.timeline.map((line) => line.what))
  })
  test('in hospital nobody is asked how it goes: it waits until they are at home', () => {
    const away = { why: 'hospital', since: 1, byName: '王敏', fromOn: TODAY, untilOn: addDays(TODAY, 40) } as const
    const waiting = rule.lookAt(planned, { ...quiet, away }, due)
    expect(waiting.timeline.at(-1)?.what).toBe('planned')
    expect(waiting.reviewOn).toBe(addDays(TODAY, 31))
    expect(rule.lookAt(waiting, { ...quiet, away }, at(addDays(TODAY, 41))).timeline.at(-1)?.what).toBe('reviewDue')
  })
  test('not before its day; another look on a later day, or the end', () => {
    expect(refusalOf(() => rule.review(planned, elder, { words: '好', done: 1, nextOn: null }, gu, addDays(TODAY, 29), NOW))).toBe('TOO_EARLY')
    const again = rule.review(planned, elder, { words: '好', done: 1, nextOn: addDays(TODAY, 60) }, gu, addDays(TODAY, 30), due)
    expect(again).toMatchObject({ state: 'planned', reviewOn: addDays(TODAY, 60), reviews: [{ done: 1 }] })
    expect(rule.lookAt(again, quiet, at(addDays(TODAY, 60))).timeline.at(-1)?.what).toBe('reviewDue')
    expect(rule.review(planned, elder, { words: '好', done: 1, nextOn: null }, gu, addDays(TODAY, 30), due)).toMatchObject({ state: 'closed', reviewOn: null })
  })
})

describe('somebody moves, or is no more', () => {
  const to = { communityId: 'taigu', grid: 'taigu/东一', hasConsultant: true, covers: (id: string) => id === 'fang', closedDays: {} }
  test('what is open goes to the new grid, and who had it reads it no more', () => {
    const moved = rule.follow(planned, to, NOW)
    expect(moved).toMatchObject({ communityId: 'taigu', grid: 'taigu/东一', state: 'waiting', consultant: null })
    expect(rule.follow(moved, to, NOW)).toBe(moved)
    expect(rule.follow(planned, { ...to, covers: () => true }, NOW)).toMatchObject({ state: 'planned', consultant: { personId: 'gu' } })
    expect(rule.follow(planned, { ...to, hasConsultant: false }, NOW).state).toBe('pool')
  })
  test('a death closes it, once, and nobody is told of it here', () => {
    const over = rule.closeByLife(planned, NOW)
    expect(over).toMatchObject({ state: 'closed', reviewOn: null, answerBy: null, toldLines: over.timeline.length })
    expect(rule.closeByLife(over, NOW)).toBe(over)
  })
  test('another name stands wherever the old one stood', () => {
    const other = renamed(planned, 'gu', { id: 'nobody', name: '已注销' })
    expect(JSON.stringify(other)).not.toContain('"gu"')
  })
})

describe('what is told', () => {
  test('what was found is in no message, and each line is for those whom it concerns', () => {
    const told = planned.timeline.map((line) => [line.what, consultTelling(line, planned)?.to])
    expect(told).toEqual([['asked', ['grid']], ['taken', ['elderSide']], ['consented', ['consultant']], ['assessed', ['elderSide']], ['planned', ['elderSide']]])
    const words = planned.timeline.flatMap((line) => consultTelling(line, planned)?.to.map((to) => JSON.stringify(consultTelling(line, planned)?.words(to))) ?? []).join('')
    expect(words).not.toMatch(/95|洗澡|怕滑/)
  })
  test('WeChat’s fields hold twenty characters', () => {
    for (const what of ['passedOn', 'overdue', 'reviewDue', 'consentEnded', 'reopened'] as const) {
      const telling = consultTelling({ what, at: NOW, by: rule.systemBy, words: null }, planned)
      for (const to of telling?.to ?? []) for (const { value } of Object.values(telling?.words(to).data ?? {})) expect(value.length).toBeLessThanOrEqual(20)
    }
  })
})

describe('the role', () => {
  const actor = (grant: { communityIds?: string[]; grids?: string[] }): Actor => ({ accountId: 'a', personId: 'gu', name: '顾清', subdistrictId: 'dongliu', grants: [{ role: 'careConsultant', ...grant }] })
  const allow = [{ role: 'careConsultant', relation: 'grid' }] as const
  const subject = { subdistrictId: 'dongliu', communityId: 'huaguang', grid: gridKeyOf('huaguang', '东一') }
  test.each([
    ['the whole community', { communityIds: ['huaguang'] }, 'OK'],
    ['its grid', { grids: ['huaguang/东一'] }, 'OK'],
    ['another grid of the community', { grids: ['huaguang/西二'] }, 'NOT_FOUND'],
    ['a grid of the same name elsewhere', { grids: ['taigu/东一'] }, 'NOT_FOUND'],
    ['another community', { communityIds: ['taigu'] }, 'NOT_FOUND'],
  ] as const)('%s', (_what, grant, code) => {
    expect(refusalOf(() => authorise(actor(grant as never), allow, subject, TODAY))).toBe(code)
  })
  test('in another subdistrict of the same names there is nothing', () => {
    expect(refusalOf(() => authorise(actor({ communityIds: ['huaguang'] }), allow, { ...subject, subdistrictId: 'other' }, TODAY))).toBe('NOT_FOUND')
  })
  test('grids are given and taken one by one', () => {
    const one = withGrant([], { role: 'careConsultant', grids: ['huaguang/东一'] })
    const two = withGrant(one, { role: 'careConsultant', grids: ['huaguang/西二'], communityIds: ['taigu'] })
    expect(two).toEqual([{ role: 'careConsultant', communityIds: ['taigu'], grids: ['huaguang/东一', 'huaguang/西二'] }])
    expect(withGrant(two, { role: 'careConsultant', grids: ['huaguang/东一'] })).toBe(two)
    expect(withoutGrant(two, { role: 'careConsultant', grids: ['huaguang/东一', 'huaguang/西二'] })).toEqual([{ role: 'careConsultant', communityIds: ['taigu'] }])
    expect(withoutGrant(two, { role: 'careConsultant' })).toEqual([])
    expect(gridAt({ grids: [{ name: '东一', buildings: [12], duty: [] }] }, '华光城 12 幢 302')?.name).toBe('东一')
    expect(civilDate(NOW)).toBe(TODAY)
  })
})
