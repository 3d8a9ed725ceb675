/** 今日上门: where to go today, what comes, and what nobody of the provider has taken yet. */
import Taro from '@tarojs/taro'
import { Fragment, useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card, CardLink } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { Screen } from '@/components/screen'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { addDays, civilDate, clockTime } from '@/domain/civil-time'
import type { ErrorDetails } from '@/domain/error'
import { useVisitQueue } from '@/services/queue'
import { useServerNow } from '@/services/server-clock'
import { placeWords } from '@/services/staff-words'
import { tabsFor } from '@/services/tabs'
import { statusWords, whenWords } from '@/services/timeline-words'
import { useAction, type Act } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import styles from './today.module.scss'
import { WaitingActs } from './waiting-acts'

type Item = OutputOf<'visit.mine'>['today'][number]

/** A colleague may take a visit, an elder may cancel: looks again this often, ms. */
const LOOK_AGAIN_MS = 5_000
/** Rows of one list shown at once. */
const SHOWN = 8
const openVisit = (bookingId: string) => { void Taro.navigateTo({ url: `/pages/care-worker/visit/index?bookingId=${bookingId}` }) }
const isToCome = (item: Item): boolean => item.status === 'assigned' || item.status === 'checkedIn'

/** What comes next stands first; what is done, last. */
const inOrder = (items: readonly Item[]): Item[] => [...items.filter(isToCome), ...items.filter((item) => !isToCome(item))]

const days = ['今天', '明天', '以后'] as const

/** The nearest first, each with the name of its day where that day begins. */
function byNearness(items: readonly Item[], now: number): { item: Item; day: (typeof days)[number] }[] {
  const today = civilDate(now)
  const dayOf = (item: Item) => { const date = civilDate(item.startsAt); return date <= today ? days[0] : date === addDays(today, 1) ? days[1] : days[2] }
  return [...items].sort((one, other) => one.startsAt - other.startsAt).map((item) => ({ item, day: dayOf(item) }))
}

/** Why a visit cannot be promised as well, from the details of the refusal. */
const busyWords = (details: ErrorDetails | undefined): string => {
  const { from, to } = details ?? {}
  return typeof from === 'number' && typeof to === 'number' ? `这个时间您已经有一单，${clockTime(from)}–${clockTime(to)}` : '这个时间您已经有一单'
}

export function CareTodayScreen() {
  const roles = useStaff()
  const now = useServerNow()
  const mine = useQuery('visit.mine', {}, { pollMs: LOOK_AGAIN_MS })
  const queue = useVisitQueue()
  const take = useAction('visit.take')
  const beds = useQuery('bed.services', {})
  const desk = useQuery('menu.desk', {})
  const [asking, setAsking] = useState<string | null>(null)
  const [taken, setTaken] = useState<string | null>(null)
  const { output } = mine
  const ordered = inOrder(output?.today ?? [])
  const known = output ? [...output.today, ...output.coming, ...output.open] : []
  const nameOf = (bookingId: string) => known.find((item) => item.bookingId === bookingId)?.elderName
  const unsent = (item: Item): boolean => queue.acts.some((act) => act.input.bookingId === item.bookingId && act.refused === undefined)

  const leave = () => { setAsking(null); take.clear() }
  const takeIt = async (item: Item) => {
    const done = await take.run({ bookingId: item.bookingId })
    if (done) {
      setAsking(null)
      setTaken(`${whenWords(item.startsAt, item.endsAt, now)}，${item.elderName}，${item.serviceName}`)
    }
    mine.reload()
  }

  return (
    <Screen title="今日上门" subtitle={output?.providerName} hasBack={false} tabBar={<TabBar items={tabsFor(roles)} current="work" />}>
      <WaitingActs queue={queue} nameOf={nameOf} />
      {beds.output && beds.output.services.length > 0 ? <Button kind="outline" icon="house-heart" onPress={() => { void Taro.navigateTo({ url: '/pages/beds/board/index' }) }}>床位：谁来谁走</Button> : null}
      <Button kind="outline" icon="calendar-days" onPress={() => { void Taro.navigateTo({ url: '/pages/menu-work/week/index' }) }}>一周：谁去，还空几个</Button>
      {desk.output && desk.output.organisations.length > 0 ? <Button kind="outline" icon="gift" onPress={() => { void Taro.navigateTo({ url: '/pages/menu-work/desk/index' }) }}>{desk.output.fresh.length > 0 ? `接单台：${desk.output.fresh.length} 单等答复` : '接单台'}</Button> : null}
      {taken ? <Notice isAnnounced title="这一单归您了">{taken}</Notice> : null}
      {take.problem && asking === null ? <Problem problem={take.problem} /> : null}
      <Content of={mine}>
        {(shown) => (
          <>
            {shown.today.length === 0 ? <Empty icon="calendar-days" title="今天没有要上门的" next={shown.open.length > 0 ? '下面有还没人接的，可以看一看。' : '有了新的单，会出现在这里。'} /> : null}
            <Parts rows={ordered} size={SHOWN} of="今天的">
              {(rows) => rows.map((item) => (
                <VisitCard key={item.bookingId} item={item} when={`${clockTime(item.startsAt)}–${clockTime(item.endsAt)}`} isNext={item === ordered[0] && isToCome(item)} isUnsent={unsent(item)} />
              ))}
            </Parts>
            {shown.open.length > 0 ? <Heading level={2} className="section">还没人接</Heading> : null}
            <Parts rows={byNearness(shown.open, now)} size={SHOWN} of="还没人接的">
              {(rows) => rows.map(({ item, day }, index) => (
                <Fragment key={item.bookingId}>
                  {day === rows[index - 1]?.day ? null : <Heading level={3} className="lead">{day}</Heading>}
                  <Card label={`${item.elderName}，${item.serviceName}，还没人接`}>
                    <Box className={asking === item.bookingId ? 'stack' : styles.open}>
                      <Box className={styles.words}>
                        <Box className="lead">{whenWords(item.startsAt, item.endsAt, now)}</Box>
                        <Box className="body">{item.elderName} · {item.serviceName}</Box>
                        <Box className="small">{placeWords(item.communityName, item.address)}</Box>
                      </Box>
                      {asking === item.bookingId
                        ? <TakeSheet item={item} take={take} now={now} onNo={leave} onYes={() => takeIt(item)} />
                        : <Box className={styles.act}><Button kind="outline" label={`我来，${item.elderName}，${item.serviceName}`} onPress={() => { setTaken(null); take.clear(); setAsking(item.bookingId) }}>我来</Button></Box>}
                    </Box>
                  </Card>
                </Fragment>
              ))}
            </Parts>
            {shown.coming.length > 0 ? <Heading level={2} className="section">以后几天</Heading> : null}
            <Parts rows={shown.coming} size={SHOWN} of="以后几天的">
              {(rows) => rows.map((item) => <VisitCard key={item.bookingId} item={item} when={whenWords(item.startsAt, item.endsAt, now)} isNext={false} isUnsent={unsent(item)} />)}
            </Parts>
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Whether to take it; or, when the worker is promised elsewhere at that time, where the time went. */
function TakeSheet({ item, take, now, onNo, onYes }: { item: Item; take: Act<'visit.take'>; now: number; onNo: () => void; onYes: () => Promise<void> }) {
  if (take.code === 'WORKER_BUSY') {
    return <Notice tone="gold" isAnnounced title={busyWords(take.details)} actions={<Button kind="outline" onPress={onNo}>知道了</Button>}>别的时间的，还可以接。</Notice>
  }
  return (
    <ConfirmSheet question={`${whenWords(item.startsAt, item.endsAt, now)}，您去给${item.elderName}${item.serviceName}？`} yes="我来" isBusy={take.isPending} onNo={onNo} onYes={onYes}>
      {take.problem ? <Problem problem={take.problem} /> : null}
    </ConfirmSheet>
  )
}

function VisitCard({ item, when, isNext, isUnsent }: { item: Item; when: string; isNext: boolean; isUnsent: boolean }) {
  const { words, tone } = statusWords(item.status, 'careWorker')
  return (
    <CardLink tone={isNext ? 'chosen' : 'plain'} onPress={() => openVisit(item.bookingId)}>
      <Box className="between">
        <Box className="lead">{when}</Box>
        {isUnsent ? <Tag tone="gold">未发出</Tag> : isNext && item.status === 'assigned' ? <Tag>接下来</Tag> : <Tag tone={tone}>{words}</Tag>}
      </Box>
      <Box className="body strong">{item.elderName} · {item.serviceName} ›</Box>
      <Box className="small">{placeWords(item.communityName, item.address)}</Box>
      {isNext && item.careNotes ? <Box className="body">照护须知：{item.careNotes}</Box> : null}
    </CardLink>
  )
}
