/** One notice in big type: read it, hear it sentence by sentence, say 我知道了, ask for help, or hand it on to the group of the building. */
import Taro from '@tarojs/taro'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { OutputOf } from '@/contract'
import { BigText } from '@/components/big-text'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem, type ProblemWords } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { ReasonSheet } from '@/components/reason-sheet'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { civilDate, clockTime, spokenDate } from '@/domain/civil-time'
import { askAfterNotice } from '@/domain/message-templates'
import { linesOf, readAloud } from '@/domain/notice-text'
import { isReached, isUnopened } from '@/domain/reach'
import { dial } from '@/services/device'
import { ackWords, consentQuestion, levelWords } from '@/services/notice-words'
import { useServerNow } from '@/services/server-clock'
import { useReadingOn } from '@/services/speech'
import { beginsWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useReminder } from '@/services/use-reminder'
import { NoticeBody } from './notice-body'
import type { CardText } from './share-card'
import { SharePart } from './share-part'

type Shown = OutputOf<'notice.show'>

export function NoticeScreen({ noticeId, elderId, carried }: { noticeId: string; elderId: string; /** draws what the notice carries besides its words */ carried: (part: Shown['part']) => ReactNode }) {
  const now = useServerNow()
  const notice = useQuery('notice.show', { noticeId, elderId })
  const [acknowledge, ask, read] = [useAction('notice.acknowledge'), useAction('notice.askForHelp'), useAction('notice.read')]
  const reminder = useReminder(askAfterNotice)
  const [isAsking, setAsking] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const [asked, setAsked] = useState<'accept' | 'reject' | null>(null)
  const { output } = notice
  const may = (act: Shown['acts'][number]): boolean => output?.acts.includes(act) === true
  const sentences = output ? readAloud(output) : []
  const aloud = useReadingOn(`${noticeId}_${output?.edition ?? 0}`, sentences)

  // Opened is told to the server once; a phone without network says it the next time.
  const told = useRef(0)
  useEffect(() => {
    if (output === undefined || notice.ageWords !== undefined || told.current === output.edition || !isUnopened(output.state)) return
    told.current = output.edition
    void read.run({ noticeId, elderId })
  }, [output, notice.ageWords, noticeId, elderId, read])

  const edition = output?.edition ?? 1
  // What was said stands on top, wherever the page was scrolled to.
  const say = (words: string) => { setAnswered(words); void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined) }
  const know = async () => {
    if (await acknowledge.run({ noticeId, elderId, edition })) say(output?.isMe === false ? `替${output.elder.name}记下了，知道了` : '记下了，您知道了')
    notice.reload()
  }
  const help = async (words: string) => {
    if (await ask.run({ noticeId, elderId, edition, ...(words === '' ? {} : { words }) })) { setAsking(false); say('告诉社区了，会有人来帮忙') }
    notice.reload()
  }
  const remind = async () => { setAsked((await reminder.ask()) ?? null) }
  const card = useMemo((): CardText => ({
    title: output?.title ?? '', body: output?.body ?? '', whatToDo: output?.whatToDo ?? null, small: output ? `${output.placeNames.join('、')} · 有效到${spokenDate(civilDate(output.validUntil))} ${clockTime(output.validUntil)}` : '',
    foot: output?.dutyPhone ? `不清楚就问社区：${output.dutyPhone}` : '不清楚就问社区',
  }), [output])
  const foot = may('acknowledge') && !isAsking && output
    ? <Foot {...(output.isMe ? {} : { say: `替${output.elder.name}说知道了，${output.elder.name}看得到是您说的。` })} problem={acknowledge.problem ? <Problem problem={acknowledge.problem} /> : null} main={<Button isBusy={acknowledge.isPending} onPress={know}>我知道了</Button>} />
    : undefined
  return (
    <Screen title="通知" subtitle={output?.placeNames.join('、')} foot={foot}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={notice} shape="detail">
        {(shown) => (
          <>
            {shown.isMe ? null : <PersonLine name={shown.elder.name} title={`给 ${shown.elder.name} 的`} detail={shown.elder.communityName} />}
            {shown.withdrawn ? <Notice tone="gold" icon="circle-alert" title="这条通知撤回了">{shown.withdrawn.words}</Notice> : null}
            {shown.corrected ? <Corrected corrected={shown.corrected} /> : null}
            <Box className="stack-tight">
              <Heading level={2} className="hello"><BigText isTitle lines={linesOf(shown.title)} readingAt={aloud.at} /></Heading>
              <Box className="small">{momentWords(shown.listedAt, now)} · {shown.byName}{shown.isExpired ? ' · 过期了' : ` · 有效到${beginsWords(shown.validUntil, now)}`}</Box>
              {shown.level === 'ordinary' ? null : <Box className="inline"><Tag tone={shown.level === 'mustReach' ? 'gold' : 'willow'}>{levelWords[shown.level]}</Tag></Box>}
            </Box>
            <NoticeBody text={shown} readingAt={aloud.at} />
            <Box className={may('askForHelp') && !isAsking ? 'pair' : undefined}>
              <Button kind="outline" icon={aloud.isReading ? 'circle-pause' : 'volume-2'} onPress={aloud.onPress}>{aloud.isReading ? '停' : aloud.isPaused ? '接着读' : '读给我听'}</Button>
              {may('askForHelp') && !isAsking ? <Button kind="outline" icon="hand-heart" onPress={() => { setAnswered(null); setAsking(true) }}>要帮忙</Button> : null}
            </Box>
            {aloud.isUnavailable ? <Notice isAnnounced title="这部手机读不出声">字可以放大：到「我的」里选字大小。</Notice> : null}
            {isAsking ? <ReasonSheet question={`${shown.isMe ? '您' : shown.elder.name}要帮什么忙？`} label="要帮什么忙" isOptional maxLength={80} hint="可以不写，社区会打电话来问" yes="请人来帮忙" isBusy={ask.isPending} problem={ask.problem} onNo={() => setAsking(false)} onYes={help} /> : null}
            <Standing shown={shown} now={now} isSaid={answered !== null} />
            {carried(shown.part)}
            {shown.mayAskConsent && !may('acknowledge') && shown.withdrawn === null && asked === null ? <AskConsent question={consentQuestion(shown.title, shown.isMe ? null : shown.elder.name)} isBusy={reminder.isPending} problem={reminder.problem} onYes={remind} onNo={() => setAsked('reject')} /> : null}
            {asked === 'accept' ? <Notice isAnnounced icon="bell" title="好的，下一次会提醒您">发一条微信消息，只发一次。看过以后可以再请我们提醒。</Notice> : null}
            {shown.withdrawn === null ? <SharePart text={card} /> : null}
            {shown.dutyPhone ? <Button kind="outline" icon="phone-call" label={`打电话给社区，${shown.dutyPhone}`} onPress={() => dial(shown.dutyPhone)}>打电话给社区</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** 下次停水，要不要提醒您: asked once the notice was read, never before. A no is a no. */
function AskConsent({ question, isBusy, problem, onYes, onNo }: { question: string; isBusy: boolean; problem: ProblemWords | undefined; onYes: () => Promise<void>; onNo: () => void }) {
  return (
    <Card tone="willow" label={question}>
      <Box className="stack">
        <Box className="lead">{question}</Box>
        {problem ? <Problem problem={problem} /> : null}
        <Box className="pair"><Button kind="outline" onPress={onNo}>不用了</Button><Button kind="outline" icon="bell" isBusy={isBusy} onPress={onYes}>提醒我</Button></Box>
      </Box>
    </Card>
  )
}

/** What was understood already, and what is different now. */
function Corrected({ corrected }: { corrected: NonNullable<Shown['corrected']> }) {
  return (
    <Card tone="gold">
      <Box className="stack-tight">
        <Heading level={2} className="lead">这条通知改过了{corrected.summary ? `：${corrected.summary}` : ''}</Heading>
        {corrected.differences.map((one) => (
          <Box key={`${one.was ?? ''} ${one.is ?? ''}`} className="body">{one.was ? <Box className="body">原来：{one.was}</Box> : null}{one.is ? <Box className="strong">现在：{one.is}</Box> : <Box className="strong">现在没有这一句了</Box>}</Box>
        ))}
      </Box>
    </Card>
  )
}

function Standing({ shown, now, isSaid }: { shown: Shown; now: number; isSaid: boolean }) {
  const { help } = shown
  return (
    <>
      {isReached(shown.state) && !isSaid ? <Notice title={ackWords(shown, shown.isMe)}>{momentWords(shown.stateAt, now)}</Notice> : null}
      {help ? <Notice tone={help.state === 'done' ? 'willow' : 'gold'} icon="hand-heart" title={help.state === 'done' ? '帮忙的事办好了' : help.state === 'taken' ? `${help.takenByName ?? '社区'}来帮忙` : '要帮忙，社区已经收到'}>{help.doneWords ?? help.words ?? ''}</Notice> : null}
    </>
  )
}
