/** One task as the social worker sees it: who claimed it and how far each is; taking it off with a reason. */
import { useState } from 'react'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Content, Empty } from '@/components/content'
import { Notice } from '@/components/notice'
import { Parts } from '@/components/parts'
import { ReasonSheet } from '@/components/reason-sheet'
import { Fact, Row, Rows } from '@/components/row'
import { Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { shiftStateWords, skillWords, taskStateWords } from '@/services/volunteer-words'
import { open } from './open'

const LOOK_AGAIN_MS = 6_000
const SHOWN = 10

const timesWords = (from: number | null, until: number | null): string => (from === null ? '' : until === null ? `${clockTime(from)} 签到` : `${clockTime(from)}–${clockTime(until)}`)

export function TaskScreen({ taskId }: { taskId: string }) {
  const now = useServerNow()
  const task = useQuery('task.show', { taskId }, { pollMs: LOOK_AGAIN_MS })
  const cancel = useAction('task.cancel')
  const [isCancelling, setCancelling] = useState(false)
  const [isCancelled, setCancelled] = useState(false)
  return (
    <Screen title="志愿任务" subtitle={task.output?.communityName}>
      {isCancelled ? <Notice isAnnounced title="取消了">报了名的志愿者都会收到消息，时间也空出来了。</Notice> : null}
      <Content of={task} shape="detail">
        {(shown) => (
          <>
            <Card label="任务">
              <Box className="stack">
                <Box>
                  <Box className="inline"><Tag tone={taskStateWords(shown.status).tone}>{taskStateWords(shown.status).words}</Tag>{shown.isPair ? <Tag tone="plain">结对</Tag> : null}</Box>
                  <Heading level={2} className="lead">{shown.title}</Heading>
                  <Box className="body">{shown.what}</Box>
                </Box>
                <Box>
                  <Fact term="时间">{whenWords(shown.startsAt, shown.endsAt, now)}</Fact>
                  <Fact term="地点">{shown.place}</Fact>
                  {shown.elder ? <Fact term="为谁">{shown.elder.name}</Fact> : null}
                  <Fact term="负责人">{shown.organiserName}，签到码在{shown.elder ? '老人或负责人' : '负责人'}手机上</Fact>
                  {shown.skills.length > 0 ? <Fact term="要会">{shown.skills.map(skillWords).join('、')}</Fact> : null}
                  <Fact term="人数">要 {shown.seats} 人，还差 {shown.remaining} 人</Fact>
                  <Fact term="发布">{shown.publishedByName}</Fact>
                  {shown.cancelReason ? <Fact term="取消原因">{shown.cancelReason}</Fact> : null}
                </Box>
              </Box>
            </Card>
            <Heading level={2} className="section">报名的人</Heading>
            {shown.volunteers.length === 0
              ? <Empty icon="users" title="还没有人报名" next="志愿者在「志愿任务」里看得到，也可以打电话请人来报。" />
              : (
                <Card label="报名的人">
                  <Parts rows={shown.volunteers} size={SHOWN} of="报名的人">
                    {(rows) => <Rows>{rows.map((one) => <Row key={one.shiftId} title={one.name} detail={timesWords(one.checkedInAt, one.checkedOutAt)} end={<Tag tone={shiftStateWords(one.status).tone}>{shiftStateWords(one.status).words}</Tag>} onPress={() => open('shift', `shiftId=${one.shiftId}`)} />)}</Rows>}
                  </Parts>
                </Card>
              )}
            {!shown.acts.includes('cancel')
              ? null
              : isCancelling
                ? (
                  <ReasonSheet
                    question={`取消「${shown.title}」？${shown.volunteers.length > 0 ? `报了名的 ${shown.volunteers.length} 人都不用来了。` : ''}`} yes="取消任务" isDangerous isBusy={cancel.isPending} problem={cancel.problem} maxLength={80} hint="志愿者看得到这句话"
                    onNo={() => { cancel.clear(); setCancelling(false) }}
                    onYes={async (reason) => { if (await cancel.run({ taskId, reason })) { setCancelling(false); setCancelled(true); task.reload() } }}
                  />
                )
                : <Button kind="quiet" onPress={() => setCancelling(true)}>取消这个任务</Button>}
          </>
        )}
      </Content>
    </Screen>
  )
}
