/** 延住, 提前离开: another day of leaving; what can be had is shown, and what it changes is said before it is done. */
import { useState } from 'react'
import type { BookingView } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, goBack, Screen } from '@/components/screen'
import { addDays, civilDate, DAY, spokenDay } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { dateWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { costWords, endsAfter, leavingOption, nightsIn, sumOf, type Stay } from './nights'

const LOOK_AGAIN_MS = 10_000

/** Days on which the stay could end earlier: after the first night, and before a night that has not begun. */
const earlier = (view: BookingView, now: number): string[] =>
  Array.from({ length: Math.max(0, (view.bed?.nights ?? 0) - 1) }, (_, index) => index + 1).filter((nights) => view.startsAt + nights * DAY > now).map((nights) => addDays(civilDate(view.startsAt), nights))

export function ChangeStayScreen({ bookingId }: { bookingId: string }) {
  const booking = useQuery('booking.show', { bookingId })
  const view = booking.output
  const stay = useQuery('stay.show', view ? { elderId: view.elderId, serviceItemId: view.serviceItemId } : null, { pollMs: LOOK_AGAIN_MS })
  const [toChosen, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const extend = useAction('stay.extend')
  const shorten = useAction('stay.leaveEarly')
  const now = useServerNow()
  const may = (act: BookingView['acts'][number]): boolean => view?.acts.includes(act) === true
  const leavesOn = view?.bed?.toOn ?? ''
  const later = view && stay.output && may('extend') ? endsAfter(stay.output, leavesOn, stay.output.mostNights - (view.bed?.nights ?? 0)) : []
  const sooner = view && may('leaveEarly') ? earlier(view, now) : []
  const toOn = toChosen !== null && (later.includes(toChosen) || sooner.includes(toChosen)) ? toChosen : null
  const isLater = toOn !== null && toOn > leavesOn
  const sentence = !view || toOn === null ? '请选哪天走。' : `${view.as === 'elder' ? '您' : view.elderName}改到 ${dateWords(toOn, now)} 走，${effectWords(view, stay.output, toOn)}`
  const read = useReadAloud(sentence)
  const act = isLater ? extend : shorten
  const clear = () => { extend.clear(); shorten.clear() }
  const submit = async () => {
    const words = reason.trim()
    const done = toOn === null ? null : isLater ? await extend.run({ bookingId, toOn }) : await shorten.run({ bookingId, toOn, ...(words ? { reason: words } : {}) })
    if (done) goBack()
    else { booking.reload(); stay.reload() }
  }
  const choose = (day: string) => { clear(); setTo(day) }
  return (
    <Screen
      title="改哪天走" subtitle={view ? (view.as === 'elder' ? view.serviceName : `给 ${view.elderName}`) : undefined}
      foot={view ? <Foot say={sentence} problem={act.problem ? <Problem problem={act.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={toOn === null} isBusy={act.isPending} onPress={submit}>就改到这天</Button>} /> : undefined}
    >
      <Content of={booking} shape="detail">
        {(shown) => (
          <>
            <Card>
              <Fact term="现在约的">{whenWords(shown.startsAt, shown.endsAt, now)}</Fact>
              <Fact term="住几晚">{shown.bed?.nights ?? 0} 晚</Fact>
            </Card>
            <Heading level={2} className="section">延住到哪天</Heading>
            {later.length > 0 ? <DayStrip days={later.map((day) => leavingOption(day, now))} selected={toOn ?? ''} onChoose={choose} /> : <Box className="body">后面没有空床，或者已经住到最多的天数，延不了。</Box>}
            <Heading level={2} className="section">提前到哪天走</Heading>
            {sooner.length > 0 ? <DayStrip days={sooner.map((day) => leavingOption(day, now))} selected={toOn ?? ''} onChoose={choose} /> : <Box className="body">{may('cancel') ? '只约了一晚。不去了，请返回上一页取消。' : '没有可以提前的日子了。'}</Box>}
            {toOn !== null && !isLater ? <Field label="为什么早走（可以不写）" kind="many-words" value={reason} onChange={setReason} maxLength={80} placeholder="儿子来接" /> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** What another day of leaving changes. */
function effectWords(view: BookingView, stay: Stay | undefined, toOn: string): string {
  const leavesOn = view.bed?.toOn ?? ''
  const days = Math.abs(Date.parse(toOn) - Date.parse(leavesOn)) / DAY
  if (toOn > leavesOn) return `多住 ${days} 晚，多 ${stay ? costWords(sumOf(nightsIn(stay, leavesOn, toOn))) : ''}。`
  return `少住 ${days} 晚，那几晚不收钱，让给别人。${spokenDay(toOn)}以后想再住，要重新约。`
}
