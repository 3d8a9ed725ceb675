/**
 * 改时间: the same visit at another time of the same service. The old time stays until the new one is certain, and the
 * sentence above the button says both.
 */
import { useState } from 'react'
import type { BookingView, OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip, SlotChoice } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, goBack, Screen } from '@/components/screen'
import { clockTime } from '@/domain/civil-time'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { dateWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { dayOption, firstDayWithRoom, slotOption } from './slots'

type Slot = OutputOf<'catalogue.service'>['days'][number]['slots'][number]

/** Times run out while somebody thinks: looks again this often, ms. */
const LOOK_AGAIN_MS = 10_000

export function MoveScreen({ bookingId }: { bookingId: string }) {
  const booking = useQuery('booking.show', { bookingId })
  const { output } = booking
  if (output?.acts.includes('reschedule')) return <Choose view={output} />
  return <Screen title="改时间"><Content of={booking} shape="detail">{() => <Shut />}</Content></Screen>
}

function Shut() {
  return <Empty icon="clock" title="这一次自己改不了了" next="离开始太近，或者已经变了。请给社区打电话，由社工来定。" action={{ words: '回去', onPress: goBack }} />
}

function Choose({ view }: { view: BookingView }) {
  const [fromOn, setFromOn] = useState<string | undefined>(undefined)
  const service = useQuery('catalogue.service', { elderId: view.elderId, serviceItemId: view.serviceItemId, movingId: view.bookingId, ...(fromOn ? { fromOn } : {}) }, { pollMs: LOOK_AGAIN_MS })
  const [dayChosen, setDay] = useState<string | null>(null)
  const [slotChosen, setSlot] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const move = useAction('booking.reschedule')
  const now = useServerNow()
  const { output } = service
  const day = output?.days.find((one) => one.onDate === dayChosen) ?? (output ? firstDayWithRoom(output.days) : undefined)
  const slot = output?.days.flatMap((one) => one.slots).find((one) => one.slotId === slotChosen && one.state === 'free')
  const isLate = now > view.cancelUntil
  const because = reason.trim()
  const whose = view.as === 'elder' ? '您' : view.elderName
  const sentence = slot ? `把${whose}的${view.serviceName}，从 ${whenWords(view.startsAt, view.endsAt, now)}，改到 ${whenWords(slot.startsAt, slot.endsAt, now)}。` : '请选一个新的时间。没有改成以前，原来的时间一直留着。'
  const read = useReadAloud(sentence)
  const week = (date: string | null) => { move.clear(); setFromOn(date ?? undefined); setDay(null); setSlot(null) }
  const submit = async (chosen: Slot) => {
    if (await move.run({ bookingId: view.bookingId, slotId: chosen.slotId, ...(because ? { reason: because } : {}) })) goBack()
    else service.reload()
  }
  return (
    <Screen
      title="改时间" subtitle={view.as === 'elder' ? view.serviceName : `给 ${view.elderName}`}
      foot={output
        ? (
          <Foot
            say={sentence} problem={move.problem ? <Problem problem={move.problem} /> : null} other={<ReadAloud {...read} />}
            main={<Button isDisabled={!slot || (isLate && because === '')} isBusy={move.isPending} onPress={() => (slot ? submit(slot) : undefined)}>就改到这个</Button>}
          />
        )
        : undefined}
    >
      <Card>
        <Fact term="现在约的">{whenWords(view.startsAt, view.endsAt, now)}</Fact>
        {view.workerName ? <Fact term="护理员">{view.workerName}，改了时间要重新找人接单</Fact> : null}
      </Card>
      {isLate ? <Field label="为什么要改" kind="many-words" value={reason} onChange={setReason} maxLength={80} hint="已经过了自己能改的时间，社工改要写明原因。老人和家人看得到。" /> : null}
      <Content of={service} shape="detail">
        {(shown) => (
          <>
            {shown.previousOn ? <TextLink onPress={() => week(shown.previousOn)}>看前一周</TextLink> : null}
            <DayStrip
              days={shown.days.map(dayOption)} selected={day?.onDate ?? ''} onChoose={(key) => { setDay(key); setSlot(null); move.clear() }}
              further={shown.nextOn ? { words: '后一周 ›', onPress: () => week(shown.nextOn) } : undefined}
            />
            {day
              ? (
                <Box className="stack">
                  <Heading level={2} className="section">{dateWords(day.onDate)}</Heading>
                  {day.slots.length === 0 ? <Box className="body">{day.holidayName ? `这天${day.holidayName}，不上门。` : '这天没有安排。'}</Box> : null}
                  {day.slots.length > 0 ? <SlotChoice slots={day.slots.map(slotOption)} selected={slot?.slotId ?? null} onChoose={(key) => { move.clear(); setSlot(key) }} label={`选时间，${clockTime(day.slots[0]?.startsAt ?? 0)} 起`} /> : null}
                </Box>
              )
              : <Empty icon="clock" title="这一周没有可约的时间" next="可以看看后一周。" />}
          </>
        )}
      </Content>
    </Screen>
  )
}
