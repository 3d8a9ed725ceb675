/** 积分账目, for anybody: whether everything adds up, where all points are, and each month's figures, every one with the records behind it. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Plot } from '@/components/plot'
import { ReadAloud } from '@/components/read-aloud'
import { Fact, Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useTextSize } from '@/components/text-size'
import { spokenDay } from '@/domain/civil-time'
import { chineseNumber, pointsWords } from '@/services/points-words'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useQuery } from '@/services/use-query'
import { ledgerWords, type Ledger } from './ledger-words'
import { monthWords } from './line-words'
import { coverageWords, figureWords, waitWords, wholeMonthWords, type Report } from './report-words'

/** Rows drawn at once. */
const ROWS = 6

export function AccountsScreen() {
  const ledger = useQuery('ledger.public', { withHeld: true })
  const [month, setMonth] = useState<string | null>(null)
  const report = useQuery('points.report', month === null ? {} : { month })
  return (
    <Screen title="积分账目" subtitle="人人可看">
      <Content of={ledger} shape="detail">{(shown) => <AllTrue ledger={shown} />}</Content>
      <Content of={report} shape="tiles">{(shown) => <Published report={shown} onMonth={setMonth} />}</Content>
      {ledger.output && ledger.output.days.length > 0 ? <Seals ledger={ledger.output} /> : null}
    </Screen>
  )
}

/** 今日总账两清, or not; and where all points are. */
function AllTrue({ ledger }: { ledger: Ledger }) {
  const now = useServerNow()
  const words = ledgerWords(ledger, now)
  const { sums } = ledger
  const places = [
    { term: '大家存折里', points: sums.spendable }, { term: '换了还没取', points: sums.held }, { term: '补记的，等批', points: sums.pending }, { term: '爱心池里', points: sums.pots },
    { term: '用掉了', points: sums.spent }, { term: '到期了', points: sums.expired }, { term: '正在转', points: sums.onTheWay },
  ].filter((one) => one.points !== 0)
  const upTo = ledger.sealedOn === null ? '' : `算到 ${spokenDay(ledger.sealedOn)}，一共 ${pointsWords(ledger.entries)} 笔。今天的今晚封好再加上。`
  const { heldNow } = ledger
  const isHeldShown = heldNow !== undefined && (heldNow === null ? sums.held > 0 : heldNow > 0 || sums.held > 0)
  const heldWords = heldNow === null || heldNow === undefined ? '太多，今晚封好再数' : `${pointsWords(heldNow)} 分`
  const said = `${words.say}。${ledger.sealedOn === null ? '' : `算到${spokenDay(ledger.sealedOn)}，`}一共发出${chineseNumber(sums.issued)}分，${places.map((one) => `${one.term}${chineseNumber(one.points)}分`).join('，')}。${isHeldShown && typeof heldNow === 'number' ? `此刻换了还没取的，有${chineseNumber(heldNow)}分。` : ''}`
  const read = useReadAloud(said)
  return (
    <>
      <Notice tone={ledger.state === 'lookedAt' ? 'warm' : ledger.state === 'allTrue' ? 'willow' : 'gold'} title={ledger.state === 'allTrue' ? '今日总账两清' : words.tag}>
        {words.say}。{words.when ? `${words.when} 核对完。` : ''}
      </Notice>
      <Heading level={2} className="section">积分都在哪里</Heading>
      <Card label="积分都在哪里">
        <Box className="stack-tight">
          {upTo === '' ? null : <Box className="small">{upTo}</Box>}
          <Fact term="一共发出">{pointsWords(sums.issued)} 分</Fact>
          {places.map((one) => (
            <Box key={one.term}>
              <Fact term={one.term}>{pointsWords(one.points)}</Fact>
              <Bar share={sums.issued === 0 ? 0 : one.points / sums.issued} />
            </Box>
          ))}
          <Box className="small">上面几样加起来，正好等于一共发出的。</Box>
          {isHeldShown ? <Fact term="此刻换了还没取">{heldWords}</Fact> : null}
        </Box>
      </Card>
      <ReadAloud {...read} />
      {ledger.checks.length > 0
        ? (
          <>
            <Heading level={2} className="section">查了什么</Heading>
            <Card>
              <Rows label="查了什么">{ledger.checks.map((check) => <Row key={check.law} title={check.law} detail={`看了 ${pointsWords(check.checked)} 处`} end={<Tag tone={check.holds ? 'willow' : 'warm'}>{check.holds ? '对得上' : '在查'}</Tag>} />)}</Rows>
            </Card>
          </>
        )
        : null}
    </>
  )
}

function Published({ report, onMonth }: { report: Report; onMonth: (month: string) => void }) {
  const { size } = useTextSize()
  const { month } = report
  if (month === null) return <Empty icon="notebook" title="还没有月报" next="每个月的收支，第二天凌晨会公布在这里。" />
  const at = report.months.findIndex((one) => one.month === month)
  const [earlier, later] = [report.months[at + 1], report.months[at - 1]]
  const columns = [...report.months].slice(0, size === 30 ? 4 : 6).reverse().map((one) => ({ key: one.month, words: monthWords(one.month), up: one.earned, down: one.collected, isCurrent: one.month === month }))
  const open = (figure: string) => { void Taro.navigateTo({ url: `/pages/points/records/index?month=${month}&figure=${figure}` }) }
  return (
    <>
      <Heading level={2} className="section">{wholeMonthWords(month)}{report.isFinal || report.upToOn === null ? '' : `，到${spokenDay(report.upToOn)}`}</Heading>
      {earlier || later
        ? (
          <Box className="pair">
            {earlier ? <Button kind="outline" icon="chevron-left" onPress={() => onMonth(earlier.month)}>{monthWords(earlier.month)}</Button> : null}
            {later ? <Button kind="outline" onPress={() => onMonth(later.month)}>{monthWords(later.month)} ›</Button> : null}
          </Box>
        )
        : null}
      {columns.length > 1 ? <Card><Plot columns={columns} label={`每个月：${columns.map((one) => `${one.words}挣${chineseNumber(one.up)}，取走${chineseNumber(one.down)}`).join('；')}`} upWords="挣到的" downWords="取走的" /></Card> : null}
      <Card label="每一项">
        <Rows label="每一项">
          {report.figures.map((one) => (one.count === 0
            ? <Row key={one.figure} title={figureWords(one.figure)} end="没有" />
            : <Row key={one.figure} title={figureWords(one.figure)} detail={`${one.count} 笔`} end={<Box className="body strong tabular">{pointsWords(one.points)}</Box>} label={`${figureWords(one.figure)}，${one.count} 笔，${pointsWords(one.points)} 分，看每一笔`} onPress={() => open(one.figure)} />))}
          <Fraud fraud={report.fraud} />
        </Rows>
      </Card>
      <Heading level={2} className="section">换得到吗</Heading>
      <Card label="换得到吗">
        <Box className="stack">
          <Box className="body">{coverageWords(report.coverage.percent)}</Box>
          {report.coverage.percent === null ? null : <Bar share={report.coverage.percent / 100} tone={report.coverage.percent < 30 ? 'warm' : 'willow'} />}
          <Box>
            <Fact term="手里的积分">{pointsWords(report.outstanding)}</Fact>
            <Fact term="能换的一共值">{pointsWords(report.coverage.worth)} 分</Fact>
            <Fact term="从换到取，平均">{waitWords(report.waitMs)}</Fact>
          </Box>
        </Box>
      </Card>
      {report.coverage.rewards.length > 0
        ? (
          <Card label="还有什么">
            <Parts rows={report.coverage.rewards} size={ROWS} of="还有什么">
              {(rows) => <Rows label="还有什么">{rows.map((one) => <Row key={one.rewardId} title={one.name} detail={`一份 ${pointsWords(one.points)} 分`} end={`剩 ${one.remaining} 份`} />)}</Rows>}
            </Parts>
          </Card>
        )
        : null}
      <Box className="small">积分规则、兑换价格都是示例。</Box>
    </>
  )
}

/** What was taken back because the work never took place, and what could not be: it had been spent. Staff open the doubts behind it. */
function Fraud({ fraud }: { fraud: Report['fraud'] }) {
  const title = '查实造假，收回的'
  if (fraud.count === 0) return <Row title={title} end="没有" />
  const detail = `${fraud.count} 件${fraud.shortBy > 0 ? `，还有 ${pointsWords(fraud.shortBy)} 分已经用掉，没能收回` : '，全部收回'}`
  return <Row title={title} detail={detail} end={<Box className="body strong tabular">{pointsWords(fraud.taken)}</Box>} label={`${title}，${pointsWords(fraud.taken)} 分，${detail}`} {...(fraud.mayOpen ? { onPress: () => { void Taro.navigateTo({ url: '/pages/points-work/flags/index' }) } } : {})} />
}

/** The last sealed days: whoever noted the eight signs can compare them later. */
function Seals({ ledger }: { ledger: Ledger }) {
  return (
    <>
      <Heading level={2} className="section">每天封账</Heading>
      <Box className="small">每天半夜把当天的账封好。改动一笔，封号就对不上。记下封号，以后谁都能来对。</Box>
      <Card>
        <Rows label="每天封账">{ledger.days.map((day) => <Row key={day.onDate} title={spokenDay(day.onDate)} detail={`${day.entries} 笔，发 ${pointsWords(day.given)}，用 ${pointsWords(day.spent)}`} end={<Box className="body strong tabular">{day.shortHash}</Box>} />)}</Rows>
      </Card>
    </>
  )
}
