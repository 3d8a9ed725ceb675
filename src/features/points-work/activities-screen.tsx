/** 活动、课程 for those who hold and verify them: what comes, what waits for somebody else's word, what was; and a new one. */
import { useState } from 'react'
import type { InputOf, OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { CardLink } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { DateField, Field, SelectField } from '@/components/field'
import { MinuteField } from '@/components/minute-field'
import { Notice } from '@/components/notice'
import { Pager } from '@/components/pager'
import { Pieces } from '@/components/pieces'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Step } from '@/components/step'
import { Tag } from '@/components/tag'
import { addDays, civilDate, isCivilDate, minuteWords, spokenDate } from '@/domain/civil-time'
import { courseWords, listedWords, meets, sortWords } from '@/services/activity-words'
import { serverNow, useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { usePages } from '@/services/use-pages'
import { open } from './open'

type Board = OutputOf<'activity.board'>
type Wish = InputOf<'activity.publish'>

const PARTS = [{ key: 'coming', words: '要办' }, { key: 'waiting', words: '核实' }, { key: 'past', words: '办过' }] as const
type Which = (typeof PARTS)[number]['key']
const EMPTY: Record<Which, { title: string; next: string }> = {
  coming: { title: '还没有要办的活动', next: '在下面发布一个，社区里的人就能报名。' },
  waiting: { title: '没有等核实的活动', next: '活动结束以后会到这里来，由没有办它的人核实。' },
  past: { title: '还没有办过的活动', next: '办完以后，会到这里来。' },
}
const AHEAD_AT_MOST = 180
const MOST_SEATS = 200
const MOST_LESSONS = 12

export function ActivityBoardScreen() {
  const now = useServerNow()
  const [which, setWhich] = useState<Which>('coming')
  const [isNew, setNew] = useState(false)
  const [isPublished, setPublished] = useState(false)
  const pages = usePages('activity.board', { which })
  const { first, items, problem } = pages
  const communities = first.output?.communities ?? []
  if (isNew) return <NewActivity communities={communities} onBack={() => setNew(false)} onDone={() => { setNew(false); setPublished(true); first.reload() }} />
  return (
    <Screen title="活动、课程" foot={communities.length > 0 ? <Foot main={<Button icon="plus" onPress={() => { setPublished(false); setNew(true) }}>办一个活动</Button>} /> : undefined}>
      {isPublished ? <Notice isAnnounced title="发布好了">社区里的人现在就能报名。打电话来的、当面来的，您可以替他报。</Notice> : null}
      <Segments label="哪些活动" parts={PARTS} selected={which} onChoose={(key) => setWhich(PARTS.find((part) => part.key === key)?.key ?? 'coming')} />
      <Content of={first}>
        {() => items.length === 0
          ? <Empty icon="calendar-days" {...EMPTY[which]} />
          : (
            <Box className="stack">
              {items.map((one) => <ActivityCard key={one.activityId} one={one} now={now} />)}
              {problem ? <Problem problem={problem} onRetry={() => { void pages.next() }} /> : null}
              <Pager {...pages} of="活动" />
            </Box>
          )}
      </Content>
    </Screen>
  )
}

function ActivityCard({ one, now }: { one: Board['items'][number]; now: number }) {
  return (
    <CardLink onPress={() => open('activity', `activityId=${one.activityId}`)}>
      <Box className="between">
        <Box className="lead">{one.title} ›</Box>
        <Tag tone={one.isCancelled ? 'warm' : 'plain'}>{one.isCancelled ? '取消了' : sortWords(one.sort)}</Tag>
      </Box>
      <Box className="body"><Pieces words={`${one.course ? `第 ${one.course.n} 课 ` : ''}${whenWords(meets(one).startsAt, meets(one).endsAt, now)}`} /></Box>
      {one.course ? <Box className="small">{courseWords(one.course)}</Box> : null}
      <Box className="small">{one.communityName} · {one.place}</Box>
      <Box className="small">{one.isMine ? '您' : one.organiserName}办的</Box>
      <Box className="body tabular">{listedWords(one, now)}</Box>
      {now < one.startsAt && !one.isCancelled ? <Bar share={one.seats === 0 ? 0 : one.remaining / one.seats} /> : null}
    </CardLink>
  )
}

/** One class after the other: every so many days. */
const RHYTHMS = [{ key: '7', words: '每周一课' }, { key: '1', words: '每天一课' }, { key: '2', words: '隔一天一课' }] as const
const upTo = (least: number, most: number, words: (count: number) => string) => Array.from({ length: most - least + 1 }, (_, index) => ({ key: String(least + index), words: words(least + index) }))

interface Draft extends Pick<Wish, 'sort' | 'title' | 'what' | 'place' | 'communityId' | 'onDate' | 'startMinute' | 'endMinute'> {
  seats: string
  /** how often a class meets, every how many days, and how many of it are needed */
  sessions: string
  rhythm: string
  needed: string
}

/** The activity that was typed, or what is still missing, as the next thing to do. */
function read({ sessions, rhythm, needed, ...draft }: Draft, today: string): { wish: Wish } | { lack: string } {
  const [title, what, place] = [draft.title.trim(), draft.what.trim(), draft.place.trim()]
  if (title === '') return { lack: '写上叫什么。' }
  if (what === '') return { lack: '写清楚做什么。' }
  if (draft.communityId === '') return { lack: '选在哪个社区。' }
  if (place === '') return { lack: '写上在哪里。' }
  if (!isCivilDate(draft.onDate) || draft.onDate < today) return { lack: '选哪一天。' }
  if (draft.endMinute <= draft.startMinute) return { lack: '结束要比开始晚。' }
  const seats = /^\d{1,3}$/.test(draft.seats) ? Number(draft.seats) : 0
  if (seats < 1 || seats > MOST_SEATS) return { lack: `多少个名额，写 1 到 ${MOST_SEATS}。` }
  const course = draft.sort === 'class' && Number(sessions) > 1 ? { moreDates: Array.from({ length: Number(sessions) - 1 }, (_, index) => addDays(draft.onDate, (index + 1) * Number(rhythm))), needed: Math.min(Number(needed), Number(sessions)) } : null
  return { wish: { ...draft, title, what, place, seats, ...(course === null ? {} : { course }) } }
}

function NewActivity({ communities, onBack, onDone }: { communities: Board['communities']; onBack: () => void; onDone: () => void }) {
  const publish = useAction('activity.publish')
  const [draft, setDraft] = useState<Draft>({ sort: 'activity', title: '', what: '', place: '', communityId: communities.length === 1 ? (communities[0]?.communityId ?? '') : '', onDate: '', startMinute: 9 * 60, endMinute: 10 * 60 + 30, seats: '20', sessions: '1', rhythm: '7', needed: '1' })
  const today = civilDate(serverNow())
  const typed = read(draft, today)
  const placeName = communities.find((one) => one.communityId === draft.communityId)?.name ?? ''
  const sentence = 'lack' in typed ? typed.lack : `${spokenDate(typed.wish.onDate)} ${minuteWords(typed.wish.startMinute)}–${minuteWords(typed.wish.endMinute)}，${placeName}${typed.wish.place}，${typed.wish.title}，${typed.wish.seats} 个名额。${typed.wish.course ? `一共 ${typed.wish.course.moreDates.length + 1} 课，最后一课 ${spokenDate(typed.wish.course.moreDates.at(-1) ?? '')}，来满 ${typed.wish.course.needed} 课发证书。` : ''}`
  const aloud = useReadAloud(sentence)
  const edit = (part: Partial<Draft>) => { publish.clear(); setDraft({ ...draft, ...part }) }
  return (
    <Step
      title="办一个活动" onBack={onBack}
      foot={(
        <Foot
          say={sentence} problem={publish.problem ? <Problem problem={publish.problem} /> : null} other={<ReadAloud {...aloud} />}
          main={<Button isDisabled={'lack' in typed} isBusy={publish.isPending} onPress={async () => { if ('wish' in typed && (await publish.run(typed.wish))) onDone() }}>就这样发布</Button>}
        />
      )}
    >
      <Box className="stack-wide">
        <AnswerChoice label="是什么" selected={[draft.sort]} onChoose={(key) => edit({ sort: key === 'class' ? 'class' : 'activity' })} answers={[{ key: 'activity', title: '活动' }, { key: 'class', title: '课程' }]} />
        <Field label="叫什么" value={draft.title} onChange={(title) => edit({ title })} maxLength={24} placeholder="手机课" />
        <Field label="做什么" kind="many-words" value={draft.what} onChange={(what) => edit({ what })} maxLength={200} />
        {communities.length > 1 ? <SelectField label="在哪个社区" value={draft.communityId} onChange={(communityId) => edit({ communityId })} options={communities.map((one) => ({ key: one.communityId, words: one.name }))} /> : null}
        <Field label="在哪里" value={draft.place} onChange={(place) => edit({ place })} maxLength={60} placeholder="社区大厅" />
        <DateField label="哪一天" value={draft.onDate} onChange={(onDate) => edit({ onDate })} from={today} until={addDays(today, AHEAD_AT_MOST)} />
        <Box className="pair">
          <MinuteField label="几点开始" value={draft.startMinute} onChange={(startMinute) => edit({ startMinute })} from={6 * 60} until={21 * 60} />
          <MinuteField label="几点结束" value={draft.endMinute} onChange={(endMinute) => edit({ endMinute })} from={6 * 60 + 15} until={22 * 60} />
        </Box>
        {draft.sort === 'class' ? <SelectField label="一共几课" value={draft.sessions} onChange={(sessions) => edit({ sessions, needed: sessions })} options={upTo(1, MOST_LESSONS, (count) => (count === 1 ? '就这一课' : `${count} 课`))} /> : null}
        {draft.sort === 'class' && Number(draft.sessions) > 1 ? <SelectField label="多久一课" value={draft.rhythm} onChange={(rhythm) => edit({ rhythm })} options={[...RHYTHMS]} /> : null}
        {draft.sort === 'class' && Number(draft.sessions) > 1 ? <SelectField label="来满几课发证书" value={draft.needed} onChange={(needed) => edit({ needed })} options={upTo(1, Number(draft.sessions), (count) => `来满 ${count} 课`)} /> : null}
        <Field label="多少个名额" kind="digits" value={draft.seats} onChange={(seats) => edit({ seats: seats.replace(/\D/g, '') })} maxLength={3} />
        <Box className="small">签到码在您的手机上。办的人不核实，结束以后请另一位社工核实。</Box>
      </Box>
    </Step>
  )
}
