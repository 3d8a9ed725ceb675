/** Steps of looking at one service: the call-back, the verdict with its reason, and taking a booking off after the window. */
import { useState } from 'react'
import type { BookingView, InputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot } from '@/components/screen'
import { Step } from '@/components/step'
import { useReadAloud } from '@/services/speech'
import { absenceWhyWords } from '@/services/staff-words'
import { missingWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { PhoneCall } from './phone-call'

interface StepProps {
  view: BookingView
  onBack: () => void
  onDone: (words: string) => void
}

const aboutWords = (view: BookingView): string => `${view.elderName}的${view.serviceName}，${whenWords(view.startsAt, view.endsAt)}`
const Whom = ({ view }: { view: BookingView }) => <PersonBar name={view.elderName} words={`${view.serviceName} · ${whenWords(view.startsAt, view.endsAt)}`} />

type CallOutcome = InputOf<'visit.callBack'>['outcome']
interface CallChoice {
  key: CallOutcome
  title: string
  detail: string
  say: string
}
const mealOutcomes: readonly CallChoice[] = [
  { key: 'confirmed', title: '收到了', detail: '老人说餐拿到了', say: '老人说收到了' },
  { key: 'disputed', title: '没收到，或不对', detail: '哪里不对，写下来', say: '老人说没收到，或不对' },
  { key: 'noAnswer', title: '没有人接', detail: '记一笔，再打；一直不接，就去看看', say: '没有人接' },
]
const visitOutcomes: readonly CallChoice[] = [
  { key: 'confirmed', title: '做了，没问题', detail: '老人说服务做过了', say: '老人说做了，没问题' },
  { key: 'disputed', title: '老人有疑问', detail: '哪里不对，写下来', say: '老人有疑问' },
  { key: 'noAnswer', title: '没有人接', detail: '记一笔，改时间再打', say: '没有人接' },
]

export function CallBackStep({ view, onBack, onDone }: StepProps) {
  const callBack = useAction('visit.callBack')
  const [outcome, setOutcome] = useState<CallOutcome | null>(null)
  const [words, setWords] = useState('')
  const callOutcomes = view.kind === 'meal' ? mealOutcomes : visitOutcomes
  const chosen = callOutcomes.find((one) => one.key === outcome)
  const said = words.trim()
  const sentence = chosen ? `您打电话问了${aboutWords(view)}：${chosen.say}。${said}` : view.kind === 'meal' ? `打电话问问${view.elderName}，${view.serviceName}收到没有。` : `打电话问问${view.elderName}，${view.serviceName}做得怎么样。`
  const read = useReadAloud(sentence)
  return (
    <Step
      title="电话回访" subtitle={view.number} onBack={onBack}
      foot={(
        <Foot
          say={sentence}
          problem={callBack.problem ? <Problem problem={callBack.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={(
            <Button isDisabled={!chosen || said === ''} isBusy={callBack.isPending} onPress={async () => { if (chosen && (await callBack.run({ bookingId: view.bookingId, outcome: chosen.key, words: said }))) onDone('记下来了') }}>记下来</Button>
          )}
        />
      )}
    >
      <Whom view={view} />
      <PhoneCall name={view.elderName} about={{ by: 'booking', bookingId: view.bookingId }} purpose="callBack" />
      <AnswerChoice label="老人怎么说" selected={outcome ? [outcome] : []} answers={callOutcomes.filter((one) => one.key !== 'disputed' || view.status !== 'disputed')} onChoose={(key) => setOutcome(callOutcomes.find((one) => one.key === key)?.key ?? null)} />
      {chosen ? <Field label={outcome === 'noAnswer' ? '打了几次、什么时候' : '老人的原话'} kind="many-words" value={words} onChange={setWords} maxLength={120} /> : null}
    </Step>
  )
}

/** A meal that did not arrive: its subsidy is taken back, the elder pays nothing, and the family can read why. */
export function NotDeliveredStep({ view, onBack, onDone }: StepProps) {
  const verify = useAction('visit.verify')
  const [reason, setReason] = useState('')
  const because = reason.trim()
  const sentence = because === '' ? `${aboutWords(view)}，没有送到，是怎么回事？` : `${aboutWords(view)}，记为没有送到，不收钱。${because}`
  const read = useReadAloud(sentence)
  return (
    <Step
      title="没有送到" subtitle={view.number} onBack={onBack}
      foot={(
        <Foot
          say={sentence}
          problem={verify.problem ? <Problem problem={verify.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={<Button isDisabled={because === ''} isBusy={verify.isPending} onPress={async () => { if (await verify.run({ bookingId: view.bookingId, outcome: 'rejected', reason: because })) onDone('记下了，没有送到，不收钱') }}>记为没送到</Button>}
        />
      )}
    >
      <Whom view={view} />
      <Field label="怎么回事" kind="many-words" value={reason} onChange={setReason} maxLength={120} hint="老人和家属看得到这句话" />
      {view.order?.courierName ? <Box className="small">送餐员：{view.order.courierName}</Box> : null}
    </Step>
  )
}

type Outcome = InputOf<'visit.verify'>['outcome']

export function VerifyStep({ view, onBack, onDone }: StepProps) {
  const verify = useAction('visit.verify')
  const isWhole = view.missing.every((what) => what === 'strongProof')
  const [outcome, setOutcome] = useState<Outcome | null>(isWhole ? 'verified' : null)
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState(view.minutesServed === null ? '' : String(view.minutesServed))
  const because = reason.trim()
  const needsReason = outcome !== 'verified' || view.missing.length > 0
  const counted = Number(minutes)
  const isReady = outcome !== null && (!needsReason || because !== '') && (outcome !== 'partly' || (minutes !== '' && counted <= 720))
  const verdict = outcome === 'verified' ? '全部核实' : outcome === 'partly' ? `核实 ${minutes || '…'} 分钟` : '不通过'
  const sentence = outcome === null ? `${aboutWords(view)}，怎么核实？` : `${aboutWords(view)}，${view.workerName ?? view.providerName}做的，${verdict}。${because}`
  const read = useReadAloud(sentence)
  const done = outcome === 'verified' ? '核实好了' : outcome === 'partly' ? '核实了一部分' : '记下了，没有通过'
  return (
    <Step
      title="核实" subtitle={view.number} onBack={onBack}
      foot={(
        <Foot
          say={sentence}
          problem={verify.problem ? <Problem problem={verify.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={(
            <Button
              isDisabled={!isReady} isBusy={verify.isPending}
              onPress={async () => {
                if (outcome === null) return
                if (await verify.run({ bookingId: view.bookingId, outcome, ...(because ? { reason: because } : {}), ...(outcome === 'partly' ? { minutes: counted } : {}) })) onDone(done)
              }}
            >
              就这样定
            </Button>
          )}
        />
      )}
    >
      <Whom view={view} />
      {view.missing.length > 0 ? <Notice tone="gold" title={view.missing.map(missingWords).join('，')}>{isWhole ? '可以核实，但要写明为什么信得过。' : '全部核实要先补齐。现在可以核实一部分，或者不通过。'}</Notice> : null}
      <AnswerChoice
        label="怎么核实" selected={outcome ? [outcome] : []} onChoose={(key) => setOutcome(key === 'verified' ? 'verified' : key === 'partly' ? 'partly' : 'rejected')}
        answers={[
          ...(isWhole ? [{ key: 'verified', title: '全部核实', ...(view.minutesServed === null ? {} : { detail: `服务 ${view.minutesServed} 分钟` }) }] : []),
          { key: 'partly', title: '核实一部分', detail: '写明多少分钟、为什么' },
          { key: 'rejected', title: '不通过', detail: '写明为什么' },
        ]}
      />
      {outcome === 'partly' ? <Field label="核实多少分钟" kind="digits" value={minutes} onChange={(typed) => setMinutes(typed.replace(/\D/g, '').slice(0, 3))} maxLength={3} /> : null}
      {outcome !== null ? <Field label={needsReason ? '为什么' : '想补一句（可以不写）'} kind="many-words" value={reason} onChange={setReason} maxLength={120} hint={needsReason ? '老人和家属看得到这句话' : undefined} /> : null}
    </Step>
  )
}

/** They cannot come, and it is too near to cancel: freed or kept, with a word that the family reads. */
export function AnswerOffStep({ view, onBack, onDone }: StepProps) {
  const answer = useAction('booking.answerOff')
  const [isFreed, setFreed] = useState<boolean | null>(null)
  const [words, setWords] = useState('')
  const said = words.trim()
  const sentence = isFreed === null ? `${aboutWords(view)}，老人来不了，让出来，还是照样上门？` : `${aboutWords(view)}，${isFreed ? '取消，时间让出来' : '照样上门'}。${said}`
  const read = useReadAloud(sentence)
  return (
    <Step
      title="来不了" subtitle={view.number} onBack={onBack}
      foot={(
        <Foot
          say={sentence} problem={answer.problem ? <Problem problem={answer.problem} /> : null} other={<ReadAloud {...read} />}
          main={<Button isDisabled={isFreed === null || said === ''} isBusy={answer.isPending} onPress={async () => { if (isFreed !== null && (await answer.run({ bookingId: view.bookingId, isFreed, words: said }))) onDone(isFreed ? '取消好了，时间让出来了' : '记下了，照样上门') }}>就这样定</Button>}
        />
      )}
    >
      <Whom view={view} />
      {view.offAsk ? <Notice tone="gold" title={absenceWhyWords(view.offAsk.why)}>{view.offAsk.words ?? ''}</Notice> : null}
      <AnswerChoice label="怎么定" selected={isFreed === null ? [] : [isFreed ? 'free' : 'keep']} onChoose={(key) => setFreed(key === 'free')} answers={[{ key: 'free', title: '取消，让出来', detail: view.workerName ? `会告诉${view.workerName}不用来了` : '时间让给别人' }, { key: 'keep', title: '照样上门', detail: '护理员已经在路上，或者非做不可' }]} />
      {isFreed === null ? null : <Field label="说一句" value={words} onChange={setWords} maxLength={80} hint="老人和家属看得到这句话" />}
    </Step>
  )
}

/** `started`: a no-show can only be said once the slot has begun. */
export function TakeOffStep({ view, hasStarted: isLate, onBack, onDone }: StepProps & { hasStarted: boolean }) {
  // A meal that is carried home is not missed by not coming for it.
  const hasStarted = isLate && view.meal?.way !== 'delivery'
  const takeOff = useAction('booking.cancelLate')
  const [as, setAs] = useState<'cancelled' | 'noShow' | null>(hasStarted ? null : 'cancelled')
  const [reason, setReason] = useState('')
  const because = reason.trim()
  const missed = view.kind === 'meal' ? '没有来取' : '没有到场'
  const sentence = as === null ? `${aboutWords(view)}，是取消，还是${missed}？` : `${aboutWords(view)}，${as === 'cancelled' ? '取消' : `记为${missed}`}。${because}`
  const read = useReadAloud(sentence)
  return (
    <Step
      title="不做了" subtitle={view.number} onBack={onBack}
      foot={(
        <Foot
          say={sentence}
          problem={takeOff.problem ? <Problem problem={takeOff.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={(
            <Button
              kind="danger" isDisabled={as === null || because === ''} isBusy={takeOff.isPending}
              onPress={async () => { if (as && (await takeOff.run({ bookingId: view.bookingId, as, reason: because }))) onDone(as === 'cancelled' ? '取消好了' : `记为${missed}了`) }}
            >
              {as === 'noShow' ? (view.kind === 'meal' ? '记为没来取' : '记为没到场') : view.kind === 'meal' ? '取消这一餐' : '取消预约'}
            </Button>
          )}
        />
      )}
    >
      <Whom view={view} />
      <AnswerChoice
        label={`取消还是${missed}`} selected={as ? [as] : []} onChoose={(key) => setAs(key === 'noShow' ? 'noShow' : 'cancelled')}
        answers={[{ key: 'cancelled', title: '取消', detail: '有正当的原因，做不了了' }, ...(hasStarted ? [view.kind === 'meal' ? { key: 'noShow', title: '没有来取', detail: '餐做好了，没有来' } : { key: 'noShow', title: '没有到场', detail: '时间到了，人不在' }] : [])]}
      />
      {as ? <Field label="为什么" value={reason} onChange={setReason} maxLength={80} hint="老人和家属看得到这句话" /> : null}
      <Box className="small">老人和家属会收到消息。</Box>
    </Step>
  )
}
