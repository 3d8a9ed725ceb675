import type * as record from '../../src/domain/booking-record'
import * as due from '../../src/domain/booking-due'
import * as visit from '../../src/domain/visit'
import * as rule from '../../src/domain/booking'
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import { afterWrongGuess, CODE_WINDOW, ensureMayGuess, matchWindow, windowOf, windowsUpTo } from '../../src/domain/door-code'
import { isWeak, minutesServed, missingOf, type Moment, type Proof } from '../../src/domain/evidence'
import { closeCase, openCase, takeCase } from '../../src/domain/safety-case'
import { MONDAY_NINE, slotOf } from '../actions/world'
import { refusalOf as codeOf } from './support'

const slot = slotOf('s')
const elder = { _id: 'mother', name: '王秀珍', communityId: 'huaguang' }
const by = (personId: string, as: record.By['as'], scope: record.By['scope'] = null): record.By => ({ personId, name: personId, as, kinship: as === 'family' ? '女儿' : null, scope })
const daughter = by('daughter', 'family', 'book')
const mother = by('mother', 'elder')
const worker = by('worker', 'careWorker')
const social = by('social', 'socialWorker')
const server = { personId: 'worker', name: '陈霞', kinIds: ['workersister'] }
const moment = (at: number, proof: Proof = 'doorCode'): Moment => ({ at, provedAt: at, proof, codeWindow: proof === 'doorCode' ? windowOf(at) : null, capturedAt: null })

const booked = rule.book(slot, elder, { bookingId: 'b1', key: 'k', hash: 'h', doorKey: 'd', note: null }, daughter, MONDAY_NINE)
const assigned = rule.take(booked, server, worker, MONDAY_NINE)
const arrived = visit.checkIn(assigned, moment(slot.startsAt), worker)
const left = visit.checkOut(arrived, moment(slot.startsAt + 56 * MINUTE), worker)
const confirmed = visit.confirm(left, { at: slot.endsAt, proof: 'elderTap', byPersonId: 'mother', satisfaction: 'satisfied' }, mother, null)
const elderSide = { personId: 'mother', kinIds: ['daughter'], delegateIds: ['daughter'] }

describe('a service from start to finish', () => {
  test('with every proof it stands on the list of what only needs a yes', () => {
    expect(confirmed.review).toBe('complete')
    expect(minutesServed(confirmed.evidence)).toBe(56)
    expect(visit.verify(confirmed, elderSide, 'verified', social, null, null, slot.endsAt).status).toBe('verified')
  })

  test.each<[string, () => unknown, string]>([
    ['taken by a second worker', () => rule.take(assigned, { ...server, personId: 'colleague' }, by('colleague', 'careWorker'), MONDAY_NINE), 'ALREADY_TAKEN'],
    ['taken by the elder’s own relative who is paid for it', () => rule.take(booked, { ...server, kinIds: ['mother'] }, worker, MONDAY_NINE), 'OWN_CASE'],
    ['checked in before anybody took it', () => visit.checkIn(booked, moment(slot.startsAt), worker), 'WRONG_STATE'],
    ['checked in an hour early', () => visit.checkIn(assigned, moment(slot.startsAt - HOUR), worker), 'TOO_EARLY'],
    ['checked out before it began', () => visit.checkOut(arrived, moment(slot.startsAt - MINUTE), worker), 'TOO_EARLY'],
    ['confirmed by who served', () => visit.confirm(left, { at: 1, proof: 'elderTap', byPersonId: 'worker', satisfaction: null }, worker, null), 'OWN_CASE'],
    ['confirmed by the family of who served', () => visit.confirm(left, { at: 1, proof: 'familyTap', byPersonId: 'workersister', satisfaction: null }, by('workersister', 'family', 'book'), null), 'OWN_CASE'],
    ['verified by the family of who served', () => visit.verify(confirmed, elderSide, 'verified', by('workersister', 'socialWorker'), null, null, 1), 'OWN_CASE'],
    ['verified by the elder’s own daughter, a social worker', () => visit.verify(confirmed, elderSide, 'verified', by('daughter', 'socialWorker'), null, null, 1), 'OWN_CASE'],
    ['verified without the elder’s word', () => visit.verify(left, elderSide, 'verified', social, null, null, 1), 'EVIDENCE_INCOMPLETE'],
    ['verified in part without a reason', () => visit.verify(left, elderSide, 'partly', social, null, null, 1), 'REASON_REQUIRED'],
    ['verified twice', () => visit.verify(visit.verify(confirmed, elderSide, 'verified', social, null, null, 1), elderSide, 'verified', social, null, null, 2), 'WRONG_STATE'],
    ['said to be a no-show before it began', () => rule.cancelLate(assigned, 'noShow', social, '没来', MONDAY_NINE), 'TOO_EARLY'],
    ['a missed door before the hour', () => visit.noContact(assigned, worker, '敲门', slot.startsAt - 1), 'TOO_EARLY'],
  ])('refused: %s', (_name, run, expected) => expect(codeOf(run)).toBe(expected))

  test('cancelled up to the last moment of the window, and a millisecond later not', () => {
    const until = rule.cancelUntil(booked)
    expect(rule.cancel(booked, mother, null, until).status).toBe('cancelled')
    expect(codeOf(() => rule.cancel(booked, mother, null, until + 1))).toBe('CANCEL_TOO_LATE')
  })

  test('a worker who cannot come hands it back to colleagues', () => {
    expect(rule.handBack(assigned, worker, '发烧', MONDAY_NINE)).toMatchObject({ status: 'booked', workerId: null, openFor: slot.providerId })
  })

  test('a dispute is an exception until the elder says on the telephone that it took place', () => {
    const disputed = visit.dispute(left, daughter, '只待了十分钟', slot.endsAt)
    expect(disputed.review).toBe('exception')
    expect(visit.confirmByCall(disputed, social, '老人说确实洗了', slot.endsAt)).toMatchObject({ status: 'confirmed', review: 'complete' })
  })
})

describe('law 10, evidence before points', () => {
  const card = visit.checkIn(assigned, moment(slot.startsAt, 'doorCard'), worker)
  const weak = visit.confirm(visit.checkOut(card, moment(slot.endsAt), worker), { at: slot.endsAt, proof: 'elderTap', byPersonId: 'mother', satisfaction: null }, mother, null)

  test('a printed door card counts as weaker, says so, and never stands among what only needs a yes', () => {
    expect(isWeak(weak.evidence)).toBe(true)
    expect(missingOf(weak.evidence, weak.status)).toEqual(['strongProof'])
    expect(weak.review).toBe('exception')
  })
  test('a social worker may accept it, with a reason', () => {
    expect(codeOf(() => visit.verify(weak, elderSide, 'verified', social, null, null, 1))).toBe('REASON_REQUIRED')
    expect(visit.verify(weak, elderSide, 'verified', social, '邻居也看到了', null, 1).status).toBe('verified')
  })
})

describe('law 7: the door code says when, not the phone', () => {
  const codeAt = (window: number): string => String(window % 1_000_000).padStart(6, '0')
  const now = slot.startsAt + 20 * MINUTE
  const shown = windowOf(slot.startsAt + 2 * MINUTE)

  test('a check-in that waited without signal is proved by the window of its code', () => {
    expect(matchWindow(codeAt(shown), windowsUpTo(slot, now), [], codeAt)).toBe(shown)
  })
  test('a code of the future is worthless', () => {
    expect(codeOf(() => matchWindow(codeAt(windowOf(now) + 1), windowsUpTo(slot, now), [], codeAt))).toBe('DOOR_CODE_WRONG')
  })
  test('a code is used once', () => {
    expect(codeOf(() => matchWindow(codeAt(shown), windowsUpTo(slot, now), [shown], codeAt))).toBe('DOOR_CODE_USED')
  })
  test('the door closes after five wrong codes and opens again after the pause', () => {
    let guesses = { count: 0, pausedUntil: null as number | null }
    for (let index = 0; index < 5; index++) guesses = { ...afterWrongGuess(guesses, now) }
    expect(codeOf(() => ensureMayGuess(guesses, now))).toBe('TOO_MANY_ATTEMPTS')
    expect(codeOf(() => ensureMayGuess(guesses, now + 15 * MINUTE))).toBe('OK')
  })
  test('one code stands long enough to be read aloud twice', () => expect(CODE_WINDOW).toBeGreaterThanOrEqual(2 * MINUTE))
})

describe('the clock looks at bookings', () => {
  test('the elder is told at once what somebody booked for her, and only once', () => {
    const first = rule.look(booked, MONDAY_NINE)
    expect(first?.tellings).toMatchObject([{ what: 'booked', to: ['elder'] }])
    expect(first && rule.look(first.booking, MONDAY_NINE)).toBeNull()
  })
  test('nobody is told what they did themselves', () => {
    const own = rule.book(slot, elder, { bookingId: 'b2', key: 'k', hash: 'h', doorKey: 'd', note: null }, mother, MONDAY_NINE)
    expect(due.owedTellings(own)).toEqual([])
  })
  test('a day ahead both are reminded', () => {
    const told = rule.look(booked, MONDAY_NINE)?.booking ?? booked
    const dayBefore = rule.look(told, slot.startsAt - due.REMIND_BEFORE)
    expect(dayBefore?.tellings).toMatchObject([{ what: 'reminded', to: ['elder', 'family'] }])
  })
  test.each<[string, record.Booking, number]>([
    ['nobody came', assigned, slot.endsAt + due.OVERDUE_AFTER],
    ['the check-out was forgotten', arrived, slot.endsAt + due.OVERDUE_AFTER],
    ['the elder did not confirm within a day', left, slot.startsAt + 56 * MINUTE + due.CONFIRM_WITHIN],
  ])('it becomes an exception when %s', (_name, booking, at) => {
    expect(rule.look(booking, at - 1)?.booking.review ?? null).toBeNull()
    expect(rule.look(booking, at)?.booking.review).toBe('exception')
  })
  test('looking again at the same time finds nothing: timers may run twice', () => {
    for (const booking of [booked, assigned, arrived, left]) {
      for (const at of [MONDAY_NINE, slot.startsAt - HOUR, slot.endsAt + 3 * HOUR, slot.endsAt + 48 * HOUR]) {
        const once = rule.look(booking, at)
        if (once) expect(rule.look(once.booking, at)).toBeNull()
      }
    }
  })
})

describe('law 4: a missed contact closes only with a person', () => {
  const me = { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null } as const
  const open = openCase(
    {
      _id: 'c', subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', elderName: '王秀珍', age: 84, livesAlone: true, bookingId: 'b1', reason: 'noContact', words: '敲门',
      family: [{ personId: 'daughter', name: '王敏', kinship: '女儿' }],
    },
    { version: null, rungs: [], takenMinutes: 15 }, { ...me, personId: 'worker', name: '陈霞', as: 'careWorker' }, 1,
  )
  test('by who saw the elder', () => expect(closeCase(takeCase(open, me, 2, null), me, { by: 'seenInPerson', words: '在楼下', finding: 'fine', seenAt: 3 }, 3).status).toBe('closed'))
  test('or with a reason that the family confirmed', () => expect(closeCase(open, me, { by: 'familyConfirmed', familyPersonId: 'daughter', words: '住院了', finding: 'fine' }, 3).closed?.familyPersonId).toBe('daughter'))
  test('not on the word of somebody who is not family', () => expect(codeOf(() => closeCase(open, me, { by: 'familyConfirmed', familyPersonId: 'x', words: '住院', finding: 'fine' }, 3))).toBe('NO_MATCH'))
  test('not by who could not find anyone', () => expect(codeOf(() => closeCase(open, { ...me, personId: 'worker', name: '陈霞' }, { by: 'seenInPerson', words: '在', finding: 'fine', seenAt: 2 }, 3))).toBe('OWN_CASE'))
})

describe('a visit moves to another time', () => {
  const other = slotOf('other', { onDate: '2026-11-26', startsAt: slot.startsAt + 48 * HOUR, endsAt: slot.endsAt + 48 * HOUR })
  const moved = rule.reschedule(assigned, other, daughter, null, MONDAY_NINE)

  test('it is the same booking, says when it was before, and whoever had promised to come is asked anew', () => {
    expect(moved).toMatchObject({ _id: 'b1', slotId: 'other', onDate: '2026-11-26', startsAt: other.startsAt, status: 'booked', workerId: null, openFor: slot.providerId, leaves: ['s'], unsettledAt: MONDAY_NINE, lastActOnBehalfAt: MONDAY_NINE })
    expect(moved.timeline.at(-1)).toMatchObject({ what: 'rescheduled', movedFrom: slot.startsAt, by: { scope: 'book' } })
  })
  test('elder, family and the worker who had taken it hear of it; with nobody promised, no worker does', () => {
    expect(due.owedTellings(moved).at(-1)).toMatchObject({ what: 'rescheduled', to: ['elder', 'family', 'worker'], workerId: 'worker' })
    expect(due.owedTellings(rule.reschedule(booked, other, mother, null, MONDAY_NINE)).at(-1)).toMatchObject({ to: ['family'] })
  })
  test('it is reminded of again', () => {
    const reminded = rule.look({ ...booked, told: ['booked_0'], dueAt: slot.startsAt - due.REMIND_BEFORE }, slot.startsAt - due.REMIND_BEFORE)?.booking ?? booked
    expect(due.wasReminded(reminded)).toBe(true)
    const again = rule.reschedule(reminded, other, mother, null, slot.startsAt - due.REMIND_BEFORE)
    expect(due.wasReminded(again)).toBe(false)
    expect(due.nextDue({ ...again, told: [...again.told, ...due.owedTellings(again).map(({ key }) => key)] })).toBe(other.startsAt - due.REMIND_BEFORE)
  })
  test('back again leaves only where it was last', () => expect(rule.reschedule(moved, slot, daughter, null, MONDAY_NINE)).toMatchObject({ slotId: 's', leaves: ['other'] }))
  test.each<[string, () => unknown, string]>([
    ['after the window by family', () => rule.reschedule(booked, other, daughter, '下雨', rule.cancelUntil(booked) + 1), 'CANCEL_TOO_LATE'],
    ['after the window by a social worker who does not say why', () => rule.reschedule(booked, other, social, null, rule.cancelUntil(booked) + 1), 'REASON_REQUIRED'],
    ['once it should have begun', () => rule.reschedule(booked, other, social, '没来', slot.startsAt), 'SLOT_PAST'],
    ['while somebody is there', () => rule.reschedule(arrived, other, social, '换', MONDAY_NINE), 'WRONG_STATE'],
    ['to the time that it has', () => rule.reschedule(booked, slot, mother, null, MONDAY_NINE), 'ALREADY_BOOKED'],
    ['to another service', () => rule.reschedule(booked, { ...other, serviceItemId: 'haircut' }, mother, null, MONDAY_NINE), 'NOT_FOUND'],
  ])('refused: %s', (_name, run, expected) => expect(codeOf(run)).toBe(expected))
  test('after the window a social worker moves it with a reason', () => expect(rule.reschedule(booked, other, social, '护理员发烧', slot.startsAt - 1).timeline.at(-1)?.words).toBe('护理员发烧'))
})
