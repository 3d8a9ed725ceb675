/** Stays: nights in a row, their price, a longer and a shorter end, who receives, and which bed each lies in. */
import { subsidyOf, type BedTerms } from '../../src/domain/bed-terms'
import type { Booking, By } from '../../src/domain/booking-record'
import { overdueAt } from '../../src/domain/booking-due'
import { actsOf } from '../../src/domain/booking-acts'
import { addDays, DAY, HOUR, instantOf } from '../../src/domain/civil-time'
import type { Moment } from '../../src/domain/evidence'
import type { Server } from '../../src/domain/own-case'
import { slotFaults, type Slot } from '../../src/domain/slot'
import { arrive, bookStay, depart, earlierDays, ensureNights, extendStay, leaveEarly, MOST_NIGHTS, nightsOf, nightsToAdd, placeInBeds, slotsOfNights, toOnOf, withOnShift, freeBeds } from '../../src/domain/stay'
import { mulberry32 } from '../support/random'
import { NOW, person, refusalOf, TODAY } from './support'

const terms: BedTerms = { sort: 'short', bring: ['药'], subsidy: { bands: [{ fromAge: 70, subsidyFen: 2000 }, { fromAge: 80, subsidyFen: 4000 }], hardshipFen: { none: 0, lowIncome: 9000, extreme: 12_000 }, leastPayFen: 3000 } }
const night = (onDate: string, changes: Partial<Slot> = {}): Slot => {
  const startsAt = instantOf(onDate, 14 * 60)
  return {
    _id: `n${onDate}`, subdistrictId: 'dongliu', kind: 'stay', meal: null, orderUntil: startsAt, frozenAt: null, serviceItemId: 'short', serviceName: '短住', providerId: 'house', providerName: '示例', communityIds: ['huaguang'],
    priceFen: 12_000, cancelHours: 24, onDate, startsAt, endsAt: startsAt + 21 * HOUR, capacity: 2, remaining: 2, holders: {}, isOpen: true, unsettledAt: null, bed: terms, ...changes,
  }
}
const from = addDays(TODAY, 3)
const nights = (count: number, fromOn = from, changes: Partial<Slot> = {}) => Array.from({ length: count }, (_, index) => night(addDays(fromOn, index), changes))
const elder = person('elder')
const by: By = { personId: 'daughter', name: '女儿', as: 'family', kinship: '女儿', scope: 'book' }
const nurse: Server = { personId: 'nurse', name: '护士', kinIds: ['nursekin'] }
const nurseBy: By = { personId: 'nurse', name: '护士', as: 'careWorker', kinship: null, scope: null }
const stay = (count: number): Booking => bookStay(nights(count), elder, { bookingId: 'b1', key: 'k', hash: 'h', doorKey: 'd', note: null }, by, NOW)
const moment = (at: number): Moment => ({ at, provedAt: at, proof: 'rollCall', codeWindow: null, capturedAt: null })
const afternoon = instantOf(from, 15 * 60)

describe('nights [from, to)', () => {
  test('the day of leaving is no night; nothing, backwards and too many are refused', () => {
    expect(nightsOf('2026-11-30', '2026-12-02')).toEqual(['2026-11-30', '2026-12-01'])
    expect(refusalOf(() => nightsOf(from, from))).toBe('BAD_INPUT')
    expect(refusalOf(() => nightsOf(from, addDays(from, -1)))).toBe('BAD_INPUT')
    expect(nightsOf(from, addDays(from, MOST_NIGHTS))).toHaveLength(MOST_NIGHTS)
    expect(refusalOf(() => nightsOf(from, addDays(from, MOST_NIGHTS + 1)))).toBe('STAY_LENGTH')
    expect(refusalOf(() => nightsOf(from, addDays(from, 400)))).toBe('STAY_LENGTH')
  })
  test('one night that is closed, full or without trained staff refuses all, and says which', () => {
    const wanted = nightsOf(from, addDays(from, 3))
    const [first, second, third] = nights(3)
    expect(refusalOf(() => slotsOfNights(wanted, [first as Slot, third as Slot]))).toBe('SLOT_CLOSED')
    const refused = (changes: Partial<Slot>) => { try { ensureNights([first as Slot, { ...(second as Slot), ...changes }, third as Slot], { personId: 'elder', communityId: 'huaguang', away: null, busy: [] }, 'b1', NOW); return null } catch (error) { return error } }
    expect(refused({ remaining: 0 })).toMatchObject({ code: 'SLOT_FULL', details: { onDate: addDays(from, 1) } })
    expect(refused({ isOpen: false })).toMatchObject({ code: 'SLOT_CLOSED', details: { onDate: addDays(from, 1) } })
    expect(refused({ bed: { ...terms, sort: 'memory' } })).toMatchObject({ code: 'NO_TRAINED_STAFF', details: { onDate: addDays(from, 1) } })
    expect(refused({})).toBeNull()
  })
  test('a stay takes the elder’s time from the first afternoon to the last morning', () => {
    const seated = { personId: 'elder', communityId: 'huaguang', away: null }
    const busyAt = (at: number) => [{ bookingId: 'bath', from: at, to: at + HOUR, at: 1, freedAt: null }]
    const code = (at: number) => refusalOf(() => { ensureNights(nights(2), { ...seated, busy: busyAt(at) }, 'b1', NOW) })
    expect(code(instantOf(addDays(from, 1), 12 * 60))).toBe('ELDER_BUSY') // between two nights
    expect(code(instantOf(from, 9 * 60))).toBe('OK')
    expect(code(instantOf(addDays(from, 2), 11 * 60))).toBe('OK')
  })
  test('who is away on one of its days, the day of leaving too, does not come to stay', () => {
    const code = (fromOn: string, untilOn: string | null) => refusalOf(() => { ensureNights(nights(2), { personId: 'elder', communityId: 'huaguang', busy: [], away: { why: 'hospital', since: 1, byName: '示例', fromOn, untilOn } }, 'b1', NOW) })
    expect(code(addDays(from, 2), null)).toBe('ELDER_AWAY')
    expect(code(addDays(from, -3), from)).toBe('ELDER_AWAY')
    expect(code(addDays(from, 3), null)).toBe('OK')
    expect(code(addDays(from, -3), addDays(from, -1))).toBe('OK')
  })
})

describe('what it costs', () => {
  test('by age and hardship, never below what everybody pays; nothing for who was not seen', () => {
    const of = (changes: Parameters<typeof person>[1]) => subsidyOf(terms, 12_000, from, person('x', changes)).subsidyFen
    expect(of({})).toBe(4000) // 84
    expect(of({ birthOn: '1955-01-01' })).toBe(2000)
    expect(of({ hardship: 'extreme' })).toBe(9000)
    expect(of({ standing: 'unverified' })).toBe(0)
  })
  test('every night counts for itself, and what is given back is not paid', () => {
    expect(stay(3)).toMatchObject({ priceFen: 36_000, bed: { quote: { priceFen: 36_000, subsidyFen: 12_000, payFen: 24_000 } } })
    expect(leaveEarly(stay(3), addDays(from, 1), by, null, NOW).bed?.quote).toMatchObject({ priceFen: 12_000, payFen: 8000 })
  })
})

describe('later and earlier', () => {
  test('延住 adds nights at the end, up to the most', () => {
    const one = stay(2)
    expect(nightsToAdd(one, addDays(from, 4), NOW)).toEqual([addDays(from, 2), addDays(from, 3)])
    expect(refusalOf(() => nightsToAdd(one, addDays(from, 2), NOW))).toBe('BAD_INPUT')
    expect(refusalOf(() => nightsToAdd(one, addDays(from, MOST_NIGHTS + 1), NOW))).toBe('STAY_LENGTH')
    const longer = extendStay(one, nights(2, addDays(from, 2)), elder, by, NOW)
    expect({ toOn: toOnOf(longer), nights: longer.bed?.nights.length, endsAt: longer.endsAt }).toEqual({ toOn: addDays(from, 4), nights: 4, endsAt: instantOf(addDays(from, 4), 11 * 60) })
    expect(longer.timeline.at(-1)).toMatchObject({ what: 'extended', untilOn: addDays(from, 4) })
    // Its end has moved meanwhile.
    expect(refusalOf(() => extendStay(longer, nights(2, addDays(from, 2)), elder, by, NOW))).toBe('WRONG_STATE')
  })
  test('提前离开 gives the later nights back, not one that has begun, nor all', () => {
    const one = stay(4)
    const shorter = leaveEarly(one, addDays(from, 2), by, '孙子来接', NOW)
    expect(shorter).toMatchObject({ endsAt: instantOf(addDays(from, 2), 11 * 60), leaves: [`n${addDays(from, 2)}`, `n${addDays(from, 3)}`], unsettledAt: NOW })
    expect(refusalOf(() => leaveEarly(one, from, by, null, NOW))).toBe('BAD_INPUT')
    expect(refusalOf(() => leaveEarly(one, addDays(from, 4), by, null, NOW))).toBe('BAD_INPUT')
    expect(refusalOf(() => leaveEarly(one, addDays(from, 2), by, null, instantOf(addDays(from, 2), 15 * 60)))).toBe('SLOT_PAST')
    expect(earlierDays(one, instantOf(addDays(from, 1), 15 * 60))).toEqual([addDays(from, 2), addDays(from, 3)])
    // A night that was given back and is taken again is no longer to be freed.
    expect(extendStay(shorter, nights(1, addDays(from, 2)), elder, by, NOW).leaves).toEqual([`n${addDays(from, 3)}`])
  })
  test('only while it lasts', () => {
    const gone = { ...stay(2), status: 'cancelled' as const }
    expect(refusalOf(() => leaveEarly(gone, addDays(from, 1), by, null, NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => nightsToAdd(stay(2), addDays(from, 3), instantOf(addDays(from, 2), 12 * 60)))).toBe('WRONG_STATE')
    const mine = { role: 'resident', relation: 'self' } as const
    expect(actsOf(stay(2), mine, 'elder', NOW)).toEqual(expect.arrayContaining(['cancel', 'extend', 'leaveEarly']))
    expect(actsOf(stay(2), mine, 'elder', NOW)).not.toContain('reschedule')
    expect(actsOf(gone, mine, 'elder', NOW)).toEqual([])
  })
})

describe('received by the house', () => {
  test('arrival is the check-in, departure the check-out; whoever received serves (law 3)', () => {
    const there = arrive(stay(2), nurse, 2, moment(afternoon), nurseBy)
    expect(there).toMatchObject({ status: 'checkedIn', worker: { personId: 'nurse' }, bed: { bedNo: 2 } })
    const colleague: Server = { personId: 'colleague', name: '同事', kinIds: ['theirs'] }
    const gone = depart(there, colleague, moment(instantOf(addDays(from, 2), 10 * 60)), { ...nurseBy, personId: 'colleague' }, instantOf(addDays(from, 2), 10 * 60))
    expect(gone).toMatchObject({ status: 'checkedOut', worker: { personId: 'nurse', kinIds: ['nursekin', 'colleague', 'theirs'] } })
    expect(refusalOf(() => arrive(stay(2), { ...nurse, kinIds: ['elder'] }, 1, moment(afternoon), nurseBy))).toBe('OWN_CASE')
    expect(refusalOf(() => arrive(stay(2), nurse, 1, moment(instantOf(from, 9 * 60)), nurseBy))).toBe('TOO_EARLY')
    expect(refusalOf(() => arrive(there, nurse, 1, moment(afternoon), nurseBy))).toBe('WRONG_STATE')
  })
  test('whoever leaves before the end gives back what has not begun', () => {
    const there = arrive(stay(4), nurse, 1, moment(afternoon), nurseBy)
    const noon = instantOf(addDays(from, 1), 12 * 60)
    expect(depart(there, nurse, moment(noon), nurseBy, noon)).toMatchObject({ status: 'checkedOut', endsAt: instantOf(addDays(from, 1), 11 * 60), leaves: [1, 2, 3].map((day) => `n${addDays(from, day)}`), priceFen: 12_000 })
  })
  test('who does not come is asked after on the first evening', () => {
    expect(overdueAt(stay(7))).toBe(instantOf(from, 22 * 60))
  })
})

describe('trained staff', () => {
  const memory = { bed: { ...terms, sort: 'memory' as const } }
  test('come and go, but the last one never leaves elders alone', () => {
    const empty = night(from, memory)
    const shift = withOnShift(empty, { personId: 'nurse', name: '护士' }, true, NOW)
    expect(shift).toMatchObject({ isStaffed: true, staff: [{ personId: 'nurse' }] })
    const held = { ...empty, shift, remaining: 1, holders: { elder: { bookingId: 'b1', at: NOW } } }
    expect(refusalOf(() => withOnShift(held, { personId: 'nurse', name: '护士' }, false, NOW))).toBe('NO_TRAINED_STAFF')
    const both = { ...held, shift: withOnShift(held, { personId: 'other', name: '同事' }, true, NOW) }
    expect(withOnShift(both, { personId: 'nurse', name: '护士' }, false, NOW).staff.map((one) => one.personId)).toEqual(['other'])
    expect(withOnShift({ ...empty, shift }, { personId: 'nurse', name: '护士' }, false, NOW).isStaffed).toBeUndefined()
    expect({ with: slotFaults(held), without: slotFaults({ ...night(from, memory), remaining: 1, holders: held.holders }).length }).toEqual({ with: [], without: 1 })
  })
})

describe('the board', () => {
  test('who is there keeps the bed; who comes has the first that is free all the while', () => {
    const placed = placeInBeds([
      { bookingId: 'there', fromOn: from, toOn: addDays(from, 3), bedNo: 2 }, { bookingId: 'short', fromOn: from, toOn: addDays(from, 1), bedNo: null },
      { bookingId: 'next', fromOn: addDays(from, 1), toOn: addDays(from, 5), bedNo: null }, { bookingId: 'third', fromOn: addDays(from, 3), toOn: addDays(from, 4), bedNo: null },
    ], 2)
    expect(Object.fromEntries(placed)).toEqual({ there: 2, short: 1, next: 1, third: 2 })
    expect(freeBeds([{ bookingId: 'there', fromOn: from, toOn: addDays(from, 3), bedNo: 2 }], 3, 'new')).toEqual([1, 3])
  })
  test('as long as nobody is there yet, as many beds as the fullest night has are enough', () => {
    const random = mulberry32(7)
    for (let round = 0; round < 200; round++) {
      const stays = Array.from({ length: 1 + Math.floor(random() * 12) }, (_, index) => { const start = Math.floor(random() * 10); return { bookingId: `b${index}`, fromOn: addDays(from, start), toOn: addDays(from, start + 1 + Math.floor(random() * 6)), bedNo: null } })
      const most = Math.max(...Array.from({ length: 20 }, (_, day) => stays.filter((one) => one.fromOn <= addDays(from, day) && addDays(from, day) < one.toOn).length))
      const placed = placeInBeds(stays, most)
      expect(placed.size).toBe(stays.length)
      for (const one of stays) for (const other of stays) if (one !== other && placed.get(one.bookingId) === placed.get(other.bookingId)) expect(one.fromOn >= other.toOn || other.fromOn >= one.toOn).toBe(true)
    }
  })
})

test('a day has 24 hours here: the end moves with the nights', () => {
  expect(stay(5).endsAt - stay(4).endsAt).toBe(DAY)
})
