/** One question of a survey as it is written: how it is answered, its words, and what can be chosen. */
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Field, SelectField } from '@/components/field'
import type { InputOf, OutputOf } from '@/contract'

type Survey = Extract<NonNullable<InputOf<'notice.carry'>['carries']>, { what: 'survey' }>
type Kind = Survey['questions'][number]['kind']

export interface QuestionDraft {
  readonly key: number
  readonly kind: Kind
  readonly words: string
  readonly options: readonly string[]
  readonly low: string
  readonly high: string
}

const kinds: readonly { key: Kind; words: string }[] = [{ key: 'one', words: '选一样' }, { key: 'several', words: '选几样' }, { key: 'scale', words: '打分，1 到 5' }, { key: 'words', words: '写几句话' }]
const MOST_OPTIONS = 10

export const newQuestion = (others: readonly QuestionDraft[]): QuestionDraft => ({ key: Math.max(0, ...others.map((one) => one.key)) + 1, kind: 'one', words: '', options: ['', ''], low: '不满意', high: '很满意' })

/** A question that is kept already, to be written on. */
export const draftOf = ({ kind, words, options }: NonNullable<OutputOf<'notice.carried'>['survey']>['questions'][number], index: number): QuestionDraft => ({
  ...newQuestion([]), key: index + 1, kind, words, options: kind === 'one' || kind === 'several' ? options.map((option) => option.words) : ['', ''],
  ...(kind === 'scale' ? { low: options[0]?.words ?? '', high: options.at(-1)?.words ?? '' } : {}),
})

/** The questions that were typed, or what is still missing. */
export function readQuestions(drafts: readonly QuestionDraft[]): { readonly questions: Survey['questions'] } | { readonly lack: string } {
  const questions: Survey['questions'] = []
  for (const [index, { key, kind, ...draft }] of drafts.entries()) {
    const words = draft.words.trim()
    const options = draft.options.map((option) => option.trim()).filter((option) => option !== '')
    const questionId = `q${key}`
    if (words === '') return { lack: `写上第 ${index + 1} 题问什么。` }
    if ((kind === 'one' || kind === 'several') && options.length < 2) return { lack: `第 ${index + 1} 题至少要有两个答案。` }
    if (kind === 'scale' && (draft.low.trim() === '' || draft.high.trim() === '')) return { lack: `写上第 ${index + 1} 题 1 分和 5 分是什么意思。` }
    if (kind === 'words') questions.push({ kind, questionId, words })
    else if (kind === 'scale') questions.push({ kind, questionId, words, low: draft.low.trim(), high: draft.high.trim() })
    else questions.push({ kind, questionId, words, options: options.map((option, at) => ({ optionId: `o${at + 1}`, words: option })) })
  }
  return questions.every((question) => question.kind === 'words') ? { lack: '至少要有一题能数得出来。' } : { questions }
}

export function QuestionEditor({ number, question, onChange, onRemove }: { number: number; question: QuestionDraft; onChange: (next: QuestionDraft) => void; onRemove: (() => void) | undefined }) {
  const { kind, options } = question
  const change = (part: Partial<QuestionDraft>) => onChange({ ...question, ...part })
  return (
    <Box className="stack">
      <Heading level={2} className="section">第 {number} 题</Heading>
      <Field label={`第 ${number} 题问什么`} value={question.words} onChange={(words) => change({ words })} maxLength={80} placeholder="食堂早上几点开门好" />
      <SelectField label={`第 ${number} 题怎么答`} value={kind} onChange={(key) => change({ kind: key as Kind })} options={kinds} />
      {kind === 'one' || kind === 'several' ? options.map((option, at) => (
        <Field key={at} label={`第 ${number} 题的答案 ${at + 1}`} value={option} onChange={(words) => change({ options: options.map((one, other) => (other === at ? words : one)) })} maxLength={40} />
      )) : null}
      {(kind === 'one' || kind === 'several') && options.length < MOST_OPTIONS ? <Button kind="outline" icon="plus" label={`第 ${number} 题再加一个答案`} onPress={() => change({ options: [...options, ''] })}>再加一个答案</Button> : null}
      {kind === 'scale' ? <><Field label={`第 ${number} 题 1 分是`} value={question.low} onChange={(low) => change({ low })} maxLength={10} /><Field label={`第 ${number} 题 5 分是`} value={question.high} onChange={(high) => change({ high })} maxLength={10} /></> : null}
      {onRemove ? <Button kind="outline" label={`去掉这一题：第 ${number} 题`} onPress={onRemove}>去掉这一题</Button> : null}
    </Box>
  )
}
