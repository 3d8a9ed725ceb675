/** 今日送餐: the run under way with its doors, the others that are mine, and those of the kitchen that nobody has taken. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { RunView } from '@/contract'
import { Bar } from '@/components/bar'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { tabsFor } from '@/services/tabs'
import { useAction } from '@/services/use-action'
import { useStaff } from '@/services/use-staff'
import { RunBody } from './run-body'
import { isOver, progressWords, runHours, runTitle } from './run-words'
import { StopStep, type Door } from './stop-step'
import { RefusedElsewhere, Unsent } from './unsent'
import { refusedAt, useRuns, type CourierQueue } from './use-runs'

const openRun = (runId: string) => { void Taro.navigateTo({ url: `/pages/courier/run/index?runId=${runId}` }) }
const inTime = (runs: readonly RunView[]): readonly RunView[] => [...runs].sort((one, other) => one.startsAt - other.startsAt)
const isUnderWay = (run: RunView): boolean => run.startedAt !== null && run.stops.some((stop) => !isOver(stop))

export function CourierTodayScreen() {
  const roles = useStaff()
  const now = useServerNow()
  const runs = useRuns()
  const { today, queue } = runs
  const [door, setDoor] = useState<Door | null>(null)
  const take = useAction('courier.takeRun')
  const [asking, setAsking] = useState<string | null>(null)
  const [taken, setTaken] = useState<string | null>(null)
  const { output } = today

  const takeIt = async (run: RunView) => {
    const done = await take.run({ runId: run.runId })
    if (done) setTaken(runTitle(run))
    if (done || take.code === 'ALREADY_TAKEN') setAsking(null)
    today.reload()
  }
  if (door) return <StopStep runs={runs} door={door} onBack={() => setDoor(null)} />
  return (
    <Screen title="今日送餐" subtitle={output?.mine[0]?.kitchenName ?? output?.open[0]?.kitchenName} hasBack={false} tabBar={<TabBar items={tabsFor(roles)} current="work" />}>
      <Unsent queue={queue} runs={output ? [...output.mine, ...output.open] : []} />
      <RefusedElsewhere queue={queue} runs={output?.mine ?? []} />
      {taken ? <Notice isAnnounced title={`${taken}归您了`}>到厨房拿齐了餐，再点「出发」。</Notice> : null}
      {take.problem && asking === null ? <Problem problem={take.problem} /> : null}
      <Content of={today}>
        {(shown) => {
          const mine = inTime(shown.mine)
          const active = mine.find(isUnderWay)
          const others = mine.filter((run) => run !== active)
          return (
            <>
              {mine.length === 0 ? <Empty icon="clipboard-list" title="今天还没有您的送餐单" next={shown.open.length > 0 ? '下面有还没人送的，可以拿一单。' : '截止订餐以后，送餐单会出现在这里。'} /> : null}
              {active
                ? (
                  <>
                    <Heading level={2} className="section">{runTitle(active)} {runHours(active)}</Heading>
                    <RunBody run={active} queue={queue} onDoor={(bookingId, what) => { setTaken(null); setDoor({ bookingId, what }) }} />
                    {shown.colleagues.length > 0 ? <Button kind="quiet" onPress={() => openRun(active.runId)}>送不了，交给同事</Button> : null}
                  </>
                )
                : null}
              {others.length > 0 && active ? <Heading level={2} className="section">我的其他送餐单</Heading> : null}
              {others.map((run) => <RunCard key={run.runId} run={run} queue={queue} isNext={!active && run === others.find((one) => one.stops.some((stop) => !isOver(stop)))} />)}
              {shown.open.length > 0 ? <Heading level={2} className="section">还没人送</Heading> : null}
              {inTime(shown.open).map((run) => asking === run.runId
                ? (
                  <ConfirmSheet
                    key={run.runId} question={`${runTitle(run)}，${runHours(run)}，${progressWords(run)}，您来送？`} yes="我来送" isBusy={take.isPending}
                    onNo={() => { take.clear(); setAsking(null) }} onYes={() => takeIt(run)}
                  >
                    {take.problem ? <Problem problem={take.problem} /> : null}
                  </ConfirmSheet>
                )
                : (
                  <Card key={run.runId} label={`${runTitle(run)}，还没人送`}>
                    <Box className="stack">
                      <Box>
                        <Box className="lead">{runTitle(run)}</Box>
                        <Box className="body tabular">{runHours(run)} · {progressWords(run)}</Box>
                      </Box>
                      {now >= run.startsAt ? <Notice tone="warm" title="已经开饭了，请快送" /> : null}
                      <Button kind="outline" label={`我来送，${runTitle(run)}`} onPress={() => { setTaken(null); take.clear(); setAsking(run.runId) }}>我来送</Button>
                    </Box>
                  </Card>
                ))}
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

function RunCard({ run, queue, isNext }: { run: RunView; queue: CourierQueue; isNext: boolean }) {
  const going = run.stops.filter((stop) => stop.state !== 'cancelled')
  const done = going.filter(isOver).length
  const refused = run.stops.filter((stop) => refusedAt(queue, stop.bookingId) !== undefined).length
  return (
    <CardLink tone={isNext ? 'chosen' : 'plain'} onPress={() => openRun(run.runId)}>
      <Box className="between">
        <Box className="lead">{runTitle(run)} ›</Box>
        {run.startedAt === null ? <Tag tone="gold">还没出发</Tag> : done === going.length ? <Tag>送完了</Tag> : <Tag>正在送</Tag>}
      </Box>
      <Box className="body tabular">{runHours(run)} · {progressWords(run)}</Box>
      {refused > 0 ? <Box className="inline"><Tag tone="warm">{refused} 家没有记上</Tag></Box> : null}
      {run.startedAt === null ? null : <Bar share={going.length === 0 ? 1 : done / going.length} />}
    </CardLink>
  )
}
