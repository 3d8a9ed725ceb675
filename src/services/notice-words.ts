/** Notices in words: how pressing, in which state, whom they are for, what an old reader would stumble over. */
import type { InputOf, OutputOf } from '../contract'
import type { ReadingHint } from '../domain/notice-text'
import { dayWords } from './timeline-words'

type Shown = OutputOf<'notice.show'>
type Work = OutputOf<'notice.work'>
type Row = OutputOf<'notice.desk'>['items'][number]
export type Audience = InputOf<'notice.count'>['audience']

export const levelWords: Record<Shown['level'], string> = { ordinary: '一般', important: '要紧', mustReach: '人人要知道' }
export const levelChoices = [
  { key: 'ordinary', title: '一般', detail: '放进通知里，傍晚汇总提醒一次' },
  { key: 'important', title: '要紧', detail: '发一条微信消息' },
  { key: 'mustReach', title: '人人要知道', detail: '每个人都要回「我知道了」，没回的打电话、上门' },
] as const

export const stateWords: Record<Shown['state'], string> = { notYetSent: '还没送到', sent: '消息发了，还没看', unsure: '不确定是否送到', noQuota: '微信发不了', read: '看过', understood: '知道了', toldByPhone: '电话里告诉了', toldAtDoor: '上门告诉了' }

/** Whom a message went to, as whoever telephones reads it: 给女儿王敏发过微信消息. */
export const sentToWords = ({ name, kinship, isSure }: OutputOf<'notice.duty'>['items'][number]['sentTo'][number]): string =>
  isSure ? `给${kinship === null ? '本人' : `${kinship}${name}`}发过微信消息` : `给${kinship === null ? '本人' : `${kinship}${name}`}的微信消息，不确定是否送到`

/** Who said 我知道了: 您, 女儿王敏, 社工李静. */
export const ackWords = ({ by, state }: Pick<Shown, 'by' | 'state'>, isMe: boolean): string => {
  if (state === 'toldByPhone') return `${by?.name ?? '社区'}打电话告诉了`
  if (state === 'toldAtDoor') return `${by?.name ?? '社区'}上门告诉了`
  if (by === null || by.as === 'elder') return isMe ? '您知道了' : '老人知道了'
  return `${by.kinship ?? (by.as === 'socialWorker' ? '社工' : '')}${by.name}替${isMe ? '您' : '老人'}知道了`
}

/** When somebody may want to hear of the next one: 下次停水，要不要提醒您？ Or for an elder who has no WeChat: 何秀英没有微信，下次停水，要不要提醒您？ */
export const consentQuestion = (title: string, elderName: string | null): string => `${elderName === null ? '' : `${elderName}没有微信，`}下次${templates.map((one) => one.title).find((usual) => title.includes(usual)) ?? '有要紧的通知'}，要不要提醒您？`

/** How large a file is, for who pays for the network: 不到 1 MB, 2.3 MB. */
export const sizeWords = (bytes: number): string => (bytes < 1024 * 1024 ? '不到 1 MB' : `${(bytes / 1024 / 1024).toFixed(1)} MB`)

const statusWords: Record<Row['status'], string> = { draft: '草稿', waiting: '等人看', scheduled: '定时', published: '发出去了', withdrawn: '撤回了' }
export function rowStatus({ status, why, validUntil }: Pick<Row, 'status' | 'why' | 'validUntil'>, now: number): { readonly words: string; readonly tone: 'willow' | 'gold' | 'plain' } {
  if (why !== null) return { words: why === 'content' ? '内容要人看' : '等第二个人', tone: 'gold' }
  if (status === 'published') return now < validUntil ? { words: '发出去了', tone: 'willow' } : { words: '过期了', tone: 'plain' }
  return { words: statusWords[status], tone: status === 'scheduled' ? 'willow' : 'plain' }
}

export const roleWords: Record<Work['audience']['roles'][number], string> = { volunteer: '志愿者', careWorker: '护理员', kitchen: '厨房', courier: '送餐员', merchant: '商户', socialWorker: '社工', careConsultant: '乐龄顾问', admin: '街道' }

/** Whom it is for, as a person says it: 华光城 12、13 幢，80 岁以上，独居. */
export function audienceWords(audience: Pick<Audience, 'isWhole' | 'buildings' | 'grids' | 'roles' | 'ageFrom' | 'ageTo' | 'livesAlone' | 'bookingOn'>, names: readonly string[]): string {
  const age = audience.ageFrom !== null && audience.ageTo !== null ? `${audience.ageFrom} 到 ${audience.ageTo} 岁` : audience.ageFrom !== null ? `${audience.ageFrom} 岁以上` : audience.ageTo !== null ? `${audience.ageTo} 岁以下` : ''
  return [
    `${audience.isWhole ? '全街道' : names.join('、')}${audience.grids !== undefined && audience.grids.length > 0 ? ` ${audience.grids.join('、')}` : ''}${audience.buildings.length > 0 ? ` ${audience.buildings.join('、')} 幢` : ''}`, age, audience.livesAlone ? '独居' : '',
    audience.roles.map((role) => roleWords[role]).join('、'), audience.bookingOn === null ? '' : `${dayWords(audience.bookingOn)}有预约的`,
  ].filter(Boolean).join('，')
}

export function hintWords(hint: ReadingHint): string {
  switch (hint.what) {
    case 'longSentence':
      return `这句太长，老人听到后面会忘前面：「${hint.words.slice(0, 24)}…」`
    case 'officialese':
      return `「${hint.words}」像公文，可以说：${hint.better}`
    case 'longBody':
      return `一共 ${hint.length} 个字，老人看着累，能短就短`
    case 'noTime':
      return '没有写是哪一天、几点'
  }
}

type Usual = { readonly key: string; readonly title: string; readonly level: Shown['level']; readonly text: { readonly title: string; readonly body: string; readonly whatToDo: string | null } }

/** Stands in a usual text where a day has to be filled in. */
export const BLANK = '○'

/** The usual cases, to begin with. 示例 */
export const templates: readonly Usual[] = [
  { key: 'water', title: '停水', level: 'mustReach', text: { title: '停水，请先储水', body: '○月○日 8:00 到 12:00，水管要修，家里没有水。请前一天晚上先接好用水。', whatToDo: '前一天晚上接好水' } },
  { key: 'power', title: '停电', level: 'mustReach', text: { title: '停电，请先充好电', body: '○月○日 9:00 到 15:00 停电，电梯也停。请先充好手机，尽量不要这个时候下楼。', whatToDo: '先把手机充好电' } },
  { key: 'checkUp', title: '体检', level: 'important', text: { title: '来做一次体检', body: '○月○日 8:00 到 10:00，社区卫生站给老人体检，不收费。请空腹来，带上身份证。', whatToDo: '空腹来，带身份证' } },
  { key: 'typhoon', title: '台风', level: 'mustReach', text: { title: '台风要来，请别出门', body: '○月○日晚上起有台风。请关好门窗，把花盆搬进屋，备好两天的水和吃的。', whatToDo: '关好门窗，别出门' } },
  { key: 'event', title: '活动', level: 'ordinary', text: { title: '来参加活动', body: '○月○日 14:00，社区大厅有活动。能来的请来。', whatToDo: null } },
  { key: 'fraud', title: '防诈', level: 'important', text: { title: '防诈：打电话来要钱，别信', body: '最近有人打电话，说孩子出了事，要马上汇款。这是骗人的。○月○日起，接到这样的电话先挂掉，再打给家里人。', whatToDo: '先挂掉，打给家里人' } },
]
