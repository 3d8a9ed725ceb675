/** 一周: how much is booked each day and what is still open, and the day in the order of its hours, with who goes. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip } from '@/components/choice'
import { Content } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { addDays, clockTime, weekday } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { briefStatusWords, dateWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { AssignSheet } from './assign-sheet'

type Week = OutputOf<'provider.week'>
type Day = Week['days'][number]
type Item = Day['items'][number]

const LOOK_AGAIN_MS = 10_000
const SHOWN = 10
const WEEK = 7

const unassignedIn = (day: Day): number => day.items.filter((item) => item.isUnassigned).length
const noteOf = (day: Day): string => (unassignedIn(day) > 0 ? `${unassignedIn(day)} 没派` : day.items.length > 0 ? `${day.items.length} 单` : day.closedName === null ? '空' : '休')

export function WeekScreen() {
  useStaff()
  const now = useServerNow()
  const [fromOn, setFromOn] = useState<string | undefined>(undefined)
  const [chosen, setChosen] = useState<string | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const week = useQuery('provider.week', fromOn === undefined ? {} : { fromOn }, { pollMs: LOOK_AGAIN_MS })
  const go = (date: string) => { setAnswered(null); setChosen(null); setFromOn(date) }
  return (
    <Screen title="一周" subtitle={week.output?.providerName}>
      {answered ? <Notice isAnnounced title={answered} /> : null}
      <Content of={week}>
        {(shown) => {
          const day = shown.days.find((one) => one.onDate === chosen) ?? shown.days[0]
          const waiting = shown.days.reduce((sum, one) => sum + unassignedIn(one), 0)
          return (
            <Box className="stack">
              <Box className="pair">
                <Button kind="outline" onPress={() => go(addDays(shown.fromOn, -WEEK))}>前七天</Button>
                <Button kind="outline" onPress={() => go(addDays(shown.fromOn, WEEK))}>后七天</Button>
              </Box>
              <DayStrip
                days={shown.days.map((one) => ({ key: one.onDate, top: one.onDate === shown.today ? '今天' : `周${'日一二三四五六'[weekday(one.onDate)] ?? ''}`, number: String(Number(one.onDate.slice(8, 10))), note: noteOf(one), label: dateWords(one.onDate, now) }))}
                selected={day?.onDate ?? ''} onChoose={(key) => { setAnswered(null); setChosen(key) }}
              />
              {waiting > 0 ? <Notice tone="gold" title={`这七天有 ${waiting} 单还没派人`} /> : null}
              {shown.isPartial ? <Notice tone="gold" title="太多了，没有全列出来" /> : null}
              {day ? <DayPart key={day.onDate} day={day} colleagues={shown.colleagues} onDone={(words) => { setAnswered(words); week.reload() }} onChanged={week.reload} /> : null}
            </Box>
          )
        }}
      </Content>
    </Screen>
  )
}

function DayPart({ day, colleagues, onDone, onChanged }: { day: Day; colleagues: Week['colleagues']; onDone: (words: string) => void; onChanged: () => void }) {
  const now = useServerNow()
  return (
    <>
      <Heading level={2} className="section">{dateWords(day.onDate, now)}{day.closedName === null ? '' : `，${day.closedName}`}</Heading>
      <Box className="body">{day.items.length === 0 ? '还没有人约。' : `约了 ${day.items.length} 单。`}{day.places > 0 ? `还空 ${day.open} 个，一共 ${day.places} 个。` : ''}</Box>
      <Parts rows={day.items} size={SHOWN} of="这一天的">
        {(rows) => rows.map((item) => <ItemCard key={item.bookingId} item={item} colleagues={colleagues} onDone={onDone} onChanged={onChanged} />)}
      </Parts>
    </>
  )
}

function ItemCard({ item, colleagues, onDone, onChanged }: { item: Item; colleagues: Week['colleagues']; onDone: (words: string) => void; onChanged: () => void }) {
  const [isAsking, setAsking] = useState(false)
  const { words, tone } = briefStatusWords(item, 'careWorker')
  const what = `${item.elderName}，${item.serviceName}`
  return (
    <Card label={what} tone={item.isUnassigned ? 'gold' : 'plain'}>
      <Box className="stack">
        <Box className="between">
          <Box className="lead">{clockTime(item.startsAt)}–{clockTime(item.endsAt)}</Box>
          <Tag tone={item.isUnassigned ? 'gold' : tone}>{item.workerName ?? (item.isUnassigned && item.menu !== 'asked' ? '还没派人' : words)}</Tag>
        </Box>
        <Box className="body strong">{item.elderName} · {item.serviceName}</Box>
        <Box className="small">{item.communityName}</Box>
        {!item.mayAssign ? null
          : isAsking ? <AssignSheet bookingId={item.bookingId} what={what} colleagues={colleagues.filter((one) => one.providerName === item.providerName)} onNo={() => setAsking(false)} onChanged={onChanged} onDone={(said) => { setAsking(false); onDone(said) }} />
            : <Button kind="outline" icon="users" label={`派人，${what}`} onPress={() => setAsking(true)}>派人</Button>}
      </Box>
    </Card>
  )
}
