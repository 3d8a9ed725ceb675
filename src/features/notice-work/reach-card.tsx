/** How far a notice has reached: in words, as a bar, how, where, over time; who is left, and the way to them; all of it as a table to take along. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Plot } from '@/components/plot'
import { Fact } from '@/components/row'
import { civilDate, clockTime, DAY } from '@/domain/civil-time'
import { addressedOf, reachedOf } from '@/domain/reach'
import { call } from '@/services/call'
import { stateWords } from '@/services/notice-words'
import { useServerNow } from '@/services/server-clock'
import { beginsWords } from '@/services/timeline-words'
import { saveTable, type Saved } from '@/services/table-file'
import { useQuery } from '@/services/use-query'
import { wordingOf, type Wording } from '@/services/wording'
import { fileNameOf, rowsOf } from './reach-table'

type Reach = OutputOf<'notice.reach'>
type Left = OutputOf<'notice.duty'>['items']

const LOOK_AGAIN_MS = 8_000
/** Columns of the plot: as many as can be read on a small phone. */
const COLUMNS = 4
/** Nobody reads more of a table on a telephone. */
const MOST_PAGES = 100
const open = (what: 'call' | 'visit' | 'help', noticeId: string) => { void Taro.navigateTo({ url: `/pages/notice-work/duty/index?what=${what}&noticeId=${noticeId}` }) }

export function ReachPart({ noticeId }: { noticeId: string }) {
  const reach = useQuery('notice.reach', { noticeId }, { pollMs: LOOK_AGAIN_MS })
  return <Content of={reach}>{(shown) => <ReachCard shown={shown} />}</Content>
}

function ReachCard({ shown }: { shown: Reach }) {
  const now = useServerNow()
  const { counts } = shown
  const all = addressedOf(counts)
  const reached = reachedOf(counts)
  // What need not be answered has arrived when it was looked at.
  const arrived = shown.level === 'mustReach' ? reached : reached + counts.read
  const left = shown.byCommunity.reduce((sum, one) => ({ call: sum.call + one.toCall, visit: sum.visit + one.toVisit }), { call: 0, visit: 0 })
  const states = (Object.keys(stateWords) as (keyof typeof stateWords)[]).filter((state) => counts[state] > 0)
  return (
    <Card label="送到了多少人">
      <Box className="stack">
        <Heading level={2} className="lead">{shown.level === 'mustReach' ? '知道了' : '看过'} {arrived} / {all} 人</Heading>
        <Bar share={all === 0 ? 0 : arrived / all} />
        {shown.isWriting ? <Box className="body">还在一批一批送，过一会儿再看。</Box> : null}
        {shown.deadlineAt !== null && all > reached ? <Box className="body">{now < shown.deadlineAt ? `${beginsWords(shown.deadlineAt, now)} 还没知道的，排进打电话的名单。` : left.call + left.visit > 0 ? `到时间了，还有 ${left.call} 人要打电话，${left.visit} 人要上门。` : ''}</Box> : null}
        <Box className="stack-tight">{states.map((state) => <Fact key={state} term={stateWords[state]}>{counts[state]} 人{state === 'sent' && shown.sentToFamily > 0 ? `，其中 ${shown.sentToFamily} 人发给了家人` : ''}</Fact>)}</Box>
        {left.call > 0 ? <Button kind="outline" icon="phone-call" onPress={() => open('call', shown.noticeId)}>去打电话，{left.call} 人</Button> : null}
        {left.visit > 0 ? <Button kind="outline" icon="map-pin" onPress={() => open('visit', shown.noticeId)}>去上门，{left.visit} 人</Button> : null}
        {shown.helpOpen > 0 ? <Button kind="outline" icon="hand-heart" onPress={() => open('help', shown.noticeId)}>要帮忙的，{shown.helpOpen} 人</Button> : null}
        {reached > 0 ? <OverTime shown={shown} all={all} reached={reached} now={now} /> : null}
        {shown.byCommunity.length > 1 ? <Places title="各社区" rows={shown.byCommunity.map((one) => ({ key: one.communityId, name: one.communityName, reached: one.reached, addressed: one.addressed }))} /> : null}
        {shown.byBuilding.length > 1 ? <Places title="各幢楼" rows={shown.byBuilding.map((one) => ({ key: one.building ?? '', name: one.building === null ? '没写楼号' : `${one.building} 幢`, reached: one.reached, addressed: one.addressed }))} /> : null}
        <SaveTable shown={shown} />
      </Box>
    </Card>
  )
}

/** Spans that end the plot's columns: a few, the last of them now. */
const chosen = (spans: Reach['overTime']): Reach['overTime'] => Array.from({ length: Math.min(COLUMNS, spans.length) }, (_, index) => spans[Math.round(((index + 1) * spans.length) / Math.min(COLUMNS, spans.length)) - 1]).flatMap((span) => span ?? [])

function OverTime({ shown, all, reached, now }: { shown: Reach; all: number; reached: number; now: number }) {
  const spans = chosen(shown.overTime)
  const isLong = now - shown.listedAt > DAY
  return (
    <Box className="stack-tight">
      <Box className="strong">一点一点知道的</Box>
      <Plot
        label={`${spans.map((span) => `到${beginsWords(span.until, now)} ${span.reached} 人知道`).join('，')}，一共 ${all} 人，现在 ${reached} 人知道`} upWords="知道了" downWords="还没知道"
        columns={spans.map((span, index) => ({ key: `${span.until} ${index}`, words: isLong ? civilDate(span.until).slice(5) : clockTime(span.until), up: span.reached, down: all - span.reached, isCurrent: index === spans.length - 1 }))}
      />
    </Box>
  )
}

function Places({ title, rows }: { title: string; rows: readonly { key: string; name: string; reached: number; addressed: number }[] }) {
  return (
    <Box className="stack-tight">
      <Box className="strong">{title}</Box>
      {rows.map((row) => (
        <Box key={row.key}>
          <Fact term={row.name}>{row.reached} / {row.addressed} 人</Fact>
          <Bar share={row.addressed === 0 ? 0 : row.reached / row.addressed} tone={row.reached < row.addressed ? 'warm' : 'willow'} />
        </Box>
      ))}
    </Box>
  )
}

const savedWords: Record<Saved, { title: string; next: string; isBad?: boolean }> = {
  saved: { title: '存好了', next: '在浏览器的下载里。' },
  shared: { title: '发出去了', next: '在您选的聊天里。' },
  copied: { title: '表格复制好了', next: '粘贴到表格或聊天里就行。' },
  failed: { title: '没有存成', next: '请再试一次。', isBad: true },
}

async function everybodyLeft(noticeId: string): Promise<Left> {
  const left: Left = []
  for (const what of ['visit', 'call'] as const) {
    let cursor: string | null | undefined
    for (let page = 0; page < MOST_PAGES && cursor !== null; page++) {
      const { items, nextCursor }: OutputOf<'notice.duty'> = await call('notice.duty', { what, noticeId, ...(cursor === undefined ? {} : { cursor }) })
      left.push(...items)
      cursor = nextCursor
    }
  }
  return left
}

function SaveTable({ shown }: { shown: Reach }) {
  const now = useServerNow()
  const [saved, setSaved] = useState<Saved | null>(null)
  const [problem, setProblem] = useState<Wording | null>(null)
  const save = async () => {
    setSaved(null)
    setProblem(null)
    try {
      setSaved(await saveTable(fileNameOf(shown, now), rowsOf(shown, await everybodyLeft(shown.noticeId), now)))
    } catch (error) {
      setProblem(wordingOf(error))
    }
  }
  return (
    <>
      <Button kind="outline" icon="file-text" onPress={save}>存成表格</Button>
      {problem ? <Problem problem={problem} /> : null}
      {saved ? <Notice isAnnounced tone={savedWords[saved].isBad ? 'warm' : 'willow'} title={savedWords[saved].title}>{savedWords[saved].next}</Notice> : null}
    </>
  )
}
