/** The runs of a sitting: who carries each, how far it has come, and giving one to somebody else. */
import { useState } from 'react'
import { Bar } from '@/components/bar'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { Tag } from '@/components/tag'
import { clockTime } from '@/domain/civil-time'
import { useAction } from '@/services/use-action'
import type { Run, Sheet } from './kitchen-words'

export function RunsPart({ sheet, onChanged }: { sheet: Sheet; onChanged: () => void }) {
  const [giving, setGiving] = useState<string | null>(null)
  const [given, setGiven] = useState<string | null>(null)
  if (sheet.runs.length === 0) {
    return <Empty icon="clipboard-list" title={sheet.state === 'frozen' ? '这一餐没有要送的' : '送餐单还没有排'} next={sheet.state === 'frozen' ? '都是堂食和自取。' : `${clockTime(sheet.orderUntil)} 截止以后，按门牌顺序排好。`} />
  }
  return (
    <Box className="stack">
      {given ? <Notice isAnnounced title={given} /> : null}
      {sheet.runs.map((run) => giving === run.runId
        ? <GiveSheet key={run.runId} run={run} couriers={sheet.couriers} onNo={() => setGiving(null)} onChanged={onChanged} onDone={(name) => { setGiving(null); setGiven(`${run.communityName}交给${name}送`); onChanged() }} />
        : <RunCard key={run.runId} run={run} onGive={() => { setGiven(null); setGiving(run.runId) }} />)}
    </Box>
  )
}

function RunCard({ run, onGive }: { run: Run; onGive: () => void }) {
  const been = run.done + run.noContact
  const isDone = been >= run.stops
  return (
    <Card label={`${run.communityName}的送餐单`}>
      <Box className="stack">
        <Box>
          <Box className="between">
            <Box className="lead">{run.communityName} · {run.stops} 家</Box>
            {run.courierId === null ? <Tag tone="warm">还没人送</Tag> : isDone ? <Tag>送完了</Tag> : run.startedAt === null ? <Tag tone="gold">还没出发</Tag> : <Tag>正在送</Tag>}
          </Box>
          <Box className="body">{run.courierName === null ? '谁都可以拿' : `${run.courierName}送`}{run.startedAt === null ? '' : `，${clockTime(run.startedAt)} 出发`}</Box>
          <Box className="small tabular">去过 {been} 家，还有 {run.stops - been} 家</Box>
          <Bar share={run.stops === 0 ? 1 : been / run.stops} />
        </Box>
        {run.noContact > 0 ? <Notice tone="sos" title={`${run.noContact} 家没人开门`}>社工已经知道，在找人。</Notice> : null}
        {isDone ? null : <Button kind="outline" label={`${run.courierId === null ? '交给送餐员' : '换人送'}，${run.communityName}`} onPress={onGive}>{run.courierId === null ? '交给送餐员' : '换人送'}</Button>}
      </Box>
    </Card>
  )
}

function GiveSheet({ run, couriers, onDone, onNo, onChanged }: { run: Run; couriers: Sheet['couriers']; onDone: (name: string) => void; onNo: () => void; onChanged: () => void }) {
  const give = useAction('kitchen.giveRun')
  const [to, setTo] = useState('')
  const others = couriers.filter((one) => one.personId !== run.courierId)
  const name = others.find((one) => one.personId === to)?.name
  return (
    <ConfirmSheet
      question={name ? `${run.communityName} ${run.stops} 家，交给${name}送？` : `${run.communityName} ${run.stops} 家，交给谁送？`} yes="交给他" isBusy={give.isPending} isDisabled={name === undefined} onNo={onNo}
      onYes={async () => { if (name !== undefined && await give.run({ runId: run.runId, courierId: to })) onDone(name); else onChanged() }}
    >
      {give.problem ? <Problem problem={give.problem} /> : null}
      {others.length === 0 ? <Box className="body">没有别的送餐员。</Box> : <AnswerChoice label="交给谁" selected={[to]} answers={others.map((one) => ({ key: one.personId, title: one.name }))} onChoose={setTo} />}
      <Box className="small">已经送到的几家不变，一家也不会少。</Box>
    </ConfirmSheet>
  )
}
