/**
 * Checking in and out of a shift: the rotating six digits on the phone of the elder, the family or the organiser, scanned
 * or typed, or the eight of an elder's printed card, which counts as weaker evidence and says so. Without signal the act is
 * kept and marked, never shown as done.
 */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { Problem } from '@/components/content'
import { CodeInput } from '@/components/field'
import { Notice } from '@/components/notice'
import { Pieces } from '@/components/pieces'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { canScan, scan } from '@/services/device'
import type { DoorQueue, ShiftAction } from '@/services/queue'
import { useReadAloud } from '@/services/speech'
import { whenWords } from '@/services/timeline-words'

/** Digits of the rotating code, and of the printed card. */
const CODE = 6
const CARD = 8

interface DoorStepProps {
  view: OutputOf<'shift.show'>
  action: ShiftAction
  queue: DoorQueue<ShiftAction>
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
  const verb = action === 'shift.checkIn' ? '签到' : '签退'
  const whose = view.elderName === null ? `负责人${view.organiserName}` : `${view.elderName}或家属`
  const sentence = action === 'shift.checkIn' ? `您到了，「${view.title}」开始。` : `「${view.title}」做完了，您要走了。`
  const read = useReadAloud(sentence)
  const refused = queue.acts.find((act) => act.input.shiftId === view.shiftId && act.action === action && act.refused !== undefined)
  const isCard = length === CARD

  const type = (typed: string) => {
    if (refused) queue.dismiss(refused.requestId)
    setNotRead(false)
    setCode(typed)
  }
  const submit = async (digits: string) => {
    if (refused) queue.dismiss(refused.requestId)
    setBusy(true)
    const outcome = await queue.submit(action, { shiftId: view.shiftId, code: digits })
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

  return (
    <Step
      title={verb} subtitle={view.title} onBack={leave}
      foot={(
        <Foot
          say={sentence} problem={refused?.refused ? <Problem problem={refused.refused} /> : null} other={<ReadAloud {...read} />}
          main={<Button isDisabled={code.length !== length} isBusy={isBusy} onPress={() => submit(code)}>{verb}</Button>}
        />
      )}
    >
      <Card>
        <Box className="lead">{view.title}</Box>
        <Box className="body"><Pieces words={whenWords(view.startsAt, view.endsAt)} /></Box>
        <Box className="small">{view.place}</Box>
      </Card>
      {canScan && !isCard ? <Button kind="outline" icon="qr-code" isBusy={isBusy} onPress={scanIt}>扫{view.elderName === null ? '负责人' : '老人'}手机上的码</Button> : null}
      {notRead ? <Notice tone="warm" isAnnounced title="这不是签到码">请扫{whose}手机上「签到码」那一页，或者直接输数字。</Notice> : null}
      <CodeInput label={isCard ? '门卡上的 8 位数字' : `${whose}手机上的 6 位数字`} length={length} value={code} onChange={type} hint={isCard ? '社区发给老人的那张纸卡' : '两分钟换一次，请看现在的数字'} />
      {isCard ? <Notice tone="gold" title="门卡的凭证弱一些">老人手边有手机，就用手机上的码。用了门卡，社工核实时会再看一看。</Notice> : null}
      {view.elderName === null ? null : <Button kind="quiet" onPress={() => { type(''); setLength(isCard ? CODE : CARD) }}>{isCard ? '改用手机上的码' : '老人没有手机，用门卡'}</Button>}
    </Step>
  )
}
