/** An item of a plan at another time, or week after week: days and times that are free, and for a rhythm every date with what it meets. */
import { useState } from 'react'
import type { OutputOf } from '@/contract'
import { Box, Heading } from '@/components/box'
import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { DayStrip, SlotChoice } from '@/components/choice'
import { Content, Problem } from '@/components/content'
import { PersonBar } from '@/components/person'
import { ReadAloud } from '@/components/read-aloud'
import { Row, Rows } from '@/components/row'
import { Foot, goBack, Screen } from '@/components/screen'
import { Tag } from '@/components/tag'
import { clockTime, minuteOfDay, weekday } from '@/domain/civil-time'
import { rhythmOf, type PlanItemView } from '@/services/consult-words'
import { useReadAloud } from '@/services/speech'
import { dateWords, priceWords, whenWords } from '@/services/timeline-words'
import { useAction } from '@/services/use-action'
import { useQuery } from '@/services/use-query'

type Service = OutputOf<'catalogue.service'>
type Slot = Service['days'][number]['slots'][number]
type Dates = OutputOf<'series.preview'>['dates']

const hasRoom = (day: Service['days'][number]): boolean => day.slots.some((slot) => slot.state === 'free')
const isGood = (date: Dates[number]): boolean => date.state === 'free' || date.state === 'later'
const dateStates: Record<Dates[number]['state'], string> = { free: '有空', later: '到时候自动约', past: '过了', full: '约满了', limit: '超了次数', holiday: '休息', none: '那天没有', clash: '有别的事' }

export function PlanBookScreen({ consultationId, n }: { consultationId: string; n: number }) {
  const one = useQuery('consult.show', { consultationId })
  const item = one.output?.plan?.items.find((candidate) => candidate.n === n)
  return one.output && item?.serviceItemId ? <Times consultationId={consultationId} elderId={one.output.elderId} item={item} serviceItemId={item.serviceItemId} /> : <Screen title="约计划里的"><Content of={one} shape="detail">{() => <Problem problem={{ title: '这一样不在计划里了', next: '请返回再看看计划。' }} />}</Content></Screen>
}

function Times({ consultationId, elderId, item, serviceItemId }: { consultationId: string; elderId: string; item: PlanItemView; serviceItemId: string }) {
  const [fromOn, setFromOn] = useState<string | null>(null)
  const service = useQuery('catalogue.service', { elderId, serviceItemId, ...(fromOn ? { fromOn } : {}) })
  const book = useAction('consult.bookItem')
  const [dayChosen, setDay] = useState<string | null>(null)
  const [slotChosen, setSlot] = useState<string | null>(null)
  const { output } = service
  const every = item.rhythm === 'weekly' ? 1 : item.rhythm === 'fortnightly' ? 2 : null
  const slots = output?.days.flatMap((day) => day.slots) ?? []
  const slot = slots.find((candidate) => candidate.slotId === (slotChosen ?? item.offer?.slotId) && candidate.state === 'free')
  const day = output?.days.find((candidate) => candidate.onDate === (dayChosen ?? slot?.onDate)) ?? output?.days.find(hasRoom) ?? output?.days[0]
  const startMinute = slot ? minuteOfDay(slot.startsAt) : 0
  const preview = useQuery('series.preview', every !== null && slot ? { elderId, serviceItemId, firstOn: slot.onDate, startMinute, every, count: item.times } : null)
  const dates = every === null ? [] : preview.output?.dates ?? []
  const good = dates.filter(isGood)
  const say = !output || !slot ? '请选一个时间。'
    : every === null ? `约${output.service.name}，${whenWords(slot.startsAt, slot.endsAt)}，${priceWords(output.service.priceFen)}。`
      : `${output.service.name}，${every === 1 ? '每' : '隔'}周${'日一二三四五六'[weekday(slot.onDate)] ?? ''} ${clockTime(slot.startsAt)}，${good.length} 次，每次 ${priceWords(output.service.priceFen)}${good.length < dates.length ? `，跳过约不上的 ${dates.length - good.length} 次` : ''}。`
  const read = useReadAloud(say)
  const submit = async () => {
    if (!slot) return
    const made = await book.run({ consultationId, n: item.n, choice: every === null ? { how: 'once', slotId: slot.slotId } : { how: 'series', firstOn: slot.onDate, startMinute, every, count: item.times, skip: dates.filter((date) => !isGood(date)).map((date) => date.n) } })
    if (made) goBack()
    else service.reload()
  }
  const choose = (chosen: Slot) => { book.clear(); setDay(chosen.onDate); setSlot(chosen.slotId) }
  const isReady = slot !== undefined && (every === null || good.length > 0)
  return (
    <Screen title={item.title} subtitle={output ? `给 ${output.elder.name}` : undefined} foot={output ? <Foot say={say} problem={book.problem ? <Problem problem={book.problem} /> : null} other={<ReadAloud {...read} />} main={<Button isDisabled={!isReady} isBusy={book.isPending} onPress={submit}>就这样约</Button>} /> : undefined}>
      <Content of={service} shape="detail">
        {(shown) => (
          <>
            <PersonBar name={shown.elder.name} words={[shown.service.providerName, rhythmOf(item)].filter(Boolean).join(' · ')} />
            <Heading level={2} className="section">哪一天</Heading>
            <DayStrip
              selected={day?.onDate ?? ''} onChoose={(key) => { book.clear(); setDay(key); setSlot(shown.days.find((candidate) => candidate.onDate === key)?.slots.find((candidate) => candidate.state === 'free')?.slotId ?? '') }}
              further={shown.nextOn ? { words: '后面几天', onPress: () => { book.clear(); setDay(null); setSlot(''); setFromOn(shown.nextOn) } } : shown.previousOn ? { words: '前面几天', onPress: () => { book.clear(); setDay(null); setSlot(''); setFromOn(shown.previousOn) } } : undefined}
              days={shown.days.map((candidate) => ({ key: candidate.onDate, top: `周${'日一二三四五六'[weekday(candidate.onDate)] ?? ''}`, number: String(Number(candidate.onDate.slice(8, 10))), label: dateWords(candidate.onDate), ...(hasRoom(candidate) ? {} : { note: candidate.holidayName ? '休' : '满' }) }))}
            />
            <Heading level={2} className="section">几点</Heading>
            <SlotChoice selected={slot?.slotId ?? null} onChoose={(key) => { const chosen = slots.find((candidate) => candidate.slotId === key); if (chosen) choose(chosen) }} slots={(day?.slots ?? []).map((candidate) => ({ key: candidate.slotId, title: `${clockTime(candidate.startsAt)}–${clockTime(candidate.endsAt)}`, words: `剩 ${candidate.remaining} 位`, ...(candidate.state === 'free' ? {} : { reason: candidate.state === 'mine' ? '已经约了这个' : candidate.state === 'clash' ? '这时已有别的安排' : candidate.state === 'past' ? '时间过了' : '约满了' }) }))} />
            {every !== null && dates.length > 0
              ? (
                <>
                  <Heading level={2} className="section">每一次</Heading>
                  <Card label="每一次"><Rows>{dates.map((date) => <Row key={date.n} title={dateWords(date.onDate)} end={<Tag tone={isGood(date) ? 'willow' : 'gold'}>{isGood(date) ? dateStates[date.state] : `${dateStates[date.state]}，跳过`}</Tag>} />)}</Rows></Card>
                </>
              )
              : null}
            <Box className="small">开始前 {shown.service.cancelHours} 小时，都可以自己取消。</Box>
          </>
        )}
      </Content>
    </Screen>
  )
}
