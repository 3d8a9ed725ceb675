/**
 * Whatever people do to a booking, in whatever order and however often: the laws hold after each step, and no rule ever
 * answers with anything but a new booking or a typed refusal.
 */
import fc from 'fast-check'
import type * as record from '../../src/domain/booking-record'
import * as due from '../../src/domain/booking-due'
import * as visit from '../../src/domain/visit'
import * as rule from '../../src/domain/booking'
import { actsOf, type BookingAct } from '../../src/domain/booking-acts'
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import { CODE_WINDOW, windowOf, windowStart, windowsUpTo } from '../../src/domain/door-code'
import { DomainError } from '../../src/domain/error'
import type { Moment, Proof } from '../../src/domain/evidence'
import * as law from '../../src/domain/laws'
import { MONDAY_NINE, slotOf } from '../actions/world'

const slot = slotOf('s', { startsAt: MONDAY_NINE + 30 * HOUR, endsAt: MONDAY_NINE + 31 * HOUR })
const later = slotOf('later', { startsAt: slot.startsAt + 26 * HOUR, endsAt: slot.endsAt + 26 * HOUR, onDate: '2026-11-25' })
const elder = { _id: 'mother', name: '王秀珍', communityId: 'huaguang' }
const people = {
  mother: { personId: 'mother', name: '王秀珍', as: 'elder', kinship: null, scope: null },
  daughter: { personId: 'daughter', name: '王敏', as: 'family', kinship: '女儿', scope: 'book' },
  worker: { personId: 'worker', name: '陈霞', as: 'careWorker', kinship: null, scope: null },
  sister: { personId: 'sister', name: '陈云', as: 'family', kinship: '其他家人', scope: 'book' },
  social: { personId: 'social', name: '李静', as: 'socialWorker', kinship: null, scope: null },
} as const satisfies Record<string, record.By>
type Who = keyof typeof people
const server = { personId: 'worker', name: '陈霞', kinIds: ['sister'] }
const elderSide = { personId: 'mother', kinIds: ['daughter'], delegateIds: ['daughter', 'sister'] }

const proofFor: Record<string, Proof> = { mother: 'elderTap', daughter: 'familyTap', sister: 'familyTap' }
const at = (now: number, proof: Proof): Moment => (proof === 'doorCode' ? { at: now, provedAt: windowStart(windowOf(now)), proof, codeWindow: windowOf(now), capturedAt: null } : { at: now, provedAt: now, proof, codeWindow: null, capturedAt: null })

/** A tap at the door as the handlers let it through: who served never vouches. */
const vouch = (booking: record.Booking, who: Who, now: number, step: typeof visit.checkIn): record.Booking => {
  if (booking.worker && [booking.worker.personId, ...booking.worker.kinIds].includes(who)) throw new DomainError('OWN_CASE')
  return step(booking, at(now, proofFor[who] ?? 'elderTap'), people[who])
}

const steps: Record<string, (booking: record.Booking, who: Who, now: number) => record.Booking> = {
  take: (booking, _who, now) => rule.take(booking, server, people.worker, now),
  handBack: (booking, _who, now) => rule.handBack(booking, people.worker, '发烧', now),
  checkInByCode: (booking, _who, now) => {
    if (!windowsUpTo(booking, now).includes(windowOf(now))) throw new DomainError('DOOR_CODE_WRONG')
    return visit.checkIn(booking, at(now, 'doorCode'), people.worker)
  },
  checkInByCard: (booking, _who, now) => visit.checkIn(booking, at(now, 'doorCard'), people.worker),
  vouchIn: (booking, who, now) => vouch(booking, who, now, visit.checkIn),
  checkOutByCode: (booking, _who, now) => {
    // as matchWindow does: a code that was used, or that no longer stands for this visit
    if (booking.evidence.checkIn?.codeWindow === windowOf(now)) throw new DomainError('DOOR_CODE_USED')
    if (!windowsUpTo(booking, now).includes(windowOf(now))) throw new DomainError('DOOR_CODE_WRONG')
    return visit.checkOut(booking, at(now, 'doorCode'), people.worker)
  },
  vouchOut: (booking, who, now) => vouch(booking, who, now, visit.checkOut),
  noContact: (booking, _who, now) => visit.noContact(booking, people.worker, '敲门', now),
  confirm: (booking, who, now) => visit.confirm(booking, { at: now, proof: who === 'mother' ? 'elderTap' : 'familyTap', byPersonId: who, satisfaction: 'satisfied' }, people[who], null),
  dispute: (booking, who, now) => visit.dispute(booking, people[who], '没来', now),
  callBack: (booking, _who, now) => visit.confirmByCall(booking, people.social, '来过', now),
  noAnswer: (booking, _who, now) => visit.calledWithoutAnswer(booking, people.social, '没人接', now),
  verify: (booking, who, now) => visit.verify(booking, elderSide, 'verified', { ...people[who], as: 'socialWorker' }, '看过', null, now),
  verifyBare: (booking, _who, now) => visit.verify(booking, elderSide, 'verified', people.social, null, null, now),
  reject: (booking, _who, now) => visit.verify(booking, elderSide, 'rejected', people.social, '没有凭证', null, now),
  reschedule: (booking, who, now) => rule.reschedule(booking, booking.slotId === slot._id ? later : slot, people[who], '下雨', now),
  cancel: (booking, who, now) => rule.cancel(booking, people[who], null, now),
  noShow: (booking, _who, now) => rule.cancelLate(booking, 'noShow', people.social, '不在', now),
  look: (booking, _who, now) => rule.look(booking, now)?.booking ?? booking,
}

/** What usually comes next, so that programs also reach the end of the path. */
const usual: Partial<Record<record.BookingStatus, string>> = { booked: 'take', assigned: 'checkInByCode', checkedIn: 'checkOutByCode', checkedOut: 'confirm', confirmed: 'verify', disputed: 'callBack' }
const stepOf = (name: string, booking: record.Booking): ((booking: record.Booking, who: Who, now: number) => record.Booking) => {
  const step = steps[name === 'next' ? (usual[booking.status] ?? 'look') : name]
  if (!step) throw new Error(`no step ${name}`)
  return step
}

const program = fc.array(
  fc.record({ step: fc.oneof({ weight: 3, arbitrary: fc.constant('next') }, { weight: 2, arbitrary: fc.constantFrom(...Object.keys(steps)) }), who: fc.constantFrom(...(Object.keys(people) as Who[])), wait: fc.constantFrom(0, MINUTE, CODE_WINDOW, 20 * MINUTE, HOUR, 12 * HOUR, 15 * HOUR) }),
  { minLength: 1, maxLength: 40 },
)

test('every law holds after every step of every order of events', () => {
  const reached = new Set<string>()
  fc.assert(fc.property(program, (events) => {
    let now = MONDAY_NINE
    let booking = rule.book(slot, elder, { bookingId: 'b', key: 'k', hash: 'h', doorKey: 'd', note: null }, people.daughter, now)
    for (const { step, who, wait } of events) {
      now += wait
      try {
        booking = stepOf(step, booking)(booking, who, now)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
      }
      reached.add(booking.status)
      expect({ step, ownCase: law.ownCaseHolds(booking), onBehalf: law.onBehalfHolds(booking), clock: law.serverClockHolds(booking), once: law.onceHolds(booking), evidence: law.evidenceHolds(booking) })
        .toEqual({ step, ownCase: true, onBehalf: true, clock: true, once: true, evidence: true })
      // What is settled is never due again, and what is due lies on the calendar of this booking.
      if (['verified', 'partly', 'rejected', 'cancelled', 'noShow'].includes(booking.status)) expect(due.owedTellings(booking).length === 0 || booking.dueAt !== null).toBe(true)
    }
  }), { numRuns: Number(process.env['LAW_RUNS'] ?? 3_000), seed: 20_261_123 })
  // The programs are worth something only if they come everywhere.
  expect([...reached].sort()).toEqual(['assigned', 'booked', 'cancelled', 'checkedIn', 'checkedOut', 'confirmed', 'disputed', 'noContact', 'noShow', 'rejected', 'verified'].sort())
})

test('a screen never offers an act that the rule refuses for its state', () => {
  const actOf: Partial<Record<BookingAct, string>> = { take: 'take', handBack: 'handBack', noContact: 'noContact', cancel: 'cancel', confirm: 'confirm', dispute: 'dispute', vouchCheckIn: 'vouchIn', vouchCheckOut: 'vouchOut', checkIn: 'checkInByCard', callBack: 'callBack' }
  const standings = [
    { who: 'mother', standing: { role: 'resident', relation: 'self' } }, { who: 'daughter', standing: { role: 'resident', relation: 'delegate', scope: 'book' } },
    { who: 'worker', standing: { role: 'careWorker', relation: 'assigned' } }, { who: 'social', standing: { role: 'socialWorker', relation: 'community' } },
  ] as const
  fc.assert(fc.property(program, (events) => {
    let now = MONDAY_NINE
    let booking = rule.book(slot, elder, { bookingId: 'b', key: 'k', hash: 'h', doorKey: 'd', note: null }, people.mother, now)
    for (const { step, who, wait } of events) {
      now += wait
      try {
        booking = stepOf(step, booking)(booking, who, now)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
      }
      for (const side of standings) {
        for (const act of actsOf(booking, side.standing, side.who, now)) {
          const name = actOf[act]
          if (name === undefined) continue
          expect(() => stepOf(name, booking)(booking, side.who, now)).not.toThrow()
        }
      }
    }
  }), { numRuns: 1_000, seed: 20_261_124 })
})
