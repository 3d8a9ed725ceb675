/** Projects that groups claim, and standing help, told as sentences (laws 2 and 3). */
import type { By } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY, instantOf, weekday } from '../../src/domain/civil-time'
import { changedGroup, mayActFor, newGroup, type Group } from '../../src/domain/group'
import { answerPair, dayToMake, endPair, madeFor, nextPairDay, offer, type Pair } from '../../src/domain/pair'
import { actsOfProject, bringEvidence, claimProject, finishProject, giveUpProject, isOwnProject, MOST_CLAIMS, projectCreditHolds, publishProject, releaseStale, STALE_AFTER, verifyProject, type Project } from '../../src/domain/project'
import { refusalOf } from './support'

const NOW = instantOf('2026-11-23', 9 * 60)
const by = (personId: string, as: By['as'] = 'volunteer'): By => ({ personId, name: personId, as, kinship: null, scope: null })
const social = by('social', 'socialWorker')
const member = (personId: string) => ({ personId, name: personId })
const group: Group = newGroup({ name: '示例社', communityId: 'huaguang', leader: member('leader'), members: [member('helper')], isOpen: true }, { groupId: 'g', subdistrictId: 'dongliu', key: 'k', hash: 'h' }, social, NOW)
const lead = by('leader')
const open = (): Project => publishProject({ title: '楼道美化', what: '粉刷', place: '3 幢', communityId: 'huaguang', dueOn: '2026-12-31', stated: 100 }, { projectId: 'p', subdistrictId: 'dongliu', key: 'k', hash: 'h' }, social, NOW)
const claimed = (): Project => claimProject(open(), group, 0, lead, NOW)
const finished = (): Project => finishProject(bringEvidence(claimed(), '刷了一半', lead, NOW), '完成', lead, NOW + 1)

describe('a group', () => {
  test('has its leader among its members, nobody twice, and acts through its leader while it is open', () => {
    expect(group.memberIds).toEqual(['leader', 'helper'])
    expect(refusalOf(() => changedGroup(group, { ...group, members: [member('leader'), member('helper'), member('helper')] }, social, NOW))).toBe('BAD_INPUT')
    expect(mayActFor(group, 'leader')).toBe(true)
    expect(mayActFor(group, 'helper')).toBe(false)
    expect(mayActFor({ ...group, isOpen: false }, 'leader')).toBe(false)
  })
})

describe('a project', () => {
  test('is claimed by one group, in time, not by that of its publisher, and no more than three at once', () => {
    expect(claimed()).toMatchObject({ status: 'claimed', groupId: 'g', staleAt: NOW + STALE_AFTER })
    expect(refusalOf(() => claimProject(claimed(), { ...group, _id: 'other' }, 0, lead, NOW))).toBe('ALREADY_TAKEN')
    expect(refusalOf(() => claimProject(claimed(), group, 0, lead, NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => claimProject(open(), group, 0, lead, instantOf('2027-01-01')))).toBe('SLOT_PAST')
    expect(refusalOf(() => claimProject(open(), { ...group, memberIds: ['social'] }, 0, lead, NOW))).toBe('OWN_CASE')
    expect(refusalOf(() => claimProject(open(), group, MOST_CLAIMS, lead, NOW))).toBe('LIMIT_REACHED')
    expect(refusalOf(() => claimProject(open(), { ...group, isOpen: false }, 0, lead, NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => publishProject({ ...open(), dueOn: '2026-11-22' }, { projectId: 'p', subdistrictId: 'dongliu', key: 'k', hash: 'h' }, social, NOW))).toBe('BAD_INPUT')
  })

  test('is finished with evidence of this very claim, by its leader', () => {
    expect(refusalOf(() => finishProject(claimed(), '完成', lead, NOW))).toBe('EVIDENCE_INCOMPLETE')
    expect(refusalOf(() => bringEvidence(claimed(), '刷了', by('helper'), NOW))).toBe('NOT_FOUND')
    expect(finished()).toMatchObject({ status: 'finished', staleAt: null })
    const again = claimProject(giveUpProject(bringEvidence(claimed(), '刷了一半', lead, NOW), lead, '人手不够', NOW + 1), group, 0, lead, NOW + 2)
    expect(refusalOf(() => finishProject(again, '完成', lead, NOW + 3))).toBe('EVIDENCE_INCOMPLETE')
  })

  test('is verified by nobody of the group or their family, once', () => {
    expect(refusalOf(() => verifyProject(finished(), 'verified', by('helper', 'socialWorker'), [], null, NOW))).toBe('OWN_CASE')
    expect(refusalOf(() => verifyProject(finished(), 'verified', by('sister', 'socialWorker'), ['leader'], null, NOW))).toBe('OWN_CASE')
    expect(isOwnProject(open(), { personId: 'leader', kinIds: [] })).toBe(false)
    const done = verifyProject(finished(), 'verified', social, [], null, NOW + 2)
    expect(done).toMatchObject({ status: 'verified', unsettledAt: NOW + 2 })
    expect(refusalOf(() => verifyProject(done, 'verified', social, [], null, NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => verifyProject(claimed(), 'verified', social, [], null, NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => verifyProject(finished(), 'sentBack', social, [], null, NOW))).toBe('REASON_REQUIRED')
    expect(verifyProject(finished(), 'sentBack', social, [], '还差扶手', NOW)).toMatchObject({ status: 'claimed', groupId: 'g' })
    expect(verifyProject(open(), 'withdrawn', social, [], '不做了', NOW)).toMatchObject({ status: 'withdrawn', claim: null })
  })

  test('of which nothing is heard goes to others, once', () => {
    expect(releaseStale(claimed(), NOW + STALE_AFTER - 1)).toEqual(claimed())
    const released = releaseStale(claimed(), NOW + STALE_AFTER)
    expect(released).toMatchObject({ status: 'open', claim: null, groupId: null, staleAt: null })
    expect(releaseStale(released, NOW + 2 * STALE_AFTER)).toEqual(released)
    const heard = bringEvidence(claimed(), '还在做', lead, NOW + STALE_AFTER - DAY)
    expect(releaseStale(heard, NOW + STALE_AFTER)).toEqual(heard)
    expect(releaseStale(finished(), NOW + 10 * STALE_AFTER)).toEqual(finished())
  })

  test('shows each what they can do', () => {
    const viewer = { personId: 'leader', kinIds: [], leads: true, isSocial: false }
    expect(actsOfProject(open(), viewer, NOW)).toEqual(['claim'])
    expect(actsOfProject(claimed(), viewer, NOW)).toEqual(['evidence', 'giveUp'])
    expect(actsOfProject(bringEvidence(claimed(), '刷了', lead, NOW), viewer, NOW)).toEqual(['evidence', 'giveUp', 'finish'])
    expect(actsOfProject(finished(), { personId: 'social', kinIds: [], leads: false, isSocial: true }, NOW)).toEqual(['verify', 'withdraw'])
    expect(actsOfProject(finished(), { personId: 'helper', kinIds: [], leads: false, isSocial: true }, NOW)).toEqual([])
  })

  test('has its credit when it is verified', () => {
    const done = { ...verifyProject(finished(), 'verified', social, [], null, NOW), unsettledAt: null, points: { earned: 100, excess: 0, entryId: 'project_p' } }
    expect(projectCreditHolds(done, { amount: 100 }, NOW)).toBe(true)
    expect(projectCreditHolds(done, undefined, NOW)).toBe(false)
    expect(projectCreditHolds(finished(), { amount: 100 }, NOW)).toBe(false)
  })
})

describe('standing help', () => {
  const wish = { volunteer: { personId: 'helper', name: '何平', kinIds: ['uncle'] }, communityId: 'huaguang', elder: { personId: 'mother', name: '王秀珍' }, organiser: { personId: 'social', name: '李静' }, title: '陪聊', what: '说说话', place: '12 幢', weekday: 3, startMinute: 540, minutes: 60 }
  const made = { pairId: 'pr', subdistrictId: 'dongliu', key: 'k', hash: 'h' }
  const offered = (from: By = social): Pair => offer(wish, made, from, NOW)
  const active = (): Pair => answerPair(answerPair(offered(), 'elder', true, by('mother', 'elder'), null, NOW), 'volunteer', true, by('helper'), null, NOW)

  test('begins when both have agreed; whoever offers has agreed for their own side', () => {
    expect(offered().agreed).toEqual({ volunteer: null, elder: null })
    expect(offered(by('helper')).agreed.volunteer).not.toBeNull()
    expect(answerPair(offered(), 'elder', true, by('mother', 'elder'), null, NOW).status).toBe('offered')
    expect(active()).toMatchObject({ status: 'active', dueAt: NOW })
    expect(answerPair(offered(by('helper')), 'elder', false, by('mother', 'elder'), '不用', NOW)).toMatchObject({ status: 'refused', ended: { reason: '不用' } })
    expect(refusalOf(() => answerPair(active(), 'elder', true, by('mother', 'elder'), null, NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => offer({ ...wish, elder: { personId: 'uncle', name: '叔叔' } }, made, social, NOW))).toBe('OWN_CASE')
  })

  test('ends at any time, once', () => {
    expect(endPair(active(), by('mother', 'elder'), null, NOW)).toMatchObject({ status: 'ended', dueAt: null, unsettledAt: NOW })
    expect(refusalOf(() => endPair(endPair(active(), by('mother', 'elder'), null, NOW), by('helper'), null, NOW))).toBe('WRONG_STATE')
  })

  test('its days come week by week, the next one a week ahead', () => {
    const first = nextPairDay(active(), NOW)
    expect(weekday(first)).toBe(3)
    expect(first >= civilDate(NOW)).toBe(true)
    expect(dayToMake(active(), NOW)).toBe(first)
    const next = madeFor(active(), first, NOW)
    expect(nextPairDay(next, NOW)).toBe(addDays(first, 7))
    expect(dayToMake(next, NOW)).toBeNull()
    expect(dayToMake(next, next.dueAt ?? 0)).toBe(addDays(first, 7))
    // Today's hour has passed: a week later.
    expect(nextPairDay({ ...active(), weekday: weekday(civilDate(NOW)), startMinute: 8 * 60 }, NOW)).toBe(addDays(civilDate(NOW), 7))
    expect(nextPairDay({ ...active(), weekday: weekday(civilDate(NOW)), startMinute: 10 * 60 }, NOW)).toBe(civilDate(NOW))
  })
})
