// The rules of an order of a meal: who may have what, what it becomes, and what the month says.
import type { By } from '../../src/domain/booking-record'
import { actsOf, waitsForWordOf } from '../../src/domain/booking-acts'
import { cancel } from '../../src/domain/booking'
import { owedTellings } from '../../src/domain/booking-due'
import { look } from '../../src/domain/booking'
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { Booking } from '../../src/domain/booking-record'
import {
  askKitchen, change, dishStateOf, ensureOrderable, kitchenAgrees, kitchenRefuses, lastWeek, monthTotal, nearest, offerSubstitute, order, orderOf, placed, placedAs, quoteOf, refuseSubstitute, substituteFen, suggested, takeSubstitute,
  unplaced, whyNone, wayOf, whereabouts, withoutOrder, type MealWish, type Ordering,
} from '../../src/domain/meal-order'
import type { MealWay } from '../../src/domain/meal'
import type { Quote } from '../../src/domain/meal-policy'
import type { Person } from '../../src/domain/person'
import type { Slot } from '../../src/domain/slot'
import { confirmByCall, dispute, isMealOpen, lacking, verify } from '../../src/domain/visit'
import { mealSlotOf, policy } from '../actions/meal-world'
import { person, refusalOf } from './support'

const fish = mealSlotOf()
const pork = mealSlotOf(undefined, { dish: 'pork' })
const chicken = mealSlotOf(undefined, { dish: 'chicken' })
const NOON_BEFORE = instantOf('2026-11-23', 12 * 60)
const LATE = fish.orderUntil
const elder = person('elder', { address: '华光城 12 幢 302' })
const by = (as: By['as'], personId: string = as): By => ({ personId, name: `示例${as}`, as, kinship: null, scope: as === 'family' ? 'book' : null })
const wish = (slot: Slot, more: Partial<MealWish> = {}): MealWish => ({ slotId: slot._id, portions: 1, way: 'delivery', siteId: null, despiteAdvice: false, ...more })
const price = (slot: Slot, portions = 1): Quote => quoteOf(slot, elder, portions, policy, undefined)
const ordered = (slot = fish, more: Partial<MealWish> = {}): Booking =>
  order(slot, elder, { bookingId: 'b1', key: 'k', hash: 'h', doorKey: 'secret', note: null }, { wish: wish(slot, more), quote: price(slot, more.portions), payment: 'atSite', asked: [] }, by('elder', 'elder'), NOON_BEFORE)
const ordering: Ordering = { bookingId: 'b1', closedDays: {}, asked: null }

describe('what refuses an order', () => {
  const refusal = (more: { slot?: Partial<Slot>; elder?: Partial<Person>; wish?: Partial<MealWish>; its?: Partial<Ordering>; now?: number }): string =>
    refusalOf(() => ensureOrderable({ ...fish, ...more.slot }, { ...elder, ...more.elder }, wish(fish, more.wish), { ...ordering, ...more.its }, more.now ?? NOON_BEFORE))
  const diet = { allergens: ['fish' as const], advice: [], consentAt: 1, consentHow: 'elderTap' as const }
  const lunchTime = { bookingId: 'other', from: fish.startsAt, to: fish.endsAt, at: 1, freedAt: null }

  test.each([
    ['nothing', {}, 'OK'],
    ['another kind of service', { slot: { meal: null } }, 'NOT_FOUND'],
    ['another subdistrict', { slot: { subdistrictId: 'elsewhere' } }, 'NOT_FOUND'],
    ['being in hospital', { elder: { away: { why: 'hospital' as const, since: 1, byName: '示例' } } }, 'ELDER_AWAY'],
    ['a holiday', { its: { closedDays: { [fish.onDate]: '元旦' } } }, 'SLOT_CLOSED'],
    ['the very moment of the cut-off', { now: LATE }, 'CUTOFF_PAST'],
    ['a sheet that is closed', { slot: { frozenAt: 1 } }, 'CUTOFF_PAST'],
    ['another community', { elder: { communityId: 'faraway' } }, 'OTHER_COMMUNITY'],
    ['more than there is', { slot: { remaining: 1 }, wish: { portions: 2 } }, 'SLOT_FULL'],
    ['a way that is not had', { slot: { meal: fish.meal && { ...fish.meal, ways: ['dineIn' as const] } } }, 'WAY_MISSING'],
    ['no place to fetch it', { wish: { way: 'pickUp' as const } }, 'WAY_MISSING'],
    ['an allergen, whatever is known', { elder: { diet }, wish: { despiteAdvice: true } }, 'ALLERGEN'],
    ['advice that was not read', { elder: { diet: { ...diet, allergens: [], advice: ['diabetic' as const] } } }, 'DIET_ADVICE'],
    ['no address to carry it to', { elder: { address: null } }, 'ADDRESS_MISSING'],
    ['one question on the telephone', { its: { asked: ['birthYear' as const, 'birthYear' as const] } }, 'IDENTITY_REQUIRED'],
    ['another meal of that time', { elder: { busy: [{ ...lunchTime, kind: 'meal' as const }] } }, 'ALREADY_BOOKED'],
    ['being out at that time', { elder: { busy: [{ ...lunchTime, where: 'out' as const }] } }, 'ELDER_BUSY'],
    ['a bath at home, of a delivery', { elder: { busy: [lunchTime] } }, 'OK'],
    ['a sheet that is closed, with the kitchen’s consent', { slot: { frozenAt: 1 }, now: LATE, its: { isConsented: true } }, 'OK'],
    ['what has begun to be served, with consent', { now: fish.startsAt, its: { isConsented: true } }, 'SLOT_PAST'],
  ])('%s', (_name, more, code) => expect(refusal(more)).toBe(code))

  test('the first reason is the one that is told', () => {
    expect(refusal({ elder: { away: { why: 'away', since: 1, byName: '示例' }, diet }, now: LATE })).toBe('ELDER_AWAY')
    expect(refusal({ elder: { diet, address: null }, now: LATE })).toBe('CUTOFF_PAST')
    expect(refusal({ elder: { diet, address: null } })).toBe('ALLERGEN')
  })
})

describe('an order and its changes', () => {
  test('is a booking on portions, free to change until the cut-off', () => {
    const booking = ordered(fish, { portions: 2 })
    expect(booking).toMatchObject({ kind: 'meal', status: 'booked', slotId: fish._id, openFor: 'canteen', priceFen: 2800, workerId: null, meal: { dishName: '清蒸鲈鱼', portions: 2, way: 'delivery', siteId: null, orderUntil: LATE, quote: { subsidyFen: 500, payFen: 2300 } } })
    expect(booking.number).toMatch(/^LE-1124-\d{4}$/)
    expect(refusalOf(() => cancel(booking, by('elder'), null, LATE - 1))).toBe('OK')
    expect(refusalOf(() => cancel(booking, by('elder'), null, LATE))).toBe('CANCEL_TOO_LATE')
  })

  test('another dish, place and number; what it leaves is remembered until it is given back', () => {
    const changed = change(ordered(), pork, wish(pork, { portions: 2, way: 'dineIn', siteId: 'hall' }), price(pork, 2), by('family'), NOON_BEFORE + 1)
    expect(changed).toMatchObject({ slotId: pork._id, priceFen: 3200, unsettledAt: NOON_BEFORE + 1, meal: { dishName: '红烧肉', siteName: '华光城食堂', leaves: [fish._id] }, lastActOnBehalfAt: NOON_BEFORE + 1 })
    expect(changed.timeline.at(-1)).toMatchObject({ what: 'changed', words: '清蒸鲈鱼 → 红烧肉 ×2' })
    // Back again: what it stands on is never given back.
    expect(orderOf(change(changed, fish, wish(fish), price(fish), by('elder'), NOON_BEFORE + 2)).leaves).toEqual([pork._id])
    expect(refusalOf(() => change(ordered(), pork, wish(pork), price(pork), by('elder'), LATE))).toBe('CUTOFF_PAST')
    expect(refusalOf(() => change(ordered(), mealSlotOf(undefined, { onDate: '2026-11-25' }), wish(pork), price(pork), by('elder'), NOON_BEFORE))).toBe('NOT_FOUND')
    expect(refusalOf(() => change(ordered(), mealSlotOf(undefined, { dish: 'chicken', sitting: 'dinner' }), wish(pork), price(pork), by('elder'), NOON_BEFORE))).toBe('NOT_FOUND')
  })

  test('after the cut-off one side asks, the other answers, one thing at a time', () => {
    const ask = (booking: Booking): Booking => askKitchen(booking, { slot: pork, wish: wish(pork) }, null, by('elder'), LATE)
    expect(refusalOf(() => askKitchen(ordered(), null, null, by('elder'), LATE - 1))).toBe('WRONG_STATE')
    expect(refusalOf(() => askKitchen(ordered(), null, null, by('elder'), fish.startsAt))).toBe('SLOT_PAST')
    const asked = ask(ordered())
    expect(refusalOf(() => ask(asked))).toBe('WRONG_STATE')
    expect(refusalOf(() => offerSubstitute(asked, elder, chicken, '没货', by('kitchen'), LATE))).toBe('WRONG_STATE')
    const agreed = kitchenAgrees(asked, { slot: pork, quote: price(pork) }, null, by('kitchen'), LATE + 1)
    expect(agreed).toMatchObject({ slotId: pork._id, meal: { proposal: null, leaves: [fish._id] } })
    expect(kitchenRefuses(asked, '下锅了', by('kitchen'), LATE + 1)).toMatchObject({ slotId: fish._id, meal: { proposal: null } })
    expect(refusalOf(() => kitchenAgrees(agreed, null, null, by('kitchen'), LATE + 2))).toBe('WRONG_STATE')
    const gone = kitchenAgrees(askKitchen(ordered(), null, '住院', by('family'), LATE), null, null, by('kitchen'), LATE + 1)
    expect(gone).toMatchObject({ status: 'cancelled', openFor: null, unsettledAt: LATE + 1 })
  })

  test('a substitute is safe, of the same sitting, never dearer, and the elder decides', () => {
    const offered = offerSubstitute(ordered(), elder, pork, '鲈鱼没到货', by('kitchen'), LATE)
    expect(waitsForWordOf(offered, 'elder', LATE)).toBe(true)
    expect(substituteFen(offered, pork)).toBe(1400)
    expect(takeSubstitute(offered, { slot: pork, quote: price(pork) }, by('elder'), LATE + 1)).toMatchObject({ slotId: pork._id, meal: { dishName: '红烧肉', portions: 1, proposal: null } })
    expect(refuseSubstitute(offered, by('elder'), LATE + 1)).toMatchObject({ slotId: fish._id, meal: { proposal: null } })
    expect(refusalOf(() => takeSubstitute(offered, { slot: chicken, quote: price(chicken) }, by('elder'), LATE + 1))).toBe('WRONG_STATE')
    const diet = { allergens: ['fish' as const], advice: [], consentAt: 1, consentHow: 'elderTap' as const }
    expect(refusalOf(() => offerSubstitute(ordered(pork), { diet }, fish, '没货', by('kitchen'), LATE))).toBe('ALLERGEN')
    expect(refusalOf(() => offerSubstitute(ordered(), elder, { ...pork, remaining: 0 }, '没货', by('kitchen'), LATE))).toBe('SLOT_FULL')
  })
})

describe('the elder’s own record', () => {
  const its = { bookingId: 'b1', payment: 'atSite' as const, subsidyFen: 500 }

  test('holds time and subsidy together; of a change the larger subsidy stands until it is done', () => {
    const one = placed(elder, fish, wish(fish), its, NOON_BEFORE)
    expect(one).toMatchObject({ busy: [{ bookingId: 'b1', kind: 'meal', where: 'home', slotId: fish._id, freedAt: null }], subsidies: { '2026-11': { b1: 500 } } })
    const less = placed(one, chicken, wish(chicken, { way: 'dineIn', siteId: 'hall' }), { ...its, subsidyFen: 300 }, NOON_BEFORE + 1)
    expect(less).toMatchObject({ busy: [{ where: 'out', slotId: chicken._id, siteId: 'hall', at: NOON_BEFORE }], subsidies: { '2026-11': { b1: 500 } } })
    expect(less.busy).toHaveLength(1)
  })

  test('is brought to what the booking says, and left alone where it says so already', () => {
    const booking = ordered()
    const right = placed(elder, fish, wish(fish), { ...its, subsidyFen: orderOf(booking).quote.subsidyFen }, NOON_BEFORE)
    expect(placedAs(right, booking, NOON_BEFORE)).toBe(right)
    const halfway = placed(right, pork, wish(pork, { way: 'pickUp', siteId: 'hall' }), { ...its, subsidyFen: 800 }, NOON_BEFORE)
    const repaired = placedAs(halfway, booking, NOON_BEFORE)
    expect(repaired).toMatchObject({ busy: [{ slotId: fish._id, where: 'home' }], subsidies: { '2026-11': { b1: 500 } } })
    expect(placedAs(repaired, booking, NOON_BEFORE)).toBe(repaired)
    expect(placedAs(right, { ...booking, status: 'rejected' }, NOON_BEFORE).subsidies).toEqual({})
    const gone = unplaced(right, 'b1', NOON_BEFORE)
    expect(gone).toMatchObject({ busy: [{ freedAt: NOON_BEFORE }], subsidies: {} })
    expect(unplaced(gone, 'b1', NOON_BEFORE + 1)).toBe(gone)
  })

  test('the way is read back from where the elder must be', () => {
    for (const way of ['dineIn', 'pickUp', 'delivery'] satisfies MealWay[]) expect(wayOf(whereabouts(way))).toBe(way)
    expect(withoutOrder({ '2026-11': { a: 1, b: 2 }, '2026-12': { b: 3 } }, 'b')).toEqual({ '2026-11': { a: 1 } })
  })
})

describe('menus', () => {
  const diet = { allergens: ['fish' as const], advice: ['soft' as const], consentAt: 1, consentHow: 'elderTap' as const }
  const all = [fish, pork, chicken].map((slot) => ({ slot, state: dishStateOf(slot, [], {}, NOON_BEFORE) }))

  test('the first dish that is free, safe and as advised is suggested', () => {
    expect(suggested(all, null)?.slot._id).toBe(fish._id)
    expect(suggested(all, diet)?.slot._id).toBe(chicken._id)
    expect(suggested(all.map((dish) => ({ ...dish, state: 'full' as const })), null)).toBeNull()
  })

  test('states: mine before all else, then why not', () => {
    const busy = placed(elder, fish, wish(fish), { bookingId: 'b1', payment: 'atSite', subsidyFen: 0 }, NOON_BEFORE).busy
    expect([fish, pork].map((slot) => dishStateOf(slot, busy, {}, NOON_BEFORE))).toEqual(['mine', 'taken'])
    expect(dishStateOf(fish, [], {}, LATE)).toBe('past')
    expect(dishStateOf(fish, [], { [fish.onDate]: '元旦' }, NOON_BEFORE)).toBe('closed')
    expect(dishStateOf({ ...fish, remaining: 0 }, [], {}, NOON_BEFORE)).toBe('full')
    const out = [{ bookingId: 'x', from: fish.startsAt, to: fish.endsAt, at: 1, freedAt: null, where: 'out' as const }]
    expect(dishStateOf(fish, out, {}, NOON_BEFORE)).toBe('free') // somebody may fetch it
    expect(dishStateOf({ ...fish, meal: fish.meal && { ...fish.meal, ways: ['delivery'] } }, out, {}, NOON_BEFORE)).toBe('clash')
  })

  test('a week later: the same dish, else the nearest that is safe; or why there is none', () => {
    const had = { providerId: 'canteen', meal: orderOf(ordered()) }
    expect(nearest(all, had, null)?.slot._id).toBe(fish._id)
    expect(nearest(all, had, diet)?.slot._id).toBe(chicken._id)
    expect(nearest(all.filter(({ slot }) => slot !== fish), had, null)?.slot._id).toBe(chicken._id)
    expect(whyNone([], null)).toBe('noMenu')
    expect(whyNone([{ slot: fish, state: 'free' }], diet)).toBe('notSafe')
    expect(whyNone([{ slot: fish, state: 'full' }], null)).toBe('full')
    expect(whyNone([{ slot: fish, state: 'past' }], null)).toBe('past')
    expect(whyNone([{ slot: fish, state: 'taken' }], null)).toBe('ordered')
    expect(lastWeek([ordered(), { ...ordered(), status: 'cancelled' }], '2026-11-30').map((again) => again.onDate)).toEqual(['2026-12-01'])
    expect(lastWeek([ordered()], '2026-12-01')).toEqual([])
  })
})

describe('after the meal', () => {
  const social = by('socialWorker')
  const over = fish.endsAt + HOUR
  const side = { personId: 'elder', kinIds: ['daughter'], delegateIds: [] }

  test('what nobody proved is an exception an hour later; a call-back delivers it, and is told once', () => {
    const late = look(ordered(), over)
    expect(late?.booking.review).toBe('exception')
    expect(late?.booking.timeline).toHaveLength(1) // a meal is not reminded of
    const called = confirmByCall(ordered(), social, '收到了', over)
    expect(called).toMatchObject({ status: 'delivered', review: null, unsettledAt: over, meal: { payment: { recordedAt: over } } })
    expect(lacking(called)).toEqual([])
    expect(refusalOf(() => confirmByCall(ordered(), social, '收到了', fish.endsAt - MINUTE))).toBe('WRONG_STATE')
  })

  test('not delivered: with a reason, by nobody’s own family, and only once', () => {
    const rejected = verify(ordered(), side, 'rejected', social, '没送到', null, over)
    expect(rejected.status).toBe('rejected')
    expect(refusalOf(() => verify(ordered(), side, 'rejected', social, null, null, over))).toBe('REASON_REQUIRED')
    expect(refusalOf(() => verify(ordered(), side, 'rejected', by('socialWorker', 'daughter'), '没送到', null, over))).toBe('OWN_CASE')
    expect(refusalOf(() => verify(ordered(), side, 'verified', social, '好', null, over))).toBe('WRONG_STATE')
    expect(refusalOf(() => verify(rejected, side, 'rejected', social, '没送到', null, over))).toBe('WRONG_STATE')
    expect(dispute(ordered(), by('elder'), '没收到', over)).toMatchObject({ status: 'disputed', review: 'exception' })
  })

  test('the month counts what was had or is to come', () => {
    const meals = [ordered(), { ...ordered(pork), status: 'delivered' as const }, { ...ordered(), status: 'cancelled' as const }, { ...ordered(), status: 'rejected' as const }]
    expect(monthTotal(meals)).toEqual({ meals: 2, priceFen: 3000, subsidyFen: 1000, payFen: 2000, atSiteFen: 2000, billFen: 0 })
  })

  test('each side is shown what it can do now', () => {
    const acts = (booking: Booking, role: 'resident' | 'socialWorker' | 'kitchen' | 'courier', now: number): readonly string[] => actsOf(booking, { role, relation: 'none' }, 'x', now)
    expect(acts(ordered(), 'resident', NOON_BEFORE)).toEqual(['change', 'cancel'])
    expect(acts(ordered(), 'resident', LATE)).toEqual(['askKitchen'])
    expect(acts(ordered(), 'resident', fish.startsAt)).toEqual(['doorCode', 'received'])
    expect(acts(ordered(), 'kitchen', LATE)).toEqual(['offerSubstitute'])
    expect(acts(askKitchen(ordered(), null, null, by('elder'), LATE), 'kitchen', LATE)).toEqual(['answerKitchen'])
    expect(acts(offerSubstitute(ordered(), elder, pork, '没货', by('kitchen'), LATE), 'resident', LATE)).toEqual(['answerSubstitute'])
    expect(acts(ordered(), 'courier', fish.startsAt)).toEqual(['handOver', 'noContact'])
    expect(acts(ordered(fish, { way: 'dineIn', siteId: 'hall' }), 'kitchen', fish.startsAt)).toEqual(['serve'])
    expect(acts(ordered(), 'socialWorker', over)).toEqual(['callBack', 'notDelivered', 'cancelLate', 'slip'])
    expect(isMealOpen(ordered(), over)).toBe(true)
    expect(acts({ ...ordered(), status: 'delivered' }, 'resident', over)).toEqual([])
  })
})

describe('who hears of an order', () => {
  const orderedBy = (who: By): Booking => order(fish, elder, { bookingId: 'b1', key: 'k', hash: 'h', doorKey: 'secret', note: null }, { wish: wish(fish), quote: price(fish), payment: 'atSite', asked: [] }, who, NOON_BEFORE)
  test('the elder, when family ordered', () => expect(owedTellings(orderedBy(by('family', 'daughter')))).toMatchObject([{ what: 'booked', to: ['elder'] }]))
  test('nobody, when the elder was on the telephone with the social worker', () => expect(owedTellings(orderedBy(by('socialWorker')))).toEqual([]))
})
