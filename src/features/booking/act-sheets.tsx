/** The questions before an act on a booking that others will rely on: cancelling, saying that something is wrong, vouching. */
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { Box } from '@/components/box'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { WhoIsIt } from '@/components/who-is-it'
import { dishWords } from '@/services/meal-words'
import { useIdentity } from '@/services/identity'
import { useReadAloud } from '@/services/speech'
import { dayWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'

interface SheetProps {
  view: BookingView
  onDone: () => void
  onNo: () => void
  /** it was refused because things moved on: look again */
  onChanged: () => void
}

const whoseWords = (view: BookingView): string => (view.as === 'elder' ? '您' : view.elderName)

export function CancelSheet({ view, onDone, onNo, onChanged }: SheetProps) {
  const cancel = useAction('booking.cancel')
  const identity = useIdentity(view.elderId)
  const [reason, setReason] = useState('')
  const question = view.meal
    ? `取消${whoseWords(view)}${dayWords(view.onDate)}的${view.serviceName}，${dishWords(view.meal.dishName, view.meal.portions)}？`
    : `取消${whoseWords(view)}的${view.serviceName}，${whenWords(view.startsAt, view.endsAt)}？取消后，这个时间会让给别人。`
  const read = useReadAloud(question)
  return (
    <ConfirmSheet
      question={question} yes={view.meal ? '取消这一餐' : '取消预约'} no="先留着" isDangerous isBusy={cancel.isPending} onNo={onNo}
      onYes={async () => { if (await cancel.run({ bookingId: view.bookingId, ...(reason.trim() ? { reason: reason.trim() } : {}), ...identity.given })) onDone(); else onChanged() }}
    >
      {cancel.problem && cancel.code === 'IDENTITY_REQUIRED' ? <WhoIsIt problem={cancel.problem} onHere={() => { cancel.clear(); identity.isHere() }} onAsk={() => { cancel.clear(); identity.ask() }} /> : cancel.problem ? <Problem problem={cancel.problem} /> : null}
      <Field label="为什么（可以不写）" value={reason} onChange={setReason} maxLength={80} />
      <ReadAloud {...read} />
    </ConfirmSheet>
  )
}

export function DisputeSheet({ view, onDone, onNo, onChanged }: SheetProps) {
  const dispute = useAction('visit.dispute')
  const [words, setWords] = useState(view.meal ? '没有收到' : '')
  const question = view.meal ? `${whoseWords(view)}${dayWords(view.onDate)}的${view.serviceName}没收到？` : `${whoseWords(view)}这次${view.serviceName}，哪里不对？`
  const about = view.meal ? `${whoseWords(view)}${dayWords(view.onDate)}的${view.serviceName}` : `${whoseWords(view)}这次${view.serviceName}`
  const read = useReadAloud(words.trim() ? `告诉社工：${about}，${words.trim()}` : question)
  return (
    <ConfirmSheet
      question={question} yes="告诉社工" isBusy={dispute.isPending} isDisabled={words.trim() === ''} onNo={onNo}
      onYes={async () => { if (await dispute.run({ bookingId: view.bookingId, words: words.trim() })) onDone(); else onChanged() }}
    >
      {dispute.problem ? <Problem problem={dispute.problem} /> : null}
      <Field label="请写一句" kind="many-words" value={words} onChange={setWords} maxLength={120} hint={`社工会打电话来问。${view.meal ? '送餐员' : '护理员'}看不到您写的话。`} />
      <ReadAloud {...read} />
    </ConfirmSheet>
  )
}

export function VouchSheet({ view, moment, onDone, onNo, onChanged }: SheetProps & { moment: 'checkIn' | 'checkOut' }) {
  const vouch = useAction('visit.vouch')
  const worker = view.workerName ?? '护理员'
  const question = moment === 'checkIn' ? `${worker}已经到${whoseWords(view)}家了？点了就算签到。` : `${worker}做完走了？点了就算签退。`
  const read = useReadAloud(question)
  return (
    <ConfirmSheet
      question={question} yes={moment === 'checkIn' ? '到了' : '走了'} isBusy={vouch.isPending} onNo={onNo}
      onYes={async () => { if (await vouch.run({ bookingId: view.bookingId, moment })) onDone(); else onChanged() }}
    >
      {vouch.problem ? <Problem problem={vouch.problem} /> : null}
      {view.as === 'family' ? <Box className="body">家人点的，凭证较弱，社工核实时会再看一看。能看门码最好。</Box> : null}
      <ReadAloud {...read} />
    </ConfirmSheet>
  )
}
