/**
 * 日历: a month or a week of oneself and everybody one may act for, told apart by a mark of shape and colour and by name. At
 * the largest text the month is a list by day: a grid would be too small to read.
 */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading, Words } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content } from '@/components/content'
import { classes } from '@/components/platform'
import { Pressable } from '@/components/pressable'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Tag } from '@/components/tag'
import { useTextSize } from '@/components/text-size'
import { addDays, civilDate, clockTime, weekday } from '@/domain/civil-time'
import { nameStatusWords } from '@/services/activity-words'
import { serverNow } from '@/services/server-clock'
import { bedStatusWords, dateWords, statusWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import styles from './calendar.module.scss'

type Month = OutputOf<'calendar.month'>
type Item = Month['items'][number]
type View = 'month' | 'week'

/** Shapes with their colours; nobody acts for so many that they come round again. */
const marks = ['●', '■', '▲', '◆', '★', '✚'] as const
const tones = [styles.first, styles.second, styles.third, styles.fourth, styles.fifth, styles.sixth]

const monthOf = (onDate: string): string => onDate.slice(0, 7)
const mondayOf = (onDate: string): string => addDays(onDate, -((weekday(onDate) + 6) % 7))
const monthAfter = (month: string, by: number): string => monthOf(addDays(by > 0 ? addDays(`${month}-01`, 31) : `${month}-01`, by > 0 ? 0 : -1))
const monthWords = (month: string, today: string): string => `${month.slice(0, 4) === today.slice(0, 4) ? '' : `${month.slice(0, 4)}年`}${Number(month.slice(5, 7))}月`
const daysFrom = (fromOn: string, count: number): string[] => Array.from({ length: count }, (_, index) => addDays(fromOn, index))
const shortDay = (onDate: string): string => `${Number(onDate.slice(5, 7))}月${Number(onDate.slice(8, 10))}日`

export function CalendarScreen() {
  const { size } = useTextSize()
  const [view, setView] = useState<View>('month')
  // Until the first answer the phone's own day has to do.
  const [today, setToday] = useState(() => civilDate(serverNow()))
  const [chosen, setAt] = useState<string | null>(null)
  const at = chosen ?? today
  const month = monthOf(at)
  const calendar = useQuery('calendar.month', { month })
  if (calendar.output && calendar.output.today !== today) setToday(calendar.output.today)
  const monday = mondayOf(at)
  const goTo = (by: 1 | -1) => setAt(view === 'week' ? addDays(at, 7 * by) : monthAfter(month, by) === monthOf(today) ? today : `${monthAfter(month, by)}-01`)
  const titleOf = (by: 1 | -1) => (view === 'week' ? (by > 0 ? '后一周' : '前一周') : monthWords(monthAfter(month, by), today))
  const isList = size === 30
  return (
    <Screen title="日历" subtitle={view === 'month' ? monthWords(month, today) : `${shortDay(monday)}起`}>
      <Segments label="看多久" parts={[{ key: 'month', words: '一个月' }, { key: 'week', words: '一周' }]} selected={view} onChoose={(key) => setView(key === 'week' ? 'week' : 'month')} />
      <Box className={styles.turn}>
        <Button kind="outline" onPress={() => goTo(-1)}>‹ {titleOf(-1)}</Button>
        <Button kind="outline" onPress={() => goTo(1)}>{titleOf(1)} ›</Button>
      </Box>
      <Content of={calendar} shape="detail">
        {(shown) => (
          <>
            <Legend shown={shown} />
            {view === 'week'
              ? <Days shown={shown} days={daysFrom(monday, 7)} isEveryDay />
              : isList
                ? <Days shown={shown} days={daysFrom(`${month}-01`, 31).filter((day) => monthOf(day) === month && (month !== monthOf(today) || day >= today))} isEveryDay={false} />
                : <><Grid shown={shown} month={month} selected={at} onChoose={setAt} /><Days shown={shown} days={[at]} isEveryDay /></>}
          </>
        )}
      </Content>
    </Screen>
  )
}

const indexOf = (shown: Month, elderId: string): number => Math.max(0, shown.elders.findIndex((elder) => elder.personId === elderId))
const nameOf = (shown: Month, elderId: string): string => { const elder = shown.elders.find((one) => one.personId === elderId); return elder?.isMe ? '您' : (elder?.name ?? '') }

function Mark({ index }: { index: number }) {
  return <Words className={classes(styles.mark, tones[index % tones.length])} spoken={{ isHidden: true }}>{marks[index % marks.length]}</Words>
}

/** Which mark is whose. */
function Legend({ shown }: { shown: Month }) {
  return (
    <Box className="inline" spoken={{ role: 'group', label: '谁是哪个记号' }}>
      {shown.elders.map((elder, index) => <Words key={elder.personId} className={styles.who}><Mark index={index} /> {elder.isMe ? '您' : elder.name}</Words>)}
    </Box>
  )
}

function Grid({ shown, month, selected, onChoose }: { shown: Month; month: string; selected: string; onChoose: (onDate: string) => void }) {
  const days = daysFrom(shown.fromOn, 42).filter((day) => day <= shown.untilOn)
  const itemsOn = new Map<string, Item[]>()
  for (const item of shown.items) itemsOn.set(item.onDate, [...(itemsOn.get(item.onDate) ?? []), item])
  return (
    <Box className={styles.grid} spoken={{ role: 'radiogroup', label: '选一天' }}>
      {['一', '二', '三', '四', '五', '六', '日'].map((name) => <Box key={name} className={styles.head} spoken={{ isHidden: true }}>{name}</Box>)}
      {days.map((day) => {
        const items = itemsOn.get(day) ?? []
        const closed = shown.closedDays.find((one) => one.onDate === day)
        const busy = shown.elders.flatMap((elder, index) => { const count = items.filter((item) => item.elderId === elder.personId).length; return count === 0 ? [] : [{ index, count, name: elder.isMe ? '您' : elder.name }] })
        const words = busy.length === 0 ? '没有安排' : busy.map(({ name, count }) => `${name} ${count} 项`).join('，')
        return (
          <Pressable
            key={day} role="radio" spoken={{ isChecked: day === selected }} label={`${shortDay(day)}，${closed ? `${closed.name}，` : ''}${words}`} onPress={() => onChoose(day)}
            className={classes(styles.day, day === selected && styles.chosen, monthOf(day) !== month && styles.other, day === shown.today && styles.today)}
          >
            <Box className={styles.number}>{Number(day.slice(8, 10))}{closed ? <Words className={styles.closed}>休</Words> : null}</Box>
            <Box className={styles.marks}>{busy.map(({ index }) => <Mark key={index} index={index} />)}</Box>
          </Pressable>
        )
      })}
    </Box>
  )
}

/** Days under each other with what is on each; `isEveryDay`: also those with nothing. */
function Days({ shown, days, isEveryDay }: { shown: Month; days: readonly string[]; isEveryDay: boolean }) {
  const filled = days.filter((day) => isEveryDay || shown.items.some((item) => item.onDate === day) || shown.closedDays.some((one) => one.onDate === day))
  if (filled.length === 0) return <Box className="body">这个月没有安排。</Box>
  return <>{filled.map((day) => <Day key={day} shown={shown} day={day} />)}</>
}

function Day({ shown, day }: { shown: Month; day: string }) {
  const items = shown.items.filter((item) => item.onDate === day)
  const closed = shown.closedDays.find((one) => one.onDate === day)
  return (
    <Box className="stack-tight">
      <Heading level={2} className="section">{dateWords(day)}{closed ? `　休：${closed.name}` : ''}</Heading>
      {items.length === 0
        ? <Box className="small">没有安排</Box>
        : (
          <Card label={dateWords(day)}>
            <Rows>
              {items.map((item) => {
                const { words, tone } = stateOf(item)
                return (
                  <Row
                    key={`${item.bookingId ?? item.seriesId ?? ''}${item.startsAt}`} title={item.stay === 'stays' ? `整天 ${item.title}` : `${clockTime(item.startsAt)} ${item.title}${item.stay === 'leaves' ? '，离开' : ''}`} detail={<><Mark index={indexOf(shown, item.elderId)} /> {nameOf(shown, item.elderId)} · {item.detail}</>}
                    end={<Tag tone={tone}>{words}</Tag>} onPress={() => { void Taro.navigateTo({ url: urlOf(item) }) }}
                  />
                )
              })}
            </Rows>
          </Card>
        )}
    </Box>
  )
}

/** What is planned by a series and not booked yet has no booking. */
const stateOf = (item: Item) =>
  item.status === null ? { words: item.isPaused ? '暂停' : '计划中', tone: item.isPaused ? ('plain' as const) : ('gold' as const) }
    : item.kind === 'activity' ? nameStatusWords(item.status) : item.kind === 'stay' || item.kind === 'dayCare' ? bedStatusWords(item.status) : item.kind === 'menu' && (item.status === 'booked' || item.status === 'assigned') ? { words: item.status === 'booked' ? '点好了' : '派好人了', tone: 'willow' as const } : statusWords(item.status, undefined, item.kind === 'meal' ? { way: 'delivery' } : null)

const urlOf = (item: Item): string =>
  item.activityId !== null ? `/pages/activities/activity/index?activityId=${item.activityId}&elderId=${item.elderId}`
    : item.bookingId !== null ? `/pages/booking/index?bookingId=${item.bookingId}` : `/pages/plan/series/index?seriesId=${item.seriesId ?? ''}`
