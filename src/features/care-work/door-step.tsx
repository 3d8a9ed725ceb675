/**
 * At the door: the rotating six digits from the elder's or family's phone, scanned or typed, or the eight of the printed
 * card, which counts as weaker evidence and says so. Without signal the act is kept and marked, never shown as done.
 */
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { Button } from '@/components/button'
import { Problem } from '@/components/content'
import { CodeInput } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { canScan, scan } from '@/services/device'
import type { DoorQueue, VisitAction } from '@/services/queue'
import { useReadAloud } from '@/services/speech'
import { whenWords } from '@/services/timeline-words'

/** Digits of the rotating code, and of the printed card. */
const CODE = 6
const CARD = 8

interface DoorStepProps {
  view: BookingView
  action: VisitAction
  queue: DoorQueue<VisitAction>
  onBack: () => void
  /** the server took it */
  onSent: () => void
  /** no signal: the phone keeps it */
  onKept: () => void
}

export function DoorStep({ view, action, queue, onBack, onSent, onKept }: DoorStepProps) {
  const [length, setLength] = useState<typeof CODE | typeof CARD>(CODE)
  const [code, setCode] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [notRead, setNotRead] = useState(false)
  const verb = action === 'visit.checkIn' ? '签到' : '签退'
  const sentence = action === 'visit.checkIn' ? `您到了${view.elderName}家，${view.serviceName}开始。` : `${view.elderName}的${view.serviceName}做完了，您要走了。`
  const read = useReadAloud(sentence)
  const refused = queue.acts.find((act) => act.input.bookingId === view.bookingId && act.action === action && act.refused !== undefined)

  const type = (typed: string) => {
    if (refused) queue.dismiss(refused.requestId)
    setNotRead(false)
    setCode(typed)
  }
  const submit = async (digits: string) => {
    if (refused) queue.dismiss(refused.requestId)
    setBusy(true)
    const outcome = await queue.submit(action, { bookingId: view.bookingId, code: digits })
    setBusy(false)
    if (outcome === 'sent') onSent()
    else if (outcome === 'waiting') onKept()
    else setCode('')
  }
  const scanIt = async () => {
    const scanned = await scan()
    if (scanned === null) return
    const digits = scanned.replace(/\D/g, '')
    if (digits.length === CODE || digits.length === CARD) await submit(digits)
    else setNotRead(true)
  }
  const leave = () => {
    if (refused) queue.dismiss(refused.requestId)
    onBack()
  }
  const isCard = length === CARD

  return (
    <Step
      title={verb} subtitle={`给 ${view.elderName}`} onBack={leave}
      foot={(
        <Foot
          say={sentence}
          problem={refused?.refused ? <Problem problem={refused.refused} /> : null}
          other={<ReadAloud {...read} />}
          main={<Button isDisabled={code.length !== length} isBusy={isBusy} onPress={() => submit(code)}>{verb}</Button>}
        />
      )}
    >
      <PersonBar name={view.elderName} words={`${view.serviceName} · ${whenWords(view.startsAt, view.endsAt)}`} />
      {canScan && !isCard ? <Button kind="outline" icon="qr-code" isBusy={isBusy} onPress={scanIt}>扫老人手机上的门码</Button> : null}
      {notRead ? <Notice tone="warm" isAnnounced title="这不是门码">请扫老人或家属手机上「门码」那一页，或者直接输数字。</Notice> : null}
      <CodeInput
        label={isCard ? '门卡上的 8 位数字' : '老人或家属手机上的 6 位门码'} length={length} value={code} onChange={type}
        hint={isCard ? '社区发的那张纸卡' : '两分钟换一次，请看现在的数字'}
      />
      {isCard ? <Notice tone="gold" title="门卡的凭证弱一些">老人手边有手机，就用门码。用了门卡，社工核实时会再看一看。</Notice> : null}
      <Button kind="quiet" onPress={() => { type(''); setLength(isCard ? CODE : CARD) }}>{isCard ? '改用手机上的门码' : '老人没有手机，用门卡'}</Button>
    </Step>
  )
}
