/** One run: leaving the kitchen with it, its doors in walking order, and handing it to a colleague. */
import { useState } from 'react'
import type { RunView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, goBack, Screen } from '@/components/screen'
import { clockTime } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { useAction } from '@/services/use-action'
import { useStaff } from '@/services/use-staff'
import { RunBody } from './run-body'
import { isOver, runHours, runTitle } from './run-words'
import { StopStep, type Door } from './stop-step'
import { Unsent } from './unsent'
import { useRuns, type Today } from './use-runs'

export function RunScreen({ runId }: { runId: string }) {
  useStaff()
  const now = useServerNow()
  const runs = useRuns()
  const { today, queue } = runs
  const [door, setDoor] = useState<Door | null>(null)
  const start = useAction('courier.startRun')
  const [isHanding, setHanding] = useState(false)
  const [handedTo, setHandedTo] = useState<string | null>(null)
  const run = today.output?.mine.find((one) => one.runId === runId)
  const portions = run?.stops.filter((stop) => !isOver(stop)).reduce((sum, stop) => sum + stop.portions, 0) ?? 0
  const sentence = run ? `您带上${runTitle(run)} ${portions} 份，从${run.kitchenName}出发。出发以后门牌号才看得到，看过会记下来，老人都查得到。` : ''
  const read = useReadAloud(sentence)
  // Before that nobody at a door has a code to show.
  const isEarly = run !== undefined && run.startedAt === null && now < run.startsFrom
  const mayStart = run?.startedAt === null && !isEarly && handedTo === null && !isHanding

  if (door) return <StopStep runs={runs} door={door} onBack={() => setDoor(null)} />
  return (
    <Screen
      title="送餐单" subtitle={run ? `${runTitle(run)} ${runHours(run)}` : undefined}
      foot={mayStart
        ? (
          <Foot
            say={sentence} problem={start.problem ? <Problem problem={start.problem} /> : null} other={<ReadAloud {...read} />}
            main={<Button isBusy={start.isPending} onPress={async () => { await start.run({ runId }); today.reload() }}>出发</Button>}
          />
        )
        : undefined}
    >
      <Unsent queue={queue} runs={[...(today.output?.mine ?? []), ...(today.output?.open ?? [])]} />
      {handedTo ? <Notice isAnnounced title={`交给${handedTo}了`}>已经送到的不变。您手机里还没发出的，会照样发出去。</Notice> : null}
      <Content of={today} shape="detail">
        {(shown) => run
          ? (
            <Box className="stack">
              {isEarly ? <Notice tone="gold" icon="clock" title={`${clockTime(run.startsFrom)} 起可以出发`}>再早，老人手机上还没有门码。可以先对一遍餐：份数、忌口。</Notice>
                : run.startedAt === null ? <Notice tone="gold" icon="clipboard-list" title="先对一遍餐">份数、忌口都对上了，再出发。</Notice> : null}
              <RunBody run={run} queue={queue} onDoor={(bookingId, what) => setDoor({ bookingId, what })} />
              {isHanding
                ? <HandSheet run={run} colleagues={shown.colleagues} onNo={() => setHanding(false)} onDone={(name) => { setHanding(false); setHandedTo(name); today.reload() }} />
                : shown.colleagues.length > 0 && run.stops.some((stop) => !isOver(stop)) ? <Button kind="quiet" onPress={() => setHanding(true)}>送不了，交给同事</Button> : null}
            </Box>
          )
          : <Empty icon="clipboard-list" title={handedTo ? '这一单不在您手上了' : '没有这一单'} next="回到今日送餐，看看还有什么要送。" action={{ words: '回到今日送餐', onPress: goBack }} />}
      </Content>
    </Screen>
  )
}

function HandSheet({ run, colleagues, onNo, onDone }: { run: RunView; colleagues: Today['colleagues']; onNo: () => void; onDone: (name: string) => void }) {
  const hand = useAction('courier.handRun')
  const [to, setTo] = useState('')
  const left = run.stops.filter((stop) => !isOver(stop)).length
  const name = colleagues.find((one) => one.personId === to)?.name
  return (
    <ConfirmSheet
      isAside={run.startedAt !== null && left > 0}
      question={name ? `${runTitle(run)}还有 ${left} 家，交给${name}送？` : `${runTitle(run)}还有 ${left} 家，交给谁送？`} yes="交给同事" no="我来送" isBusy={hand.isPending} isDisabled={name === undefined}
      onNo={onNo} onYes={async () => { if (name !== undefined && await hand.run({ runId: run.runId, courierId: to })) onDone(name) }}
    >
      {hand.problem ? <Problem problem={hand.problem} /> : null}
      <AnswerChoice label="交给谁" selected={[to]} answers={colleagues.map((one) => ({ key: one.personId, title: one.name }))} onChoose={setTo} />
      <Box className="small">餐也请当面交给他。已经送到的几家不变。</Box>
    </ConfirmSheet>
  )
}
