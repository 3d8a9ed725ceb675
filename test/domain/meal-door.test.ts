import type { Booking, By } from '../../src/domain/booking-record'
import { HOUR, MINUTE } from '../../src/domain/civil-time'
import { windowOf } from '../../src/domain/door-code'
import { missingOfMeal, type Moment, type Proof } from '../../src/domain/evidence'
import { ownCaseHolds } from '../../src/domain/laws'
import * as door from '../../src/domain/meal-door'
import { order } from '../../src/domain/meal-order'
import { kitchen, mealSlotOf } from '../actions/meal-world'
import { MONDAY_NINE } from '../actions/world'
import { refusalOf as codeOf } from './support'

const slot = mealSlotOf('lunch')
const elder = { _id: 'mother', name: '王秀珍', communityId: 'huaguang' }
const by = (personId: string, as: By['as']): By => ({ personId, name: personId, as, kinship: null, scope: as === 'family' ? 'book' : null })
const mother = by('mother', 'elder')
const daughter = by('daughter', 'family')
const courier = by('courier', 'courier')
const cook = by('cook', 'kitchen')
const carrier = { personId: 'courier', name: '刘强', kinIds: ['courierwife'] }
const counter = { personId: 'cook', name: '沈阿姨', kinIds: ['cookmother'] }

function ordered(way: 'delivery' | 'dineIn' = 'delivery', how: 'atSite' | 'monthlyBill' = 'atSite'): Booking {
  const wish = { slotId: slot._id, portions: 1, way, siteId: way === 'dineIn' ? (kitchen.sites[0]?.siteId ?? null) : null, despiteAdvice: false }
  const quote = { priceFen: 1400, subsidyFen: 500, payFen: 900, policyVersion: 1, reasons: [] }
  return order(slot, elder, { bookingId: 'b', key: 'k', hash: 'h', doorKey: 'd', note: null }, { wish, quote, payment: how, asked: [] }, mother, MONDAY_NINE)
}
const noon = slot.startsAt + 30 * MINUTE
const moment = (proof: Proof, at = noon, provedAt = at): Moment => ({ at, provedAt, proof, codeWindow: proof === 'doorCode' ? windowOf(provedAt) : null, capturedAt: null })

describe('a meal at the door', () => {
  test('with the elder’s code it is delivered, what is paid at the door is recorded, and nothing is left to ask', () => {
    const delivered = door.handOver(ordered(), moment('doorCode'), courier, carrier)
    expect(delivered).toMatchObject({ status: 'delivered', review: null, openFor: null, unsettledAt: noon, worker: carrier, workerId: null, meal: { payment: { how: 'atSite', recordedAt: noon } } })
    expect(missingOfMeal(delivered.evidence, delivered.status)).toEqual([])
    expect(door.handOver(ordered('delivery', 'monthlyBill'), moment('doorCode'), courier, carrier).meal?.payment.recordedAt).toBeNull()
  })

  test('the courier’s word alone stays an exception, until the elder taps', () => {
    const word = door.handOver(ordered(), moment('courierWord'), courier, carrier)
    expect(word).toMatchObject({ status: 'handedOver', review: 'exception', meal: { payment: { recordedAt: null } } })
    expect(missingOfMeal(word.evidence, word.status)).toEqual(['elderSide'])
    const delivered = door.received(word, 'elderTap', mother, carrier, noon + HOUR)
    expect(delivered).toMatchObject({ status: 'delivered', review: null, evidence: { handover: { proof: 'courierWord' }, confirm: { proof: 'elderTap', byPersonId: 'mother' } } })
    expect(missingOfMeal(delivered.evidence, delivered.status)).toEqual([])
    expect(door.handOver(word, moment('doorCard', noon + MINUTE), courier, carrier).status).toBe('delivered')
  })

  test('a code that waited without signal counts by its own window, hours later', () => {
    expect(door.handOver(ordered(), moment('doorCode', slot.endsAt + 20 * HOUR, noon), courier, carrier).timeline.at(-1)).toMatchObject({ what: 'delivered', provedAt: noon })
  })

  test('nobody opens: an exception that the elder’s side, or a code, may still turn into a delivery', () => {
    const missed = door.noAnswer(ordered(), courier, carrier, '敲门三次', noon)
    expect(missed).toMatchObject({ status: 'noContact', review: 'exception', unsettledAt: noon })
    expect(missingOfMeal(missed.evidence, missed.status)).toEqual(['noContact', 'handover', 'elderSide'])
    expect(door.received(missed, 'familyTap', daughter, carrier, noon + HOUR).status).toBe('delivered')
    expect(door.handOver(missed, moment('doorCode', noon + MINUTE), courier, carrier).status).toBe('delivered')
    expect(codeOf(() => door.handOver(missed, moment('courierWord', noon + MINUTE), courier, carrier))).toBe('WRONG_STATE')
  })

  test.each<[string, () => unknown, string]>([
    ['handed over before its time', () => door.handOver(ordered(), moment('courierWord', slot.startsAt - HOUR), courier, carrier), 'TOO_EARLY'],
    ['said to be handed over when its time is over: yesterday’s run', () => door.handOver(ordered(), moment('courierWord', slot.endsAt + 7 * HOUR), courier, carrier), 'WRONG_STATE'],
    ['handed over twice', () => door.handOver(door.handOver(ordered(), moment('doorCode'), courier, carrier), moment('doorCode', noon + 3 * MINUTE), courier, carrier), 'WRONG_STATE'],
    ['carried to somebody who eats at the kitchen', () => door.handOver(ordered('dineIn'), moment('doorCode'), courier, carrier), 'WRONG_STATE'],
    ['carried to the courier’s own family', () => door.handOver(ordered(), moment('doorCode'), courier, { ...carrier, kinIds: ['mother'] }), 'OWN_CASE'],
    ['nobody at home before it is served', () => door.noAnswer(ordered(), courier, carrier, '敲门', slot.startsAt - 1), 'TOO_EARLY'],
    ['nobody at home a day later', () => door.noAnswer(ordered(), courier, carrier, '敲门', slot.endsAt + 24 * HOUR), 'WRONG_STATE'],
    ['nobody at home for who received it', () => door.noAnswer(door.received(ordered(), 'elderTap', mother, carrier, noon), courier, carrier, '敲门', noon), 'WRONG_STATE'],
    ['received by who carries it', () => door.received(ordered(), 'familyTap', by('courier', 'family'), carrier, noon), 'OWN_CASE'],
    ['received by the family of who carries it', () => door.received(ordered(), 'familyTap', by('courierwife', 'family'), carrier, noon), 'OWN_CASE'],
    ['received by the family of who carried it before', () => door.received(door.handOver(ordered(), moment('courierWord'), courier, carrier), 'familyTap', by('courierwife', 'family'), null, noon), 'OWN_CASE'],
    ['received the evening before', () => door.received(ordered(), 'elderTap', mother, null, slot.startsAt - 12 * HOUR), 'TOO_EARLY'],
    ['received a day later, when nobody ever said that it came', () => door.received(ordered(), 'elderTap', mother, null, slot.endsAt + 24 * HOUR), 'WRONG_STATE'],
  ])('refused: %s', (_name, run, expected) => expect(codeOf(run)).toBe(expected))

  test('whatever is accepted keeps law 3', () => {
    expect(ownCaseHolds(door.received(door.handOver(ordered(), moment('courierWord'), courier, carrier), 'familyTap', daughter, carrier, noon))).toBe(true)
  })
})

describe('a meal at the counter', () => {
  test('the elder’s code: eaten, and what is paid there is recorded', () => {
    expect(door.served(ordered('dineIn'), moment('doorCode'), cook, counter)).toMatchObject({ status: 'delivered', meal: { payment: { recordedAt: noon } }, evidence: { handover: { proof: 'doorCode' } } })
  })
  test.each<[string, () => unknown, string]>([
    ['what is carried home', () => door.served(ordered(), moment('doorCode'), cook, counter), 'WRONG_STATE'],
    ['twice', () => door.served(door.served(ordered('dineIn'), moment('doorCode'), cook, counter), moment('doorCode'), cook, counter), 'WRONG_STATE'],
    ['before it is served', () => door.served(ordered('dineIn'), moment('doorCode', slot.startsAt - 2 * HOUR), cook, counter), 'TOO_EARLY'],
    ['to the cook’s own family', () => door.served(ordered('dineIn'), moment('doorCode'), cook, { ...counter, kinIds: ['mother'] }), 'OWN_CASE'],
  ])('refused: %s', (_name, run, expected) => expect(codeOf(run)).toBe(expected))
})
