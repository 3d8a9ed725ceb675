/**
 * One task, as whoever looks at it needs it: a volunteer takes a seat or gives it back; the organiser, the elder and family
 * see who comes, show the code and say how it was.
 */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { Pieces } from '@/components/pieces'
import { ReadAloud } from '@/components/read-aloud'
import { Fact, Row, Rows } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { offerWords, seatsWords, shiftStateWords, skillWords, taskStateWords, walkWords } from '@/services/volunteer-words'
import { goToShift, openCode, openJoin, openShift } from './open'

type Task = OutputOf<'task.show'>

const LOOK_AGAIN_MS = 6_000

/** Why there is no seat for this viewer, and what to do. */
function whyNot(task: Task): { title: string; next: string } | null {
  if (task.status === 'cancelled') return { title: '任务取消了', next: task.cancelReason ?? '不用去了。' }
  if (task.status === 'over') return { title: '时间过去了', next: '请看看别的任务。' }
  switch (task.state) {
    case 'full': return { title: '人齐了', next: '有人退了，这里会再空出来。' }
    case 'clash': return { title: '您那时有别的安排', next: '一个人不能同时在两个地方。先退掉另一个，再来报。' }
    case 'skill': return { title: '要会别的本事', next: `要会${task.skills.map(skillWords).join('、')}。会的话，先在「我会什么」里写上。` }
    case 'ownCase': return { title: '这是您家里老人的事', next: '给自己家里老人做的，不算志愿服务，请别人来报。' }
    default: return null
  }
}

export function TaskScreen({ taskId }: { taskId: string }) {
  useStaff()
  const now = useServerNow()
  const task = useQuery('task.show', { taskId }, { pollMs: LOOK_AGAIN_MS })
  const claim = useAction('task.claim')
  const [isGivingUp, setGivingUp] = useState(false)
  const [isFree, setFree] = useState(false)
  const { output } = task
  const sentence = output ? `${whenWords(output.startsAt, output.endsAt, now)}，${output.place}，${output.title}。` : ''
  const read = useReadAloud(sentence)
  const may = (act: Task['acts'][number]): boolean => output?.acts.includes(act) === true
  const takeSeat = async () => {
    setFree(false)
    const done = await claim.run({ taskId })
    if (done) goToShift(done.shiftId)
    else task.reload()
  }
  const main = isGivingUp ? null
    : may('code') ? <Button icon="qr-code" onPress={() => openCode(taskId)}>给看签到码</Button>
      : may('claim') ? <Button isBusy={claim.isPending} onPress={takeSeat}>我来</Button>
        : output?.state === 'mine' && output.shiftId !== null ? <Button onPress={() => openShift(output.shiftId ?? '')}>看我的班</Button> : null
  const refused = claim.problem ? <Problem problem={claim.problem} /> : null
  return (
    <Screen title="志愿任务" subtitle={output?.communityName} foot={main ? <Foot say={may('code') ? `志愿者到了、走了，给看您手机上的码。` : sentence} problem={refused} other={may('claim') ? <ReadAloud {...read} /> : undefined} main={main} /> : undefined}>
      {isFree ? <Notice isAnnounced title="退好了">位置空出来了，别人可以报。</Notice> : null}
      {main ? null : refused}
      <Content of={task} shape="detail">
        {(shown) => {
          const no = shown.as === 'volunteer' ? whyNot(shown) : null
          return (
            <>
              <Card>
                <Box className="stack">
                  <Box className="between"><Heading level={2} className="lead">{shown.title}</Heading>{shown.as === 'volunteer' && shown.status !== 'cancelled' && shown.status !== 'over' ? <Tag tone={offerWords(shown.state).tone}>{offerWords(shown.state).words}</Tag> : <Tag tone={taskStateWords(shown.status).tone}>{taskStateWords(shown.status).words}</Tag>}</Box>
                  <Box className="body">{shown.what}</Box>
                  <Box>
                    <Fact term="时间"><Pieces words={whenWords(shown.startsAt, shown.endsAt, now)} /></Fact>
                    <Fact term="地方">{[shown.place, walkWords(shown.walkingMinutes)].filter(Boolean).join(' · ')}</Fact>
                    <Fact term="要会">{shown.skills.length === 0 ? '谁都可以来' : shown.skills.map(skillWords).join('、')}</Fact>
                    <Fact term="人数">{seatsWords(shown)}</Fact>
                    <Fact term="负责人">{shown.organiserName}</Fact>
                    {shown.elder ? <Fact term="帮谁">{[shown.elder.name, shown.elder.address].filter(Boolean).join(' · ')}</Fact> : shown.isForElder ? <Fact term="帮谁">一位老人，报上了就知道</Fact> : null}
                  </Box>
                  {shown.isPair ? <Box className="small">这是结对的老人，固定的志愿者先来。</Box> : null}
                </Box>
              </Card>
              {no ? <Notice tone="gold" title={no.title} actions={shown.state === 'skill' && shown.status === 'open' ? <Button kind="outline" onPress={openJoin}>写上我会什么</Button> : undefined}>{no.next}</Notice> : null}
              {shown.as === 'volunteer' ? null : <WhoComes task={shown} />}
              {isGivingUp && shown.shiftId !== null
                ? <GiveUpSheet shiftId={shown.shiftId} title={shown.title} onNo={() => setGivingUp(false)} onDone={() => { setGivingUp(false); setFree(true); task.reload() }} onChanged={task.reload} />
                : shown.acts.includes('giveUp') && shown.shiftId !== null ? <Button kind="quiet" onPress={() => setGivingUp(true)}>去不了，退掉</Button> : null}
            </>
          )
        }}
      </Content>
    </Screen>
  )
}

/** Who comes, and how far they are; whoever is done waits for a word. */
function WhoComes({ task }: { task: Task }) {
  if (task.volunteers.length === 0) return <Notice tone="gold" title="还没有人报">有人报了，这里看得到是谁。</Notice>
  return (
    <Card>
      <Heading level={2} className="lead">谁来</Heading>
      <Rows label="谁来">
        {task.volunteers.map((one) => {
          const { words, tone } = shiftStateWords(one.status, true)
          return <Row key={one.shiftId} title={one.name} detail="志愿者" end={<Tag tone={tone}>{words}</Tag>} onPress={() => openShift(one.shiftId)} />
        })}
      </Rows>
    </Card>
  )
}

interface GiveUpProps {
  shiftId: string
  title: string
  onNo: () => void
  onDone: () => void
  /** it was refused because things moved on: look again */
  onChanged: () => void
}

/** The question before a seat is given back. */
export function GiveUpSheet({ shiftId, title, onNo, onDone, onChanged }: GiveUpProps) {
  const giveUp = useAction('task.giveUp')
  const [reason, setReason] = useState('')
  return (
    <ConfirmSheet
      question={`「${title}」您去不了？退掉以后，别人可以报。`} yes="退掉" no="我还是去" isDangerous isBusy={giveUp.isPending} onNo={onNo}
      onYes={async () => { if (await giveUp.run({ shiftId, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) })) onDone(); else onChanged() }}
    >
      {giveUp.problem ? <Problem problem={giveUp.problem} /> : null}
      <Field label="为什么去不了（可以不写）" value={reason} onChange={setReason} maxLength={80} hint="负责人看得到这句话" />
    </ConfirmSheet>
  )
}
