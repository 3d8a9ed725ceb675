/**
 * The demo: a few days in an invented neighbourhood of eleven real communities. Whatever the product has an action for
 * goes through that action, at its own time, so that it obeys every law; it ends in the morning of the day on which
 * it began, with something to do for everybody.
 */
import { MINUTE } from '../../src/domain/civil-time'
import type { EmulatorClient } from '../client'
import people from '../stage/people.json'
import { tellActivities } from './activities'
import { tellBeds } from './beds'
import { Calendar } from './calendar'
import { circle } from './circle'
import { tellGallery } from './gallery'
import { tellConsultations } from './consult'
import { kitchens, kitchenStaff, type KitchenIds } from './kitchens'
import { tellAskedKitchens, tellLastMonth, tellLastWeek, tellMenus, tellSubstitute, tellTodaysMeals, type Told } from './meal-story'
import { Meals } from './meals'
import { tellMenu } from './menu'
import { tellNotices } from './notices'
import { phonesOf, type CallAs } from './phone'
import { dutyOf, gridsOf, ladder, laterPolicies, firstPolicy, providers, services, socialWorkerFor, staff, staffAccount, staffPerson, subdistrict, type StaffMember } from './place'
import { tellPoints } from './points-story'
import { residents, strangers, type Resident, type ResidentName } from './residents'
import { tellCase } from './safety-story'
import { tellTakingPart } from './taking-part'
import { tell, type Door, type Visit } from './visits'

/** The people whom a phone of the stage can be given to. */
export const demoPeople: readonly { readonly openid: string; readonly name: string; readonly role: string; readonly why: string }[] = people.groups.flatMap((group) => group.people)

/** The wall-clock time at which the demo is handed over, on the civil day of the clock that it found. */
export const WAKES_AT = '09:12'

/** What tests and the stage may want to name. */
export interface Demo {
  /** the civil day on which the phones wake up */
  readonly today: string
  readonly personIds: Readonly<Record<ResidentName, string>>
}

/** The day of last month on which everything opens: its orders are what a policy is looked at against. */
const OPENS_ON = 9
/** When most of the visits that the demo tells of are booked. */
const FIRST_DAY = -4
const forOneMessage = ['tpl_booked', 'tpl_reminder', 'tpl_arrived', 'tpl_toConfirm', 'tpl_cancelled'] as const

/**
 * Fills an empty emulator. The day is taken from its clock, which then stands at `WAKES_AT` of that day.
 * @throws when the product refuses anything: demo data must never be written past a law
 */
export async function loadDemo(client: EmulatorClient): Promise<Demo> {
  const { now, isFollowing } = await client.clock()
  if (isFollowing) await client.follow(false)
  const calendar = new Calendar(now)
  const callAs = phonesOf(client)
  await client.moveTo(calendar.at(calendar.lastMonth(OPENS_ON), '08:30'), true)
  const kitchenIds = await openThePlace(client, calendar, callAs)
  const { personIds, cards } = await register(client, callAs)
  await delegate(calendar, callAs, personIds)
  await care(callAs, personIds)
  const meals = new Meals(calendar, callAs, kitchenIds)
  await meals.writeDishes()
  tellPolicies(calendar, callAs)
  tellMeals(calendar, callAs, personIds, cards, meals)
  tellThePast(calendar, callAs, personIds, cards)
  tellToday(calendar, callAs, personIds)
  tellTheFuture(calendar, callAs, personIds)
  tellTheCases(calendar, callAs, personIds)
  tellBeds({ calendar, callAs, personIds })
  const { orderIds } = tellMenu({ calendar, callAs, personIds })
  tellActivities({ calendar, callAs, personIds, opens: calendar.lastMonth(OPENS_ON) })
  tellNotices({ calendar, callAs, client, personIds })
  tellTakingPart({ calendar, callAs, personIds })
  tellGallery({ calendar, callAs, client, personIds })
  tellConsultations({ calendar, callAs, personIds, opens: calendar.lastMonth(OPENS_ON), orderIds })
  tellPoints({ calendar, callAs, client, personIds, opens: calendar.lastMonth(OPENS_ON) })
  calendar.scene(0, WAKES_AT, async () => { await client.fire('timers', 'selfCheck') })
  await calendar.play(client)
  if (isFollowing) await client.follow(true)
  return { today: calendar.today, personIds }
}

/** Base records, the kitchens, and the slots that the timer makes from the services. */
async function openThePlace(client: EmulatorClient, calendar: Calendar, callAs: CallAs): Promise<KitchenIds> {
  await client.insert('subdistricts', [subdistrict({ [calendar.date(8)]: '睦邻文化节（示例）', [calendar.newYear()]: '元旦' })])
  await client.insert('providers', providers)
  await client.insert('serviceItems', Object.values(services))
  const { termsVersion } = await callAs('demo_admin', 'account.open', {})
  const employ = async (members: readonly StaffMember[]): Promise<void> => {
    const { now } = await client.clock()
    await client.insert('people', members.map((member) => staffPerson(member, now)))
    await client.insert('accounts', members.map((member) => staffAccount(member, termsVersion, now)))
    for (const { openid, name, phone } of members) await client.saveAccount({ openid, nickname: name, phone })
  }
  await employ(staff)
  const [centre, halal] = [
    await callAs('demo_admin', 'kitchen.save', kitchens.centre.terms), await callAs('demo_admin', 'kitchen.save', kitchens.halal.terms),
  ]
  const kitchenIds = { centre: centre.kitchenId, halal: halal.kitchenId }
  await employ(kitchenStaff(kitchenIds))
  await client.insert('circles', [circle(kitchenIds)])
  for (const { openid, grants } of staff) {
    if (grants.some(({ role }) => role === 'socialWorker')) await client.subscribe(openid, ['tpl_alert', 'tpl_toVerify'])
  }
  for (const { openid, nickname, phone } of strangers) await client.saveAccount({ openid, nickname, phone })
  const { ok } = await client.fire('timers', 'generateSlots')
  if (!ok) throw new Error('demo data: the timer that generates slots failed')
  return kitchenIds
}

/** What is paid of a meal, who is asked when a door stays shut, and who goes: set before it holds, as the product demands. */
function tellPolicies(calendar: Calendar, callAs: CallAs): void {
  const set = (day: number, at: string, validFrom: string, policy: typeof firstPolicy): void => {
    calendar.scene(day, at, async () => { await callAs('demo_admin', 'policy.set', { validFrom, ...policy }) })
  }
  const opens = calendar.lastMonth(OPENS_ON)
  set(opens, '08:52', calendar.date(opens + 1), firstPolicy)
  set(opens + 4, '11:40', calendar.firstOfMonth(0), laterPolicies.now)
  set(-3, '13:42', calendar.firstOfMonth(2), laterPolicies.coming)
  // 示例: of 助洁 one seat is kept for the telephone, and nobody has more than two a week.
  calendar.scene(-3, '13:50', async () => {
    await callAs('demo_admin', 'fair.set', { serviceItemId: services.cleaning._id, share: { seats: 1, daysBefore: 1, untilMinute: 16 * 60 }, limit: { most: 2, per: 'week' }, hold: { minutes: 30, dayFrom: 8 * 60, dayTo: 20 * 60, morningAt: 9 * 60 } })
  })
  // 示例: from the month after next 理发 costs more; from the third week on there is one more time on Saturdays.
  calendar.scene(-2, '15:05', async () => {
    await callAs('demo_admin', 'service.setPrice', { serviceItemId: services.haircut._id, validFrom: calendar.firstOfMonth(2), priceFen: 1800, subsidy: null })
    await callAs('demo_admin', 'service.setWeekly', { serviceItemId: services.haircut._id, validFrom: calendar.date(20), weekly: [...services.haircut.weekly.map((opening) => ({ ...opening })), { weekday: 6, startMinute: 15 * 60 + 30, capacity: 2 }] })
  })
  calendar.scene(opens, '08:52', async () => {
    await callAs('demo_admin', 'policy.setLadder', { validFrom: calendar.date(opens + 1), ...ladder })
    for (const duty of [...dutyOf(), ...gridsOf()]) await callAs('demo_admin', 'duty.set', duty)
  })
}

type PersonIds = Readonly<Record<ResidentName, string>>

/** Everybody is seen at a counter once; those with a phone then claim themselves by the number that WeChat verified. */
async function register(client: EmulatorClient, callAs: CallAs): Promise<{ personIds: PersonIds; cards: Readonly<Record<string, string>> }> {
  const entries: [string, string][] = []
  for (const [key, { name, birthOn, communityId, address, phone, livesAlone }] of Object.entries<Resident>(residents)) {
    const { personId } = await callAs(socialWorkerFor(communityId), 'person.register', {
      name, birthOn, communityId, address, ...(phone === undefined ? {} : { phone }), livesAlone: livesAlone === true, identityCheck: 'idCardSeen',
    })
    entries.push([key, personId])
  }
  const personIds = Object.fromEntries(entries) as unknown as PersonIds
  for (const { name, phone, openid } of Object.values<Resident>(residents)) {
    if (openid === undefined || phone === undefined) continue
    await client.saveAccount({ openid, nickname: name, phone })
    await acceptTerms(callAs, openid)
    await callAs(openid, 'account.claimByPhone', { phoneCode: await client.phoneCode(openid) })
  }
  // The mother has agreed to no messages: what she should hear is told to her by telephone.
  for (const openid of ['demo_wang_min', 'demo_zheng_guoqiang', 'demo_sun_guiying']) {
    for (let message = 0; message < 4; message++) {
      await client.subscribe(openid, forOneMessage.slice(0, 3))
      await client.subscribe(openid, forOneMessage.slice(3))
    }
  }
  for (const openid of ['demo_zhou_ting', 'demo_wang_min']) await client.subscribe(openid, ['tpl_alert'])
  await callAs('demo_wang_xiuzhen', 'account.setCareNotes', { consent: true, careNotes: '听力不太好，请大声些；左膝不便，进浴室要扶。' })
  const cards: Record<string, string> = {}
  for (const key of ['zhouFusheng', 'shenYuee', 'heXiuying'] as const) {
    cards[key] = (await callAs('demo_li_jing', 'person.issueDoorCard', { personId: personIds[key] })).code
  }
  return { personIds, cards }
}

async function acceptTerms(callAs: CallAs, openid: string): Promise<void> {
  const { termsVersion } = await callAs(openid, 'account.open', {})
  await callAs(openid, 'account.acceptTerms', { termsVersion })
}

/** What some must not eat or were advised, each with their own consent, and who gets more subsidy. */
async function care(callAs: CallAs, personIds: PersonIds): Promise<void> {
  await callAs('demo_wang_xiuzhen', 'diet.set', { elderId: personIds.wangXiuzhen, consent: true, allergens: ['shellfish'], advice: ['lowSalt', 'diabetic'] })
  await callAs('demo_li_jing', 'diet.set', { elderId: personIds.zhouFusheng, consent: true, allergens: ['peanut'], advice: [], asked: ['inPerson'] })
  await callAs('demo_li_jing', 'diet.set', { elderId: personIds.shenYuee, consent: true, allergens: [], advice: ['soft'], asked: ['inPerson'] })
  await callAs('demo_li_jing', 'person.setHardship', { personId: personIds.heXiuying, hardship: 'lowIncome', seen: '低收入家庭证明（示例）' })
}

/** A daughter with her mother's tap, a daughter through the counter, and two who wait. */
async function delegate(calendar: Calendar, callAs: CallAs, personIds: PersonIds): Promise<void> {
  const endOn = calendar.date(300)
  const asked = await callAs('demo_wang_min', 'delegation.request', {
    elderName: '王秀珍', communityId: 'huaguangcheng', phoneLast4: residents.wangXiuzhen.phone.slice(-4), kinship: '女儿', scopes: ['book', 'readCare', 'alerts', 'spendPoints'], endOn,
  })
  await callAs('demo_wang_xiuzhen', 'delegation.approve', { delegationRequestId: asked.delegationRequestId })
  const atCounter = await callAs('demo_zhou_ting', 'delegation.request', {
    elderName: '周福生', communityId: 'huaguangcheng', phoneLast4: residents.zhouFusheng.phone.slice(-4), kinship: '女儿', scopes: ['book', 'readCare', 'alerts'], endOn,
  })
  await callAs('demo_li_jing', 'delegation.approveAtCounter', { delegationRequestId: atCounter.delegationRequestId, elderId: personIds.zhouFusheng, identityCheck: 'idCardSeen' })
  calendar.scene(-1, '18:40', async () => {
    await callAs('demo_wang_jianjun', 'delegation.request', {
      elderName: '王秀珍', communityId: 'huaguangcheng', phoneLast4: residents.wangXiuzhen.phone.slice(-4), kinship: '儿子', scopes: ['book', 'alerts'], endOn,
    })
    await callAs('demo_he_xiaoyu', 'delegation.request', { elderName: '何秀英', communityId: 'jinyuan', kinship: '孙辈', scopes: ['book', 'readCare'], endOn })
  })
}

/** Menus and meals, of last month, of the week before, of today and the next days. */
function tellMeals(calendar: Calendar, callAs: CallAs, personIds: PersonIds, cards: Readonly<Record<string, string>>, meals: Meals): void {
  const told: Told = { meals, id: (name) => () => personIds[name], card: (name) => ({ card: () => cards[name] ?? '' }), lastMonth: (dayOfMonth) => calendar.lastMonth(dayOfMonth) }
  tellMenus(told)
  tellLastMonth(told)
  const { unopened } = tellLastWeek(told)
  tellSubstitute(told, {
    offer: (order, slotId) => callAs(kitchens.centre.cook, 'kitchen.offerSubstitute', { bookingId: order.bookingId(), slotId, words: '豆腐用完了，换番茄炒蛋行吗？' }),
    take: (order) => callAs('demo_zheng_guoqiang', 'meal.answerSubstitute', { bookingId: order.bookingId(), accept: true }),
    scene: (day, at, play) => calendar.scene(day, at, async () => { await play() }),
  })
  tellTodaysMeals(told)
  const { asks, isAsked, instead } = tellAskedKitchens(told)
  calendar.scene(0, '08:10', async () => {
    await callAs('demo_wang_xiuzhen_tgc', 'meal.askKitchen', { bookingId: asks.bookingId(), wish: { what: 'change', slotId: instead(), portions: 1, way: 'pickUp', siteId: 'qingxiang' }, words: '牙不好，想换软一点的。' })
    await callAs(kitchens.halal.cook, 'kitchen.offerSubstitute', { bookingId: isAsked.bookingId(), slotId: instead(), words: '羊肉今天没有到货，换牛肉面行吗？' })
  })
  calendar.scene(-3, '13:42', async () => { await callAs('demo_fang_hui', 'visit.verify', { bookingId: unopened.bookingId(), outcome: 'rejected', reason: '人没事，在午睡，饭没有送成。' }) })
  // At his son's for some days: every second week's haircut waits until he is home.
  calendar.scene(-3, '13:42', async () => {
    await callAs('demo_li_jing', 'series.start', { elderId: personIds.luGensheng, serviceItemId: services.haircut._id, firstOn: calendar.date(3), startMinute: 15 * 60, every: 2, count: 3, choices: [] })
  })
  calendar.scene(-2, '16:22', async () => { await callAs('demo_li_jing', 'person.setAway', { personId: personIds.luGensheng, why: 'away', fromOn: calendar.date(0), untilOn: null }) })
  // 示例: entered by one, and waiting for a second person.
  calendar.scene(-1, '18:40', async () => { await callAs('demo_admin', 'life.reportDeath', { personId: personIds.xuFengxian, onDate: calendar.date(-1), words: '女儿来电话说的（示例）' }) })
}

/** Somebody called for help, a door stayed shut, a word did not come: how long each took, and what it was. */
function tellTheCases(calendar: Calendar, callAs: CallAs, personIds: PersonIds): void {
  const desk = 'demo_li_jing'
  tellCase(calendar, callAs, {
    elderId: () => personIds.otherWangXiuzhen, day: calendar.lastMonth(12), calledBy: { openid: 'demo_wang_xiuzhen_tgc', at: '10:21', words: '心慌，站不起来' }, by: 'demo_zhou_lan', takenAt: '10:23',
    reports: [{ at: '10:23', what: 'called120', words: '救护车在路上，我也去。' }], closedAt: '11:40',
    how: (at) => ({ by: 'seenInPerson', words: '送到医院了，血糖低，已经缓过来。', finding: 'neededHelp', seenAt: at - 65 * MINUTE }),
  })
  tellCase(calendar, callAs, {
    elderId: () => personIds.wangXiuzhen, day: -6, calledBy: { openid: 'demo_wang_xiuzhen', at: '20:40' }, by: 'demo_wang_min', takenAt: '20:42',
    reports: [{ at: '20:42', what: 'spoke', words: '妈妈滑了一下，坐在地上，人清醒，我马上到。' }], closedAt: '21:10',
    how: () => ({ by: 'familyConfirmed', familyPersonId: personIds.wangMin, words: '我到家了，扶起来了，没有受伤。', finding: 'neededHelp' }),
  })
  tellCase(calendar, callAs, {
    elderId: () => personIds.zhengGuoqiang, day: -5, calledBy: { openid: 'demo_zheng_guoqiang', at: '19:20', isPressedTwice: true }, by: desk, takenAt: '19:24',
    reports: [{ at: '19:24', what: 'spoke', words: '说是不小心按到的。' }], closedAt: '19:52',
    how: (at) => ({ by: 'seenInPerson', words: '上门看了，人好好的，是不小心按到的。', finding: 'falseAlarm', seenAt: at - 5 * MINUTE }),
  })
  tellCase(calendar, callAs, {
    elderId: () => personIds.fanWeimin, day: -3, by: 'demo_fang_hui', takenAt: '11:30', reports: [{ at: '11:30', what: 'onTheWay' }], closedAt: '12:08',
    how: (at) => ({ by: 'seenInPerson', words: '在家睡着了，没听见，人没事。', finding: 'fine', seenAt: at - 8 * MINUTE }),
  })
  tellCase(calendar, callAs, {
    elderId: () => personIds.heXiuying, day: -2, by: desk, takenAt: '08:44', reports: [{ at: '08:44', what: 'noAnswer', words: '电话一直占线。' }, { at: '08:44', what: 'onTheWay' }], closedAt: '09:05',
    how: (at) => ({ by: 'seenInPerson', words: '话筒没有放好，人在晒被子。', finding: 'fine', seenAt: at }),
  })

  // A word a day: one by telephone, one on her own phone who gave it this morning, one who has until eight in the evening.
  calendar.scene(-3, '13:42', async () => { await callAs(desk, 'well.setDaily', { elderId: personIds.heXiuying, byMinute: 8 * 60 + 30 }) })
  calendar.scene(-2, '16:22', async () => { await callAs('demo_wang_xiuzhen', 'well.setDaily', { elderId: personIds.wangXiuzhen, byMinute: 8 * 60 + 30 }) })
  for (const day of [-1, 0]) {
    calendar.scene(day, '08:10', async () => {
      await callAs(desk, 'well.check', { elderId: personIds.heXiuying })
      await callAs('demo_wang_xiuzhen', 'well.check', { elderId: personIds.wangXiuzhen })
    })
  }
  calendar.scene(-1, '18:40', async () => {
    await callAs('demo_sun_guiying', 'well.setDaily', { elderId: personIds.sunGuiying, byMinute: 20 * 60 })
    await callAs('demo_sun_guiying', 'well.check', { elderId: personIds.sunGuiying })
  })
}

/** The two days before: everything that a social worker may find on her desk. */
function tellThePast(calendar: Calendar, callAs: CallAs, personIds: PersonIds, cards: Readonly<Record<string, string>>): void {
  const visit = (its: Visit): void => tell(calendar, callAs, its)
  const phoneOf = (openid: string): Door => ({ shownBy: openid })
  const cardOf = (key: ResidentName): Door => ({ card: () => cards[key] ?? '' })
  const desk = 'demo_li_jing'
  const early = { day: FIRST_DAY, at: '09:30' }

  visit({
    elderId: () => personIds.wangXiuzhen, service: services.haircut, day: -2, slot: '10:00', booked: { by: 'demo_wang_xiuzhen', ...early }, worker: 'demo_wu_fang',
    checkIn: { at: '10:01', door: phoneOf('demo_wang_xiuzhen') }, checkOut: { at: '10:24', door: phoneOf('demo_wang_xiuzhen') },
    confirmed: { at: '10:24', by: 'demo_wang_xiuzhen', satisfaction: 'satisfied' },
    then: [{ day: -2, at: '16:22', play: (bookingId) => callAs(desk, 'visit.verify', { bookingId, outcome: 'verified' }) }],
  })
  visit({
    elderId: () => personIds.sunGuiying, service: services.bathing, day: -2, slot: '14:00', booked: { by: 'demo_sun_guiying', ...early }, worker: 'demo_chen_xia',
    checkIn: { at: '14:03', door: phoneOf('demo_sun_guiying') }, checkOut: { at: '14:55', door: phoneOf('demo_sun_guiying') },
    confirmed: { at: '14:55', by: 'demo_sun_guiying', satisfaction: 'satisfied' },
    then: [{ day: -2, at: '16:22', play: (bookingId) => callAs(desk, 'visit.verifyComplete', { bookingIds: [bookingId] }) }],
  })
  // Proved by a printed card alone, confirmed on the telephone: a person must look at it.
  visit({
    elderId: () => personIds.zhouFusheng, service: services.bathing, day: -2, slot: '15:30', booked: { by: 'demo_zhou_ting', ...early }, worker: 'demo_chen_xia',
    checkIn: { at: '15:34', door: cardOf('zhouFusheng') }, checkOut: { at: '16:22', door: cardOf('zhouFusheng') },
    then: [{ day: -1, at: '10:00', play: (bookingId) => callAs(desk, 'visit.callBack', { bookingId, outcome: 'confirmed', words: '老人说洗得很好，水温合适。' }) }],
  })
  // Over, and waiting for the mother's own word.
  visit({
    elderId: () => personIds.wangXiuzhen, service: services.escort, day: -1, slot: '08:30', booked: { by: 'demo_wang_min', ...early, note: '去眼科复查，病历在床头柜。' }, worker: 'demo_zhao_jun',
    checkIn: { at: '08:31', door: phoneOf('demo_wang_xiuzhen') }, checkOut: { at: '10:52', door: phoneOf('demo_wang_xiuzhen') },
  })
  visit({
    elderId: () => personIds.sunGuiying, service: services.haircut, day: -1, slot: '10:00', booked: { by: 'demo_sun_guiying', ...early }, worker: 'demo_wu_fang',
    checkIn: { at: '10:00', door: phoneOf('demo_sun_guiying') }, checkOut: { at: '10:25', door: phoneOf('demo_sun_guiying') },
    confirmed: { at: '10:33', by: 'demo_sun_guiying', satisfaction: 'satisfied' },
  })
  visit({
    elderId: () => personIds.otherWangXiuzhen, service: services.haircut, day: -1, slot: '10:30', booked: { by: 'demo_wang_xiuzhen_tgc', ...early }, worker: 'demo_wu_fang',
    checkIn: { at: '10:33', door: phoneOf('demo_wang_xiuzhen_tgc') }, checkOut: { at: '10:52', door: phoneOf('demo_wang_xiuzhen_tgc') },
    confirmed: { at: '10:52', by: 'demo_wang_xiuzhen_tgc', satisfaction: 'acceptable' },
  })
  visit({
    elderId: () => personIds.zhengGuoqiang, service: services.bathing, day: -1, slot: '10:30', booked: { by: 'demo_zheng_guoqiang', ...early }, worker: 'demo_chen_xia',
    checkIn: { at: '10:33', door: phoneOf('demo_zheng_guoqiang') }, checkOut: { at: '11:24', door: phoneOf('demo_zheng_guoqiang') },
    confirmed: { at: '11:24', by: 'demo_zheng_guoqiang', satisfaction: 'satisfied' },
  })
  // Checked in, and then nothing more: the clock makes an exception of it.
  visit({
    elderId: () => personIds.shenYuee, service: services.escort, day: -1, slot: '13:00', booked: { by: desk, ...early }, worker: 'demo_zhao_jun',
    checkIn: { at: '13:04', door: cardOf('shenYuee') },
  })
  visit({
    elderId: () => personIds.wangXiuzhen, service: services.bathing, day: -1, slot: '14:00', booked: { by: 'demo_wang_min', day: -3, at: '13:42' }, worker: 'demo_chen_xia',
    checkIn: { at: '14:02', door: phoneOf('demo_wang_xiuzhen') }, checkOut: { at: '14:58', door: phoneOf('demo_wang_xiuzhen') },
    confirmed: { at: '15:01', by: 'demo_wang_xiuzhen', satisfaction: 'satisfied' },
  })
  visit({
    elderId: () => personIds.zhengGuoqiang, service: services.haircut, day: -1, slot: '14:30', booked: { by: 'demo_zheng_guoqiang', ...early }, worker: 'demo_wu_fang',
    checkIn: { at: '14:33', door: phoneOf('demo_zheng_guoqiang') }, checkOut: { at: '14:45', door: phoneOf('demo_zheng_guoqiang') },
    then: [{ day: -1, at: '15:01', play: (bookingId) => callAs('demo_zheng_guoqiang', 'visit.dispute', { bookingId, words: '十来分钟就走了，后面没有剪齐。' }) }],
  })
  // Nobody has called her back yet.
  visit({
    elderId: () => personIds.heXiuying, service: services.bathing, day: -1, slot: '15:30', booked: { by: desk, ...early }, worker: 'demo_chen_xia',
    checkIn: { at: '15:33', door: cardOf('heXiuying') }, checkOut: { at: '16:20', door: cardOf('heXiuying') },
  })
  visit({
    elderId: () => personIds.luGensheng, service: services.haircut, day: -1, slot: '09:30', booked: { by: desk, ...early }, worker: 'demo_wu_fang',
    then: [{ day: -2, at: '16:22', play: (bookingId) => callAs(desk, 'booking.cancel', { bookingId, reason: '老人去儿子家住几天。' }) }],
  })
  visit({
    elderId: () => personIds.shiBaozhu, service: services.bathing, day: -1, slot: '09:00', booked: { by: 'demo_fang_hui', ...early }, worker: 'demo_chen_xia',
    then: [{ day: -1, at: '10:00', play: (bookingId) => callAs('demo_fang_hui', 'booking.cancelLate', { bookingId, as: 'noShow', reason: '电话里说忘了，人在外面买菜。' }) }, { day: -1, at: '15:01', play: (bookingId) => callAs('demo_fang_hui', 'booking.sayWhy', { bookingId, why: 'forgot', words: '以后头一天打个电话' }) }],
  })
  // Registered on a phone although the counter knows her already: for a social worker to merge.
  calendar.scene(-1, '18:40', async () => {
    await acceptTerms(callAs, 'demo_shen_yuee')
    await callAs('demo_shen_yuee', 'account.register', { name: residents.shenYuee.name, birthOn: residents.shenYuee.birthOn, communityId: 'huaguangcheng', address: residents.shenYuee.address })
  })
}

/** The day of the demo: somebody did not open the door, somebody is new, and a bath is due in the afternoon. */
function tellToday(calendar: Calendar, callAs: CallAs, personIds: PersonIds): void {
  tell(calendar, callAs, { elderId: () => personIds.wangXiuzhen, service: services.bathing, day: 0, slot: '14:00', booked: { by: 'demo_wang_min', day: -3, at: '13:42' }, worker: 'demo_chen_xia' })
  tell(calendar, callAs, { elderId: () => personIds.zhengGuoqiang, service: services.haircut, day: 0, slot: '10:30', booked: { by: 'demo_zheng_guoqiang', day: -1, at: '18:40' }, worker: 'demo_wu_fang' })
  tell(calendar, callAs, { elderId: () => personIds.yuYuehua, service: services.bathing, day: 0, slot: '15:30', booked: { by: 'demo_zhou_lan', day: -3, at: '13:42' } })
  tell(calendar, callAs, {
    elderId: () => personIds.zhouFusheng, service: services.escort, day: 0, slot: '08:30', booked: { by: 'demo_zhou_ting', day: -3, at: '13:42', note: '去配降压药。' }, worker: 'demo_zhao_jun',
    then: [{ day: 0, at: '08:52', play: (bookingId) => callAs('demo_zhao_jun', 'visit.noContact', { bookingId, tried: '敲门三次没人应，电话响到自动挂断。' }) }],
  })
  // The ladder comes to the daughter at 08:57: she is told then, not when the phones wake up.
  calendar.scene(0, '08:58', async () => undefined)
  calendar.scene(0, '08:52', async () => {
    await acceptTerms(callAs, 'demo_lin_xiaodong')
    await callAs('demo_lin_xiaodong', 'account.register', { name: '林晓东', birthOn: '1955-07-19', communityId: 'huaguangcheng', address: '华光城 6 幢 401' })
  })
}

/** What is booked for the next days: some slots are full, some visits nobody has taken. */
function tellTheFuture(calendar: Calendar, callAs: CallAs, personIds: PersonIds): void {
  const book = (key: ResidentName, service: Visit['service'], day: number, slot: string, worker?: string): void => {
    const by = socialWorkerFor(residents[key].communityId)
    tell(calendar, callAs, { elderId: () => personIds[key], service, day, slot, booked: { by, day: -1, at: '16:20' }, ...(worker === undefined ? {} : { worker }) })
  }
  book('baoShuigen', services.bathing, 1, '10:30', 'demo_chen_xia')
  book('yuXinghua', services.bathing, 1, '10:30')
  book('fengAidi', services.bathing, 1, '14:00')
  book('guDeming', services.bathing, 2, '09:00')
  book('jiangYundi', services.bathing, 2, '09:00', 'demo_chen_xia')
  book('zhengGuoqiang', services.escort, 1, '08:30', 'demo_zhao_jun')
  book('daiGenbao', services.escort, 1, '13:00')
  book('zhangWenhua', services.escort, 2, '08:30', 'demo_zhao_jun')
  book('zhongMeijuan', services.haircut, 1, '09:30', 'demo_wu_fang')
  book('huZhiliang', services.haircut, 1, '10:00')
  book('tongShuilin', services.haircut, 2, '10:30')
  book('fuSufen', services.cleaning, calendar.openDay(services.cleaning, 1, 2), '08:30')
  book('shaoYongkang', services.cleaning, calendar.openDay(services.cleaning, 2, 3), '13:30', 'demo_qian_lihua')
  // Every week the daughter has her mother's rooms cleaned; one week they are away.
  const first = calendar.openDay(services.cleaning, 5, 6)
  calendar.scene(-1, '19:40', async () => {
    const { seriesId } = await callAs('demo_wang_min', 'series.start', { elderId: personIds.wangXiuzhen, serviceItemId: services.cleaning._id, firstOn: calendar.date(first), startMinute: 13 * 60 + 30, every: 1, count: 8, note: '厨房油烟机也擦一擦', choices: [] })
    await callAs('demo_wang_min', 'series.skip', { seriesId, n: 3 })
  })
}
