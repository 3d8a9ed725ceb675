/**
 * Surveys in the database. Answers with a name are documents under an id made of whoever speaks once. What is anonymous is
 * written in two places that nothing joins: that somebody took part, without a time; and a ballot, which is added to one of
 * some boxes by chance. All boxes were there before the first ballot, hold sums and sorted words, and so keep no order.
 */
import { randomInt } from 'node:crypto'
import { civilDate, HOUR } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { householdOf, householdsOf } from '../../src/domain/household'
import type { Notice } from '../../src/domain/notice'
import type { Person } from '../../src/domain/person'
import type { Slot } from '../../src/domain/slot'
import { ensureCarried } from '../../src/domain/taking-part'
import {
  countedAnswers, emptyBox, hasPassed, sumsOfAnswers, sumsOfBoxes, withBallot, type BallotBox, type Said, type Survey, type SurveyAnswer, type SurveyResult, type SurveyTaker,
} from '../../src/domain/survey'
import { command, countOf, find, insert, insertAll, put, read, transact } from './cloud'
import type { Request } from './aggregate'
import { derivedId } from './keys'
import { eachAddressee, getNotice } from './notices'
import { keepOnce } from './once'
import { eachPage } from './pages'
import { addIn, readIn } from './together'

/** @throws BAD_INPUT {field} when what the notice carries does not fit it as it would be published now */
export const ensureFitToCarry = async (notice: Notice, now: number): Promise<void> => ensureCarried(notice, notice.carries?.what === 'activity' ? await read<Slot>('slots', notice.carries.activityId) : null, now)

/** The survey that a notice carries, or the one whose result it tells; with the notice that carried it. @throws NOT_FOUND */
export async function surveyOf(notice: Notice): Promise<{ readonly carrier: Notice; readonly survey: Survey }> {
  const carrier = notice.carries?.what === 'result' ? await getNotice(notice.carries.ofNoticeId) : notice
  if (carrier.carries?.what !== 'survey') throw new DomainError('NOT_FOUND')
  return { carrier, survey: carrier.carries }
}

export const resultOf = (surveyId: string): Promise<SurveyResult | null> => read<SurveyResult>('surveyResults', surveyId)

/** Under which an answer stands: one for whoever speaks once. */
export const answerIdOf = (surveyId: string, { unit }: Pick<Survey, 'unit'>, personId: string, household: string | null): string =>
  derivedId('sa', surveyId, unit, unit === 'household' ? (household ?? '') : personId)

const alreadyAnswered = (unit: Survey['unit'], byName: string): DomainError => new DomainError('ANSWERED_ALREADY', { unit, byName })

/** What was said already by this person, or for this household; null: nothing. Of an anonymous survey only that they took part. */
export async function spokenBy(surveyId: string, survey: Survey, elder: Person): Promise<SurveyAnswer | SurveyTaker | null> {
  const [own] = await find<SurveyAnswer | SurveyTaker>(survey.isAnonymous ? 'surveyTakers' : 'surveyAnswers', { surveyId, personId: elder._id }, null, 1)
  if (own !== undefined || survey.unit === 'person') return own ?? null
  const household = householdOf(elder)
  return household === null ? null : read<SurveyAnswer>('surveyAnswers', answerIdOf(surveyId, survey, elder._id, household))
}

/** Who said it, as far as anybody may know. */
export const isNamed = (spoken: SurveyAnswer | SurveyTaker): spoken is SurveyAnswer => 'said' in spoken

/** @throws ANSWERED_ALREADY {unit, byName}, REQUEST_CONFLICT */
export const refuseSecond = (survey: Survey, spoken: SurveyAnswer | SurveyTaker | null): DomainError => alreadyAnswered(survey.unit, spoken !== null && isNamed(spoken) ? spoken.by.name : '')

export const keepAnswer = (survey: Survey, answer: SurveyAnswer, request: Request): Promise<void> => keepOnce('surveyAnswers', answer, request, (standing) => refuseSecond(survey, standing))

/** How many boxes share the ballots: enough that many can answer at once. */
const BOXES = 16
const boxIdOf = (surveyId: string, number: number): string => `${surveyId}_${number}`
const boxIds = (surveyId: string): readonly string[] => Array.from({ length: BOXES }, (_, number) => boxIdOf(surveyId, number))

/** That somebody took part, and their ballot: both or neither, and nothing in one that leads to the other. @throws ANSWERED_ALREADY, REQUEST_CONFLICT */
export async function castBallot(surveyId: string, survey: Survey, personId: string, said: readonly Said[], request: Request): Promise<void> {
  const [first] = boxIds(surveyId)
  if (first !== undefined && (await read<BallotBox>('ballotBoxes', first)) === null) await insertAll('ballotBoxes', boxIds(surveyId).map((id) => emptyBox(id, surveyId)))
  const taker: SurveyTaker = { _id: answerIdOf(surveyId, survey, personId, null), surveyId, personId, madeBy: request }
  await transact(async (transaction) => {
    const before = await readIn<SurveyTaker>(transaction, 'surveyTakers', taker._id)
    if (before !== null) {
      if (before.madeBy.key !== request.key) throw refuseSecond(survey, before)
      if (before.madeBy.hash !== request.hash) throw new DomainError('REQUEST_CONFLICT')
      return
    }
    // Another box by chance each time: who meets somebody there goes to the next.
    const id = boxIdOf(surveyId, randomInt(BOXES))
    const box = (await readIn<BallotBox>(transaction, 'ballotBoxes', id)) ?? emptyBox(id, surveyId)
    const next = withBallot(box, said)
    await transaction.collection('ballotBoxes').doc(id).update({ data: { counts: command.set(next.counts), words: command.set(next.words), version: command.inc(1) } })
    await addIn(transaction, 'surveyTakers', taker)
  })
}

export const boxesOf = (surveyId: string): Promise<BallotBox[]> => find<BallotBox>('ballotBoxes', { _id: command.in(boxIds(surveyId)) }, null, BOXES)

/** How many took part, people or households. */
export const takersOf = (surveyId: string, { isAnonymous }: Pick<Survey, 'isAnonymous'>): Promise<number> => countOf(isAnonymous ? 'surveyTakers' : 'surveyAnswers', { surveyId })

/** Every answer with a name. */
export async function answersOf(surveyId: string): Promise<readonly SurveyAnswer[]> {
  const answers: SurveyAnswer[] = []
  await eachPage<SurveyAnswer>('surveyAnswers', { surveyId }, ['surveyId', 'personId', 'personName', 'building', 'by', 'at', 'said'], (page) => { answers.push(...page) })
  return answers
}

async function countHouseholds(notice: Notice, now: number): Promise<number> {
  const today = civilDate(now)
  const households = new Set<string>()
  for (const communityId of notice.audience.communityIds) {
    await eachAddressee(notice.audience, communityId, today, (people) => {
      for (const household of householdsOf(people)) households.add(household)
    })
  }
  return households.size
}

/** How long the number of households may be old while people answer, ms; for the result they are counted anew. */
const ROLL_FRESH = HOUR

/** Households of the audience; null for a survey of people. */
export async function householdsNow(notice: Notice, survey: Survey, now: number): Promise<number | null> {
  if (survey.unit === 'person') return null
  const kept = await read<{ readonly households: number; readonly at: number }>('surveyRolls', notice._id)
  if (kept !== null && kept.at > now - ROLL_FRESH) return kept.households
  const households = await countHouseholds(notice, now)
  await put('surveyRolls', notice._id, { households, at: now })
  return households
}

/** Counts a survey that is over; what was counted once stays. A notice that was withdrawn, or never appeared, leaves no result. */
export async function countSurvey(notice: Notice, now: number): Promise<void> {
  if (notice.carries?.what !== 'survey' || notice.status !== 'published') return
  const survey = notice.carries
  const answers = survey.isAnonymous ? [] : countedAnswers(await answersOf(notice._id))
  const counts = survey.isAnonymous ? sumsOfBoxes(await boxesOf(notice._id)) : sumsOfAnswers(answers)
  const takers = survey.isAnonymous ? await takersOf(notice._id, survey) : answers.length
  // Who spoke and moved away since belonged to a household of this place.
  const households = survey.unit === 'household' ? Math.max(takers, await countHouseholds(notice, now)) : null
  await insert<SurveyResult>('surveyResults', { _id: notice._id, subdistrictId: notice.subdistrictId, countedAt: now, takers, households, counts, hasPassed: hasPassed(survey, counts, households ?? 0) })
}
