/** 门等了多久: how many cases, why, how long until somebody went and until somebody was seen, false alarms too; and the cases behind it. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box, Heading, Words } from '@/components/box'
import { Card, CardLink, Figure } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Parts } from '@/components/parts'
import { Fact, Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { Tag } from '@/components/tag'
import { addDays, civilDate, spokenDay } from '@/domain/civil-time'
import { findingWords, minutesWords, reasonWords } from '@/services/safety-words'
import { serverNow } from '@/services/server-clock'
import { momentWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'

type Figures = OutputOf<'safety.figures'>
type Case = Figures['cases'][number]

const SHOWN = 5
const PERIODS = [{ key: 'week', words: '7 天' }, { key: 'month', words: '30 天' }, { key: 'last', words: '上月' }] as const
type Period = (typeof PERIODS)[number]['key']

/** First and last day of a period that is looked at on a day. */
function daysOf(period: Period, today: string): { fromOn: string; untilOn: string } {
  if (period === 'week') return { fromOn: addDays(today, -6), untilOn: today }
  if (period === 'month') return { fromOn: addDays(today, -29), untilOn: today }
  const untilOn = addDays(`${today.slice(0, 7)}-01`, -1)
  return { fromOn: `${untilOn.slice(0, 7)}-01`, untilOn }
}

/** The middle one of many, as people say it. */
const usually = (minutes: number | null): string => (minutes === null ? '还没有' : `一般 ${minutesWords(minutes)}`)

export function FiguresScreen() {
  const [period, setPeriod] = useState<Period>('week')
  const days = daysOf(period, civilDate(serverNow()))
  const figures = useQuery('safety.figures', days)
  return (
    <Screen title="门等了多久" subtitle={figures.output?.placeNames.join('、')}>
      <Segments label="多长时间" parts={PERIODS} selected={period} onChoose={(key) => setPeriod(PERIODS.find((one) => one.key === key)?.key ?? 'week')} />
      <Box className="small">{spokenDay(days.fromOn)}到{spokenDay(days.untilOn)}开始的安全事件。</Box>
      <Content of={figures} shape="tiles">
        {(shown) => shown.opened === 0
          ? <Empty icon="smile" title="这段时间一件也没有" next="没人开门、没报平安、一键呼叫，都会记在这里。" />
          : (
            <>
              <Box className="trio">
                <Figure value={shown.opened} words="一共几件" />
                <Figure value={shown.stillOpen} words="还没了结" isUrgent={shown.stillOpen > 0} />
                <Figure value={shown.falseAlarms} words="虚惊一场" />
              </Box>
              <Within figures={shown} />
              <ByReason figures={shown} />
              {shown.byCommunity.length > 1 ? <ByCommunity figures={shown} /> : null}
              <Heading level={2} className="section">等得最久的在前</Heading>
              <Parts rows={shown.cases} size={SHOWN} of="安全事件">{(rows) => rows.map((one) => <CaseCard key={one.safetyCaseId} its={one} />)}</Parts>
            </>
          )}
      </Content>
    </Screen>
  )
}

/** How many were closed within so long; words and a bar of each. */
function Within({ figures }: { figures: Figures }) {
  const closed = figures.within.reduce((sum, one) => sum + one.count, 0)
  const before = (index: number): number => figures.within[index - 1]?.minutes ?? 0
  const words = (minutes: number | null, index: number): string => {
    if (minutes === null) return `超过 ${minutesWords(before(index))}`
    if (index === 0) return `${minutesWords(minutes)}以内`
    return before(index) % 60 === 0 && minutes % 60 === 0 ? `${before(index) / 60}–${minutes / 60} 小时` : `${before(index)}–${minutes} 分钟`
  }
  return (
    <>
      <Heading level={2} className="section">多久见到人、说清楚</Heading>
      {figures.stillOpen > 0 ? <Box className="small">了结了的 {closed} 件；还没了结的 {figures.stillOpen} 件不算在内。</Box> : null}
      <Card label="多久了结">
        <Box className="stack">
          {figures.within.map((one, index) => (
            <Box key={String(one.minutes)}>
              <Box className="body">{words(one.minutes, index)} <Words className="strong tabular">{one.count} 件</Words></Box>
              <Bar share={closed === 0 ? 0 : one.count / closed} tone={one.minutes === null || one.minutes > 60 ? 'warm' : 'willow'} />
            </Box>
          ))}
        </Box>
      </Card>
    </>
  )
}

function ByReason({ figures }: { figures: Figures }) {
  return (
    <>
      <Heading level={2} className="section">为什么</Heading>
      {figures.byReason.reduce((sum, one) => sum + one.count, 0) > figures.opened ? <Box className="small">一件里又报了一次的，各算各的，所以次数比件数多。</Box> : null}
      {figures.byReason.filter((one) => one.count > 0).map((one) => (
        <Card key={one.reason} label={reasonWords(one.reason)}>
          <Box className="stack-tight">
            <Box className="lead">{reasonWords(one.reason)} {one.count} 次</Box>
            <Fact term="有人接手">{usually(one.medianMinutesToTaken)}</Fact>
            <Fact term="了结">{usually(one.medianMinutesToClosed)}</Fact>
            <Fact term="了结的，最久">{one.longestMinutes === null ? '还没有' : minutesWords(one.longestMinutes)}</Fact>
            <Fact term="结果">平安 {one.fine} 次，需要帮忙 {one.neededHelp} 次，虚惊 {one.falseAlarms} 次{one.stillOpen > 0 ? `，还没了结 ${one.stillOpen} 次` : ''}</Fact>
          </Box>
        </Card>
      ))}
    </>
  )
}

function ByCommunity({ figures }: { figures: Figures }) {
  return (
    <>
      <Heading level={2} className="section">各个社区</Heading>
      <Card label="各个社区">
        <Rows>{figures.byCommunity.filter((one) => one.count > 0).map((one) => <Row key={one.communityName} title={one.communityName} detail={one.medianMinutesToClosed === null ? '还没有了结的' : `${usually(one.medianMinutesToClosed)}了结`} end={<Box className="body strong tabular">{one.count} 件</Box>} />)}</Rows>
      </Card>
    </>
  )
}

function CaseCard({ its }: { its: Case }) {
  return (
    <CardLink onPress={() => { void Taro.navigateTo({ url: `/pages/safety/case/index?safetyCaseId=${its.safetyCaseId}` }) }}>
      <Box className="between">
        <Box className="lead">{its.elderName} · {reasonWords(its.reason)} ›</Box>
        {its.minutesToClosed === null ? <Tag tone="sos">还没了结</Tag> : its.finding ? <Tag tone={its.finding === 'neededHelp' ? 'warm' : 'plain'}>{findingWords(its.finding)}</Tag> : null}
      </Box>
      <Box className="body">{its.minutesToTaken === null ? '还没有人接手' : `${minutesWords(its.minutesToTaken)}有人接手`}{its.minutesToClosed === null ? '' : `，${minutesWords(its.minutesToClosed)}了结`}</Box>
      <Box className="small">{momentWords(its.openedAt)} · {its.communityName}</Box>
    </CardLink>
  )
}
