/** The fifteen-minute circle of the demo: where communities, buildings and places lie is invented (示例); no action makes the plan itself. */
import { circleIdOf, usualPace, type Circle, type CirclePlace, type Spot } from '../../src/domain/circle'
import facts from './dongliu.json'
import type { KitchenIds } from './kitchens'
import { services, SUBDISTRICT_ID } from './place'

/** Communities beside each other, four in a row, as if somebody had drawn them on squared paper. */
const middles: Readonly<Record<string, Spot>> = Object.fromEntries(facts.communities.map(({ communityId }, index) => [communityId, { x: (index % 4) * 700, y: Math.floor(index / 4) * 650 }]))
/** Twenty buildings in rows of five. */
const buildings: Readonly<Record<string, Spot>> = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [String(index + 1), { x: ((index % 5) - 2) * 55, y: (Math.floor(index / 5) - 1.5) * 60 }]))

const everyDay = [0, 1, 2, 3, 4, 5, 6]
const workdays = [1, 2, 3, 4, 5]
const at = (placeId: string, sort: CirclePlace['sort'], name: string, address: string, spot: readonly [number, number], hours: readonly [readonly number[], number, number], more: Partial<CirclePlace> = {}): CirclePlace =>
  ({ placeId, sort, name: `${name}（示例）`, address, phone: `1900000${2100 + placeId.length}`, communityId: 'huaguangcheng', spot: { x: spot[0], y: spot[1] }, hours: { weekdays: hours[0], fromMinute: hours[1] * 60, untilMinute: hours[2] * 60 }, walking: {}, serviceItemIds: [], kitchenId: null, ...more })

export const circle = (kitchenIds: KitchenIds): Circle => ({
  _id: circleIdOf(SUBDISTRICT_ID), version: 1, subdistrictId: SUBDISTRICT_ID, policy: usualPace,
  homes: Object.fromEntries(Object.entries(middles).map(([communityId, middle]) => [communityId, { middle, buildings }])),
  places: [
    at('culture', 'culture', '睦邻中心', '华光城 1 幢旁', [-150, -40], [everyDay, 8, 20]),
    at('station', 'station', '华光城社区站', '华光城 9 幢底楼', [60, -30], [everyDay, 8, 17]),
    at('canteen', 'meal', '东柳助餐中心', '华光城东门', [230, 120], [everyDay, 10, 18], { kitchenId: kitchenIds.centre }),
    at('clinic', 'clinic', '社区卫生服务站', '华光城南门', [-60, -290], [workdays, 8, 17]),
    at('barber', 'barber', '便民理发', '华光路 21 号', [-330, 160], [everyDay, 9, 18], { serviceItemIds: [services.haircut._id] }),
    at('care', 'care', '欣和苑照护点', '华光路 66 号', [330, -260], [everyDay, 8, 18], { serviceItemIds: [services.bathing._id, services.escort._id] }),
    at('market', 'shop', '柳东菜场', '柳东路 5 号', [120, 420], [everyDay, 6, 19]),
    at('pharmacy', 'clinic', '平安药店', '柳东路 12 号', [-80, 250], [everyDay, 8, 21]),
    ...facts.communities.filter(({ communityId }) => communityId !== 'huaguangcheng').map(({ communityId, name }) => at(`station_${communityId}`, 'station', `${name}社区站`, `${name}社区服务中心`, [30, -40], [everyDay, 8, 17], { communityId })),
  ],
})
