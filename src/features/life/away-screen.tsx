/** In hospital or away, and home again: what becomes of each thing is seen before anybody confirms. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Foot, goBack, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { civilDate } from '@/domain/civil-time'
import { useReadAloud } from '@/services/speech'
import { serverNow } from '@/services/server-clock'
import { beginsWords, dateWords, momentWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { DayPick } from './day-pick'
import { outcomeWords, spanWords } from './words'

type Home = OutputOf<'person.previewHome'>
type Done = OutputOf<'person.setAway'>
interface Wish {
  why: 'hospital' | 'away'
  fromOn: string
  untilOn: string | null
}

/** What was done, as one hears it. */
const doneWords = (done: Done): string => [
  (done.visits ?? 0) > 0 ? `取消了 ${done.visits ?? 0} 次上门` : '', done.cancelled > 0 ? `停了 ${done.cancelled} 餐` : '', (done.activities ?? 0) > 0 ? `退了 ${done.activities ?? 0} 个活动` : '',
  (done.series ?? 0) > 0 ? `${done.series ?? 0} 串每周的安排先停着` : '', (done.asked ?? 0) > 0 ? `${done.asked ?? 0} 次太近了，社工会来定` : '', done.left > 0 ? `${done.left} 餐过了截止，问厨房去了` : '',
].filter(Boolean).join('，')

export function AwayScreen({ elderId }: { elderId: string }) {
  const home = useQuery('person.previewHome', { personId: elderId })
  const [wish, setWish] = useState<Wish | null>(null)
  const [isEditing, setEditing] = useState(false)
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = home
  const settled = (words: string) => { setWish(null); setEditing(false); setAnswered(words); home.reload() }
  if (output && wish) return <PreviewStep elderId={elderId} home={output} wish={wish} onBack={() => setWish(null)} onDone={(done) => { const words = doneWords(done); settled(words === '' ? '记下了' : `记下了，${words}`) }} />
  if (output && (output.away === null || isEditing)) return <FormStep home={output} answered={answered} onBack={() => (isEditing ? setEditing(false) : goBack())} onNext={(next) => { setAnswered(null); setWish(next) }} />
  if (output) return <HomeStep elderId={elderId} home={output} answered={answered} onEdit={() => { setAnswered(null); setEditing(true) }} onDone={settled} />
  return <Screen title="住院、出门"><Content of={home}>{() => null}</Content></Screen>
}

const whoOf = (home: Home): string => (home.isMe ? '您' : home.elderName)

function FormStep({ home, answered, onBack, onNext }: { home: Home; answered: string | null; onBack: () => void; onNext: (wish: Wish) => void }) {
  const today = civilDate(serverNow())
  const [why, setWhy] = useState<Wish['why'] | null>(null)
  const [fromOn, setFromOn] = useState(today)
  const [untilOn, setUntilOn] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(true)
  const until = isOpen || untilOn === null || untilOn < fromOn ? null : untilOn
  const say = why === null ? `${whoOf(home)}要住院，还是出门？` : `${whoOf(home)}${why === 'hospital' ? '住院' : '出门'}，${spanWords(fromOn, until)}。`
  const isReady = why !== null && (isOpen || until !== null)
  return (
    <Screen title="住院、出门" subtitle={home.isMe ? undefined : home.elderName} onBack={onBack} foot={<Foot say={say} main={<Button isDisabled={!isReady} onPress={() => { if (why) onNext({ why, fromOn, untilOn: until }) }}>先看看会怎样</Button>} />}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <AnswerChoice label="去哪里" selected={why ? [why] : []} onChoose={(key) => setWhy(key === 'hospital' ? 'hospital' : 'away')} answers={[{ key: 'hospital', title: '住院' }, { key: 'away', title: '出门，去家人那里' }]} />
      <Heading level={2} className="section">从哪天起</Heading>
      <DayPick fromOn={today} weeks={4} selected={fromOn} onChoose={setFromOn} />
      <Box className="body">{dateWords(fromOn)}</Box>
      <AnswerChoice label="到哪天" selected={[isOpen ? 'open' : 'day']} onChoose={(key) => setOpen(key === 'open')} answers={[{ key: 'open', title: '还不知道', detail: '回来了，再来说一声' }, { key: 'day', title: '知道是哪天' }]} />
      {isOpen ? null : <DayPick key={fromOn} fromOn={fromOn} weeks={6} selected={until ?? ''} onChoose={setUntilOn} />}
      {until === null ? null : <Box className="body">不在家的最后一天：{dateWords(until)}</Box>}
    </Screen>
  )
}

function PreviewStep({ elderId, home, wish, onBack, onDone }: { elderId: string; home: Home; wish: Wish; onBack: () => void; onDone: (done: Done) => void }) {
  const preview = useQuery('person.previewAway', { personId: elderId, ...wish })
  const away = useAction('person.setAway')
  const say = `${whoOf(home)}${wish.why === 'hospital' ? '住院' : '出门'}，${spanWords(wish.fromOn, wish.untilOn)}。下面这些照着办，时间让给别人。`
  const read = useReadAloud(say)
  return (
    <Screen
      title="会怎样" subtitle={home.isMe ? undefined : home.elderName} onBack={onBack}
      foot={preview.output ? <Foot say={say} problem={away.problem ? <Problem problem={away.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isBusy={away.isPending} onPress={async () => { const done = await away.run({ personId: elderId, ...wish }); if (done) onDone(done); else preview.reload() }}>就这样办</Button>} /> : undefined}
    >
      <Content of={preview} shape="detail">
        {(shown) => (
          <>
            {shown.bookings.length + shown.series.length + shown.places.length === 0 ? <Notice title="这些天没有约什么">以后这些天也不约、不订餐，也不等报平安。</Notice> : null}
            {shown.bookings.length > 0 ? <Heading level={2} className="section">约好的</Heading> : null}
            {shown.bookings.length > 0
              ? <Card label="约好的"><Rows>{shown.bookings.map((one) => <Row key={one.bookingId} title={one.title} detail={`${beginsWords(one.startsAt)} · ${one.detail}`} end={<Tag tone={outcomeWords(one.outcome).tone}>{outcomeWords(one.outcome).words}</Tag>} />)}</Rows></Card> : null}
            {shown.series.length > 0 ? <Heading level={2} className="section">每周的安排</Heading> : null}
            {shown.series.length > 0 ? <Card label="每周的安排"><Rows>{shown.series.map((one) => <Row key={one.seriesId} title={one.serviceName} detail={`${one.dates} 回在这些天里`} end={<Tag tone="plain">先停着</Tag>} />)}</Rows></Card> : null}
            {shown.places.length > 0 ? <Heading level={2} className="section">候补</Heading> : null}
            {shown.places.length > 0 ? <Card label="候补"><Rows>{shown.places.map((one) => <Row key={`${one.title}${one.startsAt}`} title={one.title} detail={beginsWords(one.startsAt)} end={<Tag tone="plain">让给下一位</Tag>} />)}</Rows></Card> : null}
            <Box className="small">{shown.isFreezing ? '住院这些天，积分先停着，不会少。' : ''}厨房和护理员只知道不在家，不知道为什么。</Box>
          </>
        )}
      </Content>
    </Screen>
  )
}

const homeStates = { free: '有空', later: '到时自动约', past: '过了', full: '约满了', limit: '次数用完了', holiday: '休息不上门', none: '没有这个时间', clash: '已有别的安排' } as const

function HomeStep({ elderId, home, answered, onEdit, onDone }: { elderId: string; home: Home; answered: string | null; onEdit: () => void; onDone: (words: string) => void }) {
  const back = useAction('person.setAway')
  const { away } = home
  const dates = home.series.flatMap((one) => one.dates)
  const good = dates.filter((date) => date.state === 'free' || date.state === 'later').length
  const say = `${whoOf(home)}回家了？${dates.length === 0 ? '' : `每周的安排接着来，${good} 回约得上${good < dates.length ? `，${dates.length - good} 回约不上，会告诉您` : ''}。`}餐要重新订。`
  const read = useReadAloud(say)
  return (
    <Screen
      title={away?.why === 'hospital' ? '在住院' : '不在家'} subtitle={home.isMe ? undefined : home.elderName}
      foot={<Foot say={say} problem={back.problem ? <Problem problem={back.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isBusy={back.isPending} onPress={async () => { const done = await back.run({ personId: elderId, why: null }); if (done) onDone(`回家了${(done.booked ?? 0) > 0 ? `，约好了 ${done.booked ?? 0} 回` : ''}${(done.missed ?? 0) > 0 ? `，${done.missed ?? 0} 回没约上` : ''}`) }}>回家了</Button>} />}
    >
      {answered ? <Notice isAnnounced title={answered} /> : null}
      {away ? <Notice tone="gold" icon="door-open" title={`${away.why === 'hospital' ? '住院' : '出门'}，${spanWords(away.fromOn, away.untilOn)}`} actions={<Button kind="outline" onPress={onEdit}>改日子</Button>}>{away.byName} {momentWords(away.since)} 说的。这些天不约、不订餐，也不等报平安。</Notice> : null}
      {home.series.map((one) => (
        <Box key={one.seriesId}>
          <Heading level={2} className="section">{one.serviceName}，回来以后</Heading>
          <Card label={one.serviceName}><Rows>{one.dates.map((date) => <Row key={date.n} title={beginsWords(date.startsAt)} end={<Tag tone={date.state === 'free' || date.state === 'later' ? 'willow' : 'warm'}>{homeStates[date.state]}</Tag>} />)}</Rows></Card>
        </Box>
      ))}
    </Screen>
  )
}
