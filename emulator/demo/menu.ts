/**
 * 你点我送 over some days: two organisations that deliver (their names, prices and licences are examples), one that waits for a second
 * person, a licence that soon runs out, orders in every state, and one delivery that was verified.
 */
import type { InputOf } from '../../src/contract'
import { slotIdOf } from '../../src/domain/slot'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'
import { socialWorkerFor, staffPersonId } from './place'
import { residents, type ResidentName } from './residents'

const first = 'demo_admin'
const second = 'demo_du_wentao'
const shop = 'demo_qian_lihua'
const nurse = 'demo_he_jie'
const neighbour = 'demo_wang_xiuzhen_tgc'

export interface MenuStory {
  readonly calendar: Calendar
  readonly callAs: CallAs
  readonly personIds: Readonly<Record<ResidentName, string>>
}

type Terms = Omit<InputOf<'menu.saveOffer'>, 'providerId'>

const everyCommunity = [...new Set(Object.values(residents).map((one) => one.communityId))]
const usual = { communityIds: everyCommunity, weekdays: [0, 1, 2, 3, 4, 5, 6], parts: ['morning', 'afternoon'], perDay: 6, leadHours: 12, cancelHours: 2, daysAhead: 14, bring: [] } satisfies Partial<Terms>
const errand: Terms = { ...usual, name: '代买米面油', sort: 'shopping', unit: '一趟', priceFen: 500, details: '两公里以内的超市、菜场，小票和东西一起送到。价格为示例。', bring: ['买什么写在留言里', '现金或者手机付货款'] }
const knives: Terms = { ...usual, name: '磨刀磨剪', sort: 'sharpening', unit: '一把', priceFen: 300, details: '师傅带磨石上门，当面磨好。价格为示例。', bring: ['刀用布包好'], perDay: 4 }
const repair: Terms = { ...usual, name: '换灯泡、修水龙头', sort: 'repair', unit: '一次', priceFen: 2000, details: '小修小补，材料另算，先报价再动手。价格为示例。', perDay: 3, leadHours: 24 }
const reading: Terms = { ...usual, name: '陪聊读报', sort: 'company', unit: '一次', priceFen: 0, details: '坐一会儿，读读报纸，说说话，四十分钟。', parts: ['afternoon'], perDay: 3 }
const pressure: Terms = { ...usual, name: '量血压血糖', sort: 'checkup', unit: '一次', priceFen: 0, details: '护士上门量，记在小本子上。', bring: ['上次的本子'], perDay: 5 }
const medicine: Terms = { ...usual, name: '送药上门', sort: 'medicine', unit: '一趟', priceFen: 400, details: '凭处方去药店取，当面点清。价格为示例。', bring: ['处方', '社保卡'] }
const cheaper: Terms = { ...usual, name: '代买日用品', sort: 'shopping', unit: '一趟', priceFen: 400, details: '送药的时候顺路带，东西不多的都行。价格为示例。', perDay: 3 }

/** @returns what was made, by its name in this story, as soon as it is */
export function tellMenu({ calendar, callAs, personIds }: MenuStory): { readonly orderIds: Readonly<Record<string, string>> } {
  const ids: Record<string, string> = {}
  const register = (key: string, by: string, name: string, sort: InputOf<'organisation.register'>['sort'], licence: InputOf<'organisation.register'>['licence']) => async (): Promise<void> => {
    ids[key] = (await callAs(by, 'organisation.register', { name, sort, contactName: '示例联系人', phone: '19000001921', address: '中兴路（示例）', communityIds: everyCommunity, licence })).providerId
  }
  const idOf = (key: string): string => ids[key] ?? ''
  calendar.scene(-9, '09:40', register('shop', first, '柳荫便民服务社（示例）', 'social', { kind: 'socialGroup', number: '示例 330-001', fromOn: calendar.date(-400), untilOn: calendar.date(330) }))
  calendar.scene(-9, '09:50', register('nurse', first, '小柏社区护理（示例）', 'care', { kind: 'medical', number: '示例 330-002', fromOn: calendar.date(-340), untilOn: calendar.date(17) }))
  calendar.scene(-9, '10:20', async () => {
    for (const key of ['shop', 'nurse']) await callAs(second, 'organisation.decide', { providerId: idOf(key), isApproved: true })
    await callAs(first, 'staff.grant', { personId: staffPersonId(shop), role: 'careWorker', providerId: idOf('shop') })
    await callAs(first, 'staff.grant', { personId: staffPersonId(nurse), role: 'careWorker', providerId: idOf('nurse') })
  })
  // Registered by the other administrator: it waits for the first.
  calendar.scene(-1, '16:10', register('waits', second, '巧手小修（示例）', 'merchant', { kind: 'business', number: '示例 330-003', fromOn: calendar.date(-60), untilOn: calendar.date(700) }))

  const offer = (key: string, by: string, place: string, terms: Terms, isApproved = true): void => {
    calendar.scene(-8, '10:00', async () => {
      ids[key] = (await callAs(by, 'menu.saveOffer', { providerId: idOf(place), ...terms })).offerId
      if (!isApproved) return
      const { offers } = await callAs(first, 'menu.offers', {})
      await callAs(first, 'menu.decideOffer', { offerId: idOf(key), seenAt: offers.find((one) => one.offerId === ids[key])?.waiting?.at ?? 0, isApproved: true })
    })
  }
  offer('errand', shop, 'shop', errand)
  offer('knives', shop, 'shop', knives)
  offer('reading', shop, 'shop', reading)
  offer('repair', shop, 'shop', repair, false)
  offer('pressure', nurse, 'nurse', pressure)
  offer('medicine', nurse, 'nurse', medicine)
  offer('cheaper', nurse, 'nurse', cheaper)

  /** An order, for oneself or at the counter. */
  const order = (key: string, who: ResidentName, offerKey: string, terms: Terms, day: number, part: 'morning' | 'afternoon', at: readonly [number, string], more: { readonly by?: string; readonly note?: string } = {}): void => {
    calendar.scene(at[0], at[1], async () => {
      const slotId = slotIdOf(idOf(offerKey), { onDate: calendar.date(day), startMinute: 0 })
      ids[key] = (await callAs(more.by ?? socialWorkerFor(residents[who].communityId), 'menu.order', { elderId: personIds[who], slotId, part, seenPriceFen: terms.priceFen, ...(more.note === undefined ? {} : { note: more.note }) })).bookingId
    })
  }
  const accepts = (key: string, by: string, at: readonly [number, string], workerOpenid?: string): void => {
    calendar.scene(at[0], at[1], async () => {
      await callAs(by, 'menu.accept', { bookingId: idOf(key) })
      if (workerOpenid !== undefined) await callAs(by, 'visit.assign', { bookingId: idOf(key), workerId: staffPersonId(workerOpenid) })
    })
  }
  // Delivered, and looked at by a social worker: the month counts one.
  order('done', 'otherWangXiuzhen', 'knives', knives, -1, 'afternoon', [-3, '09:20'], { by: neighbour, note: '两把菜刀、一把剪刀' })
  accepts('done', shop, [-3, '10:10'], shop)
  const code = async (): Promise<string> => (await callAs(neighbour, 'visit.doorCode', { bookingId: idOf('done') })).code
  calendar.scene(-1, '13:35', async () => { await callAs(shop, 'menu.setOut', { bookingId: idOf('done') }) })
  calendar.scene(-1, '13:52', async () => { await callAs(shop, 'visit.checkIn', { bookingId: idOf('done'), code: await code() }) })
  calendar.scene(-1, '14:12', async () => { await callAs(shop, 'visit.checkOut', { bookingId: idOf('done'), code: await code() }) })
  calendar.scene(-1, '14:20', async () => { await callAs(neighbour, 'visit.confirm', { bookingId: idOf('done'), satisfaction: 'satisfied' }) })
  calendar.scene(-1, '16:40', async () => { await callAs('demo_zhou_lan', 'visit.verify', { bookingId: idOf('done'), outcome: 'verified' }) })

  order('today', 'fuSufen', 'pressure', pressure, 0, 'afternoon', [-2, '10:05'])
  accepts('today', nurse, [-2, '11:30'], nurse)
  order('unassigned', 'guDeming', 'reading', reading, 1, 'afternoon', [-1, '10:12'], { note: '爱听评书' })
  accepts('unassigned', shop, [-1, '10:40'])
  // This morning: the organisations have not answered yet.
  order('fresh', 'zhuQiusheng', 'errand', errand, 1, 'morning', [0, '08:40'], { note: '十斤米，一桶油' })
  order('mine', 'otherWangXiuzhen', 'medicine', medicine, 3, 'morning', [0, '08:50'], { by: neighbour, note: '降压药，处方在抽屉里' })
  return { orderIds: ids }
}
