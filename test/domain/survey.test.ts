/** Surveys and the opinions of households: who may answer, what is counted, what is hidden, what passes. */
import { DAY, HOUR } from '../../src/domain/civil-time'
import { DomainError } from '../../src/domain/error'
import { householdOf, householdsOf } from '../../src/domain/household'
import { answer, takeBack, tellsOf, toldOf, type NoticeQuestion } from '../../src/domain/notice-question'
import {
  countedAnswers, emptyBox, ensureSaid, ensureSurvey, ensureSurveyTime, figuresOf, hasPassed, opinionOf, resultWords, scaleOf, sumsOfAnswers, sumsOfBoxes, surveyStateOf, whyNoAnswer, withBallot, wordsOfBoxes,
  type Said, type Survey, type SurveyQuestion,
} from '../../src/domain/survey'
import { mulberry32 } from '../support/random'

const one: SurveyQuestion = { questionId: 'q1', kind: 'one', words: '早上几点开门好', options: [{ optionId: 'a', words: '六点' }, { optionId: 'b', words: '七点' }, { optionId: 'c', words: '八点' }] }
const several: SurveyQuestion = { questionId: 'q2', kind: 'several', words: '想要哪些课', options: [{ optionId: 'a', words: '手机' }, { optionId: 'b', words: '剪纸' }] }
const free: SurveyQuestion = { questionId: 'q3', kind: 'words', words: '还想说什么', options: [] }
const surveyOf = (changes: Partial<Survey> = {}): Survey => ({ unit: 'person', isAnonymous: false, questions: [one, several, scaleOf('q4', '满意吗', '不满意', '很满意'), free], closesAt: 10 * DAY, agreePercent: null, ...changes })
const said = (questionId: string, ...optionIds: string[]): Said => ({ questionId, optionIds, words: null })
const whole = [said('q1', 'a'), said('q2', 'a', 'b'), said('q4', '5')]
const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'OK'
  } catch (error) {
    return error instanceof DomainError ? `${error.code} ${String(error.details?.['field'] ?? '')}`.trim() : String(error)
  }
}
const shown = (survey: Survey, counts: Record<string, number>, takers: number, questionId = 'q1') => figuresOf(survey, { counts, takers }).find((figures) => figures.questionId === questionId)?.figures.map((figure) => figure.count)

describe('a survey', () => {
  test.each<[string, string, Survey]>([
    ['asks something that can be counted', 'BAD_INPUT questions', surveyOf({ questions: [free] })],
    ['asks each question under one name', 'BAD_INPUT questions', surveyOf({ questions: [one, one] })],
    ['gives two answers to choose from', 'BAD_INPUT options', surveyOf({ questions: [{ ...one, options: one.options.slice(0, 1) }] })],
    ['of households is never anonymous', 'BAD_INPUT isAnonymous', { ...opinionOf('装扶手', DAY, 67), isAnonymous: true }],
    ['of people has nothing to pass', 'BAD_INPUT isAnonymous', surveyOf({ agreePercent: 50 })],
    ['of households states a share', 'BAD_INPUT agreePercent', opinionOf('装扶手', DAY, 101)],
    ['of every kind is sound', 'OK', surveyOf()],
    ['of households is sound', 'OK', opinionOf('装扶手', DAY, 67)],
  ])('%s: %s', (_words, code, survey) => { expect(codeOf(() => ensureSurvey(survey))).toBe(code) })

  test('leaves time to answer, and ends while its notice stands', () => {
    expect(codeOf(() => ensureSurveyTime(surveyOf({ closesAt: DAY }), DAY - 60_000, 20 * DAY))).toBe('BAD_INPUT closesAt')
    expect(codeOf(() => ensureSurveyTime(surveyOf(), DAY, 9 * DAY))).toBe('BAD_INPUT closesAt')
    expect(codeOf(() => ensureSurveyTime(surveyOf(), DAY, 10 * DAY))).toBe('OK')
  })

  test('is open until its moment, then counted; what was withdrawn is neither', () => {
    const result = { _id: 'n', subdistrictId: 's', countedAt: 1, takers: 0, households: null, counts: {}, hasPassed: null }
    expect([surveyStateOf(surveyOf(), false, null, 10 * DAY - 1), surveyStateOf(surveyOf(), false, null, 10 * DAY), surveyStateOf(surveyOf(), false, result, 11 * DAY), surveyStateOf(surveyOf(), true, null, DAY)])
      .toEqual(['open', 'counting', 'closed', 'withdrawn'])
  })

  test.each<[string, string, readonly Said[]]>([
    ['a whole answer', 'OK', whole],
    ['free words may be there', 'OK', [...whole, { questionId: 'q3', optionIds: [], words: '都好' }]],
    ['a question without answer', 'BAD_INPUT q1', whole.slice(1)],
    ['two answers where one is asked', 'BAD_INPUT q1', [said('q1', 'a', 'b'), ...whole.slice(1)]],
    ['the same answer twice', 'BAD_INPUT q2', [said('q1', 'a'), said('q2', 'a', 'a'), said('q4', '5')]],
    ['an answer that was not given to choose', 'BAD_INPUT q1', [said('q1', 'z'), ...whole.slice(1)]],
    ['words where something is to be chosen', 'BAD_INPUT q1', [{ questionId: 'q1', optionIds: ['a'], words: '啊' }, ...whole.slice(1)]],
    ['a question that was not asked', 'BAD_INPUT said', [...whole, said('q9', 'a')]],
  ])('%s: %s', (_words, code, given) => { expect(codeOf(() => ensureSaid(surveyOf(), given))).toBe(code) })

  test('nobody answers an anonymous one for somebody else, and nobody twice before they were seen', () => {
    const [verified, unseen] = [{ standing: 'verified' as const }, { standing: 'unverified' as const }]
    expect([
      whyNoAnswer(surveyOf({ isAnonymous: true }), verified, null, 'family'), whyNoAnswer(surveyOf({ isAnonymous: true }), verified, null, 'socialWorker'), whyNoAnswer(surveyOf({ isAnonymous: true }), verified, null, 'elder'),
      whyNoAnswer(surveyOf(), verified, null, 'family'), whyNoAnswer(surveyOf(), unseen, null, 'elder'), whyNoAnswer(opinionOf('装扶手', DAY, 67), verified, null, 'elder'),
    ]).toEqual(['SELF_ONLY', 'SELF_ONLY', null, null, 'UNVERIFIED', 'ADDRESS_MISSING'])
  })
})

describe('an anonymous ballot', () => {
  test('leaves sums and sorted words: the order in which people came gives the same box', () => {
    const random = mulberry32(7)
    const ballots = Array.from({ length: 30 }, (_, index): Said[] => [said('q1', 'abc'[index % 3] ?? 'a'), { questionId: 'q3', optionIds: [], words: `话${(index * 7) % 30}` }])
    const cast = (order: readonly Said[][]) => order.reduce((box, ballot) => withBallot(box, ballot), emptyBox('b', 's'))
    const shuffled = [...ballots].map((ballot) => ({ ballot, at: random() })).sort((a, b) => a.at - b.at).map(({ ballot }) => ballot)
    expect(cast(shuffled)).toEqual(cast(ballots))
    expect(sumsOfBoxes([cast(ballots.slice(0, 10)), cast(ballots.slice(10))])).toEqual(sumsOfAnswers(ballots.map((ballot) => ({ said: ballot }))))
  })

  test('words of fewer than five are read by nobody', () => {
    const boxOf = (count: number) => Array.from({ length: count }, (_, index) => [{ questionId: 'q3', optionIds: [], words: `话${index}` }]).reduce((box, ballot) => withBallot(box, ballot), emptyBox('b', 's'))
    expect([wordsOfBoxes([boxOf(4)], 'q3').length, wordsOfBoxes([boxOf(2), boxOf(3)], 'q3').length]).toEqual([0, 5])
  })
})

describe('figures', () => {
  const anonymous = surveyOf({ isAnonymous: true })
  test('of a survey with names are shown as they are', () => { expect(shown(surveyOf(), { 'q1 a': 1, 'q1 b': 2 }, 3)).toEqual([1, 2, 0]) })
  test('below five are hidden, and so is the one from which a single hidden one could be told', () => {
    expect(shown(anonymous, { 'q1 a': 20, 'q1 b': 9, 'q1 c': 3 }, 32)).toEqual([20, null, null])
    expect(shown(anonymous, { 'q1 a': 20, 'q1 b': 9, 'q1 c': 7 }, 36)).toEqual([20, 9, 7])
  })
  test('that everybody said the same says what each of them said: all is hidden', () => { expect(shown(anonymous, { 'q1 a': 20 }, 20)).toEqual([null, null, null]) })
  test('of several, all but a few is hidden, too', () => { expect(shown(anonymous, { 'q2 a': 18, 'q2 b': 9 }, 20, 'q2')).toEqual([null, 9]) })

  test('whatever people say: no cell below five is shown, and what is hidden is never a single cell nor fewer than five', () => {
    const random = mulberry32(11)
    for (let round = 0; round < 300; round++) {
      const counts = [0, 0, 0].map(() => Math.floor(random() * (round % 2 === 0 ? 8 : 40)))
      const takers = counts.reduce((sum, count) => sum + count, 0)
      const cells = shown(anonymous, { 'q1 a': counts[0] ?? 0, 'q1 b': counts[1] ?? 0, 'q1 c': counts[2] ?? 0 }, takers) ?? []
      const hidden = cells.flatMap((cell, index) => (cell === null ? [counts[index] ?? 0] : []))
      expect(cells.every((cell) => cell === null || cell >= 5)).toBe(true)
      expect(hidden.length === 0 || hidden.length === cells.length || (hidden.length >= 2 && hidden.reduce((sum, count) => sum + count, 0) >= 5)).toBe(true)
    }
  })

  test('the average of a scale is not said where a cell is hidden', () => {
    const average = (survey: Survey, counts: Record<string, number>) => figuresOf(survey, { counts, takers: 30 }).find((figures) => figures.kind === 'scale')?.average
    expect([average(surveyOf(), { 'q4 4': 2, 'q4 5': 2 }), average(anonymous, { 'q4 4': 2, 'q4 5': 28 })]).toEqual([45, null])
  })

  test('the result can be read aloud, and says what is hidden', () => {
    const words = resultWords(anonymous, '食堂几点开门', { takers: 29, households: null, hasPassed: null, counts: { 'q1 a': 20, 'q1 b': 9 } })
    expect(words.title).toBe('食堂几点开门：结果')
    expect(words.body).toContain('一共 29 人填了')
    expect(words.body).toContain('人数少，不公布')
  })
})

describe('a household', () => {
  const at = (address: string | null, communityId = 'huaguang') => householdOf({ communityId, address })
  test('is one door, however it is written', () => {
    expect(new Set([at('华光城 12 幢 302'), at('华光城12幢302室'), at('12号楼３０２'), at(' 12栋 302 ')])).toEqual(new Set(['huaguang 12 302']))
  })
  test('is not the door beside it, not that of another building or community', () => {
    expect(new Set([at('12 幢 302'), at('12 幢 303'), at('13 幢 302'), at('12 幢 302', 'taigu'), at('12 幢 1 单元 302')]).size).toBe(5)
  })
  test('is nobody’s whose door is not known', () => { expect([at(null), at('华光城'), at('华光城 12 幢')]).toEqual([null, null, null]) })
  test('counts once, however many live there', () => { expect(householdsOf([{ communityId: 'a', address: '1 幢 1' }, { communityId: 'a', address: '1幢1室' }, { communityId: 'a', address: null }]).size).toBe(1) })

  test('an opinion passes by the share of all households, not of those who spoke', () => {
    const opinion = opinionOf('装扶手', DAY, 67)
    expect([hasPassed(opinion, { 'opinion agree': 2 }, 3), hasPassed(opinion, { 'opinion agree': 67 }, 100), hasPassed(opinion, {}, 0), hasPassed(surveyOf(), {}, 3)]).toEqual([false, true, false, null])
  })
})

describe('what is counted', () => {
  test('of one human who spoke twice, by two records that were merged or at two doors, is what was said last', () => {
    const answers = [{ _id: 'a', personId: 'p', at: 1 }, { _id: 'b', personId: 'p', at: 2 }, { _id: 'c', personId: 'q', at: 1 }]
    expect(countedAnswers(answers).map((counted) => counted._id).sort()).toEqual(['b', 'c'])
  })
})

describe('a question under a notice', () => {
  const by = (as: 'elder' | 'family' | 'socialWorker', personId: string) => ({ personId, name: personId, as, kinship: null, scope: null })
  const asked = (changes: Partial<NoticeQuestion> = {}): NoticeQuestion => ({
    _id: 'q', version: 1, noticeId: 'n', subdistrictId: 's', communityId: 'c', elderId: 'mother', elderName: '王秀珍', by: by('elder', 'mother'), words: '几点来水', at: 1, isHeld: true, status: 'open', answer: null, withdrawn: null, owedAt: null, madeBy: { key: 'k', hash: 'h' }, requests: {}, ...changes,
  })
  test('that was held is open once a person answered it; taken back it is read by nobody and answered no more', () => {
    const answered = answer(asked(), '十二点', by('socialWorker', 'li'), 5)
    expect([answered.isHeld, answered.status, answered.owedAt]).toEqual([false, 'answered', 5])
    const gone = takeBack(answered, '说了别人的名字', by('socialWorker', 'li'), 6)
    expect(codeOf(() => answer(gone, '再答', by('socialWorker', 'li'), 7))).toBe('WRONG_STATE')
    expect(toldOf(gone, '停水', HOUR).gist).toContain('说了别人的名字')
  })
  test('is told to whoever asked; to the elder where a social worker asked for her', () => {
    expect([tellsOf(asked()), tellsOf(asked({ by: by('family', 'daughter') })), tellsOf(asked({ by: by('socialWorker', 'li') }))]).toEqual(['mother', 'daughter', 'mother'])
  })
})
