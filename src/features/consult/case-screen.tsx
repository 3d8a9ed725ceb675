/** One consultation for the elder's side: what was answered, the consent, what an assessment found, the plan, and how it went. */
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { ReasonSheet } from '@/components/reason-sheet'
import { Screen } from '@/components/screen'
import { Timeline } from '@/components/timeline'
import { addDays, civilDate } from '@/domain/civil-time'
import { answerByWords, consentWords, courseOf, levelWords, stateWords, topicWords, wantWords, type ConsultView } from '@/services/consult-words'
import { dial } from '@/services/device'
import { serverNow, useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { dateWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { PlanPart } from './plan-part'

/** A consent given by a tap holds this long. 示例 policy. */
const CONSENT_DAYS = 180
type Asking = 'consent' | 'endConsent' | 'withdraw' | 'reopen' | null

export function ConsultCaseScreen({ consultationId }: { consultationId: string }) {
  const one = useQuery('consult.show', { consultationId })
  const [asking, setAsking] = useState<Asking>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const now = useServerNow()
  const { reload } = one
  useDidShow(reload)
  const done = (words: string | null) => { setAsking(null); setAnswered(words); reload() }
  return (
    <Screen title="乐龄顾问" subtitle={one.output ? `给 ${one.output.elderName}` : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={one} shape="detail">
        {(view) => (
          <>
            <PersonBar name={view.elderName} words={`${topicWords[view.topic]} · ${wantWords[view.want]}`} />
            <HowFar view={view} now={now} />
            {view.plan ? <PlanPart view={view} plan={view.plan} onChanged={done} /> : null}
            {view.answers.length > 0 || view.assessments.length > 0 || view.consent !== null ? <Heading level={2} className="section">顾问说的、看到的</Heading> : null}
            {view.answers.map((answer) => <Answer key={answer.at} answer={answer} />)}
            <Consent view={view} asking={asking} onAsk={(what) => { setAnswered(null); setAsking(what) }} onDone={done} />
            {view.assessments.map((assessment) => <Found key={assessment.n} assessment={assessment} isGone={view.consent === null} />)}
            {view.reviews.map((review) => <Card key={review.at} label="回访"><Box className="stack-tight"><Box className="lead">{momentWords(review.at)} {review.byName}回访</Box><Box className="body">{review.words}</Box><Box className="small">那时计划里的服务做过 {review.done} 次</Box></Box></Card>)}
            <Heading level={2} className="section">经过</Heading>
            <Card label="经过"><Timeline lines={courseOf(view.timeline)} /></Card>
            <Ends view={view} asking={asking} onAsk={(what) => { setAnswered(null); setAsking(what) }} onDone={done} />
            <Button kind="quiet" icon="phone-call" onPress={() => dial(view.dutyPhone)}>打电话给社区</Button>
          </>
        )}
      </Content>
    </Screen>
  )
}

function HowFar({ view, now }: { view: ConsultView; now: number }) {
  const { words, tone } = stateWords(view)
  const next = view.answerBy !== null ? `${answerByWords(view.answerBy, now)}。到时候没人答复，会转给别的顾问，也会告诉社工。`
    : view.state === 'planned' && view.reviewOn ? `${dateWords(view.reviewOn)}，顾问会来问问怎么样。` : view.state === 'answered' ? '还有不明白的，可以接着问。' : null
  return <Notice tone={tone === 'gold' ? 'gold' : 'willow'} title={words}>{[view.consultantName ? `顾问是${view.consultantName}。` : '', next ?? ''].join('') || null}</Notice>
}

function Answer({ answer }: { answer: ConsultView['answers'][number] }) {
  const read = useReadAloud(`顾问${answer.byName}说：${answer.words}`)
  return (
    <Card tone="willow" label="顾问的答复">
      <Box className="stack">
        <Box className="small">顾问{answer.byName}，{momentWords(answer.at)}</Box>
        <Box className="lead">{answer.words}</Box>
        <ReadAloud {...read} />
      </Box>
    </Card>
  )
}

function Found({ assessment, isGone }: { assessment: ConsultView['assessments'][number]; isGone: boolean }) {
  const { findings } = assessment
  const level = findings ? levelWords(findings.level) : null
  const read = useReadAloud(findings && level ? `评估的结果，${level.title}。${level.words}一百分里得 ${findings.score} 分。${findings.words ?? ''}` : '评估做过。')
  return (
    <Card label="评估">
      <Box className="stack">
        <Box className="small">{momentWords(assessment.at)} 顾问{assessment.byName}评估</Box>
        {findings && level
          ? (
            <>
              <Box className="lead">{level.title}</Box>
              <Box className="body">{level.words}100 分里得 {findings.score} 分，分越高，自己能做的越多。</Box>
              {findings.words ? <Box className="body">{findings.words}</Box> : null}
              <Box className="small">用的是日常生活能力表（Barthel 指数），示例。不是评残，也不定补贴。</Box>
              <ReadAloud {...read} />
            </>
          )
          : <Box className="body">{isGone ? '同意结束了，答案已经删掉。' : '结果只给本人、能看记录的家人和顾问看。'}</Box>}
      </Box>
    </Card>
  )
}

interface Acting {
  view: ConsultView
  asking: Asking
  onAsk: (what: Asking) => void
  onDone: (words: string | null) => void
}

function Consent({ view, asking, onAsk, onDone }: Acting) {
  const set = useAction('consult.setConsent')
  const { consultationId } = view
  const untilOn = addDays(civilDate(serverNow()), CONSENT_DAYS)
  const question = `同意顾问${view.consultantName ?? ''}记下您吃饭、洗澡、走路这些能不能自己来？只用来商量怎么照料您，到 ${dateWords(untilOn)}。随时可以不同意，答案就删掉。`
  const read = useReadAloud(question)
  if (asking === 'consent') {
    return (
      <ConfirmSheet question={question} yes="同意" isBusy={set.isPending} onNo={() => onAsk(null)} onYes={async () => { if (await set.run({ consultationId, consent: { untilOn } })) onDone('同意了，顾问可以评估了') }}>
        {set.problem ? <Problem problem={set.problem} /> : null}
        <ReadAloud {...read} />
      </ConfirmSheet>
    )
  }
  if (asking === 'endConsent') {
    return (
      <ConfirmSheet question="不同意了？评估的答案马上删掉，不能恢复。照护计划还在。" yes="不同意了" isDangerous isBusy={set.isPending} onNo={() => onAsk(null)} onYes={async () => { if (await set.run({ consultationId, consent: null })) onDone('删掉了，照护计划还在') }}>
        {set.problem ? <Problem problem={set.problem} /> : null}
      </ConfirmSheet>
    )
  }
  if (view.consent) {
    return (
      <Card label="同意评估">
        <Box className="stack">
          <Box className="stack-tight"><Box className="lead">同意评估</Box><Box className="body">{consentWords(view.consent)}</Box></Box>
          {view.acts.includes('endConsent') ? <Button kind="quiet" onPress={() => onAsk('endConsent')}>不同意了，删掉答案</Button> : null}
        </Box>
      </Card>
    )
  }
  if (view.acts.includes('consent') && view.want === 'visit') {
    return <Notice icon="shield-check" title={view.as === 'socialWorker' ? '评估要本人同意' : '评估前，要您点头'} actions={view.as === 'socialWorker' ? undefined : <Button kind="outline" onPress={() => onAsk('consent')}>看看，再决定</Button>}>{view.as === 'socialWorker' ? '本人在自己手机上点，或者由顾问、社工当面核对身份以后记下。' : '顾问要记下您吃饭、洗澡、走路能不能自己来。'}</Notice>
  }
  return view.as === 'family' && view.want === 'visit' && view.plan === null && view.state === 'taken' ? <Notice tone="gold" icon="shield-check" title="评估要老人本人同意">请{view.elderName}在自己手机上点，或者顾问上门时当面说。家人不能代。</Notice> : null
}

function Ends({ view, asking, onAsk, onDone }: Acting) {
  const close = useAction('consult.close')
  const reopen = useAction('consult.reopen')
  const { consultationId } = view
  if (asking === 'withdraw') {
    return (
      <ConfirmSheet question="不用了，把这件事撤回？约好的服务不会取消。" yes="撤回" isBesides isBusy={close.isPending} onNo={() => onAsk(null)} onYes={async () => { if (await close.run({ consultationId })) onDone('撤回了') }}>
        {close.problem ? <Problem problem={close.problem} /> : null}
      </ConfirmSheet>
    )
  }
  if (asking === 'reopen') return <ReasonSheet question="接着问，想问什么？" yes="送给顾问" label="想问什么" maxLength={300} isBusy={reopen.isPending} problem={reopen.problem} onNo={() => onAsk(null)} onYes={async (words) => { if (await reopen.run({ consultationId, words })) onDone('送给顾问了') }} />
  return (
    <>
      {view.acts.includes('reopen') ? <Button kind="outline" onPress={() => onAsk('reopen')}>接着问</Button> : null}
      {view.acts.includes('withdraw') ? <Button kind="quiet" onPress={() => onAsk('withdraw')}>不用了，撤回</Button> : null}
    </>
  )
}
