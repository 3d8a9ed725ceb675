/** 改时间: the same order on another day, or in the other half of its day. Whoever had accepted is asked anew; the old time stays until the new one is certain. */
import { useState } from 'react'
import type { BookingView, OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Fact } from '@/components/row'
import { Foot, goBack, Screen } from '@/components/screen'
import { civilDate } from '@/domain/civil-time'
import type { MenuPart } from '@/domain/menu'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'
import { dayOption, Halves, LOOK_AGAIN_MS } from './days'

type Day = OutputOf<'menu.offer'>['days'][number]

export function MoveOrderScreen({ bookingId }: { bookingId: string }) {
  const booking = useQuery('booking.show', { bookingId })
  const { output } = booking
  if (output?.menu !== undefined && output.acts.includes('reschedule')) return <Choose view={output} />
  return (
    <Screen title="改时间">
      <Content of={booking} shape="detail">{() => <Empty icon="clock" title="这一单自己改不了了" next="离开始太近，或者人已经出门。请给社区打电话，由社工来定。" action={{ words: '回去', onPress: goBack }} />}</Content>
    </Screen>
  )
}

/** Its own day can be had again, in its other half. */
const asMovable = (view: BookingView) => (day: Day): Day => (day.state !== 'mine' || day.onDate !== view.onDate ? day : {
  ...day, state: 'free', parts: day.parts.filter((one) => one.startsAt !== view.startsAt),
})

function Choose({ view }: { view: BookingView }) {
  const offer = useQuery('menu.offer', { elderId: view.elderId, offerId: view.serviceItemId }, { pollMs: LOOK_AGAIN_MS })
  const [dayChosen, setDay] = useState<string | null>(null)
  const [partChosen, setPart] = useState<MenuPart | null>(null)
  const [reason, setReason] = useState('')
  const move = useAction('menu.move')
  const now = useServerNow()
  const { output } = offer
  const days = (output?.days ?? []).map(asMovable(view)).filter((one) => one.parts.length > 0 && (one.onDate !== view.onDate || one.orderUntil > now))
  const day = days.find((one) => one.onDate === dayChosen) ?? days.find((one) => one.state === 'free')
  const part = day?.state === 'free' ? day.parts.find((one) => one.part === partChosen && one.isFree) : undefined
  const isLate = now > view.cancelUntil
  const because = reason.trim()
  const whose = view.as === 'elder' ? '您' : view.elderName
  const sentence = part ? `把${whose}的${view.serviceName}，从 ${whenWords(view.startsAt, view.endsAt, now)}，改到 ${whenWords(part.startsAt, part.endsAt, now)}。价钱不变。` : '请选一个新的时间。没有改成以前，原来的时间一直留着。'
  const read = useReadAloud(sentence)
  const mayMove = output?.offer.isLicensed === true && days.length > 0
  const submit = async () => {
    if (!day || !part) return
    if (await move.run({ bookingId: view.bookingId, slotId: day.slotId, part: part.part, ...(because ? { reason: because } : {}) })) goBack()
    else offer.reload()
  }
  return (
    <Screen
      title="改时间" subtitle={view.as === 'elder' ? view.serviceName : `给 ${view.elderName}`}
      foot={mayMove
        ? <Foot say={sentence} problem={move.problem ? <Problem problem={move.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={!part || (isLate && because === '')} isBusy={move.isPending} onPress={submit}>就改到这个</Button>} />
        : undefined}
    >
      <Card>
        <Fact term="现在约的">{whenWords(view.startsAt, view.endsAt, now)}</Fact>
        <Fact term="服务方">{view.providerName}{view.menu === 'accepted' ? '，接了单。改了时间要重新接' : ''}</Fact>
      </Card>
      {isLate ? <Field label="为什么要改" kind="many-words" value={reason} onChange={setReason} maxLength={80} hint="已经过了自己能改的时间，社工改要写明原因。老人和家人看得到。" /> : null}
      <Content of={offer} shape="detail">
        {(shown) => !shown.offer.isLicensed ? <Notice tone="gold" title="这家先不接单">证照在换，改不了时间。可以取消，再点别家的。</Notice>
          : days.length === 0 ? <Empty icon="calendar-days" title="这几天没有别的时间" next="原来的时间还留着。也可以取消，再点别家的。" />
            : (
              <>
                <DayStrip days={days.map((one) => dayOption(one, civilDate(now)))} selected={day?.onDate ?? ''} onChoose={(key) => { move.clear(); setDay(key) }} />
                {day ? <Halves day={day} chosen={part?.part ?? null} onChoose={(key) => { move.clear(); setPart(key) }} /> : <Empty icon="clock" title="这几天都满了" next="原来的时间还留着。也可以过两天再看。" />}
              </>
            )}
      </Content>
      <Box className="small">改好以后，机构要重新接单。接了会告诉您。</Box>
    </Screen>
  )
}
