/** One notice as staff sees it: its text and editions, what may be done with it, and how far it has reached. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { BigText, WidePicture } from '@/components/big-text'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact, Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { DAY } from '@/domain/civil-time'
import { differences, linesOf } from '@/domain/notice-text'
import { openDocument } from '@/services/device'
import { audienceWords, levelWords, rowStatus, sizeWords } from '@/services/notice-words'
import { useServerNow } from '@/services/server-clock'
import { beginsWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { CorrectStep, Differences } from './correct-step'
import { ReachPart } from './reach-card'
import { WorkPart } from './work-part'

type Work = OutputOf<'notice.work'>
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
  const done = (words: string) => {
    setAsked(null)
    setAnswered(words)
    work.reload()
    void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined)
  }
  const ask = (what: Asked) => { setAnswered(null); setAsked(what) }
  const no = () => setAsked(null)
  return (
    <Screen title="这条通知" subtitle={output ? audienceWords(output.audience, output.audience.communityNames) : undefined} foot={may('submit') && asked === null ? <Foot other={may('edit') ? <Button kind="outline" onPress={() => { void Taro.navigateTo({ url: `/pages/notice-work/write/index?noticeId=${noticeId}` }) }}>接着写</Button> : undefined} main={<Button isBusy={submit.isPending} onPress={async () => { if (await submit.run({ noticeId })) done('交上去了') }}>就这样发</Button>} problem={submit.problem ? <Problem problem={submit.problem} /> : null} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={work} shape="detail">
        {(shown) => (
          <>
            <Card>
              <Box className="stack">
                <Box className="stack-tight"><Box className="inline"><Tag tone={rowStatus(shown, now).tone}>{rowStatus(shown, now).words}</Tag></Box><Heading level={2} className="hello">{shown.title}</Heading></Box>
                <BigText lines={linesOf(shown.body)} />
                {shown.pictures.map((picture) => <WidePicture key={picture.fileId} address={picture.url} words={picture.words} />)}
                {shown.attachments.length > 0 ? <Rows label="附件">{shown.attachments.map((file) => <Row key={file.fileId} icon="file-text" title={file.name} detail={sizeWords(file.bytes)} onPress={() => openDocument(file.url)} />)}</Rows> : null}
                {shown.whatToDo ? <Fact term="要做的事">{shown.whatToDo}</Fact> : null}
                <Fact term="有多要紧">{levelWords[shown.level]}</Fact>
                <Fact term="有效到">{beginsWords(shown.validUntil, now)}</Fact>
                {shown.deadlineAt === null ? null : <Fact term="人人要知道">{beginsWords(shown.deadlineAt, now)} 以前</Fact>}
                {shown.publishAt !== null && shown.status === 'scheduled' ? <Fact term="几点发">{beginsWords(shown.publishAt, now)}</Fact> : null}
                <Fact term="谁写的">{shown.byName}</Fact>
              </Box>
            </Card>
            {shown.returned ? <Notice tone="gold" icon="circle-alert" title={`${shown.returned.byName}退回来了`}>{shown.returned.words}</Notice> : null}
            {shown.withdrawn ? <Notice tone="gold" icon="circle-alert" title={`${shown.withdrawn.byName}撤回了`}>{shown.withdrawn.words}</Notice> : null}
            {shown.submission ? (
              <Card tone="gold">
                <Box className="stack-tight">
                  <Heading level={2} className="lead">{shown.why === 'content' ? '内容检查没通过，要人看一看' : '发给全街道，要第二个人点头'}</Heading>
                  {shown.edition > 0 ? <Differences label="要改的地方" differences={differences(shown, shown.submission)} /> : null}
                  <Box className="small">{shown.submission.byName} · {momentWords(shown.submission.at, now)}</Box>
                  {may('decide') && asked === null ? <Box className="pair"><Button kind="outline" onPress={() => ask('sendBack')}>退回去</Button><Button onPress={() => ask('approve')}>可以发</Button></Box> : may('decide') ? null : <Box className="body">您自己写的，请另一位同事来看。</Box>}
                </Box>
              </Card>
            ) : null}
            {asked === 'approve' ? <ConfirmSheet question={`「${shown.submission?.title ?? shown.title}」可以发？`} yes="可以发" isBusy={decide.isPending} onNo={no} onYes={async () => { if (await decide.run({ noticeId, isApproved: true })) done('发出去了') }}>{decide.problem ? <Problem problem={decide.problem} /> : null}</ConfirmSheet> : null}
            {asked === 'sendBack' ? <ReasonSheet question="退回给写的人？" yes="退回" isBusy={decide.isPending} problem={decide.problem} hint="写的人看得到" onNo={no} onYes={async (reason) => { if (await decide.run({ noticeId, isApproved: false, reason })) done('退回了') }} /> : null}
            {asked === 'withdraw' ? <ReasonSheet question={`撤回「${shown.title}」？`} yes="撤回" isDangerous isBusy={withdraw.isPending} problem={withdraw.problem} hint="收到过的人都看得到" onNo={no} onYes={async (reason) => { if (await withdraw.run({ noticeId, reason })) done('撤回了') }} /> : null}
            {asked === 'correct' ? <CorrectStep shown={shown} isBusy={correct.isPending} problem={correct.problem} onNo={no} onYes={async (text) => { const out = await correct.run({ noticeId, ...text }); if (out) done(out.why === null ? '改好了，会请大家再看一遍' : '改好了，等另一位同事看过再发') }} /> : null}
            <WorkPart shown={shown} />
            {may('reach') ? <ReachPart noticeId={noticeId} /> : null}
            {asked === null ? (
              <>
                {may('correct') ? <Button kind="outline" onPress={() => ask('correct')}>改一改再发</Button> : null}
                {may('pin') ? <Button kind="outline" isBusy={pin.isPending} onPress={async () => { const isUp = (shown.pinnedUntil ?? 0) > now; if (await pin.run({ noticeId, until: isUp ? null : Math.min(now + PIN_DAYS * DAY, shown.validUntil) })) done(isUp ? '不置顶了' : `置顶 ${PIN_DAYS} 天`) }}>{(shown.pinnedUntil ?? 0) > now ? '不置顶了' : `置顶 ${PIN_DAYS} 天`}</Button> : null}
                {pin.problem ? <Problem problem={pin.problem} /> : null}
                {may('withdraw') ? <Button kind="dangerOutline" onPress={() => ask('withdraw')}>撤回</Button> : null}
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
