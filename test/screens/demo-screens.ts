/**
 * Every screen of the product as somebody in the demo sees it: which page, whose phone, and what was tapped to get there.
 * Tests that hold something for all screens walk through this list; a page that is missing from it is a fault.
 */
import { startEmulator, type EmulatorClient, type StartOptions } from '../../emulator/client'
import { loadDemo } from '../../emulator/demo'
import { civilDate, instantOf } from '../../src/domain/civil-time'

/** A Monday morning, before the demo's day begins. */
const MONDAY = instantOf('2026-11-23', 8 * 60)

/** What a list of screens needs to name things by. */
export interface DemoFacts {
  readonly emulator: EmulatorClient
  personId(name: string, communityId?: string): string
  /** the booking of an elder in a state, of a service if there are several */
  bookingId(elderName: string, status: string, serviceName?: string): string
  /** the only document of a collection, or the first that fits */
  idIn(collection: string, fits?: (document: Record<string, unknown>) => boolean): string
}

export interface ScreenVisit {
  /** what this screen is, in a few words */
  readonly name: string
  readonly page: string
  readonly openid: string
  readonly query?: (facts: DemoFacts) => Readonly<Record<string, string>>
  /** names to tap after it has loaded */
  readonly taps?: readonly string[]
  /** minutes of the demo's day until which the clock is moved first; later ones stand later in the list */
  readonly at?: number
}

/** The demo on an emulator of its own. */
export async function startDemo(options: StartOptions = {}): Promise<DemoFacts> {
  const emulator = await startEmulator({ isStrict: true, now: MONDAY, env: 'demo-test', ...options })
  try {
    await loadDemo(emulator)
  } catch (error) {
    await emulator.stop()
    throw error
  }
  const collections = await emulator.dump()
  const idIn = (collection: string, fits: (document: Record<string, unknown>) => boolean = () => true): string => {
    const found = (collections[collection] ?? []).find(fits)
    if (!found) throw new Error(`the demo holds no fitting document in ${collection}`)
    return String(found['_id'])
  }
  const personId = (name: string, communityId?: string): string => idIn('people', (person) => person['name'] === name && person['mergedInto'] === null && (communityId === undefined || person['communityId'] === communityId))
  return {
    emulator, personId, idIn,
    bookingId: (elderName, status, serviceName) => idIn('bookings', (booking) => booking['elderId'] === personId(elderName) && booking['status'] === status && (serviceName === undefined || booking['serviceName'] === serviceName)),
  }
}

/** Moves the demo's clock to where a visit needs it. */
export async function waitFor(visit: ScreenVisit, facts: DemoFacts): Promise<void> {
  if (visit.at === undefined) return
  const wanted = instantOf(civilDate(MONDAY), visit.at)
  if ((await facts.emulator.clock()).now < wanted) await facts.emulator.moveTo(wanted)
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
/** 14:02, when the bath is due */
const AT_THE_DOOR = 14 * 60 + 2

export const screenVisits: readonly ScreenVisit[] = [
  { name: 'the first screen of a daughter', page: 'pages/home/index', openid: daughter },
  { name: 'the first screen of a mother who is asked', page: 'pages/home/index', openid: mother },
  { name: 'the first screen of somebody not seen yet', page: 'pages/home/index', openid: 'demo_lin_xiaodong' },
  { name: 'services for the mother', page: 'pages/services/index', openid: daughter, query: ({ personId }) => ({ elderId: personId('王秀珍', 'huaguangcheng') }) },
  { name: 'days and times of a service', page: 'pages/service/index', openid: daughter, query: ({ personId, idIn }) => ({ elderId: personId('王秀珍', 'huaguangcheng'), serviceItemId: idIn('serviceItems', (item) => item['name'] === '助浴') }) },
  { name: 'booked', page: 'pages/booked/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }) },
  { name: 'bookings to come', page: 'pages/bookings/index', openid: daughter },
  { name: 'bookings of the past', page: 'pages/bookings/index', openid: mother, taps: ['以前的'] },
  { name: 'a booking to come', page: 'pages/booking/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }) },
  { name: 'a booking, about to be cancelled', page: 'pages/booking/index', openid: neighbour, query: ({ bookingId }) => ({ bookingId: bookingId('郑国强', 'assigned', '助行陪诊') }), taps: ['取消这次预约'] },
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

  { name: 'the first screen of a care worker', page: 'pages/home/index', openid: careWorker },
  { name: 'the day of a care worker', page: 'pages/care-worker/today/index', openid: careWorker },
  { name: 'a visit to come', page: 'pages/care-worker/visit/index', openid: careWorker, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }) },
  { name: 'a visit, about to be left', page: 'pages/care-worker/visit/index', openid: 'demo_zhao_jun', query: ({ bookingId }) => ({ bookingId: bookingId('沈月娥', 'checkedIn') }), taps: ['签退'] },
  { name: 'a door that nobody opened', page: 'pages/care-worker/visit/index', openid: 'demo_zhao_jun', query: ({ bookingId }) => ({ bookingId: bookingId('周福生', 'noContact') }) },

  { name: 'the day of a social worker', page: 'pages/social-worker/today/index', openid: socialWorker },
  { name: 'a day without anything', page: 'pages/social-worker/today/index', openid: 'demo_zhou_lan' },
  { name: 'a service with complete evidence', page: 'pages/social-worker/review/index', openid: socialWorker, query: ({ bookingId }) => ({ bookingId: bookingId('孙桂英', 'confirmed') }), taps: ['核实'] },
  { name: 'a service that lacks a word', page: 'pages/social-worker/review/index', openid: socialWorker, query: ({ bookingId }) => ({ bookingId: bookingId('何秀英', 'checkedOut') }), taps: ['打电话回访'] },
  { name: 'a service in dispute, to be judged', page: 'pages/social-worker/review/index', openid: socialWorker, query: ({ bookingId }) => ({ bookingId: bookingId('郑国强', 'disputed') }) },
  { name: 'finding somebody', page: 'pages/social-worker/people/index', openid: socialWorker },
  { name: 'somebody at the counter', page: 'pages/social-worker/person/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('周福生') }) },
  { name: 'registering somebody', page: 'pages/social-worker/register/index', openid: socialWorker },
  { name: 'merging two records', page: 'pages/social-worker/merge/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('沈月娥') }) },
  { name: 'a request at the counter', page: 'pages/social-worker/request/index', openid: socialWorker, query: ({ idIn }) => ({ delegationRequestId: idIn('delegationRequests', (request) => request['status'] === 'waiting') }) },
  { name: 'who looked at somebody', page: 'pages/social-worker/log/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('王秀珍', 'huaguangcheng') }) },

  { name: 'capacity', page: 'pages/admin/capacity/index', openid: admin },
  { name: 'days off', page: 'pages/admin/closed-days/index', openid: admin },
  { name: 'the audit', page: 'pages/admin/audit/index', openid: admin },
  { name: 'whether every law holds', page: 'pages/admin/laws/index', openid: admin },
  { name: 'changing a capacity', page: 'pages/admin/capacity/index', openid: admin, taps: ['后一周', '改名额，11月30日 星期一 09:00–10:00'] },

  { name: 'telephoning about somebody in danger', page: 'pages/social-worker/today/index', openid: socialWorker, taps: ['打电话，周福生'] },
  { name: 'closing a case', page: 'pages/social-worker/today/index', openid: socialWorker, taps: ['我去看看，周福生', '有结果了，周福生'] },
  { name: 'a slip with a claim code', page: 'pages/social-worker/person/index', openid: socialWorker, query: ({ personId }) => ({ personId: personId('何秀英') }), taps: ['登记码', '给登记码'] },
  { name: 'a request, to be answered in part', page: 'pages/family/of-me/index', openid: mother, taps: ['只让办一部分'] },
  { name: 'choosing for whom', page: 'pages/home/index', openid: daughter, taps: ['换人'] },

  { name: 'the first screen when somebody is at the door', page: 'pages/home/index', openid: mother, at: AT_THE_DOOR },
  { name: 'a door code', page: 'pages/door-code/index', openid: mother, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), at: AT_THE_DOOR },
  { name: 'vouching for an arrival', page: 'pages/booking/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), taps: ['人到了'], at: AT_THE_DOOR },
  { name: 'checking in', page: 'pages/care-worker/visit/index', openid: careWorker, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), taps: ['签到'], at: AT_THE_DOOR },
  { name: 'nobody opens', page: 'pages/care-worker/visit/index', openid: careWorker, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), taps: ['没人开门'], at: AT_THE_DOOR },
]
