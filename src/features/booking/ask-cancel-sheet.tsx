/** After the cut-off a meal is given back only if the kitchen agrees: the question to it. */
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { useReadAloud } from '@/services/speech'
import { dayWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'

export function AskCancelSheet({ view, onDone, onNo, onChanged }: { view: BookingView; onDone: () => void; onNo: () => void; onChanged: () => void }) {
  const ask = useAction('meal.askKitchen')
  const [words, setWords] = useState('')
  const question = `问问厨房，${view.as === 'elder' ? '您' : view.elderName}${dayWords(view.onDate)}的${view.serviceName}能不能退？厨房答应了才算。`
  const read = useReadAloud(question)
  return (
    <ConfirmSheet
      question={question} yes="问厨房" isBusy={ask.isPending} onNo={onNo}
      onYes={async () => { if (await ask.run({ bookingId: view.bookingId, wish: { what: 'cancel' }, ...(words.trim() ? { words: words.trim() } : {}) })) onDone(); else onChanged() }}
    >
      {ask.problem ? <Problem problem={ask.problem} /> : null}
      <Field label="为什么（可以不写）" value={words} onChange={setWords} maxLength={80} />
      <ReadAloud {...read} />
    </ConfirmSheet>
  )
}
