/** Notices of the demo, each of the usual kinds in another state: asked of everybody and half answered, past its deadline, corrected, withdrawn, over, waiting, planned, begun. All of them are examples and say so. */
import type { InputOf } from '../../src/contract'
import { spokenDay } from '../../src/domain/civil-time'
import type { EmulatorClient } from '../client'
import type { Calendar } from './calendar'
import { bucketPicture, documentOf } from './files'
import type { CallAs } from './phone'
import type { ResidentName } from './residents'

interface Told {
  readonly calendar: Calendar
  readonly callAs: CallAs
  readonly client: EmulatorClient
  readonly personIds: Readonly<Record<ResidentName, string>>
}

type When = readonly [day: number, time: string]
type Wish = InputOf<'notice.save'>

/** Stands at the end of each: none of it takes place. */
const EXAMPLE = '这是一条示例通知。'
const DESK = 'demo_li_jing'
const [ADMIN, OTHER_ADMIN] = ['demo_admin', 'demo_du_wentao'] as const
/** Who needs the lift most. */
const ELDERS_FROM = 75

export function tellNotices({ calendar, callAs, client, personIds }: Told): void {
  const at = ([day, time]: When): number => calendar.at(day, time)
  const on = (day: number): string => spokenDay(calendar.date(day))
  const audience = (communityIds: readonly string[], narrower: Partial<Wish['audience']> = {}): Wish['audience'] =>
    ({ communityIds: [...communityIds], isWhole: false, buildings: [], roles: [], ageFrom: null, ageTo: null, livesAlone: false, bookingOn: null, ...narrower })
  const everywhere = async (): Promise<Wish['audience']> => audience((await callAs(ADMIN, 'notice.desk', {})).communities.map((community) => community.communityId), { isWhole: true })
  const save = async (by: string, wish: Pick<Wish, 'title' | 'body' | 'audience' | 'validUntil'> & Partial<Wish>): Promise<string> =>
    (await callAs(by, 'notice.save', { level: 'ordinary', whatToDo: null, pictures: [], attachments: [], publishAt: null, deadlineAt: null, opensCase: false, ...wish, body: `${wish.body}\n${EXAMPLE}` })).noticeId
  const publish = async (by: string, wish: Parameters<typeof save>[1]): Promise<string> => {
    const noticeId = await save(by, wish)
    await callAs(by, 'notice.submit', { noticeId })
    return noticeId
  }
  const upload = (by: string, path: string, bytes: Buffer): Promise<string> => client.upload(by, `notices/demo/${path}`, bytes)
  const know = async (openid: string, noticeId: string, name: ResidentName, edition = 1): Promise<void> => { await callAs(openid, 'notice.acknowledge', { noticeId, elderId: personIds[name], edition }) }
  const tellByPhone = async (noticeId: string, name: ResidentName, outcome: 'told' | 'noAnswer' = 'told'): Promise<void> => { await callAs(DESK, 'notice.told', { noticeId, personId: personIds[name], how: 'phone', outcome }) }
  let [checkUp, clinic, service, water, power] = ['', '', '', '', '']

  calendar.scene(-8, '09:30', async () => {
    await publish(DESK, {
      level: 'important', title: '停电两小时，请先充好电', body: `${on(-7)} 9:00 到 11:00，小区检修线路，停电两小时。请前一天晚上先充好手机。`, whatToDo: '前一天晚上充好手机', audience: audience(['huaguangcheng']), validUntil: at([-6, '18:00']),
    })
  })

  calendar.scene(-3, '13:42', async () => {
    // One of the neighbours wants to hear of notices; the mother is told at home, or on the telephone.
    for (const openid of ['demo_zheng_guoqiang', 'demo_tang_weiguo']) {
      await client.subscribe(openid, ['tpl_notice', 'tpl_digest'])
      await callAs(openid, 'consent.record', { answers: [{ templateId: 'tpl_notice', answer: 'accept' }, { templateId: 'tpl_digest', answer: 'accept' }] })
    }
    // The father has no WeChat: his daughter hears for him of what must reach.
    for (let message = 0; message < 2; message++) {
      await client.subscribe('demo_zhou_ting', ['tpl_notice'])
      await callAs('demo_zhou_ting', 'consent.record', { answers: [{ templateId: 'tpl_notice', answer: 'accept' }] })
    }
    checkUp = await publish(DESK, {
      level: 'important', title: '65 岁以上来做体检', body: `${on(3)} 8:00 到 10:00，给 65 岁以上的老人体检，不收费。在睦邻中心一楼。请空腹来，带上身份证。`, whatToDo: '空腹来，带身份证', audience: audience(['huaguangcheng', 'jinyuan'], { ageFrom: 65 }), validUntil: at([3, '12:00']),
    })
    clinic = await publish(DESK, { level: 'important', title: '医生来义诊', body: `${on(1)} 14:00，医生来睦邻中心看高血压、看眼睛。`, audience: audience(['huaguangcheng']), validUntil: at([1, '18:00']) })
    service = await publish(DESK, {
      title: '居家服务怎么申请', body: '助浴、助洁、陪诊，在手机上点一点就能约。不会用手机的，打电话给社区，社工替您约。\n要带的东西都写在下面的附件里。', audience: audience(['huaguangcheng', 'jinyuan']), validUntil: at([40, '18:00']),
      attachments: [{ fileId: await upload(DESK, 'service.pdf', documentOf(['居家服务怎么申请（示例）', '一、带上身份证。', '二、说一说要帮什么忙。', '三、社工上门看一看。'])), name: '要带的东西.pdf' }],
    })
  })
  calendar.scene(-2, '16:22', async () => {
    await know('demo_zheng_guoqiang', checkUp, 'zhengGuoqiang')
    await callAs('demo_zheng_guoqiang', 'notice.read', { noticeId: clinic, elderId: personIds.zhengGuoqiang })
    await callAs(ADMIN, 'notice.decide', { noticeId: service, isApproved: true })
    const fraud = await publish(ADMIN, {
      title: '防诈：打电话来要钱，别信', body: `最近有人打电话，说孩子出了事，要马上汇款。这是骗人的。${on(-2)}起，接到这样的电话先挂掉，再打给家里人。`, whatToDo: '先挂掉，打给家里人', audience: await everywhere(), validUntil: at([12, '18:00']),
    })
    await callAs(OTHER_ADMIN, 'notice.decide', { noticeId: fraud, isApproved: true })
    await callAs(ADMIN, 'notice.pin', { noticeId: fraud, until: at([5, '18:00']) })
  })

  calendar.scene(-1, '16:20', async () => {
    const was = await callAs(DESK, 'notice.work', { noticeId: checkUp })
    await callAs(DESK, 'notice.correct', { noticeId: checkUp, title: was.title, body: was.body.replace('8:00 到 10:00', '8:30 到 10:30'), whatToDo: was.whatToDo, summary: '晚半小时，8:30 开始' })
    await callAs(DESK, 'notice.withdraw', { noticeId: clinic, reason: '医生来不了，改到下个月，定了日子再告诉您。' })
    const picture = await upload(DESK, 'bucket.png', bucketPicture())
    water = await publish(DESK, {
      level: 'mustReach', title: `${on(1)}停水，请先储水`, body: `${on(1)} 8:00 到 12:00，华光城水管检修，家里没有水。请今天晚上先接好用水。提不动水的，按下面的「要帮忙」。`, whatToDo: '今天晚上接好水', audience: audience(['huaguangcheng']), validUntil: at([1, '12:00']),
      deadlineAt: at([0, '18:00']), opensCase: true, pictures: [{ fileId: picture, words: '水龙头下面，一桶接满的水' }],
    })
    power = await publish(DESK, {
      level: 'mustReach', title: `${on(0)}下午电梯停半天`, body: `${on(0)} 13:00 到 17:00，电梯检修，停半天。下午要出门的，请早一点下楼，或者改天。`, whatToDo: '下午先别下楼', audience: audience(['huaguangcheng', 'jinyuan'], { ageFrom: ELDERS_FROM }), validUntil: at([0, '17:00']), deadlineAt: at([0, '08:45']), opensCase: true,
    })
  })
  calendar.scene(-1, '18:40', async () => {
    await know('demo_zheng_guoqiang', water, 'zhengGuoqiang')
    await know('demo_zhou_ting', water, 'zhouFusheng')
    await know('demo_tang_weiguo', water, 'tangWeiguo')
    await know('demo_wang_xiuzhen', power, 'wangXiuzhen')
    await know('demo_zheng_guoqiang', power, 'zhengGuoqiang')
    await callAs('demo_lu_meiying', 'notice.read', { noticeId: water, elderId: personIds.luMeiying })
    await save(DESK, { level: 'mustReach', title: '台风要来，请别出门', body: '○月○日晚上起有台风。请关好门窗，把花盆搬进屋，备好两天的水和吃的。', whatToDo: '关好门窗，别出门', audience: audience(['huaguangcheng', 'jinyuan']), validUntil: at([3, '18:00']), deadlineAt: at([2, '18:00']) })
    await publish(DESK, { title: '象棋比赛，来看看', body: `${on(6)} 14:00，睦邻文化节的象棋比赛在睦邻中心一楼，来下、来看都欢迎。`, audience: audience(['huaguangcheng', 'jinyuan']), validUntil: at([6, '17:00']), publishAt: at([1, '08:00']) })
  })
  calendar.scene(0, '08:10', async () => {
    await tellByPhone(water, 'xuFengxian')
    await tellByPhone(water, 'caoYuqin')
    await callAs('demo_sun_guiying', 'notice.askForHelp', { noticeId: power, elderId: personIds.sunGuiying, edition: 1, words: '下午约了去配药，电梯停了我下不了楼。' })
    await publish(ADMIN, { level: 'important', title: '睦邻文化节那天不上门', body: `${on(8)}是睦邻文化节，上门服务休息一天，助餐点照常。要洗澡、理发的，请早一点约别的日子。`, audience: await everywhere(), validUntil: at([8, '18:00']) })
  })
  calendar.scene(0, '08:52', async () => {
    await client.fire('timers', 'tellNotices')
    await tellByPhone(power, 'caoYuqin')
    await tellByPhone(power, 'shenYuee', 'noAnswer')
  })
  calendar.scene(0, '08:58', async () => { await tellByPhone(power, 'shenYuee', 'noAnswer') })
}
