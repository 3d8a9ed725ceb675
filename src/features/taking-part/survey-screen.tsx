/** 问卷、各家意见: what is asked, in big type; what was said is read back before it is handed in; and what came of it. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { WhoIsItFoot } from '@/components/who-is-it'
import type { InputOf } from '@/contract'
import { useIdentity } from '@/services/identity'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { optionWords, saidWords, standingWords, type Survey } from '@/services/taking-part-words'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { ResultCard } from './result-card'

type Said = InputOf<'survey.answer'>['said'][number]
type Question = Survey['questions'][number]

/** Longest answer in one's own words. */
const MOST_WORDS = 200

export function SurveyScreen({ noticeId, elderId }: { noticeId: string; elderId: string }) {
  const now = useServerNow()
  const survey = useQuery('survey.show', { noticeId, elderId })
  const answer = useAction('survey.answer')
  const identity = useIdentity(elderId)
  const [given, setGiven] = useState<Readonly<Record<string, Said>>>({})
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = survey
  const said = Object.values(given).filter((one) => one.optionIds.length > 0 || one.words !== null)
  const lack = output?.questions.find((question) => question.kind !== 'words' && !said.some((one) => one.questionId === question.questionId))
  const whose = output === undefined ? '' : output.isMe ? (output.unit === 'household' ? '您家' : '您') : output.unit === 'household' ? `${output.elder.name}家` : `替${output.elder.name}`
  const sentence = output === undefined ? '' : lack ? `还没有答：${lack.words}` : `${whose}说：${saidWords(output, said)}交了就不改。`
  const aloud = useReadAloud(sentence)
  const change = (one: Said) => { answer.clear(); setGiven({ ...given, [one.questionId]: one }) }
  const hand = async () => {
    if (await answer.run({ noticeId, elderId, said, ...identity.given })) setAnswered(output?.isMe === false ? `替${output.elder.name}交好了` : '交好了，谢谢您')
    survey.reload()
  }
  const foot = output?.mayAnswer !== true ? undefined
    : answer.problem !== undefined && answer.code === 'IDENTITY_REQUIRED' ? <WhoIsItFoot problem={answer.problem} onHere={() => { answer.clear(); identity.isHere() }} onAsk={() => { answer.clear(); identity.ask() }} />
      : <Foot say={sentence} problem={answer.problem === undefined ? null : <Problem problem={answer.problem} />} other={<ReadAloud {...aloud} />} main={<Button isDisabled={lack !== undefined} isBusy={answer.isPending} onPress={hand}>交上去</Button>} />
  return (
    <Screen title={output?.unit === 'household' ? '各家意见' : '问卷'} subtitle={output?.title} foot={foot}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={survey} shape="detail">
        {(shown) => (
          <Box className="stack-wide">
            <PersonLine name={shown.elder.name} title={shown.elder.name} detail={shown.isMe ? '您自己' : '您替这位办'} />
            <Box className="body">{standingWords(shown, now)}</Box>
            <Promised shown={shown} />
            <WhyNot shown={shown} />
            {shown.mine ? <Mine shown={shown} mine={shown.mine} now={now} /> : null}
            {shown.mayAnswer ? shown.questions.map((question) => <Asked key={question.questionId} question={question} said={given[question.questionId]} onSay={change} />) : null}
            {shown.result ? <ResultCard survey={shown} result={shown.result} /> : null}
          </Box>
        )}
      </Content>
    </Screen>
  )
}

/** What is promised before anybody answers. */
function Promised({ shown }: { shown: Survey }) {
  if (shown.state !== 'open') return null
  if (shown.isAnonymous) return <Notice icon="shield-check" title="不记名">只记下谁填过了。填了什么，谁也查不到是谁填的。写话的时候，请不要写名字。</Notice>
  return <Notice icon="users" title={shown.unit === 'household' ? '一户说一次' : '记名'}>{shown.unit === 'household' ? `同意的到了全部户数的 ${shown.agreePercent ?? 0}%，就通过。社区看得到每家怎么说。` : '社区看得到是谁填的。家里人可以替老人填，会写明是谁替的。'}</Notice>
}

function WhyNot({ shown }: { shown: Survey }) {
  switch (shown.whyNot) {
    case 'SELF_ONLY':
      return <Notice tone="gold" icon="circle-alert" title="这份要本人填">不记名的问卷，别人替填就知道填了什么。请{shown.elder.name}用自己的手机填。</Notice>
    case 'UNVERIFIED':
      return <Notice tone="gold" icon="circle-alert" title="社工还没有见过您">请带身份证到社区核对一下，再来填。</Notice>
    case 'ADDRESS_MISSING':
      return <Notice tone="gold" icon="circle-alert" title="还不知道是哪一户">一户说一次，要先知道门牌。请在「我的」里填上，或者告诉社工。</Notice>
    case null:
      return null
  }
}

function Mine({ shown, mine, now }: { shown: Survey; mine: NonNullable<Survey['mine']>; now: number }) {
  const who = mine.as === 'elder' ? (shown.isMe && mine.isMine ? '您' : mine.byName) : `${mine.kinship ?? (mine.as === 'socialWorker' ? '社工' : '')}${mine.byName}`
  const title = shown.unit === 'household' ? `${who}替家里说过了` : mine.as === 'elder' ? `${who}填过了` : `${who}替${shown.isMe ? '您' : shown.elder.name}填了`
  return <Notice title={mine.at === null ? title : `${title}，${momentWords(mine.at, now)}`}>{mine.said.length > 0 ? saidWords(shown, mine.said) : shown.isAnonymous ? '填了什么没有记在您名下，所以这里也看不到。' : '一户说一次，说了就不改。'}</Notice>
}

function Asked({ question, said, onSay }: { question: Question; said: Said | undefined; onSay: (said: Said) => void }) {
  const { questionId, kind, words, options } = question
  const chosen = said?.optionIds ?? []
  if (kind === 'words') return <Field label={`${words}（可以不写）`} kind="many-words" value={said?.words ?? ''} onChange={(typed) => onSay({ questionId, optionIds: [], words: typed.trim() === '' ? null : typed })} maxLength={MOST_WORDS} />
  const choose = (key: string) => onSay({ questionId, words: null, optionIds: kind !== 'several' ? [key] : chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key] })
  return (
    <Box className="stack">
      <Heading level={2} className="lead">{words}{kind === 'several' ? '（可以选几样）' : ''}</Heading>
      <AnswerChoice label={words} isMany={kind === 'several'} selected={chosen} onChoose={choose} answers={options.map((option) => ({ key: option.optionId, title: optionWords(kind, option) }))} />
    </Box>
  )
}
