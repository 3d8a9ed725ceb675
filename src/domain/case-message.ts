/** What a rung of a safety case says to the phone of the person it has come to, and to somebody who telephones them instead. */
import { clockTime } from './civil-time'
import type { Rung } from './ladder'
import { thing, time, type Message } from './message'
import { templateIds } from './message-templates'
import { newestAlarm, type SafetyCase, type SafetyReason } from './safety-case'

/** The screen that a message about a case opens; also by which the messages of a case are found. */
const CASE_PAGE = 'pages/safety/case/index?safetyCaseId='
export const pageOfCase = (safetyCaseId: string): string => `${CASE_PAGE}${safetyCaseId}`
/** The case that a message's screen shows; null for another screen. */
export const caseOfPage = (page: string): string | null => (page.startsWith(CASE_PAGE) ? page.slice(CASE_PAGE.length) : null)

const REASONS: Readonly<Record<SafetyReason, string>> = { noContact: '敲门没人应', noCheckIn: '今天没报平安', calledForHelp: '按了一键呼叫' }

const ASKED: Readonly<Record<Exclude<Rung['kind'], 'emergency'>, string>> = {
  elder: '您还好吗？请点一下', family: '请打电话看看是否平安', duty: '请上门看看，点开接手', next: '请上门看看，点开接手', taker: '您接手了，请马上看看',
}

/** For a rung that asks a person; 120 is dialled by people, never by a message. The gist names nobody but the elder; of several alarms the newest. */
export function wordsOfRung(kind: keyof typeof ASKED, safety: Pick<SafetyCase, '_id' | 'elderName' | 'age' | 'livesAlone' | 'reason' | 'words' | 'openedAt' | 'timeline'>): Pick<Message, 'templateId' | 'page' | 'data' | 'gist' | 'callUntil'> {
  const { reason, at } = newestAlarm(safety)
  const who = `${safety.elderName}（${safety.age} 岁${safety.livesAlone ? '，独居' : ''}）`
  return {
    templateId: templateIds.alert, callUntil: null, page: pageOfCase(safety._id),
    data: { thing1: thing(`${safety.elderName} ${REASONS[reason]}`), time2: time(at), thing3: thing(ASKED[kind]) },
    gist: kind === 'elder' ? `${clockTime(at)} ${REASONS[reason]}，问问是否平安：${who}` : `${clockTime(at)} ${REASONS[reason]}：${who}。${ASKED[kind]}`,
  }
}
