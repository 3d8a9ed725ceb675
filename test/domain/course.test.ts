/** A class with several sessions, as sentences: who may come, what counts as having been there, and who has a certificate. */
import { activityState, arrive, callOut, ensureMayJoin, publishActivity, timesOfActivity } from '../../src/domain/activity'
import { clash, occupyAll, release } from '../../src/domain/busy'
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { attendedBy, certificateHolds, certify, mayCertify, sessionAt } from '../../src/domain/course'
import { windowsUpTo } from '../../src/domain/door-code'
import { evidenceHolds, onceHolds } from '../../src/domain/laws'
import { asSocial, classOf, nameAt, nameOn, verifiedBy } from '../actions/activity-world'
import { person, refusalOf as thrown } from './support'

const NOW = instantOf('2026-11-25', 9 * 60)
const mother = person('mother', { name: '王秀珍' })
const coming = classOf('coming', NOW, 'social')
const running = classOf('now', NOW, 'social')
const over = classOf('over', NOW, 'social')
const bySelf = { personId: 'mother', name: '王秀珍', as: 'elder' as const, kinship: null, scope: null }
const moment = (at: number) => ({ at, provedAt: at, proof: 'doorCode' as const, codeWindow: null, capturedAt: null })
const finished = (sessions: readonly number[]) => {
  const { slot, names } = verifiedBy(over, [nameAt(over, mother, sessions)], 'second', NOW)
  return { course: slot.activity.course, name: names[0] as NonNullable<(typeof names)[0]> }
}

describe('a class takes the time of every session', () => {
  const times = timesOfActivity(coming, 'b1', NOW)
  test('all of them or none: one session that does not fit is enough', () => {
    expect(times).toHaveLength(3)
    const last = { bookingId: 'bath', from: coming.endsAt - MINUTE, to: coming.endsAt + HOUR, at: 1, freedAt: null }
    expect(thrown(() => ensureMayJoin(coming, { ...mother, busy: [last] }, {}, 'b1', NOW))).toBe('ELDER_BUSY')
    expect(thrown(() => occupyAll([last], times, NOW))).toBe('ELDER_BUSY')
    expect(activityState(coming, { ...mother, busy: [last] }, {}, NOW)).toBe('clash')
  })
  test('between the sessions the days are free, and a name taken back frees all of them', () => {
    const busy = occupyAll([], times, NOW)
    expect(clash(busy, coming.startsAt + 2 * HOUR, coming.startsAt + 3 * HOUR)).toBeUndefined()
    expect(clash(busy, coming.endsAt - HOUR, coming.endsAt)).toBeDefined()
    expect(release(busy, 'b1', NOW).filter((time) => time.freedAt === null)).toEqual([])
    expect(occupyAll(busy, times, NOW)).toHaveLength(3)
  })
  test('a holiday on any of its days closes it', () => {
    const wish = { sort: 'class' as const, title: '家庭照护培训', what: '学', place: '教室', communityId: 'huaguang', onDate: '2026-11-26', startMinute: 540, endMinute: 600, seats: 3 }
    const publish = (moreDates: string[], needed: number, closed = {}) => thrown(() => publishActivity({ ...wish, course: { moreDates, needed } }, { activityId: 'a', subdistrictId: 'd', communityName: '华光城', doorKey: 'k', key: 'k', hash: 'h' }, asSocial('social'), closed, NOW))
    expect(publish(['2026-11-27', '2026-12-01'], 2)).toBe('OK')
    expect(publish(['2026-11-27', '2026-12-01'], 2, { '2026-12-01': '文化节' })).toBe('SLOT_CLOSED')
    for (const [dates, needed] of [[[], 1], [['2026-11-26'], 1], [['2026-12-01', '2026-11-27'], 1], [['2026-11-27'], 3], [['2026-11-27'], 0]] as [string[], number][]) expect(publish(dates, needed)).toBe('BAD_INPUT')
  })
})

describe('who was there, session by session', () => {
  const [first, second, third] = running.activity.course?.sessions ?? []
  test('once a session, and not between them', () => {
    const name = nameAt(running, mother, [1])
    const twice = arrive(name, running, moment(NOW), bySelf)
    expect(attendedBy(twice).map(({ n }) => n)).toEqual([1, 2])
    expect(onceHolds(twice)).toBe(true)
    expect(thrown(() => arrive(twice, running, moment(NOW + MINUTE), bySelf))).toBe('WRONG_STATE')
    expect(thrown(() => arrive(twice, running, moment((third?.startsAt ?? 0) - 2 * HOUR), bySelf))).toBe('TOO_EARLY')
    expect(thrown(() => arrive(name, running, moment(running.endsAt + 7 * HOUR), bySelf))).toBe('WRONG_STATE')
  })
  test('the code of yesterday’s session is none of today’s', () => {
    const windows = windowsUpTo(sessionAt(running, NOW), NOW)
    expect(sessionAt(running, NOW)).toEqual({ n: 2, ...second })
    expect(windowsUpTo({ startsAt: first?.startsAt ?? 0, endsAt: first?.endsAt ?? 0 }, (first?.startsAt ?? 0) + MINUTE).some((window) => windows.includes(window))).toBe(false)
  })
  test('a session that was missed can still be followed by the next, on the roll, too', () => {
    const name = callOut(nameOn(running, mother, 'booked'), running, { personId: 'social', name: '李静', kinIds: [] }, asSocial('social'), NOW)
    expect(attendedBy(name).map(({ n, proof }) => [n, proof])).toEqual([[2, 'rollCall']])
    expect(name.timeline.at(-1)?.words).toBe('第 2 课')
  })
})

describe('the certificate', () => {
  test('for who came often enough, and the minutes are those of the sessions attended', () => {
    const { name, course } = finished([1, 3])
    expect([name.status, name.verifiedMinutes, mayCertify(name, course)]).toEqual(['verified', 120, true])
    const certified = certify(name, course, bySelf, NOW)
    expect(certified.activity?.certificate).toEqual({ number: expect.stringMatching(/^KC-2026-\d{7}$/) as string, at: NOW, needed: 2 })
    expect([evidenceHolds(certified), certificateHolds(certified)]).toEqual([true, true])
    expect(certify(certified, course, bySelf, NOW + DAY)).toBe(certified)
  })
  test('not for who came once, nor for who never came, and the clock does not count the same session twice', () => {
    const { name, course } = finished([3])
    expect(thrown(() => certify(name, course, bySelf, NOW))).toBe('SESSIONS_SHORT')
    expect(finished([]).name.status).toBe('noShow')
    expect(thrown(() => certify(finished([]).name, course, bySelf, NOW))).toBe('SESSIONS_SHORT')
    const [one] = attendedBy(name)
    expect(certificateHolds({ ...name, activity: { sort: 'class', place: '', attended: one === undefined ? [] : [one, one], certificate: { number: 'KC', at: NOW, needed: 2 } } })).toBe(false)
  })
  test('not before somebody else has verified the list (law 3), and of no single activity', () => {
    const { course } = finished([1])
    expect(thrown(() => certify(nameAt(over, mother, [1, 2, 3]), course, bySelf, NOW))).toBe('WRONG_STATE')
    expect(thrown(() => certify(finished([1, 2]).name, undefined, bySelf, NOW))).toBe('NOT_FOUND')
  })
})
