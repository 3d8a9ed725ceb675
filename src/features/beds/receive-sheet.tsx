/** Taking somebody in, or seeing them off: the bed, and the code that the elder or family shows, if there is one. */
import { useState } from 'react'
import { Box } from '@/components/box'
import { AnswerChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { useAction } from '@/services/use-action'
import type { Guest } from './board'

/** Beds that are offered at once; the best stands first. */
const SHOWN = 4

export function ReceiveSheet({ guest, onNo, onDone, onChanged }: { guest: Guest; onNo: () => void; onDone: (words: string) => void; onChanged: () => void }) {
  const arrive = useAction('bed.arrive')
  const depart = useAction('bed.depart')
  const [bedChosen, setBed] = useState<number | null>(null)
  const [code, setCode] = useState('')
  const isArriving = guest.arrivesToday
  const bedNo = bedChosen ?? guest.freeBeds[0] ?? null
  const act = isArriving ? arrive : depart
  const given = code.trim() === '' ? {} : { code: code.trim() }
  const clear = () => { arrive.clear(); depart.clear() }
  const submit = async () => {
    const done = !isArriving ? await depart.run({ bookingId: guest.bookingId, ...given }) : bedNo === null ? null : await arrive.run({ bookingId: guest.bookingId, bedNo, ...given })
    if (done) onDone(isArriving ? `接到${guest.elderName}了，${bedNo ?? ''} 号床` : `送走${guest.elderName}了`)
    else onChanged()
  }
  return (
    <ConfirmSheet question={isArriving ? `${guest.elderName}到了，睡哪张床？` : `${guest.elderName}走了？`} yes={isArriving ? '接到了' : '送走了'} isBusy={act.isPending} onNo={onNo} onYes={submit}>
      {isArriving && guest.freeBeds.length === 0 ? <Box className="body">现在没有空床。先送走要走的，再接。</Box> : null}
      {isArriving && guest.freeBeds.length > 0 ? <AnswerChoice label="哪张床" selected={[String(bedNo)]} onChoose={(key) => { clear(); setBed(Number(key)) }} answers={guest.freeBeds.slice(0, SHOWN).map((bed) => ({ key: String(bed), title: `${bed} 号床` }))} /> : null}
      <Field label="老人或家人手机上的门码（没有可以不填）" kind="digits" value={code} onChange={(typed) => { clear(); setCode(typed) }} maxLength={8} hint="填了，凭证更牢；没填，社工会再问一问。" />
      {act.problem ? <Problem problem={act.problem} /> : null}
    </ConfirmSheet>
  )
}
