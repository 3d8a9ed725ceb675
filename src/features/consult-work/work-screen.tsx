/** One consultation as staff see it: the person, what is asked, and what comes next: answer, consent, assessment, plan, review. */
import Taro, { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Listed } from '@/components/listed'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { ReasonSheet } from '@/components/reason-sheet'
import { Reveal } from '@/components/reveal'
import { Fact, Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { addDays, civilDate } from '@/domain/civil-time'
import { hasOwnPage } from '@/domain/consult-terms'
import { answerByWords, consentWords, courseOf, levelWords, stateWords, topicWords, wantWords, type ConsultView, type PlanItemView } from '@/services/consult-words'
import { dial } from '@/services/device'
import { serverNow, useServerNow } from '@/services/server-clock'
import { awayWords, identityChecks, type IdentityCheck } from '@/services/staff-words'
import { beginsWords, dateWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useUnmask } from '@/services/use-unmask'

/** 示例 policy, days. */
const CONSENT_DAYS = 180
const NEXT_REVIEW_DAYS = 30
type Asking = 'answer' | 'consent' | 'endConsent' | 'passOn' | 'close' | 'reopen' | 'review' | null
const open = (url: string) => { void Taro.navigateTo({ url }) }

export function ConsultWorkScreen({ consultationId }: { consultationId: string }) {
  const one = useQuery('consult.show', { consultationId })
  const take = useAction('consult.take')
  const [asking, setAsking] = useState<Asking>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const now = useServerNow()
  const { reload } = one
  useDidShow(reload)
  const done = (words: string) => { setAsking(null); setAnswered(words); reload() }
  const ask = (what: Asking) => { setAnswered(null); setAsking(what) }
  return (
    <Screen title={one.output?.elderName ?? '咨询'} subtitle={one.output?.communityName}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={one} shape="detail">
        {(view) => {
          const state = stateWords(view, true)
          const can = (act: ConsultView['acts'][number]) => view.acts.includes(act)
          return (
            <>
              <Who view={view} />
              <Card tone={state.tone === 'gold' ? 'gold' : 'plain'} label="问的事">
                <Box className="stack-tight">
                  <Box className="between"><Box className="lead">{topicWords[view.topic]}</Box><Tag tone={state.tone}>{state.words}</Tag></Box>
                  <Box className="body">{view.words}</Box>
                  <Box className="small">{wantWords[view.want]} · {momentWords(view.askedAt)} {view.askedByKinship ?? ''}{view.askedByName}问的</Box>
                  {view.consultantName ? <Box className="small">{view.consultantName}在办</Box> : null}
                  {view.answerBy === null ? null : <Box className="small">{answerByWords(view.answerBy, now)}</Box>}
                </Box>
              </Card>
              {take.problem ? <Problem problem={take.problem} /> : null}
              {can('take') ? <Button isBusy={take.isPending} onPress={async () => { if (await take.run({ consultationId })) done('接手了，老人会收到消息'); else reload() }}>接手</Button> : null}
              <Sheets view={view} asking={asking} onAsk={ask} onDone={done} />
              {asking === null && can('review') ? <Notice tone="gold" title="该回访了" actions={<Button onPress={() => ask('review')}>记回访</Button>}>打个电话，或者上门，问问做得怎么样。</Notice> : null}
              {can('answer') || can('plan') || can('consent') || can('endConsent')
                ? (
                  <>
                    <Heading level={2} className="section">一步一步来</Heading>
                    <Card label="一步一步来">
                      <Rows>
                        {can('answer') ? <Row icon="pencil" title="写答复" detail={view.answers.length > 0 ? `答复过 ${view.answers.length} 次` : '老人能看，也能听'} onPress={() => ask('answer')} /> : null}
                        {can('consent') ? <Row icon="shield-check" title="记下本人同意评估" detail="当面核对身份；家人不能代" onPress={() => ask('consent')} /> : null}
                        {can('endConsent') && view.consent ? <Row icon="shield-check" title="同意评估" detail={consentWords(view.consent)} onPress={() => ask('endConsent')} /> : null}
                        {can('assess') ? <Row icon="clipboard-list" title={view.draftAt === null ? '做评估' : '接着评估'} detail={view.draftAt === null ? (view.assessments.length > 0 ? `做过 ${view.assessments.length} 次` : '十样，当面问') : `${momentWords(view.draftAt)}存的草稿`} onPress={() => open(`/pages/consult/assess/index?consultationId=${consultationId}`)} /> : null}
                        {can('plan') ? <Row icon="hand-heart" title={view.plan ? '改照护计划' : '写照护计划'} detail={view.plan ? `${view.plan.items.length} 样` : '约什么由老人自己点'} onPress={() => open(`/pages/consult/plan/index?consultationId=${consultationId}`)} /> : null}
                      </Rows>
                    </Card>
                  </>
                )
                : null}
              {can('answerPlan') ? <Button kind="outline" onPress={() => open(`/pages/consult/case/index?consultationId=${consultationId}`)}>替老人答计划</Button> : null}
              <Listed title="答复过的" lines={view.answers.map((answer) => ({ title: answer.words, detail: `${answer.byName}，${momentWords(answer.at)}` }))} />
              {view.assessments.map((assessment) => <Found key={assessment.n} assessment={assessment} />)}
              {view.plan ? <Listed title="照护计划" lines={view.plan.items.map((item) => ({ title: item.title, detail: itemWords(item) }))} /> : null}
              <Listed title="回访" lines={view.reviews.map((review) => ({ title: review.words, detail: `${momentWords(review.at)} ${review.byName}，那时做过 ${review.done} 次` }))} />
              <Heading level={2} className="section">经过</Heading>
              <Card label="经过"><Timeline lines={courseOf(view.timeline)} /></Card>
              {asking === null && can('reopen') ? <Button kind="outline" onPress={() => ask('reopen')}>重新打开</Button> : null}
              {asking === null && can('passOn') ? <Button kind="outline" onPress={() => ask('passOn')}>转给全街道的顾问</Button> : null}
              {asking === null && can('close') ? <Button kind="quiet" onPress={() => ask('close')}>办结</Button> : null}
              {view.elder && view.elder.before.length > 0 ? <Heading level={2} className="section">以前问过</Heading> : null}
              {view.elder && view.elder.before.length > 0 ? <Card label="以前问过"><Rows>{view.elder.before.map((before) => <Row key={before.consultationId} title={topicWords[before.topic]} detail={momentWords(before.askedAt)} onPress={() => open(`/pages/consult/work/index?consultationId=${before.consultationId}`)} />)}</Rows></Card> : null}
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

const doneWords: Partial<Record<PlanItemView['what'], string>> = { meal: '送到了', stay: '住过了' }

/** What became of an item: 王敏约好了，清蒸鲈鱼，12月2日 周三 11:00. */
function itemWords(item: PlanItemView): string {
  switch (item.state) {
    case 'booked': return item.seriesId ? `做过 ${item.done} 次，约好还没到的 ${item.coming} 次` : item.booking?.status === 'cancelled' ? '约过，取消了' : `${item.done > 0 ? doneWords[item.what] ?? '做过了' : `${item.byName ?? ''}约好了`}${item.booking ? `，${hasOwnPage(item.what) ? `${item.booking.name}，` : ''}${beginsWords(item.booking.startsAt)}` : ''}`
    case 'booking': return '正在约'
    case 'wanted': return `${item.byName ?? ''}要了`
    case 'declined': return `${item.byName ?? ''}不要：${item.words ?? ''}`
    default: return '还没定'
  }
}

function Who({ view }: { view: ConsultView }) {
  const about = { by: 'consultation', consultationId: view.consultationId } as const
  const phone = useUnmask('phone', about, 'callBack')
  const address = useUnmask('address', about, 'visit')
  const { elder } = view
  if (elder === null) return null
  const isMine = view.acts.includes('answer')
  return (
    <Card label="老人">
      <Box className="stack">
        <PersonLine name={view.elderName} title={view.elderName} detail={[`${elder.age} 岁`, view.communityName, elder.livesAlone ? '独居' : ''].filter(Boolean).join(' · ')} />
        {elder.away ? <Notice tone="gold" title={`${elder.away === 'hospital' ? awayWords('hospital') : '现在不在家'}`}>上门、回访先等一等。</Notice> : null}
        <Box>
          <Fact term="手机">{elder.phoneMasked ?? '没有'}</Fact>
          <Fact term="地址">{elder.addressMasked ?? '没有登记'}</Fact>
          <Fact term="微信">{elder.hasAccount ? '在用' : '没有，要打电话或当面说'}</Fact>
        </Box>
        {isMine && elder.phoneMasked ? <Reveal ask="看手机号" icon="phone-call" question={`看${view.elderName}的手机号？会记下来，老人查得到。`} yes="看" value={phone.value} noneWords="没有登记手机号" isBusy={phone.isPending} problem={phone.problem} onReveal={phone.look} action={{ words: '拨打', icon: 'phone-call', onPress: dial }} /> : null}
        {isMine && elder.addressMasked ? <Reveal ask="看地址" icon="map-pin" question={`看${view.elderName}的地址？会记下来，老人查得到。`} yes="看" value={address.value} noneWords="没有登记地址" isBusy={address.isPending} problem={address.problem} onReveal={address.look} /> : null}
      </Box>
    </Card>
  )
}

function Found({ assessment }: { assessment: ConsultView['assessments'][number] }) {
  const { findings } = assessment
  return (
    <Card label={`第 ${assessment.n} 次评估`}>
      <Box className="stack-tight">
        <Box className="between"><Box className="lead">第 {assessment.n} 次评估</Box>{findings ? <Tag>{findings.score} 分</Tag> : null}</Box>
        <Box className="body">{findings ? `${levelWords(findings.level).title}。${findings.words ?? ''}` : '答案看不到：同意结束了，或者不是您在办。'}</Box>
        <Box className="small">{assessment.byName}，{momentWords(assessment.at)}</Box>
      </Box>
    </Card>
  )
}

interface SheetsProps {
  view: ConsultView
  asking: Asking
  onAsk: (what: Asking) => void
  onDone: (words: string) => void
}

function Sheets({ view, asking, onAsk, onDone }: SheetsProps) {
  const answer = useAction('consult.answer')
  const passOn = useAction('consult.passOn')
  const close = useAction('consult.close')
  const reopen = useAction('consult.reopen')
  const { consultationId } = view
  const onNo = () => onAsk(null)
  switch (asking) {
    case 'answer': return <ReasonSheet question={`答复${view.elderName}这边。写得短，老人好听。`} yes="送出" label="答复" maxLength={500} isBusy={answer.isPending} problem={answer.problem} onNo={onNo} onYes={async (words) => { if (await answer.run({ consultationId, words })) onDone('答复了，老人会收到消息') }} />
    case 'passOn': return <ReasonSheet question="转给全街道的顾问？您就不再看得到评估。" yes="转出去" label="为什么" isBusy={passOn.isPending} problem={passOn.problem} onNo={onNo} onYes={async (words) => { if (await passOn.run({ consultationId, words })) onDone('转出去了') }} />
    case 'close': return <ReasonSheet question={`办结${view.elderName}的咨询？约好的服务不会取消。`} yes="办结" label="为什么" isBusy={close.isPending} problem={close.problem} onNo={onNo} onYes={async (words) => { if (await close.run({ consultationId, words })) onDone('办结了') }} />
    case 'reopen': return <ReasonSheet question="重新打开？答复的时间重新算。" yes="重新打开" label="为什么" isBusy={reopen.isPending} problem={reopen.problem} onNo={onNo} onYes={async (words) => { if (await reopen.run({ consultationId, words })) onDone('重新打开了') }} />
    case 'consent': case 'endConsent': return <ConsentSheet view={view} isGiven={asking === 'consent'} onNo={onNo} onDone={onDone} />
    case 'review': return <ReviewSheet view={view} onNo={onNo} onDone={onDone} />
    case null: return null
  }
}

function ConsentSheet({ view, isGiven, onNo, onDone }: { view: ConsultView; isGiven: boolean; onNo: () => void; onDone: (words: string) => void }) {
  const set = useAction('consult.setConsent')
  const [check, setCheck] = useState<IdentityCheck | null>(null)
  const { consultationId, elderName } = view
  const untilOn = addDays(civilDate(serverNow()), CONSENT_DAYS)
  if (!isGiven) {
    return (
      <ConfirmSheet question={`${elderName}不同意评估了？答案马上删掉，不能恢复；照护计划还在。`} yes="删掉答案" isDangerous isBusy={set.isPending} onNo={onNo} onYes={async () => { if (await set.run({ consultationId, consent: null })) onDone('同意结束了，答案删了') }}>
        {set.problem ? <Problem problem={set.problem} /> : null}
      </ConfirmSheet>
    )
  }
  return (
    <ConfirmSheet question={`${elderName}本人当面同意：记下吃饭、洗澡、走路能不能自己来，只用来商量照料，到 ${dateWords(untilOn)}，随时能收回。`} yes="本人同意了" isBusy={set.isPending} isDisabled={check === null} onNo={onNo} onYes={async () => { if (check && (await set.run({ consultationId, consent: { untilOn, identityCheck: check } }))) onDone('记下了，可以评估') }}>
      {set.problem ? <Problem problem={set.problem} /> : null}
      <AnswerChoice label="怎么核对的身份" selected={check ? [check] : []} onChoose={(key) => setCheck(identityChecks.find((one) => one.key === key)?.key ?? null)} answers={identityChecks} />
    </ConfirmSheet>
  )
}

function ReviewSheet({ view, onNo, onDone }: { view: ConsultView; onNo: () => void; onDone: (words: string) => void }) {
  const review = useAction('consult.review')
  const [isLast, setLast] = useState<boolean | null>(null)
  const items = view.plan?.items ?? []
  const doneCount = items.reduce((sum, item) => sum + item.done, 0)
  const nextOn = addDays(civilDate(serverNow()), NEXT_REVIEW_DAYS)
  const { consultationId } = view
  return (
    <ReasonSheet
      question={`回访${view.elderName}：计划 ${items.length} 样，约了 ${items.filter((item) => item.state === 'booked').length} 样，服务做过 ${doneCount} 次。`} yes="记下" label="做得怎么样，要改什么" maxLength={300} isBusy={review.isPending} isDisabled={isLast === null} problem={review.problem} onNo={onNo}
      onYes={async (words) => { if (await review.run({ consultationId, words, nextOn: isLast === true ? null : nextOn })) onDone(isLast === true ? '回访记下了，办结了' : `回访记下了，${dateWords(nextOn)}再来`) }}
    >
      <AnswerChoice label="接下来" selected={isLast === null ? [] : [isLast ? 'end' : 'again']} onChoose={(key) => setLast(key === 'end')} answers={[{ key: 'again', title: `${dateWords(nextOn)}再回访` }, { key: 'end', title: '办结', detail: '约好的服务照做' }]} />
    </ReasonSheet>
  )
}
