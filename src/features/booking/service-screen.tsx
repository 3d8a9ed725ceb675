/**
 * Booking one service: the day, the time with what is left of it, a note, and above the one button the sentence that says
 * who, what, when, where and what it costs. A refusal keeps what was typed and offers the next free times.
 */
import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button, TextLink } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip, SlotChoice } from '@/components/choice'
import { ConfirmSheet } from '@/components/confirm-sheet'
import { Content, Empty, Problem } from '@/components/content'
import { Field } from '@/components/field'
import { Notice } from '@/components/notice'
import { ReadAloud } from '@/components/read-aloud'
import { ReasonSheet } from '@/components/reason-sheet'
import { Foot, Screen } from '@/components/screen'
import { clockTime, HOUR, minuteOfDay } from '@/domain/civil-time'
import { wholeAddress } from '@/services/door-address'
import { useServerNow } from '@/services/server-clock'
import { useReadAloud } from '@/services/speech'
import { beginsWords, dateWords, dayWords, priceWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useMyId } from '@/services/use-me'
import { useQuery } from '@/services/use-query'
import { WaitPart } from './wait-part'
import { dayOption, firstDayWithRoom, nearestFree, slotOption } from './slots'

type Service = OutputOf<'catalogue.service'>
type Slot = Service['days'][number]['slots'][number]

/** Until when (ms) the booking can be given back without a call, or that it cannot. */
const cancelWords = (until: number, now: number): string => (now < until ? `${beginsWords(until, now)} 前可以自己取消。` : '约了就不能自己取消，要取消请给社区打电话。')

/** Times run out while somebody thinks: looks again this often, ms. */
const LOOK_AGAIN_MS = 10_000
/** Refusals after which another time helps. */
const anotherTimeHelps = ['SLOT_FULL', 'SLOT_PAST', 'SLOT_CLOSED', 'ELDER_BUSY', 'ALREADY_BOOKED']

/** `againOf`: the booking that is wanted once more; its note is taken over. */
export function ServiceScreen({ serviceItemId, elderId: asked, againOf }: { serviceItemId: string; elderId: string; againOf: string }) {
  const me = useMyId()
  const elderId = asked || me || ''
  const [fromOn, setFromOn] = useState<string | undefined>(undefined)
  const service = useQuery('catalogue.service', elderId ? { elderId, serviceItemId, ...(fromOn ? { fromOn } : {}) } : null, { pollMs: LOOK_AGAIN_MS })
  const [dayChosen, setDay] = useState<string | null>(null)
  const [slotChosen, setSlot] = useState<string | null>(null)
  const before = useQuery('booking.show', againOf ? { bookingId: againOf } : null)
  const [noteTyped, setNote] = useState<string | null>(null)
  const note = noteTyped ?? before.output?.note ?? ''
  const [door, setDoor] = useState('')
  const [doorKept, setDoorKept] = useState('')
  /** the time for which it is asked whether another one on the same day is meant */
  const [asksAgain, setAsksAgain] = useState<string | null>(null)
  const book = useAction('booking.book')
  const keepDoor = useAction('person.setAddress')
  const now = useServerNow()

  const { output } = service
  const day = output?.days.find((one) => one.onDate === dayChosen) ?? (output ? firstDayWithRoom(output.days) : undefined)
  // A time that somebody else took meanwhile is no longer chosen.
  const slot = output?.days.flatMap((one) => one.slots).find((one) => one.slotId === slotChosen && one.state === 'free')
  const whoseWords = elderId === me ? '给您自己' : `给${output?.elder.name ?? ''}`
  const address = output?.address || doorKept
  const bed = output?.service.bed ?? null
  const isDoorMissing = output !== undefined && bed === null && address === ''
  const whose = elderId === me ? '您' : output?.elder.name ?? ''
  const sentence = !output ? ''
    : isDoorMissing ? `${whose}的门牌还没有登记，先填上再约。`
      : slot && bed && slot.quote ? `${whoseWords}约${output.service.name}，${whenWords(slot.startsAt, slot.endsAt)}，到${output.service.providerName}，${priceWords(slot.quote.priceFen)}，补贴 ${priceWords(slot.quote.subsidyFen)}，自付 ${priceWords(slot.quote.payFen)}。请带上${bed.bring.join('、')}。${cancelWords(slot.startsAt - output.service.cancelHours * HOUR, now)}`
      : slot ? `${whoseWords}约${output.service.name}，${whenWords(slot.startsAt, slot.endsAt)}，护理员到${address}，${priceWords(slot.priceFen)}。${cancelWords(slot.startsAt - output.service.cancelHours * HOUR, now)}`
        : '请选一个时间。'
  const isSecondThatDay = output?.days.some((one) => one.slots.some((other) => other.state === 'mine' && other.onDate === slot?.onDate)) === true
  const isAsking = slot !== undefined && asksAgain === slot.slotId && !isDoorMissing
  const read = useReadAloud(sentence)
  const noteText = note.trim()

  const choose = (one: Slot) => { book.clear(); setDay(one.onDate); setSlot(one.slotId) }
  const week = (date: string | null) => { book.clear(); setFromOn(date ?? undefined); setDay(null); setSlot(null) }
  const submit = async (chosen: Slot, beyondLimit?: string) => {
    const made = await book.run({ elderId, slotId: chosen.slotId, ...(noteText ? { note: noteText } : {}), ...(beyondLimit ? { beyondLimit } : {}) })
    if (made) void Taro.redirectTo({ url: `/pages/booked/index?bookingId=${made.bookingId}` })
    else {
      setAsksAgain(null)
      service.reload()
    }
  }
  const saveDoor = async (shown: Service) => {
    const whole = wholeAddress(shown.elder.communityName, door)
    if (!(await keepDoor.run({ personId: elderId, address: whole }))) return
    setDoorKept(whole)
    book.clear()
    service.reload()
  }
  const others = output && book.code && anotherTimeHelps.includes(book.code) ? nearestFree(output.days, output.days.flatMap((one) => one.slots).find((one) => one.slotId === slotChosen)?.startsAt ?? 0, slotChosen) : []

  return (
    <Screen
      title={output?.service.name ?? '选时间'} subtitle={output ? `给 ${output.elder.name}` : undefined}
      foot={output && !isAsking
        ? (
          <Foot
            say={sentence}
            problem={keepDoor.problem ? <Problem problem={keepDoor.problem} /> : book.problem && !isDoorMissing ? <Problem problem={book.problem} /> : null}
            other={<ReadAloud {...read} />}
            main={isDoorMissing
              ? <Button isDisabled={door.trim() === ''} isBusy={keepDoor.isPending} onPress={() => saveDoor(output)}>记下门牌</Button>
              : <Button isDisabled={!slot} isBusy={book.isPending} onPress={() => (slot ? (isSecondThatDay ? setAsksAgain(slot.slotId) : submit(slot)) : undefined)}>就约这个</Button>}
          />
        )
        : undefined}
    >
      <Content of={service} shape="detail">
        {(shown) => (
          <>
            {shown.service.holdWhy ? <Notice tone="gold" title="这项先暂停了">{shown.service.holdWhy}。约好的照常来。</Notice> : null}
            {isDoorMissing ? <Card tone="gold"><Field label="门牌" value={door} onChange={(typed) => { keepDoor.clear(); setDoor(typed) }} maxLength={50} hint="例如 12 幢 302" /></Card> : null}
            {others.length > 0
              ? (
                <Card tone="gold" label="还有这些时间">
                  <Box className="stack">
                    <Box className="strong">还有这些时间</Box>
                    {others.map((one) => <Button key={one.slotId} kind="outline" onPress={() => choose(one)}>{beginsWords(one.startsAt)}</Button>)}
                  </Box>
                </Card>
              )
              : null}
            <Box>
              <Box className="body">{shown.service.summary}</Box>
              <Box className="inline"><Box className="price">{priceWords(shown.service.priceFen)}</Box><Box className="small">{bed ? '半天' : `${shown.service.durationMinutes} 分钟`} · {shown.service.providerName}</Box></Box>
              {bed ? <Box className="small">{bed.quote.subsidyFen > 0 ? `补贴 ${priceWords(bed.quote.subsidyFen)}，自付 ${priceWords(bed.quote.payFen)}。` : bed.quote.reasons.includes('unverified') ? '社工见过面以后才有补贴。' : ''}带上：{bed.bring.join('、')}。</Box> : null}
            </Box>
            {shown.previousOn ? <TextLink onPress={() => week(shown.previousOn)}>看前一周</TextLink> : null}
            <DayStrip
              days={shown.days.map(dayOption)} selected={day?.onDate ?? ''} onChoose={(key) => { setDay(key); setSlot(null); book.clear() }}
              further={shown.nextOn ? { words: '后一周 ›', onPress: () => week(shown.nextOn) } : undefined}
            />
            {day ? <Day day={day} days={shown.days} slotChosen={slot?.slotId ?? null} onChoose={choose} /> : <Empty icon="clock" title="这一周没有可约的时间" next="可以看看后一周。" />}
            {day ? <WaitPart key={day.onDate} slots={day.slots} elderId={elderId} whose={whose} isMe={elderId === me} onChanged={service.reload} /> : null}
            <Field label={bed ? '想让那边知道的（可以不写）' : '想让护理员知道的（可以不写）'} kind="many-words" value={note} onChange={setNote} maxLength={80} placeholder={bed ? '走路要扶' : '门铃坏了，请敲门'} />
            {slot && !isDoorMissing && shown.service.kind === 'homeCare' ? <Button kind="outline" icon="calendar-days" onPress={() => { void Taro.navigateTo({ url: `/pages/plan/weekly/index?serviceItemId=${serviceItemId}&elderId=${elderId}&firstOn=${slot.onDate}&startMinute=${minuteOfDay(slot.startsAt)}` }) }}>以后每周都约</Button> : null}
            <Box className="small">开始前 {shown.service.cancelHours} 小时，都可以自己取消。{shown.service.details}</Box>
            {slot && slot.forResidents !== null && book.code === 'LIMIT_OF_SERVICE' ? <ReasonSheet question={`${output?.elder.name ?? ''}已经到了规定的次数，这次还要约？`} yes="写好理由，约上" isAside isBusy={book.isPending} problem={undefined} onYes={(reason) => submit(slot, reason)} onNo={book.clear} /> : null}
            {isAsking ? <AskAgain question={`${elderId === me ? '' : shown.elder.name}${dayWords(slot.onDate)}已经约了一次${shown.service.name}，还要再约吗？`} sentence={sentence} isBusy={book.isPending} onYes={() => submit(slot)} onNo={() => setAsksAgain(null)} /> : null}
          </>
        )}
      </Content>
    </Screen>
  )
}

/** Two of the same on one day are rare, and easily a slip of the finger. */
function AskAgain({ question, sentence, isBusy, onYes, onNo }: { question: string; sentence: string; isBusy: boolean; onYes: () => Promise<void>; onNo: () => void }) {
  const read = useReadAloud(`${question}${sentence}`)
  return (
    <ConfirmSheet question={question} yes="再约一次" no="不约了" isBusy={isBusy} onYes={onYes} onNo={onNo}>
      <Box className="body">{sentence}</Box>
      <ReadAloud {...read} />
    </ConfirmSheet>
  )
}

function Day({ day, days, slotChosen, onChoose }: { day: Service['days'][number]; days: Service['days']; slotChosen: string | null; onChoose: (slot: Slot) => void }) {
  const isShut = !day.slots.some((slot) => slot.state === 'free')
  const [other] = isShut ? nearestFree(days, day.slots[0]?.startsAt ?? 0, null) : []
  return (
    <Box className="stack">
      <Heading level={2} className="section">{dateWords(day.onDate)}</Heading>
      {isShut
        ? (
          <Box className="stack">
            <Box className="body">{day.holidayName ? `这天${day.holidayName}，休息。` : day.slots.length === 0 ? '这天没有安排。' : '这天约不上了。'}</Box>
            {other ? <Button kind="outline" onPress={() => onChoose(other)}>最近的是 {beginsWords(other.startsAt)}</Button> : null}
          </Box>
        )
        : null}
      {day.slots.length > 0
        ? <SlotChoice slots={day.slots.map((slot) => slotOption(slot))} selected={slotChosen} onChoose={(key) => { const slot = day.slots.find((one) => one.slotId === key); if (slot) onChoose(slot) }} label={`选时间，${clockTime(day.slots[0]?.startsAt ?? 0)} 起`} />
        : null}
    </Box>
  )
}
