/** One notice as staff sees it: its text and editions, what may be done with it, and how far it has reached. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Plot } from '@/components/plot'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { clockTime, DAY } from '@/domain/civil-time'
import { audienceWords, levelWords, rowStatus, stateWords, untilWords } from '@/services/notice-words'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { WorkPart } from './work-part'

type Work = OutputOf<'notice.work'>
type Reach = OutputOf<'notice.reach'>
type Asked = 'withdraw' | 'sendBack' | 'approve' | 'submit' | 'correct' | null

const LOOK_AGAIN_MS = 8_000
const PIN_DAYS = 3

export function WorkScreen({ noticeId }: { noticeId: string }) {
  const now = useServerNow()
  const work = useQuery('notice.work', { noticeId }, { pollMs: LOOK_AGAIN_MS })
  const [withdraw, decide, pin, submit, correct] = [useAction('notice.withdraw'), useAction('notice.decide'), useAction('notice.pin'), useAction('notice.submit'), useAction('notice.correct')]
  const [asked, setAsked] = useState<Asked>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = work
  const may = (act: Work['acts'][number]): boolean => output?.acts.includes(act) === true
  const done = (words: string) => { setAsked(null); setAnswered(words); work.reload() }
  const ask = (what: Asked) => { setAnswered(null); setAsked(what) }
  const no = () => setAsked(null)
  return (
    <Screen title="这条通知" subtitle={output ? audienceWords(output.audience, output.audience.communityNames) : undefined} foot={may('submit') && asked === null ? <Foot main={<Button isBusy={submit.isPending} onPress={async () => { if (await submit.run({ noticeId })) done('交上去了') }}>就这样发</Button>} problem={submit.problem ? <Problem problem={submit.problem} /> : null} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={work} shape="detail">
        {(shown) => (
          <>
            <Card>
              <Box className="stack">
                <Box className="between"><Heading level={2} className="lead">{shown.title}</Heading><Tag tone={rowStatus(shown, now).tone}>{rowStatus(shown, now).words}</Tag></Box>
                {shown.body.split('\n').map((line, index) => <Box key={`${index} ${line}`} className="body">{line}</Box>)}
                {shown.whatToDo ? <Fact term="要做的事">{shown.whatToDo}</Fact> : null}
                <Fact term="有多要紧">{levelWords[shown.level]}</Fact>
                <Fact term="有效到">{untilWords(shown.validUntil, now)}</Fact>
                {shown.deadlineAt === null ? null : <Fact term="人人要知道">{untilWords(shown.deadlineAt, now)} 以前</Fact>}
                {shown.publishAt !== null && shown.status === 'scheduled' ? <Fact term="几点发">{untilWords(shown.publishAt, now)}</Fact> : null}
                <Fact term="谁写的">{shown.byName}</Fact>
              </Box>
            </Card>
            {shown.returned ? <Notice tone="gold" icon="circle-alert" title={`${shown.returned.byName}退回来了`}>{shown.returned.words}</Notice> : null}
            {shown.withdrawn ? <Notice tone="gold" icon="circle-alert" title={`${shown.withdrawn.byName}撤回了`}>{shown.withdrawn.words}</Notice> : null}
            {shown.submission ? (
              <Card tone="gold">
                <Box className="stack-tight">
                  <Heading level={2} className="lead">{shown.why === 'content' ? '内容检查没通过，要人看一看' : '发给全街道，要第二个人点头'}</Heading>
                  {shown.edition > 0 ? <><Box className="body">改成：{shown.submission.title}</Box><Box className="body">{shown.submission.body}</Box></> : null}
                  <Box className="small">{shown.submission.byName} · {momentWords(shown.submission.at, now)}</Box>
                  {may('decide') && asked === null ? <Box className="pair"><Button kind="outline" onPress={() => ask('sendBack')}>退回去</Button><Button onPress={() => ask('approve')}>可以发</Button></Box> : may('decide') ? null : <Box className="body">您自己写的，请另一位同事来看。</Box>}
                </Box>
              </Card>
            ) : null}
            {asked === 'approve' ? <ConfirmSheet question={`「${shown.submission?.title ?? shown.title}」可以发？`} yes="可以发" isBusy={decide.isPending} onNo={no} onYes={async () => { if (await decide.run({ noticeId, isApproved: true })) done('发出去了') }}>{decide.problem ? <Problem problem={decide.problem} /> : null}</ConfirmSheet> : null}
            {asked === 'sendBack' ? <ReasonSheet question="退回给写的人？" yes="退回" isBusy={decide.isPending} problem={decide.problem} hint="写的人看得到" onNo={no} onYes={async (reason) => { if (await decide.run({ noticeId, isApproved: false, reason })) done('退回了') }} /> : null}
            {asked === 'withdraw' ? <ReasonSheet question={`撤回「${shown.title}」？`} yes="撤回" isDangerous isBusy={withdraw.isPending} problem={withdraw.problem} hint="收到过的人都看得到" onNo={no} onYes={async (reason) => { if (await withdraw.run({ noticeId, reason })) done('撤回了') }} /> : null}
            {asked === 'correct' ? <Correcting shown={shown} isBusy={correct.isPending} problem={correct.problem} onNo={no} onYes={async (text) => { const out = await correct.run({ noticeId, ...text }); if (out) done(out.why === null ? '改好了，会请大家再看一遍' : '改好了，等另一位同事看过再发') }} /> : null}
            <WorkPart shown={shown} />
            {may('reach') ? <ReachPart noticeId={noticeId} /> : null}
            {asked === null ? (
              <>
                {may('correct') ? <Button kind="outline" onPress={() => ask('correct')}>改一改再发</Button> : null}
                {may('pin') ? <Button kind="outline" isBusy={pin.isPending} onPress={async () => { const isUp = (shown.pinnedUntil ?? 0) > now; if (await pin.run({ noticeId, until: isUp ? null : Math.min(now + PIN_DAYS * DAY, shown.validUntil) })) done(isUp ? '不置顶了' : `置顶 ${PIN_DAYS} 天`) }}>{(shown.pinnedUntil ?? 0) > now ? '不置顶了' : `置顶 ${PIN_DAYS} 天`}</Button> : null}
                {pin.problem ? <Problem problem={pin.problem} /> : null}
                {may('withdraw') ? <Button kind="danger" onPress={() => ask('withdraw')}>撤回</Button> : null}
              </>
            ) : null}
            {shown.editions.length > 0 ? (
              <Card label="以前的样子"><Box className="stack"><Heading level={2} className="lead">以前的样子</Heading>{[...shown.editions].reverse().map((one) => <Box key={one.edition} className="stack-tight"><Box className="label">{momentWords(one.at, now)}{one.summary ? ` · 后来改：${one.summary}` : ''}</Box><Box className="body">{one.title}。{one.body}</Box></Box>)}</Box></Card>
            ) : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

function Correcting({ shown, isBusy, problem, onNo, onYes }: { shown: Work; isBusy: boolean; problem: Parameters<typeof Problem>[0]['problem'] | undefined; onNo: () => void; onYes: (text: { title: string; body: string; whatToDo: string | null; summary: string; pictures: { fileId: string; words: string }[]; attachments: { fileId: string; name: string }[] }) => void }) {
  const [text, setText] = useState({ title: shown.title, body: shown.body, whatToDo: shown.whatToDo ?? '', summary: '' })
  const edit = (part: Partial<typeof text>) => setText({ ...text, ...part })
  return (
    <ConfirmSheet
      question="改好以后，会请每个人再看一遍" yes="发改好的" isBusy={isBusy} isDisabled={text.summary.trim() === '' || text.title.trim() === '' || text.body.trim() === ''} onNo={onNo}
      onYes={() => onYes({ title: text.title, body: text.body, whatToDo: text.whatToDo.trim() === '' ? null : text.whatToDo, summary: text.summary, pictures: shown.pictures.map(({ fileId, words }) => ({ fileId, words })), attachments: shown.attachments.map(({ fileId, name }) => ({ fileId, name })) })}
    >
      <Box className="stack">
        <Field label="标题" value={text.title} onChange={(title) => edit({ title })} maxLength={30} />
        <Field label="要说的话" kind="many-words" value={text.body} onChange={(body) => edit({ body })} maxLength={2000} />
        <Field label="要做的一件事" value={text.whatToDo} onChange={(whatToDo) => edit({ whatToDo })} maxLength={60} />
        <Field label="改了什么" value={text.summary} onChange={(summary) => edit({ summary })} maxLength={60} placeholder="时间改到 9 点" hint="大家会看到这一句" />
        {problem ? <Problem problem={problem} /> : null}
      </Box>
    </ConfirmSheet>
  )
}

/** How far it has reached: in words, as a bar, by place, over time; and who is left. */
function ReachPart({ noticeId }: { noticeId: string }) {
  const reach = useQuery('notice.reach', { noticeId }, { pollMs: LOOK_AGAIN_MS })
  return <Content of={reach}>{(shown) => <ReachCard shown={shown} />}</Content>
}

function ReachCard({ shown }: { shown: Reach }) {
  const { counts } = shown
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const reached = counts.understood + counts.toldByPhone + counts.toldAtDoor
  const looked = shown.level === 'mustReach' ? reached : reached + counts.read
  const left = shown.byCommunity.reduce((sum, one) => ({ call: sum.call + one.toCall, visit: sum.visit + one.toVisit }), { call: 0, visit: 0 })
  return (
    <Card label="送到了多少人">
      <Box className="stack">
        <Heading level={2} className="lead">{shown.level === 'mustReach' ? '知道了' : '看过'} {looked} / {all} 人</Heading>
        <Bar share={all === 0 ? 0 : looked / all} />
        {shown.isWriting ? <Box className="body">还在一批一批送，过一会儿再看。</Box> : null}
        {(Object.keys(stateWords) as (keyof typeof stateWords)[]).filter((state) => counts[state] > 0).map((state) => <Fact key={state} term={stateWords[state]}>{counts[state]} 人</Fact>)}
        {left.call + left.visit > 0 ? <Box className="strong">还没知道的：{left.call} 人要打电话，{left.visit} 人要上门</Box> : null}
        {shown.helpOpen > 0 ? <Box className="strong">{shown.helpOpen} 人要帮忙</Box> : null}
        {shown.byCommunity.length > 1 ? shown.byCommunity.map((one) => <Fact key={one.communityId} term={one.communityName}>{one.reached} / {one.addressed}</Fact>) : null}
        {shown.byBuilding.filter((one) => one.building !== null).map((one) => <Fact key={one.building ?? ''} term={`${one.building ?? ''} 幢`}>{one.reached} / {one.addressed}</Fact>)}
        {reached > 0 ? <Plot label={`知道的人越来越多，到 ${clockTime(shown.overTime.at(-1)?.until ?? 0)} 一共 ${reached} 人`} upWords="知道了" downWords="还没知道" columns={shown.overTime.filter((_, index) => index % 3 === 2).map((span) => ({ key: String(span.until), words: clockTime(span.until), up: span.reached, down: all - span.reached }))} /> : null}
        {left.call > 0 ? <Button kind="outline" icon="phone-call" onPress={() => { void Taro.navigateTo({ url: `/pages/notice-work/duty/index?what=call&noticeId=${shown.noticeId}` }) }}>打电话的名单</Button> : null}
        {left.visit > 0 ? <Button kind="outline" icon="map-pin" onPress={() => { void Taro.navigateTo({ url: `/pages/notice-work/duty/index?what=visit&noticeId=${shown.noticeId}` }) }}>上门的名单</Button> : null}
      </Box>
    </Card>
  )
}
