/**
 * One shift: what was promised, what happened, and exactly what this viewer can do now. The volunteer checks in and out;
 * the elder, the family or the organiser shows the code and says whether it took place.
 */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonLine } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { Timeline } from '@/components/timeline'
import { clockTime } from '@/domain/civil-time'
import { useShiftQueue, type ShiftAction } from '@/services/queue'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { beginsWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { useStaff } from '@/services/use-staff'
import { creditWords, minutesWords, shiftLackWords, shiftLinesInWords, shiftStateWords } from '@/services/volunteer-words'
import { DoorStep } from './door-step'
import { openCode, openTask } from './open'
import { GiveUpSheet } from './task-screen'
import { Unsent } from './unsent'

type Shift = OutputOf<'shift.show'>

/** The other side may have the phone in hand: looks again this often, ms. */
const LOOK_AGAIN_MS = 5_000

/** What is missing although its time has come; the other side's word is asked for in its own line. */
const lacking = (shift: Shift): Shift['missing'] => (['checkedOut', 'confirmed', 'disputed'].includes(shift.status) ? shift.missing.filter((what) => what !== 'confirm') : [])

export function ShiftScreen({ shiftId }: { shiftId: string }) {
  useStaff()
  const now = useServerNow()
  const shift = useQuery('shift.show', { shiftId }, { pollMs: LOOK_AGAIN_MS })
  const queue = useShiftQueue()
  const [asking, setAsking] = useState<'door' | 'giveUp' | 'dispute' | null>(null)
  const [answered, setAnswered] = useState<{ title: string; words: string } | null>(null)
  const { output } = shift
  const done = (title: string, words = '') => { setAsking(null); setAnswered({ title, words }); shift.reload() }
  const ask = (what: typeof asking) => { setAnswered(null); setAsking(what) }
  const isUnsent = (action: ShiftAction): boolean => queue.acts.some((act) => act.input.shiftId === shiftId && act.action === action && act.refused === undefined)
  const may = (act: Shift['acts'][number]): boolean => output?.acts.includes(act) === true
  // Without signal the last answer may be older than the moment from which these are allowed; the server decides in any case.
  const isDue = output?.as === 'volunteer' && output.status === 'claimed' && now >= output.checkInFrom
  const mayCheckIn = !isUnsent('shift.checkIn') && (may('checkIn') || isDue)
  const mayCheckOut = !isUnsent('shift.checkOut') && (may('checkOut') || isUnsent('shift.checkIn'))
  const door: ShiftAction | null = mayCheckIn ? 'shift.checkIn' : mayCheckOut ? 'shift.checkOut' : null

  if (asking === 'door' && output && door) {
    const isIn = door === 'shift.checkIn'
    return (
      <DoorStep
        key={door} view={output} action={door} queue={queue} onBack={() => setAsking(null)}
        onSent={() => done(isIn ? '签到好了' : '签退好了', isIn ? '做完要走的时候，再来这里签退。' : '接下来请对方确认，社工核实以后积分入账。')}
        onKept={() => ask(null)}
      />
    )
  }
  if (output && may('confirm') && asking === null) return <ConfirmShift shift={output} onDone={() => done('谢谢您，记好了', '社工核实以后，志愿者就有积分了。')} onDispute={() => ask('dispute')} onChanged={shift.reload} now={now} />

  const main = asking !== null ? null
    : door ? <Button onPress={() => ask('door')}>{door === 'shift.checkIn' ? '签到' : '签退'}</Button>
      : may('code') && output ? <Button icon="qr-code" onPress={() => openCode(output.taskId)}>给看签到码</Button> : null
  const whose = output?.elderName ?? output?.organiserName ?? ''
  const say = door === 'shift.checkIn' ? `到了，看${whose}手机上的码签到。` : door === 'shift.checkOut' ? '做完要走了，再看一次码签退。' : `${output?.volunteerName ?? '志愿者'}到了、走了，给看您手机上的码。`
  return (
    <Screen title={output?.as === 'volunteer' ? '我的这一班' : '志愿者来帮忙'} foot={main ? <Foot say={say} main={main} /> : undefined}>
      <Unsent queue={queue} shiftId={shiftId} />
      {answered ? <Notice isAnnounced title={answered.title}>{answered.words}</Notice> : null}
      <Content of={shift} shape="detail">
        {(shown) => (
          <>
            <Head shift={shown} now={now} unsent={isUnsent('shift.checkOut') ? '签退未发出' : isUnsent('shift.checkIn') ? '签到未发出' : null} />
            {asking === 'giveUp' ? <GiveUpSheet shiftId={shiftId} title={shown.title} onNo={() => setAsking(null)} onDone={() => done('退好了', '位置空出来了，别人可以报。')} onChanged={shift.reload} /> : null}
            {asking === 'dispute' ? <DisputeSheet shift={shown} onNo={() => setAsking(null)} onDone={() => done('告诉社工了', '社工会来问清楚，再定。')} onChanged={shift.reload} /> : null}
            {shown.reason === null ? null : <Notice tone="gold" title="写的原因">{shown.reason}</Notice>}
            {lacking(shown).length > 0 ? <Notice tone="gold" title="凭证还不齐">{lacking(shown).map(shiftLackWords).join('、')}。社工会再问一问。</Notice> : null}
            <Card><Timeline lines={shiftLinesInWords(shown, now)} /></Card>
            {asking === null && shown.as === 'volunteer' && shown.status === 'claimed' && !mayCheckIn && !isUnsent('shift.checkIn') ? <Box className="small">{beginsWords(shown.checkInFrom, now)} 起可以签到。</Box> : null}
            {shown.as === 'volunteer' ? <TextLink onPress={() => openTask(shown.taskId)}>看任务怎么说</TextLink> : null}
            {asking === null && may('giveUp') && !isUnsent('shift.checkIn') ? <Button kind="quiet" onPress={() => ask('giveUp')}>去不了，退掉</Button> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

function Head({ shift, now, unsent = null }: { shift: Shift; now: number; unsent?: string | null }) {
  const isVolunteer = shift.as === 'volunteer'
  const { words, tone } = shiftStateWords(shift.status, !isVolunteer)
  const credit = creditWords(shift.points)
  return (
    <Card>
      <Box className="stack">
        <PersonLine name={isVolunteer ? (shift.elderName ?? shift.organiserName) : shift.volunteerName} title={isVolunteer ? shift.title : `${shift.volunteerName} · ${shift.title}`} detail={whenWords(shift.startsAt, shift.endsAt, now)} />
        <Box className="inline"><Tag tone={tone}>{words}</Tag>{unsent === null ? null : <Tag tone="gold">{unsent}</Tag>}</Box>
        <Box>
          <Fact term="做什么">{shift.what}</Fact>
          <Fact term="地方">{shift.place}</Fact>
          {shift.elderName === null ? null : <Fact term="帮谁">{shift.elderName}</Fact>}
          <Fact term="负责人">{shift.organiserName}</Fact>
          {shift.minutes === null ? null : <Fact term="做了">{minutesWords(shift.minutes)}</Fact>}
        </Box>
        {credit === null ? null : <Box className="accent lead">{credit}</Box>}
      </Box>
    </Card>
  )
}

interface ConfirmProps {
  shift: Shift
  now: number
  onDone: () => void
  onDispute: () => void
  /** somebody else was first: look again */
  onChanged: () => void
}

/** The other side of the proof (law 10), in one tap, under a sentence that says what is being confirmed. */
function ConfirmShift({ shift, now, onDone, onDispute, onChanged }: ConfirmProps) {
  const confirm = useAction('shift.confirm')
  const times = shift.checkedInAt === null || shift.checkedOutAt === null ? '' : `，${clockTime(shift.checkedInAt)} 到 ${clockTime(shift.checkedOutAt)}${shift.servedMinutes === null ? '' : `，${minutesWords(shift.servedMinutes)}`}`
  const sentence = `${shift.volunteerName}来${shift.as === 'family' && shift.elderName !== null ? `给${shift.elderName}` : ''}做了「${shift.title}」${times}，对吗？`
  const read = useReadAloud(sentence)
  return (
    <Screen
      title="请您确认" subtitle={shift.title}
      foot={(
        <Foot
          say={sentence} problem={confirm.problem ? <Problem problem={confirm.problem} /> : null} other={<ReadAloud {...read} />}
          main={<Button isBusy={confirm.isPending} onPress={async () => { if (await confirm.run({ shiftId: shift.shiftId, said: 'tookPlace' })) onDone(); else onChanged() }}>对，做好了</Button>}
        />
      )}
    >
      <Head shift={shift} now={now} />
      <Button kind="outline" onPress={onDispute}>不是这样</Button>
      <Card><Timeline lines={shiftLinesInWords(shift, now)} /></Card>
    </Screen>
  )
}

function DisputeSheet({ shift, onNo, onDone, onChanged }: { shift: Shift; onNo: () => void; onDone: () => void; onChanged: () => void }) {
  const confirm = useAction('shift.confirm')
  const [words, setWords] = useState('')
  return (
    <ConfirmSheet
      question={`「${shift.title}」不是这样？社工会来问清楚。`} yes="告诉社工" isBusy={confirm.isPending} isDisabled={words.trim() === ''} onNo={onNo}
      onYes={async () => { if (await confirm.run({ shiftId: shift.shiftId, said: 'notSo', words: words.trim() })) onDone(); else onChanged() }}
    >
      {confirm.problem ? <Problem problem={confirm.problem} /> : null}
      <Field label="哪里不对" kind="many-words" value={words} onChange={setWords} maxLength={120} hint="例如：没有来；早走了一小时" />
    </ConfirmSheet>
  )
}
