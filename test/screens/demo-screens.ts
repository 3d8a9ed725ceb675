/**
 * Every screen of the product as somebody in the demo sees it: which page, whose phone, and what was tapped to get there.
 * Tests that hold something for all screens walk through this list; a page that is missing from it is a fault.
 */
import { startEmulator, type EmulatorClient, type StartOptions } from '../../emulator/client'
import { loadDemo } from '../../emulator/demo'
import { instantOf } from '../../src/domain/civil-time'

/** A Monday morning, before the demo's day begins. */
const MONDAY = instantOf('2026-11-23', 8 * 60)

/** What a list of screens needs to name things by. */
export interface DemoFacts {
  readonly emulator: EmulatorClient
  personId(name: string, communityId?: string): string
  /** the booking of an elder in a state */
  bookingId(elderName: string, status: string): string
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
    bookingId: (elderName, status) => idIn('bookings', (booking) => booking['elderId'] === personId(elderName) && booking['status'] === status),
  }
}

/** Where a visit begins: `/pages/…?…`. */
export function addressOf(visit: ScreenVisit, facts: DemoFacts): string {
  const query = Object.entries(visit.query?.(facts) ?? {}).map(([name, value]) => `${name}=${value}`).join('&')
  return `/${visit.page}${query === '' ? '' : `?${query}`}`
}

const daughter = 'demo_wang_min'
const mother = 'demo_wang_xiuzhen'
const neighbour = 'demo_zheng_guoqiang'

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
  { name: 'a booking, about to be cancelled', page: 'pages/booking/index', openid: daughter, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }), taps: ['取消这次预约'] },
  { name: 'a booking that waits for the mother', page: 'pages/booking/index', openid: mother, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'checkedOut') }), taps: ['满意'] },
  { name: 'a booking that was verified', page: 'pages/booking/index', openid: mother, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'verified') }) },
  { name: 'a booking in dispute', page: 'pages/booking/index', openid: neighbour, query: ({ bookingId }) => ({ bookingId: bookingId('郑国强', 'disputed') }) },
  { name: 'a door code that is not needed yet', page: 'pages/door-code/index', openid: mother, query: ({ bookingId }) => ({ bookingId: bookingId('王秀珍', 'assigned') }) },
  { name: 'about me', page: 'pages/me/index', openid: mother },
  { name: 'the terms, at first use', page: 'pages/first-use/welcome/index', openid: 'demo_new_phone' },
  { name: 'the terms, again', page: 'pages/first-use/terms/index', openid: mother },
]
