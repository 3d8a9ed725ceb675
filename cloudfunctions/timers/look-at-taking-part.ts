/** Each minute: surveys that are over are counted, once; who asked something under a notice hears what became of it. */
import type { Notice } from '../../src/domain/notice'
import { counted } from '../../src/domain/taking-part'
import { tellsOf, toldOf, type NoticeQuestion } from '../../src/domain/notice-question'
import { getNotice } from '../_server/notices'
import { change, save } from '../_server/aggregate'
import { command, find } from '../_server/cloud'
import { queueQuestion } from '../_server/messages'
import { getPerson } from '../_server/people'
import { countSurvey } from '../_server/surveys'
import { each } from './each'

/** Surveys counted in one run; each reads its answers in pages. */
const SURVEYS = 5
const QUESTIONS = 100

export async function lookAtTakingPart(now: number): Promise<{ readonly counted: number; readonly told: number; readonly failed: number }> {
  const over = await find<Notice>('notices', { countAt: command.gt(0).and(command.lte(now)) }, { by: 'countAt', direction: 'asc' }, SURVEYS)
  const uncounted = await each(over, async (notice) => {
    await countSurvey(notice, now)
    await save('notices', notice, counted(notice))
  })
  const owed = await find<NoticeQuestion>('noticeQuestions', { owedAt: command.gt(0).and(command.lte(now)) }, { by: 'owedAt', direction: 'asc' }, QUESTIONS)
  const untold = await each(owed, async (question) => {
    const [notice, to] = [await getNotice(question.noticeId), await getPerson(tellsOf(question))]
    if (to.standing !== 'erased') await queueQuestion(question, to, toldOf(question, notice.text.title, notice.validUntil), now)
    await change('noticeQuestions', question, (current) => (current.owedAt === question.owedAt ? { ...current, owedAt: null } : current))
  })
  return { counted: over.length - uncounted, told: owed.length - untold, failed: uncounted + untold }
}
