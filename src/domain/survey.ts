/**
 * A survey 线上问卷, and the opinions of households 居民协商: questions that a notice carries, so that whom they are for, who
 * checked them and when they appear are the notice's. One answer a person, or a household; a second is refused. What was
 * promised to be anonymous is kept as sums alone, in which nobody finds an answer again. As with votes, nobody learns how it
 * stands before it is over and counted; what was counted stays.
 */
import type { By } from './booking-record'
import { DAY, MINUTE } from './civil-time'
import { ensure } from './error'
import type { IdentityProof } from './identity'
import type { Person } from './person'
import { COUNT_AFTER, tallyKey } from './poll'

export const questionKinds = ['one', 'several', 'scale', 'words'] as const
export type QuestionKind = (typeof questionKinds)[number]

export interface SurveyQuestion {
  readonly questionId: string
  readonly kind: QuestionKind
  readonly words: string
  /** of a scale: 1 to 5, of which the first and the last have words */
  readonly options: readonly { readonly optionId: string; readonly words: string }[]
}

export interface Survey {
  /** who speaks once: a person, or a household */
  readonly unit: 'person' | 'household'
  readonly isAnonymous: boolean
  readonly questions: readonly SurveyQuestion[]
  /** until when answers count, ms */
  readonly closesAt: number
  /** of all households of the audience, this share must agree, percent; null: a survey, of which nothing passes */
  readonly agreePercent: number | null
}

/** What a notice carries besides its words: an activity, a survey, or the result of one. */
export type Carried =
  | { readonly what: 'activity'; readonly activityId: string }
  | ({ readonly what: 'survey' } & Survey)
  | { readonly what: 'result'; readonly ofNoticeId: string }

/** What somebody says to one question. */
export interface Said {
  readonly questionId: string
  readonly optionIds: readonly string[]
  readonly words: string | null
}

/** One answer that is nobody's secret: of a person, or of the household for which a person spoke. */
export interface SurveyAnswer {
  /** made of the survey and whoever speaks once */
  readonly _id: string
  readonly surveyId: string
  readonly personId: string
  readonly personName: string
  readonly building: string | null
  readonly by: By
  readonly at: number
  /** how a social worker knew whose voice it was; empty: their own phone, or family's */
  readonly asked: readonly IdentityProof[]
  readonly said: readonly Said[]
  readonly madeBy: { readonly key: string; readonly hash: string }
}

/** That somebody took part in an anonymous survey: no time, no answer, nothing that leads to one. */
export interface SurveyTaker {
  readonly _id: string
  readonly surveyId: string
  readonly personId: string
  readonly madeBy: { readonly key: string; readonly hash: string }
}

/** One of the boxes of an anonymous survey: sums, and words in the order of the alphabet. Who came first cannot be seen in it. */
export interface BallotBox {
  readonly _id: string
  readonly version: number
  readonly surveyId: string
  readonly counts: Readonly<Record<string, number>>
  readonly words: Readonly<Record<string, readonly string[]>>
}

/** What was counted once, after it was over. */
export interface SurveyResult {
  readonly _id: string
  readonly subdistrictId: string
  readonly countedAt: number
  /** answers that count */
  readonly takers: number
  /** households of the audience at that moment; null for a survey */
  readonly households: number | null
  /** by `<questionId> <optionId>` */
  readonly counts: Readonly<Record<string, number>>
  /** whether enough households agreed; null for a survey */
  readonly hasPassed: boolean | null
}

export const MOST_QUESTIONS = 12
const SCALE = ['1', '2', '3', '4', '5']
/** Nobody decides in a moment, and nobody remembers a survey for ever. */
const SHORTEST = 30 * MINUTE
const LONGEST = 60 * DAY

export const AGREE = 'agree'
const OPINION = 'opinion'

/** A question of which the answer is one of five steps; both ends have words. */
export const scaleOf = (questionId: string, words: string, low: string, high: string): SurveyQuestion =>
  ({ questionId, kind: 'scale', words, options: SCALE.map((optionId) => ({ optionId, words: optionId === '1' ? low : optionId === '5' ? high : '' })) })

/** What is asked of households: one proposal, and why. */
export const opinionOf = (proposal: string, closesAt: number, agreePercent: number): Survey => ({
  unit: 'household', isAnonymous: false, closesAt, agreePercent,
  questions: [
    { questionId: OPINION, kind: 'one', words: proposal, options: [{ optionId: AGREE, words: '同意' }, { optionId: 'against', words: '不同意' }, { optionId: 'abstain', words: '弃权' }] },
    { questionId: 'why', kind: 'words', words: '想说的话', options: [] },
  ],
})

const isUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length

/** Sound in itself. @throws BAD_INPUT {field} */
export function ensureSurvey({ unit, isAnonymous, questions, agreePercent }: Survey): void {
  ensure(questions.length > 0 && questions.length <= MOST_QUESTIONS && isUnique(questions.map((one) => one.questionId)), 'BAD_INPUT', { field: 'questions' })
  ensure(questions.some((one) => one.kind !== 'words'), 'BAD_INPUT', { field: 'questions' })
  for (const { kind, options } of questions) {
    ensure(isUnique(options.map((option) => option.optionId)), 'BAD_INPUT', { field: 'options' })
    ensure(kind === 'words' ? options.length === 0 : options.length >= 2, 'BAD_INPUT', { field: 'options' })
  }
  // Whoever speaks for a household is known to the others of it.
  ensure((unit === 'household') === (agreePercent !== null) && !(unit === 'household' && isAnonymous), 'BAD_INPUT', { field: 'isAnonymous' })
  ensure(agreePercent === null || (Number.isSafeInteger(agreePercent) && agreePercent >= 1 && agreePercent <= 100), 'BAD_INPUT', { field: 'agreePercent' })
}

/** Leaves time to answer, and ends while its notice stands. @throws BAD_INPUT {field} */
export function ensureSurveyTime({ closesAt }: Survey, from: number, validUntil: number): void {
  ensure(closesAt >= from + SHORTEST && closesAt <= Math.min(from + LONGEST, validUntil), 'BAD_INPUT', { field: 'closesAt' })
}

/** Everything that is read of it, for the content check. */
export const wordsOfSurvey = ({ questions }: Survey): string => questions.flatMap((one) => [one.words, ...one.options.map((option) => option.words)]).filter((words) => words !== '').join('\n')

/** `counting`: nobody answers any more, and it is not counted yet. */
export const surveyStateOf = ({ closesAt }: Survey, isWithdrawn: boolean, result: SurveyResult | null, now: number): 'open' | 'counting' | 'closed' | 'withdrawn' =>
  result !== null ? 'closed' : isWithdrawn ? 'withdrawn' : now < closesAt ? 'open' : 'counting'

/** An answer takes a moment from being allowed to being written; counting waits for it, as with votes. */
export const countedFrom = ({ closesAt }: Survey): number => closesAt + COUNT_AFTER

/** As its questions ask, and each of them but free words. @throws BAD_INPUT {field} */
export function ensureSaid({ questions }: Survey, said: readonly Said[]): void {
  ensure(isUnique(said.map((one) => one.questionId)) && said.every((one) => questions.some((question) => question.questionId === one.questionId)), 'BAD_INPUT', { field: 'said' })
  for (const { questionId, kind, options } of questions) {
    const one = said.find((each) => each.questionId === questionId)
    const chosen = one?.optionIds ?? []
    ensure(isUnique(chosen) && chosen.every((id) => options.some((option) => option.optionId === id)), 'BAD_INPUT', { field: questionId })
    ensure(kind === 'words' || one?.words === undefined || one.words === null, 'BAD_INPUT', { field: questionId })
    ensure(kind === 'words' ? chosen.length === 0 : kind === 'several' ? chosen.length > 0 : chosen.length === 1, 'BAD_INPUT', { field: questionId })
  }
}

/** Why somebody cannot answer a survey that is open, whoever does it for them; null: they may. */
export function whyNoAnswer({ unit, isAnonymous }: Survey, person: Pick<Person, 'standing'>, household: string | null, as: By['as']): 'SELF_ONLY' | 'UNVERIFIED' | 'ADDRESS_MISSING' | null {
  // Who helps would know what was said.
  if (isAnonymous && as !== 'elder') return 'SELF_ONLY'
  // Who was not seen yet may have registered twice.
  if (person.standing !== 'verified') return 'UNVERIFIED'
  return unit === 'household' && household === null ? 'ADDRESS_MISSING' : null
}

const plus = (counts: Readonly<Record<string, number>>, said: readonly Said[]): Record<string, number> => {
  const sums = { ...counts }
  for (const { questionId, optionIds } of said) for (const optionId of optionIds) sums[tallyKey(questionId, optionId)] = (sums[tallyKey(questionId, optionId)] ?? 0) + 1
  return sums
}

/** An empty box. */
export const emptyBox = (id: string, surveyId: string): BallotBox => ({ _id: id, version: 1, surveyId, counts: {}, words: {} })

/** The box with one more ballot in it: nothing in it says which. */
export function withBallot(box: BallotBox, said: readonly Said[]): BallotBox {
  const words = { ...box.words }
  for (const one of said) if (one.words !== null) words[one.questionId] = [...(words[one.questionId] ?? []), one.words].sort()
  return { ...box, counts: plus(box.counts, said), words }
}

export const sumsOfBoxes = (boxes: readonly BallotBox[]): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const { counts } of boxes) for (const [key, count] of Object.entries(counts)) sums[key] = (sums[key] ?? 0) + count
  return sums
}

/**
 * The answers that count. Records of one human that were merged, or somebody who spoke at an old door and at a new one,
 * speak once: what was said last.
 */
export function countedAnswers<A extends Pick<SurveyAnswer, '_id' | 'personId' | 'at'>>(answers: readonly A[]): readonly A[] {
  const last = new Map<string, A>()
  for (const answer of answers) {
    const other = last.get(answer.personId)
    if (other === undefined || answer.at > other.at || (answer.at === other.at && answer._id > other._id)) last.set(answer.personId, answer)
  }
  return [...last.values()]
}

export const sumsOfAnswers = (answers: readonly Pick<SurveyAnswer, 'said'>[]): Record<string, number> => answers.reduce<Record<string, number>>((sums, { said }) => plus(sums, said), {})

/**
 * Whether a result is what people said: each of them once, and as often as they took part. A merge afterwards makes fewer
 * answers of the same people count, never more.
 */
export function resultHolds({ questions, isAnonymous }: Survey, result: Pick<SurveyResult, 'takers' | 'counts'>, takers: number, sums: Readonly<Record<string, number>>): boolean {
  const once = questions.filter((question) => question.kind === 'one' || question.kind === 'scale')
  const isWhole = once.every(({ questionId, options }) => options.reduce((sum, { optionId }) => sum + (sums[tallyKey(questionId, optionId)] ?? 0), 0) === result.takers)
  return isWhole && (isAnonymous ? takers === result.takers : takers >= result.takers)
}

/** Whether the households that agree are enough of all of them. */
export const hasPassed = ({ agreePercent }: Survey, counts: Readonly<Record<string, number>>, households: number): boolean | null =>
  agreePercent === null ? null : households > 0 && (counts[tallyKey(OPINION, AGREE)] ?? 0) * 100 >= agreePercent * households

/** Fewer are not told apart where anonymity was promised. */
export const SMALL_CELL = 5

/** One answer in figures; null: too few to be shown. */
export interface Figure {
  readonly optionId: string
  readonly words: string
  readonly count: number | null
}

export interface QuestionFigures {
  readonly questionId: string
  readonly kind: QuestionKind
  readonly words: string
  readonly figures: readonly Figure[]
  /** of a scale, in tenths; null: another kind, or hidden */
  readonly average: number | null
}

/**
 * The figures as they may be seen. Of an anonymous survey, cells below five are hidden; and so many more, smallest first,
 * that what is hidden cannot be told from what is shown.
 */
export function figuresOf({ questions, isAnonymous }: Survey, { counts, takers }: Pick<SurveyResult, 'counts' | 'takers'>): readonly QuestionFigures[] {
  return questions.filter((question) => question.kind !== 'words').map(({ questionId, kind, words, options }) => {
    const cells = options.map((option) => ({ ...option, count: counts[tallyKey(questionId, option.optionId)] ?? 0 }))
    const hidden = isAnonymous ? hiddenOf(cells, kind, takers) : new Set<string>()
    const sum = cells.reduce((total, cell) => total + cell.count, 0)
    return {
      questionId, kind, words, figures: cells.map(({ optionId, words: said, count }) => ({ optionId, words: said, count: hidden.has(optionId) ? null : count })),
      average: kind !== 'scale' || sum === 0 || hidden.size > 0 ? null : Math.round((cells.reduce((total, cell) => total + Number(cell.optionId) * cell.count, 0) * 10) / sum),
    }
  })
}

function hiddenOf(cells: readonly { readonly optionId: string; readonly count: number }[], kind: QuestionKind, takers: number): ReadonlySet<string> {
  // Of several, each answer stands by itself: that all but a few chose it says who did not.
  if (kind === 'several') return new Set(cells.filter(({ count }) => count < SMALL_CELL || takers - count < SMALL_CELL).map((cell) => cell.optionId))
  const order = [...cells].sort((a, b) => a.count - b.count)
  const hidden = new Set(order.filter((cell) => cell.count < SMALL_CELL).map((cell) => cell.optionId))
  for (const cell of order) {
    const sum = cells.reduce((total, { optionId, count }) => total + (hidden.has(optionId) ? count : 0), 0)
    if (hidden.size === 0 || (hidden.size >= 2 && sum >= SMALL_CELL)) break
    hidden.add(cell.optionId)
  }
  return hidden
}

/** Words of an anonymous survey as staff may read them; of fewer than five who wrote some, none. */
export const wordsOfBoxes = (boxes: readonly BallotBox[], questionId: string): readonly string[] => {
  const words = boxes.flatMap((box) => box.words[questionId] ?? []).sort()
  return words.length < SMALL_CELL ? [] : words
}

/** Whether it passed, as a sentence says it; null: nothing was to pass. */
export const passedWords = ({ agreePercent }: Pick<Survey, 'agreePercent'>, passed: boolean | null): string | null =>
  passed === null ? null : passed ? `同意的户数到了 ${agreePercent ?? 0}%，通过了` : `同意的户数没有到 ${agreePercent ?? 0}%，没有通过`

const shareWords = (count: number, of: number): string => (of === 0 ? '' : `（${Math.round((count * 100) / of)}%）`)

/** The result as a notice says it: short sentences that can be read aloud. */
export function resultWords(survey: Survey, title: string, result: Pick<SurveyResult, 'counts' | 'takers' | 'households' | 'hasPassed'>): { readonly title: string; readonly body: string } {
  const { takers, households } = result
  const unit = survey.unit === 'household' ? '户' : '人'
  const lines = figuresOf(survey, result).map(({ words, figures, average, kind }) => {
    const named = figures.map((figure) => `${kind === 'scale' ? `${figure.optionId} 分` : figure.words} ${figure.count === null ? '人数少，不公布' : `${figure.count} ${unit}${shareWords(figure.count, takers)}`}`)
    return `${words}\n${named.join('；')}。${average === null ? '' : `平均 ${(average / 10).toFixed(1)} 分。`}`
  })
  const first = households === null ? `一共 ${takers} 人填了。谢谢大家。` : `一共 ${households} 户，${takers} 户说了意见。`
  const last = passedWords(survey, result.hasPassed)
  return { title: `${title.slice(0, 24)}：结果`, body: [first, ...lines, ...(last === null ? [] : [`${last}。`])].join('\n') }
}
