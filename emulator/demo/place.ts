/**
 * What no action creates: the subdistrict with its real communities, invented providers and services, and the staff.
 * Organisations and prices are examples and say so (示例) wherever a screen shows them as facts;
 * telephone numbers begin with 1900000, behind which nobody is.
 */
import type { InputOf } from '../../src/contract'
import { MEMORY_TRAINING, type BedTerms } from '../../src/domain/bed-terms'
import type { Person } from '../../src/domain/person'
import type { RoleGrant } from '../../src/domain/role'
import type { Provider, ServiceItem, Subdistrict, WeeklyOpening } from '../../src/domain/service-item'
import facts from './dongliu.json'

/** The one subdistrict of the demo. */
export const SUBDISTRICT_ID = 'dongliu'

const communityIds = facts.communities.map(({ communityId }) => communityId)
const everyDay = [0, 1, 2, 3, 4, 5, 6]
const exceptSunday = [1, 2, 3, 4, 5, 6]

const clock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
const weekly = (weekdays: readonly number[], times: Readonly<Record<string, number>>): readonly WeeklyOpening[] =>
  weekdays.flatMap((weekday) => Object.entries(times).map(([time, capacity]) => ({ weekday, startMinute: clock(time), capacity })))

/** How far communities are from each other on foot, as if they lay in a row with a bend: examples until somebody walks them. */
const between: NonNullable<Subdistrict['walking']> = Object.fromEntries(communityIds.map((from, index) => [from, Object.fromEntries(communityIds.flatMap((to, other) => (other > index ? [[to, 4 + 3 * Math.min(other - index, communityIds.length - other + index)]] : [])))]))

/** `closedDays`: civil date → why. */
export const subdistrict = (closedDays: Readonly<Record<string, string>>): Subdistrict => ({
  _id: SUBDISTRICT_ID, version: 1, name: facts.subdistrict.name, dutyPhone: '19000001900', communities: facts.communities.map((community) => ({ ...community, duty: [] })), closedDays, mealPolicies: [], ladders: [],
  walking: between,
})

const care: Provider = { _id: 'pr_xinhe', subdistrictId: SUBDISTRICT_ID, name: '欣和苑护老（示例）', phone: '19000001901' }
const hair: Provider = { _id: 'pr_xingfu', subdistrictId: SUBDISTRICT_ID, name: '便民理发（示例）', phone: '19000001902' }
const home: Provider = { _id: 'pr_liuyin', subdistrictId: SUBDISTRICT_ID, name: '柳荫家政（示例）', phone: '19000001903' }
const house: Provider = { _id: 'pr_xiaobai', subdistrictId: SUBDISTRICT_ID, name: '小柏家护（示例）', phone: '19000001904' }
export const providers: readonly Provider[] = [care, hair, home, house]

/** Walking minutes in the order of the communities. */
const walking = (minutes: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(communityIds.flatMap((id, index) => (minutes[index] === undefined ? [] : [[id, minutes[index]]])))

/** 示例: what the subdistrict pays of half a day and of a night. */
const paidOf = (from70: number, from80: number, leastPayFen: number): BedTerms['subsidy'] => ({ bands: [{ fromAge: 70, subsidyFen: from70 }, { fromAge: 80, subsidyFen: from80 }], hardshipFen: { none: 0, lowIncome: 2000, extreme: 4000 }, leastPayFen })
const walkToHouse = walking([11, 8, 7, 9, 13, 10, 12, 15, 16, 6, 5])

const shared = { subdistrictId: SUBDISTRICT_ID, kind: 'homeCare', isOpen: true } as const

export const services = {
  bathing: {
    ...shared, _id: 'svc_bathing', providerId: care._id, providerName: care.name, name: '助浴', icon: 'bath', order: 10,
    summary: '上门帮老人洗澡，备防滑垫和浴凳', details: '护理员上门，先量体温血压，再帮老人洗澡、擦干、穿衣，带防滑垫和浴凳。浴室请先开暖气。价格为示例。',
    priceFen: 6000, durationMinutes: 60, cancelHours: 24, communityIds, walkingMinutes: walking([14, 9, 11, 6, 12, 8, 10, 15, 18, 13, 7]),
    weekly: weekly(everyDay, { '09:00': 2, '10:30': 2, '14:00': 2, '15:30': 2 }),
  },
  escort: {
    ...shared, _id: 'svc_escort', providerId: care._id, providerName: care.name, name: '助行陪诊', icon: 'accessibility', order: 20,
    summary: '陪着去医院，挂号、取药、送回家', details: '护理员到家接老人，陪同就诊、取药，再送回家。请带好社保卡和病历。车费自理，价格为示例。',
    priceFen: 9000, durationMinutes: 150, cancelHours: 12, communityIds, walkingMinutes: walking([14, 9, 11, 6, 12, 8, 10, 15, 18, 13, 7]),
    weekly: weekly(everyDay, { '08:30': 2, '13:00': 2 }),
  },
  haircut: {
    ...shared, _id: 'svc_haircut', providerId: hair._id, providerName: hair.name, name: '理发', icon: 'scissors', order: 30,
    summary: '理发师上门，老人不用出门', details: '理发师带工具上门，理完打扫干净。价格为示例。',
    priceFen: 1500, durationMinutes: 30, cancelHours: 4, communityIds: communityIds.filter((id) => id !== 'anju' && id !== 'yuanding'), walkingMinutes: walking([22, 12, 16, 9, 8, 7, 13, 3, 20, 11, 10]),
    weekly: weekly(everyDay, { '09:30': 2, '10:00': 2, '10:30': 2, '14:30': 2, '15:00': 2 }),
  },
  cleaning: {
    ...shared, _id: 'svc_cleaning', providerId: home._id, providerName: home.name, name: '助洁', icon: 'brush-cleaning', order: 40,
    summary: '打扫厨房、卫生间，擦窗', details: '两小时内打扫厨房、卫生间和地面，也可以擦窗。高处的窗外侧不擦。价格为示例。',
    priceFen: 8000, durationMinutes: 120, cancelHours: 12, communityIds: communityIds.filter((id) => id !== 'yueji'), walkingMinutes: walking([5, 17, 12, 14, 19, 16, 21, 10, 6, 8, 13]),
    weekly: weekly(exceptSunday, { '08:30': 2, '13:30': 3 }),
  },
  dayCare: {
    ...shared, kind: 'dayCare', _id: 'svc_day_care', providerId: house._id, providerName: house.name, name: '日托', icon: 'house-heart', order: 50,
    summary: '白天有人照看，有床休息，管一顿点心', details: '上午或下午半天，有人照看、量血压、做手指操，可以躺下休息。价格和补贴为示例。',
    priceFen: 4000, durationMinutes: 210, cancelHours: 12, communityIds, walkingMinutes: walkToHouse, weekly: weekly(exceptSunday, { '08:30': 6, '13:00': 6 }),
    bed: { sort: 'dayCare', bring: ['平时吃的药', '水杯', '老花镜'], subsidy: paidOf(1000, 1500, 1000) },
  },
  physio: {
    ...shared, kind: 'dayCare', _id: 'svc_physio', providerId: house._id, providerName: house.name, name: '理疗床位', icon: 'accessibility', order: 60,
    summary: '热敷、理疗、活动关节，躺着做', details: '半天，由康复师带着做。做之前先量血压，有心脏起搏器的请先说。价格和补贴为示例。',
    priceFen: 6000, durationMinutes: 180, cancelHours: 12, communityIds, walkingMinutes: walkToHouse, weekly: weekly(exceptSunday, { '08:30': 2, '13:30': 2 }),
    bed: { sort: 'physio', bring: ['病历', '宽松的衣服'], subsidy: paidOf(1500, 2000, 2000) },
  },
  shortStay: {
    ...shared, kind: 'stay', _id: 'svc_short_stay', providerId: house._id, providerName: house.name, name: '短住', icon: 'house-heart', order: 70,
    summary: '家里人出门几天，老人来住，日夜有人', details: '两人一间，三餐在内，夜里有人值班。价格和补贴为示例。',
    priceFen: 18000, durationMinutes: 21 * 60, cancelHours: 24, communityIds, walkingMinutes: walkToHouse, weekly: weekly(everyDay, { '14:00': 4 }),
    bed: { sort: 'short', bring: ['身份证、社保卡', '平时吃的药', '换洗衣服', '自己的枕头'], subsidy: paidOf(4000, 6000, 6000) },
  },
  memoryStay: {
    ...shared, kind: 'stay', _id: 'svc_memory_stay', providerId: house._id, providerName: house.name, name: '记忆照护短住', icon: 'hand-heart', order: 80,
    summary: '记性不好的老人来住，受过训的人值班', details: '单人间，门口有人看着，夜里受过记忆照护培训的人值班。没有人值班的晚上不收人。价格和补贴为示例。',
    priceFen: 26000, durationMinutes: 21 * 60, cancelHours: 24, communityIds, walkingMinutes: walkToHouse, weekly: weekly(everyDay, { '14:00': 2 }),
    bed: { sort: 'memory', bring: ['身份证、社保卡', '平时吃的药', '换洗衣服', '熟悉的小东西'], subsidy: paidOf(6000, 9000, 8000) },
  },
} as const satisfies Readonly<Record<string, ServiceItem>>

export interface StaffMember {
  readonly openid: string
  readonly name: string
  readonly phone: string
  readonly communityId: string
  readonly grants: readonly RoleGrant[]
}

const worker = (providerId: string): readonly RoleGrant[] => [{ role: 'careWorker', providerId }]
const socialWorkerOf = (...places: readonly string[]): readonly RoleGrant[] => [{ role: 'socialWorker', communityIds: places }]

export const staff: readonly StaffMember[] = [
  { openid: 'demo_admin', name: '孙洁', phone: '19000001801', communityId: 'zhongxing', grants: [{ role: 'admin' }] },
  { openid: 'demo_li_jing', name: '李静', phone: '19000001802', communityId: 'zhongxing', grants: socialWorkerOf('huaguangcheng', 'jinyuan') },
  { openid: 'demo_zhou_lan', name: '周岚', phone: '19000001803', communityId: 'anju', grants: socialWorkerOf('taigucheng', 'yuanding', 'yueji', 'zhongxing') },
  { openid: 'demo_fang_hui', name: '方慧', phone: '19000001804', communityId: 'yueji', grants: socialWorkerOf('anju', 'donghai', 'dongliufang', 'huaqiaocheng', 'xingfuyuan') },
  { openid: 'demo_chen_xia', name: '陈霞', phone: '19000001811', communityId: 'xingfuyuan', grants: worker(care._id) },
  { openid: 'demo_zhao_jun', name: '赵军', phone: '19000001812', communityId: 'donghai', grants: worker(care._id) },
  { openid: 'demo_wu_fang', name: '吴芳', phone: '19000001813', communityId: 'xingfuyuan', grants: worker(hair._id) },
  { openid: 'demo_qian_lihua', name: '钱丽华', phone: '19000001814', communityId: 'anju', grants: worker(home._id) },
  { openid: 'demo_bai_lan', name: '白兰', phone: '19000001815', communityId: 'zhongxing', grants: [{ role: 'careWorker', providerId: house._id, skills: [MEMORY_TRAINING] }] },
  { openid: 'demo_he_jie', name: '贺洁', phone: '19000001816', communityId: 'yueji', grants: worker(house._id) },
  { openid: 'demo_du_wentao', name: '杜文涛', phone: '19000001805', communityId: 'zhongxing', grants: [{ role: 'admin' }] },
  // Given their role by an administrator while the demo is told.
  { openid: 'demo_meng_xianglin', name: '孟祥林', phone: '19000001831', communityId: 'xingfuyuan', grants: [] },
  { openid: 'demo_ye_lin', name: '叶琳', phone: '19000001832', communityId: 'huaguangcheng', grants: [] },
]

type Policy = Omit<InputOf<'policy.set'>, 'validFrom'>

/** What the subdistrict pays of a meal, at first; in fen. All rates are examples. */
export const firstPolicy: Policy = { bands: [{ fromAge: 65, subsidyFen: 300 }, { fromAge: 80, subsidyFen: 500 }], hardshipFen: { none: 0, lowIncome: 200, extreme: 400 }, monthlyCapFen: 12_000, leastPayFen: 300 }
/** What it pays now, and what it will. */
export const laterPolicies: Readonly<Record<'now' | 'coming', Policy>> = {
  now: { bands: [{ fromAge: 60, subsidyFen: 300 }, { fromAge: 70, subsidyFen: 500 }, { fromAge: 80, subsidyFen: 700 }], hardshipFen: { none: 0, lowIncome: 200, extreme: 400 }, monthlyCapFen: 15_000, leastPayFen: 300 },
  coming: { bands: [{ fromAge: 60, subsidyFen: 300 }, { fromAge: 70, subsidyFen: 500 }, { fromAge: 80, subsidyFen: 800 }], hardshipFen: { none: 0, lowIncome: 300, extreme: 500 }, monthlyCapFen: 18_000, leastPayFen: 200 },
}

/** Who is asked in turn when somebody may be in danger. Examples, too. */
export const ladder: Omit<InputOf<'policy.setLadder'>, 'validFrom'> = {
  day: [{ kind: 'elder', waitMinutes: 5 }, { kind: 'family', waitMinutes: 10 }, { kind: 'duty', waitMinutes: 20 }, { kind: 'next', waitMinutes: 20 }, { kind: 'emergency', waitMinutes: 1 }],
  night: [{ kind: 'elder', waitMinutes: 3 }, { kind: 'family', waitMinutes: 5 }, { kind: 'duty', waitMinutes: 15 }, { kind: 'emergency', waitMinutes: 1 }],
  nightFrom: clock('21:00'), nightUntil: clock('07:00'), takenMinutes: 30,
}

/** Who goes in each community: its own social worker, then a colleague. */
export const dutyOf = (): readonly InputOf<'duty.set'>[] => communityIds.map((communityId) => {
  const first = socialWorkerFor(communityId)
  const next = staff.find(({ openid, grants }) => openid !== first && grants.some((grant) => grant.role === 'socialWorker'))
  return { communityId, personIds: [first, ...(next === undefined ? [] : [next.openid])].map(staffPersonId) }
})

/** Two grids of 华光城, each with somebody else who goes first. Which buildings, and who, are examples. */
export const gridsOf = (): readonly InputOf<'duty.set'>[] => {
  const communityId = 'huaguangcheng'
  const first = socialWorkerFor(communityId)
  const [next] = staff.filter(({ openid, grants }) => openid !== first && grants.some((grant) => grant.role === 'socialWorker')).map(({ openid }) => staffPersonId(openid))
  const named = (name: string, from: number, until: number) => ({ name, buildings: Array.from({ length: until - from + 1 }, (_, index) => from + index) })
  return [
    { communityId, grid: named('南网格', 1, 12), personIds: [staffPersonId(first), ...(next === undefined ? [] : [next])] },
    { communityId, grid: named('北网格', 13, 20), personIds: [...(next === undefined ? [] : [next]), staffPersonId(first)] },
  ]
}

/** Which social worker a community has. @throws for a community that nobody looks after */
export function socialWorkerFor(communityId: string): string {
  const found = staff.find(({ grants }) => grants.some((grant) => grant.role === 'socialWorker' && grant.communityIds?.includes(communityId) === true))
  if (!found) throw new Error(`no social worker for ${communityId}`)
  return found.openid
}

export const staffPersonId = (openid: string): string => `p_${openid.replace(/^demo_/, '')}`

/** A member of staff as a resident of the subdistrict, too. */
export const staffPerson = ({ openid, name, phone, communityId }: StaffMember, registeredAt: number): Person => ({
  _id: staffPersonId(openid), version: 1, subdistrictId: SUBDISTRICT_ID, communityId, name, birthOn: '1985-06-15', phone, address: null, livesAlone: false, standing: 'verified',
  seenBy: { personId: staffPersonId('demo_admin'), name: '孙洁', at: registeredAt, identityCheck: 'idCardSeen' }, registeredAt, accountId: openid,
  careNotes: null, careNotesConsentAt: null, kinIds: [], delegates: {}, delegateIds: [], busy: [], doorCard: null, mergedInto: null, requests: {},
  diet: null, hardship: 'none', away: null, dailyCheck: null, lastWellAt: null, checkDueAt: null, subsidies: {},
})

/** Their account, with the roles that the subdistrict gave. */
export const staffAccount = ({ openid, name, grants }: StaffMember, termsVersion: string, termsAt: number) => ({
  _id: openid, version: 1, subdistrictId: SUBDISTRICT_ID, termsVersion, termsAt, personId: staffPersonId(openid), name, grants, requests: {},
})
