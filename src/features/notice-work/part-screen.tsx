/** 带上什么: what a draft carries besides its words: an activity, a survey, the opinions of households, or nothing. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { DateField, Field, SelectField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { Notice } from '@/components/notice'
import { Fact } from '@/components/row'
import { Foot, goBack, Screen } from '@/components/screen'
import type { InputOf, OutputOf } from '@/contract'
import { addDays, civilDate, DAY, instantOf, minuteOfDay } from '@/domain/civil-time'
import { serverNow, useServerNow } from '@/services/server-clock'
import { partWords } from '@/services/notice-part-words'
import { beginsWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { draftOf, newQuestion, QuestionEditor, readQuestions, type QuestionDraft } from './question-editor'

type Carried = OutputOf<'notice.carried'>
type Input = NonNullable<InputOf<'notice.carry'>['carries']>
type What = 'nothing' | Input['what']

const MOST_QUESTIONS = 12
const DAYS_AHEAD = 60
/** Two thirds, as most agreements of a house ask. 示例 */
const AGREE_PERCENT = 67
const shares: readonly number[] = [51, 67, 75, 80, 100]

const whats: readonly { key: What; title: string; detail: string }[] = [
  { key: 'nothing', title: '只有文字', detail: '看了就好' },
  { key: 'activity', title: '一个活动', detail: '看得到还剩几位，一点就报名' },
  { key: 'survey', title: '一份问卷', detail: '一人填一次，可以不记名' },
  { key: 'household', title: '各家意见', detail: '一户说一次：同意、不同意、弃权' },
]

export function PartScreen({ noticeId }: { noticeId: string }) {
  const carried = useQuery('notice.carried', { noticeId })
  if (carried.output?.isDraft === true) return <Writing key={noticeId} carried={carried.output} />
  return (
    <Screen title="带上什么" subtitle={carried.output?.title}>
      <Content of={carried} shape="detail">{(shown) => <Notice title={partWords(shown.part)}>发出去以后就不改了，免得前后填的不一样。</Notice>}</Content>
    </Screen>
  )
}

function Writing({ carried }: { carried: Carried }) {
  const now = useServerNow()
  const carry = useAction('notice.carry')
  const { survey, validUntil } = carried
  const [what, setWhat] = useState<What>(carried.part === null || carried.part.what === 'result' ? 'nothing' : carried.part.what)
  const [activityId, setActivityId] = useState(carried.part?.what === 'activity' ? carried.part.id : '')
  const [closesAt, setClosesAt] = useState(survey?.closesAt ?? Math.min(instantOf(addDays(civilDate(now), 7), 18 * 60), validUntil))
  const [isAnonymous, setAnonymous] = useState(survey?.isAnonymous ?? false)
  const [questions, setQuestions] = useState<readonly QuestionDraft[]>(survey?.unit === 'person' ? survey.questions.map(draftOf) : [newQuestion([])])
  const [proposal, setProposal] = useState(survey?.unit === 'household' ? (survey.questions[0]?.words ?? '') : '')
  const [agreePercent, setAgreePercent] = useState(survey?.agreePercent ?? AGREE_PERCENT)
  const [isDone, setDone] = useState(false)
  const typed = readQuestions(questions)
  const lack = what === 'activity' && activityId === '' ? '选一个活动。' : what === 'survey' && 'lack' in typed ? typed.lack : what === 'household' && proposal.trim() === '' ? '写上要大家定的事。' : null
  const title = carried.activities.find((one) => one.activityId === activityId)?.title ?? carried.activityTitle ?? ''
  const sentence = lack ?? (what === 'nothing' ? '这条通知只有文字。' : what === 'activity' ? `带上活动「${title}」，看通知的人一点就报名。` : what === 'survey' ? `带上 ${questions.length} 个问题，${isAnonymous ? '不记名' : '记名'}，填到${beginsWords(closesAt, now)}。` : `请每家说一次：${proposal.trim()}。同意的到全部户数的 ${agreePercent}% 通过，说到${beginsWords(closesAt, now)}。`)
  const edit = <T,>(set: (value: T) => void) => (value: T) => { carry.clear(); setDone(false); set(value) }
  const inputOf = (): InputOf<'notice.carry'>['carries'] => {
    if (what === 'activity') return { what, activityId }
    if (what === 'household') return { what, proposal: proposal.trim(), closesAt, agreePercent }
    return what === 'survey' && 'questions' in typed ? { what, isAnonymous, closesAt, questions: typed.questions } : null
  }
  const keep = async () => { if (lack === null && (await carry.run({ noticeId: carried.noticeId, carries: inputOf() }))) setDone(true) }
  return (
    <Screen
      title="带上什么" subtitle={carried.title}
      foot={isDone ? <Foot main={<Button onPress={goBack}>回到通知</Button>} /> : <Foot say={sentence} problem={carry.problem ? <Problem problem={carry.problem} /> : null} main={<Button isDisabled={lack !== null} isBusy={carry.isPending} onPress={keep}>就带这个</Button>} />}
    >
      <Box className="stack-wide">
        {isDone ? <Notice isAnnounced title="记下了">{sentence}</Notice> : null}
        <AnswerChoice label="带上什么" selected={[what]} answers={whats} onChoose={(key) => edit(setWhat)(key as What)} />
        {what === 'activity' ? (
          carried.activities.length === 0
            ? <Empty icon="calendar-days" title="没有能带的活动" next="通知只发给一个社区，才能带上那个社区还没开始的活动。" />
            : <AnswerChoice label="哪一个活动" selected={[activityId]} onChoose={edit(setActivityId)} answers={carried.activities.map((one) => ({ key: one.activityId, title: one.title, detail: `${whenWords(one.startsAt, one.endsAt, now)}，剩 ${one.remaining} 位` }))} />
        ) : null}
        {what === 'survey' || what === 'household' ? <Closes value={closesAt} until={validUntil} onChange={edit(setClosesAt)} /> : null}
        {what === 'survey' ? (
          <>
            <AnswerChoice label="记不记名" selected={[isAnonymous ? 'anonymous' : 'named']} onChoose={(key) => edit(setAnonymous)(key === 'anonymous')} answers={[{ key: 'named', title: '记名', detail: '家里人、社工可以替老人填，写明是谁' }, { key: 'anonymous', title: '不记名', detail: '只能本人填，少于 5 人的数不公布' }]} />
            {questions.map((question, index) => (
              <QuestionEditor key={question.key} number={index + 1} question={question} onChange={(next) => edit(setQuestions)(questions.map((one) => (one.key === question.key ? next : one)))} onRemove={questions.length === 1 ? undefined : () => edit(setQuestions)(questions.filter((one) => one.key !== question.key))} />
            ))}
            {questions.length < MOST_QUESTIONS ? <Button kind="outline" icon="plus" onPress={() => edit(setQuestions)([...questions, newQuestion(questions)])}>再问一题</Button> : null}
          </>
        ) : null}
        {what === 'household' ? (
          <>
            {carried.hasBuildings ? null : <Notice tone="gold" icon="circle-alert" title="先选发给哪几幢">各家意见要先在「发给谁」里写上幢号，才知道一共多少户。</Notice>}
            <Field label="要大家定的事" kind="many-words" value={proposal} onChange={edit(setProposal)} maxLength={80} placeholder="楼道里装扶手，费用街道出" />
            <SelectField label="同意的要到多少户才通过" value={String(agreePercent)} onChange={(key) => edit(setAgreePercent)(Number(key))} options={[...new Set([...shares, agreePercent])].sort((a, b) => a - b).map((share) => ({ key: String(share), words: `全部户数的 ${share}%` }))} />
            <Fact term="怎么算一户">一扇门算一户，看登记的门牌。</Fact>
          </>
        ) : null}
      </Box>
    </Screen>
  )
}

/** Until when answers count. */
function Closes({ value, until, onChange }: { value: number; until: number; onChange: (at: number) => void }) {
  const today = civilDate(serverNow())
  const last = civilDate(Math.min(until, serverNow() + DAYS_AHEAD * DAY))
  return (
    <Box className="stack">
      <DateField label="填到哪天" value={civilDate(value)} onChange={(onDate) => { if (onDate !== '') onChange(instantOf(onDate, minuteOfDay(value))) }} from={today} until={last} />
      <MinuteField label="填到几点" value={minuteOfDay(value)} onChange={(minute) => onChange(instantOf(civilDate(value), minute))} />
      <Box className="small">不能晚过通知的有效期：{beginsWords(until, serverNow())}。</Box>
    </Box>
  )
}
