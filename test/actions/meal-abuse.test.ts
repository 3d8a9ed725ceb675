/**
 * Bad input and abuse around meals, couriers and safety cases: each a typed refusal, and nothing written (the database
 * before and after is compared; attempt counters apart).
 */
import { errorCodes } from '../../src/domain/error'
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import { mealSlotId } from '../../src/domain/kitchen'
import { openCase } from '../../src/domain/safety-case'
import { aCase, aRun } from './examples'
import { dishes, kitchen, mealSlotOf, policy, ladder, startMealWorld, TUESDAY, type MealWorld } from './meal-world'
import { delegation, MONDAY_NINE, newRequestId } from './world'

let world: MealWorld
const past = { startsAt: MONDAY_NINE + 26 * HOUR, orderUntil: MONDAY_NINE - 1000 }
const pork = mealSlotOf(undefined, { dish: 'pork' })._id
const fish = mealSlotOf(undefined, { dish: 'fish' })._id
beforeAll(async () => {
  world = await startMealWorld()
  await world.addMeal('aSecondLate', { dish: 'pork', ...past })
  await world.addMeal('holiday', { dish: 'pork', onDate: '2027-01-01' })
  await world.addMeal('ofTaigu', { dish: 'pork', communityIds: ['taigu'] })
  await world.addMeal('abroad', { dish: 'pork', subdistrictId: 'elsewhere' })
  await world.addMeal('offTheMenu', { dish: 'pork', isOpen: false })
  await world.addMeal('two', { dish: 'pork', capacity: 2 })
  await world.addSlot('bath')
  await world.addPerson('patient', { openid: 'o_patient', name: '示例病人', away: { why: 'hospital', since: 1, byName: '李静' } })
  await world.addPerson('homeless', { openid: 'o_homeless', name: '示例老人', address: null })
  await world.addPerson('alerted', { openid: 'o_alerted', name: '示例老人', ...delegation('daughter', '王敏', ['alerts']) })
  await world.addPerson('bookedFor', { openid: 'o_booked_for', name: '示例老人', ...delegation('daughter', '王敏', ['book']) })
})
afterAll(() => world.stop())

/** What was refused, having made sure that nothing was written. */
async function refused(openid: string, action: string, input: unknown): Promise<string> {
  const before = await world.writes()
  const answer = await world.phone(openid).raw({ action, input, requestId: newRequestId(), contractVersion: 1 })
  expect(await world.writes()).toEqual(before)
  expect(answer.ok).toBe(false)
  expect(errorCodes).toContain(answer.error?.code)
  return answer.error?.code ?? ''
}
const order = (more: object) => ({ elderId: 'mother', slotId: pork, portions: 1, way: 'delivery', payment: 'atSite', ...more })

test.each<[string, string, object, string]>([
  ['a second after the cut-off, by the server’s clock', 'o_daughter', { slotId: 'aSecondLate' }, 'CUTOFF_PAST'],
  ['a second after it, with a time of the phone’s own', 'o_daughter', { slotId: 'aSecondLate', capturedAt: MONDAY_NINE - HOUR }, 'BAD_INPUT'],
  ['no portion', 'o_daughter', { portions: 0 }, 'BAD_INPUT'],
  ['a negative portion', 'o_daughter', { portions: -1 }, 'BAD_INPUT'],
  ['more than a person eats', 'o_daughter', { portions: 4 }, 'BAD_INPUT'],
  ['a huge portion', 'o_daughter', { portions: 1e308 }, 'BAD_INPUT'],
  ['half a portion', 'o_daughter', { portions: 1.5 }, 'BAD_INPUT'],
  ['NaN, which JSON makes null', 'o_daughter', { portions: Number.NaN }, 'BAD_INPUT'],
  ['portions as words', 'o_daughter', { portions: '2' }, 'BAD_INPUT'],
  ['portions as an operator', 'o_daughter', { portions: { $inc: -5 } }, 'BAD_INPUT'],
  ['a dish as an operator', 'o_daughter', { slotId: { $gt: '' } }, 'BAD_INPUT'],
  ['a path into another document', 'o_daughter', { slotId: 'holders.mother' }, 'BAD_INPUT'],
  ['a price of one’s own', 'o_daughter', { priceFen: 1 }, 'BAD_INPUT'],
  ['a way that nobody goes', 'o_daughter', { way: 'drone' }, 'BAD_INPUT'],
  ['more portions than are left', 'o_daughter', { slotId: 'two', portions: 3 }, 'SLOT_FULL'],
  ['the menu of a holiday', 'o_daughter', { slotId: 'holiday' }, 'SLOT_CLOSED'],
  ['a dish taken off the menu', 'o_daughter', { slotId: 'offTheMenu' }, 'SLOT_CLOSED'],
  ['a dish of another community', 'o_daughter', { slotId: 'ofTaigu' }, 'OTHER_COMMUNITY'],
  ['a dish of another subdistrict', 'o_daughter', { slotId: 'abroad' }, 'NOT_FOUND'],
  ['a bath as a meal', 'o_daughter', { slotId: 'bath' }, 'NOT_FOUND'],
  ['eaten there, without saying where', 'o_daughter', { way: 'dineIn' }, 'WAY_MISSING'],
  ['fetched where nothing is given out', 'o_daughter', { way: 'pickUp', siteId: 'nowhere' }, 'WAY_MISSING'],
  ['for an elder in hospital', 'o_patient', { elderId: 'patient' }, 'ELDER_AWAY'],
  ['carried to a door that nobody knows', 'o_homeless', { elderId: 'homeless' }, 'ADDRESS_MISSING'],
  ['what the elder must not eat', 'o_allergic', { elderId: 'allergic', slotId: fish }, 'ALLERGEN'],
  ['what the elder must not eat, insisted on', 'o_allergic', { elderId: 'allergic', slotId: fish, despiteAdvice: true }, 'ALLERGEN'],
  ['what the elder was advised against', 'o_frail', { elderId: 'frail', slotId: pork }, 'DIET_ADVICE'],
  ['by a social worker who asked nothing', 'o_social', {}, 'IDENTITY_REQUIRED'],
  ['by a social worker who asked one thing twice', 'o_social', { asked: ['birthYear', 'birthYear'] }, 'IDENTITY_REQUIRED'],
  ['for somebody else’s mother', 'o_neighbour', {}, 'NOT_FOUND'],
  ['by family whose right has ended', 'o_former', {}, 'DELEGATION_ENDED'],
  ['by family who may only be alerted', 'o_daughter', { elderId: 'alerted' }, 'SCOPE_MISSING'],
])('an order %s', async (_name, openid, more, expected) => expect(await refused(openid, 'meal.order', order(more))).toBe(expected))

test.each<[string, string, string, unknown, string]>([
  ['a meal booked as a visit, past its cut-off and its price', 'o_daughter', 'booking.book', { elderId: 'mother', slotId: pork }, 'NOT_FOUND'],
  ['a whole month in one go', 'o_daughter', 'meal.orderSeveral', { elderId: 'mother', orders: Array.from({ length: 15 }, () => ({ slotId: pork, portions: 1, way: 'delivery' })), payment: 'atSite' }, 'BAD_INPUT'],
  ['nothing in one go', 'o_daughter', 'meal.orderSeveral', { elderId: 'mother', orders: [], payment: 'atSite' }, 'BAD_INPUT'],
  ['a thirteenth month', 'o_daughter', 'meal.month', { elderId: 'mother', month: '2026-13' }, 'BAD_INPUT'],
  ['somebody else’s diet', 'o_neighbour', 'diet.show', { elderId: 'mother' }, 'NOT_FOUND'],
  ['the diet, by family who may only book', 'o_daughter', 'diet.show', { elderId: 'bookedFor' }, 'SCOPE_MISSING'],
  ['a diet kept by family without the elder’s consent', 'o_daughter', 'diet.set', { elderId: 'mother', consent: true, allergens: ['egg'], advice: [] }, 'CONSENT_REQUIRED'],
  ['the diet, by a social worker who asked nothing', 'o_social', 'diet.show', { elderId: 'mother' }, 'IDENTITY_REQUIRED'],
  ['the diet, by a social worker who asked one thing', 'o_social', 'diet.show', { elderId: 'mother', asked: ['building'] }, 'IDENTITY_REQUIRED'],
  ['a diet kept for a voice that nobody asked who it is', 'o_social', 'diet.set', { elderId: 'mother', consent: true, allergens: ['egg'], advice: [] }, 'IDENTITY_REQUIRED'],
  ['a month of meals read out to such a voice', 'o_social', 'meal.month', { elderId: 'mother', month: '2026-11' }, 'IDENTITY_REQUIRED'],
  ['an allergen hidden by the name of a new dish', 'o_cook', 'kitchen.saveDish', { kitchenId: kitchen._id, name: '清蒸鲈鱼', sides: '米饭', picture: 'fish', tags: [], allergens: [], priceFen: 1400, portions: 20 }, 'ALLERGEN_HIDDEN'],
  ['an allergen hidden among the sides', 'o_cook', 'kitchen.saveDish', { kitchenId: kitchen._id, name: '家常小炒', sides: '番茄蛋汤 米饭', picture: 'pork', tags: [], allergens: [], priceFen: 1400, portions: 20 }, 'ALLERGEN_HIDDEN'],
  ['an allergen hidden by renaming a dish', 'o_cook', 'kitchen.saveDish', { kitchenId: kitchen._id, dishId: 'pork', name: '宫保鸡丁', sides: '米饭', picture: 'pork', tags: [], allergens: [], priceFen: 1400, portions: 20 }, 'ALLERGEN_HIDDEN'],
  ['a menu on a holiday', 'o_cook', 'kitchen.publish', { kitchenId: kitchen._id, onDate: '2027-01-01', sitting: 'lunch', dishes: [{ dishId: 'pork', portions: 10, priceFen: 1600 }] }, 'BAD_INPUT'],
  ['a menu on a day that does not exist', 'o_cook', 'kitchen.publish', { kitchenId: kitchen._id, onDate: '2026-02-30', sitting: 'lunch', dishes: [] }, 'BAD_INPUT'],
  ['a menu of yesterday', 'o_cook', 'kitchen.publish', { kitchenId: kitchen._id, onDate: '2026-11-22', sitting: 'lunch', dishes: [{ dishId: 'pork', portions: 10, priceFen: 1600 }] }, 'CUTOFF_PAST'],
  ['a free dish', 'o_cook', 'kitchen.publish', { kitchenId: kitchen._id, onDate: TUESDAY, sitting: 'lunch', dishes: [{ dishId: 'pork', portions: 10, priceFen: 0 }] }, 'BAD_INPUT'],
  ['a dish that the kitchen does not know', 'o_cook', 'kitchen.publish', { kitchenId: kitchen._id, onDate: TUESDAY, sitting: 'lunch', dishes: [{ dishId: 'dragon', portions: 10, priceFen: 1000 }] }, 'BAD_INPUT'],
  ['the menu of another kitchen', 'o_cook', 'kitchen.publish', { kitchenId: 'otherkitchen', onDate: TUESDAY, sitting: 'lunch', dishes: [] }, 'NOT_FOUND'],
  ['a stranger’s call for help in somebody else’s name', 'o_stranger', 'safety.call', { elderId: 'mother' }, 'NOT_FOUND'],
  ['a neighbour’s call for help in her name', 'o_neighbour', 'safety.call', { elderId: 'mother' }, 'NOT_FOUND'],
  ['a call for help by family whose right has ended', 'o_former', 'safety.call', { elderId: 'mother' }, 'DELEGATION_ENDED'],
  ['a call for help by family who may only book', 'o_daughter', 'safety.call', { elderId: 'bookedFor' }, 'SCOPE_MISSING'],
  ['a daily word for somebody else', 'o_neighbour', 'well.check', { elderId: 'mother' }, 'NOT_FOUND'],
  ['a daily word before the birds are up', 'o_mother', 'well.setDaily', { elderId: 'mother', byMinute: 3 * 60 }, 'BAD_INPUT'],
  ['a policy that begins today', 'o_admin', 'policy.set', { validFrom: '2026-11-23', bands: policy.bands, hardshipFen: policy.hardshipFen, monthlyCapFen: 3000, leastPayFen: 100 }, 'BAD_INPUT'],
  ['a subsidy below nothing', 'o_admin', 'policy.set', { validFrom: '2026-12-01', bands: [{ fromAge: 60, subsidyFen: -100 }], hardshipFen: policy.hardshipFen, monthlyCapFen: 3000, leastPayFen: 100 }, 'BAD_INPUT'],
  ['a ladder that ends before 120', 'o_admin', 'policy.setLadder', { validFrom: '2026-12-01', day: [{ kind: 'elder', waitMinutes: 5 }, { kind: 'duty', waitMinutes: 5 }], night: ladder.night, nightFrom: 1260, nightUntil: 420, takenMinutes: 30 }, 'BAD_INPUT'],
  ['a stranger on duty', 'o_admin', 'duty.set', { communityId: 'huaguang', personIds: ['neighbour'] }, 'NO_MATCH'],
])('%s', async (_name, openid, action, input, expected) => expect(await refused(openid, action, input)).toBe(expected))

test('a menu on a holiday that is near enough to plan', async () => {
  await world.phone('o_admin').do('calendar.setClosedDay', { onDate: '2026-12-05', name: '设备检修', isClosed: true })
  expect(await refused('o_cook', 'kitchen.publish', { kitchenId: kitchen._id, onDate: '2026-12-05', sitting: 'lunch', dishes: [{ dishId: 'pork', portions: 10, priceFen: 1600 }] })).toBe('SLOT_CLOSED')
})

test('a dish with a harmless new name keeps what it has in it', async () => {
  const { isRetired: _isRetired, ...its } = dishes.fish
  const renamed = { ...its, kitchenId: kitchen._id, name: '今日例菜', tags: [...its.tags] }
  expect(await refused('o_cook', 'kitchen.saveDish', { ...renamed, allergens: [] })).toBe('ALLERGEN_HIDDEN')
  await world.phone('o_cook').do('kitchen.saveDish', { ...renamed, allergens: ['fish'] })
  await world.phone('o_cook').do('kitchen.publish', { kitchenId: kitchen._id, onDate: '2026-12-03', sitting: 'lunch', dishes: [{ dishId: 'fish', portions: 10, priceFen: 1400 }] })
  expect(await refused('o_allergic', 'meal.order', order({ elderId: 'allergic', slotId: mealSlotId(kitchen._id, '2026-12-03', 'lunch', 'fish'), despiteAdvice: true }))).toBe('ALLERGEN')
})

test('changed or cancelled a second after the cut-off', async () => {
  const [slotId, otherId] = [await world.addMeal('closing1', { dish: 'pork', startsAt: MONDAY_NINE + 30 * HOUR, orderUntil: MONDAY_NINE + 10 * MINUTE }), await world.addMeal('closing2', { dish: 'chicken', startsAt: MONDAY_NINE + 30 * HOUR, orderUntil: MONDAY_NINE + 10 * MINUTE })]
  const { bookingId } = await world.phone('o_mother').do('meal.order', { elderId: 'mother', slotId, portions: 1, way: 'delivery', payment: 'atSite' })
  await world.emulator.moveTo(MONDAY_NINE + 10 * MINUTE - 500)
  await world.phone('o_mother').do('meal.change', { bookingId, slotId, portions: 2, way: 'delivery' })
  await world.emulator.moveTo(MONDAY_NINE + 10 * MINUTE + 1000)
  expect(await refused('o_daughter', 'meal.change', { bookingId, slotId: otherId, portions: 1, way: 'delivery' })).toBe('CUTOFF_PAST')
  expect(await refused('o_daughter', 'booking.cancel', { bookingId })).toBe('CANCEL_TOO_LATE')
  expect(await refused('o_mother', 'meal.received', { bookingId })).toBe('TOO_EARLY')
  // Nor is a dish taken in its place that another sitting, or another person, has.
  expect(await refused('o_mother', 'meal.askKitchen', { bookingId, wish: { what: 'change', slotId: mealSlotOf(undefined, { dish: 'chicken', sitting: 'dinner' })._id, portions: 1, way: 'delivery' } })).toMatch(/NOT_FOUND|CUTOFF_PAST|SLOT_PAST/)
  expect(await refused('o_neighbour', 'meal.askKitchen', { bookingId, wish: { what: 'cancel' } })).toBe('NOT_FOUND')
  expect(await refused('o_daughter', 'meal.answerSubstitute', { bookingId, accept: true })).toBe('WRONG_STATE')
  expect(await refused('o_cook', 'kitchen.answer', { bookingId, agree: true })).toBe('WRONG_STATE')
})

test('a courier marks nobody else’s stop, gives the run to nobody else, and goes to no door of their own family', async () => {
  const { runId, bookingId } = await aRun(world, 'courier')
  for (const openid of ['o_courier2', 'o_rival_courier']) {
    expect(await refused(openid, 'courier.handOver', { bookingId })).toBe('NOT_FOUND')
    expect(await refused(openid, 'courier.handOver', { bookingId, code: '000000' })).toBe('NOT_FOUND')
    expect(await refused(openid, 'courier.noAnswer', { bookingId, tried: '敲门' })).toBe('NOT_FOUND')
    expect(await refused(openid, 'courier.startRun', { runId })).toBe('NOT_FOUND')
  }
  expect(await refused('o_courier2', 'courier.takeRun', { runId })).toBe('ALREADY_TAKEN')
  expect(await refused('o_courier', 'courier.handRun', { runId, courierId: 'rivalCourier' })).toBe('NO_MATCH')
  expect(await refused('o_courier', 'courier.handRun', { runId, courierId: 'neighbour' })).toBe('NO_MATCH')
  expect(await refused('o_cook', 'kitchen.giveRun', { runId, courierId: 'cook' })).toBe('NO_MATCH')
  expect(await refused('o_courier', 'courier.handOver', { bookingId, code: '000001' })).toBe('DOOR_CODE_WRONG')
  expect(await refused('o_courier', 'courier.handOver', { bookingId, code: { $ne: '' } })).toBe('BAD_INPUT')
  expect(await refused('o_courier', 'courier.handOver', { bookingId, capturedAt: Number.NaN })).toBe('BAD_INPUT')
  // Given on, the former carrier's bare word no longer counts.
  await world.phone('o_courier').do('courier.handRun', { runId, courierId: 'courier2' })
  expect(await refused('o_courier', 'courier.handOver', { bookingId })).toBe('NOT_FOUND')

  await world.addPerson('sonOfHers', { openid: 'o_son_of_hers', name: '示例儿子', kinIds: ['mother'], grants: [{ role: 'courier', providerId: kitchen._id }] })
  const own = await aRun(world, null)
  expect(await refused('o_son_of_hers', 'courier.takeRun', { runId: own.runId })).toBe('OWN_CASE')
  expect(await refused('o_cook', 'kitchen.giveRun', { runId: own.runId, courierId: 'sonOfHers' })).toBe('OWN_CASE')
})

test('yesterday’s stop is nobody’s any more', async () => {
  const { bookingId, runId } = await aRun(world, 'courier')
  const open = await aRun(world, null)
  await world.emulator.advance(DAY)
  expect(await refused('o_courier', 'courier.handOver', { bookingId })).toBe('WRONG_STATE')
  expect(await refused('o_courier', 'courier.noAnswer', { bookingId, tried: '敲门' })).toBe('WRONG_STATE')
  expect(await refused('o_courier', 'courier.startRun', { runId })).toBe('WRONG_STATE')
  expect(await refused('o_courier2', 'courier.takeRun', { runId: open.runId })).toBe('WRONG_STATE')
})

test('a case is closed by nobody who could not find anyone, by nobody who is not on it, and by no time that never was', async () => {
  const { bookingId } = await aRun(world, 'courier')
  const { safetyCaseId } = await world.phone('o_courier').do('courier.noAnswer', { bookingId, tried: '敲门三次' })
  const now = (await world.emulator.clock()).now
  const seen = { by: 'seenInPerson', words: '在家', finding: 'fine', seenAt: now }
  expect(await refused('o_courier', 'safety.close', { safetyCaseId, how: seen })).toBe('NOT_FOUND')
  expect(await refused('o_courier', 'safety.take', { safetyCaseId, takenById: null })).toBe('NOT_FOUND')
  expect(await refused('o_neighbour', 'safety.saysFine', { safetyCaseId })).toBe('NOT_FOUND')
  expect(await refused('o_mother', 'safety.close', { safetyCaseId, how: seen })).toBe('NOT_FOUND')
  expect(await refused('o_social', 'safety.close', { safetyCaseId, how: { ...seen, seenAt: now - DAY } })).toBe('BAD_INPUT')
  expect(await refused('o_social', 'safety.close', { safetyCaseId, how: { ...seen, seenAt: now + HOUR } })).toBe('BAD_INPUT')
  expect(await refused('o_social', 'safety.close', { safetyCaseId, how: { ...seen, words: '  ' } })).toBe('BAD_INPUT')
  expect(await refused('o_social', 'safety.close', { safetyCaseId, how: { by: 'familyConfirmed', familyPersonId: 'neighbour', words: '说没事', finding: 'fine' } })).toBe('NO_MATCH')
  expect(await refused('o_social', 'safety.close', { safetyCaseId, how: { by: 'itself', words: '没事', finding: 'fine' } })).toBe('BAD_INPUT')

  // Even who is family, and on the ladder: whoever could not find anyone does not say that all is well.
  await world.addPerson('niece', { openid: 'o_niece', name: '示例外甥女', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
  const about = { _id: 'openedByNiece', subdistrictId: 'dongliu', communityId: 'huaguang', elderId: 'mother', elderName: '王秀珍', age: 84, livesAlone: true, bookingId: null, reason: 'noContact', words: '敲门', family: [] } as const
  await world.emulator.insert('safetyCases', [openCase(about, { version: null, rungs: [], takenMinutes: 15 }, { personId: 'niece', name: '示例外甥女', as: 'courier', kinship: null, scope: null }, now)])
  expect(await refused('o_niece', 'safety.close', { safetyCaseId: 'openedByNiece', how: seen })).toBe('OWN_CASE')
})

test('a case of another community, a page that is no longer true, and a closed one', async () => {
  const safetyCaseId = await aCase(world)
  expect(await refused('o_social_taigu', 'safety.show', { safetyCaseId })).toBe('NOT_FOUND')
  await world.phone('o_daughter').do('safety.take', { safetyCaseId, takenById: null })
  expect(await refused('o_social', 'safety.take', { safetyCaseId, takenById: null })).toBe('ALREADY_TAKEN')
  await world.phone('o_daughter').do('safety.close', { safetyCaseId, how: { by: 'familyConfirmed', familyPersonId: 'daughter', words: '在我家', finding: 'fine' } })
  expect(await refused('o_social', 'safety.report', { safetyCaseId, what: 'spoke' })).toBe('WRONG_STATE')
  expect(await refused('o_social', 'safety.close', { safetyCaseId, how: { by: 'familyConfirmed', familyPersonId: 'daughter', words: '在她家', finding: 'fine' } })).toBe('WRONG_STATE')
})

test('the code of one meal is worthless at another', async () => {
  const startsAt = instantOf('2026-12-03', 11 * 60)
  const slotId = await world.addMeal('codes', { dish: 'pork', onDate: '2026-12-03', startsAt, orderUntil: startsAt - HOUR })
  const mine = await world.phone('o_mother').do('meal.order', { elderId: 'mother', slotId, portions: 1, way: 'dineIn', siteId: 'hall', payment: 'atSite' })
  const his = await world.phone('o_neighbour').do('meal.order', { elderId: 'neighbour', slotId, portions: 1, way: 'dineIn', siteId: 'hall', payment: 'atSite' })
  await world.emulator.moveTo(startsAt + 5 * MINUTE)
  const { code } = await world.phone('o_mother').do('visit.doorCode', { bookingId: mine.bookingId })
  expect(await refused('o_cook', 'kitchen.serve', { bookingId: his.bookingId, code })).toBe('DOOR_CODE_WRONG')
  expect(await refused('o_rival_cook', 'kitchen.serve', { bookingId: mine.bookingId, code })).toBe('NOT_FOUND')
  expect(await refused('o_courier', 'courier.handOver', { bookingId: mine.bookingId, code })).toBe('NOT_FOUND')
  await world.phone('o_cook').do('kitchen.serve', { bookingId: mine.bookingId, code })
  expect(await refused('o_cook', 'kitchen.serve', { bookingId: mine.bookingId, code })).toBe('DOOR_CODE_USED')
})
