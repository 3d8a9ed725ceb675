/** What is on in the demo: a class that people put their names down for, one that is over and waits for a verdict, one that was verified and paid. */
import type { InputOf } from '../../src/contract'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'
import type { ResidentName } from './residents'

interface Told {
  readonly calendar: Calendar
  readonly callAs: CallAs
  readonly personIds: Readonly<Record<ResidentName, string>>
  /** the day on which everything opens */
  readonly opens: number
}

type When = readonly [day: number, time: string]

/** One activity of a social worker, with the names on its list and who came. */
interface Activity extends Pick<InputOf<'activity.publish'>, 'sort' | 'title' | 'what' | 'place' | 'seats'> {
  /** of a class: the days after the first, how many sessions are needed, and who came on which of all of them, by the code or on the roll */
  readonly course?: { readonly moreDays: readonly number[]; readonly needed: number; readonly came: readonly (readonly ResidentName[])[]; readonly onRoll?: readonly ResidentName[] }
  /** who takes their certificate, once it was verified */
  readonly certified?: readonly ResidentName[]
  readonly day: number
  readonly from: string
  readonly until: string
  readonly published: When
  readonly listed: When
  /** put down by themselves, on their own phone */
  readonly own: Readonly<Partial<Record<ResidentName, string>>>
  /** put down by the social worker, on the telephone */
  readonly called: readonly ResidentName[]
  /** who waits when it is full, and whose phone put them down; somebody who takes their name back, and when */
  readonly waiting?: { readonly at: When; readonly people: Readonly<Partial<Record<ResidentName, string>>> }
  readonly leaves?: { readonly who: ResidentName; readonly at: When }
  /** when who came arrived, on its day */
  readonly arrivedAt?: string
  readonly typed?: readonly ResidentName[]
  readonly onRoll?: readonly ResidentName[]
  readonly verified?: { readonly by: string; readonly at: When }
}

const DESK = 'demo_li_jing'
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function tell({ calendar, callAs, personIds }: Told, its: Activity): void {
  const { sort, title, what, place, seats } = its
  const names = new Map<ResidentName, string>()
  let activityId = ''
  const bookingOf = (name: ResidentName): string => {
    const bookingId = names.get(name)
    if (bookingId === undefined) throw new Error(`demo data: ${name} is not on the list of ${title}`)
    return bookingId
  }
  calendar.scene(...its.published, async () => {
    activityId = (await callAs(DESK, 'activity.publish', { sort, title, what, place, seats, communityId: 'huaguangcheng', onDate: calendar.date(its.day), startMinute: minuteOf(its.from), endMinute: minuteOf(its.until), ...(its.course === undefined ? {} : { course: { moreDates: its.course.moreDays.map((day) => calendar.date(day)), needed: its.course.needed } }) })).activityId
  })
  calendar.scene(...its.listed, async () => {
    for (const [name, openid] of Object.entries(its.own) as [ResidentName, string][]) names.set(name, (await callAs(openid, 'activity.join', { elderId: personIds[name], activityId })).bookingId)
    for (const name of its.called) names.set(name, (await callAs(DESK, 'activity.join', { elderId: personIds[name], activityId })).bookingId)
  })
  const { course } = its
  const days = [its.day, ...(course?.moreDays ?? [])]
  course?.came.forEach((names, index) => {
    calendar.scene(days[index] ?? its.day, its.from, async () => {
      for (const name of names) {
        if (course.onRoll?.includes(name) === true) await callAs(DESK, 'activity.rollCall', { activityId, bookingId: bookingOf(name) })
        else await callAs(its.own[name] ?? '', 'activity.checkIn', { bookingId: bookingOf(name), code: (await callAs(DESK, 'activity.code', { activityId })).code })
      }
    })
  })
  if (its.arrivedAt !== undefined) {
    calendar.scene(its.day, its.arrivedAt, async () => {
      for (const name of its.typed ?? []) await callAs(its.own[name] ?? '', 'activity.checkIn', { bookingId: bookingOf(name), code: (await callAs(DESK, 'activity.code', { activityId })).code })
      for (const name of its.onRoll ?? []) await callAs(DESK, 'activity.rollCall', { activityId, bookingId: bookingOf(name) })
    })
  }
  const { waiting, leaves } = its
  if (waiting) calendar.scene(...waiting.at, async () => { for (const [name, openid] of Object.entries(waiting.people) as [ResidentName, string][]) await callAs(openid, 'waitlist.join', { elderId: personIds[name], slotId: activityId }) })
  // The clock offers the seat within a minute.
  if (leaves) calendar.scene(...leaves.at, async () => { await callAs(its.own[leaves.who] ?? '', 'booking.cancel', { bookingId: bookingOf(leaves.who) }) })
  const { verified } = its
  if (verified) calendar.scene(...verified.at, async () => { await callAs(verified.by, 'activity.verify', { activityId }) })
  if (verified && its.certified) calendar.scene(verified.at[0], '18:20', async () => { for (const name of its.certified ?? []) await callAs(its.own[name] ?? DESK, 'activity.certify', { bookingId: bookingOf(name) }) })
}

/** Puts all of it into the calendar. */
export function tellActivities(told: Told): void {
  const opening: When = [told.opens, '08:52']
  const zheng = { zhengGuoqiang: 'demo_zheng_guoqiang' }
  tell(told, {
    sort: 'activity', title: '茶话会', what: '喝茶、聊聊天，说说小区里想改的事。', place: '睦邻中心一楼', seats: 15, day: -6, from: '09:30', until: '10:30', published: opening, listed: [-8, '09:30'],
    own: zheng, called: ['xuFengxian'], arrivedAt: '09:30', typed: ['zhengGuoqiang'], onRoll: ['xuFengxian'], verified: { by: 'demo_admin', at: [-6, '11:40'] },
  })
  tell(told, {
    sort: 'activity', title: '八段锦', what: '一起练一套八段锦，坐着也能练，穿平底鞋。', place: '睦邻中心一楼', seats: 10, day: -2, from: '14:00', until: '15:00', published: opening, listed: [-3, '13:42'],
    own: zheng, called: ['xuFengxian', 'caoYuqin'], arrivedAt: '14:03', typed: ['zhengGuoqiang'], onRoll: ['xuFengxian'],
  })
  tell(told, {
    sort: 'class', title: '手机课：看懂诈骗短信', what: '带上手机，一步一步教；没有手机也可以来听。', place: '睦邻中心二楼', seats: 8, day: 2, from: '09:30', until: '10:30', published: [-1, '16:20'], listed: [-1, '18:40'],
    own: { ...zheng, tangWeiguo: 'demo_tang_weiguo' }, called: ['caoYuqin'],
  })
  tell(told, {
    sort: 'class', title: '剪纸小课', what: '剪一个福字带回家，剪刀和红纸都备好了。', place: '睦邻中心二楼', seats: 2, day: 3, from: '14:00', until: '15:00', published: [-1, '16:20'], listed: [-1, '18:40'],
    own: zheng, called: ['caoYuqin'], waiting: { at: [-1, '19:10'], people: { luMeiying: 'demo_lu_meiying', zhouFusheng: DESK } },
  })
  const tang = { tangWeiguo: 'demo_tang_weiguo' }
  tell(told, {
    sort: 'class', title: '家庭照护培训', what: '学翻身、喂饭、防摔倒，回家就用得上。老师为示例。', place: '睦邻中心二楼', seats: 12, day: -5, from: '13:00', until: '13:50', published: opening, listed: [-7, '10:20'],
    own: { ...zheng, ...tang }, called: ['xuFengxian'], course: { moreDays: [-3, -1], needed: 2, came: [['zhengGuoqiang', 'tangWeiguo'], ['zhengGuoqiang', 'xuFengxian'], ['zhengGuoqiang', 'tangWeiguo']], onRoll: ['xuFengxian'] },
    verified: { by: 'demo_admin', at: [-1, '17:30'] }, certified: ['zhengGuoqiang'],
  })
  tell(told, {
    sort: 'class', title: '智能手机班', what: '学视频通话、挂号、防诈骗，一课一样。老师为示例。', place: '睦邻中心二楼', seats: 6, day: -2, from: '16:00', until: '16:50', published: opening, listed: [-4, '10:40'],
    own: tang, called: ['xuFengxian'], course: { moreDays: [5, 12], needed: 2, came: [['tangWeiguo', 'xuFengxian']], onRoll: ['xuFengxian'] },
  })
  tell(told, { sort: 'activity', title: '义诊：量血压、看眼睛', what: '医生来坐诊，不收费，请带好病历。医生为示例。', place: '睦邻中心一楼', seats: 30, day: 6, from: '09:00', until: '11:00', published: [-1, '16:50'], listed: [-1, '18:55'], own: tang, called: [] })
  tell(told, { sort: 'activity', title: '四点钟学校：老少读书', what: '放学的孩子和老人一起读一本书。', place: '睦邻中心二楼', seats: 16, day: 7, from: '16:00', until: '17:00', published: [-1, '16:55'], listed: [-1, '18:58'], own: zheng, called: [] })
  // Held for the mother this morning: somebody has just taken her name back.
  tell(told, {
    sort: 'class', title: '毛线小课', what: '织一条围巾，毛线和针都备好了。', place: '睦邻中心二楼', seats: 1, day: 4, from: '09:30', until: '10:30', published: [-1, '16:40'], listed: [-1, '18:50'],
    own: { luMeiying: 'demo_lu_meiying' }, called: [], waiting: { at: [-1, '19:20'], people: { wangXiuzhen: 'demo_wang_min' } }, leaves: { who: 'luMeiying', at: [0, '09:08'] },
  })
}
