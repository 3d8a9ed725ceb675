/** One thing from the menu: which day, which half of it, a note; what it costs, and until when it can be given back. */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip } from '@/components/choice'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { Foot, Screen } from '@/components/screen'
import { civilDate } from '@/domain/civil-time'
import type { MenuPart } from '@/domain/menu'
import { wholeAddress } from '@/services/door-address'
import { forWords, useFromPlan, type WayHere } from '@/services/from-plan'
import { partWords, unitPriceWords } from '@/services/menu-words'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { dateWords, priceWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { dayOption, Halves, LOOK_AGAIN_MS } from './days'

export function OfferScreen({ offerId, elderId: asked, cameBy }: { offerId: string; elderId: string; cameBy: WayHere }) {
  const me = useMyId()
  const elderId = asked || me || ''
  const offer = useQuery('menu.offer', elderId ? { elderId, offerId } : null, { pollMs: LOOK_AGAIN_MS })
  const [dayChosen, setDay] = useState<string | null>(null)
  const [partChosen, setPart] = useState<MenuPart | null>(null)
  const [note, setNote] = useState('')
  const [door, setDoor] = useState('')
  const order = useAction('menu.order')
  const { plan, link, isLinking } = useFromPlan(cameBy)
  const keepDoor = useAction('person.setAddress')
  const now = useServerNow()
  const { output } = offer
  const day = output?.days.find((one) => one.onDate === dayChosen) ?? output?.days.find((one) => one.state === 'free')
  const part = day?.state === 'free' ? day.parts.find((one) => one.part === partChosen && one.isFree) : undefined
  const whose = elderId === me ? '您' : output?.elder.name ?? ''
  const isDoorMissing = output !== undefined && (output.address ?? '').trim() === ''
  const sentence = !output ? ''
    : isDoorMissing ? `${whose}的门牌还没有登记，先填上再点。`
      : day && part ? `给${elderId === me ? '您自己' : output.elder.name}点${output.offer.name}，${dateWords(day.onDate, now)} ${partWords(part.part)}，${output.offer.providerName}的人到${output.address ?? ''}，${priceWords(output.offer.priceFen)}。`
        : day?.state === 'free' ? '请选上午还是下午。' : '请选一个日子。'
  const read = useReadAloud(sentence)
  const submit = async () => {
    if (!output || !day || !part) return
    const words = note.trim()
    const made = await order.run({ elderId, slotId: day.slotId, part: part.part, seenPriceFen: output.offer.priceFen, ...(words ? { note: words } : {}) })
    if (!made) return offer.reload()
    await link(made.bookingId)
    void Taro.redirectTo({ url: `/pages/booked/index?bookingId=${made.bookingId}` })
  }
  const saveDoor = async (shown: OutputOf<'menu.offer'>) => {
    if (await keepDoor.run({ personId: elderId, address: wholeAddress(shown.elder.communityName, door) })) offer.reload()
  }
  const mayOrder = output?.offer.isLicensed === true && output.days.length > 0
  return (
    <Screen
      title={output?.offer.name ?? '选日子'} subtitle={output ? forWords(output.elder.name, plan) : undefined}
      foot={output && mayOrder
        ? (
          <Foot
            say={sentence} problem={keepDoor.problem ? <Problem problem={keepDoor.problem} /> : order.problem ? <Problem problem={order.problem} /> : null} other={<ReadAloud {...read} />}
            main={isDoorMissing
              ? <Button isDisabled={door.trim() === ''} isBusy={keepDoor.isPending} onPress={() => saveDoor(output)}>记下门牌</Button>
              : <Button isDisabled={!part} isBusy={order.isPending || isLinking} onPress={submit}>就点这个</Button>}
          />
        )
        : undefined}
    >
      <Content of={offer} shape="detail">
        {(shown) => (
          <>
            {isDoorMissing ? <Card tone="gold"><Field label="门牌" value={door} onChange={(typed) => { keepDoor.clear(); setDoor(typed) }} maxLength={50} hint="例如 12 幢 302" /></Card> : null}
            <Box className="stack-tight">
              <Box className="body">{shown.offer.details}</Box>
              <Box className="inline"><Box className="price">{unitPriceWords(priceWords(shown.offer.priceFen), shown.offer.unit)}</Box><Box className="small">{shown.offer.providerName}</Box></Box>
              {shown.offer.bring.length > 0 ? <Box className="body">请先备好：{shown.offer.bring.join('、')}。</Box> : null}
            </Box>
            {!shown.offer.isLicensed ? <Notice tone="gold" title="这家先不接单">证照在换。请看别家的。</Notice>
              : shown.days.length === 0 ? <Empty icon="calendar-days" title="这几天没有能点的日子" next="请看别家的，或者过两天再来。" />
                : (
                  <>
                    <DayStrip days={shown.days.map((one) => dayOption(one, civilDate(now)))} selected={day?.onDate ?? ''} onChoose={(key) => { order.clear(); setDay(key) }} />
                    {day ? <Halves day={day} chosen={part?.part ?? null} onChoose={(key) => { order.clear(); setPart(key) }} /> : <Empty icon="clock" title="这几天都满了" next="请看别家的，或者过两天再来。" />}
                    <Field label="想说的（可以不写）" kind="many-words" value={note} onChange={setNote} maxLength={80} placeholder="买什么、哪里坏了" />
                    <Box className="small">机构接单以前，随时可以取消；接了单，上门前 {shown.offer.cancelHours} 小时可以自己取消。机构没接，会替您再问一家，价钱不会高。</Box>
                  </>
                )}
          </>
        )}
      </Content>
    </Screen>
  )
}
