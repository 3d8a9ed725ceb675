/** What a notice carries, for tests: a survey, the opinions of households, a question asked under it. */
import type { InputOf } from '../../src/contract'
import { DAY, HOUR } from '../../src/domain/civil-time'
import { aDraft, aNotice, audienceOf } from './notice-world'
import type { World } from './world'

type Carried = NonNullable<InputOf<'notice.carry'>['carries']>

/** Closes in a day and an hour; one question of a kind each. */
export const surveyOf = (now: number, isAnonymous = false): Carried => ({
  what: 'survey', isAnonymous, closesAt: now + DAY + HOUR,
  questions: [
    { kind: 'one', questionId: 'q1', words: '食堂早上几点开门好', options: [{ optionId: 'a', words: '六点半' }, { optionId: 'b', words: '七点' }] },
    { kind: 'scale', questionId: 'q2', words: '饭菜合口味吗', low: '不合', high: '很合' },
    { kind: 'words', questionId: 'q3', words: '还想说什么' },
  ],
})

/** Two thirds of all households of building 12 must agree. */
export const householdOf = (now: number): Carried => ({ what: 'household', proposal: '楼道里装扶手，费用街道出', closesAt: now + DAY + HOUR, agreePercent: 67 })
export const building12 = audienceOf({ buildings: ['12'] })

/** What somebody says to the survey above. */
export const saying = (optionId: 'a' | 'b' = 'a', words: string | null = null): InputOf<'survey.answer'>['said'] => [
  { questionId: 'q1', optionIds: [optionId], words: null }, { questionId: 'q2', optionIds: ['4'], words: null }, ...(words === null ? [] : [{ questionId: 'q3', optionIds: [], words }]),
]
export const opinion = (optionId: 'agree' | 'against' | 'abstain', words: string | null = null): InputOf<'survey.answer'>['said'] =>
  [{ questionId: 'opinion', optionIds: [optionId], words: null }, ...(words === null ? [] : [{ questionId: 'why', optionIds: [], words }])]

const nowOf = async (world: World): Promise<number> => (await world.emulator.clock()).now

/** A draft that carries something, not yet published. */
export async function aCarrier(world: World, what: 'survey' | 'anonymous' | 'household' | 'activity', activityId = '', openid = 'o_social'): Promise<string> {
  const now = await nowOf(world)
  const noticeId = await aDraft(world, { level: 'ordinary', deadlineAt: null, opensCase: false, ...(what === 'household' ? { audience: building12 } : {}) }, openid)
  await world.phone(openid).do('notice.carry', { noticeId, carries: what === 'activity' ? { what, activityId } : what === 'household' ? householdOf(now) : surveyOf(now, what === 'anonymous') })
  return noticeId
}

/** Published, and open. */
export async function aSurvey(world: World, what: 'survey' | 'anonymous' | 'household' = 'survey', openid = 'o_social'): Promise<string> {
  const noticeId = await aCarrier(world, what, '', openid)
  await world.phone(openid).do('notice.submit', { noticeId })
  return noticeId
}

/** Over and counted; the clock has moved. */
export async function aCountedSurvey(world: World): Promise<string> {
  const noticeId = await aSurvey(world)
  await world.emulator.pass(DAY + 2 * HOUR)
  await world.emulator.fire('timers', 'lookAtTakingPart')
  return noticeId
}

/** A question of the elder in 华光城. */
export async function aQuestion(world: World): Promise<string> {
  const noticeId = await aNotice(world)
  return (await world.phone('o_mother').do('notice.ask', { noticeId, elderId: 'mother', words: '几点来水？' })).questionId
}
