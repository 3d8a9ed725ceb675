/** At one door, a step of the page with the run so that it opens without signal: the meal in somebody's hands with the elder's code, card or slip, the courier's bare word, or a door that nobody opens. */
import { useState } from 'react'
import type { RunView } from '@/contract'
import { Content, Empty, Problem } from '@/components/content'
import { AnswerChoice } from '@/components/choice'
import { Button } from '@/components/button'
import { CodeInput, Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Reveal } from '@/components/reveal'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import type { CourierAction, QueuedInput } from '@/services/queue'
import { canScan, dial, scan } from '@/services/device'
import { useReadAloud } from '@/services/speech'
import { priceWords } from '@/services/timeline-words'
import { useUnmask } from '@/services/use-unmask'
import { Outcome, type OutcomeKind } from './outcome'
import { dishOf, doorWords, type Stop } from './run-words'
import { Allergy, type AtTheDoor } from './stop-card'
import { refusedWords } from './unsent'
import { dismissAt, refusedAt, unsentAt, type CourierQueue, type Runs } from './use-runs'

/** Digits of the rotating code, and of the card or slip. */
const CODE = 6
const CARD = 8

interface DoorProps {
  run: RunView
  stop: Stop
  queue: CourierQueue
  onBack: () => void
  onOutcome: (outcome: OutcomeKind) => void
  onOther: (what: AtTheDoor) => void
}

export interface Door {
  bookingId: string
  what: AtTheDoor
}

export function StopStep({ runs, door, onBack }: { runs: Runs; door: Door; onBack: () => void }) {
  const { today, queue } = runs
  const [doing, setDoing] = useState(door.what)
  /** what it is once the server has it */
  const [outcome, setOutcome] = useState<OutcomeKind | null>(null)
  const run = today.output?.mine.find((one) => one.stops.some((stop) => stop.bookingId === door.bookingId))
  const stop = run?.stops.find((one) => one.bookingId === door.bookingId)

  if (!run || !stop) {
    return (
      <Step title="这一家" onBack={onBack}>
        <Content of={today} shape="detail">{() => <Empty icon="clipboard-list" title="这一家不在您的送餐单上" next="可能交给了同事，或者不送了。" action={{ words: '回到送餐单', onPress: onBack }} />}</Content>
      </Step>
    )
  }
  const unsent = unsentAt(queue, stop)
  const shown: OutcomeKind | null = unsent ? (unsent.action === 'courier.noAnswer' ? 'noAnswerKept' : 'kept')
    : refusedAt(queue, stop.bookingId) ? null
      : outcome ?? (stop.state === 'delivered' || stop.state === 'cancelled' ? stop.state : null)
  if (shown) return <Outcome kind={shown} run={run} stop={stop} queue={queue} onBack={onBack} />
  const parts = { run, stop, queue, onBack, onOutcome: setOutcome, onOther: setDoing }
  return doing === 'noAnswer' && stop.state === 'todo' ? <NobodyOpens {...parts} /> : <HandOver {...parts} />
}

/** A door is not divided at the end of a line. */
const inOnePiece = (words: string): string => words.replace(/ /g, '\u00A0')

/** Hands an act to the queue; what was refused before at this door is read by now. */
function useSubmit({ stop, queue }: Pick<DoorProps, 'stop' | 'queue'>) {
  const [isBusy, setBusy] = useState(false)
  const refused = refusedAt(queue, stop.bookingId)
  const clear = () => dismissAt(queue, stop.bookingId)
  const submit = async <A extends CourierAction>(action: A, input: QueuedInput<A>) => {
    clear()
    setBusy(true)
    const answer = await queue.submit(action, input)
    setBusy(false)
    return answer
  }
  return { submit, isBusy, clear, problem: refused?.refused ? <Problem problem={refused.refused.code === 'NOT_FOUND' ? { ...refused.refused, title: refusedWords(refused).why, next: refusedWords(refused).next } : refused.refused} /> : null }
}

type Proof = 'code' | 'card' | 'word'

function HandOver({ run, stop, queue, onBack, onOutcome, onOther }: DoorProps) {
  const { submit, isBusy, clear, problem } = useSubmit({ stop, queue })
  const [proof, setProof] = useState<Proof>('code')
  const [code, setCode] = useState('')
  const [notRead, setNotRead] = useState(false)
  const length = proof === 'card' ? CARD : CODE
  const paid = stop.payFen > 0 ? `收了 ${priceWords(stop.payFen)}，` : ''
  const sentence = proof === 'word' ? `${stop.elderName}家的${dishOf(stop)}放下了，没有码，先记您的话。` : `${dishOf(stop)}交到${stop.elderName}手上，${paid}看了码。`
  const read = useReadAloud(sentence)

  const choose = (next: Proof) => { clear(); setNotRead(false); setCode(''); setProof(next) }
  const send = async (digits: string | null) => {
    const answer = await submit('courier.handOver', digits === null ? { bookingId: stop.bookingId } : { bookingId: stop.bookingId, code: digits })
    if (answer === 'refused') setCode('')
    else onOutcome(digits === null ? 'handedOver' : 'delivered')
  }
  const scanIt = async () => {
    const scanned = await scan()
    if (scanned === null) return
    const digits = scanned.replace(/\D/g, '')
    if (digits.length === CODE || digits.length === CARD) await send(digits)
    else setNotRead(true)
  }
  return (
    <Step
      title="送到了" subtitle={`第 ${stop.order} 家`} onBack={() => { clear(); onBack() }}
      foot={(
        <Foot
          say={sentence} problem={problem} other={<ReadAloud {...read} />}
          main={proof === 'word' ? <Button isBusy={isBusy} onPress={() => send(null)}>就这样记</Button> : <Button isDisabled={code.length !== length} isBusy={isBusy} onPress={() => send(code)}>送到了</Button>}
        />
      )}
    >
      <PersonBar name={stop.elderName} words={`${dishOf(stop)} · ${inOnePiece(doorWords(run, stop))}`} />
      <Allergy stop={stop} />
      {stop.payFen > 0 ? <Notice tone="gold" icon="circle-alert" title={`请收 ${priceWords(stop.payFen)}`} /> : null}
      {proof === 'word'
        ? (
          <Notice tone="gold" title="只有您的话，还不算送到">
            会留作没有凭证的一家，社工会打电话问老人。老人或家属说收到了，才算送到。
          </Notice>
        )
        : (
          <>
            {canScan && proof === 'code' ? <Button kind="outline" icon="qr-code" isBusy={isBusy} onPress={scanIt}>扫老人手机上的码</Button> : null}
            {notRead ? <Notice tone="warm" isAnnounced title="这不是门码">请扫老人或家属手机上「门码」那一页，或者直接输数字。</Notice> : null}
            <CodeInput
              label={proof === 'card' ? '门卡或纸条上的 8 位数字' : '老人或家属手机上的 6 位门码'} length={length} value={code} onChange={(typed) => { clear(); setNotRead(false); setCode(typed) }}
              hint={proof === 'card' ? '社区发的门卡，或者订餐的纸条' : '两分钟换一次，请看现在的数字'}
            />
          </>
        )}
      {proof === 'code' ? null : <Button kind="quiet" onPress={() => choose('code')}>看手机上的 6 位门码</Button>}
      {proof === 'card' ? null : <Button kind="quiet" onPress={() => choose('card')}>用门卡、纸条上的 8 位</Button>}
      {proof === 'word' || stop.state !== 'todo' ? null : <Button kind="quiet" onPress={() => choose('word')}>老人没有码，只把餐放下了</Button>}
      {stop.state === 'todo' ? <Button kind="quiet" icon="door-open" onPress={() => { clear(); onOther('noAnswer') }}>没人开门</Button> : null}
    </Step>
  )
}

const ways = ['敲门没人应', '按铃没人应', '电话没人接', '喊了没人应', '问了邻居，没见着'] as const

function NobodyOpens({ run, stop, queue, onBack, onOutcome, onOther }: DoorProps) {
  const { submit, isBusy, clear, problem } = useSubmit({ stop, queue })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [more, setMore] = useState('')
  const phone = useUnmask('phone', { by: 'booking', bookingId: stop.bookingId }, 'delivery')
  const tried = [...ways.filter((way) => chosen.includes(way)), more.trim()].filter(Boolean).join('，')
  const sentence = `${stop.elderName}家没人开门${tried ? `，${tried}` : ''}。马上告诉社工，找人去看。`
  const send = async () => {
    const answer = await submit('courier.noAnswer', { bookingId: stop.bookingId, tried })
    if (answer !== 'refused') onOutcome('noAnswer')
  }
  return (
    <Step
      title="没人开门" subtitle={`第 ${stop.order} 家`} onBack={() => { clear(); onBack() }}
      foot={(
        <Foot
          say={sentence} problem={problem}
          other={<Button kind="outline" onPress={() => { clear(); onOther('handOver') }}>门开了</Button>}
          main={<Button kind="danger" isDisabled={tried === ''} isBusy={isBusy} onPress={send}>没人开门</Button>}
        />
      )}
    >
      <PersonBar name={stop.elderName} words={`${stop.livesAlone ? '独居 · ' : ''}${inOnePiece(doorWords(run, stop))}`} />
      <Reveal
        ask={`打给${stop.elderName}`} icon="phone-call" question={`看${stop.elderName}的手机号，打电话？会记下来，老人看得到。`} yes="看手机号"
        value={phone.value} noneWords={`${stop.elderName}没有登记手机号。`} isBusy={phone.isPending} problem={phone.problem} onReveal={phone.look}
        action={{ words: `拨打${stop.elderName}`, icon: 'phone-call', onPress: dial }}
      />
      <AnswerChoice
        isMany label="试过什么" selected={chosen} answers={ways.map((way) => ({ key: way, title: way }))}
        onChoose={(key) => setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])}
      />
      <Field label="还看到、听到什么（可以不写）" value={more} onChange={setMore} maxLength={60} hint="灯亮着、有水声、门口有报纸" />
      <Notice icon="shield-check" title="接下来">先给老人打电话，再找家人，再请社区的人上门，一步接一步，到见着人为止。</Notice>
    </Step>
  )
}
