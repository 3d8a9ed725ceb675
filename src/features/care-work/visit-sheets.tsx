/** The questions before a visit is given back, and before nobody having opened is told to the social worker (law 4). */
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'

interface SheetProps {
  view: BookingView
  onDone: () => void
  onNo: () => void
  /** it was refused because things moved on: look again */
  onChanged: () => void
}

export function HandBackSheet({ view, onDone, onNo, onChanged }: SheetProps) {
  const handBack = useAction('visit.handBack')
  const [reason, setReason] = useState('')
  return (
    <ConfirmSheet
      question={`${view.elderName}的${view.serviceName}，${whenWords(view.startsAt, view.endsAt)}，您去不了？交回去，让同事来接。`}
      yes="交回去" no="我还是去" isBusy={handBack.isPending} isDisabled={reason.trim() === ''} onNo={onNo}
      onYes={async () => { if (await handBack.run({ bookingId: view.bookingId, reason: reason.trim() })) onDone(); else onChanged() }}
    >
      {handBack.problem ? <Problem problem={handBack.problem} /> : null}
      <Field label="为什么去不了" value={reason} onChange={setReason} maxLength={80} hint="社工和老人都看得到这句话" />
    </ConfirmSheet>
  )
}

const ways = ['敲门没人应', '按铃没人应', '打电话没人接', '问了邻居，没见着'] as const

export function NoContactSheet({ view, onDone, onNo, onChanged }: SheetProps) {
  const noContact = useAction('visit.noContact')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [more, setMore] = useState('')
  const tried = [...ways.filter((way) => chosen.includes(way)), more.trim()].filter(Boolean).join('，')
  return (
    <ConfirmSheet
      question={`${view.elderName}家没人开门？社工会马上知道，去找人。`}
      yes="没人开门" no="再敲一敲" isDangerous isBusy={noContact.isPending} isDisabled={tried === ''} onNo={onNo}
      onYes={async () => { if (await noContact.run({ bookingId: view.bookingId, tried })) onDone(); else onChanged() }}
    >
      {noContact.problem ? <Problem problem={noContact.problem} /> : null}
      <AnswerChoice
        isMany label="试过什么" selected={chosen} answers={ways.map((way) => ({ key: way, title: way }))}
        onChoose={(key) => setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])}
      />
      <Field label="还看到、听到什么（可以不写）" value={more} onChange={setMore} maxLength={60} />
    </ConfirmSheet>
  )
}

/** Once the safety case about the shut door is closed: nobody was in danger, the elder simply was not there. */
export function NotThereSheet({ view, onDone, onNo, onChanged }: SheetProps) {
  const notThere = useAction('visit.notThere')
  const [words, setWords] = useState('')
  return (
    <ConfirmSheet
      question={`${view.elderName}那天没在家？社工找到人以后才能这样记。`} yes="记下" no="先不记" isBusy={notThere.isPending} isDisabled={words.trim() === ''} onNo={onNo}
      onYes={async () => { if (await notThere.run({ bookingId: view.bookingId, words: words.trim() })) onDone(); else onChanged() }}
    >
      {notThere.problem ? <Problem problem={notThere.problem} /> : null}
      <Field label="当时怎么样" value={words} onChange={setWords} maxLength={80} placeholder="敲门没人，邻居说出去了" />
    </ConfirmSheet>
  )
}
