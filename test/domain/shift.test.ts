/** A shift from claim to credit, told as sentences (laws 2, 3, 7 and 10). */
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { By } from '../../src/domain/booking-record'
import type { Moment } from '../../src/domain/evidence'
import {
  actsOfShift, blockedFor, cancelShift, checkInShift, checkOutShift, claimed, claimedAgain, CONFIRM_WITHIN, confirmShift, creditHolds, disputeShift, FORGOTTEN_AFTER, giveUpShift, lookAtShift, noShow, promisedShift, promiseIdOf, seatsHold, servedIn,
  shiftCreditHolds, shiftLacking, shiftsApart, verifyShift, type Shift,
} from '../../src/domain/shift'
import { publish, type Task } from '../../src/domain/task'
import { refusalOf } from './support'

const NOW = instantOf('2026-11-23', 9 * 60)
const by = (personId: string, as: By['as'] = 'volunteer'): By => ({ personId, name: personId, as, kinship: null, scope: null })
const social = by('social', 'socialWorker')
const task = (isForElder = true): Task => publish({
  title: '陪聊', what: '说说话', place: '楼下', communityId: 'huaguang', onDate: '2026-11-24', startMinute: 540, endMinute: 600, skills: [], seats: 1, elder: isForElder ? { personId: 'mother', name: '王秀珍' } : null,
  organiser: { personId: 'social', name: '李静' }, pairId: null, onlyFor: null, walkingMinutes: {},
}, { taskId: 't', subdistrictId: 'dongliu', doorKey: 'k', key: 'r', hash: 'h' }, social, NOW)
const { startsAt, endsAt } = task()
const server = { personId: 'helper', name: '何平', kinIds: ['brother'] }
const moment = (at: number, more: Partial<Moment> = {}): Moment => ({ at, provedAt: at, proof: 'doorCode', codeWindow: 1, capturedAt: null, ...more })
const fresh = (isForElder = true): Shift => claimed(task(isForElder), server, 's', by('helper'), NOW)
const inside = (isForElder = true): Shift => checkInShift(fresh(isForElder), moment(startsAt), by('helper'))
const over = (isForElder = true): Shift => checkOutShift(inside(isForElder), moment(endsAt), by('helper'))
const confirmed = (): Shift => confirmShift(over(), { at: endsAt, byPersonId: 'mother', proof: 'elderTap' }, by('mother', 'elder'), null)
const byOrganiser = (): Shift => confirmShift(over(false), { at: endsAt, byPersonId: 'social', proof: 'organiserTap' }, social, null)

describe('from claim to check-out', () => {
  test('it is given up until the start, and claimed again as another turn', () => {
    const given = giveUpShift(fresh(), by('helper'), '有事', startsAt - 1)
    expect(given).toMatchObject({ status: 'givenUp', unsettledAt: startsAt - 1, dueAt: null })
    expect(refusalOf(() => giveUpShift(fresh(), by('helper'), null, startsAt))).toBe('SLOT_PAST')
    expect(refusalOf(() => giveUpShift(given, by('helper'), null, NOW))).toBe('WRONG_STATE')
    expect(claimedAgain(given, server, by('helper'), NOW)).toMatchObject({ status: 'claimed', turn: 2, unsettledAt: null })
    expect(refusalOf(() => claimedAgain(fresh(), server, by('helper'), NOW))).toBe('WRONG_STATE')
    expect(promisedShift(promiseIdOf({ _id: 'sh_a_1', turn: 2 }))).toEqual({ shiftId: 'sh_a_1', turn: 2 })
    expect(promisedShift('bookingId')).toBeNull()
  })

  test('a check-in counts from half an hour before the start, a check-out after it', () => {
    expect(refusalOf(() => checkInShift(fresh(), moment(startsAt - HOUR), by('helper')))).toBe('TOO_EARLY')
    expect(refusalOf(() => checkInShift(fresh(), moment(endsAt + 7 * HOUR), by('helper')))).toBe('WRONG_STATE')
    expect(refusalOf(() => checkOutShift(inside(), moment(startsAt - MINUTE), by('helper')))).toBe('TOO_EARLY')
    expect(refusalOf(() => checkOutShift(fresh(), moment(endsAt), by('helper')))).toBe('WRONG_STATE')
    expect(servedIn(over())).toBe(60)
    expect(servedIn(inside())).toBeNull()
  })

  test('a cancelled task takes its claims along, and nobody who is there already', () => {
    expect(cancelShift(fresh(), social, '下雨', NOW)).toMatchObject({ status: 'cancelled', unsettledAt: NOW })
    expect(cancelShift(inside(), social, '下雨', NOW)).toEqual(inside())
  })

  test('who did not come is a no-show from the start on', () => {
    expect(refusalOf(() => noShow(fresh(), social, '没有来', startsAt - 1))).toBe('TOO_EARLY')
    expect(noShow(fresh(), social, '没有来', startsAt)).toMatchObject({ status: 'noShow' })
    expect(refusalOf(() => noShow(inside(), social, '没有来', endsAt))).toBe('WRONG_STATE')
    expect(refusalOf(() => noShow(fresh(), by('brother', 'socialWorker'), '没有来', startsAt))).toBe('OWN_CASE')
  })
})

describe('the other side', () => {
  test('the elder, family or organiser confirms, never the volunteer or their family (law 3)', () => {
    expect(confirmed()).toMatchObject({ status: 'confirmed', review: 'complete' })
    for (const personId of ['helper', 'brother']) expect(refusalOf(() => confirmShift(over(), { at: endsAt, byPersonId: personId, proof: 'organiserTap' }, by(personId), null))).toBe('OWN_CASE')
    expect(refusalOf(() => confirmShift(inside(), { at: endsAt, byPersonId: 'mother', proof: 'elderTap' }, by('mother', 'elder'), null))).toBe('WRONG_STATE')
  })

  test('a call-back needs words and an elder who could be called', () => {
    const call = { at: endsAt, byPersonId: 'social', proof: 'callBack' } as const
    expect(refusalOf(() => confirmShift(over(), call, social, null))).toBe('REASON_REQUIRED')
    expect(refusalOf(() => confirmShift(over(false), call, social, '来过'))).toBe('NOT_ALLOWED')
    expect(confirmShift(disputeShift(over(), by('mother', 'elder'), '没来', endsAt), call, social, '记错了')).toMatchObject({ status: 'confirmed' })
  })

  test('a printed card is weaker: complete only with a person who looks', () => {
    const weak = confirmShift(checkOutShift(checkInShift(fresh(), moment(startsAt, { proof: 'doorCard' }), by('helper')), moment(endsAt), by('helper')), { at: endsAt, byPersonId: 'mother', proof: 'elderTap' }, by('mother', 'elder'), null)
    expect(weak.review).toBe('exception')
    expect(shiftLacking(weak)).toEqual(['strongProof'])
    expect(refusalOf(() => verifyShift(weak, [], 'verified', social, null, null, endsAt))).toBe('REASON_REQUIRED')
    expect(verifyShift(weak, [], 'verified', social, '问过老人', null, endsAt).status).toBe('verified')
  })
})

describe('the social worker', () => {
  test('verifies once, what was proved and no more than was planned', () => {
    expect(verifyShift(confirmed(), [], 'verified', social, null, null, endsAt)).toMatchObject({ status: 'verified', verifiedMinutes: 60, unsettledAt: endsAt })
    const long = confirmShift(checkOutShift(inside(), moment(endsAt + 30 * MINUTE), by('helper')), { at: endsAt, byPersonId: 'mother', proof: 'elderTap' }, by('mother', 'elder'), null)
    expect(verifyShift(long, [], 'verified', social, null, null, endsAt).verifiedMinutes).toBe(60)
    expect(verifyShift(long, [], 'verified', social, null, 80, endsAt).verifiedMinutes).toBe(80)
    expect(refusalOf(() => verifyShift(long, [], 'verified', social, null, 91, endsAt))).toBe('BAD_INPUT')
    const done = verifyShift(confirmed(), [], 'verified', social, null, null, endsAt)
    expect(refusalOf(() => verifyShift(done, [], 'rejected', social, '再看', null, endsAt))).toBe('WRONG_STATE')
  })

  test('in part with minutes and a reason; rejected with a reason, for nothing', () => {
    expect(refusalOf(() => verifyShift(inside(), [], 'verified', by('other', 'socialWorker'), null, null, endsAt))).toBe('EVIDENCE_INCOMPLETE')
    expect(refusalOf(() => verifyShift(inside(), [], 'partly', by('other', 'socialWorker'), null, 30, endsAt))).toBe('REASON_REQUIRED')
    expect(refusalOf(() => verifyShift(inside(), [], 'partly', by('other', 'socialWorker'), '在场', null, endsAt))).toBe('BAD_INPUT')
    expect(refusalOf(() => verifyShift(inside(), [], 'partly', by('other', 'socialWorker'), '在场', 61, endsAt))).toBe('BAD_INPUT')
    expect(verifyShift(inside(), [], 'partly', by('other', 'socialWorker'), '在场', 30, endsAt)).toMatchObject({ status: 'partly', verifiedMinutes: 30 })
    expect(verifyShift(over(), [], 'rejected', by('other', 'socialWorker'), '没去', null, endsAt)).toMatchObject({ status: 'rejected', verifiedMinutes: 0 })
  })

  test('is not who served, their family, the elder, the elder\'s family, or whose word is the only one', () => {
    expect(blockedFor(confirmed(), 'helper', [])).toBe('OWN_CASE')
    expect(blockedFor(confirmed(), 'brother', [])).toBe('OWN_CASE')
    expect(blockedFor(confirmed(), 'mother', [])).toBe('OWN_CASE')
    expect(blockedFor(confirmed(), 'daughter', ['daughter'])).toBe('OWN_CASE')
    expect(blockedFor(byOrganiser(), 'social', [])).toBe('SECOND_PERSON')
    expect(blockedFor(byOrganiser(), 'other', [])).toBeNull()
    // The elder's own word stands beside the organiser's code.
    expect(blockedFor(confirmed(), 'social', [])).toBeNull()
    expect(blockedFor(over(), 'social', [])).toBe('SECOND_PERSON')
    expect(refusalOf(() => verifyShift(byOrganiser(), [], 'verified', social, null, null, endsAt))).toBe('SECOND_PERSON')
  })
})

describe('the clock', () => {
  test('a forgotten check-out, and a shift that nobody confirms, go to the social worker once', () => {
    expect(lookAtShift(inside(), endsAt + FORGOTTEN_AFTER - 1)).toEqual(inside())
    const late = lookAtShift(inside(), endsAt + FORGOTTEN_AFTER)
    expect(late).toMatchObject({ review: 'exception', dueAt: null })
    expect(lookAtShift(late, endsAt + 2 * FORGOTTEN_AFTER)).toEqual(late)
    expect(lookAtShift(over(), endsAt + CONFIRM_WITHIN)).toMatchObject({ review: 'exception' })
    // Checked out after all: the exception is gone until it is due again.
    expect(checkOutShift(late, moment(endsAt + 3 * HOUR), by('helper'))).toMatchObject({ status: 'checkedOut', review: null })
  })

  test('what is verified or given up is never due', () => {
    expect(verifyShift(confirmed(), [], 'verified', social, null, null, endsAt).dueAt).toBeNull()
    expect(giveUpShift(fresh(), by('helper'), null, NOW).dueAt).toBeNull()
  })
})

test('screens show what can be done, and only that', () => {
  expect(actsOfShift(fresh(), 'volunteer', null, NOW)).toEqual(['giveUp'])
  expect(actsOfShift(fresh(), 'volunteer', null, startsAt)).toEqual(['checkIn'])
  expect(actsOfShift(inside(), 'volunteer', null, endsAt)).toEqual(['checkOut'])
  expect(actsOfShift(inside(), 'elder', null, endsAt)).toEqual(['code', 'dispute'])
  expect(actsOfShift(over(), 'organiser', null, endsAt)).toEqual(['confirm', 'dispute'])
  expect(actsOfShift(over(), 'family', 'OWN_CASE', endsAt)).toEqual([])
  expect(actsOfShift(confirmed(), 'socialWorker', null, endsAt)).toEqual(['verify'])
  expect(actsOfShift(confirmed(), 'socialWorker', 'SECOND_PERSON', endsAt)).toEqual([])
  expect(actsOfShift(fresh(), 'socialWorker', null, startsAt)).toEqual(['noShow'])
})

describe('as the self-check asks', () => {
  const done = verifyShift(confirmed(), [], 'verified', social, null, null, endsAt)

  test('each verified shift has its credit, and nothing else has one', () => {
    const credited: Shift = { ...done, unsettledAt: null, points: { earned: 20, excess: 0, entryId: 'shift_s' } }
    expect(shiftCreditHolds(credited, { amount: 20 }, endsAt)).toBe(true)
    expect(shiftCreditHolds(credited, { amount: 21 }, endsAt)).toBe(false)
    expect(shiftCreditHolds(credited, undefined, endsAt)).toBe(false)
    expect(shiftCreditHolds({ ...credited, points: null }, undefined, endsAt)).toBe(false)
    expect(shiftCreditHolds({ ...credited, points: { earned: 0, excess: 0, entryId: null } }, undefined, endsAt)).toBe(true)
    expect(shiftCreditHolds(done, undefined, endsAt + MINUTE)).toBe(true)
    expect(shiftCreditHolds(done, undefined, endsAt + HOUR)).toBe(false)
    expect(shiftCreditHolds(confirmed(), { amount: 20 }, endsAt)).toBe(false)
    expect(creditHolds({ isDone: true, points: { earned: 0, excess: 20, entryId: 'x' }, unsettledAt: null }, { amount: 20 }, endsAt)).toBe(true)
  })

  test('who holds a seat has a live shift of that turn, and the other way round', () => {
    const seated: Task = { ...task(), remaining: 0, holders: { helper: { shiftId: 's', turn: 1, at: NOW } } }
    expect(seatsHold(seated, [fresh()], NOW + HOUR)).toBe(true)
    expect(seatsHold(seated, [], NOW + HOUR)).toBe(false)
    expect(seatsHold(seated, [], NOW + MINUTE)).toBe(true)
    expect(seatsHold(task(), [fresh()], NOW + HOUR)).toBe(false)
    expect(seatsHold(seated, [{ ...fresh(), turn: 2 }], NOW + HOUR)).toBe(false)
  })

  test('nobody is promised to two shifts at one time', () => {
    expect(shiftsApart([fresh(), { ...fresh(), startsAt: endsAt, endsAt: endsAt + HOUR }])).toBe(true)
    expect(shiftsApart([fresh(), { ...fresh(), startsAt: endsAt - 1, endsAt: endsAt + HOUR }])).toBe(false)
    expect(shiftsApart([fresh(), { ...fresh(), status: 'givenUp' }])).toBe(true)
  })
})
