/** What a consultation says, and to whom: each line of its timeline once. What was found is in no message (law 9). */
import { topicWords } from './consult-terms'
import type { Consultation, ConsultLine } from './consultation'
import { thing, time, type Message } from './message'
import { templateIds } from './message-templates'
import { spokenDate, civilDate } from './civil-time'

/** `grid`: the consultants of the elder's grid, of the whole subdistrict where it has none; `social`: social workers of the community */
export type ConsultTo = 'elderSide' | 'consultant' | 'grid' | 'pool' | 'social'

/** Where the elder's side reads it, and where staff do. */
export const pageOfConsultation = (consultationId: string): string => `pages/consult/case/index?consultationId=${consultationId}`
export const pageOfConsultWork = (consultationId: string): string => `pages/consult/work/index?consultationId=${consultationId}`

type Words = Pick<Message, 'templateId' | 'page' | 'data' | 'gist' | 'callUntil'>
export interface ConsultTelling {
  readonly to: readonly ConsultTo[]
  readonly words: (to: ConsultTo) => Words
}

/** Sentence for the elder's side, and for staff; null: they need not hear of it. */
function sentencesOf(line: ConsultLine, one: Consultation): { readonly elderSide?: string; readonly staff?: string; readonly to: readonly ConsultTo[] } | null {
  const who = line.by.name
  switch (line.what) {
    case 'asked': return { staff: '有新的咨询，请接手', to: [one.state === 'pool' ? 'pool' : 'grid'] }
    case 'moved': return one.consultant === null ? { staff: '老人搬到这个网格，请接手', to: [one.state === 'pool' ? 'pool' : 'grid'] } : null
    case 'taken': return { elderSide: `${who}接了您的咨询`, to: ['elderSide'] }
    case 'answered': return { elderSide: `${who}答复您了`, to: ['elderSide'] }
    case 'passedOn': return line.by.as === 'system' ? { staff: '到时间没人答复，转给全街道顾问', elderSide: '还没人答复，已转给别的顾问', to: ['pool', 'social', 'elderSide'] } : { staff: '有咨询转给全街道顾问', to: ['pool'] }
    case 'overdue': return { staff: '全街道还没人接，请跟进', to: ['social', 'pool'] }
    case 'consented': return line.by.as === 'elder' ? { staff: '老人同意评估了', to: ['consultant'] } : { elderSide: '登记了您同意评估', to: ['elderSide'] }
    case 'consentEnded': return { staff: '评估的同意结束了，答案已删', elderSide: '评估的答案已经删掉', to: line.by.as === 'elder' ? ['consultant'] : ['consultant', 'elderSide'] }
    case 'assessed': return { elderSide: '评估做好了，可以看', to: ['elderSide'] }
    case 'planned': return { elderSide: '照护计划写好了，请看', to: ['elderSide'] }
    case 'reviewDue': return { elderSide: '一个月了，顾问来问问怎么样', staff: '该回访了', to: one.consultant === null ? ['elderSide', 'pool'] : ['elderSide', 'consultant'] }
    case 'reviewed': return { elderSide: `${who}回访过了`, to: ['elderSide'] }
    case 'withdrawn': return one.consultant === null ? null : { staff: '咨询撤回了', to: ['consultant'] }
    case 'reopened': return { staff: '又有话要问，请答复', to: [one.consultant === null ? 'pool' : 'consultant'] }
    case 'closed': return line.by.as === 'system' ? null : { elderSide: `${who}办结了您的咨询`, to: ['elderSide'] }
    case 'itemBooked': case 'itemWanted': case 'itemDeclined': return null
  }
}

/** What one line of the timeline owes; null: nothing. */
export function consultTelling(line: ConsultLine, one: Consultation): ConsultTelling | null {
  const sentences = sentencesOf(line, one)
  if (sentences === null) return null
  return {
    to: sentences.to,
    words(to) {
      const isTheirs = to === 'elderSide'
      const said = (isTheirs ? sentences.elderSide : sentences.staff) ?? ''
      return {
        templateId: isTheirs ? templateIds.answered : templateIds.toVerify, page: isTheirs ? pageOfConsultation(one._id) : pageOfConsultWork(one._id),
        // Staff have their desk; whom WeChat cannot reach among the elder's side is telephoned.
        callUntil: isTheirs ? null : 0,
        data: { thing1: thing(isTheirs ? '乐龄顾问' : `${one.elderName} ${topicWords[one.topic]}`), time2: time(line.at), thing3: thing(said) },
        gist: isTheirs ? `乐龄顾问：${said}（${spokenDate(civilDate(line.at))}）` : `${one.elderName}：${said}`,
      }
    },
  }
}
