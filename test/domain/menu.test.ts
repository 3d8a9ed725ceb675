/** The menu service: who may be on it, what is offered, and an order from the tap to the door or to the next organisation. */
import { actsOf } from '../../src/domain/booking-acts'
import { look, mayCancel, cancel, take } from '../../src/domain/booking'
import { owedTellings } from '../../src/domain/booking-due'
import type { Booking, By } from '../../src/domain/booking-record'
import { clash, promise } from '../../src/domain/busy'
import { addDays, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { onBehalfHolds, oneDoorHolds } from '../../src/domain/laws'
import { outcomeOf } from '../../src/domain/life'
import { answerUntil, timeOfPart } from '../../src/domain/menu'
import { daysOfOffer, decideOffer, newOffer, reviseOffer, stopOffer, type MenuOffer, type OfferTerms } from '../../src/domain/menu-offer'
import { acceptOrder, assign, decideOrder, declineOrder, ensureOrderable, handableAs, handOn, isAsked, isLost, lose, moveOrder, nextAmong, orderFromMenu, passOn, setOut } from '../../src/domain/menu-order'
import { addLicence, decideLicence, decideOrganisation, endingOf, isLicensed, licensedUntil, looked, newOrganisation, type LicenceTerms, type Organisation } from '../../src/domain/organisation'
import type { Slot } from '../../src/domain/slot'
import { NOW, person, refusalOf, TODAY } from './support'

const admin: By = { personId: 'admin', name: '孙洁', as: 'admin', kinship: null, scope: null }
const second: By = { ...admin, personId: 'second', name: '第二人' }
const desk: By = { ...admin, personId: 'desk', name: '店长', as: 'careWorker' }
const mother: By = { ...admin, personId: 'mother', name: '王秀珍', as: 'elder' }
const daughter: By = { personId: 'daughter', name: '王敏', as: 'family', kinship: '女儿', scope: 'book' }
const worker = { personId: 'worker', name: '陈霞', kinIds: [] }
const licence: LicenceTerms = { kind: 'business', number: '示例123', fromOn: '2024-01-01', untilOn: '2027-01-31' }
const registered = newOrganisation({ organisationId: 'org', subdistrictId: 'dongliu', key: 'k', hash: 'h' }, { name: '示例便民店', sort: 'merchant', contactName: '店长', phone: '057400000000', address: '柳东路', communityIds: ['huaguang', 'taigu'] }, licence, admin, NOW)
const approved = decideOrganisation(registered, true, second, null, NOW)
const terms: OfferTerms = { name: '代买代购', sort: 'shopping', unit: '一趟', priceFen: 500, details: '两公里内', bring: ['买什么写清楚'], communityIds: ['huaguang'], weekdays: [1, 2, 3, 4, 5], parts: ['morning', 'afternoon'], perDay: 2, leadHours: 12, cancelHours: 2, daysAhead: 7 }
const offered = (changes: Partial<OfferTerms> = {}, organisation: Organisation = approved, id = 'offer'): MenuOffer => decideOffer(newOffer({ offerId: id, key: 'k', hash: 'h' }, organisation, { ...terms, ...changes }, desk, NOW), NOW, true, admin, null, NOW)
const tomorrow = addDays(TODAY, 1)
const dayOf = (offer: MenuOffer, onDate = tomorrow): Slot => daysOfOffer(offer, TODAY, {}).find((slot) => slot.onDate === onDate) as Slot
const slot = dayOf(offered())
const elder = person('mother', { name: '王秀珍', address: '华光城 12 幢' })
const order = orderFromMenu(slot, 'morning', elder, { bookingId: 'b1', key: 'k', hash: 'h', doorKey: 'd', note: null }, mother, NOW)
const accepted = acceptOrder(order, desk, NOW + HOUR)
const other = (changes: Partial<OfferTerms> = {}, id = 'other'): Slot => ({ ...dayOf(offered(changes, { ...approved, _id: `org-${id}`, name: id }, id)), providerName: id })
const whatOf = (booking: Booking) => booking.timeline.map((line) => line.what)

describe('an organisation', () => {
  test('is approved by a second person, with the licence that it was registered with', () => {
    expect(refusalOf(() => decideOrganisation(registered, true, admin, null, NOW))).toBe('SECOND_PERSON')
    expect(refusalOf(() => decideOrganisation(registered, false, second, null, NOW))).toBe('REASON_REQUIRED')
    expect(refusalOf(() => decideOrganisation(approved, false, second, '不合格', NOW))).toBe('WRONG_STATE')
    expect([isLicensed(registered, TODAY), isLicensed(approved, TODAY)]).toEqual([false, true])
  })
  test('may take orders on the last day of its licence and not on the day after; another kind that has run out blocks it, too', () => {
    expect([isLicensed(approved, '2027-01-31'), isLicensed(approved, '2027-02-01')]).toEqual([true, false])
    const both = decideLicence(addLicence(approved, { kind: 'food', number: '2', fromOn: '2024-01-01', untilOn: '2026-12-01' }, admin, NOW), 'org_2', true, second, null, NOW)
    expect([licensedUntil(both), isLicensed(both, '2026-12-01'), isLicensed(both, '2026-12-02')]).toEqual(['2026-12-01', true, false])
  })
  test('a licence counts once a second person has looked at it, and follows the one before', () => {
    const added = addLicence(approved, { ...licence, number: '2', fromOn: '2027-02-01', untilOn: '2029-01-31' }, admin, NOW)
    expect(isLicensed(added, '2027-02-01')).toBe(false)
    expect(refusalOf(() => decideLicence(added, 'org_2', true, admin, null, NOW))).toBe('SECOND_PERSON')
    const renewed = decideLicence(added, 'org_2', true, second, null, NOW)
    expect(['2027-01-31', '2027-02-01', '2029-02-01'].map((day) => isLicensed(renewed, day))).toEqual([true, true, false])
    expect(refusalOf(() => addLicence(approved, { ...licence, untilOn: '2026-11-22' }, admin, NOW))).toBe('BAD_INPUT')
  })
  test('what ends is announced thirty days ahead and on the day after', () => {
    expect([endingOf(approved, '2026-12-31').length, endingOf(approved, '2027-01-01').length, endingOf(approved, '2027-02-01').length]).toEqual([0, 1, 1])
    expect(['2026-11-23', '2027-01-01', '2027-02-01'].map((day) => looked(approved, day).lookOn)).toEqual(['2027-01-01', '2027-02-01', null])
  })
})

describe('an offer', () => {
  test('is approved by somebody who did not write it, and only as it was seen', () => {
    const waiting = newOffer({ offerId: 'offer', key: 'k', hash: 'h' }, approved, terms, desk, NOW)
    expect(daysOfOffer(waiting, TODAY, {})).toEqual([])
    expect(refusalOf(() => decideOffer(waiting, NOW, true, desk, null, NOW))).toBe('SECOND_PERSON')
    expect(refusalOf(() => decideOffer(reviseOffer(waiting, approved, { ...terms, priceFen: 9900 }, desk, NOW + 1), NOW, true, admin, null, NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => newOffer({ offerId: 'x', key: 'k', hash: 'h' }, approved, { ...terms, communityIds: ['faraway'] }, desk, NOW))).toBe('BAD_INPUT')
  })
  test('stands open on its weekdays, not on closed days, as one slot a day with so many places', () => {
    const days = daysOfOffer(offered(), TODAY, { [tomorrow]: '元旦' })
    expect(days.map((day) => day.onDate)).toEqual(['2026-11-23', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30'])
    expect(slot).toMatchObject({ capacity: 2, remaining: 2, orderUntil: instantOf(tomorrow, 8 * 60 + 30) - 12 * HOUR, startsAt: instantOf(tomorrow, 510), endsAt: instantOf(tomorrow, 990) })
    expect(daysOfOffer(stopOffer(offered()), TODAY, {})).toEqual([])
  })
  test('another price waits beside the one that holds, and never touches what was ordered', () => {
    const revised = reviseOffer(offered(), approved, { ...terms, priceFen: 900 }, desk, NOW + 1)
    expect(dayOf(revised).priceFen).toBe(500)
    expect(dayOf(decideOffer(revised, NOW + 1, true, admin, null, NOW + 2)).priceFen).toBe(900)
    expect(order.priceFen).toBe(500)
  })
})

describe('an order', () => {
  const wish = { part: 'morning' as const, seenPriceFen: 500 }
  test.each<[string, () => unknown, string]>([
    ['with a free place', () => { ensureOrderable(slot, elder, wish, 'b1', NOW) }, 'OK'],
    ['after its hour', () => { ensureOrderable(slot, elder, wish, 'b1', slot.orderUntil) }, 'CUTOFF_PAST'],
    ['of the last place that is gone', () => { ensureOrderable({ ...slot, remaining: 0 }, elder, wish, 'b1', NOW) }, 'SLOT_FULL'],
    ['of one offer twice a day', () => { ensureOrderable({ ...slot, holders: { mother: { bookingId: 'b0', at: 1 } } }, elder, { ...wish, part: 'afternoon' }, 'b1', NOW) }, 'ALREADY_BOOKED'],
    ['at another price than was seen', () => { ensureOrderable(slot, elder, { ...wish, seenPriceFen: 400 }, 'b1', NOW) }, 'PRICE_CHANGED'],
    ['without an address', () => { ensureOrderable(slot, { ...elder, address: null }, wish, 'b1', NOW) }, 'ADDRESS_MISSING'],
    ['while in hospital', () => { ensureOrderable(slot, { ...elder, away: { why: 'hospital', since: 1, byName: '示例', fromOn: TODAY, untilOn: null } }, wish, 'b1', NOW) }, 'ELDER_AWAY'],
    ['from another community', () => { ensureOrderable(slot, { ...elder, communityId: 'taigu' }, wish, 'b1', NOW) }, 'OTHER_COMMUNITY'],
    ['of a visit’s slot', () => { ensureOrderable({ ...slot, kind: 'homeCare' }, elder, wish, 'b1', NOW) }, 'NOT_FOUND'],
  ])('%s', (_name, run, code) => {
    expect(refusalOf(run)).toBe(code)
  })
  test('one is at home for it: two orders and a bath go together, a class does not', () => {
    const time = { ...timeOfPart(tomorrow, 'morning'), kind: 'menu' as const }
    const busy = (kind: 'menu' | 'homeCare' | 'activity', where: 'home' | 'out') => [{ bookingId: 'x', from: time.startsAt, to: time.endsAt, at: 1, freedAt: null, kind, where }]
    const isClash = (kind: 'menu' | 'homeCare' | 'activity', where: 'home' | 'out') => clash(busy(kind, where), time.startsAt, time.endsAt, 'b1', { kind: 'menu' }) !== undefined
    expect([isClash('menu', 'home'), isClash('homeCare', 'home'), isClash('activity', 'out')]).toEqual([false, false, true])
  })
  test('night hours do not count towards the answer, and it comes two hours before the start at the latest', () => {
    const at = (minute: number, on = TODAY) => instantOf(on, minute)
    const far = at(510, addDays(TODAY, 5))
    expect([answerUntil(at(9 * 60), far), answerUntil(at(18 * 60), far), answerUntil(at(22 * 60), far), answerUntil(at(3 * 60), far)]).toEqual([at(13 * 60), at(10 * 60, tomorrow), at(12 * 60, tomorrow), at(12 * 60)])
    expect(answerUntil(at(20 * 60), at(510, tomorrow))).toBe(at(390, tomorrow))
  })
  test('is cancelled freely until it is accepted, then within the hours of the offer, then a social worker is asked', () => {
    expect(mayCancel(order, order.startsAt - MINUTE)).toBe(true)
    expect(mayCancel(accepted, order.startsAt - 2 * HOUR)).toBe(true)
    expect(mayCancel(accepted, order.startsAt - HOUR)).toBe(false)
    expect(actsOf(accepted, { role: 'resident', relation: 'self' }, 'mother', order.startsAt - HOUR)).toEqual(['askOff'])
    expect(actsOf(order, { role: 'resident', relation: 'self' }, 'mother', NOW)).toEqual(['reschedule', 'cancel'])
  })
  test('accepted once; accepted after it was cancelled, cancelled twice, and taken before it was accepted are refused', () => {
    expect(refusalOf(() => acceptOrder(accepted, desk, NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => acceptOrder(cancel(order, mother, null, NOW), desk, NOW))).toBe('WRONG_STATE')
    expect(refusalOf(() => take(order, worker, desk, NOW))).toBe('WRONG_STATE')
    expect(take(accepted, worker, { ...desk, personId: 'worker' }, NOW).status).toBe('assigned')
  })
  test('is given by the desk to one who comes; never to the elder’s own relative, and who was given it is told when it is cancelled', () => {
    expect(refusalOf(() => assign(accepted, { ...worker, kinIds: ['mother'] }, '店长', NOW))).toBe('OWN_CASE')
    expect(refusalOf(() => assign(order, worker, '店长', NOW))).toBe('WRONG_STATE')
    const given = assign(accepted, worker, '店长', NOW)
    expect(refusalOf(() => assign(given, { ...worker, personId: 'colleague' }, '店长', NOW))).toBe('ALREADY_TAKEN')
    expect(owedTellings(cancel(given, mother, null, NOW)).find((one) => one.what === 'cancelled')).toMatchObject({ workerId: 'worker' })
    const out = setOut(given, { ...desk, personId: 'worker' }, order.startsAt)
    expect(refusalOf(() => setOut(out, desk, order.startsAt))).toBe('WRONG_STATE')
  })
  test('one worker has several doors of the menu in one half of a day, and no visit beside them', () => {
    const time = { bookingId: 'a', from: 0, to: HOUR, at: 1, kind: 'menu' as const }
    const first = promise([], time, 0)
    expect(promise(first, { ...time, bookingId: 'b' }, 0)).toHaveLength(2)
    expect(refusalOf(() => promise(first, { bookingId: 'c', from: 0, to: HOUR, at: 1 }, 0))).toBe('WORKER_BUSY')
    expect(oneDoorHolds([accepted, { ...accepted, _id: 'b2' }])).toBe(true)
  })
  test('done for somebody says so (law 5)', () => {
    expect(onBehalfHolds(orderFromMenu(slot, 'morning', elder, { bookingId: 'b1', key: 'k', hash: 'h', doorKey: 'd', note: null }, daughter, NOW))).toBe(true)
  })
  test('of somebody who goes to hospital is given back while it can be', () => {
    const event = { what: 'hospital' as const, by: daughter, fromOn: TODAY, untilOn: null }
    expect([outcomeOf(order, event, NOW), outcomeOf(accepted, event, NOW), outcomeOf(accepted, event, order.startsAt - HOUR)]).toEqual(['cancelled', 'cancelled', 'asked'])
  })
})

describe('not taken', () => {
  const declined = declineOrder(order, desk, '人手不够', NOW + HOUR)
  test('it is due at once when it is declined, and at its hour when nobody answers', () => {
    expect(declined.dueAt).toBe(NOW + HOUR)
    expect(order.dueAt).toBe(order.menu?.answerBy)
    expect(refusalOf(() => declineOrder(declined, desk, '人手不够', NOW + HOUR))).toBe('WRONG_STATE')
    expect(passOn(order, other(), NOW)).toBeNull() // still theirs
  })
  test('the next is the cheapest of the same kind, never dearer, never one that had it, never full', () => {
    const cheap = other({ priceFen: 400 }, 'cheap')
    const slots = [other({ priceFen: 500 }, 'same'), cheap, other({ priceFen: 501 }, 'dear'), other({ sort: 'repair' }, 'else'), { ...other({}, 'full'), remaining: 0 }, slot, other({ parts: ['afternoon'] }, 'later'), other({ communityIds: ['taigu'] }, 'far')]
    expect(nextAmong(declined, slots, NOW + HOUR).map((one) => one.providerName)).toEqual(['cheap', 'same'])
    const next = passOn(declined, cheap, NOW + HOUR) as Booking
    expect(next).toMatchObject({ providerId: 'org-cheap', priceFen: 400, slotId: cheap._id, leaves: [slot._id], startsAt: order.startsAt, status: 'booked', menu: { acceptedAt: null, passed: [{ providerId: 'org', why: 'declined' }] } })
    expect(nextAmong(next, slots, NOW + HOUR).map((one) => one.providerName)).toEqual([]) // the dearer price is not asked of the elder
    expect(actsOf(next, { role: 'careWorker', relation: 'provider' }, 'desk', NOW)).toEqual(['accept', 'decline'])
  })
  test('nobody left: the elder’s side is told and it stands on the social worker’s list; it is never accepted after that', () => {
    const at = order.menu?.answerBy ?? 0
    const lost = lose(order, at) as Booking
    expect([isLost(lost), lost.review, whatOf(lost).at(-1), owedTellings(lost)[0]?.to]).toEqual([true, 'exception', 'unanswered', ['elder', 'family']])
    expect(refusalOf(() => acceptOrder(lost, desk, at))).toBe('WRONG_STATE')
    expect([lose(lost, at + 1), passOn(lost, other(), at + 1)]).toEqual([null, null])
    expect(look(lost, at)?.tellings.map((one) => one.what)).toContain('unanswered')
  })
  test('too near to the start nobody else is asked', () => {
    expect(nextAmong({ ...declined }, [other()], order.startsAt - 2 * HOUR)).toEqual([])
  })
  test('what was accepted before a licence ran out stands, or goes on without whoever was to come', () => {
    const given = assign(accepted, worker, '店长', NOW)
    expect(decideOrder(given, true, admin, '已在换证', NOW)).toMatchObject({ status: 'assigned', menu: { keptAt: NOW } })
    expect(decideOrder(given, false, admin, '换一家', NOW)).toMatchObject({ status: 'booked', workerId: null, openFor: null, menu: { answerBy: NOW, acceptedAt: null } })
    expect(refusalOf(() => decideOrder(order, false, admin, '换一家', NOW))).toBe('WRONG_STATE')
  })
})

describe('handed on by a social worker', () => {
  const social: By = { ...admin, personId: 'social', name: '李静', as: 'socialWorker' }
  const org = { providerId: 'org', isLicensed: true }
  const next = { ...other({ priceFen: 300 }), subdistrictId: order.subdistrictId }
  test.each<[string, () => unknown, string]>([
    ['that waits', () => handOn(order, next, org, social, NOW), 'OK'],
    ['that nobody took', () => handOn(lose(declineOrder(order, desk, '没人', NOW), NOW) as Booking, next, org, social, NOW), 'OK'],
    ['that is accepted', () => handOn(accepted, next, org, social, NOW), 'WRONG_STATE'],
    ['that is accepted, of an organisation without a licence', () => handOn(accepted, next, { ...org, isLicensed: false }, social, NOW), 'OK'],
    ['that an administrator let stand', () => handOn(decideOrder(accepted, true, admin, '在换证', NOW), next, { ...org, isLicensed: false }, social, NOW), 'WRONG_STATE'],
    ['that somebody else has handed on meanwhile', () => handOn(handOn(order, next, org, social, NOW), { ...other({}, 'third') }, org, social, NOW), 'WRONG_STATE'],
    ['that is cancelled', () => handOn(cancel(order, mother, null, NOW), next, org, social, NOW), 'WRONG_STATE'],
    ['to a dearer one', () => handOn(order, { ...next, priceFen: 600 }, org, social, NOW), 'PRICE_CHANGED'],
    ['to one that is full', () => handOn(order, { ...next, remaining: 0 }, org, social, NOW), 'SLOT_FULL'],
    ['after the other one’s hour', () => handOn(order, next, org, social, next.orderUntil), 'CUTOFF_PAST'],
    ['to one that takes none any more', () => handOn(order, { ...next, isOpen: false }, org, social, NOW), 'SLOT_CLOSED'],
    ['to other help', () => handOn(order, other({ sort: 'haircut' }), org, social, NOW), 'NOT_FOUND'],
    ['to another day', () => handOn(order, { ...next, onDate: addDays(tomorrow, 1) }, org, social, NOW), 'NOT_FOUND'],
    ['to whom it is with', () => handOn(order, slot, org, social, NOW), 'NOT_FOUND'],
    ['where the elder has another order', () => handOn(order, { ...next, holders: { mother: { bookingId: 'b0', at: 1 } } }, org, social, NOW), 'ALREADY_BOOKED'],
  ])('%s', (_name, run, code) => {
    expect(refusalOf(run)).toBe(code)
  })
  test('is asked anew there, at its price; nobody is sent any more, and it is no exception', () => {
    const assigned = assign(accepted, worker, '店长', NOW)
    const handed = handOn(assigned, next, { ...org, isLicensed: false }, social, NOW + HOUR)
    expect(handed).toMatchObject({ status: 'booked', workerId: null, openFor: null, providerId: next.providerId, priceFen: 300, leaves: [slot._id], lastActOnBehalfAt: NOW + HOUR, menu: { acceptedAt: null, passed: [{ providerId: 'org', why: 'released' }] } })
    expect([isAsked(handed), handableAs(handed, true)]).toEqual([true, 'asked'])
    expect(owedTellings(handed).at(-1)).toMatchObject({ what: 'passedOn', to: ['elder', 'family', 'worker'], workerId: 'worker' })
    expect(onBehalfHolds(handed)).toBe(true)
    expect(refusalOf(() => acceptOrder(handed, desk, NOW + HOUR))).toBe('OK')
    const again = handOn(lose(declineOrder(order, desk, '没人', NOW), NOW) as Booking, next, org, social, NOW)
    expect([again.review, again.menu?.passed.length]).toEqual([null, 1])
  })
})

describe('moved to another time', () => {
  const later = dayOf(offered(), addDays(TODAY, 2))
  const social: By = { ...admin, personId: 'social', name: '李静', as: 'socialWorker' }
  const assigned = assign(accepted, worker, '店长', NOW)
  test.each<[string, () => unknown, string]>([
    ['to another day', () => moveOrder(order, later, 'morning', daughter, null, NOW), 'OK'],
    ['to the other half of its day', () => moveOrder(order, slot, 'afternoon', mother, null, NOW), 'OK'],
    ['to the time that it has', () => moveOrder(order, slot, 'morning', mother, null, NOW), 'ALREADY_BOOKED'],
    ['to a half that is not offered', () => moveOrder(order, dayOf(offered({ parts: ['morning'] }), addDays(TODAY, 2)), 'afternoon', mother, null, NOW), 'BAD_INPUT'],
    ['to another offer', () => moveOrder(order, other(), 'morning', mother, null, NOW), 'NOT_FOUND'],
    ['accepted, inside the window', () => moveOrder(accepted, later, 'morning', mother, null, accepted.startsAt - 2 * HOUR), 'OK'],
    ['accepted, after it', () => moveOrder(accepted, later, 'morning', mother, null, accepted.startsAt - HOUR), 'CANCEL_TOO_LATE'],
    ['accepted, after it, by a social worker without a reason', () => moveOrder(accepted, later, 'morning', social, null, accepted.startsAt - HOUR), 'REASON_REQUIRED'],
    ['accepted, after it, by a social worker', () => moveOrder(accepted, later, 'morning', social, '老人不舒服', accepted.startsAt - HOUR), 'OK'],
    ['once somebody has set out', () => moveOrder(setOut(assigned, desk, NOW), later, 'morning', mother, null, NOW), 'WRONG_STATE'],
    ['once it should have begun', () => moveOrder(order, later, 'morning', mother, null, order.startsAt), 'SLOT_PAST'],
    ['once it is given up', () => moveOrder(cancel(order, mother, null, NOW), later, 'morning', mother, null, NOW), 'WRONG_STATE'],
  ])('%s', (_name, run, code) => {
    expect(refusalOf(run)).toBe(code)
  })
  test('its organisation is asked anew, whoever was to come hears of it, and what was agreed stays', () => {
    const moved = moveOrder(assigned, { ...later, priceFen: 900 }, 'afternoon', daughter, null, NOW)
    expect(moved).toMatchObject({ status: 'booked', workerId: null, openFor: null, priceFen: 500, startsAt: timeOfPart(later.onDate, 'afternoon').startsAt, leaves: [slot._id], menu: { part: 'afternoon', acceptedAt: null, passed: [] } })
    expect(isAsked(moved)).toBe(true)
    expect(owedTellings(moved).at(-1)).toMatchObject({ what: 'rescheduled', to: ['elder', 'family', 'worker'], workerId: 'worker' })
    expect(moveOrder(order, slot, 'afternoon', mother, null, NOW).leaves).toEqual([])
  })
  test('one that nobody took is asked anew, also of who declined the other time', () => {
    const lost = lose(declineOrder(order, desk, '没人', NOW), NOW) as Booking
    const moved = moveOrder(lost, later, 'morning', mother, null, NOW)
    expect([isLost(moved), isAsked(moved), moved.review]).toEqual([false, true, null])
    expect(refusalOf(() => declineOrder(moved, desk, '也没人', NOW))).toBe('OK')
  })
})
