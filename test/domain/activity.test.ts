/** Law 1, 3 and 10 over an activity, as sentences: who may come, how somebody's being there is proved, and who says so. */
import { activityState, arrive, asStated, callOut, cancelActivity, ensureMayJoin, publishActivity, verifyList, type ActivitySlot } from '../../src/domain/activity'
import type { Booking } from '../../src/domain/booking-record'
import { clash, occupy } from '../../src/domain/busy'
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { isWeak } from '../../src/domain/evidence'
import { attendanceHolds, evidenceHolds } from '../../src/domain/laws'
import type { Person } from '../../src/domain/person'
import { owedTellings } from '../../src/domain/booking-due'
import { activityOf, asSocial, nameOn } from '../actions/activity-world'
import { person, refusalOf as thrown } from './support'

const NOW = instantOf('2026-11-23', 9 * 60)
const mother = person('mother', { name: '王秀珍' })
const neighbour = { _id: 'neighbour', name: '周福生' }
const verifier = { personId: 'social2', name: '赵倩', kinIds: [] }
const over = activityOf('over', NOW, 'social')
const coming = activityOf('coming', NOW, 'social', 1)
const join = (slot: ActivitySlot, elder: Partial<Person> = {}, closed: Record<string, string> = {}): string => thrown(() => ensureMayJoin(slot, { ...mother, ...elder }, closed, 'b1', NOW))
const verdict = (slot: ActivitySlot, bookings: readonly Booking[], who: typeof verifier | { personId: string; name: string; kinIds: readonly string[] } = verifier, unfit: readonly string[] = [], reason: string | null = null, now = NOW) =>
  verifyList(slot, bookings, who, unfit, asSocial(who.personId), reason, now)

describe('who may come', () => {
  test('whoever lives there, on an open day, at home, and free at that time', () => {
    expect(join(coming)).toBe('OK')
    expect(join(coming, { communityId: 'taigu' })).toBe('OTHER_COMMUNITY')
    expect(join(coming, { away: { why: 'hospital', since: 1, byName: '李静' } })).toBe('ELDER_AWAY')
    expect(join(coming, {}, { [coming.onDate]: '元旦' })).toBe('SLOT_CLOSED')
    expect(join({ ...coming, remaining: 0 })).toBe('SLOT_FULL')
    expect(join({ ...coming, isOpen: false })).toBe('SLOT_CLOSED')
    expect(join(over)).toBe('SLOT_PAST')
  })
  test('not who organises it', () => expect(join(coming, { _id: 'social' })).toBe('OWN_CASE'))
  test('out is not one place: neither a bath at home nor lunch at the kitchen goes with it, lunch that is fetched does', () => {
    const at = { bookingId: 'other', from: coming.startsAt, to: coming.endsAt, at: 1, freedAt: null }
    const what = { kind: 'activity' as const, where: 'out' as const }
    expect(clash([{ ...at }], coming.startsAt, coming.endsAt, 'b1', what)).toBeDefined()
    expect(clash([{ ...at, kind: 'meal', where: 'out' }], coming.startsAt, coming.endsAt, 'b1', what)).toBeDefined()
    expect(clash([{ ...at, kind: 'meal', where: 'any' }], coming.startsAt, coming.endsAt, 'b1', what)).toBeUndefined()
    expect(thrown(() => occupy([{ ...at, ...what }], { ...at, bookingId: 'b1', ...what }, NOW))).toBe('ELDER_BUSY')
  })
  test('the list says what joining would answer', () => {
    expect(activityState(coming, mother, {}, NOW)).toBe('free')
    expect(activityState({ ...coming, remaining: 0 }, mother, {}, NOW)).toBe('full')
    expect(activityState({ ...coming, holders: { mother: { bookingId: 'b1', at: 1 } } }, mother, {}, NOW)).toBe('mine')
    expect(activityState(coming, { ...mother, away: { why: 'away', since: 1, byName: '李静' } }, {}, NOW)).toBe('away')
  })
  test('it is published for a time to come, forwards, on an open day', () => {
    const wish = { sort: 'class' as const, title: '手机课', what: '学', place: '教室', communityId: 'huaguang', onDate: '2026-11-24', startMinute: 540, endMinute: 600, seats: 3 }
    const publish = (changes: Partial<typeof wish>, closed = {}) => thrown(() => publishActivity({ ...wish, ...changes }, { activityId: 'a', subdistrictId: 'd', communityName: '华光城', doorKey: 'k', key: 'k', hash: 'h' }, asSocial('social'), closed, NOW))
    expect(publish({})).toBe('OK')
    expect(publish({ onDate: '2026-11-22' })).toBe('BAD_INPUT')
    expect(publish({ endMinute: 540 })).toBe('BAD_INPUT')
    expect(publish({}, { '2026-11-24': '文化节' })).toBe('SLOT_CLOSED')
  })
})

describe('who was there', () => {
  const booked = nameOn(over, mother, 'booked')
  test('by the code, or by the roll call, which is weaker and says so', () => {
    const byRoll = callOut(booked, over, { personId: 'social', name: '李静', kinIds: [] }, asSocial('social'), NOW)
    expect(nameOn(over, mother, 'came').evidence.checkIn?.proof).toBe('doorCode')
    expect([byRoll.evidence.checkIn?.proof, isWeak(byRoll.evidence), byRoll.lastActOnBehalfAt]).toEqual(['rollCall', true, NOW])
    expect(owedTellings({ ...byRoll, told: ['booked_0'] })).toEqual([])
  })
  test('an organiser does not call the names of their own family', () =>
    expect(thrown(() => callOut(booked, over, { personId: 'social', name: '李静', kinIds: ['mother'] }, asSocial('social'), NOW))).toBe('OWN_CASE'))
  test('not before it begins, nor long after', () => {
    const moment = (at: number) => ({ at, provedAt: at, proof: 'doorCode' as const, codeWindow: null, capturedAt: null })
    expect(thrown(() => arrive(booked, over, moment(over.startsAt - HOUR), asSocial('social')))).toBe('TOO_EARLY')
    expect(thrown(() => arrive(booked, over, moment(over.endsAt + 7 * HOUR), asSocial('social')))).toBe('WRONG_STATE')
  })
})

describe('law 3: somebody else verifies the list', () => {
  const [came, absent] = [nameOn(over, mother, 'came'), nameOn(over, neighbour, 'booked')]
  test('in one go: who came, and who did not', () => {
    const { next, answer } = verdict(over, [came, absent])
    expect(answer).toEqual({ verified: 1, absent: 1, rejected: 0, left: 0 })
    expect(next.activity.reviewIn).toBeNull()
    expect([asStated(came, next, NOW), asStated(absent, next, NOW)].map(({ status, verifiedMinutes }) => [status, verifiedMinutes])).toEqual([['verified', 60], ['noShow', null]])
    expect(evidenceHolds(asStated(came, next, NOW))).toBe(true)
    expect(evidenceHolds({ ...asStated(came, next, NOW), evidence: absent.evidence })).toBe(false)
  })
  test('neither who organised it nor their family', () => {
    expect(thrown(() => verdict(over, [came], { ...verifier, personId: 'social' }))).toBe('SECOND_PERSON')
    expect(thrown(() => verdict(over, [came], { ...verifier, kinIds: ['social'] }))).toBe('OWN_CASE')
  })
  test('family on the list waits for another person, everybody else does not', () => {
    const { next, answer } = verdict(over, [came, absent], { ...verifier, kinIds: ['mother'] })
    expect(answer).toEqual({ verified: 0, absent: 1, rejected: 0, left: 1 })
    expect(next.activity.reviewIn).toBe('huaguang')
    expect(asStated(came, next, NOW)).toBe(came)
    expect(thrown(() => verdict(next, [came], { ...verifier, kinIds: ['mother'] }))).toBe('OWN_CASE')
    expect(verdict(next, [came], { ...verifier, personId: 'admin' }).next.activity.reviewIn).toBeNull()
  })
  test('whom the verifier does not accept needs a reason, and stands on the list', () => {
    expect(thrown(() => verdict(over, [came], verifier, [came._id]))).toBe('REASON_REQUIRED')
    expect(thrown(() => verdict(over, [came], verifier, ['other'], '没有来'))).toBe('NOT_FOUND')
    const refused = asStated(came, verdict(over, [came], verifier, [came._id], '签了到就走了').next, NOW)
    expect([refused.status, refused.timeline.at(-1)?.words]).toEqual(['rejected', '签了到就走了'])
  })
  test('after it is over, and once', () => {
    expect(thrown(() => verdict(over, [came], verifier, [], null, over.endsAt - MINUTE))).toBe('TOO_EARLY')
    const { next } = verdict(over, [came])
    expect(thrown(() => verdict(next, [came]))).toBe('WRONG_STATE')
    const settled = asStated(came, next, NOW)
    expect(asStated(settled, next, NOW)).toBe(settled)
  })
  test('what a verified name brought is what its line says', () => {
    const done = { ...asStated(came, verdict(over, [came]).next, NOW), unsettledAt: null }
    expect(attendanceHolds({ ...done, points: { earned: { ownerId: 'mother', amount: 5, excess: 0 } } }, { amount: 5 }, NOW)).toBe(true)
    expect(attendanceHolds({ ...done, points: { earned: { ownerId: 'mother', amount: 5, excess: 0 } } }, { amount: 10 }, NOW)).toBe(false)
    expect(attendanceHolds(absent, { amount: 5 }, NOW)).toBe(false)
  })
})

describe('it is off', () => {
  const booked = nameOn(coming, mother, 'booked')
  test('with a reason that everybody on the list reads, before anybody arrived', () => {
    const off = cancelActivity(coming, false, asSocial('social'), '老师病了', NOW)
    const told = asStated(booked, off, NOW)
    expect([off.isOpen, told.status, told.timeline.at(-1)?.words]).toEqual([false, 'cancelled', '老师病了'])
    expect(owedTellings(told).map(({ what, to }) => [what, to])).toEqual([['cancelled', ['elder', 'family']]])
    expect(thrown(() => cancelActivity(off, false, asSocial('social'), '再说', NOW))).toBe('WRONG_STATE')
    expect(thrown(() => cancelActivity(coming, true, asSocial('social'), '老师病了', NOW))).toBe('WRONG_STATE')
  })
})
