/** 我的班: where I promised to be, what others come to do for me or under my lead, and what is behind me, a page at a time. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { CardLink } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Pager } from '@/components/pager'
import { Parts } from '@/components/parts'
import { Pieces } from '@/components/pieces'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useShiftQueue } from '@/services/queue'
import { useServerNow } from '@/services/server-clock'
import { whenWords } from '@/services/timeline-words'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { minutesWords, seatsWords } from '@/services/volunteer-words'
import { openTask } from './open'
import { ShiftCard } from './task-card'
import { Unsent } from './unsent'

const LOOK_AGAIN_MS = 10_000
const SHOWN = 8

/** `isForMe`: only those who come to help me, my elders, or under my lead. */
export function ShiftsScreen({ isForMe = false }: { isForMe?: boolean }) {
  useStaff()
  const now = useServerNow()
  const queue = useShiftQueue()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors[cursors.length - 1]
  const first = useQuery('shift.mine', {}, { pollMs: LOOK_AGAIN_MS })
  const later = useQuery('shift.mine', cursor === undefined ? null : { cursor })
  const { output } = first
  const page = cursor === undefined ? first : later
  const titleOf = (shiftId: string) => output?.coming.find((shift) => shift.shiftId === shiftId)?.title
  const isUnsent = (shiftId: string) => queue.acts.some((act) => act.input.shiftId === shiftId && act.refused === undefined)
  return (
    <Screen title={isForMe ? '来帮忙的人' : '我的班'} subtitle={!isForMe && output ? `${output.thisYear.year} 年 ${minutesWords(output.thisYear.minutes)}` : undefined}>
      {isForMe ? null : <Unsent queue={queue} titleOf={titleOf} />}
      <Content of={first}>
        {(shown) => (
          <>
            {isForMe && shown.hosting.length === 0 ? <Empty icon="hand-heart" title="这几天没有人要来" next="社工给老人约了志愿者，或者请您负责一个活动，会出现在这里。" /> : null}
            {shown.hosting.length > 0 && !isForMe ? <Heading level={2} className="section">来帮忙的人</Heading> : null}
            <Parts rows={shown.hosting} size={SHOWN} of="来帮忙的人">
              {(rows) => rows.map((task) => (
                <CardLink key={task.taskId} tone="willow" onPress={() => openTask(task.taskId)}>
                  <Box className="between"><Box className="lead">{task.title} ›</Box><Tag>{task.as === 'organiser' ? '您负责' : task.as === 'elder' ? '来帮您' : `来帮${task.elderName ?? '老人'}`}</Tag></Box>
                  <Box className="body"><Pieces words={whenWords(task.startsAt, task.endsAt, now)} /></Box>
                  <Box className="small">{task.seats - task.remaining > 0 ? `${task.seats - task.remaining} 位志愿者来` : seatsWords(task)}</Box>
                </CardLink>
              ))}
            </Parts>
            {isForMe ? null : (
              <>
                {shown.coming.length > 0 ? <Heading level={2} className="section">要去的</Heading> : shown.hosting.length === 0 && shown.past.items.length === 0 ? <Empty title="还没有报过班" next="看看附近要人帮的，挑一个方便的。" /> : null}
                <Parts rows={shown.coming} size={SHOWN} of="要去的">
                  {(rows) => rows.map((shift) => <ShiftCard key={shift.shiftId} shift={shift} now={now} isNext={shift === shown.coming[0]} isUnsent={isUnsent(shift.shiftId)} />)}
                </Parts>
              </>
            )}
          </>
        )}
      </Content>
      {isForMe ? null : (
        <Content of={page}>
          {(shown) => shown.past.items.length === 0 ? null : (
            <>
              <Heading level={2} className="section">做过的</Heading>
              {shown.past.items.map((shift) => <ShiftCard key={shift.shiftId} shift={shift} now={now} />)}
              <Pager
                of="做过的" isLoading={page.isLoading} hasNext={shown.past.nextCursor !== null} hasPrevious={cursors.length > 0}
                next={() => { if (shown.past.nextCursor !== null) setCursors([...cursors, shown.past.nextCursor]) }} previous={() => setCursors(cursors.slice(0, -1))}
              />
            </>
          )}
        </Content>
      )}
    </Screen>
  )
}
