/** What work earns: rates, duration, caps and the part that goes to the pot; versions begin in the future, one a day. */
import fc from 'fast-check'
import type { By } from '../../src/domain/booking-record'
import { addDays, instantOf, MINUTE } from '../../src/domain/civil-time'
import { approvedLines, decideDesk, deskTime, enteredLine, ensureNoOverlap, ensureNotRecorded, refusedLine, type DeskHours } from '../../src/domain/desk-hours'
import { DomainError } from '../../src/domain/error'
import { balancesOf, FUND, newAccount, post, potOf, purseOf, type PointsAccount } from '../../src/domain/ledger'
import { canPay, countedOn, earningSources, decideProposal, durationWords, earn, ensureTerms, policyOn, withdrawProposal, worth, type PointsProposal, type Work } from '../../src/domain/points-policy'
import { previewPoints, type PastWork } from '../../src/domain/points-preview'
import { withGrant, withoutGrant } from '../../src/domain/staff'
import { pointsPolicy, termsFrom } from '../actions/points-policy'

const TODAY = '2026-11-23'
const NOW = instantOf(TODAY, 9 * 60)
const by: By = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null }
const work = (changes: Partial<Work> = {}): Work => ({ source: 'shift', id: 's1', earner: 'volunteer', serviceItemId: null, minutes: 120, onDate: TODAY, stated: null, words: '陪诊', about: null, by, ...changes })
const passbook = (changes: Partial<PointsAccount> = {}): PointsAccount => ({ ...newAccount('p1', { subdistrictId: 'dongliu', communityId: 'huaguang', kind: 'person' }), ...changes })
const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'OK'
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error)
  }
}

describe('what work is worth', () => {
  test('an hour, a time, or what was announced; a service has its own rate before that of its source', () => {
    expect(worth(pointsPolicy, 'shift', work())).toBe(40)
    expect(worth(pointsPolicy, 'shift', work({ minutes: 100 }))).toBe(33)
    expect(worth(pointsPolicy, 'visit', { earner: 'staff', serviceItemId: 'bathing', minutes: 60 })).toBe(30)
    expect(worth(pointsPolicy, 'visit', { earner: 'staff', serviceItemId: 'haircut', minutes: 60 })).toBe(10)
    expect(worth(pointsPolicy, 'activity', work({ minutes: 90 }))).toBe(5)
    expect(worth(pointsPolicy, 'project', { earner: 'group', serviceItemId: null, minutes: 0 }, 300)).toBe(300)
    expect(worth(pointsPolicy, 'project', { earner: 'group', serviceItemId: null, minutes: 0 }, 9_000)).toBe(500)
  })

  test('a group earns by projects alone: no other rate for it is offered or published', () => {
    expect(earningSources.filter((source) => canPay({ source, earner: 'group' }))).toEqual(['project'])
    expect(earningSources.every((source) => canPay({ source, earner: 'volunteer' }) && canPay({ source, earner: 'staff' }))).toBe(true)
  })

  test('nothing for what no rate names, for too short a time, and before the first policy', () => {
    expect(worth(pointsPolicy, 'visit', { earner: 'volunteer', serviceItemId: null, minutes: 60 })).toBe(0)
    expect(worth(pointsPolicy, 'shift', work({ minutes: 14 }))).toBe(0)
    expect(earn(passbook(), null, work(), TODAY)).toEqual([])
    expect(earn(passbook(), pointsPolicy, work({ minutes: 3 }), TODAY)).toEqual([])
  })

  test('of longer work no more than the most counts', () => expect(worth(pointsPolicy, 'shift', work({ minutes: 600 }))).toBe(80))

  test('duration as it is said', () => expect([120, 90, 45, 0].map(durationWords)).toEqual(['2 小时', '1 小时 30 分钟', '45 分钟', '0 分钟']))

  test('the policy of a day is the latest that has begun', () => {
    const later = { ...pointsPolicy, version: 2, validFrom: '2026-12-01' }
    expect(policyOn([pointsPolicy, later], '2026-11-30')?.version).toBe(1)
    expect(policyOn([pointsPolicy, later], '2026-12-01')?.version).toBe(2)
    expect(policyOn([pointsPolicy], '2025-12-31')).toBeNull()
    expect(policyOn(undefined, TODAY)).toBeNull()
  })
})

describe('caps', () => {
  test('what is over the day goes to the community’s pot, and the line says so', () => {
    const lines = earn(passbook({ earned: { [TODAY]: 45 } }), pointsPolicy, work(), TODAY)
    expect(lines).toMatchObject([
      { id: 'shift_s1', from: FUND, to: purseOf('spendable', 'p1'), amount: 15, kind: 'shift', words: '陪诊 2 小时', policyVersion: 1, work: { earner: 'volunteer', minutes: 120, onDate: TODAY } },
      { id: 'excess_shift_s1', from: FUND, to: potOf('huaguang'), amount: 25, kind: 'excess', words: '陪诊 2 小时，超过一天的上限，进社区爱心池', work: null },
    ])
  })

  test('when nothing is left, the excess carries the natural key: the work pays once', () => {
    expect(earn(passbook({ earned: { [TODAY]: 60 } }), pointsPolicy, work(), TODAY)).toMatchObject([{ id: 'shift_s1', kind: 'excess', to: potOf('huaguang'), amount: 40, work: { minutes: 120 } }])
  })

  test('the month counts too, and what a passbook may hold at most', () => {
    expect(earn(passbook({ earned: { '2026-11-02': 290 } }), pointsPolicy, work(), TODAY).map((line) => [line.amount, line.words])).toEqual([[10, '陪诊 2 小时'], [30, '陪诊 2 小时，超过一个月的上限，进社区爱心池']])
    expect(earn(passbook({ balances: { spendable: 95, held: 0, pending: 0 } }), { ...pointsPolicy, balanceCap: 100 }, work(), TODAY).map((line) => line.amount)).toEqual([5, 35])
  })

  test('work counts on its own day, however late it is verified; very late work on the day of its credit', () => {
    expect(earn(passbook({ earned: { '2026-11-20': 60 } }), pointsPolicy, work({ onDate: '2026-11-21' }), TODAY)).toHaveLength(1)
    expect(earn(passbook({ earned: { '2026-11-21': 60 } }), pointsPolicy, work({ onDate: '2026-11-21' }), TODAY)).toMatchObject([{ kind: 'excess' }])
    expect([countedOn('2026-10-01', TODAY), countedOn('2026-09-30', TODAY), countedOn('2026-11-24', TODAY)]).toEqual(['2026-10-01', TODAY, TODAY])
  })

  test('an organisation earns by its own rate and cap', () => {
    const group = { ...passbook(), kind: 'group' as const }
    expect(earn(group, pointsPolicy, work({ minutes: 240 }), TODAY)).toMatchObject([{ amount: 40, work: { earner: 'group' } }])
  })

  test('whatever is earned in whatever order: nobody keeps more than the caps, nothing is lost, the sum is zero', () => {
    const works = fc.array(fc.record({ minutes: fc.integer({ min: 0, max: 700 }), day: fc.integer({ min: 0, max: 20 }) }), { maxLength: 40 })
    fc.assert(fc.property(works, (list) => {
      let account = passbook()
      const entries = []
      let all = 0
      for (const [index, { minutes, day }] of list.entries()) {
        const one = work({ id: `s${index}`, minutes, onDate: addDays('2026-11-01', day) })
        all += worth(pointsPolicy, 'shift', one)
        const posted = post(account, earn(account, pointsPolicy, one, TODAY), NOW)
        account = posted.account
        entries.push(...posted.entries)
      }
      const balances = balancesOf(entries)
      expect((balances.get(purseOf('spendable', 'p1')) ?? 0) + (balances.get(potOf('huaguang')) ?? 0)).toBe(all)
      expect([...balances.values()].reduce((sum, each) => sum + each, 0)).toBe(0)
      expect(Math.max(0, ...Object.values(account.earned))).toBeLessThanOrEqual(60)
      expect(account.balances.spendable).toBeLessThanOrEqual(300)
      expect(new Set(entries.map((entry) => entry._id)).size).toBe(entries.length)
    }), { numRuns: 200, seed: 20261123 })
  })
})

describe('a new version', () => {
  test('begins in the future, has a day of its own, and is sound', () => {
    expect(codeOf(() => ensureTerms(termsFrom(TODAY), [], TODAY))).toBe('BAD_INPUT')
    expect(codeOf(() => ensureTerms(termsFrom('2026-11-24'), [{ validFrom: '2026-11-24' }], TODAY))).toBe('POLICY_OVERLAP')
    expect(codeOf(() => ensureTerms(termsFrom('2026-11-24'), [pointsPolicy], TODAY))).toBe('OK')
    const refused = [
      { rates: [...pointsPolicy.rates, pointsPolicy.rates[0]!] }, { rates: [{ ...pointsPolicy.rates[0]!, points: -1 }] }, { rates: [{ ...pointsPolicy.rates[0]!, points: 2 ** 53 }] }, { rates: [{ ...pointsPolicy.rates[0]!, points: 1.5 }] },
      { rates: [{ ...pointsPolicy.rates[0]!, serviceItemId: 'bathing' }] }, { caps: { ...pointsPolicy.caps, group: { day: 10, month: 5 } } }, { leastMinutes: 300 }, { byHandLimit: -1 },
      { expireAfterMonths: 12, announceDays: 29 }, { announceDays: 181 },
    ]
    for (const changes of refused) expect(codeOf(() => ensureTerms(termsFrom('2026-11-24', changes), [], TODAY))).toBe('BAD_INPUT')
    expect([codeOf(() => ensureTerms(termsFrom('2026-11-24', { expireAfterMonths: 12, announceDays: 30 }), [], TODAY)), codeOf(() => ensureTerms(termsFrom('2026-11-24', { announceDays: 0 }), [], TODAY))]).toEqual(['OK', 'OK'])
  })

  test('takes two administrators, once', () => {
    const proposal: PointsProposal = { _id: 'x', version: 1, subdistrictId: 'dongliu', terms: termsFrom('2026-12-01'), status: 'waiting', proposedBy: { personId: 'a', name: '孙洁', at: 1 }, decidedBy: null, reason: null }
    const second = { personId: 'b', name: '何芳', at: 2 }
    expect(codeOf(() => decideProposal(proposal, true, proposal.proposedBy, null))).toBe('SECOND_PERSON')
    expect(codeOf(() => decideProposal(proposal, false, second, null))).toBe('REASON_REQUIRED')
    const decided = decideProposal(proposal, true, second, null)
    expect(decided).toMatchObject({ status: 'approved', decidedBy: second })
    expect(codeOf(() => decideProposal(decided, false, second, '不'))).toBe('WRONG_STATE')
    expect(codeOf(() => withdrawProposal(decided, second))).toBe('WRONG_STATE')
    expect(withdrawProposal(proposal, proposal.proposedBy).status).toBe('withdrawn')
  })

  test('the preview does last month once more, earner by earner with the caps', () => {
    const did = (ownerId: string, minutes: number, onDate: string, changes: Partial<PastWork> = {}): PastWork => ({ ownerId, source: 'shift', earner: 'volunteer', serviceItemId: null, minutes, onDate, stated: null, ...changes })
    const works = [did('a', 120, '2026-10-05'), did('a', 120, '2026-10-05'), did('b', 60, '2026-10-06'), did('c', 60, '2026-10-06', { source: 'visit', earner: 'staff', serviceItemId: 'bathing' })]
    const doubled = { ...pointsPolicy, rates: pointsPolicy.rates.map((rate) => (rate.source === 'shift' ? { ...rate, points: 40 } : rate.source === 'visit' ? { ...rate, points: 5 } : rate)) }
    expect(previewPoints(works, () => pointsPolicy, doubled)).toEqual({
      before: { events: 4, people: 3, points: 60 + 20 + 30, excess: 20, capped: 1 }, after: { events: 4, people: 3, points: 60 + 40 + 5, excess: 100, capped: 1 }, whoGetMore: 1, whoGetLess: 1,
    })
    expect(previewPoints(works, () => null, pointsPolicy).before).toEqual({ events: 4, people: 3, points: 0, excess: 0, capped: 0 })
  })
})

describe('hours entered afterwards', () => {
  const hours: DeskHours = {
    _id: 'd1', version: 1, subdistrictId: 'dongliu', communityId: 'huaguang', volunteer: { personId: 'p1', name: '示例', kinIds: ['kin'] }, personId: 'p1', onDate: '2026-11-21', startsAt: instantOf('2026-11-21', 540), endsAt: instantOf('2026-11-21', 660),
    what: '陪聊', reason: '忘了签到', points: 20, policyVersion: 1, state: 'waiting', enteredBy: by, at: NOW, decidedBy: null, decidedAt: null, decidedReason: null, paid: null, unsettledAt: NOW, madeBy: { key: 'k', hash: 'h' }, requests: {},
  }
  const other: By = { ...by, personId: 'social2' }

  test('not in the future, not long ago, neither a moment nor a whole day', () => {
    const at = (onDate: string, fromMinute: number, untilMinute: number) => codeOf(() => deskTime({ onDate, fromMinute, untilMinute }, TODAY, NOW))
    expect([at(TODAY, 420, 540), at(TODAY, 500, 541), at('2026-11-24', 0, 60), at('2026-10-23', 540, 600), at('2026-10-22', 540, 600), at('2026-11-20', 540, 550), at('2026-11-20', 0, 721), at('2026-11-20', 600, 540)])
      .toEqual(['OK', 'BAD_INPUT', 'BAD_INPUT', 'OK', 'BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT', 'BAD_INPUT'])
  })

  test('the same time is entered once; refused hours leave it free', () => {
    const time = { startsAt: hours.startsAt + 1, endsAt: hours.endsAt + 1 }
    expect(codeOf(() => ensureNoOverlap(time, [hours], 'd2'))).toBe('HOURS_OVERLAP')
    expect(codeOf(() => ensureNoOverlap(time, [{ ...hours, state: 'refused' }], 'd2'))).toBe('OK')
    expect(codeOf(() => ensureNoOverlap({ startsAt: hours.endsAt, endsAt: hours.endsAt + 1 }, [hours], 'd2'))).toBe('OK')
    expect(codeOf(() => ensureNoOverlap(time, [hours], 'd1'))).toBe('OK')
  })

  test('work that is recorded as a visit or shift is not entered again: by the times proved, else those planned', () => {
    const work = { title: '陪诊', startsAt: hours.endsAt, endsAt: hours.endsAt + 60 * MINUTE, cameAt: null, wentAt: null }
    expect(codeOf(() => ensureNotRecorded(hours, [work]))).toBe('OK')
    expect(codeOf(() => ensureNotRecorded(hours, [{ ...work, cameAt: hours.endsAt - MINUTE }]))).toBe('HOURS_OVERLAP')
    expect(codeOf(() => ensureNotRecorded(hours, [{ ...work, startsAt: hours.startsAt, cameAt: hours.endsAt, wentAt: hours.endsAt + MINUTE }]))).toBe('OK')
    try {
      ensureNotRecorded(hours, [{ ...work, startsAt: hours.startsAt }])
    } catch (error) {
      expect((error as DomainError).details).toEqual({ what: '陪诊', from: hours.startsAt, until: hours.endsAt + 60 * MINUTE })
    }
  })

  test('approved by a second person who is not close to it', () => {
    expect(codeOf(() => decideDesk(hours, true, by, null, NOW))).toBe('SECOND_PERSON')
    expect(codeOf(() => decideDesk(hours, true, { ...by, personId: 'kin' }, null, NOW))).toBe('OWN_CASE')
    expect(codeOf(() => decideDesk(hours, true, { ...by, personId: 'p1' }, null, NOW))).toBe('OWN_CASE')
    expect(codeOf(() => decideDesk(hours, false, other, null, NOW))).toBe('REASON_REQUIRED')
    expect(codeOf(() => decideDesk(decideDesk(hours, true, other, null, NOW), true, other, null, NOW))).toBe('WRONG_STATE')
  })

  test('unspendable until then, within the caps afterwards, and back to the fund when refused', () => {
    const waiting = post(passbook({ earned: { '2026-11-21': 50 } }), [enteredLine(hours, 'p1')], NOW)
    expect(waiting.account.balances).toEqual({ spendable: 0, held: 0, pending: 20 })
    const approved = post(waiting.account, approvedLines(hours, waiting.account, pointsPolicy, other), NOW)
    expect(approved.account.balances).toEqual({ spendable: 10, held: 0, pending: 0 })
    expect(approved.entries.map((entry) => [entry._id, entry.kind, entry.amount])).toEqual([['deskApproved_d1', 'deskApproved', 10], ['excess_deskApproved_d1', 'excess', 10]])
    const refused = post(waiting.account, [refusedLine(hours, 'p1', waiting.entries[0]!, other)], NOW)
    expect(refused.account.balances).toEqual({ spendable: 0, held: 0, pending: 0 })
    expect(refused.entries).toMatchObject([{ kind: 'reversal', reverses: 'desk_d1', to: FUND }])
  })
})

describe('roles', () => {
  test('given again change nothing, communities are added, and what is not held cannot be taken', () => {
    const mine = [{ role: 'socialWorker' as const, communityIds: ['a'] }, { role: 'courier' as const, providerId: 'k1' }]
    expect(withGrant(mine, { role: 'courier', providerId: 'k1' })).toBe(mine)
    expect(withGrant(mine, { role: 'courier', providerId: 'k2' })).toHaveLength(3)
    expect(withGrant(mine, { role: 'socialWorker', communityIds: ['a', 'b'] })[0]).toEqual({ role: 'socialWorker', communityIds: ['a', 'b'] })
    expect(withoutGrant(mine, { role: 'socialWorker', communityIds: ['a'] })).toEqual([mine[1]])
    expect(withoutGrant(mine, { role: 'courier', providerId: 'k1' })).toEqual([mine[0]])
    expect(codeOf(() => withoutGrant(mine, { role: 'courier', providerId: 'k2' }))).toBe('WRONG_STATE')
    expect(codeOf(() => withoutGrant(mine, { role: 'socialWorker', communityIds: ['b'] }))).toBe('WRONG_STATE')
    expect(codeOf(() => withoutGrant(mine, { role: 'admin' }))).toBe('WRONG_STATE')
  })
})
