/** The elder's side of the proof: how it was, in one tap, and a sentence that says what is being confirmed. */
import { useState, type ReactNode } from 'react'
import type { BookingView, InputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Problem } from '@/components/content'
import { Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { useReadAloud } from '@/services/speech'
import { satisfactionWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'

type Satisfaction = InputOf<'visit.confirm'>['satisfaction']
const answers: readonly Satisfaction[] = ['satisfied', 'acceptable', 'unsatisfied']

interface ConfirmVisitProps {
  view: BookingView
  onDone: () => void
  onDispute: () => void
  /** somebody else was first: look again */
  onChanged: () => void
  children: ReactNode
}

export function ConfirmVisit({ view, onDone, onDispute, onChanged, children }: ConfirmVisitProps) {
  const confirm = useAction('visit.confirm')
  const [satisfaction, setSatisfaction] = useState<Satisfaction | null>(null)
  const [words, setWords] = useState('')
  const whose = view.as === 'elder' ? '您' : view.elderName
  const served = view.minutesServed === null ? '' : `，服务了 ${view.minutesServed} 分钟`
  const did = view.bed ? `${whose}的${view.serviceName}结束了` : `${view.workerName ?? '护理员'}给${whose}做完了${view.serviceName}${served}`
  const sentence = satisfaction ? `${did}，${satisfactionWords(satisfaction) ?? ''}。` : `${did}。做得怎么样？请选一个。`
  const read = useReadAloud(sentence)
  return (
    <Screen
      title="这次预约" subtitle={view.number}
      foot={(
        <Foot
          say={sentence}
          problem={confirm.problem ? <Problem problem={confirm.problem} /> : null}
          other={<ReadAloud {...read} />}
          main={(
            <Button
              isDisabled={satisfaction === null} isBusy={confirm.isPending}
              onPress={async () => {
                if (satisfaction === null) return
                if (await confirm.run({ bookingId: view.bookingId, satisfaction, ...(words.trim() ? { words: words.trim() } : {}) })) onDone()
                else onChanged()
              }}
            >
              确认完成
            </Button>
          )}
        />
      )}
    >
      <Heading level={2} className="section">做得怎么样？</Heading>
      <AnswerChoice
        label="做得怎么样" selected={satisfaction ? [satisfaction] : []} onChoose={(key) => setSatisfaction(answers.find((answer) => answer === key) ?? null)}
        answers={answers.map((answer) => ({ key: answer, title: satisfactionWords(answer) ?? answer }))}
      />
      {satisfaction ? <Field label="想说的话（可以不写）" kind="many-words" value={words} onChange={setWords} maxLength={120} /> : null}
      <Button kind="outline" onPress={onDispute}>有疑问</Button>
      <Box>{children}</Box>
    </Screen>
  )
}
