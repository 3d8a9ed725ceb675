/** One notice in big type: read it, hear it sentence by sentence, say 我知道了, or ask for help. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { ReasonSheet } from '@/components/reason-sheet'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { askAfterNotice } from '@/domain/message-templates'
import { dial } from '@/services/device'
import { ackWords, levelWords, untilWords } from '@/services/notice-words'
import { useServerNow } from '@/services/server-clock'
import { useReadingOn } from '@/services/speech'
import { askForMessages } from '@/services/subscribe'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { readAloud } from '@/domain/notice-text'
import { NoticeBody } from './notice-body'

type Shown = OutputOf<'notice.show'>

export function NoticeScreen({ noticeId, elderId, carried }: { noticeId: string; elderId: string; /** draws what the notice carries besides its words */ carried: (part: Shown['part']) => ReactNode }) {
  const now = useServerNow()
  const notice = useQuery('notice.show', { noticeId, elderId })
  const [acknowledge, ask, read, consent] = [useAction('notice.acknowledge'), useAction('notice.askForHelp'), useAction('notice.read'), useAction('consent.record')]
  const [isAsking, setAsking] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = notice
  const may = (act: Shown['acts'][number]): boolean => output?.acts.includes(act) === true
  const sentences = output ? readAloud(output) : []
  const aloud = useReadingOn(noticeId, sentences)

  // Opened is told to the server once; a phone without network says it the next time.
  const told = useRef(0)
  useEffect(() => {
    if (output === undefined || notice.ageWords !== undefined || told.current === output.edition || !['notYetSent', 'sent', 'noQuota'].includes(output.state)) return
    told.current = output.edition
    void read.run({ noticeId, elderId })
  }, [output, notice.ageWords, noticeId, elderId, read])

  const edition = output?.edition ?? 1
  const know = async () => {
    if (await acknowledge.run({ noticeId, elderId, edition })) setAnswered(output?.isMe === false ? `替${output.elder.name}记下了，知道了` : '记下了，您知道了')
    notice.reload()
  }
  const help = async (words: string) => {
    if (await ask.run({ noticeId, elderId, edition, ...(words === '' ? {} : { words }) })) { setAsking(false); setAnswered('告诉社区了，会有人来帮忙') }
    notice.reload()
  }
  const remind = async () => {
    const answers = await askForMessages(askAfterNotice)
    await consent.run({ answers: Object.entries(answers).map(([templateId, answer]) => ({ templateId, answer })) })
    setAnswered(Object.values(answers).includes('accept') ? '好的，下次有通知就提醒您' : '没有打开提醒，通知在这里都能看')
  }
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
              <Heading level={2} className="hello">{shown.title}</Heading>
              <Box className="small">{momentWords(shown.listedAt, now)} · {shown.byName}{shown.isExpired ? ' · 过期了' : ` · 有效到${untilWords(shown.validUntil, now)}`}</Box>
              {shown.level === 'ordinary' ? null : <Tag tone={shown.level === 'mustReach' ? 'gold' : 'willow'}>{levelWords[shown.level]}</Tag>}
            </Box>
            <NoticeBody text={shown} readingNow={aloud.current} />
            <Box className="pair">
              <Button kind="outline" icon={aloud.isReading ? 'circle-pause' : 'volume-2'} onPress={aloud.onPress}>{aloud.isReading ? '停' : aloud.isPaused ? '接着读' : '读给我听'}</Button>
              {may('askForHelp') && !isAsking ? <Button kind="outline" icon="hand-heart" onPress={() => { setAnswered(null); setAsking(true) }}>要帮忙</Button> : null}
            </Box>
            {aloud.isUnavailable ? <Notice title="这部手机读不出声">字可以放大：我的 → 字号。</Notice> : null}
            {isAsking ? <ReasonSheet question={`${shown.isMe ? '您' : shown.elder.name}要帮什么忙？`} label="要帮什么忙" isOptional maxLength={80} hint="可以不写，社区会打电话来问" yes="请人来帮忙" isBusy={ask.isPending} problem={ask.problem} onNo={() => setAsking(false)} onYes={help} /> : null}
            <Standing shown={shown} now={now} />
            {carried(shown.part)}
            {shown.mayAskConsent && !may('acknowledge') ? <Button kind="outline" icon="bell" isBusy={consent.isPending} onPress={remind}>下次有通知，提醒我</Button> : null}
            {shown.dutyPhone ? <Button kind="outline" icon="phone-call" label={`打电话给社区，${shown.dutyPhone}`} onPress={() => dial(shown.dutyPhone)}>打电话给社区</Button> : null}
          </>
        )}
      </Content>
    </Screen>
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

function Standing({ shown, now }: { shown: Shown; now: number }) {
  const { help } = shown
  const isKnown = shown.state === 'understood' || shown.state === 'toldByPhone' || shown.state === 'toldAtDoor'
  return (
    <>
      {isKnown ? <Notice title={ackWords(shown, shown.isMe)}>{momentWords(shown.stateAt, now)}</Notice> : null}
      {help ? <Notice tone={help.state === 'done' ? 'willow' : 'gold'} icon="hand-heart" title={help.state === 'done' ? '帮忙的事办好了' : help.state === 'taken' ? `${help.takenByName ?? '社区'}来帮忙` : '要帮忙，社区已经收到'}>{help.doneWords ?? help.words ?? ''}</Notice> : null}
    </>
  )
}
