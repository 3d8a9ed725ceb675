/**
 * The care consultant through the built functions: from a question to a plan, whose items become bookings once, to its review; who
 * may read what; the clock twice, late and killed half-way. Every call in turn with EVERY_STEP=1, otherwise a few.
 */
import type { ActionName, InputOf } from '../../src/contract'
import type { Booking } from '../../src/domain/booking-record'
import { addDays, civilDate, DAY, HOUR, MINUTE } from '../../src/domain/civil-time'
import type { Consultation } from '../../src/domain/consultation'
import type { Message } from '../../src/domain/message'
import type { Series } from '../../src/domain/series'
import { isEveryStep } from '../support/kills'
import { aHouse, nightsFrom } from './bed-world'
import { aConsultation, addConsultants, advice, answersOf, bathPlan, errandPlan, mealPlan, stayPlan } from './consult-world'
import { startMealWorld, type MealWorld } from './meal-world'
import { aMenuOffer, deliver, soon } from './menu-world'
import { bathing, delegation, newRequestId, type World } from './world'

const STRIDE = isEveryStep ? 1 : 6
const MOST_CALLS = 16

let world: MealWorld
let serial = 0
beforeAll(async () => {
  world = await startMealWorld()
  await addConsultants(world)
  await world.emulator.insert('serviceItems', [{ ...bathing, _id: 'roomy', weekly: bathing.weekly.map((opening) => ({ ...opening, capacity: 400 })) }])
  await world.emulator.fire('timers', 'generateSlots')
})
afterAll(() => world.stop())

const stored = async <T>(collection: string): Promise<readonly T[]> => ((await world.emulator.dump([collection]))[collection] ?? []) as unknown as readonly T[]
const oneOf = async (id: string): Promise<Consultation> => {
  const found = (await stored<Consultation>('consultations')).find((one) => one._id === id)
  if (!found) throw new Error(`no consultation ${id}`)
  return found
}
const told = async (id: string): Promise<readonly string[]> => (await stored<Message>('messages')).filter((message) => message.page.includes(id)).map((message) => `${message.personId}: ${message.data['thing3']?.value ?? ''}`).sort()
const look = () => world.emulator.fire('timers', 'lookAtConsultations')
const todayOf = async (): Promise<string> => civilDate((await world.emulator.clock()).now)
const [consultant, far, social, daughter] = ['o_consultant', 'o_far_consultant', 'o_social', 'o_daughter'].map((openid) => ({ do: ((...args: Parameters<ReturnType<World['phone']>['do']>) => world.phone(openid).do(...args)) as ReturnType<World['phone']>['do'], codeOf: ((...args: Parameters<ReturnType<World['phone']>['codeOf']>) => world.phone(openid).codeOf(...args)) as ReturnType<World['phone']>['codeOf'] })) as [Phone, Phone, Phone, Phone]
type Phone = Pick<ReturnType<World['phone']>, 'do' | 'codeOf'>

async function anElder(options: Parameters<World['addPerson']>[1] = {}): Promise<string> {
  const id = `ce${++serial}`
  await world.addPerson(id, { openid: `o_${id}`, name: '示例老人', ...delegation('daughter', '王敏'), ...options })
  return id
}
const roomy = { ...bathPlan, serviceItemId: 'roomy' }
/** A plan of this elder, straight in the store. */
const aPlan = (elderId: string, plan: Parameters<typeof aConsultation>[3] = [roomy, advice], step: 'planned' | 'due' = 'planned') => aConsultation(world, step, { elderId, elderName: '示例老人' }, plan)

test('from a question to a plan: who is told, who reads what, and what the elder finds in their log', async () => {
  const elderId = await anElder()
  const elder = world.phone(`o_${elderId}`)
  const { consultationId, answerBy, isPool } = await daughter.do('consult.ask', { elderId, want: 'visit', topic: 'careAtHome', words: '一个人洗澡不放心' })
  expect({ isPool, on: civilDate(answerBy) }).toEqual({ isPool: false, on: '2026-11-25' })
  await look()
  expect(await told(consultationId)).toEqual(['consultant: 有新的咨询，请接手'])
  expect((await consultant.do('consult.desk', {})).fresh.map((one) => one.consultationId)).toContain(consultationId)
  expect((await far.do('consult.desk', {})).fresh).toEqual([])
  await consultant.do('consult.take', { consultationId })
  await consultant.do('consult.answer', { consultationId, words: '周三上午来您家看看' })

  const sign = { consultationId, answers: answersOf({ bathing: 0 }), words: '怕滑' }
  expect(await consultant.codeOf('consult.sign', sign)).toBe('CONSENT_REQUIRED')
  const consent = { consultationId, consent: { untilOn: '2027-05-01' } }
  expect(await daughter.codeOf('consult.setConsent', consent)).toBe('NOT_FOUND')
  expect(await social.codeOf('consult.setConsent', consent)).toBe('IDENTITY_REQUIRED')
  await elder.do('consult.setConsent', consent)
  await consultant.do('consult.saveDraft', { consultationId, answers: { bathing: 0 } })
  expect((await consultant.do('consult.draft', { consultationId })).draft?.answers).toEqual({ bathing: 0 })
  expect(await consultant.do('consult.sign', sign)).toEqual({ score: 95, level: 'mild' })
  await consultant.do('consult.givePlan', { consultationId, items: [roomy, { ...roomy, title: '每周助浴', rhythm: 'weekly', times: 3 }, advice] })

  // What was found: the elder, family who reads care records, the consultant who has it; nobody else.
  const findings = async (phone: Phone) => (await phone.do('consult.show', { consultationId })).assessments[0]?.findings?.score ?? null
  expect(await Promise.all([elder, daughter, consultant, social].map(findings))).toEqual([95, 95, 95, null])
  expect((await social.do('consult.show', { consultationId })).draftAt).toBeNull()

  const shown = await elder.do('consult.show', { consultationId })
  expect(shown.plan?.items.map((item) => [item.title, item.state, item.offer?.priceFen ?? null])).toEqual([['助浴', 'open', 6000], ['每周助浴', 'open', 6000], ['浴室装扶手', 'open', null]])
  const slotId = shown.plan?.items[0]?.offer?.slotId ?? ''
  const key = newRequestId()
  const first = await elder.do('consult.bookItem', { consultationId, n: 1, choice: { how: 'once', slotId } }, key)
  expect(await elder.do('consult.bookItem', { consultationId, n: 1, choice: { how: 'once', slotId } }, key)).toEqual(first)
  expect(await daughter.do('consult.bookItem', { consultationId, n: 1, choice: { how: 'once', slotId } })).toEqual(first)
  const weekly = await daughter.do('consult.bookItem', { consultationId, n: 2, choice: { how: 'series', firstOn: '2026-11-25', startMinute: 840, every: 1, count: 3 } })
  expect((await stored<Series>('series')).filter((series) => series.elderId === elderId).map((series) => series._id)).toEqual([weekly.seriesId])
  await elder.do('consult.answerItem', { consultationId, n: 3, isWanted: true })
  expect((await stored<Booking>('bookings')).filter((booking) => booking.elderId === elderId && booking.series === undefined)).toHaveLength(1)
  const after = await elder.do('consult.show', { consultationId })
  expect(after.plan?.items.map((item) => [item.state, item.coming])).toEqual([['booked', 1], ['booked', 2], ['wanted', 0]])
  await look()
  expect(await told(consultationId)).toEqual([
    'consultant: 有新的咨询，请接手', 'consultant: 老人同意评估了', ...['daughter', elderId].flatMap((id) => ['照护计划写好了，请看', '评估做好了，可以看', '顾清接了您的咨询', '顾清答复您了'].map((words) => `${id}: ${words}`)),
  ].sort())
  const log = (await elder.do('account.log', { personId: elderId })).items.map((item) => item.what)
  for (const what of ['consultAsked', 'consultTaken', 'consultAnswered', 'consultAssessed', 'consultPlanned']) expect(log).toContain(what)
  expect(await world.brokenLaws()).toEqual([])
})

test('of another grid there is nothing, and nothing is written; a colleague of the grid reads no findings', async () => {
  const consultationId = await aConsultation(world, 'assessed', { elderId: await anElder() })
  await world.addPerson('guer', { openid: 'o_colleague_gu', name: '顾二', grants: [{ role: 'careConsultant', communityIds: ['huaguang'] }] })
  const before = await world.writes()
  const acts: readonly (readonly [ActionName, object])[] = [
    ['consult.show', {}], ['consult.draft', {}], ['consult.take', {}], ['consult.saveDraft', { answers: { bathing: 0 } }], ['consult.sign', { answers: answersOf() }], ['consult.answer', { words: '好' }],
    ['consult.givePlan', { items: [advice] }], ['consult.review', { words: '好', nextOn: null }], ['consult.close', { words: '好' }], ['consult.passOn', { words: '好' }], ['consult.setConsent', { consent: null }], ['consult.choices', {}],
  ]
  for (const [action, input] of acts) {
    expect({ action, code: await far.codeOf(action, { consultationId, ...input } as InputOf<ActionName>) }).toEqual({ action, code: 'NOT_FOUND' })
    expect(await far.codeOf(action, { consultationId: 'nothing', ...input } as InputOf<ActionName>)).toBe('NOT_FOUND')
  }
  expect(await far.codeOf('person.unmask', { field: 'phone', purpose: 'callBack', about: { by: 'consultation', consultationId } })).toBe('NOT_FOUND')
  const colleague = world.phone('o_colleague_gu')
  expect((await colleague.do('consult.show', { consultationId })).assessments).toMatchObject([{ n: 1, findings: null }])
  expect(await colleague.codeOf('consult.draft', { consultationId })).toBe('ALREADY_TAKEN')
  expect(await world.writes()).toEqual(before)
  expect(await consultant.do('person.unmask', { field: 'phone', purpose: 'callBack', about: { by: 'consultation', consultationId } })).toEqual({ value: '19000000000' })
})

test('consent withdrawn: the answers are nowhere any more, the plan is the elder’s own', async () => {
  const elderId = await anElder()
  const consultationId = await aPlan(elderId)
  await consultant.do('consult.saveDraft', { consultationId, answers: { bathing: 0 }, words: '秘密的草稿' })
  await world.phone(`o_${elderId}`).do('consult.setConsent', { consultationId, consent: null })
  expect(JSON.stringify(await oneOf(consultationId))).not.toMatch(/秘密的草稿|洗澡怕滑|"bathing":0|"score"/)
  expect((await world.phone(`o_${elderId}`).do('consult.show', { consultationId })).assessments).toMatchObject([{ byName: '顾清', findings: null }])
  expect((await oneOf(consultationId)).plan?.items).toHaveLength(2)
  expect(await consultant.codeOf('consult.saveDraft', { consultationId, answers: {} })).toBe('CONSENT_REQUIRED')
})

test('the clock passes on what nobody answers, late and twice the same; in the pool one of two has it', async () => {
  const elderId = await anElder()
  const { consultationId } = await world.phone(`o_${elderId}`).do('consult.ask', { elderId, want: 'question', topic: 'subsidies', words: '高龄津贴怎么办' })
  await look()
  expect(await far.codeOf('consult.take', { consultationId })).toBe('NOT_FOUND')
  await world.emulator.pass(4 * DAY)
  // Killed after each call in turn, then in peace, then once more.
  for (let nth = 2; nth <= 14; nth += STRIDE) {
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: 'after', only: { functions: ['timers'], operations: ['database.'] } })
    await look().catch(() => null)
    await world.emulator.faults({})
  }
  await look()
  const { version } = await oneOf(consultationId)
  await look()
  expect((await oneOf(consultationId)).version).toBe(version)
  expect((await oneOf(consultationId)).timeline.map((line) => line.what)).toEqual(['asked', 'passedOn'])
  expect((await told(consultationId)).filter((line) => !line.startsWith('guer'))).toEqual([
    `${elderId}: 还没人答复，已转给别的顾问`, 'consultant: 到时间没人答复，转给全街道顾问', 'consultant: 有新的咨询，请接手', 'daughter: 还没人答复，已转给别的顾问', 'farconsultant: 到时间没人答复，转给全街道顾问', 'social: 到时间没人答复，转给全街道顾问',
  ].sort())
  expect((await social.do('consult.desk', {})).pool.map((one) => one.consultationId)).toContain(consultationId)
  const codes = await Promise.all([consultant.codeOf('consult.take', { consultationId }), far.codeOf('consult.take', { consultationId })])
  // Whoever comes too late hears who has it, or finds nothing where it is not of their grid.
  expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
  expect(['ALREADY_TAKEN', 'NOT_FOUND']).toContain(codes.find((code) => code !== 'OK'))
  const { consultant: has, timeline } = await oneOf(consultationId)
  expect(timeline.filter((line) => line.what === 'taken').map((line) => line.by.personId)).toEqual([has?.personId])
})

test('an item is booked once by two taps at once; what is full leaves it open; what was cancelled can be booked anew', async () => {
  const elderId = await anElder()
  const consultationId = await aPlan(elderId)
  const elder = world.phone(`o_${elderId}`)
  const choiceOf = async () => ({ how: 'once', slotId: (await elder.do('consult.show', { consultationId })).plan?.items[0]?.offer?.slotId ?? '' } as const)
  await world.addSlot('fullone', { serviceItemId: 'roomy', remaining: 0, capacity: 1, holders: { somebody: { bookingId: 'x', at: (await world.emulator.clock()).now } }, startsAt: (await world.emulator.clock()).now + 50 * HOUR })
  expect(await elder.codeOf('consult.bookItem', { consultationId, n: 1, choice: { how: 'once', slotId: 'fullone' } })).toBe('SLOT_FULL')
  expect((await oneOf(consultationId)).plan?.items[0]).toMatchObject({ state: 'open', choice: null })
  const choice = await choiceOf()
  const [one, two] = await Promise.all([elder.ask('consult.bookItem', { consultationId, n: 1, choice }), world.phone('o_daughter').ask('consult.bookItem', { consultationId, n: 1, choice })])
  expect([one, two].filter((answer) => answer.ok).length).toBeGreaterThan(0)
  const live = async () => (await stored<Booking>('bookings')).filter((booking) => booking.elderId === elderId && booking.status === 'booked')
  expect(await live()).toHaveLength(1)
  await elder.do('booking.cancel', { bookingId: (await live())[0]?._id ?? '' })
  expect((await elder.do('consult.show', { consultationId })).plan?.items[0]).toMatchObject({ state: 'booked', booking: { status: 'cancelled' } })
  await elder.do('consult.bookItem', { consultationId, n: 1, choice })
  expect(await live()).toHaveLength(1)
  expect(await world.brokenLaws()).toEqual([])
})

test('killed wherever it may be while it books: one booking or none, and then one', async () => {
  const scenes: { readonly elderId: string; readonly consultationId: string; readonly key: string; readonly choice: InputOf<'consult.bookItem'>['choice'] }[] = []
  for (let nth = 3; nth <= MOST_CALLS; nth += STRIDE > 1 ? 4 : 1) {
    const elderId = await anElder()
    const consultationId = await aPlan(elderId)
    const offer = (await world.phone(`o_${elderId}`).do('consult.show', { consultationId })).plan?.items[0]?.offer
    const scene = { elderId, consultationId, key: newRequestId(), choice: { how: 'once', slotId: offer?.slotId ?? '' } as const }
    await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['api'], operations: ['database.'] } })
    await world.phone(`o_${elderId}`).ask('consult.bookItem', { consultationId, n: 1, choice: scene.choice }, scene.key).catch(() => null)
    await world.emulator.faults({})
    scenes.push(scene)
  }
  await world.emulator.pass(3 * MINUTE)
  for (const job of ['settle', 'lookAtConsultations'] as const) await world.emulator.fire('timers', job)
  const liveOf = async (elderId: string) => (await stored<Booking>('bookings')).filter((booking) => booking.elderId === elderId)
  for (const { elderId, consultationId } of scenes) {
    const item = (await oneOf(consultationId)).plan?.items[0]
    expect((await liveOf(elderId)).map((booking) => booking._id)).toEqual(item?.state === 'booked' && item.booked !== null && 'bookingId' in item.booked ? [item.booked.bookingId] : [])
    expect(['open', 'booked']).toContain(item?.state)
  }
  for (const { elderId, consultationId, key, choice } of scenes) {
    await world.phone(`o_${elderId}`).do('consult.bookItem', { consultationId, n: 1, choice }, key)
    expect(await liveOf(elderId)).toHaveLength(1)
  }
  expect(await world.brokenLaws()).toEqual([])
})

test('thirty days later it is due, once; reviewed once; a consultant who lost the role loses it to the pool', async () => {
  const elderId = await anElder()
  const consultationId = await aPlan(elderId, [roomy], 'due')
  await world.emulator.insert('consultations', [{ ...(await oneOf(consultationId)), _id: `${consultationId}x`, dueAt: 1, consultant: { personId: 'gone', name: '走了' } }])
  const stale = await oneOf(consultationId)
  await world.emulator.insert('consultations', [{ ...stale, _id: `${consultationId}d`, dueAt: 1 }])
  for (const _again of [1, 2]) await look()
  expect(await told(`${consultationId}d`)).toEqual([`${elderId}: 一个月了，顾问来问问怎么样`, 'consultant: 该回访了', 'daughter: 一个月了，顾问来问问怎么样'])
  expect(await oneOf(`${consultationId}x`)).toMatchObject({ state: 'pool', consultant: null, plan: { items: [{ n: 1 }] } })
  expect((await consultant.do('consult.desk', {})).reviews.map((one) => one.consultationId)).toContain(`${consultationId}d`)
  const key = newRequestId()
  const review = { consultationId: `${consultationId}d`, words: '洗得安心多了', nextOn: addDays(await todayOf(), 30) }
  await consultant.do('consult.review', review, key)
  await consultant.do('consult.review', review, key)
  expect(await consultant.codeOf('consult.review', review)).toBe('TOO_EARLY')
  expect((await oneOf(review.consultationId)).reviews).toHaveLength(1)
})

test('moved to another community it goes along; merged, exported and erased it is reached; a death closes it', async () => {
  const elderId = await anElder()
  const consultationId = await aPlan(elderId)
  await social.do('person.move', { personId: elderId, communityId: 'taigu', address: '太古城 3 幢 101' })
  expect(await oneOf(consultationId)).toMatchObject({ communityId: 'taigu', state: 'waiting', consultant: null })
  expect(await consultant.codeOf('consult.show', { consultationId })).toBe('NOT_FOUND')
  await far.do('consult.take', { consultationId })
  expect((await far.do('consult.show', { consultationId })).state).toBe('planned')
  const exported = JSON.parse((await world.phone(`o_${elderId}`).do('account.export', {})).json) as { consultations?: readonly Consultation[] }
  expect(exported.consultations?.map((one) => [one._id, one.plan?.items.length])).toEqual([[consultationId, 2]])
  await world.phone(`o_${elderId}`).do('account.erase', { confirmName: '示例老人' })
  expect((await stored<Consultation>('consultations')).some((one) => one._id === consultationId)).toBe(false)

  const [keep, drop] = [await anElder(), `cd${++serial}`]
  await world.addPerson(drop, { name: '示例老人' })
  const merged = await aPlan(drop)
  await social.do('person.merge', { keepId: keep, dropId: drop })
  expect(await oneOf(merged)).toMatchObject({ elderId: keep })

  const { lifeEventId } = await social.do('life.reportDeath', { personId: keep, onDate: await todayOf() })
  await world.phone('o_admin').do('life.confirmDeath', { lifeEventId })
  expect(await oneOf(merged)).toMatchObject({ state: 'closed', reviewOn: null })
  await look()
  expect((await told(merged)).filter((line) => line.startsWith(keep))).toEqual([])
})

describe('what is ordered on a page of its own', () => {
  /** Orders of this elder through the actions of their pages. */
  const orderMeal = async (elderId: string, by: Pick<Phone, 'do'> = world.phone(`o_${elderId}`)): Promise<string> => {
    const slotId = await world.addMeal(`planmeal${++serial}`, { onDate: addDays(await todayOf(), 2 + (serial % 9)) })
    return (await by.do('meal.order', { elderId, slotId, portions: 1, way: 'delivery', payment: 'monthlyBill' })).bookingId
  }
  const orderStay = async (elderId: string, house: Awaited<ReturnType<typeof aHouse>>): Promise<string> => {
    const fromOn = addDays(await todayOf(), 20)
    await nightsFrom(world, house, fromOn, 2)
    return (await world.phone(`o_${elderId}`).do('stay.book', { elderId, serviceItemId: house._id, fromOn, toOn: addDays(fromOn, 2) })).bookingId
  }
  const orderErrand = async (elderId: string): Promise<string> => {
    const offer = await aMenuOffer(world)
    return (await world.phone(`o_${elderId}`).do('menu.order', { elderId, slotId: offer.dayOf(await soon(world)), part: 'morning', seenPriceFen: 500 })).bookingId
  }
  const itemsOf = async (phone: Pick<Phone, 'do'>, consultationId: string) => (await phone.do('consult.show', { consultationId })).plan?.items ?? []

  test('a meal, a stay and something from the menu are remembered, with who; both sides see what came of it; cancelled it is open again', async () => {
    const elderId = await anElder()
    const elder = world.phone(`o_${elderId}`)
    const house = await aHouse(world)
    const consultationId = await aPlan(elderId, [mealPlan, stayPlan(house._id), errandPlan])
    expect((await itemsOf(elder, consultationId)).map((item) => item.found)).toEqual([null, null, null])
    const [meal, stay, errand] = [await orderMeal(elderId, daughter), await orderStay(elderId, house), await orderErrand(elderId)]
    // Ordered and not linked, because the phone was put away in between: each item finds its own. Only the elder's side is asked.
    expect((await itemsOf(elder, consultationId)).map((item) => item.found?.bookingId)).toEqual([meal, stay, errand])
    expect((await itemsOf(consultant, consultationId)).map((item) => item.found)).toEqual([null, null, null])

    const key = newRequestId()
    await daughter.do('consult.linkItem', { consultationId, n: 1, bookingId: meal }, key)
    await elder.do('consult.linkItem', { consultationId, n: 2, bookingId: stay })
    await elder.do('consult.linkItem', { consultationId, n: 3, bookingId: errand })
    const linked = await oneOf(consultationId)
    await daughter.do('consult.linkItem', { consultationId, n: 1, bookingId: meal }, key)
    expect(await oneOf(consultationId)).toEqual(linked)
    await elder.do('consult.linkItem', { consultationId, n: 1, bookingId: meal })
    expect([(await oneOf(consultationId)).plan, (await oneOf(consultationId)).timeline]).toEqual([linked.plan, linked.timeline])
    expect(linked.timeline.filter((line) => line.what === 'itemBooked').map((line) => [line.n, line.by.name])).toEqual([[1, '王敏'], [2, '示例老人'], [3, '示例老人']])
    for (const phone of [elder, consultant]) {
      expect((await itemsOf(phone, consultationId)).map((item) => [item.state, item.bookingId, item.booking?.name, item.byName, item.coming, item.found])).toEqual([
        ['booked', meal, '清蒸鲈鱼', '王敏', 1, null], ['booked', stay, '短住', '示例老人', 1, null], ['booked', errand, '代买代购', '示例老人', 1, null],
      ])
    }
    expect((await consultant.do('consult.desk', {})).mine.find((one) => one.consultationId === consultationId)?.openItems).toBe(0)

    // Given up, as from a plan: said to be, and open for another. What the first answered stays answered.
    await elder.do('booking.cancel', { bookingId: meal })
    expect((await itemsOf(consultant, consultationId))[0]).toMatchObject({ state: 'booked', booking: { status: 'cancelled' } })
    const other = await orderMeal(elderId)
    expect((await itemsOf(elder, consultationId))[0]?.found?.bookingId).toBe(other)
    await elder.do('consult.linkItem', { consultationId, n: 1, bookingId: other })
    await daughter.do('consult.linkItem', { consultationId, n: 1, bookingId: meal }, key)
    expect((await itemsOf(elder, consultationId))[0]).toMatchObject({ state: 'booked', bookingId: other, booking: { status: 'booked' } })
    expect(await world.brokenLaws()).toEqual([])
  })

  test('what is somebody else’s, of another kind, another house or another item is refused, and nothing is written', async () => {
    const [elderId, otherId] = [await anElder({ ...delegation('daughter', '王敏') }), await anElder()]
    await world.addPerson('onlyReads', { openid: 'o_only_reads', name: '只看的人' })
    const readsId = await anElder(delegation('onlyReads', '只看的人', ['readCare', 'alerts']))
    const [house, elsewhere] = [await aHouse(world), await aHouse(world)]
    const consultationId = await aPlan(elderId, [mealPlan, stayPlan(house._id), errandPlan, mealPlan, roomy])
    const [meal, second, stay, theirs] = [await orderMeal(elderId), await orderMeal(elderId), await orderStay(elderId, elsewhere), await orderMeal(otherId)]
    const readsPlan = await aPlan(readsId, [mealPlan])
    const readsMeal = await orderMeal(readsId)
    const elder = world.phone(`o_${elderId}`)
    await elder.do('consult.linkItem', { consultationId, n: 1, bookingId: meal })
    const before = await world.writes()
    const refused: readonly (readonly [string, Pick<Phone, 'codeOf'>, InputOf<'consult.linkItem'>, string])[] = [
      ['of another elder, by who acts for both', daughter, { consultationId, n: 4, bookingId: theirs }, 'NOT_FOUND'],
      ['that is not there', elder, { consultationId, n: 4, bookingId: 'nothing' }, 'NOT_FOUND'],
      ['of another kind', elder, { consultationId, n: 3, bookingId: second }, 'NO_MATCH'],
      ['of another house', elder, { consultationId, n: 2, bookingId: stay }, 'NO_MATCH'],
      ['that another item stands for', elder, { consultationId, n: 4, bookingId: meal }, 'ALREADY_BOOKED'],
      ['beside the one that stands', elder, { consultationId, n: 1, bookingId: second }, 'WRONG_STATE'],
      ['for what is booked from the plan', elder, { consultationId, n: 5, bookingId: second }, 'BAD_INPUT'],
      ['for an item that is not there', elder, { consultationId, n: 9, bookingId: second }, 'NOT_FOUND'],
      ['by a neighbour', world.phone(`o_${otherId}`), { consultationId, n: 4, bookingId: theirs }, 'NOT_FOUND'],
      ['by family who may only read', world.phone('o_only_reads'), { consultationId: readsPlan, n: 1, bookingId: readsMeal }, 'SCOPE_MISSING'],
      ['by the consultant', consultant, { consultationId, n: 4, bookingId: second }, 'NOT_FOUND'],
    ]
    for (const [what, phone, input, code] of refused) expect({ what, code: await phone.codeOf('consult.linkItem', input) }).toEqual({ what, code })
    // Who may only read is not asked whether an order is the one.
    expect((await itemsOf(world.phone('o_only_reads'), readsPlan))[0]).toMatchObject({ state: 'open', found: null })
    expect(await world.writes()).toEqual(before)
  })

  test('two at once link once; cut short anywhere it is linked once when it is asked again', async () => {
    const elderId = await anElder()
    const elder = world.phone(`o_${elderId}`)
    const consultationId = await aPlan(elderId, [mealPlan, errandPlan])
    const [meal, second, errand] = [await orderMeal(elderId), await orderMeal(elderId), await orderErrand(elderId)]
    const [one, two] = await Promise.all([elder.ask('consult.linkItem', { consultationId, n: 2, bookingId: errand }), world.phone('o_daughter').ask('consult.linkItem', { consultationId, n: 2, bookingId: errand })])
    expect([one.ok, two.ok]).toEqual([true, true])
    // Two different orders at once: one is the item's, the other stands for itself.
    const codes = await Promise.all([elder.codeOf('consult.linkItem', { consultationId, n: 1, bookingId: meal }), daughter.codeOf('consult.linkItem', { consultationId, n: 1, bookingId: second })])
    expect([...codes].sort()).toEqual(['OK', 'WRONG_STATE'])
    const { plan, timeline } = await oneOf(consultationId)
    expect(plan?.items.map((item) => item.booked)).toEqual([{ bookingId: codes[0] === 'OK' ? meal : second }, { bookingId: errand }])
    expect(timeline.filter((line) => line.what === 'itemBooked')).toHaveLength(2)
    for (let nth = 2; nth <= 8; nth += isEveryStep ? 1 : 3) {
      const killed = await aPlan(elderId, [mealPlan])
      const key = newRequestId()
      await world.emulator.faults({ killFunction: { nth: [nth] }, killWhen: nth % 2 === 0 ? 'before' : 'after', only: { functions: ['api'], operations: ['database.'] } })
      await elder.ask('consult.linkItem', { consultationId: killed, n: 1, bookingId: meal }, key).catch(() => null)
      await world.emulator.faults({})
      await elder.do('consult.linkItem', { consultationId: killed, n: 1, bookingId: meal }, key)
      expect((await oneOf(killed)).timeline.filter((line) => line.what === 'itemBooked')).toHaveLength(1)
      expect((await oneOf(killed)).plan?.items[0]).toMatchObject({ state: 'booked', booked: { bookingId: meal }, turn: 1 })
    }
  })

  test('what was delivered counts when the plan is looked at after thirty days', async () => {
    const elderId = await anElder()
    const consultationId = await aPlan(elderId, [errandPlan, mealPlan], 'due')
    const errand = await orderErrand(elderId)
    await world.phone('o_worker').do('menu.accept', { bookingId: errand })
    await world.phone('o_worker').do('visit.take', { bookingId: errand })
    await social.do('consult.linkItem', { consultationId, n: 1, bookingId: errand })
    await deliver(world, errand, elderId)
    expect((await itemsOf(consultant, consultationId)).map((item) => [item.done, item.coming])).toEqual([[1, 0], [0, 0]])
    await consultant.do('consult.review', { consultationId, words: '米送到了，饭还没订', nextOn: null })
    expect((await oneOf(consultationId)).reviews).toMatchObject([{ done: 1 }])
  })
})
