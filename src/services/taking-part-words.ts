/** Taking part in words: how a survey stands, what was said, and its figures, row by row. */
import type { InputOf, OutputOf } from '../contract'
import { beginsWords } from './timeline-words'

export type Survey = OutputOf<'survey.show'>
type Said = InputOf<'survey.answer'>['said'][number]
type Asked = Pick<Survey, 'unit' | 'closesAt' | 'takers' | 'households'>

/** 3 人填了; 一共 40 户，12 户说了. */
export const takersWords = ({ unit, takers, households }: Asked): string => (unit === 'household' ? `一共 ${households ?? 0} 户，${takers} 户说了` : `${takers} 人填了`)

export function standingWords({ state, ...survey }: Asked & Pick<Survey, 'state'>, now: number): string {
  switch (state) {
    case 'open':
      return `${takersWords(survey)}，到${beginsWords(survey.closesAt, now)}为止`
    case 'counting':
      return `${takersWords(survey)}，时间到了，正在数`
    case 'closed':
      return `${takersWords(survey)}，数好了`
    case 'withdrawn':
      return '这条通知撤回了，不再收'
  }
}

/** An answer as a reader chooses it: of a scale, its step and the words of both ends. */
export const optionWords = (kind: Survey['questions'][number]['kind'], option: { readonly optionId: string; readonly words: string }): string =>
  kind === 'scale' ? `${option.optionId} 分${option.words === '' ? '' : `，${option.words}`}` : option.words

/** What was said, as a person would say it: 食堂早上几点开门好，六点半。 */
export function saidWords({ questions }: Pick<Survey, 'questions'>, said: readonly Said[]): string {
  return questions.flatMap(({ questionId, kind, words, options }) => {
    const one = said.find((each) => each.questionId === questionId)
    const chosen = options.filter((option) => one?.optionIds.includes(option.optionId)).map((option) => optionWords(kind, option))
    const free = one?.words ?? null
    return chosen.length > 0 ? [`${words}：${chosen.join('、')}。`] : free !== null ? [`${words}：${free.replace(/[。！？!?.]+$/u, '')}。`] : []
  }).join('')
}

/** The figures of one question, as rows with bars. */
export function figureRows(result: NonNullable<Survey['result']>, unit: Survey['unit']) {
  const word = unit === 'household' ? '户' : '人'
  return result.questions.map(({ questionId, kind, words, figures, average }) => ({
    key: questionId, title: words, note: average === null ? undefined : `平均 ${(average / 10).toFixed(1)} 分`,
    rows: figures.map((figure) => {
      const share = figure.count === null || result.takers === 0 ? 0 : figure.count / result.takers
      return { key: figure.optionId, words: optionWords(kind, figure), figure: figure.count === null ? '人数少，不公布' : `${figure.count} ${word}，${Math.round(share * 100)}%`, share: figure.count === null ? null : share }
    }),
  }))
}
