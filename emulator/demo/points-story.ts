/**
 * A month of points: two administrators set the rates, shops join, volunteers serve, are confirmed and verified, and what
 * they earned is redeemed, given and donated. It leaves something for everybody: a code to collect, hours that wait for a
 * second person, doubts to decide, a proposal of new rates.
 */
import type { EmulatorClient } from '../client'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'
import { staffPersonId } from './place'
import { merchants, pointsPolicy, proposedPolicy, rewards, rewardTerms, type MerchantName, type RewardName } from './rewards'
import type { ResidentName } from './residents'
import { tellShift, type Shift } from './shifts'

/** What the story needs of the rest of the demo. */
export interface Told {
  readonly calendar: Calendar
  readonly callAs: CallAs
  readonly client: EmulatorClient
  readonly personIds: Readonly<Record<ResidentName, string>>
  /** the day on which everything opens */
  readonly opens: number
}

const ADMIN = 'demo_admin'
const SECOND = 'demo_du_wentao'
const DESK = 'demo_li_jing'
const HAIR = 'demo_meng_xianglin'
const SHOP = 'demo_ye_lin'
const MOTHER = 'demo_wang_xiuzhen'
const DAUGHTER = 'demo_wang_min'
const VOLUNTEER = 'demo_tang_weiguo'
const OTHER = 'demo_lu_meiying'

/** Shops, rewards and the first rates; from here on everything is earned. Scenes of the first morning. */
function tellTheOpening({ calendar, callAs, opens }: Told): { readonly merchantId: (name: MerchantName) => string; readonly rewardId: (name: RewardName) => string } {
  const merchantIds = new Map<MerchantName, string>()
  const rewardIds = new Map<RewardName, string>()
  const idOf = <N extends string>(ids: ReadonlyMap<N, string>) => (name: N): string => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`demo data: ${name} is not there yet`)
    return id
  }
  calendar.scene(opens, '08:52', async () => {
    const { proposalId } = await callAs(ADMIN, 'pointsPolicy.propose', { validFrom: calendar.date(opens + 1), ...pointsPolicy })
    await callAs(SECOND, 'pointsPolicy.decide', { proposalId, isApproved: true })
    for (const [name, terms] of Object.entries(merchants)) merchantIds.set(name as MerchantName, (await callAs(ADMIN, 'merchant.save', terms)).merchantId)
    const places = { hair: idOf(merchantIds)('hair'), shop: idOf(merchantIds)('shop') }
    await callAs(ADMIN, 'staff.grant', { personId: staffPersonId(HAIR), role: 'merchant', providerId: places.hair })
    await callAs(ADMIN, 'staff.grant', { personId: staffPersonId(SHOP), role: 'merchant', providerId: places.shop })
    for (const name of Object.keys(rewards) as RewardName[]) rewardIds.set(name, (await callAs(ADMIN, 'reward.save', rewardTerms(name, calendar.date(opens), places))).rewardId)
    await callAs(MOTHER, 'volunteer.join', { skills: ['teaching', 'arts'], communityIds: ['huaguangcheng'] })
    await callAs(DAUGHTER, 'volunteer.join', { skills: ['company', 'phoneHelp'], communityIds: ['huaguangcheng', 'taigucheng'] })
    await callAs(VOLUNTEER, 'volunteer.join', { skills: ['escort', 'company', 'repairs'], communityIds: ['huaguangcheng', 'jinyuan'] })
    await callAs(OTHER, 'volunteer.join', { skills: ['company', 'escort', 'housework', 'arts'], communityIds: ['huaguangcheng', 'jinyuan'] })
  })
  calendar.scene(-3, '13:42', async () => { await callAs(SECOND, 'pointsPolicy.propose', { validFrom: calendar.firstOfMonth(2), ...proposedPolicy }) })
  return { merchantId: idOf(merchantIds), rewardId: idOf(rewardIds) }
}

/** What volunteers did in the weeks before: the mother teaches knitting, others keep company or go along to the doctor. */
function tellTheShifts({ calendar, callAs, personIds, opens }: Told): void {
  const lastMonth = (dayOfMonth: number): number => calendar.lastMonth(dayOfMonth)
  const tell = (its: Shift): void => tellShift(calendar, callAs, its)
  const published = { by: DESK, day: opens, at: '08:52' }
  const room = { communityId: 'huaguangcheng', place: '华光城睦邻中心二楼' }
  const lesson = { ...room, title: '教编织', what: '带大家织围巾，织好的送给独居老人。', skill: 'teaching', published, organiserId: () => personIds.tangWeiguo, volunteers: [MOTHER], shownBy: VOLUNTEER } as const
  for (const day of [-13, -12, -6, -5]) {
    tell({ ...lesson, day, from: '09:30', until: '11:40', checkIn: '09:30', checkOut: '11:40', confirmed: '11:40', verified: { by: DESK, day, at: '16:22', minutes: 120 } })
    tell({ ...lesson, day, from: '13:45', until: '16:15', checkIn: '13:42', checkOut: '16:22', confirmed: '16:22', verified: { by: DESK, day, at: '16:22', minutes: 120 } })
  }
  tell({ ...lesson, day: -4, from: '13:45', until: '16:15', checkIn: '13:42', checkOut: '16:22', confirmed: '16:22', verified: { by: DESK, day: -4, at: '16:22', minutes: 46 } })
  for (const day of [-13, -12, -6, -5]) {
    tell({
      ...room, title: '教用手机', what: '一对一教老人用微信、看健康码。', day, from: '13:45', until: '16:15', skill: 'phoneHelp', published, organiserId: () => personIds.tangWeiguo, volunteers: [DAUGHTER], shownBy: VOLUNTEER,
      checkIn: '13:42', checkOut: '16:22', confirmed: '16:22', verified: { by: DESK, day, at: '16:22', minutes: 120 },
    })
  }
  // He goes along with whoever needs it; on one day it is more than the day's cap, and the rest goes to the pot.
  for (const [day, minutes] of [[-13, 120], [-12, 120], [-6, 150]] as const) {
    tell({
      communityId: 'huaguangcheng', place: '华光城 15 幢楼下', title: '陪诊', what: '陪老人去医院，挂号、取药、送回家。', day, from: '13:45', until: '16:15', skill: 'escort', published, elderId: () => personIds.zhengGuoqiang, volunteers: [OTHER], shownBy: 'demo_zheng_guoqiang',
      checkIn: '13:42', checkOut: '16:22', confirmed: '16:22', verified: { by: DESK, day, at: '16:22', minutes },
    })
  }
  // Last month, in the mornings: lists of honour, the month's report and a new policy are looked at against it.
  for (const [day, minutes] of [[lastMonth(12), 110], [lastMonth(13), 90]] as const) {
    tell({
      ...room, title: '社区巡查', what: '看看楼道有没有堆杂物，灯亮不亮。', day, from: '09:30', until: '11:30', skill: 'company', seats: 2, published, volunteers: [VOLUNTEER, OTHER], shownBy: DESK,
      checkIn: '09:30', checkOut: '11:24', confirmed: '11:24', verified: { by: ADMIN, day, at: '11:24', minutes },
    })
  }
  // Verified by nobody yet: one complete, one whose end is missing.
  tell({
    communityId: 'huaguangcheng', place: '华光城 15 幢 601', title: '陪聊', what: '陪老人说说话，帮着读读报。', day: -1, from: '13:45', until: '16:15', skill: 'company', published, elderId: () => personIds.zhengGuoqiang, volunteers: [VOLUNTEER], shownBy: 'demo_zheng_guoqiang',
    checkIn: '13:42', checkOut: '16:20', confirmed: '16:20',
  })
  tell({
    ...room, title: '整理图书角', what: '把捐来的书分类上架。', day: -1, from: '13:45', until: '16:15', skill: 'housework', published, volunteers: [OTHER], shownBy: DESK, checkIn: '13:42',
  })
  // Today and later: one begins soon, others are open.
  const later = { by: DESK, day: -1, at: '16:20' }
  tell({ communityId: 'huaguangcheng', place: '华光城 12 幢楼下', title: '陪散步', what: '陪老人在小区里走一走，慢一点。', day: 0, from: '09:30', until: '10:30', skill: 'company', published: later, elderId: () => personIds.wangXiuzhen, volunteers: [VOLUNTEER] })
  tell({ ...room, title: '迎新年节目排练', what: '帮着搬椅子、倒水、照看老人上下台阶。', day: 2, from: '13:30', until: '16:00', skill: 'arts', seats: 4, published: later, volunteers: [OTHER] })
  tell({ communityId: 'jinyuan', place: '锦苑 7 幢 103', title: '上门修水龙头', what: '水龙头滴水，带上扳手和垫片。', day: 1, from: '10:00', until: '11:00', skill: 'repairs', published: later, elderId: () => personIds.heXiuying, volunteers: [] })
  tell({ communityId: 'taigucheng', place: '太古城服务站', title: '教用手机', what: '教老人看病历、交电费。', day: 3, from: '14:00', until: '16:00', skill: 'phoneHelp', seats: 2, published: { ...later, by: 'demo_zhou_lan' }, volunteers: [] })
}

/** What became of the points: vouchers, gifts, the pot, a neighbour in need, a bath. */
function tellTheSpending({ calendar, callAs, personIds }: Told, { rewardId }: { readonly rewardId: (name: RewardName) => string }): void {
  let needId = ''
  const codeOf = async (openid: string, personId: string, name: RewardName): Promise<string> => {
    const { code } = await callAs(openid, 'points.redeem', { personId, rewardId: rewardId(name) })
    if (code === null) throw new Error(`demo data: ${rewards[name].name} has no code`)
    return code
  }
  // For six lessons that nobody recorded as a shift: above what one administrator gives alone.
  calendar.scene(-6, '16:22', async () => {
    const { byHandId } = await callAs(ADMIN, 'points.byHand', { ownerId: personIds.wangXiuzhen, amount: 200, words: '照护课程结业', reason: '六次课都到了，签到簿在社区（示例）。' })
    await callAs(SECOND, 'points.byHandDecide', { byHandId, isApproved: true })
  })
  calendar.scene(-5, '16:22', async () => { await callAs(DAUGHTER, 'points.give', { personId: personIds.wangMin, toPersonId: personIds.wangXiuzhen, amount: 200, words: '给妈妈洗澡用' }) })
  let hair = ''
  let soap = ''
  calendar.scene(-4, '16:22', async () => {
    hair = await codeOf(MOTHER, personIds.wangXiuzhen, 'haircut')
    soap = await codeOf(OTHER, personIds.luMeiying, 'tissues')
    needId = (await callAs(DESK, 'need.open', { elderId: personIds.heXiuying, words: '独居老人冬天缺一床厚被子。', wanted: 300, hasConsent: true })).needId
  })
  calendar.scene(-3, '13:42', async () => {
    await callAs(HAIR, 'merchant.settleVoucher', { code: hair })
    await callAs(OTHER, 'points.donate', { personId: personIds.luMeiying, amount: 50, to: { what: 'need', needId } })
  })
  calendar.scene(-2, '16:22', async () => {
    await callAs(SHOP, 'merchant.settleVoucher', { code: soap })
    await callAs(OTHER, 'points.donate', { personId: personIds.luMeiying, amount: 20, to: { what: 'pot' } })
  })
  calendar.scene(0, '08:10', async () => { await codeOf(MOTHER, personIds.wangXiuzhen, 'soap') })
  calendar.scene(0, '08:52', async () => { soap = await codeOf(DAUGHTER, personIds.wangMin, 'tissues') })
  calendar.scene(0, '08:58', async () => { await callAs(SHOP, 'merchant.settleVoucher', { code: soap }) })
}

/** Hours entered afterwards: some wait for a second person, some were entered and approved all at once. */
function tellTheDesk({ calendar, callAs, personIds }: Told): void {
  // Five evenings in one go: the night's look notices such a burst.
  calendar.scene(-5, '16:22', async () => {
    for (const day of [-10, -9, -8, -7, -6]) {
      const { deskId } = await callAs(DESK, 'desk.enter', { personId: personIds.luMeiying, onDate: calendar.date(day), fromMinute: 19 * 60, untilMinute: 20 * 60, what: '电话陪聊', reason: '打电话没有记，一起补。' })
      await callAs(ADMIN, 'desk.decide', { deskId, isApproved: true })
    }
  })
  calendar.scene(-1, '16:20', async () => {
    await callAs(DESK, 'desk.enter', { personId: personIds.tangWeiguo, onDate: calendar.date(-2), fromMinute: 9 * 60, untilMinute: 11 * 60, what: '巡查楼道', reason: '手机没有电，回来才补。' })
    await callAs(DESK, 'desk.enter', { personId: personIds.zhengGuoqiang, onDate: calendar.date(-3), fromMinute: 14 * 60, untilMinute: 15 * 60, what: '教下象棋', reason: '活动室的网断了。' })
  })
}

/** What people do together: a team with a project, somebody who offers to come every week, a vote. */
function tellTheRest({ calendar, callAs, personIds }: Told): void {
  calendar.scene(-3, '13:42', async () => {
    const { groupId } = await callAs(DESK, 'group.save', { name: '华光城邻里队', communityId: 'huaguangcheng', leaderId: personIds.tangWeiguo, memberIds: [personIds.luMeiying, personIds.zhengGuoqiang], isOpen: true })
    const project = { communityId: 'huaguangcheng', dueOn: calendar.date(10), place: '华光城 8–15 幢' }
    const { projectId } = await callAs(DESK, 'project.publish', { ...project, title: '单元门口的坡道', what: '给六个单元门口铺上防滑条，轮椅好走一点。', points: 600 })
    await callAs(DESK, 'project.publish', { ...project, title: '认养一片花坛', what: '冬天前翻土、种上三色堇，每周浇一次水。', points: 400 })
    await callAs(VOLUNTEER, 'project.claim', { projectId, groupId })
    await callAs(ADMIN, 'poll.open', {
      title: '睦邻之星评选（示例）', words: '您身边谁最热心？每一项投一票，投票结束才看得到票数。', closesOn: calendar.date(9),
      categories: [
        { categoryId: 'kind', name: '最热心的邻居', candidates: [{ candidateId: 'tang', name: '汤伟国', words: '陪老人看病、散步，随叫随到。' }, { candidateId: 'lu', name: '卢美英', words: '图书角、排练，处处有她。' }] },
        { categoryId: 'skilled', name: '最巧的手', candidates: [{ candidateId: 'wang', name: '王秀珍', words: '八十二岁，教大家织围巾。' }, { candidateId: 'zheng', name: '郑国强', words: '教下象棋，修小家电。' }] },
      ],
    })
  })
  calendar.scene(-2, '16:22', async () => {
    await callAs(VOLUNTEER, 'project.evidence', { projectId: await claimedProject(callAs), words: '量好了尺寸，防滑条已经买来。' })
    await callAs(DESK, 'pair.offer', { elderId: personIds.heXiuying, volunteerId: personIds.luMeiying, title: '每周陪聊', what: '每周去坐一坐，陪老人说说话，看看冰箱里缺什么。', weekday: 3, startMinute: 14 * 60, minutes: 60 })
  })
}

/** The project that the volunteer's team has taken on. */
async function claimedProject(callAs: CallAs): Promise<string> {
  const { mine } = await callAs(VOLUNTEER, 'project.list', {})
  const [project] = mine
  if (project === undefined) throw new Error('demo data: nobody has taken on a project')
  return project.projectId
}

/** Puts the whole story into the calendar. */
export function tellPoints(told: Told): void {
  const opened = tellTheOpening(told)
  tellTheShifts(told)
  tellTheSpending(told, opened)
  tellTheDesk(told)
  tellTheRest(told)
}
