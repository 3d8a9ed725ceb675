/** The care consultant of the demo: a question in each state, a plan of which half is booked, and one whose review is due. */
import type { InputOf } from '../../src/contract'
import { barthel } from '../../src/domain/barthel'
import type { Calendar } from './calendar'
import type { CallAs } from './phone'
import { services, socialWorkerFor } from './place'
import { residents, type ResidentName } from './residents'

interface Told {
  readonly calendar: Calendar
  readonly callAs: CallAs
  readonly personIds: Readonly<Record<ResidentName, string>>
  /** the day on which everything opens */
  readonly opens: number
  /** orders from the menu by their names in its story */
  readonly orderIds: Readonly<Record<string, string>>
}

const CONSULTANT = 'demo_he_xiaoyu'
const NAMESAKE = 'demo_wang_xiuzhen_tgc'
type Wish = InputOf<'consult.givePlan'>['items'][number]

const advice = (title: string, reason: string): Wish => ({ what: 'advice', title, reason, serviceItemId: null, slotId: null, rhythm: null, times: 1 })
const ownPage = (what: 'meal' | 'menu', title: string, reason: string): Wish => ({ what, title, reason, serviceItemId: null, slotId: null, rhythm: null, times: 1 })
const service = (item: { readonly _id: string; readonly name: string }, reason: string, rhythm: 'once' | 'weekly', times = 1): Wish => ({ what: 'service', title: item.name, reason, serviceItemId: item._id, slotId: null, rhythm, times })
/** Everything without help, except where it says otherwise. */
const found = (changes: Readonly<Record<string, number>>): Record<string, number> => ({ ...Object.fromEntries(barthel.map((item) => [item.key, item.options[0]?.points ?? 0])), ...changes })

export function tellConsultations({ calendar, callAs, personIds, opens, orderIds }: Told): void {
  calendar.scene(opens, '09:20', async () => {
    await callAs('demo_admin', 'staff.grant', { personId: personIds.heXiaoyu, role: 'careConsultant', communityIds: ['taigucheng', 'yuanding', 'dongliufang'], grids: ['huaguangcheng/南网格'] })
  })
  /** Asked at the counter, or by whoever has a phone for themself; what follows stands under its id. */
  const ask = (who: ResidentName, day: number, at: string, wish: Pick<InputOf<'consult.ask'>, 'want' | 'topic' | 'words'>, by?: string): { consultationId: string } => {
    const one = { consultationId: '' }
    calendar.scene(day, at, async () => {
      ({ consultationId: one.consultationId } = await callAs(by ?? socialWorkerFor(residents[who].communityId), 'consult.ask', { elderId: personIds[who], ...wish, ...(by === undefined ? { asked: ['inPerson' as const] } : {}) }))
    })
    return one
  }
  const then = (day: number, at: string, play: () => Promise<unknown>): void => calendar.scene(day, at, async () => { await play() })

  const knee = ask('otherWangXiuzhen', -5, '09:40', { want: 'visit', topic: 'afterHospital', words: '膝盖开过刀，洗澡弯不下腰，一个人怕滑。' }, NAMESAKE)
  then(-5, '10:20', () => callAs(CONSULTANT, 'consult.take', knee))
  then(-5, '10:25', () => callAs(CONSULTANT, 'consult.answer', { ...knee, words: '明天上午九点半到您家看看，带上出院小结就行。' }))
  then(-4, '09:35', () => callAs(NAMESAKE, 'consult.setConsent', { ...knee, consent: { untilOn: calendar.date(170) } }))
  then(-4, '10:10', () => callAs(CONSULTANT, 'consult.sign', { ...knee, answers: found({ bathing: 0, stairs: 5, transfer: 10 }), words: '浴室没有扶手，地滑；上下楼要扶。' }))
  then(-4, '16:30', () => callAs(CONSULTANT, 'consult.givePlan', {
    ...knee, words: '先把洗澡的事安排好，别的慢慢来。',
    items: [service(services.bathing, '弯不下腰，有人扶着洗，不怕滑', 'weekly', 4), service(services.cleaning, '膝盖不能久站，厨房先请人打扫', 'once'), advice('浴室装扶手', '门口和淋浴边各一个，社区能帮着申请'), service(services.physio, '活动关节，医生说要多练', 'once'), ownPage('menu', '你点我送', '药请人送上门，不用跑药店')],
  }))
  then(-3, '09:50', () => callAs(NAMESAKE, 'consult.answerItem', { ...knee, n: 3, isWanted: true }))
  const cleaningOn = calendar.openDay(services.cleaning, 6, 7)
  then(-3, '09:55', () => callAs(NAMESAKE, 'consult.bookItem', { ...knee, n: 2, choice: { how: 'once', slotId: calendar.slotId(services.cleaning, cleaningOn, '13:30') } }))

  const long = Math.max(opens + 1, -32)
  const alone = ask('fuSufen', long, '10:05', { want: 'visit', topic: 'careAtHome', words: '女儿在外地，一个人住，吃饭、洗澡都不方便。' })
  then(long, '14:10', () => callAs(CONSULTANT, 'consult.take', alone))
  then(long + 1, '09:30', () => callAs(CONSULTANT, 'consult.setConsent', { ...alone, consent: { untilOn: calendar.date(140), identityCheck: 'homeVisit' } }))
  then(long + 1, '09:50', () => callAs(CONSULTANT, 'consult.sign', { ...alone, answers: found({ bathing: 0, walking: 10, stairs: 0, toilet: 5, dressing: 5, transfer: 10 }) }))
  then(long + 1, '11:20', () => callAs(CONSULTANT, 'consult.givePlan', { ...alone, items: [ownPage('meal', '订餐送到家', '不用自己买菜、开火'), service(services.bathing, '洗澡要人扶', 'weekly', 4), ownPage('menu', '你点我送', '在家量血压，不用跑医院'), advice('床边装夜灯', '夜里起来看得清')] }))
  then(long + 1, '15:32', () => callAs(socialWorkerFor('yuanding'), 'consult.answerItem', { ...alone, n: 2, isWanted: false, words: '女儿周末回来帮着洗' }))
  // She ordered it at the counter; the social worker links it to the plan.
  then(-2, '10:08', () => callAs(socialWorkerFor('yuanding'), 'consult.linkItem', { ...alone, n: 3, bookingId: orderIds['today'] ?? '' }))

  const discharged = ask('shiBaozhu', -2, '14:40', { want: 'question', topic: 'equipment', words: '左手不方便，有没有单手能用的餐具，能不能租？' })
  then(-2, '15:20', () => callAs(CONSULTANT, 'consult.take', discharged))
  then(-1, '10:15', () => callAs(CONSULTANT, 'consult.answer', { ...discharged, words: '有带吸盘的碗和粗柄勺。社区站有样品，周三上午可以来试，也能送到家里看。（示例）' }))
  ask('shaoYongkang', -1, '11:15', { want: 'visit', topic: 'memory', words: '老伴最近老忘事，出门找不到家，想请人看看。' })
  ask('huZhiliang', 0, '08:25', { want: 'question', topic: 'subsidies', words: '听说八十岁有津贴，怎么申请？' })
  const off = ask('tongShuilin', -4, '15:10', { want: 'question', topic: 'homes', words: '想问问养老院怎么排队。' })
  then(-3, '11:10', () => callAs(socialWorkerFor('yueji'), 'consult.close', { ...off, words: '儿子说先不去了' }))
}
