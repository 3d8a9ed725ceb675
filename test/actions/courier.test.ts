/**
 * From the cut-off to the proof at the door: the sheet freezes, runs are made and taken, handed on half-way, and every
 * stop ends as the elder's side says, or as an exception, or as a safety case.
 */
import type { Audit } from '../../cloudfunctions/_server/audits'
import type { Booking } from '../../src/domain/booking-record'
import { DAY, HOUR, instantOf, MINUTE } from '../../src/domain/civil-time'
import type { DeliveryRun } from '../../src/domain/delivery-run'
import { mealSlotId, sittingId, type KitchenSheet } from '../../src/domain/kitchen'
import type { SafetyCase } from '../../src/domain/safety-case'
import { kitchen, startMealWorld, TUESDAY, type MealWorld } from './meal-world'
import { delegation, newRequestId } from './world'

const kitchenId = kitchen._id
const cutoff = instantOf('2026-11-23', 16 * 60)
const noon = instantOf(TUESDAY, 11 * 60 + 30)

let world: MealWorld
beforeAll(async () => {
  world = await startMealWorld()
  await world.addPerson('liuwife', { openid: 'o_liuwife', name: '刘家人', kinIds: ['courier'] })
})
afterAll(() => world.stop())

const stored = async <T>(collection: string): Promise<T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as T[]
const bookingOf = async (bookingId: string): Promise<Booking> => (await stored<Booking>('bookings')).find((booking) => booking._id === bookingId) as Booking
const runs = async (): Promise<DeliveryRun[]> => (await stored<DeliveryRun>('deliveryRuns')).sort((a, b) => (a._id < b._id ? -1 : 1))
const runOf = async (bookingId: string): Promise<DeliveryRun> => (await runs()).find((run) => run.stops[bookingId] !== undefined) as DeliveryRun
const codeOf = (elderId: string, bookingId: string) => world.phone(`o_${elderId}`).do('visit.doorCode', { bookingId }).then(({ code }) => code)
const elders = ['wang', 'shen', 'fang', 'gu', 'lu', 'tang', 'ye'] as const
const orders = {} as Record<(typeof elders)[number], string>
const [liu, ma] = [() => world.phone('o_courier'), () => world.phone('o_courier2')]

describe('lunch, from the cut-off to the door', () => {
  let runId = ''
  /** when codes begin to count, and a courier may leave */
  const leaving = noon - HOUR

  test('a second before the cut-off it is an order, at the cut-off it is refused; then the sheet closes, counts and makes runs', async () => {
    for (const [index, elderId] of elders.entries()) {
      await world.addPerson(elderId, {
        openid: `o_${elderId}`, name: `示例老人${'甲乙丙丁戊己庚'[index]}`, address: `华光城 ${12 - index} 幢 302`, livesAlone: index === 0,
        diet: elderId === 'wang' ? { allergens: ['peanut'], advice: ['soft'], consentAt: 1, consentHow: 'elderTap' } : null,
        ...(elderId === 'shen' ? delegation('daughter', '王敏') : elderId === 'gu' ? delegation('liuwife', '刘家人') : {}),
      })
      const slotId = mealSlotId(kitchenId, TUESDAY, 'lunch', index % 2 === 0 ? 'chicken' : 'pork')
      orders[elderId] = (await world.phone(`o_${elderId}`).do('meal.order', { elderId, slotId, portions: 1, way: 'delivery', payment: index === 1 ? 'monthlyBill' : 'atSite', despiteAdvice: true, note: '敲门轻一点' })).bookingId
    }
    const lateWish = { elderId: 'frail', slotId: mealSlotId(kitchenId, TUESDAY, 'lunch', 'chicken'), portions: 1, way: 'dineIn', siteId: 'hall', payment: 'atSite' } as const
    await world.emulator.moveTo(cutoff - 1000)
    await world.phone('o_frail').do('meal.order', lateWish)
    await world.emulator.moveTo(cutoff)
    expect(await world.phone('o_neighbour').codeOf('meal.order', { ...lateWish, elderId: 'neighbour' })).toBe('CUTOFF_PAST')
    expect(await world.phone('o_cook').codeOf('kitchen.publish', { kitchenId, onDate: TUESDAY, sitting: 'lunch', dishes: [{ dishId: 'pork', portions: 90, priceFen: 1600 }] })).toBe('CUTOFF_PAST')
    await world.emulator.advance(2 * MINUTE)
    const sheet = (await stored<KitchenSheet>('kitchenSheets')).find((candidate) => candidate._id === sittingId(kitchenId, TUESDAY, 'lunch'))
    expect(sheet).toMatchObject({ state: 'frozen', dueAt: null, portions: 8, orders: 8, dishes: [{ dishId: 'chicken', portions: 5 }, { dishId: 'pork', portions: 3 }] })
    const shown = await world.phone('o_cook').do('kitchen.sheet', { kitchenId, onDate: TUESDAY, sitting: 'lunch' })
    expect(shown).toMatchObject({ state: 'frozen', portions: 8, diets: [{ dishName: '香菇鸡片', avoid: [], advice: ['lowSalt', 'soft'], portions: 1 }, { avoid: ['peanut'], advice: ['soft'] }].reverse(), runs: [{ communityName: '华光城', stops: 7, done: 0 }], couriers: [{ personId: 'courier' }, { personId: 'courier2' }] })
    expect(shown.lines).toHaveLength(8)
    runId = (await runOf(orders.wang))._id
    expect((await Promise.all(elders.map((elderId) => bookingOf(orders[elderId])))).map((booking) => booking.meal?.runId)).toEqual(elders.map(() => runId))
  })

  test('the kitchen’s couriers see it masked; the family of an elder cannot take it; of two who can, one gets it', async () => {
    await world.emulator.moveTo(noon - 90 * MINUTE)
    await world.addPerson('relative', { openid: 'o_relative', name: '示例亲戚', grants: [{ role: 'courier', providerId: kitchenId }], kinIds: ['gu'] })
    const { open, colleagues } = await liu().do('courier.today', {})
    expect(open).toMatchObject([{ runId, startedAt: null }])
    expect(open[0]?.stops[0]).toMatchObject({ order: 1, address: '华光城 6 幢 ***', note: null, avoid: [] })
    expect(colleagues.map((colleague) => colleague.personId).sort()).toEqual(['courier2', 'relative'])
    expect((await world.phone('o_rival_courier').do('courier.today', {})).open).toEqual([])
    expect(await world.phone('o_rival_courier').codeOf('courier.takeRun', { runId })).toBe('NOT_FOUND')
    expect(await world.phone('o_relative').ask('courier.takeRun', { runId })).toMatchObject({ error: { code: 'OWN_CASE', details: { bookingId: orders.gu } } })
    const waiting = async () => (await world.phone('o_cook').do('kitchen.week', {})).waiting
    expect(await waiting()).toEqual([{ runId, communityName: '华光城', sitting: 'lunch', stops: 7, startsAt: leaving + 30 * MINUTE }])
    const codes = await Promise.all([liu().codeOf('courier.takeRun', { runId }), ma().codeOf('courier.takeRun', { runId })])
    expect([...codes].sort()).toEqual(['ALREADY_TAKEN', 'OK'])
    const winner = codes[0] === 'OK' ? 'courier' : 'courier2'
    expect(await runOf(orders.wang)).toMatchObject({ courierId: winner, openFor: null })
    expect(await waiting()).toEqual([])
    if (winner === 'courier2') await world.phone('o_cook').do('kitchen.giveRun', { runId, courierId: 'courier' })
  })

  test('the doors stand whole once it has begun, and each elder can read it in their log, once', async () => {
    const stop = async () => (await liu().do('courier.today', {})).mine[0]?.stops.find((candidate) => candidate.bookingId === orders.wang)
    expect(await stop()).toMatchObject({ address: '华光城 12 幢 ***', avoid: ['peanut'], note: '敲门轻一点', livesAlone: true })
    expect(await ma().codeOf('courier.startRun', { runId })).toBe('NOT_FOUND')
    expect((await liu().do('courier.today', {})).mine[0]).toMatchObject({ startsFrom: leaving, startedAt: null })
    expect(await liu().codeOf('courier.handOver', { bookingId: orders.wang })).toBe('TOO_EARLY')
    await world.emulator.moveTo(leaving - 1000)
    expect(await liu().ask('courier.startRun', { runId })).toMatchObject({ error: { code: 'TOO_EARLY', details: { from: leaving } } })
    expect((await stored<Audit>('audits')).filter((audit) => audit.what === 'unmaskedAddress')).toEqual([])
    expect((await world.phone('o_wang').do('booking.show', { bookingId: orders.wang })).order).toMatchObject({ courierName: '刘强', leftAt: null })
    await world.emulator.moveTo(leaving)
    await liu().do('courier.startRun', { runId })
    await liu().do('courier.startRun', { runId })
    expect((await world.phone('o_wang').do('booking.show', { bookingId: orders.wang })).order?.leftAt).toBeGreaterThanOrEqual(leaving)
    expect(await stop()).toMatchObject({ address: '华光城 12 幢 302' })
    const looked = (await stored<Audit>('audits')).filter((audit) => audit.what === 'unmaskedAddress')
    expect(looked.map((audit) => audit.aboutId).sort()).toEqual([...elders].sort())
    expect(looked[0]).toMatchObject({ by: { personId: 'courier', as: 'courier' }, purpose: 'delivery' })
    const { items } = await world.phone('o_wang').do('account.log', { personId: 'wang' })
    expect(JSON.stringify(items)).toContain('unmaskedAddress')
  })

  test('one read of the runs for the courier’s page', async () => {
    await liu().do('courier.today', {})
    const call = (await world.emulator.calls()).rows.at(-1)
    expect(call?.dbCalls).toBeLessThanOrEqual(4)
    expect((call?.scanned ?? 0) / (call?.returned ?? 1)).toBeLessThanOrEqual(1.1)
  })

  test('送到了 with the code is delivered; the word alone stays an exception until the elder taps; too early and another’s stop are refused', async () => {
    expect(await liu().codeOf('courier.noAnswer', { bookingId: orders.wang, tried: '敲门' })).toBe('TOO_EARLY')
    await world.emulator.moveTo(noon)
    const code = await codeOf('wang', orders.wang)
    expect(await ma().codeOf('courier.handOver', { bookingId: orders.wang, code })).toBe('NOT_FOUND')
    expect(await ma().codeOf('courier.handOver', { bookingId: orders.wang })).toBe('NOT_FOUND')
    expect(await liu().ask('courier.handOver', { bookingId: orders.wang, code: code === '123456' ? '654321' : '123456' })).toMatchObject({ error: { code: 'DOOR_CODE_WRONG', details: { left: 4 } } })
    const requestId = newRequestId()
    expect(await liu().do('courier.handOver', { bookingId: orders.wang, code }, requestId)).toEqual({ status: 'delivered', proof: 'doorCode' })
    expect(await liu().do('courier.handOver', { bookingId: orders.wang, code }, requestId)).toEqual({ status: 'delivered', proof: 'doorCode' })
    expect((await runOf(orders.wang)).stops[orders.wang]).toMatchObject({ state: 'delivered' })

    expect(await liu().do('courier.handOver', { bookingId: orders.shen })).toEqual({ status: 'handedOver', proof: 'courierWord' })
    expect(await bookingOf(orders.shen)).toMatchObject({ status: 'handedOver', review: 'exception' })
    expect((await runOf(orders.shen)).stops[orders.shen]?.state).toBe('handedOver')
    await world.phone('o_daughter').do('meal.received', { bookingId: orders.shen })
    expect(await bookingOf(orders.shen)).toMatchObject({ status: 'delivered', review: null, evidence: { confirm: { proof: 'familyTap' } } })
    expect((await runOf(orders.shen)).stops[orders.shen]?.state).toBe('delivered')
    expect(await liu().codeOf('courier.handOver', { bookingId: orders.shen })).toBe('WRONG_STATE')
  })

  test('the elder’s own tap is enough; the family of who carries it cannot give it, though they act for the elder', async () => {
    expect(await world.phone('o_liuwife').codeOf('meal.received', { bookingId: orders.gu })).toBe('OWN_CASE')
    await world.phone('o_gu').do('meal.received', { bookingId: orders.gu })
    expect((await runOf(orders.gu)).stops[orders.gu]?.state).toBe('delivered')
    expect(await liu().codeOf('courier.handOver', { bookingId: orders.gu })).toBe('WRONG_STATE')
  })

  test('handed on half-way: nothing is lost, what is done stays done; a code from before still counts, a word does not', async () => {
    const early = await codeOf('fang', orders.fang)
    await world.emulator.advance(5 * MINUTE)
    expect(await liu().codeOf('courier.handRun', { runId, courierId: 'rivalCourier' })).toBe('NO_MATCH')
    expect(await liu().codeOf('courier.handRun', { runId, courierId: 'cook' })).toBe('NO_MATCH')
    expect(await liu().codeOf('courier.handRun', { runId, courierId: 'relative' })).toBe('OWN_CASE')
    const before = await runOf(orders.wang)
    await liu().do('courier.handRun', { runId, courierId: 'courier2' })
    expect((await runOf(orders.wang)).stops).toEqual(before.stops)
    expect((await liu().do('courier.today', {})).mine).toEqual([])
    const [mine] = (await ma().do('courier.today', {})).mine
    expect(mine).toMatchObject({ runId, startedAt: null })
    expect(mine?.stops.filter((stop) => stop.state === 'delivered')).toHaveLength(3)
    expect(mine?.stops[0]?.address).toContain('***')

    expect(await liu().codeOf('courier.handOver', { bookingId: orders.lu })).toBe('NOT_FOUND')
    // Shown while he carried it, sent when he had signal again.
    await world.emulator.advance(10 * MINUTE)
    expect(await liu().do('courier.handOver', { bookingId: orders.fang, code: early, capturedAt: noon })).toEqual({ status: 'delivered', proof: 'doorCode' })
    const late = await codeOf('lu', orders.lu)
    expect(await liu().codeOf('courier.handOver', { bookingId: orders.lu, code: late })).toBe('NOT_FOUND')

    const [mas, lius] = await Promise.all([ma().codeOf('courier.handOver', { bookingId: orders.lu, code: late }), liu().codeOf('courier.handOver', { bookingId: orders.lu, code: late })])
    expect(mas).toBe('OK')
    expect(['NOT_FOUND', 'DOOR_CODE_USED']).toContain(lius)
    expect((await bookingOf(orders.lu)).timeline.filter((line) => line.what === 'delivered')).toHaveLength(1)
  })

  test('nobody opens: a safety case at once; the one who could not find anyone cannot close it', async () => {
    const { safetyCaseId } = await ma().do('courier.noAnswer', { bookingId: orders.tang, tried: '敲门三次，电话没人接' })
    expect((await stored<SafetyCase>('safetyCases')).find((safety) => safety._id === safetyCaseId)).toMatchObject({ status: 'open', reason: 'noContact', elderId: 'tang', openedBy: 'courier2' })
    expect((await runOf(orders.tang)).stops[orders.tang]?.state).toBe('noContact')
    expect(await ma().codeOf('safety.close', { safetyCaseId, how: { by: 'seenInPerson', words: '看到了', finding: 'fine', seenAt: noon } })).toBe('NOT_FOUND')
    expect((await world.phone('o_cook').do('kitchen.sheet', { kitchenId, onDate: TUESDAY, sitting: 'lunch' })).runs).toMatchObject([{ stops: 7, done: 5, noContact: 1, courierName: '马亮' }])
  })

  test('yesterday’s run: nothing can be said of it any more, except with a code from its own time', async () => {
    const code = await codeOf('ye', orders.ye)
    await world.emulator.moveTo(noon + DAY)
    expect(await ma().codeOf('courier.handOver', { bookingId: orders.ye })).toBe('WRONG_STATE')
    expect(await ma().codeOf('courier.noAnswer', { bookingId: orders.ye, tried: '敲门' })).toBe('WRONG_STATE')
    for (const action of ['courier.startRun', 'courier.takeRun'] as const) expect(await ma().codeOf(action, { runId })).not.toBe('OK')
    expect(await world.phone('o_cook').codeOf('kitchen.giveRun', { runId, courierId: 'courier' })).toBe('WRONG_STATE')
    expect((await ma().do('courier.today', {})).mine).toEqual([])
    expect(await ma().do('courier.handOver', { bookingId: orders.ye, code, capturedAt: noon })).toMatchObject({ status: 'delivered' })
    expect(await world.brokenLaws()).toEqual([])
  })

  test('law 9: the run forgets its doors in the night, and an elder who is gone leaves it; an export holds one’s own stop alone', async () => {
    const mine = JSON.parse((await world.phone('o_wang').do('account.export', {})).json) as { deliveryRuns: DeliveryRun[] }
    expect(mine.deliveryRuns.flatMap((run) => Object.values(run.stops)).map((stop) => stop.elderId)).toEqual(['wang'])
    await world.emulator.fire('timers', 'forget')
    const run = await runOf(orders.wang)
    expect(run.forgetAt).toBeNull()
    expect(Object.values(run.stops).map(({ address, avoid, note }) => ({ address, avoid, note }))).toEqual(elders.map(() => ({ address: null, avoid: [], note: null })))
    await world.phone('o_ye').do('account.erase', { confirmName: '示例老人庚' })
    await world.emulator.fire('timers', 'settle')
    expect(JSON.stringify(await runs())).not.toMatch(/示例老人庚|"ye"/u)
    await world.emulator.moveTo(noon + 70 * DAY)
    await world.emulator.fire('timers', 'forget')
    expect(await runs()).toEqual([])
  })
})
