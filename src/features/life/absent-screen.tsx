/** 来不了, after the window; and after a visit that did not take place: why. Plain answers, one tap. */
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { AnswerChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { useReadAloud } from '@/services/speech'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { absenceChoices, type AbsenceWhy } from './words'

export function AbsentScreen({ bookingId }: { bookingId: string }) {
  const booking = useQuery('booking.show', { bookingId })
  const [answered, setAnswered] = useState<string | null>(null)
  const { output } = booking
  if (output && answered === null && output.acts.includes('askOff')) return <Ask view={output} what="askOff" onDone={() => { setAnswered('告诉社工了'); booking.reload() }} />
  if (output && answered === null && output.acts.includes('sayWhy')) return <Ask view={output} what="sayWhy" onDone={() => { setAnswered('记下了'); booking.reload() }} />
  return (
    <Screen title="这次预约" subtitle={output?.number}>
      <Content of={booking} shape="detail">
        {(view) => (
          <>
            <PersonBar name={view.elderName} words={`${view.serviceName} · ${whenWords(view.startsAt, view.endsAt)}`} />
            <Notice isAnnounced={answered !== null} title={answered ?? (view.offAsk ? '告诉社工了' : view.absence ? '记下了' : '现在不用说什么')}>{view.offAsk || answered === '告诉社工了' ? '社工会来定：让出来，或者照样上门。定了会告诉您。' : '谢谢您告诉我们，下次好安排。'}</Notice>
          </>
        )}
      </Content>
    </Screen>
  )
}

function Ask({ view, what, onDone }: { view: BookingView; what: 'askOff' | 'sayWhy'; onDone: () => void }) {
  const askOff = useAction('booking.askOff')
  const sayWhy = useAction('booking.sayWhy')
  const action = what === 'askOff' ? askOff : sayWhy
  const [why, setWhy] = useState<AbsenceWhy | null>(null)
  const [words, setWords] = useState('')
  const whose = view.as === 'elder' ? '您' : view.elderName
  const chosen = absenceChoices.find((one) => one.key === why)
  const about = `${view.serviceName}，${whenWords(view.startsAt, view.endsAt)}`
  const say = what === 'askOff' ? `${whose}的${about}，来不了${chosen ? `：${chosen.title}` : '？'}。社工来定。` : `${whose}的${about}，那天没碰上${chosen ? `：${chosen.title}` : '，是怎么回事？'}。`
  const read = useReadAloud(say)
  const answers = absenceChoices.filter((one) => what === 'sayWhy' || (one.key !== 'notHeard' && one.key !== 'forgot'))
  return (
    <Screen
      title={what === 'askOff' ? '来不了' : '那天没碰上'} subtitle={view.number}
      foot={<Foot say={say} problem={action.problem ? <Problem problem={action.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={chosen === undefined} isBusy={action.isPending} onPress={async () => { if (why && (await action.run({ bookingId: view.bookingId, why, ...(words.trim() ? { words: words.trim() } : {}) }))) onDone() }}>{what === 'askOff' ? '告诉社工' : '就是这样'}</Button>} />}
    >
      <PersonBar name={view.elderName} words={`${view.serviceName} · ${whenWords(view.startsAt, view.endsAt)}`} />
      {what === 'askOff' ? <Notice tone="gold" title="离开始太近了">社工没有答复以前，护理员还是会来。</Notice> : <Notice title="没关系，问一声">不扣什么，只为下次好安排。护理员看不到您说的。</Notice>}
      <AnswerChoice label={what === 'askOff' ? '为什么来不了' : '那天怎么了'} selected={why ? [why] : []} answers={answers} onChoose={(key) => setWhy(absenceChoices.find((one) => one.key === key)?.key ?? null)} />
      <Box><Field label="想补一句（可以不写）" value={words} onChange={setWords} maxLength={80} /></Box>
    </Screen>
  )
}
