/** One series: every date and how it stands; leaving one out, another time from a date on, pausing, going on, ending. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact, Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { ChangeStep } from './change-step'
import { ResumeStep } from './resume-step'
import { placeWords, rhythmWords, stateWords, whyWords } from './words'

type Shown = OutputOf<'series.show'>
type Asking = { what: 'skip' | 'end' | 'date'; n: number } | { what: 'pause' } | null
type Step = { what: 'change'; n: number } | { what: 'resume' } | null

/** What is being booked is done in a moment, ms. */
const LOOK_AGAIN_MS = 10_000

export function SeriesScreen({ seriesId, isNew }: { seriesId: string; isNew: boolean }) {
  const series = useQuery('series.show', { seriesId }, { pollMs: LOOK_AGAIN_MS })
  const [asking, setAsking] = useState<Asking>(null)
  const [step, setStep] = useState<Step>(null)
  const [answered, setAnswered] = useState<string | null>(isNew ? '排好了' : null)
  const { output } = series
  const done = (words: string) => { setAsking(null); setStep(null); setAnswered(words); series.reload() }
  const close = () => setAsking(null)
  const ask = (next: Asking) => { setAnswered(null); setAsking(next) }

  if (output && step?.what === 'change') return <ChangeStep series={output} fromN={step.n} onBack={() => setStep(null)} onDone={() => done('时间改好了，约好的也一起改')} />
  if (output && step?.what === 'resume') return <ResumeStep series={output} onBack={() => setStep(null)} onDone={() => done('恢复了')} />
  return (
    <Screen title="每周的安排" subtitle={output ? `给 ${output.elderName}` : undefined}>
      {answered ? <Notice isAnnounced title={answered}>{isNew && answered === '排好了' ? '近两周的已经约好，后面的到时候自动约。' : ''}</Notice> : null}
      <Content of={series} shape="detail">
        {(shown) => <Body shown={shown} asking={asking} ask={ask} close={close} done={done} onStep={setStep} onChanged={series.reload} />}
      </Content>
    </Screen>
  )
}

interface BodyProps {
  shown: Shown
  asking: Asking
  ask: (next: Asking) => void
  close: () => void
  done: (words: string) => void
  onStep: (step: Step) => void
  onChanged: () => void
}

function Body({ shown, asking, ask, close, done, onStep, onChanged }: BodyProps) {
  const now = useServerNow()
  const pause = useAction('series.pause')
  const isPaused = shown.paused !== null
  const ahead = shown.dates.filter((date) => date.startsAt > now)
  const before = shown.dates.filter((date) => date.startsAt <= now)
  const first = ahead.find((date) => ['planned', 'booking', 'booked', 'missed'].includes(date.state))
  const rhythm = rhythmWords(shown)
  const asker = `${shown.askedByAs === 'family' ? (shown.askedByKinship ?? '家人') : shown.askedByAs === 'socialWorker' ? '社工' : ''}${shown.askedByName}`
  const row = (date: Shown['dates'][number]) => {
    const { words, tone } = stateWords(date, isPaused)
    const mayTouch = shown.mayChange && !shown.isOver && date.startsAt > now && !['skipped', 'over', 'cancelled'].includes(date.state)
    const isOpen = asking !== null && 'n' in asking && asking.n === date.n
    return (
      <Box key={date.n}>
        <Row
          title={placeWords(date)} detail={date.movingTo ? `要改到 ${placeWords(date.movingTo)}` : date.state === 'booked' && date.why ? `没改成：${whyWords(date.why)}，还是这个时间` : undefined} end={<Tag tone={tone}>{words}</Tag>}
          {...(mayTouch ? { onPress: () => (isOpen ? close() : ask({ what: 'date', n: date.n })) } : date.bookingId ? { onPress: () => open(date.bookingId) } : {})}
        />
        {isOpen ? <DateSheet shown={shown} date={date} what={asking.what} ask={ask} close={close} done={done} onStep={onStep} onChanged={onChanged} /> : null}
      </Box>
    )
  }
  return (
    <>
      <Card>
        <PersonLine name={shown.elderName} title={`${shown.elderName} · ${shown.serviceName}`} detail={rhythm} />
        <Fact term="服务方">{shown.providerName}</Fact>
        <Fact term="谁排的">{asker}</Fact>
        {shown.note ? <Fact term="留言">{shown.note}</Fact> : null}
      </Card>
      {shown.paused
        ? <Notice tone="gold" icon="circle-pause" title="暂停了" actions={shown.mayChange && !shown.isOver ? <Button onPress={() => onStep({ what: 'resume' })}>恢复</Button> : undefined}>{shown.paused.byName} {momentWords(shown.paused.at, now)} 停的{shown.paused.reason ? `：${shown.paused.reason}` : ''}。恢复以前不再约。</Notice> : null}
      {shown.isOver ? <Notice title="这一串做完了">还要的话，到服务里再排一次。</Notice> : null}
      {ahead.length > 0 ? <Heading level={2} className="section">要来的</Heading> : null}
      {ahead.length > 0 ? <Card label="要来的"><Rows>{ahead.map(row)}</Rows></Card> : null}
      {shown.mayChange && !shown.isOver && first && !isPaused && asking === null ? <Button kind="outline" icon="clock" onPress={() => onStep({ what: 'change', n: first.n })}>改时间</Button> : null}
      {shown.mayChange && !shown.isOver && !isPaused && asking === null ? <Button kind="outline" icon="circle-pause" onPress={() => ask({ what: 'pause' })}>暂停</Button> : null}
      {asking?.what === 'pause'
        ? (
          <ReasonSheet
            question={`暂停${shown.elderName}${rhythm}的${shown.serviceName}？约好的会取消，时间让给别人；离开始太近的那回不动。`} yes="暂停" no="先不停" isOptional label="为什么（可以不写）" hint="例如住院、去儿子家" maxLength={80}
            isBusy={pause.isPending} problem={pause.problem} onNo={close} onYes={async (reason) => { if (await pause.run({ seriesId: shown.seriesId, ...(reason ? { reason } : {}) })) done('暂停了，恢复以前不再约'); else onChanged() }}
          />
        )
        : null}
      {shown.mayChange && !shown.isOver && first && asking === null ? <Button kind="dangerOutline" onPress={() => ask({ what: 'end', n: first.n })}>以后都不要了</Button> : null}
      {before.length > 0 ? <Heading level={2} className="section">以前的</Heading> : null}
      {before.length > 0 ? <Card label="以前的"><Rows>{before.map(row)}</Rows></Card> : null}
    </>
  )
}

const open = (bookingId: string | null) => { void Taro.navigateTo({ url: `/pages/booking/index?bookingId=${bookingId ?? ''}` }) }

/** What can be done with one date, opened below it. */
function DateSheet({ shown, date, what, ask, close, done, onStep, onChanged }: Omit<BodyProps, 'asking'> & { date: Shown['dates'][number]; what: 'skip' | 'end' | 'date' }) {
  const skip = useAction('series.skip')
  const end = useAction('series.end')
  const move = useAction('series.moveDate')
  const { seriesId } = shown
  const when = placeWords(date)
  const { alternative } = date
  if (what === 'skip') {
    return (
      <ConfirmSheet question={`跳过 ${when} 这一回？${date.state === 'booked' ? '约好的会取消。' : ''}以后的照旧。`} yes="跳过" no="先留着" isDangerous isBusy={skip.isPending} onNo={close} onYes={async () => { if (await skip.run({ seriesId, n: date.n })) done(`${when} 这一回跳过了`); else onChanged() }}>
        {skip.problem ? <Problem problem={skip.problem} /> : null}
      </ConfirmSheet>
    )
  }
  if (what === 'end') {
    return (
      <ConfirmSheet question={`从 ${when} 起，${shown.elderName}的${shown.serviceName}都不要了？约好的会取消；离开始太近的那回不动。`} yes="都不要了" no="先留着" isDangerous isBusy={end.isPending} onNo={close} onYes={async () => { if (await end.run({ seriesId, fromN: date.n })) done(`${when} 起都不要了`); else onChanged() }}>
        {end.problem ? <Problem problem={end.problem} /> : null}
      </ConfirmSheet>
    )
  }
  return (
    <Box className="stack" spoken={{ role: 'group', label: `${when} 这一回` }}>
      {move.problem ? <Problem problem={move.problem} /> : null}
      {alternative ? <Button kind="outline" isBusy={move.isPending} onPress={async () => { if (await move.run({ seriesId, n: date.n, onDate: alternative.onDate, startMinute: alternative.startMinute })) done(`换到 ${placeWords(alternative)} 了`); else onChanged() }}>换到 {placeWords(alternative)}</Button> : null}
      {date.bookingId ? <Button kind="outline" onPress={() => open(date.bookingId)}>看这次预约</Button> : null}
      {date.canSkip ? <Button kind="outline" onPress={() => ask({ what: 'skip', n: date.n })}>跳过这一回</Button> : <Box className="small">离开始太近，这一回自己改不了了，请给社区打电话。</Box>}
      {shown.paused === null ? <Button kind="outline" onPress={() => onStep({ what: 'change', n: date.n })}>从这一回起改时间</Button> : null}
      <Button kind="dangerOutline" onPress={() => ask({ what: 'end', n: date.n })}>从这一回起不要了</Button>
    </Box>
  )
}
