/** Orders of meals as people live them: ordered, changed, several at once, again, cancelled, and every reason why not. */
import { HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { dishes} from './meal-world';
import { kitchen, mealSlotOf, policy, startMealWorld, TUESDAY, type MealWorld } from './meal-world'
import { delegation, newRequestId } from './world'

const lunchOf = (dish: keyof typeof dishes, onDate = TUESDAY): string => mealSlotOf(undefined, { dish, onDate })._id
const atHome = { portions: 1, way: 'delivery', payment: 'monthlyBill' } as const
const cutoff = mealSlotOf().orderUntil

describe('ordering meals', () => {
  let world: MealWorld
  beforeEach(async () => {
    world = await startMealWorld()
  })
  afterEach(() => world.stop())

  const bookings = async () => (await world.emulator.dump())['bookings'] ?? []
  const personOf = async (id: string) => (await world.emulator.dump())['people']?.find((candidate) => candidate['_id'] === id) as unknown as { subsidies: Record<string, Record<string, number>>; busy: { slotId?: string; freedAt: number | null }[] }

  async function lawsHold(): Promise<void> {
    await world.emulator.fire('timers', 'settle')
    expect(await world.brokenLaws()).toEqual([])
  }

  test('a mother orders lunch, her daughter changes it, the mother cancels it; each time portions, time and subsidy follow', async () => {
    const [mother, daughter] = [world.phone('o_mother'), world.phone('o_daughter')]
    const menus = await mother.do('meal.menus', { elderId: 'mother' })
    expect(menus.suggested).toEqual({ onDate: TUESDAY, sitting: 'lunch' })
    const lunch = menus.days[1]?.sittings[0]
    expect(lunch).toMatchObject({ sitting: 'lunch', bookingId: null, suggestedSlotId: lunchOf('fish') })
    expect(lunch?.dishes[0]).toMatchObject({ dishName: '清蒸鲈鱼', state: 'free', remaining: 40, quote: { priceFen: 1400, subsidyFen: 500, payFen: 900, policyVersion: 1, reasons: ['ageBand'] } })

    const made = await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome, portions: 2 })
    expect(made.quote).toMatchObject({ priceFen: 2800, subsidyFen: 500, payFen: 2300 })
    expect(await world.slot(lunchOf('fish'))).toMatchObject({ remaining: 38, holders: { mother: { bookingId: made.bookingId, count: 2 } } })
    expect((await personOf('mother')).subsidies).toEqual({ '2026-11': { [made.bookingId]: 500 } })
    expect((await mother.do('home.show', {})).next[0]).toMatchObject({ bookingId: made.bookingId, kind: 'meal', meal: { dishName: '清蒸鲈鱼', portions: 2, way: 'delivery', payFen: 2300 } })

    const changed = await daughter.do('meal.change', { bookingId: made.bookingId, slotId: lunchOf('noodles'), portions: 1, way: 'pickUp', siteId: 'hall' })
    expect(changed.quote).toMatchObject({ priceFen: 1000, subsidyFen: 500, payFen: 500 })
    expect(await world.slot(lunchOf('fish'))).toMatchObject({ remaining: 40, holders: {} })
    expect(await world.slot(lunchOf('noodles'))).toMatchObject({ remaining: 39, holders: { mother: { bookingId: made.bookingId, count: 1 } } })
    const shown = await mother.do('booking.show', { bookingId: made.bookingId })
    expect(shown).toMatchObject({ kind: 'meal', order: { dishName: '雪菜肉丝面', way: 'pickUp', siteName: '华光城食堂', siteAddress: '华光城 1 幢', slipCode: null }, acts: ['change', 'cancel'], cancelUntil: cutoff })
    expect(shown.timeline.map((line) => [line.what, line.as, line.words])).toEqual([['booked', 'elder', null], ['changed', 'family', '清蒸鲈鱼 ×2 → 雪菜肉丝面']])
    const after = await daughter.do('meal.menus', { elderId: 'mother' })
    expect(after.days[1]?.sittings[0]?.dishes.map((dish) => dish.state)).toEqual(['taken', 'taken', 'taken', 'mine'])
    expect(after).toMatchObject({ monthUsedFen: 500, lastWay: 'pickUp', lastSiteId: 'hall', lastPayment: 'monthlyBill', suggested: { onDate: TUESDAY, sitting: 'dinner' } })

    await mother.do('booking.cancel', { bookingId: made.bookingId })
    expect(await world.slot(lunchOf('noodles'))).toMatchObject({ remaining: 40, holders: {} })
    expect(await personOf('mother')).toMatchObject({ subsidies: {}, busy: [{ freedAt: expect.any(Number) as number }] })
    expect((await mother.do('home.show', {})).meal).toMatchObject({ onDate: TUESDAY, sitting: 'lunch', orderUntil: cutoff })
    await lawsHold()
  })

  test('more and fewer portions of the same dish; the same request again answers the same and changes nothing', async () => {
    const mother = world.phone('o_mother')
    const key = newRequestId()
    const made = await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome }, key)
    const more = newRequestId()
    const changed = await mother.do('meal.change', { bookingId: made.bookingId, slotId: lunchOf('fish'), portions: 3, way: 'delivery' }, more)
    expect(await world.slot(lunchOf('fish'))).toMatchObject({ remaining: 37, holders: { mother: { count: 3 } } })
    await mother.do('meal.change', { bookingId: made.bookingId, slotId: lunchOf('fish'), portions: 2, way: 'delivery' })
    const before = await world.everything()
    expect(await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome }, key)).toEqual(made)
    expect(await mother.do('meal.change', { bookingId: made.bookingId, slotId: lunchOf('fish'), portions: 3, way: 'delivery' }, more)).toEqual(changed)
    expect(await mother.codeOf('meal.order', { elderId: 'mother', slotId: lunchOf('pork'), ...atHome }, key)).toBe('REQUEST_CONFLICT')
    expect(await world.everything()).toEqual(before)
    expect(await world.slot(lunchOf('fish'))).toMatchObject({ remaining: 38, holders: { mother: { count: 2 } } })
    await lawsHold()
  })

  test('several days in one go: each is ordered, or says why not; the subsidy ends with the month’s cap', async () => {
    const daughter = world.phone('o_daughter')
    const days = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30']
    const orders = [...days.map((onDate) => ({ slotId: lunchOf('pork', onDate), portions: 1, way: 'delivery' as const })), { slotId: lunchOf('fish'), portions: 1, way: 'delivery' as const }]
    const key = newRequestId()
    const several = await daughter.do('meal.orderSeveral', { elderId: 'mother', orders, payment: 'monthlyBill' }, key)
    expect(several.ordered.map((made) => made.quote.subsidyFen)).toEqual([500, 500, 500, 500, 500, 500, 0])
    expect(several.ordered.at(-1)?.quote.reasons).toEqual(['ageBand', 'capReached'])
    expect(several.refused).toEqual([{ slotId: lunchOf('fish'), code: 'ALREADY_BOOKED' }])
    expect(await daughter.do('meal.orderSeveral', { elderId: 'mother', orders, payment: 'monthlyBill' }, key)).toEqual(several)
    const month = await world.phone('o_mother').do('meal.month', { elderId: 'mother', month: '2026-11' })
    expect(month).toMatchObject({ capFen: policy.monthlyCapFen, total: { meals: 7, priceFen: 7 * 1600, subsidyFen: 3000, payFen: 7 * 1600 - 3000, atSiteFen: 0, billFen: 7 * 1600 - 3000 } })
    await world.phone('o_mother').do('booking.cancel', { bookingId: several.ordered[0]?.bookingId ?? '' })
    expect(await world.phone('o_mother').do('meal.month', { elderId: 'mother', month: '2026-11' })).toMatchObject({ total: { meals: 6, subsidyFen: 2500 } })
    await lawsHold()
  })

  test('the same as last week: the same dish, or the safe one nearest to it, and nothing is ordered by asking', async () => {
    const [mother, social] = [world.phone('o_mother'), world.phone('o_social')]
    await mother.do('meal.orderSeveral', {
      elderId: 'mother', payment: 'atSite', orders: [{ slotId: lunchOf('fish'), portions: 2, way: 'dineIn', siteId: 'hall' }, { slotId: lunchOf('pork', '2026-11-25'), portions: 1, way: 'delivery' }],
    })
    await world.emulator.insert('slots', [
      mealSlotOf(undefined, { onDate: '2026-12-01' }), mealSlotOf(undefined, { onDate: '2026-12-01', dish: 'chicken' }), mealSlotOf(undefined, { onDate: '2026-12-02', dish: 'noodles' }), mealSlotOf(undefined, { onDate: '2026-12-02', dish: 'fish' }),
    ])
    await world.emulator.moveTo(instantOf('2026-11-26', 9 * 60))
    expect((await mother.do('meal.again', { elderId: 'mother' })).proposals).toMatchObject([
      { onDate: '2026-12-01', lastDishName: '清蒸鲈鱼', portions: 2, way: 'dineIn', siteId: 'hall', isSame: true, reason: null, dish: { dishName: '清蒸鲈鱼' } },
      { onDate: '2026-12-02', lastDishName: '红烧肉', isSame: false, reason: null, dish: { dishName: '清蒸鲈鱼' } },
    ])
    await social.do('diet.set', { elderId: 'mother', consent: true, allergens: ['fish'], advice: [], asked: ['inPerson'] })
    expect((await mother.do('meal.again', { elderId: 'mother' })).proposals.map((proposal) => proposal.dish?.dishName)).toEqual(['香菇鸡片', '雪菜肉丝面'])
    expect(await bookings()).toHaveLength(2)
    await lawsHold()
  })

  test('what must not be eaten is refused and the safe dish named; advice warns, and can be overruled', async () => {
    const [allergic, frail] = [world.phone('o_allergic'), world.phone('o_frail')]
    expect(await allergic.ask('meal.order', { elderId: 'allergic', slotId: lunchOf('fish'), ...atHome, despiteAdvice: true })).toMatchObject({ ok: false, error: { code: 'ALLERGEN', details: { allergens: ['fish'] } } })
    const menus = await allergic.do('meal.menus', { elderId: 'allergic' })
    expect(menus.days[1]?.sittings[0]).toMatchObject({ suggestedSlotId: lunchOf('pork'), dishes: [{ blockedBy: ['fish'] }, { blockedBy: [] }, {}, {}] })
    expect(await frail.ask('meal.order', { elderId: 'frail', slotId: lunchOf('pork'), ...atHome })).toMatchObject({ ok: false, error: { code: 'DIET_ADVICE', details: { advice: ['soft', 'lowSalt'] } } })
    await frail.do('meal.order', { elderId: 'frail', slotId: lunchOf('pork'), ...atHome, despiteAdvice: true })
    const { bookingId } = await allergic.do('meal.order', { elderId: 'allergic', slotId: lunchOf('pork'), ...atHome })
    expect(await allergic.codeOf('meal.change', { bookingId, slotId: lunchOf('fish'), portions: 1, way: 'delivery' })).toBe('ALLERGEN')
    expect(await world.slot(lunchOf('fish'))).toMatchObject({ remaining: 40, holders: {} })
    await lawsHold()
  })

  test('one elder has one meal at one time; a bath at home goes with a delivery, not with eating out', async () => {
    const mother = world.phone('o_mother')
    await world.addSlot('bath', { startsAt: mealSlotOf().startsAt, endsAt: mealSlotOf().startsAt + HOUR })
    await mother.do('booking.book', { elderId: 'mother', slotId: 'bath' })
    expect(await mother.codeOf('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome, way: 'dineIn', siteId: 'hall' })).toBe('ELDER_BUSY')
    await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome })
    expect(await mother.codeOf('meal.order', { elderId: 'mother', slotId: lunchOf('pork'), ...atHome })).toBe('ALREADY_BOOKED')
    expect(await mother.codeOf('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome })).toBe('ALREADY_BOOKED')
    expect(await mother.codeOf('booking.book', { elderId: 'mother', slotId: lunchOf('pork') })).toBe('NOT_FOUND')
    await lawsHold()
  })

  test('on the telephone: two questions first, then the order as 代办 with a slip; who was on the telephone is not called again', async () => {
    const social = world.phone('o_social')
    await world.addPerson('noPhone', { name: '示例无机', phone: null })
    const wish = { elderId: 'noPhone', slotId: lunchOf('chicken'), ...atHome, payment: 'atSite' as const }
    expect(await social.codeOf('meal.order', { ...wish, asked: ['birthYear', 'birthYear'] })).toBe('IDENTITY_REQUIRED')
    expect(await world.phone('o_social_taigu').codeOf('meal.order', { ...wish, asked: ['birthYear', 'building'] })).toBe('NOT_FOUND')
    const { bookingId } = await social.do('meal.order', { ...wish, asked: ['birthYear', 'building'] })
    const shown = await social.do('booking.show', { bookingId })
    expect(shown).toMatchObject({ order: { asked: ['birthYear', 'building'], slipCode: expect.stringMatching(/^\d{8}$/) as string }, acts: ['change', 'cancel', 'cancelLate', 'slip'] })
    await world.emulator.fire('timers', 'lookAtBookings')
    await world.emulator.fire('timers', 'lookAtBookings')
    expect((await world.emulator.dump())['messages'] ?? []).toEqual([])
    // Another call, or somebody at the counter: again it is known first who it is.
    const change = { bookingId, slotId: lunchOf('pork'), portions: 1, way: 'delivery' as const }
    expect(await social.codeOf('meal.change', { ...change, asked: ['birthYear'] })).toBe('IDENTITY_REQUIRED')
    await social.do('meal.change', { ...change, asked: ['birthYear', 'lastMeal'] })
    expect(await social.codeOf('booking.cancel', { bookingId })).toBe('IDENTITY_REQUIRED')
    await social.do('booking.cancel', { bookingId, asked: ['inPerson'] })
    await lawsHold()
  })

  test('after the cut-off the kitchen consents to a change and to a cancellation, and the elder to another dish', async () => {
    const [mother, cook, neighbour] = [world.phone('o_mother'), world.phone('o_cook'), world.phone('o_neighbour')]
    const mine = await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome })
    const theirs = await neighbour.do('meal.order', { elderId: 'neighbour', slotId: lunchOf('fish'), ...atHome })
    await world.emulator.moveTo(cutoff)
    expect(await mother.codeOf('booking.cancel', { bookingId: mine.bookingId })).toBe('CANCEL_TOO_LATE')
    expect(await mother.codeOf('meal.change', { bookingId: mine.bookingId, slotId: lunchOf('pork'), portions: 1, way: 'delivery' })).toBe('CUTOFF_PAST')
    await world.emulator.fire('timers', 'freezeSheets')
    await world.emulator.advance(2 * MINUTE)
    await world.emulator.fire('timers', 'freezeSheets')

    await mother.do('meal.askKitchen', { bookingId: mine.bookingId, wish: { what: 'change', slotId: lunchOf('fish'), portions: 2, way: 'delivery' } })
    expect(await mother.codeOf('meal.askKitchen', { bookingId: mine.bookingId, wish: { what: 'cancel' } })).toBe('WRONG_STATE')
    await cook.do('kitchen.answer', { bookingId: mine.bookingId, agree: true })
    expect(await world.slot(lunchOf('fish'))).toMatchObject({ remaining: 37, holders: { mother: { count: 2 } } })

    await cook.do('kitchen.offerSubstitute', { bookingId: mine.bookingId, slotId: lunchOf('pork'), words: '鲈鱼没到货' })
    expect((await mother.do('home.show', {})).toConfirm).toMatchObject([{ bookingId: mine.bookingId }])
    await mother.do('meal.answerSubstitute', { bookingId: mine.bookingId, accept: true })
    // 红烧肉 costs more: a substitute never does.
    expect((await mother.do('booking.show', { bookingId: mine.bookingId })).order).toMatchObject({ dishName: '红烧肉', portions: 2, proposal: null, quote: { priceFen: 2800 } })
    expect(await world.slot(lunchOf('fish'))).toMatchObject({ remaining: 39 })
    expect(await world.slot(lunchOf('pork'))).toMatchObject({ remaining: 38 })

    await neighbour.do('meal.askKitchen', { bookingId: theirs.bookingId, wish: { what: 'cancel' } })
    await cook.do('kitchen.answer', { bookingId: theirs.bookingId, agree: true })
    expect((await neighbour.do('booking.show', { bookingId: theirs.bookingId })).status).toBe('cancelled')
    expect(await world.slot(lunchOf('fish'))).toMatchObject({ remaining: 40, holders: {} })
    await world.emulator.fire('timers', 'lookAtBookings')
    expect(((await world.emulator.dump())['messages'] ?? []).filter((message) => message['elderId'] === 'mother').map((message) => [message['personId'], message['templateId']]).sort()).toEqual([
      ['daughter', 'tpl_booked'], ['daughter', 'tpl_toConfirm'], ['mother', 'tpl_booked'], ['mother', 'tpl_toConfirm'],
    ])
    await lawsHold()
  })

  test('the courier’s word alone is an exception; a call-back delivers it, or it was not delivered and the subsidy goes back', async () => {
    const [mother, social] = [world.phone('o_mother'), world.phone('o_social')]
    const first = await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome })
    const second = await world.phone('o_neighbour').do('meal.order', { elderId: 'neighbour', slotId: lunchOf('fish'), ...atHome })
    expect(await social.codeOf('visit.verify', { bookingId: second.bookingId, outcome: 'rejected', reason: '没送到' })).toBe('WRONG_STATE')
    await world.emulator.moveTo(mealSlotOf().endsAt + 2 * HOUR)
    await world.emulator.fire('timers', 'lookAtBookings')
    expect((await social.do('worker.today', {})).exceptions.map((item) => item.bookingId).sort()).toEqual([first.bookingId, second.bookingId].sort())
    await social.do('visit.callBack', { bookingId: first.bookingId, outcome: 'confirmed', words: '收到了' })
    expect(await social.codeOf('visit.verify', { bookingId: second.bookingId, outcome: 'verified', reason: '好' })).toBe('WRONG_STATE')
    await social.do('visit.verify', { bookingId: second.bookingId, outcome: 'rejected', reason: '没送到' })
    expect(await personOf('neighbour')).toMatchObject({ subsidies: {} })
    expect(((await world.emulator.dump())['serviceEvents'] ?? []).map((event) => event['_id'])).toEqual([`mealDelivered_${first.bookingId}`])
    expect(await mother.do('meal.month', { elderId: 'mother', month: '2026-11' })).toMatchObject({ rows: [{ status: 'delivered', counts: true }], total: { meals: 1 } })
    await lawsHold()
  })

  test('in hospital: meals that can be cancelled are, nothing is ordered, and it ends with coming home', async () => {
    const [mother, social] = [world.phone('o_mother'), world.phone('o_social')]
    const late = await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome })
    await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish', '2026-11-26'), ...atHome })
    await world.emulator.moveTo(cutoff + MINUTE)
    const key = newRequestId()
    expect(await social.do('person.setAway', { personId: 'mother', why: 'hospital' }, key)).toMatchObject({ cancelled: 1, left: 1, activities: 0 })
    const before = await world.everything()
    expect(await social.do('person.setAway', { personId: 'mother', why: 'hospital' }, key)).toMatchObject({ cancelled: 1, left: 1, activities: 0 })
    expect(await world.everything()).toEqual(before)
    expect(await mother.ask('meal.order', { elderId: 'mother', slotId: lunchOf('fish', '2026-11-27'), ...atHome })).toMatchObject({ ok: false, error: { code: 'ELDER_AWAY', details: { why: 'hospital' } } })
    expect((await mother.do('home.show', {})).meal).toBeNull()
    await social.do('booking.cancelLate', { bookingId: late.bookingId, as: 'cancelled', reason: '住院' })
    expect((await personOf('mother')).subsidies).toEqual({})
    await mother.do('person.setAway', { personId: 'mother', why: null })
    await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish', '2026-11-27'), ...atHome })
    expect((await mother.do('account.log', { personId: 'mother' })).items.map((item) => item.what)).toEqual(expect.arrayContaining(['awaySet', 'cancelled']))
    await lawsHold()
  })

  test('diet: kept with the elder’s consent, edited by family, gone without it', async () => {
    await world.addPerson('eater', { openid: 'o_eater', name: '示例胃口', ...delegation('daughter', '王敏') })
    const [eater, daughter] = [world.phone('o_eater'), world.phone('o_daughter')]
    const wish = { elderId: 'eater', consent: true, allergens: ['peanut' as const], advice: [] }
    expect(await daughter.codeOf('diet.set', wish)).toBe('CONSENT_REQUIRED')
    await eater.do('diet.set', wish)
    await daughter.do('diet.set', { ...wish, advice: ['soft'] })
    expect(await daughter.do('diet.show', { elderId: 'eater' })).toMatchObject({ diet: { allergens: ['peanut'], advice: ['soft'], consentHow: 'elderTap' } })
    expect(await daughter.codeOf('diet.set', { ...wish, consent: false })).toBe('CONSENT_REQUIRED')
    await eater.do('diet.set', { ...wish, consent: false })
    expect((await eater.do('diet.show', { elderId: 'eater' })).diet).toBeNull()
    await lawsHold()
  })

  test('hardship as a social worker has seen it decides the subsidy of orders from then on', async () => {
    const social = world.phone('o_social')
    const before = await world.phone('o_mother').do('meal.order', { elderId: 'mother', slotId: lunchOf('pork'), ...atHome })
    await social.do('person.setHardship', { personId: 'mother', hardship: 'lowIncome', seen: '低保证' })
    const after = await world.phone('o_mother').do('meal.order', { elderId: 'mother', slotId: lunchOf('pork', '2026-11-25'), ...atHome })
    expect([before.quote.subsidyFen, after.quote.subsidyFen]).toEqual([500, 800])
    expect(after.quote.reasons).toEqual(['ageBand', 'hardship'])
    expect(await social.codeOf('person.setHardship', { personId: 'social', hardship: 'extreme', seen: '证' })).toBe('OWN_CASE')
    await lawsHold()
  })

  test('a closed day closes its dishes and calls whoever ordered; open again, a dish that was taken off stays off', async () => {
    const [mother, admin] = [world.phone('o_mother'), world.phone('o_admin')]
    await mother.do('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome })
    await world.addMeal('off', { onDate: '2026-11-24', dish: 'pork', isOpen: false })
    expect(await admin.do('calendar.setClosedDay', { onDate: TUESDAY, name: '停电', isClosed: true })).toEqual({ heldSeats: 1 })
    expect((await world.emulator.dump())['messages']).toMatchObject([{ personId: 'mother', state: 'toCall', gist: expect.stringContaining('那天不供餐') as string }])
    expect(await world.phone('o_neighbour').codeOf('meal.order', { elderId: 'neighbour', slotId: lunchOf('pork'), ...atHome })).toBe('SLOT_CLOSED')
    expect((await mother.do('meal.menus', { elderId: 'mother' })).days[1]).toMatchObject({ holidayName: '停电', sittings: [{ dishes: [{ state: 'mine' }, { state: 'closed' }, {}, {}, {}] }, {}] })
    await admin.do('calendar.setClosedDay', { onDate: TUESDAY, name: '停电', isClosed: false })
    expect((await world.slot(lunchOf('pork'))).isOpen).toBe(true)
    expect((await world.slot('off')).isOpen).toBe(false)
    await lawsHold()
  })

  test('calls to the database: seven for an order, four for a week’s menus of which one for the menus', async () => {
    const meter = async () => (await world.emulator.calls()).rows.at(-1)
    await world.phone('o_daughter').do('meal.order', { elderId: 'mother', slotId: lunchOf('fish'), ...atHome, note: '放门口' })
    expect((await meter())?.dbCalls).toBeLessThanOrEqual(7)
    await world.phone('o_daughter').do('meal.menus', { elderId: 'mother' })
    const menus = await meter()
    expect(menus?.dbCalls).toBeLessThanOrEqual(4)
    expect((menus?.scanned ?? 0) / (menus?.returned ?? 1)).toBeLessThanOrEqual(1.1)
    expect(kitchen.communityIds).toContain('huaguang')
  })
})

describe('orders that are refused', () => {
  let world: MealWorld
  beforeAll(async () => {
    world = await startMealWorld()
    await world.addMeal('few', { capacity: 2 })
    await world.addMeal('others', { communityIds: ['taigu'] })
    await world.addMeal('holiday', { onDate: '2027-01-01' })
    await world.addSlot('bath')
  })
  afterAll(() => world.stop())

  test.each([
    ['more than there is', 'SLOT_FULL', { slotId: 'few', portions: 3 }, null],
    ['a way that the kitchen does not have there', 'WAY_MISSING', { slotId: lunchOf('fish'), way: 'pickUp' as const }, null],
    ['a dish of a kitchen for others', 'OTHER_COMMUNITY', { slotId: 'others' }, null],
    ['a holiday', 'SLOT_CLOSED', { slotId: 'holiday' }, null],
    ['what is not there', 'NOT_FOUND', { slotId: 'nothing' }, null],
    ['a bath', 'NOT_FOUND', { slotId: 'bath' }, null],
    ['a second after the cut-off', 'CUTOFF_PAST', { slotId: lunchOf('fish') }, cutoff + 1_000],
  ])('%s is refused as %s, and nothing is written', async (_name, code, wish, at) => {
    if (at !== null) await world.emulator.moveTo(at)
    const before = await world.everything()
    expect(await world.phone('o_mother').codeOf('meal.order', { elderId: 'mother', ...atHome, ...wish })).toBe(code)
    expect(await world.everything()).toEqual(before)
  })
})
