/** 志愿服务: where I am expected next, what I have done, and what could be done near by, by community and minutes on foot. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Card, CardLink, Figure } from '@/components/card'
import { Content, Empty, Problem } from '@/components/content'
import { SelectField } from '@/components/field'
import { Pager } from '@/components/pager'
import { Parts } from '@/components/parts'
import { Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Segments } from '@/components/segments'
import { TabBar } from '@/components/tab-bar'
import { Tag } from '@/components/tag'
import { civilDate } from '@/domain/civil-time'
import { pointsWords } from '@/services/points-words'
import { useShiftQueue } from '@/services/queue'
import { useServerNow } from '@/services/server-clock'
import { tabsFor } from '@/services/tabs'
import { whenWords } from '@/services/timeline-words'
import { useMyId } from '@/services/use-me'
import { usePages } from '@/services/use-pages'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { hoursFigure } from '@/services/volunteer-words'
import { openCertificate, openJoin, openPairs, openProjects, openShifts, openTask } from './open'
import { OfferCard, ShiftCard } from './task-card'
import { Unsent } from './unsent'

/** Tasks are claimed by others, ms. */
const LOOK_AGAIN_MS = 8_000
/** Rows of one list shown at once. */
const SHOWN = 4
const EVERYWHERE = 'everywhere'
const orders = [{ key: 'nearest', words: '先看近的' }, { key: 'soonest', words: '先看早的' }]
type Order = 'nearest' | 'soonest'

export function VolunteerTodayScreen() {
  const roles = useStaff()
  const now = useServerNow()
  const myId = useMyId()
  const mine = useQuery('shift.mine', {}, { pollMs: LOOK_AGAIN_MS })
  const points = useQuery('points.mine', myId === undefined ? null : { personId: myId })
  const pairs = useQuery('pair.list', {})
  const queue = useShiftQueue()
  const { output } = mine
  const year = output?.thisYear.year ?? Number(civilDate(now).slice(0, 4))
  const titleOf = (shiftId: string) => output?.coming.find((shift) => shift.shiftId === shiftId)?.title
  const isUnsent = (shiftId: string) => queue.acts.some((act) => act.input.shiftId === shiftId && act.refused === undefined)
  return (
    <Screen title="志愿服务" hasBack={false} tabBar={<TabBar items={tabsFor(roles)} current="work" />}>
      <Unsent queue={queue} titleOf={titleOf} />
      <Content of={mine} shape="tiles">
        {(shown) => (
          <>
            {shown.coming.length > 0 ? <Heading level={2} className="section">我要去的</Heading> : null}
            <Parts rows={shown.coming} size={SHOWN} of="我要去的">
              {(rows) => rows.map((shift) => <ShiftCard key={shift.shiftId} shift={shift} now={now} isNext={shift === shown.coming[0]} isUnsent={isUnsent(shift.shiftId)} />)}
            </Parts>
            {shown.hosting.map((task) => (
              <CardLink key={task.taskId} tone="willow" onPress={() => openTask(task.taskId)}>
                <Box className="between"><Box className="lead">{task.title} ›</Box><Tag>{task.as === 'organiser' ? '您负责' : '来帮忙'}</Tag></Box>
                <Box className="body">{whenWords(task.startsAt, task.endsAt, now)}</Box>
                <Box className="small">志愿者到了、做完，都看您手机上的码。</Box>
              </CardLink>
            ))}
            <Box className="trio">
              <Figure value={hoursFigure(shown.thisYear.minutes)} words="今年小时" />
              <Figure value={shown.thisYear.shifts} words="今年几次" />
              {points.output ? <Figure value={pointsWords(points.output.spendable)} words="积分" /> : null}
            </Box>
          </>
        )}
      </Content>
      <NearMe now={now} />
      <Card>
        <Rows label="志愿服务的别的">
          <Row icon="calendar-days" title="我的班" detail="要去的、做过的" onPress={openShifts} />
          <Row icon="badge-check" title="服务证明" detail={`${year} 年做了多少，可以打印`} onPress={() => openCertificate(year)} />
          <Row icon="hand-heart" title="结对" detail="每周固定帮一位老人" end={pairs.output?.pairs.some((pair) => pair.as === 'volunteer' && pair.acts.includes('accept')) === true ? <Tag tone="gold">等您答复</Tag> : null} onPress={openPairs} />
          <Row icon="users" title="项目认领" detail="一支队伍一起做" onPress={openProjects} />
          <Row icon="pencil" title="我会什么，去哪里" detail="改本事、改社区" onPress={openJoin} />
        </Rows>
      </Card>
    </Screen>
  )
}

/** Tasks to come, the shortest way or the nearest day first; of one community when that was chosen. */
function NearMe({ now }: { now: number }) {
  const [communityId, setCommunity] = useState(EVERYWHERE)
  const [order, setOrder] = useState<Order>('nearest')
  const pages = usePages('task.list', { order, ...(communityId === EVERYWHERE ? {} : { communityId }) }, { pollMs: LOOK_AGAIN_MS })
  const { first, items, problem } = pages
  // Where I have a seat stands above.
  const offered = items.filter((task) => task.state !== 'mine')
  const communities = first.output?.communities ?? []
  return (
    <>
      <Heading level={2} className="section">附近要人帮的</Heading>
      {communities.length > 1 || communityId !== EVERYWHERE
        ? <SelectField label="哪个社区" value={communityId} onChange={setCommunity} options={[{ key: EVERYWHERE, words: '我选的都看' }, ...communities.map((one) => ({ key: one.communityId, words: one.name }))]} />
        : null}
      {communities.length > 1 && communityId === EVERYWHERE ? <Segments label="先看哪些" parts={orders} selected={order} onChoose={(key) => setOrder(key === 'soonest' ? 'soonest' : 'nearest')} /> : null}
      <Content of={first}>
        {() => offered.length === 0 && !pages.hasNext && !pages.hasPrevious
          ? <Empty icon="hand-heart" title="现在没有要人帮的" next="社工发了新的，会出现在这里。多选几个社区，看得到的也多一些。" action={{ words: '改社区', onPress: openJoin }} />
          : (
            <>
              {offered.map((task) => <OfferCard key={task.taskId} task={task} now={now} />)}
              {problem ? <Problem problem={problem} /> : null}
              <Pager {...pages} of="附近要人帮的" />
            </>
          )}
      </Content>
    </>
  )
}
