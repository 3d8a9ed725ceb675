/** Handlers of src/contract/taking-part.ts: what a notice carries, surveys and the opinions of households, questions under a notice. */
import type { OutputOf, ParsedOf } from '../../src/contract'
import { isActivity } from '../../src/domain/activity'
import { buildingIn, buildingsOf } from '../../src/domain/audience'
import { DomainError, ensure } from '../../src/domain/error'
import { householdOf } from '../../src/domain/household'
import { askedBy, ensureIdentified } from '../../src/domain/identity'
import { isLive, type Notice } from '../../src/domain/notice'
import { answer, isPublic, MOST_WAITING, takeBack, type NoticeQuestion } from '../../src/domain/notice-question'
import type { Person } from '../../src/domain/person'
import { receiptIdOf, type Receipt } from '../../src/domain/reach'
import { hasRole } from '../../src/domain/role'
import type { Slot } from '../../src/domain/slot'
import {
  ensureSaid, figuresOf, opinionOf, resultWords, scaleOf, surveyStateOf, whyNoAnswer, wordsOfBoxes, type Carried, type Survey, type SurveyAnswer, type SurveyResult,
} from '../../src/domain/survey'
import { carrying, mayCarry, resultDraft } from '../../src/domain/taking-part'
import { changeOnce, createOnce, get } from '../_server/aggregate'
import { leaveEntry } from '../_server/audits'
import { countOf, find, insert, read } from '../_server/cloud'
import { derivedId } from '../_server/keys'
import { getNotice, noticesOf, withNotice } from '../_server/notices'
import { pageBy } from '../_server/pages'
import { aboutElder, byOf, communityName, getSubdistrict } from '../_server/people'
import { briefOf, careOf, communitiesOf, getResident } from '../_server/residents'
import { aboutNobody, handler } from '../_server/serve'
import { answerIdOf, answersOf, boxesOf, castBallot, householdsNow, isNamed, keepAnswer, refuseSecond, resultOf, spokenBy, surveyOf, takersOf } from '../_server/surveys'
import { ensureAllowedText, isHeldBack } from '../_server/text'

const DONE = { done: true } as const
const PAGE = 20
/** Activities that a notice can be chosen one of. */
const ACTIVITIES = 20
/** What people wrote, at most, on one screen. */
const WORDS_SHOWN = 100
/** Own questions under one notice that are shown. */
const OWN_SHOWN = 20

/** Somebody whom the notice is for. Who was never addressed finds nothing there. */
async function withReader({ noticeId, elderId }: { readonly noticeId: string; readonly elderId: string }) {
  const elder = await getResident(elderId)
  await get<Receipt>('noticeReceipts', receiptIdOf(noticeId, elder._id))
  return { subject: aboutElder(elder), notice: await getNotice(noticeId), elder }
}

async function withQuestion({ questionId }: { readonly questionId: string }) {
  const question = await get<NoticeQuestion>('noticeQuestions', questionId)
  return { subject: { subdistrictId: question.subdistrictId, communityId: question.communityId }, remembersIn: question, question }
}

type Input = NonNullable<ParsedOf<'notice.carry'>['carries']>

function carriedOf(input: Input): Carried {
  if (input.what === 'activity') return input
  if (input.what === 'household') return { what: 'survey', ...opinionOf(input.proposal, input.closesAt, input.agreePercent) }
  const questions = input.questions.map((one) => (one.kind === 'scale' ? scaleOf(one.questionId, one.words, one.low, one.high) : { questionId: one.questionId, kind: one.kind, words: one.words, options: one.kind === 'words' ? [] : one.options }))
  return { what: 'survey', unit: 'person', isAnonymous: input.isAnonymous, closesAt: input.closesAt, agreePercent: null, questions }
}

/** What a notice carries, as screens lead to it. */
export const partOf = ({ _id, carries }: Pick<Notice, '_id' | 'carries'>): OutputOf<'notice.carried'>['part'] => {
  if (carries === null || carries === undefined) return null
  if (carries.what === 'activity') return { what: 'activity', id: carries.activityId }
  return carries.what === 'result' ? { what: 'result', id: carries.ofNoticeId } : { what: carries.unit === 'household' ? 'household' : 'survey', id: _id }
}

const surveyView = ({ unit, isAnonymous, closesAt, agreePercent, questions }: Survey) =>
  ({ unit, isAnonymous, closesAt, agreePercent, questions: questions.map(({ questionId, kind, words, options }) => ({ questionId, kind, words, options: options.map((option) => ({ ...option })) })) })

const resultView = (survey: Survey, result: SurveyResult | null): OutputOf<'survey.show'>['result'] => result && {
  countedAt: result.countedAt, takers: result.takers, households: result.households, hasPassed: result.hasPassed,
  questions: figuresOf(survey, result).map((one) => ({ ...one, figures: one.figures.map((figure) => ({ ...figure })) })),
}

const stateOf = (carrier: Notice, survey: Survey, result: SurveyResult | null, now: number) => surveyStateOf(survey, carrier.status === 'withdrawn', result, now)

const answerView = (question: NoticeQuestion) => question.answer && { words: question.answer.words, byName: question.answer.by.name, at: question.answer.at }

export const takingPartHandlers = {
  'notice.carry': handler('notice.carry', {
    load: withNotice,
    async run({ carries }, { notice }, { request, now }) {
      if (carries?.what === 'activity') {
        const slot = await read<Slot>('slots', carries.activityId)
        ensure(slot !== null && slot.subdistrictId === notice.subdistrictId && isActivity(slot), 'NOT_FOUND')
      }
      await changeOnce('notices', notice, request, (current) => ({ next: carrying(current, carries && carriedOf(carries), now), answer: DONE }))
      return DONE
    },
  }),

  'notice.carried': handler('notice.carried', {
    load: withNotice,
    async run(_input, { notice }, { now }) {
      const { carries, audience, status, edition, validUntil, publishAt, text } = notice
      const [only] = audience.communityIds
      const isDraft = status === 'draft' && edition === 0
      const [coming, slot] = await Promise.all([
        isDraft && only !== undefined && audience.communityIds.length === 1 ? pageBy<Slot>('slots', { communityIds: only, kind: 'activity' }, 'startsAt', 'asc', undefined, ACTIVITIES, { from: now }) : { items: [] },
        carries?.what === 'activity' ? read<Slot>('slots', carries.activityId) : null,
      ])
      return {
        noticeId: notice._id, title: text.title, isDraft, validUntil, publishAt, hasBuildings: buildingsOf(audience).length > 0, part: partOf(notice), activityTitle: slot?.serviceName ?? null, survey: carries?.what === 'survey' ? surveyView(carries) : null,
        activities: coming.items.filter((one) => mayCarry(one, now)).map((one) => ({ activityId: one._id, title: one.serviceName, startsAt: one.startsAt, endsAt: one.endsAt, remaining: one.remaining })),
      }
    },
  }),

  'survey.show': handler('survey.show', {
    load: withReader,
    async run(_input, { notice, elder }, { actor, now }, standing) {
      const { carrier, survey } = await surveyOf(notice)
      const [subdistrict, result, spoken, takers, households] = await Promise.all([
        getSubdistrict(notice.subdistrictId), resultOf(carrier._id), spokenBy(carrier._id, survey, elder), takersOf(carrier._id, survey), householdsNow(carrier, survey, now),
      ])
      const state = stateOf(carrier, survey, result, now)
      const by = byOf(actor, standing, elder)
      const whyNot = spoken === null && state === 'open' ? whyNoAnswer(survey, elder, householdOf(elder), by.as) : null
      return {
        noticeId: notice._id, title: carrier.text.title, elder: briefOf(elder, subdistrict), isMe: elder._id === actor.personId, ...surveyView(survey), state, takers: result?.takers ?? takers, households: result?.households ?? households,
        mine: spoken && mineOf(spoken, elder, actor.personId), mayAnswer: state === 'open' && spoken === null && whyNot === null, whyNot, result: resultView(survey, result),
      }
    },
  }),

  'survey.answer': handler('survey.answer', {
    load: withReader,
    async run({ noticeId, said, asked }, { notice, elder }, call, standing) {
      const { carrier, survey } = await surveyOf(notice)
      const by = byOf(call.actor, standing, elder)
      const spoken = await spokenBy(carrier._id, survey, elder)
      // This very request took effect already: what follows from it is finished, nothing is decided anew.
      if (spoken?.madeBy.key !== call.request.key) {
        ensure(noticeId === carrier._id && carrier.status === 'published' && call.now < survey.closesAt, 'WRONG_STATE', { status: 'closed' })
        const household = householdOf(elder)
        const whyNot = whyNoAnswer(survey, elder, household, by.as)
        if (whyNot !== null) throw new DomainError(whyNot, whyNot === 'ADDRESS_MISSING' ? { household: true } : undefined)
        if (spoken !== null) throw refuseSecond(survey, spoken)
        const proofs = askedBy(standing, asked)
        ensureIdentified(proofs)
        ensureSaid(survey, said)
        await ensureAllowedText(call.openid, said.flatMap((one) => one.words ?? []).join('\n'))
        if (survey.isAnonymous) await castBallot(carrier._id, survey, elder._id, said, call.request)
        else {
          const document: SurveyAnswer = {
            _id: answerIdOf(carrier._id, survey, elder._id, household), surveyId: carrier._id, personId: elder._id, personName: elder.name, building: buildingIn(elder.address), by, at: call.now, asked: proofs ?? [], said, madeBy: call.request,
          }
          await keepAnswer(survey, document, call.request)
        }
      }
      await leaveEntry(elder, 'surveyAnswered', by, call, carrier.text.title)
      return DONE
    },
  }),

  'survey.work': handler('survey.work', {
    load: withNotice,
    async run(_input, { notice }, { now }) {
      const { carrier, survey } = await surveyOf(notice)
      const announcedAs = resultIdOf(carrier._id)
      const [result, takers, households, addressed, announced] = await Promise.all([
        resultOf(carrier._id), takersOf(carrier._id, survey), householdsNow(carrier, survey, now), countOf('noticeReceipts', { noticeId: carrier._id }), read<Notice>('notices', announcedAs),
      ])
      return {
        noticeId: carrier._id, title: carrier.text.title, ...surveyView(survey), state: stateOf(carrier, survey, result, now), takers: result?.takers ?? takers, households: result?.households ?? households, addressed, result: resultView(survey, result),
        words: result === null ? [] : await wordsOf(carrier._id, survey), resultNoticeId: announced === null ? null : announcedAs,
      }
    },
  }),

  'survey.announce': handler('survey.announce', {
    load: withNotice,
    async run(_input, { notice }, { actor, now }, standing) {
      const { carrier, survey } = await surveyOf(notice)
      const result = await resultOf(carrier._id)
      ensure(result !== null, 'WRONG_STATE', { status: 'counting' })
      const noticeId = resultIdOf(carrier._id)
      await insert('notices', resultDraft(noticeId, carrier, resultWords(survey, carrier.text.title, result), byOf(actor, standing), now))
      return { noticeId }
    },
  }),

  'notice.ask': handler('notice.ask', {
    async load({ noticeId, elderId }, { request }) {
      const loaded = await withReader({ noticeId, elderId })
      const made = await read<NoticeQuestion>('noticeQuestions', derivedId('nq', request.key))
      return { ...loaded, made }
    },
    async run({ words }, { notice, elder, made }, call, standing) {
      const by = byOf(call.actor, standing, elder)
      if (made === null) {
        ensure(isLive(notice, call.now), 'WRONG_STATE', { status: notice.status === 'withdrawn' ? 'withdrawn' : 'expired' })
        const own = await find<NoticeQuestion>('noticeQuestions', { noticeId: notice._id, elderId: elder._id }, { by: 'at', direction: 'desc' }, OWN_SHOWN)
        ensure(own.filter((question) => question.status === 'open').length < MOST_WAITING, 'LIMIT_REACHED', { waiting: MOST_WAITING })
      }
      const question = made ?? await createOnce<NoticeQuestion>('noticeQuestions', {
        _id: derivedId('nq', call.request.key), version: 1, noticeId: notice._id, subdistrictId: elder.subdistrictId, communityId: elder.communityId, elderId: elder._id, elderName: elder.name, by, words, at: call.now,
        isHeld: await isHeldBack(call.openid, words), status: 'open', answer: null, withdrawn: null, owedAt: null, madeBy: call.request, requests: {},
      })
      ensure(question.madeBy.hash === call.request.hash, 'REQUEST_CONFLICT')
      await leaveEntry(elder, 'questionAsked', by, call, notice.text.title)
      return { questionId: question._id, isHeld: question.isHeld }
    },
  }),

  'notice.questions': handler('notice.questions', {
    load: withReader,
    async run({ cursor }, { notice, elder }, { actor, now }) {
      const [subdistrict, page, own] = await Promise.all([
        getSubdistrict(elder.subdistrictId), pageBy<NoticeQuestion>('noticeQuestions', { noticeId: notice._id, status: 'answered' }, 'at', 'desc', cursor, PAGE),
        cursor === undefined ? find<NoticeQuestion>('noticeQuestions', { noticeId: notice._id, elderId: elder._id }, { by: 'at', direction: 'desc' }, OWN_SHOWN) : [],
      ])
      return {
        title: notice.text.title, elder: briefOf(elder, subdistrict), isMe: elder._id === actor.personId, mayAsk: isLive(notice, now), nextCursor: page.nextCursor,
        items: page.items.filter((question) => isPublic(question) && question.elderId !== elder._id).map((question) => ({ questionId: question._id, words: question.words, at: question.at, answer: answerView(question) })),
        mine: own.map((question) => ({ questionId: question._id, words: question.words, at: question.at, status: question.status, isHeld: question.isHeld, byName: question.by.name, answer: question.status === 'withdrawn' ? null : answerView(question), reason: question.withdrawn?.reason ?? null })),
      }
    },
  }),

  'notice.asked': handler('notice.asked', {
    load: aboutNobody,
    async run({ noticeId, cursor }, _loaded, { actor }) {
      const page = noticeId === undefined
        ? await pageBy<NoticeQuestion>('noticeQuestions', { ...careOf(actor), status: 'open' }, 'at', 'asc', cursor, PAGE)
        : await pageBy<NoticeQuestion>('noticeQuestions', { noticeId }, 'at', 'desc', cursor, PAGE)
      const mine = page.items.filter((question) => question.subdistrictId === actor.subdistrictId && (hasRole(actor, 'admin') || communitiesOf(actor).includes(question.communityId)))
      const [subdistrict, notices] = await Promise.all([getSubdistrict(actor.subdistrictId), noticesOf(mine)])
      return {
        nextCursor: page.nextCursor,
        items: mine.map((question) => ({
          questionId: question._id, noticeId: question.noticeId, title: notices.get(question.noticeId)?.text.title ?? '', words: question.words, at: question.at, elderName: question.elderName, communityName: communityName(subdistrict, question.communityId),
          isHeld: question.isHeld, status: question.status, answer: answerView(question), reason: question.withdrawn?.reason ?? null,
        })),
      }
    },
  }),

  'notice.answerQuestion': handler('notice.answerQuestion', {
    load: withQuestion,
    async run({ words }, { question }, { actor, openid, request, now }, standing) {
      await ensureAllowedText(openid, words)
      await changeOnce('noticeQuestions', question, request, (current) => ({ next: answer(current, words, byOf(actor, standing), now), answer: DONE }))
      return DONE
    },
  }),

  'notice.withdrawQuestion': handler('notice.withdrawQuestion', {
    load: withQuestion,
    async run({ reason }, { question }, { actor, openid, request, now }, standing) {
      await ensureAllowedText(openid, reason)
      await changeOnce('noticeQuestions', question, request, (current) => ({ next: takeBack(current, reason, byOf(actor, standing), now), answer: DONE }))
      return DONE
    },
  }),
}

const resultIdOf = (surveyId: string): string => derivedId('n', 'result', surveyId)

/** What this elder's side sees of what was said: of another one of the household only that, and who. */
function mineOf(spoken: NonNullable<Awaited<ReturnType<typeof spokenBy>>>, elder: Person, viewerId: string): OutputOf<'survey.show'>['mine'] {
  if (!isNamed(spoken)) return { byName: elder.name, as: 'elder', kinship: null, at: null, isMine: true, said: [] }
  const isMine = spoken.personId === elder._id || spoken.by.personId === viewerId
  return { byName: spoken.by.name, as: spoken.by.as, kinship: isMine ? spoken.by.kinship : null, at: spoken.at, isMine, said: isMine ? spoken.said.map((one) => ({ ...one, optionIds: [...one.optionIds] })) : [] }
}

/** What people wrote, for staff alone: with names where they were given, without where none was promised. */
async function wordsOf(surveyId: string, survey: Survey): Promise<OutputOf<'survey.work'>['words']> {
  const questions = survey.questions.filter((question) => question.kind === 'words')
  if (questions.length === 0) return []
  const [boxes, answers] = survey.isAnonymous ? [await boxesOf(surveyId), []] : [[], await answersOf(surveyId)]
  return questions.map(({ questionId, words }) => {
    const items = survey.isAnonymous
      ? wordsOfBoxes(boxes, questionId).map((one) => ({ words: one, byName: null, building: null }))
      : answers.flatMap(({ said, personName, building }) => said.flatMap((one) => (one.questionId === questionId && one.words !== null ? [{ words: one.words, byName: personName, building }] : [])))
    return { questionId, words, items: items.slice(0, WORDS_SHOWN), isCut: items.length > WORDS_SHOWN }
  })
}
