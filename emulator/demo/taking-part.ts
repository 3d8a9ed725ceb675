/**
 * What people of the demo take part in: a survey whose result was told, one without names that is open, the opinions of the
 * households of four buildings, a class that a notice carries, and questions under it.
 */
import type { InputOf } from '../../src/contract'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'
import type { ResidentName } from './residents'

interface Told {
  readonly calendar: Calendar
  readonly callAs: CallAs
  readonly personIds: Readonly<Record<ResidentName, string>>
}

const DESK = 'demo_li_jing'
/** Stands at the end of each: none of it takes place. */
const EXAMPLE = '这是一条示例通知。'
const own = { wangXiuzhen: 'demo_wang_xiuzhen', zhengGuoqiang: 'demo_zheng_guoqiang', tangWeiguo: 'demo_tang_weiguo', luMeiying: 'demo_lu_meiying' } as const
type Said = InputOf<'survey.answer'>['said']
type Carried = NonNullable<InputOf<'notice.carry'>['carries']>

const chose = (answers: Readonly<Record<string, string>>, words?: readonly [questionId: string, words: string]): Said => [
  ...Object.entries(answers).map(([questionId, optionId]) => ({ questionId, optionIds: [optionId], words: null })), ...(words === undefined ? [] : [{ questionId: words[0], optionIds: [], words: words[1] }]),
]

/** Puts all of it into the calendar. */
export function tellTakingPart({ calendar, callAs, personIds }: Told): void {
  /** A notice of the community that carries something, published. */
  const publish = async (text: { readonly title: string; readonly body: string; readonly whatToDo: string | null }, validUntil: number, carries: Carried, buildings: string[] = []): Promise<string> => {
    const { noticeId } = await callAs(DESK, 'notice.save', {
      level: 'ordinary', audience: { communityIds: ['huaguangcheng'], isWhole: false, buildings, roles: [], ageFrom: null, ageTo: null, livesAlone: false, bookingOn: null }, ...text, body: `${text.body}\n${EXAMPLE}`,
      pictures: [], attachments: [], publishAt: null, validUntil, deadlineAt: null, opensCase: false,
    })
    await callAs(DESK, 'notice.carry', { noticeId, carries })
    await callAs(DESK, 'notice.submit', { noticeId })
    return noticeId
  }
  const answer = (openid: string, name: ResidentName, noticeId: string, said: Said) => callAs(openid, 'survey.answer', { noticeId, elderId: personIds[name], said, ...(openid === DESK ? { asked: ['inPerson' as const] } : {}) })

  let breakfast = ''
  calendar.scene(-6, '11:40', async () => {
    breakfast = await publish({ title: '食堂早上几点开门好', body: '睦邻中心的食堂想早一点开门。请您说说几点好，饭菜合不合口味。', whatToDo: '填 3 个问题' }, calendar.at(3, '18:00'), {
      what: 'survey', isAnonymous: false, closesAt: calendar.at(-3, '12:00'), questions: [
        { kind: 'one', questionId: 'q1', words: '早上几点开门好', options: [{ optionId: 'o1', words: '六点' }, { optionId: 'o2', words: '六点半' }, { optionId: 'o3', words: '七点' }] },
        { kind: 'scale', questionId: 'q2', words: '饭菜合口味吗', low: '不合', high: '很合' }, { kind: 'words', questionId: 'q3', words: '还想说什么' },
      ],
    })
    await answer(own.zhengGuoqiang, 'zhengGuoqiang', breakfast, chose({ q1: 'o1', q2: '4' }, ['q3', '粥可以再烂一点。']))
    await answer(own.tangWeiguo, 'tangWeiguo', breakfast, chose({ q1: 'o2', q2: '5' }))
    await answer(own.luMeiying, 'luMeiying', breakfast, chose({ q1: 'o2', q2: '4' }))
  })
  calendar.scene(-5, '19:52', async () => {
    await answer('demo_wang_min', 'wangXiuzhen', breakfast, chose({ q1: 'o2', q2: '3' }, ['q3', '妈妈牙不好，菜要软一点。']))
    await answer(DESK, 'xuFengxian', breakfast, chose({ q1: 'o1', q2: '5' }))
    await answer(DESK, 'caoYuqin', breakfast, chose({ q1: 'o2', q2: '4' }))
  })
  calendar.scene(-2, '16:22', async () => {
    const { noticeId } = await callAs(DESK, 'survey.announce', { noticeId: breakfast })
    await callAs(DESK, 'notice.submit', { noticeId })
  })

  calendar.scene(-1, '16:20', async () => {
    const meals = await publish({ title: '送餐做得怎么样', body: '想听听您的真话。这份问卷不记名，谁填的查不到。', whatToDo: '填一填，不用写名字' }, calendar.at(6, '18:00'), {
      what: 'survey', isAnonymous: true, closesAt: calendar.at(5, '18:00'), questions: [
        { kind: 'scale', questionId: 'q1', words: '送餐准不准时', low: '常常晚', high: '很准时' },
        { kind: 'several', questionId: 'q2', words: '想要多一点什么', options: [{ optionId: 'o1', words: '软一点的菜' }, { optionId: 'o2', words: '清淡的菜' }, { optionId: 'o3', words: '热汤' }] },
        { kind: 'words', questionId: 'q3', words: '还想说什么' },
      ],
    })
    await answer(own.zhengGuoqiang, 'zhengGuoqiang', meals, [{ questionId: 'q1', optionIds: ['4'], words: null }, { questionId: 'q2', optionIds: ['o2', 'o3'], words: null }])
    const rail = await publish({ title: '楼道里装扶手，听听各家意见', body: '6、12、15、20 幢的楼道想装扶手，费用街道出，两个星期装好。每家说一次就好。', whatToDo: '说同意、不同意，还是弃权' }, calendar.at(8, '18:00'), {
      what: 'household', proposal: '楼道里装扶手，费用街道出', closesAt: calendar.at(7, '18:00'), agreePercent: 67,
    }, ['6', '12', '15', '20'])
    await answer(own.zhengGuoqiang, 'zhengGuoqiang', rail, chose({ opinion: 'agree' }, ['why', '上下楼有个抓手，放心。']))
    await answer(DESK, 'caoYuqin', rail, chose({ opinion: 'agree' }))
  })

  calendar.scene(-1, '18:40', async () => {
    const { items } = await callAs(DESK, 'activity.board', { which: 'coming' })
    const lesson = items.find((item) => item.title.startsWith('手机课'))
    if (lesson === undefined) throw new Error('demo data: the class that a notice is to carry is not there')
    const noticeId = await publish({ title: '手机课：看懂诈骗短信', body: '睦邻中心二楼有一节手机课，一步一步教。没有手机也可以来听，不收费。', whatToDo: '点「报名」' }, calendar.at(2, '09:00'), { what: 'activity', activityId: lesson.activityId })
    const asked = await callAs(own.zhengGuoqiang, 'notice.ask', { noticeId, elderId: personIds.zhengGuoqiang, words: '要不要自己带充电线？' })
    await callAs(DESK, 'notice.answerQuestion', { questionId: asked.questionId, words: '不用带，教室里有插座，也有线。' })
    await callAs('demo_wang_min', 'notice.ask', { noticeId, elderId: personIds.wangXiuzhen, words: '我妈妈腿不好，二楼有电梯吗？' })
  })
}
