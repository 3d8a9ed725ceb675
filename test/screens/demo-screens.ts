/**
 * Every screen of the product as somebody in the demo sees it: which page, whose phone, and what was tapped to get there.
 * Tests that hold something for all screens walk through this list; a page that is missing from it is a fault.
 */
import type { BorrowedEmulator, BorrowOptions } from '../support/emulators'
import { CONTRACT_VERSION, type ActionName, type Answer, type InputOf, type OutputOf } from '../../src/contract'
import { addDays, instantOf, MINUTE } from '../../src/domain/civil-time'
import { DEMO_DAY, startWithDemo } from '../support/demo'
import { seedOf } from '../support/turns'


/** What a list of screens needs to name things by. */
export interface DemoFacts {
  readonly emulator: BorrowedEmulator
  personId(name: string, communityId?: string): string
  /** the booking of an elder in a state, of a service if there are several */
  bookingId(elderName: string, status: string, serviceName?: string): string
  /** an elder's meal of a day, counted from the demo's own: the latest that was ordered */
  mealId(elderName: string, day: number, sitting?: 'lunch' | 'dinner'): string
  /** the only document of a collection, or the first that fits */
  idIn(collection: string, fits?: (document: Record<string, unknown>) => boolean): string
  /** Something that happens meanwhile, on somebody's phone. */
  act<A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<OutputOf<A>>
  /** Looks again at what is stored. */
  look(): Promise<void>
}

export interface ScreenVisit {
  /** what this screen is, in a few words */
  readonly name: string
  readonly page: string
  readonly openid: string
  readonly query?: (facts: DemoFacts) => Readonly<Record<string, string>>
  /** names to tap after it has loaded */
  readonly taps?: readonly string[]
  /** the page to which they lead, if it is another */
  readonly leadsTo?: string
  /** minutes of the demo's day until which the clock is moved first; later ones stand later in the list */
  readonly at?: number
  /** what others did before, once */
  readonly before?: (facts: DemoFacts) => Promise<unknown>
}

/** The demo on an emulator of its own. */
export async function startDemo(options: Omit<BorrowOptions, 'now' | 'from'> = {}): Promise<DemoFacts> {
  const { emulator } = await startWithDemo(options)
  let collections = await emulator.dump()
  let acts = 0
  const all = (collection: string, fits: (document: Record<string, unknown>) => boolean): Record<string, unknown>[] => (collections[collection] ?? []).filter(fits)
  const idIn = (collection: string, fits: (document: Record<string, unknown>) => boolean = () => true): string => {
    const [found] = all(collection, fits)
    if (!found) throw new Error(`the demo holds no fitting document in ${collection}`)
    return String(found['_id'])
  }
  // Of the two of one name the mother is meant, unless the other is asked for.
  const personId = (name: string, communityId = name === '王秀珍' ? 'huaguangcheng' : undefined): string => idIn('people', (person) => person['name'] === name && person['mergedInto'] === null && (communityId === undefined || person['communityId'] === communityId))
  return {
    emulator, personId, idIn,
    bookingId: (elderName, status, serviceName) => idIn('bookings', (booking) => booking['elderId'] === personId(elderName) && booking['status'] === status && (serviceName === undefined ? booking['kind'] !== 'meal' : booking['serviceName'] === serviceName)),
    mealId: (elderName, day, sitting = 'lunch') => idIn('bookings', (booking) => booking['elderName'] === elderName && booking['onDate'] === dayOf(day) && booking['serviceName'] === (sitting === 'lunch' ? '午餐' : '晚餐') && booking['status'] !== 'cancelled'),
    async look() { collections = await emulator.dump() },
    async act<A extends ActionName>(openid: string, action: A, input: InputOf<A>): Promise<OutputOf<A>> {
      const { result } = await emulator.call<Answer<A>>(openid, { action, input, requestId: `screens-${++acts}`, contractVersion: CONTRACT_VERSION })
      if (result?.ok !== true) throw new Error(`${openid} was refused ${action}: ${result?.error.code ?? 'no answer'}`)
      return result.output
    },
  }
}

/** A civil date, counted from the demo's day. */
const dayOf = (day: number): string => addDays(DEMO_DAY, day)

/** Moves the demo's clock to where a visit needs it, and lets happen what has to happen first. */
export async function waitFor(visit: ScreenVisit, facts: DemoFacts): Promise<void> {
  const wanted = visit.at === undefined ? 0 : instantOf(DEMO_DAY, visit.at)
  const { now } = await facts.emulator.clock()
  const isAhead = now < wanted
  // In one move each of the clock's jobs runs once, and what one has decided the next round does.
  for (const at of [wanted - 2 * MINUTE, wanted]) if (at > now) await facts.emulator.moveTo(at)
  if (isAhead) await facts.look()
  if (!visit.before) return
  await visit.before(facts)
  await facts.look()
}

/** Where a visit begins: `/pages/…?…`. */
export function addressOf(visit: ScreenVisit, facts: DemoFacts): string {
  const query = Object.entries(visit.query?.(facts) ?? {}).map(([name, value]) => `${name}=${value}`).join('&')
  return `/${visit.page}${query === '' ? '' : `?${query}`}`
}

const daughter = 'demo_wang_min'
const mother = 'demo_wang_xiuzhen'
const neighbour = 'demo_zheng_guoqiang'
const careWorker = 'demo_chen_xia'
const socialWorker = 'demo_li_jing'
const admin = 'demo_admin'
const otherElder = 'demo_sun_guiying'
const namesake = 'demo_wang_xiuzhen_tgc'
const cook = 'demo_luo_yumei'
const otherCook = 'demo_ma_jianming'
const courier = 'demo_han_zhiqiang'
const volunteer = 'demo_tang_weiguo'
const merchant = 'demo_ye_lin'
/** 10:03, when lunch is closed and its sheet is frozen */
const FROZEN = 10 * 60 + 3
/** 11:04, when lunch is on its way */
const ON_THE_WAY = 11 * 60 + 4
/** 14:02, when the bath is due */
const AT_THE_DOOR = 14 * 60 + 2

const nurse = 'demo_bai_lan'
const consultant = 'demo_he_xiaoyu'
const consultationOf = ({ idIn, personId }: DemoFacts, elderName: string, communityId?: string) => ({ consultationId: idIn('consultations', (one) => one['elderId'] === personId(elderName, communityId)) })
const shop = 'demo_qian_lihua'
const menuSocial = 'demo_zhou_lan'
const organisationOf = ({ idIn }: DemoFacts, name: string): string => idIn('organisations', (one) => String(one['name']).startsWith(name))
const offerOf = ({ idIn }: DemoFacts, name: string): string => idIn('menuOffers', (one) => (one['terms'] as { name: string } | null)?.name === name)
const orderOf = ({ idIn }: DemoFacts, serviceName: string, status: string): string => idIn('bookings', (one) => one['serviceName'] === serviceName && one['status'] === status)
const ofMother = ({ personId }: DemoFacts) => ({ elderId: personId('王秀珍') })
const kitchenOf = ({ idIn }: DemoFacts, name: string): string => idIn('kitchens', (kitchen) => String(kitchen['name']).startsWith(name))
const runOf = ({ idIn }: DemoFacts, communityName: string): string => idIn('deliveryRuns', (run) => run['communityName'] === communityName && run['onDate'] === dayOf(0))
const serviceOf = ({ idIn }: DemoFacts, name: string): string => idIn('serviceItems', (item) => item['name'] === name)
const workOf = ({ idIn }: DemoFacts, title: string): string => idIn('works', (work) => work['title'] === title)
const activityOf = ({ idIn }: DemoFacts, title: string): string => idIn('slots', (slot) => slot['kind'] === 'activity' && slot['serviceName'] === title)
const noticeOf = ({ idIn }: DemoFacts, title: string): string => idIn('notices', (notice) => String((notice['text'] as { title: string }).title).includes(title))
/** A notice by its whole title: a result is called after its survey. */
const carrierOf = ({ idIn }: DemoFacts, title: string): string => idIn('notices', (notice) => (notice['text'] as { title: string }).title === title)
const BREAKFAST = '食堂早上几点开门好'
const MEALS = '送餐做得怎么样'
const RAIL = '楼道里装扶手，听听各家意见'
const LESSON = '手机课：看懂诈骗短信'
const rewardOf = ({ idIn }: DemoFacts, name: string): string => idIn('rewards', (reward) => reward['name'] === name)
/** The line of somebody's passbook that fits: the first of its kind. */
const lineOf = ({ idIn, personId }: DemoFacts, owner: string, kind: string): string => idIn('pointsEntries', (entry) => entry['ownerId'] === personId(owner) && entry['kind'] === kind)
const taskOf = ({ idIn }: DemoFacts, title: string, day: number): string => idIn('tasks', (task) => task['title'] === title && task['onDate'] === dayOf(day))
/** The only seat of a task that has one volunteer. */
const shiftOf = (facts: DemoFacts, title: string, day: number): string => facts.idIn('shifts', (shift) => shift['taskId'] === taskOf(facts, title, day))
/** The code that stands on the mother's phone, as the volunteer types it. */
const doorOfWalk = async (facts: DemoFacts, action: 'shift.checkIn' | 'shift.checkOut') => facts.act(volunteer, action, { shiftId: shiftOf(facts, '陪散步', 0), code: (await facts.act(mother, 'shift.code', { taskId: taskOf(facts, '陪散步', 0) })).code })
const caseOf = ({ idIn, personId }: DemoFacts, elderName: string): string => idIn('safetyCases', (safety) => safety['elderId'] === personId(elderName))

export const screenVisits: readonly ScreenVisit[] = [
  { name: 'the first screen of a daughter', page: 'pages/home/index', openid: daughter },
  { name: 'the first screen of a mother who is asked', page: 'pages/home/index', openid: mother },
  { name: 'the first screen of somebody not seen yet', page: 'pages/home/index', openid: 'demo_lin_xiaodong' },
  { name: 'the menu', page: 'pages/menu/list/index', openid: daughter, query: ofMother },
  { name: 'one thing from the menu', page: 'pages/menu/offer/index', openid: daughter, query: (facts) => ({ ...ofMother(facts), offerId: offerOf(facts, '磨刀磨剪') }), taps: ['上午 08:30–11:30 能点'] },
  { name: 'an order that was delivered', page: 'pages/booking/index', openid: namesake, query: (facts) => ({ bookingId: orderOf(facts, '磨刀磨剪', 'verified') }) },
  { name: 'an order from the menu, to another time', page: 'pages/menu/move/index', openid: 'demo_wang_xiuzhen_tgc', query: (facts) => ({ bookingId: orderOf(facts, '送药上门', 'booked') }), taps: ['上午 08:30–11:30 能点'] },
  { name: 'orders to be handed on', page: 'pages/menu-work/to-hand-on/index', openid: menuSocial },
  { name: 'an order, and who could take it', page: 'pages/menu-work/hand-on/index', openid: menuSocial, query: (facts) => ({ bookingId: orderOf(facts, '代买米面油', 'booked') }), taps: ['转给小柏社区护理（示例）'] },
  { name: 'the desk of an organisation', page: 'pages/menu-work/desk/index', openid: shop },
  { name: 'the desk, about to decline', page: 'pages/menu-work/desk/index', openid: shop, taps: ['做不了，竺秋生，代买米面油'] },
  { name: 'the desk, about to send somebody', page: 'pages/menu-work/desk/index', openid: shop, taps: ['派人，顾德明，陪聊读报'] },
  { name: 'the week of a provider', page: 'pages/menu-work/week/index', openid: careWorker },
  { name: 'what an organisation offers', page: 'pages/menu-work/offers/index', openid: shop },
  { name: 'something new for the menu', page: 'pages/menu-work/offers/index', openid: shop, taps: ['写一样新的'] },
  { name: 'the organisations', page: 'pages/menu-work/organisations/index', openid: admin },
  { name: 'an organisation, being registered', page: 'pages/menu-work/organisations/index', openid: admin, taps: ['登记一家'] },
  { name: 'an organisation that waits for a second person', page: 'pages/menu-work/organisation/index', openid: admin, query: (facts) => ({ providerId: organisationOf(facts, '巧手小修') }), taps: ['通过，巧手小修（示例）'] },
  { name: 'how many were served', page: 'pages/menu-work/figures/index', openid: admin },
  { name: 'the orders behind a figure', page: 'pages/menu-work/figures/index', openid: admin, taps: ['磨刀磨剪 1 人 1 次 柳荫便民服务社（示例） · 太古城 ›'] },
  { name: 'a seat that is held for the mother', page: 'pages/waitlist/mine/index', openid: daughter, query: ofMother },
  { name: 'waiting for a seat', page: 'pages/waitlist/mine/index', openid: 'demo_lu_meiying', taps: ['不排了'] },
  { name: 'a class that is full', page: 'pages/activities/activity/index', openid: 'demo_tang_weiguo', query: (facts) => ({ elderId: facts.personId('汤伟国'), activityId: activityOf(facts, '剪纸小课') }) },
  { name: 'to hospital: which days', page: 'pages/life/away/index', openid: daughter, query: ofMother, taps: ['住院', '知道是哪天'] },
  { name: 'to hospital: what becomes of everything', page: 'pages/life/away/index', openid: daughter, query: ofMother, taps: ['住院', '先看看会怎样'] },
  { name: 'home again: what goes on', page: 'pages/life/away/index', openid: socialWorker, query: ({ personId }) => ({ elderId: personId('陆根生') }) },
  { name: 'who is away and who left', page: 'pages/life-work/list/index', openid: socialWorker },
  { name: 'a death that waits for a second person', page: 'pages/life-work/event/index', openid: socialWorker, query: ({ idIn }) => ({ lifeEventId: idIn('lifeEvents', (event) => event['state'] === 'waiting') }), taps: ['核实'] },
  { name: 'somebody moved out or died', page: 'pages/life-work/report/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('沈月娥', 'huaguangcheng') }), taps: ['去世'] },
  { name: 'what was asked of the care consultant', page: 'pages/consult/list/index', openid: namesake, query: ({ personId }) => ({ elderId: personId('王秀珍', 'taigucheng') }) },
  { name: 'asking the care consultant', page: 'pages/consult/ask/index', openid: daughter, query: ofMother, taps: ['请顾问上门看看'] },
  { name: 'a plan, half of it booked', page: 'pages/consult/case/index', openid: namesake, query: (facts) => consultationOf(facts, '王秀珍', 'taigucheng') },
  { name: 'an item of the plan, week after week', page: 'pages/consult/book/index', openid: namesake, query: (facts) => ({ ...consultationOf(facts, '王秀珍', 'taigucheng'), n: '1' }) },
  { name: 'a care consultant’s desk', page: 'pages/consult/desk/index', openid: consultant },
  { name: 'a plan whose review is due', page: 'pages/consult/work/index', openid: consultant, query: (facts) => consultationOf(facts, '傅素芬'), taps: ['记回访'] },
  { name: 'an assessment, item by item', page: 'pages/consult/assess/index', openid: consultant, query: (facts) => consultationOf(facts, '傅素芬') },
  { name: 'writing a plan', page: 'pages/consult/plan/index', openid: consultant, query: (facts) => consultationOf(facts, '傅素芬'), taps: ['加一样', '上门照护、日托'] },
  { name: 'no-shows, and why', page: 'pages/life-work/absences/index', openid: 'demo_fang_hui', query: ({ personId }) => ({ elderId: personId('施宝珠') }) },
  { name: 'who waits, for the social worker', page: 'pages/social-worker/waitlist/index', openid: socialWorker, taps: ['记医疗需要，周福生'] },
  { name: 'what is fair for a service', page: 'pages/admin/fair/index', openid: admin, taps: ['先看上个月'] },
  { name: 'services for the mother', page: 'pages/services/index', openid: daughter, query: ({ personId }) => ({ elderId: personId('王秀珍') }) },
  { name: 'days and times of a service', page: 'pages/service/index', openid: daughter, query: ({ personId, idIn }) => ({ elderId: personId('王秀珍'), serviceItemId: idIn('serviceItems', (item) => item['name'] === '助浴') }) },
  { name: 'booked', page: 'pages/booked/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }) },
  { name: 'bookings to come', page: 'pages/bookings/index', openid: daughter },
  { name: 'bookings of the past', page: 'pages/bookings/index', openid: mother, taps: ['以前的'] },
  { name: 'a booking to come', page: 'pages/booking/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }) },
  { name: 'a booking, about to be cancelled', page: 'pages/booking/index', openid: neighbour, query: ({ bookingId }) => ({ bookingId: bookingId('郑国强', 'assigned', '助行陪诊') }), taps: ['取消这次预约'] },
  { name: 'a booking that moves to another time', page: 'pages/plan/move/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'booked', '助洁') }) },
  { name: 'a booking that is too near to move', page: 'pages/plan/move/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }) },
  { name: 'half a day in a house', page: 'pages/service/index', openid: otherElder, query: ({ personId, idIn }) => ({ elderId: personId('孙桂英'), serviceItemId: idIn('serviceItems', (item) => item['name'] === '日托') }) },
  { name: 'nights in a house', page: 'pages/stay/book/index', openid: daughter, query: ({ personId, idIn }) => ({ elderId: personId('王秀珍'), serviceItemId: idIn('serviceItems', (item) => item['name'] === '短住') }), taps: ['11月26日 周四', '11月28日 周六 走'] },
  { name: 'a stay to come', page: 'pages/booking/index', openid: otherElder, query: ({ bookingId }) => ({ bookingId: bookingId('孙桂英', 'booked', '短住') }) },
  { name: 'a stay that ends earlier', page: 'pages/stay/change/index', openid: otherElder, query: ({ bookingId }) => ({ bookingId: bookingId('孙桂英', 'booked', '短住') }), taps: ['12月4日 周五 走'] },
  { name: 'a visit every week, date by date', page: 'pages/plan/weekly/index', openid: daughter, query: ({ personId, idIn }) => ({ elderId: personId('王秀珍'), serviceItemId: idIn('serviceItems', (item) => item['name'] === '助浴'), firstOn: dayOf(6), startMinute: '540' }) },
  { name: 'a series, and one of its dates', page: 'pages/plan/series/index', openid: daughter, query: ({ idIn }) => ({ seriesId: idIn('series') }) },
  { name: 'a series about to be paused', page: 'pages/plan/series/index', openid: mother, query: ({ idIn }) => ({ seriesId: idIn('series') }), taps: ['暂停'] },
  { name: 'a series at another time', page: 'pages/plan/series/index', openid: daughter, query: ({ idIn }) => ({ seriesId: idIn('series') }), taps: ['改时间'] },
  { name: 'what comes every week', page: 'pages/plan/list/index', openid: daughter, query: ({ personId }) => ({ elderId: personId('王秀珍') }) },
  { name: 'the calendar of a family', page: 'pages/plan/calendar/index', openid: daughter },
  { name: 'a week of it', page: 'pages/plan/calendar/index', openid: daughter, taps: ['一周'] },
  { name: 'a booking that waits for the mother', page: 'pages/booking/index', openid: mother, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'checkedOut') }), taps: ['满意'] },
  { name: 'a booking that was verified', page: 'pages/booking/index', openid: mother, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'verified') }) },
  { name: 'a booking in dispute', page: 'pages/booking/index', openid: neighbour, query: ({ bookingId }) => ({ bookingId: bookingId('郑国强', 'disputed') }) },
  { name: 'a door code that is not needed yet', page: 'pages/door-code/index', openid: mother, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }) },
  { name: 'about me', page: 'pages/me/index', openid: mother },
  { name: 'changing my door', page: 'pages/me/index', openid: mother, taps: ['改门牌'] },
  { name: 'the terms, at first use', page: 'pages/first-use/welcome/index', openid: 'demo_new_phone' },
  { name: 'the terms, again', page: 'pages/first-use/terms/index', openid: mother },
  { name: 'who acts for whom', page: 'pages/family/mine/index', openid: daughter },
  { name: 'asking to act for somebody', page: 'pages/family/ask/index', openid: daughter },
  { name: 'who may act for me', page: 'pages/family/of-me/index', openid: mother },
  { name: 'what was done for me', page: 'pages/my-record/log/index', openid: mother },
  { name: 'notes for care workers', page: 'pages/my-record/care-notes/index', openid: mother },
  { name: 'messages', page: 'pages/my-record/messages/index', openid: mother },
  { name: 'what is kept about me', page: 'pages/my-record/export/index', openid: mother },
  { name: 'leaving', page: 'pages/my-record/erase/index', openid: mother },

  { name: 'a passbook', page: 'pages/points/passbook/index', openid: mother },
  { name: 'one month of a passbook', page: 'pages/points/passbook/index', openid: daughter, taps: ['11月的每一笔'] },
  { name: 'a passbook without a line', page: 'pages/points/passbook/index', openid: otherElder },
  { name: 'the passbook of somebody not seen yet', page: 'pages/points/passbook/index', openid: 'demo_lin_xiaodong' },
  { name: 'a line that was earned', page: 'pages/points/entry/index', openid: mother, query: (facts) => ({ entryId: lineOf(facts, '王秀珍', 'shift') }) },
  { name: 'a line that was spent', page: 'pages/points/entry/index', openid: mother, query: (facts) => ({ entryId: lineOf(facts, '王秀珍', 'settled') }) },
  { name: 'a line that an admin may take back', page: 'pages/points/entry/index', openid: admin, query: (facts) => ({ entryId: lineOf(facts, '王秀珍', 'shift') }), taps: ['冲正这一笔'] },
  { name: 'what points can have', page: 'pages/points/rewards/index', openid: mother },
  { name: 'what they are enough for', page: 'pages/points/rewards/index', openid: daughter, taps: ['够换的'] },
  { name: 'a reward, about to be redeemed', page: 'pages/points/reward/index', openid: mother, query: (facts) => ({ rewardId: rewardOf(facts, '抽纸三包') }) },
  { name: 'a reward that is too dear', page: 'pages/points/reward/index', openid: daughter, query: (facts) => ({ rewardId: rewardOf(facts, '食用油一桶') }) },
  { name: 'care to be had for points', page: 'pages/points/reward/index', openid: daughter, query: (facts) => ({ rewardId: rewardOf(facts, '助浴一次') }) },
  { name: 'a code that waits to be collected', page: 'pages/points/code/index', openid: mother },
  { name: 'a code that is not wanted any more', page: 'pages/points/code/index', openid: mother, taps: ['不要了，退积分'] },
  { name: 'no code that waits', page: 'pages/points/code/index', openid: neighbour },
  { name: 'giving points to the mother', page: 'pages/points/give/index', openid: daughter },
  { name: 'giving points to a neighbour', page: 'pages/points/give/index', openid: mother, taps: ['邻居、爱心池'] },
  { name: 'the published books', page: 'pages/points/accounts/index', openid: neighbour },
  { name: 'the records behind a figure', page: 'pages/points/records/index', openid: neighbour, query: () => ({ month: dayOf(0).slice(0, 7), figure: 'earned' }) },
  { name: 'what work earns', page: 'pages/points/rules/index', openid: mother },
  { name: 'who is honoured', page: 'pages/points/honours/index', openid: mother },
  { name: 'a certificate of honour', page: 'pages/points/honours/index', openid: volunteer, taps: ['看证书 2 天'], leadsTo: 'pages/points/certificate/index' },
  { name: 'a certificate that is not there', page: 'pages/points/certificate/index', openid: neighbour, query: () => ({ period: '2026-10', number: 'LL-202610-01-01' }) },
  { name: 'asking not to be listed', page: 'pages/points/honours/index', openid: neighbour, taps: ['不想上榜'] },
  { name: 'votes', page: 'pages/points/votes/index', openid: mother },
  { name: 'a line that is not there', page: 'pages/points/entry/index', openid: mother, query: () => ({ entryId: 'shift_nothing' }) },
  { name: 'a vote that is not there', page: 'pages/points/vote/index', openid: mother, query: () => ({ pollId: 'poll_nothing' }) },
  { name: 'a vote, about to be given', page: 'pages/points/vote/index', openid: mother, query: ({ idIn }) => ({ pollId: idIn('polls') }), taps: ['汤伟国'] },
  { name: 'a visit that points can pay', page: 'pages/booking/index', openid: mother, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), taps: ['用积分付'] },

  { name: 'the first screen of somebody who still has a word to say', page: 'pages/home/index', openid: otherElder },
  { name: 'the first screen of a family that is worried', page: 'pages/home/index', openid: 'demo_zhou_ting' },
  { name: 'ordering lunch for the mother', page: 'pages/meals/order/index', openid: daughter, query: ofMother },
  { name: 'a dish that goes against the advice', page: 'pages/meals/order/index', openid: mother, query: ofMother, taps: ['红烧狮子头'] },
  { name: 'the safe dish instead', page: 'pages/meals/order/index', openid: mother, query: ofMother, taps: ['红烧狮子头', '换成清蒸鲈鱼，不要红烧狮子头'] },
  { name: 'what is ordered already', page: 'pages/meals/order/index', openid: otherElder, query: () => ({ onDate: dayOf(1), sitting: 'lunch' }) },
  { name: 'the menus of the week after', page: 'pages/meals/order/index', openid: neighbour, taps: ['后一周'] },
  { name: 'several days in one go, as last week', page: 'pages/meals/several/index', openid: daughter, query: ofMother, taps: ['和上周一样'] },
  { name: "the month's meals of the mother", page: 'pages/meals/month/index', openid: daughter, query: ofMother },
  { name: 'what must not be eaten', page: 'pages/meals/diet/index', openid: mother },
  { name: 'taking consent back', page: 'pages/meals/diet/index', openid: mother, taps: ['收回同意'] },
  { name: 'a meal, just ordered', page: 'pages/booked/index', openid: otherElder, query: ({ mealId }) => ({ bookingId: mealId('孙桂英', 1), kind: 'meal' }) },
  { name: 'a meal to come', page: 'pages/booking/index', openid: otherElder, query: ({ mealId }) => ({ bookingId: mealId('孙桂英', 1) }) },
  { name: 'a meal to be changed', page: 'pages/meals/order/index', openid: otherElder, query: ({ mealId }) => ({ bookingId: mealId('孙桂英', 1) }) },
  { name: 'a meal about to be cancelled', page: 'pages/booking/index', openid: otherElder, query: ({ mealId }) => ({ bookingId: mealId('孙桂英', 1) }), taps: ['取消这一餐'] },
  { name: 'another dish is offered', page: 'pages/booking/index', openid: neighbour, query: ({ mealId }) => ({ bookingId: mealId('郑国强', 0) }) },
  { name: 'the kitchen was asked', page: 'pages/booking/index', openid: namesake, query: ({ idIn, personId }) => ({ bookingId: idIn('bookings', (booking) => booking['elderId'] === personId('王秀珍', 'taigucheng') && booking['onDate'] === dayOf(0)) }) },
  { name: 'a meal that was delivered', page: 'pages/booking/index', openid: daughter, query: ({ idIn, personId }) => ({ bookingId: idIn('bookings', (booking) => booking['elderId'] === personId('王秀珍') && booking['kind'] === 'meal' && booking['onDate'] === dayOf(-1)) }) },
  { name: 'calling for help, in five seconds', page: 'pages/home/index', openid: neighbour, taps: ['一键呼叫 家人和社区'] },
  { name: 'a live case, as the family sees it', page: 'pages/safety/case/index', openid: 'demo_zhou_ting', query: (facts) => ({ safetyCaseId: facts.idIn('safetyCases', (safety) => safety['status'] === 'open') }) },
  { name: 'a case of long ago', page: 'pages/safety/case/index', openid: mother, query: (facts) => ({ safetyCaseId: caseOf(facts, '王秀珍') }) },
  { name: 'a word a day, still to be said', page: 'pages/safety/well/index', openid: otherElder },
  { name: 'a word a day, said', page: 'pages/safety/well/index', openid: mother },
  { name: 'a word a day, to be begun', page: 'pages/safety/well/index', openid: neighbour, taps: ['每天报平安'] },

  { name: 'the day of a kitchen, orders growing', page: 'pages/kitchen/today/index', openid: cook },
  { name: 'the day of a kitchen that is asked', page: 'pages/kitchen/today/index', openid: otherCook },
  { name: 'the menus of a week', page: 'pages/kitchen/menu/index', openid: cook },
  { name: "last week's menus once more", page: 'pages/kitchen/menu/index', openid: cook, taps: ['后一周', '照搬上周'] },
  { name: 'a dish to be added to a menu', page: 'pages/kitchen/menu/index', openid: cook, taps: ['加一道菜'] },
  { name: "a kitchen's dishes", page: 'pages/kitchen/dishes/index', openid: cook },
  { name: 'a new dish', page: 'pages/kitchen/dish/index', openid: cook, query: (facts) => ({ kitchenId: kitchenOf(facts, '东柳') }) },
  { name: 'a dish to be changed', page: 'pages/kitchen/dish/index', openid: cook, query: (facts) => ({ kitchenId: kitchenOf(facts, '东柳'), dishId: facts.idIn('slots', (slot) => slot['onDate'] === dayOf(0) && String(slot['_id']).includes('_lunch_')).split('_lunch_')[1] ?? '' }) },
  { name: 'a sheet that is still growing', page: 'pages/kitchen/sheet/index', openid: cook, query: (facts) => ({ kitchenId: kitchenOf(facts, '东柳'), onDate: dayOf(0), sitting: 'lunch' }) },
  { name: 'a frozen sheet', page: 'pages/kitchen/sheet/index', openid: otherCook, query: (facts) => ({ kitchenId: kitchenOf(facts, '清香'), onDate: dayOf(0), sitting: 'lunch' }) },
  { name: 'the orders of a frozen sheet', page: 'pages/kitchen/sheet/index', openid: otherCook, query: (facts) => ({ kitchenId: kitchenOf(facts, '清香'), onDate: dayOf(0), sitting: 'lunch' }), taps: ['订单'] },
  { name: 'the counter', page: 'pages/kitchen/counter/index', openid: otherCook, query: (facts) => ({ kitchenId: kitchenOf(facts, '清香') }) },
  { name: 'the day of a courier, before anything is cooked', page: 'pages/courier/today/index', openid: courier },

  { name: 'the first screen of a care worker', page: 'pages/home/index', openid: careWorker },
  { name: 'the day of a care worker', page: 'pages/care-worker/today/index', openid: careWorker },
  { name: 'the beds of a house', page: 'pages/beds/board/index', openid: nurse, query: ({ idIn }) => ({ serviceItemId: idIn('serviceItems', (item) => item['name'] === '短住') }), taps: ['接到了，施宝珠'] },
  { name: 'beds for which somebody trained must be on shift', page: 'pages/beds/board/index', openid: nurse, query: ({ idIn }) => ({ serviceItemId: idIn('serviceItems', (item) => item['name'] === '记忆照护短住') }) },
  { name: 'a visit to come', page: 'pages/care-worker/visit/index', openid: careWorker, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }) },
  { name: 'a visit, about to be left', page: 'pages/care-worker/visit/index', openid: 'demo_zhao_jun', query: ({ bookingId }) => ({ bookingId: bookingId('沈月娥', 'checkedIn') }), taps: ['签退'] },
  { name: 'a door that nobody opened', page: 'pages/care-worker/visit/index', openid: 'demo_zhao_jun', query: ({ bookingId }) => ({ bookingId: bookingId('周福生', 'noContact') }) },

  { name: 'the day of a volunteer', page: 'pages/volunteer/today/index', openid: volunteer },
  { name: 'the day of a mother who teaches', page: 'pages/volunteer/today/index', openid: mother },
  { name: 'becoming a volunteer', page: 'pages/volunteer/join/index', openid: neighbour },
  { name: 'becoming a volunteer, not seen yet', page: 'pages/volunteer/join/index', openid: 'demo_lin_xiaodong' },
  { name: 'what a volunteer can do, about to be left', page: 'pages/volunteer/join/index', openid: volunteer, taps: ['不做志愿者了'] },
  { name: 'a task to be claimed', page: 'pages/volunteer/task/index', openid: volunteer, query: (facts) => ({ taskId: taskOf(facts, '上门修水龙头', 1) }) },
  { name: 'a task that asks for something else', page: 'pages/volunteer/task/index', openid: volunteer, query: (facts) => ({ taskId: taskOf(facts, '迎新年节目排练', 2) }) },
  { name: 'a task, as the elder sees it', page: 'pages/volunteer/task/index', openid: mother, query: (facts) => ({ taskId: taskOf(facts, '陪散步', 0) }) },
  { name: 'a shift that begins soon', page: 'pages/volunteer/shift/index', openid: volunteer, query: (facts) => ({ shiftId: shiftOf(facts, '陪散步', 0) }) },
  { name: 'a shift, about to be given up', page: 'pages/volunteer/shift/index', openid: volunteer, query: (facts) => ({ shiftId: shiftOf(facts, '陪散步', 0) }), taps: ['去不了，退掉'] },
  { name: 'a shift that waits for the social worker', page: 'pages/volunteer/shift/index', openid: volunteer, query: (facts) => ({ shiftId: shiftOf(facts, '陪聊', -1) }) },
  { name: 'checking in to a shift', page: 'pages/volunteer/shift/index', openid: volunteer, query: (facts) => ({ shiftId: shiftOf(facts, '陪散步', 0) }), taps: ['签到'] },
  { name: 'the code for a volunteer', page: 'pages/volunteer/code/index', openid: mother, query: (facts) => ({ taskId: taskOf(facts, '陪散步', 0) }) },
  { name: 'a code for which it is too early', page: 'pages/volunteer/code/index', openid: socialWorker, query: (facts) => ({ taskId: taskOf(facts, '迎新年节目排练', 2) }) },
  { name: 'shifts of a volunteer', page: 'pages/volunteer/shifts/index', openid: mother },
  { name: 'who comes to help the mother', page: 'pages/volunteer/helpers/index', openid: daughter },
  { name: 'nobody who comes to help', page: 'pages/volunteer/helpers/index', openid: 'demo_zhou_ting' },
  { name: 'the certificate of a year', page: 'pages/volunteer/certificate/index', openid: mother },
  { name: 'a year without a shift', page: 'pages/volunteer/certificate/index', openid: neighbour },
  { name: 'asking an elder for standing help', page: 'pages/volunteer/pairs/index', openid: 'demo_lu_meiying', taps: ['问一位老人，要不要每周来'] },
  {
    name: 'standing help that is asked for', page: 'pages/volunteer/pairs/index', openid: neighbour,
    before: (facts) => facts.act('demo_lu_meiying', 'pair.offer', { elderId: facts.personId('郑国强'), title: '聊天陪伴', what: '陪老人下楼走走，读读报', weekday: 3, startMinute: 14 * 60, minutes: 60 }),
  },
  { name: 'standing help, about to be declined', page: 'pages/volunteer/pairs/index', openid: neighbour, taps: ['不要，志愿者卢美英'] },
  { name: 'projects for groups', page: 'pages/volunteer/projects/index', openid: volunteer },
  { name: 'a project that is open', page: 'pages/volunteer/project/index', openid: volunteer, query: (facts) => ({ projectId: facts.idIn('projects', (project) => project['status'] === 'open') }), taps: ['我们队来做'] },
  { name: 'a project, about to be finished', page: 'pages/volunteer/project/index', openid: volunteer, query: (facts) => ({ projectId: facts.idIn('projects', (project) => project['status'] === 'claimed') }), taps: ['做完了'] },

  { name: 'the counter of a merchant', page: 'pages/merchant/today/index', openid: merchant },
  { name: 'a counter without anything yet', page: 'pages/merchant/today/index', openid: 'demo_meng_xianglin' },
  { name: 'the month of a merchant', page: 'pages/merchant/month/index', openid: merchant },
  { name: 'a month without anything', page: 'pages/merchant/month/index', openid: merchant, query: () => ({ month: dayOf(-100).slice(0, 7) }) },

  { name: 'the day of a social worker', page: 'pages/social-worker/today/index', openid: socialWorker },
  { name: 'a day without anything', page: 'pages/social-worker/today/index', openid: 'demo_zhou_lan' },
  { name: 'a service with complete evidence', page: 'pages/social-worker/review/index', openid: socialWorker, query: ({ bookingId }) => ({ bookingId: bookingId('孙桂英', 'confirmed') }), taps: ['核实'] },
  { name: 'a service that lacks a word', page: 'pages/social-worker/review/index', openid: socialWorker, query: ({ bookingId }) => ({ bookingId: bookingId('何秀英', 'checkedOut') }), taps: ['打电话回访'] },
  { name: 'a service in dispute, to be judged', page: 'pages/social-worker/review/index', openid: socialWorker, query: ({ bookingId }) => ({ bookingId: bookingId('郑国强', 'disputed') }) },
  { name: "a meal on the courier's word alone", page: 'pages/social-worker/review/index', openid: socialWorker, query: ({ mealId }) => ({ bookingId: mealId('何秀英', -1) }) },
  { name: 'a meal that nobody fetched', page: 'pages/social-worker/review/index', openid: socialWorker, query: ({ mealId }) => ({ bookingId: mealId('曹玉琴', -1) }) },
  { name: 'a meal that was not delivered', page: 'pages/social-worker/review/index', openid: socialWorker, query: ({ mealId }) => ({ bookingId: mealId('何秀英', -1) }), taps: ['没有送到'] },
  { name: 'a live case', page: 'pages/safety/case/index', openid: socialWorker, query: (facts) => ({ safetyCaseId: facts.idIn('safetyCases', (safety) => safety['status'] === 'open') }) },
  { name: 'how long doors stayed shut', page: 'pages/social-worker/figures/index', openid: socialWorker },
  { name: 'who rings', page: 'pages/social-worker/phone/index', openid: socialWorker },
  { name: 'who rings, to be asked', page: 'pages/social-worker/phone/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('何秀英') }) },
  { name: 'ordering on the telephone', page: 'pages/meals/order/index', openid: socialWorker, query: ({ personId }) => ({ elderId: personId('何秀英'), asked: 'birthYear,building' }) },
  { name: 'ordering for somebody who is away', page: 'pages/meals/order/index', openid: socialWorker, query: ({ personId }) => ({ elderId: personId('陆根生'), asked: 'birthYear,building' }) },
  { name: 'a slip of an order', page: 'pages/social-worker/slip/index', openid: socialWorker, query: ({ mealId }) => ({ bookingId: mealId('何秀英', 1) }) },
  { name: 'a word a day, heard on the telephone', page: 'pages/safety/well/index', openid: socialWorker, query: ({ personId }) => ({ elderId: personId('何秀英'), as: 'staff' }) },
  { name: 'finding somebody', page: 'pages/social-worker/people/index', openid: socialWorker },
  { name: 'somebody at the counter', page: 'pages/social-worker/person/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('周福生') }) },
  { name: 'registering somebody', page: 'pages/social-worker/register/index', openid: socialWorker },
  { name: 'merging two records', page: 'pages/social-worker/merge/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('沈月娥') }) },
  { name: 'a request at the counter', page: 'pages/social-worker/request/index', openid: socialWorker, query: ({ idIn }) => ({ delegationRequestId: idIn('delegationRequests', (request) => request['status'] === 'waiting') }) },
  { name: 'who looked at somebody', page: 'pages/social-worker/log/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('王秀珍') }) },

  { name: 'what is within fifteen minutes', page: 'pages/circle/around/index', openid: mother },
  { name: 'what is near and can be booked today', page: 'pages/circle/around/index', openid: daughter, taps: ['今天能约'] },
  { name: 'who is on duty for this home', page: 'pages/circle/who/index', openid: mother },
  { name: 'everything that can be done', page: 'pages/circle/matters/index', openid: mother },
  { name: 'the gallery', page: 'pages/gallery/list/index', openid: mother },
  { name: 'the pictures of an activity', page: 'pages/gallery/list/index', openid: mother, query: (facts) => ({ activityId: activityOf(facts, '八段锦') }) },
  { name: 'a work of a neighbour', page: 'pages/gallery/work/index', openid: mother, query: (facts) => ({ workId: workOf(facts, '甬江边的晚霞') }) },
  { name: 'asking for a picture to go', page: 'pages/gallery/work/index', openid: daughter, query: (facts) => ({ workId: workOf(facts, '大家一起练八段锦') }), taps: ['图里有我，请撤下'] },
  { name: 'handing a work in', page: 'pages/gallery/hand-in/index', openid: daughter },
  { name: 'handing a work in at the counter', page: 'pages/gallery/hand-in/index', openid: socialWorker, query: (facts) => ({ elderId: facts.personId('许凤仙') }) },
  { name: 'works of mine', page: 'pages/gallery/mine/index', openid: neighbour },
  { name: 'what waits in the gallery', page: 'pages/gallery/board/index', openid: socialWorker },
  { name: 'a work given back', page: 'pages/gallery/board/index', openid: socialWorker, taps: ['退回，说为什么，织给孙女的围巾'] },
  { name: 'a picture taken down', page: 'pages/gallery/board/index', openid: admin, taps: ['撤下这张图，一壶茶，聊半天'] },
  { name: 'adding a picture of an activity', page: 'pages/gallery/add/index', openid: socialWorker, query: (facts) => ({ activityId: activityOf(facts, '八段锦') }) },
  { name: 'activities for somebody at the counter', page: 'pages/activities/list/index', openid: socialWorker, query: (facts) => ({ elderId: facts.personId('许凤仙') }) },
  { name: 'the catalogue of services', page: 'pages/admin/services/index', openid: admin },
  { name: 'a new service', page: 'pages/admin/services/index', openid: admin, taps: ['加一项服务'] },
  { name: 'one service of the catalogue', page: 'pages/admin/service/index', openid: admin, query: (facts) => ({ serviceItemId: serviceOf(facts, '理发') }) },
  { name: 'another week of a service', page: 'pages/admin/service/index', openid: admin, query: (facts) => ({ serviceItemId: serviceOf(facts, '助浴') }), taps: ['改每周的时间', '去掉这个时间，周一 09:00', '先看会怎样'] },
  { name: 'another price of half a day', page: 'pages/admin/service/index', openid: admin, query: (facts) => ({ serviceItemId: serviceOf(facts, '日托') }), taps: ['改价格', '先看上个月'] },
  { name: 'a service about to be held', page: 'pages/admin/service/index', openid: admin, query: (facts) => ({ serviceItemId: serviceOf(facts, '助洁') }), taps: ['暂停，先不收新的'] },
  { name: 'activities of the community', page: 'pages/activities/list/index', openid: mother },
  { name: 'putting a name down for an activity', page: 'pages/activities/activity/index', openid: mother, query: (facts) => ({ ...ofMother(facts), activityId: activityOf(facts, '手机课：看懂诈骗短信') }) },
  { name: 'an activity that is full', page: 'pages/activities/activity/index', openid: daughter, query: (facts) => ({ ...ofMother(facts), activityId: activityOf(facts, '剪纸小课') }) },
  { name: 'an activity whose points are paid', page: 'pages/activities/activity/index', openid: neighbour, query: (facts) => ({ elderId: facts.personId('郑国强'), activityId: activityOf(facts, '茶话会') }) },
  { name: 'a class that goes on', page: 'pages/activities/activity/index', openid: 'demo_tang_weiguo', query: (facts) => ({ elderId: facts.personId('汤伟国'), activityId: activityOf(facts, '智能手机班') }) },
  { name: 'a class whose certificate can be taken', page: 'pages/activities/activity/index', openid: 'demo_tang_weiguo', query: (facts) => ({ elderId: facts.personId('汤伟国'), activityId: activityOf(facts, '家庭照护培训') }) },
  { name: 'the certificate of a class', page: 'pages/activities/certificate/index', openid: neighbour, query: (facts) => ({ bookingId: facts.bookingId('郑国强', 'verified', '家庭照护培训') }) },
  { name: 'a name about to be taken back', page: 'pages/activities/activity/index', openid: neighbour, query: (facts) => ({ elderId: facts.personId('郑国强'), activityId: activityOf(facts, '手机课：看懂诈骗短信') }), taps: ['不去了'] },

  { name: 'notices of a mother', page: 'pages/notices/list/index', openid: mother },
  {
    name: 'notices of somebody who has none yet', page: 'pages/notices/list/index', openid: 'demo_new_neighbour',
    before: async (facts) => {
      const { termsVersion } = await facts.act('demo_new_neighbour', 'account.open', {})
      await facts.act('demo_new_neighbour', 'account.acceptTerms', { termsVersion })
      await facts.act('demo_new_neighbour', 'account.register', { name: '示例新邻居', birthOn: '1950-05-01', communityId: 'huaguangcheng' })
    },
  },
  { name: 'a notice that asks the mother', page: 'pages/notices/notice/index', openid: mother, query: (facts) => ({ ...ofMother(facts), noticeId: noticeOf(facts, '停水') }) },
  { name: 'a notice with which the mother wants help', page: 'pages/notices/notice/index', openid: mother, query: (facts) => ({ ...ofMother(facts), noticeId: noticeOf(facts, '停水') }), taps: ['要帮忙'] },
  { name: 'a notice that a daughter answers for her mother', page: 'pages/notices/notice/index', openid: daughter, query: (facts) => ({ ...ofMother(facts), noticeId: noticeOf(facts, '停水') }) },
  { name: 'a notice that a daughter answered for her father, who has no WeChat', page: 'pages/notices/notice/index', openid: 'demo_zhou_ting', query: (facts) => ({ elderId: facts.personId('周福生'), noticeId: noticeOf(facts, '停水') }) },
  { name: 'a notice that was corrected since it was understood', page: 'pages/notices/notice/index', openid: neighbour, query: (facts) => ({ elderId: facts.personId('郑国强'), noticeId: noticeOf(facts, '体检') }) },
  { name: 'a notice that was taken back', page: 'pages/notices/notice/index', openid: neighbour, query: (facts) => ({ elderId: facts.personId('郑国强'), noticeId: noticeOf(facts, '义诊') }) },
  { name: 'a notice with an attachment', page: 'pages/notices/notice/index', openid: neighbour, query: (facts) => ({ elderId: facts.personId('郑国强'), noticeId: noticeOf(facts, '居家服务') }) },
  { name: 'a notice that was understood, and help asked', page: 'pages/notices/notice/index', openid: otherElder, query: (facts) => ({ elderId: facts.personId('孙桂英'), noticeId: noticeOf(facts, '电梯') }) },
  { name: 'notices of before', page: 'pages/notices/archive/index', openid: mother },
  { name: 'a notice of before', page: 'pages/notices/past/index', openid: mother, query: (facts) => ({ noticeId: noticeOf(facts, '停电两小时') }) },
  { name: 'the desk of notices', page: 'pages/notice-work/desk/index', openid: socialWorker },
  { name: 'the desk of notices of the subdistrict', page: 'pages/notice-work/desk/index', openid: admin },
  { name: 'a new notice', page: 'pages/notice-work/write/index', openid: socialWorker },
  { name: 'a usual notice, for some of the people', page: 'pages/notice-work/write/index', openid: admin, taps: ['从「停水」开始', '只发给其中一部分人'] },
  { name: 'a draft that was begun', page: 'pages/notice-work/write/index', openid: socialWorker, query: (facts) => ({ noticeId: noticeOf(facts, '台风') }) },
  { name: 'a notice that must reach, for staff', page: 'pages/notice-work/notice/index', openid: socialWorker, query: (facts) => ({ noticeId: noticeOf(facts, '停水') }) },
  { name: 'a notice past its deadline', page: 'pages/notice-work/notice/index', openid: socialWorker, query: (facts) => ({ noticeId: noticeOf(facts, '电梯') }) },
  { name: 'a notice to be corrected', page: 'pages/notice-work/notice/index', openid: socialWorker, query: (facts) => ({ noticeId: noticeOf(facts, '停水') }), taps: ['改一改再发'] },
  { name: 'a notice for everybody, seen by the second person', page: 'pages/notice-work/notice/index', openid: 'demo_du_wentao', query: (facts) => ({ noticeId: noticeOf(facts, '睦邻文化节那天') }) },
  { name: 'a notice about to be sent back', page: 'pages/notice-work/notice/index', openid: 'demo_du_wentao', query: (facts) => ({ noticeId: noticeOf(facts, '睦邻文化节那天') }), taps: ['退回去'] },
  { name: 'who is to be telephoned', page: 'pages/notice-work/duty/index', openid: socialWorker, query: () => ({ what: 'call' }) },
  { name: 'a call about a notice', page: 'pages/notice-work/duty/index', openid: socialWorker, query: () => ({ what: 'call' }), taps: ['打电话，周福生'] },
  { name: 'who is to be visited', page: 'pages/notice-work/duty/index', openid: socialWorker, query: () => ({ what: 'visit' }), taps: ['上门，何秀英'] },
  { name: 'who wants help', page: 'pages/notice-work/duty/index', openid: socialWorker, query: () => ({ what: 'help' }) },

  { name: 'a survey without names, to fill in', page: 'pages/taking-part/survey/index', openid: mother, query: (facts) => ({ ...ofMother(facts), noticeId: carrierOf(facts, MEALS) }) },
  { name: 'a survey that only she may answer', page: 'pages/taking-part/survey/index', openid: daughter, query: (facts) => ({ ...ofMother(facts), noticeId: carrierOf(facts, MEALS) }) },
  { name: 'a survey that was filled in', page: 'pages/taking-part/survey/index', openid: neighbour, query: (facts) => ({ elderId: facts.personId('郑国强'), noticeId: carrierOf(facts, MEALS) }) },
  { name: 'the result of a survey', page: 'pages/taking-part/survey/index', openid: mother, query: (facts) => ({ ...ofMother(facts), noticeId: carrierOf(facts, BREAKFAST) }) },
  { name: 'the opinion of a household', page: 'pages/taking-part/survey/index', openid: daughter, query: (facts) => ({ ...ofMother(facts), noticeId: carrierOf(facts, RAIL) }) },
  { name: 'the opinion of a household, on the telephone', page: 'pages/taking-part/survey/index', openid: socialWorker, query: (facts) => ({ ...ofMother(facts), noticeId: carrierOf(facts, RAIL) }), taps: ['同意', '交上去'] },
  { name: 'what was asked under a notice', page: 'pages/taking-part/questions/index', openid: mother, query: (facts) => ({ ...ofMother(facts), noticeId: carrierOf(facts, LESSON) }) },
  { name: 'asking something under a notice', page: 'pages/taking-part/questions/index', openid: neighbour, query: (facts) => ({ elderId: facts.personId('郑国强'), noticeId: carrierOf(facts, LESSON) }), taps: ['问社区'] },
  { name: 'a notice that carries a class', page: 'pages/notices/notice/index', openid: daughter, query: (facts) => ({ ...ofMother(facts), noticeId: carrierOf(facts, LESSON) }) },
  { name: 'a notice that tells a result', page: 'pages/notices/notice/index', openid: mother, query: (facts) => ({ ...ofMother(facts), noticeId: carrierOf(facts, `${BREAKFAST}：结果`) }) },
  { name: 'what a notice carries', page: 'pages/notice-work/part/index', openid: socialWorker, query: (facts) => ({ noticeId: carrierOf(facts, RAIL) }) },
  {
    name: 'writing a survey', page: 'pages/notice-work/part/index', openid: socialWorker, query: (facts) => ({ noticeId: carrierOf(facts, '想种什么花') }), taps: ['一份问卷', '再问一题'],
    before: (facts) => facts.act(socialWorker, 'notice.save', {
      level: 'ordinary', audience: { communityIds: ['huaguangcheng'], isWhole: false, buildings: ['12'], roles: [], ageFrom: null, ageTo: null, livesAlone: false, bookingOn: null }, title: '想种什么花', body: '门口的花坛要换花了。', whatToDo: null,
      pictures: [], attachments: [], publishAt: null, validUntil: instantOf(dayOf(5)), deadlineAt: null, opensCase: false,
    }),
  },
  { name: 'asking the households', page: 'pages/notice-work/part/index', openid: socialWorker, query: (facts) => ({ noticeId: carrierOf(facts, '想种什么花') }), taps: ['各家意见'] },
  { name: 'choosing an activity for a notice', page: 'pages/notice-work/part/index', openid: socialWorker, query: (facts) => ({ noticeId: carrierOf(facts, '想种什么花') }), taps: ['一个活动'] },
  { name: 'how a survey went', page: 'pages/notice-work/survey/index', openid: socialWorker, query: (facts) => ({ noticeId: carrierOf(facts, BREAKFAST) }) },
  { name: 'a survey under way, somebody is on the telephone', page: 'pages/notice-work/survey/index', openid: socialWorker, query: (facts) => ({ noticeId: carrierOf(facts, RAIL) }), taps: ['电话里、柜台上，替人填'] },
  { name: 'questions that wait', page: 'pages/notice-work/questions/index', openid: socialWorker },
  { name: 'answering a question', page: 'pages/notice-work/questions/index', openid: socialWorker, query: (facts) => ({ noticeId: carrierOf(facts, LESSON) }), taps: ['回一句：我妈妈腿不好，二楼有电梯吗？'] },

  { name: 'volunteers and points of a social worker', page: 'pages/points-work/today/index', openid: socialWorker },
  { name: 'shifts about to be verified together', page: 'pages/points-work/today/index', openid: socialWorker, taps: ['一起核实齐全的'] },
  { name: 'a shift whose end is missing', page: 'pages/points-work/shift/index', openid: socialWorker, query: (facts) => ({ shiftId: facts.idIn('shifts', (shift) => shift['review'] === 'exception') }) },
  { name: 'a complete shift, to be judged', page: 'pages/points-work/shift/index', openid: socialWorker, query: (facts) => ({ shiftId: facts.idIn('shifts', (shift) => shift['review'] === 'complete') }), taps: ['核实', '核实一部分'] },
  { name: 'a shift that was verified', page: 'pages/points-work/shift/index', openid: socialWorker, query: (facts) => ({ shiftId: facts.idIn('shifts', (shift) => shift['status'] === 'partly' || shift['status'] === 'verified') }) },
  { name: 'tasks to come', page: 'pages/points-work/board/index', openid: socialWorker },
  { name: 'tasks of before', page: 'pages/points-work/board/index', openid: socialWorker, taps: ['做过的'] },
  { name: 'a task, and who claimed it', page: 'pages/points-work/task/index', openid: socialWorker, query: (facts) => ({ taskId: facts.idIn('tasks', (task) => task['title'] === '迎新年节目排练') }) },
  { name: 'a task about to be cancelled', page: 'pages/points-work/task/index', openid: socialWorker, query: (facts) => ({ taskId: facts.idIn('tasks', (task) => task['title'] === '迎新年节目排练') }), taps: ['取消这个任务'] },
  { name: 'publishing a task', page: 'pages/points-work/publish/index', openid: socialWorker },
  { name: 'hours entered afterwards', page: 'pages/points-work/desk/index', openid: socialWorker },
  { name: 'entering hours for somebody', page: 'pages/points-work/desk/index', openid: socialWorker, taps: ['替人补录'] },
  { name: 'hours that an admin refuses', page: 'pages/points-work/desk/index', openid: admin, taps: ['不同意，汤伟国'] },
  { name: 'doubts', page: 'pages/points-work/flags/index', openid: socialWorker },
  { name: 'needs of the neighbourhood, for staff', page: 'pages/points-work/needs/index', openid: socialWorker },
  { name: 'the pots of the communities', page: 'pages/points-work/pots/index', openid: socialWorker },
  { name: 'what came into a pot', page: 'pages/points-work/pot-records/index', openid: socialWorker, query: () => ({ communityId: 'huaguang', which: 'in' }) },
  { name: 'asking for an elder in need', page: 'pages/points-work/needs/index', openid: socialWorker, taps: ['替老人求助'] },
  { name: 'standing help, for staff', page: 'pages/points-work/pairs/index', openid: socialWorker },
  { name: 'offering standing help for two', page: 'pages/points-work/pairs/index', openid: socialWorker, taps: ['给两个人结对'] },
  { name: 'projects, for staff', page: 'pages/points-work/projects/index', openid: socialWorker },
  { name: 'publishing a project', page: 'pages/points-work/projects/index', openid: socialWorker, taps: ['发布一个项目'] },
  { name: 'groups of volunteers', page: 'pages/points-work/groups/index', openid: socialWorker },
  { name: 'a new group', page: 'pages/points-work/groups/index', openid: socialWorker, taps: ['建一个团队'] },
  { name: 'the ledger, to be checked', page: 'pages/points-work/check/index', openid: socialWorker },
  { name: 'the seal of yesterday', page: 'pages/points-work/seal/index', openid: socialWorker, query: () => ({ onDate: dayOf(-1) }) },
  { name: 'a doubt, as a social worker sees it', page: 'pages/points-work/flag/index', openid: socialWorker, query: ({ idIn }) => ({ flagId: idIn('pointsFlags') }) },
  { name: 'a doubt, about to be confirmed', page: 'pages/points-work/flag/index', openid: 'demo_du_wentao', query: ({ idIn }) => ({ flagId: idIn('pointsFlags') }), taps: ['退回积分'] },
  { name: 'a project that a team has taken on', page: 'pages/points-work/project/index', openid: socialWorker, query: ({ idIn }) => ({ projectId: idIn('projects', (project) => project['title'] === '单元门口的坡道') }) },

  { name: 'activities and classes, for staff', page: 'pages/points-work/activities/index', openid: socialWorker },
  { name: 'places of the circle, for the subdistrict', page: 'pages/admin/places/index', openid: admin },
  { name: 'ways to a service', page: 'pages/admin/service/index', openid: admin, query: (facts) => ({ serviceItemId: serviceOf(facts, '助浴') }), taps: ['走路几分钟 11 个社区写了'] },
  { name: 'a new place of the circle', page: 'pages/admin/places/index', openid: admin, taps: ['加一个地方'] },
  { name: 'activities that wait to be verified', page: 'pages/points-work/activities/index', openid: admin, taps: ['核实'] },
  { name: 'a new activity', page: 'pages/points-work/activities/index', openid: socialWorker, taps: ['办一个活动'] },
  { name: 'the list of a coming activity', page: 'pages/points-work/activity/index', openid: socialWorker, query: (facts) => ({ activityId: activityOf(facts, '手机课：看懂诈骗短信') }) },
  { name: 'the list of an activity, about to be verified', page: 'pages/points-work/activity/index', openid: admin, query: (facts) => ({ activityId: activityOf(facts, '八段锦') }), taps: ['核实这份名单'] },
  { name: 'a new class of several sessions', page: 'pages/points-work/activities/index', openid: socialWorker, taps: ['办一个活动', '课程'] },
  { name: 'the list of a class, with its certificates', page: 'pages/points-work/activity/index', openid: socialWorker, query: (facts) => ({ activityId: activityOf(facts, '家庭照护培训') }) },
  { name: 'the list of an activity that was verified', page: 'pages/points-work/activity/index', openid: socialWorker, query: (facts) => ({ activityId: activityOf(facts, '茶话会') }) },

  { name: 'capacity', page: 'pages/admin/capacity/index', openid: admin },
  { name: 'the kitchens', page: 'pages/admin/kitchens/index', openid: admin },
  { name: "a kitchen's terms", page: 'pages/admin/kitchen/index', openid: admin, query: (facts) => ({ kitchenId: kitchenOf(facts, '东柳') }) },
  { name: 'a new kitchen', page: 'pages/admin/kitchen/index', openid: admin, taps: ['加一处'] },
  { name: 'subsidy policies', page: 'pages/admin/policy/index', openid: admin },
  { name: 'a new policy, against last month', page: 'pages/admin/policy/index', openid: admin, taps: ['定新的标准', '先看上个月'] },
  { name: 'the ladder', page: 'pages/admin/ladder/index', openid: admin },
  { name: 'new steps of the ladder', page: 'pages/admin/ladder/index', openid: admin, taps: ['改联络步骤'] },
  { name: 'who is on duty', page: 'pages/admin/ladder/index', openid: admin, taps: ['值班名单', '改值班，华光城'] },
  { name: 'how long doors stayed shut, everywhere', page: 'pages/social-worker/figures/index', openid: admin },
  { name: 'days off', page: 'pages/admin/closed-days/index', openid: admin },
  { name: 'the audit', page: 'pages/admin/audit/index', openid: admin },
  { name: 'whether every law holds', page: 'pages/admin/laws/index', openid: admin },
  { name: 'changing a capacity', page: 'pages/admin/capacity/index', openid: admin, taps: ['后一周', '改名额，11月30日 星期一 09:00–10:00'] },

  { name: "the subdistrict's points", page: 'pages/points-admin/today/index', openid: admin },
  { name: 'points policies, one of them waiting', page: 'pages/points-admin/policy/index', openid: admin },
  { name: 'a proposal against last month', page: 'pages/points-admin/policy/index', openid: admin, taps: ['要是上个月就这样'] },
  { name: "a proposal of one's own", page: 'pages/points-admin/policy/index', openid: 'demo_du_wentao', taps: ['撤回'] },
  { name: 'a new points policy', page: 'pages/points-admin/policy/index', openid: admin, taps: ['提一版新的', '先看上个月'] },
  { name: 'rewards and their stock', page: 'pages/points-admin/rewards/index', openid: admin },
  { name: 'a reward to be changed', page: 'pages/points-admin/reward/index', openid: admin, query: (facts) => ({ rewardId: rewardOf(facts, '抽纸三包') }) },
  { name: 'a new reward', page: 'pages/points-admin/reward/index', openid: admin },
  { name: 'merchants', page: 'pages/points-admin/merchants/index', openid: admin },
  { name: 'a new merchant', page: 'pages/points-admin/merchants/index', openid: admin, taps: ['加一家商户'] },
  { name: 'who works here', page: 'pages/points-admin/staff/index', openid: admin },
  { name: 'giving a role', page: 'pages/points-admin/staff/index', openid: admin, taps: ['加一位'] },
  { name: 'credits by hand', page: 'pages/points-admin/by-hand/index', openid: admin },
  { name: 'a credit by hand', page: 'pages/points-admin/by-hand/index', openid: admin, taps: ['给一位加分'] },
  { name: 'taking a line back', page: 'pages/points-admin/reverse/index', openid: admin, query: (facts) => ({ entryId: lineOf(facts, '卢美英', 'shift') }), taps: ['冲正这一笔'] },
  { name: 'whose line is taken back', page: 'pages/points-admin/reverse/index', openid: admin },
  { name: 'votes that are held, for staff', page: 'pages/points-admin/polls/index', openid: admin },
  { name: 'a new vote', page: 'pages/points-admin/polls/index', openid: admin, taps: ['办一次投票'] },

  { name: 'telephoning about somebody in danger', page: 'pages/social-worker/today/index', openid: socialWorker, taps: ['打电话，周福生'] },
  { name: 'a slip with a claim code', page: 'pages/social-worker/person/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('何秀英') }), taps: ['登记码', '给登记码'] },
  { name: 'a request, to be answered in part', page: 'pages/family/of-me/index', openid: mother, taps: ['只让办一部分'] },
  { name: 'choosing for whom', page: 'pages/home/index', openid: daughter, taps: ['换人'] },

  { name: 'ordering after the cut-off', page: 'pages/meals/order/index', openid: daughter, query: (facts) => ({ ...ofMother(facts), onDate: dayOf(0), sitting: 'lunch' }), at: FROZEN },
  { name: 'asking the kitchen after the cut-off', page: 'pages/meals/order/index', openid: otherElder, query: ({ mealId }) => ({ bookingId: mealId('孙桂英', 0) }), at: FROZEN },
  { name: 'a meal that can no longer be changed', page: 'pages/booking/index', openid: otherElder, query: ({ mealId }) => ({ bookingId: mealId('孙桂英', 0) }), at: FROZEN },
  {
    name: 'a shift under way', page: 'pages/volunteer/shift/index', openid: volunteer, query: (facts) => ({ shiftId: shiftOf(facts, '陪散步', 0) }), taps: ['签退'], at: FROZEN,
    before: (facts) => doorOfWalk(facts, 'shift.checkIn'),
  },
  { name: 'the first screen while a volunteer is there', page: 'pages/home/index', openid: mother, at: FROZEN },
  { name: 'a sheet that froze, and its runs', page: 'pages/kitchen/sheet/index', openid: cook, query: (facts) => ({ kitchenId: kitchenOf(facts, '东柳'), onDate: dayOf(0), sitting: 'lunch' }), taps: ['送餐'], at: FROZEN },
  { name: 'runs that nobody has taken', page: 'pages/courier/today/index', openid: courier, at: FROZEN },
  { name: 'a run, before leaving', page: 'pages/courier/run/index', openid: courier, query: (facts) => ({ runId: runOf(facts, '华光城') }), at: FROZEN, before: (facts) => facts.act(courier, 'courier.takeRun', { runId: runOf(facts, '华光城') }) },
  { name: 'a run under way', page: 'pages/courier/today/index', openid: courier, at: ON_THE_WAY, before: (facts) => facts.act(courier, 'courier.startRun', { runId: runOf(facts, '华光城') }) },
  { name: 'handing a run on', page: 'pages/courier/run/index', openid: courier, query: (facts) => ({ runId: runOf(facts, '华光城') }), taps: ['送不了，交给同事'], at: ON_THE_WAY },
  { name: 'a meal at the door', page: 'pages/courier/run/index', openid: courier, query: (facts) => ({ runId: runOf(facts, '华光城') }), taps: ['送到了，第 1 家'], at: ON_THE_WAY },
  { name: 'a meal without a code', page: 'pages/courier/run/index', openid: courier, query: (facts) => ({ runId: runOf(facts, '华光城') }), taps: ['送到了，第 2 家', '老人没有码，只把餐放下了'], at: ON_THE_WAY },
  { name: 'a door that stays shut', page: 'pages/courier/run/index', openid: courier, query: (facts) => ({ runId: runOf(facts, '华光城') }), taps: ['没人开门，第 1 家', '敲门没人应'], at: ON_THE_WAY },
  { name: 'the code for a meal', page: 'pages/door-code/index', openid: otherElder, query: ({ mealId }) => ({ bookingId: mealId('孙桂英', 0), kind: 'meal' }), at: ON_THE_WAY },
  { name: 'the first screen when a meal is due', page: 'pages/home/index', openid: otherElder, at: ON_THE_WAY },
  {
    name: 'a shift that took place, to be confirmed', page: 'pages/volunteer/shift/index', openid: mother, query: (facts) => ({ shiftId: shiftOf(facts, '陪散步', 0) }), at: ON_THE_WAY,
    before: (facts) => doorOfWalk(facts, 'shift.checkOut'),
  },
  { name: 'a shift that was not so', page: 'pages/volunteer/shift/index', openid: daughter, query: (facts) => ({ shiftId: shiftOf(facts, '陪散步', 0) }), taps: ['不是这样'], at: ON_THE_WAY },
  {
    name: 'the code and the roll of an activity under way', page: 'pages/points-work/activity/index', openid: socialWorker, query: (facts) => ({ activityId: activityOf(facts, '剪纸角') }), at: ON_THE_WAY,
    before: async (facts) => {
      const { activityId } = await facts.act(socialWorker, 'activity.publish', { sort: 'activity', title: '剪纸角', what: '剪窗花，剪刀和红纸都备好了。', place: '睦邻中心二楼', communityId: 'huaguangcheng', onDate: dayOf(0), startMinute: ON_THE_WAY + 1, endMinute: ON_THE_WAY + 46, seats: 6 })
      for (const [openid, name] of [[socialWorker, '许凤仙'], [mother, '王秀珍']] as const) await facts.act(openid, 'activity.join', { elderId: facts.personId(name), activityId })
    },
  },
  { name: 'arriving at an activity', page: 'pages/activities/activity/index', openid: mother, query: (facts) => ({ ...ofMother(facts), activityId: activityOf(facts, '剪纸角') }), at: ON_THE_WAY },
  { name: 'serving at the counter', page: 'pages/kitchen/counter/index', openid: cook, query: (facts) => ({ kitchenId: kitchenOf(facts, '东柳') }), at: ON_THE_WAY },

  { name: 'the first screen when somebody is at the door', page: 'pages/home/index', openid: mother, at: AT_THE_DOOR },
  { name: 'a door code', page: 'pages/door-code/index', openid: mother, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), at: AT_THE_DOOR },
  { name: 'vouching for an arrival', page: 'pages/booking/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), taps: ['人到了'], at: AT_THE_DOOR },
  { name: 'checking in', page: 'pages/care-worker/visit/index', openid: careWorker, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), taps: ['签到'], at: AT_THE_DOOR },
  { name: 'nobody opens', page: 'pages/care-worker/visit/index', openid: careWorker, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), taps: ['没人开门'], at: AT_THE_DOOR },
  {
    name: 'closing a case', page: 'pages/safety/case/index', openid: socialWorker, at: AT_THE_DOOR,
    query: (facts) => ({ safetyCaseId: caseOf(facts, '周福生'), close: '1' }), before: (facts) => facts.act(socialWorker, 'safety.take', { safetyCaseId: caseOf(facts, '周福生'), takenById: null }),
  },
  { name: 'not able to come, too late to cancel', page: 'pages/life/absent/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), taps: ['临时有事'], at: AT_THE_DOOR },
  {
    name: 'what was ended, for the family', page: 'pages/life/farewell/index', openid: 'demo_zhou_ting', at: AT_THE_DOOR, query: ({ idIn, personId }) => ({ lifeEventId: idIn('lifeEvents', (event) => event['elderId'] === personId('周福生')) }),
    before: async (facts) => {
      const { lifeEventId } = await facts.act(socialWorker, 'life.reportDeath', { personId: facts.personId('周福生'), onDate: dayOf(0) })
      await facts.act(admin, 'life.confirmDeath', { lifeEventId })
    },
  },
  { name: 'a death that was confirmed', page: 'pages/life-work/event/index', openid: socialWorker, at: AT_THE_DOOR, query: ({ idIn, personId }) => ({ lifeEventId: idIn('lifeEvents', (event) => event['elderId'] === personId('周福生')) }) },
  { name: 'the first screen of a family after a death', page: 'pages/home/index', openid: 'demo_zhou_ting', at: AT_THE_DOOR },
]

/** A build is looked at every second day: with every so many of the pages, and of their states after the first. */
const PAGES_STRIDE = 3
const STATES_STRIDE = 12

/**
 * The screens that a build is looked at with: in `npm test` some pages, some states and what later visits rely on, others
 * each time; every screen with both builds with EVERY_SIZE (`npm run test:long`).
 */
export function visitsOf(build: 'h5' | 'weapp'): readonly ScreenVisit[] {
  if (process.env['EVERY_SIZE'] !== undefined) return screenVisits
  const pages = [...new Set(screenVisits.map(({ page }) => page))]
  const turn = Math.floor(seedOf(Date.now()) / 2) + (build === 'h5' ? 0 : 1)
  return screenVisits.filter((one, index) =>
    one.before !== undefined || (screenVisits.findIndex(({ page }) => page === one.page) === index ? (pages.indexOf(one.page) + turn) % PAGES_STRIDE === 0 : (index + turn) % STATES_STRIDE === 0))
}

/** Text sizes at which a screen is looked at in H5: the largest, where things stop fitting; all of them with EVERY_SIZE. */
export const sizesInH5 = (): readonly (20 | 24 | 30)[] => (process.env['EVERY_SIZE'] === undefined ? [30] : [20, 24, 30])

/** Text sizes at which a screen is looked at in WeChat: one of the three in turn; all of them with EVERY_SIZE. */
export const sizesInWechat = (index: number): readonly (20 | 24 | 30)[] => (process.env['EVERY_SIZE'] === undefined ? [([20, 24, 30] as const)[index % 3] ?? 30] : [20, 24, 30])
