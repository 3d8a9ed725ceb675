/** A consultation in words, for all sides: what is asked, how far it is, what came of an assessment. */
import type { OutputOf } from '../contract'
import { topicWords, type ConsultTopic } from '../domain/consult-terms'
import { beginsWords, dateWords, momentWords } from './timeline-words'

export type ConsultView = OutputOf<'consult.show'>
export type ConsultBrief = OutputOf<'consult.list'>['items'][number]
export type PlanItemView = NonNullable<ConsultView['plan']>['items'][number]
type Tone = 'willow' | 'warm' | 'gold' | 'plain'

export { topicWords }
export const topicsToAsk: readonly { key: ConsultTopic; title: string }[] = (['careAtHome', 'afterHospital', 'subsidies', 'memory', 'equipment', 'homes', 'other'] as const).map((key) => ({ key, title: topicWords[key] }))
export const wantWords = { question: '问一句', visit: '请上门看看' } as const

/** How far it is; staff read of the elder's side. */
export function stateWords(one: Pick<ConsultBrief, 'state' | 'openItems'>, isStaff = false): { words: string; tone: Tone } {
  switch (one.state) {
    case 'waiting': return { words: '等顾问接', tone: 'gold' }
    case 'pool': return { words: '全街道的顾问都能接', tone: 'gold' }
    case 'taken': return { words: '顾问接了', tone: 'willow' }
    case 'answered': return { words: '答复了', tone: 'willow' }
    case 'planned': return one.openItems > 0 ? { words: isStaff ? `${one.openItems} 样老人还没定` : `计划里 ${one.openItems} 样等您定`, tone: isStaff ? 'plain' : 'gold' } : { words: '照计划在做', tone: 'willow' }
    case 'closed': return { words: '办结了', tone: 'plain' }
    case 'withdrawn': return { words: '撤回了', tone: 'plain' }
  }
}

/** Until when somebody answers. */
export const answerByWords = (answerBy: number, now: number): string => (answerBy > now ? `${beginsWords(answerBy, now)} 前答复` : '过了答复的时间')

const levels: Record<NonNullable<ConsultView['assessments'][number]['findings']>['level'], { title: string; words: string }> = {
  independent: { title: '都能自己来', words: '吃饭、穿衣、走路都不用人帮。' },
  mild: { title: '大多能自己来', words: '少数几样要人搭把手。' },
  moderate: { title: '有几样要人帮', words: '每天有几件事离不开人帮。' },
  severe: { title: '大多要人照料', words: '多数事情要靠别人，身边要常有人。' },
}
export const levelWords = (level: keyof typeof levels): { title: string; words: string } => levels[level]

const rhythms = { once: '一次', weekly: '每周一次', fortnightly: '两周一次' } as const
export const rhythmOf = ({ rhythm, times }: Pick<PlanItemView, 'rhythm' | 'times'>): string => (rhythm === null ? '' : rhythm === 'once' ? rhythms.once : `${rhythms[rhythm]}，先排 ${times} 次`)

/** Who did it: 您, 女儿王敏, 顾问顾清. */
function whoWords({ byMe, as, kinship, byName }: ConsultView['timeline'][number]): string {
  return byMe ? '您' : as === 'family' ? `${kinship ?? '家人'}${byName}` : as === 'careConsultant' ? `顾问${byName}` : as === 'socialWorker' ? `社工${byName}` : byName
}

function titleOf(line: ConsultView['timeline'][number]): string {
  const who = whoWords(line)
  const isClock = line.as === 'system'
  switch (line.what) {
    case 'asked': return `${who}问了`
    case 'taken': return `${who}接了`
    case 'passedOn': return isClock ? '到时间没人答复，转给全街道的顾问' : `${who}转给全街道的顾问`
    case 'overdue': return '还没人接，告诉社工了'
    case 'answered': return `${who}答复了`
    case 'consented': return line.as === 'elder' ? `${who}同意评估` : `${who}当面记下同意评估`
    case 'consentEnded': return isClock ? '同意到期，评估的答案删了' : `${who}结束了同意，评估的答案删了`
    case 'assessed': return `${who}做了评估`
    case 'planned': return `${who}写了照护计划`
    case 'itemBooked': return `${who}约好了`
    case 'itemWanted': return `${who}要了`
    case 'itemDeclined': return `${who}说不要`
    case 'reviewDue': return '该回访了'
    case 'reviewed': return `${who}回访了`
    case 'moved': return '老人搬家了，跟着转过去'
    case 'reopened': return `${who}接着问`
    case 'withdrawn': return `${who}撤回了`
    case 'closed': return isClock ? '结束了' : `${who}办结了`
  }
}

/** The course of it, newest last, as a timeline draws it. */
export const courseOf = (timeline: ConsultView['timeline']): { key: string; mark: 'done' | 'attention'; title: string; when: string; detail?: string }[] =>
  timeline.map((line, index) => ({
    key: String(index), mark: line.what === 'overdue' || (line.what === 'passedOn' && line.as === 'system') ? 'attention' : 'done', title: titleOf(line), when: momentWords(line.at), ...(line.words === null ? {} : { detail: line.words }),
  }))

export const consentWords = ({ untilOn, how, byName }: NonNullable<ConsultView['consent']>): string => `${how === 'elderTap' ? '自己点的' : `${byName}当面核对过身份`}，到 ${dateWords(untilOn)}`
