/** Who goes: one of the colleagues, by name. */
import { useState } from 'react'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { SelectField } from '@/components/field'
import { useAction } from '@/services/use-action'

export function AssignSheet({ bookingId, what, colleagues, onDone, onNo, onChanged }: { bookingId: string; what: string; colleagues: readonly { readonly personId: string; readonly name: string }[]; onDone: (words: string) => void; onNo: () => void; onChanged: () => void }) {
  const assign = useAction('visit.assign')
  const [workerId, setWorker] = useState('')
  const name = colleagues.find((one) => one.personId === workerId)?.name ?? ''
  return (
    <ConfirmSheet
      question={`${what}，派谁去？`} yes={name ? `派${name}` : '派人'} isDisabled={workerId === ''} isBusy={assign.isPending} onNo={onNo}
      onYes={async () => { if (await assign.run({ bookingId, workerId })) onDone(`派好了，${name}去`); else onChanged() }}
    >
      {assign.problem ? assign.code === 'WORKER_BUSY' ? <Problem problem={{ title: `${name}这个时间有别的单`, next: '请换一位，或者改派。' }} /> : <Problem problem={assign.problem} /> : null}
      <SelectField label="谁去" value={workerId} onChange={(key) => { assign.clear(); setWorker(key) }} options={colleagues.map((one) => ({ key: one.personId, words: one.name }))} />
    </ConfirmSheet>
  )
}
