/**
 * One safety case, live and the same for everyone on the ladder: who it is about, how long it is open, whom the clock has
 * come to, what was done, and exactly what the person who reads can do now. The elder reads it too, in fewer words.
 */
import { useState } from 'react'
import { Box, Heading, Words } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { clockTime } from '@/domain/civil-time'
import { dial, EMERGENCY } from '@/services/device'
import { caseLines, elderWords, findingWords, isAtItsEnd, ladderLines, newsWords, reasonWords, reportChoices, tickingWords, type Reader, type Report, type SafetyView } from '@/services/safety-words'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction, type Act } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { CasePhones } from './case-phones'
import { CloseStep } from './close-step'

const LOOK_AGAIN_MS = 4_000
const TICK_MS = 1_000

type Asking = Report | 'take' | 'close' | null

function readerOf(safety: SafetyView, me: string | undefined): Reader {
  const member = safety.as === 'family' ? safety.family.find((one) => one.personId === me) : undefined
  return { isElder: safety.as === 'elder', elderName: safety.elderName, family: member ?? null }
}

/** `isAgain`: it was there already when it was called for. `closes`: opened to be closed. */
export function CaseScreen({ safetyCaseId, isAgain, closes }: { safetyCaseId: string; isAgain: boolean; closes: boolean }) {
  const me = useMyId()
  const safety = useQuery('safety.show', safetyCaseId === '' ? null : { safetyCaseId }, { pollMs: LOOK_AGAIN_MS })
  const take = useAction('safety.take')
  const fine = useAction('safety.saysFine')
  const [asking, setAsking] = useState<Asking>(closes ? 'close' : null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = safety
  const may = (act: SafetyView['acts'][number]): boolean => output?.acts.includes(act) === true

  const done = (words: string | null) => { setAsking(null); setAnswered(words); safety.reload() }
  const ask = (next: Asking) => { take.clear(); setAnswered(null); setAsking(next) }
  const takeOver = async () => {
    if (!output) return
    if (await take.run({ safetyCaseId, takenById: output.takenById })) done(output.as === 'family' ? '好的，您来联系。大家都看得到。' : '好的，您去看看。大家都看得到。')
    else { setAsking(null); safety.reload() }
  }

  if (output && asking === 'close' && may('close')) {
    return <CloseStep safety={output} meAsFamily={output.as === 'family' ? (me ?? null) : null} onBack={() => setAsking(null)} onDone={() => done(`${output.elderName}的事了结了`)} />
  }
  return (
    <Screen title={output ? reasonWords(output.newest.reason) : '安全事件'} subtitle={output?.communityName} foot={output ? <CaseFoot safety={output} isAsking={asking !== null && asking !== 'close'} take={take} fine={fine} onTake={takeOver} onAsk={ask} onFine={() => done(null)} /> : undefined}>
      {answered ? <Notice isAnnounced title={answered} /> : isAgain && output?.status !== 'closed' ? <Notice isAnnounced tone="gold" title="已经在叫了">大家看得到您又按了一次，不用再按。</Notice> : null}
      <Content of={safety} shape="detail">
        {(shown) => {
          const reader = readerOf(shown, me)
          const report = reportChoices.find((one) => one.key === asking)
          return (
            <>
              {shown.as === 'elder' ? <ToTheElder safety={shown} /> : <Who safety={shown} />}
              {shown.closed ? <Closed safety={shown} /> : null}
              {isAtItsEnd(shown) ? <LastResort safety={shown} /> : null}
              {asking === 'take' && shown.takenByName
                ? <ConfirmSheet question={`${shown.takenByName}已经接手了。换您来？`} yes="换我来" isBusy={take.isPending} onNo={() => setAsking(null)} onYes={takeOver} />
                : null}
              {shown.status === 'closed' ? null : shown.as === 'elder' ? <ElderPhone safety={shown} /> : <CasePhones safety={shown} mayLook={shown.as === 'socialWorker'} onEmergency={() => { if (may('report')) ask('called120') }} />}
              {report ? <ReportSheet key={report.key} safetyCaseId={safetyCaseId} choice={report} onNo={() => setAsking(null)} onDone={() => done(`记下了：${report.title}`)} /> : null}
              {may('report') && !report ? <Reports onChoose={ask} /> : null}
              {shown.rungs.length > 0 && shown.status !== 'closed' ? <Heading level={2} className="section">{shown.round > 1 ? `依次找谁，第 ${shown.round} 遍` : '依次找谁'}</Heading> : null}
              {shown.rungs.length > 0 && shown.status !== 'closed'
                ? (
                  <Card>
                    <Box className="stack">
                      {shown.isNight ? <Box className="small">夜里，先找最近的人。</Box> : null}
                      <Timeline label="依次找谁" lines={ladderLines(shown, reader)} />
                    </Box>
                  </Card>
                )
                : null}
              <Heading level={2} className="section">经过</Heading>
              <CaseTimeline safety={shown} reader={reader} />
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

/** Ticks by itself, so that the rest of the screen does not. */
function OpenFor({ openedAt }: { openedAt: number }) {
  const now = useServerNow(TICK_MS)
  return <Words className="tabular strong">{tickingWords(now - openedAt)}</Words>
}

function Who({ safety }: { safety: SafetyView }) {
  return (
    <Card tone={safety.status === 'closed' ? 'plain' : 'sos'} label={`${reasonWords(safety.newest.reason)}：${safety.elderName}`}>
      <Box className="stack">
        <Box className="between">
          <Tag tone={safety.status === 'closed' ? 'plain' : 'sos'}>{safety.status === 'closed' ? '已了结' : reasonWords(safety.newest.reason)}</Tag>
          {safety.status === 'closed' ? null : <OpenFor openedAt={safety.openedAt} />}
        </Box>
        {newsWords(safety) ? <Box className="danger">{newsWords(safety)}</Box> : null}
        <PersonLine name={safety.elderName} title={`${safety.elderName} ${safety.age} 岁${safety.livesAlone ? ' · 独居' : ''}`} detail={safety.communityName} />
        {safety.newest.words ? <Box className="body">{safety.newest.words}</Box> : null}
        {safety.status === 'taken' ? <Box className="accent">{safety.takenByMe ? '您接手了' : `${safety.takenByName ?? ''}接手了`}</Box> : null}
      </Box>
    </Card>
  )
}

function ToTheElder({ safety }: { safety: SafetyView }) {
  if (safety.status === 'closed') return null
  return (
    <Card tone="sos" label="正在叫人">
      <Box className="stack-tight">
        <Box className="hello">{elderWords(safety)}</Box>
        <Box className="body">{saidFine(safety) ? '您说没事，记下了。社区还是会来确认一下，见到您才放心。' : isAtItsEnd(safety) ? '身体不舒服、摔倒了，请马上打 120。' : '请别着急，坐好等一等。'}</Box>
        <Box className="small">{clockTime(safety.openedAt)} 开始，<OpenFor openedAt={safety.openedAt} /></Box>
      </Box>
    </Card>
  )
}

/** Everybody had their turn: said plainly, with what is left to do. */
function LastResort({ safety }: { safety: SafetyView }) {
  return (
    <Box className="stack">
      <Notice isAnnounced tone="sos" title="都问过了，还没有人接手">请打 120{safety.dutyPhone ? `，或者打给值班电话 ${safety.dutyPhone}` : ''}。{safety.nextAt === null ? '' : `${clockTime(safety.nextAt)} 从头再找一遍。`}</Notice>
      {safety.as === 'elder' ? <Button kind="danger" icon="phone-call" onPress={() => dial(EMERGENCY)}>打 120</Button> : null}
    </Box>
  )
}

function ElderPhone({ safety }: { safety: SafetyView }) {
  return safety.dutyPhone ? <Button kind="dangerOutline" icon="phone-call" label={`打电话给社区，${safety.dutyPhone}`} onPress={() => dial(safety.dutyPhone)}>打电话给社区</Button> : null
}

function Closed({ safety }: { safety: SafetyView }) {
  const { closed } = safety
  if (closed === null) return null
  return (
    <Notice title={`${findingWords(closed.finding)} · ${closed.how === 'seenInPerson' ? `${closed.byName} ${clockTime(closed.seenAt ?? closed.at)} 见到了人` : '家人说清楚了'}`}>
      {closed.words}（{momentWords(closed.at)}）
    </Notice>
  )
}

function CaseTimeline({ safety, reader }: { safety: SafetyView; reader: Reader }) {
  const now = useServerNow()
  return <Card><Timeline lines={caseLines(safety, reader, now)} /></Card>
}

/** What was just done and found, one tap away. */
function Reports({ onChoose }: { onChoose: (what: Report) => void }) {
  return (
    <>
      <Heading level={2} className="section">发生了什么，记一笔</Heading>
      <Box className="pair">{reportChoices.map((one) => <Button key={one.key} kind="outline" onPress={() => onChoose(one.key)}>{one.title}</Button>)}</Box>
    </>
  )
}

function ReportSheet({ safetyCaseId, choice, onNo, onDone }: { safetyCaseId: string; choice: (typeof reportChoices)[number]; onNo: () => void; onDone: () => void }) {
  const report = useAction('safety.report')
  const [words, setWords] = useState('')
  const said = words.trim()
  return (
    <ConfirmSheet
      question={choice.question} yes="记下" isAside isBusy={report.isPending} onNo={onNo}
      onYes={async () => { if (await report.run({ safetyCaseId, what: choice.key, ...(said ? { words: said } : {}) })) onDone() }}
    >
      {report.problem ? <Problem problem={report.problem} /> : null}
      <Field label="想补一句（可以不写）" value={words} onChange={setWords} maxLength={120} />
    </ConfirmSheet>
  )
}

const saidFine = (safety: SafetyView): boolean => safety.timeline.some((line) => line.what === 'saysFine' && line.byMe)

interface CaseFootProps {
  safety: SafetyView
  isAsking: boolean
  take: Act<'safety.take'>
  fine: Act<'safety.saysFine'>
  onTake: () => Promise<void>
  onAsk: (what: 'take' | 'close') => void
  onFine: () => void
}

/** The one thing to do now: say that all is well, take it over, or bring it to its end. */
function CaseFoot({ safety, isAsking, take, fine, onTake, onAsk, onFine }: CaseFootProps) {
  const may = (act: SafetyView['acts'][number]): boolean => safety.acts.includes(act)
  if (safety.status === 'closed' || isAsking) return null
  if (safety.as === 'elder') {
    return may('saysFine') && !saidFine(safety)
      ? (
        <Foot
          say="没事就点一下。社区还是会来确认一下，见到您才放心。"
          problem={fine.problem ? <Problem problem={fine.problem} /> : null}
          main={<Button icon="smile" isBusy={fine.isPending} onPress={async () => { if (await fine.run({ safetyCaseId: safety.safetyCaseId })) onFine() }}>我没事</Button>}
        />
      )
      : null
  }
  const takeWords = safety.as === 'family' ? '我来联系' : '我去看看'
  const close = may('close') ? <Button kind={safety.takenByMe || !may('take') ? 'primary' : 'outline'} onPress={() => onAsk('close')}>有结果了</Button> : undefined
  const isOthers = safety.status === 'taken' && !safety.takenByMe
  const taken = take.problem && take.code === 'ALREADY_TAKEN' && typeof take.details?.['name'] === 'string'
    ? { title: `${take.details['name']}刚刚接手了`, next: '要换您来，请再点一次「换我来」。' } : take.problem
  const problem = taken ? <Problem problem={taken} /> : null
  if (safety.takenByMe || !may('take')) {
    return close ? <Foot say={safety.takenByMe ? `您接手了。${safety.nextAt === null ? '' : `${clockTime(safety.nextAt)} 还没结果，就接着往下找人。`}` : '见到人，或者家人说清楚，才算完。'} problem={problem} main={close} /> : null
  }
  return isOthers
    ? <Foot say={`${safety.takenByName ?? '同事'}接手了。`} problem={problem} other={<Button kind="outline" isBusy={take.isPending} onPress={() => onAsk('take')}>换我来</Button>} main={close ?? <Button isBusy={take.isPending} onPress={() => onAsk('take')}>换我来</Button>} />
    : <Foot say={safety.as === 'family' ? '您来联系，别的家人就不用再急。' : '您去看看，大家都看得到。'} problem={problem} other={close} main={<Button isBusy={take.isPending} onPress={onTake}>{takeWords}</Button>} />
}
